"""Cards read in a second on one core, beside the plainest reading: ``yaml.safe_load`` of the front matter alone.

python tests/benchmarks/cards.py [FOLDER]: the cards (``*.md``) below FOLDER, else those of the fixtures filled into
the hub's card template at the sizes that cards have (median 8 kB).
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from licensecheck.targets.targets import resolve_target

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
SECTIONS = (
    "Dataset Description", "Dataset Summary", "Supported Tasks and Leaderboards", "Languages", "Dataset Structure",
    "Data Instances", "Data Fields", "Data Splits", "Dataset Creation", "Curation Rationale", "Source Data",
    "Annotations", "Personal and Sensitive Information", "Considerations for Using the Data", "Discussion of Biases",
)  # fmt: skip
FEATURES = "\n".join(f"  - name: column_{n}\n    dtype: string" for n in range(12))
FRONT = "annotations_creators:\n- expert-generated\nlanguage:\n- en\nsize_categories:\n- 10K<n<100K\ndataset_info:\n  features:\n"


def cards(folder: Path) -> list[Path]:
    """One card for each of the fixtures' cards and each of twelve sizes, as the hub's template makes them."""
    made = []
    for n, path in enumerate(sorted(FIXTURES.glob("*/dataset/README.md"))):
        text = path.read_text(encoding="utf-8")
        if not text.startswith("---"):
            continue
        _, front, body = text.split("---", 2)
        for size in range(1, 13):
            filled = "\n".join(
                f"## {name}\n\n{'The rows were written by hand and checked twice. ' * size}\n" for name in SECTIONS
            )
            example = f'```json\n{{"text": "{"word " * 40}"}}\n```\n'
            card = folder / f"{n}-{size}.md"
            card.write_text(f"---{front}{FRONT}{FEATURES}\n---\n{filled}{example}{body}", encoding="utf-8")
            made.append(card)
    return made


def plain(path: Path) -> object:
    """What a script would do: the front matter's ``license`` and nothing else."""
    _, front, _ = path.read_text(encoding="utf-8").split("---", 2)
    return yaml.load(front, Loader=yaml.CSafeLoader).get("license")


def rate(paths: list[Path], read: Callable[[Path], object]) -> float:
    """Cards a second of CPU time, the median of five runs."""
    times = []
    for _ in range(5):
        began = time.process_time()
        for path in paths:
            read(path)
        times.append(time.process_time() - began)
    return len(paths) / statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    given = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as folder:
        paths = sorted(given.rglob("*.md")) if given else cards(Path(folder))
        if not paths:
            parser.error(f"{given} has no card (*.md)")
        size = statistics.median(path.stat().st_size for path in paths)
        ours = rate(paths, lambda path: resolve_target(str(path)))
        try:
            theirs = rate(paths, plain)
        except (ValueError, AttributeError, yaml.YAMLError):
            theirs = 0.0
    print(f"{len(paths)} cards, median {size:,.0f} bytes")
    print(f"licensecheck, every statement with its place  {ours:8,.0f} cards/s")
    if theirs:
        print(f"yaml.load of the front matter, license alone  {theirs:8,.0f} cards/s   ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
