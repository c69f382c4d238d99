"""What stands right behind the name of a license and makes it another: a note that it was changed, an exception."""

from __future__ import annotations

from typing import Final

from licensecheck.base import regex
from licensecheck.identification.near import Mention
from licensecheck.identification.sentence import Sentence
from licensecheck.knowledge import grammar
from licensecheck.knowledge.lex import TIGHT
from licensecheck.knowledge.names import exceptions

_EXCEPTION: Final = regex.compile(r"[\w.-]{1,80}")


def _behind(sentence: Sentence, mention: Mention) -> int:
    """The word behind a name and the word "license"."""
    hit = next((h for h in sentence.of("license") if h.i == mention.j), None)
    return hit.j if hit is not None and sentence.words.gap[mention.j] == TIGHT else mention.j


def is_altered(sentence: Sentence, mention: Mention) -> bool:
    """Whether a note behind a name says that its text was changed: "MIT License (modified)"."""
    words, k = sentence.words, _behind(sentence, mention)
    if k >= sentence.j or ("(" not in words.glue[k] and "（" not in words.glue[k]):
        return False
    altered = "".join(words.text[k : k + 2]) if words.kind[k] == "c" else words.text[k]
    return altered in grammar.words("altered")


def has_unknown_exception(sentence: Sentence, mention: Mention) -> bool:
    """Whether an expression adds an exception to a license that SPDX does not have: "MIT WITH unknown"."""
    words, k = sentence.words, _behind(sentence, mention)
    if k + 1 >= sentence.j or words.gap[k] != TIGHT or sentence.text[words.start[k] : words.end[k]] != "WITH":
        return False
    name = _EXCEPTION.match(sentence.text, words.start[k + 1])
    return name is not None and not name[0].isupper() and name[0].lower().rstrip(".") not in exceptions()
