"""HTML as blocks of text with their places: what a reader sees, in order, and what is meant for machines.

lxml reads what is broken as browsers do, resolves no entity of the page's own and fetches nothing. What is too large or
too deep is left out, and a :class:`Problem` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import IntFlag
from functools import lru_cache
from typing import Any, Final, NamedTuple

from licensecheck.model import Problem

HEAD: Final = 2_000_000
TAIL: Final = 500_000
"""Characters of a page that are read: so many from its start and from its end, where licences stand."""
ELEMENTS: Final = 150_000
_DEEP: Final = 2000
_BLOCK: Final = 20_000
_LINES: Final = 65_535
"""The last line that libxml2 counts to in HTML."""

_DATA_URI: Final = re.compile(r"data:[\w/+.-]{0,60};base64,[A-Za-z0-9+/=]{200,}")
_SKIPPED: Final = frozenset(
    {"style", "template", "svg", "math", "iframe", "object", "embed", "canvas", "select", "textarea", "video", "audio"}
)
_BLOCKS: Final = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li",
        "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
_HEADINGS: Final = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BADGE: Final = re.compile(
    r"(?:i\.creativecommons\.org/|(?:i\.)?licensebuttons\.net/|mirrors\.creativecommons\.org/|ccl\.cckorea\.org/).{0,200}", re.I
)
_BADGE_NAME: Final = re.compile(
    r"(?:\A|[/_.-])(?:cc[-_.]?)(by(?:[-_.]?(?:nc|nd|sa))*|zero|0)(?=[-_.]|\d\dx\d\d|\Z)|(?:\A|[/_-])(by(?:[-_](?:nc|nd|sa))+)(?=[-_.]|\Z)", re.I
)
_KOGL_NAME: Final = re.compile(r"(?:img_?)?(?:open)?(?:type|code)[-_]?0?([1-4])\w{0,6}\.(?:png|jpe?g|gif|svg)", re.I)
_LICENSE_ADDRESS: Final = re.compile(
    r"licen[cs]|creativecommons|opendatacommons|opendefinition|publicdomain|kogl|cckorea|spdx\.org|gnu\.org|rightsstatements|opensource\.org|lizenz"
    r"|govdata|etalab|data-user|apache\.org|unlicense|mozilla\.org/mpl",
    re.I,
)
_SPACE: Final = re.compile(r"[ \t\f\v\xa0\u2000-\u200a\u202f\u3000]+")
_INVISIBLE: Final = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), None)


class Region(IntFlag):
    """What part of a page a block stands in."""

    BODY = 0
    FOOT = 1
    SIDE = 2
    NAV = 4
    COMMENT = 8
    FIGURE = 16
    AD = 32
    QUOTE = 64
    CODE = 128
    CARD = 256
    NOTICE = 512
    """A place whose own name says that it speaks of rights: ``class="copyright"``."""


_TAGS: Final = {
    "footer": Region.FOOT,
    "aside": Region.SIDE,
    "nav": Region.NAV,
    "figure": Region.FIGURE,
    "figcaption": Region.FIGURE,
    "caption": Region.FIGURE,
    "blockquote": Region.QUOTE,
    "pre": Region.CODE,
    "code": Region.CODE,
}
_ROLES: Final = {"contentinfo": Region.FOOT, "navigation": Region.NAV, "complementary": Region.SIDE}
_NAMES: Final = tuple(
    (region, re.compile(rf"(?:\A|[\s])(?:{words})(?=\Z|[\s])", re.I))
    for region, words in (
        (
            Region.FOOT,
            r"(?:[\w-]*[-_])?(?:foot|footer|fuss|fusszeile|pie)(?:[-_]?\w+)*|\w+footer|colophon|site-?info|page-?(?:bottom|end)|bottom(?:[-_]\w+)*|credits?-?(?:line|bar)?|impressum|imprint|pied",
        ),
        (Region.SIDE, r"(?:[\w-]*[-_])?side-?bar(?:[-_]?\w+)*|widget(?:[-_]\w+)*|widget-?area|secondary|\w*sidebar\d?|seitenleiste"),
        (Region.NAV, r"nav|navbar|navigation|menu|main-?menu|breadcrumbs?"),
        (Region.COMMENT, r"comments?|comments?-?(?:list|area|body|content|text|thread|section)|respond|disqus_thread|replies|kommentare?"),
        (
            Region.FIGURE,
            r"wp-caption(?:-text)?|(?:[\w-]*[-_])?(?:caption|figcaption|thumb(?:nail|caption|inner)?s?|gallery|lightbox|carousel|slideshow|figure)(?:[-_]\w+)*"
            r"|(?:[\w-]*[-_])?(?:image|img|photo|picture|media|foto|bild|video|audio|illustration)s?[-_]?(?:credits?|caption|source|sources|copyright|licen[cs]e|attribution|info|meta|rights|nachweis)(?:[-_]\w+)*"
            r"|credit-desc|bildnachweis|bildquelle|attribution-image",
        ),
        (Region.AD, r"ads?|advert\w*|adsbygoogle|ad-(?:slot|box|unit|container)|sponsor\w*|promo\w*|werbung|anzeige|publicidad"),
        (Region.CARD, r"card|cards|search-?results?|result(?:-?list|-?item)?s?|listing|related(?:[-_]\w+)*|recommend\w*|teaser|more-?datasets|similar(?:[-_]\w+)*|repo-?list"),
        (Region.NOTICE, r"(?:[\w-]*[-_])?(?:licen[cs]e|licen[cs]ing|copyright|copyrights|rights|ccl|creative-?commons|cc-?licen[cs]e|lizenz|legal)(?:[-_]\w+)*|cc|postbtn_ccl"),
    )
)  # fmt: skip


class Anchor(NamedTuple):
    """A link or image of a block: its address, the ``rel`` tokens, and the stretch of the block's text that is its own."""

    href: str
    rel: frozenset[str]
    start: int
    end: int
    image: bool = False


class Block(NamedTuple):
    """A paragraph, cell or list item: its text, in which links to licences are ``[words](address)``."""

    text: str
    line: int
    region: Region
    level: int
    tag: str
    anchors: tuple[Anchor, ...]
    group: int
    """The number of the nearest list item, row or article that holds it."""


class Meta(NamedTuple):
    """A ``<meta>``: its name (lower-case), its content and its line."""

    name: str
    content: str
    line: int


class HeadLink(NamedTuple):
    """A ``<link>``."""

    rel: frozenset[str]
    href: str
    type: str
    line: int


class Item(NamedTuple):
    """A value given in attributes (microdata or RDFa): property, value, the type of the thing, and whose it is."""

    name: str
    value: str
    type: str
    line: int
    about: str
    region: Region
    kind: str


class Script(NamedTuple):
    """Data in a ``<script>`` or a comment: its media type, text and first line."""

    type: str
    text: str
    line: int


class Page(NamedTuple):
    """All of a page that matters to licences."""

    title: str = ""
    blocks: tuple[Block, ...] = ()
    metas: tuple[Meta, ...] = ()
    links: tuple[HeadLink, ...] = ()
    scripts: tuple[Script, ...] = ()
    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(path: str, text: str) -> Page:
    """The page in ``text``. What cannot be read of it is among its problems."""
    text = text.replace("\x00", " ")
    if len(text) > HEAD + TAIL and "base64," in text:
        text = _DATA_URI.sub("data:", text)
    if len(text) <= HEAD + TAIL:
        return _Reader(path, 0).read(text)
    cut = text.rfind("<", len(text) - TAIL)
    cut = text.find("<", len(text) - TAIL)
    cut = cut if cut >= 0 else len(text)
    first = _Reader(path, 0).read(text[:HEAD])
    line = text.count("\n", 0, cut)
    last = _Reader(path, line).read(text[cut:]) if cut < len(text) else Page()
    note = f"a page of {len(text):,} characters: only its first {HEAD:,} and its last {len(text) - cut:,} were read"
    problem = Problem(path, text.count("\n", 0, HEAD) + 1, note)
    return Page(
        first.title,
        first.blocks + last.blocks,
        first.metas + last.metas,
        first.links + last.links,
        first.scripts + last.scripts,
        first.items + last.items,
        (*first.problems, *last.problems, problem),
    )


@lru_cache(maxsize=4096)
def _named(names: str) -> Region:
    region = Region.BODY
    for part, form in _NAMES:
        if form.search(names):
            region |= part
    return region


def is_license_rel(token: str) -> bool:
    """Whether a token of ``rel`` or ``property`` says that what follows is the licence: ``license``, ``dct:license``."""
    return re.split(r"[:/#.]", token)[-1] in ("license", "licence") or token in ("dc:rights", "dct:rights", "dcterms:rights")


class _Reader:
    """One pass over the elements of one page."""

    def __init__(self, path: str, lines: int) -> None:
        self.path = path
        self.lines = lines
        self.title = ""
        self.blocks: list[Block] = []
        self.metas: list[Meta] = []
        self.links: list[HeadLink] = []
        self.scripts: list[Script] = []
        self.items: list[Item] = []
        self.problems: list[Problem] = []
        self.parts: list[str] = []
        self.length = 0
        self.line = 0
        self.anchors: list[tuple[str, frozenset[str], int, int, bool]] = []
        self.regions: list[Region] = [Region.BODY]
        self.groups: list[int] = [0]
        self.types: list[tuple[int, str]] = []
        self.abouts: list[tuple[int, str]] = []
        self.open: list[tuple[Any, int]] = []
        self.wanted: list[tuple[Any, str, str, int]] = []

    def read(self, text: str) -> Page:
        from lxml import etree

        parser = etree.HTMLParser(
            no_network=True, remove_pis=True, encoding="utf-8", huge_tree=True, strip_cdata=False
        )
        try:
            root = etree.fromstring(text.encode("utf-8", "replace"), parser)
        except (etree.XMLSyntaxError, ValueError):
            root = None
        if root is not None:
            self._walk(etree, root)
        if any("depth" in error.message.lower() for error in parser.error_log):
            self.problems.append(
                Problem(self.path, self.lines + 1, f"nested over {_DEEP:,} deep: what stands deeper was not read")
            )
        return Page(
            self.title,
            tuple(self.blocks),
            tuple(self.metas),
            tuple(self.links),
            tuple(self.scripts),
            tuple(self.items),
            tuple(self.problems),
        )

    def _walk(self, etree: Any, root: Any) -> None:
        walker = etree.iterwalk(root, events=("start", "end", "comment"))
        count = 0
        depth = 0
        for event, element in walker:
            if event == "comment":
                self._comment(element)
            elif event == "start":
                count += 1
                if count > ELEMENTS:
                    note = f"over {ELEMENTS:,} elements: the page was not read from here on"
                    self.problems.append(Problem(self.path, self._line(element), note))
                    break
                depth += 1
                if self._start(element, depth):
                    walker.skip_subtree()
            else:
                self._end(element, depth)
                depth -= 1
        self._flush("")

    def _line(self, element: Any) -> int:
        return int(element.sourceline or 1) + self.lines

    def _comment(self, element: Any) -> None:
        text = element.text or ""
        if "rdf:RDF" in text and len(self.scripts) < 200:
            self.scripts.append(Script("rdf", text[:20_000], self._line(element)))
        self._add(element.tail)

    def _start(self, element: Any, depth: int) -> bool:
        """Takes in an element's start; whether what is inside is to be passed over."""
        tag = element.tag
        attributes: Mapping[str, str] = element.attrib
        region = self.regions[-1]
        group = self.groups[-1]
        if attributes:
            region |= _TAGS.get(tag, Region.BODY)
            if tag not in ("body", "html", "a"):
                names = attributes.get("class", "")
                own = attributes.get("id")
                if own:
                    names = f"{names} {own}"
                if names:
                    region |= _named(names[:300])
                if "role" in attributes:
                    region |= _ROLES.get(attributes["role"], Region.BODY)
        elif tag in _TAGS:
            region |= _TAGS[tag]
        if tag in ("li", "tr", "article") or region & Region.CARD:
            group = len(self.blocks) + 1
        self.regions.append(region)
        self.groups.append(group)
        if tag in _BLOCKS:
            self._flush(tag)
        if attributes:
            self._attributes(element, tag, attributes, depth, region)
        if tag in ("script", "noscript", "title", "meta", "link", "br", "img", "a", "input"):
            return self._special(element, tag, attributes)
        if tag in _SKIPPED:
            return True
        self._add(element.text, element)
        return False

    def _special(self, element: Any, tag: str, attributes: Mapping[str, str]) -> bool:
        line = self._line(element)
        if tag == "script":
            kind = attributes.get("type", "").lower()
            if ("ld+json" in kind or "rsl+xml" in kind) and element.text and len(self.scripts) < 200:
                self.scripts.append(Script(kind, element.text, line))
            return True
        if tag == "title":
            self.title = self.title or " ".join((element.text or "").split())[:400]
            return True
        if tag == "meta":
            name = attributes.get("name") or attributes.get("property") or attributes.get("http-equiv") or ""
            if name and len(self.metas) < 500:
                self.metas.append(Meta(name.strip().lower(), attributes.get("content", "")[:20_000], line))
        elif tag == "link":
            if len(self.links) < 500:
                rel = frozenset(attributes.get("rel", "").lower().split())
                self.links.append(HeadLink(rel, attributes.get("href", ""), attributes.get("type", "").lower(), line))
        elif tag == "br":
            self._add("\n")
        elif tag == "img":
            self._image(attributes)
        elif tag == "a":
            self.open.append((element, self.length))
            href = attributes.get("href", "")
            rel = attributes.get("rel", "")
            if _LICENSE_ADDRESS.search(href[:500]) or "licen" in rel:
                self._add("[")
            self._add(element.text, element)
        elif tag == "noscript":
            self._add(element.text, element)
        return False

    def _image(self, attributes: Mapping[str, str]) -> None:
        source = attributes.get("src", "")[:1000]
        alt = " ".join((attributes.get("alt") or attributes.get("title") or "").split())[:200]
        badge = _BADGE.search(source)
        address = f"https://{badge.group()}" if badge else ""
        words = ""
        if not badge and (m := _BADGE_NAME.search(source.rsplit("/", 1)[-1].split("?")[0])):
            words = "CC " + re.sub(r"[-_.]", "-", (m[1] or m[2]).upper())
            words = re.sub(r"(BY|NC|ND)(?=NC|ND|SA)", r"\1-", words).replace("ZERO", "0").replace("CC 0", "CC0")
        elif not badge and ("kogl" in source.lower() or "공공누리" in alt) and (m := _KOGL_NAME.search(source)):
            words = f"공공누리 제{m[1]}유형"
        if not (badge or words or alt):
            return
        start = self.length
        self._add(f"[{alt}]({address})" if badge else f" {words or alt} ")
        if badge or words:
            self.anchors.append((address or words, frozenset(), start, self.length, True))

    def _attributes(self, element: Any, tag: str, attributes: Mapping[str, str], depth: int, region: Region) -> None:
        if "itemscope" in attributes or "itemtype" in attributes or "typeof" in attributes:
            kind = attributes.get("itemtype") or attributes.get("typeof") or ""
            self.types.append((depth, kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1]))
        if "about" in attributes:
            self.abouts.append((depth, attributes["about"]))
        name, kind = attributes.get("itemprop", ""), "microdata"
        if not name or not any(map(is_license_rel, name.lower().split())):
            name, kind = attributes.get("property", ""), "rdfa"
            if not name or tag == "meta" or not any(map(is_license_rel, name.lower().split())):
                return
        value = attributes.get("href") or attributes.get("resource") or attributes.get("content") or attributes.get("src")
        if len(self.items) < 500:
            line = self._line(element)
            if value is None:
                value = " ".join("".join(element.itertext()).split())[:2000]
            type_ = self.types[-1][1] if self.types else ""
            about = self.abouts[-1][1] if self.abouts else ""
            self.items.append(Item(name, value, type_, line, about, region, kind))

    def _end(self, element: Any, depth: int) -> None:
        tag = element.tag
        if tag == "a" and self.open and self.open[-1][0] is element:
            _, start = self.open.pop()
            href = element.get("href", "")
            rel = frozenset(element.get("rel", "").lower().split())
            if _LICENSE_ADDRESS.search(href[:500]) or any("licen" in token for token in rel):
                href = "".join(href[:1000].split()).replace(")", "%29")
                self._add(f"]({href})")
                self.anchors.append((href, rel, start, self.length, False))
        if tag in _BLOCKS:
            self._flush(tag)
        self.regions.pop()
        self.groups.pop()
        while self.types and self.types[-1][0] >= depth:
            self.types.pop()
        while self.abouts and self.abouts[-1][0] >= depth:
            self.abouts.pop()
        self._add(element.tail)

    def _add(self, text: str | None, element: Any = None) -> None:
        if not text:
            return
        if not self.line and element is not None and text.strip():
            self.line = self._line(element)
        if self.length < _BLOCK:
            self.parts.append(text)
            self.length += len(text)

    def _flush(self, tag: str) -> None:
        ...


def blocks(page: Page) -> Iterator[Block]:
    yield from page.blocks
