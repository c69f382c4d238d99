"""Faults of reading that need more than one place, each as a kind with folders as cases: ``folders.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck.dataset.sources import as_sources
from licensecheck.engine.evaluate import evaluate
from licensecheck.knowledge.rulebook import load
from licensecheck.targets import targets
from licensecheck.vocabulary import make_use

CASES = [
    pytest.param(case, id=f"{group['kind'][:40]}-{n}")
    for group in yaml.safe_load((Path(__file__).parent / "folders.yaml").read_text(encoding="utf-8"))
    for n, case in enumerate(group["cases"])
]
USE = make_use({"intent": "publish-adaptation", "purpose": "product", "licensee": "company"})


@pytest.mark.parametrize("case", CASES)
def test_folder(case: dict[str, Any], tmp_path: Path) -> None:
    files = dict(case.get("files", {}))
    if "body" in case:
        front = case.get("front") or f"license: {case['tag']}"
        files["README.md"] = f"---\n{front}\n---\n# Gulls\n\n{case['body']}\n"
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (one,) = targets.resolve_target(str(tmp_path))
    assert (one.license or "none") == case["license"]
    assert bool(one.conflicts) == case.get("conflict", False)
    if "verdict" in case:
        assert evaluate(list(as_sources(one)), USE, load()).decision.value == case["verdict"]
