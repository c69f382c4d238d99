"""Phrases with their meaning, as a trie of words: what ``rules/names`` and ``rules/lexicon/phrases`` spell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

from licensecheck.base import compiled, regex
from licensecheck.base.errors import RuleError
from licensecheck.base.message import Message
from licensecheck.knowledge import names, packs, rulebook
from licensecheck.knowledge.fold import beyond_ascii, fold, runs
from licensecheck.knowledge.lex import CJK, TIGHT, Words, lex

_CODE: Final = (
    "knowledge/phrases.py",
    "knowledge/restrictions.py",
    "knowledge/lex.py",
    "knowledge/fold.py",
    "knowledge/names.py",
    "base/yamlio.py",
)
_PATTERNS: Final = ("names/*.yaml", "lexicon/phrases/*.yaml", "lexicon/restrictions/*.yaml")
_FOLDERS: Final = ("names", "phrases", "restrictions")
_PREFIXES: Final = {"kogl": "kogl-", "subjects": "about-"}
"""Prefixes of the meanings of some files, which keep them apart from those of other files."""
_STEM: Final = "*"
_END: Final = ""


class Hit(NamedTuple):
    """A phrase at words ``i`` up to ``j``, and its meanings: labels with a value each."""

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
    """The trie: each node maps a word to a node, ``*`` to beginnings of words, and "" to the meanings that end there."""
    from licensecheck.base.strict import Strict
    from licensecheck.knowledge import restrictions

    root: dict[str, Any] = {}

    known: set[str] = set()
    labels: set[str] = set()

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
        if path in pack or path.parent.name not in _FOLDERS:
            continue
        if path.stem == "families":
            for key, member in Strict.read(path).items().items():
                fields = member.keys(["names", "unversioned", "versions"], ["later", "needs"])
                families[key] = {
                    "unversioned": fields["unversioned"].text(),
                    "versions": {number: target.text() for number, target in fields["versions"].items().items()},
                    "later": "later" in fields,
                    "needs": fields["needs"].text() if "needs" in fields else "",
                }
        for phrase, label, value in _phrases(path):
            labels.add(label)
            add(phrase, label, value)
    for path in paths:
        if path not in pack and path.parent.name == "restrictions":
            restrictions.check_meanings(path, labels)
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
    stems = root.pop(_STEM, {})
    return {"first": root, "stems": stems, "families": families}


_BY_ENTRY: Final = ("first", "stems")
"""What follows a first word is parsed where a text has that word: most texts have few of them."""


def _names(row: dict[str, Any]) -> tuple[str, ...]:
    """The names of an entry that are phrases of a text as they are: no description, and none that a grammar reads."""
    if row.get("described") or row.get("members") or row.get("grammar") or row["category"] == "none":
        return ()
    return (row["name"], *row.get("translations", {}).values())


def _phrases(path: Path) -> Iterator[tuple[str, str, str]]:
    """The phrases of one file, each with its meaning and the value of that."""
    from licensecheck.base.strict import Strict

    kind, root = path.stem, Strict.read(path).items()
    if path.parent.name == "restrictions":
        kind, root = "", root["phrases"].items() if "phrases" in root else {}
    if kind in ("spdx", "urls"):
        return
    for key, member in root.items():
        if kind == "families":
            for name in member.items()["names"].texts():
                yield name, "family", key
        elif path.parent.name == "names":
            for name in member.texts() if member.value else ():
                yield name, "short" if kind == "short" else "name", key
        elif kind == "ports":
            for name in member.texts():
                yield name, "port", key
        else:
            label = _PREFIXES.get(kind, "") + key
            for language, phrases in member.items().items():
                for phrase in phrases.texts():
                    yield phrase, "code" if label == "code" else label, language


def table() -> compiled.Table:
    """The compiled trie and the families, with the names of the packs that hold."""
    return _table(packs.held())


@cache
def _table(folders: tuple[str, ...]) -> compiled.Table:
    patterns, code = (*_PATTERNS, *rulebook.PATTERNS), (*rulebook.CODE, *_CODE)
    if folders:
        return rulebook.compiled_with_packs("pack-lexicon", patterns, build, code, folders, _BY_ENTRY)
    return compiled.compiled("lexicon", patterns, build, code, _BY_ENTRY)


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
    begun = _begun(packs.held())
    i = 0
    while i < count:
        nodes = begun[texts[i]]
        if not nodes:
            i += 1
            continue
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


class _Begun(dict[str, tuple[dict[str, Any], ...]]):
    """The nodes of phrases that begin with a word, by word, each looked up when it is first asked for."""

    def __init__(self, known: compiled.Table) -> None:
        self._known = known

    def __missing__(self, word: str) -> tuple[dict[str, Any], ...]:
        known = self._known
        after = [known["first"][word]] if word in known["first"] else []
        begun = _stem(known["stems"], word)
        nodes = tuple(after if begun is None else [*after, begun])
        if len(self) >= _MOST_BEGUN:
            self.clear()
        self[word] = nodes
        return nodes


_MOST_BEGUN: Final = 8192


@cache
def _begun(folders: tuple[str, ...]) -> _Begun:
    return _Begun(_table(folders))


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
    """What is under the longest beginning of ``word``, or None."""
    for size in range(min(len(word), _STEM_LENGTH), 2, -1):
        begun = stems.get(word[:size])
        if begun is not None:
            return begun
    return None


# --- which texts speak of licensing at all ---

_WORD: Final = regex.compile(r"[a-zß-öø-ɏ]+")
_RUN: Final = regex.compile(rf"[{CJK}]+")
_MAY_MISS: Final = regex.compile(r"\([^()]*\)|/.*")
_PIECE: Final = 3
"""Letters of a Chinese, Japanese or Korean phrase that are looked for."""


def _build_speaking(paths: list[Path], pack: frozenset[Path] = frozenset()) -> dict[str, Any]:
    """One telling word of each phrase that can make a statement: whole words, beginnings of words, pieces of CJK text."""
    from licensecheck.knowledge import grammar, restrictions

    meanings = {*grammar.words("speaking"), *(label for row in restrictions.rows() for label in row.meanings)}
    common = grammar.words("common")
    spoken = {
        phrase: _spellings(phrase)
        for path in paths
        if path.parent.name in _FOLDERS and path not in pack
        for phrase, label, _ in _phrases(path)
        if label in meanings
    }
    for row, _ in names.entries(paths, pack):
        spoken |= {name: _spellings(name) for name in (*row.get("names", ()), *row.get("short_names", ()))}
        spoken |= {name: _plainly(name) for name in _names(row)}
    words: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    pieces: set[str] = set()
    # Short ones first: a longer phrase that has one of their words needs no word of its own.
    for phrase, spellings in sorted(spoken.items(), key=lambda item: (len(item[0]), item[0])):
        runs = _RUN.findall(fold(_MAY_MISS.sub("", phrase)))
        if runs:
            if not any(piece in run for piece in pieces for run in runs):
                pieces.add(max(runs, key=len)[:_PIECE])
            continue
        for spelling in spellings:
            if words.isdisjoint(spelling):
                telling = [word for word in spelling if not (word in common or word[0].isdecimal())]
                if telling:
                    words.add(max(telling, key=len))
                else:
                    pairs.update(list(pairwise(spelling))[:1])
    hosts = {address.split("/")[0] for address in names.table()["urls"]} - grammar.words("everyday-hosts")
    return {
        "words": sorted(word for word in words if not word.endswith(_STEM)),
        "pairs": sorted(pairs),
        "stems": sorted(word.rstrip(_STEM) for word in words if word.endswith(_STEM)),
        "pieces": sorted(pieces),
        "hosts": sorted(hosts | grammar.words("license-hosts")),
    }


class _Telling(NamedTuple):
    """What a text about licensing has: a word, a pair of words, a beginning of a word, a piece of CJK text, or a host."""

    words: frozenset[str]
    seconds: dict[str, set[str]]
    """The second words of pairs, by the first."""
    stems: tuple[str, ...]
    pieces: tuple[str, ...]
    hosts: dict[str, str]
    """The hosts, each with the longest run of letters in it."""
    silent: set[str]
    """Words already met that are neither telling nor have the run of a host, at most so many."""

    def begins(self, word: str) -> bool:
        """Whether a word has one of the beginnings."""
        return word.startswith(self.stems)


_MOST_SILENT: Final = 50_000
_LONG_WORD: Final = 40


def _telling() -> _Telling:
    return _telling_with(packs.held())


@cache
def _telling_with(folders: tuple[str, ...]) -> _Telling:
    patterns = (*_PATTERNS, "lexicon/grammar.yaml", *rulebook.PATTERNS)
    code = (*rulebook.CODE, *_CODE, "knowledge/grammar.py", "knowledge/restrictions.py")
    found = (
        rulebook.compiled_with_packs("pack-speaking", patterns, _build_speaking, code, folders)
        if folders
        else compiled.compiled("speaking", patterns, _build_speaking, code)
    )
    seconds: dict[str, set[str]] = {}
    for first, second in found["pairs"]:
        seconds.setdefault(first, set()).add(second)
    return _Telling(
        frozenset(found["words"]),
        seconds,
        tuple(found["stems"]),
        tuple(found["pieces"]),
        {host: max(_WORD.findall(host), key=len, default="") for host in found["hosts"]},
        set(),
    )


def _words(folded: str) -> list[str]:
    """The words of a folded text in the Latin script, in order."""
    found = runs(folded)
    if folded.isascii():
        return found
    return [word for run in found for word in ((run,) if run.isascii() else _WORD.findall(run))]


def _telling_words(words: set[str], telling: _Telling) -> tuple[set[str], list[str]]:
    """Those of ``words`` that are telling, and the hosts of which a run of letters is in them."""
    if len(telling.silent) > _MOST_SILENT:
        telling.silent.clear()
    new = words - telling.silent
    if not new:
        return new, []
    some = {word for word in new if word in telling.words or telling.begins(word)}
    joined = " ".join(new)
    hosts = [host for host, run in telling.hosts.items() if run in joined]
    if not hosts:
        telling.silent.update(word for word in new - some if len(word) <= _LONG_WORD)
    return some, hosts


def _pairs(words: list[str], some: set[str], telling: _Telling) -> set[tuple[str, str]]:
    """The telling pairs of words that follow each other in ``words``, of which ``some`` is the set."""
    firsts = {first for first in some & telling.seconds.keys() if not some.isdisjoint(telling.seconds[first])}
    if not firsts:
        return set()
    return {pair for pair in pairwise(words) if pair[0] in firsts and pair[1] in telling.seconds[pair[0]]}


def _words_of_licensing(folded: str, start: int) -> Iterator[int]:
    """Where telling words are, and hosts, in no order."""
    telling = _telling()
    words = _words(folded[start:])
    some = set(words)
    here, hosts = _telling_words(some, telling)
    for word in here:
        yield from _places_of_word(folded, word, start)
    pairs = _pairs(words, some, telling)
    for word in {second for _, second in pairs} - here:
        yield from (at for at in _places_of_word(folded, word, start) if (_last(folded, start, at), word) in pairs)
    for host in dict.fromkeys(hosts):
        yield from _places(folded, host, start)


def _places(folded: str, piece: str, start: int) -> Iterator[int]:
    at = folded.find(piece, start)
    while at >= 0:
        yield at
        at = folded.find(piece, at + len(piece))


def _places_of_word(folded: str, word: str, start: int) -> Iterator[int]:
    for at in _places(folded, word, start):
        end = at + len(word)
        if not ((at > start and _WORD.match(folded, at - 1, at)) or _WORD.match(folded, end, end + 1)):
            yield at


def _last(folded: str, start: int, at: int) -> str:
    """The word before the one at ``at``, or "" where none is from ``start`` on. The first of what is looked at may be cut."""
    size, words = 64, [""]
    while len(words) < 2 and size < 4 * (at - start + 64):
        words = _words(folded[max(start, at - size) : at])
        size *= 4
    return words[-1] if words else ""


def speaking(folded: str, start: int = 0) -> list[int]:
    """Where words of licensing are in a folded text from ``start`` on, in order.

    A text without any says nothing of licenses: each phrase whose meaning can make a statement has one. Time is linear
    in the text.
    """
    found = list(_words_of_licensing(folded, start))
    telling = _telling()
    for piece in _likely_pieces(folded, telling):
        found += _places(folded, piece, start)
    return sorted(found)


def _likely_pieces(folded: str, telling: _Telling) -> list[str]:
    """The pieces of which a text has every letter."""
    letters = set(beyond_ascii(folded))
    return [piece for piece in telling.pieces if letters.issuperset(piece)] if letters else []


def speaks(folded: str) -> bool:
    """Whether a folded text has any word of licensing."""
    telling = _telling()
    words = _words(folded)
    if not telling.words.isdisjoint(words):
        return True
    some = set(words)
    here, hosts = _telling_words(some, telling)
    if here or (hosts and any(host in folded for host in hosts)):
        return True
    if _pairs(words, some, telling):
        return True
    return any(piece in folded for piece in _likely_pieces(folded, telling))
