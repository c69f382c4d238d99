"""Every legal code of Creative Commons, changed as people change it, and what it is identified as.

    python tests/benchmarks/legal_code.py FOLDER [--every N] [--errors]

FOLDER is the legal code of Creative Commons' repository ``cc-legal-tools-data`` (``legacy/legalcode``). Each text is
tried as it is, wrapped at 80 columns, with Windows lines, without its title, without its first tenth, with one letter in
a hundred wrong, and as the HTML page. Right is one license with the id of the legal code's address. A restriction that is
reported although nobody added one is counted as well.
"""

from __future__ import annotations

import argparse
import random
import re
import textwrap
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

from licensecheck.identification.texts import legal_code, match


def plain(text: str) -> str:
    return re.sub(r"[ \t]+", " ", re.sub(r"\s*\n\s*", "\n", text)).strip()


def wrapped(text: str) -> str:
    return "\n\n".join(textwrap.fill(line, 80) for line in plain(text).split("\n"))


def noisy(text: str) -> str:
    """A text with one letter in a hundred lost, doubled or mistaken, as scanning does."""
    chance = random.Random(7)
    letters = (
        chance.choice(("", letter * 2, "l", "o", "1")) if letter.isalnum() and chance.random() < 0.01 else letter
        for letter in plain(text)
    )
    return "".join(letters)


CHANGES: Final[dict[str, Callable[[str], str]]] = {
    "as it is": plain,
    "wrapped at 80 columns": wrapped,
    "Windows lines": lambda text: wrapped(text).replace("\n", "\r\n"),
    "title cut": lambda text: plain(text)[400:],
    "first tenth cut": lambda text: plain(text)[len(plain(text)) // 10 :],
    "one letter in a hundred wrong": noisy,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1, help="try one text in so many")
    parser.add_argument("--errors", action="store_true", help="list what is not right")
    options = parser.parse_args()
    known = list(legal_code.read(options.folder))[:: options.every]
    for name in (*CHANGES, "as HTML"):
        counts: Counter[str] = Counter()
        start = time.process_time()
        for one in known:
            if name != "as HTML":
                text = CHANGES[name](one.text)
            elif one.path.suffix == ".html":
                text = one.path.read_text(encoding="utf-8-sig", errors="replace")
            else:
                continue
            found = match(text)
            ids = {id for part in found for id in (part.license, *part.near)}
            kind = "right" if ids == {one.id} else "none" if not ids else "several" if one.id in ids else "wrong"
            counts[kind] += 1
            counts["restriction reported"] += any(part.added for part in found)
            if options.errors and kind != "right":
                print(f"  {name}: {one.path.name}: {', '.join(sorted(ids)) or 'none'}")
        tried = sum(counts[kind] for kind in ("right", "several", "wrong", "none"))
        shown = ", ".join(
            f"{counts[kind]} {kind}" for kind in ("right", "several", "wrong", "none", "restriction reported")
        )
        print(f"{name}: {tried} texts: {shown}; {tried / (time.process_time() - start):.0f} a second", flush=True)


if __name__ == "__main__":
    main()
