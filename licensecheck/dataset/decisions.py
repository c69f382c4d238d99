"""What people have decided once: waivers, policies and baselines, laid over a verdict. Pure.

A waiver may turn a deny into an allow, and stays in every report; a policy can only make a verdict stricter; a
baseline changes no verdict, but only what fails a run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Final

from licensecheck.base.errors import ExpressionError
from licensecheck.base.message import Message, nearest
from licensecheck.dataset.declaration import Policy, Waiver
from licensecheck.engine import findings
from licensecheck.engine.engine import core, engine
from licensecheck.engine.ranks import RANK, strictest
from licensecheck.expression import Expression, parse
from licensecheck.knowledge import facts
from licensecheck.knowledge.rulebook import Rulebook
from licensecheck.model import Decision, Finding, Reason, SourceVerdict, Verdict, replace
from licensecheck.vocabulary import Use

UNUSED: Final = "waiver-unused"
EXPIRED: Final = "waiver-expired"
POLICY: Final = "policy-license"
BASELINE: Final = findings.BASELINE
_BLOCKS: Final = {"forbid": Decision.DENY, "review": Decision.REVIEW}


def ruled(verdict: Verdict, policy: Policy, book: Rulebook, about: Sequence[SourceVerdict] | None = None) -> Verdict:
    """``verdict`` with the policy's own denials for the sources that it is ``about`` (None for all): licenses that it denies, or that its
    list of allowed ones lacks. The policy's place is cited as the clause."""
    if not (policy.allow or policy.deny):
        return verdict
    sources = tuple(_ruled(s, policy, book) if about is None or s in about else s for s in verdict.sources)
    return _judged(replace(verdict, sources=sources))


def _ruled(s: SourceVerdict, policy: Policy, book: Rulebook) -> SourceVerdict:
    """The policy's word on one source and what it was made from. Of an OR it asks the branch that the verdict rests on."""

    def barred(name: str) -> bool:
        return _bars(policy, name, book)

    source = s.source
    texts = filter(None, (s.chosen, source.license, *source.also, *source.readings, *source.upstream))
    name = next((found for text in texts if (found := _first(_parsed(text), barred))), "")
    if not name:
        return s
    denied = any(_is(name, glob, book) for glob in policy.deny)
    says = "the policy denies {license}" if denied else "the policy does not allow {license}"
    reason = Reason(POLICY, "forbid", policy.place, Message(says, license=name), name)
    remedies = s.remedies or (Message(book.remedies["drop-source"], source=source.name),)
    return replace(s, decision=Decision.DENY, reasons=(reason, *s.reasons), duties=(), remedies=remedies)


def narrowed(license: str, policies: Sequence[Policy], book: Rulebook) -> str:
    """The expression ``license`` without the branches of an OR that the ``policies`` bar; as it is where none is left."""

    def barred(name: str) -> bool:
        return any(_bars(policy, name, book) for policy in policies)

    node = _parsed(license)
    if node.op != "or":
        return license
    left = [part for part in node.parts if not _first(part, barred)]
    return str(Expression("or", "", tuple(left)) if len(left) > 1 else left[0]) if left else license


def _bars(policy: Policy, name: str, book: Rulebook) -> bool:
    allowed = not policy.allow or any(_is(name, glob, book) for glob in policy.allow)
    return not allowed or any(_is(name, glob, book) for glob in policy.deny)


def _parsed(text: str) -> Expression:
    try:
        return parse(text)
    except ExpressionError:
        return Expression("id", text)


def _first(node: Expression, barred: Callable[[str], bool]) -> str:
    """The first id that bars ``node``, "" where none does: an OR is barred where each of its branches is."""
    if node.op == "id":
        return node.value if barred(node.value) else ""
    found = [_first(part, barred) for part in node.parts]
    return "" if node.op == "or" and "" in found else next(filter(None, found), "")


def _is(name: str, glob: str, book: Rulebook) -> bool:
    """Whether a glob of a policy is about a license, by any of the ids that either goes by."""
    ids = _ids(name, book)
    return any(fnmatchcase(id, one) for one in _ids(glob, book) for id in ids)


@lru_cache(maxsize=4096)
def _ids(name: str, book: Rulebook) -> frozenset[str]:
    """An id or glob in small letters, with those that took its place, each with and without ``LicenseRef-``."""
    every = {name, book.canonical(name), *facts.successors(name)}
    return frozenset(text for id in every for text in (id.lower(), id.lower().removeprefix("licenseref-")))


def unknown(policy: Policy, verdict: Verdict, book: Rulebook) -> Message | None:
    """What is wrong with the first entry of ``policy`` that is about no license at all; None where all are about one.

    Known are the licenses of ``book``, the ids of SPDX and those of the sources; a ``LicenseRef-`` may be anybody's.
    """
    for glob in _unheard(policy, book):
        carried = (text for s in verdict.sources for text in (s.source.license, *s.source.also, *s.source.upstream))
        if not any(_is(name, glob, book) for text in carried for name in _parsed(text).ids()):
            near = nearest(glob, _every(book))
            says = "the policy names `{license}`, which is not a license id.{nearest} Write your own license as LicenseRef- and a name."
            return Message(says, license=glob, nearest=near)
    return None


@lru_cache(maxsize=64)
def _unheard(policy: Policy, book: Rulebook) -> tuple[str, ...]:
    named = [glob for glob in (*policy.allow, *policy.deny) if not glob.lower().startswith("licenseref-")]
    return tuple(glob for glob in named if not any(_is(name, glob, book) for name in _every(book)))


@lru_cache(maxsize=8)
def _every(book: Rulebook) -> tuple[str, ...]:
    from licensecheck.knowledge import names

    ids = names.table()["ids"].values()
    return tuple(dict.fromkeys((*(known.id for known in book.licenses()), *ids, *names.exceptions())))


def waived(verdict: Verdict, waivers: Sequence[tuple[Waiver, str]], today: str, use: Use, book: Rulebook) -> Verdict:
    """``verdict`` with the ``waivers`` that hold on the day ``today``, each with the file that declares it.

    The reasons that are waived stay; what is left decides. A waiver that covers nothing, or whose day is past, is a
    finding at its own line.
    """
    if not waivers:
        return verdict
    valid = [(w, path) for w, path in waivers if not w.until or today <= w.until]
    base = verdict.base
    sources = tuple(_waived(s, valid, base, use, book) for s in verdict.sources)
    open_ = tuple(
        r for r in verdict.constraints if not any(w.rule == r.rule and w.source in ("", "*") for w, _ in valid)
    )
    changed = _judged(replace(verdict, sources=sources), open_)
    covered: dict[str, str] = {}
    used: set[Waiver] = set()
    found = findings.of(changed)
    for f in found:
        for w, where in valid:
            if w.rule == f.rule and _may_lift(f.rule, f.clause, where) and _covers(w, f.source, (f.path,), base):
                covered.setdefault(f.fingerprint, _why(w))
                used.add(w)
    known = frozenset((*(rule.id for rule in book.rules), *(f.rule for f in found)))
    told = tuple(_waiver_findings(waivers, [w for w, _ in valid], used, known, book))
    return replace(changed, suppressed=(*changed.suppressed, *covered.items()), findings=(*changed.findings, *told))


def _may_lift(rule: str, clause: str, where: str) -> bool:
    """Whether a waiver in the declaration at ``where`` can be of this finding: a policy is waived where it is written, and
    by no declaration below."""
    return rule != POLICY or clause.rpartition(":")[0] == where


def _waived(
    s: SourceVerdict, waivers: Sequence[tuple[Waiver, str]], base: str, use: Use, book: Rulebook
) -> SourceVerdict:
    paths = tuple(e.path for e in s.source.evidence)
    by = {w.rule: (w, where) for w, where in waivers if _covers(w, s.source.name, paths, base)}
    blocking = [r for r in s.reasons if r.effect in _BLOCKS]
    taken = [r for r in blocking if r.rule in by and _may_lift(r.rule, r.clause, by[r.rule][1])]
    if not taken:
        return s
    left = [_BLOCKS[r.effect] for r in blocking if r not in taken]
    decision = strictest(left, Decision.ALLOW)
    if RANK[decision] < RANK[s.decision]:
        decision = s.decision
    notes = tuple(
        Message("waived: {message} ({rule}): {reason}", message=r.message, rule=r.rule, reason=_why(by[r.rule][0]))
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


def _waiver_findings(
    waivers: Iterable[tuple[Waiver, str]],
    valid: Sequence[Waiver],
    used: set[Waiver],
    known: frozenset[str],
    book: Rulebook,
) -> Iterator[Finding]:
    for w, path in waivers:
        if w not in valid:
            says = Message("the waiver of {rule} ended on {day}; renew or remove it", rule=w.rule, day=w.until)
            yield Finding(EXPIRED, "warning", says, path, w.line)
        elif w not in used:
            near = nearest(w.rule, known) if w.rule not in known and findings.about(w.rule, book) is None else ""
            if near:
                says = Message("no finding has the rule `{rule}`.{nearest}", rule=w.rule, nearest=near)
            else:
                says = Message("the waiver of {rule} matches no finding; remove it", rule=w.rule)
            yield Finding(UNUSED, "warning", says, path, w.line)


def _judged(verdict: Verdict, constraints: Sequence[Reason] | None = None) -> Verdict:
    """``verdict`` with the decision that its sources and constraints give."""
    open_ = verdict.constraints if constraints is None else constraints
    decisions = [s.decision for s in verdict.sources] + [Decision.REVIEW for _ in open_]
    if not decisions:
        return verdict
    caveats = tuple(dict.fromkeys((*verdict.caveats, *(c for s in verdict.sources for c in s.caveats))))
    return replace(verdict, decision=strictest(decisions), caveats=caveats)


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
    found = findings.of(result, marked=False)
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
