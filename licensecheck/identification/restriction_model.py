"""How likely one sentence restricts a use of data, in whatever words: a linear model over pieces of words.

It judges what the phrases leave over: the caller names the places that are understood already, and those are
masked. Features are the n-grams of two to five characters of each word, the word, and pairs of the beginnings
of words at most four apart, each hashed (CRC-32) into one table of signed bytes. ``tools/train_restriction_model.py`` learns
the table from ``rules/sentences/``; reading it needs no package.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from math import exp, sqrt
from pathlib import Path
from typing import Any, Final, NamedTuple
from zlib import crc32

from licensecheck.base import regex
from licensecheck.knowledge.fold import fold
from licensecheck.knowledge.lex import SPACELESS

TABLE: Final = Path(__file__).parent / "data" / "restrictions.bin"
MASK: Final = "¤"
"""Stands for a license's name, and for words that a phrase understood."""
SHORTEST: Final = 2
LONGEST: Final = 5
REACH: Final = 4
"""How far apart the two words of a pair are at most."""
STEM: Final = 5
"""Characters of a word that count in a pair: endings differ."""
FEWEST: Final = 60
"""A sentence of fewer features counts as one of so many: a single word decides little."""
WINDOW: Final = 24
"""Words that are judged at once; of a longer sentence the worst window counts, so that length hides nothing."""
_LONG_WORD: Final = 40
"""Characters from which a word is not kept for later sentences."""
_WORD: Final = regex.compile(r"[^\W\d_]+|\d+|¤|[^\w\s]")
_LATIN: Final = regex.compile(r"[a-z]")
_ALIKE: Final = str.maketrans("асеорхуікѕјԁһαορντικυ", "aceopxyiksjdhaopvtiku")
"""Cyrillic and Greek letters that look Latin: they are read as Latin in a word that has Latin letters too."""


class Weight(NamedTuple):
    """A word of a sentence and what it adds: above 0 towards a restriction, below 0 away from it."""

    word: str
    start: int
    end: int
    weight: float


def masked(text: str, known: Iterable[tuple[int, int]] = ()) -> str:
    """``text`` folded, with each place of ``known`` (start, end) as one mask: no other character moves."""
    folded = fold(text)
    parts: list[str] = []
    last = 0
    for start, end in sorted(known):
        start = max(start, last)
        if end > start:
            parts += (folded[last:start], MASK, " " * (end - start - 1))
            last = end
    return "".join((*parts, folded[last:]))


def license_names(text: str) -> list[tuple[int, int]]:
    """The places (start, end) of the license names in ``text``: what is masked where no phrase was looked for."""
    from licensecheck.identification import mention as names
    from licensecheck.knowledge import phrases as lexicon
    from licensecheck.knowledge.lex import lex

    folded = fold(text)
    words = lex(folded)
    found = names.mentions(words, lexicon.hits(words), text, folded)
    return [(words.start[m.i], words.end[m.j - 1]) for m in found]


def weigh(sentence: str, known: Iterable[tuple[int, int]] = ()) -> float:
    """How likely ``sentence`` restricts a use, from 0 to 1, by what is left of it outside the places ``known``.

    ``known`` are (start, end) of what is understood already: names of licenses and statements of the phrases.
    Raises :class:`OSError` where the table is missing.
    """
    table = _table()
    return table.chance(max(table.scores(_words(masked(sentence, known)))))


def weighed(sentence: str, known: Iterable[tuple[int, int]] = (), most: int = 6) -> tuple[Weight, ...]:
    """The words of ``sentence`` that speak most for a restriction, the heaviest first, at most ``most``.

    The weight of a word is that of its n-grams and half of each pair that it is in, in units of the score
    before it becomes a likelihood (log odds). Of a run of letters without spaces, as Chinese and Japanese have
    them, the stretch that weighs is shown.
    """
    table = _table()
    folded = masked(sentence, known)
    places = [(m.start(), m.end()) for m in _WORD.finditer(folded)]
    words = _words(folded)
    windows = _windows(words)
    scores = table.scores(words)
    best = scores.index(max(scores))
    offset = best * (WINDOW // 2)
    shares = table.shares(windows[best])
    found: list[Weight] = []
    for (start, end), share, word in zip(places[offset:], shares, windows[best], strict=False):
        if share > 0 and word[0].isalnum():
            first, last = table.core(word)
            found.append(Weight(sentence[start:end][first:last], start + first, start + last, share))
    return tuple(sorted(found, key=lambda w: (-w.weight, w.start))[:most])


def buckets(folded: str, bits: int) -> list[int]:
    """The bucket of each feature of a text that :func:`masked` returned, for a table of 2 ** ``bits`` buckets."""
    words = _words(folded)
    kept = 2**bits - 1
    found: list[int] = []
    for word in dict.fromkeys(words):
        found.extend(_in_word(word))
    for left, right in _pairs(words):
        found.append(crc32(right, left))
    return [bucket & kept for bucket in found]


def _words(folded: str) -> list[str]:
    """The words, signs and masks of a folded text; each number is 0."""
    words = _WORD.findall(folded)
    if folded.isascii():
        return ["0" if word[0].isdigit() else word for word in words]
    return ["0" if word[0].isdigit() else _plain(word) for word in words]


@lru_cache(maxsize=4096)
def _plain(word: str) -> str:
    return word.translate(_ALIKE) if not word.isascii() and _LATIN.search(word) else word


def _windows(words: list[str]) -> list[list[str]]:
    return [words[i : i + WINDOW] for i in _starts(len(words))]


def _starts(count: int) -> range:
    """Where the windows of so many words begin."""
    return range(0, count - WINDOW // 2, WINDOW // 2) if count > WINDOW else range(1)


def _bytes(word: str) -> bytes:
    return word.encode("utf-16-le", "surrogatepass")


def _in_word(word: str) -> list[int]:
    """Hashes of a word's n-grams, with a space at both ends, and of the whole where it is longer than they are."""
    data = _bytes(f" {word} ")
    size = len(data)
    found = [
        crc32(data[i : i + 2 * length])
        for length in range(SHORTEST, LONGEST + 1)
        for i in range(0, size - 2 * length + 1, 2)
    ]
    if size > 2 * LONGEST:
        found.append(crc32(data))
    return found


def _pairs(words: list[str]) -> list[tuple[int, bytes]]:
    """Each pair of words: the hash that the left one begins, and the right one. Neighbors differ from others."""
    sides = [_sides(word) for word in words]
    return [
        (far if step else near, right)
        for i, (near, far, _) in enumerate(sides)
        for step, (_, _, right) in enumerate(sides[i + 1 : i + 1 + REACH])
    ]


def _sides(word: str) -> tuple[int, int, bytes]:
    """A word in pairs: on the left of a neighbor and of one further away as a hash, on the right as bytes."""
    stem = _bytes(word[:STEM])
    return crc32(stem + b"\t\0"), crc32(stem + b"\n\0"), stem


_Read = tuple[int, int, int, int, bytes]
"""Of a word: the sum of the weights of its n-grams, their number, and its :func:`_sides`."""


class _Table:
    """The weights, and what was summed for words already met."""

    def __init__(self, head: dict[str, Any], weights: bytes) -> None:
        self._weights: Final = memoryview(weights).cast("b")
        self._kept: Final = len(weights) - 1
        self._scale: Final[float] = head["scale"]
        self._bias: Final[float] = head["bias"]
        self._slope: Final[float] = head["slope"]
        self._shift: Final[float] = head["shift"]
        self.about: Final[dict[str, Any]] = head["about"]
        self._known: Final = lru_cache(maxsize=16_384)(self._read)

    def _read(self, word: str) -> _Read:
        weights, kept = self._weights, self._kept
        hashes = _in_word(word)
        return sum([weights[h & kept] for h in hashes]), len(hashes), *_sides(word)

    def _of(self, words: list[str]) -> list[_Read]:
        known, read = self._known, self._read
        return [known(word) if len(word) < _LONG_WORD else read(word) for word in words]

    def score(self, words: list[str]) -> float:
        """The log odds, before calibration, that ``words`` restrict."""
        return self._scores(words, range(1), len(words))[0]

    def scores(self, words: list[str]) -> list[float]:
        """The same of each window of ``words``."""
        return self._scores(words, _starts(len(words)), WINDOW)

    def _scores(self, words: list[str], starts: range, size: int) -> list[float]:
        weights, kept = self._weights, self._kept
        read = self._of(words)
        nears = [of_word[2] for of_word in read]
        fars = [of_word[3] for of_word in read]
        rights = [of_word[4] for of_word in read]
        pairs = [[weights[crc32(right, left) & kept] for right, left in zip(rights[1:], nears, strict=False)]]
        for step in range(2, REACH + 1):
            pairs.append([weights[crc32(right, left) & kept] for right, left in zip(rights[step:], fars, strict=False)])
        scores = []
        for start in starts:
            end = min(start + size, len(words))
            own = dict(zip(words[start:end], read[start:end], strict=True)).values()
            total = sum([of_word[0] for of_word in own])
            number = sum([of_word[1] for of_word in own])
            for step, of_step in enumerate(pairs, 1):
                if end - step > start:
                    total += sum(of_step[start : end - step])
                    number += end - step - start
            scores.append(self._bias + self._scale * total / sqrt(max(number, FEWEST)))
        return scores

    def shares(self, words: list[str]) -> list[float]:
        """What each of ``words`` adds to the score; a word that comes twice adds at its first place."""
        weights, kept = self._weights, self._kept
        read = self._of(words)
        first = {word: i for i, word in reversed(list(enumerate(words)))}
        shares = [float(of_word[0]) if first[words[i]] == i else 0.0 for i, of_word in enumerate(read)]
        number = sum(read[i][1] for i in first.values())
        for i, (_, _, near, far, _) in enumerate(read):
            for j in range(i + 1, min(len(read), i + 1 + REACH)):
                half = weights[crc32(read[j][4], far if j > i + 1 else near) & kept] / 2
                shares[i] += half
                shares[j] += half
                number += 1
        unit = self._scale / sqrt(max(number, FEWEST))
        return [share * unit for share in shares]

    def core(self, word: str) -> tuple[int, int]:
        """The stretch (start, end) of a long word in a script without spaces that weighs most; else all of it."""
        if len(word) <= LONGEST or word < SPACELESS:
            return 0, len(word)
        data = _bytes(f" {word} ")
        at = [0.0] * (len(word) + 2)
        for length in range(SHORTEST, LONGEST + 1):
            for i in range(len(data) // 2 - length + 1):
                weight = self._weights[crc32(data[2 * i : 2 * (i + length)]) & self._kept] / length
                for place in range(i, min(i + length, len(at))):
                    at[place] += weight
        inner = at[1:-1]
        middle = sum(map(abs, inner)) / len(inner) / 2
        most = total = 0.0
        start, stretch = 0, (0, len(word))
        for i, weight in enumerate(inner):
            if total <= 0:
                start, total = i, 0.0
            total += weight - middle
            if total > most:
                most, stretch = total, (start, i + 1)
        return stretch

    def chance(self, score: float) -> float:
        """``score`` as a likelihood, calibrated on writers that were kept aside."""
        return 1 / (1 + exp(-max(-60.0, min(60.0, self._slope * score + self._shift))))


def about() -> dict[str, Any]:
    """Where the table comes from: digest and size of the sentences, versions of what trained it, its figures."""
    return _table().about


def _read_table(data: bytes) -> _Table:
    import json
    import zlib

    head, _, packed = data.partition(b"\n")
    return _Table(json.loads(head), zlib.decompress(packed))


@cache
def _table() -> _Table:
    return _read_table(TABLE.read_bytes())
