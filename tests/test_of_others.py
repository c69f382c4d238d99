"""Licenses of other things than the data: of somebody else's files beside it, of a tool, a picture or a badge."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from places import MIT, card, decisions, licensed

from licensecheck.identification import url
from licensecheck.model import Decision
from licensecheck.scanners import scan_text

ALONE = {
    "a text that is kept": {"LICENSES/MIT.txt": MIT},
    "a library": {"vendor/plots/LICENSE": MIT},
    "a font": {"fonts/LICENSE": "SIL Open Font License 1.1\n"},
    "a module": {"node_modules/plots/LICENSE": MIT},
    "a tool": {"metadata.json": json.dumps({"name": "gulls", "parser": {"name": "p", "license": "MIT"}})},
    "notices of third parties": {"THIRD-PARTY-NOTICES": MIT},
    "a text among licenses": {"licenses/MIT.txt": MIT},
    "a tokenizer": {"metadata.json": json.dumps({"name": "gulls", "tokenizer": {"name": "p", "license": "MIT"}})},
    "a picture": {"metadata.json": json.dumps({"name": "gulls", "image": {"credit": "Ann", "license": "CC0-1.0"}})},
}


@pytest.mark.parametrize("files", ALONE.values(), ids=ALONE)
def test_it_is_no_license_of_the_data(tmp_path: Path, files: dict[str, str]) -> None:
    for path in files:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "data").mkdir(exist_ok=True)
    assert Decision.ALLOW not in decisions(tmp_path, {**files, "data/gulls.csv": "id,count\n1,2\n"})


@pytest.mark.parametrize("files", ALONE.values(), ids=ALONE)
def test_beside_a_license_of_the_data_it_changes_nothing(tmp_path: Path, files: dict[str, str]) -> None:
    for path in files:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    both = {"README.md": card("cc-by-4.0", licensed("cc-by-4.0")), **files}
    assert set(decisions(tmp_path, both)) == {Decision.ALLOW}


@pytest.mark.parametrize(
    ("badge", "license"),
    [
        ("https://img.shields.io/badge/License-CC_BY_4.0-lightgrey.svg", "CC-BY-4.0"),
        ("https://img.shields.io/badge/license-CC%20BY--NC--SA%204.0-green", "CC-BY-NC-SA-4.0"),
        ("https://img.shields.io/badge/Data%20License-CC0%201.0-blue?style=flat", "CC0-1.0"),
        ("https://img.shields.io/static/v1?label=license&message=CC-BY-NC-4.0&color=red", "CC-BY-NC-4.0"),
        ("https://img.shields.io/badge/license-research%20only-red", "LicenseRef-research-only"),
        ("https://img.shields.io/badge/Code%20License-MIT-blue", None),
        ("https://img.shields.io/badge/python-3.8-blue", None),
        ("https://img.shields.io/github/license/gulls/gulls", None),
    ],
)
def test_a_badge_names_the_license_that_it_shows(badge: str, license: str | None) -> None:
    found = url(badge)
    assert (found.license if found else None) == license


@pytest.mark.parametrize(
    "form", ["![License]({})", '<img alt="License" src="{}">', '<a href="LICENSE"><img src="{}"></a>']
)
def test_a_badge_that_contradicts_the_tag_is_no_allow(tmp_path: Path, form: str) -> None:
    badge = form.format("https://img.shields.io/badge/license-CC%20BY--NC%204.0-green")
    assert Decision.ALLOW not in decisions(tmp_path, {"README.md": card("cc-by-4.0", f"{badge}\n\nForty harbors.\n")})
    agrees = form.format("https://img.shields.io/badge/license-CC%20BY%204.0-green")
    assert set(decisions(tmp_path, {"README.md": card("cc-by-4.0", f"{agrees}\n\nForty harbors.\n")})) == {
        Decision.ALLOW
    }


@pytest.mark.parametrize(
    ("link", "doubts"),
    [
        ("https://example.org/x/LICENSE", True),
        ("https://example.org/terms", True),
        ("LICENSE", False),
        ("https://github.com/gulls/gulls/blob/main/LICENSE", False),
        ("https://huggingface.co/datasets/gulls/gulls/resolve/main/LICENSE", False),
    ],
)
def test_a_link_to_terms_elsewhere_is_not_read(link: str, doubts: bool) -> None:
    found = scan_text("README.md", card("cc-by-4.0", "", f"license_link: {link}\n"))
    assert found is not None
    assert any(e.field == "license_link" for e in found.evidence) is doubts


@pytest.mark.parametrize(
    "heading",
    [
        "Conditions",
        "Usage restrictions",
        "Nutzungsbedingungen",
        "Condiciones de uso",
        "Условия использования",
        "사용 조건",
        "使用条款",
        "الترخيص",
        "Lisans",
    ],
)
def test_a_section_of_conditions_speaks_of_licensing(heading: str) -> None:
    found = scan_text("README.md", card("cc-by-4.0", f"## {heading}\n\nმხოლოდ არაკომერციული გამოყენებისთვის.\n"))
    assert found is not None
    assert found.unweighed


def test_a_page_of_terms_is_read(tmp_path: Path) -> None:
    files = {"README.md": card("cc-by-4.0", licensed("cc-by-4.0")), "TERMS.html": "<p>Non-commercial use only.</p>"}
    assert Decision.ALLOW not in decisions(tmp_path, files)
