"""Which sentences are in a language whose words are known: ``rules/lexicon/languages.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from licensecheck.base import compiled, regex
from licensecheck.base.strict import Strict

_PATTERNS: Final = ("lexicon/languages.yaml", "lexicon/grammar.yaml")
_CODE: Final = ("knowledge/languages.py", "base/yamlio.py", "base/strict.py")
_MARKS: Final = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)
"""Vowel signs and accents that Unicode counts as marks, and the pattern of letters leaves out."""
WORD: Final = regex.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*(?:['’][^\W\d_]+)?")
"""A word or a number."""
_CODED: Final = regex.compile(r"(?<![^\s(\[\"'|,;:])[!-~]*[^\W\d_](?:[_./\\@]|[_.]\w)[!-~]*[^\W_]")
"""Names of files and of fields, addresses of mail."""
_IN_LETTERS: Final = regex.compile(r"[㐀-鿿豈-﫿぀-ヿㇰ-ㇿ가-힣ᄀ-ᇿ㄰-㆏ｦ-ﾟ]")
"""Chinese, Japanese and Korean: they have no words to look up, and all three are known."""
_SPACELESS: Final = regex.compile(r"[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff]")
"""Thai, Lao, Tibetan, Burmese and Khmer: a run of letters is several words."""
_LETTERS_A_WORD: Final = 4
_KNOWN: Final = 0.25
"""A sentence of which no language knows a larger share of the words is in none of them."""
_FEWEST: Final = 3
"""Words of the shortest sentence that is judged: of fewer, the letters of other scripts alone tell."""


def build(paths: list[Path]) -> dict[str, Any]:
    """Each language with its words: the frequent ones, and those of use."""
    grammar, languages = sorted(paths, key=lambda path: path.name)
    of_use = Strict.read(grammar).keys(("words", "windows"))["words"].items()["of-use"].items()
    known = {name: set(member.texts()) for name, member in Strict.read(languages).items().items()}
    for name, words in known.items():
        if name in of_use:
            words.update(of_use[name].texts())
    return {"words": {name: sorted(words) for name, words in known.items()}}


@cache
def _words() -> dict[str, frozenset[str]]:
    table = compiled.compiled("languages", _PATTERNS, build, _CODE)["words"]
    return {name: frozenset(words) for name, words in table.items()}


def words(text: str) -> Iterator[str]:
    """The words of a text in lower case, as languages are told by them: what may be a name, with a capital letter, is none.

    A run of letters of a script without spaces is given in pieces.
    """
    first = True
    for m in WORD.finditer(_CODED.sub(" ", text)):
        word = m.group()
        if word[0].isdigit():
            continue
        if _SPACELESS.match(word):
            for at in range(0, len(word), _LETTERS_A_WORD):
                yield word[at : at + _LETTERS_A_WORD]
        elif first or not word[0].isupper():
            yield word.lower().replace("’", "'")
        first = False


def is_known(text: str) -> bool:
    """Whether the words of a sentence are of a language that is known; a sentence of names, or of very few words, is."""
    found = list(words(text))
    other = [word for word in found if not _IN_LETTERS.match(word)]
    strange = sum(1 for word in other if not _is_of_known_script(word))
    if len(found) > len(other):
        # Chinese, Japanese and Korean take in words of any language.
        return strange < len(found) - len(other)
    if len(other) < _FEWEST:
        return not strange
    best = max(sum(word in known or word.split("'")[0] in known for word in other) for known in _words().values())
    return best > _KNOWN * len(other)


def _is_of_known_script(word: str) -> bool:
    letter = word[0]
    return letter < "\u0530" or "\u0600" <= letter <= "\u077f" or "\u1e00" <= letter <= "\u1fff" or letter >= "\ufb50"
