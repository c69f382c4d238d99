"""From targets and their declarations to the questions that are judged: the edge that reads, before anything decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import reduce
from pathlib import Path
from typing import Final, NamedTuple

from licensecheck import vocabulary
from licensecheck.base.errors import ConfigError, Problem, UsageError
from licensecheck.base.message import Message
from licensecheck.dataset import declaration as declaration_file
from licensecheck.dataset.clarify import STALE, with_conclusions
from licensecheck.dataset.declaration import Declaration, DeclaredSource, Policy
from licensecheck.dataset.lineage import Node
from licensecheck.dataset.proofs import without_unsupported
from licensecheck.dataset.sources import (
    Settings,
    as_sources,
    look_up,
    node_of,
    papers_folder,
    traced_lineage,
    without_lost_evidence,
)
from licensecheck.engine import claims
from licensecheck.engine.judgement import NOT_UNDERSTOOD, quoted
from licensecheck.expression import parse
from licensecheck.knowledge import phrases
from licensecheck.model import (
    Basis,
    Conflict,
    Coverage,
    Evidence,
    Finding,
    Resolved,
    Scope,
    Source,
    Stance,
    Standing,
    Status,
    replace,
)
from licensecheck.scanners.resolve import resolve
from licensecheck.targets.folder import as_scanned
from licensecheck.targets.targets import is_remote, resolve_target

FOREIGN = "license-not-covered"
NOT_COVERED = "data-not-covered"
HOLDING = (STALE, FOREIGN, NOT_COVERED, NOT_UNDERSTOOD)
"""Findings with which a verdict is no better than a review."""
NO_OWN_LICENSE: Final = Message("the dataset does not declare a license; choose one that its sources allow")
_ACTS = ("act", "change", "assembly", "portion", "scope", "output")


class Question(NamedTuple):
    """What ``check`` asks: the sources, the license of the result if one is declared, and what was found on the way."""

    sources: tuple[Source, ...]
    use: tuple[tuple[str, str], ...]
    outbounds: tuple[str, ...] = ()
    """The result's own license; several where its places disagree."""
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
    coverage: Coverage | None = None
    """What became of the files of the folders that are asked about."""
    policies_below: tuple[tuple[Path, Policy], ...] = ()
    """Policies of declarations in folders below, each with its folder: they apply to what was found there."""


def ask(targets: Sequence[str], use: Mapping[str, str], settings: Settings = Settings()) -> tuple[Question, ...]:  # noqa: B008
    """The questions that ``targets`` and their declarations put. ``use`` (axis to value) wins over a declaration's.

    A folder whose declaration lists sources, or any with ``published``, is a dataset being published, and a question
    by itself, also where it lies below a target. All other targets are sources of one question: none is left out. Raises
    :class:`UsageError` and :class:`ConfigError`.
    """
    by_target = [_of_target(target, settings) for target in targets]
    asked = [question for questions in by_target for question in questions]
    published = [q for q in asked if q.published]
    used = [q for q in asked if not q.published]
    if published and not settings.published:
        alone = [questions[0] for questions in by_target if not any(q.published for q in questions) and questions]
        used = [q for q in used if q in alone or any(_is_dataset(source) for source in q.sources)]
    merged = [_merged(used)] if used else []
    made = [replace(q, use=_use(q.use, use)) for q in (*published, *merged)]
    for question in made if settings.published else ():
        _publishes(question)
    return tuple(made)


def _publishes(question: Question) -> None:
    """Raises :class:`UsageError` for a use that stays inside of the organization: it publishes nothing."""
    use = vocabulary.make_use(dict(question.use))
    if complete(question) and not use.shared:
        says = "--published asks whether the dataset may be published, but the use stays inside the organization ({use}); take an intent that begins with publish-, or leave --published out"
        raise UsageError(Message(says, use=use.intent or ", ".join(sorted(use.act))))


def _is_dataset(source: Source) -> bool:
    """Whether what stands beside published datasets is one too: it has a card, or data of which nothing is said."""
    return any(e.scanner == "card" for e in source.evidence) or (source.license == "NONE" and bool(source.caveats))


def _use(declared: Sequence[tuple[str, str]], said: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """A declared use with what the command line says over it; an intent said anew takes the place of its axes."""
    kept = {key: value for key, value in declared if "intent" not in said or key not in _ACTS}
    use = {vocabulary.axis_of(key): value for key, value in kept.items()} | {
        vocabulary.axis_of(key): value for key, value in said.items()
    }
    vocabulary.make_use(use)
    return tuple(use.items())


def _merged(asked: Sequence[Question]) -> Question:
    """Several targets as one question. Raises :class:`UsageError` where they declare different uses."""
    if len(asked) == 1:
        return asked[0]
    uses = {tuple(sorted(q.use)) for q in asked if q.use}
    if len(uses) > 1:
        raise UsageError(
            Message("the targets declare different uses; check each separately, or give --intent and --purpose")
        )
    declared = [q.declaration for q in asked if q.declaration]
    return Question(
        tuple(source for q in asked for source in q.sources),
        next((q.use for q in asked if q.use), ()),
        problems=tuple(problem for q in asked for problem in q.problems),
        conflicts=tuple(conflict for q in asked for conflict in q.conflicts),
        caveats=tuple(caveat for q in asked for caveat in q.caveats),
        declaration=reduce(declaration_file.under, declared) if declared else None,
        findings=tuple(finding for q in asked for finding in q.findings),
        lineage=tuple(node for q in asked for node in q.lineage),
        trees=tuple(node for q in asked for node in q.trees),
        coverage=added(q.coverage for q in asked),
        policies_below=tuple(pair for q in asked for pair in q.policies_below),
    )


def _of_target(target: str, settings: Settings) -> list[Question]:
    """The questions of one target: its own, and those of datasets below it that declare their sources.

    The licenses of the rule packs that hold there are recognized.
    """
    far = is_remote(target)
    if not far and Path(target).name == declaration_file.NAME:
        target = str(Path(target).parent)
    declaration = _declaration(Path(target), far, settings)
    with phrases.recognize(settings.packs or (declaration.rules if declaration else ())):
        resolved = resolve_target(target, settings.reach, settings.progress)
        questions = list(_below(target, resolved, far, declaration, settings))
    account = added(one.coverage for one in resolved)
    return [replace(questions[0], coverage=account), *questions[1:]] if questions else []


def added(accounts: Iterable[Coverage | None]) -> Coverage | None:
    """What became of the files of several folders together; None where nothing is known of any."""
    known = [account for account in accounts if account is not None]
    return reduce(Coverage.__add__, known) if known else None


def _below(
    target: str, resolved: Sequence[Resolved], far: bool, declaration: Declaration | None, settings: Settings
) -> Iterator[Question]:
    path = Path(target)
    nested = [] if far or settings.source_only or settings.isolated else _nested(path, resolved)
    policies = [] if far or settings.isolated else _policies_below(path, resolved)
    homes = frozenset(nested)
    told = [one for one in resolved if one.evidence or one.problems or one.caveats or Path(one.target) in homes]
    resolved = told or resolved[:1]
    below = {one.target: home for one in resolved if (home := _within(Path(one.target), homes))}
    mine: dict[Path, list[Resolved]] = {}
    for one in resolved:
        if one.target in below:
            mine.setdefault(below[one.target], []).append(one)
    for question in _question(
        path, [one for one in resolved if one.target not in below], declaration, settings, bool(nested)
    ):
        yield _with_policies(question, policies, path, nested)
    around = _around(path, resolved, declaration)
    sources = declaration.sources or () if around and declaration else ()
    covered = frozenset(path / source.path for source in sources if source.path)
    for home in nested:
        outer = None if _within(home, covered) else around
        for question in _question(home, mine.get(home, []), _inner(home, declaration), settings, False, outer):
            yield _with_policies(question, policies, home, nested)


def _within(place: Path, homes: AbstractSet[Path]) -> Path | None:
    """The nearest of ``homes`` that ``place`` is in; None where it is in none."""
    return next((folder for folder in (place, *place.parents) if folder in homes), None)


def _inner(home: Path, outer: Declaration | None) -> Declaration:
    """The declaration in a folder below that of ``outer``, which may be one that lies elsewhere."""
    made = declaration_file.near(home) or declaration_file.read(home / declaration_file.NAME)
    return declaration_file.under(made, outer) if outer else made


def _around(path: Path, resolved: Sequence[Resolved], declaration: Declaration | None) -> Resolved | None:
    """What is stated of the folder ``path`` where it is a dataset itself: it has a card, or declares its sources."""
    own = next((one for one in resolved if one.target == str(path)), None)
    listed = declaration is not None and declaration.base == path and declaration.sources is not None
    return own if own and (listed or any(e.scanner == "card" for e in own.evidence)) else None


def _declaration(path: Path, far: bool, settings: Settings) -> Declaration | None:
    if settings.declaration is not None:
        return declaration_file.read(settings.declaration)
    return None if far or settings.isolated else declaration_file.near(path)


def _nested(root: Path, resolved: Sequence[Resolved]) -> list[Path]:
    """The folders below ``root`` with a declaration that lists sources, the deepest first."""
    homes = [Path(one.target) for one in resolved if Path(one.target) != root]
    files = [home / declaration_file.NAME for home in homes]
    listing = [
        f.parent
        for f in files
        if f.is_file() and declaration_file.own(f) and declaration_file.read(f).sources is not None
    ]
    return sorted(listing, key=lambda home: -len(home.parts))


def _policies_below(root: Path, resolved: Sequence[Resolved]) -> list[tuple[Path, Policy]]:
    """The policies of the declarations below ``root``, in the folders of datasets and above them, each with its folder."""
    declarations = declaration_file.below(root, [Path(one.target) for one in resolved])
    return [(one.base, one.policy) for one in declarations if one.policy.allow or one.policy.deny]


def _with_policies(
    question: Question, policies: Sequence[tuple[Path, Policy]], home: Path, nested: Sequence[Path]
) -> Question:
    """``question`` about the dataset in ``home``, with the policies below it that no dataset further down has itself."""
    if not policies:
        return question
    homes = frozenset((home, *nested))
    mine = ((folder, policy) for folder, policy in policies if folder != home and _within(folder, homes) == home)
    return replace(question, policies_below=tuple(mine))


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
        declaration, unsupported = without_unsupported(declaration)
        cleared = [with_conclusions(one, declaration) for one in resolved]
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
        traced = [(one, traced_lineage(one, settings.reach, Path(one.target))) for one in resolved]
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
    """The question whether the dataset at ``path`` may be published: its own license, and its sources.

    ``around`` is the dataset in whose folder it lies.
    """
    problems = tuple(problem for one in resolved for problem in one.problems)
    declared = (declaration.sources or ()) if declaration else ()
    listed = declaration is not None and declaration.sources is not None
    base = declaration.base if declaration else path if path.is_dir() else path.parent
    papers = {source.name: papers_folder(source, base, declaration) for source in declared if source.path}
    own, rest = _own(path, resolved, frozenset(papers.values()))
    sources: list[Source] = []
    lineage: list[Node] = []
    below: list[Node] = []
    told = [*findings, *_not_understood(own), *_foreign(own, own), *(_foreign(own, around) if around else ())]
    told += _not_covered(path, resolved, frozenset(papers.values()))
    known = {f.path for f in told} if listed and not declared else None
    told += [f for f in _not_own(own) if known is not None and f.path not in known]
    for source in declared:
        source, lost = without_lost_evidence(source, base, where=str(declaration.path) if declaration else "")
        told += lost
        looked = look_up(source, papers.get(source.name), declaration, base, settings)
        told += looked.findings
        sources += looked.sources
        problems += looked.problems
        lineage += (looked.node,) if looked.node else ()
        below.append(node_of(source, looked.resolved, looked.node, settings.reach))
    sources += [source for one in rest for source in as_sources(one)]
    undeclared = _undeclared(own.upstream, declared)
    node = traced_lineage(replace(own, upstream=undeclared), settings.reach, path)
    traced = {child.name: child for child in node.children} if node else {}
    for upstream in undeclared:
        child = traced.get(upstream)
        if child and child.resolved and child.resolved.license:
            sources += (replace(source, name=upstream) for source in as_sources(child.resolved, child))
            continue
        caveat = Message(
            "{source}: the dataset's metadata names this source, but {file} does not list it",
            source=upstream,
            file=declaration_file.NAME,
        )
        sources.append(Source(upstream, "NOASSERTION", caveats=(caveat,)))
    caveats: tuple[str, ...] = () if own.license else (NO_OWN_LICENSE,)
    if declaration and not sources and listed:
        said = {"file": str(declaration.path), "place": str(path), "license": own.license or ""}
        says = "{file} lists no sources, so {place} is treated as entirely your own work"
        if own.license:
            says = "{file} lists no sources, so {place} is treated as entirely your own work, under {license}"
        caveats = (*caveats, Message(says, **said))
    elif not sources:
        says = "no source is declared; list the sources in {file}, or write `sources: []` if there are none"
        caveats = (*caveats, Message(says, file=declaration_file.NAME))
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


def _undeclared(upstream: Sequence[str], declared: Sequence[DeclaredSource]) -> tuple[str, ...]:
    """What metadata names and no declared source is: each of them is one source, and a name that has several names in it is
    none of these."""
    names = {text.casefold() for source in declared for text in (source.name, source.location) if text}
    by = {name: [up for up in upstream if _is_named(up.casefold(), name)] for name in names}
    found = {
        up for name, ups in by.items() for up in ups if len(set(map(str.casefold, ups))) == 1 or _is_part(name, up)
    }
    return tuple(up for up in upstream if up not in found)


def _is_part(declared: str, upstream: str) -> bool:
    """Whether a declared name is an upstream source's own, or a part of its address."""
    up = upstream.casefold()
    return declared == up or declared in re.split(r"[/|:]", up)


def _is_named(upstream: str, declared: str) -> bool:
    """Whether a declared name or location is that of an upstream source: it has the source's name in it as whole words,
    or is one part of its address ("News" is not "Common Crawl News")."""
    if not upstream or not declared:
        return False
    if re.search(rf"(?<![^\W_]){re.escape(upstream)}(?![^\W_])", declared):
        return True
    return declared in re.split(r"[/|:]", upstream) or ("/" in declared and declared in upstream)


def _own(path: Path, resolved: Sequence[Resolved], papers: AbstractSet[Path]) -> tuple[Resolved, list[Resolved]]:
    """The dataset's own findings without its sources' papers, and the other datasets found below it."""

    def foreign(place: str) -> bool:
        return bool(papers) and _within(Path(place).resolve(), papers) is not None

    silent = Resolved(str(path), None, Status.NONE)
    first = next((one for one in resolved if one.target == str(path)), silent)
    kept = replace(
        as_scanned(first),
        evidence=tuple(e for e in first.evidence if not foreign(e.path)),
        unweighed=tuple(u for u in first.unweighed if not foreign(u.path)),
    )
    rest = [one for one in resolved if one is not first and one.evidence and not foreign(one.target)]
    return resolve(first.target, kept), rest


def _foreign(own: Resolved, around: Resolved) -> Iterator[Finding]:
    """Places that count for the license of ``own``, and state what nothing in the folder of ``around`` states: what lies
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
                "this file states {license}, but the dataset does not, and no declared source covers it; declare the "
                "source with its `path`, or record what the text means under `clarify`"
            )
            yield Finding(FOREIGN, "warning", Message(says, license=strange[0]), e.path, e.line)


def _not_covered(path: Path, resolved: Sequence[Resolved], papers: AbstractSet[Path]) -> Iterator[Finding]:
    """The folders of a published dataset whose data neither its own statement nor the ``path`` of a source covers."""
    for one in resolved:
        place = Path(one.target)
        if one.evidence or not one.caveats or place == path:
            continue
        if _within(place.resolve(), papers) is None:
            says = (
                "{place} contains data that neither a license of the dataset nor a declared source covers; "
                "declare a source with this `path`, or add a license"
            )
            yield Finding(NOT_COVERED, "warning", Message(says, place=place), str(place))


def _not_understood(own: Resolved) -> Iterator[Finding]:
    """The sentences of a published dataset's own files that may restrict what its license gives."""
    for u in own.unweighed:
        yield Finding(NOT_UNDERSTOOD, "warning", quoted(u), u.path, u.line, u.column)


def _not_own(own: Resolved) -> Iterator[Finding]:
    """What speaks against a declaration that lists no sources: own statements that disagree, and terms of somebody else."""
    for conflict in own.conflicts:
        first = conflict.claims[0]
        says = "the dataset's own statements disagree; correct them, or record which one applies under `clarify`"
        yield Finding(FOREIGN, "warning", Message(says), first.path, first.line)
    for e in own.evidence:
        if e.restricts and e.standing is not Standing.COUNTS and e.stance is Stance.ASSERTED:
            says = "this file states terms, but the declaration lists no sources; declare the source with its `path`"
            yield Finding(FOREIGN, "warning", Message(says), e.path, e.line)


def _named(one: Resolved) -> Iterator[tuple[Evidence, list[str]]]:
    """What files state of ``one``, with the licenses that each statement names."""
    for e in one.evidence:
        if e.license and e.stance is Stance.ASSERTED and "://" not in e.path:
            yield e, list(parse(e.license).ids())


def dated(question: Question, today: str) -> Question:
    """``question`` with the dates of its claims held against ``today`` (ISO 8601).

    Raises :class:`ConfigError` for a conclusion of a day to come: tomorrow is today somewhere, and no error.
    """
    from datetime import date, timedelta

    last = (date.fromisoformat(today) + timedelta(days=1)).isoformat()
    for c in question.declaration.clarify if question.declaration else ():
        if c.date > last:
            says = "{place}: `{day}` is in the future; `date` is the day of the conclusion"
            place = f"{question.declaration.path}:{c.line}" if question.declaration else ""
            raise ConfigError(Message(says, place=place, day=c.date))
    return replace(question, sources=tuple(claims.dated(source, today) for source in question.sources))


def complete(question: Question) -> bool:
    """Whether the question says enough of its use for one verdict: an intent (or acts) and a purpose."""
    said = {vocabulary.axis_of(key) for key, _ in question.use}
    return bool(said & {"intent", "act"}) and "purpose" in said
