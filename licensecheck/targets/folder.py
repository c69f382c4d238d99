"""A folder as a target: the datasets in it and the data that no license covers."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

from licensecheck.base.message import Message
from licensecheck.model import (
    Credit,
    Resolved,
    Scanned,
    Status,
)

_SILENT: Final = "{place} contains data but no license: add one, or check the other folders separately"


def join(parts: Sequence[Scanned]) -> Scanned:
    """The findings of several places as one; the first title, authors and source win."""
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
        tuple(dict.fromkeys(u for part in parts for u in part.unweighed)),
    )


def unlicensed_folders(
    root: Path, grouped: Sequence[tuple[str, Scanned]], declared: AbstractSet[Path], data: AbstractSet[Path]
) -> list[Resolved]:
    """The folders of data next to licensed datasets that neither state a license nor lie below a folder that does.

    What ``root`` states is about everything in it. Each is given as the highest folder that
    contains no dataset with a statement.
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
