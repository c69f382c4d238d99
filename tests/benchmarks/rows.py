"""Rows of a large table: the whole command against the bare engine that does the same with the verdicts given.

python tests/benchmarks/rows.py [ROWS] [FORM]: makes a table of ROWS (2 000 000) rows with 200 messy texts of licenses (Zipf), five
columns, in each FORM (parquet csv jsonl), and prints the seconds of both, their ratio, and the peak memory of the command.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

_BASES = ("CC BY {v}", "cc-by-{v}", "CC BY-SA {v}", "Creative Commons Attribution {v}", "https://creativecommons.org/licenses/by-nc/{v}/",
          "CC BY-NC-SA {v}", "cc by nd {v}", "Attribution-ShareAlike {v} International", "CC0 1.0", "Public Domain", "MIT License", "Apache 2.0",
          "All rights reserved", "Custom", "unspecified", "", "ODbL", "GFDL", "© museum {v}", "see website")  # fmt: skip
_VERSIONS = ("2.0", "2.5", "3.0", "4.0", "4.0 ", " 4.0", "3.0.", "(4.0)", "v4.0", "4")
_COPY = {
    "parquet": "(FORMAT parquet, COMPRESSION zstd)",
    "csv": "(FORMAT csv, HEADER)",
    "jsonl": "(FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01')",
}
_READ = {
    "parquet": "read_parquet('{}')",
    "csv": "read_csv('{}', all_varchar = true)",
    "jsonl": "read_csv('{}', columns = {{'line': 'VARCHAR'}}, header = false, delim = '\x01', quote = '', escape = '', auto_detect = false)",
}
_TIMES = 3
"""Each is run so often, and the fastest counts: other work on the machine only adds."""
_USE = ("--intent", "publish-adaptation", "--purpose", "product")


def make(folder: Path, rows: int, form: str) -> Path:
    """A table of ``rows`` rows."""
    texts = list(dict.fromkeys(base.format(v=v) for base in _BASES for v in _VERSIONS))[:200]
    texts += [f"{text} " for text in texts][: 200 - len(texts)]
    path = folder / f"table.{form}"
    engine = duckdb.connect(config={"memory_limit": "1GB"})
    engine.execute("CREATE TABLE texts AS SELECT unnest(?::VARCHAR[]) AS text, generate_subscripts(?::VARCHAR[], 1) AS n", [texts, texts])  # fmt: skip
    engine.execute("SELECT setseed(0.5)")
    select = (
        "SELECT id, text AS license, 'https://a.example/' || id AS url, md5(id::VARCHAR) AS title, 'author ' || (id % 997) AS author FROM "
        f"(SELECT i AS id, least(200, floor(pow(200, random()))::INT) AS n FROM range({rows}) t(i)) JOIN texts USING (n)"
    )
    engine.execute(f"COPY ({select}) TO '{path}' {'(FORMAT json)' if form == 'jsonl' else _COPY[form]}")
    return path


def bare(path: Path, form: str, keep: Path, allowed: list[str]) -> float:
    """Seconds that the engine alone takes for the same distinct, join and write."""
    source = _READ[form].format(path)
    key = "json_extract_string(line, '$.license')" if form == "jsonl" else "license"
    began = time.perf_counter()
    engine = duckdb.connect(config={"memory_limit": "512MB"})
    engine.execute(f"SELECT {key}, count(*) FROM {source} GROUP BY ALL").fetchall()
    engine.execute("CREATE TEMP TABLE allowed AS SELECT unnest(?::VARCHAR[]) AS text", [allowed])
    engine.execute(
        f"COPY (SELECT t.* FROM {source} t JOIN allowed ON trim({key}) = allowed.text) TO '{keep}' {_COPY[form]}"
    )
    return time.perf_counter() - began


def whole(path: Path, keep: Path) -> tuple[float, dict[str, object]]:
    """Seconds that the command takes, and its answer."""
    command = [sys.executable, "-m", "licensecheck", "rows", str(path), *_USE, "--keep", str(keep), "--format", "json"]
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    took = time.perf_counter() - began
    if done.returncode not in (0, 1, 3):
        raise SystemExit(done.stderr or done.stdout[-2000:])
    return took, json.loads(done.stdout)


def main() -> None:
    """Measure each form."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000
    print(f"{os.cpu_count()} cores, duckdb {duckdb.__version__}, {rows:,} rows")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for form in sys.argv[2:] or ("parquet", "csv", "jsonl"):
            path = make(folder, rows, form)
            took, found = min((whole(path, folder / f"keep.{form}") for _ in range(_TIMES)), key=lambda pair: pair[0])
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            listed: list[dict[str, object]] = found["licenses"]  # type: ignore[assignment]
            allowed = sorted({str(one["value"]).strip() for one in listed if one["decision"] == "allow"})
            alone = min(bare(path, form, folder / f"bare.{form}", allowed) for _ in range(_TIMES))
            print(f"{form:8} {path.stat().st_size / 1e6:8.1f} MB  command {took:6.2f} s  engine {alone:6.2f} s  ratio {took / alone:5.2f}  peak {peak:6.0f} MiB  kept {found['written']}")  # fmt: skip
            path.unlink()


if __name__ == "__main__":
    main()
