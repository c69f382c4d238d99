"""What people decided, in every report: claims, waivers and a baseline are told, and no sentence hides them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import Run
from report_cases import said
from test_report_formats import run_of, shown, suite

from licensecheck.dataset import decisions
from licensecheck.dataset.declaration import Waiver
from licensecheck.engine import findings
from licensecheck.engine.evaluate import evaluate
from licensecheck.knowledge.rulebook import load
from licensecheck.model import Claim, Decision, Finding, Source, Verdict
from licensecheck.report import REPORTERS, Options, summary
from licensecheck.vocabulary import make_use

BOOK = load()
CLAIM = Claim(
    "permission",
    by="Press",
    acts=("copy", "adapt", "share"),
    scope="public",
    until="2099-01-01",
    evidence="contracts/press.pdf",
    note="by letter",
    sublicensing="yes",
    state="valid",
)
USE = make_use({"intent": "publish-adaptation", "purpose": "product"})
FREE = Source("Free", "CC0-1.0", evidence=(said("CC0-1.0", "cc0", "free/README.md", 2),))
NC = Source("Wiki", "CC-BY-NC-ND-4.0", evidence=(said("CC-BY-NC-ND-4.0", "by-nc-nd", "wiki/README.md", 2),))
NEWS = Source("News", "NONE", claims=(CLAIM,))
FORMS = ("text", "markdown", "html", "json", "jsonl", "sarif", "github", "gitlab", "junit", "croissant", "spdx")


def judged(*sources: Source, waive: tuple[str, ...] = (), known: bool = False) -> Verdict:
    """The verdict for ``sources``, with waivers of these rules for Wiki, and a baseline of all but the last source."""
    made = evaluate(sources, USE, BOOK)
    rules = [(Waiver(rule, 1, "we asked", source="Wiki", by="Ada"), "x.yaml") for rule in waive]
    made = decisions.waived(made, rules, "2026-01-01", USE, BOOK)
    if not known:
        return made
    old = decisions.waived(evaluate(sources[:-1], USE, BOOK), rules, "2026-01-01", USE, BOOK)
    return decisions.known(made, frozenset(f.fingerprint for f in findings.of(old)))


def flat(form: str, verdict: Verdict, **more: Any) -> str:
    return " ".join(shown(form, verdict, **more).split())


BOTH = ("nc-commercial-use", "nd-no-adaptation")


def test_a_headline_says_what_an_allow_rests_on() -> None:
    def first(*sources: Source, waive: tuple[str, ...] = ()) -> str:
        verdict = judged(*sources, waive=waive)
        assert verdict.decision is Decision.ALLOW
        return summary.headline(verdict, summary.grouped(verdict.sources))[0]

    assert first(FREE) == "the source allows it; no obligations"
    assert first(NEWS).startswith("allowed only by the claims for 1 source")
    assert first(NEWS, FREE, NEWS._replace(name="More")).startswith("allowed only by the claims for 2 sources")
    assert first(NC, FREE, waive=BOTH).startswith("allowed only by the waivers of 2 findings")
    assert first(NC, NEWS, waive=BOTH).startswith(
        "allowed only by the claims for 1 source, and allowed only by the waivers of 2 findings"
    )
    for form in ("text", "markdown", "html", "github", "croissant"):
        assert "allowed only by the claims for 1 source" in flat(form, judged(NEWS))
        assert "allowed only by the waivers of 2 findings" in flat(form, judged(NC, waive=BOTH))


def test_a_waived_constraint_is_a_waived_finding() -> None:
    use = make_use({"intent": "copy", "purpose": "product", "contains": "personal_data"})
    waiver = Waiver("contains-personal-data", 1, "it is public", source="*")
    verdict = decisions.waived(evaluate([FREE], use, BOOK), [(waiver, "x.yaml")], "2026-01-01", use, BOOK)
    assert verdict.decision is Decision.ALLOW
    assert "allowed only by the waiver of 1 finding" in flat("text", verdict)
    assert "- waived: it contains personal data" in flat("text", verdict)


def test_a_reason_that_is_waived_is_no_reason() -> None:
    verdict = judged(NC, waive=("nc-commercial-use",))
    assert verdict.decision is Decision.DENY
    assert "does not allow sharing an adapted version" in summary.headline(verdict, summary.grouped(verdict.sources))[0]
    assert "- waived: CC BY-NC-ND 4.0 allows noncommercial use only" in flat("text", verdict)
    assert 'message="CC BY-NC-ND 4.0 does not allow' in shown("junit", verdict)


@pytest.mark.parametrize("form", FORMS)
def test_every_format_shows_a_claim_with_all_that_it_rests_on(form: str) -> None:
    text = flat(form, judged(NEWS, FREE))
    for word in ("permission", "Press", "public", "2099-01-01", "contracts/press.pdf", "by letter", "adapt"):
        assert word in text, word


@pytest.mark.parametrize("form", FORMS)
def test_every_format_shows_a_waiver(form: str) -> None:
    for waive in (BOTH, BOTH[:1]):
        text = flat(form, judged(NC, FREE, waive=waive))
        assert "waived" in text or '"suppressions"' in text
        assert "we asked (Ada)" in text


def test_a_claim_is_a_note_once() -> None:
    (row,) = [f for f in findings.of(judged(NEWS)) if f.rule == "claim-permission"]
    assert (row.level, row.source) == ("note", "News")
    weak = judged(NEWS._replace(claims=(CLAIM._replace(evidence=""),)))
    (row,) = [f for f in findings.of(weak) if f.rule == "claim-permission"]
    assert row.level == "warning"
    again = NEWS._replace(claims=(CLAIM._replace(evidence="", note="another"),))
    assert [f.fingerprint for f in findings.of(judged(again))] == [f.fingerprint for f in findings.of(weak)]
    assert "::notice title=licensecheck (claim-permission)" in shown("github", judged(NEWS))


def test_what_the_result_may_carry_rests_on_claims() -> None:
    verdict = judged(NEWS)
    assert "NONE" in verdict.outbound.allowed
    for form in ("text", "markdown", "html", "spdx"):
        assert "his depends on the claims for News" in flat(form, verdict)
        assert "rests on what is claimed" not in flat(form, judged(FREE))
    assert "NONE" not in json.loads(shown("json", verdict))["outbound"]["allowed"]


def test_a_waiver_is_no_open_alert_and_no_pass() -> None:
    verdict = judged(NC, waive=BOTH)
    results = run_of(verdict)["results"]
    assert len(results) == 2
    assert all(result["suppressions"] for result in results)
    only, made = suite(verdict)
    assert only.skipped == 1
    assert list(made) == ["Wiki"]
    assert 'skipped message="waived: we asked (Ada)"' in shown("junit", verdict)


def test_croissant_offers_nothing_by_a_waiver() -> None:
    def offered(verdict: Verdict) -> list[str]:
        document = json.loads(shown("croissant", verdict))
        rows = [document, *document["prov:wasDerivedFrom"]]
        return [use["name"] for row in rows for use in row.get("usageInfo", ()) if "judged" in use["name"]]

    assert len(offered(judged(FREE))) == 2
    assert not offered(judged(NC, waive=BOTH))
    assert len(offered(judged(FREE, NC, waive=BOTH))) == 1, "that of the free source alone"


OLD = NC
NEW = Source("Third", "CC-BY-ND-4.0", evidence=(said("CC-BY-ND-4.0", "by-nd", "third/README.md", 5),))
FIRST = {"text": 2, "markdown": 1, "github": 1}


@pytest.mark.parametrize("form", FIRST)
def test_the_first_line_says_what_is_new(form: str) -> None:
    def first(verdict: Verdict) -> str:
        return " ".join(" ".join(shown(form, verdict).splitlines()[: FIRST[form]]).split())

    same = decisions.known(judged(OLD), frozenset(f.fingerprint for f in findings.of(judged(OLD))))
    assert decisions.exit_code(same) == 0
    assert "; nothing is new since the baseline" in first(same)
    assert "; 1 finding is new since the baseline" in first(judged(OLD, NEW, known=True))
    assert "since the baseline" not in first(judged(OLD, NEW))


def test_a_headline_names_what_is_new_and_rows_are_marked() -> None:
    verdict = judged(OLD, NEW, known=True)
    message, clause, _ = summary.headline(verdict, summary.grouped(verdict.sources))
    assert clause.startswith("CC BY-ND 4.0")
    assert message.startswith("CC BY-ND 4.0")
    text, page = flat("text", verdict), flat("markdown", verdict)
    assert "- new: CC BY-ND 4.0 does not allow" in text
    assert "- in the baseline: CC BY-NC-ND 4.0 allows" in text
    assert "| new: error |" in page
    assert "| in the baseline |" in page
    assert "1 finding is new since the baseline" in flat("html", verdict)


def test_equal_sources_of_which_one_is_new_are_two_blocks() -> None:
    verdict = judged(NEW, NEW._replace(name="Fourth"), known=True)
    assert [group.names for group in summary.grouped(verdict.sources)] == [("Third", "Fourth")]
    assert [group.names for group in summary.grouped(verdict.sources, summary.Marks(verdict))] == [
        ("Third",),
        ("Fourth",),
    ]


def test_sarif_tells_the_state_since_the_baseline_and_suppresses_nothing_for_it() -> None:
    results = run_of(judged(OLD, NEW, known=True))["results"]
    assert [(r["ruleId"], r["baselineState"]) for r in results] == [
        ("nd-no-adaptation", "new"),
        ("nc-commercial-use", "unchanged"),
        ("nd-no-adaptation", "unchanged"),
    ]
    assert not any("suppressions" in r for r in results)
    assert not any("baselineState" in r for r in run_of(judged(OLD, NEW))["results"])
    waived = run_of(judged(OLD, NEW, waive=BOTH[:1], known=True))["results"]
    assert [("baselineState" in r, "suppressions" in r) for r in waived if r["ruleId"] == BOTH[0]] == [(False, True)]


def test_junit_and_gitlab_take_a_baseline_for_what_it_is() -> None:
    verdict = judged(OLD, NEW, known=True)
    assert suite(verdict)[1] == {"Wiki": ["Skipped:"], "Third": ["Failure:deny"]}
    assert 'skipped message="in the baseline"' in shown("junit", verdict)
    assert [issue["check_name"] for issue in json.loads(shown("gitlab", verdict))] == ["nd-no-adaptation"]


def test_a_baseline_that_knows_nothing_leaves_all_new() -> None:
    verdict = judged(NEW)._replace(suppressed=(("", findings.BASELINE),))
    assert "; 1 finding is new since the baseline" in flat("text", verdict)
    assert [r["baselineState"] for r in run_of(verdict)["results"]] == ["new"]


@pytest.mark.parametrize(
    ("message", "moved"),
    [
        ("README.md:2 CC <- b (MIT)", "README.md:3 CC <- b (MIT)"),
        ("(MIT, 나무/README.md:19:7): no", "(MIT, 나무/README.md:20:1): no"),
        ("wiki/README.md:30: some parts", "wiki/README.md:31: some parts"),
    ],
)
def test_a_fingerprint_has_no_lines(message: str, moved: str) -> None:
    one = Finding("r", "note", message, "x.md", 1)
    assert findings.fingerprint(one) == findings.fingerprint(one._replace(message=moved, line=9))
    assert findings.fingerprint(one) != findings.fingerprint(one._replace(message=f"{message} 7"))


def test_what_is_about_the_whole_stands_at_the_declaration() -> None:
    verdict = judged(Source("Q", "NOASSERTION"))._replace(base="data/q")
    assert {f.path for f in findings.of(verdict)} == {"data/q/licensecheck.yaml"}
    prints = [f.fingerprint for f in findings.of(verdict)]
    assert prints == [f.fingerprint for f in findings.of(verdict._replace(base="/elsewhere/q"))]
    assert "file=data/q/licensecheck.yaml,line=1" in shown("github", verdict)
    uri = run_of(verdict)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "data/q/licensecheck.yaml"


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_language_changes_no_fingerprint(lang: str) -> None:
    verdict = judged(NEWS, OLD, NEW, waive=BOTH[:1], known=True)
    made = json.loads(REPORTERS["gitlab"](verdict, Options(book=BOOK, lang=lang)))
    assert [issue["fingerprint"] for issue in made] == [
        f.fingerprint for f in findings.of(verdict) if f.suppressed != findings.BASELINE
    ]


def test_a_page_of_a_rule_and_of_a_license_speaks_korean(run: Run) -> None:
    for words in (("explain", "nc-commercial-use"), ("licenses", "CC-BY-SA-4.0")):
        english, korean = (run(*words, "--lang", lang).stdout for lang in ("en", "ko"))
        assert english.splitlines()[0] == korean.splitlines()[0]
        assert english != korean
    assert "비영리 목적의 이용만 허락하며" in run("explain", "nc-commercial-use", "--lang", "ko").stdout
    assert "저작권 표시를 그대로 유지할 것" in run("licenses", "CC-BY-SA-4.0", "--lang", "ko").stdout
