"""Whole texts. The texts are made up here or taken from what the machine has: the index ships without them."""

from __future__ import annotations

import html
import itertools
import random
import re
import textwrap
from pathlib import Path

import growth
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licensecheck.identification import texts
from licensecheck.identification.texts import Match, index_file, legal_code, match
from licensecheck.identification.texts.build import Source, body, build
from licensecheck.knowledge import rulebook
from licensecheck.model import Certainty
from licensecheck.scanners import license_file

MIT = """MIT License

Copyright (c) 2021 Jane Doe

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""

BSD = """Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are met:

1. Redistributions of source code must retain the above copyright notice, this
   list of conditions and the following disclaimer.

2. Redistributions in binary form must reproduce the above copyright notice,
   this list of conditions and the following disclaimer in the documentation
   and/or other materials provided with the distribution.

{third}THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
"""
BSD_2 = BSD.format(third="")
BSD_3 = BSD.format(
    third="""3. Neither the name of the copyright holder nor the names of its
   contributors may be used to endorse or promote products derived from
   this software without specific prior written permission.

"""
)
HEADER = "# RiverGauge\n\nDaily water levels of forty rivers, with the scripts that cleaned them.\n\nCopyright (c) 2020 A. Person\n\n"


def ids(text: str) -> list[str]:
    return [found.license for found in match(text)]


def only(text: str) -> Match:
    (found,) = match(text)
    return found


def as_page(text: str) -> str:
    parts = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n"))
    return f"<html><body><nav><a href='/'>Home</a></nav>{parts}<footer>&middot; Contact</footer></body></html>"


def rewrapped(text: str) -> str:
    return "\n\n".join(textwrap.fill(" ".join(part.split()), 50, initial_indent="  * ") for part in text.split("\n\n"))


SAME = {
    "as is": lambda text: text,
    "re-wrapped": rewrapped,
    "header": lambda text: HEADER + text,
    "upper case": str.upper,
    "commented": lambda text: "\n".join(f"# {line}" for line in text.splitlines()),
    "page": as_page,
    "one line": lambda text: " ".join(text.split()),
    "curly quotes": lambda text: text.replace('"', "\u201c"),
    "full-width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "a" <= c <= "z" else c for c in text),
    "Windows lines": lambda text: text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("change", SAME)
@pytest.mark.parametrize(("text", "expected"), [(MIT, "MIT"), (BSD_2, "BSD-2-Clause"), (BSD_3, "BSD-3-Clause")])
def test_layout_never_changes_the_answer(change: str, text: str, expected: str) -> None:
    found = only(SAME[change](text))
    assert (found.license, found.certainty, found.near, found.added) == (expected, Certainty.EXACT, (), "")


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = HEADER + "ﬁrst, a ligature that becomes two letters. 한국어\n\n" + MIT + "\nThat is all.\n"
    found = only(text)
    assert text[found.start : found.end].startswith("Permission is hereby granted")
    assert text[found.start : found.end].endswith("DEALINGS IN THE\nSOFTWARE")


def test_several_texts_in_one_file() -> None:
    found = match(BSD_3 + "\n----\nThe fonts are under another license:\n\n" + MIT)
    assert [one.license for one in found] == ["BSD-3-Clause", "MIT"]
    assert found[0].end <= found[1].start


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (MIT + "\nThe data may be used for non-commercial purposes only.\n", "non-commercial"),
        ("For academic research only.\n\n" + MIT, "academic research only"),
        (
            MIT.replace("to any person", "to any person, for non-commercial purposes only,"),
            "non-commercial purposes only",
        ),
        (MIT.replace("to any person", "to any academic person"), "academic"),
        (MIT + "\n단, 상업적 이용은 금지됩니다.\n", "상업적"),
        (BSD_2 + "\nThe images are excluded and may not be redistributed.\n", "may not be redistributed"),
        (BSD_2 + "\nAdditional terms apply to the photographs.\n", "Additional terms"),
    ],
)
def test_an_added_restriction_is_shown(text: str, words: str) -> None:
    assert words in only(text).added


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 1000), st.sampled_from(["for research purposes only", "not for commercial use", "except for resale"])
)
def test_a_restriction_anywhere_is_shown_or_the_text_is_no_longer_that_licence(place: int, words: str) -> None:
    parts = MIT.split()
    at = place % len(parts)
    for found in match(" ".join([*parts[:at], words, *parts[at:]])):
        assert found.added or found.certainty is not Certainty.EXACT


def test_what_is_removed_costs_certainty() -> None:
    assert only(MIT.replace("publish, distribute, sublicense, and/or sell", "")).certainty is not Certainty.EXACT


@pytest.mark.parametrize("text", [MIT, BSD_3])
@pytest.mark.parametrize("seed", range(8))
def test_missing_words(text: str, seed: int) -> None:
    words = text.split()
    gone = set(random.Random(seed).sample(range(len(words)), len(words) // 10))
    found = only(" ".join(word for place, word in enumerate(words) if place not in gone))
    assert only(text).license in (found.license, *found.near)


def test_a_half_that_several_texts_share_says_so() -> None:
    found = only(MIT[: MIT.index("THE SOFTWARE IS PROVIDED")])
    assert found.license == "MIT"
    assert found.certainty is Certainty.AMBIGUOUS
    assert found.near


@pytest.mark.parametrize(
    "text",
    [
        "",
        "MIT",
        "This dataset is licensed under the MIT License.",
        "# Corpus\n\nThe corpus has 40,000 sentences. See LICENSE for the terms under which you may use the data. " * 4,
        MIT[MIT.index("THE SOFTWARE IS PROVIDED") :],
        BSD_2[BSD_2.index("THIS SOFTWARE IS PROVIDED") :],
        'Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance '
        "with the License. You may obtain a copy of the License at http://www.apache.org/licenses/LICENSE-2.0",
        "The data is provided for research. By downloading it you agree not to redistribute it, to cite our paper, and "
        "to delete it when we ask. No warranty of any kind is given, express or implied, and we are not liable for damages.",
    ],
)
def test_what_is_no_licence_text(text: str) -> None:
    assert match(text) == ()


# -- an index of made-up texts: what guards siblings from each other ---------------------------------------

CLAUSES = [" ".join(f"w{part}x{number}" for number in range(60)) for part in range(8)]
BY = "Attribution 2.0 " + " ".join(CLAUSES)
NC = (
    "Attribution-NonCommercial 2.0 "
    + " ".join(CLAUSES[:5])
    + " you may not exercise the rights in any manner primarily intended for or directed toward commercial advantage of"
    + " any kind nor toward private monetary compensation of any other person or entity whatsoever "
    + " ".join(CLAUSES[5:])
)


def use(patch: pytest.MonkeyPatch, **made: index_file.Index) -> None:
    """Search made-up indexes: ``general`` in the place of the license texts, ``legal`` in that of the legal code."""
    none = index_file.read_index(build([], {}))
    patch.setattr(
        texts, "index", lambda collection: made.get("legal" if collection is index_file.LEGAL_CODE else "general", none)
    )


@pytest.fixture
def siblings(monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [Source("CC-BY-2.0", BY, "made"), Source("CC-BY-NC-2.0", NC, "made")]
    use(monkeypatch, general=index_file.read_index(build(sources, {})))


@pytest.mark.usefixtures("siblings")
class TestCreativeCommons:
    """Element words, title and address veto a text that is only alike."""

    def test_each_is_itself(self) -> None:
        assert (ids(BY), ids(NC)) == (["CC-BY-2.0"], ["CC-BY-NC-2.0"])
        assert ids("Some project.\n" + NC) == ["CC-BY-NC-2.0"]

    def test_title_against_clauses_names_both(self) -> None:
        found = only("Our data.\n" + NC.replace("Attribution-NonCommercial", "Attribution"))
        assert found.certainty is Certainty.AMBIGUOUS
        assert {found.license, *found.near} == {"CC-BY-2.0", "CC-BY-NC-2.0"}
        assert found.license == "CC-BY-NC-2.0"

    def test_a_port_is_named_by_its_title(self) -> None:
        other = re.sub(r"w3x\d+ ", lambda found: "an other word " if found[0] < "w3x3" else found[0], BY)
        found = match("Our data.\n" + other.replace("Attribution 2.0", "Attribution-ShareAlike 2.0 Scotland"))
        assert [one.license for one in found] == ["LicenseRef-CC-BY-SA-2.0-SCOTLAND"]

    def test_a_port_without_a_title_gets_no_answer(self) -> None:
        other = re.sub(r"w3x\d+ ", lambda found: "an other word " if found[0] < "w3x3" else found[0], BY)
        assert match("Our data.\n" + other.replace("Attribution 2.0", "Paternité 2.0")) == ()

    def test_address_decides(self) -> None:
        half = NC[: NC.index("w4x10")].replace("Attribution-NonCommercial 2.0", "")
        found = only("See http://creativecommons.org/licenses/by-nc/2.0/ " + half)
        assert found.license == "CC-BY-NC-2.0"


def test_gnu_texts_say_only_unless_a_notice_says_later() -> None:
    made = index_file.read_index(
        build([Source("GPL-9.0-only", BY, "made"), Source("GPL-9.0-or-later", BY, "made")], {"made": "here"})
    )
    with pytest.MonkeyPatch.context() as patch:
        use(patch, general=made)
        alone = only("Our project.\n" + BY)
        later = only("Either version 9, or (at your option) any later version.\n\n" + BY)
    assert (alone.license, alone.certainty, alone.near) == ("GPL-9.0-only", Certainty.LOSSY, ())
    assert (later.license, later.certainty) == ("GPL-9.0-or-later", Certainty.EXACT)


def test_building_again_gives_the_same_bytes() -> None:
    sources = [Source("A-1.0", MIT, "made"), Source("B-1.0", BSD_3, "made"), Source("A-2.0", BSD_2, "made")]
    assert build(sources, {}) == build(sources[::-1], {})


def test_body_leaves_out_what_differs_from_copy_to_copy() -> None:
    assert "Jane" not in body(MIT)
    assert "Permission is hereby granted" in body(MIT)


def test_the_shipped_index() -> None:
    data = index_file.GENERAL.path.read_bytes()
    assert len(data) < 7_000_000
    found = index_file.read_index(data)
    known = {name for names in found.ids for name in names}
    assert {
        "CC-BY-4.0",
        "CC0-1.0",
        "ODbL-1.0",
        "CDLA-Permissive-2.0",
        "OGL-UK-3.0",
        "LicenseRef-scancode-dbcl-1.0",
    } <= known
    assert found.about.keys() == {"spdx", "scancode"}


def test_the_shipped_index_of_legal_code() -> None:
    assert index_file.LEGAL_CODE.path.stat().st_size < 2_000_000
    found = index_file.index(index_file.LEGAL_CODE)
    assert len(found.ids) > 900
    known = {name for names in found.ids for name in names}
    ports = {
        license.id
        for license in rulebook.load().licenses()
        if re.fullmatch(r"(?:LicenseRef-)?CC-BY(?:-NC)?(?:-SA|-ND)?-(?:[0-9.]+)(?:-[A-Z]+)?", license.id)
    }
    assert len(ports) > 300
    assert ports <= known


def test_not_an_index() -> None:
    with pytest.raises(ValueError, match="not an index"):
        index_file.read_index(b"{}")


# -- the legal code of Creative Commons: ports and translations --------------------------------------------

ROOT = Path(__file__).parent
KOREAN = {
    "LicenseRef-CC-BY-NC-SA-2.0-KR": ROOT.parent / "fixtures/namuwiki-mrc-school-with-legal-code/dataset/LICENSE",
    "LicenseRef-CC-BY-ND-2.0-KR": ROOT.parent / "fixtures/korquad-unchanged-with-legal-code/dataset/LICENSE",
}
"""Whole legal codes, which Creative Commons has dedicated to the public domain."""
CODES = {
    **KOREAN,
    "LicenseRef-CC-BY-3.0-CN": ROOT / "golden/legal-code/by_3.0_cn.txt",
    "LicenseRef-CC-BY-NC-3.0-CH": ROOT / "golden/legal-code/by-nc_3.0_ch_fr.txt",
}


def scanned(text: str) -> str:
    """A text with one letter in a hundred wrong."""
    chance = random.Random(5)
    return "".join(
        chance.choice(("", letter * 2, "l", "1")) if letter.isalnum() and chance.random() < 0.01 else letter
        for letter in text
    )


CODE_CHANGES = {
    "as is": lambda text: text,
    "narrow": lambda text: "\n\n".join(textwrap.fill(" ".join(part.split()), 40) for part in text.split("\n\n")),
    "Windows lines": lambda text: text.replace("\n", "\r\n"),
    "title cut": lambda text: text[300:],
    "preamble cut": lambda text: text[len(text) // 8 :],
    "end cut": lambda text: text[: -len(text) // 8],
    "page": as_page,
    "page of entities": lambda text: as_page(text).encode("ascii", "xmlcharrefreplace").decode(),
    "scanned": scanned,
    "header": lambda text: HEADER + text,
}


@pytest.mark.parametrize("change", CODE_CHANGES)
@pytest.mark.parametrize("license", CODES)
def test_a_legal_code_is_its_license(change: str, license: str) -> None:
    found = only(CODE_CHANGES[change](CODES[license].read_text(encoding="utf-8")))
    assert (found.license, found.near, found.added) == (license, (), "")


@pytest.mark.parametrize("change", CODE_CHANGES)
@pytest.mark.parametrize("license", CODES)
def test_the_clauses_of_a_legal_code_are_no_terms(change: str, license: str) -> None:
    evidence = license_file.scan("LICENSE", CODE_CHANGES[change](CODES[license].read_text(encoding="utf-8"))).evidence
    # "Creative Commons" in a damaged first line is the vaguer name of the same license.
    assert {license} <= {one.license for one in evidence} <= {license, "LicenseRef-CC"}
    assert not any(one.restricts for one in evidence)


@pytest.mark.parametrize(
    ("license", "title", "other", "names"),
    [
        ("LicenseRef-CC-BY-ND-2.0-KR", "저작자표시-변경금지", "저작자표시", {"BY-ND", "BY"}),
        ("LicenseRef-CC-BY-NC-SA-2.0-KR", "저작자표시-비영리-동일조건변경허락", "저작자표시", {"BY-NC-SA", "BY"}),
        (
            "LicenseRef-CC-BY-NC-SA-2.0-KR",
            "저작자표시-비영리-동일조건변경허락",
            "저작자표시-비영리",
            {"BY-NC-SA", "BY-NC"},
        ),
    ],
)
def test_a_title_vetoes_the_clauses_of_another_license(license: str, title: str, other: str, names: set[str]) -> None:
    text = KOREAN[license].read_text(encoding="utf-8")
    assert title in text
    found = only(text.replace(title, other))
    assert found.certainty is Certainty.AMBIGUOUS
    assert {found.license, *found.near} == {f"LicenseRef-CC-{name}-2.0-KR" for name in names}


BANS = {
    "noncommercial": "The data may not be used for commercial purposes.",
    "noncommercial, Korean": "본 데이터는 학술 연구 목적으로만 이용할 수 있으며 상업적 이용은 금지됩니다.",
    "training, Korean": "인공지능 학습에 이용할 수 없습니다.",
    "noncommercial, German": "Jede kommerzielle Nutzung der Daten ist untersagt.",
    "noncommercial, Japanese": "商用利用は禁止します。",
    "noncommercial, Chinese": "本数据集仅限学术研究使用。",
    "noncommercial, French": "L’utilisation commerciale des données est interdite.",
}


@pytest.mark.parametrize("ban", BANS)
@pytest.mark.parametrize("license", ["LicenseRef-CC-BY-ND-2.0-KR", "LicenseRef-CC-BY-3.0-CN"])
def test_a_ban_in_a_legal_code_restricts(license: str, ban: str) -> None:
    lines = CODES[license].read_text(encoding="utf-8").split("\n\n")
    for place in range(0, len(lines) + 1, max(1, len(lines) // 8)):
        evidence = license_file.scan("LICENSE", "\n\n".join([*lines[:place], BANS[ban], *lines[place:]])).evidence
        assert any(one.restricts for one in evidence), (place, evidence)


# What tells the six of one port apart is tested on made-up legal code, so that each pair is.

SIX = ("BY", "BY-NC", "BY-ND", "BY-SA", "BY-NC-ND", "BY-NC-SA")
ELEMENTS = {"BY": "імя", "NC": "няпродаж", "ND": "няпераробка", "SA": "таксама"}


def made_words(name: str, count: int) -> str:
    """Words of Cyrillic letters, always the same for a name."""
    chance = random.Random(name)
    return " ".join("".join(chance.choices("абвгдежзіклмнопрстуфх", k=chance.randint(3, 9))) for _ in range(count))


def made_code(license: str, version: str) -> str:
    """A made-up legal code, with a clause for each element and one for the version."""
    have = license.split("-")
    title = f"ліцэнзія {'-'.join(ELEMENTS[element] for element in have)} {version}"
    return " ".join(
        [title, made_words("all", 500), *(made_words(element, 40) for element in have), made_words(version, 30)]
    )


@pytest.fixture
def six(monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [
        Source(f"LicenseRef-CC-{license}-{version}-BY", made_code(license, version), "made", f"{version} by")
        for license in SIX
        for version in ("2.0", "2.5")
    ]
    collection = index_file.LEGAL_CODE
    use(monkeypatch, legal=index_file.read_index(build(sources, {}, collection), collection))


@pytest.mark.usefixtures("six")
@pytest.mark.parametrize("version", ["2.0", "2.5"])
@pytest.mark.parametrize("license", SIX)
def test_each_of_the_six_is_itself(license: str, version: str) -> None:
    text = made_code(license, version)
    expected = f"LicenseRef-CC-{license}-{version}-BY"
    for changed in (text, f"Our data\n\n{text}\n\nThe end", " ".join(text.split()[6:]), scanned(text), text.upper()):
        found = only(changed)
        assert expected in (found.license, *found.near)
        assert all(f"CC-{license}-2" in name for name in (found.license, *found.near))


@pytest.mark.usefixtures("six")
@pytest.mark.parametrize(("license", "other"), list(itertools.permutations(SIX, 2)))
def test_the_title_of_another_of_the_six_is_never_passed_over(license: str, other: str) -> None:
    titles = ["-".join(ELEMENTS[element] for element in name.split("-")) for name in (license, other)]
    found = only(made_code(license, "2.0").replace(f"{titles[0]} 2.0", f"{titles[1]} 2.0", 1))
    assert {found.license, *found.near} == {f"LicenseRef-CC-{name}-2.0-BY" for name in (license, other)}


def test_a_folder_of_legal_code_is_read_in_both_layouts(tmp_path: Path) -> None:
    places = {
        "legacy/legalcode/by-nc-sa_2.0_kr.html": "LicenseRef-CC-BY-NC-SA-2.0-KR",
        "legacy/legalcode/by-nd_3.0_ch_fr.html": "LicenseRef-CC-BY-ND-3.0-CH",
        "legacy/legalcode/by_3.0_rs_sr-Cyrl.html": "LicenseRef-CC-BY-3.0-RS",
        "legacy/legalcode/by_4.0_ko.html": "CC-BY-4.0",
        "legacy/legalcode/zero_1.0_ko.html": "CC0-1.0",
        "docs/licenses/by-nc-sa/2.0/kr/legalcode.ko.html": "LicenseRef-CC-BY-NC-SA-2.0-KR",
        "docs/licenses/by/4.0/legalcode.zh-hans.html": "CC-BY-4.0",
        "docs/licenses/by/4.0/legalcode.txt": "CC-BY-4.0",
        "docs/publicdomain/zero/1.0/legalcode.de.html": "CC0-1.0",
    }
    for place in [*places, "README.html", "docs/licenses/by/4.0/deed.ko.html"]:
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(
            "<head><title>no</title><style>no</style><body><h2>Title</h2><p>Caf&eacute;<br>now", encoding="utf-8"
        )
    found = {one.path.relative_to(tmp_path).as_posix(): one for one in legal_code.read(tmp_path)}
    assert {place: one.id for place, one in found.items()} == places
    html_text = found["legacy/legalcode/by_4.0_ko.html"].text
    assert html_text.split() == ["Title", "Café", "now"]


# -- untrusted text ------------------------------------------------------------------------------------

PIECES = [
    "<a ",
    "&amp",
    "&#x",
    "Attribution-",
    "not for ",
    "only ",
    "\0",
    "ﬁ",
    "이용 ",
    "license ",
    "<",
    "“",
    "Ⅷ",
    "\ud800",
    "İ",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from([*PIECES, MIT, BSD_3[:400]]), st.integers(1, 30)), max_size=8))
def test_no_text_makes_it_fail_and_places_are_in_order(parts: list[tuple[str, int]]) -> None:
    text = "".join(piece * count for piece, count in parts)
    found = match(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(first.end <= second.start for first, second in itertools.pairwise(found))


@pytest.mark.slow
@pytest.mark.parametrize("piece", [*PIECES, MIT + "\n", BSD_3 + "\n", HEADER])
def test_ten_megabytes(piece: str) -> None:
    text = (piece * (10_000_000 // len(piece) + 1))[:10_000_000]
    growth.linear(match, text[: len(text) // growth.TIMES], text)


def test_a_licence_deep_in_a_large_file_is_found() -> None:
    noise = "0123456789 abcdef " * 120_000
    text = noise + MIT + noise
    found = only(text)
    assert found.license == "MIT"
    assert text[found.start :].startswith("Permission is hereby")
