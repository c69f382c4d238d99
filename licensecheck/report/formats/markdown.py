"""Tables in Markdown; text from scanned files is escaped.

For: comments, job summaries.

A comment holds 65,536 characters and a summary 1 MiB; :data:`LIMIT` is below both, and what does not
fit is left out section by section, with a line that says so. Text that came from a scanned file is
shown only through :func:`prose` and :func:`fence`: as it is where none of its characters can mean
anything to a Markdown reader or to a forge, and as code where one could. In code neither Markdown,
HTML nor a forge's references (@name, #1, addresses, hashes of commits) take effect.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from licensecheck import __version__
from licensecheck.base.message import speaker, translated
from licensecheck.engine import findings
from licensecheck.model import Certainty, Decision, Stance
from licensecheck.report import labels, summary
from licensecheck.report.places import relative, rule_page
from licensecheck.report.terminal import safe

if TYPE_CHECKING:
    from licensecheck.model import ClaimVerdict, Evidence, SourceVerdict, Verdict
    from licensecheck.report import Options

LIMIT: Final = 60_000
_FLUFF: Final = 200
"""Room for the line that says what was left out of a section."""
_LONG: Final = 600
_NAME: Final = 100
_SHOWN: Final = 5
_REMEDIES: Final = 16
_PLAIN: Final = re.compile(r"[\w .,;:()'\"/%+=?§©®–—…“”‘’·-]*")
"""Nothing in these can begin a link, an image, an element, emphasis, a mention, a cell or a formula ..."""
_ACTIVE: Final = re.compile(
    r"^(?:[-+=:]|\d{1,9}[.)])"  # ... but at the beginning of a block a list, a title or a table may begin,
    r"|_|==|/[/*]|(?:\bwww[.]|\bgh-\d)"  # emphasis, an address, a pull request,
    r"|:[\w+-]{1,64}(?::|$)|%[\w\"]"  # an emoji, a milestone,
    r"|\b[0-9a-f]{7,}\b",  # or a commit
    re.ASCII | re.IGNORECASE,
)
_TICKS: Final = re.compile(r"`+")


class Section(NamedTuple):
    """A part of the page: what leads it (a title, a table's head), its rows, what ends it, and its share of the room."""

    head: tuple[str, ...]
    rows: tuple[str, ...]
    share: int
    foot: tuple[str, ...] = ()
    table: bool = False


def prose(text: str, limit: int = _LONG) -> str:
    """Untrusted ``text`` for the inside of a paragraph or a list item: one line without effect; for a table :func:`cell`."""
    kept = safe(text, limit)
    if _PLAIN.fullmatch(kept) and not _ACTIVE.search(kept):
        return kept
    return code(kept)


def code(text: str) -> str:
    """Safe ``text`` as a code span."""
    longest = max(map(len, _TICKS.findall(text)), default=0)
    if not longest:
        return f"`{text}`" if text.strip() else ""
    marks = "`" * (longest + 1)
    return f"{marks} {text} {marks}"


def cell(made: str) -> str:
    """Markdown of ours for a cell of a table, where a bar ends it even in code, and readers differ on two backslashes before one."""
    return made.replace("\\|", "\\ |").replace("|", "\\|")


def fence(lines: Sequence[str]) -> tuple[str, str]:
    """The lines that open and close a block of ``lines``, which hold no line end, so that it can be copied as it is."""
    longest = max((len(run) for line in lines for run in _TICKS.findall(line)), default=0)
    marks = "`" * max(3, longest + 1)
    return f"{marks}text", marks


def render(verdict: Verdict, options: Options) -> str:
    """A verdict as a page of at most :data:`LIMIT` characters: decision, why, sources, ways out, duties, findings."""
    marks = summary.Marks(verdict)
    groups = summary.grouped(verdict.sources, marks)
    sections = [
        _top(verdict, groups, options),
        _sources(groups, marks, options),
        _beyond(verdict, marks, options),
        _remedies(verdict, groups, options),
        _conflicts(verdict, options),
        _outbound(verdict, options),
        _obligations(verdict, options),
        _credits(verdict, options),
        _findings(verdict, options),
        _list(_say(options)("Notes"), summary.general_caveats(verdict)),
        _list(_say(options)("Assumed"), verdict.assumptions),
    ]
    end = _end(options)
    if account := summary.covered_of(verdict):
        end = f"{translated(account, options.lang)}\n\n{end}"
    return _fitted([section for section in sections if section.rows], end, _say(options))


def _say(options: Options) -> Callable[..., str]:
    """A function that gives fixed words in the language of the report."""
    return speaker(options.lang)


def _end(options: Options) -> str:
    rules = f", {_say(options)('rules')} {code(options.book.digest[:8])}" if options.book else ""
    return f"{_say(options)('licensecheck informs; it is not legal advice')} ({__version__}{rules})"


def _fitted(sections: Sequence[Section], end: str, say: Callable[..., str]) -> str:
    """The page; where it is too long, each section keeps its share, and what others leave over, in order."""
    room = LIMIT - len(end) - 1
    whole = ["\n".join((*s.head, *s.rows, *s.foot, "")) for s in sections]
    if sum(map(len, whole)) + len(whole) <= room:
        return "\n".join((*whole, end))
    shares = sum(s.share for s in sections)
    made: list[str] = []
    spare = 0
    for section in sections:
        mine = room * section.share // shares + spare
        cut = _cut(section, mine, say)
        spare = mine - len(cut) - 1
        made.append(cut)
    return "\n".join((*made, end))


def _cut(section: Section, room: int, say: Callable[..., str]) -> str:
    used = sum(len(line) + 1 for line in (*section.head, *section.foot)) + _FLUFF
    kept = 0
    for row in section.rows:
        used += len(row) + 1
        if used > room:
            break
        kept += 1
    left = len(section.rows) - kept
    note = say(
        "{left} of {count} are left out here, as the page is full; --format json has all",
        left=left,
        count=len(section.rows),
    )
    line = () if not left else ("", f"*{note}*") if section.table or section.foot else (f"- *{note}*",)
    return "\n".join((*section.head, *section.rows[:kept], *section.foot, *line, ""))


def _top(v: Verdict, groups: Sequence[summary.Group], options: Options) -> Section:
    say = _say(options)
    unread = ""
    if v.problems:
        one, many = "; incomplete, 1 place could not be read", "; incomplete, {count} places could not be read"
        unread = say(one) if len(v.problems) == 1 else say(many, count=len(v.problems))
    message, clause, more = translated(summary.headline(v, groups), options.lang)
    rows = [say("Because {reason}", reason=_cited(message, clause)) + (f"; {more}" if more else "")]
    if v.use:
        rows += ["", say("Use: ") + " ".join(code(safe(f"{axis}={value}", _NAME)) for axis, value in v.use)]
    if options.threshold == "deny" and v.decision is Decision.REVIEW:
        rows += ["", say("This review does not fail the run (`--fail-on deny`).")]
    new = translated(summary.news(v), options.lang)
    return Section(
        (f"## {say(v.decision.value.upper())}: {prose(summary.subject(v, say))}{unread}{new}", ""), tuple(rows), 6
    )


def _cited(message: str, clause: str) -> str:
    return f"{prose(message)} {_clause(clause)}" if clause else prose(message)


def _clause(clause: str) -> str:
    return f"\\[{prose(clause, _NAME * 2)}\\]"


def _names(names: Iterable[str], options: Options, most: int = _SHOWN) -> str:
    return summary.few([prose(name, _NAME) for name in names], most, _say(options))


def _table(
    title: str, names: Sequence[str], rows: Iterable[Sequence[str]], share: int, foot: Sequence[str] = ()
) -> Section:
    head = ("### " + title, "", _row(names), _row(["---"] * len(names)))
    return Section(head, tuple(map(_row, rows)), share, tuple(foot), table=True)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(cell, cells))} |"


def _list(title: str, items: Iterable[str], share: int = 3) -> Section:
    return Section((f"### {title}", ""), tuple(f"- {prose(item)}" for item in items), share)


def _sources(groups: Sequence[summary.Group], marks: summary.Marks, options: Options) -> Section:
    say = _say(options)
    rows = [
        (
            say(g.members[0].decision.value),
            _names(g.names, options),
            _license(g.members[0], options),
            _why(g.members[0], marks, options),
            _stated(g, options),
        )
        for g in groups
    ]
    columns = ("", say("source"), say("license"), say("why"), say("stated at"))
    return _table(say("Sources"), columns, rows, 15)


def _license(s: SourceVerdict, options: Options) -> str:
    """What a source is under, with the other readings or claims where there are some."""
    if s.source.readings:
        return _several(s.source.readings, " / ", options)
    others = _several(s.source.also, ", ", options)
    own = _short(s.source.license, options)
    return own + _say(options)(" (another place says {licenses})", licenses=others) if others else own


def _several(licenses: Sequence[str], between: str, options: Options) -> str:
    return summary.few([_short(text, options) for text in licenses], _SHOWN, _say(options), between)


def _short(license: str | None, options: Options) -> str:
    return prose(summary.named(license, options.book, options.lang), _NAME * 2)


def _why(s: SourceVerdict, marks: summary.Marks, options: Options) -> str:
    """Why, in a cell: claims and waivers always, of the rest as much as fits."""
    say = _say(options)
    wanted = ("permit", "caveat") if s.decision is Decision.ALLOW else ("forbid", "review")
    claimed = [claim.reason for claim in s.claims]
    by: dict[str, str] = {}
    for reason in s.reasons:
        mark = marks(s, reason)
        if reason.effect in wanted and reason not in claimed and mark != summary.WAIVED:
            by.setdefault(_mark(mark, say) + _cited(reason.message, reason.clause), reason.rule)
    decided = [_claim(c, options) for c in s.claims]
    if s.claims and s.by_license:
        alone, both = say(s.by_license.value), say(s.decision.value)
        decided.append(say("by the license alone: {alone}; with the claims: {claimed}", alone=alone, claimed=both))
    decided += [prose(caveat) for caveat in s.caveats if findings.is_waiver(s, caveat)]
    notes = [f"{say('note')}: {prose(caveat)}" for caveat in s.caveats if not findings.is_waiver(s, caveat)]
    shown = (summary.few(list(by), _SHOWN, say, "; "), *decided, summary.few(notes, _SHOWN, say, "; "))
    return "; ".join(filter(None, shown))


def _claim(c: ClaimVerdict, options: Options) -> str:
    details = "; ".join(prose(translated(part, options.lang), _NAME * 3) for part in findings.claimed(c.claim))
    return f"{_cited(c.reason.message, c.reason.clause)}, {_say(options)(labels.CLAIM[c.decision])}" + (
        f" ({details})" if details else ""
    )


def _mark(mark: str, say: Callable[..., str]) -> str:
    return f"{say(mark)}: " if mark else ""


def _stated(group: summary.Group, options: Options) -> str:
    about, _ = summary.seen(e for member in group.members[:_SHOWN] for e in member.source.evidence)
    return summary.few([_place(row.first, options) for row in about], 3, _say(options))


def _place(e: Evidence, options: Options) -> str:
    return _at(e.path, e.line, options) + ("" if e.stance is Stance.ASSERTED else f" ({_say(options)(e.stance.value)})")


def _at(path: str, line: int, options: Options) -> str:
    place = safe(relative(path, options), _NAME, tail=True)
    return code(f"{place}:{line}") if place else ""


def _beyond(v: Verdict, marks: summary.Marks, options: Options) -> Section:
    say = _say(options)
    rows = [
        f"- {_mark(marks(None, r), say)}{_cited(r.message, r.clause)} ({_rule(r.rule, options)})" for r in v.constraints
    ]
    return Section((f"### {say('Outside any license')}", ""), tuple(rows), 3)


def _rule(rule: str, options: Options) -> str:
    page = rule_page(rule, options)
    return f"[{rule}]({page})" if page else prose(rule, _NAME)


def _remedies(v: Verdict, groups: Sequence[summary.Group], options: Options) -> Section:
    say = _say(options)
    found = summary.remedies(groups, options)
    rows = []
    for text, helped in found[:_REMEDIES]:
        whom = helped and not summary.says_whom(text, helped, options)
        rows.append(f"- {prose(text)}" + (say(" (for {names})", names=_names(helped, options)) if whom else ""))
    if len(found) > _REMEDIES:
        more = say("and {count} more, source by source (--format json)", count=len(found) - _REMEDIES)
        rows.append(f"- {more}")
    title = say("What would change this") if v.decision is not Decision.ALLOW else say("Also possible")
    return Section((f"### {title}", ""), tuple(rows), 6)


def _conflicts(v: Verdict, options: Options) -> Section:
    rows = []
    for conflict in v.conflicts:
        outcome = summary.outcome(conflict, options.lang)
        rows.append(
            f"- {prose(conflict.about)}: {prose(outcome)}" + (f"; {prose(conflict.weight)}" if conflict.weight else "")
        )
        for e in conflict.claims[: _SHOWN * 2]:
            unsure = "" if e.certainty is Certainty.EXACT else f" ({_say(options)(e.certainty.value)})"
            rows.append(
                f"  - {_short(e.license, options)}{unsure}, {_at(e.path, e.line, options)}: {code(safe(e.raw, _NAME))}"
            )
        if len(conflict.claims) > _SHOWN * 2:
            more = _say(options)("and {count} more places", count=len(conflict.claims) - _SHOWN * 2)
            rows.append(f"  - {more}")
    return Section((f"### {_say(options)('Places that disagree')}", ""), tuple(rows), 5)


def _outbound(v: Verdict, options: Options) -> Section:
    out = v.outbound
    blocked, choices = summary.blockers(out), summary.choices(out)
    if not choices and len(blocked) < 2:
        return Section((), (), 1)
    allowed = _names((summary.short(name, options.book, options.lang) for name in choices), options, 8)
    say = _say(options)
    rows = [f"- {allowed}"] if allowed else []
    if claimed := summary.by_claim(v):
        rows.append("- " + say("this depends on the claims for {names}", names=_names(claimed, options)))
    if own := summary.own_license(out, options):
        rows.append(f"- {prose(translated(own, options.lang))}")
    for names, licenses in blocked[:_SHOWN]:
        what = _names((summary.short(name, options.book, options.lang) for name in licenses), options, 6)
        rows.append(f"- {say('blocked by ')}{_names(names, options)}: {what}")
    title = say("The result may be published under" if allowed else "No suggested license works for all sources")
    return Section((f"### {title}", ""), tuple(rows), 3)


def _obligations(v: Verdict, options: Options) -> Section:
    say = _say(options)
    later = {
        Decision.ALLOW: "",
        Decision.REVIEW: say(", if the review ends in allow"),
        Decision.DENY: say(" under the licenses that allow it"),
    }[v.decision]
    owing = [s for s in v.sources if s.decision is not Decision.DENY]
    rows = []
    for kind, lines in summary.duties(owing).items():
        rows.append(f"- **{say(kind)}**")
        for line in lines:
            more = say("; and {count} more", count=len(line.clauses) - 4) if len(line.clauses) > 4 else ""
            cited = "; ".join(prose(clause, _NAME) for clause in line.clauses[:4])
            asked = say(" (for {names})", names=_names(line.sources, options)) if line.sources else ""
            rows.append(f"  - {prose(say(line.text))} \\[{cited}{more}\\]{asked}")
    if not rows and v.decision is Decision.ALLOW and v.sources:
        return Section((f"### {say('No obligations')}",), ("",), 1)
    return Section((f"### {say('Obligations')}{later}", ""), tuple(rows), 8)


def _credits(v: Verdict, options: Options) -> Section:
    say = _say(options)
    texts = [safe(credit.text, 2000) for credit in v.attributions]
    opened, closed = fence(texts)
    blanks = [
        "- "
        + say(
            "fill in for {title}: {blanks} (not found)",
            title=prose(credit.title, _NAME),
            blanks=", ".join(prose(say(what), 40) for what in credit.missing),
        )
        for credit in v.attributions
        if credit.missing
    ]
    late = ""
    if v.decision is not Decision.ALLOW:
        late = say(", once the verdict is no longer {decision}", decision=say(v.decision.value))
    shown = blanks[:_SHOWN]
    if len(blanks) > _SHOWN:
        shown.append("- " + say("and blanks in {count} more", count=len(blanks) - _SHOWN))
    foot = (closed, "", *shown) if shown else (closed,)
    return Section((f"### {say('Attribution, ready to copy')}{late}", "", opened), tuple(texts), 12, foot)


def _findings(v: Verdict, options: Options) -> Section:
    say = _say(options)
    rows = []
    marks = summary.Marks(v)
    for f in findings.of(v, options.lang):
        mark = marks.of(f)
        level = say(mark) if mark == summary.KNOWN else _mark(mark, say) + say(f.level)
        if mark == summary.WAIVED:
            level = f"{say(mark)}: {prose(f.suppressed, _NAME * 2)}"
        rows.append((level, _rule(f.rule, options), _cited(f.message, f.clause), _at(f.path, f.line, options)))
    columns = ("", say("rule"), say("finding"), say("at"))
    return _table(say("Findings"), columns, rows, 12)
