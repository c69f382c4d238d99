"""SPDX 3.0 JSON-LD (spdx.github.io/spdx-spec/v3.0.1): relationships ``hasConcludedLicense`` and ``hasDeclaredLicense``.

A declared license is the one that the artifact itself states; a concluded one is what somebody judged (Licensing profile).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.model import Scope
from licensecheck.scanners import jsonld
from licensecheck.scanners.document import Document, Said, Told, Words, credit, items, text
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    signs=("spdx.org/rdf/3",),
    fields="`hasConcludedLicense`, `hasDeclaredLicense`",
    notes="packages other than datasets are code",
)


def fits(document: Document) -> bool:
    """The SPDX 3 context."""
    tree = document.tree
    return isinstance(tree, Mapping) and any("spdx.org/rdf/3" in text(item) for item, _ in items(tree.get("@context")))


def read(document: Document) -> Told:
    """The licenses of dataset packages; of other packages as code."""
    found = list(jsonld.nodes(document.tree))
    by = {text(n.get("spdxId") or n.get("@id")): (n, p) for n, p in found if "type" in n or "@type" in n}
    said: list[Said] = []
    for node, _ in found:
        kind = text(node.get("relationshipType"))
        if kind not in ("hasConcludedLicense", "hasDeclaredLicense"):
            continue
        about = by.get(text(node.get("from")), ({}, ()))[0]
        scope = Scope.DATA if any("dataset" in t for t in jsonld.types(about)) or not about else Scope.CODE
        for target, _ in items(node.get("to")):
            license, path = by.get(text(target), ({}, ()))
            key = "simplelicensing_licenseExpression"
            if raw := text(license.get(key)):
                said.append(Said((Words(raw, (*path, key)),), kind, scope))
    top = next((n for n, _ in found if any("dataset" in t for t in jsonld.types(n))), {})
    return Told(
        tuple(said),
        credit(top.get("name"), None, top.get("software_downloadLocation"), top.get("software_copyrightText")),
    )
