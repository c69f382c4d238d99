"""A mention of a license in a text."""

from __future__ import annotations

from typing import Final, NamedTuple

from licensecheck.model import Certainty, Kind

_REACH: Final = 40
"""Words that one name may span, its own repetition in brackets included."""


class Mention(NamedTuple):
    """A licence named at words ``i`` up to ``j``; ``url`` where an address names it."""

    license: str | None
    certainty: Certainty
    i: int
    j: int
    rule: str
    url: str = ""
    kind: Kind = Kind.NAME
