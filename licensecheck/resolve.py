"""Evidence to what the data is under, by the precedence of ``docs/precedence.md``. Pure.

Versions are never guessed, a list without an operator is never read as OR, silence is None, and a
disagreement is always kept with all its places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from licensecheck.identify import bare, conclude, family
from licensecheck.model import (
    Basis,
    Certainty,
    Conflict,
    Evidence,
    Resolved,
    Scanned,
    Scope,
    Stance,
    Statement,
    Status,
)

_ORDER: Final = tuple(Basis)
_PUBLIC: Final = frozenset({"CC0-1.0", "CC-PDM-1.0", "CC-PDDC", "PDDL-1.0", "LicenseRef-Public-Domain", "Unlicense"})
_CODE_ONLY: Final = frozenset({"MIT", "Apache-2.0", "BSD-3-Clause", "BSD-2-Clause", "GPL-3.0-only", "GPL-2.0-only"})
_GATES: Final = frozenset({"extra_gated_prompt", "extra_gated_eu_disallowed"})


def resolve(target: str, scanned: Scanned) -> Resolved:
    """What ``target``'s data is under, as concluded from ``scanned``."""
    about = [e for e in scanned.evidence if e.scope in (Scope.DATA, Scope.CONTENTS) and e.field not in _GATES]
    groups = _groups(about)
    claims = [(basis, concluded) for basis, rows in groups if (concluded := _conclude(rows))]
    gates = [e for e in scanned.evidence if e.field in _GATES]
    caveats = _caveats(about, gates)
    common = {
        "evidence": scanned.evidence,
        "problems": scanned.problems,
        "credit": scanned.credit,
        "upstream": scanned.upstream,
        "caveats": caveats,
    }
    conflict = _conflict(groups, claims)
    if not claims:
        site = _of_site(scanned.evidence)
        if site:
            return Resolved(target, site, Status.FOUND, conflicts=conflict, strictest=(site,), **common)  # type: ignore[arg-type]
        silent = Status.UNREADABLE if scanned.problems and not about else Status.NONE
        return Resolved(target, None, silent, conflicts=conflict, **common)  # type: ignore[arg-type]
    license = _finer(claims)
    strictest = tuple(dict.fromkeys((license, *(text for _, text in claims if _differ(text, license)))))
    status = Status.CONFLICT if conflict else Status.FOUND
    if not conflict and _is_list(groups, license):
        status, strictest = Status.AMBIGUOUS, tuple(license.split(" AND "))
    if gates:
        terms = next(e.license for e in gates if e.license)
        license = f"{license} AND {terms}" if terms else license
        strictest = tuple(f"{text} AND {terms}" for text in strictest) if status is not Status.AMBIGUOUS else strictest
    return Resolved(target, license, status, conflicts=conflict, strictest=strictest, **common)  # type: ignore[arg-type]


def _groups(about: Iterable[Evidence]) -> list[tuple[Basis, list[Evidence]]]:
    """Evidence by the kind of its place, best first."""
    by: dict[Basis, list[Evidence]] = {}
    for e in about:
        by.setdefault(e.basis, []).append(e)
    return sorted(by.items(), key=lambda pair: _ORDER.index(pair[0]))


def _statement(e: Evidence) -> Statement:
    return Statement(e.license, e.certainty, 0, 0, e.raw, e.rule, e.stance, e.scope, e.part, e.restricts)


def _conclude(rows: Sequence[Evidence]) -> str | None:
    """What one kind of place says: its licensing sections before its other words."""
    sections = [e for e in rows if e.field != "text"]
    for part in (sections, list(rows)):
        license, _ = conclude(_statement(e) for e in part)
        if license:
            return license
    return None


def _finer(claims: Sequence[tuple[Basis, str]]) -> str:
    """The highest claim, or a lower one that says the same with its version."""
    first = claims[0][1]
    plain = bare(first)
    for _, text in claims[1:]:
        if " AND " not in text and bare(text).startswith(f"{plain}-") and family(text) == family(first):
            return text
    return first


def _differ(one: str, other: str) -> bool:
    """Whether two claims say different things: neither equal, nor one the other without its version."""
    if one == other:
        return False
    left, right = set(one.split(" AND ")), set(other.split(" AND "))
    if left <= _PUBLIC and right <= _PUBLIC:
        return False
    return not ({family(x) for x in left} == {family(x) for x in right} and _unversioned(left, right))


def _unversioned(left: set[str], right: set[str]) -> bool:
    """Whether members of a family differ only in that one side states no version (or no port)."""
    for x in left:
        for y in right:
            if family(x) == family(y) and x != y:
                short, long = sorted((bare(x), bare(y)), key=len)
                if not long.startswith(short):
                    return False
    return True


def _conflict(
    groups: Sequence[tuple[Basis, list[Evidence]]], claims: Sequence[tuple[Basis, str]]
) -> tuple[Conflict, ...]:
    said = dict(claims)
    against: list[Evidence] = []
    if claims:
        top_basis, top = claims[0]
        for basis, text in claims[1:]:
            if _differ(text, top):
                against += _places(groups, basis, text)
        if not against:
            against = _denied(groups, said)
        if against:
            places = (*_places(groups, top_basis, top), *against)
            return (Conflict("what the data is under", tuple(dict.fromkeys(places))),)
    return ()


def _denied(groups: Sequence[tuple[Basis, list[Evidence]]], said: dict[Basis, str]) -> list[Evidence]:
    """Words of the card that say that there is no licence, or that it is not known, against a tag that names one."""
    if Basis.HUB_TAG not in said or Basis.CARD_BODY in said:
        return []
    rows = dict(groups).get(Basis.CARD_BODY, [])
    return [e for e in rows if e.stance is Stance.UNKNOWN and e.field != "text"]


def _places(groups: Sequence[tuple[Basis, list[Evidence]]], basis: Basis, text: str) -> list[Evidence]:
    rows = [e for e in dict(groups)[basis] if e.license and e.stance is Stance.ASSERTED]
    exact = [e for e in rows if e.license in text.split(" AND ")]
    return (exact or rows)[:4]


def _is_list(groups: Sequence[tuple[Basis, list[Evidence]]], license: str) -> bool:
    """Whether the conclusion is a hub's list of tags, which has no operator."""
    if " AND " not in license:
        return False
    tags = {e.license for e in dict(groups).get(Basis.HUB_TAG, []) if e.field in ("license", "licenses", "licence")}
    return set(license.split(" AND ")) <= tags


def _of_site(evidence: Iterable[Evidence]) -> str | None:
    rows = [_statement(e) for e in evidence if e.scope is Scope.SITE and e.basis in (Basis.HOLDER_PAGE, Basis.INDEX)]
    return conclude(rows)[0] if rows else None


def _caveats(about: Iterable[Evidence], gates: Sequence[Evidence]) -> tuple[str, ...]:
    found = []
    for e in about:
        if e.license and e.stance is Stance.ASSERTED:
            if "exceptions" in e.restricts:
                found.append(f"{e.path}:{e.line}: some parts are excepted from {e.license}: read what they are under")
            if e.certainty is Certainty.LOSSY:
                found.append(
                    f"{e.path}:{e.line}: `{e.raw[:60]}` does not say all that {e.license} says (such as only or or-later)"
                )
            if e.note and e.rule == "text":
                found.append(f"{e.path}:{e.line}: {e.note}")
    found += [f"{e.path}:{e.line}: {e.note}" for e in gates if e.note]
    return tuple(dict.fromkeys(found))
