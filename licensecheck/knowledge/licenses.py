"""Licence entries of ``rules/licenses/*.yaml``, read into plain tables."""

from __future__ import annotations

import re
from typing import Any, Final

from licensecheck.base.message import Message, nearest
from licensecheck.base.strict import Strict
from licensecheck.model import Certainty, Grade

GRANTS: Final = ("copy", "adapt", "share", "share-adapted", "train")
CHANGES: Final = ("technical", "select", "standoff", "merge", "train")
ADAPTED: Final = ("yes", "no", "unclear")
CONTRACT: Final = ("yes", "no", "unclear")
LABELS: Final = ("same", "any", "unclear")
DATABASE_RIGHT: Final = ("licensed", "waived", "silent")
CONFIDENCE: Final = ("high", "medium", "low")
CATEGORIES: Final = (
    "creative-commons",
    "public-domain",
    "data",
    "government",
    "content",
    "software",
    "model",
    "agreement",
    "platform",
    "family",
    "addition",
    "restriction",
    "none",
)
TRIGGERS: Final = (
    "share",
    "modified",
    "adaptation",
    "collection",
    "adapt",
    "output",
    "output-of-adaptation",
    "train",
    "facts",
    "copy",
)
PERMITS: Final = ("Reproduction", "Distribution", "DerivativeWorks", "Sharing")
REQUIRES: Final = ("Notice", "Attribution", "ShareAlike", "SourceCode", "Copyleft", "LesserCopyleft")
PROHIBITS: Final = ("CommercialUse", "HighIncomeNationUse")
RELATIONS: Final = ("same", "later", "earlier", "earlier-port", "same-port", "same-unported")
GRADES: Final = tuple(g.value for g in Grade if g is not Grade.UNSTATED)
SLOTS: Final = ("agency", "authors", "object", "year", "title", "source", "updated")
"""What a prescribed statement may have in its slots: see :class:`licensecheck.model.Wording`."""
_SLOT: Final = re.compile(r"\{([^{}]*)\}")
ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*\Z")

_OPTIONAL: Final = (
    "family",
    "version",
    "jurisdiction",
    "deprecated",
    "confidence",
    "urls",
    "addresses",
    "names",
    "short-names",
    "described",
    "statement",
    "grants",
    "terms",
    "duties",
    "outbound",
    "label",
    "database-right",
    "adapted-by",
    "clauses",
    "caveats",
    "permits",
    "requires",
    "prohibits",
    "outbound-choice",
    "members",
    "aka",
    "source",
    "public-domain",
    "contract",
    "copies-under",
    "technical-measures",
)


def read_entry(
    entry: Strict, defaults: dict[str, Strict], terms: frozenset[str], duties: frozenset[str]
) -> dict[str, Any]:
    """One license of a file as a table; ``defaults`` are the file's. Raises RuleError with the place."""
    own = entry.keys(("id", "name"), ("short", "category", *_OPTIONAL))
    f = {**defaults, **own}
    name = f["id"].text()
    if not ID.match(name):
        raise f["id"].fail(
            Message("`{name}` is not a license id: use letters, digits, dot, plus and hyphen", name=name)
        )
    if "category" not in f:
        raise entry.fail(Message("`category` is missing for {name}", name=name))
    table: dict[str, Any] = {
        "id": name,
        **read_name(f["name"]),
        "short": f["short"].text() if "short" in f else english_of(f["name"].sentence()),
        "category": f["category"].text(CATEGORIES, "category"),
    }
    for key in ("family", "version", "jurisdiction", "deprecated"):
        if key in f:
            table[key] = f[key].text()
    if "confidence" in f:
        table["confidence"] = f["confidence"].text(CONFIDENCE, "confidence")
    for key in ("urls", "names", "short-names", "members", "aka"):
        if key in f:
            table[key.replace("-", "_")] = list(f[key].texts())
    if "caveats" in f:
        table["caveats"] = [caveat.sentence() for caveat in f["caveats"].list()]
    if "addresses" in f:
        table["addresses"] = [read_address(address) for address in f["addresses"].list()]
    if "statement" in f:
        table["statement"] = read_statement(f["statement"])
    if "grants" in f:
        table["grants"] = _clauses(f["grants"], GRANTS, "grant")
    if "terms" in f:
        table["terms"] = {}
        for term, value in f["terms"].items().items():
            if term not in terms:
                raise value.fail(
                    Message(
                        "unknown term `{term}`: no file of terms/ is about it.{nearest}",
                        term=term,
                        nearest=nearest(term, terms),
                    )
                )
            if isinstance(value.value, str):
                table["terms"][str(term)] = [value.text(), ""]
            else:
                parts = value.keys(("clause",), ("note",))
                note = parts["note"].sentence() if "note" in parts else ""
                table["terms"][str(term)] = [parts["clause"].text(), note]
    if "technical-measures" in f:
        term, fact = read_measures(f["technical-measures"])
        table.setdefault("terms", {})[term] = fact
    if "contract" in f:
        table["contract"] = f["contract"].text(CONTRACT, "contract")
    if "copies-under" in f:
        parts = f["copies-under"].keys(("clause", "licenses"))
        table["copies_under"] = list(parts["licenses"].texts())
        table.setdefault("clauses", {})["copies-under"] = parts["clause"].text()
    if "duties" in f:
        table["duties"] = [read_duty(duty, duties) for duty in f["duties"].list()]
    if "outbound" in f:
        table["outbound"] = read_outbound(f["outbound"])
    if "label" in f:
        table["label"] = f["label"].text(LABELS, "label")
    if "database-right" in f:
        table["database_right"] = f["database-right"].text(DATABASE_RIGHT, "database-right")
    if "adapted-by" in f:
        members = f["adapted-by"].items()
        for key, value in members.items():
            if key not in CHANGES:
                raise value.fail(Message("unknown change `{key}`; known: {known}", key=key, known=", ".join(CHANGES)))
        table["adapted_by"] = {str(key): value.text(ADAPTED) for key, value in members.items()}
    if "clauses" in f:
        own_clauses = {str(key): value.text() for key, value in f["clauses"].items().items()}
        table["clauses"] = table.get("clauses", {}) | own_clauses
    for key, known in (("permits", PERMITS), ("requires", REQUIRES), ("prohibits", PROHIBITS)):
        if key in f:
            table[key] = list(f[key].texts(known, "ccREL word"))
    for key in ("outbound-choice", "public-domain", "described"):
        if key in f:
            table[key.replace("-", "_")] = f[key].text(("yes", "no")) == "yes"
    return table


def _clauses(value: Strict, known: tuple[str, ...], what: str) -> dict[str, str]:
    members = value.items()
    for key, member in members.items():
        if key not in known:
            raise member.fail(
                Message("unknown {what} `{key}`; known: {known}", what=what, key=key, known=", ".join(known))
            )
    return {str(key): member.text() for key, member in members.items()}


def read_duty(duty: Strict, codes: frozenset[str]) -> list[Any]:
    """``{code, clause, on, text}`` as ``[code, clause, on, text]``."""
    parts = duty.keys(("code", "clause", "on"), ("text",))
    return [
        parts["code"].text(sorted(codes), "duty"),
        parts["clause"].text(),
        list(parts["on"].texts(TRIGGERS, "trigger")),
        parts["text"].sentence() if "text" in parts else "",
    ]


def english_of(sentence: str | dict[str, str]) -> str:
    """The English of a sentence as :meth:`Strict.sentence` reads it."""
    return sentence if isinstance(sentence, str) else sentence["en"]


def read_name(value: Strict) -> dict[str, Any]:
    """A license's name as members of its table: ``name`` in English, ``translations`` by language."""
    name = value.sentence()
    if isinstance(name, str):
        return {"name": name}
    others = {lang: text for lang, text in name.items() if lang != "en"}
    return {"name": name["en"], "translations": others} if others else {"name": name["en"]}


def read_address(value: Strict) -> list[str]:
    """An address by which the license is found, and how surely it means it: ``host/path`` or ``host/path ~lossy``."""
    address, _, certainty = value.text().partition(" ~")
    sure = [c.value for c in Certainty if c is not Certainty.NONE]
    if certainty and certainty not in sure:
        raise value.fail(Message("unknown certainty `{value}`; known: {known}", value=certainty, known=", ".join(sure)))
    return [address, certainty or "exact"]


def read_statement(value: Strict) -> dict[str, str]:
    """The attribution statement that a license prescribes: its language, its words, and those for a changed copy."""
    parts = value.keys(("language", "text"), ("changed",))
    for key in ("text", "changed"):
        for slot in _SLOT.findall(parts[key].text()) if key in parts else ():
            if slot not in SLOTS:
                raise parts[key].fail(
                    Message("unknown slot `{{{slot}}}`; known: {known}", slot=slot, known=", ".join(SLOTS))
                )
    return {key: part.text() for key, part in parts.items()}


def read_measures(value: Strict) -> tuple[str, list[Any]]:
    """``technical-measures``: the term and its fact. A clause forbids them; with ``effect: review`` it leaves room."""
    if isinstance(value.value, str):
        return "technical-measures", [value.text(), ""]
    parts = value.keys(("clause", "effect"), ("note",))
    parts["effect"].text(("review",), "effect")
    return "technical-measures-open", [parts["clause"].text(), parts["note"].sentence() if "note" in parts else ""]


def read_outbound(value: Strict) -> dict[str, Any]:
    """An ``outbound:`` entry as a table: default grade, clause, rows of selectors, ShareAlike relations, combined works."""
    parts = value.keys(("default", "clause"), (*GRADES, "share-alike", "combined"))
    table: dict[str, Any] = {
        "default": parts["default"].text(GRADES, "grade"),
        "clause": parts["clause"].text(),
        "rows": [[grade, list(parts[grade].texts())] for grade in GRADES if grade in parts],
    }
    if "share-alike" in parts:
        table["share_alike"] = read_relations(parts["share-alike"])
    if "combined" in parts:
        rows = parts["combined"].keys((), GRADES)
        table["combined"] = [[grade, list(ids.texts())] for grade, ids in rows.items()]
    return table


def read_relations(value: Strict) -> dict[str, str]:
    """A row of the ShareAlike table: relation to grade."""
    members = value.items()
    for key, member in members.items():
        if key not in RELATIONS:
            raise member.fail(Message("unknown relation `{key}`; known: {known}", key=key, known=", ".join(RELATIONS)))
    return {str(key): member.text(GRADES, "grade") for key, member in members.items()}
