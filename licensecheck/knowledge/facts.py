"""Questions about a license by its id: what it asks for and what kind of license it is, as the rulebook has it.

A small compiled table answers them, so that a reader of texts never loads the whole rulebook. Its facts are those of
the rulebook, of ``names/families.yaml`` (families and versions), of ``names/spdx.yaml``, and of ``relations.yaml`` (what
an id leaves open). An id that none of them has has no term: no fact is read off its spelling. A family (a license
without its version) has a term if each of its members has it; with ``possibly`` one member is enough.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from licensecheck.base import compiled
from licensecheck.knowledge import rulebook

_PATTERNS: Final = (*rulebook.SHIPPED, "names/families.yaml", "relations.yaml")


class _Fact(NamedTuple):
    """What the table has on one license: kind of work or of license, family, terms, and the members of a family.

    ``version`` and ``port`` are "" where the id leaves them open. ``opens``: ids and @families that it leaves open.
    """

    kinds: frozenset[str] = frozenset()
    family: str = ""
    version: str = ""
    port: str = ""
    terms: frozenset[str] = frozenset()
    members: tuple[str, ...] = ()
    opens: frozenset[str] = frozenset()


def build(paths: list[Path]) -> dict[str, Any]:
    """``facts``: rows of the fields of a fact; ``licenses``: ids in lower case to the number of a row.

    SPDX's ids without an entry are software, but for those that ``names/spdx.yaml`` lists under ``other-works``.
    """
    from licensecheck.base.strict import Strict

    own = {path for path in paths if path.name == "relations.yaml" or path.match("names/families.yaml")}
    table = rulebook.build([path for path in paths if path not in own])
    rows: dict[str, _Row] = {}
    entries = table["licenses"]
    for key, row in entries.items():
        rows[key] = _row_of(row)
    for path in paths:
        if path.match("names/spdx.yaml"):
            fields = Strict.read(path).keys(["licenses", "exceptions"], ["other-works", "retired"])
            others = frozenset(fields["other-works"].texts()) if "other-works" in fields else frozenset()
            for name in fields["licenses"].texts():
                rows.setdefault(name, _Row([] if name in others else ["software"]))
    opens: dict[str, set[str]] = {}
    listed: dict[str, list[str]] = {"bare": [], "unnamed": []}
    for path in paths:
        if path.name == "relations.yaml":
            fields = Strict.read(path).keys(["leaves-open", *listed, "terms"])
            for name in listed:
                listed[name] += fields[name].texts()
            for name, value in fields["terms"].items().items():
                rows.setdefault(str(name), _Row()).terms = list(value.texts())
            for name, value in fields["leaves-open"].items().items():
                opens.setdefault(str(name), set()).update(value.texts())
    for path in paths:
        if path.match("names/families.yaml"):
            for name, node in Strict.read(path).items().items():
                _add_family(str(name), node, rows, opens)
    for key, row in entries.items():
        for one in row.get("members", ()):
            opens.setdefault(key, set()).add(f"@{rows[one].family}" if rows[one].family else one)
    for key, names in opens.items():
        _open(rows.setdefault(key, _Row()), names, rows)
    spelled: dict[str, _Row] = {}
    for key, fact in rows.items():
        for other in entries.get(key, {}).get("aka", ()):
            spelled.setdefault(f"licenseref-{other.removeprefix('LicenseRef-').lower()}", fact)
            spelled[other.lower()] = fact
    spelled |= {key.lower(): fact for key, fact in rows.items()}
    numbers: dict[str, int] = {}
    known = {key: numbers.setdefault(fact.written(), len(numbers)) for key, fact in spelled.items()}
    return {
        "facts": [json.loads(fact) for fact in numbers],
        "licenses": known,
        **listed,
        "retired": {key.lower(): ids for key, ids in table["retired"].items()},
    }


class _Row:
    """A fact while the table is built."""

    def __init__(self, kinds: Sequence[str] = ()) -> None:
        self.kinds = list(kinds)
        self.family = self.version = self.port = ""
        self.terms: list[str] = []
        self.members: list[str] = []
        self.opens: list[str] = []

    def written(self) -> str:
        """The fields of a fact, in its order."""
        return json.dumps([self.kinds, self.family, self.version, self.port, self.terms, self.members, self.opens])


def _row_of(entry: dict[str, Any]) -> _Row:
    dedicated = entry.get("public_domain") or "territorial-public-domain" in entry.get("terms", ())
    row = _Row([entry["category"], *(["public-domain"] if dedicated else [])])
    row.family, row.version = entry.get("family", ""), entry.get("version", "")
    row.port = entry.get("jurisdiction", "")
    row.terms, row.members = sorted(entry.get("terms", ())), list(entry.get("members", ()))
    return row


def _add_family(key: str, node: Any, rows: dict[str, _Row], opens: dict[str, set[str]]) -> None:
    """A family of ``names/families.yaml``: the version of each of its licenses, and the id without one."""
    fields = node.keys(("names", "unversioned", "versions"), ("later", "needs"))
    for version, value in fields["versions"].items().items():
        target = value.text()
        for name in (target, f"{target}-only", f"{target}-or-later"):
            if name in rows and not rows[name].family:
                rows[name].family, rows[name].version = key, str(version)
    unversioned = fields["unversioned"].text()
    if unversioned not in rows or not rows[unversioned].family:
        opens.setdefault(unversioned, set()).add(f"@{key}")


def _open(row: _Row, names: set[str], rows: dict[str, _Row]) -> None:
    """Complete an id that leaves open which license it is: without an entry it has what all of these have."""
    row.opens = sorted(names)
    if len(names) == 1 and not row.family:
        row.family = row.opens[0].removeprefix("@") if row.opens[0].startswith("@") else ""
    others = [
        other for name, other in rows.items() if other is not row and (name in names or f"@{other.family}" in names)
    ]
    if not row.kinds:
        kinds = [set(other.kinds) - {"family"} for other in others if other.kinds]
        row.kinds = ["family", *sorted(set.intersection(*kinds))] if kinds else ["family"]
    terms = [set(other.terms) for other in others if other.kinds or other.terms]
    if not row.terms and not row.members and terms:
        row.terms = sorted(set.intersection(*terms))


@cache
def _table() -> compiled.Table:
    return compiled.compiled("facts", _PATTERNS, build, (*rulebook.CODE, "knowledge/facts.py"))


@lru_cache(maxsize=8192)
def _fact(license: str) -> _Fact:
    table = _table()
    low = license.lower()
    for spelled in (low, f"licenseref-{low}"):
        if spelled in table["licenses"]:
            kinds, family, version, port, terms, members, opens = table["facts"][table["licenses"][spelled]]
            return _Fact(frozenset(kinds), family, version, port, frozenset(terms), tuple(members), frozenset(opens))
    return _Fact()


def is_known(license: str) -> bool:
    """Whether ``license`` is an id of the rulebook or of the SPDX license list, in any case."""
    low = license.lower()
    return low in _table()["licenses"] or f"licenseref-{low}" in _table()["licenses"]


def successors(license: str) -> tuple[str, ...]:
    """The ids that took the place of ``license``, which the SPDX license list has retired; else ().

    A retired id means the first of them.
    """
    return tuple(_table()["retired"].get(license.lower(), ()))


def family(license: str) -> str:
    """The family of a license without version and port ("CC-BY-SA", "GPL"); "" for one that is of none."""
    return _fact(license).family


def version(license: str) -> str:
    """The version of a license of a family; "" where the id leaves it open."""
    return _fact(license).version


def port(license: str) -> str:
    """The jurisdiction that a license was written for ("kr"); "" where the id names none."""
    return _fact(license).port


def left_open(license: str) -> frozenset[str]:
    """The ids and the families (``@CC-BY``) of which the license may be one; none for an id of one license."""
    return _fact(license).opens


def is_bare(license: str) -> bool:
    """Whether an id says nothing beside any license that is named: "public domain"."""
    return license in _table()["bare"]


def is_unnamed(license: str) -> bool:
    """Whether an id stands for terms whose license nobody names, whatever they restrict."""
    return license in _table()["unnamed"]


def kinds(license: str) -> frozenset[str]:
    """The category of the license in the rulebook, and ``public-domain`` if it gives up all rights."""
    return _fact(license).kinds


def members(license: str) -> tuple[str, ...]:
    """The ids that a license without a version may be; () for a license that is one."""
    return _fact(license).members


def terms(license: str, *, possibly: bool = False) -> frozenset[str]:
    """The terms of the license (the file names of ``rules/terms``), of a family those that all members share."""
    fact = _fact(license)
    if not fact.members:
        return fact.terms
    each = [_fact(member).terms for member in fact.members]
    return frozenset().union(*each) if possibly else each[0].intersection(*each)


def has_term(license: str, *wanted: str, possibly: bool = False) -> bool:
    """Whether the license has any of the terms ``wanted``."""
    return not terms(license, possibly=possibly).isdisjoint(wanted)


def noncommercial(license: str, *, possibly: bool = False) -> bool:
    """Whether the license permits noncommercial use only."""
    return has_term(license, "nc", "nc-user", "noncommercial-verbatim", possibly=possibly)


def no_derivatives(license: str, *, possibly: bool = False) -> bool:
    """Whether the license bars adaptations, or any change."""
    return has_term(license, "nd", "no-adaptation", possibly=possibly)


def share_alike(license: str, *, possibly: bool = False) -> bool:
    """Whether an adaptation must carry the same license or one that this license names."""
    return has_term(
        license, "sa", "copyleft", "data-copyleft", "software-copyleft", "library-copyleft", possibly=possibly
    )


def is_software(license: str) -> bool:
    """Whether the license is written for software; a family, if all of its members are."""
    return _is(license, "software")


def is_public_domain(license: str) -> bool:
    """Whether the license gives up all rights, or marks a work that has none."""
    return _is(license, "public-domain")


def is_creative_commons(license: str) -> bool:
    """Whether the license is one of Creative Commons with elements (BY, NC, ND, SA); a family, if all members are."""
    return _is(license, "creative-commons")


def _is(license: str, kind: str) -> bool:
    fact = _fact(license)
    return all(kind in _fact(member).kinds for member in fact.members) if fact.members else kind in fact.kinds
