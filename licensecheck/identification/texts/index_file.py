"""The index of license texts that ships with the package."""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any, Final

from licensecheck.identification.texts.words import SAMPLE

MAGIC: Final = b"licensecheck-texts 1\n"

_DATA: Final = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Collection:
    """Texts of one index: the name of its file, one shingle in how many it keeps, and what a word is.

    ``alphabets`` is that of :class:`licensecheck.identification.texts.words.Words`.
    """

    name: str
    rate: int
    alphabets: bool

    @property
    def path(self) -> Path:
        """Where the package keeps the index."""
        return _DATA / self.name


GENERAL: Final = Collection("texts.idx", rate=SAMPLE, alphabets=False)
"""The license texts of SPDX and ScanCode."""

LEGAL_CODE: Final = Collection("legalcode.idx", rate=4 * SAMPLE, alphabets=True)
"""The legal code of Creative Commons in every version, port and language. Its texts are long: few shingles find them."""

TOP: Final = 20
"""Bits of a key below its leading ones."""


@dataclass(frozen=True, eq=False, repr=False)
class Index:
    """An index of texts. ``ids[n]`` are the ids whose text is document ``n``, the preferred one first."""

    collection: Collection
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
    groups: list[str]
    """Texts of one group differ in few clauses, and each is compared where one of them is: "" for none."""
    titles: list[list[int]]
    """Where the title of each document begins and ends, in words: only its own elements and the words around them."""
    known: dict[int, int] = field(default_factory=dict)
    """Where keys that were looked up before are."""
    crowds: dict[int, int] = field(default_factory=dict)
    """The documents of a key that many have, as a number with a byte for each: such are added up at once."""

    def slots(self, asked: Sequence[int]) -> list[int | None]:
        """The place of each key in ``keys``; None for one that is not there."""
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

    @cached_property
    def members(self) -> dict[str, list[int]]:
        """The documents of each group."""
        found: dict[str, list[int]] = {}
        for document, group in enumerate(self.groups):
            if group:
                found.setdefault(group, []).append(document)
        return found

    def siblings(self, document: int) -> list[int]:
        """The documents of a document's group, itself among them; [] where it has no group."""
        return self.members.get(self.groups[document], []) if self.groups else []

    def title(self, document: int) -> bytes:
        """The word hashes of a document's title; b"" where none is known."""
        begin, end = self.titles[document] if self.titles else (0, 0)
        return self.words(document)[2 * begin : 2 * end]

    def words(self, document: int) -> bytes:
        """The word hashes of a document."""
        number, begin, length = self.places[document]
        return self.block(number)[2 * begin : 2 * (begin + length)]


_CROWD: Final = 16
"""Documents of a key that many have."""

_CROWDS: Final = 3000
"""Such keys that are remembered, in 3 kB each."""

_KNOWN: Final = 50_000
"""Keys that are remembered: those of some two hundred licenses."""


@lru_cache(maxsize=256)
def _unpacked(block: bytes) -> bytes:
    return zlib.decompress(block)


def read_index(data: bytes, collection: Collection = GENERAL) -> Index:
    """The index in the bytes of its file. Raises ValueError when they are none."""
    if not data.startswith(MAGIC):
        raise ValueError("not an index of license texts, or one of another version")
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
        collection=collection,
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
        groups=head.get("groups", []),
        titles=head.get("titles", []),
    )


@cache
def index(collection: Collection = GENERAL) -> Index:
    """An index that the package ships, read at its first use."""
    return read_index(collection.path.read_bytes(), collection)


def digest(hashes: bytes) -> str:
    """The key of a whole text in ``Index.digests``."""
    return blake2b(hashes, digest_size=8).hexdigest()
