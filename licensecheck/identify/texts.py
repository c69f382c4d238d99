"""Whole licence texts: which standard text stands in a file, how much of it, and what was added.

A text becomes 16-bit hashes of its words. Four-word shingles, one in four kept, look up candidates in
the shipped index (``data/texts.idx``, built by :mod:`licensecheck.identify.index`). A candidate's own
sequence is then compared with the text, word pair by word pair: the best contiguous part of the
licence (maximum sub-array: +1 for a pair that the text has, a penalty for one that it lacks) is its
score. So a licence cut in half is judged by the half that is there, and one that lacks a clause of its
longer sibling loses nothing to it. All steps run in time linear in the text; the number of places
looked at closely is bounded.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
import zlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import blake2b
from heapq import nsmallest
from itertools import accumulate, compress, islice
from operator import sub
from pathlib import Path
from typing import Any, Final

from licensecheck.model import Certainty

MAGIC: Final = b"licensecheck-texts 1\n"
SHINGLE: Final = 4
SAMPLE: Final = 4
PRIME: Final = 4294967291

_INDEX: Final = Path(__file__).parent / "data" / "texts.idx"
"""A shingle's 64 bits are reduced by this prime, the largest below 2**32, to its key."""

_GAP: Final = 120
"""Words without any known shingle that end a stretch worth a look."""
_WINDOW: Final = 40_000
_PROBES: Final = 160
_CANDIDATES: Final = 8
_MISS: Final = 0.75
_ABSENT: Final = 0.02
_BUDGET: Final = 8_000_000
"""Word pairs compared closely in one text: what bounds the work on a file full of licences."""


@dataclass(frozen=True, slots=True)
class Match:
    """A standard text found in a text.

    ``license`` is an SPDX id or a ``LicenseRef-``; ``start`` and ``end`` are offsets in characters.
    ``score`` (0..1) says how alike both are where they meet, ``coverage`` how much of the standard
    text is there. ``added`` is what somebody wrote into or beside the standard text that restricts
    it, or "". ``near`` are other ids that the words fit as well: then ``license`` is only the first.
    """

    license: str
    certainty: Certainty
    score: float
    coverage: float
    start: int
    end: int
    added: str = ""
    near: tuple[str, ...] = ()


# -- words -------------------------------------------------------------------------------------

_TAG: Final = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,15}(?:[\s/][^<>]{0,2000})?>|<!(?:--|[dD])[^<>]{0,2000}>")
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,10});")
_ASCII_WORD: Final = re.compile(rb"[a-z0-9]+")
_WORD: Final = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]")


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    return unicodedata.normalize("NFKC", char).lower()


def _entity(found: re.Match[str]) -> str:
    from html import unescape

    return unescape(found[0])[:1].ljust(len(found[0]))


class Words:
    """The words of a text as 16-bit hashes, and the way back from a word to its offset."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._moved: array[int] | None = None
        if "<" in text:
            text = _TAG.sub(lambda found: " " * len(found[0]), text)
        if "&" in text:
            text = _ENTITY.sub(_entity, text)
        if text.isascii():
            text = text.lower()
        else:
            table = {ord(char): _fold(char) for char in set(text)}
            if any(len(folded) != 1 for folded in table.values()):
                self._moved = array("Q", accumulate((len(table[ord(char)]) for char in text), initial=0))
            text = text.translate(table)
        self.text: Final = text.replace("licence", "license")
        if text.isascii():
            found = _ASCII_WORD.findall(self.text.encode())
        else:
            found = " ".join(_WORD.findall(self.text)).encode().split()
        hashes = array("I", map(zlib.crc32, found)).tobytes()
        self.hashes: Final = memoryview(hashes).cast("H")[0 if sys.byteorder == "little" else 1 :: 2].tobytes()
        self.count: Final = len(found)

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Where in the text as given words ``begin`` to ``end`` (not included) stand."""
        found = _WORD.finditer(self.text)
        first = next(islice(found, begin, None))
        last = next(islice(found, end - begin - 2, None)) if end - begin > 1 else first
        return self._original(first.start()), self._original(last.end())

    def _original(self, offset: int) -> int:
        if self._moved is None:
            return offset
        return min(bisect_left(self._moved, offset), self._length)


def shingles(hashes: bytes) -> list[int]:
    """Every run of four words as one 64-bit number, in order."""
    return _windows(hashes, "Q", SHINGLE)


def pairs(hashes: bytes) -> list[int]:
    """Every run of two words as one 32-bit number, in order."""
    return _windows(hashes, "I", 2)


def _windows(hashes: bytes, code: Any, width: int) -> list[int]:
    count = len(hashes) // 2 - width + 1
    if count <= 0:
        return []
    result = [0] * count
    view = memoryview(hashes)
    size = 2 * width
    for shift in range(min(width, count)):
        part = view[2 * shift :]
        result[shift::width] = part[: len(part) // size * size].cast(code).tolist()
    return result


def sampled(hashes: bytes) -> list[tuple[int, int]]:
    """The shingles that the index keeps, as (key, place): chosen by their first and third word."""
    low = hashes[0::2] if sys.byteorder == "little" else hashes[1::2]
    count = len(low) - SHINGLE + 1
    if count <= 0:
        return []
    mixed = int.from_bytes(low[:count], "little") ^ int.from_bytes(low[2 : 2 + count], "little")
    kept = compress(zip(shingles(hashes), range(count), strict=True), mixed.to_bytes(count, "little").translate(_KEPT))
    return [(shingle % PRIME, place) for shingle, place in kept]


_KEPT: Final = bytes(value % SAMPLE == 0 for value in range(256))


# -- the index ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """The shipped index. ``ids[n]`` are the ids whose text is document ``n``, the preferred one first."""

    about: dict[str, Any]
    ids: list[list[str]]
    lengths: list[int]
    keys: array[int]
    starts: array[int]
    postings: array[int]
    digests: dict[str, int]
    blocks: list[bytes]
    places: list[list[int]]

    def block(self, number: int) -> bytes:
        """The words of several documents, unpacked once."""
        return _unpacked(self.blocks[number])

    def words(self, document: int) -> bytes:
        """The word hashes of a document."""
        number, begin, length = self.places[document]
        return self.block(number)[2 * begin : 2 * (begin + length)]


@lru_cache(maxsize=256)
def _unpacked(block: bytes) -> bytes:
    return zlib.decompress(block)


def read_index(data: bytes) -> Index:
    """The index in the bytes of its file. Raises ValueError when they are none."""
    if not data.startswith(MAGIC):
        raise ValueError("not an index of licence texts, or one of another version")
    at = len(MAGIC)
    head_length = int(data[at : at + 10])
    at += 10
    head = json.loads(data[at : at + head_length])
    at += head_length
    arrays: list[array[int]] = []
    for code, count in (("I", head["keys"]), ("I", head["keys"] + 1), ("H", head["postings"])):
        part: array[int] = array(code)
        part.frombytes(data[at : at + count * part.itemsize])
        if sys.byteorder == "big":
            part.byteswap()
        arrays.append(part)
        at += count * part.itemsize
    blocks = []
    for size in head["blocks"]:
        blocks.append(data[at : at + size])
        at += size
    return Index(
        about=head["about"],
        ids=head["ids"],
        lengths=[place[2] for place in head["places"]],
        keys=arrays[0],
        starts=arrays[1],
        postings=arrays[2],
        digests=head["digests"],
        blocks=blocks,
        places=head["places"],
    )


@cache
def index() -> Index:
    """The index that the package ships, read at its first use."""
    return read_index(_INDEX.read_bytes())


def digest(hashes: bytes) -> str:
    """The key of a whole text in ``Index.digests``."""
    return blake2b(hashes, digest_size=8).hexdigest()


# -- comparing ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Run:
    """A contiguous part of a sequence of hits and misses: its bounds and its hits."""

    begin: int
    end: int
    hits: int

    @property
    def length(self) -> int:
        return self.end - self.begin


def _best_run(flags: Iterable[bool], miss: float) -> _Run:
    """The part of ``flags`` with the largest sum of +1 for a hit and ``-miss`` for a miss."""
    values = list(flags)
    sums = list(accumulate(map((-miss, 1.0).__getitem__, values), initial=0.0))
    gains = list(map(sub, sums, accumulate(sums, min)))
    best = max(gains)
    end = gains.index(best)
    begin = sums.index(sums[end] - best)
    return _Run(begin, end, sum(values[begin:end]))


@lru_cache(maxsize=96)
def _document(number: int) -> tuple[list[int], frozenset[int]]:
    """The word pairs of a document, in order and as a set."""
    found = pairs(index().words(number))
    return found, frozenset(found)


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


_LACK: Final = 1.0


def _whole_fit(document: int, have: set[int]) -> _Fit:
    _, distinct = _document(document)
    hits = len(distinct & have)
    return _Fit(document, hits, len(distinct) - hits, len(distinct))


def _part_fit(document: int, have: set[int], miss: float) -> _Fit:
    found, _ = _document(document)
    run = _best_run(map(have.__contains__, found), miss)
    part = set(found[run.begin : run.end])
    hits = len(part & have)
    return _Fit(document, hits, len(part) - hits, len(found), len(found) - run.length)


def _recall(hits: Sequence[tuple[int, int]]) -> list[int]:
    """The documents that share most shingles with a stretch: ``hits`` are (slot, place)."""
    table = index()
    starts, postings = table.starts, table.postings
    slots = sorted({slot for slot, _ in hits}, key=lambda slot: starts[slot + 1] - starts[slot])
    share = 1.0
    if len(slots) > _PROBES:
        chosen = slots[: _PROBES // 2] + slots[_PROBES // 2 :: max(1, len(slots) // (_PROBES // 2))]
        share = len(chosen) / len(slots)
        slots = chosen
    counted: Counter[int] = Counter()
    for slot in slots:
        counted.update(postings[starts[slot] : starts[slot + 1]])
    most = max(counted.values())
    best = [document for document, count in counted.items() if 2 * count >= most or count >= 12]
    per_word = share / SAMPLE
    lengths = table.lengths
    first = nsmallest(_CANDIDATES - 2, best, key=lambda n: _ABSENT * per_word * lengths[n] - counted[n])
    second = nsmallest(_CANDIDATES // 2, best, key=lambda n: per_word * lengths[n] - 2 * counted[n])
    return list(dict.fromkeys([*first, *second]))


def _preferred(found: str) -> tuple[bool, bool, int, str]:
    """Sort key of ids that one text has: SPDX first, ``-only`` before ``-or-later``, plain before special."""
    return (found.startswith("LicenseRef-"), found.endswith("-or-later"), len(found), found)


@dataclass(frozen=True, slots=True)
class _Found:
    """A document at a place: words ``begin`` to ``end`` of the text, and the rivals that it beat."""

    fit: _Fit
    rivals: list[_Fit]
    begin: int
    end: int


@dataclass(slots=True)
class _Search:
    """One text being searched: its word pairs, and how much close comparing is left."""

    pairs: list[int]
    budget: int = _BUDGET

    def look(self, hits: Sequence[tuple[int, int]]) -> _Found | None:
        """The document that best explains a stretch, or None."""
        low = max(0, hits[0][1] - _GAP // 2)
        high = min(len(self.pairs), hits[-1][1] + SHINGLE + _GAP // 2)
        documents = _recall(hits)
        found = self._rank(documents, low, high)
        if found is not None and found.end - found.begin < (high - low) // 2:
            margin = 20
            return self._rank(documents, max(low, found.begin - margin), min(high, found.end + margin))
        return found

    def _rank(self, documents: Sequence[int], low: int, high: int) -> _Found | None:
        part = self.pairs[low:high]
        have = set(part)
        self.budget -= len(part) + sum(index().lengths[document] for document in documents)
        fits = [_whole_fit(document, have) for document in documents]
        top = max(fits, key=lambda fit: fit.rank)
        if top.coverage < _COMPLETE or top.hits < 0.9 * max(fit.hits for fit in fits):
            strict = [_part_fit(document, have, _STRICT) for document in documents]
            loose = [_part_fit(document, have, _LOOSE) for document in documents]
            clean = max(fit.hits for fit in strict) >= 0.8 * max(fit.hits for fit in loose)
            fits = strict if clean else loose
        ids = index().ids
        fits.sort(key=lambda fit: (-fit.rank, _preferred(ids[fit.document][0])))
        for place, fit in enumerate(fits):
            if not _acceptable(fit):
                continue
            run = _best_run(map(_document(fit.document)[1].__contains__, part), _MISS)
            if run.hits >= 0.6 * run.length and run.hits >= 0.5 * fit.hits:
                return _Found(fit, fits[place + 1 :], low + run.begin, low + run.end + 1)
        return None


def _acceptable(fit: _Fit) -> bool:
    if fit.hits < _SHORTEST:
        return False
    if fit.size < 40:
        return fit.coverage >= 0.8
    return fit.quality >= 0.6 and fit.coverage >= 0.33


_SHORTEST: Final = 12
_COMPLETE: Final = 0.75
_STRICT: Final = 5.0
_LOOSE: Final = 1.5


def match(text: str) -> tuple[Match, ...]:
    """The standard texts that ``text`` holds, in order; () when it holds none."""
    words = Words(text)
    if words.count < _SHORTEST:
        return ()
    table = index()
    whole = table.digests.get(digest(words.hashes))
    if whole is not None:
        first, *others = table.ids[whole]
        return (_answer(words, first, others, 0, words.count, 1.0, 1.0),)
    keys = table.keys
    last = len(keys)
    hits = []
    for key, place in sampled(words.hashes):
        slot = bisect_left(keys, key)
        if slot < last and keys[slot] == key:
            hits.append((slot, place))
    if not hits:
        return ()
    search = _Search(pairs(words.hashes))
    found: list[Match] = []
    waiting = list(_stretches(hits))[::-1]
    while waiting and search.budget > 0:
        stretch = waiting.pop()
        seen = search.look(stretch)
        if seen is None:
            continue
        fit = seen.fit
        first = table.ids[fit.document][0]
        near = [*table.ids[fit.document][1:], *_near(fit, seen.rivals)]
        found.append(_answer(words, first, near, seen.begin, seen.end, fit.quality, fit.coverage))
        for rest in ([h for h in stretch if h[1] >= seen.end], [h for h in stretch if h[1] < seen.begin]):
            if len(rest) >= 3:
                waiting.append(rest)
    return tuple(sorted(found, key=lambda one: one.start))


def _stretches(hits: Sequence[tuple[int, int]]) -> Iterable[list[tuple[int, int]]]:
    part: list[tuple[int, int]] = []
    for hit in hits:
        if part and (hit[1] - part[-1][1] > _GAP or hit[1] - part[0][1] > _WINDOW):
            if len(part) >= 2:
                yield part
            part = []
        part.append(hit)
    if len(part) >= 2:
        yield part


def _near(fit: _Fit, rivals: Sequence[_Fit]) -> list[str]:
    ids = index().ids
    result = []
    for other in rivals:
        if other.total < fit.total - _TIE:
            continue
        if fit.coverage >= 0.85 and other.absent > max(6, 0.03 * other.size):
            continue
        result += ids[other.document]
    return result


_TIE: Final = 1.5


def _answer(
    words: Words, first: str, near: Iterable[str], begin: int, end: int, score: float, coverage: float
) -> Match:
    others = tuple(dict.fromkeys(other for other in near if _base(other) != _base(first)))
    certainty = Certainty.AMBIGUOUS if others else Certainty.EXACT
    start, stop = words.span(begin, end)
    return Match(
        license=first,
        certainty=certainty,
        score=round(score, 4),
        coverage=round(coverage, 4),
        start=start,
        end=stop,
        near=others,
    )


def _base(found: str) -> str:
    return re.sub(r"(?:-no-invariants|-invariants)?-(?:only|or-later)$", "", found)
