"""Rows of tables, each under a license of its own: which may stay for a use, and under what the rest may be published together.

Each distinct value is read and judged once, with the number of its rows. The decision for the whole is that of all values
together, so that a further row never makes it better.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from licensecheck import vocabulary
from licensecheck.base.errors import Problem, Unreadable, UsageError
from licensecheck.base.message import Message
from licensecheck.engine.engine import core, engine
from licensecheck.engine.evaluate import evaluate
from licensecheck.engine.outbound import candidates
from licensecheck.engine.ranks import ALLOW, strictest
from licensecheck.identification import conclude, doubts, find, identify
from licensecheck.knowledge import fields, names, packs
from licensecheck.knowledge.rulebook import Rulebook, load
from licensecheck.model import Certainty, Decision, Kind, Reason, Source, SourceVerdict, Statement, replace
from licensecheck.scanners import row_files
from licensecheck.scanners.row_files import Cells, Output, Rows
from licensecheck.scanners.unweighed import heard_at
from licensecheck.verdict import row_credits
from licensecheck.vocabulary import Use

SCHEMA: Final = "licensecheck.rows/1"
OUTPUTS: Final = ("keep", "review", "drop")
"""The files that rows are written to, in the order of the decisions allow, review, deny."""
_OUTPUT_OF: Final = {Decision.ALLOW: "keep", Decision.REVIEW: "review", Decision.DENY: "drop"}
_PLAIN: Final = 3
"""Words of a value, up to which nothing in it is listened to beside the license that it names."""
_CANDIDATES: Final = 40
"""So many licenses are tried as the license of what is published."""


class Value(NamedTuple):
    """Rows that say the same of their license: the text, the expression that it stands for, what is decided for them."""

    value: str
    license: str
    certainty: Certainty
    rows: int
    verdict: SourceVerdict

    @property
    def decision(self) -> Decision:
        """What is decided for these rows."""
        return self.verdict.decision


class ColumnsOf(NamedTuple):
    """The columns of licenses of a file, and how they were found: by ``name``, by their ``values``, or ``declared``."""

    file: str
    license: tuple[str, ...]
    how: str


class Written(NamedTuple):
    """A file of rows that was written."""

    path: str
    rows: int


class Credits(NamedTuple):
    """The file that credits are written to, the columns that hold them by role, and their language."""

    path: str
    columns: Mapping[str, str]
    lang: str = "en"


class RowsVerdict(NamedTuple):
    """What is decided for all rows of some tables: :meth:`to_dict` gives it in the JSON of ``licensecheck rows``."""

    decision: Decision
    rows: int
    unreadable_rows: int
    without_license: int
    columns: tuple[ColumnsOf, ...]
    values: tuple[Value, ...]
    """The distinct values, those with the most rows first."""
    outbound: tuple[tuple[str, int], ...] = ()
    """Licenses that something may be published under, each with the number of rows that may be in it together."""
    written: tuple[tuple[str, Written], ...] = ()
    problems: tuple[Problem, ...] = ()
    use: tuple[tuple[str, str], ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """The number of rows by license expression; rows without a license are not in it."""
        found: Counter[str] = Counter()
        for one in self.values:
            if one.license != "NONE":
                found[one.license] += one.rows
        return dict(found.most_common())

    @property
    def decisions(self) -> dict[str, int]:
        """The number of rows by decision. Rows that cannot be read are under review."""
        found = Counter({decision.value: 0 for decision in reversed(list(Decision))})
        for one in self.values:
            found[one.decision.value] += one.rows
        found[Decision.REVIEW.value] += self.unreadable_rows
        return dict(found)

    def to_dict(self) -> dict[str, Any]:
        """The verdict as the JSON document ``licensecheck.rows/1``."""
        return {
            "schema": SCHEMA,
            "decision": self.decision.value,
            "use": dict(self.use),
            "rows": self.rows,
            "unreadable_rows": self.unreadable_rows,
            "without_license": self.without_license,
            "columns": [{"file": c.file, "license": list(c.license), "how": c.how} for c in self.columns],
            "counts": self.counts,
            "licenses": [
                {
                    "value": one.value,
                    "license": one.license,
                    "certainty": one.certainty.value,
                    "rows": one.rows,
                    "decision": one.decision.value,
                    "reasons": [
                        {"rule": r.rule, "effect": r.effect, "clause": r.clause, "message": str(r.message)}
                        for r in one.verdict.reasons
                    ],
                }
                for one in self.values
            ],
            "decisions": self.decisions,
            "outbound": [{"license": license, "rows": rows} for license, rows in self.outbound],
            "written": {name: {"path": w.path, "rows": w.rows} for name, w in self.written},
            "problems": [{"path": p.path, "line": p.line, "message": str(p.message)} for p in self.problems],
        }


def rows(
    table_or_path: object,
    *,
    use: Mapping[str, str] | None = None,
    license_column: str | Sequence[str] | None = None,
    rules: str = "",
) -> RowsVerdict:
    """The verdict for the rows of a table, each under a license of its own.

    ``table_or_path`` is a path (a file, a pattern, a folder), a list of these, an Arrow table, a data frame of pandas or
    Polars, or a relation of DuckDB. ``use`` has the axes of the use (``{"intent": "publish-adaptation", "purpose":
    "product"}``); without an intent and a purpose each row is under review. ``license_column`` names the columns of licenses,
    which are found by their names if it is None. ``rules`` is the folder of a rule pack.

    Raises :class:`UsageError` for a path that matches no table, and :class:`Unreadable` for an object that is none, or has no
    column of licenses. Files that cannot be read are among the ``problems``.
    """
    declared = (license_column,) if isinstance(license_column, str) else tuple(license_column or ())
    if isinstance(table_or_path, (str, os.PathLike)):
        table_or_path = [table_or_path]
    if isinstance(table_or_path, (list, tuple)) and all(isinstance(p, (str, os.PathLike)) for p in table_or_path):
        paths = row_files.files([os.fspath(path) for path in table_or_path])
        return judged(Tables.of_files(paths, declared), use or {}, load(*([rules] if rules else [])))
    tables = Tables((row_files.OfMemory(table_or_path, declared),))
    found = judged(tables, use or {}, load(*([rules] if rules else [])))
    if found.problems:
        raise Unreadable(found.problems[0].message)
    return found


class Tables(NamedTuple):
    """Tables that are open to be judged, and what could not be opened."""

    tables: tuple[Rows, ...]
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of_files(cls, paths: Sequence[Path], declared: Sequence[str] = ()) -> Tables:
        """The tables in the files at ``paths``."""
        opened: list[Rows] = []
        problems: list[Problem] = []
        for batch in row_files.batches(paths):
            for several in _tried(batch, declared):
                try:
                    opened.append(row_files.opened(several, declared))
                except Unreadable as error:
                    problems.append(Problem(row_files.shown(several), error.line, error.message))
        return cls(tuple(opened), tuple(problems))


def _tried(batch: Sequence[Path], declared: Sequence[str]) -> list[Sequence[Path]]:
    """``batch`` whole where it can be read as one table, else file by file."""
    if len(batch) == 1:
        return [batch]
    try:
        for _ in row_files.opened(batch, declared).alike():
            pass
    except Unreadable:
        return [[path] for path in batch]
    return [batch]


class _Read(NamedTuple):
    table: Rows
    keys: dict[str, Cells | None]
    """Each key with what its rows say; None where they cannot be read."""


def judged(
    opened: Tables,
    use: Mapping[str, str],
    book: Rulebook,
    outputs: Mapping[str, str] | None = None,
    credits: Credits | None = None,
) -> RowsVerdict:
    """The verdict for the rows of ``opened`` in the ``use``, and their rows written to ``outputs``, by name of output.

    Raises :class:`UsageError` where rows are to be written without a use, or cannot be written as one.
    """
    outputs = dict(outputs or {})
    asked = _asked(use)
    if (outputs or credits) and asked is None:
        raise UsageError(Message("rows are chosen for a use: pass --intent and --purpose"))
    counted: Counter[Cells] = Counter()
    unreadable = 0
    reads: list[_Read] = []
    problems = list(opened.problems)
    for table in opened.tables:
        keys: dict[str, Cells | None] = {}
        mine: Counter[Cells] = Counter()
        lost = 0
        try:
            for key, cells, number, is_unreadable in table.alike():
                keys[key] = None if is_unreadable else cells
                if is_unreadable:
                    lost += number
                else:
                    mine[cells] += number
        except Unreadable as error:
            problems.append(Problem(row_files.shown(table.paths), error.line, error.message))
            continue
        if lost:
            says = Message("rows that cannot be read: {rows}", rows=lost)
            problems.append(Problem(row_files.shown(table.paths), 1, says))
        unreadable += lost
        counted += mine
        reads.append(_Read(table, keys))
    meant = {cells: _meaning(cells) for cells in counted}
    verdicts = _verdicts({m.source for m in meant.values()}, asked, book)
    values = [
        Value(m.value, m.source.license, m.certainty, counted[cells], verdicts[m.source]) for cells, m in meant.items()
    ]
    values.sort(key=lambda one: (-one.rows, one.value))
    decision = strictest((*(one.decision for one in values), *([Decision.REVIEW] if problems or not values else [])))
    found = RowsVerdict(
        decision,
        sum(counted.values()) + unreadable,
        unreadable,
        sum(number for cells, number in counted.items() if meant[cells].source.license == "NONE"),
        tuple(ColumnsOf(row_files.shown(r.table.paths), tuple(r.table.columns), r.table.how) for r in reads),
        tuple(_together(values)),
        tuple(_outbound(values, asked, book)),
        problems=tuple(problems),
        use=tuple(use.items()),
    )
    if credits and asked:
        by_verdict = {cells: verdicts[m.source] for cells, m in meant.items()}
        several = [read.table for read in reads]
        count = row_credits.write(several, by_verdict, asked, book, credits.path, credits.columns, credits.lang)
        found = found._replace(written=(("credits", Written(credits.path, count)),))
    if not outputs:
        return found
    by_cells = {tuple(sorted(cells)): _OUTPUT_OF[verdicts[m.source].decision] for cells, m in meant.items()}
    return found._replace(written=(*_write(reads, by_cells, outputs), *found.written))


def _together(values: Sequence[Value]) -> Iterator[Value]:
    """``values`` with those that are the same in all but the column that they stand in as one."""
    found: dict[tuple[str, str], Value] = {}
    for one in values:
        key = (one.value, one.license)
        found[key] = one._replace(rows=one.rows + found[key].rows) if key in found else one
    yield from sorted(found.values(), key=lambda one: (-one.rows, one.value))


def _asked(use: Mapping[str, str]) -> Use | None:
    """The use as it is judged; None where it is not said what is done, or what for."""
    made = vocabulary.make_use(dict(use))
    said = {vocabulary.axis_of(key) for key in use}
    return made if said & {"intent", "act"} and "purpose" in said else None


class _Meaning(NamedTuple):
    value: str
    source: Source
    certainty: Certainty


def _meaning(cells: Cells) -> _Meaning:
    """What rows with ``cells`` are under: the license that these name together."""
    by_cell = [_statements(text) for _, text in cells]
    statements = [s for several in by_cell for s in several]
    license, certainty = conclude(statements)
    shown = " | ".join(text for _, text in cells)
    if license is None:
        blank = all(several and all(s.kind is Kind.NOTHING for s in several) for several in by_cell)
        refused = (
            any(s.kind is Kind.NOTHING for s in statements)
            and all(by_cell)
            and all(s.kind is Kind.NOTHING or "://" in s.words for s in statements)
        )
        license = "NONE" if blank or refused else "NOASSERTION"
    restricts = [kind for s in statements for kind in s.restricts]
    unweighed = tuple(u for _, text in cells for u in _heard(text))
    source = Source("", license, beside=doubts(license, restricts), unweighed=unweighed)
    return _Meaning(shown, source, certainty)


@packs.remembered(maxsize=65536)
def _statements(text: str) -> tuple[Statement, ...]:
    """What the text of one cell states of its license."""
    vocabulary_, _, code = text.partition(":")
    if code and vocabulary_ in names.table()["vocabularies"]:
        return identify(code, vocabulary=vocabulary_)[2]
    if fields.is_own_terms(text):
        return (
            Statement("LicenseRef-custom", Certainty.AMBIGUOUS, 0, len(text), text, "own-terms", kind=Kind.UNNAMED),
        )
    return identify(text)[2]


@lru_cache(maxsize=4096)
def _heard(text: str) -> tuple[Any, ...]:
    """The words of a cell that may restrict the use, and were not understood."""
    return tuple(heard_at(text, find, (1, 1), path="")) if len(text.split()) > _PLAIN else ()


def _verdicts(sources: set[Source], use: Use | None, book: Rulebook) -> dict[Source, SourceVerdict]:
    """What is decided for each of ``sources``, all used together."""
    ordered = sorted(sources, key=repr)
    if use is None:
        says = Reason(
            "use-not-declared", "review", "", Message("the use is not declared; state its intent and purpose")
        )
        return {source: SourceVerdict(source, Decision.REVIEW, (says,)) for source in ordered}
    named = [replace(source, name=source.license) for source in ordered]
    found = evaluate(named, use, book, readings=False) if named else None
    return dict(zip(ordered, found.sources, strict=True)) if found else {}


def _outbound(values: Sequence[Value], use: Use | None, book: Rulebook) -> Iterator[tuple[str, int]]:
    """For each license worth having, the rows that may be published together under it; the most rows first."""
    if use is None or not use.shared:
        return
    machine, asked = engine(book), core(use)
    weights: Counter[Source] = Counter()
    for one in values:
        weights[one.verdict.source.bare] += one.rows
    plain = replace(asked, outbound="")
    ranks = {source: machine.ranks(source, plain) for source in weights}
    tried = candidates(machine, tuple(weights))[:_CANDIDATES]
    found = [(name, sum(rows for source, rows in weights.items() if ranks[source](name) == ALLOW)) for name in tried]
    yield from sorted((pair for pair in found if pair[1]), key=lambda pair: -pair[1])


def _write(reads: Sequence[_Read], by_cells: Mapping[Cells, str], outputs: Mapping[str, str]) -> Iterator[tuple[str, Written]]:  # fmt: skip
    """Write the rows, each file whole or not at all: beside its place first, and all of them before any takes its place."""
    if not reads:
        return
    forms = {read.table.form for read in reads}
    if len(forms) > 1:
        raise UsageError(Message("tables of several forms cannot be written as one: {forms}", forms=sorted(forms)))
    if len({read.table.heading for read in reads if read.table.form == "csv"}) > 1:
        raise UsageError(Message("tables with different columns cannot be written as one; write them one by one"))
    places = {name: Path(path).resolve() for name, path in outputs.items()}
    if len(set(places.values())) < len(places):
        raise UsageError(Message("two outputs have the same file"))
    inputs = {path.resolve() for read in reads for path in read.table.paths}
    for place in places.values():
        _suits(place, reads[0].table)
        if place in inputs:
            raise UsageError(Message("`{file}` is one of the inputs, and cannot be written", file=place))
    whole = {name: place.with_name(f".{place.name[:80]}.{os.getpid()}.tmp") for name, place in places.items()}
    pieces = {name: place.with_name(f"{place.name}.part") for name, place in whole.items()}
    counts = dict.fromkeys(outputs, 0)
    try:
        for place in (*whole.values(), *pieces.values()):
            place.unlink(missing_ok=True)
        for number, read in enumerate(_joined(reads)):
            by_key = {
                key: by_cells[tuple(sorted(cells))] if cells is not None else "review"
                for key, cells in read.keys.items()
            }
            asked = [Output(pieces[name], [key for key, where in by_key.items() if where == name]) for name in outputs]
            for name, rows_ in zip(outputs, read.table.write(asked, list(by_key)), strict=True):
                counts[name] += rows_
                _append(whole[name], pieces[name], b"" if number else read.table.top, alone=read.table.form in _ALONE)
        for name, place in places.items():
            if place.exists():
                whole[name].chmod(place.stat().st_mode & 0o777)
        for name, place in places.items():
            whole[name].replace(place)
    except OSError as error:
        why = str(error.strerror or error)
        raise UsageError(Message("`{file}` cannot be written: {why}", file=str(error.filename), why=why)) from None
    except Unreadable as error:
        raise UsageError(Message("the rows cannot be written: {why}", why=error.message)) from None
    finally:
        for place in (*whole.values(), *pieces.values()):
            place.unlink(missing_ok=True)
    yield from ((name, Written(outputs[name], counts[name])) for name in outputs)


def _suits(place: Path, table: Rows) -> None:
    """Raises :class:`UsageError` where the name of ``place`` says another form than that of ``table``."""
    low = place.name.lower()
    tabs = ".tsv" in low or ".tab" in low
    other = row_files.form_of(place) not in ("", table.form) or (
        table.form == "csv" and tabs and "\t" not in table.heading
    )
    if other or low.endswith(".zst"):
        says = "rows are written in the form of the input ({form}), plain or as .gz: `{file}` has another ending"
        raise UsageError(Message(says, form=table.form, file=place.name))


_ALONE: Final = ("parquet", "arrow", "json", "workbook")
"""Forms whose files cannot be put behind each other."""


def _joined(reads: Sequence[_Read]) -> list[_Read]:
    """``reads`` as they are written: files of Parquet as one table. Raises :class:`UsageError` where several make no one."""
    if len(reads) < 2 or reads[0].table.form not in _ALONE:
        return list(reads)
    if reads[0].table.form != "parquet":
        says = "several files of this form ({form}) cannot be written as one: write them one by one"
        raise UsageError(Message(says, form=reads[0].table.form))
    paths = [path for read in reads for path in read.table.paths]
    declared = reads[0].table.columns if reads[0].table.how == "declared" else ()
    table = row_files.opened(paths, declared)
    return [_Read(table, {key: cells for key, cells, _, _ in table.alike()})]


def _append(whole: Path, piece: Path, top: bytes, *, alone: bool) -> None:
    """Put the file ``piece`` behind ``whole``, which begins with ``top``; a name for a packed file has it packed."""
    if alone:
        piece.replace(whole)
        return
    import gzip
    import shutil

    packed = whole.name.split(".tmp")[0].rpartition(".")[0].lower().endswith(".gz")
    with gzip.open(whole, "ab") if packed else whole.open("ab") as target, piece.open("rb") as source:
        target.write(top)
        shutil.copyfileobj(source, target, 1 << 20)
    piece.unlink()
