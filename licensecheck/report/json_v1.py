"""The JSON documents, mapped field by field to their published form; they only grow."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from licensecheck import __version__
from licensecheck.base import regex
from licensecheck.base.errors import Problem
from licensecheck.engine import findings
from licensecheck.model import (
    Attribution,
    Claim,
    Conflict,
    Coverage,
    Decision,
    Duty,
    Evidence,
    Finding,
    License,
    Outbound,
    Reason,
    Reservation,
    Resolved,
    Retrieval,
    Source,
    SourceVerdict,
    Unread,
    Unweighed,
    Verdict,
)
from licensecheck.report import summary

if TYPE_CHECKING:
    from licensecheck.engine.outbound import Freed, Solution
    from licensecheck.report import Options
    from licensecheck.verdict.whole import Row

Json = dict[str, Any]

_encode: Final = json.JSONEncoder(ensure_ascii=False).encode


_BEYOND: Final = regex.compile(r"[^\n\x20-\x7e]+")


def dumps(document: Any, indent: int | None = None) -> str:
    """``document`` as JSON in which only visible characters are literal.

    Control characters (of eight bits too), line separators, marks of direction, what has no width and
    halves of surrogate pairs are escapes, so that they have no effect on a terminal or a page.
    """
    text = json.dumps(document, ensure_ascii=False, indent=indent) if indent else _encode(document)
    return text if text.isascii() and "\x7f" not in text else _BEYOND.sub(_seen, text)


def _seen(found: re.Match[str]) -> str:
    text = found[0]
    return text if text.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def run(v: Verdict, options: Options) -> Json:
    """:func:`verdict` with the version of licensecheck and of its rules."""
    rules = options.book.digest if options.book else None
    return {**verdict(v), "licensecheck": {"version": __version__, "rules": rules}}


def members(v: Verdict) -> str:
    """What :func:`verdict` has after ``schema`` and ``id``, as JSON without its braces.

    For many verdicts in a row: most of their parts are the same, so each part is written once and
    remembered, within bounds.
    """
    sources = ", ".join(map(_source_text, v.sources))
    head = _head_text(v.decision, v.caveats, v.assumptions, v.use)
    return f'{head}, "sources": [{sources}], {_tail_text(v.constraints, v.outbound, v.conflicts, v.attributions, v.problems)}'


@lru_cache(maxsize=4096)
def _source_text(s: SourceVerdict) -> str:
    return dumps(_source(s))


@lru_cache(maxsize=4096)
def _head_text(*parts: Any) -> str:
    return dumps(_head(*parts))[1:-1]


@lru_cache(maxsize=4096)
def _tail_text(*parts: Any) -> str:
    return dumps(_tail(*parts))[1:-1]


def verdict(v: Verdict) -> Json:
    """A verdict as ``licensecheck.verdict/1``."""
    document = {
        "schema": "licensecheck.verdict/1",
        "id": v.id,
        **_head(v.decision, v.caveats, v.assumptions, v.use),
        "sources": [_source(s) for s in v.sources],
        **_tail(v.constraints, v.outbound, v.conflicts, v.attributions, v.problems),
    }
    if v.findings or v.suppressed:
        document["findings"] = [finding(f) for f in findings.of(v)]
    return {**document, **_coverage(v.coverage, v.problems, (u for s in v.sources for u in s.source.unweighed))}


def _coverage(account: Coverage | None, problems: Iterable[Problem], unweighed: Iterable[Unweighed]) -> Json:
    """What became of the files of a folder, and what of them is open; of other targets only the sentences that are open."""
    rows = [
        {
            "path": u.path,
            "line": u.line,
            "words": u.words,
            "why": u.why,
            **({"heavy": list(u.heavy)} if u.heavy else {}),
        }
        for u in dict.fromkeys(unweighed)
    ]
    if account is None:
        return {"coverage": {"unweighed": rows}} if rows else {}
    unread = [*(Unread(p.path, p.message, matters=True) for p in problems), *account.unread]
    return {
        "coverage": {
            "files": account.files,
            "data": account.data,
            "stated": [s._asdict() for s in account.stated],
            "silent": [s._asdict() for s in account.silent],
            "unread": [u._asdict() for u in dict.fromkeys(unread)],
            "unweighed": rows,
        }
    }


def _head(
    decision: Decision, caveats: tuple[str, ...], assumptions: tuple[str, ...], use: tuple[tuple[str, str], ...]
) -> Json:
    return {
        "decision": decision.value,
        "caveats": list(caveats),
        "assumptions": list(assumptions),
        "use": dict(use),
    }


def _tail(
    constraints: tuple[Reason, ...],
    outbound: Outbound,
    conflicts: tuple[Conflict, ...],
    attributions: tuple[Attribution, ...],
    problems: tuple[Problem, ...],
) -> Json:
    return {
        "constraints": [_reason(r) for r in constraints],
        "outbound": {
            "declared": outbound.declared,
            "allowed": list(summary.choices(outbound)),
            "blocked_by": {name: list(blockers) for name, blockers in outbound.blocked_by},
        },
        "conflicts": _conflicts(conflicts),
        "attributions": [_attribution(a) for a in attributions],
        "problems": _problems(problems),
    }


def _source(s: SourceVerdict) -> Json:
    row: Json = {
        "name": s.source.name,
        "license": s.source.license,
        "decision": s.decision.value,
        "reasons": [_reason(r) for r in s.reasons],
        "duties": [_duty(d) for d in s.duties],
        "caveats": list(s.caveats),
        "remedies": list(s.remedies),
        "evidence": [_evidence(e) for e in s.source.evidence],
    }
    if s.chosen:
        row["chosen"] = s.chosen
    _read(row, s.source.reservations, s.source.retrievals)
    if s.source.readings:
        row["readings"] = list(s.source.readings)
    if s.source.beside:
        row["beside"] = list(s.source.beside)
    if s.source.also:
        row["also"] = list(s.source.also)
    if s.source.upstream:
        row["upstream"] = list(s.source.upstream)
    if s.unwaived:
        row["unwaived"] = s.unwaived.value
    if s.claims:
        row["by_license"] = s.by_license.value if s.by_license else None
        row["claims"] = [
            {
                **_claim(c.claim),
                "decision": c.decision.value,
                "reason": _reason(c.reason),
                "lifts": sorted(c.lifts),
                "cannot": c.cannot,
            }
            for c in s.claims
        ]
    return row


_CLAIM_TEXTS: Final = (
    "basis", "by", "scope", "rights", "derivative_clause", "exclusive", "territory", "medium", "sublicensing", "until",
    "evidence", "note",
)  # fmt: skip


def _claim(c: Claim) -> Json:
    row: Json = {"kind": c.kind}
    for key in _CLAIM_TEXTS:
        if value := getattr(c, key):
            row[key] = value
    if c.acts:
        row["acts"] = list(c.acts)
    return row


def _reason(r: Reason) -> Json:
    return {"rule": r.rule, "effect": r.effect, "clause": r.clause, "message": r.message, "license": r.license}


def _duty(d: Duty) -> Json:
    return {"code": d.code, "clause": d.clause, "text": d.text, "license": d.license}


def _evidence(e: Evidence) -> Json:
    row: Json = {
        "path": e.path,
        "line": e.line,
        "column": e.column,
        "field": e.field,
        "raw": e.raw,
        "license": e.license,
        "certainty": e.certainty.value,
        "scope": e.scope.value,
        "origin": e.origin.value,
        "scanner": e.scanner,
        "basis": e.basis.value,
        "stance": e.stance.value,
    }
    for key in ("part", "rule", "note"):
        if value := getattr(e, key):
            row[key] = value
    if e.restricts:
        row["restricts"] = list(e.restricts)
    return row


def _conflicts(conflicts: Iterable[Conflict]) -> list[Json]:
    return [
        {
            "about": c.about,
            "claims": [{"license": e.license, "path": e.path, "line": e.line, "raw": e.raw} for e in c.claims],
            **({"note": c.note} if c.note else {}),
            **({"weight": c.weight} if c.weight else {}),
        }
        for c in conflicts
    ]


def _attribution(a: Attribution) -> Json:
    return {
        "title": a.title,
        "creators": list(a.creators),
        "source": a.source,
        "license": a.license,
        "license_url": a.license_url,
        "changes": a.changes,
        "text": a.text,
        "missing": list(a.missing),
        "lang": a.lang,
        "notice": a.notice,
        "use": a.adapts,
        "wordings": list(a.wordings),
        "notices": list(a.notices),
    }


def finding(f: Finding) -> Json:
    """One finding as ``licensecheck.finding/1``."""
    row: Json = {"schema": "licensecheck.finding/1", **f._asdict()}
    row["related"] = [{"path": path, "line": line, "words": words} for path, line, words in f.related]
    return row


def _problems(problems: Iterable[Problem]) -> list[Json]:
    return [{"path": p.path, "line": p.line, "message": p.message} for p in problems]


def _read(row: Json, reservations: Iterable[Reservation], retrievals: Iterable[Retrieval]) -> None:
    """``row`` with what reserves mining or training, and the addresses that were read, where there are any."""
    for key, values in (("reservations", reservations), ("retrievals", retrievals)):
        if made := [value._asdict() for value in values]:
            row[key] = made


def scan(r: Resolved) -> Json:
    """One target's findings as ``licensecheck.scan/1``."""
    row: Json = {
        "schema": "licensecheck.scan/1",
        "target": r.target,
        "license": r.license,
        "status": r.status.value,
        "evidence": [_evidence(e) for e in r.evidence],
        "conflicts": _conflicts(r.conflicts),
        "caveats": list(r.caveats),
        "upstream": list(r.upstream),
        "problems": _problems(r.problems),
    }
    if r.parts:
        row["parts"] = dict(r.parts)
    if r.beside:
        row["beside"] = list(r.beside)
    _read(row, r.reservations, r.retrievals)
    return {**row, **_coverage(r.coverage, r.problems, r.unweighed)}


def table(rows: Sequence[Row]) -> Json:
    """The answers for every intent, where no use is declared, as ``licensecheck.table/1``."""
    return {
        "schema": "licensecheck.table/1",
        "rows": [
            {
                "intent": row.intent,
                "noncommercial": verdict(row.noncommercial),
                "commercial": verdict(row.commercial),
            }
            for row in rows
        ],
    }


def outbound(sources: Sequence[Source], solution: Solution, freed: Sequence[Freed]) -> Json:
    """The outbound question's answer as ``licensecheck.outbound/1``."""

    def names(indexes: Iterable[int]) -> list[str]:
        return [sources[n].name for n in indexes]

    return {
        "schema": "licensecheck.outbound/1",
        "allowed": list(solution.allowed),
        "possible": list(solution.possible),
        "blocked_by": {name: names(against) for name, against in solution.blocked},
        "free": {f.license: {"remove": names(f.remove), "separate": names(f.separate)} for f in freed},
        "untried": solution.untried,
    }


def license(x: License) -> Json:
    """One license as a line of ``licenses --format jsonl``, in ccREL words."""
    clauses = {**dict(x.grants), **{term: fact.clause for term, fact in x.terms}, **dict(x.clauses)}
    return {
        "id": x.id,
        "name": x.name,
        "urls": list(x.urls),
        "permits": list(x.permits),
        "requires": list(x.requires),
        "prohibits": list(x.prohibits),
        "version": x.version or None,
        "jurisdiction": x.jurisdiction or None,
        "deprecated": x.deprecated or None,
        "clauses": clauses,
        "confidence": x.confidence,
        "duties": [{"code": d.code, "clause": d.clause, "on": list(d.on)} for d in x.duties],
    }
