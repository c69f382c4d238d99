"""The use: what is declared, and what contradicts itself; each place where people declare one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Run

from licensecheck.base.errors import UsageError
from licensecheck.vocabulary import make_use

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "uses.yaml").read_text(encoding="utf-8"))
CONTRADICTIONS = [
    (["--intent", "publish-adaptation", "--set", "intent=copy"], "twice"),
    (["--set", "act=share", "--set", "sgdr=yes", "--set", "sgdr=no"], "twice"),
    (["--intent", "publish-copy", "--publish-as", "MIT", "--set", "outbound=CC0-1.0"], "twice"),
    (["--intent", "publish-copy", "--set", "purpose=product"], "twice"),
]


@pytest.mark.parametrize("case", CASES, ids=[str(case["use"]) for case in CASES])
def test_what_a_use_declares(case: dict[str, Any]) -> None:
    if "error" not in case:
        use = make_use(case["use"])
        assert {axis: getattr(use, axis) for axis in case["is"]} == case["is"]
        return
    with pytest.raises(UsageError) as told:
        make_use(case["use"])
    assert all(words in str(told.value) for words in case["error"]), str(told.value)


@pytest.mark.parametrize(("options", "says"), CONTRADICTIONS)
def test_options_that_contradict_each_other_are_an_error(options: list[str], says: str, run: Run) -> None:
    done = run("evaluate", "CC-BY-ND-4.0", "--purpose", "noncommercial", *options)
    assert done.code == 2
    assert says in done.stderr


def test_what_is_shared_without_a_scope_is_public(run: Run) -> None:
    shared = (
        "--set",
        "act=adapt,share",
        "--set",
        "change=edit",
        "--purpose",
        "noncommercial",
        "--publish-as",
        "CC-BY-4.0",
    )
    assert run("evaluate", "CC-BY-SA-4.0", *shared).code == 1
    assert run("evaluate", "CC-BY-SA-4.0", *shared, "--set", "scope=internal").code == 0


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"sources":["MIT"],"use":{"intent":"copy","purpose":"product","purpose":"noncommercial"}}', "purpose"),
        ('{"sources":["MIT"],"sources":["CC0-1.0"],"use":{"intent":"copy"}}', "sources"),
        ('{"sources":["MIT"],"use":{"intent":"copy","Intent":"train","purpose":"product"}}', "twice"),
    ],
)
def test_a_question_that_contradicts_itself_is_answered_with_an_error(
    line: str, says: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "q.jsonl").write_text(line + "\n", encoding="utf-8")
    done = run("evaluate", "--cases", str(tmp_path / "q.jsonl"))
    assert done.code == 2
    assert says in json.loads(done.stdout)["error"]


def published(folder: Path, use: str, license: str = "cc-by-4.0", source: str = "CC0-1.0") -> str:
    (folder / "README.md").write_text(f"---\nlicense: {license}\n---\n# Ours\n", encoding="utf-8")
    declaration = f"use: {use}\nsources:\n  - {{name: A, license: {source}}}\n"
    (folder / "licensecheck.yaml").write_text(declaration, encoding="utf-8")
    return str(folder)


def test_published_asks_for_a_use_that_publishes(tmp_path: Path, run: Run) -> None:
    place = published(tmp_path, "{intent: adapt, purpose: product}")
    done = run("check", place, "--published")
    assert (done.code, "stays inside" in done.stderr) == (2, True)
    assert run("check", place, "--published", "--intent", "publish-adaptation").code == 0
    assert run("check", place).code == 0


@pytest.mark.parametrize(
    ("own", "named", "source", "code"),
    [
        ("cc-by-4.0", "CC-BY-SA-4.0", "CC0-1.0", 3),
        ("cc-by-4.0", "CC-BY-SA-4.0", "CC-BY-SA-4.0", 1),
        ("cc-by-4.0", "CC-BY-4.0", "CC0-1.0", 0),
        ("mit OR apache-2.0", "MIT", "CC0-1.0", 0),
    ],
)
def test_the_license_of_the_use_never_overrides_the_datasets_own(
    own: str, named: str, source: str, code: int, tmp_path: Path, run: Run
) -> None:
    place = published(tmp_path, "{intent: publish-adaptation, purpose: product}", own, source)
    done = run("check", place, "--publish-as", named)
    assert done.code == code, done.stdout
    assert ("make them agree" in " ".join(done.stdout.split())) == (code != 0)
