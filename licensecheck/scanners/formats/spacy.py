"""spaCy ``meta.json`` (spacy.io/api/data-formats#meta): ``license`` of the pipeline, and ``sources`` that it was trained on.

The license of the pipeline is a model's. Each source has a license of its own: the pipeline's need not be that of its data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.model import Scope, Standing
from licensecheck.scanners.document import Document, Said, Told, credit, field, items, text, words
from licensecheck.scanners.formats import Format, Known

FORMAT: Final = Format(
    signs=("spacy_version",),
    fields="`license`, `sources[].license`",
    notes="`license` is that of the model; sources are sources",
    known=Known.BY_KEYS,
)


def fits(document: Document) -> bool:
    """An object with ``spacy_version`` and a ``lang`` or ``pipeline``."""
    tree = document.tree
    return isinstance(tree, Mapping) and "spacy_version" in tree and bool({"lang", "pipeline"} & tree.keys())


def read(document: Document) -> Told:
    """The license of the model, and the sources with theirs."""
    tree = document.tree
    said = [Said((w,), "license", Scope.MODEL) for w in words(tree, (), "license")]
    upstream: list[str] = []
    for source, path in items(tree.get("sources"), ("sources",)):
        if isinstance(source, Mapping):
            name = text(field(source, "name")[0])
            upstream.append(text(field(source, "url")[0]) or name)
            for w in words(source, path, "license"):
                said.append(Said((w,), "sources.license", part=name[:100], standing=Standing.BESIDE))
        elif text(source):
            upstream.append(text(source))
    made = credit(tree.get("name"), field(tree, "author")[0], field(tree, "url")[0])
    return Told(tuple(said), made, tuple(filter(None, upstream)))
