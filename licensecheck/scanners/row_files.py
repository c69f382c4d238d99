"""Files of rows, to be judged row by row: what their rows have in the columns of licenses, and the rows that are chosen, written out.

The engine of :mod:`licensecheck.scanners.tables` reads what is regular, at its own speed. What is not (rows of different lengths,
encodings other than UTF-8, JSON documents, workbooks) is read row by row (:mod:`licensecheck.scanners.plain_rows`). Both give the
same answers, and write text as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from glob import glob, has_magic
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

from licensecheck.base.errors import Unreadable, UsageError
from licensecheck.base.files import is_pointer, printable, walk
from licensecheck.base.message import Message
from licensecheck.knowledge import fields
from licensecheck.scanners import columns as by_name
from licensecheck.scanners import tables
from licensecheck.scanners.rows import named_fields, versioned
from licensecheck.scanners.tables import Column, Fields, Table

Cells = tuple[tuple[str, str], ...]
"""What rows that are alike say of their license: the name of a column and its text, for each that is not empty."""
FORMS: Final[dict[str, tuple[str, ...]]] = {
    "parquet": (".parquet", ".pq", ".parq"),
    "arrow": (".arrow", ".feather", ".ipc", ".arrows"),
    "csv": (".csv", ".tsv", ".psv", ".tab"),
    "jsonl": (".jsonl", ".ndjson"),
    "json": (".json", ".geojson"),
    "workbook": (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
}
"""The forms of tables that are read, each with the endings of its files."""
_PARQUET: Final = "FORMAT parquet, COMPRESSION zstd"
_TOGETHER: Final = 200
"""So many files of Parquet are read as one table."""


class Alike(NamedTuple):
    """Rows that are alike: a key that no other rows have, what they say of their license, and their number.

    ``key`` is "" for rows that cannot be read where ``unreadable``.
    """

    key: str
    cells: Cells
    rows: int
    unreadable: bool = False


class Credited(NamedTuple):
    """Rows that are alike in what they say of their license and in what a credit names, by role."""

    cells: Cells
    credit: dict[str, tuple[str, ...]]
    rows: int


class Output(NamedTuple):
    """A file to write, and the keys of the rows that it gets."""

    path: Path
    chosen: Sequence[str]


class Rows(Protocol):
    """The rows of one file, or of several that are read as one table."""

    paths: Sequence[Path]
    form: str
    columns: tuple[str, ...]
    """The names of the columns of licenses."""
    how: str
    """How these were found: by ``name``, by their ``values``, or ``declared``."""
    heading: tuple[str, ...]
    """What files must agree in to be written as one."""
    top: bytes
    """What stands above the first row in a file of text, its heading included."""

    def alike(self) -> Iterator[Alike]:
        """The rows by what they say of their license. Raises :class:`Unreadable`."""

    def credits(self, named: Mapping[str, str]) -> Iterator[Credited]:
        """The rows by what they say of their license and what their credits name. ``named`` gives columns by role; others are
        found by their names. Raises :class:`Unreadable`."""

    def write(self, outputs: Sequence[Output], every: Sequence[str]) -> list[int]:
        """Write the rows of each of ``outputs``, without what stands above them, and give their numbers; ``every`` has
        all keys. Raises :class:`Unreadable`."""


def form_of(path: Path) -> str:
    """The form of the table at ``path`` by its name, "" where it is none."""
    low = path.name.lower()
    bare = next((low.removesuffix(end) for end in (".gz", ".zst") if low.endswith(end)), low)
    return next((form for form, ends in FORMS.items() if bare.endswith(ends)), "")


def files(given: Sequence[str]) -> list[Path]:
    """The files that ``given`` names: files, patterns, and folders with all tables in them, each once.

    Raises :class:`UsageError` where one matches nothing, or a file is no table.
    """
    found: dict[Path, None] = {}
    for name in given:
        path = Path(name)
        if path.is_dir():
            listed = [p for p in walk(path) if isinstance(p, Path) and form_of(p)]
        elif path.is_file() or path.is_symlink():
            if not form_of(path):
                known = ", ".join(chain.from_iterable(FORMS.values()))
                raise UsageError(Message("`{path}` is no table that can be read: known are {known}", path=name, known=known))  # fmt: skip
            listed = [path]
        else:
            matching = sorted(map(Path, glob(name, recursive=True))) if has_magic(name) else []  # noqa: PTH207 - a pattern may be absolute
            listed = [p for p in matching if p.is_file() and form_of(p)]
        if not listed:
            raise UsageError(Message("`{path}` matches no table: give a file, a pattern or a folder of tables", path=name))  # fmt: skip
        found |= dict.fromkeys(listed)
    return list(found)


def opened(paths: Sequence[Path], declared: Sequence[str] = ()) -> Rows:
    """The rows of a file, or of several of Parquet as one table; ``declared`` names the columns of licenses.

    Raises :class:`Unreadable`, also for a table that has no such column.
    """
    from licensecheck.scanners import plain_rows

    path = paths[0]
    form = form_of(path)
    if is_pointer(path):
        raise Unreadable(Message("only a pointer of Git LFS or git-annex, whose text is not here: fetch it first"))
    if not path.is_file():
        raise Unreadable(Message("not a regular file (a folder, a device, or a link that leads nowhere)"))
    if form in ("parquet", "arrow", "workbook") and not tables.can_read(path.name):
        raise Unreadable(Message("a table of this kind takes the extra `rows`: pip install 'licensecheck[rows]'"))
    if form in ("parquet", "arrow"):
        return OfTable(paths, form, declared)
    if form == "json":
        return plain_rows.Document(path, declared)
    if form == "workbook":
        return plain_rows.Workbook(path, declared)
    if tables.can_read(path.name):
        try:
            return _regular(path, form, declared)
        except Unreadable:
            if path.name.lower().endswith(".zst"):
                raise
    return plain_rows.Objects(path, declared) if form == "jsonl" else plain_rows.Lines(path, declared)


def batches(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """``paths`` in order, files of Parquet that follow each other together."""
    held: list[Path] = []
    for path in paths:
        if held and (form_of(path) != "parquet" or form_of(held[0]) != "parquet" or len(held) >= _TOGETHER):
            yield held
            held = []
        held.append(path)
    if held:
        yield held


def _regular(path: Path, form: str, declared: Sequence[str]) -> Rows:
    from licensecheck.scanners import plain_rows

    plain_rows.must_be_utf8(path)
    made: OfObjects | OfText = OfObjects(path, declared) if form == "jsonl" else OfText(path, declared)
    made.read()
    return made


def chosen(named: Sequence[Column], declared: Sequence[str]) -> tuple[list[Column], Column | None, str]:
    """The columns of licenses among ``named``, that of their version, and how they were found."""
    if not declared:
        return *by_name.of_license(named), "name"
    by = {column.name: column for column in named}
    low = {name.lower(): column for name, column in by.items()}
    found = [column for name in declared if (column := by.get(name) or low.get(name.lower()))]
    version = next((column for column in found if fields.is_version(column.way[-1])), None)
    return [column for column in found if column is not version], version, "declared"


def no_column(declared: Sequence[str]) -> Unreadable:
    """The error for a table without a column of licenses."""
    if declared:
        return Unreadable(Message("the table has no column `{name}`", name=", ".join(declared)))
    return Unreadable(Message("no column of licenses was found: name it with --license-column"))


def cells_of(columns: Sequence[str], texts: Sequence[Sequence[str]], version: str = "") -> Cells:
    """The texts of each of ``columns`` as cells, with the version of another column where only both name a license."""
    return tuple(
        (name, versioned(text, version) if version else text)
        for name, several in zip(columns, texts, strict=True)
        for text in (words.strip() for words in several)
        if text
    )


class OfTable:
    """Rows of Parquet or Arrow, read by the engine."""

    top = b""
    paths: Sequence[Path]

    def __init__(self, paths: Sequence[Path], form: str, declared: Sequence[str]) -> None:
        self.paths, self.form = paths, form
        with tables.together(paths) as table:
            self._choose(table, declared)

    _read: list[Alike] | None = None

    def read(self) -> None:
        """Read all rows. Raises :class:`Unreadable` where one is not as it should be."""
        self._read = list(self.alike())

    def _choose(self, table: Table, declared: Sequence[str]) -> None:
        every = table.columns()
        found, version, self.how = chosen(every, declared)
        if not found:
            raise no_column(declared)
        self.columns = tuple(column.name for column in found)
        self.heading = tuple(dict.fromkeys(column.way[0] for column in every))
        self._wanted = [*found, version] if version else found
        self._versioned = version is not None
        self._every = {column.name: column for column in reversed(every)}

    def alike(self) -> Iterator[Alike]:
        """As :class:`Rows` has it."""
        with self._table() as table:
            yield from self._of(table)

    def _table(self) -> AbstractContextManager[Table]:
        return tables.together(self.paths)

    def credits(self, named: Mapping[str, str]) -> Iterator[Credited]:
        """As :class:`Rows` has it."""
        roles = credit_roles(list(self._every), named)
        with self._table() as table:
            for _, texts, rows in table.keys([*self._wanted, *(self._every[name] for name in roles.values())]):
                own = texts[: len(self._wanted)]
                *held, last = own if self._versioned else (*own, ())
                cells = cells_of(self.columns, held, last[0] if last else "")
                yield Credited(cells, dict(zip(roles, texts[len(own) :], strict=True)), rows)

    def _of(self, table: Table) -> Iterator[Alike]:
        for key, texts, rows in table.keys(self._wanted):
            *own, last = texts if self._versioned else (*texts, ())
            yield Alike(key, cells_of(self.columns, own, last[0] if last else ""), rows)

    def write(self, outputs: Sequence[Output], every: Sequence[str]) -> list[int]:
        """As :class:`Rows` has it."""
        with tables.together(self.paths, [output.path for output in outputs]) as table:
            return [self._written(table, output, every) for output in outputs]

    def _written(self, table: Table, output: Output, every: Sequence[str]) -> int:
        if self.form == "parquet":
            return table.copy(self._wanted, output.chosen, _rest(output, every), output.path, _PARQUET)
        import pyarrow.ipc

        reader = table.reader(self._wanted, output.chosen, _rest(output, every))
        rows = 0
        with pyarrow.ipc.new_file(str(output.path), reader.schema) as file:
            for batch in reader:
                file.write_batch(batch)
                rows += batch.num_rows
        return rows


class OfMemory(OfTable):
    """Rows of a table in memory."""

    def __init__(self, data: object, declared: Sequence[str] = ()) -> None:
        self.paths, self.form, self._data = (), "memory", data
        with tables.of_object(data) as table:
            self._choose(table, declared)

    def _table(self) -> AbstractContextManager[Table]:
        return tables.of_object(self._data)


class OfText(OfTable):
    """Rows of CSV and its kind, each as long as the heading, read by the engine."""

    def __init__(self, path: Path, declared: Sequence[str]) -> None:
        from licensecheck.scanners import plain_rows

        self.paths, self.form = [path], "csv"
        head = plain_rows.heading(path, declared)
        if len(head.names) < 2:  # a blank line may be a row
            raise Unreadable(Message("a table of one column"))
        self.heading, self.top, self.how = (*head.names, head.delimiter), head.top, head.how
        self.columns = tuple(head.names[at] for at in head.licenses)
        self._names = [f"c{n}" for n in range(len(head.names))]
        self._every = {name: Column((f"c{n}",), f"c{n}") for n, name in reversed(list(enumerate(head.names)))}
        at = [*head.licenses, *([head.version] if head.version is not None else [])]
        self._wanted = [Column((f"c{n}",), f"c{n}") for n in at]
        self._versioned = head.version is not None
        mark = head.delimiter.replace("'", "''")
        self._options = f"skip = {head.skip}, delim = '{mark}', quote = '\"', escape = '\"', strict_mode = true, null_padding = false, ignore_errors = false, comment = ''"
        self._how = f"FORMAT csv, HEADER false, DELIMITER '{mark}', QUOTE '\"', ESCAPE '\"'"

    def alike(self) -> Iterator[Alike]:
        """As :class:`Rows` has it."""
        if self._read is not None:
            yield from self._read
            return
        with self._table() as table:
            yield from self._of(table)

    def _table(self) -> AbstractContextManager[Table]:
        return tables.regular(self.paths[0], self._names, self._options)

    def write(self, outputs: Sequence[Output], every: Sequence[str]) -> list[int]:
        """As :class:`Rows` has it."""
        with tables.regular(self.paths[0], self._names, self._options, [output.path for output in outputs]) as table:
            return [table.copy(self._wanted, o.chosen, _rest(o, every), o.path, self._how) for o in outputs]


class OfObjects:
    """Rows of JSON Lines, read by the engine, and written as they are."""

    form = "jsonl"
    top = b""
    heading: tuple[str, ...] = ()

    def __init__(self, path: Path, declared: Sequence[str]) -> None:
        self.paths: Sequence[Path] = [path]
        self._fields: dict[str, None] = {}
        found: dict[tuple[str, ...], str] = {}
        versions: dict[tuple[str, ...], str] = {}
        with self._opened() as table:
            for shape in table.structures():
                self._fields |= dict.fromkeys(shape)
                for way, sql in _ways(shape, declared):
                    (versions if fields.is_version(way[-1]) and not declared else found)[way] = sql
        if not found:
            raise no_column(declared)
        self.how = "declared" if declared else "name"
        self.columns = tuple(".".join(way) for way in found)
        self._versioned = bool(versions)
        self._wanted = [Column(way, sql) for way, sql in (*found.items(), *list(versions.items())[:1])]

    def _opened(self, writing: Sequence[Path] = ()) -> AbstractContextManager[Fields]:
        return tables.json_lines(self.paths[0], writing)

    _read: list[Alike] | None = None

    def read(self) -> None:
        """Read all rows. Raises :class:`Unreadable` where the engine cannot."""
        self._read = list(self.alike())

    def alike(self) -> Iterator[Alike]:
        """As :class:`Rows` has it."""
        if self._read is not None:
            yield from self._read
            return
        with self._opened() as table:
            for key, held, rows in table.keys(self._wanted):
                if not key:
                    yield Alike("", (), rows, unreadable=True)
                    continue
                texts = [named_fields(cell) for cell in held]
                *own, last = texts if self._versioned else (*texts, [])
                yield Alike(key, cells_of(self.columns, own, last[0] if last else ""), rows)

    def credits(self, named: Mapping[str, str]) -> Iterator[Credited]:
        """As :class:`Rows` has it."""
        roles = credit_roles(list(self._fields), named)
        also = [Column((name,), f'$."{name}"') for name in roles.values()]
        with self._opened() as table:
            for key, held, rows in table.keys([*self._wanted, *also]):
                if key:
                    texts = [named_fields(cell) for cell in held]
                    *own, last = texts[: len(self._wanted)] if self._versioned else (*texts[: len(self._wanted)], [])
                    cells = cells_of(self.columns, own, last[0] if last else "")
                    yield Credited(cells, dict(zip(roles, map(tuple, texts[len(self._wanted) :]), strict=True)), rows)

    def write(self, outputs: Sequence[Output], every: Sequence[str]) -> list[int]:
        """As :class:`Rows` has it."""
        with self._opened([output.path for output in outputs]) as table:
            return [table.write(self._wanted, o.chosen, _rest(o, every), o.path) for o in outputs]


def _ways(shape: Any, declared: Sequence[str], above: tuple[str, ...] = (), at: str = "$") -> Iterator[tuple[tuple[str, ...], str]]:  # fmt: skip
    """The ways to the fields of licenses in objects of the shape ``shape``, and of their versions, as paths of JSON."""
    if len(above) > 5:
        return
    for name, inner in shape.items():
        way, path = (*above, name), f'{at}."{name}"'
        whole = ".".join(way)
        if '"' in name:  # no path of JSON can name it
            continue
        if whole in declared or (not declared and (fields.is_column(name) or fields.is_version(name))):
            yield way, path
            if not isinstance(inner, str) and not declared:
                yield from _ways_below(inner, declared, way, path)
        elif not isinstance(inner, str):
            yield from _ways_below(inner, declared, way, path)


def _ways_below(inner: Any, declared: Sequence[str], way: tuple[str, ...], path: str) -> Iterator[tuple[tuple[str, ...], str]]:  # fmt: skip
    if isinstance(inner, list) and inner and isinstance(inner[0], dict):
        yield from _ways(inner[0], declared, way, f"{path}[*]")
    elif isinstance(inner, dict):
        yield from _ways(inner, declared, way, path)


def _rest(output: Output, every: Sequence[str]) -> list[str]:
    own = set(output.chosen)
    return [key for key in every if key not in own]


def credit_roles(names: Sequence[str], named: Mapping[str, str]) -> dict[str, str]:
    """The columns of credits among ``names``, by role. Raises :class:`Unreadable` for one in ``named`` that is not there."""
    for name in named.values():
        if name not in names:
            raise Unreadable(Message("the table has no column `{name}`", name=name))
    return {**fields.credit_columns(names), **named}


def shown(paths: Sequence[Path]) -> str:
    """The files of a table, as one name."""
    if not paths:
        return "table"
    return printable(paths[0]) if len(paths) == 1 else f"{printable(paths[0])} … ({len(paths)})"
