"""Evidence of claims and decisions, and the closed vocabulary of claims."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Run

from licensecheck.dataset.proofs import is_evidence, limit
from licensecheck.engine import proof
from licensecheck.model import Claim

HERE = Path(__file__).parent
WORDS: list[dict[str, Any]] = yaml.safe_load((HERE / "evidence.yaml").read_text(encoding="utf-8"))
LETTERS: list[dict[str, Any]] = yaml.safe_load((HERE / "letters.yaml").read_text(encoding="utf-8"))
CLAIM = "use: {{intent: publish-adaptation, purpose: product}}\nsources:\n- name: A\n  license: CC-BY-NC-4.0\n  claims: [{{kind: permission, by: Mina, {}}}]\n"
GRANT = "acts: [copy, adapt, share], scope: public, sublicensing: yes, evidence: letter.txt"


def dataset(folder: Path, declaration: str, letter: str = "You may.") -> str:
    (folder / "README.md").write_text("---\nlicense: cc-by-4.0\n---\n# Ours\n", encoding="utf-8")
    (folder / "letter.txt").write_text(letter, encoding="utf-8")
    (folder / "licensecheck.yaml").write_text(declaration, encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize("case", WORDS, ids=[case["evidence"] for case in WORDS])
def test_words_that_count_as_evidence(case: dict[str, Any], tmp_path: Path) -> None:
    assert is_evidence(case["evidence"], tmp_path) == case["counts"]


@pytest.mark.parametrize("case", LETTERS, ids=[case["letter"][:40] for case in LETTERS])
def test_a_letter_that_limits_the_use_limits_the_claim(case: dict[str, Any], tmp_path: Path, run: Run) -> None:
    place = dataset(tmp_path, CLAIM.format(GRANT), case["letter"])
    assert run("check", place).code == (0 if case["covers"] else 3)
    assert (is_evidence("letter.txt", tmp_path) and limit("letter.txt", tmp_path) is None) == case["covers"]


@pytest.mark.parametrize(
    ("keys", "strange", "known"),
    [
        ("scope: internal use, acts: [copy], evidence: x", "internal use", "named_group"),
        ("scope: 공개, acts: [copy], evidence: x", "공개", "public"),
        ("scope: public, acts: [copy, share unmodified], evidence: x", "share unmodified", "train"),
        ("scope: public, acts: [anything], evidence: x", "anything", "copy"),
        ("scope: public, rights: 'copy, everything', evidence: x", "everything", "all"),
        ("scope: public, derivative_clause: maybe, evidence: x", "maybe", "express"),
    ],
)
def test_what_is_not_in_the_vocabulary_is_an_error_with_what_is(
    keys: str, strange: str, known: str, tmp_path: Path, run: Run
) -> None:
    done = run("check", dataset(tmp_path, CLAIM.format(keys)))
    assert done.code == 2
    assert "licensecheck.yaml:5:" in done.stderr
    assert f"`{strange}`" in done.stderr
    assert known in done.stderr.partition("Known:")[2]
    claim = {"kind": "permission", **yaml.safe_load("{" + keys + "}")}
    question = {"sources": [{"license": "NONE", "claims": [claim]}], "use": {"intent": "copy", "purpose": "product"}}
    (tmp_path / "q.jsonl").write_text(json.dumps(question) + "\n", encoding="utf-8")
    done = run("evaluate", "--cases", str(tmp_path / "q.jsonl"))
    assert done.code == 2
    assert strange in json.loads(done.stdout)["error"]


@pytest.mark.parametrize(
    ("name", "acts"),
    [
        ("copy", {"copy"}), ("reproduction", {"copy"}), ("복제", {"copy"}), ("share_adapt", {"share", "adapt"}), ("share-verbatim", {"share"}),
        ("2차적저작물작성", {"adapt"}), ("TDM", {"train"}), ("all", {"copy", "adapt", "share", "train"}), ("unmodified", set()),
    ],
)  # fmt: skip
def test_names_of_acts(name: str, acts: set[str]) -> None:
    assert proof.acts((name,)) == acts


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        ("checked per item, list.csv", True), ("기사마다 확인한 목록", True), ("per-item", True), ("no item was checked", False),
        ("the items were not checked", False), ("기사마다 확인하지 않음", False), ("all news is free", False),
    ],
)  # fmt: skip
def test_a_check_of_each_item(words: str, counts: bool) -> None:
    assert proof.has(Claim("unprotected", "KCA-7-5", evidence=words), "per-item") is counts
    assert proof.has(Claim("unprotected", "KCA-7-5", evidence="list.csv", note=words), "per-item") is counts


@pytest.mark.parametrize(
    ("words", "contradicts"),
    [
        ("author died 1936; works list, file 4", False), ("the author died in 2001", True), ("저자 2005년 사망", True), ("first published 1999", True),
        ("published 1880; checked in 2024", False), ("register checked 2024", False), ("d. 1920, published 1998 in a new edition", True),
    ],
)  # fmt: skip
def test_an_expiry_that_its_own_words_contradict(words: str, contradicts: bool) -> None:
    claim = Claim("expired", evidence=words)
    assert bool(proof.contradiction(claim, "2026-06-01")) is contradicts
    assert not proof.contradiction(claim._replace(kind="permission"), "2026-06-01")


@pytest.mark.parametrize("ground", ["TODO", "to be confirmed", "추후 확인"])
def test_a_decision_without_a_ground_does_not_count(ground: str, tmp_path: Path, run: Run) -> None:
    waive = f"waive:\n- {{rule: nc-commercial-use, source: A, reason: '{ground}'}}\n"
    declaration = "use: {intent: copy, purpose: product}\nsources:\n- {name: A, license: CC-BY-NC-4.0}\n"
    assert run("check", dataset(tmp_path, declaration + waive)).code == 1
    assert run("check", dataset(tmp_path, declaration + waive.replace(ground, "settled with the author"))).code == 0


def test_a_policy_is_waived_where_it_is_written_and_by_no_declaration_below(tmp_path: Path, run: Run) -> None:
    (tmp_path / "repo/data").mkdir(parents=True)
    (tmp_path / "repo/.git").mkdir()
    policy = "policy: {deny: ['CC-BY-NC-*']}\n"
    own = "use: {intent: copy, purpose: academic_research}\nsources:\n- {name: A, license: CC-BY-NC-4.0}\n"
    waive = "waive:\n- {rule: policy-license, source: A, reason: settled with the author}\n"
    (tmp_path / "repo/licensecheck.yaml").write_text(policy, encoding="utf-8")
    assert run("check", dataset(tmp_path / "repo/data", own + waive)).code == 1
    (tmp_path / "repo/licensecheck.yaml").unlink()
    assert run("check", dataset(tmp_path / "repo/data", own + waive)).code == 0
    assert run("check", dataset(tmp_path / "repo/data", policy + own + waive)).code == 0
