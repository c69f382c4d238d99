"""A folder as a target: the datasets in it and the data that no license covers."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING, Final

from licensecheck.base.message import Message
from licensecheck.model import (
    Credit,
    Resolved,
    Scanned,
    Status,
)

if TYPE_CHECKING:
    pass


_SILENT: Final = "{place} holds data, and nothing there nor above says under what licence: state it, or check the other folders alone"


def join(parts: Sequence[Scanned]) -> Scanned:
    """Several places' findings as one; the first that names a title, author or source wins."""
    credit = Credit()
    for part in parts:
        other = part.credit
        credit = Credit(
            credit.title or other.title,
            credit.creators or other.creators,
            credit.source or other.source,
            credit.notice or other.notice,
        )
    return Scanned(
        tuple(e for part in parts for e in part.evidence),
        tuple(p for part in parts for p in part.problems),
        credit,
        tuple(dict.fromkeys(u for part in parts for u in part.upstream)),
        tuple(dict.fromkeys(r for part in parts for r in part.reservations)),
        tuple(r for part in parts for r in part.retrievals),
    )


def _unlicensed(
    root: Path, grouped: Sequence[tuple[str, Scanned]], declared: AbstractSet[Path], data: AbstractSet[Path]
) -> list[Resolved]:
    """The folders of data beside licensed datasets, of which nothing is said in them nor above: they have no licence.

    What is said of ``root`` is about all that lies in it. Each is named by the highest folder that
    holds no dataset of which something is said.
    """
    said = {Path(name) for name, made in grouped if made.evidence} | (declared - {root})
    if root in said or not said:
        return []
    above = {parent for home in said for parent in home.parents}
    found: dict[Path, None] = {}
    for folder in sorted(data):
        way = (folder, *folder.parents)
        if said.isdisjoint(way):
            found.setdefault(next((part for part in reversed(way) if part not in above), folder))
    return [Resolved(str(folder), None, Status.NONE, caveats=(Message(_SILENT, place=folder),)) for folder in found]
