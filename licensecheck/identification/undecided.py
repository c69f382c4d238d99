"""Licenses that a sentence names and does not state: nobody has granted them, or only others say so.

They are considered, hoped for, doubted, asked for, reported, recommended, or depend on what somebody else does first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from licensecheck.base import regex
from licensecheck.identification.near import Mention
from licensecheck.identification.sentence import Sentence
from licensecheck.knowledge import grammar
from licensecheck.knowledge.lex import CLAUSE
from licensecheck.knowledge.phrases import Hit

_OF_THINGS: Final = ("about-data", "about-part", "about-code", "about-model", "about-site", "about-paper")
_OF_CLAUSE: Final = ("supposed", "reported", "recommended", "asked", "iffirst", "mixes")
"""Phrases that speak of the names in their own clause."""
_ASKS: Final = regex.compile(r"[?？](?=[\s\"'”’)\]*_]*(?:\s|\Z))|？")
_CONDITION: Final = 6
"""Words between "if" and the verb of who has to agree."""
_PARTS: Final = ",;()，、；（）"
_ANSWER: Final = 4
"""Letters of the longest "yes" in Chinese, Japanese and Korean."""


def undecided(sentence: Sentence, mentions: Sequence[Mention]) -> set[int]:
    """The words at which names begin of which the sentence says that nothing is decided: "we are considering X".

    A phrase of European languages is about the names behind it, one of Korean, Japanese and Chinese about those before it;
    where there are none, about those on its other side.
    """
    groups = _groups(mentions)
    found = {mention.i for hit in sentence.of("undecided", "doubted") for mention in _reached(sentence, groups, hit)}
    asks = _is_question(sentence)
    if (asks or sentence.has("asked")) and _is_answered(sentence):
        return found
    if asks:
        found |= {mention.i for mention in mentions if not _is_parted(sentence, mention.j, sentence.j, ";；")}
    found |= {mention.i for mention in mentions if _is_advised(sentence, mention.i - 1)}
    for hit in (*sentence.of(*_OF_CLAUSE), *_conditions(sentence)):
        found |= {mention.i for mention in _in_clause(sentence, groups, hit)}
    return found


def _groups(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Names that stand side by side, "X or Y", as one."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        if groups and mention.i - groups[-1][-1].j <= grammar.window("list"):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _reached(sentence: Sentence, groups: list[list[Mention]], hit: Hit) -> list[Mention]:
    kind = sentence.words.kind[hit.i]
    for group in _in_order(kind, *_around(groups, hit, grammar.window("undecided", kind))):
        behind = group[0].i >= hit.j
        a, b = (hit.j, group[0].i) if behind else (group[-1].j, hit.i)
        if hit.has("doubted") and not hit.has("undecided") and behind and _is_parted(sentence, hit.j, group[0].i):
            continue
        if not _is_divided(sentence, a, b, stated=behind and kind != "c"):
            return group
    return []


def _in_clause(sentence: Sentence, groups: list[list[Mention]], hit: Hit) -> list[Mention]:
    """The names of which ``hit`` speaks, where no other clause begins between; behind ``hit`` a comma may follow at once."""
    kind = sentence.words.kind[hit.i]
    before, after = _around(groups, hit, grammar.window("undecided", kind))
    ahead = hit.has("iffirst", "approves")
    if hit.has("supposed") and len(sentence) <= hit.j - hit.i + sum(one.j - one.i for group in groups for one in group):
        return []  # a bare value: the license that it gives is open
    if hit.has("asked") and any(one.i >= hit.j for one in sentence.of("granted")):
        return []
    if hit.has("reported") and not grammar.words("concedes").isdisjoint(sentence.words.text[sentence.i : hit.i]):
        return []
    if kind != "c" or ahead:
        before = []
    for group in _in_order(kind, before, after):
        behind = group[0].i >= hit.j
        a, b = (hit.j + 1, group[0].i) if behind else (group[-1].j, hit.i)
        if hit.has("mixes") and behind and not grammar.words("states").isdisjoint(sentence.words.text[a:b]):
            continue
        if (ahead or not _is_parted(sentence, a, b)) and not (hit.has("recommended") and _is_of_ours(sentence, a, b)):
            return group
    return []


def _around(groups: list[list[Mention]], hit: Hit, most: int) -> tuple[list[list[Mention]], list[list[Mention]]]:
    """The last group of names before ``hit``, and the first behind it, both within ``most`` words."""
    before = [g for g in groups if g[-1].j <= hit.i and hit.i - g[-1].j <= most][-1:]
    after = [g for g in groups if g[0].i >= hit.j and g[0].i - hit.j <= most][:1]
    return before, after


def _in_order(kind: str, before: list[list[Mention]], after: list[list[Mention]]) -> Iterator[list[Mention]]:
    yield from (*before, *after) if kind == "c" else (*after, *before)


def _is_divided(sentence: Sentence, a: int, b: int, *, stated: bool) -> bool:
    """Whether between two words the sentence turns to another thing: "the photos are not decided, the data is X".

    ``stated``: and says what it is under; else it may be the object of the phrase: "we consider, for the data, X".
    """
    verbs = grammar.words("states")
    for hit in sentence.hits:
        if not a <= hit.i < b or not hit.has(*_OF_THINGS):
            continue
        turned = any(sentence.breaks(k) for k in range(a, hit.i + 1))
        if turned and (not stated or not verbs.isdisjoint(sentence.words.text[hit.j : b])):
            return True
    return False


def _is_parted(sentence: Sentence, a: int, b: int, marks: str = _PARTS) -> bool:
    """Whether another clause begins between two words: at a mark, or at a word such as "but"."""
    words, turns = sentence.words, grammar.words("turns")
    for k in range(a, min(b + 1, sentence.j)):
        if words.gap[k] >= CLAUSE or any(mark in words.glue[k] for mark in marks):
            return True
        if a < k < b and marks is _PARTS and (words.text[k] in turns or _begins_verb(sentence, k)):
            return True
    return False


def _begins_verb(sentence: Sentence, k: int) -> bool:
    """Whether a verb with the subject of the one before begins at word ``k``: "and is available"."""
    text = sentence.words.text
    return text[k] in grammar.words("joins") and text[k + 1] in grammar.words("states")


def _is_of_ours(sentence: Sentence, a: int, b: int) -> bool:
    """Whether between two words the sentence speaks of the data at hand: "you should use this data under X"."""
    ours, text = grammar.words("ours"), sentence.words.text
    return any(a <= hit.i < b and hit.i > sentence.i and text[hit.i - 1] in ours for hit in sentence.of("about-data"))


def _is_advised(sentence: Sentence, k: int) -> bool:
    """Whether the word before a name opens a clause and tells the reader to use it: "if in doubt, use X"."""
    begins = k == sentence.i or (k > sentence.i and sentence.breaks(k))
    return begins and sentence.words.text[k] in grammar.words("imperatives")


def _conditions(sentence: Sentence) -> Iterator[Hit]:
    """Phrases of somebody else's consent behind "if": "if the funder agrees"."""
    text = sentence.words.text
    for hit in sentence.of("approves"):
        before = text[max(sentence.i, hit.i - _CONDITION) : hit.i]
        if not grammar.words("conditions").isdisjoint(before) and grammar.words("addressed").isdisjoint(before):
            yield hit


def _is_question(sentence: Sentence) -> bool:
    """Whether a sentence asks, and not why, which or how."""
    words = sentence.words
    end = words.end[sentence.j - 1]
    until = words.start[sentence.j] if sentence.j < len(words.text) else len(sentence.text)
    asks = _ASKS.search(sentence.text, end, max(until, end)) is not None
    return asks and grammar.words("asks-what").isdisjoint(words.text[sentence.i : sentence.j])


def _is_answered(sentence: Sentence) -> bool:
    """Whether "yes" follows."""
    words, yes = sentence.words, grammar.words("answers-yes")
    follows = words.text[sentence.j : sentence.j + _ANSWER]
    if not follows or words.kind[sentence.j] != "c":
        return bool(follows) and follows[0] in yes
    return any("".join(follows[:n]) in yes for n in range(1, len(follows) + 1))
