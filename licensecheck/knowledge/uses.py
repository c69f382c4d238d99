"""Which texts speak of use, permission, money or limits at all: ``of-use`` in ``rules/lexicon/grammar.yaml``.

The sieve before sentences are weighed: wide, and cheap.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from licensecheck.base import regex
from licensecheck.knowledge import grammar
from licensecheck.knowledge.fold import runs
from licensecheck.knowledge.lex import SPACELESS

_WORD: Final = regex.compile(r"[^\W\d_]+")
_MARKS: Final = ("ऀ", "ॿ")
"""Devanagari: its vowel signs end what a pattern takes for a word, so that it is looked for in pieces as well."""


class _Words(NamedTuple):
    """Whole words, and pieces of words of scripts that have no spaces or glue particles to words."""

    whole: frozenset[str]
    pieces: tuple[str, ...]


@cache
def _words() -> _Words:
    found = grammar.words("of-use")
    pieces = {word for word in found if word[0] >= SPACELESS or _MARKS[0] <= word[0] <= _MARKS[1]}
    least = tuple(sorted(word for word in pieces if pieces.isdisjoint(_inner(word))))
    return _Words(found - pieces, least)


def _inner(word: str) -> Iterator[str]:
    """The pieces of a word but for itself."""
    size = len(word)
    return (word[i:j] for i in range(size) for j in range(i + 1, size + 1) if j - i < size)


def speaks_of_use(folded: str) -> bool:
    """Whether a folded text has a word of use. Linear in the text."""
    words = _words()
    found = runs(folded)
    if not words.whole.isdisjoint(found):
        return True
    if folded.isascii():
        return False
    others = " ".join(run for run in found if not run.isascii())
    return not words.whole.isdisjoint(_WORD.findall(others)) or any(piece in others for piece in words.pieces)
