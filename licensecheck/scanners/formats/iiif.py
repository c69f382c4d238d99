"""IIIF Presentation 2 and 3, Image 3 (iiif.io/api): ``rights`` (the address of one license or rights statement), ``license`` in version 2.

``requiredStatement`` and ``attribution`` are credits that must be shown, and may say more than ``rights``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from licensecheck.scanners.document import Document, Said, Told, Words, credit, field, items, text, walk, words
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("manifest.json",),
    signs=("iiif.io/api",),
    fields="`rights`, `license`, required statement",
    notes="a credit may say more than `rights`",
)


def fits(document: Document) -> bool:
    """A IIIF context."""
    tree = document.tree
    return isinstance(tree, Mapping) and any("iiif.io/api" in text(item) for item, _ in items(tree.get("@context")))


def read(document: Document) -> Told:
    """The manifest's rights, and what its required statement says of use."""
    tree = document.tree
    said = [Said((w,), "rights") for w in words(tree, (), "rights", "license")]
    statement, key = field(tree, "requiredStatement", "attribution")
    shown = _texts(statement)
    said += [Said((Words(line, (key,)),), key, prose=True) for line in shown if statement is not None]
    label = next(iter(_texts(tree.get("label"))), "")
    return Told(tuple(said), credit(label, None, tree.get("id") or tree.get("@id"), " ".join(shown)))


def _texts(value: Any) -> list[str]:
    if isinstance(value, Mapping) and "value" in value and "label" in value:
        value = value["value"]
    return [inner for _, inner in walk(value, 6)][:20]
