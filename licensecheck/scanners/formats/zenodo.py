"""Zenodo and InvenioRDM (developers.zenodo.org, inveniordm.docs.cern.ch/reference/metadata): ``.zenodo.json``, records and deposits.

The deposit schema's default is CC-BY-4.0, so perhaps nobody chose it; ``access_right`` is not a license. A
``.zenodo.json`` in a code repository describes the software release unless its ``upload_type`` is dataset.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from licensecheck.model import Origin, Scope
from licensecheck.scanners.document import Document, Said, Told, credit, field, items, text, words
from licensecheck.scanners.formats import Format, Known

FORMAT: Final = Format(
    names=(
        "{zenodo,.zenodo}.{json,yaml,yml}",
        "*.zenodo.json",
    ),
    signs=(
        "access_right",
        "upload_type",
        "resource_type",
        ("rights", "creators"),
    ),
    fields="`license`, `rights`",
    notes="CC BY 4.0 is the default; `access_right` is not a license",
    known=Known.BY_KEYS,
)

_FROM = frozenset({"isderivedfrom", "isvariantformof", "compiles", "iscompiledby", "istranslationof"})


def fits(document: Document) -> bool:
    """The file's name, or a record with ``access_right`` or ``rights`` next to its metadata."""
    tree = document.tree
    if not isinstance(tree, Mapping):
        return False
    meta = _metadata(tree)[0]
    stated = {"access_right", "upload_type", "resource_type"} & set(meta)
    described = "creators" in meta or (stated and "title" in meta)
    return document.name.endswith(".zenodo.json") or bool(described and (stated or "rights" in meta))


def _metadata(tree: Mapping[str, Any]) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    inner = tree.get("metadata")
    return (inner, ("metadata",)) if isinstance(inner, Mapping) else (tree, ())


def read(document: Document) -> Told:
    """The record's license or rights."""
    tree = document.tree
    meta, path = _metadata(tree)
    kind = text(field(meta.get("resource_type"), "type", "id")[0]) or text(meta.get("upload_type"))
    sidecar = document.name.endswith(".zenodo.json")
    scope = Scope.CODE if kind == "software" or (sidecar and kind not in ("dataset", "image", "video")) else Scope.DATA
    said: list[Said] = []
    for name in ("license", "rights"):
        for item, at in items(meta.get(name), (*path, name)):
            found = (
                words(item, at, "id", "identifier", "url", "link", "title", "description")
                if isinstance(item, Mapping)
                else ()
            )
            if isinstance(item, Mapping):
                found += words(item.get("props"), (*at, "props"), "url")
            else:
                found = words({at[-1]: item}, at[:-1], str(at[-1])) if isinstance(at[-1], str) else ()
            if found:
                default = name == "license" and found[0].text.lower() == "cc-by-4.0"
                note = "CC BY 4.0 is Zenodo's default: perhaps nobody chose it" if default else ""
                said.append(Said(found, name, scope, "zenodo-legacy", note=note))
    people = [
        text(field(p, "name")[0] or field(field(p, "person_or_org")[0], "name")[0])
        for p, _ in items(meta.get("creators"))
    ]
    related = [
        text(field(r, "identifier")[0])
        for r, _ in items(meta.get("related_identifiers"))
        if text(field(r, "relation", "relation_type")[0]).lower() in _FROM
    ]
    source = field(tree, "doi_url", "conceptdoi", "doi")[0] or meta.get("doi")
    address = text(source)
    address = f"https://doi.org/{address}" if address.startswith("10.") else address
    return Told(
        tuple(said),
        credit(meta.get("title"), people, address),
        tuple(filter(None, related)),
        Origin.SIDECAR if sidecar else Origin.PORTAL,
    )
