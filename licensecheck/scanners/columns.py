"""Tables whose rows are not read here (Parquet, Arrow, XLSX): whether they have a column of licenses, by their own list
of columns. Rows with a license that nobody has read leave the verdict open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from licensecheck.base import regex
from licensecheck.base.errors import Problem
from licensecheck.base.files import printable
from licensecheck.base.message import Message
from licensecheck.model import Scanned

_TAIL: Final = 64 * 1024
"""Bytes at the end of a file of columns, where its schema is (Parquet and Arrow IPC, file format)."""
_WORDS: Final = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")
"""Where a workbook keeps its words, those of the first row first (ECMA-376, part 1, 18.4 and 18.3)."""
_HEAD: Final = 16 * 1024
_COLUMN: Final = regex.compile(
    r"(?<![a-z])(?:[a-z]{2,12}[ _-])?(?:licen[cs]es?|rights)(?:[ _-]?(?:name|id|url|uri|type|title|code|link))?(?![a-z_ -])"
    r"|라이[선센]스|이용[ _]?허락|저작권|ライセンス|许可证|授权",
    re.I,
)
_PACKED: Final = (".xlsx", ".xlsm")
_ENDS: Final = (".parquet", ".arrow", ".feather", *_PACKED)


def is_columnar(name: str) -> bool:
    """Whether a file of this name is a table that keeps a list of its columns."""
    return name.lower().endswith(_ENDS)


def unread(path: Path) -> Iterator[tuple[Path, Scanned]]:
    """That the table at ``path`` has a column of licenses, which is not read; nothing where it has none."""
    try:
        words = _of_workbook(path) if path.name.lower().endswith(_PACKED) else _end(path)
    except Exception:  # a broken table is data that cannot be read by anybody
        return
    if _COLUMN.search(words):
        says = Message("a table with a column of licenses, which is not read here: give its rows as CSV or JSON Lines")
        yield path, Scanned(problems=(Problem(printable(path), 1, says),))


def _end(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _TAIL, 0))
        return file.read().decode("utf-8", "replace")


def _of_workbook(path: Path) -> str:
    import zipfile

    made = ""
    with zipfile.ZipFile(path) as book:
        for name in _WORDS:
            if name in book.namelist():
                with book.open(name) as words:
                    made += words.read(_HEAD).decode("utf-8", "replace")
    return made
