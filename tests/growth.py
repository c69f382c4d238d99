"""Growth: what an input of eight times the size costs, compared in one process, so that no test depends on the machine.

Processor time is compared, with room: linear work costs 8 times as much and quadratic work 64 times; 24 is the limit.
"""

from __future__ import annotations

import gc
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

TIMES = 8
"""How many times the small input the large one is."""
_MOST = 24
_NOISE = 0.1
"""Seconds that the clock and the caches may add: less growth than this is not worth a failure."""
_HANG = 120
"""Seconds of the processor after which work is taken to have no end: a guard, on which no result depends."""

Input = TypeVar("Input")
Output = TypeVar("Output")


@contextmanager
def ends() -> Iterator[None]:
    """Fails a test whose work does not end, in the place of a run that hangs."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"still at work after {_HANG} seconds of the processor")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, _HANG)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def linear(work: Callable[[Input], Output], small: Input, large: Input) -> Output:
    """What ``work`` gives for ``large``, an input of eight times ``small``. Fails where that costs far more than eight times as much."""
    few, _ = min((_spent(work, small) for _ in range(3)), key=lambda pair: pair[0])
    most = _MOST * few + _NOISE
    many, given = _spent(work, large)
    if many >= most:  # once more, before a disturbance of the machine is taken for growth
        again, given = _spent(work, large)
        many = min(many, again)
    assert many < most, (
        f"{TIMES} times the input costs {many / max(few, 1e-6):.0f} times as much ({few:.3f} s, {many:.3f} s)"
    )
    return given


def _spent(work: Callable[[Input], Output], given: Input) -> tuple[float, Output]:
    gc.collect()
    gc.disable()
    try:
        with ends():  # the collector is off: an exception in one of its callbacks would be lost
            began = time.process_time()
            made = work(given)
            return time.process_time() - began, made
    finally:
        gc.enable()
