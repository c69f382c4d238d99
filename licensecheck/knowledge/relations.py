"""What licenses are to one another: the same, one with something left unsaid, what one already says, or different.

One set of rules for the statements of one text and for the evidence of several places. Every fact is that of
:mod:`licensecheck.knowledge.facts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from licensecheck.knowledge import facts
from licensecheck.knowledge.restrictions import IMPLIED, KINDS

_OPEN: Final = frozenset(
    ("creative-commons", "public-domain", "data", "government", "content", "software", "addition", "family")
)
"""Categories of licenses for everybody."""
_CONDITIONS: Final = {"nc": "NonCommercial", "nd": "NoDerivatives", "sa": "ShareAlike"}
_HELD: Final = {
    "nc": IMPLIED["NC"],
    "research-only": IMPLIED["NC"],
    "academic-only": IMPLIED["NC"],
    "nd": IMPLIED["ND"],
    "no-adaptation": IMPLIED["ND"],
}
"""Terms of a license, and the restrictions that say nothing new beside it; any other term is the kind of its name."""


# --- one license ---


def family(license: str) -> str:
    """The family of an id, without version and port (``CC-BY``); the id itself where it is of none."""
    return facts.of(license).family or license


def is_software(license: str) -> bool:
    """Whether a license is for software."""
    return facts.of(license).category == "software"


def is_noncommercial(license: str) -> bool:
    """Whether a license allows no commercial use."""
    return "nc" in facts.of(license).terms


def is_public_domain(license: str) -> bool:
    """Whether an id says that the work is in the public domain, or puts it there, in one country at least."""
    known = facts.of(license)
    return (
        known.category == "public-domain"
        or "territorial-public-domain" in known.terms
        or license in facts.table().public_domain
    )


def is_stated(license: str) -> bool:
    """Whether an id only says what terms do: it is nobody's license by name."""
    return license in facts.table().stated


def is_bare(license: str) -> bool:
    """Whether an id says nothing beside any license that is named: "public domain"."""
    return license in facts.table().bare


def is_own(license: str) -> bool:
    """Whether an id is somebody's own terms, which may well hold what is said beside their name."""
    known = facts.of(license)
    return license.startswith("LicenseRef-") and known.category not in _OPEN and "mark-only" not in known.terms


def held(license: str) -> frozenset[str]:
    """The kinds of restriction that a license has of its own: to say them again adds nothing."""
    terms = facts.of(license).terms
    kinds = (kinds for term in terms if (kinds := _HELD.get(term)) or (kinds := frozenset((term,)) & frozenset(KINDS)))
    return frozenset().union(*kinds)


def implied(licenses: Iterable[str]) -> frozenset[str]:
    """The kinds of restriction that ``licenses`` have of their own or may have: to say them again adds nothing."""
    return frozenset(("terms-of-use", "permission-needed")).union(
        *(held(one) for one in licenses if not is_stated(one))
    )


def added(license: str, kinds: Iterable[str]) -> tuple[str, ...]:
    """The ``kinds`` of restriction that are not the license's own, in their order."""
    own = held(license)
    if facts.of(license).category == "creative-commons":
        own |= {"terms-of-use", "permission-needed"}
    elif not license.startswith("LicenseRef-"):
        own |= {"terms-of-use"}
    return tuple(kind for kind in kinds if kind not in own)


def conditions(licenses: Iterable[str]) -> set[str]:
    """The conditions of Creative Commons that ``licenses`` have, by their names."""
    return {name for one in licenses for term, name in _CONDITIONS.items() if term in facts.of(one).terms}


# --- two licenses ---


def says_less(one: str, other: str) -> bool:
    """Whether ``one`` is ``other`` with something left unsaid: the version, the port, which license of a family."""
    if one == other:
        return False
    a, b = facts.of(one), facts.of(other)
    if opens := facts.table().open.get(one):
        return other in opens or (f"@{b.family}" in opens and bool(b.version))
    if not a.family or a.family != b.family:
        return False
    return a.version == b.version and not a.port and bool(b.port)


def agree(one: str, other: str) -> bool:
    """Whether two ids may mean one license: the same, one with something left unsaid, or only and or-later of it."""
    if one == other or says_less(one, other) or says_less(other, one):
        return True
    a, b = facts.of(one), facts.of(other)
    return bool(a.family and a.version) and a[:3] == b[:3]


def differ(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two claims, as the licenses of each, say different things.

    They do not where all of both put the work in the public domain, where one only says what the terms of the other's
    own license do, or where each license of one agrees with one of the other.
    """
    if all(map(is_public_domain, one)) and all(map(is_public_domain, other)):
        return False
    if any(all(map(is_stated, side)) for side in (one, other)):
        return not all(is_stated(x) or is_own(x) for x in (*one, *other))
    matched = all(any(agree(x, y) for y in other) for x in one)
    return not (matched and all(any(agree(x, y) for x in one) for y in other))


class Fuller:
    """Some licenses by family, so that those which say more than one of them need not be looked for in all."""

    def __init__(self, licenses: Iterable[str]) -> None:
        self._ids = dict.fromkeys(licenses)
        self._of: dict[str, list[str]] = {}
        for one in self._ids:
            self._of.setdefault(f"@{facts.of(one).family}", []).append(one)

    def than(self, one: str) -> Iterator[str]:
        """Those of which ``one`` is the same with something left unsaid."""
        near = facts.table().open.get(one) or (f"@{facts.of(one).family}",)
        for name in near:
            if name in self._ids:
                yield name
            if name != "@":
                yield from (other for other in self._of.get(name, ()) if says_less(one, other))


def fullest(licenses: Sequence[str]) -> list[str]:
    """``licenses`` without those that another of them says more fully, and without bare words beside a name."""
    fuller = Fuller(licenses)
    return [one for one in licenses if not is_bare(one) and not any(fuller.than(one))] or list(licenses)
