"""Where the knowledge in ``rules/`` lies, and its compiled form.

A table built from YAML is kept as JSON in ``licensecheck/_compiled/``, under a digest of every
byte that it was built from and of the code that built it. The digest is checked at each load, so a
stale table cannot be used: it is built again. A wheel ships the tables; a checkout makes them once.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

try:  # the hash alone: hashlib loads OpenSSL, which costs more than all the rest here
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

_HERE: Final = Path(__file__).parent
_COMPILED: Final = _HERE / "_compiled"


def rules_dir() -> Path:
    """The rules inside the wheel, or those of the checkout that we run from."""
    inside = _HERE / "_rules"
    return inside if inside.is_dir() else _HERE.parent / "rules"


def files(root: Path, patterns: Sequence[str]) -> list[Path]:
    """The files below ``root`` that match any of the glob ``patterns``, sorted by path."""
    return sorted({path for pattern in patterns for path in root.glob(pattern) if path.is_file()})


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
    sources = files(rules_dir(), patterns)
    mark = digest([*sources, *(_HERE / module for module in code)]).encode()
    try:
        head, _, body = kept(f"{name}.json").partition(b"\n")
        if head == mark:
            return json.loads(body)
    except (OSError, ValueError):
        pass
    table = build(sources)
    keep(f"{name}.json", mark + b"\n" + json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode())
    return table


def kept(name: str) -> bytes:
    """What :func:`keep` kept under ``name``. Raises :class:`OSError` where there is nothing."""
    return (_COMPILED / name).read_bytes()


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
