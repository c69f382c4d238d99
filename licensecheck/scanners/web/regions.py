"""The parts of a page, as flags: what an element's tag, role, ``class`` and ``id`` say of where its text is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_CLASS: Final = 60
"""Characters of the longest word of ``class`` or ``id`` that is looked at."""
BODY: Final = 0
FOOT: Final = 1
SIDE: Final = 2
NAV: Final = 4
COMMENT: Final = 8
FIGURE: Final = 16
AD: Final = 32
QUOTE: Final = 64
CODE: Final = 128
CARD: Final = 256
"""One of several works that are listed."""
NOTICE: Final = 512
"""A place whose own name says that it speaks of rights: ``class="copyright"``."""
CONTENT: Final = 1024
AROUND: Final = SIDE | NAV | CARD
"""What surrounds content: a wrapper that is called so ("right-sidebar") does not make its content so."""
MAIN: Final = frozenset({"main", "article"})

TAGS: Final = {
    "footer": FOOT,
    "aside": SIDE,
    "nav": NAV,
    "figure": FIGURE,
    "figcaption": FIGURE,
    "caption": FIGURE,
    "blockquote": QUOTE,
    "pre": CODE,
    "code": CODE,
}
ROLES: Final = {"contentinfo": FOOT, "navigation": NAV, "complementary": SIDE}
_NAMES: Final = tuple(
    (region, re.compile(words, re.I))
    for region, words in (
        (
            FOOT,
            r"(?:[\w-]*[-_])?(?:foot|footer|fuss|fusszeile|colophon)(?:[-_]?\w+)*|\w+footer|site-?info|page-?(?:bottom|end)"
            r"|bottom(?:[-_]\w+)*|credits?-?(?:line|bar)?|site-credits?|impressum|imprint|pied",
        ),
        (SIDE, r"(?:[\w-]*[-_])?side-?bar(?:[-_]?\w+)*|widget(?:[-_]\w+)*|secondary|\w*sidebar\d?"),
        (NAV, r"nav|navbar|navigation|menu|main-?menu|breadcrumbs?"),
        (
            COMMENT,
            r"comments?|comments?-?(?:list|area|body|content|text|thread|section)|respond|disqus_thread|replies|kommentare?",
        ),
        (
            FIGURE,
            r"(?:[\w-]*[-_])?(?:caption|figcaption|thumb(?:nail|caption|inner)?s?|gallery|lightbox|carousel|slideshow|figure)(?:[-_]\w+)*"
            r"|(?:[\w-]*[-_])?(?:image|img|photo|picture|media|foto|bild|video|audio|illustration)s?[-_]?"
            r"(?:credits?|caption|sources?|copyright|licen[cs]e|attribution|rights|nachweis)(?:[-_]\w+)*|credit-desc|bildnachweis|bildquelle",
        ),
        (AD, r"ads?|advert\w*|adsbygoogle|ad-(?:slot|box|unit|container)|sponsor\w*|promo\w*|werbung|anzeige|publicidad"),
        (
            CARD,
            r"card|cards|search-?results?|result(?:-?list|-?item)?s?|listing|related(?:[-_]\w+)*|recommend\w*|teaser|similar(?:[-_]\w+)*|repo-?list",
        ),
        (
            CONTENT,
            r"(?:main|site|entry|post|article|single)[-_](?:content|area|body|text)|hentry|mw-parser-output|markdown-body",
        ),
        (
            NOTICE,
            r"(?:[\w-]*[-_])?(?:licen[cs]e|licen[cs]ing|copyright|copyrights|rights|ccl|creative-?commons|lizenz|legal)(?:[-_]\w+)*|cc",
        ),
    )
)  # fmt: skip
"""What the words in ``class`` and ``id`` say of the part of the page."""


@lru_cache(maxsize=16_384)
def of_name(name: str) -> int:
    """The parts of a page that one word of ``class`` or ``id`` names."""
    region = BODY
    if len(name) > _CLASS:
        return region
    for part, form in _NAMES:
        if form.fullmatch(name):
            region |= part
    return region
