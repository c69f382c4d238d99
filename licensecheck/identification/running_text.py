"""Running words and field values: placeholders and templates, JSON values, long texts in pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from licensecheck.base import regex
from licensecheck.identification import address as addresses
from licensecheck.identification import conclusion, statement
from licensecheck.knowledge import names, packs, phrases, restrictions
from licensecheck.knowledge.fold import fold
from licensecheck.knowledge.lex import lex
from licensecheck.model import Certainty, Kind, Scope, Stance, Statement

_MAX: Final = 200_000
"""Characters of one text that are read closely. A longer one is read where it speaks of licensing, up to as much."""
_PIECE: Final = 8_000
_LINE: Final = 300
_BRIEF: Final = 120
_CHANGES: Final = regex.compile(
    r"(?<![^\W_])(?:n\.?c\.?|n\.?d\.?|s\.?a\.?|non[ -]?commercial|no[ -]?deriv\w*|share[ -]?alike|modified|incompatible|variant|unknown|excluded)(?![^\W_])",
    re.I,
)
"""Words of a value beside a license's name that make it another."""
_PLACEHOLDER: Final = regex.compile(
    r"\[ ?(?:more|needs more) information(?: needed)? ?\]|\[(?:your|insert|license|licence|choose|add|specify|enter|select|state)\b[^\]\n]{0,40}\](?!\()|^\s*this is a license\.?\s*$|"
    r"\{\{[^}\n]{0,60}\}\}|other-my-license|insert-\w+(?:-\w+)*|<(?:insert|your|license|licence)[^<>\n]{0,40}>|^\s*(?:to ?do|tbd|n/a|\.\.\.)\s*[.!]?\s*$|"
    r"\byour (?:license|licence) here\b",
)
_OWN: Final = frozenset({"policy", "policies", "terms", "agreement", "statement", "conditions", "rules"})
_ENTITY: Final = regex.compile(r"&(?:[a-z]{2,8}|#[0-9]{1,6}|#x[0-9a-f]{1,5});")
_TEXT_KEYS: Final = (
    "license",
    "licence",
    "name",
    "title",
    "id",
    "identifier",
    "text",
    "url-or-text",
    "rights",
    "terms",
    "description",
    "url",
    "path",
    "uri",
    "href",
    "@id",
)


def read(text: str) -> tuple[Statement, ...]:
    """Every statement about licensing in ``text``, in order of place."""
    return _brief_read(text) if len(text) < _LINE else _read(text)


@packs.remembered(maxsize=2048)
def _brief_read(text: str) -> tuple[Statement, ...]:
    """Files are filled-in templates: most of their short paragraphs are the same."""
    return _read(text)


def _read(text: str) -> tuple[Statement, ...]:
    made: list[Statement] = []
    for start, piece in _pieces(text):
        made += (s._replace(start=s.start + start, end=s.end + start) if start else s for s in _piece(piece))
    return tuple(made)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The parts of a text that are read: all of a short one, of a long one the paragraphs that speak of licensing."""
    if len(text) <= _PIECE:
        yield 0, text
        return
    left = _MAX
    start = 0
    while start < len(text) and left > 0:
        end = min(start + _PIECE, len(text))
        if end < len(text):
            cut = text.rfind("\n\n", start + _PIECE // 2, end)
            if cut < 0:
                cut = text.rfind("\n", start + _PIECE // 2, end)
            if cut < 0:
                cut = text.rfind(" ", start + _PIECE // 2, end)
            end = cut + 1 if cut >= 0 else end
        piece = text[start:end]
        if phrases.speaks(fold(piece)):
            yield start, piece
            left -= len(piece)
        start = end


def _piece(text: str) -> list[Statement]:
    folded = fold(text)
    if "&" in folded:
        folded = _ENTITY.sub(_plain, folded)
    blanks = list(_PLACEHOLDER.finditer(folded))
    holders = []
    for m in blanks:
        holders.append(
            Statement(
                None,
                Certainty.NONE,
                m.start(),
                m.end(),
                text[m.start() : m.end()],
                "placeholder",
                Stance.PLACEHOLDER,
                kind=Kind.NOTHING,
            )
        )
        folded = folded[: m.start()] + "." + " " * (m.end() - m.start() - 1) + folded[m.end() :]
    made = statement.statements(text, folded)
    return sorted((*holders, *made), key=lambda s: s.start) if holders else made


def _plain(m: re.Match[str]) -> str:
    """An HTML entity as its character and spaces, as long as it was."""
    import html

    char = fold(html.unescape(m.group()))
    return (char if len(char) == 1 and char not in "<>" else " ").ljust(len(m.group()))


def value(text: str) -> Statement:
    """One field's value that no table has, as one statement of the whole."""
    return value_and_statements(text)[0]


def value_and_statements(text: str, shortest: int = 8) -> tuple[Statement, tuple[Statement, ...]]:
    """One field's value as one statement of the whole, and the statements in its words.

    A value of at least ``shortest`` words that does not name a license and speaks of use is somebody's own terms.
    """
    stripped = text.strip()

    made: list[Statement] = []

    def whole(
        license: str | None,
        certainty: Certainty,
        rule: str,
        kind: Kind,
        stance: Stance = Stance.ASSERTED,
        restricts: tuple[str, ...] = (),
    ) -> tuple[Statement, tuple[Statement, ...]]:
        return Statement(license, certainty, 0, len(text), text, rule, stance, restricts=restricts, kind=kind), tuple(
            made
        )

    if stripped[:1] == "{":
        inner = _json(stripped)
        if inner is not None:
            if not inner:
                return whole(None, Certainty.NONE, "no-value", Kind.NOTHING, Stance.UNKNOWN)
            found, _ = value_and_statements(inner, shortest)
            return found._replace(start=0, end=len(text), words=text), ()
    if (
        len(stripped) < 400
        and re.search(r"\b(?:AND|OR|WITH)\b", stripped)
        and re.fullmatch(r"[A-Za-z0-9.+:() -]+", stripped)
    ):
        expression = _expression(stripped)
        if expression is not None:
            return whole(expression, Certainty.EXACT, "spdx-expression", Kind.NAME)
        if any(name.lower() not in names.exceptions() for name in re.findall(r"\bWITH (\S+)", stripped)):
            return whole("LicenseRef-custom", Certainty.AMBIGUOUS, "unknown-exception", Kind.UNKNOWN_NAME)
    if re.fullmatch(r"<?(?:https?://|www\.)\S+>?", stripped):
        address = addresses.lookup(stripped.strip("<>"))
        if address is not None:
            return whole(
                address.license,
                address.certainty,
                address.rule,
                Kind.ADDRESS,
                Stance.ASSERTED if address.license else Stance.UNKNOWN,
            )
        if addresses.looks_like_terms(stripped):
            return whole(
                "LicenseRef-terms-of-use",
                Certainty.AMBIGUOUS,
                "url-of-terms",
                Kind.ELSEWHERE,
                restricts=("terms-of-use",),
            )
        return whole(None, Certainty.NONE, "url-elsewhere", Kind.ELSEWHERE, Stance.UNKNOWN)
    made = list(read(text))
    license, certainty = conclusion.conclude(made)
    restricts = tuple(dict.fromkeys(kind for s in made for kind in s.restricts))
    if license is not None and _leaves_something(text, made):
        restricts = tuple(dict.fromkeys((*restricts, "unclear-rights")))
    if license is not None:
        first = next(s for s in made if s.license and s.stance is Stance.ASSERTED)
        return whole(license, certainty, first.rule, first.kind, restricts=restricts)
    said = [s for s in made if not restrictions.is_doubt(s.license)]
    if said:
        return whole(None, Certainty.NONE, said[0].rule, said[0].kind, said[0].stance)
    own = _own_terms(text, shortest)
    if own is not None:
        return whole(own, Certainty.AMBIGUOUS, "own-terms", Kind.OWN_TERMS)
    return whole(None, Certainty.NONE, "no-name", Kind.NO_NAME, Stance.UNKNOWN)


def _leaves_something(text: str, made: list[Statement]) -> bool:
    """Whether one field's value says more than the names in it: a condition behind a name, or that it is of a part only."""
    if len(text) > _BRIEF:
        return False
    if any(s.license and (s.part or s.scope is Scope.METADATA) for s in made):
        return True
    rest = list(text)
    for s in made:
        if s.license and not restrictions.is_unnamed(s.license):
            rest[s.start : s.end] = " " * (s.end - s.start)
    return _CHANGES.search("".join(rest)) is not None


def _json(text: str) -> str | None:
    """The words of a JSON object that describes a license, a line each; None where it is not a JSON object."""
    import json

    if len(text) > 100_000:
        return None
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    lines = []
    low = {fold(str(key)): item for key, item in found.items()}
    for name in _TEXT_KEYS:
        item = low.get(name)
        if isinstance(item, dict):
            item = item.get("name") or item.get("url") or item.get("@id")
        if isinstance(item, str) and item.strip():
            lines.append(item.strip())
    return "\n\n".join(lines)


def _expression(text: str) -> str | None:
    from licensecheck.base.errors import ExpressionError
    from licensecheck.expression import parse

    try:
        tree = parse(text)
    except ExpressionError:
        return None
    ids = list(tree.ids())
    table = names.table()["ids"]
    if not all(
        name.lower() in table or name.startswith("LicenseRef-") or name.lower() in names.exceptions() for name in ids
    ):
        return None
    return str(tree)


def _own_terms(text: str, shortest: int) -> str | None:
    """What a value that does not name a license is: somebody's own terms, where it speaks of use at all."""
    if len(text) > _PIECE:
        return None
    words = lex(fold(text))
    if len(words.text) < shortest:
        return None
    hits = phrases.hits(words)
    if _OWN.intersection(words.text) or any(
        hit.has("free", "credit", "permission", "agreement", "reserved", "license", "binding") for hit in hits
    ):
        if all(kind == "u" for kind in words.kind):
            return None
        return "LicenseRef-custom"
    if any(kind == "u" for kind in words.kind) and addresses.looks_like_terms(text):
        return "LicenseRef-terms-of-use"
    return None
