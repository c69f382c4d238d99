"""Kinds of restriction that sentences state, read from ``rules/lexicon/restrictions``: the only list of them.

A kind is a name such as ``noncommercial``. ``rules/lexicon/README.md`` explains the form of the files.
"""

# Annotations are evaluated: to compile each as a string, as NamedTuple else does, takes longer than the rest.

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from licensecheck.base import compiled
from licensecheck.base.message import Message
from licensecheck.base.strict import Strict
from licensecheck.knowledge import facts

PATTERNS: Final = ("lexicon/restrictions/*.yaml",)
CONDITIONS: Final = (
    "of-somebody", "unrestricted", "joined-to-its-opposite", "same-terms", "needless", "denied", "trademarks", "of-goods",
    "in-a-cell", "banned-whole", "required-for-use", "trade-allowed", "names-a-license", "data-too", "begun",
)  # fmt: skip
"""Conditions of a place that rows may name in ``unless`` and ``only-if``; the reader of sentences knows them."""
_CODE: Final = ("knowledge/restrictions.py", "base/yamlio.py", "base/strict.py")
_LAST: Final = 1000
_PREFIX: Final = "LicenseRef-"
_FORMS: Final = ("says", "banned", "kept-from", "limited")
_LISTS: Final[tuple[str, ...]] = ("by", "beside", "with", "without", "but-not", "not-with")
_OF_PHRASES: Final = (*_FORMS, "beside", "with", "without", "but-not")
_NAMED: Final[tuple[str, ...]] = ("unless", "only-if")


class Binds(StrEnum):
    """What a restriction does beside a license that is named."""

    YES = "yes"
    """It changes what a standard license allows: with it, it is no longer that license."""
    ALONE = "alone"
    """It is the terms where no license is named. Beside a license it adds nothing."""
    NO = "no"
    """It is a doubt: whether it holds is not sure, and an allow that it would shut out becomes a review."""


class Row(NamedTuple):
    """One way in which a sentence states a restriction. ``meanings`` are those of the phrase that states it."""

    kind: str
    form: str
    meanings: frozenset[str]
    by: frozenset[str]
    beside: frozenset[str]
    weak: bool
    within: int
    needs: frozenset[str]
    without: frozenset[str]
    but_not: frozenset[str]
    not_with: frozenset[str]
    unless: tuple[str, ...]
    only_if: tuple[str, ...]
    stage: int


class Case(NamedTuple):
    """A sentence, and whether it states the restriction ``kind``."""

    kind: str
    text: str
    says: bool
    place: str


def build(paths: list[Path]) -> dict[str, Any]:
    """The table of kinds, by rank. Raises RuleError, naming file and line, where a file does not hold."""
    read: list[tuple[int, str, dict[str, Any]]] = []
    for path in paths:
        f = _members(Strict.read(path))
        kind = f["restriction"].text()
        if any(kind == other for _, other, _ in read):
            raise f["restriction"].fail(Message("restriction `{kind}` is given twice", kind=kind))
        license = f["license"]
        row: dict[str, Any] = {
            "means": f["means"].text(),
            "license": license.text() if isinstance(license.value, str) else license.items()["id"].text(),
            "binds": f["binds"].text(tuple(Binds), "value"),
            "purpose": _flag(f, "purpose"),
            "unread": _flag(f, "unread"),
            "elsewhere": f["elsewhere"].text(("states", "doubts")) if "elsewhere" in f else "doubts",
            "held-by": list(f["held-by"].texts()) if "held-by" in f else [],
            "rows": [_row(member) for member in f["rows"].list()],
        }
        list(_cases(kind, f["cases"]))
        read.append((_number(f, "rank", _LAST), kind, row))
    return {kind: row for _, kind, row in sorted(read, key=lambda one: one[:2])}


def _members(node: Strict) -> dict[str, Strict]:
    return node.keys(
        ("restriction", "means", "license", "binds", "rows", "cases"),
        ("rank", "purpose", "unread", "elsewhere", "held-by", "phrases"),
    )


def _flag(f: dict[str, Strict], key: str) -> bool:
    return key in f and f[key].text(("yes", "no")) == "yes"


def _number(f: dict[str, Strict], key: str, otherwise: int) -> int:
    if key not in f:
        return otherwise
    if not f[key].text().isdecimal():
        raise f[key].fail(Message("`{key}` must be a whole number", key=key))
    return int(f[key].text())


def _row(node: Strict) -> dict[str, Any]:
    f = node.keys((), (*_FORMS, *_LISTS, *_NAMED, "weak", "within", "stage"))
    forms = [form for form in _FORMS if form in f]
    if len(forms) != 1:
        raise node.fail(Message("a row has one of: {forms}", forms=", ".join(_FORMS)))
    lists = {key: sorted(f[key].texts()) for key in _LISTS if key in f}
    conditions = {key: list(f[key].texts(CONDITIONS, "condition")) for key in _NAMED if key in f}
    return {
        "form": forms[0],
        "meanings": sorted(f[forms[0]].texts()),
        "weak": _flag(f, "weak"),
        "within": _number(f, "within", 0),
        "stage": _number(f, "stage", 1),
        **lists,
        **conditions,
    }


def check_meanings(path: Path, known: Iterable[str]) -> None:
    """Raise RuleError, naming file and line, where a row names a meaning that no phrase has: it would never fire."""
    labels = tuple(sorted(known))
    for row in Strict.read(path).items()["rows"].list():
        for key, member in row.items().items():
            if key in _OF_PHRASES:
                member.texts(labels, "meaning")


def _cases(kind: str, node: Strict) -> Iterator[Case]:
    for item in node.list():
        f = item.keys(("text", "says"))
        yield Case(kind, f["text"].text(), f["says"].text(("yes", "no")) == "yes", f"{item.path}:{item.line}")


@cache
def _table() -> compiled.Table:
    return compiled.compiled("restrictions", PATTERNS, build, _CODE)


@cache
def kinds(*binds: Binds) -> tuple[str, ...]:
    """Every kind, or those that bind in one of these ways: the one that names the terms first, first."""
    return tuple(kind for kind, row in _table().items() if not binds or row["binds"] in binds)


def binds(kind: str) -> Binds:
    """What a kind does beside a license that is named. Raises KeyError for an unknown kind."""
    return Binds(_table()[kind]["binds"])


def means(kind: str) -> str:
    """What a kind means, in plain English."""
    return str(_table()[kind]["means"])


def license_of(kind: str) -> str:
    """The license id that the rulebook judges for a kind."""
    return str(_table()[kind]["license"])


@cache
def _kinds_by_license() -> dict[str, str]:
    return {row["license"]: kind for kind, row in _table().items()}


def kind_of(license: str | None) -> str | None:
    """The kind whose terms a license id stands for; None for every other license."""
    return _kinds_by_license().get(license or "")


@cache
def purposes() -> tuple[str, ...]:
    """Kinds that limit the purpose: of several that are stated, the first includes the others."""
    return tuple(kind for kind, row in _table().items() if row["purpose"])


@cache
def stating_elsewhere() -> tuple[str, ...]:
    """Kinds that a sentence about the data states even outside a license section."""
    return tuple(kind for kind, row in _table().items() if row["elsewhere"] == "states")


def is_unread(kind: str) -> bool:
    """Whether a kind only says that terms exist, and not which."""
    return bool(_table()[kind]["unread"])


def held_by(kind: str, terms: Iterable[str]) -> bool:
    """Whether a license with these ``terms`` has the restriction already: keys of its entry in the rulebook, or its category."""
    return not set(_table()[kind]["held-by"]).isdisjoint(terms)


@cache
def rows() -> tuple[Row, ...]:
    """Every row of every kind, by stage."""
    found = [
        Row(
            kind,
            row["form"],
            frozenset(row["meanings"]),
            frozenset(row.get("by", ())),
            frozenset(row.get("beside", ())),
            row["weak"],
            row["within"] or 10**6,
            frozenset(row.get("with", ())),
            frozenset(row.get("without", ())),
            frozenset(row.get("but-not", ())),
            frozenset(row.get("not-with", ())),
            tuple(row.get("unless", ())),
            tuple(row.get("only-if", ())),
            row["stage"],
        )
        for kind, entry in _table().items()
        for row in entry["rows"]
    ]
    return tuple(sorted(found, key=lambda row: row.stage))


@cache
def meanings() -> frozenset[str]:
    """The meanings of phrases of which a sentence that states any restriction has one."""
    return frozenset(meaning for row in rows() for meaning in row.meanings)


def cases() -> Iterator[Case]:
    """The cases of all kinds, in the order of the files: for tests."""
    for path in compiled.files(compiled.rules_dir(), PATTERNS):
        f = _members(Strict.read(path))
        yield from _cases(f["restriction"].text(), f["cases"])


# --- what licenses say of themselves ---

_STANDARD: Final = frozenset(
    {"creative-commons", "public-domain", "data", "government", "content", "software", "family", "addition"}
)
"""Categories of licenses for everybody: a restriction beside one of them is added to it."""
_UNNAMED: Final = frozenset({"LicenseRef-custom", "LicenseRef-all-rights-reserved", "LicenseRef-Per-Source"})


@lru_cache(maxsize=8192)
def held(license: str) -> frozenset[str]:
    """The kinds that a license has of its own, by its entry in the rulebook: to state them again adds nothing."""
    own = facts.kinds(license) | facts.terms(license)
    return frozenset(kind for kind in kinds() if held_by(kind, own))


def is_standard(license: str) -> bool:
    """Whether a license is one for everybody. Somebody's own terms are not: they may hold whatever is said beside them."""
    return (
        not license.startswith(_PREFIX)
        or not _STANDARD.isdisjoint(facts.kinds(license))
        or facts.has_term(license, "mark-only")
    )


def is_doubt(license: str | None) -> bool:
    """Whether an id only stands for a doubt beside a license."""
    kind = kind_of(license)
    return kind is not None and binds(kind) is Binds.NO


def is_unnamed(license: str) -> bool:
    """Whether an id only says what terms restrict: it is nobody's license by name."""
    return license in _UNNAMED or kind_of(license) is not None
