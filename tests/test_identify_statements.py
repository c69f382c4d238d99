"""What a text does with the licences that it names: stance, scope, part, added restrictions, and their places."""

from __future__ import annotations

import pytest

from licensecheck.identification import conclude, find, identify
from licensecheck.model import Certainty, Scope, Stance, Statement


def one(text: str) -> Statement:
    named = [s for s in find(text) if s.license]
    assert len(named) == 1, named
    return named[0]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The data is licensed under CC BY 4.0.", Stance.ASSERTED),
        ("The data is not licensed under CC BY 4.0.", Stance.NEGATED),
        ("This work is no longer available under CC BY 4.0.", Stance.NEGATED),
        ("CC BY 4.0 does not apply to the data.", Stance.NEGATED),
        ("The data is not only available under CC BY 4.0.", Stance.ASSERTED),
        ("We do not own the recordings; they are licensed under CC BY 4.0.", Stance.ASSERTED),
        ("The terms are similar to CC BY 4.0.", Stance.COMPARED),
        ("A license compatible with CC BY 4.0.", Stance.COMPARED),
        ("The data will be released under CC BY 4.0.", Stance.FUTURE),
        ("We intend to publish the corpus under CC BY 4.0.", Stance.FUTURE),
        ("데이터는 CC BY 4.0 라이선스가 아닙니다.", Stance.NEGATED),
        ("데이터에는 CC BY 4.0이 적용되지 않습니다.", Stance.NEGATED),
        ("CC BY 4.0과 유사합니다.", Stance.COMPARED),
        ("CC BY 4.0으로 공개할 예정입니다.", Stance.FUTURE),
        ("Die Daten stehen nicht unter CC BY 4.0.", Stance.NEGATED),
        ("Los datos no están bajo CC BY 4.0.", Stance.NEGATED),
        ("本数据集不采用 CC BY 4.0。", Stance.NEGATED),
        ("データはCC BY 4.0ではありません。", Stance.NEGATED),
        ("CC BY 4.0で公開予定です。", Stance.FUTURE),
    ],
)
def test_stance(text: str, stance: Stance) -> None:
    found = one(text)
    assert (found.license, found.stance) == ("CC-BY-4.0", stance)
    assert (identify(text)[0] is not None) == (stance is Stance.ASSERTED)


@pytest.mark.parametrize(
    ("text", "scope", "part"),
    [
        ("The code is under CC BY 4.0.", Scope.CODE, ""),
        ("The code of the dataset is under CC BY 4.0.", Scope.CODE, ""),
        ("The data and the code are under CC BY 4.0.", Scope.DATA, ""),
        ("The model trained on this dataset is under CC BY 4.0.", Scope.MODEL, ""),
        ("The metadata is CC BY 4.0.", Scope.METADATA, "metadata"),
        ("The annotations are CC BY 4.0.", Scope.DATA, "annotations"),
        ("The website is licensed under CC BY 4.0.", Scope.SITE, ""),
        ("The paper is CC BY 4.0.", Scope.SITE, "paper"),
        ("The source data is licensed under CC BY 4.0.", Scope.DATA, "source"),
        ("CC BY 4.0 (code)", Scope.CODE, ""),
        ("CC BY 4.0 for the images", Scope.DATA, "images"),
        ("코드는 CC BY 4.0입니다.", Scope.CODE, ""),
        ("데이터셋의 코드는 CC BY 4.0입니다.", Scope.CODE, ""),
        ("코드와 데이터는 CC BY 4.0입니다.", Scope.DATA, ""),
        ("이미지는 CC BY 4.0입니다.", Scope.DATA, "이미지"),
        ("모델 가중치: CC BY 4.0", Scope.MODEL, ""),
        ("コードはCC BY 4.0です。", Scope.CODE, ""),
        ("代码采用 CC BY 4.0 许可。", Scope.CODE, ""),
        ("Der Quellcode steht unter CC BY 4.0.", Scope.CODE, ""),
        ("El código está bajo CC BY 4.0.", Scope.CODE, ""),
        ("Le code source est sous licence CC BY 4.0.", Scope.CODE, ""),
    ],
)
def test_scope_and_part(text: str, scope: Scope, part: str) -> None:
    found = one(text)
    assert (found.scope, found.part) == (scope, part)


def test_two_things_of_one_sentence_keep_their_own_license() -> None:
    text = "The code is released under the MIT license and the images under CC BY-NC 4.0."
    code, images = find(text)
    assert (code.license, code.scope) == ("MIT", Scope.CODE)
    assert (images.license, images.scope, images.part) == ("CC-BY-NC-4.0", Scope.DATA, "images")


def test_a_heading_and_a_bracket_give_the_subject() -> None:
    assert [s.scope for s in find("## Code license\n\nMIT License\n\n## Data license\n\nCC BY 4.0\n")] == [
        Scope.CODE,
        Scope.DATA,
    ]
    assert [s.scope for s in find("MIT (코드), CC BY 4.0 (데이터)")] == [Scope.CODE, Scope.DATA]


def test_a_name_without_a_subject_takes_that_of_the_same_license_elsewhere() -> None:
    text = "Released under the MIT License. The data have terms of their own (the code is MIT)."
    assert {s.scope for s in find(text) if s.license == "MIT"} == {Scope.CODE}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("For non-commercial use only.", {"noncommercial"}),
        ("Commercial use is strictly prohibited.", {"noncommercial"}),
        ("You may not use the data for commercial purposes.", {"noncommercial"}),
        ("The data may be used for research purposes only.", {"research-only"}),
        ("For academic use only.", {"academic-only"}),
        ("You must not redistribute the data.", {"no-redistribution"}),
        ("The data must not be modified.", {"no-derivatives"}),
        ("상업적 이용을 금합니다.", {"noncommercial"}),
        ("연구 목적으로만 사용할 수 있습니다.", {"research-only"}),
        ("교육 목적에 한하여 이용할 수 있습니다.", {"academic-only"}),
        ("재배포를 금지합니다.", {"no-redistribution"}),
        ("商用利用は禁止です。", {"noncommercial"}),
        ("研究目的のみ利用できます。", {"research-only"}),
        ("仅供研究使用。", {"research-only"}),
        ("禁止商用。", {"noncommercial"}),
        ("Nur für Forschungszwecke.", {"research-only"}),
        ("Kommerzielle Nutzung ist untersagt.", {"noncommercial"}),
        ("Usage commercial interdit.", {"noncommercial"}),
        ("Solo para fines de investigación.", {"research-only"}),
        ("Apenas para fins de pesquisa.", {"research-only"}),
    ],
)
def test_own_terms_say_what_they_restrict(text: str, kinds: set[str]) -> None:
    (found,) = find(text)
    assert set(found.restricts) == kinds
    assert found.license == f"LicenseRef-{found.restricts[0]}"
    assert found.certainty is Certainty.AMBIGUOUS


@pytest.mark.parametrize(
    "text",
    [
        "You may use it for commercial and non-commercial purposes.",
        "상업적 이용도 가능합니다.",
        "商用・非商用を問わず利用できます。",
        "This supports research on birds.",
        "We did not modify the recordings.",
        "The data are not redistributed here.",
        "Attribution is a feature of gulls.",
        "He holds a driving licence and studies at MIT.",
        "cc: gull@example.org",
        "mit der Möwe",
        "The cat sat on the sc by 4.0 metres.",
    ],
)
def test_words_that_say_nothing_of_licensing(text: str) -> None:
    assert [s for s in find(text) if s.license] == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("MIT License, for research purposes only.", False),
        ("MIT License for non-commercial use", False),
        ("CC BY 4.0, no commercial use.", False),
        ("CC BY 4.0, 상업적 이용 금지", False),
        ("CC BY-NC 4.0, for non-commercial research only.", True),
        ("CC BY-NC-ND 4.0: do not use it commercially and do not modify it; no derivatives are allowed.", True),
        ("CC BY 4.0, except images.", True),
        ("CC BY 4.0 unless otherwise noted", True),
    ],
)
def test_a_restriction_added_to_a_license(text: str, kept: bool) -> None:
    license, _, made = identify(text)
    assert license is not None
    assert license.startswith(("CC-", "MIT")) == kept
    if "exce" in text or "unless" in text:
        assert "exceptions" in next(s for s in made if s.license).restricts


def test_prose_and_link_that_disagree_are_both_statements() -> None:
    license, certainty, made = identify("[CC BY-NC-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/)")
    assert {s.license for s in made} == {"CC-BY-NC-SA-4.0", "CC-BY-SA-4.0"}
    assert (license, certainty) == ("CC-BY-NC-SA-4.0 AND CC-BY-SA-4.0", Certainty.AMBIGUOUS)


def test_a_version_comes_from_its_own_license_only() -> None:
    assert (
        identify("CC BY-SA, see https://creativecommons.org/licenses/by/4.0/")[0] == "LicenseRef-CC-BY-SA AND CC-BY-4.0"
    )
    assert identify("[CC BY-SA](https://creativecommons.org/licenses/by-sa/3.0/)")[0] == "CC-BY-SA-3.0"
    assert identify("Version 4.0 of the data is CC BY.")[0] == "LicenseRef-CC-BY"
    assert identify("CC BY. 4.0 is the version of the data.")[0] == "LicenseRef-CC-BY"


@pytest.mark.parametrize(
    "text",
    [
        "Each image has its own license, usually CC BY or CC BY-SA.",
        "Creative Commons licenses (CC0, CC BY or CC BY-NC) are defined per image.",
        "Various. Most are under CC BY.",
        "라이선스는 이미지마다 다릅니다.",
    ],
)
def test_licenses_that_differ_from_item_to_item(text: str) -> None:
    assert identify(text)[0] == "LicenseRef-Per-Source"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The license is unknown.", Stance.UNKNOWN),
        ("License not specified", Stance.UNKNOWN),
        ("라이선스가 명시되지 않았습니다.", Stance.UNKNOWN),
        ("ライセンス不明", Stance.UNKNOWN),
        ("[More Information Needed]", Stance.PLACEHOLDER),
        ("{{ license }}", Stance.PLACEHOLDER),
        ("INSERT_LICENSE_HERE", Stance.PLACEHOLDER),
    ],
)
def test_what_is_not_known_or_not_filled_in(text: str, stance: Stance) -> None:
    found = find(text)
    assert [s.license for s in found] == [None]
    assert found[0].stance is stance


def test_html_and_badges() -> None:
    text = (
        '<a rel="license" href="http://creativecommons.org/licenses/by-nc/4.0/"><img alt="Creative Commons License" '
        'src="https://i.creativecommons.org/l/by-nc/4.0/88x31.png" /></a><br />This data is under CC BY-NC 4.0.'
    )
    assert {s.license for s in find(text)} == {"CC-BY-NC-4.0"}
    assert identify('<span property="cc:attributionName">A Gull</span>')[0] is None
    assert identify("Licensed&nbsp;under CC&nbsp;BY&#45;SA 4.0")[0] == "CC-BY-SA-4.0"


def test_words_are_what_stands_at_their_place() -> None:
    text = (
        "데이터는 **CC BY-NC 4.0**이며, 코드는 `MIT`입니다.\r\n\r\nSee https://creativecommons.org/licenses/by-nc/4.0/."
    )
    found = find(text)
    assert len(found) == 3
    for statement in found:
        assert text[statement.start : statement.end] == statement.words
        assert statement.rule
    assert found[0].words == "CC BY-NC 4.0"


def test_conclude_says_no_thing_twice() -> None:
    def said(license: str, **more: object) -> Statement:
        return Statement(license, Certainty.EXACT, 0, 1, "x", "test")._replace(**more)

    assert conclude([]) == (None, Certainty.NONE)
    assert conclude([said("CC-BY-4.0"), said("LicenseRef-CC-BY")])[0] == "CC-BY-4.0"
    assert (
        conclude([said("CC-BY-NC-SA-3.0"), said("LicenseRef-CC-BY-NC-SA-3.0-FR")])[0] == "LicenseRef-CC-BY-NC-SA-3.0-FR"
    )
    assert conclude([said("CC-BY-4.0"), said("LicenseRef-Public-Domain")])[0] == "CC-BY-4.0"
    assert conclude([said("CC-BY-4.0"), said("MIT", scope=Scope.CODE)])[0] == "CC-BY-4.0"
    assert conclude([said("MIT", scope=Scope.CODE)])[0] is None
    assert conclude([said("CC-BY-4.0", stance=Stance.NEGATED)])[0] is None
    assert conclude([said("CC0-1.0", scope=Scope.METADATA, part="metadata"), said("CC-BY-4.0")])[0] == "CC-BY-4.0"
    assert conclude([said("CC-BY-4.0"), said("CC-BY-SA-3.0", part="source")])[0] == "CC-BY-4.0"
    assert conclude([said("CC-BY-SA-3.0", part="source")])[0] == "CC-BY-SA-3.0"
    assert conclude([said("MIT", restricts=("noncommercial",))])[0] == "LicenseRef-noncommercial"
    assert conclude([said("CC-BY-NC-4.0", restricts=("noncommercial",))])[0] == "CC-BY-NC-4.0"
