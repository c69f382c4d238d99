"""The nouns that all floors share. Frozen values, no behaviour beyond what reads them.

Names follow SPDX (expressions, ids), ccREL and ODRL (permissions, duties, prohibitions) and
TASL (title, author, source, license). Imports nothing of ours.
"""

# Annotations are evaluated: to compile each as a string, as NamedTuple else does, takes longer than the rest.

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple, TypeVar

from licensecheck.base.errors import Problem
from licensecheck.evidence import Basis as Basis
from licensecheck.evidence import Certainty as Certainty
from licensecheck.evidence import Evidence as Evidence
from licensecheck.evidence import Kind as Kind
from licensecheck.evidence import Origin as Origin
from licensecheck.evidence import Scope as Scope
from licensecheck.evidence import Stance as Stance
from licensecheck.evidence import Standing as Standing
from licensecheck.evidence import Statement as Statement
from licensecheck.evidence import Unread as Unread
from licensecheck.evidence import Unweighed as Unweighed

_T = TypeVar("_T")


def replace(value: _T, **changes: object) -> _T:
    """``value``, one of the tuples of this module or of its kind, with some fields changed."""
    return value._replace(**changes)  # type: ignore[attr-defined, no-any-return]


class Decision(StrEnum):
    """What a use gets. Order of permissiveness: deny < review < allow."""

    DENY = "deny"
    REVIEW = "review"
    ALLOW = "allow"


STRICTEST_FIRST: Final = (Decision.DENY, Decision.REVIEW, Decision.ALLOW)
"""The order of decisions, and the only place where it is written down."""
RANK: Final = {decision: rank for rank, decision in enumerate(STRICTEST_FIRST)}
"""Each decision's place in :data:`STRICTEST_FIRST`."""


def strictest(decisions: Iterable[Decision], default: Decision = Decision.REVIEW) -> Decision:
    """The least permissive of ``decisions``; ``default`` if there is none."""
    return min(decisions, key=RANK.__getitem__, default=default)


class Status(StrEnum):
    """What a scan of one target concludes."""

    FOUND = "found"
    CONFLICT = "conflict"
    AMBIGUOUS = "ambiguous"
    NONE = "none"
    UNREADABLE = "unreadable"


class Credit(NamedTuple):
    """What a place says about who made the data: the parts of TASL, "" or () where it is silent.

    ``year`` (of making) and ``updated`` (the day of the last update) are what some licenses ask for beside them.
    """

    title: str = ""
    creators: tuple[str, ...] = ()
    source: str = ""
    notice: str = ""
    year: str = ""
    updated: str = ""


class Reservation(NamedTuple):
    """A signal that reserves (or grants) mining, training or crawling: an axis of its own, never a license.

    ``signal`` is ``tdm-reservation``, ``content-signal``, ``content-usage``, ``rsl``, ``ai.txt``, ``noai`` or ``robots``; ``value``
    what stands there (``1``, ``ai-train=no``); ``reserved`` whether it reserves something.
    """

    signal: str
    value: str
    path: str
    line: int
    reserved: bool = True
    note: str = ""


class Retrieval(NamedTuple):
    """One address that was read: where it led, when (ISO 8601, UTC), with what HTTP status, and its SHA-256."""

    url: str
    final: str
    time: str
    status: int
    sha256: str


class Scanned(NamedTuple):
    """All that the scanners found in one place. ``upstream`` names sources that metadata declares."""

    evidence: tuple[Evidence, ...] = ()
    problems: tuple[Problem, ...] = ()
    credit: Credit = Credit()
    upstream: tuple[str, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    retrievals: tuple[Retrieval, ...] = ()
    unweighed: tuple[Unweighed, ...] = ()


class Stated(NamedTuple):
    """Data files that one statement covers: the place of the statement, the license that the data is concluded to be under,
    how many files these are, and the folder that they lie under."""

    by: str
    license: str
    files: int
    under: str


class Silent(NamedTuple):
    """Data files that no statement covers: the folder that they lie under, how many they are, and why they are not covered."""

    under: str
    files: int
    why: str


class Coverage(NamedTuple):
    """What became of the files below a folder: how many they are, how many of them are data, what covers these, and what
    was not read. Two add up."""

    files: int = 0
    data: int = 0
    stated: tuple[Stated, ...] = ()
    silent: tuple[Silent, ...] = ()
    unread: tuple[Unread, ...] = ()

    def __add__(self, other: "Coverage") -> "Coverage":  # type: ignore[override]
        return Coverage(
            self.files + other.files,
            self.data + other.data,
            self.stated + other.stated,
            self.silent + other.silent,
            self.unread + other.unread,
        )


class Conflict(NamedTuple):
    """Two or more statements about one scope that do not agree; ``claims`` are their places."""

    about: str
    claims: tuple[Evidence, ...]
    note: str = ""
    weight: str = ""
    """What it changes for the use at hand, in a sentence; "" where no use was judged."""


class Resolved(NamedTuple):
    """What one target's data is under, as concluded from its evidence.

    ``license`` is an expression or None; ``strictest`` holds the expressions of every claim that
    the verdict may not be better than (more than one under conflict).
    """

    target: str
    license: str | None
    status: Status
    evidence: tuple[Evidence, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    strictest: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    credit: Credit = Credit()
    upstream: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    retrievals: tuple[Retrieval, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    """Parts that are under a license of their own, as (part, expression): each is a source of its own."""
    beside: tuple[str, ...] = ()
    """Restrictions in further words, of which it is not sure that they hold for the data."""
    unweighed: tuple[Unweighed, ...] = ()
    coverage: Coverage | None = None
    """What became of the files of the dataset, where it lies in a folder."""


class Claim(NamedTuple):
    """A right that the user asserts beside the license, with its evidence (semantics: claims)."""

    kind: str
    basis: str = ""
    by: str = ""
    acts: tuple[str, ...] = ()
    scope: str = ""
    rights: str = ""
    derivative_clause: str = ""
    until: str = ""
    evidence: str = ""
    note: str = ""
    exclusive: str = ""
    """``yes`` where nobody else may have the right; shown, and never asked for."""
    territory: str = ""
    """The countries that it is for (ISO 3166 codes, ``EU``), with commas; "" is not limited."""
    medium: str = ""
    """What may carry the result: values of the axis ``output``, with commas; "" is not limited."""
    sublicensing: str = ""
    """``yes`` where the result may be licensed to others."""
    state: str = ""
    """Where ``until`` is given: ``valid`` or ``expired`` on the day of the run, "" where nobody looked."""


class Source(NamedTuple):
    """One work that goes into the use: its license expression and what is known about it.

    ``also`` are further expressions that the verdict may not be better than (a conflict's other claims). ``readings`` are
    what a statement may mean where it does not say (a list without an operator): the verdict is theirs where they agree,
    else review. ``beside`` are restrictions in further words, of which it is not sure that they hold: what they shut out
    is review. ``unweighed`` are sentences that were not understood: with them an allow is a review. ``license`` may be
    ``NONE`` (nothing found) or ``NOASSERTION`` (found, not known). ``combined`` are the other sources' licenses that its own names.
    """

    name: str
    license: str
    also: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    upstream: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    caveats: tuple[str, ...] = ()
    credit: Credit = Credit()
    reservations: tuple[Reservation, ...] = ()
    retrievals: tuple[Retrieval, ...] = ()
    unweighed: tuple[Unweighed, ...] = ()
    combined: tuple[str, ...] = ()

    @property
    def bare(self) -> "Source":
        """What a verdict on it rests on: sources for which this is equal are judged alike."""
        kept = (self.license, self.also, self.readings, self.claims, self.upstream, self.beside)
        named = Source("", *kept, combined=self.combined)
        if self.claims and self.reservations:
            named = named._replace(reservations=self.reservations)
        return named._replace(unweighed=self.unweighed) if self.unweighed else named


class Reason(NamedTuple):
    """A rule that fired, with the clause that it rests on."""

    rule: str
    effect: str
    clause: str
    message: str
    license: str = ""


class Duty(NamedTuple):
    """Something owed: a code of the duty catalogue, its clause, and the words for people."""

    code: str
    clause: str
    text: str
    license: str = ""


class Attribution(NamedTuple):
    """One credit in TASL form. An empty field is a blank that the report names, never invented.

    ``text`` is all of it in one line, in the language ``lang`` (``en`` or ``ko``); ``missing`` names
    the blanks. ``name`` is the source's own name in the verdict, which ties the credit to it.
    """

    title: str
    creators: tuple[str, ...]
    source: str
    license: str
    license_url: str
    changes: str
    text: str
    missing: tuple[str, ...] = ()
    name: str = ""
    lang: str = "en"
    licenses: tuple[tuple[str, str, str, str], ...] = ()
    """Each license that the credit is given under, as (id, short name, full name, address)."""
    notice: str = ""
    """The copyright notice, as supplied."""
    adapts: str = ""
    """How the work is used in an adaptation ("Translation of"), where the license asks for that."""
    wordings: tuple[str, ...] = ()
    """What the licensor or the license prescribes word for word, in its own language, blanks included."""
    notices: tuple[str, ...] = ()
    """What refers to the disclaimer of warranties and to ShareAlike: the same for all works under the license."""
    asks: tuple[str, ...] = ()
    """Codes of the duties that the credit answers."""
    year: str = ""
    held: Decision | None = None
    """Deny or review where the use of the source is not allowed, so that the credit does not make it lawful."""


class ClaimVerdict(NamedTuple):
    """What one claim gives by itself, beside what the license gives."""

    claim: Claim
    decision: Decision
    reason: Reason
    cannot: str = ""
    lifts: frozenset[str] = frozenset()
    """The rights that its basis lifts: copyright, database-right, contract."""
    duties: tuple[Duty, ...] = ()
    remedies: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    """What it leaves open, beside what its basis never lifts."""


class SourceVerdict(NamedTuple):
    """The verdict for one source: decision, why, what is owed, what would change a deny.

    ``by_license`` is what the license alone gives where ``claims`` are made beside it.
    """

    source: Source
    decision: Decision
    reasons: tuple[Reason, ...] = ()
    duties: tuple[Duty, ...] = ()
    caveats: tuple[str, ...] = ()
    remedies: tuple[str, ...] = ()
    chosen: str = ""
    """The branch taken where the license is an OR."""
    claims: tuple[ClaimVerdict, ...] = ()
    by_license: Decision | None = None
    unwaived: Decision | None = None
    """What it would be without the waivers that cover some of ``reasons``; None where none does."""


class Outbound(NamedTuple):
    """Under what the result may be published, best first, and which source blocks the others."""

    declared: str | None = None
    allowed: tuple[str, ...] = ()
    blocked_by: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Finding(NamedTuple):
    """One thing that a person should see at one place: what SARIF calls a result.

    ``level`` is ``error`` (it denies or could not be read), ``warning`` (it asks for review) or ``note``.
    ``fingerprint`` is made from what is said and not from where, so that it survives moved lines.
    ``suppressed`` is the reason of the waiver or baseline that covers it, or "". ``related`` are (path, line, words).
    """

    rule: str
    level: str
    message: str
    path: str
    line: int = 1
    column: int = 1
    clause: str = ""
    source: str = ""
    related: tuple[tuple[str, int, str], ...] = ()
    fingerprint: str = ""
    suppressed: str = ""
    help: str = ""


class Verdict(NamedTuple):
    """The answer for one use of all its sources."""

    id: str
    decision: Decision
    use: tuple[tuple[str, str], ...]
    sources: tuple[SourceVerdict, ...]
    caveats: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    outbound: Outbound = Outbound()
    attributions: tuple[Attribution, ...] = ()
    problems: tuple[Problem, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    constraints: tuple[Reason, ...] = ()
    """What no license clears: personal data, likeness, trademarks, third parties' parts."""
    findings: tuple[Finding, ...] = ()
    """What the gate found beside the sources' verdicts: papers that are missing, waivers, lineage."""
    suppressed: tuple[tuple[str, str], ...] = ()
    """Findings that a waiver or a baseline covers, as (fingerprint, why)."""
    base: str = ""
    """The folder that findings' paths are told from, so that they are the same on every machine."""
    coverage: Coverage | None = None
    """What became of the files of the folders that were checked; None where none was."""
    datasets: tuple[tuple[str, Decision], ...] = ()
    """The name and decision of each dataset, where the verdict is about several."""


class Grade(StrEnum):
    """How a license takes another as the outbound license of what is made from its work."""

    ACCEPTED = "accepted"
    DISCOURAGED = "discouraged"
    """Technically permitted, discouraged: the yellow of Creative Commons' adapter's chart."""
    UNCLEAR = "unclear"
    REFUSED = "refused"
    UNSTATED = "unstated"


class Term(NamedTuple):
    """A condition that a license carries: where it says so, and a remark for the report."""

    clause: str
    note: str = ""


class Owed(NamedTuple):
    """A duty that a license asks for: its code, clause, and the acts that call for it (``on``)."""

    code: str
    clause: str
    on: tuple[str, ...]
    text: str = ""


class OutboundSpec(NamedTuple):
    """Which licenses an adaptation may carry.

    ``rows`` are (grade, selectors): a selector is a license id, ``@nc``-like (a term), ``@!nc`` (without it),
    ``@class:public-domain`` or ``@family:CC-BY-SA``. An id beats a group; the first row wins. ``share_alike`` maps a relation
    of the same family to a grade. ``combined`` are rows of ids that hold first, for a work combined with one under that id.
    """

    default: Grade
    clause: str
    rows: tuple[tuple[Grade, tuple[str, ...]], ...] = ()
    share_alike: tuple[tuple[str, Grade], ...] = ()
    combined: tuple[tuple[Grade, tuple[str, ...]], ...] = ()


class Wording(NamedTuple):
    """An attribution statement that a license prescribes, in its ``language``; ``changed`` (if any) for a changed copy.

    Slots: ``{agency}`` who provides the work, ``{title}``, ``{year}``, ``{source}`` its address, ``{updated}`` the day of
    its last update. With ``{authors}`` the agency is the first creator and the authors are the others, in brackets;
    ``{object}`` is the Korean particle of the object after the title and the authors.
    """

    language: str
    text: str
    changed: str = ""


class License(NamedTuple):
    """One license, as facts with clauses. ``permits``, ``requires``, ``prohibits`` are ccREL words.

    ``grants`` maps copy, adapt, share, share-adapted, train to the clause that grants it; ``adapted_by`` says for technical,
    select, standoff, merge and train whether that makes an adaptation (yes, no, unclear); ``label`` whether verbatim
    copies may carry another license; ``translations`` its name by language.
    """

    id: str
    name: str
    short: str
    category: str
    family: str = ""
    version: str = ""
    jurisdiction: str = ""
    deprecated: str = ""
    confidence: str = "high"
    urls: tuple[str, ...] = ()
    grants: tuple[tuple[str, str], ...] = ()
    terms: tuple[tuple[str, Term], ...] = ()
    duties: tuple[Owed, ...] = ()
    outbound: OutboundSpec = OutboundSpec(Grade.UNCLEAR, "")
    label: str = "same"
    database_right: str = "silent"
    adapted_by: tuple[tuple[str, str], ...] = ()
    clauses: tuple[tuple[str, str], ...] = ()
    caveats: tuple[str, ...] = ()
    permits: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    prohibits: tuple[str, ...] = ()
    outbound_choice: bool = False
    members: tuple[str, ...] = ()
    translations: tuple[tuple[str, str], ...] = ()
    statement: Wording | None = None
    contract: str = "no"
    """Whether it binds as a contract too, whoever holds which right: yes, no or unclear."""
    copies_under: tuple[str, ...] = ()
    """Licenses that an unchanged copy may carry beside its own: later versions, where the text says so."""


class Rule(NamedTuple):
    """One rule: when its conditions hold, its effect. ``when`` is AND over keys, OR inside."""

    id: str
    effect: str
    when: tuple[tuple[str, frozenset[str]], ...]
    message: str
    clause: str
    remedies: tuple[str, ...] = ()
    where: str = ""
