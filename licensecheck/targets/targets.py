"""What a user names, and what is found there: a folder, a file, a page or a dataset on a hub.

Only an address that the user gave is always opened. An address in scanned content is opened with ``follow`` alone, as
untrusted (see :mod:`licensecheck.targets.fetch`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from licensecheck import scanners
from licensecheck.base import regex
from licensecheck.base.errors import UsageError
from licensecheck.base.files import DECLARATION
from licensecheck.base.message import Message
from licensecheck.model import (
    Coverage,
    Evidence,
    Kind,
    Resolved,
    Scanned,
    Scope,
    Standing,
    Stated,
    Status,
    replace,
)
from licensecheck.scanners import tree
from licensecheck.scanners.resolve import resolve
from licensecheck.targets.folder import as_scanned, join
from licensecheck.targets.page import Keep, scan_page, scan_signals

if TYPE_CHECKING:
    from licensecheck.targets.fetch import Fetcher

_SCHEMES: Final = frozenset({"http", "https", "doi", "file", "ftp"})
"""Schemes of addresses, besides the prefixes of hubs."""
_ADDRESS: Final = regex.compile(r"https?://[^\s<>()\[\]\"'`]{4,2000}")
_UNREAD: Final = (Kind.POINTER, Kind.BY_ADDRESS_ALONE, Kind.UNKNOWN_NAME, Kind.UNNAMED, Kind.ELSEWHERE)
"""Kinds of statements that may only say where terms are."""
_FOLLOWED: Final = 12
"""Addresses of one target's content that are opened."""
_UP: Final = 3
"""Folders above a target in which its license is looked for."""


class Reach(NamedTuple):
    """How far a run may reach: no network at all, or also what content links to, or the user's own private network."""

    offline: bool = False
    follow: bool = False
    private: bool = False
    cache: Path | None = None


def resolve_target(target: str, reach: Reach = Reach(), progress: tree.Progress | None = None) -> tuple[Resolved, ...]:  # noqa: B008
    """What is found at ``target``: one :class:`Resolved` for it and for each dataset in a folder below it.

    ``target`` is a file, a folder, an ``http`` or ``https`` address, or a dataset of a hub (such as ``hf:owner/name``).
    Raises :class:`UsageError` where it matches nothing.
    """
    if not target.strip():
        raise UsageError(Message("the target is empty: name a file, a folder or an address; `.` is the current folder"))
    if is_remote(target):
        return (resolve(target, scan_remote(target, reach)),)
    path = Path(target)
    if not is_there(path):
        raise UsageError(Message("there is no file or folder `{target}`: check the spelling", target=target))
    if not path.is_dir():
        grouped, silent, accounts = _Folder([(target, scanners.scan_file(path, named=True))], [], {})
    else:
        grouped, silent, accounts = _of_folder(path, progress)
    if reach.follow:
        grouped = [(name, _followed(scanned, reach)) for name, scanned in grouped]
    made = tuple(_accounted(resolve(name, scanned), accounts.get(name)) for name, scanned in grouped)
    if len(made) == 1 and not made[0].evidence and (above := _stated_above(path)):
        says = Message(
            "no license found in {target}, but {place} is in a parent folder: check that folder instead",
            target=target,
            place=above,
        )
        made = (replace(made[0], caveats=(*made[0].caveats, says)),)
    return (*made, *silent)


def _stated_above(path: Path) -> str:
    """The nearest file above ``path`` in its repository that states licenses by its name, as seen from here; or ""."""
    try:
        here = path.resolve()
    except (OSError, RuntimeError):  # a link that goes round
        return ""
    above = list(here.parents)
    ends = next((n for n, folder in enumerate((here, *above)) if (folder / ".git").exists()), 0)
    for folder in above[: min(ends, _UP)]:
        try:
            named = sorted(p for p in folder.iterdir() if p != here and scanners.is_named(p.name) and p.is_file())
        except OSError:
            return ""
        if named:
            return os.path.relpath(named[0])
    return ""


def is_remote(target: str) -> bool:
    """Whether ``target`` is an address or a hub's dataset, and not a path."""
    scheme, colon, _ = target.partition(":")
    return bool(colon) and _is_scheme(scheme.lower()) and not is_there(Path(target))


def _is_scheme(scheme: str) -> bool:
    if scheme in _SCHEMES:
        return True
    if len(scheme) < 2 or not scheme.isalnum():  # a path, or a drive of Windows
        return False
    from licensecheck.targets import hubs

    return scheme in hubs.modules()


def is_there(path: Path) -> bool:
    """Whether there is anything at ``path``, also a link that leads nowhere; an address may be too long for a path."""
    try:
        return path.exists() or path.is_symlink()
    except (OSError, ValueError):
        return False


def _of_folder(root: Path, progress: tree.Progress | None) -> _Folder:
    """What the files of a folder state, and what covers what."""
    from licensecheck.targets import coverage  # a single file is covered by itself

    listing = tree.Listing((DECLARATION,))
    files = tree.scan_tree(root, progress, listing)
    declared = {file.parent for file in listing.watched[DECLARATION]}
    surveyed = coverage.survey(root, listing.files)
    made = coverage.datasets(surveyed, files, declared)
    grouped = [(one.home, join([scanned for _, scanned in one.scanned])) for one in made]
    stating = {home for home, scanned in grouped if any(map(coverage.counts, scanned.evidence))}
    covered = stating | (declared - {root})
    gaps = coverage.silent(surveyed, covered)
    silent = [gap for gap in gaps if gap.under != root or not grouped[0][1].evidence] if covered else []
    kept = [one for one in grouped if one[1] != Scanned() or (one[0] in declared and one[0] != root)]
    if len(kept) > 1 and kept[0][0] == root and not made[0].covers and root not in {gap.under for gap in silent}:
        kept = _without_bare(kept)
    kept = kept or [(root, Scanned())]
    accounts = coverage.accounts(surveyed, {home for home, _ in kept}, gaps, listing.unread)
    left = accounts.pop(root) if kept[0][0] != root else None
    if left:
        accounts[kept[0][0]] += left
    return _Folder(
        [(str(home), scanned) for home, scanned in kept],
        [
            Resolved(str(gap.under), None, Status.NONE, caveats=(Message(coverage.SILENT, place=gap.under),))
            for gap in silent
        ],
        {str(home): account for home, account in accounts.items()},
    )


class _Folder(NamedTuple):
    """What the files of a folder state, by dataset; the folders of data that nothing covers; what became of the files."""

    grouped: list[tuple[str, Scanned]]
    silent: list[Resolved]
    accounts: dict[str, Coverage]


def _accounted(one: Resolved, account: Coverage | None) -> Resolved:
    """``one`` with what became of its files, and which statement covers them."""
    if account is None:
        return one
    from licensecheck.targets import coverage

    by = next((e for e in one.evidence if coverage.counts(e) and e.license), None)
    if one.license and by and account.data:
        stated = Stated(
            f"{by.path}:{by.line}", one.license, account.data - sum(s.files for s in account.silent), one.target
        )
        account += Coverage(stated=(stated,))
    return replace(one, coverage=account)


def _without_bare(grouped: Sequence[tuple[Path, Scanned]]) -> list[tuple[Path, Scanned]]:
    """``grouped`` without a first that says no more of a license than that it is stated further inside: what else it says
    goes to the next."""
    from licensecheck.targets import coverage

    (_, first), (name, second), *others = grouped
    if any(
        e.standing is not Standing.MENTIONED and e.scope is not Scope.CODE and not coverage.is_pointer_inside(e)
        for e in first.evidence
    ):
        return list(grouped)
    pointing = {(e.path, e.line) for e in first.evidence if coverage.is_pointer_inside(e)}
    kept = Scanned(
        tuple(e for e in first.evidence if not coverage.is_pointer_inside(e)),
        first.problems,
        unweighed=tuple(u for u in first.unweighed if (u.path, u.line) not in pointing),
    )
    return [(name, join([second, kept])), *others]


def resolve_place(target: str, reach: Reach) -> Resolved:
    """What is found at a place that content named, as one: an address, a hub's dataset or a path; never trusted.

    A folder is what its own statements say, or if it has none, those of everything in it. Raises :class:`UsageError`.
    """
    if is_remote(target):
        return resolve(target, scan_remote(target, reach, trusted=False))
    own, *others = resolve_target(target, reach)
    said = [one for one in others if one.evidence]
    if own.evidence or not said:
        return own
    return resolve(target, join([as_scanned(part) for part in (own, *said)]))


def scan_remote(target: str, reach: Reach, *, trusted: bool = True, keep: Keep | None = None) -> Scanned:
    """What an address or a hub's dataset states; ``trusted`` if the user gave it, not scanned content.

    ``keep`` gets the path (as in the evidence) and the text of each file, but not of pages and records of hubs, which
    change at every visit. What cannot be read is a problem. Raises :class:`UsageError`.
    """
    from licensecheck.targets import hubs
    from licensecheck.targets.fetch import Fetcher

    hub = hubs.parse(target)
    with Fetcher(reach.offline, reach.private, reach.cache) as fetcher:
        if hub is not None:
            files, problems = hubs.read(hub, fetcher, scanners.is_named)
            if keep:
                for file in files:
                    if not file.path.endswith("#/record.json"):
                        keep(file.path, file.text)
            parts = [_text(file.path, file.text) for file in files]
            made = join([*parts, Scanned(problems=tuple(problems), retrievals=tuple(f.retrieval for f in files))])
        else:
            made = scan_page(target, fetcher, trusted=trusted, keep=keep)
            if made.retrievals and trusted:
                made = join([made, *scan_signals(target, made.retrievals[0].final, fetcher)])
        return _following(made, fetcher) if reach.follow else made


def cache_folder() -> Path | None:
    """Where pages are kept: ``LICENSECHECK_CACHE`` (empty for nowhere), else the user's cache folder, if there is a user."""
    if (own := os.environ.get("LICENSECHECK_CACHE")) is not None:
        return Path(own) if own else None
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "licensecheck"
    except RuntimeError:  # no HOME, and no entry of the user
        return None


def _text(path: str, text: str) -> Scanned:
    return scanners.scan_text(path, text, named=False) or Scanned()


def _followed(scanned: Scanned, reach: Reach) -> Scanned:
    from licensecheck.targets.fetch import Fetcher

    if not any(True for _ in _unread(scanned.evidence)):
        return scanned
    with Fetcher(reach.offline, reach.private, reach.cache) as fetcher:
        return _following(scanned, fetcher)


def _following(scanned: Scanned, fetcher: Fetcher) -> Scanned:
    """``scanned`` with what the addresses state that it only points to; a pointer that was followed no longer counts."""
    pages = {address: scan_page(address, fetcher, trusted=False) for address in _unread(scanned.evidence)}
    told = {address for address, made in pages.items() if any(e.license for e in made.evidence)}
    pointing = (
        replace(
            e,
            license="LicenseRef-custom",
            rule="pointer-read",
            kind=Kind.FOLLOWED,
            note="the terms that it points to were read",
        )
        if e.kind in _UNREAD and told & set(_addresses(e))
        else e
        for e in scanned.evidence
    )
    return join([replace(scanned, evidence=tuple(pointing)), *pages.values()])


def _addresses(e: Evidence) -> list[str]:
    return [address.rstrip(".,;:") for address in _ADDRESS.findall(f"{e.raw} {e.note}")]


def _unread(evidence: Iterable[Evidence]) -> Iterator[str]:
    """The addresses of terms that were not read, each once."""
    told: dict[str, None] = {}
    for e in evidence:
        if e.kind in _UNREAD and e.scope in (Scope.DATA, Scope.CONTENTS):
            told.update(dict.fromkeys(_addresses(e)))
    yield from list(told)[:_FOLLOWED]
