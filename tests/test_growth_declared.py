"""Many sources, datasets and licenses in one question: the cost grows with their number, held by counts of what is asked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from conftest import Run

from licensecheck.engine.engine import Engine
from licensecheck.engine.outbound import MOST, solve
from licensecheck.knowledge.rulebook import load
from licensecheck.model import Source
from licensecheck.vocabulary import make_use

USE = "use: {intent: publish-adaptation, purpose: product}\n"
CARD = "---\nlicense: cc-by-4.0\n---\n# Ours\n"
SMALL, FEW, MANY = 10, 20, 40


def calls(work: Callable[[], Any]) -> int:
    """How many functions of Python ``work`` calls: a count that no machine changes."""
    count = 0

    def counted(frame: FrameType, event: str, arg: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def with_paths(folder: Path, number: int) -> None:
    rows = "".join(f"- {{name: S{n}, path: s{n}}}\n" for n in range(number))
    folder.mkdir()
    (folder / "README.md").write_text(CARD, encoding="utf-8")
    (folder / "licensecheck.yaml").write_text(f"{USE}sources:\n{rows}", encoding="utf-8")
    for n in range(number):
        (folder / f"s{n}").mkdir()
        (folder / f"s{n}/LICENSE").write_text("CC BY 4.0\n", encoding="utf-8")


def with_datasets(folder: Path, number: int) -> None:
    for n in range(number):
        home = folder / f"s{n}"
        home.mkdir(parents=True)
        (home / "README.md").write_text(CARD, encoding="utf-8")
        (home / "licensecheck.yaml").write_text(f"{USE}sources:\n- {{name: A, license: MIT}}\n", encoding="utf-8")


@pytest.mark.parametrize("make", [with_paths, with_datasets])
def test_sources_and_datasets_cost_what_their_number_is(
    make: Callable[[Path, int], None], tmp_path: Path, run: Run
) -> None:
    make(tmp_path / "warm", SMALL)
    run("check", str(tmp_path / "warm"), "--format", "json")  # fills the caches
    made = {}
    for number in (SMALL, FEW, MANY):
        make(tmp_path / str(number), number)
        made[number] = calls(lambda number=number: run("check", str(tmp_path / str(number)), "--format", "json"))  # type: ignore[misc]
    each = (made[MANY] - made[FEW]) / (MANY - FEW)
    first = (made[FEW] - made[SMALL]) / (FEW - SMALL)
    assert each < 1.5 * first, made


def test_only_so_many_licenses_are_tried_for_the_result() -> None:
    book = load()
    names = [license.id for license in book.licenses() if not license.members][: 4 * MOST]
    use = make_use({"intent": "publish-adaptation", "purpose": "noncommercial"})
    few, many = (solve(Engine(book), [Source(name, name) for name in names[:n]], use) for n in (2, 4 * MOST))
    assert few.untried == 0
    assert many.untried > MOST
    assert len(many.allowed) + len(many.blocked) == MOST


def test_what_was_not_tried_is_told(run: Run) -> None:
    names = [license.id for license in load().licenses() if not license.members][: 2 * MOST]
    assert "were not tried as the license of the result" in " ".join(run("outbound", *names).stdout.split())
    done = run("evaluate", *names, "--intent", "publish-adaptation", "--purpose", "noncommercial", "--format", "json")
    assert "were not tried as the license of the result" in done.stdout
