"""Questions about a license by its id: what it asks for and what kind of license it is, as the rulebook has it.

A small compiled table answers them, so that a reader of texts never loads the whole rulebook. An id that the rulebook
does not have has no term. A family (a license without its version) has a term if each of its members has it; with
``possibly`` one member is enough.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from licensecheck.base import compiled
from licensecheck.knowledge import rulebook

_PATTERNS: Final = (*rulebook.PATTERNS, "names/spdx.yaml")


class _Fact(NamedTuple):
    """What the table has on one license: kind of work or of license, family, terms, and the members of a family."""

    kinds: frozenset[str] = frozenset()
    family: str = ""
    terms: frozenset[str] = frozenset()
    members: tuple[str, ...] = ()


def build(paths: list[Path]) -> dict[str, Any]:
    """``facts``: rows of [kinds, family, terms, members]; ``licenses``: ids in lower case to the number of a row.

    SPDX's ids without an entry are software, but for those that ``names/spdx.yaml`` lists under ``other-works``.
    """
    from licensecheck.base.strict import Strict

    rows: dict[str, list[Any]] = {}
    spdx = [path for path in paths if path.stem == "spdx"]
    table = rulebook.build([path for path in paths if path not in spdx])
    for path in spdx:
        fields = Strict.read(path).keys(["licenses", "exceptions"], ["other-works"])
        others = frozenset(fields["other-works"].texts()) if "other-works" in fields else frozenset()
        for name in fields["licenses"].texts():
            rows[name.lower()] = [[] if name in others else ["software"], "", [], []]
    for row in table["licenses"].values():
        dedicated = row.get("public_domain") or "territorial-public-domain" in row.get("terms", ())
        also = ["public-domain"] if dedicated else []
        fact = [[row["category"], *also], row.get("family", ""), sorted(row.get("terms", ())), row.get("members", [])]
        for spelled in (row["id"], *row.get("aka", ())):
            rows[spelled.lower()] = fact
    facts: list[list[Any]] = []
    for fact in rows.values():
        if fact not in facts:
            facts.append(fact)
    return {"facts": facts, "licenses": {key: facts.index(fact) for key, fact in rows.items()}}


@cache
def _table() -> compiled.Table:
    return compiled.compiled("facts", _PATTERNS, build, (*rulebook.CODE, "knowledge/facts.py"))


@lru_cache(maxsize=4096)
def _fact(license: str) -> _Fact:
    table = _table()
    low = license.lower()
    for spelled in (low, f"licenseref-{low}"):
        if spelled in table["licenses"]:
            kinds, family, terms, members = table["facts"][table["licenses"][spelled]]
            return _Fact(frozenset(kinds), family, frozenset(terms), tuple(members))
    return _Fact()


def is_known(license: str) -> bool:
    """Whether ``license`` is an id of the rulebook or of the SPDX license list, in any case."""
    low = license.lower()
    return low in _table()["licenses"] or f"licenseref-{low}" in _table()["licenses"]


def family(license: str) -> str:
    """The family of a Creative Commons license ("CC-BY-SA"); "" for any other."""
    return _fact(license).family


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
    return has_term(license, "sa", "copyleft", "software-copyleft", "library-copyleft", possibly=possibly)


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
