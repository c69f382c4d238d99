"""The panel of the page in which a reader tries another use."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from licensecheck.base.errors import UsageError
from licensecheck.base.message import speaker
from licensecheck.engine import whatif
from licensecheck.report import summary
from licensecheck.report.formats.html.cards import NAME
from licensecheck.report.terminal import safe
from licensecheck.vocabulary import INTENT_WORDS, INTENTS, Use, make_use

if TYPE_CHECKING:
    from licensecheck.knowledge.rulebook import Rulebook
    from licensecheck.model import Verdict
    from licensecheck.report import Options


SHARING: Final = {
    "private": "nobody else",
    "internal": "inside the organization",
    "named_group": "a named group outside",
    "public": "the public",
}

COMMERCIAL: Final = {"nc": "noncommercial", "unclear": "not clearly either", "commercial": "commercial"}


class Choice(NamedTuple):
    """One value that can be chosen for another use: its number, its words, and its group."""

    number: int
    words: str
    group: str = ""


class Panel(NamedTuple):
    """The form for other uses, and the table that it looks up."""

    choices: tuple[tuple[str, str, tuple[Choice, ...], int], ...]
    """Each control as (id, label, values, the number of the declared one)."""
    kept: tuple[str, ...]
    data: Mapping[str, object]


def panel_of(v: Verdict, options: Options) -> tuple[Panel | None, Sequence[int]]:
    """The form and its table, and the row of each source in it; none where there is nothing to ask."""
    if options.book is None or not v.sources:
        return None, ()
    declared = dict(v.use)
    if v.outbound.declared:
        declared.setdefault("outbound", v.outbound.declared)
    try:
        use = make_use(declared)
    except UsageError:
        return None, ()
    try:
        table = whatif.table([s.source for s in v.sources], options.book, use)
    except ValueError:
        return None, ()
    start = table.start
    chosen = ("intent", "purpose", "scope", "outbound")
    kept = {axis: value for axis, value in use.given if axis not in (*chosen, *whatif.SHAPE)}
    say = speaker(options.lang)
    scopes = [scope for scope, _ in table.scopes]
    purposes = [purpose for purpose, _ in table.purposes]
    choices = (
        (
            "whatif-intent",
            say("What is done"),
            tuple(_intents(table, use.given, say)),
            table.intents.index(start.intent),
        ),
        (
            "whatif-purpose",
            say("What for"),
            tuple(_purposes(purposes, use.compensation, options.book, say)),
            purposes.index(start.purpose),
        ),
        (
            "whatif-scope",
            say("Who gets it"),
            tuple(Choice(n, say(SHARING[scope])) for n, scope in enumerate(scopes)),
            scopes.index(start.scope),
        ),
        (
            "whatif-outbound",
            say("License of the result"),
            tuple(Choice(n, _short(name, options)) for n, name in enumerate(table.outbounds)),
            table.outbounds.index(start.outbound),
        ),
    )
    return Panel(
        choices, tuple(f"{axis}={value}" for axis, value in kept.items()), _data(table, use, kept, options)
    ), table.of


def _short(name: str, options: Options) -> str:
    return safe(summary.short(name, options.book, options.lang), NAME) if name else speaker(options.lang)("not stated")


def _intents(table: whatif.Table, given: Iterable[tuple[str, str]], say: Callable[..., str]) -> Iterable[Choice]:
    for n, intent in enumerate(table.intents):
        shape = [f"{axis}={value}" for axis, value in given if axis == "intent" or axis in whatif.SHAPE]
        words = say(INTENT_WORDS[intent]) if intent else say("as declared: {axes}", axes=" ".join(shape[:6]))
        yield Choice(n, words)


def _purposes(purposes: Sequence[str], compensation: str, book: Rulebook, say: Callable[..., str]) -> Iterable[Choice]:
    by: dict[str, list[Choice]] = {kind: [] for kind in COMMERCIAL}
    for n, purpose in enumerate(purposes):
        kind = book.noncommercial[purpose or "unstated"][compensation]
        by[kind].append(Choice(n, say(purpose.replace("_", " ") or "not stated"), say(COMMERCIAL[kind])))
    for choices in by.values():
        yield from choices


def _data(table: whatif.Table, use: Use, kept: Mapping[str, str], options: Options) -> Mapping[str, object]:
    """What the page's script looks up."""
    start = table.start
    counts = [0] * len(table.rows)
    for row in table.of:
        counts[row] += 1
    shape = {axis: value for axis, value in use.given if axis == "intent" or axis in whatif.SHAPE}
    return {
        "rows": table.rows,
        "counts": counts,
        "purpose": [number for _, number in table.purposes],
        "scope": [number for _, number in table.scopes],
        "most": table.most,
        "start": [
            table.intents.index(start.intent),
            [purpose for purpose, _ in table.purposes].index(start.purpose),
            [scope for scope, _ in table.scopes].index(start.scope),
            table.outbounds.index(start.outbound),
        ],
        "own": [_own_scope(table, intent) for intent in table.intents],
        "command": options.command,
        "words": [
            [_words(intent, shape) for intent in table.intents],
            [f"--purpose {purpose}" if purpose else "" for purpose, _ in table.purposes],
            [f"--set scope={scope}" for scope, _ in table.scopes],
            [f"--publish-as {shlex.quote(safe(name))}" if name else "" for name in table.outbounds],
            _axes(kept),
        ],
    }


def _own_scope(table: whatif.Table, intent: str) -> int:
    """The number of the scope that an intent has by itself; of what was declared by its axes, the declared one."""
    own = INTENTS[intent].get("scope", Use().scope) if intent else table.start.scope
    return [scope for scope, _ in table.scopes].index(own)


def _words(intent: str, shape: Mapping[str, str]) -> str:
    return f"--intent {intent}" if intent else _axes(shape)


_FLAGS: Final = ("intent", "compensation", "licensee", "jurisdiction")


def _axes(values: Mapping[str, str]) -> str:
    """Axes as words of the command line."""
    words = [
        f"--{a} {shlex.quote(v)}" if a in _FLAGS else f"--set {shlex.quote(f'{a}={v}')}" for a, v in values.items()
    ]
    return safe(" ".join(words))
