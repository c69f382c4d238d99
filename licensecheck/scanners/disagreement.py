"""Disagreements inside one kind of place: a link and its words, the fields of one card, READMEs in several languages. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import Final

from licensecheck.base.message import Message
from licensecheck.identification import conclude
from licensecheck.knowledge import relations
from licensecheck.model import Basis, Evidence, Kind, Stance, Standing

"""Fields of a card that state one license together."""
_MOST: Final = 8
"""Files or fields of one kind that are compared."""
Found = tuple[tuple[Evidence, ...], str]


def within(about: Sequence[Evidence]) -> Iterator[Found]:
    """The statements about the data that contradict each other although they stand at one kind of place, with a sentence."""
    for words, link in _links(about):
        yield (words, link), Message("the words of a link and its address name different licenses")
    for one, other in _fields(about):
        yield (one, other), Message("{one} and {other} name different licenses", one=one.field, other=other.field)
    for one, other in _readmes(about):
        yield (one, other), Message("READMEs in different languages state different licenses")


def _links(about: Iterable[Evidence]) -> Iterator[tuple[Evidence, Evidence]]:
    """Words and the address right behind them, as in a Markdown link, that name different licenses."""
    for words, link in pairwise(about):
        behind = link.column - words.column - len(words.raw)
        if (
            link.kind is Kind.ADDRESS
            and words.kind is not Kind.ADDRESS
            and (words.path, words.line) == (link.path, link.line)
            and 0 <= behind <= 40
            and words.license
            and link.license
            and words.stance is link.stance is Stance.ASSERTED
            and relations.differ((words.license,), (link.license,))
        ):
            yield words, link


def _stating(e: Evidence) -> bool:
    return bool(e.license) and e.stance is Stance.ASSERTED and not e.part and e.standing is Standing.COUNTS


def _fields(about: Iterable[Evidence]) -> Iterator[tuple[Evidence, Evidence]]:
    """Fields of one card that name different licenses: its tag, its ``license_name``, its ``license_link``."""
    by: dict[tuple[str, str], list[Evidence]] = {}
    for e in about:
        if e.basis is Basis.HUB_TAG and _stating(e):
            by.setdefault((e.path, e.field), []).append(e)
    for one, other in combinations(list(by.values())[:_MOST], 2):
        pairs = ((x.license or "", y.license or "") for x in one for y in other)
        if one[0].path == other[0].path and all(relations.differ((x,), (y,)) for x, y in pairs):
            yield one[0], other[0]


def _readmes(about: Iterable[Evidence]) -> Iterator[tuple[Evidence, Evidence]]:
    """READMEs of one folder, "README.md" and "README.de.md", whose license sections state different licenses."""
    by: dict[tuple[str, str], dict[str, list[Evidence]]] = {}
    for e in about:
        folder, _, name = e.path.replace("\\", "/").rpartition("/")
        if e.basis is Basis.CARD_BODY and _stating(e):
            stem = re.split(r"[._-]", name.lower(), maxsplit=1)[0]
            by.setdefault((folder, stem), {}).setdefault(e.path, []).append(e)
    for files in by.values():
        for one, other in combinations(list(files.values())[:_MOST], 2):
            says = [(license,) for license in (conclude(one)[0], conclude(other)[0]) if license]
            if len(says) == 2 and relations.differ(*says):
                yield one[0], other[0]
