"""Folded text as words with places, and what separates them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from licensecheck.base import regex


def words_of(spelled: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(spelled.split())


TIGHT: Final = 0
"""Nothing, spaces, dashes, quotes or one line end: what can be inside a name."""
SOFT: Final = 1
"""Commas, brackets, colons and their like."""
CLAUSE: Final = 2
SENTENCE: Final = 3
PARAGRAPH: Final = 4

CJK: Final = "가-힣぀-ヿ㐀-鿿"
SPACELESS: Final = "\u0e00"
"""The first letter of Thai; Chinese, Japanese and Korean come after it: their words are not parted by blanks."""
_MARKS: Final = "✅✔✓☑❌✘✗✖☒🚫⛔⭕"
"""Signs that say yes or no in a table or a list: each is a word."""
_ADDRESS_CHAR: Final = r"[!#$%&*+,\-./0-9:;=?@A-Z_a-z~]"
"""What an address is made of: ASCII (RFC 3986), so that a particle glued to it is none of it."""


def _token(letters: str, others: str, cyrillic: str) -> regex.Pattern:
    return regex.compile(
        rf"({cyrillic})"
        rf"|([abdefgjmnpqrtuvxyz{letters}][a-z{letters}]*)"
        rf"|((?=[/hwcoislk])(?:(?:https?:)?//(?:{_ADDRESS_CHAR}|\({_ADDRESS_CHAR}*\))+"
        rf"|(?<![\w@./-])(?:www\.|creativecommons\.org/|i\.creativecommons\.org/|opendatacommons\.org/|licensebuttons\.net/"
        rf"|choosealicense\.com/|spdx\.org/|opensource\.org/|kogl\.or\.kr/){_ADDRESS_CHAR}*))"
        rf"|([a-z{letters}]+)"
        r"|([0-9]+(?:\.[0-9]+)*)"
        rf"|({others})"
        r"|(\]\([^()\s]{0,300}\))"
        r"|(</?(?!https?:|www\.)[a-z!][^<>]{0,2000}>)"
    )


_TOKEN: Final = _token("ß-öø-ɏ", f"[{CJK}{_MARKS}]", "[a-z]{0,4}[Ѐ-ӿ][a-zЀ-ӿ]*")
"""Words first, of letters that no address begins with: most of a text are such words."""
_ASCII_TOKEN: Final = _token("", "(?!)", "(?!)")
"""The same for a text in ASCII. Classes of many letters take long to compile, and most texts need none."""
_KINDS: Final = ("", "y", "w", "u", "w", "n", "c", "g", "t")
"""What the groups of it are: kinds of words, targets of links (g) and tags (t)."""
_CYRILLIC: Final = str.maketrans("abekmhopctyxijs", "авекмнорстухіјѕ")
"""Letters that folding took for Latin ones, in words that are not."""
_HARD: Final = regex.compile(r"[.!?](?=[\s\"')\]*])|[。！？]|\n[ \t]*(?:[-*+]+|[0-9]+[.)])[ \t]")
_BLANK: Final = regex.compile(r"\n[ \t>]*\n|\n[ \t]*#|<(?:/?(?:p|div|h[1-6]|table|ul|ol|section)\b)")
_ITEM: Final = regex.compile(r"</?(?:li|tr|dt|dd)\b|<br ?/?>\s*<br|\|[ \t]*\n[ \t]*\|")
_CELL: Final = regex.compile(r"[;；|]|</?t[dh]\b")
_SOFT: Final = regex.compile(r"[,:()\[\]/+=…、，：]")
_TAG: Final = regex.compile(r"<[^<>]*>")
_ADDRESS: Final = regex.compile(r"(?:href|src|resource|content|about)\s*=\s*[\"']?((?:https?:)?//[^\"'\s>]+)")
SHORTENED: Final = words_of("v ver vs no nr al etc inc ltd cf dr mr st fig sec art eq ed vol e g i bzw z d h p")
"""Words that a point shortens: it ends no sentence."""


class Words(NamedTuple):
    """Words of a text, side by side: what they are, where, of which kind, and what is before each.

    ``kind`` is w (Latin word), n (number), c (one Korean, Chinese or Japanese character) or u (address).
    ``gap`` is the strength of what separates a word from the one before it; ``glue`` are its characters.
    """

    text: list[str]
    start: list[int]
    end: list[int]
    kind: list[str]
    gap: list[int]
    glue: list[str]


@lru_cache(maxsize=4096)
def _strength(between: str) -> int:
    if not between.strip(" "):
        return TIGHT
    if _BLANK.search(between):
        return PARAGRAPH
    if _ITEM.search(between):
        return SENTENCE
    cell = bool(_CELL.search(between))
    if "<" in between:
        between = _TAG.sub("", between)
    if _HARD.search(between):
        return SENTENCE
    if cell:
        return CLAUSE
    return SOFT if _SOFT.search(between) else TIGHT


def lex(folded: str) -> Words:
    """The words of ``folded`` text. Addresses inside tags count; other tag text and link targets do not."""
    words = Words([], [], [], [], [], [])
    texts, starts, ends, kinds, gaps, glues = words
    last = 0

    def add(text: str, start: int, end: int, kind: str) -> None:
        nonlocal last
        between = folded[last:start] if start - last < 3000 else "\n\n"
        gap = _strength(between)
        if gap == SENTENCE and kind != "u" and texts and _is_shortened(between, texts[-1], kinds[-1], kind):
            gap = TIGHT
        texts.append(text)
        starts.append(start)
        ends.append(end)
        kinds.append(kind)
        gaps.append(gap)
        glues.append(between)
        last = end

    for m in (_ASCII_TOKEN if folded.isascii() else _TOKEN).finditer(folded):
        kind = _KINDS[m.lastindex or 0]
        if kind == "t":
            for inner in _ADDRESS.finditer(folded, m.start(), m.end()):
                add(inner[1], inner.start(1), inner.end(1), "u")
        elif kind == "g":
            start = m.start() + 2
            target = m.group()[2:-1]
            if target.startswith(("http:", "https:", "//", "www.", "creativecommons.org")):
                add(target, start, start + len(target), "u")
        elif kind == "u":
            text = m.group().rstrip(".,;:*_~!?")
            add(text, m.start(), m.start() + len(text), "u")
        elif kind == "y":
            add(m.group().translate(_CYRILLIC), m.start(), m.end(), "w")
        else:
            start, end = m.span()
            if start == last + 1 and folded[last] == " " and texts:
                # One blank before it, as before most words.
                texts.append(m[0])
                starts.append(start)
                ends.append(end)
                kinds.append(kind)
                gaps.append(TIGHT)
                glues.append(" ")
                last = end
            else:
                add(m[0], start, end, kind)
    return words


def _is_shortened(between: str, word: str, kind: str, next_kind: str) -> bool:
    """Whether a point ends an abbreviation ("v. 3", "e.g. CC BY", "U.S. works") and not a sentence."""
    if not between.startswith(".") or "\n" in between.strip(" \n") or len(between) > 3:
        return False
    return kind == "w" and (word in SHORTENED or (len(word) == 1 and next_kind == "w"))
