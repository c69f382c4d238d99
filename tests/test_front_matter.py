"""Fields of front matter that the form of a card does not name: those that speak of rights are read beside the tag."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import card, decisions, licensed

from licensecheck.model import Decision
from licensecheck.scanners import front_matter, scan_text

NOT_ALLOWED = [
    'usage: "Commercial use is prohibited."',
    "terms_of_use: non-commercial research only",
    "copyright: All rights reserved by the Harbor Gazette",
    "restrictions: [no redistribution, non-commercial use only]",
    "data_license: cc-by-nc-4.0",
    "intended_uses:\n  allowed: research\n  not_allowed: Commercial use is not allowed.",
    "tags: [gulls, non-commercial]",
    "pretty_name: Gulls (for non-commercial use only)",
    "notes: 상업적 이용을 금지합니다.",
    "이용조건: 비상업적 이용만 가능",
    "利用条件: 商用利用不可",
    "lizenzhinweis: Nur für nichtkommerzielle Zwecke.",
    "gated: manual",
    "gated: auto",
    "access: members of the consortium only",
    "commercial_use: false",
    "usage:\n  commercial: no\n  research: yes",
    "redistribution: not allowed",
    "재배포: 금지",
    "kommerzielle_nutzung: nein",
    "research_only: true",
    "permitted_use: research",
    "access: restricted",
    "visibility: private",
    "embargo: 2035-01-01",
    "terms: https://example.org/terms",
    "tags: [gulls, cc-by-nc-4.0]",
    "tags: [gulls, academic-only]",
    "# for non-commercial use only",
    "extra_gated_fields:\n  研究目的のみに使用することに同意します: checkbox",
    "extra_gated_fields:\n  Ich stimme den Bedingungen zu: checkbox",
]
ALLOWED = [
    "tags: [gulls, mit, research]",
    "gated: false",
    "usage: Load the table with pandas.",
    "copyright: 2021 Harbor Lab",
    "access: open",
    "rights_holder: Harbor Lab",
    "size_categories: [1K<n<10K]",
    "data_license: cc-by-4.0",
    "commercial_use: true",
    "commercial_use: allowed",
    "research_only: false",
    "permitted_use: any",
    "embargo: none",
    "terms: https://creativecommons.org/licenses/by/4.0/",
    "visibility: public",
    "# see the datasets documentation",
    "tags: [gulls, cc-by-4.0]",
    "extra_gated_fields:\n  Country: country",
    "license_url: https://creativecommons.org/licenses/by/4.0/",
]


@pytest.mark.parametrize("field", NOT_ALLOWED)
def test_a_field_that_restricts_is_no_allow(tmp_path: Path, field: str) -> None:
    assert Decision.ALLOW not in decisions(
        tmp_path, {"README.md": card("cc-by-4.0", licensed("cc-by-4.0"), f"{field}\n")}
    )


@pytest.mark.parametrize("field", ALLOWED)
def test_any_other_field_changes_nothing(tmp_path: Path, field: str) -> None:
    found = decisions(tmp_path, {"README.md": card("cc-by-4.0", licensed("cc-by-4.0"), f"{field}\n")})
    assert set(found) == {Decision.ALLOW}


def test_the_evidence_names_the_field_and_its_line() -> None:
    found = scan_text("README.md", card("cc-by-4.0", "", "usage: Commercial use is prohibited.\n"))
    assert found is not None
    assert [(e.field, e.line) for e in found.evidence if e.license == "LicenseRef-noncommercial"] == [("usage", 3)]


@given(st.text(max_size=300))
def test_any_front_matter_has_keys_or_none(text: str) -> None:
    assert all(key in text for key in front_matter.rights_keys(text))
