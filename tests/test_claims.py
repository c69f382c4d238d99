"""Claims beside the licence: what each needs, how far it reaches, and what it never lifts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck.base.message import translated
from licensecheck.engine.claims import dated
from licensecheck.engine.evaluate import evaluate
from licensecheck.knowledge import rulebook
from licensecheck.model import Claim, Reservation, Source, Verdict
from licensecheck.vocabulary import make_use

BOOK = rulebook.load()
PERMISSION = Claim(
    "permission", by="Korea Press Foundation", acts=("copy", "adapt", "share"), scope="public", evidence="contract.pdf"
)


def ask(claim: Claim, license: str = "NONE", **use: str) -> Verdict:
    asked = {"intent": "publish-adaptation", "purpose": "academic_research", "jurisdiction": "KR", **use}
    source = dated(Source("the work", license, claims=(claim,)), "2026-06-01")
    return evaluate([source], make_use(asked), BOOK)


def decision(claim: Claim, license: str = "NONE", **use: str) -> str:
    return ask(claim, license, **use).decision.value


def test_a_permission_reaches_its_acts_scope_and_date() -> None:
    assert decision(PERMISSION) == "allow"
    assert decision(PERMISSION._replace(acts=("copy",))) == "deny"
    assert decision(PERMISSION._replace(scope="internal")) == "deny"
    assert decision(PERMISSION._replace(until="2026-06-01")) == "allow"
    assert decision(PERMISSION._replace(until="2026-05-31")) == "deny"
    undated = Source("the work", "NONE", claims=(PERMISSION._replace(until="2027-01-01"),))
    use = make_use({"intent": "publish-adaptation", "purpose": "product"})
    assert evaluate([undated], use, BOOK).decision.value == "review"


@pytest.mark.parametrize("field", ["evidence", "by", "scope"])
def test_what_a_permission_lacks_makes_it_review(field: str) -> None:
    assert decision(PERMISSION._replace(**{field: ""})) == "review"


def test_an_assignment_needs_its_derivative_clause() -> None:
    whole = Claim("assignment", rights="all", evidence="deed.pdf")
    assert decision(whole) == "review"
    assert decision(whole._replace(derivative_clause="express")) == "allow"
    assert decision(whole, intent="publish-copy") == "allow"
    assert decision(whole._replace(rights="reproduction", derivative_clause="express")) == "deny"


def test_unprotected_subject_matter() -> None:
    law = Claim("unprotected", "KCA-7-3", evidence="court docket")
    assert decision(law) == "allow"
    assert decision(law, jurisdiction="DE") == "review"
    assert decision(law._replace(evidence="")) == "review"
    news = Claim("unprotected", "KCA-7-5", evidence="all news is free")
    assert decision(news) == "deny"
    verdict = ask(news._replace(evidence="checked per item, list.csv"))
    assert verdict.decision.value == "allow"
    assert verdict.caveats


EXCEPTIONS = {
    "KCA-25": (
        {"licensee": "school", "purpose": "teaching", "intent": "copy"},
        {"licensee": "school", "purpose": "teaching"},
    ),
    "KCA-24-2": ({}, None),
    "KCA-28": ({"intent": "publish-excerpt"}, {"intent": "publish-copy"}),
    "KCA-30": (
        {"intent": "adapt", "scope": "private", "licensee": "individual", "purpose": "personal"},
        {"intent": "adapt", "licensee": "company"},
    ),
    "DSM-3": (
        {"intent": "train", "licensee": "research_org", "jurisdiction": "DE"},
        {"licensee": "research_org", "jurisdiction": "DE"},
    ),
    "UK-29A": ({"intent": "train", "jurisdiction": "UK"}, {"jurisdiction": "UK"}),
    "US-105": ({"jurisdiction": "US"}, None),
}


@pytest.mark.parametrize("basis", EXCEPTIONS)
def test_an_exception_reaches_so_far(basis: str) -> None:
    within, beyond = EXCEPTIONS[basis]
    kind = "unprotected" if basis == "US-105" else "exception"
    claim = Claim(kind, basis, evidence="memo.md", by="the agency")
    verdict = ask(claim, **within)
    assert verdict.decision.value == "allow", [c.reason.message for c in verdict.sources[0].claims]
    assert verdict.caveats, "an exception is never an allow without a caveat"
    if beyond is not None:
        assert decision(claim, **beyond) == "deny"


@pytest.mark.parametrize(
    ("basis", "place"),
    [("KCA-35-5", "KR"), ("US-107", "US"), ("DSM-4", "FR"), ("JP-30-4", "JP"), ("SG-244", "SG"), ("CH-24d", "CH")],
)
def test_what_has_to_be_weighed_is_review_at_best(basis: str, place: str) -> None:
    assert decision(Claim("exception", basis, evidence="memo.md"), intent="train", jurisdiction=place) == "review"


def test_the_limit_of_the_database_right_lifts_that_right_alone() -> None:
    limit = Claim("exception", "KCA-94-2-1")
    wiki = {"sgdr": "yes", "outbound": "CC-BY-NC-SA-2.0-KR"}
    assert decision(limit, "LicenseRef-CC-BY-NC-SA-2.0-KR", **wiki) == "allow"
    assert decision(limit, "LicenseRef-CC-BY-NC-SA-2.0-KR", **wiki, purpose="product") == "deny"
    assert decision(limit, "NONE", sgdr="yes") == "deny"


def test_a_claim_widens_and_never_narrows() -> None:
    useless = Claim("exception", "KCA-30", evidence="memo.md")
    assert decision(useless, "CC-BY-4.0") == "allow"


def test_an_unknown_basis_is_review() -> None:
    assert decision(Claim("exception", "KCA-999", evidence="memo.md")) == "review"


def test_the_report_shows_the_claim_beside_the_license() -> None:
    verdict = ask(PERMISSION).sources[0]
    assert verdict.by_license is not None
    assert verdict.by_license.value == "deny"
    assert verdict.claims[0].reason.clause.startswith("KCA 46")
    assert verdict.claims[0].cannot


def test_no_claim_and_no_license_clears_privacy() -> None:
    verdict = ask(PERMISSION, "CC0-1.0", contains="personal_data,likeness")
    assert verdict.decision.value == "review"
    assert [c.rule for c in verdict.constraints] == ["contains-likeness", "contains-personal-data"]


def test_upstream_a_looser_tag_is_a_finding() -> None:
    source = Source("mix", "CC-BY-4.0", upstream=("CC-BY-NC-4.0",))
    use = make_use({"intent": "publish-copy", "purpose": "product"})
    verdict = evaluate([source], use, BOOK)
    assert verdict.decision.value == "deny"
    assert "looser-than-upstream" in {r.rule for r in verdict.sources[0].reasons}


def test_each_switch_says_what_the_other_reading_would_give() -> None:
    use = make_use({"intent": "train", "purpose": "product", "training_is_adaptation": "no"})
    verdict = evaluate([Source("x", "CC-BY-ND-3.0")], use, BOOK)
    assert verdict.decision.value == "allow"
    assert any("=yes: deny" in a for a in verdict.assumptions)
    use = make_use({"intent": "publish-adaptation", "purpose": "noncommercial", "outbound": "CC-BY-SA-4.0"})
    assert any("profile=publish: deny" in a for a in evaluate([Source("x", "CC-BY-NC-4.0")], use, BOOK).assumptions)


CASES = yaml.safe_load((Path(__file__).parent / "claims.yaml").read_text(encoding="utf-8"))


def claimed(case: dict[str, Any]) -> Source:
    claims = tuple(Claim(**{**claim, "acts": tuple(claim.get("acts", ()))}) for claim in case["claims"])
    signal = case.get("reservation")
    reserved = (Reservation(signal, "1", "headers", 1),) if signal else ()
    return Source("the work", case["license"], claims=claims, reservations=reserved)


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_a_claim_as_a_lawyer_reads_it(case: dict[str, Any]) -> None:
    verdict = evaluate([claimed(case)], make_use(case["use"]), BOOK)
    (found,) = verdict.sources
    expected = case["decision"] if isinstance(case["decision"], list) else [case["decision"]]
    assert verdict.decision.value in expected, [r.message for r in found.reasons]
    assert all(reason.clause for reason in found.reasons)
    if verdict.decision.value == "allow":
        assert {duty.code for duty in found.duties} >= set(case.get("duties", ()))
        assert bool(found.caveats) == (case.get("caveat") == "yes"), found.caveats
    if "remedy" in case:
        assert any(case["remedy"] in translated(remedy, "en") for remedy in found.remedies), found.remedies
