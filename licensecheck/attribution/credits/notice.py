"""Credits as plain text, as projects keep them in a NOTICE file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from licensecheck.attribution.credits.groups import LABELS, Group, grouped, shown
from licensecheck.engine.credit import clean
from licensecheck.model import Attribution


def write(attributions: Sequence[Attribution], lang: str = "en") -> str:
    """A paragraph for each license with its name and address, then the works under it, one a line."""
    return "\n".join(_lines(grouped(attributions), lang)) + "\n"


def _lines(groups: Sequence[Group], lang: str) -> Iterator[str]:
    yield LABELS[lang]["heading"]
    if not groups:
        yield from ("", LABELS[lang]["nothing"])
    told = False
    for group in groups:
        yield ""
        if group.held and not told:
            told = True
            yield from (LABELS[lang]["held"], LABELS[lang]["held-note"], "")
        if group.held:
            yield group.name(lang)
        for _, _, full, url in group.licenses:
            yield f"{LABELS[lang]['licensed']}: {clean(full)}" + (f", {clean(url, 2000)}" if url else "")
        yield from (clean(notice, 20_000) for notice in group.notices)
        for made in group.credits:
            yield "  - " + "".join(value for _, value in shown(made))
            yield from (f"    {clean(wording, 20_000)}" for wording in made.wordings)
