"""Families of licenses whose name a version follows, and short names that are common words too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from licensecheck.identification.near import Mention, Near
from licensecheck.knowledge import grammar, phrases
from licensecheck.knowledge.lex import SENTENCE, SOFT
from licensecheck.knowledge.phrases import Hit
from licensecheck.model import Certainty, Kind

_ABOUT = ("about-code", "about-data", "codealone", "notdata")
_DOTTED: Final = re.compile(r"\d\.\d{1,2}\Z")
_NUMBER: Final = re.compile(r"\d(?:\.\d{1,2}){0,2}\Z")
_LATER = (
    r"\+|(?: of the licen[cs]e)?[\s,(-]{0,3}or[\s-](?:[\s,(]{0,2}at your option[\s,)]{1,3})?(?:any[\s-])?"
    r"(?:later|newer|higher|above)"
)
_LATER_IN = 70
"""Characters behind a version in which "or any later version" stands."""


def mention(near: Near, i: int, hit: Hit, key: str) -> Mention | None:
    """The license of the family ``key`` that is named at word ``i``; None where the words are too few for one."""
    family = phrases.table()["families"][key]
    versions: dict[str, str] = family["versions"]
    version, end, licensed = _version_after(near, hit, key, versions)
    if not version:
        version, i = _version_before(near, i, versions)
    if key == "OGL" and _is_of(near, end, "ca"):
        return Mention("OGL-Canada-2.0", Certainty.EXACT, i, end + 1, "family-version")
    if key in ("OGL", "OGDL-Taiwan") and (_is_of(near, end, "") if version else _is_anothers(near, hit.j)):
        return Mention("LicenseRef-custom", Certainty.AMBIGUOUS, i, end, "government-license")
    if not version and versions and (other := another_version(near, hit.j, tuple(versions))):
        return unknown_version(i, other)
    if not version:
        needs = family["needs"]
        if needs == "version" or (needs == "license" and not licensed and not near.beside(i, hit.j)):
            return None
        target = family["unversioned"]
        certainty = Certainty.FAMILY if target.startswith("LicenseRef-") else Certainty.EXACT
        return Mention(target, certainty, i, end, "family")
    target = versions[version]
    if not family["later"]:
        return Mention(target, Certainty.EXACT, i, end, "family-version")
    after = near.folded[near.words.end[end - 1] : near.words.end[end - 1] + _LATER_IN]
    if re.match(_LATER, after) or ">=" in near.folded[near.words.end[i] : near.words.end[end - 1]]:
        return Mention(f"{target}-or-later", Certainty.EXACT, i, end, "family-version")
    certain = bool(re.match(r"[ -]?only", after))
    return Mention(f"{target}-only", Certainty.EXACT if certain else Certainty.LOSSY, i, end, "family-version")


def _version_after(near: Near, hit: Hit, key: str, versions: dict[str, str]) -> tuple[str, int, bool]:
    """The version after a name, where the name ends, and whether the word "license" belongs to it."""
    words = near.words
    licensed = words.text[hit.j - 1] in ("license", "licence")
    j, end, idle = hit.j, hit.j, 0
    while j < near.count and j - hit.j < 12 and words.gap[j] <= SOFT and idle < 6:
        step = near.at.get(j)
        if words.kind[j] == "n":
            number = _number(near, j, versions)
            if number:
                return number, j + (1 if "." in words.text[j] or not _is_split(near, j) else 2), licensed
            break
        if step is not None and step.get("family") == key:
            j = end = step.j
        elif step is not None and step.has("license", "filler"):
            licensed = licensed or step.has("license")
            idle += 1
            j = step.j
        elif words.text[j] in grammar.words("name-fillers"):
            idle += 1
            j += 1
        else:
            break
    return "", end, licensed


def _is_split(near: Near, j: int) -> bool:
    words = near.words
    return j + 1 < near.count and words.kind[j + 1] == "n" and words.glue[j + 1] == "-" and len(words.text[j + 1]) == 1


def _number(near: Near, j: int, versions: dict[str, str]) -> str:
    text = near.words.text[j]
    if _is_split(near, j) and "." not in text:
        text = f"{text}.{near.words.text[j + 1]}"
    return next((form for form in (text, f"{text}.0", text[:3]) if form in versions), "")


def unknown_version(i: int, j: int) -> Mention:
    """A name that goes on with a version of which nothing is known: it is no older license of that name."""
    return Mention("LicenseRef-custom", Certainty.AMBIGUOUS, i, j, "unknown-version", kind=Kind.UNKNOWN_NAME)


def another_version(near: Near, j: int, known: Sequence[str]) -> int:
    """Where a name that ends at ``j`` goes on with a version that is none of ``known``; 0 where it does not."""
    words, marked = near.words, False
    while j < near.count and words.gap[j] <= SOFT and "," not in words.glue[j]:
        step = near.at.get(j)
        if words.kind[j] == "n":
            text = words.text[j]
            if not (_DOTTED if not marked else _NUMBER).match(text):
                return 0
            same = any(text in (each, each.removesuffix(".0")) or text.startswith(f"{each}.") for each in known)
            return 0 if same else j + 1
        if marked or step is None or not step.has("filler"):
            return 0
        marked, j = True, step.j
    return 0


def _version_before(near: Near, i: int, versions: dict[str, str]) -> tuple[str, int]:
    words = near.words
    j = i - 1
    while j >= 0 and i - j < 4 and words.text[j] in grammar.words("before-version"):
        j -= 1
    if j >= 0 and j < i - 1 and words.kind[j] == "n" and words.gap[i] <= SOFT:
        number = _number(near, j, versions)
        if number:
            return number, j
    return "", i


def _is_anothers(near: Near, j: int) -> bool:
    """Whether a place or an office follows the name: cities use it for licenses of their own."""
    words = near.words
    if j >= near.count or words.gap[j] > SOFT or words.kind[j] != "w":
        return False
    glue = words.glue[j]
    joined = "-" in glue or "(" in glue or words.text[j] in grammar.words("of-or-for") or near.has(j, "port")
    return joined and not near.has(j, "filler", "license", "binding")


def _is_of(near: Near, j: int, port: str) -> bool:
    """Whether the name goes on with a country ``port``, or with a city or a region where ``port`` is ""."""
    words = near.words
    if j >= near.count or words.gap[j] > SOFT or not ("-" in words.glue[j] or "(" in words.glue[j]):
        return False
    if port:
        return j in near.at and near.at[j].get("port") == port
    return words.text[j] in grammar.words("offices")


def is_short_name(near: Near, i: int, hit: Hit) -> bool:
    """Whether a common word at ``i`` is the short name of a license here: "MIT" is, "mit" in German is not."""
    words = near.words
    reach = grammar.window("around")
    low = i
    while low > 0 and words.gap[low] < SENTENCE and i - low < reach:
        low -= 1
    high = hit.j
    while high < near.count and words.gap[high] < SENTENCE and high - hit.j < reach:
        high += 1
    around = [near.at[k] for k in range(low, high) if k in near.at and k != i]
    size = high - low
    upper = near.original[words.start[i] : words.end[i]].isupper()
    glue = words.glue[i]
    if not upper and not grammar.words("objects").isdisjoint(words.text[hit.j : hit.j + 1]):
        return False
    if near.beside(i, hit.j):
        return True
    marked = ":" in glue or "'" in glue
    if marked or size <= 3:
        return upper or marked or size == 1
    return upper and _is_named(near, i, hit, around, size)


def _is_named(near: Near, i: int, hit: Hit, around: list[Hit], size: int) -> bool:
    """Whether what surrounds a short name in capitals speaks of licensing."""
    words = near.words
    if hit.j < near.count and words.text[hit.j] in grammar.words("for-a-thing") and size <= 16:
        return True
    if i and words.text[i - 1] in grammar.words("copular") and size <= 30:
        return any(h.has("license", *_ABOUT, "short", "name", "family", "cc") for h in around)
    if any(h.has("license") and abs(h.i - i) <= 8 for h in around):
        return True
    if words.kind[min(hit.j, near.count - 1)] == "c" or (i and words.kind[i - 1] == "c"):
        return any(h.has("license", "binding", "about-model", *_ABOUT) for h in around)
    coded = any(h.has("about-code", "codealone") for h in around)
    return "(" in words.glue[i] or (hit.j < near.count and "(" in words.glue[hit.j] and coded)
