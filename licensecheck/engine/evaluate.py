"""(sources, use, rulebook) -> verdict. Pure: what the engine says of each source, put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from licensecheck.base.errors import ExpressionError
from licensecheck.base.message import Message, word
from licensecheck.engine.acts import reworks
from licensecheck.engine.credit import attributions
from licensecheck.engine.engine import Engine, answered, carrying, core, engine
from licensecheck.engine.judgement import DOUBT, Judgement
from licensecheck.engine.outbound import Solution, holding, solve
from licensecheck.engine.ranks import ALLOW, DECISIONS, DENY, REVIEW, strictest
from licensecheck.engine.remedies import remedies
from licensecheck.expression import parse
from licensecheck.knowledge.rulebook import Rulebook, cite
from licensecheck.model import Conflict, Decision, Outbound, Reason, Source, SourceVerdict, Verdict, replace
from licensecheck.vocabulary import INTENTS, Use


def evaluate(sources: Sequence[Source], use: Use, book: Rulebook, *, id: str = "", readings: bool = True) -> Verdict:
    """The verdict for ``use`` of all ``sources`` together, under the rules of ``book``.

    With ``readings`` its assumptions name what other readings of the law would give.

    Sources are judged one by one and the worst decides; no source at all is *review*, never a pass.
    Where the outbound license of an adaptation is not stated and no license can hold for all
    sources, that is a *deny* of its own.
    """
    machine, asked = engine(book), core(use)
    sources = [_weighed(machine, source, asked) if source.conflicts else source for source in sources]
    sources = machine.compatibility.combined(sources)
    judged = [machine.source(source, asked) for source in sources]
    solution = solution_of(machine, sources, asked)
    if solution and not use.outbound:
        judged = jointly(machine, sources, asked, judged)
        if not solution.allowed and meet(sources, asked) and all(j.rank == ALLOW for j in judged):
            solution = _widest(machine, sources, asked)
    verdicts = tuple(
        SourceVerdict(
            source,
            judgement.decision,
            tuple(_cited(reason, source) for reason in judgement.reasons),
            judgement.duties,
            tuple(dict.fromkeys((*source.caveats, *judgement.caveats))),
            remedies(machine, source, asked, judgement, sources),
            judgement.chosen,
            machine.claims(source, asked),
            machine.licensed(source, asked).decision if source.claims else None,
        )
        for source, judgement in zip(sources, judged, strict=True)
    )
    constraints = tuple(
        Reason(f"contains-{what.replace('_', '-')}", "review", clause, Message(says))
        for what, (clause, says) in ((what, book.constraints[what]) for what in sorted(use.contains))
    )
    decision = strictest([*(v.decision for v in verdicts), *(Decision.REVIEW for _ in constraints)])
    caveats = tuple(dict.fromkeys(caveat for v in verdicts for caveat in v.caveats))
    if solution and solution.untried:
        says = "{count} more licenses of the sources were not tried as the license of the result"
        caveats = (*caveats, Message(says, count=solution.untried))
    if not sources:
        caveats = (Message("nothing to check: no source and no license was found"),)
    return Verdict(
        id,
        decision,
        use.given,
        verdicts,
        caveats,
        (*_assumptions(use, sources), *(other_readings(sources, use, book, decision) if readings else ())),
        _outbound(use, sources, solution),
        attributions(verdicts, use, book),
        conflicts=tuple(conflict for source in sources for conflict in source.conflicts),
        constraints=constraints,
    )


def _weighed(machine: Engine, source: Source, use: Use) -> Source:
    """``source`` with what each of its conflicts changes for ``use``: what each claim alone would give."""
    return replace(source, conflicts=tuple(replace(c, weight=_weight(machine, c, use)) for c in source.conflicts))


def _weight(machine: Engine, conflict: Conflict, use: Use) -> str:
    by: dict[str, Decision] = {}
    for claim in conflict.claims:
        license = claim.license or "NOASSERTION"
        by[license] = DECISIONS[machine.rank(license, use, use.outbound)]
    if len(by) < 2:
        return ""
    if len(set(by.values())) == 1:
        decision = Message(next(iter(by.values())).value)
        return Message("same verdict under each: {decision}", decision=decision)
    said = tuple(
        Message("{license} gives {decision}", decision=Message(decision.value), license=license)
        for license, decision in by.items()
    )
    return Message("it decides the result for this use: {answers}", answers=said)


def _assumptions(use: Use, sources: Sequence[Source]) -> tuple[str, ...]:
    found = []
    if not use.purpose:
        found.append(Message("the purpose is not stated, so it is open whether the use is noncommercial"))
    if use.shared and INTENTS.get(use.intent, {"scope": ""}).get("scope") is None:
        found.append(Message("the scope is {scope}, so the result counts as shared", scope=word(use.scope)))
    if use.scope == "named_group":
        found.append(
            Message(
                "a named group outside the organization is treated as the public; under a license that is about sharing with the public only, that is open"
            )
        )
    if use.subject in ("unprotected", "expired") and not all(
        any(claim.kind == use.subject for claim in source.claims) for source in sources
    ):
        says = (
            "subject={subject} alone changes nothing: state it as a claim of each source, with its basis and evidence"
        )
        found.append(Message(says, subject=use.subject))
    return tuple(found)


_SWITCHES: Final = (
    (
        "training_is_adaptation",
        ("no", "yes"),
        "unknown",
        "it is open whether training makes an adaptation",
        "--set training_is_adaptation=no or yes",
    ),
    ("sgdr", ("no", "yes"), "no", "no database right", "--set sgdr=yes if one applies"),
    ("profile", ("data", "publish"), "data", "adapter's chart used", ""),
)
"""The policy switches: where authorities differ, or a fact is for the user to say. Each has its answers, the default and
its words, and a hint for a use that does not declare it and to which no answer makes a difference."""


def other_readings(
    sources: Sequence[Source],
    use: Use,
    book: Rulebook,
    decision: Decision,
    whole: Callable[[str, str, Decision], Decision] = lambda axis, answer, found: found,
) -> tuple[str, ...]:
    """The answer of each switch that this use depends on, with the decisions that its other answers give.

    ``decision`` is that of the whole question. ``whole`` makes the decision of the whole question of what the engine found
    for another answer, where more than sources and use decides.
    """
    machine = engine(book)
    declared = {axis for axis, _ in use.given}
    lines = []
    for axis, answers, default, words, hint in _SWITCHES:
        if not (("train" in use.act or use.output == "weights") if axis == "training_is_adaptation" else use.shared):
            continue
        own = getattr(use, axis)
        what = word(words) if own == default else Message("{axis}={own}", axis=axis, own=own)
        found = {
            answer: whole(axis, answer, _together(machine, sources, core(use), axis, answer))
            for answer in answers
            if answer != own
        }
        if any(other is not decision for other in found.values()):
            others = tuple(
                Message("--set {axis}={answer}: {decision}", axis=axis, answer=answer, decision=word(other.value))
                for answer, other in found.items()
            )
            lines.append(Message("{assumed} ({others})", assumed=what, others=others))
        elif hint and own == default and axis not in declared and (axis == "sgdr" or use.output == "weights"):
            lines.append(Message("{assumed} ({others})", assumed=what, others=word(hint)))
    return tuple(lines)


def _together(machine: Engine, sources: Sequence[Source], use: Use, axis: str, answer: str) -> Decision:
    sources = machine.compatibility.combined(sources)
    changed = answered(use, axis, answer)
    plain = carrying(changed, "")
    judged = [Judgement(machine.rank_source(source, plain, use.outbound)) for source in sources]
    if not use.outbound and solution_of(machine, sources, changed):
        judged = jointly(machine, sources, changed, judged)
    most = REVIEW if use.contains else ALLOW
    return DECISIONS[min((most, *(j.rank for j in judged))) if judged else REVIEW]


def solution_of(machine: Engine, sources: Sequence[Source], use: Use) -> Solution | None:
    """The outbound question, where the use has one: something made from the sources is shared."""
    if not sources or not use.shared or use.portion in ("facts_only", "ids_only"):
        return None
    bare = tuple(s.bare for s in sources)
    return solve(machine, bare, replace(use, outbound=""))


def _widest(machine: Engine, sources: Sequence[Source], use: Use) -> Solution | None:
    """:func:`solution_of`; where none of the candidates is allowed, with all licenses of the rulebook."""
    solution = solution_of(machine, sources, use)
    if solution is None or solution.allowed:
        return solution
    held = holding(machine, tuple(s.bare for s in sources), replace(use, outbound=""))
    return Solution(held.allowed, solution.possible or held.possible, solution.blocked, solution.untried)


_UNSETTLED: Final = "the sources ({names}) ask for different licenses on the result, and it is not settled whether one license satisfies all of them"
_UNSETTLED_OF_ONE: Final = "{names}: the listed licenses ask for different licenses on the result, and it is not settled whether one license satisfies all of them"
_NONE_HOLDS: Final = (
    "the sources ({names}) ask for different licenses on the result, and no license satisfies all of them"
)
_NONE_HOLDS_OF_ONE: Final = (
    "{names}: the listed licenses ask for different licenses on the result, and no license satisfies all of them"
)


def meet(sources: Sequence[Source], use: Use) -> bool:
    """Whether several licenses have to hold for one result: those of sources that differ, or of one that is reworked."""
    kinds = {s.bare for s in sources}
    if len(kinds) != 1:
        return len(kinds) > 1
    if not (use.assembly == "merged" or reworks(use)):
        return False
    (only,) = kinds
    return bool(only.also or only.upstream) or " AND " in only.license


def jointly(machine: Engine, sources: Sequence[Source], use: Use, judged: list[Judgement]) -> list[Judgement]:
    """Each source alone may be allowed where no single outbound license holds for all that are.

    So may be one under several licenses that all apply, where something new is made of it; a copy keeps them all.
    """
    allowed = [n for n, j in enumerate(judged) if j.rank == ALLOW]
    asking = [sources[n] for n in allowed]
    if any(j.rank == DENY for j in judged) or not meet(asking, use):
        return judged
    solution = _widest(machine, asking, use)
    if solution is None or solution.allowed:
        return judged
    rank, effect = (REVIEW, "review") if solution.possible else (DENY, "forbid")
    names = ", ".join(source.name for source in asking)
    if len(asking) == 1:
        message = Message(_UNSETTLED_OF_ONE if solution.possible else _NONE_HOLDS_OF_ONE, names=names)
    else:
        message = Message(_UNSETTLED if solution.possible else _NONE_HOLDS, names=names)
    clauses = dict.fromkeys(clause for source in asking for clause in _asks(machine, source, use))
    clause = "; ".join(list(clauses)[:_CITED]) or "each source's outbound rule"
    reason = Reason("no-common-outbound", effect, clause, message)
    blockers = {allowed[n] for _, against in solution.blocked for n in against}
    return [
        Judgement(rank, (reason,), (), j.caveats, ("collection", "drop-source", "permission")) if n in blockers else j
        for n, j in enumerate(judged)
    ]


_CITED: Final = 8
"""Clauses that one reason cites, at most."""


def _asks(machine: Engine, source: Source, use: Use) -> Iterator[str]:
    """The clauses of a source on the license of the result: of an adaptation, or of an unchanged copy."""
    adapted = reworks(use) or use.assembly == "merged"
    for text in (source.license, *source.also, *source.upstream):
        for license in filter(None, map(machine.book.find, _ids(text))):
            clause = license.outbound.clause if adapted else dict(license.clauses).get("relabel", "")
            if clause and license.category != "none":
                yield cite(license.short, clause)
    yield from (verdict.reason.clause for verdict in machine.claims(source, use) if verdict.decision is Decision.ALLOW)


def _ids(text: str) -> list[str]:
    try:
        return list(parse(text).ids())
    except ExpressionError:
        return []


def _cited(reason: Reason, source: Source) -> Reason:
    """``reason`` with the places of the words that it rests on, where these are not the license's own."""
    if reason.rule != DOUBT:
        return reason
    named = {id for text in source.beside for id in _ids(text)}
    places = dict.fromkeys(f"{e.path}:{e.line}" for e in source.evidence if named & set(_ids(e.license or "")))
    return replace(reason, clause=", ".join(list(places)[:_CITED])) if places else reason


def _outbound(use: Use, sources: Sequence[Source], solution: Solution | None) -> Outbound:
    if solution is None:
        return Outbound(use.outbound or None)
    blocked = tuple((name, tuple(sources[n].name for n in against)) for name, against in solution.blocked)
    return Outbound(use.outbound or None, solution.allowed, blocked)
