"""Licenses named in words, in addresses and as ids, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from licensecheck.base import regex
from licensecheck.identification import address as addresses
from licensecheck.identification import creative_commons, families, kogl
from licensecheck.identification.near import Mention, Near
from licensecheck.knowledge import facts, grammar, names
from licensecheck.knowledge.lex import Words
from licensecheck.knowledge.phrases import Hit
from licensecheck.model import Certainty, Kind

_ID: Final = regex.compile(r"[a-z0-9][a-z0-9.+-]*")
_REF: Final = "licenseref-"
_IN_ID: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.+-")
"""What an id goes on with behind its first word."""
_TYPED: Final = ("kogl-mark", "kogl-works", "kogl-type", "kogl-credit", "kogl-expired", "kogl-ai")
_NAMING: Final = frozenset(
    {"cc", "by", "nc", "sa", "nd", "code", "cc0", "pdm", "family", "name", "short", "publicdomain", *_TYPED}
)
"""Meanings of phrases with which the name of a license begins."""


def mentions(words: Words, hits: list[Hit], original: str, folded: str) -> list[Mention]:
    """Every license that the words name, in order, none over another. An address that is not a license has None."""
    return list(_mentions(Near(words, hits, original, folded)))


def _mentions(near: Near) -> Iterator[Mention]:
    i = 0
    texts, ends, kinds, folded = near.words.text, near.words.end, near.words.kind, near.folded
    types = kogl.beginnings()
    while i < near.count:
        hit = near.at.get(i)
        if (
            kinds[i] != "u"
            and folded[ends[i] : ends[i] + 1] not in _IN_ID
            and texts[i] not in types
            and (hit is None or not hit.has(*_NAMING))
        ):
            # Neither an address nor an id, a type or a name begins here.
            i = i + 1 if hit is None else hit.j
            continue
        mention = _mention(near, i)
        if mention is not None:
            if mention.license is not None:
                yield mention
            i = max(mention.j, i + 1)
        else:
            hit = near.at.get(i)
            i = hit.j if hit is not None and near.words.kind[i] != "u" else i + 1


def _mention(near: Near, i: int) -> Mention | None:
    """The license that is named at word ``i``, by the first reader that knows it."""
    if near.words.kind[i] == "u":
        return _address(near, i)
    hit = near.at.get(i)
    if kogl.begins(near, i) and (found := kogl.mention(near, i)):
        return found
    if hit is None:
        return _id(near, i)
    if hit.has("cc", "by", "nc", "sa", "nd", "code") and (found := creative_commons.mention(near, i)):
        return found
    if hit.has("cc0"):
        return Mention("CC0-1.0", Certainty.EXACT, i, near.tail(hit.j, "1.0"), "cc0")
    if hit.has("pdm"):
        return Mention("CC-PDM-1.0", Certainty.EXACT, i, near.tail(hit.j, "1.0"), "public-domain-mark")
    if hit.has(*_TYPED) and (found := kogl.mention(near, i)):
        return found
    found = _id(near, i)
    if found is not None and found.j >= hit.j:
        return found
    return _name(near, i, hit) or found


def _address(near: Near, i: int) -> Mention | None:
    address = near.original[near.words.start[i] : near.words.end[i]]
    known = addresses.lookup(address)
    if known is None:
        return None
    return Mention(known.license, known.certainty, i, i + 1, known.rule, address, Kind.ADDRESS)


def _name(near: Near, i: int, hit: Hit) -> Mention | None:
    """A name of ``rules/names``, or the public domain."""
    family = hit.get("family")
    if family is not None:
        found = families.mention(near, i, hit, family)
        if found is not None and _goes_on_with_element(near, found.j):
            return Mention(
                "LicenseRef-custom", Certainty.AMBIGUOUS, i, found.j + 1, "unknown-member", kind=Kind.UNKNOWN_NAME
            )
        return found
    name = hit.get("name")
    if name is not None:
        own = facts.version(name)
        if own[:1].isdigit() and "-" not in own and (other := families.another_version(near, hit.j, (own,))):
            return families.unknown_version(i, other)
        return Mention(name, _certainty(name), i, hit.j, "name")
    short = hit.get("short")
    if short is not None and families.is_short_name(near, i, hit):
        return Mention(short, _certainty(short), i, hit.j, "short-name")
    if hit.has("publicdomain") and not _is_dedication(near, i, hit):
        return Mention("LicenseRef-Public-Domain", Certainty.EXACT, i, hit.j, "public-domain", kind=Kind.PUBLIC_DOMAIN)
    return None


def _goes_on_with_element(near: Near, j: int) -> bool:
    """Whether a name goes on with an element of Creative Commons that its family does not have: "ODC-BY-SA"."""
    return j < near.count and near.words.glue[j] == "-" and near.has(j, "sa", "nc", "nd", "code")


def _certainty(license: str) -> Certainty:
    return Certainty.FAMILY if license == "LicenseRef-HF-bsd" else Certainty.EXACT


def _is_dedication(near: Near, i: int, hit: Hit) -> bool:
    """Whether "public domain" goes on to "dedication" beside CC0: then it is CC0's name."""
    follows = hit.j < near.count and near.words.text[hit.j] == "dedication"
    reach = grammar.window("license-near")
    return follows and any(near.has(k, "cc0") for k in range(max(0, i - reach), min(near.count, hit.j + reach)))


def _id(near: Near, i: int) -> Mention | None:
    """An SPDX id, or one that begins with LicenseRef-."""
    words = near.words
    start = words.start[i]
    if start and (near.folded[start - 1].isalnum() or near.folded[start - 1] in "-./@"):
        return None
    m = _ID.match(near.folded, start, start + 80)
    if m is None:
        return None
    chunk = m.group().rstrip(".-")
    if "-" not in chunk:
        return None
    license: str | None
    if chunk.startswith(_REF):
        written = near.original[start + len(_REF) : start + len(chunk)]
        license = names.known(chunk) or "LicenseRef-" + written.replace("+", "-plus")
    elif any(c.isdigit() for c in chunk):
        license = names.table()["ids"].get(chunk)
    else:
        license = None
    if license is None:
        return None
    j = i + 1
    while j < near.count and words.start[j] < start + len(chunk):
        j += 1
    return Mention(license, Certainty.EXACT, i, j, "spdx-id")
