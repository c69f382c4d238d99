"""Whether a license may follow another one, and small tables that the engine remembers."""

from __future__ import annotations

from typing import Final, TypeVar

_T = TypeVar("_T")


def _newer(one: str, other: str) -> int:
    left, right = (tuple(int(n) if n.isdigit() else 0 for n in v.split(".")) for v in (one, other))
    return (left > right) - (left < right)


_K = TypeVar("_K")

_MOST: Final = 300_000
"""What a cache of an engine may hold before it is emptied."""


def _remember(cache: dict[_K, _T], key: _K, value: _T) -> _T:
    if len(cache) >= _MOST:
        cache.clear()
    cache[key] = value
    return value
