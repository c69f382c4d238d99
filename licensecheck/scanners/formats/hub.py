"""Hugging Face ``dataset_infos.json`` (one entry a configuration; ``datasets.DatasetInfo``) and the hub's dataset records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from licensecheck.model import Basis, Origin
from licensecheck.scanners.document import Document, Path, Said, Told, Words, credit, field, items, text, words
from licensecheck.scanners.formats import Format, Known

FORMAT: Final = Format(
    names=(
        "dataset_infos.json",
        "dataset_info.json",
    ),
    signs=(
        "cardData",
        "builder_name",
        "download_checksums",
        "dataset_size",
        "config_name",
        "download_size",
        (
            '"features"',
            '"license"',
        ),
        (
            '"splits"',
            '"license"',
        ),
    ),
    fields="`license`, of each configuration",
    notes="configurations that differ are parts",
    known=Known.BY_KEYS,
)

_MARKS: Final = frozenset(
    {"features", "splits", "builder_name", "download_checksums", "dataset_size", "config_name", "download_size"}
)
_MOST: Final = 2_000


def fits(document: Document) -> bool:
    """Configurations with features and splits, or a record with ``cardData`` or license tags."""
    tree = document.tree
    if not isinstance(tree, Mapping):
        return False
    return document.name == "dataset_infos.json" or "cardData" in tree or any(True for _ in _configs(tree))


def _configs(tree: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], Path]]:
    if set(tree) & _MARKS and ("license" in tree or "citation" in tree):
        yield text(tree.get("config_name")), tree, ()
        return
    for n, (name, node) in enumerate(tree.items()):
        if n < _MOST and isinstance(node, Mapping) and set(node) & _MARKS:
            yield name, node, (name,)


def read(document: Document) -> Told:
    """Each license that configurations state, once; those that differ are parts."""
    tree = document.tree
    if "cardData" in tree or ("tags" in tree and "id" in tree):
        return _record(tree)
    by: dict[str, list[tuple[str, Words]]] = {}
    configs = list(_configs(tree)) or [("", tree, ())]
    for name, node, path in configs:
        for w in words(node, path, "license"):
            by.setdefault(w.text, []).append((name, w))
    said = [
        Said(
            (rows[0][1],),
            "license",
            vocabulary="hf-infos",
            part="" if len(by) == 1 or len(rows) > 3 else ", ".join(name for name, _ in rows),
            prose=len(raw) > 300,
        )
        for raw, rows in by.items()
    ]
    first = configs[0][1]
    return Told(tuple(said), credit(None, None, first.get("homepage")), (), Origin.IN_ARTIFACT)


def _record(tree: Mapping[str, Any]) -> Told:
    said: list[Said] = []
    card = tree.get("cardData")
    for item, path in items(field(card, "license")[0], ("cardData", "license")):
        said.append(Said((Words(text(item), path),), "license", vocabulary="hf", basis=Basis.HUB_TAG))
    for item, path in items(tree.get("tags"), ("tags",)):
        if not said and text(item).startswith("license:"):
            said.append(Said((Words(text(item)[8:], path),), "tags", vocabulary="hf", basis=Basis.HUB_TAG))
    key = text(tree.get("id"))
    return Told(tuple(said), credit(key, tree.get("author")), (), Origin.PORTAL)
