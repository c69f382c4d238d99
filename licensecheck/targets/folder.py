"""The findings of several places as one, and of what was resolved to be resolved anew."""

from __future__ import annotations

from collections.abc import Sequence

from licensecheck.model import Credit, Resolved, Scanned


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


def as_scanned(one: Resolved) -> Scanned:
    """What was scanned for ``one``, so that it can be resolved anew."""
    return Scanned(
        one.evidence, one.problems, one.credit, one.upstream, one.reservations, one.retrievals, one.unweighed
    )
