"""The legal code of Creative Commons, as Creative Commons publishes it, as sources of an index.

Creative Commons keeps the legal code of each version, port and translation as HTML and plain text in its
repository ``cc-legal-tools-data``: as ``legacy/legalcode/by-nc_2.0_kr.html`` and as
``docs/licenses/by-nc/2.0/kr/legalcode.ko.html``. The place of a file says which license it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final, NamedTuple

from licensecheck.identification import address

_PLACE: Final = re.compile(
    r"(?:.*/)?(?P<kind>[a-z+-]+)[/_](?P<version>[0-9]\.[0-9])(?:[/_](?P<port>[a-z]{2,8}))?"
    r"(?:(?:/legalcode[._]|_)(?P<language>[A-Za-z-]{2,8})|/legalcode)?\.(?:html|txt)\Z"
)
_PLUS: Final = {"samplingplus": "sampling+", "nc-samplingplus": "nc-sampling+"}
_UNSEEN: Final = frozenset({"head", "script", "style", "template"})


class LegalCode(NamedTuple):
    """One legal code: its file, the id of its license, its text, and the ``group`` of version, port and language."""

    path: Path
    id: str
    text: str
    group: str


def read(folder: Path) -> Iterator[LegalCode]:
    """Every legal code below a folder, in order of place; a file of another name is left out."""
    for path in sorted(folder.rglob("*")):
        place = _PLACE.match(path.relative_to(folder).as_posix())
        if place is None or not path.is_file():
            continue
        port, language = place["port"] or "", place["language"] or ""
        if port and not language and (place["version"] == "4.0" or place["kind"] == "zero"):
            # Neither has ports: what follows the version is the language.
            port, language = "", port
        license = _id(place["kind"], place["version"], port)
        if license is not None:
            text = path.read_text(encoding="utf-8-sig", errors="replace")
            shown = visible(text) if path.suffix == ".html" else text
            yield LegalCode(path, license, shown, " ".join((place["version"], port, language)))


def _id(kind: str, version: str, port: str) -> str | None:
    """The id that the address of a license gives; None for a page that is not the address of one."""
    place = "publicdomain" if kind == "zero" else "licenses"
    found = address.lookup(f"https://creativecommons.org/{place}/{_PLUS.get(kind, kind)}/{version}/{port}")
    return found.license if found is not None else None


def visible(html: str) -> str:
    """The words that a page shows, a blank in place of each tag."""
    reader = _Visible()
    reader.feed(html)
    reader.close()
    return " ".join(reader.parts)


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        # Some pages leave their head open.
        self._unseen = 0 if tag == "body" else self._unseen + (tag in _UNSEEN)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)
