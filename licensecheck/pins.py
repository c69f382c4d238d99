"""The lock file ``licensecheck.lock``: what each source's terms were when somebody looked, so that a run without the network
can rest on it, and a later one can say what has changed.

JSON with one member or item a line and everything sorted, so that a change upstream is a small diff. A file that bears a
licence is kept by the SHA-256 of its whole text with ``\\n`` as line end: custom terms change in words that no scanner
reads. Of pages and of hubs' records, which differ at every visit, it is that of their statements.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from licensecheck import patterns, yamlio
from licensecheck.errors import ConfigError, Unreadable, UsageError
from licensecheck.model import (
    Basis,
    Certainty,
    Credit,
    Evidence,
    Origin,
    Resolved,
    Scope,
    Stance,
    Status,
)
from licensecheck.record import NamedTuple
from licensecheck.scan.files import leads_out
from licensecheck.vocabulary import nearest
from licensecheck.wording import Message

if TYPE_CHECKING:
    from licensecheck.hubs import Hub
    from licensecheck.scan.document import Document

NAME: Final = "licensecheck.lock"
_CREDIT: Final = ("title", "creators", "source", "notice")
"""What papers say of a work's credit; the rest is only declared."""
AGAIN: Final = Message("read what is different, then run `licensecheck lock`")
_SCHEMA: Final = "licensecheck.lock/1"
_SHA: Final = patterns.compile(r"(?<![0-9A-Za-z])(?:[0-9a-f]{40}|[0-9a-f]{64})(?![0-9A-Za-z])")
_HASH: Final = patterns.compile(r"(?:sha256|statements):[0-9a-f]{64}\Z")
_TIME: Final = patterns.compile(r"(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)?\Z", re.A)
_REVISION: Final = "{revision}"
"""What stands for the revision in addresses, so that a new one is one changed line."""
_MOST: Final = 40
_SHOWN: Final = 200
_PAGES: Final = {
    "hf": "https://huggingface.co/datasets/{}",
    "gh": "https://github.com/{}",
    "zenodo": "https://zenodo.org/records/{}",
    "kaggle": "https://www.kaggle.com/datasets/{}",
}


class Place(NamedTuple):
    """Where a licence is stated: path (below the declaration's folder) or address, line, field, words, and what they name."""

    path: str
    line: int
    field: str
    words: str
    license: str
    basis: str


class Upstream(NamedTuple):
    """What the source was made from: as it is named, where it was read (or ""), its licences (() where they are not known)."""

    name: str
    target: str
    licenses: tuple[str, ...] = ()


class Pin(NamedTuple):
    """One source as it was: ``location`` as declared and ``url`` for people, ``revision`` of a hub (or ""), when it was
    first read so (ISO 8601, or "" for what lies on disk), the licence concluded (or None) with all that a verdict may not
    be better than, the hash of each text that bears a licence, where that is stated, and what it was made from."""

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


class Change(NamedTuple):
    """One difference between a lock and what is found now: ``what`` is license, terms, revision, upstream, gone or new."""

    source: str
    what: str
    before: str
    after: str


def pin(
    name: str,
    location: str,
    resolved: Resolved,
    digests: Mapping[str, str] = {},
    upstream: Iterable[Upstream] = (),
    base: str = "",
) -> Pin:
    """What is found at a source now, as it goes into a lock.

    ``digests`` has the SHA-256 of whole texts by the path of their evidence; ``base`` is the folder that paths are told
    from.
    """
    counted = [e for e in resolved.evidence if e.scope in (Scope.DATA, Scope.CONTENTS)]
    bearing = [e for e in counted if e.license or e.stance is not Stance.ASSERTED]
    revision = _revision(location, resolved)
    by: dict[str, list[Evidence]] = {}
    for e in bearing:
        by.setdefault(e.path, []).append(e)
    terms = sorted((_short(path, revision, base), _terms(path, rows, digests)) for path, rows in by.items())
    places = sorted(
        Place(_short(e.path, revision, base), e.line, e.field, " ".join(e.raw.split())[:_SHOWN], e.license, e.basis)
        for e in counted
        if e.license
    )
    return Pin(
        name,
        location,
        _url(location, resolved),
        revision,
        max((r.time for r in resolved.retrievals), default=""),
        resolved.license,
        resolved.status.value,
        resolved.strictest,
        resolved.beside,
        tuple(terms),
        tuple(dict.fromkeys(places))[:_MOST],
        tuple(dict.fromkeys(upstream)),
        resolved.credit,
        tuple(map(str, resolved.caveats)),
    )


def _terms(path: str, rows: Sequence[Evidence], digests: Mapping[str, str]) -> str:
    from hashlib import sha256

    if path in digests:
        return f"sha256:{digests[path]}"
    said = sorted(
        "\t".join((e.license or "-", e.stance, e.scope, e.part, ",".join(e.restricts), " ".join(e.raw.split())))
        for e in rows
    )
    return "statements:" + sha256("\n".join(dict.fromkeys(said)).encode("utf-8", "replace")).hexdigest()


def _revision(location: str, resolved: Resolved) -> str:
    """The commit that a hub's dataset was read at, which stands in the addresses of its files."""
    hub = _hub(location)
    if hub is None or hub.kind not in ("hf", "gh"):
        return ""
    places = (*(e.path for e in resolved.evidence), *(r.url for r in resolved.retrievals))
    return next((m[0] for place in places if "://" in place and (m := _SHA.search(place))), "")


def _hub(location: str) -> Hub | None:
    from licensecheck import hubs

    try:
        return hubs.parse(location)
    except UsageError:
        return None


def _url(location: str, resolved: Resolved) -> str:
    hub = _hub(location)
    if hub is not None:
        return _PAGES[hub.kind].format(hub.name)
    if location.lower().startswith(("http://", "https://")):
        return next((r.final for r in resolved.retrievals if r.url == location), location)
    return ""


def _short(path: str, revision: str, base: str) -> str:
    if "://" in path:
        return path.replace(revision, _REVISION) if revision else path
    return path.replace("\\", "/").removeprefix(f"{base.rstrip('/')}/") if base else path.replace("\\", "/")


def kept(new: Mapping[str, Pin], old: Mapping[str, Pin]) -> dict[str, Pin]:
    """``new`` with the time of reading of ``old`` where nothing else is different: what has not changed is no diff."""
    return {
        name: old[name] if name in old and old[name]._replace(retrieved=one.retrieved) == one else one
        for name, one in new.items()
    }


def as_it_was(one: Pin, base: str) -> Resolved:
    """What the lock says of a source, as it would be found; ``base`` is the folder of the lock."""
    evidence = tuple(
        Evidence(
            _long(p.path, one.revision, base), p.line, 1, p.field, p.words, p.license, Certainty.EXACT, Scope.DATA,
            Origin.PORTAL if "://" in p.path else Origin.SIDECAR, "lock", Basis(p.basis), rule="locked",
            note=_when(one),
        )
        for p in one.places
    )  # fmt: skip
    named = tuple(up.name for up in one.upstream if not up.licenses)
    return Resolved(
        one.name,
        one.license,
        Status(one.status),
        evidence,
        strictest=one.strictest,
        beside=one.beside,
        credit=one.credit,
        upstream=named,
        caveats=one.caveats,
    )


def above(one: Pin) -> tuple[str, ...]:
    """The licences of all that the source was made from, each once."""
    return tuple(dict.fromkeys(license for up in one.upstream for license in up.licenses))


def _when(one: Pin) -> str:
    at = f" at {one.revision[:12]}" if one.revision else ""
    return f"read {one.retrieved}{at}" if one.retrieved else ""


def _long(path: str, revision: str, base: str) -> str:
    if "://" in path:
        return path.replace(_REVISION, revision) if revision else path
    return f"{base}/{path}" if base and not path.startswith("/") else path


def differs(one: Pin, found: Mapping[str, str]) -> str:
    """The first text on disk that is not as it was locked, or ""; ``found`` has the digests of those there, by path."""
    locked = {path: mark.partition(":")[2] for path, mark in one.terms if "://" not in path}
    return next((path for path in sorted({*locked, *found}) if locked.get(path) != found.get(path)), "")


def write(path: Path, pins: Iterable[Pin]) -> None:
    """Write a lock. Raises :class:`ConfigError` where it cannot be written, or is a link that leads out."""
    if leads_out(path):
        raise ConfigError(
            Message("{path}:1: a link that leads out of the repository is not written through", path=path)
        )
    try:
        path.write_text(dumps(pins), encoding="utf-8", newline="\n")
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
    from licensecheck.scan.document import Document

    again = Message("write it anew with `licensecheck lock`")
    if leads_out(path):
        raise ConfigError(Message("{path}:1: a link that leads out of the repository is not read", path=path))
    try:
        document = Document(str(path), yamlio.read(path, 16 * yamlio.MAX_CHARS), "json")
    except Unreadable as error:
        raise ConfigError(
            Message(
                "{place}: no lock: {error}; {again}", place=f"{path}:{error.line}", error=error.message, again=again
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
        from licensecheck.scan.document import Repeated

        if not isinstance(self.value, dict):
            raise self.fail(Message("an object was expected here"))
        for key, value in self.value.items():
            if isinstance(value, Repeated):
                raise self.fail(Message("`{key}` is given twice", key=key[:_SHOWN]))
        return {key: _At(self.document, (*self.path, key), value) for key, value in self.value.items()}

    def keys(self, *names: str) -> dict[str, _At]:
        members = self.items()
        for key, value in members.items():
            if key not in names:
                raise value.fail(
                    Message("unknown key `{key}`.{nearest}", key=key[:_SHOWN], nearest=nearest(key[:_SHOWN], names))
                )
        if missing := [name for name in names if name not in members]:
            raise self.fail(Message("`{missing}` is missing", missing=missing[0]))
        return members

    def list(self) -> list[_At]:
        if not isinstance(self.value, list):
            raise self.fail(Message("a list was expected here"))
        return [_At(self.document, (*self.path, n), item) for n, item in enumerate(self.value)]

    def text(self, form: re.Pattern[str] | None = None, what: str = "") -> str:
        if not isinstance(self.value, str):
            raise self.fail(Message("a text was expected here"))
        if form is not None and not form.match(self.value):
            raise self.fail(Message("this is no {what}", what=what))
        return self.value

    def texts(self) -> tuple[str, ...]:
        return tuple(item.text() for item in self.list())

    def one_of(self, kind: type[Status] | type[Basis]) -> str:
        known = [member.value for member in kind]
        if self.text() not in known:
            raise self.fail(Message("`{value}` is none of {known}", value=self.value[:_SHOWN], known=", ".join(known)))
        return str(self.value)

    def number(self) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < 1:
            raise self.fail(Message("the number of a line was expected here"))
        return self.value


def _pins(root: _At) -> dict[str, Pin]:
    f = root.keys("schema", "sources")
    if f["schema"].text() != _SCHEMA:
        raise f["schema"].fail(Message("no lock of the form {schema}", schema=_SCHEMA))
    made: dict[str, Pin] = {}
    for row in f["sources"].list():
        one = _pin(row)
        if one.name in made:
            raise row.fail(Message("two sources are called `{name}`", name=one.name[:_SHOWN]))
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


def drift(old: Mapping[str, Pin], new: Mapping[str, Pin]) -> tuple[Change, ...]:
    """What has changed from ``old`` to ``new``, in order of source; times of reading are no change."""
    found: list[Change] = []
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name), new.get(name)
        if was is None or now is None:
            found.append(Change(name, "new" if was is None else "gone", _said(was), _said(now)))
            continue
        if (was.license, was.status, was.strictest, was.beside) != (now.license, now.status, now.strictest, now.beside):
            found.append(Change(name, "license", _said(was), _said(now)))
        found += _texts(name, was, now)
        if set(was.upstream) != set(now.upstream):
            before, after = (
                ", ".join(f"{up.name} ({' / '.join(up.licenses) or '-'})" for up in side if up not in other) or "-"
                for side, other in ((was.upstream, now.upstream), (now.upstream, was.upstream))
            )
            found.append(Change(name, "upstream", before, after))
        if was.revision != now.revision:
            found.append(Change(name, "revision", was.revision[:12] or "-", now.revision[:12] or "-"))
    return tuple(found)


def _texts(name: str, was: Pin, now: Pin) -> Iterator[Change]:
    before, after = dict(was.terms), dict(now.terms)
    for path in sorted(before.keys() | after.keys()):
        if before.get(path) != after.get(path):
            shown = [marks[path].partition(":")[2][:12] if path in marks else "-" for marks in (before, after)]
            yield Change(name, "terms", f"{path} {shown[0]}", shown[1])


def _said(one: Pin | None) -> str:
    if one is None:
        return "-"
    texts = dict.fromkeys(filter(None, (one.license, *one.strictest)))
    return " + ".join((" / ".join(texts) or "no licence", *one.beside))
