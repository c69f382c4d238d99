"""Credits as a fragment of HTML with RDFa in ccREL's words (W3C submission 2008, https://www.w3.org/Submission/ccREL/)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape as entities
from typing import Final

from licensecheck.attribution.credits.groups import LABELS, Group, grouped, shown, web
from licensecheck.engine.credit import clean
from licensecheck.model import Attribution

_PREFIXES: Final = (
    "cc: http://creativecommons.org/ns# dcterms: http://purl.org/dc/terms/ dcmitype: http://purl.org/dc/dcmitype/"
)
_PROPERTIES: Final = {
    "title": "dcterms:title",
    "author": "cc:attributionName dcterms:creator",
    "notice": "dcterms:rights",
}


def write(attributions: Sequence[Attribution], lang: str = "en") -> str:
    """One ``section``; each work is the subject of its own statements, so that no license is said of the page."""
    return "\n".join(_lines(grouped(attributions), lang)) + "\n"


def escape(text: str) -> str:
    """``text`` for HTML text and attributes; braces too, which template engines look for."""
    return entities(clean(text, 20_000)).replace("{", "&#123;").replace("}", "&#125;")


def _lines(groups: Sequence[Group], lang: str) -> Iterator[str]:
    yield f'<section class="attribution" lang="{lang}" prefix="{_PREFIXES}">'
    yield f"<h2>{LABELS[lang]['heading']}</h2>"
    if not groups:
        yield f"<p>{LABELS[lang]['nothing']}</p>"
    told = False
    for group in groups:
        if group.held and not told:
            told = True
            yield f"<h2>{LABELS[lang]['held']}</h2>"
            yield f"<p>{LABELS[lang]['held-note']}</p>"
        yield f"<h3>{escape(group.name(lang))}</h3>"
        for _, _, full, url in group.licenses:
            link = web(url)
            named = f'<a href="{escape(link)}">{escape(full)}</a>' if link else escape(full)
            yield f"<p>{LABELS[lang]['licensed']}: {named}</p>"
        yield from (f"<p>{escape(notice)}</p>" for notice in group.notices)
        yield "<ul>"
        for made in group.credits:
            yield from _item(made, [link for *_, url in group.licenses if (link := web(url))])
        yield "</ul>"
    yield "</section>"


def _item(made: Attribution, licenses: Sequence[str]) -> Iterator[str]:
    source = web(made.source)
    about = f'about="{escape(source)}" ' if source else ""
    yield f'<li {about}typeof="dcmitype:Dataset">' + "".join(_piece(kind, value) for kind, value in shown(made))
    yield from (f'<span rel="license" resource="{escape(url)}"></span>' for url in licenses)
    yield from (f'<p class="prescribed">{escape(wording)}</p>' for wording in made.wordings)
    yield "</li>"


def _piece(kind: str, value: str) -> str:
    link = web(value) if kind == "source" else ""
    if link:
        return f'<a rel="cc:attributionURL dcterms:source" href="{escape(link)}">{escape(value)}</a>'
    if kind in _PROPERTIES:
        return f'<span property="{_PROPERTIES[kind]}">{escape(value)}</span>'
    return escape(value) if kind else entities(value, quote=False)
