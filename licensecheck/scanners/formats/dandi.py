"""DANDI ``dandiset.yaml`` and its record (dandischema): ``license``, a list of ``spdx:`` ids.

``access`` (``dandi:OpenAccess``) says who may have the files. ``relatedResource`` with ``dcite:IsDerivedFrom`` is a source.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.scanners.document import Document, Said, Told, credit, field, items, text, words
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("dandiset.{yaml,yml,json,jsonld}",),
    signs=("dandischema", "dandi/schema", "schemaKey: Dandiset", '"Dandiset"'),
    fields="`license`",
    notes="`access` is not a license; several licenses are a list without an operator",
)


def fits(document: Document) -> bool:
    """An object of the file's name, or whose ``schemaKey`` is ``Dandiset``."""
    tree = document.tree
    return isinstance(tree, Mapping) and (
        document.name.startswith("dandiset.")
        or text(tree.get("schemaKey")) == "Dandiset"
        or "dandi/schema" in str(tree.get("@context"))
    )


def read(document: Document) -> Told:
    """The licenses of the dandiset, its contributors and its sources."""
    tree = document.tree
    said = tuple(Said((w,), "license") for w in words(tree, (), "license"))
    makers = [text(field(c, "name")[0]) for c, _ in items(tree.get("contributor"))]
    related = [
        text(field(r, "url", "identifier")[0])
        for r, _ in items(tree.get("relatedResource"))
        if "derivedfrom" in text(field(r, "relation")[0]).lower()
    ]
    return Told(
        said,
        credit(tree.get("name"), makers, field(tree, "url", "doi")[0], tree.get("acknowledgement")),
        tuple(filter(None, related)),
    )
