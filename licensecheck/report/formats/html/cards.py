"""The cards of the page: sources that got the same answer for the same reasons, with their evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from licensecheck.base.message import speaker, translated
from licensecheck.engine import findings
from licensecheck.model import Decision
from licensecheck.report import summary
from licensecheck.report.places import relative, rule_page
from licensecheck.report.terminal import safe

if TYPE_CHECKING:
    from licensecheck.model import Reason, Source, SourceVerdict, Verdict
    from licensecheck.report import Options

NAME: Final = 160
"""So many characters of a name or a path are shown."""
NAMES: Final = 5
"""So many names of a list are shown."""
_PLACES: Final = 12
RANKS: Final = {Decision.DENY: 0, Decision.REVIEW: 1, Decision.ALLOW: 2}
"""Decisions, the worst first."""
POSSIBLY: Final = "possibly"
"""The mark of a reason that would forbid the use, where it is not clear that it holds."""
MARKS: Final = {"forbid": "forbids", "review": "review", "permit": "permits", "caveat": "note"}
"""The mark of a reason by its effect."""


class Why(NamedTuple):
    """A reason in words: what it does, its message and clause, and the rules that say so, as (id, address)."""

    mark: str
    message: str
    clause: str
    rules: tuple[tuple[str, str], ...]


class Place(NamedTuple):
    """What one line of a file says: where, in which field, in what words, what they were read as, and remarks."""

    where: str
    field: str
    words: tuple[str, ...]
    read: str
    notes: tuple[str, ...]


class Member(NamedTuple):
    """One source of a card: what is its own, while the answer is the card's."""

    source: Source
    places: tuple[Place, ...]
    more: int
    beside: tuple[tuple[str, str, str], ...]
    caveats: tuple[str, ...]


class Card(NamedTuple):
    """Sources with one answer for the same reasons. ``row`` is their row in the table of other uses, or -1.

    ``many`` sources are known by their license, fewer by their names.
    """

    row: int
    decision: Decision
    title: str
    license: str
    first: Why | None
    reasons: tuple[Why, ...]
    notes: tuple[str, ...]
    claims: tuple[tuple[str, str, str, str, tuple[str, ...]], ...]
    upstream: tuple[str, ...]
    caveats: tuple[str, ...]
    remedies: tuple[str, ...]
    duties: tuple[tuple[str, tuple[summary.DutyLine, ...]], ...]
    members: tuple[Member, ...]
    many: bool


def some_names(every: Sequence[str], most: int = NAMES, *, say: Callable[..., str]) -> str:
    """The first of the names, and how many more there are."""
    return summary.few([safe(name, NAME, tail=True) for name in every], most, say)


def place(path: str, line: int, options: Options) -> str:
    """A line of a file as ``path:line``, from the root of the repository where that is known."""
    where = relative(path, options) if options.folder or options.root else path
    return f"{safe(where, NAME, tail=True)}:{line}"


def cards_of(v: Verdict, options: Options, rows: Sequence[int], marks: summary.Marks) -> list[Card]:
    """Sources with the same answer together, the worst first; what differs between them is each member's own."""
    by: dict[object, list[int]] = {}
    for n, s in enumerate(v.sources):
        own = s.source
        shared = tuple(c for c in s.caveats if c not in own.caveats)
        key = (own.bare, s.claims, s.decision, s.reasons, s.duties, shared)
        marked = tuple(marks(s, reason) for reason in s.reasons)
        by.setdefault((*key, s.chosen, marked), []).append(n)
    cards = [
        _card([v.sources[n] for n in group], rows[group[0]] if rows else -1, options, marks) for group in by.values()
    ]
    return sorted(cards, key=lambda card: RANKS[card.decision])


def _card(group: Sequence[SourceVerdict], row: int, options: Options, marks: summary.Marks) -> Card:
    s = group[0]
    say = speaker(options.lang)
    names = tuple(one.source.name for one in group)
    shared = [c for c in s.caveats if c not in s.source.caveats]
    reasons = _reasons(s, options, marks)
    cited = {reason.message for reason in s.reasons if reason.effect == "caveat"}
    notes = []
    if s.chosen:
        chosen = summary.short(s.chosen, options.book, options.lang)
        notes.append(say("Decided under {license}, one of the licenses offered.", license=chosen))
    if s.claims and s.by_license:
        alone, claimed = say(s.by_license.value), say(s.decision.value)
        notes.append(say("By the license alone: {alone}; with the claims: {claimed}.", alone=alone, claimed=claimed))
    claims = tuple(
        (
            c.decision.value,
            c.reason.message,
            c.reason.clause,
            c.cannot,
            translated(findings.claimed(c.claim), options.lang),
        )
        for c in s.claims
    )
    blocking = [one for one in reasons if one.mark in ("forbids", POSSIBLY, "review", summary.NEW, summary.KNOWN)]
    return Card(
        row,
        s.decision,
        some_names(names, 3, say=say),
        summary.license_of(s, options.book, options.lang),
        blocking[0] if blocking else None,
        tuple(reasons),
        tuple(notes),
        claims,
        tuple(summary.short(u, options.book, options.lang) for u in s.source.upstream),
        tuple(c for c in shared if c not in cited),
        tuple(text for text, _ in summary.remedies([summary.Group(names, tuple(group))], options)),
        tuple((kind, tuple(lines)) for kind, lines in summary.duties([s]).items()),
        tuple(_member(one, options) for one in group),
        len(group) > 3,
    )


def why(reason: Reason, options: Options, mark: str = "") -> Why:
    """A reason in words, with ``mark`` in place of its effect's where it is given."""
    rule = (safe(reason.rule), rule_page(reason.rule, options))
    return Why(mark or MARKS.get(reason.effect, "review"), reason.message, reason.clause, (rule,))


def _reasons(s: SourceVerdict, options: Options, marks: summary.Marks) -> list[Why]:
    """Why a source got what it got: of an allow the clauses that permit it, once each; claims are shown apart."""
    claimed = {claim.reason for claim in s.claims}
    reasons = [r for r in s.reasons if r not in claimed]
    if s.decision is not Decision.ALLOW:
        unsure = POSSIBLY if s.decision is Decision.REVIEW else ""
        blocking = [r for r in reasons if r.effect in ("forbid", "review")]
        return [why(r, options, marks(s, r) or (unsure if r.effect == "forbid" else "")) for r in blocking]
    by: dict[str, list[tuple[str, str]]] = {}
    for r in reasons:
        if r.effect == "permit":
            by.setdefault(r.clause, []).append((safe(r.rule), rule_page(r.rule, options)))
    permits = [Why("permits", "", clause, tuple(rules)) for clause, rules in by.items()]
    return permits + [why(r, options) for r in reasons if r.effect == "caveat"]


def _member(s: SourceVerdict, options: Options) -> Member:
    about, beside = summary.seen(s.source.evidence)
    places = tuple(_place(row, options, s.source.caveats) for row in about[:_PLACES])
    others = dict.fromkeys(
        (e.scope.value, summary.short(e.license, options.book, options.lang), place(e.path, e.line, options))
        for e in beside
        if e.license
    )
    return Member(s.source, places, len(about) - len(places), tuple(others)[:NAMES], s.source.caveats)


def _place(row: summary.Seen, options: Options, shown: Sequence[str]) -> Place:
    e = row.first
    notes = summary.remarks(e, options, shown)
    return Place(place(e.path, e.line, options), e.field, row.raws[:2], summary.read_as(e, options), tuple(notes))
