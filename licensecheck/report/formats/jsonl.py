"""One ``licensecheck.finding/1`` per line, the worst first, then the verdict.

For: ``jq``, ``grep``, logs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from licensecheck.engine import findings
from licensecheck.report import json_v1

if TYPE_CHECKING:
    from licensecheck.model import Verdict
    from licensecheck.report import Options


def render(verdict: Verdict, options: Options) -> str:
    """A line of JSON for each finding, and a last one for the verdict."""
    return "\n".join(map(json_v1.dumps, [*map(json_v1.finding, findings.of(verdict)), json_v1.run(verdict, options)]))
