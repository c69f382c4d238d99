"""Outcomes of the engine, and the words for them: reasons, duties, caveats and remedies.

The engine walks a tree of licenses once and returns an :class:`Outcome`, which knows its rank. Words cost most of the
time of a judgement, so they are made only when :meth:`Outcome.judgement` asks for them.
"""

# Annotations are evaluated: to compile each as a string, as NamedTuple else does, takes longer than the rest.

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple, Protocol, TypeVar

from licensecheck.base.message import Message, literal, word
from licensecheck.engine.acts import triggers
from licensecheck.engine.ranks import ALLOW, DECISIONS, DENY, RANK, REVIEW
from licensecheck.engine.ready import ReadyLicense, ReadyRule
from licensecheck.knowledge.rulebook import cite
from licensecheck.model import ClaimVerdict, Decision, Duty, License, Reason, Source, Unweighed, replace
from licensecheck.vocabulary import Use

_T = TypeVar("_T")
READINGS: Final = {
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
    "scope": ("public-reading", "whether a named group is the public is not settled", "@public"),
    "contract": (
        "contract-reading",
        "whether these words bind as a contract is not settled",
        "CJEU C-30/14 (Ryanair v PR Aviation); KCA 46(2)",
    ),
}
"""For an axis that is not known: the id of the reason, its words, and its clause."""


class Judgement(NamedTuple):
    """What one expression or source gets for one use, in words."""

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
        return DECISIONS[self.rank]


class Outcome(Protocol):
    """What licenses give for a use, before it is put into words."""

    @property
    def rank(self) -> int:
        """What is decided."""

    @property
    def blocked(self) -> bool:
        """Whether something forbids the use or asks for a review, and not only nothing permits it."""

    @property
    def limits(self) -> bool:
        """Whether this is a stated restriction alone, which grants nothing and only limits the licenses beside it."""

    def judgement(self, outbound: str) -> Judgement:
        """The words for it. ``outbound`` is the short name of the license on the result."""


class Unknown(NamedTuple):
    """The outcome for what cannot be judged."""

    reason: Reason
    rank: int = REVIEW
    blocked: bool = True
    limits: bool = False

    def judgement(self, outbound: str) -> Judgement:
        """A review for the reason."""
        return Judgement(self.rank, (self.reason,), remedies=("state-license",))


class Free(NamedTuple):
    """The outcome where no right is left that a license could restrict."""

    rank: int = ALLOW
    blocked: bool = False
    limits: bool = False

    def judgement(self, outbound: str) -> Judgement:
        """An allow without words of its own: what lifted the rights has them."""
        return Judgement(ALLOW)


class Hits(NamedTuple):
    """The rules that fire for one license and one use. ``silent`` are the acts that no rule decides."""

    rank: int
    blocked: bool
    ready: ReadyLicense
    use: Use
    adapted: bool
    acts: tuple[str, ...]
    rules: tuple[ReadyRule, ...]
    silent: tuple[str, ...]

    @property
    def limits(self) -> bool:
        """Whether the license is a stated restriction."""
        return self.ready.license.category == "restriction"

    def judgement(self, outbound: str) -> Judgement:
        """The rules' words, the strictest first, and the duties of what is allowed."""
        license = self.ready.license
        reasons: list[Reason] = []
        caveats: list[str] = list(license.caveats)
        remedies: list[str] = []
        slots = {
            "license": license.short,
            "purpose": word(self.use.purpose or "purpose not stated"),
            "outbound": outbound,
            "act": tuple(map(word, self.acts)),
        }
        for ready in sorted(self.rules, key=lambda ready: ready.rank):
            rule = ready.rule
            if ready.permits and self.rank < ALLOW:
                continue
            message = Message(rule.message, **slots, note=literal(ready.note))
            if rule.effect == "caveat":
                caveats.append(message)
            if ready.rank < ALLOW or self.rank == ALLOW:
                reasons.append(Reason(rule.id, rule.effect, ready.clause, message, license.id))
                remedies += rule.remedies
        if self.silent and self.rank > DENY:
            message = Message(
                "nothing in {license} permits this ({acts})",
                license=license.short,
                acts=tuple(map(word, self.silent)),
            )
            reasons.append(Reason("nothing-permits", "review", license.short, message, license.id))
            remedies += ["permission"]
        duties = self.ready.duties(triggers(self.use, self.acts, self.adapted)) if self.rank == ALLOW else ()
        ids = frozenset(ready.rule.id for ready in self.rules)
        return Judgement(self.rank, tuple(reasons), duties, unique(caveats), unique(remedies), fired=ids)


class Joined(NamedTuple):
    """The outcome of several outcomes. ``words`` makes one judgement of theirs."""

    rank: int
    blocked: bool
    parts: tuple[Outcome, ...]
    words: Callable[[Sequence[Judgement]], Judgement]

    @property
    def limits(self) -> bool:
        """Whether all parts are stated restrictions."""
        return all(part.limits for part in self.parts)

    def judgement(self, outbound: str) -> Judgement:
        """The words for all parts together."""
        return self.words([part.judgement(outbound) for part in self.parts])


def unique(items: Iterable[_T]) -> tuple[_T, ...]:
    """``items``, each once, in their order."""
    return tuple(dict.fromkeys(items))


def all_of(parts: Sequence[Outcome]) -> Outcome:
    """All of ``parts`` apply: the strictest decides. A restriction grants nothing, so only what it blocks counts."""
    if not all(part.limits for part in parts):
        parts = [part for part in parts if part.blocked or not part.limits]
    return Joined(min(p.rank for p in parts), any(p.blocked for p in parts), tuple(parts), worst_of)


def worst_of(judged: Sequence[Judgement]) -> Judgement:
    """All of ``judged`` apply: the strictest decision, the duties and caveats of all."""
    rank = min(j.rank for j in judged)
    reasons = unique(reason for j in judged if j.rank == rank or j.rank < ALLOW for reason in j.reasons)
    if rank == DENY:
        reasons = tuple(r for r in reasons if r.effect == "forbid") + tuple(r for r in reasons if r.effect != "forbid")
    return Judgement(
        rank,
        reasons,
        unique(duty for j in judged for duty in j.duties) if rank == ALLOW else (),
        unique(caveat for j in judged for caveat in j.caveats),
        unique(remedy for j in judged if j.rank == rank for remedy in j.remedies),
        next((j.chosen for j in judged if j.chosen), ""),
        frozenset().union(*(j.fired for j in judged)),
    )


def any_of(parts: Sequence[Outcome], names: Sequence[str]) -> Outcome:
    """One of ``parts`` may be chosen: the most permissive decides. ``names`` are the branches, as the report names them."""

    def words(judged: Sequence[Judgement]) -> Judgement:
        best = max(range(len(judged)), key=lambda n: (judged[n].rank, -len(judged[n].duties)))
        return replace(judged[best], chosen=judged[best].chosen or names[best])

    best = max(parts, key=lambda part: part.rank)
    return Joined(best.rank, best.blocked, tuple(parts), words)


def with_exception(base: Outcome, exception: str) -> Outcome:
    """``base`` with an exception of SPDX, which can only permit more."""

    def words(judged: Sequence[Judgement]) -> Judgement:
        caveat = Message("the exception {name} may permit more; it is not evaluated", name=exception)
        return replace(judged[0], caveats=(*judged[0].caveats, caveat))

    return Joined(base.rank, base.blocked, (base,), words)


def with_unknown_words(base: Outcome, name: str) -> Outcome:
    """``base`` with words beside it that are no exception of SPDX: they may take away what it permits (Commons Clause)."""

    def words(judged: Sequence[Judgement]) -> Judgement:
        if base.rank < ALLOW:
            return judged[0]
        says = Message("`{name}` is not an exception of SPDX, so it may take away what the license permits", name=name)
        reason = Reason("exception-unknown", "review", "SPDX 2.3 annex D", says, name)
        return replace(judged[0], rank=REVIEW, reasons=(reason, *judged[0].reasons), duties=(), remedies=("ask",))

    return Joined(min(base.rank, REVIEW), True, (base,), words)


def with_marks(base: Outcome, marks: Sequence[Outcome]) -> Outcome:
    """``base`` with marks beside it (additions), of which each may lift it and none can lower it."""
    lifting = next((n for n, mark in enumerate(marks, 1) if mark.rank == ALLOW and base.rank < ALLOW), 0)

    def words(judged: Sequence[Judgement]) -> Judgement:
        return replace(judged[lifting], fired=judged[0].fired.union(*(mark.fired for mark in judged[1:])))

    best = (base, *marks)[lifting]
    return Joined(best.rank, best.blocked, (base, *marks), words)


def either(license: License, axis: str, no: Outcome, yes: Outcome) -> Outcome:
    """A fact of the use (``axis``) is not known: what both answers give, else a review."""

    def words(judged: Sequence[Judgement]) -> Judgement:
        return _either_words(license, axis, *judged)

    same = no.rank == yes.rank
    return Joined(no.rank if same else REVIEW, no.blocked or not same, (no, yes), words)


def _either_words(license: License, axis: str, no: Judgement, yes: Judgement) -> Judgement:
    rule, says, clause = READINGS[axis]
    if clause.startswith("@"):
        clause = cite(license.short, dict(license.clauses).get(clause[1:], license.name))
    caveats = unique((*no.caveats, *yes.caveats))
    fired = no.fired | yes.fired
    if no.rank == yes.rank:
        if no.duties == yes.duties and no.caveats == yes.caveats:
            return no
        if no.rank == ALLOW:
            message = Message(
                "{license}: {says}; if so, the listed duties apply", license=license.short, says=word(says)
            )
            caveats = (*caveats, message)
        return replace(no, duties=unique((*no.duties, *yes.duties)), caveats=caveats, fired=fired)
    worse = no if no.rank < yes.rank else yes
    message = Message(
        "{license}: {says}; if not, {no}; if so, {yes}",
        license=license.short,
        says=word(says),
        no=word(no.decision.value),
        yes=word(yes.decision.value),
    )
    blocking = (reason for reason in worse.reasons if reason.effect in ("forbid", "review"))
    reasons = unique((Reason(rule, "review", clause, message, license.id), *blocking))
    return Judgement(REVIEW, reasons, (), caveats, worse.remedies, fired=fired)


def family(license: License, members: Sequence[Outcome]) -> Outcome:
    """A license whose version or kind is not stated: what all of its ``members`` give, else a review."""

    def words(judged: Sequence[Judgement]) -> Judgement:
        if len({j.rank for j in judged}) == 1:
            caveat = Message(
                "{license}: the version or kind is not stated; the answer is the same for all known ones",
                license=license.short,
            )
            strict = max(judged, key=lambda j: len(j.duties))
            return replace(strict, caveats=unique((*strict.caveats, caveat)))
        worst = min(judged, key=lambda j: j.rank)
        message = Message("{license}: the answer differs between the licenses that this may mean", license=license.name)
        reason = Reason("version-not-stated", "review", "SPDX 2.3 annex D", message, license.id)
        remedies = unique(("state-license", *worst.remedies))
        return Judgement(REVIEW, unique((reason, *worst.reasons)), worst.duties, worst.caveats, remedies)

    return _agreed(members, members[0], words)


def readings(source: Source, parts: Sequence[Outcome]) -> Outcome:
    """A list of licenses without an operator: what all of its readings give, else a review."""

    def words(judged: Sequence[Judgement]) -> Judgement:
        if len({j.rank for j in judged}) == 1:
            return worst_of(judged)
        worst = min(judged, key=lambda j: j.rank)
        message = Message(
            "{licenses}: the list does not say whether all licenses apply or one may be chosen",
            licenses=" / ".join(source.readings),
        )
        reason = Reason("list-without-operator", "review", "SPDX 2.3 annex D", message, source.license)
        remedies = unique(("state-license", *worst.remedies))
        return Judgement(REVIEW, unique((reason, *worst.reasons)), (), worst.caveats, remedies)

    return _agreed(parts, all_of(parts), words)


def _agreed(parts: Sequence[Outcome], agreed: Outcome, words: Callable[[Sequence[Judgement]], Judgement]) -> Outcome:
    same = len({part.rank for part in parts}) == 1
    return Joined(agreed.rank if same else REVIEW, agreed.blocked or not same, tuple(parts), words)


def doubted(source: Source, base: Outcome, restricting: Sequence[tuple[str, Outcome]]) -> Outcome:
    """``base``, and a review for the uses that words beside the license exclude, if they apply.

    ``restricting`` are those words as licenses, each by its short name. That they permit nothing by themselves does not
    count: the license does.
    """

    def words(judged: Sequence[Judgement]) -> Judgement:
        says = "the text also says {license}; it is unclear whether that applies to this data"
        message = Message(says, license=tuple(name for name, _ in restricting))
        first = Reason(DOUBT, "review", "the words that were found", message, source.license)
        against = (reason for each in judged[1:] for reason in _doubts(each))
        caveats, fired = judged[0].caveats, judged[0].fired
        return Judgement(REVIEW, unique((first, *against)), (), caveats, ("state-license", "permission"), fired=fired)

    return Joined(REVIEW, True, (base, *(outcome for _, outcome in restricting)), words)


DOUBT: Final = "restriction-not-sure"
NOT_UNDERSTOOD: Final = "words-not-understood"
_QUOTED: Final = 5
"""Sentences of one source that are quoted as reasons, at most; the count says how many more there are."""


def quoted(u: Unweighed) -> Message:
    """Why a sentence is open, and the sentence."""
    return Message("{why}: “{words}”", why=word(u.why), words=u.words)


def not_understood(source: Source, base: Outcome) -> Outcome:
    """``base``, and a review while sentences of the source that may restrict the use are not understood."""

    def words(judged: Sequence[Judgement]) -> Judgement:
        reasons = [
            Reason(
                NOT_UNDERSTOOD,
                "review",
                f"{u.path}:{u.line}",
                quoted(u),
            )
            for u in source.unweighed[:_QUOTED]
        ]
        more = len(source.unweighed) - _QUOTED
        if more > 0:
            says = Message("{count} more sentences may restrict the use and are not understood", count=more)
            reasons.append(Reason(NOT_UNDERSTOOD, "review", "", says))
        was = judged[0]
        before = was.reasons if was.rank < ALLOW else ()
        return Judgement(
            REVIEW, unique((*before, *reasons)), (), was.caveats, unique((*was.remedies, "read-words")), fired=was.fired
        )

    return Joined(REVIEW, True, (base,), words)


def _doubts(judged: Judgement) -> tuple[Reason, ...]:
    """The reasons that exclude a use, as doubts."""
    against = (r for r in judged.reasons if r.effect in ("forbid", "review") and r.rule != "nothing-permits")
    return tuple(replace(reason, effect="review") for reason in against)


def looser_than_upstream(source: Source, above: Outcome) -> Outcome:
    """``above``, the outcome of what the source was made from, which gives less than the source declares."""

    def words(judged: Sequence[Judgement]) -> Judgement:
        message = Message(
            "declared as {license}, which permits more than its sources do: {upstream}",
            license=source.license,
            upstream=source.upstream,
        )
        if set(source.upstream) & {"NONE", "NOASSERTION"}:
            says = "{license} gives no more than what it was made from, and the license of some of that is not known"
            message = Message(says, license=source.license)
        clause = "nemo plus iuris: none can license more than they hold"
        reason = Reason("looser-than-upstream", ("forbid", "review")[above.rank], clause, message)
        upstream = judged[0]
        remedies = unique(("upstream", *upstream.remedies))
        return replace(upstream, reasons=(reason, *upstream.reasons), remedies=remedies)

    return Joined(above.rank, True, (above,), words)


def claimed(base: Outcome, left: Outcome, holding: Sequence[ClaimVerdict], caveats: Sequence[bool]) -> Outcome:
    """What claims give that do more than the license: what is ``left`` without the rights that they lift.

    ``base`` is the outcome of the license. ``caveats`` says of each of ``holding`` whether it is at best an allow with a
    caveat.
    """
    rank = min(left.rank, *(RANK[verdict.decision] for verdict in holding))

    def words(judged: Sequence[Judgement]) -> Judgement:
        rest, was = judged
        more: list[str] = [_not_lifted(verdict) for verdict, caveat in zip(holding, caveats, strict=True) if caveat]
        more += [caveat for verdict in holding for caveat in verdict.caveats]
        duties = unique((*rest.duties, *(duty for verdict in holding for duty in verdict.duties)))
        reasons = unique((*(verdict.reason for verdict in holding), *rest.reasons))
        remedies = unique((*(r for verdict in holding for r in verdict.remedies), *rest.remedies, *was.remedies))
        noted = unique((*rest.caveats, *more))
        return Judgement(rank, reasons, duties if rank == ALLOW else (), noted, remedies, rest.chosen, rest.fired)

    blocked = left.blocked or any(verdict.reason.effect in ("forbid", "review") for verdict in holding)
    return Joined(rank, blocked, (left, base), words)


_RIGHTS: Final = {
    "copyright": word("copyright"),
    "database-right": word("the database right"),
    "contract": word("contracts"),
}


def claim_without_effect(base: Outcome, verdict: ClaimVerdict) -> Outcome:
    """``base``, which is not allowed, with the reason for which a claim does not help."""

    def words(judged: Sequence[Judgement]) -> Judgement:
        was = judged[0]
        reason = verdict.reason
        if verdict.decision is Decision.ALLOW:
            says = "{claim}; it lifts {rights}, and what rests on another right or on a contract stays"
            rights = tuple(_RIGHTS[right] for right in sorted(verdict.lifts))
            message = Message(says, claim=reason.message, rights=rights)
            reason = replace(reason, effect=("forbid", "review")[was.rank], message=message)
        remedies = unique((*verdict.remedies, *was.remedies))
        return replace(was, reasons=(*was.reasons, reason), remedies=remedies)

    return Joined(base.rank, True, (base,), words)


def _not_lifted(verdict: ClaimVerdict) -> Message:
    return Message("{claim}; it does not lift: {cannot}", claim=verdict.reason.message, cannot=verdict.cannot)
