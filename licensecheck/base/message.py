"""Words in the language of the reader: messages that know the sentence they were made from, and catalogues of sentences.

The core makes every message in English as a :class:`Message`. Reports say it in another language through the gettext
catalogue of that language (``licensecheck/locale``); names, licenses and what stands in files are never translated.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

from licensecheck.base import compiled

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


class Text(str):
    """A sentence of the rules, English, with what it is in other languages (``others``: language to text)."""

    __slots__ = ("others",)
    others: Mapping[str, str]

    def __new__(cls, english: str, others: Mapping[str, str]) -> Text:
        """``english`` with its translations ``others``."""
        new = str.__new__(cls, english)
        new.others = others
        return new

    def __reduce__(self) -> tuple[Any, ...]:
        return Text, (str(self), dict(self.others))


def text_of(value: str | Mapping[str, str]) -> str:
    """A sentence of a compiled table: a plain text (English only), or a mapping of languages to texts."""
    if isinstance(value, str):
        return value
    return Text(value["en"], {lang: text for lang, text in value.items() if lang != "en"})


@lru_cache(maxsize=1024)
def word(text: str) -> Message:
    """One of the words that messages are made with, as a message of its own; braces in it are no places to fill."""
    return literal(text)


def literal(text: str) -> Message:
    """A text of a rule pack as a message that is itself, with the braces that are in it."""

    def escaped(words: str) -> str:
        return words.replace("{", "{{").replace("}", "}}")

    if isinstance(text, Text):
        return Message(Text(escaped(text), {lang: escaped(other) for lang, other in text.others.items()}))
    return Message(escaped(text))


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
    from gettext import GNUTranslations, NullTranslations
    from io import BytesIO

    try:
        data = messages(lang)
    except ImportError:  # a checkout without its development tools: the messages as they were last compiled
        data = _compiled(lang)
    except OSError:
        data = b""
    found = GNUTranslations(BytesIO(data)) if data else NullTranslations()

    def translation(text: str) -> str:
        own = text.others.get(lang) if isinstance(text, Text) else None
        return own or (found.gettext(text) if text else text)

    return translation


def messages(lang: str) -> bytes:
    """The compiled catalog of ``lang``, in the MO format of GNU gettext.

    A wheel ships it. A checkout compiles it again when its PO file changed later; only then is Babel needed.
    Raises :class:`ImportError` where Babel is needed and is not installed, :class:`OSError` where there is no catalog.
    """
    source = Path(__file__).parent.parent / "locale" / lang / "LC_MESSAGES" / f"{DOMAIN}.po"
    name = f"{lang}.mo"
    if not compiled.outdated(name, source):
        return compiled.read_kept(name)
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalog = read_po(file, locale=lang)
    write_mo(data := BytesIO(), catalog)
    compiled.keep(name, data.getvalue())
    return data.getvalue()


def _compiled(lang: str) -> bytes:
    try:
        return compiled.read_kept(f"{lang}.mo")
    except OSError:
        return b""


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
