"""A verdict as a list of findings with places: what annotations, code scanning, baselines and waivers work on. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from licensecheck.base import regex
from licensecheck.base.compiled import hexdigest
from licensecheck.base.errors import Problem
from licensecheck.base.files import DECLARATION
from licensecheck.base.message import Message, composed, english, translated, word
from licensecheck.engine.judgement import NOT_UNDERSTOOD
from licensecheck.model import (
    Claim,
    ClaimVerdict,
    Conflict,
    Decision,
    Evidence,
    Finding,
    Reason,
    Source,
    SourceVerdict,
    Verdict,
)

if TYPE_CHECKING:
    from licensecheck.knowledge.rulebook import Rulebook

_LINE: Final = regex.compile(r"(?<=[^\s:\d]):\d{1,9}(?::\d{1,9})?(?!\w)")
"""The line, and the column, after a place in a message."""
_LEVELS: Final = {"forbid": "error", "review": "warning"}
_ORDER: Final = {"error": 0, "warning": 1, "note": 2}
CONFLICT: Final = "conflicting-statements"
UNREADABLE: Final = "unreadable"
CAVEAT: Final = "caveat"
BASELINE: Final = "baseline"
"""Why a finding is suppressed that a baseline knows; of a waiver it is the waiver's reason."""
WHOLE: Final = "."
"""The place of a finding that is about the whole: where a verdict has a base, its declaration."""
RULES: Final = {
    "nothing-permits": "No rule permits what the use does.",
    "unknown-license": "A license is not in the rulebook.",
    "unreadable-expression": "A license expression is not valid.",
    "version-not-stated": "The version or kind of a license is not stated, and the answer depends on it.",
    "list-without-operator": "Several licenses are listed without AND or OR, and the answer depends on which is meant.",
    "restriction-not-sure": "A text restricts the use, and it is unclear whether that applies to the data. Its place is cited.",
    "words-not-understood": "A sentence may restrict the use and was not understood; it has to be read.",
    "not-read": "A file that may state terms could not be read, so the verdict is open.",
    "data-not-covered": "A folder of a published dataset holds data that no statement and no declared source covers.",
    "looser-than-upstream": "A source declares more than the license of what it was made from gives.",
    "no-common-outbound": "No license for the result satisfies all sources. Each source's clause on the license of the result is cited.",
    "training-reading": "Whether training makes an adaptation is not settled, and the answer depends on it.",
    "database-right-reading": "Whether a database right applies is not known, and the answer depends on it.",
    "contract-reading": "Whether words bind as a contract is not settled, and the answer depends on it.",
    "adaptation-reading": "Whether a change makes an adaptation is not settled, and the answer depends on it.",
    "public-reading": "Whether a named group is the public is not settled, and the answer depends on it.",
    "share-alike-undeclared": "A source requires the same license on the result, and the result declares none.",
    "papers-incomplete": "A policy requires complete notices and license texts, and some are missing.",
    "policy-license": "A policy does not allow a license.",
    "use-not-declared": "The use is not declared.",
    CONFLICT: "Files state different licenses for the same thing.",
    UNREADABLE: "Something that has to be read is not readable.",
    CAVEAT: "A note that does not affect the verdict.",
    "lineage-looser-than-source": "A dataset declares more than its sources give.",
    "lineage-unresolved": "The license of something that a dataset was made from is not known.",
    "waiver-expired": "A waiver whose last day has passed; it has no effect.",
    "waiver-unused": "A waiver that matches no finding.",
    "clarification-stale": "A `clarify` entry whose file has changed; it is ignored.",
    "evidence-missing": "A `waive` or `clarify` entry whose evidence file is missing; it is ignored.",
    "claim-evidence-missing": "A claim whose evidence file is missing, empty, or limits the use itself.",
    "license-concluded": "A `clarify` entry that replaces what was found in a file.",
    "clarification-unused": "A `clarify` entry for a file that does not exist.",
    "license-not-covered": "A file of a published dataset states another license, and no declared source covers it.",
    "exception-unknown": "What is beside a license is not an exception of SPDX.",
    "outbound-contradicted": "The use names another license for the result than the dataset itself declares.",
    "own-license-missing": "A published dataset has no license of its own.",
    "papers-license-declared": "The published files declare a license.",
    "papers-license-text": "The text of that license, or a link to it, is among the published files.",
    "papers-own-notice": "A copyright notice names the holder of the dataset.",
    "papers-credited": "Every source that requires credit is named.",
    "papers-agree": "The card and the files name the same license.",
    "papers-license-allowed": "The sources allow the declared license.",
}
"""The ids of reasons and findings that are not rules of the rulebook, each with what it says. For ``papers-...`` it is
what has to be true."""


def about(rule: str, book: Rulebook | None) -> Message | None:
    """What a finding with this id is about, if it is not a rule of the rulebook; None for an id that no report prints."""
    if rule in RULES:
        return word(RULES[rule])
    kind, _, rest = rule.partition("-")
    if kind == "papers" and book and (duty := book.duties.get(rest.upper().replace("-", "_"))):
        return Message("The published files do what a license requires: {duty}.", duty=word(duty))
    if kind == "contains" and book and (known := book.constraints.get(rest.replace("-", "_"))):
        return word(known[1])
    return Message("A right that is claimed in addition to the license.") if kind == "claim" and rest else None


def basis(rule: str, book: Rulebook) -> Message | None:
    """What the basis of a claim with this id says, its clause, and what it never covers; None where it is no basis."""
    kind, _, rest = rule.partition("-")
    known = book.claims.get(rest) if kind == "claim" else None
    if known is None:
        return None
    message = Message(known["message"], by=Message("the rights holder"), rights=Message("not stated"))
    cannot = Message(known["cannot"])
    return Message(
        "{message} [{clause}]. It does not cover: {cannot}.", message=message, clause=known["clause"], cannot=cannot
    )


def of(verdict: Verdict, lang: str = "en", *, marked: bool = True) -> tuple[Finding, ...]:
    """Every finding of ``verdict``, the worst first, then in the order of its sources; equal ones once.

    ``lang`` is the language that the verdict is in (:func:`licensecheck.base.message.translated`). ``marked``: each has its
    fingerprint; a caller that needs none saves the hashes.
    """
    found = [
        *_sources(verdict, lang),
        *map(_conflict, verdict.conflicts),
        *verdict.findings,
        *map(_problem, verdict.problems),
    ]
    covered = dict(verdict.suppressed)
    base = verdict.base
    if marked or covered:
        found = [f if f.fingerprint else f._replace(fingerprint=fingerprint(f, base)) for f in found]
        found = [f._replace(suppressed=covered.get(f.fingerprint, f.suppressed)) for f in found]
    keys = [f.fingerprint or _words(f, base) for f in found]
    if base:
        whole = f"{base}/{DECLARATION}"
        found = [f._replace(path=whole) if f.path == WHOLE else f for f in found]
    once = {(key, f.path, f.line): f for key, f in zip(keys, found, strict=True)}
    return tuple(sorted(once.values(), key=lambda f: (bool(f.suppressed), _ORDER[f.level])))


def fingerprint(finding: Finding, base: str = "") -> str:
    """What a finding says, without lines and the folder ``base``: 16 hexadecimal digits that stay when lines move."""
    return hexdigest(_words(finding, base).encode("utf-8", "replace"), 8)


def _words(finding: Finding, base: str) -> str:
    parts = (finding.rule, finding.source, finding.path, _LINE.sub("", english(finding.message)))
    return "\x1f".join(part.replace(f"{base}/", "").replace(base, ".") if base else part for part in parts)


def baselined(verdict: Verdict) -> bool:
    """Whether a baseline was laid over ``verdict``."""
    return any(why == BASELINE for _, why in verdict.suppressed)


def identified(verdict: Verdict, s: SourceVerdict | None, reason: Reason) -> str:
    """The fingerprint of the finding about a reason of ``s``, or about one of the constraints (None)."""
    return fingerprint(_reason(s, reason, _place(s.source)) if s else _constraint(reason), verdict.base)


def is_waiver(s: SourceVerdict, caveat: str) -> bool:
    """Whether a caveat of ``s`` tells a waiver: such a one is a finding of its own, which is suppressed."""
    return s.unwaived is not None and english(caveat).startswith("waived: ")


def claimed(claim: Claim) -> tuple[Message, ...]:
    """What a claim says beside its kind and basis, as its declaration has it, a message for each part."""
    told = (
        (claim.by, Message("given by: {by}", by=claim.by)),
        (claim.acts, Message("acts: {acts}", acts=claim.acts)),
        (claim.scope, Message("scope: {scope}", scope=claim.scope)),
        (claim.rights, Message("rights: {rights}", rights=claim.rights)),
        (claim.derivative_clause, Message("derivative works: {clause}", clause=claim.derivative_clause)),
        (claim.exclusive, Message("exclusive: {exclusive}", exclusive=claim.exclusive)),
        (claim.territory, Message("territory: {territory}", territory=claim.territory)),
        (claim.medium, Message("medium: {medium}", medium=claim.medium)),
        (claim.sublicensing, Message("sublicensing: {sublicensing}", sublicensing=claim.sublicensing)),
        (claim.until, Message("until: {day}", day=claim.until)),
        (claim.evidence, Message("evidence: {evidence}", evidence=claim.evidence)),
        (claim.note, Message("note: {note}", note=claim.note)),
    )
    return tuple(says for value, says in told if value)


def _sources(verdict: Verdict, lang: str) -> Iterator[Finding]:
    for s in verdict.sources:
        place = _place(s.source)
        if s.decision is Decision.ALLOW:
            for caveat in s.caveats:
                if not is_waiver(s, caveat):
                    yield _at(place, CAVEAT, "note", composed(": ", s.source.name, caveat), source=s.source.name)
        claims = {c.reason: c for c in s.claims}
        for reason in s.reasons:
            if reason.effect in _LEVELS:
                found = _reason(s, reason, place)
                claim = claims.pop(reason, None)
                yield _with_claim(found, claim, s, verdict.base, lang) if claim else found
        for reason, claim in claims.items():
            message = composed(": ", s.source.name, reason.message)
            found = _at(place, reason.rule, "note", message, clause=reason.clause, source=s.source.name)
            yield _with_claim(found, claim, s, verdict.base, lang)
    for reason in verdict.constraints:
        yield _constraint(reason)


def _constraint(reason: Reason) -> Finding:
    return Finding(reason.rule, "warning", reason.message, WHOLE, clause=reason.clause)


def _with_claim(found: Finding, c: ClaimVerdict, s: SourceVerdict, base: str, lang: str) -> Finding:
    """The finding about a claim with all that the claim rests on; a note that is added there makes it no other one."""
    beside = ""
    if s.by_license:
        alone, both = word(s.by_license.value), word(s.decision.value)
        beside = Message("by the license alone: {alone}; with the claims: {claimed}", alone=alone, claimed=both)
    details = (translated(part, lang) for part in (*claimed(c.claim), beside))
    return found._replace(message=composed("; ", found.message, *details), fingerprint=fingerprint(found, base))


def _reason(s: SourceVerdict, reason: Reason, place: Evidence | None) -> Finding:
    judged = s.unwaived or s.decision
    level = "error" if judged is Decision.DENY and reason.effect == "forbid" else "warning"
    message = composed(": ", s.source.name, reason.message)
    help = composed("; ", *s.remedies)
    quoted = next((u for u in s.source.unweighed if reason.clause == f"{u.path}:{u.line}"), None)
    if reason.rule == NOT_UNDERSTOOD and quoted is not None:
        weighed = Message("the words that weighed: {words}", words=quoted.heavy) if quoted.heavy else ""
        help = composed("; ", help, *((weighed,) if weighed else ()))
        return Finding(
            reason.rule, level, message, quoted.path, quoted.line, quoted.column, source=s.source.name, help=help
        )
    return _at(place, reason.rule, level, message, clause=reason.clause, source=s.source.name, help=help)


def _place(source: Source) -> Evidence | None:
    """Where the license of a source stands: its first statement that counts, else its first."""
    named = (e for e in source.evidence if e.license and e.license in source.license)
    return next(named, source.evidence[0] if source.evidence else None)


def _at(
    place: Evidence | None, rule: str, level: str, message: str, *, clause: str = "", source: str = "", help: str = ""
) -> Finding:
    path, line, column = (place.path, place.line, place.column) if place else (WHOLE, 1, 1)
    return Finding(rule, level, message, path, line, column, clause, source, help=help)


def _conflict(conflict: Conflict) -> Finding:
    first, *rest = conflict.claims
    places = ", ".join(dict.fromkeys(f"{e.license or '-'} ({e.path})" for e in conflict.claims))
    message = composed("; ", composed(": ", conflict.about, places), conflict.note, conflict.weight)
    related = tuple((e.path, e.line, f"{e.field}: {e.raw}") for e in rest)
    return Finding(CONFLICT, "warning", message, first.path, first.line, first.column, related=related)


def _problem(problem: Problem) -> Finding:
    return Finding(UNREADABLE, "error", problem.message, problem.path, problem.line)
