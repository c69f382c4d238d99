"""Records of the OSF interface (developer.osf.io, JSON:API): ``embeds.license`` of a node, else ``attributes.node_license``.

``node_license`` has only the year and the holders that the license's text names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from licensecheck.model import Origin
from licensecheck.scanners.document import Document, Said, Told, credit, field, words
from licensecheck.scanners.formats import Format, Known

FORMAT: Final = Format(
    signs=("node_license", ("osf.io", "embeds", "license")),
    fields="`embeds.license.data.attributes`",
    notes="`node_license` has only the holders",
    known=Known.BY_KEYS,
)


def _inside(node: Any, *path: str) -> Any:
    for key in path:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node


def fits(document: Document) -> bool:
    """A record whose ``data.attributes`` has ``node_license``, or that embeds a license."""
    data = _inside(document.tree, "data")
    attributes, embedded = _inside(data, "attributes"), _inside(data, "embeds", "license")
    return isinstance(attributes, Mapping) and ("node_license" in attributes or isinstance(embedded, Mapping))


def read(document: Document) -> Told:
    """The license by its name and address, and the holders."""
    data = document.tree["data"]
    path = ("data", "embeds", "license", "data", "attributes")
    license = _inside(document.tree, *path)
    found = words(license, path, "name", "url") if isinstance(license, Mapping) else ()
    attributes = data["attributes"]
    holders = field(_inside(attributes, "node_license"), "copyright_holders")[0]
    page = _inside(data, "links", "html")
    return Told(
        (Said(found, "license"),) if found else (), credit(attributes.get("title"), holders, page), (), Origin.PORTAL
    )
