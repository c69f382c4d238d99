"""Ids, vocabularies and addresses: exact words, looked up without loading anything else."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from licensecheck.base import compiled
from licensecheck.knowledge.fold import fold

_CODE: Final = ("knowledge/names.py", "knowledge/fold.py", "base/yamlio.py", "base/strict.py")


def key(text: str) -> str:
    """``text`` as the tables spell it: folded, with single spaces."""
    return " ".join(fold(text).split())


def entries(paths: list[Path], pack: frozenset[Path] = frozenset()) -> list[dict[str, Any]]:
    """The licenses' tables (``licenses.read_entry``) that the files of :data:`PATTERNS` among ``paths`` give."""
    from licensecheck.knowledge import rulebook

    own = [path for path in paths if path.parent.name not in ("names", "vocabularies", "wordings")]
    return [json.loads(row) for row in rulebook.build(own, pack)["licenses"].values()]


def bare(address: str) -> str:
    """An address as the table has it: without scheme, ``www.`` and the last slash, in lower case, ``-`` for ``_``."""
    plain = re.sub(r"^(?:https?:)?//", "", address.strip().lower()).removeprefix("www.")
    return plain.rstrip("/").replace("_", "-")


def build(paths: list[Path], pack: frozenset[Path] = frozenset()) -> dict[str, Any]:
    """What names a license exactly.

    ``ids``: ids in lower case, and their aliases, to the id. ``values``: what a whole value may be (names, ids without
    ``LicenseRef-``), as :func:`key` spells it, to [license, certainty]. ``vocabularies``: name to words to [license,
    certainty]. ``urls``: addresses to [license, certainty] for all that begins with them; ``pages``: for them alone.
    Those of ``paths`` in ``pack`` add names; raises RuleError where they take one that is another license's.
    """
    from licensecheck.base.strict import Strict

    ids: dict[str, str] = {}
    values: dict[str, list[str]] = {}
    vocabularies: dict[str, dict[str, list[str]]] = {}
    urls: dict[str, list[str]] = {}
    pages: dict[str, list[str]] = {}
    exceptions: list[str] = []
    for path in paths:
        if path in pack or path.parent.name not in ("vocabularies", "names"):
            continue
        root = Strict.read(path)
        if path.parent.name == "vocabularies":
            words = vocabularies.setdefault(path.stem, {})
            for raw, value in root.items().items():
                words[key(raw)] = _target(value.text())
        elif path.stem == "urls":
            for address, value in root.items().items():
                urls[address.replace("_", "-")] = _target(value.text())
        elif path.stem == "spdx":
            fields = root.keys(["licenses", "exceptions"], ["other-works"])
            ids.update({name.lower(): name for name in fields["licenses"].texts()})
            exceptions.extend(name.lower() for name in fields["exceptions"].texts())
        elif path.stem == "names":
            for target in root.items():
                if target.startswith("LicenseRef-"):
                    ids[target.lower()] = str(target)
    _add(entries(paths, pack), (ids, values, urls, pages))
    return {
        "ids": ids,
        "values": values,
        "vocabularies": vocabularies,
        "urls": urls,
        "pages": pages,
        "exceptions": exceptions,
    }


def _target(text: str) -> list[str]:
    license, _, certainty = text.partition(" ~")
    return [license, certainty or "exact"]


def _add(rows: list[dict[str, Any]], tables: tuple[dict[str, Any], ...]) -> None:
    """The ids, aliases, names and addresses of the licenses' entries; what a file of ``names/`` says goes before."""
    ids, values, urls, pages = tables
    for row in rows:
        license = row["id"]
        if row["category"] == "none":
            continue
        for spelled in (license, *row.get("aka", ())):
            ids.setdefault(spelled.lower(), license)
        if row.get("described"):
            continue
        for address, certainty in row.get("addresses", ()):
            urls.setdefault(address.lower().replace("_", "-"), [license, certainty])
        for address in row.get("urls", ()):
            if bare(address) not in urls:
                pages.setdefault(bare(address), [license, "exact"])
    for row in rows:
        if row["category"] == "none" or row.get("described"):
            continue
        license, sure = row["id"], "family" if row.get("members") else "exact"
        for spelled in (
            license.removeprefix("LicenseRef-"),
            row["name"],
            row["short"],
            *row.get("translations", {}).values(),
        ):
            values.setdefault(key(spelled), [license, sure])


PATTERNS: Final = ("names/spdx.yaml", "names/names.yaml", "names/urls.yaml", "vocabularies/*.yaml")


@cache
def table() -> dict[str, Any]:
    """The compiled ids, names, vocabularies and addresses."""
    from licensecheck.knowledge import rulebook

    patterns = (*PATTERNS, *rulebook.PATTERNS)
    found: dict[str, Any] = compiled.compiled("ids", patterns, build, (*rulebook.CODE, *_CODE))
    return found


def known(name: str) -> str | None:
    """The id that ``name`` is in any case, with or without ``LicenseRef-``; None where it is none."""
    ids: dict[str, str] = table()["ids"]
    low = name.lower()
    return ids.get(low) or ids.get(f"licenseref-{low}")


def exceptions() -> list[str]:
    """SPDX exception ids in lower case: what may stand after WITH."""
    found: list[str] = table()["exceptions"]
    return found
