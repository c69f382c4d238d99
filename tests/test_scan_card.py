"""Dataset cards and READMEs: what their fields and words state, and where it stands."""

from __future__ import annotations

import growth
import pytest

from licensecheck.model import Basis, Certainty, Evidence, Origin, Scanned, Scope, Stance, Status
from licensecheck.scanners import card, readme, scan_text
from licensecheck.scanners.markdown import licensing, sections
from licensecheck.scanners.resolve import resolve


def scanned(text: str, path: str = "README.md") -> Scanned:
    found = scan_text(path, text)
    assert found is not None
    return found


def tags(text: str) -> list[Evidence]:
    return [e for e in scanned(text).evidence if e.basis is Basis.HUB_TAG]


def license_of(text: str) -> str | None:
    return resolve("README.md", scanned(text)).license


def test_every_statement_has_its_place_and_kind() -> None:
    text = "---\npretty_name: Gulls\nlicense:   cc-by-nc-4.0\n---\n\n# Gulls\n\n## License\n\nAll of it is under CC BY-NC 4.0.\n"
    tag, words = scanned(text).evidence
    assert (tag.path, tag.line, tag.column, tag.field, tag.raw) == ("README.md", 3, 12, "license", "cc-by-nc-4.0")
    assert (tag.scanner, tag.basis, tag.origin) == ("card", Basis.HUB_TAG, Origin.IN_ARTIFACT)
    assert (tag.scope, tag.certainty, tag.stance) == (Scope.DATA, Certainty.EXACT, Stance.ASSERTED)
    assert (words.line, words.column, words.field, words.raw) == (10, 20, "## License", "CC BY-NC 4.0")
    assert words.basis is Basis.CARD_BODY
    assert tag.rule
    assert words.rule


@pytest.mark.parametrize(
    "head",
    [
        "---\nlicense: mit\n---\n",
        "\ufeff---\nlicense: mit\n---\n",
        "\n\n  \n---\nlicense: mit\n---\n",
        "---  \nlicense: mit\n---  \n",
        "---\nlicense: mit\n...\n",
        "---\n# a comment\nlicense: 'mit'\n---",
        "---\nlicense:\n- mit\n---\n",
        '---\nlicense: ["MIT"]\n---\n',
        "---\nlicenses:\n- mit\n---\n",
        "---\nlicence: mit\n---\n",
    ],
)
def test_front_matter_in_every_form(head: str) -> None:
    assert [e.license for e in tags(head)] == ["MIT"]


def test_front_matter_ends_where_it_ends() -> None:
    text = "---\nlicense: mit\n---\n# A\n\n---\nlicense: cc0-1.0\n---\n"
    assert [e.license for e in tags(text)] == ["MIT"]


def test_other_with_a_name_a_link_details_or_nothing() -> None:
    def one(lines: str) -> Evidence:
        return tags(f"---\nlicense: other\n{lines}---\n")[0]

    assert one("license_name: gull-terms\nlicense_link: LICENSE\n").license == "LicenseRef-gull-terms"
    assert "LICENSE" in one("license_name: gull-terms\nlicense_link: LICENSE\n").note
    assert (
        one("license_link: https://creativecommons.org/licenses/by-nd/2.0/kr/\n").license
        == "LicenseRef-CC-BY-ND-2.0-KR"
    )
    assert one("license_name: CC BY-SA 2.0\n").license == "CC-BY-SA-2.0"
    assert one("license_details: Terms of the Gull Society\n").license == "LicenseRef-Terms-of-the-Gull-Society"
    assert one("").license == "LicenseRef-other"
    assert one("").certainty is Certainty.AMBIGUOUS
    assert tags("---\nlicenses:\n- other-gull-terms\n---\n")[0].license == "LicenseRef-gull-terms"


@pytest.mark.parametrize("value", ["unknown", "''", "[]", "~", "null"])
def test_a_tag_that_says_nothing_is_nothing(value: str) -> None:
    found = resolve(
        "README.md", scanned(f"---\nlicense: {value}\n---\n# A\n\n## License\n\n[More Information Needed]\n")
    )
    assert (found.license, found.status) == (None, Status.NONE)


@pytest.mark.parametrize(
    "words",
    [
        "[More Information Needed]",
        "[More Information Needed](https://github.com/example/guide.md#how-to)",
        "[Needs More Information]",
        "<!-- Provide the license and link to the license webpage if available. -->",
        "<!-- CC BY 4.0 -->\n\n[More Information Needed]",
        "N/A",
        "Unknown.",
        "",
    ],
)
def test_a_template_that_nobody_filled_in_is_silence(words: str) -> None:
    found = resolve("README.md", scanned(f"# A\n\n## Licensing Information\n\n{words}\n\n## Citation\n\nx\n"))
    assert (found.license, found.status) == (None, Status.NONE)


def test_source_datasets_are_named() -> None:
    text = (
        "---\nsource_datasets:\n- original\n- extended|wikipedia\n- extended|other-Gull Corpus, Release 2\n"
        "- laion/laion-2b\n- extended\n- extended|a/b\n- extended|other\n- extended|not a name\n---\n"
    )
    named = ("hf:wikipedia", "Gull Corpus, Release 2", "laion/laion-2b", "hf:a/b", "other", "not a name")
    assert scanned(text).upstream == named


def test_a_gate_is_terms_beside_the_license() -> None:
    text = "---\nlicense: cc-by-4.0\nextra_gated_prompt: You agree to use the data for research only.\n---\n# A\n"
    found = resolve("README.md", scanned(text))
    assert found.license == "CC-BY-4.0 AND LicenseRef-research-only"
    gate = next(e for e in found.evidence if e.field == "extra_gated_prompt")
    assert gate.line == 3
    only = resolve("README.md", scanned("---\nextra_gated_prompt: You agree to our terms.\n---\n# A\n"))
    assert only.license == "LicenseRef-terms-of-use"


def test_broken_yaml_is_a_problem_with_its_line_and_the_license_line_is_still_read() -> None:
    found = scanned("---\nlicense: cc-by-nc-4.0\nb: c: d\n---\n# A\n")
    assert [p.line for p in found.problems] == [3]
    assert [(e.license, e.certainty, e.line) for e in found.evidence] == [("CC-BY-NC-4.0", Certainty.AMBIGUOUS, 2)]
    listed = scanned("---\nlicense:\n- cc-by-4.0\n- 'gfdl'\nb: c: d\n---\n# A\n")
    assert [(e.license, e.line) for e in listed.evidence] == [("CC-BY-4.0", 3), ("LicenseRef-HF-gfdl", 4)]


def test_credit_from_the_fields_that_give_it() -> None:
    text = (
        "---\npretty_name: Gulls of Busan\n---\n# Card\n\n- **Homepage:** https://gulls.example/\n\n### Citation Information\n\n"
        '```\n@article{x,\n  title = {T},\n  author = {Kim, Minji and G{\\"u}n Lee and others},\n  year = 2020\n}\n```\n'
    )
    credit = scanned(text).credit
    assert (credit.title, credit.source) == ("Gulls of Busan", "https://gulls.example/")
    assert credit.creators == ("Minji Kim", "Gün Lee")
    assert scanned("# Only a heading\n").credit.title == "Only a heading"
    assert scanned("---\nlicense: mit\n---\n").credit.creators == ()


@pytest.mark.parametrize(
    "title",
    [
        "## License", "### Licensing Information", "## LICENCE", "# 라이선스", "## 저작권 및 라이센스", "## ライセンス", "## 许可证", "## 授權",
        "## Lizenz", "## Copyright", "## Terms of Use", "## 📜 License", "<h2>License</h2>", '<h2 align="center"><b>License</b></h2>',
        "License\n-------", "License\n=======", "## License ##",
    ],
)  # fmt: skip
def test_headings_of_licensing_sections(title: str) -> None:
    text = f"# Gulls\n\nx\n\n{title}\n\nCC BY-SA 4.0\n\n"
    row = next(e for e in scanned(text).evidence if e.license)
    assert row.license == "CC-BY-SA-4.0"
    assert row.field not in ("text", "mention")


@pytest.mark.parametrize("title", ["License plates", "Legal questions", "Human rights", "Key terms", "Licensure"])
def test_headings_that_only_look_like_it(title: str) -> None:
    assert not licensing(sections(f"# A\n\n## {title}\n\ntext\n"))


def test_a_section_reaches_over_its_subsections_and_fences_hide_headings() -> None:
    text = "## License\n\n### Data\n\nCC BY 4.0\n\n```\n# no heading\nCC0\n```\n\n#### More\n\nx\n\n## Next\n\nMIT\n"
    (part,) = licensing(sections(text))
    assert text[part.start : part.end].endswith("x\n\n")
    assert [s.title for s in sections(text)] == ["License", "Data", "More", "Next"]
    assert [s.title for s in sections("~~~\n# a\n```\n# b\n~~~\n# c\n")] == ["", "c"]


@pytest.mark.parametrize(
    ("words", "license"),
    [
        ("The data may be freely used for any purpose, with credit to the Gull Society.", "LicenseRef-custom"),
        ("See https://gulls.example/terms.html", "LicenseRef-custom"),
        ("The dataset is available for non-commercial research purposes only.", "LicenseRef-research-only"),
        ("Copyright (C) 2019 Gull Society. Contact the authors for information.", None),
        ("The licensing status of the dataset depends on the legal status of the feathers.", None),
        ("The society does not own the copyright of the recordings.", None),
        ("The code is released under the MIT license.", None),
        ("The corpus is not licensed under CC BY 4.0.", None),
        ("The corpus will be released under CC BY 4.0.", None),
        ("Our terms are similar to CC BY 4.0.", None),
        ("Images are under CC BY-NC 4.0; annotations are under CC BY 4.0.", "CC-BY-NC-4.0 AND CC-BY-4.0"),
        ("The dataset is under CC BY 4.0. It may be used for research purposes only.", "CC-BY-4.0 AND LicenseRef-research-only"),
        ("CC BY", "LicenseRef-CC-BY"),
        ("Public Domain, CC BY-NC-SA 4.0", "CC-BY-NC-SA-4.0"),
        ("[Creative Commons BY-SA 3.0](https://creativecommons.org/licenses/by-sa/3.0/de/)", "CC-BY-SA-3.0-DE"),
        ("One part is under CC BY 4.0, the other is released under the Gull Society's License.", "CC-BY-4.0 AND LicenseRef-Gull-Society"),
        ("본 데이터는 크리에이티브 커먼즈 저작자표시-비영리 4.0 국제 라이선스를 따릅니다.", "CC-BY-NC-4.0"),
    ],
)  # fmt: skip
def test_what_the_words_of_a_section_come_to(words: str, license: str | None) -> None:
    assert license_of(f"# Gulls\n\n## License\n\n{words}\n") == license


@pytest.mark.parametrize(
    "words",
    [
        "This dataset is distributed under a CC BY-SA 4.0 license.",
        "- **License:** CC BY-SA 4.0",
        "| License | CC BY-SA 4.0 |",
        "Released under CC BY-SA 4.0.",
        "[![License: CC BY-SA 4.0](https://img.shields.io/badge/License-CC_BY--SA_4.0-lightgrey.svg)](https://creativecommons.org/licenses/by-sa/4.0/)",
        "This work is licensed under a Creative Commons Attribution-ShareAlike 4.0 International License.",
        "본 데이터셋은 CC BY-SA 4.0 라이선스로 공개합니다.",
    ],
)
def test_words_outside_a_licensing_section_count_where_they_are_said_of_the_data(words: str) -> None:
    assert license_of(f"# Gulls\n\nBirds.\n\n{words}\n\n## Use\n\nx\n") == "CC-BY-SA-4.0"


@pytest.mark.parametrize(
    "text",
    [
        '## Data Instances\n\n```\n{"path": "a.py", "license": "mit"}\n```\n',
        "## Data Fields\n\n- `license`: one of `cc-by`, `cc0`, `cc-by-nc`\n",
        "- [Licensing Information](#licensing-information)\n",
        "<!--\n## License\n\nThis dataset is released under CC BY 4.0.\n-->\n",
        "## Related work\n\nGullNet is available under the MIT license.\n",
    ],
)
def test_a_license_of_something_else_is_a_mention_at_most(text: str) -> None:
    found = scanned(f"# Gulls\n\n{text}")
    assert all(e.field == "mention" for e in found.evidence)
    assert resolve("README.md", found).license is None


def test_scanners_take_what_is_theirs() -> None:
    assert card.accepts("README.md", "---\nlicense: mit\n---\n")
    assert not card.accepts("README.md", "# A\n")
    for name in ("README.md", "readme.txt", "README", "ReadMe.rst", "README.ko.md", "README_kr.md"):
        assert readme.accepts(name, "# A"), name
    for name in ("readme.py", "README.json", "unread me.txt", "readme.csv"):
        assert not readme.accepts(name, "# A"), name


def hostile(part: int) -> dict[str, str]:
    """Each with one ``part`` of its repetitions."""
    return {
        "open comments": "# License\n" + "<!-- " * (200_000 // part),
        "spaces in a heading": "# a" + " " * (500_000 // part) + "b\n## License\n\nCC BY 4.0",
        "headings": "# License\n\n" * (100_000 // part),
        "gates": "license cc by 4.0\n\n" * (60_000 // part),
        "one long line": "# License\n\n" + "licensed under cc by 4.0 not " * (40_000 // part),
        "one long word": "# License\n\n" + "a" * (1_000_000 // part),
        "brackets": "# License\n\n" + "[" * (500_000 // part),
        "fences": "```\n~~~\n" * (100_000 // part),
        "underlines": ("x\n" + "-" * 200 + " " * 200 + "x\n") * (3_000 // part),
        "tags": "---\n" + "license:\n" * (100_000 // part) + "a: b: c\n---\n",
        "tag spaces": "---\nlicense: mit" + " " * (500_000 // part) + "x\na: b: c\n---\n",
        "authors": "---\na: b\n---\n# Citation\nauthor = {" + "{" * (500_000 // part),
        "empty anchors": "---\na0: &a0 [[], []]\n"
        + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 30))
        + "license: *a29\n---\n",
        "loop": "---\nlicense: &a [*a]\n---\n",
        "no end": "---\nlicense: mit\n" + "x: y\n" * (10_000 // part),
        "html headings": "<h1 " * (200_000 // part),
        "paragraphs between fences": "# A\n\n" + "```\nabc def\n```\n\nWord here.\n\n" * (12_000 // part),
    }


HOSTILE, SMALL = hostile(1), hostile(growth.TIMES)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_bounded_time(name: str) -> None:
    found = growth.linear(lambda text: resolve("README.md", scanned(text)), SMALL[name], HOSTILE[name])
    assert len(found.license or "") < 2_000


def test_what_was_not_read_is_said() -> None:
    found = scanned(HOSTILE["gates"])
    assert any("were read" in p.message for p in found.problems)
    assert all(p.line > 1 for p in found.problems)


@pytest.mark.parametrize(
    "tag",
    [
        "apache-2.0-nc", "MIT-NC", "MIT modified", "GPL-incompatible", "CC BY 4.0, no derivatives", "CC BY N.C. 4.0", "cc-by-4.0/nc", "cc0 for metadata",
        "cc-by-4.0 (annotations only)", "cc-by-4.0 (labels), images unknown",
    ],
)  # fmt: skip
def test_a_tag_that_says_more_than_a_name_is_doubtful(tag: str) -> None:
    assert resolve("README.md", scanned(f"---\nlicense: '{tag}'\n---\n# D\n")).beside == ("LicenseRef-unclear-rights",)


@pytest.mark.parametrize(
    "tag", ["mit license", "Apache License, Version 2.0", "CC BY 4.0 International", "GPL-2.0-only", "cc-by-nc-sa-4.0"]
)
def test_a_tag_that_is_a_name_is_not(tag: str) -> None:
    found = resolve("README.md", scanned(f"---\nlicense: {tag}\n---\n# D\n"))
    assert found.license
    assert not found.beside


def test_a_tag_that_nothing_knows_is_a_licence_to_be_read() -> None:
    assert (
        resolve("README.md", scanned("---\nlicense: Acme Data License\n---\n")).license
        == "LicenseRef-Acme-Data-License"
    )
    assert resolve("README.md", scanned("---\nlicense: unknown\n---\n")).license is None


@pytest.mark.parametrize(
    ("front", "beside", "status"),
    [
        ("license: cc-by-4.0\nlicense: cc-by-nc-4.0", (), "ambiguous"),
        ("License: cc-by-nc-4.0\nlicense: cc-by-4.0", (), "conflict"),
        ("license: cc-by-4.0\nlicense_link: https://creativecommons.org/licenses/by-nc/4.0/", (), "conflict"),
        ("license: cc-by-4.0\nlicense_link: https://gulls.example/terms", ("LicenseRef-further-terms",), "found"),
        ("license: cc-by-4.0\nlicense_link: https://hub.example/d/blob/main/LICENSE", (), "found"),
        ("license: cc-by-4.0\nlicense_name: gull-terms", ("LicenseRef-gull-terms",), "found"),
        ("license: cc-by-4.0\nlicense_name: cc-by-4.0", (), "found"),
        ("license: cc-by-4.0\nconfigs: [{config_name: a, license: cc-by-nc-4.0}]", ("CC-BY-NC-4.0",), "found"),
        ("license: cc-by-4.0\ndataset_info:\n  license: cc-by-nc-4.0", ("CC-BY-NC-4.0",), "found"),
        ("license: cc-by-4.0\ntags:\n- license:cc-by-4.0", (), "found"),
        ("license: cc-by-4.0\nextra_gated_fields:\n  Name: text\n  Affiliation: text", (), "found"),
    ],
)
def test_what_front_matter_says_in_further_places(front: str, beside: tuple[str, ...], status: str) -> None:
    found = resolve("README.md", scanned(f"---\n{front}\n---\n# D\n"))
    assert (found.beside, found.status.value) == (beside, status)


def test_a_gate_by_check_boxes_binds() -> None:
    text = "---\nlicense: cc-by-4.0\nextra_gated_fields:\n  I agree to use this dataset for non-commercial use ONLY: checkbox\n---\n"
    assert resolve("README.md", scanned(text)).license == "CC-BY-4.0 AND LicenseRef-noncommercial"


@pytest.mark.parametrize(
    ("text", "license"),
    [
        ("The data is under CC BY-NC 4.0.", "CC-BY-NC-4.0"), ("The data is CC BY 4.0.", "CC-BY-4.0"), ("Data licensed under CC BY 4.0.", "CC-BY-4.0"),
        ("We release the corpus under CC BY 4.0.", "CC-BY-4.0"), ("This corpus is CC BY 4.0.", "CC-BY-4.0"), ("Code: Apache 2.0. Data: CC BY 4.0.", "CC-BY-4.0"),
        ("The code is under Apache 2.0, the data under CC BY 4.0.", "CC-BY-4.0"), ("The data are free to use under CC0.", "CC0-1.0"),
        ("The loader is under CC BY 4.0.", None), ("Gulls are compared with MIT.", None),
    ],
)  # fmt: skip
def test_a_plain_sentence_of_a_readme_states_the_licence(text: str, license: str | None) -> None:
    assert resolve("README.md", scanned(f"# D\n\n{text}\n")).license == license


def test_a_licence_of_one_part_alone_leaves_the_rest_open() -> None:
    one = resolve("README.md", scanned("# D\n\n## License\n\nThe annotations are under CC BY 4.0.\n"))
    assert (one.license, one.beside) == ("CC-BY-4.0", ("LicenseRef-unclear-rights",))
    both = "# D\n\n## License\n\nThe annotations are under CC BY 4.0. The images are under CC0.\n"
    assert not resolve("README.md", scanned(both)).beside
