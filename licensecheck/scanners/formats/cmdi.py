"""CMDI 1.1 and 1.2 (clarin.eu/cmdi): the license elements of whatever profile, below ``Components``.

Profiles name them ``License``, ``LicenseName``, ``LicenseURL``, ``licence`` or ``Rights``: ``rules/fields.yaml`` has the names. What stands in
the envelope (``Header``, ``Resources``) is about the record.
"""

from __future__ import annotations

from typing import Final

from licensecheck.knowledge import fields
from licensecheck.model import Origin
from licensecheck.scanners.document import Document, Said, Told, content, credit, elements, stated, tag
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    signs=("clarin.eu/cmd",),
    fields="license elements of the profile, below `Components`",
    notes="their names differ by profile; `Header` is about the record",
)


def fits(document: Document) -> bool:
    """A ``CMD`` element, also inside the answer of a repository (OAI-PMH)."""
    root = document.root
    return root is not None and (tag(root) == "CMD" or next(elements(root, "CMD"), None) is not None)


def read(document: Document) -> Told:
    """What the elements of licenses and rights state, the innermost ones."""
    said: list[Said] = []
    for components in elements(document.root, "Components"):
        for element in components.iter():
            if tag(element) and fields.field(tag(element)) and not len(element):
                said += stated(element, tag(element))
    titles = [content(e) for e in elements(document.root, "ResourceName", "resourceName", "Title", "title", "Name")]
    return Told(tuple(said), credit(titles[:1]), (), Origin.PORTAL)
