"""The credit that a licensor asks for in running words: "please attribute this data as ...".

The words that ask are ``credit-asked`` in ``rules/lexicon/grammar.yaml``.
"""

from __future__ import annotations

from typing import Final

from licensecheck.knowledge import grammar
from licensecheck.knowledge.fold import fold

_MARKS: Final = " \t:：-–—>*_`\"'“”„«»「」『』"
_LONG: Final = 300
_NEAR: Final = 3
"""Lines below the words that ask in which the credit may stand."""


def asked(text: str) -> str:
    """The credit that ``text`` asks for first, as it words it, on one line; "" where it asks for none."""
    folded = fold(text)
    places = ((at, phrase) for phrase in grammar.words("credit-asked") if (at := folded.find(phrase)) >= 0)
    at, phrase = min(places, default=(-1, ""))
    if at < 0:
        return ""
    lines = text[at + len(phrase) :].split("\n", _NEAR + 1)[: _NEAR + 1]
    first = next((line for line in (each.strip(_MARKS) for each in lines) if line), "")
    # A citation in BibTeX is read as such, and a link or a heading is no wording.
    wording = "" if first.startswith(("@", "#", "[", "<", "~~~")) or lines[0].lstrip().startswith(("(", ",")) else first
    return wording if sum(map(str.isalpha, wording)) > len("by") and len(wording) <= _LONG else ""
