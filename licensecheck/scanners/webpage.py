"""Web pages, saved or fetched: their license or their dataset's, who made it, and what they reserve.

The markup is read by :mod:`licensecheck.scanners.web.markup`, what it says of licenses by
:mod:`licensecheck.scanners.web.reading`; both are loaded when the first page is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from licensecheck.base import regex
from licensecheck.identification import find
from licensecheck.model import Basis, Credit, Evidence, Kind, Reservation, Scanned, Statement, Unweighed
from licensecheck.scanners.unweighed import heard_at

if TYPE_CHECKING:
    from licensecheck.scanners.web.about import About
    from licensecheck.scanners.web.markup import Page

NAME: Final = "webpage"
_SUFFIXES: Final = (".html", ".htm", ".xhtml")
_OWN_PAGES: Final = (
    "index", "home", "about", "readme", "read-me", "dataset", "license", "licence", "licenses/", "copying", "copyright", "terms", "legal", "notice",
)  # fmt: skip
"""Beginnings of the names of pages that speak of what they lie beside."""
_PAGE_HEAD: Final = regex.compile(
    r"\ufeff?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,500}-->\s*){0,3}<(?:!doctype\s+html|html|head|body)\b", re.I
)
_LICENSE_NAME: Final = regex.compile(r"(?:un)?licen[cs]e|copying|copyright|notice", re.I)
_TERMS_NAME: Final = regex.compile(r"(?:un)?licen[cs]e|copying|copyright|notice|terms|legal", re.I)
_NOTICE: Final = regex.compile(r"\W{0,3}(?:©|ⓒ|copyright\b|\(c\))", re.I)
_LINK: Final = regex.compile(r"\[([^\[\]]{0,300})\]\([^()\s]{0,1000}\)")
_PEOPLE: Final = ("author", "citation_author", "dc.creator", "dcterms.creator")
_BOTS: Final = ("robots", "x-robots-tag", "googlebot", "bingbot")


def accepts(name: str, head: str) -> bool:
    """Files named as HTML, and texts that begin as HTML does.

    By its name alone only a page that speaks of what it lies beside is claimed: other pages in a tree are data.
    """
    low = name.lower()
    if low.endswith(_SUFFIXES):
        return bool(head) or low.startswith(_OWN_PAGES)
    return _PAGE_HEAD.match(head) is not None


def scan(path: str, text: str) -> Scanned:
    """What a page says of its license or its dataset's, and the signals by which it reserves mining and training."""
    from licensecheck.scanners.web import markup, reading
    from licensecheck.scanners.web.about import about as about_of

    page = markup.read(path, text)
    about = about_of(page)
    evidence, problems = reading.read(path, text, page, about)
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    if _LICENSE_NAME.match(name):
        evidence = (*_license_text(path, page), *evidence)
    return Scanned(
        evidence,
        (*page.problems, *problems),
        _credit(page, about),
        tuple(dict.fromkeys(address for node in about.nodes if node.own for address in node.sources))[:60],
        tuple(_reservations(path, page)),
        unweighed=tuple(_unweighed(path, page, about, terms=_TERMS_NAME.match(name) is not None)),
    )


def _unweighed(path: str, page: Page, about: About, *, terms: bool) -> Iterator[Unweighed]:
    """The sentences of a page that may restrict the use: of one that describes a dataset, or speaks of terms."""
    from licensecheck.scanners.web import phrases, regions

    if not (about.dataset or terms):
        return
    aside = (
        regions.COMMENT
        | regions.FIGURE
        | regions.AD
        | regions.QUOTE
        | regions.CODE
        | regions.NAV
        | regions.SIDE
        | regions.CARD
        | regions.FOOT
    )
    label = ""
    for block in page.blocks:
        if block.level:
            label = block.text
        if block.region & aside or not block.text:
            continue
        licensing = terms or phrases.LABEL.fullmatch(label.strip()) is not None
        yield from heard_at(block.text, find, (block.line, 1), path=path, licensing=licensing, taken=not terms)


def _license_text(path: str, page: Page) -> Iterator[Evidence]:
    """The whole license texts in a page that is called a license: it is the license file of what it lies beside."""
    from licensecheck.identification import texts

    text = "\n\n".join(block.text for block in page.blocks)[:400_000]
    for m in texts.match(text):
        before = text.count("\n\n", 0, m.start)
        line = page.blocks[min(before, len(page.blocks) - 1)].line
        words = text[m.start : m.start + 160]
        s = Statement(m.license, m.certainty, m.start, m.end, words, "text", kind=Kind.TEXT)
        yield Evidence.of(s, path=path, line=line, field="text", scanner=NAME, basis=Basis.LICENSE_FILE)


def _credit(page: Page, about: About) -> Credit:
    own = sorted((n for n in about.nodes if n.own and n.name), key=lambda n: n.kind != "dataset")
    heading = next((b.text for b in page.blocks if b.level == 1), "")
    metas = {m.name: m.content for m in page.metas if m.content.strip()}
    people = tuple(
        dict.fromkeys(" ".join(m.content.split())[:200] for m in page.metas if m.name in _PEOPLE and m.content.strip())
    )
    title = (own[0].name if own else "") or metas.get("citation_title", "") or heading or page.title
    creators = (own[0].creators if own else ()) or people[:60]
    notice = next((b.text for b in reversed(page.blocks) if _NOTICE.match(b.text)), "")
    notice = " ".join(_LINK.sub(r"\1", notice).split())
    return Credit(" ".join(title.split())[:300], creators, about.address, notice[:300])


def _reservations(path: str, page: Page) -> Iterator[Reservation]:
    """Signals in the page that reserve mining or training."""
    from licensecheck.scanners import reservations
    from licensecheck.scanners.web.markup import is_rsl

    policy = next((m.content.strip()[:500] for m in page.metas if m.name == "tdm-policy" and m.content.strip()), "")
    for meta in page.metas:
        if meta.name == "tdm-reservation" and meta.content.strip() in ("0", "1"):
            note = f"the terms are at {policy}" if policy else ""
            yield Reservation(
                "tdm-reservation", meta.content.strip(), path, meta.line, meta.content.strip() == "1", note
            )
        elif meta.name in _BOTS:
            tokens = [t.strip().lower() for t in meta.content.split(",")]
            said = [t for t in tokens if t in ("noai", "noimageai")]
            if said:
                yield Reservation("noai", ", ".join(said), path, meta.line)
        elif meta.name == "content-signal":
            yield from reservations.content_signal(meta.content, path, meta.line)
    for link in page.links:
        if "license" in link.rel and link.href and is_rsl(link):
            note = "Really Simple Licensing: the terms stand there and were not read"
            yield Reservation("rsl", link.href[:500], path, link.line, True, note)
    for script in page.scripts:
        if "rsl+xml" in script.type:
            yield from reservations.rsl(script.text, path, script.line - 1)
