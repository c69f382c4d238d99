"""Structured files as trees with places: JSON, YAML, TOML and XML, none of which can do harm by being read.

A path is the keys and indexes that lead to a value. Values keep their place: :meth:`Document.at`
gives the line and column of any path.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from licensecheck.base import regex
from licensecheck.base.errors import Unreadable
from licensecheck.base.message import Message
from licensecheck.model import Basis, Credit, Evidence, Origin, Scope, Standing

if TYPE_CHECKING:
    from licensecheck.scanners.lines import Lines

Path = tuple[str | int, ...]
_TOKEN: Final = regex.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.S)
_DEEP: Final = 200
MOST: Final = 400
"""Values of one field that are looked at."""
READ: Final = 1_000
"""Statements of one file that are read."""
_ELEMENTS: Final = 2 * READ


class Repeated(list[Any]):
    """The values of a key that an object has more than once, in their order."""


class Words(NamedTuple):
    """A text of a document and the path that leads to it."""

    text: str
    path: Path


class Said(NamedTuple):
    """One statement of a license: what names it, best first (its id, its address, its name), and what it is about.

    ``vocabulary`` is the one whose ids are used; ``alternatives`` are licenses of which one may be chosen
    (OR); ``prose`` says that the words are terms to be read and not a name.
    """

    words: tuple[Words, ...]
    field: str
    scope: Scope = Scope.DATA
    vocabulary: str | None = None
    part: str = ""
    note: str = ""
    prose: bool = False
    alternatives: tuple[tuple[Words, ...], ...] = ()
    basis: Basis = Basis.METADATA_FILE
    standing: Standing = Standing.COUNTS


class Told(NamedTuple):
    """All that a format says: statements, who made the data, and what it was made from."""

    said: tuple[Said, ...] = ()
    credit: Credit = Credit()
    upstream: tuple[str, ...] = ()
    origin: Origin = Origin.SIDECAR
    ready: tuple[Evidence, ...] = ()
    """Evidence that the format made itself, where it reads running words."""
    cut: bool | str = False
    """Whether there was more that states licenses than the format read, or a message that says so."""


def each_once(stated: Iterable[Said]) -> Told:
    """What a format says, the first statement of each text; of more than :data:`MOST` texts the rest is cut off."""
    found: dict[str, Said] = {}
    for said in stated:
        if said.words[0].text not in found:
            if len(found) == MOST:
                return Told(tuple(found.values()), cut=True)
            found[said.words[0].text] = said
    return Told(tuple(found.values()))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        several: dict[str, list[Any]] = {}
        for name, value in pairs:
            several.setdefault(name, []).append(value)
        made.update((key, Repeated(values[:MOST])) for key, values in several.items() if len(values) > 1)
    return made


class Document:
    """A file that was parsed: its ``tree`` (or the ``root`` element of XML), and where each value stands.

    Raises :class:`Unreadable` where the text is not what its kind says, naming the line.
    """

    def __init__(self, path: str, text: str, kind: str) -> None:
        self.path = path
        self.name = path.replace("\\", "/").rsplit("/", 1)[-1].lower()
        self.text = text
        self.kind = kind
        self.tree: Any = None
        self.root: Any = None
        getattr(self, f"_{kind}")()

    def _json(self) -> None:
        try:
            self.tree = json.loads(self.text.removeprefix("\ufeff"), object_pairs_hook=_object)
        except json.JSONDecodeError as error:
            raise Unreadable(Message("not valid JSON: {why}", why=str(error.msg)), error.lineno) from None
        except (RecursionError, ValueError):
            raise Unreadable(Message("the file is nested too deeply to be metadata")) from None

    def _yaml(self) -> None:
        from licensecheck.base import yamlio

        self.tree = yamlio.parse(self.text, most=yamlio.MAX_SCANNED)

    def _toml(self) -> None:
        from licensecheck.base import tomlio

        self.tree = tomlio.parse(self.text)

    def _xml(self) -> None:
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            self.root = etree.fromstring(
                re.sub(r"\A\ufeff?\s*<\?xml[^>]{0,200}\?>", _blank, self.text).encode(), parser
            )
        except (etree.XMLSyntaxError, ValueError) as error:
            line = getattr(error, "lineno", 0) or 1
            raise Unreadable(Message("not valid XML: {why}", why=str(getattr(error, "msg", error))), line) from None

    def at(self, path: Path) -> tuple[int, int]:
        """The 1-based line and column of the value that ``path`` leads to; of the file's start where it has none."""
        if self.kind == "json":
            return self.lines.at(self._offset(path))
        if self.kind == "yaml":
            value = self._deepest(path)
            return getattr(value, "line", 1), getattr(value, "column", 1)
        if self.kind == "toml":
            return self._search(path)
        return int(path[0]), 1

    @cached_property
    def lines(self) -> Lines:
        """Where the lines of the text begin."""
        from licensecheck.scanners.lines import Lines

        return Lines.of(self.text)

    def _offset(self, path: Path) -> int:
        """Where the value at ``path`` starts in a JSON text: read on only as far as nobody had to read before."""
        if path not in self._known:
            for found, offset in self._reader:
                self._known.setdefault(found, offset)
                if found == path:
                    break
        return self._known.get(path, 0)

    @cached_property
    def _known(self) -> dict[Path, int]:
        return {}

    @cached_property
    def _reader(self) -> Iterator[tuple[Path, int]]:
        return _places(self.text)

    def _deepest(self, path: Path) -> Any:
        """The value that ``path`` leads to, or the last one on the way where it leads nowhere."""
        value: Any = self.tree
        for key in path:
            inside = isinstance(value, Mapping) or (isinstance(value, list) and isinstance(key, int))
            try:
                value = value[key] if inside else value
            except (KeyError, IndexError):
                break
        return value

    @cached_property
    def _texts(self) -> dict[str, list[Path]]:
        """Where each text stands."""
        made: dict[str, list[Path]] = {}
        for path, text in walk(self.tree):
            made.setdefault(text, []).append(path)
        return made

    def _search(self, path: Path) -> tuple[int, int]:
        value = self._deepest(path)
        same = self._texts.get(value, ()) if isinstance(value, str) else ()
        before = sum(1 for other in same if other < path and len(other) == len(path))
        offset = -1
        for _ in range(before + 1):
            offset = self.text.find(str(value), offset + 1)
        return self.lines.at(max(offset, 0))


def _places(text: str) -> Iterator[tuple[Path, int]]:
    """Every value of a JSON text with its path, and where it starts."""
    stack: list[bool] = []
    path: list[str | int] = []
    key = True
    for m in _TOKEN.finditer(text):
        token = m.group()
        if token == ":":
            key = False
        elif token == ",":
            if stack and stack[-1]:
                key = True
            elif path:
                path[-1] = int(path[-1]) + 1
        elif token in "}]":
            if stack:
                stack.pop()
                path.pop()
            key = False
        elif key and stack and stack[-1] and token[0] == '"':
            path[-1] = _unquoted(token)
        else:
            yield tuple(path), m.start()
            if token in "{[":
                if len(stack) > _DEEP:
                    return
                stack.append(token == "{")
                path.append("" if token == "{" else 0)
                key = token == "{"


def _blank(m: re.Match[str]) -> str:
    """An XML declaration without its encoding: the text is decoded already."""
    return "\n" * m.group().count("\n")


def _unquoted(token: str) -> str:
    if "\\" not in token:
        return token[1:-1]
    try:
        return str(json.loads(token, strict=False))
    except ValueError:
        return token[1:-1]


def walk(tree: Any, depth: int = 60) -> Iterator[tuple[Path, str]]:
    """Every text inside ``tree`` with its path, in order, down to ``depth``."""
    waiting: list[tuple[Path, Any]] = [((), tree)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            yield path, value
        elif len(path) < depth and isinstance(value, Mapping):
            waiting += reversed([((*path, key), inner) for key, inner in value.items()])
        elif len(path) < depth and isinstance(value, list):
            waiting += reversed([((*path, n), inner) for n, inner in enumerate(value)])


def items(value: Any, path: Path = ()) -> Iterator[tuple[Any, Path]]:
    """The members of a list with their paths, or the value itself where it is no list; nothing for None."""
    if isinstance(value, Repeated):
        yield from ((inner, path) for inner in value)
    elif isinstance(value, list):
        yield from ((inner, (*path, n)) for n, inner in enumerate(value[:MOST]))
    elif value is not None:
        yield value, path


def local(key: str) -> str:
    """A name without its prefix or namespace: ``dct:license`` and ``http://purl.org/dc/terms/license`` are ``license``."""
    return key if key.isidentifier() or key[:1] == "@" else re.split(r"[:/#}]", key)[-1]


def field(node: Any, *names: str) -> tuple[Any, str]:
    """The first of ``names`` that ``node`` has, whatever its prefix, with its own key; (None, "") where none is there."""
    if isinstance(node, Mapping):
        for name in names:
            if node.get(name) is not None:
                return node[name], name
        short = {local(key).lower(): key for key in reversed(list(node))}
        for name in names:
            own = short.get(name.lower())
            if own is not None and node[own] is not None:
                return node[own], own
    return None, ""


def text(value: Any) -> str:
    """A value as text: a string, a number, the ``@value``, ``@id``, ``name`` or ``value`` of an object; else ""."""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Mapping):
        for key in ("@value", "value", "name", "title", "@id", "en"):
            inner = value.get(key)
            if isinstance(inner, str):
                return inner
    if isinstance(value, list) and value and not isinstance(value[0], list):
        return text(value[0])
    return ""


def texts(value: Any) -> tuple[str, ...]:
    """The texts of a list's members, or of a value that is none."""
    return tuple(dict.fromkeys(filter(None, (text(item).strip() for item, _ in items(value)))))


def words(node: Any, path: Path, *names: str) -> tuple[Words, ...]:
    """The texts of those fields of an object, in the order of ``names``."""
    found = []
    for name in names:
        value, key = field(node, name)
        for item, inner in items(value, (*path, key)):
            if said := text(item).strip():
                found.append(Words(said, inner))
    return tuple(found)


def addresses(value: Any) -> tuple[str, ...]:
    """The web addresses in a value, however it is nested, else its own names."""
    found = [inner for _, inner in walk(value, 8) if re.match(r"https?://|doi:|10\.\d{4,}/", inner)][:MOST]
    return tuple(dict.fromkeys(found)) or texts(value)


def credit(title: Any = None, creators: Any = None, source: Any = None, notice: Any = None) -> Credit:
    """Who made it, from values of any form."""
    names = texts(creators)
    return Credit(text(title).strip()[:300], names[:60], next(iter(texts(source)), ""), text(notice).strip()[:500])


def elements(root: Any, *names: str) -> Iterator[Any]:
    """The first elements of an XML tree with one of those local names, in order: more than are read of any file."""
    wanted = frozenset(names)
    found = (e for e in root.iter() if isinstance(e.tag, str) and e.tag.rsplit("}", 1)[-1] in wanted)
    return islice(found, _ELEMENTS)


def content(element: Any) -> str:
    """All text inside an XML element, with single spaces; comments are no text."""
    parts: Iterable[str] = element.xpath(".//text()[not(parent::comment())]")
    return " ".join(" ".join(parts).split())


def attribute(element: Any, *names: str) -> str:
    """The first of those attributes that an element has, whatever their namespace and case."""
    own = {key.rsplit("}", 1)[-1].lower(): value for key, value in element.attrib.items()}
    return next((own[name.lower()].strip() for name in names if own.get(name.lower(), "").strip()), "")


_LINKS: Final = ("href", "target", "resource", "url", "uri", "valueuri", "ref")
"""Attributes that hold the address of a license: XLink, TEI, RDF, EML, MODS."""
_BRIEF: Final = 60
"""Characters of the longest value that is looked up whole; a longer one is read as sentences."""


def stated(element: Any, field: str, vocabulary: str | None = None, **more: Any) -> Iterator[Said]:
    """What an XML element states of a license: the addresses in its attributes and in those of the elements inside, and its
    words. Both are read: words may restrict what the address allows. ``more`` are fields of :class:`Said`.
    """
    if inside(element, tag(element)):
        return  # the outer one has its words
    at = (element.sourceline or 1,)
    links = [found for e in islice(element.iter(), MOST) if isinstance(e.tag, str) and (found := attribute(e, *_LINKS))]
    if addresses := tuple(Words(link, at) for link in dict.fromkeys(links) if "://" in link):
        yield Said(addresses, field, vocabulary=vocabulary, **more)
    if words := content(element):
        prose = len(words) > _BRIEF and not re.match(r"https?://\S+\Z", words)
        yield Said((Words(words, at),), field, vocabulary=vocabulary, prose=prose, **more)


def inside(element: Any, *names: str) -> bool:
    """Whether an XML element lies inside one with one of those local names."""
    return any(isinstance(e.tag, str) and e.tag.rsplit("}", 1)[-1] in names for e in element.iterancestors())


def tag(element: Any) -> str:
    """The local name of an XML element, "" of none."""
    return element.tag.rsplit("}", 1)[-1] if element is not None and isinstance(element.tag, str) else ""


def keyed(text: str, most: int = 2_000) -> Iterator[tuple[str, str, int]]:
    """The fields of a text of lines ``key: value`` with their line numbers; lines that begin with a blank go on with a value."""
    key, value, start = "", "", 0
    for number, line in enumerate(islice(text.split("\n"), most), 1):
        if key and line[:1] in (" ", "\t") and line.strip():
            value = f"{value} {line.strip()}"[:_CELL]
            continue
        if key:
            yield key, value, start
        name, colon, rest = line.partition(":")
        key, value, start = (
            (name.strip(), rest.strip()[:_CELL], number) if colon and len(name) < _BRIEF else ("", "", 0)
        )
    if key:
        yield key, value, start


_CELL: Final = 20_000
"""Characters of one field that are kept."""
