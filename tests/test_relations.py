"""What licenses are to one another, as `rules/` has it, and that strings for people decide nothing."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from licensecheck.knowledge import facts, relations, rulebook

PACKAGE = Path(__file__).parent.parent / "licensecheck"


@pytest.mark.parametrize(
    ("one", "other", "less"),
    [
        ("LicenseRef-CC-BY", "CC-BY-4.0", True),
        ("CC-BY-SA-2.0", "LicenseRef-CC-BY-SA-2.0-KR", True),
        ("LicenseRef-HF-gpl", "GPL-2.0-or-later", True),
        ("LicenseRef-CC", "CC0-1.0", True),
        ("LicenseRef-KOGL", "LicenseRef-KOGL-Type1", True),
        ("CC-BY-4.0", "LicenseRef-CC-BY", False),
        ("LicenseRef-CC-BY", "CC-BY-NC-4.0", False),
        ("LicenseRef-Apache", "LicenseRef-Apache-2.0-modified", False),
        ("LicenseRef-a", "LicenseRef-a-b", False),
        ("LicenseRef-Public-Domain", "CC-BY-4.0", False),
    ],
)
def test_what_leaves_something_unsaid(one: str, other: str, less: bool) -> None:
    assert relations.says_less(one, other) is less


def test_the_small_table_says_what_the_rulebook_says() -> None:
    for license in rulebook.load().licenses():
        assert {term for term, _ in license.terms} <= facts.terms(license.id), license.id
        assert license.category in facts.kinds(license.id), license.id
        assert license.family in ("", facts.family(license.id)), license.id
        assert license.version in ("", facts.version(license.id)), license.id


def test_rules_and_fields_are_for_people_alone() -> None:
    for room in ("identification", "scanners", "targets"):
        for path in (PACKAGE / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
                called = node.func if isinstance(node, ast.Call) else None
                if isinstance(called, ast.Attribute) and called.attr in ("startswith", "endswith"):
                    sides = [called.value]
                asked = [x for x in sides if isinstance(x, ast.Attribute) and x.attr in ("rule", "field")]
                assert not asked, f"{path.name}:{getattr(node, 'lineno', 0)}"
