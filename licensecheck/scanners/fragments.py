"""HTML and XML fragments inside other texts, read by Beautiful Soup: fields of portals, comments of pages."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup


def soup(fragment: str) -> BeautifulSoup:
    """The elements of a fragment, each with its 1-based ``sourceline``: of the parsers that Beautiful Soup can use,
    Python's own keeps the lines, and lxml's does not.
    """
    from bs4 import BeautifulSoup

    with warnings.catch_warnings():  # a field may be an address or XML: Beautiful Soup warns of both
        warnings.simplefilter("ignore")
        return BeautifulSoup(fragment, "html.parser")


def plain(fragment: str) -> str:
    """The words of a fragment, without its markup."""
    if "<" in fragment or "&" in fragment:
        fragment = soup(fragment).get_text(" ")
    return " ".join(fragment.split())
