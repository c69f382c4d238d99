"""Croissant 1.0 and 1.1 (JSON-LD; docs.mlcommons.org/croissant/docs/croissant-spec.html).

It reads ``license``, ``sdLicense`` of the metadata, ``prov:wasDerivedFrom`` and ``usageInfo``. A document is Croissant by
``conformsTo`` (a string or a list), or as a Dataset with ``recordSet`` or ``distribution``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from licensecheck.model import Scope
from licensecheck.scanners import jsonld
from licensecheck.scanners.document import Document, Said, Told, credit, field, items, text
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=(
        "croissant.{json,jsonld,yaml,yml}",
        "*.croissant.json",
    ),
    signs=(
        "mlcommons.org/croissant",
        "recordSet",
        (
            "distribution",
            "@type",
        ),
        (
            "distribution",
            '"type"',
            "@context",
        ),
    ),
    fields="`license`, also of files",
    notes="`sdLicense` is that of the metadata",
)


def fits(document: Document) -> bool:
    """``conformsTo`` of mlcommons.org/croissant, or a Dataset with record sets."""
    tree = document.tree
    if not isinstance(tree, Mapping):
        return False
    conforms, _ = field(tree, "conformsTo")
    if any("mlcommons.org/croissant" in text(item) for item, _ in items(conforms)):
        return True
    described = field(tree, "recordSet")[0] is not None or field(tree, "distribution")[0] is not None
    return "dataset" in jsonld.types(tree) and described


def read(document: Document) -> Told:
    """The dataset's license, those of its files as parts, and the metadata's own."""
    tree = document.tree
    known = jsonld.by_id(tree)
    said = [
        *jsonld.licenses(tree, (), "license", vocabulary="hf", known=known),
        *jsonld.licenses(tree, (), "sdLicense", scope=Scope.METADATA, known=known),
        *jsonld.licenses(tree, (), "sdLicence", scope=Scope.METADATA, known=known),
        *_parts(tree),
    ]
    made = field(tree, "creator")[0] or field(tree, "author")[0]
    return Told(
        tuple(said),
        credit(field(tree, "name")[0], made, field(tree, "url")[0], field(tree, "copyrightNotice")[0]),
        tuple(
            up
            for node, path in jsonld.nodes(tree)
            if len(path) < 4
            for up in jsonld.lineage(node)
            if _outside(up, tree)
        ),
    )


def _parts(tree: Any) -> Iterator[Said]:
    """Files and record sets that state a license of their own."""
    for name in ("distribution", "recordSet"):
        value, key = field(tree, name)
        for item, path in items(value, (key,)):
            part = text(field(item, "name")[0]) or text(item.get("@id") if isinstance(item, Mapping) else None)
            yield from jsonld.licenses(item, path, "license", vocabulary="hf", part=part)


def _outside(up: str, tree: Any) -> bool:
    """Whether a source is something else than a node of the same document."""
    return "/" in up or ":" in up or not any(node.get("@id") == up for node, _ in jsonld.nodes(tree))
