"""Credits as documents: one module for each format, each with ``write(attributions, lang) -> str``.

Sources are stacked: a licence and what holds for all works under it stand once, its works below it.
All that came from a scanned file is escaped for the format. Adding a format is a module and its line
in ``WRITERS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from licensecheck.credits import bibtex, csl, html, json, markdown, notice
from licensecheck.model import Attribution

WRITERS: Final[Mapping[str, Callable[[Sequence[Attribution], str], str]]] = {
    "markdown": markdown.write,
    "notice": notice.write,
    "html": html.write,
    "json": json.write,
    "csl": csl.write,
    "bibtex": bibtex.write,
}
"""Format to its writer."""
