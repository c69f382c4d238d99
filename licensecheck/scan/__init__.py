"""Scanners: what is written in a file, with its place. They decide nothing and fetch nothing.

A scanner is a module with ``NAME``, ``claims(name, head)`` (whether a file with this name and first
text is its kind) and ``scan(path, text) -> Scanned``. Adding one is a module and its line in
``SCANNERS``; the first that claims a file reads it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol

from licensecheck import patterns
from licensecheck.errors import Unreadable
from licensecheck.model import Problem, Scanned, Scope, replace
from licensecheck.scan.files import read
from licensecheck.wording import Message

_SNIFFED: Final = 4096
"""Bytes of a structured file that are read to see whether it is metadata."""
_FRONT: Final = patterns.compile(r"\ufeff?\s*---[ \t]*\n")
_MANY: Final = 600
"""From so many files on, several processes read them: starting these costs as much as reading a hundred."""
_BATCH: Final = 100
_DATA: Final = patterns.compile(r"\ufeff?\s*(?:\{\s*[\"}]|\[\s*\{|<\?xml|<rdf:)")
_DATA_ENDS: Final = (
    ".csv", ".tsv", ".jsonl", ".ndjson", ".parquet", ".arrow", ".feather", ".avro", ".orc", ".h5", ".hdf5", ".npz", ".tfrecord", ".xlsx", ".sqlite",
    ".conll", ".conllu", ".wav", ".flac", ".mp3", ".tar", ".tgz", ".zip",
)  # fmt: skip
SCANNERS: Final = ("reservations", "webpage", "license_file", "card", "readme", "metadata", "rows")
_SNIFFING: Final = ("metadata", "rows")
"""Those that look into files whose names do not say what they are."""
_SAMPLED: Final = "rows"
_KEEPING: Final = frozenset({"license", "licenses", "licence", "licences"})
"""Folders that keep licence texts."""
_PAGES: Final = 24
"""Pages among the data of a tree that are looked into: what the first say, the others say too."""
_PAGE_ENDS: Final = (".html", ".htm")
_RESERVING: Final = ("terms-", "all-rights-reserved")


Progress = Callable[[int, int], None]


class Scanner(Protocol):
    """What every module of ``SCANNERS`` offers."""

    NAME: str

    def claims(self, name: str, head: str) -> bool:
        """Whether a file called ``name`` whose text begins with ``head`` is of this kind."""

    def scan(self, path: str, text: str) -> Scanned:
        """What ``text``, read from ``path``, states."""


def scanners() -> Iterator[Scanner]:
    """Every scanner, in the order in which they are asked."""
    yield from map(_scanner, SCANNERS)


def _scanner(name: str) -> Any:
    return import_module(f"licensecheck.scan.{name}")


def scan_text(path: str, text: str, *, named: bool = True) -> Scanned | None:
    """What ``text`` states, by the first scanner that claims it; None where none does.

    A text that was ``named`` is read whatever its name: as metadata where it is structured, as a README where it has
    headings and is no licence text, else as a licence file.
    """
    name, head = _name(path), text[:4096]
    scanner = _claiming(name, head)
    if scanner is not None and not (named and scanner.NAME == _SAMPLED and name.lower().endswith(".json")):
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


def _claiming(name: str, head: str) -> Scanner | None:
    return next((scanner for scanner in scanners() if scanner.claims(name, head)), None)


def _has_headings(text: str) -> bool:
    from licensecheck.scan.markdown import sections

    return any(section.level for section in sections(text[:100_000]))


def _is_license_text(text: str) -> bool:
    from licensecheck.identify import texts

    return 2 * sum(m.end - m.start for m in texts.match(text)) > len(text)


def _shown(path: Path) -> str:
    """A path as a text that can be written anywhere."""
    return os.fsencode(path).decode("utf-8", "replace")


def _name(path: str) -> str:
    """The name that scanners see: the file's own, with its folder where that folder keeps licence texts."""
    *folders, name = path.replace("\\", "/").rsplit("/", 2)
    return f"LICENSES/{name}" if folders and folders[-1].lower() in _KEEPING else name


def scan_file(path: Path, *, named: bool = False) -> Scanned:
    """What one file states. What cannot be read is a :class:`Problem`, never an exception."""
    shown = _shown(path)
    if not named and not _wanted(path, _name(shown)):
        return Scanned()
    try:
        text, cut, encoding = read(path)
    except Unreadable as error:
        return Scanned(problems=(Problem(shown, error.line, error.message),))
    try:
        found = scan_text(shown, text, named=named) or Scanned()
    except Exception as error:  # one bad file never stops the rest
        fault = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        return Scanned(
            problems=(
                Problem(
                    shown, 1, Message("reading it failed ({fault}): please report this with the file", fault=fault)
                ),
            )
        )
    if encoding:
        note = Message("the file is not UTF-8: it was read as {encoding}", encoding=encoding)
        noted = (
            replace(e, note=Message("{one}; {other}", one=e.note, other=note) if e.note else note)
            for e in found.evidence
        )
        found = replace(found, evidence=tuple(noted))
    if cut and not _is_sampled(_name(shown), text):
        found = replace(found, problems=(*found.problems, Problem(shown, 1, cut)))
    return found


def _is_sampled(name: str, text: str) -> bool:
    """Whether a sample of a file is all that is ever read of its kind."""
    kind = _claiming(name, text[:4096])
    return kind is not None and kind.NAME == _SAMPLED


def _wanted(path: Path, name: str) -> bool:
    """Whether a scanner claims a file by its name, or by its first text where that is worth a look."""
    if any(scanner.claims(name, "") for scanner in scanners()):
        return True
    sniffing = [kind for kind in map(_scanner, _SNIFFING) if kind.sniffed(name)]
    if not sniffing or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            head = file.read(_SNIFFED).decode("utf-8", "replace")
    except (OSError, ValueError):
        return False
    return any(kind.claims(name, head) for kind in sniffing)


def holds_data(name: str) -> bool:
    """Whether a file of this name is data by its ending: of a table, a corpus, a recording, or a packed folder of these."""
    return name.lower().removesuffix(".gz").removesuffix(".zst").endswith(_DATA_ENDS)


def scan_tree(
    root: Path,
    progress: Progress | None = None,
    watch: Mapping[str, list[Path]] | None = None,
    data: set[Path] | None = None,
) -> list[tuple[Path, Scanned]]:
    """What the files below ``root`` state, in order of path, but for those that git ignores.

    Many files are read by several processes; the order of what is found does not depend on it. ``progress`` is
    told how many of how many files have been read; the lists of ``watch`` get the files of those names, read or not, and
    ``data`` the folders that hold data.
    """
    from licensecheck.scan.files import leads_out, walk

    found: list[tuple[Path, Scanned]] = []
    asked: list[Path] = []
    links: set[Path] = set()
    watched = watch or {}
    pages: dict[Path, None] = {}

    def is_first_data(path: Path) -> bool:
        return data is not None and path.parent not in data and holds_data(path.name)

    def wanted(path: Path) -> bool:
        return path.name in watched or _may_be_wanted(_name(_shown(path))) or is_first_data(path) or is_page(path)

    def is_page(path: Path) -> bool:
        return len(pages) < _PAGES and path.name.lower().endswith(_PAGE_ENDS)

    for item in walk(root, links, wanted):
        if isinstance(item, Problem):
            found.append((Path(item.path), Scanned(problems=(item,))))
            continue
        shown = _shown(item)
        is_data = data is not None and holds_data(item.name)
        if data is not None and is_data:
            data.add(item.parent)
        if item.name in watched and item.is_file():
            watched[item.name].append(item)
        if (is_data or item.name in watched) and not _may_be_wanted(_name(shown)):
            continue
        if item in links and leads_out(item, root):
            says = Message("a link that leads out of the repository is not read: name the file itself if it is meant")
            found.append((item, Scanned(problems=(Problem(shown, 1, says),))))
            continue
        if is_page(item) and not is_named(item.name):
            pages[item] = None
            continue
        asked.append(item)
    own = {path.parent for path in asked if path.name.lower().endswith(_PAGE_ENDS)}
    crawled = ((page, _crawled(page)) for page in pages if page.parent not in own)
    found += (pair for pair in crawled if pair[1] != Scanned())
    found += _several(asked, progress) if len(asked) >= _MANY else _one_by_one(asked, progress)
    return sorted(found, key=lambda pair: pair[0])


def _crawled(path: Path) -> Scanned:
    """What a page among the data reserves: it is its publisher's word, and no licence of the data."""
    from licensecheck.scan.words import FURTHER

    scanned = scan_file(path, named=True)
    said = (e for e in scanned.evidence if e.license and (e.field != "mention" or e.rule.startswith(_RESERVING)))
    note = Message("a page in the data")
    return Scanned(
        tuple(replace(e, field=FURTHER, scope=Scope.DATA, note=note) for e in said), reservations=scanned.reservations
    )


def is_named(name: str) -> bool:
    """Whether a file of this name is one that a scanner reads, before anything of it is known."""
    return any(scanner.claims(_name(name), "") for scanner in scanners())


def _may_be_wanted(name: str) -> bool:
    if any(scanner.claims(name, "") for scanner in scanners()):
        return True
    return any(_scanner(kind).sniffed(name) for kind in _SNIFFING)


def _one_by_one(paths: Sequence[Path], progress: Progress | None = None) -> list[tuple[Path, Scanned]]:
    found = []
    for n, path in enumerate(paths, 1):
        scanned = scan_file(path)
        if scanned != Scanned():
            found.append((path, scanned))
        if progress:
            progress(n, len(paths))
    return found


def _several(paths: Sequence[Path], progress: Progress | None) -> list[tuple[Path, Scanned]]:
    """``paths`` read by as many processes as there are cores, in batches, and put together in their order."""
    import multiprocessing
    import threading
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores < 2 or multiprocessing.parent_process() is not None:
        return _one_by_one(paths, progress)
    forks = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if forks else "spawn")
    batches = [paths[n : n + _BATCH] for n in range(0, len(paths), _BATCH)]
    found: list[tuple[Path, Scanned]] = []
    try:
        with ProcessPoolExecutor(min(cores, len(batches), 16), mp_context=context) as pool:
            for n, part in enumerate(pool.map(_one_by_one, batches), 1):
                found += part
                if progress:
                    progress(min(n * _BATCH, len(paths)), len(paths))
    except (BrokenProcessPool, OSError):  # no room for processes: the work is done here
        return _one_by_one(paths, progress)
    return found
