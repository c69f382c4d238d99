"""Headings of a Markdown text, fence-aware, and which of them speak of licences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_HEADING: Final = re.compile(
    r"^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$|^(?=\S)(.{1,120})\n(?:={3,}|-{3,})[ \t]*$", re.M
)
_FENCE: Final = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.M)
_LICENSING: Final = re.compile(
    r"licen[cs]|copyright|terms|usage rights|legal|라이[선센]스|저작권|이용 ?(?:약관|조건|허락)|ライセンス|利用規約|许可|許可|授权|版权|lizenz|licencia|licença|licenza",
    re.I,
)


class Section(NamedTuple):
    """A heading with the text below it: offsets of the heading, of the body and of its end."""

    title: str
    level: int
    start: int
    body: int
    end: int

    @property
    def licensing(self) -> bool:
        """Whether the heading speaks of licences, copyright or terms."""
        return bool(_LICENSING.search(self.title))


def sections(text: str, start: int = 0) -> Iterator[Section]:
    """The sections of ``text`` from ``start`` on; what stands before the first heading has title "" and level 0."""
    fences = [m.start() for m in _FENCE.finditer(text, start)]
    spans = list(zip(fences[::2], [*fences[1::2], *([len(text)] if len(fences) % 2 else [])], strict=False))
    heads: list[tuple[int, str, int, int]] = []
    n = 0
    for m in _HEADING.finditer(text, start):
        while n < len(spans) and spans[n][1] < m.start():
            n += 1
        if n < len(spans) and spans[n][0] <= m.start() < spans[n][1]:
            continue
        level = len(m[1]) if m[1] else 1 if m.group().rstrip().endswith("=") else 2
        heads.append((level, (m[2] or m[3]).strip(), m.start(), m.end()))
    first = heads[0][2] if heads else len(text)
    if first > start:
        yield Section("", 0, start, start, first)
    for i, (level, title, at, body) in enumerate(heads):
        end = heads[i + 1][2] if i + 1 < len(heads) else len(text)
        yield Section(title, level, at, body, end)


def licensing(text: str, start: int = 0) -> list[Section]:
    """The sections that speak of licences, each reaching over its own subsections."""
    found = list(sections(text, start))
    kept: list[Section] = []
    for i, section in enumerate(found):
        if not section.licensing or (kept and section.start < kept[-1].end):
            continue
        end = next((s.start for s in found[i + 1 :] if s.level <= section.level), len(text))
        kept.append(Section(section.title, section.level, section.start, section.body, end))
    return kept
