"""CodeMeta 2 and 3 (codemeta.github.io/terms): the license of software, never of the data next to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.model import Scope
from licensecheck.scanners import jsonld
from licensecheck.scanners.document import Document, Told, credit, field, items, text
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("codemeta.{json,jsonld}",),
    signs=(
        "codemeta",
        "CodeMeta",
    ),
    fields="`license`",
    notes="that of the software, never of data next to it",
)


def fits(document: Document) -> bool:
    """The file's name, or the CodeMeta context."""
    tree = document.tree
    if not isinstance(tree, Mapping):
        return False
    context = tree.get("@context")
    return document.name == "codemeta.json" or any("codemeta" in text(item).lower() for item, _ in items(context))


def read(document: Document) -> Told:
    """The license at the top; those of requirements are other works'."""
    tree = document.tree
    scope = Scope.DATA if "dataset" in jsonld.types(tree) else Scope.CODE
    said = jsonld.licenses(tree, (), scope=scope, known=jsonld.by_id(tree))
    made = field(tree, "author")[0] or field(tree, "copyrightHolder")[0]
    names = [_person(item) for item, _ in items(made)]
    return Told(
        tuple(said), credit(field(tree, "name")[0], names, field(tree, "codeRepository")[0]), jsonld.lineage(tree)
    )


def _person(item: object) -> str:
    if not isinstance(item, Mapping):
        return text(item)
    parts = [text(item.get(key)) for key in ("givenName", "familyName")]
    return " ".join(filter(None, parts)) or text(item)
