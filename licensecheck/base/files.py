"""Files of an untrusted tree: what to read, in what encoding, and where to stop."""

# Annotations are evaluated: to compile each as a string, as NamedTuple else does, takes longer than the rest.

import os
import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

from licensecheck.base import regex
from licensecheck.base.errors import Problem, Unreadable
from licensecheck.base.message import Message

DECLARATION: Final = "licensecheck.yaml"
"""The name of the file in which a user declares a use and its sources."""
LIMIT: Final = 8 * 1024 * 1024
"""Bytes of one file that are read."""
_PATTERNS: Final = 2_000
"""Lines of `.gitignore` files that are heeded for one path, the outermost first: each is held against each name."""
_DEEP: Final = 100
"""Folders in folders, from which on `.gitignore` files are not heeded: a name so long takes each line too much time."""
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s{0,9}([A-Za-z0-9_-]{2,20})", re.I)
_PAGES: Final = {
    "shift_jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932", "euc-jp": "euc_jp", "gb2312": "gb18030",
    "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "windows-1251": "cp1251", "koi8-r": "koi8_r", "windows-1250": "cp1250", "iso-8859-2": "iso8859_2", "iso-8859-15": "iso8859_15",
}  # fmt: skip
"""Encodings that a page may name in its head, and that its bytes do not tell by themselves."""
_GUESSED: Final = frozenset(
    ("gb18030", "gbk", "gb2312", "big5", "big5hkscs", "cp950", "cp932", "shift_jis", "shift_jis_2004", "euc_jp", "euc_jis_2004", "cp949", "euc_kr", "johab",
     "cp1251", "koi8_r", "cp866", "mac_cyrillic", "cp037", "cp500", "iso8859_5", "cp1253", "iso8859_7", "cp1256", "cp1255", "cp874", "tis_620")
)  # fmt: skip
"""Encodings that bytes tell by themselves. Those of Western Europe differ in few letters, and none of these is in a license."""
_PACKING: Final = 20
"""How many times its size a table packed by gzip unpacks to, at most as a rule."""
_POINTER: Final = 1_000
_POINTS: Final = regex.compile(r"version https://git-lfs\.github\.com/spec/|[^\s]{0,200}/annex/objects/\S+\s*\Z")
"""What Git LFS and git-annex keep in the place of a file that was not fetched."""
_GUESS: Final = 64 * 1024
"""Bytes by which an encoding is guessed."""
_SLOW: Final = regex.compile(r"(?:\*+[^*/]+){4}")
"""Patterns with so many stars in one name take exponential time on some names: they are not heeded."""
_GIT: Final = 60
"""Seconds that git may take to list the files that it tracks."""


class Read(NamedTuple):
    """The text of a file; what of it was not read, or ""; and its encoding where that is not UTF-8, or ""."""

    text: str
    cut: str = ""
    encoding: str = ""


def read(path: Path) -> Read:
    """The text of a file, with one kind of line end.

    Raises :class:`Unreadable` where it is no regular file, cannot be opened, or holds no text.
    """
    try:
        if not path.is_file():
            raise Unreadable(Message("not a regular file (a folder, a device, or a link that leads nowhere)"))
        with opened(path) as file:
            data = file.read(LIMIT + 1)
    except (OSError, ValueError, EOFError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise Unreadable(Message("cannot be read: {why}", why=str(reason or error))) from None
    cut = ""
    if len(data) > LIMIT:
        data = data[:LIMIT]
        cut = Message(
            "only its first {size} MB were read: a statement further down would be missed", size=LIMIT // 1024 // 1024
        )
    text, encoding = decode(data)
    if is_pointer_text(text):
        raise Unreadable(Message("only a pointer of Git LFS or git-annex, whose text is not here: fetch it first"))
    return Read(text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " "), cut, encoding)


def is_pointer(path: Path) -> bool:
    """Whether a file is what Git LFS or git-annex keeps in the place of one that was not fetched."""
    try:
        if not path.is_file():  # a link of git-annex leads to what is not there
            return path.is_symlink() and "/annex/objects/" in str(path.readlink())
        with path.open("rb") as file:
            data = file.read(_POINTER + 1)
    except OSError:
        return False
    return is_pointer_text(data.decode("utf-8", "replace"))


def is_pointer_text(text: str) -> bool:
    """Whether a text is what Git LFS or git-annex keeps in the place of a file that was not fetched."""
    return len(text) <= _POINTER and _POINTS.match(text) is not None


def is_large(path: Path) -> bool:
    """Whether a file has, or is likely to unpack to, more than is read of one."""
    try:
        return path.stat().st_size > (LIMIT // _PACKING if path.suffix.lower() == ".gz" else LIMIT)
    except OSError:
        return False


def opened(path: Path) -> IO[bytes]:
    """The bytes of a file, unpacked where it is packed by gzip."""
    if path.suffix.lower() != ".gz":
        return path.open("rb")
    import gzip

    return gzip.open(path)  # type: ignore[return-value]


def encoding(path: Path) -> str:
    """What the first bytes of a file are taken to be encoded in, "" where it is UTF-8. Raises :class:`Unreadable` where they are no text."""
    try:
        with opened(path) as file:
            return decode(file.read(_GUESS))[1]
    except (OSError, ValueError, EOFError) as error:
        raise Unreadable(Message("cannot be read: {why}", why=str(error))) from None


def lines(path: Path, most: int) -> Iterator[str]:
    """The lines of a text of any size, up to ``most`` bytes, in the encoding that its first bytes tell.

    Raises :class:`Unreadable` where it cannot be opened, holds no text, or is longer: then its first lines were given.
    """
    held = ""
    for block in blocks(path, most, _GUESS):
        *whole, held = (held + block).split("\n")
        yield from whole
    yield held


def blocks(path: Path, most: int, size: int) -> Iterator[str]:
    """The same as texts of about ``size`` bytes each."""
    import codecs

    try:
        with opened(path) as file:
            first = file.read(_GUESS)
            decoder = codecs.getincrementaldecoder(decode(first)[1] or "utf-8-sig")("replace")
            data, left = first, most
            while data and left > 0:
                left -= len(data)
                yield decoder.decode(data).replace("\r\n", "\n")
                data = file.read(size)
            yield decoder.decode(b"", True)
    except (OSError, ValueError, EOFError) as error:
        raise Unreadable(Message("cannot be read: {why}", why=str(error))) from None
    if data:
        raise Unreadable(
            Message(
                "only its first {size} MB were read: a statement further down would be missed",
                size=most // 1024 // 1024,
            )
        )


def head(path: Path, size: int) -> str:
    """The first text of a file, of up to ``size`` bytes, unpacked where it is packed by gzip; "" where it cannot be read."""
    try:
        if not path.is_file():
            return ""
        with opened(path) as file:
            data = file.read(size)
    except (OSError, ValueError, EOFError):
        return ""
    try:
        return decode(data)[0].replace("\r\n", "\n")
    except Unreadable:  # whoever reads the file says so
        return data.decode("utf-8", "replace")


def decode(data: bytes) -> tuple[str, str]:
    """Bytes as text, and the encoding that they were taken for, or "" where it is UTF-8.

    A byte order mark decides; then zeros at every other byte (UTF-16); then UTF-8; what the head of a page names; CP949 (what Korean publishers use) where that
    makes Hangul; what charset-normalizer takes the bytes for, where that is an encoding of many letters; Windows-1252.
    Raises :class:`Unreadable` where the bytes are no text.
    """
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return data.decode("utf-32", errors="replace"), "UTF-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), "UTF-16"
    if name := _wide(data[:4096]):
        return data.decode(name, errors="replace"), "UTF-16"
    if b"\x00" in data[:4096]:
        raise Unreadable(Message("a binary file: there is no text to read a license from"))
    if data.startswith((b"%PDF-", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(Message("a PDF or Office document, which is not read here: give its text"))
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4:
            return data.decode("utf-8-sig", errors="ignore"), ""
    named = _CHARSET.search(data[:1024])
    told = named[1].decode("ascii").lower() if named else ""
    if told in _PAGES:
        try:
            return data.decode(_PAGES[told]), told.upper()
        except UnicodeDecodeError:
            pass
    for encoding, name in _likely(data):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if encoding != "cp949" or _is_hangul(text):
            return text, name
    return data.decode("latin-1"), "Latin-1"


def _wide(head: bytes) -> str:
    """The byte order of UTF-16 without a mark: every other byte of Western text is zero, and no other one. "" for others."""
    first, second = head[0::2].count(0), head[1::2].count(0)
    if len(head) < 4 or max(first, second) < len(head) // 4 or min(first, second):
        return ""
    return "utf-16-be" if first else "utf-16-le"


def _likely(data: bytes) -> Iterator[tuple[str, str]]:
    """Encodings to try, each with its name; the costly guess only where the first did not do."""
    yield "cp949", "CP949"
    if guess := _guessed(data):
        yield guess, guess.upper().replace("_", "-")
    yield "cp1252", "Windows-1252"


def _is_hangul(text: str) -> bool:
    """Whether the letters beyond ASCII are Hangul: bytes of other encodings make rare letters of all kinds in CP949."""
    beyond = [c for c in text[:_GUESS] if c > "\x7f"]
    return 10 * sum("\uac00" <= c <= "\ud7a3" or not c.isalpha() for c in beyond) >= 9 * len(beyond)


def _guessed(data: bytes) -> str:
    """What the bytes are encoded in by charset-normalizer, where it is one of ``_GUESSED``, else ""."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_GUESS]).best()
    return best.encoding if best is not None and best.encoding in _GUESSED else ""


_STORES: Final = ("datasets--", "models--", "spaces--")
"""Folders of a cache of the Hugging Face hub begin so; what is in them links to their ``blobs``."""


def printable(path: Path) -> str:
    """A path as a text that can be written anywhere."""
    return os.fsencode(path).decode("utf-8", "replace")


def write_whole(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8, whole or not at all: what was there stays if the disk is full. Raises :class:`OSError`."""
    place = path.resolve()
    if place.exists() and not place.is_file():  # a device or a pipe
        place.write_text(text, encoding="utf-8", newline="\n")
        return
    temporary = place.with_name(f".{place.name[:100]}.{os.getpid()}.tmp")
    try:
        with temporary.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        if place.exists():
            temporary.chmod(place.stat().st_mode & 0o777)
        temporary.replace(place)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def digest(data: bytes) -> str:
    """The SHA-256 of a text's bytes with ``\\n`` as line end, in hexadecimal."""
    from hashlib import sha256

    return sha256(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")).hexdigest()


def leads_out(path: Path, root: Path | None = None) -> bool:
    """Whether ``path`` is a link to a place outside of its repository; where it is in none, outside of ``root``.

    ``root`` is the folder of ``path`` unless said. What is scanned must not have files of its reader's told, nor
    written: there need not be anything at that place yet.
    """
    return path.is_symlink() and not inside(path, root or path.parent)


def inside(path: Path, folder: Path) -> bool:
    """Whether ``path`` is in the repository that ``folder`` is in, where it is in none in ``folder``, wherever links lead.

    A link that goes round leads nowhere, and so not out.
    """
    home = folder.resolve()
    for above in (home, *home.parents):
        if (above / ".git").exists() or (above.name.startswith(_STORES) and (above / "blobs").is_dir()):
            home = above
            break
    try:
        return path.resolve().is_relative_to(home)
    except (OSError, RuntimeError):
        return True


def walk(
    root: Path, links: set[Path] | None = None, skipped: AbstractSet[str] = frozenset()
) -> Iterator[Path | Problem]:
    """Files below ``root`` in order of path, and a :class:`Problem` for each folder that cannot be read.

    Links to folders are not followed, other links are told to ``links``; folders named in ``skipped`` are left out. In
    a repository of git, what ``.gitignore`` files name is left out, but for files that git tracks; elsewhere these files
    mean nothing. What is no regular file (a link that leads nowhere, a pipe) is among the files: whoever reads it is told so.
    """
    home = _repository(root.absolute())
    asked = cache(lambda: _tracked(home) if home else None)

    def tracked() -> _Tracked | None:
        return found if isinstance(found := asked(), _Tracked) else None

    told = False
    waiting: list[tuple[Path, tuple[tuple[Path, Any], ...]]] = [(root, ())]
    while waiting:
        folder, ignored = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Problem(str(folder), 1, Message("the folder cannot be read: {why}", why=str(error.strerror or error)))
            continue
        if home is None or len(folder.parts) - len(root.parts) > _DEEP:
            ignored = ()
        elif any(entry.name == ".gitignore" for entry in listed) and tracked():
            left = _PATTERNS - sum(len(regex) for _, regex in ignored)
            ignored = (*ignored, (folder, _patterns(folder / ".gitignore", left)))
        folders: list[Path] = []
        for entry in listed:
            path = folder / entry.name
            try:
                is_folder = entry.is_dir(follow_symlinks=False)
            except OSError:  # a link that goes round
                is_folder = False
            if ignored and _is_ignored(path, is_folder, ignored):
                known = tracked()
                if known and str(path.absolute()) not in (known.folders if is_folder else known.files):
                    continue
            if not is_folder:
                if links is not None and entry.is_symlink():
                    links.add(path)
                yield path
            elif entry.name not in skipped:
                folders.append(path)
        if not told and asked.cache_info().currsize and isinstance(problem := asked(), Problem):
            told = True
            yield problem
        waiting += ((path, ignored) for path in reversed(folders))


def _repository(folder: Path) -> Path | None:
    """The top of the repository of git that ``folder`` is in, or None: ``.git`` is a folder there, or a file in a
    worktree or a submodule (gitrepository-layout)."""
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), None)


class _Tracked(NamedTuple):
    """The files that git tracks, and the folders that they lie in, as absolute paths."""

    files: frozenset[str]
    folders: frozenset[str]


def _tracked(home: Path) -> _Tracked | Problem | None:
    """What git tracks of the repository ``home``: what was once added is published, whatever ``.gitignore`` names. None
    where git is not there, or does not take ``home`` for a repository; a :class:`Problem` where it cannot read its index.

    Git itself is asked, which knows every version of its index. It runs nothing that the repository configures.
    """
    import subprocess

    command = ["git", "-c", "core.fsmonitor=false", "ls-files", "-z", "--cached", "--recurse-submodules"]
    try:
        done = subprocess.run(
            command,
            cwd=home,
            capture_output=True,
            timeout=_GIT,
            check=True,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"},
        )
    except subprocess.CalledProcessError as error:
        why = error.stderr.decode("utf-8", "replace").strip()
        if "index" not in why:
            return None
        says = Message("git cannot read its index, so it is not known what is published: {why}", why=why[:300])
        return Problem(str(home / ".git" / "index"), 1, says)
    except (OSError, subprocess.SubprocessError):
        return None
    names = [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]
    above = {parent for name in names for parent in _parents(name)}
    return _Tracked(frozenset(f"{home}/{name}" for name in names), frozenset(f"{home}/{name}" for name in above))


def _parents(name: str) -> Iterator[str]:
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


def _patterns(path: Path, most: int) -> Any:
    from pathspec import GitIgnoreSpec

    try:
        if not path.is_file():  # git heeds no other, and a pipe would be waited for
            return GitIgnoreSpec.from_lines([])
        with path.open(encoding="utf-8", errors="replace") as file:
            lines = file.read(200_000).splitlines()[: max(most, 0)]
        return GitIgnoreSpec.from_lines(line for line in lines if not _SLOW.search(line))
    except (OSError, ValueError):
        return GitIgnoreSpec.from_lines([])


def _is_ignored(path: Path, is_folder: bool, ignored: Sequence[tuple[Path, Any]]) -> bool:
    hidden = False
    for home, ignoring in ignored:
        name = path.relative_to(home).as_posix() + ("/" if is_folder else "")
        verdict = ignoring.check_file(name).include
        if verdict is not None:
            hidden = verdict
    return hidden
