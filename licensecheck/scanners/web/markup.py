"""HTML as blocks of text with their places: what a reader sees, in order, and what is meant for machines.

lxml reads what is broken as browsers do, resolves no entity of the page's own and fetches nothing. What is too large or
too deep is left out, and a :class:`Problem` says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from licensecheck.base.errors import Problem
from licensecheck.base.message import Message
from licensecheck.scanners.web import regions
from licensecheck.scanners.web.attributes import ATTRIBUTES, has_too_many_attributes

HEAD: Final = 2_000_000
TAIL: Final = 150_000
"""Characters of a page that are read: so many from its start and, of a longer one, from its end, where licenses stand."""
ELEMENTS: Final = 60_000
"""Elements that are read from its start."""
_DEEP: Final = 2000
_BLOCK: Final = 20_000
_FIELD: Final = 20_000
_VALUE: Final = 500
_ITEMS: Final = 100
_KEPT: Final = 300
"""Links, properties or scripts of one kind that are kept."""

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
_SPECIAL: Final = frozenset({*_SKIPPED, "script", "br", "img", "a", "meta", "link", "title"})
_NONE: Final[frozenset[str]] = frozenset()
_GROUPS: Final = frozenset({"li", "tr", "article", "main"})
_HEADINGS: Final = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BADGE: Final = re.compile(
    r"(?:i\.creativecommons\.org/|licensebuttons\.net/|mirrors\.creativecommons\.org/|ccl\.cckorea\.org/).{0,200}", re.I
)
_BADGE_NAME: Final = re.compile(
    r"(?:\A|[_.-])cc[-_.]?(by(?:[-_.]?(?:nc|nd|sa))*|zero|0)(?=[-_.]|\d\dx\d\d|\Z)"
    r"|(?:\A|[_-])(by(?:[-_](?:nc|nd|sa))+)(?=[-_.]|\Z)",
    re.I,
)
_KOGL_NAME: Final = re.compile(r"(?:img_?)?(?:open)?(?:type|code)[-_]?0?([1-4])\w{0,6}\.(?:png|jpe?g|gif|svg)", re.I)
_LICENSE_ADDRESS: Final = (
    "licen", "creativecommons", "opendatacommons", "opendefinition", "publicdomain", "kogl", "cckorea", "spdx.org", "gnu.org",
    "rightsstatements", "opensource.org", "lizenz", "govdata", "etalab", "apache.org", "mozilla.org/mpl",
)  # fmt: skip
"""What an address has that may lead to a license: looked for first, since that is cheap."""
_BREAKS: Final = re.compile(r" ?\ue000[ \ue000]*")
_BREAK: Final = "\ue000"
"""A line break until the text is whole: line ends of the source are no more than spaces."""
_INVISIBLE: Final = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")


class Block(NamedTuple):
    """A paragraph, cell or list item: its text, in which links to licenses are ``[words](address)``.

    ``rels`` are the addresses that ``rel=license`` says are the license; ``images`` what badges show;
    ``group`` numbers the list item, row, card or article that holds it.
    """

    text: str
    line: int
    region: int
    level: int
    tag: str
    rels: frozenset[str]
    images: frozenset[str]
    group: int


class Meta(NamedTuple):
    """A ``<meta>``: its name (lower-case), its content and its line."""

    name: str
    content: str
    line: int


class Link(NamedTuple):
    """A ``<link>``."""

    rel: frozenset[str]
    href: str
    type: str
    line: int


class Item(NamedTuple):
    """A license given in attributes: the property, its value, the type of the thing that has it, and its address."""

    name: str
    value: str
    type: str
    about: str
    region: int
    kind: str
    line: int


class Script(NamedTuple):
    """Data in a ``<script>`` or a comment: its media type, text and first line."""

    type: str
    text: str
    line: int


class Page(NamedTuple):
    """All of a page that matters to licenses."""

    title: str = ""
    blocks: tuple[Block, ...] = ()
    metas: tuple[Meta, ...] = ()
    links: tuple[Link, ...] = ()
    scripts: tuple[Script, ...] = ()
    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(path: str, text: str) -> Page:
    """The page in ``text``. What cannot be read of it is among its problems."""
    text = text.replace("\x00", " ")
    if has_too_many_attributes(text):
        says = Message("an element with over {count} attributes: the page was not read", count=ATTRIBUTES)
        return Page(problems=(Problem(path, 1, says),))
    if len(text) > HEAD and "base64," in text:
        text = _DATA_URI.sub("data:", text)
    first, end = _Reader(path, 0, ELEMENTS).read(text[:HEAD])
    if end == 0 and len(text) <= HEAD:
        return first
    cut = text.find("<", max(0, len(text) - TAIL))
    cut = cut if cut >= 0 else max(0, len(text) - TAIL)
    line = text.count("\n", 0, cut)
    last, stop = _Reader(path, line, ELEMENTS // 3).read(text[cut:])
    note = Message(
        "a page of {count} characters: from here on only its last {last} were read",
        count=f"{len(text):,}",
        last=f"{len(text) - cut:,}",
    )
    problems = [*first.problems, *last.problems, Problem(path, end or text.count("\n", 0, HEAD) + 1, note)]
    if stop:
        problems.append(
            Problem(
                path,
                stop,
                Message("over {count} elements at its end: the rest was not read", count=f"{ELEMENTS // 3:,}"),
            )
        )
    return Page(
        first.title,
        first.blocks + last.blocks,
        first.metas + last.metas,
        first.links + last.links,
        first.scripts + last.scripts,
        first.items + last.items,
        tuple(problems),
    )


def is_license_rel(token: str) -> bool:
    """Whether a token of ``rel`` or ``property`` says that what follows is the license: ``license``, ``dct:license``."""
    return re.split(r"[:/#.]", token)[-1] in ("license", "licence") or token in (
        "dc:rights",
        "dct:rights",
        "dcterms:rights",
    )


def is_rsl(link: Link) -> bool:
    """Whether a link to a license leads to terms of Really Simple Licensing, which reserve and are no license."""
    return "rsl" in link.type or bool(re.search(r"\brsl\b|\.xml(?:\?|\Z)", link.href, re.I))


class _Open(NamedTuple):
    """What holds inside an element."""

    region: int
    group: int
    type: str
    about: str


class _Lead(NamedTuple):
    """An open link that may lead to a license; ``blocks`` is how many there were before it."""

    href: str
    rel: bool
    blocks: int


class _Reader:
    """One pass over the elements of one page."""

    def __init__(self, path: str, lines: int, most: int) -> None:
        self.path = path
        self.lines = lines
        self.most = most
        self.title = ""
        self.blocks: list[Block] = []
        self.metas: list[Meta] = []
        self.links: list[Link] = []
        self.scripts: list[Script] = []
        self.items: list[Item] = []
        self.problems: list[Problem] = []
        self.parts: list[str] = []
        self.length = 0
        self.line = 0
        self.rels: set[str] = set()
        self.images: set[str] = set()
        self.stack = [_Open(regions.BODY, 0, "", "")]
        self.tags = ["body"]
        self.leads: list[_Lead | None] = []

    def read(self, text: str) -> tuple[Page, int]:
        """The page, and the line from which on it was not read, or 0."""
        from lxml import etree

        silent = "rdf:RDF" not in text
        parser = etree.HTMLParser(
            no_network=True, remove_pis=True, remove_comments=silent, encoding="utf-8", huge_tree=True
        )
        try:
            root = etree.fromstring(text.encode("utf-8", "replace"), parser)
        except (etree.XMLSyntaxError, ValueError):
            root = None
        end = 0
        if root is not None:
            end = self._walk(etree.iterwalk(root, events=("start", "end") if silent else ("start", "end", "comment")))
        if any("depth" in error.message.lower() for error in parser.error_log):
            note = Message("nested over {most} deep: what stands deeper was not read", most=f"{_DEEP:,}")
            self.problems.append(Problem(self.path, self.lines + 1, note))
        made = Page(
            self.title,
            tuple(self.blocks),
            tuple(self.metas),
            tuple(self.links),
            tuple(self.scripts),
            tuple(self.items),
            tuple(self.problems),
        )
        return made, end

    def _walk(self, walker: Any) -> int:
        count = end = 0
        for event, element in walker:
            if event == "start":
                count += 1
                if count > self.most:
                    end = self._line(element)
                    break
                if self._start(element):
                    walker.skip_subtree()
            elif event == "end":
                self._end(element)
            else:
                self._comment(element)
        self._flush()
        return end

    def _line(self, element: Any) -> int:
        return int(element.sourceline or 1) + self.lines

    def _comment(self, element: Any) -> None:
        text = element.text or ""
        if "rdf:RDF" in text and len(self.scripts) < _KEPT:
            # The line that lxml has of a comment is that of its end.
            start = max(self._line(element) - text.count("\n"), self.lines + 1)
            self.scripts.append(Script("rdf", text[:_FIELD], start))
        self._add(element.tail, element)

    def _start(self, element: Any) -> bool:
        """Takes in an element's start; whether what is inside is to be passed over."""
        tag = element.tag
        attributes: dict[str, str] = dict(element.items())
        here = self.stack[-1]
        if tag in _BLOCKS:
            if self.parts:
                self._flush()
            self.tags.append(tag)
        if (attributes and tag != "a") or tag in regions.TAGS or tag in _GROUPS:
            here = self._inside(tag, attributes, here)
        if "itemprop" in attributes or "property" in attributes:
            self._property(element, tag, attributes, here)
        self.stack.append(here)
        if tag in _SPECIAL:
            return self._special(element, tag, attributes)
        if element.text:
            self._add(element.text, element)
        return False

    def _special(self, element: Any, tag: str, attributes: Mapping[str, str]) -> bool:
        """Takes in an element that is more than a container of text; whether what is inside is to be passed over."""
        if tag == "br":
            self._add(_BREAK, element)
        elif tag == "img":
            self._image(element, attributes)
        elif tag == "a":
            self._anchor(attributes)
            self._add(element.text, element)
        elif tag == "meta":
            name = attributes.get("name") or attributes.get("property") or attributes.get("http-equiv") or ""
            if name and len(self.metas) < _KEPT:
                content = attributes.get("content", "")[:_FIELD]
                self.metas.append(Meta(name.strip().lower(), content, self._line(element)))
        elif tag == "link":
            if len(self.links) < _KEPT:
                rel = frozenset(attributes.get("rel", "").lower().split())
                kind = attributes.get("type", "").lower()
                self.links.append(Link(rel, attributes.get("href", "").strip(), kind, self._line(element)))
        elif tag == "title":
            self.title = self.title or " ".join((element.text or "").split())[:400]
            return True
        else:
            kind = attributes.get("type", "").lower()
            if tag == "script" and ("ld+json" in kind or "rsl+xml" in kind) and len(self.scripts) < _KEPT:
                self.scripts.append(Script(kind, element.text or "", self._line(element)))
            return True
        return False

    def _inside(self, tag: str, attributes: Mapping[str, str], here: _Open) -> _Open:
        region, group, type_, about = here
        if tag in regions.TAGS:
            region |= regions.TAGS[tag]
        if tag not in ("body", "html"):
            named = regions.BODY
            for key in ("class", "id"):
                if key in attributes:
                    for name in attributes[key][:200].split():
                        named |= regions.of_name(name)
            if tag in regions.MAIN:
                region &= ~(regions.AROUND | regions.FOOT)
            elif named & regions.CONTENT:
                region &= ~regions.AROUND
            region |= named & ~regions.CONTENT
            if "role" in attributes:
                region |= regions.ROLES.get(attributes["role"], regions.BODY)
        if tag in _GROUPS or (region & regions.CARD and not here.region & regions.CARD):
            group = len(self.blocks) + 1
        if "itemtype" in attributes or "typeof" in attributes:
            kind = (attributes.get("itemtype") or attributes.get("typeof") or "").split()
            type_ = re.split(r"[/:#]", kind[0])[-1] if kind else ""
        if "about" in attributes:
            about = attributes["about"]
        return here if here == (region, group, type_, about) else _Open(region, group, type_, about)

    def _property(self, element: Any, tag: str, attributes: Mapping[str, str], here: _Open) -> None:
        for key in ("itemprop", "property"):
            name = attributes.get(key, "")
            if not name or len(self.items) >= _ITEMS or not any(map(is_license_rel, name.lower().split())):
                continue
            if key == "property" and tag == "meta":
                continue
            value = next((attributes[k] for k in ("href", "resource", "content", "src") if attributes.get(k)), None)
            if value is None:
                value = _content(element)
            kind = "microdata" if key == "itemprop" else "RDFa"
            words = " ".join(value.split())
            self.items.append(Item(name, words, here.type, here.about, here.region, kind, self._line(element)))

    def _anchor(self, attributes: Mapping[str, str]) -> None:
        """A link that may lead to a license is written into the text; it goes on in every block that it holds."""
        href, rel = attributes.get("href", ""), attributes.get("rel", "")
        if _leads_to_license(href) or "licen" in rel:
            href = "".join(href[:1000].split()).replace("(", "%28").replace(")", "%29")
            said = any(map(is_license_rel, rel.lower().split()))
            self.leads.append(_Lead(href, said, len(self.blocks)))
            self.parts.append("[")
        else:
            self.leads.append(None)

    def _image(self, element: Any, attributes: Mapping[str, str]) -> None:
        source = attributes.get("src", "")[:1000]
        alt = " ".join((attributes.get("alt") or attributes.get("title") or "").split())[:200]
        linked = any(self.leads)
        if badge := _BADGE.search(source):
            address = f"https://{badge.group()}".replace("(", "%28").replace(")", "%29")
            self.images.add(address)
            self._add(f" {alt} " if linked else f"[{alt}]({address})", element)
            return
        name = source.rsplit("/", 1)[-1].split("?")[0]
        words = ""
        if m := _BADGE_NAME.search(name):
            words = _badge_words(m[1] or m[2])
        elif ("kogl" in source.lower() or "공공누리" in alt) and (m := _KOGL_NAME.search(name)):
            words = f"공공누리 제{m[1]}유형"
        if words:
            self.images.add(words)
            words = alt if linked else words
        if words or alt:
            self._add(f" {words or alt} ", element)

    def _end(self, element: Any) -> None:
        tag = element.tag
        if tag == "a":
            lead = self.leads.pop()
            if lead and (self.line or lead.blocks == len(self.blocks)):
                self._close(lead)
                self.line = self.line or self._line(element)
            elif lead:
                self.parts = []
        if tag in _BLOCKS:
            if self.parts:
                self._flush()
            self.tags.pop()
        self.stack.pop()
        if element.tail:
            self._add(element.tail, element)

    def _close(self, lead: _Lead) -> None:
        self.parts.append(f"]({lead.href})")
        if lead.rel:
            self.rels.add(lead.href)

    def _add(self, text: str | None, element: Any) -> None:
        if not text:
            return
        if not self.line and not text.isspace():
            self.line = self._line(element)
        self.parts.append(text)
        self.length += len(text)
        if self.length > _BLOCK:
            self._flush()

    def _flush(self) -> None:
        """Ends a block."""
        lead = self.leads[-1] if self.leads else None
        if self.line:
            if lead:
                self._close(lead)
            text = " ".join("".join(self.parts).split())
            if not text.isascii():
                text = _BREAKS.sub("\n", _INVISIBLE.sub("", text)).strip()
            if text:
                here, tag = self.stack[-1], self.tags[-1]
                rels = frozenset(self.rels) if self.rels else _NONE
                images = frozenset(self.images) if self.images else _NONE
                level = _HEADINGS.get(tag, 0)
                self.blocks.append(Block(text, self.line, here.region, level, tag, rels, images, here.group))
        self.parts = ["["] if lead else []
        self.length = 0
        self.line = 0
        if self.rels or self.images:
            self.rels, self.images = set(), set()


@lru_cache(maxsize=16_384)
def _leads_to_license(href: str) -> bool:
    low = href[:500].lower()
    return any(part in low for part in _LICENSE_ADDRESS)


def _content(element: Any) -> str:
    """The first text inside an element."""
    parts, length = [], 0
    for part in element.itertext():
        parts.append(part)
        length += len(part)
        if length > _VALUE:
            break
    return "".join(parts)[:_VALUE]


def _badge_words(name: str) -> str:
    """The name of a license from that of its badge's file: ``ccbyncsa`` is ``CC BY-NC-SA``."""
    name = name.lower()
    if name in ("zero", "0"):
        return "CC0"
    return "CC " + "-".join(part.upper() for part in re.findall(r"by|nc|nd|sa", name))
