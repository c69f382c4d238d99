"""What a text does with the licences that it names: of what it speaks, whether it asserts it, what it adds.

A sentence is read once, left to right. The subject of a name is the head of the noun phrase before it ("the code of the
dataset is under ..." speaks of code), else what follows it in brackets or after "for"; without either it is the data.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from licensecheck.base import regex
from licensecheck.identification import mention as name_mentions
from licensecheck.identification.near import Mention
from licensecheck.identification.restriction import (
    _ASKED_FOR,
    _BODIES,
    _BUT,
    _BY_PERSON,
    _GOODS,
    _HELD_OUT,
    _MARKS,
    _NONE,
    _NOT,
    _OTHERS,
    _USES,
    _WHERE,
)
from licensecheck.identification.stance import _VERBS
from licensecheck.identification.subject import (
    _ABOUT,
    _COPULA,
    _FINITE,
    _IN_BRACKETS,
    _JOINS,
    _LEAD,
    _NOTHING,
    _OF_WORK,
    _PERSONS,
    _SCOPES,
    _STOPS,
    _TOPICS,
    _TURNS,
    _Sentence,
    _Subject,
)
from licensecheck.knowledge import phrases, relations
from licensecheck.knowledge.lex import CLAUSE, PARAGRAPH, SENTENCE, SOFT, TIGHT, Words, lex
from licensecheck.knowledge.phrases import Hit
from licensecheck.knowledge.restrictions import DOUBTS, KINDS, STRICT
from licensecheck.model import Certainty, Kind, Scope, Stance, Statement

_CHOICE: Final = regex.compile(
    r"(?:[ )\]\"'*]{0,3}(?:license|licence)?[ )\]\"'*]{0,3},? (?:or|oder|ou) (?:the |a |an |under |at your option )?[\[(\"'*]{0,3}| ?(?:또는|혹은|或者?|または) ?)"
)


def statements(text: str, folded: str) -> list[Statement]:
    """Every statement about licensing in ``text``, in order. ``folded`` is ``text`` folded."""
    words = lex(folded)
    if not words.text:
        return []
    reader = _Reader(text, folded, words, phrases.hits(words))
    return reader.read()


class _Reader:
    """One pass over a text. ``topic`` is what the sentence before spoke of, ``heading`` the last heading's subject."""

    def __init__(self, text: str, folded: str, words: Words, hits: list[Hit]) -> None:
        self.text = text
        self.folded = folded
        self.words = words
        self.hits = hits
        self.mentions = name_mentions.mentions(words, hits, text, folded)
        self.named = bytearray(len(words.text))
        for mention in self.mentions:
            for k in range(mention.i, mention.j):
                self.named[k] = 1
        self.topic = _NOTHING
        self.heading = _NOTHING
        self.explicit: list[bool] = []
        self.peritem: list[bool] = []
        self.hedged: set[int] = set()

    def read(self) -> list[Statement]:
        made: list[Statement] = []
        words = self.words
        count = len(words.text)
        h = m = i = 0
        while i < count:
            j = i + 1
            while j < count and words.gap[j] < SENTENCE and j - i < 200:
                j += 1
            h0 = h
            while h < len(self.hits) and self.hits[h].i < j:
                h += 1
            m0 = m
            while m < len(self.mentions) and self.mentions[m].i < j:
                m += 1
            sentence = _Sentence(
                i, j, ("\n" in words.glue[i] and "#" in words.glue[i]) or (i == 0 and "#" in words.glue[i])
            )
            if words.gap[i] == PARAGRAPH:
                self.topic = _NOTHING
            hits = [hit for hit in self.hits[h0:h] if not self.named[hit.i] and hit.j <= j]
            here = self.mentions[m0:m]
            made += self._sentence(sentence, hits, here)
            i = j
        return self._chosen(self._settled(made))

    # --- one sentence ---

    def _sentence(self, sentence: _Sentence, hits: list[Hit], here: list[Mention]) -> Iterator[Statement]:
        subject = self._subject_of(sentence, hits, sentence.i, sentence.j)
        if sentence.heading:
            small = sentence.j - sentence.i <= 4
            licensed = any(hit.has("license") for hit in hits)
            self.heading = subject if subject.explicit and (small or licensed) else _NOTHING
        real = [mention for mention in here if mention.license is not None]
        if real:
            yield from self._named(sentence, hits, real)
        else:
            yield from self._unnamed(sentence, hits, here, subject)
        first = next((hit.i for hit in hits if hit.has(*_ABOUT)), sentence.j)
        if subject.explicit and first - sentence.i <= 10:
            self.topic = subject

    def _named(self, sentence: _Sentence, hits: list[Hit], here: list[Mention]) -> Iterator[Statement]:
        words = self.words
        owned = sentence.i
        last = _NOTHING
        open_ended = self._open_ended(sentence, hits, here)
        restricts = self._restrictions(sentence, hits)
        excepts = any(hit.has("exceptions") for hit in hits)
        leaves_out = any(hit.has("exceptions") and self._names_what_is_left_out(hit) for hit in hits)
        unsure = any(hit.has("unsure") for hit in hits)
        for n, mention in enumerate(here):
            limit = here[n + 1].i if n + 1 < len(here) else sentence.j
            subject, taken = self._after(mention, hits, limit)
            before = self._subject_before(sentence, hits, owned, mention.i) if mention.i > owned else _NOTHING
            if not subject.explicit and before.explicit:
                subject = before
            elif not subject.explicit and n and self._goes_on(here[n - 1], mention, owned):
                subject = last
            elif not subject.explicit and n == 0:
                subject = self._inherited(sentence, hits)
            if not subject.explicit:
                late, late_taken = self._after_for(mention, hits, limit)
                if late.explicit:
                    subject, taken = late, late_taken
            owned = max(mention.j, taken)
            last = subject
            license, certainty, rule, kind = mention.license or "", mention.certainty, mention.rule, mention.kind
            extra = relations.added(license, restricts)
            if set(extra) & set(STRICT) and not relations.is_own(license) and subject.scope is Scope.DATA:
                rule, kind = f"restricted-{license}", Kind.NARROWED
                license, certainty = f"LicenseRef-{_first(extra)}", Certainty.AMBIGUOUS
            if excepts:
                extra = (*extra, "exceptions")
            if (unsure or leaves_out) and "unclear-rights" not in extra:
                extra = (*extra, "unclear-rights")
            start, end = words.start[mention.i], words.end[mention.j - 1]
            self.explicit.append(subject.explicit or not self._is_bare(sentence, mention))
            self.peritem.append(open_ended[n])
            yield Statement(
                license,
                certainty,
                start,
                end,
                self.text[start:end],
                rule,
                self._stance(sentence, hits, mention, limit),
                subject.scope,
                subject.part,
                extra,
                mention.url,
                kind,
            )

    def _open_ended(self, sentence: _Sentence, hits: list[Hit], here: list[Mention]) -> list[bool]:
        """For each name whether it is one of those that single items may have: "per image", "usually X or Y"."""
        words = self.words
        group = [0]
        for before, mention in pairwise(here):
            group.append(group[-1] + (not self._continues(before, mention)))
        marks = [hit.i for hit in hits if hit.has("peritem")]
        loose = [hit.i for hit in hits if hit.has("hedge")]
        flags = {}
        for number in set(group):
            inside = [mention for mention, g in zip(here, group, strict=True) if g == number]
            low = max([mention.j for mention, g in zip(here, group, strict=True) if g < number], default=sentence.i)
            high = min([mention.i for mention, g in zip(here, group, strict=True) if g > number], default=sentence.j)
            flags[number] = any(low <= k < high for k in marks)
            listed = any(words.text[k] in ("or", "또는", "oder", "ou") for k in range(inside[0].i, inside[-1].j))
            if (listed and len(inside) > 1) or any(low <= k < inside[0].i for k in loose):
                self.hedged.update(words.start[mention.i] for mention in inside)
        return [flags[number] for number in group]

    def _is_bare(self, sentence: _Sentence, mention: Mention) -> bool:
        """Whether nothing before the name in its sentence can be its subject: "Released under the MIT License"."""
        words = self.words
        return all(words.text[k] in _VERBS or words.text[k] in _STOPS for k in range(sentence.i, mention.i))

    def _goes_on(self, before: Mention, mention: Mention, owned: int) -> bool:
        """Whether a name has the subject of the one before it: nothing but a bracket with that one's subject between."""
        if not self._continues(before, mention):
            return False
        return owned == before.j or bool(mention.url) or mention.license == before.license

    def _continues(self, before: Mention, mention: Mention) -> bool:
        """Whether a name goes on with the one before it: its address, its bracketed form, the next of a list."""
        return mention.i - before.j <= 3

    def _inherited(self, sentence: _Sentence, hits: list[Hit]) -> _Subject:
        words = self.words
        first = hits[0] if hits and hits[0].i == sentence.i else None
        if first is not None and first.has("pronoun") and self.topic.explicit and words.gap[sentence.i] < PARAGRAPH:
            return self.topic
        return self.heading

    # --- subjects ---

    def _subject_before(self, sentence: _Sentence, hits: list[Hit], i: int, j: int) -> _Subject:
        """The subject of the innermost clause that ends at word ``j`` and has one."""
        words = self.words
        starts = [i]
        for k in range(i + 1, j):
            gap = words.gap[k]
            if gap == TIGHT:
                continue
            glue = words.glue[k]
            if gap >= CLAUSE or "(" in glue or ":" in glue or ("," in glue and words.text[k] in _TURNS):
                starts.append(k)
        for start in reversed(starts[-8:]):
            subject = self._subject_of(sentence, hits, start, j)
            if subject.explicit:
                return subject
        return _NOTHING

    def _subject_of(self, sentence: _Sentence, hits: list[Hit], i: int, j: int) -> _Subject:
        """The subject that words ``i`` to ``j`` name: the head of their first noun phrase that has one."""
        words = self.words
        about = [hit for hit in hits if i <= hit.i and hit.j <= j and hit.has(*_ABOUT)]
        if not about:
            return _NOTHING
        if any(words.kind[hit.i] == "c" for hit in about):
            chosen = self._head_final(about)
        else:
            chosen = self._head_first(about, i, j)
        return self._judged(chosen, hits, i)

    def _head_final(self, about: list[Hit]) -> list[Hit]:
        """Korean, Japanese and Chinese: the last noun before the topic's particle, with what is joined to it."""
        words = self.words
        count = len(words.text)
        head = len(about) - 1
        for n, hit in enumerate(about):
            if hit.j < count and words.text[hit.j] in _TOPICS and words.text[hit.j] not in ("의", "の"):
                after = words.text[hit.j + 1] if hit.j + 1 < count and not words.glue[hit.j + 1] else ""
                if words.text[hit.j] != "이" or after not in _COPULA:
                    head = n
        group = [about[head]]
        for n in range(head - 1, -1, -1):
            between = range(about[n].j, about[n + 1].i)
            joined = all(words.text[k] in _JOINS for k in between) and (
                bool(between) or any(c in words.glue[about[n + 1].i] for c in ",-/·、，&")
            )
            if not joined:
                break
            group.insert(0, about[n])
        return group

    def _head_first(self, about: list[Hit], i: int, j: int) -> list[Hit]:
        words = self.words
        by_word = {hit.i: hit for hit in about}
        phrase: list[Hit] = []
        lead = False
        k = i
        first = True
        spoken_to = words.text[i] in _PERSONS
        while k < j:
            hit = by_word.get(k)
            if hit is not None:
                joined = not phrase or k == phrase[-1].j or words.text[k - 1] in _JOINS
                if phrase and k == phrase[-1].j and words.gap[k] == TIGHT:
                    phrase[-1] = hit
                elif joined or not lead:
                    phrase.append(hit)
                k = hit.j
                first = False
                continue
            word = words.text[k]
            if k > i and words.gap[k] >= CLAUSE and phrase:
                break
            if word in _FINITE and not phrase and not spoken_to:
                return []
            spoken_to = spoken_to and (word in _PERSONS or word in _FINITE)
            if lead and phrase and word in _PERSONS:
                break
            if word in _STOPS:
                if phrase and not lead:
                    break
                if phrase and lead and words.gap[k] < SOFT:
                    k += 1
                    continue
                if not phrase and first:
                    lead = word in _LEAD
            elif lead and phrase and k > i and words.gap[k] == SOFT and "," in words.glue[k]:
                later = [hit for hit in about if hit.i >= k]
                if later:
                    phrase, lead = [], False
            first = False
            k += 1
        if phrase and self._has_unknown_fellow(phrase[-1], i):
            return []
        if lead and words.text[i] in ("from", "with", "to", "by", "as", "see"):
            return []
        return phrase

    def _has_unknown_fellow(self, head: Hit, i: int) -> bool:
        """Whether a proper name is joined to the head: "MetaShift and the code" is not only about the code."""
        words = self.words
        k = head.i - 1
        while k > i and words.text[k] in ("the", "our", "all", "its", "this", "their", "associated", "accompanying"):
            k -= 1
        if k <= i or words.text[k] not in ("and", "plus"):
            return False
        first = self.text[words.start[k - 1]]
        return words.kind[k - 1] == "w" and first.isupper() and words.text[k - 1] not in _PERSONS

    def _judged(self, chosen: list[Hit], hits: list[Hit], i: int) -> _Subject:
        words = self.words
        scopes = [(next(label for label in hit.means if label in _SCOPES), hit) for hit in chosen]
        for wanted in (
            "about-data",
            "about-part",
            "about-site",
            "about-metadata",
            "about-code",
            "about-model",
            "about-paper",
            "about-source",
        ):
            for label, hit in scopes:
                if label != wanted:
                    continue
                part = ""
                if label in ("about-part", "about-metadata", "about-paper"):
                    part = self.text[words.start[hit.i] : words.end[hit.j - 1]]
                if label == "about-source":
                    part = "source"
                if label in ("about-data", "about-part") and any(
                    h.has("about-source") and i <= h.i < hit.j and hit.i - h.j <= 2 for h in hits
                ):
                    part = "source"
                return _Subject(_SCOPES[label], part, True)
        return _NOTHING

    def _after(self, mention: Mention, hits: list[Hit], limit: int) -> tuple[_Subject, int]:
        """What brackets right after a name say that it is for: "MIT (code)"."""
        words = self.words
        j = mention.j
        skip = 0
        while j < limit and skip < 3 and "(" not in words.glue[j]:
            hit = next((h for h in hits if h.i == j and h.has("license")), None)
            if hit is None or words.gap[j] != TIGHT:
                return _NOTHING, mention.j
            j = hit.j
            skip += 1
        if j >= limit or "(" not in words.glue[j] or words.gap[j] > SOFT:
            return _NOTHING, mention.j
        inside = [h for h in hits if h.i >= j and h.j <= limit]
        k = j
        subject: list[Hit] = []
        while k < limit and k - j < 12:
            if k > j and ")" in words.glue[k]:
                break
            hit = next((h for h in inside if h.i == k), None)
            if hit is not None and hit.has(*_ABOUT):
                subject.append(hit)
                k = hit.j
            elif (hit is not None and hit.has("license", "only")) or words.text[k] in _IN_BRACKETS:
                k = hit.j if hit is not None else k + 1
            else:
                return _NOTHING, mention.j
        if not subject:
            return _NOTHING, mention.j
        return self._judged(subject, hits, j), k

    def _after_for(self, mention: Mention, hits: list[Hit], limit: int) -> tuple[_Subject, int]:
        """What follows a name after "for", "applies to", "covers": "Apache-2.0 for the code"."""
        words = self.words
        j = mention.j
        began = False
        while j < limit and j - mention.j < 9 and words.gap[j] <= SOFT:
            hit = next((h for h in hits if h.i == j), None)
            if hit is not None and hit.has(*_ABOUT) and began:
                group = [hit]
                k = hit.j
                while k + 1 < limit and words.text[k] in _JOINS:
                    other = next((h for h in hits if h.i == k + 1 and h.has(*_ABOUT)), None)
                    if other is None:
                        break
                    group.append(other)
                    k = other.j
                return self._judged(group, hits, mention.j), k
            if words.text[j] in ("for", "covers", "cover", "applies", "apply", "für", "pour", "para"):
                began = True
                if hit is not None and hit.has(*_ABOUT, "offered"):
                    j = hit.j
                    continue
            elif not began and words.gap[j] == SOFT and "," in words.glue[j]:
                break
            j = hit.j if hit is not None and not hit.has(*_ABOUT) else j + 1
        return _NOTHING, mention.j

    # --- stance ---

    def _stance(self, sentence: _Sentence, hits: list[Hit], mention: Mention, limit: int) -> Stance:
        words = self.words
        by_end = {hit.j: hit for hit in hits}
        k = mention.i
        steps = 0
        while k > sentence.i and steps < 10:
            if words.gap[k] >= CLAUSE or (words.gap[k] == SOFT and "," in words.glue[k]):
                break
            hit = by_end.get(k)
            if hit is not None:
                if hit.has("compared"):
                    return Stance.COMPARED
                if hit.has("negated", "negator", "modal") and not self._is_only_unless(hit, mention):
                    return Stance.NEGATED
                if hit.has("future"):
                    return Stance.FUTURE
                if hit.has("binding", "license", "offered", "filler", "pronoun", "redistribute"):
                    k = hit.i
                    steps += 1
                    continue
            word = words.text[k - 1]
            if word not in _VERBS:
                break
            k -= 1
            steps += 1
        else:
            k = max(k, sentence.i)
        if self._future_far(sentence, hits, mention):
            return Stance.FUTURE
        after = [h for h in hits if mention.j <= h.i < min(limit, mention.j + 24)]
        for hit in after:
            near = hit.i - mention.j
            far = 8 if words.kind[hit.i] == "c" else 0
            if hit.has("comparedafter") and near <= far and not self._crosses(mention.j, hit.i):
                return Stance.COMPARED
            if hit.has("negatedafter") and near <= 14 and not self._crosses(mention.j, hit.i):
                return Stance.NEGATED
            if hit.has("futureafter") and near <= 22 and not self._crosses(mention.j, hit.i):
                return Stance.FUTURE
        return Stance.ASSERTED

    def _is_only_unless(self, hit: Hit, mention: Mention) -> bool:
        """ "not only under X" and "not ... except under X" assert X."""
        between = self.words.text[hit.j : mention.i]
        return bool(
            {"only", "except", "unless", "nur", "seulement", "solo", "apenas", "other", "otherwise"} & set(between)
        )

    def _future_far(self, sentence: _Sentence, hits: list[Hit], mention: Mention) -> bool:
        """ "We plan to release it ... under X": the verb stands further off."""
        words = self.words
        for hit in hits:
            if hit.j <= mention.i and hit.has("future") and mention.i - hit.j <= 12:
                between = words.text[hit.j : mention.i]
                if any(
                    word
                    in (
                        "release",
                        "publish",
                        "license",
                        "relicense",
                        "released",
                        "published",
                        "veröffentlicht",
                        "publicado",
                        "publié",
                        "发布",
                        "开放",
                    )
                    for word in between
                ) and not any(words.gap[k] >= CLAUSE for k in range(hit.j, mention.i)):
                    return True
                if words.kind[hit.i] == "c" and mention.i - hit.j <= 8:
                    return True
        return False

    def _crosses(self, i: int, j: int) -> bool:
        words = self.words
        return any(words.gap[k] >= CLAUSE or (words.gap[k] == SOFT and "," in words.glue[k]) for k in range(i, j + 1))

    # --- terms ---

    def _restrictions(self, sentence: _Sentence, hits: list[Hit]) -> tuple[str, ...]:
        """What the sentence bans or limits, names of licences apart."""
        words = self.words
        found: dict[str, int] = {}
        commercial_free = any(hit.has("both") for hit in hits)
        forbids = [h for h in hits if h.has("forbid") and not self._lifted(h)]
        modals = [h for h in hits if h.has("modal") and not (h.i > sentence.i and words.text[h.i - 1] in _BY_PERSON)]
        negators = [h for h in hits if h.has("negator")]
        onlys = [h for h in hits if h.has("only") and words.text[h.j : h.j + 1] not in (["들"], ["드"], ["든"])]
        marks = not _MARKS.isdisjoint(words.text[sentence.i : sentence.j])
        offered = [h for h in hits if h.has("offered")]

        def banned(act: Hit, weak: bool) -> bool:
            far = self._reach(act)
            for h in forbids:
                if 0 <= act.i - h.j <= far or (0 <= h.i - act.j <= far and not self._allows(act.j, h.i)):
                    return True
            loose = words.text[act.i : act.j] == ["commercial"]
            for h in modals:
                if 0 <= act.i - h.j <= 12 and not (loose and _USES.isdisjoint(words.text[h.j : act.i])):
                    return True
            if words.text[sentence.i] == "not" and act.i == sentence.i + 1:
                return True
            return weak and any(0 <= act.i - h.j <= 2 for h in negators)

        def limited(purpose: Hit, weak: bool) -> bool:
            if any(-1 <= h.i - purpose.j <= 8 or 0 <= purpose.i - h.j <= 8 for h in onlys):
                return True
            return not weak and any(
                0 <= purpose.i - h.j <= 6 or 0 <= h.i - purpose.j <= 4 or h.i == purpose.i for h in offered
            )

        for act in hits:
            if not commercial_free and (
                (act.has("noncommercial", "nc", "kogl-noncommercial") and not self._is_of_somebody(act))
                or (act.has("commercial") and not marks and banned(act, weak=True))
            ):
                found.setdefault("noncommercial", act.i)
            if act.has("redistribute") and banned(act, weak=False):
                found.setdefault("no-redistribution", act.i)
            if act.has("modify") and banned(act, weak=False) and act.i - sentence.i < 60:
                found.setdefault("no-derivatives", act.i)
            if act.has("kogl-noderivatives"):
                found.setdefault("no-derivatives", act.i)
            if act.has("permission"):
                found.setdefault("permission-needed", act.i)
            if act.has("furtherterms") and not self._needless(act):
                found.setdefault("further-terms", act.i)
            if (act.has("othersrights") and _NONE.isdisjoint(words.text[max(0, act.i - 3) : act.i])) or (
                act.has("unknown") and "|" in words.glue[act.i]
            ):
                found.setdefault("unclear-rights", act.i)
            if act.has("notraining") or (act.has("train") and any(h.has("reserved") for h in hits)):
                found.setdefault("no-training", act.i)
            if act.has("train") and self._kept_from(sentence, act, forbids, modals):
                found.setdefault("no-training", act.i)
            if act.has("agreement"):
                found.setdefault("terms-of-use", act.i)
        brief = sentence.j - sentence.i <= 8 and any(h.has("license") for h in hits)
        commercial = commercial_free or (any(h.has("commercial") for h in hits) and "noncommercial" not in found)
        if not commercial:
            for act in hits:
                alone = "noncommercial" in found
                if act.has("research") and (limited(act, weak=False) or alone or brief or self._for_purpose(act)):
                    found.setdefault("research-only", act.i)
                elif act.has("academic") and (limited(act, weak=False) or alone or brief or self._for_purpose(act)):
                    found.setdefault("academic-only", act.i)
                elif act.has("study") and (limited(act, weak=True) or brief):
                    found.setdefault("research-only", act.i)
                elif act.has("personal") and limited(act, weak=False):
                    found.setdefault("noncommercial", act.i)
        press = next((h.i for h in hits if h.has("press")), None)
        if press is not None and any(h.has("gather") for h in hits) and not any(h.has("headline") for h in hits):
            found.setdefault("unclear-rights", press)
        if not commercial_free and "noncommercial" not in found:
            trade = [h for h in hits if h.has("commercial", "commercialask") and words.text[h.i] not in _GOODS]
            asking = [h for h in hits if h.has("permission", "contact") and not self._needless(h)]
            if trade and any(h.i != trade[0].i for h in asking):
                found.setdefault("commercial-permission", trade[0].i)
        self.places = found
        return tuple(kind for kind in KINDS if kind in found)

    def _reach(self, act: Hit) -> int:
        """How many words a ban may stand off its act: in Chinese, Japanese and Korean a word is a letter."""
        return 18 if self.words.kind[act.i] == "c" else 9

    def _lifted(self, ban: Hit) -> bool:
        """Whether a ban is denied: "금지하지 않"."""
        after = "".join(self.words.text[ban.j : ban.j + 5])
        return after.startswith(("하지않", "되지않", "하는것은아니", "되는것은아니"))

    def _allows(self, i: int, j: int) -> bool:
        """Whether Korean words between an act and a ban allow the act: "상업적 이용은 가능하나 재배포는 금지"."""
        between = "".join(self.words.text[i:j])
        return any(word in between for word in ("가능하", "허용되", "허용하", "허락하", "수있으"))

    def _is_of_somebody(self, act: Hit) -> bool:
        """Whether "non-commercial" says what somebody is, and not what may be done: "비영리 단체", "a non-commercial station"."""
        text = self.words.text
        before = text[max(0, act.i - 3) : act.i]
        return (
            not _BODIES.isdisjoint(text[act.j : act.j + 2])
            or "".join(text[act.j : act.j + 2]) in ("단체", "기관", "법인", "재단", "조직")
            or ("restriction" in before and "no" in text[max(0, act.i - 5) : act.i])
        )

    def _kept_from(self, sentence: _Sentence, act: Hit, forbids: list[Hit], modals: list[Hit]) -> bool:
        """Whether a sentence bans training: on the data as such, and not on a part that is held out for tests."""
        words = self.words
        far = self._reach(act)
        ban = next((h for h in forbids if 0 <= h.i - act.j <= far or 0 <= act.i - h.j <= far), None)
        if ban is None:
            ban = next(
                (h for h in modals if 0 <= act.i - h.j <= 12 and not _USES.isdisjoint(words.text[h.j : h.j + 4])), None
            )
        return ban is not None and _HELD_OUT.isdisjoint(words.text[sentence.i : max(act.i, ban.i)])

    def _names_what_is_left_out(self, hit: Hit) -> bool:
        """Whether an exception is no boilerplate: "except the photos", and not "except where otherwise noted"."""
        text = self.words.text
        after = text[hit.i + 1 : hit.i + 3]
        return text[hit.i] in _BUT or (text[hit.i] == "except" and _WHERE.isdisjoint(after) and bool(after))

    def _needless(self, asked: Hit) -> bool:
        """Whether what would have to be asked for need not be: "no permission is needed", "허락 없이"."""
        text = self.words.text
        after = text[asked.j : asked.j + 6]
        return (
            not _NOT.isdisjoint(text[max(0, asked.i - 3) : asked.i])
            or ("not" in after and not _ASKED_FOR.isdisjoint(after))
            or not {"없", "않", "불"}.isdisjoint(text[max(asked.i, asked.j - 2) : asked.j + 5])
        )

    def _for_purpose(self, purpose: Hit) -> bool:
        words = self.words
        return any(
            words.text[k] in ("for", "pour", "für", "para", "zu") for k in range(max(0, purpose.i - 4), purpose.i)
        )

    def _unnamed(
        self, sentence: _Sentence, hits: list[Hit], addresses: list[Mention], subject: _Subject
    ) -> Iterator[Statement]:
        """What a sentence that names no licence says of licensing all the same."""
        words = self.words
        short = sentence.j - sentence.i <= 6
        if words.text[sentence.i] == "unlike":
            return

        def made(
            license: str | None,
            kind: Kind,
            rule: str,
            k: int,
            stance: Stance = Stance.ASSERTED,
            restricts: tuple[str, ...] = (),
        ) -> Statement:
            start, end = words.start[sentence.i], words.end[sentence.j - 1]
            if end - start > 300:
                start = words.start[k]
                end = words.end[min(k + 20, sentence.j - 1)]
            about = subject if subject.explicit else self.topic if self.topic.explicit else self.heading
            if about is subject and any(hit.has("about-data", "about-part") for hit in hits):
                about = about._replace(scope=Scope.DATA)
            self.explicit.append(about.explicit)
            self.peritem.append(kind is Kind.PER_ITEM)
            certainty = Certainty.AMBIGUOUS if license else Certainty.NONE
            return Statement(
                license,
                certainty,
                start,
                end,
                self.text[start:end],
                rule,
                stance,
                about.scope,
                about.part,
                restricts,
                kind=kind,
            )

        def restriction(kind: str, rule: str = "", as_: Kind = Kind.RESTRICTION) -> Statement:
            return made(f"LicenseRef-{kind}", as_, rule or f"terms-{kind}", places[kind], restricts=restricts)

        licensed = any(hit.has("license") for hit in hits) or any(
            words.text[k][:5] in ("licen", "lizen") for k in range(sentence.i, sentence.j)
        )
        unknown = next((hit for hit in hits if hit.has("unknown")), None)
        per_item = next((hit for hit in hits if hit.has("peritem")), None)
        restricts = self._restrictions(sentence, hits)
        places = self.places
        if (
            unknown is not None
            and (short or unknown.j - unknown.i >= 4 or (licensed and sentence.j - sentence.i < 60))
            and not set(restricts) & set(STRICT)
        ):
            yield made(None, Kind.UNKNOWN, "unknown", unknown.i, Stance.UNKNOWN)
            return
        if per_item is not None and (licensed or sentence.j - sentence.i <= 3):
            yield made("LicenseRef-Per-Source", Kind.PER_ITEM, "per-item", per_item.i)
            return
        strict = [kind for kind in restricts if kind in STRICT]
        if strict:
            yield restriction(strict[0])
            return
        reserved = next((hit for hit in hits if hit.has("reserved")), None)
        if reserved is not None and "terms-of-use" not in restricts:
            yield made(
                "LicenseRef-all-rights-reserved",
                Kind.RESERVED,
                "all-rights-reserved",
                reserved.i,
                Stance.ASSERTED,
                ("permission-needed", *(kind for kind in restricts if kind in DOUBTS)),
            )
            return
        bound = any(hit.has("binding") for hit in hits) or short
        if "terms-of-use" in restricts and self._is_others(sentence, places["terms-of-use"]):
            yield made(None, Kind.OTHERS_TERMS, "others-terms", places["terms-of-use"], Stance.UNKNOWN)
            return
        if "terms-of-use" in restricts and bound and not sentence.heading:
            yield restriction("terms-of-use", "terms-of-use")
            return
        if licensed and self._own_license(sentence, hits):
            yield made("LicenseRef-custom", Kind.OWN_LICENSE, "own-license", sentence.i, restricts=restricts)
            return
        spoken = licensed or any(hit.has("pronoun") for hit in hits)
        if spoken and any(hit.has("negatedafter") for hit in hits) and any(hit.has(*_OF_WORK) for hit in hits):
            places.setdefault("unclear-rights", sentence.i)
            restricts = tuple(dict.fromkeys((*restricts, "unclear-rights")))
        binds = next((hit for hit in hits if hit.has("bindsto")), None)
        if binds is not None and not any(h.has("license", "cc", "pronoun") and 0 <= h.i - binds.j <= 8 for h in hits):
            places.setdefault("further-terms", binds.i)
            restricts = tuple(dict.fromkeys((*restricts, "further-terms")))
        doubts = [kind for kind in restricts if kind in DOUBTS]
        if restricts and licensed and restricts[0] not in DOUBTS:
            asks = Kind.PERMISSION if restricts[0] == "permission-needed" else Kind.RESTRICTION
            yield restriction(restricts[0], restricts[0], asks)
        elif doubts:
            yield restriction(doubts[0])

    def _is_others(self, sentence: _Sentence, k: int) -> bool:
        """Whether the terms at word ``k`` are those of each provider, to be looked up there."""
        words = self.words
        return any(words.text[n] in _OTHERS for n in range(max(sentence.i, k - 8), k + 1))

    def _own_license(self, sentence: _Sentence, hits: list[Hit]) -> bool:
        """ "released under the X License": a licence that nothing here knows."""
        words = self.words
        for hit in hits:
            if not hit.has("license") or words.kind[hit.i] == "c":
                continue
            word = words.text[hit.i]
            if word not in ("license", "licence", "licenses", "licences"):
                continue
            for k in range(max(sentence.i, hit.i - 10), hit.i):
                if words.text[k] == "under":
                    between = words.text[k + 1 : hit.i]
                    if any(
                        w
                        not in (
                            "the",
                            "a",
                            "an",
                            "its",
                            "this",
                            "following",
                            "open",
                            "same",
                            "source",
                            "terms",
                            "of",
                            "permissive",
                            "free",
                            "their",
                            "our",
                            "different",
                            "own",
                            "your",
                        )
                        for w in between
                    ):
                        return True
        return False

    # --- the whole text ---

    def _settled(self, made: list[Statement]) -> list[Statement]:
        """Statements that say nothing of their subject take that of another one about the same licence."""
        about: dict[str, Statement] = {}
        for n, statement in enumerate(made):
            if self.explicit[n] and statement.license and statement.scope in (Scope.CODE, Scope.MODEL):
                about.setdefault(statement.license, statement)
        settled = []
        varied = any(statement.kind is Kind.PER_ITEM for statement in made)
        for n, statement in enumerate(made):
            if varied and statement.start in self.hedged:
                self.peritem[n] = True
        for n, statement in enumerate(made):
            other = about.get(statement.license or "")
            if other is not None and not self.explicit[n]:
                statement = statement._replace(scope=other.scope)
            if (
                self.peritem[n]
                and statement.license
                and statement.kind is not Kind.PER_ITEM
                and self._is_open(statement, made)
            ):
                statement = statement._replace(
                    license="LicenseRef-Per-Source", certainty=Certainty.AMBIGUOUS, rule="per-item", kind=Kind.PER_ITEM
                )
            settled.append(statement)
        return settled

    def _chosen(self, made: list[Statement]) -> list[Statement]:
        """Licences between which the reader may choose ("MIT or Apache-2.0") as one statement."""
        joined: list[Statement] = []
        for statement in made:
            last = joined[-1] if joined else None
            if (
                last is not None
                and last.license
                and statement.license
                and last.end < statement.start
                and statement.start - last.end < 40
                and last.stance is statement.stance
                and _CHOICE.fullmatch(self.folded, last.end, statement.start)
                and statement.license not in last.license
                and not (names_custom(last.license) or names_custom(statement.license))
                and statement.start not in self.hedged - {statement.start}
            ):
                joined[-1] = last._replace(
                    license=f"{last.license} OR {statement.license}",
                    certainty=_worse(last.certainty, statement.certainty),
                    end=statement.end,
                    words=self.text[last.start : statement.end],
                    rule="choice",
                    kind=Kind.NAME,
                )
            else:
                joined.append(statement)
        return joined

    def _is_open(self, statement: Statement, made: list[Statement]) -> bool:
        """Whether nothing in the text but per-item wording asserts a licence."""
        return all(
            self.peritem[n] or other.license is None or names_custom(other.license) for n, other in enumerate(made)
        )


def _worse(one: Certainty, other: Certainty) -> Certainty:
    order = list(Certainty)
    return max(one, other, key=order.index)


def _first(kinds: tuple[str, ...]) -> str:
    return next((kind for kind in KINDS if kind in kinds), "custom")


def is_doubt(license: str | None) -> bool:
    """Whether an id only says what is asked for beside a licence (``DOUBTS``)."""
    return license is not None and license.removeprefix("LicenseRef-") in DOUBTS


def names_custom(license: str) -> bool:
    """Whether an id only says what terms restrict: it is nobody's licence by name."""
    return license.startswith("LicenseRef-") and license.removeprefix("LicenseRef-") in _CUSTOM


_CUSTOM: Final = frozenset({*KINDS, "custom", "all-rights-reserved", "Per-Source"})
