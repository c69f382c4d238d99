"""What was added to a known license text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from licensecheck.base import regex
from licensecheck.identification.texts.index_file import Index
from licensecheck.identification.texts.search import _Found
from licensecheck.identification.texts.words import _TAG, SHINGLE, Words
from licensecheck.knowledge import phrases
from licensecheck.knowledge.fold import fold

_BESIDE: Final = 1500
"""Characters before and after a standard text that are read for what was added to it."""

_RESTRICTS: Final = regex.compile(
    r"non-?\s?commercial|\b(?:not|no|without|prohibit\w*|forbid\w*)\b[^.\n]{0,40}\bcommercial|commercial[^.\n]{0,40}"
    r"\b(?:not|prohibited|forbidden|requires?|only with)\b"
    r"|\b(?:only|solely|exclusively|limited|restricted)\b[^.\n]{0,60}\b(?:research|academic|educational|scientific|personal|"
    r"evaluation|private|non-?profit)\b"
    r"|\b(?:research|academic|educational|scientific|personal|evaluation|private|non-?profit)\b[^.\n]{0,40}\b(?:only|solely)\b"
    r"|\b(?:may|must|shall|can|do)\s?not\b|\bno\s+(?:redistribution|derivatives?|modification)|\bprohibited\b|\bforbidden\b"
    r"|\bexcept(?:ion|ions)?\b|\b(?:additional|further|extra)\s+(?:term|condition|restriction|limitation)s?\b"
    r"|\bwithout\s+(?:the\s+)?(?:express\s+|explicit\s+)?(?:prior\s+)?(?:written\s+)?(?:permission|consent|approval)"
    r"|\bnot\s+(?:be\s+)?(?:permitted|allowed|used|redistributed|licensed|cover)"
    r"|비영리|비상업|상업적|연구\s?목적|학술\s?목적|금지|제외|재배포|非商用|非营利|商用利用|研究目的",
    re.IGNORECASE,
)

_RESTRICTING_WORD: Final = regex.compile(
    r"\b(?:academic|research|educational|non-?commercial|non-?profit|personal|private|evaluation|internal|not|never|only)\b",
    re.IGNORECASE,
)

_STEWARD: Final = regex.compile(
    r"creative commons (?:is not|corporation|may be|does not|will not|disclaims|gives no|makes)|trademark of creative|"
    r"free software foundation|everyone is permitted to copy|this is (?:a )?human-readable|not a substitute for",
    re.IGNORECASE,
)

_SENTENCE: Final = regex.compile(r"[^.\n。]+(?:\.(?!\s|$)[^.\n。]*)*[.。]?")


@lru_cache(maxsize=4096)
def _states_restriction(sentence: str) -> bool:
    from licensecheck.identification import find

    return phrases.speaks(fold(sentence)) and any(s.restricts for s in find(sentence))


def _added(text: str, words: Words, one: _Found, before: str, after: str) -> str:
    """What restricts in words that stand inside the standard text or beside it, and are not its own."""
    own = _Own(one) if one.table.groups else None
    if own is not None:
        # A sentence in front of the text may end, and one after it begin, with words that the text has too.
        start, end = words.span(one.begin, one.end)
        before += text[start : _next_end(text, start)] if before.strip() else ""
        after = (text[_last_end(text, end) : end] if after.strip() else "") + after
    parts = list(_inside(text, words, one) if own is None else own.strange(text, words))
    for beside in (before, after):
        for sentence in _SENTENCE.findall(_TAG.sub(" ", beside)):
            if _restricts(sentence) and not _STEWARD.search(sentence) and not (own and own.has(sentence)):
                parts.append(sentence)
    return " … ".join(" ".join(part.split()) for part in parts)


def _restricts(words: str) -> bool:
    return bool(_RESTRICTS.search(words)) or _states_restriction(words)


def _inside(text: str, words: Words, one: _Found) -> Iterator[str]:
    """The words inside a standard text that are not its own and restrict."""
    clean = one.fit.quality >= 0.95
    for gap in islice((_INSERTED if clean else _INSERTED_IN_DAMAGE).finditer(one.flags), 50):
        several = gap.end() - gap.start() > 3
        # "not" before what was inserted may be its own or the text's: it is read with it.
        start, end = words.span(one.begin + gap.start() + (not several), one.begin + gap.end())
        pattern = _RESTRICTS if several else _RESTRICTING_WORD
        if pattern.search(text, start, end):
            yield text[start:end]


class _Own:
    """The words of a legal code, to tell them from those of somebody else in the same language.

    Pairs do not tell: in Korean or Chinese a word is a syllable, and most pairs of a short sentence are somewhere
    in a long text. Runs of four words do.
    """

    def __init__(self, one: _Found) -> None:
        self._one = one
        self._alphabets = one.table.collection.alphabets
        self._runs = _runs_of(one.table, one.fit.document)
        # In a damaged text, fewer runs of its own sentences are left.
        self._least = _OWN * one.fit.quality**3
        self._damaged = one.fit.quality < 0.95
        self._most = max(_STRANGE_SHARE, 3 * (1 - one.fit.quality))

    def has(self, sentence: str) -> bool:
        """Whether a sentence is mostly the text's: its clauses are no terms beside it."""
        found = _runs(Words(sentence, alphabets=self._alphabets).hashes)
        return bool(found) and sum(map(self._runs.__contains__, found)) >= self._least * len(found)

    def strange(self, text: str, words: Words) -> Iterator[str]:
        """The passages inside the text that are not its own and restrict."""
        for start, end in self.passages(text, words):
            if _restricts(text[start:end]):
                yield text[start:end]

    def passages(self, text: str, words: Words) -> Iterator[tuple[int, int]]:
        """The passages (start, end) inside the text that are not its own."""
        one = self._one
        if b"\0" not in one.flags:
            return
        count = one.end - one.begin
        known = bytearray(count)
        for place, run in enumerate(_runs(words.hashes[2 * one.begin : 2 * one.end])):
            if run in self._runs:
                known[place : place + SHINGLE] = b"\1" * SHINGLE
        for passage in islice(_STRANGE.finditer(known), 400):
            strange = passage.group().count(0)
            if strange <= max(7 if self._damaged else 2, len(passage.group()) // 2):
                continue
            start, end = words.span(one.begin + passage.start(), one.begin + passage.end())
            # Its end may be words that the text has too: "... is not allowed".
            first, last = _last_end(text, start), _next_end(text, end - 1)
            if strange <= self._most * Words(text[first:last], alphabets=self._alphabets).count:
                if self._damaged:
                    # A clause of its own with letters wrong.
                    continue
                first, last = start, end
            yield first, last


def _last_end(text: str, place: int) -> int:
    """Where the sentence or line at a place begins; at most so far back as what is beside a text is read."""
    low = max(0, place - _BESIDE)
    return max(low, *(text.rfind(mark, low, place) + 1 for mark in _ENDS))


def _next_end(text: str, place: int) -> int:
    """Where the sentence or line at a place ends; at most so far on as what is beside a text is read."""
    high = min(len(text), place + _BESIDE)
    return min(high, *(at for mark in _ENDS if (at := text.find(mark, place, high)) >= 0), high)


@lru_cache(maxsize=8)
def _runs_of(table: Index, document: int) -> frozenset[bytes]:
    return frozenset(_runs(table.words(document)))


def _runs(hashes: bytes) -> list[bytes]:
    """Every run of four words, in order."""
    return [hashes[at : at + 2 * SHINGLE] for at in range(0, len(hashes) - 2 * SHINGLE + 2, 2)]


_OWN: Final = 0.8
"""Share of the runs of a sentence that a text has, from which the sentence is the text's own."""

_STRANGE_SHARE: Final = 0.3
"""Share of the words of a sentence in no run that the text has, from which the sentence is somebody else's."""

_ENDS: Final = ("\n", ".", "。", "!", "?", ";")

_STRANGE: Final = re.compile(rb"\x00(?:\x01{0,6}\x00)*")
"""Words of no run that the text has; a run in between may be there by chance."""

_INSERTED: Final = re.compile(rb"\0{2,}")
"""At least one word that the standard text does not have there; in a damaged text, at least six."""

_INSERTED_IN_DAMAGE: Final = re.compile(rb"\0{7,}")
