"""Ids, vocabularies and addresses: exact words, looked up without loading anything else."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from licensecheck.base import compiled
from licensecheck.knowledge.fold import fold

_CODE: Final = ("knowledge/names.py", "knowledge/fold.py", "base/yamlio.py", "base/strict.py")


def key(text: str) -> str:
    """``text`` as the tables spell it: folded, with single spaces."""
    return " ".join(fold(text).split())


def build(paths: list[Path]) -> dict[str, Any]:
    """``ids``: lower case to the id; ``vocabularies``: name to words to [licence, certainty]; ``urls``."""
    from licensecheck.base.strict import Strict

    ids: dict[str, str] = {}
    vocabularies: dict[str, dict[str, list[str]]] = {}
    urls: dict[str, list[str]] = {}
    exceptions: list[str] = []
    for path in paths:
        root = Strict.read(path)
        if path.parent.name == "vocabularies":
            words = vocabularies.setdefault(path.stem, {})
            for raw, value in root.items().items():
                target, _, certainty = value.text().partition(" ~")
                words[key(raw)] = [target, certainty or "exact"]
        elif path.stem == "urls":
            for address, value in root.items().items():
                target, _, certainty = value.text().partition(" ~")
                urls[address.replace("_", "-")] = [target, certainty or "exact"]
        elif path.stem == "spdx":
            fields = root.keys(["licenses", "exceptions"], ["other-works"])
            ids.update({name.lower(): name for name in fields["licenses"].texts()})
            exceptions.extend(name.lower() for name in fields["exceptions"].texts())
        else:
            for target in root.items():
                if target.startswith("LicenseRef-"):
                    ids[target.lower()] = str(target)
    return {"ids": ids, "vocabularies": vocabularies, "urls": urls, "exceptions": exceptions}


@cache
def table() -> dict[str, Any]:
    """The compiled ids, vocabularies and addresses."""
    patterns = ("names/spdx.yaml", "names/names.yaml", "names/urls.yaml", "vocabularies/*.yaml")
    found: dict[str, Any] = compiled.compiled("ids", patterns, build, _CODE)
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
