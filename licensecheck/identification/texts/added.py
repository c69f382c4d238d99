"""What was added to a known license text."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import Final

from licensecheck.base import regex
from licensecheck.identification.texts.search import _Found
from licensecheck.identification.texts.words import _TAG, Words, pairs
from licensecheck.knowledge import phrases
from licensecheck.knowledge.fold import fold

_BESIDE: Final = 1500
"""Characters before and after a standard text that are read for what was added to it."""

_RESTRICTS: Final = regex.compile(
    r"non-?\s?commercial|\b(?:not|no|without|prohibit\w*|forbid\w*)\b[^.\n]{0,40}\bcommercial|commercial[^.\n]{0,40}"
    r"\b(?:not|prohibited|forbidden|requires?|only with)\b"
    r"|\b(?:only|solely|exclusively|limited|restricted)\b[^.\n]{0,60}\b(?:research|academic|educational|scientific|personal|"
    r"evaluation|private|non-?profit)\b"
    r"|\b(?:research|academic|educational|scientific|personal|evaluation|private|non-?profit)\b[^.\n]{0,40}\b(?:only|solely)\b"
    r"|\b(?:may|must|shall|can|do)\s?not\b|\bno\s+(?:redistribution|derivatives?|modification)|\bprohibited\b|\bforbidden\b"
    r"|\bexcept(?:ion|ions)?\b|\b(?:additional|further|extra)\s+(?:term|condition|restriction|limitation)s?\b"
    r"|\bwithout\s+(?:the\s+)?(?:express\s+|explicit\s+)?(?:prior\s+)?(?:written\s+)?(?:permission|consent|approval)"
    r"|\bnot\s+(?:be\s+)?(?:permitted|allowed|used|redistributed|licensed|cover)"
    r"|비영리|비상업|상업적|연구\s?목적|학술\s?목적|금지|제외|재배포|非商用|非营利|商用利用|研究目的",
    re.IGNORECASE,
)

_RESTRICTING_WORD: Final = regex.compile(
    r"\b(?:academic|research|educational|non-?commercial|non-?profit|personal|private|evaluation|internal|not|never|only)\b",
    re.IGNORECASE,
)

_STEWARD: Final = regex.compile(
    r"creative commons (?:is not|corporation|may be|does not|will not|disclaims|gives no|makes)|trademark of creative|"
    r"free software foundation|everyone is permitted to copy|this is (?:a )?human-readable|not a substitute for",
    re.IGNORECASE,
)

_SENTENCE: Final = regex.compile(r"[^.\n。]+(?:\.(?!\s|$)[^.\n。]*)*[.。]?")


@lru_cache(maxsize=4096)
def _states_restriction(sentence: str) -> bool:
    from licensecheck.identification import find

    return phrases.speaks(fold(sentence)) and any(s.restricts for s in find(sentence))


def _added(text: str, words: Words, one: _Found, before: str, after: str) -> str:
    """What restricts in words that stand inside the standard text or beside it, and are not its own."""
    parts = []
    clean = one.fit.quality >= 0.95
    for gap in islice((_INSERTED if clean else _INSERTED_IN_DAMAGE).finditer(one.flags), 50):
        several = gap.end() - gap.start() > 3
        # "not" before what was inserted may be its own or the text's: it is read with it.
        start, end = words.span(one.begin + gap.start() + (not several), one.begin + gap.end())
        pattern = _RESTRICTS if several else _RESTRICTING_WORD
        if pattern.search(text, start, end):
            parts.append(text[start:end])
    for beside in (before, after):
        for sentence in _SENTENCE.findall(_TAG.sub(" ", beside)):
            if (
                (_RESTRICTS.search(sentence) or _states_restriction(sentence))
                and not _STEWARD.search(sentence)
                and not _is_own(sentence, one)
            ):
                parts.append(sentence)
    return " … ".join(" ".join(part.split()) for part in parts)


def _is_own(sentence: str, one: _Found) -> bool:
    """Whether a sentence beside a legal code is mostly its own: its clauses are no terms beside it."""
    if not one.table.groups:
        return False
    own = one.table.pairs(one.fit.document)
    found = pairs(Words(sentence, alphabets=one.table.collection.alphabets).hashes)
    return len(found) > 1 and sum(map(own.__contains__, found)) >= _OWN * len(found)


_OWN: Final = 0.7
"""Share of the word pairs of a sentence that a text has, from which the sentence is the text's own."""

_INSERTED: Final = re.compile(rb"\0{2,}")
"""At least one word that the standard text does not have there; in a damaged text, at least six."""

_INSERTED_IN_DAMAGE: Final = re.compile(rb"\0{7,}")
