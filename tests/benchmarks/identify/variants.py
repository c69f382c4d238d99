"""Licence texts of installed packages, and what becomes of them in the wild."""

from __future__ import annotations

import html
import random
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_HEADER: Final = """\
# {name}

{name} is a collection of annotated records that our group made between 2015 and 2021. See the paper
for how the records were sampled and who annotated them; the scripts that made the splits are in tools/.

Copyright (c) 2021 The {name} Contributors

"""
_NAMES: Final = ("SpeechBank", "OpenTables", "RiverGauge", "NewsPairs", "LeafScan")


@dataclass(frozen=True, slots=True)
class Case:
    """A text to identify: the ids that are right, and which variant of the text it is."""

    name: str
    ids: frozenset[str]
    variant: str
    text: str


def as_is(text: str, chance: random.Random) -> str:
    return text


def rewrapped(text: str, chance: random.Random) -> str:
    width = chance.choice((60, 72, 100, 120))
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    return "\n\n".join(textwrap.fill(part, width, initial_indent="   ", subsequent_indent="   ") for part in parts)


def header(text: str, chance: random.Random) -> str:
    return _HEADER.format(name=chance.choice(_NAMES)) + text


def as_html(text: str, chance: random.Random) -> str:
    """A page as a browser's user saves it: tags, entities, curly quotes, menu and footer."""
    curly = re.sub(r'"([^"\n]{1,80})"', "\u201c\\1\u201d", text).replace("'", "\u2019")
    parts = "\n".join(
        f"<p class='text'>{html.escape(' '.join(part.split()), quote=False)}</p>"
        for part in re.split(r"\n\s*\n", curly)
    )
    return (
        "<!DOCTYPE html><html><head><title>License</title></head><body><nav><a href='/'>Home</a> | <a href='/data'>"
        f"Data</a> | <a href='/about'>About us</a></nav>{parts}<footer>Site by the web team &middot; "
        "<a href='/contact'>Contact</a> &middot; Last changed on 3 May 2022</footer></body></html>"
    )


def stripped(text: str, chance: random.Random) -> str:
    """The same page as one line of plain text."""
    curly = re.sub(r'"([^"\n]{1,80})"', "\u201c\\1\u201d", text).replace("'", "\u2019")
    return (
        f"Home | Data | About us {' '.join(curly.split())} Site by the web team · Contact · Last changed on 3 May 2022"
    )


def tenth_gone(text: str, chance: random.Random) -> str:
    words = text.split()
    gone = set(chance.sample(range(len(words)), len(words) // 10))
    return " ".join(word for place, word in enumerate(words) if place not in gone)


def first_half(text: str, chance: random.Random) -> str:
    words = list(re.finditer(r"\S+", text))
    return text[: words[len(words) // 2].start()] if words else ""


def second_half(text: str, chance: random.Random) -> str:
    words = list(re.finditer(r"\S+", text))
    return text[words[len(words) // 2].start() :] if words else ""


def fifth_gone(text: str, chance: random.Random) -> str:
    words = text.split()
    gone = set(chance.sample(range(len(words)), len(words) // 5))
    return " ".join(word for place, word in enumerate(words) if place not in gone)


def typos(text: str, chance: random.Random) -> str:
    letters = list(text)
    for place in chance.sample(range(len(letters)), len(letters) // 100):
        if letters[place].isalpha():
            letters[place] = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return "".join(letters)


def shouted(text: str, chance: random.Random) -> str:
    return "\n".join(f"// {line.upper()}" for line in text.splitlines())


Change = Callable[[str, random.Random], str]
VARIANTS: Final[dict[str, Change]] = {
    "as is": as_is,
    "re-wrapped": rewrapped,
    "project header": header,
    "HTML": as_html,
    "HTML stripped": stripped,
    "every tenth word gone": tenth_gone,
    "first half only": first_half,
}
MORE: Final[dict[str, Change]] = {
    "second half only": second_half,
    "every fifth word gone": fifth_gone,
    "1 % of letters wrong": typos,
    "comment, upper case": shouted,
}
