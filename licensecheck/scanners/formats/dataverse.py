"""Dataverse native JSON (guides.dataverse.org/en/latest/api/native-api.html): ``license`` with name and address, or custom terms of use.

Terms next to a license bind too: ``termsOfUse``, ``restrictions``, ``specialPermissions``, ``conditions``,
``citationRequirements`` (JsonPrinter of Dataverse 5 and 6). Older versions write the strings CC0 and NONE.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from licensecheck.model import Origin
from licensecheck.scanners.document import Document, Said, Told, Words, credit, field, items, text, words
from licensecheck.scanners.formats import Format, Known

FORMAT: Final = Format(
    signs=(
        "metadataBlocks",
        "termsOfUse",
    ),
    fields="`license`, `termsOfUse`, restrictions",
    notes="terms next to a license bind too",
    known=Known.BY_KEYS,
)

_TERMS = (
    "termsOfUse",
    "restrictions",
    "specialPermissions",
    "conditions",
    "confidentialityDeclaration",
    "depositorRequirements",
)


def fits(document: Document) -> bool:
    """A ``datasetVersion`` or one of its forms."""
    tree = document.tree
    return isinstance(tree, Mapping) and _version(tree)[0] is not None


def _version(tree: Mapping[str, Any]) -> tuple[Mapping[str, Any] | None, tuple[str, ...]]:
    for path in (("data", "latestVersion"), ("datasetVersion",), ("data", "datasetVersion"), ("data",), ()):
        inner: Any = tree
        for key in path:
            inner = inner.get(key) if isinstance(inner, Mapping) else None
        if isinstance(inner, Mapping) and ("metadataBlocks" in inner or "termsOfUse" in inner):
            return inner, path
    return None, ()


def read(document: Document) -> Told:
    """The version's license, or its own terms."""
    version, path = _version(document.tree)
    assert version is not None  # noqa: S101 - fits() found it
    said: list[Said] = []
    own = version.get("license")
    named = words(own, (*path, "license"), "rightsIdentifier", "uri", "name") if isinstance(own, Mapping) else ()
    if isinstance(own, str) and own.upper() != "NONE":
        named = (Words(own, (*path, "license")),)
    if named:
        said.append(Said(named, "license", vocabulary="dataverse"))
    for name in _TERMS:
        said += [Said((w,), name, prose=True) for w in words(version, path, name)]
    cited = text(version.get("citationRequirements"))
    fields = version.get("metadataBlocks")
    blocks = field(field(fields, "citation")[0], "fields")[0]
    by = {text(f.get("typeName")): f.get("value") for f, _ in items(blocks) if isinstance(f, Mapping)}
    names = [text(field(field(a, "authorName")[0], "value")[0]) for a, _ in items(by.get("author"))]
    pid = text(version.get("datasetPersistentId"))
    source = f"https://doi.org/{pid[4:]}" if pid.startswith("doi:") else pid
    return Told(tuple(said), credit(by.get("title"), names, source, cited), (), Origin.PORTAL)
