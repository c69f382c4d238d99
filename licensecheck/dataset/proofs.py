"""The evidence of what people declare: whether it is there, holds something, and does not say the contrary."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from licensecheck.base import regex
from licensecheck.base.errors import Unreadable
from licensecheck.base.files import inside, read
from licensecheck.base.message import Message
from licensecheck.dataset import declaration as declaration_file
from licensecheck.dataset.declaration import Clarification, Declaration, Waiver
from licensecheck.engine import proof
from licensecheck.model import Finding, replace
from licensecheck.targets.targets import is_there

_FILE: Final = regex.compile(
    r"[^\s:]+(?:/[^\s:]*|\.[A-Za-z0-9]{1,5})\Z|[^\s:]+/[^:\n]{0,200}\.[A-Za-z0-9]{1,5}\Z|(?:[^\s:]+ ){1,12}[^\s:]+\.(?:pdf|docx?|odt|rtf|txt|md|eml|msg|png|jpe?g|tiff?|hwpx?|zip)\Z",
    re.I,
)
"""Evidence that names a file: a word with an ending or a slash, also with blanks in it."""

_ELSEWHERE: Final = regex.compile(r"[A-Za-z]:/|file:|~/|//", re.I)
"""Evidence that names a file of one machine, which nobody else can look up."""

_LETTER: Final = 100_000
"""So many characters of a file of evidence are read."""


def is_there_to_read(evidence: str, base: Path) -> bool:
    """Whether evidence that names a file names one of the dataset's that holds something; other evidence is words, or an
    address that more than one machine can reach."""
    named = evidence.strip().replace("\\", "/")
    if _ELSEWHERE.match(named) or _is_of_one_machine(named):
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
        return mine and place.is_file() and _text(place) != ""
    except (OSError, ValueError):
        return not _FILE.match(named)


def _is_of_one_machine(named: str) -> bool:
    """Whether an address is that of one machine or of a private network (RFC 6761, RFC 6762, RFC 1918)."""
    if not re.match(r"https?://", named, re.I):
        return False
    try:
        host = (urlsplit(named).hostname or "").rstrip(".")
    except ValueError:
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.rsplit(".", 1)[1] in ("localhost", "local", "internal", "lan", "test", "invalid")


def _text(place: Path) -> str | None:
    """The words of a file of evidence, "" where it holds none; None where it is no text."""
    if place.stat().st_size == 0:
        return ""
    try:
        return " ".join(read(place).text[:_LETTER].split())
    except Unreadable:
        return None


def is_evidence(text: str, base: Path) -> bool:
    """Whether ``text`` is evidence: words that say something, an address, or a file that is there."""
    return proof.says_something(text) and is_there_to_read(text, base)


def limit(evidence: str, base: Path) -> Message | None:
    """What the file that ``evidence`` names says against the claim: it refuses, or limits the use itself; None where it does
    not, and for evidence that is no file of words."""
    named = evidence.strip().replace("\\", "/")
    if not _FILE.match(named) or not is_there_to_read(evidence, base):
        return None
    try:
        text = _text(base / named)
    except (OSError, ValueError):
        return None
    if not text:
        return None
    if not proof.says_something(text):
        return Message("{path} grants nothing", path=evidence.strip())
    from licensecheck import identification
    from licensecheck.knowledge import restrictions

    footer = frozenset(restrictions.kinds(restrictions.Binds.ALONE))
    for statement in identification.find(text):
        if set(statement.restricts) - footer:
            says = "{path} limits the use itself ({words}); a person has to see whether it covers this use"
            return Message(says, path=evidence.strip(), words=statement.words.strip()[:200])
    return None


def without_unsupported(declaration: Declaration) -> tuple[Declaration, tuple[Finding, ...]]:
    """``declaration`` without the waivers and conclusions whose evidence is not there or whose ground is open, and a finding
    for each."""
    told = []
    without: list[Waiver | Clarification] = []
    decided: list[tuple[Waiver | Clarification, str]] = [(w, w.reason) for w in declaration.waive]
    decided += [(c, c.basis) for c in declaration.clarify]
    for one, ground in decided:
        if one.evidence and not is_evidence(one.evidence, declaration.base):
            says = Message("the evidence of this decision is missing: {path}", path=one.evidence.strip())
        elif proof.is_open(ground):
            says = Message("this decision rests on nothing yet: {ground}", ground=ground.strip())
        else:
            continue
        without.append(one)
        told.append(Finding("evidence-missing", "warning", says, str(declaration.path), one.line))
    if not without:
        return declaration, ()
    waive = tuple(w for w in declaration.waive if w not in without)
    clarify = tuple(c for c in declaration.clarify if c not in without)
    return replace(declaration, waive=waive, clarify=clarify), tuple(told)
