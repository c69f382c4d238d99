"""GitHub's records of repositories and licenses (docs.github.com/en/rest/licenses): what licensee found, so the license of the repository's code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from licensecheck.model import Origin, Scope
from licensecheck.scanners.document import Document, Said, Told, credit, field, words
from licensecheck.scanners.formats import Format, Known

FORMAT: Final = Format(
    signs=("spdx_id",),
    fields="`spdx_id`",
    notes="what the host detected: that of the code",
    known=Known.BY_KEYS,
)


def fits(document: Document) -> bool:
    """A ``license`` with ``spdx_id``."""
    return isinstance(document.tree, Mapping) and _license(document.tree) is not None


def _license(tree: Mapping[str, Any]) -> Mapping[str, Any] | None:
    inner = tree.get("license")
    return inner if isinstance(inner, Mapping) and "spdx_id" in inner else None


def read(document: Document) -> Told:
    """The code's license; NOASSERTION is not a license."""
    tree = document.tree
    found = words(_license(tree), ("license",), "spdx_id")
    known = tuple(w for w in found if w.text not in ("NOASSERTION", "NONE"))
    said = (
        (Said(known, "license", Scope.CODE, note="detected by the host: the license of the repository's code"),)
        if known
        else ()
    )
    return Told(
        said,
        credit(field(tree, "name")[0], field(tree.get("owner"), "login")[0], tree.get("html_url")),
        (),
        Origin.PORTAL,
    )
