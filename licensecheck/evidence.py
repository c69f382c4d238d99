"""The nouns of reading: what a text states about licenses, and where it states it.

Frozen values. ``kind`` and ``standing`` decide what becomes of them; ``rule`` and ``field`` are for people alone.
Names follow SPDX (expressions, ids; declared and concluded). Imports nothing of ours.
"""

# Annotations are evaluated: to compile each as a string, as NamedTuple else does, takes longer than the rest.

from enum import StrEnum
from typing import Final, NamedTuple


class Certainty(StrEnum):
    """How surely raw words name a license."""

    EXACT = "exact"
    LOSSY = "lossy"
    """The words lose something that the license has, such as only/or-later."""
    FAMILY = "family"
    """The family is named and the version is not."""
    AMBIGUOUS = "ambiguous"
    NONE = "none"


class Scope(StrEnum):
    """What a statement is about."""

    DATA = "data"
    CONTENTS = "contents"
    METADATA = "metadata"
    CODE = "code"
    MODEL = "model"
    SITE = "site"


class Origin(StrEnum):
    """Where a statement stands, as SPDX 3 separates declared from concluded."""

    IN_ARTIFACT = "in-artifact"
    SIDECAR = "sidecar"
    PORTAL = "portal"
    WEBPAGE = "webpage"


class Stance(StrEnum):
    """What a text does with the license that it names."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    """"not licensed under CC BY"."""
    COMPARED = "compared"
    """"similar to CC BY"."""
    FUTURE = "future"
    """"will be released under CC BY"."""
    UNKNOWN = "unknown"
    """The text says that the license is not known."""
    PLACEHOLDER = "placeholder"
    """A template's blank: "[More Information Needed]"."""


class Basis(StrEnum):
    """What kind of place a statement stands in, best first: the precedence of ``docs/precedence.md``."""

    CONCLUDED = "concluded"
    """A person concluded it in ``licensecheck.yaml``."""
    LICENSE_FILE = "license-file"
    HOLDER_PAGE = "holder-page"
    CARD_BODY = "card-body"
    METADATA_FILE = "metadata-file"
    HUB_TAG = "hub-tag"
    INDEX = "index"


class Kind(StrEnum):
    """What a statement does, whichever entry or pattern found it."""

    NAME = "name"
    """Names a license: by its name, an id, an expression, or a word of a vocabulary."""
    ADDRESS = "address"
    """Names a license, or a page that is known not to be one, by its address."""
    TEXT = "text"
    """Is the whole text of a license."""
    MARK = "mark"
    """Is a mark that is put on works themselves: a type of the Korea Open Government License."""
    CREATIVE_COMMONS = "creative-commons"
    """Names Creative Commons, and not which of its licenses."""
    PUBLIC_DOMAIN = "public-domain"
    """Speaks of the public domain, and names no dedication or mark."""
    UNKNOWN_NAME = "unknown-name"
    """Gives a license a name that is not known here."""
    NARROWED = "narrowed"
    """Names a license and adds restrictions that it does not have."""
    RESTRICTION = "restriction"
    """Says what may not be done, or that terms of use apply, and names no license."""
    PERMISSION = "permission"
    """Says that permission is needed, and names no license."""
    RESERVED = "reserved"
    """Reserves all rights."""
    PER_ITEM = "per-item"
    """Says that each item has a license of its own."""
    OWN_LICENSE = "own-license"
    """Says that there is a license of the publisher's own."""
    OWN_TERMS = "own-terms"
    """Is a value that names no license and speaks of use, or says that the terms are others than those listed."""
    OWN_WORDS = "own-words"
    """Speaks of the use in words that were not understood."""
    UNNAMED = "unnamed"
    """A tag says that there are terms, and nothing says which."""
    POINTER = "pointer"
    """Only says where the terms are."""
    FOLLOWED = "followed"
    """Only says where the terms are, and they were read there."""
    BY_ADDRESS_ALONE = "by-address-alone"
    """An address under which a license is registered whose terms are not known here."""
    ELSEWHERE = "elsewhere"
    """An address that is not known here: of terms, by its words, or of anything."""
    GATE = "gate"
    """Terms that are asked to be accepted before access."""
    UNKNOWN = "unknown"
    """Says that the license is not known."""
    UNCLEAR = "unclear"
    """Says that the rights are not clear."""
    OTHERS_TERMS = "others-terms"
    """Says that each provider's terms apply."""
    OF_CODE = "of-code"
    """Says that the license that is named elsewhere is for the code, and not for the data."""
    COPYRIGHT = "copyright"
    """Names who holds the rights, and grants nothing."""
    NO_NAME = "no-name"
    """Words that name nothing and say nothing of use."""
    NOTHING = "nothing"
    """A word for no value, or a blank of a template."""


class Standing(StrEnum):
    """What a statement's place makes of it."""

    COUNTS = "counts"
    """It states what the data is under."""
    ELSEWHERE = "elsewhere"
    """It states what the data is under, outside of the section that is about that: it counts less."""
    BESIDE = "beside"
    """It does not state the license, and may make the stated one doubtful."""
    UNPLACED = "unplaced"
    """It stands in a field or a column that may not be about the data: beside a license it may make that doubtful, and alone
    it is the license that a person has to confirm."""
    NOTICE = "notice"
    """It is in a notice of third parties: kept, and what it restricts may make the license doubtful."""
    MENTIONED = "mentioned"
    """It is about something else."""
    KEPT = "kept"
    """It is a text that is kept for whatever refers to it (the ``LICENSES`` folder of REUSE)."""
    GATE = "gate"
    """It is asked to be accepted before access, and binds beside the license."""


class Statement(NamedTuple):
    """One thing that a text says about a license.

    ``license`` is an SPDX expression, with ``LicenseRef-`` ids where SPDX has none, or None where
    the words name no license (unknown, placeholder). ``start`` and ``end`` are offsets in
    characters of the text; ``words`` is what stands there. ``rule`` names the entry or pattern that
    matched, for ``explain``. ``restricts`` says what custom or added terms restrict: members of
    ``noncommercial``, ``research-only``, ``academic-only``, ``no-redistribution``,
    ``no-derivatives``, ``permission-needed``, ``terms-of-use``, ``exceptions``.
    ``part`` is what the statement is limited to ("images"), or "" for the whole. ``outright`` says that the text
    itself names what the license is of and that it is under it: "this dataset is released under ...".
    """

    license: str | None
    certainty: Certainty
    start: int
    end: int
    words: str
    rule: str
    stance: Stance = Stance.ASSERTED
    scope: Scope = Scope.DATA
    part: str = ""
    restricts: tuple[str, ...] = ()
    url: str = ""
    kind: Kind = Kind.NAME
    outright: bool = False


class Unweighed(NamedTuple):
    """A sentence that may restrict the use and was not understood, at its place. It leaves no plain allow.

    ``words`` quotes the sentence, ``why`` says in plain words what is open, ``heavy`` are the words of it that speak
    most for a restriction, the heaviest first (() where it is open for another reason).
    """

    path: str
    line: int
    column: int
    words: str
    why: str
    heavy: tuple[str, ...] = ()


class Unread(NamedTuple):
    """A file that is accounted for and was not read: where it is, why it was not read, and whether that leaves the
    verdict open (``matters``)."""

    path: str
    why: str
    matters: bool = False


WORDS: Final = 300
"""Characters of a statement's words that its evidence quotes, at most."""


class Evidence(NamedTuple):
    """A statement with its place: path or URL, 1-based line and column, field, and who read it.

    ``field`` is the key or section that holds it (``license``, ``## Licensing Information``,
    ``text``). ``note`` is one plain sentence that a reader of the report needs, or "".
    """

    path: str
    line: int
    column: int
    field: str
    raw: str
    license: str | None
    certainty: Certainty
    scope: Scope
    origin: Origin
    scanner: str
    basis: Basis
    stance: Stance = Stance.ASSERTED
    part: str = ""
    restricts: tuple[str, ...] = ()
    rule: str = ""
    note: str = ""
    kind: Kind = Kind.NAME
    standing: Standing = Standing.COUNTS

    @classmethod
    def of(
        cls,
        statement: Statement,
        *,
        path: str,
        line: int = 1,
        column: int = 1,
        field: str,
        scanner: str,
        basis: Basis,
        origin: Origin = Origin.IN_ARTIFACT,
        scope: Scope | None = None,
        standing: Standing = Standing.COUNTS,
        part: str | None = None,
        raw: str | None = None,
        note: str = "",
    ) -> "Evidence":
        """``statement`` at its place. ``scope``, ``part`` and ``raw`` (its words) replace the statement's own."""
        return cls(
            path=path,
            line=line,
            column=column,
            field=field,
            raw=" ".join((statement.words if raw is None else raw).split())[:WORDS],
            license=statement.license,
            certainty=statement.certainty,
            scope=scope or statement.scope,
            origin=origin,
            scanner=scanner,
            basis=basis,
            stance=statement.stance,
            part=statement.part if part is None else part,
            restricts=statement.restricts,
            rule=statement.rule,
            note=note,
            kind=statement.kind,
            standing=standing,
        )
