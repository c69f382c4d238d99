"""What counts as proof of a claim: the words that people write as evidence, held against the claim. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from licensecheck.base import regex
from licensecheck.base.message import Message, nearest
from licensecheck.knowledge import claim_words
from licensecheck.model import Claim
from licensecheck.vocabulary import AXES

CLAUSES: Final = ("express", "absent")
"""Whether a contract names derivative works."""
_PROMISE: Final = 60
_YEAR: Final = regex.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_CLAUSE: Final = regex.compile(r"[;\n]|\.\s")


def acts(names: tuple[str, ...]) -> frozenset[str]:
    """Claimed acts in the four words of claims."""
    return frozenset(act for name in names for act in claim_words.acts_of(name))


def has(claim: Claim, need: str) -> bool:
    """Whether ``claim`` has what its basis needs: evidence, a check of each item, or any other key of it."""
    if need == "per-item":
        return _checks_each_item(f"{claim.evidence} {claim.note}")
    return says_something(str(getattr(claim, need))) if need in ("evidence", "by") else bool(getattr(claim, need))


def not_in_vocabulary(acts: Sequence[str], rights: str, scope: str, derivative_clause: str) -> Message | None:
    """What is wrong with the words of a claim that come from closed vocabularies; None where all are known."""
    for axis, names in (("acts", acts), ("rights", [one.strip() for one in rights.split(",") if one.strip()])):
        known = (*claim_words.ACTS, "all")
        if strange := next((name for name in names if not claim_words.acts_of(name)), ""):
            return _unknown(axis, strange, known)
    if scope and scope.lower().replace("-", "_") not in AXES["scope"]:
        return _unknown("scope", scope, AXES["scope"])
    if derivative_clause and derivative_clause not in CLAUSES:
        return _unknown("derivative_clause", derivative_clause, CLAUSES)
    return None


def _unknown(key: str, name: str, known: Sequence[str]) -> Message:
    says = "unknown value `{name}` of `{key}`.{nearest} Known: {known}."
    return Message(says, name=name, key=key, nearest=nearest(name, known), known=", ".join(known))


def _checks_each_item(text: str) -> bool:
    return claim_words.has("items", text) and not claim_words.has("denies", text)


def says_something(text: str) -> bool:
    """Whether ``text`` is more than a blank, a promise, a question without an answer, a refusal, or an address without a place."""
    plain = _plain(text)
    if is_open(text) or re.fullmatch(r"(?:https?|mailto|file):\W*", plain):
        return False
    if claim_words.has("waits", plain) or claim_words.has("refuses", plain):
        return False
    return claim_words.has("answers", plain) or not claim_words.has("asks", plain)


def is_open(text: str) -> bool:
    """Whether ``text``, the reason of a decision, is a blank or a promise."""
    plain = _plain(text)
    promised = len(plain) <= _PROMISE and claim_words.has("promises", plain)
    return promised or not plain or plain in claim_words.words("blanks")


def contradiction(claim: Claim, today: str) -> str:
    """Why the words of ``claim`` say the contrary of it on the day ``today`` (ISO 8601); "" where they do not."""
    if claim.kind != "expired" or not today[:4].isdecimal():
        return ""
    for clause in _CLAUSE.split(f"{claim.evidence}\n{claim.note}"):
        for event in ("dies", "publishes"):
            found = [int(year) for year in _YEAR.findall(clause)]
            if found and claim_words.has(event, clause) and max(found) + claim_words.years(event) >= int(today[:4]):
                says = "its own words ({words}) say that the term of protection has not ended: it is {years} years in most countries"
                return Message(says, words=clause.strip(), years=claim_words.years(event))
    return ""


def _plain(text: str) -> str:
    return text.strip(" \t\n.…?-_").lower()
