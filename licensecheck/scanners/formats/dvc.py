"""DVC ``*.dvc`` files (dvc.org/doc/user-guide/project-structure/dvc-files): where imported data came from, with its exact revision.

``meta`` is free for users; Our World in Data puts ``meta.license`` or ``meta.origin.license`` there (docs.owid.io/projects/etl), with the
name of the license and the address of the producer's policy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from licensecheck.scanners.document import Document, Path, Said, Told, credit, field, items, text, words
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("*.dvc",),
    fields="`meta.license`, `meta.origin.license`",
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
    said = list(_licenses(document.tree.get("meta"), ("meta",)))
    origin: Mapping[str, Any] = {}
    for key in ("origin", "source"):
        node = field(document.tree.get("meta"), key)[0]
        if isinstance(node, Mapping):
            origin = origin or node
            found.append(text(field(node, "url_main", "url")[0]))
    made = credit(field(origin, "title", "name")[0], field(origin, "producer")[0], field(origin, "url_main", "url")[0])
    return Told(tuple(said), made, tuple(filter(None, found)))


def _licenses(meta: Any, path: Path) -> Iterator[Said]:
    """The licenses of the meta data and of the origin in it: the name goes before the address of a policy."""
    for key in ("license", "licence") if isinstance(meta, Mapping) else ():
        for item, at in items(meta.get(key), (*path, key)):
            if found := words(item, at, "name", "id", "url") if isinstance(item, Mapping) else words(meta, path, key):
                yield Said(found, "license")
    for key in ("origin", "source") if isinstance(meta, Mapping) and len(path) == 1 else ():
        yield from _licenses(meta.get(key), (*path, key))
