"""JUnit XML: one test for each source and each other finding.

For: CI services.

There is no standard; the elements are those that the readers of GitLab, Jenkins and others share.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from licensecheck.base.message import speaker
from licensecheck.engine import findings
from licensecheck.model import Decision
from licensecheck.report import summary
from licensecheck.report.places import code, named
from licensecheck.report.terminal import safe

if TYPE_CHECKING:
    from licensecheck.model import Finding, SourceVerdict, Verdict
    from licensecheck.report import Options

_TYPES: Final = {"error": "deny", "warning": "review"}
_LONG: Final = 1000


def render(verdict: Verdict, options: Options) -> str:
    """One suite. A denied source fails as ``deny``, one for review as ``review``; what could not be read is an error.

    What is waived, or hidden by ``--fail-on deny``, is skipped with its reason. A finding that does
    not change an allow passes, and is in the output of the case.
    """
    suite = Element("testsuite")
    use = dict(verdict.use)
    every = findings.of(verdict, options.lang)
    marks = summary.Marks(verdict)
    shown: set[str] = set()
    for s in verdict.sources:
        rules = {findings.CAVEAT, *(r.rule for r in s.reasons), *(c.reason.rule for c in s.claims)}
        own = [f for f in every if f.source == s.source.name and f.rule in rules]
        shown.update(f.fingerprint for f in own)
        _source(suite, s, own, marks, options)
    for f in every:
        if f.fingerprint not in shown:
            _finding(suite, f, verdict.decision, marks, options)
    suite.set("name", _line(" ".join(("licensecheck", use.get("intent", ""), use.get("purpose", "")))))
    counts = {"tests": len(suite)} | {
        f"{kind}s" if kind != "skipped" else kind: sum(case.find(kind) is not None for case in suite)
        for kind in ("failure", "error", "skipped")
    }
    root = Element("testsuites", name="licensecheck")
    for element in (root, suite):
        for name, number in counts.items():
            element.set(name, str(number))
    root.append(suite)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")


def _source(suite: Element, s: SourceVerdict, own: list[Finding], marks: summary.Marks, options: Options) -> None:
    case = SubElement(suite, "testcase", classname="licensecheck.source", name=_line(s.source.name) or "source")
    say = speaker(options.lang)
    if place := next(iter(own), None) or next(iter(s.source.evidence), None):
        _place(case, place.path, place.line, options)
    claims = {c.reason for c in s.claims}
    reasons = "\n".join(
        f"{_marked(marks(s, r), say)}{_cited(r.message, r.clause)} ({code(r.rule)})"
        for r in s.reasons
        if r not in claims
    )
    rights = {c.reason.rule for c in s.claims}
    claimed = "\n".join(f"{_cited(f.message, f.clause)} ({code(f.rule)})" for f in own if f.rule in rights)
    waived = "\n".join(_line(caveat) for caveat in s.caveats if findings.is_waiver(s, caveat))
    parts = (_licensed(s, options), reasons, waived, claimed, _help(s.remedies, say))
    detail = "\n".join(part for part in parts if part)
    covered = [f for f in own if f.level in _TYPES and f.suppressed]
    if covered and not any(f.level in _TYPES and not f.suppressed for f in own):
        _skipped(case, _covers(covered, marks, say))
        _passed(case, detail)
    elif s.decision is Decision.ALLOW:
        others = [caveat for caveat in s.caveats if not findings.is_waiver(s, caveat)]
        caveats = "\n".join(f"{say('note')}: {_line(caveat)}" for caveat in others)
        _passed(case, "\n".join(part for part in (detail, caveats) if part))
    else:
        why = summary.why(s, marks)
        text = _cited(why.message, why.clause) if why else say(s.decision.value)
        _failed(case, s.decision.value, text, detail, options)


def _covers(covered: list[Finding], marks: summary.Marks, say: Callable[..., str]) -> str:
    """Why findings do not count: the reason of each waiver, or "in the baseline"."""
    text = (say(mark) if (mark := marks.of(f)) == summary.KNOWN else f"{say(mark)}: {f.suppressed}" for f in covered)
    return "; ".join(dict.fromkeys(text))


def _marked(mark: str, say: Callable[..., str]) -> str:
    return f"{say(mark)}: " if mark else ""


def _finding(suite: Element, f: Finding, decision: Decision, marks: summary.Marks, options: Options) -> None:
    say = speaker(options.lang)
    place = named(f.path, options)
    case = SubElement(suite, "testcase", classname=f"licensecheck.{code(f.rule)}")
    case.set("name", f"{_line(f.source) or _line(place) or say('the whole')}: {code(f.rule)}")
    _place(case, f.path, f.line, options)
    text = _cited(f.message, f.clause)
    others = "\n".join(
        say("stated otherwise: {place}", place=f"{_line(named(path, options))}:{line} {_line(words)}")
        for path, line, words in f.related
    )
    detail = "\n".join(part for part in (text, others, _help((f.help,) if f.help else (), say)) if part)
    if f.suppressed:
        _skipped(case, _covers([f], marks, say))
    elif f.rule == findings.UNREADABLE:
        SubElement(case, "error", type="unreadable", message=text).text = detail
    elif f.level == "error" or (f.level in _TYPES and decision is not Decision.ALLOW):
        _failed(case, _TYPES[f.level], text, detail, options)
    else:
        _passed(case, detail)


def _failed(case: Element, kind: str, text: str, detail: str, options: Options) -> None:
    if kind == "review" and options.threshold == "deny":
        _skipped(case, speaker(options.lang)("review, hidden by --fail-on deny: {reason}", reason=text))
        return
    SubElement(case, "failure", type=kind, message=text).text = detail


def _skipped(case: Element, why: str) -> None:
    SubElement(case, "skipped", message=_line(why))


def _passed(case: Element, detail: str) -> None:
    if detail:
        SubElement(case, "system-out").text = detail


def _place(case: Element, path: str, line: int, options: Options) -> None:
    if place := named(path, options):
        case.set("file", place)
        case.set("line", str(line))


def _licensed(s: SourceVerdict, options: Options) -> str:
    say = speaker(options.lang)
    return f"{say('license')}: {_line(summary.named(s.source.license, options.book, options.lang))}"


def _help(remedies: tuple[str, ...], say: Callable[..., str]) -> str:
    return "\n".join(say("what would change it: {remedy}", remedy=_line(remedy)) for remedy in remedies)


def _cited(message: str, clause: str) -> str:
    return _line(message) + (f" [{_line(clause)}]" if clause else "")


def _line(text: str) -> str:
    """One line without what XML 1.0 (section 2.2) does not take: ``safe`` leaves printable characters only."""
    return safe(text, _LONG)
