"""SARIF 2.1.0.

For: code scanning.

Sources: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0" (errata 01), and GitHub's
documentation, "SARIF support for code scanning", for what it needs beyond that and for its limits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from licensecheck import __version__
from licensecheck.base.message import Message, speaker, translated
from licensecheck.engine import findings
from licensecheck.report import summary
from licensecheck.report.formats.markdown import prose
from licensecheck.report.json_v1 import Json, dumps
from licensecheck.report.places import NOWHERE, code, home, relative, rule_page, uri
from licensecheck.report.terminal import safe

if TYPE_CHECKING:
    from licensecheck.base.errors import Problem
    from licensecheck.model import Finding, Verdict
    from licensecheck.report import Options

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
RESULTS: Final = 25_000
"""GitHub refuses a run with more."""
_RELATED: Final = 100
_LONG: Final = 1000
_LEVELS: Final = {"forbid": "error", "review": "warning", "caveat": "note", "permit": "note"}
_SEVERITY: Final = {"error": "error", "warning": "warning", "note": "recommendation"}
_BLANK: Final = re.compile(r"(?: \(\{purpose\}\))|\{([a-z_]+)\}")
_WORDS: Final = {
    "license": "the license",
    "licenses": "a suitable license",
    "source": "the source",
    "purpose": "its purpose",
    "outbound": "the license of the result",
}

Words = dict[tuple[str, int, int], str]


def render(verdict: Verdict, options: Options) -> str:
    """One run: a rule for each kind of finding, a result for each finding, a notification for what was not read."""
    every = findings.of(verdict, options.lang)
    kept = every[:RESULTS]
    rules = list(dict.fromkeys(code(f.rule) for f in kept))
    first = {code(f.rule): f for f in reversed(kept)}
    places = {rule: n for n, rule in enumerate(rules)}
    seen: Counter[str] = Counter()
    words = _words(verdict)
    driver: Json = {
        "name": "licensecheck",
        "semanticVersion": __version__,
        "rules": [_rule(rule, first[rule], options) for rule in rules],
    }
    if url := options.url or home():
        driver["informationUri"] = url
    run: Json = {
        "automationDetails": {"id": f"licensecheck/{code(options.category)}/"},
        "columnKind": "unicodeCodePoints",
        "tool": {"driver": driver},
        "invocations": [_invocation(verdict, len(every) - len(kept), options)],
        "results": [_result(f, places, seen, words, findings.baselined(verdict), options) for f in kept],
        "properties": {
            "decision": verdict.decision.value,
            "rules": options.book.digest if options.book else None,
            **({"coverage": translated(account, options.lang)} if (account := summary.covered_of(verdict)) else {}),
        },
    }
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, 2)


def _words(verdict: Verdict) -> Words:
    """The words of the evidence by their places, so that a result can mark them to their end."""
    found = [e for s in verdict.sources for e in s.source.evidence]
    found += [e for conflict in verdict.conflicts for e in conflict.claims]
    return {(e.path, e.line, e.column): e.raw for e in found}


def _invocation(verdict: Verdict, left: int, options: Options) -> Json:
    """Unsuccessful where something was not read: then the findings are not all, and none of before is closed."""
    notes = [_notification(p, options) for p in verdict.problems[:RESULTS]]
    if left:
        text = speaker(options.lang)(
            "{left} more findings are left out: a run may hold {most}. The worst come first.", left=left, most=RESULTS
        )
        notes.append({"level": "warning", "message": {"text": text}})
    made: Json = {"executionSuccessful": not verdict.problems}
    return made | {"toolExecutionNotifications": notes} if notes else made


def _notification(p: Problem, options: Options) -> Json:
    say = speaker(options.lang)
    place = _text(relative(p.path, options)) or say("A place")
    text = say("{place} could not be read: {why}", place=place, why=_text(p.message))
    return {"level": "error", "message": {"text": _sentence(text)}, "locations": [_location(p.path, p.line, options)]}


def _rule(rule: str, f: Finding, options: Options) -> Json:
    """A kind of finding: in the words of the rulebook, or in those of :mod:`findings`."""
    known = options.book.rule(f.rule) if options.book else None
    level = _LEVELS[known.effect] if known else f.level
    say = speaker(options.lang)
    text = _plain(known.message, say) if known else _about(f, options)
    text = _sentence(text[:1].upper() + text[1:])
    lines = [text]
    if known and not known.clause.startswith("@"):
        lines.append(say("It cites {clause}.", clause=_plain(known.clause, say)))
    elif known:
        lines.append(say("It cites the clause of the license in question."))
    remedies = (
        [_plain(options.book.remedies.get(name, name), say) for name in known.remedies]
        if known and options.book
        else []
    )
    lines += [say("What may help: {remedies}.", remedies="; ".join(remedies))] if remedies else []
    lines += [say("For its conditions and cases: {command}", command=f"licensecheck explain {rule}")] if known else []
    made: Json = {
        "id": rule,
        "name": rule,
        "shortDescription": {"text": text},
        "fullDescription": {"text": " ".join(lines[:2])[:_LONG]},
        "help": {"text": "\n\n".join(lines), "markdown": "\n\n".join(f"- {prose(line, _LONG)}" for line in lines)},
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": ["dataset", "license"],
            "precision": "high",
            "problem.severity": _SEVERITY[level],
        },
    }
    page = rule_page(f.rule, options)
    return made | {"helpUri": page} if page else made


def _about(f: Finding, options: Options) -> str:
    known = findings.about(f.rule, options.book)
    return translated(known or Message("A finding of the kind {rule}.", rule=code(f.rule)), options.lang)


def _plain(template: str, say: Callable[..., str]) -> str:
    """A message of the rulebook with words for its blanks."""
    blank = _BLANK.sub(lambda found: say(_WORDS.get(found[1], found[1])) if found[1] else "", say(template))
    return _text(blank)


def _result(
    f: Finding, places: dict[str, int], seen: Counter[str], words: Words, baselined: bool, options: Options
) -> Json:
    seen[f.fingerprint] += 1
    rule = code(f.rule)
    related = f.related[:_RELATED]
    links = [f"[{_label(path, line, options)}]({n})" for n, (path, line, _) in enumerate(related, 1)]
    say = speaker(options.lang)
    parts = [
        _sentence(_text(f.message)),
        say("Clause: {clause}.", clause=_text(f.clause)) if f.clause else "",
        say("Stated otherwise at {places}.", places=", ".join(links)) if links else "",
        say("What would change it: {remedy}.", remedy=_text(f.help)) if f.help else "",
    ]
    made: Json = {
        "ruleId": rule,
        "ruleIndex": places[rule],
        "level": f.level,
        "message": {"text": " ".join(part for part in parts if part)},
        "locations": [_location(f.path, f.line, options, f.column, words.get((f.path, f.line, f.column), ""))],
        "partialFingerprints": {
            "primaryLocationLineHash": f"{f.fingerprint}:{seen[f.fingerprint]}",
            "licensecheck/v1": f.fingerprint,
        },
    }
    if related:
        made["relatedLocations"] = [
            {"id": n, "message": {"text": _text(text) or say("here")}, **_location(path, line, options)}
            for n, (path, line, text) in enumerate(related, 1)
        ]
    known = f.suppressed == findings.BASELINE
    if baselined and (known or not f.suppressed) and f.level != "note":
        made["baselineState"] = "unchanged" if known else "new"
    if f.suppressed and not known:
        made["suppressions"] = [{"kind": "external", "status": "accepted", "justification": _text(f.suppressed)}]
    return made


def _location(path: str, line: int, options: Options, column: int = 1, words: str = "") -> Json:
    length = len(words) if words and "\n" not in words else 1
    line, column = max(line, 1), max(column, 1)
    region = {"startLine": line, "startColumn": column, "endLine": line, "endColumn": column + length}
    artifact = {"uri": uri(relative(path, options) or NOWHERE)}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _label(path: str, line: int, options: Options) -> str:
    """The text of an embedded link, in which brackets and backslashes are escaped (3.11.6)."""
    label = f"{_braces(safe(relative(path, options), 200, tail=True)) or NOWHERE}:{line}"
    return re.sub(r"[\\\[\]]", r"\\\g<0>", label)


def _text(text: str) -> str:
    """Words for a plain message: one line, no placeholder (3.11.5) and no embedded link (3.11.6) in it."""
    return _braces(safe(text, _LONG)).replace("](", "] (")


def _braces(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _sentence(text: str) -> str:
    """``text`` as a sentence: code scanning takes the first one of a message as the title."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text or 'No message'}."
