"""Claims: rights that a user asserts beside the license. Pure; what each needs is in ``rules/claims.yaml``.

A claim never wins in silence: it names its basis, reaches no further than its acts, scope, date and
ceiling, and stands in the report beside what the license alone gives.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from licensecheck.base import regex
from licensecheck.base.message import Message, word
from licensecheck.knowledge.rulebook import Rulebook
from licensecheck.model import Claim, ClaimVerdict, Decision, Reason, Source, replace
from licensecheck.vocabulary import EU, Use

_SCOPES: Final = ("private", "internal", "named_group", "public")
DAY: Final = regex.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\Z")
"""How a day is written (ISO 8601)."""
_DECISIONS: Final = {"allow": Decision.ALLOW, "caveat": Decision.ALLOW, "review": Decision.REVIEW}
_EFFECTS: Final = {Decision.ALLOW: "permit", Decision.REVIEW: "review", Decision.DENY: "forbid"}


def dated(source: Source, today: str) -> Source:
    """``source`` with every claim's ``until`` (inclusive, ISO 8601 date) held against ``today``; what is no day is left open."""
    if not any(claim.until for claim in source.claims):
        return source
    return replace(
        source,
        claims=tuple(
            replace(claim, state="valid" if today <= claim.until else "expired") if DAY.match(claim.until) else claim
            for claim in source.claims
        ),
    )


def entry(claim: Claim, book: Rulebook) -> Mapping[str, Any] | None:
    """What the rulebook knows of the claim's basis, else of its kind; None where it knows neither."""
    if claim.basis:
        found = book.claims.get(claim.basis) or book.claims.get(claim.basis.upper())
        if found is not None or claim.kind not in ("permission", "assignment", "additional-permission"):
            return found
    return book.claims.get({"expired": "expired-term"}.get(claim.kind, claim.kind))


def needed(acts: frozenset[str] | tuple[str, ...]) -> frozenset[str]:
    """The acts of a claim (copy, adapt, share, train) that the judged acts ask for."""
    found = set()
    for act in acts:
        if act.startswith("share-"):
            found.add("share")
        if act in ("adapt", "share-adaptation"):
            found.add("adapt")
        if act in ("train", "share-weights", "share-output"):
            found.add("train")
    return frozenset(found or {"copy"})


def judge(claim: Claim, use: Use, acts: frozenset[str] | tuple[str, ...], book: Rulebook) -> ClaimVerdict:
    """What ``claim`` alone gives for a use that asks for ``acts`` (those that rules judge)."""
    known = entry(claim, book)
    label = claim.basis or claim.kind
    if known is None:
        return _verdict(
            claim,
            Decision.REVIEW,
            Message("the basis `{label}` is not in the rulebook", label=label),
            label,
            "",
        )
    clause, cannot = known["clause"], Message(known["cannot"])

    def say(decision: Decision, message: str) -> ClaimVerdict:
        return _verdict(claim, decision, message, clause, cannot)

    if claim.state == "expired":
        return say(Decision.DENY, Message("ended on {day}", day=claim.until))
    wanted = needed(acts)
    covered = frozenset(known["acts"])
    if claim.acts:
        covered &= _acts(claim.acts)
    if "copy" not in covered and wanted == {"copy"} and covered:
        covered |= {"copy"}
    if missing := wanted - covered:
        return say(
            Decision.DENY, Message("it does not cover this use: {acts}", acts=tuple(map(Message, sorted(missing))))
        )
    if claim.scope in _SCOPES and _SCOPES.index(use.scope) > _SCOPES.index(claim.scope):
        return say(
            Decision.DENY, Message("its scope is {scope}, and this use is {own}", scope=claim.scope, own=use.scope)
        )
    for axis, values in known["when"].items():
        value = getattr(use, axis)
        if not value:
            return say(Decision.REVIEW, Message("it depends on the {axis} of the use, which is not stated", axis=axis))
        if value not in values:
            return say(Decision.DENY, Message("it does not cover this use: {axis} is {value}", axis=axis, value=value))
    if known["jurisdiction"]:
        here = {"EU" if place in EU and "EU" in known["jurisdiction"] else place for place in use.jurisdiction}
        if not here:
            return say(
                Decision.REVIEW,
                Message(
                    "it is law in {places}, and the jurisdiction is not stated", places=tuple(known["jurisdiction"])
                ),
            )
        if here - set(known["jurisdiction"]):
            return say(
                Decision.REVIEW,
                Message(
                    "it is law in {places}, and the use is in {here}",
                    places=tuple(known["jurisdiction"]),
                    here=tuple(sorted(here)),
                ),
            )
    if claim.kind == "assignment" and "adapt" in wanted and claim.derivative_clause != "express":
        return say(
            Decision.REVIEW,
            Message("an assignment of all rights does not include derivative works unless it says so"),
        )
    if (
        claim.kind == "assignment"
        and claim.rights not in ("", "all")
        and wanted - _acts(tuple(claim.rights.split(","))) - {"copy"}
    ):
        return say(Decision.DENY, Message("the rights assigned ({rights}) do not cover this use", rights=claim.rights))
    lacking = [need for need in known["needs"] if not _has(claim, need)]
    if "per-item" in lacking:
        return say(
            Decision.DENY, Message("it applies item by item, and its evidence does not name a check of each item")
        )
    if lacking:
        return say(Decision.REVIEW, Message("it lacks: {needs}", needs=tuple(map(Message, lacking))))
    if claim.until and not claim.state:
        return say(Decision.REVIEW, Message("it ends on {day}, and the date of the use is not known", day=claim.until))
    message = Message(
        known["message"], by=claim.by or Message("the rights holder"), rights=claim.rights or Message("not stated")
    )
    return say(_DECISIONS[known["ceiling"]], message)


def _acts(names: tuple[str, ...]) -> frozenset[str]:
    """Claimed acts in the four words; spellings such as ``reproduction`` or ``share_adapt`` are taken."""
    found = set()
    for name in names:
        word = name.strip().lower().replace("_", "-")
        if word in ("all", "any"):
            return frozenset({"copy", "adapt", "share", "train"})
        for act, marks in (
            ("copy", ("copy", "reproduc", "verbatim", "reformat")),
            ("adapt", ("adapt", "deriv", "modif", "translat")),
            ("share", ("share", "publish", "distribut", "transmi", "perform", "display")),
            ("train", ("train", "mine", "tdm")),
        ):
            if any(mark in word for mark in marks):
                found.add(act)
    return frozenset(found)


def _has(claim: Claim, need: str) -> bool:
    if need == "per-item":
        return "item" in f"{claim.evidence} {claim.note}".lower()
    return says_something(str(getattr(claim, need))) if need in ("evidence", "by") else bool(getattr(claim, need))


def says_something(text: str) -> bool:
    """Whether ``text`` is more than a blank, a promise that it will follow, or an address without a place."""
    plain = _plain(text)
    promised = len(plain) <= _PROMISE and _NOT_YET.search(plain) is not None
    return plain not in _BLANK and not promised and re.fullmatch(r"(?:https?|mailto|file):\W*", plain) is None


_PROMISE: Final = 60
_NOT_YET: Final = regex.compile(
    r"\b(?:no (?:evidence|proof|letter)|(?:none|not) (?:yet|available|received|obtained|there)|pending|will (?:follow|come|be (?:sent|added|provided|obtained))"
    r"|follows|to (?:follow|come)|coming (?:soon|later)|forthcoming|awaiting|requested|to be (?:obtained|provided|added|confirmed|sent|signed|received))\b"
    r"|추후|나중에|예정|(?:준비|요청|확인|협의|진행|작성|검토) ?중|대기|아직|미제출|미확보|없음|없습니다"
)
_BLANK: Final = frozenset(
    [
        "", "todo", "tbd", "tba", "wip", "fixme", "later", "soon", "none", "n/a", "na", "x", "xxx", "unknown", "없음", "미정",
    ]
)  # fmt: skip
"""What people write where they have nothing yet."""


def _plain(text: str) -> str:
    return text.strip(" \t\n.…?-_").lower()


def _verdict(claim: Claim, decision: Decision, message: str, clause: str, cannot: str) -> ClaimVerdict:
    kind, basis = word(claim.kind), claim.basis if claim.basis != claim.kind else ""
    if basis:
        says = Message("{kind} {basis}: {message}", kind=kind, basis=basis, message=message)
    elif claim.by:
        says = Message("{kind} from {by}: {message}", kind=kind, by=claim.by, message=message)
    else:
        says = Message("{kind}: {message}", kind=kind, message=message)
    reason = Reason(f"claim-{claim.basis or claim.kind}", _EFFECTS[decision], clause, says)
    return ClaimVerdict(claim, decision, reason, cannot)


def only_database_right(claim: Claim, book: Rulebook) -> bool:
    """Whether the claim lifts the right in the database alone, and no copyright."""
    known = entry(claim, book)
    return known is not None and known["overrides"] == "database-right"


def with_caveat(claim: Claim, book: Rulebook) -> bool:
    """Whether the claim's best is an allow with a caveat."""
    known = entry(claim, book)
    return known is not None and known["ceiling"] == "caveat"
