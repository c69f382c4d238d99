"""Words in the language of the reader: messages that know the sentence they were made from, and catalogues of sentences.

The core makes every message in English as a :class:`Message`. Reports say it in another language through the gettext
catalogue of that language (``licensecheck/locale``); names, licences and what stands in files are never translated.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

LANGUAGES: Final = ("en", "ko")
DOMAIN: Final = "licensecheck"
_T = TypeVar("_T")


class Message(str):
    """A sentence made from ``template`` with ``given`` in its slots; a tuple in a slot is its members and commas.

    It is its English text; :func:`translated` makes the same sentence in another language.
    """

    template: str
    given: Mapping[str, object]

    def __new__(cls, template: str, /, **given: object) -> Message:
        """The sentence. ``template`` is one of ours or of a checked rule pack, never a scanned text."""
        if not given:
            text = template.format() if "{" in template else template
        elif any(value.__class__ is tuple for value in given.values()):
            text = template.format(**{key: _flat(value) for key, value in given.items()})
        else:
            text = template.format(**given)
        made = str.__new__(cls, text)
        made.template = template
        made.given = given
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.template, dict(self.given))


@lru_cache(maxsize=1024)
def word(text: str) -> Message:
    """One of the words that messages are made with, as a message of its own."""
    return Message(text)


def literal(text: str) -> Message:
    """A text of a rule pack as a message that is itself, with the braces that are in it."""
    return Message(text.replace("{", "{{").replace("}", "}}"))


def _again(template: str, given: dict[str, object]) -> Message:
    return Message(template, **given)


def _flat(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value


class Translated(str):
    """A sentence in another language that keeps its ``english``, so that what is counted by words stays the same."""

    english: str

    def __new__(cls, text: str, english: str) -> Translated:
        """``text`` for people, ``english`` for comparison."""
        made = super().__new__(cls, text)
        made.english = english
        return made


def english(text: str) -> str:
    """A message's English, whatever language it is in."""
    return text.english if isinstance(text, Translated) else text


def composed(between: str, *parts: str) -> str:
    """``parts`` put together, empty ones left out, with their English kept."""
    kept = [part for part in parts if part]
    text = between.join(kept)
    plain = between.join(map(english, kept))
    return text if text == plain else Translated(text, plain)


def language(asked: str = "", environment: Mapping[str, str] | None = None) -> str:
    """The language to speak: what was ``asked``, else ``LICENSECHECK_LANG``, else that of the locale, else English."""
    env = os.environ if environment is None else environment
    for name in (asked, *(env.get(key, "") for key in ("LICENSECHECK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))):
        if name:
            short = name.replace("-", "_").split("_")[0].split(".")[0].lower()
            return short if short in LANGUAGES else "en"
    return "en"


@cache
def catalogue(lang: str) -> Callable[[str], str]:
    """The sentences of a language by their English; what is missing stays English."""
    if lang == "en":
        return str
    import gettext

    found = gettext.translation(DOMAIN, Path(__file__).parent.parent / "locale", [lang], fallback=True)
    return lambda text: found.gettext(text) if text else text


def speaker(lang: str) -> Callable[..., str]:
    """A function ``say(template, **given)`` that speaks ``lang``: for the fixed words of reports."""
    words = catalogue(lang)

    def say(template: str, /, **given: object) -> str:
        said = words(template)
        return said.format(**{key: _flat(_spoken(value, words)) for key, value in given.items()}) if given else said

    return say


def translated(value: _T, lang: str) -> _T:
    """``value`` (tuples of the model, however nested) with its messages in ``lang``; all other texts as they are."""
    return value if lang == "en" else _spoken(value, catalogue(lang))


def _spoken(value: Any, words: Callable[[str], str]) -> Any:
    if isinstance(value, Message):
        given = {key: _flat(_spoken(inner, words)) for key, inner in value.given.items()}
        return Translated(words(value.template).format(**given), str(value))
    if isinstance(value, tuple):
        inner = [_spoken(item, words) for item in value]
        if all(new is old for new, old in zip(inner, value, strict=True)):
            return value
        return value._make(inner) if hasattr(value, "_make") else tuple(inner)
    return value


def nearest(word: str, known: Iterable[str]) -> str:
    """ " Did you mean X?" for the closest of ``known``, or "" where nothing is near."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return Message(" Did you mean `{name}`?", name=close[0]) if close else ""
