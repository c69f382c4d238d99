"""Which words of a text are not those of the standard license text that it holds, whatever they say.

Names, years, addresses and copyright lines are filled in everywhere, and a few words differ between editions
(``in-a-license-text`` of ``rules/lexicon/grammar.yaml``). Any other word changes what is licensed, or may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from licensecheck.base import regex
from licensecheck.identification.texts.added import _INSERTED, _INSERTED_IN_DAMAGE, _Own
from licensecheck.identification.texts.search import _Found
from licensecheck.identification.texts.words import Words, pairs
from licensecheck.knowledge import grammar
from licensecheck.knowledge.fold import fold

_CLEAN: Final = 0.95
_WORD: Final = regex.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_NO_WORDS: Final = regex.compile(
    r"https?://\S+|\bwww\.\S+|\S+@\S+|[^\W\d_]+-\s*\n\s*[^\W\d_]+|<[^<>\n]{0,200}>|[\[{][^\[\]{}\n]{0,100}[\]}]"
    r"|^[^\n]*(?:©|ⓒ|\(c\)|copyright)[^\n]*\d{4}[^\n]*$|^[^\n]*(?:©|ⓒ|\(c\)|copyright) [^\n]*$",
    re.I | re.M,
)
"""Addresses, words that a line end divides, blanks to fill in, and lines that name who holds the copyright."""
_PARAGRAPH: Final = regex.compile(
    r"\n[ \t>]*\n|[.!?:;]\s|^[^\n]*(?:©|\(c\)|copyright)[^\n]*\n|[-=*_#]{3,}|\n[ \t]*(?:[-*•]|\d{1,2}[.)]|\(?[a-z]\))[ \t]",
    re.I | re.M,
)
_MOST: Final = 60
_NEAR: Final = 400
_FEW: Final = 3
_TITLE: Final = 24
"""Words at the beginning of a license in which its title stands, with its version and date."""


def changed(text: str, words: Words, one: _Found, *, titled: bool = False) -> tuple[tuple[int, int], ...]:
    """The passages (start, end) inside a standard text, and at its ends, that are not its own and are not filled in.

    ``titled``: the license is that of one model, so another name or number in its title makes it another license.
    """
    if not one.flags:
        return ()
    title = _title(text, words, one) if titled else ()
    return tuple(dict.fromkeys(islice((*title, *_passages(text, words, one)), _MOST)))


def _title(text: str, words: Words, one: _Found) -> Iterator[tuple[int, int]]:
    """What the line of the title has before the standard text, and the names and numbers in its first words that it lacks."""
    start, _ = words.span(one.begin, one.end)
    line = text.rfind("\n", 0, start) + 1
    before = [m.span() for m in _WORD.finditer(text, line, start)]
    yield from before[-1:]  # one word, so that it is shown and not heard as a sentence
    for gap in _INSERTED.finditer(one.flags[:_TITLE]):
        first, last = words.span(one.begin + gap.start() + 1, one.begin + gap.end())
        names = (m.span() for m in _WORD.finditer(text, first, last) if m[0][0].isupper() or m[0][0].isdigit())
        yield from islice(names, 1)


def _passages(text: str, words: Words, one: _Found) -> Iterator[tuple[int, int]]:
    start, _ = words.span(one.begin, one.end)
    clean = one.fit.quality >= _CLEAN
    opened = _cut_before(text, start)
    if clean and opened < start and _says_more(text[opened:start]) and _is_of(text[opened:start], one):
        yield opened, start
    if one.table.groups:
        yield from _Own(one).passages(text, words)
        return
    for gap in (_INSERTED if clean else _INSERTED_IN_DAMAGE).finditer(one.flags):
        first, last = words.span(one.begin + gap.start() + 1, one.begin + gap.end())
        if _says_more(text[first:last]) and not text.startswith("://", last):
            yield first, last


def _is_of(head: str, one: _Found) -> bool:
    """Whether words before a standard text are its beginning, changed: very few, or with words of its own."""
    found = Words(head)
    own = frozenset(pairs(one.table.words(one.fit.document)))
    return found.count <= _FEW or not own.isdisjoint(pairs(found.hashes))


def _cut_before(text: str, place: int) -> int:
    """Where the sentence begins in which a standard text begins."""
    low = max(0, place - _NEAR)
    ends = [m.end() for m in _PARAGRAPH.finditer(text, low, place)]
    return ends[-1] if ends else low


def _says_more(passage: str) -> bool:
    """Whether words that were put into a standard text are more than names and what editions differ in."""
    plain = _NO_WORDS.sub(" ", passage)
    shown = [m.group() for m in _WORD.finditer(plain)]
    capitals = all(word.isupper() for word in shown)
    few = len(shown) <= _FEW
    return any(not _is_filled_in(word, capitals=capitals, few=few) for word in shown)


def _is_filled_in(word: str, *, capitals: bool, few: bool) -> bool:
    low = fold(word)
    if low.isdigit() or low in grammar.words("in-a-license-text"):
        return True
    if low in grammar.words("changing"):
        return False
    if not word[0].isupper():
        return False
    return few if capitals else True
