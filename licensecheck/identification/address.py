"""What license a URL names, by each site's own grammar. Anchored at the host: never by substring.

The Creative Commons grammar is that of creativecommons.org's deeds and legal codes and of its badge images: scheme and
``www.`` do not matter, a trailing slash may be missing, two letters after the version are a port and nowhere else.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from licensecheck.base import regex
from licensecheck.knowledge import grammar, names, packs
from licensecheck.knowledge.fold import fold
from licensecheck.model import Certainty

_CC_HOSTS: Final = frozenset(
    {
        "creativecommons.org",
        "i.creativecommons.org",
        "licensebuttons.net",
        "i.licensebuttons.net",
        "mirrors.creativecommons.org",
        "ccl.cckorea.org",
        "cckorea.org",
        "creativecommons.kr",
        "creativecommons.jp",
    }
)
_CC_TYPE: Final = regex.compile(r"(?:by|nc|nd|sa)(?:-(?:by|nc|nd|sa)){0,3}\Z")
_CC_PATH: Final = regex.compile(
    r"/(?:licen[cs]es|l|publicdomain|p)/([a-z+0-9-]+)(?:/([1-4]\.[0-9])(?:/([a-z]{2}|igo|scotland)(?![a-z.-]))?)?(?=[/?#.]|\Z)"
)
_RETIRED: Final = {
    "sampling": "CC-Sampling",
    "sampling+": "CC-SamplingPlus",
    "nc-sampling+": "CC-NC-SamplingPlus",
    "devnations": "CC-DevNations",
}
_OPEN_DATA: Final = {"odbl": "ODbL-1.0", "by": "ODC-By-1.0", "pddl": "PDDL-1.0", "dbcl": "LicenseRef-scancode-dbcl-1.0"}
_ARCHIVE: Final = regex.compile(
    r"(?:web\.archive\.org/web|archive\.ph|archive\.today)/[0-9a-z_*]{1,30}/(?:https?:/{1,2})?"
)
_KOGL: Final = regex.compile(
    r"(?:#0?([0-4])-tab|(?:open)?(?:type|code)[-_]?0?([0-4])(?![0-9])|licen[cs]etype=0?([0-4]))"
)
_TERMS: Final = regex.compile(
    r"(?:^|[/_.#?=-])(?:terms|legal|conditions|policy|policies|agreement|tos|eula|dua|copyright|disclaimer)(?:$|[/_.#?=&-])"
)
_PART: Final = regex.compile(r"[/?#.=&-]")


class Named(NamedTuple):
    """The license of a URL (None where the page is not a license), how sure, and which grammar said so."""

    license: str | None
    certainty: Certainty
    rule: str


def cc_id(elements: frozenset[str], version: str, port: str) -> str:
    """The id of a Creative Commons license: SPDX's where it has one, else ``LicenseRef-``."""
    kind = "CC-" + "-".join(e for e in ("BY", "NC", "ND", "SA") if e.lower() in elements)
    if not version:
        return f"LicenseRef-{kind}"
    plain = f"{kind}-{version}" + (f"-{port.upper()}" if port else "")
    found: str | None = names.table()["ids"].get(plain.lower())
    return found or f"LicenseRef-{plain}"


def _exact(license: str, rule: str) -> Named:
    return Named(license, Certainty.EXACT, rule)


def _none(rule: str) -> Named:
    return Named(None, Certainty.NONE, rule)


def _creative_commons(path: str, query: str) -> Named:
    found = _CC_PATH.search(path)
    if not found:
        chosen = re.search(r"(?:^|[?&#])(?:lang=[a-z_]+&)?(?:license|licence|license_code)=((?:cc-)?by[a-z-]*)", query)
        if chosen:
            return _exact(
                cc_id(frozenset(chosen[1].removeprefix("cc-").split("-")), "", ""), "url-cc-chooser"
            )._replace(certainty=Certainty.FAMILY)
        if re.search(r"/(?:public-domain|share-your-work/public-domain)/cc0", path):
            return Named("CC0-1.0", Certainty.LOSSY, "url-cc0-page")
        return _none("url-creativecommons-page")
    name, version, port = found[1], found[2] or "", found[3] or ""
    if name in ("zero", "cc0"):
        return _exact("CC0-1.0", "url-cc0")
    if name in ("mark", "pdm"):
        return _exact("CC-PDM-1.0", "url-cc-pdm")
    if name in ("publicdomain", "certification"):
        return _exact("CC-PDDC", "url-cc-pddc")
    if name in _RETIRED:
        return _exact(
            f"LicenseRef-{_RETIRED[name]}-{version or ('2.0' if name == 'devnations' else '1.0')}", "url-cc-retired"
        )
    if not _CC_TYPE.match(name):
        return _none("url-creativecommons-page")
    elements = frozenset(name.split("-"))
    if {"nd", "sa"} <= elements:
        return Named("LicenseRef-CC", Certainty.AMBIGUOUS, "url-creativecommons")
    if version == "4.0":
        port = ""
    made = cc_id(elements, version, port)
    return Named(made, Certainty.EXACT if version else Certainty.FAMILY, "url-creativecommons")


def _from_tables(name: str, vocabularies: tuple[str, ...], rule: str) -> Named:
    name = name.strip("/")
    table = names.table()
    for vocabulary in vocabularies:
        row = table["vocabularies"].get(vocabulary, {}).get(name)
        if row is not None:
            license = None if row[0] in ("NONE", "NOASSERTION") else row[0]
            return Named(license, Certainty(row[1]) if license else Certainty.NONE, rule)
    known = names.known(name)
    if known is None:
        return _none(rule)
    return _exact(known, rule)


_EU_CC: Final = regex.compile(r"cc-by((?:nc|nd|sa)*)-(\d)-(\d)")


def _eu_authority(code: str) -> Named:
    """A code of the EU authority table "license": Creative Commons by its elements, others as the table has them."""
    plain = fold(code).strip("/")
    if m := _EU_CC.fullmatch(plain):
        elements = {"by", *(m[1][n : n + 2] for n in range(0, len(m[1]), 2))}
        return _exact(cc_id(frozenset(elements), f"{m[2]}.{m[3]}", ""), "url-eu-authority")
    whole = fold(f"http://publications.europa.eu/resource/authority/licence/{code.strip('/')}")
    found = _from_tables(whole, ("eu-licence",), "url-eu-authority")
    return found if found.license else _from_tables(plain, ("eu-licence",), "url-eu-authority")


def _gnu(named: Named) -> Named:
    if named.license is not None and re.fullmatch(r"(?:A|L)?GPL-\d\.\d|GFDL-\d\.\d", named.license):
        return Named(f"{named.license}-only", Certainty.LOSSY, named.rule)
    return named


@packs.remembered(maxsize=4096)
def lookup(address: str) -> Named | None:
    """What the address names; ``license`` None where it is known not to be a license; None where the site is not known."""
    if len(address) > 2000:
        return None
    plain = address.strip().rstrip(".,;:)]}>*'\"").lower().replace("%20", " ").replace("%2b", "+").replace("\\", "")
    plain = re.sub(r"^(?:https?:)?//", "", plain)
    plain = _ARCHIVE.sub("", plain, count=1) if plain.startswith(("web.archive", "archive.")) else plain
    found = _read(plain)
    page = names.table()["pages"].get(names.bare(plain))
    if page is None or (found is not None and found.license == page[0]):
        return found
    return Named(page[0], Certainty(page[1]), "url-known")


def _read(plain: str) -> Named | None:
    """What the grammar of a site, or the longest known beginning, makes of an address without its scheme."""
    host, _, rest = plain.partition("/")
    host = host.removeprefix("www.").split(":")[0].split("@")[-1]
    cut = re.search(r"[?#]", rest)
    path = "/" + (rest[: cut.start()] if cut else rest)
    query = rest[cut.start() :] if cut else ""
    if host in _CC_HOSTS:
        return _creative_commons(path, query)
    if host == "opendatacommons.org" and (m := re.match(r"/licen[cs]es/([a-z]+)(?:[/_.-]|\Z)", path)):
        found = _OPEN_DATA.get(m[1])
        return _exact(found, "url-opendatacommons") if found else _none("url-page")
    if host in ("spdx.org", "choosealicense.com", "opensource.org") and (
        m := re.match(r"/licen[cs]es?/([\w.+-]+?)(?:\.html|\.txt|\.json|\.php)?/?\Z", path)
    ):
        return _gnu(_from_tables(fold(m[1]), ("hf",) if host == "choosealicense.com" else (), f"url-{host}"))
    if host == "licenses.opendefinition.org" or host == "opendefinition.org":
        m = re.match(r"/licen[cs]es/([\w.-]+)", path)
        if m:
            return _from_tables(fold(m[1]).removesuffix(".json"), ("ckan", "opendefinition"), "url-opendefinition")
    if host == "publications.europa.eu" and (m := re.search(r"/authority/licen[cs]e/([\w.-]+)", path)):
        return _eu_authority(m[1])
    if host == "rightsstatements.org" and (m := re.match(r"/(?:vocab|page|data)/([a-z-]+)(?:/1\.0)?", path)):
        return _exact(f"LicenseRef-rightsstatements-{m[1].upper()}-1.0", "url-rightsstatements")
    if host in grammar.words("badge-hosts"):
        return _badge(rest)
    if host.endswith("kogl.or.kr") and (m := _KOGL.search(rest)):
        return _exact(f"LicenseRef-KOGL-Type{m[1] or m[2] or m[3]}", "url-kogl")
    if "customlicense" in path and "persistentid" in query:
        return Named("LicenseRef-custom", Certainty.AMBIGUOUS, "url-custom-license")
    return _listed(host + path.rstrip("/"), query)


_STATIC: Final = regex.compile(r"(?:static/v1)?\?(?=.*\bmessage=)")
_FIELD: Final = regex.compile(r"\b(label|message)=([^&#]*)")
_BADGE: Final = regex.compile(r"badge/((?:[^-/?]|--){0,100}?)-((?:[^-/?]|--){1,100})-[\w.]{1,40}(?:\.svg)?(?:[/?#]|\Z)")


def _badge(rest: str) -> Named | None:
    """A static badge (shields.io, "Static badge": label, message, color): the license that it shows, where its label says license."""
    from urllib.parse import unquote_plus

    from licensecheck.identification import running_text

    if _STATIC.match(rest):
        shown = {m[1]: unquote_plus(m[2]) for m in _FIELD.finditer(rest)}
        label, message = shown.get("label", ""), shown.get("message", "")
    elif m := _BADGE.match(rest):
        label, message = (
            unquote_plus(part).replace("--", "\0").replace("_", " ").replace("\0", "-") for part in m.groups()
        )
    else:
        return None
    words = set(re.findall(r"[^\W\d_]+", label.replace(":", " ")))
    if not words.isdisjoint(grammar.words("badges-of-others")):
        return _none("url-badge-of-other")
    if not any(word.startswith(grammar.beginnings("licensed")) for word in words):
        return None
    found = running_text.value(message)
    return Named(found.license, found.certainty, "url-badge") if found.license else None


def _listed(plain: str, query: str) -> Named | None:
    table: dict[str, list[str]] = names.table()["urls"]
    whole = plain.replace("_", "-")
    row = table.get(whole)
    if row is None:
        for m in reversed(list(_PART.finditer(whole))[:60]):
            row = table.get(whole[: m.start()])
            if row is not None:
                break
    if row is None:
        return None
    if row[0] != "NONE":
        return Named(row[0], Certainty(row[1]), "url-known")
    m2 = re.search(r"license(?:=|%3a|:)+(?:license(?:%3a|:))?([a-z0-9.+-]+)", query)
    if m2:
        return _from_tables(m2[1], ("hf",), "url-hub-search")._replace(license=None, certainty=Certainty.NONE)
    return _none("url-page")


def looks_like_terms(address: str) -> bool:
    """Whether an address that does not name a license leads to somebody's terms, by the words of its path."""
    plain = re.sub(r"^(?:https?:)?//[^/]*", "", address.lower())
    return bool(_TERMS.search(plain))
