"""Sentences that may restrict and are not understood: heard in every place, quoted, reviewed, and settled by a person."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from places import PLACES, TAGS, card, decisions, licensed

from licensecheck.identification import find, listening
from licensecheck.knowledge import uses
from licensecheck.knowledge.fold import fold
from licensecheck.model import RANK, Decision
from licensecheck.scanners import scan_text

ROOT: Final = Path(__file__).parent.parent
CASES: Final = yaml.safe_load((ROOT / "tests" / "unweighed.yaml").read_text(encoding="utf-8"))
SENTENCE: Final = CASES["heard"][0]["text"]
LINE: Final = card("cc-by-4.0", f"{licensed('cc-by-4.0')}\n{SENTENCE}").count("\n") + 1
"""Where :func:`dataset` puts it."""
USE: Final = ("--intent", "publish-adaptation", "--purpose", "product", "--licensee", "company")


def dataset(folder: Path, words: str, tag: str = "cc-by-4.0") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "README.md").write_text(card(tag, f"{licensed(tag)}\n{words}\n"), encoding="utf-8")
    return folder


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("case", CASES["heard"], ids=lambda case: case["text"])
def test_it_is_heard_in_every_place(tmp_path: Path, case: dict[str, str], place: str) -> None:
    assert Decision.ALLOW not in decisions(tmp_path, PLACES[place]("cc-by-4.0", case["text"]))


@pytest.mark.parametrize("place", [place for place in PLACES if place != "gate prompt"])
@pytest.mark.parametrize("case", CASES["harmless"], ids=lambda case: case["text"])
def test_a_harmless_sentence_passes_without_noise(tmp_path: Path, case: dict[str, str], place: str) -> None:
    assert set(decisions(tmp_path, PLACES[place]("cc-by-4.0", case["text"]))) == {Decision.ALLOW}


def test_no_sentence_is_one_that_the_model_learned() -> None:
    files = (ROOT / "rules" / "sentences").glob("*.yaml")
    learned = {
        row["text"] for file in files for row in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)["sentences"]
    }
    assert not learned & {case["text"] for cases in CASES.values() for case in cases}


@given(st.sampled_from([case["text"] for cases in CASES.values() for case in cases]), st.sampled_from(sorted(PLACES)))
@settings(max_examples=40, deadline=None)
def test_a_sentence_never_makes_an_allow(tmp_path_factory: pytest.TempPathFactory, words: str, place: str) -> None:
    """What is no allow without it is none with it."""
    for tag in TAGS:
        bare = decisions(tmp_path_factory.mktemp("bare"), PLACES["introduction"](tag, "Non-commercial use only."))
        both = decisions(
            tmp_path_factory.mktemp("both"), PLACES["introduction"](tag, f"Non-commercial use only. {words}")
        )
        assert all(RANK[after] <= RANK[before] for before, after in zip(bare, both, strict=True)), (place, words)


def test_the_check_quotes_it_with_its_place_and_exits_with_3(tmp_path: Path, run: Run) -> None:
    home = dataset(tmp_path / "gulls", SENTENCE)
    done = run("check", str(home), "--as-source", "--offline", *USE)
    assert done.code == 3
    assert "ask the survey for written permission" in " ".join(done.stdout.split())
    assert f"README.md:{LINE}" in done.stdout.replace("\n", "")
    assert "words-not-understood" in done.stdout
    assert "clarify" in done.stdout


def unweighed(document: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = document["coverage"]["unweighed"]
    return found


def test_the_documents_list_it(tmp_path: Path, run: Run) -> None:
    home = dataset(tmp_path / "gulls", SENTENCE)
    checked = run("check", str(home), "--as-source", "--offline", "--format", "json", *USE)
    scanned = run("scan", str(home), "--offline", "--format", "jsonl")
    for document in (json.loads(checked.stdout), json.loads(scanned.stdout)):
        (one,) = unweighed(document)
        assert (Path(one["path"]).name, one["line"], one["words"]) == ("README.md", LINE, SENTENCE)
        assert "not understood" in one["why"]
        assert "permission" in one["heavy"]


def test_a_document_without_one_lists_none(tmp_path: Path, run: Run) -> None:
    scanned = run("scan", str(dataset(tmp_path / "gulls", "Please cite us.")), "--offline", "--format", "jsonl")
    assert unweighed(json.loads(scanned.stdout)) == []


def test_sarif_points_at_the_sentence_and_says_which_words_weighed(tmp_path: Path, run: Run) -> None:
    home = dataset(tmp_path / "gulls", SENTENCE)
    done = run("check", str(home), "--as-source", "--offline", "--format", "sarif", *USE)
    (result,) = [r for r in json.loads(done.stdout)["runs"][0]["results"] if r["ruleId"] == "words-not-understood"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == LINE
    assert "the words that weighed" in result["message"]["text"]


def test_a_person_settles_it_under_clarify(tmp_path: Path, run: Run) -> None:
    home = dataset(tmp_path / "gulls", SENTENCE)
    digest = hashlib.sha256((home / "README.md").read_bytes()).hexdigest()
    (home / "licensecheck.yaml").write_text(
        f"clarify:\n- path: README.md\n  license: CC-BY-4.0\n  sha256: {digest}\n  basis: read by the curator\n"
        "  reviewer: Ann\n  date: 2024-05-01\n",
        encoding="utf-8",
    )
    done = run("check", str(home), "--as-source", "--offline", *USE)
    assert done.code == 0, done.stdout


def test_a_published_dataset_is_reviewed_for_its_own_words(tmp_path: Path, run: Run) -> None:
    home = dataset(tmp_path / "gulls", SENTENCE)
    (home / "licensecheck.yaml").write_text("sources: []\n", encoding="utf-8")
    done = run("check", str(home), "--offline", *USE)
    assert done.code == 3, done.stdout
    assert "words-not-understood" in done.stdout


@pytest.mark.parametrize("value", ["CC BY 4.0, internal use", "CC BY 4.0, on request", "CC BY 4.0 for members"])
def test_words_left_over_beside_a_name_stay_open(value: str) -> None:
    found = scan_text("README.md", f"---\nlicense: {value}\n---\n# Gulls\n")
    assert found is not None
    assert [one.line for one in found.unweighed] == [2]


def test_most_of_what_restricts_has_a_word_of_use() -> None:
    files = (ROOT / "rules" / "sentences").glob("*.yaml")
    rows = [row for file in files for row in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)["sentences"]]
    restricting = [row["text"] for row in rows if row["label"] == "restricts"]
    passing = sum(uses.speaks_of_use(fold(text)) for text in restricting)
    assert passing / len(restricting) > 0.85


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_and_each_sentence_is_inside_it(text: str) -> None:
    last = 0
    for start, end in listening.sentences(text):
        assert last <= start < end <= len(text)
        last = end
    for one in listening.listen(text, find, licensing=True):
        assert 0 <= one.start < one.end <= len(text)


@pytest.mark.parametrize("piece", ["a. ", "no! ", "\n- ", "|a", "((", "[a](", "<a ", "`", "쓰", "not use "])
def test_what_is_looked_at_grows_with_the_text(piece: str) -> None:
    """Twice the text has at most about twice the sentences, and none is longer than the limit."""
    few, many = (list(listening.sentences(piece * n)) for n in (2_000, 4_000))
    assert len(many) <= 2 * len(few) + 2
    assert all(end - start <= 4_000 for start, end in many)
    list(listening.listen(piece * 4_000, find, licensing=False))
