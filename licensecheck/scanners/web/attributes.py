"""How many attributes the elements of a page have: a guard before a tree is built of them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

ATTRIBUTES: Final = 500
"""Attributes of one element: the tree that lxml builds takes time quadratic in them."""
_SHORT: Final = 16_000
"""Characters of a page that is too short for more attributes than a tree is quickly built of."""


class _Attributes:
    """What a parser tells without a tree: how many attributes the element has that has the most."""

    def __init__(self) -> None:
        self.most = 0

    def start(self, _tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if len(attributes) > self.most:
            self.most = len(attributes)

    def close(self) -> None:
        """The page ends."""


def has_too_many_attributes(text: str) -> bool:
    """Whether an element of the page in ``text`` has over ``ATTRIBUTES`` attributes. Takes time linear in the text."""
    if len(text) <= _SHORT:
        return False
    from lxml import etree

    found: Any = _Attributes()
    parser = etree.HTMLParser(target=found, no_network=True, encoding="utf-8", huge_tree=True)
    with suppress(etree.XMLSyntaxError, ValueError):
        etree.fromstring(text.encode("utf-8", "replace"), parser)
    return bool(found.most > ATTRIBUTES)
