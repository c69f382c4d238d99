"""The first declaration of a repository, drafted from what a scan of it found. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from licensecheck.model import Resolved
from licensecheck.vocabulary import INTENT_WORDS

_HEAD: Final = "# What is done with this dataset and where it comes from, for licensecheck.\n"
_MOST: Final = 40


def draft(resolved: Sequence[Resolved], use: Mapping[str, str]) -> str:
    """A ``licensecheck.yaml`` with comments: the ``use`` as far as it is said, and the sources that metadata names.

    What cannot be known is a comment that says what to write; nothing is invented.
    """
    parts = [_HEAD, _use(use), _found(resolved), _sources(resolved)]
    return "\n".join(parts)


def _use(use: Mapping[str, str]) -> str:
    lines = ["use:"] if use else ["# use:"]
    intents = ", ".join(INTENT_WORDS)
    for key, hint in (
        ("intent", f"one of {intents}"),
        ("purpose", "academic_research, teaching, product, or commercial, noncommercial ..."),
        ("licensee", "who does it: individual, school, company ..."),
        ("jurisdiction", "where: KR, DE, US ..."),
    ):
        value = use.get(key)
        lines.append(f"  {key}: {_text(value)}" if value else f"#   {key}:   # {hint}")
    lines += [
        f"  {key}: {_text(value)}"
        for key, value in use.items()
        if key not in ("intent", "purpose", "licensee", "jurisdiction")
    ]
    return "\n".join(lines) + "\n"


def _found(resolved: Sequence[Resolved]) -> str:
    rows = []
    for one in resolved[:_MOST]:
        licensed = one.license or "no license found"
        rows.append(f"# found: {_comment(one.target)}: {_comment(licensed)} ({one.status.value})")
    return "\n".join(rows) + "\n" if rows else ""


def _sources(resolved: Sequence[Resolved]) -> str:
    names = list(dict.fromkeys(name for one in resolved for name in one.upstream))[:_MOST]
    lines = [
        "# Every work that went into it. With `sources:` the question is: may this be published? Write",
        "# `sources: []` where all of it is your own, and take the key out to ask: may this be used?",
    ]
    if not names:
        lines += [
            "# sources:",
            "#   - name:        # how reports call it",
            "#     location:    # where it comes from: an address, hf:owner/name",
            "#     license:     # an SPDX expression, if you have concluded it",
        ]
        return "\n".join(lines) + "\n"
    lines.append("sources:")
    for name in names:
        lines += [
            f"  - name: {_text(name)}",
            *_location(name),
            "    # license:   # an SPDX expression, if you have concluded it",
        ]
    return "\n".join(lines) + "\n"


def _location(name: str) -> list[str]:
    if "://" in name:
        return [f"    location: {_text(name)}"]
    return ["    # location:  # where it comes from: an address, hf:owner/name"]


def _text(value: str) -> str:
    """A value as YAML: as it stands where that is safe, else as a quoted string."""
    plain = value.replace("-", "").replace("_", "").replace(".", "").replace("/", "")
    return (
        value
        if plain.isalnum() and plain.isascii() and not plain.isdigit() and value[0].isalpha()
        else json.dumps(value)
    )


def _comment(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)[:200]
