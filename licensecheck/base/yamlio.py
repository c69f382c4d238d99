"""YAML as text with places: every scalar a string that knows its line and column.

Built on PyYAML's C parser with guards that the parser lacks: nesting and size are bounded before
it runs (it recurses in C), anchors are kept shared so that a bomb stays small, and no tag, merge
key or boolean is ever interpreted (``NO`` stays "NO", ``1.10`` stays "1.10").
"""

from __future__ import annotations

import errno
import os
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from licensecheck.base import regex
from licensecheck.base.errors import Unreadable
from licensecheck.base.message import Message

MAX_CHARS: Final = 4_000_000
MAX_SCANNED: Final = 400_000
"""Characters of YAML that nobody declared: a file that is only scanned must not hold up a run."""
MAX_DEPTH: Final = 100
MAX_NODES: Final = 200_000
_SHALLOW: Final = 40
_COMPACT: Final = regex.compile(r"[-?] +[-?] +[-?] ")


class Text(str):
    """A string with its 1-based ``line`` and ``column`` in the file that it was read from."""

    line: int
    column: int

    def __new__(cls, value: str, line: int, column: int) -> Text:
        """A text at its place."""
        text = super().__new__(cls, value)
        text.line = line
        text.column = column
        return text


class Mapping(dict[str, Any]):
    """A mapping that knows where it starts and which of its keys were written more than once."""

    line: int
    column: int
    repeated: tuple[Text, ...]


class Sequence(list[Any]):
    """A list that knows where it starts."""

    line: int
    column: int


def read(path: Path, most: int = MAX_CHARS) -> str:
    """The UTF-8 text of a file. Raises :class:`OSError`, also for one of over ``most`` characters, and
    :class:`UnicodeDecodeError`."""
    with path.open(encoding="utf-8") as file:
        text = file.read(most + 1)
    if len(text) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return text


def _depth(text: str) -> int:
    """An upper bound of the nesting that YAML can find in ``text``, by brackets, indents and dashes."""
    brackets = text.count("[") + text.count("{")
    if brackets < _SHALLOW and "\n" + " " * _SHALLOW not in text and not _COMPACT.search(text):
        return brackets + _SHALLOW
    deepest = brackets = 0
    for bracket in re.finditer(r"[\[{}\]]", text):
        brackets += 1 if bracket.group() in "[{" else -1
        brackets = max(brackets, 0)
        deepest = max(deepest, brackets)
    compact = max(
        (m.group().count("-") + m.group().count("?") for m in re.finditer(r"(?m)^[ ]*(?:[-?][ ]+)+", text)), default=0
    )
    levels: list[int] = []
    block = 0
    for m in re.finditer(r"(?m)^( *)[^ \r\n#]", text):
        indent = len(m.group(1))
        while levels and levels[-1] >= indent:
            levels.pop()
        levels.append(indent)
        block = max(block, len(levels))
    return deepest + block + compact


@cache
def _loader() -> Any:
    """PyYAML's C parser where it is there, without the resolver of tags: no scalar is anything but a text here."""
    import yaml

    class Plain(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
        def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
            return ""

    return Plain


def parse(text: str, *, first_line: int = 1, only: frozenset[str] | None = None, most: int = MAX_CHARS) -> Any:
    """The value of one YAML document as :class:`Mapping`, :class:`Sequence`, :class:`Text` or None.

    ``first_line`` is the line number of the first line of ``text`` in its file; ``only`` are the keys of the
    outermost mapping whose values are wanted: the others are checked and left out. Raises
    :class:`Unreadable` with the line where YAML breaks, or when ``text`` is too large (over
    ``most`` characters), too deep (over ``MAX_DEPTH`` levels) or holds over ``MAX_NODES`` values.
    """
    import yaml

    if len(text) > most:
        raise Unreadable(
            Message(
                "YAML of {count} characters: over the limit of {max_chars}",
                count=f"{len(text):,}",
                max_chars=f"{most:,}",
            ),
            first_line,
        )
    if _depth(text) > MAX_DEPTH:
        raise Unreadable(Message("YAML nested deeper than {max_depth} levels", max_depth=MAX_DEPTH), first_line)
    loader = _loader()
    try:
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + first_line
        raise Unreadable(Message("not valid YAML: {why}", why=str(error.problem or error.context)), line) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Unreadable(Message("not valid YAML: {why}", why=first), first_line) from None
    return _build(node, first_line, only)


def _build(root: Any, first_line: int, only: frozenset[str] | None) -> Any:
    seen: dict[int, Any] = {}
    count = 0

    def build(node: Any) -> Any:
        nonlocal count
        if node is None:
            return None
        if id(node) in seen:
            return seen[id(node)]
        count += 1
        line, column = node.start_mark.line + first_line, node.start_mark.column + 1
        if count > MAX_NODES:
            raise Unreadable(Message("YAML of over {max_nodes} values", max_nodes=f"{MAX_NODES:,}"), line)
        if node.id == "scalar":
            value: Any = Text(node.value, line, column)
            seen[id(node)] = value
        elif node.id == "sequence":
            value = Sequence()
            value.line, value.column = line, column
            seen[id(node)] = value
            value.extend(build(item) for item in node.value)
        else:
            value = Mapping()
            value.line, value.column = line, column
            seen[id(node)] = value
            repeated: list[Text] = []
            for key_node, value_node in node.value:
                key = build(key_node)
                if not isinstance(key, Text):
                    key = Text(str(key), key_node.start_mark.line + first_line, key_node.start_mark.column + 1)
                if only is not None and node is root and key not in only:
                    continue
                if key in value:
                    repeated.append(key)
                    continue
                value[key] = build(value_node)
            value.repeated = tuple(repeated)
        return value

    return build(root)
