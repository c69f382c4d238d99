"""What is published, held against what is owed: never done for words that are not there, and mended to the byte."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import growth
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licensecheck import attribution
from licensecheck.attribution import DONE, MISSING, UNSEEN, Checked
from licensecheck.base.errors import UsageError
from licensecheck.engine import findings
from licensecheck.engine.credit import attributions
from licensecheck.engine.evaluate import evaluate
from licensecheck.knowledge.rulebook import load
from licensecheck.model import Attribution, Credit, Source, Verdict
from licensecheck.vocabulary import make_use

BOOK = load()
NC_SA = "LicenseRef-CC-BY-NC-SA-2.0-KR"
NAMU = Source("namuwiki", NC_SA, credit=Credit("나무위키", ("나무위키 기여자",), "https://namu.wiki"))
KORQUAD = Source(
    "korquad", "LicenseRef-CC-BY-ND-2.0-KR", credit=Credit("KorQuAD 1.0", ("LG CNS",), "https://korquad.github.io")
)
OSM = Source("osm", "ODbL-1.0", credit=Credit("OpenStreetMap", ("OSM contributors",), "https://osm.org"))
ROADS = Source("roads", "OGL-UK-3.0", credit=Credit("Road counts", ("DfT",), "https://data.gov.uk/roads"))
KOGL = Source(
    "kogl",
    "LicenseRef-KOGL-Type1",
    credit=Credit("관광지 정보", ("문화체육관광부",), "https://www.mcst.go.kr/data", "ⓒ 2021 문화체육관광부"),
)
ADAPTED = {"intent": "publish-adaptation", "outbound": NC_SA}
COPIED = {"intent": "publish-copy"}
PRODUCED = {"act": "copy,share", "output": "produced_work", "scope": "public"}

CARD = """---
license: other
---
# 나무위키 독해 데이터

이 데이터는 나무위키(https://namu.wiki/)의 문서를 번역하여 만든 2차적저작물입니다. 저작자: **나무위키** 기여자

## 라이선스

이 데이터셋은 [CC BY-NC-SA 2.0 KR](https://creativecommons.org/licenses/by-nc-sa/2.0/kr/deed.ko) 로 배포합니다.
ⓒ 2024 홍길동
"""


def judged(*sources: Source, lang: str = "en", **use: str) -> tuple[Verdict, tuple[Attribution, ...]]:
    declared = make_use({"purpose": "teaching", **use})
    verdict = evaluate(sources, declared, BOOK)
    return verdict, attributions(verdict.sources, declared, BOOK, lang)


def checked(texts: Mapping[str, str], *sources: Source, **use: str) -> dict[str, Checked]:
    """The checks by duty, for a single source."""
    verdict, credits = judged(*sources, **use)
    return {one.duty: one for one in attribution.check(texts, verdict, credits, BOOK)}


def states(texts: Mapping[str, str], *sources: Source, **use: str) -> dict[str, str]:
    return {duty: one.state for duty, one in checked(texts, *sources, **use).items()}


# -- the cases ---------------------------------------------------------------------------------


def test_namuwiki_adapted_with_all_its_papers() -> None:
    found = checked({"README.md": CARD}, NAMU, **ADAPTED)
    for duty in ("AUTHOR", "TITLE", "SRC_URI", "LIC_NOTICE", "LIC_LINK", "ADAPT_CREDIT", "SA_OUT", "SA_LINK"):
        assert found[duty].state == DONE, duty
    assert all(found[code].state == DONE for code in attribution.OWN)
    assert found["AUTHOR"].place == ("README.md", 6)
    assert found["LIC_LINK"].place == ("README.md", 10)
    assert found["OWN_NOTICE"].place == ("README.md", 11)
    assert found["AUTHOR"].clause == "CC BY-NC-SA 2.0 KR §4(d)"


def test_nothing_published_is_nothing_done() -> None:
    found = states({}, NAMU, **ADAPTED)
    assert DONE not in found.values()
    assert {found[duty] for duty in ("AUTHOR", "TITLE", "SRC_URI", "LIC_LINK", "SA_OUT", "LICENSE_DECLARED")} == {
        MISSING
    }
    assert found["NO_ETM"] == UNSEEN


def test_a_use_that_publishes_nothing_has_no_papers() -> None:
    verdict, credits = judged(NAMU, intent="adapt")
    assert attribution.check({"README.md": CARD}, verdict, credits, BOOK) == ()


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        ("저작자: **나무위키** 기여자", {"AUTHOR"}),
        ("(https://namu.wiki/)", {"SRC_URI"}),
        ("번역하여 만든 2차적저작물", {"ADAPT_CREDIT"}),
        ("ⓒ 2024 홍길동", {"OWN_NOTICE"}),
        ("(https://creativecommons.org/licenses/by-nc-sa/2.0/kr/deed.ko)", {"LIC_LINK", "SA_LINK", "LICENSE_TEXT"}),
    ],
)
def test_each_part_that_is_taken_away_is_missed_and_no_other(words: str, gone: set[str]) -> None:
    assert words in CARD
    whole = states({"README.md": CARD}, NAMU, **ADAPTED)
    less = states({"README.md": CARD.replace(words, "")}, NAMU, **ADAPTED)
    assert {duty for duty in whole if whole[duty] == DONE and less[duty] != DONE} == gone


def test_korquad_unchanged() -> None:
    text = "# KorQuAD 1.0\n\nBy LG CNS (korquad.github.io). https://creativecommons.org/licenses/by-nd/2.0/kr/\n"
    found = states({"README.md": text}, KORQUAD, **COPIED)
    assert {found[d] for d in ("AUTHOR", "TITLE", "SRC_URI", "LIC_NOTICE", "LIC_LINK")} == {DONE}
    assert "STATE_CHANGES" not in found
    assert found["LICENSE_ALLOWED"] == DONE
    other = text.replace("by-nd/2.0/kr", "by-nd/4.0")
    found = states({"README.md": other}, KORQUAD, **COPIED)
    assert found["LIC_LINK"] == MISSING, "another version is another licence"
    assert found["LICENSE_ALLOWED"] == MISSING


def test_kogl_type_1_asks_for_all_elements_of_its_statement_together() -> None:
    sentence = (
        "본 저작물은 '문화체육관광부'에서 '2021년' 작성하여 공공누리 제 1유형으로 개방한 <b>'관광지 정보'</b>를 이용하였으며, "
        "해당 저작물은 '문화체육관광부, https://www.mcst.go.kr/data'에서 무료로 다운받으실 수 있습니다."
    )
    assert states({"README.md": sentence}, KOGL, **COPIED)["KOGL_SOURCE"] == DONE
    for words in ("2021", "제 1유형", "문화체육관광부", "관광지 정보", "https://www.mcst.go.kr/data"):
        assert states({"README.md": sentence.replace(words, "")}, KOGL, **COPIED)["KOGL_SOURCE"] == MISSING, words
    assert states({"README.md": sentence.replace("제 1유형", "제4유형")}, KOGL, **COPIED)["KOGL_SOURCE"] == MISSING


def test_ogl_uk_and_its_statement() -> None:
    link = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    text = f"Contains public sector information, licensed under the [Open Government Licence v3.0]({link})."
    found = states({"README.md": text}, ROADS, **COPIED)
    assert (found["PROVIDER_STATEMENT"], found["LIC_LINK"]) == (DONE, DONE)
    found = states({"README.md": text.replace("v3.0", "v2.0")}, ROADS, **COPIED)
    assert found["PROVIDER_STATEMENT"] == MISSING


def test_a_produced_work_of_an_odbl_database() -> None:
    text = (
        "Contains information from [OpenStreetMap](https://osm.org), which is made available here under the "
        "[Open Database License](https://opendatacommons.org/licenses/odbl/1-0/) (ODbL)."
    )
    assert states({"MAP.md": text}, OSM, **PRODUCED)["PRODUCED_NOTICE"] == DONE
    assert states({"MAP.md": "Map data from OpenStreetMap."}, OSM, **PRODUCED)["PRODUCED_NOTICE"] == MISSING
    assert "OFFER_DB" not in states({"MAP.md": text}, OSM, **PRODUCED)
    assert states({"MAP.md": text}, OSM, **PRODUCED, change="edit")["OFFER_DB"] == UNSEEN


def fifty() -> list[Source]:
    return [
        Source(f"s{n}", "CC-BY-4.0", credit=Credit(f"Gull set {n:02}", (f"Author {n:02}",), f"https://d.example/{n}/"))
        for n in range(50)
    ]


def test_fifty_sources_each_need_their_own_credit() -> None:
    verdict, credits = judged(*fifty(), **COPIED)
    mended = attribution.mend({"README.md": "# Gulls\n"}, credits)
    texts = {"README.md": "# Gulls\n", **mended}
    found = attribution.check(texts, verdict, credits, BOOK)
    assert {c.state for c in found if c.duty in ("AUTHOR", "SRC_URI", "LIC_LINK", "CREDITED")} == {DONE}
    line = next(line for line in mended["ATTRIBUTION.md"].split("\n") if "Gull set 07" in line)
    for without in (line, line.replace("Author 07", "Author 08")):
        damaged = {
            **texts,
            "ATTRIBUTION.md": mended["ATTRIBUTION.md"].replace(line, without if without != line else ""),
        }
        again = attribution.check(damaged, verdict, credits, BOOK)
        assert {c.source for c in again if c.duty == "AUTHOR" and c.state == MISSING} == {"s7"}
    told = attribution.findings(attribution.check({}, verdict, credits, BOOK))
    assert len([f for f in told if f.rule == "papers-author"]) == 1, "one finding for all of them"
    author = next(f for f in told if f.rule == "papers-author")
    assert author.message.startswith("s0, s1, s2, s3, s4 and 45 more: ")
    assert author.level == "warning"


# -- words that are not there, or not to be seen -----------------------------------------------


@pytest.mark.parametrize(
    "hidden",
    [
        "<!-- by LG CNS -->",
        "<!-- never closed: LG CNS",
        "[//]: # (LG CNS)",
        "<script>var a = 'LG CNS'</script>",
        "[author: not found]",
        "LGCNSX",
        "XLG CNS",
        "CNS LG-free",
        "L G C N S",
        "LG, CNN S",
        '<img alt="by LG CNS">',
    ],
)
def test_an_author_that_no_reader_sees_is_not_named(hidden: str) -> None:
    assert states({"README.md": f"# KorQuAD 1.0\n\n{hidden}\n"}, KORQUAD, **COPIED)["AUTHOR"] == MISSING


@pytest.mark.parametrize(
    "shown",
    [
        "by **LG** CNS",
        "by lg cns.",
        "by LG&nbsp;CNS",
        "by <a href='x'>LG</a> <b>C</b>NS",
        "by LG\nCNS",
        "by ＬＧ ＣＮＳ",
        "저작자: LG CNS의 데이터",
        "| author | LG CNS |",
        "by LG\\ CNS",
        "author: {LG CNS},",
        "by *L*G `CNS`",
    ],
)
def test_markup_case_and_particles_do_not_matter(shown: str) -> None:
    assert states({"README.md": f"# KorQuAD 1.0\r\n\r\n{shown}\r\n"}, KORQUAD, **COPIED)["AUTHOR"] == DONE


def test_the_declaration_credits_nobody() -> None:
    text = "sources:\n  - name: KorQuAD 1.0\n    creators: [LG CNS]\n    location: https://korquad.github.io\n"
    found = states({"README.md": "# Questions\n", "licensecheck.yaml": text}, KORQUAD, **COPIED)
    assert {found[duty] for duty in ("AUTHOR", "TITLE", "SRC_URI", "CREDITED")} == {MISSING}


def test_a_name_beside_another_work_credits_that_one() -> None:
    gulls = Source("g", "CC-BY-4.0", credit=Credit("Gulls of Busan", ("Minji Kim",), "https://g.example/"))
    terns = Source("t", "CC-BY-4.0", credit=Credit("Terns of Jeju", ("Juno Park",), "https://t.example/"))
    verdict, credits = judged(gulls, terns, **COPIED)
    text = "# Birds\n\n- Gulls of Busan (https://g.example/) by Kim, Minji\n- Terns of Jeju (https://t.example/)\n"
    found = {(c.duty, c.source): c for c in attribution.check({"README.md": text}, verdict, credits, BOOK)}
    assert found["AUTHOR", "g"].state == DONE, "the order of the names does not matter"
    assert found["AUTHOR", "t"].state == MISSING
    text += "\nThanks to Juno Park for reading this.\n"
    found = {(c.duty, c.source): c for c in attribution.check({"README.md": text}, verdict, credits, BOOK)}
    assert found["AUTHOR", "t"].state == MISSING
    assert "not next to `Terns of Jeju`" in found["AUTHOR", "t"].words


@pytest.mark.parametrize(
    ("address", "state"),
    [
        ("https://namu.wiki", DONE),
        ("http://www.namu.wiki/", DONE),
        ("<https://namu.wiki/>", DONE),
        ("namu.wiki에서 가져옴", DONE),
        ("https://namu.wiki, and", DONE),
        ("https://namu.wiki/w/other", MISSING),
        ("https://notnamu.wiki", MISSING),
        ("https://namu.wiki.evil.example", MISSING),
        ("https://namu.wikipedia.org", MISSING),
        ("https://x.example/?u=namu.wiki-x", MISSING),
    ],
)
def test_an_address_is_that_address(address: str, state: str) -> None:
    assert states({"README.md": f"# 나무위키\n\n{address}\n"}, NAMU, **ADAPTED)["SRC_URI"] == state


CHANGED = Source("c", "CC-BY-4.0", credit=Credit("Corpus", ("Kim",), "https://c.example/"))


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("The texts were translated from Korean.", DONE),
        ("Changes: sentences split.", DONE),
        ("원문을 번역하고 일부를 수정하였습니다.", DONE),
        ("변경 사항: 문장 분리", DONE),
        ("No changes were made.", MISSING),
        ("The data was not modified.", MISSING),
        ("Changes: none", MISSING),
        ("You may translate it. It can be modified freely.", MISSING),
        ("변경금지", MISSING),
        ("동일조건변경허락", MISSING),
        ("변경하지 않고 이용함", MISSING),
        ("수정할 수 있습니다", MISSING),
        ("unmodified copy", MISSING),
    ],
)
def test_a_statement_of_changes_says_that_something_was_changed(words: str, state: str) -> None:
    text = f"# Corpus\n\nhttps://c.example/ by Kim. {words}\n"
    found = states({"README.md": text}, CHANGED, intent="publish-adaptation", outbound="CC-BY-4.0")
    assert found["STATE_CHANGES"] == state


def test_a_licence_s_own_text_states_no_change_and_is_no_notice_of_ours() -> None:
    mit = Path(__file__).parent.parent / "LICENSE"
    text = mit.read_text(encoding="utf-8")
    use = {"intent": "publish-adaptation", "outbound": "CC-BY-4.0"}
    found = states({"LICENSE": text, "README.md": "# Corpus by Kim\n"}, CHANGED, **use)
    assert found["STATE_CHANGES"] == MISSING
    assert found["OWN_NOTICE"] == MISSING, "the licence's example of a notice is nobody's"


def test_a_notice_that_a_source_supplied_is_not_the_publisher_s() -> None:
    source = CHANGED._replace(credit=CHANGED.credit._replace(notice="© 2020 Kim"))
    text = "# Corpus\n\nby Kim, Copyright (c) 2020 Kim, https://c.example/\n"
    found = states({"README.md": text}, source, **COPIED)
    assert (found["COPYRIGHT_NOTICE"], found["OWN_NOTICE"]) == (DONE, MISSING)
    found = states({"README.md": text + "\nAnnotations © 2026 Lee\n"}, source, **COPIED)
    assert found["OWN_NOTICE"] == DONE


def test_the_full_text_of_a_licence_is_its_text_and_its_name_is_not() -> None:
    apache = (Path(__file__).parent.parent / "LICENSE").read_text(encoding="utf-8")
    source = Source("code", "Apache-2.0", credit=Credit("Tools", ("Kim",), "https://t.example/"))
    assert states({"LICENSE": apache}, source, **COPIED)["LIC_TEXT"] == DONE
    for text in ("Apache-2.0", "Licensed under https://www.apache.org/licenses/LICENSE-2.0", apache[:2000]):
        assert states({"LICENSE": text}, source, **COPIED)["LIC_TEXT"] == MISSING


def test_what_is_not_known_of_a_source_cannot_be_seen() -> None:
    bare = Source("x", "CC-BY-4.0", credit=Credit("Corpus"))
    found = checked({"README.md": "# Corpus by Kim https://c.example\n"}, bare, **COPIED)
    assert (found["AUTHOR"].state, found["SRC_URI"].state) == (UNSEEN, UNSEEN)
    notes = {f.rule: f for f in attribution.findings(tuple(found.values()))}
    assert notes["papers-author"].level == "note"
    assert "not known" in notes["papers-author"].message


# -- the publication itself --------------------------------------------------------------------


def test_card_and_license_file_that_differ_are_found() -> None:
    card = "---\nlicense: cc-by-4.0\n---\n# Corpus by Kim\n"
    license = "https://creativecommons.org/licenses/by-sa/4.0/\n"
    found = checked({"README.md": card, "LICENSE": license}, CHANGED, **COPIED)
    assert found["PAPERS_AGREE"].state == MISSING
    assert "LICENSE:1" in found["PAPERS_AGREE"].words
    assert attribution.findings((found["PAPERS_AGREE"],))[0].rule == "papers-agree"
    agreeing = states({"README.md": card, "LICENSE": license.replace("by-sa", "by")}, CHANGED, **COPIED)
    assert agreeing["PAPERS_AGREE"] == DONE


def test_a_licence_that_a_source_does_not_allow() -> None:
    card = CARD.replace("by-nc-sa/2.0/kr/deed.ko", "by/4.0/").replace("BY-NC-SA 2.0 KR", "BY 4.0")
    verdict, credits = judged(NAMU, intent="publish-adaptation")
    found = {one.duty: one for one in attribution.check({"README.md": card}, verdict, credits, BOOK)}
    assert found["LICENSE_ALLOWED"].state == MISSING
    assert "namuwiki" in found["LICENSE_ALLOWED"].words
    assert found["LICENSE_ALLOWED"].place[0] == "README.md"


def test_every_finding_has_a_rule_a_level_and_a_way_out() -> None:
    verdict, credits = judged(NAMU, **ADAPTED)
    told = attribution.findings(attribution.check({"docs/README.md": "# x\n"}, verdict, credits, BOOK))
    assert {f.rule for f in told} >= {"papers-author", "papers-lic-link", "papers-sa-out", "papers-license-declared"}
    for finding in told:
        assert finding.level in ("warning", "note")
        assert finding.help
        assert finding.path == "docs/README.md"
        assert findings.about(finding.rule, BOOK)
    own = next(f for f in told if f.rule == "papers-own-notice")
    assert own.level == "note", "no law asks for a copyright notice"


# -- mending -----------------------------------------------------------------------------------


def test_mending_writes_the_credits_and_the_link_and_nothing_else() -> None:
    verdict, credits = judged(NAMU, lang="ko", **ADAPTED)
    texts = {"d/README.md": "# 독해\r\n\r\n라이선스: CC BY-NC-SA 2.0 KR", "d/ATTRIBUTION.md": "\ufeff고맙습니다.\r\n"}
    new = attribution.mend(texts, credits, "ko", BOOK.find(NC_SA))
    assert set(new) == set(texts)
    assert new["d/README.md"].startswith(texts["d/README.md"] + "\r\n\r\n" + attribution.BEGIN + "\r\n")
    assert new["d/ATTRIBUTION.md"].startswith(texts["d/ATTRIBUTION.md"] + "\r\n" + attribution.BEGIN + "\r\n")
    assert not re.search(r"(?<!\r)\n", "".join(new.values()))
    assert "이용허락: [크리에이티브 커먼즈 저작자표시-비영리-동일조건변경허락 2.0 대한민국](https" in new["d/README.md"]
    found = {c.duty: c.state for c in attribution.check({**texts, **new}, verdict, credits, BOOK)}
    assert found["LICENSE_TEXT"] == found["SA_LINK"] == DONE


def test_what_is_there_already_is_not_written_again() -> None:
    _, credits = judged(NAMU, **ADAPTED)
    text = CARD + "\n모든 자료는 보증 없이 제공됩니다.\n"
    assert attribution.mend({"README.md": text}, credits, license=BOOK.find(NC_SA)) == {}


def test_a_block_is_updated_where_it_stands() -> None:
    _, credits = judged(KORQUAD, **COPIED)
    old = f"before\n{attribution.BEGIN}\nstale\n{attribution.END}\nafter\n{attribution.END}\n"
    new = attribution.mend({"ATTRIBUTION.md": old}, credits)["ATTRIBUTION.md"]
    assert new.startswith(f"before\n{attribution.BEGIN}\n")
    assert new.endswith(f"\n{attribution.END}\nafter\n{attribution.END}\n")
    assert "stale" not in new
    assert "KorQuAD" in new


def test_half_a_block_is_left_alone() -> None:
    _, credits = judged(KORQUAD, **COPIED)
    old = f"mine\n{attribution.END}\n"
    new = attribution.mend({"ATTRIBUTION.md": old}, credits)["ATTRIBUTION.md"]
    assert new.startswith(old)
    assert attribution.mend({"ATTRIBUTION.md": new}, credits) == {}
    for old in (f"{attribution.BEGIN}\nmine\n", f"{attribution.END}\nmine\n{attribution.BEGIN}\n"):
        with pytest.raises(UsageError, match=r"ATTRIBUTION\.md.*without its last line"):
            attribution.mend({"ATTRIBUTION.md": old}, credits)


def test_a_credit_with_a_blank_is_written_with_it() -> None:
    agency = Credit("정책브리핑 보도자료", ("문화체육관광부",), "https://www.korea.kr")
    verdict, credits = judged(Source("briefing", "LicenseRef-KOGL-Type1", credit=agency), lang="ko", **COPIED)
    new = attribution.mend({"README.md": "# Ours\n"}, credits, "ko")
    assert "[작성 연도: 확인되지 않음]" in new["ATTRIBUTION.md"].replace("\\", "")
    found = attribution.check({"README.md": "# Ours\n", **new}, verdict, credits, BOOK)
    assert next(one.state for one in found if one.duty == "KOGL_SOURCE") != DONE
    dated = agency._replace(year="2024")
    verdict, credits = judged(Source("briefing", "LicenseRef-KOGL-Type1", credit=dated), lang="ko", **COPIED)
    new = attribution.mend({"README.md": "# Ours\n", **new}, credits, "ko")
    assert "'2024년' 작성하여" in new["ATTRIBUTION.md"]
    assert "정책브리핑 보도자료'를 이용" in new["ATTRIBUTION.md"]
    found = attribution.check({"README.md": "# Ours\n", **new}, verdict, credits, BOOK)
    assert next(one.state for one in found if one.duty == "KOGL_SOURCE") == DONE


words = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "",
            "--> <!-- licensecheck:end -->",
            f"\n{attribution.END}\n",
            f"\n{attribution.BEGIN}\n",
            "<!-- x",
            "[a](http://evil.example) **b**",
            "<b>나무</b>위키",
            "C++ & C# \\ `x`",
            "not",
            "변경금지",
            "[author: not found]",
            "www.x.example/a_b",
            "Kim, Minji",
            "© ⓒ (c)",
        ]
    ),
)
addresses = st.one_of(
    st.sampled_from(
        [
            "",
            "https://a.example",
            "http://www.a.example/x_(y)?q=1&copy=2#z",
            "https://a.example/%41%20b/",
            "https://a.example/'x'*[1]",
            "doi:10.1/x",
            "javascript:alert(1)",
        ]
    ),
    st.text(max_size=20).map(lambda t: f"https://b.example/{t}"),
)
credits_ = st.builds(
    Credit,
    words,
    st.lists(words.filter(str.strip), max_size=2).map(tuple),
    addresses,
    st.one_of(words, st.just("© 2020 Kim")),
    st.sampled_from(["", "2024"]),
    st.just(""),
)
licenses = st.sampled_from(
    ["CC-BY-4.0", "CC-BY-SA-3.0", "LicenseRef-CC-BY-2.0-KR", "LicenseRef-KOGL-Type1", "OGL-UK-3.0", "ODbL-1.0", "MIT"]
)
bodies = st.one_of(
    st.text("ab가<!->\n\r #*|", max_size=60),
    st.sampled_from(
        ["# Card\r\n\r\ntext", f"x\n{attribution.BEGIN}\nold\n{attribution.END}\ny\n", "\ufeff", "<!-- open", "```\n"]
    ),
)


@given(
    st.lists(st.tuples(credits_, licenses), min_size=1, max_size=4),
    st.sampled_from(["en", "ko"]),
    bodies,
    bodies,
    st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_mending_does_what_it_claims_once_and_for_all(
    listed: list[tuple[Credit, str]], lang: str, card: str, credits_file: str, there: bool
) -> None:
    sources = [Source(f"s{n}", license, credit=credit) for n, (credit, license) in enumerate(listed)]
    verdict, credits = judged(*sources, lang=lang, intent="publish-adaptation", change="translate", outbound="")
    if any(not source.duties for source in verdict.sources):
        verdict, credits = judged(*sources, lang=lang, **COPIED)
    texts = {"README.md": card, **({"ATTRIBUTION.md": credits_file} if there else {})}
    if "<!-- open" in texts.values():
        texts = {path: text.replace("<!-- open", "open") for path, text in texts.items()}
    own = BOOK.find("CC-BY-4.0")
    new = attribution.mend(texts, credits, lang, own)
    after = {**texts, **new}
    assert attribution.mend(after, credits, lang, own) == {}, "mending twice is mending once"
    for path, text in new.items():
        old = texts.get(path, "")
        start = text.index(attribution.BEGIN) if attribution.BEGIN not in old else old.index(attribution.BEGIN)
        assert text[:start].startswith(old[:start])
        rest = old[old.index(attribution.END) + len(attribution.END) :] if attribution.BEGIN in old else ""
        assert text.endswith(rest)
        assert not text[:start][len(old) :].strip()
    found = {(c.source, c.duty): c for c in attribution.check(after, verdict, credits, BOOK)}
    for made in credits:
        for duty in attribution.mendable(made):
            assert found[made.name, duty].state == DONE, (made, duty, found[made.name, duty], after)


@given(st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_is_checked_without_harm(card: str, license: str) -> None:
    found = checked({"README.md": card, "LICENSE": license}, NAMU, **ADAPTED)
    assert {one.state for one in found.values()} <= {DONE, MISSING, UNSEEN}
    if "나무위키" not in card + license:
        assert found["TITLE"].state == MISSING


@pytest.mark.parametrize(
    ("piece", "count"),
    [
        ("<!--", 50_000),
        ("<script>", 30_000),
        ("[a](", 50_000),
        ("나무위키", 60_000),
        ("나무위키 ", 60_000),
        ("https://namu.wiki ", 15_000),
        ("<a ", 80_000),
        ("- ", 100_000),
        ("copyright ", 30_000),
        ("changes: ", 30_000),
        ("\n", 300_000),
        ("* x\n", 80_000),
        ("&amp;", 60_000),
    ],
    ids=lambda value: str(value)[:12].strip(),
)
def test_a_large_hostile_text_is_checked_in_time_that_grows_as_it_does(piece: str, count: int) -> None:
    def check(times: int) -> dict[str, str]:
        return states({"README.md": piece * times}, NAMU, **ADAPTED)

    assert growth.linear(check, count // growth.TIMES, count)["SA_OUT"] == MISSING


# -- the edge ----------------------------------------------------------------------------------


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp949", "utf-16-le", "utf-16-be"])
def test_files_keep_their_encoding_and_bytes(tmp_path: Path, codec: str) -> None:
    text = "# 나무위키 감사의 글\r\n둘째 줄\r끝"
    bom = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(codec, b"")
    data = bom + text.encode(codec)
    path = tmp_path / "ATTRIBUTION.md"
    path.write_bytes(data)
    gathered = attribution.gather(tmp_path)
    kim = KORQUAD._replace(credit=KORQUAD.credit._replace(creators=("Zoë 김",)))
    verdict, credits = judged(kim, **COPIED)
    new = attribution.mend({name: paper.text for name, paper in gathered.items()}, credits)
    attribution.save(new, gathered)
    assert path.read_bytes().startswith(data)
    again = attribution.gather(tmp_path)
    assert again[str(path)].codec == gathered[str(path)].codec
    texts = {name: paper.text for name, paper in again.items()}
    assert attribution.mend(texts, credits) == {}
    found = {c.duty: c.state for c in attribution.check(texts, verdict, credits, BOOK)}
    assert found["AUTHOR"] == DONE, "a letter that the encoding lacks is still read"


def test_papers_are_gathered_by_name(tmp_path: Path) -> None:
    for name in ("licensecheck.yaml", "license.py", "authors.csv", "noticeboard.txt", "cc-by.license.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    for name in ("README.md", "LICENSE", "NOTICE.txt", "data.csv", "notes.md", "CITATION.cff", "dataset-metadata.json"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "LICENSES").mkdir()
    (tmp_path / "LICENSES" / "MIT.txt").write_text("x", encoding="utf-8")
    (tmp_path / "README.pdf").write_bytes(b"%PDF-1.7 \x00")
    names = {Path(path).name for path in attribution.gather(tmp_path)}
    assert names == {"README.md", "LICENSE", "NOTICE.txt", "CITATION.cff", "dataset-metadata.json", "MIT.txt"} | {
        "cc-by.license.txt"
    }


def test_no_link_is_written_through(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("mine", encoding="utf-8")
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "ATTRIBUTION.md").symlink_to(outside)
    with pytest.raises(UsageError, match="is a link"):
        attribution.save({str(folder / "ATTRIBUTION.md"): "x"}, attribution.gather(folder))
    assert outside.read_text(encoding="utf-8") == "mine"


def test_an_address_with_a_backslash_is_found_as_browsers_write_it() -> None:
    assert list(
        attribution.pages.Page("README.md", "see <https://b.example/%5C:>").address("https://b.example/\\:")
    ) == [1]
