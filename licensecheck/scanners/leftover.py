"""What the fields of a document say of licenses beside those that its format reads: parts, sources, comments, properties, access.

None of it is the license of the whole. A stricter license there leaves no plain allow (docs/precedence.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from licensecheck.base.message import Message
from licensecheck.identification import find, url
from licensecheck.identification import value as value_of
from licensecheck.knowledge import facts, fields
from licensecheck.model import Basis, Certainty, Evidence, Kind, Origin, Scope, Stance, Standing, Statement, Unweighed
from licensecheck.scanners.document import Document, Path, Said, Words, items, local, text, texts
from licensecheck.scanners.formats import generic
from licensecheck.scanners.metadata import best, meaning
from licensecheck.scanners.statements import statements

_NODES: Final = 20_000
_DEEP: Final = 12
_MOST: Final = 60
_BRIEF: Final = 60
_SENTENCE: Final = 3
"""Blanks from which on words are a sentence and no name."""
_REMARKS: Final = ("comment", "comments", "notes")
"""How fields end that remark on a license."""
_PAIR: Final = ("name", "key", "property")
"""Fields that hold the name of a property whose ``value`` stands beside it (CKAN, CycloneDX, schema.org)."""


def leftover(
    document: Document,
    read: Collection[Path],
    known: Collection[str | None],
    origin: Origin,
    format: str,
    *,
    whole: bool,
) -> Iterator[Evidence]:
    """The stricter statements at places that are not ``read``, of licenses that are not ``known`` already.

    Without ``whole``, only of remarks and of properties: the format reads every field of a license itself.
    """
    begun = {path[:n] for path in read for n in range(len(path) + 1)}
    found: set[str] = set()
    for said in _fields(document.tree, begun, whole=whole):
        if len(found) == _MOST:
            return
        words = [w for w in said.words if w.path not in begun]
        for w in words if len(words) == len(said.words) else ():
            for s in _meanings(w):
                if not s.license or s.license in found or s.license in known or _is_open(s.license):
                    continue
                found.add(s.license)
                yield _evidence(document, w, s, said.field, origin, format, _NOTE)


def open_words(document: Document, read: Collection[Path], *, whole: bool) -> Iterator[Unweighed]:
    """The sentences at places that are not ``read`` that may restrict the use and are not understood."""
    from licensecheck.scanners.unweighed import heard_at

    begun = {path[:n] for path in read for n in range(len(path) + 1)}
    words = (w for said in _fields(document.tree, begun, whole=whole) for w in said.words if w.path not in begun)
    for w in islice((w for w in words if w.text.count(" ") >= _SENTENCE and "://" not in w.text), _MOST):
        yield from heard_at(w.text[:20_000], find, document.at(w.path), path=document.path)


_NOTE: Final = Message("a field that the format does not read for the license of the whole")
LIMITS: Final = Message("a field that limits the use")
_CLOSED: Final = Message("says that not everybody may have the data")


def _is_open(license: str) -> bool:
    return facts.is_public_domain(license) or facts.is_software(license)


def _meanings(w: Words) -> Iterator[Statement]:
    if "://" not in w.text and (len(w.text) > _BRIEF or w.text.count(" ") >= _SENTENCE):
        yield from (s for s in statements(w.text[:20_000]) if s.stance is Stance.ASSERTED and s.kind not in _SILENT)
        return
    (_, s), *_ = best([(w, meaning(w.text, None))])
    if s.stance is Stance.ASSERTED and s.kind not in _SILENT:
        yield s


_SILENT: Final = (Kind.OWN_WORDS, Kind.POINTER, Kind.NO_NAME, Kind.OWN_TERMS, Kind.ELSEWHERE)
"""Kinds that only say that there are terms: too little for a field that may be about anything."""


def _fields(tree: Any, begun: Collection[Path], *, whole: bool) -> Iterator[Said]:
    """The fields of licenses, remarks and properties of a tree; ``begun`` are the ways to what the format has read."""
    waiting: list[tuple[Any, Path]] = [(tree, ())]
    seen: set[int] = set()
    while waiting and len(seen) < _NODES:
        node, path = waiting.pop()
        if not isinstance(node, Mapping | list) or id(node) in seen or len(path) > _DEEP:
            continue
        seen.add(id(node))
        if isinstance(node, list):
            waiting += reversed([(item, (*path, n)) for n, item in enumerate(node) if isinstance(item, Mapping | list)])
            continue
        if fields.describes_license(node):
            continue
        yield from (s for s in generic.of_object(node, path) if whole or s.field.lower().endswith(_REMARKS))
        named = next((node[key] for key in _PAIR if isinstance(node.get(key), str)), "")
        if named and isinstance(node.get("value"), str) and (fields.field(named) or named.lower() == "usage"):
            yield Said((Words(node["value"], (*path, "value")),), named)
        for key, inner in reversed(list(node.items())):
            at = (*path, key)
            if not whole or not fields.describes_others(local(str(key))):
                waiting.append((inner, at))
            elif isinstance(inner, list):  # among packages or components, those that the format has read
                waiting += reversed([(item, (*at, n)) for n, item in enumerate(inner) if (*at, n) in begun])
            elif at in begun:
                waiting.append((inner, at))


POLICY: Final = frozenset({"permission", "prohibition", "obligation", "duty", "hasPolicy", "odrl:hasPolicy", "odrl:permission", "odrl:prohibition", "odrl:obligation"})  # fmt: skip
"""Fields of a policy of ODRL 2.2, and the one that names it."""
_RULES: Final = Message("a policy of ODRL, which is not evaluated: read it")


def policies(document: Document, origin: Origin, format: str) -> Iterator[Evidence]:
    """That a document has a policy of ODRL, at the first of its rules."""
    if "odrl" not in document.text.lower():
        return
    waiting: list[tuple[Any, Path]] = [(document.tree, ())]
    seen: set[int] = set()
    while waiting and len(seen) < _NODES:
        node, path = waiting.pop()
        if not isinstance(node, Mapping | list) or id(node) in seen or len(path) > _DEEP:
            continue
        seen.add(id(node))
        if isinstance(node, Mapping):
            if key := next((key for key in node if str(key) in POLICY), None):
                yield restricted(document, Words(str(key), (*path, key)), str(key), origin, format, _RULES)
                return
            waiting += [(inner, (*path, key)) for key, inner in node.items()]
        else:
            waiting += [(inner, (*path, n)) for n, inner in enumerate(node)]


def closed(document: Document, origin: Origin, format: str) -> Iterator[Evidence]:
    """Fields near the top that say that access is restricted or that limit the use, the first of them."""
    for path, node in _near_top(document.tree):
        for key, value in node.items():
            words = text(value) if not isinstance(value, bool) else str(value).lower()
            at = Words(words, (*path, key))
            if fields.closes(str(key), words):
                yield restricted(document, at, str(key), origin, format)
                return
            if fields.limits(local(str(key)), words) and not (url(words) or value_of(words).license):
                yield restricted(document, at, str(key), origin, format, LIMITS)
                return
            if str(key).lower() in _TAGS and (tag := next(filter(_bars, texts(value)), "")):
                yield restricted(document, Words(tag, at.path), str(key), origin, format, LIMITS)
                return


def _near_top(tree: Any) -> Iterator[tuple[Path, Mapping[Any, Any]]]:
    """The objects near the top of a tree, each with its path: the first, those in it, and those in lists of it."""
    if not isinstance(tree, Mapping):
        return
    yield (), tree
    for key, inner in tree.items():
        if fields.describes_others(local(str(key))):
            continue
        for item, at in islice(items(inner, (key,)), _LISTED):
            if isinstance(item, Mapping):
                yield at, item


def _bars(tag: str) -> bool:
    """Whether a tag is the name of a limit, or restricts the use by its words."""
    return fields.bars(tag) or any(s.kind in (Kind.RESTRICTION, Kind.RESERVED) for s in find(tag) if s.license)


_TAGS: Final = ("keywords", "keyword", "tags", "subjects")
_LISTED: Final = 60


def restricted(
    document: Document, w: Words, field: str, origin: Origin, format: str, note: Message | None = None
) -> Evidence:
    """A field that says that not everybody may have the data: terms that nobody read stand beside the license."""
    s = Statement("LicenseRef-custom", Certainty.AMBIGUOUS, 0, len(w.text), w.text, "access", kind=Kind.OWN_LICENSE)
    return _evidence(document, w, s, field, origin, format, note or _CLOSED)


def _evidence(
    document: Document, w: Words, s: Statement, field: str, origin: Origin, format: str, note: str
) -> Evidence:
    line, column = document.at(w.path)
    return Evidence.of(
        s,
        path=document.path,
        line=line,
        column=column,
        field=field,
        raw=w.text,
        scanner=format,
        basis=Basis.METADATA_FILE,
        origin=origin,
        scope=Scope.DATA,
        standing=Standing.BESIDE,
        note=note,
    )
