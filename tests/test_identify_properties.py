"""Laws: spelling does not matter, restrictions never free, garbage never breaks, time is linear."""

from __future__ import annotations

import re

import growth
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licensecheck.identification import find, identify, url, value

NAMES = {
    "CC BY 4.0": "CC-BY-4.0",
    "CC BY-SA 3.0": "CC-BY-SA-3.0",
    "Creative Commons Attribution-NonCommercial 4.0 International": "CC-BY-NC-4.0",
    "CC BY-ND": "LicenseRef-CC-BY-ND",
    "Apache License 2.0": "Apache-2.0",
    "Open Database License": "ODbL-1.0",
    "CC0 1.0": "CC0-1.0",
    "KOGL Type 1": "LicenseRef-KOGL-Type1",
}
FRAMES = (
    "The dataset is licensed under {}.",
    "All data of this collection are made available under the terms of the {} license to everybody.",
    "This corpus was collected by gulls and is released under {}, as is usual.",
    "데이터는 {} 라이선스로 제공됩니다.",
    "Die Daten stehen unter {}.",
)
RESTRICTIONS = (
    "It may be used for research purposes only.",
    "Commercial use is prohibited.",
    "You must not redistribute the data.",
    "상업적 이용을 금지합니다.",
    "연구 목적으로만 사용할 수 있습니다.",
    "仅供学术研究使用。",
    "Nur für nicht-kommerzielle Zwecke.",
)
FREE = {
    "CC-BY-4.0",
    "CC-BY-SA-3.0",
    "Apache-2.0",
    "ODbL-1.0",
    "CC0-1.0",
    "LicenseRef-KOGL-Type1",
    "LicenseRef-CC-BY-ND",
}
names = st.sampled_from(sorted(NAMES))
frames = st.sampled_from(FRAMES)


@given(name=names, frame=frames, upper=st.booleans())
def test_case_never_changes_the_answer(name: str, frame: str, upper: bool) -> None:
    text = frame.format(name)
    assert identify(text.upper() if upper else text.lower())[0] == identify(text)[0] == NAMES[name]


@given(name=names, frame=frames, data=st.data())
def test_wrapping_never_changes_the_answer(name: str, frame: str, data: st.DataObject) -> None:
    text = frame.format(name)
    spaces = [m.start() for m in re.finditer(r"(?<=[\w.,]) (?=[\w(])", text)]
    wrapped = list(text)
    for place in data.draw(st.sets(st.sampled_from(spaces))) if spaces else ():
        wrapped[place] = data.draw(st.sampled_from(["\n", "\r\n", "  ", "\n  ", "\t", "\u00a0"]))
    assert identify("".join(wrapped))[0] == NAMES[name]


@given(name=names, frame=frames, year=st.integers(1950, 2030))
def test_a_copyright_line_never_changes_the_answer(name: str, frame: str, year: int) -> None:
    assert identify(f"Copyright (c) {year} The Gull Society\n\n{frame.format(name)}")[0] == NAMES[name]


@given(name=names, frame=frames, restriction=st.sampled_from(RESTRICTIONS), joint=st.sampled_from([" ", "\n", "\n\n"]))
def test_a_restriction_is_never_lost(name: str, frame: str, restriction: str, joint: str) -> None:
    license, _, _ = identify(frame.format(name) + joint + restriction)
    assert license is not None
    if NAMES[name] in FREE:
        assert license not in FREE, license


@given(name=names, first=frames, second=frames)
def test_saying_it_twice_says_no_more(name: str, first: str, second: str) -> None:
    assert identify(f"{first.format(name)}\n\n{second.format(name)}")[0] == NAMES[name]


WORDS = st.sampled_from(
    [
        *[
            "cc",
            "by",
            "nc",
            "sa",
            "nd",
            "-",
            ",",
            ".",
            "(",
            ")",
            "[",
            "]",
            "4.0",
            "4",
            "3.0",
            "v",
            "the",
            "license",
            "of",
            "not",
            "under",
            "code",
            "data",
            "for",
            "or",
            "and",
            "제",
            "1",
            "유형",
            "공공누리",
            "저작자표시",
            "비영리",
        ],
        *[
            "라이선스",
            "는",
            "이",
            "입니다",
            "금지",
            "상업적",
            "research",
            "only",
            "creative",
            "commons",
            "attribution",
            "mit",
            "\n",
            "\n\n",
            "-",
            "#",
            "|",
            "<",
            ">",
            "<a",
            "href=",
            "https://",
        ],
        "https://creativecommons.org/licenses/by/4.0/",
        "gnu general public license",
        "version",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=60), st.sampled_from(["", " "]))
def test_any_words_in_any_order(words: list[str], joint: str) -> None:
    text = joint.join(words)
    for statement in find(text):
        assert 0 <= statement.start <= statement.end <= len(text)
        assert text[statement.start : statement.end] == statement.words
        if statement.license:
            for version in re.findall(r"\d\.\d", statement.license.replace("ODbL-1.0", "")):
                assert version in text or version[0] in text or "0" in text
    value(text)
    identify(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    assert all(text[s.start : s.end] == s.words for s in find(text))
    value(text)
    url(text)


ADVERSARIAL = {
    "names": "licensed under cc by 4.0 not ",
    "half names": "creative commons attribution ",
    "marks": "공공누리 ",
    "types": "제 1 유형 ",
    "short names": "MIT ",
    "families": "gnu general public license ",
    "versions": "version 3 of the ",
    "restrictions": "상업적 이용 금지 연구 목적으로만 ",
    "brackets": "[(<",
    "tags": '<a href="',
    "links": "](( ",
    "addresses": "https://creativecommons.org/licenses/by/4.0/ ",
    "long address": "https://a(",
    "digits": "4.0.",
    "entities": "&amp;",
    "placeholders": "[more {{ <insert ",
    "stops": ". ",
    "lists": "\n- ",
    "dashes": "by-nc-",
}


@pytest.mark.parametrize("name", ADVERSARIAL)
def test_time_is_linear(name: str) -> None:
    large = (ADVERSARIAL[name] * (160_000 // len(ADVERSARIAL[name]) + 1))[:160_000]
    growth.linear(find, large[: len(large) // growth.TIMES], large)


@pytest.mark.parametrize(
    "text", ["the quick brown gull ", "a license for research purposes only. ", "라이선스는 비영리 목적 "]
)
def test_ten_megabytes(text: str) -> None:
    large = text * (10_000_000 // len(text))
    growth.linear(find, large[: len(large) // growth.TIMES], large)
