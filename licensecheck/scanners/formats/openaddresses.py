"""OpenAddresses sources (github.com/openaddresses/openaddresses, schema/): ``license`` of each layer, as text, an address, or an object with both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.scanners import jsonld
from licensecheck.scanners.document import Document, Said, Told, Words, credit
from licensecheck.scanners.formats import Format, Known

FORMAT: Final = Format(
    signs=(
        (
            '"coverage"',
            '"layers"',
        ),
        (
            '"coverage"',
            '"conform"',
        ),
    ),
    fields="`license` of each layer",
    notes="text, an address, or both",
    known=Known.BY_KEYS,
)


def fits(document: Document) -> bool:
    """A coverage next to layers or a conform."""
    tree = document.tree
    return isinstance(tree, Mapping) and "coverage" in tree and ("layers" in tree or "conform" in tree)


def read(document: Document) -> Told:
    """The layers' licenses, the same one once."""
    said: dict[tuple[str, ...], Said] = {}
    for node, path in jsonld.nodes(document.tree):
        value = node.get("license")
        found: tuple[Words, ...] = ()
        if isinstance(value, str):
            found = (Words(value, (*path, "license")),)
        elif isinstance(value, Mapping):
            found = tuple(
                Words(str(value[key]), (*path, "license", key))
                for key in ("url", "text")
                if isinstance(value.get(key), str) and value[key]
            )
        if found:
            said.setdefault(tuple(w.text for w in found), Said(found, "license"))
    return Told(tuple(said.values()), credit(None, None, document.tree.get("website")))
