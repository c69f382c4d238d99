"""ArcGIS items (developers.arcgis.com/rest/users-groups-and-items/item): ``licenseInfo`` (terms of use, HTML), ``accessInformation`` (credits).

``access`` (public, org, private) is no license. A layer's ``copyrightText`` is a credit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.model import Origin
from licensecheck.scanners.document import Document, Said, Told, Words, credit, field, text
from licensecheck.scanners.formats import Format, Known
from licensecheck.scanners.fragments import soup

FORMAT: Final = Format(
    signs=("licenseInfo",),
    fields="`licenseInfo`",
    notes="HTML, whose links are read too; `accessInformation` is the credit, `access` no license",
    known=Known.BY_KEYS,
)

_FIELD: Final = 50_000
_MARKS: Final = frozenset({"accessInformation", "snippet", "owner", "typeKeywords", "itemType", "thumbnail"})


def fits(document: Document) -> bool:
    """An object with ``licenseInfo`` and other fields of an item."""
    tree = document.tree
    return isinstance(tree, Mapping) and "licenseInfo" in tree and not _MARKS.isdisjoint(tree)


def read(document: Document) -> Told:
    """The terms of use: their links and their words."""
    tree, path = document.tree, ("licenseInfo",)
    terms = soup(text(tree["licenseInfo"])[:_FIELD])
    links = [str(a["href"])[:500] for a in terms.find_all(href=True)[:20]]
    plain = " ".join(terms.get_text(" ").split())
    said = [Said(tuple(Words(link, path) for link in links), "licenseInfo")] if links else []
    if plain:
        said.append(Said((Words(plain, path),), "licenseInfo", prose=len(plain) > 60))
    page = (
        f"https://www.arcgis.com/home/item.html?id={tree['id']}" if isinstance(tree.get("id"), str) else tree.get("url")
    )
    made = credit(tree.get("title"), field(tree, "accessInformation", "owner")[0], page)
    return Told(tuple(said), made, (), Origin.PORTAL)
