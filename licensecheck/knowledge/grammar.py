"""Words and windows of the grammar of sentences, by name: ``rules/lexicon/grammar.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from licensecheck.base import compiled
from licensecheck.base.message import Message
from licensecheck.base.strict import Strict

_PATTERNS: Final = ("lexicon/grammar.yaml",)
_CODE: Final = ("knowledge/grammar.py", "base/yamlio.py", "base/strict.py")
_CJK: Final = "c"


def build(paths: list[Path]) -> dict[str, Any]:
    """``words``: name to its words of all languages; ``windows``: name to numbers of words, Latin and CJK."""
    words: dict[str, list[str]] = {}
    windows: dict[str, list[int]] = {}
    for path in paths:
        f = Strict.read(path).keys(("words", "windows"))
        for name, languages in f["words"].items().items():
            words[name] = sorted({word for member in languages.items().values() for word in member.texts()})
        for name, member in f["windows"].items().items():
            sizes = member.keys(("latin", "cjk"))
            if not all(size.text().isdecimal() for size in sizes.values()):
                raise member.fail(Message("`{name}` must be whole numbers", name=name))
            windows[name] = [int(sizes["latin"].text()), int(sizes["cjk"].text())]
    return {"words": words, "windows": windows}


@cache
def _table() -> compiled.Table:
    return compiled.compiled("grammar", _PATTERNS, build, _CODE)


@cache
def words(name: str) -> frozenset[str]:
    """The words of all languages under ``name``. Raises KeyError for an unknown name."""
    return frozenset(_table()["words"][name])


@cache
def beginnings(name: str) -> tuple[str, ...]:
    """The same as a tuple, for ``str.startswith``."""
    return tuple(_table()["words"][name])


@cache
def window(name: str, kind: str = "w") -> int:
    """How many words the grammar looks for ``name`` around a word of ``kind`` (see ``lex.Words``)."""
    latin, cjk = _table()["windows"][name]
    return int(cjk if kind == _CJK else latin)
