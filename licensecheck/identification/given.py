"""Whether the words around a name give the license to something, or only name or repeat it."""

from __future__ import annotations

from licensecheck.identification.near import Mention
from licensecheck.identification.sentence import Sentence
from licensecheck.identification.subject import is_license_of
from licensecheck.knowledge import grammar


def is_bare(sentence: Sentence, mention: Mention) -> bool:
    """Whether nothing before the name in its sentence can be its subject: "Released under the MIT License"."""
    before = sentence.words.text[sentence.i : mention.i]
    return (grammar.words("linking") | grammar.words("stops")).issuperset(before)


def is_given(sentence: Sentence, mention: Mention) -> bool:
    """Whether the words before a name say that something is under it, "is released under the"; in brackets none need to.

    In Korean, Chinese and Japanese the verb comes behind the name or far before it: any word will do.
    """
    words, k = sentence.words, mention.i - 1
    if _is_in_brackets(sentence, mention) or _is_given_behind(sentence, mention):
        return True
    if not sentence.breaks(mention.i) and any(words.kind[n] == "c" for n in range(sentence.i, sentence.j)):
        return True
    if any(mark in words.glue[mention.i] for mark in "(:=|[–—"):
        return True
    linking, gives = grammar.words("linking") | grammar.words("stops"), grammar.words("gives")
    while k >= sentence.i and words.text[k] in linking | gives:
        if words.text[k] in gives:
            return True
        k -= 1
    return False


def _is_given_behind(sentence: Sentence, mention: Mention) -> bool:
    """Whether the words behind a name say so: "X is the license of this dataset", "X applies to all of the data"."""
    text, j = sentence.words.text, mention.j
    if j < sentence.j and text[j] in grammar.words("gives-behind"):
        return True
    about = next((hit for hit in sentence.of("about-data", "about-part") if hit.i >= j), None)
    if about is None or about.i == j or sentence.crosses(j, about.i):
        return False
    between = text[j : about.i]
    fillers = ("linking", "stops", "for-what", "determiners", "whole", "states")
    gives = (k for k in range(j, about.i) if text[k] in grammar.words("for-what") or is_license_of(sentence, k))
    return next(gives, None) is not None and all(
        any(word in grammar.words(name) for name in fillers) for word in between
    )


def _is_in_brackets(sentence: Sentence, mention: Mention) -> bool:
    """Whether a name stands in brackets with other facts before it: "the dataset (12 files, X)"."""
    glue = sentence.words.glue
    for k in range(mention.i, max(sentence.i, mention.i - grammar.window("brackets")), -1):
        if "(" in glue[k] or "（" in glue[k]:
            return True
        if ")" in glue[k] or "）" in glue[k]:
            return False
    return False


def is_labeled(sentence: Sentence, mention: Mention) -> bool:
    """Whether the sentence is a line of a label and the name, "License: X", "Die Lizenz ist X"."""
    words, i = sentence.words, sentence.i
    while i < mention.i and words.text[i] in grammar.words("ours") | grammar.words("determiners"):
        i += 1
    label = next((hit for hit in sentence.of("license", "terms-label") if hit.i == i and hit.j <= mention.i), None)
    if label is None or any(c in words.glue[k] for k in range(i + 1, mention.i + 1) for c in ",()"):
        return False
    marked = any(mark in words.glue[mention.i] for mark in ":：=|") or mention.i == label.j
    fillers = grammar.words("linking") | grammar.words("states") | grammar.words("topics")
    between = words.text[label.j : mention.i]
    if label.has("terms-label") and not (":" in words.glue[mention.i] or "：" in words.glue[mention.i] or between):
        return False
    about = {k for hit in sentence.of("about-data") for k in range(hit.i, hit.j)}
    rest = (words.text[k] for k in range(label.j, mention.i) if k not in about)
    said = not grammar.words("states").isdisjoint(between) or not grammar.words("topics").isdisjoint(between)
    return (marked or said or "-" in words.glue[mention.i]) and (
        fillers | grammar.words("stops") | grammar.words("determiners")
    ).issuperset(rest)


def is_restated(sentence: Sentence, mention: Mention) -> bool:
    """Whether a name only says again what the text stated: "you may obtain a copy of the X License at ..."."""
    return any(0 <= mention.i - hit.j <= grammar.window("for-what") for hit in sentence.of("restated"))
