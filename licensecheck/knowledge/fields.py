"""Names of fields that state licenses, as ``rules/fields.yaml`` has them: what a key of a structured file is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from fnmatch import translate
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import Any, Final

from licensecheck.base import compiled, regex
from licensecheck.base.strict import Strict
from licensecheck.knowledge.lex import SPACELESS

_PATTERNS: Final = ("fields.yaml",)
_CODE: Final = ("knowledge/fields.py", "base/yamlio.py", "base/strict.py")
_HUMP: Final = regex.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PREFIX: Final = re.compile(r"[:/#}]")
_APART: Final = regex.compile(r"[\s._-]+")
_FIELD: Final = regex.compile(r"[\"']?\s{0,8}[:=]|\s{0,8}/?>")
"""What follows the name of a field: a colon, an equals sign, the end of a tag."""
_TAG: Final = regex.compile(r"<(?:[\w-]+:)?\Z")
"""What a name of an element stands behind."""
_LONG: Final = 60
"""Characters of the longest name that is looked at."""


_LIMITS: Final = ("uses", "bars", "no", "yes", "granted", "all", "times", "terms")


class Field(StrEnum):
    """What a field is about, by its name."""

    LICENSE = "license"
    """It states a license."""
    RIGHTS = "rights"
    """It states what the data may be used for, or who holds rights in it."""


@cache
def _table() -> Any:
    return compiled.compiled("fields", _PATTERNS, _build, _CODE)


def _build(paths: Sequence[Path]) -> dict[str, Any]:
    (path,) = paths
    lists = ("others", "closed", "describing", "entries", "software")
    f = Strict.read(path).keys(("fields", "columns", "limits", "manifests", "coded", *lists))
    named = f["fields"].keys(("license", "rights", "before", "after", "access"))
    columns = f["columns"].keys(("speaking", "never", "holding", "version", "naming", "own_terms", "credits"))
    words = {word: kind.value for kind in Field for word in named[kind.value].texts()}
    return {
        "words": words,
        **{key: list(named[key].texts()) for key in ("before", "after", "access")},
        **{key: list(f[key].texts()) for key in lists},
        **{
            key: list(columns[key].texts())
            for key in ("speaking", "never", "holding", "version", "naming", "own_terms")
        },
        **{f"limits {key}": list(f["limits"].keys(_LIMITS)[key].texts()) for key in _LIMITS},
        "credits": {role: list(entry.texts()) for role, entry in columns["credits"].items().items()},
        "coded": {name: list(entry.texts()) for name, entry in f["coded"].items().items()},
        "manifests": [glob for entry in f["manifests"].texts() for glob in _expanded(entry)],
        "stems": sorted({_stem(word) for word in words}),
    }


def _stem(word: str) -> str:
    """What every spelling of a name contains, in lower case: the longest of its words."""
    return str(max(word.split("_"), key=len))


def _expanded(glob: str) -> list[str]:
    parts = re.split(r"\{([^{}]*)\}", glob)
    return ["".join(choice) for choice in product(*(p.split(",") if n % 2 else [p] for n, p in enumerate(parts)))]


def _plain(key: str) -> str:
    """A name without its prefix, in lower case, its words joined by ``_``."""
    return key if key.isalnum() and key.islower() else _joined(key)


@lru_cache(maxsize=4096)
def _joined(key: str) -> str:
    key = _PREFIX.split(key)[-1].lstrip("@")
    return _APART.sub("_", _HUMP.sub("_", key)).strip("_").lower()


@cache
def _set(section: str) -> frozenset[str]:
    return frozenset(_table()[section])


def field(key: str) -> Field | None:
    """What the field ``key`` is about, or None where its name says nothing of licenses."""
    if not 2 < len(key) <= _LONG:
        return None
    name, words = _plain(key), _table()["words"]
    if name in _set("access"):
        return None
    for short in (name, _without(name, first=False)):
        for one in (short, _without(short, first=True)):
            if one in words:
                return Field(words[one])
    return None


@lru_cache(maxsize=4096)
def is_column(key: str) -> bool:
    """Whether a column of a table is about the license of its row, by its name."""
    if not 2 < len(key) <= _LONG:
        return False
    words = _plain(key).split("_")
    if not _set("never").isdisjoint(words) or "_".join(words) in _set("access"):
        return False
    if field(key) is not None:
        return True
    known = {*_table()["words"], *_set("speaking")}
    joined = "".join(words)
    return any(word in known for word in words) or any(word in joined for word in known if word[0] >= SPACELESS)


def names_license(key: str) -> bool:
    """Whether a column names the license of its row, and not only the version of one."""
    return is_column(key) and not is_version(key)


def is_version(key: str) -> bool:
    """Whether a column is the version of the license that another column of its row names."""
    return _plain(key) in _set("version")


def names_fields(key: str) -> bool:
    """Whether a column has names of fields, whose values are in the column beside it."""
    return _plain(key.strip().strip('"')) in _set("naming")


def is_own_terms(text: str) -> bool:
    """Whether the text of such a column says that there are terms, and not which."""
    return _plain(text) in _set("own_terms")


def credit_columns(names: Sequence[str]) -> dict[str, str]:
    """The columns that hold what a credit names, by role: ``author``, ``title``, ``source``, ``notice``."""
    plain: dict[str, str] = {}
    for name in names:
        plain.setdefault(_plain(name), name)
    found = {
        role: next((plain[word] for word in words if word in plain), "") for role, words in _table()["credits"].items()
    }
    return {role: name for role, name in found.items() if name}


def credit_roles() -> tuple[str, ...]:
    """The roles of :func:`credit_columns`."""
    return tuple(_table()["credits"])


def coded(keys: Iterable[object]) -> str:
    """The vocabulary that codes of licenses are from in an object with ``keys``, "" where they are from none."""
    own = {key for key in keys if isinstance(key, str)}
    return next((name for name, wanted in _table()["coded"].items() if own.issuperset(wanted)), "")


def may_hold(key: str) -> bool:
    """Whether the texts of a column may be objects with fields of their own, by its name."""
    return not _set("holding").isdisjoint(_plain(key).split("_"))


@cache
def column_stems() -> tuple[str, ...]:
    """What the name of every such column contains one of, in lower case."""
    return tuple(sorted({*_table()["stems"], *_set("speaking")}))


def _without(name: str, *, first: bool) -> str:
    head, _, tail = name.partition("_")
    if first:
        return tail if head in _set("before") else name
    head, _, tail = name.rpartition("_")
    return head if tail in _set("after") else name


def occur(text: str) -> bool:
    """Whether ``text``, of JSON, YAML, TOML or XML, has a field that states licenses, by its name."""
    low = text.lower()
    return any(_is_field(text, m.start(), m.end()) for m in _stems().finditer(low)) if _spoken(low) else False


def _spoken(low: str) -> bool:
    return any(stem in low for stem in _table()["stems"])


@cache
def _stems() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _table()["stems"])))


def _is_field(text: str, start: int, end: int) -> bool:
    """Whether the word at ``start`` to ``end`` is part of the name of such a field."""
    while start and end - start < _LONG and _in_name(text[start - 1]):
        start -= 1
    while end < len(text) and end - start < _LONG and _in_name(text[end]):
        end += 1
    placed = _FIELD.match(text, end) or (
        start and text[start - 1] in "<:" and _TAG.search(text, max(start - _LONG, 0), start)
    )
    return bool(placed) and field(text[start:end]) is not None


def _in_name(letter: str) -> bool:
    return letter.isalnum() or letter in "_-@."


def describes_others(key: str) -> bool:
    """Whether what is below the key ``key`` is about other works, people or tools."""
    name = _plain(key)
    return name in _set("others") or name.rpartition("_")[2] in _set("others")


def closes(key: str, value: str) -> bool:
    """Whether a field about access has a value by which not everybody may have the data: a word, or an address that ends with one."""
    return (_plain(key) in _set("access") or field(key) is Field.RIGHTS) and _plain(value.rstrip("/")) in _set("closed")


def limits(key: str, value: str) -> bool:
    """Whether a field says that a use is not allowed, by its name and its value: "commercial_use: no", "research_only: true",
    "permitted_use: research", "embargo: 2031-01-01", "terms: https://...".
    """
    name, answer = _plain(key), _plain(value.strip()) if "://" not in value else value.strip()
    if not answer:
        return False
    if name in _set("limits uses") and answer in _set("limits no"):
        return True
    if name in _set("limits bars") and answer in _set("limits yes"):
        return True
    if name in _set("limits granted"):
        return answer not in _set("limits all") and answer not in _set("limits no")
    if name in _set("limits times"):
        return answer not in _set("limits no")
    return (
        name in _set("limits terms") and value.strip().startswith(("http://", "https://")) and " " not in value.strip()
    )


def bars(tag: str) -> bool:
    """Whether a tag of a dataset is the name of a limit: "research-only"."""
    return _plain(tag) in _set("limits bars")


def may_limit(key: str) -> bool:
    """Whether a field may say who may use the data, or for what, by its name."""
    name = _plain(key)
    return name in _set("access") or any(
        name in _set(f"limits {kind}") for kind in ("uses", "bars", "granted", "times", "terms")
    )


def describes_data(key: str) -> bool:
    """Whether an object that has the key ``key`` describes a dataset."""
    return _plain(key) in _set("describing")


def is_of_software(key: str) -> bool:
    """Whether the key ``key`` is one of a manifest of software."""
    return _plain(key) in _set("software")


def describes_license(keys: Iterable[object]) -> bool:
    """Whether an object with ``keys`` is an entry of a list of licenses: it describes one, and puts nothing under it."""
    return sum(1 for key in keys if isinstance(key, str) and _plain(key) in _set("entries")) > 1


def is_manifest(name: str) -> bool:
    """Whether a file of this name belongs to software or to a tool, and states nothing of data."""
    return _manifests().match(name) is not None


@cache
def _manifests() -> re.Pattern[str]:
    return re.compile("|".join(map(translate, _table()["manifests"])), re.I)
