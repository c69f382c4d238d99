"""The credits that rows ask for which are allowed, as a file: Markdown, grouped by license, or CSV, a line for each credit."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

from licensecheck.attribution.credits import WRITERS
from licensecheck.base.errors import Unreadable, UsageError
from licensecheck.base.files import write_whole
from licensecheck.base.message import Message
from licensecheck.engine.credit import attribution, clean
from licensecheck.knowledge import fields
from licensecheck.knowledge.rulebook import Rulebook
from licensecheck.model import Attribution, Credit, Decision, SourceVerdict, replace
from licensecheck.scanners.row_files import Cells, Rows
from licensecheck.vocabulary import Use

_FORMULA: Final = ("=", "+", "-", "@")
_PAGE: Final = 20_000
"""Credits of the longest page in Markdown."""
_HEAD: Final = ("license", "license_url", "author", "title", "source", "changes", "credit", "missing", "rows")


def roles(pairs: Iterable[str]) -> dict[str, str]:
    """``ROLE=NAME`` as columns by role. Raises :class:`UsageError`."""
    found: dict[str, str] = {}
    known = fields.credit_roles()
    for pair in pairs:
        role, _, name = pair.partition("=")
        if role not in known or not name:
            says = "`--credit-column {pair}`: write ROLE=NAME, as in author=photographer; roles are {roles}"
            raise UsageError(Message(says, pair=pair, roles=", ".join(known)))
        found[role] = name
    return found


def write(
    tables: Iterable[Rows],
    verdicts: Mapping[Cells, SourceVerdict],
    use: Use,
    book: Rulebook,
    target: str,
    named: Mapping[str, str],
    lang: str = "en",
) -> int:
    """Write the credits of the rows in ``tables`` that ``verdicts`` allow to the file ``target``, whole or not at all.

    Gives their number. Raises :class:`UsageError` where the file cannot be written, or is of no form that is known.
    """
    low = target.lower()
    if not low.endswith((".md", ".csv")):
        says = "`{file}` is in no form that credits are written in: end it with .md or .csv"
        raise UsageError(Message(says, file=target))
    made = _credits(tables, verdicts, use, book, named, lang)
    try:
        if low.endswith(".csv"):
            return _as_csv(made, Path(target))
        held = list(islice(made, _PAGE + 1))
        if len(held) > _PAGE:
            raise UsageError(Message("over {most} credits make no page: write them to a .csv file", most=_PAGE))
        write_whole(Path(target), WRITERS["markdown"]([credit for credit, _ in held], lang))
        return len(held)
    except OSError as error:
        why = str(error.strerror or error)
        raise UsageError(Message("`{file}` cannot be written: {why}", file=target, why=why)) from None
    except Unreadable as error:
        raise UsageError(Message("the rows cannot be written: {why}", why=error.message)) from None


def _credits(
    tables: Iterable[Rows],
    verdicts: Mapping[Cells, SourceVerdict],
    use: Use,
    book: Rulebook,
    named: Mapping[str, str],
    lang: str,
) -> Iterator[tuple[Attribution, int]]:
    for table in tables:
        for cells, held, rows in table.credits(named):
            verdict = verdicts.get(cells)
            if verdict is None or verdict.decision is not Decision.ALLOW:
                continue
            one = {role: tuple(filter(None, map(str.strip, texts))) for role, texts in held.items()}
            credit = Credit(
                " ".join(one.get("title", ())),
                one.get("author", ()),
                next(iter(one.get("source", ())), ""),
                " ".join(one.get("notice", ())),
            )
            source = replace(verdict.source, name="", credit=credit)
            found = attribution(replace(verdict, source=source), use, book, lang)
            if found is not None:
                yield found, rows


def _as_csv(made: Iterator[tuple[Attribution, int]], target: Path) -> int:
    temporary = target.with_name(f".{target.name[:80]}.tmp")
    count = 0
    try:
        with temporary.open("x", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(_HEAD)
            for credit, rows in made:
                count += 1
                texts = (credit.license, credit.license_url, "; ".join(credit.creators), credit.title, credit.source, credit.changes, credit.text, ", ".join(credit.missing))  # fmt: skip
                writer.writerow([*map(_cell, texts), rows])
        temporary.replace(target)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return count


def _cell(text: str) -> str:
    """``text`` on one line, as a cell that no spreadsheet takes for a formula."""
    plain = clean(text, 4_000)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain
