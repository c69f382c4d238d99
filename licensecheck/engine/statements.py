"""Statements that licenses prescribe word for word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from licensecheck.base import regex


class _Wording(NamedTuple):
    """A prescribed sentence: its language, for a verbatim copy and (where it differs) for a changed one.

    ``needs`` are its blanks. ``{agency}`` is who provides the work, ``{by}`` the authors beside the
    agency.
    """

    lang: str
    verbatim: str
    modified: str = ""
    needs: tuple[str, ...] = ()


_KOGL: Final = regex.compile(r"LicenseRef-KOGL-Type([1-4])\Z")

_KOGL_TYPES: Final = {
    "1": "출처표시",
    "2": "출처표시 + 상업적 이용금지",
    "3": "출처표시 + 변경금지",
    "4": "출처표시 + 상업적 이용금지 + 변경금지",
}

_KOGL_SENTENCE: Final = (
    "본 저작물은 '{agency}'에서 '{year}년' 작성하여 공공누리 제{kind}유형으로 개방한 '{title}{by}'{object} 이용하였으며, "
    "해당 저작물은 '{agency}, {source}'에서 무료로 내려받으실 수 있습니다."
)
"""The source statement of the Korea Open Government License (mcst.go.kr, kogl.or.kr); authors where they are named."""


def _ogl(version: str) -> _Wording:
    return _Wording(
        "en",
        f"Contains public sector information licensed under the Open Government Licence{version and ' v'}{version}.",
    )


def _ogl_canada(place: str) -> _Wording:
    return _Wording("en", f"Contains information licensed under the Open Government Licence – {place}.")


def _dl_de(name: str) -> _Wording:
    """The source note's three parts in their order: provider, licence with its address, data set (2.0, (2) and (3))."""
    vermerk = f"{{agency}}, {name}, {{source}}"
    return _Wording("de", f"{vermerk}.", f"{vermerk}; die Daten wurden geändert.", ("author", "source"))


def _japan(licence: str = "") -> _Wording:
    """Examples of the terms; that the content was edited is said beside the source, and not in its place."""
    work = "「{title}」（{agency}）（{source}）"
    return _Wording(
        "ja", f"出典：{work}{licence}", f"出典：{work}{licence}。{work}を加工して作成", ("author", "title", "source")
    )


_NLOD: Final = _Wording(  # section 5
    "en",
    "Contains data under the Norwegian licence for Open Government data (NLOD) distributed by {agency}.",
    needs=("author",),
)

_WORDINGS: Final[Mapping[str, _Wording]] = {
    "ODbL-1.0": _Wording(  # section 4.3(a)
        "en",
        "Contains information from {title}, which is made available here under the Open Database License (ODbL).",
        needs=("title",),
    ),
    "ODC-By-1.0": _Wording(  # section 4.3(a)
        "en",
        "Contains information from {title} which is made available under the ODC Attribution License.",
        needs=("title",),
    ),
    "LicenseRef-AIHub-Policy": _Wording(  # AI Hub terms of use 1, which prescribe no words and reach derivative works
        "ko",
        "본 데이터('{title}')은(는) 한국지능정보사회진흥원의 사업결과임.",
        "본 2차적저작물에 이용한 데이터('{title}')은(는) 한국지능정보사회진흥원의 사업결과임.",
        ("title",),
    ),
    "OGL-UK-1.0": _ogl("1.0"),
    "OGL-UK-2.0": _ogl("2.0"),
    "OGL-UK-3.0": _ogl("3.0"),
    "LicenseRef-OGL-UK": _ogl(""),
    "OGL-Canada-2.0": _ogl_canada("Canada"),
    "LicenseRef-scancode-ogl-alberta-2.1": _ogl_canada("Alberta"),
    "LicenseRef-scancode-ogl-british-columbia-2.0": _ogl_canada("British Columbia"),
    "LicenseRef-scancode-ogl-ontario-1.0": _ogl_canada("Ontario"),
    "LicenseRef-scancode-ogl-nova-scotia-1.0": _ogl_canada("Nova Scotia"),
    "LicenseRef-scancode-ogl-toronto-1.0": _ogl_canada("Toronto"),
    "etalab-2.0": _Wording(  # the example of its attribution clause
        "fr",
        "{agency} - Données originales téléchargées sur {source}, mise à jour du {updated}.",
        needs=("author", "source", "date of last update"),
    ),
    "DL-DE-BY-2.0": _dl_de("Datenlizenz Deutschland – Namensnennung – Version 2.0 (www.govdata.de/dl-de/by-2-0)"),
    "LicenseRef-scancode-dl-de-by-1-0-en": _dl_de(
        "Datenlizenz Deutschland – Namensnennung – Version 1.0 (www.govdata.de/dl-de/by-1-0)"
    ),
    "LicenseRef-scancode-dl-de-by-nc-1-0-en": _dl_de(
        "Datenlizenz Deutschland – Namensnennung – nicht kommerziell – Version 1.0 (www.govdata.de/dl-de/by-nc-1-0)"
    ),
    "NLOD-1.0": _NLOD,
    "NLOD-2.0": _NLOD,
    "OGDL-Taiwan-1.0": _Wording(  # section 3.2 and the exhibit
        "en",
        "{agency} {year} {title}. The Open Data is made available to the public under the Open Government Data License, "
        "User can make use of it when complying to the condition and obligation of its terms. "
        "Open Government Data License: https://data.gov.tw/license",
        needs=("author", "year", "title"),
    ),
    "LicenseRef-Japan-PDL-1.0": _japan(
        "、PDL1.0（https://www.digital.go.jp/resources/open_data/public_data_license_v1.0）"
    ),
    "LicenseRef-Japan-STU-2.0": _japan(),
}
"""Statements that a licence prescribes, by its id; the provider's own goes before them."""

_STATEMENT: Final = regex.compile(r"\s*(?:contains|includes|source|quelle|출처|出典)\b|.*\blicen[cs]ed under\b", re.I)
