"""How long a check of one card takes from nothing, beside the imports that any such tool pays.

Run: python tests/benchmarks/cold_start.py [RUNS]. Both commands run in turn in one go; the ratio is
taken pair by pair, and its median is what counts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

CARD = Path(__file__).parents[2] / "fixtures" / "korquad-unchanged" / "dataset" / "README.md"
BASE = [sys.executable, "-c", "import click, yaml"]
OURS = [sys.executable, "-m", "licensecheck", "check", str(CARD), "--intent", "publish-copy", "--purpose", "product"]
TREE = [sys.executable, "-m", "licensecheck", "check", str(CARD.parent)]
EVALUATE = [sys.executable, "-m", "licensecheck", "evaluate", "CC-BY-4.0", "--intent", "copy", "--purpose", "product"]


def seconds(command: list[str]) -> float:
    """The wall time of one run of ``command``."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - began


def ratio(command: list[str], runs: int) -> tuple[float, float, float]:
    """Median seconds of the base and of ``command``, and the median of the pairs' ratios."""
    seconds(BASE), seconds(command)
    pairs = [(seconds(BASE), seconds(command)) for _ in range(runs)]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(b / a for a, b in pairs),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("runs", type=int, nargs="?", default=15)
    count = parser.parse_args().runs
    for name, command in (("check of one card", OURS), ("check of a declared dataset", TREE), ("evaluate", EVALUATE)):
        base, ours, times = ratio(command, count)
        print(f"{name}: {ours * 1000:.0f} ms; import click, yaml: {base * 1000:.0f} ms; ratio {times:.2f}")
