"""Learn the table of ``licensecheck/identification/restriction_model.py`` from ``rules/sentences/``.

    pip install -e '.[train]'
    python tools/train_restriction_model.py [--out FILE]

The same sentences and the same versions of scikit-learn, SciPy and NumPy give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import scipy
import sklearn
import yaml
from scipy import sparse
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from licensecheck.base import compiled  # noqa: E402
from licensecheck.identification import restriction_model as model  # noqa: E402
from licensecheck.knowledge import restrictions  # noqa: E402

BITS = 19
"""The table has 2 ** BITS buckets of one byte. ``tests/benchmarks/restriction_model.py --bits`` shows what fewer cost."""
STRENGTH = 1.0
"""Inverse of the regularization of the logistic regression."""
FOLDS = 5
"""Parts that the lines of ordinary writers are cut into, for scores that were not trained on them."""


class Line(NamedTuple):
    """One labelled sentence."""

    writer: str
    lang: str
    restricts: bool
    kind: str
    text: str


class Weights(NamedTuple):
    """What was learned: one weight for each bucket, and the constant."""

    weights: np.ndarray
    bias: float


def files() -> list[Path]:
    """The files of the corpus, in order."""
    return compiled.files(ROOT / "rules", ("sentences/*.yaml",))


def corpus() -> list[Line]:
    """Every line of ``rules/sentences/``, and the cases of the phrases that state nothing. Raises :class:`ValueError` for a label that does not exist."""
    lines: list[Line] = []
    for path in files():
        content = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        for row in content["sentences"]:
            if row["label"] not in ("restricts", "harmless"):
                raise ValueError(f"{path}: the label {row['label']!r} is neither restricts nor harmless: {row['text']}")
            restricts = row["label"] == "restricts"
            lines.append(Line(content["writer"], row["lang"], restricts, str(row["kind"]), row["text"]))
    lines += (Line("cases", "", False, case.kind, case.text) for case in restrictions.cases() if not case.says)
    return lines


def features(texts: Sequence[str], bits: int = BITS) -> sparse.csr_matrix:
    """One row a sentence, its license names masked: how often each bucket comes, over the root of all that come."""
    ends, found, size = [0], [], []
    for text in texts:
        one = model.buckets(model.masked(text, model.license_names(text)), bits)
        found += one
        ends.append(len(found))
        size.append(1 / max(len(one), model.FEWEST) ** 0.5)
    matrix = sparse.csr_matrix((np.ones(len(found)), found, ends), shape=(len(texts), 2**bits))
    matrix.sum_duplicates()
    return sparse.csr_matrix(sparse.diags(size) @ matrix)


def learn(matrix: sparse.csr_matrix, restricts: np.ndarray) -> Weights:
    """Logistic regression on features by how rare they are; the rarity is part of the weights that come back."""
    common = np.bincount(matrix.indices, minlength=matrix.shape[1])
    rarity = np.where(common > 0, np.log((1 + matrix.shape[0]) / (1 + common)) + 1, 0.0)
    fitted = LogisticRegression(C=STRENGTH, solver="liblinear", tol=1e-4, max_iter=500, random_state=0)
    fitted.fit(matrix @ sparse.diags(rarity), restricts)
    return Weights(fitted.coef_[0] * rarity, float(fitted.intercept_[0]))


def is_ordinary(lines: Sequence[Line]) -> set[str]:
    """The writers who wrote harmless lines alone: they are cut into parts, since none of them has both labels."""
    return {line.writer for line in lines} - {line.writer for line in lines if line.restricts}


def aside(lines: Sequence[Line], matrix: sparse.csr_matrix) -> np.ndarray:
    """The score of each line by a model that did not learn from its writer (for ordinary ones: from its part)."""
    restricts = np.array([line.restricts for line in lines])
    ordinary = is_ordinary(lines)
    group = np.array([
        f"part {i % FOLDS}" if line.writer in ordinary else line.writer for i, line in enumerate(lines)
    ])  # fmt: skip
    scores = np.zeros(len(lines))
    for one in sorted(set(group)):
        away = group == one
        weights, bias = learn(matrix[~away], restricts[~away])
        scores[away] = matrix[away] @ weights + bias
    return scores


def calibrated(scores: np.ndarray, restricts: np.ndarray) -> tuple[float, float]:
    """Slope and shift that make a likelihood of a score (Platt 1999), from scores that were kept aside."""
    fitted = LogisticRegression(C=1e6).fit(scores[:, None], restricts)
    return round(float(fitted.coef_[0][0]), 3), round(float(fitted.intercept_[0]), 3)


def packed(learned: Weights, slope: float, shift: float, lines: Sequence[Line]) -> bytes:
    """The table as the package reads it: one line of JSON, then the weights as signed bytes, compressed."""
    scale = float(np.abs(learned.weights).max()) / 127
    small = np.clip(np.rint(learned.weights / scale), -127, 127).astype(np.int8)
    head = {
        "scale": scale,
        "bias": learned.bias,
        "slope": slope,
        "shift": shift,
        "about": {
            "corpus": compiled.digest(files()),
            "sentences": len(lines),
            "restricts": sum(line.restricts for line in lines),
            "writers": sorted({line.writer for line in lines}),
            "scikit-learn": sklearn.__version__,
            "scipy": scipy.__version__,
            "numpy": np.__version__,
        },
    }
    return json.dumps(head, separators=(",", ":")).encode() + b"\n" + zlib.compress(small.tobytes(), 9)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=model.TABLE, metavar="FILE")
    chosen = parser.parse_args(arguments)
    lines = corpus()
    matrix = features([line.text for line in lines])
    restricts = np.array([line.restricts for line in lines])
    slope, shift = calibrated(aside(lines, matrix), restricts)
    data = packed(learn(matrix, restricts), slope, shift, lines)
    chosen.out.write_bytes(data)
    print(f"{chosen.out}: {len(lines)} sentences, {sum(restricts)} of them restrict, {len(data)} bytes")  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
