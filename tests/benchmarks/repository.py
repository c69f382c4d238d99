"""A repository of many files: the whole of it checked, beside ``reuse lint`` on the same tree in turn.

python tests/benchmarks/repository.py [FILES] [RUNS]. ``pip install reuse`` for the comparison.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "fixtures"
CHECK = [
    sys.executable,
    "-m",
    "licensecheck",
    "check",
    "--offline",
    ".",
    "--intent",
    "publish-copy",
    "--purpose",
    "product",
]


def tree(root: Path, files: int) -> None:
    """A git repository with ``files`` files: one dataset in a hundred files, data and code around its card."""
    cards = sorted(FIXTURES.glob("*/dataset/README.md"))
    kinds = ("jsonl", "json", "csv", "txt", "parquet", "py", "md", "yaml")
    for n in range(files):
        home = root / f"set{n // 100 % 40}" / f"d{n // 100}"
        home.mkdir(parents=True, exist_ok=True)
        if n % 100 == 0:
            (home / "README.md").write_bytes(cards[n // 100 % len(cards)].read_bytes())
        else:
            kind = kinds[n % len(kinds)]
            (home / f"part{n}.{kind}").write_text('{"text": "a row of data"}\n' if kind != "py" else "x = 1\n")
    subprocess.run(["git", "init", "-q", str(root)], check=True)


def seconds(command: list[str], folder: Path) -> float:
    """The wall time of one run of ``command`` in ``folder``."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=int, nargs="?", default=10_000)
    parser.add_argument("runs", type=int, nargs="?", default=3)
    given = parser.parse_args()
    files, runs = given.files, given.runs
    reuse = shutil.which("reuse") or shutil.which("reuse", path=str(Path(sys.executable).parent))
    with tempfile.TemporaryDirectory() as folder:
        tree(Path(folder), files)
        seconds(CHECK, Path(folder))
        ours, theirs = [], []
        for _ in range(runs):
            ours.append(seconds(CHECK, Path(folder)))
            if reuse:
                theirs.append(seconds([reuse, "lint"], Path(folder)))
    print(f"{files:,} files, {os.cpu_count()} cores")
    print(f"licensecheck check  {statistics.median(ours):6.2f} s")
    if theirs:
        print(
            f"reuse lint          {statistics.median(theirs):6.2f} s   ratio {statistics.median(theirs) / statistics.median(ours):.1f}"
        )


if __name__ == "__main__":
    main()
