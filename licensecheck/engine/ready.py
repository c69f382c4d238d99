"""Rules in the form in which the engine asks them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from licensecheck.knowledge.rulebook import cite
from licensecheck.model import License, Rule
from licensecheck.vocabulary import ACTS

_EFFECT_RANK: Final = {"forbid": 0, "review": 1, "caveat": 2, "permit": 2}

_LICENSE_KEYS: Final = frozenset({"term", "version", "grants", "database_right", "confidence", "category", "relabel"})

_ADAPTED_BY: Final = {"technical": "no", "select": "no", "standoff": "no", "merge": "yes"}


class _Fires(NamedTuple):
    """A rule made ready for one licence: its effect as a rank, what is left to ask, and its clause."""

    rank: int
    permits: bool
    asks: tuple[tuple[str, frozenset[str]], ...]
    rule: Rule
    clause: str
    note: str


class _Ready:
    """A licence made ready to be judged: its terms, and the rules that can fire for it, by act."""

    def __init__(self, licence: License, rules: Iterable[Rule]) -> None:
        self.terms = dict(licence.terms)
        self.adapted_by = {**_ADAPTED_BY, **dict(licence.adapted_by)}
        self.contract = "contract" in self.terms
        self.duties = licence.duties
        side = {
            "term": set(self.terms),
            "version": {licence.version},
            "grants": {grant for grant, _ in licence.grants},
            "database_right": {licence.database_right},
            "confidence": {licence.confidence},
            "category": {licence.category},
            "relabel": {licence.label},
        }
        self.rules: dict[str, list[_Fires]] = {act: [] for act in ACTS}
        for rule in rules:
            when = dict(rule.when)
            if any(not side[key] & values for key, values in when.items() if key in side):
                continue
            asks = tuple((key, values) for key, values in rule.when if key not in side and key != "act")
            note = next((self.terms[t].note for t in when.get("term", ()) if t in self.terms), "")
            made = _Fires(_EFFECT_RANK[rule.effect], rule.effect == "permit", asks, rule, _clause(rule, licence), note)
            for act in when.get("act", ACTS):
                self.rules[act].append(made)


def _clause(rule: Rule, licence: License) -> str:
    """The clause that a rule rests on, for one licence: its own words, or the licence's where it is ``@topic``."""
    if not rule.clause.startswith("@"):
        return rule.clause
    topic = rule.clause[1:]
    if topic == "term":
        terms = dict(licence.terms)
        found = next((terms[t].clause for t in dict(rule.when)["term"] if t in terms), "")
    elif topic.startswith("grant:"):
        found = dict(licence.grants).get(topic[6:], "")
    elif topic == "outbound":
        found = licence.outbound.clause
    else:
        found = dict(licence.clauses).get(topic, "")
    return cite(licence.short, found)
