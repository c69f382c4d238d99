"""From a question to its verdict: what the engine says, then one step for each thing that people decided or declared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from licensecheck.base.errors import ConfigError
from licensecheck.base.message import Message
from licensecheck.dataset import decisions, lineage
from licensecheck.dataset.decisions import exit_code as exit_code
from licensecheck.dataset.declaration import Policy
from licensecheck.dataset.sources import Settings as Settings
from licensecheck.engine.engine import engine
from licensecheck.engine.evaluate import evaluate, other_readings
from licensecheck.engine.findings import UNREADABLE
from licensecheck.engine.findings import of as findings_of
from licensecheck.engine.ranks import RANK, strictest
from licensecheck.expression import parse
from licensecheck.knowledge.rulebook import Rulebook
from licensecheck.model import Conflict, Decision, Reason, Source, SourceVerdict, Verdict, replace
from licensecheck.verdict.question import HOLDING, NO_OWN_LICENSE
from licensecheck.verdict.question import Question as Question
from licensecheck.verdict.question import ask as ask
from licensecheck.verdict.question import complete as complete
from licensecheck.verdict.question import dated as dated
from licensecheck.vocabulary import Use, make_use


class _Asked(NamedTuple):
    """What every step may look at."""

    question: Question
    use: Use
    book: Rulebook
    today: str


def verdict(question: Question, book: Rulebook, today: str = "") -> Verdict:
    """The verdict for a complete question: the strictest over the licenses that the result may carry.

    ``today`` (ISO 8601) is the day on which waivers are checked. Raises :class:`ConfigError` for a policy that matches no
    license.
    """
    result, use = _decided(question, book, today)

    def whole(axis: str, answer: str, found: Decision) -> Decision:
        """The steps only make a verdict stricter; what would be better is asked again as a whole."""
        if RANK[found] <= RANK[result.decision]:
            return found
        return _decided(replace(question, use=(*question.use, (axis, answer))), book, today)[0].decision

    others = other_readings(question.sources, use, book, result.decision, whole)
    return replace(result, assumptions=(*result.assumptions, *others))


def _decided(question: Question, book: Rulebook, today: str) -> tuple[Verdict, Use]:
    """The verdict without other readings, and the use with the license on the result that it is for."""
    asked = _Asked(question, make_use(dict(question.use)), book, today)
    found = [(_evaluated(asked, use), use) for use in _uses(asked)]
    result, use = min(found, key=lambda pair: RANK[pair[0].decision])
    for step in STEPS:
        result = step(result, asked)
    return result, use


def _uses(asked: _Asked) -> list[Use]:
    """The use with each license that the result may carry: the one that the use names, and those that the dataset
    itself declares, unless they agree."""
    use = asked.use
    if not (asked.question.published and use.shared) or (use.outbound and not _contradicted(asked)):
        return [use]
    own = [replace(use, outbound=license) for license in asked.question.outbounds]
    return [use, *own] if use.outbound else own or [use]


def _contradicted(asked: _Asked) -> bool:
    """Whether the dataset declares licenses of its own, and the use another one for it."""
    own, named = asked.question.outbounds, asked.use.outbound
    if not (asked.question.published and asked.use.shared and own and named):
        return False
    book = asked.book
    offered = {book.canonical(branch) for license in own for branch in (license, *_branches(license))}
    return len(own) > 1 or book.canonical(named) not in offered


def _branches(license: str) -> tuple[str, ...]:
    """The licenses among which the expression ``license`` lets choose."""
    node = parse(license)
    return tuple(part.value for part in node.parts if part.op == "id") if node.op == "or" else ()


def _evaluated(asked: _Asked, use: Use) -> Verdict:
    if asked.question.own_work and not asked.question.sources and use.outbound:
        return Verdict("", Decision.ALLOW, use.given, ())
    return evaluate(
        [_within_policy(source, asked) for source in asked.question.sources], use, asked.book, readings=False
    )


def _within_policy(source: Source, asked: _Asked) -> Source:
    """``source`` with the licenses that it lets choose and the policies allow, where there are any."""
    left = decisions.narrowed(source.license, _policies(asked.question), asked.book)
    if left == source.license:
        return source
    says = Message("of {license} the policy allows {left}", license=source.license, left=left)
    return replace(source, license=left, caveats=(*source.caveats, says))


# -- the steps, in their order -----------------------------------------------------------------


def with_observations(result: Verdict, asked: _Asked) -> Verdict:
    """Add what was seen while the question was put together: problems, conflicts, caveats, findings and lineage."""
    question = asked.question
    machine = engine(asked.book)
    traced = (f for node in question.lineage for f in lineage.findings(node, machine, asked.use))
    base = ""
    if question.declaration:
        base = str(question.declaration.base)
    elif question.name and Path(question.name).is_dir():
        base = question.name
    return replace(
        result,
        problems=question.problems,
        conflicts=tuple(dict.fromkeys((*question.conflicts, *result.conflicts))),
        caveats=tuple(dict.fromkeys((*question.caveats, *result.caveats))),
        coverage=question.coverage,
        findings=(*question.findings, *traced),
        base=base,
    )


def share_alike_needs_a_license(result: Verdict, asked: _Asked) -> Verdict:
    """Review each source whose adaptations keep its license, while the published result declares none."""
    if not asked.question.published or asked.question.outbounds or dict(result.use).get("outbound"):
        return result
    fitting = tuple(known.short for name in result.outbound.allowed if (known := asked.book.find(name)))
    sources = []
    for s in result.sources:
        duty = next((duty for duty in s.duties if duty.code == "SA_OUT"), None)
        if s.decision is Decision.ALLOW and duty:
            says = Message("adaptations must keep its license, and the result declares none")
            reason = Reason("share-alike-undeclared", "review", duty.clause, says, duty.license)
            help = (Message("declare the license of the result: {licenses}", licenses=fitting),) if fitting else ()
            s = replace(s, decision=Decision.REVIEW, reasons=(reason, *s.reasons), remedies=(*help, *s.remedies))
        sources.append(s)
    decision = strictest((result.decision, *(s.decision for s in sources)))
    return replace(result, decision=decision, sources=tuple(sources))


def outbound_agrees(result: Verdict, asked: _Asked) -> Verdict:
    """Review a use that names another license for the result than the dataset itself declares."""
    if not _contradicted(asked):
        return result
    own, named = asked.question.outbounds, asked.use.outbound
    says = Message(
        "the use publishes the result under {named}, but the dataset declares {own}; make them agree",
        named=named,
        own=" / ".join(own),
    )
    found = asked.question.own.evidence if asked.question.own else ()
    claims = tuple(e for e in found if e.license in own)
    conflicts = (*result.conflicts, Conflict(Message("the license of the result"), claims, says)) if claims else ()
    result = replace(result, conflicts=conflicts or result.conflicts)
    return _reviewed(result, Reason("outbound-contradicted", "review", "", says))


def own_license_declared(result: Verdict, asked: _Asked) -> Verdict:
    """Review a dataset that others receive without a license of its own."""
    question, use = asked.question, asked.use
    own = question.outbounds or use.outbound
    if not question.published or own or not (use.shared and use.output == "dataset" and question.sources):
        return result
    caveats = tuple(caveat for caveat in result.caveats if caveat != NO_OWN_LICENSE)
    reason = Reason("own-license-missing", "review", "Berne Convention art. 5(2)", NO_OWN_LICENSE)
    return _reviewed(replace(result, caveats=caveats), reason)


def conclusions_current(result: Verdict, asked: _Asked) -> Verdict:
    """Review while a conclusion rests on a file that has changed, or a license file states what nobody declared."""
    holding = [f for f in asked.question.findings if f.rule in HOLDING]
    if not holding:
        return result
    reasons = tuple(Reason(f.rule, "review", f"{f.path}:{f.line}", f.message) for f in holding)
    return _reviewed(replace(result, findings=tuple(f for f in result.findings if f not in holding)), *reasons)


def remedies_of_one_target(result: Verdict, asked: _Asked) -> Verdict:
    """Drop the remedy to leave a source out, if it is all that was asked about."""
    if asked.question.published or len(result.sources) != 1:
        return result
    (s,) = result.sources
    leave = Message(asked.book.remedies["drop-source"], source=s.source.name)
    return replace(result, sources=(replace(s, remedies=tuple(r for r in s.remedies if r != leave)),))


def attribution_complete(result: Verdict, asked: _Asked) -> Verdict:
    """Add what the published files lack; review if a policy requires them to be complete."""
    question = asked.question
    if not question.published or not result.sources or not question.name or result.decision is Decision.DENY:
        return result
    from licensecheck import attribution

    folder = Path(question.name) if Path(question.name).is_dir() else Path(question.name).parent
    texts = {path: file.text for path, file in attribution.gather(folder).items()}
    findings = attribution.findings(attribution.check(texts, result, result.attributions, asked.book))
    lacking = sum(1 for f in findings if f.level == "warning")
    result = replace(result, findings=(*result.findings, *findings))
    requiring = [policy.place for policy in _policies(question) if policy.papers == "required"]
    if not lacking or not requiring:
        return result
    says = Message("the published files lack {count} required notices or texts", count=lacking)
    return _reviewed(result, Reason("papers-incomplete", "review", requiring[0], says))


def policies_kept(result: Verdict, asked: _Asked) -> Verdict:
    """Deny what a policy denies. Raises :class:`ConfigError` for a policy that matches no license."""
    ruled: list[tuple[Policy, Path | None]] = [(policy, None) for policy in _policies(asked.question)]
    ruled += [(policy, folder) for folder, policy in asked.question.policies_below]
    for policy, folder in ruled:
        if wrong := decisions.unknown(policy, result, asked.book):
            raise ConfigError(Message("{place}: {why}", place=policy.place, why=wrong))
        about = _sources_in(folder, result) if folder else None
        result = decisions.ruled(result, policy, asked.book, about)
    return result


def everything_read(result: Verdict, asked: _Asked) -> Verdict:
    """Review an allow while something that had to be read could not be, and nobody waived that."""
    if result.decision is not Decision.ALLOW or not result.problems:
        return result
    unread = [f for f in findings_of(result, marked=False) if f.rule == UNREADABLE and not f.suppressed]
    reasons = (Reason(NOT_READ, "review", f"{f.path}:{f.line}", f.message) for f in unread)
    return _reviewed(result, *reasons) if unread else result


def waivers_applied(result: Verdict, asked: _Asked) -> Verdict:
    """Lift what the declaration waives."""
    declaration = asked.question.declaration
    if declaration is None:
        return result
    where = str(declaration.path)
    return decisions.waived(result, [(w, where) for w in declaration.waive], asked.today, asked.use, asked.book)


STEPS: Final[tuple[Callable[[Verdict, _Asked], Verdict], ...]] = (
    with_observations,
    share_alike_needs_a_license,
    outbound_agrees,
    own_license_declared,
    conclusions_current,
    remedies_of_one_target,
    attribution_complete,
    policies_kept,
    waivers_applied,
    everything_read,
)
"""What becomes of the engine's verdict, in order. Waivers come after all that they can lift; what was not read comes last,
as a waiver of it is a waiver of the finding."""
NOT_READ: Final = "not-read"


def _reviewed(result: Verdict, *reasons: Reason) -> Verdict:
    """``result``, and no better than a review for ``reasons`` that belong to no source."""
    decision = strictest((result.decision, Decision.REVIEW))
    return replace(result, decision=decision, constraints=(*result.constraints, *reasons))


def _policies(question: Question) -> tuple[Policy, ...]:
    """The policies that apply to the whole dataset: its declaration's, and those of declarations above it."""
    return (question.declaration.policy, *question.declaration.above) if question.declaration else ()


def _sources_in(folder: Path, result: Verdict) -> tuple[SourceVerdict, ...]:
    """The sources that were found in ``folder``; if there are none, those whose license covers it from further up."""
    folder = folder.resolve()
    homes = [(s, _homes(s)) for s in result.sources]
    inside = tuple(s for s, found in homes if any(home.is_relative_to(folder) for home in found))
    if inside:
        return inside
    above = [(s, max(len(home.parts) for home in found if folder.is_relative_to(home))) for s, found in homes
             if any(folder.is_relative_to(home) for home in found)]  # fmt: skip
    nearest = max((depth for _, depth in above), default=0)
    return tuple(s for s, depth in above if depth == nearest)


def _homes(s: SourceVerdict) -> set[Path]:
    """The folders in which a source was found; a declaration is not one."""
    if not s.source.evidence:
        return {Path(s.source.name).resolve()}
    files = {e.path for e in s.source.evidence if e.scanner != "declaration" and "://" not in e.path}
    return {Path(file).resolve().parent for file in files}
