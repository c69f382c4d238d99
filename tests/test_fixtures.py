"""Every folder of ``fixtures/`` is a case, run through the command's entry point."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Run

ROOT = Path(__file__).parent.parent / "fixtures"
CASES = [
    pytest.param(folder, run, id=f"{folder.name}-{number}")
    for folder in sorted(ROOT.iterdir())
    if folder.is_dir()
    for number, run in enumerate(yaml.safe_load((folder / "expect.yaml").read_text(encoding="utf-8"))["runs"])
]
KEYS = {
    "check",
    "scan",
    "exit",
    "decision",
    "not-decision",
    "rules",
    "duties",
    "says",
    "caveats",
    "status",
    "license",
    "conflict",
}


def arguments(folder: Path, given: list[str]) -> list[str]:
    return [str(folder / "dataset") if word == "dataset" else word for word in given]


@pytest.mark.parametrize(("folder", "expected"), CASES)
def test_fixture(folder: Path, expected: dict[str, Any], run: Run) -> None:
    assert set(expected) <= KEYS, f"unknown keys in {folder.name}/expect.yaml"
    if "scan" in expected:
        _scan(folder, expected, run)
    else:
        _check(folder, expected, run)


def _scan(folder: Path, expected: dict[str, Any], run: Run) -> None:
    done = run("scan", "--offline", "--format", "jsonl", *arguments(folder, expected["scan"]))
    found = json.loads(done.stdout.splitlines()[0])
    assert found["status"] == expected["status"], found
    if "license" in expected:
        assert found["license"] == expected["license"]
    if "conflict" in expected:
        assert {claim["license"] for c in found["conflicts"] for claim in c["claims"]} == set(expected["conflict"])
        assert all(claim["path"] and claim["line"] for c in found["conflicts"] for claim in c["claims"])


def _check(folder: Path, expected: dict[str, Any], run: Run) -> None:
    words = arguments(folder, expected["check"])
    done = run("check", "--offline", "--format", "json", *words)
    text = run("check", "--offline", *words)
    assert done.code == text.code
    if "exit" in expected:
        assert done.code == expected["exit"], done.stdout + done.stderr
    verdict = json.loads(done.stdout)
    if "decision" in expected:
        assert verdict["decision"] == expected["decision"], done.stdout
        assert expected["decision"] in text.stdout.lower()
    if "not-decision" in expected:
        assert verdict["decision"] != expected["not-decision"]
    sources = verdict.get("sources", [])
    rules = {reason["rule"] for source in sources for reason in source["reasons"]}
    duties = {duty["code"] for source in sources for duty in source["duties"]}
    assert set(expected.get("rules", ())) <= rules
    assert set(expected.get("duties", ())) <= duties
    for words_said in expected.get("says", ()):
        assert words_said in " ".join(text.stdout.split()), text.stdout
    for caveat in expected.get("caveats", ()):
        assert any(caveat in said for said in verdict["caveats"]), verdict["caveats"]


def test_every_case_says_what_it_is_and_under_which_license() -> None:
    for folder in ROOT.iterdir():
        if folder.is_dir():
            expect = yaml.safe_load((folder / "expect.yaml").read_text(encoding="utf-8"))
            assert set(expect) == {"about", "license", "runs"}, folder.name
            assert (folder / "dataset").is_dir()
