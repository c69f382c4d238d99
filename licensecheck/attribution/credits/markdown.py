"""Credits in Markdown, for ATTRIBUTION.md or a dataset card."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from licensecheck.attribution.credits.groups import LABELS, Group, grouped, shown, web
from licensecheck.base import regex
from licensecheck.engine.credit import clean
from licensecheck.model import Attribution

_MARKS: Final = regex.compile(r"[\\`*_\[\]|~$]")
_ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;", "@": "&#64;"})
_AUTOLINK: Final = regex.compile(r":(?=//)|(?<=mailto):|(?<=xmpp):", re.I)
_WWW: Final = regex.compile(r"(?<=www)\.", re.I)


def write(attributions: Sequence[Attribution], lang: str = "en") -> str:
    """A heading for each license, its link, what holds for all works under it, and a list of these."""
    return "\n".join(_lines(grouped(attributions), lang)) + "\n"


def escape(text: str) -> str:
    """``text`` as Markdown that shows it as it is: no emphasis, link, HTML, mention, formula or template."""
    text = _MARKS.sub(r"\\\g<0>", clean(text, 20_000).translate(_ENTITIES))
    return _WWW.sub("&#46;", _AUTOLINK.sub("&#58;", text))


def _lines(groups: Sequence[Group], lang: str) -> Iterator[str]:
    yield f"# {LABELS[lang]['heading']}"
    if not groups:
        yield from ("", LABELS[lang]["nothing"])
    told = False
    for group in groups:
        if group.held and not told:
            told = True
            yield from ("", f"## {LABELS[lang]['held']}", "", LABELS[lang]["held-note"])
        yield from ("", f"{'###' if told else '##'} {escape(group.name(lang))}", "")
        for _, _, full, url in group.licenses:
            link = web(url)
            yield f"{LABELS[lang]['licensed']}: " + (f"[{escape(full)}]({link})" if link else escape(full)) + "  "
        for notice in group.notices:
            yield from ("", escape(notice))
        yield ""
        for made in group.credits:
            yield "- " + "".join(_piece(kind, value) for kind, value in shown(made))
            for wording in made.wordings:
                yield f"  - {escape(wording)}"


def _piece(kind: str, value: str) -> str:
    link = web(value) if kind == "source" else ""
    if link:
        return f"<{link}>"
    if kind == "title":
        return f"**{escape(value)}**"
    return escape(value) if kind else value
