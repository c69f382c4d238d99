"""Texts as a reader sees them: where words, addresses and licenses stand.

What is hidden (comments, scripts) is not there. Case, width, markup and, between Korean words, spaces do
not matter; a word counts only whole. Every look-up takes time linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from licensecheck.base import regex
from licensecheck.identification import find
from licensecheck.model import Stance, Statement

if TYPE_CHECKING:
    from licensecheck.identification import texts

_HIDING: Final = (
    (regex.compile(r"<!--"), regex.compile(r"-->")),
    (
        regex.compile(r"<(?:script|style|template)\b", re.I),
        regex.compile(r"</(?:script|style|template)\s{0,20}>", re.I),
    ),
)
_ASIDE: Final = regex.compile(r"^ {0,3}\[[^\]\n]{1,200}\]:[ \t]{0,20}(?:#|<>)[^\n]*", re.M)
"""A Markdown comment: the definition of a link that leads nowhere."""
_INLINE: Final = regex.compile(
    r"(?<!\\)</?(?:a|abbr|b|cite|code|em|font|i|kbd|mark|q|s|small|span|strong|sub|sup|tt|u)(?:\s[^<>]{0,2000})?/?>",
    re.I,
)
_TAG: Final = regex.compile(r"(?<!\\)</?[a-z][a-z0-9]{0,15}(?:[\s/][^<>]{0,2000})?>", re.I)
_TARGET: Final = regex.compile(
    r"(?<!\\)\](?:\((?:<[^<>\n]{0,2000}>|(?:[^()\s]|\([^()\s]{0,200}\)){0,2000})(?:[ \t]{1,4}\"[^\"\n]{0,300}\")?\)|\[[^\[\]\n]{0,200}\])"
)
"""Where a Markdown link leads: no word that a reader sees."""
_EMPHASIS: Final = regex.compile(r"(?<!\\)(?:[*`]+|~~+)")
_ESCAPE: Final = regex.compile(r"\\([!-/:-@\[-`{-~])")
_URL: Final = regex.compile(r"https?://[\w./%?=&#~+:@!$*;,-]+", re.I)
_COPYRIGHT: Final = regex.compile(r"\(c\)|[©ⓒ℗]", re.I)
_WORD: Final = regex.compile(r"[^\W_]+")
_TAILS: Final = frozenset(
    (
        *("은", "는", "이", "가", "을", "를", "의", "에", "에서", "에게", "와", "과", "랑", "이랑", "로", "으로"),
        *("도", "만", "께서", "이며", "이고", "이다", "입니다", "임", "측", "님", "등", "및"),
    )
)
"""Korean particles and endings that stand on a word without a space."""
_SCHEME: Final = regex.compile(r"(?:https?:)?//(?:www\.)?")
_BEFORE: Final = regex.compile(r"[\w.@%-]\Z")
_END: Final = r"(?:[.,;:!*](?:\W|[가-힣]|\Z)|[가-힣]|[^\w/?=&%.,;:!*~+$@#-]|\Z)"
_AFTER: Final = regex.compile(rf"/?(?:#[^\s)>\"']{{0,60}})?{_END}")
_AFTER_DEED: Final = regex.compile(
    rf"/?(?:(?:deed|legalcode)(?:\.[a-z]{{2,3}}(?:-[a-z]{{2,4}})?)?)?(?:#[^\s)>\"']{{0,60}})?{_END}"
)
_ITEM: Final = regex.compile(r"( *)(?:[-*+•]|\d{1,4}[.)])\s")
_HEADING: Final = regex.compile(r" {0,3}#{1,6}\s")
_REACH: Final = 20
"""Lines before and after a line that may still be about the same thing."""
_LONGEST: Final = 400_000
"""Characters of one text that are read."""
_LONG_LINE: Final = 4_000


def newlines(text: str) -> str:
    """``text`` with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def words(text: str) -> list[str]:
    """The words of plain text, letters and digits in one form; addresses and signs of copyright are none."""
    plain = unicodedata.normalize("NFKC", _COPYRIGHT.sub(" ", _URL.sub(" ", text))).casefold()
    if not plain.isascii():
        plain = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    return _WORD.findall(plain)


def addresses(text: str) -> list[str]:
    """The addresses in plain text, which are none of its words."""
    return [found.rstrip(".,;:!*") for found in _URL.findall(text)]


def seeable(text: str) -> bool:
    """Whether ``text`` has enough letters to be looked for."""
    return len("".join(words(text))) >= 2


def _visible(text: str) -> str:
    """``text`` without what the rendered page does not show; lines stay where they are."""
    text = newlines(text[:_LONGEST])
    for opening, closing in _HIDING:
        kept: list[str] = []
        at = 0
        while found := opening.search(text, at):
            kept.append(text[at : found.start()])
            end = closing.search(text, found.end())
            stop = end.end() if end else len(text)
            kept.append("\n" * text.count("\n", found.start(), stop))
            at = stop
        text = "".join((*kept, text[at:]))
    return _ASIDE.sub("", text)


def _syllabic(char: str) -> bool:
    """Whether spaces around ``char`` mean little: Hangul, Han and Kana."""
    return "\u1100" <= char <= "\u11ff" or "\u3040" <= char <= "\ud7ff" or "\uf900" <= char <= "\ufaff"


def _unspaced(char: str) -> bool:
    """Han and Kana, which are written without spaces between words."""
    return "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


def _plain(line: str) -> str:
    """One line for the search of addresses: entities, escapes and per cent codes read, lower case."""
    return _decoded(_ESCAPE.sub(r"\1", line))


def _decoded(text: str) -> str:
    plain = _unescaped(text)
    if "%" in plain:
        from urllib.parse import unquote

        plain = unquote(plain, errors="replace")
    return plain.replace("\n", " ").casefold()


def same_license(one: str, other: str) -> bool:
    """Whether two ids are one license, whatever they say of later versions of it."""
    return bool(other) and _bare(one) == _bare(other)


def _bare(license: str) -> str:
    return license.casefold().removesuffix("-only").removesuffix("-or-later")


_LEGAL: Final = regex.compile(
    r"hereby|licensor|liab|warrant|dedicat|whatever you want|haftung|gew[äa]hr|lizenzgeber|conc[ée]dant|licenciante|licenziante|garanti|이용허락자|저작권법",
    re.I,
)
"""A word that every license's own text has: without one there is no text to look for."""


def _unescaped(text: str) -> str:
    """``text`` without HTML's character references."""
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)


class Page:
    """One text, prepared for look-ups. All lines are 1-based."""

    def __init__(self, path: str, text: str) -> None:
        self.path: Final = path
        self.visible: Final = _visible(text)

    @cached_property
    def lines(self) -> list[str]:
        """What a reader sees, without markup."""
        text = self.visible
        if "](" in text or "][" in text:
            text = _TARGET.sub("]", text)
        if "<" in text:
            text = _INLINE.sub(lambda found: "\n" * found[0].count("\n"), text)
            text = _TAG.sub(lambda found: " " + "\n" * found[0].count("\n"), text)
        return [_ESCAPE.sub(r"\1", _unescaped(line)).replace("\n", " ") for line in _EMPHASIS.sub("", text).split("\n")]

    @cached_property
    def _run(self) -> tuple[str, dict[int, int], list[int], list[int]]:
        """All words without spaces; start to end of each; the starts, and the line of each."""
        parts: list[str] = []
        spans: dict[int, int] = {}
        lines: list[int] = []
        at = 0
        for number, line in enumerate(self.lines, 1):
            for word in words(line):
                spans[at] = at + len(word)
                lines.append(number)
                parts.append(word)
                at += len(word)
        return "".join(parts), spans, list(spans), lines

    def find(self, wanted: Sequence[str]) -> Iterator[int]:
        """Lines at which these :func:`words` stand in a row, the first and the last of them whole."""
        run, spans, starts, lines = self._run
        joined = "".join(wanted)
        if len(joined) < 2:
            return
        inner: set[int] = set()
        length = 0
        for word in wanted[:-1]:
            length += len(word)
            inner.add(length)
        at = run.find(joined)
        while at >= 0:
            end = at + len(joined)
            if (at in spans or _unspaced(run[at])) and _ends(end, run, spans, starts):
                first = bisect_right(starts, at)
                own = {start - at for start in starts[first : bisect_right(starts, end - 1)]}
                if all(_syllabic(joined[i - 1]) or _syllabic(joined[i]) for i in own ^ inner):
                    yield lines[first - 1]
            at = run.find(joined, at + 1)

    @cached_property
    def _addresses(self) -> tuple[str, list[int]]:
        text = "\n".join(map(_plain, self.visible.split("\n")))
        return text, [found.end() for found in re.finditer("\n", text)]

    def address(self, url: str, *, deeds: bool = False) -> Iterator[int]:
        """Lines at which the address stands, with or without scheme, ``www.`` and last slash.

        With ``deeds``, the pages that Creative Commons keeps below a license's address count as well.
        """
        text, starts = self._addresses
        bare = _SCHEME.sub("", _decoded(url), count=1).rstrip("/")
        after = _AFTER_DEED if deeds else _AFTER
        at = text.find(bare) if bare else -1
        while at >= 0:
            before = text[max(at - 4, 0) : at]
            if (before == "www." or not _BEFORE.search(before)) and after.match(text, at + len(bare)):
                yield bisect_right(starts, at) + 1
            at = text.find(bare, at + 1)

    @cached_property
    def _texts(self) -> tuple[texts.Match, ...]:
        if not _LEGAL.search(self.visible):
            return ()
        from licensecheck.identification import texts

        return texts.match(self.visible)

    def full_text(self, license: str) -> int | None:
        """The line at which the full text of a license begins, or nearly all of it; None where it is not here."""
        whole = (m for m in self._texts if m.coverage >= 0.8 and m.score >= 0.8)
        return next((self._line(m.start) for m in whole if same_license(license, m.license)), None)

    @cached_property
    def statements(self) -> list[tuple[int, Statement]]:
        """What is said of licenses here, asserted and no more than that, with its line."""
        return [(self._line(s.start), s) for s in find(self.visible) if s.license and s.stance is Stance.ASSERTED]

    def _line(self, offset: int) -> int:
        return self.visible.count("\n", 0, offset) + 1

    @cached_property
    def _license_lines(self) -> frozenset[int]:
        spans = ((self._line(m.start), self._line(m.end)) for m in self._texts)
        return frozenset(line for low, high in spans for line in range(low, high + 1))

    def matches(self, form: regex.Pattern, *, in_texts: bool = False) -> Iterator[tuple[int, re.Match[str]]]:
        """Matches of ``form`` with their lines, outside the standard texts of licenses or (``in_texts``) anywhere."""
        for number, line in enumerate(self.lines, 1):
            if in_texts or number not in self._license_lines:
                for found in form.finditer(line[:_LONG_LINE]):
                    yield number, found

    def in_text(self, line: int) -> bool:
        """Whether a line is part of the standard text of a license."""
        return line in self._license_lines

    def block(self, line: int) -> range:
        """The lines of the list item, table row, section or paragraph at ``line``."""
        return _block(self.lines, line)


def _ends(end: int, run: str, spans: Mapping[int, int], starts: Sequence[int]) -> bool:
    """Whether a word ends at ``end``, or only a particle follows there."""
    if end == len(run) or end in spans or _unspaced(run[end - 1]):
        return True
    stop = spans[starts[bisect_right(starts, end) - 1]]
    return stop - end <= 3 and run[end:stop] in _TAILS


def _parts(line: str) -> bool:
    return not line.strip() or _HEADING.match(line) is not None or line.lstrip().startswith("|")


def _block(lines: Sequence[str], line: int) -> range:
    first = last = line - 1
    if _HEADING.match(lines[first]):
        while last + 1 < len(lines) and last - first < _REACH and not _HEADING.match(lines[last + 1]):
            last += 1
        return range(line, last + 2)
    if _parts(lines[first]):
        return range(line, line + 1)
    item = _ITEM.match(lines[first])
    while first and line - first < _REACH and not _parts(lines[first - 1]) and not (item and not item[1]):
        above = _ITEM.match(lines[first - 1])
        first -= 1
        item = above if above and (item is None or len(above[1]) < len(item[1])) else item
    if item and not _ITEM.match(lines[first]):
        first = line - 1
    while last + 1 < len(lines) and last + 1 - line < _REACH and not _parts(lines[last + 1]):
        below = _ITEM.match(lines[last + 1])
        if below and (item is None or len(below[1]) <= len(item[1])):
            break
        last += 1
    return range(first + 1, last + 2)
