"""The engine: sources and a use, held against the rulebook. Pure: no disk, no clock, no network.

A use is taken apart into acts; each act needs a rule that permits it and none that forbids it, for
every licence of every source. Forbid beats review beats permit, silence is review, and a fact that
is not known gives the verdict of both its answers where they agree, else review (strong Kleene
connectives over deny < review < allow).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, TypeVar

from licensecheck import claims
from licensecheck.errors import ExpressionError
from licensecheck.expression import Expression, parse
from licensecheck.model import (
    Claim,
    ClaimVerdict,
    Decision,
    Duty,
    Grade,
    License,
    Reason,
    Rule,
    Source,
    replace,
)
from licensecheck.rulebook import Rulebook, cite
from licensecheck.vocabulary import ACTS, SHARING, Use

_T = TypeVar("_T")

_RANK: Final = {Decision.DENY: 0, Decision.REVIEW: 1, Decision.ALLOW: 2}
_BY_RANK: Final = (Decision.DENY, Decision.REVIEW, Decision.ALLOW)
_EFFECT_RANK: Final = {"forbid": 0, "review": 1, "caveat": 2, "permit": 2}
_LICENSE_KEYS: Final = frozenset({"term", "version", "grants", "database_right", "confidence", "category", "relabel"})
_ADAPTED_BY: Final = {"technical": "no", "select": "no", "standoff": "no", "merge": "yes"}
_REWORKS: Final = frozenset({"inline", "edit", "translate", "summarise"})
_READINGS: Final = {
    "training_is_adaptation": (
        "training-reading",
        "whether training makes an adaptation is not settled",
        "CC, Using CC-licensed works for AI training (2025); LG München I 42 O 14139/24; [2025] EWHC 2863 (Ch)",
    ),
    "sgdr": (
        "database-right-reading",
        "whether a database right applies is not known",
        "Directive 96/9/EC art. 7; KCA 93",
    ),
    "change": ("adaptation-reading", "whether this change makes an adaptation is not settled", "@adaptation"),
}


class Judgement(NamedTuple):
    """What one expression gets for one use, before it is worded for a report."""

    rank: int
    reasons: tuple[Reason, ...] = ()
    duties: tuple[Duty, ...] = ()
    caveats: tuple[str, ...] = ()
    remedies: tuple[str, ...] = ()
    chosen: str = ""
    fired: frozenset[str] = frozenset()
    """Ids of all rules that fired, also of those that did not decide."""

    @property
    def decision(self) -> Decision:
        """The rank as a decision."""
        return _BY_RANK[self.rank]


def _unique(items: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(items))


def acts_of(use: Use, adapted: bool, facts_engage: bool) -> tuple[str, ...]:
    """The acts that ``use`` asks for, in the words that rules judge.

    ``adapted`` says whether the change makes an adaptation under the licence at hand;
    ``facts_engage`` whether taking facts alone engages it (a contract, or a database right).
    """
    if use.portion in ("facts_only", "ids_only") and not facts_engage:
        return ("use-facts",)
    acts = ["copy"]
    if use.change == "technical":
        acts.append("reformat")
    if "evaluate" in use.act:
        acts.append("evaluate")
    trained = "train" in use.act or use.output == "weights"
    if trained:
        acts.append("train")
    if adapted or (trained and use.training_is_adaptation == "yes"):
        acts.append("adapt")
    if not use.shared:
        return tuple(acts)
    if use.output == "weights":
        acts += ["share-weights", "share-adaptation"] if use.training_is_adaptation == "yes" else ["share-weights"]
    elif use.output in ("model_output", "produced_work"):
        acts.append("share-output")
    elif use.output == "dataset" and use.change == "standoff":
        acts.append("use-facts")
    elif use.output == "dataset":
        if adapted:
            acts.append("share-adaptation")
        if use.assembly == "collection":
            acts.append("share-collection")
        elif not adapted and (use.change == "select" or use.portion != "whole"):
            acts.append("share-excerpt")
        elif not adapted:
            acts.append("share-reformatted" if use.change == "technical" else "share-copy")
    return tuple(acts)


def _triggers(use: Use, acts: Sequence[str], adapted: bool) -> frozenset[str]:
    on = {"copy"} if "copy" in acts else set()
    if any(act in SHARING and act not in ("share-weights", "share-output") for act in acts):
        on.add("share")
        if adapted or use.change != "none" or use.portion != "whole":
            on.add("modified")
    for act, trigger in (
        ("share-adaptation", "adaptation"),
        ("share-collection", "collection"),
        ("share-output", "output"),
        ("adapt", "adapt"),
        ("train", "train"),
        ("use-facts", "facts"),
    ):
        if act in acts:
            on.add(trigger)
    return frozenset(on)


def _newer(one: str, other: str) -> int:
    left, right = (tuple(int(n) if n.isdigit() else 0 for n in v.split(".")) for v in (one, other))
    return (left > right) - (left < right)


class Engine:
    """One rulebook, made ready to judge. Remembers what it has judged: the domain is finite."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self._rules: dict[str, dict[str, list[tuple[Rule, tuple[tuple[str, frozenset[str]], ...]]]]] = {}
        self._judged: dict[tuple[str, Use], Judgement] = {}
        self._grades: dict[tuple[str, str], Grade] = {}
        self._expressions: dict[tuple[str, Use], Judgement] = {}

    def nc(self, use: Use) -> str:
        """Whether ``use`` is noncommercial: ``nc``, ``unclear`` or ``commercial``; by the use, never the user."""
        return self.book.noncommercial[use.purpose or "unstated"][use.compensation]

    def grade(self, licence: License, outbound: str) -> Grade:
        """How ``licence`` takes the expression ``outbound`` on an adaptation: the worst over its ids."""
        if not outbound:
            return Grade.UNSTATED
        key = (licence.id, outbound)
        if key not in self._grades:
            try:
                ids = list(parse(outbound).ids())
            except ExpressionError:
                ids = []
            grades = [self._grade_one(licence, name) for name in ids] or [Grade.UNCLEAR]
            order = (Grade.REFUSED, Grade.UNCLEAR, Grade.DISCOURAGED, Grade.ACCEPTED)
            self._grades[key] = min(grades, key=order.index)
        return self._grades[key]

    def _grade_one(self, licence: License, name: str) -> Grade:
        spec = licence.outbound
        out = self.book.find(name)
        own = out.id if out else name
        for grade, selectors in spec.rows:
            if own in selectors:
                return grade
        if own == licence.id and spec.default is not Grade.REFUSED:
            return Grade.ACCEPTED
        if out is None:
            return Grade.REFUSED if spec.default is Grade.REFUSED else Grade.UNCLEAR
        if out.members:
            grades = {self._grade_one(licence, member) for member in out.members}
            return grades.pop() if len(grades) == 1 else Grade.UNCLEAR
        if spec.share_alike and out.family and out.family == licence.family:
            return dict(spec.share_alike)[self._relation(licence, out)]
        for grade, selectors in spec.rows:
            if any(self._selects(selector, out) for selector in selectors):
                return grade
        if not out.outbound_choice and spec.default is not Grade.REFUSED:
            return Grade.UNCLEAR
        return spec.default

    @staticmethod
    def _relation(licence: License, out: License) -> str:
        if out.id == licence.id:
            return "same"
        newer = _newer(out.version, licence.version)
        if newer > 0:
            return "later"
        if newer < 0:
            return "earlier-port" if out.jurisdiction else "earlier"
        return "same-port" if out.jurisdiction else "same-unported"

    @staticmethod
    def _selects(selector: str, out: License) -> bool:
        if not selector.startswith("@"):
            return False
        kind, _, value = selector[1:].partition(":")
        if kind == "class":
            return out.category == value
        if kind == "family":
            return out.family == value
        terms = {term for term, _ in out.terms}
        return kind[1:] not in terms if kind.startswith("!") else kind in terms

    def commercial(self, outbound: str) -> str:
        """Whether the expression ``outbound`` lets recipients use commercially: yes, no, unknown, unstated."""
        if not outbound:
            return "unstated"
        try:
            return self._commercial(parse(outbound))
        except ExpressionError:
            return "unknown"

    def _commercial(self, node: Expression) -> str:
        if node.op == "id":
            out = self.book.find(node.value)
            if out is None or out.category == "none":
                return "unknown"
            if out.members:
                answers = {self._commercial(Expression("id", member)) for member in out.members}
                return answers.pop() if len(answers) == 1 else "unknown"
            return "no" if "CommercialUse" in out.prohibits else "yes"
        if node.op == "with":
            return self._commercial(node.parts[0])
        answers = {self._commercial(part) for part in node.parts}
        first, second = ("no", "unknown") if node.op == "and" else ("yes", "unknown")
        return first if first in answers else second if second in answers else answers.pop()

    def facts(self, licence: License, use: Use) -> dict[str, str]:
        """What rules may ask of a use, for one licence."""
        out = use.outbound
        label = "unstated"
        if out:
            label = "same" if self.book.canonical(out) == licence.id else "other"
        return {
            "nc": self.nc(use),
            "trains": "yes" if "train" in use.act or use.output == "weights" else "no",
            "label": label,
            "outbound": self.grade(licence, out),
            "outbound_commercial": self.commercial(out),
            "change": use.change,
            "assembly": use.assembly,
            "portion": use.portion,
            "scope": use.scope,
            "output": use.output,
            "purpose": use.purpose,
            "compensation": use.compensation,
            "licensee": use.licensee or "unstated",
            "residence": use.residence or "unstated",
            "etm": use.etm,
            "sgdr": use.sgdr,
            "subject": use.subject,
            "profile": use.profile,
        }

    def _rules_for(self, licence: License, act: str) -> list[tuple[Rule, tuple[tuple[str, frozenset[str]], ...]]]:
        by_act = self._rules.get(licence.id)
        if by_act is None:
            by_act = self._rules[licence.id] = {}
            side = {
                "term": {term for term, _ in licence.terms},
                "version": {licence.version},
                "grants": {grant for grant, _ in licence.grants},
                "database_right": {licence.database_right},
                "confidence": {licence.confidence},
                "category": {licence.category},
                "relabel": {licence.label},
            }
            for rule in self.book.rules:
                when = dict(rule.when)
                if all(side[key] & values for key, values in when.items() if key in side):
                    rest = tuple((key, values) for key, values in rule.when if key not in side and key != "act")
                    for name in when.get("act", ACTS):
                        by_act.setdefault(name, []).append((rule, rest))
        return by_act.get(act, [])

    def judge(self, name: str, use: Use) -> Judgement:
        """The judgement of one licence id. ``use`` carries no ``given`` (see :func:`core`)."""
        key = (name, use)
        done = self._judged.get(key)
        if done is None:
            if len(self._judged) > 500_000:
                self._judged.clear()
            done = self._judged[key] = self._judge(name, use)
        return done

    def _judge(self, name: str, use: Use) -> Judgement:
        licence = self.book.find(name)
        if licence is None:
            message = f"`{name}` is no licence of the rulebook: its terms have to be read"
            return Judgement(
                1,
                (Reason("unknown-license", "review", "SPDX 2.3 annex D", message, name),),
                remedies=("state-license",),
            )
        if licence.members:
            return self._family(licence, use)
        if use.sgdr == "unknown":
            return self._both(licence, use, "sgdr", replace(use, sgdr="no"), replace(use, sgdr="yes"))
        trains = "train" in use.act or use.output == "weights"
        if trains and use.training_is_adaptation == "unknown":
            return self._both(
                licence,
                use,
                "training_is_adaptation",
                replace(use, training_is_adaptation="no"),
                replace(use, training_is_adaptation="yes"),
            )
        by = {**_ADAPTED_BY, **dict(licence.adapted_by)}
        change = "merge" if use.assembly == "merged" and use.change == "none" else use.change
        answer = "yes" if change in _REWORKS or (change == "none" and "adapt" in use.act) else by.get(change, "no")
        if answer == "unclear":
            no, yes = self._settled(licence, use, False), self._settled(licence, use, True)
            return self._merge(licence, "change", no, yes)
        return self._settled(licence, use, answer == "yes")

    def _both(self, licence: License, use: Use, axis: str, no: Use, yes: Use) -> Judgement:
        return self._merge(licence, axis, self.judge(licence.id, no), self.judge(licence.id, yes))

    def _merge(self, licence: License, axis: str, no: Judgement, yes: Judgement) -> Judgement:
        rule, says, clause = _READINGS[axis]
        if clause.startswith("@"):
            clause = cite(licence.short, dict(licence.clauses).get(clause[1:], licence.name))
        if no.rank == yes.rank:
            if no.duties == yes.duties and no.caveats == yes.caveats:
                return no
            caveats = _unique((*no.caveats, *yes.caveats))
            if no.rank == 2:
                caveats = (*caveats, f"{licence.short}: {says}; if it is so, the duties listed are owed")
            return replace(no, duties=_unique((*no.duties, *yes.duties)), caveats=caveats, fired=no.fired | yes.fired)
        worse = no if no.rank < yes.rank else yes
        message = f"{licence.short}: {says}; if not, {no.decision.value}; if so, {yes.decision.value}"
        reasons = (Reason(rule, "review", clause, message, licence.id),)
        blocked = tuple(reason for reason in worse.reasons if reason.effect in ("forbid", "review"))
        return Judgement(
            1,
            _unique((*reasons, *blocked)),
            _unique((*no.duties, *yes.duties)),
            _unique((*no.caveats, *yes.caveats)),
            worse.remedies,
            fired=no.fired | yes.fired,
        )

    def _family(self, licence: License, use: Use) -> Judgement:
        judged = [self.judge(member, use) for member in licence.members]
        ranks = {j.rank for j in judged}
        if len(ranks) == 1:
            caveat = f"{licence.short}: the version or kind is not stated; the answer is the same for those known"
            strict = max(judged, key=lambda j: len(j.duties))
            return replace(strict, caveats=_unique((*strict.caveats, caveat)))
        worst = min(judged, key=lambda j: j.rank)
        message = f"{licence.name}: the answer differs between the licences that this may be"
        reasons = (Reason("version-not-stated", "review", "SPDX 2.3 annex D", message, licence.id), *worst.reasons)
        return Judgement(1, _unique(reasons), worst.duties, worst.caveats, _unique(("state-license", *worst.remedies)))

    def _settled(self, licence: License, use: Use, adapted: bool) -> Judgement:
        terms = dict(licence.terms)
        acts = acts_of(use, adapted, use.sgdr == "yes" or "contract" in terms)
        facts = self.facts(licence, use)
        rank = 2
        hits: list[tuple[int, Rule]] = []
        missing: list[str] = []
        for act in acts:
            permitted = decided = False
            for rule, conditions in self._rules_for(licence, act):
                if all(facts[key] in values for key, values in conditions):
                    effect = _EFFECT_RANK[rule.effect]
                    if rule.effect == "permit":
                        permitted = True
                    elif effect < 2:
                        decided = True
                    if effect < rank:
                        rank = effect
                    hits.append((effect, rule))
            if not permitted and not decided:
                missing.append(act)
                rank = min(rank, 1)
        reasons: list[Reason] = []
        caveats: list[str] = list(licence.caveats)
        remedies: list[str] = []
        seen: set[str] = set()
        for effect, rule in sorted(hits, key=lambda hit: hit[0]):
            if rule.id in seen:
                continue
            seen.add(rule.id)
            note = ""
            for term in dict(rule.when).get("term", ()):
                note = terms[term].note if term in terms else note
            message = rule.message.format(
                license=licence.short,
                purpose=use.purpose or "purpose not stated",
                outbound=self._words(use.outbound),
                act=", ".join(acts),
                note=note,
            )
            if rule.effect == "caveat":
                caveats.append(message)
                if rank == 2:
                    reasons.append(Reason(rule.id, rule.effect, self._clause(rule, licence), message, licence.id))
            elif effect <= rank or effect < 2:
                reasons.append(Reason(rule.id, rule.effect, self._clause(rule, licence), message, licence.id))
                remedies += rule.remedies
        if missing and rank > 0:
            message = f"no rule says that {licence.short} permits this ({', '.join(missing)})"
            reasons.append(Reason("nothing-permits", "review", licence.short, message, licence.id))
            remedies += ["permission"]
        if rank == 2:
            on = _triggers(use, acts, adapted)
            duties = tuple(
                Duty(owed.code, cite(licence.short, owed.clause), owed.text or self.book.duties[owed.code], licence.id)
                for owed in licence.duties
                if not on.isdisjoint(owed.on)
            )
        else:
            duties = ()
        return Judgement(
            rank, tuple(reasons), duties, _unique(caveats), _unique(remedies), fired=frozenset(r.id for _, r in hits)
        )

    def _words(self, outbound: str) -> str:
        out = self.book.find(outbound) if outbound else None
        return out.short if out else outbound or "the licence that you choose"

    @staticmethod
    def _clause(rule: Rule, licence: License) -> str:
        if not rule.clause.startswith("@"):
            return rule.clause
        topic = rule.clause[1:]
        found = ""
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

    def expression(self, text: str, use: Use) -> Judgement:
        """The judgement of a licence expression: AND is the worst, OR the best, with the branch named."""
        key = (text, use)
        done = self._expressions.get(key)
        if done is None:
            if len(self._expressions) > 500_000:
                self._expressions.clear()
            try:
                done = self._tree(parse(text), use)
            except ExpressionError as error:
                done = Judgement(
                    1,
                    (Reason("unreadable-expression", "review", "SPDX 2.3 annex D", str(error), text),),
                    remedies=("state-license",),
                )
            self._expressions[key] = done
        return done

    def _tree(self, node: Expression, use: Use) -> Judgement:
        if node.op == "id":
            return self.judge(node.value, use)
        if node.op == "with" and self._adds(node.parts[1]):
            return self._all(node, use)
        if node.op == "with":
            base = self._tree(node.parts[0], use)
            words = f"the exception {node.parts[1]} may permit more than is judged here"
            return replace(base, caveats=(*base.caveats, words))
        if node.op == "and":
            return self._all(node, use)
        judged = [self._tree(part, use) for part in node.parts]
        best = max(judged, key=lambda j: (j.rank, -len(j.duties)))
        return replace(best, chosen=best.chosen or str(node.parts[judged.index(best)]))

    def _adds(self, node: Expression) -> bool:
        licence = self.book.find(node.value) if node.op == "id" else None
        return licence is not None and licence.category == "addition"

    def _all(self, node: Expression, use: Use) -> Judgement:
        """All parts apply. One that only adds to the others (a mark beside a licence) may lift them, never lower."""
        adding = [part for part in node.parts if self._adds(part)]
        base = worst_of(
            [self._tree(part, use) for part in node.parts if part not in adding] or [self._tree(p, use) for p in adding]
        )
        marks = [self._tree(part, use) for part in adding]
        best = next((mark for mark in marks if mark.rank == 2 and base.rank < 2), base)
        return replace(best, fired=base.fired.union(*(mark.fired for mark in marks)))

    def source(self, source: Source, use: Use) -> Judgement:
        """The judgement of one source: its licence and its upstream's, and what is claimed beside them."""
        judged = self.licensed(source, use)
        for claim in source.claims:
            judged = self._claimed(claim, source, use, judged)
        return judged

    def licensed(self, source: Source, use: Use) -> Judgement:
        """The judgement of one source without its claims: a licence is never better than its upstream's."""
        judged = self._readings(source, use) if source.readings else self.expression(source.license, use)
        if source.also:
            judged = worst_of([judged, *(self.expression(text, use) for text in source.also)])
        if source.upstream:
            above = worst_of([self.expression(text, use) for text in source.upstream])
            if above.rank < judged.rank:
                message = f"declared as {source.license}, which is looser than what it is made from: {', '.join(source.upstream)}"
                effect = ("forbid", "review")[above.rank]
                reason = Reason(
                    "looser-than-upstream", effect, "nemo plus iuris: none can license more than they hold", message
                )
                above = replace(
                    above, reasons=(reason, *above.reasons), remedies=_unique(("upstream", *above.remedies))
                )
            judged = worst_of([judged, above])
        return judged

    def claim(self, claim: Claim, source: Source, use: Use) -> ClaimVerdict:
        """What one claim alone gives for this use."""
        adapted = use.change in _REWORKS or "adapt" in use.act
        return claims.judge(claim, use, acts_of(use, adapted, use.sgdr == "yes"), self.book)

    def _claimed(self, claim: Claim, source: Source, use: Use, judged: Judgement) -> Judgement:
        """The better of licence and claim, the claim capped by its ceiling."""
        made = self.claim(claim, source, use)
        if claims.only_database_right(claim, self.book):
            if use.sgdr == "no" or made.decision is not Decision.ALLOW:
                return judged
            without = self.licensed(source, replace(use, sgdr="no"))
            if without.rank <= judged.rank:
                return judged
            caveat = f"{made.reason.message}; never lifted by it: {made.cannot}"
            return replace(
                without, reasons=(made.reason, *without.reasons), caveats=_unique((*without.caveats, caveat))
            )
        rank = _RANK[made.decision]
        if rank <= judged.rank:
            return replace(judged, reasons=(*judged.reasons, made.reason)) if judged.rank < 2 else judged
        told = (
            (f"{made.reason.message}; never lifted by it: {made.cannot}",)
            if claims.with_caveat(claim, self.book)
            else ()
        )
        return Judgement(rank, (made.reason,), (), _unique((*judged.caveats, *told)), judged.remedies)

    def _readings(self, source: Source, use: Use) -> Judgement:
        all_of = [self.expression(text, use) for text in source.readings]
        if len({j.rank for j in all_of}) == 1:
            return worst_of(all_of)
        worst = min(all_of, key=lambda j: j.rank)
        message = f"{' / '.join(source.readings)}: a list without an operator says neither that all apply nor that one may be chosen"
        reasons = (
            Reason("list-without-operator", "review", "SPDX 2.3 annex D", message, source.license),
            *worst.reasons,
        )
        return Judgement(1, _unique(reasons), (), worst.caveats, _unique(("state-license", *worst.remedies)))


def worst_of(judged: Sequence[Judgement]) -> Judgement:
    """All of ``judged`` apply: the worst decision, the duties and caveats of all."""
    rank = min(j.rank for j in judged)
    reasons = _unique(reason for j in judged if j.rank == rank for reason in j.reasons)
    if rank == 0:
        reasons = tuple(r for r in reasons if r.effect == "forbid") + tuple(r for r in reasons if r.effect != "forbid")
    return Judgement(
        rank,
        reasons,
        _unique(duty for j in judged for duty in j.duties) if rank == 2 else (),
        _unique(caveat for j in judged for caveat in j.caveats),
        _unique(remedy for j in judged if j.rank == rank for remedy in j.remedies),
        next((j.chosen for j in judged if j.chosen), ""),
        frozenset().union(*(j.fired for j in judged)),
    )


@lru_cache(maxsize=8)
def engine(book: Rulebook) -> Engine:
    """The one engine of a rulebook."""
    return Engine(book)


@lru_cache(maxsize=65536)
def core(use: Use) -> Use:
    """``use`` without what only the report needs, so that equal questions are equal values."""
    return replace(use, given=(), intent="")
