"""CycloneDX 1.4 to 1.7 JSON (cyclonedx.org/docs): ``licenses`` of data components, as license objects or one expression.

``metadata.licenses`` are those of the document; components of other types are code or models.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from licensecheck.model import Scope
from licensecheck.scanners import jsonld
from licensecheck.scanners.document import Document, Path, Said, Told, credit, field, items, text, words
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=(
        "bom.{json,xml}",
        "*.cdx.json",
        "*.bom.json",
        "*-bom.json",
    ),
    signs=(
        "bomFormat",
        "CycloneDX",
    ),
    fields="`licenses` of data components",
    notes="`metadata.licenses` are those of the document; ancestors are sources",
)


def fits(document: Document) -> bool:
    """``bomFormat`` is CycloneDX."""
    return isinstance(document.tree, Mapping) and document.tree.get("bomFormat") == "CycloneDX"


def read(document: Document) -> Told:
    """The licenses of each data component; ancestors as sources."""
    tree = document.tree
    said = list(_licenses(field(tree, "metadata")[0], ("metadata",), Scope.METADATA, ""))
    data = [
        (n, p)
        for n, p in jsonld.nodes(tree)
        if text(n.get("type")) in ("data", "machine-learning-model") and "name" in n
    ]
    for node, path in data:
        scope = Scope.DATA if node.get("type") == "data" else Scope.MODEL
        part = text(node.get("name")) if len(data) > 1 else ""
        said += _licenses(node, path, scope, part) or _licenses(node.get("evidence"), (*path, "evidence"), scope, part)
    top: Mapping[str, Any] = data[0][0] if data else {}
    ancestors = [
        text(a.get("name")) for a, _ in items(field(top.get("pedigree"), "ancestors")[0]) if isinstance(a, Mapping)
    ]
    return Told(
        tuple(said),
        credit(top.get("name"), top.get("author"), None, top.get("copyright")),
        tuple(filter(None, ancestors)),
    )


def _licenses(node: Any, path: Path, scope: Scope, part: str) -> list[Said]:
    said = []
    for item, at in items(field(node, "licenses")[0], (*path, "licenses")):
        if not isinstance(item, Mapping):
            continue
        found = words(item, at, "expression") or words(item.get("license"), (*at, "license"), "id", "url", "name")
        if found:
            said.append(Said(found, "licenses", scope, part=part))
    return said
