"""DataCite 2 to 4.6 (schema.datacite.org), XML and JSON: each ``rights`` with its identifier, address and text.

XML spells the attributes ``rightsURI`` and ``schemeURI``, JSON ``rightsUri`` and ``schemeUri``. Access rights are not a license.
Local Contexts notices are obligations, not licenses. Lineage is ``relatedIdentifier`` with IsDerivedFrom and the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from licensecheck.model import Origin
from licensecheck.scanners.document import (
    Document,
    Said,
    Told,
    Words,
    attribute,
    content,
    credit,
    elements,
    field,
    items,
    text,
)
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("datacite.{json,xml,yaml,yml}",),
    signs=(
        "datacite.org/schema",
        "rightsList",
        (
            "<resource",
            "<rights",
        ),
    ),
    fields="`rights` with identifier and address",
    notes="access rights are not a license, nor are Local Contexts labels",
)

_ACCESS = re.compile(
    r"info:eu-repo/semantics|(?:open|closed|embargoed|restricted|metadata only) ?access\Z|coar-repositories.org|purl.org/coar",
    re.I,
)
_FROM = frozenset({"isderivedfrom", "isvariantformof", "istranslationof", "compiles", "collects", "isversionof"})


def fits(document: Document) -> bool:
    """The kernel's namespace or schema, or a ``rightsList`` of its form."""
    if document.root is not None:
        return "datacite.org/schema" in document.text[:4000] or (
            document.root.tag.rsplit("}", 1)[-1] == "resource"
            and next(elements(document.root, "rightsList", "rights"), None) is not None
        )
    tree = _attributes(document.tree)[0]
    return isinstance(tree, Mapping) and "rightsList" in tree


def _attributes(tree: Any) -> tuple[Any, tuple[str, ...]]:
    """The record inside what the REST interface wraps around it."""
    for path in (("data", "attributes"), ("attributes",)):
        inner = tree
        for key in path:
            inner = inner.get(key) if isinstance(inner, Mapping) else None
        if isinstance(inner, Mapping):
            return inner, path
    return tree, ()


def read(document: Document) -> Told:
    """The rights of the resource, with who made it."""
    return _xml(document) if document.root is not None else _json(document)


def _said(candidates: list[Words], scheme: str) -> Iterator[Said]:
    kept = [w for w in candidates if w.text and not _ACCESS.search(w.text)]
    if kept and "local contexts" not in scheme.lower():
        yield Said(tuple(kept), "rights")


def _xml(document: Document) -> Told:
    said: list[Said] = []
    for rights in elements(document.root, "rights"):
        at = (rights.sourceline or 1,)
        parts = (attribute(rights, "rightsIdentifier"), attribute(rights, "rightsURI"), content(rights))
        said += _said([Words(part, at) for part in parts], attribute(rights, "rightsIdentifierScheme"))

    def first(*names: str) -> list[str]:
        return [content(e) for e in elements(document.root, *names)]

    related = [
        content(e)
        for e in elements(document.root, "relatedIdentifier")
        if attribute(e, "relationType").lower() in _FROM
    ]
    titles, identifier = first("title"), first("identifier")
    source = (
        f"https://doi.org/{identifier[0]}"
        if identifier and identifier[0].startswith("10.")
        else "".join(identifier[:1])
    )
    return Told(tuple(said), credit(titles[:1], first("creatorName"), source), tuple(related), Origin.PORTAL)


def _json(document: Document) -> Told:
    tree, path = _attributes(document.tree)
    said: list[Said] = []
    for item, at in items(tree.get("rightsList"), (*path, "rightsList")):
        found = [
            Words(text(value), (*at, key))
            for value, key in (
                field(item, "rightsIdentifier"),
                field(item, "rightsUri", "rightsURI"),
                field(item, "rights"),
            )
            if value is not None
        ]
        said += _said(found, text(field(item, "rightsIdentifierScheme")[0]))
    related = [
        text(r.get("relatedIdentifier"))
        for r, _ in items(tree.get("relatedIdentifiers"))
        if isinstance(r, Mapping) and text(r.get("relationType")).lower() in _FROM
    ]
    titles = [text(t.get("title")) for t, _ in items(tree.get("titles")) if isinstance(t, Mapping)]
    names = [text(c.get("name")) for c, _ in items(tree.get("creators")) if isinstance(c, Mapping)]
    source = text(tree.get("url")) or (f"https://doi.org/{text(tree.get('doi'))}" if tree.get("doi") else "")
    return Told(tuple(said), credit(titles[:1], names, source), tuple(related), Origin.PORTAL)
