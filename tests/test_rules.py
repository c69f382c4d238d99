"""Every case of every rule; and every rule is one that can be seen to fire."""

from __future__ import annotations

import pytest

from licensecheck.engine.cases import failures
from licensecheck.knowledge import rulebook
from licensecheck.knowledge.rules import Case

CASES = rulebook.cases()


@pytest.mark.parametrize("case", CASES, ids=[f"{c.rule}-{n}" for n, c in enumerate(CASES)])
def test_a_rules_own_case(case: Case) -> None:
    assert not failures(case, rulebook.load())


def test_every_rule_has_a_case() -> None:
    assert {case.rule for case in CASES} == {rule.id for rule in rulebook.load().rules}


def test_a_case_that_does_not_hold_is_seen() -> None:
    case = next(c for c in CASES if c.fires and c.decision == "deny")
    assert "fires" in failures(case._replace(fires=False), rulebook.load())
    assert "expected allow" in failures(case._replace(decision=type(case.decision)("allow")), rulebook.load())
