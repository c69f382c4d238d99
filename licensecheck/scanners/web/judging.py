"""Of all the licenses that a page names, which are its own, and which are those of the dataset that it describes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, IntEnum
from typing import Final, NamedTuple

from licensecheck.base import regex
from licensecheck.knowledge.facts import is_software
from licensecheck.knowledge.relations import family
from licensecheck.model import Basis, Kind, Scope, Stance, Standing, Statement, replace
from licensecheck.scanners.web import phrases, regions
from licensecheck.scanners.web.about import About
from licensecheck.scanners.web.markup import Block

_MENTIONS: Final = 60
"""Mentions of one page that are reported."""
_ASIDE: Final = regions.COMMENT | regions.FIGURE | regions.AD | regions.QUOTE | regions.CODE
_PLACES: Final = regions.FOOT | regions.SIDE | regions.NOTICE
_SENTENCE: Final = regex.compile(r"[.!?;]\s|[。！？；\n|•·]|\s[–—-]\s")
_GITHUB_FILE: Final = regex.compile(r"/blob/[^/]+/(?:[^/]+/)?(?:licen[cs]e|copying)[\w.-]*\Z", re.I)
_BY: Final = regex.compile(r"\w (?:by|von|par|por|de) \w", re.I)
_FROM_SEARCH: Final = regex.compile(r"[?&]ref=(?:openverse|ccsearch)")
"""What a search for free images writes behind the address of a license that it credits."""
_TERMS: Final = (
    Kind.RESTRICTION,
    Kind.PERMISSION,
    Kind.RESERVED,
    Kind.PER_ITEM,
    Kind.OWN_LICENSE,
    Kind.OWN_TERMS,
    Kind.OWN_WORDS,
    Kind.POINTER,
    Kind.ELSEWHERE,
)
"""Kinds of statements that say what is allowed or forbidden, or where to read it, and name no license."""
WEAK: Final = (Kind.CREATIVE_COMMONS, Kind.PUBLIC_DOMAIN)
"""Kinds of statements that leave open which license is meant."""


class Strength(IntEnum):
    """How surely a statement is the page's own."""

    MENTION = 0
    REPEATED = 1
    """It only repeats another in its own words or with its badge, and differs from it."""
    ALONE = 2
    """It stands by itself, without a word of what it is for."""
    PLACED = 3
    """It stands where pages say their license."""
    MADE = 4
    """A mechanism or a sentence says it of the page or its dataset."""


class Place(Enum):
    """The part of a page that a statement is in."""

    REPOSITORY = "repository's license file"
    BADGE = "badge"
    FOOTER = "footer"
    SIDEBAR = "sidebar"
    TEXT = "text"
    MARKUP = "markup"
    """What machines read: linked data, ``<link>`` and ``<meta>``."""


class Said(NamedTuple):
    """A statement with its place, and what of it decides about its scope.

    ``foot``: in a footer, a sidebar or the head; ``site``: of the web site by its words; ``data``: of the
    dataset by its words or its mechanism.
    """

    statement: Statement
    line: int
    column: int
    field: str
    strength: Strength = Strength.MENTION
    foot: bool = False
    site: bool = False
    data: bool = False
    place: Place = Place.MARKUP


class Link(NamedTuple):
    """A link to a license in a block's text: where it stands, its words and its address."""

    start: int
    end: int
    words: str
    href: str


class Announced(NamedTuple):
    """A block with what stands before it: a label that says "License", or a heading below which others' works are credited."""

    block: Block
    label: str = ""
    credits: bool = False


class Spot(NamedTuple):
    """Where in a block a statement stands, and what is said around it.

    ``before`` and ``after`` are the rest of its sentence, ``lead`` all of the block before it; ``rest`` counts
    the letters of the block that say anything else than the license's name.
    """

    block: Block
    statement: Statement
    link: Link | None
    lead: str
    before: str
    after: str
    rest: int
    announced: Announced

    @classmethod
    def of(cls, text: str, statement: Statement, links: Sequence[Link], rest: int, announced: Announced) -> Spot:
        """The spot of ``statement`` in ``text``, which is a block's or a part of it."""
        link = next((a for a in links if a.start <= statement.start < a.end), None)
        start = link.start if link else statement.start
        end = max(link.end if link else 0, statement.end)
        low = max(0, start - 400)
        begin = max((m.end() for m in _SENTENCE.finditer(text, low, start)), default=low)
        stop = _SENTENCE.search(text, end)
        after = text[end : stop.start() if stop else len(text)][:200]
        return cls(announced.block, statement, link, text[:start], text[begin:start], after, rest, announced)

    @property
    def label(self) -> str:
        """What stands right before the block and says that a license comes."""
        return self.announced.label

    @property
    def rel(self) -> bool:
        """Whether ``rel=license`` says that the link is the license."""
        return self.link is not None and self.link.href in self.block.rels

    @property
    def foot(self) -> bool:
        """Whether it stands in what surrounds the content: footer, sidebar, menu."""
        return bool(self.block.region & (regions.FOOT | regions.SIDE | regions.NAV))

    @property
    def labelled(self) -> bool:
        """Whether "License:" stands right before it."""
        return bool(self.label or phrases.LABELLED.search(self.lead)) or (
            self.statement.kind is Kind.NAME and phrases.LABELLED.search(self.statement.words[:20]) is not None
        )

    @property
    def place(self) -> Place:
        """The part of the page that it is in."""
        if self.link and _GITHUB_FILE.search(self.link.href):
            return Place.REPOSITORY
        if self.link and self.link.href in self.block.images:
            return Place.BADGE
        region = self.block.region
        return Place.FOOTER if region & regions.FOOT else Place.SIDEBAR if region & regions.SIDE else Place.TEXT

    def field(self) -> str:
        """What the report calls the place."""
        if self.place in (Place.REPOSITORY, Place.BADGE):
            return str(self.place.value)
        how = "rel=license" if self.rel else "link" if self.statement.kind is Kind.ADDRESS else ""
        return f"{self.place.value} {how}".strip()


def is_name(s: Statement) -> bool:
    """Whether a statement names a license, and does not only say what is allowed or forbidden."""
    return bool(s.license) and s.kind not in _TERMS


def is_repository_file(href: str) -> bool:
    """Whether an address is that of the license file of a repository."""
    return _GITHUB_FILE.search(href) is not None


def judge(spot: Spot, about: About, line: int, column: int) -> Said:
    """How strongly a statement in the text is the page's own, and what it is said of."""
    s = spot.statement
    sentence = f"{spot.before} {spot.after}" if is_name(s) else f"{spot.before} {s.words}"
    of_data = phrases.DATA.search(sentence) is not None
    named = _opens_with_name(spot.before, about)
    data = about.dataset and (named or of_data or (spot.labelled and not spot.foot))
    site = phrases.SITE.search(spot.before) is not None and not phrases.DATA.search(spot.before)
    if s.scope is Scope.DATA and is_software(s.license or "") and _is_of_code(spot, about):
        s = replace(s, scope=Scope.CODE)
    strength = _strength(spot, about, data=data, named=named) if is_name(s) else _strength_of_terms(spot, about, data)
    return Said(s, line, column, spot.field(), strength, spot.foot, site, data, spot.place)


def _opens_with_name(before: str, about: About) -> bool:
    """Whether a sentence begins with a name of the page's title, or a part of its dataset: "GullNet is released under"."""
    if len(before) > 140 or not phrases.PASSIVE.search(before):
        return False
    start = before[:40].lower()
    return any(name in start for name in about.names) or (about.dataset and phrases.PARTS.match(before) is not None)


def _is_of_code(spot: Spot, about: About) -> bool:
    if phrases.CODE.search(spot.before) and not phrases.DATA.search(spot.before):
        return True
    return not (about.dataset or spot.label or spot.block.region & _PLACES)


def _strength_of_terms(spot: Spot, about: About, data: bool) -> Strength:
    """Terms without a name, and words that the license is not known: they count for a dataset, where it is what they speak of."""
    if not about.dataset or spot.foot or spot.block.region & _ASIDE:
        return Strength.MENTION
    kind = spot.statement.kind
    if spot.label and kind is not Kind.RESERVED:
        return Strength.MADE
    terms = kind is Kind.RESTRICTION and data and phrases.DATASET.search(f"{spot.before} {spot.statement.words}")
    return Strength.MADE if terms else Strength.MENTION


def _strength(spot: Spot, about: About, *, data: bool, named: bool) -> Strength:
    region = spot.block.region & ~regions.FIGURE if about.media else spot.block.region
    link = spot.link
    if link and _GITHUB_FILE.search(link.href):
        return Strength.PLACED
    if (link and _FROM_SEARCH.search(link.href)) or (region & _ASIDE and not (spot.rel and region & regions.COMMENT)):
        return Strength.MENTION
    subject = spot.before if len(re.findall(r"\w", spot.before)) > 15 else f"{spot.before} {spot.after}"
    joined = phrases.UNDER.search(spot.before[-120:]) is not None
    this = joined and phrases.THIS.search(subject)
    thing = phrases.THING.search(subject) or (this and phrases.DATASET.search(subject)) or None
    if not named and _is_of_others(spot, own=bool(this and thing)):
        return Strength.MENTION
    if link and link.href in spot.block.images:
        return Strength.ALONE
    weak = spot.statement.kind in WEAK
    opening = spot.before if region & _PLACES else spot.lead
    if spot.labelled or phrases.OPENS.match(opening) or (named and not weak):
        return Strength.MADE
    if data and not region & _PLACES and not weak:
        return Strength.MADE
    if thing and this and not (weak and not region & _PLACES and len(spot.lead) > 150):
        return Strength.MADE
    short = joined and thing is not None and thing.start() < 30 and len(spot.lead) < 200
    if thing and not weak and (spot.rel or region & _PLACES or (short and not spot.before.endswith("("))):
        return Strength.MADE
    if spot.rel or spot.statement.kind is Kind.MARK:
        return Strength.PLACED
    if (region & _PLACES and _is_license_of_site(spot, region, weak)) or (link and phrases.NOTICE.match(spot.lead)):
        return Strength.PLACED
    alone = spot.rest <= 6 if link else not (spot.rest or weak)
    return Strength.ALONE if alone else Strength.MENTION


def _is_of_others(spot: Spot, *, own: bool) -> bool:
    """Whether the words around a license credit a picture or a source, or speak of what the page is made with."""
    if (spot.announced.credits or phrases.MACHINERY.search(spot.before)) and not own:
        return True
    if phrases.VIA.match(spot.after) and not (own or spot.rel or spot.foot):
        return True
    return phrases.CREDIT.search(spot.before[-160:]) is not None and not phrases.ALL.search(spot.before)


def _is_license_of_site(spot: Spot, region: int, weak: bool) -> bool:
    """Whether a license that stands in a footer or sidebar is the site's: a link, or in a footer a full name."""
    if is_software(spot.statement.license or ""):
        return False
    if spot.link:
        return True
    if weak or _BY.search(spot.before):
        return False
    return bool(region & (regions.FOOT | regions.NOTICE) or re.search(r"\d", spot.statement.license or ""))


def _asserts(x: Said) -> bool:
    return is_name(x.statement) and x.statement.stance is Stance.ASSERTED


def settled(said: Sequence[Said], about: About) -> Iterator[tuple[Said, Scope, Basis, Standing]]:
    """Each statement with the scope that it has on this page, how good its place is, and its standing."""
    said = _weighed(said)
    strong = [x for x in said if about.dataset and x.data and x.strength >= Strength.PLACED]
    of_data = [x for x in strong if x.statement.scope is Scope.DATA]
    named = any(map(_asserts, of_data))
    own = {family(str(x.statement.license)) for x in said if x.strength is Strength.MADE and not x.foot and _asserts(x)}
    mentions = 0
    for x in said:
        scope = x.statement.scope
        if not about.dataset:
            general = x.foot and own and family(str(x.statement.license)) not in own
            scope = Scope.SITE if general else Scope.DATA if scope is Scope.SITE else scope
        elif scope is Scope.DATA and not x.data and (x.foot or x.site or of_data):
            scope = Scope.SITE
        if x.strength is Strength.MENTION or (named and x.data and not is_name(x.statement)):
            mentions += 1
            if mentions <= _MENTIONS:
                terms = (
                    x.data and named and x.statement.stance is Stance.ASSERTED and x.strength is not Strength.MENTION
                )
                yield x, scope, Basis.CARD_BODY, Standing.BESIDE if terms else Standing.MENTIONED
        elif scope is Scope.SITE and (about.catalogue or x.site):
            yield x, scope, Basis.CARD_BODY, Standing.COUNTS
        else:
            yield x, scope, Basis.HOLDER_PAGE if x.strength >= Strength.PLACED else Basis.INDEX, Standing.COUNTS


def _weighed(said: Sequence[Said]) -> list[Said]:
    """``said``, with those worth less that contradict better ones, or each other without a word for either."""
    own = [x for x in said if x.strength >= Strength.PLACED and _asserts(x)]
    sure = {x.statement.license for x in own if x.strength is Strength.MADE or x.foot}
    loose = {x.statement.license for x in own if x.strength is Strength.PLACED and not x.foot}
    text = {family(str(x.statement.license)) for x in own if x.strength is Strength.MADE and not x.foot and not x.data}
    alone = [x.statement.license for x in said if x.strength is Strength.ALONE]
    clash = len({family(str(one)) for one in loose}) > 1 or (bool(sure) and not loose <= sure)
    survey = len(text) > 2
    kept = []
    for x in said:
        license = x.statement.license
        lost = False
        if x.strength is Strength.PLACED:
            lost = clash and not x.foot and license not in sure and x.place is not Place.REPOSITORY
        elif x.strength is Strength.MADE:
            lost = survey and x.place is Place.TEXT and not x.data and is_name(x.statement)
        elif x.strength is Strength.ALONE and own and license not in sure | loose:
            x = x._replace(strength=Strength.REPEATED) if x.place is Place.BADGE else x
            lost = x.place is not Place.BADGE
        elif x.strength is Strength.ALONE:
            lost = not own and (len(set(alone)) > 1 or len(alone) > 2)
        kept.append(x._replace(strength=Strength.MENTION) if lost else x)
    return kept
