"""The restriction model: what it hears and leaves, what weighs, its table, and that hostile text costs its length only."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from licensecheck.base import compiled
from licensecheck.identification import listening
from licensecheck.identification import restriction_model as model

ROOT = Path(__file__).parent.parent
SENTENCES = sorted((ROOT / "rules" / "sentences").glob("*.yaml"))


def rows(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return content


CASES = rows(ROOT / "tests" / "restriction_model.yaml")


def chance(text: str) -> float:
    return model.weigh(text, model.license_names(text))


@pytest.mark.parametrize("case", CASES["restricts"], ids=lambda case: case["text"])
def test_it_hears(case: dict[str, str]) -> None:
    assert chance(case["text"]) >= 0.5


@pytest.mark.parametrize("case", CASES["harmless"], ids=lambda case: case["text"])
def test_it_leaves(case: dict[str, str]) -> None:
    assert chance(case["text"]) < listening.ELSEWHERE


@pytest.mark.parametrize("case", CASES["missed"], ids=lambda case: case["text"])
def test_it_misses(case: dict[str, str]) -> None:
    assert chance(case["text"]) < 0.5, "it hears this now: move the case to restricts"


def test_no_case_is_a_sentence_that_it_learned() -> None:
    learned = {row["text"] for path in SENTENCES for row in rows(path)["sentences"]}
    assert not learned & {case["text"] for label in CASES.values() for case in label}


def test_the_table_was_learned_from_the_sentences_as_they_are() -> None:
    about = model.about()
    assert about["corpus"] == compiled.digest(SENTENCES), "run python tools/train_restriction_model.py"
    assert {"scikit-learn", "scipy", "numpy"} <= about.keys()
    assert model.TABLE.stat().st_size < 1_000_000


@pytest.mark.parametrize("path", SENTENCES, ids=lambda path: path.stem)
def test_every_sentence_has_a_label_a_language_and_a_kind(path: Path) -> None:
    content = rows(path)
    assert content.keys() == {"writer", "domain", "blind", "sentences"}
    assert content["writer"] == path.stem
    for row in content["sentences"]:
        assert row["label"] in ("restricts", "harmless"), row
        assert row.keys() - {"pair"} == {"lang", "label", "kind", "text"}, row
        assert isinstance(row["lang"], str), row
        assert row["text"].strip() == row["text"] != "", row


def test_no_sentence_has_both_labels() -> None:
    lines = [row for path in SENTENCES for row in rows(path)["sentences"]]
    restricts, harmless = (
        {row["text"] for row in lines if row["label"] == label} for label in ("restricts", "harmless")
    )
    assert not restricts & harmless


def test_what_is_understood_is_not_judged() -> None:
    text = "It may not be sold. The test split has 1,200 rows."
    assert model.weigh(text[:19]) > 0.5 > model.weigh(text, [(0, 19)])


def test_the_name_of_a_license_makes_no_difference() -> None:
    made = {
        chance(f"The photos are released under {name}.") for name in ("CC BY 4.0", "CC BY-NC-ND 4.0", "MIT", "ODbL 1.0")
    }
    assert len(made) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Companies may not use it.", "COMPANIES MAY NOT USE IT."),
        ("Companies may not use it.", "Ｃｏｍｐａｎｉｅｓ may not use it."),
        ("Companies may not use it.", "Cоmpаniеs may not use it."),
        ("Access for 12 months", "Access for 240 months"),
    ],
)
def test_case_width_look_alikes_and_numbers_do_not_matter(one: str, other: str) -> None:
    assert model.weigh(one) == model.weigh(other)


def test_the_words_that_weighed() -> None:
    text = "The songs are lovely, but nobody may sell copies without permission."
    found = model.weighed(text)
    assert found
    assert all(text[w.start : w.end] == w.word and w.weight > 0 for w in found)
    assert [w.weight for w in found] == sorted((w.weight for w in found), reverse=True)
    assert {"sell", "permission", "without", "nobody"} & {w.word for w in found}
    assert "lovely" not in {w.word for w in found[:2]}


def test_the_words_add_up_to_the_score() -> None:
    table = model._table()
    for text in ("Companies may not use it.", "not not not not", "본 자료는 판매할 수 없습니다.", "a"):
        words = model._words(model.masked(text))
        assert sum(table.shares(words)) + table._bias == pytest.approx(table.score(words))


def test_use_and_training_see_the_same_features() -> None:
    table = model._table()
    bits = len(table._weights).bit_length() - 1
    for text in ("Companies may not use it, companies may not.", "再配布は禁止です。", "a", "x" * 90):
        folded = model.masked(text)
        found = model.buckets(folded, bits)
        expected = (
            table._bias + table._scale * sum(table._weights[i] for i in found) / max(len(found), model.FEWEST) ** 0.5
        )
        assert table.score(model._words(folded)) == pytest.approx(expected)


def test_length_hides_nothing() -> None:
    restriction = "You may not use the recordings in a product that you sell."
    around = "The birds sing in the morning, the river is wide, and the photographs show boats. " * 30
    assert model.weigh(around) < 0.5
    assert model.weigh(around + restriction + " " + around) > 0.5


def test_the_work_grows_with_the_length(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0
    hashed = model.crc32

    def counted(*words: object) -> int:
        nonlocal calls
        calls += 1
        return hashed(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(model, "crc32", counted)
    for kind in ("a", "a ", "¤", "禁", "no sale ", "\u200b", "é"):
        work = []
        for size in (2_000, 4_000):
            calls = 0
            model.weigh(kind * size)
            work.append(calls)
        assert work[1] <= 2.5 * work[0] + 100, kind


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=5))
def test_any_text_has_a_likelihood(text: str, known: list[tuple[int, int]]) -> None:
    known = [(start, min(end, len(text))) for start, end in known if start < len(text)]
    assert len(model.masked(text, known)) == len(text)
    assert 0 <= model.weigh(text, known) <= 1
    assert all(text[w.start : w.end] == w.word for w in model.weighed(text, known))


def _trainer() -> ModuleType:
    pytest.importorskip("sklearn")
    spec = importlib.util.spec_from_file_location(
        "train_restriction_model", ROOT / "tools" / "train_restriction_model.py"
    )
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


def test_training_twice_gives_the_same_bytes_and_one_byte_a_weight_costs_little() -> None:
    train = _trainer()
    import numpy as np

    lines = train.corpus()[::12]
    matrix = train.features([line.text for line in lines])
    restricts = np.array([line.restricts for line in lines])
    learned = train.learn(matrix, restricts)
    data = train.packed(learned, 1.0, 0.0, lines)
    assert data == train.packed(train.learn(matrix, restricts), 1.0, 0.0, lines)
    table = model._read_table(data)
    exact = matrix @ learned.weights + learned.bias
    for line, score in zip(lines, exact, strict=True):
        words = model._words(model.masked(line.text, model.license_names(line.text)))
        if len(words) <= model.WINDOW:
            assert table.score(words) == pytest.approx(score, abs=0.2)
