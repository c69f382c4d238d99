"""Triples of RDF in files of data: N-Triples, N-Quads (W3C, 2014), N3 and TriG, by their predicates of licenses and rights.

Such a file is data as often as metadata, and any subject may be one work of many: what it names stands beside the license of
the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from licensecheck.base import regex
from licensecheck.base.message import Message
from licensecheck.knowledge import fields
from licensecheck.model import Standing
from licensecheck.scanners.document import Document, Said, Told, Words, each_once, local
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    signs=("icense", "icence", "ights"),
    fields="predicates for licenses or rights, by the names in `rules/fields.yaml`",
    notes="a statement about one subject is not that of the whole",
    endings=("nt", "nq", "n3", "trig"),
)

_STATEMENT: Final = regex.compile(
    r"(?<![^\s;])(?:<([^<>\s]{3,300})>|([\w-]{0,40}:[\w-]{3,60}))(?=[ \t]{1,20}(?:<([^<>\s]{1,500})>|\"((?:[^\"\\\n]|\\.){1,2000})\"))"
)
_NOTE: Final = Message("a license of one of the things that the data describes")
_ENDINGS: Final = tuple(f".{ending}" for ending in FORMAT.endings)


def fits(document: Document) -> bool:
    """A text with such a predicate."""
    return document.name.endswith(_ENDINGS) and next(_stated(document), None) is not None


def read(document: Document) -> Told:
    """The licenses of all statements, each once."""
    return each_once(_stated(document))


def _stated(document: Document) -> Iterator[Said]:
    for m in _STATEMENT.finditer(document.text):
        predicate = local(m[1] or m[2])
        if fields.field(predicate):
            words = Words((m[3] or m[4]).strip(), (document.lines.at(m.start())[0],))
            yield Said((words,), predicate, standing=Standing.UNPLACED, note=_NOTE)
