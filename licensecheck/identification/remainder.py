"""What is left of a sentence where licensing is spoken of, when what is understood is taken out.

A sentence that names a license and says more in a few words ("CC BY 4.0, members only", "from 2030"), doubts what it
says ("we think"), or is in a language of which no words are known, is open: nobody knows what it restricts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, takewhile
from typing import Final

from licensecheck.base import regex
from licensecheck.knowledge import grammar, languages
from licensecheck.knowledge.fold import beyond_ascii, fold
from licensecheck.knowledge.lex import CJK
from licensecheck.model import Kind, Stance, Statement

UNKNOWN_LANGUAGE: Final = "in a language that is not known here"
LEFT_OVER: Final = "words beside a license that are not understood"
UNCERTAIN: Final = "it is not certain that the license is granted"

_NAMES: Final = frozenset({Kind.NAME, Kind.ADDRESS, Kind.MARK, Kind.CREATIVE_COMMONS, Kind.PUBLIC_DOMAIN})
_WORD: Final = languages.WORD
_CJK: Final = regex.compile(rf"[{CJK}]")
_SPANS: Final = tuple((CJK[at], CJK[at + 2]) for at in range(0, len(CJK), 3))
_HOLDER: Final = regex.compile(r"©|ⓒ|\(c\)|\bcopyright\b|저작권자|著作権者", re.I)
_LABEL: Final = regex.compile(r"[:：|=–—-][\s*_`>|]*\Z|\*\*\s*\Z")
_NUMBER: Final = regex.compile(r"v?[\d.]+\Z")
_MOST_LEFT: Final = 4
"""Words that are left over, at most: of a longer remainder the model judges."""
_MOST_AROUND: Final = 9
"""Words after a name, at most, of which all are looked at."""
_LONGEST_HEAD: Final = 8
_SHORT_VALUE: Final = 26
"""Characters of the longest sentence in Chinese, Japanese or Korean of which all is looked at; of longer ones what is in brackets."""
_MOST_LETTERS: Final = 14
_ASIDE: Final = regex.compile(r"[(（\[【［,、，;；/|–—-]([^()（）\[\]【】［］]{1,12})[)）\]】］]?\s*\Z")
"""Words behind a name that are set apart from it: in brackets, behind a comma or a dash."""


def why_open(sentence: str, found: Sequence[Statement], known: Sequence[tuple[int, int]]) -> str:
    """Why a sentence is open whatever the model says, or "" where it is not.

    ``found`` are the statements of the sentence, ``known`` the places of what they understand, both in offsets of ``sentence``.
    """
    if not _is_in_known_language(sentence, known):
        return UNKNOWN_LANGUAGE
    names = [s for s in found if s.license and s.kind in _NAMES and s.start < s.end]
    if any(s.stance is Stance.FUTURE and "unclear-rights" in s.restricts for s in names):
        return UNCERTAIN
    names = [s for s in names if s.stance is Stance.ASSERTED]
    if not names:
        return ""
    if _is_uncertain(sentence, known):
        return UNCERTAIN
    first, last = min(s.start for s in names), max(s.end for s in names)
    last = max([last, *(end for start, end in known if start < last)])
    if _is_left_before(sentence[:first]) or _is_left_behind(sentence, last):
        return LEFT_OVER
    return ""


def _is_in_known_language(sentence: str, known: Sequence[tuple[int, int]]) -> bool:
    rest = _without(sentence, known)
    if rest.isascii() and len(rest) < _MOST_LETTERS:
        return True
    return languages.is_known(rest) or all(_is_accounted(word) for word in _words(rest))


def _without(sentence: str, known: Sequence[tuple[int, int]]) -> str:
    """``sentence`` without the places ``known``."""
    ends = [0, *(end for _, end in sorted(known))]
    starts = [*(start for start, _ in sorted(known)), len(sentence)]
    return " ¤ ".join(sentence[a:b] for a, b in zip(ends, starts, strict=True) if a <= b)


def _is_uncertain(sentence: str, known: Sequence[tuple[int, int]]) -> bool:
    """Whether a sentence doubts, dates or limits the grant that it makes."""
    rest = fold(_without(sentence, known))
    words = " ".join(("", *_WORD.findall(rest), ""))
    spaced, glued = _doubts()
    if any(phrase in words for phrase in spaced) or (_has_letters(rest) and any(phrase in rest for phrase in glued)):
        return True
    asks = rest.rstrip("\"')* ").endswith(("?", "？"))
    return asks and grammar.words("asks-what").isdisjoint(words.split())


@cache
def _doubts() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Phrases of doubt: with a space at both ends where a language has spaces between words, and those of the others."""
    found = grammar.words("uncertain")
    return (
        tuple(f" {phrase} " for phrase in sorted(found) if not _has_letters(phrase)),
        tuple(phrase for phrase in sorted(found) if _has_letters(phrase)),
    )


def _has_letters(text: str) -> bool:
    """Whether a text has a letter of Chinese, Japanese or Korean. A pattern of so many letters takes long to compile."""
    return any(first <= letter <= last for letter in beyond_ascii(text) for first, last in _SPANS)


def _is_left_before(head: str) -> bool:
    """Whether the words before a name neither say what is licensed nor that it is."""
    words = _words(head)
    if words and (words[-1] in grammar.words("was") or any(_is_dating(*pair) for pair in pairwise(words[:2]))):
        return True
    if _has_letters(head) or _LABEL.search(head):
        return False
    if len(words) > _LONGEST_HEAD or not grammar.words("stating").isdisjoint(words):
        return False
    left = [word for word in words if not _is_accounted(word)]
    return 0 < len(left) <= _MOST_LEFT and not _is_title(head, words)


def _is_title(head: str, words: list[str]) -> bool:
    """Whether words before a name are a name themselves: "Harbor Sounds CC BY 4.0"."""
    shown = [m.group() for m in _WORD.finditer(head)]
    return all(
        word[0].isupper() or word[0].isdigit() or _is_accounted(low) for word, low in zip(shown, words, strict=True)
    )


def _is_left_behind(sentence: str, end: int) -> bool:
    """Whether the words after a name say more than what was understood."""
    tail = sentence[end:]
    holder = _HOLDER.search(tail)
    if holder:
        tail = tail[: holder.start()]
    if _has_letters(tail):
        return _is_left_in_letters(sentence, tail)
    if not tail.strip():
        return False
    tail = _reserves().sub(" ", tail)
    reasons = grammar.words("reasons")
    words = list(takewhile(lambda word: word not in reasons, _unnamed(tail)))
    if len(words) > _MOST_AROUND:
        return False
    if any(_is_dating(*pair) for pair in pairwise(words[:3])):
        return True
    left = [word for word in words if not _is_accounted(word)]
    return 0 < len(left) <= _MOST_LEFT


@cache
def _reserves() -> re.Pattern[str]:
    return re.compile(
        "|".join(map(re.escape, sorted(grammar.words("unless-noted"), key=len, reverse=True))), re.IGNORECASE
    )


def _is_dating(word: str, other: str) -> bool:
    """Whether two words behind a name say from when, or until when, it holds."""
    return word in grammar.words("dating") and len(other) == 4 and other.isdecimal()


def _unnamed(tail: str) -> Iterator[str]:
    """The words of a tail in lower case, without the names of persons and places that a word such as "by" leads."""
    named = False
    for m in _WORD.finditer(tail):
        word = m.group()
        low = fold(word)
        if low in grammar.words("by-whom"):
            named = True
        elif named and word[0].isupper():
            continue
        else:
            named = named and (low in grammar.words("joins") or low in grammar.words("linking"))
        yield low


def _is_left_in_letters(sentence: str, tail: str) -> bool:
    """The same in Chinese, Japanese and Korean, where a sentence has no words to look up: pieces are taken out."""
    if len(sentence) > _SHORT_VALUE:
        aside = _ASIDE.search(tail)
        if not aside:
            return False
        tail = aside[1]
    rest = fold(tail)
    for piece in _pieces():
        rest = rest.replace(piece, " ")
    letters = _CJK.findall(rest)
    words = [word for word in _words(rest) if not _has_letters(word) and not _is_accounted(word)]
    return 0 < len(letters) + len(words) <= _MOST_LETTERS


@cache
def _pieces() -> tuple[str, ...]:
    found = {word for name in ("beside-a-name", "linking") for word in grammar.words(name) if _has_letters(word)}
    return tuple(sorted(found, key=lambda piece: (-len(piece), piece)))


def _words(text: str) -> list[str]:
    return [fold(m.group()) for m in _WORD.finditer(text)]


def _is_accounted(word: str) -> bool:
    """Whether a word beside the name of a license says nothing that matters: it joins, credits or points."""
    return word in grammar.words("linking") or word in grammar.words("beside-a-name") or bool(_NUMBER.match(word))
