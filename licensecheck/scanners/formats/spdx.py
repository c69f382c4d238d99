"""SPDX 2.2 and 2.3 documents (spdx.github.io/spdx-spec), JSON, YAML or tag-value: packages' concluded and declared licenses.

``creationInfo`` and the document's ``dataLicense`` are about the document: metadata, always CC0-1.0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from licensecheck.model import Basis, Evidence, Origin, Scope
from licensecheck.scanners.document import MOST, Document, Said, Told, Words, credit, items, text
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=(
        "*.spdx",
        "*.spdx.{json,yaml,yml}",
    ),
    signs=(
        "spdxVersion",
        "SPDXVersion:",
    ),
    fields="`licenseConcluded`, `licenseDeclared`",
    notes="`dataLicense` is that of the document; other packages are sources",
)

_LINE: Final = re.compile(
    r"^(PackageName|PackageLicenseConcluded|PackageLicenseDeclared|DataLicense):[ \t]*(\S[^\n]{0,300})", re.M
)
_SAYS_NOTHING: Final = frozenset({"NOASSERTION", "NONE", ""})


def fits(document: Document) -> bool:
    """An ``spdxVersion``."""
    if document.kind == "text":
        return document.name.endswith(".spdx") and "SPDXVersion:" in document.text[:4000]
    return isinstance(document.tree, Mapping) and "spdxVersion" in document.tree


def read(document: Document) -> Told:
    """The licenses of what the document describes; of other packages as parts, and their names as sources."""
    if document.kind != "text":
        return _tree(document)
    found = _tag_value(document)
    return Told(ready=tuple(found[:MOST]), cut=len(found) > MOST)


def _tree(document: Document) -> Told:
    tree = document.tree
    described = {text(i) for i, _ in items(tree.get("documentDescribes"))}
    related = [r for r, _ in items(tree.get("relationships")) if isinstance(r, Mapping)]
    described |= {text(r.get("relatedSpdxElement")) for r in related if r.get("relationshipType") == "DESCRIBES"}
    packages = [(p, at) for p, at in items(tree.get("packages"), ("packages",)) if isinstance(p, Mapping)]
    said: list[Said] = []
    upstream = []
    top: Mapping[str, Any] = {}
    for package, at in packages:
        own = not described or text(package.get("SPDXID")) in described or len(packages) == 1
        if not own:
            upstream.append(text(package.get("name")))
            continue
        top = top or package
        scope = (
            Scope.CODE
            if package.get("primaryPackagePurpose") in ("APPLICATION", "LIBRARY", "FRAMEWORK")
            else Scope.DATA
        )
        named = [(k, text(package.get(k))) for k in ("licenseConcluded", "licenseDeclared")]
        for key, raw in named[:2]:
            if raw not in _SAYS_NOTHING:
                said.append(
                    Said(
                        (Words(raw, (*at, key)),),
                        key,
                        scope,
                        part=text(package.get("name")) if len(packages) > 1 and not described else "",
                    )
                )
                break
    return Told(
        tuple(said),
        credit(top.get("name"), None, _real(top.get("downloadLocation")), _real(top.get("copyrightText"))),
        tuple(upstream),
    )


def _real(value: Any) -> str:
    return "" if text(value) in _SAYS_NOTHING else text(value)


def _tag_value(document: Document) -> list[Evidence]:
    from licensecheck.identification import value

    found: list[Evidence] = []
    name = ""
    for m in _LINE.finditer(document.text):
        if len(found) > MOST:
            break
        if m[1] == "PackageName":
            name = m[2].strip()
        elif m[2].strip() not in _SAYS_NOTHING:
            s = value(m[2].strip())
            scope = Scope.METADATA if m[1] == "DataLicense" else Scope.DATA
            made = Evidence.of(
                s,
                path=document.path,
                line=document.lines.at(m.start())[0],
                field=m[1],
                scanner="spdx",
                basis=Basis.METADATA_FILE,
                origin=Origin.SIDECAR,
                scope=scope,
                part=name if m[1] != "DataLicense" else "",
            )
            found.append(made)
    return found
