"""Build hook: compile the knowledge tables, so that an installed wheel never has to."""

from __future__ import annotations

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileKnowledge(BuildHookInterface[Any]):
    """Writes ``licensecheck/_compiled/*.json`` before the wheel is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Load every table once; loading compiles it. A rule that does not hold stops the build."""
        sys.path.insert(0, self.root)
        try:
            from licensecheck.identification import identify
            from licensecheck.knowledge import facts, rulebook

            rulebook.load()
            facts.table()
            identify("licensed under CC BY 4.0", vocabulary="hf")
        finally:
            sys.path.remove(self.root)
