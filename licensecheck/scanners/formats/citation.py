"""CITATION.cff 1.2 (YAML): a list of licences is OR (the schema says so); ``type: software`` unless it says dataset.

``references`` and ``preferred-citation`` are other works: their licences are not this one's.
"""

from __future__ import annotations

from collections.abc import Mapping

from licensecheck.model import Scope
from licensecheck.scanners.document import Document, Said, Told, Words, credit, field, items, text, words


def fits(document: Document) -> bool:
    """The file's name, or its ``cff-version``."""
    return isinstance(document.tree, Mapping) and (document.name.endswith(".cff") or "cff-version" in document.tree)


def read(document: Document) -> Told:
    """The licence of what the file describes."""
    tree = document.tree
    scope = Scope.DATA if text(tree.get("type")).lower() == "dataset" else Scope.CODE
    listed = [Words(text(item), path) for item, path in items(tree.get("license"), ("license",)) if text(item)]
    said: tuple[Said, ...] = ()
    if len(listed) > 1:
        said = (Said((), "license", scope, alternatives=tuple((w,) for w in listed)),)
    elif found := (*listed, *words(tree, (), "license-url")):
        said = (Said(found, "license", scope),)
    names = [
        " ".join(filter(None, (text(a.get("given-names")), text(a.get("family-names"))))) or text(a.get("name"))
        for a, _ in items(tree.get("authors"))
        if isinstance(a, Mapping)
    ]
    source = field(tree, "url", "repository", "doi")[0]
    return Told(said, credit(tree.get("title"), names, source))
