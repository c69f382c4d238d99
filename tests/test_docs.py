"""The documentation: generated pages are current, links lead somewhere, schemas exist."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from licensecheck import rulebook

DOCS = Path(__file__).parent.parent / "docs"
PAGES = sorted(p for p in [*DOCS.rglob("*.md"), DOCS.parent / "README.md"] if "_build" not in p.parts)


def test_generated_pages_are_current() -> None:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert not list(module.stale()), "run: python docs/generate.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_rule_has_its_heading() -> None:
    headings = set(
        re.findall(r"^## ([a-z0-9-]+)$", (DOCS / "reference" / "rules.md").read_text(encoding="utf-8"), re.M)
    )
    assert headings == {rule.id for rule in rulebook.load().rules}
