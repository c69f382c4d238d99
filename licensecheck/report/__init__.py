"""Reports: a verdict in, text out. One module a format; nothing here decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from licensecheck.model import Verdict
from licensecheck.rulebook import Rulebook


class Options(NamedTuple):
    """How a report is written: colour, width in columns, the rulebook for names, and the threshold in force."""

    color: bool = False
    width: int = 100
    book: Rulebook | None = None
    threshold: str = "review"


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
