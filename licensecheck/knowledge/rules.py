"""Rules of ``rules/terms/*.yaml``: conditions over a closed vocabulary, with their own cases."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from licensecheck import vocabulary
from licensecheck.base import message
from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message
from licensecheck.base.strict import Strict
from licensecheck.knowledge import licenses as entries
from licensecheck.model import Decision, Grade

EFFECTS: Final = ("permit", "caveat", "review", "forbid")
_YES_NO: Final = ("yes", "no", "unknown", "unstated")
_GRADES: Final = tuple(g.value for g in Grade)

LICENSE_CONDITIONS: Final[dict[str, tuple[str, ...]]] = {
    "grants": entries.GRANTS,
    "database_right": entries.DATABASE_RIGHT,
    "confidence": entries.CONFIDENCE,
    "category": entries.CATEGORIES,
    "relabel": entries.LABELS,
    "owes": ("credit", "nothing"),
}
"""Conditions on the license, settled when a license is first judged; ``term`` and ``version`` too."""

USE_CONDITIONS: Final[dict[str, tuple[str, ...]]] = {
    "act": vocabulary.ACTS,
    "nc": ("nc", "unclear", "commercial"),
    "trains": ("yes", "no"),
    "label": ("same", "other", "unstated"),
    "outbound": _GRADES,
    "outbound_commercial": _YES_NO,
    "outbound_category": (*entries.CATEGORIES, "unknown", "unstated"),
    **{
        axis: values
        for axis, values in vocabulary.AXES.items()
        if axis not in ("act", "contains", "training_is_adaptation")
    },
    "licensee": (*vocabulary.AXES["licensee"], "unstated"),
    "residence": (*vocabulary.AXES["residence"], "unstated"),
}
"""Conditions on the use: an axis of the vocabulary, or a fact that the engine computes; ``jurisdiction`` too, with ISO 3166
codes and ``EU``."""

SLOTS: Final = frozenset({"license", "purpose", "outbound", "act", "note"})
_SLOT: Final = re.compile(r"\{(\w*)\}")
_PLACE: Final = re.compile(r"[A-Z]{2}\Z")
_RULE_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
REMEDIES: Final = (
    "outbound",
    "collection",
    "private-use",
    "upstream",
    "permission",
    "drop-source",
    "noncommercial",
    "verbatim",
    "same-license",
    "state-use",
    "state-license",
    "sublicensing",
    "derivative-clause",
    "news-permission",
    "parallel-copy",
)


class Case(NamedTuple):
    """One case of a rule: sources and a use, whether the rule fires, and the decision."""

    rule: str
    where: str
    sources: tuple[str, ...]
    use: tuple[tuple[str, str], ...]
    fires: bool
    decision: Decision
    note: str


def read_rule(node: Strict, term: str, terms: frozenset[str]) -> tuple[dict[str, Any], list[Case]]:
    """One rule as a table, and its cases. Raises RuleError with the place where it does not hold."""
    f = node.keys(("id", "effect", "when", "message", "clause", "cases"), ("remedies",))
    name = f["id"].text()
    if not _RULE_ID.match(name):
        raise f["id"].fail(Message("`{name}` is no rule id: lower-case words and hyphens", name=name))
    effect = f["effect"].text(EFFECTS, "effect")
    when: dict[str, list[str]] = {"term": [term]} if term else {}
    for key, value in f["when"].items().items():
        if key == "term":
            when["term"] = list(value.texts(sorted(terms), "term"))
            continue
        if key == "version":
            when["version"] = list(value.texts())
            continue
        if key == "jurisdiction":
            when["jurisdiction"] = list(value.texts())
            if wrong := [place for place in when["jurisdiction"] if not _PLACE.match(place)]:
                raise value.fail(Message("`{place}` is no country: use an ISO 3166 code, or EU", place=wrong[0]))
            continue
        known = LICENSE_CONDITIONS.get(key) or USE_CONDITIONS.get(key)
        if known is None:
            raise value.fail(
                f"unknown condition `{key}`."
                + message.nearest(key, [*LICENSE_CONDITIONS, *USE_CONDITIONS, "term", "version", "jurisdiction"])
            )
        when[str(key)] = list(value.texts(known, f"value of {key}"))
    template = f["message"].sentence()
    for slot in _SLOT.findall(" ".join((template,) if isinstance(template, str) else template.values())):
        if slot not in SLOTS:
            raise f["message"].fail(
                Message("unknown slot `{{{slot}}}`; known: {known}", slot=slot, known=", ".join(sorted(SLOTS)))
            )
    remedies = list(f["remedies"].texts(REMEDIES, "remedy")) if "remedies" in f else []
    if effect == "forbid" and not remedies:
        raise node.fail(Message("rule `{name}` forbids and offers no remedy", name=name))
    cases = [_read_case(case, name) for case in f["cases"].list()]
    if not any(case.fires for case in cases):
        raise node.fail(Message("rule `{name}` has no case in which it fires", name=name))
    if effect == "forbid" and all(case.fires for case in cases):
        raise node.fail(Message("rule `{name}` forbids and has no case in which it is silent", name=name))
    table = {
        "id": name,
        "effect": effect,
        "when": when,
        "message": template,
        "clause": f["clause"].text(),
        "remedies": remedies,
        "where": f"{node.path}:{node.line}",
    }
    return table, cases


def _read_case(node: Strict, rule: str) -> Case:
    members = node.items()
    f = dict(members)
    source = f.pop("license", None) or f.pop("sources", None)
    if source is None:
        raise node.fail(Message("a case names a `license`, or several `sources`"))
    for key in ("fires", "decision"):
        if key not in f:
            raise node.fail(Message("a case says `{key}`", key=key))
    fires = f.pop("fires").text(("yes", "no")) == "yes"
    decision = Decision(f.pop("decision").text([d.value for d in Decision], "decision"))
    note = f.pop("note").text() if "note" in f else ""
    use = tuple((str(key), ",".join(value.texts())) for key, value in f.items())
    try:
        vocabulary.make_use(dict(use))
    except UsageError as error:
        raise node.fail(error.message) from None
    return Case(rule, f"{node.path}:{node.line}", source.texts(), use, fires, decision, note)
