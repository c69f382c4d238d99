"""The order of decisions, as the numbers that the engine calculates with: deny < review < allow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from licensecheck.model import Decision

DENY: Final = 0
REVIEW: Final = 1
ALLOW: Final = 2
DECISIONS: Final = (Decision.DENY, Decision.REVIEW, Decision.ALLOW)
"""The decision of each rank."""
RANK: Final = {decision: rank for rank, decision in enumerate(DECISIONS)}
"""The rank of each decision."""


def strictest(decisions: Iterable[Decision], default: Decision = Decision.REVIEW) -> Decision:
    """The least permissive of ``decisions``; ``default`` if there is none."""
    return min(decisions, key=RANK.__getitem__, default=default)
