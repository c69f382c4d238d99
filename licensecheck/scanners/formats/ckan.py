"""CKAN ``package_show`` (docs.ckan.org/en/latest/api): ``license_id`` first (titles are translated), ``license_url``, resources, extras.

``isopen`` says nothing that a license does not; CKAN's default register has ids of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from licensecheck.model import Origin
from licensecheck.scanners.document import Document, Said, Told, Words, credit, field, items, text, words
from licensecheck.scanners.formats import Format, Known

FORMAT: Final = Format(
    names=("package_show.json",),
    signs=(
        "license_id",
        "license_title",
        "metadata_created",
        "package_id",
        "owner_org",
        (
            '"resources"',
            '"extras"',
        ),
        (
            '"resources"',
            '"organization"',
        ),
        (
            '"resources"',
            '"access_rights"',
        ),
    ),
    fields="`license_id`, `license_url`, resources, extras",
    notes="its own ids; `isopen` is ignored",
    known=Known.BY_KEYS,
)

_KEYS = ("license_id", "license_url", "license_title", "license")
_EXTRA = frozenset(
    {
        "license",
        "licence",
        "license_id",
        "license_title",
        "license_url",
        "rights",
        "licence_url",
        "access_constraints",
        "use_constraints",
        "use_limitations",
        "terms_of_use",
    }
)


def fits(document: Document) -> bool:
    """A package with resources and CKAN's own keys."""
    tree = _package(document.tree)[0]
    return (
        isinstance(tree, Mapping)
        and isinstance(tree.get("resources"), list)
        and bool(
            {
                "license_id",
                "license_title",
                "metadata_created",
                "extras",
                "organization",
                "owner_org",
                "access_rights",
                "package_id",
            }
            & set(tree)
        )
    )


def _package(tree: Any) -> tuple[Any, tuple[str, ...]]:
    inner = tree.get("result") if isinstance(tree, Mapping) else None
    return (inner, ("result",)) if isinstance(inner, Mapping) else (tree, ())


def read(document: Document) -> Told:
    """The package's license; those of resources that say another; what extras say in words."""
    tree, path = _package(document.tree)
    said: list[Said] = []
    if found := words(tree, path, *_KEYS):
        said.append(Said(found, "license_id", vocabulary="ckan"))
    for resource, at in items(tree.get("resources"), (*path, "resources")):
        nested = [
            (resource, at),
            *((s, p) for s, p in items(field(resource, "access_services")[0], (*at, "access_services"))),
        ]
        for node, place in nested:
            own = words(node, place, *_KEYS, "licence") if isinstance(node, Mapping) else ()
            if own and not {w.text for w in own} & {w.text for s in said for w in s.words}:
                said.append(Said(own, "resources.license", vocabulary="ckan"))
    for extra, at in items(tree.get("extras"), (*path, "extras")):
        if (
            isinstance(extra, Mapping)
            and text(extra.get("key")).lower() in _EXTRA
            and text(extra.get("value")).strip('[]" ')
        ):
            value = text(extra["value"]).strip().removeprefix('["').removesuffix('"]')
            said.append(Said((Words(value, (*at, "value")),), "extras", vocabulary="ckan"))
    made = field(tree, "author", "maintainer")[0] or field(tree.get("organization"), "title")[0]
    return Told(tuple(said), credit(tree.get("title"), made, tree.get("url")), (), Origin.PORTAL)
