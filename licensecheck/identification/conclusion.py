"""From statements to what the data is under: what is asserted, of the data, without saying one thing twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from licensecheck.identification.subject import SOURCE
from licensecheck.knowledge import restrictions
from licensecheck.knowledge.facts import is_bare, is_creative_commons
from licensecheck.knowledge.relations import Fuller, conditions, covers, family, implied
from licensecheck.knowledge.restrictions import Binds, is_doubt, is_unnamed
from licensecheck.model import Certainty, Evidence, Kind, Scope, Stance, Statement

_ORDER: Final = (Certainty.EXACT, Certainty.LOSSY, Certainty.FAMILY, Certainty.AMBIGUOUS, Certainty.NONE)


def _same_part(one: set[str], other: set[str]) -> bool:
    return "" in one or "" in other or bool(one & other)


def _restricted(s: Statement | Evidence) -> Statement | Evidence:
    """A standard license whose statement adds restrictions to it is no longer that license."""
    license = s.license or ""
    if not restrictions.is_standard(license):
        return s
    has = restrictions.held(license)
    kinds = [kind for kind in restrictions.kinds(Binds.YES) if kind in s.restricts and kind not in has]
    if not kinds:
        return s
    return s._replace(
        license=restrictions.license_of(kinds[0]),
        certainty=Certainty.AMBIGUOUS,
        rule=f"restricted-{license}",
        kind=Kind.NARROWED,
    )


def _governed(licenses: list[str], parts: dict[str, set[str]]) -> list[str]:
    """``licenses`` without those of parts only for which the license of the whole asks for as much or more."""
    whole = {frozenset(conditions((one,))): one for one in licenses if "" in parts[one] and is_creative_commons(one)}
    return [one for one in licenses if "" in parts[one] or not any(covers(other, one) for other in whole.values())]


def conclude(statements: Iterable[Statement | Evidence]) -> tuple[str | None, Certainty]:
    """See :func:`licensecheck.identification.conclude`."""
    members, certainty = members_of(statements)
    if len(members) < 2:
        return next(iter(members), None), certainty
    return " AND ".join(map(bracketed, members)), certainty


def members_of(statements: Iterable[Statement | Evidence]) -> tuple[tuple[str, ...], Certainty]:
    """The licenses that all apply by these statements, each an id or an OR of ids, and how sure that is."""
    asserted = [s for s in statements if s.license and s.stance is Stance.ASSERTED and not is_doubt(s.license)]
    about = [s for s in asserted if s.scope in (Scope.DATA, Scope.CONTENTS)]
    about = [_restricted(s) for s in about]
    named = [s for s in about if not is_unnamed(s.license or "")]
    terms = [s for s in about if is_unnamed(s.license or "")]
    own = [s for s in named if s.part != SOURCE]
    if own:
        named = own
        terms = [s for s in terms if s.part != SOURCE]
    metadata = [s for s in asserted if s.scope is Scope.METADATA and not is_unnamed(s.license or "")]
    if metadata and all(s.part for s in named):
        named = [*metadata, *named]
    ids: dict[str, Certainty] = {}
    for s in named:
        license = s.license or ""
        ids[license] = min(ids.get(license, s.certainty), s.certainty, key=_ORDER.index)
    if len(ids) > 1:
        ids = {one: certainty for one, certainty in ids.items() if not one.endswith("-ToU")} or ids
    parts: dict[str, set[str]] = {one: set() for one in ids}
    for s in named:
        if s.license in parts:
            parts[s.license].add(s.part)
    fuller = Fuller(ids)
    named_here = [one for one in ids if not is_bare(one)]

    def says_nothing_new(one: str) -> bool:
        others = named_here if is_bare(one) else fuller.than(one)
        return any(_same_part(parts[one], parts[other]) for other in others)

    kept = _governed([one for one in ids if not says_nothing_new(one)], parts)
    has = implied(kept)
    strict: set[str] = set()
    weaker: dict[str, None] = {}
    for s in terms:
        stated = {*s.restricts, restrictions.kind_of(s.license)}
        kinds = {kind for kind in restrictions.kinds(Binds.YES) if kind in stated and kind not in has}
        strict |= kinds
        if not kinds and (not kept or s.kind is Kind.NARROWED):
            weaker.setdefault(s.license or "")
    added = [restrictions.license_of(kind) for kind in _narrowest(strict)]
    if not added and weaker and not kept:
        added = [_best(weaker)]
    joined = [*kept, *added]
    if not joined:
        return (), Certainty.NONE
    if not kept:
        return tuple(joined), Certainty.AMBIGUOUS
    if len(joined) == 1:
        return tuple(joined), ids[kept[0]]
    conflict = len({family(one) for one in kept}) > 1 or bool(added)
    worst = max((ids[one] for one in kept), key=_ORDER.index)
    return tuple(joined), Certainty.AMBIGUOUS if conflict else worst


def _narrowest(kinds: set[str]) -> list[str]:
    """The restrictions as they are joined: the narrowest purpose, and what may not be done whatever the purpose."""
    purposes = restrictions.purposes()
    purpose = [kind for kind in purposes if kind in kinds][:1]
    return [*purpose, *(kind for kind in restrictions.kinds() if kind in kinds and kind not in purposes)]


def bracketed(expression: str) -> str:
    """An expression as the operand of AND: in brackets where it is an OR."""
    return f"({expression})" if " OR " in expression else expression


def _best(licenses: Iterable[str]) -> str:
    """The custom id that says most."""
    strict = [restrictions.license_of(kind) for kind in restrictions.kinds(Binds.YES)]
    order = [*strict, "LicenseRef-permission-needed", "LicenseRef-all-rights-reserved"]
    listed = list(licenses)
    return min(listed, key=lambda one: order.index(one) if one in order else len(order))
