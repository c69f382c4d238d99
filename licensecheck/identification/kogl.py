"""Types of the Korea Open Government License (공공누리), by their numbers and by their words."""

from __future__ import annotations

from functools import cache

from licensecheck.identification.near import Mention, Near
from licensecheck.knowledge import grammar
from licensecheck.knowledge.lex import SENTENCE, TIGHT
from licensecheck.model import Certainty, Kind

NUMBERS = ("0", "1", "2", "3", "4")
_NARROWING = frozenset({"noncommercial", "noderivatives"})
_ASKS = {"1": frozenset[str](), "2": frozenset({"noncommercial"}), "3": frozenset({"noderivatives"})}
"""What a type asks for beside credit. Words behind its number that ask for more are a restriction, and no part of its name."""
_LANGUAGE = "ko"
"""The language in which the word for "type" is enough: types of other things are named in every language."""


@cache
def beginnings() -> frozenset[str]:
    """The words of which each that begins a type without a phrase is one: see :func:`begins`."""
    return grammar.words("ordinals") | frozenset(NUMBERS)


def begins(near: Near, i: int) -> bool:
    """Whether word ``i`` may begin a type without a word for 공공누리: "제1유형", or the next of several types."""
    text = near.words.text[i]
    return text in grammar.words("ordinals") or (text in NUMBERS and goes_on_with_types(near, i))


def goes_on_with_types(near: Near, i: int) -> bool:
    """Whether a type of 공공누리 was named right before word ``i``: "제1유형, 제4유형", "1~4유형"."""
    end = near.types_end
    return 0 < end <= i <= end + 8 and all(near.words.gap[k] < SENTENCE for k in range(end, i + 1))


def mention(near: Near, i: int) -> Mention | None:
    """The type of 공공누리 that is named at word ``i``; None where it is not one."""
    hit = near.at.get(i)
    if hit is not None and hit.has("kogl-expired"):
        return Mention("LicenseRef-KOGL-Expired", Certainty.EXACT, i, hit.j, "kogl", kind=Kind.MARK)
    found = _Type(near, i)
    if found.is_ai():
        return Mention("LicenseRef-KOGL-AI", Certainty.EXACT, i, found.end, "kogl-ai", kind=Kind.MARK)
    return found.mention()


class _Type:
    """One name of a type. ``marked``: a word for 공공누리 was read; ``typed``: 유형; ``asks``: what its words ask for."""

    def __init__(self, near: Near, i: int) -> None:
        self.near = near
        self.i = i
        hit = near.at.get(i)
        self.marked = hit is not None and hit.has("kogl-mark", "kogl-works")
        self.end = hit.j if hit is not None and self.marked else i
        self.named = self.end
        self.number = ""
        self.asks: set[str] = set()
        self.ai = self.lost = self.typed = False
        self._read()

    def is_ai(self) -> bool:
        """Whether it is the mark for works that were made for training."""
        return self.ai

    def _read(self) -> None:
        near, words = self.near, self.near.words
        j, steps = self.end, 0
        while j < near.count and steps < 16 and j - self.i < grammar.window("name"):
            if j > self.i and words.gap[j] >= SENTENCE:
                return
            step = near.at.get(j)
            part = self._part(j)
            if self.ai:
                return
            if part is not None:
                j = part
                continue
            if (step is not None and step.has("kogl-type", "license", "filler")) or words.text[j] in (
                grammar.words("ordinals") | {"의"}
            ):
                j = step.j if step is not None else j + 1
                steps += 1
                continue
            if self.number or self.asks:
                return
            if not self.marked:
                self.lost = True
                return
            steps += 2
            j = step.j if step is not None else j + 1
            if steps > 10:
                return

    def _part(self, j: int) -> int | None:
        """Where the part of the name at word ``j`` ends; None where the word is none."""
        near, words = self.near, self.near.words
        step = near.at.get(j)
        if step is not None and step.has("kogl-ai") and self.marked:
            self.ai = True
            self.end = step.j
            return step.j
        if step is not None and step.has("kogl-credit", "kogl-noncommercial", "kogl-noderivatives"):
            self.asks |= {label[5:] for label in step.means if label.startswith("kogl-")}
            self.end = step.j
            return step.j
        if words.text[j] in NUMBERS and not self.number:
            before = words.text[j - 1] if j else ""
            follows = near.at.get(j + 1)
            typed = follows is not None and follows.has("kogl-type")
            if self._is_counted(j):
                return None
            if before in grammar.words("ordinals") | grammar.words("types") or typed or (self.marked and j == self.end):
                self.number = words.text[j]
                self.typed = typed and follows is not None and follows.get("kogl-type") == _LANGUAGE
                self.end = self.named = near.at[j + 1].j if typed else j + 1
                return self.end
        if step is not None and step.has("kogl-mark"):
            self.marked = True
            self.end = step.j
            return step.j
        return None

    def _is_counted(self, j: int) -> bool:
        """Whether the number at word ``j`` counts something else: "제1조", "제3자", "第3条"."""
        words = self.near.words
        return (
            j + 1 < self.near.count
            and words.gap[j + 1] == TIGHT
            and words.text[j + 1] in grammar.words("counted")
            and not self.near.has(j + 1, "kogl-type")
        )

    def mention(self) -> Mention | None:
        """The type, where its number or its words are sure."""
        near, i, end = self.near, self.i, self.end
        if self.lost:
            return None
        whole = i == 0 and end == near.count
        beside = self.typed and (whole or near.license_beside(i, end))
        if self.number and (self.marked or self.asks or beside or goes_on_with_types(near, i)):
            if not self.asks & _NARROWING <= _ASKS.get(self.number, _NARROWING):
                end = self.named
            near.types_end = end
            return Mention(f"LicenseRef-KOGL-Type{self.number}", Certainty.EXACT, i, end, "kogl-type", kind=Kind.MARK)
        narrowed = _NARROWING & self.asks
        if "credit" in self.asks and (self.marked or narrowed):
            kind = 1 + ("noncommercial" in self.asks) + 2 * ("noderivatives" in self.asks)
            certainty = Certainty.EXACT if len(self.asks) > 1 else Certainty.LOSSY
            return Mention(f"LicenseRef-KOGL-Type{kind}", certainty, i, end, "kogl-words", kind=Kind.MARK)
        if near.has(i, "kogl-mark"):
            return Mention("LicenseRef-KOGL", Certainty.FAMILY, i, near.at[i].j, "kogl", kind=Kind.MARK)
        return None
