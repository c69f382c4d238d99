"""From statements to what the data is under: what is asserted, of the data, without saying one thing twice."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

from licensecheck.identification.sentence import is_doubt, is_own, names_custom
from licensecheck.knowledge.relations import _CC, _LOOSE, _says_less, family
from licensecheck.knowledge.restrictions import IMPLIED, STRICT
from licensecheck.model import Certainty, Kind, Scope, Stance, Statement

_ORDER: Final = (Certainty.EXACT, Certainty.LOSSY, Certainty.FAMILY, Certainty.AMBIGUOUS, Certainty.NONE)


class _Fuller:
    """Licences by how they are spelled, so that those which say more than one of them need not be looked for in all."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = tuple(ids)
        plain = [one.removeprefix("LicenseRef-") for one in self._ids]
        self._sorted = sorted((name.lower(), n) for n, name in enumerate(plain))
        self._cc: dict[str, list[str]] = {}
        for one, name in zip(self._ids, plain, strict=True):
            if m := _CC.match(name):
                self._cc.setdefault(m[1], []).append(one)

    def than(self, one: str) -> Iterator[str]:
        """Those of which ``one`` is the same with its version or port left out."""
        return (other for other in self._near(one) if _says_less(one, other))

    def _near(self, one: str) -> Iterator[str]:
        if one in _LOOSE:
            yield from self._ids
            return
        plain = one.removeprefix("LicenseRef-")
        if m := _CC.match(plain):
            yield from self._cc.get(m[1], ())
        if plain != one:
            begins = plain.removeprefix("HF-").lower() + "-"
            at = bisect_left(self._sorted, (begins,))
            while at < len(self._sorted) and self._sorted[at][0].startswith(begins):
                yield self._ids[self._sorted[at][1]]
                at += 1


def _same_part(one: set[str], other: set[str]) -> bool:
    return "" in one or "" in other or bool(one & other)


def implied(ids: Iterable[str]) -> set[str]:
    """See :func:`licensecheck.identification.implied`."""
    own: set[str] = {"terms-of-use", "permission-needed"}
    for license in ids:
        plain = license.removeprefix("LicenseRef-")
        for element, kinds in IMPLIED.items():
            if plain.startswith("CC-") and f"-{element}" in plain:
                own |= kinds
        if plain in ("KOGL-Type2", "KOGL-Type4"):
            own |= IMPLIED["NC"]
        if plain in ("KOGL-Type3", "KOGL-Type4"):
            own |= IMPLIED["ND"]
    return own


def _restricted(s: Statement) -> Statement:
    """A standard licence whose statement adds restrictions to it is no longer that licence."""
    license = s.license or ""
    if is_own(license):
        return s
    has = implied([license])
    kinds = [kind for kind in STRICT if kind in s.restricts and kind not in has]
    if not kinds:
        return s
    return s._replace(
        license=f"LicenseRef-{kinds[0]}",
        certainty=Certainty.AMBIGUOUS,
        rule=f"restricted-{license}",
        kind=Kind.NARROWED,
    )


def conclude(statements: Iterable[Statement]) -> tuple[str | None, Certainty]:
    """See :func:`licensecheck.identification.conclude`."""
    asserted = [s for s in statements if s.license and s.stance is Stance.ASSERTED and not is_doubt(s.license)]
    about = [s for s in asserted if s.scope in (Scope.DATA, Scope.CONTENTS)]
    about = [_restricted(s) for s in about]
    named = [s for s in about if not names_custom(s.license or "")]
    terms = [s for s in about if names_custom(s.license or "")]
    own = [s for s in named if s.part != "source"]
    if own:
        named = own
    metadata = [s for s in asserted if s.scope is Scope.METADATA and not names_custom(s.license or "")]
    if metadata and all(s.part for s in named):
        named = [*metadata, *named]
    if not about and not named:
        named = [s for s in asserted if s.scope is Scope.SITE and not s.part and not names_custom(s.license or "")]
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
    fuller = _Fuller(ids)
    kept = [one for one in ids if not any(_same_part(parts[one], parts[other]) for other in fuller.than(one))]
    has = implied(kept)
    strict: set[str] = set()
    weaker: dict[str, None] = {}
    for s in terms:
        said = {*s.restricts, (s.license or "").removeprefix("LicenseRef-")}
        kinds = {kind for kind in STRICT if kind in said and kind not in has}
        strict |= kinds
        if not kinds and (not kept or s.kind is Kind.NARROWED):
            weaker.setdefault(s.license or "")
    added = [f"LicenseRef-{kind}" for kind in _said(strict)]
    if not added and weaker and not kept:
        added = [_best(weaker)]
    joined = [*kept, *added]
    if not joined:
        return None, Certainty.NONE
    if not kept:
        return " AND ".join(joined), Certainty.AMBIGUOUS
    if len(joined) == 1:
        return joined[0], ids[kept[0]]
    conflict = len({family(one) for one in kept}) > 1 or bool(added)
    worst = max((ids[one] for one in kept), key=_ORDER.index)
    return " AND ".join(_bracketed(one) for one in joined), Certainty.AMBIGUOUS if conflict else worst


def _said(kinds: set[str]) -> list[str]:
    """The restrictions as they are joined: the narrowest purpose, and what may not be done whatever the purpose."""
    purpose = [kind for kind in STRICT[:3] if kind in kinds][:1]
    return [*purpose, *(kind for kind in STRICT[3:] if kind in kinds)]


def _bracketed(expression: str) -> str:
    return f"({expression})" if " OR " in expression else expression


def _best(licenses: Iterable[str]) -> str:
    """The custom id that says most."""
    order = [
        *(f"LicenseRef-{kind}" for kind in STRICT),
        "LicenseRef-permission-needed",
        "LicenseRef-all-rights-reserved",
    ]
    listed = list(licenses)
    return min(listed, key=lambda one: order.index(one) if one in order else len(order))
