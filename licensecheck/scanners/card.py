"""Hugging Face dataset cards: YAML between the first ``---`` lines of a README, and the words below.

The form is that of huggingface_hub's ``repocard`` (leading blank lines and CRLF allowed); the fields
are those of the hub's dataset card specification, with the older ``licenses``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import Any, Final
from unicodedata import normalize

from licensecheck.base import regex, yamlio
from licensecheck.base.errors import Problem, Unreadable
from licensecheck.base.message import Message
from licensecheck.identification import find, url, value
from licensecheck.knowledge import grammar, relations, restrictions
from licensecheck.knowledge.fold import fold
from licensecheck.knowledge.lex import lex
from licensecheck.knowledge.restrictions import Binds
from licensecheck.model import (
    Basis,
    Certainty,
    Credit,
    Evidence,
    Kind,
    Scanned,
    Scope,
    Stance,
    Standing,
    Statement,
    Unweighed,
)
from licensecheck.scanners import front_matter, readme
from licensecheck.scanners.front_matter import INSIDE, inside
from licensecheck.scanners.statements import FIELDS
from licensecheck.scanners.unweighed import heard_at

NAME: Final = "card"
_NAMES: Final = frozenset(
    {
        "readme.md",
        "readme.markdown",
        "dataset_card.md",
        "datasetcard.md",
        "data_card.md",
        "datacard.md",
        "card.md",
        "datasheet.md",
    }
)
_FRONT: Final = regex.compile(r"\A\ufeff?\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_TAG: Final = regex.compile(r"^[\"']?(licen[cs]es?)[\"']?[ \t]*:(.*)$", re.M | re.I)
_INNER: Final = regex.compile(
    r"(?<![^\s{,\[\"'-])(licen[cs]es?)[\"']?[ \t]{0,8}:[ \t]{0,8}([^\s,}\]][^\n,}\]]{0,200})", re.I
)
_OWN_FILE: Final = regex.compile(
    r"/(?:blob|resolve|raw|tree)/.*\b(?:licen[cs]e|copying)[\w.-]{0,20}\Z|raw\.githubusercontent\.com/.*/licen[cs]e[\w.-]{0,20}\Z",
    re.I,
)
"""A link to the file with the license in a repository, which is read where it is there."""
_AGREES: Final = regex.compile(
    r"\b(?:agree|accept|confirm|consent|will not|only|purposes?|licen[cs]e|terms)\b|동의|약속|확인|목적|이용|同意|承诺|承諾|遵守|仅|研究|非商|商用|目的|利用|使用"
    r"|zustimm|stimme|einverstanden|akzeptier|\bnur\b|accepte|j'accepte|acepto|aceito|accetto|concordo|solo\b|согла|принима|только",
    re.I,
)
_ITEM: Final = regex.compile(r"[ \t]*-[ \t](.*)")
_MOST_TAGS: Final = 50
_OTHER: Final = regex.compile(r"\s*(?:other|custom)(?:[- ](.*))?\Z", re.I)
_GATE_FIELDS: Final = (
    "extra_gated_prompt",
    "extra_gated_description",
    "extra_gated_heading",
    "extra_gated_button_content",
)

_TOKEN: Final = regex.compile(r"\s*[\w.+:/-]*\s*", re.A)
"""A tag: one word, which is a license or none."""
_OPEN: Final = frozenset({"", "false", "no", "off", "none"})
"""Values of ``gated`` of a dataset that anyone can download."""

_SPEAKING: Final = ("license", "licence", "licenses", "license_name", "license_details", *_GATE_FIELDS)
"""Fields whose words speak of the license or of what is asked before access."""
_KEYS: Final = frozenset(
    (
        "license",
        "licence",
        "licenses",
        "license_details",
        "license_link",
        "license_name",
        "pretty_name",
        "source_datasets",
        "derived_from",
        "based_on",
        "base_dataset",
        "original_dataset",
        "parent_dataset",
        "extra_gated_eu_disallowed",
        "extra_gated_fields",
        "gated",
        *_GATE_FIELDS,
    )
)
"""The keys of the front matter that are read."""
_READ: Final = _KEYS - {"pretty_name"}
"""Those of which each word is read as what it is."""


def accepts(name: str, head: str) -> bool:
    """Markdown that begins with front matter; a README by its name before it is read."""
    if not head:
        return name.lower() in _NAMES
    return name.lower().endswith((".md", ".markdown")) and re.match(r"\ufeff?\s*---[ \t]*\n", head) is not None


def scan(path: str, text: str) -> Scanned:
    """What the front matter and the body of a card state."""
    front = _FRONT.match(text)
    if not front:
        return readme.scan(path, text)
    first_line = text.count("\n", 0, front.start(1)) + 1
    problems: tuple[Problem, ...] = ()
    try:
        keys = _KEYS | front_matter.rights_keys(front[1])
        data = yamlio.parse(front[1], first_line=first_line, only=keys, most=yamlio.MAX_SCANNED)
        found = list(_fields(path, data)) if isinstance(data, yamlio.Mapping) else []
    except Unreadable as error:
        data = None
        problems = (Problem(path, error.line, Message("the front matter cannot be read: {why}", why=error.message)),)
        found = list(_by_line(path, front[1], first_line))
    found += (*_strays(path, front[1], first_line, found), *_remarks(path, front[1], first_line))
    below = readme.body(path, text, front.end(), NAME)
    return Scanned(
        (*found, *below.evidence),
        (*problems, *below.problems),
        _credit(data, text, front.end(), below.credit),
        tuple(dict.fromkeys((*_upstream(data), *_named_below(text[front.end() :])))),
        unweighed=(*_unweighed(path, data), *below.unweighed),
    )


def _unweighed(path: str, data: Any) -> Iterator[Unweighed]:
    """What stays open in the fields that state a license or ask for something before access."""
    if not isinstance(data, yamlio.Mapping):
        return
    texts = [text for key in _SPEAKING for text in inside(data.get(key))]
    asked = data.get("extra_gated_fields")
    if isinstance(asked, yamlio.Mapping):
        texts += [key for key in asked if isinstance(key, yamlio.Text)][:50]
    texts += [text for key, text in front_matter.values(data, _READ) if front_matter.names_rights(key)]
    for text in texts:
        if not _TOKEN.fullmatch(text):
            yield from heard_at(text, find, (text.line, text.column), path=path)


def _evidence(
    path: str,
    at: Any,
    field: str,
    raw: str,
    statement: Statement,
    note: str = "",
    standing: Standing = Standing.COUNTS,
) -> Evidence:
    return Evidence.of(
        statement,
        path=path,
        line=getattr(at, "line", 1),
        column=getattr(at, "column", 1),
        field=field,
        raw=raw,
        scanner=NAME,
        basis=Basis.HUB_TAG,
        scope=Scope.DATA,
        standing=standing,
        note=note,
    )


def _fields(path: str, data: yamlio.Mapping) -> Iterator[Evidence]:
    fields: dict[str, Any] = dict(data)
    named = False
    for key in ("license", "licence", "licenses"):
        tags = inside(fields.get(key))
        if len(tags) == INSIDE:
            yield _unknown(path, key, tags[-1], Message("over {most} licenses: the rest was not read", most=INSIDE))
        for tag in tags:
            statement = value(tag, vocabulary="hf-legacy" if key == "licenses" else "hf")
            if not statement.license and _OTHER.match(tag):
                yield from _other(path, key, tag, fields)
                continue
            if statement.kind is Kind.NO_NAME and len(tag) < 200 and re.search(r"[^\W_]", tag):
                yield _unknown(path, key, tag, "an unknown license; please read it")
                continue
            note = (
                "one of several tags; the list does not say whether all apply or one may be chosen"
                if len(tags) > 1
                else ""
            )
            named = named or statement.license is not None
            yield _evidence(path, tag, key, tag, statement, note)
    if named:
        yield from _beside_tag(path, fields)
    details = fields.get("license_details")
    if isinstance(details, yamlio.Text):
        for statement in find(details):
            yield _evidence(path, details, "license_details", statement.words, statement)
    gate = [text for key in _GATE_FIELDS for text in inside(fields.get(key))]
    asked = fields.get("extra_gated_fields")
    if isinstance(asked, yamlio.Mapping):
        gate += [key for key in asked if isinstance(key, yamlio.Text) and _AGREES.search(key)][:50]
    if any(_asks(text) for text in gate):
        words = " ".join(gate)
        kinds = tuple(dict.fromkeys(kind for text in gate for s in find(text) for kind in s.restricts)) or (
            "terms-of-use",
        )
        plain = [restrictions.license_of(kind) for kind in kinds if restrictions.binds(kind) is Binds.YES]
        terms = Statement(
            " AND ".join(plain) or "LicenseRef-terms-of-use",
            Certainty.AMBIGUOUS,
            0,
            len(words),
            words,
            "gate",
            restricts=kinds,
            kind=Kind.GATE,
        )
        yield _evidence(
            path,
            gate[0],
            "extra_gated_prompt",
            words,
            terms,
            "access is gated; its terms apply in addition to the license",
            Standing.GATE,
        )
    if str(fields.get("extra_gated_eu_disallowed", "")).lower() == "true":
        yield _gated(path, fields, "extra_gated_eu_disallowed", "access from the European Union is not allowed")
    if not gate and str(fields.get("gated", "")).lower() not in _OPEN:
        yield _gated(path, fields, "gated", "access is gated; the card does not say on what terms")
    told: set[tuple[str, str | None]] = set()
    for key, text, statement in front_matter.statements(data, _READ):
        if (key, statement.license) not in told:
            told.add((key, statement.license))
            yield _evidence(path, text, key, statement.words, statement, standing=Standing.BESIDE)
    yield from _limits(path, data, frozenset(key for key, _ in told))


def _limits(path: str, data: yamlio.Mapping, known: frozenset[str]) -> Iterator[Evidence]:
    """Fields and tags that limit the use by their value, each once, but for the keys that are ``known`` to state something."""
    for key, text in front_matter.limits(data):
        if key in known or key.lower() in _READ or (url(text) if "/" in text else None):
            continue
        s = Statement(
            "LicenseRef-further-terms", Certainty.AMBIGUOUS, 0, len(text), text, "field", kind=Kind.OWN_LICENSE
        )
        note = Message("the field `{key}` limits the use", key=key[:60])
        yield _evidence(path, text, key, text, s, note, Standing.BESIDE)


def _remarks(path: str, front: str, first_line: int) -> Iterator[Evidence]:
    """What comments in the front matter say that restricts the use."""
    for n, column, words in islice(front_matter.remarks(front), _MOST_TAGS):
        for s in find(words):
            if s.stance is Stance.ASSERTED and s.license and s.kind in (Kind.RESTRICTION, Kind.RESERVED):
                at = yamlio.Text(words, first_line + n, column)
                yield _evidence(path, at, FIELDS[Standing.BESIDE], s.words, s, _REMARK, Standing.BESIDE)


_REMARK: Final = Message("a comment in the front matter")


def _gated(path: str, fields: dict[str, Any], key: str, note: str) -> Evidence:
    """A field that says that access is gated, and not on what terms."""
    terms = Statement(
        "LicenseRef-terms-of-use", Certainty.AMBIGUOUS, 0, 0, "", "gate", restricts=("terms-of-use",), kind=Kind.GATE
    )
    return _evidence(path, fields[key], key, str(fields[key]), terms, note, Standing.GATE)


def _asks(text: str) -> bool:
    """Whether a text of a gate asks for something or states terms: a mere warning about the contents does not."""
    words = lex(fold(text)).text
    if grammar.words("warns").isdisjoint(words):
        return True
    return bool(find(text)) or not grammar.words("of-use").isdisjoint(words)


def _beside_tag(path: str, fields: dict[str, Any]) -> Iterator[Evidence]:
    """``license_name`` and ``license_link`` beside a tag that names a license: they are for a license that it has no id for."""
    for key in ("license_name", "license_link"):
        raw = fields.get(key)
        if not isinstance(raw, yamlio.Text) or not raw.strip():
            continue
        named = _meaning(raw)
        if named.license and named.stance is Stance.ASSERTED and named.license != "LicenseRef-terms-of-use":
            yield _evidence(path, raw, key, raw, named)
        elif key == "license_link":
            if "://" in raw and not _OWN_FILE.search(raw):
                terms = Statement(
                    "LicenseRef-further-terms", Certainty.AMBIGUOUS, 0, len(raw), raw, "pointer", kind=Kind.POINTER
                )
                yield _evidence(path, raw, key, raw, terms, "a link beside the tag leads to terms that were not read")
        else:
            yield _unknown(
                path,
                FIELDS[Standing.BESIDE],
                raw,
                "the name beside the tag is not a known license",
                Standing.BESIDE,
            )


def _meaning(raw: str) -> Statement:
    """What ``license_link`` or ``license_name`` names: an address, or words."""
    return (url(raw) if "/" in raw else None) or value(raw, vocabulary="hf")


def _ref(name: str, otherwise: str) -> str:
    """``name`` as a LicenseRef of SPDX (letters, digits, dot and dash)."""
    slug = re.sub(r"[^A-Za-z0-9.]+", "-", name)[:60].strip("-.")
    return f"LicenseRef-{slug or otherwise}"


def _unknown(path: str, field: str, raw: yamlio.Text, note: str, standing: Standing = Standing.COUNTS) -> Evidence:
    """A license by a name that nothing here knows."""
    made = Statement(_ref(raw, "custom"), Certainty.AMBIGUOUS, 0, len(raw), raw, "hub-other", kind=Kind.UNKNOWN_NAME)
    return _evidence(path, raw, field, raw, made, note, standing)


def _strays(path: str, front: str, first_line: int, found: Sequence[Evidence]) -> Iterator[Evidence]:
    """License lines of front matter that YAML readers do not see as its tag: a second one, one in capitals, an inner one.

    An inner one is of a part (a configuration, a gate's text), and stands beside the tag.
    """
    told = {e.line for e in found}
    yield from (e for e in _by_line(path, front, first_line) if e.line not in told)
    for m in islice(_INNER.finditer(front), _MOST_TAGS):
        line = first_line + front.count("\n", 0, m.start(1))
        if line in told or _TAG.match(front, front.rfind("\n", 0, m.start(1)) + 1):
            continue
        raw = m[2].strip().strip("'\"")
        statement = value(raw, vocabulary="hf")
        if statement.license:
            yield _evidence(
                path,
                yamlio.Text(raw, line, 1),
                FIELDS[Standing.BESIDE],
                raw,
                statement,
                "inside another field of the front matter",
                Standing.BESIDE,
            )


def _other(path: str, key: str, tag: yamlio.Text, fields: dict[str, Any]) -> Iterator[Evidence]:
    """``other``: a license that the hub has no id for, with what ``license_name``, ``license_link``, ``license_details``
    or the tag's own suffix say of it. The link is not followed."""
    link = str(fields.get("license_link") or "").strip()
    suffix = (_OTHER.match(tag) or [None, ""])[1] or ""
    names = [str(fields.get(k) or "").strip() for k in ("license_name", "license_details")]
    name = next(filter(None, (*names, suffix.strip())), "")
    named = [(raw, _meaning(raw)) for raw in filter(None, (link, name))]
    named = [(raw, one) for raw, one in named if one.license and one.stance is Stance.ASSERTED]
    if named:
        yield _evidence(path, tag, key, f"{tag}: {named[0][0]}", named[0][1])
        # The address is what the license is read from; a name that says another license contradicts it.
        for raw, one in named[1:]:
            if relations.differ((named[0][1].license or "",), (one.license or "",)):
                yield _evidence(path, fields.get("license_name", tag), "license_name", raw, one)
        return
    note = f"the terms are at {link}, which was not read" if link else "the hub's table has no id for its terms"
    words = ": ".join(filter(None, (str(tag), name)))
    statement = Statement(
        _ref(name, "other"),
        Certainty.AMBIGUOUS,
        0,
        len(tag),
        tag,
        "hub-other" if name else "hub-other-unnamed",
        kind=Kind.UNKNOWN_NAME if name else Kind.UNNAMED,
    )
    yield _evidence(path, tag, key, words, statement, note)


def _by_line(path: str, front: str, first_line: int) -> Iterator[Evidence]:
    """The license lines of front matter that is no YAML: less sure, and better than silence."""
    for m in islice(_TAG.finditer(front), _MOST_TAGS):
        line = first_line + front.count("\n", 0, m.start())
        raws = [(line, m[2].strip())]
        if not raws[0][1]:
            below = front[m.end() + 1 : m.end() + 5_000].split("\n")
            items = takewhile(lambda pair: pair[1], ((n, _ITEM.match(item)) for n, item in enumerate(below, 1)))
            raws = [(line + n, item[1].strip()) for n, item in items if item]
        for at, raw in raws[:_MOST_TAGS]:
            statement = value(raw[:300].strip("'\"[] "), vocabulary="hf")
            certainty = Certainty.AMBIGUOUS if statement.license else Certainty.NONE
            text = yamlio.Text(raw, at, 1)
            made = Statement(statement.license, certainty, 0, len(raw), raw, "front-matter-line", statement.stance)
            yield _evidence(
                path, text, m[1], raw, made, "read line by line, since the front matter cannot be read as YAML"
            )


_LINK: Final = regex.compile(
    r"^[-*] \*{0,2}(?:[Hh]omepage|[Rr]epository):?\*{0,2}:?[ \t]{0,4}<?\[?(https?://[^\s\])>]+)", re.M
)
_CITATION: Final = regex.compile(r"^#{1,6} [Cc]itation", re.M)
_AUTHORS: Final = regex.compile(r"\bauthors?\s{0,8}=\s{0,8}([{\"])", re.I)
_BRACE: Final = regex.compile('[{}"]')
_ACCENT: Final = regex.compile(r"\{?\\([\"'`^~c])\s?\{?([A-Za-z])\}{0,2}")
_MARKS: Final = {'"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "c": "\u0327"}


def _credit(data: Any, text: str, body: int, below: Credit) -> Credit:
    """Title and source from the fields that name them; creators from the first entry of the citation."""
    name = str(data.get("pretty_name") or "") if isinstance(data, yamlio.Mapping) else ""
    link = _LINK.search(text, body, body + 20_000)
    at = _CITATION.search(text, body)
    cited = text[at.end() : at.end() + 5_000] if at else ""
    return Credit(
        title=name or below.title, creators=_authors(cited), source=link[1] if link else "", notice=below.notice
    )


def _authors(bibtex: str) -> tuple[str, ...]:
    """The authors of the first BibTeX entry, as "First Last"; "others" is left out."""
    m = _AUTHORS.search(bibtex)
    if not m:
        return ()
    depth, end = 0, len(bibtex)
    for mark in _BRACE.finditer(bibtex, m.end()):
        if depth == 0 and mark.group() == ("}" if m[1] == "{" else '"'):
            end = mark.start()
            break
        depth += (mark.group() == "{") - (mark.group() == "}")
    names: list[str] = []
    for raw in re.split(r"\s+and\s+", " ".join(bibtex[m.end() : end].split())):
        plain = _ACCENT.sub(lambda a: normalize("NFC", a[2] + _MARKS[a[1]]), raw).replace("{", "").replace("}", "")
        last, comma, first = plain.partition(",")
        name = f"{first.strip()} {last.strip()}" if comma and "," not in first else plain.strip()
        if name and name.lower() != "others" and "\\" not in name:
            names.append(name[:120])
    return tuple(names[:60])


_SOURCES: Final = ("source_datasets", "derived_from", "based_on", "base_dataset", "original_dataset", "parent_dataset")
_ON_HUB: Final = regex.compile(r"[\w.-]{1,96}(?:/[\w.-]{1,96})?", re.A)


def _upstream(data: Any) -> tuple[str, ...]:
    """What the card was made from; ``extended|name`` is a dataset of the hub, ``extended|other-name`` is none."""
    if not isinstance(data, yamlio.Mapping):
        return ()
    names = (str(item).strip() for key in _SOURCES for item in inside(data.get(key)))
    return tuple(dict.fromkeys(_source(name) for name in names if name not in ("original", "extended", "")))


_LABELED: Final = regex.compile(
    r"^[ \t]{0,4}(?:[-*+][ \t]{1,4})?\*{0,2}(?:source|base|original|parent|underlying|upstream) (?:data ?sets?|corpora|corpus)(?:\*{0,2}:|:\*{0,2})\*{0,2}[ \t]{0,4}([^\n]{2,300})$",
    re.I | re.M,
)
"""A line of a card that lists what the data was made from."""
_MENTIONED: Final = regex.compile(r"\[([^\]\n]{1,100})\]\([^)\s]{1,300}\)")


def _named_below(body: str) -> Iterator[str]:
    """The datasets that a labeled line of the text names as sources: "**Source datasets**: A, B"."""
    for m in islice(_LABELED.finditer(body), 10):
        line = _MENTIONED.sub(r"\1", m[1])
        for name in re.split(r"[,;]| and |、", line):
            name = name.strip(" .*`_")
            # an id of the hub can be followed, and is no bare name
            if name and "/" not in name and len(name.split()) <= 4 and any(c.isupper() for c in name):
                yield name[:100]


def _source(name: str) -> str:
    kind, bar, rest = name.partition("|")
    rest = rest.strip()
    if not bar:
        return kind.removeprefix("other-")
    if kind == "extended" and not re.match(r"other\b", rest) and _ON_HUB.fullmatch(rest):
        return f"hf:{rest}"
    return rest.removeprefix("other-").strip()
