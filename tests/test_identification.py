"""Any words to a licence: strings, URLs, names in ten languages, and what surrounds them."""

from __future__ import annotations

import html
from collections.abc import Callable

import growth
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licensecheck.identification import find, identify, url, value
from licensecheck.model import Scope, Stance

EXACT = {
    "cc-by-4.0": "CC-BY-4.0",
    "MIT": "MIT",
    "apache-2.0": "Apache-2.0",
    "MIT OR CC-BY-4.0": "MIT OR CC-BY-4.0",
    "CC BY- SA 4.0": "CC-BY-SA-4.0",
    "CC BY v.3": "CC-BY-3.0",
    "CC–BY–NC–ND 4.0": "CC-BY-NC-ND-4.0",
    "ＣＣ ＢＹ ４．０": "CC-BY-4.0",
    "CC BY-ND 2.0 KR": "LicenseRef-CC-BY-ND-2.0-KR",
    "CC BY 3.0 IGO": "CC-BY-3.0-IGO",
    "CC0": "CC0-1.0",
    "cc-4 Attribution-NonCommercial": "CC-BY-NC-4.0",
    "Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International License": "CC-BY-NC-ND-4.0",
    "Creative Commons Atribución-NoComercial 4.0 Internacional": "CC-BY-NC-4.0",
    "Namensnennung - Weitergabe unter gleichen Bedingungen 4.0 International": "CC-BY-SA-4.0",
    "本数据集采用知识共享署名-非商业性使用 4.0 国际许可协议": "CC-BY-NC-4.0",
    "データセットはCC BY 4.0ライセンスの下で提供されます": "CC-BY-4.0",
    "크리에이티브 커먼즈 저작자표시-비영리-변경금지 2.0 대한민국 라이선스": "LicenseRef-CC-BY-NC-ND-2.0-KR",
    "이 자료는 CC BY-NC-SA 4.0이므로 상업적으로 쓸 수 없습니다": "CC-BY-NC-SA-4.0",
    "본 저작물은 공공누리 제1유형으로 개방되었습니다": "LicenseRef-KOGL-Type1",
    "공공누리의 제 4 유형": "LicenseRef-KOGL-Type4",
}


@pytest.mark.parametrize("text", EXACT)
def test_words_name_a_license(text: str) -> None:
    assert identify(text)[0] == EXACT[text]


FAMILIES = {"CC-BY": "CC-BY", "CC BY-SA": "CC-BY-SA", "Creative Commons Attribution ShareAlike": "CC-BY-SA"}


@pytest.mark.parametrize("text", FAMILIES)
def test_no_version_is_invented(text: str) -> None:
    license, certainty, _ = identify(text)
    assert license == f"LicenseRef-{FAMILIES[text]}"
    assert certainty.value == "family"


URLS = {
    "https://creativecommons.org/licenses/by/4.0/": "CC-BY-4.0",
    "http://www.creativecommons.org/licenses/by-nc-sa/3.0/igo/legalcode": "CC-BY-NC-SA-3.0-IGO",
    "//creativecommons.org/licenses/by-sa/4.0/deed.ko": "CC-BY-SA-4.0",
    "https://creativecommons.org/licenses/by-nd-nc/1.0": "CC-BY-NC-ND-1.0",
    "https://creativecommons.org/licenses/by-nc-sa/2.0/kr/": "LicenseRef-CC-BY-NC-SA-2.0-KR",
    "https://creativecommons.org/licenses/by/4.0?ref=chooser-v1": "CC-BY-4.0",
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0-1.0",
    "https://creativecommons.org/publicdomain/mark/1.0/": "CC-PDM-1.0",
    "https://i.creativecommons.org/l/by-nc/4.0/88x31.png": "CC-BY-NC-4.0",
    "https://licensebuttons.net/p/zero/1.0/88x31.png": "CC0-1.0",
    "https://web.archive.org/web/2020/https://creativecommons.org/licenses/by/3.0/us/": "CC-BY-3.0-US",
    "http://opendatacommons.org/licenses/odbl/1.0/": "ODbL-1.0",
    "https://spdx.org/licenses/MIT.html": "MIT",
    "https://choosealicense.com/licenses/apache-2.0/": "Apache-2.0",
    "http://publications.europa.eu/resource/authority/licence/CC_BYNC_4_0": "CC-BY-NC-4.0",
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/": "OGL-UK-3.0",
}


@pytest.mark.parametrize("address", URLS)
def test_an_address_names_a_license(address: str) -> None:
    found = url(address)
    assert found is not None
    assert found.license == URLS[address]


@pytest.mark.parametrize(
    "address",
    [
        "https://creativecommons.org/",
        "https://choosealicense.com/licenses/undefined/",
        "https://example.org/licenses/by/4.0/",
        "https://evil.example/creativecommons.org/licenses/by/4.0/",
    ],
)
def test_an_address_that_is_no_license(address: str) -> None:
    found = url(address)
    assert found is None or found.license is None


STANCES = {
    "This dataset is not licensed under CC BY 4.0.": Stance.NEGATED,
    "데이터는 CC BY 4.0이 아닙니다.": Stance.NEGATED,
    "A licence similar to CC BY 4.0 applies.": Stance.COMPARED,
    "The dataset will be released under CC BY 4.0.": Stance.FUTURE,
    "추후 CC BY 4.0으로 공개할 예정입니다.": Stance.FUTURE,
}


@pytest.mark.parametrize("text", STANCES)
def test_what_a_text_does_with_a_license(text: str) -> None:
    assert STANCES[text] in {statement.stance for statement in find(text)}
    assert identify(text)[0] != "CC-BY-4.0"


OTHERS = {
    "The code is released under the MIT License, the data under CC BY 4.0.": "CC-BY-4.0",
    "코드는 MIT 라이선스, 데이터는 CC BY 4.0입니다.": "CC-BY-4.0",
    "모델 가중치는 Apache 2.0, 데이터셋은 CC BY-NC 4.0": "CC-BY-NC-4.0",
}


@pytest.mark.parametrize("text", OTHERS)
def test_other_things_licenses_are_not_the_datas(text: str) -> None:
    assert identify(text)[0] == OTHERS[text]
    assert any(statement.scope in (Scope.CODE, Scope.MODEL) for statement in find(text))


TERMS = {
    "MIT, non-commercial only": "noncommercial",
    "For research purposes only.": "research-only",
    "본 데이터는 연구 목적으로만 사용할 수 있습니다.": "research-only",
}


@pytest.mark.parametrize("text", TERMS)
def test_terms_that_are_no_license(text: str) -> None:
    license, _, statements = identify(text)
    assert license is not None
    assert license.startswith("LicenseRef-")
    assert any(TERMS[text] in statement.restricts for statement in statements)


@pytest.mark.parametrize(
    "text", ["The drivers license was lost.", "She studied at MIT.", "[More Information Needed]", "TBD", "unknown", ""]
)
def test_what_states_no_license(text: str) -> None:
    assert identify(text)[0] is None


def test_an_exception_is_kept_beside_the_license() -> None:
    license, _, statements = identify("CC BY 4.0 except images")
    assert license is not None
    assert any("exceptions" in statement.restricts for statement in statements)


def test_words_are_of_their_vocabulary() -> None:
    assert value("odbl", vocabulary="hf").license == "ODbL-1.0"
    assert value("attribution", vocabulary="zenodo-legacy").license == "AAL"
    assert value("cc", vocabulary="hf").license != "CC0-1.0"


def test_a_statement_has_its_place() -> None:
    text = "Some words.\n\nThe data is licensed under CC BY-NC 4.0, see there."
    statement = find(text)[0]
    assert text[statement.start : statement.end] == statement.words
    assert "CC BY-NC 4.0" in statement.words


NAMES = st.sampled_from([text for text in EXACT if text.isascii() and " OR " not in text])
CASES: list[Callable[[str], str]] = [str.upper, str.lower, str.swapcase]


@settings(max_examples=150, deadline=None)
@given(NAMES, st.sampled_from(CASES))
def test_case_changes_nothing(name: str, change: Callable[[str], str]) -> None:
    assert identify(change(name))[0] == EXACT[name]


@settings(max_examples=100, deadline=None)
@given(NAMES, st.sampled_from(["\n", "  ", "\t", "\u00a0"]))
def test_wrapping_and_escaping_change_nothing(name: str, space: str) -> None:
    text = f"The dataset is licensed under {name}."
    expected = identify(text)[0]
    assert identify(text.replace(" ", space))[0] == expected
    assert identify(html.escape(text))[0] == expected
    assert identify(f"Copyright 2024 The Authors.\n\n{text}")[0] == expected


RESTRICTIONS = [", for non-commercial use only", ", for research purposes only"]


@settings(max_examples=100, deadline=None)
@given(NAMES, st.sampled_from(RESTRICTIONS))
def test_a_restriction_never_makes_more_permissive(name: str, restriction: str) -> None:
    plain, found = identify(name)[0] or "", identify(name + restriction)[0] or ""
    assert found.startswith("LicenseRef-") or "-NC" in plain or "LicenseRef-" in found


ATOMS = [
    "cc by ",
    "creative commons ",
    "license ",
    "not ",
    "(",
    "[",
    "- ",
    "http://creativecommons.org/licenses/",
    " ",
    "\n",
    "저작자표시-",
    "non-commercial ",
    "a",
    "제1유형 ",
    "more information ",
    "under the ",
]


@pytest.mark.parametrize("atom", ATOMS)
def test_repeats_are_read_in_linear_time(atom: str) -> None:
    large = atom * (1_000_000 // len(atom))
    growth.linear(identify, large[: len(large) // growth.TIMES], large)


@settings(max_examples=200, deadline=5000)
@given(st.lists(st.sampled_from(ATOMS), max_size=300).map("".join))
def test_no_mixture_crashes(text: str) -> None:
    for statement in identify(text)[2]:
        assert 0 <= statement.start <= statement.end <= len(text)


@pytest.mark.parametrize("atom", ["not ", "(", "licensed under ", "저작자표시-"])
def test_ten_megabytes_are_read_in_linear_time(atom: str) -> None:
    large = atom * (10_000_000 // len(atom))
    growth.linear(identify, large[: len(large) // growth.TIMES], large)
