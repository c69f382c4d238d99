"""What a person concluded from a text, and whether the text still is what they read."""

from __future__ import annotations

import json
from pathlib import Path

from licensecheck.base.files import digest, leads_out
from licensecheck.base.message import Message
from licensecheck.dataset.declaration import Clarification, Declaration
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
