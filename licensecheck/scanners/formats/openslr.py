"""OpenSLR ``info.txt`` (openslr.org): lines ``name``, ``summary``, ``category``, ``license``, ``file``.

The value of ``license`` is often a sentence, with conditions of its own.
"""

from __future__ import annotations

from typing import Final

from licensecheck.scanners.document import Document, Said, Told, Words, credit, keyed
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("info.txt",),
    signs=(("summary:", "category:", "license:"), ("name:", "summary:", "license:")),
    fields="`license:`",
    notes="often a sentence with conditions of its own",
    endings=("txt",),
)


def fits(document: Document) -> bool:
    """A text with lines ``summary:`` and ``license:``."""
    if document.tree is not None or document.root is not None:
        return False
    keys = {key.lower() for key, _, _ in keyed(document.text[:20_000])}
    return "license" in keys and bool({"summary", "category", "name"} & keys)


def read(document: Document) -> Told:
    """The license in its own words."""
    lines = {key.lower(): (value, line) for key, value, line in keyed(document.text)}
    value, line = lines["license"]
    said = (Said((Words(value, (line,)),), "license", prose=len(value) > 60),) if value else ()
    return Told(said, credit(lines.get("name", ("", 1))[0], None, lines.get("alternate_url", ("", 1))[0]))
