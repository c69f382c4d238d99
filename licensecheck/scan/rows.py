"""Tables and lines of data whose rows name licences: CSV, TSV and JSON Lines with a column of licences.

A sample is read, and what it names stands beside the licence of the whole (field ``further words``): a licence of
some rows is none of the dataset, and an allow that one of them would shut out is a review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from licensecheck import patterns
from licensecheck.identify import url, value
from licensecheck.model import Basis, Evidence, Origin, Scanned, Scope, Stance
from licensecheck.scan.words import FURTHER
from licensecheck.wording import Message

NAME: Final = "rows"
_ENDS: Final = (".csv", ".tsv", ".jsonl", ".ndjson")
_SAMPLE: Final = 256 * 1024
"""Characters of a file that are read."""
_ROWS: Final = 2_000
_VALUES: Final = 40
"""Licences of one file that are told, each once."""
_LONG: Final = 2_000
_WORD: Final = r"licen[cs]es?|rights|라이[선센]스|이용[ _]?허락(?:[ _]?범위)?|저작권|ライセンス|许可证|授权"
_COLUMN: Final = patterns.compile(
    rf"(?:[a-z]{{2,12}}[ _-])?(?:{_WORD})(?:[ _-]?(?:name|id|url|uri|type|title|code|link))?\Z", re.I
)
_HINT: Final = patterns.compile(_WORD, re.I)
_SPDX: Final = patterns.compile(r"[#/ \t]{0,8}SPDX-License-Identifier:[ \t]*([^\n]{1,200})")


def sniffed(name: str) -> bool:
    """Whether a file of this name is to be looked into before it is known what it is."""
    return name.lower().endswith(_ENDS)


def claims(name: str, head: str) -> bool:
    """Files of rows whose first line names a column of licences, or states a licence itself (SPDX)."""
    first = head.lstrip("\ufeff \n").split("\n", 1)[0]
    return sniffed(name) and _HINT.search(first) is not None


def scan(path: str, text: str) -> Scanned:
    """The licences that the first rows name, each once, at the line where it first stands."""
    found: dict[str, Evidence] = {}
    for line, column, raw in islice(_cells(path, text[:_SAMPLE]), _ROWS * 8):
        if len(found) == _VALUES:
            break
        if raw in found:
            continue
        s = (url(raw) if "://" in raw else None) or value(raw)
        if s.license and s.stance is Stance.ASSERTED:
            note = Message("a licence of rows: the column `{column}` of the first rows", column=column)
            found[raw] = Evidence(
                path, line, 1, FURTHER, " ".join(raw.split())[:300], s.license, s.certainty, Scope.DATA,
                Origin.IN_ARTIFACT, NAME, Basis.METADATA_FILE, s.stance, "", s.restricts, s.rule, note,
            )  # fmt: skip
    return Scanned(tuple(found.values()))


def _cells(path: str, text: str) -> Iterator[tuple[int, str, str]]:
    """The cells of columns of licences: line, column, words. What cannot be parsed is left out, as a row of data."""
    stated = _SPDX.match(text.removeprefix("\ufeff"))
    if stated:
        yield 1, "SPDX-License-Identifier", stated[1].strip()
    lines = text.removeprefix("\ufeff").split("\n")[: _ROWS + 1]
    if path.lower().endswith((".jsonl", ".ndjson")):
        yield from _objects(lines)
        return
    import csv

    rows = csv.reader(lines, delimiter="\t" if path.lower().endswith(".tsv") or "\t" in lines[0] else ",")
    columns: list[tuple[int, str]] = []
    try:
        for row in rows:
            if not columns:
                columns = [(n, name.strip()) for n, name in enumerate(row) if _COLUMN.match(name.strip())]
                if not columns and rows.line_num > 3:
                    return
                continue
            yield from ((rows.line_num, name, row[n].strip()) for n, name in columns if n < len(row) and row[n].strip())
    except csv.Error:
        return


def _objects(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    import json

    for number, line in enumerate(lines, 1):
        if not _HINT.search(line[:_LONG]):
            continue
        try:
            row: Any = json.loads(line)
        except (ValueError, RecursionError):
            continue
        for name, cell in row.items() if isinstance(row, dict) else ():
            if isinstance(cell, str) and cell.strip() and len(cell) < _LONG and _COLUMN.match(name):
                yield number, name, cell.strip()
