"""The text of every answer that is not a verdict: scan, the table of all uses, identify, outbound, attributions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from licensecheck.base.message import speaker, translated
from licensecheck.model import Certainty, Decision, Resolved, Stance, Statement
from licensecheck.report import blocks, labels, summary
from licensecheck.report.blocks import SHOWN, SpokenPage, cited
from licensecheck.report.terminal import Page, columns, pad, safe
from licensecheck.vocabulary import INTENT_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from licensecheck.engine.outbound import Freed, Solution
    from licensecheck.model import Source, Verdict
    from licensecheck.report import Options
    from licensecheck.verdict.whole import Row


def scan(r: Resolved, options: Options) -> str:
    """The license of one target, and every statement with its place, words, certainty and scope."""
    r = translated(r, options.lang)
    page = SpokenPage(options)
    say = page.words
    license = summary.named(r.license, options.book, options.lang)
    page.say(f"{license} ({say(r.status.value)})", mark=f"{safe(r.target, 120, tail=True)}: ", code=Page.BOLD, hang=2)
    for e in r.evidence:
        read = summary.named(e.license, options.book, options.lang)
        certainty = e.certainty.value if e.license else ""
        stance = e.stance.value if e.stance is not Stance.ASSERTED else ""
        part = say("only {part}", part=safe(e.part, 60)) if e.part else ""
        facts = [*map(say, filter(None, (e.scope.value, certainty, stance))), *filter(None, (part, *e.restricts))]
        words = f'{e.field}: "{safe(e.raw, 100)}" = {read} ({", ".join(facts)}; {e.scanner} {e.rule})'
        page.say(words, 2, f"{blocks.place(e.path, e.line)}:{e.column}  ", hang=4)
        if e.note:
            page.say(e.note, 4)
    for conflict in r.conflicts:
        claims = ", ".join(
            f"{summary.short(e.license or e.raw, options.book, options.lang)} ({blocks.place(e.path, e.line)})"
            for e in conflict.claims
        )
        page.say(say("disagreement on {about}: {claims}", about=conflict.about, claims=claims), 2, "! ")
    for caveat in r.caveats:
        page.say(caveat, 2, say("note: "))
    if r.upstream:
        page.say(say("made from: {names}", names=blocks.names(r.upstream, page)), 2)
    for p in r.problems:
        why = f"{say('could not be read')}: {safe(p.message, 400)}"
        page.say(f"{blocks.place(p.path, p.line)}: {why}", 2, "! ")
    if account := summary.covered(r.coverage, r.problems, r.unweighed):
        page.say(account, 2)
    for one in r.retrievals:
        facts_ = f"({one.status}, {one.time}, sha256 {one.sha256[:12]})"
        page.say(f"{safe(one.final, 160)} {facts_}", 2, say("read: "), hang=4)
    return page.text()


def table(rows: Sequence[Row], options: Options) -> str:
    """Every intent by noncommercial and commercial purpose, where no use was declared, and how to declare one."""
    page = SpokenPage(options)
    say = page.words
    page.say(
        say("no use declared; here is the result for each"),
        mark=pad(say("REVIEW"), 7) + " ",
        code=f"1;{labels.COLORS[Decision.REVIEW]}",
    )
    if rows:
        _sources(page, translated(rows[0].noncommercial, options.lang), options)
    page.gap()
    notes: dict[str, int] = {}
    lines = [(row.intent, *_cells(row, notes, page)) for row in rows]
    wide = page.width >= 68
    if wide:
        purposes = pad(say("noncommercial"), 15) + pad(say("commercial"), 13)
        page.columns(page.paint(" " * 21 + purposes + say("obligations"), Page.DIM), 49, "")
    for intent, noncommercial, commercial, owed in lines:
        _table_row(page, intent, noncommercial, commercial, owed, wide)
    page.gap()
    for note, number in notes.items():
        page.say(note, 0, f"({number}) ")
    if rows:
        blocks.conflicts(page, translated(rows[0].noncommercial.conflicts, options.lang), options)
        blocks.problems(page, rows[0].noncommercial.problems)
    page.head(say("declare the use, and get one verdict"))
    page.copy(f"{options.command} --intent INTENT --purpose PURPOSE", 2)
    page.say(say("or in licensecheck.yaml next to the data:"), 2)
    page.copy("use: {intent: publish-adaptation, purpose: academic_research}", 4)
    page.gap()
    page.say(say("where INTENT is one of:"), 2)
    for row in rows:
        mark = pad(row.intent, 20) + " " if wide else f"{row.intent}: "
        page.say(say(INTENT_WORDS.get(row.intent, "")), 4, mark, hang=0 if wide else 6)
    page.say(
        say(
            "and PURPOSE is commercial, noncommercial, or a more exact one: academic_research, teaching, product ... "
            "(licensecheck check --help lists them)"
        ),
        2,
    )
    blocks.foot(page, options)
    return page.text()


def _sources(page: SpokenPage, v: Verdict, options: Options) -> None:
    groups = summary.grouped(v.sources)
    for group in groups[:SHOWN]:
        license = summary.license_of(group.members[0], options.book, options.lang)
        page.gap()
        page.say(license, mark=f"{blocks.names(group.names, page)}: ", code=Page.BOLD, hang=2)
        own = [member._replace(caveats=member.source.caveats) for member in group.members]
        blocks.evidence(page, summary.Group(group.names, tuple(own)), options)
    if len(groups) > SHOWN:
        page.say(page.words("and {count} more (licensecheck scan shows them)", count=len(groups) - SHOWN))
    if not groups:
        page.say(v.caveats[0] if v.caveats else page.words("nothing was found"))


Cell = tuple[Decision, str]


def _cells(row: Row, notes: dict[str, int], page: SpokenPage) -> tuple[Cell, Cell, tuple[str, ...]]:
    """Both verdicts of a row with the number of their note, and the obligations in short."""
    cells: list[Cell] = []
    owed: list[str] = []
    for v in (row.noncommercial, row.commercial):
        number = ""
        if v.decision is Decision.ALLOW:
            words = ", ".join(map(page.words, summary.in_short(duty for s in v.sources for duty in s.duties)))
            owed.append(words or page.words("none"))
        else:
            message, clause, _ = translated(summary.headline(v, summary.grouped(v.sources)), page.lang)
            number = f" ({notes.setdefault(cited(message, clause), len(notes) + 1)})"
        cells.append((v.decision, number))
    each = tuple(dict.fromkeys(owed))
    if len(each) > 1:
        each = (f"{page.words('noncommercial')}: {each[0]}", f"{page.words('commercial')}: {each[1]}")
    return cells[0], cells[1], each


def _table_row(
    page: SpokenPage, intent: str, noncommercial: Cell, commercial: Cell, owed: Sequence[str], wide: bool
) -> None:
    painted = [
        page.paint(page.words(decision.value), labels.COLORS[decision]) + number
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
        if words and words != page.words("none"):
            page.say(words, 2, f"{page.words('obligations')}: ", hang=4)
        return
    left = pad(intent, 21) + painted[0] + " " * (15 - columns(plain[0])) + painted[1] + " " * (13 - columns(plain[1]))
    page.columns(left, 49, words)


def identified(
    text: str, license: str | None, certainty: Certainty, statements: Sequence[Statement], options: Options
) -> str:
    """What ``identify`` found in one text."""
    page = SpokenPage(options)
    read = summary.named(license, options.book, options.lang)
    name = license if license and license != read else ""
    page.say(f"{name} ({certainty.value})  {safe(text, 60)}".strip(), mark=f"{read}  ", code=Page.BOLD, hang=2)
    for s in statements:
        facts = ", ".join(fact for fact in (s.stance.value, s.scope.value, s.part, *s.restricts, s.rule) if fact)
        words = summary.named(s.license, options.book, options.lang)
        page.say(f'"{safe(s.words, 80)}" = {words} ({facts})', 2, f"{s.start}-{s.end}  ", hang=4)
    return page.text()


def outbound(sources: Sequence[Source], solution: Solution, freed: Sequence[Freed], options: Options) -> str:
    """The licenses that the result may be published under, and what would free those that are blocked."""
    page = SpokenPage(options)
    say = page.words

    def shorts(names: Iterable[str]) -> str:
        return ", ".join(summary.short(name, options.book, options.lang) for name in names)

    decision = Decision.ALLOW if solution.allowed else Decision.REVIEW if solution.possible else Decision.DENY
    if solution.allowed:
        mark, text = say("may be published under: "), shorts(solution.allowed)
    else:
        mark, text = "", say("no suggested license works for all sources")
    page.say(text, mark=mark, code=f"1;{labels.COLORS[decision]}", hang=2)
    if solution.possible:
        page.say(shorts(solution.possible), mark=say("open to review: "), code=labels.COLORS[Decision.REVIEW], hang=2)
    by: dict[tuple[tuple[int, ...], tuple[int, ...]], list[str]] = {}
    for f in freed:
        if f.remove or f.separate:
            by.setdefault((f.remove, f.separate), []).append(f.license)
    if by:
        page.head(say("blocked, and what would free it"))
    for (remove, separate), licenses in sorted(by.items(), key=lambda item: len(item[0][0]) + len(item[0][1])):
        apart, gone = [sources[n].name for n in separate], [sources[n].name for n in remove]
        kept = say("keep {names} as separate, unchanged works of a collection", names=blocks.names(apart, page))
        left = say("leave out {names}", names=blocks.names(gone, page))
        ways = [kept] if apart else []
        ways += [left] if gone else []
        page.say(say(" and ").join(ways), 2, f"- {shorts(licenses)}: ", hang=4)
    if solution.untried:
        says = "{count} more licenses of the sources were not tried as the license of the result"
        page.say(say(says, count=solution.untried))
    return page.text()


def no_attributions(decision: Decision, lang: str) -> str:
    """Why there is no credit to give: none is asked for, or the verdict is no allow."""
    say = speaker(lang)
    if decision is Decision.ALLOW:
        return say("no obligations")
    return say("no attributions: the verdict is {decision}; resolve that first", decision=say(decision.value))


def attributions(v: Verdict, options: Options, *, markdown: bool) -> str:
    """The credits to give, as Markdown or plain lines."""
    say = speaker(options.lang)
    if not v.attributions:
        return no_attributions(v.decision, options.lang)
    lines = [f"# {say('Attribution')}", ""] if markdown else []
    for credit in v.attributions:
        text = safe(credit.text, 2000)
        lines.append(f"- {_escape(text)}" if markdown else text)
        mark = "  - " if markdown else "  "
        lines += [mark + say("blank: {what} was not found", what=safe(say(what), 40)) for what in credit.missing]
    return "\n".join(lines)


def _escape(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in text)
