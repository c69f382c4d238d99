"""Build hook: compile the knowledge tables and the message catalogs, so that an installed wheel never has to."""

from __future__ import annotations

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileKnowledge(BuildHookInterface[Any]):
    """Writes ``licensecheck/_compiled/*.json`` and ``*.mo`` before the wheel is packed, or an editable install is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Load every table once; loading compiles it. A rule that does not hold stops the build."""
        sys.path.insert(0, self.root)
        try:
            from licensecheck.base import message
            from licensecheck.identification import identify
            from licensecheck.knowledge import facts, kinds, phrases, restrictions, rulebook
            from licensecheck.scanners import formats

            rulebook.load()
            facts.is_known("MIT")
            formats.table()
            kinds.folders("installed")
            restrictions.held("MIT")
            phrases.speaks("licensed")
            identify("licensed under CC BY 4.0", vocabulary="hf")
            for language in message.LANGUAGES:
                if language != "en":
                    message.messages(language)
        finally:
            sys.path.remove(self.root)
