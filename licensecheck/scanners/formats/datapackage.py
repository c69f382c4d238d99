"""Frictionless Data Package v1 and v2 (datapackage.org): ``licenses`` of the package and of each resource that has its own.

``name`` is an Open Definition id, ``path`` an address or a file (Data Package standard, "licenses"); resources
without licenses take those of the package.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from licensecheck.base.message import Message
from licensecheck.scanners.document import Document, Said, Told, Words, credit, field, items, text, words
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("{datapackage,data-package}.{json,yaml,yml}",),
    signs=(
        (
            '"resources"',
            '"licenses"',
        ),
        (
            '"resources"',
            '"profile"',
        ),
        (
            '"resources"',
            '"$schema"',
        ),
    ),
    fields="`licenses`, also of resources",
    notes="resources without a license take that of the package",
)

_BARE: Final = Message("a resource without a license beside others that have one")


def fits(document: Document) -> bool:
    """The file's name, or resources next to licenses and a name."""
    tree = document.tree
    if not isinstance(tree, Mapping):
        return False
    return document.name.startswith(("datapackage.", "data-package.")) or (
        isinstance(tree.get("resources"), list)
        and ("licenses" in tree or "profile" in tree or "$schema" in tree)
        and "name" in tree
    )


def read(document: Document) -> Told:
    """The package's licenses, and those of resources as parts."""
    tree = document.tree
    of_package = _licenses(tree, (), "")
    said = list(of_package)
    sources = [tree.get("sources")]
    resources = list(items(tree.get("resources"), ("resources",)))
    for resource, path in resources:
        if isinstance(resource, Mapping):
            own = {w.text for s in said for w in s.words}
            said += [
                s for s in _licenses(resource, path, text(resource.get("name"))) if not {w.text for w in s.words} & own
            ]
            sources.append(resource.get("sources"))
    if said and not of_package:
        bare = [(r, path) for r, path in resources if isinstance(r, Mapping) and not _licenses(r, path, "")]
        named = [
            Words(f"{text(r.get('name')) or text(r.get('path'))}: no license", (*path, "name")) for r, path in bare
        ]
        said += [Said((w,), "resources", note=_BARE, prose=True) for w in named[:1]]
    people = [
        text(field(p, "title")[0]) or " ".join(text(field(p, n)[0]) for n in ("givenName", "familyName")).strip()
        for p, _ in items(tree.get("contributors"))
    ]
    upstream = [
        text(field(s, "path", "title", "web")[0]) if isinstance(s, Mapping) else text(s)
        for each in sources
        for s, _ in items(each)
    ]
    home = field(tree, "homepage", "id")[0]
    return Told(tuple(said), credit(field(tree, "title", "name")[0], people, home), tuple(filter(None, upstream)))


def _licenses(node: Mapping[str, Any], path: tuple[str | int, ...], part: str) -> list[Said]:
    said = []
    for name in ("licenses", "license"):
        for item, at in items(node.get(name), (*path, name)):
            found = words(item, at, "name", "type", "path", "url", "title") if isinstance(item, Mapping) else ()
            if isinstance(item, str):
                found = (
                    words({at[-1]: item}, at[:-1], str(at[-1]))
                    if isinstance(at[-1], str)
                    else words({"": item}, at, "")
                )
            kept = tuple(w for w in found if w.text)
            if kept:
                # Camtrap DP 1.0: `scope` says what of the package a license is about
                scope = text(item.get("scope")) if isinstance(item, Mapping) else ""
                said.append(Said(kept, name, vocabulary="opendefinition", part=part or scope))
    return said
