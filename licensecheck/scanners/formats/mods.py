"""MODS 3 (loc.gov/standards/mods): ``accessCondition`` with its ``type`` and ``xlink:href``.

Of the type ``restriction on access`` it says who may see the item, and states no license.
"""

from __future__ import annotations

from typing import Final

from licensecheck.model import Origin
from licensecheck.scanners.document import Document, Told, attribute, content, credit, elements, inside, stated, tag
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    signs=("loc.gov/mods",),
    fields="`accessCondition`",
    notes="of the type `restriction on access` it is about access; those of a related item are not the data's",
)


def fits(document: Document) -> bool:
    """A ``mods`` or ``modsCollection`` element, also inside another record."""
    root = document.root
    return root is not None and (
        tag(root) in ("mods", "modsCollection") or next(elements(root, "mods"), None) is not None
    )


def read(document: Document) -> Told:
    """The conditions on the use of each item."""
    said = [
        s
        for e in elements(document.root, "accessCondition")
        if "access" not in attribute(e, "type").lower() and not inside(e, "relatedItem")
        for s in stated(e, "accessCondition")
    ]
    titles = [content(e) for e in elements(document.root, "title") if not inside(e, "relatedItem")]
    makers = [content(e) for e in elements(document.root, "namePart") if not inside(e, "relatedItem", "subject")]
    return Told(tuple(said), credit(titles[:1], makers), (), Origin.PORTAL)
