"""A Code Quality report.

For: GitLab merge requests.

It is a JSON list; a merge request shows each issue at its line. Source: GitLab's documentation, "Code Quality report
format". The format has no waivers, and GitLab itself compares with the report of before: what is waived is ``info``,
and what the baseline has is left out.
"""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from licensecheck.base.message import speaker
from licensecheck.engine import findings
from licensecheck.report.json_v1 import Json, dumps
from licensecheck.report.places import NOWHERE, code, named
from licensecheck.report.terminal import safe

if TYPE_CHECKING:
    from licensecheck.model import Finding, Verdict
    from licensecheck.report import Options

_SEVERITY: Final = {"error": "critical", "warning": "major", "note": "info"}
_LONG: Final = 1000


def render(verdict: Verdict, options: Options) -> str:
    """Every finding that no baseline knows, the worst first and the waived last; an empty list is a clean run."""
    seen: Counter[str] = Counter()
    every = findings.of(verdict, options.lang)
    return dumps([_issue(f, seen, options) for f in every if f.suppressed != findings.BASELINE], 2)


def _issue(f: Finding, seen: Counter[str], options: Options) -> Json:
    say = speaker(options.lang)
    text = (safe(f.message, _LONG) or code(f.rule)) + (f" [{safe(f.clause)}]" if f.clause else "")
    if f.suppressed:
        text = f"{say('waived')}: {safe(f.suppressed, _LONG)}: {text}"
    elif f.help:
        text = f"{text} ({say('what would change it: {remedy}', remedy=safe(f.help, _LONG))})"
    return {
        "description": text,
        "check_name": code(f.rule),
        "fingerprint": _unique(f.fingerprint, seen),
        "severity": _SEVERITY["note" if f.suppressed else f.level],
        "location": {"path": named(f.path, options) or NOWHERE, "lines": {"begin": max(f.line, 1)}},
    }


def _unique(fingerprint: str, seen: Counter[str]) -> str:
    """The same words at a second line of a file are an issue of their own; GitLab keeps one of equal fingerprints."""
    seen[fingerprint] += 1
    again = seen[fingerprint]
    return fingerprint if again == 1 else sha256(f"{fingerprint}:{again}".encode()).hexdigest()[:16]
