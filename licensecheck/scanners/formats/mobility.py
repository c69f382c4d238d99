"""Records of transit feeds: the Mobility Database (github.com/MobilityData/mobility-database-catalogs, ``urls.license``) and DMFR of Transitland
(github.com/transitland/distributed-mobility-feed-registry, ``feeds[].license``). GTFS itself has no field for a license.

A license of DMFR has an SPDX id or an address, and says yes or no to single uses; a no is read as a restriction.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from licensecheck.model import Origin
from licensecheck.scanners.document import Document, Said, Told, Words, credit, field, items, text, words
from licensecheck.scanners.formats import Format, Known

FORMAT: Final = Format(
    names=("*.dmfr.json",),
    signs=("mdb_source_id", ("direct_download", "license"), ("dmfr", "feeds"), ("feeds", "onestop_id")),
    fields="`urls.license`; `feeds[].license`",
    notes="each feed is a part; a use that DMFR answers with `no` is restricted",
    known=Known.BY_KEYS,
)

_NO: Final = {
    "commercial_use_allowed": "Non-commercial use only.",
    "create_derived_product": "No derivative works.",
    "redistribution_allowed": "Redistribution is not permitted.",
}
"""Fields of a DMFR license whose ``no`` forbids a use, and the words for it."""


def fits(document: Document) -> bool:
    """A record with ``urls.direct_download``, or an object with ``feeds`` of objects with ids."""
    tree = document.tree
    if not isinstance(tree, Mapping):
        return False
    urls, feeds = tree.get("urls"), tree.get("feeds")
    return (isinstance(urls, Mapping) and "direct_download" in urls and "data_type" in tree) or (
        isinstance(feeds, list)
        and bool(feeds)
        and all(isinstance(f, Mapping) and "id" in f for f in feeds)
        and ("dmfr" in str(tree.get("$schema")) or "spec" in feeds[0])
    )


def read(document: Document) -> Told:
    """The license of the feed, or of each feed as a part."""
    tree = document.tree
    urls = tree.get("urls")
    said = [Said((w,), "urls.license") for w in words(urls, ("urls",), "license")] if isinstance(urls, Mapping) else []
    feeds = tree.get("feeds")
    for feed, path in items(feeds, ("feeds",)):
        license = feed.get("license") if isinstance(feed, Mapping) else None
        if isinstance(license, Mapping):
            said += _licensed(license, (*path, "license"), text(feed.get("id")) if len(feeds) > 1 else "")
    made = credit(field(tree, "provider", "name")[0], field(tree, "provider")[0], field(urls, "direct_download")[0])
    return Told(tuple(said), made, (), Origin.PORTAL)


def _licensed(license: Mapping[str, Any], path: tuple[str | int, ...], part: str) -> list[Said]:
    found = words(license, path, "spdx_identifier", "url")
    said = [Said(found, "license", part=part)] if found else []
    for key, sentence in _NO.items():
        if text(license.get(key)).lower() == "no":
            said.append(Said((Words(sentence, (*path, key)),), key, part=part))
    return said
