"""The lineage of sources as a drawing: what they are made from, the sources, and the result. SVG without a style of its own.

The page's style sheet colors it by class, so that it follows a dark mode and a policy that lets no style attribute in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Final, NamedTuple

from licensecheck.report.terminal import columns, safe

WIDTH: Final = 222
_HEIGHT: Final = 50
_GAP: Final = 10
_BETWEEN: Final = 62
_FITS: Final = 27
"""So many columns of text fit a box."""
MOST: Final = 15
"""So many boxes fit in one column."""


class Node(NamedTuple):
    """A box: its name, the line below it, its decision ("" where it has none), and the boxes it is made from."""

    name: str
    below: str
    decision: str = ""
    made_from: tuple[str, ...] = ()
    sources: int = 1


def shown(sources: Sequence[Node], say: Callable[..., str]) -> list[Node]:
    """``sources``, the worst first; where they are too many, some of each decision and a box for its others."""
    if len(sources) <= MOST:
        return list(sources)
    by: dict[str, list[Node]] = {}
    for node in sources:
        by.setdefault(node.decision, []).append(node)
    made: list[Node] = []
    for n, (decision, nodes) in enumerate(by.items()):
        room = max((MOST - len(made)) // (len(by) - n), 1)
        kept = nodes if len(nodes) <= room else nodes[: room - 1]
        made += kept
        if rest := nodes[len(kept) :]:
            number = sum(node.sources for node in rest)
            origins = tuple(dict.fromkeys(name for node in rest for name in node.made_from))
            more = say("and {count} more", count=number)
            made.append(Node(more, say("sources of {count} kinds", count=len(rest)), decision, origins, number))
    return made


def svg(sources: Sequence[Node], result: Node, label: str, say: Callable[..., str]) -> str:
    """The drawing, named by the element with the id ``label``, in the language that ``say`` speaks.

    Text in it is escaped, and cut to its box.
    """
    middle = shown(sources, say)
    rest = say("other works")
    origins = _origins(middle, rest)
    left = [[Node(name, say("what a source is made from")) for name in origins]] if origins else []
    every = [*left, middle, [result]]
    between = _BETWEEN if left else _BETWEEN * 3
    rows = max(map(len, every))
    height = rows * (_HEIGHT + _GAP) - _GAP
    width = len(every) * (WIDTH + between) - between
    boxes: list[str] = []
    tops: list[list[float]] = []
    for number, column in enumerate(every):
        step = _HEIGHT + _GAP
        first = (height - len(column) * step + _GAP) / 2
        tops.append([first + step * n for n in range(len(column))])
        boxes += [_box(node, number * (WIDTH + between), y, say) for node, y in zip(column, tops[-1], strict=True)]
    at = len(every) - 2
    x = at * (WIDTH + between) + WIDTH
    lines = [_line(x, y, between, tops[-1][0], node.decision) for node, y in zip(middle, tops[at], strict=True)]
    for node, y in zip(middle, tops[at], strict=True):
        lines += [_line(WIDTH, tops[0][origins.index(name)], between, y, "") for name in _drawn(node, origins, rest)]
    return (
        f'<svg class="lineage" role="img" aria-labelledby="{label}" width="{width + 4}" height="{height + 4:g}" '
        f'viewBox="-2 -2 {width + 4} {height + 4:g}">{"".join(lines)}{"".join(boxes)}</svg>'
    )


def _origins(sources: Sequence[Node], rest: str) -> list[str]:
    every = list(dict.fromkeys(name for node in sources for name in node.made_from))
    return every if len(every) <= MOST else [*every[: MOST - 1], rest]


def _drawn(node: Node, origins: Sequence[str], rest: str) -> Iterator[str]:
    yield from dict.fromkeys(name if name in origins else rest for name in node.made_from)


def _line(x: float, y: float, across: float, to_y: float, decision: str) -> str:
    y, to_y, bend = y + _HEIGHT / 2, to_y + _HEIGHT / 2, across / 2
    path = f"M{x:g} {y:g}C{x + bend:g} {y:g} {x + across - bend:g} {to_y:g} {x + across:g} {to_y:g}"
    return f'<path class="line {decision or "from"}" d="{path}"/>'


def _box(node: Node, x: int, y: float, say: Callable[..., str]) -> str:
    decision = say(node.decision) if node.decision else ""
    name = escape(_cut(safe(node.name), _FITS - (columns(decision) + 2 if decision else 0)))
    below = escape(_cut(safe(node.below), _FITS + 3))
    decided = (
        f'<text class="mark {node.decision}" x="{x + WIDTH - 12}" y="{y + 21:g}">{escape(decision)}</text>'
        if node.decision
        else ""
    )
    return (
        f'<rect class="box {node.decision or "from"}" x="{x}" y="{y:g}" width="{WIDTH}" height="{_HEIGHT}" rx="4"/>'
        f'<rect class="edge {node.decision or "from"}" x="{x}" y="{y:g}" width="4" height="{_HEIGHT}" rx="1"/>'
        f'<text class="name" x="{x + 14}" y="{y + 21:g}">{name}</text>'
        f'<text class="below" x="{x + 14}" y="{y + 39:g}">{below}</text>{decided}'
    )


def _cut(text: str, most: int) -> str:
    if columns(text) <= most:
        return text
    while columns(text) > most - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"
