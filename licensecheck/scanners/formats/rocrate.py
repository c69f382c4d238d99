"""RO-Crate 1.0 to 1.2 (JSON-LD ``@graph``): the license of the root data entity; that of the descriptor is the metadata's.

RO-Crate 1.1 and 1.2, "Root Data Entity": the descriptor's ``about`` leads to the root, whose ``license`` SHOULD link
to a contextual entity and MAY be text. Data entities may have licenses of their own; software entities are code.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from licensecheck.model import Scope
from licensecheck.scanners import jsonld
from licensecheck.scanners.document import READ, Document, Said, Told, credit, field, items, text
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("ro-crate-metadata.{json,jsonld}",),
    signs=(
        "ro-crate-metadata",
        "w3id.org/ro/crate",
    ),
    fields="`license` of the root and of files",
    notes="the license of the descriptor is that of the metadata",
)

_CODE = frozenset({"softwaresourcecode", "computationalworkflow", "softwareapplication", "workflow"})


def fits(document: Document) -> bool:
    """A graph with the metadata descriptor, or the file's name."""
    if not isinstance(document.tree, Mapping) or not isinstance(document.tree.get("@graph"), list):
        return False
    return "ro-crate-metadata" in document.name or any(_is_descriptor(n) for n in document.tree["@graph"])


def _is_descriptor(node: Any) -> bool:
    return isinstance(node, Mapping) and str(node.get("@id", "")).rsplit("/", 1)[-1].startswith("ro-crate-metadata")


def read(document: Document) -> Told:
    """The root's license and those of files and folders inside; code entities as code."""
    graph = document.tree["@graph"]
    known = jsonld.by_id(document.tree)
    described: Any = next((n for n in graph if _is_descriptor(n)), {})
    root = text(field(described, "about")[0]) or "./"
    said: list[Said] = []
    top: Any = {}
    for n, node in enumerate(graph):
        if len(said) > READ:
            break
        path = ("@graph", n)
        if _is_descriptor(node):
            said += jsonld.licenses(node, path, scope=Scope.METADATA, known=known)
        elif isinstance(node, Mapping) and node.get("@id") in (root, root.rstrip("/")):
            top = node
            said += jsonld.licenses(node, path, known=known)
        elif (kinds := jsonld.types(node)) & {"file", "dataset", "mediaobject", "repositorycollection"}:
            scope = Scope.CODE if kinds & _CODE else Scope.DATA
            part = "" if scope is Scope.CODE else text(node.get("@id"))
            said += jsonld.licenses(node, path, scope=scope, part=part, known=known)
    authors = [_name(item, known) for name in ("author", "creator") for item, _ in items(field(top, name)[0])]
    return Told(
        tuple(said),
        credit(
            field(top, "name")[0],
            authors,
            field(top, "identifier")[0] or field(top, "url")[0],
            field(top, "creditText")[0],
        ),
        jsonld.lineage(top),
    )


def _name(item: Any, known: Mapping[str, tuple[Mapping[str, Any], Any]]) -> str:
    """An author's name, through the entity that an ``@id`` leads to."""
    target = item.get("@id") if isinstance(item, Mapping) else None
    if isinstance(target, str) and target in known:
        return text(known[target][0].get("name")) or target
    return text(item)
