"""The engine: sources and a use, held against the rulebook. Pure: no disk, no clock, no network.

A use is taken apart into acts; each act needs a rule that permits it and none that forbids it, for
every licence of every source. Forbid beats review beats permit, silence is review, and a fact that
is not known gives the verdict of both its answers where they agree, else review (strong Kleene
connectives over deny < review < allow).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from licensecheck.base.errors import ExpressionError
from licensecheck.base.message import Message, literal, word
from licensecheck.engine import claims
from licensecheck.engine.acts import _REWORKS, _triggers, acts_of, reworks
from licensecheck.engine.compatibility import _T, _newer, _remember
from licensecheck.engine.ready import _Fires, _Ready
from licensecheck.expression import Expression, parse
from licensecheck.knowledge.rulebook import Rulebook, cite
from licensecheck.model import (
    RANK,
    STRICTEST_FIRST,
    Claim,
    ClaimVerdict,
    Decision,
    Duty,
    Grade,
    License,
    Reason,
    Source,
    replace,
)
from licensecheck.vocabulary import Use

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
        return STRICTEST_FIRST[self.rank]


def _unique(items: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(items))


class _Hits(NamedTuple):
    """Which rules fire for a licence and a use, before they are worded."""

    rank: int
    acts: tuple[str, ...]
    fires: list[_Fires]
    missing: list[str]


class Engine:
    """One rulebook, made ready to judge. Remembers what it has judged: the domain is finite."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self._licences: dict[str, _Ready] = {}
        self._facts: dict[Use, dict[str, str]] = {}
        self._ranks: dict[tuple[str, Use, tuple[str, str, str]], int] = {}
        self._by_outbound: dict[tuple[tuple[str, ...], Use], dict[str, int]] = {}
        self._outbounds: dict[tuple[str, str], tuple[str, str, str]] = {}
        self._owed: dict[tuple[str, frozenset[str]], tuple[Duty, ...]] = {}
        self._judged: dict[tuple[str, Use], Judgement] = {}
        self._grades: dict[tuple[str, str], Grade] = {}
        self._expressions: dict[tuple[str, Use], Judgement] = {}

    @cached_property
    def choices(self) -> tuple[str, ...]:
        """The licences of the rulebook that somebody may choose for a work."""
        return tuple(licence.id for licence in self.book.licenses() if licence.outbound_choice and not licence.members)

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

    def facts(self, use: Use) -> dict[str, str]:
        """What rules may ask of a use, whatever the licence."""
        done = self._facts.get(use)
        if done is None:
            done = _remember(
                self._facts,
                use,
                {
                    "nc": self.nc(use),
                    "trains": "yes" if "train" in use.act or use.output == "weights" else "no",
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
                },
            )
        return done

    def _label(self, licence: License, outbound: str) -> str:
        if not outbound:
            return "unstated"
        return "same" if self.book.canonical(outbound) == licence.id else "other"

    def _ready(self, licence: License) -> _Ready:
        done = self._licences.get(licence.id)
        if done is None:
            done = self._licences[licence.id] = _Ready(licence, self.book.rules)
        return done

    def judge(self, name: str, use: Use) -> Judgement:
        """The judgement of one licence id. ``use`` carries no ``given`` (see :func:`core`)."""
        key = (name, use)
        done = self._judged.get(key)
        if done is None:
            done = _remember(self._judged, key, self._judge(name, use))
        return done

    def _judge(self, name: str, use: Use) -> Judgement:
        licence = self.book.find(name)
        if licence is None:
            message = Message("`{name}` is no licence of the rulebook: its terms have to be read", name=name)
            return Judgement(
                1,
                (Reason("unknown-license", "review", "SPDX 2.3 annex D", message, name),),
                remedies=("state-license",),
            )
        if licence.members:
            return self._family(licence, use)
        for axis in self._open(use):
            no, yes = (self.judge(licence.id, answered(use, axis, answer)) for answer in ("no", "yes"))
            return self._merge(licence, axis, no, yes)
        answer = self._adapts(self._ready(licence), use)
        if answer == "unclear":
            return self._merge(licence, "change", self._settled(licence, use, False), self._settled(licence, use, True))
        return self._settled(licence, use, answer == "yes")

    def _merge(self, licence: License, axis: str, no: Judgement, yes: Judgement) -> Judgement:
        rule, says, clause = _READINGS[axis]
        if clause.startswith("@"):
            clause = cite(licence.short, dict(licence.clauses).get(clause[1:], licence.name))
        if no.rank == yes.rank:
            if no.duties == yes.duties and no.caveats == yes.caveats:
                return no
            caveats = _unique((*no.caveats, *yes.caveats))
            if no.rank == 2:
                told = Message(
                    "{license}: {says}; if it is so, the duties listed are owed",
                    license=licence.short,
                    says=word(says),
                )
                caveats = (*caveats, told)
            return replace(no, duties=_unique((*no.duties, *yes.duties)), caveats=caveats, fired=no.fired | yes.fired)
        worse = no if no.rank < yes.rank else yes
        message = Message(
            "{license}: {says}; if not, {no}; if so, {yes}",
            license=licence.short,
            says=word(says),
            no=word(no.decision.value),
            yes=word(yes.decision.value),
        )
        reasons = (Reason(rule, "review", clause, message, licence.id),)
        blocked = tuple(reason for reason in worse.reasons if reason.effect in ("forbid", "review"))
        return Judgement(
            1,
            _unique((*reasons, *blocked)),
            (),
            _unique((*no.caveats, *yes.caveats)),
            worse.remedies,
            fired=no.fired | yes.fired,
        )

    def _family(self, licence: License, use: Use) -> Judgement:
        judged = [self.judge(member, use) for member in licence.members]
        ranks = {j.rank for j in judged}
        if len(ranks) == 1:
            caveat = Message(
                "{license}: the version or kind is not stated; the answer is the same for those known",
                license=licence.short,
            )
            strict = max(judged, key=lambda j: len(j.duties))
            return replace(strict, caveats=_unique((*strict.caveats, caveat)))
        worst = min(judged, key=lambda j: j.rank)
        message = Message("{license}: the answer differs between the licences that this may be", license=licence.name)
        reasons = (Reason("version-not-stated", "review", "SPDX 2.3 annex D", message, licence.id), *worst.reasons)
        return Judgement(1, _unique(reasons), worst.duties, worst.caveats, _unique(("state-license", *worst.remedies)))

    def _asks(self, licence: License, outbound: str) -> tuple[str, str, str]:
        """What an outbound licence is to a source's: label, grade, and whether it lets recipients use commercially."""
        key = (licence.id, outbound)
        done = self._outbounds.get(key)
        if done is None:
            made = (self._label(licence, outbound), self.grade(licence, outbound), self.commercial(outbound))
            done = _remember(self._outbounds, key, made)
        return done

    def _hits(self, licence: License, ready: _Ready, use: Use, adapted: bool, out: tuple[str, str, str]) -> _Hits:
        acts = acts_of(use, adapted, use.sgdr == "yes" or ready.contract)
        facts = {**self.facts(use), "label": out[0], "outbound": out[1], "outbound_commercial": out[2]}
        rank = 2
        fires: list[_Fires] = []
        missing: list[str] = []
        for act in acts:
            permitted = decided = False
            for one in ready.rules[act]:
                for key, values in one.asks:
                    if facts[key] not in values:
                        break
                else:
                    if one.permits:
                        permitted = True
                    elif one.rank < 2:
                        decided = True
                        if one.rank < rank:
                            rank = one.rank
                    fires.append(one)
            if not permitted and not decided:
                missing.append(act)
                rank = min(rank, 1)
        return _Hits(rank, acts, fires, missing)

    def rank(self, name: str, bare: Use, outbound: str) -> int:
        """What :meth:`judge` decides (0 deny, 1 review, 2 allow) for ``bare`` with ``outbound`` on the result,
        without its words. Outbound licences that are the same to the source's share one answer."""
        licence = self.book.find(name)
        if licence is None:
            return 1
        if licence.members:
            ranks = {self.rank(member, bare, outbound) for member in licence.members}
            return ranks.pop() if len(ranks) == 1 else 1
        out = self._asks(licence, outbound)
        key = (licence.id, bare, out)
        done = self._ranks.get(key)
        if done is None:
            done = _remember(self._ranks, key, self._rank(licence, bare, out))
        return done

    def _rank(self, licence: License, use: Use, out: tuple[str, str, str]) -> int:
        for axis in self._open(use):
            no, yes = (self._rank(licence, answered(use, axis, answer), out) for answer in ("no", "yes"))
            return no if no == yes else 1
        ready = self._ready(licence)
        answer = self._adapts(ready, use)
        if answer == "unclear":
            no, yes = (self._hits(licence, ready, use, adapted, out).rank for adapted in (False, True))
            return no if no == yes else 1
        return self._hits(licence, ready, use, answer == "yes", out).rank

    @staticmethod
    def _open(use: Use) -> tuple[str, ...]:
        """The axes that are not known and matter to this use."""
        if use.sgdr == "unknown":
            return ("sgdr",)
        if use.training_is_adaptation == "unknown" and ("train" in use.act or use.output == "weights"):
            return ("training_is_adaptation",)
        return ()

    @staticmethod
    def _adapts(ready: _Ready, use: Use) -> str:
        """Whether the change of this use makes an adaptation under the licence: yes, no, unclear."""
        change = "merge" if use.assembly == "merged" and use.change == "none" else use.change
        if change in _REWORKS or (change == "none" and "adapt" in use.act):
            return "yes"
        return ready.adapted_by.get(change, "no")

    def rank_of(self, text: str, bare: Use, outbound: str) -> int:
        """What :meth:`expression` decides, without its words."""
        try:
            return self._rank_tree(parse(text), bare, outbound)
        except ExpressionError:
            return 1

    def _rank_tree(self, node: Expression, bare: Use, outbound: str) -> int:
        if node.op == "id":
            return self.rank(node.value, bare, outbound)
        if node.op == "or":
            return max(self._rank_tree(part, bare, outbound) for part in node.parts)
        if node.op == "with" and not self._adds(node.parts[1]):
            return self._rank_tree(node.parts[0], bare, outbound)
        return self._all(node, carrying(bare, outbound)).rank

    def rank_source(self, source: Source, bare: Use, outbound: str) -> int:
        """What :meth:`source` decides for ``bare`` with ``outbound`` on the result, without its words."""
        return self.ranks(source, bare)(outbound)

    def ranks(self, source: Source, bare: Use) -> Callable[[str], int]:
        """:meth:`rank_source` with source and use given: an outbound licence in, a rank out."""
        if source.claims or source.readings or source.beside:
            return lambda outbound: self.source(source, carrying(bare, outbound)).rank
        texts = (source.license, *source.also, *source.upstream)
        key = (texts, bare)
        known = self._by_outbound.get(key)
        if known is None:
            known = _remember(self._by_outbound, key, {})

        def rank(outbound: str) -> int:
            found = known.get(outbound)
            if found is None:
                found = known[outbound] = min(self.rank_of(text, bare, outbound) for text in texts)
            return found

        return rank

    def _settled(self, licence: License, use: Use, adapted: bool) -> Judgement:
        ready = self._ready(licence)
        rank, acts, fires, missing = self._hits(licence, ready, use, adapted, self._asks(licence, use.outbound))
        reasons: list[Reason] = []
        caveats: list[str] = list(licence.caveats)
        remedies: list[str] = []
        outbound = self._words(use.outbound)
        spoken = tuple(map(word, acts))
        purpose = word(use.purpose or "purpose not stated")
        for one in sorted(dict.fromkeys(fires), key=lambda f: f.rank):
            rule = one.rule
            if one.rank == 2 and rank < 2 and one.permits:
                continue
            message = Message(
                rule.message,
                license=licence.short,
                purpose=purpose,
                outbound=outbound,
                act=spoken,
                note=literal(one.note),
            )
            if rule.effect == "caveat":
                caveats.append(message)
            if one.rank < 2 or rank == 2:
                reasons.append(Reason(rule.id, rule.effect, one.clause, message, licence.id))
                remedies += rule.remedies
        if missing and rank > 0:
            message = Message(
                "no rule says that {license} permits this ({acts})",
                license=licence.short,
                acts=tuple(map(word, missing)),
            )
            reasons.append(Reason("nothing-permits", "review", licence.short, message, licence.id))
            remedies += ["permission"]
        duties: tuple[Duty, ...] = ()
        if rank == 2:
            duties = self._duties(licence, ready, _triggers(use, acts, adapted))
        fired = frozenset(one.rule.id for one in fires)
        return Judgement(rank, tuple(reasons), duties, _unique(caveats), _unique(remedies), fired=fired)

    def _duties(self, licence: License, ready: _Ready, on: frozenset[str]) -> tuple[Duty, ...]:
        key = (licence.id, on)
        done = self._owed.get(key)
        if done is None:
            made = tuple(
                Duty(owed.code, cite(licence.short, owed.clause), owed.text or self.book.duties[owed.code], licence.id)
                for owed in ready.duties
                if not on.isdisjoint(owed.on)
            )
            done = _remember(self._owed, key, made)
        return done

    def _words(self, outbound: str) -> str:
        out = self.book.find(outbound) if outbound else None
        return out.short if out else outbound or "the licence that you choose"

    def expression(self, text: str, use: Use) -> Judgement:
        """The judgement of a licence expression: AND is the worst, OR the best, with the branch named."""
        key = (text, use)
        done = self._expressions.get(key)
        if done is None:
            try:
                done = self._tree(parse(text), use)
            except ExpressionError as error:
                done = Judgement(
                    1,
                    (Reason("unreadable-expression", "review", "SPDX 2.3 annex D", error.message, text),),
                    remedies=("state-license",),
                )
            _remember(self._expressions, key, done)
        return done

    def _tree(self, node: Expression, use: Use) -> Judgement:
        if node.op == "id":
            return self.judge(node.value, use)
        if node.op == "with" and self._adds(node.parts[1]):
            return self._all(node, use)
        if node.op == "with":
            base = self._tree(node.parts[0], use)
            words = Message("the exception {name} may permit more than is judged here", name=str(node.parts[1]))
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
        if source.beside and judged.rank == 2:
            judged = self._doubted(source, use, judged)
        if source.upstream:
            above = worst_of([self.expression(text, use) for text in source.upstream])
            if above.rank < judged.rank:
                message = Message(
                    "declared as {license}, which is looser than what it is made from: {upstream}",
                    license=source.license,
                    upstream=source.upstream,
                )
                effect = ("forbid", "review")[above.rank]
                reason = Reason(
                    "looser-than-upstream", effect, "nemo plus iuris: none can license more than they hold", message
                )
                above = replace(
                    above, reasons=(reason, *above.reasons), remedies=_unique(("upstream", *above.remedies))
                )
            judged = worst_of([judged, above])
        return judged

    def owed(self, source: Source, use: Use) -> tuple[Duty, ...]:
        """What every licence of a source asks for in this use, whether it allows it or not."""
        found: list[Duty] = []
        for text in (source.license, *source.also, *source.upstream):
            try:
                names = [str(name) for name in parse(text).ids()]
            except ExpressionError:
                continue
            for name in names:
                licence = self.book.find(name)
                if licence is not None:
                    ready = self._ready(licence)
                    adapted = self._adapts(ready, use) != "no"
                    acts = acts_of(use, adapted, use.sgdr == "yes" or ready.contract)
                    found += self._duties(licence, ready, _triggers(use, acts, adapted))
        return _unique(found)

    def claim(self, claim: Claim, source: Source, use: Use) -> ClaimVerdict:
        """What one claim alone gives for this use."""
        return claims.judge(claim, use, acts_of(use, reworks(use), use.sgdr == "yes"), self.book)

    def _claimed(self, claim: Claim, source: Source, use: Use, judged: Judgement) -> Judgement:
        """The better of licence and claim, the claim capped by its ceiling."""
        made = self.claim(claim, source, use)
        if claims.only_database_right(claim, self.book):
            if use.sgdr == "no" or made.decision is not Decision.ALLOW:
                return judged
            without = self.licensed(source, replace(use, sgdr="no"))
            if without.rank <= judged.rank:
                return judged
            caveat = _never_lifted(made)
            return replace(
                without, reasons=(made.reason, *without.reasons), caveats=_unique((*without.caveats, caveat))
            )
        rank = RANK[made.decision]
        if rank <= judged.rank:
            return replace(judged, reasons=(*judged.reasons, made.reason)) if judged.rank < 2 else judged
        told = (_never_lifted(made),) if claims.with_caveat(claim, self.book) else ()
        return Judgement(rank, (made.reason,), (), _unique((*judged.caveats, *told)), judged.remedies)

    def _readings(self, source: Source, use: Use) -> Judgement:
        all_of = [self.expression(text, use) for text in source.readings]
        if len({j.rank for j in all_of}) == 1:
            return worst_of(all_of)
        worst = min(all_of, key=lambda j: j.rank)
        message = Message(
            "{licenses}: a list without an operator says neither that all apply nor that one may be chosen",
            licenses=" / ".join(source.readings),
        )
        first = Reason("list-without-operator", "review", "SPDX 2.3 annex D", message, source.license)
        reasons = (first, *worst.reasons)
        return Judgement(1, _unique(reasons), (), worst.caveats, _unique(("state-license", *worst.remedies)))

    def _doubted(self, source: Source, use: Use, judged: Judgement) -> Judgement:
        """``judged``, or a review where words beside the licence, if they hold, shut this use out.

        That such words permit nothing by themselves does not count: the licence does.
        """
        against = [(text, found) for text in source.beside if (found := _shutting(self.expression(text, use)))]
        if not against:
            return judged
        says = "further words restrict the use, and it is not sure that they hold: {license}"
        message = Message(says, license=tuple(self._words(text) for text, _ in against))
        first = Reason("restriction-not-sure", "review", "the words that were found", message, source.license)
        told = tuple(reason for _, reasons in against for reason in reasons)
        return Judgement(
            1, _unique((first, *told)), (), judged.caveats, ("state-license", "permission"), fired=judged.fired
        )


def _shutting(judged: Judgement) -> tuple[Reason, ...]:
    """The reasons for which words that only restrict shut a use out, as doubts."""
    against = (r for r in judged.reasons if r.effect in ("forbid", "review") and r.rule != "nothing-permits")
    return tuple(replace(reason, effect="review") for reason in against)


def _never_lifted(made: ClaimVerdict) -> Message:
    return Message("{claim}; never lifted by it: {cannot}", claim=made.reason.message, cannot=made.cannot)


def worst_of(judged: Sequence[Judgement]) -> Judgement:
    """All of ``judged`` apply: the worst decision, the duties and caveats of all."""
    rank = min(j.rank for j in judged)
    reasons = _unique(reason for j in judged if j.rank == rank or j.rank < 2 for reason in j.reasons)
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
def carrying(use: Use, outbound: str) -> Use:
    """``use`` with a licence on its result; one value for each, so that caches meet."""
    return replace(use, outbound=outbound)


@lru_cache(maxsize=65536)
def answered(use: Use, axis: str, answer: str) -> Use:
    """``use`` with one axis answered; one value for each, so that caches meet."""
    return replace(use, **{axis: answer})


@lru_cache(maxsize=65536)
def core(use: Use) -> Use:
    """``use`` without what only the report needs, so that equal questions are equal values."""
    return replace(use, given=(), intent="")
