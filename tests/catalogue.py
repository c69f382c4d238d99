"""Every sentence that the program says, and the Korean catalogue of them.

python tests/catalogue.py: bring ``licensecheck/locale`` up to date; new sentences are added without a translation, and
those that nothing says any more go. It compiles the catalogue, too. A test holds that none is missing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from licensecheck import attribution, vocabulary
from licensecheck.base.message import Message, messages
from licensecheck.engine import findings
from licensecheck.engine.evaluate import _SWITCHES
from licensecheck.engine.judgement import READINGS
from licensecheck.identification import listening, remainder
from licensecheck.knowledge import rulebook
from licensecheck.model import Certainty, Decision, Scope, Stance, Status
from licensecheck.report import labels
from licensecheck.report.formats import sarif
from licensecheck.report.formats.html import cards, panel

PACKAGE = Path(__file__).parent.parent / "licensecheck"
FOLDER = PACKAGE / "locale" / "ko" / "LC_MESSAGES"
SILENT = ("engine/credit.py", "engine/statements.py")
"""Modules whose sentences are in every language already, or are no messages."""
SPEAKERS = ("Message", "say", "word", "missing", "unseen", "speaker")
"""What takes a sentence to be shown, by its name. In reports ``page.words`` does, too; elsewhere ``words`` is grammar."""


def _knowledge() -> Iterator[str]:
    """What the rulebook says in words of the code. The files of ``rules/`` have their Korean beside their English."""
    book = rulebook.load()
    yield from (
        caveat.template
        for license in book.licenses()
        for caveat in license.caveats
        if isinstance(caveat, Message) and caveat.given
    )
    yield from (says for _, says, _ in READINGS.values())
    yield from (text for *_, words, hint in _SWITCHES for text in (words, hint) if text)


def _literals(tree: ast.AST, speakers: tuple[str, ...]) -> Iterator[str]:
    """The sentences that a module gives to one of ``speakers``, also by a name or a condition."""
    named: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            pairs = (
                zip(target.elts, node.value.elts, strict=False)
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
                else [(target, node.value)]
            )
            for name, value in pairs:
                if isinstance(name, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
                    named.setdefault(name.id, []).append(value.value)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        if _name(node.func) not in speakers:
            continue
        first = node.args[0]
        for part in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value
            elif isinstance(part, ast.Name):
                yield from named.get(part.id, ())


def _name(called: ast.expr) -> str:
    """What is called, by its last name: ``page.words``, ``say``, or what ``_say(options)`` gives."""
    if isinstance(called, ast.Call):
        return _name(called.func).removeprefix("_")
    return called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""


def _words() -> Iterator[str]:
    """Words of closed vocabularies that reports show."""
    yield from (*labels.KINDS, labels.OTHER, *labels.SHORT.values(), *vocabulary.INTENT_WORDS.values())
    yield from (purpose.replace("_", " ") for purpose in vocabulary.AXES["purpose"])
    yield from (note for note in (*labels.CERTAINTY.values(), *labels.STANCE.values(), *labels.CLAIM.values()) if note)
    for kind in (Scope, Certainty, Stance, Status, Decision):
        yield from (member.value for member in kind)
    yield from (decision.value.upper() for decision in Decision)
    yield from ("error", "warning", "note")
    yield from (*panel.SHARING.values(), *panel.COMMERCIAL.values(), *cards.MARKS.values(), cards.POSSIBLY)
    yield from sarif._WORDS.values()
    yield from rulebook.CLAIM_KINDS
    yield from (licence.short for licence in rulebook.load().licenses() if licence.category == "none")
    yield from (attribution.DONE, attribution.MISSING, attribution.UNSEEN, *findings.RULES.values())
    yield from (listening.MAY_RESTRICT, listening.CHANGED, listening.OTHER_THING)
    yield from (remainder.LEFT_OVER, remainder.UNCERTAIN, remainder.UNKNOWN_LANGUAGE)


_IN_PAGE = re.compile(r'\b(?:say|phrase)\("([^"]+)"(?: if [^\n]*? else "([^"]+)"\))?')


def _page() -> Iterator[str]:
    """What the page of HTML says, by its template and its script."""
    for path in sorted((PACKAGE / "report" / "formats" / "html" / "assets").iterdir()):
        for found in _IN_PAGE.finditer(path.read_text(encoding="utf-8")):
            yield from (text for text in found.groups() if text)


def sentences() -> list[str]:
    """All of them, each once, in a fixed order."""
    paths = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
    code = (
        literal
        for name, path in paths.items()
        if path.parent.name != "credits" and name not in SILENT
        for literal in _literals(
            ast.parse(path.read_text(encoding="utf-8")),
            (*SPEAKERS, "words") if name.startswith("report/") else SPEAKERS,
        )
    )
    return sorted({s for s in (*_knowledge(), *code, *_page(), *_words()) if any(c.isalpha() for c in s)})


def read() -> Catalog:
    """The Korean catalogue as it is."""
    with (FOLDER / "licensecheck.po").open("rb") as file:
        return read_po(file, locale="ko")


def main() -> None:
    old = read()
    day = datetime(2026, 1, 1, tzinfo=UTC)  # of no meaning, and the same for everybody
    new = Catalog(
        locale="ko",
        project="licensecheck",
        charset="utf-8",
        fuzzy=False,
        creation_date=day,
        revision_date=day,
        header_comment="# Korean sentences of licensecheck.",
    )
    for sentence in sentences():
        known = old.get(sentence)
        new.add(sentence, str(known.string) if known and known.string else "")
    with (FOLDER / "licensecheck.po").open("wb") as file:
        write_po(file, new, width=0, omit_header=False, sort_output=True, include_lineno=False)
    messages("ko")


if __name__ == "__main__":
    main()
