"""The formats of metadata: each module of this package is one, and is found because it is here.

A module has a :data:`FORMAT` (its names, its signs and what the docs say about it), ``fits(document)`` and
``read(document) -> Told``. The names and signs of all modules are kept as one compiled table, so that a run imports only
the formats that a file may be of. ``python docs/generate.py`` writes the hook's ``files:`` and the table in
docs/precedence.md from the modules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import cache
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

from licensecheck.base.compiled import compiled
from licensecheck.scanners.document import Document, Told

_HERE: Final = Path(__file__).parent
_BRACES: Final = r"\{([^{}]*)\}"


class Known(IntEnum):
    """How surely ``fits`` knows a format. Formats that are known more surely are asked first."""

    BY_MARK = 0
    """The file states it: its version, its context, its root element or its own name."""
    BY_KEYS = 1
    """The file has the keys of its schema."""
    BY_VOCABULARY = 2
    """The file uses a vocabulary that several formats are written in."""
    BY_NOTHING = 3
    """Anything that can be parsed."""


class Format(NamedTuple):
    """What a format is known by, and its row in docs/precedence.md.

    ``names`` are the names of its files, whatever their case: ``*`` can only be the first character, and ``{a,b}`` is
    either. A file of such a name is read in every folder. ``signs`` are texts that a file of any name contains; of a tuple
    it contains all. A format without a matching name or sign is not asked, so ``fits`` may not be true without one.
    ``fields`` are those that state licenses, ``notes`` the trap that the format sets, both as Markdown.
    """

    names: tuple[str, ...] = ()
    signs: tuple[str | tuple[str, ...], ...] = ()
    fields: str = "none"
    notes: str = ""
    known: Known = Known.BY_MARK
    endings: tuple[str, ...] = ()
    """Endings, without the dot, of files that are no JSON, YAML, TOML or XML and are looked into for a sign. "" is none."""


class Reader(Protocol):
    """What every module of this package offers."""

    FORMAT: Format

    def fits(self, document: Document) -> bool:
        """Whether the document is of this format."""

    def read(self, document: Document) -> Told:
        """What the document says of licenses, its makers and its sources."""


class Row(NamedTuple):
    """One format of the compiled table: the names of its files, their endings, and its signs, each a group of texts."""

    format: str
    names: frozenset[str]
    endings: tuple[str, ...]
    signs: tuple[tuple[str, ...], ...]
    fallback: bool
    looked_into: frozenset[str]

    @property
    def is_structured(self) -> bool:
        """Whether a file of the format may be JSON, YAML, TOML or XML: one that is only known by other endings is not."""
        return not self.looked_into or bool(self.names or self.endings)

    def is_named(self, name: str) -> bool:
        """Whether a file of this name, in lower case, is of the format."""
        return name in self.names or name.endswith(self.endings)

    def is_shown(self, text: str) -> bool:
        """Whether ``text`` contains a sign of the format."""
        return any(all(part in text for part in sign) for sign in self.signs)


def modules() -> dict[str, Reader]:
    """Every format by its name, in the order in which they are asked."""
    found = {path.stem: _module(path.stem) for path in sorted(_HERE.glob("*.py")) if path.stem != "__init__"}
    return dict(sorted(found.items(), key=lambda pair: (pair[1].FORMAT.known, pair[0])))


def expanded(glob: str) -> Iterator[str]:
    """The globs without braces that a name of a format stands for."""
    parts = re.split(_BRACES, glob)
    choices = [part.split(",") if n % 2 else [part] for n, part in enumerate(parts)]
    yield from map("".join, product(*choices))


@cache
def table() -> tuple[Row, ...]:
    """The names and signs of all formats, in the order in which the formats are asked."""
    rows = compiled("formats", (), _built, ("scanners/formats/*.py",))["formats"]
    return tuple(
        Row(format, frozenset(names), tuple(endings), tuple(map(tuple, signs)), fallback, frozenset(looked_into))
        for format, names, endings, signs, fallback, looked_into in rows
    )


def _built(_: Sequence[Path]) -> dict[str, list[Any]]:
    return {"formats": [_row(name, module.FORMAT) for name, module in modules().items()]}


def _row(name: str, format: Format) -> list[Any]:
    globs = [glob.lower() for entry in format.names for glob in expanded(entry)]
    signs = [[sign] if isinstance(sign, str) else list(sign) for sign in format.signs]
    named, endings = [g for g in globs if "*" not in g], [g[1:] for g in globs if g.startswith("*")]
    if len(named) + len(endings) != len(globs) or any("*" in ending for ending in endings):
        raise ValueError(f"{name}: `*` can only be the first character of a name")
    return [name, named, endings, signs, format.known is Known.BY_NOTHING, list(format.endings)]


def _module(name: str) -> Any:
    return import_module(f"{__name__}.{name}")


def is_named(name: str) -> bool:
    """Whether a file of this name is of a format, whatever is in it."""
    low = name.lower()
    names, endings = _named()
    return low in names or low.endswith(endings)


@cache
def _named() -> tuple[frozenset[str], tuple[str, ...]]:
    """The names of all formats, and how their other names end."""
    rows = table()
    return frozenset().union(*(row.names for row in rows)), tuple(end for row in rows for end in row.endings)


def is_shown(text: str, ending: str | None = None) -> bool:
    """Whether ``text`` contains a sign of a format; with ``ending``, of one whose files may end so."""
    return any(first in text and all(part in text for part in others) for first, *others in _signs(ending))


@cache
def _signs(ending: str | None) -> tuple[tuple[str, ...], ...]:
    rows = (row for row in table() if (row.is_structured if ending is None else ending in row.looked_into))
    return tuple(dict.fromkeys(sign for row in rows for sign in row.signs))


@cache
def endings() -> frozenset[str]:
    """Endings of files, besides those of structured text, that are looked into for a sign of a format."""
    return frozenset().union(*(row.looked_into for row in table()))


def read(document: Document) -> tuple[Told, str]:
    """What ``document`` says, and the name of the format that read it: the first that fits."""
    for row in table():
        if row.fallback or row.is_named(document.name) or row.is_shown(document.text):
            format: Reader = _module(row.format)
            if format.fits(document):
                return format.read(document), row.format
    return Told(), "metadata"
