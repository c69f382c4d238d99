"""Evidence to what the data is under, by the precedence of ``docs/precedence.md``. Pure.

Versions are never guessed, a list without an operator is never read as OR, silence is None, and a
disagreement is always kept with all its places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from licensecheck.base import regex
from licensecheck.base.message import Message
from licensecheck.identification import conclude, doubts
from licensecheck.identification import members as members_of
from licensecheck.identification.listening import OTHER_THING, quoted
from licensecheck.identification.subject import SOURCE
from licensecheck.knowledge import facts, relations, restrictions
from licensecheck.knowledge.restrictions import Binds
from licensecheck.model import (
    Basis,
    Certainty,
    Conflict,
    Evidence,
    Kind,
    Resolved,
    Scanned,
    Scope,
    Stance,
    Standing,
    Status,
    Unweighed,
    replace,
)
from licensecheck.scanners import disagreement
from licensecheck.scanners.place import (
    BODY,
    ELSEWHERE,
    MOST,
    RANK,
    STATING,
    Place,
    goes_further,
    is_list,
    of_code,
    saying,
)

_SOFTWARE_FILE: Final = 10
_KEPT: Final = 11
_MANY: Final = 256
"""Licences of one place, of which so many cannot say the same as sixteen others: they are not held against each other."""
_OF_WORK: Final = (Scope.DATA, Scope.CONTENTS, Scope.SITE)
_ALONE: Final = (Basis.LICENSE_FILE, Basis.METADATA_FILE)
_SEVERAL: Final = regex.compile(r"multiple|various|different|several|mixed", re.I)
"""Words that say no more than the list of licenses that follows them."""
_ADDED: Final = frozenset(
    (
        "annotation", "annotations", "label", "labels", "tags", "captions", "questions", "translation", "translations", "transcripts", "transcriptions",
        "subtitles", "주석", "라벨", "라벨링", "레이블", "어노테이션", "번역", "번역문", "질문", "전사",
    )
)  # fmt: skip
"""Parts that are added to a work: a license of these alone says nothing of the work."""
_UNSURE: Final = (Kind.UNKNOWN, Kind.OTHERS_TERMS, Kind.UNCLEAR)
_UNNAMED: Final = frozenset({"LicenseRef-custom", "LicenseRef-other"})
_OWN: Final = (Kind.OWN_WORDS, Kind.OWN_LICENSE)
"""Kinds of a field for a license that name terms of the publisher's own: another place that names a license is not these."""
_FILES: Final = ("license", "licence", "copying")
"""How the names of license files begin."""
_WEAK: Final = (Kind.OWN_WORDS, Kind.POINTER, Kind.FOLLOWED, Kind.UNNAMED)
"""Kinds that show that there are terms, and not which: nothing against a license that is named."""
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


def resolve(target: str, scanned: Scanned) -> Resolved:
    """What ``target``'s data is under, as concluded from ``scanned``."""
    about = _about_data(target, [e for e in scanned.evidence if not doubts(e.license)])
    gates = [e for e in scanned.evidence if e.standing is Standing.GATE]
    places = _places(about)
    claims = [p for p in places if p.members]
    strong = [p for p in claims if not p.weak]
    claims = _governed(strong or claims[:1])
    denial = _denial(places, claims) or of_code(scanned.evidence, claims)
    conflicts = _conflicts(claims, denial, about)
    members, strictest, status = _status(claims, conflicts, denied=bool(denial))
    terms = next((e.license for e in gates if e.license), None)
    if terms and not claims and not denial:
        members, strictest, status = (terms,), (terms,), Status.FOUND
    elif not claims and not denial and (named := _unplaced(scanned.evidence)):
        members, strictest, status = named, named, Status.FOUND
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
        tuple(dict.fromkeys((*scanned.unweighed, *_kept_alone(claims)))),
    )


def _governed(claims: list[Place]) -> list[Place]:
    """``claims`` with the best joined to a statement about the whole, where the best speaks of parts or sources only.

    The whole's license governs. Parts that ask for more bind beside it; those of which none is under it contradict it.
    """
    if len(claims) < 2:
        return claims
    parts = claims[0]
    stated = [e for e in parts.rows if e.license in parts.members and e.stance is Stance.ASSERTED]
    if not stated or not all(e.part for e in stated):
        return claims
    at = next((n for n, p in enumerate(claims) if n and not all(e.part for e in saying(p))), None)
    if at is None:
        return claims
    whole = claims[at]
    sources = all(e.part == SOURCE for e in stated)
    stricter = [m for m in parts.members if not any(m == w or relations.covers(w, m) for w in whole.members)]
    named = all(any(relations.agree(w, m) for m in parts.members) for w in whole.members)
    several = len({e.part for e in stated}) > 1
    if not (sources or named or (several and not stricter)):
        return claims
    members = whole.members if sources else _named((*whole.members, *stricter), ())
    rank = whole.rank if sources else parts.rank
    joined = Place(rank, (*whole.rows, *parts.rows), members, weak=False)
    return [joined, *(p for n, p in enumerate(claims) if n not in (0, at))]


def _beside(places: Sequence[Place], claims: Sequence[Place], evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Restrictions that stand where the license is not stated, or that no such license has; not those that it has."""
    said = [m for p in places if p.weak and p not in claims for m in p.members if _restricts(restrictions.kind_of(m))]
    if not claims and any(e.standing is Standing.UNPLACED for e in evidence):
        said.append("LicenseRef-unclear-rights")
    several = len({e.license for e in evidence if e.license and e.kind is not Kind.PER_ITEM}) > 1
    said += (
        text for e in evidence if e.scope in _OF_WORK and e.standing is not Standing.GATE for text in _asked(e, several)
    )
    said += _of_sources(evidence)
    stating = [e for p in claims for e in saying(p)]
    if len({e.part for e in stating}) == 1 and all(e.part.lower() in _ADDED and e.basis in BODY for e in stating):
        said.append("LicenseRef-unclear-rights")
    held = {m for p in claims for m in p.members} or set(_unplaced(evidence))
    has = relations.implied(held) - relations.implied(())
    new = (m for m in said if restrictions.kind_of(m) not in has and not any(relations.agree(m, one) for one in held))
    return tuple(dict.fromkeys(new))


def _of_sources(evidence: Sequence[Evidence]) -> Iterator[str]:
    """The licenses of what the data was made from, as the text of a card or a license file lists them."""
    for e in evidence:
        counts = e.part == SOURCE and e.scope is Scope.DATA and e.basis in BODY and e.standing in STATING
        if counts and e.stance is Stance.ASSERTED and e.license and not facts.is_unnamed(e.license):
            yield e.license


def _unplaced(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The licenses in fields and columns that may not be about the data, where nothing states what it is under."""
    found = [replace(e, part="") for e in evidence if e.standing is Standing.UNPLACED and e.scope in _OF_WORK]
    named = [e for e in found if e.license and e.stance is Stance.ASSERTED]
    return _named([one for each in members_of(_of_work(named)) for one in _split(each)], ()) if named else ()


def _restricts(kind: str | None) -> bool:
    """Whether a kind says what may not be done, and does not only say that there are terms."""
    return kind is not None and kind in restrictions.kinds(Binds.YES, Binds.ALONE) and not restrictions.is_unread(kind)


def _asked(e: Evidence, several: bool) -> Iterator[str]:
    """What one statement asks for, or leaves open, beside the license; ``several`` where several licenses are named."""
    if e.stance is Stance.UNKNOWN and e.kind in _UNSURE and e.standing is not Standing.MENTIONED:
        yield "LicenseRef-unclear-rights"
    if e.stance is Stance.FUTURE:  # considered, hoped for or asked for: what the license is, is not decided
        yield from doubts(None, e.restricts)
    if e.stance is not Stance.ASSERTED or not e.license:
        return
    yield from doubts(e.license, e.restricts)
    aside = e.standing in (Standing.BESIDE, Standing.UNPLACED, Standing.NOTICE)
    if aside or (e.scope is Scope.SITE and e.basis in BODY and e.kind is Kind.RESTRICTION):
        yield from (restrictions.license_of(kind) for kind in e.restricts if _restricts(kind))
    own = e.kind in _OWN or (e.kind is Kind.POINTER and _leads_elsewhere(e.raw))
    if (e.kind is Kind.POINTER and e.basis is Basis.LICENSE_FILE) or (
        own and e.basis is Basis.METADATA_FILE and e.standing is not Standing.MENTIONED
    ):
        yield "LicenseRef-further-terms"
    elif e.kind is Kind.PER_ITEM:
        if e.standing is not Standing.BESIDE and not (several and _SEVERAL.search(e.raw)):
            yield e.license
    elif e.license.endswith("-ToU") or (aside and not (relations.is_stated(e.license) and e.kind is not Kind.RESERVED)):
        yield e.license


def _leads_elsewhere(raw: str) -> bool:
    """Whether a field points to terms on the web, and not to the license file of a repository, which is read as itself."""
    return "://" in raw and not _last(re.split(r"[?#]", raw)[0]).startswith(_FILES)


def _about_data(target: str, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence about the data itself, or about the target where that is something else and all there is."""
    about = [e for e in evidence if e.scope in (Scope.DATA, Scope.CONTENTS) and e.standing in STATING]
    for_code = {e.license for e in evidence if e.scope is Scope.CODE and e.license and e.stance is Stance.ASSERTED}
    for_data = any(e.basis is Basis.LICENSE_FILE and e.license and "data" in _last(e.path) for e in about)
    kept = [e for e in about if not (_is_software_file(e) and (for_data or e.license in for_code))]
    if any(e.license for e in kept):
        return kept
    if evidence and all(_last(e.path) == _last(target) and e.basis in _ALONE for e in evidence):
        stating = [e for e in evidence if e.standing in STATING or e.basis is not Basis.METADATA_FILE]
        return [e for e in stating if e.scope is not Scope.METADATA] or stating
    site = [e for e in evidence if e.scope is Scope.SITE and e.basis in (Basis.HOLDER_PAGE, Basis.INDEX)]
    return site or kept


def _reserved(scanned: Scanned) -> tuple[str, ...]:
    """Reservations of mining or training as caveats: they stand beside a license and never replace it."""
    told = (f"{r.path}:{r.line}: {r.signal} ({r.value}) {r.note}" for r in scanned.reservations if r.reserved)
    return tuple(dict.fromkeys(words.strip() for words in told))[:MOST]


def _kept_alone(claims: Sequence[Place]) -> Iterator[Unweighed]:
    """The license texts that are all there is, where they are kept for whatever refers to them, or are those of third parties."""
    kept = [
        e
        for p in claims
        for e in p.rows
        if e.standing is Standing.KEPT or (e.standing is Standing.NOTICE and e.kind is Kind.TEXT)
    ]
    if kept and len(kept) == sum(len(p.rows) for p in claims):
        yield from (Unweighed(e.path, e.line, e.column, quoted(e.raw), OTHER_THING) for e in kept[:MOST])


def _last(path: str) -> str:
    return path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1].lower()


def _is_software_file(e: Evidence) -> bool:
    """Whether this is a software license in a file whose name does not say that it is for the data."""
    return e.basis is Basis.LICENSE_FILE and "data" not in _last(e.path) and facts.is_software(e.license or "")


def _rank(e: Evidence, alone: bool) -> int:
    if e.basis is Basis.LICENSE_FILE:
        if e.standing in (Standing.KEPT, Standing.NOTICE):
            return _KEPT
        if _is_software_file(e) and not alone:
            return _SOFTWARE_FILE
        return 1 if "data" in _last(e.path) else 2
    return ELSEWHERE if e.standing is Standing.ELSEWHERE else RANK[e.basis]


def _places(about: Sequence[Evidence]) -> list[Place]:
    """Evidence by the kind of its place, best first."""
    by: dict[int, list[Evidence]] = {}
    alone = all(e.basis is Basis.LICENSE_FILE for e in about)
    for e in about:
        by.setdefault(_rank(e, alone), []).append(e)
    found = []
    for rank, rows in sorted(by.items()):
        concluded = [one for each in members_of(_of_work(rows)) for one in _split(each)]
        members = _named(concluded, rows if rank == RANK[Basis.CARD_BODY] else ()) if concluded else ()
        saying = [e for e in rows if e.license and e.stance is Stance.ASSERTED]
        weak = all(e.kind in _WEAK for e in saying)
        found.append(Place(rank, tuple(rows), members, weak))
    if sum(1 for p in found if p.members) > 1:
        found = [p for p in found if p.rank != _KEPT]
    return found


def _of_work(rows: Iterable[Evidence]) -> Iterator[Evidence]:
    """``rows`` as statements about one work, whatever that work is."""
    return (replace(e, scope=Scope.DATA) for e in rows)


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

    A bare "public domain" or "Creative Commons" says nothing beside a license that is named; a
    sentence that allows research only says something beside a license that allows more.
    """
    if len(members) > _MANY:
        return ("LicenseRef-many-licenses",)
    kept = relations.fullest(members)
    if not any(relations.is_stated(m) or facts.noncommercial(m) for m in kept):
        narrowing = restrictions.stating_elsewhere()
        asserted = (e for e in rows if e.stance is Stance.ASSERTED and e.part != SOURCE)
        kept += list(dict.fromkeys(str(e.license) for e in asserted if restrictions.kind_of(e.license) in narrowing))[
            :1
        ]
    return tuple(kept) if len(kept) <= MOST else ("LicenseRef-many-licenses",)


def _parts(rows: Sequence[Evidence]) -> tuple[tuple[str, str], ...]:
    """Parts that are under licenses of their own, and "" for the rest where a license of the whole is stated.

    () where no part differs from the others: then one license says it all.
    """
    if not any(e.part for e in rows):
        return ()
    by: dict[str, list[Evidence]] = {}
    for e in rows:
        if e.license and e.stance is Stance.ASSERTED and e.part != SOURCE:
            by.setdefault(e.part, []).append(replace(e, part=""))
    concluded = ((part, conclude(_of_work(stating))[0]) for part, stating in by.items())
    found = tuple((part, license) for part, license in concluded if license)
    return found if len({license for _, license in found}) > 1 and len(found) <= MOST else ()


def _status(
    claims: Sequence[Place], conflicts: Sequence[Conflict], *, denied: bool
) -> tuple[tuple[str, ...], tuple[str, ...], Status]:
    """The members of the conclusion, the claims that a verdict may not be better than, and the status."""
    if not claims:
        return (), (), Status.CONFLICT if conflicts else Status.NONE
    first = claims[0]
    members = () if denied else _with_own_terms(tuple(_finest(m, claims) for m in first.members), claims[1:])
    whole = " AND ".join(members)
    others = (p.license for p in claims if relations.differ(p.members, members))
    strictest = tuple(dict.fromkeys(text for text in (whole, *others) if text))
    if conflicts:
        return members, strictest, Status.CONFLICT
    if len(members) > 1 and is_list(first):
        return members, members, Status.AMBIGUOUS
    return members, strictest, Status.FOUND


def _with_own_terms(members: tuple[str, ...], lower: Sequence[Place]) -> tuple[str, ...]:
    """Terms that one place names and another only describes bind together: what they are called, and what they do."""
    joined = members
    for place in lower:
        if relations.repeats(place.members, joined):
            continue
        if not relations.differ(place.members, joined) and any(
            all(map(relations.is_stated, side)) for side in (joined, place.members)
        ):
            joined = tuple(dict.fromkeys((*joined, *place.members)))
    if joined == members:
        return members
    return tuple(m for m in joined if m not in _UNNAMED) or members


def _finest(member: str, claims: Sequence[Place]) -> str:
    """``member``, or what a lower place states that says the same and more (its version, its port)."""
    for place in claims[1:]:
        for other in place.members:
            if len(place.members) == 1 and relations.says_less(member, other):
                return other
    return member


def _denial(places: Sequence[Place], claims: Sequence[Place]) -> tuple[Evidence, ...]:
    """Words of a better place that say, against ``claims``, that there is no license, that it is unknown, or not this."""
    if not claims:
        return ()
    found: list[Evidence] = []
    for place in places:
        if place.rank >= claims[0].rank:
            break
        if place.rank == ELSEWHERE or place.members:
            continue
        found += [
            e
            for e in place.rows
            if e.stance is Stance.UNKNOWN
            or (e.stance is Stance.NEGATED and any(relations.agree(e.license or "", m) for m in claims[0].members))
        ]
    return tuple(found)


def _conflicts(claims: Sequence[Place], denial: Sequence[Evidence], about: Sequence[Evidence]) -> tuple[Conflict, ...]:
    found: list[Conflict] = []
    if claims:
        first = claims[0]
        against = [p for p in claims[1:] if relations.differ(p.members, first.members) and not goes_further(p, first)]
        if against or denial:
            rows = [*denial, *saying(first), *(e for p in against for e in saying(p))]
            note = _note(first, against[0]) if against else Message(_NOT_KNOWN)
            found.append(Conflict(Message("what the data is under"), tuple(dict.fromkeys(rows)), note))
    found += (Conflict(Message("what the data is under"), rows, note) for rows, note in disagreement.within(about))
    return tuple(found[:MOST])


_NOT_KNOWN: Final = "the text does not mention the license in the tag"


def _note(first: Place, other: Place) -> str:
    """What the lower claim loses or adds, in one sentence."""
    for was in first.members:
        for became in other.members:
            if (was, became) in _REWRITTEN:
                return Message("the hub itself changed the tag {was} to {became} in 2022", was=was, became=became)
    high, low = (relations.conditions(p.members) for p in (first, other))
    lost, added = tuple(sorted(high - low)), tuple(sorted(low - high))
    where = Message("the tag" if other.rank == RANK[Basis.HUB_TAG] else "the lower place")
    if lost and added:
        return Message("{where} leaves out {lost} and adds {added}", where=where, lost=lost, added=added)
    if lost:
        return Message("{where} leaves out {lost}", where=where, lost=lost)
    if added:
        return Message("{where} adds {added}", where=where, added=added)
    if relations.family(first.license) == relations.family(other.license):
        return Message("{where} states another version", where=where)
    return ""


def _caveats(
    about: Iterable[Evidence], gates: Sequence[Evidence], places: Sequence[Place], claims: Sequence[Place]
) -> tuple[str, ...]:
    found: list[str] = []
    weak = {id(e) for p in places if p.weak and p not in claims for e in p.rows}
    for e in about:
        if e.license and e.stance is Stance.ASSERTED:
            place = f"{e.path}:{e.line}"
            if "exceptions" in e.restricts:
                found.append(
                    Message(
                        "{place}: some parts are not under {license}; check what they are under",
                        place=place,
                        license=e.license,
                    )
                )
            if e.certainty is Certainty.LOSSY:
                found.append(
                    Message(
                        "{place}: `{words}` leaves out part of what {license} says, such as only or or-later",
                        place=place,
                        words=e.raw[:60],
                        license=e.license,
                    )
                )
            if e.note and e.kind is Kind.TEXT:
                found.append(Message("{place}: {note}", place=place, note=e.note))
            if id(e) in weak and e.kind is not Kind.UNNAMED:
                found.append(
                    Message("{place}: other terms of use were found and not evaluated; please read them", place=place)
                )
    first = claims[0].members if claims else ()
    for place_ in claims[1:]:
        if set(place_.members) != set(first) and all(map(facts.is_public_domain, (*first, *place_.members))):
            found.append(
                Message(
                    "{one} and {other} are both stated; both put the work in the public domain",
                    one=" AND ".join(first),
                    other=place_.license,
                )
            )
    found += [Message("{place}: {note}", place=f"{e.path}:{e.line}", note=e.note) for e in gates if e.note]
    return tuple(dict.fromkeys(found))
