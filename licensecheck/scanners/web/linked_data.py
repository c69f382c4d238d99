"""What a page says of itself in JSON-LD (schema.org, DCAT) or in RDF that a comment holds, by the nodes that have a license.

A node is the page's own where it stands at the top, in ``@graph`` or as ``mainEntity``; what hangs on another property
(``image``, ``isPartOf``, ``citation``) is another work. References are followed for one step, so that loops do no harm.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from licensecheck.base import regex
from licensecheck.base.message import Message
from licensecheck.scanners.fragments import soup
from licensecheck.scanners.web.markup import Script

_MOST: Final = 3000
"""Nodes of one page that are looked at."""
_DEEP: Final = 12
_SIZE: Final = 1_000_000
_OWN: Final = frozenset({"@graph", "@included", "mainentity", "mainentityofpage", "dataset"})
_KEYS: Final = ("license", "licence", "sdLicense", "rights", "usageInfo")
_KINDS: Final = {
    "dataset": "dataset", "datafeed": "dataset", "data-feed": "dataset", "datadownload": "file", "distribution": "file",
    "softwaresourcecode": "software", "softwareapplication": "software", "webapplication": "software", "mobileapplication": "software",
    "computerlanguage": "software", "code": "software",
    "imageobject": "media", "photograph": "media", "videoobject": "media", "audioobject": "media", "mediaobject": "media", "image": "media",
    "stillimage": "media", "clip": "media", "musicrecording": "media", "barcode": "media", "3dmodel": "media",
    "itemlist": "list", "searchresultspage": "list", "collectionpage": "list", "datacatalog": "list",
    "person": "other", "organization": "other", "breadcrumblist": "other", "listitem": "other", "product": "other", "offer": "other", "place": "other",
    "postaladdress": "other", "searchaction": "other", "entrypoint": "other",
}  # fmt: skip
_COMMENTS: Final = regex.compile(
    r"\A\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*\Z|/\*\s*(?:<!\[CDATA\[|\]\]>)\s*\*/"
)
_COMMA: Final = regex.compile(r",(\s*[}\]])")
_RDF_WORKS: Final = 20
"""Works in one comment that are looked at."""


class Node(NamedTuple):
    """A thing that linked data describes.

    ``kind`` is ``dataset``, ``file``, ``software``, ``media``, ``list``, ``other`` or ``work``; ``own`` whether it is what the page
    is about; ``licenses`` are (words, key, line).
    """

    kind: str
    type: str
    own: bool
    licenses: tuple[tuple[str, str, int], ...]
    name: str = ""
    creators: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    address: str = ""
    syntax: str = "JSON-LD"


def kind(type_: str) -> str:
    """What kind of thing a type of schema.org or DCAT is."""
    return _KINDS.get(type_.lower(), "work")


@lru_cache(maxsize=16)
def _parsed(text: str) -> Any:
    """The data in a script: JSON as it is found in pages, with comment marks around it and commas too many. None where it is none."""
    text = text[:_SIZE].lstrip("\ufeff")
    for attempt in (text, _COMMA.sub(r"\1", _COMMENTS.sub("", text).strip().rstrip(";"))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def problems(scripts: Iterable[Script]) -> Iterator[tuple[int, str]]:
    """The line of each JSON-LD that speaks of licenses and cannot be read, and what is the matter."""
    for script in scripts:
        if "ld+json" in script.type and "licen" in script.text.lower() and _parsed(script.text) is None:
            yield (
                script.line,
                Message(
                    "JSON-LD that cannot be read (broken, too deep or over {most} characters): it may state a license",
                    most=f"{_SIZE:,}",
                ),
            )


def nodes(scripts: Sequence[Script], address: str) -> Iterator[Node]:
    """The nodes of all scripts, those without a license left out but for datasets."""
    found: list[Node] = []
    for script in scripts:
        if "ld+json" in script.type:
            data = _parsed(script.text)
            if data is not None:
                found += _of_json(data, script)
        elif script.type == "rdf":
            found += _of_rdf(script)
    yield from _own(found, address)


def _own(found: Sequence[Node], address: str) -> Iterator[Node]:
    """Which of several nodes of one kind the page is about: a list of works is about none of them."""
    datasets = [n for n in found if n.own and n.kind == "dataset"]
    works = [n for n in found if n.own and n.kind in ("work", "dataset", "software")]
    media = [n for n in found if n.own and n.kind == "media"]
    here = [n for n in datasets if address and n.address.rstrip("/") == address.rstrip("/")]
    for node in found:
        if node.own and node.kind == "dataset" and len(datasets) > 1:
            same = len({n.licenses and n.licenses[0][0] for n in datasets}) == 1 and len(datasets) < 4
            node = node._replace(own=node in here if here else same)
        elif node.kind == "media":
            node = node._replace(own=node.own and not works and len(media) == 1)
        elif node.kind in ("list", "other"):
            node = node._replace(own=node.own and node.kind == "list" and not datasets)
        yield node


def _of_json(data: Any, script: Script) -> Iterator[Node]:
    by_id: dict[str, Mapping[str, Any]] = {}
    listed: list[tuple[Mapping[str, Any], bool]] = []
    waiting: list[tuple[Any, bool, int]] = [(data, True, 0)]
    while waiting and len(listed) < _MOST:
        value, own, depth = waiting.pop(0) if len(waiting) < 50 else waiting.pop()
        if isinstance(value, list):
            waiting += [(inner, own, depth + 1) for inner in value[:_MOST]]
        elif isinstance(value, Mapping) and depth < _DEEP:
            listed.append((value, own))
            key = value.get("@id")
            if isinstance(key, str) and len(value) > 1:
                by_id.setdefault(key, value)
            for name, inner in value.items():
                if isinstance(inner, (list, Mapping)) and _local(name) not in _KEYS:
                    waiting.append((inner, own and _local(name).lower() in _OWN, depth + 1))
    for value, own in listed:
        node = _node(value, own, by_id, script)
        if node.licenses or node.kind == "dataset" or (own and node.kind == "work"):
            yield node


def _node(value: Mapping[str, Any], own: bool, by_id: Mapping[str, Mapping[str, Any]], script: Script) -> Node:
    types = [_local(t) for t in _list(value.get("@type")) if isinstance(t, str)]
    kinds = [kind(t) for t in types]
    best = next(
        (k for k in ("dataset", "software", "file", "media", "list", "work") if k in kinds),
        kinds[0] if kinds else "work",
    )
    licenses = []
    for name, inner in value.items():
        key = _local(name)
        if key in _KEYS:
            for words in _licenses(inner, by_id):
                licenses.append((words, key, _line(script, words, key)))
    if best == "dataset" and not any(key != "sdLicense" for _, key, _ in licenses):
        for name, inner in value.items():
            if _local(name) == "distribution":
                parts = [x for x in _list(inner)[:50] if isinstance(x, Mapping)]
                said = dict.fromkeys(w for x in parts for w in _licenses(x.get("license"), by_id))
                licenses += [(words, "distribution license", _line(script, words, "license")) for words in said]
    return Node(
        best,
        " ".join(types[:2]),
        own,
        tuple(licenses[:20]),
        _text(value.get("name") or value.get("headline"))[:300],
        tuple(filter(None, (_text(x)[:200] for x in _list(value.get("creator") or value.get("author"))[:60]))),
        tuple(filter(None, (_address(x)[:500] for x in _list(value.get("isBasedOn"))[:20]))),
        _address(value.get("url") or value.get("@id"))[:1000],
    )


def _licenses(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The words of a ``license``: of an object its address where that names a license, else its name."""
    from licensecheck.identification import url

    for item in _list(value)[:20]:
        if isinstance(item, str):
            target = by_id.get(item)
            if target is None or re.match(r"https?://", item):
                if item.strip():
                    yield item
                continue
            item = target
        if not isinstance(item, Mapping):
            continue
        own = item.get("@id")
        if isinstance(own, str) and len(item) == 1 and own in by_id:
            item = by_id[own]
        words = [
            _text(item.get(key))
            for key in ("url", "@value", "@id", "sameAs", "license", "name", "identifier", "alternateName")
        ]
        words = [w for w in words if w]
        known = next((w for w in words if (s := url(w)) is not None and s.license), None)
        names = [w for w in words if not re.match(r"https?://|[#_]", w)]
        chosen = known or next(iter(names), None) or next(iter(words), None)
        if chosen:
            yield chosen


def _of_rdf(script: Script) -> Iterator[Node]:
    for work in soup(script.text).find_all(["work", "cc:work"], attrs={"rdf:about": True}, limit=_RDF_WORKS):
        links = work.find_all(["license", "cc:license"], attrs={"rdf:resource": True}, limit=5)
        licenses = [(str(link["rdf:resource"]), "license", script.line + (link.sourceline or 1) - 1) for link in links]
        if licenses:
            own = not re.search(r"\.(?:jpe?g|png|gif)\Z", str(work["rdf:about"]), re.I)
            yield Node("work", "Work", own, tuple(licenses), syntax="RDF in a comment")


def _line(script: Script, words: str, key: str) -> int:
    """The line of a value, as far as it stands in the script as it is; else of its key; else of the script."""
    text = script.text
    at = text.find(words[:200].replace("/", "\\/")) if "\\/" in text else text.find(words[:200])
    if at < 0:
        at = text.find(f'"{key.split()[-1]}"')
    return script.line + text.count("\n", 0, max(at, 0))


def _local(name: str) -> str:
    return name if name.startswith("@") else re.split(r"[:/#]", name)[-1]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = value.get("@value") or value.get("name") or value.get("@id")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _address(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = value.get("url") or value.get("@id")
    return value if isinstance(value, str) else ""
