"""Documents that are no text: PDF, Word, OpenDocument, HWPX."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from licensecheck import scanners
from licensecheck.dataset.sources import as_sources
from licensecheck.engine.evaluate import evaluate
from licensecheck.knowledge.rulebook import load
from licensecheck.model import Decision
from licensecheck.scanners import office
from licensecheck.scanners.tree import scan_tree
from licensecheck.targets.targets import resolve_target
from licensecheck.vocabulary import make_use

BAN = ("Terms of use of the river data.", "The data may be used for non-commercial purposes only.")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(path: Path, pages: Sequence[Sequence[str]]) -> None:
    """A PDF with a page for each of ``pages``, which are lines."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        words = "".join(f"({line}) Tj 0 -20 Td " for line in lines)
        stream = f"BT /F1 12 Tf 50 750 Td {words} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    made, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF"
    path.write_bytes((made + end).encode("latin-1"))


def word(path: Path, lines: Sequence[str], extra: str = "") -> None:
    paragraphs = "".join(
        f"<w:p><w:r><w:t>{line[:5]}</w:t></w:r><w:r><w:t>{line[5:]}</w:t></w:r></w:p>" for line in lines
    )
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{paragraphs}{extra}</w:body></w:document>'
        )


def open_document(path: Path, lines: Sequence[str]) -> None:
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    paragraphs = "".join(f"<t:p>{line[:5]}<t:span>{line[5:9]}</t:span>{line[9:]}</t:p>" for line in lines)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("content.xml", f'<o xmlns:t="{text}">{paragraphs}</o>')


def hwpx(path: Path, lines: Sequence[str]) -> None:
    paragraphs = "".join(f"<h:p><h:run><h:t>{line}</h:t></h:run></h:p>" for line in lines)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("Contents/section0.xml", f'<h:sec xmlns:h="hp">{paragraphs}</h:sec>')


def decision(folder: Path) -> Decision:
    sources = [source for one in resolve_target(str(folder)) for source in as_sources(one)]
    return evaluate(sources, make_use({"intent": "publish-copy", "purpose": "product"}), load()).decision


def build(path: Path, lines: Sequence[str]) -> None:
    if path.suffix == ".pdf":
        pdf(path, [["About the data."], lines])
    else:
        {".docx": word, ".odt": open_document, ".hwpx": hwpx}[path.suffix](path, lines)


@pytest.mark.parametrize(
    "name", ["TERMS.pdf", "LICENSE.docx", "Data Use Agreement.pdf", "terms.odt", "이용약관.hwpx", "README.pdf"]
)
def test_the_text_of_a_document_is_read_by_the_kind_that_its_name_tells(tmp_path: Path, name: str) -> None:
    build(tmp_path / name, BAN)
    named = scanners.scan_file(tmp_path / name, named=True)
    assert [e.restricts or e.license for e in named.evidence if e.license]
    assert scan_tree(tmp_path)
    (tmp_path / "data.csv").write_text("a,b\n1,2\n")
    (tmp_path / "LICENSE").write_text("This dataset is licensed under CC BY 4.0.\n")
    assert decision(tmp_path) is not Decision.ALLOW


@pytest.mark.parametrize("name", ["TERMS.pdf", "LICENSE.docx", "terms.odt"])
def test_a_document_with_a_license_gives_it(tmp_path: Path, name: str) -> None:
    build(tmp_path / name, ["The data is licensed under CC BY 4.0."])
    (tmp_path / "data.csv").write_text("a,b\n1,2\n")
    assert decision(tmp_path) is Decision.ALLOW


def test_a_place_in_a_pdf_is_a_page(tmp_path: Path) -> None:
    pdf(tmp_path / "TERMS.pdf", [["One"], ["Two"], BAN])
    found = scanners.scan_file(tmp_path / "TERMS.pdf", named=True)
    assert {(e.line, "on page 3" in str(e.note)) for e in found.evidence} == {(3, True)}


def test_what_was_struck_out_is_not_read(tmp_path: Path) -> None:
    word(
        tmp_path / "TERMS.docx",
        ["The data is licensed under CC BY 4.0."],
        f"<w:p><w:del><w:r><w:t>{BAN[1]}</w:t></w:r></w:del></w:p>",
    )
    assert "non-commercial" not in office.read(tmp_path / "TERMS.docx")[0].text


def test_without_the_extra_a_pdf_with_terms_is_told_to_be_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf(tmp_path / "TERMS.pdf", [BAN])
    monkeypatch.setattr(office, "_has_pdfium", lambda: False)
    ((_, found),) = scan_tree(tmp_path)
    assert "install the extra `docs`" in found.problems[0].message


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.4\n" + b"<<" * 50_000, b"%PDF-1.4\nxref\n0 9999999999\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF", os.urandom(5_000)],
)  # fmt: skip
@pytest.mark.parametrize("name", ["TERMS.pdf", "TERMS.docx", "TERMS.hwpx"])
def test_a_broken_document_is_told_without_a_traceback(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    ((_, found),) = scan_tree(tmp_path)
    assert len(found.problems) == 1
    assert "please report" not in found.problems[0].message


def test_pictures_of_pages_are_told(tmp_path: Path) -> None:
    pdf(tmp_path / "TERMS.pdf", [[], []])
    ((_, found),) = scan_tree(tmp_path)
    assert "pictures" in found.problems[0].message


def test_a_zip_of_zeros_and_entities_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "TERMS.docx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"\0" * (office._SIZE + 1))
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document xmlns:w="{}"><w:p><w:t>&b;</w:t></w:p></w:document>'
    with zipfile.ZipFile(tmp_path / "terms2.docx", "w") as packed:
        packed.writestr("word/document.xml", bomb.format(W))
    assert "MB" in dict(scan_tree(tmp_path))[tmp_path / "TERMS.docx"].problems[0].message
    assert "aaaa" not in office.read(tmp_path / "terms2.docx")[0].text


def test_many_pages_are_cut_and_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_PAGES", 2)
    pdf(tmp_path / "TERMS.pdf", [["Terms of use: see below."], ["Two"], BAN])
    ((_, found),) = scan_tree(tmp_path)
    assert any("first 2 pages" in p.message for p in found.problems)
