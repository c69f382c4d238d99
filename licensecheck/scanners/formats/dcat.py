"""DCAT, DCAT-AP, DCAT-US and Project Open Data as JSON or JSON-LD (w3.org/TR/vocab-dcat-3, resources.data.gov/resources/dcat-us).

The license of the distribution, else that of the dataset: ``dct:license`` belongs on ``dcat:Distribution``. On ``dcat:Catalog`` it is
the metadata's. Access rights are not a license; ``dct:rights`` counts only where it names one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from licensecheck.model import Origin, Scope
from licensecheck.scanners import jsonld
from licensecheck.scanners.document import Document, Said, Told, credit, field, text
from licensecheck.scanners.formats import Format, Known

FORMAT: Final = Format(
    names=("{dcat,data,catalog,catalogue}.{json,jsonld}",),
    signs=(
        "w3.org/ns/dcat",
        "dcat:",
        "project-open-data",
    ),
    fields="`dct:license` of distributions and datasets",
    notes="the license of a catalog is that of the metadata",
    known=Known.BY_KEYS,
)

_KINDS = frozenset({"dataset", "distribution", "dataservice", "datasetseries"})


def fits(document: Document) -> bool:
    """The DCAT or Project Open Data context, or prefixed DCAT types."""
    tree = document.tree
    if not isinstance(tree, (Mapping, list)):
        return False
    head = document.text[:20_000]
    return ("w3.org/ns/dcat" in head or "dcat:" in head or "project-open-data" in head) and any(
        jsonld.types(node) & (_KINDS | {"catalog"}) for node, path in jsonld.nodes(tree) if len(path) < 5
    )


def read(document: Document) -> Told:
    """The licenses of datasets and their distributions; the catalog's as the metadata's."""
    tree = document.tree
    known = jsonld.by_id(tree)
    said: list[Said] = []
    top: Any = None
    for node, path in jsonld.nodes(tree):
        kinds = jsonld.types(node)
        if kinds & _KINDS:
            top = node if top is None and "dataset" in kinds else top
            named = list(jsonld.licenses(node, path, "license", vocabulary="eu-licence", known=known))
            said += named or [
                s._replace(prose=True)
                for s in jsonld.licenses(node, path, "rights", known=known)
                if "dataset" not in kinds
            ]
        elif "catalog" in kinds:
            said += jsonld.licenses(node, path, scope=Scope.METADATA, known=known)
    top = top or {}
    made = field(top, "creator", "publisher")[0]
    return Told(
        tuple(said),
        credit(text(field(top, "title")[0]), made, field(top, "landingPage", "@id")[0]),
        jsonld.lineage(top),
        Origin.PORTAL,
    )
