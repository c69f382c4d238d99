"""Evidence to what the data is under, by the precedence of ``docs/precedence.md``. Pure.

Versions are never guessed, a list without an operator is never read as OR, silence is None, and a
disagreement is always kept with all its places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from licensecheck.base import regex
from licensecheck.base.message import Message
from licensecheck.identification import conclude, doubts, implied
from licensecheck.knowledge.relations import _VAGUE, _agree, _conditions, _covers, _differ, _is_bare, _is_public, family
from licensecheck.model import Basis, Certainty, Conflict, Evidence, Resolved, Scanned, Scope, Stance, Statement, Status
from licensecheck.scanners.statements import FURTHER, THIRD

_RANK: Final = {
    Basis.CONCLUDED: 0,
    Basis.LICENSE_FILE: 1,
    Basis.HOLDER_PAGE: 3,
    Basis.CARD_BODY: 4,
    Basis.METADATA_FILE: 7,
    Basis.HUB_TAG: 8,
    Basis.INDEX: 9,
}
_ELSEWHERE: Final = 5
_SOFTWARE_FILE: Final = 10
_KEPT: Final = 11
_MOST: Final = 16
"""Licences of one expression: more than these are no statement that anybody can act on."""

_MANY: Final = 256
"""Licences of one place, of which so many cannot say the same as sixteen others: they are not held against each other."""
_SOFTWARE: Final = regex.compile(
    r"(?:MIT|ISC|Apache|BSD|0BSD|A?GPL|LGPL|MPL|EPL|EUPL|BSL|Zlib|NCSA|Artistic|PostgreSQL|Python|AFL|CDDL|ECL|MS-PL)(?:-|\Z)"
)
_GATES: Final = frozenset({"extra_gated_prompt", "extra_gated_eu_disallowed"})
_OF_WORK: Final = (Scope.DATA, Scope.CONTENTS, Scope.SITE)
_ALONE: Final = (Basis.LICENSE_FILE, Basis.METADATA_FILE)
_SEVERAL: Final = regex.compile(r"multiple|various|different|several|mixed", re.I)
"""Words that say no more than the list of licences that follows them."""
_ADDED: Final = frozenset(
    (
        "annotation", "annotations", "label", "labels", "tags", "captions", "questions", "translation", "translations", "transcripts", "transcriptions",
        "subtitles", "주석", "라벨", "라벨링", "레이블", "어노테이션", "번역", "번역문", "질문", "전사",
    )
)  # fmt: skip
"""Parts that are added to a work: a licence of these alone says nothing of the work."""
_BODY: Final = (Basis.CARD_BODY, Basis.LICENSE_FILE)
_UNSURE: Final = frozenset({"unknown", "others-terms", "unclear"})
_ASIDE: Final = _GATES | {"mention", FURTHER}
_UNNAMED: Final = frozenset({"LicenseRef-custom", "LicenseRef-other"})
_STRICT: Final = frozenset(
    {
        "LicenseRef-research-only",
        "LicenseRef-academic-only",
        "LicenseRef-noncommercial",
        "LicenseRef-no-redistribution",
    }
)
_WEAK: Final = frozenset({"own-words", "pointer", "pointer-read", "hub-other-unnamed"})
"""Rules that show that there are terms, and not which: nothing against a licence that is named."""
_REWRITTEN: Final = {
    ("CC-BY-ND-2.0", "CC-BY-ND-4.0"),
    ("CC-BY-SA-2.0", "CC-BY-SA-3.0"),
    ("CC-BY-1.0", "CC-BY-2.0"),
    ("CC-BY-NC-SA-1.0", "CC-BY-NC-SA-3.0"),
    ("0BSD", "BSD-2-Clause"),
    ("UPL-1.0", "CC0-1.0"),
    ("LicenseRef-Public-Domain", "Unlicense"),
}
"""Tags that the hub itself changed in July 2022 (huggingface/datasets pull request 4613), as (was, became)."""


class _Place(NamedTuple):
    """What one kind of place says: its rank (lower is better), its rows, and the licences concluded from them."""

    rank: int
    rows: tuple[Evidence, ...]
    members: tuple[str, ...]
    weak: bool

    @property
    def license(self) -> str:
        """Its licences as an expression."""
        return " AND ".join(self.members)


def resolve(target: str, scanned: Scanned) -> Resolved:
    """What ``target``'s data is under, as concluded from ``scanned``."""
    about = _about_data(target, [e for e in scanned.evidence if not doubts(e.license)])
    gates = [e for e in scanned.evidence if e.field in _GATES]
    places = _places(about)
    claims = [p for p in places if p.members]
    strong = [p for p in claims if not p.weak]
    claims = strong or claims[:1]
    denial = _denial(places, claims)
    conflicts = _conflicts(claims, denial, about)
    members, strictest, status = _status(claims, conflicts, denied=bool(denial))
    terms = next((e.license for e in gates if e.license), None)
    if terms and not claims and not denial:
        members, strictest, status = (terms,), (terms,), Status.FOUND
    elif terms and members:
        members = (*members, terms)
        if status is not Status.AMBIGUOUS:
            strictest = tuple(f"{text} AND {terms}" for text in strictest)
    if status is Status.NONE and scanned.problems and not about:
        status = Status.UNREADABLE
    return Resolved(
        target,
        " AND ".join(members) or None,
        status,
        scanned.evidence,
        conflicts,
        strictest,
        scanned.problems,
        scanned.credit,
        scanned.upstream,
        (*_caveats(about, gates, places, claims), *_reserved(scanned)),
        scanned.reservations,
        scanned.retrievals,
        _parts(claims[0].rows) if claims and status is Status.FOUND and not terms else (),
        _beside(places, claims, scanned.evidence) if members else (),
    )


_RESTRICTS: Final = frozenset(
    f"LicenseRef-{name}"
    for name in (
        "noncommercial",
        "research-only",
        "academic-only",
        "no-redistribution",
        "no-derivatives",
        "permission-needed",
    )
)


def _beside(places: Sequence[_Place], claims: Sequence[_Place], evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Restrictions that stand where the licence is not stated, or that no such licence has; not those that it has."""
    said = [m for p in places if p.weak and p not in claims for m in p.members if m in _RESTRICTS]
    several = len({e.license for e in evidence if e.license and e.rule != "per-item"}) > 1
    said += (text for e in evidence if e.scope in _OF_WORK and e.field not in _GATES for text in _asked(e, several))
    stating = [e for p in claims for e in _saying(p)]
    if len({e.part for e in stating}) == 1 and all(e.part.lower() in _ADDED and e.basis in _BODY for e in stating):
        said.append("LicenseRef-unclear-rights")
    held = {m for p in claims for m in p.members}
    has = implied(held) - implied(())
    new = (m for m in said if m.removeprefix("LicenseRef-") not in has and not any(_agree(m, one) for one in held))
    return tuple(dict.fromkeys(new))


def _asked(e: Evidence, several: bool) -> Iterator[str]:
    """What one statement asks for, or leaves open, beside the licence; ``several`` where several licences are named."""
    if e.stance is Stance.UNKNOWN and e.rule in _UNSURE and e.field != "mention":
        yield "LicenseRef-unclear-rights"
    if e.stance is not Stance.ASSERTED or not e.license:
        return
    yield from doubts(e.license, e.restricts)
    aside = e.field in (FURTHER, THIRD)
    if aside or (e.scope is Scope.SITE and e.basis in _BODY and e.rule.startswith("terms-")):
        yield from (text for kind in e.restricts if (text := f"LicenseRef-{kind}") in _RESTRICTS)
    if e.rule == "own-words" or (e.rule == "pointer" and e.basis is Basis.LICENSE_FILE):
        yield "LicenseRef-further-terms"
    elif e.rule == "per-item":
        if e.field != FURTHER and not (several and _SEVERAL.search(e.raw)):
            yield e.license
    elif e.license.endswith("-ToU") or (aside and e.license not in _VAGUE - {"LicenseRef-all-rights-reserved"}):
        yield e.license


def _about_data(target: str, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence about the data itself, or about the target where that is something else and all there is."""
    about = [e for e in evidence if e.scope in (Scope.DATA, Scope.CONTENTS) and e.field not in _ASIDE]
    for_code = {e.license for e in evidence if e.scope is Scope.CODE and e.license and e.stance is Stance.ASSERTED}
    kept = [e for e in about if not (_is_software_file(e) and e.license in for_code)]
    if any(e.license for e in kept):
        return kept
    if evidence and all(_last(e.path) == _last(target) and e.basis in _ALONE for e in evidence):
        return [e for e in evidence if e.scope is not Scope.METADATA] or list(evidence)
    site = [e for e in evidence if e.scope is Scope.SITE and e.basis in (Basis.HOLDER_PAGE, Basis.INDEX)]
    return site or kept


def _reserved(scanned: Scanned) -> tuple[str, ...]:
    """Reservations of mining or training as caveats: they stand beside a licence and never replace it."""
    told = (f"{r.path}:{r.line}: {r.signal} ({r.value}) {r.note}" for r in scanned.reservations if r.reserved)
    return tuple(dict.fromkeys(words.strip() for words in told))[:_MOST]


def _last(path: str) -> str:
    return path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1].lower()


def _is_software_file(e: Evidence) -> bool:
    """Whether this is a software licence in a file whose name does not say that it is for the data."""
    return (
        e.basis is Basis.LICENSE_FILE and "data" not in _last(e.path) and _SOFTWARE.match(e.license or "") is not None
    )


def _rank(e: Evidence, alone: bool) -> int:
    if e.basis is Basis.LICENSE_FILE:
        if e.field in ("LICENSES", THIRD):
            return _KEPT
        if _is_software_file(e) and not alone:
            return _SOFTWARE_FILE
        return 1 if "data" in _last(e.path) else 2
    return _ELSEWHERE if e.basis is Basis.CARD_BODY and e.field == "text" else _RANK[e.basis]


def _places(about: Sequence[Evidence]) -> list[_Place]:
    """Evidence by the kind of its place, best first."""
    by: dict[int, list[Evidence]] = {}
    alone = all(e.basis is Basis.LICENSE_FILE for e in about)
    for e in about:
        by.setdefault(_rank(e, alone), []).append(e)
    found = []
    for rank, rows in sorted(by.items()):
        license, _ = conclude(_statement(e) for e in rows)
        members = _named(_split(license), rows if rank == _RANK[Basis.CARD_BODY] else ()) if license else ()
        saying = [e for e in rows if e.license and e.stance is Stance.ASSERTED]
        weak = all(e.rule in _WEAK or (rank == _ELSEWHERE and e.rule.startswith("terms-")) for e in saying)
        found.append(_Place(rank, tuple(rows), members, weak))
    if sum(1 for p in found if p.members) > 1:
        found = [p for p in found if p.rank != _KEPT]
    return found


def _statement(e: Evidence) -> Statement:
    license = f"({e.license})" if e.license and " OR " in e.license else e.license
    return Statement(license, e.certainty, 0, 0, e.raw, e.rule, e.stance, Scope.DATA, e.part, e.restricts)


def _split(expression: str) -> tuple[str, ...]:
    """The members of an AND, those in brackets left whole."""
    parts, depth, start = [], 0, 0
    for m in re.finditer(r"[()]| AND ", expression):
        if m.group() == " AND ":
            if not depth:
                parts.append(expression[start : m.start()])
                start = m.end()
        else:
            depth += 1 if m.group() == "(" else -1
    return (*parts, expression[start:])


def _named(members: Sequence[str], rows: Iterable[Evidence]) -> tuple[str, ...]:
    """``members`` without what another says more fully, and with the restrictions that ``rows`` add to them.

    A bare "public domain" or "Creative Commons" says nothing beside a licence that is named; a
    sentence that allows research only says something beside a licence that allows more.
    """
    if len(members) > _MANY:
        return ("LicenseRef-many-licenses",)
    kept = [m for m in members if not _is_bare(m) and not any(_covers(m, other) for other in members)] or list(members)
    if not any(m in _VAGUE or re.search(r"-NC(?:-|\Z)", m) for m in kept):
        added = (e for e in rows if e.license in _STRICT and e.stance is Stance.ASSERTED)
        kept += list(dict.fromkeys(str(e.license) for e in added))[:1]
    return tuple(kept) if len(kept) <= _MOST else ("LicenseRef-many-licenses",)


def _parts(rows: Sequence[Evidence]) -> tuple[tuple[str, str], ...]:
    """Parts that are under licences of their own, and "" for the rest where a licence of the whole is stated.

    () where no part differs from the others: then one licence says it all.
    """
    if not any(e.part for e in rows):
        return ()
    by: dict[str, list[Statement]] = {}
    for e in rows:
        if e.license and e.stance is Stance.ASSERTED and e.part != "source":
            by.setdefault(e.part, []).append(_statement(e)._replace(part=""))
    concluded = ((part, conclude(said)[0]) for part, said in by.items())
    found = tuple((part, license) for part, license in concluded if license)
    return found if len({license for _, license in found}) > 1 and len(found) <= _MOST else ()


def _status(
    claims: Sequence[_Place], conflicts: Sequence[Conflict], *, denied: bool
) -> tuple[tuple[str, ...], tuple[str, ...], Status]:
    """The members of the conclusion, the claims that a verdict may not be better than, and the status."""
    if not claims:
        return (), (), Status.CONFLICT if conflicts else Status.NONE
    first = claims[0]
    members = () if denied else _with_own_terms(tuple(_finest(m, claims) for m in first.members), claims[1:])
    whole = " AND ".join(members)
    others = (p.license for p in claims if _differ(p.members, members))
    strictest = tuple(dict.fromkeys(text for text in (whole, *others) if text))
    if conflicts:
        return members, strictest, Status.CONFLICT
    if first.rank == _RANK[Basis.HUB_TAG] and len(members) > 1:
        return members, members, Status.AMBIGUOUS
    return members, strictest, Status.FOUND


def _with_own_terms(members: tuple[str, ...], lower: Sequence[_Place]) -> tuple[str, ...]:
    """Terms that one place names and another only describes bind together: what they are called, and what they do."""
    joined = members
    for place in lower:
        if not _differ(place.members, joined) and any(set(side) <= _VAGUE for side in (joined, place.members)):
            joined = tuple(dict.fromkeys((*joined, *place.members)))
    if joined == members:
        return members
    return tuple(m for m in joined if m not in _UNNAMED) or members


def _finest(member: str, claims: Sequence[_Place]) -> str:
    """``member``, or what a lower place states that says the same and more (its version, its port)."""
    for place in claims[1:]:
        for other in place.members:
            if len(place.members) == 1 and _covers(member, other):
                return other
    return member


def _denial(places: Sequence[_Place], claims: Sequence[_Place]) -> tuple[Evidence, ...]:
    """Words of a better place that say, against ``claims``, that there is no licence, that it is unknown, or not this."""
    if not claims:
        return ()
    found: list[Evidence] = []
    for place in places:
        if place.rank >= claims[0].rank:
            break
        if place.rank == _ELSEWHERE or place.members:
            continue
        found += [
            e
            for e in place.rows
            if e.stance is Stance.UNKNOWN
            or (e.stance is Stance.NEGATED and any(_agree(e.license or "", m) for m in claims[0].members))
        ]
    return tuple(found)


def _conflicts(claims: Sequence[_Place], denial: Sequence[Evidence], about: Sequence[Evidence]) -> tuple[Conflict, ...]:
    found: list[Conflict] = []
    if claims:
        first = claims[0]
        against = [p for p in claims[1:] if _differ(p.members, first.members)]
        if against or denial:
            rows = [*denial, *_saying(first), *(e for p in against for e in _saying(p))]
            note = _note(first, against[0]) if against else Message(_NOT_KNOWN)
            found.append(Conflict(Message("what the data is under"), tuple(dict.fromkeys(rows)), note))
    for words, link in _links(about):
        note = Message("the words of a link name another licence than its address")
        found.append(Conflict(Message("what the data is under"), (words, link), note))
    return tuple(found[:_MOST])


def _saying(place: _Place) -> list[Evidence]:
    """The rows that make a place's claim, the first of each licence."""
    rows = [e for e in place.rows if e.license and e.stance is Stance.ASSERTED]
    exact = [e for e in rows if e.license in place.members] or rows
    return list({e.license: e for e in reversed(exact)}.values())[::-1][:_MOST]


def _links(about: Iterable[Evidence]) -> Iterator[tuple[Evidence, Evidence]]:
    """Words and the address right behind them, as in a Markdown link, that name different licences."""
    for words, link in pairwise(about):
        behind = link.column - words.column - len(words.raw)
        if (
            link.rule.startswith("url-")
            and not words.rule.startswith("url-")
            and (words.path, words.line) == (link.path, link.line)
            and 0 <= behind <= 40
            and words.license
            and link.license
            and words.stance is link.stance is Stance.ASSERTED
            and _differ((words.license,), (link.license,))
        ):
            yield words, link


_NOT_KNOWN: Final = "the text does not know of the licence that the tag names"


def _note(first: _Place, other: _Place) -> str:
    """What the lower claim loses or adds, in one sentence."""
    for was in first.members:
        for became in other.members:
            if (was, became) in _REWRITTEN:
                return Message("the hub itself changed the tag {was} to {became} in 2022", was=was, became=became)
    high, low = (_conditions(p.members) for p in (first, other))
    lost, added = tuple(sorted(high - low)), tuple(sorted(low - high))
    where = Message("the tag" if other.rank == _RANK[Basis.HUB_TAG] else "the lower place")
    if lost and added:
        return Message("{where} leaves out {lost} and adds {added}", where=where, lost=lost, added=added)
    if lost:
        return Message("{where} leaves out {lost}", where=where, lost=lost)
    if added:
        return Message("{where} adds {added}", where=where, added=added)
    if family(first.license) == family(other.license):
        return Message("{where} states another version", where=where)
    return ""


def _caveats(
    about: Iterable[Evidence], gates: Sequence[Evidence], places: Sequence[_Place], claims: Sequence[_Place]
) -> tuple[str, ...]:
    found: list[str] = []
    weak = {id(e) for p in places if p.weak and p not in claims for e in p.rows}
    for e in about:
        if e.license and e.stance is Stance.ASSERTED:
            place = f"{e.path}:{e.line}"
            if "exceptions" in e.restricts:
                found.append(
                    Message(
                        "{place}: some parts are excepted from {license}: read what they are under",
                        place=place,
                        license=e.license,
                    )
                )
            if e.certainty is Certainty.LOSSY:
                found.append(
                    Message(
                        "{place}: `{words}` does not say all that {license} says (such as only or or-later)",
                        place=place,
                        words=e.raw[:60],
                        license=e.license,
                    )
                )
            if e.note and e.rule == "text":
                found.append(Message("{place}: {note}", place=place, note=e.note))
            if id(e) in weak and e.rule != "hub-other-unnamed":
                found.append(
                    Message("{place}: further words about the use that were not weighed: read them", place=place)
                )
    first = claims[0].members if claims else ()
    for place_ in claims[1:]:
        if set(place_.members) != set(first) and all(map(_is_public, (*first, *place_.members))):
            found.append(
                Message(
                    "{one} and {other} are both stated: each puts it in the public domain",
                    one=" AND ".join(first),
                    other=place_.license,
                )
            )
    found += [Message("{place}: {note}", place=f"{e.path}:{e.line}", note=e.note) for e in gates if e.note]
    return tuple(dict.fromkeys(found))
