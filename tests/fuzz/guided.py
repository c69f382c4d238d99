"""The scanners under coverage-guided mutation, by hand: python tests/fuzz/guided.py [CORPUS] [-max_total_time=600] [-timeout=2].

Wants ``atheris`` (Python 3.11 to 3.13), which is no dependency: pip install atheris. The first byte of an input chooses the name
of the file. With a folder CORPUS that is empty, the seeds of ``tests/mutation.py`` are put into it.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import atheris  # type: ignore[import-not-found]

with atheris.instrument_imports(include=["licensecheck"]):
    from mutation import NAMES, corpus

    from licensecheck import identification
    from licensecheck.base.errors import LicensecheckError
    from licensecheck.base.files import decode
    from licensecheck.expression import parse
    from licensecheck.scanners import scan_text
    from licensecheck.scanners.resolve import resolve

    for _name in NAMES:  # what is loaded late must be seen by the fuzzer too, and loaded before anybody watches
        for _seed in corpus()[::5]:
            scan_text(f"d/{_name}", _seed.decode("utf-8", "replace"), named=True)

import contextlib

from watch import watched


def one(data: bytes) -> None:
    """One file, and its words as an expression."""
    name = NAMES[data[0] % len(NAMES)] if data else NAMES[0]
    try:
        text, _ = decode(data[1:])
    except LicensecheckError:
        return
    text = text.replace("\x00", " ")
    with watched() as done:
        found = scan_text(f"d/{name}", text, named=True)
        if found:
            resolve("d", found)
        identification.value(text[:300])
        with contextlib.suppress(LicensecheckError):
            parse(text[:300])
    lines = text.count("\n") + text.count("\r") + 2
    assert all(1 <= e.line <= lines and e.column >= 1 for e in (found.evidence if found else ()))
    assert not done, done


if __name__ == "__main__":
    folders = [Path(word) for word in sys.argv[1:] if not word.startswith("-")]
    if folders and folders[0].is_dir() and not any(folders[0].iterdir()):
        for number, seed in enumerate(corpus()):
            for kind in range(0, len(NAMES), 5):
                (folders[0] / f"{number}-{kind}").write_bytes(bytes([(number + kind) % len(NAMES)]) + seed[:8000])
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
