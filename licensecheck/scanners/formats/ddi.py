"""DDI Codebook 2.5 (ddialliance.org): conditions of use, citation requirement and copyright; Dataverse puts a link into ``notes``."""

from __future__ import annotations

from typing import Final

from licensecheck.model import Origin
from licensecheck.scanners.document import Document, Said, Told, Words, attribute, content, credit, elements
from licensecheck.scanners.formats import Format
from licensecheck.scanners.fragments import soup

FORMAT: Final = Format(
    names=("ddi.xml",),
    signs=("codeBook",),
    fields="conditions, restrictions, Dataverse's note",
    notes="`copyright` names only the holder",
)

_FIELD: Final = 20_000


def fits(document: Document) -> bool:
    """A ``codeBook`` element."""
    return document.root is not None and document.root.tag.rsplit("}", 1)[-1] == "codeBook"


def read(document: Document) -> Told:
    """The study's terms of use; ``copyright`` only names who holds it."""
    said: list[Said] = []
    for element in elements(document.root, "notes"):
        if attribute(element, "type") == "DVN:TOU":
            terms = soup(content(element)[:_FIELD])
            link = terms.find(href=True)
            texts = (str(link["href"])[:500] if link else "", " ".join(terms.get_text(" ").split()))
            found = [Words(w, (element.sourceline or 1,)) for w in texts if w]
            said.append(Said(tuple(found), "notes", vocabulary="dataverse"))
    for name in ("conditions", "restrctn", "specPerm", "license"):
        for element in elements(document.root, name):
            if words := content(element):
                said.append(Said((Words(words, (element.sourceline or 1,)),), name, prose=True))
    titles = [content(e) for e in elements(document.root, "titl")]
    return Told(
        tuple(said), credit(titles[:1], [content(e) for e in elements(document.root, "AuthEnty")]), (), Origin.PORTAL
    )
