"""Credits as JSON, for programs: the same groups and parts as the other formats."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from licensecheck.attribution.credits.groups import grouped
from licensecheck.engine.credit import clean
from licensecheck.model import Attribution


def write(attributions: Sequence[Attribution], lang: str = "en") -> str:
    """``licensecheck.credits/1``: ``{"lang", "groups": [{"licenses", "notices", "credits"}]}``, indented, in UTF-8.

    A group of works whose use is not allowed has ``held``: ``deny`` or ``review``.
    """
    groups = [
        {
            "licenses": [dict(zip(("id", "short", "name", "url"), row, strict=True)) for row in group.licenses],
            "notices": list(group.notices),
            "credits": [_credit(made) for made in group.credits],
            **({"held": group.held.value} if group.held else {}),
        }
        for group in grouped(attributions)
    ]
    document = {"schema": "licensecheck.credits/1", "lang": lang, "groups": groups}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _credit(made: Attribution) -> dict[str, Any]:
    return {
        "title": clean(made.title),
        "creators": [clean(name) for name in made.creators],
        "source": clean(made.source, 2000),
        "notice": clean(made.notice),
        "year": made.year,
        "use": made.adapts,
        "changes": made.changes,
        "wordings": [clean(wording, 20_000) for wording in made.wordings],
        "text": clean(made.text, 8000),
        "missing": list(made.missing),
    }
