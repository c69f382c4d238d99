"""One document, ``licensecheck.verdict/1``.

For: programs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from licensecheck.report import json_v1

if TYPE_CHECKING:
    from licensecheck.model import Verdict
    from licensecheck.report import Options


def render(verdict: Verdict, options: Options) -> str:
    """The verdict as indented JSON, with the version and the rules that gave it."""
    return json_v1.dumps(json_v1.run(verdict, options), 2)
