"""Files of an untrusted tree: what to read, in what encoding, and where to stop."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from licensecheck.errors import Unreadable
from licensecheck.model import Problem

LIMIT: Final = 8 * 1024 * 1024
"""Bytes of one file that are read."""
_SKIPPED: Final = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", ".tox", ".mypy_cache"})


def read(path: Path) -> tuple[str, str]:
    """The text of a file, and a note where not all of it was read, or "".

    Raises :class:`Unreadable` where it is no regular file, cannot be opened, or holds no text.
    """
    try:
        if not path.is_file():
            raise Unreadable("not a regular file (a folder, a device, or a link that leads nowhere)")
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror or error}") from None
    note = ""
    if len(data) > LIMIT:
        data = data[:LIMIT]
        note = f"only its first {LIMIT // 1024 // 1024} MB were read: a statement further down would be missed"
    return _decode(data), note


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        if b"\x00" in data[:4096]:
            raise Unreadable("a binary file: there is no text to read a licence from")
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            text = data.decode("utf-8-sig", errors="ignore") if error.start > len(data) - 4 else _legacy(data)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " ")


def _legacy(data: bytes) -> str:
    for encoding in ("cp949", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def walk(root: Path) -> Iterator[Path | Problem]:
    """Files below ``root`` in order of path, and a :class:`Problem` for each folder that cannot be read.

    Links to folders are not followed; what ``.gitignore`` files name is left out.
    """
    yield from _walk(root, [])


def _walk(folder: Path, ignored: list[tuple[Path, Any]]) -> Iterator[Path | Problem]:
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield Problem(str(folder), 1, f"the folder cannot be read: {error.strerror or error}")
        return
    if any(entry.name == ".gitignore" for entry in listed):
        ignored = [*ignored, (folder, _patterns(folder / ".gitignore"))]
    folders: list[Path] = []
    for entry in listed:
        path = folder / entry.name
        try:
            is_folder, is_link = entry.is_dir(follow_symlinks=False), entry.is_symlink()
            is_file = entry.is_file()
        except OSError:
            continue
        if is_link and not is_file:
            continue
        if ignored and _is_ignored(path, is_folder, ignored):
            continue
        if is_folder:
            if entry.name not in _SKIPPED:
                folders.append(path)
        elif is_file:
            yield path
    for path in folders:
        yield from _walk(path, ignored)


def _patterns(path: Path) -> Any:
    from pathspec import GitIgnoreSpec

    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[:10_000]
        return GitIgnoreSpec.from_lines(lines)
    except (OSError, ValueError):
        return GitIgnoreSpec.from_lines([])


def _is_ignored(path: Path, is_folder: bool, ignored: list[tuple[Path, Any]]) -> bool:
    hidden = False
    for home, patterns in ignored:
        name = path.relative_to(home).as_posix() + ("/" if is_folder else "")
        verdict = patterns.check_file(name).include
        if verdict is not None:
            hidden = verdict
    return hidden
