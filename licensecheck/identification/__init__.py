"""Identification: text in, statements about licenses out, each with its place and certainty.

A statement says which license the words name and what the text does with it: asserts it, denies it,
compares with it, speaks of something else than the data, or adds terms to it. No version is ever
invented, and nothing is matched by substring.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from licensecheck.knowledge import names
from licensecheck.model import Certainty, Evidence, Kind, Stance, Statement

_LONG: Final = 600
"""From here on a text may be the text of a license."""
_FIELD: Final = 20_000
"""Characters of the longest text that may be one field's value; a longer one is read as running words."""
_ANYWHERE: Final = ("hf", "kogl")
"""Vocabularies whose words mean the same outside them."""
_NO_VALUE: Final = frozenset(
    [
        "", "none", "null", "nan", "unknown", "other", "n/a", "na", "undefined", "unlicensed", "unspecified", "-", "--", "?", "tbd", "todo", "not specified",
        "notspecified", "not known", "none provided", "noassertion", "license", "licence", "see license", "custom", "unkown", "unknwon", "unknow.",
        "unknown.", "no license", "no licence", "not provided", "not available", "none.", "none specified", "unable to locate license", "license not found", "no license found", "unknown license", "not stated", "{}", "[]", "미정", "미상", "없음", "알 수 없음", "不明", "未知", "unbekannt",
    ]
)  # fmt: skip


def url(text: str) -> Statement | None:
    """What one URL names; a statement without license where it is a page that is not a license; None where unknown."""
    from licensecheck.identification import address

    found = address.lookup(text)
    if found is None:
        return None
    return Statement(found.license, found.certainty, 0, len(text), text, found.rule, url=text, kind=Kind.ADDRESS)


def find(text: str, *, vocabulary: str | None = None) -> tuple[Statement, ...]:
    """Every statement about licensing in plain text, Markdown or small HTML, in order of place.

    With ``vocabulary``, a text that is one of its words is that word and nothing else.
    """
    if vocabulary is not None:
        row = names.table()["vocabularies"].get(vocabulary, {}).get(names.key(text))
        if row is not None:
            return (_of_table(text, row, vocabulary),)
    from licensecheck.identification import running_text

    return running_text.read(text)


def value(text: str, *, vocabulary: str | None = None) -> Statement:
    """The value of one license field: an id of its vocabulary, an SPDX id, a name, a URL or a sentence.

    One statement of the whole value. Its ``license`` is None where the value names none: unknown, a
    placeholder, or an address that must be read.
    """
    listed = _listed(text, vocabulary)
    if listed is not None:
        return listed
    from licensecheck.identification import running_text

    return running_text.value(text)


def _listed(text: str, vocabulary: str | None) -> Statement | None:
    """The statement of a value that a table lists: a word of its vocabulary, an SPDX id or a placeholder. Else None."""
    if len(text) > _LONG:
        return None
    key = names.key(text)
    table = names.table()
    row = table["vocabularies"].get(vocabulary or "", {}).get(key)
    if row is not None:
        return _of_table(text, row, vocabulary or "")
    if vocabulary is None:
        for name in _ANYWHERE:
            row = table["vocabularies"].get(name, {}).get(key)
            if row is not None and row[1] == "exact":
                return _of_table(text, row, name)
    known = table["ids"].get(key)
    if known is not None:
        return Statement(known, Certainty.EXACT, 0, len(text), text, "spdx-id")
    if key in _NO_VALUE:
        return Statement(None, Certainty.NONE, 0, len(text), text, "no-value", Stance.UNKNOWN, kind=Kind.NOTHING)
    named = table["values"].get(key)
    if named is not None:
        return Statement(named[0], Certainty(named[1]), 0, len(text), text, "name")
    several = [table["ids"].get(names.key(part)) for part in text.split("/")] if "/" in text else []
    if several and all(several):  # "or" and "and" are both written so
        both = " AND ".join(dict.fromkeys(map(str, several)))
        return Statement(both, Certainty.AMBIGUOUS, 0, len(text), text, "spdx-ids")
    return None


def _of_table(text: str, row: list[str], vocabulary: str) -> Statement:
    license = None if row[0] in ("NONE", "NOASSERTION") else row[0]
    certainty = Certainty(row[1]) if license else Certainty.NONE
    stance = Stance.ASSERTED if license else Stance.UNKNOWN
    return Statement(license, certainty, 0, len(text), text, f"vocabulary-{vocabulary}", stance)


def conclude(statements: Iterable[Statement | Evidence]) -> tuple[str | None, Certainty]:
    """What the data is under by these statements: one id, several joined by AND, or None where none is stated.

    Only what is asserted counts, and only about the data; terms that a license already has are not repeated.
    """
    from licensecheck.identification import conclusion

    return conclusion.conclude(statements)


def members(statements: Iterable[Statement | Evidence]) -> tuple[str, ...]:
    """The licenses of which :func:`conclude` makes one expression, each an id or an OR in brackets."""
    from licensecheck.identification import conclusion

    return tuple(map(conclusion.bracketed, conclusion.members_of(statements)[0]))


def identify(text: str, *, vocabulary: str | None = None) -> tuple[str | None, Certainty, tuple[Statement, ...]]:
    """One string, URL or text: its license expression (None where it states none), certainty, and statements."""
    if len(text) > _LONG:
        made = _whole(text)
        if made:
            license, certainty = conclude(made)
            return license, certainty, made
    if len(text) > _FIELD:
        made = find(text)
        return *conclude(made), made
    one = _listed(text, vocabulary)
    if one is not None:
        return one.license, one.certainty, (one,)
    from licensecheck.identification import running_text

    one, made = running_text.value_and_statements(text, shortest=1)
    return one.license, one.certainty, made or (one,)


def _whole(text: str) -> tuple[Statement, ...]:
    """The whole license texts in ``text`` with what was added to them, and the statements around them; () without any."""
    from licensecheck.identification import texts

    matches = texts.match(text)
    if not matches:
        return ()
    made = [
        Statement(
            m.license,
            m.certainty,
            m.start,
            m.end,
            text[m.start : m.end],
            "text",
            restricts=_added(m.added),
            kind=Kind.TEXT,
        )
        for m in matches
    ]
    rest = text
    for m in matches:
        rest = f"{rest[: m.start]}{' ' * (m.end - m.start)}{rest[m.end :]}"
    around = [s._replace(words=text[s.start : s.end]) for s in find(rest)]
    return tuple(sorted([*made, *around], key=lambda s: s.start))


def _added(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kind for s in find(words) for kind in s.restricts)) if words else ()


def doubts(license: str | None, restricts: Iterable[str] = ()) -> tuple[str, ...]:
    """What a statement asks for beside a license that has no such condition, as ids: no training, commerce by permission.

    Such words may or may not hold, and they are not a license.
    """
    from licensecheck.knowledge import restrictions

    stated = {restrictions.kind_of(license), *restricts}
    return tuple(restrictions.license_of(kind) for kind in restrictions.kinds(restrictions.Binds.NO) if kind in stated)
