"""EML 2.0 to 2.2 (eml.ecoinformatics.org) and GBIF: ``licensed`` (name, address, identifier) and ``intellectualRights`` as text."""

from __future__ import annotations

from typing import Final

from licensecheck.scanners.document import Document, Said, Told, Words, attribute, content, credit, elements
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("eml.xml",),
    signs=(
        "eml://",
        "<eml",
        "eml:eml",
        "intellectualRights",
    ),
    fields="`licensed`, rights as text",
    notes="an address inside the text counts before the text; the citation of GBIF is the credit that is asked for",
)


def fits(document: Document) -> bool:
    """An ``eml`` element, or rights as EML writes them."""
    root = document.root
    if root is None:
        return False
    return (
        root.tag.rsplit("}", 1)[-1] == "eml"
        or "eml://" in document.text[:4000]
        or next(elements(root, "intellectualRights"), None) is not None
    )


def read(document: Document) -> Told:
    """The dataset's rights: an address inside the words counts before them."""
    root = document.root
    said: list[Said] = []
    for licensed in elements(root, "licensed"):
        found = [
            Words(content(e), (e.sourceline or 1,))
            for name in ("identifier", "url", "licenseName")
            for e in elements(licensed, name)
        ]
        said.append(Said(tuple(w for w in found if w.text), "licensed", vocabulary="gbif"))
    for rights in elements(root, "intellectualRights"):
        links = [Words(url, (e.sourceline or 1,)) for e in elements(rights, "ulink") if (url := attribute(e, "url"))]
        named = [Words(content(e), (e.sourceline or 1,)) for e in elements(rights, "citetitle")]
        whole = Words(content(rights), (rights.sourceline or 1,))
        if links or named:
            said.append(Said((*links, *named), "intellectualRights", vocabulary="gbif"))
        elif whole.text:
            said.append(Said((whole,), "intellectualRights", vocabulary="gbif"))
    titles = [content(e) for e in elements(root, "title")]
    people = [
        " ".join(content(n) for n in elements(e, "givenName", "surName"))
        or " ".join(content(n) for n in elements(e, "organizationName"))
        for e in elements(root, "creator")
    ]
    cited = (content(e) for e in elements(root, "citation") if not len(e))  # additionalMetadata of GBIF: how to cite
    return Told(tuple(said), credit(titles[:1], people, notice=next(filter(None, cited), "")))
