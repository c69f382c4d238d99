"""The text of PDF files (extra ``docs``, through PDFium) and of office documents: Word (ECMA-376), OpenDocument 1.3, HWPX (KS X 6101) and RTF 1.9.1.

A PDF is read by a process of its own, with limits of time, memory and pages. An office document is a zip of XML: its paragraphs are read.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import Final

from licensecheck.base import regex
from licensecheck.base.errors import Problem, Unreadable
from licensecheck.base.files import Read
from licensecheck.base.message import Message
from licensecheck.model import Evidence, Scanned, replace

_PDF: Final = ".pdf"
_PARTS: Final = {
    ".docx": "word/", ".docm": "word/", ".odt": "content.xml", ".ott": "content.xml", ".hwpx": "Contents/section",
}  # fmt: skip
"""Endings of office documents, and where in them the words are."""
_RICH: Final = ".rtf"
_CONTROL: Final = regex.compile(
    r"\\'([0-9a-fA-F]{2})|\\u(-?\d{1,6}) ?\??|\\(par|line|sect|row|page)\b ?|\\([a-z]{1,32})(-?\d{1,10})? ?|\\([\\{}])|[{}\r\n]"
)
"""What is no word in RTF 1.9.1: control words, letters by their codes, groups."""
_HEAD: Final = regex.compile(r"\{\\(?:\*\\[a-z]+|fonttbl|colortbl|stylesheet|info)(?:[^{}]|\{[^{}]*\}){0,20000}\}")
"""Groups of RTF that hold no text of the document."""
_WORDS: Final = ("document", "header", "footer", "footnotes", "endnotes")
_PARAGRAPHS: Final = frozenset({"p", "h"})
_TEXTS: Final = frozenset({"t"})
_DELETED: Final = frozenset({"del", "tracked-changes"})
"""What was struck out and is kept as a tracked change."""
_SCRIPT: Final = Path(__file__).with_name("pdf_text.py")
_SIZE: Final = 64 * 1024 * 1024
"""Bytes of a PDF, and of the XML of an office document, that are read."""
_PAGES: Final = 200
"""Pages of a PDF whose text is read."""
_SECONDS: Final = 30
_MEMORY: Final = 1024 * 1024 * 1024


def can_read(name: str) -> bool:
    """Whether the text of a document of this name can be read here."""
    low = name.lower()
    return low.endswith((*_PARTS, _RICH)) or (low.endswith(_PDF) and _has_pdfium())


@cache
def _has_pdfium() -> bool:
    return find_spec("pypdfium2") is not None


def why_unread(name: str) -> Message:
    """Why the text of a document of this name is not read."""
    if name.lower().endswith(_PDF):
        return Message("the text of a PDF is not read here: install the extra `docs`, or give its text")
    return Message("the text of a document of this kind cannot be read here; give its text")


def read(path: Path) -> tuple[Read, tuple[int, ...]]:
    """The text of a document, and the lines at which its pages begin (none where it has no pages).

    Raises :class:`Unreadable` where it cannot be read, is too large, or is pictures alone.
    """
    low = path.name.lower()
    if not can_read(low):
        raise Unreadable(why_unread(low))
    try:
        if path.stat().st_size > _SIZE:
            raise Unreadable(Message("a document of over {size} MB is not read", size=_SIZE // 1024 // 1024))
        if low.endswith(_RICH):
            return Read(_of_rich(path.read_bytes()[:_SIZE].decode("latin-1"))), ()
        if not low.endswith(_PDF):
            return Read("\n".join(_paragraphs(path))), ()
    except Unreadable:
        raise
    except Exception as error:  # a document may be broken in any way, and each library has errors of its own
        why = str(error).strip().splitlines() or [type(error).__name__]
        raise Unreadable(Message("the document cannot be read: {why}", why=why[0][:160])) from None
    texts, count = _of_pdf(path)
    if not any(map(str.strip, texts)):
        raise Unreadable(Message("a PDF without text: its pages are pictures"))
    pages = [text.replace("\r\n", "\n").replace("\r", "\n").strip("\n") + "\n" for text in texts]
    starts = tuple(accumulate((page.count("\n") for page in pages[:-1]), initial=1))
    cut = Message("only the first {most} pages were read", most=_PAGES) if count > _PAGES else ""
    return Read("".join(pages), cut), starts


def _of_pdf(path: Path) -> tuple[list[str], int]:
    """The texts of the first pages, and how many pages there are."""
    import subprocess

    command = [sys.executable, "-I", str(_SCRIPT), str(path.absolute()), *map(str, (_PAGES, _SECONDS, _MEMORY))]
    try:
        done = subprocess.run(command, capture_output=True, timeout=2 * _SECONDS, check=False)
    except (OSError, subprocess.SubprocessError):
        raise Unreadable(Message("the PDF takes too long to read")) from None
    if done.returncode == 3:
        raise Unreadable(Message("a PDF with a password"))
    if done.returncode < 0:
        raise Unreadable(Message("the PDF takes too long to read"))
    try:
        made = json.loads(done.stdout)
        return list(map(str, made["texts"])), int(made["pages"])
    except (ValueError, KeyError, TypeError):
        raise Unreadable(Message("the PDF is broken")) from None


def _of_rich(text: str) -> str:
    """The words of a document in RTF; raises :class:`Unreadable` where it is none."""
    if not text.startswith("{\\rtf"):
        raise Unreadable(Message("the document cannot be read: {why}", why="RTF"))
    page = re.search(r"\\ansicpg(\d{3,5})", text[:2000])
    coding = f"cp{page[1]}" if page and page[1] != "65001" else "cp1252"

    def plain(m: re.Match[str]) -> str:
        if m[2]:
            return chr(int(m[2]) % 65536)
        return "\n" if m[3] else (m[6] or (" " if m[4] == "tab" else ""))

    def coded(m: re.Match[str]) -> str:
        return bytes.fromhex(m[0].replace("\\'", "")).decode(coding, "replace")

    text = re.sub(r"(?:\\'[0-9a-fA-F]{2})+", coded, _HEAD.sub("", text))
    return _CONTROL.sub(plain, text)


def _paragraphs(path: Path) -> Iterator[str]:
    """The paragraphs of an office document, each as a line, those of headers and notes behind the others."""
    import zipfile

    from lxml import etree

    place = _PARTS[path.suffix.lower()]
    left = _SIZE
    with zipfile.ZipFile(path) as packed:
        parts = [one for one in packed.infolist() if one.filename.startswith(place) and one.filename.endswith(".xml")]
        if place == "word/":
            parts = [p for p in parts if p.filename.removeprefix(place).rstrip("0123456789.xml").startswith(_WORDS)]
        if not parts:
            raise Unreadable(Message("the document cannot be read: {why}", why=place))
        for part in sorted(parts, key=lambda one: (not one.filename.endswith("document.xml"), one.filename)):
            left -= part.file_size
            if left < 0:
                raise Unreadable(Message("a document of over {size} MB is not read", size=_SIZE // 1024 // 1024))
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            root = etree.fromstring(packed.read(part), parser)
            for element in root.iter():
                if _tag(element) in _PARAGRAPHS:
                    yield "".join(_own(element)).strip()


def _tag(element: object) -> str:
    tag = getattr(element, "tag", "")
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _own(paragraph: object) -> Iterator[str]:
    """The words of a paragraph, without those of paragraphs in it and what was struck out."""
    waiting = [(paragraph, True)]
    while waiting:
        element, is_open = waiting.pop()
        if not is_open:
            yield getattr(element, "tail", "") or ""
            continue
        own, name = element is paragraph, _tag(element)
        is_plain = "opendocument" in str(getattr(element, "tag", ""))
        if not own:
            if is_plain:
                waiting.append((element, False))
            if name in _PARAGRAPHS or name in _DELETED:
                continue
        if name in ("tab", "br", "s", "line-break", "lineBreak"):
            yield " "
        if name in _TEXTS or (is_plain and (own or name in ("span", "a"))):
            yield getattr(element, "text", "") or ""
        waiting += [(child, True) for child in reversed(list(element))]  # type: ignore[call-overload]


def paged(scanned: Scanned, starts: tuple[int, ...]) -> Scanned:
    """``scanned``, whose places are lines, with the page as the line where there are pages, as readers of a PDF look for it."""
    if not starts:
        return scanned

    def page(line: int) -> int:
        return max(sum(start <= line for start in starts), 1)

    def placed(e: Evidence) -> Evidence:
        note = Message("on page {page}", page=page(e.line))
        both = Message("{one}; {other}", one=e.note, other=note) if e.note else note
        return replace(e, line=page(e.line), column=1, note=both)

    return replace(
        scanned,
        evidence=tuple(map(placed, scanned.evidence)),
        problems=tuple(Problem(p.path, page(p.line), p.message) for p in scanned.problems),
        unweighed=tuple(replace(u, line=page(u.line), column=1) for u in scanned.unweighed),
    )
