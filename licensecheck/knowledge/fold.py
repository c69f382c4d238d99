"""Text made comparable without moving a character: offsets in the folded text are those of the original."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
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
}


@lru_cache(maxsize=8192)
def _char(char: str) -> str:
    same = _SAME.get(ord(char))
    if same is not None:
        return same
    plain = unicodedata.normalize("NFKC", char)
    if len(plain) != 1:
        return char
    low = plain.lower()
    return low if len(low) == 1 else plain


def fold(text: str) -> str:
    """``text`` in lower case with one kind of dash, quote and space, full-width forms made plain.

    Each character gives exactly one, so that places in the result are places in ``text``.
    """
    if text.isascii():
        text = text.lower()
        for odd, plain in (("_", "-"), ("`", "'"), ("\t", " "), ("\r", " "), ("\f", " "), ("\v", " ")):
            text = text.replace(odd, plain)
        return text
    return "".join(map(_char, text))
