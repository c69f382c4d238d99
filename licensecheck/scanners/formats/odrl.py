"""A policy of ODRL 2.2 (w3.org/TR/odrl-model) in a file of its own. Its permissions, prohibitions and duties are not evaluated: it is said that
they are there, which leaves no plain allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.model import Origin
from licensecheck.scanners.document import Document, Told
from licensecheck.scanners.formats import Format, Known
from licensecheck.scanners.leftover import POLICY, policies

FORMAT: Final = Format(
    names=("odrl.{json,jsonld}",),
    signs=(("w3.org/ns/odrl", "permission"), ("w3.org/ns/odrl", "prohibition"), ("w3.org/ns/odrl", "obligation")),
    fields="`permission`, `prohibition`, `obligation`",
    notes="not evaluated: a review",
    known=Known.BY_VOCABULARY,
)


def fits(document: Document) -> bool:
    """An object of ODRL with rules at its top."""
    tree = document.tree
    return isinstance(tree, Mapping) and "odrl" in document.text[:20_000] and not POLICY.isdisjoint(map(str, tree))


def read(document: Document) -> Told:
    """That there is a policy."""
    return Told(ready=tuple(policies(document, Origin.SIDECAR, "odrl")))
