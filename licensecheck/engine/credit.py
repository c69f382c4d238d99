"""The credits that are owed: title, author, source, license, change notice and prescribed wordings. Pure.

What each license asks for comes from the duties of the verdict. Korean terms are those of the Korean
Creative Commons licenses (legal codes ``kr/2.0`` and ``4.0/legalcode.ko``) and of the Copyright Act of Korea.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from licensecheck.base import regex
from licensecheck.engine.duties import Asks, asking
from licensecheck.knowledge.rulebook import Rulebook
from licensecheck.model import Attribution, Credit, Decision, Duty, License, SourceVerdict, Wording
from licensecheck.vocabulary import Use

LANGS: Final = ("en", "ko")
_STATEMENT: Final = regex.compile(r"\s*(?:contains|includes|source|quelle|출처|出典)\b|.*\blicen[cs]ed under\b", re.I)
"""How a statement of attribution begins, by which a provider's own is told from another notice."""
_ASKS: Final = asking(Asks.CREDIT)
_PRESCRIBED: Final = asking(Asks.WORDING)
_WHOLE: Final = asking(Asks.WORDING_ALONE)
_CHANGES: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "technical": "converted to another format",
        "select": "a subset was taken",
        "standoff": "labels were added beside it",
        "inline": "labels were added in it",
        "edit": "the content was changed",
        "translate": "translated",
        "summarise": "summarised",
        "merge": "merged with other works",
    },
    "ko": {
        "technical": "다른 형식으로 변환함",
        "select": "일부를 발췌함",
        "standoff": "주석을 별도로 덧붙임",
        "inline": "본문에 주석을 추가함",
        "edit": "내용을 변경함",
        "translate": "번역함",
        "summarise": "요약함",
        "merge": "다른 저작물과 결합함",
    },
}
_ADAPTS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {"translate": "Translation of", "summarise": "Summary of", "": "Adaptation of"},
    "ko": {"translate": "번역물(2차적저작물)", "summarise": "요약물(2차적저작물)", "": "2차적저작물"},
}
"""How an adaptation uses the work, which CC licenses before 4.0 ask for ("French translation of ... by ...")."""
_UNKNOWN: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "title": "[title: not found]",
        "author": "[author: not found]",
        "source": "[source address: not found]",
        "copyright notice": "[copyright notice: not found]",
        "license address": "[license address: not found]",
        "year": "[year: not found]",
        "date of last update": "[date of last update: not found]",
        "attribution statement": "[attribution statement: not found]",
    },
    "ko": {
        "title": "[저작물명: 확인되지 않음]",
        "author": "[저작자: 확인되지 않음]",
        "source": "[출처: 확인되지 않음]",
        "copyright notice": "[저작권 표시: 확인되지 않음]",
        "license address": "[이용허락 주소: 확인되지 않음]",
        "year": "[작성 연도: 확인되지 않음]",
        "date of last update": "[최종 갱신일: 확인되지 않음]",
        "attribution statement": "[출처표시 문구: 확인되지 않음]",
    },
}
_DISCLAIMER: Final = {
    "en": "Offered as it is, without warranties, as the license says.",
    "ko": "이용허락자는 이용허락 조건에 정한 바에 따라 어떠한 보증도 하지 않습니다.",
}
_SHARE_ALIKE: Final = {
    "en": "What was made from it is published under {name} ({url}), as its ShareAlike condition asks.",
    "ko": "이를 이용하여 작성한 2차적저작물에는 동일조건변경허락에 따라 {name}({url})을(를) 적용합니다.",
}
BLANK: Final = regex.compile(r"\[[^\[\]]{1,40}: (?:not found|확인되지 않음)\]")
"""A blank in a text that this module made."""


class _Facts(NamedTuple):
    """What is known of a work, each on one line and fit to be shown, "" where it is not."""

    title: str
    creators: tuple[str, ...]
    source: str
    notice: str
    year: str
    updated: str = ""


# -- text that came from a scanned file --------------------------------------------------------

_BLANK_LETTERS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_JOINERS: Final = frozenset("\u200c\u200d")
"""What Persian and Indian scripts and emoji are written with: kept, while all other formats go."""
_STACKED: Final = 4


def clean(text: str, limit: int = 1000) -> str:
    """``text`` on one line of at most ``limit`` characters, without anything that steers how it is shown.

    Control characters, line ends and letters that show nothing become a space; direction overrides
    and marks piled on one letter go; what is cut is marked with an ellipsis.
    """
    if text.isascii() and text.isprintable():
        if len(text) <= limit and "  " not in text:
            return text.strip()
    else:
        text = "".join(_shown(text[: limit * 4]))
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _shown(text: str) -> list[str]:
    kept: list[str] = []
    marks = 0
    for char in text:
        kind = unicodedata.category(char)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if marks > _STACKED or (kind == "Cf" and char not in _JOINERS):
            continue
        blank = char in _BLANK_LETTERS or not (char.isprintable() or char in _JOINERS)
        kept.append(" " if blank else char)
    return kept


_LOCAL: Final = regex.compile(r"(?:\.{0,2}[/\\]|~|[A-Za-z]:[/\\]).*|\.{1,2}\Z")
_YEAR: Final = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _facts(credit: Credit) -> _Facts:
    years = set(_YEAR.findall(credit.notice[:1000])) if credit.notice else set()
    creators = tuple(name for creator in credit.creators if (name := clean(creator, 300)))
    return _Facts(
        clean(credit.title),
        creators,
        clean(credit.source, 2000),
        clean(credit.notice),
        clean(credit.year) or (years.pop() if len(years) == 1 else ""),
        clean(credit.updated),
    )


def _called(name: str) -> str:
    """The name under which a source without title was given; of a path on this machine, its last part."""
    if _LOCAL.match(name):
        name = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    return clean(name)


# -- licenses ----------------------------------------------------------------------------------


def license_name(license: License, lang: str) -> str:
    """The full name of a license in ``lang``, as its entry has it; in English if it has none there."""
    return dict(license.translations).get(lang, license.name)


def _credited(license: str, duties: Sequence[Duty], book: Rulebook, lang: str) -> tuple[tuple[str, str, str, str], ...]:
    """The licenses whose duties are owed, in their order; what is not in the rulebook by its id alone; none without any."""
    ids = dict.fromkeys(duty.license for duty in duties if duty.license)
    rows = [(x.id, x.short, license_name(x, lang), x.urls[0] if x.urls else "") for n in ids if (x := book.find(n))]
    said = clean(license)
    known = book.find(license)
    if not rows and known is not None and known.category == "none":
        return ()  # an exception of the law asks for it, and no license
    return tuple(rows) or ((said, said, said, ""),)


# -- prescribed wordings -----------------------------------------------------------------------


def _wordings(
    owed: Sequence[Duty], facts: _Facts, modified: bool, lang: str, book: Rulebook
) -> tuple[tuple[str, ...], frozenset[str], tuple[str, ...]]:
    """Sentences that must be given word for word, the languages that they are in, and what they lack."""
    made: dict[str, str] = {}
    lacking: dict[str, None] = {}
    for duty in owed:
        if duty.code not in _PRESCRIBED:
            continue
        found = book.find(duty.license) if duty.license else None
        wording = found.statement if found else None
        if duty.code == "PROVIDER_STATEMENT" and _STATEMENT.match(facts.notice):
            made[facts.notice] = lang
        elif wording is not None:
            made[_filled(wording, facts, modified)] = wording.language
            known = {
                "agency": ("author", facts.creators),
                "year": ("year", facts.year),
                "title": ("title", facts.title),
                "source": ("source", facts.source),
                "updated": ("date of last update", facts.updated),
            }
            lacking.update(
                (what, None) for slot, (what, value) in known.items() if f"{{{slot}}}" in wording.text and not value
            )
        elif duty.code == "PROVIDER_STATEMENT" and not facts.notice:
            lacking["attribution statement"] = None
    return tuple(made), frozenset(made.values()), tuple(lacking)


def _filled(wording: Wording, facts: _Facts, modified: bool) -> str:
    """The sentence with what is known in its slots (:class:`Wording`)."""
    blanks = _UNKNOWN["ko" if wording.language == "ko" else "en"]
    agency, authors = ", ".join(facts.creators), ""
    if "{authors}" in wording.text and facts.creators:
        agency, authors = facts.creators[0], ", ".join(facts.creators[1:])
    form = wording.changed if modified and wording.changed else wording.text
    return form.format(
        agency=agency or blanks["author"],
        authors=f"(작성자:{authors})" if authors else "",
        object=_object(f"작성자:{authors})" if authors else facts.title or blanks["title"]),
        year=facts.year or blanks["year"],
        title=facts.title or blanks["title"],
        source=facts.source or blanks["source"],
        updated=facts.updated or blanks["date of last update"],
    )


def _object(name: str) -> str:
    """The particle of the object after ``name``: 을 after a final consonant, 를 after a vowel, both where it cannot be told."""
    last = next((char for char in reversed(name) if char.isalnum()), "")
    if not "가" <= last <= "힣":
        return "을(를)"
    return "을" if (ord(last) - ord("가")) % 28 else "를"


# -- the credit --------------------------------------------------------------------------------


def attribution(verdict: SourceVerdict, use: Use, book: Rulebook, lang: str = "en") -> Attribution | None:
    """The credit that one source asks for in this use; None where nothing that is owed is a credit.

    It holds what the license's version asks for: ``text`` is ready to copy, in English or in Korean
    (``lang``), and prescribed wordings stay in their own language. What the source does not say is an
    empty field, named in ``missing`` and marked in ``text``; nothing is invented.
    """
    source = verdict.source
    license = verdict.chosen or source.license
    return _made(
        source.name, source.credit, license, verdict.duties, use.change, use.assembly, use.outbound, book, lang
    )


@lru_cache(maxsize=4096)
def _made(
    name: str,
    credit: Credit,
    license: str,
    duties: tuple[Duty, ...],
    change: str,
    assembly: str,
    outbound: str,
    book: Rulebook,
    lang: str,
) -> Attribution | None:
    codes = {duty.code for duty in duties}
    if not codes & _ASKS:
        return None
    facts = _facts(credit)
    title = facts.title or _called(name)
    licenses = _credited(license, duties, book, lang)
    change = change if change != "none" else "merge" if assembly == "merged" else ""
    changes = _CHANGES[lang].get(change, "")
    wordings, langs, blanks = _wordings(duties, facts, bool(changes), lang, book)
    made = Attribution(
        title,
        facts.creators,
        facts.source,
        license,
        next((url for *_, url in licenses if url), ""),
        changes,
        "",
        tuple(dict.fromkeys((*_missing(codes, facts, licenses), *blanks))),
        name,
        lang,
        licenses,
        "" if facts.notice in wordings else facts.notice,
        _adapts(change, lang) if "ADAPT_CREDIT" in codes else "",
        wordings,
        _notices(codes, outbound, book, lang),
        tuple(dict.fromkeys(duty.code for duty in duties)),
        facts.year,
    )
    alone = lang in langs and codes & _ASKS <= _WHOLE
    return made._replace(text=_prescribed_alone(made) if alone else " ".join((sentence(made), *wordings)))


def _missing(codes: Collection[str], facts: _Facts, licenses: Sequence[tuple[str, str, str, str]]) -> list[str]:
    asked = (
        ("author", facts.creators, "AUTHOR" in codes),
        ("title", facts.title, "TITLE" in codes),
        ("source", facts.source, "SRC_URI" in codes),
        ("copyright notice", facts.notice or facts.creators, "COPYRIGHT_NOTICE" in codes and "AUTHOR" not in codes),
        ("license address", all(url for *_, url in licenses), "LIC_LINK" in codes),
        ("date of last update", facts.updated, "UPDATE_DATE" in codes),
    )
    return [what for what, value, wanted in asked if wanted and not value]


def _adapts(change: str, lang: str) -> str:
    return _ADAPTS[lang].get(change, _ADAPTS[lang][""])


def _notices(codes: Collection[str], outbound: str, book: Rulebook, lang: str) -> tuple[str, ...]:
    """What holds for every work under the license: that warranties are disclaimed, what the result is under."""
    notices = [_DISCLAIMER[lang]] if "DISCLAIMER_NOTICE" in codes else []
    carried = book.find(outbound) if outbound and "SA_OUT" in codes else None
    if carried is not None and carried.urls:
        name = carried.short if lang == "en" else license_name(carried, lang)
        notices.append(_SHARE_ALIKE[lang].format(name=name, url=carried.urls[0]))
    return tuple(notices)


def unknown(what: str, lang: str) -> str:
    """The mark that stands where ``what`` (a member of ``missing``) is not known."""
    return _UNKNOWN[lang].get(what, f"[{what}: not found]")


def _prescribed_alone(made: Attribution) -> str:
    """The prescribed sentences, with the addresses that they do not hold and the changes."""
    said = " ".join(made.wordings)
    addresses = [url for url in (made.source, *(url for *_, url in made.licenses)) if url and url not in said]
    parts = [said, *([f"({', '.join(addresses)})"] if addresses else [])]
    if made.changes:
        parts.append(f"변경 사항: {made.changes}." if made.lang == "ko" else f"Changes: {made.changes}.")
    return " ".join(parts)


def sentence(made: Attribution) -> str:
    """Title, author, source, notice, license and changes as one sentence in the language of ``made``."""
    return "".join([value for _, value in pieces(made, licensed=True)])


def pieces(made: Attribution, *, licensed: bool = False) -> list[tuple[str, str]]:
    """The sentence of a credit in order, as (kind, value).

    The kind is "" for words of ours, ``blank`` for a mark of ours, else what the value is: ``title``,
    ``author``, ``source``, ``notice``, ``changes``, ``license``. With ``licensed`` the licenses are in it.
    """
    korean, missing = made.lang == "ko", made.missing
    parts = [("", '"' if korean or not made.adapts else f'{made.adapts} "'), ("title", made.title), ("", '"')]
    if "title" in missing:
        parts += (("", " "), ("blank", unknown("title", made.lang)))
    if made.adapts and korean:
        parts.append(("", f"의 {made.adapts}"))
    for number, name in enumerate(made.creators):
        parts += (("", ", " if number else ", 저작자: " if korean else " by "), ("author", name))
    if "author" in missing and not made.creators:
        parts += (("", ", " if korean else " by "), ("blank", unknown("author", made.lang)))
    if made.source:
        parts += (("", ", 출처: " if korean else " ("), ("source", made.source), ("", "" if korean else ")"))
    elif "source" in missing:
        parts += (("", ", " if korean else " ("), ("blank", unknown("source", made.lang)), ("", "" if korean else ")"))
    if made.notice:
        parts += (("", ", 저작권 표시: " if korean else ", "), ("notice", made.notice))
    elif "copyright notice" in missing:
        parts += (("", ", "), ("blank", unknown("copyright notice", made.lang)))
    if licensed and made.licenses:
        parts += (("", ", 이용허락: " if korean else ", licensed under "), ("license", _licenses(made)))
    if made.changes:
        parts += (("", ", 변경 사항: " if korean else "; changes: "), ("changes", made.changes))
    parts.append(("", "."))
    return parts


def _licenses(made: Attribution) -> str:
    urls = ", ".join(url for *_, url in made.licenses if url)
    if made.lang == "ko":
        names = ", ".join(full if short in full else f"{full}({short})" for _, short, full, _ in made.licenses)
        return f"{names} {urls}".rstrip()
    return " and ".join(short for _, short, _, _ in made.licenses) + (f" ({urls})" if urls else "")


def held(
    verdicts: Sequence[tuple[SourceVerdict, Sequence[Duty]]], use: Use, book: Rulebook, lang: str = "en"
) -> tuple[Attribution, ...]:
    """The credits that denied sources, and those under review, would ask for; each with the duties of its licenses."""
    made = (
        (source.decision, attribution(source._replace(duties=tuple(duties)), use, book, lang))
        for source, duties in verdicts
        if source.decision is not Decision.ALLOW
    )
    return tuple(credit._replace(held=decision) for decision, credit in made if credit is not None)


def attributions(
    verdicts: Sequence[SourceVerdict], use: Use, book: Rulebook, lang: str = "en"
) -> tuple[Attribution, ...]:
    """The credits of all sources, in their order, in English or in Korean (``lang``)."""
    made = (attribution(verdict, use, book, lang) for verdict in verdicts)
    return tuple(credit for credit in made if credit is not None)
