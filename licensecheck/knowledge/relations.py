"""What licenses are to one another: the same, one with something left unsaid, what one already says, or different.

One set of rules for the statements of one text and for the evidence of several places. Every fact is that of
:mod:`licensecheck.knowledge.facts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from licensecheck.knowledge import facts, restrictions
from licensecheck.knowledge.restrictions import Binds

_CONDITIONS: Final = {"nc": "NonCommercial", "nd": "NoDerivatives", "sa": "ShareAlike"}


# --- one license ---


def family(license: str) -> str:
    """The family of an id, without version and port (``CC-BY``); the id itself where it is of none."""
    return facts.family(license) or license


def is_stated(license: str) -> bool:
    """Whether an id only says what terms do: it is nobody's license by name. A doubt says less."""
    kind = restrictions.kind_of(license)
    return facts.is_unnamed(license) or (kind is not None and restrictions.binds(kind) is not Binds.NO)


def implied(licenses: Iterable[str]) -> frozenset[str]:
    """The kinds of restriction that ``licenses`` have of their own or may have: to say them again adds nothing."""
    return frozenset(restrictions.kinds(Binds.ALONE)).union(
        *(restrictions.held(one) for one in licenses if not is_stated(one))
    )


def added(license: str, kinds: Iterable[str]) -> tuple[str, ...]:
    """The ``kinds`` of restriction that are not the license's own, in their order."""
    own = restrictions.held(license)
    standard = restrictions.is_standard(license)
    return tuple(kind for kind in kinds if kind not in own and not (standard and restrictions.is_unread(kind)))


def conditions(licenses: Iterable[str]) -> set[str]:
    """The conditions of Creative Commons that ``licenses`` have, by their names."""
    return {name for one in licenses for term, name in _CONDITIONS.items() if facts.has_term(one, term)}


# --- two licenses ---


def says_less(one: str, other: str) -> bool:
    """Whether ``one`` is ``other`` with something left unsaid: the version, the port, which license of a family."""
    if one == other:
        return False
    name = facts.family(other)
    if opens := facts.left_open(one):
        return other in opens or (f"@{name}" in opens and bool(facts.version(other)))
    if not name or name != facts.family(one) or facts.version(one) != facts.version(other):
        return False
    return not facts.port(one) and bool(facts.port(other))


def agree(one: str, other: str) -> bool:
    """Whether two ids may mean one license: the same, one with something left unsaid, or only and or-later of it."""
    if one == other or says_less(one, other) or says_less(other, one):
        return True
    a, b = ((facts.family(id), facts.version(id), facts.port(id)) for id in (one, other))
    return bool(a[0] and a[1]) and a == b


def differ(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two claims, as the licenses of each, say different things.

    They do not where all of both put the work in the public domain, where one only says what the terms of the other's
    own license do, or where each license of one agrees with one of the other.
    """
    if all(map(facts.is_public_domain, (*one, *other))):
        return False
    if any(all(map(is_stated, side)) for side in (one, other)):
        if repeats(one, other) or repeats(other, one):
            return False
        return not all(is_stated(x) or not restrictions.is_standard(x) for x in (*one, *other))
    matched = all(any(agree(x, y) for y in other) for x in one)
    return not (matched and all(any(agree(x, y) for x in one) for y in other))


def repeats(stated: Sequence[str], licenses: Sequence[str]) -> bool:
    """Whether each of ``stated`` only repeats what a license beside it says of its own: "research only" beside BY-NC."""
    held = {kind for one in licenses if not is_stated(one) for kind in restrictions.held(one)}
    held &= set(restrictions.kinds(Binds.YES))
    return bool(held) and all(restrictions.kind_of(one) in held for one in stated)


def covers(whole: str, part: str) -> bool:
    """Whether ``whole``, a license of Creative Commons that asks for credit, limits the use as much as ``part`` does."""
    if facts.is_public_domain(part):
        return True
    if not facts.is_creative_commons(whole) or facts.is_public_domain(whole):
        return False
    permissive = facts.is_software(part) and not facts.share_alike(part, possibly=True)
    return permissive or (facts.is_creative_commons(part) and conditions((part,)) <= conditions((whole,)))


class Fuller:
    """Some licenses by family, so that those which say more than one of them need not be looked for in all."""

    def __init__(self, licenses: Iterable[str]) -> None:
        self._ids = dict.fromkeys(licenses)
        self._of: dict[str, list[str]] = {}
        for one in self._ids:
            self._of.setdefault(f"@{facts.family(one)}", []).append(one)

    def than(self, one: str) -> Iterator[str]:
        """Those of which ``one`` is the same with something left unsaid."""
        near = facts.left_open(one) or (f"@{facts.family(one)}",)
        for name in near:
            if name in self._ids:
                yield name
            if name != "@":
                yield from (other for other in self._of.get(name, ()) if says_less(one, other))


def fullest(licenses: Sequence[str]) -> list[str]:
    """``licenses`` without those that another of them says more fully, and without bare words beside a name."""
    fuller = Fuller(licenses)
    return [one for one in licenses if not facts.is_bare(one) and not any(fuller.than(one))] or list(licenses)
