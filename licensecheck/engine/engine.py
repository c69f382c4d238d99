"""The engine: sources and a use, judged by the rulebook. Pure: no disk, no clock, no network.

A use is a set of acts; each act needs a rule that permits it and none that forbids it, for every license of every
source. Forbid beats review beats permit, silence is review, and a fact that is not known gives the verdict of both its
answers if they agree, else review (strong Kleene connectives over deny < review < allow).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Final

from licensecheck.base.errors import ExpressionError
from licensecheck.base.message import Message
from licensecheck.engine import claims
from licensecheck.engine import judgement as join
from licensecheck.engine.acts import acts_of, reworks, triggers
from licensecheck.engine.compatibility import MOST, Compatibility, Fit
from licensecheck.engine.judgement import Hits, Outcome, Unknown
from licensecheck.engine.judgement import Judgement as Judgement
from licensecheck.engine.ranks import ALLOW, RANK, REVIEW
from licensecheck.engine.ready import ReadyLicense, ReadyRule
from licensecheck.expression import Expression, parse
from licensecheck.knowledge import names
from licensecheck.knowledge.rulebook import Rulebook
from licensecheck.model import Claim, ClaimVerdict, Decision, Duty, License, Reason, Source, replace
from licensecheck.vocabulary import EU, Use

_UNSTATED: Final = "the license that you choose"


class Engine:
    """One rulebook, ready to judge. It remembers what it has judged: the domain is finite."""

    def __init__(self, book: Rulebook) -> None:
        self.book: Final = book
        self.compatibility: Final = Compatibility(book)
        self._licenses: dict[str, ReadyLicense] = {}
        self._weighings: dict[Use, Weighing] = {}
        self._remembered = 0

    @cached_property
    def choices(self) -> tuple[str, ...]:
        """The licenses of the rulebook that somebody may choose for a work."""
        return tuple(license.id for license in self.book.licenses() if license.outbound_choice and not license.members)

    def noncommercial(self, use: Use) -> str:
        """Whether ``use`` is noncommercial (``nc``, ``unclear`` or ``commercial``): the use decides, not the user."""
        return self.book.noncommercial[use.purpose or "unstated"][use.compensation]

    def ready(self, license: License) -> ReadyLicense:
        """``license`` with its rules and duties."""
        known = self._licenses.get(license.id)
        if known is None:
            known = ReadyLicense(license, self.book.rules, self.book.duties)
            self._licenses[license.id] = known
        return known

    def weighing(self, use: Use) -> Weighing:
        """``use`` as the engine weighs it; the license on its result is not part of it."""
        known = self._weighings.get(use)
        if known is None:
            if self._remembered >= MOST:
                self._weighings.clear()
                self._remembered = 0
            known = self.weighing(carrying(use, "")) if use.outbound else Weighing(self, use)
            self._weighings[use] = known
        return known

    def remember(self) -> None:
        """Count one more outcome or judgement that a weighing keeps, so that memory stays bounded."""
        self._remembered += 1

    def rank(self, text: str, use: Use, outbound: str) -> int:
        """What :meth:`expression` decides (0 deny, 1 review, 2 allow) with ``outbound`` on the result, without words."""
        return self.weighing(use).expression(text, outbound).rank

    def rank_source(self, source: Source, use: Use, outbound: str) -> int:
        """What :meth:`source` decides with ``outbound`` on the result, without words."""
        return self.weighing(use).source(source, outbound).rank

    def ranks(self, source: Source, use: Use) -> Callable[[str], int]:
        """:meth:`rank_source` for one source and one use: an outbound license in, a rank out."""
        by_outbound = self.weighing(use).outcomes(source)
        return lambda outbound: by_outbound(outbound).rank

    def expression(self, text: str, use: Use) -> Judgement:
        """The judgement of a license expression: AND is the strictest, OR the best, with the branch named."""
        return self.weighing(use).judged(Source("", text), use.outbound)

    def source(self, source: Source, use: Use) -> Judgement:
        """The judgement of one source: its license and its upstream's, and the claims beside them."""
        return self.weighing(use).judged(source, use.outbound)

    def licensed(self, source: Source, use: Use) -> Judgement:
        """The judgement of one source without its claims: a license is never better than its upstream's."""
        return self.source(replace(source, claims=()), use)

    def owed(self, source: Source, use: Use) -> tuple[Duty, ...]:
        """What every license of a source asks for in this use, whether it allows the use or not."""
        return self.weighing(use).owed(source)

    def claim(self, claim: Claim, use: Use) -> ClaimVerdict:
        """What one claim alone gives for this use."""
        return self.weighing(use).claim(claim)


class Weighing:
    """One use, weighed: what each license, expression and source gives for it, with any license on the result.

    Outbound licenses that are the same to a source's license share one outcome.
    """

    def __init__(self, engine: Engine, use: Use) -> None:
        self._engine = engine
        self._use = use
        self._facts = _facts(use, engine.noncommercial(use))
        self._facts_with: dict[Fit, dict[str, str | frozenset[str]]] = {}
        self._acts: dict[tuple[bool, bool], tuple[str, ...]] = {}
        self._licenses: dict[tuple[str, Fit], Outcome] = {}
        self._sources: dict[Source, dict[str, Outcome]] = {}
        self._judged: dict[tuple[Source, str], Judgement] = {}
        self._claims: dict[Claim, ClaimVerdict] = {}

    # -- licenses ------------------------------------------------------------------------------

    def license(self, name: str, outbound: str) -> Outcome:
        """The outcome of one license id."""
        license = self._engine.book.find(name)
        if license is None:
            message = Message(
                "`{name}` is not in the rulebook; read its terms and add them, or `clarify` it", name=name
            )
            return Unknown(Reason("unknown-license", "review", "SPDX 2.3 annex D", message, name))
        if license.members:
            return join.family(license, [self.license(member, outbound) for member in license.members])
        fit = self._engine.compatibility.fit(license, outbound)
        key = (license.id, fit)
        known = self._licenses.get(key)
        if known is None:
            known = self._licenses[key] = self._one(license, fit)
            self._engine.remember()
        return known

    def _one(self, license: License, fit: Fit) -> Outcome:
        if self._use.training_is_adaptation != "no" and self._engine.ready(license).training_is_apart:
            return self._engine.weighing(answered(self._use, "training_is_adaptation", "no"))._one(license, fit)
        axis = _open_axis(self._use)
        if axis:
            answers = (self._engine.weighing(answered(self._use, axis, answer)) for answer in ("no", "yes"))
            no, yes = (weighing._one(license, fit) for weighing in answers)
            return join.either(license, axis, no, yes)
        ready = self._engine.ready(license)
        adapts = ready.adapts(self._use)
        if adapts == "unclear":
            return join.either(license, "change", self._hits(ready, False, fit), self._hits(ready, True, fit))
        return self._hits(ready, adapts == "yes", fit)

    def _hits(self, ready: ReadyLicense, adapted: bool, fit: Fit) -> Hits:
        """Which rules fire for one license, and what they decide together."""
        acts = self._acts_of(adapted, ready.contract)
        facts = self._facts_with.get(fit)
        if facts is None:
            facts = {**self._facts, "label": fit.label, "outbound": fit.grade, "outbound_commercial": fit.commercial}
            self._facts_with[fit] = facts
        rank = ALLOW
        fired: dict[int, ReadyRule] = {}
        silent: list[str] = []
        for act in acts:
            decided = False
            for rule in ready.rules[act]:
                for key, values in rule.asks:
                    if facts[key] not in values:
                        break
                else:
                    if rule.rank < rank:
                        rank = rule.rank
                    decided = decided or rule.permits or rule.rank < ALLOW
                    fired[id(rule)] = rule
            if not decided:
                silent.append(act)
        blocked = rank < ALLOW
        if silent and rank > REVIEW:
            rank = REVIEW
        return Hits(rank, blocked, ready, self._use, adapted, acts, tuple(fired.values()), tuple(silent))

    def _acts_of(self, adapted: bool, contract: bool) -> tuple[str, ...]:
        key = (adapted, contract)
        known = self._acts.get(key)
        if known is None:
            known = self._acts[key] = acts_of(self._use, adapted, self._use.sgdr == "yes" or contract)
        return known

    # -- expressions ---------------------------------------------------------------------------

    def expression(self, text: str, outbound: str) -> Outcome:
        """The outcome of a license expression."""
        try:
            return self._tree(parse(text), outbound)
        except ExpressionError as error:
            return Unknown(Reason("unreadable-expression", "review", "SPDX 2.3 annex D", error.message, text))

    def _tree(self, node: Expression, outbound: str) -> Outcome:
        if node.op == "id":
            return self.license(node.value, outbound)
        if node.op == "or":
            branches = [self._tree(part, outbound) for part in node.parts]
            return join.any_of(branches, [str(part) for part in node.parts])
        if node.op == "with" and not self._adds(node.parts[1]):
            base, name = self._tree(node.parts[0], outbound), str(node.parts[1])
            known = name.lower() in names.exceptions()
            return join.with_exception(base, name) if known else join.with_unknown_words(base, name)
        parts: list[Outcome] = []
        marks: list[Outcome] = []
        for part in node.parts:
            (marks if self._adds(part) else parts).append(self._tree(part, outbound))
        base = join.all_of(parts or marks)
        return join.with_marks(base, marks) if marks else base

    def _adds(self, node: Expression) -> bool:
        """Whether a part of an expression is a mark that only adds to the license beside it."""
        license = self._engine.book.find(node.value) if node.op == "id" else None
        return license is not None and license.category == "addition"

    # -- sources -------------------------------------------------------------------------------

    def outcomes(self, source: Source) -> Callable[[str], Outcome]:
        """The outcomes of one source: an outbound license in, an outcome out."""
        bare = source.bare
        known = self._sources.setdefault(bare, {})

        def outcome(outbound: str) -> Outcome:
            found = known.get(outbound)
            if found is None:
                found = known[outbound] = self._source(bare, outbound)
                self._engine.remember()
            return found

        return outcome

    def source(self, source: Source, outbound: str) -> Outcome:
        """The outcome of one source: its license and its upstream's, and the claims beside them."""
        return self.outcomes(source)(outbound)

    def judged(self, source: Source, outbound: str) -> Judgement:
        """:meth:`source` in words."""
        key = (source.bare, outbound)
        known = self._judged.get(key)
        if known is None:
            known = self._judged[key] = self.source(source, outbound).judgement(self._short(outbound))
            self._engine.remember()
        return known

    def _source(self, source: Source, outbound: str) -> Outcome:
        outcome = self._licensed(source, outbound)
        for claim in source.claims:
            outcome = self._claimed(claim, source, outbound, outcome)
        return outcome

    def _licensed(self, source: Source, outbound: str) -> Outcome:
        if source.readings:
            outcome = join.readings(source, [self.expression(text, outbound) for text in source.readings])
        else:
            outcome = self.expression(source.license, outbound)
        if source.also:
            outcome = join.all_of([outcome, *(self.expression(text, outbound) for text in source.also)])
        if source.beside and outcome.rank == ALLOW:
            beside = [(self._short(text), self.expression(text, outbound)) for text in source.beside]
            restricting = [(name, words) for name, words in beside if words.blocked]
            outcome = join.doubted(source, outcome, restricting) if restricting else outcome
        if source.unweighed and outcome.rank >= REVIEW:
            outcome = join.not_understood(source, outcome)
        if source.upstream:
            above = join.all_of([self.expression(text, outbound) for text in source.upstream])
            if above.rank < outcome.rank:
                above = join.looser_than_upstream(source, above)
            outcome = join.all_of([outcome, above])
        return outcome

    def _claimed(self, claim: Claim, source: Source, outbound: str, outcome: Outcome) -> Outcome:
        """The better of license and claim, the claim capped by its ceiling."""
        book = self._engine.book
        verdict = self.claim(claim)
        if claims.only_database_right(claim, book):
            if self._use.sgdr == "no" or verdict.decision is not Decision.ALLOW:
                return outcome
            without = self._engine.weighing(answered(self._use, "sgdr", "no"))._licensed(source, outbound)
            return join.database_right_lifted(without, verdict) if without.rank > outcome.rank else outcome
        rank = RANK[verdict.decision]
        if rank > outcome.rank:
            return join.claimed(outcome, verdict, rank, caveat=claims.with_caveat(claim, book))
        return join.claim_without_effect(outcome, verdict) if outcome.rank < ALLOW else outcome

    def claim(self, claim: Claim) -> ClaimVerdict:
        """What one claim alone gives."""
        known = self._claims.get(claim)
        if known is None:
            acts = self._acts_of(reworks(self._use), False)
            known = self._claims[claim] = claims.judge(claim, self._use, acts, self._engine.book)
        return known

    def owed(self, source: Source) -> tuple[Duty, ...]:
        """What every license of a source asks for, whether it allows the use or not."""
        duties: list[Duty] = []
        for text in (source.license, *source.also, *source.upstream):
            try:
                licenses = [self._engine.book.find(id) for id in parse(text).ids()]
            except ExpressionError:
                continue
            for ready in (self._engine.ready(license) for license in licenses if license is not None):
                adapted = ready.adapts(self._use) != "no"
                duties += ready.duties(triggers(self._use, self._acts_of(adapted, ready.contract), adapted))
        return join.unique(duties)

    def _short(self, text: str) -> str:
        license = self._engine.book.find(text) if text else None
        return license.short if license else text or _UNSTATED


def _facts(use: Use, noncommercial: str) -> dict[str, str | frozenset[str]]:
    """What rules may ask of a use, whatever the license."""
    return {
        "nc": noncommercial,
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
        "jurisdiction": use.jurisdiction | {"EU"} if use.jurisdiction & EU else use.jurisdiction,
    }


def _open_axis(use: Use) -> str:
    """The first axis that is not known and matters to this use, or ""."""
    if use.sgdr == "unknown":
        return "sgdr"
    if use.training_is_adaptation == "unknown" and ("train" in use.act or use.output == "weights"):
        return "training_is_adaptation"
    return ""


@lru_cache(maxsize=8)
def engine(book: Rulebook) -> Engine:
    """The one engine of a rulebook."""
    return Engine(book)


@lru_cache(maxsize=65536)
def carrying(use: Use, outbound: str) -> Use:
    """``use`` with a license on its result; one value for each, so that caches meet."""
    return replace(use, outbound=outbound)


@lru_cache(maxsize=65536)
def answered(use: Use, axis: str, answer: str) -> Use:
    """``use`` with one axis answered; one value for each, so that caches meet."""
    return replace(use, **{axis: answer})


@lru_cache(maxsize=65536)
def core(use: Use) -> Use:
    """``use`` without what only the report needs, so that equal questions are equal values."""
    return replace(use, given=(), intent="")
