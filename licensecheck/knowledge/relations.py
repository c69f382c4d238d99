"""How two licenses relate: the same family, one says less than the other, they agree or differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from licensecheck.base import regex

_CC: Final = regex.compile(r"(CC-(?:BY|NC|SA|ND|0)(?:-(?:NC|ND|SA))*)(?:-(\d\.\d)(?:-([A-Z]+))?)?\Z")

_LOOSE: Final = frozenset({"LicenseRef-CC", "LicenseRef-Public-Domain", "LicenseRef-HF-cc"})


def family(license: str) -> str:
    """A licence id without its version, for the question whether one statement only says less than another."""
    plain = license.removeprefix("LicenseRef-").removeprefix("HF-")
    m = _CC.match(plain)
    if m:
        return m[1]
    m = re.match(r"(A?GPL|LGPL|GFDL)(?:-.*)?\Z", plain, re.I)
    return m[1].upper() if m else plain


def _says_less(one: str, other: str) -> bool:
    """Whether ``one`` is ``other`` with its version or port left out."""
    if one == other:
        return False
    a, b = one.removeprefix("LicenseRef-"), other.removeprefix("LicenseRef-")
    m, n = _CC.match(a), _CC.match(b)
    if m and n:
        return m[1] == n[1] and (not m[2] or (m[2] == n[2] and not m[3] and bool(n[3])))
    if one in _LOOSE:
        return one == "LicenseRef-Public-Domain" or b.startswith("CC")
    if not one.startswith("LicenseRef-"):
        return False
    return b.lower().startswith(a.removeprefix("HF-").lower() + "-")


_PUBLIC: Final = frozenset({"CC0-1.0", "CC-PDM-1.0", "CC-PDDC", "PDDL-1.0", "Unlicense"})

_VAGUE: Final = frozenset(
    {
        "LicenseRef-custom",
        "LicenseRef-other",
        "LicenseRef-research-only",
        "LicenseRef-academic-only",
        "LicenseRef-noncommercial",
        "LicenseRef-no-redistribution",
        "LicenseRef-no-derivatives",
        "LicenseRef-permission-needed",
        "LicenseRef-terms-of-use",
        "LicenseRef-all-rights-reserved",
    }
)
"""Terms by what they do: they say nothing against a name for the same terms."""


def _is_bare(license: str) -> bool:
    return license == "LicenseRef-CC" or license.lower().endswith("-public-domain")


def _is_public(license: str) -> bool:
    return license in _PUBLIC or license.lower().endswith("-public-domain")


def _covers(general: str, special: str) -> bool:
    """Whether ``general`` is ``special`` with something left unsaid: the version, the port, only or or-later."""
    if general == special:
        return False
    short, long = (re.sub(r"\A(?:LicenseRef-)?(?:HF-)?", "", x).lower() for x in (general, special))
    if general == "LicenseRef-CC":
        return long.startswith("cc-")
    if not general.startswith("LicenseRef-"):
        return bool(re.fullmatch(r"cc-.*-\d\.\d", short)) and long.startswith(f"{short}-")
    return (short.startswith("cc-") and family(general).lower() == short and family(special).lower() == short) or (
        not long.startswith("cc-") and re.match(re.escape(short) + r"-(?:v?\d|\w+-\d|\d-clause)", long) is not None
    )


def _agree(one: str, other: str) -> bool:
    if one == other or _covers(one, other) or _covers(other, one):
        return True
    plain = [re.sub(r"-(?:only|or-later)\Z", "", x) for x in (one, other)]
    return plain[0] == plain[1]


def _differ(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two claims say different things, and not one the same as the other with something left unsaid."""
    if all(map(_is_public, one)) and all(map(_is_public, other)):
        return False
    if any(set(side) <= _VAGUE for side in (one, other)):
        return not all(x.startswith("LicenseRef-") and not x.startswith("LicenseRef-CC") for x in (*one, *other))
    matched = all(any(_agree(x, y) for y in other) for x in one)
    return not (matched and all(any(_agree(x, y) for x in one) for y in other))


_CONDITIONS: Final = {"NC": "NonCommercial", "ND": "NoDerivatives", "SA": "ShareAlike"}


def _conditions(members: Iterable[str]) -> set[str]:
    return {
        name
        for m in members
        for key, name in _CONDITIONS.items()
        if m.removeprefix("LicenseRef-").startswith("CC-BY") and re.search(rf"-{key}(?:-|\Z)", m)
    }
