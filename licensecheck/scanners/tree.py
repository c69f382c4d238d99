"""A folder: which of its files are read, and what each says."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from licensecheck.base.errors import Problem
from licensecheck.base.files import printable
from licensecheck.base.message import Message
from licensecheck.knowledge import packs
from licensecheck.model import Kind, Scanned, Scope, Standing, replace
from licensecheck.scanners import holds_data, is_named, may_be_read, scan_file

_MANY: Final = 600
"""From so many files on, several processes read them: starting these costs as much as reading a hundred."""

_BATCH: Final = 100

_PAGES: Final = 24
"""Pages among the data of a tree that are looked into: what the first say, the others say too."""

_PAGE_ENDS: Final = (".html", ".htm")

_RESERVING: Final = (Kind.RESTRICTION, Kind.RESERVED)

Progress = Callable[[int, int], None]


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
    from licensecheck.base.files import leads_out, walk

    found: list[tuple[Path, Scanned]] = []
    asked: list[Path] = []
    links: set[Path] = set()
    watched = watch or {}
    pages: dict[Path, None] = {}

    def is_first_data(path: Path) -> bool:
        return data is not None and path.parent not in data and holds_data(path.name)

    def wanted(path: Path) -> bool:
        return path.name in watched or may_be_read(path) or is_first_data(path) or is_page(path)

    def is_page(path: Path) -> bool:
        return len(pages) < _PAGES and path.name.lower().endswith(_PAGE_ENDS)

    for item in walk(root, links, wanted):
        if isinstance(item, Problem):
            found.append((Path(item.path), Scanned(problems=(item,))))
            continue
        shown = printable(item)
        is_data = data is not None and holds_data(item.name)
        if data is not None and is_data:
            data.add(item.parent)
        if item.name in watched and item.is_file():
            watched[item.name].append(item)
        if (is_data or item.name in watched) and not may_be_read(item):
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
    """What a page among the data reserves: it is its publisher's word, and no license of the data."""
    from licensecheck.scanners.statements import FIELDS

    scanned = scan_file(path, named=True)
    said = (e for e in scanned.evidence if e.license and (e.standing is not Standing.MENTIONED or e.kind in _RESERVING))
    note = Message("a page in the data")
    return Scanned(
        tuple(
            replace(e, field=FIELDS[Standing.BESIDE], standing=Standing.BESIDE, scope=Scope.DATA, note=note)
            for e in said
        ),
        reservations=scanned.reservations,
    )


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
        with ProcessPoolExecutor(
            min(cores, len(batches), 16), mp_context=context, initializer=packs.hold, initargs=(packs.held(),)
        ) as pool:
            for n, part in enumerate(pool.map(_one_by_one, batches), 1):
                found += part
                if progress:
                    progress(min(n * _BATCH, len(paths)), len(paths))
    except (BrokenProcessPool, OSError):  # no room for processes: the work is done here
        return _one_by_one(paths, progress)
    return found
