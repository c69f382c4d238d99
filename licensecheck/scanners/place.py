"""One kind of place of a dataset and what it says, held against the best one. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from licensecheck.knowledge import relations
from licensecheck.model import Basis, Evidence, Kind, Stance, Standing

RANK: Final = {
    Basis.CONCLUDED: 0,
    Basis.LICENSE_FILE: 1,
    Basis.HOLDER_PAGE: 3,
    Basis.CARD_BODY: 4,
    Basis.METADATA_FILE: 7,
    Basis.HUB_TAG: 8,
    Basis.INDEX: 9,
}
ELSEWHERE: Final = 5
BODY: Final = (Basis.CARD_BODY, Basis.LICENSE_FILE)
STATING: Final = (Standing.COUNTS, Standing.ELSEWHERE, Standing.NOTICE, Standing.KEPT)
"""Standings of what says what the data is under."""
MOST: Final = 16
"""Licences of one expression: more than these are no statement that anybody can act on."""


class Place(NamedTuple):
    """What one kind of place says: its rank (lower is better), its rows, and the licenses concluded from them."""

    rank: int
    rows: tuple[Evidence, ...]
    members: tuple[str, ...]
    weak: bool

    @property
    def license(self) -> str:
        """Its licenses as an expression."""
        return " AND ".join(self.members)


def saying(place: Place) -> list[Evidence]:
    """The rows that make a place's claim, the first of each license."""
    rows = [e for e in place.rows if e.license and e.stance is Stance.ASSERTED]
    exact = [e for e in rows if e.license in place.members] or rows
    return list({e.license: e for e in reversed(exact)}.values())[::-1][:MOST]


_ROWS: Final = "rows"
"""The scanner of license columns: each row has a license of its own, and a column is no list."""


def is_list(place: Place) -> bool:
    """Whether a place names its licenses in one list without an operator: all may apply, or one may be chosen."""
    if place.rank == RANK[Basis.HUB_TAG]:
        return True
    stated = saying(place)
    if any(e.scanner == _ROWS for e in stated):
        return False
    fields = {(e.path, re.sub(r"\[\d+\].*", "", e.field)) for e in stated}
    return place.rank == RANK[Basis.METADATA_FILE] and len(fields) == 1 and not any(e.part for e in stated)


def of_code(evidence: Sequence[Evidence], claims: Sequence[Place]) -> tuple[Evidence, ...]:
    """Words of a README or license file that say of a license that stands elsewhere that it is for the code, and not for the data."""
    if not claims or claims[0].rank in (RANK[Basis.CONCLUDED], RANK[Basis.HOLDER_PAGE], RANK[Basis.CARD_BODY]):
        return ()
    return tuple(
        e for e in evidence if e.kind is Kind.OF_CODE and e.basis in BODY and e.standing in (*STATING, Standing.BESIDE)
    )


def goes_further(place: Place, first: Place) -> bool:
    """Whether a place only says more than the best: its license and those of parts beside it, or those of the items it speaks of."""
    stated = saying(first)
    if stated and all(e.kind is Kind.PER_ITEM for e in stated) and len(place.members) > 1:
        return True
    if place.rank in (RANK[Basis.HUB_TAG], RANK[Basis.METADATA_FILE], ELSEWHERE):
        return False
    more = len(place.members) > len(first.members)
    return more and all(any(relations.agree(m, one) for one in place.members) for m in first.members)
