"""Figshare API v2 articles: the licence's ``url`` is trusted; ``name`` drops the version and ``value`` is local."""

from __future__ import annotations

from collections.abc import Mapping

from licensecheck.model import Origin
from licensecheck.scanners.document import Document, Said, Told, credit, field, items, text, words


def fits(document: Document) -> bool:
    """An article with a licence of Figshare's form."""
    tree = document.tree
    if not isinstance(tree, Mapping) or not isinstance(tree.get("license"), Mapping):
        return False
    return {"value", "url"} <= set(tree["license"]) or "figshare" in document.text[:5000].lower()


def read(document: Document) -> Told:
    """The article's licence by its address."""
    tree = document.tree
    found = words(tree["license"], ("license",), "url", "name")
    said = (Said(found, "license"),) if found else ()
    people = [text(field(a, "full_name", "name")[0]) for a, _ in items(tree.get("authors"))]
    references = [text(r) for r, _ in items(tree.get("references"))]
    source = field(tree, "url_public_html", "figshare_url", "doi")[0]
    return Told(
        said,
        credit(tree.get("title"), people, source, tree.get("citation")),
        tuple(filter(None, references)),
        Origin.PORTAL,
    )
