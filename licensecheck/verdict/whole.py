"""Verdicts of several targets as one, and the table of every use where no use is declared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from licensecheck.base.message import Message
from licensecheck.dataset.decisions import exit_code as exit_code
from licensecheck.dataset.sources import Settings as Settings
from licensecheck.engine import findings
from licensecheck.engine.ranks import strictest
from licensecheck.knowledge.rulebook import Rulebook
from licensecheck.model import Decision, Outbound, Reason, SourceVerdict, Verdict, replace
from licensecheck.verdict.decide import verdict
from licensecheck.verdict.question import Question as Question
from licensecheck.verdict.question import added
from licensecheck.verdict.question import ask as ask
from licensecheck.verdict.question import complete as complete
from licensecheck.verdict.question import dated as dated
from licensecheck.vocabulary import INTENTS


class Row(NamedTuple):
    """One line of the table that is given where no use is declared: an intent, by purpose."""

    intent: str
    noncommercial: Verdict
    commercial: Verdict


def together(verdicts: Sequence[tuple[str, Verdict]]) -> Verdict:
    """The verdicts for several datasets, by name, as one: the worst decides, each source says whose it is."""
    if len(verdicts) == 1:
        return verdicts[0][1]
    decision = strictest(v.decision for _, v in verdicts)
    shared = set(verdicts[0][1].use).intersection(*(v.use for _, v in verdicts))
    told = tuple(
        Message("{dataset}: {decision} ({use})", dataset=name, decision=Message(v.decision.value), use=_use_words(v))
        for name, v in verdicts
    )
    named = [_named(name, v) for name, v in verdicts]
    return Verdict(
        "",
        decision,
        tuple(pair for pair in verdicts[0][1].use if pair in shared),
        tuple(s for v in named for s in v.sources),
        tuple(dict.fromkeys((*told, *(c for _, v in verdicts for c in v.caveats)))),
        tuple(dict.fromkeys(a for _, v in verdicts for a in v.assumptions)),
        Outbound(),
        tuple(a for _, v in verdicts for a in v.attributions),
        tuple(p for _, v in verdicts for p in v.problems),
        tuple(c for _, v in verdicts for c in v.conflicts),
        tuple(dict.fromkeys(r for _, v in verdicts for r in v.constraints)),
        tuple(f for _, v in verdicts for f in v.findings),
        tuple(pair for v in named for pair in v.suppressed),
        coverage=added(v.coverage for _, v in verdicts),
        datasets=tuple((name, v.decision) for name, v in verdicts),
    )


def _named(dataset: str, v: Verdict) -> Verdict:
    """``v`` with the name of its dataset before each source, and what was waived still waived."""
    if not dataset:
        return v
    sources = (replace(s, source=replace(s.source, name=f"{dataset}: {s.source.name}")) for s in v.sources)
    made = replace(v, sources=tuple(sources), base="", suppressed=())
    if not v.suppressed:
        return made
    covered = dict(v.suppressed)
    pairs = zip(findings.of(replace(v, suppressed=())), findings.of(made), strict=False)
    kept = ((new.fingerprint, covered[old.fingerprint]) for old, new in pairs if old.fingerprint in covered)
    return replace(made, suppressed=tuple(kept))


def _use_words(v: Verdict) -> str:
    use = dict(v.use)
    return ", ".join(filter(None, (use.get("intent"), use.get("purpose"))))


def undeclared(question: Question) -> Verdict:
    """What a report says of a question without a use: review, with what was found."""
    reason = Reason("use-not-declared", "review", "", Message("the use is not declared; state its intent and purpose"))
    sources = tuple(
        SourceVerdict(s, Decision.REVIEW, (reason,), caveats=s.caveats, remedies=(Message("declare the use"),))
        for s in question.sources
    )
    caveats = (reason.message, *question.caveats)
    return Verdict(
        "",
        Decision.REVIEW,
        question.use,
        sources,
        caveats,
        problems=question.problems,
        conflicts=question.conflicts,
        coverage=question.coverage,
    )


def table(question: Question, book: Rulebook) -> tuple[Row, ...]:
    """Every intent by noncommercial and commercial purpose, for a question that does not say its use."""
    said = {key: value for key, value in question.use if key not in ("intent", "purpose")}
    rows = []
    for intent in INTENTS:
        pair = (
            verdict(replace(question, use=tuple({**said, "intent": intent, "purpose": purpose}.items())), book)
            for purpose in ("noncommercial", "commercial")
        )
        rows.append(Row(intent, *pair))
    return tuple(rows)
