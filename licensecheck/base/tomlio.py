"""TOML from outside: Python's own parser, with guards against what takes it more than linear time and memory."""

from __future__ import annotations

import tomllib
from typing import Any, Final

from licensecheck.base import regex
from licensecheck.base.errors import Unreadable
from licensecheck.base.message import Message

MAX_CHARS: Final = 2_000_000
MAX_PARTS: Final = 20
"""Parts of one dotted key: the parser keeps every beginning of a key, so that time and memory grow with their square."""
_DEEP: Final = regex.compile(
    rf"(?<![\w-])(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')(?:[ \t]*\.[ \t]*(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')){{{MAX_PARTS}}}"
)


def parse(text: str) -> dict[str, Any]:
    """The tables of a TOML document. Raises :class:`Unreadable` where it is none, or over a limit, naming the line."""
    if len(text) > MAX_CHARS:
        raise Unreadable(Message("the file has more than {most} characters of TOML", most=f"{MAX_CHARS:,}"))
    if m := _DEEP.search(text):
        line = text.count("\n", 0, m.start()) + 1
        raise Unreadable(Message("a key of TOML has more than {most} parts", most=MAX_PARTS), line)
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Unreadable(Message("not valid TOML: {why}", why=str(error))) from None
