"""The Registry of Open Data on AWS (YAML): ``License`` in words, an address or both."""

from __future__ import annotations

from collections.abc import Mapping

from licensecheck.scanners.document import Document, Said, Told, credit, words


def fits(document: Document) -> bool:
    """Its capitalised keys."""
    tree = document.tree
    return (
        isinstance(tree, Mapping)
        and "License" in tree
        and bool({"ManagedBy", "Resources", "Documentation"} & set(tree))
    )


def read(document: Document) -> Told:
    """The dataset's licence."""
    tree = document.tree
    said = [Said((w,), "License") for w in words(tree, (), "License")]
    return Told(tuple(said), credit(tree.get("Name"), tree.get("ManagedBy"), tree.get("Documentation")))
