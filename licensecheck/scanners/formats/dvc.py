"""DVC ``*.dvc`` files (dvc.org/doc/user-guide/project-structure/dvc-files): no license; where imported data came from, with its exact revision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.scanners.document import Document, Told, field, items, text
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("*.dvc",),
    notes="names where data was imported from: sources",
)


def fits(document: Document) -> bool:
    """A ``.dvc`` file, or outputs with checksums next to dependencies."""
    return isinstance(document.tree, Mapping) and document.name.endswith(".dvc")


def read(document: Document) -> Told:
    """The repositories and addresses that data was imported from."""
    found = []
    for dependency, _ in items(document.tree.get("deps")):
        repo = field(dependency, "repo")[0]
        if isinstance(repo, Mapping):
            revision = text(field(repo, "rev_lock", "rev")[0])
            found.append(text(repo.get("url")) + (f"@{revision}" if revision else ""))
        elif "://" in (path := text(field(dependency, "path")[0])):
            found.append(path)
    return Told(upstream=tuple(filter(None, found)))
