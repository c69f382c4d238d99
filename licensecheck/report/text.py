"""The report for a terminal: the decision at a glance, why, what is owed, and what would help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from licensecheck import __version__, findings
from licensecheck.model import Certainty, Conflict, Decision, Evidence, Problem, Resolved, Scope, Stance, Statement
from licensecheck.report import summary
from licensecheck.report.reference import license_page as license_page
from licensecheck.report.reference import rule_page as rule_page
from licensecheck.report.terminal import Page, columns, pad, safe
from licensecheck.vocabulary import INTENT_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from licensecheck.model import ClaimVerdict, Reason, Source, SourceVerdict, Verdict
    from licensecheck.outbound import Freed, Solution
    from licensecheck.report import Options, Row

_COLORS: Final = {Decision.ALLOW: "32", Decision.REVIEW: "33", Decision.DENY: "31"}
_CERTAINTY: Final = {
    Certainty.EXACT: "",
    Certainty.LOSSY: "the words lose something that the licence has",
    Certainty.FAMILY: "no version is stated",
    Certainty.AMBIGUOUS: "may mean several licences",
    Certainty.NONE: "names no licence that is known",
}
_STANCE: Final = {
    Stance.ASSERTED: "",
    Stance.NEGATED: "it says that it is not under this",
    Stance.COMPARED: "only compared with",
    Stance.FUTURE: "announced, not given",
    Stance.UNKNOWN: "the licence is said to be unknown",
    Stance.PLACEHOLDER: "a blank of a template",
}
_SHOWN: Final = 5
"""So many of a long list are shown; the rest is counted, and is in the JSON."""
_REMEDIES: Final = 16


def render(v: Verdict, options: Options) -> str:
    """A verdict as text: the decision and why, source by source, then what would help and what is owed."""
    page = Page(options.width, options.color)
    groups = summary.grouped(v.sources)
    _top(page, v, groups)
    told: set[str] = set()
    for group in groups:
        _source(page, group, options, told)
    if v.constraints:
        page.head("no licence clears this")
        for reason in v.constraints:
            _reason(page, reason, 2)
    _conflicts(page, v.conflicts, options)
    _remedies(page, v, groups)
    _outbound(page, v, options)
    _owed(page, v, options)
    _credits(page, v)
    own = {caveat for s in v.sources for caveat in s.caveats}
    _list(page, "mind", [caveat for caveat in v.caveats if caveat not in own])
    _list(page, "assumed", v.assumptions)
    _findings(page, v)
    _problems(page, v.problems)
    if options.threshold == "deny" and v.decision is Decision.REVIEW:
        page.head("hidden by --fail-on deny")
        page.say("this review does not fail the run", 2)
    _foot(page, options)
    return page.text()


def _foot(page: Page, options: Options) -> None:
    rules = f", rules {options.book.digest[:8]}" if options.book else ""
    page.gap()
    page.say(f"licensecheck informs; it is not legal advice ({__version__}{rules})")


def _top(page: Page, v: Verdict, groups: Sequence[summary.Group]) -> None:
    use = dict(v.use)
    words = INTENT_WORDS.get(use.get("intent", ""), "this use")
    purpose = f", for: {use['purpose'].replace('_', ' ')}" if "purpose" in use else ""
    unread = f"; incomplete, {_count(len(v.problems), 'place')} could not be read" if v.problems else ""
    page.say(f"{words}{purpose}{unread}", mark=f"{v.decision.value.upper():<8}", code=f"1;{_COLORS[v.decision]}")
    message, clause, more = summary.headline(v, groups)
    page.say(_cited(message, clause) + (f"; {more}" if more else ""), mark="because ")
    rest = [f"{axis}={value}" for axis, value in v.use]
    if rest:
        page.say(" ".join(rest), mark="use     ", code=Page.DIM)


def _count(n: int, word: str) -> str:
    return f"{n} {word}" if n == 1 else f"{n} {word}s"


def _cited(message: str, clause: str) -> str:
    return f"{message} [{clause}]" if clause else message


def _reason(page: Page, reason: Reason, indent: int, before: str = "") -> None:
    page.say(f"{before}{_cited(reason.message, reason.clause)} ({reason.rule})", indent, "- ")


def _names(names: Sequence[str], most: int = _SHOWN) -> str:
    shown = ", ".join(safe(name, 60, tail=True) for name in names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def _source(page: Page, group: summary.Group, options: Options, told: set[str]) -> None:
    """One block; ``told`` holds the messages that stand above already."""
    s = group.members[0]
    page.gap()
    license = _license(s, options)
    names = _names(group.names)
    title = (
        license if all(_is_license(name, s.source.license, options) for name in group.names) else f"{names}: {license}"
    )
    page.say(title, mark=f"{s.decision.value:<6}  ", code=_COLORS[s.decision])
    _reasons(page, s, told)
    if s.chosen:
        page.say(f"of the licences offered, this rests on {summary.short(s.chosen, options.book)}", 2, "- ")
    if s.source.upstream:
        page.say("made from works under: " + ", ".join(summary.short(u, options.book) for u in s.source.upstream), 2)
    for claim in s.claims:
        _claim(page, claim)
    if s.by_license and s.claims:
        page.say(f"by the licence alone: {s.by_license.value}; with what is claimed: {s.decision.value}", 2)
    _evidence(page, group, options)


def _license(s: SourceVerdict, options: Options) -> str:
    """What a source is under, with the other readings or claims where there are some."""
    if s.source.readings:
        return " / ".join(summary.short(text, options.book) for text in s.source.readings)
    others = ", ".join(summary.short(text, options.book) for text in s.source.also)
    return summary.short(s.source.license, options.book) + (f" (elsewhere: {others})" if others else "")


def _is_license(name: str, license: str, options: Options) -> bool:
    """Whether a source has no name but that of its licence."""
    return license == (options.book.canonical(name) if options.book else name)


def _reasons(page: Page, s: SourceVerdict, told: set[str]) -> None:
    claimed = {claim.reason for claim in s.claims}
    reasons = [r for r in s.reasons if r not in claimed]
    if s.decision is Decision.ALLOW:
        by: dict[str, list[str]] = {}
        for reason in reasons:
            if reason.effect == "permit":
                by.setdefault(reason.clause, []).append(reason.rule)
        for clause, rules in by.items():
            page.say(f"permitted by [{clause}] ({', '.join(rules)})", 2, "- ")
        for reason in reasons:
            if reason.effect == "caveat":
                _reason(page, reason, 2, "mind: ")
        return
    for reason in [r for r in reasons if r.effect in ("forbid", "review")]:
        if reason.message in told:
            page.say(f"as above ({reason.rule})", 2, "- ")
            continue
        told.add(reason.message)
        at_worst = reason.effect == "forbid" and s.decision is Decision.REVIEW
        _reason(page, reason, 2, "at worst: " if at_worst else "")


def _claim(page: Page, claim: ClaimVerdict) -> None:
    page.say(f"{_cited(claim.reason.message, claim.reason.clause)}: {claim.decision.value}", 2, "- ")
    if claim.cannot:
        page.say(f"it never lifts: {claim.cannot}", 4)


def _place(e: Evidence) -> str:
    return f"{safe(e.path, 120, tail=True)}:{e.line}"


def _said(e: Evidence, raws: Iterable[str], options: Options, told: Sequence[str] = ()) -> str:
    """What one line of a file says: its field, its words, and what they were read as; ``told`` is said already."""
    words = " … ".join(f'"{safe(raw, 80)}"' for raw in list(raws)[:2])
    read = summary.short(e.license, options.book) if e.license else "no licence"
    same = e.license and safe(e.raw).casefold() in (e.license.casefold(), read.casefold())
    notes = [note for note in (_STANCE[e.stance], _CERTAINTY[e.certainty] if e.license else "", e.note) if note]
    notes = [note for note in notes if not any(note in said for said in told)]
    if e.part:
        notes.append(f"for {safe(e.part, 60)} only")
    return f"{e.field}: {words}" + ("" if same else f" = {read}") + (f" ({'; '.join(notes)})" if notes else "")


def _evidence(page: Page, group: summary.Group, options: Options) -> None:
    """Where the licence of these sources stands, and what else stands there that does not count."""
    caveats = list(dict.fromkeys(caveat for member in group.members for caveat in member.caveats))
    cited = {reason.message for reason in group.members[0].reasons if reason.effect == "caveat"}
    for caveat in caveats:
        if caveat not in cited:
            page.say(caveat, 2, "- mind: ")
    about, beside = summary.seen(e for member in group.members[:_SHOWN] for e in member.source.evidence)
    for row in about[:_SHOWN]:
        page.say(_said(row.first, row.raws, options, caveats), 2, f"at {_place(row.first)}  ", hang=5)
    if len(about) > _SHOWN:
        page.say(f"and {len(about) - _SHOWN} more places (licensecheck scan shows them)", 2)
    others = [e for e in beside if e.license]
    by: dict[Scope, list[Evidence]] = {}
    for e in others:
        by.setdefault(e.scope, []).append(e)
    for scope, rows in by.items():
        found = {summary.short(e.license or "", options.book): _place(e) for e in reversed(rows)}
        said = ", ".join(f"{license} ({place})" for license, place in list(reversed(found.items()))[:3])
        page.say(f"not counted, it is about the {scope.value}: {said}", 2)


def _conflicts(page: Page, conflicts: Sequence[Conflict], options: Options) -> None:
    for conflict in conflicts:
        page.head(f"disagreement: {safe(conflict.about)}")
        by: dict[str, list[Evidence]] = {}
        for e in conflict.claims:
            by.setdefault(summary.short(e.license, options.book) if e.license else "no licence", []).append(e)
        for license, rows in by.items():
            places = list(dict.fromkeys(_place(e) for e in rows))
            page.say(f'{_names(places, 3)} ("{safe(rows[0].raw, 80)}")', 2, f"- {license}: ", hang=4)
        page.say(conflict.note or "the verdict is no better than the strictest of them allows", 2)
        if conflict.weight:
            page.say(conflict.weight, 2)


def _remedies(page: Page, v: Verdict, groups: Sequence[summary.Group]) -> None:
    found = summary.remedies(groups)
    if found:
        page.head("what would change this" if v.decision is not Decision.ALLOW else "also possible")
    for text, helped in found[:_REMEDIES]:
        page.say(text + (f" (for {_names(helped)})" if helped and not _named(text, helped) else ""), 2, "- ")
    if len(found) > _REMEDIES:
        page.say(f"and {len(found) - _REMEDIES} more, source by source (--format json)", 2)


def _named(text: str, names: Sequence[str]) -> bool:
    return len(names) == 1 and f" {names[0]} " in f" {text} "


def _outbound(page: Page, v: Verdict, options: Options) -> None:
    out = v.outbound
    blocked = summary.blockers(out)
    if not out.allowed and len(blocked) < 2:
        return
    page.head("the result may be published under")
    if out.allowed:
        page.say(_names([summary.short(name, options.book) for name in out.allowed], 8), 2)
    else:
        page.say("none of the licences that were tried", 2)
    if out.declared:
        own = options.book.canonical(out.declared) if options.book else out.declared
        fits = ", one of them" if own in out.allowed else ", not one of them" if own in dict(out.blocked_by) else ""
        page.say(f"declared: {summary.short(out.declared, options.book)}{fits}", 2)
    for names, licenses in blocked[:_SHOWN]:
        shorts = sorted(licenses, key=lambda name: name != out.declared)
        what = _names([summary.short(name, options.book) for name in shorts], 6)
        page.say(f"{_names(names)}: {what}", 2, "blocked by ", hang=4)


def _owed(page: Page, v: Verdict, options: Options) -> None:
    owed = [duty for s in v.sources for duty in s.duties]
    if v.decision is Decision.DENY:
        if owed:
            names = _names([s.source.name for s in v.sources if s.duties])
            page.head("owed to those that allow it")
            page.say(f"{names}: {', '.join(summary.in_short(owed))}", 2)
        return
    if not owed:
        if v.decision is Decision.ALLOW and v.sources:
            page.head("owed: nothing")
        return
    ids = {duty.license for duty in owed}
    license = summary.short(next(iter(ids)), options.book) if len(ids) == 1 else ""
    later = ", if the review ends in allow" if v.decision is Decision.REVIEW else ""
    page.head(f"owed under {license}{later}" if license else f"owed{later}")
    for kind, lines in summary.duties(v.sources).items():
        page.say("", 2, kind, code=Page.BOLD)
        for line in lines:
            clauses = [clause.removeprefix(f"{license} ") for clause in line.clauses]
            more = f"; and {len(clauses) - 4} more" if len(clauses) > 4 else ""
            asked = f" (for {_names(line.sources)})" if line.sources else ""
            page.say(f"{line.text} [{'; '.join(clauses[:4])}{more}]{asked}", 4, "- ")


def _credits(page: Page, v: Verdict) -> None:
    if not v.attributions or v.decision is Decision.DENY:
        return
    page.head("attribution, ready to copy")
    for credit in v.attributions:
        page.copy(credit.text, 2)
    for credit in v.attributions:
        if credit.missing:
            page.say(f"fill in for {safe(credit.title, 80)}: {', '.join(credit.missing)} (not found)", 2)


def _list(page: Page, title: str, items: Sequence[str]) -> None:
    if items:
        page.head(title)
    for item in items:
        page.say(item, 2, "- ")


def _findings(page: Page, v: Verdict) -> None:
    """What the gate found beside the sources, and what a waiver or a baseline covers."""
    own = {(f.rule, f.path, f.message) for f in v.findings}
    found = findings.of(v)
    open_ = [f for f in found if not f.suppressed and (f.rule, f.path, f.message) in own]
    covered = [f for f in found if f.suppressed]
    if open_:
        page.head("also found")
    for f in open_[:_REMEDIES]:
        page.say(f"{safe(f.message, 600)} ({f.rule})", 2, f"- {safe(f.path, 120, tail=True)}:{f.line}  ", hang=4)
    if len(open_) > _REMEDIES:
        page.say(f"and {len(open_) - _REMEDIES} more (--format jsonl)", 2)
    if covered:
        page.head("waived, or known before")
    for f in covered[:_REMEDIES]:
        page.say(f"{safe(f.message, 300)} ({f.rule}): {safe(f.suppressed, 200)}", 2, "- ")
    if len(covered) > _REMEDIES:
        page.say(f"and {len(covered) - _REMEDIES} more (--format jsonl)", 2)


def _problems(page: Page, problems: Sequence[Problem]) -> None:
    if problems:
        page.head("could not be read")
    for p in problems:
        page.say(safe(p.message, 400), 2, f"- {safe(p.path, 120, tail=True)}:{p.line}  ", hang=4)


def scan(r: Resolved, options: Options) -> str:
    """One target's findings: what it is under, and every statement with its place, words, certainty and scope."""
    page = Page(options.width, options.color)
    license = summary.short(r.license, options.book) if r.license else "no licence"
    page.say(f"{license} ({r.status.value})", mark=f"{safe(r.target, 120, tail=True)}: ", code=Page.BOLD, hang=2)
    for e in r.evidence:
        read = summary.short(e.license, options.book) if e.license else "no licence"
        certainty = e.certainty.value if e.license else ""
        stance = e.stance.value if e.stance is not Stance.ASSERTED else ""
        part = f"only {safe(e.part, 60)}" if e.part else ""
        facts = [fact for fact in (e.scope.value, certainty, stance, part, *e.restricts) if fact]
        place = f"{safe(e.path, 120, tail=True)}:{e.line}:{e.column}  "
        page.say(
            f'{e.field}: "{safe(e.raw, 100)}" = {read} ({", ".join(facts)}; {e.scanner} {e.rule})', 2, place, hang=4
        )
        if e.note:
            page.say(e.note, 4)
    for conflict in r.conflicts:
        claims = ", ".join(f"{summary.short(e.license or e.raw, options.book)} ({_place(e)})" for e in conflict.claims)
        page.say(f"disagreement on {conflict.about}: {claims}", 2, "! ")
    for caveat in r.caveats:
        page.say(caveat, 2, "mind: ")
    if r.upstream:
        page.say(f"made from: {_names(r.upstream)}", 2)
    for p in r.problems:
        page.say(f"{safe(p.path, 120, tail=True)}:{p.line}: could not be read: {safe(p.message, 400)}", 2, "! ")
    return page.text()


def table(rows: Sequence[Row], options: Options) -> str:
    """Every intent by noncommercial and commercial purpose, where no use was declared, and how to declare one."""
    page = Page(options.width, options.color)
    page.say(
        "the use is not declared, so here is what each would get", mark="REVIEW  ", code=f"1;{_COLORS[Decision.REVIEW]}"
    )
    if rows:
        _found(page, rows[0].noncommercial, options)
    page.gap()
    notes: dict[str, int] = {}
    lines = [(row.intent, *_cells(row, notes)) for row in rows]
    wide = page.width >= 68
    if wide:
        page.columns(page.paint(f"{'':<21}noncommercial  commercial   owed", Page.DIM), 49, "")
    for intent, noncommercial, commercial, owed in lines:
        _table_row(page, intent, noncommercial, commercial, owed, wide)
    page.gap()
    for note, number in notes.items():
        page.say(note, 0, f"({number}) ")
    if rows:
        _conflicts(page, rows[0].noncommercial.conflicts, options)
        _problems(page, rows[0].noncommercial.problems)
    page.head("declare the use, and get one verdict")
    page.copy(f"{options.command} --intent INTENT --purpose PURPOSE", 2)
    page.say("or in licensecheck.yaml beside the data:", 2)
    page.copy("use: {intent: publish-adaptation, purpose: academic_research}", 4)
    page.gap()
    page.say("where INTENT is one of:", 2)
    for row in rows:
        mark = pad(row.intent, 20) + " " if wide else f"{row.intent}: "
        page.say(INTENT_WORDS.get(row.intent, ""), 4, mark, hang=0 if wide else 6)
    page.say(
        "and PURPOSE is commercial, noncommercial, or what it is for: academic_research, teaching, product ... "
        "(licensecheck check --help has all)",
        2,
    )
    _foot(page, options)
    return page.text()


def _found(page: Page, v: Verdict, options: Options) -> None:
    groups = summary.grouped(v.sources)
    for group in groups[:_SHOWN]:
        s = group.members[0]
        page.gap()
        page.say(_license(s, options), mark=f"{_names(group.names)}: ", code=Page.BOLD, hang=2)
        own = [member._replace(caveats=member.source.caveats) for member in group.members]
        _evidence(page, summary.Group(group.names, tuple(own)), options)
    if len(groups) > _SHOWN:
        page.say(f"and {len(groups) - _SHOWN} more (licensecheck scan shows them)")
    if not groups:
        page.say(v.caveats[0] if v.caveats else "nothing was found")


Cell = tuple[Decision, str]


def _cells(row: Row, notes: dict[str, int]) -> tuple[Cell, Cell, tuple[str, ...]]:
    """Both verdicts of a row with the number of their note, and what is owed in short."""
    cells: list[Cell] = []
    owed: list[str] = []
    for v in (row.noncommercial, row.commercial):
        number = ""
        if v.decision is Decision.ALLOW:
            words = ", ".join(summary.in_short(duty for s in v.sources for duty in s.duties))
            owed.append(words or "nothing")
        else:
            message, clause, _ = summary.headline(v, summary.grouped(v.sources))
            note = _cited(message, clause)
            number = f" ({notes.setdefault(note, len(notes) + 1)})"
        cells.append((v.decision, number))
    said = tuple(dict.fromkeys(owed))
    return cells[0], cells[1], ("noncommercial: " + said[0], "commercial: " + said[1]) if len(said) > 1 else said


def _table_row(page: Page, intent: str, noncommercial: Cell, commercial: Cell, owed: Sequence[str], wide: bool) -> None:
    painted = [
        page.paint(decision.value, _COLORS[decision]) + number for decision, number in (noncommercial, commercial)
    ]
    plain = [decision.value + number for decision, number in (noncommercial, commercial)]
    words = "; ".join(owed)
    if not wide:
        if plain[0] == plain[1]:
            page.say(plain[0], mark=f"{intent}: ", code=Page.BOLD)
        else:
            page.say("", mark=intent, code=Page.BOLD)
            page.say(plain[0], 2, "noncommercial  ")
            page.say(plain[1], 2, "commercial     ")
        if words and words != "nothing":
            page.say(words, 2, "owed: ", hang=4)
        return
    left = pad(intent, 21) + painted[0] + " " * (15 - columns(plain[0])) + painted[1] + " " * (13 - columns(plain[1]))
    page.columns(left, 49, words)


def identified(
    text: str, license: str | None, certainty: Certainty, statements: Sequence[Statement], options: Options
) -> str:
    """What ``identify`` found in one text."""
    page = Page(options.width, options.color)
    read = summary.short(license, options.book) if license else "no licence"
    name = license if license and license != read else ""
    page.say(f"{name} ({certainty.value})  {safe(text, 60)}".strip(), mark=f"{read}  ", code=Page.BOLD, hang=2)
    for s in statements:
        facts = ", ".join(fact for fact in (s.stance.value, s.scope.value, s.part, *s.restricts, s.rule) if fact)
        words = summary.short(s.license, options.book) if s.license else "no licence"
        page.say(f'"{safe(s.words, 80)}" = {words} ({facts})', 2, f"{s.start}-{s.end}  ", hang=4)
    return page.text()


def outbound(sources: Sequence[Source], solution: Solution, freed: Sequence[Freed], options: Options) -> str:
    """Under what the result may be published, and what would free the licences that are blocked."""
    page = Page(options.width, options.color)

    def shorts(names: Iterable[str]) -> str:
        return ", ".join(summary.short(name, options.book) for name in names)

    decision = Decision.ALLOW if solution.allowed else Decision.REVIEW if solution.possible else Decision.DENY
    page.say(
        shorts(solution.allowed) or "none of the licences that were tried",
        mark="may be published under: ",
        code=f"1;{_COLORS[decision]}",
        hang=2,
    )
    if solution.possible:
        page.say(shorts(solution.possible), mark="open to review: ", code=_COLORS[Decision.REVIEW], hang=2)
    by: dict[tuple[tuple[int, ...], tuple[int, ...]], list[str]] = {}
    for f in freed:
        if f.remove or f.separate:
            by.setdefault((f.remove, f.separate), []).append(f.license)
    if by:
        page.head("blocked, and what would free it")
    for (remove, separate), licenses in sorted(by.items(), key=lambda item: len(item[0][0]) + len(item[0][1])):
        apart, gone = [sources[n].name for n in separate], [sources[n].name for n in remove]
        ways = [f"keep {_names(apart)} as separate, unchanged works of a collection"] if apart else []
        ways += [f"leave out {_names(gone)}"] if gone else []
        page.say(f"{' and '.join(ways)}", 2, f"- {shorts(licenses)}: ", hang=4)
    return page.text()


def attributions(v: Verdict, options: Options, *, markdown: bool) -> str:
    """The credits that are owed, as Markdown or plain lines."""
    if not v.attributions:
        denied = f"no attribution can help: the verdict is {v.decision.value}"
        return "nothing is owed" if v.decision is Decision.ALLOW else denied
    lines = ["# Attribution", ""] if markdown else []
    for credit in v.attributions:
        text = safe(credit.text, 2000)
        lines.append(f"- {_escape(text)}" if markdown else text)
        lines += [f"{'  - ' if markdown else '  '}blank: {safe(what, 40)} was not found" for what in credit.missing]
    return "\n".join(lines)


def _escape(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in text)
