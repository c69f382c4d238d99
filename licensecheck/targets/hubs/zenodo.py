"""Zenodo: its REST API (developers.zenodo.org, "Records").

Zenodo has no tool with a setting for its address, so ``LICENSECHECK_ZENODO_ENDPOINT`` is one. Tokens are not used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from licensecheck.base.message import Message
from licensecheck.targets.hub import Reading, Site, Wanted, record, setting, texts

SITE: Final = Site(
    prefix="zenodo",
    title="Zenodo",
    name="[0-9]{1,12}",
    form=Message("zenodo:record-number"),
    page="https://zenodo.org/records/{}",
    access=Message("download the dataset and check its folder"),
)
_DOI: Final = re.compile(r"(?:(?:https?://(?:dx\.)?doi\.org/|doi:)?10\.5281/)zenodo\.([0-9]{1,12})\Z", re.I)


def name(text: str) -> str:
    """The number of a record, also of a DOI."""
    doi = _DOI.match(text)
    return doi[1] if doi else text


def at(host: str, steps: Sequence[str]) -> tuple[str, str] | None:
    """``/records/number``, and DOIs, also below ``/doi/``."""
    if host == "zenodo.org" and len(steps) > 1 and steps[0] in ("records", "record"):
        return steps[1], ""
    if host == "zenodo.org" and steps[:1] == ["doi"]:
        steps = steps[1:]
    elif host != "doi.org":
        return None
    doi = _DOI.match("/".join(steps))
    return (doi[1], "") if doi else None


def read(reading: Reading, wanted: Wanted) -> None:
    """The record and its files."""
    hub = reading.hub
    base = setting("https://zenodo.org", "LICENSECHECK_ZENODO_ENDPOINT")
    help = Message(
        "{hub} does not exist, or its files are restricted: check the number, or ask for access at {url}",
        hub=str(hub),
        url=f"{base}/records/{hub.name}",
    )
    answer = reading.page(f"{base}/api/records/{hub.name}", (("Accept", "application/json"),), help)
    info = record(answer)
    number = str(info.get("id"))
    number = number if SITE.is_name(number) else hub.name
    reading.keep(answer, f"{base}/api/records/{number}#/record.json")
    reading.files(
        texts(info.get("files"), "key"),
        wanted,
        lambda path: f"{base}/records/{number}/files/{path}",
        lambda path: f"{base}/api/records/{number}/files/{path}/content",
        (),
        help,
    )
