"""Figshare API v2 articles (docs.figshare.com): the license's ``url`` is trusted; ``name`` drops the version, ``value`` is Figshare's own number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.model import Origin
from licensecheck.scanners.document import Document, Said, Told, credit, field, items, text, words
from licensecheck.scanners.formats import Format, Known

FORMAT: Final = Format(
    signs=(
        "figshare",
        "Figshare",
        (
            '"license"',
            '"value"',
            '"url"',
        ),
    ),
    fields="its `url`",
    notes="`name` lacks the version",
    known=Known.BY_KEYS,
)


def fits(document: Document) -> bool:
    """An article with a license of Figshare's form."""
    tree = document.tree
    if not isinstance(tree, Mapping) or not isinstance(tree.get("license"), Mapping):
        return False
    return {"value", "url"} <= set(tree["license"]) or "figshare" in document.text[:5000].lower()


def read(document: Document) -> Told:
    """The article's license by its address."""
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
