"""Roboflow exports: ``README.dataset.txt`` and ``README.roboflow.txt`` (a line ``License:``), ``data.yaml`` (``roboflow.license``).

docs.roboflow.com, Export data: the two texts are the same for every export; ``license`` is what the uploader chose.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.scanners.document import Document, Said, Told, Words, credit, field, keyed, text, words
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("README.{dataset,roboflow}.txt",),
    signs=("roboflow",),
    fields="`License:`, `roboflow.license`",
    notes="the license that the uploader chose",
)


def fits(document: Document) -> bool:
    """A text of one of the names, or an object with ``roboflow``."""
    if document.tree is None and document.root is None:
        return document.name in ("readme.dataset.txt", "readme.roboflow.txt")
    return isinstance(document.tree, Mapping) and isinstance(document.tree.get("roboflow"), Mapping)


def read(document: Document) -> Told:
    """The license, and the address of the project."""
    if document.tree is None:
        lines = list(keyed(document.text))
        said = [Said((Words(value, (line,)),), key) for key, value, line in lines if key.lower() == "license" and value]
        return Told(tuple(said))
    own = document.tree["roboflow"]
    said = [Said((w,), "roboflow.license") for w in words(own, ("roboflow",), "license")]
    return Told(tuple(said), credit(text(field(own, "project")[0]), field(own, "workspace")[0], field(own, "url")[0]))
