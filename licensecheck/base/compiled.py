"""Where the knowledge in ``rules/`` lies, and its compiled form.

A table built from YAML is kept as JSON in ``licensecheck/_compiled/``, under a digest of every
byte that it was built from and of the code that built it. The digest is checked at each load, so a
stale table cannot be used: it is built again. A wheel ships the tables; a checkout makes them once.
"""

from __future__ import annotations

import json
import marshal
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from stat import S_ISDIR
from typing import Any, Final

try:  # the hash alone: hashlib loads OpenSSL, which costs more than all the rest here
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

_HERE: Final = Path(__file__).parent.parent
_COMPILED: Final = _HERE / "_compiled"


def rules_dir() -> Path:
    """The rules inside the wheel, or those of the checkout that we run from."""
    inside = _HERE / "_rules"
    return inside if inside.is_dir() else _HERE.parent / "rules"


def files(root: Path, patterns: Sequence[str]) -> list[Path]:
    """The files below ``root`` that match any of the glob ``patterns``, sorted by path."""
    return sorted({path for pattern in patterns for path in root.glob(pattern) if path.is_file()})


def hexdigest(data: bytes, size: int) -> str:
    """A hash of ``data`` of ``size`` bytes, as hexadecimal digits (BLAKE2b, RFC 7693)."""
    return blake2b(data, digest_size=size).hexdigest()


def digest(paths: Sequence[Path]) -> str:
    """A hash of names and bytes of ``paths``, as hexadecimal digits."""
    total = blake2b(digest_size=16)
    for path in paths:
        data = path.read_bytes()
        total.update(f"{path.name}\0{len(data)}\0".encode())
        total.update(data)
    return total.hexdigest()


def compiled(name: str, patterns: Sequence[str], build: Callable[[list[Path]], Any], code: Sequence[str]) -> Any:
    """The table ``name`` made by ``build`` from the rule files that match ``patterns``.

    ``code`` are the modules that decide what ``build`` makes, as paths relative to the package:
    they are part of the digest. The table must be JSON. A folder that cannot be written costs only
    the time to build again.
    """
    return compiled_with_digest(name, patterns, build, code)[0]


def compiled_with_digest(
    name: str, patterns: Sequence[str], build: Callable[[list[Path]], Any], code: Sequence[str]
) -> tuple[Any, str]:
    """:func:`compiled`, and the :func:`digest` of the rule files that the table was made from.

    A second form is kept beside the JSON, for this interpreter alone: while no file has another size or time of
    change than it had, and no folder of theirs has, nothing is read again.
    """
    found = _quickly(name)
    if found is not None:
        return found
    sources = files(rules_dir(), patterns)
    modules = [_HERE / module for module in code]
    seen = _stamps([*sources, *modules])
    content = digest(sources)
    mark = digest([*sources, *modules]).encode()
    table = None
    try:
        head, _, body = kept(f"{name}.json").partition(b"\n")
        if head == mark:
            table = json.loads(body)
    except (OSError, ValueError):
        pass
    if table is None:
        body = json.dumps(build(sources), ensure_ascii=False, separators=(",", ":")).encode()
        table = json.loads(body)
        keep(f"{name}.json", mark + b"\n" + body)
    keep(_quick(name), marshal.dumps((seen, content, table)))
    return table, content


def compiled_once(name: str, paths: Sequence[Path], build: Callable[[], Any], code: Sequence[str]) -> tuple[Any, str]:
    """What ``build`` makes of the files at ``paths``, and their :func:`digest`, for as long as they stay the same.

    There is one place of this ``name``: what was made of other files is forgotten. ``code`` as for :func:`compiled`.
    """
    seen = _stamps([*(path.absolute() for path in paths), *(_HERE / module for module in code)])
    found = _quickly(name, seen)
    if found is not None:
        return found
    table, content = json.loads(json.dumps(build())), digest(paths)
    keep(_quick(name), marshal.dumps((seen, content, table)))
    return table, content


def _quick(name: str) -> str:
    return f"{name}-{sys.implementation.cache_tag}-{sys.hexversion:x}.bin"


def _quickly(name: str, now: Sequence[tuple[str, tuple[int, int]]] | None = None) -> tuple[Any, str] | None:
    """What was kept under ``name``, if it was made of files that are ``now`` (else: are still) as they were."""
    try:
        seen, content, table = marshal.loads(kept(_quick(name)))
        if seen == now if now is not None else all(_stamp(path) == stamp for path, stamp in seen):
            return table, content
    except (OSError, ValueError, EOFError, TypeError):
        pass
    return None


def _stamps(paths: Sequence[Path]) -> list[tuple[str, tuple[int, int]]]:
    """The files and the folders that they lie in, each with its time of change and size."""
    places = {str(path) for path in paths} | {str(path.parent) for path in paths} | {str(rules_dir())}
    return [(place, _stamp(place)) for place in sorted(places)]


def _stamp(place: str) -> tuple[int, int]:
    """Time of change and size; of a folder the time alone, since files are added and taken away in it."""
    info = os.stat(place)  # noqa: PTH116 - a hundred of them at each start
    return info.st_mtime_ns, 0 if S_ISDIR(info.st_mode) else info.st_size


def kept(name: str) -> bytes:
    """What :func:`keep` kept under ``name``. Raises :class:`OSError` where there is nothing."""
    return (_COMPILED / name).read_bytes()


def outdated(name: str, source: Path) -> bool:
    """Whether ``source`` changed after :func:`keep` kept ``name``, or nothing is kept. A ``source`` that is not there never changed."""
    try:
        changed = source.stat().st_mtime_ns
    except OSError:
        return False
    try:
        return changed > (_COMPILED / name).stat().st_mtime_ns
    except OSError:
        return True


def keep(name: str, data: bytes) -> None:
    """Keep ``data`` under ``name`` for later runs, whole or not at all; nothing is said where it cannot be."""
    import tempfile

    try:
        _COMPILED.mkdir(exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=_COMPILED, prefix=name, suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(_COMPILED / name)
    except OSError:
        return
