"""What licence a URL names, by each site's own grammar. Anchored: never by substring."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from licensecheck.model import Certainty

URL: Final = re.compile(
    r"(?:https?:)?//[^\s<>\"'`\\^{}|\u0080-\uffff]{3,500}"
    r"|(?<![\w@./-])(?:www\.|creativecommons\.org|opendatacommons\.org|opensource\.org|licensebuttons\.net|i\.creativecommons\.org)[^\s<>\"'`\\^{}|\u0080-\uffff]{2,500}",
    re.I | re.A,
)
_PORTED: Final = frozenset(
    [
        "CC-BY-3.0-AT",
        "CC-BY-3.0-AU",
        "CC-BY-3.0-DE",
        "CC-BY-3.0-IGO",
        "CC-BY-3.0-NL",
        "CC-BY-3.0-US",
        "CC-BY-2.5-AU",
        "CC-BY-NC-3.0-DE",
        "CC-BY-NC-3.0-IGO",
        "CC-BY-NC-ND-3.0-DE",
        "CC-BY-NC-ND-3.0-IGO",
        "CC-BY-NC-SA-2.0-DE",
        "CC-BY-NC-SA-2.0-FR",
        "CC-BY-NC-SA-2.0-UK",
        "CC-BY-NC-SA-3.0-DE",
        "CC-BY-NC-SA-3.0-IGO",
        "CC-BY-ND-3.0-DE",
        "CC-BY-SA-2.0-UK",
        "CC-BY-SA-2.1-JP",
        "CC-BY-SA-3.0-AT",
        "CC-BY-SA-3.0-DE",
        "CC-BY-SA-3.0-IGO",
    ]
)
_UNPORTED: Final = frozenset({"1.0", "2.0", "2.5", "3.0", "4.0"})
_CC_TYPE: Final = re.compile(r"(?:by|nc|nd|sa)(?:-(?:by|nc|nd|sa)){0,3}\Z|(?:nc-)?sampling\+?\Z|devnations\Z")
_CC_PATH: Final = re.compile(
    r"/(licenses|licences|publicdomain|l|p)/([a-z+-]+)(?:/(\d\.\d)(?:/([a-z]{2}|igo|scotland)(?![a-z]))?)?(?=[/?#.]|\Z)"
)


class Named(NamedTuple):
    """The licence of a URL (None where it is no licence's), how sure, and which grammar said so."""

    license: str | None
    certainty: Certainty
    rule: str


def cc_id(elements: frozenset[str], version: str, port: str) -> str:
    """The id of a Creative Commons licence: SPDX where it has one, else ``LicenseRef-``."""
    kind = "CC-" + "-".join(e for e in ("BY", "NC", "ND", "SA") if e.lower() in elements)
    if not version:
        return f"LicenseRef-{kind}"
    plain = f"{kind}-{version}" + (f"-{port.upper()}" if port else "")
    if "by" in elements and (plain in _PORTED or (not port and version in _UNPORTED)):
        return plain
    return f"LicenseRef-{plain}"


def _exact(license: str, rule: str) -> Named:
    return Named(license, Certainty.EXACT, rule)


def _creative_commons(path: str) -> Named:
    found = _CC_PATH.search(path)
    if not found:
        return Named(None, Certainty.NONE, "url-creativecommons-page")
    kind, name, version, port = found[1], found[2], found[3] or "", found[4] or ""
    if kind in ("publicdomain", "p"):
        if name == "zero":
            return _exact("CC0-1.0", "url-cc0")
        if name in ("mark", "certification"):
            return _exact("CC-PDM-1.0", "url-cc-pdm") if name == "mark" else _exact("CC-PDDC", "url-cc-pddc")
        return Named(None, Certainty.NONE, "url-creativecommons-page")
    if name in ("zero", "cc0"):
        return _exact("CC0-1.0", "url-cc0")
    if name == "publicdomain":
        return _exact("CC-PDDC", "url-cc-pddc")
    if not _CC_TYPE.match(name):
        return Named(None, Certainty.NONE, "url-creativecommons-page")
    if "sampling" in name or name == "devnations":
        spelled = {"sampling": "CC-Sampling", "sampling+": "CC-SamplingPlus", "nc-sampling+": "CC-NC-SamplingPlus"}.get(
            name, "CC-DevNations"
        )
        return _exact(f"LicenseRef-{spelled}-{version or '1.0'}", "url-creativecommons")
    elements = frozenset(name.split("-"))
    made = cc_id(elements, version, port)
    return Named(made, Certainty.EXACT if version else Certainty.FAMILY, "url-creativecommons")


_OPEN_DATA: Final = (
    (re.compile(r"/licenses/odbl(?:/|\Z|-)"), "ODbL-1.0"),
    (re.compile(r"/licenses/by(?:/|\Z|-)"), "ODC-By-1.0"),
    (re.compile(r"/licenses/pddl(?:/|\Z|-)"), "PDDL-1.0"),
    (re.compile(r"/licenses/dbcl(?:/|\Z|-)"), "LicenseRef-scancode-dbcl-1.0"),
)
_FIXED: Final = (
    (re.compile(r"(?:www\.)?apache\.org/licenses/license-2\.0"), "Apache-2.0"),
    (re.compile(r"(?:www\.)?apache\.org/licenses/?\Z"), "Apache-2.0"),
    (re.compile(r"(?:www\.)?gnu\.org/(?:licenses|copyleft)/(?:old-licenses/)?gpl-2\.0"), "GPL-2.0-only"),
    (re.compile(r"(?:www\.)?gnu\.org/(?:licenses|copyleft)/gpl-3\.0"), "GPL-3.0-only"),
    (re.compile(r"(?:www\.)?gnu\.org/(?:licenses|copyleft)/lgpl-3\.0"), "LGPL-3.0-only"),
    (re.compile(r"(?:www\.)?gnu\.org/(?:licenses|copyleft)/agpl-3\.0"), "AGPL-3.0-only"),
    (re.compile(r"(?:www\.)?gnu\.org/(?:licenses|copyleft)/fdl-1\.3"), "GFDL-1.3-only"),
    (re.compile(r"(?:www\.)?cdla\.(?:dev|io)/permissive-1-0"), "CDLA-Permissive-1.0"),
    (re.compile(r"(?:www\.)?cdla\.(?:dev|io)/permissive-2-0"), "CDLA-Permissive-2.0"),
    (re.compile(r"(?:www\.)?cdla\.(?:dev|io)/sharing-1-0"), "CDLA-Sharing-1.0"),
    (re.compile(r"(?:www\.)?nationalarchives\.gov\.uk/doc/open-government-licen[cs]e/version/([123])"), "OGL-UK-{}.0"),
    (re.compile(r"(?:www\.)?etalab\.gouv\.fr/.*licence-ouverte"), "etalab-2.0"),
    (re.compile(r"(?:www\.)?govdata\.de/dl-de/by-2-0"), "DL-DE-BY-2.0"),
    (re.compile(r"(?:www\.)?govdata\.de/dl-de/zero-2-0"), "DL-DE-ZERO-2.0"),
    (re.compile(r"data\.norge\.no/nlod/[a-z]+/([12])\.0"), "NLOD-{}.0"),
    (
        re.compile(r"(?:www\.)?kogl\.or\.kr/.*(?:0([0-4])-tab|opentype0?([0-4])|type0?([0-4]))"),
        "LicenseRef-KOGL-Type{}",
    ),
    (re.compile(r"rightsstatements\.org/(?:vocab|page)/([a-z-]+)/1\.0"), "LicenseRef-rightsstatements-{}"),
    (re.compile(r"(?:www\.)?opensource\.org/licen[cs]es?/mit\b"), "MIT"),
    (re.compile(r"(?:www\.)?opensource\.org/licen[cs]es?/apache-2\.0"), "Apache-2.0"),
    (re.compile(r"(?:www\.)?opensource\.org/licen[cs]es?/bsd-3-clause"), "BSD-3-Clause"),
    (re.compile(r"(?:www\.)?opensource\.org/licen[cs]es?/bsd-2-clause"), "BSD-2-Clause"),
    (re.compile(r"(?:www\.)?unlicense\.org"), "Unlicense"),
)
_EU: Final = {
    "cc0": "CC0-1.0",
    "cc-pdm-1-0": "CC-PDM-1.0",
    "odc-by": "ODC-By-1.0",
    "odc-bl": "ODbL-1.0",
    "odc-pddl": "PDDL-1.0",
    "ogl-3-0": "OGL-UK-3.0",
    "nlod-2-0": "NLOD-2.0",
}
_OPENDEF: Final = {
    "cc-by": "LicenseRef-CC-BY",
    "cc-by-sa": "LicenseRef-CC-BY-SA",
    "cc-zero": "CC0-1.0",
    "cc0": "CC0-1.0",
    "odc-by": "ODC-By-1.0",
    "odc-odbl": "ODbL-1.0",
    "odc-pddl": "PDDL-1.0",
    "odbl": "ODbL-1.0",
    "pddl": "PDDL-1.0",
    "gfdl": "LicenseRef-HF-gfdl",
}


def license_of(address: str, known: dict[str, str]) -> Named | None:
    """What one URL names; None where it is no site that this knows. ``known`` maps lower-case ids to ids."""
    plain = address.strip().rstrip(".,;:)]}>*_'\"").lower().replace("%20", " ").replace("%2b", "+")
    plain = re.sub(r"^(?:https?:)?//", "", plain)
    plain = re.sub(r"^web\.archive\.org/web/[^/]+/(?:https?:/{1,2})?", "", plain)
    host, _, rest = plain.partition("/")
    path = "/" + re.split(r"[?#]", rest)[0]
    host = host.removeprefix("www.").split(":")[0]
    if host in (
        "creativecommons.org",
        "i.creativecommons.org",
        "licensebuttons.net",
        "creativecommons.org.",
        "mirrors.creativecommons.org",
        "ccl.cckorea.org",
        "creativecommons.kr",
    ):
        return _creative_commons(path)
    if host == "opendatacommons.org":
        return next(
            (_exact(name, "url-opendatacommons") for form, name in _OPEN_DATA if form.search(path)),
            Named(None, Certainty.NONE, "url-page"),
        )
    if host in ("spdx.org", "choosealicense.com", "opensource.org") and (
        m := re.match(r"/licen[cs]es?/([\w.+-]+?)(?:\.html|\.txt|\.json)?/?\Z", path)
    ):
        name = known.get(m[1])
        return _exact(name, f"url-{host}") if name else Named(None, Certainty.NONE, "url-page")
    if host == "opendefinition.org" and (m := re.match(r"/licen[cs]es/([\w.-]+)", path)):
        name = _OPENDEF.get(m[1])
        family = bool(name and name.startswith("LicenseRef-"))
        return Named(name, Certainty.FAMILY if family else Certainty.EXACT, "url-opendefinition") if name else None
    if host == "publications.europa.eu" and (m := re.search(r"/authority/licen[cs]e/([\w.-]+)", path)):
        code = m[1].replace("_", "-")
        if name := _EU.get(code):
            return _exact(name, "url-eu-authority")
        if m2 := re.match(r"cc-by((?:nc|nd|sa)*)-(\d)-(\d)\Z", code):
            extra = {m2[1][i : i + 2] for i in range(0, len(m2[1]), 2)}
            return _exact(cc_id(frozenset({"by"} | extra), f"{m2[2]}.{m2[3]}", ""), "url-eu-authority")
        return None
    for form, name in _FIXED:
        if m := form.match(plain):
            group = next((g for g in m.groups() if g), "")
            return _exact(name.format(group), "url-known")
    return None
