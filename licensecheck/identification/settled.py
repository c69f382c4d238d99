"""What the statements of one text make of each other: subjects that carry over, wholes that stay open, choices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from licensecheck.knowledge import grammar, relations, restrictions
from licensecheck.model import Certainty, Kind, Scope, Stance, Statement

_AROUND_CHOICE: Final = r"(?:[ )\]\"'*]{{0,3}}(?:license|licence)?[ )\]\"'*]{{0,3}},? (?:{spaced}) (?:the |a |an |under |at your option )?[\[(\"'*]{{0,3}}| ?(?:{glued}) ?)"
PER_ITEM: Final = "LicenseRef-Per-Source"
_APART: Final = 40
"""Characters between two licenses that are offered as a choice."""


class Read(NamedTuple):
    """A statement, whether the text names its subject, and whether it is only of single items ("per image")."""

    statement: Statement
    explicit: bool
    per_item: bool


def settled(found: Sequence[Read], hedged: set[int]) -> list[Statement]:
    """Statements that say nothing of their subject take that of another one about the same license."""
    about: dict[str, Statement] = {}
    for one in found:
        if one.explicit and one.statement.license and one.statement.scope in (Scope.CODE, Scope.MODEL):
            about.setdefault(one.statement.license, one.statement)
    if any(one.statement.kind is Kind.PER_ITEM for one in found):
        found = [one._replace(per_item=True) if one.statement.start in hedged else one for one in found]
    # Nothing in the text but words about single items asserts a license.
    only_items = all(
        one.per_item or one.statement.license is None or restrictions.is_unnamed(one.statement.license) for one in found
    )
    settled = []
    for one in found:
        statement = one.statement
        other = about.get(statement.license or "")
        if other is not None and not one.explicit:
            statement = statement._replace(scope=other.scope)
        if one.per_item and only_items and statement.license and statement.kind is not Kind.PER_ITEM:
            statement = statement._replace(
                license=PER_ITEM, certainty=Certainty.AMBIGUOUS, rule="per-item", kind=Kind.PER_ITEM
            )
        settled.append(statement)
    return settled


def with_open_whole(found: list[Statement], own_parts: set[int]) -> list[Statement]:
    """Where only what the publisher added has a license, or the metadata, it is open under what the rest is."""
    about = [s for s in found if s.license and s.stance is Stance.ASSERTED and s.scope in (Scope.DATA, Scope.METADATA)]
    if not about or not all(s.start in own_parts or s.scope is Scope.METADATA for s in about):
        return found
    return [_open(s) if s in about else s for s in found]


def with_contradicted(found: list[Statement], not_the_data: set[str]) -> list[Statement]:
    """A license of the data is open where another sentence says that it is not for the data."""
    if not not_the_data:
        return found
    return [
        _open(s) if s.license in not_the_data and s.stance is Stance.ASSERTED and s.scope is Scope.DATA else s
        for s in found
    ]


def _open(statement: Statement) -> Statement:
    return statement._replace(restricts=tuple(dict.fromkeys((*statement.restricts, "unclear-rights"))))


def joined(found: Sequence[Statement], folded: str, text: str, divided: set[int]) -> list[Statement]:
    """Licenses between which the reader may choose ("MIT or Apache-2.0") as one statement."""
    joined: list[Statement] = []
    for statement in found:
        last = joined[-1] if joined else None
        if last is not None and statement.start not in divided and _is_choice(last, statement, folded):
            if _are_apart(joined[:-1], last, statement):
                joined.pop()
                continue
            joined[-1] = last._replace(
                license=f"{last.license} OR {statement.license}",
                certainty=_worse(last.certainty, statement.certainty),
                end=statement.end,
                words=text[last.start : statement.end],
                rule="choice",
                kind=Kind.NAME,
            )
        else:
            joined.append(statement)
    return joined


def _is_choice(last: Statement, statement: Statement, folded: str) -> bool:
    return bool(
        last.license
        and statement.license
        and last.end < statement.start < last.end + _APART
        and last.stance is statement.stance
        and _choice().fullmatch(folded, last.end, statement.start)
        and statement.license not in last.license
        and not (restrictions.is_unnamed(last.license) or restrictions.is_unnamed(statement.license))
    )


def _are_apart(before: Sequence[Statement], one: Statement, other: Statement) -> bool:
    """Whether a text gave two licenses to different things before, so that "X or Y" says them again and offers no choice."""

    def things(license: str | None) -> set[tuple[Scope, str]]:
        stated = (s for s in before if s.stance is Stance.ASSERTED and s.license)
        return {(s.scope, s.part) for s in stated if relations.agree(s.license or "", license or "")}

    first, second = things(one.license), things(other.license)
    return bool(first and second) and first.isdisjoint(second)


@cache
def _choice() -> re.Pattern[str]:
    """What stands between two licenses of which one may be chosen."""
    words = sorted(grammar.words("choices"), key=lambda word: (-len(word), word))
    spaced, glued = (
        "|".join(re.escape(word) for word in words if word.isascii() is ascii_) for ascii_ in (True, False)
    )
    return re.compile(_AROUND_CHOICE.format(spaced=spaced, glued=glued))


def _worse(one: Certainty, other: Certainty) -> Certainty:
    order = list(Certainty)
    return max(one, other, key=order.index)
