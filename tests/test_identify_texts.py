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
from licensecheck.identification.texts import Match, creative_commons, index_file, match, search
from licensecheck.identification.texts.build import Source, body, build
from licensecheck.model import Certainty

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


@pytest.fixture
def siblings(monkeypatch: pytest.MonkeyPatch) -> None:
    made = index_file.read_index(build([Source("CC-BY-2.0", BY, "made"), Source("CC-BY-NC-2.0", NC, "made")], {}))
    for module in (texts, search, creative_commons):
        monkeypatch.setattr(module, "index", lambda: made)
    search._document.cache_clear()
    creative_commons._known.cache_clear()
    yield
    search._document.cache_clear()
    creative_commons._known.cache_clear()


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
        for module in (texts, search, creative_commons):
            patch.setattr(module, "index", lambda: made)
        search._document.cache_clear()
        alone = only("Our project.\n" + BY)
        later = only("Either version 9, or (at your option) any later version.\n\n" + BY)
    search._document.cache_clear()
    assert (alone.license, alone.certainty, alone.near) == ("GPL-9.0-only", Certainty.LOSSY, ())
    assert (later.license, later.certainty) == ("GPL-9.0-or-later", Certainty.EXACT)


def test_building_again_gives_the_same_bytes() -> None:
    sources = [Source("A-1.0", MIT, "made"), Source("B-1.0", BSD_3, "made"), Source("A-2.0", BSD_2, "made")]
    assert build(sources, {}) == build(sources[::-1], {})


def test_body_leaves_out_what_differs_from_copy_to_copy() -> None:
    assert "Jane" not in body(MIT)
    assert "Permission is hereby granted" in body(MIT)


def test_the_shipped_index() -> None:
    data = Path(index_file._INDEX).read_bytes()
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


def test_not_an_index() -> None:
    with pytest.raises(ValueError, match="not an index"):
        index_file.read_index(b"{}")


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
