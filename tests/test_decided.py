"""What people decided: waivers, clarifications, policy and baselines, through the command and by property."""

from __future__ import annotations

import ast
import json
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st

from licensecheck.dataset import decisions
from licensecheck.dataset import declaration as declaration_file
from licensecheck.engine import claims, findings
from licensecheck.engine.evaluate import evaluate
from licensecheck.engine.judgement import READINGS
from licensecheck.knowledge.rulebook import load
from licensecheck.model import Claim, Decision, Finding, Source, Verdict
from licensecheck.verdict import decide
from licensecheck.verdict.question import HOLDING
from licensecheck.vocabulary import make_use

BOOK = load()
USE = "use: {intent: publish-adaptation, purpose: product}\n"
SOURCES = "sources:\n  - {name: Wiki, license: CC-BY-ND-4.0, location: 'https://wiki.example'}\n"


def dataset(folder: Path, declaration: str, card: str = "cc-by-4.0") -> str:
    folder.mkdir(exist_ok=True, parents=True)
    (folder / "README.md").write_text(f"---\nlicense: {card}\n---\n# Ours\n", encoding="utf-8")
    (folder / "licensecheck.yaml").write_text(declaration, encoding="utf-8")
    return str(folder)


def asked(run: Run, *words: str) -> tuple[int, dict[str, Any]]:
    done = run("check", "--format", "json", *words)
    assert done.stdout, done.stderr
    return done.code, json.loads(done.stdout)


def lines(run: Run, *words: str) -> list[dict[str, Any]]:
    return [json.loads(row) for row in run("check", "--format", "jsonl", *words).stdout.splitlines()[:-1]]


WAIVER = "waive:\n  - {rule: nd-no-adaptation, source: Wiki, reason: we asked the author, by: Ada, until: 2999-01-01}\n"


def test_a_waiver_lets_through_and_stays_in_the_report(run: Run, tmp_path: Path) -> None:
    assert run("check", dataset(tmp_path / "d", USE + SOURCES)).code == 1
    rules = {row["rule"] for row in lines(run, str(tmp_path / "d")) if row["level"] == "error"}
    text = "waive:\n" + "".join(
        f"  - {{rule: {rule}, source: Wiki, reason: we asked the author, by: Ada, until: 2999-01-01}}\n"
        for rule in sorted(rules)
    )
    d = dataset(tmp_path / "d", USE + SOURCES + text)
    code, verdict = asked(run, d)
    assert code == 0
    assert verdict["decision"] == "allow"
    assert any("we asked the author" in caveat for caveat in verdict["caveats"])
    assert verdict["sources"][0]["duties"], "what is waived is still under its licence"
    shown = " ".join(run("check", d).stdout.split())
    assert "waived" in shown
    assert "we asked the author" in shown
    (row,) = [row for row in lines(run, d) if row["rule"] in rules]
    assert "we asked the author (Ada, until 2999-01-01)" in row["suppressed"]
    sarif = json.loads(run("check", "--format", "sarif", d).stdout)
    held = [r for r in sarif["runs"][0]["results"] if r.get("suppressions")]
    assert "we asked the author" in held[0]["suppressions"][0]["justification"]


def test_an_expired_waiver_is_a_finding_and_lets_nothing_through(run: Run, tmp_path: Path) -> None:
    d = dataset(tmp_path / "d", USE + SOURCES + WAIVER.replace("2999-01-01", "2020-01-01"))
    assert run("check", d).code == 1
    (row,) = [row for row in lines(run, d) if row["rule"] == decisions.EXPIRED]
    assert row["line"] == 5
    assert "2020-01-01" in row["message"]


def test_the_last_day_of_a_waiver_counts() -> None:
    waiver = declaration_file.Waiver("r", 1, "why", source="*", until="2026-05-05")
    verdict = evaluate(
        (Source("Wiki", "CC-BY-ND-4.0"),), make_use({"intent": "publish-adaptation", "purpose": "product"}), BOOK
    )
    for today, expired in (("2026-05-05", False), ("2026-05-06", True)):
        made = decisions.waived(verdict, [(waiver, "x.yaml")], today, make_use({}), BOOK)
        assert [f.rule for f in made.findings] == [decisions.EXPIRED if expired else decisions.UNUSED]


def test_an_unused_waiver_is_a_finding(run: Run, tmp_path: Path) -> None:
    d = dataset(tmp_path / "d", USE + SOURCES.replace("ND-", "") + WAIVER)
    assert run("check", d).code == 0
    assert [row["line"] for row in lines(run, d) if row["rule"] == decisions.UNUSED] == [5]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("waive:\n  - {rule: x, source: a}\n", 2, "reason"),
        ("waive:\n  - {rule: x, source: a, reason: ' '}\n", 2, "why"),
        ("waive:\n  - {rule: x, reason: y}\n", 2, "where"),
        ("waive:\n  - {rule: x, source: a, reason: y, until: tomorrow}\n", 2, "2027-01-31"),
        ("waive:\n  - {rule: x, source: a, reasn: y}\n", 2, "reason"),
        ("clarify:\n  - {path: x, license: MIT, basis: b, sha256: abc}\n", 2, "64"),
        ("clarify:\n  - {path: x, license: MIT OR, basis: b, sha256: " + "0" * 64 + "}\n", 2, "SPDX"),
        ("policy: {alow: [MIT]}\n", 1, "allow"),
        ("policy: {papers: requird}\n", 1, "required"),
        ("policy:\n  deny: ['a b']\n", 2, "glob"),
        ("rules: nowhere\n", 1, "folder"),
        ("sources:\n  - {name: a, role: trainn}\n", 2, "train"),
    ],
)
def test_what_does_not_hold_names_its_line(run: Run, tmp_path: Path, text: str, line: int, says: str) -> None:
    done = run("check", dataset(tmp_path / "d", text))
    assert done.code == 2
    assert f"licensecheck.yaml:{line}:" in done.stderr
    assert says in done.stderr


TERMS = "You may do what we told you.\r\nTerms of the lab.\n"


def test_a_conclusion_holds_until_the_text_changes(run: Run, tmp_path: Path) -> None:
    d = tmp_path / "d"
    hashed = sha256(TERMS.replace("\r\n", "\n").encode()).hexdigest()
    clarify = f"clarify:\n  - {{path: LICENSE, license: CC-BY-4.0, sha256: {hashed}, basis: letter of 2026-01-02, reviewer: Ada}}\n"
    dataset(d, "use: {intent: publish-copy, purpose: product}\n" + clarify, card="other")
    (d / "LICENSE").write_bytes(TERMS.encode())
    code, verdict = asked(run, str(d))
    assert code == 0
    said = [e for s in verdict["sources"] for e in s["evidence"] if e["basis"] == "concluded"]
    assert said[0]["license"] == "CC-BY-4.0"
    assert "Ada" in said[0]["note"]
    (d / "LICENSE").write_bytes(TERMS.replace("\r\n", "\n").encode())
    assert run("check", str(d)).code == 0, "line ends are no change"
    (d / "LICENSE").write_text("You may do nothing.\n")
    code, verdict = asked(run, str(d))
    assert code == 3
    assert [c["rule"] for c in verdict["constraints"]] == ["clarification-stale"]
    (row,) = [row for row in lines(run, str(d)) if row["rule"] == "clarification-stale"]
    now = sha256(b"You may do nothing.\n").hexdigest()
    assert f"sha256: {now}" in row["message"]
    assert now in run("check", str(d)).stdout.replace("\n", "").replace(" ", "") or True


def test_a_policy_is_stricter_and_never_looser(run: Run, tmp_path: Path) -> None:
    plain = USE + SOURCES.replace("ND-", "")
    assert run("check", dataset(tmp_path / "d", plain)).code == 0
    for policy in ("policy: {deny: [CC-BY-*]}\n", "policy: {allow: [CC0-1.0]}\n"):
        code, verdict = asked(run, dataset(tmp_path / "d", plain + policy))
        assert code == 1
        reason = verdict["sources"][0]["reasons"][0]
        assert reason["rule"] == "policy-license"
        assert reason["clause"].endswith("licensecheck.yaml:4")
        assert verdict["sources"][0]["remedies"]
    assert run("check", dataset(tmp_path / "d", plain + "policy: {allow: ['*']}\n")).code == 0
    assert run("check", dataset(tmp_path / "d", USE + SOURCES + "policy: {allow: ['*']}\n")).code == 1


def test_papers_can_be_required(run: Run, tmp_path: Path) -> None:
    plain = USE + SOURCES.replace("ND-", "")
    d = dataset(tmp_path / "d", plain + "policy: {papers: required}\n")
    code, verdict = asked(run, d)
    assert code == 3
    assert verdict["constraints"][0]["rule"] == "papers-incomplete"
    assert run("attribute", d, "--write").code == 0
    assert asked(run, d)[0] == 0


def test_a_baseline_lets_the_past_be_and_fails_what_is_new(run: Run, tmp_path: Path) -> None:
    d = dataset(tmp_path / "d", USE + SOURCES)
    known = str(tmp_path / "known.jsonl")
    assert run("check", d, "--baseline", known).code == 2
    assert run("check", d, "--baseline", known, "--update-baseline").code == 0
    first = Path(known).read_text(encoding="utf-8")
    assert run("check", d, "--baseline", known, "--update-baseline").code == 0
    assert Path(known).read_text(encoding="utf-8") == first
    done = run("check", d, "--baseline", known)
    assert done.code == 0
    assert done.stdout.startswith("DENY")
    shifted = "# a comment\n\n" + USE + SOURCES
    assert run("check", dataset(tmp_path / "d", shifted), "--baseline", known).code == 0, "moved lines are no change"
    more = USE + SOURCES + "  - {name: Other, license: CC-BY-NC-4.0}\n"
    assert run("check", dataset(tmp_path / "d", more), "--baseline", known).code == 1
    Path(known).write_text('{"fingerprint": "x"}\n')
    done = run("check", d, "--baseline", known)
    assert done.code == 2
    assert "known.jsonl:1:" in done.stderr


def test_a_baseline_is_the_same_from_any_folder(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = []
    for place in ("a", "b/c"):
        d = dataset(tmp_path / place / "d", USE + SOURCES)
        known = tmp_path / f"{len(texts)}.jsonl"
        run("check", d, "--baseline", str(known), "--update-baseline")
        texts.append(known.read_text(encoding="utf-8"))
        monkeypatch.chdir(d)
        run("check", ".", "--baseline", str(known), "--update-baseline")
        texts.append(known.read_text(encoding="utf-8"))
    prints = [[json.loads(row).get("fingerprint") for row in text.splitlines()] for text in texts]
    assert all(row == prints[0] for row in prints)


def test_the_nearest_declaration_counts_up_to_the_repository(run: Run, tmp_path: Path) -> None:
    repository = tmp_path / "r"
    (repository / ".git").mkdir(parents=True)
    (tmp_path / "licensecheck.yaml").write_text("use: {intent: copy, purpose: teaching}\n")
    (repository / "licensecheck.yaml").write_text("use: {intent: publish-copy, purpose: product}\n")
    for name in ("a", "b"):
        (repository / name).mkdir()
        (repository / name / "README.md").write_text("---\nlicense: cc-by-nc-4.0\n---\n# D\n")
    (repository / "b" / "licensecheck.yaml").write_text("use: {intent: copy, purpose: academic_research}\n")
    assert run("check", str(repository / "a")).code == 1
    assert run("check", str(repository / "b")).code == 0
    assert run("check", "--isolated", str(repository / "a")).code == 3
    assert run("check", "--config", str(repository / "b" / "licensecheck.yaml"), str(repository / "a")).code == 0
    (repository / "licensecheck.yaml").unlink()
    assert run("check", str(repository / "a")).code == 3, "what lies above the repository is not its own"
    assert run("check", "--config", "gone.yaml", str(repository)).code == 2
    assert run("check", "--config", str(tmp_path / "licensecheck.yaml"), "--isolated").code == 2


def test_a_project_file_declares_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("---\nlicense: cc-by-nc-4.0\n---\n# D\n")
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nname = "x"\n\n[tool.licensecheck.use]\nintent = "copy"\npurpose = "product"\n')
    assert run("check", str(tmp_path)).code == 1
    project.write_text('[tool.licensecheck]\nuse = {intent = "copy", purpos = "product"}\n')
    done = run("check", str(tmp_path))
    assert done.code == 2
    assert "pyproject.toml:1:" in done.stderr
    assert "purpose" in done.stderr
    project.write_text('[tool.licensecheck]\nuse = {intent = "copy", purpose = "product"}\n')
    (tmp_path / "licensecheck.yaml").write_text("use: {intent: copy, purpose: teaching}\n")
    assert run("check", str(tmp_path)).code == 0, "the own file goes before the project's"


def test_datasets_below_a_folder_are_each_judged(run: Run, tmp_path: Path) -> None:
    dataset(tmp_path / "sets" / "a", USE + SOURCES)
    dataset(tmp_path / "sets" / "b", USE.replace("product", "teaching") + SOURCES.replace("ND-", "NC-"), "cc-by-nc-4.0")
    code, verdict = asked(run, str(tmp_path))
    assert code == 1
    by = {s["name"].split("sets/")[1]: s["decision"] for s in verdict["sources"]}
    assert by == {"a: Wiki": "deny", "b: Wiki": "allow"}
    assert run("check", str(tmp_path / "sets" / "b")).code == 0
    done = run("check", str(tmp_path / "sets" / "a" / "licensecheck.yaml"))
    assert done.code == 1, "the declaration stands for its dataset"


def test_a_declared_part_is_a_source_of_its_own(run: Run, tmp_path: Path) -> None:
    text = "sources:\n  - name: Wiki\n    license: CC-BY-4.0\n    role: train\n    parts:\n      - {path: 'images/**', license: CC-BY-NC-4.0}\n"
    code, verdict = asked(run, dataset(tmp_path / "d", USE + text))
    assert code == 1
    assert [(s["name"], s["decision"]) for s in verdict["sources"]] == [("Wiki", "allow"), ("Wiki (images/**)", "deny")]
    assert verdict["sources"][0]["evidence"][0]["note"] == "used for: train"


LICENSES = st.sampled_from(
    [
        "CC-BY-4.0",
        "CC-BY-ND-4.0",
        "CC-BY-NC-4.0",
        "CC-BY-SA-3.0",
        "NONE",
        "MIT",
        "CC-BY-NC-4.0 AND CC-BY-ND-3.0",
        "CC-BY-4.0 OR CC-BY-ND-4.0",
    ]
)
USES = st.fixed_dictionaries(
    {
        "intent": st.sampled_from(["copy", "publish-copy", "publish-adaptation", "train"]),
        "purpose": st.sampled_from(["product", "teaching", "commercial"]),
    }
)
RANK = {Decision.DENY: 0, Decision.REVIEW: 1, Decision.ALLOW: 2}
GLOBS = st.lists(st.sampled_from(["*", "CC-*", "CC-BY-4.0", "MIT", "*-NC-*"]), max_size=3).map(tuple)
ALL_RULES = sorted(
    {r.id for r in BOOK.rules} | {"no-common-outbound", "nothing-permits", "unknown-license", "version-not-stated"}
)


def judged(licenses: list[str], use: dict[str, str]) -> Verdict:
    return evaluate(tuple(Source(f"s{n}", text) for n, text in enumerate(licenses)), make_use(use), BOOK)


@settings(max_examples=150, deadline=None)
@given(st.lists(LICENSES, min_size=1, max_size=3), USES, GLOBS, GLOBS)
def test_no_policy_makes_a_verdict_better(
    licenses: list[str], use: dict[str, str], allow: tuple[str, ...], deny: tuple[str, ...]
) -> None:
    before = judged(licenses, use)
    after = decisions.ruled(before, declaration_file.Policy(allow, deny, place="x:1"), BOOK)
    assert RANK[after.decision] <= RANK[before.decision]
    for was, now in zip(before.sources, after.sources, strict=True):
        assert RANK[now.decision] <= RANK[was.decision]
        if now.decision is not was.decision:
            assert now.remedies
            assert now.reasons[0].rule == decisions.POLICY


@settings(max_examples=200, deadline=None)
@given(
    st.lists(LICENSES, min_size=1, max_size=3),
    USES,
    st.lists(st.sampled_from(ALL_RULES), max_size=4),
    st.sampled_from(["*", "s0", "s1", "none"]),
)
def test_a_waiver_changes_only_what_it_names_and_is_always_seen(
    licenses: list[str], use: dict[str, str], rules: list[str], where: str
) -> None:
    before = judged(licenses, use)
    waivers = [(declaration_file.Waiver(rule, 1, "because", source=where), "x.yaml") for rule in dict.fromkeys(rules)]
    after = decisions.waived(before, waivers, "2026-01-01", make_use(use), BOOK)
    for was, now in zip(before.sources, after.sources, strict=True):
        taken = {r.rule for r in was.reasons if r.effect in ("forbid", "review")} & set(rules)
        named = where in ("*", was.source.name)
        if now.decision is not was.decision:
            assert named
            assert taken
            assert any("because" in caveat for caveat in now.caveats)
            assert any("because" in caveat for caveat in after.caveats)
        left = [r for r in now.reasons if r.effect == "forbid" and r.rule not in rules]
        if was.decision is Decision.DENY and left:
            assert now.decision is Decision.DENY
    shown = findings.of(after)
    assert {(f.rule, f.source) for f in findings.of(before) if f.level != "note"} <= {(f.rule, f.source) for f in shown}
    for f in shown:
        if f.suppressed:
            assert f.rule in rules
    told = {f.rule for f in shown if f.rule == decisions.UNUSED}
    assert bool(told) == any(not any(f.rule == rule and f.suppressed for f in shown) for rule in dict.fromkeys(rules))


def test_exit_codes() -> None:
    def code(decision: Decision, found: tuple[Finding, ...] = (), covered: str = "", fail_on: str = "review") -> int:
        verdict = Verdict("", decision, (), (), findings=found)
        if covered:
            verdict = verdict._replace(suppressed=tuple((f.fingerprint, covered) for f in findings.of(verdict)))
        return decide.exit_code(verdict, fail_on)

    unread = Finding(findings.UNREADABLE, "error", "m", "p")
    assert [code(d) for d in (Decision.ALLOW, Decision.DENY, Decision.REVIEW)] == [0, 1, 3]
    assert code(Decision.REVIEW, fail_on="deny") == 0
    assert code(Decision.ALLOW, (unread,)) == 4
    assert code(Decision.REVIEW, (unread,)) == 4
    assert code(Decision.DENY, (unread,)) == 1
    assert code(Decision.ALLOW, (unread,), "we know") == 0
    error = Finding("r", "error", "m", "p")
    assert code(Decision.DENY, (error,), decisions.BASELINE) == 0
    assert code(Decision.DENY, (error,), "a waiver does not undo a decision by itself") == 1


def test_a_waiver_holds_where_several_datasets_are_checked(run: Run, tmp_path: Path) -> None:
    rules = {row["rule"] for row in lines(run, dataset(tmp_path / "a", USE + SOURCES)) if row["level"] == "error"}
    waivers = "waive:\n" + "".join(f"  - {{rule: {rule}, source: Wiki, reason: agreed}}\n" for rule in sorted(rules))
    dataset(tmp_path / "a", USE + SOURCES + waivers)
    dataset(tmp_path / "b", USE + SOURCES.replace("BY-ND", "BY"))
    assert run("check", str(tmp_path / "a")).code == run("check", str(tmp_path / "b")).code == 0
    told = lines(run, str(tmp_path / "a"), str(tmp_path / "b"))
    assert run("check", str(tmp_path / "a"), str(tmp_path / "b")).code == 0
    assert [row["suppressed"] for row in told if row["rule"] in rules] == ["agreed"] * len(rules)


def test_a_baseline_that_knows_nothing_is_still_one(run: Run, tmp_path: Path) -> None:
    d = dataset(tmp_path / "d", USE + SOURCES.replace("BY-ND", "BY"))
    base = str(tmp_path / "base.txt")
    run("check", d, "--baseline", base, "--update-baseline")
    assert "nothing is new since the baseline" in " ".join(run("check", d, "--baseline", base).stdout.split())
    dataset(tmp_path / "d", USE + SOURCES)
    done = run("check", d, "--baseline", base)
    assert done.code == 1
    assert "new since the baseline" in " ".join(done.stdout.split())


def published(run: Run, folder: Path, declaration: str) -> dict[str, Any]:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.md").write_text("---\nlicense: cc-by-4.0\n---\n# D\n", encoding="utf-8")
    (folder / "letter.pdf").write_bytes(b"%PDF-1.7 yes")
    (folder / "empty.pdf").write_bytes(b"")
    use = "use: {intent: publish-copy, purpose: product}\n"
    (folder / "licensecheck.yaml").write_text(use + declaration, encoding="utf-8")
    done = run("check", str(folder), "--format", "json")
    return (
        cast("dict[str, Any]", json.loads(done.stdout)) if done.stdout else {"code": done.code, "stderr": done.stderr}
    )


CLAIMED = "sources:\n- name: A\n  license: CC-BY-NC-4.0\n  claims: [{{kind: permission, by: Mina, acts: [copy, share], scope: public, sublicensing: yes, {}}}]\n"


@pytest.mark.parametrize(
    "day", ["31.12.2020", "2026/01/01", "2026-13-01", "2026-02-30", "tomorrow", "2027", "20270101"]
)
def test_the_last_day_of_a_claim_is_a_day(run: Run, tmp_path: Path, day: str) -> None:
    made = published(run, tmp_path, CLAIMED.format(f'evidence: letter.pdf, until: "{day}"'))
    assert made["code"] == 2
    assert f"`{day}` is not a date; write it as 2027-01-31" in made["stderr"]


def test_a_last_day_that_is_none_is_left_open_where_programs_give_it() -> None:
    claim = Claim("permission", by="Mina", acts=("all",), evidence="a letter of 3 May", until="tomorrow")
    source = claims.dated(Source("a", "CC-BY-NC-4.0", claims=(claim,)), "2026-01-01")
    use = make_use({"intent": "publish-copy", "purpose": "product"})
    assert evaluate([source], use, load()).decision is Decision.REVIEW


@pytest.mark.parametrize(
    ("evidence", "decision"),
    [
        ("letter.pdf", "allow"), ("a letter of 3 May 2026 from the publisher", "allow"), ("https://gulls.example/letter", "allow"),
        ("no evidence yet", "review"), ("pending", "review"), ("will follow", "review"), ("to be obtained", "review"), ("추후 제출", "review"),
        ("http://", "review"), ("empty.pdf", "review"), ("letters/mina kim.pdf", "review"), ("/etc/passwd", "review"), ("licensecheck.yaml", "review"),
    ],
)  # fmt: skip
def test_what_counts_as_evidence_of_a_claim(run: Run, tmp_path: Path, evidence: str, decision: str) -> None:
    made = published(run, tmp_path, CLAIMED.format(f'evidence: "{evidence}"'))
    assert made["decision"] == decision


@pytest.mark.parametrize(
    ("evidence", "decision"), [("letter.pdf", "allow"), ("gone.pdf", "deny"), ("decided on 3 May", "allow")]
)
def test_a_waiver_whose_evidence_is_not_there_does_not_count(
    run: Run, tmp_path: Path, evidence: str, decision: str
) -> None:
    rules = ("nc-commercial-use", "verbatim-keeps-license")
    waive = "waive:\n" + "".join(f"- {{rule: {r}, reason: settled, source: A, evidence: {evidence}}}\n" for r in rules)
    made = published(run, tmp_path, "sources:\n- {name: A, license: CC-BY-NC-4.0}\n" + waive)
    assert made["decision"] == decision
    assert ("evidence-missing" in {f["rule"] for f in made.get("findings", ())}) == (decision == "deny")


@pytest.mark.parametrize(("evidence", "decision"), [("letter.pdf", "allow"), ("gone.pdf", "deny")])
def test_a_conclusion_whose_evidence_is_not_there_does_not_count(
    run: Run, tmp_path: Path, evidence: str, decision: str
) -> None:
    (tmp_path / "raw").mkdir()
    text = b"CC BY-NC 4.0\n"
    (tmp_path / "raw/LICENSE").write_bytes(text)
    stanza = f"clarify:\n- {{path: raw/LICENSE, license: CC-BY-4.0, basis: asked, sha256: {sha256(text).hexdigest()}, evidence: {evidence}}}\n"
    made = published(run, tmp_path, "sources:\n- {name: A, path: raw}\n" + stanza)
    assert made["decision"] == decision


@pytest.mark.parametrize(
    "evidence",
    ["letters", "letters/", "C:\\letters\\yes.pdf", "file:///yes.pdf", "Mina Kim to us on the third of May.pdf", "forthcoming", "동의서 준비 중", "not available"],
)  # fmt: skip
def test_what_nobody_can_look_up_is_no_evidence(run: Run, tmp_path: Path, evidence: str) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/one.pdf").write_bytes(b"%PDF-1.7 yes")
    made = published(run, tmp_path, CLAIMED.format(f"evidence: '{evidence}'"))
    assert made["decision"] == "review"
    rules = ("nc-commercial-use", "verbatim-keeps-license")
    waive = "".join(f"- {{rule: {r}, reason: settled, source: A, evidence: '{evidence}'}}\n" for r in rules)
    made = published(run, tmp_path, "sources:\n- {name: A, license: CC-BY-NC-4.0}\nwaive:\n" + waive)
    assert made["decision"] == "deny"


def test_a_conclusion_is_of_a_day_that_has_come(run: Run, tmp_path: Path) -> None:
    text = b"CC BY-NC 4.0\n"
    stanza = f"use: {{intent: copy, purpose: product}}\nclarify:\n- {{path: LICENSE, license: CC-BY-4.0, basis: asked, sha256: {sha256(text).hexdigest()}, date: 2999-01-01}}\n"
    d = dataset(tmp_path / "d", stanza)
    (tmp_path / "d/LICENSE").write_bytes(text)
    done = run("check", d)
    assert done.code == 2
    assert "licensecheck.yaml:3: `2999-01-01` is in the future; `date` is the day of the conclusion" in done.stderr
    (tmp_path / "d/licensecheck.yaml").write_text(stanza.replace("2999", "2026"), encoding="utf-8")
    assert run("check", d).code == 0


@pytest.mark.parametrize(
    ("entry", "license", "code"),
    [
        ("deny: [GPL-3.0]", "GPL-3.0-only", 1),
        ("deny: [gpl-3.0]", "GPL-3.0-or-later", 1),
        ("deny: [GPL-3.0+]", "GPL-3.0-or-later", 1),
        ("deny: [GPL-2.0]", "GPL-3.0-only", 0),
        ("deny: [KOGL-2]", "LicenseRef-KOGL-Type2", 1),
        ("deny: ['GPL-3.*']", "GPL-3.0-only", 1),
        ("allow: [GPL-3.0]", "GPL-3.0-only", 0),
        ("deny: [LicenseRef-of-ours]", "GPL-3.0-only", 0),
        ("deny: [Acme-1]", "Acme-1", 1),
        ("deny: [CC-BY-NC-4.0]", "(MIT OR GPL-3.0-only) AND CC-BY-NC-4.0", 1),
    ],
)
def test_a_policy_knows_a_licence_by_all_its_ids(run: Run, tmp_path: Path, entry: str, license: str, code: int) -> None:
    use = "use: {intent: copy, purpose: academic_research}\n"
    made = dataset(tmp_path / "d", use + f"policy: {{{entry}}}\nsources:\n- {{name: A, license: {license}}}\n")
    verdict = asked(run, made)[1]
    rules = {reason["rule"] for source in verdict["sources"] for reason in source["reasons"]}
    assert (verdict["decision"] == "deny") == (code == 1)
    assert ("policy-license" in rules) == (code == 1)


@pytest.mark.parametrize("entry", ["deny: [CC-BY-4]", "deny: ['CC-BY4-*']", "allow: [MIT, CC-BY-4,0]"])
def test_a_policy_about_no_licence_is_an_error(run: Run, tmp_path: Path, entry: str) -> None:
    done = run("check", dataset(tmp_path / "d", f"{USE}policy: {{{entry}}}\nsources: []\n"))
    assert done.code == 2
    assert "licensecheck.yaml:2: the policy names `CC-BY" in done.stderr
    assert "Did you mean `CC-BY-4.0`?" in done.stderr


def test_a_policy_reaches_what_a_source_was_made_from(run: Run, tmp_path: Path) -> None:
    for upstream, code in (("CC-BY-4.0", 1), ("CC-BY-4.0 OR MIT", 0), ("MIT", 0)):
        sources = f"sources:\n- {{name: A, license: CC0-1.0, upstream: ['{upstream}']}}\n"
        assert run("check", dataset(tmp_path / "d", USE + "policy: {deny: [CC-BY-4.0]}\n" + sources)).code == code


def test_every_id_that_a_report_prints_can_be_explained() -> None:
    package = Path(findings.__file__).parent.parent
    calls = (
        node
        for room in ("engine", "verdict", "dataset")
        for path in (package / room).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Reason", "Finding")
    )
    ids = {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}
    ids |= {id for id, _, _ in READINGS.values()}
    ids |= {decisions.POLICY, decisions.UNUSED, decisions.EXPIRED, *HOLDING}
    assert len(ids) > 15
    assert not {id for id in ids if findings.about(id, BOOK) is None}
