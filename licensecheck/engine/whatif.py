"""What other uses of the same sources would get: the engine asked ahead of time, for a page that only looks up. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

from licensecheck.engine import claims
from licensecheck.engine.engine import Engine, core, engine
from licensecheck.engine.evaluate import jointly
from licensecheck.engine.judgement import Judgement
from licensecheck.engine.outbound import candidates
from licensecheck.engine.ranks import ALLOW, DECISIONS, REVIEW
from licensecheck.knowledge.rulebook import Rulebook
from licensecheck.model import Claim, Decision, Source, replace
from licensecheck.vocabulary import ACTS, AXES, INTENTS, SHARING, Use, make_use

DECLARED: Final = ""
"""The intent of a use that was declared by its axes, and not by the name of an intent alone."""
SHAPE: Final = ("act", "change", "assembly", "portion", "output")
"""Axes that an intent fills, beside the scope: another intent leaves what was declared for them behind."""
MOST: Final = 250
"""So many kinds of sources a table is made for: it grows with them, and is made before anybody asks."""
_OUTBOUNDS: Final = 60
"""So many outbound licenses a table has, those of the rulebook first, then those that most sources are under."""
_BY_OUTBOUND: Final = frozenset({"label", "outbound", "outbound_commercial", "outbound_category"})
"""What rules ask of the outbound license."""


class Cell(NamedTuple):
    """One use of the table. ``intent`` is :data:`DECLARED` or a name of ``vocabulary.INTENTS``; ``purpose`` and
    ``outbound`` are "" where they are not stated."""

    intent: str
    purpose: str
    scope: str
    outbound: str


class Table(NamedTuple):
    """The rank (0 deny, 1 review, 2 allow) of every source for every combination of four axes.

    Purposes and scopes come with the number of their class: those of one class get the same answers.
    ``of`` names the row of each source, and sources of which the engine knows the same share one. A row
    has a word for each (intent, class of purpose, class of scope), with a digit for each of
    ``outbounds``, or one digit where they are all the same. ``most`` is what no license lifts: 1 where
    the use contains what has to be cleared otherwise, else 2. ``start`` is the use that was declared.
    """

    intents: tuple[str, ...]
    purposes: tuple[tuple[str, int], ...]
    scopes: tuple[tuple[str, int], ...]
    outbounds: tuple[str, ...]
    of: tuple[int, ...]
    rows: tuple[str, ...]
    most: int
    start: Cell

    def ranks(self, cell: Cell) -> tuple[int, ...]:
        """The rank of each source in ``cell``, in the order of the sources. Raises ValueError where it has none."""
        purposes, scopes = dict(self.purposes), dict(self.scopes)
        if cell.purpose not in purposes or cell.scope not in scopes:
            raise ValueError(f"{cell} is not in the table")
        word = self.intents.index(cell.intent) * _classes(self.purposes) + purposes[cell.purpose]
        word = word * _classes(self.scopes) + scopes[cell.scope]
        column = self.outbounds.index(cell.outbound)
        found = [row.split(" ")[word] for row in self.rows]
        digits = [int(text if len(text) == 1 else text[column]) for text in found]
        return tuple(digits[n] for n in self.of)

    def decision(self, cell: Cell) -> Decision:
        """The verdict on all sources together in ``cell``: the worst, and review where there is no source."""
        return DECISIONS[min(self.most, min(self.ranks(cell), default=REVIEW))]


def _classes(values: Sequence[tuple[str, int]]) -> int:
    return 1 + max(number for _, number in values)


def question(use: Use, cell: Cell) -> dict[str, str]:
    """The axes and values that declare ``cell`` where all else stays as ``use`` declares it."""
    dropped = {"purpose", "scope", "outbound", *(("intent", *SHAPE) if cell.intent else ())}
    kept = {axis: value for axis, value in use.given if axis not in dropped}
    said = {"intent": cell.intent, "purpose": cell.purpose, "scope": cell.scope, "outbound": cell.outbound}
    return {**kept, **{axis: value for axis, value in said.items() if value}}


def table(sources: Sequence[Source], book: Rulebook, use: Use) -> Table:
    """What the engine gives each of ``sources`` for every intent, purpose, scope and outbound license.

    All other axes stay as ``use`` declares them. Every cell is what ``evaluate`` decides for a use of
    :func:`question`, joint outbound license included. Raises ValueError for more than :data:`MOST`
    kinds of sources.
    """
    machine = engine(book)
    bare, of = _distinct(machine.compatibility.combined(sources))
    if len(bare) > MOST:
        raise ValueError(f"the sources are of {len(bare)} kinds, and a table has at most {MOST}")
    outbounds = _outbounds(machine, [bare[kind] for kind, _ in Counter(of).most_common()], use.outbound)
    own = use._replace(outbound=outbounds[1]) if use.outbound else use
    shape = {axis for axis, _ in use.given} & set(SHAPE)
    named = use.intent in INTENTS and not shape
    intents = (*(() if named else (DECLARED,)), *INTENTS)
    start = Cell(use.intent if named else DECLARED, use.purpose, use.scope, own.outbound)
    claimed = {claim for source in bare for claim in source.claims}
    purposes = _purposes(machine, own, claimed)
    scopes = _scopes(machine, claimed)
    inside = _all_of_outbound_share(machine)
    words: list[list[str]] = [[] for _ in bare]
    for intent in intents:
        for purpose in _first_of_each(purposes):
            for scope in _first_of_each(scopes):
                asked = make_use(question(own, Cell(intent, purpose, scope, "")))
                columns = outbounds if asked.shared or not inside else outbounds[:1]
                for row, digits in zip(words, _digits(machine, bare, len(sources), asked, columns), strict=True):
                    row.append(digits[0] if digits == digits[0] * len(digits) else digits)
    rows = [" ".join(row) for row in words]
    once = {row: number for number, row in enumerate(dict.fromkeys(rows))}
    return Table(
        intents,
        purposes,
        scopes,
        outbounds,
        tuple(once[rows[n]] for n in of),
        tuple(once),
        REVIEW if use.contains else ALLOW,
        start,
    )


def _outbounds(machine: Engine, bare: Sequence[Source], declared: str) -> tuple[str, ...]:
    """None, the declared one as the rulebook spells it, and the candidates for sources in the order of their weight."""
    every = candidates(machine, bare)
    known = machine.book.find(declared) if declared else None
    own = known.id if known is not None and known.id in every else declared
    return tuple(dict.fromkeys(("", *((own,) if own else ()), *every)))[:_OUTBOUNDS]


def _all_of_outbound_share(machine: Engine) -> bool:
    """Whether only sharing can make an outbound license matter: every rule that asks for it is about sharing alone."""
    asking = [dict(rule.when) for rule in machine.book.rules if _BY_OUTBOUND & {key for key, _ in rule.when}]
    return all(when.get("act", frozenset(ACTS)) <= SHARING for when in asking)


def kinds(sources: Iterable[Source]) -> int:
    """How many kinds of sources there are: those of which the engine knows the same are of one kind."""
    return len(_distinct(sources)[0])


def _distinct(sources: Iterable[Source]) -> tuple[list[Source], list[int]]:
    """Each source that differs in what the engine reads, once and without a name; and which of them each source is."""
    seen: dict[Source, int] = {}
    of = []
    for s in sources:
        of.append(seen.setdefault(s.bare, len(seen)))
    return list(seen), of


def _purposes(machine: Engine, use: Use, claimed: Collection[Claim]) -> tuple[tuple[str, int], ...]:
    """Every purpose with its class: those that are as commercial as each other, and that nothing tells apart."""
    every = (*(() if use.purpose else ("",)), *AXES["purpose"])
    asked = _asked(machine, "purpose", claimed)
    kinds = [(machine.noncommercial(replace(use, purpose=p)), *(p in values for values in asked)) for p in every]
    return _numbered(every, kinds)


def _scopes(machine: Engine, claimed: Collection[Claim]) -> tuple[tuple[str, int], ...]:
    """Every scope with its class: inside or outside, unless a rule tells more apart, or a claim reaches so far only."""
    every = AXES["scope"]
    asked = _asked(machine, "scope", claimed)
    asked += [every[: every.index(claim.scope) + 1] for claim in claimed if claim.scope in every]
    share = Use(act=frozenset({"share"}))
    kinds = [(replace(share, scope=s).shared, *(s in values for values in asked)) for s in every]
    return _numbered(every, kinds)


def _asked(machine: Engine, axis: str, claimed: Collection[Claim]) -> list[Collection[str]]:
    """The sets of values of ``axis`` that rules, and the bases of what is claimed, ask for."""
    ruled: list[Collection[str]] = [values for rule in machine.book.rules for key, values in rule.when if key == axis]
    bases = [known for claim in claimed if (known := claims.entry(claim, machine.book))]
    return ruled + [known["when"][axis] for known in bases if axis in known["when"]]


def _numbered(values: Sequence[str], kinds: Sequence[object]) -> tuple[tuple[str, int], ...]:
    numbers = {kind: n for n, kind in enumerate(dict.fromkeys(kinds))}
    return tuple((value, numbers[kind]) for value, kind in zip(values, kinds, strict=True))


def _first_of_each(values: Sequence[tuple[str, int]]) -> list[str]:
    """One member of each class, in the order of the classes."""
    members = {number: value for value, number in reversed(values)}
    return [members[number] for number in range(_classes(values))]


def _digits(machine: Engine, bare: Sequence[Source], total: int, asked: Use, outbounds: Sequence[str]) -> list[str]:
    """For each of ``bare`` its rank under each outbound license, the first of which is none at all."""
    use = core(asked)
    found = []
    for source in bare:
        rank = machine.ranks(source, use)
        found.append([rank(outbound) for outbound in outbounds])
    for row, alone in zip(found, _together(machine, bare, total, use, [row[0] for row in found]), strict=True):
        row[0] = alone
    return ["".join(map(str, row)) for row in found]


def _together(machine: Engine, bare: Sequence[Source], total: int, use: Use, ranks: Sequence[int]) -> list[int]:
    """``ranks`` where no outbound license is stated: lower where no one license holds for all sources."""
    several = [*bare, *bare[: total - len(bare)]]
    judged = [Judgement(rank) for rank in (*ranks, *ranks[: total - len(bare)])]
    return [j.rank for j in jointly(machine, several, use, judged)][: len(bare)]
