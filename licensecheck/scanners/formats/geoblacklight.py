"""GeoBlacklight 1.0 and OpenGeoMetadata Aardvark (opengeometadata.org/ogm-aardvark): ``dct_license_sm`` (an address), ``dct_rights_sm``.

``dct_accessRights_s`` and, in version 1.0, ``dc_rights_s`` are ``Public`` or ``Restricted``: who may download, and no license.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from licensecheck.model import Origin
from licensecheck.scanners.document import Document, Said, Told, credit, field, items, words
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    signs=("dct_license_sm", "dct_rights_sm", "dct_accessRights_s", "gbl_mdVersion_s", "layer_slug_s", "dc_rights_s"),
    fields="`dct_license_sm`, `dct_rights_sm`",
    notes="`dct_accessRights_s` and `dc_rights_s` are about access",
)

_KEYS: Final = frozenset(FORMAT.signs)


def fits(document: Document) -> bool:
    """A record, or a list of records, with fields of one of the schemas."""
    first = document.tree[0] if isinstance(document.tree, list) and document.tree else document.tree
    return isinstance(first, Mapping) and not _KEYS.isdisjoint(first)


def read(document: Document) -> Told:
    """The license and the rights of each record."""
    several = isinstance(document.tree, list)
    said: list[Said] = []
    top: Any = None
    for record, path in items(document.tree):
        if not isinstance(record, Mapping):
            continue
        top = record if top is None else top
        part = str(field(record, "dct_title_s", "dc_title_s")[0] or "")[:100] if several else ""
        said += [Said((w,), "dct_license_sm", part=part) for w in words(record, path, "dct_license_sm")]
        said += [
            Said((w,), "dct_rights_sm", vocabulary="geodata", part=part) for w in words(record, path, "dct_rights_sm")
        ]
    top = top or {}
    title, makers = field(top, "dct_title_s", "dc_title_s")[0], field(top, "dct_creator_sm", "dc_creator_sm")[0]
    return Told(tuple(said), credit(title, makers, None, field(top, "dct_rightsHolder_sm")[0]), (), Origin.PORTAL)
