"""Reports: a verdict in, text out. Nothing here decides. The formats are the modules of :mod:`licensecheck.report.formats`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Final, NamedTuple

from licensecheck.base.message import translated
from licensecheck.knowledge.rulebook import Rulebook
from licensecheck.model import Verdict


class Options(NamedTuple):
    """How a report is written.

    ``color`` and ``width`` (columns) are what the place of the output can show; ``book`` gives
    licenses their names; ``threshold`` is ``--fail-on``, so that a report can say what it hides;
    ``command`` is what a hint begins with, ``licensecheck check`` and its targets. ``folder`` is the
    folder that paths are relative to (the working folder) and ``root`` that of the repository, where
    it is another; ``url`` is the address of the project's documentation, "" where it is not known;
    ``category`` tells several runs on one repository apart; ``lang`` is the language of the report.
    """

    color: bool = False
    width: int = 100
    book: Rulebook | None = None
    threshold: str = "review"
    command: str = "licensecheck check"
    folder: str = ""
    root: str = ""
    url: str = ""
    category: str = "check"
    lang: str = "en"


Reporter = Callable[[Verdict, Options], str]
"""Writes a verdict in one format, in the language of the options."""
_FORMATS: Final = "licensecheck.report.formats"
_BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)_(?=\d)")


class _Reporters(Mapping[str, Reporter]):
    """The formats by name. A format's module is loaded when it is asked for, and the folder read when they are listed."""

    def __getitem__(self, name: str) -> Reporter:
        module = name.replace("-", "_").replace(".", "_")
        if not module.isidentifier() or _format(module) != name:
            raise KeyError(name)
        try:
            render: Reporter = import_module(f"{_FORMATS}.{module}").render
        except ModuleNotFoundError as error:
            if error.name != f"{_FORMATS}.{module}":
                raise
            raise KeyError(name) from None
        return lambda verdict, options: render(translated(verdict, options.lang), options)

    def __iter__(self) -> Iterator[str]:
        from pkgutil import iter_modules

        return iter(sorted(_format(found.name) for found in iter_modules(import_module(_FORMATS).__path__)))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _format(module: str) -> str:
    """The name of the format that ``module`` writes."""
    return _BETWEEN_DIGITS.sub(".", module).replace("_", "-")


REPORTERS: Final[Mapping[str, Reporter]] = _Reporters()
"""Format to the function that writes it."""
