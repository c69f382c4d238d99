"""Names of fields that state licenses (rules/fields.yaml)."""

from __future__ import annotations

import pytest

from licensecheck.knowledge import fields
from licensecheck.knowledge.fields import Field


@pytest.mark.parametrize(
    ("key", "about"),
    [
        ("license", Field.LICENSE),
        ("Licence", Field.LICENSE),
        ("licenseURL", Field.LICENSE),
        ("data-licence", Field.LICENSE),
        ("Image License", Field.LICENSE),
        ("dct:license", Field.LICENSE),
        ("{http://purl.org/dc/terms/}license", Field.LICENSE),
        ("이용허락범위", Field.LICENSE),
        ("lizenz", Field.LICENSE),
        ("dc:rights", Field.RIGHTS),
        ("termsOfUse", Field.RIGHTS),
        ("use_constraints", Field.RIGHTS),
        ("accessRights", None),
        ("rightsHolder", None),
        ("license plate", None),
        ("license_version", None),
        ("licensed", None),
        ("copyright", None),
        ("x" * 100, None),
    ],
)
def test_what_a_field_is_about(key: str, about: Field | None) -> None:
    assert fields.field(key) is about


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ('{"a": {"license": 1}}', True),
        ("a:\n  - dct:license: x\n", True),
        ("[a]\nlicence = 'x'\n", True),
        ("<a><dc:rights xml:lang='en'>x</dc:rights></a>", True),
        ("<a license='x'/>", True),
        ('{"Image License": "x"}', True),
        ('{"이용허락범위": "x"}', True),
        ('{"text": "a license of rights"}', False),
        ('{"license plate": 1}', False),
        ("<licensePlate>1</licensePlate>", False),
        ("", False),
    ],
)
def test_whether_a_text_has_such_a_field(text: str, there: bool) -> None:
    assert fields.occur(text) is there


@pytest.mark.parametrize(
    ("name", "manifest"),
    [
        ("package.json", True), ("poetry.lock.json", True), ("pyproject.toml", True), ("licensecheck.yaml", True), ("POM.xml", True),
        ("tsconfig.build.json", True), ("dataset.json", False), ("package-data.yaml", False), ("config.json", False),
    ],
)  # fmt: skip
def test_manifests_of_software_are_known_by_name(name: str, manifest: bool) -> None:
    assert fields.is_manifest(name) is manifest


def test_an_entry_of_a_list_of_licenses_puts_nothing_under_it() -> None:
    assert fields.describes_license({"licenseId": "MIT", "isOsiApproved": True, "seeAlso": []})
    assert not fields.describes_license({"name": "MIT", "url": "https://example.org"})


@pytest.mark.parametrize(
    ("key", "about"),
    [
        ("license", True), ("Image License", True), ("license_type_of_photo", True), ("photo_license_url", True), ("dc:rights", True),
        ("이용 허락", True), ("이미지 라이선스", True), ("usage rights", True), ("license plate", False), ("rights_holder", False),
        ("accessRights", False), ("licensee", False), ("driver_license", False), ("text", False), ("", False),
    ],
)  # fmt: skip
def test_whether_a_column_is_about_the_license_of_its_row(key: str, about: bool) -> None:
    assert fields.is_column(key) is about
