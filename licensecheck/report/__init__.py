"""Reports: a verdict in, text out. One module a format; nothing here decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple, Protocol

from licensecheck.model import Verdict
from licensecheck.rulebook import Rulebook


class Options(NamedTuple):
    """How a report is written.

    ``color`` and ``width`` (columns) are what the place of the output can show; ``book`` gives
    licences their names; ``threshold`` is ``--fail-on``, so that a report can say what it hides;
    ``command`` is what a hint begins with, ``licensecheck check`` and its targets.
    """

    color: bool = False
    width: int = 100
    book: Rulebook | None = None
    threshold: str = "review"
    command: str = "licensecheck check"


class Row(Protocol):
    """One line of the table that is given where no use is declared: an intent, by purpose."""

    @property
    def intent(self) -> str:
        """A name of ``vocabulary.INTENTS``."""

    @property
    def noncommercial(self) -> Verdict:
        """The verdict for a noncommercial purpose."""

    @property
    def commercial(self) -> Verdict:
        """The verdict for a commercial purpose."""


def _text(verdict: Verdict, options: Options) -> str:
    from licensecheck.report import text

    return text.render(verdict, options)


def _json(verdict: Verdict, options: Options) -> str:
    from licensecheck.report import json_v1

    return json_v1.render(verdict, options)


REPORTERS: Final[dict[str, Callable[[Verdict, Options], str]]] = {
    "text": _text,
    "json": _json,
}
"""Format to the function that writes it: adding a format is its module and its line here."""
