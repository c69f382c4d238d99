"""Comments at the head of files of data that are text: FASTA, VCF, GFF, ARFF, WebVTT, PDB, SQL and others with lines of comments.

A comment is about the file that it stands in, which may be one of many: what it states stands beside the license of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from licensecheck.base import regex
from licensecheck.base.message import Message
from licensecheck.identification import find
from licensecheck.knowledge import phrases
from licensecheck.knowledge.fold import fold
from licensecheck.model import Standing
from licensecheck.scanners.document import Document, Said, Told, Words
from licensecheck.scanners.formats import Format, Known
from licensecheck.scanners.unweighed import says

FORMAT: Final = Format(
    signs=("icen", "opyright", "ights", "ommercial", "esearch", "ermi", "may not", "istribut", "CC", "©", "only"),
    fields="comments among the first lines (`#`, `%`, `;`, `--`, `//`, `##key=`, `>`, `NOTE`, `REMARK`)",
    notes="about the file that they stand in",
    known=Known.BY_VOCABULARY,
    endings=(
        "fa", "fasta", "fna", "faa", "fastq", "gff", "gff3", "gtf", "vcf", "bed", "arff", "vtt", "srt", "sql", "pdb", "cif", "mol", "sdf", "mol2",
        "obj", "ply", "xyz", "off", "pcd", "svm", "libsvm", "conll", "conllx", "textgrid", "asc", "r", "rd",
    ),
)  # fmt: skip

_HEAD: Final = 60
"""Lines in which comments are looked for."""
_COMMENT: Final = regex.compile(
    r"\s{0,20}(?:##?(?=\w{1,40}=)|#+'?|//+|--+|%+|;+|>|/\*+|\*(?=\s)|NOTE\b|REMARK\b(?:\s{1,6}\d{1,4}\b)?|COMMENT\b|comment\b|\\note\{|\\section\{Licen[cs]e\}\{?)\s{0,20}([^\n]{3,1000})"
)
_ENDINGS: Final = tuple(f".{ending}" for ending in FORMAT.endings)


def fits(document: Document) -> bool:
    """A text with a comment about rights among its first lines."""
    return document.name.endswith(_ENDINGS) and next(_passages(document), None) is not None


def read(document: Document) -> Told:
    """The comments that speak of rights."""
    return Told(tuple(_passages(document)))


def _passages(document: Document) -> Iterator[Said]:
    """The comments, those of lines that follow each other together."""
    rows: list[tuple[int, str]] = []
    for number, line in enumerate((*islice(document.text.split("\n"), _HEAD), ""), 1):
        m = _COMMENT.match(line)
        if m:
            rows.append((number, m[1].strip(" */}")))
            continue
        words = "\n".join(text.replace("=", ": ", 1) for _, text in rows)
        if rows and phrases.speaks(fold(words)) and says(words, find):
            note = Message("a comment at the head of a file of data")
            yield Said((Words(words, (rows[0][0],)),), "comment", prose=True, standing=Standing.UNPLACED, note=note)
        rows = []
