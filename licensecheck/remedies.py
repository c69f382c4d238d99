"""What would turn a deny into an allow: found by asking the engine again. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from licensecheck.engine import Engine, Judgement, carrying
from licensecheck.errors import ExpressionError
from licensecheck.expression import parse
from licensecheck.model import Source, replace
from licensecheck.outbound import solve
from licensecheck.vocabulary import Use
from licensecheck.wording import Message

_ORDER: Final = (
    "outbound",
    "same-license",
    "verbatim",
    "collection",
    "private-use",
    "noncommercial",
    "state-use",
    "state-license",
    "upstream",
    "permission",
    "drop-source",
)
_PLAIN: Final = frozenset({"permission", "upstream", "drop-source", "state-use", "state-license"})
"""Remedies that change facts which the engine does not hold, so that it cannot be asked."""


def _own_license(source: Source) -> str:
    try:
        ids = list(parse(source.license).ids())
    except ExpressionError:
        return ""
    return ids[0] if len(ids) == 1 else ""


def remedies(engine: Engine, source: Source, use: Use, judged: Judgement) -> tuple[str, ...]:
    """The remedies for one source that is not allowed, worded, those that the engine confirms first."""
    if judged.rank == 2:
        return ()
    words = engine.book.remedies
    own = _own_license(source)
    licence = engine.book.find(own) if own else None

    def better(changed: Use) -> bool:
        return engine.rank_source(source, carrying(changed, ""), changed.outbound) > judged.rank

    def by_outbound() -> str:
        names = solve(engine, (source,), use).allowed[:3]
        shorts = [found.short if (found := engine.book.find(name)) else name for name in names]
        return Message(words["outbound"], licenses=" / ".join(shorts)) if names else ""

    unchanged = replace(use, act=frozenset({"copy", "share"}), change="none", assembly="single", output="dataset")
    tries: dict[str, Callable[[], str]] = {
        "outbound": by_outbound if use.shared else lambda: "",
        "same-license": lambda: (
            Message(words["same-license"], license=licence.short)
            if licence and better(replace(use, outbound=licence.id))
            else ""
        ),
        "verbatim": lambda: (
            Message(words["verbatim"])
            if use.change != "none" and licence and better(replace(unchanged, outbound=licence.id))
            else ""
        ),
        "collection": lambda: (
            Message(words["collection"])
            if use.assembly != "collection"
            and use.shared
            and use.output == "dataset"
            and better(replace(unchanged, assembly="collection"))
            else ""
        ),
        "private-use": lambda: (
            Message(words["private-use"]) if use.shared and better(replace(use, scope="internal", outbound="")) else ""
        ),
        "noncommercial": lambda: (
            Message(words["noncommercial"])
            if engine.nc(use) != "nc" and better(replace(use, purpose="noncommercial", compensation="none"))
            else ""
        ),
    }
    found: list[str] = []
    wanted = {*judged.remedies, "private-use", "permission", "drop-source"}
    for kind in _ORDER:
        if kind in _PLAIN:
            if kind in wanted:
                found.append(Message(words[kind], source=source.name))
        elif text := tries[kind]():
            found.append(text)
    return tuple(found)
