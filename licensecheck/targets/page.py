"""A web page as a target: the page, what it links to and what it reserves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from licensecheck import scanners
from licensecheck.base.errors import Problem, Unreadable
from licensecheck.model import (
    Basis,
    Evidence,
    Origin,
    Reservation,
    Scanned,
    replace,
)

if TYPE_CHECKING:
    from licensecheck.targets.fetch import Fetcher, Page


_SIGNALS: Final = ("/robots.txt", "/.well-known/tdmrep.json", "/ai.txt")

Keep = Callable[[str, str], None]


def scan_page(url: str, fetcher: Fetcher, *, trusted: bool, keep: Keep | None = None) -> Scanned:
    """What one address states, with its HTTP headers."""
    from licensecheck.base.files import decode

    try:
        page = fetcher.get(url, trusted=trusted)
        text, _ = decode(page.body)
    except Unreadable as error:
        return Scanned(problems=(Problem(url, error.line, error.message),))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " ")
    if keep and page.media_type in ("text/plain", "text/markdown"):
        keep(page.final, text)
    made = scanners.scan_text(page.final, text, named=True) or Scanned()
    evidence = (replace(e, origin=Origin.WEBPAGE) for e in (*_linked(page), *made.evidence))
    return replace(
        made,
        evidence=tuple(evidence),
        reservations=(*made.reservations, *_reserved(page)),
        retrievals=(page.retrieval,),
    )


def _linked(page: Page) -> Iterator[Evidence]:
    """``Link: <...>; rel="license"`` (RFC 8288; signposting.org)."""
    from licensecheck.identification import url as named

    for address, rest in re.findall(r"<([^<>]{1,2000})>((?:\s{0,9};[^,<]{0,300})*)", page.header("link")):
        if (
            re.search(r"rel\s{0,9}=\s{0,9}\"?[^\"]{0,200}\blicense\b", rest, re.I)
            and (s := named(address))
            and s.license
        ):
            yield Evidence.of(
                s,
                path=page.final,
                field="Link header",
                scanner="webpage",
                basis=Basis.HOLDER_PAGE,
                origin=Origin.WEBPAGE,
            )


def _reserved(page: Page) -> Iterator[Reservation]:
    """Reservations in HTTP headers: ``tdm-reservation`` (TDMRep, section 5) ``Content-Signal`` and ``Content-Usage``."""
    if page.header("tdm-reservation") in ("0", "1"):
        value = page.header("tdm-reservation")
        policy = page.header("tdm-policy")
        note = f"policy: {policy}" if policy else ""
        yield Reservation("tdm-reservation", value, page.final, 1, value == "1", note)
    from licensecheck.scanners.reservations import content_signal, content_usage

    if signal := page.header("content-signal"):
        yield from content_signal(signal[:1000], page.final, 1)
    if usage := page.header("content-usage"):
        yield from content_usage(usage, page.final, 1)


def scan_signals(target: str, page: str, fetcher: Fetcher) -> Iterator[Scanned]:
    """The files in which the site of ``page`` reserves uses; most sites have none, which is not a problem.

    A host that only a redirect from ``target`` led to is not trusted: the user did not give it.
    """
    from urllib.parse import urlsplit

    parts = urlsplit(page)
    named = parts.hostname == urlsplit(target).hostname
    for name in _SIGNALS:
        made = scan_page(f"{parts.scheme}://{parts.netloc}{name}", fetcher, trusted=named)
        if made.reservations:
            yield Scanned(reservations=made.reservations, retrievals=made.retrievals)
