"""Texts about the data that no scanner knows by their names: terms, READMEs, credits and changes in any language,
notebooks, and small texts near the root that speak of rights.

What such a text says counts as its role lets it (``rules/files.yaml``): terms like a license file, a README and what
documents the data like a README. Credits, changes and texts among the data stand beside the license that is named.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from licensecheck.base import regex
from licensecheck.base.message import Message
from licensecheck.knowledge import grammar, kinds, phrases, uses
from licensecheck.knowledge.fold import fold
from licensecheck.knowledge.kinds import FileClass, Role
from licensecheck.model import Evidence, Kind, Scanned, Scope, Stance, Standing, replace
from licensecheck.scanners import license_file, readme
from licensecheck.scanners.statements import FIELDS

NEAR: Final = 2
"""Folders below the root in which texts are looked into whatever their names."""
SMALL: Final = 64 * 1024
"""Bytes of a text without a telling name that is looked into."""
PAGES: Final = (".html", ".htm", ".xhtml")
_NOTEBOOK: Final = ".ipynb"
_LONG: Final = 400
"""Characters that the text of a license has at least."""
_AHEAD: Final = 400
"""Lines of a notebook in which the next line of its Markdown is looked for."""
_REMARK: Final = regex.compile(
    r"\s{0,40}(?:#+!?|//+|--|::|%+|;+|/?\*+|rem\b|\"\"\"|\'\'\'|(?=[A-Z][a-z]{0,20} [a-z]))\s{0,20}([^\n]{0,2000})"
)
"""A comment, or a line of a docstring, which begins as a sentence does."""
_PRINTED: Final = regex.compile(
    r"\b(?:echo|print|printf|log|info|cat|input|read -p)\b[ (@]{0,3}(?:-\w )?([\"'])(.{3,1000}?)\1"
)
_RESERVING: Final = (Kind.RESTRICTION, Kind.RESERVED)
_ASIDE: Final = (Role.CREDITS, Role.CHANGES)


def is_note(path: str) -> bool:
    """Whether the text at ``path``, below the root with ``/`` between its parts, is looked into: its name tells a role,
    or it lies near the root and is for people."""
    *above, name = path.split("/")
    if not kinds.is_text(name) or kinds.is_project(name):
        return False
    if kinds.Place.INSTALLED in map(kinds.place, above):
        return False
    if kinds.role(name) is not Role.NONE:
        return True
    return len(above) <= NEAR and kinds.class_of(path) is not FileClass.CODE


def speaks(text: str) -> bool:
    """Whether a text has any word of licensing."""
    return phrases.speaks(fold(text))


def scan(path: str, text: str, below: str, *, is_data: bool | None = None) -> Scanned:
    """What the text at ``path`` states, nothing where it does not speak of rights. ``below`` is its path below the root;
    ``is_data`` says whether it is a text of the data, where that is known better than by its place."""
    name = below.rsplit("/", 1)[-1]
    role = kinds.role(name)
    low = name.lower()
    is_data = kinds.class_of(below) is FileClass.DATA if is_data is None else is_data
    marked: tuple[Evidence, ...] = ()
    if low.endswith(PAGES):
        if is_data and "license" in text.lower():
            from licensecheck.scanners import webpage

            page = Message("a page in the data")
            marked = reserved(webpage.scan(path, text), page, text.split("\n")).evidence
        text = _words_of_page(path, text)
    elif low.endswith(_NOTEBOOK):
        text = _words_of_notebook(text)
    if marked:
        return Scanned(marked)
    if not (speaks(text) or (role is not Role.NONE and uses.speaks_of_use(fold(text)))):
        return Scanned()
    if is_data and not is_license_text(text):
        return reserved(readme.scan(path, text), Message("a text in the data"), text.split("\n"))
    if role is Role.TERMS or is_license_text(text):
        return license_file.scan(path, text)
    found = readme.scan(path, text)
    return beside(found, Message("not where the license of the data is stated")) if role in _ASIDE else found


def is_license_text(text: str) -> bool:
    """Whether most of a text is whole texts of licenses."""
    from licensecheck.identification import texts

    return len(text) >= _LONG and 2 * sum(m.end - m.start for m in texts.match(text)) > len(text)


def beside(scanned: Scanned, note: str) -> Scanned:
    """``scanned``, whose statements only stand beside the license of the data."""
    aside = (
        replace(e, field=FIELDS[Standing.BESIDE], standing=Standing.BESIDE, note=e.note or note)
        for e in scanned.evidence
        if e.license and e.stance is Stance.ASSERTED and e.standing is not Standing.MENTIONED
    )
    return Scanned(tuple(aside), scanned.problems, reservations=scanned.reservations, unweighed=scanned.unweighed)


def of_script(path: str, text: str) -> Scanned:
    """What the comments of a script that gets the data, and what it prints, state of the data's terms. What they say of
    the script itself is no statement about the data."""
    rows = [_comment(row) for row in text.split("\n")]
    passages: list[list[int]] = [[]]
    for n, row in enumerate(rows):
        if row:
            passages[-1].append(n)
        elif passages[-1]:
            passages.append([])
    kept = {n for passage in passages if kinds.is_about_data(" ".join(rows[n] for n in passage)) for n in passage}
    words = "\n".join(row if n in kept else "" for n, row in enumerate(rows))
    if not speaks(words):
        return Scanned()
    return beside(readme.scan(path, words), Message("in a script that gets the data"))


def _comment(row: str) -> str:
    """The words of a comment, or of a text that a line of a script prints; "" of any other line."""
    if m := _PRINTED.search(row):
        return m[2].strip()
    m = _REMARK.match(row)
    return m[1].strip() if m else ""


def reserved(scanned: Scanned, note: str, lines: Sequence[str]) -> Scanned:
    """What a page or a text among the data reserves: it is its publisher's word, and no license of the data.

    A restriction counts in a line that names an owner ("© Gull Times"): elsewhere it is what the text tells of.
    """
    owners = grammar.words("owned")

    def is_of_publisher(e: Evidence) -> bool:
        line = fold(lines[e.line - 1]) if e.line <= len(lines) else ""
        return e.kind is not Kind.RESTRICTION or any(word in line for word in owners)

    stated = (
        e
        for e in scanned.evidence
        if e.license and (e.standing is not Standing.MENTIONED or e.kind in _RESERVING) and is_of_publisher(e)
    )
    return Scanned(
        tuple(
            replace(e, field=FIELDS[Standing.BESIDE], standing=Standing.BESIDE, scope=Scope.DATA, note=note)
            for e in stated
        ),
        reservations=scanned.reservations,
    )


def _words_of_page(path: str, text: str) -> str:
    """The words of a page, each block at its line."""
    from licensecheck.scanners.web import markup

    lines: list[str] = []
    for block in markup.read(path, text).blocks:
        lines += [""] * (block.line - 1 - len(lines))
        lines += block.text.split("\n")
    return "\n".join(lines)


def _words_of_notebook(text: str) -> str:
    """The words of the Markdown cells of a notebook (nbformat 4), each at its line where it has one of its own; "" where
    it is no notebook."""
    try:
        cells: Any = json.loads(text)["cells"]
        words = [
            "".join(cell["source"]) for cell in cells if isinstance(cell, dict) and cell.get("cell_type") == "markdown"
        ]
    except (ValueError, RecursionError, KeyError, TypeError):
        return ""
    rows = text.split("\n")
    lines: list[str] = []
    at = 0
    for line in (line for cell in words for line in [*cell.split("\n"), ""]):
        quoted = json.dumps(line, ensure_ascii=False)[1:-1]
        ascii_ = json.dumps(line)[1:-1]
        ahead = rows[at : at + _AHEAD] if line else []
        if (row := next((n for n, row in enumerate(ahead) if quoted in row or ascii_ in row), None)) is not None:
            at += row
            lines += [""] * (at - len(lines))
        lines.append(line)
    return "\n".join(lines)
