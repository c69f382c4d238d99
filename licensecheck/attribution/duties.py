"""What is owed, held against what is published: one function for each duty that a paper can show. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from licensecheck.attribution.credits.groups import web
from licensecheck.attribution.pages import Page, addresses, same_license, seeable, words
from licensecheck.base import regex
from licensecheck.base.files import DECLARATION
from licensecheck.base.message import Message
from licensecheck.engine.credit import BLANK
from licensecheck.model import Attribution

DONE: Final = "done"
MISSING: Final = "missing"
UNSEEN: Final = "cannot be checked"


class State(NamedTuple):
    """The state of a duty, the place (path, line) of the words that do it, and in words what was looked for."""

    state: str
    place: tuple[str, int] | None
    words: str


def done(page: Page, line: int, what: str) -> State:
    """State, and where."""
    return State(DONE, (page.path, line), what)


def missing(template: str, /, **given: object) -> State:
    """Looked for and not there: the sentence that says so, as :class:`Message` takes it."""
    return State(MISSING, None, Message(template, **given))


def unseen(template: str, /, **given: object) -> State:
    """Not to be seen in any text, or not known well enough to be looked for, as :class:`Message` says it."""
    return State(UNSEEN, None, Message(template, **given))


NOWHERE: Final = "{what} is missing from the published files"


def published(texts: Mapping[str, str]) -> dict[str, str]:
    """``texts`` without the declaration: what it says of the sources is for this program and credits nobody."""
    return {path: text for path, text in texts.items() if base(path) != DECLARATION}


class Papers:
    """All pages of what is published."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.pages: Final = [Page(path, text) for path, text in texts.items()]
        self.home: Final = _home(texts)

    def words(self, text: str) -> list[tuple[Page, int]]:
        """Where ``text`` stands, by its words."""
        return self.find(words(text))

    def find(self, wanted: Sequence[str]) -> list[tuple[Page, int]]:
        """Where these words stand."""
        return [(page, line) for page in self.pages for line in page.find(wanted)]

    def address(self, address: str, *, deeds: bool = False) -> list[tuple[Page, int]]:
        """Where an address stands, or (if it is none of the web) its words."""
        if not web(address):
            return self.words(address)
        return [(page, line) for page in self.pages for line in page.address(address, deeds=deeds)]

    def license(self, row: tuple[str, str, str, str], *, named: bool) -> tuple[str, int] | None:
        """Where a license (id, short name, full name, address) stands as a text or a link, or (``named``) by name."""
        id, short, full, url = row
        for page in self.pages:
            if (line := page.full_text(id)) is not None:
                return page.path, line
        for page, line in self.address(url, deeds=True) if web(url) else ():
            return page.path, line
        for page in self.pages:
            for line, statement in page.statements:
                if same_license(id, statement.license or "") and (statement.url or named):
                    return page.path, line
        for page, line in (*self.words(full), *self.words(short)) if named else ():
            return page.path, line
        return None


_HOMES: Final = ("attribution", "credits", "readme", "notice", "license", "licence")


def _home(texts: Iterable[str]) -> str:
    """The paper in which credits belong: ATTRIBUTION.md, else the README, else any."""
    names = sorted(texts, key=lambda path: (path.count("/"), path))
    for stem in _HOMES:
        for path in names:
            if base(path).casefold().startswith(stem):
                return path
    return names[0] if names else "."


def base(path: str) -> str:
    """The last part of a path."""
    return re.split(r"[/\\]", path)[-1]


class Work:
    """One source's credit, and where the pages speak of it. ``alone`` says that there is no other source."""

    def __init__(self, papers: Papers, made: Attribution, alone: bool) -> None:
        self.papers: Final = papers
        self.made: Final = made
        self.alone: Final = alone

    @cached_property
    def anchors(self) -> list[tuple[Page, int]]:
        """Where the work is named, by its title or its address."""
        made = self.made
        return [
            *(self.papers.words(made.title) if made.title else ()),
            *(self.papers.address(made.source) if made.source else ()),
        ]

    @cached_property
    def _near(self) -> dict[str, set[int]]:
        near: dict[str, set[int]] = {}
        for page, line in self.anchors[:_ANCHORS]:
            near.setdefault(page.path, set()).update(page.block(line))
        return near

    def named_beside(self, page: Page, line: int) -> bool:
        """Whether the work is named where that line is."""
        return line in self._near.get(page.path, ())

    def beside(self, page: Page, line: int) -> bool:
        """Whether a line is about this work: any line for the only one, else where it is named."""
        known = seeable(self.made.title) or self.made.source
        return self.alone or not known or self.named_beside(page, line)

    def text_beside(self, text: str, what: str) -> State:
        """Whether ``text`` stands beside the work."""
        if not seeable(text):
            return unseen("{what} has no letters to search for", what=what)
        return self.placed(self.papers.words(text), Message("{what} `{text}`", what=what, text=text))

    def placed(self, places: Sequence[tuple[Page, int]], what: str) -> State:
        """The first of ``places`` beside the work; else it is missing, wherever else it is."""
        for page, line in places:
            if self.beside(page, line):
                return done(page, line, what)
        if places:
            page, line = places[0]
            at = f"{page.path}:{line}"
            return missing("{what} is at {at}, not next to `{title}`", what=what, at=at, title=self.made.title)
        return missing(NOWHERE, what=what)

    def look(self, duty: str, license: str = "") -> State:
        """The state of one duty under one of the work's licenses, or under all (``license`` empty)."""
        rows = [row for row in self.made.licenses if row[0] == license] or self.made.licenses
        if duty in _LICENSES:
            return _LICENSES[duty](self, rows)
        return _PARTS[duty](self) if duty in _PARTS else unseen("files do not show this")


_ANCHORS: Final = 200
_Rows = Sequence[tuple[str, str, str, str]]


def _link(work: Work, rows: _Rows) -> State:
    return _present(work, rows, named=False)


def _named(work: Work, rows: _Rows) -> State:
    return _present(work, rows, named=True)


def _what(names: object, *, named: bool) -> Message:
    return Message("the name of {license}" if named else "the text of {license} (or a link to it)", license=names)


def _present(work: Work, rows: _Rows, *, named: bool) -> State:
    place = None
    for row in rows:
        place = work.papers.license(row, named=named)
        if place is None:
            return missing(NOWHERE, what=_what(row[1], named=named))
    if place is None:
        return unseen("no license is known")
    return State(DONE, place, _what(tuple(row[1] for row in rows), named=named))


def _text(work: Work, rows: _Rows) -> State:
    for row in rows:
        for page in work.papers.pages:
            if (line := page.full_text(row[0])) is not None:
                return done(page, line, Message("the full text of {license}", license=row[1]))
    return missing(NOWHERE, what=Message("the full text of {license}", license=rows[0][1]))


_NOTICE_FILE: Final = regex.compile(r"notices?(?:\.\w{1,8})?\Z", re.I)


def _notice_file(work: Work, rows: _Rows) -> State:
    for page in work.papers.pages:
        if _NOTICE_FILE.match(base(page.path)):
            return done(page, 1, Message("a NOTICE file"))
    return unseen("there is no NOTICE file; it is not known whether the source came with one")


_LICENSES: Final[Mapping[str, Callable[[Work, _Rows], State]]] = {
    "LIC_LINK": _link,
    "PASS_ON_TERMS": _link,
    "LIC_NOTICE": _named,
    "LIC_TEXT": _text,
    "NOTICE_FILE": _notice_file,
}
"""Duties about the license itself."""


_NEGATED: Final = regex.compile(
    r"(?:\b(?:no|not|never|without|may|can|could|must|should|to be|if|unless|you)\b(?:\s+\w+){0,2}|n['’]t(?:\s+\w+)?)\s*\Z",
    re.I,
)
_CHANGED: Final = regex.compile(
    r"\b(?:changes? (?:were |have been )?made|modified|adapted from|translated|translation of|converted|subset of|a subset"
    r"|filtered|deduplicated|re-?formatted|edited|summari[sz]ed|summary of|annotations? (?:was|were) added"
    r"|labels? (?:was|were) added|merged with|(?:was|were|has been|have been) changed|derived from|adaptation of)\b"
    r"|\b(?:changes?|modifications?)\s{0,3}:\s{0,3}(?!none\b|no\b|n/a)\w"
    r"|(?:변경|수정|번역|가공|편집|변환|요약|발췌|추출|정제|전처리|병합|결합|개작)(?:하였|했|한|된|되었|됐|함|됨|하여|해서|본|물)"
    r"|주석을 (?:\S{1,6} )?(?:추가|덧붙)|(?:변경|수정) ?(?:사항|내용)\s{0,3}[:：]\s{0,3}(?!없음)\w|2차적 ?저작물",
    re.I,
)
_PERMITTED: Final = regex.compile(
    r"\A[^.,;:\"'“”()\[\]\n]{0,12}(?:지 않|없이|금지|허락|할 수|하는 경우|하려면|하여서는|해서는)"
)
"""After a Korean verb of change: it is forbidden, allowed or denied, and not told."""
_DERIVED: Final = regex.compile(
    r"\b(?:(?:translation|adaptation|summary|derivative|version|remix) of|based on"
    r"|(?:adapted|translated|derived|made|created|built|constructed) from)\b"
    r"|2차적 ?저작물|원저작물|번역|요약|개작|(?:바탕|기반|토대)으로|변경하여|가공하여",
    re.I,
)
_DISCLAIMED: Final = regex.compile(r"\bwarrant(?:y|ies)\b|\bas[ -]is\b|\bdisclaim|보증|無保証|\bgarantie|gewähr", re.I)
_DATE: Final = regex.compile(
    r"(?:mise? à jour|updated?|갱신|최종 ?수정|업데이트)\D{0,30}(?:\d{4}[-./년 ]|\d{1,2}[ /.-]\w{1,10}[ /.-]\d{4})",
    re.I,
)
_YEAR: Final = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ALL: Final = regex.compile(r"\b(?:all|each|every|both)\b|모든|전체|각각", re.I)
_COPYRIGHT_WORDS: Final = frozenset(("copyright", "저작권", "c"))


def notice_words(notice: str) -> list[str]:
    """The words of a copyright notice without the sign or word that begins it."""
    wanted = words(notice)
    while wanted and wanted[0] in _COPYRIGHT_WORDS:
        wanted = wanted[1:]
    return wanted if len("".join(wanted)) >= 2 else []


def _author(work: Work) -> State:
    made = work.made
    if not made.creators:
        return unseen("the author of `{title}` is not known", title=made.title)
    seen = [_one_author(work, name) for name in made.creators]
    return next((one for one in seen if one.state != DONE), seen[0])


def _one_author(work: Work, name: str) -> State:
    """The name as it stands, or ``Kim, Minji`` for ``Minji Kim`` and the other way about."""
    seen = work.text_beside(name, Message("the author"))
    last, comma, first = name.partition(",")
    if not comma:
        first, _, last = name.rpartition(" ")
    if seen.state == DONE or not (first.strip() and last.strip()) or len(name) > 200:
        return seen
    turned = words(f"{first} {last}" if comma else f"{last} {first}")
    form = regex.compile(rf"{re.escape(last.strip())}\s{{0,3}},\s{{0,3}}{re.escape(first.strip())}", re.I)
    for page, line in work.papers.find(turned):
        if (comma or form.search(page.lines[line - 1][:4000])) and work.beside(page, line):
            return done(page, line, Message("{what} `{text}`", what=Message("the author"), text=name))
    return seen


def _title(work: Work) -> State:
    if "title" in work.made.missing:
        return unseen("the title of `{title}` is not known", title=work.made.title)
    return work.text_beside(work.made.title, Message("the title"))


def _source(work: Work) -> State:
    source = work.made.source
    if not source:
        return unseen("the address of `{title}` is not known", title=work.made.title)
    if not web(source) and not seeable(source):
        return unseen("the address has no letters to search for")
    return work.placed(work.papers.address(source), Message("the address {url}", url=source))


def _notice(work: Work) -> State:
    notice = work.made.notice
    if not notice:
        return unseen("no copyright notice of `{title}` is known", title=work.made.title)
    wanted = notice_words(notice)
    if not wanted:
        return unseen("the copyright notice has no letters to search for")
    return work.placed(
        work.papers.find(wanted), Message("{what} `{text}`", what=Message("the copyright notice"), text=notice)
    )


def _kept(work: Work) -> State:
    parts: list[State] = [
        *((_author(work),) if work.made.creators else ()),
        *((_notice(work),) if work.made.notice else ()),
    ]
    if not parts:
        return unseen("no credits of `{title}` are known", title=work.made.title)
    return next((one for one in parts if one.state != DONE), parts[0])


def _disclaimer(work: Work) -> State:
    for page in work.papers.pages:
        for line, found in page.matches(_DISCLAIMED, in_texts=True):
            return done(page, line, f"`{found[0]}`")
    return unseen("there is no disclaimer; it is not known whether the source came with one")


def _claims_of_change(work: Work, form: regex.Pattern) -> Iterator[tuple[Page, int, str]]:
    """Places where ``form`` states that something was done: not denied, allowed or forbidden."""
    for page in work.papers.pages:
        for line, found in page.matches(form):
            text = page.lines[line - 1]
            denied = _NEGATED.search(text[max(found.start() - 40, 0) : found.start()])
            permitted = found[0][-1] >= "가" and _PERMITTED.match(text[found.end() - 1 : found.end() + 20])
            if not denied and not permitted:
                yield page, line, found[0]


def _changes(work: Work) -> State:
    elsewhere = None
    for page, line, said in _claims_of_change(work, _CHANGED):
        if work.beside(page, line) or _ALL.search(page.lines[line - 1]):
            return done(page, line, f"`{said}`")
        elsewhere = elsewhere or (said, f"{page.path}:{line}")
    title = work.made.title
    if elsewhere is None:
        return missing("no file says that and how `{title}` was changed", title=title)
    said, at = elsewhere
    return missing(
        "no file says that and how `{title}` was changed; `{said}` at {at} is not next to it",
        title=title,
        said=said,
        at=at,
    )


def _adapts(work: Work) -> State:
    for page, line, said in _claims_of_change(work, _DERIVED):
        if work.named_beside(page, line):
            return done(page, line, f"`{said}`")
    return missing("no file says how `{title}` is used in the adaptation", title=work.made.title)


def _kogl(work: Work) -> State:
    """The elements of the KOGL source statement, close together: its own sentence is one way to give them."""
    made = work.made
    if not made.creators:
        return unseen("the agency that provides `{title}` is not known", title=made.title)
    kind = next((id[-1] for id, *_ in made.licenses if "KOGL-Type" in id), "")
    types = [*work.papers.words(f"공공누리 제{kind}유형"), *work.papers.words(f"KOGL type {kind}")]
    parts = [types, work.papers.words(made.creators[0]), *([work.papers.address(made.source)] if made.source else ())]
    for page, line in work.papers.words(made.title):
        near = {*page.block(line), line - 2, line - 1, line, line + 1, line + 2}
        dates = (year for n in near if 0 < n <= len(page.lines) for year in _YEAR.findall(page.lines[n - 1][:4000]))
        dated = any(made.year in ("", year) for year in dates)
        if dated and all(any(p is page and n in near for p, n in places) for places in parts):
            return done(page, line, Message("the source statement of the Korea Open Government License"))
    return missing(
        "the source statement of `{title}` (agency, year, title, type, address) is incomplete", title=made.title
    )


AIHUB: Final = "한국지능정보사회진흥원의 사업결과"


def _aihub(work: Work) -> State:
    for page, line in work.papers.words(AIHUB):
        return done(page, line, AIHUB)
    return missing("no file says that the data is a result of the agency's project ({words})", words=f"{AIHUB}임")


def _prescribed(work: Work) -> State:
    """Every sentence that is prescribed word for word; one with a blank cannot be complete."""
    made = work.made
    if not made.wordings:
        return unseen(
            "the attribution statement that the provider of `{title}` requires is not known", title=made.title
        )
    seen: list[State] = []
    for wording in made.wordings:
        if blank := BLANK.search(wording):
            seen.append(unseen("the required statement has a blank: {blank}", blank=blank[0]))
            continue
        given = [work.papers.address(url) for url in addresses(wording)]
        places = [
            (page, line)
            for page, line in work.papers.words(wording)
            if all(any(other is page and at in page.block(line) for other, at in ways) for ways in given)
        ]
        seen.append(
            done(places[0][0], places[0][1], f"`{wording}`")
            if places
            else missing("the required statement is missing from the published files: `{words}`", words=wording)
        )
    return next((one for one in seen if one.state != DONE), seen[0])


def _updated(work: Work) -> State:
    for page in work.papers.pages:
        for line, found in page.matches(_DATE):
            if work.beside(page, line):
                return done(page, line, f"`{found[0]}`")
    return missing(
        "the date of the last update of `{title}` is missing from the published files", title=work.made.title
    )


_PARTS: Final[Mapping[str, Callable[[Work], State]]] = {
    "AUTHOR": _author,
    "TITLE": _title,
    "SRC_URI": _source,
    "COPYRIGHT_NOTICE": _notice,
    "KEEP_CREDITS": _kept,
    "DISCLAIMER_NOTICE": _disclaimer,
    "STATE_CHANGES": _changes,
    "ADAPT_CREDIT": _adapts,
    "KOGL_SOURCE": _kogl,
    "AIHUB_CREDIT": _aihub,
    "PROVIDER_STATEMENT": _prescribed,
    "PRODUCED_NOTICE": _prescribed,
    "UPDATE_DATE": _updated,
}
"""Duties about the work itself."""
