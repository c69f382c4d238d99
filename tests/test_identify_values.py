"""One value of a license field: ids, expressions, vocabularies, names, addresses, and what says nothing."""

from __future__ import annotations

import itertools

import pytest

from licensecheck.identification import doubts, identify, url, value
from licensecheck.model import Certainty, Stance

EXACT, LOSSY, FAMILY, AMBIGUOUS, NONE = (
    Certainty.EXACT,
    Certainty.LOSSY,
    Certainty.FAMILY,
    Certainty.AMBIGUOUS,
    Certainty.NONE,
)


@pytest.mark.parametrize(
    ("text", "license", "certainty"),
    [
        ("mit", "MIT", EXACT),
        ("CC-BY-SA-3.0-AT", "CC-BY-SA-3.0-AT", EXACT),
        ("cc-by-nd-2.0-kr", "LicenseRef-CC-BY-ND-2.0-KR", EXACT),
        ("LicenseRef-KOGL-Type1", "LicenseRef-KOGL-Type1", EXACT),
        ("MIT OR CC-BY-4.0", "MIT OR CC-BY-4.0", EXACT),
        ("(MIT AND CC-BY-4.0) OR Apache-2.0", "(MIT AND CC-BY-4.0) OR Apache-2.0", EXACT),
        ("gpl-3.0", "GPL-3.0-only", LOSSY),
        ("GPL-3.0+", "GPL-3.0-or-later", EXACT),
        ("GNU GPL v2 or later", "GPL-2.0-or-later", EXACT),
        ("lgpl-2.1", "LGPL-2.1-only", LOSSY),
        ("GFDL 1.2", "GFDL-1.2-only", LOSSY),
        ("cc-by", "LicenseRef-CC-BY", FAMILY),
        ("CC BY 4.0", "CC-BY-4.0", EXACT),
        ("ＣＣ ＢＹ ４.０", "CC-BY-4.0", EXACT),
        ("CC\u00a0BY\u2011SA\u00a04.0", "CC-BY-SA-4.0", EXACT),
        ("Creative Commons Attribution–NonCommercial 4.0 International", "CC-BY-NC-4.0", EXACT),
        ("Creative Commons Level 0", "CC0-1.0", EXACT),
        ("CC BY-ND-SA 4.0", "LicenseRef-CC", AMBIGUOUS),
        ("CC BY 2.1", "LicenseRef-CC-BY-2.1", AMBIGUOUS),
        ("CC BY 7.0", "LicenseRef-CC-BY", FAMILY),
        ("Creative Commons", "LicenseRef-CC", FAMILY),
        ("Public Domain", "LicenseRef-Public-Domain", EXACT),
        ("U.S. Government Works", "LicenseRef-scancode-us-govt-public-domain", EXACT),
        ("BSD 3-Clause", "BSD-3-Clause", EXACT),
        ("BSD License", "LicenseRef-HF-bsd", FAMILY),
        ("Open Government Licence v3.0", "OGL-UK-3.0", EXACT),
        ("Open Government License 2.0 (Canada)", "OGL-Canada-2.0", EXACT),
        ("Open Government Licence – City of Gullford 2.0", "LicenseRef-custom", AMBIGUOUS),
    ],
)
def test_a_value(text: str, license: str, certainty: Certainty) -> None:
    found = value(text)
    assert (found.license, found.certainty) == (license, certainty)
    assert (found.start, found.end, found.words) == (0, len(text), text)
    assert found.rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "unknown",
        "None",
        "N/A",
        "?",
        "TBD",
        "other",
        "[More Information Needed]",
        "{}",
        "미정",
        "This is a license.",
    ],
)
def test_a_value_that_says_nothing(text: str) -> None:
    found = value(text)
    assert (found.license, found.certainty) == (None, NONE)
    assert found.stance in (Stance.UNKNOWN, Stance.PLACEHOLDER)


@pytest.mark.parametrize(
    ("vocabulary", "text", "license"),
    [
        ("hf", "odbl", "ODbL-1.0"),
        ("hf", "llama3.1", "LicenseRef-scancode-llama-3.1-license-2024"),
        ("hf", "cc", "LicenseRef-HF-cc"),
        ("hf-legacy", "other-nlm-license", "LicenseRef-NLM"),
        ("zenodo-legacy", "attribution", "AAL"),
        ("zenodo-legacy", "tcl", "LicenseRef-Talis"),
        ("kaggle", "ODbL-1.0", "ODbL-1.0 AND LicenseRef-Kaggle-contents-original-authors"),
        ("kaggle", "unknown", None),
        ("ckan", "other-open", "LicenseRef-CKAN-other-open"),
        ("eu-licence", "CC_BYNC_4_0", "CC-BY-NC-4.0"),
        ("opendefinition", "LO-FR-2.0", "etalab-2.0"),
        ("kogl", "출처표시", "LicenseRef-KOGL-Type1"),
    ],
)
def test_a_word_means_what_its_vocabulary_says(vocabulary: str, text: str, license: str | None) -> None:
    found = value(text, vocabulary=vocabulary)
    assert found.license == license
    assert found.rule == f"vocabulary-{vocabulary}"


def test_words_of_one_vocabulary_mean_nothing_elsewhere() -> None:
    for text in ("attribution", "fair", "real", "cc-nc-any", "php"):
        assert value(text).license not in ("AAL", "LicenseRef-Talis")
    assert value("ODbL-1.0").license == "ODbL-1.0"


PORTS = {"South Korea": "KR", "Germany": "DE", "Netherlands": "NL", "Brazil": "BR", "South Africa": "ZA", "IGO": "IGO"}
SPELLINGS = {
    "CC-BY": ("CC BY", "CC-BY", "Creative Commons Attribution", "cc_by", "Attribution"),
    "CC-BY-SA": ("CC BY-SA", "CC BY SA", "Creative Commons Attribution-ShareAlike", "Attribution Share Alike"),
    "CC-BY-NC": ("CC BY-NC", "Creative Commons BY-NC", "Attribution-Non Commercial", "CC Attribution-NonCommercial"),
    "CC-BY-ND": ("CC BY-ND", "Creative Commons Attribution-NoDerivs", "Attribution No Derivatives"),
    "CC-BY-NC-SA": ("CC BY-NC-SA", "Creative Commons Attribution-Noncommercial-Share Alike", "by-nc-sa"),
    "CC-BY-NC-ND": ("CC BY-NC-ND", "Creative Commons Attribution-NonCommercial-NoDerivatives", "CC-BY-ND-NC"),
}


@pytest.mark.parametrize("kind", SPELLINGS)
def test_creative_commons_names_by_grammar(kind: str) -> None:
    for spelled, version in itertools.product(SPELLINGS[kind], ("1.0", "2.0", "2.5", "3.0", "4.0")):
        assert value(f"{spelled} {version} International").license == f"{kind}-{version}", spelled
        assert value(f"{spelled} License, version {version} Unported").license == f"{kind}-{version}", spelled
    for spelled, (country, port) in itertools.product(SPELLINGS[kind], PORTS.items()):
        plain = f"{kind}-3.0-{port}"
        for text in (f"{spelled} 3.0 {country}", f"{spelled} 3.0 {port}"):
            assert value(text).license in (plain, f"LicenseRef-{plain}"), text


@pytest.mark.parametrize(
    ("by", "nc", "sa", "nd"),
    [
        ("저작자표시", "비영리", "동일조건변경허락", "변경금지"),
        ("표시", "非営利", "継承", "改変禁止"),
        ("署名", "非商业性使用", "相同方式共享", "禁止演绎"),
        ("姓名標示", "非商業性", "相同方式分享", "禁止改作"),
        ("Namensnennung", "Nicht-kommerziell", "Weitergabe unter gleichen Bedingungen", "Keine Bearbeitung"),
        ("Attribution", "Pas d’Utilisation Commerciale", "Partage dans les Mêmes Conditions", "Pas de Modification"),
        ("Atribución", "NoComercial", "CompartirIgual", "SinDerivadas"),
        ("Reconocimiento", "NoComercial", "CompartirIgual", "SinObraDerivada"),
        ("Atribuição", "NãoComercial", "CompartilhaIgual", "SemDerivados"),
        ("Attribuzione", "Non commerciale", "Condividi allo stesso modo", "Non opere derivate"),
        ("Naamsvermelding", "NietCommercieel", "GelijkDelen", "GeenAfgeleideWerken"),
    ],
)
def test_elements_in_many_languages(by: str, nc: str, sa: str, nd: str) -> None:
    by = "表示" if nc == "非営利" else by
    for join in ("-", " - ", "–", " – "):
        assert value(f"{by}{join}{nc}{join}{sa} 3.0").license == "CC-BY-NC-SA-3.0"
        assert value(f"{by}{join}{nc}{join}{nd} 4.0").license == "CC-BY-NC-ND-4.0"
        assert value(f"Creative Commons {by}{join}{sa} 4.0").license == "CC-BY-SA-4.0"
        assert value(f"{by}{join}{nc}").license == "LicenseRef-CC-BY-NC"


@pytest.mark.parametrize(
    ("address", "license"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
        ("http://www.creativecommons.org/licenses/by-nc-sa/3.0", "CC-BY-NC-SA-3.0"),
        ("creativecommons.org/licenses/by-sa/4.0/deed.ko", "CC-BY-SA-4.0"),
        ("https://creativecommons.org/licenses/by/4.0/deed.de", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by/3.0/de/", "CC-BY-3.0-DE"),
        ("https://creativecommons.org/licenses/by-nc-nd/2.0/kr/legalcode", "LicenseRef-CC-BY-NC-ND-2.0-KR"),
        ("https://creativecommons.org/licenses/by-nd-nc/1.0/", "CC-BY-NC-ND-1.0"),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0?ref=chooser-v1", "CC-BY-NC-SA-4.0"),
        ("https://creativecommons.org/licenses/by/4.0/legalcode.txt", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by-sa/", "LicenseRef-CC-BY-SA"),
        ("https://creativecommons.org/licences/by/4.0/deed.fi", "CC-BY-4.0"),
        ("https://licensebuttons.net/l/by-nc/4.0/88x31.png", "CC-BY-NC-4.0"),
        ("http://i.creativecommons.org/p/zero/1.0/88x31.png", "CC0-1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "CC-PDM-1.0"),
        ("https://web.archive.org/web/20190101000000/http://creativecommons.org/licenses/by/3.0/", "CC-BY-3.0"),
        ("https://opendatacommons.org/licenses/odbl/1-0/", "ODbL-1.0"),
        ("http://opendefinition.org/licenses/cc-by/", "LicenseRef-CC-BY"),
        ("http://publications.europa.eu/resource/authority/licence/CC_BYSA_4_0", "CC-BY-SA-4.0"),
        ("https://spdx.org/licenses/CC-BY-4.0.html", "CC-BY-4.0"),
        ("https://choosealicense.com/licenses/odbl/", "ODbL-1.0"),
        ("https://opensource.org/licenses/MIT", "MIT"),
        ("https://www.kogl.or.kr/info/license.do#03-tab", "LicenseRef-KOGL-Type3"),
        ("https://www.kogl.or.kr/images/front/sub/img_opentype02.png", "LicenseRef-KOGL-Type2"),
        ("http://rightsstatements.org/vocab/InC/1.0/", "LicenseRef-rightsstatements-INC-1.0"),
        ("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", "OGL-UK-3.0"),
    ],
)
def test_an_address_names_a_license(address: str, license: str) -> None:
    found = url(address)
    assert found is not None
    assert found.license == license
    assert value(address).license == license
    assert value(f"See [the license]({address}) here.").license == license


@pytest.mark.parametrize(
    "address",
    [
        "https://creativecommons.org/",
        "http://creativecommons.org",
        "https://creativecommons.org/about/",
        "https://mirrors.creativecommons.org/presskit/icons/cc.svg",
        "https://huggingface.co/datasets?license=license%3Acc-by-4.0",
        "https://choosealicense.com/licenses/undefined/",
        "https://creativecommons.org.evil.example/licenses/by/4.0/",
        "https://evil.example/?u=https://creativecommons.org/licenses/by/4.0/",
        "https://github.com/gulls/gulls/blob/main/LICENSE",
    ],
)
def test_an_address_that_is_no_license(address: str) -> None:
    found = url(address)
    assert found is None or found.license is None
    assert value(address).license is None


def test_a_json_value_is_read_by_its_members() -> None:
    assert value('{"attribution": true, "text": "CC BY 4.0", "url": "https://example.org/a"}').license == "CC-BY-4.0"
    assert value('{"attribution": true}').license is None
    assert value('{"url": "https://creativecommons.org/publicdomain/zero/1.0/"}').license == "CC0-1.0"
    assert value('{"text": "CC BY 4.0"').license == "CC-BY-4.0"


def test_own_terms_of_a_field_are_terms_and_short_unknown_names_are_not_guessed() -> None:
    assert identify("NIH Gull Sharing Policy")[0] == "LicenseRef-custom"
    assert identify("There are no restrictions on the use of this data.")[0] == "LicenseRef-custom"
    assert identify("A walk along the beach with many gulls")[0] is None
    assert value("Gull Society terms").license is None


def test_one_value_loads_no_lexicon() -> None:
    import subprocess
    import sys

    code = (
        "import sys\nfrom licensecheck.identification import value\n"
        "assert value('cc-by-4.0', vocabulary='hf').license == 'CC-BY-4.0'\n"
        "print(sorted({'yaml', 'license_expression', 'licensecheck.knowledge.phrases', 'licensecheck.identification.texts'} & set(sys.modules)))\n"
    )
    subprocess.run([sys.executable, "-c", "from licensecheck.identification import value; value('mit')"], check=True)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("text", "license"),
    [
        ("CC-BY-4.0-ND", "CC-BY-ND-4.0"), ("CC BY4.0 ND", "CC-BY-ND-4.0"), ("CC BY 4.0 International NC", "CC-BY-NC-4.0"), ("CC BY 4.0+NC", "CC-BY-NC-4.0"),
        ("cc-by-4.0-nc", "CC-BY-NC-4.0"), ("CC BY-NC 4.0 SA", "CC-BY-NC-SA-4.0"), ("CC BY 4.0, SA is no part of it", "CC-BY-4.0"),
        ("공공누리 제1유형, 제4유형", "LicenseRef-KOGL-Type1 AND LicenseRef-KOGL-Type4"),
        ("공공누리 제 1 유형(사진은 제4유형)", "LicenseRef-KOGL-Type1 AND LicenseRef-KOGL-Type4"),
        ("공공누리 1~4유형", "LicenseRef-KOGL-Type1 AND LicenseRef-KOGL-Type4"), ("공공누리 제1유형. 제4조 참조", "LicenseRef-KOGL-Type1"),
    ],
)  # fmt: skip
def test_what_stands_behind_a_name_belongs_to_it(text: str, license: str) -> None:
    assert identify(text)[0] == license


@pytest.mark.parametrize(
    "text",
    [
        "Apache 2.0 with Commons Clause", "CC0, except the photos", "CC0, excluding the photos", "formerly CC BY 4.0, now closed", "maybe CC BY 4.0",
        "CC BY 4.0 (draft, do not use)", "CC BY 4.0 for EU users only", "CC BY 4.0. Subject to the developer agreement of the network.",
        "CC BY 4.0. Users must also comply with the terms of YouTube.", "CC BY 4.0 outputs of a chat service (not for competing models)",
    ],
)  # fmt: skip
def test_what_makes_a_name_doubtful_is_told(text: str) -> None:
    license, _, made = identify(text)
    assert license in ("Apache-2.0", "CC0-1.0", "CC-BY-4.0")
    assert any(doubts(s.license, s.restricts) for s in made)


@pytest.mark.parametrize(
    "text",
    [
        "CC BY 4.0 except where otherwise noted", "Unless otherwise stated, CC BY 4.0", "CC BY 4.0. Subject to the terms of the license.",
        "Released under CC BY 4.0 for any use, also commercial.", "CC BY 4.0. You need no permission.",
    ],
)  # fmt: skip
def test_what_stands_beside_every_licence_makes_none_doubtful(text: str) -> None:
    license, _, made = identify(text)
    assert license == "CC-BY-4.0"
    assert not any(doubts(s.license, s.restricts) for s in made)


@pytest.mark.parametrize(
    ("text", "license", "certainty"),
    [
        ("MIT/CC-BY-4.0", "MIT AND CC-BY-4.0", "ambiguous"),
        ("GPL-3.0/MIT", "GPL-3.0-only AND MIT", "ambiguous"),
        ("Unable to locate license", None, "none"),
        ("None specified", None, "none"),
    ],
)
def test_a_slash_drops_no_id_and_no_license_is_none(text: str, license: str | None, certainty: str) -> None:
    from licensecheck.identification import identify

    assert identify(text)[:2] == (license, certainty)
