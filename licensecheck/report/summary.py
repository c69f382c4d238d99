"""What a verdict comes to, before it is worded for one format: sources, duties and blockers, grouped. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from licensecheck.base.message import Message, speaker, word
from licensecheck.engine import findings
from licensecheck.knowledge.rulebook import Rulebook
from licensecheck.model import (
    Certainty,
    Conflict,
    Coverage,
    Decision,
    Duty,
    Evidence,
    Finding,
    Outbound,
    Reason,
    Scope,
    SourceVerdict,
    Stance,
    Unweighed,
    Verdict,
)
from licensecheck.report import labels
from licensecheck.report.terminal import safe
from licensecheck.vocabulary import INTENT_WORDS

if TYPE_CHECKING:
    from licensecheck.base.errors import Problem
    from licensecheck.report import Options


class Group(NamedTuple):
    """Sources that got the same answer for the same reasons."""

    names: tuple[str, ...]
    members: tuple[SourceVerdict, ...]


class DutyLine(NamedTuple):
    """One duty with all its clauses, and the sources that ask for it (() where all that ask for anything do)."""

    text: str
    clauses: tuple[str, ...]
    sources: tuple[str, ...]


class Seen(NamedTuple):
    """Statements of one line of a file that name the same license."""

    first: Evidence
    raws: tuple[str, ...]


def short(expression: str, book: Rulebook | None, lang: str = "en") -> str:
    """A license expression in well-known names: ``CC BY 4.0 OR MIT``; "no license" is in the language ``lang``."""
    if book is None or not expression:
        return expression

    def word(part: str) -> str:
        bare = part.strip("()")
        found = book.find(bare) if bare and bare not in ("AND", "OR", "WITH") else None
        name = speaker(lang)(found.short) if found and found.category == "none" else found.short if found else ""
        return part.replace(bare, name) if found else part

    return " ".join(map(word, expression.split()))


def named(license: str | None, book: Rulebook | None, lang: str) -> str:
    """The short name of a license, or "no license" in the language ``lang``."""
    return short(license, book, lang) if license else speaker(lang)("no license")


def license_of(s: SourceVerdict, book: Rulebook | None, lang: str) -> str:
    """What a source is under, with the other readings or claims where there are some, in the language ``lang``."""
    if s.source.readings:
        return " / ".join(short(text, book, lang) for text in s.source.readings)
    others = ", ".join(short(text, book, lang) for text in s.source.also)
    own = named(s.source.license, book, lang)
    return own + speaker(lang)(" (another place says {licenses})", licenses=others) if others else own


def few(names: Sequence[str], most: int, say: Callable[..., str], between: str = ", ") -> str:
    """The first ``most`` of ``names``, and how many more there are, as ``say`` speaks."""
    shown = between.join(names[:most])
    return say("{names} and {count} more", names=shown, count=len(names) - most) if len(names) > most else shown


WAIVED: Final = word("waived")
KNOWN: Final = word("in the baseline")
NEW: Final = word("new")
MARKS: Final = (WAIVED, KNOWN, NEW)
"""The mark of a reason or a finding: a waiver covers it, or a baseline has it, or (where there is a baseline) not."""


class Marks:
    """What waivers and a baseline say about the reasons and findings of one verdict: one of :data:`MARKS` each, or ""."""

    def __init__(self, v: Verdict) -> None:
        self._verdict = v
        self._covered = dict(v.suppressed)
        self._baselined = findings.baselined(v)

    def __call__(self, s: SourceVerdict | None, reason: Reason) -> str:
        """The mark of a reason of ``s``, or of a constraint (None)."""
        if not self._covered or reason.effect not in ("forbid", "review"):
            return ""
        return self._mark(self._covered.get(findings.identified(self._verdict, s, reason), ""), True)

    def of(self, f: Finding) -> str:
        """The mark of a finding."""
        return self._mark(f.suppressed, f.level != "note")

    def _mark(self, why: str, counts: bool) -> str:
        if why:
            return KNOWN if why == findings.BASELINE else WAIVED
        return NEW if counts and self._baselined else ""


def news(v: Verdict) -> str:
    """What of ``v`` is new since its baseline, as the end of a sentence; "" where there is none."""
    if not findings.baselined(v):
        return ""
    marks = Marks(v)
    count = sum(marks.of(f) == NEW for f in findings.of(v))
    if not count:
        return Message("; nothing is new since the baseline")
    one, many = "; 1 finding is new since the baseline", "; {count} findings are new since the baseline"
    return Message(one) if count == 1 else Message(many, count=count)


def by_claim(v: Verdict) -> list[str]:
    """The sources that only claims allow, and not their license."""
    return [
        s.source.name
        for s in v.sources
        if s.claims and s.decision is Decision.ALLOW and s.by_license not in (None, Decision.ALLOW)
    ]


def subject(v: Verdict, say: Callable[..., str]) -> str:
    """What the verdict is about, in the words of ``say``: the use, and of several datasets how many decide."""
    use = dict(v.use)
    words = say(INTENT_WORDS[use["intent"]]) if use.get("intent") in INTENT_WORDS else ""
    if not v.datasets:
        words = words or say("this use")
    if "purpose" in use:
        purpose = say(use["purpose"].replace("_", " "))
        words = (
            say("{use}, for: {purpose}", use=words, purpose=purpose)
            if words
            else say("for: {purpose}", purpose=purpose)
        )
    if not v.datasets:
        return words
    count = sum(decision is v.decision for _, decision in v.datasets)
    of = say("{count} of {all} datasets", count=count, all=len(v.datasets))
    return say("{datasets}: {use}", datasets=of, use=words) if words else of


def general_caveats(v: Verdict) -> list[str]:
    """The caveats that belong to no source."""
    own = {caveat for s in v.sources for caveat in s.caveats}
    return [caveat for caveat in v.caveats if caveat not in own]


def own_license(out: Outbound, options: Options) -> str:
    """The license that the result is declared to carry, and whether the sources allow it; "" where none is declared."""
    if not out.declared:
        return ""
    license = short(out.declared, options.book, options.lang)
    own = options.book.canonical(out.declared) if options.book else out.declared
    if own in out.allowed:
        return Message("your license {license}: allowed", license=license)
    if own in dict(out.blocked_by):
        return Message("your license {license}: not allowed", license=license)
    return Message("your license: {license}", license=license)


def outcome(conflict: Conflict, lang: str) -> str:
    """What a conflict of places means for the verdict."""
    return conflict.note or speaker(lang)("the strictest of these decides")


def read_as(e: Evidence, options: Options) -> str:
    """The license that a statement was read as, "" where its own words are that license's name."""
    read = named(e.license, options.book, options.lang)
    return "" if e.license and safe(e.raw).casefold() in (e.license.casefold(), read.casefold()) else read


def remarks(e: Evidence, options: Options, shown: Sequence[str] = ()) -> list[str]:
    """Remarks on a statement: its stance, how surely it names a license, its own note; without those in ``shown``."""
    say = speaker(options.lang)
    certainty = e.certainty
    known = options.book.find(e.license) if options.book and e.license else None
    if certainty is Certainty.AMBIGUOUS and known and "terms-unread" in dict(known.terms):
        certainty = Certainty.NONE
    every = (labels.STANCE[e.stance], labels.CERTAINTY[certainty] if e.license else "", e.note)
    kept = [note for note in (say(note) for note in every if note) if not any(note in text for text in shown)]
    return [*kept, say("for {part} only", part=safe(e.part, 60))] if e.part else kept


def headline(v: Verdict, groups: Sequence[Group]) -> tuple[str, str, str]:
    """Why the verdict is what it is: one sentence, its clause, and how many more sources block it.

    A waived reason does not count; one of the baseline counts only where nothing is new.
    """
    marks = Marks(v)
    blamed = [s for g in groups for s in g.members if s.decision is v.decision]
    if v.decision is not Decision.ALLOW and (reason := _blamed(blamed, marks)):
        others = {s.source.name: None for s in blamed if reason not in deciding(s, marks)}
        one, many = "1 more source blocks it", "{count} more sources block it"
        more = (Message(one) if len(others) == 1 else Message(many, count=len(others))) if others else ""
        return reason.message, reason.clause, more
    beyond = [reason for reason in v.constraints if marks(None, reason) != WAIVED]
    if v.decision is not Decision.ALLOW and beyond:
        return beyond[0].message, beyond[0].clause, ""
    if v.decision is not Decision.ALLOW:
        return (v.caveats[0] if v.caveats else Message("not enough is known")), "", ""
    owed = {duty.code for s in v.sources for duty in s.duties}
    duties = Message("no obligations")
    if owed:
        one, many = "1 obligation listed below", "{count} obligations listed below"
        duties = Message(one) if len(owed) == 1 else Message(many, count=len(owed))
    every = {0: Message("no source blocks it"), 1: Message("the source allows it")}
    why = depends(v, marks) or every.get(len(v.sources), Message("every source allows it"))
    if not v.caveats:
        return Message("{every}; {duties}", every=why, duties=duties), "", ""
    one, many = "{every}, with 1 note; {duties}", "{every}, with {count} notes; {duties}"
    if len(v.caveats) == 1:
        return Message(one, every=why, duties=duties), "", ""
    return Message(many, every=why, count=len(v.caveats), duties=duties), "", ""


def _blamed(sources: Iterable[SourceVerdict], marks: Marks) -> Reason | None:
    """The reason that a headline names: the first that is not in the baseline, else the first."""
    first = None
    for s in sources:
        for reason in deciding(s, marks):
            if marks(s, reason) != KNOWN:
                return reason
            first = first or reason
    return first


def depends(v: Verdict, marks: Marks) -> Message | None:
    """That an allow depends on claims or waivers; None where it does not."""
    claims = len(by_claim(v))
    waived = sum(marks(s, r) == WAIVED for s in v.sources if s.unwaived for r in dict.fromkeys(s.reasons))
    waived += sum(marks(None, reason) == WAIVED for reason in v.constraints)
    ways = []
    if claims:
        one = "allowed only by the claims for 1 source"
        many = "allowed only by the claims for {count} sources"
        ways.append(Message(one) if claims == 1 else Message(many, count=claims))
    if waived:
        one = "allowed only by the waiver of 1 finding"
        many = "allowed only by the waivers of {count} findings"
        ways.append(Message(one) if waived == 1 else Message(many, count=waived))
    if len(ways) == 2:
        return Message("{claimed}, and {waived}", claimed=ways[0], waived=ways[1])
    return ways[0] if ways else None


def deciding(s: SourceVerdict, marks: Marks | None = None) -> list[Reason]:
    """The reasons that decide, the first first: forbidding ones for a deny, else those that ask for review."""
    wanted = {Decision.DENY: ("forbid",), Decision.REVIEW: ("review", "forbid"), Decision.ALLOW: ("permit",)}
    found = [r for effect in wanted[s.decision] for r in s.reasons if r.effect == effect]
    return [r for r in found if not marks or marks(s, r) != WAIVED] or found or list(s.reasons[:1])


def why(s: SourceVerdict, marks: Marks | None = None) -> Reason | None:
    """The first reason that decides."""
    return next(iter(deciding(s, marks)), None)


_WORST_FIRST: Final = (Decision.DENY, Decision.REVIEW, Decision.ALLOW)


def grouped(sources: Iterable[SourceVerdict], marks: Marks | None = None) -> list[Group]:
    """``sources`` with equal answers, and equal ``marks``, put together, the worst first."""
    by: dict[object, list[SourceVerdict]] = {}
    for s in sources:
        own = s.source
        caveats = tuple(c for c in s.caveats if c not in own.caveats)
        place = (own.conflicts, own.claims, own.caveats) if own.conflicts or own.claims or own.caveats else ()
        key = (own.bare, s.decision, s.reasons, s.duties, caveats, place)
        marked = tuple(marks(s, reason) for reason in s.reasons) if marks else ()
        by.setdefault((*key, s.by_license, s.unwaived, marked), []).append(s)
    groups = [Group(tuple(s.source.name for s in members), tuple(members)) for members in by.values()]
    return sorted(groups, key=lambda g: _WORST_FIRST.index(g.members[0].decision))


def _naming(name: str, options: Options) -> dict[str, str]:
    """What the remedies that name a source say of the one called ``name``, each with the words that it was made from."""
    say = speaker(options.lang)
    known = options.book.remedies.values() if options.book else ()
    return {say(words, source=name): words for words in known if "{source}" in words}


def says_whom(remedy: str, names: Sequence[str], options: Options) -> bool:
    """Whether the remedy itself says which source it is for."""
    return len(names) == 1 and remedy in _naming(names[0], options)


def remedies(groups: Iterable[Group], options: Options) -> list[tuple[str, tuple[str, ...]]]:
    """What would change the answer, each with the sources that it would help (() where all of them, these first)."""
    by: dict[str, list[str]] = {}
    names: list[str] = []
    say = speaker(options.lang)
    for group in groups:
        together = len(group.names) > 1
        for s in group.members:
            if s.remedies:
                names.append(s.source.name)
            by_name = _naming(s.source.name, options) if together else {}
            for remedy in s.remedies:
                shared = say(by_name[remedy], source=say("each of them")) if remedy in by_name else remedy
                by.setdefault(shared, []).append(s.source.name)
    found = [(text, () if len(helped) == len(names) else tuple(helped)) for text, helped in by.items()]
    return sorted(found, key=lambda row: bool(row[1]))


def duties(sources: Iterable[SourceVerdict]) -> dict[str, list[DutyLine]]:
    """All duties, by kind; the same duty of several sources once, with each clause."""
    by: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    owing: list[str] = []
    for s in sources:
        if s.duties:
            owing.append(s.source.name)
        for duty in s.duties:
            clauses, names = by.setdefault((duty.code, duty.text), ([], []))
            clauses.append(duty.clause)
            names.append(s.source.name)
    kind_of = {code: kind for kind, codes in labels.KINDS.items() for code in codes}
    order = {code: n for n, code in enumerate(kind_of)}
    found: dict[str, list[DutyLine]] = {kind: [] for kind in (*labels.KINDS, labels.OTHER)}
    for (code, text), (clauses, names) in sorted(by.items(), key=lambda item: order.get(item[0][0], len(order))):
        asked = tuple(dict.fromkeys(names))
        everyone = len(asked) == len(set(owing))
        line = DutyLine(text, tuple(dict.fromkeys(clauses)), () if everyone else asked)
        found[kind_of.get(code, labels.OTHER)].append(line)
    return {kind: lines for kind, lines in found.items() if lines}


def in_short(owed: Iterable[Duty]) -> tuple[str, ...]:
    """Duties in a word or two each."""
    return tuple(dict.fromkeys(labels.SHORT[duty.code] for duty in owed if duty.code in labels.SHORT))


_SILENT: Final = ("NONE", "NOASSERTION")


def choices(out: Outbound) -> tuple[str, ...]:
    """The licenses that the result may carry; "none" and "not known" are not choices."""
    return tuple(name for name in out.allowed if name not in _SILENT)


def blockers(out: Outbound) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Blocking sources to the licenses that exactly they block, the fewest blockers first."""
    by: dict[tuple[str, ...], list[str]] = {}
    for license, names in out.blocked_by:
        if license in _SILENT:
            continue
        by.setdefault(tuple(dict.fromkeys(names)), []).append(license)
    return sorted(((names, tuple(licenses)) for names, licenses in by.items()), key=lambda pair: len(pair[0]))


def seen(evidence: Iterable[Evidence]) -> tuple[list[Seen], list[Evidence]]:
    """Evidence about the data, one entry for each line and license; and evidence about something else."""
    about: dict[object, list[Evidence]] = {}
    beside: list[Evidence] = []
    for e in evidence:
        if e.scope not in (Scope.DATA, Scope.CONTENTS):
            beside.append(e)
        else:
            about.setdefault((e.path, e.line, e.license, e.stance, e.part), []).append(e)
    rows = [Seen(group[0], tuple(dict.fromkeys(e.raw for e in group))) for group in about.values()]
    return sorted(rows, key=lambda row: not (row.first.license and row.first.stance is Stance.ASSERTED)), beside


def covered(account: Coverage | None, problems: Sequence[Problem], unweighed: Iterable[Unweighed]) -> Message | None:
    """How many of the data files of a folder are covered, and what is open, in one line; None where no folder was read."""
    if account is None:
        return None
    return Message(
        "covered: {covered} of {data} data files; {silent} silent, {unread} not read, {unweighed} not understood",
        covered=sum(one.files for one in account.stated),
        data=account.data,
        silent=sum(one.files for one in account.silent),
        unread=len({p.path for p in problems}),
        unweighed=len(set(unweighed)),
    )


def covered_of(v: Verdict) -> Message | None:
    """The same of the folders that a verdict is about."""
    return covered(v.coverage, v.problems, (u for s in v.sources for u in s.source.unweighed))
