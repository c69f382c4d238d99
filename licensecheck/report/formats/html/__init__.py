"""One page that loads nothing from elsewhere, with a table of other uses.

For: people, archives.

A policy in the page (Content Security Policy 3, W3C) lets no style and no script in but its own two,
which it names by their SHA-256; every value is made safe and escaped where it is put in. The panel for other uses looks up what the engine has answered (:mod:`licensecheck.engine.whatif`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from licensecheck import __version__
from licensecheck.base.message import speaker, translated
from licensecheck.engine import findings, whatif
from licensecheck.model import Decision
from licensecheck.report import summary
from licensecheck.report.formats.html import graph, safe
from licensecheck.report.formats.html.cards import NAMES, RANKS, Card, cards_of, place, some_names, why
from licensecheck.report.formats.html.panel import panel_of
from licensecheck.report.places import rule_page

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

    from licensecheck.model import Conflict, Evidence, Finding, Outbound, Verdict
    from licensecheck.report import Options

_FEW: Final = 12
"""So many cards, credits or conflicts are open at once; more are folded."""


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

    Options: ``book`` names licenses, and answers for other uses (without it there is no such panel);
    ``folder`` and ``root`` say what paths are relative to; ``command`` begins the commands that the
    page offers. Raises nothing for any verdict; text that came from scanned files has no effect.
    """
    from markupsafe import Markup

    page = _environment(options.lang).get_template("page.html.jinja")
    say = speaker(options.lang)
    panel, rows = panel_of(verdict, options)
    marks = summary.Marks(verdict)
    shown = cards_of(verdict, options, rows, marks)
    groups = summary.grouped(verdict.sources, marks)
    because = translated(summary.headline(verdict, groups), options.lang)
    style, script = safe.asset("page.css"), safe.asset("page.js")
    policy = (
        f"default-src 'none'; style-src 'sha256-{safe.digest(style)}'; script-src 'sha256-{safe.digest(script)}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    out = verdict.outbound
    return page.render(
        v=verdict,
        policy=Markup(policy),
        style=Markup(style),
        script=Markup(script),
        data=safe.as_json({"words": _script_words(script, say), "table": panel.data if panel else None}),
        what=summary.subject(verdict, say),
        because=because,
        news=translated(summary.news(verdict), options.lang),
        claimed=some_names(summary.by_claim(verdict), say=say),
        cards=shown,
        counts=[(d.value, sum(s.decision is d for s in verdict.sources)) for d in RANKS],
        few=len(verdict.sources) <= _FEW,
        panel=panel,
        most=whatif.MOST
        if options.book and not panel and whatif.kinds(s.source for s in verdict.sources) > whatif.MOST
        else 0,
        graph=_graph(verdict, shown, options) if shown else None,
        beyond=[why(r, options, marks(None, r)) for r in verdict.constraints],
        conflicts=[_conflict(c, options) for c in verdict.conflicts],
        remedies=[(text, some_names(helped, say=say)) for text, helped in summary.remedies(groups, options)],
        out=out,
        outbound=_outbound(out, options),
        declared=translated(summary.own_license(out, options), options.lang),
        owed=summary.duties(s for s in verdict.sources if s.decision is not Decision.DENY),
        credits=verdict.attributions,
        notices=list(dict.fromkeys(n for c in verdict.attributions for n in c.notices)),
        findings=_findings(verdict, options),
        caveats=summary.general_caveats(verdict),
        problems=[(place(p.path, p.line, options), p.message) for p in verdict.problems],
        covered=translated(summary.covered_of(verdict), options.lang),
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
        loader=FileSystemLoader(safe.ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=safe.fit,
        auto_reload=False,
    )
    made.globals |= {"say": say, "phrase": partial(safe.phrase, say), "lang": lang}
    made.globals |= {name: partial(safe.marked, mark) for name, mark in safe.MARK_UP.items()}
    made.filters |= {
        "shown": partial(safe.shown, own=lang),
        "link": partial(safe.link, own=lang),
        "lang": partial(safe.language_of, own=lang),
        "names": partial(some_names, say=say),
        "say": say,
        "capitalized": lambda text: text[:1].upper() + text[1:],
    }
    return made


_SCRIPT_SENTENCE: Final = re.compile(r'\bsay\("([^"]+)"')


def _script_words(script: str, say: Callable[..., str]) -> dict[str, str]:
    """The sentences of the page's script in the language of the page, where that is not English."""
    every = (*_SCRIPT_SENTENCE.findall(script), *(decision.value for decision in Decision))
    return {text: spoken for text in every if (spoken := say(text)) != text}


def _conflict(conflict: Conflict, options: Options) -> tuple[str, list[tuple[str, list[Evidence], list[str]]], str]:
    """What places disagree about, each license with its evidence and places, and the outcome."""
    by: dict[str, list[Evidence]] = {}
    for e in conflict.claims:
        by.setdefault(summary.named(e.license, options.book, options.lang), []).append(e)
    rows = []
    for license, evidence in by.items():
        places = list(dict.fromkeys(place(e.path, e.line, options) for e in evidence))
        rows.append((license, evidence, places))
    outcome = summary.outcome(conflict, options.lang)
    return conflict.about, rows, "; ".join(filter(None, (outcome, conflict.weight)))


# -- about all sources ------------------------------------------------------------------------------------


def _outbound(out: Outbound, options: Options) -> tuple[list[str], list[tuple[tuple[str, ...], list[str]]]] | None:
    """The licenses that the result may carry, and which sources block which others; None where there is little to say."""
    blocked, choices = summary.blockers(out), summary.choices(out)
    if not choices and len(blocked) < 2:
        return None
    shorts = [
        (names, [summary.short(one, options.book, options.lang) for one in licenses]) for names, licenses in blocked
    ]
    return [summary.short(one, options.book, options.lang) for one in choices], shorts


def _findings(v: Verdict, options: Options) -> list[Row]:
    """Findings that differ only in their source and place, as one row."""
    by: dict[tuple[str, ...], list[Finding]] = {}
    for f in findings.of(v, options.lang):
        message = f.message.removeprefix(f"{f.source}: ") if f.source else f.message
        by.setdefault((message, f.rule, f.level, f.clause, f.suppressed), []).append(f)
    beside = {f.rule for f in v.findings}
    marks = summary.Marks(v)
    rows = []
    for (message, *_), group in by.items():
        first = group[0]
        places = list(dict.fromkeys(place(f.path, f.line, options) for f in group if f.path != "."))
        helps = {f.help for f in group} if first.rule in beside and not first.suppressed else set()
        rows.append(
            Row(
                first,
                first.message if len(group) == 1 else message,
                helps.pop() if len(helps) == 1 else "",
                rule_page(first.rule, options),
                tuple(places[:NAMES]),
                len(places) - NAMES,
                marks.of(first),
            )
        )
    return rows


# -- the lineage -------------------------------------------------------------------------------------


def _graph(v: Verdict, cards: Sequence[Card], options: Options) -> tuple[Markup, list[graph.Node], graph.Node]:
    """The drawing, and the same for readers of text, in the same order: the sources, and the result."""
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
        say("under {license}", license=declared) if declared else say("its license is not stated"),
        v.decision.value,
    )
    return Markup(graph.svg(nodes, result, "lineage-name", say)), nodes, result
