"""Under which licenses a result may be published, and who stands in the way. Pure: it asks the engine."""

# Annotations are evaluated: to compile each as a string, as NamedTuple else does, takes longer than the rest.

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from licensecheck.base.errors import ExpressionError
from licensecheck.engine.engine import Engine, carrying
from licensecheck.engine.ranks import ALLOW, DENY, REVIEW
from licensecheck.expression import parse
from licensecheck.model import Source, replace
from licensecheck.vocabulary import Use


class Solution(NamedTuple):
    """``allowed`` and ``possible`` (review) licenses, best first; ``blocked`` maps each other one to
    the indexes of the sources that do not allow it. ``untried`` is how many candidates there are beyond :data:`MOST`."""

    allowed: tuple[str, ...]
    possible: tuple[str, ...]
    blocked: tuple[tuple[str, tuple[int, ...]], ...]
    untried: int = 0


MOST: Final = 100
"""So many candidates are tried: each costs a judgement of every source."""


def candidates(engine: Engine, sources: Sequence[Source]) -> tuple[str, ...]:
    """The licenses worth trying: the rulebook's list, and those that the sources carry themselves."""
    own: list[str] = []
    for source in sources:
        for text in (source.license, *source.also, *source.readings):
            try:
                own += [engine.book.canonical(name) for name in parse(text).ids()]
            except ExpressionError:
                continue
    offered = []
    for name in dict.fromkeys((*engine.book.candidates, *own)):
        known = engine.book.find(name)
        if known is not None and (known.outbound_choice or known.id in own) and not known.members:
            offered.append(known.id)
    return tuple(offered)


class Freed(NamedTuple):
    """What would let the result be published under ``license``: sources to leave out, and sources that
    may stay as separate, unchanged works of a collection. Both are indexes, and the sets are minimal:
    each source is judged alone, so that exactly those that block have to go."""

    license: str
    remove: tuple[int, ...]
    separate: tuple[int, ...]


def free(engine: Engine, sources: Sequence[Source], use: Use, wanted: str) -> Freed:
    """The smallest change to the set of sources that frees the license ``wanted`` for the result."""
    apart = replace(use, act=frozenset({"copy", "share"}), change="none", assembly="collection", output="dataset")
    remove: list[int] = []
    separate: list[int] = []
    for n, source in enumerate(sources):
        if engine.rank_source(source, use, wanted) < ALLOW:
            alone = engine.rank_source(source, apart, wanted) == ALLOW
            (separate if alone else remove).append(n)
    return Freed(wanted, tuple(remove), tuple(separate))


def solve(engine: Engine, sources: Sequence[Source], use: Use) -> Solution:
    """Every candidate, tried: what the engine says of each source when the result carries it."""
    return _solve(engine, tuple(sources), carrying(use, ""))


@lru_cache(maxsize=65536)
def _solve(engine: Engine, sources: tuple[Source, ...], use: Use) -> Solution:
    by_source = [engine.ranks(source, use) for source in sources]
    allowed: list[str] = []
    possible: list[str] = []
    blocked: list[tuple[str, tuple[int, ...]]] = []
    every = candidates(engine, sources)
    for name in every[:MOST]:
        ranks = [rank(name) for rank in by_source]
        against = tuple(n for n, rank in enumerate(ranks) if rank < ALLOW)
        if not against:
            allowed.append(name)
            continue
        blocked.append((name, against))
        if DENY not in ranks:
            possible.append(name)
    return Solution(tuple(allowed), tuple(possible), tuple(blocked), len(every[MOST:]))


@lru_cache(maxsize=65536)
def holding(engine: Engine, sources: tuple[Source, ...], use: Use) -> Solution:
    """All licenses of the rulebook that hold for every one of ``sources``, and those that may; nothing as ``blocked``.

    The candidates are those worth offering, and depend on what the sources carry; whether any license holds must not.
    """
    asked = carrying(use, "")
    left = [(name, ALLOW) for name in engine.choices]
    for source in sources:
        rank = engine.ranks(source, asked)
        left = [(name, min(worst, found)) for name, worst in left if (found := rank(name))]
    return Solution(
        tuple(n for n, worst in left if worst == ALLOW), tuple(n for n, worst in left if worst == REVIEW), ()
    )
