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
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from hashlib import blake2b
from heapq import nsmallest
from itertools import accumulate, chain, compress, islice, repeat
from math import inf
from operator import add, sub
from pathlib import Path
from typing import Any, Final

from licensecheck import patterns
from licensecheck.model import Certainty

MAGIC: Final = b"licensecheck-texts 1\n"
SHINGLE: Final = 4
SAMPLE: Final = 4

_INDEX: Final = Path(__file__).parent / "data" / "texts.idx"

_GAP: Final = 25
"""So many sampled shingles in a row, none of them known, end a stretch worth a look."""
_MARGIN: Final = 60
_WINDOW: Final = 20_000
"""Words of a stretch that are compared at once; no licence is longer."""
_LONG: Final = 1000
"""Above so many words every second of the sampled shingles is looked up."""
_PROBES: Final = 80
SHORTEST: Final = 12
"""Words of the shortest text that is looked for."""
_CANDIDATES: Final = 8
_FEW_HITS: Final = 60
_MISS: Final = 1.5
_ABSENT: Final = 0.02
_BUDGET: Final = 300_000
_BUDGET_PER_WORD: Final = 40
"""Word pairs compared closely in one text: what bounds the work on a file full of licences."""
_LARGE: Final = 1_000_000
"""Characters of a text that are read; of a longer one its ends and what surrounds words of licences."""


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

_TAG: Final = patterns.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,15}(?:[\s/][^<>]{0,2000})?>|<!(?:--|[dD])[^<>]{0,2000}>")
_ENTITY: Final = patterns.compile(r"&(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,10});")
_PLAIN: Final = bytes(ord(chr(byte).lower()) if chr(byte).isalnum() and byte < 128 else 32 for byte in range(256))
"""ASCII letters in lower case, digits as they are, a space for the rest."""
_WITH_FOREIGN: Final = _PLAIN[:128] + bytes(range(128, 256))
_LETTER: Final = b"?"
"""What stands for a foreign letter, with a space on either side, where only places matter."""
_PLACES: Final = bytes(byte if byte == 63 else _PLAIN[byte] for byte in range(256))

_ASCII: Final = bytes(range(128))
_FEW: Final = 24
"""So many different letters are replaced one after the other; more of them in one slower pass."""
_IN_WORD: Final = bytes(byte != 32 for byte in range(256))


def _foreign(text: str) -> set[str]:
    """The characters of a text that are not ASCII."""
    return set(text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass"))


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    """A letter in its plain lower-case form; a space for anything that is no letter or digit."""
    folded = unicodedata.normalize("NFKC", char).lower()
    return "".join(part if part.isalnum() else " " for part in folded)


def _folded(text: str) -> tuple[str, array[int] | None]:
    """Lower case without compatibility forms and foreign punctuation; where each letter went if lengths changed.

    A text that is ASCII, or becomes so, keeps its upper case: its bytes are looked at next.
    """
    if text.isascii():
        return text, None
    table = {char: _fold(char) for char in _foreign(text)}
    moved = None
    if any(len(folded) != 1 for folded in table.values()):
        lengths = {char: len(folded) for char, folded in table.items()}
        moved = array("Q", accumulate(map(lengths.get, text, repeat(1)), initial=0))
    if len(table) <= _FEW and moved is None:
        for char, folded in table.items():
            text = text.replace(char, folded)
    else:
        text = text.translate({ord(char): folded for char, folded in table.items()})
    return (text if text.isascii() else text.lower()), moved


def _entity(found: re.Match[str]) -> str:
    return _meant(found[0])


@lru_cache(maxsize=1024)
def _meant(entity: str) -> str:
    """The character that an entity of HTML means, with spaces to its length."""
    from html import unescape

    return unescape(entity)[:1].ljust(len(entity))


def _apart(text: str) -> str:
    """A folded text with a space on either side of each letter that is not ASCII: each is a word."""
    table = {char: f" {char} " if char.isalnum() else " " for char in _foreign(text)}
    if len(table) > _FEW:
        return text.translate({ord(char): apart for char, apart in table.items()})
    for char, apart in table.items():
        text = text.replace(char, apart)
    return text


class Words:
    """The words of a text as 16-bit hashes, and the way back from a word to its offset."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        if "<" in text:
            text = _TAG.sub(lambda found: " " * len(found[0]), text)
        if "&" in text:
            text = _ENTITY.sub(_entity, text)
        text, self._moved = _folded(text)
        if text.isascii():
            self._apart = ""
            plain = self._plain = text.encode().translate(_PLAIN)
        else:
            # Its places are worked out when a span is asked for: most texts hold no licence.
            self._apart = _apart(text)
            self._plain = b""
            plain = self._apart.encode().translate(_WITH_FOREIGN)
        found = plain.replace(b"licence", b"license").split()
        hashes = array("I", map(zlib.crc32, found)).tobytes()
        low = 0 if sys.byteorder == "little" else 2
        halves = bytearray(2 * len(found))
        halves[0::2], halves[1::2] = hashes[low::4], hashes[low + 1 :: 4]
        self.hashes: Final = bytes(halves)
        self.count: Final = len(found)
        self._starts: array[int] = array("Q")
        self._asked = 0

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Where in the text as given words ``begin`` to ``end`` (not included) stand."""
        self._asked += 1
        if not self._plain:
            self._plain = self._apart.replace("?", " ").encode("ascii", "replace").translate(_PLACES)
        if self._asked > _ASKED and not self._starts:
            self._starts = array("Q", self._all_starts())
        first, last = self._start(begin), self._start(end - 1)
        after = self._plain.find(b" ", last)
        return self._original(first), self._original(last, (after if after >= 0 else len(self._plain)) - last)

    def _all_starts(self) -> Iterable[int]:
        inside = int.from_bytes(self._plain.translate(_IN_WORD), "little")
        return compress(range(len(self._plain)), (inside & ~(inside << 8)).to_bytes(len(self._plain), "little"))

    def _start(self, place: int) -> int:
        if self._starts:
            return self._starts[place]
        plain = self._plain
        if place <= self.count // 2:
            return len(plain) - len(plain.split(None, place)[-1])
        before = len(plain.rsplit(None, self.count - place)[0])
        return len(plain) - len(plain[before:].lstrip())

    def _original(self, offset: int, length: int = 0) -> int:
        """The place in the text as given of one ``length`` after the beginning of a word."""
        if self._apart:
            offset -= 2 * self._plain.count(_LETTER, 0, offset) + self._plain.startswith(_LETTER, offset)
        if self._moved is None:
            return offset + length
        return min(bisect_left(self._moved, offset + length), self._length)


_ASKED: Final = 4
"""So many places are looked for one by one before all are written down."""


def pairs(hashes: bytes) -> list[int]:
    """Every run of two words as one number, in order."""
    count = len(hashes) // 2 - 1
    if count <= 0:
        return []
    result = [0] * count
    view = memoryview(hashes)
    result[0::2] = view[: (count + 1) // 2 * 4].cast("I").tolist()
    result[1::2] = view[2 : 2 + count // 2 * 4].cast("I").tolist()
    return result


def sampled(hashes: bytes, rate: int = SAMPLE) -> tuple[list[int], list[int]]:
    """The keys and places of one shingle in ``rate``, chosen by its first and third word.

    The index keeps one in four; a multiple of that asks for some of those.
    """
    low = hashes[0::2] if sys.byteorder == "little" else hashes[1::2]
    count = len(low) - SHINGLE + 1
    if count <= 0:
        return [], []
    mixed = int.from_bytes(low[:count], "little") ^ int.from_bytes(low[2 : 2 + count], "little")
    # Between one that is kept and the next stand as many as are not.
    skipped = map(len, mixed.to_bytes(count, "little").translate(_kept(rate)).split(b"\1"))
    places = list(map(add, accumulate(skipped), range(count + 1)))[:-1]
    return [zlib.crc32(hashes[2 * place : 2 * (place + SHINGLE)]) for place in places], places


@cache
def _kept(rate: int) -> bytes:
    return bytes(value % rate == 0 for value in range(256))


TOP: Final = 20
"""Bits of a key below its leading ones."""


# -- the index ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """The shipped index. ``ids[n]`` are the ids whose text is document ``n``, the preferred one first."""

    about: dict[str, Any]
    ids: list[list[str]]
    lengths: list[int]
    keys: array[int]
    tops: list[int]
    """Where the keys with each leading 12 bits begin: narrows a look-up to a few cache lines."""
    starts: array[int]
    postings: array[int]
    digests: dict[str, int]
    blocks: list[bytes]
    places: list[list[int]]
    known: dict[int, int] = field(default_factory=dict)
    """Where keys that were looked up before are."""
    crowds: dict[int, int] = field(default_factory=dict)
    """The documents of a key that many have, as a number with a byte for each: such are added up at once."""

    def slots(self, asked: Sequence[int]) -> list[int | None]:
        """Where each key stands in ``keys``, None for one that does not."""
        found: list[int | None] = list(map(self.known.get, asked))
        if None in found:
            keys, tops = self.keys, self.tops
            for place, slot in enumerate(found):
                if slot is None:
                    key = asked[place]
                    near = bisect_left(keys, key, tops[key >> TOP], tops[(key >> TOP) + 1])
                    if keys[near] == key:
                        found[place] = self.known[key] = near
            if len(self.known) > _KNOWN:
                self.known.clear()
        return found

    def counted(self, slots: Sequence[int]) -> bytes:
        """How many of some keys, fewer than 256, each document has: a byte for each."""
        starts, postings = self.starts, self.postings
        few: list[array[int]] = []
        total = 0
        for slot in slots:
            begin, end = starts[slot], starts[slot + 1]
            if end - begin < _CROWD:
                few.append(postings[begin:end])
            else:
                crowd = self.crowds.get(slot)
                if crowd is None:
                    marks = bytearray(len(self.ids))
                    for document in postings[begin:end]:
                        marks[document] = 1
                    if len(self.crowds) >= _CROWDS:
                        self.crowds.clear()
                    crowd = self.crowds[slot] = int.from_bytes(marks, "little")
                total += crowd
        counts = bytearray(total.to_bytes(len(self.ids), "little"))
        for document in chain.from_iterable(few):
            counts[document] += 1
        return bytes(counts)

    def block(self, number: int) -> bytes:
        """The words of several documents, unpacked once."""
        return _unpacked(self.blocks[number])

    def words(self, document: int) -> bytes:
        """The word hashes of a document."""
        number, begin, length = self.places[document]
        return self.block(number)[2 * begin : 2 * (begin + length)]


_CROWD: Final = 16
"""Documents of a key that many have."""
_CROWDS: Final = 3000
"""Such keys that are remembered, in 3 kB each."""
_KNOWN: Final = 50_000
"""Keys that are remembered: those of some two hundred licences."""


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
    for code, count in (("I", head["keys"] + 1), ("I", head["keys"] + 2), ("H", head["postings"])):
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
        tops=head["tops"],
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
def _document(number: int) -> _Document:
    found = pairs(index().words(number))
    return _Document(found, frozenset(found))


@lru_cache(maxsize=20_000)
def _shared(table: Index, one: int, other: int) -> int:
    """How many distinct word pairs two documents of an index share."""
    return len(_document(one).distinct & _document(other).distinct)


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


_LACK: Final = 1.0


class _Place:
    """A stretch of a text, beside the document that it is likeliest to be.

    That document is compared pair by pair; another is by what the two documents share, which is known
    from before, and by the pairs that the first and the stretch do not share, which are few.
    """

    def __init__(self, words: bytes, document: int) -> None:
        self._words = words
        self._first = document
        self._pairs: list[int] | None = None
        self._have: set[int] | None = None
        distinct = _document(document).distinct
        own = index().words(document)
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
        distinct = _document(document).distinct
        if document == self._first:
            hits = len(distinct) - len(self._missing)
        elif self._extra is None:
            hits = len(distinct & self.have)
        else:
            hits = _shared(index(), self._first, document)
            hits += len(distinct & self._extra) - len(distinct & self._missing)
        return _Fit(document, hits, len(distinct) - hits, len(distinct))

    def flags(self, document: int) -> bytes:
        """Which word pairs of the stretch are the document's."""
        has, extra = _document(document).distinct.__contains__, self._extra
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
        flags = [bytes(map(has, _document(document).pairs)) for document in documents]
        fits = list(map(_part_fit, documents, flags, repeat(_STRICT)))
        if max(fit.hits for fit in fits) < 0.8 * most:
            fits = list(map(_part_fit, documents, flags, repeat(_LOOSE)))
        return fits


def _stands(words: bytes, part: bytes) -> int:
    """Where some words stand in others in one piece; -1 where they do not."""
    at = words.find(part)
    if at % 2 and at >= 0:
        at = words.find(part, at + 1)
    return at // 2 if at % 2 == 0 else -1


def _part_fit(document: int, flags: bytes, miss: float) -> _Fit:
    found = _document(document).pairs
    run = _best_run(flags, miss)
    part = found[run.begin : run.end]
    size = len(set(part))
    misses = 0
    if run.hits < run.length:
        misses = len(set(compress(part, flags[run.begin : run.end].translate(_TURNED))))
    return _Fit(document, size - misses, misses, len(found), len(found) - run.length, run.begin)


_TURNED: Final = bytes([1]) + bytes(255)


def _recall(asked: Sequence[int], rate: int) -> list[int]:
    """The documents that share most shingles with a stretch: ``asked`` are its slots, one in ``rate``."""
    table = index()
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
    """A document at a place: words ``begin`` to ``end`` of the text, and the rivals that it beat."""

    fit: _Fit
    rivals: list[_Fit]
    begin: int
    end: int
    flags: bytes
    """Which word pairs of the place are the document's."""


@dataclass(slots=True)
class _Search:
    """One text being searched: its words, and how much close comparing is left."""

    words: bytes
    slots: Sequence[int]
    """The keys of the text that the index has, and where in the text each is."""
    places: Sequence[int]
    rate: int
    budget: int

    def look(self, begin: int, end: int) -> _Found | None:
        """The document that best explains the stretch of some of the keys, or None."""
        low = max(0, self.places[begin] - _MARGIN)
        high = min(len(self.words) // 2 - 1, self.places[end - 1] + SHINGLE + _MARGIN)
        documents = _recall(self.slots[begin:end], self.rate)
        found = self._rank(documents, low, high)
        if found is not None and found.end - found.begin < 0.8 * (high - low):
            margin = 20
            return self._rank(documents, max(low, found.begin - margin), min(high, found.end + margin))
        return found

    def _rank(self, documents: Sequence[int], low: int, high: int) -> _Found | None:
        self.budget -= high - low + sum(index().lengths[document] for document in documents)
        here = _Place(self.words[2 * low : 2 * high + 2], documents[0])
        fits = list(map(here.whole_fit, documents))
        top = max(fits, key=lambda fit: fit.rank)
        most = max(fit.hits for fit in fits)
        ids = index().ids

        def order(fit: _Fit) -> Any:
            return -fit.rank, preferred(ids[fit.document][0])

        if top.coverage < _COMPLETE or top.hits < most - max(_MORE, most // 100):
            able = [fit.document for fit in fits if fit.hits >= 0.9 * most]
            parts = here.part_fits(able, most)
            # Whole texts come before a collection of texts of which the file has a part, where they explain as much.
            complete = sorted([fit for fit in fits if fit.coverage >= _WHOLE], key=order)[:4]
            explained = here.have & frozenset().union(*(_document(fit.document).distinct for fit in complete))
            best = max(parts, key=lambda fit: fit.rank)
            if len(explained) < (0.95 if best.quality >= _EXACT else 0.5) * best.hits:
                complete = []
            fits = [*complete, *sorted(parts, key=order)]
        else:
            fits.sort(key=order)
        brief = False
        for place, fit in enumerate(fits):
            if not _acceptable(fit) or (brief and fit.coverage < _WHOLE):
                # What explains the text best is too little of its licence: what explains it less is no better.
                brief = brief or fit.size < _BRIEF
                continue
            flags = here.flags(fit.document)
            run = _best_run(flags, _MISS)
            if run.hits >= 0.6 * run.length and run.hits >= 0.5 * fit.hits:
                return _Found(fit, fits[place + 1 :], low + run.begin, low + run.end + 1, flags[run.begin : run.end])
        return None


def _acceptable(fit: _Fit) -> bool:
    if fit.hits < SHORTEST:
        return False
    if fit.size < 40:
        return fit.coverage >= 0.8
    if fit.size < _BRIEF and (fit.coverage < 0.42 or (fit.coverage < 0.7 and fit.begin > 0.15 * fit.size)):
        # The end of a short licence is a disclaimer that thousands of other texts carry.
        return False
    return fit.quality >= 0.6 and fit.coverage >= 0.33


_WHOLE: Final = 0.99
_BRIEF: Final = 400

_COMPLETE: Final = 0.75
_MORE: Final = 4
"""So many more word pairs in another document: the text may be a part of that one."""
_STRICT: Final = 5.0
_LOOSE: Final = 1.5


def match(text: str) -> tuple[Match, ...]:
    """The standard texts that ``text`` holds, in order; () when it holds none.

    Notices that only name a licence are no text of it. Never raises on any string. Time is linear in
    the text; of one over a million characters only so many are read: both ends, and what surrounds
    words that licences have.
    """
    if len(text) <= _LARGE:
        return _match(text)
    return tuple(
        replace(one, start=one.start + begin, end=one.end + begin)
        for begin, end in _pieces(text)
        for one in _match(text[begin:end])
    )


def _pieces(text: str) -> list[tuple[int, int]]:
    """The parts of a long text to read, in order, apart from each other, ``_LARGE`` characters in all."""
    step = 32_000
    last = (len(text) - 1) // step
    chosen = {0, 1, last - 1, last}
    for word in ("icense", "icence", "ICENSE", "ermission", "edistribut", "Creative Commons", "이용허락", "저작권"):
        at = text.find(word)
        while at >= 0 and len(chosen) < _LARGE // step:
            part = at // step
            chosen |= {max(0, part - 1), part, min(last, part + 1)}
            # On to the next part: each is looked at once.
            at = text.find(word, (part + 1) * step)
    pieces: list[tuple[int, int]] = []
    for part in sorted(chosen):
        begin, end = part * step, min(len(text), (part + 1) * step)
        if pieces and pieces[-1][1] == begin:
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((begin, end))
    return pieces


def _match(text: str) -> tuple[Match, ...]:
    words = Words(text)
    if words.count < SHORTEST:
        return ()
    table = index()
    whole = table.digests.get(digest(words.hashes))
    if whole is not None:
        fit = _Fit(whole, table.lengths[whole], 0, table.lengths[whole])
        return tuple(_answers(text, words, [_Found(fit, [], 0, words.count, b"")]))
    rate = SAMPLE if words.count <= _LONG else 2 * SAMPLE
    asked, places = sampled(words.hashes, rate)
    found_at = table.slots(asked)
    slots = [slot for slot in found_at if slot is not None]
    if not slots:
        return ()
    places = [place for place, slot in zip(places, found_at, strict=True) if slot is not None]
    search = _Search(words.hashes, slots, places, rate, _BUDGET + _BUDGET_PER_WORD * words.count)
    found: list[_Found] = []
    waiting = list(_stretches(places, _GAP * rate))[::-1]
    while waiting and search.budget > 0:
        begin, end = waiting.pop()
        seen = search.look(begin, end)
        if seen is None:
            continue
        found.append(seen)
        before, after = (bisect_left(places, place, begin, end) for place in (seen.begin, seen.end))
        waiting += [rest for rest in ((after, end), (begin, before)) if rest[1] - rest[0] >= 3]
    found.sort(key=lambda one: one.begin)
    return tuple(_answers(text, words, found))


def _stretches(places: Sequence[int], gap: int) -> Iterable[tuple[int, int]]:
    """Which of some places, in order, are near each other: first and last, not included."""
    length = places[-1] - places[0]
    if length <= gap or (length <= _WINDOW and max(map(sub, places[1:], places)) <= gap):
        yield 0, len(places)
        return
    begin = 0
    for number, place in enumerate(places):
        if number > begin and (place - places[number - 1] > gap or place - places[begin] > _WINDOW):
            if number - begin >= 2:
                yield begin, number
            begin = number
    if len(places) - begin >= 2:
        yield begin, len(places)


# -- what the places say ---------------------------------------------------------------------------

_TIE: Final = 1.5
_BESIDE: Final = 1500
"""Characters before and after a standard text that are read for what was added to it."""
_GNU: Final = patterns.compile(r"(?:A|L)?GPL-[0-9.]+|GFDL-[0-9.]+")
_LATER: Final = patterns.compile(r"\b(?:any|or)\s+(?:\(at\s+your\s+option\)\s+)?(?:any\s+)?later\b", re.IGNORECASE)
_RESTRICTS: Final = patterns.compile(
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
_RESTRICTING_WORD: Final = patterns.compile(
    r"\b(?:academic|research|educational|non-?commercial|non-?profit|personal|private|evaluation|internal|not|never|only)\b",
    re.IGNORECASE,
)
_GRANTS: Final = patterns.compile(r"\b(?:permission|permitted|grant(?:s|ed)?|redistribut\w*|freely)\b", re.IGNORECASE)
_DISCLAIMS: Final = patterns.compile(r"\bas[\s-]is\b|\bdisclaim|\bwithout\s+(?:any\s+)?warrant", re.IGNORECASE)
_LETTERS: Final = patterns.compile(r"[a-z]+")
_TRIGGERS: Final = frozenset(
    [
        "commercial",
        "noncommercial",
        "only",
        "solely",
        "exclusively",
        "not",
        "cannot",
        "no",
        "prohibited",
        "forbidden",
        "prohibits",
        "forbids",
        "except",
        "exception",
        "exceptions",
        "additional",
        "further",
        "extra",
        "without",
    ]
)
"""A text without any of these words cannot match ``_RESTRICTS``: a cheap first look."""
_STEWARD: Final = patterns.compile(
    r"creative commons (?:is not|corporation|may be|does not|will not|disclaims|gives no|makes)|trademark of creative|"
    r"free software foundation|everyone is permitted to copy|this is (?:a )?human-readable|not a substitute for",
    re.IGNORECASE,
)
_SENTENCE: Final = patterns.compile(r"[^.\n。]+(?:\.(?!\s|$)[^.\n。]*)*[.。]?")


def _answers(text: str, words: Words, found: Sequence[_Found]) -> Iterable[Match]:
    table = index()
    spans = [words.span(one.begin, one.end) for one in found]
    for place, (one, (start, end)) in enumerate(zip(found, spans, strict=True)):
        before = text[max(spans[place - 1][1] if place else 0, start - _BESIDE) : start]
        after = text[end : min(spans[place + 1][0] if place + 1 < len(spans) else len(text), end + _BESIDE)]
        fits = [one.fit, *_ties(one.fit, one.rivals)]
        names = [name for fit in fits for name in table.ids[fit.document]]
        score, coverage = one.fit.quality, one.fit.coverage
        whole = score >= _EXACT and coverage >= 0.9
        if one.fit.size < _BRIEF and coverage < 0.8 and _only_disclaims(text[start:end]):
            continue
        if _cc(names[0]):
            claim = _claim(text[max(0, start - 300) : min(end, start + 700)])
            names = _creative_commons(claim, names, one)
            if not names:
                continue
        first = names[0]
        certainty = Certainty.EXACT if whole else Certainty.LOSSY
        if _GNU.match(first) and first.endswith("-only"):
            if any(map(_LATER.search, (before, after, text[start : start + (end - start) // 8]))):
                first = first.removesuffix("-only") + "-or-later"
            else:
                # The text alone does not say whether later versions may be chosen.
                certainty = Certainty.LOSSY
        near = tuple(dict.fromkeys(name for name in names if base(name) != base(first)))
        yield Match(
            license=first,
            certainty=Certainty.AMBIGUOUS if near else certainty,
            score=round(score, 4),
            coverage=round(coverage, 4),
            start=start,
            end=end,
            added=_added(text, words, one, before, after),
            near=near,
        )


_EXACT: Final = 0.98


def _only_disclaims(part: str) -> bool:
    """Whether a part of a short licence is its disclaimer, which texts that are no licence carry too."""
    return bool(_DISCLAIMS.search(part, 0, 200)) and not _GRANTS.search(part)


def base(found: str) -> str:
    """A GNU id without ``-only`` and ``-or-later``: the part that the text itself decides."""
    return re.sub(r"(?:-no-invariants|-invariants)?-(?:only|or-later)$", "", found)


def _ties(fit: _Fit, rivals: Sequence[_Fit]) -> list[_Fit]:
    """The rivals that fit as well; not those that the text holds only a part of where it holds all of the first."""
    return [
        other
        for other in rivals
        if other.total >= fit.total - _TIE and (fit.coverage < 0.85 or other.absent <= max(6, 0.03 * other.size))
    ]


def _added(text: str, words: Words, one: _Found, before: str, after: str) -> str:
    """What restricts in words that stand inside the standard text or beside it, and are not its own."""
    parts = []
    clean = one.fit.quality >= 0.95
    for gap in islice((_INSERTED if clean else _INSERTED_IN_DAMAGE).finditer(one.flags), 50):
        several = gap.end() - gap.start() > 3
        # "not" before what was inserted may be its own or the text's: it is read with it.
        start, end = words.span(one.begin + gap.start() + (not several), one.begin + gap.end())
        pattern = _RESTRICTS if several else _RESTRICTING_WORD
        if pattern.search(text, start, end):
            parts.append(text[start:end])
    for beside in (before, after):
        if beside.isascii() and _TRIGGERS.isdisjoint(_LETTERS.findall(beside.lower())):
            continue
        for sentence in _SENTENCE.findall(_TAG.sub(" ", beside)):
            if _RESTRICTS.search(sentence) and not _STEWARD.search(sentence):
                parts.append(sentence)
    return " … ".join(" ".join(part.split()) for part in parts)


_INSERTED: Final = re.compile(rb"\0{2,}")
"""At least one word that the standard text does not have there; in a damaged text, at least six."""
_INSERTED_IN_DAMAGE: Final = re.compile(rb"\0{7,}")


# -- Creative Commons: the title and the address veto a text that is only alike -----------------------

_ELEMENT: Final = r"(?:attribution|non-?\s?commercial|no-?\s?deriv(?:ative)?s?(?:\s?works)?|share-?\s?alike)"
_TITLE: Final = patterns.compile(
    rf"({_ELEMENT}(?:[\s\-–—_/,]{{1,4}}{_ELEMENT}){{0,3}})[\s,]{{1,3}}(?:version\s|v\.?\s?)?([1-4]\.[0-9])"
    r"(?:[\s,:(\-–—]{1,4}(international|unported|generic|igo|[a-z]+(?:[\s:&]{1,3}[a-z]+)?))?",
    re.IGNORECASE,
)
_ADDRESS: Final = patterns.compile(
    r"creativecommons\.org/licenses/((?:by|nc|nd|sa)(?:-(?:nc|nd|sa))*)/([1-4]\.[0-9])(?:/([a-z]{2,8})\b)?",
    re.IGNORECASE,
)
_CC: Final = patterns.compile(
    r"(?:LicenseRef-)?(?:scancode-)?cc-((?:by|nc|nd|sa)(?:-(?:nc|nd|sa))*)-([0-9.]+)(?:-([a-z]+))?", re.IGNORECASE
)
_COUNTRIES: Final = {
    "argentina": "AR", "australia": "AU", "austria": "AT", "österreich": "AT", "belgium": "BE", "belgique": "BE",
    "brazil": "BR", "brasil": "BR", "bulgaria": "BG", "canada": "CA", "chile": "CL", "china mainland": "CN",
    "colombia": "CO", "costa rica": "CR", "croatia": "HR", "czech republic": "CZ", "denmark": "DK", "ecuador": "EC",
    "estonia": "EE", "finland": "FI", "france": "FR", "germany": "DE", "deutschland": "DE", "greece": "GR",
    "guatemala": "GT", "hong kong": "HK", "hungary": "HU", "india": "IN", "igo": "IGO", "ireland": "IE", "israel": "IL",
    "italy": "IT", "italia": "IT", "japan": "JP", "korea": "KR", "luxembourg": "LU", "macedonia": "MK", "malaysia": "MY",
    "malta": "MT", "mexico": "MX", "netherlands": "NL", "nederland": "NL", "new zealand": "NZ", "norway": "NO", "peru": "PE",
    "philippines": "PH", "poland": "PL", "portugal": "PT", "puerto rico": "PR", "romania": "RO", "serbia": "RS",
    "singapore": "SG", "slovenia": "SI", "south africa": "ZA", "south korea": "KR", "spain": "ES", "españa": "ES",
    "sweden": "SE", "switzerland": "CH", "taiwan": "TW", "thailand": "TH", "uganda": "UG", "uk": "UK",
    "england": "UK", "scotland": "SCOTLAND", "united states": "US", "vietnam": "VN",
}  # fmt: skip
_NOT_PORTS: Final = frozenset({"deed", "legalcode", "rdf", "en", "international", "unported", "generic"})


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a title or an address says that a Creative Commons text is; ``port`` is None where it does not say."""

    elements: frozenset[str]
    version: str
    port: str | None = None

    @property
    def name(self) -> str:
        order = "-".join(element for element in ("BY", "NC", "ND", "SA") if element in self.elements)
        name = f"CC-{order}-{self.version}" + (f"-{self.port}" if self.port else "")
        return name if not self.port or name in _known() else f"LicenseRef-{name}"


@cache
def _known() -> frozenset[str]:
    return frozenset(name for names in index().ids for name in names)


def _cc(found: str) -> _Claim | None:
    parsed = _CC.fullmatch(found)
    if not parsed:
        return None
    return _Claim(frozenset(parsed[1].upper().split("-")), parsed[2], (parsed[3] or "").upper())


def _claim(zone: str) -> _Claim | None:
    """What the beginning of a text claims: its address if it has one, else its title."""
    address = _ADDRESS.search(zone)
    if address:
        port = (address[3] or "").lower()
        elements = frozenset(address[1].upper().split("-"))
        return _Claim(elements, address[2], "" if port in _NOT_PORTS else port.upper())
    title = _TITLE.search(zone)
    if not title:
        return None
    words = re.sub(r"[\W_]", "", title[1].lower())
    if "attribution" not in words and title[2] != "1.0":
        return None
    marks = (("attribution", "BY"), ("noncommercial", "NC"), ("noderiv", "ND"), ("sharealike", "SA"))
    country = (title[3] or "").lower().replace(":", " ").split()
    port = None
    for length in (2, 1):
        port = port or _COUNTRIES.get(" ".join(country[:length])) or _COUNTRIES.get(" ".join(country[-length:]))
    if port is None and country[:1] and country[0] in _NOT_PORTS:
        port = ""
    return _Claim(frozenset(mark for word, mark in marks if word in words), title[2], port)


def _creative_commons(claim: _Claim | None, names: list[str], one: _Found) -> list[str]:
    """The ids of a Creative Commons text, first the likeliest; [] where it may well be another port.

    Title and address decide between texts that fit about as well. Where the text has passages of its
    own it is another port, and only what the title or address says is said.
    """
    other = sum(len(run) for run in _OWN_WORDS.findall(one.flags)) > 0.025 * len(one.flags)
    if claim is None:
        return [] if other else names

    def agrees(name: str) -> bool:
        known = _cc(name)
        return (
            known is not None
            and (known.elements, known.version) == (claim.elements, claim.version)
            and claim.port in (None, known.port)
        )

    if any(map(agrees, names)):
        return [next(filter(agrees, names))]
    for fit in one.rivals:
        agreed = next(filter(agrees, index().ids[fit.document]), None)
        if agreed and fit.total >= 0.85 * one.fit.total:
            # Few words decide nothing against the title; a clause more or less does, and then both are named.
            return [agreed] if fit.total >= one.fit.total - _FEW_PAIRS else [*names, agreed]
    return [claim.name] if other else [*names, claim.name]


_FEW_PAIRS: Final = 20
_OWN_WORDS: Final = re.compile(rb"\0{3,}")
"""Two words in a row that the standard text does not have: words left out make one such pair, a typing error two."""
