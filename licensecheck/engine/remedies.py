"""What would turn a deny into an allow: found by asking the engine again. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from licensecheck.base.errors import ExpressionError
from licensecheck.base.message import Message
from licensecheck.engine.engine import Engine, carrying
from licensecheck.engine.judgement import Judgement
from licensecheck.engine.outbound import solve
from licensecheck.engine.ranks import ALLOW
from licensecheck.expression import parse
from licensecheck.model import Source, replace
from licensecheck.vocabulary import Use

_RECORDED: Final = "{remedy} (`claims` in licensecheck.yaml)"


def _own_license(source: Source) -> str:
    try:
        ids = list(parse(source.license).ids())
    except ExpressionError:
        return ""
    return ids[0] if len(ids) == 1 else ""


def _offered(engine: Engine, source: Source, sources: Sequence[Source], use: Use) -> tuple[str, ...]:
    """The licenses on the result that ``source`` allows, and every other source that allows any."""
    names = solve(engine, (source,), use).allowed
    for other in dict.fromkeys(each.bare for each in sources) if names else ():
        theirs = frozenset(solve(engine, (other,), use).allowed)
        own = tuple(name for name in names if name in theirs or engine.rank_source(other, use, name) == ALLOW)
        names = own if theirs else names
    return names


def remedies(
    engine: Engine, source: Source, use: Use, judged: Judgement, sources: Sequence[Source] = ()
) -> tuple[str, ...]:
    """The remedies for one of ``sources`` that is not allowed, worded, those that the engine confirms first."""
    if judged.rank == ALLOW:
        return ()
    words = engine.book.remedies
    own = _own_license(source)
    known = engine.book.find(own) if own else None
    # of itself it is allowed: what is in the way is what another source asks of the same result
    joint = engine.rank_source(source, carrying(use, ""), use.outbound) == ALLOW

    def under(names: Sequence[str]) -> tuple[str, ...]:
        return tuple(found.short if (found := engine.book.find(name)) else name for name in names[:3])

    def by_outbound() -> str:
        names = _offered(engine, source, sources, carrying(use, "")) if use.shared and not joint else ()
        return Message(words["outbound"], licenses=" / ".join(under(names))) if names else ""

    def confirmed(kind: str, changed: Use, **given: str) -> str:
        """The remedy, worded with what else it takes, where the engine confirms that it leads further."""
        plain, outbound = carrying(changed, ""), changed.outbound
        rank = engine.rank_source(source, plain, outbound)
        says = Message(words[kind], **given)
        if rank == ALLOW:
            return says
        names = _offered(engine, source, sources, plain) if changed.shared and outbound else ()
        if kind == "noncommercial" and names:
            if by_outbound():
                return ""
            also = Message(words["outbound"], licenses=" / ".join(under(names)))
            return Message("{remedy}, and {also}", remedy=says, also=also)
        if rank <= judged.rank or kind == "verbatim":
            return ""
        left = engine.source(source, changed).reasons
        return (
            Message("{remedy} (this still needs review: {reason})", remedy=says, reason=left[0].message)
            if left
            else says
        )

    unchanged = replace(use, act=frozenset({"copy", "share"}), change="none", assembly="single", output="dataset")
    data = use.shared and use.output == "dataset"

    def as_it_is() -> str:
        return confirmed("verbatim", unchanged) if use.change != "none" and known and not joint else ""

    tries: dict[str, Callable[[], str]] = {
        "outbound": by_outbound,
        "same-license": lambda: (
            confirmed("same-license", replace(unchanged, outbound=known.id), license=known.short)
            if data and known and not joint and not as_it_is()
            else ""
        ),
        "verbatim": as_it_is,
        "collection": lambda: (
            confirmed("collection", replace(unchanged, assembly="collection"))
            if use.assembly != "collection" and data
            else ""
        ),
        "private-use": lambda: (
            confirmed("private-use", replace(use, scope="internal", outbound="")) if use.shared else ""
        ),
        "noncommercial": lambda: (
            confirmed("noncommercial", replace(use, purpose="noncommercial", compensation="none"))
            if engine.noncommercial(use) != "nc" and not joint
            else ""
        ),
    }
    found: list[str] = []
    wanted = {*judged.remedies, "private-use", "permission", "drop-source"}
    for kind in words:
        if kind not in tries:  # it changes facts that the engine does not hold, so that it cannot be asked
            if kind in wanted:
                says = Message(words[kind], source=source.name)
                found.append(Message(_RECORDED, remedy=says) if kind == "permission" else says)
        elif text := tries[kind]():
            found.append(text)
    return tuple(found)
