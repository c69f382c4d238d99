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
        ("bureauCode", "accessLevel"),
        ("contactPoint", "accessLevel"),
    ),
    fields="`dct:license` of distributions and datasets",
    notes="the license of a catalog is that of the metadata",
    known=Known.BY_KEYS,
)

_KINDS = frozenset({"dataset", "distribution", "dataservice", "datasetseries"})
_AGENCY: Final = frozenset({"accessLevel", "bureauCode", "programCode", "contactPoint"})
"""Fields that DCAT-US requires of each dataset."""
_PLACES: Final = {
    (): frozenset({"catalog"}),
    ("dataset",): frozenset({"dataset"}),
    ("dataset", "distribution"): frozenset({"distribution"}),
}
"""What a node of DCAT-US is, by the keys that lead to it."""


def fits(document: Document) -> bool:
    """The DCAT or Project Open Data context, or prefixed DCAT types."""
    tree = document.tree
    if not isinstance(tree, (Mapping, list)):
        return False
    if _of_agency(tree):
        return True
    head = document.text[:20_000]
    return ("w3.org/ns/dcat" in head or "dcat:" in head or "project-open-data" in head) and any(
        jsonld.types(node) & (_KINDS | {"catalog"}) for node, path in jsonld.nodes(tree) if len(path) < 5
    )


def _of_agency(tree: Any) -> bool:
    """Whether this is a list of datasets as DCAT-US 1.1 has it, in which ``@type`` is optional."""
    listed = tree.get("dataset") if isinstance(tree, Mapping) else None
    return isinstance(listed, list) and any(isinstance(d, Mapping) and not _AGENCY.isdisjoint(d) for d in listed[:20])


def read(document: Document) -> Told:
    """The licenses of datasets and their distributions; the catalog's as the metadata's."""
    tree = document.tree
    known = jsonld.by_id(tree)
    said: list[Said] = []
    top: Any = None
    plain = _of_agency(tree)
    for node, path in jsonld.nodes(tree):
        kinds = jsonld.types(node)
        if plain and not kinds:
            kinds = _PLACES.get(tuple(key for key in path if isinstance(key, str)), kinds)
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
