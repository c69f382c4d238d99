"""Regular expressions whose compiled form is kept between runs: compiling them would take half of a short run.

The kept form is what :mod:`re` itself makes, under the version of the interpreter and of its matching engine, and
each under its own text: it cannot be stale. Where anything is amiss, :func:`compile` is ``re.compile``.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from typing import Any, Final

from licensecheck.base import compiled

_NAME: Final = f"patterns-{sys.implementation.cache_tag}-{sys.hexversion:x}.bin"
_new: dict[tuple[str, int], tuple[Any, ...]] = {}


def compile(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile(pattern, flags)`` gives. Raises :class:`re.error` where it does."""
    key = (pattern, int(flags))
    kept = _kept().get(key)
    if kept is not None:
        try:
            return _made(pattern, kept)
        except (RuntimeError, TypeError, ValueError, OverflowError):
            pass
    parts = _parts(pattern, int(flags))
    if parts is None:
        return re.compile(pattern, flags)
    if not _new:
        import atexit

        atexit.register(_save)
    _new[key] = parts
    return _made(pattern, parts)


@cache
def _kept() -> dict[tuple[str, int], tuple[Any, ...]]:
    import marshal

    try:
        found = marshal.loads(compiled.kept(_NAME))
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def _made(pattern: str, parts: tuple[Any, ...]) -> re.Pattern[str]:
    import _sre  # type: ignore[import-not-found]

    flags, code, groups, index, names = parts
    made: re.Pattern[str] = _sre.compile(
        pattern, flags, memoryview(code).cast("I").tolist(), groups, dict(index), names
    )
    return made


def _parts(pattern: str, flags: int) -> tuple[Any, ...] | None:
    """What the engine is given for a pattern, as :mod:`re` gives it; None where this Python has another way."""
    try:
        from array import array
        from re import _compiler, _parser  # type: ignore[attr-defined]

        parsed = _parser.parse(pattern, flags)
        code = array("I", _compiler._code(parsed, flags)).tobytes()
        state = parsed.state
        names: list[str | None] = [None] * state.groups
        for name, number in state.groupdict.items():
            names[number] = name
        return int(flags | state.flags), code, state.groups - 1, dict(state.groupdict), tuple(names)
    except (ImportError, AttributeError, OverflowError):
        return None


def _save() -> None:
    """Keep what was compiled in this run; a folder that cannot be written costs only the next run's time."""
    import marshal

    compiled.keep(_NAME, marshal.dumps({**_kept(), **_new}))
