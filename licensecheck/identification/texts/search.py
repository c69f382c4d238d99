"""Where in a text a known license text is found, and how well it fits."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from heapq import nsmallest
from itertools import chain, compress, repeat
from math import inf
from typing import Any, Final

from licensecheck.identification.texts.index_file import Index
from licensecheck.identification.texts.words import SAMPLE, SHINGLE, pairs

_GAP: Final = 25
"""So many sampled shingles in a row, none of them known, end a stretch worth a look."""

_MARGIN: Final = 60

_WINDOW: Final = 20_000
"""Words of a stretch that are compared at once; no license is longer."""

_LONG: Final = 1000
"""Above so many words every second of the sampled shingles is looked up."""

_PROBES: Final = 80

SHORTEST: Final = 12
"""Words of the shortest text that is looked for."""

_CANDIDATES: Final = 8

_FEW_HITS: Final = 60

_MISS: Final = 1.5

_MISS_OF_LEGAL_CODE: Final = 1.0
"""Less: the clauses at the ends of a legal code are to be in it, even where they are damaged."""

_ABSENT: Final = 0.02

_BUDGET: Final = 300_000

_BUDGET_PER_WORD: Final = 40
"""Word pairs compared closely in one text: what bounds the work on a file full of licenses."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A contiguous part of a sequence of hits and misses: its bounds and its hits."""

    begin: int
    end: int
    hits: int

    @property
    def length(self) -> int:
        return self.end - self.begin


def _best_run(flags: bytes, miss: float) -> _Run:
    """The part of ``flags`` with the largest sum of +1 for a hit and ``-miss`` for a miss.

    The best part begins and ends with whole runs of hits, so only those are gone through.
    """
    first = last = begin = at = 0
    most, value, low = 0.0, 0.0, inf
    for length in map(len, flags.split(b"\0")):
        if length:
            if value < low:
                low, begin = value, at
            value += length
            at += length
            if value - low > most:
                most, first, last = value - low, begin, at
        value -= miss
        at += 1
    return _Run(first, last, flags.count(1, first, last))


@dataclass(frozen=True, slots=True)
class _Document:
    """The word pairs of a document, in order and each once."""

    pairs: list[int]
    distinct: frozenset[int]


@lru_cache(maxsize=512)
def _document(table: Index, number: int) -> _Document:
    found = pairs(table.words(number))
    return _Document(found, frozenset(found))


@lru_cache(maxsize=20_000)
def _shared(table: Index, one: int, other: int) -> int:
    """How many distinct word pairs two documents of an index share."""
    return len(_document(table, one).distinct & _document(table, other).distinct)


@dataclass(frozen=True, slots=True)
class _Fit:
    """A document compared with a stretch of text: distinct pairs that both have or only the document has.

    Where the text holds only a part of the document, ``hits`` and ``misses`` count in that part, and
    ``absent`` is how many word pairs lie outside it.
    """

    document: int
    hits: int
    misses: int
    size: int
    absent: int = 0
    begin: int = 0
    """Where in the document the part begins."""

    @property
    def total(self) -> float:
        return self.hits - _LACK * self.misses

    @property
    def rank(self) -> float:
        return self.total - _ABSENT * self.absent

    @property
    def quality(self) -> float:
        return self.hits / max(1, self.hits + self.misses)

    @property
    def coverage(self) -> float:
        return self.quality * (self.size - self.absent) / self.size

    @property
    def is_whole(self) -> bool:
        """Whether nearly all of the document is there, nearly unchanged."""
        return self.quality >= _EXACT and self.coverage >= 0.9


_LACK: Final = 1.0


class _Place:
    """A stretch of a text, beside the document that it is likeliest to be.

    That document is compared pair by pair; another is by what the two documents share, which is known
    from before, and by the pairs that the first and the stretch do not share, which are few.
    """

    def __init__(self, table: Index, words: bytes, document: int) -> None:
        self._table = table
        self._words = words
        self._first = document
        self._pairs: list[int] | None = None
        self._have: set[int] | None = None
        distinct = _document(table, document).distinct
        own = table.words(document)
        self._at = _stands(words, own)
        self._after = self._at + len(own) // 2 - 1
        self._missing: Set[int] = frozenset()
        self._extra: Set[int] | None
        if self._at >= 0:
            # All of it in one piece: only what surrounds it is to be looked at.
            around = chain(pairs(words[: 2 * self._at + 2]), pairs(words[2 * self._after :]))
            self._extra = set(around) - distinct
        else:
            self._missing = distinct - self.have
            self._extra = self.have - distinct if 2 * len(self._missing) < len(distinct) else None

    @property
    def pairs(self) -> list[int]:
        if self._pairs is None:
            self._pairs = pairs(self._words)
        return self._pairs

    @property
    def have(self) -> set[int]:
        if self._have is None:
            self._have = set(self.pairs)
        return self._have

    def whole_fit(self, document: int) -> _Fit:
        """The stretch beside all of a document."""
        distinct = _document(self._table, document).distinct
        if document == self._first:
            hits = len(distinct) - len(self._missing)
        elif self._extra is None:
            hits = len(distinct & self.have)
        else:
            hits = _shared(self._table, self._first, document)
            hits += len(distinct & self._extra) - len(distinct & self._missing)
        return _Fit(document, hits, len(distinct) - hits, len(distinct))

    def flags(self, document: int) -> bytes:
        """Which word pairs of the stretch are the document's."""
        has, extra = _document(self._table, document).distinct.__contains__, self._extra
        if document != self._first or extra is None:
            return bytes(map(has, self.pairs))
        if self._at < 0:
            # A smaller set is asked faster.
            return bytes(map(extra.__contains__, self.pairs)).translate(_TURNED)
        before, after = pairs(self._words[: 2 * self._at + 2]), pairs(self._words[2 * self._after :])
        return bytes(map(has, before)) + b"\1" * (self._after - self._at) + bytes(map(has, after))

    def part_fits(self, documents: Sequence[int], most: int) -> list[_Fit]:
        """The stretch beside the part of each document that it fits best."""
        has = self.have.__contains__
        every = [_document(self._table, document).pairs for document in documents]
        flags = [bytes(map(has, found)) for found in every]
        fits = list(map(_part_fit, documents, every, flags, repeat(_STRICT)))
        if max(fit.hits for fit in fits) < 0.8 * most:
            fits = list(map(_part_fit, documents, every, flags, repeat(_LOOSE)))
        return fits


def _stands(words: bytes, part: bytes) -> int:
    """Where some words stand in others in one piece; -1 where they do not."""
    at = words.find(part)
    if at % 2 and at >= 0:
        at = words.find(part, at + 1)
    return at // 2 if at % 2 == 0 else -1


def _part_fit(document: int, found: Sequence[int], flags: bytes, miss: float) -> _Fit:
    run = _best_run(flags, miss)
    part = found[run.begin : run.end]
    size = len(set(part))
    misses = 0
    if run.hits < run.length:
        misses = len(set(compress(part, flags[run.begin : run.end].translate(_TURNED))))
    return _Fit(document, size - misses, misses, len(found), len(found) - run.length, run.begin)


_TURNED: Final = bytes([1]) + bytes(255)


def _recall(table: Index, asked: Sequence[int], rate: int) -> list[int]:
    """The documents that share most shingles with a stretch: ``asked`` are its slots, one in ``rate``."""
    starts, lengths = table.starts, table.lengths
    slots = list(set(asked))
    hits, share = len(asked), 1 / rate
    if len(slots) > _PROBES:
        some = slots[:: 1 + len(slots) // (2 * _PROBES)]
        rarest = sorted([(starts[slot + 1] - starts[slot]) << 32 | slot for slot in some])
        chosen = [*rarest[: _PROBES * 3 // 4], *rarest[_PROBES * 3 // 4 :: 4]]
        share *= len(chosen) / len(slots)
        slots = [slot & 0xFFFFFFFF for slot in chosen]
    counted = table.counted(slots)
    most = max(counted.translate(None, b"\0"))
    able = [(n, counted[n]) for n in compress(range(len(counted)), counted.translate(_at_least(-(-most // 3))))]
    near = [(_ABSENT * share * lengths[n] - count, n) for n, count in able if count >= 0.7 * most]
    dense = [(share * lengths[n] - 2 * count, n) for n, count in able]
    # Short texts have many siblings and cost little.
    many = _CANDIDATES if hits > _FEW_HITS else 3 * _CANDIDATES
    best = [n for _, n in [*nsmallest(many - 4, near), *nsmallest(4, dense)]]
    return list(dict.fromkeys(best))


@cache
def _at_least(count: int) -> bytes:
    return bytes(value >= count for value in range(256))


def preferred(found: str) -> tuple[bool, bool, int, str]:
    """Sort key of ids that one text has: SPDX first, ``-only`` before ``-or-later``, plain before special."""
    return (found.startswith("LicenseRef-"), found.endswith("-or-later"), len(found), found)


@dataclass(frozen=True, slots=True)
class _Found:
    """A document of ``table`` at a place: words ``begin`` to ``end`` of the text, and the rivals that it beat."""

    table: Index
    fit: _Fit
    rivals: list[_Fit]
    begin: int
    end: int
    flags: bytes
    """Which word pairs of the place are the document's."""


@dataclass(slots=True)
class _Search:
    """One text being searched: its words, and how much close comparing is left."""

    table: Index
    words: bytes
    slots: Sequence[int]
    """The keys of the text that the index has, and where in the text each is."""
    places: Sequence[int]
    rate: int
    budget: int

    def look(self, begin: int, end: int) -> _Found | None:
        """The document that best explains the stretch of some of the keys, or None."""
        # The fewer shingles an index keeps, the farther from the ends of a text may the first and last of them be.
        beside = _MARGIN * self.table.collection.rate // SAMPLE
        low = max(0, self.places[begin] - beside)
        high = min(len(self.words) // 2 - 1, self.places[end - 1] + SHINGLE + beside)
        documents = _recall(self.table, self.slots[begin:end], self.rate)
        found = self._rank(documents, low, high)
        if found is not None and found.end - found.begin < 0.8 * (high - low):
            margin = 20
            return self._rank(documents, max(low, found.begin - margin), min(high, found.end + margin))
        return found

    def _rank(self, documents: Sequence[int], low: int, high: int) -> _Found | None:
        table = self.table
        self.budget -= high - low + sum(table.lengths[document] for document in documents)
        here = _Place(table, self.words[2 * low : 2 * high + 2], documents[0])
        fits = list(map(here.whole_fit, documents))
        top = max(fits, key=lambda fit: fit.rank)
        # Of a part of a text, the shortest may fit best as a whole and another explain more.
        likely = dict.fromkeys((top.document, max(fits, key=lambda fit: fit.hits).document))
        groups = dict.fromkeys(one for document in likely for one in table.siblings(document))
        siblings = [document for document in groups if document not in documents]
        if siblings:
            self.budget -= sum(table.lengths[document] for document in siblings)
            fits += map(here.whole_fit, siblings)
            top = max(fits, key=lambda fit: fit.rank)
        if all(fit.hits < _HOPELESS * fit.size for fit in fits):
            # No part of any is long enough for an answer: comparing closely would only show the same.
            return None
        most = max(fit.hits for fit in fits)
        ids = table.ids

        def order(fit: _Fit) -> Any:
            return -fit.rank, preferred(ids[fit.document][0])

        if top.coverage < _COMPLETE or top.hits < most - max(_MORE, most // 100):
            able = [fit.document for fit in fits if fit.hits >= 0.9 * most]
            parts = here.part_fits(able, most)
            # Whole texts come before a collection of texts of which the file has a part, where they explain as much.
            complete = sorted([fit for fit in fits if fit.coverage >= _WHOLE], key=order)[:4]
            explained = here.have & frozenset().union(*(_document(table, fit.document).distinct for fit in complete))
            best = max(parts, key=lambda fit: fit.rank)
            if len(explained) < (0.95 if best.quality >= _EXACT else 0.5) * best.hits:
                complete = []
            fits = [*complete, *sorted(parts, key=order)]
        else:
            fits.sort(key=order)
        brief = False
        for place, fit in enumerate(fits):
            if not _acceptable(fit) or (brief and fit.coverage < _WHOLE):
                # What explains the text best is too little of its license: what explains it less is no better.
                brief = brief or fit.size < _BRIEF
                continue
            flags = here.flags(fit.document)
            run = _best_run(flags, _MISS if not table.groups else _MISS_OF_LEGAL_CODE)
            if run.hits >= 0.6 * run.length and run.hits >= 0.5 * fit.hits:
                return _Found(
                    table, fit, fits[place + 1 :], low + run.begin, low + run.end + 1, flags[run.begin : run.end]
                )
        return None


_HOPELESS: Final = 0.25
"""Share of the distinct word pairs of a text below which it is not acceptable; repeated ones count more in a part."""


def _acceptable(fit: _Fit) -> bool:
    if fit.hits < SHORTEST:
        return False
    if fit.size < 40:
        return fit.coverage >= 0.8
    if fit.size < _BRIEF and (fit.coverage < 0.42 or (fit.coverage < 0.7 and fit.begin > 0.15 * fit.size)):
        # The end of a short license is a disclaimer that thousands of other texts carry.
        return False
    return fit.quality >= 0.6 and fit.coverage >= 0.33


_WHOLE: Final = 0.99

_BRIEF: Final = 400

_COMPLETE: Final = 0.75

_MORE: Final = 4
"""So many more word pairs in another document: the text may be a part of that one."""

_STRICT: Final = 5.0

_LOOSE: Final = 1.5

_EXACT: Final = 0.98
