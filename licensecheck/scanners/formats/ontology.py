"""Ontologies as RDF/XML: ``dcterms:license`` of ``owl:Ontology`` (OBO Foundry principle 1, obofoundry.org/principles/fp-001-open).

Only the header is read: a declaration of the property ``dcterms:license`` states nothing, and terms have annotations of their own.
"""

from __future__ import annotations

from typing import Any, Final

from licensecheck.scanners.document import Document, Said, Told, attribute, content, credit, elements, stated, tag
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    signs=("owl:Ontology", "owl#Ontology"),
    fields="`dcterms:license`, `dc:rights` of `owl:Ontology`",
    notes="a declaration of the property is no statement",
)

_STATING: Final = ("license", "licence", "rights")


def fits(document: Document) -> bool:
    """RDF/XML with an element ``owl:Ontology``."""
    return document.root is not None and next(elements(document.root, "Ontology"), None) is not None


def read(document: Document) -> Told:
    """The license in the header, and the ontologies that it imports as sources."""
    said: list[Said] = []
    imports: list[str] = []
    headers: list[Any] = list(elements(document.root, "Ontology"))
    for header in headers:
        for element in header.iterchildren():
            if tag(element) in _STATING:
                said += stated(element, tag(element))
            elif tag(element) == "imports" and (address := attribute(element, "resource")):
                imports.append(address)
    titles = [content(e) for h in headers for e in elements(h, "title", "label")]
    makers = [content(e) for h in headers for e in elements(h, "creator") if content(e)]
    return Told(tuple(said), credit(titles[:1], makers), tuple(imports))
