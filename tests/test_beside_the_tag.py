"""What other files of a dataset say beside its card: ``beside_the_tag.yaml``."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from licensecheck.dataset.sources import as_sources
from licensecheck.engine.evaluate import evaluate
from licensecheck.knowledge.rulebook import load
from licensecheck.model import Decision
from licensecheck.targets import targets
from licensecheck.vocabulary import make_use

GROUPS = yaml.safe_load((Path(__file__).parent / "beside_the_tag.yaml").read_text(encoding="utf-8"))
CARD = "---\nlicense: cc-by-4.0\n---\n# Harbors\n\nPhotographs of harbors.\n"


def cases(key: str) -> list[object]:
    return [
        pytest.param(files, group.get("intent", "publish-copy"), id=f"{group['kind'][:40]}-{n}")
        for group in GROUPS
        for n, files in enumerate(group.get(key, ()))
    ]


def verdicts(root: Path, files: dict[str, str], intent: str) -> set[Decision]:
    """The verdict on each dataset of a folder with a card of CC BY 4.0 and ``files``, for a product of a company."""
    for name, text in {"README.md": CARD, **files}.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    use = make_use({"intent": intent, "purpose": "product", "licensee": "company"})
    found = targets.resolve_target(str(root))
    return {evaluate(list(as_sources(one)), use, load()).decision for one in found}


@pytest.mark.parametrize(("files", "intent"), cases("heard"))
def test_it_leaves_no_allow(tmp_path: Path, files: dict[str, str], intent: str) -> None:
    assert verdicts(tmp_path, files, intent) != {Decision.ALLOW}


@pytest.mark.parametrize(("files", "intent"), cases("passes"))
def test_it_passes(tmp_path: Path, files: dict[str, str], intent: str) -> None:
    assert verdicts(tmp_path, files, intent) == {Decision.ALLOW}
