"""SSSOM mappings (mapping-commons.github.io/sssom): ``license`` of the mapping set, in the commented header of the table.

The specification asks for an address. Columns ``object_source`` and ``subject_source`` have licenses of their own, which no field states.
"""

from __future__ import annotations

from typing import Final

from licensecheck.scanners.document import Document, Said, Told, Words, credit, keyed
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("*.sssom.tsv", "*.sssom.{yml,yaml}"),
    signs=(("mapping_set_id", "license"), ("curie_map", "license")),
    fields="`license` of the header",
    notes="the mapped vocabularies have licenses of their own",
    endings=("tsv",),
)


def fits(document: Document) -> bool:
    """A table with a commented header of a mapping set, or such a header in a file of its own."""
    if document.tree is None:
        return document.text.lstrip("\ufeff").startswith("#")
    return "mapping_set_id" in document.tree or "curie_map" in document.tree


def read(document: Document) -> Told:
    """The license of the mapping set."""
    if document.tree is not None:
        header = {key: (str(value), 1) for key, value in document.tree.items() if isinstance(value, str)}
        header = {key: (text, getattr(document.tree[key], "line", 1)) for key, (text, _) in header.items()}
    else:
        lines = document.text.lstrip("\ufeff").split("\n")
        count = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
        plain = "\n".join(line[1:].strip() for line in lines[:count])
        header = {key: (value.strip("'\""), number) for key, value, number in keyed(plain)}
    license, line = header.get("license", ("", 1))
    title, source = header.get("mapping_set_title", ("", 1))[0], header.get("mapping_set_id", ("", 1))[0]
    path = ("license",) if document.tree is not None else (line,)
    return Told((Said((Words(license, path),), "license"),) if license else (), credit(title, None, source))
