"""Scanners: what is written in a file, with its place. They decide nothing and fetch nothing.

A scanner is a module with ``NAME``, ``accepts(name, head)`` (whether a file with this name and first
text is its kind) and ``scan(path, text) -> Scanned``. Adding one is a module and its line in
``SCANNERS``; the first that accepts a file reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol

from licensecheck.base import regex
from licensecheck.base.errors import Problem, Unreadable
from licensecheck.base.files import Read, head, is_large, is_pointer_text, printable, read
from licensecheck.base.message import Message
from licensecheck.knowledge import kinds
from licensecheck.model import Scanned, replace
from licensecheck.scanners.tables import is_table
from licensecheck.scanners.tables import is_text as is_text_table

_HEAD: Final = 4096
"""Characters by which most scanners know their files."""
_SNIFFED: Final = 256 * 1024
"""Bytes of a structured file that are read to see whether it is metadata."""
_FRONT: Final = regex.compile(r"\ufeff?\s*---[ \t]*\n")
_DATA: Final = regex.compile(r"\ufeff?\s*(?:\{\s*[\"}]|\[\s*\{|<\?xml|<rdf:)")
SCANNERS: Final = ("reservations", "webpage", "license_file", "card", "readme", "metadata", "rows")
_SNIFFING: Final = ("metadata", "rows")
"""Those that look into files whose names do not say what they are."""
_SAMPLED: Final = "rows"
_BINARY: Final = (".nc", ".nc4", ".cdf", ".h5", ".hdf5", ".nwb")
"""Endings of binary files that have attributes."""
_KEEPING: Final = frozenset({"license", "licenses", "licence", "licences"})
"""Folders that keep license texts."""
_UNSEEN: Final = ("\u00ad", "\u200b", "\u2060")
"""Soft hyphens and spaces of no width: they divide words that a reader sees whole."""


class Scanner(Protocol):
    """What every module of ``SCANNERS`` offers."""

    NAME: str

    def accepts(self, name: str, head: str) -> bool:
        """Whether a file called ``name`` whose text begins with ``head`` is of this kind."""

    def scan(self, path: str, text: str) -> Scanned:
        """What ``text``, read from ``path``, states."""


def scanners() -> Iterator[Scanner]:
    """Every scanner, in the order in which they are asked."""
    yield from map(_scanner, SCANNERS)


@cache
def _scanner(name: str) -> Any:
    return import_module(f"licensecheck.scanners.{name}")


def scan_text(path: str, text: str, *, named: bool = True) -> Scanned | None:
    """What ``text`` states, by the first scanner that claims it; None where none does.

    A text that was ``named`` is read whatever its name: as metadata where it is structured, as a README where it has
    headings and is no license text, else as a license file.
    """
    for unseen in _UNSEEN:
        text = text.replace(unseen, "")
    name, head = _name(path), text[:_HEAD]
    scanner = _accepting(name, text[:_SNIFFED])
    if scanner is not None:
        return scanner.scan(path, text)
    if not named:
        return None
    if _FRONT.match(head):
        kind = "card"
    elif _DATA.match(head) or import_module("licensecheck.scanners.metadata").structured(name):
        kind = "metadata"
    else:
        kind = (
            "readme"
            if _has_headings(text) and not import_module("licensecheck.scanners.notes").is_license_text(text)
            else "license_file"
        )
    plain: Scanner = import_module(f"licensecheck.scanners.{kind}")
    return plain.scan(path, text)


def _accepting(name: str, start: str) -> Scanner | None:
    """The scanner that claims a file with this name and this first text."""
    head = start[:_HEAD]
    return next((s for s in scanners() if s.accepts(name, start if s.NAME in _SNIFFING else head)), None)


def _has_headings(text: str) -> bool:
    from licensecheck.scanners.markdown import sections

    return any(section.level for section in sections(text[:100_000]))


def _name(path: str) -> str:
    """The name that scanners see: the file's own, with its folder where that folder keeps license texts."""
    *folders, name = path.replace("\\", "/").rsplit("/", 2)
    return f"LICENSES/{name}" if folders and folders[-1].lower() in _KEEPING else name


def scan_file(path: Path, *, named: bool = False) -> Scanned:
    """What one file states. What cannot be read is a :class:`Problem`, never an exception."""
    shown = printable(path)
    if is_table(path.name):
        return _columns(path)
    if not named and not _wanted(path, _name(shown)):
        return Scanned()
    if is_text_table(path.name) and is_large(path):
        return _columns(path)
    try:
        (text, cut, encoding), pages = read_words(path)
    except Unreadable as error:
        return Scanned(problems=(Problem(shown, error.line, error.message),))
    try:
        found = scan_text(shown, text, named=named) or Scanned()
        if pages:
            found = import_module("licensecheck.scanners.office").paged(found, pages)
    except Exception as error:  # one bad file never stops the rest
        return failed(path, error)
    if encoding:
        note = Message("the file is not UTF-8: it was read as {encoding}", encoding=encoding)
        noted = (
            replace(e, note=Message("{one}; {other}", one=e.note, other=note) if e.note else note)
            for e in found.evidence
        )
        found = replace(found, evidence=tuple(noted))
    if cut and _is_sampled(_name(shown), text):
        return _columns(path, "scan_json")
    if cut:
        found = replace(found, problems=(*found.problems, Problem(shown, 1, cut)))
    return found


def _columns(path: Path, how: str = "scan") -> Scanned:
    """What the rows of a table state that is no small text."""
    try:
        found: Scanned = getattr(import_module("licensecheck.scanners.columns"), how)(path)
    except Exception as error:  # one bad file never stops the rest
        return failed(path, error)
    return found


def failed(path: Path, error: Exception) -> Scanned:
    """That reading a file failed: a fault of ours, as a :class:`Problem`."""
    fault = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    says = Message("reading it failed ({fault}): please report this with the file", fault=fault)
    return Scanned(problems=(Problem(printable(path), 1, says),))


def read_words(path: Path) -> tuple[Read, tuple[int, ...]]:
    """The text of a file, or of its attributes where it is a binary file that has some, or of a document, with the lines at
    which its pages begin. Raises :class:`Unreadable`."""
    is_document = kinds.is_unread(path.name)
    try:
        made = read(path)
        if made.text.strip() or not is_document:
            return made, ()
        raise Unreadable(Message("the file is empty"))
    except Unreadable:
        if is_document and path.is_file():
            from licensecheck.scanners import office

            return office.read(path)
        from licensecheck.scanners.attributes import header

        text = header(path) if path.is_file() else None
        if text is None:
            raise
        return Read(text), ()


def _is_sampled(name: str, text: str) -> bool:
    """Whether a file is JSON with fields of licenses here and there: its first text is not all that has to be read."""
    kind = _accepting(name, text[:_SNIFFED])
    return kind is not None and kind.NAME == _SAMPLED and name.lower().endswith((".json", ".geojson"))


def _wanted(path: Path, name: str) -> bool:
    """Whether a scanner claims a file by its name, or by its first text where that is worth a look."""
    if any(scanner.accepts(name, "") for scanner in scanners()):
        return True
    if name.lower().endswith(_BINARY):
        from licensecheck.scanners.attributes import reads

        return reads(path)
    sniffing = [kind for kind in map(_scanner, _SNIFFING) if kind.sniffed(name)]
    if not sniffing:
        return False
    first = head(path, _SNIFFED)
    if is_text_table(name) and is_pointer_text(first):  # its rows may have licenses
        return bool(first)
    return bool(first) and any(kind.accepts(name, first) for kind in sniffing)


def is_named(name: str) -> bool:
    """Whether a file of this name is one that a scanner reads, before anything of it is known."""
    return any(scanner.accepts(_name(name), "") for scanner in scanners())


def may_be_metadata(name: str) -> bool:
    """Whether a file of this name is read as metadata for its name alone: it may be a text all the same (``info.txt``)."""
    return bool(_scanner("metadata").accepts(name, ""))


def may_be_read(path: Path) -> bool:
    """Whether a scanner reads the file, or looks into it to see what it is, by its name alone."""
    name = _name(printable(path))
    if any(_scanner(kind).sniffed(name) for kind in _SNIFFING) or name.lower().endswith(
        _BINARY
    ):  # asked first, as it costs less
        return True
    return any(scanner.accepts(name, "") for scanner in scanners())
