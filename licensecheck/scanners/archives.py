"""Archives beside the data: what the small texts in a zip or tar state of what lies in it. Nothing is unpacked to disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

from licensecheck.base.errors import Problem, Unreadable
from licensecheck.base.files import decode, printable
from licensecheck.base.message import Message
from licensecheck.model import Scanned

ENDS: Final = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
_MEMBERS: Final = 2_000
"""Members of one archive that are listed."""
_LISTED: Final = 100_000
"""Members of one zip that are listed: it has a list of its own."""
_TO_ITS_END: Final = Message("an archive that was not looked into to its end")
_TEXTS: Final = 24
"""Texts of one archive that are read."""
_SMALL: Final = 256 * 1024
"""Bytes of one text in an archive that are read; a larger one is told."""
_STREAM: Final = 64 * 1024 * 1024
"""Bytes of a packed tar that are unpacked to find its texts, which lie at its beginning or behind all that is larger."""
_DEEP: Final = 2
"""Folders inside an archive in which texts are read."""


class _Limited:
    """A stream of which no more than so many bytes are read: an archive may unpack to any size."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream = stream
        self.left = most

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes, and none where the limit is reached."""
        wanted = self.left if size < 0 else min(size, self.left)
        data = self._stream.read(wanted) if wanted else b""
        self.left -= len(data)
        return data


def is_archive(name: str) -> bool:
    """Whether a file of this name is an archive that can be looked into."""
    return name.lower().endswith(ENDS)


def scan(
    path: Path, wanted: Callable[[str], bool], read: Callable[[str, str], Scanned], cut: Callable[[Message], None]
) -> Iterator[Scanned]:
    """What the texts in the archive at ``path`` state: of each member that is ``wanted`` by its path in the archive,
    ``read`` makes statements of its place and its text. An archive that cannot be opened states nothing: it is data.
    ``cut`` gets why an archive was not looked into to its end.
    """
    shown = printable(path)
    try:
        for n, (name, data) in enumerate(_texts(path, wanted, cut)):
            if n == _TEXTS:
                says = Message("an archive with more than {most} texts about it: the others were not read", most=_TEXTS)
                yield Scanned(problems=(Problem(shown, 1, says),))
                return
            place = f"{shown}/{name}"
            if len(data) > _SMALL:
                says = Message("a text in an archive with over {size} KB: it was not read", size=_SMALL // 1024)
                yield Scanned(problems=(Problem(place, 1, says),))
                continue
            try:
                text, _ = decode(data)
            except Unreadable as error:
                yield Scanned(problems=(Problem(place, 1, error.message),))
                continue
            yield read(place, text.replace("\r\n", "\n").replace("\r", "\n"))
    except Exception:  # an archive may be broken in any way, and each library has errors of its own: it is data then
        return


def _texts(path: Path, wanted: Callable[[str], bool], cut: Callable[[Message], None]) -> Iterator[tuple[str, bytes]]:
    """The members that are wanted, by path in the archive without a single top folder, with their first bytes."""
    if path.name.lower().endswith(".zip"):
        import zipfile

        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > _LISTED:
                cut(_TO_ITS_END)
            for packed in members[:_LISTED]:
                name = _inside(packed.filename)
                if name and not packed.is_dir() and wanted(name) and not packed.flag_bits & 1:
                    with archive.open(packed) as text:
                        yield name, text.read(_SMALL + 1)
        return
    import tarfile

    with path.open("rb") as raw, _unpacked(raw, path.name.lower()) as stream:
        limited: Any = _Limited(stream, _STREAM)
        try:
            with tarfile.open(fileobj=limited, mode="r|") as tar:
                for info in islice(tar, _MEMBERS):
                    name = _inside(info.name)
                    if name and info.isfile() and wanted(name) and (inner := tar.extractfile(info)):
                        yield name, inner.read(_SMALL + 1)
                if tar.next() is not None:
                    cut(_TO_ITS_END)
        finally:
            if not limited.left:
                cut(_TO_ITS_END)


def _unpacked(raw: IO[bytes], low: str) -> Any:
    """The bytes of a tar, unpacked as they are read."""
    if low.endswith((".gz", ".tgz")):
        import gzip

        return gzip.GzipFile(fileobj=raw)
    if low.endswith((".bz2", ".tbz2")):
        import bz2

        return bz2.BZ2File(raw)
    if low.endswith((".xz", ".txz")):
        import lzma

        return lzma.LZMAFile(raw)
    import contextlib

    return contextlib.nullcontext(raw)


def _inside(name: str) -> str:
    """A member's path, "" where it leads out of the archive or lies too deep."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    if not parts or ".." in parts or len(parts) > _DEEP + 1:
        return ""
    return "/".join(parts)
