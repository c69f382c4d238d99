"""A line of JSON for each finding, worst first, and a last line for the verdict: for ``jq``, ``grep`` and logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licensecheck import __version__
from licensecheck.engine import findings
from licensecheck.report import json_v1

if TYPE_CHECKING:
    from licensecheck.model import Verdict
    from licensecheck.report import Options


def render(verdict: Verdict, options: Options) -> str:
    """``licensecheck.finding/1`` a line, then one ``licensecheck.verdict/1`` as :mod:`json_v1` writes it."""
    last = json_v1.verdict(verdict)
    last["licensecheck"] = {"version": __version__, "rules": options.book.digest if options.book else None}
    return "\n".join(map(json_v1.dumps, [*map(json_v1.finding, findings.of(verdict)), last]))
