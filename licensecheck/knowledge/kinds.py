"""What a file of a folder is, by its name and its place alone: ``rules/files.yaml``. Pure, and nothing is opened."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple
from unicodedata import normalize

from licensecheck.base import compiled, regex
from licensecheck.base.strict import Strict
from licensecheck.knowledge.lex import SPACELESS

_PATTERNS: Final = ("files.yaml",)
_CODE: Final = ("knowledge/kinds.py", "base/yamlio.py", "base/strict.py")
_ENDINGS: Final = ("packing", "data", "perhaps_data", "code", "documentation", "document", "text")
_FOLDERS: Final = ("installed", "code", "vendored", "site", "papers", "pictures")
_NAMES: Final = ("terms", "readme", "credits", "changes")
_NEVER: Final = "never"
_BREAK: Final = regex.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])|[\W_]+|(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_SHORT: Final = 3
"""Words of the name of a picture of terms, at most."""
_PICTURES: Final = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".svg")


class FileClass(StrEnum):
    """What a file is there for."""

    DATA = "data"
    STATEMENT = "statement"
    """Its name says that it is about rights."""
    DOCUMENTATION = "documentation"
    CODE = "code"
    OTHER = "other"


class Role(StrEnum):
    """What a text of a dataset is there for, by its name; ``NONE`` where the name does not tell."""

    TERMS = "terms"
    README = "readme"
    CREDITS = "credits"
    CHANGES = "changes"
    NONE = ""


class Place(StrEnum):
    """What a folder is there for, as far as its statements are concerned."""

    OWN = ""
    """Its statements are about what lies in it."""
    PAPERS = "papers"
    """Its statements are about the folder above it."""
    FOREIGN = "foreign"
    """It holds code or the work of others: its statements are never about what lies around it."""
    INSTALLED = "installed"
    """It holds what a tool put there, and is not looked into."""


class _Names(NamedTuple):
    """Words of names: those that begin a word, and those that are anywhere in a name."""

    starting: tuple[str, ...]
    within: tuple[str, ...]


def build(paths: list[Path]) -> dict[str, Any]:
    """``endings``, ``folders`` and ``names``, each by its kind, and ``project``: lists of words."""
    made: dict[str, Any] = {}
    for path in paths:
        f = Strict.read(path).keys(("endings", "folders", "project", "names", "inside", "rows", "scripts"))
        for key, kinds in (("endings", _ENDINGS), ("folders", _FOLDERS), ("names", (*_NAMES, _NEVER))):
            members = f[key].keys(kinds)
            made[key] = {kind: sorted({normalize("NFC", t) for t in members[kind].texts()}) for kind in kinds}
        made["project"] = sorted(f["project"].texts())
        scripts = f["scripts"].keys(("names", "about"))
        made["scripts"], made["about_data"] = (sorted(scripts[key].texts()) for key in ("names", "about"))
        made["inside"], made["rows"] = (sorted(f[key].texts()) for key in ("inside", "rows"))
    return made


@cache
def _table() -> compiled.Table:
    return compiled.compiled("files", _PATTERNS, build, _CODE)


@cache
def _endings(kind: str) -> frozenset[str]:
    return frozenset(_table()["endings"][kind])


@cache
def folders(kind: str) -> frozenset[str]:
    """The names of the folders of one kind of ``rules/files.yaml``, in lower case. Raises KeyError for another kind."""
    return frozenset(_table()["folders"][kind])


@cache
def _names() -> dict[Role, _Names]:
    found = {}
    for kind in _NAMES:
        words = _table()["names"][kind]
        spaceless = tuple(word for word in words if word[0] >= SPACELESS)
        found[Role(kind)] = _Names(tuple(f" {word}" for word in words if word[0] < SPACELESS), spaceless)
    return found


@cache
def _never() -> tuple[str, ...]:
    """Beginnings of names of things that only sound like one of the words."""
    return tuple(f" {word}" for word in _table()["names"][_NEVER])


def _ending(low: str) -> str:
    """The ending of a name in lower case, without what packs it."""
    stem, dot, last = low.rpartition(".")
    ending = f"{dot}{last}" if stem and dot else ""
    if ending in _endings("packing"):
        inner = _ending(stem)
        return inner or ending
    return ending


@lru_cache(maxsize=4096)
def role(name: str) -> Role:
    """What a text of this name is there for: the first role of the list above that has a word of the name."""
    stem = name
    while (ending := _ending(stem.lower())) and (
        ending in _endings("text") or ending in _endings("document") or ending in _PICTURES or ending in (".doc",)
    ):
        stem = stem[: -len(ending)]
    words = " " + " ".join(filter(None, _BREAK.split(normalize("NFC", stem)))).lower()
    if any(word in words for word in _never()):
        return Role.NONE
    for one, known in _names().items():
        if any(word in words for word in known.starting) or any(word in words for word in known.within):
            return one
    return Role.NONE


def points_inside(words: str) -> bool:
    """Whether words that point to terms say that these are in an archive or in the folders below."""
    return _has_word(words, "inside")


def points_to_rows(words: str) -> bool:
    """Whether words that point to terms say that these are in a column or a field of each row."""
    return _has_word(words, "rows")


def _has_word(words: str, listed: str) -> bool:
    spoken = " " + " ".join(filter(None, _BREAK.split(normalize("NFC", words)))).lower() + " "
    return any((word in spoken) if word[0] >= SPACELESS else (f" {word} " in spoken) for word in _table()[listed])


def gets_data(name: str) -> bool:
    """Whether a file of this name is a script that gets the data, by its name."""
    low = name.lower()
    is_code = _ending(low) in _endings("code") or not _ending(low)
    return is_code and _has_word(name, "scripts")


def is_about_data(words: str) -> bool:
    """Whether a passage of a script is about the data, or about who takes it."""
    return _has_word(words, "about_data")


def is_project(name: str) -> bool:
    """Whether tools or hosts of code give a file of this name its meaning."""
    low = name.lower()
    stem = low.partition(".")[0] if not low.startswith(".") else low
    listed = _project()
    return low in listed or stem in listed or low.rpartition(".")[0] in listed


@cache
def _project() -> frozenset[str]:
    return frozenset(_table()["project"])


@lru_cache(maxsize=4096)
def place(folder: str) -> Place:
    """What a folder of this name is there for."""
    low = normalize("NFC", folder).lower()
    if low in folders("installed") or low.endswith((".egg-info", ".dist-info")):
        return Place.INSTALLED
    if low in folders("papers"):
        return Place.PAPERS
    if low in folders("code") or low in folders("vendored") or low in folders("site"):
        return Place.FOREIGN
    return Place.OWN


def holds_data(name: str) -> bool:
    """Whether a file of this name is data by its ending: of a table, a corpus, a recording, or a packed folder of these."""
    return _ending(name.lower()) in _endings("data")


def is_text(name: str) -> bool:
    """Whether a file of this name is a text for people by its ending, or has no ending that tells."""
    ending = _ending(name.lower())
    return ending in _endings("text") or not ending


def is_unread(name: str) -> bool:
    """Whether a file of this name is a document whose text cannot be read here, by its ending."""
    return _ending(name.lower()) in _endings("document")


def is_picture(name: str) -> bool:
    """Whether a file of this name is a picture, by its ending."""
    return _ending(name.lower()) in _PICTURES


def states_terms(name: str) -> bool:
    """Whether a file of this name states terms by its name, also one that cannot be read; a picture only where its name
    is nothing but that."""
    if role(name) is not Role.TERMS:
        return False
    return not is_picture(name) or len(list(filter(None, _BREAK.split(name.rpartition(".")[0])))) <= _SHORT


def states_about(name: str) -> bool:
    """Whether a file of this name is there to state terms, or to describe what it lies beside."""
    return role(name) in (Role.TERMS, Role.README)


def class_of(path: str) -> FileClass:
    """The class of the file at ``path``, a path below the folder that is looked at, with ``/`` between its parts."""
    *above, name = path.split("/")
    return class_of_parts(above, name)


def class_of_parts(above: Sequence[str], name: str) -> FileClass:
    """The same of a file called ``name`` in the folders ``above``, the outermost first."""
    low = name.lower()
    ending = _ending(low)
    around = [place(folder) for folder in above]
    if Place.INSTALLED in around:
        return FileClass.CODE
    if ending in _endings("data"):
        return FileClass.DATA
    if is_project(name):
        return FileClass.OTHER
    if ending in _endings("code"):
        return FileClass.CODE
    is_perhaps = ending in _endings("perhaps_data")
    kind = role(name) if not is_perhaps or ending in _endings("text") else Role.NONE
    if kind is Role.TERMS:
        return FileClass.STATEMENT
    if ending in _endings("documentation") or ending in _endings("document") or not ending:
        return FileClass.DOCUMENTATION
    if kind is not Role.NONE:
        return FileClass.DOCUMENTATION
    if not is_perhaps or low.startswith("."):
        return FileClass.OTHER
    if ending in _PICTURES:
        decorates = not above or any(normalize("NFC", folder).lower() in folders("pictures") for folder in above)
        return FileClass.OTHER if decorates else FileClass.DATA
    if Place.PAPERS in around:
        return FileClass.DOCUMENTATION
    return FileClass.CODE if Place.FOREIGN in around else FileClass.DATA
