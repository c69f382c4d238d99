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
from licensecheck.engine.judgement import Free, Hits, Outcome, Unknown
from licensecheck.engine.judgement import Judgement as Judgement
from licensecheck.engine.ranks import ALLOW, DENY, RANK, REVIEW
from licensecheck.engine.ready import ReadyLicense, ReadyRule
from licensecheck.expression import Expression, parse
from licensecheck.knowledge import names
from licensecheck.knowledge.rulebook import Rulebook
from licensecheck.model import Claim, ClaimVerdict, Duty, License, Reason, Reservation, Source, replace
from licensecheck.vocabulary import EU, Use

_UNSTATED: Final = "the license that you choose"


class Engine:
    """One rulebook, ready to judge. It remembers what it has judged: the domain is finite."""

    def __init__(self, book: Rulebook) -> None:
        self.book: Final = book
        self.compatibility: Final = Compatibility(book)
        self._licenses: dict[str, ReadyLicense] = {}
        self._weighings: dict[tuple[Use, frozenset[str], tuple[str, ...]], Weighing] = {}
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

    def weighing(self, use: Use, lifted: frozenset[str] = frozenset(), combined: tuple[str, ...] = ()) -> Weighing:
        """``use`` as the engine weighs it; the license on its result is not part of it.

        ``lifted`` are rights (copyright, database-right, contract) that claims take out of the way; ``combined`` are
        licenses of other works in the same result, as :attr:`Source.combined` has them.
        """
        known = self._weighings.get((use, lifted, combined))
        if known is None:
            if self._remembered >= MOST:
                self._weighings.clear()
                self._remembered = 0
            plain = carrying(use, "")
            known = self.weighing(plain, lifted, combined) if use.outbound else Weighing(self, use, lifted, combined)
            self._weighings[use, lifted, combined] = known
        return known

    def remember(self) -> None:
        """Count one more outcome or judgement that a weighing keeps, so that memory stays bounded."""
        self._remembered += 1

    def rank(self, text: str, use: Use, outbound: str) -> int:
        """What :meth:`expression` decides (0 deny, 1 review, 2 allow) with ``outbound`` on the result, without words."""
        return self.weighing(use).expression(text, outbound).rank

    def rank_source(self, source: Source, use: Use, outbound: str) -> int:
        """What :meth:`source` decides with ``outbound`` on the result, without words."""
        return self.weighing(use, combined=source.combined).source(source, outbound).rank

    def ranks(self, source: Source, use: Use) -> Callable[[str], int]:
        """:meth:`rank_source` for one source and one use: an outbound license in, a rank out."""
        by_outbound = self.weighing(use, combined=source.combined).outcomes(source)
        return lambda outbound: by_outbound(outbound).rank

    def expression(self, text: str, use: Use) -> Judgement:
        """The judgement of a license expression: AND is the strictest, OR the best, with the branch named."""
        return self.weighing(use).judged(Source("", text), use.outbound)

    def source(self, source: Source, use: Use) -> Judgement:
        """The judgement of one source: its license and its upstream's, and the claims beside them."""
        return self.weighing(use, combined=source.combined).judged(source, use.outbound)

    def licensed(self, source: Source, use: Use) -> Judgement:
        """The judgement of one source without its claims: a license is never better than its upstream's."""
        return self.source(replace(source, claims=()), use)

    def owed(self, source: Source, use: Use) -> tuple[Duty, ...]:
        """What every license of a source asks for in this use, whether it allows the use or not."""
        return self.weighing(use).owed(source)

    def claims(self, source: Source, use: Use) -> tuple[ClaimVerdict, ...]:
        """What each claim of a source alone gives for this use; a claim with several bases gives several."""
        weighing = self.weighing(use)
        return tuple(weighing.claim(claim, use.outbound, source.reservations) for claim in self.bases(source))

    def bases(self, source: Source) -> tuple[Claim, ...]:
        """The claims of a source, each with one basis."""
        return tuple(part for claim in source.claims for part in claims.parts(claim, self.book))


class Weighing:
    """One use, weighed: what each license, expression and source gives for it, with any license on the result.

    Outbound licenses that are the same to a source's license share one outcome.
    """

    def __init__(self, engine: Engine, use: Use, lifted: frozenset[str], combined: tuple[str, ...]) -> None:
        self._engine = engine
        self._use = use
        self._lifted = lifted
        self._combined = combined
        self._facts = _facts(use, engine.noncommercial(use))
        self._facts_with: dict[Fit, dict[str, str | frozenset[str]]] = {}
        self._acts: dict[tuple[bool, bool], tuple[str, ...]] = {}
        self._licenses: dict[tuple[str, Fit], Outcome] = {}
        self._sources: dict[Source, dict[str, Outcome]] = {}
        self._judged: dict[tuple[Source, str], Judgement] = {}
        self._claims: dict[tuple[Claim, str, tuple[Reservation, ...]], ClaimVerdict] = {}

    # -- licenses ------------------------------------------------------------------------------

    def license(self, name: str, outbound: str) -> Outcome:
        """The outcome of one license id."""
        license = self._engine.book.find(name)
        if license is None:
            message = Message(
                "`{name}` is not in the rulebook; read its terms and add them, or `clarify` it", name=name
            )
            if self._lifted >= claims.EVERY_RIGHT:
                return Free()
            return Unknown(Reason("unknown-license", "review", "SPDX 2.3 annex D", message, name))
        if license.members:
            return join.family(license, [self.license(member, outbound) for member in license.members])
        fit = self._engine.compatibility.fit(license, outbound, self._combined)
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
            no, yes = (weighing._one(license, fit) for weighing in self._answers(axis))
            return join.either(license, axis, no, yes)
        ready = self._engine.ready(license)
        if self._lifted:
            return self._left(ready, fit)
        if self._use.scope == "named_group" and ready.binds_the_public_only:
            return self._group(ready, fit)
        return self._adapting(ready, fit)

    def _group(self, ready: ReadyLicense, fit: Fit) -> Outcome:
        """A named group, under a license whose conditions are about sharing with the public: a deny is open."""
        yes = self._adapting(ready, fit)
        if yes.rank > DENY:
            return yes
        inside = self._engine.weighing(answered(self._use, "scope", "internal"), self._lifted, self._combined)
        return join.either(ready.license, "scope", inside._one(ready.license, fit), yes)

    def _adapting(self, ready: ReadyLicense, fit: Fit) -> Outcome:
        """The hits of one license; both readings where it is open whether the change makes an adaptation."""
        license = ready.license
        adapts = ready.adapts(self._use)
        if adapts == "unclear":
            return join.either(license, "change", self._bound(ready, False, fit), self._bound(ready, True, fit))
        return self._bound(ready, adapts == "yes", fit)

    def _answers(self, axis: str) -> tuple[Weighing, Weighing]:
        """The same use with ``axis`` answered no, and yes."""
        no, yes = (
            self._engine.weighing(answered(self._use, axis, a), self._lifted, self._combined) for a in ("no", "yes")
        )
        return no, yes

    def _left(self, ready: ReadyLicense, fit: Fit) -> Outcome:
        """What one license still restricts where some of the rights are lifted: what rests on the others."""
        use = answered(self._use, "sgdr", "no") if "database-right" in self._lifted else self._use
        base = self._engine.weighing(use)._one(ready.license, fit)
        if "copyright" not in self._lifted:
            return base
        left: Outcome = Free()
        if use.sgdr == "yes" and ready.license.database_right != "waived":
            left = base if ready.license.database_right == "licensed" else self._of_database(ready, fit)
        if "contract" in self._lifted or ready.contract == "no":
            return left
        return base if ready.contract == "yes" else join.either(ready.license, "contract", left, base)

    def _of_database(self, ready: ReadyLicense, fit: Fit) -> Outcome:
        """What the rules about the database right alone decide, for a license that is silent about it."""
        hits = self._hits(ready, False, fit, engaged=True)
        rules = tuple(rule for rule in hits.rules if rule.of_database)
        rank = min((rule.rank for rule in rules), default=ALLOW)
        return hits._replace(rank=rank, blocked=rank < ALLOW, rules=rules, silent=()) if rules else Free()

    def _bound(self, ready: ReadyLicense, adapted: bool, fit: Fit) -> Outcome:
        """The hits of one license; both readings where it may bind as a contract, and facts alone are taken."""
        facts_alone = self._use.portion in ("facts_only", "ids_only")
        if ready.contract != "unclear" or not facts_alone or self._use.sgdr == "yes":
            return self._hits(ready, adapted, fit, engaged=ready.engages(self._use))
        no, yes = (self._hits(ready, adapted, fit, engaged=engaged) for engaged in (False, True))
        return join.either(ready.license, "contract", no, yes)

    def _hits(self, ready: ReadyLicense, adapted: bool, fit: Fit, *, engaged: bool) -> Hits:
        """Which rules fire for one license, and what they decide together. ``engaged``: facts alone engage it."""
        acts = self._acts_of(adapted, engaged)
        facts = self._facts_with.get(fit)
        if facts is None:
            facts = {**self._facts, "label": fit.label, "outbound": fit.grade, "outbound_commercial": fit.commercial}
            facts["outbound_category"] = fit.category
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

    def _acts_of(self, adapted: bool, engaged: bool) -> tuple[str, ...]:
        key = (adapted, engaged)
        known = self._acts.get(key)
        if known is None:
            known = self._acts[key] = acts_of(self._use, adapted, engaged)
        return known

    # -- expressions ---------------------------------------------------------------------------

    def expression(self, text: str, outbound: str) -> Outcome:
        """The outcome of a license expression."""
        try:
            return self._tree(parse(text), outbound)
        except ExpressionError as error:
            if self._lifted >= claims.EVERY_RIGHT:
                return Free()
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
        marking = next((part for part in node.parts if self._adds(part)), None)
        mark = self._engine.book.find(marking.value) if marking else None
        if mark is None:
            return join.all_of([self._tree(part, outbound) for part in node.parts])
        if axis := _open_axis(self._use):  # a mark lifts all or nothing, so that each answer is tried with the whole
            no, yes = (weighing._tree(node, outbound) for weighing in self._answers(axis))
            return join.either(mark, axis, no, yes)
        marks = [self._tree(part, outbound) for part in node.parts if self._adds(part)]
        parts = [self._tree(part, outbound) for part in node.parts if not self._adds(part)]
        return join.with_marks(join.all_of(parts or marks), marks)

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
        if not source.claims:
            return self._licensed(source, outbound)
        if axis := _open_axis(self._use):
            no, yes = (weighing._source(source, outbound) for weighing in self._answers(axis))
            return join.either(self._stands_for(source), axis, no, yes)
        base = self._licensed(source, outbound)
        bases = self._engine.bases(source)
        verdicts = [self.claim(claim, outbound, source.reservations) for claim in bases]
        best = base
        for least in (ALLOW, REVIEW):
            holding = [verdict for verdict in verdicts if RANK[verdict.decision] >= least]
            for several in (*([verdict] for verdict in holding), *([holding] if len(holding) > 1 else [])):
                if best.rank < least:
                    found = self._claimed(several, source, outbound, base)
                    best = found if found.rank > best.rank else best
        if best is not base or base.rank == ALLOW:
            return best
        for verdict in verdicts:
            best = join.claim_without_effect(best, verdict)
        return best

    def _claimed(self, holding: list[ClaimVerdict], source: Source, outbound: str, base: Outcome) -> Outcome:
        """What is left of ``base`` without the rights that ``holding`` lift together, and no better than they are."""
        lifted = frozenset().union(*(verdict.lifts for verdict in holding))
        left = self._engine.weighing(self._use, lifted, self._combined)._licensed(source, outbound)
        caveats = [claims.with_caveat(verdict.claim, self._engine.book) for verdict in holding]
        return join.claimed(base, left, holding, caveats)

    def _stands_for(self, source: Source) -> License:
        """The license that a message about all of a source speaks of."""
        known = self._engine.book.find(source.license)
        return known or License(source.license, source.license, source.license, "none")

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
        if source.unweighed and outcome.rank >= REVIEW and not self._lifted >= claims.EVERY_RIGHT:
            outcome = join.not_understood(source, outcome)
        if source.upstream:
            above = join.all_of([self.expression(text, outbound) for text in source.upstream])
            if above.rank < outcome.rank:
                above = join.looser_than_upstream(source, above)
            outcome = join.all_of([outcome, above])
        return outcome

    def claim(self, claim: Claim, outbound: str = "", reservations: tuple[Reservation, ...] = ()) -> ClaimVerdict:
        """What one claim alone gives, with ``outbound`` on the result and these reservations on the source."""
        key = (claim, outbound, reservations)
        known = self._claims.get(key)
        if known is not None:
            return known
        if _trains(self._use) and self._use.training_is_adaptation == "unknown":
            answers = self._answers("training_is_adaptation")
            no, yes = (weighing.claim(claim, outbound, reservations) for weighing in answers)
            known = claims.either(no, yes, "training_is_adaptation")
        else:
            acts = self._acts_of(reworks(self._use) or self._use.assembly == "merged", self._use.sgdr == "yes")
            use = carrying(self._use, outbound)
            known = claims.judge(claim, use, acts, self._engine.book, reservations)
        self._claims[key] = known
        self._engine.remember()
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
                acts = self._acts_of(adapted, ready.engages(self._use))
                duties += ready.duties(triggers(self._use, acts, adapted))
        return join.unique(duties)

    def _short(self, text: str) -> str:
        license = self._engine.book.find(text) if text else None
        return license.short if license else text or _UNSTATED


def _facts(use: Use, noncommercial: str) -> dict[str, str | frozenset[str]]:
    """What rules may ask of a use, whatever the license."""
    return {
        "nc": noncommercial,
        "trains": "yes" if _trains(use) else "no",
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
    if use.training_is_adaptation == "unknown" and _trains(use):
        return "training_is_adaptation"
    return ""


def _trains(use: Use) -> bool:
    return "train" in use.act or use.output == "weights"


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
