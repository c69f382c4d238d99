"""Words of others, made safe for a page."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unicodedata import bidirectional
from urllib.parse import urlsplit

from licensecheck.report.terminal import safe

if TYPE_CHECKING:
    pass


_ASSETS: Final = Path(__file__).parent / "assets"

_LONG: Final = 4000

_KOREAN: Final = re.compile(
    r"[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]+(?:[ \d.,·()-]+[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]+)*"
)

_KANA: Final = re.compile(r"[\u3041-\u30ff]")

_URL: Final = re.compile(r"https?://[^\s\"'<>\\^`{|}…]{1,2000}", re.IGNORECASE)

_MARK_UP: Final = {
    "bold": "<b>{}</b>",
    "code": "<code>{}</code>",
    "number": '<span class="num">{}</span>',
    "place_of": '<code class="at">{}</code>',
}
"""Elements that stand inside a sentence."""


def _marked(mark: str, value: object) -> Any:
    from markupsafe import Markup

    return Markup(mark).format(_fit(value))


def _phrase(say: Callable[..., str], template: str, /, **given: object) -> Any:
    """A sentence with mark-up in its slots; what is no mark-up is escaped."""
    from markupsafe import escape

    return escape(say(template)).format(**{slot: _fit(value) for slot, value in given.items()})


def _fit(value: object) -> object:
    """What the template puts in: text that is not our own mark-up made fit to be shown, before it is escaped."""
    return safe(value, _LONG) if isinstance(value, str) and not hasattr(value, "__html__") else value


@cache
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _lang(text: str, own: str = "en") -> str:
    """The language of ``text`` as its script tells it: ko, ja, or "" for that of the page (``own``)."""
    if text.isascii():
        return ""
    told = "ko" if _KOREAN.search(text) else "ja" if _KANA.search(text) else ""
    return "" if told == own else told


def _said(text: str, limit: int = _LONG, *, tail: bool = False, own: str = "en") -> Any:
    """Words from elsewhere: those of another language marked, and a direction of their own kept to themselves."""
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


def _link(url: str, text: str = "", own: str = "en") -> Any:
    """``url`` as a link where it is an address of the web and nothing else, else its words."""
    from markupsafe import Markup

    kept = safe(url, _LONG)
    try:
        host = urlsplit(kept).netloc
    except ValueError:
        host = ""
    if not _URL.fullmatch(kept) or not host.isascii() or not host or "@" in host:
        return _said(text or url, own=own)
    return Markup('<a href="{}" rel="noreferrer noopener nofollow">{}</a>').format(kept, safe(text) if text else kept)


def _json(data: object) -> Any:
    """``data`` as JSON that stands in a page: no character of it can end the element that holds it."""
    from markupsafe import Markup

    text = json.dumps(data, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))
