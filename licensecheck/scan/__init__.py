"""Scanners: what is written in a file, with its place. They decide nothing and fetch nothing.

A scanner is a module with ``NAME``, ``claims(name, head)`` (whether a file with this name and first
text is its kind) and ``scan(path, text) -> Scanned``. Adding one is a module and its line in
``SCANNERS``; the first that claims a file reads it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol

from licensecheck.errors import Unreadable
from licensecheck.model import Problem, Scanned, replace
from licensecheck.scan.files import read

_SNIFFED: Final = 4096
"""Bytes of a structured file that are read to see whether it is metadata."""
_FRONT: Final = re.compile(r"\ufeff?\s*---[ \t]*\n")
_DATA: Final = re.compile(r"\ufeff?\s*(?:\{\s*[\"}]|\[\s*\{|<\?xml|<rdf:)")
SCANNERS: Final = ("license_file", "card", "readme", "metadata")


class Scanner(Protocol):
    """What every module of ``SCANNERS`` offers."""

    NAME: str

    def claims(self, name: str, head: str) -> bool:
        """Whether a file called ``name`` whose text begins with ``head`` is of this kind."""

    def scan(self, path: str, text: str) -> Scanned:
        """What ``text``, read from ``path``, states."""


def scanners() -> Iterator[Scanner]:
    """Every scanner, in the order in which they are asked."""
    for name in SCANNERS:
        yield import_module(f"licensecheck.scan.{name}")


def scan_text(path: str, text: str, *, named: bool = True) -> Scanned | None:
    """What ``text`` states, by the first scanner that claims it; None where none does.

    A text that was ``named`` is read whatever its name: as a README where it has headings and is no
    licence text, else as a licence file.
    """
    name, head = _name(path), text[:4096]
    for scanner in scanners():
        if scanner.claims(name, head):
            return scanner.scan(path, text)
    if not named:
        return None
    if _FRONT.match(head):
        kind = "card"
    elif _DATA.match(head) or import_module("licensecheck.scan.metadata").structured(name):
        kind = "metadata"
    else:
        kind = "readme" if _has_headings(text) and not _is_license_text(text) else "license_file"
    plain: Scanner = import_module(f"licensecheck.scan.{kind}")
    return plain.scan(path, text)


def _has_headings(text: str) -> bool:
    from licensecheck.scan.markdown import sections

    return any(section.level for section in sections(text[:100_000]))


def _is_license_text(text: str) -> bool:
    from licensecheck.identify import texts

    return 2 * sum(m.end - m.start for m in texts.match(text)) > len(text)


def _name(path: str) -> str:
    """The name that scanners see: the file's own, with its folder where that folder keeps licence texts."""
    *folders, name = path.replace("\\", "/").rsplit("/", 2)
    return f"LICENSES/{name}" if folders and folders[-1] == "LICENSES" else name


def scan_file(path: Path, *, named: bool = False) -> Scanned:
    """What one file states. What cannot be read is a :class:`Problem`, never an exception."""
    shown = os.fsencode(path).decode("utf-8", "replace")
    if not named and not _wanted(path, _name(shown)):
        return Scanned()
    try:
        text, cut, encoding = read(path)
    except Unreadable as error:
        return Scanned(problems=(Problem(shown, error.line, str(error)),))
    try:
        found = scan_text(shown, text, named=named) or Scanned()
    except Exception as error:  # one bad file never stops the rest
        fault = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        return Scanned(problems=(Problem(shown, 1, f"reading it failed ({fault}): please report this with the file"),))
    if encoding:
        note = f"the file is not UTF-8: it was read as {encoding}"
        noted = (replace(e, note="; ".join(filter(None, (e.note, note)))) for e in found.evidence)
        found = replace(found, evidence=tuple(noted))
    return replace(found, problems=(*found.problems, Problem(shown, 1, cut))) if cut else found


def _wanted(path: Path, name: str) -> bool:
    """Whether a scanner claims a file by its name, or by its first text where that is worth a look."""
    if any(scanner.claims(name, "") for scanner in scanners()):
        return True
    from licensecheck.scan import metadata

    if not metadata.sniffed(name):
        return False
    try:
        with path.open("rb") as file:
            head = file.read(_SNIFFED).decode("utf-8", "replace")
    except (OSError, ValueError):
        return False
    return metadata.claims(name, head)


def scan_tree(root: Path) -> list[tuple[Path, Scanned]]:
    """What the files below ``root`` state, in order of path, but for those that git ignores."""
    from licensecheck.scan.files import walk

    found: list[tuple[Path, Scanned]] = []
    for item in walk(root):
        if isinstance(item, Problem):
            found.append((Path(item.path), Scanned(problems=(item,))))
            continue
        scanned = scan_file(item)
        if scanned != Scanned():
            found.append((item, scanned))
    return found
