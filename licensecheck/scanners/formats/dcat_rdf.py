"""DCAT as RDF/XML or Turtle (w3.org/TR/vocab-dcat-3), read with rdflib: the same fields as in JSON-LD.

rdflib keeps no lines, so the line is the first one in which the license's text occurs. Neither imports nor contexts
are fetched; RDF/XML is parsed only after the XML reader has refused entities.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Final

from licensecheck.base.errors import Unreadable
from licensecheck.base.message import Message
from licensecheck.knowledge import fields
from licensecheck.model import Basis, Evidence, Kind, Origin, Scope
from licensecheck.scanners.document import MOST, Document, Told, credit, local
from licensecheck.scanners.formats import Format, Known

FORMAT: Final = Format(
    names=(
        "dcat.xml",
        "*.rdf",
        "*.ttl",
    ),
    signs=(
        "22-rdf-syntax-ns#",
        "@prefix",
        "@base",
        "PREFIX",
        "rdf:RDF",
    ),
    fields="the same as `dcat`",
    notes="the line is that of the first occurrence",
    known=Known.BY_KEYS,
)

_LIMIT: Final = 400_000
"""Characters of RDF that are read: rdflib takes about a second for as many."""
_MOST: Final = 1_000
"""Licenses of one graph that are read."""
_META: Final = frozenset({"catalog", "catalogrecord"})
_NAMED: Final = ("identifier", "notation", "label", "prefLabel", "title", "exactMatch", "broadMatch")


def fits(document: Document) -> bool:
    """Turtle, or an ``rdf:RDF`` element."""
    return document.kind == "turtle" or (document.root is not None and document.root.tag.rsplit("}", 1)[-1] == "RDF")


def read(document: Document) -> Told:
    """The licenses of datasets and distributions, or those of whatever a graph without them describes."""
    graph = _graph(document)
    by: dict[Any, list[tuple[str, Any]]] = {}
    for subject, predicate, value in graph:
        by.setdefault(subject, []).append((local(str(predicate)), value))
    kinds = {s: {local(str(v)).lower() for p, v in rows if p == "type"} for s, rows in by.items()}
    data = any(found & {"dataset", "distribution"} for found in kinds.values())
    found: list[tuple[int, Evidence]] = []
    cut = False
    nodes: dict[tuple[Any, Scope, str], list[tuple[int, Evidence]]] = {}  # many datasets share the node of one license

    def stating(value: Any, scope: Scope, field: str) -> list[tuple[int, Evidence]]:
        nonlocal cut
        key = (value, scope, field)
        if key not in nodes:
            names = _names(value, by.get(value, ()))
            cut = cut or len(names) > MOST
            nodes[key] = _evidence(document, names, scope, field)
        return nodes[key]

    for subject, rows in by.items():
        if len(found) > _MOST:
            break
        if data and not kinds[subject] & {"dataset", "distribution", "dataservice", "datasetseries", *_META}:
            continue
        named = [value for p, value in rows if p in ("license", "licence")]
        scope = Scope.METADATA if kinds[subject] & _META else Scope.DATA
        for value in named:
            found += stating(value, scope, "license")
        for value in (v for p, v in rows if p == "accessRights" and fields.closes(p, str(v))):
            found.append(_closed(document, str(value)))
        if not named and "distribution" in kinds[subject]:
            for value in (v for p, v in rows if p == "rights"):
                found += [
                    (n, e) for n, e in stating(value, scope, "rights") if e.license and e.kind is not Kind.POINTER
                ]
    top = next((s for s, k in kinds.items() if "dataset" in k), None)
    own = by.get(top, [])
    titles = [str(v) for p, v in own if p == "title"]
    makers = [_label(v, by) for p, v in own if p in ("creator", "publisher")]
    sources = [str(v) for p, v in own if p in ("source", "wasDerivedFrom", "isVersionOf")]
    page = [str(v) for p, v in own if p == "landingPage"]
    once = {(e.license, e.raw, e.scope): (n, e) for n, e in sorted(found, key=lambda pair: -pair[0])}
    ready = tuple(e for _, e in sorted(once.values(), key=lambda pair: pair[0]))
    return Told(
        (),
        credit(titles[:1], sorted(makers), page[:1]),
        tuple(sorted(sources)),
        Origin.PORTAL,
        ready[:_MOST],
        cut=cut or len(found) > _MOST,
    )


def _closed(document: Document, value: str) -> tuple[int, Evidence]:
    from licensecheck.scanners.document import Words
    from licensecheck.scanners.leftover import restricted

    at = max(document.text.find(local(value)), 0)
    line, column = document.lines.at(at)
    made = restricted(document, Words(value, (line,)), "accessRights", Origin.PORTAL, "dcat_rdf")
    return at, made._replace(line=line, column=column)


def _graph(document: Document) -> Any:
    if len(document.text) > _LIMIT:
        raise Unreadable(
            Message(
                "the file has more than {most} characters of RDF: save the part that describes the dataset and check that file",
                most=f"{_LIMIT:,}",
            )
        )
    from rdflib import Graph

    logging.getLogger("rdflib").setLevel(logging.ERROR)
    graph = Graph()
    if document.root is not None and "<!ENTITY" in document.text[:20_000]:
        raise Unreadable(Message("the RDF/XML has entities, which licensecheck does not expand"))
    try:
        graph.parse(data=document.text, format="xml" if document.root is not None else "turtle")
    except RecursionError:
        raise Unreadable(Message("the file is nested too deeply to be metadata")) from None
    except Exception as error:  # rdflib raises whatever its parsers raise
        line = getattr(error, "lines", 0)
        raise Unreadable(
            Message("not valid RDF: {why}", why=str(str(error).splitlines()[0][:160])),
            line + 1 if isinstance(line, int) else 1,
        ) from None
    return graph


def _label(value: Any, by: Mapping[Any, list[tuple[str, Any]]]) -> str:
    return next((str(v) for p, v in by.get(value, []) if p in ("name", "label", "prefLabel")), str(value))


def _names(value: Any, rows: Sequence[tuple[str, Any]]) -> list[str]:
    """What a license is called: its address, and its names as its node has them."""
    own = [str(value)] if type(value).__name__ != "BNode" else []
    by: dict[str, list[str]] = {}
    for p, v in rows:
        by.setdefault(p, []).append(str(v))
    return [*own, *(name for key in _NAMED for name in by.get(key, ()))]


def _evidence(document: Document, names: Sequence[str], scope: Scope, field: str) -> list[tuple[int, Evidence]]:
    from licensecheck.scanners.document import Words
    from licensecheck.scanners.metadata import best, meaning

    read = [(Words(raw, ()), meaning(raw, "eu-licence")) for raw in names[:MOST] if raw.strip()]
    made = []
    for w, s in best(read):
        at = max(document.text.find(w.text), 0)
        line, column = document.lines.at(at)
        one = Evidence.of(
            s,
            path=document.path,
            line=line,
            column=column,
            field=field,
            raw=w.text,
            scanner="dcat_rdf",
            basis=Basis.METADATA_FILE,
            origin=Origin.PORTAL,
            scope=scope,
            part="",
        )
        made.append((at, one))
    return made
