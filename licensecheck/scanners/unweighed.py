"""Sentences of a file that may restrict the use and were not understood, with their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from licensecheck.model import Statement, Unweighed

if TYPE_CHECKING:
    from licensecheck.scanners.lines import Lines

MAY_RESTRICT: Final = "may restrict the use; not understood"


def heard(
    text: str,
    find: Callable[[str], Sequence[Statement]],
    lines: Lines,
    *,
    path: str,
    offset: int = 0,
    licensing: bool,
) -> Iterator[Unweighed]:
    """The sentences of ``text``, which begins at ``offset`` of its file, that stay open beside the statements that ``find`` gives.

    ``licensing``: licensing is spoken of there (docs/identification.md has the thresholds).
    """
    from licensecheck.identification import listening

    for one in listening.listen(text, find, licensing=licensing):
        line, column = lines.at(offset + one.start)
        yield Unweighed(path, line, column, listening.quoted(text[one.start : one.end]), MAY_RESTRICT, one.heavy)


def heard_around(
    text: str,
    find: Callable[[str], Sequence[Statement]],
    lines: Lines,
    whole: Iterable[tuple[int, int]],
    *,
    path: str,
    offset: int = 0,
) -> Iterator[Unweighed]:
    """The same where licensing is spoken of, but for the places (start, end) of ``whole`` license texts, in order.

    What a license says itself stays with the license.
    """
    last = 0
    for start, end in (*whole, (len(text), len(text))):
        if start > last:
            yield from heard(text[last:start], find, lines, path=path, offset=offset + last, licensing=True)
        last = max(last, end)
