"""A baseline: what was found before, so that only what is new fails. One finding a line, sorted, keyed by what it says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

from licensecheck.base import yamlio
from licensecheck.base.errors import UsageError
from licensecheck.base.files import leads_out, write_whole
from licensecheck.base.message import Message
from licensecheck.engine import findings
from licensecheck.model import Verdict

_HEAD: Final = {"schema": "licensecheck.baseline/1"}
_PRINT: Final = re.compile(r"[0-9a-f]{16}\Z")


def write(file: str, verdict: Verdict) -> None:
    """Write every finding of ``verdict`` that fails something to ``file``. Raises :class:`UsageError`."""
    rows = {
        f.fingerprint: {"fingerprint": f.fingerprint, "rule": f.rule, "message": f.message[:200]}
        for f in findings.of(verdict)
        if f.level != "note" and not f.suppressed
    }
    ordered = sorted(rows.values(), key=lambda row: (row["rule"], row["fingerprint"]))
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in (_HEAD, *ordered))
    if leads_out(Path(file)):
        raise UsageError(Message("`{file}` is a link that leads out of the repository; it is not written", file=file))
    try:
        write_whole(Path(file), f"{text}\n")
    except OSError as error:
        raise UsageError(
            Message("`{file}` cannot be written: {why}", file=file, why=str(error.strerror or error))
        ) from None


def read(file: str) -> frozenset[str]:
    """The fingerprints in ``file``. Raises :class:`UsageError` naming the line that does not hold."""
    try:
        if Path(file).exists() and not Path(file).is_file():
            raise OSError("not a regular file")
        lines = yamlio.read(Path(file), 16 * yamlio.MAX_CHARS).splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(
            Message("`{file}` cannot be read ({why}); write it with --update-baseline", file=file, why=why)
        ) from None
    found: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if number == 1 and row == _HEAD:
                continue
            name = row["fingerprint"]
            if not _PRINT.match(name):
                raise ValueError(name)
        except (ValueError, KeyError, TypeError, RecursionError):
            raise UsageError(
                Message(
                    "{file}:{number}: not a baseline entry; write the file again with --update-baseline",
                    file=file,
                    number=number,
                )
            ) from None
        found.add(name)
    return frozenset(found)
