"""The whole report; color on a terminal, no color with ``NO_COLOR``.

For: people, terminals, logs.

The decision comes first, then the reasons of each source, what would change the answer, and the obligations.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from licensecheck.base.message import translated
from licensecheck.engine import findings
from licensecheck.model import Decision
from licensecheck.report import blocks, labels, summary
from licensecheck.report.blocks import SHOWN, SpokenPage, cited
from licensecheck.report.terminal import Page, pad, safe

if TYPE_CHECKING:
    from licensecheck.model import ClaimVerdict, Reason, SourceVerdict, Verdict
    from licensecheck.report import Options

_MOST: Final = 16
"""So many remedies and findings are shown."""


def render(v: Verdict, options: Options) -> str:
    """A verdict as text: the decision and why, source by source, then what would help and the obligations."""
    page = SpokenPage(options)
    marks = summary.Marks(v)
    groups = summary.grouped(v.sources, marks)
    _top(page, v, groups)
    shown: set[str] = set()
    for group in groups:
        _source(page, group, options, shown, marks)
    if v.constraints:
        page.head(page.words("outside any license"))
        for reason in v.constraints:
            _reason(page, reason, 2, _mark(page, marks(None, reason)))
    blocks.conflicts(page, v.conflicts, options)
    _remedies(page, v, groups, options)
    _outbound(page, v, options)
    _obligations(page, v, options)
    _credits(page, v)
    _list(page, page.words("notes"), summary.general_caveats(v))
    _list(page, page.words("assumed"), v.assumptions)
    _findings(page, v)
    blocks.problems(page, v.problems)
    if options.threshold == "deny" and v.decision is Decision.REVIEW:
        page.head(page.words("hidden by --fail-on deny"))
        page.say(page.words("this review does not fail the run"), 2)
    if account := summary.covered_of(v):
        page.gap()
        page.say(translated(account, page.lang))
    blocks.foot(page, options)
    return page.text()


def _top(page: SpokenPage, v: Verdict, groups: Sequence[summary.Group]) -> None:
    say = page.words
    unread = ""
    if v.problems:
        one, many = "; incomplete, 1 place could not be read", "; incomplete, {count} places could not be read"
        unread = say(one) if len(v.problems) == 1 else say(many, count=len(v.problems))
    mark = pad(say(v.decision.value.upper()), 7) + " "
    new = translated(summary.news(v), page.lang)
    page.say(f"{summary.subject(v, say)}{unread}{new}", mark=mark, code=f"1;{labels.COLORS[v.decision]}")
    message, clause, more = translated(summary.headline(v, groups), page.lang)
    page.say(cited(message, clause) + (f"; {more}" if more else ""), mark=pad(say("because"), 7) + " ")
    rest = [f"{axis}={value}" for axis, value in v.use]
    if rest:
        page.say(" ".join(rest), mark=pad(say("use"), 7) + " ", code=Page.DIM)


def _reason(page: SpokenPage, reason: Reason, indent: int, before: str = "") -> None:
    page.say(f"{before}{cited(reason.message, reason.clause)} ({reason.rule})", indent, "- ")


def _mark(page: SpokenPage, mark: str) -> str:
    return f"{page.words(mark)}: " if mark else ""


def _source(page: SpokenPage, group: summary.Group, options: Options, shown: set[str], marks: summary.Marks) -> None:
    """The block of one group of sources; ``shown`` holds the messages of the blocks above."""
    s = group.members[0]
    page.gap()
    title = summary.license_of(s, options.book, options.lang)
    if not all(_is_license(name, s.source.license, options) for name in group.names):
        title = f"{blocks.names(group.names, page)}: {title}"
    page.say(title, mark=pad(page.words(s.decision.value), 6) + "  ", code=labels.COLORS[s.decision])
    _reasons(page, s, shown, marks)
    if s.chosen:
        chosen = summary.short(s.chosen, options.book, options.lang)
        page.say(page.words("decided under {license}, one of the licenses offered", license=chosen), 2, "- ")
    if s.source.upstream:
        under = tuple(summary.short(u, options.book, options.lang) for u in s.source.upstream)
        page.say(page.words("made from works under: {licenses}", licenses=under), 2)
    for claim in s.claims:
        _claim(page, claim)
    if s.by_license and s.claims:
        alone, claimed = page.words(s.by_license.value), page.words(s.decision.value)
        page.say(
            page.words("by the license alone: {alone}; with the claims: {claimed}", alone=alone, claimed=claimed), 2
        )
    blocks.evidence(page, group, options)


def _is_license(name: str, license: str, options: Options) -> bool:
    """Whether a source has no name but that of its license."""
    return license == (options.book.canonical(name) if options.book else name)


def _reasons(page: SpokenPage, s: SourceVerdict, shown: set[str], marks: summary.Marks) -> None:
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
                _reason(page, reason, 2, page.words("note: "))
        return
    above: dict[str, list[str]] = {}
    for reason in [r for r in reasons if r.effect in ("forbid", "review")]:
        before = _mark(page, mark := marks(s, reason))
        if reason.message in shown:
            above.setdefault(before, []).append(reason.rule)
            continue
        shown.add(reason.message)
        possibly = reason.effect == "forbid" and s.decision is Decision.REVIEW and mark != summary.WAIVED
        _reason(page, reason, 2, before + (page.words("possibly: ") if possibly else ""))
    for before, rules in above.items():
        page.say(f"{before}{page.words('as above')} ({', '.join(dict.fromkeys(rules))})", 2, "- ")


def _claim(page: SpokenPage, claim: ClaimVerdict) -> None:
    page.say(f"{cited(claim.reason.message, claim.reason.clause)}, {page.words(labels.CLAIM[claim.decision])}", 2, "- ")
    if details := translated(findings.claimed(claim.claim), page.lang):
        page.say("; ".join(safe(part, 300) for part in details), 4)
    if claim.cannot:
        page.say(page.words("it does not cover: {cannot}", cannot=claim.cannot), 4)


def _remedies(page: SpokenPage, v: Verdict, groups: Sequence[summary.Group], options: Options) -> None:
    found = summary.remedies(groups, options)
    if found:
        page.head(
            page.words("what would change this") if v.decision is not Decision.ALLOW else page.words("also possible")
        )
    for text, helped in found[:_MOST]:
        whom = helped and not summary.says_whom(text, helped, options)
        page.say(text + (page.words(" (for {names})", names=blocks.names(helped, page)) if whom else ""), 2, "- ")
    if len(found) > _MOST:
        page.say(page.words("and {count} more, source by source (--format json)", count=len(found) - _MOST), 2)


def _outbound(page: SpokenPage, v: Verdict, options: Options) -> None:
    out = v.outbound
    blocked, choices = summary.blockers(out), summary.choices(out)
    if not choices and len(blocked) < 2:
        return
    if choices:
        page.head(page.words("the result may be published under"))
        page.say(blocks.names([summary.short(name, options.book, options.lang) for name in choices], page, 8), 2)
    else:
        page.head(page.words("no suggested license works for all sources"))
    if claimed := summary.by_claim(v):
        page.say(page.words("this depends on the claims for {names}", names=blocks.names(claimed, page)), 2)
    if own := summary.own_license(out, options):
        page.say(translated(own, page.lang), 2)
    for names, licenses in blocked[:SHOWN]:
        shorts = sorted(licenses, key=lambda name: name != out.declared)
        what = blocks.names([summary.short(name, options.book, options.lang) for name in shorts], page, 6)
        page.say(f"{blocks.names(names, page)}: {what}", 2, page.words("blocked by "), hang=4)


def _obligations(page: SpokenPage, v: Verdict, options: Options) -> None:
    owed = [duty for s in v.sources for duty in s.duties]
    if v.decision is Decision.DENY:
        if owed:
            names = blocks.names([s.source.name for s in v.sources if s.duties], page)
            page.head(page.words("obligations under the licenses that allow it"))
            page.say(f"{names}: {', '.join(map(page.words, summary.in_short(owed)))}", 2)
        return
    if not owed:
        if v.decision is Decision.ALLOW and v.sources:
            page.head(page.words("no obligations"))
        return
    ids = {duty.license for duty in owed}
    license = summary.short(next(iter(ids)), options.book, options.lang) if len(ids) == 1 else ""
    later = page.words(", if the review ends in allow") if v.decision is Decision.REVIEW else ""
    title = page.words("obligations under {license}", license=license) if license else page.words("obligations")
    page.head(title + later)
    for kind, lines in summary.duties(v.sources).items():
        page.say("", 2, page.words(kind), code=Page.BOLD)
        for line in lines:
            clauses = [clause.removeprefix(f"{license} ") for clause in line.clauses]
            more = page.words("; and {count} more", count=len(clauses) - 4) if len(clauses) > 4 else ""
            asked = page.words(" (for {names})", names=blocks.names(line.sources, page)) if line.sources else ""
            page.say(f"{page.words(line.text)} [{'; '.join(clauses[:4])}{more}]{asked}", 4, "- ")


def _credits(page: SpokenPage, v: Verdict) -> None:
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


def _list(page: SpokenPage, title: str, items: Sequence[str]) -> None:
    if items:
        page.head(title)
    for item in items:
        page.say(item, 2, "- ")


def _findings(page: SpokenPage, v: Verdict) -> None:
    """The findings that no source's block has, and those that a waiver or a baseline covers."""
    if not v.findings and not v.suppressed:
        return
    own = {(f.rule, f.message) for f in v.findings}
    marks = summary.Marks(v)
    found = findings.of(v, page.lang, marked=False)
    open_ = [f for f in found if not f.suppressed and (f.rule, f.message) in own]
    covered = [f for f in found if f.suppressed]
    if open_:
        page.head(page.words("also found"))
    for f in open_[:_MOST]:
        before = _mark(page, marks.of(f))
        page.say(f"{before}{safe(f.message, 600)} ({f.rule})", 2, f"- {blocks.place(f.path, f.line)}  ", hang=4)
    if len(open_) > _MOST:
        page.say(page.words("and {count} more (--format jsonl)", count=len(open_) - _MOST), 2)
    if covered:
        page.head(page.words("waived, or in the baseline"))
    for f in covered[:_MOST]:
        known = marks.of(f) == summary.KNOWN
        why = page.words(summary.KNOWN) if known else f"{page.words('waived')}: {safe(f.suppressed, 200)}"
        page.say(f"{safe(f.message, 300)} ({f.rule}): {why}", 2, "- ")
    if len(covered) > _MOST:
        page.say(page.words("and {count} more (--format jsonl)", count=len(covered) - _MOST), 2)
