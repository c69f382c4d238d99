"""Whole license texts: which standard text a file contains, how much of it, and what was added.

A text becomes 16-bit hashes of its words. Four-word shingles, one in four kept, look up candidates in
the shipped index (``data/texts.idx``, built by :mod:`licensecheck.identification.texts.build`). A candidate's own
sequence is then compared with the text, word pair by word pair: the best contiguous part of the
license (maximum sub-array: +1 for a pair that the text has, a penalty for one that it lacks) is its
score. So a license cut in half is judged by the half that is there, and one that lacks a clause of its
longer sibling loses nothing to it. All steps run in time linear in the text; the number of places
looked at closely is bounded.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import sub
from typing import Final

from licensecheck.base import regex
from licensecheck.identification.texts.added import _BESIDE, _added
from licensecheck.identification.texts.changed import changed
from licensecheck.identification.texts.creative_commons import _cc, _claim, _creative_commons, _rulebook_name, _titled
from licensecheck.identification.texts.index_file import GENERAL, LEGAL_CODE, Collection, digest, index
from licensecheck.identification.texts.search import (
    _BRIEF,
    _BUDGET,
    _BUDGET_PER_WORD,
    _GAP,
    _LONG,
    _WINDOW,
    SHORTEST,
    _Fit,
    _Found,
    _Search,
)
from licensecheck.identification.texts.words import SAMPLE, Words, sampled
from licensecheck.knowledge import facts
from licensecheck.model import Certainty

_LARGE: Final = 1_000_000
"""Characters of a text that are read; of a longer one its ends and what surrounds words of licenses."""


@dataclass(frozen=True, slots=True)
class Match:
    """A standard text found in a text.

    ``license`` is an SPDX id or a ``LicenseRef-``; ``start`` and ``end`` are offsets in characters.
    ``score`` (0..1) says how alike both are where they meet, ``coverage`` how much of the standard
    text is there. ``added`` is what somebody wrote into or beside the standard text that restricts
    it, or "". ``near`` are other ids that the words fit as well: then ``license`` is only the first. ``changed`` are the
    passages (start, end) in it that are not the words of the standard text, whatever they say.
    """

    license: str
    certainty: Certainty
    score: float
    coverage: float
    start: int
    end: int
    added: str = ""
    near: tuple[str, ...] = ()
    changed: tuple[tuple[int, int], ...] = ()


_LEAST: Final = 5
"""Shingles of a legal code in a text worth a look: 200 of its words have twelve, a card has one or two by chance."""

_SHORTEST_LEGAL_CODE: Final = 200
"""Words that no other text explains: so many may be a legal code, which has a thousand, or a part of it."""


def match(text: str) -> tuple[Match, ...]:
    """The standard texts that ``text`` holds, in order; () when it holds none.

    Notices that only name a license are not its text. Never raises on any string. Time is linear in
    the text; of one over a million characters only so many are read: both ends, and what surrounds
    words that licenses have.
    """
    if len(text) <= _LARGE:
        return _match(text)
    return tuple(
        replace(
            one,
            start=one.start + begin,
            end=one.end + begin,
            changed=tuple((start + begin, end + begin) for start, end in one.changed),
        )
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
    hits = [_Hit(found, words) for found in _search(words, GENERAL)]
    explained = sum(hit.found.end - hit.found.begin for hit in hits if _is_sure(hit.found))
    if words.count - explained >= _SHORTEST_LEGAL_CODE:
        spelled = Words(text, alphabets=True) if words.has_alphabets else words
        hits = _merged(hits, [_Hit(found, spelled) for found in _search(spelled, LEGAL_CODE)])
    return tuple(_answers(text, hits))


@dataclass(frozen=True, eq=False)
class _Hit:
    """A text that was found, and the words in which its place is counted."""

    found: _Found
    words: Words

    @cached_property
    def span(self) -> tuple[int, int]:
        """Where in the text it begins and ends, in characters."""
        return self.words.span(self.found.begin, self.found.end)

    @property
    def license(self) -> str:
        """The first id of the text."""
        return _rulebook_name(self.found.table.ids[self.found.fit.document][0])

    @property
    def share(self) -> float:
        """How much of the text is its words."""
        return self.found.fit.hits / self.words.count

    @property
    def rank(self) -> float:
        """How well it fits, for a word of the text: what a word is differs between collections."""
        return self.found.fit.rank / self.words.count


def _search(words: Words, collection: Collection) -> list[_Found]:
    """The texts of a collection that some words hold, in order of place."""
    table = index(collection)
    whole = table.digests.get(digest(words.hashes))
    if whole is not None:
        fit = _Fit(whole, table.lengths[whole], 0, table.lengths[whole])
        return [_Found(table, fit, [], 0, words.count, b"")]
    rate = collection.rate if words.count <= _LONG or collection.rate > SAMPLE else 2 * collection.rate
    asked, places = sampled(words.hashes, rate)
    found_at = table.slots(asked)
    slots = [slot for slot in found_at if slot is not None]
    if not slots:
        return []
    places = [place for place, slot in zip(places, found_at, strict=True) if slot is not None]
    search = _Search(table, words.hashes, slots, places, rate, _BUDGET + _BUDGET_PER_WORD * words.count)
    found: list[_Found] = []
    least = _LEAST if collection is LEGAL_CODE else 2
    waiting = [part for part in _stretches(places, _GAP * rate) if part[1] - part[0] >= least][::-1]
    while waiting and search.budget > 0:
        begin, end = waiting.pop()
        seen = search.look(begin, end)
        if seen is None:
            continue
        found.append(seen)
        before, after = (bisect_left(places, place, begin, end) for place in (seen.begin, seen.end))
        waiting += [rest for rest in ((after, end), (begin, before)) if rest[1] - rest[0] >= 3]
    found.sort(key=lambda one: one.begin)
    return found


def _is_sure(found: _Found) -> bool:
    """Whether no legal code can be a better answer: a port may be only little different."""
    fit = found.fit
    name = found.table.ids[fit.document][0]
    known = _cc(name)
    if known is None and name.startswith(_RETIRED):
        return False
    return fit.is_whole and (known is None or (fit.misses == 0 and not known.port))


_RETIRED: Final = "LicenseRef-scancode-cc-"
"""Licenses of Creative Commons that only ScanCode names: the index of legal code has them by their addresses."""


def _merged(general: list[_Hit], legal: list[_Hit]) -> list[_Hit]:
    """The texts of both collections; of two at one place the one that fits better."""
    for one in legal:
        others = [other for other in general if other.span[0] < one.span[1] and one.span[0] < other.span[1]]
        if all(_is_better(one, other) for other in others):
            general = [other for other in general if other not in others] + [one]
    return sorted(general, key=lambda hit: hit.span)


def _is_better(legal: _Hit, general: _Hit) -> bool:
    """Whether a legal code beats another text; of Creative Commons the index of legal code has all, the other has few."""
    if legal.license == general.license:
        return True
    if general.license.startswith(_RETIRED):
        return legal.found.fit.quality >= 0.9 * general.found.fit.quality
    if _cc(general.license):
        return legal.share >= general.share
    return legal.rank > general.rank


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
_GNU: Final = regex.compile(r"(?:A|L)?GPL-[0-9.]+|GFDL-[0-9.]+")
_LATER: Final = regex.compile(r"\b(?:any|or)\s+(?:\(at\s+your\s+option\)\s+)?(?:any\s+)?later\b", re.IGNORECASE)
_GRANTS: Final = regex.compile(r"\b(?:permission|permitted|grant(?:s|ed)?|redistribut\w*|freely)\b", re.IGNORECASE)
_DISCLAIMS: Final = regex.compile(r"\bas[\s-]is\b|\bdisclaim|\bwithout\s+(?:any\s+)?warrant", re.IGNORECASE)


def _answers(text: str, hits: Sequence[_Hit]) -> Iterable[Match]:
    spans = [hit.span for hit in hits]
    for place, (hit, (start, end)) in enumerate(zip(hits, spans, strict=True)):
        one, words = hit.found, hit.words
        before = text[max(spans[place - 1][1] if place else 0, start - _BESIDE) : start]
        after = text[end : min(spans[place + 1][0] if place + 1 < len(spans) else len(text), end + _BESIDE)]
        fits = [one.fit, *_ties(one.fit, one.rivals)]
        names = [_rulebook_name(name) for fit in fits for name in one.table.ids[fit.document]]
        score, coverage = one.fit.quality, one.fit.coverage
        whole = one.fit.is_whole
        if one.fit.size < _BRIEF and coverage < 0.8 and _only_disclaims(text[start:end]):
            continue
        if _cc(names[0]):
            claim = _claim(text[max(0, start - 300) : min(end, start + 700)]) or _titled(one, words)
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
            changed=changed(text, words, one, titled="model" in facts.kinds(first)),
        )


def _only_disclaims(part: str) -> bool:
    """Whether a part of a short license is its disclaimer, which texts that are not a license carry too."""
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
