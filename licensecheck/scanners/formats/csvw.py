"""CSV on the Web metadata (w3.org/TR/tabular-metadata): ``dc:license`` of a table or table group, as ``{"@id": ...}`` or text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.scanners import jsonld
from licensecheck.scanners.document import Document, Told, credit, field, items, text
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("{*-,*_,*.}metadata.json",),
    signs=("ns/csvw",),
    fields="`dc:license` of group and tables",
    notes="tables are parts",
)


def fits(document: Document) -> bool:
    """The CSVW context."""
    tree = document.tree
    return isinstance(tree, Mapping) and any("ns/csvw" in text(item) for item, _ in items(tree.get("@context")))


def read(document: Document) -> Told:
    """The license of the group, and of tables that have their own."""
    tree = document.tree
    said = [*jsonld.licenses(tree, (), "license", vocabulary="opendefinition"), *jsonld.licenses(tree, (), "rights")]
    for table, path in items(field(tree, "tables")[0], ("tables",)):
        said += jsonld.licenses(table, path, "license", vocabulary="opendefinition", part=text(field(table, "url")[0]))
    title, made = field(tree, "title")[0], field(tree, "creator", "publisher")[0]
    return Told(tuple(said), credit(title, made, field(tree, "url")[0]), jsonld.lineage(tree))
