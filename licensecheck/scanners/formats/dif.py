"""NASA's Directory Interchange Format, DIF 9 and 10 (earthdata.nasa.gov, DIF 10 schema): ``Use_Constraints``.

DIF 9 has one text, DIF 10 ``Description``, ``License_URL`` and ``License_Text``. ``Access_Constraints`` say how the data can be had.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from licensecheck.identification import find
from licensecheck.model import Origin, Stance
from licensecheck.scanners.document import Document, Said, Told, content, credit, elements, stated, tag
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    signs=("<DIF", ":DIF"),
    fields="`Use_Constraints` with `License_URL` and `License_Text`",
    notes="`Access_Constraints` count only where they name a license",
)


def fits(document: Document) -> bool:
    """A ``DIF`` element."""
    root = document.root
    return root is not None and (tag(root) == "DIF" or next(elements(root, "DIF"), None) is not None)


def read(document: Document) -> Told:
    """The constraints on use; those on access where they name a license."""
    root = document.root
    said = [s for e in elements(root, "Use_Constraints") for s in stated(e, "Use_Constraints", "geodata")]
    said += [s for e in elements(root, "Access_Constraints") for s in of_access(e, "Access_Constraints")]
    titles = [content(e) for e in elements(root, "Entry_Title", "Dataset_Title")]
    makers = [content(e) for e in elements(root, "Dataset_Creator", "Creator")]
    return Told(tuple(said), credit(titles[:1], makers), (), Origin.PORTAL)


def of_access(element: Any, field: str) -> Iterator[Said]:
    """What a field about access states: a license or a restriction that it names. How the data can be had is neither."""
    if any(s.license and s.stance is Stance.ASSERTED for s in find(content(element)[:20_000])):
        yield from stated(element, field, "geodata")
