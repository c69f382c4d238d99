"""One sentence of a text, with the phrases and the licenses in it."""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.identification.near import Mention
from licensecheck.knowledge import grammar
from licensecheck.knowledge.lex import CLAUSE, PARAGRAPH, SENTENCE, SOFT, Words
from licensecheck.knowledge.phrases import Hit


class Sentence:
    """Words ``i`` up to ``j`` of a text.

    ``hits`` are its phrases, those inside the names of licenses left out. ``mentions`` are its names and addresses.
    ``heading``: it is a heading. ``opens``: a paragraph begins with it.
    """

    __slots__ = ("_by_label", "heading", "hits", "i", "j", "mentions", "opens", "text", "words")

    def __init__(self, text: str, words: Words, i: int, j: int, hits: list[Hit], mentions: list[Mention]) -> None:
        self.text = text
        self.words = words
        self.i = i
        self.j = j
        self.hits = hits
        self.mentions = mentions
        self._by_label: dict[str, list[Hit]] | None = None
        self.heading = "#" in words.glue[i] and (i == 0 or "\n" in words.glue[i])
        self.opens = words.gap[i] == PARAGRAPH

    def __len__(self) -> int:
        return self.j - self.i

    @property
    def by_label(self) -> dict[str, list[Hit]]:
        """The phrases of each meaning."""
        if self._by_label is None:
            self._by_label = {}
            for hit in self.hits:
                for label in hit.means:
                    self._by_label.setdefault(label, []).append(hit)
        return self._by_label

    def of(self, *labels: str) -> list[Hit]:
        """The phrases that have any of ``labels``."""
        if len(labels) == 1:
            return self.by_label.get(labels[0], [])
        return [hit for hit in self.hits if hit.has(*labels)] if self.has(*labels) else []

    def first(self, *labels: str) -> Hit | None:
        """The first phrase that has any of ``labels``."""
        if not self.has(*labels):
            return None
        if len(labels) == 1:
            return self.by_label[labels[0]][0]
        return next(hit for hit in self.hits if hit.has(*labels))

    def has(self, *labels: str) -> bool:
        """Whether a phrase has any of ``labels``."""
        return not self.by_label.keys().isdisjoint(labels)

    def crosses(self, i: int, j: int) -> bool:
        """Whether a clause ends or a comma is between words ``i`` and ``j``."""
        return any(self.breaks(k) for k in range(i, j + 1))

    def breaks(self, k: int) -> bool:
        """Whether a clause ends or a comma is before word ``k``."""
        return self.words.gap[k] >= CLAUSE or (self.words.gap[k] == SOFT and "," in self.words.glue[k])


def sentences(text: str, words: Words, hits: list[Hit], mentions: list[Mention]) -> Iterator[Sentence]:
    """The sentences of a text, in order, a very long one in pieces."""
    named = {k for mention in mentions for k in range(mention.i, mention.j)}
    count = len(words.text)
    longest = grammar.window("sentence")
    h = m = i = 0
    while i < count:
        j = i + 1
        while j < count and words.gap[j] < SENTENCE and j - i < longest:
            j += 1
        h0, m0 = h, m
        while h < len(hits) and hits[h].i < j:
            h += 1
        while m < len(mentions) and mentions[m].i < j:
            m += 1
        own = [hit for hit in hits[h0:h] if hit.i not in named and hit.j <= j]
        yield Sentence(text, words, i, j, own, mentions[m0:m])
        i = j
