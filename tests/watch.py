"""Notices what a run does beside reading: connections, processes, and writes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_OTHERS = (
    "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.system", "os.exec",
    "os.posix_spawn", "os.fork", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.symlink", "os.link", "os.truncate",
    "os.chmod", "os.chown", "shutil.rmtree", "urllib.Request", "ftplib.connect", "smtplib.connect",
)  # fmt: skip
_OURS = ("__pycache__", "_compiled")
_seen: list[str] | None = None
_hooked = False


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if _seen is None:
        return
    if event == "open":
        path, mode, flags = (*args, None, None, None)[:3]
        wrote = set(mode) & set("wax+") if isinstance(mode, str) else isinstance(flags, int) and flags & 0o1103
        if not wrote or isinstance(path, int) or any(own in str(path) for own in _OURS) or str(path) == "/dev/null":
            return
    elif event not in _OTHERS or any(own in str(args[:1]) for own in _OURS):
        return
    _seen.append(f"{event} {args[:2]}")


@contextmanager
def watched() -> Iterator[list[str]]:
    """What was done beside reading, in words; what is kept for the next run in the package's own folder is left out."""
    global _seen, _hooked
    if not _hooked:
        sys.addaudithook(_hook)
        _hooked = True
    outer, _seen = _seen, []
    try:
        yield _seen
    finally:
        _seen = outer
