"""A mention of a license, and the text around it that its readers look at."""

from __future__ import annotations

from typing import NamedTuple

from licensecheck.knowledge import grammar
from licensecheck.knowledge.lex import SOFT, Words
from licensecheck.knowledge.phrases import Hit
from licensecheck.model import Certainty, Kind


class Mention(NamedTuple):
    """A license named at words ``i`` up to ``j``; ``url`` where an address names it."""

    license: str | None
    certainty: Certainty
    i: int
    j: int
    rule: str
    url: str = ""
    kind: Kind = Kind.NAME


class Near:
    """The words of one text with the phrases in them, and what is near a place.

    ``original`` is the text, ``folded`` its folded form; ``types_end`` is where the last type of KOGL ends.
    """

    def __init__(self, words: Words, hits: list[Hit], original: str, folded: str) -> None:
        self.words = words
        self.original = original
        self.folded = folded
        self.at = {hit.i: hit for hit in hits}
        self.count = len(words.text)
        self.types_end = 0

    def has(self, i: int, *labels: str) -> bool:
        """Whether a phrase with any of ``labels`` begins at word ``i``."""
        hit = self.at.get(i)
        return hit is not None and hit.has(*labels)

    def before(self, i: int, label: str) -> bool:
        """Whether a phrase with ``label`` begins shortly before word ``i``."""
        return any(self.has(k, label) for k in range(max(0, i - grammar.window("license-beside")), i))

    def license_beside(self, i: int, j: int) -> bool:
        """Whether the word "license" is near words ``i`` to ``j``."""
        return self.before(i, "license") or any(self.has(k, "license") for k in range(j, min(j + 4, self.count)))

    def beside(self, i: int, j: int) -> bool:
        """Whether licensing is spoken of right beside words ``i`` to ``j``."""
        if self.has(j, "license") and self.words.gap[j] <= SOFT:
            return True
        return self.before(i, "license") or (i > 0 and self.words.text[i - 1] in grammar.words("under-name"))

    def tail(self, j: int, version: str) -> int:
        """Where a name ends whose version and level words follow it."""
        words = self.words
        for _ in range(4):
            if j >= self.count or words.gap[j] > SOFT or "," in words.glue[j]:
                break
            hit = self.at.get(j)
            if words.text[j] in (version, version[0]):
                j += 1
            elif hit is not None and (
                hit.has("level")
                or (hit.has("filler") and hit.j < self.count and words.text[hit.j] in (version, version[0]))
            ):
                j = hit.j
            else:
                break
        return j
