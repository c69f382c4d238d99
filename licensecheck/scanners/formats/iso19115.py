"""ISO 19115 as XML: ISO 19139 (``gmd:MD_Metadata``, ``gmi:MI_Metadata``) and ISO 19115-3 (``mdb:MD_Metadata``).

The constraints of the resource: ``resourceConstraints`` with ``useLimitation``, ``otherConstraints`` (a text, or ``gmx:Anchor`` with the
address; INSPIRE TG Metadata 2.0.1, requirements 3.3.12 and C.18) and, since ISO 19115-1, ``reference``. ``metadataConstraints`` is about
the record. The restriction codes ``license`` and ``copyright`` name nothing.
"""

from __future__ import annotations

from typing import Any, Final

from licensecheck.model import Origin, Scope
from licensecheck.scanners.document import Document, Said, Told, content, credit, elements, inside, stated, tag
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    signs=("MD_Metadata", "MI_Metadata", "MD_DataIdentification", "resourceConstraints"),
    fields="`resourceConstraints`: `useLimitation`, `otherConstraints`, `reference`",
    notes="`metadataConstraints` are those of the record; INSPIRE's “no limitations” is about access, and no license",
)

_ROOTS: Final = frozenset({"MD_Metadata", "MI_Metadata"})
_STATING: Final = ("useLimitation", "otherConstraints", "reference")
_ELSEWHERE: Final = ("aggregationInfo", "associatedResource", "parentMetadata", "thesaurusName", "contentInfo")


def fits(document: Document) -> bool:
    """A metadata element of ISO 19139 or 19115-3, also inside the answer of a catalog (CSW, OAI-PMH)."""
    root = document.root
    return root is not None and (tag(root) in _ROOTS or next(elements(root, *_ROOTS), None) is not None)


def read(document: Document) -> Told:
    """The constraints of the resource, and those of the record as the metadata's."""
    root = document.root
    said: list[Said] = []
    for element in elements(root, *_STATING):
        if inside(element, "metadataConstraints"):
            scope = Scope.METADATA
        elif inside(element, "resourceConstraints") and not inside(element, *_ELSEWHERE):
            scope = Scope.DATA
        else:
            continue
        said += stated(element, tag(element), "geodata", scope=scope)
    titles = [content(e) for e in elements(root, "title") if inside(e, "citation") and not inside(e, *_ELSEWHERE)]
    return Told(tuple(said), credit(titles[:1], _owners(root)), (), Origin.PORTAL)


def _owners(root: Any) -> list[str]:
    """The organizations that the record calls owner, author or originator of the resource."""
    found = []
    for party in elements(root, "CI_ResponsibleParty", "CI_Responsibility"):
        roles = {e.get("codeListValue", "") for e in elements(party, "CI_RoleCode")}
        if roles & {"owner", "author", "originator", "rightsHolder"} and not inside(party, *_ELSEWHERE):
            names = elements(party, "organisationName", "individualName", "name")
            found += [name for name in (content(e) for e in names) if name][:1]
    return list(dict.fromkeys(found))
