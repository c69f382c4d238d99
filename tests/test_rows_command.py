"""Rows of tables, each under a license of its own: what is decided, and which rows are written."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

import licensecheck
from licensecheck.base.errors import Unreadable, UsageError

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
duckdb = pytest.importorskip("duckdb")

USE = {"intent": "publish-adaptation", "purpose": "product"}
USED = ("--intent", "publish-adaptation", "--purpose", "product")
TEXTS = ("CC BY 4.0", "cc0 1.0", "CC BY-NC 4.0", "MIT License", "", "unspecified", "CC BY-ND 4.0", "Custom", "https://creativecommons.org/licenses/by/4.0/")  # fmt: skip
Row = dict[str, str]


def table(count: int = 60, seed: int = 7) -> list[Row]:
    chosen = random.Random(seed)
    return [{"id": str(n), "license": chosen.choice(TEXTS), "words": f'a "{n}", b'} for n in range(count)]


def as_csv(rows: Sequence[Row], delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def as_jsonl(rows: Sequence[Row]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _write_parquet(path: Path, rows: Sequence[Row]) -> None:
    pq.write_table(pa.Table.from_pylist(list(rows)), path)


def _write_arrow(path: Path, rows: Sequence[Row]) -> None:
    data = pa.Table.from_pylist(list(rows))
    with pa.ipc.new_file(str(path), data.schema) as file:
        file.write_table(data)


WRITERS: dict[str, Callable[[Path, Sequence[Row]], object]] = {
    "t.csv": lambda path, rows: path.write_text(as_csv(rows)),
    "t.tsv": lambda path, rows: path.write_text(as_csv(rows, "\t")),
    "semicolon.csv": lambda path, rows: path.write_text(as_csv(rows, ";")),
    "cp949.csv": lambda path, rows: path.write_bytes(as_csv([{**r, "words": "한국어 자료"} for r in rows]).encode("cp949")),
    "bom.csv": lambda path, rows: path.write_bytes(b"\xef\xbb\xbf" + as_csv(rows).encode()),
    "ragged.csv": lambda path, rows: path.write_text(as_csv([*rows[:-1], {**rows[-1], "words": "x"}]).rstrip("\n") + ",more\n"),
    "t.csv.gz": lambda path, rows: path.write_bytes(gzip.compress(as_csv(rows).encode())),
    "t.jsonl": lambda path, rows: path.write_text(as_jsonl(rows)),
    "t.jsonl.gz": lambda path, rows: path.write_bytes(gzip.compress(as_jsonl(rows).encode())),
    "t.json": lambda path, rows: path.write_text(json.dumps(list(rows))),
    "t.parquet": _write_parquet,
    "t.arrow": _write_arrow,
}  # fmt: skip


def ids(path: Path) -> list[str]:
    """The ids of the rows of a file, in order."""
    data = gzip.decompress(path.read_bytes()) if path.name.endswith(".gz") else path.read_bytes()
    if path.suffix == ".parquet":
        return [str(i) for i in pq.read_table(path)["id"].to_pylist()]
    if path.suffix == ".arrow":
        with pa.ipc.open_file(str(path)) as file:
            return [str(i) for i in file.read_all()["id"].to_pylist()]
    if path.suffix == ".json":
        return [row["id"] for row in json.loads(data)]
    text = data.decode("cp949" if "cp949" in path.name else "utf-8-sig")
    if ".jsonl" in path.name:
        return [json.loads(line)["id"] for line in text.splitlines()]
    delimiter = "\t" if path.suffix == ".tsv" else ";" if path.name.startswith("semicolon") else ","
    return [row["id"] for row in csv.DictReader(io.StringIO(text), delimiter=delimiter)]


def answer(run: Run, *words: str) -> tuple[int, dict[str, Any]]:
    done = run("rows", *words, "--format", "json")
    assert done.stdout, done.stderr
    return done.code, json.loads(done.stdout)


def test_the_document_is_documented(run: Run, tmp_path: Path) -> None:
    import jsonschema

    (tmp_path / "t.csv").write_text(as_csv(table()))
    schema = json.loads((Path(__file__).parent.parent / "docs" / "schemas" / "rows-1.json").read_text())
    _, found = answer(run, str(tmp_path / "t.csv"), *USED, "--keep", str(tmp_path / "keep.csv"))
    jsonschema.validate(found, schema)
    assert set(found) == set(schema["properties"])


def without_places(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if key not in ("columns", "written")}


@pytest.mark.parametrize("name", WRITERS)
def test_keep_review_and_drop_are_the_input_row_for_row(name: str, run: Run, tmp_path: Path) -> None:
    rows = table()
    WRITERS[name](tmp_path / name, rows)
    places = {what: tmp_path / f"{what}-{name}" if "semicolon" not in name and "cp949" not in name else tmp_path / f"{name[:-4]}-{what}.csv" for what in ("keep", "review", "drop")}  # fmt: skip
    code, found = answer(run, str(tmp_path / name), *USED, *(w for what, p in places.items() for w in (f"--{what}", str(p))))  # fmt: skip
    assert code == 1
    parts = {what: ids(place) for what, place in places.items()}
    assert sorted((i for part in parts.values() for i in part), key=int) == [row["id"] for row in rows]
    for what, part in parts.items():
        assert part == sorted(part, key=int)
        assert found["written"][what]["rows"] == len(part)
        assert found["decisions"][{"keep": "allow", "review": "review", "drop": "deny"}[what]] == len(part)
    by_id = {row["id"]: row["license"] for row in rows}
    assert {by_id[i] for i in parts["keep"]} == {"CC BY 4.0", "cc0 1.0", "MIT License", TEXTS[-1]}
    assert {by_id[i] for i in parts["drop"]} == {"CC BY-NC 4.0", "CC BY-ND 4.0", "", "unspecified"}
    again, kept = answer(run, str(places["keep"]), *USED)
    assert (again, kept["decision"], kept["rows"]) == (0, "allow", len(parts["keep"]))
    assert not list(tmp_path.glob(".*"))


def test_another_container_changes_nothing(run: Run, tmp_path: Path) -> None:
    rows = table()
    found = []
    for name, write in WRITERS.items():
        write(tmp_path / name, rows)
        found.append(without_places(answer(run, str(tmp_path / name), *USED)[1]))
    assert all(one == found[0] for one in found)
    assert found[0]["rows"] == len(rows)
    assert found[0]["without_license"] == sum(row["license"] in ("", "unspecified") for row in rows)


@pytest.mark.parametrize("end", ["csv", "parquet", "jsonl"])
def test_order_and_parts_change_nothing_and_parts_are_written_as_one(end: str, run: Run, tmp_path: Path) -> None:
    rows = table()
    shuffled = random.Random(3).sample(rows, len(rows))
    WRITERS[f"t.{end}"](tmp_path / f"whole.{end}", rows)
    WRITERS[f"t.{end}"](tmp_path / f"shuffled.{end}", shuffled)
    parts = tmp_path / "parts"
    parts.mkdir()
    for n in range(4):
        WRITERS[f"t.{end}"](parts / f"part-{n}.{end}", rows[n * 15 : (n + 1) * 15])
    whole = answer(run, str(tmp_path / f"whole.{end}"), *USED)[1]
    for other in (str(tmp_path / f"shuffled.{end}"), str(parts), str(parts / f"*.{end}")):
        assert without_places(answer(run, other, *USED)[1]) == without_places(whole)
    keep = tmp_path / f"keep.{end}"
    assert answer(run, str(parts), *USED, "--keep", str(keep))[1]["written"]["keep"]["rows"] == len(ids(keep))
    answer(run, str(tmp_path / f"whole.{end}"), *USED, "--keep", str(tmp_path / f"keep-whole.{end}"))
    assert ids(keep) == ids(tmp_path / f"keep-whole.{end}")


def test_a_further_row_never_makes_the_decision_better() -> None:
    rank = {"deny": 0, "review": 1, "allow": 2}
    for seed in range(6):
        rows = [{"license": text} for text in random.Random(seed).sample((*TEXTS, "CC BY-SA 4.0", "GPL-3.0-only"), 5)]
        before = 2
        for n in range(1, len(rows) + 1):
            found = licensecheck.rows(pa.Table.from_pylist(rows[:n]), use=USE)
            assert rank[found.decision.value] <= before
            before = rank[found.decision.value]


def test_tables_in_memory_answer_as_files_do(tmp_path: Path) -> None:
    rows = table()
    data = pa.Table.from_pylist(rows)
    _write_parquet(tmp_path / "t.parquet", rows)
    on_disk = licensecheck.rows(tmp_path / "t.parquet", use=USE)
    tables: list[object] = [data, duckdb.sql("SELECT * FROM data")]
    pandas = pytest.importorskip("pandas")
    tables.append(pandas.DataFrame(rows))
    for one in tables:
        found = licensecheck.rows(one, use=USE)
        assert without_places(found.to_dict()) == without_places(on_disk.to_dict())
    assert licensecheck.rows(data.rename_columns(["id", "terms", "words"]), use=USE, license_column="terms").rows == 60
    with pytest.raises(Unreadable, match="no column of licenses"):
        licensecheck.rows(data.drop_columns(["license"]), use=USE)
    with pytest.raises(UsageError, match="matches no table"):
        licensecheck.rows(tmp_path / "none.csv")


def test_rows_that_cannot_be_read_are_counted(run: Run, tmp_path: Path) -> None:
    bad = '{"license": "CC0-1.0"}\n{broken\n[1]\n\n{"license": "MIT"}\n'
    (tmp_path / "t.jsonl").write_text(bad)
    review = tmp_path / "review.jsonl"
    code, found = answer(run, str(tmp_path / "t.jsonl"), *USED, "--review", str(review))
    assert (code, found["rows"], found["unreadable_rows"]) == (4, 4, 2)
    assert found["problems"][0]["path"].endswith("t.jsonl")
    assert review.read_text() == "{broken\n[1]\n"


def test_a_file_that_cannot_be_read_loses_nothing_of_the_rest(run: Run, tmp_path: Path) -> None:
    rows = [{"id": "1", "license": "CC0-1.0"}]
    _write_parquet(tmp_path / "a.parquet", rows)
    _write_parquet(tmp_path / "c.parquet", rows)
    whole = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "b.parquet").write_bytes(whole[: len(whole) // 2])
    keep = tmp_path / "out" / "keep.parquet"
    keep.parent.mkdir()
    code, found = answer(run, str(tmp_path / "*.parquet"), *USED, "--keep", str(keep))
    assert (code, found["rows"], len(found["problems"])) == (4, 2, 1)
    assert "b.parquet" in found["problems"][0]["path"]
    assert ids(keep) == ["1", "1"]


def test_parts_with_other_columns_are_written_as_one(run: Run, tmp_path: Path) -> None:
    _write_parquet(tmp_path / "a.parquet", [{"id": "1", "license": "CC0-1.0", "rights": "MIT"}])
    _write_parquet(tmp_path / "b.parquet", [{"rights": "MIT", "license": "CC0-1.0", "id": "2"}])
    (tmp_path / "c.parquet").write_bytes(b"PAR1")
    _write_parquet(tmp_path / "d.parquet", [{"id": "3", "licence": "CC BY-NC 4.0"}])
    keep = tmp_path / "keep.pq"
    code, found = answer(run, *(str(tmp_path / f"{n}.parquet") for n in "abcd"), *USED, "--keep", str(keep))
    assert (code, found["rows"]) == (1, 3)
    assert pq.read_table(keep)["id"].to_pylist() == ["1", "2"]


def test_a_key_that_first_appears_late_is_read(run: Run, tmp_path: Path) -> None:
    lines = ['{"id": 1, "meta": {"license": "CC0-1.0"}}\n'] * 31_000 + ['{"id": 2, "rights": "CC BY-NC 4.0"}\n']
    (tmp_path / "t.jsonl").write_text("".join(lines))
    code, found = answer(run, str(tmp_path / "t.jsonl"), *USED)
    assert (code, found["counts"]) == (1, {"CC0-1.0": 31_000, "CC-BY-NC-4.0": 1})


def test_cells_of_several_kinds_and_several_columns(run: Run, tmp_path: Path) -> None:
    lines = [
        {"license": "MIT"},
        {"license": ["CC0-1.0", "MIT"]},
        {"license": {"name": "CC BY", "uri": "https://creativecommons.org/licenses/by/4.0"}},
        {"license": 4},
        {"license": None},
        {"license": "CC BY 4.0", "license_url": "https://creativecommons.org/licenses/by-nc/4.0/"},
        {"license": "by-nc", "license_version": "3.0"},
    ]
    (tmp_path / "t.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    found = answer(run, str(tmp_path / "t.jsonl"), *USED)[1]
    assert found["counts"] == {
        "MIT": 1, "CC0-1.0 AND MIT": 1, "CC-BY-4.0": 1, "NOASSERTION": 1, "CC-BY-4.0 AND CC-BY-NC-4.0": 1, "CC-BY-NC-3.0": 1
    }  # fmt: skip
    assert found["without_license"] == 1


def test_quotes_that_hold_line_ends(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('id,license,words\n1,CC0-1.0,"a\nb"\n2,CC BY-NC 4.0,"c\n\nd"\n3,MIT,e\n')
    keep = tmp_path / "keep.csv"
    found = answer(run, str(tmp_path / "t.csv"), *USED, "--keep", str(keep))[1]
    assert found["rows"] == 3
    assert list(csv.reader(keep.read_text().splitlines(keepends=True))) == [
        ["id", "license", "words"],
        ["1", "CC0-1.0", "a\nb"],
        ["3", "MIT", "e"],
    ]


def test_a_table_without_names_of_columns(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("".join(f"{n}\thttp://a.example/{n}\tby-nc\t2.0\n" for n in range(9)))
    found = answer(run, str(tmp_path / "t.tsv"))[1]
    assert found["counts"] == {"CC-BY-NC-2.0": 9}
    assert found["columns"][0]["how"] == "values"


def test_nothing_is_half_written(run: Run, tmp_path: Path) -> None:
    _write_parquet(tmp_path / "a.parquet", table())
    (tmp_path / "a.csv").write_text(as_csv(table()))
    keep = tmp_path / "keep.csv"
    keep.write_text("old")
    mixed = run("rows", str(tmp_path / "a.parquet"), str(tmp_path / "a.csv"), *USED, "--keep", str(keep))
    assert (mixed.code, keep.read_text()) == (2, "old")
    own = run("rows", str(tmp_path / "a.csv"), *USED, "--keep", str(tmp_path / "a.csv"))
    assert own.code == 2
    assert (tmp_path / "a.csv").read_text() == as_csv(table())
    away = run("rows", str(tmp_path / "a.csv"), *USED, "--keep", str(keep), "--drop", str(tmp_path / "no" / "x.csv"))
    assert (away.code, keep.read_text()) == (2, "old")
    for other in ("keep.parquet", "keep.tsv", "keep.csv.zst"):
        assert run("rows", str(tmp_path / "a.csv"), *USED, "--keep", str(tmp_path / other)).code == 2
        assert not (tmp_path / other).exists()
    undeclared = run("rows", str(tmp_path / "a.csv"), "--keep", str(keep))
    assert (undeclared.code, keep.read_text()) == (2, "old")
    assert not list(tmp_path.glob(".*"))


def test_hostile_cells_are_shown_harmless(run: Run, tmp_path: Path) -> None:
    cells = ["=cmd|' /C calc'!A0", "\x1b]0;owned\x07CC BY 4.0", "x" * 3_000_000, "@SUM(1)"]
    (tmp_path / "t.csv").write_text(as_csv([{"id": str(n), "license": cell} for n, cell in enumerate(cells)]))
    text = run("rows", str(tmp_path / "t.csv"), *USED)
    assert "\x1b" not in text.stdout
    assert max(map(len, text.stdout.splitlines())) <= 80
    table_ = run("rows", str(tmp_path / "t.csv"), *USED, "--format", "csv")
    values = [row["value"] for row in csv.DictReader(io.StringIO(table_.stdout))]
    assert len(values) == 4
    assert not any(value.startswith(("=", "@", "\x1b")) for value in values)


def test_what_matches_nothing_is_an_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text("a")
    for words in (str(tmp_path / "none.csv"), str(tmp_path / "*.csv"), str(tmp_path / "t.txt"), str(tmp_path)):
        assert run("rows", words).code == 2
    (tmp_path / "t.csv").write_text("a,b\n1,2\n")
    done = run("rows", str(tmp_path / "t.csv"))
    assert done.code == 4
    assert "--license-column" in done.stdout
    assert run("rows", str(tmp_path / "t.csv"), "--license-column", "z").code == 4


def test_how_much_may_be_published_together() -> None:
    rows = [{"license": text} for text, n in (("CC BY 4.0", 5), ("CC BY-SA 4.0", 3), ("CC BY-ND 4.0", 2)) for _ in range(n)]  # fmt: skip
    found = dict(licensecheck.rows(pa.Table.from_pylist(rows), use={"intent": "publish-adaptation", "purpose": "teaching"}).outbound)  # fmt: skip
    assert (found["CC-BY-SA-4.0"], found["CC-BY-4.0"]) == (8, 5)


@pytest.mark.parametrize("name", ["t.csv", "ragged.csv", "t.jsonl", "t.json", "t.parquet", "t.arrow"])
def test_credits_are_those_of_the_rows_that_may_stay(name: str, run: Run, tmp_path: Path) -> None:
    rows = [
        {"license": "CC BY 4.0", "photographer": "=Kim", "title": "Harbor", "url": "https://a.example/1"},
        {"license": "CC BY-NC 4.0", "photographer": "Lee", "title": "Bridge", "url": "https://a.example/2"},
        {"license": "CC0 1.0", "photographer": "Park", "title": "Market", "url": "https://a.example/3"},
        {"license": "CC BY 4.0", "photographer": "=Kim", "title": "Harbor", "url": "https://a.example/1"},
        {"license": "CC BY-SA 4.0", "photographer": "Han", "title": "Station", "url": "https://a.example/4"},
    ]
    if name == "ragged.csv":
        (tmp_path / name).write_text(as_csv(rows).rstrip("\n") + ",more\n")
    else:
        WRITERS[name](tmp_path / name, rows)
    target = tmp_path / "credits.csv"
    found = answer(run, str(tmp_path / name), *USED, "--credits", str(target))[1]
    assert found["written"]["credits"] == {"path": str(target), "rows": 2}
    held = sorted(csv.DictReader(io.StringIO(target.read_text())), key=lambda row: row["title"])
    assert [(row["license"], row["author"], row["source"], row["rows"]) for row in held] == [
        ("CC-BY-4.0", "'=Kim", "https://a.example/1", "2"),
        ("CC-BY-SA-4.0", "Han", "https://a.example/4", "1"),
    ]
    page = tmp_path / "credits.md"
    answer(run, str(tmp_path / name), *USED, "--credits", str(page), "--credit-column", "title=url")
    assert "## CC BY-SA 4.0" in page.read_text()
    assert "Station" not in page.read_text()
    assert run("rows", str(tmp_path / name), *USED, "--credits", str(page), "--credit-column", "who=url").code == 2
    assert run("rows", str(tmp_path / name), *USED, "--credits", str(tmp_path / "x.docx")).code == 2
