"""Questions a second of ``evaluate --cases`` on one core, as a whole process. Run: python tests/benchmarks/evaluate.py

Three files: the lawyer's cases over and over, as a gate asks them; a mixture over the licences that
data mostly carries; and questions that are all different, over every licence of the rulebook.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

CASES = Path(__file__).parents[1] / "golden" / "cases.yaml"
COMMON = (
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-NC-4.0",
    "CC0-1.0",
    "MIT",
    "Apache-2.0",
    "CC-BY-SA-3.0",
    "ODbL-1.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0",
)
OUTBOUND = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-SA-4.0", "CC0-1.0", "ODbL-1.0", "MIT")
PURPOSES = ("commercial", "noncommercial", "academic_research", "product", "internal_business")


def lawyers(count: int) -> list[dict[str, object]]:
    """The golden cases, repeated."""
    cases = [c for c in yaml.safe_load(CASES.read_text(encoding="utf-8")) if "claim" not in c and "list" not in c]
    return [{"id": c["id"], "sources": c["sources"], "use": c["use"]} for c in cases * (count // len(cases) + 1)][
        :count
    ]


def mixed(count: int, licenses: tuple[str, ...]) -> list[dict[str, object]]:
    """Questions drawn by chance, always the same."""
    from licensecheck.vocabulary import INTENTS

    chance = random.Random(1)
    made: list[dict[str, object]] = []
    for n in range(count):
        use = {"intent": chance.choice(list(INTENTS)), "purpose": chance.choice(PURPOSES)}
        if use["intent"].startswith("publish"):
            use["outbound"] = chance.choice(OUTBOUND)
        made.append({"id": str(n), "sources": chance.sample(licenses, chance.choice((1, 1, 1, 2))), "use": use})
    return made


def measure(name: str, questions: list[dict[str, object]]) -> None:
    """Print how many of ``questions`` a second are answered."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.jsonl"
        path.write_text("".join(json.dumps(q) + "\n" for q in questions), encoding="utf-8")
        began = time.perf_counter()
        words = [sys.executable, "-m", "licensecheck", "evaluate", "--cases", str(path)]
        subprocess.run(words, stdout=subprocess.DEVNULL, check=False)
        took = time.perf_counter() - began
    print(f"{name}: {len(questions)} in {took:.2f} s, {len(questions) / took:,.0f} a second")


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    from licensecheck.knowledge import rulebook

    measure("the lawyer's cases, repeated", lawyers(100_000))
    measure("ten common licences, mixed", mixed(40_000, COMMON))
    measure("every licence, all different", mixed(10_000, tuple(x.id for x in rulebook.load().licenses())))
