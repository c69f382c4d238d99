"""Offsets in a text to lines and columns."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import Final

from licensecheck.base import regex

_FEW: Final = 12

_BREAK: Final = regex.compile("\n")


class Lines:
    """Where the lines of a text begin, so that an offset becomes a line and a column.

    The first few places are counted; where more are asked for, the starts of all lines are kept.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._asked = 0

    @classmethod
    def of(cls, text: str) -> Lines:
        """The lines of ``text``."""
        return cls(text)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offset at which each line begins."""
        return (0, *(m.end() for m in _BREAK.finditer(self._text)))

    def at(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of ``offset``."""
        self._asked += 1
        if self._asked < _FEW:
            return self._text.count("\n", 0, offset) + 1, offset - self._text.rfind("\n", 0, offset)
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1
