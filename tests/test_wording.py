"""English and Korean: no sentence without its translation, the same slots in both, and nothing else is touched."""

from __future__ import annotations

import os
import pickle
import re
from pathlib import Path
from string import Formatter

import catalogue
import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from mixed_case import MIXED

from licensecheck import rulebook, wording
from licensecheck.model import Duty, Reason
from licensecheck.report import REPORTERS, Options
from licensecheck.wording import Message, english, language, speaker, translated

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden" / "text-ko"
KO = {message.id: str(message.string) for message in catalogue.read() if message.id}


def test_every_sentence_has_its_korean() -> None:
    missing = [sentence for sentence in catalogue.sentences() if not KO.get(sentence)]
    assert not missing, "run python tests/catalogue.py and translate these in licensecheck/locale"


@pytest.mark.parametrize("rule", rulebook.load().rules, ids=lambda rule: rule.id)
def test_every_rule_speaks_korean(rule: rulebook.Rule) -> None:
    said = speaker("ko")(rule.message)
    assert said != rule.message
    assert re.search("[가-힣]", said)


def test_nothing_is_translated_that_nobody_says() -> None:
    assert set(KO) == set(catalogue.sentences()), "run python tests/catalogue.py"


@pytest.mark.parametrize("sentence", sorted(KO))
def test_both_have_the_same_slots(sentence: str) -> None:
    def slots(text: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(text)} - {None}

    assert slots(KO[sentence]) == slots(sentence)


def test_what_is_compiled_is_what_is_written() -> None:
    assert (catalogue.FOLDER / "licensecheck.mo").read_bytes() == catalogue.compiled(catalogue.read())


@pytest.mark.parametrize(
    ("asked", "environment", "spoken"),
    [
        ("", {}, "en"),
        ("ko", {"LICENSECHECK_LANG": "en"}, "ko"),
        ("", {"LICENSECHECK_LANG": "ko", "LC_ALL": "en_US.UTF-8"}, "ko"),
        ("", {"LC_ALL": "ko_KR.UTF-8", "LANG": "en_US"}, "ko"),
        ("", {"LC_MESSAGES": "ko_KR", "LANG": "en_US"}, "ko"),
        ("", {"LANG": "ko_KR.eucKR"}, "ko"),
        ("", {"LANG": "fr_FR.UTF-8"}, "en"),
        ("", {"LANG": "C"}, "en"),
    ],
)
def test_the_language_that_is_spoken(asked: str, environment: dict[str, str], spoken: str) -> None:
    assert language(asked, environment) == spoken


WORDS = st.text(alphabet="a{}%가 \x1b<", max_size=12)


@given(WORDS, WORDS)
def test_what_stands_in_a_slot_is_never_translated_nor_a_template(license: str, path: str) -> None:
    made = Message("{license} lets copies be made, in any format", license=license)
    assert made == f"{license} lets copies be made, in any format"
    korean = translated(Reason("r", "permit", path, made), "ko")
    assert korean.clause == path
    assert korean.message == f"{license}: 매체와 형식을 가리지 않고 복제를 허락함"
    assert english(korean.message) == made
    assert pickle.loads(pickle.dumps(made)) == made


def test_what_is_no_message_stays_the_same_object() -> None:
    duty = Duty("AUTHOR", "c", "the author's own words")
    assert translated((duty, 5, None, "deny"), "ko") == (duty, 5, None, "deny")
    assert translated(MIXED, "en") is MIXED


@pytest.mark.parametrize("form", sorted(REPORTERS))
def test_every_format_can_be_written_in_korean(form: str) -> None:
    book = rulebook.load()
    plain = REPORTERS[form](MIXED, Options(book=book))
    assert REPORTERS[form](translated(MIXED, "ko"), Options(book=book, lang="ko"))
    assert REPORTERS[form](MIXED, Options(book=book)) == plain or form in (
        "spdx",
        "spdx3",
        "cyclonedx",
        "cyclonedx-1.7",
    )


CASES = (
    "namuwiki-mrc-school",
    "namuwiki-mrc-company",
    "korquad-questions-changed",
    "korquad-unchanged",
    "no-license",
    "vague-cc-by",
)


@pytest.mark.parametrize("name", CASES)
def test_the_seed_cases_read_well_in_korean(name: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = re.sub(
        r"rules [0-9a-f]{8}", "rules 0", run("check", f"fixtures/{name}/dataset", "--lang", "ko", columns=100).stdout
    )
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("LICENSECHECK_REGEN"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
    assert text.startswith(("허용", "거부", "검토"))
    korean = run("check", f"fixtures/{name}/dataset", columns=100).stdout
    assert not re.search("[가-힣]", re.sub('".*?"', "", korean)) or "kr" in name.lower()


def test_the_environment_chooses(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LICENSECHECK_LANG", "ko")
    words = ("evaluate", "CC-BY-ND-4.0", "--intent", "publish-adaptation", "--purpose", "product")
    assert run(*words).stdout.startswith("거부")
    assert run(*words, "--lang", "en").stdout.startswith("DENY")


def test_a_language_that_is_not_spoken_stays_english() -> None:
    assert wording.catalogue("xx")("deny") == "deny"
