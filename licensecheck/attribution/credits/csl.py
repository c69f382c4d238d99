"""Credits as CSL-JSON items of type ``dataset`` (Citation Style Language 1.0.2, csl-data.json)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from licensecheck.attribution.credits.groups import LABELS, grouped, web
from licensecheck.engine.credit import clean
from licensecheck.model import Attribution


def write(attributions: Sequence[Attribution], lang: str = "en") -> str:
    """A JSON array; each item stands for itself in a bibliography, so each names its license."""
    return json.dumps(list(_items(attributions, lang)), ensure_ascii=False, indent=2) + "\n"


def _items(attributions: Sequence[Attribution], lang: str) -> Iterator[dict[str, Any]]:
    number = 0
    for group in grouped(attributions):
        for made in group.credits:
            number += 1
            item: dict[str, Any] = {"id": f"source-{number}", "type": "dataset", "title": clean(made.title)}
            if made.creators:
                item["author"] = [{"literal": clean(name)} for name in made.creators]
            if made.year:
                item["issued"] = {"date-parts": [[int(made.year)]]}
            if link := web(made.source):
                item["URL"] = link
            elif made.source:
                item["archive"] = clean(made.source, 2000)
            item["license"] = "; ".join(clean(f"{short} {url}".rstrip()) for _, short, _, url in group.licenses)
            if note := notes(made, group.notices, lang):
                item["note"] = note
            yield item


def notes(made: Attribution, notices: Sequence[str], lang: str) -> str:
    """What a bibliography has no field for: copyright notice, changes, prescribed wordings, notices."""
    labels = LABELS[lang]
    said = [
        f"{labels['held']}: {labels[made.held.value]}" if made.held else "",
        clean(made.notice),
        f"{labels['adapts']}: {made.adapts}" if made.adapts else "",
        f"{labels['changes']}: {made.changes}" if made.changes else "",
        *(clean(wording, 20_000) for wording in (*made.wordings, *notices)),
    ]
    return " ".join(part if part.endswith((".", "。")) else f"{part}." for part in said if part)
