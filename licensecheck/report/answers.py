"""The text of every answer that is not a verdict: scan, table, identify, outbound, attributions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from licensecheck.base.message import speaker, translated
from licensecheck.model import Certainty, Decision, Resolved, Stance, Statement
from licensecheck.report import summary
from licensecheck.report.reference import license_page as license_page
from licensecheck.report.reference import rule_page as rule_page
from licensecheck.report.terminal import Page, columns, pad, safe
from licensecheck.vocabulary import INTENT_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from licensecheck.engine.outbound import Freed, Solution
    from licensecheck.model import Source, Verdict
    from licensecheck.report import Options, Row

from licensecheck.report.text import (
    _COLORS,
    _SHOWN,
    _cited,
    _conflicts,
    _evidence,
    _foot,
    _names,
    _Page,
    _place,
    _problems,
)


def scan(r: Resolved, options: Options) -> str:
    """One target's findings: what it is under, and every statement with its place, words, certainty and scope."""
    r = translated(r, options.lang)
    page = _Page(options)
    say = page.words
    license = summary.named(r.license, options.book, options.lang)
    page.say(f"{license} ({say(r.status.value)})", mark=f"{safe(r.target, 120, tail=True)}: ", code=Page.BOLD, hang=2)
    for e in r.evidence:
        read = summary.named(e.license, options.book, options.lang)
        certainty = e.certainty.value if e.license else ""
        stance = e.stance.value if e.stance is not Stance.ASSERTED else ""
        part = say("only {part}", part=safe(e.part, 60)) if e.part else ""
        facts = [*map(say, filter(None, (e.scope.value, certainty, stance))), *filter(None, (part, *e.restricts))]
        place = f"{safe(e.path, 120, tail=True)}:{e.line}:{e.column}  "
        page.say(
            f'{e.field}: "{safe(e.raw, 100)}" = {read} ({", ".join(facts)}; {e.scanner} {e.rule})', 2, place, hang=4
        )
        if e.note:
            page.say(e.note, 4)
    for conflict in r.conflicts:
        claims = ", ".join(
            f"{summary.short(e.license or e.raw, options.book, options.lang)} ({_place(e)})" for e in conflict.claims
        )
        page.say(say("disagreement on {about}: {claims}", about=conflict.about, claims=claims), 2, "! ")
    for caveat in r.caveats:
        page.say(caveat, 2, say("mind: "))
    if r.upstream:
        page.say(say("made from: {names}", names=_names(r.upstream, page)), 2)
    for p in r.problems:
        page.say(
            f"{safe(p.path, 120, tail=True)}:{p.line}: {say('could not be read')}: {safe(p.message, 400)}", 2, "! "
        )
    for read_ in r.retrievals:
        page.say(
            f"{safe(read_.final, 160)} ({read_.status}, {read_.time}, sha256 {read_.sha256[:12]})",
            2,
            say("read: "),
            hang=4,
        )
    return page.text()


def table(rows: Sequence[Row], options: Options) -> str:
    """Every intent by noncommercial and commercial purpose, where no use was declared, and how to declare one."""
    page = _Page(options)
    say = page.words
    page.say(
        say("the use is not declared, so here is what each would get"),
        mark=pad(say("REVIEW"), 7) + " ",
        code=f"1;{_COLORS[Decision.REVIEW]}",
    )
    if rows:
        _found(page, translated(rows[0].noncommercial, options.lang), options)
    page.gap()
    notes: dict[str, int] = {}
    lines = [(row.intent, *_cells(row, notes, page)) for row in rows]
    wide = page.width >= 68
    if wide:
        page.columns(
            page.paint(" " * 21 + pad(say("noncommercial"), 15) + pad(say("commercial"), 13) + say("owed"), Page.DIM),
            49,
            "",
        )
    for intent, noncommercial, commercial, owed in lines:
        _table_row(page, intent, noncommercial, commercial, owed, wide)
    page.gap()
    for note, number in notes.items():
        page.say(note, 0, f"({number}) ")
    if rows:
        _conflicts(page, translated(rows[0].noncommercial.conflicts, options.lang), options)
        _problems(page, rows[0].noncommercial.problems)
    page.head(say("declare the use, and get one verdict"))
    page.copy(f"{options.command} --intent INTENT --purpose PURPOSE", 2)
    page.say(say("or in licensecheck.yaml beside the data:"), 2)
    page.copy("use: {intent: publish-adaptation, purpose: academic_research}", 4)
    page.gap()
    page.say(say("where INTENT is one of:"), 2)
    for row in rows:
        mark = pad(row.intent, 20) + " " if wide else f"{row.intent}: "
        page.say(say(INTENT_WORDS.get(row.intent, "")), 4, mark, hang=0 if wide else 6)
    page.say(
        say(
            "and PURPOSE is commercial, noncommercial, or what it is for: academic_research, teaching, product ... "
            "(licensecheck check --help has all)"
        ),
        2,
    )
    _foot(page, options)
    return page.text()


def _found(page: _Page, v: Verdict, options: Options) -> None:
    groups = summary.grouped(v.sources)
    for group in groups[:_SHOWN]:
        s = group.members[0]
        page.gap()
        page.say(
            summary.license_of(s, options.book, options.lang),
            mark=f"{_names(group.names, page)}: ",
            code=Page.BOLD,
            hang=2,
        )
        own = [member._replace(caveats=member.source.caveats) for member in group.members]
        _evidence(page, summary.Group(group.names, tuple(own)), options)
    if len(groups) > _SHOWN:
        page.say(page.words("and {count} more (licensecheck scan shows them)", count=len(groups) - _SHOWN))
    if not groups:
        page.say(v.caveats[0] if v.caveats else page.words("nothing was found"))


Cell = tuple[Decision, str]


def _cells(row: Row, notes: dict[str, int], page: _Page) -> tuple[Cell, Cell, tuple[str, ...]]:
    """Both verdicts of a row with the number of their note, and what is owed in short."""
    cells: list[Cell] = []
    owed: list[str] = []
    for v in (row.noncommercial, row.commercial):
        number = ""
        if v.decision is Decision.ALLOW:
            words = ", ".join(map(page.words, summary.in_short(duty for s in v.sources for duty in s.duties)))
            owed.append(words or page.words("nothing"))
        else:
            message, clause, _ = translated(summary.headline(v, summary.grouped(v.sources)), page.lang)
            note = _cited(message, clause)
            number = f" ({notes.setdefault(note, len(notes) + 1)})"
        cells.append((v.decision, number))
    said = tuple(dict.fromkeys(owed))
    return (
        cells[0],
        cells[1],
        (f"{page.words('noncommercial')}: {said[0]}", f"{page.words('commercial')}: {said[1]}")
        if len(said) > 1
        else said,
    )


def _table_row(
    page: _Page, intent: str, noncommercial: Cell, commercial: Cell, owed: Sequence[str], wide: bool
) -> None:
    painted = [
        page.paint(page.words(decision.value), _COLORS[decision]) + number
        for decision, number in (noncommercial, commercial)
    ]
    plain = [page.words(decision.value) + number for decision, number in (noncommercial, commercial)]
    words = "; ".join(owed)
    if not wide:
        if plain[0] == plain[1]:
            page.say(plain[0], mark=f"{intent}: ", code=Page.BOLD)
        else:
            page.say("", mark=intent, code=Page.BOLD)
            page.say(plain[0], 2, pad(page.words("noncommercial"), 13) + "  ")
            page.say(plain[1], 2, pad(page.words("commercial"), 13) + "  ")
        if words and words != page.words("nothing"):
            page.say(words, 2, f"{page.words('owed')}: ", hang=4)
        return
    left = pad(intent, 21) + painted[0] + " " * (15 - columns(plain[0])) + painted[1] + " " * (13 - columns(plain[1]))
    page.columns(left, 49, words)


def identified(
    text: str, license: str | None, certainty: Certainty, statements: Sequence[Statement], options: Options
) -> str:
    """What ``identify`` found in one text."""
    page = _Page(options)
    read = summary.named(license, options.book, options.lang)
    name = license if license and license != read else ""
    page.say(f"{name} ({certainty.value})  {safe(text, 60)}".strip(), mark=f"{read}  ", code=Page.BOLD, hang=2)
    for s in statements:
        facts = ", ".join(fact for fact in (s.stance.value, s.scope.value, s.part, *s.restricts, s.rule) if fact)
        words = summary.named(s.license, options.book, options.lang)
        page.say(f'"{safe(s.words, 80)}" = {words} ({facts})', 2, f"{s.start}-{s.end}  ", hang=4)
    return page.text()


def outbound(sources: Sequence[Source], solution: Solution, freed: Sequence[Freed], options: Options) -> str:
    """Under what the result may be published, and what would free the licences that are blocked."""
    page = _Page(options)

    def shorts(names: Iterable[str]) -> str:
        return ", ".join(summary.short(name, options.book, options.lang) for name in names)

    decision = Decision.ALLOW if solution.allowed else Decision.REVIEW if solution.possible else Decision.DENY
    page.say(
        shorts(solution.allowed) or page.words("none of the licences that were tried"),
        mark=page.words("may be published under: "),
        code=f"1;{_COLORS[decision]}",
        hang=2,
    )
    if solution.possible:
        page.say(shorts(solution.possible), mark=page.words("open to review: "), code=_COLORS[Decision.REVIEW], hang=2)
    by: dict[tuple[tuple[int, ...], tuple[int, ...]], list[str]] = {}
    for f in freed:
        if f.remove or f.separate:
            by.setdefault((f.remove, f.separate), []).append(f.license)
    if by:
        page.head(page.words("blocked, and what would free it"))
    for (remove, separate), licenses in sorted(by.items(), key=lambda item: len(item[0][0]) + len(item[0][1])):
        apart, gone = [sources[n].name for n in separate], [sources[n].name for n in remove]
        say = page.words
        kept = say("keep {names} as separate, unchanged works of a collection", names=_names(apart, page))
        left = say("leave out {names}", names=_names(gone, page))
        ways = [kept] if apart else []
        ways += [left] if gone else []
        page.say(f"{page.words(' and ').join(ways)}", 2, f"- {shorts(licenses)}: ", hang=4)
    return page.text()


def attributions(v: Verdict, options: Options, *, markdown: bool) -> str:
    """The credits that are owed, as Markdown or plain lines."""
    say = speaker(options.lang)
    if not v.attributions:
        denied = say("no attribution can help: the verdict is {decision}", decision=say(v.decision.value))
        return say("nothing is owed") if v.decision is Decision.ALLOW else denied
    lines = [f"# {say('Attribution')}", ""] if markdown else []
    for credit in v.attributions:
        text = safe(credit.text, 2000)
        lines.append(f"- {_escape(text)}" if markdown else text)
        mark = "  - " if markdown else "  "
        lines += [mark + say("blank: {what} was not found", what=safe(say(what), 40)) for what in credit.missing]
    return "\n".join(lines)


def _escape(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in text)
