"""What people have decided once: waivers, policies and baselines, laid over a verdict. Pure.

A waiver may turn a deny into an allow, and stays in every report; a policy can only make a verdict stricter; a
baseline changes no verdict, but only what fails a run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Final

from licensecheck import findings
from licensecheck.config import Policy, Waiver
from licensecheck.engine import core, engine
from licensecheck.errors import ExpressionError
from licensecheck.expression import parse
from licensecheck.model import Decision, Finding, Reason, SourceVerdict, Verdict, replace
from licensecheck.rulebook import Rulebook
from licensecheck.vocabulary import Use, nearest
from licensecheck.wording import Message

UNUSED: Final = "waiver-unused"
EXPIRED: Final = "waiver-expired"
POLICY: Final = "policy-license"
BASELINE: Final = findings.BASELINE
_BLOCKS: Final = {"forbid": Decision.DENY, "review": Decision.REVIEW}
_RANK: Final = {Decision.DENY: 0, Decision.REVIEW: 1, Decision.ALLOW: 2}


def ruled(verdict: Verdict, policy: Policy, where: str, remedy: str) -> Verdict:
    """``verdict`` with the policy's own denials: licences that it denies, or that its list of allowed ones lacks.

    ``where`` is the policy's place, cited as the clause; ``remedy`` the words for leaving a source out.
    """
    if not (policy.allow or policy.deny):
        return verdict
    sources = tuple(_ruled(s, policy, where, remedy) for s in verdict.sources)
    return _judged(replace(verdict, sources=sources))


def _ruled(s: SourceVerdict, policy: Policy, where: str, remedy: str) -> SourceVerdict:
    """The policy's word on one source. Of an OR it asks the branch that the verdict rests on."""
    try:
        ids = [str(name) for name in parse(s.chosen or s.source.license).ids()]
    except ExpressionError:
        ids = [s.source.license]
    for name in ids:
        plain = name.removeprefix("LicenseRef-")
        denied = any(_is(name, plain, glob) for glob in policy.deny)
        allowed = not policy.allow or any(_is(name, plain, glob) for glob in policy.allow)
        if denied or not allowed:
            says = "the policy denies {license}" if denied else "the policy does not allow {license}"
            reason = Reason(POLICY, "forbid", where, Message(says, license=name), name)
            remedies = s.remedies or (Message(remedy, source=s.source.name),)
            return replace(s, decision=Decision.DENY, reasons=(reason, *s.reasons), duties=(), remedies=remedies)
    return s


def _is(name: str, plain: str, glob: str) -> bool:
    return any(fnmatchcase(text.lower(), glob.lower()) for text in (name, plain))


def waived(verdict: Verdict, waivers: Sequence[tuple[Waiver, str]], today: str, use: Use, book: Rulebook) -> Verdict:
    """``verdict`` with the ``waivers`` that hold on the day ``today``, each with the file that declares it.

    The reasons that are waived stay; what is left decides. A waiver that covers nothing, or whose day is past, is a
    finding at its own line.
    """
    if not waivers:
        return verdict
    valid = [(w, path) for w, path in waivers if not w.until or today <= w.until]
    base = verdict.base
    sources = tuple(_waived(s, [w for w, _ in valid], base, use, book) for s in verdict.sources)
    open_ = tuple(
        r for r in verdict.constraints if not any(w.rule == r.rule and w.source in ("", "*") for w, _ in valid)
    )
    changed = _judged(replace(verdict, sources=sources), open_)
    covered: dict[str, str] = {}
    used: set[Waiver] = set()
    found = findings.of(changed)
    for f in found:
        for w, _ in valid:
            if w.rule == f.rule and _covers(w, f.source, (f.path,), base):
                covered.setdefault(f.fingerprint, _why(w))
                used.add(w)
    known = frozenset((*(rule.id for rule in book.rules), *(f.rule for f in found)))
    told = tuple(_told(waivers, [w for w, _ in valid], used, known, book))
    return replace(changed, suppressed=(*changed.suppressed, *covered.items()), findings=(*changed.findings, *told))


def _waived(s: SourceVerdict, waivers: Iterable[Waiver], base: str, use: Use, book: Rulebook) -> SourceVerdict:
    paths = tuple(e.path for e in s.source.evidence)
    by = {w.rule: w for w in waivers if _covers(w, s.source.name, paths, base)}
    blocking = [r for r in s.reasons if r.effect in _BLOCKS]
    taken = [r for r in blocking if r.rule in by]
    if not taken:
        return s
    left = [_BLOCKS[r.effect] for r in blocking if r.rule not in by]
    decision = min(left, key=_RANK.__getitem__, default=Decision.ALLOW)
    if _RANK[decision] < _RANK[s.decision]:
        decision = s.decision
    notes = tuple(
        Message("waived: {message} ({rule}): {reason}", message=r.message, rule=r.rule, reason=_why(by[r.rule]))
        for r in dict.fromkeys(taken)
    )
    duties = engine(book).owed(s.source, core(use)) if decision is Decision.ALLOW else s.duties
    remedies = () if decision is Decision.ALLOW else s.remedies
    return replace(
        s, decision=decision, unwaived=s.decision, caveats=(*s.caveats, *notes), duties=duties, remedies=remedies
    )


def _covers(w: Waiver, source: str, paths: Sequence[str], base: str) -> bool:
    """Whether a waiver is about this source or place: both globs, where both are given."""
    short = [path.removeprefix(f"{base}/") if base else path for path in paths]
    by_source = not w.source or fnmatchcase(source, w.source) or fnmatchcase(source.removeprefix(f"{base}/"), w.source)
    return by_source and (not w.path or any(fnmatchcase(path, w.path) for path in (*paths, *short)))


def _why(w: Waiver) -> str:
    until = f", until {w.until}" if w.until else ""
    return f"{w.reason}" + (f" ({w.by}{until})" if w.by else f" ({until[2:]})" if until else "")


def _told(
    waivers: Iterable[tuple[Waiver, str]],
    valid: Sequence[Waiver],
    used: set[Waiver],
    known: frozenset[str],
    book: Rulebook,
) -> Iterator[Finding]:
    for w, path in waivers:
        if w not in valid:
            says = Message("the waiver of {rule} ended on {day}: decide anew, or take it out", rule=w.rule, day=w.until)
            yield Finding(EXPIRED, "warning", says, path, w.line)
        elif w not in used:
            says = Message("the waiver of {rule} covers nothing that was found: take it out", rule=w.rule)
            if w.rule not in known and findings.about(w.rule, book) is None and (near := nearest(w.rule, known)):
                says = Message("{says}.{nearest}", says=says, nearest=near)
            yield Finding(UNUSED, "warning", says, path, w.line)


def _judged(verdict: Verdict, constraints: Sequence[Reason] | None = None) -> Verdict:
    """``verdict`` with the decision that its sources and constraints give."""
    open_ = verdict.constraints if constraints is None else constraints
    decisions = [s.decision for s in verdict.sources] + [Decision.REVIEW for _ in open_]
    if not decisions:
        return verdict
    caveats = tuple(dict.fromkeys((*verdict.caveats, *(c for s in verdict.sources for c in s.caveats))))
    return replace(verdict, decision=min(decisions, key=_RANK.__getitem__), caveats=caveats)


def known(verdict: Verdict, fingerprints: frozenset[str]) -> Verdict:
    """``verdict`` with the findings of a baseline marked: they are shown, and fail nothing."""
    covered = {
        f.fingerprint: BASELINE for f in findings.of(verdict) if f.fingerprint in fingerprints and not f.suppressed
    }
    return replace(verdict, suppressed=(*verdict.suppressed, ("", BASELINE), *covered.items()))


def exit_code(result: Verdict, fail_on: str = "review") -> int:
    """0 allow, 1 deny, 3 review, 4 incomplete; the worst of deny, incomplete, review wins in that order.

    What a baseline knows fails nothing; nor does what could not be read and was waived.
    """
    found = findings.of(result)
    open_ = [f for f in found if not f.suppressed]
    past = any(f.suppressed == BASELINE for f in found)
    unread = any(f.rule == findings.UNREADABLE for f in open_)
    judged = [f for f in open_ if f.rule != findings.UNREADABLE and f.level != "note"]
    if result.decision is Decision.DENY and (not past or any(f.level == "error" for f in judged)):
        return 1
    if unread:
        return 4
    blocked = result.decision is not Decision.ALLOW
    if blocked and fail_on != "deny" and (not past or judged):
        return 3
    return 0
