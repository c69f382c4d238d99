"""Data that names licenses itself: CSV, TSV and JSON Lines with a column of licenses (also in a text with tabs, as in Darwin
Core archives), and lists of JSON with such a field.

All of a text is read, and what it names stands beside the license of the whole: a license of
some rows is none of the dataset, and an allow that one of them would shut out is a review. Where the license of the whole
is said to be that of each row, and every row has one, the rows answer (:mod:`licensecheck.targets.coverage`).
:mod:`licensecheck.scanners.columns` reads the rows of other containers, which are judged here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, takewhile
from typing import Any, Final, NamedTuple

from licensecheck.base import regex
from licensecheck.base.errors import Problem
from licensecheck.base.message import Message
from licensecheck.identification import find, url, value
from licensecheck.knowledge import fields, packs, phrases
from licensecheck.knowledge.fold import fold
from licensecheck.model import (
    Basis,
    Certainty,
    Evidence,
    Kind,
    Scanned,
    Scope,
    Stance,
    Standing,
    Statement,
    Unweighed,
    replace,
)
from licensecheck.scanners.lines import Lines
from licensecheck.scanners.statements import FIELDS
from licensecheck.scanners.statements import evidence as statements_evidence
from licensecheck.scanners.unweighed import heard, heard_at

NAME: Final = "rows"
_TABLES: Final = (".csv", ".tsv", ".psv", ".jsonl", ".ndjson")
_TEXTS: Final = (".txt", ".tab", ".dat", ".lst")
"""Endings of texts that are tables where their first line is a heading, as in Darwin Core archives."""
_JSON: Final = (".json", ".geojson", ".topojson")
_ENDS: Final = (*_TABLES, *_TEXTS, *_JSON)
_MARKS: Final = ("\t", ";", "|", ",")
"""What parts the cells of a table that is a text."""
_SHORT: Final = 60
"""Characters of the name of a column of such a table, at most."""
_CARD: Final = 200
"""Lines of a table of names and values, at most."""
_TITLES: Final = 8
"""Rows above the heading of a table, at most."""
_WIDE: Final = 2_000
"""Columns of a table that are looked at."""
_HEADING: Final = 20
"""Lines in which the heading of a table is looked for: titles and comments may be above it."""
_ROWS: Final = 2_000
"""Items of one list in a row that are read."""
VALUES: Final = 10_000
"""Different values of the columns of licenses of one file that are judged."""
_SHOWN: Final = 400
"""Values of one file that are shown, each once: those that name another license than the ones before them go first."""
_TAIL: Final = 64 * 1024
"""Characters at the end of a block of JSON that are read again with the next."""
_HEARD: Final = 200
"""Values that name no license and whose words are listened to."""
_NESTED: Final = 5
"""Mappings in mappings of a row in which a license is looked for."""
_LONG: Final = 2_000
_KEY: Final = regex.compile(r"\"([^\"\\\n]{3,60})\"\s{0,20}:\s{0,20}(?=[\"\[{])")
_FIELDS: Final = ("name", "url", "id", "title", "spdx", "code", "href", "type", "label", "identifier", "uri", "@id", "spdx_id")  # fmt: skip
"""Where an object says what the license is that it is about."""
_SPDX: Final = regex.compile(r"[#/;% \t]{0,8}SPDX-License-Identifier:[ \t]*([^\n]{1,200})")
_COMMENT: Final = ("#", "//", ";", "%")


class Row(NamedTuple):
    """What a row, or ``rows`` rows that are alike, say of their license: each cell with the name of its column."""

    line: int
    cells: tuple[tuple[str, str], ...]
    rows: int = 1


def sniffed(name: str) -> bool:
    """Whether a file of this name is to be looked into before it is known what it is."""
    low = name.lower()
    return low.endswith(_ENDS) or low.removesuffix(".gz").endswith(_TABLES)


def accepts(name: str, head: str) -> bool:
    """Files of rows whose heading names a column of licenses, or states a license itself (SPDX); JSON whose first
    text has a field of licenses."""
    low = name.lower()
    if low.endswith(_JSON):
        return not fields.is_manifest(name) and any(fields.is_column(m[1]) for m in _KEY.finditer(head))
    bare = low.removesuffix(".gz")
    if not bare.endswith((*_TABLES, *_TEXTS)):
        return False
    lines = head.lstrip("\ufeff \n").split("\n")[:_HEADING]
    first = next((line for line in lines if not line.startswith(_COMMENT)), "")
    if low.endswith(_TEXTS):
        return _is_heading(lines, first)
    if _is_objects(name):
        return _speaks(head)
    if phrases.speaks(fold("\n".join(_comments(lines)))):
        return True
    at = lines.index(first)
    wider = (line for line in lines[at + 1 : at + _TITLES] if _width(line) > _width(first))
    if any(map(_speaks, (*lines[: at + 1], *wider))) or any(phrases.speaks(fold(note)) for _, note in _below(head)):
        return True
    return _is_of_values(head.lstrip("\ufeff \n").split("\n", _CARD)[:_CARD])


def _is_heading(lines: Sequence[str], first: str) -> bool:
    """Whether the first line of a text is the heading of a table with a column of licenses, by itself and the line after it."""
    mark = max(_MARKS, key=first.count)
    cells = [name.strip() for name in first.split(mark)[:_WIDE]]
    if len(cells) < 2 or not any(map(fields.is_column, cells)) or any(len(cell) > _SHORT for cell in cells):
        return False
    if mark == "\t":
        return True
    after = next((line for line in lines[lines.index(first) + 1 :] if line.strip()), "")
    return after.count(mark) == first.count(mark)


def _is_of_values(lines: Sequence[str]) -> bool:
    """Whether a table has two columns, a name and its value, and one of the names is that of a field of licenses."""
    if len(lines) == _CARD or max(map(_width, lines)) > 1:
        return False
    cells = [line.split(mark, 1)[0].strip(' "') for line in lines for mark in _MARKS if mark in line]
    return bool(cells) and fields.names_fields(cells[0]) and any(map(fields.field, cells[1:]))


def _width(line: str) -> int:
    """About how many cells a line of a table has: a title above the heading has one."""
    return max(map(line.count, ",\t;|"))


def _speaks(text: str) -> bool:
    """Whether a text has a word that names of columns of licenses have."""
    low = text.lower()
    return any(stem in low for stem in fields.column_stems())


def scan(path: str, text: str) -> Scanned:
    """The licenses that the rows name, each once, at the line where it first stands; and that rows name none."""
    found = judged(path, _rows(path, text), sampled=_is_sampled(path))
    return found if _is_sampled(path) else _above(path, text, found)


def _above(path: str, text: str, found: Scanned) -> Scanned:
    """``found`` with what the comments above a table say: it is about the table, as its rows are."""
    comments = _comments(text.removeprefix("\ufeff").split("\n", 4 * _HEADING)[: 4 * _HEADING])
    block = "\n".join(comments)
    for at, note in () if _is_objects(path) else _below(text):
        block += "\n" * (at - block.count("\n") - 1) + note
    if not block or not phrases.speaks(fold(block)) or _SPDX.search(block):
        return found
    lines = Lines.of(block)
    stated = statements_evidence(
        (s for s in find(block) if _names(s)),
        lines,
        path=path,
        field=FIELDS[Standing.UNPLACED],
        scanner=NAME,
        basis=Basis.METADATA_FILE,
        standing=Standing.UNPLACED,
        scope=Scope.DATA,
    )
    open_ = heard(block, find, lines, path=path, licensing=True)
    return replace(found, evidence=(*stated, *found.evidence), unweighed=(*open_, *found.unweighed))


def _comments(lines: Sequence[str]) -> list[str]:
    """The comment lines that a table begins with, without their marks, each at its line."""
    begun = takewhile(lambda line: line.startswith(_COMMENT) or not line.strip(), lines)
    return [line.lstrip("".join(_COMMENT)).strip() for line in begun]


def _below(text: str) -> list[tuple[int, str]]:
    """The notes below a table, each with its line: its last lines where only the first cell has words."""
    lines = text.rstrip("\n ").split("\n")
    mark = max(_MARKS, key=lines[0].count)
    wide = lines[0].count(mark)
    found: list[tuple[int, str]] = []
    for n in range(len(lines), max(len(lines) - _TITLES, 1), -1):
        note = lines[n - 1].strip().strip(mark).strip(' "')
        if note and (not wide or mark in note.replace(f"{mark} ", "") or " " not in note):
            break
        found.append((n, note))
    return found[::-1]


def of_row(cells: Sequence[tuple[str, Sequence[str]]], version: str = "") -> tuple[tuple[str, str], ...]:
    """The licensing cells of one row as texts: with the version that another column has, and one empty text where all are empty."""
    filled = [
        (name, versioned(text, version) if version else text)
        for name, texts in cells
        for text in map(str.strip, texts)
        if text and len(text) < _LONG
    ]
    return tuple(filled) or ((cells[0][0] if cells else "license", ""),)


@packs.remembered(maxsize=4096)
def versioned(text: str, version: str) -> str:
    """``text`` with ``version`` where only both together name one license: "CC BY" and "4.0"."""
    if "://" in text or value(text).certainty is Certainty.EXACT:
        return text
    both = f"{text} {version.strip()}"
    wholes = (both, f"CC {both}")  # a code may leave out whose licenses these are: "by-nc", "3.0"
    return next((whole for whole in wholes if value(whole).certainty is Certainty.EXACT), text)


class _Seen(NamedTuple):
    line: int
    column: str
    rows: int
    bare: int
    """Rows in which no other cell names a license."""


def judged(path: str, rows: Iterable[Row], *, sampled: bool = False) -> Scanned:
    """What ``rows`` say: the licenses that they name, each with the number of its rows, and the rows without one.

    Each different value is judged once. ``sampled``: not every row has a license.
    """
    alike: dict[tuple[tuple[str, str], ...], tuple[int, int]] = {}
    problems: tuple[Problem, ...] = ()
    for row in rows:
        line, count = alike.get(row.cells, (row.line, 0))
        alike[row.cells] = (line, count + row.rows)
        if len(alike) > VALUES:
            says = Message("over {most} different values in the column of licenses: the rest was not read", most=VALUES)
            problems = (Problem(path, row.line, says),)
            break
    found: dict[str, _Seen] = {}
    meant: dict[str, Statement] = {}
    for cells, (line, count) in alike.items():
        for _, raw in cells:
            if raw not in meant:
                meant[raw] = (url(raw) if "://" in raw else None) or value(raw)
        alone = not any(_names(meant[raw]) for _, raw in cells)
        for column, raw in cells:
            at, name, several, bare = found.get(raw, _Seen(line, column, 0, 0))
            found[raw] = _Seen(at, name, several + count, bare + (count if alone else 0))
    evidence = list(islice(_evidence(path, found, meant, sampled=sampled), _SHOWN + 1))
    if len(evidence) > _SHOWN:
        says = Message("over {most} different licenses in the column of licenses: the rest is not shown", most=_SHOWN)
        problems = (*problems, Problem(path, evidence.pop().line, says))
    heard = tuple(_heard(path, found, meant))
    return Scanned(tuple(evidence) if any(e.license for e in evidence) else (), problems, unweighed=heard)


def _names(s: Statement) -> bool:
    return bool(s.license and s.stance is Stance.ASSERTED)


def _evidence(path: str, found: dict[str, _Seen], meant: dict[str, Statement], *, sampled: bool) -> Iterator[Evidence]:
    shown: set[tuple[str | None, tuple[str, ...]]] = set()
    for n, (raw, seen) in enumerate(found.items()):
        s = meant[raw]
        named = _names(s)
        if not named and (sampled or not seen.bare):
            continue
        what = (s.license, s.restricts) if named else (None, ())
        if n >= _SHOWN // 2 and what in shown:
            continue
        shown.add(what)
        if not named:
            s = Statement(None, Certainty.NONE, 0, 0, raw or seen.column, "row", Stance.UNKNOWN, kind=Kind.NOTHING)
        if named:
            note = Message(
                "a license in the data itself, in `{column}` (rows: {rows})", column=seen.column, rows=seen.rows
            )
        else:
            note = Message("a row without a license, in `{column}` (rows: {rows})", column=seen.column, rows=seen.bare)
        standing = Standing.UNPLACED if named else Standing.MENTIONED
        yield Evidence.of(
            s,
            path=path,
            line=seen.line,
            field=FIELDS[standing],
            raw=raw,
            scanner=NAME,
            basis=Basis.METADATA_FILE,
            scope=Scope.DATA,
            standing=standing,
            part="",
            note=note,
        )


def _heard(path: str, found: dict[str, _Seen], meant: dict[str, Statement]) -> Iterator[Unweighed]:
    """The words of values that name no license and may restrict the use."""
    speaking = (raw for raw in found if not _names(meant[raw]) and len(raw.split()) > 2)
    for raw in islice(speaking, _HEARD):
        yield from heard_at(raw, find, (found[raw].line, 1), path=path)


def _is_objects(path: str) -> bool:
    """Whether each line of a file is an object of JSON."""
    return path.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson"))


def _is_sampled(path: str) -> bool:
    """Whether not every row of a file has a license: JSON has fields of licenses here and there."""
    return path.lower().endswith(_JSON)


def _rows(path: str, text: str) -> Iterator[Row]:
    """The rows of a text. What cannot be parsed is left out, as a row of data."""
    if not _is_sampled(path):
        yield from of_lines(path, text.split("\n"))
        return
    starts = Lines.of(text)
    for at, name, words in _in_json(text):
        yield Row(starts.at(at)[0], ((name, words.strip()),))


def of_lines(path: str, lines: Iterable[str]) -> Iterator[Row]:
    """The rows of a table of CSV, TSV or JSON Lines, by its lines."""
    low = path.lower()
    rest = iter(lines)
    first = list(islice(rest, _HEADING))
    first[:1] = [line.removeprefix("\ufeff") for line in first[:1]]
    above = 0
    for number, line in enumerate(first, 1):
        if stated := _SPDX.match(line):
            yield Row(number, (("SPDX-License-Identifier", stated[1].strip()),))
        if not line.startswith(_COMMENT) and line.strip():
            break
        above = number
    if _is_objects(path):
        yield from _objects(chain(first, rest))
        return
    import csv

    try:
        delimiter = delimiter_of(low, first[above] if above < len(first) else "")
        reader = csv.reader(chain(first[above:], rest), delimiter=delimiter)
        yield from of_lists((above + reader.line_num, row) for row in reader)
    except csv.Error:
        return


def of_lists(rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Row]:
    """The rows of a table, each with its number: the first that names columns of licenses is the heading."""
    columns: list[tuple[int, str]] = []
    version: int | None = None
    width = 0
    pairs = False
    known: dict[tuple[tuple[str, ...], str], tuple[tuple[str, str], ...]] = {}
    for n, (number, row) in enumerate(rows):
        if not columns:
            named = [(at, name.strip()) for at, name in enumerate(row[:_WIDE])]
            columns = [(at, name) for at, name in named if fields.names_license(name)]
            version = next((at for at, name in named if fields.is_version(name)), None)
            if n and columns and sum(map(bool, row)) <= width:  # a row of values: its first cell names the field
                columns = []
            if not columns and n == 0 and row:
                pairs = len(row) == 2 and fields.names_fields(row[0])
            if not columns and pairs and len(row) == 2 and fields.field(row[0].strip()):
                yield Row(number, of_row([(row[0].strip(), (row[1],))]))
            width = max(width, sum(map(bool, row)))
            if not columns and n >= (_CARD if pairs else _TITLES):
                return
            continue
        if row:
            own = tuple(row[at] if at < len(row) else "" for at, _ in columns)
            which = row[version] if version is not None and version < len(row) else ""
            if (own, which) not in known:
                if len(known) > VALUES:
                    known.clear()
                known[own, which] = of_row(
                    [(name, (cell,)) for (_, name), cell in zip(columns, own, strict=True)], which
                )
            yield Row(number, known[own, which])


def delimiter_of(low: str, head: str) -> str:
    """What parts the cells of a table, by its name and first line: that of its kind, or the one that the line has most of."""
    if low.removesuffix(".gz").endswith(".tsv"):
        return "\t"
    return max((",", *_MARKS), key=head.count)


def _in_json(text: str) -> Iterator[tuple[int, str, str]]:
    """The texts of fields of licenses: where they stand, the field, its words. What is cut off is left out."""
    import json

    decoder, done = json.JSONDecoder(), 0
    for m in _KEY.finditer(text):
        if m.start() < done or not fields.is_column(m[1]):
            continue
        try:
            value, done = decoder.raw_decode(text, m.end())
        except ValueError:
            continue
        except RecursionError:
            return
        for item in value if isinstance(value, list) else (value,):
            yield from ((m.start(), m[1], cell) for cell in _texts(item) if 0 < len(cell) < _LONG)


def named_fields(cell: Any) -> list[str]:
    """The texts of a field of JSON that say what the license is: a text, a list, an object about a license."""
    items = cell if isinstance(cell, list) else (cell,)
    flat = [one for item in items for one in (item if isinstance(item, list) else (item,))]
    return [text for item in flat for text in _texts(str(item) if type(item) in (int, float) else item)]


def fields_named(row: Any) -> tuple[list[tuple[str, list[str]]], str]:
    """The licenses in a row of JSON Lines, each with the way to its field, and the version that stands beside them."""
    return list(_named(row, "", _NESTED)), next((version for version in _versions(row) if version), "")


def _texts(item: Any) -> list[str]:
    """The texts that say what a license is: a text, or those of an object about it."""
    if not isinstance(item, dict):
        return [item] if isinstance(item, str) else []
    named = [cell for key in _FIELDS if isinstance(cell := item.get(key), str)]
    if named:
        version = item.get("version")
        return [versioned(cell, str(version)) if isinstance(version, str | int | float) else cell for cell in named]
    if item and all(isinstance(cell, str) for cell in item.values()) and all(str(key).isdigit() for key in item):
        return list(dict.fromkeys(item.values()))[:_ROWS]  # a column, with the number of each row
    return []


def of_blocks(blocks: Iterable[str]) -> Iterator[Row]:
    """The fields of licenses of a JSON text of any size, by its ``blocks``: a value is read where it is no longer than one."""
    held, line = "", 1
    for block in chain(blocks, ("",)):
        text = held + block
        until = len(text) - _TAIL if block else len(text)
        starts = Lines.of(text)
        yield from (
            Row(line + starts.at(at)[0] - 1, ((name, words.strip()),))
            for at, name, words in _in_json(text)
            if at < until
        )
        until = max(until, 0)
        held, line = text[until:], line + text.count("\n", 0, until)


def _objects(lines: Iterable[str]) -> Iterator[Row]:
    import json

    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        cells: list[tuple[str, list[str]]] = []
        version = ""
        if _speaks(line):
            try:
                row: Any = json.loads(line)
            except (ValueError, RecursionError):
                continue
            cells = list(_named(row, "", _NESTED))
            version = next((v for v in _versions(row) if v), "")
        yield Row(number, of_row(cells or [("license", ())], version))


def _unquoted(cell: Any) -> Any:
    """A cell whose text is JSON itself, as that."""
    import json

    if not isinstance(cell, str) or cell.lstrip()[:1] not in ("{", "[") or not _speaks(cell):
        return cell
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        return cell


def _versions(row: Any, deep: int = 2) -> Iterator[str]:
    """The versions of licenses in a row of JSON Lines."""
    for name, cell in row.items() if isinstance(row, dict) and deep else ():
        if isinstance(cell, dict):
            yield from _versions(cell, deep - 1)
        elif fields.is_version(name) and isinstance(cell, str | int | float):
            yield str(cell)


def _named(row: Any, above: str, deep: int) -> Iterator[tuple[str, list[str]]]:
    """The licenses in a row of JSON Lines, each with the way to its field: ``meta.license``."""
    for name, cell in row.items() if isinstance(row, dict) and deep else ():
        way = f"{above}{name}"
        items: Iterable[Any] = islice(cell, _ROWS) if isinstance(cell, list) else (_unquoted(cell),)
        if fields.names_license(name):
            held = list(items)
            if texts := [text for item in held for text in _texts(item)]:
                yield way, texts
                continue
            items = held
        for item in (one for held in items for one in (held if isinstance(held, list) else (held,))):
            yield from _named(item, f"{way}.", deep - 1)
