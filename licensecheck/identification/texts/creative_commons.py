"""What tells the texts of Creative Commons apart: title, address, elements, port."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from licensecheck.base import regex
from licensecheck.identification import address
from licensecheck.identification.texts.search import _Found
from licensecheck.identification.texts.words import Words

_ELEMENT: Final = r"(?:attribution|non-?\s?commercial|no-?\s?deriv(?:ative)?s?(?:\s?works)?|share-?\s?alike)"

_TITLE: Final = regex.compile(
    rf"({_ELEMENT}(?:[\s\-–—_/,]{{1,4}}{_ELEMENT}){{0,3}})[\s,]{{1,3}}(?:version\s|v\.?\s?)?([1-4]\.[0-9])"
    r"(?:[\s,:(\-–—]{1,4}(international|unported|generic|igo|[a-z]+(?:[\s:&]{1,3}[a-z]+)?))?",
    re.IGNORECASE,
)

_ADDRESS: Final = regex.compile(
    r"creativecommons\.org/licenses/((?:by|nc|nd|sa)(?:-(?:nc|nd|sa))*)/([1-4]\.[0-9])(?:/([a-z]{2,8})\b)?",
    re.IGNORECASE,
)

_CC: Final = regex.compile(
    r"(?:LicenseRef-)?(?:scancode-)?cc-((?:by|nc|nd|sa)(?:-(?:nc|nd|sa))*)-([0-9.]+)(?:-([a-z]+))?", re.IGNORECASE
)

_COUNTRIES: Final = {
    "argentina": "AR", "australia": "AU", "austria": "AT", "österreich": "AT", "belgium": "BE", "belgique": "BE",
    "brazil": "BR", "brasil": "BR", "bulgaria": "BG", "canada": "CA", "chile": "CL", "china mainland": "CN",
    "colombia": "CO", "costa rica": "CR", "croatia": "HR", "czech republic": "CZ", "denmark": "DK", "ecuador": "EC",
    "estonia": "EE", "finland": "FI", "france": "FR", "germany": "DE", "deutschland": "DE", "greece": "GR",
    "guatemala": "GT", "hong kong": "HK", "hungary": "HU", "india": "IN", "igo": "IGO", "ireland": "IE", "israel": "IL",
    "italy": "IT", "italia": "IT", "japan": "JP", "korea": "KR", "luxembourg": "LU", "macedonia": "MK", "malaysia": "MY",
    "malta": "MT", "mexico": "MX", "netherlands": "NL", "nederland": "NL", "new zealand": "NZ", "norway": "NO", "peru": "PE",
    "philippines": "PH", "poland": "PL", "portugal": "PT", "puerto rico": "PR", "romania": "RO", "serbia": "RS",
    "singapore": "SG", "slovenia": "SI", "south africa": "ZA", "south korea": "KR", "spain": "ES", "españa": "ES",
    "sweden": "SE", "switzerland": "CH", "taiwan": "TW", "thailand": "TH", "uganda": "UG", "uk": "UK",
    "england": "UK", "scotland": "SCOTLAND", "united states": "US", "vietnam": "VN",
}  # fmt: skip

_NOT_PORTS: Final = frozenset({"deed", "legalcode", "rdf", "en", "international", "unported", "generic"})


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a title or an address says that a Creative Commons text is; ``port`` is None where it does not say."""

    elements: frozenset[str]
    version: str
    port: str | None = None

    @property
    def name(self) -> str:
        return address.cc_id(frozenset(map(str.lower, self.elements)), self.version, self.port or "")


def _cc(found: str) -> _Claim | None:
    parsed = _CC.fullmatch(found)
    if not parsed:
        return None
    return _Claim(frozenset(parsed[1].upper().split("-")), parsed[2], (parsed[3] or "").upper())


def _rulebook_name(found: str) -> str:
    """An id of an index as the rulebook spells it: SPDX's where its list has the license."""
    known = _cc(found)
    return known.name if known is not None and "BY" in known.elements else found


def _titled(one: _Found, words: Words) -> _Claim | None:
    """What the title at the beginning of a legal code claims, in the language of the text; None without one that is known.

    Each legal code of the index has its title. The longest that the text has there counts: "Attribution 2.0" is
    no part of "Attribution-NonCommercial 2.0".
    """
    head = words.hashes[2 * max(0, one.begin - _TITLE_BEFORE) : 2 * (one.begin + _TITLE_WITHIN)]
    titles = {one.table.title(fit.document): fit.document for fit in (*one.rivals[::-1], one.fit)}
    known = [title for title in titles if len(title) > 4 and _holds(head, title)]
    return _cc(one.table.ids[titles[max(known, key=len)]][0]) if known else None


def _holds(words: bytes, part: bytes) -> bool:
    at = words.find(part)
    while at % 2 and at >= 0:
        at = words.find(part, at + 1)
    return at >= 0


_TITLE_BEFORE: Final = 60
_TITLE_WITHIN: Final = 200
"""Words before and after the beginning of a legal code in which its title may be."""


def _claim(zone: str) -> _Claim | None:
    """What the beginning of a text claims: its address if it has one, else its title."""
    address = _ADDRESS.search(zone)
    if address:
        port = (address[3] or "").lower()
        elements = frozenset(address[1].upper().split("-"))
        return _Claim(elements, address[2], "" if port in _NOT_PORTS else port.upper())
    title = _TITLE.search(zone)
    if not title:
        return None
    words = re.sub(r"[\W_]", "", title[1].lower())
    if "attribution" not in words and title[2] != "1.0":
        return None
    marks = (("attribution", "BY"), ("noncommercial", "NC"), ("noderiv", "ND"), ("sharealike", "SA"))
    country = (title[3] or "").lower().replace(":", " ").split()
    port = None
    for length in (2, 1):
        port = port or _COUNTRIES.get(" ".join(country[:length])) or _COUNTRIES.get(" ".join(country[-length:]))
    if port is None and country[:1] and country[0] in _NOT_PORTS:
        port = ""
    return _Claim(frozenset(mark for word, mark in marks if word in words), title[2], port)


def _creative_commons(claim: _Claim | None, names: list[str], one: _Found) -> list[str]:
    """The ids of a Creative Commons text, first the likeliest; [] where it may well be another port.

    Title and address decide between texts that fit about as well. Where the text has passages of its
    own it is another port, and only what the title or address says is said.
    """
    foreign = sum(len(run) for run in _OWN_WORDS.findall(one.flags)) > 0.025 * len(one.flags)
    # The index of legal code has every port: there, passages of its own make no other port.
    other = foreign and not one.table.groups
    if claim is None:
        return [] if other else names

    def agrees(name: str) -> bool:
        known = _cc(name)
        return (
            known is not None
            and (known.elements, known.version) == (claim.elements, claim.version)
            and claim.port in (None, known.port)
        )

    if any(map(agrees, names)):
        return [next(filter(agrees, names))]
    for fit in one.rivals:
        agreed = next(filter(agrees, one.table.ids[fit.document]), None)
        if agreed and fit.total >= 0.85 * one.fit.total:
            # Few words decide nothing against the title; a clause more or less does, and then both are named.
            return [agreed] if fit.total >= one.fit.total - _FEW_PAIRS else [*names, agreed]
    return [claim.name] if other else [*names, claim.name]


_FEW_PAIRS: Final = 20

_OWN_WORDS: Final = re.compile(rb"\0{3,}")
"""Two words in a row that the standard text does not have: words left out make one such pair, a typing error two."""
