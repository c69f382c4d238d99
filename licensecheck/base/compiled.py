"""Compiled tables: what a table of the rules was built to, kept as JSON and parsed only where it is asked for.

``licensecheck/_compiled/NAME.json`` holds one table, line by line. The first line says what the table was built from
(``mark``: a digest of the rule files and of the code that builds it) and where its sections begin. A section is one
line of JSON; a section that is read by entry is an index line (key: offset of the entry) and one line of JSON an entry.
A wheel ships the tables; a checkout builds them at its first run. A table with another mark is built again. The file
``stamps`` keeps size and time of change of what the marks were computed from: while these hold, a mark is not computed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from stat import S_ISDIR
from typing import Any, Final

_HERE: Final = Path(__file__).parent.parent
_COMPILED: Final = _HERE / "_compiled"
_STAMPS: Final = "stamps"
_Stamps = dict[str, list[int]]


class Entries(Mapping[str, Any]):
    """A section that is read by entry: a value is parsed when it is first asked for."""

    def __init__(self, data: bytes, body: int, start: int) -> None:
        """``body``: where the sections begin in ``data``; ``start``: where this one begins, counted from there."""
        self._data = data
        self._body = body
        self._offsets: dict[str, int] = _line(data, body + start)
        self._parsed: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        found = self._parsed.get(key)
        if found is None:
            found = self._parsed[key] = _line(self._data, self._body + self._offsets[key])
        return found

    def get(self, key: str, default: Any = None) -> Any:
        """The value of ``key``, or ``default``: without the exception that the inherited one raises and catches."""
        return self[key] if key in self._offsets else default

    def __contains__(self, key: object) -> bool:
        return key in self._offsets

    def __iter__(self) -> Iterator[str]:
        return iter(self._offsets)

    def __len__(self) -> int:
        return len(self._offsets)


class Table(Mapping[str, Any]):
    """A compiled table: its sections by name, each parsed when it is first asked for.

    ``content`` is a digest of the rule files that the table was built from, as hexadecimal digits.
    """

    def __init__(self, data: bytes) -> None:
        """``data`` as :func:`_dump` writes it. Raises :class:`ValueError`, :class:`KeyError` or :class:`TypeError` for other data."""
        header = _line(data, 0)
        self._data: Final = data
        self._body: Final = data.index(b"\n") + 1
        self.mark: Final[str] = header["mark"]
        self.content: Final[str] = header["content"]
        self.stamps: Final[_Stamps] = header["stamps"]
        self._sections: Final[dict[str, int]] = header["sections"]
        self._by_entry: Final[list[str]] = header["by_entry"]
        if len(data) - self._body != header["size"]:
            raise ValueError("a part of the table is missing")
        self._parsed: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        found = self._parsed.get(name)
        if found is None:
            start = self._sections[name]
            by_entry = name in self._by_entry
            found = Entries(self._data, self._body, start) if by_entry else _line(self._data, self._body + start)
            self._parsed[name] = found
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._sections)

    def __len__(self) -> int:
        return len(self._sections)


def _line(data: bytes, start: int) -> Any:
    return json.loads(str(data[start : data.index(b"\n", start)], "utf-8"))


def _dump(table: Mapping[str, Any], by_entry: Sequence[str], mark: str, content: str, stamps: _Stamps) -> bytes:
    body = bytearray()

    def add(value: Any) -> int:
        start = len(body)
        body.extend(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        return start

    sections = {
        name: add({key: add(entry) for key, entry in section.items()} if name in by_entry else section)
        for name, section in table.items()
    }
    header = {
        "mark": mark,
        "content": content,
        "size": len(body),
        "by_entry": [name for name in by_entry if name in table],
        "sections": sections,
        "stamps": stamps,
    }
    return json.dumps(header, separators=(",", ":")).encode() + b"\n" + body


def rules_dir() -> Path:
    """The rules inside the wheel, or those of the checkout that this code runs from."""
    inside = _HERE / "_rules"
    return inside if inside.is_dir() else _HERE.parent / "rules"


def files(root: Path, patterns: Sequence[str]) -> list[Path]:
    """The files below ``root`` that match any of the glob ``patterns``, sorted by path."""
    return sorted({path for pattern in patterns for path in root.glob(pattern) if path.is_file()})


def hexdigest(data: bytes, size: int) -> str:
    """A hash of ``data`` of ``size`` bytes, as hexadecimal digits (BLAKE2b, RFC 7693)."""
    from hashlib import blake2b  # loads OpenSSL: only for runs that need a hash

    return blake2b(data, digest_size=size).hexdigest()


def digest(paths: Sequence[Path]) -> str:
    """A hash of names and bytes of ``paths``, as hexadecimal digits."""
    from hashlib import blake2b

    total = blake2b(digest_size=16)
    for path in paths:
        data = path.read_bytes()
        total.update(f"{path.name}\0{len(data)}\0".encode())
        total.update(data)
    return total.hexdigest()


def compiled(
    name: str,
    patterns: Sequence[str],
    build: Callable[[list[Path]], Mapping[str, Any]],
    code: Sequence[str],
    by_entry: Sequence[str] = (),
) -> Table:
    """The table ``name`` that ``build`` makes of the rule files that match ``patterns``: its sections by name.

    ``code`` are the modules that decide what ``build`` makes, as glob patterns of paths below the package: they are
    part of the mark. The table must be JSON; its sections ``by_entry`` are mappings of which a run asks for few keys.
    Where the folder of the tables cannot be written, a run computes the mark, and builds the table if that differs.
    """
    mark = _unchanged()[0].get(name)
    if mark is not None and (table := _read(name, mark)) is not None:
        return table
    sources = files(rules_dir(), patterns)
    inputs = [*sources, *files(_HERE, code)]
    stamps = _stamps(inputs)
    mark = digest(inputs)
    table = _read(name, mark)
    if table is None:
        data = _dump(build(sources), by_entry, mark, digest(sources), {})
        keep(f"{name}.json", data)
        table = Table(data)
    _note(name, mark, stamps)
    return table


def compiled_once(
    name: str,
    paths: Sequence[Path],
    build: Callable[[], Mapping[str, Any]],
    code: Sequence[str],
    by_entry: Sequence[str] = (),
) -> Table:
    """The table that ``build`` makes of the files at ``paths``, for as long as these stay the same.

    One table of this ``name`` is kept: a table of other files replaces it. ``code`` and ``by_entry`` as for
    :func:`compiled`.
    """
    stamps = _stamps([*(path.absolute() for path in paths), *files(_HERE, code)])
    table = _read(name, "")
    if table is None or table.stamps != stamps:
        data = _dump(build(), by_entry, "", digest(paths), stamps)
        keep(f"{name}.json", data)
        table = Table(data)
    return table


def _read(name: str, mark: str) -> Table | None:
    """The table that is kept as ``name``, if it has this ``mark``."""
    try:
        table = Table(read_kept(f"{name}.json"))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return table if table.mark == mark else None


@cache
def _unchanged() -> tuple[dict[str, str], _Stamps]:
    """What :func:`_noted` gives at the start of a run: a run that started with one state of the rules goes on with it."""
    return _noted()


def _noted() -> tuple[dict[str, str], _Stamps]:
    """The mark of each table, and the stamps of all inputs. Both are empty where an input changed since they were kept."""
    try:
        known = json.loads(read_kept(_STAMPS))
        if all(_stamp(place) == stamp for place, stamp in known["stamps"].items()):
            return dict(known["marks"]), dict(known["stamps"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    return {}, {}


def _note(name: str, mark: str, stamps: _Stamps) -> None:
    """Keep that ``name`` has this ``mark`` while its inputs have these ``stamps``."""
    marks, known = _unchanged()
    if any(known.get(place, stamp) != stamp for place, stamp in stamps.items()):  # a file changed since the run began
        marks.clear()
        known.clear()
    others, seen = _noted()  # what another run noted meanwhile
    if all(known.get(place, stamps.get(place, stamp)) == stamp for place, stamp in seen.items()):
        marks.update(others)
        known.update(seen)
    marks[name] = mark
    known.update(stamps)
    keep(_STAMPS, json.dumps({"marks": marks, "stamps": known}, separators=(",", ":")).encode())


def _stamps(paths: Sequence[Path]) -> _Stamps:
    """The stamps of the files and of the folders that they lie in."""
    places = {str(path) for path in paths} | {str(path.parent) for path in paths} | {str(rules_dir())}
    return {place: _stamp(place) for place in sorted(places)}


def _stamp(place: str) -> list[int]:
    """Time of change in nanoseconds and size in bytes; of a folder the time alone, which changes with its list of files."""
    info = os.stat(place)  # noqa: PTH116 - a hundred of them at each start
    return [info.st_mtime_ns, 0 if S_ISDIR(info.st_mode) else info.st_size]


def read_kept(name: str) -> bytes:
    """What :func:`keep` kept under ``name``. Raises :class:`OSError` where there is nothing."""
    return (_COMPILED / name).read_bytes()


def outdated(name: str, source: Path) -> bool:
    """Whether ``source`` changed after :func:`keep` kept ``name``, or nothing is kept. A ``source`` that is not there never changed."""
    try:
        changed = source.stat().st_mtime_ns
    except OSError:
        return False
    try:
        return changed > (_COMPILED / name).stat().st_mtime_ns
    except OSError:
        return True


def keep(name: str, data: bytes) -> None:
    """Keep ``data`` under ``name`` for later runs, whole or not at all. A folder that cannot be written is no error."""
    import tempfile

    try:
        _COMPILED.mkdir(exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=_COMPILED, prefix=name, suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(_COMPILED / name)
    except OSError:
        return
