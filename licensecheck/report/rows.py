"""What is decided for the rows of tables, as text of 80 columns and as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from licensecheck.base.message import speaker, translated
from licensecheck.model import Decision, SourceVerdict
from licensecheck.report import Options
from licensecheck.report.terminal import Page, columns, pad, safe
from licensecheck.verdict.rows import RowsVerdict

_WIDTH: Final = 80
_LICENSE: Final = 24
_SHOWN: Final = 30
"""Licenses that the text shows; CSV and JSON have all."""
_OFFERED: Final = 8
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_ORDER: Final = (Decision.DENY, Decision.REVIEW, Decision.ALLOW)


class _Line:
    """Rows under one license with one verdict."""

    def __init__(self, license: str, verdict: SourceVerdict) -> None:
        self.license, self.verdict, self.rows = license, verdict, 0


def _lines(found: RowsVerdict) -> list[_Line]:
    """The rows by license, the strictest decision first, then the most rows."""
    by: dict[tuple[str, SourceVerdict], _Line] = {}
    for one in found.values:
        by.setdefault((one.license, one.verdict), _Line(one.license, one.verdict)).rows += one.rows
    return sorted(by.values(), key=lambda line: (_ORDER.index(line.verdict.decision), -line.rows, line.license))


def text(found: RowsVerdict, options: Options) -> str:
    """The decision, a table by license, what may be published under what, and what was written or not read."""
    say = speaker(options.lang)
    page = Page(min(options.width, _WIDTH), options.color)
    counts = found.decisions
    page.say(say("{rows} rows: {allow} allow, {review} review, {deny} deny", rows=f"{found.rows:,}", allow=f"{counts['allow']:,}", review=f"{counts['review']:,}", deny=f"{counts['deny']:,}"), mark=f"{found.decision.value.upper()}   ", code=Page.BOLD)  # fmt: skip
    if found.without_license:
        page.say(say("rows without a license: {rows}", rows=f"{found.without_license:,}"))
    page.gap()
    lines = _lines(found)
    head = f"{pad(say('license'), _LICENSE)}{say('rows'):>12}  {say('share'):>6}  "
    page.columns(head, columns(head), say("verdict"))
    for line in lines[:_SHOWN]:
        named = safe(line.license.removeprefix("LicenseRef-"), 200)
        if columns(named) > _LICENSE - 1:
            named = f"{named[: _LICENSE - 2]}…"
        share = 100 * line.rows / max(found.rows, 1)
        row = f"{pad(named, _LICENSE)}{line.rows:>12,}  {share:>5.1f}%  "
        page.columns(row, columns(row), translated(line.verdict.decision.value, options.lang))
        for reason in line.verdict.reasons[:1] if found.use and line.verdict.decision is not Decision.ALLOW else ():
            clause = f" [{reason.clause}]" if reason.clause else ""
            page.say(f"{translated(reason.message, options.lang)}{clause}", indent=4)
    if len(lines) > _SHOWN:
        page.say(say("and {count} more licenses: --format json or csv shows all", count=len(lines) - _SHOWN))
    if not found.use:
        page.gap()
        page.say(say("the use is not declared; state its intent and purpose"))
    if found.outbound:
        page.head(say("could be published together"))
        for license, rows in found.outbound[:_OFFERED]:
            named = safe(license, _LICENSE - 1)
            page.columns(f"{pad(named, _LICENSE)}{rows:>12,}", _LICENSE + 12, "")
    if found.written:
        page.head(say("written"))
        for what, written in found.written:
            if what == "credits":
                page.say(say("{count} credits to {path}", count=f"{written.rows:,}", path=safe(written.path)), indent=2)
                continue
            page.say(say("{rows} rows to {path}", rows=f"{written.rows:,}", path=safe(written.path)), indent=2)
    if found.problems:
        page.head(say("not read"))
        for problem in found.problems:
            page.say(f"{safe(problem.path, 200, tail=True)}: {translated(problem.message, options.lang)}", indent=2)
    return page.text()


def csv_text(found: RowsVerdict) -> str:
    """One line for each distinct value: value, license, certainty, rows, share, decision, rule, clause and reason."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("value", "license", "certainty", "rows", "share", "decision", "rule", "clause", "reason"))
    for one in found.values:
        reason = one.verdict.reasons[0] if one.verdict.reasons else None
        told = (reason.rule, reason.clause, str(reason.message)) if reason else ("", "", "")
        share = f"{one.rows / max(found.rows, 1):.6f}"
        writer.writerow(map(_cell, (one.value, one.license, one.certainty.value, str(one.rows), share, one.decision.value, *told)))  # fmt: skip
    return out.getvalue().rstrip("\n")


def _cell(text: str) -> str:
    """``text`` as a cell that no spreadsheet takes for a formula, on one line."""
    plain = safe(text, 2000)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain


def columns_of(found: RowsVerdict) -> Iterator[str]:
    """The columns that were read, a line for each file."""
    for one in found.columns:
        yield f"{one.file}: {', '.join(one.license)} ({one.how})"
