"""Fields of front matter that the form of a card does not name: those whose name or words speak of rights.

None of them is the tag: what they say stands beside it (docs/precedence.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from licensecheck.base import regex, yamlio
from licensecheck.identification import find
from licensecheck.identification import value as identified
from licensecheck.knowledge import facts, fields, grammar, phrases
from licensecheck.knowledge.fold import fold
from licensecheck.model import Certainty, Kind, Stance, Statement

if TYPE_CHECKING:
    from licensecheck.base.yamlio import Text

_KEY: Final = regex.compile(r"^[\"']?([^\W\d_][^\n:\"'#]{0,60})[\"']?[ \t]*:", re.M)
_WORD: Final = regex.compile(r"[^\W\d_]+")
_COMMENT: Final = regex.compile(r"\s{0,40}#+[ \t]{0,8}(\S[^\n]{5,500})")
_MOST: Final = 20_000
INSIDE: Final = 1_000
"""Texts inside a value that are read."""
"""Characters of the front matter in which words of restrictions are looked for."""
_VALUES: Final = 100


def rights_keys(front: str) -> frozenset[str]:
    """The keys at the top of front matter whose name speaks of rights or use, or whose words do."""
    keys = list(_KEY.finditer(front))
    found: set[str] = set()
    for n, m in enumerate(keys):
        end = keys[n + 1].start() if n + 1 < len(keys) else len(front)
        if (
            names_rights(m[1])
            or fields.may_limit(m[1].strip())
            or m[1].strip().lower() in _TAGS
            or phrases.speaks(fold(front[m.end() : min(end, m.end() + _MOST)]))
        ):
            found.add(m[1].strip())
    return frozenset(found)


def names_rights(key: str) -> bool:
    """Whether the name of a field speaks of rights or use."""
    begins = grammar.beginnings("rights-fields")
    return any(word.startswith(begins) for word in _WORD.findall(fold(key)))


def statements(data: yamlio.Mapping, read: frozenset[str]) -> Iterator[tuple[str, Text, Statement]]:
    """What the fields other than ``read`` say: each key, the value, and a statement of it.

    A field whose name does not speak of rights says only what restricts: "mit" among its tags may be a university.
    """
    for key, text in values(data, read):
        named = names_rights(key)
        for s in find(text):
            if s.stance is Stance.ASSERTED and s.license and (named or s.kind in (Kind.RESTRICTION, Kind.RESERVED)):
                yield key, text, s


def limits(data: yamlio.Mapping, deep: int = 3) -> Iterator[tuple[str, Text]]:
    """The fields that limit the use or close the data by their value, in fields of fields too, and the tags that do; each with
    its value."""
    for key, value in data.items():
        if isinstance(value, yamlio.Mapping) and deep:
            yield from limits(value, deep - 1)
            continue
        for text in inside(value)[:_VALUES]:
            if (
                fields.closes(str(key), text)
                or fields.limits(str(key), text)
                or (str(key).lower() in _TAGS and (fields.bars(text) or _is_strict(text)))
            ):
                yield str(key), text


def _is_strict(tag: str) -> bool:
    """Whether a tag is the id of a license that is not open: "cc-by-nc-4.0"."""
    s = identified(tag, vocabulary="hf")
    name = s.license or ""
    if s.certainty is not Certainty.EXACT:
        return False
    return facts.noncommercial(name) or facts.no_derivatives(name)


_TAGS: Final = ("tags", "keywords", "tag")


def remarks(front: str) -> Iterator[tuple[int, int, str]]:
    """The comments of front matter that stand in a line of their own, each with its line and column, counted from 0 and 1."""
    for n, line in enumerate(front.split("\n")):
        if m := _COMMENT.match(line):
            yield n, m.start(1) + 1, m[1]


def values(data: yamlio.Mapping, read: frozenset[str]) -> Iterator[tuple[str, Text]]:
    """The texts of the fields other than ``read``, each with its key."""
    for key, value in data.items():
        if str(key).lower() not in read:
            yield from ((str(key), text) for text in inside(value)[:_VALUES])


def inside(value: Any) -> list[Text]:
    """The texts inside a value, each once, however it is nested; bounded by ``INSIDE``, since anchors can make it huge or endless."""
    found: dict[str, Text] = {}
    waiting = [value]
    for _ in range(20 * INSIDE):
        if not waiting:
            break
        item = waiting.pop()
        if isinstance(item, yamlio.Text):
            found.setdefault(str(item), item)
        elif isinstance(item, (yamlio.Mapping, yamlio.Sequence)):
            within = list(item.values() if isinstance(item, yamlio.Mapping) else item)[:1_000]
            waiting += reversed(within)
    return list(found.values())[:INSIDE]
