"""Phrases with their meaning, as a trie of words: what ``rules/names`` and ``rules/wordings`` spell."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from licensecheck.base import compiled
from licensecheck.base.errors import RuleError
from licensecheck.base.message import Message
from licensecheck.knowledge import names, packs, rulebook
from licensecheck.knowledge.fold import fold
from licensecheck.knowledge.lex import TIGHT, Words, lex

_CODE: Final = ("knowledge/phrases.py", "knowledge/lex.py", "knowledge/fold.py", "knowledge/names.py", "base/yamlio.py")
_STEM: Final = "*"
_END: Final = ""


class Hit(NamedTuple):
    """A phrase that stands at words ``i`` up to ``j``, and its meanings: labels with a value each."""

    i: int
    j: int
    means: dict[str, str]

    def get(self, label: str) -> str | None:
        """The value that the phrase has under ``label``, or None."""
        return self.means.get(label)

    def has(self, *labels: str) -> bool:
        """Whether the phrase has any of ``labels``."""
        return not self.means.keys().isdisjoint(labels)


def _spellings(phrase: str) -> list[list[str]]:
    """Every word sequence that a phrase of the rules stands for."""
    rows: list[list[str]] = [[]]
    for part in phrase.split():
        may_miss = part.startswith("(") and part.endswith(")")
        choices = []
        for choice in (part[1:-1] if may_miss else part).split("/"):
            stem = choice.endswith(_STEM)
            words = lex(fold(choice)).text
            choices.append([*words[:-1], words[-1] + _STEM] if stem else words)
        rows = [[*row, *choice] for row in rows for choice in choices] + (rows if may_miss else [])
    return rows


def _plainly(name: str) -> list[list[str]]:
    """The word sequences of a license's name as people write it: with either spelling of "license"."""
    words = lex(fold(name)).text
    rows: list[list[str]] = [[]]
    for word in words:
        choices = ("license", "licence") if word in ("license", "licence") else (word,)
        rows = [[*row, choice] for row in rows for choice in choices]
    return rows if len(rows) <= _MOST_SPELLINGS else [words]


_MOST_SPELLINGS: Final = 8


def build(paths: list[Path], pack: frozenset[Path] = frozenset()) -> dict[str, Any]:
    """The trie: each node maps a word to a node, ``*`` to beginnings of words, and "" to the meanings that end there.

    What follows a first word is kept as JSON, which is read where a text has that word: most have few of them.
    """
    from licensecheck.base.strict import Strict

    root: dict[str, Any] = {}

    known: set[str] = set()

    def add(phrase: str, label: str, value: str) -> None:
        put(_spellings(phrase), label, value)

    def put(rows: list[list[str]], label: str, value: str) -> None:
        for words in rows:
            known.update(words)
            node = root
            for word in words:
                if word.endswith(_STEM):
                    node = node.setdefault(_STEM, {}).setdefault(word[:-1], {})
                else:
                    node = node.setdefault(word, {})
            node.setdefault(_END, {}).setdefault(label, value)

    families: dict[str, Any] = {}
    own: list[tuple[dict[str, Any], str]] = []
    for row, file in names.entries(paths, pack):
        if file:
            own.append((row, file))
            continue
        for name in row.get("names", ()):
            add(name, "name", row["id"])
        for name in row.get("short_names", ()):
            add(name, "short", row["id"])
        for name in _names(row):
            put(_plainly(name), "name", row["id"])
    for path in paths:
        kind = path.stem
        if path in pack or path.parent.name not in ("names", "wordings") or kind in ("spdx", "urls"):
            continue
        for key, member in Strict.read(path).items().items():
            if kind == "families":
                fields = member.keys(["names", "unversioned", "versions"], ["later", "needs"])
                families[key] = {
                    "unversioned": fields["unversioned"].text(),
                    "versions": {number: target.text() for number, target in fields["versions"].items().items()},
                    "later": "later" in fields,
                    "needs": fields["needs"].text() if "needs" in fields else "",
                }
                for name in fields["names"].texts():
                    add(name, "family", key)
            elif path.parent.name == "names":
                for name in member.texts() if member.value else ():
                    add(name, "name", key)
            elif kind == "ports":
                for name in member.texts():
                    add(name, "port", key)
            else:
                for language, phrases in member.items().items():
                    for phrase in phrases.texts():
                        if key == "code" and kind == "elements":
                            add(phrase, "code", language)
                        else:
                            label = {"elements": "", "kogl": "kogl-", "subjects": "about-"}.get(kind, "") + key
                            add(phrase, label, language)
    shipped = frozenset(known)
    for row, file in own:
        for name in (*row.get("names", ()), *row.get("short_names", ())):
            if not all(shipped.issuperset(words) for words in _spellings(name)):
                add(name, "short" if name in row.get("short_names", ()) else "name", row["id"])
                continue
            says = "{path}:1: the name `{name}` of license `{license}` has no word of its own: all are words of the shipped rules"
            raise RuleError(Message(says, path=file, name=name, license=row["id"]))
        for name in (
            row["id"].removeprefix("LicenseRef-"),
            row["name"],
            row["short"],
            *row.get("translations", {}).values(),
        ):
            if not shipped.issuperset(lex(fold(name)).text):
                put(_plainly(name), "name", row["id"])
    stems = {word: json.dumps(node) for word, node in root.pop(_STEM, {}).items()}
    return {"first": {word: json.dumps(node) for word, node in root.items()}, "stems": stems, "families": families}


def _names(row: dict[str, Any]) -> tuple[str, ...]:
    """The names of an entry that are phrases of a text as they are: no description, and none that a grammar reads."""
    if row.get("described") or row.get("members") or row.get("grammar") or row["category"] == "none":
        return ()
    return (row["name"], *row.get("translations", {}).values())


def table() -> dict[str, Any]:
    """The compiled trie and the families, with the names of the packs that hold."""
    return _table(packs.held())


@cache
def _table(folders: tuple[str, ...]) -> dict[str, Any]:
    patterns, code = ("names/*.yaml", "wordings/*.yaml", *rulebook.PATTERNS), (*rulebook.CODE, *_CODE)
    found: dict[str, Any] = (
        rulebook.compiled_with_packs("pack-lexicon", patterns, build, code, folders)[0]
        if folders
        else compiled.compiled("lexicon", patterns, build, code)
    )
    return found


def recognize(folders: Sequence[str]) -> AbstractContextManager[None]:
    """Let the licenses of the packs in ``folders`` be recognized inside the ``with`` block.

    Raises RuleError if a pack takes a name that the rulebook has.
    """
    held = packs.with_licenses(folders)
    if held:
        names.table_of(held)
        _table(held)
    return packs.holding(held)


def hits(words: Words) -> list[Hit]:
    """The longest phrase at each place, left to right, none over another."""
    texts, gaps = words.text, words.gap
    count = len(texts)
    found: list[Hit] = []
    memo: dict[str, Any] = {}
    i = 0
    while i < count:
        word = texts[i]
        if word in memo:
            nodes = memo[word]
        else:
            nodes = memo[word] = _begin(word)
        best = 0
        means: Any = None
        j = i + 1
        while nodes:
            for node in nodes:
                ends = node.get(_END)
                if ends is not None:
                    means = {**means, **ends} if best == j else ends
                    best = j
            if j >= count or gaps[j] != TIGHT:
                break
            nodes = _next(nodes, texts[j])
            j += 1
        if best:
            found.append(Hit(i, best, means))
            i = best
        else:
            i += 1
    return found


@cache
def _read(node: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(node)
    return read


def _begin(word: str) -> tuple[dict[str, Any], ...]:
    """The nodes of phrases that begin with ``word``."""
    known = table()
    after = [_read(known["first"][word])] if word in known["first"] else []
    begun = _stem(known["stems"], word)
    return tuple(after if begun is None else [*after, _read(begun)])


_STEM_LENGTH: Final = 40
"""Letters of the longest stem that is looked up: a word without end costs no more."""


def _next(nodes: tuple[dict[str, Any], ...], word: str) -> tuple[dict[str, Any], ...]:
    after = []
    for node in nodes:
        exact = node.get(word)
        if exact is not None and word != _END:
            after.append(exact)
        stems = node.get(_STEM)
        if stems is not None:
            begun = _stem(stems, word)
            if begun is not None:
                after.append(begun)
    return tuple(after)


def _stem(stems: dict[str, Any], word: str) -> Any:
    """What stands under the longest beginning of ``word``, or None."""
    for size in range(min(len(word), _STEM_LENGTH), 2, -1):
        begun = stems.get(word[:size])
        if begun is not None:
            return begun
    return None
