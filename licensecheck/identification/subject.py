"""Words that say what a sentence is about."""

from __future__ import annotations

from typing import Final, NamedTuple

from licensecheck.knowledge.lex import words_of
from licensecheck.model import Scope

_SCOPES: Final = {
    "about-data": Scope.DATA,
    "about-part": Scope.DATA,
    "about-metadata": Scope.METADATA,
    "about-code": Scope.CODE,
    "about-model": Scope.MODEL,
    "about-site": Scope.SITE,
    "about-paper": Scope.SITE,
    "about-source": Scope.DATA,
}

_ABOUT: Final = tuple(_SCOPES)

_OF_WORK: Final = ("about-data", "about-part", "about-source")

_STOPS: Final = words_of(
    "of for in on to from with that which who whose trained using containing used by at is are was were has have can will "
    "may must under licensed released distributed available provided published governed as if when while where "
    "von des dieses dieser diesem für unter mit ist sind wird auf zu "
    "de du des pour sous est sont dans sur del para en bajo es son con do da dos das sob é são com per di della dei"
)

_LEAD: Final = words_of("of for in on to from with as if when while where für in auf pour dans para en per under at by")

_TURNS: Final = words_of("while whereas but however although though")

_FINITE: Final = words_of("is are was were should must may can cannot shall will")

_PERSONS: Final = words_of("you users user we i they please do not")

_JOINS: Final = words_of("and or und et y e und oder ou o 와 과 및 と 和 与 與 及 plus")

_IN_BRACKETS: Final = _JOINS | words_of(
    "for the our only all of 용 에 만 적 은 는 전 체 부 분 해 당 한 정 の み 仅 部 分"
)

_COPULA: Final = words_of("며 고 다 므 라 나 지 었 기 자 었 ㅂ")

_TOPICS: Final = words_of("은 는 이 가 は が 採 采 依 의 の")


class _Sentence(NamedTuple):
    i: int
    j: int
    heading: bool


class _Subject(NamedTuple):
    scope: Scope
    part: str
    explicit: bool


_NOTHING: Final = _Subject(Scope.DATA, "", False)
