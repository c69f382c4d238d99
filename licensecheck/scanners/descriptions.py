"""Running words in the fields of metadata: what a description or a condition of access says beside the license.

None of it makes a license: it is ``further words`` (docs/precedence.md), by which an allow may become a review.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, NamedTuple

from licensecheck.base import regex
from licensecheck.identification import find, url
from licensecheck.knowledge import phrases
from licensecheck.knowledge.fold import fold
from licensecheck.model import (
    Basis,
    Certainty,
    Evidence,
    Kind,
    Origin,
    Scope,
    Stance,
    Standing,
    Statement,
    Unweighed,
    replace,
)
from licensecheck.scanners.document import Document, Path, local, texts
from licensecheck.scanners.lines import Lines
from licensecheck.scanners.statements import FIELDS
from licensecheck.scanners.statements import evidence as evidence_of
from licensecheck.scanners.unweighed import heard

_DESCRIBED: Final = frozenset(
    {"description", "abstract", "notes", "readme", "subtitle", "comment", "comments", "remarks", "datausecases"}
)
"""Fields of running text (schema.org, CKAN, Zenodo, Kaggle, TFDS and most others), often Markdown."""
_ASKING: Final = frozenset(
    {
        "usageinfo",  # schema.org 12.0
        "accessrights",  # DCAT 3
        "access_rights",
        "termsofaccess",  # Dataverse
        "terms_of_access",
        "datause",  # GA4GH, with codes of the Data Use Ontology
        "data_use",
        "datauseconditions",
        "data_use_conditions",
        "datauserestrictions",
        "data_use_restrictions",
        "data_use_limitations",
        "duo",
        "consent_code",
        "conditionsofaccess",
        "copyrightnotice",
        "access_conditions",  # Zenodo's deposit schema
        "accessconditions",
        "datalimitations",  # Croissant RAI 1.0
        "restrictions",
        "disclaimer",
        "confidentialitydeclaration",  # Dataverse
        "specialpermissions",
        "usagenotes",
    }
)
"""Fields that say on what conditions the data can be had, beside the field of the license."""
_ASKED: Final = regex.compile(
    r"\b(?:requests?|requested|agree\w*|sign\w*|members?|restricted|regist\w+|approv\w+|apply|application|permission|contact|only)\b|신청|승인|동의|제한|문의",
    re.I,
)
_NOTHING_ASKED: Final = regex.compile(r"\b(?:no|not|without|unrestricted|free(?:ly)?|open)\b", re.I)
_DUO: Final = regex.compile(r"\bDUO[:_](\d{7})\b")
_UNRESTRICTED: Final = "0000004"
"""The code of the Data Use Ontology (obofoundry.org/ontology/duo) for no restriction: each other one is a condition."""
_ADDRESSED: Final = ("usageinfo", "termsofaccess", "terms_of_access")
"""Fields whose value is the address of terms."""
_LONG: Final = 300
_MOST: Final = 200
"""Fields of one file that are read."""
_CLOSELY: Final = 100_000
"""Characters of the fields of one file that are read."""
_HIGH: Final = 2
"""Names of fields above the one that is read, at most: what lies deeper is about parts."""
_ABOUT_PARTS: Final = frozenset(
    {"recordset", "field", "fields", "schema", "features", "variablemeasured", "columns", "creator", "author", "publisher"}
)  # fmt: skip


class Further(NamedTuple):
    """What running words of a document say beside its license, and which of their sentences were not understood."""

    evidence: tuple[Evidence, ...]
    unweighed: tuple[Unweighed, ...]
    cut: bool = False
    """Whether words about rights were left out."""


def further(document: Document, origin: Origin, format: str, read: Collection[Path]) -> Further:
    """What running words of a document say, each once; ``read`` are the places that its format has read."""
    from licensecheck.scanners import readme

    evidence: list[Evidence] = []
    unweighed: list[Unweighed] = []
    said = (w for w in _fields(document.tree) if w[0] not in read)
    told: set[tuple[str | None, Kind]] = set()
    budget = _CLOSELY
    cut = False
    for n, (path, name, text) in enumerate(said):
        left, text, budget = text[max(budget, 0) :], text[: max(budget, 0)], budget - len(text)
        cut = cut or bool(left and phrases.speaks(fold(left)))
        if n >= _MOST or not text:
            cut = cut or (bool(text) and phrases.speaks(fold(text)))
            continue
        if name in _DESCRIBED:
            body = readme.body(document.path, text, 0, format)
            found = [e for e in body.evidence if e.standing is not Standing.MENTIONED]
            open_ = body.unweighed
        else:
            found = list(_conditions(document.path, name, text, format))
            open_ = tuple(heard(text, find, Lines.of(text), path=document.path, licensing=True))
        line, column = document.at(path) if found or open_ else (1, 1)
        unweighed += (replace(u, line=line, column=column) for u in open_)
        for e in found:
            if (e.license, e.kind) in told:
                continue
            told.add((e.license, e.kind))
            evidence.append(
                replace(
                    e,
                    line=line,
                    column=column,
                    field=FIELDS[Standing.BESIDE],
                    origin=origin,
                    basis=Basis.METADATA_FILE,
                    standing=Standing.BESIDE,
                )
            )
    return Further(tuple(evidence), tuple(dict.fromkeys(unweighed)), cut)


def _fields(tree: Any) -> Iterator[tuple[Path, str, str]]:
    """The fields of running words near the top, each with its path, its name and its text."""
    waiting: list[tuple[Path, int, Any]] = [((), 0, tree)]
    seen: set[int] = set()  # an anchor of YAML may lead round
    while waiting:
        path, depth, node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, list):
            waiting += [((*path, n), depth, item) for n, item in reversed(list(enumerate(node[:_MOST])))]
            continue
        if not isinstance(node, Mapping):
            continue
        for key, value in node.items():
            name = local(str(key)).lower()
            if name in _DESCRIBED or name in _ASKING:
                yield from (((*path, key), name, text) for text in texts(value))
            elif depth < _HIGH and name not in _ABOUT_PARTS and isinstance(value, Mapping | list):
                waiting.append(((*path, key), depth + 1, value))


def _conditions(path: str, name: str, text: str, format: str) -> Iterator[Evidence]:
    yield from evidence_of(
        _asked(name, text),
        Lines.of(text),
        path=path,
        field=FIELDS[Standing.BESIDE],
        scanner=format,
        basis=Basis.METADATA_FILE,
        scope=Scope.DATA,
        standing=Standing.BESIDE,
    )


def _asked(name: str, text: str) -> Iterator[Statement]:
    if _coded(name, text):
        s = url(text) or Statement(
            "LicenseRef-custom", Certainty.AMBIGUOUS, 0, len(text), text, "own-words", kind=Kind.OWN_LICENSE
        )
        yield s
        return
    found = [s for s in find(text) if s.license and s.stance is Stance.ASSERTED]
    yield from found
    asks = len(text) < _LONG and _ASKED.search(text) and not _NOTHING_ASKED.search(text)
    if asks and not found and "://" not in text:
        yield Statement("LicenseRef-custom", Certainty.AMBIGUOUS, 0, len(text), text, "own-words", kind=Kind.OWN_WORDS)


def _coded(name: str, text: str) -> bool:
    """Whether a value is a code of conditions of the Data Use Ontology, or the address of terms."""
    return any(m[1] != _UNRESTRICTED for m in _DUO.finditer(text)) or (
        name in _ADDRESSED and text.startswith(("http://", "https://")) and " " not in text.strip()
    )
