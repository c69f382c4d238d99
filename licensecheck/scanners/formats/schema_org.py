"""schema.org Dataset and CreativeWork (JSON-LD; schema.org/Dataset): ``license``, ``sdLicense``, ``isBasedOn``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.model import Scope
from licensecheck.scanners import jsonld
from licensecheck.scanners.document import Document, Said, Told, credit, field, items, text
from licensecheck.scanners.formats import Format, Known

FORMAT: Final = Format(
    names=("{dataset,metadata}.jsonld",),
    signs=(
        "schema.org",
        "@type",
        "@context",
    ),
    fields="`license`",
    notes="`sdLicense` is that of the metadata",
    known=Known.BY_VOCABULARY,
)

_WORKS = frozenset(
    {"dataset", "datacatalog", "creativework", "article", "imageobject", "mediaobject", "webpage", "website"}
)
_ABOUT = frozenset({"datacatalog", "website", "webpage", "organization", "person", "breadcrumblist"})
_CODE = frozenset({"softwaresourcecode", "softwareapplication"})


def fits(document: Document) -> bool:
    """A schema.org context or a type of its vocabulary."""
    tree = document.tree
    first = tree[0] if isinstance(tree, list) and tree else tree
    if not isinstance(first, Mapping):
        return False
    context = first.get("@context")
    return any("schema.org" in str(item) for item, _ in items(context)) or bool(jsonld.types(first) & _WORKS)


def read(document: Document) -> Told:
    """The license of the first dataset described; else of the first work."""
    tree = document.tree
    known = jsonld.by_id(tree)
    typed = [(node, path) for node, path in jsonld.nodes(tree) if jsonld.types(node)]
    nearest = min((_depth(path) for _, path in typed), default=0)
    top_most = [(node, path) for node, path in typed if _depth(path) == nearest and not jsonld.types(node) & _ABOUT]
    licensed = [(node, path) for node, path in top_most if field(node, "license")[0] is not None]
    data = licensed or [(node, path) for node, path in typed if "dataset" in jsonld.types(node)] or top_most
    said: list[Said] = []
    for node, path in data[:50]:
        scope = Scope.CODE if jsonld.types(node) & _CODE else Scope.DATA
        said += jsonld.licenses(node, path, scope=scope, known=known)
        said += jsonld.licenses(node, path, "sdLicense", scope=Scope.METADATA, known=known)
    top = data[0][0] if data else {}
    made = field(top, "creator", "author", "publisher")[0]
    source = field(top, "url", "sameAs", "@id")[0]
    return Told(
        tuple(said),
        credit(text(field(top, "name")[0]), made, source, field(top, "copyrightNotice")[0]),
        jsonld.lineage(top),
    )


def _depth(path: tuple[str | int, ...]) -> int:
    """How deep a node lies, where lists and ``@graph`` are no depth."""
    return sum(1 for key in path if isinstance(key, str) and key != "@graph")
