"""Ids, vocabularies and addresses: exact words, looked up without loading anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from licensecheck.base import compiled
from licensecheck.base.errors import RuleError
from licensecheck.base.message import Message
from licensecheck.knowledge import packs
from licensecheck.knowledge.fold import fold

_RECOGNITION: Final = ("names", "vocabularies", "lexicon", "phrases", "restrictions")
"""Folders of the rules that only recognize licenses."""
_PART: Final = re.compile(r"[/?#.=&-]")
_CODE: Final = ("knowledge/names.py", "knowledge/fold.py", "base/yamlio.py", "base/strict.py")


def key(text: str) -> str:
    """``text`` as the tables spell it: folded, with single spaces."""
    return " ".join(fold(text).split())


def entries(paths: list[Path], pack: frozenset[Path] = frozenset()) -> Iterator[tuple[dict[str, Any], str]]:
    """The licenses that the rulebook's files among ``paths`` have: each one's table (``licenses.read_entry``), and the
    file of the pack that it is from ("" for one of the shipped rules).
    """
    from licensecheck.knowledge import rulebook

    table = rulebook.build([path for path in paths if path.parent.name not in _RECOGNITION], pack)
    for license, row in table["licenses"].items():
        yield row, table["own"].get(license, "")


def bare(address: str) -> str:
    """An address as the table has it: without scheme, ``www.`` and the last slash, in lower case, ``-`` for ``_``."""
    plain = re.sub(r"^(?:https?:)?//", "", address.strip().lower()).removeprefix("www.")
    return plain.rstrip("/").replace("_", "-")


def build(paths: list[Path], pack: frozenset[Path] = frozenset()) -> dict[str, Any]:
    """What names a license exactly.

    ``ids``: ids in lower case, and their aliases, to the id. ``values``: what a whole value may be (names, ids without
    ``LicenseRef-``), as :func:`key` spells it, to [license, certainty]. ``vocabularies``: name to words to [license,
    certainty]. ``urls``: addresses, and what begins with one, to [license, certainty]; ``pages``: addresses alone.
    Those of ``paths`` in ``pack`` add names; raises RuleError where they take one that is another license's.
    """
    from licensecheck.base.strict import Strict

    ids: dict[str, str] = {}
    values: dict[str, list[str]] = {}
    vocabularies: dict[str, dict[str, list[str]]] = {}
    urls: dict[str, list[str]] = {}
    pages: dict[str, list[str]] = {}
    exceptions: list[str] = []
    general: set[str] = set()
    for path in paths:
        if path in pack or path.parent.name not in _RECOGNITION:
            continue
        root = Strict.read(path)
        if path.parent.name == "vocabularies":
            words = vocabularies.setdefault(path.stem, {})
            for raw, value in root.items().items():
                words[key(raw)] = _target(value.text())
        elif path.stem == "urls":
            for address, value in root.items().items():
                target = _target(value.text())
                if target[0] == "ANY":
                    general.add(bare(address))
                else:
                    urls[bare(address)] = target
        elif path.stem == "spdx":
            fields = root.keys(["licenses", "exceptions"], ["other-works", "retired"])
            ids.update({name.lower(): name for name in fields["licenses"].texts()})
            exceptions.extend(name.lower() for name in fields["exceptions"].texts())
        elif path.stem == "names":
            for named in root.items():
                if named.startswith("LicenseRef-"):
                    ids[named.lower()] = str(named)
    tables = {"ids": ids, "values": values, "vocabularies": vocabularies, "urls": urls, "pages": pages}
    for row, file in entries(paths, pack):
        if row["category"] != "none":
            (_add_own if file else _add)(row, tables, file)
    for address in (*general, *urls):
        pages.pop(address, None)
    return {**tables, "exceptions": exceptions}


def _target(text: str) -> list[str]:
    license, _, certainty = text.partition(" ~")
    return [license, certainty or "exact"]


def _add(row: dict[str, Any], tables: dict[str, Any], _file: str) -> None:
    """What names a license of the shipped rules; a file of ``names/`` or ``vocabularies/`` goes before its entry.

    Hundreds of Creative Commons licenses are left out (``grammar``): a grammar of elements, versions and ports reads them.
    """
    if row.get("grammar"):
        return
    license, sure = row["id"], "family" if row.get("members") else "exact"
    for spelled in (license, *row.get("aka", ())):
        tables["ids"].setdefault(spelled.lower(), license)
    for address, certainty in row.get("addresses", ()):
        tables["urls"].setdefault(bare(address), [license, certainty])
    for address in row.get("urls", ()):
        tables["pages"].setdefault(bare(address), [license, sure])
    only = license.lower().endswith("-only")  # SPDX has an -or-later beside it: a name without "only" may mean either
    for name in (license.removeprefix("LicenseRef-"), row["name"], row["short"], *row.get("translations", {}).values()):
        spelled = key(name)
        either = only and not spelled.endswith("only")
        tables["values"].setdefault(spelled, [license, "lossy" if either else sure])


def _add_own(row: dict[str, Any], tables: dict[str, Any], file: str) -> None:
    """What names a license of a pack, but its names, which the lexicon has. Raises RuleError if another has it already."""
    license = row["id"]
    for spelled in (license, *row.get("aka", ())):
        _free(spelled, tables["ids"].setdefault(spelled.lower(), license), license, file)
        _free(spelled, tables["values"].get(key(spelled), [license])[0], license, file)
    urls = tables["urls"]
    for address, certainty in (*row.get("addresses", ()), *((url, "exact") for url in row.get("urls", ()))):
        plain = bare(address)
        places = [plain, *(plain[: cut.start()] for cut in _PART.finditer(plain))]
        for place in places:
            shipped = tables["pages"].get(place) if place == plain else None
            taken = (shipped or urls.get(place) or ["NONE"])[0]
            _free(address, license if taken == "NONE" else taken, license, file)
        if "/" in plain:
            urls[plain] = [license, certainty]
        elif plain not in urls:  # a whole site names no license: its first page may
            tables["pages"][plain] = [license, certainty]


def _free(name: str, holder: str, license: str, file: str) -> None:
    if holder != license:
        says = (
            "{path}:1: `{name}` of license `{license}` names `{holder}` already: a pack may add names, not change them"
        )
        raise RuleError(Message(says, path=file, name=name, license=license, holder=holder))


PATTERNS: Final = ("names/spdx.yaml", "names/names.yaml", "names/urls.yaml", "vocabularies/*.yaml")


def table() -> compiled.Table:
    """The compiled ids, names, vocabularies and addresses, with those of the packs that hold."""
    return table_of(packs.held())


@cache
def table_of(folders: tuple[str, ...]) -> compiled.Table:
    """:func:`table` with the names of the packs in ``folders``. Raises RuleError if they take names that others have."""
    from licensecheck.knowledge import rulebook

    patterns, code = (*PATTERNS, *rulebook.PATTERNS), (*rulebook.CODE, *_CODE)
    if folders:
        return rulebook.compiled_with_packs("pack-ids", patterns, build, code, folders)
    return compiled.compiled("ids", patterns, build, code)


def known(name: str) -> str | None:
    """The id that ``name`` is in any case, with or without ``LicenseRef-``; None where it is none."""
    ids: dict[str, str] = table()["ids"]
    low = name.lower()
    return ids.get(low) or ids.get(f"licenseref-{low}")


def exceptions() -> list[str]:
    """SPDX exception ids in lower case: what may stand after WITH."""
    found: list[str] = table()["exceptions"]
    return found
