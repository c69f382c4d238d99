"""Kaggle ``dataset-metadata.json`` and its model files (github.com/Kaggle/kaggle-api, docs/datasets_metadata.md): one license, of which only ``name`` is read.

``kaggle datasets init`` writes CC0-1.0 into the template, so perhaps nobody chose CC0.
``ODbL-1.0`` is shown as "Database: Open Database, Contents: (c) Original Authors": it does not license the contents.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.model import Scope
from licensecheck.scanners.document import Document, Said, Told, credit, field, items, text, words
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("{dataset,model,model-instance}-metadata.json",),
    signs=('Nullable"',),
    fields="`licenses[].name`",
    notes="CC0 is the template's default, so perhaps nobody chose it",
)


def fits(document: Document) -> bool:
    """A Kaggle id or licenses as Kaggle writes them, in a file of its names or form."""
    tree = document.tree
    if not isinstance(tree, Mapping):
        return False
    nullable = any(key.endswith("Nullable") for key in tree)
    named = document.name in ("dataset-metadata.json", "model-metadata.json", "model-instance-metadata.json")
    return nullable or (named and ("licenses" in tree or "licenseName" in tree or "id_no" in tree))


def read(document: Document) -> Told:
    """The one license; its default is marked."""
    tree = document.tree
    scope = Scope.MODEL if "model" in document.name else Scope.DATA
    said: list[Said] = []
    for item, path in items(tree.get("licenses"), ("licenses",)):
        found = (
            words(item, path, "name", "nameNullable")
            if isinstance(item, Mapping)
            else words({"name": item}, path[:-1], "name")
        )
        if found:
            said.append(_noted(Said(found, "licenses", scope, "kaggle")))
            if found[0].text.lower().startswith("odbl"):
                note = "this licenses the database only; the contents stay their authors'"
                said[-1] = said[-1]._replace(note=note)
    said += [
        _noted(Said((w,), "licenseName", scope, "kaggle"))
        for w in words(tree, (), "licenseName", "licenseNameNullable")
    ]
    title = field(tree, "title", "titleNullable")[0]
    key = text(field(tree, "id", "ref")[0])
    owner, _, name = key.partition("/")
    source = f"https://www.kaggle.com/datasets/{key}" if name else ""
    return Told(tuple(said), credit(title, owner if name else None, source))


def _noted(said: Said) -> Said:
    if said.words[0].text.upper().startswith("CC0"):
        return said._replace(note="CC0-1.0 is the default of Kaggle's template: perhaps nobody chose it")
    return said
