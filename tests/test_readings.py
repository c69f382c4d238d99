"""Faults of reading, each as a kind with cases in several wordings and languages: ``readings.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck.identification import doubts, identify
from licensecheck.model import Scope, Stance
from licensecheck.scanners.markdown import sections

CASES = [
    pytest.param(case, id=f"{group['kind'][:30]}-{n}")
    for group in yaml.safe_load((Path(__file__).parent / "readings.yaml").read_text(encoding="utf-8"))
    for n, case in enumerate(group["cases"])
]


@pytest.mark.parametrize("case", CASES)
def test_reading(case: dict[str, Any]) -> None:
    license, _, statements = identify(case["text"])
    if "license" in case:
        wanted = case["license"] if isinstance(case["license"], list) else [case["license"]]
        assert (license or "none") in wanted, statements
    if "never" in case:
        assert case["never"] not in (license or ""), statements
    stated = {one for s in statements if s.stance is Stance.ASSERTED for one in doubts(s.license, s.restricts)}
    if "denied" in case:
        denied = {s.license for s in statements if s.stance is Stance.NEGATED and s.scope is Scope.DATA}
        assert denied == {case["denied"]}, statements
    if "beside" in case:
        assert stated == set(case["beside"]), statements


def test_a_span_of_code_is_no_fence() -> None:
    text = "# A\n\n```ls .```\n\n## License\n\nCC BY 4.0\n\n```\n## Not a heading\n```\n"
    assert [part.title for part in sections(text)] == ["A", "License"]


def test_headings_of_asciidoc() -> None:
    text = "= A\n\nWords.\n\n== License\n\nCC BY 4.0\n\n== Files ==\n\nOne.\n"
    assert [part.title for part in sections(text)] == ["A", "License", "Files"]
