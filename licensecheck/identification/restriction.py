"""What a sentence bans or limits, by the rows of ``rules/lexicon/restrictions``."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cache
from itertools import pairwise
from typing import Final

from licensecheck.identification.sentence import Sentence
from licensecheck.identification.subject import is_for_data_too
from licensecheck.knowledge import grammar, restrictions
from licensecheck.knowledge.phrases import Hit
from licensecheck.knowledge.restrictions import Row

_NONCOMMERCIAL: Final = ("noncommercial", "nc", "kogl-noncommercial")
_TRADE: Final = ("commercial", *_NONCOMMERCIAL)
_BEFORE: Final = 8
_DENIED: Final = 6
_BEHIND: Final = 4
"""Words between "only" and the license under which changed versions may be passed on; in Korean "only" is behind it."""


def restrictions_of(sentence: Sentence) -> dict[str, int]:
    """The kinds of restriction that a sentence states, each with the word that states it. Names of licenses do not count."""
    labels = sentence.by_label.keys()
    if labels.isdisjoint(restrictions.meanings()):
        return {}
    found: dict[str, int] = {}
    stage: dict[str, int] = {}
    reader, number = None, 0
    for row in restrictions.rows():
        if labels.isdisjoint(row.meanings):
            continue
        if row.stage != number:
            found = {**stage, **found}
            number, stage = row.stage, {}
        if row.kind in found or not row.not_with.isdisjoint(found) or not _fits(row, labels):
            continue
        reader = reader or _Reader(sentence)
        place = reader.place(row, found)
        if place is not None:
            stage[row.kind] = min(place, stage.get(row.kind, place))
    found = {**stage, **found}
    return {kind: found[kind] for kind in restrictions.kinds() if kind in found}


def _fits(row: Row, labels: Set[str]) -> bool:
    return labels.isdisjoint(row.without) and (not row.needs or not labels.isdisjoint(row.needs))


class _Reader:
    """What rows ask of one sentence, each found once."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.words = sentence.words
        text = self.words.text
        people, plural = grammar.words("by-person"), grammar.words("plural")
        self.bans = [hit for hit in sentence.of("forbid") if not _is_lifted(text, hit)]
        self.modals = [h for h in sentence.of("modal") if not (h.i > sentence.i and text[h.i - 1] in people)]
        self.onlys = [
            h for h in sentence.of("only") if plural.isdisjoint(text[h.j : h.j + 1]) and not self._is_denied(h)
        ]
        self.noes = sentence.of("negator")
        self.marks = [hit for hit in sentence.of("markedno", "markedyes") if self._is_mark(hit)]
        self.offers = sentence.of("offered")
        self.brief = len(sentence) <= grammar.window("brief") and sentence.has("license")

    def place(self, row: Row, found: dict[str, int]) -> int | None:
        """The first word that states the restriction of ``row``; None where the sentence does not."""
        for hit in self._places(row, found):
            if any(self._is(name, hit, found) for name in row.unless):
                continue
            if all(self._is(name, hit, found) for name in row.only_if):
                return hit.i
        return None

    def _places(self, row: Row, found: dict[str, int]) -> Iterator[Hit]:
        for hit in self.sentence.hits:
            if not hit.has(*row.meanings) or hit.has(*row.but_not):
                continue
            if row.form == "banned":
                near = hit.i - self.sentence.i < row.within
                holds = near and (self._is_marked_no(hit) or self._is_banned(hit, row.weak))
            elif row.form == "kept-from":
                holds = self._is_kept_from(hit)
            elif row.form == "limited":
                holds = self._is_limited(hit, row, found)
            else:
                holds = not row.beside or self._is_beside(hit, row)
            if holds:
                yield hit

    # --- forms ---

    def _is_banned(self, act: Hit, weak: bool) -> bool:
        text = self.words.text
        far = grammar.window("ban", self.words.kind[act.i])
        for ban in self.bans:
            if 0 <= act.i - ban.j <= far or (0 <= ban.i - act.j <= far and not _allows(text, act.j, ban.i)):
                return True
        loose = act.j - act.i == 1 and text[act.i] in grammar.words("commercial")
        uses = grammar.words("uses")
        for modal in self.modals:
            near = 0 <= act.i - modal.j <= grammar.window("modal")
            if near and not (loose and uses.isdisjoint(text[modal.j : act.i])):
                return True
        if text[self.sentence.i] in grammar.words("not") and act.i == self.sentence.i + 1:
            return True
        return weak and any(0 <= act.i - no.j <= grammar.window("bare-no") for no in self.noes)

    def _is_marked_no(self, act: Hit) -> bool:
        """Whether a sign or a word in its own cell says no to the act: "Commercial use | ❌", "❌ Commercial use"."""
        if not self.marks:
            return False
        if self._begins_cell(self.marks[0]):
            mark = next((m for m in reversed(self.marks) if m.j <= act.i), None)
        else:
            mark = next((m for m in self.marks if m.i >= act.j), None)
        if mark is None or not mark.has("markedno"):
            return False
        return max(mark.i - act.j, act.i - mark.j) <= grammar.window("mark")

    def _begins_cell(self, mark: Hit) -> bool:
        """Whether a sign stands before what it judges: at the beginning of a line or a cell, and not alone in it."""
        glue, sentence = self.words.glue, self.sentence
        first = mark.i == sentence.i or not set("|<>:]\n").isdisjoint(glue[mark.i])
        return first and mark.j < sentence.j and set("|<\n").isdisjoint(glue[mark.j])

    def _is_mark(self, hit: Hit) -> bool:
        """Whether a yes or no is a sign, or a word that fills a cell or follows a colon."""
        words, sentence = self.words, self.sentence
        if words.kind[hit.i] == "c" and hit.j - hit.i == 1 and not words.text[hit.i].isalpha():
            return True
        ends = hit.j >= sentence.j or "|" in words.glue[hit.j] or "<" in words.glue[hit.j]
        begins = any(sign in words.glue[hit.i] for sign in "|:<：") and hit.i > sentence.i
        return ends and begins

    def _is_kept_from(self, act: Hit) -> bool:
        """Whether an act is banned on the data as such, and not on a part that is held out for tests."""
        text = self.words.text
        far = grammar.window("ban", self.words.kind[act.i])
        ban = next((h for h in self.bans if 0 <= h.i - act.j <= far or 0 <= act.i - h.j <= far), None)
        if ban is None:
            uses, after = grammar.words("uses"), grammar.window("uses")
            near = (h for h in self.modals if 0 <= act.i - h.j <= grammar.window("modal"))
            ban = next((h for h in near if not uses.isdisjoint(text[h.j : h.j + after])), None)
        held_out = grammar.words("held-out")
        return ban is not None and held_out.isdisjoint(text[self.sentence.i : max(act.i, ban.i)])

    def _is_limited(self, purpose: Hit, row: Row, found: dict[str, int]) -> bool:
        by = row.by
        far, before, after = (grammar.window(name) for name in ("only", "offered-before", "offered-after"))
        return (
            ("only" in by and any(-1 <= h.i - purpose.j <= far or 0 <= purpose.i - h.j <= far for h in self.onlys))
            or (
                "offered" in by
                and any(
                    0 <= purpose.i - h.j <= before or 0 <= h.i - purpose.j <= after or h.i == purpose.i
                    for h in self.offers
                )
            )
            or ("brief" in by and self.brief)
            or ("for" in by and self._is_for(purpose))
            or any(kind in found for kind in by)
        )

    def _is_denied(self, limit: Hit) -> bool:
        """Whether a limit is denied: "nothing here is limited to research"."""
        text = self.words.text
        before = text[max(self.sentence.i, limit.i - _DENIED) : limit.i]
        return limit.j - limit.i > 1 and not grammar.words("nothing").isdisjoint(before)

    def _is_for(self, purpose: Hit) -> bool:
        text = self.words.text
        start = max(self.sentence.i, purpose.i - grammar.window("for"))
        at = next((k for k in range(start, purpose.i) if text[k] in grammar.words("purpose-for")), None)
        return at is not None and (at == self.sentence.i or text[at - 1] not in grammar.words("suited"))

    def _is_beside(self, hit: Hit, row: Row) -> bool:
        others = (h for h in self.sentence.hits if h.i != hit.i and h.has(*row.beside))
        return any(not self._is_needless(other) for other in others)

    # --- conditions ---

    def _is(self, name: str, hit: Hit, found: dict[str, int]) -> bool:
        text, sentence = self.words.text, self.sentence
        match name:
            case "of-somebody":
                return self._is_of_somebody(hit)
            case "needless":
                return self._is_needless(hit)
            case "denied":
                return not grammar.words("none").isdisjoint(text[max(0, hit.i - 3) : hit.i])
            case "trademarks":
                return not grammar.words("trademarks").isdisjoint(text[sentence.i : sentence.j])
            case "unrestricted":
                return self._is_unrestricted(hit)
            case "joined-to-its-opposite":
                return self._is_joined_to_its_opposite(hit)
            case "same-terms":
                return self._is_under_same_terms()
            case "of-goods":
                return text[hit.i] in grammar.words("goods")
            case "required-for-use":
                around = text[max(sentence.i, hit.i - _BEFORE) : min(sentence.j, hit.j + _BEFORE)]
                return not grammar.words("required").isdisjoint(around) and not (
                    grammar.words("use-of-it").isdisjoint(text[sentence.i : sentence.j])
                )
            case "banned-whole":
                return any(0 <= b.i - hit.j <= _BEHIND or 0 <= hit.i - b.j <= _BEHIND for b in self.bans) or any(
                    0 <= hit.i - no.j <= 1 for no in self.noes if self.words.text[no.i] in grammar.words("none")
                )
            case "begun":
                around = text[max(sentence.i, hit.i - _BEHIND) : min(sentence.j, hit.j + _BEHIND)]
                begun = grammar.words("begun")
                return not begun.isdisjoint(around) or any(
                    word in "".join(around) for word in begun if not word.isascii()
                )
            case "in-a-cell":
                return "|" in self.words.glue[hit.i]
            case "data-too":
                return is_for_data_too(sentence, hit)
            case "names-a-license":
                return any(mention.license is not None for mention in sentence.mentions)
            case _:  # trade-allowed
                return sentence.has("both") or (sentence.has("commercial") and "noncommercial" not in found)

    def _is_of_somebody(self, hit: Hit) -> bool:
        """Whether "non-commercial" says what somebody is, and not what may be done: "비영리 단체", "a non-commercial station"."""
        text = self.words.text
        return not grammar.words("bodies").isdisjoint(text[hit.j : hit.j + 2]) or "".join(
            text[hit.j : hit.j + 2]
        ) in grammar.words("bodies-joined")

    def _is_unrestricted(self, hit: Hit) -> bool:
        """Whether a restriction is denied: "no restrictions on commercial use"."""
        text = self.words.text
        denied = grammar.words("none").intersection(text[max(0, hit.i - 5) : hit.i])
        return bool(denied) and not grammar.words("restriction").isdisjoint(text[max(0, hit.i - 3) : hit.i])

    def _is_joined_to_its_opposite(self, hit: Hit) -> bool:
        """Whether commercial and non-commercial use are named together and neither is banned: "비상업적 및 상업적 이용"."""
        if self.bans or self.modals:
            return False
        trade = [h for h in self.sentence.hits if h.has(*_TRADE)]
        return any(hit in pair and self._are_opposites(*pair) for pair in pairwise(trade))

    def _are_opposites(self, one: Hit, other: Hit) -> bool:
        between = self.words.text[one.j : other.i]
        joined = bool(between) or bool(self.words.glue[other.i].strip())
        free = [h.has(*_NONCOMMERCIAL) for h in (one, other)]
        return joined and free[0] != free[1] and grammar.words("both-joins").issuperset(between)

    def _is_under_same_terms(self) -> bool:
        """Whether what is banned is allowed under the same license: "not ... except under the same license"."""
        text = self.words.text
        return any(
            not grammar.words("only-unless").isdisjoint(text[max(self.sentence.i, same.i - _BEFORE) : same.i])
            or any(0 <= only.i - same.j <= _BEHIND for only in self.onlys if self.words.kind[only.i] == "c")
            for same in self.sentence.of("samelicense")
        )

    def _is_needless(self, asked: Hit) -> bool:
        """Whether what would have to be asked for need not be: "no permission is needed", "허락 없이"."""
        text = self.words.text
        after = text[asked.j : asked.j + 6]
        return (
            not grammar.words("negations").isdisjoint(text[max(0, asked.i - 3) : asked.i])
            or ("not" in after and not grammar.words("asked-for").isdisjoint(after))
            or not grammar.words("absent").isdisjoint(text[max(asked.i, asked.j - 2) : asked.j + 5])
        )


def _is_lifted(text: list[str], ban: Hit) -> bool:
    """Whether a ban is denied: "금지하지 않"."""
    return "".join(text[ban.j : ban.j + 5]).startswith(grammar.beginnings("lifting"))


def _allows(text: list[str], i: int, j: int) -> bool:
    """Whether Korean words between an act and a ban allow the act: "상업적 이용은 가능하나 재배포는 금지"."""
    return any(word in "".join(text[i:j]) for word in _allowing())


@cache
def _allowing() -> tuple[str, ...]:
    return grammar.beginnings("allowing")


def leaves_something_out(sentence: Sentence, hit: Hit) -> bool:
    """Whether an exception names a part: "except the photos", and not "except where otherwise noted"."""
    text = sentence.words.text
    after = text[hit.i + 1 : hit.i + 3]
    if text[hit.i] in grammar.words("leaving-out"):
        return True
    return text[hit.i] == "except" and bool(after) and grammar.words("boilerplate").isdisjoint(after)
