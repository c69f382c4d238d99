"""Reports: a verdict in, text out. One module a format; nothing here decides."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Final, NamedTuple, Protocol

from licensecheck.base.message import translated
from licensecheck.knowledge.rulebook import Rulebook
from licensecheck.model import Verdict


class Options(NamedTuple):
    """How a report is written.

    ``color`` and ``width`` (columns) are what the place of the output can show; ``book`` gives
    licences their names; ``threshold`` is ``--fail-on``, so that a report can say what it hides;
    ``command`` is what a hint begins with, ``licensecheck check`` and its targets. ``folder`` is the
    folder that paths are relative to (the working folder) and ``root`` that of the repository, where
    it is another; ``url`` is where the project's documentation stands, "" where that is not known;
    ``category`` tells several runs on one repository apart; ``lang`` is the language to speak.
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


def _later(module: str) -> Reporter:
    def render(verdict: Verdict, options: Options) -> str:
        spoken = translated(verdict, options.lang)
        made: str = import_module(f"licensecheck.report.{module}").render(spoken, options)
        return made

    return render


Reporter = Callable[[Verdict, Options], str]
_MODULES: Final[dict[str, str]] = {
    "text": "text",
    "json": "json_v1",
    "jsonl": "jsonl",
    "markdown": "markdown",
    "github": "ci.github",
    "sarif": "ci.sarif",
    "gitlab": "ci.gitlab",
    "junit": "ci.junit",
    "html": "html",
    "spdx": "sbom.spdx",
    "spdx3": "sbom.spdx3",
    "cyclonedx": "sbom.cyclonedx",
    "cyclonedx-1.7": "sbom.cyclonedx_1_7",
    "croissant": "sbom.croissant",
}
"""Format to the module that has its ``render``: adding a format is its module and its line here."""
REPORTERS: Final[dict[str, Reporter]] = {name: _later(module) for name, module in _MODULES.items()}
"""Format to the function that writes it in the language of its options; its module is loaded when it is first used."""
