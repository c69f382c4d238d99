"""Annotations at the lines.

For: GitHub Actions.

These are workflow commands that the runner reads in the log of a step.
Source: GitHub's documentation, "Workflow commands for GitHub Actions". A step shows at most ten errors
and ten warnings, so the worst come first and the rest is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Final

from licensecheck.base.message import speaker, translated
from licensecheck.engine import findings
from licensecheck.report import summary
from licensecheck.report.places import code, named
from licensecheck.report.terminal import safe

if TYPE_CHECKING:
    from licensecheck.model import Finding, Verdict
    from licensecheck.report import Options

_SHOWN: Final = {"error": 10, "warning": 10}
_NOTICES: Final = 9
"""One less than a step shows: the last one counts what is left."""
_LONG: Final = 1000


def render(verdict: Verdict, options: Options) -> str:
    """The decision in plain words, then an annotation for each finding that fits; waived ones are only counted."""
    say = speaker(options.lang)
    groups = summary.grouped(verdict.sources, summary.Marks(verdict))
    message, clause, more = translated(summary.headline(verdict, groups), options.lang)
    new = translated(summary.news(verdict), options.lang)
    because = _cited(message, clause) + (f"; {more}" if more else "")
    lines = [f"licensecheck: {say(verdict.decision.value)}{new}: {because}".replace("##[", "#[")]
    every = findings.of(verdict, options.lang)
    shown = [f for level, most in _SHOWN.items() for f in _live(every, level)[:most]]
    rights = {c.reason.rule for s in verdict.sources for c in s.claims}
    decided = [f for f in every if _decided(f, rights)][:_NOTICES]
    shown += decided
    lines += [_annotation(f, options) for f in shown]
    if len(shown) < len(every):
        lines.append(_command("notice", {"title": "licensecheck"}, _rest(every, shown, say)))
    return "\n".join(lines)


def _decided(f: Finding, rights: Collection[str]) -> bool:
    """Whether a finding is a person's decision and no error or warning: a waiver, or one of the claimed ``rights``."""
    if f.suppressed:
        return f.suppressed != findings.BASELINE
    return f.level == "note" and f.rule in rights


def _live(every: tuple[Finding, ...], level: str) -> list[Finding]:
    return [f for f in every if f.level == level and not f.suppressed]


def _rest(every: tuple[Finding, ...], shown: list[Finding], say: Callable[..., str]) -> str:
    left = [f for f in every if f not in shown]
    counts = {level: len(_live(tuple(left), level)) for level in (*_SHOWN, "note")}
    known = sum(f.suppressed == findings.BASELINE for f in left)
    counts |= {summary.WAIVED: sum(bool(f.suppressed) for f in left) - known, summary.KNOWN: known}
    return say(
        "not shown as annotations: {counts}; all are in the other formats (--format markdown or json)",
        counts=", ".join(f"{say(level)} {n}" for level, n in counts.items() if n),
    )


def _annotation(f: Finding, options: Options) -> str:
    where: dict[str, str] = {"title": f"licensecheck ({code(f.rule)})"}
    if path := named(f.path, options):
        where |= {"file": path, "line": str(f.line), "col": str(f.column)}
    say = speaker(options.lang)
    lines = [_cited(f.message, f.clause)]
    lines += [say("stated otherwise: {place}", place=_place(path, line, options)) for path, line, _ in f.related[:5]]
    if f.suppressed:
        lines.append(f"{say('waived')}: {safe(f.suppressed, _LONG)}")
    elif f.help:
        lines.append(say("what would change it: {remedy}", remedy=safe(f.help, _LONG)))
    return _command("notice" if f.suppressed or f.level == "note" else f.level, where, "\n".join(lines))


def _cited(message: str, clause: str) -> str:
    return safe(message, _LONG) + (f" [{safe(clause)}]" if clause else "")


def _place(path: str, line: int, options: Options) -> str:
    return f"{safe(named(path, options), 200, tail=True)}:{line}"


def _command(name: str, properties: dict[str, str], message: str) -> str:
    """One command. Older runners look for their own kind, ``##[``, anywhere in a line."""
    given = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {given}::{_data(message)}".replace("##[", "#[")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
