"""OpenML dataset descriptions (openml.org/apis): ``licence``, in British spelling; ``Public`` is the platform's default and does not name a license."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from licensecheck.model import Origin
from licensecheck.scanners.document import Document, Said, Told, credit, field, text, words
from licensecheck.scanners.formats import Format, Known

FORMAT: Final = Format(
    signs=(
        "data_set_description",
        (
            '"licence"',
            '"default_target_attribute"',
        ),
        (
            '"licence"',
            '"file_id"',
        ),
        (
            '"licence"',
            '"md5_checksum"',
        ),
    ),
    fields="`licence`",
    notes="`Public` is the default and does not name a license",
    known=Known.BY_KEYS,
)


def fits(document: Document) -> bool:
    """A ``data_set_description``."""
    return _description(document.tree)[0] is not None


def _description(tree: Any) -> tuple[Mapping[str, Any] | None, tuple[str, ...]]:
    if isinstance(tree, Mapping):
        inner = tree.get("data_set_description")
        if isinstance(inner, Mapping):
            return inner, ("data_set_description",)
        if "licence" in tree and ("default_target_attribute" in tree or "file_id" in tree or "md5_checksum" in tree):
            return tree, ()
    return None, ()


def read(document: Document) -> Told:
    """The description's license; the platform's default is marked as such."""
    found, path = _description(document.tree)
    node = found or {}
    said = []
    for w in words(node, path, "licence", "license"):
        default = w.text.strip().lower() == "public"
        note = (
            "OpenML's default: it says that everyone can see the dataset, and does not name a license"
            if default
            else ""
        )
        said.append(Said((w,), "licence", note=note))
    made = field(node, "creator")[0] or field(node, "contributor")[0]
    upstream = tuple(filter(None, (text(node.get("original_data_url")),)))
    return Told(
        tuple(said), credit(node.get("name"), made, node.get("url"), node.get("citation")), upstream, Origin.PORTAL
    )
