"""The Registry of Open Data on AWS (YAML; github.com/awslabs/open-data-registry, schema.yaml): ``License`` as text, an address or both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.scanners.document import Document, Said, Told, credit, words
from licensecheck.scanners.formats import Format, Known

FORMAT: Final = Format(
    signs=(
        "ManagedBy:",
        (
            "License:",
            "Resources:",
        ),
        (
            "License:",
            "Documentation:",
        ),
    ),
    fields="`License`",
    notes="text, an address, or both",
    known=Known.BY_KEYS,
)


def fits(document: Document) -> bool:
    """Its capitalised keys."""
    tree = document.tree
    return (
        isinstance(tree, Mapping)
        and "License" in tree
        and bool({"ManagedBy", "Resources", "Documentation"} & set(tree))
    )


def read(document: Document) -> Told:
    """The dataset's license."""
    tree = document.tree
    said = [Said((w,), "License") for w in words(tree, (), "License")]
    return Told(tuple(said), credit(tree.get("Name"), tree.get("ManagedBy"), tree.get("Documentation")))
