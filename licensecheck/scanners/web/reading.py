"""What a page says of licenses, by every mechanism that there is for it, and in words.

A page names many licenses that are not its own: of a photo, of a theme, of works that it lists, of what it talks
about. What counts is said by a mechanism made for it (``rel=license``, schema.org, Dublin Core, ccREL), by a sentence
whose subject is the page or its dataset, or where pages say it: in a footer, in a sidebar, behind "License:". All else
is kept as a mention, which settles nothing. :mod:`licensecheck.scanners.web.judging` tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import unquote

from licensecheck.base import regex
from licensecheck.base.errors import Problem
from licensecheck.base.message import Message
from licensecheck.identification import find, url, value
from licensecheck.knowledge import packs
from licensecheck.knowledge.fold import fold
from licensecheck.knowledge.phrases import speaking, speaks
from licensecheck.model import Certainty, Evidence, Kind, Origin, Scope, Stance, Standing, Statement, replace
from licensecheck.scanners.lines import Lines
from licensecheck.scanners.statements import FIELDS
from licensecheck.scanners.web import linked_data, markup, phrases, regions
from licensecheck.scanners.web.about import About
from licensecheck.scanners.web.judging import (
    WEAK,
    Announced,
    Link,
    Place,
    Said,
    Spot,
    Strength,
    is_name,
    is_repository_file,
    judge,
    settled,
)
from licensecheck.scanners.web.markup import Block, Item, Page

MOST: Final = 60_000
"""Characters of one page that are read closely: of the blocks that have a word of licenses."""
_STATEMENTS: Final = 200
_EACH: Final = 100
_LONG: Final = 1500
_WINDOW: Final = 600
_SECTION: Final = 1500
"""Characters below a heading "License" that it announces."""
_AROUND: Final = regions.FOOT | regions.SIDE | regions.NAV
_FIELD: Final = 20_000
_LINK: Final = regex.compile(r"\[([^\[\]]{0,300})\]\(([^()\s]{0,1000})\)")
_FILE_SIZE: Final = regex.compile(r"\[\d[\d.,]* ?[KMG]i?B\]", re.I)
_META: Final = regex.compile(
    r"(?:dc|dcterms?|dct|eprints|citation|schema|og|cc|prism)?[.:_]?(?:rights|licen[cs]e|copyright)(?:[.:_](?:licen[cs]e|uri|url))?",
    re.I,
)
_CATALOGUED: Final = ("dc", "citation", "eprints")
_MEDIA_FILE: Final = regex.compile(r"\.(?:jpe?g|png|gif|svg|webp|mp[34]|webm|og[gv])\Z", re.I)
_OF_CC: Final = regex.compile(r"이용 ?허락|저작물|\bccl?\b", re.I)


def read(path: str, text: str, page: Page, about: About) -> tuple[tuple[Evidence, ...], tuple[Problem, ...]]:
    """The statements of a page as evidence, and what of it could not be read. ``text`` is the page's own."""
    reader = _Reader(path, text, about)
    said = [*reader.linked(page), *reader.head(page), *reader.items(page.items), *reader.blocks(page.blocks)]
    return tuple(reader.evidence(said)), tuple(reader.problems)


class _Reader:
    """Reads the parts of one page, each to what it says."""

    def __init__(self, path: str, text: str, about: About) -> None:
        self.path = path
        self.text = text
        self.lines = Lines.of(text)
        self.about = about
        self.problems: list[Problem] = []
        self.placed: dict[str, int] = {}

    # --- what is meant for machines ---

    def linked(self, page: Page) -> Iterator[Said]:
        """The ``license`` of linked data: JSON-LD, and RDF in a comment."""
        self.problems += (Problem(self.path, *problem) for problem in linked_data.problems(page.scripts))
        for node in self.about.nodes:
            data = node.kind == "dataset"
            for words, key, line in node.licenses:
                statement = _of_value(words, pointer=data)
                if statement is None:
                    continue
                if key == "sdLicense":
                    statement = replace(statement, scope=Scope.METADATA)
                elif node.kind == "software":
                    statement = replace(statement, scope=Scope.CODE)
                field = " ".join(filter(None, (node.syntax, node.type, key)))
                strength = Strength.MADE if node.own else Strength.MENTION
                yield Said(statement, line, 1, field, strength, site=not data, data=node.own and data)

    def head(self, page: Page) -> Iterator[Said]:
        """``<link rel=license>`` and ``<meta>``."""
        for link in page.links:
            if "license" in link.rel and link.href and not markup.is_rsl(link):
                statement = url(link.href) or _of_slug(link.href)
                if statement and statement.license:
                    place = self._place(link.line, link.href)
                    yield Said(statement, *place, "link rel=license", Strength.MADE, foot=True)
        for meta in page.metas:
            if _META.fullmatch(meta.name):
                statement = _of_value(meta.content, pointer=False)
                if statement:
                    data = self.about.dataset and meta.name.startswith(_CATALOGUED)
                    place = self._place(meta.line, meta.content)
                    yield Said(statement, *place, f"meta {meta.name}", Strength.MADE, foot=not data, data=data)

    def items(self, items: Iterable[Item]) -> Iterator[Said]:
        """Microdata and RDFa."""
        for item in items:
            statement = _of_value(item.value, pointer=False)
            if statement is None:
                continue
            kind = linked_data.kind(item.type)
            if kind == "software":
                statement = replace(statement, scope=Scope.CODE)
            other = (kind == "media" and not self.about.media) or _MEDIA_FILE.search(item.about)
            aside = other or item.region & (regions.COMMENT | regions.FIGURE | regions.QUOTE)
            strength = Strength.MENTION if aside else Strength.MADE
            place = self._place(item.line, item.value)
            foot = bool(item.region & regions.FOOT)
            yield Said(statement, *place, f"{item.kind} {item.name}", strength, foot, data=kind == "dataset")

    # --- what is meant for people ---

    def blocks(self, blocks: Sequence[Block]) -> Iterator[Said]:
        """What the text says, block by block; of very much text, from both ends."""
        chosen = list(self._chosen(blocks))
        half = len(chosen) // 2 + 1
        left, count = MOST, 0
        for one in (*chosen[:half], *reversed(chosen[half:])):
            for start, part in _parts(one.block.text):
                left -= len(part) + _EACH
                if left < 0 or count > _STATEMENTS:
                    note = Message(
                        "over {most} characters or {count} statements speak of licenses: not all were read",
                        most=f"{MOST:,}",
                        count=_STATEMENTS,
                    )
                    self.problems.append(Problem(self.path, one.block.line, note))
                    return
                for said in self._block(one._replace(label="") if start else one, part):
                    count += 1
                    yield said

    def _chosen(self, blocks: Sequence[Block]) -> Iterator[Announced]:
        """The blocks that speak of licenses, each with what stands before it."""
        label, section, row, left, credits = "", "", 0, 0, 0
        for block in blocks:
            text = block.text
            if row and block.group != row:
                label = ""
            if block.level or block.region & _AROUND:
                section, credits = "", 0
            if (label and len(text) < 600) or speaks(fold(text)):
                yield Announced(block, label or (section if left > 0 else ""), credits > 0)
            left -= len(text)
            credits -= len(text)
            if len(text) > 2 or not label:
                short = len(text) < 60 and block.tag != "li"
                label = text if short and phrases.LABEL.fullmatch(text) else ""
                row = block.group if block.tag in ("td", "th") else 0
                if label and block.level and self.about.dataset:
                    section, left = label, _SECTION
                elif short and phrases.CREDITS.fullmatch(text):
                    credits = _SECTION

    def _block(self, one: Announced, text: str) -> Iterator[Said]:
        block, label = one.block, one.label
        text = _FILE_SIZE.sub("", _LINK.sub(lambda m: m[0] if _is_kept(m[2], block) else m[1], text))
        links = [Link(m.start(), m.end(), m[1], m[2]) for m in _LINK.finditer(text)]
        found = self._statements(block, text, label, links)
        rest = _rest(text, found, links)
        last: Said | None = None
        end = 0
        for s in found:
            spot = Spot.of(text, s, links, rest, one)
            said = judge(spot, self.about, *self._place(block.line, _needle(spot)))
            if last and last.strength > said.strength and is_name(s) and not re.search(r"\w", text[end : s.start]):
                said = said._replace(strength=last.strength, data=last.data)
            last, end = said, s.end
            target = _target(s, found, links)
            if target is None:
                yield said
            elif not _says_no_more(s, target):
                yield said._replace(strength=min(said.strength, Strength.REPEATED))
        yield from self._badges(block, text, found)

    def _statements(self, block: Block, text: str, label: str, links: Sequence[Link]) -> list[Statement]:
        """The statements in a block that can matter on this page, in order."""
        found = [s for s in find(text) if s.license or s.stance is Stance.UNKNOWN]
        if label and len(text) < 600 and not any(s.license for s in found):
            found = _of_labelled(label, text) or found
        for link in links:
            if link.href in block.rels and not any(link.start <= s.start < link.end and s.license for s in found):
                slug = _of_slug(link.href)
                if slug is not None:
                    found.append(replace(slug, start=link.start, end=link.end, words=link.words or link.href))
        if self.about.dataset:
            return found
        return [s for s in found if is_name(s) or phrases.RESERVED.search(s.words.lower())]

    def _badges(self, block: Block, text: str, found: Sequence[Statement]) -> Iterator[Said]:
        """Badges inside a link to another version of their license."""
        named = {s.license for s in found if s.kind is Kind.ADDRESS}
        for image in sorted(block.images):
            badge = url(image) if image.startswith("http") and image not in text else None
            if badge and named and badge.license not in named and badge.certainty is Certainty.EXACT:
                said = Said(
                    replace(badge, words=image), *self._place(block.line, image[8:]), "badge", place=Place.BADGE
                )
                yield said._replace(strength=Strength.REPEATED, data=self.about.dataset)

    # --- places ---

    def _place(self, line: int, words: str) -> tuple[int, int]:
        """Where ``words`` stand from ``line`` on, behind where they were found before; else the start of that line."""
        start = self.lines.starts[min(line, len(self.lines.starts)) - 1]
        needle = words[:60].split("\n")[0]
        after = max(start, self.placed.get(needle, 0))
        at = self.text.find(needle, after, after + _FIELD) if needle.strip() else -1
        if at < 0:
            return line, 1
        self.placed[needle] = at + 1
        return self.lines.at(at)

    def evidence(self, said: Sequence[Said]) -> Iterator[Evidence]:
        """What was said, as evidence with its scope on this page."""
        for x, scope, basis, standing in settled(said, self.about):
            yield Evidence.of(
                x.statement,
                path=self.path,
                line=x.line,
                column=x.column,
                field=FIELDS[standing] if standing is Standing.MENTIONED else x.field,
                scanner="webpage",
                basis=basis,
                origin=Origin.WEBPAGE,
                scope=scope,
                standing=standing,
            )


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """A block, or of a long one the stretches around its words of licenses."""
    if len(text) <= _LONG:
        yield 0, text
        return
    done = 0
    for at in speaking(fold(text)):
        if at >= done:
            start = max(done, at - _WINDOW)
            done = min(len(text), at + _WINDOW)
            yield start, text[start:done]


def _needle(spot: Spot) -> str:
    """What to look for in the source to find a statement's place."""
    return spot.link.href if spot.link and spot.statement.kind is Kind.ADDRESS else spot.statement.words


def _rest(text: str, found: Sequence[Statement], links: Sequence[Link]) -> int:
    """How many letters of a block say anything else than the license's name."""
    if len(text) > 600:
        return len(text)
    spans = sorted([*((s.start, s.end) for s in found), *((link.start, link.end) for link in links)])
    rest, done = [], 0
    for a, b in spans:
        rest.append(text[done : max(a, done)])
        done = max(done, b)
    rest.append(text[done:])
    return len(re.sub(r"[\W\d_]+", "", phrases.FILLER.sub("", " ".join(rest))))


def _is_kept(href: str, block: Block) -> bool:
    """Whether an address stays in the text: it leads to a license, or the page says that it does."""
    if href in block.rels or is_repository_file(href):
        return True
    statement = url(href)
    return statement is not None and statement.license is not None


def _target(s: Statement, found: Sequence[Statement], links: Sequence[Link]) -> Statement | None:
    """What the link that holds the words of a statement leads to; None where they stand in none."""
    if s.kind is Kind.ADDRESS or not s.license:
        return None
    link = next((a for a in links if a.start <= s.start < a.end), None)
    if link is None:
        return None
    inside = (o for o in found if o.kind is Kind.ADDRESS and link.start <= o.start < link.end and o.license)
    return next(inside, None)


def _says_no_more(s: Statement, target: Statement) -> bool:
    """Whether words name the license of their link, however fully."""
    own, other = (str(x.license).removeprefix("LicenseRef-") for x in (s, target))
    return other.startswith(own) or own.startswith(other) or s.kind in WEAK


def _of_labelled(label: str, text: str) -> list[Statement]:
    """What a short text behind a label says that says nothing by itself: "저작자표시" behind "이용허락범위"."""
    plain = _LINK.sub(lambda m: m[1] or m[2], text)
    tries = [f"{label.strip(' :：')} {plain}", f"CCL {plain}"] if _OF_CC.search(label) else []
    for words in tries:
        whole = value(words)
        if whole.license and is_name(whole):
            return [replace(whole, start=0, end=len(text), words=text)]
    whole = value(plain)
    return (
        [replace(whole, start=0, end=len(text), words=text)] if whole.license or whole.stance is Stance.UNKNOWN else []
    )


@packs.remembered(maxsize=256)
def _of_value(words: str, *, pointer: bool) -> Statement | None:
    """What one value of a field made for licenses says; None where it says nothing.

    ``pointer``: an address that is not known, and terms without a name, are terms all the same.
    """
    words = words.strip()[:_FIELD]
    if not words:
        return None
    statement = value(words)
    if statement.license and is_name(statement):
        return statement
    if not pointer:
        return None
    if re.match(r"https?://\S+\Z", words):
        custom = replace(
            statement, license="LicenseRef-custom", certainty=Certainty.AMBIGUOUS, rule="pointer", kind=Kind.POINTER
        )
        return replace(custom, stance=Stance.ASSERTED)
    return statement if statement.license or statement.stance is Stance.UNKNOWN else None


def _of_slug(href: str) -> Statement | None:
    """The license that the last part of an address spells: a site's own copy of a license text."""
    slug = unquote(href.split("?")[0].split("#")[0].rstrip("/").rsplit("/", 1)[-1])
    slug = re.sub(r"[_+]|(?<!\d)-|-(?!\d)", " ", slug)[-160:]
    found = [s for s in find(slug) if is_name(s) and s.kind not in WEAK]
    return replace(found[0], words=href) if found else None
