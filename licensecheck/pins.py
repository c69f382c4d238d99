"""The lock file ``licensecheck.lock``: what each source's terms were when somebody looked, so that a run without the network
can rest on it, and a later one can say what has changed.

JSON with one member a line and sources sorted by name, so that a change upstream is a small diff.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from licensecheck.errors import ConfigError
from licensecheck.model import Resolved, Scope

NAME: Final = "licensecheck.lock"
_SCHEMA: Final = "licensecheck.lock/1"
_SHA: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])")


class Pin(NamedTuple):
    """One source as it was: ``location`` as declared, ``revision`` of a hub (or ""), when it was read (ISO 8601, or "" for
    what lies on disk), the SHA-256 of its statements, the licence concluded (or None), and where that stands."""

    name: str
    location: str
    revision: str
    retrieved: str
    sha256: str
    license: str | None
    places: tuple[str, ...] = ()


class Change(NamedTuple):
    """One difference between a lock and what is found now: ``what`` is license, terms, revision, gone or new."""

    source: str
    what: str
    before: str
    after: str


def pin(name: str, location: str, resolved: Resolved) -> Pin:
    """What is found at a source now, as it goes into a lock."""
    counted = [e for e in resolved.evidence if e.scope in (Scope.DATA, Scope.CONTENTS)]
    said = sorted(f"{e.license or '-'}\t{e.stance.value}\t{e.part}\t{e.raw}" for e in counted)
    reads = [f"{r.sha256}" for r in resolved.retrievals]
    revision = next((m[0] for r in resolved.retrievals if (m := _SHA.search(r.final))), "")
    places = tuple(dict.fromkeys(f"{_plain(e.path, revision)}:{e.line}" for e in counted if e.license))[:20]
    from hashlib import sha256

    terms = sha256("\n".join(said).encode("utf-8", "replace")).hexdigest() if said or reads else ""
    when = max((r.time for r in resolved.retrievals), default="")
    return Pin(name, location, revision, when, terms, resolved.license, places)


def _plain(path: str, revision: str) -> str:
    return path.replace(revision, "...") if revision else path


def write(path: Path, pins: Iterable[Pin]) -> None:
    """Write a lock. Raises :class:`ConfigError` where it cannot be written."""
    rows = [{**p._asdict(), "places": list(p.places)} for p in sorted(pins)]
    text = json.dumps({"schema": _SCHEMA, "sources": rows}, ensure_ascii=False, indent=2)
    try:
        path.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path}:1: cannot be written: {error.strerror or error}") from None


def read(path: Path) -> dict[str, Pin]:
    """The lock in ``path`` by source. Raises :class:`ConfigError` naming what does not hold and what to run."""
    again = "write it anew with `licensecheck lock`"
    try:
        tree: Any = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ConfigError(f"{path}:{error.lineno}: no lock: {error.msg}; {again}") from None
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}:1: cannot be read ({getattr(error, 'strerror', None) or error}); {again}") from None
    if not isinstance(tree, dict) or tree.get("schema") != _SCHEMA or not isinstance(tree.get("sources"), list):
        raise ConfigError(f"{path}:1: no lock of the form {_SCHEMA}; {again}")
    return {made.name: made for made in (_pin(path, n, row) for n, row in enumerate(tree["sources"], 1))}


def _pin(path: Path, number: int, row: Any) -> Pin:
    texts = ("name", "location", "revision", "retrieved", "sha256")
    good = isinstance(row, dict) and set(row) == set(Pin._fields) and all(isinstance(row[key], str) for key in texts)
    if not good or not isinstance(row["license"], str | None) or not isinstance(row["places"], list):
        raise ConfigError(
            f"{path}:1: source {number} of the lock does not hold; write it anew with `licensecheck lock`"
        )
    return Pin(**{**row, "places": tuple(map(str, row["places"]))})


def drift(old: Mapping[str, Pin], new: Mapping[str, Pin]) -> tuple[Change, ...]:
    """What has changed from ``old`` to ``new``, in order of source; times of reading are no change."""
    found: list[Change] = []
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name), new.get(name)
        if was is None or now is None:
            found.append(Change(name, "new" if was is None else "gone", _said(was), _said(now)))
            continue
        if was.license != now.license:
            found.append(Change(name, "license", _said(was), _said(now)))
        if was.sha256 != now.sha256:
            found.append(Change(name, "terms", was.sha256[:12] or "-", now.sha256[:12] or "-"))
        if was.revision != now.revision:
            found.append(Change(name, "revision", was.revision[:12] or "-", now.revision[:12] or "-"))
    return tuple(found)


def _said(one: Pin | None) -> str:
    return (one.license or "no licence") if one else "-"
