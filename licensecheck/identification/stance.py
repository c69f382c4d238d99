"""Whether a sentence asserts the license that it names, denies it, plans it or compares with it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from licensecheck.identification.near import Mention
from licensecheck.identification.sentence import Sentence
from licensecheck.knowledge import grammar
from licensecheck.knowledge.lex import CLAUSE
from licensecheck.knowledge.phrases import Hit
from licensecheck.model import Stance

_LINKING: Final = ("binding", "license", "offered", "filler", "pronoun", "redistribute")
_STEPS: Final = 10
"""Words and phrases before a name that may link it to its verb."""
_VERB_BEHIND: Final = 3
"""Words behind a name among which the verb of a plan may stand: "geplant, die Daten unter X zu veröffentlichen"."""
_AFTER: Final = (
    ("comparedafter", "compared", Stance.COMPARED),
    ("negatedafter", "denied", Stance.NEGATED),
    ("futureafter", "planned", Stance.FUTURE),
)
"""What follows a name, the window for it, and the stance that it makes."""


def stances_of(sentence: Sentence, mentions: Sequence[Mention]) -> list[Stance]:
    """What the sentence does with each license that it names."""
    limits = [*(mention.i for mention in mentions[1:]), sentence.j]
    found = [stance_of(sentence, mention, limit) for mention, limit in zip(mentions, limits, strict=True)]
    for n, (one, other) in enumerate(pairwise(mentions)):
        between = sentence.words.text[one.j : other.i]
        if other.i - one.j <= grammar.window("list") and not grammar.words("nor").isdisjoint(between):
            pair = {found[n], found[n + 1]}
            if pair == {Stance.ASSERTED, Stance.NEGATED}:
                found[n] = found[n + 1] = Stance.NEGATED
    return found


def stance_of(sentence: Sentence, mention: Mention, limit: int) -> Stance:
    """What the sentence does with the license named by ``mention``, whose surroundings end at word ``limit``."""
    before = _before(sentence, mention)
    if before is not None:
        return before
    if any(hit.j <= mention.i and not sentence.crosses(hit.j, mention.i) for hit in sentence.of("clash")):
        return Stance.COMPARED
    if _is_planned(sentence, mention):
        return Stance.FUTURE
    if _is_denied_as(sentence, mention):
        return Stance.NEGATED
    if _is_of_compared(sentence, mention):
        return Stance.COMPARED
    reach = min(limit, mention.j + grammar.window("after-name"))
    for hit in sentence.hits:
        if not mention.j <= hit.i < reach:
            continue
        for label, name, stance in _AFTER:
            kind = sentence.words.kind[hit.i]
            if (
                hit.has(label)
                and hit.i - mention.j <= grammar.window(name, kind)
                and not sentence.crosses(mention.j, hit.i)
            ):
                return stance
    return Stance.ASSERTED


def _before(sentence: Sentence, mention: Mention) -> Stance | None:
    """The stance that the words right before a name make, read backwards."""
    words, linking = sentence.words, grammar.words("linking")
    by_end = {hit.j: hit for hit in sentence.hits}
    k = mention.i
    for _ in range(_STEPS):
        if k <= sentence.i or sentence.breaks(k):
            return None
        hit = by_end.get(k)
        if hit is not None:
            if hit.has("compared"):
                return Stance.COMPARED
            if hit.has("negated", "negator", "modal") and not _is_lifted(sentence, hit, mention):
                return Stance.NEGATED
            if hit.has("future"):
                return Stance.FUTURE
            if hit.has(*_LINKING):
                k = hit.i
                continue
        if words.text[k - 1] not in linking:
            return None
        k -= 1
    return None


def _is_lifted(sentence: Sentence, hit: Hit, mention: Mention) -> bool:
    """Whether a denial asserts after all: "not only under X", "not ... except under X"."""
    return not grammar.words("only-unless").isdisjoint(sentence.words.text[hit.j : mention.i])


def _is_denied_as(sentence: Sentence, mention: Mention) -> bool:
    """Whether something is not to be taken for the license: "do not treat this as X", "nobody may offer it as X"."""
    text, k = sentence.words.text, mention.i - 1
    while k > sentence.i and text[k] in grammar.words("determiners") | grammar.words("articles"):
        k -= 1
    if k < sentence.i or text[k] not in grammar.words("taken-as"):
        return False
    denials = (n for n in range(sentence.i, k) if text[n] in grammar.words("denials"))
    return any(not sentence.crosses(n + 1, mention.i) for n in denials)


def _is_of_compared(sentence: Sentence, mention: Mention) -> bool:
    """Whether a relative clause names the license of what is compared: "unlike the map, which is X, our data ..."."""
    words, k = sentence.words, mention.i - 1
    while k > sentence.i and words.text[k] in grammar.words("linking") | grammar.words("states"):
        k -= 1
    if k <= sentence.i or words.text[k] not in grammar.words("relatives") or not sentence.breaks(k):
        return False
    return any(hit.j < k and not sentence.crosses(hit.j, k - 1) for hit in sentence.of("compared"))


def _is_planned(sentence: Sentence, mention: Mention) -> bool:
    """Whether the verb of a plan is further away: "We plan to release it ... under X"."""
    words = sentence.words
    for hit in sentence.hits:
        far = mention.i - hit.j
        if far < 0 or not hit.has("future") or far > grammar.window("planned-before"):
            continue
        between = words.text[hit.j : mention.i]
        clause = any(words.gap[k] >= CLAUSE for k in range(hit.j, mention.i))
        behind = words.text[mention.j : min(mention.j + _VERB_BEHIND, sentence.j)]
        if not clause and not grammar.words("publishing").isdisjoint([*between, *behind]):
            return True
        if words.kind[hit.i] == "c" and far <= grammar.window("planned-before", "c"):
            return True
    return False
