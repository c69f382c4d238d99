"""The rule packs that hold while something is read: their licenses are recognized beside those of the rulebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, update_wrapper
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

_HELD: Final[ContextVar[tuple[str, ...]]] = ContextVar("packs", default=())
_P = ParamSpec("_P")
_T = TypeVar("_T")


def held() -> tuple[str, ...]:
    """The folders of the packs that hold now."""
    return _HELD.get()


def hold(folders: Sequence[str]) -> None:
    """Let the packs in ``folders`` hold from now on: for a process that works for another."""
    _HELD.set(tuple(folders))


def with_licenses(folders: Sequence[str]) -> tuple[str, ...]:
    """Those of ``folders`` that have licenses of their own: packs of rules alone name nothing."""
    return tuple(folder for folder in folders if folder and any(Path(folder, "licenses").glob("*.yaml")))


@contextmanager
def holding(folders: Sequence[str]) -> Iterator[None]:
    """Let the packs in ``folders`` hold inside the ``with`` block."""
    before = _HELD.set(tuple(folders))
    try:
        yield
    finally:
        _HELD.reset(before)


def remembered(maxsize: int) -> Callable[[Callable[_P, _T]], Callable[_P, _T]]:
    """:func:`functools.lru_cache` for a function whose answer depends on the packs that hold."""

    def wrap(function: Callable[_P, _T]) -> Callable[_P, _T]:
        @lru_cache(maxsize=maxsize)
        def kept(_packs: tuple[str, ...], *args: _P.args, **kwargs: _P.kwargs) -> _T:
            return function(*args, **kwargs)

        def call(*args: _P.args, **kwargs: _P.kwargs) -> _T:
            return kept(_HELD.get(), *args, **kwargs)  # type: ignore[arg-type]  # what is given can be hashed

        return update_wrapper(call, function)

    return wrap
