"""The report as one page for a browser, with all that it needs in it: nothing is loaded, and it may be mailed or archived.

A policy in the page (Content Security Policy 3, W3C) lets no style and no script in but its own two,
which it names by their SHA-256; every value is escaped where it is put in, and first made fit to be
shown. The panel for other uses looks up what the engine has answered (:mod:`licensecheck.engine.whatif`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from licensecheck import __version__
from licensecheck.base.message import speaker, translated
from licensecheck.engine import findings, whatif
from licensecheck.model import RANK, STRICTEST_FIRST, Decision
from licensecheck.report import summary
from licensecheck.report.ci.places import relative, rule_page
from licensecheck.report.html import graph
from licensecheck.report.html.panel import _NAME, _panel
from licensecheck.report.html.safe import (
    _ASSETS,
    _MARK_UP,
    _asset,
    _fit,
    _hash,
    _json,
    _lang,
    _link,
    _marked,
    _phrase,
    _said,
)
from licensecheck.report.terminal import safe
from licensecheck.report.text import _CERTAINTY, _STANCE
from licensecheck.vocabulary import INTENT_WORDS

if TYPE_CHECKING:
    from jinja2 import Environment

    from licensecheck.model import Conflict, Evidence, Finding, Outbound, Reason, Source, SourceVerdict, Verdict
    from licensecheck.report import Options

_NAMES: Final = 5
_PLACES: Final = 12
_FEW: Final = 12
"""So many cards, credits or conflicts are open at once; more are folded."""
_MARKS: Final = {"forbid": "forbids", "review": "review", "permit": "permits", "caveat": "mind"}


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

    ``many`` sources are known by their licence, fewer by their names.
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


class Row(NamedTuple):
    """Findings that say the same of several places."""

    finding: Finding
    message: str
    help: str
    page: str
    places: tuple[str, ...]
    more: int
    mark: str = ""
    """One of ``summary.MARKS``."""


def render(verdict: Verdict, options: Options) -> str:
    """A verdict as a page of HTML, complete and self-contained.

    Options: ``book`` names licences, and answers for other uses (without it there is no such panel);
    ``folder`` and ``root`` say what paths are relative to; ``command`` begins the commands that the
    page offers. Raises nothing for any verdict; text that came from scanned files has no effect.
    """
    from markupsafe import Markup

    page = _environment(options.lang).get_template("page.html.jinja")
    say = speaker(options.lang)
    panel, rows = _panel(verdict, options)
    marks = summary.Marks(verdict)
    cards = _cards(verdict, options, rows, marks)
    groups = summary.grouped(verdict.sources, marks)
    because = translated(summary.headline(verdict, groups), options.lang)
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src 'sha256-{_hash(style)}'; script-src 'sha256-{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    use = dict(verdict.use)
    out = verdict.outbound
    return page.render(
        v=verdict,
        policy=Markup(policy),
        style=Markup(style),
        script=Markup(script),
        data=_json({"words": _script_words(script, say), "table": panel.data if panel else None}),
        what=say(INTENT_WORDS.get(use.get("intent", ""), "this use")),
        purpose=say(", for: {purpose}", purpose=say(use["purpose"].replace("_", " "))) if use.get("purpose") else "",
        because=because,
        news=translated(summary.news(verdict), options.lang),
        claimed=_names(summary.by_claim(verdict), say=say),
        cards=cards,
        counts=[(d.value, sum(s.decision is d for s in verdict.sources)) for d in STRICTEST_FIRST],
        few=len(verdict.sources) <= _FEW,
        panel=panel,
        most=whatif.MOST
        if options.book and not panel and whatif.kinds(s.source for s in verdict.sources) > whatif.MOST
        else 0,
        graph=_graph(verdict, cards, options) if cards else None,
        beyond=[_reason(r, options, marks(None, r)) for r in verdict.constraints],
        conflicts=[_conflict(c, options) for c in verdict.conflicts],
        remedies=[(text, _names(helped, say=say)) for text, helped in summary.remedies(groups, options)],
        out=out,
        outbound=_outbound(out, options),
        declared=summary.short(out.declared, options.book, options.lang) if out.declared else "",
        owed=summary.duties(s for s in verdict.sources if s.decision is not Decision.DENY),
        credits=verdict.attributions,
        notices=list(dict.fromkeys(n for c in verdict.attributions for n in c.notices)),
        findings=_findings(verdict, options),
        caveats=_unowned(verdict),
        problems=[(_at(p.path, p.line, options), p.message) for p in verdict.problems],
        hidden=options.threshold == "deny" and verdict.decision is Decision.REVIEW,
        few_shown=_FEW,
        foot=(__version__, options.book.digest[:8] if options.book else ""),
    )


# -- the page as a template ----------------------------------------------------------------------


@cache
def _environment(lang: str) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    say = speaker(lang)

    made = Environment(
        loader=FileSystemLoader(_ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_fit,
        auto_reload=False,
    )
    made.globals |= {"say": say, "phrase": partial(_phrase, say), "lang": lang}
    made.globals |= {name: partial(_marked, mark) for name, mark in _MARK_UP.items()}
    made.filters |= {
        "said": partial(_said, own=lang),
        "link": partial(_link, own=lang),
        "lang": partial(_lang, own=lang),
        "names": partial(_names, say=say),
        "say": say,
        "capitalized": lambda text: text[:1].upper() + text[1:],
    }
    return made


_SAID_BY_SCRIPT: Final = re.compile(r'\bsay\("([^"]+)"')


def _script_words(script: str, say: Callable[..., str]) -> dict[str, str]:
    """The sentences that the page's script says, in the language of the page where it is another."""
    every = (*_SAID_BY_SCRIPT.findall(script), *(decision.value for decision in Decision))
    return {text: said for text in every if (said := say(text)) != text}


def _names(names: Sequence[str], most: int = _NAMES, *, say: Callable[..., str]) -> str:
    """The first of ``names``, and how many more there are."""
    return summary.few([safe(name, _NAME, tail=True) for name in names], most, say)


def _at(path: str, line: int, options: Options) -> str:
    where = relative(path, options) if options.folder or options.root else path
    return f"{safe(where, _NAME, tail=True)}:{line}"


# -- sources ---------------------------------------------------------------------------------------


def _cards(v: Verdict, options: Options, rows: Sequence[int], marks: summary.Marks) -> list[Card]:
    """Sources with the same answer together, the worst first; what differs between them is each member's own."""
    by: dict[object, list[int]] = {}
    for n, s in enumerate(v.sources):
        own = s.source
        shared = tuple(c for c in s.caveats if c not in own.caveats)
        key = (own.bare, s.claims, s.decision, s.reasons, s.duties, shared)
        said = tuple(marks(s, reason) for reason in s.reasons)
        by.setdefault((*key, s.chosen, said), []).append(n)
    cards = [
        _card([v.sources[n] for n in group], rows[group[0]] if rows else -1, options, marks) for group in by.values()
    ]
    return sorted(cards, key=lambda card: RANK[card.decision])


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
        notes.append(say("Of the licences offered, this rests on {license}.", license=chosen))
    if s.claims and s.by_license:
        alone, claimed = say(s.by_license.value), say(s.decision.value)
        notes.append(
            say("By the licence alone: {alone}; with what is claimed: {claimed}.", alone=alone, claimed=claimed)
        )
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
    blocking = [why for why in reasons if why.mark in ("forbids", "at worst", "review", summary.NEW, summary.KNOWN)]
    return Card(
        row,
        s.decision,
        _names(names, 3, say=say),
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


def _reason(reason: Reason, options: Options, mark: str = "") -> Why:
    rule = (safe(reason.rule), rule_page(reason.rule, options))
    return Why(mark or _MARKS.get(reason.effect, "review"), reason.message, reason.clause, (rule,))


def _reasons(s: SourceVerdict, options: Options, marks: summary.Marks) -> list[Why]:
    """Why a source got what it got: of an allow the clauses that permit it, once each; claims stand apart."""
    claimed = {claim.reason for claim in s.claims}
    reasons = [r for r in s.reasons if r not in claimed]
    if s.decision is not Decision.ALLOW:
        at_worst = s.decision is Decision.REVIEW
        told = [r for r in reasons if r.effect in ("forbid", "review")]
        worst = "at worst" if at_worst else ""
        return [_reason(r, options, marks(s, r) or (worst if r.effect == "forbid" else "")) for r in told]
    by: dict[str, list[tuple[str, str]]] = {}
    for r in reasons:
        if r.effect == "permit":
            by.setdefault(r.clause, []).append((safe(r.rule), rule_page(r.rule, options)))
    permits = [Why("permits", "", clause, tuple(rules)) for clause, rules in by.items()]
    return permits + [_reason(r, options) for r in reasons if r.effect == "caveat"]


def _member(s: SourceVerdict, options: Options) -> Member:
    about, beside = summary.seen(s.source.evidence)
    places = tuple(_place(row, options, s.source.caveats) for row in about[:_PLACES])
    others = dict.fromkeys(
        (e.scope.value, summary.short(e.license, options.book, options.lang), _at(e.path, e.line, options))
        for e in beside
        if e.license
    )
    return Member(s.source, places, len(about) - len(places), tuple(others)[:_NAMES], s.source.caveats)


def _place(row: summary.Seen, options: Options, told: Sequence[str]) -> Place:
    e = row.first
    say = speaker(options.lang)
    read = summary.named(e.license, options.book, options.lang)
    same = e.license and safe(e.raw).casefold() in (e.license.casefold(), read.casefold())
    certainty = _CERTAINTY[e.certainty] if e.license else ""
    notes = [say(note) for note in (_STANCE[e.stance], certainty, e.note) if note]
    notes = [note for note in notes if not any(note in said for said in told)]
    if e.part:
        notes.append(say("for {part} only", part=safe(e.part, 60)))
    return Place(_at(e.path, e.line, options), e.field, row.raws[:2], "" if same else read, tuple(notes))


def _conflict(conflict: Conflict, options: Options) -> tuple[str, list[tuple[str, list[Evidence], list[str]]], str]:
    """What places differ about, each licence with its evidence and places, and what comes of it."""
    by: dict[str, list[Evidence]] = {}
    for e in conflict.claims:
        by.setdefault(summary.named(e.license, options.book, options.lang), []).append(e)
    rows = []
    for license, evidence in by.items():
        places = list(dict.fromkeys(_at(e.path, e.line, options) for e in evidence))
        rows.append((license, evidence, places))
    note = conflict.note or speaker(options.lang)("the verdict is no better than the strictest of them allows")
    return conflict.about, rows, "; ".join(filter(None, (note, conflict.weight)))


# -- what is about all sources ---------------------------------------------------------------------


def _outbound(out: Outbound, options: Options) -> tuple[list[str], str, list[tuple[tuple[str, ...], list[str]]]] | None:
    """The licences that the result may carry, what the declared one is, and which sources block which others."""
    blocked, choices = summary.blockers(out), summary.choices(out)
    if not choices and len(blocked) < 2:
        return None
    fits = ""
    if out.declared:
        own = options.book.canonical(out.declared) if options.book else out.declared
        say = speaker(options.lang)
        one, none = say(", one of them"), say(", not one of them")
        fits = one if own in out.allowed else none if own in dict(out.blocked_by) else ""
    shorts = [
        (names, [summary.short(one, options.book, options.lang) for one in licenses]) for names, licenses in blocked
    ]
    return [summary.short(one, options.book, options.lang) for one in choices], fits, shorts


def _unowned(v: Verdict) -> list[str]:
    own = {caveat for s in v.sources for caveat in s.caveats}
    return [caveat for caveat in v.caveats if caveat not in own]


def _findings(v: Verdict, options: Options) -> list[Row]:
    """Findings that differ in their source and place alone, as one row."""
    by: dict[tuple[str, ...], list[Finding]] = {}
    for f in findings.of(v, options.lang):
        message = f.message.removeprefix(f"{f.source}: ") if f.source else f.message
        by.setdefault((message, f.rule, f.level, f.clause, f.suppressed), []).append(f)
    beside = {f.rule for f in v.findings}
    marks = summary.Marks(v)
    rows = []
    for (message, *_), group in by.items():
        first = group[0]
        places = list(dict.fromkeys(_at(f.path, f.line, options) for f in group if f.path != "."))
        helps = {f.help for f in group} if first.rule in beside and not first.suppressed else set()
        rows.append(
            Row(
                first,
                first.message if len(group) == 1 else message,
                helps.pop() if len(helps) == 1 else "",
                rule_page(first.rule, options),
                tuple(places[:_NAMES]),
                len(places) - _NAMES,
                marks.of(first),
            )
        )
    return rows


# -- the lineage -------------------------------------------------------------------------------------


def _graph(v: Verdict, cards: Sequence[Card], options: Options) -> tuple[Any, list[graph.Node], graph.Node]:
    """The drawing, and what it shows in the same order for those who read: the sources, and the result."""
    from markupsafe import Markup

    say = speaker(options.lang)
    nodes = [
        graph.Node(
            card.license if card.many else card.title,
            say("{count} sources", count=len(card.members)) if card.many else card.license,
            card.decision.value,
            card.upstream,
            len(card.members),
        )
        for card in cards
    ]
    declared = summary.short(v.outbound.declared, options.book, options.lang) if v.outbound.declared else ""
    result = graph.Node(
        say("the result"),
        say("under {license}", license=declared) if declared else say("its licence is not stated"),
        v.decision.value,
    )
    return Markup(graph.svg(nodes, result, "lineage-name", say)), nodes, result


# -- other uses ----------------------------------------------------------------------------------------
