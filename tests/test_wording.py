"""English and Korean: no sentence without its translation, the same slots in both, and nothing else is touched."""

from __future__ import annotations

import json
import os
import pickle
import re
import sys
from io import BytesIO
from pathlib import Path
from string import Formatter

import catalogue
import pytest
from babel.messages.mofile import read_mo
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from mixed_case import MIXED

from licensecheck.base import compiled
from licensecheck.base import message as messages
from licensecheck.base.message import Message, Text, english, language, speaker, translated
from licensecheck.knowledge import rulebook
from licensecheck.model import Duty, Reason
from licensecheck.report import REPORTERS, Options

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden" / "text-ko"
KO = {message.id: str(message.string) for message in catalogue.read() if message.id}


def test_every_sentence_has_its_korean() -> None:
    missing = [sentence for sentence in catalogue.sentences() if not KO.get(sentence)]
    assert not missing, "run python tests/catalogue.py and translate these in licensecheck/locale"


def texts() -> dict[str, str]:
    """The sentences of the rulebook, by what they belong to."""
    book = rulebook.load()
    return {
        **{rule.id: rule.message for rule in book.rules},
        **book.duties,
        **book.remedies,
        **{f"term {name}": text for name, text in book.terms.items()},
        **{f"{name} {key}": claim[key] for name, claim in book.claims.items() for key in ("message", "cannot")},
        **{f"contains {name}": text for name, (_, text) in book.constraints.items()},
    }


WITH_KOREAN = {name: text for name, text in texts().items() if isinstance(text, Text)}


@pytest.mark.parametrize("name", WITH_KOREAN)
def test_a_sentence_of_the_rulebook_has_its_korean_beside_it(name: str) -> None:
    korean = speaker("ko")(WITH_KOREAN[name])
    assert korean == WITH_KOREAN[name].others["ko"]
    assert re.search("[가-힣]", korean)
    assert slots(korean) == slots(WITH_KOREAN[name])


def test_most_of_the_rulebook_is_translated() -> None:
    assert len(WITH_KOREAN) > 150


def slots(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text)} - {None}


def test_nothing_is_translated_that_nobody_says() -> None:
    assert set(KO) == set(catalogue.sentences()), "run python tests/catalogue.py"


@pytest.mark.parametrize("sentence", sorted(KO))
def test_both_have_the_same_slots(sentence: str) -> None:
    assert slots(KO[sentence]) == slots(sentence)


def test_what_is_compiled_is_what_is_written() -> None:
    made = read_mo(BytesIO(messages.messages("ko")))
    compiled = {message.id: message.string for message in made if message.id}
    assert compiled == KO, "run python tests/catalogue.py"


def test_a_catalogue_is_compiled_again_only_when_its_source_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "_COMPILED", tmp_path)
    made = messages.messages("ko")
    for gone in ("babel.messages.pofile", "babel.messages.mofile"):
        monkeypatch.setitem(sys.modules, gone, None)
    assert messages.messages("ko") == made
    os.utime(tmp_path / "ko.mo", (0, 0))
    with pytest.raises(ImportError):
        messages.messages("ko")
    assert messages.catalogue.__wrapped__("ko")("deny") == "거부"
    (tmp_path / "ko.mo").unlink()
    assert messages.catalogue.__wrapped__("ko")("deny") == "deny"


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
    sentence = Text(
        "{license} allows copies, in any format", {"ko": "{license}: 매체와 형식을 가리지 않고 복제를 허락함"}
    )
    made = Message(sentence, license=license)
    assert made == f"{license} allows copies, in any format"
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


MUCH = {
    "licensecheck.yaml": """\
use: {intent: publish-adaptation, purpose: product, outbound: CC-BY-4.0, contains: [personal_data]}
sources:
  - {name: 나무위키, license: CC-BY-NC-SA-2.0-KR, location: "https://namu.wiki", role: train}
  - {name: wiki, path: data/wiki}
  - name: news
    path: data/news
    claims: [{kind: exception, basis: KCA-35-5, evidence: data/news/memo.txt}]
  - {name: philippines, license: CC-BY-3.0-PH}
  - {name: ogl, license: OGL-UK-3.0}
  - {name: either, license: CC-BY-4.0 OR CC-BY-NC-4.0}
  - {name: far, location: "https://example.org/data"}
waive:
  - {rule: nothing-here, source: news, reason: 없음}
  - {rule: license-missing, source: news, reason: 대리인이 확인함, until: 2020-01-01}
clarify:
  - {path: gone.txt, license: MIT, evidence: memo, basis: 읽음, reviewer: 김, date: 2026-01-01, sha256: %s}
"""
    % ("0" * 64),
    "README.md": "---\nlicense: cc-by-4.0\nsource_datasets:\n- extended|squad\n---\n# 말뭉치\n",
    "data/wiki/README.md": "---\nlicense: cc-by-4.0\nsource_datasets: [sources/raw]\n---\nLicensed under CC BY-SA 4.0.\n",
    "data/wiki/metadata.json": '{"license": ',
    "data/wiki/robots.txt": "User-agent: GPTBot\nDisallow: /\n",
    "data/news/README.md": "# 뉴스\nⓒ 2024 일간지. 무단 전재 및 재배포 금지\n",
    "data/news/memo.txt": "memo\n",
}
ENGLISH = re.compile(r"\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b")
QUOTED = re.compile(r'"[^"]*"|`[^`]*`|\[[^\]]*\]|licensed under the Open Government Licence|public sector information')


@pytest.mark.parametrize("form", ["text", "markdown", "github", "junit", "gitlab", "sarif", "html", "tree", "papers"])
def test_a_repository_is_told_of_in_korean(
    form: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in MUCH.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "data/wiki/LICENSE").write_bytes(b"\0\1\2")
    monkeypatch.chdir(tmp_path)
    words = {"tree": ("tree", "."), "papers": ("attribute", ".", "--check")}.get(form, ("check", ".", "--format", form))
    said = run(*words, "--lang", "ko", columns=1000).stdout
    assert len(re.findall("[가-힣]", said)) > 10
    if form in ("gitlab", "sarif"):
        found = re.findall(r'"(?:text|description)": ("(?:[^"\\\\]|\\\\.)*")', said)
        assert found
        said = "\n".join(json.loads(text).replace('"', "`") for text in found)
    if form == "html":
        page = html.document_fromstring(said)
        assert page.get("lang") == "ko"
        told = (
            *page.xpath("//body//text()[not(ancestor::script)]"),
            *page.xpath("//@aria-label"),
            page.findtext("head/title"),
        )
        said = "\n".join(told)
    left = [line for line in said.splitlines() if ENGLISH.search(QUOTED.sub("", line))]
    assert left == []


ERRORS = (
    ("check", "/nowhere"),
    ("check", ".", "--set", "foo"),
    ("check", ".", "--set", "sgdr=yep"),
    ("check", ".", "--config", "/nowhere"),
    ("licenses", "MITT"),
    ("explain", "nd-adaptaton"),
    ("evaluate",),
    ("evaluate", " "),
    ("lock", "/nowhere"),
    ("tree", "/nowhere"),
    ("check", "hf:a b"),
)


@pytest.mark.parametrize("words", ERRORS, ids=" ".join)
def test_errors_are_told_in_korean(words: tuple[str, ...], run: Run) -> None:
    done = run(*words, "--lang", "ko")
    assert done.code == 2
    assert re.search("[가-힣]", done.stderr)
    assert not ENGLISH.search(QUOTED.sub("", done.stderr))


def test_the_environment_chooses(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LICENSECHECK_LANG", "ko")
    words = ("evaluate", "CC-BY-ND-4.0", "--intent", "publish-adaptation", "--purpose", "product")
    assert run(*words).stdout.startswith("거부")
    assert run(*words, "--lang", "en").stdout.startswith("DENY")


def test_a_language_that_is_not_spoken_stays_english() -> None:
    assert messages.catalogue("xx")("deny") == "deny"
