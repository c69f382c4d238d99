"""Credits as documents: one module for each format, each with ``write(attributions, lang) -> str``.

Sources are stacked: a license and what holds for all works under it stand once, its works below it.
All that came from a scanned file is escaped for the format. Adding a format is a module and its line
in ``WRITERS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Final

from licensecheck.model import Attribution

Writer = Callable[[Sequence[Attribution], str], str]


def _later(name: str) -> Writer:
    def write(attributions: Sequence[Attribution], lang: str = "en") -> str:
        made: str = import_module(f"licensecheck.attribution.credits.{name}").write(attributions, lang)
        return made

    return write


WRITERS: Final[Mapping[str, Writer]] = {
    name: _later(name) for name in ("markdown", "notice", "html", "json", "csl", "bibtex")
}
"""Format to its writer; its module is loaded when it is first used."""
