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


def fold(text: str) -> str:
    """``text`` in lower case with one kind of dash, quote and space, full-width forms made plain.

    Each character gives exactly one, so that places in the result are places in ``text``.
    """
    return text.translate(_PLAIN)
