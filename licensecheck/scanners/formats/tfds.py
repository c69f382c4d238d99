"""TensorFlow Datasets ``dataset_info.json`` (dataset_info.proto): ``redistributionInfo.license`` (the text of a LICENSE file), locations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.scanners.document import Document, Said, Told, credit, field, items, text, words
from licensecheck.scanners.formats import Format, Known

FORMAT: Final = Format(
    names=(
        "features.json",
        "dataset_info.json",
    ),
    signs=(
        "redistributionInfo",
        "redistribution_info",
        (
            '"fileFormat"',
            '"splits"',
        ),
    ),
    fields="its `license`",
    notes="terms as text",
    known=Known.BY_KEYS,
)


def fits(document: Document) -> bool:
    """Redistribution information, or the file's name with splits and a module."""
    tree = document.tree
    return isinstance(tree, Mapping) and (
        field(tree, "redistributionInfo", "redistribution_info")[0] is not None
        or ("fileFormat" in tree and "splits" in tree)
    )


def read(document: Document) -> Told:
    """The terms of redistribution."""
    tree = document.tree
    node, key = field(tree, "redistributionInfo", "redistribution_info")
    said = [Said((w,), "license", prose=len(w.text) > 120) for w in words(node, (key,), "license")]
    said += [Said((w,), "license") for w in words(tree, (), "license")]
    urls = [text(u) for u, _ in items(field(tree.get("location"), "urls")[0])]
    return Told(tuple(said), credit(tree.get("name"), None, urls[:1]))
