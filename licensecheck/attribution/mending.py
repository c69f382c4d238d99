"""What is missing in the papers and can be written from what is known, put between two markers. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from licensecheck.attribution.credits import markdown
from licensecheck.attribution.credits.groups import web
from licensecheck.attribution.duties import DONE, Papers, Work, base, notice_words, published
from licensecheck.attribution.pages import seeable
from licensecheck.base import regex
from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message
from licensecheck.engine.credit import BLANK, license_name
from licensecheck.model import Attribution, License

BEGIN: Final = "<!-- licensecheck:begin -->"
END: Final = "<!-- licensecheck:end -->"
_MARKER: Final = regex.compile(rf"^\ufeff?[ \t]*(?:{re.escape(BEGIN)}|{re.escape(END)})[ \t]*$", re.M)
_REFERENCE: Final = regex.compile(r"&#(\d{3,7});")
_REMARK: Final = {
    "en": "<!-- Written by licensecheck, and written anew: fill in blanks in licensecheck.yaml. -->",
    "ko": "<!-- licensecheck가 작성하며 다시 작성될 수 있습니다. 빈칸은 licensecheck.yaml에서 채우십시오. -->",
}
_OWN_LINE: Final = {"en": "Licence: ", "ko": "이용허락: "}


def mendable(made: Attribution) -> tuple[str, ...]:
    """The duties that :func:`mend` does for a credit: those of which all is known that they ask for."""
    named = seeable(made.title) or bool(web(made.source))
    whole = bool(made.wordings) and not any(map(BLANK.search, made.wordings))
    authors = bool(made.creators) and all(map(seeable, made.creators))
    known = {
        "AUTHOR": authors and named,
        "TITLE": "title" not in made.missing and seeable(made.title),
        "SRC_URI": bool(web(made.source)) or seeable(made.source),
        "COPYRIGHT_NOTICE": bool(notice_words(made.notice)) and named,
        "KEEP_CREDITS": authors and named and (not made.notice or bool(notice_words(made.notice))),
        "LIC_NOTICE": bool(made.licenses) and all(seeable(short) for _, short, _, _ in made.licenses),
        "LIC_LINK": bool(made.licenses) and all(web(url) for *_, url in made.licenses),
        "DISCLAIMER_NOTICE": bool(made.notices),
        "STATE_CHANGES": bool(made.changes) and named,
        "ADAPT_CREDIT": bool(made.adapts) and named,
        "KOGL_SOURCE": whole and authors and seeable(made.title) and (not made.source or bool(web(made.source))),
        "AIHUB_CREDIT": bool(made.wordings),
        "PROVIDER_STATEMENT": whole,
        "PRODUCED_NOTICE": whole,
    }
    return tuple(code for code, can in known.items() if can and code in made.asks)


def mend(
    texts: Mapping[str, str], attributions: Sequence[Attribution], lang: str = "en", license: License | None = None
) -> dict[str, str]:
    """Papers with what was missing, as path to new text; only those that change.

    Credits go into a marked block of ATTRIBUTION.md (made where there is none), the link to
    ``license``, the publication's own, into one of README.md. Nothing outside the markers changes;
    line ends are the file's own; doing it twice is doing it once. ``attributions`` are in ``lang``. A credit with
    blanks is written with them. Raises :class:`UsageError` where a block is begun that does not end.
    """
    for path, text in texts.items():
        if BEGIN in text and _span(text) is None and _MARKER.search(text.replace("\r", "\n")):
            says = (
                "`{file}` has a block of credits without its last line, {mark}; restore that line or remove the block"
            )
            raise UsageError(Message(says, file=path, mark=END))
    papers = Papers({path: outside(text) for path, text in published(texts).items()})
    alone = len(attributions) == 1
    owed = [
        made
        for made in attributions
        if any(Work(papers, made, alone).look(code).state != DONE for code in mendable(made))
        or (made.missing and not Work(papers, made, alone).anchors)
    ]
    home = _called("attribution.md", texts) or _new(texts)
    blocks: dict[str, list[str]] = {}
    link = web(license.urls[0]) if license is not None and license.urls else ""
    if license is not None and link and papers.license(_row(license), named=False) is None:
        line = f"{_OWN_LINE[lang]}[{markdown.escape(license_name(license, lang))}]({link})"
        blocks[_called("readme.md", texts) or home] = [line]
    if owed:
        body = markdown.write(owed, lang).rstrip("\n").split("\n")
        own = blocks.get(home, [])
        blocks[home] = [_REMARK[lang], "", *own, *([""] if own else []), *body]
    made = {path: _with_block(texts.get(path, ""), lines) for path, lines in blocks.items()}
    return {path: text for path, text in made.items() if path not in texts or _wide(text) != _wide(texts[path])}


def _wide(text: str) -> str:
    """``text`` with the letters that an old encoding lacks, which are written as character references."""
    return _REFERENCE.sub(lambda found: chr(int(found[1])) if 127 < int(found[1]) < 0x110000 else found[0], text)


def _row(license: License) -> tuple[str, str, str, str]:
    return license.id, license.short, license.name, license.urls[0]


def _called(name: str, texts: Iterable[str]) -> str:
    """The path of the paper with this name, the nearest to the top; "" where there is none."""
    found = (path for path in texts if base(path).casefold() == name)
    return min(found, key=lambda path: (path.count("/"), path), default="")


def _new(texts: Iterable[str]) -> str:
    """The path of a new ATTRIBUTION.md, in the folder of the papers."""
    nearest = min(texts, key=lambda path: (path.count("/"), path), default="")
    folder, slash, _ = nearest.rpartition("/")
    return f"{folder}{slash}ATTRIBUTION.md"


def _span(text: str) -> tuple[int, int] | None:
    """Where the block begins and ends, both markers included: the last begin that an end follows."""
    found = [
        (m.start() + m[0].startswith("\ufeff"), m.end(), BEGIN in m[0])
        for m in _MARKER.finditer(text.replace("\r", "\n"))
    ]
    for (start, _, opens), (_, end, again) in reversed(list(pairwise(found))):
        if opens and not again:
            return start, end
    return None


def outside(text: str) -> str:
    """``text`` without the block."""
    span = _span(text)
    return text if span is None else text[: span[0]] + text[span[1] :]


def _with_block(text: str, lines: Sequence[str]) -> str:
    ends = re.search(r"\r\n|\n|\r", text)
    newline = ends[0] if ends else "\n"
    block = newline.join((BEGIN, *lines, END))
    span = _span(text)
    if span is not None:
        return text[: span[0]] + block + text[span[1] :]
    if not text.strip("\ufeff"):
        return text + block + newline
    gap = newline if text.endswith(("\n", "\r")) else newline * 2
    return text + gap + block + newline
