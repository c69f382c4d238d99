"""Licences of rows: CSV, TSV and JSON Lines with a column of licences."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import growth
import pytest

from licensecheck import scanners
from licensecheck.dataset.sources import as_sources
from licensecheck.engine.evaluate import evaluate
from licensecheck.knowledge.rulebook import load
from licensecheck.model import Decision, Scanned
from licensecheck.scanners import rows
from licensecheck.scanners.tree import scan_tree
from licensecheck.targets.targets import resolve_target
from licensecheck.vocabulary import make_use

NC = "CC-BY-NC-4.0"


def named(name: str, text: str) -> list[tuple[int, str | None]]:
    return [(e.line, e.license) for e in rows.scan(f"d/{name}", text).evidence]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.csv", "text,license\na,CC-BY-4.0\nb,CC BY-NC 4.0\nc,CC-BY-4.0\n", [(2, "CC-BY-4.0"), (3, NC)]),
        ("a.csv", '"text","Image License"\n"a, b","CC BY-NC 4.0"\n', [(2, NC)]),
        ("a.tsv", "id\tlicense_url\n1\thttps://creativecommons.org/licenses/by-nc/4.0/\n", [(2, NC)]),
        ("a.jsonl", '{"text": "x", "license": "CC-BY-NC-4.0"}\n{"text": "y"}\n', [(1, NC)]),
        ("a.ndjson", '{"text": "x"}\n{"meta": 1, "rights": "CC BY-NC 4.0"}\n', [(2, NC)]),
        ("a.csv", "제목,이용허락범위\n가,저작자표시-비영리\n", [(2, "LicenseRef-CC-BY-NC")]),
        ("a.csv", "# SPDX-License-Identifier: CC-BY-NC-4.0\na,b\n1,2\n", [(1, NC)]),
        ("a.csv", "\ufefflicense\nCC BY-NC 4.0\n", [(2, NC)]),
        ("a.csv", "text,license\na,unknown\nb,\nc\n", []),
        ("a.csv", "license plate,owner\nMIT 123,x\n", []),
        ("a.csv", 'text,license\n"a,CC BY\n', []),
        (
            "a.json",
            '{\n"licenses": [{"id": 1, "name": "CC BY-NC 4.0"}, "MIT"],\n"images": [{"license": 1}]}',
            [(2, NC), (2, "MIT")],
        ),
        ("a.json", '[{"text": "x",\n"license": "CC-BY-NC-4.0"}, {"license": "CC-BY-NC-4.0"}]', [(2, NC)]),
        ("a.json", '{"license": {"url": "https://creativecommons.org/licenses/by-nc/4.0/", "text": "MIT"}}', [(1, NC)]),
        (
            "a.json",
            '{"license": ["CC-BY-NC-4.0", {"deep": "MIT"}], "rights": "CC-BY-4.0", "data": [',
            [(1, NC), (1, "CC-BY-4.0")],
        ),
        ("a.json", '{"license": "CC-BY-NC-4.0', []),
        ("a.json", '{"license": ' * 5_000, []),
        ("a.jsonl", '{"license": 7}\n{"license": {"a": 1}}\n["license"]\n{"license"\n', []),
    ],
)
def test_what_rows_name(name: str, text: str, expected: list[tuple[int, str | None]]) -> None:
    assert [(line, license) for line, license in named(name, text) if license] == expected


@pytest.mark.parametrize(
    ("name", "head", "claimed"),
    [
        ("a.csv", "text,license\n", True), ("A.TSV", "id\trights\n", True), ("a.jsonl", '{"license": 1}', True), ("a.csv", "", False),
        ("a.json", '{"license": "x"', True), ("a.json", '{"text": "license"}', False), ("package.json", '{"license": "x"}', False),
        ("a.py", '_LICENSE = "x"', False), ("occurrence.txt", "id\tlicense\tname\n", True), ("poetry.lock.json", '{"license": "x"}', False),
        ("a.csv", "text,label\nlicense,x\n", False), ("a.txt", "text,license\n", False), ("a.csv.gz", "text,license\n", True), ("a.gz", "text,license\n", False),
    ],
)  # fmt: skip
def test_only_files_whose_first_line_names_licences_are_read(name: str, head: str, claimed: bool) -> None:
    assert rows.accepts(name, head) is claimed
    assert not scanners.is_named(name)


@pytest.mark.parametrize(("license", "decision"), [("CC-BY-4.0", Decision.ALLOW), (NC, Decision.REVIEW)])
def test_a_licence_of_rows_stands_beside_that_of_the_card(tmp_path: Path, license: str, decision: Decision) -> None:
    (tmp_path / "README.md").write_text("---\nlicense: cc-by-4.0\n---\n# D\n")
    (tmp_path / "data.csv").write_text(f"text,license\na,CC-BY-4.0\nb,{license}\n")
    (one,) = resolve_target(str(tmp_path))
    use = make_use({"intent": "publish-copy", "purpose": "product"})
    assert evaluate(as_sources(one), use, load()).decision is decision


@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "utf-16"])
def test_a_column_is_found_in_every_encoding_that_is_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.csv").write_bytes("번호,라이선스\r\n1,CC BY-NC 4.0\r\n".encode(encoding))
    assert [e.license for _, one in scan_tree(tmp_path) for e in one.evidence] == [NC]


def test_a_row_without_a_license_is_shown_where_others_have_one() -> None:
    assert named("a.csv", "text;license\na;CC-BY-4.0\nb;\nc;dunno\n") == [(2, "CC-BY-4.0"), (3, None), (4, None)]
    assert named("a.csv", "text,license\na,\n") == []


def test_all_rows_are_read(tmp_path: Path) -> None:
    text = "text,license\n" + "a,CC-BY-4.0\n" * 9_000 + "a,CC BY-NC 4.0\n"
    assert named("a.csv", text) == [(2, "CC-BY-4.0"), (9_002, NC)]
    with gzip.open(tmp_path / "a.csv.gz", "wt") as packed:
        packed.write(text)
    ((_, found),) = scan_tree(tmp_path)
    assert [e.license for e in found.evidence] == ["CC-BY-4.0", NC]


def test_a_license_in_a_nested_field_and_in_a_list() -> None:
    text = '{"meta": {"rights": {"license": "CC-BY-4.0"}}}\n{"licenses": ["MIT", "CC-BY-NC-4.0"]}\n'
    assert named("a.jsonl", text) == [(1, "CC-BY-4.0"), (2, "MIT"), (2, NC)]


def test_a_table_of_columns_with_licenses_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1" + b"\0" * 200 + b"text\0\x15license\0" + b"PAR1")
    (tmp_path / "b.parquet").write_bytes(b"PAR1" + b"\0" * 200 + b"text\0\x15copyrights_act\0" + b"PAR1")
    with zipfile.ZipFile(tmp_path / "c.xlsx", "w") as book:
        book.writestr("xl/sharedStrings.xml", "<sst><si><t>\ub77c\uc774\uc120\uc2a4</t></si></sst>")
    (tmp_path / "d.xlsx").write_bytes(b"PK broken")
    assert [path.name for path, found in scan_tree(tmp_path) if found.problems] == ["a.parquet", "c.xlsx"]


def test_a_long_table_is_read_whole_and_many_without_a_column_hardly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def table(count: int) -> str:
        return "text,license\n" + "".join(f"a,LicenseRef-{n}\n" for n in range(count))

    made = growth.linear(lambda text: rows.scan("d/a.csv", text), table(200_000 // growth.TIMES), table(200_000))
    assert len(made.evidence) == 400
    assert made.problems
    for n in range(500):
        (tmp_path / f"{n}.csv").write_text("text,label\n" + "a,b\n" * 2_000)
    read: list[str] = []
    real = rows.scan

    def counted(path: str, text: str) -> Scanned:
        read.append(path)
        return real(path, text)

    monkeypatch.setattr(rows, "scan", counted)
    assert scan_tree(tmp_path) == []
    assert read == [], "the first line says that there is nothing to read"
    (tmp_path / "x.csv").write_text("text,license\na,MIT\n")
    assert scan_tree(tmp_path) != []
    assert len(read) == 1
