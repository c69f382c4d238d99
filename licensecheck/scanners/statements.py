"""Statements found in running words, made evidence with line and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from licensecheck.base import regex
from licensecheck.identification import doubts, find
from licensecheck.knowledge import grammar, packs
from licensecheck.knowledge.fold import fold
from licensecheck.model import Basis, Certainty, Evidence, Kind, Scope, Stance, Standing, Statement, replace
from licensecheck.scanners.lines import Lines

FIELDS: Final = {
    Standing.COUNTS: "text",
    Standing.ELSEWHERE: "text",
    Standing.BESIDE: "further words",
    Standing.UNPLACED: "further words",
    Standing.NOTICE: "third parties",
    Standing.MENTIONED: "mention",
    Standing.KEPT: "LICENSES",
}
"""What reports call a place that has no name of its own, by what it makes of a statement (docs/precedence.md)."""
_LONG: Final = 1500
"""Characters from which a text may be that of a license, whatever its words."""
_SHORT: Final = 400
"""Characters that the text of a license has at least."""
_URL: Final = regex.compile(r"https?://[^\s<>()\[\]\"']+")
_TEMPLATE: Final = regex.compile(
    r"\[?\s?(?:needs )?more information(?: needed)?\s?\]?(?:\([^()\s]{0,300}\))?|provide the licen[cs]e and link to the licen[cs]e webpage if available\.?"
    r"|\b(?:tbd|todo|n/?a)\b",
    re.I,
)
_UNCLEAR: Final = regex.compile(
    r"\b(?:licen[cs]\w*|copyrights?|legal|rights)\b[^.\n]{0,60}\b(?:depends?|hinges?|unclear|unknown|undetermined|uncertain|not clear|to be (?:determined|clarified|confirmed|decided))\b"
    r"|\b(?:not|n't|neither) (?:own|hold|have|possess|claim)\b[^.\n]{0,30}\b(?:copyrights?|rights|ownership)\b"
    r"|\bno (?:explicit |specific |known |clear |formal )?(?:licen[cs]\w*|copyright (?:information|statement))\b"
    r"|라이[선센]스[^.\n]{0,12}(?:없|불명|미정|알 수 없|확인되지)|저작권[^.\n]{0,20}(?:불분명|불명확)",
    re.I,
)
_UNDER: Final = regex.compile(
    r"\bunder (?:the |an? )?([A-Z][\w.-]{1,40}(?: [A-Z][\w.-]{1,40}){0,4})(?:['’]s)? (?:user |data |usage )?[Ll]icen[cs]e\b"
)
_COPYRIGHT: Final = regex.compile(r"\bcopyright\b|©|\(c\)|저작권", re.I)
_GRANT: Final = regex.compile(
    r"\b(?:may|can|must|shall|should|free(?:ly)?|use[drs]?|usage|using|permi\w+|grants?|granted|allow\w*|agree\w*|terms?|licen[cs]\w*|conditions?|credit|cite|citation|attribut\w*|acknowledg\w*"
    r"|redistribut\w*|distribut\w*|share[ds]?|available|provided|purposes?|open)\b|이용|사용|허락|허용|출처|배포|利用|使用|許諾|许可|授权",
    re.I,
)
_DISCLAIMER: Final = regex.compile(
    r"[^.\n]{0,200}\bas[ -]is\b[^.]{0,600}|\bin no event\b[^.]{0,800}|[^.\n]{0,200}\b(?:without|no) warrant(?:y|ies)\b[^.]{0,600}",
    re.I,
)
"""Sentences that only disclaim a warranty: they state no terms."""
_SEE: Final = regex.compile(
    r"\W*(?:please )?(?:see|refer|check|consult|as (?:in|stated))\b|[^\n]{0,80}(?:참고|참조|확인)", re.I
)
_FILLER: Final = regex.compile(
    r"\b(?:see|refer|check|please|the|for|more|at|in|to|on|is|are|of|a|an|here|licen[cs]e|licen[cs]ing|license\.txt|licen[cs]e\.md|information|details?|page|file|link|this|dataset|data|found|can|be|available|terms|github|repository|its|and)\b",
    re.I,
)


def evidence(
    statements: Iterable[Statement],
    lines: Lines,
    *,
    path: str,
    offset: int = 0,
    field: str,
    scanner: str,
    basis: Basis,
    standing: Standing = Standing.COUNTS,
    scope: Scope | None = None,
) -> Iterator[Evidence]:
    """``statements``, whose offsets count from ``offset`` of the file, as evidence; ``scope`` overrides theirs."""
    for s in statements:
        line, column = lines.at(offset + s.start)
        yield Evidence.of(
            s,
            path=path,
            line=line,
            column=column,
            field=field,
            scanner=scanner,
            basis=basis,
            scope=scope,
            standing=standing,
            note=NOTES.get(s.kind, ""),
        )


def section_statements(title: str, body: str, title_at: int, body_at: int) -> Iterator[Statement]:
    """Every statement in a section about licensing, at its place in the text: its heading names a license or what it is for."""
    head = f"# {title}\n\n"
    for s in statements(head + body, len(head)):
        shift = title_at if s.start < len(head) else body_at - len(head)
        yield replace(s, start=s.start + shift, end=s.end + shift)


def statements(text: str, begins: int = 0) -> tuple[Statement, ...]:
    """Every statement in a text about licensing; comments, which no reader sees, are left out.

    What is before ``begins`` is a heading.

    Words that name no license are a statement all the same: that the license is not known, or that
    there are terms which are no license known here (``LicenseRef-custom``, of the kind ``OWN_WORDS``; ``POINTER``
    where they only say where the terms are).
    """
    return _brief(text, begins) if len(text) < 400 else _statements(text, begins)


@packs.remembered(maxsize=1024)
def _brief(text: str, begins: int) -> tuple[Statement, ...]:
    """Cards are filled-in templates: most of their short sections are the same."""
    return _statements(text, begins)


def _statements(text: str, begins: int) -> tuple[Statement, ...]:
    seen = visible(text)
    whole = tuple(_texts(seen)) if len(seen) > _LONG or _opens_a_text(seen) else ()
    if whole:
        from licensecheck.identification.statement import scope_of

        scope = scope_of(text[:begins].strip("# \n"))
        whole = tuple(replace(s, scope=scope) for s in whole)
        return tuple(sorted((*whole, *_beside(seen, whole)), key=lambda s: s.start))
    found = tuple(s for s in find(seen) if s.start >= begins or (s.license and s.kind is Kind.NAME))
    named = any(s.license and not doubts(s.license) for s in found)
    if named:
        found = (*found, *_unknown_names(seen, found))
    if named or any(s.stance is Stance.UNKNOWN for s in found):
        return found
    own = _own(seen[begins:])
    own = replace(own, start=own.start + begins, end=own.end + begins) if own else None
    return (*found, own) if own else found


def _opens_a_text(text: str) -> bool:
    """Whether words stand in a text with which a short license begins."""
    if len(text) < _SHORT:
        return False
    words = " ".join(fold(text).split())
    return any(opening in words for opening in grammar.words("opens-a-license-text"))


def _beside(text: str, whole: tuple[Statement, ...]) -> Iterator[Statement]:
    """The licenses that are named beside whole texts: a license's own sentences state nothing."""
    told = {s.license for s in whole}
    ends, starts = (0, *(s.end for s in whole)), (*(s.start for s in whole), len(text))
    for a, b in zip(ends, starts, strict=True):
        for s in find(text[a:b]) if b > a else ():
            if s.license and s.kind is not Kind.RESTRICTION and s.license not in told:
                yield replace(s, start=s.start + a, end=s.end + a)


def _texts(text: str) -> Iterator[Statement]:
    """The whole license texts inside a text."""
    from licensecheck.identification import texts

    for m in texts.match(text):
        restricts = tuple(dict.fromkeys(k for s in find(m.added) for k in s.restricts)) if m.added else ()
        words = text[m.start : m.start + 160]
        yield Statement(m.license, m.certainty, m.start, m.end, words, "text", restricts=restricts, kind=Kind.TEXT)


def _unknown_names(text: str, found: tuple[Statement, ...]) -> Iterator[Statement]:
    """Licences that are given a name which is not known here, beside others that are known."""
    for m in islice(_UNDER.finditer(text), 20):
        if not any(s.start < m.end() and m.start() < s.end + 3 for s in found):
            slug = re.sub(r"[^A-Za-z0-9.]+", "-", m[1]).strip("-.")
            license = f"LicenseRef-{slug}" if slug else "LicenseRef-custom"
            yield Statement(
                license, Certainty.AMBIGUOUS, m.start(), m.end(), m.group(), "unknown-name", kind=Kind.UNKNOWN_NAME
            )


def visible(text: str) -> str:
    """``text`` with blanks for its HTML comments, so that places stay."""
    at = text.find("<!--")
    if at < 0:
        return text
    kept: list[str] = []
    done = 0
    while at >= 0 and (end := text.find("-->", at + 4)) >= 0:
        kept += (text[done:at], re.sub(r"[^\n]", " ", text[at : end + 3]))
        done = end + 3
        at = text.find("<!--", done)
    kept.append(text[done:])
    return "".join(kept)


def _blank(m: re.Match[str]) -> str:
    return " " * len(m.group())


def _own(text: str) -> Statement | None:
    plain = _TEMPLATE.sub(_blank, text[:20_000])
    plain = _DISCLAIMER.sub(_blank, plain)
    start = re.search(r"[^\W_]", plain)
    if not start:
        return None
    at, end = start.start(), start.start() + len(plain[start.start() :].split("\n\n", 1)[0].rstrip())
    words = text[at:end]
    if m := _UNCLEAR.search(plain):
        return Statement(
            None, Certainty.NONE, m.start(), m.end(), m.group(), "unclear", Stance.UNKNOWN, kind=Kind.UNCLEAR
        )
    urls = _URL.findall(plain)
    prose = re.sub(r"[\W\d_]+", " ", _FILLER.sub(" ", _URL.sub(" ", plain))).split()
    if _COPYRIGHT.search(plain) and not _GRANT.search(_URL.sub(" ", plain)):
        return Statement(None, Certainty.NONE, at, end, words, "copyright-only", Stance.UNKNOWN, kind=Kind.COPYRIGHT)
    if urls and len(prose) <= 3:
        return Statement(
            "LicenseRef-custom", Certainty.AMBIGUOUS, at, end, words, "pointer", url=urls[0], kind=Kind.POINTER
        )
    if not _GRANT.search(plain) and len(prose) < 12:
        if not (prose and _SEE.match(plain)):
            return None
        return Statement("LicenseRef-custom", Certainty.AMBIGUOUS, at, end, words, "pointer", kind=Kind.POINTER)
    return Statement("LicenseRef-custom", Certainty.AMBIGUOUS, at, end, words, "own-words", kind=Kind.OWN_WORDS)


NOTES: Final = {
    Kind.OWN_WORDS: "terms in the publisher's own words, not a known license; please read them",
    Kind.POINTER: "only says where the terms are; they were not read",
    Kind.UNCLEAR: "says that the rights are not clear",
    Kind.COPYRIGHT: "names who holds the rights and grants nothing",
}
