"""How well the restriction model hears a writer it has not learned from, and how much it flags: the curves.

python tests/benchmarks/restriction_model.py [--bits N] [--texts FOLDER] [--lines FILE.yaml]

It needs the extra ``train``. With ``--bits`` the table has another size. ``--texts`` counts the flagged sentences of the
Markdown files below FOLDER that state no license which the phrases know, by the shipped table. ``--lines`` does the same
for rows of ``text`` in a YAML file.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import yaml

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "tools"))

import train_restriction_model as train

from licensecheck.identification import find
from licensecheck.identification import restriction_model as model

THRESHOLDS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.7, 0.8)
_ENDS = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")


def share(flags: np.ndarray) -> str:
    return f"{100 * flags.mean():6.1f}" if len(flags) else "     –"


def row(name: str, chances: np.ndarray, *, digits: int = 1) -> None:
    print(
        f"{name:28}" + "".join(f"{100 * (chances >= t).mean():8.{digits}f}" for t in THRESHOLDS) + f"{len(chances):8}"
    )


def head(title: str) -> None:
    print(f"\n{title}\n{'':28}" + "".join(f"{t:8}" for t in THRESHOLDS) + "       n")


def by(lines: Sequence[train.Line], chances: np.ndarray, key: Callable[[train.Line], str], least: int) -> None:
    """Heard and flagged at 0.5 for each value of ``key`` that has ``least`` lines."""
    found: dict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        found[key(line)].append(i)
    restricts = np.array([line.restricts for line in lines])
    for name, places in sorted(found.items(), key=lambda item: -len(item[1])):
        if len(places) >= least:
            here = np.array(places)
            heard = share(chances[here[restricts[here]]] >= 0.5)
            flagged = share(chances[here[~restricts[here]]] >= 0.5)
            print(f"  {name[:40]:40} heard {heard}  flagged {flagged}  of {len(here)}")


def sentences(folder: Path) -> Iterable[str]:
    """Lines outside of code, cut at the ends of sentences, that have words."""
    for path in sorted(folder.rglob("*.md")):
        code = False
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.lstrip().startswith("```"):
                code = not code
            elif not code:
                for part in _ENDS.split(line):
                    if len(part.strip()) >= 8 and re.search(r"[^\W\d_]{2}", part):
                        yield part.strip()


def shipped(texts: Iterable[str]) -> np.ndarray:
    return np.array([model.weigh(text, model.license_names(text)) for text in texts])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bits", type=int, default=train.BITS)
    parser.add_argument("--texts", type=Path, action="append", default=[])
    parser.add_argument("--lines", type=Path, action="append", default=[])
    parser.add_argument(
        "--shipped-only", action="store_true", help="train nothing: only --texts, --lines and the speed"
    )
    chosen = parser.parse_args()
    lines = train.corpus()
    texts = [line.text for line in lines]
    if not chosen.shipped_only:
        curves(lines, texts, chosen.bits)
    for path in chosen.lines:
        rows = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        head(f"{path.name}, shipped table, % flagged from threshold")
        row("all", shipped(line["text"] for line in rows))
    for folder in chosen.texts:
        left = [s for s in sentences(folder) if not any(found.license for found in find(s))]
        head(f"sentences of {folder.name} without a known statement, shipped table, % flagged from threshold")
        row("all", shipped(left), digits=2)
    speed(texts)


def curves(lines: list[train.Line], texts: list[str], bits: int) -> None:
    """Each writer kept aside in turn; then how the curve rises with the number of writers."""
    restricts = np.array([line.restricts for line in lines])
    matrix = train.features(texts, bits)
    scores = train.aside(lines, matrix)
    slope, shift = train.calibrated(scores, restricts)
    chances = 1 / (1 + np.exp(-(slope * scores + shift)))
    writer = np.array([line.writer for line in lines])
    ordinary = np.isin(writer, list(train.is_ordinary(lines)))
    head("restrictions heard, %, each writer kept aside, from threshold")
    for one in sorted(set(writer[~ordinary])):
        row(one, chances[(writer == one) & restricts])
    row("all", chances[restricts])
    head("harmless lines of the same writers flagged, %")
    for one in sorted(set(writer[~ordinary])):
        row(one, chances[(writer == one) & ~restricts])
    row("all", chances[~ordinary & ~restricts])
    head("ordinary lines flagged, %, each part kept aside")
    for one in sorted(set(writer[ordinary])):
        row(one, chances[writer == one])
    print("\nby language, at 0.5")
    by(lines, chances, lambda line: line.lang, 10)
    print("\nby kind, at 0.5")
    by(lines, chances, lambda line: re.split(r"[,:(]", line.kind)[0].strip(), 30)
    print(
        "\nby number of writers learned from, at the threshold that flags 12 % of the harmless lines of the one aside"
    )
    both = sorted(set(writer[~ordinary]), key=lambda name: int(name[1:]))
    for count in (2, 5, len(both) - 1):
        heard = []
        for one in both:
            others = [name for name in both if name != one]
            at = both.index(one) % len(others)
            taken = (others[at:] + others[:at])[:count]
            weights, bias = train.learn(
                matrix[np.isin(writer, taken) | ordinary], restricts[np.isin(writer, taken) | ordinary]
            )
            got = matrix[writer == one] @ weights + bias
            of_one = restricts[writer == one]
            heard.append((got[of_one] > np.quantile(got[~of_one], 0.88)).mean())
        print(f"  {count:2} writers: {100 * np.mean(heard):.1f} % heard")


def speed(texts: list[str]) -> None:
    """Microseconds of CPU time for a sentence of the corpus, words met before and not."""
    model._table.cache_clear()
    began = time.process_time()
    model.weigh("x")
    loaded = time.process_time()
    for text in texts:
        model.weigh(text)
    first = time.process_time()
    for text in texts:
        model.weigh(text)
    again = time.process_time()
    print(
        f"\nloading {1e3 * (loaded - began):.1f} ms; a sentence of {np.mean([len(t) for t in texts]):.0f} characters "
        f"{1e6 * (first - loaded) / len(texts):.0f} µs, with words met before {1e6 * (again - first) / len(texts):.0f} µs"
    )


if __name__ == "__main__":
    main()
