"""OBO flat files, 1.2 and 1.4 (owlcollab.github.io/oboformat): ``property_value: dcterms:license`` of the header.

The header ends at the first stanza (``[Term]``): what terms state of themselves is not read.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from licensecheck.base import regex
from licensecheck.scanners.document import Document, Said, Told, Words, credit
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("*.obo",),
    signs=("format-version:",),
    fields="`property_value: dcterms:license` of the header",
    notes="terms are not read; `dcterms:bibliographicCitation` is the credit that is asked for",
    endings=("obo",),
)

_VALUE: Final = regex.compile(
    r"property_value:\s*(\S{1,200}[/:#])(license|rights|title|creator|bibliographicCitation)\s+(\"(?:[^\"\\]|\\.){0,2000}\"|\S{1,2000})",
    re.I,
)
_HEADER: Final = 5_000
"""Lines of a header that are read."""


def fits(document: Document) -> bool:
    """A text that begins as the format does."""
    return document.tree is None and document.root is None and "format-version:" in document.text[:20_000]


def read(document: Document) -> Told:
    """The license, title and makers of the header."""
    said: list[Said] = []
    credits: dict[str, list[str]] = {}
    for number, line in enumerate(islice(document.text.split("\n"), _HEADER), 1):
        if line.startswith("["):
            break
        if m := _VALUE.match(line):
            value, key = m[3].strip('"'), m[2].lower()
            if key in ("license", "rights"):
                said.append(Said((Words(value, (number,)),), key))
            else:
                credits.setdefault(key, []).append(value)
    asked = credits.get("bibliographiccitation", [])[:1]
    return Told(tuple(said), credit(credits.get("title", [])[:1], credits.get("creator"), notice=asked))
