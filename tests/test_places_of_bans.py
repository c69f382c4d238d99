"""Bans in places and forms that statements are not taken from: none of them passes as an allow, and nothing else is one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from places import card, decisions, licensed

from licensecheck.identification import plainly
from licensecheck.model import Decision
from licensecheck.scanners import scan_text

CASES: Final = yaml.safe_load((Path(__file__).parent / "places_of_bans.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["open"], ids=lambda case: case["why"])
def test_a_ban_is_no_allow(tmp_path: Path, case: dict[str, str]) -> None:
    files = {"README.md": card("cc-by-4.0", f"{case['body']}\n\n{licensed('cc-by-4.0')}")}
    assert Decision.ALLOW not in decisions(tmp_path, files)


@pytest.mark.parametrize("case", CASES["plain"], ids=lambda case: case["why"])
def test_no_ban_changes_nothing(tmp_path: Path, case: dict[str, str]) -> None:
    files = {"README.md": card("cc-by-4.0", f"{case['body']}\n\n{licensed('cc-by-4.0')}")}
    assert set(decisions(tmp_path, files)) == {Decision.ALLOW}


def test_a_license_in_the_heading_of_its_section_is_read() -> None:
    found = scan_text("README.md", "# Gulls\n\n## License: CC BY-NC 4.0\n\nThanks.\n")
    assert found is not None
    assert [(e.license, e.line) for e in found.evidence] == [("CC-BY-NC-4.0", 3)]


@given(st.text(max_size=200), st.text(max_size=200), st.booleans())
def test_any_sentence_bans_or_not(sentence: str, before: str, headed: bool) -> None:
    assert isinstance(plainly.banned(sentence, before, headed=headed), str)
