"""``DESCRIPTION`` of an R package (Writing R Extensions, 1.1.1 and 1.1.2): ``License``.

``|`` is a choice. ``+ file LICENSE`` adds a file, which for MIT and BSD is a template with the year and the holder alone; ``file LICENSE`` by
itself points to that file, which is read as itself. A package of data is under this license, whatever it is made for.
"""

from __future__ import annotations

import re
from typing import Final

from licensecheck.scanners.document import Document, Said, Told, Words, credit, keyed
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("DESCRIPTION",),
    fields="`License:`",
    notes="`|` is a choice; a `LICENSE` of two lines (`YEAR`, `COPYRIGHT HOLDER`) is a template",
)

_FILE: Final = re.compile(r"\+?\s*file\s+LICEN[CS]E\b", re.I)


def fits(document: Document) -> bool:
    """A text with ``Package:`` and ``License:``."""
    if document.tree is not None or document.root is not None:
        return False
    keys = {key for key, _, _ in keyed(document.text[:50_000])}
    return {"Package", "License"} <= keys or {"Package", "Version", "Title"} <= keys


def read(document: Document) -> Told:
    """The license, or the licenses of which one may be chosen."""
    lines = {key: (value, line) for key, value, line in keyed(document.text)}
    value, line = lines.get("License", ("", 1))
    names = [name for part in value.split("|") if (name := _FILE.sub("", part).strip(" +"))]
    options = tuple((Words(name, (line,)),) for name in names)
    said: tuple[Said, ...] = ()
    if len(options) == 1:
        said = (Said(options[0], "License"),)
    elif options:
        said = (Said((), "License", alternatives=options),)
    makers = lines.get("Author") or lines.get("Maintainer") or ("", 1)
    return Told(
        said, credit(lines.get("Title", ("", 1))[0], makers[0] or None, lines.get("URL", ("", 1))[0].split(",")[0])
    )
