"""Scanners: what is written in a file, with its place. They decide nothing and fetch nothing.

A scanner is a module with ``NAME``, ``claims(name, head)`` (whether a file with this name and first
text is its kind) and ``scan(path, text) -> Scanned``. Adding one is a module and its line in
``SCANNERS``; the first that claims a file reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol

from licensecheck.errors import Unreadable
from licensecheck.model import Problem, Scanned
from licensecheck.scan.files import read

SCANNERS: Final = ("license_file", "card", "readme")


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
    """What ``text`` states, by the first scanner that claims it; a file that was named is read as plain
    words where none does, and None is given for any other."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    head = text[:4096]
    for scanner in scanners():
        if scanner.claims(name, head):
            return scanner.scan(path, text)
    if named:
        plain: Scanner = import_module(
            "licensecheck.scan.license_file"
            if not name.lower().endswith((".md", ".markdown", ".rst"))
            else "licensecheck.scan.readme"
        )
        return plain.scan(path, text)
    return None


def scan_file(path: Path, *, named: bool = False) -> Scanned:
    """What one file states. What cannot be read is a :class:`Problem`, never an exception."""
    name = path.name
    if not named and not any(scanner.claims(name, "") for scanner in scanners()):
        return Scanned()
    try:
        text, note = read(path)
    except Unreadable as error:
        return Scanned(problems=(Problem(str(path), error.line, str(error)),))
    found = scan_text(str(path), text, named=named) or Scanned()
    if note:
        return Scanned(found.evidence, (*found.problems, Problem(str(path), 1, note)), found.credit, found.upstream)
    return found


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
