"""The sources that a declaration names, and what is found of them."""

# Annotations are evaluated: to compile each as a string, as NamedTuple else does, takes longer than the rest.

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from licensecheck import scanners
from licensecheck.base.errors import ConfigError, Problem, UsageError
from licensecheck.base.files import LIMIT, digest, walk
from licensecheck.base.message import Message
from licensecheck.dataset import declaration as declaration_file
from licensecheck.dataset import lineage as lineage_tree
from licensecheck.dataset import lock, lock_file
from licensecheck.dataset.clarify import with_conclusions
from licensecheck.dataset.declaration import Declaration
from licensecheck.dataset.lineage import Node
from licensecheck.dataset.lock_file import Pin
from licensecheck.dataset.proofs import is_there_to_read, limit
from licensecheck.expression import parse
from licensecheck.knowledge import facts
from licensecheck.model import (
    Basis,
    Certainty,
    Credit,
    Evidence,
    Finding,
    Origin,
    Resolved,
    Scanned,
    Scope,
    Source,
    Status,
    replace,
)
from licensecheck.scanners import tree
from licensecheck.scanners.resolve import resolve
from licensecheck.targets.folder import join
from licensecheck.targets.targets import Reach, is_remote, scan_remote


class Settings(NamedTuple):
    """How targets are asked about: ``published`` and ``source_only`` choose the question whatever is declared,
    ``declaration`` is a file to use instead of the one that lies near, ``isolated`` uses none."""

    published: bool = False
    source_only: bool = False
    reach: Reach = Reach()
    declaration: Path | None = None
    isolated: bool = False
    progress: tree.Progress | None = None
    locked: Mapping[str, Pin] | None = None
    """What a lock says of each source, by name, where a run rests on one."""
    past: bool = False
    """The lock is what once was: it also stands for papers on disk, which may be others now."""
    packs: tuple[str, ...] = ()
    """Folders of rule packs to use instead of those of the declarations."""


def as_source(resolved: Resolved, name: str = "", node: Node | None = None, *, accounted: bool = False) -> Source:
    """What was resolved, as a source for the engine: silence is NONE, several readings stay several.

    What it was made from, and whose license is not known, leaves no allow, unless that is ``accounted`` for elsewhere.
    """
    caveats = resolved.caveats
    read = {child.name for child in node.children if lineage_tree.is_known(child)} if node else set()
    unread = tuple(up for up in resolved.upstream if up not in read)
    above = lineage_tree.licenses(node) if node else ()
    if not accounted and (unread or (node and lineage_tree.unresolved(node))):
        above = (*above, "NOASSERTION")
    if unread:
        says = "made from other sources whose licenses were not read: {names}"
        caveats = (*caveats, Message(says, names=unread))
    open_ = resolved.status in (Status.UNREADABLE, Status.CONFLICT)
    license = resolved.license or ("NOASSERTION" if open_ else "NONE")
    others = tuple(text for text in resolved.strictest if text != resolved.license)
    readings = resolved.strictest if resolved.status is Status.AMBIGUOUS and len(resolved.strictest) > 1 else ()
    return Source(
        name or resolved.target,
        license,
        also=others if resolved.status is Status.CONFLICT else (),
        readings=readings,
        evidence=resolved.evidence,
        conflicts=resolved.conflicts,
        caveats=caveats,
        credit=resolved.credit,
        upstream=above,
        beside=tuple(dict.fromkeys((*resolved.beside, *(lineage_tree.doubts(node) if node else ())))),
        reservations=resolved.reservations,
        retrievals=resolved.retrievals,
        unweighed=resolved.unweighed,
    )


def as_sources(resolved: Resolved, node: Node | None = None) -> tuple[Source, ...]:
    """What was resolved as sources: one, or one for each part that is under a license of its own.

    ``node`` is the lineage of ``resolved``: no source is better than what it was made from.
    """
    whole = as_source(resolved, node=node)
    if not resolved.parts:
        return (whole,)
    return tuple(
        replace(
            whole,
            name=f"{whole.name} ({part})" if part else whole.name,
            license=license,
            evidence=tuple(e for e in whole.evidence if e.part in ("", part)) if part else whole.evidence,
        )
        for part, license in resolved.parts
    )


def papers_folder(source: declaration_file.DeclaredSource, base: Path, declaration: Declaration | None) -> Path:
    """Where the papers of ``source`` lie, links followed. Raises :class:`ConfigError` where that is not below ``base``,
    or nothing is there."""
    place = (base / source.path).resolve()
    where = f"{declaration.path if declaration else base}:{source.line}"
    if not place.is_relative_to(base.resolve()):
        raise ConfigError(Message("{where}: `{path}` leads out of the dataset's folder", where=where, path=source.path))
    if not place.exists():
        raise ConfigError(Message("{where}: `{path}` does not exist", where=where, path=source.path))
    return place


class LookedUp(NamedTuple):
    """What was found about one declared source: one source for the engine, and one for each part under another license.

    ``resolved`` is what its files state, ``node`` what it was made from (None if nothing says so).
    """

    sources: tuple[Source, ...]
    resolved: Resolved
    node: Node | None
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]


def look_up(
    source: declaration_file.DeclaredSource,
    paper: Path | None,
    declaration: Declaration | None,
    base: Path,
    settings: Settings,
) -> LookedUp:
    """A declared source, as its own files state it; a declared license ranks first, and a difference is a conflict.

    Parts that are declared under another license are sources of their own. What the source was made from is followed
    like that of any dataset, unless its license is declared.
    """
    scanned = Scanned()
    where = str(declaration.path) if declaration else ""
    pin = settings.locked.get(source.name) if settings.locked is not None else None
    far = paper is None and not source.license and is_remote(source.location)
    past = pin if settings.past else None
    if paper is not None and past is not None:
        scanned = Scanned(lock.as_it_was(past, str(base)).evidence)
    elif paper is not None:
        _parts_are_there(source, paper, declaration)
        scanned = _papers(base / source.path)
        if pin is not None:
            _unchanged(source, pin, scanned, base)
    elif far and settings.locked is None and settings.reach.follow:
        scanned = scan_remote(address(source), settings.reach)
    elif far and settings.locked is not None:
        scanned = Scanned(problems=tuple(_unlocked(source, pin, base)))
    if source.license:
        scanned = replace(scanned, evidence=(_declared_license(source, source.license, where), *scanned.evidence))
    locked = (far or past is not None) and pin is not None and not source.license and not scanned.problems
    resolved = lock.as_it_was(pin, str(base)) if locked and pin else resolve(source.name, scanned)
    told: tuple[Finding, ...] = ()
    if declaration:
        resolved, told = with_conclusions(resolved, declaration)
    node = None if locked else traced_lineage(resolved, settings.reach, paper and base / source.path)
    made = as_source(resolved, source.name, node, accounted=bool(source.upstream))
    credit = Credit(
        source.credit.title or made.credit.title or source.name,
        source.credit.creators or made.credit.creators,
        source.credit.source or made.credit.source,
        source.credit.notice or made.credit.notice,
        source.credit.year,
        source.credit.updated,
    )
    above = (*(lock.above(pin) if locked and pin else ()), *made.upstream)
    upstream = tuple(dict.fromkeys((*source.upstream, *above)))
    whole = replace(made, credit=credit, claims=source.claims, upstream=upstream)
    looked = paper is not None or locked or scanned.retrievals or scanned.problems
    if made.license == "NONE" and not resolved.evidence and not looked:
        says = "{source}: its license was not looked up; declare it, or use --follow if it has an address"
        whole = replace(whole, license="NOASSERTION", caveats=(Message(says, source=source.name), *whole.caveats))
    for name in parse(source.license).ids() if source.license else ():
        if retired := facts.successors(name):
            says = "SPDX has retired the id `{license}`; write {ids}"
            whole = replace(whole, caveats=(*whole.caveats, Message(says, license=name, ids=" / ".join(retired))))
    if not whole.evidence and where:
        nothing = Evidence(
            path=where,
            line=source.line,
            column=1,
            field=f"sources.{source.name}",
            raw=source.name,
            license=None,
            certainty=Certainty.NONE,
            scope=Scope.DATA,
            origin=Origin.SIDECAR,
            scanner="declaration",
            basis=Basis.CONCLUDED,
        )
        whole = replace(whole, evidence=(nothing,))
    parts = [
        replace(
            whole,
            name=f"{source.name} ({glob})",
            license=license,
            also=(),
            evidence=(_declared_license(source, license, where),),
        )
        for glob, license in source.parts
    ]
    return LookedUp((whole, *parts), resolved, node, scanned.problems, told)


def _parts_are_there(source: declaration_file.DeclaredSource, paper: Path, declaration: Declaration | None) -> None:
    """Raises :class:`ConfigError` for a glob of ``parts`` that is about no file of the source."""
    if not source.parts:
        return
    files = (
        [path.relative_to(paper).as_posix() for path in walk(paper) if isinstance(path, Path)]
        if paper.is_dir()
        else [paper.name]
    )
    for glob, _ in source.parts:
        if not any(fnmatchcase(file, glob) or fnmatchcase(file, f"{glob.rstrip('/')}/*") for file in files):
            where = f"{declaration.path if declaration else paper}:{source.line}"
            says = "{where}: the part `{glob}` of {source} matches no file below `{path}`"
            raise ConfigError(Message(says, where=where, glob=glob, source=source.name, path=source.path))


def _papers(place: Path) -> Scanned:
    """What the papers of a source say, which lie at ``place``."""
    return join([s for _, s in tree.scan_tree(place)]) if place.is_dir() else scanners.scan_file(place, named=True)


def _unchanged(source: declaration_file.DeclaredSource, pin: Pin, scanned: Scanned, base: Path) -> None:
    """Raises :class:`ConfigError` where the papers of ``source`` on disk are not those that were locked."""
    now = lock.pin(source.name, source.location, resolve(source.name, scanned), _digests(scanned), base=str(base))
    texts = {path: mark.partition(":")[2] for path, mark in now.terms if "://" not in path}
    if path := lock.differs(pin, texts):
        raise ConfigError(
            Message(
                "{lock}:1: `{path}` of the source `{name}` has changed since it was locked; {again}",
                lock=str(base / lock_file.NAME),
                path=path,
                name=source.name,
                again=lock_file.AGAIN,
            )
        )


def _unlocked(source: declaration_file.DeclaredSource, pin: Pin | None, base: Path) -> Iterator[Problem]:
    """That a source is not in the lock, or another one is."""
    where = str(base / lock_file.NAME)
    if pin is None:
        says = Message("the lock does not have the source {source}; run `licensecheck lock`", source=source.name)
        yield Problem(where, 1, says)
    elif pin.location != address(source):
        says = Message("the lock has another location for {source}; run `licensecheck lock`", source=source.name)
        yield Problem(where, 1, says)


def _digests(scanned: Scanned, texts: Mapping[str, str] = {}) -> dict[str, str]:
    """The hashes of the whole texts that bear evidence: of ``texts`` that were read far away, and of files."""
    made = {path: digest(text.encode("utf-8", "replace")) for path, text in texts.items()}
    for e in scanned.evidence:
        if e.path not in made and "://" not in e.path:
            try:
                with Path(e.path).open("rb") as file:
                    made[e.path] = digest(file.read(LIMIT))
            except (OSError, ValueError):
                continue
    return made


def address(source: declaration_file.DeclaredSource) -> str:
    """Where a declared source is read: its location, at its revision where it is a hub's."""
    at = f"@{source.revision}" if source.revision and "://" not in source.location else ""
    return source.location + at


def pinned(folder: Path, reach: Reach) -> tuple[dict[str, Pin], dict[str, tuple[Problem, ...]]]:
    """What each source of the dataset in ``folder`` that can be looked up says now, and what of it could not be read,
    each by the source's name.

    Raises :class:`UsageError` where there is no declaration with sources, :class:`ConfigError` where the papers of one
    are not there.
    """
    declaration = declaration_file.near(folder)
    if declaration is None or declaration.sources is None:
        raise UsageError(
            Message(
                "`{folder}` declares no sources, so there is nothing to lock; write {name} (licensecheck init)",
                folder=folder,
                name=declaration_file.NAME,
            )
        )
    made: dict[str, Pin] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    for source in declaration.sources:
        place = declaration.base / source.path if source.path else None
        here = Scanned()
        if place:
            papers_folder(source, declaration.base, declaration)
            here = _papers(place)
        texts: dict[str, str] = {}
        far = scan_remote(address(source), reach, keep=texts.__setitem__) if is_remote(source.location) else Scanned()
        if not is_remote(source.location) and not place:
            continue
        both = join([here, far])
        if both.problems:
            problems[source.name] = both.problems
        if far.problems and not far.evidence:
            continue
        concluded = resolve(source.name, far if far.evidence or place is None else here)
        node = traced_lineage(concluded, reach, place)
        upstream = (
            lock_file.Upstream(child.name, child.target, lineage_tree.licenses_of(child))
            for *_, child in (lineage_tree.walk(node) if node else ())
            if child is not node and child.why not in ("again", "loop")
        )
        known = replace(concluded, evidence=both.evidence, retrievals=both.retrievals)
        made[source.name] = lock.pin(
            source.name, address(source), known, _digests(both, texts), upstream, str(declaration.base)
        )
    return made, problems


def traced_lineage(one: Resolved, reach: Reach, place: Path | None) -> Node | None:
    """What ``one``, that lies at ``place`` (None where it is far), was made from; None where nothing is said of it."""
    if not one.upstream:
        return None
    return lineage_tree.trace(one, reach, None if place is None or is_remote(one.target) else place)


def without_lost_evidence(
    source: declaration_file.DeclaredSource, base: Path, where: str
) -> tuple[declaration_file.DeclaredSource, tuple[Finding, ...]]:
    """``source`` without such evidence of its claims as names a file that is not there or limits the use itself, and a
    finding for each."""
    kept, told = [], []
    for claim in source.claims:
        says = None
        if not is_there_to_read(claim.evidence, base):
            says = Message("the evidence of a claim is missing: {path}", path=claim.evidence.strip())
        elif limited := limit(claim.evidence, base):
            says = Message("the evidence of a claim does not cover it: {why}", why=limited)
        if says:
            told.append(Finding("claim-evidence-missing", "warning", says, where, source.line, source=source.name))
            claim = replace(claim, evidence="")
        kept.append(claim)
    return replace(source, claims=tuple(kept)), tuple(told)


def node_of(source: declaration_file.DeclaredSource, resolved: Resolved, node: Node | None, reach: Reach) -> Node:
    """A declared source as a node of the dataset's tree."""
    where = source.path or (address(source) if is_remote(source.location) else "")
    looked = resolved.license or resolved.evidence or resolved.retrievals or source.path
    if not looked and (unread := lineage_tree.unread(source.name, where, reach)):
        return unread
    return Node(source.name, where, resolved, node.children if node else ())


def _declared_license(source: declaration_file.DeclaredSource, license: str, where: str) -> Evidence:
    role = Message("used for: {role}", role=source.role) if source.role else ""
    return Evidence(
        path=where,
        line=source.line,
        column=1,
        field=f"sources.{source.name}.license",
        raw=license,
        license=license,
        certainty=Certainty.EXACT,
        scope=Scope.DATA,
        origin=Origin.SIDECAR,
        scanner="declaration",
        basis=Basis.CONCLUDED,
        note=role,
    )
