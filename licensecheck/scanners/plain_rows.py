"""Rows that are read one by one: text that is not regular, JSON documents, workbooks. Memory is bounded by one row, but for JSON documents
and workbooks, which are read whole up to a limit."""

from __future__ import annotations

import codecs
import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from licensecheck.base import files, regex
from licensecheck.base.errors import Unreadable
from licensecheck.base.message import Message
from licensecheck.identification import value
from licensecheck.knowledge import fields
from licensecheck.model import Certainty
from licensecheck.scanners import tables
from licensecheck.scanners.row_files import Alike, Cells, Credited, Output, cells_of, credit_roles, no_column
from licensecheck.scanners.rows import delimiter_of, fields_named, named_fields, versioned

_ALL: Final = 1 << 60
_CELL: Final = 64 * 1024 * 1024
"""Characters of the longest cell that is read."""
_DOCUMENT: Final = 512 * 1024 * 1024
"""Bytes of a JSON document that are read."""
_LOOKED: Final = 200
"""Rows by which a column of licenses is known by its values."""
_HEADING: Final = 20
_COMMENT: Final = ("#", "//", ";", "%")
_VERSION: Final = regex.compile(r"\d\.\d\Z")


class Heading(NamedTuple):
    """What a table of text begins with: the names of its columns, which of them are of licenses and of their version,
    how these were found, what parts its cells, the lines above the first row and their bytes."""

    names: tuple[str, ...]
    licenses: tuple[int, ...]
    version: int | None
    how: str
    delimiter: str
    skip: int
    top: bytes


def must_be_utf8(path: Path) -> None:
    """Raises :class:`Unreadable` where a file is not UTF-8 to its end, or has a byte that text has not."""
    if path.name.lower().endswith(".zst"):  # the engine says so itself
        return
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    try:
        with files.opened(path) as file:
            while data := file.read(1 << 20):
                decoder.decode(data)
            decoder.decode(b"", True)
    except (OSError, ValueError, EOFError) as error:
        raise Unreadable(Message("cannot be read: {why}", why=str(error))) from None


def heading(path: Path, declared: Sequence[str]) -> Heading:
    """What the table of text at ``path`` begins with. Raises :class:`Unreadable` where it has no column of licenses."""
    first = list(islice(_lines(path), _HEADING + _LOOKED))
    above = next((n for n, line in enumerate(first) if line.strip() and not line.startswith(_COMMENT)), len(first))
    delimiter = delimiter_of(path.name.lower().removesuffix(".zst"), first[above] if above < len(first) else "")
    csv.field_size_limit(_CELL)
    reader = csv.reader((f"{line}\n" for line in first[above:]), delimiter=delimiter)
    listed: list[tuple[int, list[str]]] = []
    with suppress(csv.Error):
        listed += ((above + reader.line_num, row) for row in reader)
    bom = codecs.BOM_UTF8 if _has_bom(path) else b""
    for end, row in listed[:3]:
        names = tuple(name.strip() for name in row)
        found = [n for n, name in enumerate(names) if _is_of_license(name, declared)]
        if found:
            version = next((n for n, name in enumerate(names) if fields.is_version(name) and n not in found), None)
            top = bom + "".join(f"{line}\n" for line in first[:end]).encode()
            return Heading(names, tuple(found), version, "declared" if declared else "name", delimiter, end, top)
    if declared:
        raise no_column(declared)
    return _by_values(listed, above, delimiter, bom)


def _is_of_license(name: str, declared: Sequence[str]) -> bool:
    if declared:
        return name.lower() in {one.lower() for one in declared}
    return fields.names_license(name)


def _by_values(listed: Sequence[tuple[int, list[str]]], above: int, delimiter: str, bom: bytes) -> Heading:
    """The heading of a table whose columns have no names, or other names: the column most of whose texts are licenses."""
    listed = [(end, row) for end, row in listed if row]
    rows = [row for _, row in listed]
    width = max(map(len, rows), default=0)
    for n in range(width):
        texts = [row[n].strip() for row in rows if n < len(row)]
        versions = [row[n + 1].strip() if n + 1 < len(row) else "" for row in rows]
        is_version = sum(bool(_VERSION.match(v)) for v in versions) > 0.9 * len(versions)
        pairs = list(zip(texts, versions if is_version else [""] * len(texts), strict=False))
        known = {pair: _is_license(*pair) for pair in set(pairs) if pair[0]} if len(set(texts)) <= 40 else {}
        those = [known.get(pair, False) for pair in pairs]
        if sum(those) >= 0.8 * max(len(those), 1) and len(those) > 1:
            headed = not those[0]
            names = tuple(rows[0]) if headed else tuple(f"column {m + 1}" for m in range(width))
            top = bom if not headed else bom + (delimiter.join(rows[0]) + "\n").encode()
            skip = listed[0][0] if headed else above
            return Heading(names, (n,), n + 1 if is_version else None, "values", delimiter, skip, top)
    raise no_column(())


def _is_license(text: str, version: str) -> bool:
    both = versioned(text, version) if version else text
    return len(both) < 200 and value(both).certainty in (Certainty.EXACT, Certainty.FAMILY, Certainty.LOSSY)


def _lines(path: Path) -> Iterator[str]:
    if path.name.lower().endswith(".zst"):
        with tables.json_lines(path) as table:  # fmt: skip
            yield from table.first(_HEADING + _LOOKED)
        return
    yield from files.lines(path, _ALL)


def _has_bom(path: Path) -> bool:
    try:
        with files.opened(path) as file:
            return file.read(3) == codecs.BOM_UTF8
    except OSError:
        return False


class _Plain:
    """Rows that are read one by one: each with its cells, and with the text that it is written as."""

    form = ""
    how = "name"
    top = b""
    heading: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    def __init__(self, path: Path) -> None:
        self.paths: Sequence[Path] = [path]

    def rows(self) -> Iterator[tuple[Cells | None, str]]:
        """Each row: what it says of its license (None where it cannot be read), and its text."""
        raise NotImplementedError

    def alike(self) -> Iterator[Alike]:
        """As :class:`Rows` has it."""
        counted: Counter[Cells | None] = Counter(cells for cells, _ in self.rows())
        for cells, rows in counted.items():
            yield Alike("" if cells is None else _key(cells), cells or (), rows, unreadable=cells is None)

    def credits(self, named: Mapping[str, str]) -> Iterator[Credited]:
        """As :class:`Rows` has it."""
        names = list(dict.fromkeys(name for _, text in islice(self.rows(), 1_000) for name in self.fields(text)))
        roles = credit_roles(names, named)
        counted: Counter[tuple[Cells, tuple[tuple[str, ...], ...]]] = Counter()
        for cells, text in self.rows():
            if cells is not None:
                held = self.fields(text)
                counted[cells, tuple(tuple(held.get(name, ())) for name in roles.values())] += 1
        for (cells, texts), rows in counted.items():
            yield Credited(cells, dict(zip(roles, texts, strict=True)), rows)

    def fields(self, text: str) -> dict[str, list[str]]:
        """The fields of a row by its text."""
        return {name: named_fields(cell) for name, cell in json.loads(text).items()} if text.startswith("{") else {}

    def write(self, outputs: Sequence[Output], every: Sequence[str]) -> list[int]:
        """As :class:`Rows` has it."""
        encoding = _codec(self.paths[0])
        chosen = [frozenset(output.chosen) for output in outputs]
        counts = [0] * len(outputs)
        with ExitStack() as stack:
            opened = [stack.enter_context(o.path.open("w", encoding=encoding, newline="")) for o in outputs]
            for cells, text in self.rows():
                key = "" if cells is None else _key(cells)
                for n, own in enumerate(chosen):
                    if key in own:
                        counts[n] += 1
                        opened[n].write(text)
        return counts


def _key(cells: Cells) -> str:
    return json.dumps(cells, ensure_ascii=True)


def _codec(path: Path) -> str:
    found = files.encoding(path)
    return {"UTF-16": "utf-16-le", "UTF-32": "utf-32-le"}.get(found, found) or "utf-8"


class Lines(_Plain):
    """Rows of CSV and its kind that may have any length, in any encoding."""

    form = "csv"

    def __init__(self, path: Path, declared: Sequence[str]) -> None:
        super().__init__(path)
        self._head = head = heading(path, declared)
        bom = head.top.startswith(codecs.BOM_UTF8)
        self.top = head.top if bom else head.top.decode().encode(_codec(path), "replace")
        self.heading, self.how = (*head.names, head.delimiter), head.how
        self.columns = tuple(head.names[at] for at in head.licenses)

    def rows(self) -> Iterator[tuple[Cells | None, str]]:
        """Each row: what it says of its license, and its text."""
        head, taken = self._head, []
        version = head.version

        def taking(lines: Iterable[str]) -> Iterator[str]:
            for line in lines:
                taken.append(line)
                yield f"{line}\n"

        csv.field_size_limit(_CELL)
        reader = csv.reader(taking(islice(files.lines(self.paths[0], _ALL), head.skip, None)), delimiter=head.delimiter)
        known: dict[tuple[str, ...], Cells] = {}
        while True:
            taken.clear()
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield None, "\n".join(taken) + "\n"
                continue
            if not row:
                continue
            own = tuple(row[at] if at < len(row) else "" for at in (*head.licenses, *(() if version is None else (version,))))  # fmt: skip
            cells = known.get(own)
            if cells is None:
                texts = own if version is None else own[:-1]
                cells = cells_of(self.columns, [(text,) for text in texts], "" if version is None else own[-1])
                if len(known) < 100_000:
                    known[own] = cells
            yield cells, "\n".join(taken) + "\n"

    def fields(self, text: str) -> dict[str, list[str]]:
        """The cells of a row by the names of their columns."""
        row = next(csv.reader(text.splitlines(keepends=True), delimiter=self._head.delimiter), [])
        return {name: [cell] for name, cell in zip(self._head.names, row, strict=False)}


class Objects(_Plain):
    """Rows of JSON Lines in any encoding."""

    form = "jsonl"

    def __init__(self, path: Path, declared: Sequence[str]) -> None:
        super().__init__(path)
        self._declared = tuple(declared)
        names: dict[str, None] = {}
        for cells, _ in self.rows():
            names |= dict.fromkeys(name for name, _ in cells or ())
        self.columns, self.how = tuple(names), "declared" if declared else "name"
        if not names:
            raise no_column(declared)

    def rows(self) -> Iterator[tuple[Cells | None, str]]:
        """Each row: what it says of its license, and its text."""
        for line in files.lines(self.paths[0], _ALL):
            if line.strip():
                yield _cells(line, self._declared), f"{line}\n"


def _cells(line: str, declared: Sequence[str]) -> Cells | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(row, dict):
        return None
    if declared:
        return tuple((name, text.strip()) for name in declared for text in named_fields(_at(row, name)) if text.strip())
    named, version = fields_named(row)
    return cells_of([name for name, _ in named], [texts for _, texts in named], version)


def _at(row: Any, name: str) -> Any:
    if isinstance(row, dict) and name in row:
        return row[name]
    for part in name.split("."):
        row = row.get(part) if isinstance(row, dict) else None
    return row


class Document(_Plain):
    """Rows of a JSON document: the objects that state a license, and those beside them in a list that state none."""

    form = "json"

    def __init__(self, path: Path, declared: Sequence[str]) -> None:
        super().__init__(path)
        self._declared = tuple(declared)
        self._rows = self._read(path)
        names = dict.fromkeys(name for cells, _ in self._rows for name, _ in cells)
        self.columns, self.how = tuple(names), "declared" if declared else "name"
        if not names:
            raise no_column(declared)

    def _read(self, path: Path) -> list[tuple[Cells, str]]:
        try:
            document = json.loads("".join(files.blocks(path, _DOCUMENT, 1 << 20)))
        except (ValueError, RecursionError) as error:
            why = str(error)[:200]
            raise Unreadable(Message("not a JSON document: {why}", why=why), getattr(error, "lineno", 1)) from None
        self._flat = isinstance(document, list) and all(isinstance(one, dict) for one in document)
        found: list[tuple[Cells, str]] = []
        self._below(document, [document], found)
        if self._flat and len(found) == len(document):
            return found
        self._flat = False
        return found

    def _below(self, at: Any, siblings: Sequence[Any], found: list[tuple[Cells, str]], deep: int = 40) -> bool:
        """Put the rows at and below ``at`` into ``found``; whether there are any."""
        if isinstance(at, list):
            inside: list[tuple[Any, list[tuple[Cells, str]]]] = []
            for item in at if deep else ():
                mine: list[tuple[Cells, str]] = []
                self._below(item, at, mine, deep - 1)
                inside.append((item, mine))
            if any(mine for _, mine in inside):
                for item, mine in inside:
                    found += mine or ([((), json.dumps(item, ensure_ascii=False))] if isinstance(item, dict) else [])
                return True
            return False
        if not isinstance(at, dict) or not deep:
            return False
        own = self._own(at)
        if own:
            found.append((own, json.dumps(at, ensure_ascii=False)))
        below = [self._below(inner, (), found, deep - 1) for name, inner in at.items() if not self._is_own(name, inner)]
        return bool(own) or any(below)

    def _is_own(self, name: str, inner: Any) -> bool:
        return (name in self._declared if self._declared else fields.is_column(name)) and bool(named_fields(inner))

    def _own(self, at: dict[str, Any]) -> Cells:
        vocabulary = fields.coded(at)
        names = [name for name, inner in at.items() if self._is_own(name, inner) and not fields.is_version(name)]
        version = next((str(v) for name, v in at.items() if fields.is_version(name) and isinstance(v, str | int | float)), "")  # fmt: skip
        cells = cells_of(names, [named_fields(at[name]) for name in names], version)
        return tuple((name, f"{vocabulary}:{text}" if vocabulary else text) for name, text in cells)

    def rows(self) -> Iterator[tuple[Cells | None, str]]:
        """Each row: what it says of its license, and its text."""
        yield from self._rows

    def write(self, outputs: Sequence[Output], every: Sequence[str]) -> list[int]:
        """As :class:`Rows` has it."""
        if not self._flat:
            raise Unreadable(Message("the rows lie within other objects of the document, and cannot be written as one: give them as JSON Lines"))  # fmt: skip
        counts = []
        for output in outputs:
            chosen = frozenset(output.chosen)
            kept = [text for cells, text in self._rows if _key(cells) in chosen]
            output.path.write_text("[\n" + ",\n".join(kept) + "\n]\n", encoding="utf-8")
            counts.append(len(kept))
        return counts


class Workbook(_Plain):
    """Rows of the sheets of a workbook that have a column of licenses."""

    form = "workbook"

    def __init__(self, path: Path, declared: Sequence[str]) -> None:
        from licensecheck.scanners.row_files import chosen

        super().__init__(path)
        self._alike: list[Alike] = []
        names: dict[str, None] = {}
        with tables.opened(path) as sheets:
            for sheet in sheets:
                found, version, self.how = chosen(sheet.columns(), declared)
                if not found:
                    continue
                named = [column.name for column in found]
                names |= dict.fromkeys(named)
                for group in sheet.groups([*found, version] if version else found, _ALL):
                    *own, last = group.cells if version else (*group.cells, ())
                    cells = cells_of(named, own, last[0] if last else "")
                    self._alike.append(Alike(_key(cells), cells, group.rows))
        self.columns = tuple(names)
        if not names:
            raise no_column(declared)

    def alike(self) -> Iterator[Alike]:
        """As :class:`Rows` has it."""
        yield from self._alike

    def write(self, outputs: Sequence[Output], every: Sequence[str]) -> list[int]:
        """As :class:`Rows` has it."""
        raise Unreadable(Message("a workbook is read, and not written: save the sheet as CSV first"))
