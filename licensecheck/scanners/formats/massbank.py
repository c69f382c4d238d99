"""MassBank records (MassBank Record Format 2.6, 2.1.5 and 2.1.6): ``LICENSE`` and ``COPYRIGHT`` of each record.

Each record has a license of its own, as contributors chose it; ``COPYRIGHT`` names the holder.
"""

from __future__ import annotations

from typing import Final

from licensecheck.scanners.document import Document, Said, Told, Words, credit, keyed
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    signs=(("ACCESSION:", "RECORD_TITLE:"),),
    fields="`LICENSE:`",
    notes="each record has its own",
    endings=("txt",),
)


def fits(document: Document) -> bool:
    """A text that begins with ``ACCESSION:``."""
    return (
        document.tree is None and document.root is None and document.text.lstrip("\ufeff \n").startswith("ACCESSION:")
    )


def read(document: Document) -> Told:
    """The license of the record."""
    lines = {key: (value, line) for key, value, line in keyed(document.text)}
    value, line = lines.get("LICENSE", ("", 1))
    said = (Said((Words(value, (line,)),), "LICENSE"),) if value else ()
    return Told(
        said,
        credit(
            lines.get("RECORD_TITLE", ("", 1))[0],
            lines.get("AUTHORS", ("", 1))[0] or None,
            None,
            lines.get("COPYRIGHT", ("", 1))[0],
        ),
    )
