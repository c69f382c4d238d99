"""From targets and their declarations to the questions that are judged: the edge that reads, before anything decides."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import Final

from licensecheck import ancestry, claims, config, patterns, pins, scan
from licensecheck.ancestry import Node
from licensecheck.config import Clarification, Declaration
from licensecheck.errors import ConfigError, UsageError
from licensecheck.expression import parse
from licensecheck.model import (
    Basis,
    Certainty,
    Conflict,
    Credit,
    Evidence,
    Finding,
    Origin,
    Problem,
    Resolved,
    Scanned,
    Scope,
    Source,
    Stance,
    Status,
    replace,
)
from licensecheck.pins import Pin
from licensecheck.record import NamedTuple
from licensecheck.resolve import resolve
from licensecheck.scan.files import LIMIT, digest, inside, leads_out
from licensecheck.targets import Reach, found, is_remote, is_there, join, remote
from licensecheck.wording import Message

STALE = "clarification-stale"
GONE = "clarification-unused"
CONCLUDED = "license-concluded"
FOREIGN = "license-not-covered"
HOLDING = (STALE, FOREIGN)
"""Findings with which a verdict is no better than a review."""
_ACTS = ("act", "change", "assembly", "portion", "scope", "output")


class Settings(NamedTuple):
    """How targets are asked about: ``published`` and ``source_only`` choose the question whatever is declared,
    ``declaration`` is a file to use instead of the one that lies near, ``isolated`` uses none."""

    published: bool = False
    source_only: bool = False
    reach: Reach = Reach()
    declaration: Path | None = None
    isolated: bool = False
    progress: scan.Progress | None = None
    locked: Mapping[str, Pin] | None = None
    """What a lock says of each source, by name, where a run rests on one."""
    past: bool = False
    """The lock is what once was: it also stands for papers on disk, which may be others now."""


class Question(NamedTuple):
    """What ``check`` asks: the sources, the licence of the result if one is declared, and what was found on the way."""

    sources: tuple[Source, ...]
    use: tuple[tuple[str, str], ...]
    outbounds: tuple[str, ...] = ()
    """The result's own licence; several where its places disagree."""
    published: bool = False
    own_work: bool = False
    """Declared to have no source at all."""
    problems: tuple[Problem, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    caveats: tuple[str, ...] = ()
    name: str = ""
    """The dataset that is published, or the target; "" where several targets are asked about together."""
    declaration: Declaration | None = None
    findings: tuple[Finding, ...] = ()
    own: Resolved | None = None
    """What the published dataset itself says."""
    lineage: tuple[Node, ...] = ()
    """What the targets were made from, where their metadata says so."""
    trees: tuple[Node, ...] = ()
    """Each dataset with all that it was made from: what is declared, and what metadata says."""


def as_source(resolved: Resolved, name: str = "", node: Node | None = None) -> Source:
    """What was resolved, as a source for the engine: silence is NONE, several readings stay several."""
    caveats = resolved.caveats
    read = {child.name for child in node.children if child.resolved and child.resolved.license} if node else set()
    unread = tuple(up for up in resolved.upstream if up not in read)
    if unread:
        says = "made from other sources, whose licences were not read here: {names}"
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
        upstream=ancestry.licenses(node) if node else (),
        beside=tuple(dict.fromkeys((*resolved.beside, *(ancestry.doubts(node) if node else ())))),
        reservations=resolved.reservations,
        retrievals=resolved.retrievals,
    )


def as_sources(resolved: Resolved, node: Node | None = None) -> tuple[Source, ...]:
    """What was resolved as sources: one, or one for each part that is under a licence of its own.

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


def ask(targets: Sequence[str], use: Mapping[str, str], settings: Settings = Settings()) -> tuple[Question, ...]:  # noqa: B008
    """The questions that ``targets`` and their declarations put. ``use`` (axis to value) wins over a declaration's.

    A folder whose declaration lists sources, or any with ``published``, is a dataset being published, and a question
    by itself, also where it lies below a target. All other targets are sources of one question. Raises
    :class:`UsageError` and :class:`ConfigError`.
    """
    asked = [question for target in targets for question in _of_target(target, settings)]
    published = [q for q in asked if q.published]
    used = [q for q in asked if not q.published]
    if published and not settings.published:
        used = [q for q in used if any(_is_dataset(source) for source in q.sources)]
    merged = [_merged(used)] if used else []
    return tuple(replace(q, use=_use(q.use, use)) for q in (*published, *merged))


def _is_dataset(source: Source) -> bool:
    """Whether what stands beside published datasets is one too: it has a card, or data of which nothing is said."""
    return any(e.scanner == "card" for e in source.evidence) or (source.license == "NONE" and bool(source.caveats))


def _use(declared: Sequence[tuple[str, str]], said: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """A declared use with what the command line says over it; an intent said anew takes the place of its axes."""
    kept = {key: value for key, value in declared if "intent" not in said or key not in _ACTS}
    return tuple({**kept, **said}.items())


def _merged(asked: Sequence[Question]) -> Question:
    """Several targets as one question. Raises :class:`UsageError` where they declare different uses."""
    if len(asked) == 1:
        return asked[0]
    uses = {tuple(sorted(q.use)) for q in asked if q.use}
    if len(uses) > 1:
        raise UsageError(
            Message("the targets declare different uses: check each by itself, or say --intent and --purpose")
        )
    declared = [q.declaration for q in asked if q.declaration]
    return Question(
        tuple(source for q in asked for source in q.sources),
        next((q.use for q in asked if q.use), ()),
        problems=tuple(problem for q in asked for problem in q.problems),
        conflicts=tuple(conflict for q in asked for conflict in q.conflicts),
        caveats=tuple(caveat for q in asked for caveat in q.caveats),
        declaration=reduce(config.under, declared) if declared else None,
        findings=tuple(finding for q in asked for finding in q.findings),
        lineage=tuple(node for q in asked for node in q.lineage),
        trees=tuple(node for q in asked for node in q.trees),
    )


def _of_target(target: str, settings: Settings) -> Iterator[Question]:
    """The questions of one target: its own, and those of datasets below it that declare their sources."""
    far = is_remote(target)
    if not far and Path(target).name == config.NAME:
        target = str(Path(target).parent)
    path = Path(target)
    resolved: Sequence[Resolved] = found(target, settings.reach, settings.progress)
    declaration = _declaration(path, far, settings)
    nested = [] if far or settings.source_only or settings.isolated else _nested(path, resolved)
    told = [one for one in resolved if one.evidence or one.problems or one.caveats or Path(one.target) in nested]
    resolved = told or resolved[:1]
    below = {one.target: home for home in nested for one in resolved if Path(one.target).is_relative_to(home)}
    yield from _question(
        path, [one for one in resolved if one.target not in below], declaration, settings, bool(nested)
    )
    around = _around(path, resolved, declaration)
    covered = [
        path / source.path for source in (declaration.sources or () if around and declaration else ()) if source.path
    ]
    for home in nested:
        mine = [one for one in resolved if below.get(one.target) == home]
        outer = None if any(home.is_relative_to(place) for place in covered) else around
        yield from _question(home, mine, _inner(home, declaration), settings, False, outer)


def _inner(home: Path, outer: Declaration | None) -> Declaration:
    """The declaration in a folder below that of ``outer``, which may be one that lies elsewhere."""
    made = config.near(home) or config.read(home / config.NAME)
    return config.under(made, outer) if outer else made


def _around(path: Path, resolved: Sequence[Resolved], declaration: Declaration | None) -> Resolved | None:
    """What is stated of the folder ``path`` where it is a dataset itself: it has a card, or declares its sources."""
    own = next((one for one in resolved if one.target == str(path)), None)
    listed = declaration is not None and declaration.base == path and declaration.sources is not None
    return own if own and (listed or any(e.scanner == "card" for e in own.evidence)) else None


def _declaration(path: Path, far: bool, settings: Settings) -> Declaration | None:
    if settings.declaration is not None:
        return config.read(settings.declaration)
    return None if far or settings.isolated else config.near(path)


def _nested(root: Path, resolved: Sequence[Resolved]) -> list[Path]:
    """The folders below ``root`` with a declaration that lists sources, the deepest first."""
    homes = [Path(one.target) for one in resolved if Path(one.target) != root]
    files = [home / config.NAME for home in homes]
    listing = [f.parent for f in files if f.is_file() and config.own(f) and config.read(f).sources is not None]
    return sorted(listing, key=lambda home: -len(home.parts))


def _question(
    path: Path,
    resolved: Sequence[Resolved],
    declaration: Declaration | None,
    settings: Settings,
    others: bool,
    around: Resolved | None = None,
) -> Iterator[Question]:
    findings: list[Finding] = []
    if declaration:
        declaration, unsupported = _supported(declaration)
        cleared = [_clarified(one, declaration) for one in resolved]
        resolved = [one for one, _ in cleared]
        findings = list(dict.fromkeys((*unsupported, *(finding for _, told in cleared for finding in told))))
    problems = tuple(problem for one in resolved for problem in one.problems)
    use = declaration.use if declaration else ()
    here = path if path.is_dir() else path.parent
    listed = declaration is not None and declaration.sources is not None
    applies = listed and (settings.declaration is not None or (declaration and declaration.base == here))
    if settings.source_only or not (settings.published or applies):
        if others and not any(one.evidence or one.caveats for one in resolved):
            return
        traced = [(one, _traced(one, settings.reach, Path(one.target))) for one in resolved]
        yield Question(
            tuple(source for one, node in traced for source in as_sources(one, node)),
            use,
            problems=problems,
            name=str(path) if len(resolved) == 1 else "",
            declaration=declaration,
            findings=tuple(findings),
            lineage=tuple(node for _, node in traced if node),
            trees=tuple(node or Node(one.target, one.target, one) for one, node in traced),
        )
        return
    yield _published(path, resolved, declaration, settings, findings, around)


def _published(
    path: Path,
    resolved: Sequence[Resolved],
    declaration: Declaration | None,
    settings: Settings,
    findings: Sequence[Finding],
    around: Resolved | None,
) -> Question:
    """The question whether the dataset at ``path`` may be published: its own licence, and its sources.

    ``around`` is the dataset in whose folder it lies.
    """
    problems = tuple(problem for one in resolved for problem in one.problems)
    declared = (declaration.sources or ()) if declaration else ()
    listed = declaration is not None and declaration.sources is not None
    base = declaration.base if declaration else path if path.is_dir() else path.parent
    papers = {source.name: _place(source, base, declaration) for source in declared if source.path}
    own, rest = _own(path, resolved, tuple(papers.values()))
    sources: list[Source] = []
    lineage: list[Node] = []
    below: list[Node] = []
    told = [*findings, *_foreign(own, own), *(_foreign(own, around) if around else ())]
    for source in declared:
        source, lost = _evidenced(source, base, where=str(declaration.path) if declaration else "")
        told += lost
        made, troubles, node, concluded, decided = _declared(
            source, papers.get(source.name), declaration, base, settings
        )
        told += decided
        sources += made
        problems += troubles
        lineage += (node,) if node else ()
        below.append(_shown(source, concluded, node, settings.reach))
    sources += [source for one in rest for source in as_sources(one)]
    named = {source.name.casefold() for source in declared} | {source.location.casefold() for source in declared}
    undeclared = tuple(up for up in own.upstream if not any(_is_named(up.casefold(), name) for name in named))
    node = _traced(replace(own, upstream=undeclared), settings.reach, path)
    traced = {child.name: child for child in node.children} if node else {}
    for upstream in undeclared:
        child = traced.get(upstream)
        if child and child.resolved and child.resolved.license:
            sources += (replace(source, name=upstream) for source in as_sources(child.resolved, child))
            continue
        caveat = Message(
            "{source}: named as a source in the dataset's metadata and not declared in {file}",
            source=upstream,
            file=config.NAME,
        )
        sources.append(Source(upstream, "NOASSERTION", caveats=(caveat,)))
    caveats: tuple[str, ...] = ()
    if not own.license:
        caveats = (Message("the dataset itself declares no licence: choose one of those that its sources allow"),)
    if declaration and not sources and listed:
        said = {"file": str(declaration.path), "place": str(path), "license": own.license or ""}
        says = "{file} declares no sources: {place} is taken to be wholly its publisher's own"
        if own.license:
            says = "{file} declares no sources: {place} is taken to be wholly its publisher's own, under {license}"
        caveats = (*caveats, Message(says, **said))
    elif not sources:
        says = "no source is declared: list them in {file}, or `sources: []` where there is none"
        caveats = (*caveats, Message(says, file=config.NAME))
    return Question(
        tuple(sources),
        declaration.use if declaration else (),
        own.strictest or ((own.license,) if own.license else ()),
        published=True,
        own_work=listed and not sources,
        problems=tuple(dict.fromkeys(problems)),
        conflicts=own.conflicts,
        caveats=caveats,
        name=str(path),
        declaration=declaration,
        findings=tuple(dict.fromkeys(told)),
        own=own,
        lineage=(*((node,) if node else ()), *lineage),
        trees=(Node(own.target, own.target, own, (*below, *(node.children if node else ()))),),
    )


def _is_named(upstream: str, declared: str) -> bool:
    """Whether a declared name or location is that of an upstream source: one stands in the other, as whole words."""
    short, long = sorted((upstream, declared), key=len)
    return bool(short) and re.search(rf"(?<![^\W_]){re.escape(short)}(?![^\W_])", long) is not None


def _own(path: Path, resolved: Sequence[Resolved], papers: tuple[Path, ...]) -> tuple[Resolved, list[Resolved]]:
    """The dataset's own findings without its sources' papers, and the other datasets found below it."""

    def foreign(place: str) -> bool:
        return any(Path(place).resolve().is_relative_to(paper) for paper in papers)

    silent = Resolved(str(path), None, Status.NONE)
    first = next((one for one in resolved if one.target == str(path)), silent)
    kept = replace(_again(first), evidence=tuple(e for e in first.evidence if not foreign(e.path)))
    rest = [one for one in resolved if one is not first and one.evidence and not foreign(one.target)]
    return resolve(first.target, kept), rest


def _foreign(own: Resolved, around: Resolved) -> Iterator[Finding]:
    """Places that count for the licence of ``own``, and state what nothing in the folder of ``around`` states: what lies
    there may come from somebody else."""
    place = Path(around.target)
    home = place if place.is_dir() else place.parent
    here = {
        name
        for e, names in _named(around)
        if Path(e.path).parent == home and e.scope in (Scope.DATA, Scope.CONTENTS)
        for name in names
    }
    counted = set(parse(own.license).ids()) if own.license else set()
    told: set[str] = set()
    for e, names in _named(own) if here else ():
        strange = [name for name in names if name in counted - here]
        if strange and e.path not in told and e.basis is not Basis.CONCLUDED and Path(e.path).parent != home:
            told.add(e.path)
            says = (
                "{license} is stated here, which is not what the dataset says of itself, and no source that is "
                "declared covers it: declare the source with its `path`, or what the text means under `clarify`"
            )
            yield Finding(FOREIGN, "warning", Message(says, license=strange[0]), e.path, e.line)


def _named(one: Resolved) -> Iterator[tuple[Evidence, list[str]]]:
    """What files state of ``one``, with the licences that each statement names."""
    for e in one.evidence:
        if e.license and e.stance is Stance.ASSERTED and "://" not in e.path:
            yield e, list(parse(e.license).ids())


def _again(one: Resolved) -> Scanned:
    """What was scanned for ``one``, so that it can be resolved anew."""
    return Scanned(one.evidence, one.problems, one.credit, one.upstream, one.reservations, one.retrievals)


def _place(source: config.DeclaredSource, base: Path, declaration: Declaration | None) -> Path:
    """Where the papers of ``source`` lie, links followed. Raises :class:`ConfigError` where that is not below ``base``,
    or nothing is there."""
    place = (base / source.path).resolve()
    where = f"{declaration.path if declaration else base}:{source.line}"
    if not place.is_relative_to(base.resolve()):
        raise ConfigError(Message("{where}: `{path}` leads out of the dataset's folder", where=where, path=source.path))
    if not place.exists():
        raise ConfigError(Message("{where}: `{path}` does not exist", where=where, path=source.path))
    return place


def _clarified(one: Resolved, declaration: Declaration) -> tuple[Resolved, tuple[Finding, ...]]:
    """``one`` with the conclusions of people about its places, and a finding for each: it holds, or the text has outlived it."""
    evidence: tuple[Evidence, ...] = one.evidence
    told: list[Finding] = []
    for c in declaration.clarify:
        path = next((e.path for e in evidence if _same(e.path, declaration.base, c.path)), "")
        if not path and "://" not in c.path:
            place = declaration.base / c.path
            if not place.is_file():
                says = Message("nothing is at {path}, of which {license} was concluded", path=c.path, license=c.license)
                told.append(Finding(GONE, "warning", says, str(declaration.path), c.line))
            elif Path(one.target).resolve() in (place.resolve(), place.resolve().parent) and not leads_out(place):
                path = str(place)
        if not path:
            continue
        now = _digest(path, one)
        if now not in ("", c.sha256):
            told.append(_stale(c, declaration, now))
            continue
        note = "; ".join(filter(None, (c.basis, c.reviewer, c.date, c.evidence)))
        if not now:
            note = Message("{note}; the text was not read again", note=note)
        made = Evidence(
            path, 1, 1, "clarify", c.license, c.license, Certainty.EXACT, Scope.DATA, Origin.SIDECAR, "declaration",
            Basis.CONCLUDED, rule="clarified", note=note,
        )  # fmt: skip
        evidence = (made, *(e for e in evidence if e.path != path))
        says = Message(
            "{license} is what a person concluded of {path}: {note}", license=c.license, path=c.path, note=note
        )
        told.append(Finding(CONCLUDED, "note", says, str(declaration.path), c.line))
    if evidence == one.evidence:
        return one, tuple(told)
    return resolve(one.target, replace(_again(one), evidence=evidence)), tuple(told)


def _same(place: str, base: Path, path: str) -> bool:
    if "://" in place or "://" in path:
        return place == path
    return Path(place).resolve() == (base / path).resolve()


def _digest(path: str, one: Resolved) -> str:
    """The hash of the text at ``path``, "" where it was not read in this run."""
    if "://" in path:
        return next((r.sha256 for r in one.retrievals if path in (r.url, r.final)), "")
    try:
        return digest(Path(path).read_bytes())
    except OSError:
        return ""


def _stale(c: Clarification, declaration: Declaration, now: str) -> Finding:
    said = {"path": c.path, "basis": c.basis, "reviewer": c.reviewer, "evidence": c.evidence}
    quoted = [f"{key}: {json.dumps(words, ensure_ascii=False)}" for key, words in said.items() if words]
    stanza = f"- {{{', '.join([quoted[0], f'license: {c.license}', f'sha256: {now}', *quoted[1:]])}}}"
    says = Message(
        "the text of {path} is not the one that {license} was concluded of, so that conclusion does not count: "
        "read it, and if it still says so, write under `clarify`, with the day: {stanza}",
        path=c.path,
        license=c.license,
        stanza=stanza,
    )
    return Finding(STALE, "warning", says, str(declaration.path), c.line)


def _declared(
    source: config.DeclaredSource, paper: Path | None, declaration: Declaration | None, base: Path, settings: Settings
) -> tuple[list[Source], tuple[Problem, ...], Node | None, Resolved, tuple[Finding, ...]]:
    """A declared source with its problems, its lineage, what was concluded of it and findings about that: what its own
    papers say; a declared licence ranks first, a difference is a conflict.

    Parts that are declared under another licence are sources of their own. What the source was made from is followed
    like that of any dataset, unless its licence is declared.
    """
    scanned = Scanned()
    where = str(declaration.path) if declaration else ""
    pin = settings.locked.get(source.name) if settings.locked is not None else None
    far = paper is None and not source.license and is_remote(source.location)
    past = pin if settings.past else None
    if paper is not None and past is not None:
        scanned = Scanned(pins.as_it_was(past, str(base)).evidence)
    elif paper is not None:
        scanned = _papers(base / source.path)
        if pin is not None:
            _unchanged(source, pin, scanned, base)
    elif far and settings.locked is None and settings.reach.follow:
        scanned = remote(address(source), settings.reach)
    elif far and settings.locked is not None:
        scanned = Scanned(problems=tuple(_unlocked(source, pin, base)))
    if source.license:
        scanned = replace(scanned, evidence=(_said(source, source.license, where), *scanned.evidence))
    locked = (far or past is not None) and pin is not None and not source.license and not scanned.problems
    resolved = pins.as_it_was(pin, str(base)) if locked and pin else resolve(source.name, scanned)
    told: tuple[Finding, ...] = ()
    if declaration:
        resolved, told = _clarified(resolved, declaration)
    node = None if source.license or locked else _traced(resolved, settings.reach, paper and base / source.path)
    made = as_source(resolved, source.name, node)
    credit = Credit(
        source.credit.title or made.credit.title or source.name,
        source.credit.creators or made.credit.creators,
        source.credit.source or made.credit.source,
        source.credit.notice or made.credit.notice,
        source.credit.year,
        source.credit.updated,
    )
    above = pins.above(pin) if locked and pin else made.upstream
    upstream = tuple(dict.fromkeys((*source.upstream, *above)))
    whole = replace(made, credit=credit, claims=source.claims, upstream=upstream)
    looked = paper is not None or locked or scanned.retrievals or scanned.problems
    if made.license == "NONE" and not resolved.evidence and not looked:
        says = "{source}: nobody has looked up its licence: declare it, or run with --follow where it has an address"
        whole = replace(whole, license="NOASSERTION", caveats=(Message(says, source=source.name), *whole.caveats))
    for name in parse(source.license).ids() if source.license else ():
        if retired := config.successors(name):
            says = "`{license}` is an id that SPDX has retired: write {ids}"
            whole = replace(whole, caveats=(*whole.caveats, Message(says, license=name, ids=" / ".join(retired))))
    if not whole.evidence and where:
        nothing = Evidence(
            where, source.line, 1, f"sources.{source.name}", source.name, None, Certainty.NONE, Scope.DATA,
            Origin.SIDECAR, "declaration", Basis.CONCLUDED,
        )  # fmt: skip
        whole = replace(whole, evidence=(nothing,))
    parts = [
        replace(
            whole, name=f"{source.name} ({glob})", license=license, also=(), evidence=(_said(source, license, where),)
        )
        for glob, license in source.parts
    ]
    return [whole, *parts], scanned.problems, node, resolved, told


def _papers(place: Path) -> Scanned:
    """What the papers of a source say, which lie at ``place``."""
    return join([s for _, s in scan.scan_tree(place)]) if place.is_dir() else scan.scan_file(place, named=True)


def _unchanged(source: config.DeclaredSource, pin: Pin, scanned: Scanned, base: Path) -> None:
    """Raises :class:`ConfigError` where the papers of ``source`` on disk are not those that were locked."""
    now = pins.pin(source.name, source.location, resolve(source.name, scanned), _digests(scanned), base=str(base))
    texts = {path: mark.partition(":")[2] for path, mark in now.terms if "://" not in path}
    if path := pins.differs(pin, texts):
        raise ConfigError(
            Message(
                "{lock}:1: `{path}` of the source `{name}` is not the text that was locked: {again}",
                lock=str(base / pins.NAME),
                path=path,
                name=source.name,
                again=pins.AGAIN,
            )
        )


def _unlocked(source: config.DeclaredSource, pin: Pin | None, base: Path) -> Iterator[Problem]:
    """That a source is not in the lock, or another one is."""
    where = str(base / pins.NAME)
    if pin is None:
        says = Message("the lock has no source {source}: run `licensecheck lock`", source=source.name)
        yield Problem(where, 1, says)
    elif pin.location != address(source):
        says = Message("the lock is of another location of {source}: run `licensecheck lock`", source=source.name)
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


def address(source: config.DeclaredSource) -> str:
    """Where a declared source is read: its location, at its revision where it is a hub's."""
    at = f"@{source.revision}" if source.revision and "://" not in source.location else ""
    return source.location + at


def pinned(folder: Path, reach: Reach) -> tuple[dict[str, Pin], dict[str, tuple[Problem, ...]]]:
    """What each source of the dataset in ``folder`` that can be looked up says now, and what of it could not be read,
    each by the source's name.

    Raises :class:`UsageError` where there is no declaration with sources, :class:`ConfigError` where the papers of one
    are not there.
    """
    declaration = config.near(folder)
    if declaration is None or declaration.sources is None:
        raise UsageError(
            Message(
                "`{folder}` declares no sources: there is nothing to lock. Write {name} (licensecheck init)",
                folder=folder,
                name=config.NAME,
            )
        )
    made: dict[str, Pin] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    for source in declaration.sources:
        place = declaration.base / source.path if source.path else None
        here = Scanned()
        if place:
            _place(source, declaration.base, declaration)
            here = _papers(place)
        texts: dict[str, str] = {}
        far = remote(address(source), reach, keep=texts.__setitem__) if is_remote(source.location) else Scanned()
        if not is_remote(source.location) and not place:
            continue
        both = join([here, far])
        if both.problems:
            problems[source.name] = both.problems
        if far.problems and not far.evidence:
            continue
        concluded = resolve(source.name, far if far.evidence or place is None else here)
        node = _traced(concluded, reach, place)
        upstream = (
            pins.Upstream(child.name, child.target, ancestry.said(child))
            for *_, child in (ancestry.walk(node) if node else ())
            if child is not node and child.why not in ("again", "loop")
        )
        known = replace(concluded, evidence=both.evidence, retrievals=both.retrievals)
        made[source.name] = pins.pin(
            source.name, address(source), known, _digests(both, texts), upstream, str(declaration.base)
        )
    return made, problems


def _traced(one: Resolved, reach: Reach, place: Path | None) -> Node | None:
    """What ``one``, that lies at ``place`` (None where it is far), was made from; None where nothing is said of it."""
    if not one.upstream:
        return None
    return ancestry.trace(one, reach, None if place is None or is_remote(one.target) else place)


_FILE: Final = patterns.compile(
    r"[^\s:]+(?:/[^\s:]*|\.[A-Za-z0-9]{1,5})\Z|[^\s:]+/[^:\n]{0,200}\.[A-Za-z0-9]{1,5}\Z|(?:[^\s:]+ ){1,12}[^\s:]+\.(?:pdf|docx?|odt|rtf|txt|md|eml|msg|png|jpe?g|tiff?|hwpx?|zip)\Z",
    re.I,
)
"""Evidence that names a file: a word with an ending or a slash, also with blanks in it."""
_ELSEWHERE: Final = patterns.compile(r"[A-Za-z]:/|file:|~/|//", re.I)
"""Evidence that names a file of one machine, which nobody else can look up."""


def _is_kept(evidence: str, base: Path) -> bool:
    """Whether evidence that names a file names one of the dataset's that holds something; other evidence is words."""
    named = evidence.strip().replace("\\", "/")
    if _ELSEWHERE.match(named):
        return False
    place = base / named
    try:
        if not _FILE.match(named):
            return not named or not place.is_dir()
        mine = is_there(place) and inside(place, base) and place.name not in (config.NAME, config.PROJECT)
        return mine and place.is_file() and place.stat().st_size > 0
    except (OSError, ValueError):
        return not _FILE.match(named)


def _is_evidence(text: str, base: Path) -> bool:
    return claims.says_something(text) and _is_kept(text, base)


def _supported(declaration: Declaration) -> tuple[Declaration, tuple[Finding, ...]]:
    """``declaration`` without the waivers and conclusions whose evidence is not there, and a finding for each."""
    decided: list[config.Waiver | config.Clarification] = [*declaration.waive, *declaration.clarify]
    without = [d for d in decided if d.evidence and not _is_evidence(d.evidence, declaration.base)]
    told = tuple(
        Finding(
            "evidence-missing",
            "warning",
            Message("the evidence of what was decided is not there: {path}", path=d.evidence.strip()),
            str(declaration.path),
            d.line,
        )
        for d in without
    )
    waive = tuple(w for w in declaration.waive if w not in without)
    clarify = tuple(c for c in declaration.clarify if c not in without)
    return (replace(declaration, waive=waive, clarify=clarify), told) if without else (declaration, ())


def _evidenced(
    source: config.DeclaredSource, base: Path, where: str
) -> tuple[config.DeclaredSource, tuple[Finding, ...]]:
    """``source`` without such evidence of its claims as names a file that is not there, and a finding for each."""
    kept, told = [], []
    for claim in source.claims:
        if not _is_kept(claim.evidence, base):
            says = Message("the evidence of a claim is not there: {path}", path=claim.evidence.strip())
            told.append(Finding("claim-evidence-missing", "warning", says, where, source.line, source=source.name))
            claim = replace(claim, evidence="")
        kept.append(claim)
    return replace(source, claims=tuple(kept)), tuple(told)


def _shown(source: config.DeclaredSource, resolved: Resolved, node: Node | None, reach: Reach) -> Node:
    """A declared source as a node of the dataset's tree."""
    where = source.path or (address(source) if is_remote(source.location) else "")
    looked = resolved.license or resolved.evidence or resolved.retrievals or source.path
    if not looked and (unread := ancestry.unread(source.name, where, reach)):
        return unread
    return Node(source.name, where, resolved, node.children if node else ())


def _said(source: config.DeclaredSource, license: str, where: str) -> Evidence:
    role = Message("used for: {role}", role=source.role) if source.role else ""
    return Evidence(
        where, source.line, 1, f"sources.{source.name}.license", license, license, Certainty.EXACT, Scope.DATA,
        Origin.SIDECAR, "declaration", Basis.CONCLUDED, note=role,
    )  # fmt: skip


def dated(question: Question, today: str) -> Question:
    """``question`` with the dates of its claims held against ``today`` (ISO 8601).

    Raises :class:`ConfigError` for a conclusion of a day to come: tomorrow is today somewhere, and no error.
    """
    from datetime import date, timedelta

    last = (date.fromisoformat(today) + timedelta(days=1)).isoformat()
    for c in question.declaration.clarify if question.declaration else ():
        if c.date > last:
            says = "{place}: `{day}` is still to come: `date` is the day on which this was concluded"
            place = f"{question.declaration.path}:{c.line}" if question.declaration else ""
            raise ConfigError(Message(says, place=place, day=c.date))
    return replace(question, sources=tuple(claims.dated(source, today) for source in question.sources))


def complete(question: Question) -> bool:
    """Whether the question says enough of its use for one verdict: an intent (or acts) and a purpose."""
    said = {key.replace("-", "_") for key, _ in question.use}
    return bool(said & {"intent", "act"}) and "purpose" in said
