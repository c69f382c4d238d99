"""The lock file ``licensecheck.lock``: what each source's terms were when somebody looked, so that a run without the network
can rest on it, and a later one can say what has changed.

JSON with one member or item a line and everything sorted, so that a change upstream is a small diff. A file that bears a
license is kept by the SHA-256 of its whole text with ``\\n`` as line end: custom terms change in words that no scanner
reads. Of pages and of hubs' records, which differ at every visit, it is that of their statements and of the words that
may restrict and are not understood.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from licensecheck.base import regex
from licensecheck.base.errors import UsageError
from licensecheck.dataset.lock_file import SHOWN, Pin, Place, Upstream
from licensecheck.model import Basis, Certainty, Evidence, Origin, Resolved, Scope, Stance, Status

if TYPE_CHECKING:
    from licensecheck.targets.hubs import Hub

_SHA: Final = regex.compile(r"(?<![0-9A-Za-z])(?:[0-9a-f]{40}|[0-9a-f]{64})(?![0-9A-Za-z])")
_REVISION: Final = "{revision}"
"""What stands for the revision in addresses, so that a new one is one changed line."""
_MOST: Final = 40


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
    open_: dict[str, set[str]] = {}
    for u in resolved.unweighed:
        open_.setdefault(u.path, set()).add(" ".join(u.words.split()))
    terms = sorted(
        (_short(path, revision, base), _terms(path, by.get(path, ()), digests, open_.get(path, ())))
        for path in {*by, *open_}
    )
    places = sorted(
        Place(_short(e.path, revision, base), e.line, e.field, " ".join(e.raw.split())[:SHOWN], e.license, e.basis)
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


def _terms(path: str, rows: Sequence[Evidence], digests: Mapping[str, str], words: Iterable[str]) -> str:
    """The mark of a text: of the whole, else of its statements and of the ``words`` in it that may restrict and are not
    understood."""
    from hashlib import sha256

    if path in digests:
        return f"sha256:{digests[path]}"
    said = sorted(
        "\t".join((e.license or "-", e.stance, e.scope, e.part, ",".join(e.restricts), " ".join(e.raw.split())))
        for e in rows
    )
    said += sorted(words)
    return "statements:" + sha256("\n".join(dict.fromkeys(said)).encode("utf-8", "replace")).hexdigest()


def _revision(location: str, resolved: Resolved) -> str:
    """The commit that a hub's dataset was read at, which stands in the addresses of its files."""
    from licensecheck.targets import hubs

    hub = _hub(location)
    if hub is None or not hubs.has_revisions(hub):
        return ""
    places = (*(e.path for e in resolved.evidence), *(r.url for r in resolved.retrievals))
    return next((m[0] for place in places if "://" in place and (m := _SHA.search(place))), "")


def _hub(location: str) -> Hub | None:
    from licensecheck.targets import hubs

    try:
        return hubs.parse(location)
    except UsageError:
        return None


def _url(location: str, resolved: Resolved) -> str:
    from licensecheck.targets import hubs

    hub = _hub(location)
    if hub is not None:
        return hubs.page(hub)
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
            path=_long(p.path, one.revision, base),
            line=p.line,
            column=1,
            field=p.field,
            raw=p.words,
            license=p.license,
            certainty=Certainty.EXACT,
            scope=Scope.DATA,
            origin=Origin.PORTAL if "://" in p.path else Origin.SIDECAR,
            scanner="lock",
            basis=Basis(p.basis),
            rule="locked",
            note=_when(one),
        )
        for p in one.places
    )
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
    """The licenses of all that the source was made from, each once."""
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


def drift(old: Mapping[str, Pin], new: Mapping[str, Pin]) -> tuple[Change, ...]:
    """What has changed from ``old`` to ``new``, in order of source; times of reading are no change."""
    found: list[Change] = []
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name), new.get(name)
        if was is None or now is None:
            found.append(Change(name, "new" if was is None else "gone", _license_words(was), _license_words(now)))
            continue
        if (was.license, was.status, was.strictest, was.beside) != (now.license, now.status, now.strictest, now.beside):
            found.append(Change(name, "license", _license_words(was), _license_words(now)))
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


def _license_words(one: Pin | None) -> str:
    if one is None:
        return "-"
    texts = dict.fromkeys(filter(None, (one.license, *one.strictest)))
    return " + ".join((" / ".join(texts) or "no license", *one.beside))
