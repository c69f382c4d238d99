"""The lock file, written and read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from licensecheck.base import regex, yamlio
from licensecheck.base.errors import ConfigError, Unreadable
from licensecheck.base.files import leads_out, write_whole
from licensecheck.base.message import Message, nearest
from licensecheck.model import Basis, Credit, Status

if TYPE_CHECKING:
    from licensecheck.scanners.document import Document


NAME: Final = "licensecheck.lock"

_CREDIT: Final = ("title", "creators", "source", "notice")
"""What papers say of a work's credit; the rest is only declared."""

AGAIN: Final = Message("read what has changed, then run `licensecheck lock`")

_SCHEMA: Final = "licensecheck.lock/1"

_HASH: Final = regex.compile(r"(?:sha256|statements):[0-9a-f]{64}\Z")

_TIME: Final = regex.compile(r"(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)?\Z", re.A)

SHOWN: Final = 200


class Place(NamedTuple):
    """Where a license is stated: path (below the declaration's folder) or address, line, field, words, and what they name."""

    path: str
    line: int
    field: str
    words: str
    license: str
    basis: str


class Upstream(NamedTuple):
    """What the source was made from: as it is named, where it was read (or ""), its licenses (() where they are not known)."""

    name: str
    target: str
    licenses: tuple[str, ...] = ()


class Pin(NamedTuple):
    """One source as it was: ``location`` as declared and ``url`` for people, ``revision`` of a hub (or ""), when it was
    first read so (ISO 8601, or "" for what lies on disk), the license concluded (or None) with all that a verdict may not
    be better than, the hash of each text that bears a license, where that is stated, and what it was made from."""

    name: str
    location: str
    url: str = ""
    revision: str = ""
    retrieved: str = ""
    license: str | None = None
    status: str = Status.NONE.value
    strictest: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    places: tuple[Place, ...] = ()
    upstream: tuple[Upstream, ...] = ()
    credit: Credit = Credit()
    caveats: tuple[str, ...] = ()


def write(path: Path, pins: Iterable[Pin]) -> None:
    """Write a lock. Raises :class:`ConfigError` where it cannot be written, or is a link that leads out."""
    if leads_out(path):
        raise ConfigError(Message("{path}:1: this link leads out of the repository; it is not written", path=path))
    try:
        write_whole(path, dumps(pins))
    except OSError as error:
        raise ConfigError(
            Message("{path}:1: cannot be written: {why}", path=path, why=str(error.strerror or error))
        ) from None


def dumps(pins: Iterable[Pin]) -> str:
    """The text of a lock: the same pins are the same bytes, in whatever order they come."""
    rows = [_row(one) for one in sorted(pins, key=lambda one: one.name)]
    return "\n".join(_lines({"schema": _SCHEMA, "sources": rows}, 3)) + "\n"


def _row(one: Pin) -> dict[str, Any]:
    return {
        **one._asdict(),
        "strictest": list(one.strictest),
        "beside": list(one.beside),
        "terms": dict(one.terms),
        "places": [p._asdict() for p in one.places],
        "upstream": [{**up._asdict(), "licenses": list(up.licenses)} for up in one.upstream],
        "credit": {**{key: getattr(one.credit, key) for key in _CREDIT}, "creators": list(one.credit.creators)},
        "caveats": list(one.caveats),
    }


def _lines(value: Any, depth: int, indent: str = "", last: str = "") -> Iterator[str]:
    """``value`` as JSON, a line for each member and item down to ``depth`` levels."""
    opened, closed = "{}" if isinstance(value, dict) else "[]"
    items = [(f"{_json(k)}: ", v) for k, v in value.items()] if isinstance(value, dict) else [("", v) for v in value]
    yield f"{indent}{last}{opened}" if items else f"{indent}{last}{opened}{closed}"
    for n, (key, inner) in enumerate(items, 1):
        comma = "," if n < len(items) else ""
        if depth and isinstance(inner, dict | list) and inner:
            *most, end = _lines(inner, depth - 1, f"{indent}  ", key)
            yield from most
            yield f"{end}{comma}"
        else:
            yield f"{indent}  {key}{_json(inner)}{comma}"
    if items:
        yield f"{indent}{closed}"


def _json(value: Any) -> str:
    """``value`` on one line, with escapes for all that cannot be seen: a diff in a terminal is led by nothing."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def read(path: Path) -> dict[str, Pin]:
    """The lock in ``path`` by source. Raises :class:`ConfigError` naming file, line and what to run."""
    from licensecheck.scanners.document import Document

    again = Message("write it again with `licensecheck lock`")
    if leads_out(path):
        raise ConfigError(Message("{path}:1: this link leads out of the repository; it is not read", path=path))
    try:
        document = Document(str(path), yamlio.read(path, 16 * yamlio.MAX_CHARS), "json")
    except Unreadable as error:
        raise ConfigError(
            Message(
                "{place}: not a lock: {error}; {again}", place=f"{path}:{error.line}", error=error.message, again=again
            )
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            Message(
                "{path}:1: cannot be read ({why}); {again}",
                path=path,
                why=str(getattr(error, "strerror", None) or error),
                again=again,
            )
        ) from None
    try:
        return _pins(_At(document, (), document.tree))
    except ConfigError as error:
        raise ConfigError(Message("{error}; {again}", error=error.message, again=again)) from None


class _At:
    """A value of a lock with the path to it: it says what it must be, or raises naming its line."""

    def __init__(self, document: Document, path: tuple[str | int, ...], value: Any) -> None:
        self.document = document
        self.path = path
        self.value = value

    def fail(self, says: str) -> ConfigError:
        return ConfigError(
            Message("{place}: {why}", place=f"{self.document.path}:{self.document.at(self.path)[0]}", why=says)
        )

    def items(self) -> dict[str, _At]:
        from licensecheck.scanners.document import Repeated

        if not isinstance(self.value, dict):
            raise self.fail(Message("expected an object"))
        for key, value in self.value.items():
            if isinstance(value, Repeated):
                raise self.fail(Message("the key `{key}` is repeated", key=key[:SHOWN]))
        return {key: _At(self.document, (*self.path, key), value) for key, value in self.value.items()}

    def keys(self, *names: str) -> dict[str, _At]:
        members = self.items()
        for key, value in members.items():
            if key not in names:
                raise value.fail(
                    Message("unknown key `{key}`.{nearest}", key=key[:SHOWN], nearest=nearest(key[:SHOWN], names))
                )
        if missing := [name for name in names if name not in members]:
            raise self.fail(Message("`{missing}` is missing", missing=missing[0]))
        return members

    def list(self) -> list[_At]:
        if not isinstance(self.value, list):
            raise self.fail(Message("expected a list"))
        return [_At(self.document, (*self.path, n), item) for n, item in enumerate(self.value)]

    def text(self, form: regex.Pattern | None = None, what: str = "") -> str:
        if not isinstance(self.value, str):
            raise self.fail(Message("expected a string"))
        if form is not None and not form.match(self.value):
            raise self.fail(Message("this is not a {what}", what=what))
        return self.value

    def texts(self) -> tuple[str, ...]:
        return tuple(item.text() for item in self.list())

    def one_of(self, kind: type[Status] | type[Basis]) -> str:
        known = [member.value for member in kind]
        if self.text() not in known:
            raise self.fail(
                Message("`{value}` is not one of {known}", value=self.value[:SHOWN], known=", ".join(known))
            )
        return str(self.value)

    def number(self) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < 1:
            raise self.fail(Message("expected a line number"))
        return self.value


def _pins(root: _At) -> dict[str, Pin]:
    f = root.keys("schema", "sources")
    if f["schema"].text() != _SCHEMA:
        raise f["schema"].fail(Message("not a lock with the schema {schema}", schema=_SCHEMA))
    made: dict[str, Pin] = {}
    for row in f["sources"].list():
        one = _pin(row)
        if one.name in made:
            raise row.fail(Message("two sources have the name `{name}`", name=one.name[:SHOWN]))
        made[one.name] = one
    return made


def _pin(row: _At) -> Pin:
    f = row.keys(*Pin._fields)
    credit = f["credit"].keys(*_CREDIT)
    return Pin(
        f["name"].text(),
        f["location"].text(),
        f["url"].text(),
        f["revision"].text(),
        f["retrieved"].text(_TIME, "time, such as 2027-01-31T12:00:00Z"),
        None if f["license"].value is None else f["license"].text(),
        f["status"].one_of(Status),
        f["strictest"].texts(),
        f["beside"].texts(),
        tuple((path, mark.text(_HASH, "hash: sha256:, and 64 digits")) for path, mark in f["terms"].items().items()),
        tuple(_place(item) for item in f["places"].list()),
        tuple(_upstream(item) for item in f["upstream"].list()),
        Credit(
            credit["title"].text(), credit["creators"].texts(), credit["source"].text(), credit["notice"].text()
        ),
        f["caveats"].texts(),
    )  # fmt: skip


def _place(item: _At) -> Place:
    f = item.keys(*Place._fields)
    return Place(
        f["path"].text(),
        f["line"].number(),
        f["field"].text(),
        f["words"].text(),
        f["license"].text(),
        f["basis"].one_of(Basis),
    )


def _upstream(item: _At) -> Upstream:
    f = item.keys(*Upstream._fields)
    return Upstream(f["name"].text(), f["target"].text(), f["licenses"].texts())
