"""CITATION.cff 1.2 (YAML; doi.org/10.5281/zenodo.5171937): a list of licenses is OR, as the schema says.

It is about software unless ``type`` is dataset. ``references`` and ``preferred-citation`` are other works, and the latter is
the credit that the authors ask for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from licensecheck.model import Scope
from licensecheck.scanners.document import Document, Said, Told, Words, credit, field, items, text, words
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("*.cff",),
    signs=("cff-version",),
    fields="`license`, `license-url`",
    notes="a list is a choice (OR); about software unless `type: dataset`; `preferred-citation` is the credit that is asked for",
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
    source = field(tree, "url", "repository", "doi")[0]
    return Told(said, credit(tree.get("title"), _authors(tree), source, _preferred(tree.get("preferred-citation"))))


def _authors(work: Mapping[str, Any]) -> list[str]:
    return [
        " ".join(filter(None, (text(a.get("given-names")), text(a.get("family-names"))))) or text(a.get("name"))
        for a, _ in items(work.get("authors"))
        if isinstance(a, Mapping)
    ]


def _preferred(work: Any) -> str:
    """The citation that the authors ask for, on one line; "" where it has no title."""
    if not isinstance(work, Mapping) or not text(work.get("title")):
        return ""
    authors = ", ".join(filter(None, _authors(work)))
    year = text(work.get("year") or work.get("date-published"))[:4]
    doi = text(work.get("doi"))
    address = f"https://doi.org/{doi}" if doi.startswith("10.") else doi or text(work.get("url"))
    parts = (f"{authors} ({year})" if year else authors, text(work.get("title")), address)
    return "Please cite: " + ". ".join(part for part in parts if part)
