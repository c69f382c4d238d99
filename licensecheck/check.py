"""The gate: scan, resolve, evaluate. What :mod:`licensecheck.cli` and a program both call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from licensecheck import claims, config, scan
from licensecheck.errors import ConfigError
from licensecheck.evaluate import evaluate
from licensecheck.model import (
    Basis,
    Certainty,
    Conflict,
    Credit,
    Decision,
    Evidence,
    Origin,
    Problem,
    Reason,
    Resolved,
    Scanned,
    Scope,
    Source,
    SourceVerdict,
    Status,
    Verdict,
    replace,
)
from licensecheck.resolve import resolve
from licensecheck.rulebook import Rulebook
from licensecheck.targets import Reach, found, is_remote, join
from licensecheck.vocabulary import INTENTS, Use, make_use
from licensecheck.wording import Message


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


class Row(NamedTuple):
    """One line of the table that is given where no use is declared: an intent, by purpose."""

    intent: str
    noncommercial: Verdict
    commercial: Verdict


def as_source(resolved: Resolved, name: str = "") -> Source:
    """What was resolved, as a source for the engine: silence is NONE, several readings stay several."""
    caveats = resolved.caveats
    if resolved.upstream:
        caveats = (
            *caveats,
            Message(
                "made from other sources, whose licences were not read here: {names}", names=tuple(resolved.upstream)
            ),
        )
    open_ = resolved.status in (Status.UNREADABLE, Status.CONFLICT)
    license = resolved.license or ("NOASSERTION" if open_ else "NONE")
    others = tuple(text for text in resolved.strictest if text != resolved.license)
    return Source(
        name or resolved.target,
        license,
        also=others if resolved.status is Status.CONFLICT else (),
        readings=resolved.strictest if resolved.status is Status.AMBIGUOUS and len(resolved.strictest) > 1 else (),
        evidence=resolved.evidence,
        conflicts=resolved.conflicts,
        caveats=caveats,
        credit=resolved.credit,
        reservations=resolved.reservations,
        retrievals=resolved.retrievals,
    )


def as_sources(resolved: Resolved) -> tuple[Source, ...]:
    """What was resolved as sources: one, or one for each part that is under a licence of its own."""
    whole = as_source(resolved)
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


def ask(
    targets: Sequence[str],
    use: Mapping[str, str],
    *,
    published: bool = False,
    source_only: bool = False,
    reach: Reach = Reach(),  # noqa: B008 - an immutable tuple
) -> Question:
    """The question that ``targets`` and their declarations put. ``use`` (axis to value) wins over a declaration's.

    A folder with a ``licensecheck.yaml`` that lists sources, or any with ``published``, is the
    dataset being published; else a target is itself the source. Raises :class:`UsageError` and
    :class:`ConfigError`.
    """
    asked = [_ask_one(target, published, source_only, reach) for target in targets]
    if len({tuple(sorted(q.use)) for q in asked if q.use}) > 1 and not {"intent", "purpose"} <= use.keys():
        raise UsageError("the targets declare different uses: check each by itself, or say --intent and --purpose")
    merged: dict[str, str] = {}
    for question in asked:
        merged.update(question.use)
    if "intent" in use:
        merged = {
            key: value
            for key, value in merged.items()
            if key not in ("act", "change", "assembly", "portion", "scope", "output")
        }
    merged.update(use)
    return Question(
        tuple(source for question in asked for source in question.sources),
        tuple(merged.items()),
        tuple(dict.fromkeys(o for question in asked for o in question.outbounds)),
        any(question.published for question in asked),
        all(question.own_work for question in asked),
        tuple(problem for question in asked for problem in question.problems),
        tuple(conflict for question in asked for conflict in question.conflicts),
        tuple(caveat for question in asked for caveat in question.caveats),
    )


def _ask_one(target: str, published: bool, source_only: bool, reach: Reach) -> Question:
    if not is_remote(target) and Path(target).name == config.NAME:
        target = str(Path(target).parent)
    path = Path(target)
    resolved = found(target, reach)
    problems = tuple(problem for one in resolved for problem in one.problems)
    beside = None if is_remote(target) else config.find(path)
    declaration = config.read(beside) if beside else None
    use = declaration.use if declaration else ()
    listed = declaration is not None and declaration.sources is not None
    if source_only or not (published or listed):
        return Question(tuple(source for one in resolved for source in as_sources(one)), use, problems=problems)
    declared = (declaration.sources or ()) if declaration else ()
    base = path if path.is_dir() else path.parent
    papers = {source.name: (base / source.path).resolve() for source in declared if source.path}
    for source in declared:
        if source.path and not papers[source.name].is_relative_to(base.resolve()):
            raise ConfigError(f"{beside}:{source.line}: `{source.path}` leads out of the dataset's folder")
        if source.path and not papers[source.name].exists():
            raise ConfigError(f"{beside}:{source.line}: `{source.path}` does not exist")
    own, rest = _own(path, resolved, tuple(papers.values()))
    sources: list[Source] = []
    for source in declared:
        made, troubles = _declared(source, papers.get(source.name), str(beside), base)
        sources.append(made)
        problems += troubles
    sources += [source for one in rest for source in as_sources(one)]
    named = {source.name.casefold() for source in declared} | {source.location.casefold() for source in declared}
    for upstream in own.upstream:
        if not any(upstream.casefold() in name or (name and name in upstream.casefold()) for name in named):
            caveat = Message(
                "{source}: named as a source in the dataset's metadata and not declared in {file}",
                source=upstream,
                file=config.NAME,
            )
            sources.append(Source(upstream, "NOASSERTION", caveats=(caveat,)))
    caveats: tuple[str, ...] = ()
    if not own.license:
        caveats = (Message("the dataset itself declares no licence: choose one of those that its sources allow"),)
    if not sources and listed:
        caveats = (*caveats, Message("declared without sources: the dataset is taken to be wholly its publisher's own"))
    elif not sources:
        caveats = (
            *caveats,
            Message(
                "no source is declared: list them in {file}, or `sources: []` where there is none", file=config.NAME
            ),
        )
    outbounds = own.strictest or ((own.license,) if own.license else ())
    return Question(
        tuple(sources),
        use,
        outbounds,
        published=True,
        own_work=listed and not sources,
        problems=tuple(dict.fromkeys(problems)),
        conflicts=own.conflicts,
        caveats=caveats,
    )


def _own(path: Path, resolved: tuple[Resolved, ...], papers: tuple[Path, ...]) -> tuple[Resolved, list[Resolved]]:
    """The dataset's own findings without its sources' papers, and the other datasets found below it."""

    def foreign(place: str) -> bool:
        return any(Path(place).resolve().is_relative_to(paper) for paper in papers)

    silent = Resolved(str(path), None, Status.NONE)
    first = next((one for one in resolved if one.target == str(path)), silent)
    kept = Scanned(
        tuple(e for e in first.evidence if not foreign(e.path)), first.problems, first.credit, first.upstream
    )
    rest = [one for one in resolved if one is not first and not foreign(one.target)]
    return resolve(first.target, kept), rest


def _declared(
    source: config.DeclaredSource, paper: Path | None, where: str, base: Path
) -> tuple[Source, tuple[Problem, ...]]:
    """A declared source with what its own papers say; a declared licence ranks first, a difference is a conflict."""
    scanned = Scanned()
    if paper is not None:
        relative = base / source.path
        scanned = (
            join([s for _, s in scan.scan_tree(relative)]) if paper.is_dir() else scan.scan_file(relative, named=True)
        )
    if source.license:
        concluded = Evidence(
            where,
            source.line,
            1,
            f"sources.{source.name}.license",
            source.license,
            source.license,
            Certainty.EXACT,
            Scope.DATA,
            Origin.SIDECAR,
            "declaration",
            Basis.CONCLUDED,
        )
        scanned = replace(scanned, evidence=(concluded, *scanned.evidence))
    made = as_source(resolve(source.name, scanned), source.name)
    credit = Credit(
        source.credit.title or made.credit.title or source.name,
        source.credit.creators or made.credit.creators,
        source.credit.source or made.credit.source,
        source.credit.notice or made.credit.notice,
    )
    return replace(made, credit=credit, claims=source.claims, upstream=source.upstream), scanned.problems


def dated(question: Question, today: str) -> Question:
    """``question`` with the dates of its claims held against ``today`` (ISO 8601)."""
    return replace(question, sources=tuple(claims.dated(source, today) for source in question.sources))


def complete(question: Question) -> bool:
    """Whether the question says enough of its use for one verdict: an intent (or acts) and a purpose."""
    said = {key.replace("-", "_") for key, _ in question.use}
    return bool(said & {"intent", "act"}) and "purpose" in said


def verdict(question: Question, book: Rulebook) -> Verdict:
    """The one verdict for a complete question: the worst over the licences that the result may carry."""
    use = make_use(dict(question.use))
    uses = [use]
    if question.published and not use.outbound and use.shared:
        uses = [replace(use, outbound=o) for o in question.outbounds] or [use]
    worst = min((_verdict(question, one, book) for one in uses), key=lambda v: _ORDER[v.decision])
    return replace(
        worst,
        problems=question.problems,
        conflicts=tuple(dict.fromkeys((*question.conflicts, *worst.conflicts))),
        caveats=tuple(dict.fromkeys((*question.caveats, *worst.caveats))),
    )


_ORDER = {Decision.DENY: 0, Decision.REVIEW: 1, Decision.ALLOW: 2}


def _verdict(question: Question, use: Use, book: Rulebook) -> Verdict:
    if question.own_work and not question.sources and use.outbound:
        return Verdict("", Decision.ALLOW, use.given, ())
    return evaluate(question.sources, use, book)


def undeclared(question: Question) -> Verdict:
    """What a report says of a question without a use: review, with what was found."""
    reason = Reason(
        "use-not-declared", "review", "", Message("the use is not declared: say its intent and its purpose")
    )
    sources = tuple(
        SourceVerdict(s, Decision.REVIEW, (reason,), caveats=s.caveats, remedies=(Message("declare the use"),))
        for s in question.sources
    )
    caveats = (reason.message, *question.caveats)
    return Verdict(
        "", Decision.REVIEW, question.use, sources, caveats, problems=question.problems, conflicts=question.conflicts
    )


def table(question: Question, book: Rulebook) -> tuple[Row, ...]:
    """Every intent by noncommercial and commercial purpose, for a question that does not say its use."""
    said = {key: value for key, value in question.use if key not in ("intent", "purpose")}
    rows = []
    for intent in INTENTS:
        pair = (
            verdict(replace(question, use=tuple({**said, "intent": intent, "purpose": purpose}.items())), book)
            for purpose in ("noncommercial", "commercial")
        )
        rows.append(Row(intent, *pair))
    return tuple(rows)


def exit_code(result: Verdict, fail_on: str = "review") -> int:
    """0 allow, 1 deny, 3 review, 4 incomplete; the worst of deny, incomplete, review wins in that order."""
    if result.decision is Decision.DENY:
        return 1
    if result.problems:
        return 4
    if result.decision is Decision.REVIEW and fail_on != "deny":
        return 3
    return 0
