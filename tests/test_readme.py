"""The README's two commands, and what it says that they print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from conftest import Run

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(mark: str) -> str:
    found = re.search(rf"<!-- {mark} -->\n```\w*\n(.*?)\n```\n<!-- end -->", README, re.S)
    assert found
    return found[1]


def test_the_output_that_is_shown_is_true(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    command = block("run").split("&&")[-1].strip()
    words = shlex.split(command)
    assert words[0] == ".venv/bin/licensecheck"
    done = run(*words[1:])
    assert undated(done.stdout) == undated(block("output"))


def undated(text: str) -> str:
    """``text`` without the digest of the rules, which changes with every rule."""
    return re.sub(r", rules [0-9a-f]+", "", text).strip()


def test_every_command_that_is_shown_exists(run: Run) -> None:
    code = "\n".join(re.findall(r"^```sh\n(.*?)^```", README, re.M | re.S))
    shown = set(re.findall(r"^licensecheck (\w+)", code, re.M))
    help_ = run("--help").stdout
    assert shown
    assert all(f"  {name} " in help_ for name in shown)


def test_ci_runs_the_readmes_test_command() -> None:
    assert "<!-- tests -->" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "pytest" in block("tests")
