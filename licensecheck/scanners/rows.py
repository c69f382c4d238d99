"""Data that names licenses itself: CSV, TSV and JSON Lines with a column of licenses (also in a text with tabs, as in Darwin
Core archives), and lists of JSON with such a field.

All of a text is read, and what it names stands beside the license of the whole: a license of
some rows is none of the dataset, and an allow that one of them would shut out is a review. Where the license of the whole
is said to be that of each row, and every row has one, the rows answer (:mod:`licensecheck.targets.coverage`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from licensecheck.base import regex
from licensecheck.base.errors import Problem
from licensecheck.base.message import Message
from licensecheck.identification import url, value
from licensecheck.knowledge import fields
from licensecheck.model import Basis, Certainty, Evidence, Kind, Scanned, Scope, Stance, Standing, Statement
from licensecheck.scanners.lines import Lines
from licensecheck.scanners.statements import FIELDS

NAME: Final = "rows"
_TABLES: Final = (".csv", ".tsv", ".jsonl", ".ndjson")
_TEXTS: Final = (".txt", ".tab")
"""Endings of texts that are tables where their first line has tabs, as in Darwin Core archives."""
_ENDS: Final = (*_TABLES, *_TEXTS, ".json")
_WIDE: Final = 2_000
"""Columns of a table that are looked at."""
_ROWS: Final = 2_000
"""Items of one list of JSON that are read."""
_VALUES: Final = 400
"""Licenses of one file that are told, each once."""
_NESTED: Final = 5
"""Mappings in mappings of a row in which a license is looked for."""
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
    low = name.lower()
    return low.endswith(_ENDS) or low.removesuffix(".gz").endswith(_TABLES)


def accepts(name: str, head: str) -> bool:
    """Files of rows whose first line names a column of licenses, or states a license itself (SPDX); JSON whose first
    text has a field of licenses."""
    low = name.lower()
    if low.endswith(".json"):
        return not fields.is_manifest(name) and any(_COLUMN.match(m[1]) for m in _KEY.finditer(head))
    first = head.lstrip("\ufeff \n").split("\n", 1)[0]
    if low.endswith(_TEXTS):
        return first.count("\t") > 1 and any(_COLUMN.match(name.strip()) for name in first.split("\t")[:_WIDE])
    return low.removesuffix(".gz").endswith(_TABLES) and _HINT.search(first) is not None


def scan(path: str, text: str) -> Scanned:
    """The licenses that the rows name, each once, at the line where it first stands; and that rows name none."""
    found: dict[str, Evidence] = {}
    for line, column, raw in _cells(path, text):
        if raw in found:
            continue
        if len(found) == _VALUES:
            says = Message(
                "over {most} different values in the column of licenses: the rest was not read", most=_VALUES
            )
            return Scanned(tuple(found.values()), (Problem(path, line, says),))
        s = (url(raw) if "://" in raw else None) or value(raw)
        named = bool(s.license and s.stance is Stance.ASSERTED)
        if not named and _is_sampled(path):
            continue
        if not named:
            s = Statement(None, Certainty.NONE, 0, 0, raw or column, "row", Stance.UNKNOWN, kind=Kind.NOTHING)
        note = Message("a license in the data itself, in `{column}`", column=column)
        found[raw] = Evidence.of(
            s,
            path=path,
            line=line,
            field=FIELDS[Standing.UNPLACED if named else Standing.MENTIONED],
            raw=raw,
            scanner=NAME,
            basis=Basis.METADATA_FILE,
            scope=Scope.DATA,
            standing=Standing.UNPLACED if named else Standing.MENTIONED,
            part="",
            note=note if named else Message("a row without a license, in `{column}`", column=column),
        )
    return Scanned(tuple(found.values()) if any(e.license for e in found.values()) else ())


def _is_sampled(path: str) -> bool:
    """Whether not every row of a file has a license: JSON has fields of licenses here and there."""
    return path.lower().endswith(".json")


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
    lines = text.removeprefix("\ufeff").split("\n")
    if low.removesuffix(".gz").endswith((".jsonl", ".ndjson")):
        yield from _objects(lines)
        return
    import csv

    rows = csv.reader(lines, delimiter=_delimiter(low, lines[0]))
    columns: list[tuple[int, str]] = []
    try:
        for row in rows:
            if not columns:
                columns = [(n, name.strip()) for n, name in enumerate(row) if _COLUMN.match(name.strip())]
                if not columns and rows.line_num > 3:
                    return
                continue
            yield from ((rows.line_num, name, row[n].strip() if n < len(row) else "") for n, name in columns if row)
    except csv.Error:
        return


def _delimiter(low: str, head: str) -> str:
    """What parts the cells of a table: that of its kind, or the one that its first line has most of."""
    if low.removesuffix(".gz").endswith(".tsv"):
        return "\t"
    if low.endswith(_TEXTS):
        return "\t"
    return max((",", "\t", ";", "|"), key=head.count)


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
        if not line.strip():
            continue
        named: list[tuple[str, str]] = []
        if _HINT.search(line):
            try:
                row: Any = json.loads(line)
            except (ValueError, RecursionError):
                continue
            named = list(_named(row, "", _NESTED))
        yield from ((number, name, cell) for name, cell in named or [("license", "")])


def _named(row: Any, above: str, deep: int) -> Iterator[tuple[str, str]]:
    """The licenses in a row of JSON Lines, each with the way to its field: ``meta.license``."""
    for name, cell in row.items() if isinstance(row, dict) and deep else ():
        way = f"{above}{name}"
        if isinstance(cell, dict):
            yield from _named(cell, f"{way}.", deep - 1)
        elif _COLUMN.match(name):
            for one in islice(cell, _ROWS) if isinstance(cell, list) else (cell,):
                if isinstance(one, str) and len(one) < _LONG:
                    yield way, one.strip()
