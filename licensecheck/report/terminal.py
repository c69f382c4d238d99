"""Text for a terminal: made safe, measured in columns, wrapped and painted. Knows nothing about licenses.

Everything that came from a scanned file is untrusted: it is shown only through :func:`safe`, which
every line of a :class:`Page` passes as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from licensecheck.base import regex

_ESCAPES: Final = regex.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]?"  # a control sequence: color, cursor, erase
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f])[^\x07\x1b\x9c]{0,256}(?:\x07|\x1b\\|\x9c)?"  # a title, a link, a string
    r"|\x1b[ -/]{0,4}[0-~]?"
)
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols that show nothing, so that a name could be hidden with them."""
_STACKED: Final = 4
"""So many combining marks are kept on one letter; more would paint over the lines around it."""
_COMMANDS: Final = regex.compile(r"(?<!\S)::+|##+(?=\w*\[)")
"""What the log of a CI service takes as a command at the beginning of a line, however far it is indented."""
_TOKENS: Final = regex.compile(r"\[[^\[\]]{1,44}\][,;.:]?|\S+")


def safe(text: str, limit: int = 200, *, tail: bool = False) -> str:
    """``text`` fit to be shown: one line of at most ``limit`` characters that no terminal takes as a command.

    Escape sequences go whole; control characters, line ends and letters that show nothing become a
    space; characters without width (direction overrides, joiners, tags) go; what is cut is marked
    with an ellipsis, at the end, or at the front with ``tail`` (of a path its name matters more).
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        kept = _COMMANDS.sub(_single, text.strip()) if "::" in text or "##" in text else text.strip()
    else:
        bounded = text[-limit * 4 :] if tail else text[: limit * 4]
        plain = bounded if bounded.isprintable() else _ESCAPES.sub("", bounded)  # a sequence begins with a control
        kept = " ".join("".join(_shown(unicodedata.normalize("NFC", plain))).split())
        kept = _COMMANDS.sub(_single, kept)
        if len(bounded) < len(text) and len(kept) <= limit:
            kept = f"…{kept}" if tail else f"{kept}…"
    if len(kept) <= limit:
        return kept
    return f"…{kept[len(kept) - limit + 1 :]}" if tail else f"{kept[: limit - 1]}…"


def _single(found: re.Match[str]) -> str:
    return found.group()[0]


def _shown(text: str) -> Iterator[str]:
    marks = 0
    for char in text:
        kind = unicodedata.category(char)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if kind == "Cf" or marks > _STACKED:
            continue
        yield " " if char in _BLANK or not char.isprintable() else char


def columns(text: str) -> int:
    """How many columns of a terminal ``text`` takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    joined = unicodedata.category(char) in ("Mn", "Me") or "\u1160" <= char <= "\u11ff"
    return 0 if joined else 1


def pad(text: str, width: int) -> str:
    """``text`` filled with spaces to ``width`` columns."""
    return text + " " * max(width - columns(text), 0)


def wrap(text: str, width: int, first: str = "", rest: str = "") -> Iterator[str]:
    """``text`` in lines of at most ``width`` columns, the first after ``first`` and the others after ``rest``.

    A short clause in brackets stays on one line. A word that is too long for a line of its own is
    left whole (an address or a path that is cut cannot be copied), unless it is of wide characters.
    """
    line, used, empty = first, columns(first), True
    room = max(width - columns(rest), 8)
    for token in _TOKENS.findall(text):
        words = token.split() if columns(token) > room else (token,)
        for word in words:
            size = columns(word)
            if not empty and used + 1 + size > width:
                yield line
                line, used, empty = rest, columns(rest), True
            gap = "" if empty else " "
            if size > room and not word.isascii():
                for char in gap + word:
                    if used + _columns(char) > width and not empty and char != ":":
                        yield line
                        line, used = rest, columns(rest)
                    line, used, empty = line + char, used + _columns(char), False
                continue
            line, used, empty = line + gap + word, used + len(gap) + size, False
    yield line


class Page:
    """Lines of a report, gathered one after another. Colors are bold and eight basic ones, or none."""

    BOLD: Final = "1"
    DIM: Final = "2"

    def __init__(self, width: int, color: bool) -> None:
        self.width = max(width, 24)
        self._color = color
        self._lines: list[str] = []

    def paint(self, text: str, code: str) -> str:
        """``text`` in the color ``code``, where this page has colors."""
        return f"\x1b[{code}m{text}\x1b[0m" if self._color and code and text else text

    def say(self, text: str = "", indent: int = 0, mark: str = "", *, code: str = "", hang: int = 0) -> None:
        """``text``, wrapped, after ``mark`` in the color ``code``; later lines are indented to the text, or by ``hang``."""
        mark = safe(mark, 400) + " " * (len(mark) - len(mark.rstrip(" ")))
        first = " " * indent + mark
        rest = " " * (hang or columns(first))
        for number, line in enumerate(wrap(safe(text, 4000), self.width, first, rest)):
            if not number and mark and code:
                line = " " * indent + self.paint(mark.rstrip(), code) + line[indent + len(mark.rstrip()) :]
            self._lines.append(line.rstrip())

    def columns(self, left: str, width: int, right: str) -> None:
        """``left``, a line of our own making that takes ``width`` columns, with ``right`` wrapped next to it."""
        first, *more = wrap(safe(right, 4000), self.width, " " * width, " " * width)
        self._lines += [(left + first[width:]).rstrip(), *more]

    def copy(self, text: str, indent: int = 0) -> None:
        """``text`` on one line however long, so that it can be copied."""
        self._lines.append(" " * indent + safe(text, 4000))

    def head(self, text: str) -> None:
        """A blank line, and the title of a section."""
        self.gap()
        for line in wrap(safe(text, 400), self.width):
            self._lines.append(self.paint(line, self.BOLD))

    def gap(self) -> None:
        """A blank line, unless the page begins here or has one already."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def text(self) -> str:
        """The page."""
        return "\n".join(self._lines)
