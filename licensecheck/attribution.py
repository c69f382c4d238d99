"""The credits that are owed, as TASL: title, author, source, licence, with the change notice. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from licensecheck.model import Attribution, SourceVerdict
from licensecheck.rulebook import Rulebook
from licensecheck.vocabulary import Use

_CHANGES: Final = {
    "technical": "converted to another format",
    "select": "a subset was taken",
    "standoff": "labels were added beside it",
    "inline": "labels were added in it",
    "edit": "the content was changed",
    "translate": "translated",
    "summarise": "summarised",
    "merge": "merged with other works",
}
_ASKS: Final = frozenset(
    {
        "AUTHOR",
        "ATTR_PARTIES",
        "TITLE",
        "COPYRIGHT_NOTICE",
        "LIC_LINK",
        "LIC_NOTICE",
        "KOGL_SOURCE",
        "AIHUB_CREDIT",
        "PROVIDER_STATEMENT",
        "KEEP_CREDITS",
    }
)


def attribution(verdict: SourceVerdict, use: Use, book: Rulebook) -> Attribution | None:
    """The credit that one source asks for in this use; None where nothing that is owed is a credit.

    What the source does not say is an empty field, named in ``missing``; nothing is invented.
    """
    codes = {duty.code for duty in verdict.duties}
    if not codes & _ASKS:
        return None
    source, credit = verdict.source, verdict.source.credit
    ids = list(dict.fromkeys(duty.license for duty in verdict.duties if duty.license))
    known = [licence for name in ids if (licence := book.find(name))]
    names = " and ".join(licence.short for licence in known) or source.license
    url = next((licence.urls[0] for licence in known if licence.urls), "")
    title = credit.title or source.name
    changes = _CHANGES.get(use.change, "") or ("merged with other works" if use.assembly == "merged" else "")
    missing = tuple(
        what
        for what, value, asked in (
            ("author", credit.creators, "AUTHOR" in codes),
            ("source", credit.source, "SRC_URI" in codes),
        )
        if asked and not value
    )
    author = ", ".join(credit.creators)
    parts = [f'"{title}"']
    if author:
        parts.append(f"by {author}")
    elif "author" in missing:
        parts.append("by [author: not found]")
    if credit.source:
        parts.append(f"({credit.source})")
    elif "source" in missing:
        parts.append("([source address: not found])")
    text = " ".join(parts)
    if credit.notice:
        text += f", {credit.notice}"
    text += f", licensed under {names}" + (f" ({url})" if url else "")
    text += f"; changes: {changes}." if changes else "."
    return Attribution(title, credit.creators, credit.source, source.license, url, changes, text, missing)


def attributions(verdicts: Sequence[SourceVerdict], use: Use, book: Rulebook) -> tuple[Attribution, ...]:
    """The credits of all sources, in their order."""
    made = (attribution(verdict, use, book) for verdict in verdicts)
    return tuple(credit for credit in made if credit is not None)
