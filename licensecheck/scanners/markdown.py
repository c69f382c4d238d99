"""Headings of a Markdown text (and of the HTML, reStructuredText and AsciiDoc that READMEs mix in), fence-aware.

Every pattern is linear in the text: a README is untrusted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from licensecheck.base import regex

_ATX: Final = r"\n(?: {0,3}(#{1,6}|={1,6})[ \t]+(\S.*)"
_HTML: Final = r"|[ \t]{0,8}<[hH]([1-6])\b[^>\n]{0,200}>([^\n]{1,200}?)</[hH][1-6]>"
_NO_HTML: Final = r"|(?!)()()"
_SETEXT: Final = r"|(?=[^\s|>#*+-])(.{1,120})\n(={3,}|-{3,}|~{3,}|\^{3,}|\"{3,})[ \t]*(?=\n|\Z)"
"""Patterns begin with the line break before the line: that is what they are searched by, and fast."""
_RULES: Final = ("\n===", "\n---", "\n~~~", "\n^^^", '\n"""')
_FENCE: Final = regex.compile(r"(`{3,}|~{3,})(.*)")
_ORG: Final = regex.compile(r"^(\*{1,6})([ \t]+\S)", re.M)
_BRACKETED: Final = regex.compile(r"^\[([^\[\]\n]{1,80})\](?=[ \t]*$)", re.M)
_TAG: Final = regex.compile(r"<[^<>\n]{0,200}>")
_LICENSING: Final = regex.compile(
    r"licen[cs](?!e[ -]?plate|ed? driver|ure)|copyright|\bcopying\b|^[\W\d]*terms\W*$|terms (?:of|and|&)|conditions of use|(?:usage|access|re-?use) rights|rights (?:statement|holders?\b|and licen)"
    r"|\blegal\b(?:\W*$| (?:notice|status|information|terms|compliance|considerations))|data usage agreement|use agreement"
    r"|^[\W\d]*(?:conditions|restrictions|permissions)\W*$|(?:usage|access|re-?use) (?:conditions|terms|restrictions|policy)|conditions (?:of|for) (?:access|re-?use)"
    r"|nutzungs(?:bedingung|recht)|conditions d.utilisation|condiciones de uso|termos de uso|condizioni d.uso|gebruiksvoorwaarden|licentie|licencj|warunki korzystania|lisans|lisens|lisenssi|lizenz|urheberrecht|licencia|licenza|droits d.auteur",
    re.I,
)
_LICENSING_BEYOND_ASCII: Final = regex.compile(
    r"mentions légales|giấy phép|лиценз|ліценз|услови[яй] использован|авторск\w+ прав|ترخيص|رخصة|حقوق|مجوز|άδεια|लाइसेंस|สัญญาอนุญาต|利用条款|使用条款|使用条件|使用許諾|라이[선센]스|저작권|(?:이용|사용) ?(?:약관|조건|허락)|ライセンス|利用規約|利用条件|著作権|许可|許可|授权|授權|版权|版權|licença",
    re.I,
)


@cache
def _headings(underlined: bool, html: bool) -> regex.Pattern:
    """The pattern of headings; those that are underlined, and those of HTML, only where there are such lines."""
    return regex.compile(_ATX + (_HTML if html else _NO_HTML) + (_SETEXT if underlined else "") + ")")


def with_headings(path: str, text: str) -> str:
    """``text`` with the headings of Org files, and of plain text, as those of Markdown. Every place stays.

    In plain text a line in brackets is one: "[License]".
    """
    low = path.lower()
    if low.endswith(".org"):
        return _ORG.sub(lambda m: "#" * len(m[1]) + m[2], text)
    if low.endswith((".md", ".markdown", ".mdown", ".rst", ".adoc")):
        return text
    return _BRACKETED.sub(r"# \1", text)


class Section(NamedTuple):
    """A heading with the text below it: offsets of the heading, of the body and of its end."""

    title: str
    level: int
    start: int
    body: int
    end: int

    @property
    def licensing(self) -> bool:
        """Whether the heading speaks of licenses, copyright or terms."""
        return _speaks_of_licensing(self.title)


@lru_cache(maxsize=2048)
def _speaks_of_licensing(title: str) -> bool:
    if _LICENSING.search(title):
        return True
    return not title.isascii() and _LICENSING_BEYOND_ASCII.search(title) is not None


def _underlines(text: str, rule: str, start: int) -> bool:
    """Whether a line of ``rule`` stands below a line that can be a heading."""
    at = text.find(rule, start)
    while at >= 0:
        above = text.rfind("\n", 0, at) + 1
        if above < at and text[above] not in " \t|>#*+-":
            return True
        at = text.find(rule, at + 1)
    return False


@lru_cache(maxsize=2)
def fences(text: str, start: int) -> tuple[tuple[int, int], ...]:
    """The fenced blocks: each ends with a bare fence of its own kind that is as long, else with the text."""
    return tuple(_fences(text, start))


def _fences(text: str, start: int) -> Iterator[tuple[int, int]]:
    opened = None
    for at in sorted((*_marks(text, "```", start), *_marks(text, "~~~", start))):
        m = _FENCE.match(text, at)
        if m is None:
            continue
        if opened is None:
            # An info string has no backtick (CommonMark 4.5): "```x```" is a span of code.
            opened = None if m[1][0] == "`" and "`" in m[2] else m
        elif m[1][0] == opened[1][0] and len(m[1]) >= len(opened[1]) and not m[2].strip():
            yield _line(text, opened.start()), m.end()
            opened = None
    if opened is not None:
        yield _line(text, opened.start()), len(text)


def _line(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _marks(text: str, mark: str, start: int) -> Iterator[int]:
    """Where lines begin with ``mark``, after three spaces at most."""
    at = text.find(mark, start)
    while at >= 0:
        before = text[max(_line(text, at), start, at - 4) : at]
        if len(before) < 4 and not before.strip(" "):
            yield at
        end = text.find("\n", at)
        at = text.find(mark, end) if end >= 0 else -1


def sections(text: str, start: int = 0) -> list[Section]:
    """The sections of ``text`` from ``start`` on; what stands before the first heading has title "" and level 0."""
    if start == 0 or text[start - 1] != "\n":
        shifted = sections(f"{text[:start]}\n{text[start:]}", start + 1)
        return [s._replace(start=s.start - 1, body=s.body - 1, end=s.end - 1) for s in shifted]
    heads: list[tuple[int, str, int, int]] = []
    blocks = iter(fences(text, start))
    fence = next(blocks, None)
    underlined = any(_underlines(text, rule, start) for rule in _RULES)
    html = text.find("<h", start) >= 0 or text.find("<H", start) >= 0
    for m in _headings(underlined, html).finditer(text, start - 1):
        at = m.start() + 1
        while fence and fence[1] <= at:
            fence = next(blocks, None)
        if fence and fence[0] <= at:
            continue
        if m[1]:
            level, title = len(m[1]), m[2].rstrip().rstrip("#=")
        elif m[3]:
            level, title = int(m[3]), _TAG.sub("", m[4])
        else:
            level, title = 1 if m[6][0] == "=" else 2, m[5]
        heads.append((level, title.strip()[:200], at, m.end()))
    first = heads[0][2] if heads else len(text)
    found = [Section("", 0, start, start, first)] if first > start else []
    for i, (level, title, at, body) in enumerate(heads):
        end = heads[i + 1][2] if i + 1 < len(heads) else len(text)
        found.append(Section(title, level, at, body, end))
    return found


def licensing(parts: Sequence[Section]) -> list[Section]:
    """Those of ``parts`` that speak of licenses, each reaching over its own subsections."""
    kept: list[Section] = []
    for i, part in enumerate(parts):
        if not part.licensing or (kept and part.start < kept[-1].end):
            continue
        last = i
        while last + 1 < len(parts) and parts[last + 1].level > part.level:
            last += 1
        kept.append(Section(part.title, part.level, part.start, part.body, parts[last].end))
    return kept
