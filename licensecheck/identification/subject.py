"""What a license is said of: the data, a part of it, its metadata, code, a model, a paper or a site."""

from __future__ import annotations

from typing import Final, NamedTuple

from licensecheck.identification.near import Mention
from licensecheck.identification.sentence import Sentence
from licensecheck.knowledge import grammar
from licensecheck.knowledge.lex import CLAUSE, SOFT, TIGHT
from licensecheck.knowledge.phrases import Hit
from licensecheck.model import Scope

SCOPES: Final = {
    "about-data": Scope.DATA,
    "about-part": Scope.DATA,
    "about-site": Scope.SITE,
    "about-metadata": Scope.METADATA,
    "about-code": Scope.CODE,
    "about-model": Scope.MODEL,
    "about-paper": Scope.SITE,
    "about-elsewhere": Scope.SITE,
    "about-source": Scope.DATA,
}
"""Meanings of phrases that can be a subject, with their scope. Of several the first counts."""
ABOUT: Final = tuple(SCOPES)
OF_WORK: Final = ("about-data", "about-part", "about-source")
_NAMED_PARTS: Final = ("about-part", "about-metadata", "about-paper")
_SHOWN: Final = ("about-site", "about-model", "about-paper")
SOURCE: Final = "source"
"""The part of statements about what the data was made from."""
_LABEL: Final = 4
"""Words of a label that begins a line, "Source code:", with the one behind it."""
_RELATED: Final = 4
"""Words between a thing and the comma behind which a relative clause speaks of it."""
_JOINED: Final = 3
"""Words between two things of which the second is joined to the first."""
_OF_SITE: Final = 5
"""Words between what a site shows and the site."""
_BORROWED: Final = 6
"""Words between a verb such as "compare" and its preposition at the end of a relative clause."""
_LAST: Final = 3
"""Letters of the longest word that says "only" before a name."""
_MEANS: Final = 6
"""Letters between a name and the data that is put under it, and between that and its particle."""
_CLAUSES: Final = 8
"""Clauses of one sentence that are looked at for a subject."""


class Subject(NamedTuple):
    """A scope, the words of the part where it is one, and whether the text names it."""

    scope: Scope
    part: str
    explicit: bool


NOTHING: Final = Subject(Scope.DATA, "", False)
"""No subject is named: the data is meant."""
_CODE_ALONE: Final = Subject(Scope.CODE, "", True)
_SITE_ALONE: Final = Subject(Scope.SITE, "", True)


def subject_before(sentence: Sentence, i: int, j: int) -> Subject:
    """The subject of the innermost clause that ends at word ``j`` and has one."""
    words, turns = sentence.words, grammar.words("turns")
    starts = [i]
    for k in range(i + 1, j):
        gap = words.gap[k]
        if gap == TIGHT:
            continue
        glue = words.glue[k]
        label = "\n" in glue and any(":" in words.glue[n] for n in range(k + 1, min(k + _LABEL, j + 1)))
        turned = "," in glue and (words.text[k] in turns or _is_new_clause(sentence, starts[-1], k, j))
        if gap >= CLAUSE or label or "(" in glue or ":" in glue or turned:
            starts.append(k)
    if _is_likened(sentence, starts[-1], j):
        return _SITE_ALONE
    related = _related(sentence, i, j)
    if related.explicit:
        return related
    found = (subject_of(sentence, start, j) for start in reversed(starts[-_CLAUSES:]))
    return next((subject for subject in found if subject.explicit), NOTHING)


def _is_likened(sentence: Sentence, i: int, j: int) -> bool:
    """Whether a relative clause says that the data works with what it speaks of: "the corpus that we compare with is ..."."""
    words = sentence.words
    if any(hit.j <= j and hit.i >= sentence.i for hit in sentence.of("likened")):
        return True
    verbs, persons, stops = grammar.words("borrows"), grammar.words("persons"), grammar.words("stops")
    for k in range(i + 1, j):
        if words.text[k] not in verbs or words.text[k - 1] not in persons:
            continue
        for n in range(k + 1, min(k + _BORROWED, j - 1)):
            if words.text[n] in grammar.words("stranded") and words.text[n + 1] in stops and not sentence.breaks(n):
                return True
    return False


def _related(sentence: Sentence, i: int, j: int) -> Subject:
    """What a relative clause is about that ends at word ``j``: "trained on this data, which is under ..."."""
    words, relatives = sentence.words, grammar.words("relatives")
    about = [hit for hit in sentence.of(*ABOUT) if i <= hit.i and hit.j <= j]
    if not about or about[-1].j >= j:
        return NOTHING
    k = about[-1].j
    while k < j and "," not in words.glue[k] and k - about[-1].j < _RELATED:
        k += 1
    relative = k < j and "," in words.glue[k] and words.text[k] in relatives
    return _judged(sentence, [about[-1]], about[-1].i) if relative else NOTHING


def _is_new_clause(sentence: Sentence, i: int, k: int, j: int) -> bool:
    """Whether behind the comma before word ``k`` a thing has a verb of its own: "X gilt für die Skripte, die Daten stehen ..."."""
    verbs, text = grammar.words("states"), sentence.words.text
    if verbs.isdisjoint(text[i:k]) or verbs.isdisjoint(text[k:j]):
        return False
    return any(k <= hit.i <= k + 1 and not verbs.isdisjoint(text[hit.j : j]) for hit in sentence.of(*ABOUT))


def subject_of(sentence: Sentence, i: int, j: int) -> Subject:
    """The subject that words ``i`` to ``j`` name: the head of their first noun phrase that has one."""
    about = [hit for hit in sentence.hits if i <= hit.i and hit.j <= j and hit.has(*ABOUT)]
    if not about:
        return NOTHING
    if any(sentence.words.kind[hit.i] == "c" for hit in about):
        return _judged(sentence, _head_final(sentence, about), i)
    return _judged(sentence, _HeadFirst(sentence, about, i, j).head(), i)


def _head_final(sentence: Sentence, about: list[Hit]) -> list[Hit]:
    """Korean, Japanese and Chinese: the last noun before the topic's particle, with what is joined to it."""
    words = sentence.words
    count = len(words.text)
    topics = grammar.words("topics") - grammar.words("possessives")
    head = len(about) - 1
    for n, hit in enumerate(about):
        if hit.j < count and words.text[hit.j] in topics:
            after = words.text[hit.j + 1] if hit.j + 1 < count and not words.glue[hit.j + 1] else ""
            if words.text[hit.j] != "이" or after not in grammar.words("copulas"):
                head = n
    group = [about[head]]
    for n in range(head - 1, -1, -1):
        between = range(about[n].j, about[n + 1].i)
        joined = all(words.text[k] in grammar.words("joins") for k in between) and (
            bool(between) or any(c in words.glue[about[n + 1].i] for c in ",-/·、，&")
        )
        if not joined:
            break
        group.insert(0, about[n])
    return group


class _HeadFirst:
    """European languages: the head of the first noun phrase. ``lead``: a phrase such as "in this dataset" comes before it."""

    def __init__(self, sentence: Sentence, about: list[Hit], i: int, j: int) -> None:
        self.sentence = sentence
        self.words = sentence.words
        self.about = about
        self.i = i
        self.j = j
        self.phrase: list[Hit] = []
        self.lead = False

    def head(self) -> list[Hit]:
        """The phrases that are the subject, or []."""
        words, i = self.words, self.i
        if not self._read():
            return []
        if self.phrase and self._has_unknown_fellow(self.phrase[-1]):
            return []
        return [] if self.lead and words.text[i] in grammar.words("asides") else self.phrase

    def _read(self) -> bool:
        """Read on to the end of the phrase; False where a verb comes before any noun."""
        words, i = self.words, self.i
        by_word = {hit.i: hit for hit in self.about}
        persons, finite = grammar.words("persons"), grammar.words("finite")
        spoken_to = words.text[i] in persons
        first, k = True, i
        while k < self.j:
            hit = by_word.get(k)
            if hit is not None:
                self._add(hit, k)
                k, first = hit.j, False
                continue
            word = words.text[k]
            if k > i and words.gap[k] >= CLAUSE and self.phrase:
                return True
            if word in finite and not self.phrase and not spoken_to and not self.lead:
                return False
            spoken_to = spoken_to and (word in persons or word in finite)
            if self._ends(word, k, first):
                return True
            first = False
            k += 1
        return True

    def _add(self, hit: Hit, k: int) -> None:
        words, phrase = self.words, self.phrase
        joined = not phrase or k == phrase[-1].j or words.text[k - 1] in grammar.words("joins")
        if phrase and k == phrase[-1].j and words.gap[k] == TIGHT:
            phrase[-1] = hit
        elif joined or not self.lead:
            phrase.append(hit)

    def _ends(self, word: str, k: int, first: bool) -> bool:
        """Whether the phrase ends before ``word``; a comma ends what only leads to it."""
        words = self.words
        if self.lead and self.phrase and word in grammar.words("persons"):
            return True
        if word in grammar.words("stops"):
            if self.phrase:
                return not self.lead
            if first:
                self.lead = word in grammar.words("leads")
        elif self.lead and self.phrase and words.gap[k] == SOFT and "," in words.glue[k] and self.about[-1].i >= k:
            self.phrase, self.lead = [], False
        return False

    def _has_unknown_fellow(self, head: Hit) -> bool:
        """Whether a proper name is joined to the head: "MetaShift and the code" is not only about the code."""
        words, i = self.words, self.i
        k = head.i - 1
        while k > i and words.text[k] in grammar.words("determiners"):
            k -= 1
        if k <= i or words.text[k] not in grammar.words("fellows"):
            return False
        capital = self.sentence.text[words.start[k - 1]].isupper()
        return words.kind[k - 1] == "w" and capital and words.text[k - 1] not in grammar.words("persons")


def _judged(sentence: Sentence, chosen: list[Hit], i: int) -> Subject:
    """The scope of the phrases ``chosen``: of several scopes the first of ``SCOPES`` counts."""
    words = sentence.words
    scopes = [(next(label for label in hit.means if label in SCOPES), hit) for hit in chosen]
    for wanted in SCOPES:
        hit = next((hit for label, hit in scopes if label == wanted), None)
        if hit is None:
            continue
        if wanted in _SHOWN and _is_within_data(sentence, chosen[-1]):
            return Subject(Scope.DATA, "", True)
        if wanted in OF_WORK and _is_of_site(sentence, chosen[-1], wanted):
            return _SITE_ALONE
        part = sentence.text[words.start[hit.i] : words.end[hit.j - 1]] if wanted in _NAMED_PARTS else ""
        sourced = any(h.has("about-source") and i <= h.i < hit.j and hit.i - h.j <= 2 for h in sentence.hits)
        if wanted == "about-source" or (sourced and wanted in ("about-data", "about-part")):
            part = SOURCE
        return Subject(SCOPES[wanted], part, True)
    return NOTHING


def _is_of_site(sentence: Sentence, hit: Hit, label: str) -> bool:
    """Whether ``hit`` is what a site shows: "the texts on this website". Data on a site is data all the same."""
    words = sentence.words
    shown = grammar.words("site-content")
    if label == "about-data" and "".join(words.text[hit.i : hit.j]) not in shown:
        return False
    between, this = grammar.words("of-site"), grammar.words("this-site")
    for site in sentence.of("about-site"):
        if words.kind[hit.i] == "c":
            gap = words.text[site.j : hit.i]
            if site.j <= hit.i and len(gap) <= _OF_SITE and (not gap or gap[0] in between):
                return True
        elif site.j == hit.i and words.gap[hit.i] == TIGHT:
            return True
        elif hit.j < site.i <= hit.j + _OF_SITE:
            gap = words.text[hit.j : site.i]
            if not this.isdisjoint(gap) and gap[0] in between and not _is_listed_on(sentence, site):
                return True
    return False


def _is_within_data(sentence: Sentence, hit: Hit) -> bool:
    """Whether pages, posts or models are what the data consists of: "web pages in this corpus"."""
    text, within = sentence.words.text, grammar.words("within")
    data = (other.i for other in sentence.of("about-data") if hit.j < other.i <= hit.j + _OF_SITE)
    return any(text[hit.j] in within and not sentence.crosses(hit.j, i) for i in data)


def _is_listed_on(sentence: Sentence, hit: Hit) -> bool:
    """Whether other works are listed behind ``hit``, before any verb: "the content of this website, the summaries and the texts"."""
    verbs, text = grammar.words("finite") | grammar.words("states"), sentence.words.text
    others = (other.i for other in sentence.of(*OF_WORK) if other.i >= hit.j)
    return any(verbs.isdisjoint(text[hit.j : i]) for i in others)


def is_for_data_too(sentence: Sentence, hit: Hit) -> bool:
    """Whether words that a license is for the code, ``hit``, go on to the data: "for the code and the data"."""
    if hit.has("notdata"):
        return False
    joins, text = grammar.words("joins"), sentence.words.text
    also = (other for other in sentence.of("about-data") if other.i >= hit.j)
    return any(len(text[hit.j : h.i]) <= _JOINED and not joins.isdisjoint(text[hit.j : h.i]) for h in also)


def is_one_part(sentence: Sentence, mention: Mention, i: int) -> bool:
    """Whether what a name is said of from word ``i`` on is one part and nothing else: "only the maps are X", "지도만 X"."""
    text = sentence.words.text
    if any(hit.i >= mention.j for hit in sentence.of("nothingelse")):
        return True
    first = next((k for k in range(i, mention.i) if text[k] not in grammar.words("turns") | grammar.words("joins")), i)
    begins = grammar.words("only-first")
    turned = max((k for k in range(first, mention.i) if sentence.breaks(k)), default=first)
    for k in {first, turned}:
        if text[k] in begins or "".join(text[k : k + 2]) in begins:
            # "Only under X" names no part.
            return not (grammar.words("linking") | grammar.words("stops")).issuperset(text[k + 1 : mention.i])
    last = "".join(text[max(i, mention.i - _LAST) : mention.i])
    return bool(last) and last.endswith(grammar.beginnings("only-last"))


def subject_but_not_the_data(
    sentence: Sentence, mention: Mention, limit: int, subject: Subject
) -> tuple[Subject, bool]:
    """The ``subject`` of a name, and whether words behind the name keep the data out: "only to the code", "not for the data".

    A part of the data, as in "the annotations, not the data itself", stays the subject.
    """
    found = next((hit for hit in sentence.of("codealone", "notdata") if mention.j <= hit.i < limit), None)
    if found is None or subject.part:
        return subject, False
    return (_CODE_ALONE if found.has("codealone") else subject), True


def subject_in_brackets(sentence: Sentence, mention: Mention, limit: int) -> tuple[Subject, int]:
    """What brackets right after a name say that it is for, "MIT (code)", and the word where they end."""
    words, hits = sentence.words, sentence.hits
    nothing = NOTHING, mention.j
    j = mention.j
    skip = 0
    while j < limit and skip < 3 and "(" not in words.glue[j]:
        hit = next((h for h in hits if h.i == j and h.has("license")), None)
        if hit is None or words.gap[j] != TIGHT:
            return nothing
        j = hit.j
        skip += 1
    if j >= limit or "(" not in words.glue[j] or words.gap[j] > SOFT:
        return nothing
    inside = {h.i: h for h in reversed(hits) if h.i >= j and h.j <= limit}
    fillers = grammar.words("in-brackets") | grammar.words("joins")
    k = j
    subject: list[Hit] = []
    while k < limit and k - j < grammar.window("brackets"):
        if k > j and ")" in words.glue[k]:
            break
        hit = inside.get(k)
        if hit is not None and hit.has(*ABOUT):
            subject.append(hit)
        elif not ((hit is not None and hit.has("license", "only")) or words.text[k] in fillers):
            return nothing
        k = hit.j if hit is not None else k + 1
    return (_judged(sentence, subject, j), k) if subject else nothing


def subject_with_name_in_brackets(sentence: Sentence, mention: Mention) -> Subject:
    """What stands right before a name in brackets: "everything but the code (MIT)"."""
    hit = next((hit for hit in sentence.of(*ABOUT) if hit.j == mention.i), None)
    return _judged(sentence, [hit], hit.i) if hit is not None else NOTHING


def subject_alone(sentence: Sentence, mention: Mention, limit: int) -> tuple[Subject, int]:
    """What a license is for alone, behind its name: "X covers the scripts only", "X는 모델에만"; and where it ends."""
    reach = min(limit, mention.j + grammar.window("for-what"))
    only = [hit for hit in sentence.of("only") if mention.j <= hit.i < reach + 2]
    for hit in sentence.of(*ABOUT):
        if not mention.j <= hit.i < reach or sentence.crosses(mention.j + 1, hit.i):
            continue
        subject = _judged(sentence, [hit], mention.j)
        if subject.scope in (Scope.DATA, Scope.METADATA):
            continue
        if any(o.j <= hit.i or hit.j <= o.i <= hit.j + 1 for o in only):
            return subject, max([hit.j, *(o.j for o in only if o.i <= hit.j + 1)])
    return NOTHING, mention.j


def subject_put_under(sentence: Sentence, mention: Mention, limit: int) -> tuple[Subject, int]:
    """Korean, Japanese and Chinese: the data behind a name, as the object of its verb: "X로 데이터셋 전체를 공개"."""
    words = sentence.words
    hit = next(
        (hit for hit in sentence.of(*ABOUT) if mention.j < hit.i <= mention.j + _MEANS and hit.j < limit + 1), None
    )
    if hit is None or sentence.crosses(mention.j, hit.i):
        return NOTHING, mention.j
    between, behind = words.text[mention.j : hit.i], words.text[hit.j : min(hit.j + _MEANS, limit)]
    by = grammar.words("by-means").issuperset(between) and not grammar.words("objects-behind").isdisjoint(behind)
    if by or "".join(between).startswith(grammar.beginnings("puts")):
        return _judged(sentence, [hit], mention.j), hit.j
    return NOTHING, mention.j


def is_license_of(sentence: Sentence, j: int) -> bool:
    """Whether word ``j`` is the "of" of "the license of"."""
    text = sentence.words.text
    return text[j] in grammar.words("of-or-for") and text[j - 1] in grammar.words("license")


def subject_after_for(sentence: Sentence, mention: Mention, limit: int) -> tuple[Subject, int]:
    """What follows a name after "for", "applies to", "covers": "Apache-2.0 for the code"; and where it ends."""
    words = sentence.words
    by_word = {hit.i: hit for hit in reversed(sentence.hits)}
    j = mention.j
    began = False
    while j < limit and j - mention.j < grammar.window("for-what") and words.gap[j] <= SOFT:
        hit = by_word.get(j)
        if hit is not None and hit.has(*ABOUT) and began:
            group = [hit]
            k = hit.j
            while k + 1 < limit and words.text[k] in grammar.words("joins"):
                other = by_word.get(k + 1)
                if other is None or not other.has(*ABOUT):
                    break
                group.append(other)
                k = other.j
            return _judged(sentence, group, mention.j), k
        if words.text[j] in grammar.words("for-what") or is_license_of(sentence, j):
            began = True
            if hit is not None and hit.has(*ABOUT, "offered"):
                j = hit.j
                continue
        elif not began and words.gap[j] == SOFT and "," in words.glue[j]:
            break
        j = hit.j if hit is not None and not hit.has(*ABOUT) else j + 1
    return NOTHING, mention.j
