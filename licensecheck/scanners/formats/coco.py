"""COCO annotations (cocodataset.org/#format-data): ``licenses``, of which ``images[].license`` uses some.

Only the licenses that an image uses are read, by the address before the name (the names have no versions): many tools copy the whole
block. A block that no image refers to is a template's. The license is that of the images, which need not be that of the annotations.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from licensecheck.base.message import Message
from licensecheck.model import Standing
from licensecheck.scanners.document import MOST, Document, Said, Told, credit, field, text, words
from licensecheck.scanners.formats import Format, Known

FORMAT: Final = Format(
    names=("_annotations.coco.json", "*.coco.json"),
    signs=(('"licenses"', '"images"'), ('"images"', '"annotations"')),
    fields="`licenses` that an image uses",
    notes="the license of the images; ids that no image uses are left out",
    known=Known.BY_KEYS,
)


def fits(document: Document) -> bool:
    """An object with lists ``images`` and either ``annotations`` or ``licenses``."""
    tree = document.tree
    return (
        isinstance(tree, Mapping)
        and isinstance(tree.get("images"), list)
        and (isinstance(tree.get("annotations"), list) or isinstance(tree.get("licenses"), list))
    )


def read(document: Document) -> Told:
    """The licenses that images use, once each, beside that of the whole."""
    tree = document.tree
    listed = tree.get("licenses")
    listed = listed if isinstance(listed, list) else []
    used = {_id(image.get("license")) for image in tree["images"] if isinstance(image, Mapping)}
    note = Message("the license of images, which `images` refers to")
    said: list[Said] = []
    for n, item in enumerate(listed[:MOST]):
        if (
            isinstance(item, Mapping)
            and _id(item.get("id")) in used
            and (w := words(item, ("licenses", n), "url", "name"))
        ):
            said.append(Said(w, "licenses", part="images", note=note, standing=Standing.UNPLACED))
    info = tree.get("info")
    return Told(
        tuple(said),
        credit(field(info, "description")[0], field(info, "contributor")[0], field(info, "url")[0]),
        cut=len(listed) > MOST,
    )


def _id(value: Any) -> str:
    return text(value).strip()
