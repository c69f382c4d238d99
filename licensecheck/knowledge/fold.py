"""Text made comparable without moving a character: offsets in the folded text are those of the original."""

from __future__ import annotations

import unicodedata
from typing import Final

_SAME: Final = {
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－‧·・_"), "-"),
    **dict.fromkeys(map(ord, "‘’‚‛′＇`´"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″＂«»"), '"'),
    **dict.fromkeys(
        map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\f\v"),
        " ",
    ),
    **dict.fromkeys(
        map(ord, "\u200b\u200c\u200d\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
        " ",
    ),
    # Capital letters of other alphabets that look like Latin ones. Few texts in those alphabets have many capitals.
    **dict(zip(map(ord, "АВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"), "abekmhopctyxijsabezhikmnoptyx", strict=True)),
}


class _Plain(dict[int, str]):
    """Characters by their code points, each worked out when it is first asked for. There are at most 1,114,112."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = unicodedata.normalize("NFKC", char)
        low = plain.lower()
        made = self[code] = char if len(plain) != 1 else low if len(low) == 1 else plain
        return made


_PLAIN: Final = _Plain(_SAME)
_ASCII: Final = bytes(range(128))
_LETTERS: Final = bytes(code if code > 127 or chr(code).isalpha() else 32 for code in range(256))
_FOLDED: Final = bytes(ord(chr(code).translate(_PLAIN)) for code in range(128)) + bytes(range(128, 256))
"""What each ASCII character becomes; it is one of them again."""
_SEVERAL: Final = 24
"""Characters beyond ASCII, each looked for by itself, from which one walk over the text costs less."""


def fold(text: str) -> str:
    """``text`` in lower case with one kind of dash, quote and space, full-width forms made plain.

    Each character gives exactly one, so that places in the result are places in ``text``.
    """
    if text.isascii():
        return text.translate(_PLAIN)
    # A walk by character is slow where one is beyond ASCII, and most texts have few kinds of those.
    data = text.encode("utf-8", "surrogatepass")
    changed = []
    for char in set(_decoded(data.translate(None, _ASCII))):
        plain = _PLAIN[ord(char)]
        if plain != char:
            changed.append((char, plain))
            if len(changed) > _SEVERAL or (not plain.isascii() and _PLAIN[ord(plain)] != plain):
                return text.translate(_PLAIN)
    folded = _decoded(data.translate(_FOLDED))
    for char, plain in changed:
        folded = folded.replace(char, plain)
    return folded


def runs(folded: str) -> list[str]:
    """What is between the signs, digits and blanks of ASCII, in order.

    Each is a word if it is in ASCII itself; in any other a caller looks for words.
    """
    return _decoded(folded.encode("utf-8", "surrogatepass").translate(_LETTERS)).split()


def beyond_ascii(text: str) -> str:
    """The characters of ``text`` that are not in ASCII."""
    return "" if text.isascii() else _decoded(text.encode("utf-8", "surrogatepass").translate(None, _ASCII))


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
