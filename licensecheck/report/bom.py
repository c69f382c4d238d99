"""A verdict as works, licenses and origins: the data of the bills of materials.

Everything here is words that a document may hold as they are: on one line, without control characters, addresses
only of the web, licenses only as SPDX expressions (SPDX 2.3, annex D) of ids that SPDX lists or ``LicenseRef-`` ids.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from licensecheck import __version__
from licensecheck.attribution.credits.groups import web
from licensecheck.base import regex
from licensecheck.base.compiled import hexdigest
from licensecheck.base.errors import ExpressionError, UsageError
from licensecheck.base.message import Message
from licensecheck.engine import findings
from licensecheck.engine.credit import clean
from licensecheck.expression import Expression, parse
from licensecheck.model import Attribution, Decision, Evidence, Origin, Scope, Source, SourceVerdict, Stance, Verdict
from licensecheck.report import summary
from licensecheck.report.places import relative
from licensecheck.vocabulary import INTENTS

if TYPE_CHECKING:
    from licensecheck.knowledge.rulebook import Rulebook
    from licensecheck.report import Options

NONE: Final = "NONE"
NOASSERTION: Final = "NOASSERTION"
_LONG: Final = 4000
_NAME: Final = 400
_SHOWN: Final = 3
_ID: Final = regex.compile(r"[^A-Za-z0-9.-]+")
_SLUG: Final = regex.compile(r"[^a-z0-9]+")
_OUTPUT: Final = {"weights": "model"}


class Named(NamedTuple):
    """A license that SPDX does not list: its ``LicenseRef-`` id, what it is called, the words that name it, where it is."""

    id: str
    name: str
    text: str
    urls: tuple[str, ...]


class Work(NamedTuple):
    """One work of a bill. ``concluded`` and ``declared`` are expressions, ``NONE`` or ``NOASSERTION``.

    ``ref`` is its id in the document, ``stated`` every license that the work itself declares, ``above`` the licenses
    of what it is made from, ``credits`` the credits for its makers, ``decision`` and ``answer`` what the use gets,
    ``remarks`` what a reader has to know about its license.
    """

    ref: str
    name: str
    concluded: str
    declared: str
    stated: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    url: str = ""
    creators: tuple[str, ...] = ()
    copyright: str = ""
    credits: tuple[str, ...] = ()
    decision: str = ""
    answer: str = ""
    remarks: tuple[str, ...] = ()


class Bill(NamedTuple):
    """What is made (``result``), the works that go into it, and the licenses that SPDX does not list.

    ``kind`` is ``data`` or ``model``; ``use`` is the use that was judged, in words; ``personal`` whether the user says
    that personal data is in it.
    """

    kind: str
    result: Work
    sources: tuple[Work, ...]
    named: tuple[Named, ...]
    use: str
    personal: bool = False


def bill(verdict: Verdict, options: Options, *, listed_only: bool = False) -> Bill:
    """The bill of ``verdict``. With ``listed_only`` ids are of the license list that license-expression has.

    Without it an id that only the rulebook knows for one of SPDX's is taken as well: the list grows.
    """
    speller = _Speller(options.book, listed_only)
    credits = credited(verdict)
    marks = summary.Marks(verdict)
    sources = tuple(
        _source(n, s, _texts(credits.get(n, ())), speller, marks, options) for n, s in enumerate(verdict.sources, 1)
    )
    given = dict(verdict.use)
    output = given.get("output") or INTENTS.get(given.get("intent", ""), {}).get("output", "")
    kind = _OUTPUT.get(output, "data")
    result = _result(verdict, kind, _texts(credits.get(0, ())), speller)
    used = {ref for work in (result, *sources) for ref in named_in(work)}
    words = _words(verdict)
    named = tuple(_named(ref, speller.refs.get(ref, ref), words, options.book) for ref in sorted(used))
    use = ", ".join(f"{clean(axis, 40)}={clean(value, _NAME)}" for axis, value in verdict.use) or "no use was declared"
    return Bill(kind, result, sources, named, use, "personal_data" in given.get("contains", ""))


def credited(verdict: Verdict) -> dict[int, tuple[Attribution, ...]]:
    """Each source's number, from 1, to the credits for it; 0 has those of no single source."""
    by_name: dict[str, int] = {}
    for n, s in enumerate(verdict.sources, 1):
        by_name.setdefault(s.source.name, n)
    for n, s in enumerate(verdict.sources, 1):
        if s.source.credit.title:
            by_name.setdefault(s.source.credit.title, n)
    made: dict[int, list[Attribution]] = {}
    for a in verdict.attributions:
        made.setdefault(by_name.get(a.name or a.title, 0), []).append(a)
    return {n: tuple(found) for n, found in made.items()}


def acts(verdict: Verdict) -> tuple[str, ...]:
    """The acts that the declared use asks for, in the words of the axis ``act``."""
    given = dict(verdict.use)
    acts = given.get("act") or INTENTS.get(given.get("intent", ""), {}).get("act", "")
    return tuple(act for act in acts.split(",") if act)


def ident(made: Bill, form: str) -> uuid.UUID:
    """An id for the document that says this in this format: the same whenever and wherever it is made."""
    text = json.dumps((form, __version__, made), ensure_ascii=True)
    return uuid.uuid5(uuid.NAMESPACE_URL, hexdigest(text.encode(), 32))


def created() -> datetime:
    """Now, or the time of ``SOURCE_DATE_EPOCH`` (reproducible-builds.org). Raises UsageError where that is not a time."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC).replace(microsecond=0, tzinfo=None)
    try:
        return datetime.fromtimestamp(int(epoch), UTC).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            Message(
                "SOURCE_DATE_EPOCH is `{clean}`: give seconds since 1970-01-01, for example 1700000000, or unset it",
                clean=clean(epoch, 40),
            )
        ) from None


def refs(expression: str) -> tuple[str, ...]:
    """The ``LicenseRef-`` ids in an expression of :class:`Work`."""
    return tuple(word for part in expression.split() if (word := part.strip("()")).startswith("LicenseRef-"))


def named_in(work: Work) -> tuple[str, ...]:
    """The ``LicenseRef-`` ids in all the expressions of ``work``."""
    return tuple(ref for text in (work.concluded, work.declared, *work.stated, *work.above) for ref in refs(text))


def single(expression: str) -> bool:
    """Whether ``expression`` is one license, and neither a compound nor without an answer."""
    return " " not in expression and expression not in (NONE, NOASSERTION)


def listed(id: str) -> bool:
    """Whether ``id`` is a license of the SPDX list as license-expression has it, in its spelling."""
    found = _list().get(id.lower())
    return found is not None and found == (id, False)


def address(id: str, book: Rulebook | None) -> str:
    """Where the text of one license is: as the rulebook has it, else its page in the SPDX list, else ""."""
    known = book.find(id) if book else None
    found = next((link for url in known.urls if (link := web(url))), "") if known else ""
    return found or (f"https://spdx.org/licenses/{id}.html" if listed(id) else "")


@cache
def _list() -> Mapping[str, tuple[str, bool]]:
    """Ids and their deprecated names in small letters, to the id and whether it is an exception."""
    from license_expression import get_spdx_licensing

    made: dict[str, tuple[str, bool]] = {}
    for symbol in get_spdx_licensing().known_symbols.values():
        if not symbol.key.startswith("LicenseRef-"):
            for name in (*symbol.aliases, symbol.key):
                made[name.lower()] = (symbol.key, bool(symbol.is_exception))
    return made


class _Unsaid(Exception):
    """An expression that holds ``NONE`` or ``NOASSERTION`` beside licenses."""


class _Speller:
    """Expressions as SPDX spells them. ``refs`` are the ids that it had to make, to what they stand for."""

    def __init__(self, book: Rulebook | None, listed_only: bool) -> None:
        self._book = None if listed_only else book
        self.refs: dict[str, str] = {}
        self._done: dict[str, str] = {}

    def __call__(self, text: str | None) -> str:
        if not text:
            return NOASSERTION
        if text not in self._done:
            self._done[text] = self._spell(text)
        return self._done[text]

    def _spell(self, text: str) -> str:
        if text.strip() in (NONE, NOASSERTION):
            return text.strip()
        try:
            return str(self._node(parse(text)))
        except (ExpressionError, _Unsaid, RecursionError):
            return NOASSERTION

    def _node(self, node: Expression) -> Expression:
        if node.op == "id":
            return node._replace(value=self._one(node.value))
        if node.op != "with":
            return node._replace(parts=tuple(map(self._node, node.parts)))
        license, exception = (part.value for part in node.parts)
        left, right = _list().get(license.lower()), _list().get(exception.lower())
        if left and right and not left[1] and right[1]:
            return Expression("id", f"{left[0]} WITH {right[0]}")
        return Expression("id", self._made(f"{license}-WITH-{exception}"))

    def _one(self, id: str) -> str:
        if id in (NONE, NOASSERTION):
            raise _Unsaid
        found = _list().get(id.lower())
        if found and not found[1]:
            return found[0]
        known = self._book.find(id) if self._book else None
        if known and known.id.lower() == id.lower() and not found:
            return known.id
        return self._made(id)

    def _made(self, id: str) -> str:
        bare = id.removeprefix("LicenseRef-")
        kept = _ID.sub("-", bare)[:200].strip("-")
        if kept != bare or not kept:
            kept = f"{kept or 'unnamed'}-{hexdigest(bare.encode('utf-8', 'replace'), 4)}"
        made = f"LicenseRef-{kept}"
        self.refs.setdefault(made, id)
        return made


def _words(verdict: Verdict) -> dict[str, str]:
    """Each license that evidence names, to the first words that name it."""
    made: dict[str, str] = {}
    for s in verdict.sources:
        for e in s.source.evidence:
            if e.license and e.license not in made and (text := clean(e.raw, _LONG)):
                made[e.license] = text
    return made


def _named(ref: str, id: str, words: Mapping[str, str], book: Rulebook | None) -> Named:
    known = book.find(id) if book else None
    name = known.name if known else clean(id, _NAME)
    urls = tuple(dict.fromkeys(link for url in known.urls if (link := web(url)))) if known else ()
    return Named(ref, name, words.get(id) or " ".join((name, *urls[:1])), urls)


def _texts(credits: Iterable[Attribution]) -> tuple[str, ...]:
    texts = (clean(text, _LONG) for a in credits for text in (a.text, *a.wordings))
    return tuple(dict.fromkeys(text for text in texts if text))


def _source(
    n: int, s: SourceVerdict, credits: tuple[str, ...], speller: _Speller, marks: summary.Marks, options: Options
) -> Work:
    own = s.source
    stated = tuple(dict.fromkeys(speller(e.license) for e in own.evidence if _declares(e)))
    stated = tuple(text for text in stated if text not in (NONE, NOASSERTION))
    concluded = NOASSERTION if own.readings else speller(own.license)
    return Work(
        _ref(f"source-{n}", own.name),
        clean(own.name, _NAME) or f"source {n}",
        concluded,
        _agreed(stated, concluded, own),
        stated,
        tuple(map(speller, own.upstream)),
        web(own.credit.source),
        tuple(name for creator in own.credit.creators if (name := clean(creator, _NAME))),
        clean(own.credit.notice, _LONG),
        credits,
        s.decision.value,
        _answer(s, marks),
        tuple(_remarks(s, options)),
    )


def _declares(e: Evidence) -> bool:
    return (
        e.origin is Origin.IN_ARTIFACT
        and e.stance is Stance.ASSERTED
        and e.scope in (Scope.DATA, Scope.CONTENTS)
        and bool(e.license)
    )


def _agreed(stated: Sequence[str], concluded: str, own: Source) -> str:
    """What the work declares, where its places agree: neither all of several nor any one of them is what it says."""
    if len(stated) == 1:
        return stated[0]
    return concluded if concluded in stated and not own.conflicts and not own.also else NOASSERTION


def _answer(s: SourceVerdict, marks: summary.Marks) -> str:
    reason = summary.why(s, marks)
    words = f"{s.decision.value}: {reason.message}" if reason else s.decision.value
    parts = [f"{words} [{reason.clause}]" if reason and reason.clause else words]
    if s.decision is Decision.ALLOW and (waived := [c for c in s.caveats if findings.is_waiver(s, c)]):
        parts = [f"{s.decision.value}: {'; '.join(waived)}"]
    parts += [f"What would change it: {'; '.join(s.remedies)}"] if s.remedies else []
    return clean(". ".join(parts), _LONG)


def _remarks(s: SourceVerdict, options: Options) -> Iterable[str]:
    own = s.source
    for conflict in own.conflicts:
        words = "; ".join(
            f"{clean(relative(e.path, options), _NAME)}:{e.line} says {e.license or NOASSERTION}"
            for e in conflict.claims[:20]
        )
        yield clean(f"Places do not agree on {conflict.about}: {words}", _LONG)
    if own.readings:
        yield clean(f"It may mean any of these: {', '.join(own.readings)}", _LONG)
    if s.chosen:
        yield clean(f"Taken of the choice for this use: {s.chosen}", _LONG)
    for claim in own.claims:
        words = "; ".join((" ".join(filter(None, (claim.kind, claim.basis))), *findings.claimed(claim)))
        yield clean(f"Claimed in addition to the license: {words}", _LONG)
    if s.claims and s.by_license:
        yield f"By the license alone: {s.by_license.value}; with the claims: {s.decision.value}"
    if s.unwaived and s.unwaived is not s.decision:
        yield f"Without what is waived: {s.unwaived.value}"
    yield from (clean(caveat, _LONG) for caveat in s.caveats)


def _result(verdict: Verdict, kind: str, credits: tuple[str, ...], speller: _Speller) -> Work:
    out = verdict.outbound
    declared = speller(out.declared)
    allowed = tuple(dict.fromkeys(map(speller, summary.choices(out))))
    free = verdict.decision is Decision.ALLOW or declared in allowed
    remarks = [f"It may be published under: {', '.join(allowed[:40])}"] if allowed else []
    if allowed and (claimed := summary.by_claim(verdict)):
        remarks.append(f"This depends on the claims for {', '.join(claimed[:40])}")
    remarks += [
        f"Not under {license}: {', '.join(names)} {'does' if len(names) == 1 else 'do'} not allow it"
        for license, names in out.blocked_by
        if speller(license) == declared
    ]
    answer = verdict.decision.value
    if verdict.decision is Decision.ALLOW and (on := summary.depends(verdict, summary.Marks(verdict))):
        answer += f": {on}"
    if verdict.constraints:
        answer += ". Apart from copyright: " + "; ".join(f"{r.message} [{r.clause}]" for r in verdict.constraints)
    return Work(
        "result",
        clean(verdict.id, _NAME) or _title(kind, [s.source.name for s in verdict.sources]),
        declared if free else NOASSERTION,
        declared,
        credits=credits,
        decision=verdict.decision.value,
        answer=clean(answer, _LONG),
        remarks=tuple(clean(text, _LONG) for text in (*remarks, *verdict.caveats)),
    )


def _title(kind: str, names: Sequence[str]) -> str:
    what = {"data": "dataset"}.get(kind, kind)
    shown = [name for name in (clean(name, 80) for name in names[:_SHOWN]) if name]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{what} made from {', '.join(shown)}{more}" if shown else what


def _ref(kind: str, name: str) -> str:
    slug = _SLUG.sub("-", name[:60].lower()).strip("-")
    return f"{kind}-{slug}" if slug else kind
