"""A text as hashes of its words."""

from __future__ import annotations

import re
import sys
import unicodedata
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import accumulate, compress, repeat
from operator import add
from typing import Final

from licensecheck.base import regex
from licensecheck.knowledge.lex import CJK

SHINGLE: Final = 4

SAMPLE: Final = 4

_TAG: Final = regex.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,15}(?:[\s/][^<>]{0,2000})?>|<!(?:--|[dD])[^<>]{0,2000}>")

_ENTITY: Final = regex.compile(r"&(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,10});")

_PLAIN: Final = bytes(ord(chr(byte).lower()) if chr(byte).isalnum() and byte < 128 else 32 for byte in range(256))
"""ASCII letters in lower case, digits as they are, a space for the rest."""

_WITH_FOREIGN: Final = _PLAIN[:128] + bytes(range(128, 256))

_LETTER: Final = b"?"
"""Replaces a foreign letter, with a space on each side, where only places matter."""

_PLACES: Final = bytes(byte if byte == 63 else _PLAIN[byte] for byte in range(256))

_ASCII: Final = bytes(range(128))

_NOTHING: Final = "\u200b"
"""A character without width, which ends no word."""

_FEW: Final = 24
"""So many different letters are replaced one after the other; more of them in one slower pass."""

_IN_WORD: Final = bytes(byte != 32 for byte in range(256))


def _foreign(text: str) -> set[str]:
    """The characters of a text that are not ASCII."""
    return set(text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass"))


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    """A letter in its plain lower-case form; a space for anything that is not a letter or digit; nothing for ``_NOTHING``."""
    if char == _NOTHING:
        return ""
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
    """The character that an entity of HTML means, to its length: with spaces, or inside a word with what has no width."""
    from html import unescape

    char = unescape(entity)[:1]
    return char.ljust(len(entity), _NOTHING if char.isalnum() else " ")


_SYLLABLE: Final = re.compile(f"[{CJK}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""A letter of a script that writes words without spaces, or whose letters are syllables."""


def _apart(text: str, whole: frozenset[str]) -> str:
    """A folded text with a space on either side of each letter that is not ASCII: each is a word, but for ``whole``."""
    table = {char: f" {char} " if char.isalnum() else " " for char in _foreign(text) - whole}
    if len(table) > _FEW:
        return text.translate({ord(char): apart for char, apart in table.items()})
    for char, apart in table.items():
        text = text.replace(char, apart)
    return text


class Words:
    """The words of a text as 16-bit hashes, and the way back from a word to its offset.

    A letter that is not ASCII is a word of its own. With ``alphabets``, only those of scripts without
    spaces are; those of alphabets make words, which tell Cyrillic or Greek texts apart.
    """

    def __init__(self, text: str, *, alphabets: bool = False) -> None:
        self._length = len(text)
        if "<" in text:
            text = _TAG.sub(lambda found: " " * len(found[0]), text)
        if "&" in text:
            text = _ENTITY.sub(_entity, text)
        text, self._moved = _folded(text)
        letters = frozenset() if text.isascii() else frozenset(filter(str.isalnum, _foreign(text)))
        letters = frozenset(letter for letter in letters if not _SYLLABLE.match(letter))
        self.has_alphabets: Final = bool(letters)
        """Whether ``alphabets`` makes a difference."""
        self._whole = letters if alphabets else frozenset()
        if text.isascii():
            self._apart = ""
            plain = self._plain = text.encode().translate(_PLAIN)
        else:
            # Its places are worked out when a span is asked for: most texts hold no license.
            self._apart = _apart(text, self._whole)
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
            apart = self._apart.replace("?", " ")
            if self._whole:
                apart = apart.translate({ord(letter): "x" for letter in self._whole})
            self._plain = apart.encode("ascii", "replace").translate(_PLACES)
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
