"""A folder: which of its files are read, and what each says."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

from licensecheck.base.errors import Problem, Unreadable
from licensecheck.base.files import printable, read
from licensecheck.base.message import Message
from licensecheck.knowledge import kinds, packs
from licensecheck.knowledge.kinds import FileClass, Place, Role
from licensecheck.model import Scanned, Unread, replace
from licensecheck.scanners import (
    archives,
    failed,
    is_named,
    may_be_metadata,
    may_be_read,
    notes,
    office,
    read_words,
    scan_file,
    scan_text,
    tables,
)

_MANY: Final = 600
"""From so many files on, several processes read them: starting these costs as much as reading a hundred."""

_BATCH: Final = 100

_PAGES: Final = 24
"""Pages and texts among the data of a tree that are read whatever they say."""
_LOOKED: Final = 2_000
"""Pages and small texts of a tree that are looked into for words about rights."""
_PACKED: Final = 50
"""Archives of a tree that are looked into."""
_SPEAKING: Final = 200
"""Pages among the data whose words about rights are read: what these say, the others say too."""

Progress = Callable[[int, int], None]


class Listing:
    """The files of a tree, those of them that could say more and were not read, and the lists of what is watched for.

    ``watch`` gives the names that are watched for; each gets the files of that name, read or not.
    """

    def __init__(self, watch: Sequence[str] = ()) -> None:
        self.files: list[Path] = []
        self.unread: list[Unread] = []
        self.watched: dict[str, list[Path]] = {name: [] for name in watch}


def scan_tree(
    root: Path, progress: Progress | None = None, listing: Listing | None = None
) -> list[tuple[Path, Scanned]]:
    """What the files below ``root`` state, in order of path, but for those that git ignores.

    Many files are read by several processes; the order of what is found does not depend on it. ``progress`` is
    told how many of how many files have been read; ``listing`` gets all files, read or not.
    """
    from licensecheck.base.files import leads_out, walk

    listed = listing or Listing()
    found: list[tuple[Path, Scanned]] = []
    asked: list[Path] = []
    links: set[Path] = set()
    looked: list[tuple[Path, str]] = []
    documents: dict[Path, list[Path]] = {}
    packed: list[Path] = []
    tabular: list[Path] = []
    scripts: list[Path] = []
    skipped = len(root.parts)
    for item in walk(root, links, kinds.folders("installed")):
        if isinstance(item, Problem):
            found.append((Path(item.path), Scanned(problems=(item,))))
            continue
        if item.name in listed.watched and item.is_file():
            listed.watched[item.name].append(item)
        is_known = may_be_read(item)
        if item in links and not is_known and item.is_dir():
            continue
        listed.files.append(item)
        if item not in links and len(item.parts) - skipped <= notes.NEAR + 1 and kinds.gets_data(item.name):
            scripts.append(item)
        below = "/".join(item.parts[skipped:])
        if item in links and leads_out(item, root) and (is_known or notes.is_note(below)):
            says = Message("a link that leads out of the repository is not read: name the file itself if it is meant")
            found.append((item, Scanned(problems=(Problem(printable(item), 1, says),))))
        elif is_known:
            asked.append(item)
        elif notes.is_note(below):
            looked.append((item, below))
        elif item.name == _MODULES:
            found += _submodules(item, listed)
        elif archives.is_archive(item.name):
            packed.append(item)
        elif tables.is_table(item.name):
            tabular.append(item)
        elif kinds.is_unread(item.name) or kinds.is_picture(item.name):
            documents.setdefault(item.parent, []).append(item)
    for papers in documents.values():
        found += _documents(papers, listed, root)
    found += _archives(packed, links, listed)
    pages = [path for path in asked if path.name.lower().endswith(notes.PAGES)]
    known = _several(asked, progress) if len(asked) >= _MANY else _one_by_one(asked, progress)
    saying = {path for path, scanned in known if scanned.evidence or scanned.unweighed}
    looked += _not_claimed(asked, saying, root)
    found += known
    found += _scripts(scripts)
    found += _one_by_one(tabular)  # the engine has threads of its own, which no process may be forked with
    found += _looked_into(looked, {path.parent for path in pages}, listed)
    return sorted(found, key=lambda pair: pair[0])


def _not_claimed(asked: Sequence[Path], saying: AbstractSet[Path], root: Path) -> Iterator[tuple[Path, str]]:
    """Texts that were looked into as pages, tables or metadata, and state nothing as such: they are read as other texts are."""
    for path in asked:
        if path in saying:
            continue
        below = path.relative_to(root).as_posix()
        if path.name.lower().endswith(notes.PAGES):
            is_text = kinds.states_about(path.name)
        else:
            is_text = notes.is_note(below) and (not is_named(path.name) or may_be_metadata(path.name))
        if is_text:
            yield path, below


def _scripts(paths: Sequence[Path]) -> Iterator[tuple[Path, Scanned]]:
    """What scripts that get the data say of its terms."""
    for path in paths[:_LOOKED]:
        text = _text_of(path, has_role=False)
        if isinstance(text, str) and text:
            try:
                scanned = notes.of_script(printable(path), text)
            except Exception as error:  # one bad file never stops the rest
                scanned = failed(path, error)
            if scanned != Scanned():
                yield path, scanned


_MODULES: Final = ".gitmodules"


def _submodules(file: Path, listed: Listing) -> Iterator[tuple[Path, Scanned]]:
    """The submodules of git that are not here (gitmodules(5)): one that may hold data leaves the verdict open."""
    import configparser

    parser = configparser.ConfigParser(strict=False, interpolation=None, allow_no_value=True)
    try:
        parser.read_string(read(file).text)
    except (Unreadable, configparser.Error):
        return
    says = Message("a submodule of git that is not here: fetch it with `git submodule update --init`")
    for section in parser.sections()[:_LOOKED]:
        name = parser.get(section, "path", fallback=None) or ""
        place = file.parent / name
        if not name or ".." in Path(name).parts or (place.is_dir() and any(place.iterdir())):
            continue
        if Place.FOREIGN in map(kinds.place, Path(name).parts):
            listed.unread.append(Unread(printable(place), says))
        else:
            yield file, Scanned(problems=(Problem(printable(place), 1, says),))


_CORPUS: Final = 8
"""From so many documents of one folder on, they are the data."""


def _documents(papers: Sequence[Path], listed: Listing, root: Path) -> Iterator[tuple[Path, Scanned]]:
    """What the documents and pictures of one folder state that are there to state terms or to describe the data. What cannot be
    read is a problem where the name says that it states terms, else among what was not read."""
    for path in papers:
        is_paper = kinds.is_unread(path.name)
        says = office.why_unread(path.name)
        if len(papers) >= _CORPUS:
            continue
        if is_paper and kinds.states_about(path.name) and office.can_read(path.name):
            yield path, _document(path, root)
        elif kinds.states_terms(path.name):
            yield path, Scanned(problems=(Problem(printable(path), 1, says),))
        elif is_paper:
            listed.unread.append(Unread(printable(path), says))


def _document(path: Path, root: Path) -> Scanned:
    """What the text of a document states, with its pages as places."""
    shown = printable(path)
    try:
        (text, cut, _), pages = read_words(path)
    except Unreadable as error:
        return Scanned(problems=(Problem(shown, error.line, error.message),))
    try:
        found = office.paged(notes.scan(shown, text, path.relative_to(root).as_posix()), pages)
    except Exception as error:  # one bad file never stops the rest
        return failed(path, error)
    return replace(found, problems=(*found.problems, Problem(shown, 1, cut))) if cut else found


def _archives(packed: Sequence[Path], links: AbstractSet[Path], listed: Listing) -> Iterator[tuple[Path, Scanned]]:
    """What the texts in archives state, each archive being a place of its own."""
    for n, path in enumerate(path for path in packed if path not in links):
        if n == _PACKED:
            says = Message("archives are looked into up to a number of {most}", most=_PACKED)
            listed.unread.append(Unread(printable(path.parent), says))
            return
        cut: list[Message] = []
        for scanned in archives.scan(path, _is_text_of_archive, _in_archive, cut.append):
            if scanned != Scanned():
                yield path, scanned
        listed.unread += [Unread(printable(path), says) for says in cut]


def _is_text_of_archive(name: str) -> bool:
    own = name.rsplit("/", 1)[-1]
    return is_named(name) or (kinds.is_text(own) and kinds.states_about(own) and not kinds.is_project(own))


def _in_archive(place: str, text: str) -> Scanned:
    found = scan_text(place, text, named=False)
    return found if found is not None else notes.scan(place, text, place.rsplit("/", 1)[-1])


def _looked_into(
    texts: Sequence[tuple[Path, str]], own: AbstractSet[Path], listed: Listing
) -> Iterator[tuple[Path, Scanned]]:
    """What texts say that no scanner knows by name; ``own`` are the folders of pages with a page of their own.

    Of pages and texts among the data, those that say the same of rights as others before them are not read again.
    """
    spoken: set[str] = set()
    read = speaking = 0
    alike = Counter((path.parent, path.suffix.lower()) for path, _ in texts)
    beside = {file.name for file in listed.files} if any(n == 1 for n in alike.values()) else set()
    for path, below in texts:
        has_role = kinds.role(path.name) is not Role.NONE
        is_data = kinds.class_of(below) is FileClass.DATA
        # the one text at the root, and a text that is called as the file beside it, are about the data
        is_about = path.stem in beside or ("/" not in below and alike[path.parent, path.suffix.lower()] == 1)
        if is_data and is_about and not path.name.lower().endswith(notes.PAGES):
            is_data = False
        if is_data and not has_role and path.parent in own:
            continue
        if not has_role:
            read += 1
            if read > _LOOKED:
                says = Message("texts of this kind are looked into up to a number of {most}", most=_LOOKED)
                listed.unread.append(Unread(printable(path.parent), says))
                return
        text = _text_of(path, has_role)
        if isinstance(text, Problem):
            yield path, Scanned(problems=(text,))
            continue
        if not text:
            continue
        if is_data and not has_role:
            words = {line for line in map(str.strip, text.splitlines()) if line and notes.speaks(line)}
            if words <= spoken:
                continue
            spoken |= words
            speaking += 1
            if speaking > _SPEAKING:
                says = Message(
                    "its words about rights are not read: those of {most} files before it are", most=_SPEAKING
                )
                listed.unread.append(Unread(printable(path.parent), says))
                return
        try:
            scanned = notes.scan(printable(path), text, below, is_data=is_data)
        except Exception as error:  # one bad file never stops the rest
            yield path, failed(path, error)
            continue
        if scanned.evidence or scanned.unweighed or scanned.problems:
            yield path, scanned


def _text_of(path: Path, has_role: bool) -> str | Problem:
    """The text of a file; "" where it is no text or too large, and nothing says that it is about rights."""
    try:
        if not has_role and (not path.is_file() or path.stat().st_size > notes.SMALL):
            return ""
        text, cut, _ = read(path)
    except Unreadable as error:
        return Problem(printable(path), error.line, error.message) if kinds.states_terms(path.name) else ""
    except OSError:
        return ""
    return Problem(printable(path), 1, cut) if cut else text


def _one_by_one(paths: Sequence[Path], progress: Progress | None = None) -> list[tuple[Path, Scanned]]:
    found = []
    for n, path in enumerate(paths, 1):
        scanned = scan_file(path)
        if scanned != Scanned():
            found.append((path, scanned))
        if progress:
            progress(n, len(paths))
    return found


def _begin(held: Sequence[str]) -> None:
    """Begin a worker: it has the rule packs of its parent, and ends with it however that ends."""
    import multiprocessing
    import threading
    from multiprocessing.connection import wait

    packs.hold(held)
    parent = multiprocessing.parent_process()

    def watch() -> None:
        wait([parent.sentinel] if parent else [])
        os._exit(1)  # what waits for work that nobody sends would wait for ever

    if parent:
        threading.Thread(target=watch, daemon=True).start()


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
        with ProcessPoolExecutor(
            min(cores, len(batches), 16), mp_context=context, initializer=_begin, initargs=(packs.held(),)
        ) as pool:
            for n, part in enumerate(pool.map(_one_by_one, batches), 1):
                found += part
                if progress:
                    progress(min(n * _BATCH, len(paths)), len(paths))
    except (BrokenProcessPool, OSError):  # no room for processes: the work is done here
        return _one_by_one(paths, progress)
    return found
