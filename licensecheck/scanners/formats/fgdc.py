"""FGDC CSDGM (FGDC-STD-001-1998): ``idinfo/useconst`` (1.8, use constraints) and ``idinfo/accconst`` (1.7, access constraints).

Both are free text, and ``None`` is what the standard prescribes where there are none. ``metainfo`` (``metac``, ``metuc``) has the
constraints of the record.
"""

from __future__ import annotations

from typing import Final

from licensecheck.model import Origin, Scope
from licensecheck.scanners.document import Document, Told, content, credit, elements, inside, stated, tag
from licensecheck.scanners.formats import Format
from licensecheck.scanners.formats.dif import of_access

FORMAT: Final = Format(
    signs=("<idinfo", "FGDC-STD-001"),
    fields="`idinfo/useconst`, `idinfo/accconst`",
    notes="`None` states nothing; `metainfo` is about the record; liability (`distliab`) is no license",
)


def fits(document: Document) -> bool:
    """A ``metadata`` element with ``idinfo``."""
    root = document.root
    return root is not None and tag(root) == "metadata" and next(elements(root, "idinfo"), None) is not None


def read(document: Document) -> Told:
    """The constraints on using the data; those on access where they name a license."""
    root = document.root
    said = [s for e in elements(root, "useconst") for s in stated(e, "useconst", "geodata")]
    said += [s for e in elements(root, "accconst") for s in of_access(e, "accconst")]
    said += [s for e in elements(root, "metuc") for s in stated(e, "metuc", "geodata", scope=Scope.METADATA)]
    titles = [content(e) for e in elements(root, "title") if not inside(e, "crossref", "srcinfo", "lworkcit")]
    makers = [content(e) for e in elements(root, "origin") if not inside(e, "crossref", "srcinfo", "lworkcit")]
    return Told(tuple(said), credit(titles[:1], makers), (), Origin.PORTAL)
