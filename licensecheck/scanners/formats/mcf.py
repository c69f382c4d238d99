"""pygeometa's Metadata Control File (geopython.github.io/pygeometa/reference/mcf): ``identification.license``, ``identification.rights``.

``accessconstraints`` is a code of ISO 19115. ``rights`` names the holder, often in several languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.scanners.document import Document, Said, Told, Words, credit, field, items, text, words
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    signs=("mcf:",),
    fields="`identification.license`, `identification.rights`",
    notes="`accessconstraints` is a code and names no license",
)


def fits(document: Document) -> bool:
    """An object with ``mcf`` and ``identification``."""
    tree = document.tree
    return isinstance(tree, Mapping) and "mcf" in tree and isinstance(tree.get("identification"), Mapping)


def read(document: Document) -> Told:
    """The license by its name and address, and what the rights say."""
    own, path = document.tree["identification"], ("identification",)
    said: list[Said] = []
    license = own.get("license")
    if isinstance(license, Mapping):
        if found := words(license, (*path, "license"), "name", "url"):
            said.append(Said(found, "license", vocabulary="geodata"))
    else:
        said += [Said((w,), "license", vocabulary="geodata") for w in words(own, path, "license")]
    for key in ("rights", "useconstraints", "uselimitation"):
        value = own.get(key)
        values = value.values() if isinstance(value, Mapping) else (item for item, _ in items(value))
        said += [
            Said((Words(text(v), (*path, key)),), key, vocabulary="geodata", prose=True) for v in values if text(v)
        ]
    contacts = document.tree.get("contact")
    makers = [field(c, "organization")[0] for c in contacts.values()] if isinstance(contacts, Mapping) else []
    title = own.get("title")
    title = next(iter(title.values()), "") if isinstance(title, Mapping) else title
    return Told(tuple(said), credit(title, makers[:1], field(own, "url")[0]))
