"""DDI Codebook 2.5 (ddialliance.org): conditions of use, citation requirement and copyright; Dataverse puts a link into ``notes``."""

from __future__ import annotations

import re
from typing import Final

from licensecheck.model import Origin
from licensecheck.scanners.document import Document, Said, Told, Words, attribute, content, credit, elements
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("ddi.xml",),
    signs=("codeBook",),
    fields="conditions, restrictions, Dataverse's note",
    notes="`copyright` names only the holder",
)


def fits(document: Document) -> bool:
    """A ``codeBook`` element."""
    return document.root is not None and document.root.tag.rsplit("}", 1)[-1] == "codeBook"


def read(document: Document) -> Told:
    """The study's terms of use; ``copyright`` only names who holds it."""
    said: list[Said] = []
    for element in elements(document.root, "notes"):
        if attribute(element, "type") == "DVN:TOU":
            words = content(element)
            link = re.search(r"href=[\"']([^\"']{1,500})", words)
            bare = re.sub(r"<[^>]{0,600}>", " ", words)
            found = [Words(w.strip(), (element.sourceline or 1,)) for w in (link[1] if link else "", bare) if w.strip()]
            said.append(Said(tuple(found), "notes", vocabulary="dataverse"))
    for name in ("conditions", "restrctn", "specPerm", "license"):
        for element in elements(document.root, name):
            if words := content(element):
                said.append(Said((Words(words, (element.sourceline or 1,)),), name, prose=True))
    titles = [content(e) for e in elements(document.root, "titl")]
    return Told(
        tuple(said), credit(titles[:1], [content(e) for e in elements(document.root, "AuthEnty")]), (), Origin.PORTAL
    )
