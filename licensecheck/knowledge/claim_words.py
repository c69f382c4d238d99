"""The words of claims: what acts are called, and words in evidence that say that there is none: ``rules/claim-words.yaml``."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from licensecheck.base import compiled
from licensecheck.base.message import Message
from licensecheck.base.strict import Strict
from licensecheck.knowledge.lex import SPACELESS

ACTS: Final = ("copy", "adapt", "share", "train")
_CODE: Final = ("knowledge/claim_words.py", "base/yamlio.py", "base/strict.py")


def build(paths: list[Path]) -> dict[str, Any]:
    """``acts``: what an act is called to the acts that it is; ``words``: name to words of all languages; ``terms``: years."""
    acts: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    terms: dict[str, int] = {}
    for path in paths:
        f = Strict.read(path).keys(("acts", "words", "terms"))
        for act, languages in f["acts"].keys((*ACTS, "all")).items():
            for member in languages.items().values():
                acts |= {name: [act] for name in member.texts()}
        for name, languages in f["words"].items().items():
            words[name] = sorted({word for member in languages.items().values() for word in member.texts()})
        for name, member in f["terms"].keys(("dies", "publishes")).items():
            if not member.text().isdecimal():
                raise member.fail(Message("`{name}` must be whole numbers", name=name))
            terms[name] = int(member.text())
    return {"acts": acts, "words": words, "terms": terms}


@cache
def _table() -> compiled.Table:
    return compiled.compiled("claim-words", ("claim-words.yaml",), build, _CODE)


def acts_of(name: str) -> frozenset[str]:
    """The acts (copy, adapt, share, train) that somebody calls ``name``; none for what is no name of an act."""
    plain = " ".join(name.lower().replace("_", " ").replace("-", " ").split())
    if plain in ("share adapt", "share adaptation"):
        return frozenset({"share", "adapt"})
    found: list[str] = _table()["acts"].get(plain, [])
    return frozenset(ACTS) if found == ["all"] else frozenset(found)


@cache
def words(name: str) -> frozenset[str]:
    """The words of all languages under ``name``. Raises KeyError for an unknown name."""
    return frozenset(_table()["words"][name])


def years(name: str) -> int:
    """For how many years a work is protected at least, from the year that ``name`` counts from."""
    return int(_table()["terms"][name])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    every = sorted(words(name), key=len, reverse=True)
    latin = [rf"(?<!\w){re.escape(word)}(?!\w)" for word in every if word[0] < SPACELESS]
    return re.compile("|".join([*latin, *(re.escape(word) for word in every if word[0] >= SPACELESS)]))


def has(name: str, text: str) -> bool:
    """Whether ``text`` has a word under ``name``."""
    return _pattern(name).search(text.lower()) is not None
