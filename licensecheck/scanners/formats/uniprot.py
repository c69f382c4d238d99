"""UniProtKB flat files (web.expasy.org/docs/userman.html, 3.12): the notice in the ``CC`` lines between dashes, the same in each entry."""

from __future__ import annotations

from itertools import islice
from typing import Final

from licensecheck.scanners.document import Document, Said, Told, Words
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    signs=("\nCC   ---",),
    fields="the notice in the `CC` lines",
    notes="that of the first entry; the entries of one release have the same",
    endings=("dat", "txt"),
)

_LINES: Final = 20_000


def fits(document: Document) -> bool:
    """A text of lines with ``CC`` notices."""
    return document.tree is None and document.root is None and "\nCC   ---" in document.text


def read(document: Document) -> Told:
    """The words of the first notice."""
    words: list[str] = []
    start, inside = 1, False
    for number, line in enumerate(islice(document.text.split("\n"), _LINES), 1):
        if line.startswith("CC   ---"):
            if words:
                break
            start, inside = number + 1, not inside
        elif inside and line.startswith("CC   "):
            words.append(line[5:].strip())
    notice = "\n".join(words)
    return Told((Said((Words(notice, (start,)),), "CC", prose=True),) if notice else ())
