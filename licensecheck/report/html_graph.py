"""The lineage of sources as a drawing: what they are made from, the sources, and the result. SVG without a style of its own.

The page's style sheet colours it by class, so that it follows a dark mode and a policy that lets no style attribute in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final, NamedTuple

from licensecheck.report.terminal import columns, safe

WIDTH: Final = 222
_HEIGHT: Final = 50
_GAP: Final = 14
_BETWEEN: Final = 62
_FITS: Final = 27
"""So many columns of text fit a box."""
MOST: Final = 18
"""So many boxes stand in one column; the rest is one box that counts them."""


class Node(NamedTuple):
    """A box: its name, what stands below it, its decision ("" where it has none), and the boxes it is made from."""

    name: str
    below: str
    decision: str = ""
    made_from: tuple[str, ...] = ()
    sources: int = 1


def shown(sources: Sequence[Node]) -> list[Node]:
    """``sources``, the worst first, of which the last stands for all that would make the column too long."""
    if len(sources) <= MOST:
        return list(sources)
    rest = sources[MOST - 1 :]
    number = sum(node.sources for node in rest)
    worst = min((node.decision for node in rest), key=("deny", "review", "allow", "").index)
    origins = tuple(dict.fromkeys(name for node in rest for name in node.made_from))
    return [*sources[: MOST - 1], Node(f"{number} more sources", f"{worst} at worst", worst, origins, number)]


def svg(sources: Sequence[Node], result: Node, label: str) -> str:
    """The drawing, named by the element with the id ``label``. Text in it is escaped, and cut to its box."""
    middle = shown(sources)
    origins = _origins(middle)
    left = [[Node(name, "what a source is made from", "", ()) for name in origins]] if origins else []
    every = [*left, middle, [result]]
    rows = max(map(len, every))
    height = rows * (_HEIGHT + _GAP) - _GAP
    width = len(every) * (WIDTH + _BETWEEN) - _BETWEEN
    boxes: list[str] = []
    tops: list[list[float]] = []
    for number, column in enumerate(every):
        step = _HEIGHT + _GAP
        first = (height - len(column) * step + _GAP) / 2
        tops.append([first + step * n for n in range(len(column))])
        boxes += [_box(node, number * (WIDTH + _BETWEEN), y) for node, y in zip(column, tops[-1], strict=True)]
    at = len(every) - 2
    lines = [_line(at, y, tops[-1][0], node.decision) for node, y in zip(middle, tops[at], strict=True)]
    for node, y in zip(middle, tops[at], strict=True):
        lines += [_line(0, tops[0][origins.index(name)], y, "") for name in _drawn(node, origins)]
    return (
        f'<svg class="lineage" role="img" aria-labelledby="{label}" width="{width + 4}" height="{height + 4:g}" '
        f'viewBox="-2 -2 {width + 4} {height + 4:g}">{"".join(lines)}{"".join(boxes)}</svg>'
    )


_REST: Final = "other works"


def _origins(sources: Sequence[Node]) -> list[str]:
    every = list(dict.fromkeys(name for node in sources for name in node.made_from))
    return every if len(every) <= MOST else [*every[: MOST - 1], _REST]


def _drawn(node: Node, origins: Sequence[str]) -> Iterator[str]:
    yield from dict.fromkeys(name if name in origins else _REST for name in node.made_from)


def _line(column: int, start: float, end: float, decision: str) -> str:
    x, y = column * (WIDTH + _BETWEEN) + WIDTH, start + _HEIGHT / 2
    to_x, to_y = x + _BETWEEN, end + _HEIGHT / 2
    bend = _BETWEEN / 2
    path = f"M{x} {y:g}C{x + bend:g} {y:g} {to_x - bend:g} {to_y:g} {to_x} {to_y:g}"
    return f'<path class="line {decision or "from"}" d="{path}"/>'


def _box(node: Node, x: int, y: float) -> str:
    name = escape(_cut(safe(node.name), _FITS - (len(node.decision) + 2 if node.decision else 0)))
    below = escape(_cut(safe(node.below), _FITS + 3))
    decided = (
        f'<text class="mark {node.decision}" x="{x + WIDTH - 12}" y="{y + 21:g}">{node.decision}</text>'
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
