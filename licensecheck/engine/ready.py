"""Licenses and rules in the form in which the engine asks them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from licensecheck.engine.acts import REWORKS
from licensecheck.engine.duties import Asks, asking
from licensecheck.engine.ranks import ALLOW, DENY, REVIEW
from licensecheck.knowledge.rulebook import cite
from licensecheck.model import Duty, License, Rule
from licensecheck.vocabulary import ACTS, Use

_CREDITS: Final = asking(Asks.CREDIT)
_EFFECT_RANK: Final = {"forbid": DENY, "review": REVIEW, "caveat": ALLOW, "permit": ALLOW}
_ADAPTED_BY: Final = {"technical": "no", "select": "no", "standoff": "no", "merge": "yes"}
"""Whether a change makes an adaptation, unless the license says otherwise."""


class Places(frozenset[str]):
    """The countries of a rule. A use is in them if one of its countries is."""

    def __contains__(self, used: object) -> bool:
        return isinstance(used, frozenset) and not self.isdisjoint(used)


class ReadyRule(NamedTuple):
    """A rule for one license: its effect as a rank, the conditions on the use that are left to ask, and its clause."""

    rank: int
    permits: bool
    asks: tuple[tuple[str, frozenset[str]], ...]
    rule: Rule
    clause: str
    note: str
    of_database: bool
    """Whether it is about the database right, and not about a license's own conditions."""


class ReadyLicense:
    """A license with the rules that can fire for it, by act, and its duties. ``texts`` are the words for duty codes."""

    def __init__(self, license: License, rules: Iterable[Rule], texts: Mapping[str, str]) -> None:
        self.license: Final = license
        terms = dict(license.terms)
        self.contract: Final = "yes" if "contract" in terms else license.contract
        self._adapted_by = {**_ADAPTED_BY, **dict(license.adapted_by)}
        self._duties = [
            (owed.on, Duty(owed.code, cite(license.short, owed.clause), owed.text or texts[owed.code], license.id))
            for owed in license.duties
        ]
        self._by_triggers: dict[frozenset[str], tuple[Duty, ...]] = {}
        facts = {
            "term": set(terms),
            "version": {license.version},
            "grants": {grant for grant, _ in license.grants},
            "database_right": {license.database_right},
            "confidence": {license.confidence},
            "category": {license.category},
            "relabel": {license.label},
            "owes": {"credit" if _CREDITS & {owed.code for owed in license.duties} else "nothing"},
        }
        self.rules: Final[dict[str, list[ReadyRule]]] = {act: [] for act in ACTS}
        for rule in rules:
            when = dict(rule.when)
            if any(not facts[key] & values for key, values in when.items() if key in facts):
                continue
            asks = tuple(
                (key, Places(values) if key == "jurisdiction" else values)
                for key, values in rule.when
                if key not in facts and key != "act"
            )
            note = next((terms[t].note for t in when.get("term", ()) if t in terms), "")
            ready = ReadyRule(
                _EFFECT_RANK[rule.effect], rule.effect == "permit", asks, rule, _clause(rule, license), note,
                "database_right" in when,
            )  # fmt: skip
            for act in when.get("act", ACTS):
                self.rules[act].append(ready)

    def adapts(self, use: Use) -> str:
        """Whether the change of ``use`` makes an adaptation under this license: yes, no or unclear."""
        change = "merge" if use.assembly == "merged" and use.change == "none" else use.change
        if change in REWORKS or (change == "none" and "adapt" in use.act):
            return "yes"
        return self._adapted_by.get(change, "no")

    @property
    def training_is_apart(self) -> bool:
        """Whether the license says itself that what is trained on the work is no adaptation of it."""
        return self._adapted_by.get("train") == "no"

    @property
    def binds_the_public_only(self) -> bool:
        """Whether its conditions are about sharing with the public, by the clause that it has for that."""
        return "public" in dict(self.license.clauses)

    def engages(self, use: Use) -> bool:
        """Whether facts alone engage it: as a contract, or by a database right that it does not waive."""
        return self.contract == "yes" or (use.sgdr == "yes" and self.license.database_right != "waived")

    def duties(self, triggers: frozenset[str]) -> tuple[Duty, ...]:
        """The duties that one of ``triggers`` calls for, in the order of the license."""
        known = self._by_triggers.get(triggers)
        if known is None:
            known = tuple(duty for on, duty in self._duties if not triggers.isdisjoint(on))
            self._by_triggers[triggers] = known
        return known


def _clause(rule: Rule, license: License) -> str:
    """The clause that a rule rests on for one license: the rule's own, or the license's if it is ``@topic``."""
    if not rule.clause.startswith("@"):
        return rule.clause
    topic = rule.clause[1:]
    if topic == "term":
        terms = dict(license.terms)
        clause = next((terms[t].clause for t in dict(rule.when)["term"] if t in terms), "")
    elif topic.startswith("grant:"):
        clause = dict(license.grants).get(topic[6:], "")
    elif topic == "outbound":
        clause = license.outbound.clause
    else:
        clause = dict(license.clauses).get(topic, "")
    return cite(license.short, clause)
