"""Parts that are listed side by side, each with a license of its own: rows of a table, items of a list.

A license there is said of its row or item and never of the whole. The rows of a table name their part if a column is
headed "License"; the items of a list do if two or more begin with a label ("Images: CC BY") that is not a word for the
data itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from licensecheck.base import regex
from licensecheck.identification.subject import ABOUT, SOURCE
from licensecheck.knowledge import grammar, phrases
from licensecheck.knowledge.lex import lex
from licensecheck.model import Scope, Statement

_RULE: Final = regex.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*){0,60}\|?[ \t]*\Z")
_ITEM: Final = regex.compile(r"([ \t]{0,8})(?:[-*+•]|[0-9]{1,2}[.)])[ \t]+(\S.*)")
_LABEL: Final = regex.compile(r"([^:：|]{1,100}?)(?:[:：]|[ \t][-–—]{1,2}[ \t])")
_MARKUP: Final = regex.compile(r"\[([^\[\]]{0,200})\]\([^()\s]{0,300}\)|[*_`]+|<[^<>]{0,200}>")
_LONGEST: Final = 60
"""Characters of a part's name."""
_WORDS: Final = 8
"""Words of a label."""


class _Part(NamedTuple):
    """Characters ``start`` up to ``end`` of a text, and the part that they are about."""

    start: int
    end: int
    name: str


class _Line(NamedTuple):
    start: int
    text: str


def with_parts(found: Sequence[Statement], text: str, folded: str) -> list[Statement]:
    """``found`` with the part of each statement that stands in a row or an item about a part."""
    if not any(s.license for s in found) or "\n" not in text:
        return list(found)
    lines = list(_lines(folded))
    named = [s for s in found if s.license]
    parts = [*_rows(lines, text), *_items(lines, text, named)]
    return [_of_part(s, parts) for s in found] if parts else list(found)


def _of_part(statement: Statement, parts: Sequence[_Part]) -> Statement:
    if statement.scope is not Scope.DATA or statement.part:
        return statement
    part = next((part for part in parts if part.start <= statement.start < part.end), None)
    return statement._replace(part=part.name) if part else statement


def _lines(folded: str) -> Iterator[_Line]:
    start = 0
    for line in folded.split("\n"):
        yield _Line(start, line)
        start += len(line) + 1


# --- tables ---


def _rows(lines: Sequence[_Line], text: str) -> Iterator[_Part]:
    n = 0
    while n + 2 < len(lines):
        if "|" not in lines[n].text or not _RULE.match(lines[n + 1].text):
            n += 1
            continue
        head = [_plain(cell) for cell in _cells(lines[n].text)]
        n += 2
        first = n
        while n < len(lines) and "|" in lines[n].text:
            n += 1
        column = _naming_column(head)
        if column is None:
            continue
        source = n - first > 1 and not grammar.words("source-columns").isdisjoint(lex(head[column]).text)
        for line in lines[first:n]:
            cells = _cells(line.text)
            if column < len(cells) and (name := _part_name(cells[column], line, text)):
                yield _Part(line.start, line.start + len(line.text), SOURCE if source else name)


def _naming_column(head: Sequence[str]) -> int | None:
    """The column that names the parts: the first that does not hold licenses, beside one that does."""
    licensing = [not grammar.words("license-columns").isdisjoint(lex(cell).text) for cell in head]
    if not any(licensing):
        return None
    column = next((n for n, yes in enumerate(licensing) if not yes), None)
    return None if column is None or not head[column] else column


def _cells(line: str) -> list[str]:
    return line.strip().removeprefix("|").removesuffix("|").split("|")


# --- lists ---


def _items(lines: Sequence[_Line], text: str, named: Sequence[Statement]) -> Iterator[_Part]:
    """The items of each list of which two or more name a part and a license."""
    heads = [n for n, line in enumerate(lines) if _ITEM.match(line.text)]
    group: list[_Part] = []
    for n, following in pairwise((*heads, len(lines))):
        end = n + 1
        while end < following and lines[end].text.strip():
            end += 1
        part = _item(lines[n], lines[end - 1], text)
        if part and any(part.start <= s.start < part.end for s in named):
            group.append(part)
        gap = any(line.text.strip() for line in lines[end:following])
        if gap or following == len(lines):
            if len(group) > 1:
                yield from group
            group = []


def _item(line: _Line, last: _Line, text: str) -> _Part | None:
    item = _ITEM.match(line.text)
    label = _LABEL.match(_unlinked(line.text[item.start(2) :])) if item else None
    if item is None or label is None:
        return None
    name = _part_name(label[1], line, text)
    return _Part(line.start, last.start + len(last.text), name) if name else None


def _unlinked(item: str) -> str:
    """An item without the addresses of its links: their colons end no label."""
    return re.sub(r"\]\([^()\s]{0,300}\)", "]", item)


# --- labels ---


def _plain(cell: str) -> str:
    return " ".join(_MARKUP.sub(lambda m: m[1] or "", cell).split())


def _part_name(label: str, line: _Line, text: str) -> str:
    """The part that a label names, in the words of the text; "" where it means the data, or speaks of the license itself."""
    plain = _plain(label)
    words = lex(plain)
    if not words.text or len(words.text) > _WORDS * (3 if "c" in words.kind else 1):
        return ""
    hits = phrases.hits(words)
    if any(hit.has("license", "binding", "commercial", "noncommercial") for hit in hits):
        return ""
    about = [hit for hit in hits if hit.has(*ABOUT)]
    if any(not hit.has("about-data", "about-part", "about-source") for hit in about):
        return ""
    whole = [hit for hit in about if hit.has("about-data")]
    rest = set(range(len(words.text))) - {k for hit in whole for k in range(hit.i, hit.j)}
    plainly = grammar.words("determiners") | grammar.words("whole") | grammar.words("key-labels")
    if all(words.text[k] in plainly for k in rest):
        return ""
    at = line.text.find(plain)
    return (text[line.start + at :][: len(plain)] if at >= 0 else plain)[:_LONGEST]
