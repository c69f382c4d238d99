"""Licenses that are considered, hoped for or asked for: a sentence names them, and nobody has granted them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from licensecheck.identification.near import Mention
from licensecheck.identification.sentence import Sentence
from licensecheck.knowledge import grammar
from licensecheck.knowledge.phrases import Hit

_OF_THINGS: Final = ("about-data", "about-part", "about-code", "about-model", "about-site", "about-paper")


def undecided(sentence: Sentence, mentions: Sequence[Mention]) -> set[int]:
    """The words at which names begin of which the sentence says that nothing is decided: "we are considering X".

    A phrase of European languages is about the names behind it, one of Korean, Japanese and Chinese about those before it;
    where there are none, about those on its other side.
    """
    groups = _groups(mentions)
    return {mention.i for hit in sentence.of("undecided") for mention in _reached(sentence, groups, hit)}


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
    most = grammar.window("undecided", kind)
    before = [g for g in groups if g[-1].j <= hit.i and hit.i - g[-1].j <= most][-1:]
    after = [g for g in groups if g[0].i >= hit.j and g[0].i - hit.j <= most][:1]
    for group in _in_order(kind, before, after):
        behind = group[0].i >= hit.j
        a, b = (hit.j, group[0].i) if behind else (group[-1].j, hit.i)
        if not _is_divided(sentence, a, b, stated=behind and kind != "c"):
            return group
    return []


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
