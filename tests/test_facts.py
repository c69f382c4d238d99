"""Questions about a license by its id, answered from the rulebook."""

from __future__ import annotations

import pytest

from licensecheck.knowledge import facts, rulebook


@pytest.mark.parametrize(
    ("license", "noncommercial", "no_derivatives", "share_alike"),
    [
        ("CC-BY-NC-SA-4.0", True, False, True),
        ("cc-by-nc-nd-2.0", True, True, False),
        ("CC-BY-NC-ND-2.0-KR", True, True, False),
        ("LicenseRef-CC-BY-NC", True, False, False),
        ("LicenseRef-CC", False, False, False),
        ("LicenseRef-noncommercial", True, False, False),
        ("KOGL-2", True, False, False),
        ("LicenseRef-KOGL-Type3", False, True, False),
        ("GPL-3.0-only", False, False, True),
        ("ODbL-1.0", False, False, True),
        ("CC-BY-4.0", False, False, False),
        ("No-Such-License", False, False, False),
    ],
)
def test_conditions(license: str, noncommercial: bool, no_derivatives: bool, share_alike: bool) -> None:
    assert facts.noncommercial(license) is noncommercial
    assert facts.no_derivatives(license) is no_derivatives
    assert facts.share_alike(license) is share_alike


def test_a_family_may_have_what_one_member_has() -> None:
    assert facts.noncommercial("LicenseRef-CC", possibly=True)
    assert facts.no_derivatives("LicenseRef-HF-cc", possibly=True)
    assert not facts.noncommercial("LicenseRef-CC-BY", possibly=True)


@pytest.mark.parametrize(
    "license", ["MIT", "Apache-2.0", "LicenseRef-HF-gpl", "LicenseRef-HF-bsd", "Beerware", "GPL-1.0-only"]
)
def test_software(license: str) -> None:
    assert facts.is_software(license)


@pytest.mark.parametrize(
    "license", ["CC-BY-4.0", "ODbL-1.0", "GFDL-1.3-only", "GFDL-1.2-invariants-only", "LicenseRef-custom", "nothing"]
)
def test_not_software(license: str) -> None:
    assert not facts.is_software(license)


@pytest.mark.parametrize(
    "license",
    [
        "CC0-1.0",
        "CC-PDM-1.0",
        "CC-PDDC",
        "PDDL-1.0",
        "Unlicense",
        "LicenseRef-Public-Domain",
        "LicenseRef-scancode-us-govt-public-domain",
    ],
)
def test_public_domain(license: str) -> None:
    assert facts.is_public_domain(license)


def test_not_public_domain() -> None:
    assert not any(map(facts.is_public_domain, ("CC-BY-4.0", "MIT", "LicenseRef-CC", "")))


def test_every_license_has_the_facts_of_its_entry() -> None:
    for license in rulebook.load().licenses():
        if not license.members:
            assert facts.terms(license.id) == {term for term, _ in license.terms}
        assert facts.members(license.id) == license.members
        assert license.family in ("", facts.family(license.id))
        assert facts.is_known(license.id)
    assert not facts.is_known("LicenseRef-nobody-knows")
