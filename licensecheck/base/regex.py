"""Regular expressions that are compiled when they are first used: a short run uses a fraction of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property


class Pattern:
    """A regular expression with the methods of :class:`re.Pattern` that the package uses.

    A wrong expression raises :class:`re.error` at its first use; ``tests/test_regex.py`` compiles every one.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """What ``re.compile`` makes of it."""
        return re.compile(self.pattern, self._flags)

    # Bound once, so that a call in a loop costs what a call of the compiled pattern does.
    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """``re.Pattern.match``."""
        return self.compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        """``re.Pattern.fullmatch``."""
        return self.compiled.fullmatch

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """``re.Pattern.search``."""
        return self.compiled.search

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """``re.Pattern.finditer``."""
        return self.compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[str]]:
        """``re.Pattern.findall`` of an expression with one group or none."""
        return self.compiled.findall

    @cached_property
    def split(self) -> Callable[..., list[str]]:
        """``re.Pattern.split``."""
        return self.compiled.split

    @cached_property
    def sub(self) -> Callable[..., str]:
        """``re.Pattern.sub``."""
        return self.compiled.sub

    @cached_property
    def subn(self) -> Callable[..., tuple[str, int]]:
        """``re.Pattern.subn``."""
        return self.compiled.subn


def compile(pattern: str, flags: int = 0) -> Pattern:
    """The expression, compiled when it is first used."""
    return Pattern(pattern, flags)
