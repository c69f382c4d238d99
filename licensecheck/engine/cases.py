"""A rule's own cases, held against the engine."""

from __future__ import annotations

from licensecheck.engine.engine import core, engine
from licensecheck.engine.evaluate import evaluate
from licensecheck.knowledge.rulebook import Rulebook
from licensecheck.knowledge.rules import Case
from licensecheck.model import Source
from licensecheck.vocabulary import make_use


def failures(case: Case, book: Rulebook) -> str:
    """What is wrong with one case, as a line that names its place; "" where it holds."""
    use = make_use(dict(case.use))
    sources = [Source(name, book.canonical(name)) for name in case.sources]
    verdict = evaluate(sources, use, book)
    machine = engine(book)
    fired = any(case.rule in machine.expression(name, core(use)).fired for name in case.sources)
    wrong = []
    if verdict.decision is not case.decision:
        wrong.append(f"expected {case.decision.value}, got {verdict.decision.value}")
    if fired != case.fires:
        wrong.append("the rule fires" if fired else "the rule does not fire")
    return f"{case.where}: {case.rule}: {'; '.join(wrong)}" if wrong else ""
