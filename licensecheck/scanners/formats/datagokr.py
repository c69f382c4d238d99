"""data.go.kr, the Korean public data portal: ``이용허락범위`` (permitted use) of a record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from licensecheck.model import Origin
from licensecheck.scanners import jsonld
from licensecheck.scanners.document import Document, Said, Told, Words, credit, field
from licensecheck.scanners.formats import Format, Known

FORMAT: Final = Format(
    signs=(
        '"이용허락',
        "\\uc774\\uc6a9\\ud5c8\\ub77d",
        "\\uC774\\uC6A9\\uD5C8\\uB77D",
    ),
    fields="`이용허락범위`",
    notes="the portal's own terms",
    known=Known.BY_KEYS,
)

_KEYS = ("이용허락범위", "이용허락", "useScope", "licenseScope")


def fits(document: Document) -> bool:
    """A field of permitted use in Korean."""
    if not isinstance(document.tree, (Mapping, list)):
        return False
    text = document.text.lower() if "\\u" in document.text else document.text
    return any(f'"{key}"' in text or json.dumps(key) in text for key in _KEYS[:2])


def read(document: Document) -> Told:
    """What each record permits, the same once."""
    said: dict[str, Said] = {}
    top: Mapping[str, object] = {}
    for node, path in jsonld.nodes(document.tree):
        for key in _KEYS:
            value = node.get(key)
            if isinstance(value, str) and value.strip():
                top = top or node
                said.setdefault(value.strip(), Said((Words(value.strip(), (*path, key)),), key, vocabulary="kogl"))
    title = field(top, "목록명", "데이터명", "title")[0]
    return Told(tuple(said.values()), credit(title, field(top, "제공기관", "기관명")[0]), (), Origin.PORTAL)
