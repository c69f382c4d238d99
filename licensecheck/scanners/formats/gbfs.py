"""GBFS ``system_information.json`` (gbfs.org/specification, 2.0 to 3.0): ``data.license_id`` (SPDX), ``data.license_url``.

Without either, the specification says that the feed is under CC0 1.0 (since 1.1), which the publisher did not choose in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.model import Origin
from licensecheck.scanners.document import Document, Said, Told, credit, field, words
from licensecheck.scanners.formats import Format, Known

FORMAT: Final = Format(
    names=("system_information.json",),
    signs=(("system_id", "license"),),
    fields="`license_id`, `license_url`",
    notes="silence is not read as the specification's default of CC0",
    known=Known.BY_KEYS,
)


def fits(document: Document) -> bool:
    """An object with ``data.system_id``."""
    data = document.tree.get("data") if isinstance(document.tree, Mapping) else None
    return isinstance(data, Mapping) and "system_id" in data


def read(document: Document) -> Told:
    """The license of the feed, and the credit that it asks for."""
    data = document.tree["data"]
    found = words(data, ("data",), "license_id", "license_url")
    said = (Said(found, "license_id" if "license_id" in data else "license_url"),) if found else ()
    makers = field(data, "attribution_organization_name", "operator")[0]
    return Told(said, credit(data.get("name"), makers, field(data, "url")[0]), (), Origin.PORTAL)
