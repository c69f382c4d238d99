"""A hook of the site: draws a ``rooms`` block as stacked boxes.

A line is a floor, the top one first: ``name | job``, and ``||`` between rooms that lie side by side.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

_BLOCK = re.compile(r"^```rooms\n(.*?)^```$", re.M | re.S)
_HEIGHT, _GAP, _WIDTH, _NAME = 34, 6, 860, 165


def floors(text: str) -> list[list[tuple[str, str]]]:
    """Each floor of a block as its rooms: name and job."""
    rows = []
    for line in text.strip().splitlines():
        pairs = (room.partition("|") for room in line.split("||"))
        rows.append([(name.strip(), job.strip()) for name, _, job in pairs])
    return rows


def drawn(text: str) -> str:
    """A block as one SVG picture."""
    boxes = []
    rows = floors(text)
    for at, rooms in enumerate(rows):
        top, width = at * (_HEIGHT + _GAP), _WIDTH / len(rooms)
        for place, (name, job) in enumerate(rooms):
            left, middle = place * width, top + _HEIGHT // 2 + 5
            indent = _NAME if len(rooms) == 1 else 115
            boxes.append(
                f'<rect x="{left + 1:g}" y="{top + 1}" width="{width - 4:g}" height="{_HEIGHT}" rx="5" fill="none"'
                f' stroke="currentColor"/><text x="{left + 12:g}" y="{middle}" font-weight="bold">{escape(name)}</text>'
                f'<text x="{left + indent:g}" y="{middle}">{escape(job)}</text>'
            )
    height = len(rows) * (_HEIGHT + _GAP) + 2
    head = f'<svg role="img" aria-label="The rooms, from the top floor down" viewBox="0 0 {_WIDTH} {height}" font-size="12.5"'
    return f'{head} fill="currentColor" xmlns="http://www.w3.org/2000/svg">{"".join(boxes)}</svg>'


def on_page_markdown(markdown: str, **_: Any) -> str:
    """The page with each block drawn."""
    return _BLOCK.sub(lambda m: drawn(m[1]), markdown)
