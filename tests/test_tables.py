"""Tables in every container: the same rows give the same answer, and what cannot be read is told."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow
import pyarrow.feather
import pyarrow.ipc
import pyarrow.parquet
import pytest

from licensecheck import scanners
from licensecheck.base import files
from licensecheck.model import Scanned
from licensecheck.scanners import columns, tables
from licensecheck.scanners.tree import scan_tree

NC = "CC-BY-NC-4.0"
ROWS = [{"id": str(n), "license": "CC BY-NC 4.0" if n == 6 else "CC BY 4.0"} for n in range(9)] + [
    {"id": "9", "license": ""}
]
ANSWER = {"CC-BY-4.0": 8, NC: 1, None: 1}


def separated(by: str) -> str:
    return "\n".join([f"id{by}license", *(by.join(row.values()) for row in ROWS)]) + "\n"


def lines(wrap: Callable[[dict[str, str]], Any] = lambda row: row) -> str:
    return "".join(json.dumps(wrap(row)) + "\n" for row in ROWS)


def table(wrap: Callable[[dict[str, str]], Any] = lambda row: row) -> pyarrow.Table:
    return pyarrow.Table.from_pylist([wrap(row) for row in ROWS])


def nested(row: dict[str, str]) -> dict[str, Any]:
    return {"id": row["id"], "meta": {"license": row["license"], "n": 1}}


def listed(row: dict[str, str]) -> dict[str, Any]:
    return {"id": row["id"], "licenses": [{"name": row["license"]}] if row["license"] else []}


def quoted(row: dict[str, str]) -> dict[str, Any]:
    return {"id": row["id"], "meta": json.dumps({"license": row["license"]})}


def paired(row: dict[str, str]) -> dict[str, Any]:
    name, _, version = row["license"].rpartition(" ")
    return {"id": row["id"], "license": name, "license_version": version}


def addressed(row: dict[str, str]) -> dict[str, Any]:
    address = row["license"].lower().removeprefix("cc ").replace(" ", "/")
    return {"id": row["id"], "license_url": f"https://creativecommons.org/licenses/{address}/" if address else ""}


def packed(folder: Path, name: str, form: str) -> None:
    with duckdb.connect() as engine:
        engine.register("rows", table())
        engine.execute(f"COPY rows TO '{folder / name}' (FORMAT {form}, COMPRESSION zstd)")


def workbook(folder: Path, name: str) -> None:
    import zipfile

    cells = [["About this list"], ["id", "license"], *(list(row.values()) for row in ROWS)]
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    sheet = "".join("<row>" + "".join(map(cell.format, row)) + "</row>" for row in cells)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(folder / name, "w") as book:
        book.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types"/>')
        book.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        book.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>'
        )


def stream(folder: Path, name: str, wrap: Callable[[dict[str, str]], Any] = lambda row: row) -> None:
    held = table(wrap)
    with pyarrow.ipc.new_stream(str(folder / name), held.schema) as out:
        out.write_table(held)


CONTAINERS: dict[str, Callable[[Path, str], Any]] = {
    "a.csv": lambda d, n: (d / n).write_text(separated(",")),
    "semicolons.csv": lambda d, n: (d / n).write_text(separated(";")),
    "bars.psv": lambda d, n: (d / n).write_text(separated("|")),
    "commented.csv": lambda d, n: (d / n).write_text("# Ten rows\n# of 2024\n" + separated(",")),
    "titled.csv": lambda d, n: (d / n).write_text("Ten rows\n" + separated(",")),
    "a.tsv": lambda d, n: (d / n).write_text(separated("\t")),
    "utf16.csv": lambda d, n: (d / n).write_text(separated(","), encoding="utf-16"),
    "korean.csv": lambda d, n: (d / n).write_bytes(separated(",").replace("license", "이용허락").encode("cp949")),
    "a.csv.gz": lambda d, n: (d / n).write_bytes(gzip.compress(separated(",").encode())),
    "a.jsonl": lambda d, n: (d / n).write_text(lines()),
    "nested.jsonl": lambda d, n: (d / n).write_text(lines(nested)),
    "listed.jsonl": lambda d, n: (d / n).write_text(lines(listed)),
    "quoted.jsonl": lambda d, n: (d / n).write_text(lines(quoted)),
    "paired.jsonl": lambda d, n: (d / n).write_text(lines(paired)),
    "addressed.jsonl": lambda d, n: (d / n).write_text(lines(addressed)),
    "a.parquet": lambda d, n: pyarrow.parquet.write_table(table(), d / n),
    "[odd]*?.parquet": lambda d, n: pyarrow.parquet.write_table(table(), d / n),
    "nested.parquet": lambda d, n: pyarrow.parquet.write_table(table(nested), d / n),
    "listed.parquet": lambda d, n: pyarrow.parquet.write_table(table(listed), d / n),
    "quoted.parquet": lambda d, n: pyarrow.parquet.write_table(table(quoted), d / n),
    "paired.parquet": lambda d, n: pyarrow.parquet.write_table(table(paired), d / n),
    "addressed.parquet": lambda d, n: pyarrow.parquet.write_table(table(addressed), d / n),
    "binary.parquet": lambda d, n: pyarrow.parquet.write_table(
        table().set_column(1, "license", table()["license"].cast(pyarrow.binary())), d / n
    ),
    "coded.parquet": lambda d, n: pyarrow.parquet.write_table(
        table().set_column(1, "license", table()["license"].dictionary_encode()), d / n
    ),
    "a.feather": lambda d, n: pyarrow.feather.write_feather(table(), str(d / n)),
    "a.arrow": stream,
    "nested.arrow": lambda d, n: stream(d, n, nested),
    "a.csv.zst": lambda d, n: packed(d, n, "csv"),
    "a.jsonl.zst": lambda d, n: packed(d, n, "json"),
    "a.xlsx": workbook,
}


def answer(found: Scanned) -> dict[str | None, int]:
    assert not found.problems
    made: dict[str | None, int] = {}
    for e in found.evidence:
        made[e.license] = made.get(e.license, 0) + int(re.findall(r"rows: (\d+)", str(e.note))[0])
    return made


@pytest.mark.parametrize("name", CONTAINERS)
def test_each_container_gives_the_same_answer_named_in_a_folder_and_among_others(tmp_path: Path, name: str) -> None:
    CONTAINERS[name](tmp_path, name)
    named = scanners.scan_file(tmp_path / name, named=True)
    assert answer(named) == ANSWER
    assert scan_tree(tmp_path) == [(tmp_path / name, named)]
    (tmp_path / "notes.txt").write_text("Ten rows.\n")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    assert scan_tree(tmp_path) == [(tmp_path / name, named)]


@pytest.mark.parametrize("name", ["a.csv", "nested.jsonl", "korean.csv", "utf16.csv", "a.csv.gz"])
@pytest.mark.parametrize("engine", [True, False])
def test_a_table_over_the_limit_is_read_whole_with_and_without_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, engine: bool
) -> None:
    CONTAINERS[name](tmp_path, name)
    monkeypatch.setattr(files, "LIMIT", 40)
    if not engine:
        monkeypatch.setattr(tables, "can_read", lambda name: False)
    assert answer(scanners.scan_file(tmp_path / name)) == ANSWER


@pytest.mark.parametrize("name", ["a.parquet", "nested.parquet", "a.feather", "a.arrow", "a.xlsx"])
def test_without_the_extra_a_column_of_licenses_is_told_to_be_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(tables, "can_read", lambda name: False)
    CONTAINERS[name](tmp_path, name)
    pyarrow.parquet.write_table(pyarrow.table({"text": ["a"], "plate": ["b"]}), tmp_path / "none.parquet")
    ((path, found),) = scan_tree(tmp_path)
    assert path.name == name
    assert "install the extra `rows`" in found.problems[0].message


def test_what_cannot_be_read_and_may_hold_licenses_is_told(tmp_path: Path) -> None:
    (tmp_path / "cut.parquet").write_bytes(b"PAR1" + b"\0" * 200 + b"license\0" + (300).to_bytes(4, "little") + b"PAR1")
    (tmp_path / "other.parquet").write_bytes(b"PAR1" + b"\0" * 200 + b"text\0" + (40).to_bytes(4, "little") + b"PAR1")
    (tmp_path / "lfs.parquet").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
    (tmp_path / "rows.sqlite").write_bytes(b"SQLite format 3\0CREATE TABLE rows (id, license)")
    (tmp_path / "other.sqlite").write_bytes(b"SQLite format 3\0CREATE TABLE rows (id, label)")
    told = {path.name for path, found in scan_tree(tmp_path) if found.problems and not found.evidence}
    assert told == {"cut.parquet", "lfs.parquet", "rows.sqlite"}


def test_a_key_that_first_appears_late_is_read(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.jsonl.gz", "wt") as out:
        out.write('{"text": "x"}\n' * 40_000 + '{"text": "x", "license": "CC BY-NC 4.0"}\n')
    found = columns.scan(tmp_path / "a.jsonl.gz")
    assert answer(found) == {None: 40_000, NC: 1}


def test_the_engine_opens_no_other_file(tmp_path: Path) -> None:
    CONTAINERS["a.parquet"](tmp_path, "a.parquet")
    CONTAINERS["a.parquet"](tmp_path, "b.parquet")
    with tables.opened(tmp_path / "a.parquet") as (one,):
        other = one._source().replace("a.parquet", "b.parquet")
        with pytest.raises(duckdb.Error, match="Permission"):
            one._engine.execute(f"SELECT * FROM {other}")
