"""Claims: rights that a user asserts beside the license. Pure; what each needs is in ``rules/claims.yaml``.

A claim never wins in silence: it names its basis, reaches no further than its acts, scope, date and
ceiling, and stands in the report beside what the license alone gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from licensecheck.base import regex
from licensecheck.base.message import Message, word
from licensecheck.engine.proof import acts as _acts
from licensecheck.engine.proof import contradiction
from licensecheck.engine.proof import has as _has
from licensecheck.knowledge.rulebook import Rulebook
from licensecheck.model import Claim, ClaimVerdict, Decision, Reason, Source, replace
from licensecheck.vocabulary import EU, Use

_SCOPES: Final = ("private", "internal", "named_group", "public")
DAY: Final = regex.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\Z")
"""How a day is written (ISO 8601)."""
_DECISIONS: Final = {"allow": Decision.ALLOW, "caveat": Decision.ALLOW, "review": Decision.REVIEW}
_EFFECTS: Final = {Decision.ALLOW: "permit", Decision.REVIEW: "review", Decision.DENY: "forbid"}


def dated(source: Source, today: str) -> Source:
    """``source`` with its claims held against ``today``: every ``until`` (inclusive, ISO 8601 date; what is no day is left open), and
    the words of a claim that its term has ended."""
    if not any(claim.until or claim.kind == "expired" for claim in source.claims):
        return source
    return replace(source, claims=tuple(_dated(claim, today) for claim in source.claims))


def _dated(claim: Claim, today: str) -> Claim:
    if DAY.match(claim.until):
        claim = replace(claim, state="valid" if today <= claim.until else "expired")
    why = contradiction(claim, today)
    return replace(claim, evidence="", note=why) if why else claim


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
