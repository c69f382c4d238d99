"""The gate: what :mod:`licensecheck.verdict.question` puts together, judged. What the command line and a program both call."""

from __future__ import annotations

from pathlib import Path

from licensecheck.base.errors import ConfigError
from licensecheck.base.message import Message
from licensecheck.dataset import decisions, lineage
from licensecheck.dataset.decisions import exit_code as exit_code
from licensecheck.dataset.declaration import Policy
from licensecheck.dataset.sources import Settings as Settings
from licensecheck.engine.engine import engine
from licensecheck.engine.evaluate import evaluate
from licensecheck.knowledge.rulebook import Rulebook
from licensecheck.model import RANK, Decision, Finding, Reason, Verdict, replace, strictest
from licensecheck.verdict.question import HOLDING
from licensecheck.verdict.question import Question as Question
from licensecheck.verdict.question import ask as ask
from licensecheck.verdict.question import complete as complete
from licensecheck.verdict.question import dated as dated
from licensecheck.vocabulary import Use, make_use


def verdict(question: Question, book: Rulebook, today: str = "") -> Verdict:
    """The one verdict for a complete question: the worst over the licences that the result may carry.

    ``today`` (ISO 8601) is the day against which waivers are held. Raises :class:`ConfigError` for a policy that is about
    no licence.
    """
    use = make_use(dict(question.use))
    uses = [use]
    if question.published and not use.outbound and use.shared:
        uses = [replace(use, outbound=o) for o in question.outbounds] or [use]
    worst = min((_verdict(question, one, book) for one in uses), key=lambda v: RANK[v.decision])
    made = replace(
        worst,
        problems=question.problems,
        conflicts=tuple(dict.fromkeys((*question.conflicts, *worst.conflicts))),
        caveats=tuple(dict.fromkeys((*question.caveats, *worst.caveats))),
        findings=(*question.findings, *_lineage(question, use, book)),
        base=_base(question),
    )
    made = _alone(_held(_licensed(_same_license(made, question, book), question, use), question), question, book)
    return _decided(_with_papers(made, question, book), question, use, book, today)


def _alone(made: Verdict, question: Question, book: Rulebook) -> Verdict:
    """``made``; what is asked of one target alone is not mended by leaving it out."""
    if question.published or len(made.sources) != 1:
        return made
    (s,) = made.sources
    leave = Message(book.remedies["drop-source"], source=s.source.name)
    return replace(made, sources=(replace(s, remedies=tuple(r for r in s.remedies if r != leave)),))


def _held(made: Verdict, question: Question) -> Verdict:
    """``made``, and no better than a review while a conclusion of a person rests on a text that is another now, or a
    licence file says what nobody declared."""
    holding = [f for f in question.findings if f.rule in HOLDING]
    if not holding:
        return made
    reasons = tuple(Reason(f.rule, "review", f"{f.path}:{f.line}", f.message) for f in holding)
    return _reviewed(replace(made, findings=tuple(f for f in made.findings if f not in holding)), *reasons)


def _reviewed(made: Verdict, *reasons: Reason) -> Verdict:
    """``made``, and no better than a review for ``reasons`` that no source answers for."""
    decision = strictest((made.decision, Decision.REVIEW))
    return replace(made, decision=decision, constraints=(*made.constraints, *reasons))


def _licensed(made: Verdict, question: Question, use: Use) -> Verdict:
    """``made``, and no better than a review for a dataset that goes to others without a licence of its own."""
    own = question.outbounds or use.outbound
    if not question.published or own or not (use.shared and use.output == "dataset" and question.sources):
        return made
    says = Message("the dataset itself declares no licence: choose one of those that its sources allow")
    told = replace(made, caveats=tuple(caveat for caveat in made.caveats if caveat != says))
    return _reviewed(told, Reason("own-license-missing", "review", "", says))


def _same_license(made: Verdict, question: Question, book: Rulebook) -> Verdict:
    """``made``; a source whose adaptations keep its licence is a review while the result has none at all."""
    if not question.published or question.outbounds or dict(made.use).get("outbound"):
        return made
    fitting = tuple(known.short for name in made.outbound.allowed if (known := book.find(name)))
    sources = []
    for s in made.sources:
        asks = next((duty for duty in s.duties if duty.code == "SA_OUT"), None)
        if s.decision is Decision.ALLOW and asks:
            says = Message("what is made from it keeps its licence, and the result declares none")
            reason = Reason("share-alike-undeclared", "review", asks.clause, says, asks.license)
            help = (Message("declare the licence of the result: {licenses}", licenses=fitting),) if fitting else ()
            s = replace(s, decision=Decision.REVIEW, reasons=(reason, *s.reasons), remedies=(*help, *s.remedies))
        sources.append(s)
    worst = strictest((made.decision, *(s.decision for s in sources)))
    return replace(made, decision=worst, sources=tuple(sources))


def _with_papers(made: Verdict, question: Question, book: Rulebook) -> Verdict:
    """``made`` with what the published papers lack; a review where the policy requires them."""
    if not question.published or not made.sources or not question.name or made.decision is Decision.DENY:
        return made
    from licensecheck import attribution

    folder = Path(question.name) if Path(question.name).is_dir() else Path(question.name).parent
    texts = {path: paper.text for path, paper in attribution.gather(folder).items()}
    told = attribution.findings(attribution.check(texts, made, made.attributions, book))
    lacking = sum(1 for f in told if f.level == "warning")
    made = replace(made, findings=(*made.findings, *told))
    asking = [policy.place for policy in _policies(question) if policy.papers == "required"]
    if not lacking or not asking:
        return made
    says = Message("what is published lacks {count} of the papers that are owed", count=lacking)
    return _reviewed(made, Reason("papers-incomplete", "review", asking[0], says))


def _policies(question: Question) -> tuple[Policy, ...]:
    """The policies that hold for the dataset: its declaration's, and those of declarations above it."""
    return (question.declaration.policy, *question.declaration.above) if question.declaration else ()


def _lineage(question: Question, use: Use, book: Rulebook) -> tuple[Finding, ...]:
    if not question.lineage:
        return ()
    return tuple(f for node in question.lineage for f in lineage.findings(node, engine(book), use))


def _base(question: Question) -> str:
    """The folder that paths are told from: the dataset's, or the target's."""
    if question.declaration:
        return str(question.declaration.base)
    return question.name if question.name and Path(question.name).is_dir() else ""


def _decided(made: Verdict, question: Question, use: Use, book: Rulebook, today: str) -> Verdict:
    """``made`` with the declaration's policy and waivers. Raises :class:`ConfigError` for a policy about no licence."""
    declaration = question.declaration
    if declaration is None:
        return made
    for policy in _policies(question):
        if wrong := decisions.unknown(policy, made, book):
            raise ConfigError(Message("{place}: {why}", place=policy.place, why=wrong))
        made = decisions.ruled(made, policy, book)
    where = str(declaration.path)
    return decisions.waived(made, [(w, where) for w in declaration.waive], today, use, book)


def _verdict(question: Question, use: Use, book: Rulebook) -> Verdict:
    if question.own_work and not question.sources and use.outbound:
        return Verdict("", Decision.ALLOW, use.given, ())
    return evaluate(question.sources, use, book)
