"""A verdict as a list of findings with places: what annotations, code scanning, baselines and waivers work on. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from licensecheck.knowledge import hexdigest
from licensecheck.model import Conflict, Decision, Evidence, Finding, Problem, Reason, Source, SourceVerdict, Verdict
from licensecheck.wording import Message, composed, english, word

if TYPE_CHECKING:
    from licensecheck.rulebook import Rulebook

_LEVELS: Final = {"forbid": "error", "review": "warning"}
_ORDER: Final = {"error": 0, "warning": 1, "note": 2}
CONFLICT: Final = "conflicting-statements"
UNREADABLE: Final = "unreadable"
CAVEAT: Final = "caveat"
RULES: Final = {
    CONFLICT: "Places that state the licence of the same thing differ.",
    UNREADABLE: "Something that had to be read could not be.",
    CAVEAT: "Something to mind that does not change the verdict.",
    "lineage-looser-than-source": "A dataset declares more than what it was made from gives.",
    "lineage-unresolved": "Something that a dataset was made from, whose licence is not known.",
    "waiver-expired": "A waiver whose last day has passed: it covers nothing any more.",
    "waiver-unused": "A waiver that covers nothing that was found.",
    "clarification-stale": "A conclusion of a person whose text has changed since: it does not count any more.",
    "clarification-unused": "A conclusion of a person about a place that is not there.",
    "papers-license-declared": "What is published declares a licence.",
    "papers-license-text": "The text of that licence, or a link to it, is with the data.",
    "papers-own-notice": "A copyright notice says whose the dataset is.",
    "papers-credited": "Every source that asks for credit is named.",
    "papers-agree": "The card and the files name the same licence.",
    "papers-license-allowed": "The declared licence is one that the sources allow.",
}
"""Findings that are no rule of the rulebook, in a sentence each; of ``papers-…``, what has to be so."""


def about(rule: str, book: Rulebook | None) -> Message | None:
    """What a finding with this id is about, where it is no rule of the rulebook; None for one that no run makes."""
    if rule in RULES:
        return word(RULES[rule])
    kind, _, rest = rule.partition("-")
    if kind == "papers" and book and (duty := book.duties.get(rest.upper().replace("-", "_"))):
        return Message("What is published carries what is owed: {duty}.", duty=word(duty))
    if kind == "contains" and book and (known := book.constraints.get(rest.replace("-", "_"))):
        return word(known[1])
    return Message("A right that is claimed beside the licence.") if kind == "claim" and rest else None


def of(verdict: Verdict) -> tuple[Finding, ...]:
    """Every finding of ``verdict``, the worst first, then in the order of its sources; equal ones once."""
    found = [
        *_sources(verdict),
        *map(_conflict, verdict.conflicts),
        *verdict.findings,
        *map(_problem, verdict.problems),
    ]
    covered = dict(verdict.suppressed)
    marked = (f if f.fingerprint else f._replace(fingerprint=fingerprint(f, verdict.base)) for f in found)
    marked = (f._replace(suppressed=covered.get(f.fingerprint, f.suppressed)) for f in marked)
    once = {(f.fingerprint, f.path, f.line): f for f in marked}
    return tuple(sorted(once.values(), key=lambda f: (bool(f.suppressed), _ORDER[f.level])))


def fingerprint(finding: Finding, base: str = "") -> str:
    """What a finding says, without its line and the folder ``base``: 16 hexadecimal digits that stay when lines move."""
    parts = (finding.rule, finding.source, finding.path, english(finding.message))
    said = "\x1f".join(part.replace(f"{base}/", "").replace(base, ".") if base else part for part in parts)
    return hexdigest(said.encode("utf-8", "replace"), 8)


def _sources(verdict: Verdict) -> Iterator[Finding]:
    for s in verdict.sources:
        place = _place(s.source)
        if s.decision is Decision.ALLOW:
            for caveat in s.caveats:
                yield _at(place, CAVEAT, "note", composed(": ", s.source.name, caveat), source=s.source.name)
        for reason in s.reasons:
            if reason.effect in _LEVELS:
                yield _reason(s, reason, place)
    for reason in verdict.constraints:
        yield Finding(reason.rule, "warning", reason.message, ".", clause=reason.clause)


def _reason(s: SourceVerdict, reason: Reason, place: Evidence | None) -> Finding:
    judged = s.unwaived or s.decision
    level = "error" if judged is Decision.DENY and reason.effect == "forbid" else "warning"
    message = composed(": ", s.source.name, reason.message)
    help = composed("; ", *s.remedies)
    return _at(place, reason.rule, level, message, clause=reason.clause, source=s.source.name, help=help)


def _place(source: Source) -> Evidence | None:
    """Where the licence of a source stands: its first statement that counts, else its first."""
    named = (e for e in source.evidence if e.license and e.license in source.license)
    return next(named, source.evidence[0] if source.evidence else None)


def _at(
    place: Evidence | None, rule: str, level: str, message: str, *, clause: str = "", source: str = "", help: str = ""
) -> Finding:
    path, line, column = (place.path, place.line, place.column) if place else (".", 1, 1)
    return Finding(rule, level, message, path, line, column, clause, source, help=help)


def _conflict(conflict: Conflict) -> Finding:
    first, *rest = conflict.claims
    places = ", ".join(dict.fromkeys(f"{e.license or '-'} ({e.path})" for e in conflict.claims))
    message = composed("; ", composed(": ", conflict.about, places), conflict.note, conflict.weight)
    related = tuple((e.path, e.line, f"{e.field}: {e.raw}") for e in rest)
    return Finding(CONFLICT, "warning", message, first.path, first.line, first.column, related=related)


def _problem(problem: Problem) -> Finding:
    return Finding(UNREADABLE, "error", problem.message, problem.path, problem.line)
