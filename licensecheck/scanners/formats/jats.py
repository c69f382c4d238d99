"""JATS 1.x (jats.nlm.nih.gov, Z39.96): ``article-meta/permissions`` with ``license/@xlink:href``, ``ali:license_ref`` and ``license-p``.

``permissions`` of a figure, a table or a boxed text are those of that part. ``copyright-statement`` names only the holder.
"""

from __future__ import annotations

from typing import Final

from licensecheck.scanners.document import Document, Said, Told, content, credit, elements, inside, stated, tag
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    signs=("<permissions", "ali:license_ref", "<article-meta"),
    fields="`permissions/license` with `xlink:href`, `ali:license_ref`",
    notes="permissions of a figure or table are those of that part",
)

_PARTS: Final = ("fig", "table-wrap", "boxed-text", "supplementary-material", "media", "graphic", "disp-quote")


def fits(document: Document) -> bool:
    """An ``article`` element with ``front`` or ``permissions``, also several in one file."""
    root = document.root
    return root is not None and (
        tag(root) in ("article", "articles", "pmc-articleset")
        and next(elements(root, "permissions", "front"), None) is not None
    )


def read(document: Document) -> Told:
    """The license of the article, and those of its figures and tables as parts."""
    said: list[Said] = []
    for element in elements(document.root, "license"):
        if inside(element, "ref-list", "ref"):
            continue
        holder = next((e for e in element.iterancestors() if tag(e) in _PARTS), None)
        part = "" if holder is None else (content(next(elements(holder, "label"), holder))[:60] or tag(holder))
        said += stated(element, "license", part=part)
    titles = [content(e) for e in elements(document.root, "article-title") if inside(e, "title-group")]
    makers = [content(e) for e in elements(document.root, "surname") if inside(e, "contrib")]
    return Told(tuple(said), credit(titles[:1], makers))
