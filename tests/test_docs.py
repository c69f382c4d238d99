"""The documentation: generated pages are current, links lead somewhere, schemas exist."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from licensecheck.knowledge import rulebook

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


def test_the_schema_of_the_declaration_takes_what_the_command_takes() -> None:
    schema = json.loads((DOCS / "schemas" / "declaration-1.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    samples = [path.read_text(encoding="utf-8") for path in DOCS.parent.glob("fixtures/*/dataset/licensecheck.yaml")]
    shown = re.findall(
        r"```yaml\n((?:use|sources|clarify|waive|policy|rules):.*?)```",
        (DOCS / "declaration.md").read_text(encoding="utf-8"),
        re.S,
    )
    assert samples
    assert shown
    for text in (*samples, *shown):
        validator.validate(yaml.load(text, Loader=yaml.BaseLoader))
    for wrong in ("sorces: []", "waive: [{rule: x}]", "clarify: [{path: x}]", "policy: {papers: never}"):
        assert not validator.is_valid(yaml.load(wrong, Loader=yaml.BaseLoader))
