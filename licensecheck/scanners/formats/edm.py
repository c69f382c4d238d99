"""The Europeana Data Model as RDF/XML (EDM Definition 5.2.8): ``edm:rights`` of the aggregation and of each web resource.

``edm:rights`` is an address of Creative Commons or rightsstatements.org. ``dc:rights`` names holders or conditions in free text. The
metadata itself is CC0 by Europeana's agreement, which no field states.
"""

from __future__ import annotations

from typing import Final

from licensecheck.model import Origin
from licensecheck.scanners.document import Document, Said, Told, attribute, content, credit, elements, inside, stated
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    signs=("europeana.eu/schemas/edm",),
    fields="`edm:rights`, `dc:rights`",
    notes="the rights of a web resource are those of that part",
)


def fits(document: Document) -> bool:
    """XML in the namespace of EDM."""
    return document.root is not None and "europeana.eu/schemas/edm" in document.text[:20_000]


def read(document: Document) -> Told:
    """The rights of the aggregation, and those of web resources as parts."""
    said: list[Said] = []
    for element in elements(document.root, "rights"):
        resource = next((e for e in element.iterancestors() if attribute(e, "about")), None)
        part = attribute(resource, "about")[:200] if resource is not None and inside(element, "WebResource") else ""
        said += stated(element, "rights", part=part)
    titles = [content(e) for e in elements(document.root, "title")]
    makers = [content(e) for e in elements(document.root, "creator") if content(e)]
    return Told(tuple(said), credit(titles[:1], makers), (), Origin.PORTAL)
