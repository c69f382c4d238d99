"""READMEs without front matter, and any words that were named."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from licensecheck.base import regex
from licensecheck.base.errors import Problem
from licensecheck.base.message import Message
from licensecheck.identification import doubts, find
from licensecheck.identification.plainly import heads_a_ban
from licensecheck.knowledge import phrases, restrictions
from licensecheck.knowledge.fold import fold
from licensecheck.knowledge.restrictions import Binds
from licensecheck.model import Basis, Credit, Evidence, Kind, Scanned, Scope, Standing, Statement, Unweighed
from licensecheck.scanners.asked import asked
from licensecheck.scanners.lines import Lines
from licensecheck.scanners.markdown import Section, fences, licensing, sections, with_headings
from licensecheck.scanners.statements import FIELDS, evidence, section_statements, visible
from licensecheck.scanners.unweighed import heard, heard_around, of_other_things

NAME: Final = "readme"
_README: Final = regex.compile(
    r"(?:0+[ _-]?)?read[ _-]?me(?:[_ -][\w-]{1,40}|\.(?!py|js|ts|go|rs|sh|cs|rb|pl|db|gz|xz|7z|ps)[a-z]{2}(?:[-_][a-z]{2,4})?)?"
    r"(?:\.(?:md|markdown|mdown|rst|txt|org|adoc))?\Z|data(?:set)?[ _-]?card\.(?:md|markdown|txt)\Z|(?:data[ _-]?sheet|card)\.(?:md|markdown)\Z|read[ _-]?me\.1st\Z",
    re.I,
)
_THING: Final = r"data ?sets?|data|corpus|corpora|database|collection|benchmark|treebank|lexicon|annotations|files|content|contents|work|material"
_STATES: Final = regex.compile(
    rf"\b(?:this|the|our|these|all|its|\w+) (?:[\w'’().-]+ ){{0,4}}(?:{_THING})\b[^\n]{{0,200}}?\b(?:licen[cs]ed?|released|available|distributed|published|provided|shared|dedicated|open-?sourced)\b"
    rf"|\b(?:{_THING})(?:(?: is| are| being)? (?:\w+ ){{0,3}}?| )under\b|\bdata(?:set)? licen[cs]ed under\b|(?:^|[.;,] ?)data(?:set)?: "
    rf"|\b(?:this|the|our|these|all) (?:[\w'-]+ ){{0,2}}(?:{_THING}) (?:is|are) (?:licen[cs]ed |in the )?\W{{0,4}}(?:cc\b|cc0|creative commons|odc|odbl|mit\b|apache)"
    rf"|\bwe (?:release|publish|share|distribute|licen[cs]e|provide) (?:[\w'-]+ ){{0,6}}(?:{_THING})\b[^\n.]{{0,60}}\bunder\b"
    r"|(?:^|[.!?] )\W{0,8}(?:it (?:is|was) |they are |(?:is |are )?(?:all )?)?(?:freely |publicly )?(?:released|licen[cs]ed|distributed|available|published|provided|shared|dedicated)\b"
    r"|^\W{0,8}(?:data(?:set)? )?licen[cs](?:e|es|ing)(?: of (?:the )?data(?:set)?)?\W{0,6}(?::|\||is\b|：)|!\[licen[cs]e|shields\.io/badge/licen[cs]e|rel=.?license|licenses?/by"
    r"|(?:데이터|말뭉치|자료|코퍼스|저작물|본 )[^\n]{0,80}|라이[선센]스 ?[:：]|ライセンス ?[:：]|(?:データ|コーパス)[^\n]{0,80}(?:ライセンス|公開)|(?:数据|语料)[^\n]{0,60}(?:许可|授权|协议)|许可(?:证|协议)? ?[:：]",
    re.I | re.M,
)
_NOT_OF_IT: Final = r"source language|statistics|related|comparison|citation|references|acknowledge?ments?|contribut|annotat(?:ors|ion process)|dependenc|install|requirements"
_ASIDE: Final = regex.compile(
    rf"{_NOT_OF_IT}|\bsources? data|\bdata (?:instances|fields|structure|splits)|initial data|curation|normali[sz]ation|code\b",
    re.I,
)
_OTHERS: Final = regex.compile(
    rf"{_NOT_OF_IT}|data (?:instances|fields|structure|splits)|\b(?:code|models?|baselines?|leaderboard|evaluation)\b",
    re.I,
)
"""Headings of what is not the whole of the data, and those of other things altogether."""
_OF_PROGRAMS: Final = regex.compile(
    r"\b(?:code|models?|baselines?|leaderboard|evaluation|dependenc\w*|install\w*|requirements)\b", re.I
)
_OF_DATA: Final = regex.compile(
    r"\bdata ?sets?\b|\bdata\b(?! (?:instances|fields|structure|splits))|\bcorp(?:us|ora)\b|데이터|데이타|データ|数据",
    re.I,
)
_BREAK: Final = regex.compile(r"\n\n(?![a-z])\n*")
"""Between paragraphs; one that goes on in lower case is the same."""
_SHOWN: Final = regex.compile(r" {0,3}(?:`{3,}|~{3,})[ \t]*(?:te?xt|plain|markdown|md)?[ \t]*\n")
"""The opening of a fenced block of words."""
_PROGRAM: Final = regex.compile(r"[={}<>;@]|\w\(|\n[ \t]*[#$%!]")
"""What a fenced block of words has not."""
_LICENSE: Final = regex.compile(r"licen[cs]|copyright|rights|라이[선센]스|저작권|이용 ?허락", re.I)
_ABOUT_DATA: Final = regex.compile(
    rf"\b(?:(?:this|the|our|these) (?:\w+ ){{0,3}}(?:{_THING})|data ?sets?) (?:\w+ ){{0,3}}"
    r"(?:provided|available|released|distributed|used|licen[cs]ed|intended|restricted|shared|for)\b"
    rf"|\b(?:by|when|before) (?:downloading|using|accessing|obtaining)\b[^\n]{{0,60}}\b(?:{_THING})\b"
    r"|\b(?:use|using) this (?:for|in|commercially|to)\b"
    r"|통합 라이[선센]스|\b(?:본|이|해당) (?:데이터|카드|버전|말뭉치|자료|저장소|코퍼스)|\bdata ?set(?:은|는|이다|입니다|이며)|この(?:データ|コーパス)|本(?:数据|语料)"
    r"|데이터[^.\n]{0,30}(?:이용|사용|공개|제공)|데이터셋|コーパス|データ|数据集",
    re.I,
)
MOST: Final = 200_000
"""Characters of one text that are read closely: its licensing sections, then paragraphs that have a word of them."""
_EACH: Final = 200
_NEAR: Final = 400
_BEFORE: Final = 600
_AFTER: Final = 600


def accepts(name: str, head: str) -> bool:
    """READMEs by name."""
    return _README.match(name) is not None and not head.lstrip("\ufeff \n").startswith("---\n")


def scan(path: str, text: str) -> Scanned:
    """The statements of a README: those of its licensing sections, and those elsewhere in it."""
    return body(path, text, 0, NAME)


def body(path: str, text: str, start: int, scanner: str) -> Scanned:
    """Evidence in Markdown from ``start`` on: licensing sections as such, then the rest (field ``text``)."""
    text = text[:start] + visible(with_headings(path, text[start:]))
    lines = Lines.of(text)
    parts = sections(text, start)
    licensed = licensing(parts)
    found: list[Evidence] = []
    unweighed: list[Unweighed] = []
    problems: tuple[Problem, ...] = ()
    budget = MOST
    for part in licensed:
        end = min(part.end, part.body + max(budget, 0))
        budget -= part.end - part.body + _EACH
        field = f"{'#' * part.level} {part.title}".strip()
        head = text.find(part.title, part.start, part.body)
        unweighed += heard(part.title, find, lines, path=path, offset=head, licensing=False, taken=False)
        made = tuple(section_statements(part.title, text[part.body : end], part.start, part.body))
        stated = evidence(
            made,
            lines,
            path=path,
            field=field,
            scanner=scanner,
            basis=Basis.CARD_BODY,
        )
        unweighed += of_other_things(said := tuple(stated))
        found += said
        whole = ((s.start - part.body, s.end - part.body) for s in made if s.kind is Kind.TEXT)
        unweighed += heard_around(text[part.body : end], find, lines, whole, path=path, offset=part.body)
        if budget < 0:
            problems = (_cut(path, lines, end),)
            break
    for at, end, part in _outside(text, parts, licensed) if budget > 0 else ():
        found += _elsewhere(text, lines, at, min(end, at + budget), path, scanner, part.title)
        budget -= end - at + _EACH
        if budget < 0:
            problems = (_cut(path, lines, end),)
            break
    for place in _paragraphs(text, parts, licensed) if budget > 0 else ():
        unweighed += heard(
            text[place.start : place.end],
            find,
            lines,
            path=path,
            offset=place.start,
            licensing=False,
            taken=place.taken,
            headed=place.headed,
        )
    title = next((s.title for s in parts if s.level == 1), "")
    return Scanned(tuple(found), problems, Credit(title=title, notice=asked(text[start:])), unweighed=tuple(unweighed))


class _Paragraph(NamedTuple):
    """A paragraph outside the licensing sections: whether its statements are taken as evidence, and whether its heading bans it."""

    start: int
    end: int
    taken: bool
    headed: bool


def _paragraphs(text: str, parts: Sequence[Section], licensed: Sequence[Section]) -> Iterator[_Paragraph]:
    """The headings and paragraphs outside ``licensed``, fenced ones without a language included."""
    if not parts:
        return
    closed = sorted((p.start, p.end) for p in licensed)
    coded = sorted(fences(text, parts[0].start))
    ends = [end for _, end in coded]
    for part in parts:
        if any(a <= part.start < b for a, b in closed):
            continue
        others, of_programs, headed = _kind_of_section(part.title)
        if part.level:
            yield _Paragraph(part.start, part.body, False, False)
        at = part.body
        while at < part.end:
            m = _BREAK.search(text, at, part.end)
            end = m.start() if m else part.end
            n = bisect_right(ends, at)
            fence = coded[n] if n < len(coded) and coded[n][0] < end else None
            shown = fence is None or (_SHOWN.match(text, fence[0]) and not _PROGRAM.search(text, *fence))
            of_data = not others or not of_programs or _ABOUT_DATA.search(text, at, end)
            if end - at > 1 and shown and of_data:
                yield _Paragraph(at, end, not (others or fence or "](#" in text[at:end]), headed)
            at = m.end() if m else part.end


@lru_cache(maxsize=2048)
def _kind_of_section(title: str) -> tuple[bool, bool, bool]:
    """Whether a section is about other things than the data, about programs, and banned by its heading."""
    return _is_of_others(title), _OF_PROGRAMS.search(title) is not None, heads_a_ban(title)


def _is_of_others(title: str) -> bool:
    """Whether a section is about other things than the data by its heading: "Code", and not "Dataset and code"."""
    return _OTHERS.search(title) is not None and not _OF_DATA.search(title)


def _cut(path: str, lines: Lines, at: int) -> Problem:
    line, _ = lines.at(at)
    return Problem(path, line, Message("only the first {most} characters about licensing were read", most=f"{MOST:,}"))


def _outside(text: str, parts: Sequence[Section], licensed: Sequence[Section]) -> Iterator[tuple[int, int, Section]]:
    """The stretches outside ``licensed`` and outside fenced blocks that have a word of licensing, with their section."""
    if not parts:
        return
    start = parts[0].start
    low = fold(text)
    closed = sorted((*((p.start, p.end) for p in licensed), *fences(text, start)))
    skip, n, done = 0, 0, start
    for hit in phrases.speaking(low, start):
        while skip < len(closed) and closed[skip][1] <= hit:
            skip += 1
        if hit < done or (skip < len(closed) and closed[skip][0] <= hit) or _is_contents(low, hit):
            continue
        while n + 1 < len(parts) and parts[n + 1].start <= hit:
            n += 1
        begin = max(parts[n].start, done, text.rfind("\n\n", max(hit - _BEFORE, 0), hit) + 1, hit - _BEFORE)
        begin = max(_lead(text, begin), parts[n].start, done)
        blank = text.find("\n\n", hit, hit + _AFTER)
        done = min(parts[n].end, blank if blank >= 0 else hit + _AFTER)
        yield begin, done, parts[n]


def _lead(text: str, begin: int) -> int:
    """Where the paragraph that leads to a list begins, "By downloading the data you agree:"; ``begin`` where none does."""
    before = text[max(begin - _NEAR, 0) : begin].rstrip()
    if not before.endswith((":", "：")):
        return begin
    return max(begin - _NEAR, 0) + before.rfind("\n\n") + 1


def _is_contents(low: str, hit: int) -> bool:
    """Whether ``hit`` stands in a line of a table of contents: a link to a heading of the same text."""
    begin = low.rfind("\n", max(hit - 200, 0), hit)
    end = low.find("\n", hit, hit + 200)
    return "](#" in low[max(begin, 0) : end if end >= 0 else hit + 200]


def _elsewhere(text: str, lines: Lines, at: int, end: int, path: str, scanner: str, title: str) -> Iterator[Evidence]:
    """What a paragraph below ``title``, outside a licensing section, names.

    What is said of the data counts for less than what a licensing section says; what is said in a section about
    other things is a mention; anything else is beside the license and makes it doubtful.
    """
    aside, others = bool(_ASIDE.search(title)), _is_of_others(title)
    for s in find(text[at:end]):
        if not (s.license or s.kind is Kind.UNKNOWN) or s.kind is Kind.PUBLIC_DOMAIN:
            continue
        near = (
            max(_lines_before(text, at + s.start), at, at + s.start - _NEAR),
            min(_lines_after(text, at + s.start), at + s.end + _NEAR),
        )
        if s.kind in (Kind.UNKNOWN, Kind.RESERVED):
            if others or (s.kind is Kind.UNKNOWN and not _LICENSE.search(s.words)):
                continue
            standing = Standing.BESIDE
        elif s.kind is Kind.RESTRICTION:
            kind = restrictions.kind_of(s.license)
            if others or not (kind in restrictions.kinds(Binds.YES) or doubts(s.license, s.restricts)):
                continue
            sure = (
                not aside
                and kind in restrictions.stating_elsewhere()
                and _ABOUT_DATA.search(text, max(at, at + s.start - _NEAR), near[1])
            )
            standing = Standing.ELSEWHERE if sure else Standing.BESIDE
        else:
            outright = s.outright and s.scope is Scope.DATA and not s.part
            states = (
                not aside
                and (outright or _STATES.search(text, near[0], at + s.end))
                and not _is_provider(text, near, s)
            )
            standing = Standing.ELSEWHERE if states else Standing.MENTIONED if others else Standing.BESIDE
        yield from evidence(
            (s,),
            lines,
            path=path,
            offset=at,
            field=FIELDS[standing],
            scanner=scanner,
            basis=Basis.CARD_BODY,
            standing=standing,
        )


def _is_provider(text: str, near: tuple[int, int], s: Statement) -> bool:
    """Whether an address is that of a provider whose data has terms of its own, where no word of licensing is near."""
    return s.kind is Kind.ADDRESS and not restrictions.is_standard(s.license or "") and not _LICENSE.search(text, *near)


def _lines_before(text: str, offset: int) -> int:
    """Where the line before that of ``offset`` begins."""
    return text.rfind("\n", 0, max(text.rfind("\n", 0, offset), 0)) + 1


def _lines_after(text: str, offset: int) -> int:
    """Where the line after the next one begins, or the text ends."""
    here = text.find("\n", offset)
    then = text.find("\n", here + 1) if here >= 0 else -1
    return then + 1 if then >= 0 else len(text)
