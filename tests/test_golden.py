"""The lawyer's cases, ``golden/cases.yaml``: sources and a use to a decision, with its duties."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck.engine import claims
from licensecheck.engine.evaluate import evaluate
from licensecheck.knowledge import rulebook
from licensecheck.model import Claim, Source
from licensecheck.vocabulary import make_use

CASES = yaml.safe_load((Path(__file__).parent / "golden" / "cases.yaml").read_text(encoding="utf-8"))


def source(case: dict[str, Any], text: str) -> Source:
    made: tuple[Claim, ...] = ()
    if "claim" in case:
        fields = {**case["claim"], "acts": tuple(case["claim"].get("acts", ()))}
        made = (Claim(**fields),)
    plain = Source(text, text, readings=tuple(case.get("list", ())), claims=made)
    return claims.dated(plain, "2026-01-01")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_lawyers_case(case: dict[str, Any]) -> None:
    sources = [source(case, text) for text in case["sources"]]
    verdict = evaluate(sources, make_use(case["use"]), rulebook.load())
    expected = case["decision"] if isinstance(case["decision"], list) else [case["decision"]]
    assert verdict.decision.value in expected, (case["says"], [r.message for s in verdict.sources for r in s.reasons])
    if case.get("caveat") == "yes":
        assert verdict.caveats
    if verdict.decision.value == "allow":
        owed = {duty.code for s in verdict.sources for duty in s.duties}
        assert set(case.get("duties", ())) <= owed
        assert not set(case.get("not-owed", ())) & owed
    if verdict.decision.value == "deny":
        denied = [s for s in verdict.sources if s.decision.value == "deny"]
        assert all(s.remedies and s.reasons and all(r.clause for r in s.reasons) for s in denied)


def test_the_cases_are_many_and_have_their_clauses() -> None:
    assert len(CASES) >= 84
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert all(case["says"] for case in CASES)
