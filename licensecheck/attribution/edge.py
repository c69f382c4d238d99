"""Papers of a folder, read and written back to the byte."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from licensecheck.base import files, regex
from licensecheck.base.errors import Unreadable, UsageError
from licensecheck.base.message import Message

_PAPER: Final = regex.compile(
    r"(?:(?:readme|attributions?|credits?|authors?|contributors|citation|notices?|copying|copyright|third[_ -]?party)"
    r"|(?:[^/\\]{1,60}[_.-]|un)?licen[cs]es?)(?![a-z])",
    re.I,
)
_NOT_PAPER: Final = regex.compile(
    r"\.(?:py|ipynb|js|ts|c|h|cpp|java|go|rs|rb|sh|r|csv|tsv|jsonl?|parquet|arrow|ya?ml|toml|xml|sqlite|db|zip|gz|png|jpe?g|gif|svg|pdf)\Z",
    re.I,
)
_METADATA: Final = regex.compile(r"(?:dataset-metadata|croissant|datapackage)\.(?:json|ya?ml)\Z", re.I)
_CODECS: Final = {"": "utf-8", "CP949": "cp949", "Windows-1252": "cp1252", "Latin-1": "latin-1"}
_MOST: Final = 60


class Paper(NamedTuple):
    """A file as it is, line ends and byte order mark included; ``codec`` is "" where it cannot be written back."""

    text: str
    codec: str


def gather(folder: Path) -> dict[str, Paper]:
    """The papers of a folder and of its ``LICENSES`` folder, by path; what is no text is left out."""
    found: dict[str, Paper] = {}
    for path in (*_listed(folder), *_listed(folder / "LICENSES")):
        if len(found) < _MOST and (path.parent != folder or _is_paper(path.name)):
            try:
                found[str(path)] = _exact(path)
            except Unreadable:
                continue
    return found


def _is_paper(name: str) -> bool:
    return bool(_METADATA.match(name)) or bool(_PAPER.match(name) and not _NOT_PAPER.search(name))


def _listed(folder: Path) -> list[Path]:
    if files.leads_out(folder):
        return []
    try:
        return sorted(path for path in folder.iterdir() if path.is_file() and not files.leads_out(path))
    except OSError:
        return []


def _exact(path: Path) -> Paper:
    read = files.read(path)
    if read.cut:
        return Paper(read.text, "")
    try:
        data = path.read_bytes()
        codec = _CODECS.get(read.encoding) or ("utf-16-be" if data.startswith(b"\xfe\xff") else "utf-16-le")
        text = data.decode(codec)
    except OSError as error:
        raise Unreadable(Message("cannot be read: {why}", why=str(error.strerror or error))) from None
    except UnicodeError:
        return Paper(read.text, "")
    return Paper(text, codec if text.encode(codec) == data else "")


def save(new: Mapping[str, str], papers: Mapping[str, Paper]) -> None:
    """Write what ``mend`` gave, each file in its own encoding; a letter that this lacks as a character reference.

    Raises :class:`UsageError`, before anything is written, for a file that was not read to the last
    byte or is a link; and where one cannot be written.
    """
    for name in new:
        if name in papers and not papers[name].codec:
            raise UsageError(Message("`{name}` is not changed; it could not be read completely", name=name))
        if Path(name).is_symlink() or (name not in papers and Path(name).exists()):
            raise UsageError(Message("`{name}` is not changed; it is a link or an unreadable file", name=name))
    for name, text in new.items():
        codec = papers[name].codec if name in papers else "utf-8"
        try:
            Path(name).write_bytes(text.encode(codec, "xmlcharrefreplace"))
        except (OSError, UnicodeError) as error:
            raise UsageError(Message("`{file}` cannot be written: {why}", file=name, why=str(error))) from None
