"""The decisions as the numbers that the engine calculates with. Their order is that of the model."""

from __future__ import annotations

from typing import Final

from licensecheck.model import RANK as RANK
from licensecheck.model import STRICTEST_FIRST, Decision
from licensecheck.model import strictest as strictest

DENY: Final = RANK[Decision.DENY]
REVIEW: Final = RANK[Decision.REVIEW]
ALLOW: Final = RANK[Decision.ALLOW]
DECISIONS: Final = STRICTEST_FIRST
"""The decision of each rank."""
