"""CycloneDX 1.7 as JSON: as 1.6, with the declared and the concluded license.

For: bills of materials.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from licensecheck.report.formats.cyclonedx import document
from licensecheck.report.json_v1 import dumps

if TYPE_CHECKING:
    from licensecheck.model import Verdict
    from licensecheck.report import Options


def render(verdict: Verdict, options: Options) -> str:
    """The bill of materials in version 1.7."""
    return dumps(document(verdict, options, "1.7"), 2)
