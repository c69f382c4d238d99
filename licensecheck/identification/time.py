"""When a license holds: of licenses that followed each other the last one counts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from licensecheck.base import regex
from licensecheck.identification.near import Mention
from licensecheck.identification.sentence import Sentence
from licensecheck.knowledge import grammar

_ARROW: Final = regex.compile(r"→|⇒|->|=>")
_VERB: Final = 3
"""Words between "was" and the license that was."""


def outdated(sentence: Sentence, mentions: list[Mention]) -> set[int]:
    """The words at which names begin that a later name of the sentence replaced.

    "Until 2022 X, since then Y", "formerly X, now Y", "version 1 was X, the current version is Y", "changed from X to Y".
    """
    return set(_followed(sentence, mentions)) | set(_changed(sentence, mentions))


def _followed(sentence: Sentence, mentions: list[Mention]) -> Iterator[int]:
    past, present = sentence.of("past"), sentence.of("present")
    for one, other in pairwise(mentions):
        if one.license == other.license:
            continue
        # Korean and Japanese say "until" behind the time, and before the name all the same.
        before = sentence.words.text[max(sentence.i, one.i - _VERB) : one.i]
        was = (
            _was_a_version(sentence, one)
            or any(hit.j <= one.i and not any(hit.j <= now.i < one.i for now in present) for hit in past)
            or not grammar.words("was").isdisjoint(before)
        )
        if was and any(one.j <= now.i and now.j <= other.i for now in present):
            yield one.i
        now_first = any(now.j <= one.i for now in present) and not was
        if now_first and any(one.j <= hit.i and hit.j <= other.i for hit in past):
            yield other.i


def _changed(sentence: Sentence, mentions: list[Mention]) -> Iterator[int]:
    for one, other in pairwise(mentions):
        if other.i == one.j and _ARROW.search(sentence.words.glue[other.i]):
            yield one.i
    if not sentence.has("changed"):
        return
    text = sentence.words.text
    for one, other in pairwise(mentions):
        begun = not grammar.words("changed-from").isdisjoint(text[max(sentence.i, one.i - 3) : one.i])
        linked = not grammar.words("changed-to").isdisjoint(text[one.j : other.i])
        behind = "".join(text[one.j : other.i]).startswith(grammar.beginnings("changed-behind"))
        if one.license != other.license and ((begun and linked) or behind):
            yield one.i


def were(sentence: Sentence, mentions: list[Mention]) -> list[int]:
    """The words at which names begin of which the sentence says that they held, and not what holds now."""
    now = sentence.of("present")
    return [
        one.i
        for one in mentions
        if (_was_a_version(sentence, one) or any(hit.j <= one.i for hit in sentence.of("past")))
        and not any(hit.j <= one.i for hit in now)
    ]


def ended(sentence: Sentence, mentions: list[Mention]) -> Iterator[int]:
    """The words at which names begin that held and hold no longer, without another behind them: "formerly X, not any more"."""
    for n, one in enumerate(mentions):
        before = mentions[n - 1].j if n else sentence.i
        limit = mentions[n + 1].i if n + 1 < len(mentions) else sentence.j
        was = any(before <= hit.i and hit.j <= one.i for hit in sentence.of("past"))
        over = any(one.j <= hit.i < limit for hit in sentence.of("ended"))
        used = any(
            before <= hit.i and hit.j <= one.i and not any(map(sentence.breaks, range(hit.j, one.i + 1)))
            for hit in sentence.of("usedto")
        )
        if used or (over and (was or _was_a_version(sentence, one))) or _was_until(sentence, one, before, limit):
            yield one.i


def _was_until(sentence: Sentence, one: Mention, before: int, limit: int) -> bool:
    """Whether a name held until a time that follows, or was taken back: "was X until 2021", "was X, then we withdrew it"."""
    text = sentence.words.text
    was = not grammar.words("was").isdisjoint(text[before : one.i]) or any(
        before <= hit.i and hit.j <= one.i for hit in sentence.of("past")
    )
    cjk = sentence.words.kind[min(one.j, sentence.j - 1)] == "c"
    if any(one.j <= hit.i < limit for hit in sentence.of("withdrew")):
        return was or cjk
    begins = (hit for hit in sentence.of("past") if one.j <= hit.i <= one.j + 1 and hit.i < limit)
    until = any(not grammar.words("until").isdisjoint(text[hit.i : hit.j]) for hit in begins)
    return was and until and not any(one.j <= hit.i for hit in sentence.of("present"))


def is_present(sentence: Sentence, mentions: list[Mention]) -> bool:
    """Whether the sentence says that its first license holds now."""
    return _is_of_version(sentence) or any(hit.j <= mentions[0].i for hit in sentence.of("present"))


def _is_of_version(sentence: Sentence) -> bool:
    """Whether a sentence is about a version of the data: "Version 2 is released under X"."""
    first = next(iter(sentence.hits), None)
    follows = first.j if first is not None and first.i == sentence.i and first.has("filler") else sentence.j
    return follows < sentence.j and sentence.words.kind[follows] == "n"


def _was_a_version(sentence: Sentence, mention: Mention) -> bool:
    was = grammar.words("was").intersection(sentence.words.text[sentence.i : mention.i])
    return bool(was) and _is_of_version(sentence)


def is_dated(sentence: Sentence, mention: Mention) -> bool:
    """Whether a license is said to hold from a year on, "from 2030": the text does not say that it holds today."""
    words = sentence.words
    for hit in sentence.of("fromwhen"):
        k = hit.j
        cjk = words.kind[hit.i] == "c"
        year = words.text[hit.i - 1] if cjk and hit.i > sentence.i else words.text[k] if k < sentence.j else ""
        opens = hit.i == sentence.i or "(" in words.glue[hit.i] or sentence.breaks(hit.i) or cjk
        if opens and len(year) == 4 and year.isdecimal() and abs(hit.i - mention.i) <= grammar.window("planned-before"):
            return True
    return False
