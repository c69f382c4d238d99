"""Files that are nearly right: the fixtures and the tests' own documents, cut, copied, spliced and with strange bytes."""

from __future__ import annotations

import json
import random
from pathlib import Path

HERE = Path(__file__).parent
NAMES = (
    "README.md", "LICENSE", "croissant.json", "ro-crate-metadata.json", "datapackage.json", "dataset_infos.json", "CITATION.cff",
    "datacite.xml", "eml.xml", "trees.ttl", "trees.rdf", "REUSE.toml", "dep5", "x.spdx", "page.html", "robots.txt", "tdmrep.json",
    "rsl.xml", "ai.txt", "meta.yaml", "collection.json", "a.dvc", "bom.json", ".zenodo.json", "rows.json", "rows.csv", "loader.py",
)  # fmt: skip
BITS = (b"\x00", b"\xff\xfe", b"{", b"}", b"[" * 50, b"]" * 50, b'"', b"<", b"<![CDATA[", b"&#x41;", b"---\n", b": &a *a", b"license", b"\xea\xb0\x80", b"\n" * 30, b"1e999", b"CC BY ", b"http://" + b"a" * 300)  # fmt: skip


def corpus() -> list[bytes]:
    """Files to begin with."""
    from test_scan_metadata import CASES, HOSTILE

    files = [p.read_bytes() for p in (HERE.parent / "fixtures").rglob("*") if p.is_file() and p.stat().st_size < 20_000]
    own = [c.text if isinstance(c.text, str) else json.dumps(c.text) for c in CASES]
    return [*files, *(t.encode() for t in own), *(t[:3000].encode("utf-8", "replace") for t in HOSTILE.values())]


def mutated(seed: bytes, pool: list[bytes], chance: random.Random) -> bytes:
    """``seed`` with a few cuts, copies, splices and strange bytes."""
    data = bytearray(seed)
    for _ in range(chance.randint(1, 6)):
        at, to = sorted((chance.randint(0, len(data)), chance.randint(0, len(data))))
        what = chance.randrange(5)
        if what == 0:
            del data[at : min(to, at + 200)]
        elif what == 1:
            data[at:at] = data[at : min(to, at + 200)] * chance.randint(1, 4)
        elif what == 2:
            data[at:at] = chance.choice(BITS)
        elif what == 3 and data:
            data[min(at, len(data) - 1)] = chance.randrange(256)
        else:
            other = chance.choice(pool)
            data[at : at + 50] = other[: chance.randint(0, 300)]
    return bytes(data[:60_000])
