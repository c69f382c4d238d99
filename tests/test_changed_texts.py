"""Standard license texts with words changed in them: what is filled in passes, any other word is shown."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from places import MIT, card, decisions, licensed

from licensecheck.identification import texts
from licensecheck.model import Decision
from licensecheck.scanners import scan_text

ROOT: Final = Path(__file__).parent.parent
CASES: Final = yaml.safe_load((ROOT / "tests" / "changed_texts.yaml").read_text(encoding="utf-8"))
LEGAL_CODE: Final = (ROOT / "fixtures/korquad-unchanged-with-legal-code/dataset/LICENSE").read_text(encoding="utf-8")


def written(case: dict[str, str]) -> str:
    if case["text"] == "legal-code":
        middle = LEGAL_CODE.index("\n", len(LEGAL_CODE) // 2)
        return f"{LEGAL_CODE[:middle]}\n{case['to']}{LEGAL_CODE[middle:]}"
    was = re.compile(re.escape(case["was"]).replace(r"\ ", r"\s"))
    assert was.search(MIT), case["was"]
    return was.sub(lambda _: case["to"], MIT, count=1)


@pytest.mark.parametrize("case", CASES["changed"], ids=lambda case: case["to"])
def test_words_that_somebody_put_in_are_shown(case: dict[str, str]) -> None:
    found = scan_text("LICENSE", written(case))
    assert found is not None
    open_ = " ".join(" ".join(one.words for one in found.unweighed).split())
    new = [word for word in case["to"].split() if word not in case.get("was", "").split()]
    assert any(word in open_ for word in new) or any("were added" in e.note for e in found.evidence), found.unweighed


@pytest.mark.parametrize(
    "case", [case for case in CASES["changed"] if case["text"] == "mit"], ids=lambda case: case["to"]
)
def test_a_changed_text_is_no_allow(tmp_path: Path, case: dict[str, str]) -> None:
    files = {"README.md": card("mit", licensed("mit")), "LICENSE": written(case)}
    assert Decision.ALLOW not in decisions(tmp_path, files)


@pytest.mark.parametrize("case", CASES["plain"], ids=lambda case: case["to"])
def test_what_is_filled_in_passes(tmp_path: Path, case: dict[str, str]) -> None:
    files = {"README.md": card("mit", licensed("mit")), "LICENSE": written(case)}
    assert set(decisions(tmp_path, files)) == {Decision.ALLOW}


def test_the_legal_code_itself_is_not_changed() -> None:
    assert [one.changed for one in texts.match(LEGAL_CODE)] == [()]


@given(st.integers(0, len(MIT) - 1), st.text(max_size=40))
def test_passages_are_inside_the_text(at: int, put: str) -> None:
    text = f"{MIT[:at]}{put}{MIT[at:]}"
    assert all(0 <= start < end <= len(text) for one in texts.match(text) for start, end in one.changed)


@pytest.mark.parametrize("title", ["Gull 5", "GULL"])
def test_another_name_or_number_in_the_title_of_a_models_license_is_shown(
    title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = MIT.replace("Permission is hereby", f"{title} Permission is hereby", 1)
    plain = scan_text("LICENSE", text)
    assert plain is not None
    assert plain.unweighed == ()
    monkeypatch.setattr(texts.facts, "kinds", lambda license: frozenset({"model"}))
    found = scan_text("LICENSE", text)
    assert found is not None
    assert any(title.split()[-1] in one.words for one in found.unweighed)
    same = scan_text("LICENSE", MIT)
    assert same is not None
    assert same.unweighed == ()
