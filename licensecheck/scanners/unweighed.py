"""Sentences of a file that may restrict the use and were not understood, with their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from licensecheck.model import Evidence, Scope, Stance, Statement, Unweighed

if TYPE_CHECKING:
    from licensecheck.scanners.lines import Lines


def heard(
    text: str,
    find: Callable[[str], Sequence[Statement]],
    lines: Lines,
    *,
    path: str,
    offset: int = 0,
    licensing: bool,
    taken: bool = True,
    headed: bool = False,
) -> Iterator[Unweighed]:
    """The sentences of ``text``, which begins at ``offset`` of its file, that stay open beside the statements that ``find`` gives.

    ``licensing``: licensing is spoken of there (docs/identification.md has the thresholds). ``taken``: the statements there become
    evidence elsewhere. ``headed``: a heading bans all below it.
    """
    from licensecheck.identification import listening

    for one in listening.listen(text, find, licensing=licensing, taken=taken, headed=headed):
        line, column = lines.at(offset + one.start)
        yield Unweighed(path, line, column, listening.quoted(text[one.start : one.end]), one.why, one.heavy)


def heard_at(
    text: str,
    find: Callable[[str], Sequence[Statement]],
    place: tuple[int, int],
    *,
    path: str,
    licensing: bool = True,
    taken: bool = True,
) -> Iterator[Unweighed]:
    """The same for a ``text`` that stands at one ``place`` of its file, a line and a column: a value, a block of a page."""
    from licensecheck.scanners.lines import Lines

    line, column = place
    for one in heard(text, find, Lines.of(text), path=path, licensing=licensing, taken=taken):
        yield one._replace(line=line, column=column)


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


def of_other_things(stated: Sequence[Evidence]) -> Iterator[Unweighed]:
    """The licenses that restrict, where a section about licenses names them for a model, code or a paper and none for the data.

    "The papers in this corpus are CC BY-NC" may well be about the data: its words only look like those of another thing.
    """
    from licensecheck.identification.listening import OTHER_THING, quoted
    from licensecheck.knowledge import restrictions
    from licensecheck.knowledge.restrictions import Binds

    counting = [e for e in stated if e.license and e.stance is Stance.ASSERTED]
    if any(e.scope in (Scope.DATA, Scope.CONTENTS, Scope.METADATA) for e in counting):
        return
    restricting = restrictions.kinds(Binds.YES)
    for e in counting:
        if not restrictions.held(e.license or "").isdisjoint(restricting):
            yield Unweighed(e.path, e.line, e.column, quoted(e.raw), OTHER_THING)


def says(text: str, find: Callable[[str], Sequence[Statement]]) -> bool:
    """Whether running words name a license, restrict the use, or may do so."""
    from licensecheck.scanners.lines import Lines

    if any(s.license and s.stance is Stance.ASSERTED for s in find(text)):
        return True
    return any(heard(text, find, Lines.of(text), path="", licensing=False))
