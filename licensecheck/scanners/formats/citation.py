"""CITATION.cff 1.2 (YAML; doi.org/10.5281/zenodo.5171937): a list of licenses is OR, as the schema says.

It is about software unless ``type`` is dataset. ``references`` and ``preferred-citation`` are other works.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.model import Scope
from licensecheck.scanners.document import Document, Said, Told, Words, credit, field, items, text, words
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("*.cff",),
    signs=("cff-version",),
    fields="`license`, `license-url`",
    notes="a list is a choice (OR); about software unless `type: dataset`",
)


def fits(document: Document) -> bool:
    """The file's name, or its ``cff-version``."""
    return isinstance(document.tree, Mapping) and (document.name.endswith(".cff") or "cff-version" in document.tree)


def read(document: Document) -> Told:
    """The license of what the file describes."""
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
