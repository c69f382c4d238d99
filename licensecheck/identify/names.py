"""Licence names in running text: Creative Commons by its grammar, others by a table of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from licensecheck import knowledge
from licensecheck.identify.urls import cc_id
from licensecheck.model import Certainty

_WORDS: Final = {
    "by": "attribution|저작자 ?표시|표시|表示|署名|姓名標示|namensnennung|atribución|reconocimiento|atribuição|attribuzione|naamsvermelding",
    "nc": "non[- ]?commercial(?:[- ]?use)?(?:[- ]only)?|비영리|非営利|非商业性?(?:使用)?|非商業性?|nicht[- ]?kommerziell|pas d'utilisation commerciale|utilisation non commerciale|nocomercial|no comercial|nãocomercial|não comercial|niet[- ]?commercieel|non commerciale",
    "sa": "share[- ]?alike|동일 ?조건 ?변경 ?허락|継承|相同方式共享|相同方式分享|weitergabe unter gleichen bedingungen|partage dans les mêmes conditions|partage à l'identique|compartir ?igual|compartilha ?igual|condividi allo stesso modo|gelijk ?delen",
    "nd": "no[- ]?deriv(?:atives?|s)?(?:[- ]?works?)?|변경 ?금지|改変禁止|禁止演绎|禁止改作|keine[- ]?bearbeitung(?:en)?|pas de modification|sin ?(?:obra ?)?derivad[ao]s?|sem ?deriva(?:dos|ções)|non opere derivate|geen ?afgeleide ?werken",
}
_PORT_NAMES: Final = {
    "대한민국": "KR", "한국": "KR", "korea": "KR", "south korea": "KR", "日本": "JP", "japan": "JP", "germany": "DE", "deutschland": "DE", "france": "FR",
    "united states": "US", "austria": "AT", "österreich": "AT", "australia": "AU", "netherlands": "NL", "nederland": "NL", "spain": "ES", "españa": "ES",
    "italy": "IT", "italia": "IT", "united kingdom": "UK", "uk: england & wales": "UK", "england & wales": "UK", "brazil": "BR", "brasil": "BR",
    "canada": "CA", "switzerland": "CH", "taiwan": "TW", "台灣": "TW", "new zealand": "NZ", "scotland": "SCOTLAND", "poland": "PL", "portugal": "PT",
    "china mainland": "CN", "中国大陆": "CN", "igo": "IGO",
}  # fmt: skip
_VERSION: Final = r"(?:v(?:er(?:sion)?)?\.? ?)?(\d\.\d|[1-4])(?![\d.]*\d)"
_ELEMENT: Final = "|".join(f"(?P<{key}%s>{words})" for key, words in _WORDS.items())
_SEP: Final = r"[ ]?(?:[-,/+&*]|and|:)?[ ]{0,2}(?:[-]{1,3})?[ ]?"


def _run(n: int) -> str:
    return "(?:" + _ELEMENT.replace("%s", str(n)) + ")"


_NAMES: Final = re.compile(
    r"(?:(?P<cc>creative commons|크리에이티브 ?커먼즈|크리에이티브 ?커먼스|クリエイティブ・?-? ?コモンズ|知识共享|創用 ?cc|ccl|cc(?!:))[ :,'\"(\[-]{0,4}(?:licen[cs]e|라이[선센]스|public license)?[ :(]{0,3}(?:" + _VERSION.replace("(\\d", "(?P<early>\\d") + r"[의 :,-]{1,3})?)?"
    + _run(1) + f"(?:{_SEP}{_run(2)})?(?:{_SEP}{_run(3)})?"
    + r"(?P<tail>[ ,)\]-]{0,3}(?:license|licence|라이[선센]스|조건)?[ ,(]{0,3}" + _VERSION.replace("(\\d", "(?P<late>\\d") + ")?"
)  # fmt: skip
_CODE: Final = re.compile(
    r"(?<![a-z0-9])(?:creative commons|cc(?:l|-l)?)[ /-]{0,3}(?:licen[cs]e[ :]{1,2})?(?P<kind>by|att(?:ribution)?)(?P<rest>(?:[ ,/+-]{0,3}(?:nc|nd|sa)(?![a-z]))*)"
    r"(?:[ ,(:-]{0,3}"
    + _VERSION.replace("(\\d", "(?P<v>\\d")
    + r")?(?:[ -]{1,2}(?P<port>kr|igo|at|au|de|nl|us|jp|uk|fr|es|it|ca|br|tw|ch|nz|pl|pt)(?![a-z]))?"
)
_ZERO: Final = re.compile(
    r"(?<![a-z0-9])(?:cc[ -]?(?:0|zero)(?:[ -]{0,2}v?1\.0)?(?![\d])|creative commons (?:zero|0|level 0)(?: v?1\.0)?)"
)
_BARE_CC: Final = re.compile(
    r"(?<![a-z])creative commons(?: licen[cs]es?)?|(?<![a-z0-9])cc(?:l)? licen[cs]e|크리에이티브 ?커먼즈"
)
_KOGL: Final = re.compile(
    r"(?:공공 ?누리|kogl)[^.\n]{0,20}?제? ?([0-4]) ?유형|(?:kogl|공공누리)[ -]?(?:type)?[ -]?([0-4])(?!\d)|제 ?([0-4]) ?유형 ?[:(]? ?출처 ?표시"
)


class Mention(NamedTuple):
    """A licence named in a text, with its place."""

    license: str
    certainty: Certainty
    start: int
    end: int
    rule: str


def creative_commons(folded: str) -> Iterator[Mention]:
    """Every Creative Commons licence named in folded text, by code, by element words or as a whole."""
    for m in _CODE.finditer(folded):
        elements = frozenset({"by", *re.findall(r"nc|nd|sa", m["rest"])})
        yield _cc(elements, m["v"] or "", m["port"] or _port_after(folded, m.end()), m.start(), m.end(), "cc-code")
    for m in _NAMES.finditer(folded):
        groups = m.groupdict()
        elements = frozenset(key[:2] for key in groups if groups[key] and key[:2] in _WORDS and key[2:].isdigit())
        named = bool(m["cc"])
        version = m["late"] or m["early"] or ""
        if not named and ((len(elements) < 2 and not version) or "by" not in elements):
            continue
        if "by" not in elements and not (named and elements):
            continue
        port = _port_after(folded, m.end())
        yield _cc(elements | {"by"}, version, port, m.start(), m.end(), "cc-name")
    for m in _ZERO.finditer(folded):
        yield Mention("CC0-1.0", Certainty.EXACT, m.start(), m.end(), "cc-zero")
    for m in _BARE_CC.finditer(folded):
        yield Mention("LicenseRef-CC", Certainty.FAMILY, m.start(), m.end(), "cc-bare")
    for m in _KOGL.finditer(folded):
        number = m[1] or m[2] or m[3]
        yield Mention(f"LicenseRef-KOGL-Type{number}", Certainty.EXACT, m.start(), m.end(), "kogl")


def _port_after(folded: str, end: int) -> str:
    after = folded[end : end + 30].lstrip(" -,:()")
    for name, port in _PORT_NAMES.items():
        if after.startswith(name) and not after[len(name) : len(name) + 1].isalpha():
            return port
    return ""


def _cc(elements: frozenset[str], version: str, port: str, start: int, end: int, rule: str) -> Mention:
    version = version if "." in version or not version else f"{version}.0"
    if {"nd", "sa"} <= elements:
        return Mention("LicenseRef-CC", Certainty.AMBIGUOUS, start, end, rule)
    made = cc_id(elements, version, port if version else "")
    return Mention(made, Certainty.EXACT if version else Certainty.FAMILY, start, end, rule)


_TOKEN: Final = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*\+?|[가-힣]+|[^\x00-\x7f가-힣 ]+")
_CODE_FILES: Final = ("identify/names.py", "identify/fold.py", "yamlio.py", "rulebook/strict.py")


def build(paths: list[Path]) -> dict[str, Any]:
    """The table of names: first token to [[tokens, id], ...]; and ids, lower-cased, to ids."""
    from licensecheck.identify.fold import fold
    from licensecheck.rulebook.strict import Strict

    ids: dict[str, str] = {}
    names: dict[str, list[Any]] = {}
    vocabularies: dict[str, dict[str, list[str]]] = {}

    def add(name: str, target: str) -> None:
        tokens = _TOKEN.findall(fold(name))
        if tokens and (len(tokens) > 1 or len(tokens[0]) > 3):
            row = [tokens, target]
            if row not in names.setdefault(tokens[0], []):
                names[tokens[0]].append(row)

    for path in paths:
        root = Strict.read(path)
        if path.parent.name == "names":
            for target, spelled in root.items().items():
                ids[target.lower()] = str(target)
                for name in spelled.texts() if spelled.value else ():
                    add(name, str(target))
        else:
            table = vocabularies.setdefault(path.stem, {})
            for raw, value in root.items().items():
                target, _, certainty = value.text().partition(" ~")
                table[fold(raw).strip()] = [target, certainty or "exact"]
    for rows in names.values():
        rows.sort(key=lambda row: -len(row[0]))
    return {"ids": ids, "names": names, "vocabularies": vocabularies}


@cache
def table() -> dict[str, Any]:
    """The compiled table of names, ids and vocabularies."""
    found: dict[str, Any] = knowledge.compiled("names", ("names/*.yaml", "vocabularies/*.yaml"), build, _CODE_FILES)
    return found


def listed(folded: str) -> Iterator[Mention]:
    """Every name of the table that stands in folded text, longest first at each place."""
    names = table()["names"]
    tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(folded)]
    n = 0
    while n < len(tokens):
        word, start, _ = tokens[n]
        for spelled, target in names.get(word, ()):
            size = len(spelled)
            if all(n + i < len(tokens) and tokens[n + i][0] == spelled[i] for i in range(1, size)):
                yield Mention(target, Certainty.EXACT, start, tokens[n + size - 1][2], "name")
                n += size - 1
                break
        n += 1
