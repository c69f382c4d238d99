"""Zarr attributes: ``.zattrs`` and ``.zmetadata`` (zarr.readthedocs.io, version 2), ``zarr.json`` (version 3): ``license``, as in ACDD 1.3.

Attributes of the group at the root are about the whole; those of an array or a group below it are a part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from licensecheck.knowledge import fields
from licensecheck.scanners.document import Document, Path, Said, Told, credit, field, words
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=(".zattrs", "zarr.json", ".zmetadata"),
    signs=("zarr_format", "zarr_consolidated_format"),
    fields="attribute `license`",
    notes="attributes of arrays are parts",
    endings=("zattrs", "zmetadata"),
)


def fits(document: Document) -> bool:
    """A file of one of the names, or with ``zarr_format``."""
    tree = document.tree
    return isinstance(tree, Mapping) and (
        document.name in FORMAT.names or "zarr_format" in tree or "zarr_consolidated_format" in tree
    )


def read(document: Document) -> Told:
    """The license in each set of attributes."""
    tree = document.tree
    said = [
        Said((w,), key, part=part)
        for attributes, path, part in _attributes(document)
        for key in attributes
        if fields.field(str(key)) is fields.Field.LICENSE
        for w in words(attributes, path, str(key))
    ]
    top = tree.get("attributes", tree)
    return Told(
        tuple(said),
        credit(field(top, "title")[0], field(top, "creator_name", "institution")[0], field(top, "references")[0]),
    )


def _attributes(document: Document) -> Iterator[tuple[Mapping[str, Any], Path, str]]:
    tree = document.tree
    if document.name == ".zattrs":
        yield tree, (), ""
    if isinstance(own := tree.get("attributes"), Mapping):
        yield own, ("attributes",), ""
    consolidated = tree.get("consolidated_metadata")
    for path in (("metadata",), ("consolidated_metadata", "metadata")):
        inside = (
            tree.get("metadata")
            if len(path) == 1
            else consolidated.get("metadata")
            if isinstance(consolidated, Mapping)
            else None
        )
        for key, node in inside.items() if isinstance(inside, Mapping) else ():
            if str(key).endswith(".zattrs") and isinstance(node, Mapping):
                yield node, (*path, key), str(key).removesuffix(".zattrs").strip("/")
            elif isinstance(node, Mapping) and isinstance(node.get("attributes"), Mapping):
                yield node["attributes"], (*path, key, "attributes"), str(key)
