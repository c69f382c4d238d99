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
from licensecheck.model import Basis, Evidence, Scanned, Scope, Stance, Standing, replace

SILENT: Final = "{place} contains data but no license: add one, or check the other folders separately"
_STATING: Final = (Standing.COUNTS, Standing.ELSEWHERE, Standing.GATE)
_FEW: Final = 2
"""Files of one ending in a folder that are data, although files of that ending may be anything."""
_CODE_NOTE: Final = Message("about the code: the license of the data is stated elsewhere")


class Tree(NamedTuple):
    """The files of a folder as far as coverage goes: those that hold data, and the folders with data in or below them."""

    root: Path
    files: int
    data: tuple[Path, ...]
    holding: frozenset[Path]
    code: int


class Silent(NamedTuple):
    """Data that nothing covers: the highest folder that holds nothing else, and how many files these are."""

    under: Path
    files: int


class Dataset(NamedTuple):
    """What lies in one folder and is one work: its statements, and how many data files they cover."""

    home: Path
    scanned: tuple[tuple[Path, Scanned], ...]
    covers: int = 0


def survey(root: Path, files: Sequence[Path]) -> Tree:
    """What the files below ``root`` are, by their names and places alone."""
    sure: list[Path] = []
    perhaps: dict[tuple[Path, str], list[Path]] = {}
    code = 0
    for path in files:
        below = path.relative_to(root).as_posix()
        match kinds.class_of(below):
            case FileClass.CODE:
                code += 1
            case FileClass.DATA if kinds.holds_data(path.name):
                sure.append(path)
            case FileClass.DATA:
                perhaps.setdefault((path.parent, path.suffix.lower()), []).append(path)
            case _:
                pass
    folders = {path.parent for path in sure}
    for (folder, _), several in perhaps.items():
        if folder in folders or (len(several) >= _FEW and folder != root):
            sure += several
    holding: set[Path] = set()
    for path in sure:
        for folder in path.parents:
            if folder in holding:
                break
            holding.add(folder)
            if folder == root:
                break
    return Tree(root, len(files), tuple(sure), frozenset(holding), code)


def counts(e: Evidence) -> bool:
    """Whether a statement says what data is under: all of it, not a part alone."""
    return bool(
        e.license and e.stance is Stance.ASSERTED and e.standing in _STATING and e.scope in (Scope.DATA, Scope.CONTENTS)
    )


def datasets(
    tree: Tree, found: Iterable[tuple[Path, Scanned]], declared: AbstractSet[Path] = frozenset()
) -> list[Dataset]:
    """``found`` grouped by the datasets that the statements cover: that of the root is the first, the others in order.

    ``declared`` are the folders with a declaration, which are datasets whatever else they state.
    """
    placed = [(_reach(tree, path), path, scanned) for path, scanned in found]
    placed = [(folder, path, _of_code(tree, folder, path, scanned)) for folder, path, scanned in placed]
    homes = {tree.root, *declared, *_homes(tree, placed)}
    grouped: dict[Path, list[tuple[Path, Scanned]]] = {tree.root: [], **{home: [] for home in sorted(declared)}}
    for folder, path, scanned in placed:
        grouped.setdefault(_nearest(folder, homes) or tree.root, []).append((path, scanned))
    made = [Dataset(home, tuple(files)) for home, files in grouped.items()]
    return _with_code_apart(tree, made)


def silent(tree: Tree, covered: AbstractSet[Path]) -> list[Silent]:
    """The data that nothing covers; ``covered`` are the folders of the datasets with a statement about their data."""
    above = {parent for home in covered for parent in home.parents}
    by: Counter[Path] = Counter()
    for folder, files in Counter(path.parent for path in tree.data).items():
        way = [folder, *_up(tree.root, folder)]
        if covered.isdisjoint(way):
            by[next((part for part in reversed(way) if part not in above), folder)] += files
    return [Silent(folder, files) for folder, files in sorted(by.items())]


def covering(tree: Tree, homes: AbstractSet[Path]) -> Counter[Path]:
    """How many data files each of ``homes`` covers: each file is that of the nearest."""
    by: Counter[Path] = Counter()
    for folder, files in Counter(path.parent for path in tree.data).items():
        if home := _nearest(folder, homes):
            by[home] += files
    return by


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


def _with_code_apart(tree: Tree, made: Sequence[Dataset]) -> list[Dataset]:
    """``made`` with software licenses that cover no data as statements about the code, where there is code or other data."""
    stating = {one.home for one in made if any(counts(e) for _, s in one.scanned for e in s.evidence)}
    covers = covering(tree, stating)
    result = []
    for one in made:
        n = covers[one.home]
        scanned = one.scanned
        if not n and (tree.data or tree.code) and _is_software(scanned):
            scanned = tuple((path, _about_code(s)) for path, s in scanned)
        result.append(Dataset(one.home, scanned, n))
    return result
