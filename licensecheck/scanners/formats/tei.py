"""TEI P5 (tei-c.org, guidelines 2.2.4): ``publicationStmt/availability`` with ``licence/@target``, or its paragraphs.

An ``availability`` inside ``sourceDesc`` is about the source that was transcribed. ``@status`` (free, restricted) names no license.
"""

from __future__ import annotations

from typing import Final

from licensecheck.scanners.document import Document, Said, Told, content, credit, elements, inside, stated, tag
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    signs=("tei-c.org/ns", "<teiHeader", "<TEI"),
    fields="`availability/licence` with `target`, `availability/p`",
    notes="an `availability` of `sourceDesc` is that of the source",
)


def fits(document: Document) -> bool:
    """A ``TEI`` or ``teiCorpus`` element, or a header of its own."""
    return tag(document.root) in ("TEI", "teiCorpus", "teiHeader", "TEI.2")


def read(document: Document) -> Told:
    """The licenses of the text, each with its address and its words."""
    said: list[Said] = []
    for availability in elements(document.root, "availability"):
        if inside(availability, "sourceDesc"):
            continue
        licenses = list(elements(availability, "licence", "license"))
        for element in licenses or elements(availability, "p", "ab"):
            said += stated(element, tag(element))
        if licenses:
            own = [e for e in elements(availability, "p", "ab") if not inside(e, "licence", "license")]
            said += [s for e in own for s in stated(e, "availability")]
    titles = [content(e) for e in elements(document.root, "title") if inside(e, "titleStmt")]
    makers = [content(e) for e in elements(document.root, "author") if inside(e, "titleStmt")]
    return Told(tuple(said), credit(titles[:1], makers))
