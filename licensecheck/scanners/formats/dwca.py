"""Darwin Core archives (dwc.tdwg.org/text): ``meta.xml`` names the files of rows and gives a term one value for all rows (``default``).

A ``license`` with a ``default`` is that of every row; a column of licenses is read in the file of rows itself. ``rights.txt`` and
``eml.xml`` are read as themselves.
"""

from __future__ import annotations

from typing import Final

from licensecheck.scanners.document import Document, Said, Told, Words, content, elements, tag
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("meta.xml",),
    signs=("rs.tdwg.org/dwc/text",),
    fields="`field` of the term `license` with a `default`",
    notes="columns of licenses are those of the rows",
)


def fits(document: Document) -> bool:
    """An ``archive`` element of Darwin Core."""
    return tag(document.root) == "archive" and "rs.tdwg.org/dwc" in document.text[:20_000]


def read(document: Document) -> Told:
    """The licenses that hold for all rows of a file."""
    said: list[Said] = []
    files = [e for name in ("core", "extension") for e in elements(document.root, name)]
    for table in files:
        part = next((content(e) for e in elements(table, "location")), "") if len(files) > 1 else ""
        for column in elements(table, "field"):
            term, value = column.get("term", ""), column.get("default", "").strip()
            if value and term.rsplit("/", 1)[-1] in ("license", "rights"):
                said.append(Said((Words(value, (column.sourceline or 1,)),), "license", vocabulary="gbif", part=part))
    return Told(tuple(said))
