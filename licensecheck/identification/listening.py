"""Sentences that may restrict the use and that no phrase understands: the phrases go first, the model judges the rest.

Of what it reports nobody knows what it restricts: it turns an allow into a review, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from licensecheck.base import regex
from licensecheck.identification import plainly, remainder
from licensecheck.identification import restriction_model as model
from licensecheck.identification.harmless import is_harmless
from licensecheck.knowledge import grammar, packs, phrases, restrictions
from licensecheck.knowledge.fold import fold
from licensecheck.knowledge.lex import SHORTENED, SPACELESS
from licensecheck.knowledge.restrictions import Binds
from licensecheck.knowledge.uses import speaks_of_use
from licensecheck.model import Kind, Scope, Stance, Statement

LICENSING: Final = 0.55
"""Likelihood of a restriction from which a sentence is reported where licensing is spoken of (docs/identification.md)."""
ELSEWHERE: Final = 0.7
"""The same in other running text."""
FRAGMENT: Final = 0.9
"""The same there for a fragment, such as an item of a list: few words are judged less surely."""
UNTAKEN: Final = 0.96
"""The same for a sentence in a section about other things, in a heading or in a fenced block; fragments there are not weighed."""
_NEVER_REACHED: Final = 2.0
_FRAGMENT: Final = 6
"""Words of the longest fragment, in scripts with spaces."""
_PLAIN: Final = 0.65
_SURE: Final = 0.3
_NEVER: Final = 0.05
"""Below this with all its words, a sentence is not looked at more closely, since to find its statements costs most: one
elsewhere without and with a word of licensing, and one where licensing is spoken of."""
_LONGEST: Final = 4_000
_BRIEF: Final = 300
_QUOTE: Final = 300


def _end(marks: str, closing: str, capitals: str, wide: str, bullet: str) -> regex.Pattern:
    return regex.compile(
        rf"[{marks}{wide}\n<](?:(?<=[{marks}])[{marks}]*[{closing}]*(?=\s)"
        + (rf"|(?<=[{wide}])[{wide}]*[」』”）]?" if wide else "")
        + rf"|(?<=\n)[ \t>]*(?=\n(?!\n*[a-z])|[-*+|#{bullet}]|\d{{1,3}}[.)] |[{capitals}][^\n:]{{0,30}}:)|(?<=<)br ?/?>)"
    )


_END: Final = _end(".!?…", "\"'”’»)\\]*_", "A-Z가-힣", "。！？；", "•")
"""Where a sentence ends: a mark, a blank line, or a line before an item, a row, a heading or a label. The first character is one
class, since that is what a search is fast by.
"""
_ASCII_END: Final = _end(".!?", "\"')\\]*_", "A-Z", "", "")
"""The same for a text in ASCII: a class of so many letters takes long to compile."""
_MARKUP: Final = regex.compile(
    r"[\[!(<h`](?:(?<=\[)\^[^\]\s]{1,30}\]:?|(?<=!)\[[^\[\]\n]{0,300}\]\([^()\s]{0,1000}\)|(?<=\]\()[^()\s]{1,1000}\)"
    r"|(?<=<)https?://[^\s<>()\[\]\"']+>?|(?<=h)ttps?://[^\s<>()\[\]\"']+>?|(?<=`)[^`\n]{1,200}`|(?<=<)/?[a-zA-Z][^<>\n]{0,300}>)"
)
"""What is no word of a sentence: marks of footnotes, pictures, targets of links, addresses, code and tags."""
_WORD: Final = regex.compile(r"[^\W_]+")
_LAST_WORD: Final = regex.compile(r"(?<![^\W_])[A-Za-z]{1,3}\Z")
_SHORT: Final = 4
_ASKS: Final = ("?", "？")
_LETTER: Final = regex.compile(r"[^\W\d_]")
_TRIM: Final = " \t\r\n>|*_#-+•"
_NAMING: Final = frozenset(
    {
        Kind.NAME,
        Kind.ADDRESS,
        Kind.TEXT,
        Kind.MARK,
        Kind.CREATIVE_COMMONS,
        Kind.PUBLIC_DOMAIN,
        Kind.NARROWED,
        Kind.UNKNOWN_NAME,
    }
)


MAY_RESTRICT: Final = "may restrict the use; not understood"
OTHER_THING: Final = "a license of something else than the data; nothing beside it says what the data is under"
CHANGED: Final = "words that a standard license text does not have"


class Open(NamedTuple):
    """A sentence (``start`` to ``end`` of its text) that is not understood, why, and the words that weighed, the heaviest first."""

    start: int
    end: int
    chance: float
    heavy: tuple[str, ...]
    why: str = MAY_RESTRICT


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text: each start and end, without the marks of lists, tables and headings around it."""
    start = 0
    for m in (_ASCII_END if text.isascii() else _END).finditer(text):
        if m.group() == "." and _is_shortened(text, m.start()):
            continue
        yield from _trimmed(text, start, m.end())
        start = m.end()
    yield from _trimmed(text, start, len(text))


def _is_shortened(text: str, point: int) -> bool:
    """Whether the point behind a word shortens it, as in "e.g." or "Dr."."""
    m = _LAST_WORD.search(text, max(0, point - _SHORT), point)
    return m is not None and (m[0].casefold() in SHORTENED or len(m[0]) == 1)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    start = end - len(text[start:end].lstrip(_TRIM))
    end = start + len(text[start:end].rstrip(_TRIM))
    if end - start > 1 and _LETTER.search(text, start, end):
        yield start, min(end, start + _LONGEST)


def understood(found: Sequence[Statement]) -> list[tuple[int, int]]:
    """The places of what statements understand: names of licenses, and restrictions that count beside one."""
    counting = restrictions.kinds(Binds.YES, Binds.NO)
    return [
        (s.start, s.end)
        for s in found
        if s.kind in _NAMING or s.kind is Kind.RESERVED or not set(counting).isdisjoint(s.restricts)
    ]


def listen(
    text: str,
    find: Callable[[str], Sequence[Statement]],
    *,
    licensing: bool,
    taken: bool = True,
    headed: bool = False,
) -> Iterator[Open]:
    """The sentences of ``text`` that restrict by a likelihood of the threshold of their place at least.

    ``licensing``: licensing is spoken of there. ``taken``: what the phrases understand there becomes evidence; else it stays open
    here. ``headed``: a heading bans all below it. ``find`` gives the statements of a text; it is called where a sentence needs a closer
    look.
    """
    if len(text) < _BRIEF:
        yield from _brief(text, find, licensing, taken, headed)
    else:
        yield from _listen(text, find, licensing, taken, headed)


@packs.remembered(maxsize=2048)
def _brief(
    text: str, find: Callable[[str], Sequence[Statement]], licensing: bool, taken: bool, headed: bool
) -> tuple[Open, ...]:
    """Files are filled-in templates: most of their headings and short paragraphs are the same."""
    return tuple(_listen(text, find, licensing, taken, headed))


def _listen(
    text: str, find: Callable[[str], Sequence[Statement]], licensing: bool, taken: bool, headed: bool
) -> Iterator[Open]:
    if not (licensing or headed or speaks_of_use(fold(text)) or plainly.is_drawn(text)):
        return
    whole, text = text, _MARKUP.sub(_blank, text)
    folded, shown_folded = fold(text), fold(whole)
    bans = headed or plainly.may_ban(text)
    before = ""
    for start, end in sentences(text):
        sentence, shown, low = text[start:end], whole[start:end], folded[start:end]
        took = taken and "\n\n" not in shown  # a statement over a blank line is taken by nobody
        asked = before.endswith(_ASKS)
        banned = plainly.banned(sentence, before, headed=headed) if bans or asked else ""
        before = sentence.rstrip(plainly.AROUND)
        if licensing and (why := _why_open(shown, sentence, low, find)):
            yield Open(start, end, 1.0, (), why)
        elif (banned and _restricts(banned, find)) or (
            not took and phrases.speaks(shown_folded[start:end]) and _restricts(" ".join(shown.split()), find)
        ):
            yield Open(start, end, 1.0, ())
        elif not _is_harmless(sentence, low, licensing):
            found = find(shown) if taken else ()
            known = understood(found)
            if known and (_explains(found) or _says_no_more(sentence, known)):
                continue
            chance, heavy = _weighed(sentence, tuple(known))
            if chance >= _threshold(sentence, licensing=licensing, taken=taken) and not is_harmless(sentence):
                yield Open(start, end, chance, heavy)


def _restricts(sentence: str, find: Callable[[str], Sequence[Statement]]) -> bool:
    """Whether the phrases understand that a sentence restricts the use of the data."""
    if not phrases.speaks(fold(sentence)):
        return False
    kinds = restrictions.kinds(Binds.YES, Binds.NO)
    return any(
        s.stance is Stance.ASSERTED
        and s.scope not in (Scope.CODE, Scope.MODEL, Scope.SITE)
        and (s.kind is Kind.RESERVED or (s.kind is Kind.RESTRICTION and not set(kinds).isdisjoint(s.restricts)))
        for s in find(sentence)
    )


def _why_open(whole: str, sentence: str, folded: str, find: Callable[[str], Sequence[Statement]]) -> str:
    """Why a sentence where licensing is spoken of is open, whatever the model says of it; "" where it is not."""
    found = find(whole) if phrases.speaks(folded) else ()
    return remainder.why_open(sentence, found, understood(found))


def _explains(found: Sequence[Statement]) -> bool:
    """Whether a sentence names a license that restricts of itself: what it says is taken for that license's own."""
    return any(
        s.license
        and s.stance is Stance.ASSERTED
        and s.kind in _NAMING
        and not restrictions.held(s.license).isdisjoint(restrictions.kinds(Binds.YES))
        for s in found
    )


def _says_no_more(sentence: str, known: Sequence[tuple[int, int]]) -> bool:
    """Whether beside names there are only words that join them to what is licensed: "Licence | CC BY 4.0"."""
    return grammar.words("linking").issuperset(_WORD.findall(model.masked(sentence, known)))


def _is_harmless(sentence: str, folded: str, licensing: bool) -> bool:
    """Whether a sentence needs no closer look: with all its words it restricts by no likelihood that masks could lift."""
    if licensing:
        return _weighed(sentence, ())[0] < _NEVER
    if not speaks_of_use(folded):
        return True
    chance = _weighed(sentence, ())[0]
    return chance < _SURE or (chance < _PLAIN and not phrases.speaks(folded))


def _threshold(sentence: str, *, licensing: bool, taken: bool) -> float:
    if licensing:
        return LICENSING
    words = sentence.split()
    short = len(words) <= _FRAGMENT and not any(c >= SPACELESS and c.isalpha() for c in sentence)
    if not taken:
        return UNTAKEN if not short else _NEVER_REACHED
    return FRAGMENT if short else ELSEWHERE


def _blank(m: re.Match[str]) -> str:
    return " " * (m.end() - m.start())


@packs.remembered(maxsize=4096)
def _weighed(sentence: str, known: tuple[tuple[int, int], ...]) -> tuple[float, tuple[str, ...]]:
    chance = model.weigh(sentence, known)
    return chance, tuple(w.word for w in model.weighed(sentence, known)) if chance >= LICENSING else ()


def quoted(text: str) -> str:
    """A sentence as reports quote it: on one line, cut where it is very long."""
    words = " ".join(text.split())
    return words if len(words) <= _QUOTE else f"{words[: _QUOTE - 1].rstrip()}…"
