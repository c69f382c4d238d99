"""LICENSE, NOTICE, TERMS and their kin: by name, by whole text, by notice."""

from __future__ import annotations

import pytest

from licensecheck.model import Basis, Certainty, Scope
from licensecheck.scanners import license_file, scan_text
from licensecheck.scanners.resolve import resolve

PERMISSION = """Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction, including without
limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software,
and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


@pytest.mark.parametrize(
    "name",
    [
        "LICENSE", "LICENCE", "license.txt", "LICENSE.md", "License.rst", "LICENSE-CODE", "LICENSE_DATA", "LICENSE-MIT", "LICENSE.CC-BY",
        "DATA_LICENSE", "DATA-LICENSE.txt", "DATASET_LICENSE", "dataset-license.md", "COPYING", "COPYING.LESSER", "NOTICE", "NOTICE.txt",
        "TERMS", "TERMS.md", "TERMS_OF_USE.txt", "terms-of-use", "EULA", "COPYRIGHT", "UNLICENSE", "MIT-LICENSE", "USAGE_AGREEMENT.txt",
        "THIRD_PARTY_NOTICES", "LICENSES/CC-BY-4.0.txt",
    ],
)  # fmt: skip
def test_names_that_hold_a_license(name: str) -> None:
    assert license_file.accepts(name, "")


@pytest.mark.parametrize(
    "name",
    ["license.py", "LICENSE.png", "license_plates.txt", "license-plates.csv", "licenses.json", "terms.csv", "notice_board.md", "copyright.py"],
)  # fmt: skip
def test_names_that_do_not(name: str) -> None:
    assert not license_file.accepts(name, "")


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        ("LICENSE", Scope.DATA),
        ("DATA_LICENSE", Scope.DATA),
        ("LICENSE-CODE", Scope.CODE),
        ("LICENSE_MODEL.txt", Scope.MODEL),
        ("LICENSE-METADATA", Scope.METADATA),
        ("LICENSE-docs", Scope.SITE),
        ("LICENSE-DATA-AND-CODE", Scope.DATA),
    ],
)
def test_the_name_gives_the_scope(name: str, scope: Scope) -> None:
    (row,) = license_file.scan(f"data/{name}", "CC BY 4.0\n").evidence
    assert (row.license, row.scope, row.basis) == ("CC-BY-4.0", scope, Basis.LICENSE_FILE)


def test_a_whole_text_and_a_notice_beside_it() -> None:
    found = license_file.scan("LICENSE", f"MIT License\n\nCopyright (c) 2020 A\n\n{PERMISSION}")
    assert {e.license for e in found.evidence} == {"MIT"}
    mixed = license_file.scan(
        "LICENSE", f"{PERMISSION}\n\nThe images in this dataset are licensed under CC BY-NC 4.0 instead.\n"
    )
    assert {e.license for e in mixed.evidence} == {"MIT", "CC-BY-NC-4.0"}


def test_a_standard_text_with_a_restriction_is_not_the_standard_license() -> None:
    text = f"{PERMISSION}\nThe dataset must not be used for commercial purposes.\n"
    license = resolve("LICENSE", license_file.scan("LICENSE", text)).license
    assert license is not None
    assert license != "MIT"


def test_own_terms_are_terms() -> None:
    words = (
        "By downloading the Gull Recordings you agree to return them after one year and to feed no bird with them. " * 2
    )
    (row,) = license_file.scan("TERMS.txt", words).evidence
    assert row.license == "LicenseRef-custom"
    assert row.certainty is Certainty.AMBIGUOUS


def test_what_a_licenses_folder_keeps_says_nothing_by_itself_but_for_want_of_better() -> None:
    kept = scan_text("d/LICENSES/CC-BY-4.0.txt", "Creative Commons Attribution 4.0\n")
    assert kept is not None
    assert [e.field for e in kept.evidence] == ["LICENSES"]


def test_any_file_that_is_named_is_read() -> None:
    assert scan_text("notes.dat", "x", named=False) is None
    for text in ("CC BY 4.0", "# Notes\n\n## License\n\nCC BY 4.0\n", "---\nlicense: cc-by-4.0\n---\n"):
        found = scan_text("whatever.dat", text, named=True)
        assert found is not None
        assert {e.license for e in found.evidence} == {"CC-BY-4.0"}
    whole = scan_text("whatever.dat", f"# Terms of the gulls\n\n{PERMISSION}", named=True)
    assert whole is not None
    assert [(e.license, e.rule) for e in whole.evidence] == [("MIT", "text")]
