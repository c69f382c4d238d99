"""Which statements cover which files of a folder: the model of coverage (docs/precedence.md, "What covers what"). Pure.

A statement covers its folder and what lies below, not its siblings and not what is above; a nearer one goes before. One
about the code, a model or a part covers that and no more. Statements in a folder of code, of third parties or of a
site cover what lies in there alone. Data that no statement covers is silent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final, NamedTuple

from licensecheck.base.message import Message
from licensecheck.knowledge import facts, kinds
from licensecheck.knowledge.kinds import FileClass, Place
from licensecheck.model import (
    Basis,
    Coverage,
    Evidence,
    Kind,
    Scanned,
    Scope,
    Silent,
    Stance,
    Standing,
    Unread,
    Unweighed,
    replace,
)
from licensecheck.scanners import archives

SILENT: Final = "{place} contains data but no license: add one, or check the other folders separately"
_STATING: Final = (Standing.COUNTS, Standing.ELSEWHERE, Standing.GATE)
_ROWS: Final = "rows"
"""The scanner of licenses in the data itself."""
_FEW: Final = 2
"""Files of one ending in a folder that are data, although files of that ending may be anything."""
MAY_BE_CODE: Final = Message("there is code and no data here, and this may be the license of the code alone")
_WHY: Final = Message("no file here or above states a license of the data")
_CODE_NOTE: Final = Message("about the code: the license of the data is stated elsewhere")


class Tree(NamedTuple):
    """The files of a folder as far as coverage goes: those that hold data, and the folders with data in or below them."""

    root: Path
    folders: tuple[tuple[Path, int], ...]
    """Each folder, and how many files lie in it."""
    data: tuple[Path, ...]
    holding: frozenset[Path]
    code: int


class Gap(NamedTuple):
    """Data that nothing covers: the highest folder that holds nothing else, and how many files these are."""

    under: Path
    files: int


class Dataset(NamedTuple):
    """What lies in one folder and is one work: its statements, and how many data files they cover."""

    home: Path
    scanned: tuple[tuple[Path, Scanned], ...]
    covers: int = 0
    others: frozenset[Path] = frozenset()
    """The folders of the other datasets."""


def survey(root: Path, files: Sequence[Path]) -> Tree:
    """What the files below ``root`` are, by their names and places alone."""
    sure: list[Path] = []
    code = 0
    by_folder: dict[Path, list[Path]] = {}
    for path in files:
        by_folder.setdefault(path.parent, []).append(path)
    skipped = len(root.parts)
    for folder, inside in by_folder.items():
        above = folder.parts[skipped:]
        mine: list[Path] = []
        perhaps: dict[str, list[Path]] = {}
        for path in inside:
            name = path.name
            kind = kinds.class_of_parts(above, name)
            if kind is FileClass.CODE:
                code += 1
            elif kind is FileClass.DATA and kinds.holds_data(name):
                mine.append(path)
            elif kind is FileClass.DATA:
                perhaps.setdefault(path.suffix.lower(), []).append(path)
        for several in perhaps.values():
            if mine or (len(several) >= _FEW and folder != root):
                mine += several
        sure += mine
    holding: set[Path] = set()
    for start in {path.parent for path in sure}:
        for folder in (start, *_up(root, start)):
            if folder in holding:
                break
            holding.add(folder)
    in_folders = tuple((folder, len(inside)) for folder, inside in by_folder.items())
    return Tree(root, in_folders, tuple(sure), frozenset(holding), code)


def is_pointer_inside(e: Evidence) -> bool:
    """Whether a statement only says that the license is stated in an archive or in the folders below."""
    return e.kind in (Kind.POINTER, Kind.OWN_WORDS) and e.basis is Basis.CARD_BODY and kinds.points_inside(e.raw)


def counts(e: Evidence) -> bool:
    """Whether a statement says what data is under: all of it, not a part alone."""
    return bool(
        e.license
        and e.stance is Stance.ASSERTED
        and e.standing in _STATING
        and e.scope in (Scope.DATA, Scope.CONTENTS)
        and not is_pointer_inside(e)
    )


def datasets(
    tree: Tree, found: Iterable[tuple[Path, Scanned]], declared: AbstractSet[Path] = frozenset()
) -> list[Dataset]:
    """``found`` grouped by the datasets that the statements cover: that of the root is the first, the others in order.

    ``declared`` are the folders with a declaration, which are datasets whatever else they state.
    """
    packed = frozenset(path for path in tree.data if archives.is_archive(path.name))
    placed = [(path if path in packed else _reach(tree, path), path, scanned) for path, scanned in found]
    placed = [(folder, path, _of_code(tree, folder, path, scanned)) for folder, path, scanned in placed]
    homes = {tree.root, *declared, *_homes(tree, placed)}
    grouped: dict[Path, list[tuple[Path, Scanned]]] = {tree.root: [], **{home: [] for home in sorted(declared)}}
    for folder, path, scanned in placed:
        grouped.setdefault(_nearest(folder, homes) or tree.root, []).append((path, scanned))
    made = [Dataset(home, tuple(files)) for home, files in grouped.items()]
    return _with_code_apart(tree, made, declared)


def answered(tree: Tree, one: Dataset) -> Dataset:
    """``one`` with the licenses of its rows as those of its data, where its texts say that each row has its own, or say
    nothing, and every row that was read names one."""
    rows = [
        (path, e) for path, s in one.scanned for e in s.evidence if e.scanner == _ROWS and kinds.holds_data(path.name)
    ]
    stated = [(path, e) for path, s in one.scanned for e in s.evidence if counts(e) and e.scanner != _ROWS]
    tables = {path for path, _ in rows}
    if not rows or any(not e.license for _, e in rows) or any(s.problems for path, s in one.scanned if path in tables):
        return one
    if stated and not all(_points_to_rows(e, tables) for _, e in stated):
        return one
    mine = {path for path in tree.data if _nearest(path.parent, {one.home, *one.others}) == one.home}
    if not stated and not mine <= tables:
        return one
    lines = {(e.path, e.line) for _, e in stated}

    def answer(e: Evidence) -> Evidence:
        if e.scanner == _ROWS and Path(e.path) in tables:
            return replace(e, standing=Standing.COUNTS)
        if e.kind is Kind.OTHERS_TERMS and e.scanner != _ROWS and kinds.points_to_rows(e.raw):
            return replace(e, standing=Standing.MENTIONED)
        if (e.path, e.line) not in lines or not counts(e):
            return e
        return replace(e, standing=Standing.BESIDE if e.kind is Kind.PER_ITEM else Standing.MENTIONED)

    scanned = tuple(
        (
            path,
            replace(
                s,
                evidence=tuple(map(answer, s.evidence)),
                unweighed=tuple(u for u in s.unweighed if (u.path, u.line) not in lines),
            ),
        )
        for path, s in one.scanned
    )
    return one._replace(scanned=scanned)


def _points_to_rows(e: Evidence, tables: Iterable[Path]) -> bool:
    """Whether a statement only says that each row has a license of its own, in a column or in one of ``tables``."""
    if e.kind is Kind.PER_ITEM:
        return True
    if e.kind not in (Kind.POINTER, Kind.OWN_WORDS) or e.basis is not Basis.CARD_BODY:
        return False
    return kinds.points_to_rows(e.raw) or any(path.name in e.raw for path in tables)


def silent(tree: Tree, covered: AbstractSet[Path]) -> list[Gap]:
    """The data that nothing covers; ``covered`` are the folders of the datasets with a statement about their data."""
    above = {parent for home in covered for parent in home.parents}
    by: Counter[Path] = Counter()
    for folder, files in _counted(tree, covered).items():
        way = [folder, *_up(tree.root, folder)]
        if covered.isdisjoint(way):
            by[next((part for part in reversed(way) if part not in above), folder)] += files
    return [Gap(folder, files) for folder, files in sorted(by.items())]


def covering(tree: Tree, homes: AbstractSet[Path]) -> Counter[Path]:
    """How many data files each of ``homes`` covers: each file is that of the nearest."""
    by: Counter[Path] = Counter()
    for folder, files in _counted(tree, homes).items():
        if home := _nearest(folder, homes):
            by[home] += files
    return by


def accounts(
    tree: Tree, homes: AbstractSet[Path], uncovered: Sequence[Gap], unread: Sequence[Unread]
) -> dict[Path, Coverage]:
    """What became of the files of each of ``homes``, as far as it is known before their licenses are: how many files are
    theirs, how many of them are data, what of it is silent, and what was not read."""
    known = {tree.root, *homes}
    files: Counter[Path] = Counter()
    for folder, n in tree.folders:
        files[_nearest(folder, known) or tree.root] += n
    data = covering(tree, known)
    made = {home: Coverage(files[home], data[home]) for home in known}
    for one in uncovered:
        home = _nearest(one.under, known) or tree.root
        silent_ = Silent(str(one.under), one.files, _WHY)
        made[home] += Coverage(silent=(silent_,))
    for other in unread:
        made[_nearest(Path(other.path).parent, known) or tree.root] += Coverage(unread=(other,))
    return made


def _counted(tree: Tree, homes: AbstractSet[Path]) -> Counter[Path]:
    """How many data files lie in each folder; an archive that states something is a folder of its own."""
    return Counter(path if path in homes else path.parent for path in tree.data)


def _up(root: Path, folder: Path) -> Iterator[Path]:
    """The folders above ``folder``, the nearest first, up to ``root``."""
    while folder != root and folder != folder.parent:
        folder = folder.parent
        yield folder


def _nearest(folder: Path, homes: AbstractSet[Path]) -> Path | None:
    return next((one for one in (folder, *folder.parents) if one in homes), None)


def _reach(tree: Tree, path: Path) -> Path:
    """The folder that the statements of the file at ``path`` are about: its own, or that above a folder of papers."""
    folder = path.parent
    while folder != tree.root and folder not in tree.holding and kinds.place(folder.name) is Place.PAPERS:
        folder = folder.parent
    return folder


def _of_code(tree: Tree, folder: Path, path: Path, scanned: Scanned) -> Scanned:
    """``scanned`` as a statement about code, where it lies in a folder of code or of third parties without data."""
    foreign = next(
        (one for one in (folder, *_up(tree.root, folder)) if one != tree.root and _is_foreign(one.name)), None
    )
    if foreign is None or foreign in tree.holding or not scanned.evidence:
        return scanned
    return _about_code(scanned)


def _is_foreign(name: str) -> bool:
    return kinds.place(name) in (Place.FOREIGN, Place.INSTALLED)


def _about_code(scanned: Scanned) -> Scanned:
    evidence = (
        replace(e, scope=Scope.CODE, note=e.note or _CODE_NOTE) if e.scope in (Scope.DATA, Scope.CONTENTS) else e
        for e in scanned.evidence
    )
    return replace(scanned, evidence=tuple(evidence), unweighed=())


def _in_doubt(scanned: Scanned) -> Scanned:
    """``scanned``, whose license may be that of the code alone: there is code, and no data."""
    open_ = (Unweighed(e.path, e.line, e.column, e.raw, MAY_BE_CODE) for e in scanned.evidence if counts(e))
    return replace(scanned, unweighed=(*scanned.unweighed, *open_))


def _homes(tree: Tree, placed: Sequence[tuple[Path, Path, Scanned]]) -> Iterator[Path]:
    """The folders below the root whose statements are of their own: a card's, or those that say other than what is
    stated above them."""
    stated: dict[Path, set[str]] = {}
    cards: set[Path] = set()
    for folder, _, scanned in placed:
        if any(e.scanner == "card" for e in scanned.evidence):
            cards.add(folder)
        names = {e.license or "" for e in scanned.evidence if counts(e) and not e.part}
        if names:
            stated.setdefault(folder, set()).update(names)
    yield from cards
    for folder, names in sorted(stated.items()):
        above = next((stated[one] for one in _up(tree.root, folder) if one in stated), set())
        if folder not in cards and names != above:
            yield folder


def _is_software(scanned: Iterable[tuple[Path, Scanned]]) -> bool:
    """Whether software licenses in license files are all that is stated."""
    stated = [(path, e) for path, one in scanned for e in one.evidence if counts(e)]
    return bool(stated) and all(
        e.basis is Basis.LICENSE_FILE and facts.is_software(e.license or "") and "data" not in path.name.lower()
        for path, e in stated
    )


def _with_code_apart(tree: Tree, made: Sequence[Dataset], declared: AbstractSet[Path]) -> list[Dataset]:
    """``made`` with software licenses that cover no data as statements about the code, where there is code or other data.

    A folder that has nothing but such a license is no dataset: what it states stays with the dataset that it lies in.
    """
    stating = {one.home for one in made if any(counts(e) for _, s in one.scanned for e in s.evidence)}
    covers = covering(tree, stating)
    licensed = {one.home for one in made if one.home in stating and not _is_software(one.scanned)}
    result = []
    code_only: list[Dataset] = []
    for one in made:
        n = covers[one.home]
        scanned = one.scanned
        inner = archives.is_archive(one.home.name) and any(home in one.home.parents for home in stating)
        if inner or not n:
            if _is_software(scanned) and (inner or tree.data or licensed):
                scanned = tuple((path, _about_code(s)) for path, s in scanned)
                if not inner and one.home != tree.root and one.home not in declared:
                    code_only.append(one._replace(scanned=scanned))
                    continue
            elif _is_software(scanned) and tree.code:
                scanned = tuple((path, _in_doubt(s)) for path, s in scanned)
        result.append(Dataset(one.home, scanned, n))
    kept = {one.home for one in result}
    for one in code_only:
        n = next(i for i, other in enumerate(result) if other.home == (_nearest(one.home, kept) or tree.root))
        result[n] = result[n]._replace(scanned=(*result[n].scanned, *one.scanned))
    return [answered(tree, one._replace(others=frozenset(kept - {one.home}))) for one in result]
