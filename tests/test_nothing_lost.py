"""Nothing that a declaration says, or that lies beside it, is lost on the way to the verdict."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Run

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "nothing_lost.yaml").read_text(encoding="utf-8"))
CODES = {"allow": 0, "deny": 1, "error": 2, "review": 3, "incomplete": 4}
USE = {"intent": "publish-adaptation", "purpose": "product"}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_nothing_is_lost(case: dict[str, Any], tmp_path: Path, run: Run) -> None:
    front = yaml.safe_dump({"license": "cc-by-4.0", **case.get("card", {})})
    files = {
        "README.md": f"---\n{front}---\n# Ours\n\n{case.get('body', '')}",
        "data/a.csv": "id\n1\n",
        **case.get("files", {}),
    }
    files["licensecheck.yaml"] = yaml.safe_dump({"use": USE, **case["declaration"]})
    for name, text in files.items():
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"{text}\n", encoding="utf-8")
    done = run("check", str(tmp_path))
    assert done.code == CODES[case["decision"]], done.stdout + done.stderr
    shown = " ".join((done.stdout + done.stderr).split())
    assert all(words in shown for words in case.get("says", ())), shown
