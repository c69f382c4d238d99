"""Any other structured file: fields that are called license, by the names in ``rules/fields.yaml``.

What the file describes is not known. A field counts where the file has a name of metadata, or where the object that holds
the field describes a dataset. Any other field stands beside the license of the data, with its key: a license that is
found there alone is a review. Other works that it names (references, dependencies, tools, authors) are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

from licensecheck.base.message import Message
from licensecheck.identification import find
from licensecheck.knowledge import fields, kinds, phrases
from licensecheck.knowledge.fold import fold
from licensecheck.model import Scope, Standing
from licensecheck.scanners.document import (
    MOST,
    Document,
    Path,
    Said,
    Told,
    Words,
    attribute,
    content,
    credit,
    field,
    items,
    local,
    text,
    walk,
    words,
)
from licensecheck.scanners.formats import Format, Known
from licensecheck.scanners.unweighed import says

FORMAT: Final = Format(
    names=(
        "{metadata,dataset-metadata,dataset,collection,catalog,catalogue,manifest,data,record,info,license,licenses,features}.{json,jsonld,yaml,yml,xml,rdf,ttl}",
        "*.jsonld",
    ),
    signs=(
        "@context",
        "conformsTo",
        "xmlns:dc",
        "license_id",
        "termsOfUse",
        "package_id",
        "rdf:RDF",
    ),
    fields="fields for licenses or rights, by the names in `rules/fields.yaml`",
    notes="a field of which it is not clear that it is about the data makes a review; those of references, tools and authors are left out",
    known=Known.BY_NOTHING,
)

_DEEP: Final = 40
"""Keys above a field, at most."""
_NODES: Final = 200_000
"""Objects and elements of one file that are looked at."""
_NEAR: Final = 2
"""Keys above a field of a file that is named as metadata: what lies deeper may be about parts."""
_FORMS: Final = (
    "id",
    "spdx",
    "spdx_identifier",
    "identifier",
    "url",
    "uri",
    "href",
    "link",
    "name",
    "title",
    "text",
    "key",
)
"""Fields of an object that names a license."""
_TEXTS: Final = 100
"""Texts of a file that is called a README or terms, without a field of licenses, that are read."""
_NAMING: Final = ("type", "name", "key", "property")
"""Attributes that hold the name of a property, whose value is in another attribute or in the element."""
_ADDRESSES: Final = ("target", "href", "url", "uri", "resource", "ref", "valueuri")
"""Attributes of an element that names a license."""


def fits(document: Document) -> bool:
    """Anything that could be parsed."""
    return document.tree is not None or document.root is not None


def read(document: Document) -> Told:
    """What its license fields say, each once, words for one license together."""
    found: dict[tuple[str, ...], Said] = {}
    cut: bool | str = False
    reading = _elements(document.root) if document.root is not None else _fields(document)
    for said in reading:
        if isinstance(said, str) or len(found) == MOST:
            cut = said if isinstance(said, str) else True
            break
        found.setdefault((said.field, *(w.text for w in said.words), said.standing), said)
    top = document.tree if isinstance(document.tree, Mapping) else {}
    if not found and kinds.states_about(document.name) and document.tree is not None:
        for path, words_ in islice(walk(document.tree), _NODES):
            if words_.count(" ") > 2 and len(found) < _TEXTS and phrases.speaks(fold(words_)) and says(words_, find):
                found[words_,] = Said((Words(words_, path),), "text", prose=True, standing=Standing.UNPLACED)
    return Told(
        tuple(found.values()),
        credit(
            field(top, "title", "name")[0],
            field(top, "author", "authors", "creator")[0],
            field(top, "homepage", "url")[0],
        ),
        cut=cut,
    )


def _is_named(document: Document) -> bool:
    from licensecheck.scanners.formats import table

    return any(row.fallback and row.is_named(document.name) for row in table())


def _fields(document: Document) -> Iterator[Said | str]:
    """The statements of a tree, outer ones first; a message where it is too large or too deep to be read on."""
    tree, named = document.tree, _is_named(document)
    top = [key for key in tree if isinstance(key, str)] if isinstance(tree, Mapping) else []
    scope = Scope.CODE if sum(map(fields.is_of_software, top)) > 1 or fields.is_manifest(document.name) else Scope.DATA
    waiting: list[tuple[Any, Path]] = [(tree, ())]
    seen: set[int] = set()  # an anchor of YAML may lead round
    while waiting:
        node, path = waiting.pop()
        if len(seen) > _NODES or len(path) > _DEEP:
            yield _far()
            return
        if not isinstance(node, Mapping | list) or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, list):
            waiting += reversed(
                [(inner, (*path, n)) for n, inner in enumerate(node) if isinstance(inner, Mapping | list)]
            )
            continue
        if fields.describes_license(node):
            continue
        rows = any(isinstance(key, int) for key in path)
        sure = not rows and len(path) <= _NEAR and (named or (not path and any(map(_describes, node))))
        for said in of_object(node, path):
            yield _placed(said, scope, sure=sure)
        waiting += reversed(
            [(inner, (*path, key)) for key, inner in node.items() if not fields.describes_others(local(str(key)))]
        )


def _far() -> str:
    return Message(
        "fields for licenses are read down to {deep} levels and {most} objects: the rest was not read",
        deep=_DEEP,
        most=f"{_NODES:,}",
    )


def _describes(key: Any) -> bool:
    return isinstance(key, str) and fields.describes_data(key)


def of_object(node: Mapping[Any, Any], path: Path) -> Iterator[Said]:
    """The statements of one object; a name and an address beside each other are of one license."""
    together: list[Words] = []
    for key in node:
        if not isinstance(key, str) or not fields.field(key):
            continue
        for item, at in items(node[key], (*path, key)):
            if isinstance(item, Mapping):
                if fields.describes_license(item):
                    continue
                if one := words(item, at, *_FORMS):
                    yield Said(one, local(key))
                else:
                    yield from _column(item, at, local(key))
            elif text(item).strip():
                together.append(Words(text(item).strip(), at))
    addresses = [w for w in together if "://" in w.text]
    names = [w for w in together if "://" not in w.text]
    if len(addresses) == 1 and len(names) == 1 and _kind(*names) is _kind(*addresses):
        yield Said((*names, *addresses), "license")
    else:
        for w in together:
            yield Said((w,), local(str(next(key for key in reversed(w.path) if isinstance(key, str)))))


def _kind(w: Words) -> fields.Field | None:
    """What the field that ``w`` stands in is about: a license, or rights beside one."""
    return fields.field(str(next(key for key in reversed(w.path) if isinstance(key, str))))


def _column(item: Mapping[Any, Any], at: Path, key: str) -> Iterator[Said]:
    """The values of a column that is an object with the number of each row (``orient="columns"`` of pandas), each once."""
    if not all(str(row).isdigit() for row in item):
        return
    seen: set[str] = set()
    for row, value in islice(item.items(), _NODES):
        if isinstance(value, str) and value.strip() and value not in seen and len(seen) < MOST:
            seen.add(value)
            yield Said((Words(value.strip(), (*at, row)),), key)


def _placed(said: Said, scope: Scope, *, sure: bool) -> Said:
    if sure or scope is not Scope.DATA:
        return said._replace(scope=scope)
    note = Message("the field `{key}` of a file of no known format: it may not be about the data", key=said.field[:60])
    return said._replace(standing=Standing.UNPLACED, note=note)


def _elements(root: Any) -> Iterator[Said | str]:
    """The statements of elements and attributes, in order; a message where the file is too large to be read on."""
    scope = Scope.CODE if root.tag == "project" else Scope.DATA
    for n, element in enumerate(root.iter()):
        if n > _NODES:
            yield _far()
            return
        if not isinstance(element.tag, str):
            continue
        if n == 0:
            yield from _remarks(root)
        name = local(element.tag)
        at = (element.sourceline or 1,)
        if fields.field(name):
            own = {local(key).lower(): value.strip() for key, value in element.attrib.items()}
            said = [own[key] for key in _ADDRESSES if own.get(key)]
            said += filter(None, (content(element),))
            if said:
                yield _placed(Said(tuple(Words(one, at) for one in said), name), scope, sure=False)
            continue
        if fields.field(attribute(element, *_NAMING)) and (
            said_ := attribute(element, "value", "content") or content(element)
        ):
            yield _placed(Said((Words(said_, at),), attribute(element, *_NAMING)), scope, sure=False)
        for key, value in element.attrib.items():
            if fields.field(local(key)) and value.strip():
                yield _placed(Said((Words(value.strip(), at),), local(key)), scope, sure=False)


def _remarks(root: Any) -> Iterator[Said]:
    """The comments of a file that speak of rights: those before its root and the first of those inside."""
    from lxml import etree

    inside = islice((one for one in root.iter(etree.Comment)), _REMARKS)
    for one in (*root.itersiblings(etree.Comment, preceding=True), *inside):
        words = " ".join((one.text or "").split())
        if words and phrases.speaks(fold(words)) and says(words[:2_000], find):
            said = Said((Words(words[:2_000], (one.sourceline or 1,)),), "comment", prose=True)
            yield said._replace(standing=Standing.UNPLACED, note=Message("a comment in a file of no known format"))


_REMARKS: Final = 20
"""Comments inside a file that are looked at."""
