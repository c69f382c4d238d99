"""What single licenses are, as a small table that is cheap to load: family, version, port, category, terms.

The facts are those of ``rules/licenses/``, ``rules/names/families.yaml``, ``rules/names/spdx.yaml`` and
``rules/relations.yaml``. An id that none of them has is known by nothing: no fact is read off its spelling.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from licensecheck.base import compiled

_PATTERNS: Final = ("relations.yaml", "names/families.yaml", "names/spdx.yaml", "licenses/*.yaml")
_CODE: Final = ("knowledge/facts.py", "knowledge/rulebook.py", "knowledge/licenses.py", "knowledge/creative_commons.py")


class Facts(NamedTuple):
    """What is known of one id; empty where nothing is.

    ``family`` has no version (``CC-BY``, ``GPL``); ``version`` and ``port`` are "" where the id leaves them open.
    ``category`` is that of the rulebook; ``terms`` are the terms of its conditions (``nc``, ``nd``, ``sa``).
    """

    family: str = ""
    version: str = ""
    port: str = ""
    category: str = ""
    terms: frozenset[str] = frozenset()


_NOTHING: Final = Facts()


def build(_paths: list[Path]) -> dict[str, Any]:
    """``licenses``: id to family, version, port, category and terms, with tabs between; ``open``: id to the ids and @families it leaves
    open; ``bare``, ``stated`` and ``public-domain``: ids."""
    from licensecheck.base.strict import Strict
    from licensecheck.knowledge import rulebook

    root = compiled.rules_dir()
    book = rulebook.load().table
    entries = {key: json.loads(row) for key, row in book["licenses"].items()}
    rows: dict[str, list[str]] = {
        key: [
            row.get("family", ""),
            row.get("version", ""),
            row.get("jurisdiction", ""),
            row["category"],
            " ".join(row.get("terms", ())),
        ]
        for key, row in entries.items()
    }
    for key, names in book["aka"].items():
        rows |= {f"LicenseRef-{name.removeprefix('LicenseRef-')}": rows[key] for name in names}
    fields = Strict.read(root / "relations.yaml").keys(
        ("leaves-open", "bare", "stated", "terms", "public-domain", "other-works")
    )
    other = frozenset(fields["other-works"].texts())
    for name in Strict.read(root / "names" / "spdx.yaml").keys(("licenses", "exceptions"))["licenses"].texts():
        rows.setdefault(name, ["", "", "", "content" if name in other else "software", ""])
    for key, value in fields["terms"].items().items():
        rows.setdefault(str(key), ["", "", "", "", ""])[4] = " ".join(value.texts())
    opens: dict[str, set[str]] = {str(key): set(value.texts()) for key, value in fields["leaves-open"].items().items()}
    for key, member in Strict.read(root / "names" / "families.yaml").items().items():
        _add_family(str(key), member, rows, opens)
    for key, row in entries.items():
        for one in row.get("members", ()):
            opens.setdefault(key, set()).add(f"@{rows[one][0]}" if rows[one][0] else one)
    for key, names in opens.items():
        family = next((name[1:] for name in names if name.startswith("@")), "") if len(names) == 1 else ""
        row = rows.setdefault(key, ["", "", "", "", ""])
        row[0] = row[0] or family
        _of_those_left_open(row, [other for name, other in rows.items() if name in names or f"@{other[0]}" in names])
    return {
        "licenses": {key: "\t".join(row) for key, row in rows.items()},
        "open": {key: sorted(names) for key, names in opens.items()},
        **{name: list(fields[name].texts()) for name in ("bare", "stated", "public-domain")},
    }


def _add_family(key: str, member: Any, rows: dict[str, list[str]], opens: dict[str, set[str]]) -> None:
    """A family of ``names/families.yaml``: the version of each of its licenses, and the id without one."""
    fields = member.keys(("names", "unversioned", "versions"), ("later", "needs"))
    for version, value in fields["versions"].items().items():
        target = value.text()
        for name in (target, f"{target}-only", f"{target}-or-later"):
            if name in rows and not rows[name][0]:
                rows[name][:2] = [key, str(version)]
    unversioned = fields["unversioned"].text()
    if unversioned not in rows or not rows[unversioned][0]:
        opens.setdefault(unversioned, set()).add(f"@{key}")


def _of_those_left_open(row: list[str], others: list[list[str]]) -> None:
    """An id that leaves open which license it is has the category and the terms that all of these have."""
    categories = {other[3] for other in others if other is not row and other[3] != "family"}
    if row[3] in ("", "family"):
        row[3] = categories.pop() if len(categories) == 1 else "family"
    terms = [set(other[4].split()) for other in others if other is not row and (other[3] or other[4])]
    if not row[4] and terms:
        row[4] = " ".join(sorted(set.intersection(*terms)))


class Table(NamedTuple):
    """The compiled facts."""

    licenses: Mapping[str, str]
    open: Mapping[str, frozenset[str]]
    bare: frozenset[str]
    stated: frozenset[str]
    public_domain: frozenset[str]


@cache
def table() -> Table:
    """The facts about every id that ``rules/`` has."""
    found: dict[str, Any] = compiled.compiled("facts", _PATTERNS, build, _CODE)
    return Table(
        found["licenses"],
        {key: frozenset(names) for key, names in found["open"].items()},
        frozenset(found["bare"]),
        frozenset(found["stated"]),
        frozenset(found["public-domain"]),
    )


@lru_cache(maxsize=8192)
def of(license: str) -> Facts:
    """What is known of an id, in the spelling of the rules."""
    row = table().licenses.get(license)
    if row is None:
        return _NOTHING
    family, version, port, category, terms = row.split("\t")
    return Facts(family, version, port, category, frozenset(terms.split()))
