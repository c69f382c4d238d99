"""Mutated files through every scanner, by hand: python tests/fuzz/run.py [SECONDS] [SEED].

Seeds are the fixtures and the tests' own documents. A crash, an input that takes over a second, a connection, a new process
or a file opened for writing ends the run and prints the input.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))


def main() -> int:
    from mutation import NAMES, corpus, mutated

    from licensecheck.base.errors import Unreadable
    from licensecheck.base.files import decode
    from licensecheck.scanners import scan_text

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("seconds", type=float, nargs="?", default=60.0)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    given = parser.parse_args()
    seconds, chance = given.seconds, random.Random(given.seed)
    pool = corpus()
    for name in NAMES:  # everything that is loaded late is loaded before the guard stands
        for seed in pool[::7]:
            scan_text(f"d/{name}", seed.decode("utf-8", "replace"), named=True)

    def guard(event: str, args: tuple[Any, ...]) -> None:
        wrote = event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+")
        if wrote or event in ("socket.connect", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"):
            raise AssertionError(f"{event} {args[:2]}")

    sys.addaudithook(guard)
    count, slowest, began = 0, 0.0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        name, data = chance.choice(NAMES), mutated(chance.choice(pool), pool, chance)
        start = time.process_time()
        try:
            text, _ = decode(data)
            found = scan_text(f"d/{name}", text.replace("\x00", " "), named=True)
            lines = text.count("\n") + text.count("\r") + 2
            assert all(1 <= e.line <= lines and e.column >= 1 for e in (found.evidence if found else ()))
        except Unreadable:
            pass
        except BaseException as error:
            sys.stderr.write(f"{name}: {type(error).__name__}: {error}\n{data!r}\n")
            return 1
        took = time.process_time() - start
        slowest = max(slowest, took)
        if took > 1:
            sys.stderr.write(f"{name}: {took:.1f} s\n{data!r}\n")
            return 1
        count += 1
    sys.stdout.write(f"{count:,} inputs, {count / seconds:,.0f} a second, the slowest {slowest * 1000:.0f} ms\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
