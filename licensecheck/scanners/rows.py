"""Data that names licenses itself: CSV, TSV and JSON Lines with a column of licenses (also in a text with tabs, as in Darwin
Core archives), and lists of JSON with such a field.

A sample is read, and what it names stands beside the license of the whole: a license of
some rows is none of the dataset, and an allow that one of them would shut out is a review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from licensecheck.base import regex
from licensecheck.base.message import Message
from licensecheck.identification import url, value
from licensecheck.knowledge import fields
from licensecheck.model import Basis, Evidence, Scanned, Scope, Stance, Standing
from licensecheck.scanners.lines import Lines
from licensecheck.scanners.statements import FIELDS

NAME: Final = "rows"
_TABLES: Final = (".csv", ".tsv", ".jsonl", ".ndjson")
_TEXTS: Final = (".txt", ".tab")
"""Endings of texts that are tables where their first line has tabs, as in Darwin Core archives."""
_ENDS: Final = (*_TABLES, *_TEXTS, ".json")
_WIDE: Final = 2_000
"""Columns of a table that are looked at."""
_SAMPLE: Final = 256 * 1024
"""Characters of a file that are read."""
_ROWS: Final = 2_000
_VALUES: Final = 40
"""Licences of one file that are told, each once."""
_LONG: Final = 2_000
_WORD: Final = r"licen[cs]es?|rights|라이[선센]스|이용[ _]?허락(?:[ _]?범위)?|저작권|ライセンス|许可证|授权"
_COLUMN: Final = regex.compile(
    rf"(?:[a-z]{{2,12}}[ _-])?(?:{_WORD})(?:[ _-]?(?:name|id|url|uri|type|title|code|link))?\Z", re.I
)
_HINT: Final = regex.compile(_WORD, re.I)
_KEY: Final = regex.compile(r"\"([^\"\\\n]{3,40})\"\s{0,20}:\s{0,20}(?=[\"\[{])")
_FIELDS: Final = ("name", "url", "id", "title", "spdx")
_SPDX: Final = regex.compile(r"[#/ \t]{0,8}SPDX-License-Identifier:[ \t]*([^\n]{1,200})")


def sniffed(name: str) -> bool:
    """Whether a file of this name is to be looked into before it is known what it is."""
    return name.lower().endswith(_ENDS)


def accepts(name: str, head: str) -> bool:
    """Files of rows whose first line names a column of licenses, or states a license itself (SPDX); JSON whose first
    text has a field of licenses."""
    low = name.lower()
    if low.endswith(".json"):
        return not fields.is_manifest(name) and any(_COLUMN.match(m[1]) for m in _KEY.finditer(head))
    first = head.lstrip("\ufeff \n").split("\n", 1)[0]
    if low.endswith(_TEXTS):
        return (
            any(_COLUMN.match(name.strip()) for name in first.split("\t")[:_WIDE]) if first.count("\t") > 1 else False
        )
    return low.endswith(_TABLES) and _HINT.search(first) is not None


def scan(path: str, text: str) -> Scanned:
    """The licenses that the first rows name, each once, at the line where it first stands."""
    found: dict[str, Evidence] = {}
    for line, column, raw in islice(_cells(path, text[:_SAMPLE]), _ROWS * 8):
        if len(found) == _VALUES:
            break
        if raw in found:
            continue
        s = (url(raw) if "://" in raw else None) or value(raw)
        if s.license and s.stance is Stance.ASSERTED:
            note = Message("a license in the data itself, in `{column}` of the first rows", column=column)
            found[raw] = Evidence.of(
                s,
                path=path,
                line=line,
                field=FIELDS[Standing.UNPLACED],
                raw=raw,
                scanner=NAME,
                basis=Basis.METADATA_FILE,
                scope=Scope.DATA,
                standing=Standing.UNPLACED,
                part="",
                note=note,
            )
    return Scanned(tuple(found.values()))


def _cells(path: str, text: str) -> Iterator[tuple[int, str, str]]:
    """The cells of columns of licenses: line, column, words. What cannot be parsed is left out, as a row of data."""
    low = path.lower()
    if low.endswith(".json"):
        starts = Lines.of(text)
        yield from ((starts.at(at)[0], name, words.strip()) for at, name, words in _in_json(text))
        return
    stated = _SPDX.match(text.removeprefix("\ufeff"))
    if stated:
        yield 1, "SPDX-License-Identifier", stated[1].strip()
    lines = text.removeprefix("\ufeff").split("\n")[: _ROWS + 1]
    if low.endswith((".jsonl", ".ndjson")):
        yield from _objects(lines)
        return
    import csv

    rows = csv.reader(lines, delimiter="\t" if low.endswith(".tsv") or "\t" in lines[0] else ",")
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


def _in_json(text: str) -> Iterator[tuple[int, str, str]]:
    """The texts of fields of licenses: where they stand, the field, its words. What is cut off is left out."""
    import json

    decoder, done = json.JSONDecoder(), 0
    for m in _KEY.finditer(text):
        if m.start() < done or not _COLUMN.match(m[1]):
            continue
        try:
            value, done = decoder.raw_decode(text, m.end())
        except ValueError:
            continue
        except RecursionError:
            return
        for item in islice(value, _ROWS) if isinstance(value, list) else (value,):
            named = [item.get(key) for key in _FIELDS] if isinstance(item, dict) else [item]
            yield from ((m.start(), m[1], cell) for cell in named if isinstance(cell, str) and 0 < len(cell) < _LONG)


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
