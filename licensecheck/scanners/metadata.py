"""Structured metadata: the file is parsed, its format finds the fields with licenses, and their values are identified.

A format is a module of :mod:`licensecheck.scanners.formats`: adding one is adding the module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from licensecheck.base import regex
from licensecheck.base.errors import Problem, Unreadable
from licensecheck.base.message import Message
from licensecheck.identification import find, url, value
from licensecheck.knowledge import fields, kinds, phrases
from licensecheck.knowledge.fold import fold
from licensecheck.model import Certainty, Evidence, Kind, Scanned, Scope, Stance, Statement, Unweighed
from licensecheck.scanners import formats

if TYPE_CHECKING:
    from licensecheck.scanners.document import Document, Said, Told, Words

NAME: Final = "metadata"
_KINDS: Final = {
    "json": "json", "jsonld": "json", "geojson": "json", "zattrs": "json", "yaml": "yaml", "yml": "yaml", "cff": "yaml", "dvc": "yaml",
    "toml": "toml", "xml": "xml", "rdf": "xml", "owl": "xml", "nxml": "xml", "ncml": "xml", "cmdi": "xml", "xmp": "xml", "gpx": "xml",
    "svg": "xml", "kml": "xml", "gml": "xml", "tmx": "xml", "xliff": "xml", "xlf": "xml", "eaf": "xml", "topojson": "json",
    "ttl": "turtle",
}  # fmt: skip
_SNIFFED: Final = frozenset(_KINDS)
"""Endings of files that are looked into."""
_NAMED: Final = regex.compile(r"\b(?:type|name|key|property)\s{0,5}=\s{0,5}[\"']([\w:.-]{3,60})[\"']")
"""An attribute that holds the name of a property."""
_REMARK: Final = regex.compile(r"<!--(.{1,2000}?)-->", re.S)
_FIRST: Final = 4096
"""Characters in which a sign of a format is looked for where the file has no field of licenses."""
_ADDRESS: Final = regex.compile(r"https?://\S+\Z")
_OTHER: Final = regex.compile(r"(?:other|custom)(?: \(.{0,80}\))?\Z", re.I)
_ACCESS: Final = regex.compile(
    r"\A\W*(?:open|public|free|restricted|unrestricted|closed|embargoed|private|internal|yes|no|true|false|available|(?:open |public |free |restricted |unrestricted )access)\W*\Z"
    r"|©|\(c\)|copyright|저작권|licencia de datos|\bstatements?\b",
    re.I,
)
_POINTS: Final = regex.compile(r"\A(?:see|siehe|voir|ver|refer)\b|\A[\w./-]+\.(?:md|txt|html?|pdf|rst)\Z", re.I)
_NOTES: Final = {
    Kind.POINTER: "points to terms, which were not read",
    Kind.BY_ADDRESS_ALONE: "a license of which only the address is known: its terms were not read",
    Kind.OWN_WORDS: "terms that are not a known license: read them",
    Kind.OWN_TERMS: "says that terms apply but not which",
}


def accepts(name: str, head: str) -> bool:
    """Files that are metadata by their name, and structured files whose first text has a sign of a format."""
    name = name.rsplit("/", 1)[-1]
    if name.lower() == "tdmrep.json":
        return False
    if formats.is_named(name):
        return True
    if not head or not sniffed(name):
        return False
    ending = _ending(name)
    if ending not in _SNIFFED:
        return formats.is_shown(head, ending)
    if formats.is_shown(head[:_FIRST]) or (kinds.states_about(name) and not fields.is_manifest(name)):
        return True
    if _KINDS[ending] == "xml" and _is_remarked(head):
        return True
    return fields.occur(head) and (formats.is_shown(head) or ending == "toml" or not _is_rows(head))


def _is_remarked(head: str) -> bool:
    """Whether a comment of XML speaks of rights, or an attribute names a field of licenses."""
    return any(fields.field(m[1]) for m in _NAMED.finditer(head)) or any(
        phrases.speaks(fold(m[1])) for m in islice(_REMARK.finditer(head), 20)
    )


def _is_rows(head: str) -> bool:
    """Whether a text begins as a list of JSON does: it is data, whatever its fields are called."""
    return head.lstrip("\ufeff \n\t").startswith("[")


def structured(name: str) -> bool:
    """Whether a file of this name is structured text, whatever it holds."""
    return _ending(name) in _KINDS


def sniffed(name: str) -> bool:
    """Whether to read the first text of a file of this name to see what it is."""
    ending = _ending(name)
    return ending in formats.endings() or (ending in _SNIFFED and not fields.is_manifest(name))


def _ending(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def scan(path: str, text: str) -> Scanned:
    """What the first format that fits finds in the file, or a problem if it cannot be parsed."""
    from licensecheck.scanners.document import MOST, READ, Document

    name = path.replace("\\", "/").rsplit("/", 1)[-1].lower()
    kind = _kind(name, text)
    try:
        document = Document(path, text, kind) if kind not in ("turtle", "text") else _plain(path, text, kind)
        told, format = formats.read(document)
    except Unreadable as error:
        return Scanned(
            problems=(Problem(path, error.line, Message("the metadata cannot be read: {why}", why=error.message)),)
        )
    read = told.said[:READ]
    evidence = (*told.ready, *(e for said in read for e in _evidence(document, told, said, format)))
    unweighed = tuple(one for said in read for one in _unweighed(document, said))
    problems: tuple[Problem, ...] = ()
    if document.tree is not None:
        from licensecheck.scanners.descriptions import further

        taken = {w.path for said in read for w in (*said.words, *(w for option in said.alternatives for w in option))}
        beside = further(document, told.origin, format, taken)
        from licensecheck.scanners.leftover import closed, leftover, open_words, policies

        if told.said or told.ready:
            evidence = (*evidence, *closed(document, told.origin, format))
        if format != "generic":
            left_open = open_words(document, taken, whole=not told.ready)
            unweighed = tuple(dict.fromkeys((*unweighed, *left_open)))
            known = {e.license for e in evidence}
            evidence = (*evidence, *leftover(document, taken, known, told.origin, format, whole=not told.ready))
            if format != "odrl":
                evidence = (*evidence, *policies(document, told.origin, format))
        evidence, unweighed = (*evidence, *beside.evidence), (*unweighed, *beside.unweighed)
        if beside.cut:
            short = Message("words about rights in long descriptions were left out: read them")
            problems = (Problem(path, 1, short),)
    if told.cut or len(told.said) > READ or _is_cut(document.tree, MOST):
        many = Message("the file has more than {most} entries with licenses: the rest was not read", most=MOST)
        says = told.cut if isinstance(told.cut, str) else many
        problems = (*problems, Problem(path, 1, says))
    return Scanned(evidence, problems, told.credit, tuple(dict.fromkeys(told.upstream)), unweighed=unweighed)


def _unweighed(document: Document, said: Said) -> Iterator[Unweighed]:
    """What stays open in the words of one statement of a license."""
    from licensecheck.scanners.lines import Lines
    from licensecheck.scanners.unweighed import heard

    if said.scope not in (Scope.DATA, Scope.CONTENTS):
        return
    for w in (*said.words, *(w for option in said.alternatives for w in option)):
        text = w.text[:100_000]
        if " " in text.strip() or not text.isascii():
            for one in heard(text, find, Lines.of(text), path=document.path, licensing=True):
                line, column = document.at(w.path)
                yield one._replace(line=line, column=column)


def _is_cut(tree: Any, most: int) -> bool:
    """Whether a list of over ``most`` items has more statements of licenses in its unread rest."""
    waiting, seen = [tree], set()  # an anchor of YAML may lead round
    while waiting:
        value = waiting.pop()
        if id(value) in seen:
            continue
        if isinstance(value, dict | list):
            seen.add(id(value))
        if isinstance(value, dict):
            if any(isinstance(inner, list) and len(inner) > most and _speaks(key) for key, inner in value.items()):
                return True
            waiting += value.values()
        elif isinstance(value, list):
            if any(isinstance(item, dict) and any(map(_speaks, item)) for item in value[most:]):
                return True
            waiting += value[:most]
    return False


def _speaks(key: Any) -> bool:
    """Whether a field states licenses, by its key."""
    word = str(key).lower()
    return "licen" in word or "rights" in word


def _kind(name: str, text: str) -> str:
    if name == "dep5" or name.endswith((".license", ".spdx")):
        return "text"
    head = text[:2000].lstrip("\ufeff \n\t")
    if _ending(name) in formats.endings() - _KINDS.keys():
        return "text"
    if head.startswith(("{", "[")) and not name.endswith((".yaml", ".yml", ".toml")):
        return "json"
    if head.startswith("<"):
        return "xml"
    return _KINDS.get(_ending(name), "text")


def _plain(path: str, text: str, kind: str) -> Any:
    from licensecheck.scanners.document import Document

    document = Document.__new__(Document)
    document.path, document.text, document.kind = path, text, kind
    document.name = path.replace("\\", "/").rsplit("/", 1)[-1].lower()
    document.tree = document.root = None
    return document


def _evidence(document: Document, told: Told, said: Said, format: str) -> Iterator[Evidence]:
    if said.alternatives:
        yield from _choice(document, told, said, format)
        return
    if said.prose:
        yield from _prose(document, told, said, format)
        return
    read = [(w, meaning(w.text, said.vocabulary)) for w in said.words if w.text.strip()]
    for w, statement in best(read):
        if len(w.text) > 300 and statement.kind is not Kind.POINTER:
            yield from _prose(document, told, said._replace(words=(w,)), format)
        else:
            yield _made(document, told, said, format, w, statement)


def best(read: Sequence[tuple[Words, Statement]]) -> list[tuple[Words, Statement]]:
    """Of several values for one license, those that name it, the surest first; several if they name different licenses."""
    named = [(w, s) for w, s in read if s.license and s.kind not in (Kind.POINTER, Kind.BY_ADDRESS_ALONE)]
    sure = [(w, s) for w, s in named if s.certainty in (Certainty.EXACT, Certainty.LOSSY)]
    standard = [(w, s) for w, s in sure if not str(s.license).startswith("LicenseRef-")] or sure
    if standard:
        once = {s.license: (w, s) for w, s in reversed(standard)}
        return list(reversed(list(once.values())))
    return named[:1] or [(w, s) for w, s in read if s.license][:1] or list(read[:1])


def meaning(raw: str, vocabulary: str | None) -> Statement:
    """What the value of a license field names: a license, nothing, unknown terms, or an address of terms."""
    raw = raw.strip()
    if _ADDRESS.match(raw):
        named = url(raw) or _coded(raw)
        if named is None and vocabulary == "eu-licence":
            own = re.sub(r"[^A-Za-z0-9.]+", "-", raw.split("://", 1)[1])[:60].strip("-.")
            return Statement(
                f"LicenseRef-{own}",
                Certainty.AMBIGUOUS,
                0,
                len(raw),
                raw,
                "license-iri",
                url=raw,
                kind=Kind.BY_ADDRESS_ALONE,
            )
        return named or Statement(
            "LicenseRef-custom", Certainty.AMBIGUOUS, 0, len(raw), raw, "pointer", url=raw, kind=Kind.POINTER
        )
    if _OTHER.match(raw):
        return Statement("LicenseRef-other", Certainty.AMBIGUOUS, 0, len(raw), raw, "other", kind=Kind.OWN_TERMS)
    found = value(raw, vocabulary=vocabulary)
    if found.kind is Kind.NO_NAME and len(raw) > 2 and not _ACCESS.search(raw):
        kind = Kind.POINTER if _POINTS.search(raw) else Kind.OWN_WORDS
        return Statement("LicenseRef-custom", Certainty.AMBIGUOUS, 0, len(raw), raw, kind.value, kind=kind)
    return found


def _coded(address: str) -> Statement | None:
    """An address whose last part is a code of a license authority, on whatever host: ``.../license/CC_BYNC_4_0``."""
    last = re.split(r"[/#]", address.rstrip("/#"))[-1]
    if not re.search(r"licen[cs]", address, re.I) or not re.search(r"\d", last):
        return None
    found = value(last, vocabulary="eu-licence")
    if not found.license or found.license.startswith("LicenseRef-") or found.certainty is not Certainty.EXACT:
        return None
    return found._replace(words=address, end=len(address), rule="url-code", kind=Kind.ADDRESS)


def _made(
    document: Document, told: Told, said: Said, format: str, w: Words, s: Statement, license: str | None = None
) -> Evidence:
    line, column = document.at(w.path)
    return Evidence.of(
        s._replace(license=license or s.license),
        path=document.path,
        line=line,
        column=column,
        field=said.field,
        raw=w.text,
        scanner=format,
        basis=said.basis,
        origin=told.origin,
        scope=said.scope if s.scope is Scope.DATA else s.scope,
        part=said.part or s.part,
        standing=said.standing,
        note=said.note or _NOTES.get(s.kind, ""),
    )


def _choice(document: Document, told: Told, said: Said, format: str) -> Iterator[Evidence]:
    """Licenses of which one may be chosen, as one expression; all of them if one is not known."""
    read = [[(w, meaning(w.text, said.vocabulary)) for w in option] for option in said.alternatives]
    chosen = [best(option)[0] for option in read if option]
    names = [s.license for _, s in chosen]
    if len(chosen) == 1 or not all(names):
        for w, s in chosen:
            yield _made(document, told, said, format, w, s)
    elif chosen:
        w, s = chosen[0]
        license = " OR ".join(f"({n})" if n and " AND " in n else str(n) for n in dict.fromkeys(names))
        yield _made(document, told, said, format, w._replace(text=", ".join(o.text for o, _ in chosen)), s, license)


def _prose(document: Document, told: Told, said: Said, format: str) -> Iterator[Evidence]:
    from licensecheck.scanners.statements import NOTES, statements

    for w in said.words:
        found = statements(w.text[:100_000])
        for s in found:
            if s.license or s.stance is not Stance.ASSERTED:
                made = said._replace(note=said.note or NOTES.get(s.kind, ""))
                yield _made(document, told, made, format, w._replace(text=s.words), s)
