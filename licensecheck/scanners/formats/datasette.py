"""Datasette ``metadata.json`` and ``metadata.yaml`` (docs.datasette.io/metadata): ``license`` and ``license_url`` of all, of a database or of a table.

What is stated for a database or a table is a part, and goes before what is above it. ``source_url`` is where it came from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from licensecheck.scanners.document import Document, Path, Said, Told, credit, field, text, words
from licensecheck.scanners.formats import Format, Known

FORMAT: Final = Format(
    names=("metadata.{json,yaml,yml}", "datasette.{json,yaml,yml}"),
    signs=(("databases", "license"), ("databases", "tables")),
    fields="`license`, `license_url` of all, of a database, of a table",
    notes="databases and tables are parts",
    known=Known.BY_KEYS,
)


def fits(document: Document) -> bool:
    """An object whose ``databases`` map names to objects."""
    tree = document.tree
    databases = tree.get("databases") if isinstance(tree, Mapping) else None
    return isinstance(databases, Mapping) and all(isinstance(v, Mapping) for v in databases.values())


def read(document: Document) -> Told:
    """The license of all, and those of databases and tables."""
    tree = document.tree
    said: list[Said] = []
    sources: list[str] = []
    for node, path, part in _levels(tree):
        if found := words(node, path, "license", "license_url"):
            said.append(Said(found, "license", part=part))
        sources.append(text(field(node, "source_url")[0]))
    return Told(
        tuple(said),
        credit(tree.get("title"), field(tree, "source")[0], field(tree, "about_url")[0]),
        tuple(filter(None, sources)),
    )


def _levels(tree: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Path, str]]:
    yield tree, (), ""
    for name, database in tree["databases"].items():
        yield database, ("databases", name), str(name)
        tables = database.get("tables")
        for table, node in tables.items() if isinstance(tables, Mapping) else ():
            if isinstance(node, Mapping):
                yield node, ("databases", name, "tables", table), f"{name}/{table}"
