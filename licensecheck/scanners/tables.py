"""Tables in any container: their columns, and the distinct values of some of them with the number of rows that have them.

This is the one place that knows the engine: DuckDB (the extra ``rows``) reads Parquet, CSV, TSV and JSON Lines of any size, packed by
gzip or Zstandard too, and Arrow and Feather through pyarrow; python-calamine reads workbooks. Each is imported when a table is opened.
A table is a file of strangers: the engine may open that file and no other, loads no extension, and has limits of memory and size.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from licensecheck.base.errors import Unreadable
from licensecheck.base.message import Message

_PARQUET: Final = (".parquet", ".pq", ".parq")
_ARROW: Final = (".arrow", ".feather", ".ipc", ".arrows")
_BOOKS: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_OTHERS: Final = (".orc", ".avro", ".sqlite", ".sqlite3", ".db", ".duckdb", ".mdb", ".accdb", ".sav", ".dta", ".dbf", ".rds", ".rdata", ".sas7bdat", ".pkl", ".pickle")  # fmt: skip
"""Endings of tables that no library here reads."""
_SEPARATED: Final = (".csv", ".tsv", ".psv")
_OBJECTS: Final = (".jsonl", ".ndjson")
_PACKED: Final = (".zst", ".gz")
_LIBRARIES: Final = {_ARROW: ("duckdb", "pyarrow"), _BOOKS: ("python_calamine",)}
_LIMITS: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "memory_limit": "512MB",
    "temp_directory": "",
}
"""The engine loads nothing from elsewhere, takes so much memory, and writes nowhere."""
_WIDE: Final = 20_000
"""Columns of one table that are listed, those within columns too."""
_KEYS: Final = 200
"""Keys of a column of maps or of JSON that are listed."""
_SAMPLE: Final = 100_000
"""Rows in which the keys of a column of maps or of JSON are looked for."""
_DEEP: Final = 8
"""Columns within columns, from which on nothing is listed."""
_BOOK: Final = 512 * 1024 * 1024
"""Bytes that a workbook may unpack to."""
_HEADING: Final = 20
"""Rows of a sheet in which its heading is looked for."""
_LINES: Final = "delim = '\x01', quote = '', escape = '', strict_mode = false, new_line = '\\n', ignore_errors = false"
"""How the engine reads lines as they are: the mark that parts cells is one that JSON has not."""
_SPECIAL: Final = re.compile(r"[*?\[]")
"""Letters of a path that the engine takes for a pattern."""


class Column(NamedTuple):
    """A column that holds texts: the way to it, the names of the columns that it lies in first, and how the engine reads
    it: as a text, or as a list of texts where ``many``."""

    way: tuple[str, ...]
    sql: str
    many: bool = False

    @property
    def name(self) -> str:
        """The way as one name: ``meta.license``."""
        return ".".join(self.way)


class Group(NamedTuple):
    """Rows that are alike in some columns: the texts of each column (none where it is empty), the number of rows, and the
    number of the first of them, counted from 1; 0 where the container does not tell."""

    cells: tuple[tuple[str, ...], ...]
    rows: int
    first: int


class Table:
    """One table, open: its columns, and the groups of rows that are alike in some of them.

    ``part`` names it in its file: the sheet of a workbook, else "".
    """

    def __init__(self, engine: Any, source: Callable[[], str], *, numbered: str = "", part: str = "") -> None:
        self._engine = engine
        self._source = source
        self._numbered = numbered
        self.part = part

    def columns(self) -> list[Column]:
        """Every column of texts, those within structures, lists, maps and JSON too, in the order of the table."""
        relation = self._engine.sql(f"SELECT * FROM {self._source()} LIMIT 0")
        schema = list(zip(relation.columns, relation.types, strict=True))
        del relation  # it holds the engine, which does one thing at a time
        listed = (
            column
            for name, kind in schema
            if name != "file_row_number"
            for column in self._within((name,), _quoted(name), kind)
        )
        return list(islice(listed, _WIDE))

    def groups(self, columns: Sequence[Column], most: int) -> Iterator[Group]:
        """The rows by what they have in ``columns``, the first ``most`` groups; every row is in one group."""
        first = f"min({self._numbered}) + 1" if self._numbered else "0"
        chosen = ", ".join(column.sql for column in columns)
        found = self._engine.execute(
            f"SELECT {chosen}, count(*), {first} FROM {self._source()} GROUP BY ALL ORDER BY ALL LIMIT {most}"
        )
        while some := found.fetchmany(1_000):
            for *cells, rows, number in some:
                yield Group(tuple(map(_texts, cells)), rows, number)

    def keys(self, columns: Sequence[Column]) -> Iterator[tuple[str, tuple[tuple[str, ...], ...], int]]:
        """The rows by what they have in ``columns``: a text that is the same for rows that are alike, the texts of each
        column, and the number of rows."""
        found = self._engine.execute(
            f"SELECT {_key(columns)}, count(*) FROM {self._source()} GROUP BY ALL ORDER BY ALL"
        )
        alone = len(columns) == 1 and not columns[0].many
        while some := found.fetchmany(1_000):
            for key, rows in some:
                held: Sequence[Any] = (key or None,) if alone else json.loads(key)
                yield key, tuple(map(_texts, held)), rows

    def copy(
        self, columns: Sequence[Column], chosen: Sequence[str], others: Sequence[str], target: Path, how: str
    ) -> int:
        """Write the rows whose key (:meth:`keys`) is in ``chosen`` to ``target``, in their order, and give their number.

        ``others`` are all other keys, ``how`` the options of the engine's COPY.
        """
        numbered = " EXCLUDE (file_row_number)" if self._numbered else ""
        which = self._which(columns, chosen, others)
        done = self._engine.execute(
            f"COPY (SELECT *{numbered} FROM {self._source()} WHERE {which}) TO {_text(target.absolute())} ({how}, USE_TMP_FILE false)"
        ).fetchall()
        return int(done[0][0])

    def reader(self, columns: Sequence[Column], chosen: Sequence[str], others: Sequence[str]) -> Any:
        """The same rows as a reader of Arrow batches."""
        which = self._which(columns, chosen, others)
        return self._engine.sql(f"SELECT * FROM {self._source()} WHERE {which}").to_arrow_reader(10_000)

    def _which(self, columns: Sequence[Column], chosen: Sequence[str], others: Sequence[str]) -> str:
        """The condition that the key of a row is in ``chosen``. All keys become one type of the engine, by which a row is
        looked up: a join would not keep the order."""
        self._engine.execute(
            "DROP TYPE IF EXISTS row_key; CREATE OR REPLACE TEMP TABLE row_keys (place BIGINT, key VARCHAR)"
        )
        self._engine.execute(
            "INSERT INTO row_keys SELECT generate_subscripts($1::VARCHAR[], 1), unnest($1::VARCHAR[])",
            [[*chosen, *others]],
        )
        self._engine.execute("CREATE TYPE row_key AS ENUM (SELECT key FROM row_keys ORDER BY place)")
        return f"enum_code(({_key(columns)})::row_key) < {len(chosen)}"

    def _within(self, way: tuple[str, ...], sql: str, kind: Any, deep: int = _DEEP) -> Iterator[Column]:
        """The columns at ``way``, which the engine reads as ``sql`` and which is of the type ``kind``."""
        if not deep:
            return
        if kind.id == "struct":
            for name, inner in kind.children:
                yield from self._within((*way, name), f"struct_extract({sql}, {_text(name)})", inner, deep - 1)
        elif kind.id in ("list", "array"):
            item = f"item{deep}"
            for column in self._within(way, item, kind.children[0][1], deep - 1):
                inside = column.sql if column.many else f"[{column.sql}]"
                each = f"flatten([{inside} for {item} in {sql}::{kind.children[0][1]}[]])"
                yield Column(column.way, f"coalesce({each}, [])", many=True)
        elif kind.id == "map":
            if deep == _DEEP:
                for (key,) in self._keys(f"unnest(map_keys({sql}))"):
                    at = f"map_extract({sql}, {_text(key)})[1]"
                    yield from self._within((*way, str(key)), at, kind.children[1][1], deep - 1)
        elif kind.id == "blob":
            yield Column(way, f"TRY(decode({sql}))")
        else:
            yield Column(way, f"{sql}::VARCHAR")
            if deep == _DEEP and kind.id == "varchar":
                yield from self._in_json(way, sql)

    def _in_json(self, way: tuple[str, ...], sql: str) -> Iterator[Column]:
        """The fields of a column of JSON, or of texts that are JSON."""
        sure = f"CASE WHEN json_valid({sql}) THEN {sql}::JSON END"
        looks = self._engine.execute(
            f"SELECT bool_or(starts_with(ltrim({sql}::VARCHAR), '{{')) FROM (SELECT * FROM {self._source()} LIMIT 2048)"
        ).fetchall()
        if not looks[0][0]:
            return
        found = self._engine.execute(
            f"SELECT DISTINCT regexp_replace(leaf.fullkey, '\\[[0-9]+\\]', '[*]', 'g') AS place FROM "
            f"(SELECT {sure} AS made FROM {self._source()} LIMIT {_SAMPLE}) AS held, json_tree(held.made) AS leaf "
            f"WHERE leaf.atom IS NOT NULL ORDER BY place LIMIT {_KEYS}"
        ).fetchall()
        for (place,) in found:
            at = f"json_extract_string({sure}, {_text(place)})"
            names = tuple(re.findall(r'"([^"]+)"|([^.\[\]"]+)', place.removeprefix("$").replace("[*]", "")))
            inner = (*way, *(a or b for a, b in names))
            several = "[*]" in place
            yield Column(inner, f"coalesce({at}, [])" if several else at, several)

    def _keys(self, sql: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._engine.execute(
            f"SELECT DISTINCT {sql} AS k FROM (SELECT * FROM {self._source()} LIMIT {_SAMPLE}) ORDER BY k LIMIT {_KEYS}"
        ).fetchall()
        return found


class Fields(Table):
    """JSON Lines, each line as it is written: the columns are the fields of the objects."""

    def first(self, most: int) -> Iterator[str]:
        """The first lines."""
        for (line,) in self._engine.execute(f"SELECT line FROM {self._source()} LIMIT {most}").fetchall():
            yield line or ""

    def structures(self) -> Iterator[dict[str, Any]]:
        """Each shape that the objects have: the names of their fields with what they hold."""
        nested = "contains(substr(ltrim(line), 2), '{')"  # the shape of an object in objects takes the engine five times as long
        shape = f"CASE WHEN {nested} THEN json_structure(line)::VARCHAR ELSE to_json(json_keys(line))::VARCHAR END"
        sql = f"SELECT DISTINCT TRY({shape}) FROM {self._source()}"
        for (text,) in self._engine.execute(sql).fetchall():
            found = json.loads(text or "null")
            if isinstance(found, list):
                found = dict.fromkeys(found, "VARCHAR")
            if isinstance(found, dict):
                yield found

    def keys(self, columns: Sequence[Column]) -> Iterator[tuple[str, tuple[Any, ...], int]]:
        """The rows by what they have in ``columns``, each as JSON; the key "" is of lines that are no object."""
        sql = f"SELECT {_of_line(columns)} AS key, count(*) FROM {self._source()} WHERE trim(line) <> '' GROUP BY ALL ORDER BY ALL"
        found = self._engine.execute(sql)
        while some := found.fetchmany(1_000):
            for key, rows in some:
                yield key, tuple(json.loads(key)) if key else (), rows

    def write(self, columns: Sequence[Column], chosen: Sequence[str], others: Sequence[str], target: Path) -> int:
        """As :meth:`copy`, each line as it is written."""
        whole = self._source
        self._source = lambda: f"(SELECT line FROM {whole()} WHERE trim(line) <> '')"
        try:
            key = Column((), _of_line(columns))
            how = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01'"
            return self.copy([key], chosen, others, target, how)
        finally:
            self._source = whole


def _of_line(columns: Sequence[Column]) -> str:
    """What a line has in ``columns``, whose ``sql`` is a path of JSON, as one text."""
    cells = (f"coalesce(json_extract(line, {_text(column.sql)})::VARCHAR, 'null')" for column in columns)
    if any("[*]" in column.sql for column in columns):
        cells = (f"coalesce(to_json(json_extract(line, {_text(column.sql)}))::VARCHAR, 'null')" for column in columns)
    held = " || ',' || ".join(cells) or "json_extract(line, '$.x')"
    return f"CASE WHEN starts_with(ltrim(line), '{{') THEN coalesce(TRY('[' || {held} || ']'), '') ELSE '' END"


def is_table(name: str) -> bool:
    """Whether a file of this name is a table that is not read as text: of columns, a workbook, or packed by Zstandard."""
    low = name.lower()
    return low.endswith((*_PARQUET, *_ARROW, *_BOOKS, *_OTHERS)) or (low.endswith(".zst") and is_text(low))


def is_foreign(name: str) -> bool:
    """Whether a file of this name is a table that no library here reads."""
    return name.lower().endswith(_OTHERS)


def is_text(name: str) -> bool:
    """Whether a file of this name is a table written as text that an engine reads too, whatever its size."""
    return _bare(name).endswith((*_SEPARATED, *_OBJECTS))


def _bare(name: str) -> str:
    low = name.lower()
    return next((low.removesuffix(end) for end in _PACKED if low.endswith(end)), low)


@cache
def _has(library: str) -> bool:
    return find_spec(library) is not None


def can_read(name: str) -> bool:
    """Whether the libraries are installed that a table of this name takes."""
    low = name.lower()
    needed = next((libraries for ends, libraries in _LIBRARIES.items() if low.endswith(ends)), ("duckdb",))
    return all(map(_has, needed))


@contextmanager
def opened(path: Path) -> Iterator[list[Table]]:
    """The tables in the file at ``path``: one, or each sheet of a workbook.

    Raises :class:`Unreadable` where it is none, is broken or too large, also while its tables are read.
    """
    low = path.name.lower()
    with _errors():
        if not path.is_file():
            raise Unreadable(Message("not a regular file (a folder, a device, or a link that leads nowhere)"))
        if low.endswith(_BOOKS):
            yield list(_sheets(path))
            return
        with _engine([path]) as engine:
            yield [_arrow(engine, path) if low.endswith(_ARROW) else _of_engine(engine, path)]


@contextmanager
def together(paths: Sequence[Path], writing: Sequence[Path] = ()) -> Iterator[Table]:
    """The files of Parquet or the one file of Arrow at ``paths`` as one table, which may write to the files ``writing``.

    Raises :class:`Unreadable` as :func:`opened` does.
    """
    with _errors(), _engine([*paths, *writing]) as engine:
        if paths[0].name.lower().endswith(_ARROW):
            yield _arrow(engine, paths[0])
        else:
            places = ", ".join(_text(_SPECIAL.sub(r"[\g<0>]", str(path.absolute()))) for path in paths)
            sql = f"read_parquet([{places}], union_by_name = true, file_row_number = true)"
            yield Table(engine, lambda: sql, numbered="file_row_number")


@contextmanager
def regular(path: Path, names: Sequence[str], options: str, writing: Sequence[Path] = ()) -> Iterator[Table]:
    """The table written as text at ``path``, each of whose rows has a cell for each of ``names``; nothing of it is guessed.

    ``options`` are those of the engine. Raises :class:`Unreadable` where a row is not so.
    """
    packing = ", compression = 'zstd'" if path.name.lower().endswith(".zst") else ""
    place = _SPECIAL.sub(r"[\g<0>]", str(path.absolute()))
    columns = ", ".join(f"{_text(name)}: 'VARCHAR'" for name in names)
    sql = f"read_csv({_text(place)}, columns = {{{columns}}}, auto_detect = false, header = false, {options}{packing})"
    with _errors(), _engine([path, *writing]) as engine:
        yield Table(engine, lambda: sql)


@contextmanager
def json_lines(path: Path, writing: Sequence[Path] = ()) -> Iterator[Fields]:
    """The lines of the text at ``path``, to be read as JSON Lines. Raises :class:`Unreadable`."""
    with regular(path, ["line"], _LINES, writing) as table:
        yield Fields(table._engine, table._source)


@contextmanager
def of_object(data: object) -> Iterator[Table]:
    """A table in memory: of Arrow, pandas or Polars, or a relation of DuckDB. Raises :class:`Unreadable` for what is none."""
    with _errors(), _engine([]) as engine:
        for change in ("to_arrow_table", "to_arrow"):  # a relation of another engine, a data frame of Polars
            if hasattr(data, change):
                data = getattr(data, change)()
                break
        engine.register("given_rows", data)
        yield Table(engine, lambda: "given_rows")


@contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except Unreadable:
        raise
    except Exception as error:  # each library has errors of its own, and a file may be broken in any way
        why = str(error).strip().splitlines() or [type(error).__name__]
        raise Unreadable(Message("the table cannot be read: {why}", why=why[0][:200])) from None


@contextmanager
def _engine(places: Sequence[Path]) -> Iterator[Any]:
    """An engine that may open the files at ``places``, and no other."""
    import duckdb

    with duckdb.connect(":memory:", config=_LIMITS) as engine:
        absolute = [place.absolute() for place in places]
        odd = [place.parent for place in absolute if _SPECIAL.search(str(place))]  # it lists the folder of such a name
        plain = [place for place in absolute if not _SPECIAL.search(str(place))]
        for what, listed in (("directories", odd), ("paths", plain)):
            engine.execute(f"SET allowed_{what} = [{', '.join(map(_text, listed))}]")
        engine.execute("SET enable_external_access = false; SET lock_configuration = true")
        yield engine


def _of_engine(engine: Any, path: Path) -> Table:
    """A table that the engine reads itself. Broken rows are left out: who judges all rows counts them."""
    place = _SPECIAL.sub(r"[\g<0>]", str(path.absolute()))
    bare = _bare(path.name)
    packing = ", compression = 'zstd'" if path.name.lower().endswith(".zst") else ""
    if bare.endswith(_PARQUET):
        sql = f"read_parquet({_text(place)}, file_row_number = true)"
        return Table(engine, lambda: sql, numbered="file_row_number")
    if bare.endswith(_OBJECTS):
        options = f"format = 'newline_delimited', sample_size = -1, ignore_errors = true, maximum_depth = {_DEEP}"
        sql = f"read_json({_text(place)}, {options}{packing})"
    else:
        options = "all_varchar = true, null_padding = true, strict_mode = false, ignore_errors = true, parallel = false, header = true"
        sql = f"read_csv({_text(place)}, {options}{packing})"
    return Table(engine, lambda: sql)


def _arrow(engine: Any, path: Path) -> Table:
    """An Arrow file (Feather too) or stream, batch by batch: each query reads it anew."""
    import pyarrow.ipc

    def source() -> str:
        with path.open("rb") as file:
            is_file = file.read(6) == b"ARROW1"
        mapped = pyarrow.memory_map(str(path), "r")
        if is_file:
            held = pyarrow.ipc.open_file(mapped)
            batches = (held.get_batch(n) for n in range(held.num_record_batches))
            reader = pyarrow.RecordBatchReader.from_batches(held.schema, batches)
        else:
            reader = pyarrow.ipc.open_stream(mapped)
        engine.register("arrow_table", reader)
        return "arrow_table"

    return Table(engine, source)


class _Sheet(Table):
    """A sheet of a workbook, in memory: its rows are those below its heading."""

    def __init__(self, rows: Sequence[Sequence[Any]], part: str) -> None:
        self._rows = rows
        self.part = part

    def columns(self) -> list[Column]:
        """Each cell of the first rows as a name: a heading may have lines above it."""
        made: list[Column] = []
        for number, row in enumerate(self._rows[:_HEADING]):
            made += [Column((cell.strip(),), f"{number}:{n}") for n, cell in enumerate(row) if isinstance(cell, str)]
        return made[:_WIDE]

    def groups(self, columns: Sequence[Column], most: int) -> Iterator[Group]:
        """The rows below the heading of ``columns``, by what they have there."""
        places = [tuple(map(int, column.sql.split(":"))) for column in columns]
        heading = max(row for row, _ in places)
        found: dict[tuple[tuple[str, ...], ...], tuple[int, int]] = {}
        for number, row in enumerate(self._rows[heading + 1 :], heading + 2):
            if any(cell not in ("", None) for cell in row):
                cells: tuple[tuple[str, ...], ...] = tuple(
                    (str(row[n]),) if n < len(row) and row[n] not in ("", None) else () for _, n in places
                )
                rows, first = found.get(cells, (0, number))
                found[cells] = (rows + 1, first)
        for cells, (count, first) in islice(found.items(), most):
            yield Group(cells, count, first)


def _sheets(path: Path) -> Iterator[Table]:
    import zipfile

    from python_calamine import CalamineWorkbook

    if path.stat().st_size > _BOOK:
        raise Unreadable(Message("a workbook that is too large"))
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > _BOOK:
                raise Unreadable(Message("a workbook that is too large"))
    with CalamineWorkbook.from_path(path) as book:
        for name in book.sheet_names:
            yield _Sheet(book.get_sheet_by_name(name).to_python(skip_empty_area=False), name)


def _texts(cell: Any) -> tuple[str, ...]:
    """The texts of a cell: none, one, or a list of them."""
    return (cell,) if isinstance(cell, str) else tuple(text for text in cell or () if text is not None)


def _key(columns: Sequence[Column]) -> str:
    """What is the same for rows that are alike in ``columns``, and never null."""
    if len(columns) == 1 and not columns[0].many:
        return f"coalesce({columns[0].sql}, '')"
    cells = ", ".join(column.sql if column.many else f"[{column.sql}]" for column in columns)
    return f"to_json([{cells}])::VARCHAR"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
