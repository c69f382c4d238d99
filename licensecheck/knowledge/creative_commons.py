"""Creative Commons from its parts: families × versions × ports, with what each version says where.

The facts are in ``rules/licenses/creative-commons.yaml``; this module only multiplies them.
"""

from __future__ import annotations

from typing import Any, Final

from licensecheck.base.message import Message
from licensecheck.base.strict import Strict
from licensecheck.knowledge.licenses import GRADES, TRIGGERS, english_of, read_duty, read_relations

_CCREL: Final = {
    "by": ("Notice", "Attribution"),
    "sa": ("ShareAlike",),
}

UNREAD: Final = (
    "nobody has read the text of the {port} port yet: it is judged as the unported {version} license of its family"
)


class Version:
    """One version's column: clauses, duties, ShareAlike row, database right."""

    def __init__(self, node: Strict, codes: frozenset[str]) -> None:
        f = node.keys(
            ("families", "clauses", "attribution", "duties", "share-alike", "database-right"),
            ("nd-private", "name", "share-alike-outlets", "nc-clauses", "port-to-unported"),
        )
        self.families = f["families"].texts()
        self.clauses = {str(k): v.text() for k, v in f["clauses"].items().items()}
        self.attribution = {str(k): v.text() for k, v in f["attribution"].items().items()}
        self.nc = {str(k): v.text() for k, v in f["nc-clauses"].items().items()} if "nc-clauses" in f else {}
        self.duties = [read_duty(duty, codes) for duty in f["duties"].list()]
        self.relations = read_relations(f["share-alike"])
        self.database_right = f["database-right"].text(("licensed", "waived", "silent"))
        self.nd_private = "nd-private" in f and f["nd-private"].text(("yes", "no")) == "yes"
        self.to_unported = f["port-to-unported"].text(GRADES, "grade") if "port-to-unported" in f else "unclear"
        self.suffix = f["name"].sentence() if "name" in f else ""
        self.outlets: dict[str, list[list[Any]]] = {}
        if "share-alike-outlets" in f:
            for family, rows in f["share-alike-outlets"].items().items():
                self.outlets[str(family)] = [[g, list(v.texts())] for g, v in rows.keys((), GRADES).items()]


class Own:
    """What the text of one version of a port has at places of its own: attribution, NonCommercial, duties."""

    def __init__(self, node: Strict | None, codes: frozenset[str]) -> None:
        f = node.keys((), ("attribution", "nc-clauses", "duties")) if node else {}
        self.attribution = {str(k): v.text() for k, v in f["attribution"].items().items()} if "attribution" in f else {}
        self.nc = {str(k): v.text() for k, v in f["nc-clauses"].items().items()} if "nc-clauses" in f else {}
        self.duties = [read_duty(duty, codes) for duty in f["duties"].list()] if "duties" in f else []


def expand(node: Strict, codes: frozenset[str]) -> list[dict[str, Any]]:
    """Every license that the file's families, versions and ports give, as license tables."""
    f = node.keys(("families", "outbound", "versions", "ports", "spdx"), ("adapted-by",))
    families = {str(k): v.keys(("elements", "name"), ("retired",)) for k, v in f["families"].items().items()}
    outbound = {str(k): _rows(v) for k, v in f["outbound"].items().items()}
    versions = {str(k): Version(v, codes) for k, v in f["versions"].items().items()}
    spdx = frozenset(f["spdx"].texts())
    made: list[dict[str, Any]] = []

    def make(kind: str, number: str, port: str, extra: dict[str, Strict]) -> None:
        version = versions[number]
        own = Own(_for_number(extra, "own", number), codes)
        made.append(_one(kind, families[kind], number, version, port, extra, own, outbound, spdx))

    for number, version in versions.items():
        for kind in version.families:
            make(kind, number, "", {})
    for port_id, port in f["ports"].items().items():
        p = port.keys(
            ("name", "versions"), ("read", "own", "clauses", "share-alike", "database-right", "adapted-by", "caveats")
        )
        for number, value in p["versions"].items().items():
            if number not in versions:
                raise value.fail(Message("unknown version `{number}`", number=number))
            six = tuple(kind for kind in families if kind.startswith("by"))
            kinds = six if value.value == "all" else value.texts(sorted(families), "family")
            for kind in kinds:
                make(kind, str(number), str(port_id), p)
    return made


def _rows(value: Strict) -> dict[str, Any]:
    parts = value.keys(("default",), GRADES)
    return {
        "default": parts["default"].text(GRADES, "grade"),
        "rows": [[g, list(parts[g].texts())] for g in GRADES if g in parts],
    }


def _for_number(extra: dict[str, Strict], key: str, number: str) -> Strict | None:
    """A port's ``key`` for one of its versions."""
    if key not in extra:
        return None
    return extra[key].items().get(number)


def _urls(kind: str, number: str, port: str) -> list[str]:
    """The deed's address; the first versions of by-nc-nd also stand at their old order of elements."""
    spelled = (
        [kind, "by-nd-nc"] if kind == "by-nc-nd" and (number == "1.0" or (port, number) == ("JP", "2.0")) else [kind]
    )
    tail = f"{port.lower()}/" if port else ""
    return [f"https://creativecommons.org/licenses/{name}/{number}/{tail}" for name in spelled]


_KOREAN: Final = "크리에이티브 커먼즈"


def _names(
    title: str | dict[str, str], number: str, place: str | dict[str, str], port: str
) -> dict[str, str | dict[str, str]]:
    """The license's name, and its Korean one if the family has one: as the Korean deeds and legal codes spell it."""
    name = " ".join(filter(None, ("Creative Commons", english_of(title), number, english_of(place))))
    if isinstance(title, str):
        return {"name": name}
    where = port if isinstance(place, str) else place.get("ko", port)
    return {"name": name, "translations": {"ko": " ".join(filter(None, (_KOREAN, title["ko"], number, where)))}}


def _one(
    kind: str,
    family_node: dict[str, Strict],
    number: str,
    version: Version,
    port: str,
    extra: dict[str, Strict],
    its: Own,
    outbound: dict[str, dict[str, Any]],
    spdx: frozenset[str],
) -> dict[str, Any]:
    elements, title = family_node["elements"].texts(), family_node["name"].sentence()
    family = "CC-" + kind.upper()
    plain = f"{family}-{number}" + (f"-{port}" if port else "")
    short = f"CC {kind.upper()} {number}" + (f" {port}" if port else "")
    clauses = {**version.clauses}
    nc = {**version.nc, **its.nc}
    if kind in nc:
        clauses["nc"] = nc[kind]
    if port and (own := _for_number(extra, "clauses", number)):
        clauses.update({str(k): v.text() for k, v in own.items().items()})
    attribution = {**version.attribution, **its.attribution}.get(kind, version.clauses["relabel"])
    relations = dict(version.relations)
    if port:
        relations["same-unported"] = version.to_unported
        relations["same-port"] = (
            "accepted" if "sa" in elements and number != "1.0" else relations.get("same-port", "unclear")
        )
        if own := _for_number(extra, "share-alike", number):
            relations.update(read_relations(own))
    duties = [
        [code, clause.replace("{attribution}", attribution), on, text]
        for code, clause, on, text in (its.duties or version.duties)
        if ("sa" in elements or code not in ("SA_OUT", "SA_LINK"))
        and (
            "by" in elements
            or code
            in (
                "LIC_NOTICE",
                "DISCLAIMER_NOTICE",
                "LIC_LINK",
                "SA_OUT",
                "SA_LINK",
                "NO_ETM",
                "NO_EXTRA_TERMS",
                "REMOVE_ON_REQUEST",
            )
        )
    ]
    assert all(set(d[2]) <= set(TRIGGERS) for d in duties)  # noqa: S101 - INVARIANT: read_duty checked them
    grants = {"copy": clauses["grant"], "share": clauses["grant"], "train": clauses["grant"]}
    if "nd" not in elements:
        grants |= {"adapt": clauses["adapt"], "share-adapted": clauses["adapt"]}
    elif version.nd_private:
        grants["adapt"] = clauses["adapt"]
    terms = {element: [clauses.get(element, clauses["grant"]), ""] for element in elements if element != "by"}
    if "by" in elements:
        terms["by"] = [attribution, ""]
    terms["technical-measures"] = [clauses["etm"], ""]
    if "nd" in elements and not version.nd_private:
        terms["nd-private"] = [clauses["nd"], ""]
    right = version.database_right
    if port and (own := _for_number(extra, "database-right", number)):
        right = own.text(("licensed", "waived", "silent"))
    caveats: list[str | dict[str, str]] = []
    if port and (own := _for_number(extra, "caveats", number)):
        caveats += [caveat.sentence() for caveat in own.list()]
    if port and not ("read" in extra and number in extra["read"].texts()):
        caveats.append({"says": UNREAD, "port": port, "version": number})
    base = "sa" if "sa" in elements else "nd" if "nd" in elements else "nc" if "nc" in elements else "by"
    rows = [*version.outlets.get(kind, []), *outbound[base]["rows"]]
    requires = [word for element in elements for word in _CCREL.get(element, ())]
    if "by" not in elements:
        requires.insert(0, "Notice")
    table: dict[str, Any] = {
        "id": plain if plain in spdx else f"LicenseRef-{plain}",
        **_names(title, number, extra["name"].sentence() if port else version.suffix, port),
        "short": short,
        "category": "creative-commons",
        "family": family,
        "version": number,
        "urls": _urls(kind, number, port),
        "grants": grants,
        "terms": terms,
        "duties": duties,
        "outbound": {
            "default": outbound[base]["default"],
            "clause": clauses.get("sa", clauses["adapt"]) if "sa" in elements else clauses["adapt"],
            "rows": rows,
            **({"share_alike": relations} if "sa" in elements else {}),
        },
        "label": "same",
        "database_right": right,
        "clauses": clauses,
        "caveats": caveats,
        "permits": ["Reproduction", "Distribution", *(["DerivativeWorks"] if "nd" not in elements else [])],
        "requires": requires,
        "prohibits": ["CommercialUse"] if "nc" in elements else [],
        "outbound_choice": True,
    }
    if "by" in elements:
        table["grammar"] = True
    if port:
        table["jurisdiction"] = port.lower()
        if own := _for_number(extra, "adapted-by", number):
            table["adapted_by"] = {str(k): v.text() for k, v in own.items().items()}
    if (
        "retired" in family_node
        and not (port and number != "1.0")
        and (own := family_node["retired"].items().get(number))
    ):
        table["deprecated"] = own.text()
    return table
