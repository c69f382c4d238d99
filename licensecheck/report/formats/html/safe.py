"""Text from scanned files, made safe for a page, and the assets of the page."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unicodedata import bidirectional
from urllib.parse import urlsplit

from licensecheck.report.terminal import safe

if TYPE_CHECKING:
    from markupsafe import Markup

ASSETS: Final = Path(__file__).parent / "assets"

_LONG: Final = 4000

_KOREAN: Final = re.compile(
    r"[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]+(?:[ \d.,·()-]+[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]+)*"
)

_KANA: Final = re.compile(r"[\u3041-\u30ff]")

_URL: Final = re.compile(r"https?://[^\s\"'<>\\^`{|}…]{1,2000}", re.IGNORECASE)

MARK_UP: Final = {
    "bold": "<b>{}</b>",
    "code": "<code>{}</code>",
    "number": '<span class="num">{}</span>',
    "place_of": '<code class="at">{}</code>',
}
"""Elements inside a sentence."""


def marked(mark: str, value: object) -> Markup:
    """``value`` in one of our own elements (:data:`MARK_UP`)."""
    from markupsafe import Markup

    return Markup(mark).format(fit(value))


def phrase(say: Callable[..., str], template: str, /, **given: object) -> Markup:
    """A sentence with mark-up in its slots; everything else is escaped."""
    from markupsafe import escape

    return escape(say(template)).format(**{slot: fit(value) for slot, value in given.items()})


def fit(value: object) -> object:
    """A value for the template: text that is not our own mark-up is made safe, before it is escaped."""
    return safe(value, _LONG) if isinstance(value, str) and not hasattr(value, "__html__") else value


@cache
def asset(name: str) -> str:
    """The text of one of the page's own files."""
    return (ASSETS / name).read_text(encoding="utf-8")


def digest(text: str) -> str:
    """The SHA-256 of ``text`` in base64, as a policy for content names it."""
    return b64encode(sha256(text.encode()).digest()).decode()


def language_of(text: str, own: str = "en") -> str:
    """The language of ``text`` by its script: ko, ja, or "" for that of the page (``own``)."""
    if text.isascii():
        return ""
    lang = "ko" if _KOREAN.search(text) else "ja" if _KANA.search(text) else ""
    return "" if lang == own else lang


def shown(text: str, limit: int = _LONG, *, tail: bool = False, own: str = "en") -> Markup:
    """Text from elsewhere: another language is marked, and its direction of writing has no effect on the text around it."""
    from markupsafe import Markup, escape

    kept = safe(text, limit, tail=tail)
    if kept.isascii():
        return escape(kept)
    parts = [escape("")]
    at = 0
    for found in _KOREAN.finditer(kept) if own != "ko" else ():
        parts += [escape(kept[at : found.start()]), Markup('<span lang="ko">{}</span>').format(found[0])]
        at = found.end()
    made = Markup("").join((*parts, escape(kept[at:])))
    if not at and _KANA.search(kept):
        made = Markup('<span lang="ja">{}</span>').format(made)
    if any(bidirectional(char) in ("R", "AL") for char in kept):
        made = Markup("<bdi>{}</bdi>").format(made)
    return made


def link(url: str, text: str = "", own: str = "en") -> Markup:
    """``url`` as a link if it is a plain web address, else its text."""
    from markupsafe import Markup

    kept = safe(url, _LONG)
    try:
        host = urlsplit(kept).netloc
    except ValueError:
        host = ""
    if not _URL.fullmatch(kept) or not host.isascii() or not host or "@" in host:
        return shown(text or url, own=own)
    return Markup('<a href="{}" rel="noreferrer noopener nofollow">{}</a>').format(kept, safe(text) if text else kept)


def as_json(data: object) -> Markup:
    """``data`` as JSON for a page: no character of it can end the element that holds it."""
    from markupsafe import Markup

    text = json.dumps(data, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))
