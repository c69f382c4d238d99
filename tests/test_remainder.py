"""What is left of a sentence where licensing is spoken of: it stays open, or it is accounted for."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from places import PLACES, decisions

from licensecheck.identification import find, listening, remainder
from licensecheck.knowledge import languages
from licensecheck.model import Decision

CASES: Final = yaml.safe_load((Path(__file__).parent / "remainder.yaml").read_text(encoding="utf-8"))
SPEAKING: Final = ("license section", "LICENSE of its own words", "TERMS file")
WHY: Final = {
    "left-over": {remainder.LEFT_OVER, listening.MAY_RESTRICT, remainder.UNKNOWN_LANGUAGE},
    "uncertain": {remainder.UNCERTAIN},
    "unknown-language": {remainder.UNKNOWN_LANGUAGE},
}
"""What is said of each: that words may restrict says as much of those that are left over."""


def cases(*kinds: str) -> list[object]:
    return [pytest.param(kind, case["text"], id=f"{kind}: {case['text']}") for kind in kinds for case in CASES[kind]]


@pytest.mark.parametrize(("kind", "text"), cases(*WHY))
@pytest.mark.parametrize("place", SPEAKING)
def test_it_is_no_allow_where_licensing_is_spoken_of(tmp_path: Path, place: str, kind: str, text: str) -> None:
    assert Decision.ALLOW not in decisions(tmp_path, PLACES[place]("cc-by-4.0", text))


@pytest.mark.parametrize(("kind", "text"), cases(*WHY))
def test_it_says_why(kind: str, text: str) -> None:
    found = list(listening.listen(text, find, licensing=True))
    assert found
    assert {one.why for one in found} <= WHY[kind]
    assert all(text[one.start : one.end] for one in found)


@pytest.mark.parametrize(("kind", "text"), cases("plain"))
@pytest.mark.parametrize("place", SPEAKING)
def test_what_is_accounted_for_passes(tmp_path: Path, place: str, kind: str, text: str) -> None:
    assert set(decisions(tmp_path, PLACES[place]("cc-by-4.0", text))) == {Decision.ALLOW}


@given(st.text(max_size=300))
def test_any_text_is_of_a_known_language_or_not(text: str) -> None:
    assert languages.is_known(text) in (True, False)
    assert remainder.why_open(text, find(text), ()) in ("", *WHY["left-over"], *WHY["uncertain"])
