"""What a person concluded from a text, and whether the text still is what they read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

from licensecheck.base import regex
from licensecheck.base.files import digest, inside, leads_out
from licensecheck.base.message import Message
from licensecheck.dataset import declaration as declaration_file
from licensecheck.dataset.declaration import Clarification, Declaration
from licensecheck.engine import claims
from licensecheck.model import (
    Basis,
    Certainty,
    Evidence,
    Finding,
    Origin,
    Resolved,
    Scope,
    replace,
)
from licensecheck.scanners.resolve import resolve
from licensecheck.targets.folder import as_scanned
from licensecheck.targets.targets import is_there

STALE = "clarification-stale"

GONE = "clarification-unused"

CONCLUDED = "license-concluded"


def with_conclusions(one: Resolved, declaration: Declaration) -> tuple[Resolved, tuple[Finding, ...]]:
    """``one`` with the conclusions of people about its places, and a finding for each: it holds, or the text has outlived it."""
    evidence: tuple[Evidence, ...] = one.evidence
    unweighed, problems = one.unweighed, one.problems
    told: list[Finding] = []
    for c in declaration.clarify:
        places = dict.fromkeys((*(e.path for e in evidence), *(u.path for u in unweighed), *(p.path for p in problems)))
        path = next((place for place in places if _same(place, declaration.base, c.path)), "")
        if not path and "://" not in c.path:
            place = declaration.base / c.path
            if not place.is_file():
                says = Message(
                    "{license} was concluded from {path}, which does not exist", path=c.path, license=c.license
                )
                told.append(Finding(GONE, "warning", says, str(declaration.path), c.line))
            elif Path(one.target).resolve() in (place.resolve(), place.resolve().parent) and not leads_out(place):
                path = str(place)
        if not path:
            continue
        now = _digest(path, one)
        if now not in ("", c.sha256):
            told.append(_stale(c, declaration, now))
            continue
        note = "; ".join(filter(None, (c.basis, c.reviewer, c.date, c.evidence)))
        if not now:
            note = Message("{note}; the text was not read again in this run", note=note)
        made = Evidence(
            path=path,
            line=1,
            column=1,
            field="clarify",
            raw=c.license,
            license=c.license,
            certainty=Certainty.EXACT,
            scope=Scope.DATA,
            origin=Origin.SIDECAR,
            scanner="declaration",
            basis=Basis.CONCLUDED,
            rule="clarified",
            note=note,
        )
        evidence = (made, *(e for e in evidence if e.path != path))
        unweighed = tuple(u for u in unweighed if u.path != path)
        problems = tuple(p for p in problems if p.path != path)
        says = Message("a person concluded {license} from {path}: {note}", license=c.license, path=c.path, note=note)
        told.append(Finding(CONCLUDED, "note", says, str(declaration.path), c.line))
    if evidence == one.evidence:
        return one, tuple(told)
    scanned = replace(as_scanned(one), evidence=evidence, unweighed=unweighed, problems=problems)
    return resolve(one.target, scanned), tuple(told)


def _same(place: str, base: Path, path: str) -> bool:
    if "://" in place or "://" in path:
        return place == path
    return Path(place).resolve() == (base / path).resolve()


def _digest(path: str, one: Resolved) -> str:
    """The hash of the text at ``path``, "" where it was not read in this run."""
    if "://" in path:
        return next((r.sha256 for r in one.retrievals if path in (r.url, r.final)), "")
    try:
        return digest(Path(path).read_bytes())
    except OSError:
        return ""


def _stale(c: Clarification, declaration: Declaration, now: str) -> Finding:
    said = {"path": c.path, "basis": c.basis, "reviewer": c.reviewer, "evidence": c.evidence}
    quoted = [f"{key}: {json.dumps(words, ensure_ascii=False)}" for key, words in said.items() if words]
    stanza = f"- {{{', '.join([quoted[0], f'license: {c.license}', f'sha256: {now}', *quoted[1:]])}}}"
    says = Message(
        "{path} has changed since you concluded {license}; read it again and, if the conclusion still holds, "
        "update `clarify` and its date: {stanza}",
        path=c.path,
        license=c.license,
        stanza=stanza,
    )
    return Finding(STALE, "warning", says, str(declaration.path), c.line)


_FILE: Final = regex.compile(
    r"[^\s:]+(?:/[^\s:]*|\.[A-Za-z0-9]{1,5})\Z|[^\s:]+/[^:\n]{0,200}\.[A-Za-z0-9]{1,5}\Z|(?:[^\s:]+ ){1,12}[^\s:]+\.(?:pdf|docx?|odt|rtf|txt|md|eml|msg|png|jpe?g|tiff?|hwpx?|zip)\Z",
    re.I,
)
"""Evidence that names a file: a word with an ending or a slash, also with blanks in it."""

_ELSEWHERE: Final = regex.compile(r"[A-Za-z]:/|file:|~/|//", re.I)
"""Evidence that names a file of one machine, which nobody else can look up."""


def evidence_is_there(evidence: str, base: Path) -> bool:
    """Whether evidence that names a file names one of the dataset's that holds something; other evidence is words."""
    named = evidence.strip().replace("\\", "/")
    if _ELSEWHERE.match(named):
        return False
    place = base / named
    try:
        if not _FILE.match(named):
            return not named or not place.is_dir()
        mine = (
            is_there(place)
            and inside(place, base)
            and place.name not in (declaration_file.NAME, declaration_file.PROJECT)
        )
        return mine and place.is_file() and place.stat().st_size > 0
    except (OSError, ValueError):
        return not _FILE.match(named)


def _is_evidence(text: str, base: Path) -> bool:
    return claims.says_something(text) and evidence_is_there(text, base)


def without_unsupported(declaration: Declaration) -> tuple[Declaration, tuple[Finding, ...]]:
    """``declaration`` without the waivers and conclusions whose evidence is not there, and a finding for each."""
    decided: list[declaration_file.Waiver | declaration_file.Clarification] = [*declaration.waive, *declaration.clarify]
    without = [d for d in decided if d.evidence and not _is_evidence(d.evidence, declaration.base)]
    told = tuple(
        Finding(
            "evidence-missing",
            "warning",
            Message("the evidence of this decision is missing: {path}", path=d.evidence.strip()),
            str(declaration.path),
            d.line,
        )
        for d in without
    )
    waive = tuple(w for w in declaration.waive if w not in without)
    clarify = tuple(c for c in declaration.clarify if c not in without)
    return (replace(declaration, waive=waive, clarify=clarify), told) if without else (declaration, ())
