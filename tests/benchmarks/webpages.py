"""Web pages a second on one core, identification included, and against what one would write instead.

Run: python tests/benchmarks/webpages.py

The pages are generated: blogs, wikis, news and repositories of some 50 KB with menus, comments, sidebars and inline
scripts, whose licence is stated in one of the ways that ``tests/webpage_cases.py`` collects, or not at all. The other
side is ``BeautifulSoup(text, "lxml").get_text()`` and a search for Creative Commons addresses in the source, which
says neither whose licence it is nor where it stands.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bs4 import BeautifulSoup
from webpage_cases import DATASETS, WORKS

from licensecheck.scanners import webpage
from licensecheck.scanners.resolve import resolve

PAGES = 200
ROUNDS = 3
CC_URL = re.compile(r"creativecommons\.org/(?:licenses|publicdomain)/[a-z-]+/\d\.\d(?:/[a-z]{2})?")
WORDS = [
    "the",
    "ferry",
    "leaves",
    "harbour",
    "at",
    "nine",
    "and",
    "gulls",
    "go",
    "with",
    "it",
    "far",
    "keeper",
    "waits",
    "for",
    "letters",
]


def prose(chance: random.Random, words: int) -> str:
    """Running text."""
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize() + "."


def surrounded(case: str, chance: random.Random) -> str:
    """A small page with what surrounds the content of real ones."""
    items = [
        f'<li class="menu-item menu-item-{n}"><a href="/{n}/{chance.randrange(9999)}">{prose(chance, 2)}</a></li>'
        for n in range(80)
    ]
    menu = "".join(items)
    story = "".join(
        f'<p class="has-text">{prose(chance, 40)} <a href="https://h.example/{n}">{prose(chance, 3)}</a> {prose(chance, 30)}</p>'
        f'<figure class="wp-block-image"><img src="/img/{n}.jpg" alt="{prose(chance, 4)}"><figcaption>{prose(chance, 6)}</figcaption></figure>'
        for n in range(30)
    )
    comments = "".join(
        f'<li id="comment-{n}" class="comment even depth-1"><div class="comment-body"><b>{prose(chance, 1)}</b><p>{prose(chance, 30)}</p></div></li>'
        for n in range(25)
    )
    teasers = "".join(
        f'<div class="widget"><h3>{prose(chance, 2)}</h3><ul>{"".join(items[:30])}</ul></div>' for _ in range(3)
    )
    script = "<script>var s = " + repr([chance.random() for _ in range(150)]) + ";</script>"
    start = f"{script}<div class='top'><ul class='menu'>{menu}</ul></div>"
    middle = f"<div class='entry-content'>{story}</div><ol class='comment-list'>{comments}</ol><div id='sidebar'>{teasers}</div>"
    return case.replace("<main>", f"{start}<main>", 1).replace("</main>", f"</main>{middle}", 1)


def ours(text: str) -> object:
    """The licence of one page with its place."""
    return resolve("page.html", webpage.scan("page.html", text))


def theirs(text: str) -> object:
    """What a few lines of Beautiful Soup give."""
    return BeautifulSoup(text, "lxml").get_text(), CC_URL.findall(text)


def rate(read: Callable[[str], object], pages: list[str]) -> float:
    """Pages a second, the best of some rounds."""
    read(pages[0])
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        for text in pages:
            read(text)
        best = min(best, time.process_time() - began)
    return len(pages) / best


def main() -> None:
    """Print both rates, their ratio, and how many licences each gets right."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    chance = random.Random(1)
    cases = [c for c in (*WORKS.values(), *DATASETS.values()) if "<main>" in c[0]]
    chosen = [chance.choice(cases) for _ in range(PAGES)]
    pages = [surrounded(text, chance) for text, _ in chosen]
    fast, slow = rate(ours, pages), rate(theirs, pages)
    right = sum(resolve("p", webpage.scan("p", t)).license == want for t, (_, want) in zip(pages, chosen, strict=True))
    named = sum(bool(CC_URL.search(t)) == (want is not None) for t, (_, want) in zip(pages, chosen, strict=True))
    print(f"{len(pages)} pages of {sum(map(len, pages)) // len(pages) // 1000} KB")
    print(f"licensecheck             {fast:6.0f} pages/s   licence right in {100 * right / len(pages):.1f} %")
    print(
        f"BeautifulSoup and regex  {slow:6.0f} pages/s   says rightly whether there is one in {100 * named / len(pages):.1f} %"
    )
    print(f"ratio                    {fast / slow:6.1f}")


if __name__ == "__main__":
    main()
