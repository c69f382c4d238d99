"""Records of works as data: BibTeX (fields ``license``, ``copyright``, ``rights``, ``note``) and RIS (tags ``C1`` to ``C8``, ``N1``, ``LA``).

A list of the works that a text cites is no data: a file that is called so is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from licensecheck.base import regex
from licensecheck.base.message import Message
from licensecheck.identification import value
from licensecheck.knowledge import fields, kinds
from licensecheck.knowledge.kinds import Role
from licensecheck.model import Stance, Standing
from licensecheck.scanners.document import Document, Said, Told, Words, each_once
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    signs=("icen", "opyright", "ights", "CC", "Creative"),
    fields="BibTeX `license`, `copyright`, `rights`, `note`; RIS `N1`, `C1` to `C8`",
    notes="lists of the works that are cited (`references.bib`) are left out; a note counts where it is the name of a license",
    endings=("bib", "ris", "enw"),
)

_FIELD: Final = regex.compile(
    r"(?:^|[,{\n])[ \t]{0,40}([A-Za-z][\w-]{2,40})[ \t]{0,20}=[ \t]{0,20}[{\"]{1,2}([^{}\"\n]{2,1000})"
)
_TAG: Final = regex.compile(r"^([A-Z][A-Z0-9]|%[A-Z~])[ \t]{1,4}(?:-[ \t]{0,4})?([^\n]{2,1000})", re.M)
_NAMED: Final = frozenset({"note", "annote", "howpublished", "comment", "N1", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "%Z", "%1", "%~"})  # fmt: skip
_NOTE: Final = Message("a license of one of the works that are recorded")
_ENDINGS: Final = tuple(f".{ending}" for ending in FORMAT.endings)


def fits(document: Document) -> bool:
    """A text with such a field, which is no list of what is cited."""
    stem = document.name.rpartition(".")[0]
    if (
        kinds.role(document.name) is Role.CREDITS
        or fields.describes_others(stem)
        or stem in ("refs", "ref", "paper", "main")
    ):
        return False
    return document.name.endswith(_ENDINGS) and next(_stated(document), None) is not None


def read(document: Document) -> Told:
    """The licenses of all records, each once."""
    return each_once(_stated(document))


def _stated(document: Document) -> Iterator[Said]:
    pattern = _FIELD if document.name.endswith(".bib") else _TAG
    for m in pattern.finditer(document.text):
        words = m[2].strip().rstrip("},")
        if fields.is_column(m[1]) or (m[1] in _NAMED and _is_name(words)):
            yield Said(
                (Words(words, (document.lines.at(m.start(1))[0],)),), m[1], standing=Standing.UNPLACED, note=_NOTE
            )


def _is_name(words: str) -> bool:
    s = value(words)
    return bool(s.license and s.stance is Stance.ASSERTED)
