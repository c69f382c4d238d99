"""PANGAEA tables (wiki.pangaea.de/wiki/Tab-delimited_text): the header ``/* DATA DESCRIPTION: ... */`` with a line ``License:``."""

from __future__ import annotations

from typing import Final

from licensecheck.scanners.document import Document, Said, Told, Words, credit, keyed
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    signs=("/* DATA DESCRIPTION:",),
    fields="`License:` of the header",
    notes="`Status` and `Access constraints` are no license",
    endings=("tab", "txt", "tsv"),
)


def fits(document: Document) -> bool:
    """A text that begins with the header."""
    return (
        document.tree is None
        and document.root is None
        and document.text.lstrip("\ufeff \n").startswith("/* DATA DESCRIPTION:")
    )


def read(document: Document) -> Told:
    """The license in the header, and how the data is cited."""
    header = document.text.split("*/", 1)[0]
    lines = {key.lower(): (value, line) for key, value, line in keyed(header)}
    value, line = lines.get("license", ("", 1))
    said = (Said((Words(value, (line,)),), "License"),) if value else ()
    return Told(said, credit(None, None, None, lines.get("citation", ("", 1))[0]))
