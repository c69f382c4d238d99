"""Any other structured file: fields that are called license, at the top or in what describes a dataset.

Other works that it names (references, dependencies, tools, authors) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from licensecheck.model import Scope
from licensecheck.scanners import jsonld
from licensecheck.scanners.document import (
    Document,
    Said,
    Told,
    Words,
    content,
    credit,
    elements,
    field,
    items,
    local,
    text,
    words,
)
from licensecheck.scanners.formats import Format, Known

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
    fields="fields for licenses or rights",
    notes="those of references, tools and authors are left out",
    known=Known.BY_NOTHING,
)

_KEY: Final = re.compile(
    r"(?:data[_-]?)?licen[cs]es?(?:[_-]?(?:id|name|url|uri|link|title|text|type|info|spdx))?|rights|copyright[_-]?licen[cs]e|usage[_-]?terms|terms[_-]?of[_-]?use",
    re.I,
)
_BESIDE: Final = re.compile(
    r"references?|citations?|dependenc|requirements?|authors?|contributors?|tools?|software|code|models?|tutorials?|publications?|preferred-citation|plugins?|packages?|scripts?"
    r"|image|logo|icons?|thumbnail|banner|cover|avatar|fonts?|theme|parsers?|converters?|loaders?|viewers?|frameworks?|engine|librar(?:y|ies)|generators?|templates?|website",
    re.I,
)
_CODE: Final = re.compile(r"dependencies|devdependencies|scripts|main|module|bin|build-system", re.I)
_MOST: Final = 60
_DEEP: Final = 6


def fits(document: Document) -> bool:
    """Anything that could be parsed."""
    return document.tree is not None or document.root is not None


def read(document: Document) -> Told:
    """What its license fields say, words for one license together."""
    if document.root is not None:
        said = [
            Said((Words(content(e), (e.sourceline or 1,)),), local(e.tag))
            for e in elements(document.root, "license", "licence", "rights", "Rights", "License")
        ]
        return Told(tuple(s for s in said if s.words[0].text)[:_MOST])
    found: list[Said] = []
    tree = document.tree
    manifest = isinstance(tree, Mapping) and sum(1 for key in tree if isinstance(key, str) and _CODE.fullmatch(key)) > 1
    for node, path in jsonld.nodes(tree):
        if len(path) > _DEEP or any(isinstance(key, str) and _BESIDE.fullmatch(local(key)) for key in path):
            continue
        together: list[Words] = []
        for key in node:
            if not isinstance(key, str) or not _KEY.fullmatch(local(key)):
                continue
            for item, at in items(node[key], (*path, key)):
                if isinstance(item, Mapping):
                    if one := words(item, at, "id", "spdx", "identifier", "url", "uri", "name", "title", "text"):
                        found.append(Said(one, local(key)))
                elif text(item).strip():
                    together.append(Words(text(item).strip(), at))
        addresses = [w for w in together if "://" in w.text]
        names = [w for w in together if "://" not in w.text]
        if len(addresses) == 1 and len(names) == 1:
            found.append(Said((*names, *addresses), "license"))
        else:
            found += [
                Said((w,), local(str(w.path[-1] if isinstance(w.path[-1], str) else w.path[-2]))) for w in together
            ]
        if len(found) > _MOST:
            break
    if manifest:
        found = [s._replace(scope=Scope.CODE) for s in found]
    top = tree if isinstance(tree, Mapping) else {}
    return Told(
        tuple(found[:_MOST]),
        credit(
            field(top, "title", "name")[0],
            field(top, "author", "authors", "creator")[0],
            field(top, "homepage", "url")[0],
        ),
    )
