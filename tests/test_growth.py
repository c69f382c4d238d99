"""The measure of growth itself: linear work passes, quadratic work and work without an end do not."""

from __future__ import annotations

import re
from pathlib import Path

import growth
import pytest


def test_linear_work_passes_and_gives_what_it_made() -> None:
    assert growth.linear(lambda n: sum(range(n)), 500_000, 4_000_000) == sum(range(4_000_000))


def test_quadratic_work_fails() -> None:
    with pytest.raises(AssertionError, match="8 times the input costs"):
        growth.linear(lambda n: [sum(range(n)) for _ in range(n)], 800, 6_400)


def test_a_quadratic_pattern_fails_though_it_is_one_call() -> None:
    with pytest.raises(AssertionError, match="8 times the input costs"):
        growth.linear(lambda text: re.search(r"a+b", text), "a" * 5_000, "a" * 40_000)


def test_work_without_an_end_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "_HANG", 0.2)

    def work(_: int) -> None:
        while True:
            pass

    with pytest.raises(AssertionError, match="still at work"):
        growth.linear(work, 1, 8)


def test_no_test_reads_a_clock() -> None:
    clock = re.compile(r"\b(perf_counter|process_time|monotonic)(_ns)?\(")
    assert [path.name for path in Path(__file__).parent.glob("*.py") if clock.search(path.read_text("utf-8"))] == [
        "growth.py"
    ]
