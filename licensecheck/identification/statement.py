"""What a text does with the licenses that it names: of what it speaks, whether it asserts it, what it adds.

A sentence is read once, left to right. The subject of a name is the head of the noun phrase before it ("the code of the
dataset is under ..." speaks of code), else what follows it in brackets or after "for"; without either it is the data.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from licensecheck.identification import mention as names
from licensecheck.identification import settled
from licensecheck.identification.behind import has_unknown_exception, is_altered
from licensecheck.identification.given import is_bare, is_given, is_labeled, is_restated
from licensecheck.identification.near import Mention
from licensecheck.identification.restriction import leaves_something_out, restrictions_of
from licensecheck.identification.sentence import Sentence, sentences
from licensecheck.identification.side_by_side import with_parts
from licensecheck.identification.stance import stances_of
from licensecheck.identification.subject import (
    ABOUT,
    NOTHING,
    OF_WORK,
    Subject,
    is_for_data_too,
    is_one_part,
    subject_after_for,
    subject_alone,
    subject_before,
    subject_but_not_the_data,
    subject_in_brackets,
    subject_of,
    subject_put_under,
    subject_with_name_in_brackets,
)
from licensecheck.identification.time import ended, is_dated, is_present, outdated, were
from licensecheck.identification.undecided import undecided
from licensecheck.knowledge import grammar, phrases, relations, restrictions
from licensecheck.knowledge.fold import fold
from licensecheck.knowledge.lex import lex
from licensecheck.knowledge.phrases import Hit
from licensecheck.knowledge.restrictions import Binds
from licensecheck.model import Certainty, Kind, Scope, Stance, Statement

_LONG: Final = 300
"""Characters of the longest sentence that is quoted whole."""


def statements(text: str, folded: str) -> list[Statement]:
    """Every statement about licensing in ``text``, in order. ``folded`` is ``text`` folded."""
    words = lex(folded)
    if not words.text:
        return []
    hits = phrases.hits(words)
    reader = _Reader()
    found: list[settled.Read] = []
    parts = list(sentences(text, words, hits, names.mentions(words, hits, text, folded)))
    while parts and not _may_state(parts[-1]):
        parts.pop()
    for sentence in parts:
        found += reader.read(sentence)
    found = [_replaced(one) if one.statement.start in reader.replaced else one for one in found]
    done = with_parts(settled.settled(found, reader.hedged), text, folded)
    done = settled.with_contradicted(settled.with_open_whole(done, reader.own_parts), reader.not_the_data)
    return settled.joined(done, folded, text, reader.divided)


def scope_of(heading: str) -> Scope:
    """Of what a heading speaks: "Code license" of the code."""
    folded = fold(heading)
    words = lex(folded)
    hits = phrases.hits(words)
    read = sentences(heading, words, hits, names.mentions(words, hits, heading, folded)) if words.text else ()
    subjects = (subject_of(sentence, sentence.i, sentence.j) for sentence in read)
    return next((subject.scope for subject in subjects if subject.explicit), Scope.DATA)


def _may_state(sentence: Sentence) -> bool:
    """Whether a sentence names a license, or has a phrase without which none states anything."""
    return bool(sentence.mentions) or sentence.has(*_CLAIMING) or sentence.has(*restrictions.meanings())


_CLAIMING: Final = ("license", "unknown", "peritem", "reserved", "proprietary", "bindsto", "negatedafter")
"""Meanings of phrases by which a sentence that does not name a license states something: see :class:`_Unnamed`."""


def _replaced(one: settled.Read) -> settled.Read:
    return one._replace(statement=one.statement._replace(stance=Stance.NEGATED))


def _not_the_data(statement: Statement) -> Statement:
    return statement._replace(stance=Stance.NEGATED, scope=Scope.DATA, part="", restricts=())


class _Reader:
    """Reads sentence after sentence. ``topic`` is what the sentence before spoke of, ``heading`` the last heading's subject."""

    def __init__(self) -> None:
        self.topic = NOTHING
        self.heading = NOTHING
        self.hedged: set[int] = set()
        """Where names begin that may not hold for all: "usually X", "X or Y"."""
        self.own_parts: set[int] = set()
        """Where names begin that are said only of what the publisher added: annotations, "my part"."""
        self.were: list[int] = []
        """Where names begin of which the last sentence that named a license says that they held."""
        self.present = False
        """Whether the last sentence that named a license says that it holds now."""
        self.replaced: set[int] = set()
        """Where names begin that a later sentence replaced: "Version 1 was X. The current version is Y." """
        self.not_the_data: set[str] = set()
        """Licenses that are not for the data, by a sentence that names them: "X is only for the code"."""
        self.divided: set[int] = set()
        """Where names begin that are divided among the items: "X or Y, depending on the author" is no choice."""

    def read(self, sentence: Sentence) -> Iterator[settled.Read]:
        """The statements of one sentence."""
        if sentence.opens:
            self.topic = NOTHING
        subject = subject_of(sentence, sentence.i, sentence.j)
        if sentence.heading:
            small = len(sentence) <= grammar.window("heading")
            self.heading = subject if subject.explicit and (small or sentence.has("license")) else NOTHING
        named = [mention for mention in sentence.mentions if mention.license is not None]
        if named:
            yield from self._named(sentence, named)
        elif _may_state(sentence):
            yield from self._unnamed(sentence, subject)
        first = sentence.first(*ABOUT)
        start = first.i if first is not None else sentence.j
        if subject.explicit and start - sentence.i <= grammar.window("topic"):
            self.topic = subject

    # --- sentences that name a license ---

    def _named(self, sentence: Sentence, mentions: list[Mention]) -> Iterator[settled.Read]:
        words = sentence.words
        per_item = self._per_item(sentence, mentions)
        if len(mentions) > 1 and _is_divided(sentence, mentions):
            self.divided.update(words.start[mention.i] for mention in mentions)
        stated = restrictions_of(sentence)
        excepted = sentence.of("exceptions")
        replaced = outdated(sentence, mentions)
        over, open_grants = set(ended(sentence, mentions)), undecided(sentence, mentions)
        present = is_present(sentence, mentions)
        if present:
            self.replaced.update(self.were)
        self.were = [words.start[i] for i in were(sentence, mentions)]
        if self.present and not present:
            self.replaced.update(self.were)
        self.present = present
        unsure = sentence.has("unsure") and not replaced
        open_rights = unsure or any(leaves_something_out(sentence, hit) for hit in excepted)
        counted = _counted(sentence, mentions)
        stances = stances_of(sentence, mentions)
        owned, last = sentence.i, NOTHING
        for n, mention in enumerate(mentions):
            limit = mentions[n + 1].i if n + 1 < len(mentions) else sentence.j
            before = mentions[n - 1] if n else None
            subject, taken = self._subject(sentence, mention, before, last, owned, limit)
            subject, not_the_data = subject_but_not_the_data(sentence, mention, limit, subject)
            follows = before is not None and before.i in replaced and mention.i not in replaced
            if follows and not subject.explicit:
                subject = last
            owned_from, owned, last = owned, max(mention.j, taken), subject
            license, certainty, rule, kind = mention.license or "", mention.certainty, mention.rule, mention.kind
            extra = relations.added(license, stated)
            strict = any(restrictions.binds(one) is Binds.YES for one in extra)
            if strict and restrictions.is_standard(license) and subject.scope is Scope.DATA:
                rule, kind = f"restricted-{license}", Kind.NARROWED
                license, certainty = restrictions.license_of(extra[0]), Certainty.AMBIGUOUS
            if n in counted and restrictions.held(license).isdisjoint(restrictions.kinds(Binds.YES)):
                license, certainty, rule, kind = settled.PER_ITEM, Certainty.AMBIGUOUS, "per-item", Kind.PER_ITEM
            if has_unknown_exception(sentence, mention):
                license, certainty = "LicenseRef-custom", Certainty.AMBIGUOUS
                rule, kind = "unknown-exception", Kind.UNKNOWN_NAME
            if excepted:
                extra = (*extra, "exceptions")
            open_ = open_rights or is_dated(sentence, mention) or is_altered(sentence, mention)
            stance = stances[n]
            if mention.i in replaced or mention.i in over:
                stance = Stance.NEGATED
            elif mention.i in open_grants and stance in (Stance.ASSERTED, Stance.FUTURE):
                stance, open_ = Stance.FUTURE, True
            elif stance is Stance.FUTURE:
                open_ = False
            if open_ and "unclear-rights" not in extra:
                extra = (*extra, "unclear-rights")
            start, end = words.start[mention.i], words.end[mention.j - 1]
            mine = subject.part and any(hit.i < mention.i for hit in sentence.of("ownpart"))
            if mine or ((subject.part or not subject.explicit) and is_one_part(sentence, mention, owned_from)):
                self.own_parts.add(start)
            statement = Statement(
                license,
                certainty,
                start,
                end,
                sentence.text[start:end],
                rule,
                stance,
                subject.scope,
                subject.part,
                extra,
                mention.url,
                kind,
                (subject.explicit and (follows or is_given(sentence, mention))) or is_labeled(sentence, mention),
            )
            if not_the_data:
                self.not_the_data.add(license)
                yield settled.Read(_not_the_data(statement), True, per_item[n])
                if subject.scope is Scope.DATA:
                    continue
            bare = is_bare(sentence, mention) or is_restated(sentence, mention)
            yield settled.Read(statement, subject.explicit or not bare, per_item[n])

    def _subject(
        self, sentence: Sentence, mention: Mention, previous: Mention | None, last: Subject, owned: int, limit: int
    ) -> tuple[Subject, int]:
        """The subject of one name, and the word up to which the name and its subject reach.

        ``previous`` is the name before it with the subject ``last``, whose words end at ``owned``.
        """
        put, put_taken = subject_put_under(sentence, mention, limit)
        if put.explicit:
            return put, put_taken
        subject, taken = subject_in_brackets(sentence, mention, limit)
        before = subject_before(sentence, owned, mention.i) if mention.i > owned else NOTHING
        if not subject.explicit and "(" in sentence.words.glue[mention.i]:
            subject = subject_with_name_in_brackets(sentence, mention)
        if not subject.explicit and before.explicit:
            subject = before
        elif not subject.explicit and previous is not None and _goes_on(previous, mention, owned):
            subject = subject_of(sentence, sentence.i, previous.i) if _is_aside(sentence, previous) else last
        elif not subject.explicit and previous is None:
            subject = self._inherited(sentence)
        if not subject.explicit or before is not subject:
            alone, alone_taken = subject_alone(sentence, mention, limit)
            if alone.explicit:
                return alone, alone_taken
        if not subject.explicit:
            late, late_taken = subject_after_for(sentence, mention, limit)
            if late.explicit:
                return late, late_taken
        return subject, taken

    def _inherited(self, sentence: Sentence) -> Subject:
        first = sentence.hits[0] if sentence.hits and sentence.hits[0].i == sentence.i else None
        if first is not None and first.has("pronoun") and self.topic.explicit and not sentence.opens:
            return self.topic
        return self.heading

    def _per_item(self, sentence: Sentence, mentions: list[Mention]) -> list[bool]:
        """For each name whether it is one of those that single items may have: "per image", "usually X or Y"."""
        words = sentence.words
        group = [0]
        for before, mention in pairwise(mentions):
            group.append(group[-1] + (not _continues(before, mention)))
        marks = (
            []
            if sentence.has("option")
            else [hit.i for hit in sentence.of("peritem") if not _leads_to_name(sentence, hit, mentions)]
        )
        loose = [hit.i for hit in sentence.of("hedge")]
        flags = {}
        for number in set(group):
            inside = [mention for mention, g in zip(mentions, group, strict=True) if g == number]
            low = max([mention.j for mention, g in zip(mentions, group, strict=True) if g < number], default=sentence.i)
            high = min(
                [mention.i for mention, g in zip(mentions, group, strict=True) if g > number], default=sentence.j
            )
            flags[number] = any(low <= k < high for k in marks)
            listed = not grammar.words("choices").isdisjoint(words.text[inside[0].i : inside[-1].j])
            if (listed and len(inside) > 1) or any(low <= k < inside[0].i for k in loose):
                self.hedged.update(words.start[mention.i] for mention in inside)
        return [flags[number] for number in group]

    # --- sentences that name none ---

    def _unnamed(self, sentence: Sentence, subject: Subject) -> Iterator[settled.Read]:
        """What a sentence that does not name a license says of licensing all the same."""
        if sentence.words.text[sentence.i] in grammar.words("unlike"):
            return
        found = _Unnamed(sentence).claim()
        if found is None:
            return
        words = sentence.words
        start, end = words.start[sentence.i], words.end[sentence.j - 1]
        if end - start > _LONG:
            start = words.start[found.place]
            end = words.end[min(found.place + 20, sentence.j - 1)]
        about = subject if subject.explicit else self.topic if self.topic.explicit else self.heading
        if about is subject and (_is_of_training(sentence, about) or sentence.has("about-data", "about-part")):
            about = about._replace(scope=Scope.DATA)
        statement = Statement(
            found.license,
            Certainty.AMBIGUOUS if found.license else Certainty.NONE,
            start,
            end,
            sentence.text[start:end],
            found.rule,
            found.stance,
            about.scope,
            about.part,
            found.restricts,
            kind=found.kind,
        )
        yield settled.Read(statement, about.explicit, found.kind is Kind.PER_ITEM)


def _leads_to_name(sentence: Sentence, hit: Hit, mentions: list[Mention]) -> bool:
    """Whether "according to" is said of a license that is named: "selon CC BY", and not "selon la photo"."""
    joins = grammar.words("linking") | grammar.words("license")
    named = (one for one in mentions if one.i >= hit.j)
    return hit.has("binding") and any(joins.issuperset(sentence.words.text[hit.j : one.i]) for one in named)


def _is_of_training(sentence: Sentence, subject: Subject) -> bool:
    """Whether a model is only what is trained: "prohibited for training large models"."""
    trained, model = sentence.first("train", "notraining"), sentence.first("about-model")
    return subject.scope is Scope.MODEL and trained is not None and (model is None or model.i >= trained.i)


class _Claim(NamedTuple):
    """What a sentence without a name says: a license that stands for its terms, and the word that says it."""

    license: str | None
    kind: Kind
    rule: str
    place: int
    stance: Stance = Stance.ASSERTED
    restricts: tuple[str, ...] = ()


class _Unnamed:
    """A sentence that does not name a license."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        words = sentence.words
        self.short = len(sentence) <= grammar.window("short")
        people = {hit.i for hit in sentence.of("about-other")}
        self.licensed = sentence.has("license") or any(
            words.text[k].startswith(grammar.beginnings("licensed")) and k not in people
            for k in range(sentence.i, sentence.j)
        )
        self.places = restrictions_of(sentence)

    def claim(self) -> _Claim | None:
        """What the sentence says of licensing; None where it says nothing."""
        return self._open() or self._strict() or self._reserved() or self._agreement() or self._own() or self._loose()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of restriction that the sentence states."""
        return tuple(self.places)

    def _of(self, *binds: Binds) -> list[str]:
        return [kind for kind in self.places if restrictions.binds(kind) in binds]

    def _open(self) -> _Claim | None:
        """That the license is not known, or that each item has its own."""
        sentence = self.sentence
        unknown = sentence.first("unknown")
        if unknown is not None and not self._of(Binds.YES):
            sure = self.short or unknown.j - unknown.i >= 4
            if sure or (self.licensed and len(sentence) < grammar.window("line")):
                return _Claim(None, Kind.UNKNOWN, "unknown", unknown.i, Stance.UNKNOWN)
        per_item = sentence.first("peritem")
        if per_item is not None and (self.licensed or len(sentence) <= grammar.window("list")):
            return _Claim(settled.PER_ITEM, Kind.PER_ITEM, "per-item", per_item.i)
        return None

    def _strict(self) -> _Claim | None:
        strict = self._of(Binds.YES)
        return self._terms(strict[0], f"terms-{strict[0]}") if strict else None

    def _terms(self, kind: str, rule: str) -> _Claim:
        does = Kind.PERMISSION if rule == "permission-needed" else Kind.RESTRICTION
        if kind == "unclear-rights" and self._is_of_code():
            does = Kind.OF_CODE
        return _Claim(restrictions.license_of(kind), does, rule, self.places[kind], Stance.ASSERTED, self.kinds)

    def _is_of_code(self) -> bool:
        """Whether a license that the sentence does not name is for the code, "this license covers the code"."""
        hit = self.sentence.first("codealone", "notdata")
        return hit is not None and (self.licensed or hit.has("codealone")) and not is_for_data_too(self.sentence, hit)

    def _reserved(self) -> _Claim | None:
        sentence = self.sentence
        reserved = sentence.first("reserved") or next(
            (h for h in sentence.of("proprietary") if h.j == sentence.j), None
        )
        if reserved is None or self._unread():
            return None
        also = ("permission-needed", *self._of(Binds.NO))
        return _Claim(
            "LicenseRef-all-rights-reserved", Kind.RESERVED, "all-rights-reserved", reserved.i, Stance.ASSERTED, also
        )

    def _unread(self) -> str | None:
        """The kind by which the sentence says that terms exist, and not which."""
        return next((kind for kind in self.places if restrictions.is_unread(kind)), None)

    def _agreement(self) -> _Claim | None:
        kind = self._unread()
        if kind is None:
            return None
        sentence, place = self.sentence, self.places[kind]
        start = max(sentence.i, place - grammar.window("permission"))
        if not grammar.words("others").isdisjoint(sentence.words.text[start : place + 1]):
            return _Claim(None, Kind.OTHERS_TERMS, "others-terms", place, Stance.UNKNOWN)
        if (sentence.has("binding") or self.short) and not sentence.heading:
            return self._terms(kind, kind)
        return None

    def _own(self) -> _Claim | None:
        if self.licensed and self._names_own_license():
            return _Claim(
                "LicenseRef-custom", Kind.OWN_LICENSE, "own-license", self.sentence.i, Stance.ASSERTED, self.kinds
            )
        return None

    def _names_own_license(self) -> bool:
        """ "released under the X License": a license that nothing here knows."""
        sentence, words = self.sentence, self.sentence.words
        for hit in sentence.of("license"):
            if words.text[hit.i] not in grammar.words("license"):
                continue
            for k in range(max(sentence.i, hit.i - grammar.window("own-license")), hit.i):
                if words.text[k] in grammar.words("under") and not (
                    grammar.words("unspecific").issuperset(words.text[k + 1 : hit.i])
                ):
                    return True
        return False

    def _loose(self) -> _Claim | None:
        """Words that do not bind a license by themselves: they are terms in a sentence about licensing, or doubts."""
        sentence = self.sentence
        spoken = self.licensed or sentence.has("pronoun")
        if spoken and sentence.has("negatedafter") and sentence.has(*OF_WORK):
            self.places.setdefault("unclear-rights", sentence.i)
        binds = sentence.first("bindsto")
        if binds is not None and not any(0 <= h.i - binds.j <= 8 for h in sentence.of("license", "cc", "pronoun")):
            self.places.setdefault("further-terms", binds.i)
        doubts = self._of(Binds.NO)
        first = self.kinds[0] if self.places else None
        if first is not None and self.licensed and first not in doubts:
            return self._terms(first, first)
        return self._terms(doubts[0], f"terms-{doubts[0]}") if doubts else None


def _is_divided(sentence: Sentence, mentions: list[Mention]) -> bool:
    """Whether the licenses of a sentence are those of single items, each under one of them, and no choice of the user."""
    if sentence.has("option"):
        return False
    ends = {mention.j for mention in mentions} | {hit.j for hit in sentence.of("license")}
    last = mentions[-1].i
    for hit in sentence.of("eachone"):
        # In Korean, Chinese and Japanese what stands behind the names is the verb: "X 또는 Y에 따라".
        if sentence.words.kind[hit.i] != "c" or (hit.i not in ends and hit.i < last):
            return True
    return sentence.has("either") and subject_of(sentence, sentence.i, mentions[0].i).part != ""


def _counted(sentence: Sentence, mentions: list[Mention]) -> set[int]:
    """Which names of a sentence count items, where several do: "45 MIT, 3 GPL-3.0", "MIT 45건, CC0 3건"."""
    words, counters = sentence.words, grammar.words("counters")
    found = set()
    for n, mention in enumerate(mentions):
        first = mentions[n - 1].j if n else sentence.i
        k, j = mention.i - 1, mention.j
        behind = j + 1 < sentence.j and words.kind[j] == "n" and words.text[j + 1] in counters
        if behind or (
            k >= first and words.kind[k] == "n" and words.text[k].isdecimal() and not sentence.breaks(mention.i)
        ):
            found.add(n)
    return found if len(found) > 1 else set()


def _is_aside(sentence: Sentence, mention: Mention) -> bool:
    """Whether a name stands in brackets behind a thing that is only an aside: "all but the code (MIT) is ..."."""
    words = sentence.words
    closed = mention.j < sentence.j and ")" in words.glue[mention.j]
    return closed and "(" in words.glue[mention.i] and subject_with_name_in_brackets(sentence, mention).explicit


def _goes_on(before: Mention, mention: Mention, owned: int) -> bool:
    """Whether a name has the subject of the one before it: nothing but a bracket with that one's subject between."""
    if not _continues(before, mention):
        return False
    return owned == before.j or bool(mention.url) or mention.license == before.license


def _continues(before: Mention, mention: Mention) -> bool:
    """Whether a name goes on with the one before it: its address, its bracketed form, the next of a list."""
    return mention.i - before.j <= grammar.window("list")
