"""Credits: what each licence's version asks for, in both languages; blanks are named and nothing is invented."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licensecheck.engine.credit import BLANK, LANGS, attributions, clean, license_name
from licensecheck.engine.duties import DUTIES
from licensecheck.engine.evaluate import evaluate
from licensecheck.knowledge.rulebook import load
from licensecheck.model import Attribution, Credit, Decision, Duty, Source, SourceVerdict
from licensecheck.vocabulary import make_use

BOOK = load()
NAMU = Source(
    "namuwiki", "LicenseRef-CC-BY-NC-SA-2.0-KR", credit=Credit("나무위키", ("나무위키 기여자",), "https://namu.wiki")
)
KORQUAD = Source(
    "korquad", "LicenseRef-CC-BY-ND-2.0-KR", credit=Credit("KorQuAD 1.0", ("LG CNS",), "https://korquad.github.io")
)
KOGL_CREDIT = Credit(
    "관광지 정보", ("문화체육관광부", "홍길동"), "https://www.mcst.go.kr/data", "ⓒ 2021 문화체육관광부"
)
PRODUCED = {"act": "copy,share", "output": "produced_work", "scope": "public"}


def credited(source: Source, lang: str = "en", **use: str) -> Attribution:
    """The one credit of ``source`` in a use that is allowed."""
    declared = make_use({"purpose": "teaching", **use})
    verdict = evaluate([source], declared, BOOK)
    assert verdict.decision is Decision.ALLOW
    made = attributions(verdict.sources, declared, BOOK, lang)
    assert len(made) == 1
    return made[0]


def owing(license: str, code: str, credit: Credit) -> SourceVerdict:
    return SourceVerdict(Source("s", license, credit=credit), Decision.ALLOW, duties=(Duty(code, "", "", license),))


def adapted(lang: str, **more: str) -> Attribution:
    return credited(NAMU, lang, intent="publish-adaptation", outbound="LicenseRef-CC-BY-NC-SA-2.0-KR", **more)


def test_namuwiki_adapted_in_english() -> None:
    made = adapted("en")
    assert made.text == (
        'Adaptation of "나무위키" by 나무위키 기여자 (https://namu.wiki), licensed under CC BY-NC-SA 2.0 KR '
        "(https://creativecommons.org/licenses/by-nc-sa/2.0/kr/); changes: the content was changed."
    )
    assert made.missing == ()
    assert any("ShareAlike" in notice and "by-nc-sa/2.0/kr" in notice for notice in made.notices)


def test_namuwiki_adapted_in_korean() -> None:
    made = adapted("ko")
    assert made.text == (
        '"나무위키"의 2차적저작물, 저작자: 나무위키 기여자, 출처: https://namu.wiki, '
        "이용허락: 크리에이티브 커먼즈 저작자표시-비영리-동일조건변경허락 2.0 대한민국(CC BY-NC-SA 2.0 KR) "
        "https://creativecommons.org/licenses/by-nc-sa/2.0/kr/, 변경 사항: 내용을 변경함."
    )
    assert any("동일조건변경허락에 따라" in notice for notice in made.notices)
    assert any("보증" in notice for notice in made.notices)


def test_a_translation_says_that_it_is_one_where_the_version_asks() -> None:
    assert adapted("en", change="translate").text.startswith('Translation of "나무위키"')
    assert adapted("ko", change="translate").text.startswith('"나무위키"의 번역물(2차적저작물)')
    newer = NAMU._replace(license="CC-BY-4.0")
    made = credited(newer, intent="publish-adaptation", change="translate", outbound="CC-BY-4.0")
    assert made.text.startswith('"나무위키" by')
    assert made.changes == "translated"


def test_an_unchanged_copy_of_a_no_derivatives_work_states_no_change() -> None:
    made = credited(KORQUAD, intent="publish-copy")
    assert made.changes == ""
    assert "change" not in made.text
    assert "CC BY-ND 2.0 KR" in made.text
    korean = credited(KORQUAD, "ko", intent="publish-copy")
    assert "저작자표시-변경금지 2.0 대한민국" in korean.text
    assert "변경 사항" not in korean.text


def test_the_kogl_sentence_in_korean() -> None:
    source = Source("k", "LicenseRef-KOGL-Type1", credit=KOGL_CREDIT)
    sentence = (
        "본 저작물은 '문화체육관광부'에서 '2021년' 작성하여 공공누리 제1유형으로 개방한 '관광지 정보(작성자:홍길동)'을 "
        "이용하였으며, 해당 저작물은 '문화체육관광부, https://www.mcst.go.kr/data'에서 무료로 내려받으실 수 있습니다."
    )
    korean = credited(source, "ko", intent="publish-copy")
    assert korean.wordings == (sentence,)
    assert korean.text.startswith(sentence)
    assert credited(source, "ko", intent="publish-adaptation").text.endswith("변경 사항: 내용을 변경함.")
    english = credited(source, intent="publish-copy")
    assert english.text.startswith('"관광지 정보" by 문화체육관광부, 홍길동')
    assert english.text.endswith(sentence)


@pytest.mark.parametrize("kind", ["1", "2", "3", "4"])
def test_each_kogl_type_names_itself(kind: str) -> None:
    source = Source("k", f"LicenseRef-KOGL-Type{kind}", credit=KOGL_CREDIT)
    made = credited(source, "ko", intent="publish-copy", compensation="none")
    assert f"공공누리 제{kind}유형으로" in made.text


def test_what_the_kogl_sentence_lacks_is_a_blank() -> None:
    source = Source("k", "LicenseRef-KOGL-Type1", credit=Credit("관광지 정보"))
    made = credited(source, "ko", intent="publish-copy")
    assert made.missing == ("author", "year", "source")
    assert len(BLANK.findall(made.wordings[0])) == 4, "the agency stands in it twice"
    two_years = KOGL_CREDIT._replace(notice="ⓒ 2019-2021 문화체육관광부")
    again = credited(source._replace(credit=two_years), "ko", intent="publish-copy")
    assert again.missing == ("year",), "which of the two years it was made in is not known"


def test_aihub_must_be_named_on_derivatives_too() -> None:
    credit = Credit("한국어 대화", (), "https://aihub.or.kr")
    verdict = owing("LicenseRef-AIHub-Policy", "AIHUB_CREDIT", credit)
    texts = {
        change: attributions([verdict], make_use({"intent": intent, "purpose": "teaching"}), BOOK, "ko")[0].text
        for change, intent in (("none", "publish-copy"), ("edit", "publish-adaptation"))
    }
    assert all("한국지능정보사회진흥원의 사업결과임" in text for text in texts.values())
    assert "2차적저작물" in texts["edit"]
    assert "2차적저작물" not in texts["none"]


def test_ogl_uk_gives_the_licence_s_statement_or_the_provider_s_own() -> None:
    credit = Credit("Road counts", ("Department for Transport",), "https://data.gov.uk/roads")
    source = Source("r", "OGL-UK-3.0", credit=credit)
    default = "Contains public sector information licensed under the Open Government Licence v3.0."
    made = credited(source, intent="publish-copy")
    assert made.wordings == (default,)
    assert "nationalarchives.gov.uk/doc/open-government-licence/version/3/" in made.text
    own = "Contains OS data © Crown copyright and database right 2023"
    theirs = credited(source._replace(credit=credit._replace(notice=own)), intent="publish-copy")
    assert theirs.wordings == (own,)
    assert theirs.text.count(own) == 1
    assert default not in theirs.text


def test_a_produced_work_names_its_database() -> None:
    source = Source("osm", "ODbL-1.0", credit=Credit("OpenStreetMap", ("OSM contributors",), "https://osm.org"))
    made = credited(source, **PRODUCED)
    assert made.text == (
        "Contains information from OpenStreetMap (https://osm.org), which is made available here under the Open Database "
        "License (ODbL, https://opendatacommons.org/licenses/odbl/1-0/)."
    )
    by = credited(source._replace(license="ODC-By-1.0"), **PRODUCED)
    assert by.wordings == (
        "Contains information from OpenStreetMap (https://osm.org) which is made available under the ODC Attribution License "
        "(https://opendatacommons.org/licenses/by/1-0/).",
    )
    korean = credited(source, "ko", **PRODUCED)
    assert korean.text.startswith('"OpenStreetMap", 저작자: OSM contributors')
    assert made.wordings[0] in korean.text


def test_etalab_asks_for_the_date_of_the_last_update() -> None:
    source = Source("s", "etalab-2.0", credit=Credit("Sirene", ("INSEE",), "https://www.data.gouv.fr/sirene"))
    made = credited(source, intent="publish-copy")
    assert made.missing == ("date of last update",)
    assert "INSEE - Données originales téléchargées sur https://www.data.gouv.fr/sirene, mise à jour du [" in made.text


@pytest.mark.parametrize(
    ("license", "verbatim", "modified"),
    [
        ("DL-DE-BY-2.0", r"^A, Datenlizenz .*dl-de/by-2-0\), https://a\.example\.$", r"; die Daten wurden geändert\.$"),
        (
            "LicenseRef-Japan-PDL-1.0",
            r"^出典：「T」（A）（https://a\.example）、PDL1\.0（https://www\.digital\.go\.jp/\S+）$",
            r"^出典：「T」（A）（\S+）、PDL1\.0（\S+）。「T」（A）（https://a\.example）を加工して作成$",
        ),
        (
            "LicenseRef-Japan-STU-2.0",
            r"^出典：「T」（A）（https://a\.example）$",
            r"。「T」（A）（https://a\.example）を加工して作成$",
        ),
        ("LicenseRef-AIHub-Policy", r"^본 데이터", r"^본 2차적저작물"),
    ],
)
def test_some_prescribe_other_words_for_changed_works(license: str, verbatim: str, modified: str) -> None:
    code = "AIHUB_CREDIT" if "AIHub" in license else "PROVIDER_STATEMENT"
    verdict = owing(license, code, Credit("T", ("A",), "https://a.example"))
    same = attributions([verdict], make_use({"intent": "publish-copy", "purpose": "teaching"}), BOOK)[0]
    changed = attributions([verdict], make_use({"intent": "publish-adaptation", "purpose": "teaching"}), BOOK)[0]
    assert re.search(verbatim, same.wordings[0])
    assert re.search(modified, changed.wordings[0])
    assert not re.search(modified, same.wordings[0])


@pytest.mark.parametrize(
    ("license", "missing"),
    [
        ("CC-BY-4.0", ("author", "source")),
        ("CC-BY-3.0", ("author", "title", "source")),
        ("CC-BY-1.0", ("author", "title")),
        ("MIT", ("copyright notice",)),
        ("OGL-Canada-2.0", ()),
    ],
)
@pytest.mark.parametrize("lang", LANGS)
def test_each_version_names_its_own_blanks(license: str, missing: tuple[str, ...], lang: str) -> None:
    made = credited(Source("some-data", license), lang, intent="publish-copy")
    assert made.missing == missing
    assert len(BLANK.findall(made.text)) == len(missing)


def test_a_path_on_this_machine_is_not_published_as_a_title() -> None:
    made = credited(Source("/home/minji/private/corpus", "CC-BY-4.0"), intent="publish-copy")
    assert made.title == "corpus"
    assert "minji" not in made.text


def test_a_choice_is_credited_under_the_licence_taken() -> None:
    source = Source("s", "CC-BY-NC-4.0 OR CC-BY-4.0", credit=Credit("T", ("A",), "https://a.example"))
    made = credited(source, intent="publish-copy", purpose="product")
    assert made.license == "CC-BY-4.0"
    assert "NC" not in made.text


def test_two_licences_that_both_apply_are_both_named() -> None:
    source = Source("s", "CC-BY-4.0 AND ODC-By-1.0", credit=Credit("T", ("A",), "https://a.example"))
    made = credited(source, intent="publish-copy")
    assert [id for id, *_ in made.licenses] == ["CC-BY-4.0", "ODC-By-1.0"]
    assert "licensed under CC BY 4.0 and ODC-By 1.0" in made.text


def test_nothing_owed_is_no_credit() -> None:
    use = make_use({"intent": "publish-copy", "purpose": "teaching"})
    verdict = evaluate([Source("s", "CC0-1.0")], use, BOOK)
    assert attributions(verdict.sources, use, BOOK) == ()


@pytest.mark.parametrize(
    ("license", "name"),
    [
        ("CC-BY-4.0", "크리에이티브 커먼즈 저작자표시 4.0 국제"),
        ("LicenseRef-CC-BY-NC-ND-2.0-KR", "크리에이티브 커먼즈 저작자표시-비영리-변경금지 2.0 대한민국"),
        ("CC-BY-SA-3.0", "크리에이티브 커먼즈 저작자표시-동일조건변경허락 3.0"),
        ("LicenseRef-KOGL-Type4", "공공누리 제4유형(출처표시 + 상업적 이용금지 + 변경금지)"),
        ("MIT", "MIT License"),
    ],
)
def test_korean_names_are_the_legal_ones(license: str, name: str) -> None:
    licence = BOOK.find(license)
    assert licence is not None
    assert license_name(licence, "ko") == name


@given(st.text(max_size=200), st.text(max_size=100), st.text(max_size=100), st.text(max_size=100))
@settings(max_examples=150, deadline=None)
def test_whatever_a_file_says_a_credit_is_one_harmless_line(title: str, author: str, source: str, notice: str) -> None:
    for lang in LANGS:
        given_ = Source("s", "CC-BY-3.0", credit=Credit(title, (author,), source, notice))
        made = credited(given_, lang, intent="publish-copy")
        assert "\n" not in made.text
        assert not {c for c in made.text if c in "\x00\x1b\r\u2028\u2029\u202e\u2066"}
        assert clean(made.title) == made.title
        made.text.encode("utf-8")
        assert ("author" in made.missing) == (not clean(author))


@given(st.text(max_size=5000))
@settings(deadline=None)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text, 100)
    assert clean(once, 100) == once
    assert len(once) <= 100


def test_every_duty_of_the_rulebook_is_in_the_table() -> None:
    assert set(DUTIES) == set(load().duties)
