"""Wikimedia ``extmetadata`` (mediawiki.org/wiki/Extension:CommonsMetadata): values are HTML; ``Restrictions`` are rights other than copyright."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from licensecheck.model import Origin
from licensecheck.scanners import jsonld
from licensecheck.scanners.document import Document, Said, Told, Words, credit
from licensecheck.scanners.formats import Format
from licensecheck.scanners.fragments import plain

FORMAT: Final = Format(
    signs=("extmetadata",),
    fields="`LicenseUrl`, `License`, `UsageTerms`",
    notes="`Restrictions` are rights other than copyright",
)

_FIELD: Final = 20_000


def fits(document: Document) -> bool:
    """An ``extmetadata`` object."""
    return isinstance(document.tree, Mapping) and '"extmetadata"' in document.text


def read(document: Document) -> Told:
    """One statement for each file that is described; several files are parts."""
    found = [
        (n["extmetadata"], (*p, "extmetadata"), n)
        for n, p in jsonld.nodes(document.tree)
        if isinstance(n.get("extmetadata"), Mapping)
    ]
    said = []
    for meta, path, _ in found:
        part = _value(meta, "ObjectName") if len(found) > 1 else ""
        named = [
            Words(text, (*path, key, "value"))
            for key in ("LicenseUrl", "License", "LicenseShortName", "UsageTerms")
            if (text := _value(meta, key))
        ]
        limits = _value(meta, "Restrictions")
        note = f"rights other than copyright: {limits}" if limits else ""
        if named:
            said.append(Said(tuple(named), "extmetadata", vocabulary="commons", part=part, note=note))
    first: Mapping[str, Any] = found[0][0] if found else {}
    return Told(
        tuple(said),
        credit(
            _value(first, "ObjectName"),
            [_value(first, "Artist")],
            None,
            _value(first, "Attribution") or _value(first, "Credit"),
        ),
        (),
        Origin.PORTAL,
    )


def _value(meta: Mapping[str, Any], key: str) -> str:
    inner = meta.get(key)
    raw = inner.get("value") if isinstance(inner, Mapping) else inner
    return plain(str(raw or "")[:_FIELD])[:500]
