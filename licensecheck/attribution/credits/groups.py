"""What all formats share: credits grouped by license, their labels, and addresses that may be links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from licensecheck.base import regex
from licensecheck.engine.credit import clean, pieces
from licensecheck.model import Attribution, Decision

LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "heading": "Attribution",
        "nothing": "No credit is owed.",
        "licensed": "Licensed under",
        "changes": "Changes",
        "adapts": "Use",
        "and": " and ",
        "held": "Sources that are denied or under review",
        "held-note": "The use of these sources is not allowed as it stands. Resolve that first: a credit does not make a use lawful.",
        "deny": "denied",
        "review": "under review",
        "unlicensed": "Used under an exception of the law",
    },
    "ko": {
        "heading": "저작자 및 출처 표시",
        "nothing": "표시하여야 할 저작자나 출처가 없습니다.",
        "licensed": "이용허락",
        "changes": "변경 사항",
        "adapts": "이용 방법",
        "and": ", ",
        "held": "이용이 허락되지 않거나 검토가 필요한 출처",
        "held-note": "이 출처의 이용은 현재로서는 허락되지 않습니다. 먼저 해결하여야 하며, 출처를 표시하여도 이용이 적법해지지 않습니다.",
        "deny": "허락되지 않음",
        "review": "검토 필요",
        "unlicensed": "저작재산권의 제한 규정에 따라 이용",
    },
}
_WEB: Final = regex.compile(r"https?://[^\s/?#@]+(?:[/?#]\S*)?\Z", re.I)
_UNSAFE: Final = regex.compile(r"[\"<>\\^`{|}()'*\[\]]")


class Group(NamedTuple):
    """Works under the same licenses: those as (id, short name, full name, address), what holds for all, the credits.

    ``held`` is deny or review where their use is not allowed.
    """

    licenses: tuple[tuple[str, str, str, str], ...]
    notices: tuple[str, ...]
    credits: tuple[Attribution, ...]
    held: Decision | None = None

    def name(self, lang: str) -> str:
        """The licenses' short names, and what is decided where the use of the works is not allowed."""
        if not self.licenses:
            return LABELS[lang]["unlicensed"]
        names = clean(LABELS[lang]["and"].join(short for _, short, _, _ in self.licenses))
        return f"{names} ({LABELS[lang][self.held.value]})" if self.held else names


def grouped(attributions: Sequence[Attribution]) -> list[Group]:
    """``attributions`` by license, in order of first appearance, those of works that may not be used last; equal ones once.

    A sentence that is prescribed for every one of several works is taken out of them to stand once.
    """
    by: dict[tuple[Decision | None, tuple[tuple[str, str, str, str], ...]], dict[object, Attribution]] = {}
    for made in attributions:
        same = (made.title, made.creators, made.source, made.notice, made.changes, made.adapts, made.wordings)
        by.setdefault((made.held, made.licenses), {}).setdefault(same, made)
    groups = [_group(*key, list(credits.values())) for key, credits in by.items()]
    return sorted(groups, key=lambda group: group.held is not None)


def _group(held: Decision | None, licenses: tuple[tuple[str, str, str, str], ...], credits: list[Attribution]) -> Group:
    notices = dict.fromkeys(notice for made in credits for notice in made.notices)
    if len(credits) > 1:
        shared = [w for w in credits[0].wordings if all(w in made.wordings for made in credits)]
        credits = [made._replace(wordings=tuple(w for w in made.wordings if w not in shared)) for made in credits]
        notices = dict.fromkeys((*shared, *notices))
    return Group(licenses, tuple(notices), tuple(credits), held)


def shown(made: Attribution) -> Iterator[tuple[str, str]]:
    """The pieces of a credit without its license, each on one line."""
    return ((kind, clean(value, 2000) if kind else value) for kind, value in pieces(made))


def web(address: str) -> str:
    """``address`` where it may be a link (http or https, no user name in it), else ""."""
    address = address.strip()
    if len(address) > 2000 or not _WEB.match(address) or clean(address, 2000) != address:
        return ""
    return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", address)
