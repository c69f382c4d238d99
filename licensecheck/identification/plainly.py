"""Bans that are drawn, answered or headed, said in plain words: "❌ commercial use", "Commercial use? No.", a list of what is out of scope."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from licensecheck.knowledge import grammar
from licensecheck.knowledge.fold import fold

_BANNED: Final = " prohibited "
"""What stands for a ban: phrases of every act know it."""
AROUND: Final = "\"'”’)*_ "
"""Signs behind the mark of a question."""
_BEFORE_ANSWERS: Final = "|:：–—"
_ASKED: Final = 300
"""Characters of the longest question whose answer is looked at."""


def banned(sentence: str, before: str = "", *, headed: bool = False) -> str:
    """``sentence`` in words that ban what its marks, its answer or its heading bans; "" where none does.

    ``before`` is the sentence before it, ``headed`` that a heading says of all below it that it is banned. Places in the
    result are not those in ``sentence``.
    """
    drawn = _marks().sub(_BANNED, sentence)
    drawn = _answers().sub(lambda m: f"{m[1]}{_BANNED}{m[3]}", drawn)
    question = before.rstrip(AROUND)
    if question.endswith(("?", "？")) and len(question) < _ASKED and _answers().match(f": {fold(sentence)}"):
        return f"{question.rstrip('?？')}{_BANNED}"
    if headed:
        return f"{_BANNED.strip().capitalize()}: {sentence}"
    return drawn if drawn != sentence else ""


def is_drawn(text: str) -> bool:
    """Whether a text has a mark that bans."""
    return not text.isascii() and _marks().search(text) is not None


def may_ban(text: str) -> bool:
    """Whether a sentence of a text may have a mark or an answer that bans: where not, only a heading or a question can."""
    return is_drawn(text) or (any(mark in text for mark in _BEFORE_ANSWERS) and _answered().search(text) is not None)


def heads_a_ban(title: str) -> bool:
    """Whether a heading says that what is below it is banned."""
    folded = " ".join(re.findall(r"[^\W_]+", fold(title)))
    return any(words in folded for words in grammar.words("ban-headings"))


@cache
def _marks() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(grammar.words("ban-marks")))))


@cache
def _answers() -> re.Pattern[str]:
    return re.compile(rf"{_begun()}([*_`]*\s*(?:[|.,!。、，;]|\Z))", re.IGNORECASE)


@cache
def _answered() -> re.Pattern[str]:
    return re.compile(_begun(), re.IGNORECASE)


def _begun() -> str:
    words = "|".join(map(re.escape, sorted(grammar.words("answers-no"), key=len, reverse=True)))
    return rf"([{_BEFORE_ANSWERS}]\s*[*_`]*)({words})"
