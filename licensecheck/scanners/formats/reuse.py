"""REUSE 3.3 (reuse.software/spec-3.3): ``REUSE.toml``, ``.reuse/dep5``, ``<file>.license`` and SPDX headers, by glob or by file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import Final

from licensecheck.model import Basis, Evidence, Origin, Scope
from licensecheck.scanners.document import MOST, Document, Path, Said, Told, Words, credit, items, text
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=(
        "REUSE.toml",
        "dep5",
        "*.license",
    ),
    signs=(
        "[[annotations]]",
        (
            "annotations",
            "SPDX-",
        ),
    ),
    fields="`SPDX-License-Identifier`, `License:`",
    notes="each glob is a part; globs of code are about the code",
)

_TAG: Final = re.compile(r"SPDX-License-Identifier:[ \t]*([^\n\r]{1,200}?)[ \t]*(?:\*/|-->)?[ \t]*$", re.M)
_WORDS: Final = 20_000
"""Characters of the words beside one file that are read."""
_HOLDER: Final = re.compile(r"SPDX-FileCopyrightText:[ \t]*([^\n\r]{1,200})")
_STANZA: Final = re.compile(r"^(Files|License|Copyright):[ \t]*(.*(?:\n[ \t]+.*)*)", re.M)
_CODE: Final = re.compile(
    r"\.(?:py|c|h|cpp|js|ts|go|rs|java|sh|toml|cfg|lock|ya?ml)\b|(?:^|/)(?:src|tests?|scripts?|\.github|ci)/", re.I
)


def fits(document: Document) -> bool:
    """One of its names, or an SPDX tag in a text that is no document of another format."""
    named = document.name in ("reuse.toml", "dep5") or document.name.endswith(".license")
    return named or (document.kind == "toml" and isinstance(document.tree, Mapping) and "annotations" in document.tree)


def read(document: Document) -> Told:
    """Each glob or file with its license: parts, since no one license is the whole's."""
    if document.kind == "toml":
        return _toml(document)
    if document.name == "dep5" or re.search(r"^Files:", document.text, re.M):
        found = _dep5(document)
        return Told(ready=tuple(found[:MOST]), cut=len(found) > MOST)
    holders = _HOLDER.findall(document.text)
    part = document.name.removesuffix(".license")
    if part != document.name and document.text.strip() and not (_TAG.search(document.text) or holders):
        words = Words(document.text[:_WORDS].strip(), (1,))
        return Told((Said((words,), "text", part=part, prose=True),))
    return Told(ready=tuple(_tags(document, part)), credit=credit(None, None, None, "; ".join(holders)))


def _toml(document: Document) -> Told:
    said = []
    for item, path in items(document.tree.get("annotations"), ("annotations",)):
        globs = ", ".join(text(glob) for glob, _ in items(item.get("path") if isinstance(item, Mapping) else None))
        for license, at in items(
            item.get("SPDX-License-Identifier") if isinstance(item, Mapping) else None, _key(path)
        ):
            said.append(Said((Words(text(license), at),), "SPDX-License-Identifier", _scope(globs), part=globs))
    return Told(tuple(said))


def _key(path: Path) -> Path:
    return (*path, "SPDX-License-Identifier")


def _scope(globs: str) -> Scope:
    """Globs that are all of code are about the code, where the license of data is asked for."""
    parts = [part.strip() for part in globs.split(",") if part.strip()]
    return Scope.CODE if parts and all(_CODE.search(part) for part in parts) else Scope.DATA


def _made(document: Document, offset: int, raw: str, part: str) -> Evidence:
    from licensecheck.identification import value

    s = value(raw)
    line, column = document.lines.at(offset)
    return Evidence.of(
        s,
        path=document.path,
        line=line,
        column=column,
        field="SPDX-License-Identifier",
        raw=raw,
        scanner="reuse",
        basis=Basis.METADATA_FILE,
        origin=Origin.SIDECAR,
        scope=_scope(part),
        part=part,
    )


def _tags(document: Document, part: str) -> list[Evidence]:
    return [_made(document, m.start(1), m[1], part) for m in islice(_TAG.finditer(document.text), 50)]


def _dep5(document: Document) -> list[Evidence]:
    found: list[Evidence] = []
    globs = ""
    for m in _STANZA.finditer(document.text):
        if len(found) > MOST:
            break
        if m[1] == "Files":
            globs = ", ".join(m[2].split())
        elif m[1] == "License" and globs:
            found.append(_made(document, m.start(2), m[2].split("\n")[0].strip(), globs))
    return found
