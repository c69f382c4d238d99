"""JSON-LD as it is written: nodes by type and id, licenses in all their forms. Contexts are never fetched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from licensecheck.model import Basis, Scope
from licensecheck.scanners.document import Path, Said, Words, field, items, local, text

MOST: Final = 20_000
"""Nodes of one document that are looked at."""
LINEAGE: Final = ("wasDerivedFrom", "isBasedOn", "isBasedOnUrl", "wasRevisionOf", "source", "derivedFrom")


def nodes(tree: Any) -> Iterator[tuple[Mapping[str, Any], Path]]:
    """Every object inside ``tree`` with its path, outer ones first; contexts are left out."""
    waiting: list[tuple[Any, Path]] = [(tree, ())]
    for _ in range(MOST):
        if not waiting:
            return
        value, path = waiting.pop()
        if isinstance(value, Mapping):
            yield value, path
            waiting += reversed([(inner, (*path, key)) for key, inner in value.items() if key != "@context"])
        elif isinstance(value, list) and len(path) < 60:
            waiting += reversed([(inner, (*path, n)) for n, inner in enumerate(value)])


def types(node: Any) -> frozenset[str]:
    """The types of a node, in lower case and without prefixes."""
    if not isinstance(node, Mapping):
        return frozenset()
    named = [*items(node.get("@type")), *items(node.get("type"))]
    return frozenset(local(value).lower() for value, _ in named if isinstance(value, str))


def by_id(tree: Any) -> dict[str, tuple[Mapping[str, Any], Path]]:
    """The nodes that describe something more than their id, by ``@id``."""
    found: dict[str, tuple[Mapping[str, Any], Path]] = {}
    for node, path in nodes(tree):
        key = node.get("@id")
        if isinstance(key, str) and len(node) > 1:
            found.setdefault(key, (node, path))
    return found


def licenses(
    node: Any,
    path: Path,
    *names: str,
    scope: Scope = Scope.DATA,
    vocabulary: str | None = None,
    part: str = "",
    known: Mapping[str, tuple[Mapping[str, Any], Path]] | None = None,
    basis: Basis = Basis.METADATA_FILE,
) -> Iterator[Said]:
    """The statements of the fields ``names`` of one node: text, address, ``@id`` or object, one or a list.

    ``known`` are the document's nodes by id, through which an ``@id`` gets its name and address.
    """
    for name in names or ("license",):
        value, key = field(node, name)
        for item, at in items(value, (*path, key)):
            if found := _words(item, at, known or {}):
                yield Said(found, key, scope, vocabulary, part, basis=basis)


def _words(item: Any, at: Path, known: Mapping[str, tuple[Mapping[str, Any], Path]]) -> tuple[Words, ...]:
    if not isinstance(item, Mapping):
        said = text(item).strip()
        return (Words(said, at),) if said else ()
    found = []
    for name in ("identifier", "@id", "url", "sameAs", "@value", "name", "license", "description", "label", "title"):
        inner, key = field(item, name)
        for value, _ in items(inner):
            said = text(value).strip()
            if said and not said.startswith(("#", "_:")):
                found.append(Words(said, (*at, key) if not isinstance(inner, list) else at))
    target = item.get("@id")
    if isinstance(target, str) and target in known and len(item) == 1:
        node, _ = known[target]
        for name in ("identifier", "url", "sameAs", "name", "label", "title", "description"):
            inner, _ = field(node, name)
            if said := text(inner).strip():
                found.append(Words(said, (*at, "@id")))
    return tuple(found)


def lineage(node: Any) -> tuple[str, ...]:
    """Where a node says that its data came from: addresses, else names."""
    from licensecheck.scanners.document import addresses

    found: list[str] = []
    for name in LINEAGE:
        value, _ = field(node, name)
        if value is not None:
            found += addresses(value)
    return tuple(dict.fromkeys(found))
