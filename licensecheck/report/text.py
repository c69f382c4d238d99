"""The report for a terminal: the decision at a glance, why, what is owed, and what would help.

Everything that came from a scanned file is untrusted: it goes through :func:`safe` before it is shown.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from licensecheck.model import (
    Certainty,
    Decision,
    Duty,
    Evidence,
    License,
    Resolved,
    Rule,
    Scope,
    SourceVerdict,
    Stance,
    Statement,
    Verdict,
)
from licensecheck.vocabulary import INTENT_WORDS

if TYPE_CHECKING:
    from licensecheck.check import Row
    from licensecheck.model import Source
    from licensecheck.outbound import Freed, Solution
    from licensecheck.report import Options
    from licensecheck.rulebook.rules import Case

_COLORS: Final = {"allow": "32", "review": "33", "deny": "31"}
_MARKS: Final = {"allow": "ALLOW", "review": "REVIEW", "deny": "DENY"}
_NOT_TO_DO: Final = frozenset({"NO_ETM", "NO_EXTRA_TERMS", "NO_ENDORSE", "NO_MISLEAD"})
_ON_REQUEST: Final = frozenset({"REMOVE_ON_REQUEST", "REPORT_BACK", "DELETE_PERSONAL", "DELETE_AFTER_USE"})
_FOOTER: Final = "licensecheck informs; it is not legal advice"


def safe(text: str, limit: int = 200) -> str:
    """``text`` without control characters, terminal escapes and direction overrides, at most ``limit`` long."""
    kept = "".join(
        c if c.isprintable() else " " for c in text[: limit * 4] if unicodedata.category(c) != "Cf" or c == "\u00ad"
    )
    kept = " ".join(kept.split())
    return kept if len(kept) <= limit else kept[: limit - 1] + "…"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


def _wrap(text: str, width: int, first: str, rest: str) -> Iterator[str]:
    """``text`` in lines of at most ``width`` columns, wide characters counted as two."""
    line, used = first, _width(first)
    empty = True
    for word in text.split():
        size = _width(word)
        if not empty and used + 1 + size > width:
            yield line
            line, used, empty = rest, _width(rest), True
        line += word if empty else f" {word}"
        used += size if empty else size + 1
        empty = False
    yield line


class _Page:
    """Lines being gathered for one report."""

    def __init__(self, options: Options) -> None:
        self.lines: list[str] = []
        self.width = max(options.width, 24)
        self.color = options.color

    def paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color else text

    def say(self, text: str = "", indent: int = 0, mark: str = "") -> None:
        first = " " * indent + mark
        self.lines.extend(_wrap(text, self.width, first, " " * _width(first)))

    def head(self, text: str) -> None:
        self.lines.append("")
        self.lines.append(self.paint(text, "1"))

    def done(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines)


def _place(e: Evidence) -> str:
    return f"{safe(e.path)}:{e.line}"


def _short(name: str, options: Options) -> str:
    found = options.book.find(name) if options.book else None
    return found.short if found else safe(name)


def render(v: Verdict, options: Options) -> str:
    """A verdict as text: decision first, then source by source, then what is owed and what would help."""
    page = _Page(options)
    decision = v.decision.value
    page.lines.append(page.paint(_MARKS[decision], f"1;{_COLORS[decision]}") + " " + _summary(v, options))
    use = ", ".join(f"{axis}={safe(value)}" for axis, value in v.use)
    if use:
        page.say(f"use: {use}")
    for source in v.sources:
        _source(page, source, options)
    for reason in v.constraints:
        page.head("not cleared by any licence")
        page.say(f"{reason.message} [{reason.clause}]", 2, "! ")
    _conflicts(page, v)
    _owed(page, v)
    _credits(page, v)
    _outbound(page, v, options)
    notes = [*v.caveats, *(f"assumed: {a}" for a in v.assumptions)]
    if notes:
        page.head("mind")
        for note in notes:
            page.say(safe(note, 400), 2, "- ")
    _problems(page, v)
    if options.threshold == "deny" and v.decision is Decision.REVIEW:
        page.lines.append("")
        page.say("--fail-on deny: this review does not fail the run")
    page.lines.append("")
    page.say(_FOOTER)
    return page.done()


def _summary(v: Verdict, options: Options) -> str:
    against = [s for s in v.sources if s.decision is v.decision] if v.decision is not Decision.ALLOW else []
    if against:
        names = ", ".join(dict.fromkeys(_short(s.source.license, options) for s in against[:3]))
        more = f" and {len(against) - 3} more" if len(against) > 3 else ""
        return f"{len(against)} of {len(v.sources)} {'source' if len(v.sources) == 1 else 'sources'}: {names}{more}"
    if v.decision is Decision.ALLOW:
        owed = len({d.code for s in v.sources for d in s.duties})
        return f"{len(v.sources)} {'source' if len(v.sources) == 1 else 'sources'}; {owed or 'no'} {'duty' if owed == 1 else 'duties'} owed"
    return safe(v.caveats[0]) if v.caveats else "not enough is known"


def _source(page: _Page, s: SourceVerdict, options: Options) -> None:
    page.lines.append("")
    mark = page.paint(s.decision.value, _COLORS[s.decision.value])
    name, license = safe(s.source.name), _short(s.source.license, options)
    page.lines.append(f"{mark}  {name}" + (f"  ({license})" if license != name else ""))
    wanted = ("forbid", "review") if s.decision is not Decision.ALLOW else ("permit", "caveat")
    for reason in [r for r in s.reasons if r.effect in wanted][: 12 if s.decision is not Decision.ALLOW else 4]:
        page.say(f"{safe(reason.message, 500)} [{safe(reason.clause)}] ({reason.rule})", 2, "- ")
    if s.chosen:
        page.say(f"of the licences offered, this rests on {safe(s.chosen)}", 2, "- ")
    shown = [
        e
        for e in s.source.evidence
        if e.license and e.stance is Stance.ASSERTED and e.scope in (Scope.DATA, Scope.CONTENTS)
    ] or [e for e in s.source.evidence if e.scope in (Scope.DATA, Scope.CONTENTS)]
    for e in shown[:4]:
        what = f" -> {e.license}" if e.license and e.license.lower() != e.raw.lower() else ""
        sure = "" if e.certainty is Certainty.EXACT or not e.license else f", {e.certainty.value}"
        page.say(f'{_place(e)}  {e.field}: "{safe(e.raw, 80)}"{what}{sure}', 2, "at ")
    for claim in s.claims:
        page.say(
            f"{safe(claim.reason.message, 400)} -> {claim.decision.value} [{claim.reason.clause}]; never lifted: {claim.cannot}",
            2,
            "claim ",
        )
    if s.by_license:
        page.say(f"the licence alone gives: {s.by_license.value}", 2)
    if s.remedies:
        page.say("what would change it:" if s.decision is not Decision.ALLOW else "also possible:", 2)
        for remedy in s.remedies:
            page.say(safe(remedy, 300), 4, "* ")


def _conflicts(page: _Page, v: Verdict) -> None:
    for conflict in v.conflicts:
        page.head(f"disagreement: {safe(conflict.about)}")
        for e in conflict.claims:
            page.say(f'{_place(e)}  {safe(e.license or "no licence")}: "{safe(e.raw, 100)}"', 2, "- ")


def _grouped(duties: Iterable[Duty]) -> dict[str, tuple[str, list[str]]]:
    by: dict[str, tuple[str, list[str]]] = {}
    for duty in duties:
        by.setdefault(duty.code, (duty.text, []))[1].append(duty.clause)
    return by


def _owed(page: _Page, v: Verdict) -> None:
    duties = [d for s in v.sources for d in s.duties]
    if not duties:
        if v.decision is Decision.ALLOW:
            page.head("owed: nothing")
        return
    by = _grouped(duties)
    groups = (
        ("owed", [c for c in by if c not in _NOT_TO_DO and c not in _ON_REQUEST]),
        ("and do not", [c for c in by if c in _NOT_TO_DO]),
        ("and when asked or later", [c for c in by if c in _ON_REQUEST]),
    )
    for title, codes in groups:
        if codes:
            page.head(title)
        for code in codes:
            text, clauses = by[code]
            said = text.removeprefix("do not ") if code in _NOT_TO_DO else text
            page.say(f"{said} [{'; '.join(dict.fromkeys(clauses))}] ({code})", 2, "- ")


def _credits(page: _Page, v: Verdict) -> None:
    if v.attributions:
        page.head("attribution, ready to copy")
        for credit in v.attributions:
            page.say(safe(credit.text, 600), 2)
            if credit.missing:
                page.say(f"blank: {', '.join(credit.missing)} of {safe(credit.title)} was not found", 4)


def _outbound(page: _Page, v: Verdict, options: Options) -> None:
    out = v.outbound
    if not out.allowed and not out.blocked_by:
        return
    page.head("the result may be published under")
    if out.allowed:
        page.say(", ".join(_short(name, options) for name in out.allowed[:8]), 2)
    else:
        page.say("none of the licences that were tried", 2)
    if out.declared and dict(out.blocked_by).get(out.declared):
        page.say(
            f"{_short(out.declared, options)} is blocked by: {', '.join(map(safe, dict(out.blocked_by)[out.declared]))}",
            2,
        )


def _problems(page: _Page, v: Verdict | Resolved) -> None:
    if v.problems:
        page.head("could not be read")
        for p in v.problems:
            page.say(f"{safe(p.path)}:{p.line}: {safe(p.message)}", 2, "! ")


def scan(r: Resolved, options: Options) -> str:
    """One target's findings: what it is under, and every statement with its place."""
    page = _Page(options)
    page.lines.append(
        f"{safe(r.target)}: {page.paint(_short(r.license, options) if r.license else 'no licence', '1')} ({r.status.value})"
    )
    for e in r.evidence:
        extras = [
            x
            for x in (
                e.certainty.value if e.license else "",
                e.scope.value,
                e.stance.value if e.stance is not Stance.ASSERTED else "",
                e.part,
            )
            if x
        ]
        page.say(
            f'{e.line}:{e.column}  {e.field}: "{safe(e.raw, 100)}" -> {safe(e.license or "no licence")} ({", ".join(extras)}; {e.scanner}, {e.rule})',
            2,
            f"{safe(e.path)}:",
        )
        if e.note:
            page.say(safe(e.note), 6)
    for conflict in r.conflicts:
        page.say(
            f"disagreement: {', '.join(f'{_place(e)} {safe(e.license or e.raw)}' for e in conflict.claims)}", 2, "! "
        )
    for caveat in r.caveats:
        page.say(safe(caveat), 2, "- ")
    _problems(page, r)
    return page.done()


def table(rows: Sequence[Row], options: Options) -> str:
    """Every intent by noncommercial and commercial purpose, where no use was declared."""
    page = _Page(options)
    page.say("no use was declared, so here is what each would get:")
    page.lines.append("")
    for row in rows:
        cells = [(label, v) for label, v in (("noncommercial", row.noncommercial), ("commercial", row.commercial))]
        page.lines.append(page.paint(row.intent, "1"))
        page.say(INTENT_WORDS[row.intent], 2)
        for label, v in cells:
            owed = [d.code for s in v.sources for d in s.duties if d.code not in _NOT_TO_DO | _ON_REQUEST]
            words = ", ".join(dict.fromkeys(owed))
            why = next((r for s in v.sources for r in s.reasons if r.effect in ("forbid", "review")), None)
            tail = (
                f"owes {words}"
                if words
                else f"{safe(why.message)} [{safe(why.clause)}]"
                if why and v.decision is not Decision.ALLOW
                else ""
            )
            mark = page.paint(f"{v.decision.value:<6}", _COLORS[v.decision.value])
            page.say(tail, 2, f"{label:<14}{mark}  ")
    page.lines.append("")
    page.say("declare the use: --intent INTENT --purpose PURPOSE, or in licensecheck.yaml:")
    page.lines.append("  use: {intent: publish-adaptation, purpose: academic_research}")
    for row in rows[:1]:
        _conflicts(page, row.noncommercial)
        _problems(page, row.noncommercial)
        for s in row.noncommercial.sources:
            for e in [e for e in s.source.evidence if e.license][:4]:
                page.say(f'{_place(e)}  {e.field}: "{safe(e.raw, 80)}" -> {safe(e.license or "")}', 0, "at ")
    page.lines.append("")
    page.say(_FOOTER)
    return page.done()


def identified(
    text: str, license: str | None, certainty: Certainty, statements: Sequence[Statement], options: Options
) -> str:
    """What ``identify`` found in one text."""
    page = _Page(options)
    page.lines.append(f"{page.paint(safe(license or 'no licence'), '1')}  ({certainty.value})  {safe(text, 60)}")
    for s in statements:
        page.say(
            f'{s.start}-{s.end} "{safe(s.words, 80)}" -> {safe(s.license or "no licence")} ({s.stance.value}, {s.scope.value}, {s.rule})',
            2,
        )
    return page.done()


def outbound(sources: Sequence[Source], solution: Solution, freed: Sequence[Freed], options: Options) -> str:
    """Under what the result may be published, and who blocks the rest."""
    page = _Page(options)
    page.say(
        "may be published under: " + (", ".join(_short(n, options) for n in solution.allowed) or "none of those tried")
    )
    if solution.possible:
        page.say("open to review: " + ", ".join(_short(n, options) for n in solution.possible))
    for f in freed:
        names = [safe(sources[n].name) for n in (*f.remove, *f.separate)]
        if not names:
            continue
        apart = [safe(sources[n].name) for n in f.separate]
        gone = [safe(sources[n].name) for n in f.remove]
        ways = [f"keep {', '.join(apart)} as separate, unchanged works of a collection"] if apart else []
        ways += [f"leave out {', '.join(gone)}"] if gone else []
        page.say(
            f"{_short(f.license, options)} is blocked by {', '.join(names)}; to free it: {' and '.join(ways)}", 0, "- "
        )
    return page.done()


def license_page(x: License, options: Options) -> str:
    """What is known of one licence."""
    page = _Page(options)
    page.lines.append(page.paint(f"{x.id}  {x.name}", "1"))
    for label, values in (
        ("urls", x.urls),
        ("permits", x.permits),
        ("requires", x.requires),
        ("prohibits", x.prohibits),
    ):
        if values:
            page.say(", ".join(values), 2, f"{label}: ")
    for label, value in (
        ("version", x.version),
        ("jurisdiction", x.jurisdiction),
        ("deprecated", x.deprecated),
        ("confidence", x.confidence),
        ("database right", x.database_right),
    ):
        if value:
            page.say(value, 2, f"{label}: ")
    for act, clause in x.grants:
        page.say(f"{act} [{clause}]", 2, "grants ")
    for term, fact in x.terms:
        page.say(f"{term} [{fact.clause}]" + (f": {fact.note}" if fact.note else ""), 2, "term ")
    for owed in x.duties:
        page.say(f"{owed.code} on {', '.join(owed.on)} [{owed.clause}]", 2, "duty ")
    for caveat in x.caveats:
        page.say(caveat, 2, "- ")
    if x.members:
        page.say(", ".join(x.members), 2, "may be one of: ")
    return page.done()


def rule_page(rule: Rule, cases: Sequence[Case], options: Options) -> str:
    """What one rule says, and the cases that prove it."""
    page = _Page(options)
    page.lines.append(page.paint(f"{rule.id}  ({rule.effect})", "1"))
    page.say(rule.message, 2)
    page.say(rule.clause, 2, "clause: ")
    for key, values in rule.when:
        page.say(f"{key} is {' or '.join(sorted(values))}", 2, "when ")
    if rule.remedies:
        page.say(", ".join(rule.remedies), 2, "remedies: ")
    for case in cases:
        use = ", ".join(f"{k}={v}" for k, v in case.use)
        fires = "fires" if case.fires else "silent"
        page.say(
            f"{', '.join(case.sources)}: {use} -> {fires}, {case.decision.value}"
            + (f" ({case.note})" if case.note else ""),
            2,
            "case ",
        )
    return page.done()


def attributions(v: Verdict, options: Options, *, markdown: bool) -> str:
    """The credits that are owed, as Markdown or plain lines."""
    if not v.attributions:
        return (
            "nothing is owed"
            if v.decision is Decision.ALLOW
            else f"no attribution can help: the verdict is {v.decision.value}"
        )
    lines = ["# Attribution", ""] if markdown else []
    for credit in v.attributions:
        text = safe(credit.text, 600)
        lines.append(f"- {_escape(text)}" if markdown else text)
        lines += [
            f"  - blank: {what} was not found" if markdown else f"  blank: {what} was not found"
            for what in credit.missing
        ]
    return "\n".join(lines)


def _escape(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in text)
