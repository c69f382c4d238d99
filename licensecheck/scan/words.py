"""Statements found in running words, made evidence with line and column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from licensecheck.identify import find
from licensecheck.model import Basis, Evidence, Origin, Scope, Statement


class Lines(NamedTuple):
    """Where the lines of a text begin, so that an offset becomes a line and a column."""

    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Lines:
        """The lines of ``text``."""
        starts = [0]
        at = text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = text.find("\n", at + 1)
        return cls(tuple(starts))

    def at(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of ``offset``."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


def evidence(
    statements: Iterable[Statement],
    lines: Lines,
    *,
    path: str,
    offset: int = 0,
    field: str,
    scanner: str,
    basis: Basis,
    scope: Scope | None = None,
) -> Iterator[Evidence]:
    """``statements``, whose offsets count from ``offset`` of the file, as evidence; ``scope`` overrides theirs."""
    for s in statements:
        line, column = lines.at(offset + s.start)
        yield Evidence(
            path,
            line,
            column,
            field,
            " ".join(s.words.split())[:300],
            s.license,
            s.certainty,
            scope or s.scope,
            Origin.IN_ARTIFACT,
            scanner,
            basis,
            s.stance,
            s.part,
            s.restricts,
            s.rule,
        )


def in_words(
    text: str, lines: Lines, *, path: str, start: int, end: int, field: str, scanner: str, basis: Basis
) -> Iterator[Evidence]:
    """Every licence statement in ``text[start:end]`` as evidence."""
    return evidence(find(text[start:end]), lines, path=path, offset=start, field=field, scanner=scanner, basis=basis)
