"""The wheel holds the rules, all of them, compiled; and what is installed from it works."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "build", "--wheel", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


def test_the_wheel_holds_every_rule_and_the_compiled_tables(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    rules = [p.relative_to(ROOT / "rules") for p in (ROOT / "rules").rglob("*") if p.is_file()]
    here = {f"licensecheck/_rules/{p}" for p in rules if p.parts[0] != "sentences"}  # their weights are shipped
    assert {name for name in names if name.startswith("licensecheck/_rules/")} == here
    assert {f"licensecheck/_compiled/{table}.json" for table in ("rulebook", "lexicon", "ids", "facts")} <= names
    assert "licensecheck/_compiled/ko.mo" in names
    assert not any("locale/" in name for name in names), "the message catalogs are compiled"
    data = {f"licensecheck/identification/data/{name}" for name in ("texts.idx", "legalcode.idx", "restrictions.bin")}
    assert data <= names
    assert "licensecheck/py.typed" in names
    assert not any(name.startswith(("tests/", "fixtures/", "rules/")) for name in names)


def test_the_installed_command_judges_a_fixture(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "site")
    words = [sys.executable, "-m", "licensecheck", "check", str(ROOT / "fixtures/korquad-questions-changed/dataset")]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=tmp_path, env=environment)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "CC BY-ND 2.0 KR §3" in done.stdout
    done = subprocess.run(
        [*words, "--lang", "ko"], capture_output=True, text=True, check=False, cwd=tmp_path, env=environment
    )
    assert done.stdout.startswith("거부"), done.stdout + done.stderr
    place = subprocess.run(
        [sys.executable, "-c", "import licensecheck; print(licensecheck.__file__)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=environment,
    )
    assert str(tmp_path / "site") in place.stdout
