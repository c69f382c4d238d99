"""The report for a terminal: the decision at a glance, why, what is owed, and what would help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from licensecheck import __version__
from licensecheck.base.errors import Problem
from licensecheck.base.message import speaker, translated
from licensecheck.engine import findings
from licensecheck.model import Certainty, Conflict, Decision, Evidence, Scope, Stance
from licensecheck.report import summary
from licensecheck.report.reference import license_page as license_page
from licensecheck.report.reference import rule_page as rule_page
from licensecheck.report.terminal import Page, pad, safe
from licensecheck.vocabulary import INTENT_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from licensecheck.model import ClaimVerdict, Reason, SourceVerdict, Verdict
    from licensecheck.report import Options

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


class _Page(Page):
    """A page that speaks the language of its reader: ``words`` gives fixed words in it."""

    def __init__(self, options: Options) -> None:
        super().__init__(options.width, options.color)
        self.words = speaker(options.lang)
        self.lang = options.lang


def render(v: Verdict, options: Options) -> str:
    """A verdict as text: the decision and why, source by source, then what would help and what is owed."""
    page = _Page(options)
    marks = summary.Marks(v)
    groups = summary.grouped(v.sources, marks)
    _top(page, v, groups)
    told: set[str] = set()
    for group in groups:
        _source(page, group, options, told, marks)
    if v.constraints:
        page.head(page.words("no licence clears this"))
        for reason in v.constraints:
            _reason(page, reason, 2, _mark(page, marks(None, reason)))
    _conflicts(page, v.conflicts, options)
    _remedies(page, v, groups, options)
    _outbound(page, v, options)
    _owed(page, v, options)
    _credits(page, v)
    own = {caveat for s in v.sources for caveat in s.caveats}
    _list(page, page.words("mind"), [caveat for caveat in v.caveats if caveat not in own])
    _list(page, page.words("assumed"), v.assumptions)
    _findings(page, v)
    _problems(page, v.problems)
    if options.threshold == "deny" and v.decision is Decision.REVIEW:
        page.head(page.words("hidden by --fail-on deny"))
        page.say(page.words("this review does not fail the run"), 2)
    _foot(page, options)
    return page.text()


def _foot(page: _Page, options: Options) -> None:
    rules = f", rules {options.book.digest[:8]}" if options.book else ""
    page.gap()
    page.say(f"{page.words('licensecheck informs; it is not legal advice')} ({__version__}{rules})")


def _top(page: _Page, v: Verdict, groups: Sequence[summary.Group]) -> None:
    use = dict(v.use)
    say = page.words
    words = say(INTENT_WORDS.get(use.get("intent", ""), "this use"))
    purpose = say(", for: {purpose}", purpose=say(use["purpose"].replace("_", " "))) if "purpose" in use else ""
    unread = ""
    if v.problems:
        one, many = "; incomplete, 1 place could not be read", "; incomplete, {count} places could not be read"
        unread = say(one) if len(v.problems) == 1 else say(many, count=len(v.problems))
    mark = pad(say(v.decision.value.upper()), 7) + " "
    new = translated(summary.news(v), page.lang)
    page.say(f"{words}{purpose}{unread}{new}", mark=mark, code=f"1;{_COLORS[v.decision]}")
    message, clause, more = translated(summary.headline(v, groups), page.lang)
    page.say(_cited(message, clause) + (f"; {more}" if more else ""), mark=pad(say("because"), 7) + " ")
    rest = [f"{axis}={value}" for axis, value in v.use]
    if rest:
        page.say(" ".join(rest), mark=pad(say("use"), 7) + " ", code=Page.DIM)


def _cited(message: str, clause: str) -> str:
    return f"{message} [{clause}]" if clause else message


def _reason(page: _Page, reason: Reason, indent: int, before: str = "") -> None:
    page.say(f"{before}{_cited(reason.message, reason.clause)} ({reason.rule})", indent, "- ")


def _mark(page: _Page, said: str) -> str:
    return f"{page.words(said)}: " if said else ""


def _names(names: Sequence[str], page: _Page, most: int = _SHOWN) -> str:
    return summary.few([safe(name, 60, tail=True) for name in names], most, page.words)


def _source(page: _Page, group: summary.Group, options: Options, told: set[str], marks: summary.Marks) -> None:
    """One block; ``told`` holds the messages that stand above already."""
    s = group.members[0]
    page.gap()
    license = summary.license_of(s, options.book, options.lang)
    names = _names(group.names, page)
    title = (
        license if all(_is_license(name, s.source.license, options) for name in group.names) else f"{names}: {license}"
    )
    page.say(title, mark=pad(page.words(s.decision.value), 6) + "  ", code=_COLORS[s.decision])
    _reasons(page, s, told, marks)
    if s.chosen:
        chosen = summary.short(s.chosen, options.book, options.lang)
        page.say(page.words("of the licences offered, this rests on {license}", license=chosen), 2, "- ")
    if s.source.upstream:
        under = tuple(summary.short(u, options.book, options.lang) for u in s.source.upstream)
        page.say(page.words("made from works under: {licenses}", licenses=under), 2)
    for claim in s.claims:
        _claim(page, claim)
    if s.by_license and s.claims:
        alone, claimed = page.words(s.by_license.value), page.words(s.decision.value)
        page.say(
            page.words("by the licence alone: {alone}; with what is claimed: {claimed}", alone=alone, claimed=claimed),
            2,
        )
    _evidence(page, group, options)


def _is_license(name: str, license: str, options: Options) -> bool:
    """Whether a source has no name but that of its licence."""
    return license == (options.book.canonical(name) if options.book else name)


def _reasons(page: _Page, s: SourceVerdict, told: set[str], marks: summary.Marks) -> None:
    claimed = {claim.reason for claim in s.claims}
    reasons = [r for r in s.reasons if r not in claimed]
    if s.decision is Decision.ALLOW:
        by: dict[str, list[str]] = {}
        for reason in reasons:
            if reason.effect == "permit":
                by.setdefault(reason.clause, []).append(reason.rule)
        for clause, rules in by.items():
            page.say(page.words("permitted by [{clause}] ({rules})", clause=clause, rules=tuple(rules)), 2, "- ")
        for reason in reasons:
            if reason.effect == "caveat":
                _reason(page, reason, 2, page.words("mind: "))
        return
    for reason in [r for r in reasons if r.effect in ("forbid", "review")]:
        before = _mark(page, said := marks(s, reason))
        if reason.message in told:
            page.say(f"{before}{page.words('as above')} ({reason.rule})", 2, "- ")
            continue
        told.add(reason.message)
        at_worst = reason.effect == "forbid" and s.decision is Decision.REVIEW and said != summary.WAIVED
        _reason(page, reason, 2, before + (page.words("at worst: ") if at_worst else ""))


def _claim(page: _Page, claim: ClaimVerdict) -> None:
    page.say(f"{_cited(claim.reason.message, claim.reason.clause)}: {page.words(claim.decision.value)}", 2, "- ")
    if details := translated(findings.claimed(claim.claim), page.lang):
        page.say("; ".join(safe(part, 300) for part in details), 4)
    if claim.cannot:
        page.say(page.words("it never lifts: {cannot}", cannot=claim.cannot), 4)


def _place(e: Evidence) -> str:
    return f"{safe(e.path, 120, tail=True)}:{e.line}"


def _said(e: Evidence, raws: Iterable[str], options: Options, page: _Page, told: Sequence[str] = ()) -> str:
    """What one line of a file says: its field, its words, and what they were read as; ``told`` is said already."""
    words = " … ".join(f'"{safe(raw, 80)}"' for raw in list(raws)[:2])
    say = page.words
    read = summary.named(e.license, options.book, options.lang)
    same = e.license and safe(e.raw).casefold() in (e.license.casefold(), read.casefold())
    notes = [say(note) for note in (_STANCE[e.stance], _CERTAINTY[e.certainty] if e.license else "", e.note) if note]
    notes = [note for note in notes if not any(note in said for said in told)]
    if e.part:
        notes.append(say("for {part} only", part=safe(e.part, 60)))
    return f"{e.field}: {words}" + ("" if same else f" = {read}") + (f" ({'; '.join(notes)})" if notes else "")


def _evidence(page: _Page, group: summary.Group, options: Options) -> None:
    """Where the licence of these sources stands, and what else stands there that does not count."""
    caveats = list(dict.fromkeys(caveat for member in group.members for caveat in member.caveats))
    cited = {reason.message for reason in group.members[0].reasons if reason.effect == "caveat"}
    for caveat in caveats:
        if caveat not in cited:
            page.say(caveat, 2, f"- {page.words('mind: ')}")
    about, beside = summary.seen(e for member in group.members[:_SHOWN] for e in member.source.evidence)
    for row in about[:_SHOWN]:
        page.say(
            _said(row.first, row.raws, options, page, caveats),
            2,
            page.words("at {place}  ", place=_place(row.first)),
            hang=5,
        )
    if len(about) > _SHOWN:
        page.say(page.words("and {count} more places (licensecheck scan shows them)", count=len(about) - _SHOWN), 2)
    others = [e for e in beside if e.license]
    by: dict[Scope, list[Evidence]] = {}
    for e in others:
        by.setdefault(e.scope, []).append(e)
    for scope, rows in by.items():
        found = {summary.short(e.license or "", options.book, options.lang): _place(e) for e in reversed(rows)}
        said = ", ".join(f"{license} ({place})" for license, place in list(reversed(found.items()))[:3])
        page.say(
            page.words("not counted, it is about the {scope}: {said}", scope=page.words(scope.value), said=said), 2
        )


def _conflicts(page: _Page, conflicts: Sequence[Conflict], options: Options) -> None:
    for conflict in conflicts:
        page.head(page.words("disagreement: {about}", about=safe(conflict.about)))
        by: dict[str, list[Evidence]] = {}
        for e in conflict.claims:
            by.setdefault(summary.named(e.license, options.book, options.lang), []).append(e)
        for license, rows in by.items():
            places = list(dict.fromkeys(_place(e) for e in rows))
            page.say(f'{_names(places, page, 3)} ("{safe(rows[0].raw, 80)}")', 2, f"- {license}: ", hang=4)
        page.say(conflict.note or page.words("the verdict is no better than the strictest of them allows"), 2)
        if conflict.weight:
            page.say(conflict.weight, 2)


def _remedies(page: _Page, v: Verdict, groups: Sequence[summary.Group], options: Options) -> None:
    found = summary.remedies(groups, options)
    if found:
        page.head(
            page.words("what would change this") if v.decision is not Decision.ALLOW else page.words("also possible")
        )
    for text, helped in found[:_REMEDIES]:
        whom = helped and not summary.says_whom(text, helped, options)
        page.say(text + (page.words(" (for {names})", names=_names(helped, page)) if whom else ""), 2, "- ")
    if len(found) > _REMEDIES:
        page.say(page.words("and {count} more, source by source (--format json)", count=len(found) - _REMEDIES), 2)


def _outbound(page: _Page, v: Verdict, options: Options) -> None:
    out = v.outbound
    blocked, choices = summary.blockers(out), summary.choices(out)
    if not choices and len(blocked) < 2:
        return
    page.head(page.words("the result may be published under"))
    if choices:
        page.say(_names([summary.short(name, options.book, options.lang) for name in choices], page, 8), 2)
    else:
        page.say(page.words("none of the licences that were tried"), 2)
    if claimed := summary.by_claim(v):
        page.say(page.words("this rests on what is claimed of {names}", names=_names(claimed, page)), 2)
    if out.declared:
        own = options.book.canonical(out.declared) if options.book else out.declared
        one, none = page.words(", one of them"), page.words(", not one of them")
        fits = one if own in out.allowed else none if own in dict(out.blocked_by) else ""
        page.say(
            page.words(
                "declared: {license}{fits}", license=summary.short(out.declared, options.book, options.lang), fits=fits
            ),
            2,
        )
    for names, licenses in blocked[:_SHOWN]:
        shorts = sorted(licenses, key=lambda name: name != out.declared)
        what = _names([summary.short(name, options.book, options.lang) for name in shorts], page, 6)
        page.say(f"{_names(names, page)}: {what}", 2, page.words("blocked by "), hang=4)


def _owed(page: _Page, v: Verdict, options: Options) -> None:
    owed = [duty for s in v.sources for duty in s.duties]
    if v.decision is Decision.DENY:
        if owed:
            names = _names([s.source.name for s in v.sources if s.duties], page)
            page.head(page.words("owed to those that allow it"))
            page.say(f"{names}: {', '.join(map(page.words, summary.in_short(owed)))}", 2)
        return
    if not owed:
        if v.decision is Decision.ALLOW and v.sources:
            page.head(page.words("owed: nothing"))
        return
    ids = {duty.license for duty in owed}
    license = summary.short(next(iter(ids)), options.book, options.lang) if len(ids) == 1 else ""
    later = page.words(", if the review ends in allow") if v.decision is Decision.REVIEW else ""
    page.head((page.words("owed under {license}", license=license) if license else page.words("owed")) + later)
    for kind, lines in summary.duties(v.sources).items():
        page.say("", 2, page.words(kind), code=Page.BOLD)
        for line in lines:
            clauses = [clause.removeprefix(f"{license} ") for clause in line.clauses]
            more = page.words("; and {count} more", count=len(clauses) - 4) if len(clauses) > 4 else ""
            asked = page.words(" (for {names})", names=_names(line.sources, page)) if line.sources else ""
            page.say(f"{page.words(line.text)} [{'; '.join(clauses[:4])}{more}]{asked}", 4, "- ")


def _credits(page: _Page, v: Verdict) -> None:
    if not v.attributions or v.decision is Decision.DENY:
        return
    page.head(page.words("attribution, ready to copy"))
    for credit in v.attributions:
        page.copy(credit.text, 2)
    for credit in v.attributions:
        if credit.missing:
            blanks = tuple(map(page.words, credit.missing))
            page.say(
                page.words("fill in for {title}: {blanks} (not found)", title=safe(credit.title, 80), blanks=blanks), 2
            )


def _list(page: _Page, title: str, items: Sequence[str]) -> None:
    if items:
        page.head(title)
    for item in items:
        page.say(item, 2, "- ")


def _findings(page: _Page, v: Verdict) -> None:
    """What the gate found beside the sources, and what a waiver or a baseline covers."""
    own = {(f.rule, f.message) for f in v.findings}
    marks = summary.Marks(v)
    found = findings.of(v, page.lang)
    open_ = [f for f in found if not f.suppressed and (f.rule, f.message) in own]
    covered = [f for f in found if f.suppressed]
    if open_:
        page.head(page.words("also found"))
    for f in open_[:_REMEDIES]:
        before = _mark(page, marks.of(f))
        page.say(f"{before}{safe(f.message, 600)} ({f.rule})", 2, f"- {_at(f.path, f.line)}  ", hang=4)
    if len(open_) > _REMEDIES:
        page.say(page.words("and {count} more (--format jsonl)", count=len(open_) - _REMEDIES), 2)
    if covered:
        page.head(page.words("waived, or known before"))
    for f in covered[:_REMEDIES]:
        known = marks.of(f) == summary.KNOWN
        why = page.words(summary.KNOWN) if known else f"{page.words('waived')}: {safe(f.suppressed, 200)}"
        page.say(f"{safe(f.message, 300)} ({f.rule}): {why}", 2, "- ")
    if len(covered) > _REMEDIES:
        page.say(page.words("and {count} more (--format jsonl)", count=len(covered) - _REMEDIES), 2)


def _at(path: str, line: int) -> str:
    return f"{safe(path, 120, tail=True)}:{line}"


def _problems(page: _Page, problems: Sequence[Problem]) -> None:
    if problems:
        page.head(page.words("could not be read"))
    for p in problems:
        page.say(safe(p.message, 400), 2, f"- {safe(p.path, 120, tail=True)}:{p.line}  ", hang=4)
