"""The command through its entry point: exit codes, errors for people, JSON lines."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from conftest import Run

CARD = "---\nlicense: {tag}\n---\n\n# Gulls\n\nCounts of gulls at a pier.\n"


def card(folder: Path, tag: str) -> str:
    path = folder / "README.md"
    path.write_text(CARD.format(tag=tag), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["CC-BY-4.0", "--intent", "publish-copy", "--purpose", "product"], 0),
        (["CC-BY-NC-4.0", "--intent", "publish-copy", "--purpose", "product"], 1),
        (["LicenseRef-nobody-knows", "--intent", "publish-copy", "--purpose", "product"], 3),
        (["MIT OR CC-BY-NC-4.0", "--intent", "copy", "--purpose", "product"], 0),
        (["MIT AND CC-BY-NC-4.0", "--intent", "copy", "--purpose", "product"], 1),
        (
            ["CC-BY-NC-4.0", "--intent", "copy", "--purpose", "personal", "--compensation", "fee", "--fail-on", "deny"],
            0,
        ),
    ],
)
def test_exit_codes_of_evaluate(words: list[str], code: int, run: Run) -> None:
    assert run("evaluate", *words).code == code


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["evaluate", "CC-BY-4.0", "--intent", "publsh-copy", "--purpose", "product"], "publish-copy"),
        (["evaluate", "CC-BY-4.0", "--intent", "copy", "--purpose", "bisness"], "internal_business"),
        (["evaluate", "CC-BY-4.0", "--intent", "copy", "--purpose", "product", "--set", "sgdrr=yes"], "sgdr"),
        (["evaluate", "CC-BY-4.0", "--set", "sgdr"], "AXIS=VALUE"),
        (["evaluate", "MIT OR"], "SPDX"),
        (["evaluate"], "license expression"),
        (["check", "no/such/place"], "there is no file or folder"),
        (["check", ".", "--published", "--as-source"], "exclude"),
        (["explain", "nd-no-adaption"], "nd-no-adaptation"),
        (["licenses", "CC-BY-5.0"], "CC-BY"),
        (["identify"], "STRING"),
        (["evaluate", "MIT", "--rules", "no/such/pack", "--intent", "copy", "--purpose", "product"], "no rule pack"),
        (["chek"], "No such command"),
    ],
)
def test_usage_errors_exit_2_and_say_what_to_do(words: list[str], says: str, run: Run) -> None:
    done = run(*words)
    assert done.code == 2
    assert says in done.stderr


def test_no_use_gives_the_table_and_3(tmp_path: Path, run: Run) -> None:
    done = run("check", card(tmp_path, "cc-by-nc-4.0"))
    assert done.code == 3
    assert "publish-adaptation" in done.stdout
    assert "--purpose" in done.stdout


def test_several_targets_are_one_verdict(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    words = [card(tmp_path / "a", "cc-by-4.0"), card(tmp_path / "b", "cc-by-nc-4.0")]
    done = run("check", *words, "--intent", "copy", "--purpose", "product", "--format", "json")
    verdict = json.loads(done.stdout)
    assert done.code == 1
    assert [source["decision"] for source in verdict["sources"]] == ["allow", "deny"]
    assert verdict["decision"] == "deny"


def test_the_headline_counts_the_datasets_that_decide(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    words = [card(tmp_path / "a", "cc-by-4.0"), card(tmp_path / "b", "cc-by-nc-4.0")]
    for name, license in (("a", "CC-BY-4.0"), ("b", "CC-BY-NC-4.0")):
        source = f"sources: [{{name: s{name}, license: {license}}}]\n"
        use = "use: {intent: copy, purpose: product}\n"
        (tmp_path / name / "licensecheck.yaml").write_text(use + source, encoding="utf-8")
    shown = run("check", str(tmp_path / "a"), str(tmp_path / "b")).stdout
    assert shown.startswith("DENY    1 of 2 datasets: keep and read a copy")
    assert run("check", words[1], "--as-source").stdout.startswith("DENY    keep and read a copy")


@pytest.mark.parametrize("claims", ["5", '"x"', "[5]", '[{"kind": "permission", "acts": 5}]'])
def test_claims_that_are_no_claims_are_an_answer(claims: str, tmp_path: Path, run: Run) -> None:
    line = f'{{"sources": [{{"license": "MIT", "claims": {claims}}}], "use": {{"intent": "copy"}}}}\n'
    (tmp_path / "cases.jsonl").write_text(line, encoding="utf-8")
    done = run("evaluate", "--cases", str(tmp_path / "cases.jsonl"))
    assert done.code == 2
    assert json.loads(done.stdout)["error"].startswith("line 1: ")


def test_an_unreadable_target_does_not_lose_the_others(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a").mkdir()
    broken = tmp_path / "LICENSE"
    broken.write_bytes(b"\x7fELF\x00\x01\x02" * 50)
    words = [str(broken), card(tmp_path / "a", "cc-by-4.0")]
    done = run("check", *words, "--intent", "copy", "--purpose", "product", "--format", "json")
    verdict = json.loads(done.stdout)
    assert done.code == 4
    assert verdict["problems"][0]["path"].endswith("LICENSE")
    assert verdict["sources"][1]["decision"] == "allow"


def test_nothing_found_is_no_pass(tmp_path: Path, run: Run) -> None:
    (tmp_path / "data.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert run("check", str(tmp_path), "--intent", "publish-copy", "--purpose", "personal").code == 1


def test_license_ids_need_no_prefix_and_no_case(run: Run) -> None:
    words = ["--intent", "publish-copy", "--purpose", "product", "--format", "json"]
    one = run("evaluate", "cc-by-nd-2.0-kr", *words)
    other = run("evaluate", "LicenseRef-CC-BY-ND-2.0-KR", *words)
    assert json.loads(one.stdout)["sources"][0]["license"] == json.loads(other.stdout)["sources"][0]["license"]
    assert one.code == other.code == 0


def questions(tmp_path: Path, lines: list[object]) -> str:
    path = tmp_path / "cases.jsonl"
    path.write_text("".join((x if isinstance(x, str) else json.dumps(x)) + "\n" for x in lines), encoding="utf-8")
    return str(path)


def test_cases_are_answered_in_order(tmp_path: Path, run: Run) -> None:
    use = {"intent": "publish-adaptation", "purpose": "commercial", "outbound": "CC-BY-4.0"}
    path = questions(
        tmp_path,
        [
            {"id": "one", "sources": ["CC-BY-ND-2.0-KR", "MIT OR CC-BY-4.0"], "use": use},
            {"id": "two", "sources": ["MIT OR CC-BY-4.0"], "use": use},
            {"id": "three", "sources": [{"license": "CC-BY-4.0", "upstream": ["CC-BY-NC-4.0"]}], "use": use},
            {"id": "two again", "sources": ["MIT OR CC-BY-4.0"], "use": use},
        ],
    )
    done = run("evaluate", "--cases", path)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [a["id"] for a in answers] == ["one", "two", "three", "two again"]
    assert [a["decision"] for a in answers] == ["deny", "allow", "deny", "allow"]
    assert {k: v for k, v in answers[1].items() if k != "id"} == {k: v for k, v in answers[3].items() if k != "id"}
    assert done.code == 1


def test_a_bad_question_is_answered_and_the_rest_too(tmp_path: Path, run: Run) -> None:
    good = {"id": "good", "sources": ["MIT"], "use": {"intent": "copy", "purpose": "product"}}
    path = questions(
        tmp_path,
        [
            "{not json",
            {"id": "typo", "sources": ["MIT"], "use": {"intnet": "copy"}},
            {"id": "empty", "sources": [], "use": {"intent": "copy", "purpose": "product"}},
            {"id": "key", "surces": ["MIT"]},
            {"id": "deep", "sources": ["(" * 500 + "MIT" + ")" * 500], "use": {"intent": "copy"}},
            good,
        ],
    )
    done = run("evaluate", "--cases", path)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == 6
    assert all(a["decision"] == "review" and a["error"] for a in answers[:4])
    assert "intent" in answers[1]["error"]
    assert answers[5]["decision"] == "allow"
    assert done.code == 2


def test_cases_come_from_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    question = {"id": 7, "sources": ["CC0-1.0"], "use": {"intent": "copy", "purpose": "product"}}
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(question).encode())))
    done = run("evaluate", "--cases", "-")
    assert json.loads(done.stdout)["id"] == 7
    assert done.code == 0


def test_licenses_and_explain(run: Run) -> None:
    rows = [json.loads(line) for line in run("licenses", "--format", "jsonl").stdout.splitlines()]
    row = next(r for r in rows if r["id"] == "LicenseRef-CC-BY-NC-SA-2.0-KR")
    assert row["prohibits"] == ["CommercialUse"]
    assert {
        "id",
        "name",
        "urls",
        "permits",
        "requires",
        "prohibits",
        "version",
        "jurisdiction",
        "deprecated",
        "clauses",
    } <= set(row)
    page = run("licenses", "cc-by-nd-4.0").stdout
    assert "§2(a)(1)(B)" in page
    rule = run("explain", "nd-no-adaptation").stdout
    assert "KorQuAD" in rule
    assert "forbid" in rule


def test_outbound_names_the_blocker(run: Run) -> None:
    done = run("outbound", "CC-BY-SA-4.0", "CC-BY-4.0", "--want", "CC-BY-4.0", "--format", "json")
    answer = json.loads(done.stdout)
    assert "CC-BY-SA-4.0" in answer["allowed"]
    assert answer["blocked_by"]["CC-BY-4.0"] == ["CC-BY-SA-4.0"]
    assert answer["free"]["CC-BY-4.0"] == {"remove": [], "separate": ["CC-BY-SA-4.0"]}
    assert run("outbound", "CC-BY-SA-4.0", "CC-BY-NC-SA-4.0").code == 1


def test_rules_test_runs_every_case(run: Run) -> None:
    done = run("rules", "test")
    assert done.code == 0, done.stdout
    assert "cases pass" in done.stdout


PACK = """
means: What our organisation does not take.
rules:
  - id: house-no-sharealike-products
    effect: review
    when: {term: sa, purpose: product}
    message: "{license}: our policy asks counsel before ShareAlike goes into a product"
    clause: House policy 3
    remedies: [permission]
    cases:
      - {license: CC-BY-SA-4.0, intent: publish-copy, purpose: product, fires: yes, decision: review}
"""


def test_a_rule_pack_lies_over_ours(tmp_path: Path, run: Run) -> None:
    (tmp_path / "terms").mkdir()
    (tmp_path / "terms" / "house.yaml").write_text(PACK, encoding="utf-8")
    words = ["evaluate", "CC-BY-SA-4.0", "--intent", "publish-copy", "--purpose", "product"]
    assert run(*words).code == 0
    done = run(*words, "--rules", str(tmp_path))
    assert done.code == 3
    assert "House policy 3" in done.stdout
    assert run("rules", "test", str(tmp_path)).code == 0


def test_a_rule_pack_can_not_loosen(tmp_path: Path, run: Run) -> None:
    (tmp_path / "terms").mkdir()
    loose = PACK.replace("effect: review", "effect: permit").replace("decision: review", "decision: allow")
    (tmp_path / "terms" / "house.yaml").write_text(loose, encoding="utf-8")
    done = run("evaluate", "CC-BY-SA-4.0", "--rules", str(tmp_path), "--intent", "copy", "--purpose", "product")
    assert done.code == 2
    assert "house.yaml:4" in done.stderr
