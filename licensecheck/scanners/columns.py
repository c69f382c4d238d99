"""Columns of licenses in tables that are no small text: Parquet, Arrow, workbooks, tables packed by Zstandard, and tables
written as text that are larger than what is read of a file.

:mod:`licensecheck.scanners.tables` reads them where its libraries are installed, and :mod:`licensecheck.scanners.rows` judges what
it finds. Elsewhere a table whose own list of columns, or whose first bytes, name a column of licenses is told to be unread: rows
with a license that nobody has read leave the verdict open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from licensecheck.base import regex
from licensecheck.base.errors import Problem, Unreadable
from licensecheck.base.files import LIMIT, blocks, encoding, is_pointer, lines, printable
from licensecheck.base.message import Message
from licensecheck.knowledge import fields
from licensecheck.model import Scanned, replace
from licensecheck.scanners import rows, tables
from licensecheck.scanners.tables import Column, Table

_ENDS: Final = 256 * 1024
"""Bytes at both ends of a file of columns, where its schema is (Parquet, Arrow IPC, Avro, ORC, SQLite, SPSS, Stata)."""
_STREAMED: Final = 1024 * 1024 * 1024
"""Bytes of a table written as text that are read where no engine reads it."""
_FOOTER: Final = 16 * 1024 * 1024
"""Bytes of the longest footer of Parquet that is looked into."""
_WORDS: Final = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "content.xml")
"""Where a workbook keeps its words, those of the first row first (ECMA-376, part 1, 18.4 and 18.3; OpenDocument 1.3)."""
_WORD: Final = regex.compile(r"[^\W\d][\w -]{2,59}")
_LISTED: Final = (".parquet", ".pq", ".parq", ".arrow", ".feather", ".ipc", ".arrows")
"""Endings of tables that list their columns in plain bytes: most have none of licenses, and are not opened."""
_BOOKS: Final = (".xlsx", ".xlsm", ".xlsb", ".ods")
_PARTS: Final = ("name", "url", "id", "title", "spdx", "code", "type", "text", "href", "uri", "key", "value")
"""Columns within a column of licenses that say what the license is."""


def scan(path: Path) -> Scanned:
    """What the rows of the table at ``path`` say of their license; that it is unread where it has a column of licenses
    and cannot be read here, and nothing where it has none."""
    shown = printable(path)
    if is_pointer(path):
        says = Message("only a pointer of Git LFS or git-annex, whose text is not here: fetch it first")
        return Scanned(problems=(Problem(shown, 1, says),))
    if tables.is_foreign(path.name):
        return _unread(path, Message("a table of this kind is not read here, and it may have a column of licenses: give its rows as CSV, JSON Lines or Parquet"))  # fmt: skip
    if tables.is_text(path.name) and not (tables.can_read(path.name) and _is_plain(path)):
        return _streamed(path, shown)
    if not tables.can_read(path.name):
        return _unread(path, Message("a table with a column of licenses, which is not read: install the extra `rows`, or give its rows as CSV or JSON Lines"))  # fmt: skip
    if path.name.lower().endswith(_LISTED) and not _names(path, holding=True):
        return Scanned()
    try:
        with tables.opened(path) as several:
            parts = [_judged(shown, table) for table in several]
    except Unreadable as error:
        return Scanned(problems=(Problem(shown, error.line, error.message),)) if _names(path) else Scanned()
    return Scanned(
        tuple(e for part in parts for e in part.evidence),
        tuple(p for part in parts for p in part.problems),
        unweighed=tuple(u for part in parts for u in part.unweighed),
    )


def _is_plain(path: Path) -> bool:
    """Whether the engine knows the encoding of a table written as text, which is UTF-8."""
    return path.name.lower().endswith(".zst") or encoding(path) == ""


def scan_json(path: Path) -> Scanned:
    """What the fields of licenses of a JSON file of any size say."""
    shown = printable(path)
    problems: list[Problem] = []
    texts = _told(blocks(path, _STREAMED, LIMIT), shown, problems)
    found = rows.judged(shown, rows.of_blocks(texts), sampled=True)
    return replace(found, problems=(*found.problems, *problems))


def _told(texts: Iterator[str], shown: str, problems: list[Problem]) -> Iterator[str]:
    """``texts`` of a file up to where it cannot be read, which becomes one of ``problems``."""
    try:
        yield from texts
    except Unreadable as error:
        problems.append(Problem(shown, error.line, error.message))


def _streamed(path: Path, shown: str) -> Scanned:
    """What the rows of a table written as text say, line by line, without an engine."""
    problems: list[Problem] = []
    found = rows.judged(shown, rows.of_lines(shown, _told(lines(path, _STREAMED), shown, problems)))
    return replace(found, problems=(*found.problems, *problems))


def of_license(columns: Sequence[Column]) -> tuple[list[Column], Column | None]:
    """The columns of licenses among ``columns``, and the one with the version of a license, each by its name."""
    chosen: list[Column] = []
    version: Column | None = None
    for column in columns:
        *above, name = column.way
        if fields.is_version(name):
            version = version or column
        elif fields.is_column(name) or (above and name.lower() in _PARTS and any(map(fields.is_column, above))):
            chosen.append(column)
    return chosen, version


def _judged(shown: str, table: Table) -> Scanned:
    chosen, version = of_license(table.columns())
    if not chosen:
        return Scanned()
    wanted = [*chosen, version] if version else chosen
    names = [f"{table.part}: {column.name}" if table.part else column.name for column in chosen]

    def alike() -> Iterator[rows.Row]:
        for group in table.groups(wanted, rows.VALUES + 1):
            *cells, last = group.cells if version else (*group.cells, ())
            said = rows.of_row(list(zip(names, cells, strict=True)), last[0] if last else "")
            yield rows.Row(max(group.first, 1), said, group.rows)

    return rows.judged(shown, sorted(alike(), key=lambda row: row.line))


def _unread(path: Path, says: Message) -> Scanned:
    return Scanned(problems=(Problem(printable(path), 1, says),)) if _names(path) else Scanned()


def _names(path: Path, *, holding: bool = False) -> bool:
    """Whether a table has a column of licenses by its own list of columns, as far as that can be seen in its bytes; or,
    if ``holding``, one whose texts may have fields."""
    try:
        words = _of_workbook(path) if path.name.lower().endswith(_BOOKS) else _ends(path)
    except Exception:  # a broken table is data that cannot be read by anybody
        return False
    low = words.lower()
    names = (m.group().strip(" _-") for m in _WORD.finditer(words))
    if any(stem in low for stem in fields.column_stems()):
        return any(fields.is_column(name) or (holding and fields.may_hold(name)) for name in names)
    return holding and any(map(fields.may_hold, names))


def _ends(path: Path) -> str:
    if not path.is_file():
        return ""
    size = path.stat().st_size
    with path.open("rb") as file:
        first = file.read(_ENDS)
        file.seek(max(size - 8, 0))
        last = file.read(8)
        footer = int.from_bytes(last[:4], "little") if last.endswith(b"PAR1") else 0
        file.seek(max(size - max(min(footer + 8, _FOOTER), _ENDS), 0))
        end = file.read()
    return (end if footer else first + b"\0" + end).decode("utf-8", "replace")


def _of_workbook(path: Path) -> str:
    import zipfile

    made = ""
    with zipfile.ZipFile(path) as book:
        for name in _WORDS:
            if name in book.namelist():
                with book.open(name) as words:
                    made += words.read(16 * 1024).decode("utf-8", "replace")
    return made
