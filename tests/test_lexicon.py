"""The lexicon: what the code asks for by name is in the data, and no gate forgets a phrase."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from licensecheck.base import compiled
from licensecheck.base.errors import RuleError
from licensecheck.base.strict import Strict
from licensecheck.knowledge import grammar, phrases, restrictions
from licensecheck.knowledge.fold import fold
from licensecheck.knowledge.rulebook import load

PACKAGE = Path(__file__).parent.parent / "licensecheck"
GRAMMAR = compiled.rules_dir() / "lexicon" / "grammar.yaml"


def asked(*functions: str) -> set[str]:
    """The names that the package asks the grammar for by one of ``functions``, and those that stand in tables of names."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in functions
                and ast.unparse(node.func.value) == "grammar"
            ):
                found |= {one.value for one in node.args[:1] if isinstance(one, ast.Constant)}
    return found


def test_words_of_the_grammar_are_asked_for_and_known() -> None:
    assert asked("words", "beginnings") == set(Strict.read(GRAMMAR).items()["words"].items())


def test_windows_of_the_grammar_are_asked_for_and_known() -> None:
    by_table = {"compared", "denied", "planned", "only", "offered-before", "offered-after"}
    assert asked("window") | by_table == set(Strict.read(GRAMMAR).items()["windows"].items())


def spoken() -> Iterator[str]:
    meanings = {*grammar.words("speaking"), *(label for row in restrictions.rows() for label in row.meanings)}
    common = grammar.words("common")
    for path in compiled.files(compiled.rules_dir(), ("names/*.yaml", "lexicon/phrases/*.yaml")):
        for phrase, label, _ in phrases._phrases(path):
            words = phrase.replace("(", " ").replace(")", " ").replace("/", " ").split()
            if label in meanings and not (len(words) == 1 and fold(words[0]) in common):
                yield phrase


def test_the_gate_lets_every_phrase_through() -> None:
    """A phrase of one word that tells nothing by itself, such as "none", is the only exception."""
    missed = []
    for phrase in spoken():
        for row in phrases._spellings(phrase):
            cjk = phrases._RUN.search(phrase)
            text = fold(phrase.split("/")[0]) if cjk else " ".join(word.rstrip("*") for word in row)
            if len(row) > 1 and not phrases.speaks(text):
                missed.append(text)
    assert missed == []


def test_kinds_have_a_license_that_the_rulebook_judges() -> None:
    book = load()
    for kind in restrictions.kinds():
        assert book.find(restrictions.license_of(kind)) is not None
        assert restrictions.kind_of(restrictions.license_of(kind)) == kind
        assert restrictions.means(kind)
        assert [case for case in restrictions.cases() if case.kind == kind and case.says]


def test_what_a_license_holds_comes_from_its_entry() -> None:
    assert "noncommercial" in restrictions.held("CC-BY-NC-4.0")
    assert "no-derivatives" in restrictions.held("LicenseRef-KOGL-Type3")
    assert "noncommercial" in restrictions.held("LicenseRef-CC-BY-NC")
    assert not {"noncommercial", "no-derivatives"} & restrictions.held("MIT")
    assert restrictions.held("LicenseRef-nobody-knows-it") == frozenset()
    assert restrictions.is_standard("MIT")
    assert restrictions.is_standard("LicenseRef-KOGL-Type1")
    assert not restrictions.is_standard("LicenseRef-nobody-knows-it")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("rows: []\ncases: []\n", "`restriction` is missing"),
        ("restriction: x\nmeans: x\nlicense: X\nbinds: maybe\nrows: []\ncases: []\n", "unknown value `maybe`"),
        ("restriction: x\nmeans: x\nlicense: X\nbinds: no\nrows:\n  - {weak: yes}\ncases: []\n", "a row has one of"),
        (
            "restriction: x\nmeans: x\nlicense: X\nbinds: no\nrows:\n  - {says: [a], unless: [sunday]}\ncases: []\n",
            "unknown condition `sunday`",
        ),
    ],
)
def test_a_file_that_does_not_hold_is_an_error_with_its_line(tmp_path: Path, text: str, wrong: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=wrong) as failed:
        restrictions.build([path])
    assert f"{path}:" in str(failed.value)


def test_a_row_with_a_meaning_that_no_phrase_has_is_an_error_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "restrictions"
    folder.mkdir()
    path = folder / "x.yaml"
    path.write_text("phrases:\n  hobby: {en: [for hobbyists]}\nrows:\n  - {says: [hoby]}\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"unknown meaning `hoby`\. Did you mean `hobby`") as failed:
        phrases.build([path])
    assert f"{path}:4" in str(failed.value)
