"""Sentences that limit nothing of the data, whatever their words weigh: of marks alone, and names of columns."""

from __future__ import annotations

from functools import cache
from typing import Final

from licensecheck.base import regex
from licensecheck.knowledge import grammar, phrases
from licensecheck.knowledge.fold import fold
from licensecheck.knowledge.lex import lex

_NAME: Final = regex.compile(r"[!-~]*[^\W\d_][._][!-~]*\Z")
_ACTS: Final = ("about-data", "about-part", "commercial", "redistribute", "modify", "train")
"""Meanings of what a sentence about marks alone does not speak of."""


def is_harmless(sentence: str) -> bool:
    """Whether a sentence limits nothing of the data: it is about names, logos and trademarks, or is one word of code."""
    return _NAME.match(sentence) is not None or _is_of_marks(sentence)


def _is_of_marks(sentence: str) -> bool:
    """ "This license does not grant you rights to use any names, logos, or trademarks." """
    folded = fold(sentence)
    words = lex(folded)
    whole, pieces = _marks()
    if whole.isdisjoint(words.text) and not any(piece in folded for piece in pieces):
        return False
    return not any(hit.has(*_ACTS) for hit in phrases.hits(words))


@cache
def _marks() -> tuple[frozenset[str], tuple[str, ...]]:
    """Words for marks, and those of scripts without blanks."""
    words = grammar.words("trademarks")
    return words, tuple(sorted(word for word in words if not word.isascii() and lex(fold(word)).kind[0] == "c"))
