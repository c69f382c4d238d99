"""Credits as BibTeX entries, ``@misc`` with ``url``, which BibTeX and biblatex both know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from licensecheck.attribution.credits.csl import notes
from licensecheck.attribution.credits.groups import grouped, web
from licensecheck.base import regex
from licensecheck.engine.credit import clean
from licensecheck.model import Attribution

_SPECIAL: Final = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",  # BibTeX counts a brace even behind a backslash
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        '"': "{''}",
        "@": r"{\char64}",
        **{char: f"\\{char}" for char in "#$%&_"},
    }
)
_KEY: Final = regex.compile(r"[^a-z0-9]+")


def write(attributions: Sequence[Attribution], lang: str = "en") -> str:
    """One entry for each work, with its license in ``copyright`` and the rest in ``note``."""
    return "\n".join(_entries(attributions, lang))


def escape(text: str) -> str:
    """``text`` as TeX that prints it; braces stay balanced."""
    return clean(text, 20_000).translate(_SPECIAL)


def _entries(attributions: Sequence[Attribution], lang: str) -> Iterator[str]:
    number = 0
    for group in grouped(attributions):
        for made in group.credits:
            number += 1
            key = _KEY.sub("-", made.title[:60].lower()).strip("-")
            link = web(made.source)
            fields = {
                "title": f"{{{escape(made.title)}}}",
                "author": " and ".join(f"{{{escape(name)}}}" for name in made.creators),
                "year": made.year,
                "url": link,
                "howpublished": "" if link else escape(made.source),
                "copyright": "; ".join(escape(f"{short} {url}".rstrip()) for _, short, _, url in group.licenses),
                "note": escape(notes(made, group.notices, lang)),
            }
            lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
            yield f"@misc{{{f'{key}-' if key else 'source-'}{number},\n" + ",\n".join(lines) + "\n}\n"
