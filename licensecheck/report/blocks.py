"""Blocks that the reports for a terminal share: names, places, evidence, conflicts, what could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from licensecheck import __version__
from licensecheck.base.message import speaker
from licensecheck.report import summary
from licensecheck.report.terminal import Page, safe

if TYPE_CHECKING:
    from licensecheck.base.errors import Problem
    from licensecheck.model import Conflict, Evidence, Scope
    from licensecheck.report import Options

SHOWN: Final = 5
"""So many of a long list are shown; the rest is counted, and is in the JSON."""


class SpokenPage(Page):
    """A page in the language of its reader: ``words`` gives fixed words in it."""

    def __init__(self, options: Options) -> None:
        super().__init__(options.width, options.color)
        self.words = speaker(options.lang)
        self.lang = options.lang


def cited(message: str, clause: str) -> str:
    """``message`` with its clause in brackets, where it has one."""
    return f"{message} [{clause}]" if clause else message


def names(every: Sequence[str], page: SpokenPage, most: int = SHOWN) -> str:
    """The first of the names, made safe, and how many more there are."""
    return summary.few([safe(name, 60, tail=True) for name in every], most, page.words)


def place(path: str, line: int) -> str:
    """A line of a file as ``path:line``, made safe; of a long path the end is kept."""
    return f"{safe(path, 120, tail=True)}:{line}"


def foot(page: SpokenPage, options: Options) -> None:
    """The last line: no legal advice, the version, the rules."""
    rules = f", rules {options.book.digest[:8]}" if options.book else ""
    page.gap()
    page.say(f"{page.words('licensecheck informs; it is not legal advice')} ({__version__}{rules})")


def evidence(page: SpokenPage, group: summary.Group, options: Options) -> None:
    """Where the license of these sources is stated, and the statements there that do not count."""
    caveats = list(dict.fromkeys(caveat for member in group.members for caveat in member.caveats))
    shown = {reason.message for reason in group.members[0].reasons if reason.effect == "caveat"}
    for caveat in caveats:
        if caveat not in shown:
            page.say(caveat, 2, f"- {page.words('note: ')}")
    about, beside = summary.seen(e for member in group.members[:SHOWN] for e in member.source.evidence)
    for row in about[:SHOWN]:
        at = page.words("at {place}  ", place=place(row.first.path, row.first.line))
        page.say(_statement(row, options, page, caveats), 2, at, hang=5)
    if len(about) > SHOWN:
        page.say(page.words("and {count} more places (licensecheck scan shows them)", count=len(about) - SHOWN), 2)
    by: dict[Scope, list[Evidence]] = {}
    for e in beside:
        if e.license:
            by.setdefault(e.scope, []).append(e)
    for scope, rows in by.items():
        found = {
            summary.short(e.license or "", options.book, options.lang): place(e.path, e.line) for e in reversed(rows)
        }
        listed = ", ".join(f"{license} ({at})" for license, at in list(reversed(found.items()))[:3])
        page.say(
            page.words("not counted, about the {scope}: {licenses}", scope=page.words(scope.value), licenses=listed), 2
        )


def _statement(row: summary.Seen, options: Options, page: SpokenPage, caveats: Sequence[str]) -> str:
    """One line of a file: its field, its words, and the license they were read as."""
    words = " … ".join(f'"{safe(raw, 80)}"' for raw in row.raws[:2])
    read = summary.read_as(row.first, options)
    notes = summary.remarks(row.first, options, caveats)
    return f"{row.first.field}: {words}" + (f" = {read}" if read else "") + (f" ({'; '.join(notes)})" if notes else "")


def conflicts(page: SpokenPage, every: Sequence[Conflict], options: Options) -> None:
    """What places disagree about, license by license with its places."""
    for conflict in every:
        page.head(page.words("disagreement: {about}", about=safe(conflict.about)))
        by: dict[str, list[Evidence]] = {}
        for e in conflict.claims:
            by.setdefault(summary.named(e.license, options.book, options.lang), []).append(e)
        for license, rows in by.items():
            places = list(dict.fromkeys(place(e.path, e.line) for e in rows))
            page.say(f'{names(places, page, 3)} ("{safe(rows[0].raw, 80)}")', 2, f"- {license}: ", hang=4)
        page.say(summary.outcome(conflict, options.lang), 2)
        if conflict.weight:
            page.say(conflict.weight, 2)


def problems(page: SpokenPage, every: Sequence[Problem]) -> None:
    """The places that could not be read, and why."""
    if every:
        page.head(page.words("could not be read"))
    for p in every:
        page.say(safe(p.message, 400), 2, f"- {place(p.path, p.line)}  ", hang=4)
