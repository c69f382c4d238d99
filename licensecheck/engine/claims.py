"""Claims: rights that a user asserts beside the license. Pure; what each needs is in ``rules/claims.yaml``.

A claim never wins in silence: it names its basis, reaches no further than its acts, scope, date and
ceiling, and stands in the report beside what the license alone gives.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from licensecheck.base import regex
from licensecheck.base.message import Message, text_of, word
from licensecheck.engine.acts import reworks
from licensecheck.engine.judgement import READINGS
from licensecheck.engine.proof import acts as _acts
from licensecheck.engine.proof import contradiction
from licensecheck.engine.proof import has as _has
from licensecheck.engine.ranks import RANK
from licensecheck.knowledge.rulebook import Rulebook
from licensecheck.model import Claim, ClaimVerdict, Decision, Duty, Reason, Reservation, Source, replace
from licensecheck.vocabulary import AXES, EU, SHARING, Use

_SCOPES: Final = ("private", "internal", "named_group", "public")
DAY: Final = regex.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\Z")
"""How a day is written (ISO 8601)."""
EVERY_RIGHT: Final = frozenset({"copyright", "database-right", "contract"})
"""Every right that a restriction may rest on."""
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


def needed(acts: Collection[str]) -> frozenset[str]:
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


def judge(
    claim: Claim, use: Use, acts: Collection[str], book: Rulebook, reservations: Sequence[Reservation] = ()
) -> ClaimVerdict:
    """What ``claim`` alone gives for a use that asks for ``acts`` (those that rules judge).

    ``reservations`` are those of the source: one of them may defeat the basis.
    """
    known = entry(claim, book)
    label = claim.basis or claim.kind
    if known is None:
        says = Message("the basis `{label}` is not in the rulebook", label=label)
        reason = _reason(claim, Decision.REVIEW, says, label)
        return ClaimVerdict(claim, Decision.REVIEW, reason, lifts=EVERY_RIGHT)
    wanted = needed(acts)
    if "train" in wanted and not (reworks(use) or use.assembly == "merged") and not known["express"]:
        wanted -= {"adapt"}  # who may train may do what training does, whatever that is called
    doubts: list[tuple[str, tuple[str, ...]]] = []
    for decision, against, remedies in _against(claim, known, use, wanted, acts, reservations):
        if decision is Decision.DENY:
            return _verdict(claim, known, decision, against, remedies)
        doubts.append((against, remedies))
    if doubts:
        return _verdict(claim, known, Decision.REVIEW, *doubts[0])
    says = Message(
        known["message"], by=claim.by or Message("the rights holder"), rights=claim.rights or Message("not stated")
    )
    duties = tuple(
        Duty(code, clause, text_of(text) or book.duties[code])
        for code, clause, on, text in known["duties"]
        if use.shared or "share" not in on
    )
    open_acts = frozenset(known["express"]) if claim.derivative_clause != "express" else frozenset()
    caveats = (Message(_NOT_EXPRESS),) if open_acts and not wanted.isdisjoint(("train", *open_acts)) else ()
    made = _verdict(claim, known, _DECISIONS[known["ceiling"]], says, ())
    return replace(made, duties=duties, caveats=caveats)


_Against = tuple[Decision, str, tuple[str, ...]]
_NOT_EXPRESS: Final = "an assignment of all rights is presumed not to include derivative works unless it says so"


def _against(
    claim: Claim,
    known: Mapping[str, Any],
    use: Use,
    wanted: frozenset[str],
    acts: Collection[str],
    reservations: Sequence[Reservation],
) -> Iterator[_Against]:
    """What keeps the claim from covering the use, with the remedies. One deny is enough, whatever is not known beside it."""
    if claim.state == "expired":
        yield Decision.DENY, Message("ended on {day}", day=claim.until), ()
    yield from _reach(claim, known, use, wanted)
    yield from _conditions(known, use)
    yield from _places(claim, known, use)
    yield from _limits(claim, use, acts, known)
    for reservation in reservations:
        if reservation.reserved and reservation.signal in known["defeated_by"]:
            place = f"{reservation.path}:{reservation.line}"
            says = "its right is reserved: {signal} {value} ({place})"
            yield Decision.DENY, Message(says, signal=reservation.signal, value=reservation.value, place=place), ()
    lacking = [need for need in known["needs"] if not _has(claim, need)]
    if "per-item" in lacking:
        says = "it applies item by item, and its evidence does not name a check of each item"
        yield Decision.DENY, Message(says), tuple(known["remedies"])
    elif lacking:
        yield Decision.REVIEW, Message("it lacks: {needs}", needs=tuple(map(Message, lacking))), ()
    if claim.until and not claim.state:
        yield Decision.REVIEW, Message("it ends on {day}, and the date of the use is not known", day=claim.until), ()


def _reach(claim: Claim, known: Mapping[str, Any], use: Use, wanted: frozenset[str]) -> Iterator[_Against]:
    """Acts, scope and rights that the claim names."""
    covered = frozenset(known["acts"])
    if claim.acts:
        covered &= _acts(claim.acts)
    if "copy" not in covered and wanted == {"copy"} and covered:
        covered |= {"copy"}
    if missing := wanted - covered:
        says = Message("it does not cover this use: {acts}", acts=tuple(map(Message, sorted(missing))))
        yield Decision.DENY, says, tuple(known["remedies"])
    if claim.scope in _SCOPES and _SCOPES.index(use.scope) > _SCOPES.index(claim.scope):
        yield (
            Decision.DENY,
            Message("its scope is {scope}, and this use is {own}", scope=claim.scope, own=use.scope),
            (),
        )
    express = frozenset(known["express"])
    if claim.derivative_clause != "express" and wanted & express:
        yield Decision.REVIEW, Message(_NOT_EXPRESS), tuple(known["remedies"])
    partly = "rights" in known["needs"] and claim.rights not in ("", "all")
    if partly and wanted - _acts(tuple(claim.rights.split(","))) - {"copy"}:
        yield Decision.DENY, Message("the rights assigned ({rights}) do not cover this use", rights=claim.rights), ()


def _conditions(known: Mapping[str, Any], use: Use) -> Iterator[_Against]:
    """The conditions of the basis on the use."""
    for axis, values in known["when"].items():
        value = getattr(use, axis)
        if not value:
            says = Message("it depends on the {axis} of the use, which is not stated", axis=axis)
            yield Decision.REVIEW, says, ()
        elif value not in values:
            says = Message("it does not cover this use: {axis} is {value}", axis=axis, value=value)
            yield Decision.DENY, says, tuple(known["remedies"])
        elif value in known["unclear"].get(axis, ()):
            says = Message("a person has to see whether it covers this use: {axis} is {value}", axis=axis, value=value)
            yield Decision.REVIEW, says, ()


def _places(claim: Claim, known: Mapping[str, Any], use: Use) -> Iterator[_Against]:
    """Where the basis is law, and where the claim itself reaches."""
    law = tuple(known["jurisdiction"])
    if law and not use.jurisdiction:
        yield Decision.REVIEW, Message("it is law in {places}, and the jurisdiction is not stated", places=law), ()
    elif law and (here := _within(use.jurisdiction, law)) - set(law):
        says = Message("it is law in {places}, and the use is in {here}", places=law, here=tuple(sorted(here)))
        yield Decision.REVIEW, says, ()
    own = tuple(part.strip().upper() for part in claim.territory.split(",") if part.strip())
    if not own or "WORLD" in own:
        return
    if not use.jurisdiction:
        yield Decision.REVIEW, Message("it is for {places}, and the jurisdiction is not stated", places=own), ()
    elif (here := _within(use.jurisdiction, own)) - set(own):
        says = Message("it is for {places}, and the use is in {here}", places=own, here=tuple(sorted(here)))
        yield Decision.DENY, says, ()


def _within(places: frozenset[str], law: Sequence[str]) -> set[str]:
    """``places``, a member of the European Union as ``EU`` where that is among ``law``."""
    return {"EU" if place in EU and "EU" in law and place not in law else place for place in places}


def _limits(claim: Claim, use: Use, acts: Collection[str], known: Mapping[str, Any]) -> Iterator[_Against]:
    """The medium that the claim names, and whether the result may carry a license for others."""
    media = {part.strip().lower() for part in claim.medium.split(",") if part.strip()}
    if media and "any" not in media and use.output not in media:
        if media <= set(AXES["output"]):
            says = Message("it is for {media}, and this use gives {own}", media=tuple(sorted(media)), own=use.output)
            yield Decision.DENY, says, ()
        else:
            says = Message("a person has to see whether its medium covers this use: {medium}", medium=claim.medium)
            yield Decision.REVIEW, says, ()
    key = known["passes_on"]
    if key and use.outbound and not _LICENSED.isdisjoint(acts) and getattr(claim, key).lower() not in _YES:
        alone = "it does not say that the result may be licensed to others, as {outbound} would"
        yield Decision.REVIEW, Message(alone, outbound=use.outbound), (key,)


_LICENSED: Final = SHARING - {"share-weights", "share-output", "share-collection"}
"""Acts that put the work itself under the license of the result."""
_YES: Final = frozenset({"yes", "true"})


def _reason(claim: Claim, decision: Decision, message: str, clause: str) -> Reason:
    kind, basis = word(claim.kind), claim.basis if claim.basis != claim.kind else ""
    if basis:
        says = Message("{kind} {basis}: {message}", kind=kind, basis=basis, message=message)
    elif claim.by:
        says = Message("{kind} from {by}: {message}", kind=kind, by=claim.by, message=message)
    else:
        says = Message("{kind}: {message}", kind=kind, message=message)
    return Reason(f"claim-{claim.basis or claim.kind}", _EFFECTS[decision], clause, says)


def _verdict(
    claim: Claim, known: Mapping[str, Any], decision: Decision, message: str, remedies: tuple[str, ...]
) -> ClaimVerdict:
    reason = _reason(claim, decision, message, known["clause"])
    cannot, lifts = Message(known["cannot"]), frozenset(known["lifts"])
    return ClaimVerdict(claim, decision, reason, cannot, lifts, remedies=remedies)


def parts(claim: Claim, book: Rulebook) -> tuple[Claim, ...]:
    """``claim``, or one claim for each of its bases where it joins several that are known with a plus sign."""
    bases = claim.basis.split("+")
    if len(bases) < 2 or entry(claim, book) is not None:
        return (claim,)
    each = tuple(replace(claim, basis=basis.strip()) for basis in bases)
    return each if all(entry(one, book) is not None for one in each) else (claim,)


def with_caveat(claim: Claim, book: Rulebook) -> bool:
    """Whether the claim's best is an allow with a caveat."""
    known = entry(claim, book)
    return known is not None and known["ceiling"] == "caveat"


def either(no: ClaimVerdict, yes: ClaimVerdict, axis: str) -> ClaimVerdict:
    """A claim where an axis of the use is not known: what both answers give, else a review."""
    if no.decision is yes.decision:
        return no if no.reason == yes.reason else yes
    _, says, clause = READINGS[axis]
    message = Message(
        "{says}; if not, {no}; if so, {yes}",
        says=word(says),
        no=word(no.decision.value),
        yes=word(yes.decision.value),
    )
    worse = min(no, yes, key=lambda verdict: RANK[verdict.decision])
    reason = _reason(no.claim, Decision.REVIEW, message, clause)
    return replace(worse, decision=Decision.REVIEW, reason=reason, duties=())
