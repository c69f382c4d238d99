"""STAC 0.8 to 1.1 catalogs, collections and items (github.com/radiantearth/stac-spec, commons/common-metadata.md).

``license``, or the ``rel=license`` link where ``license`` does not name one: ``proprietary``, ``various`` and ``other`` grant nothing
without a link. The license is the data's: "not necessarily the same license that applies to the metadata".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from licensecheck.model import Standing
from licensecheck.scanners.document import Document, Said, Told, Words, credit, items, text, words
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("{collection,catalog,item}.json",),
    signs=(
        "stac_version",
        (
            '"links"',
            '"extent"',
            '"license"',
        ),
    ),
    fields="`license`, link `rel=license`",
    notes="`proprietary`, `various` and `other` do not name a license; the link counts then",
)

_OPEN = frozenset({"proprietary", "various", "other"})


def fits(document: Document) -> bool:
    """A ``stac_version``, or links and an extent as collections have them."""
    tree = document.tree
    return isinstance(tree, Mapping) and (
        "stac_version" in tree or ("links" in tree and "extent" in tree and "license" in tree)
    )


def read(document: Document) -> Told:
    """The collection's or item's license; its link only where the id says nothing."""
    tree = document.tree
    said = [*_one(tree, ())]
    properties = tree.get("properties")
    if isinstance(properties, Mapping):
        said += _one({**properties, "links": tree.get("links")}, ("properties",))
    for key, asset in (tree.get("assets") or {}).items() if isinstance(tree.get("assets"), Mapping) else ():
        if isinstance(asset, Mapping) and isinstance(asset.get("license"), str):
            said.append(
                Said(
                    (Words(asset["license"], ("assets", key, "license")),), "license", vocabulary="stac", part=str(key)
                )
            )
    links = [
        (text(link.get("rel")), text(link.get("href")))
        for link, _ in items(tree.get("links"))
        if isinstance(link, Mapping)
    ]
    holders = [
        text(p.get("name"))
        for p, _ in items(tree.get("providers"))
        if isinstance(p, Mapping) and set(map(text, p.get("roles") or [])) & {"licensor", "producer"}
    ]
    source = next((href for rel, href in links if rel in ("cite-as", "self")), "")
    return Told(
        tuple(said),
        credit(tree.get("title") or tree.get("id"), holders, source, tree.get("sci:citation")),
        tuple(href for rel, href in links if rel in ("derived_from", "via")),
    )


def _one(node: Mapping[str, Any], path: tuple[str | int, ...]) -> list[Said]:
    named = words(node, path, "license")
    links = [
        Words(text(link.get(key)), (*at, key))
        for link, at in items(node.get("links"), ("links",))
        if isinstance(link, Mapping) and text(link.get("rel")).lower() == "license"
        for key in ("href", "title")
        if text(link.get(key))
    ]
    if not named:
        return []
    if named[0].text.strip().lower() in _OPEN:
        note = f"`{named[0].text}` does not name a license: a link has to give the terms" + (
            "" if links else ", and there is none"
        )
        return [Said((*links, *named), "license", vocabulary="stac", note=note)]
    titles = [w for w in links if "://" not in w.text]
    pages = [w for w in links if "://" in w.text]
    own = [Said((w,), "links", vocabulary="stac", standing=Standing.BESIDE) for w in (*pages, *titles)]
    return [Said(named, "license", vocabulary="stac"), *own]
