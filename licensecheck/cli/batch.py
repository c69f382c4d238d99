"""Questions as JSON lines, answered one by one: what ``evaluate --cases`` reads and writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from licensecheck import vocabulary
from licensecheck.base import message
from licensecheck.base.errors import LicensecheckError, UsageError
from licensecheck.base.message import Message
from licensecheck.engine import claims as claiming
from licensecheck.engine.evaluate import evaluate
from licensecheck.expression import parse
from licensecheck.knowledge.rulebook import CLAIM_KINDS, Rulebook
from licensecheck.model import Claim, Decision, Source
from licensecheck.report import json_v1

_KEYS: Final = ("id", "sources", "use")
_SOURCE_KEYS: Final = ("license", "name", "claims", "upstream")
_CLAIM_KEYS: Final = (
    "kind",
    "basis",
    "by",
    "acts",
    "scope",
    "rights",
    "derivative_clause",
    "until",
    "evidence",
    "note",
)
_CODES: Final = {Decision.ALLOW: 0, Decision.DENY: 1, Decision.REVIEW: 3}
_REMEMBERED: Final = 50_000


class Answers:
    """Answers questions under one rulebook. What was asked before is remembered, up to a bound."""

    def __init__(self, book: Rulebook, defaults: Mapping[str, str], today: str) -> None:
        self._book = book
        self._defaults = dict(defaults)
        self._today = today
        self._known: dict[str, tuple[str, int]] = {}
        self._uses: dict[str, vocabulary.Use] = {}

    def line(self, text: str, number: int) -> tuple[str, int]:
        """The answer to one line as a JSON line, and its exit code; a line that is no question gets code 2."""
        key: Any = str(number)
        try:
            question = _question(text)
            key = question.get("id", key)
            body = repr((question.get("sources"), question.get("use")))
            done = self._known.get(body)
            if done is None:
                if len(self._known) >= _REMEMBERED:
                    self._known.clear()
                done = self._known[body] = self._answer(question)
            tail, code = done
            return f'{{"schema": "licensecheck.verdict/1", "id": {json.dumps(key, ensure_ascii=False)}{tail}', code
        except LicensecheckError as error:
            row = {
                "schema": "licensecheck.verdict/1",
                "id": key,
                "decision": "review",
                "error": f"line {number}: {error}",
                "sources": [],
            }
            return json.dumps(row, ensure_ascii=False), 2

    def _use(self, raw: Mapping[str, Any]) -> vocabulary.Use:
        """The use that a question declares; what was declared before is remembered."""
        key = repr(raw)
        use = self._uses.get(key)
        if use is None:
            use = vocabulary.make_use({**self._defaults, **raw})
            if not use.act and not use.intent:
                raise UsageError(Message("`use` names no intent and no act"))
            if len(self._uses) >= _REMEMBERED:
                self._uses.clear()
            self._uses[key] = use
        return use

    def _answer(self, question: Mapping[str, Any]) -> tuple[str, int]:
        raw = question.get("use") or {}
        if not isinstance(raw, dict):
            raise UsageError(Message("`use` must be an object of axes"))
        use = self._use(raw)
        sources = question.get("sources")
        if not isinstance(sources, list) or not sources:
            raise UsageError(Message("`sources` must be a list of licence expressions, NONE where nothing was found"))
        made = [claiming.dated(_source(item, n, self._book), self._today) for n, item in enumerate(sources, 1)]
        verdict = evaluate(made, use, self._book)
        return ", " + json_v1.members(verdict) + "}", _CODES[verdict.decision]


def _question(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise UsageError(Message("not a JSON object")) from None
    if not isinstance(value, dict):
        raise UsageError(Message("not a JSON object"))
    for key in value:
        if key not in _KEYS:
            raise UsageError(Message("unknown key `{key}`.{nearest}", key=key, nearest=message.nearest(key, _KEYS)))
    return value


def _known_keys(value: Mapping[str, Any], keys: tuple[str, ...], what: str) -> None:
    for key in value:
        if key not in keys:
            raise UsageError(
                Message(
                    "unknown key `{key}` of a {what}.{nearest}",
                    key=key,
                    what=what,
                    nearest=message.nearest(key, keys),
                )
            )


def _source(item: Any, number: int, book: Rulebook) -> Source:
    if isinstance(item, str):
        parse(item)
        return Source(item, book.canonical(item))
    if not isinstance(item, dict) or not isinstance(item.get("license"), str):
        raise UsageError(
            Message("source {number} is neither a licence expression nor an object with `license`", number=number)
        )
    _known_keys(item, _SOURCE_KEYS, "source")
    parse(item["license"])
    upstream = item.get("upstream") or []
    if not isinstance(upstream, list) or not all(isinstance(text, str) for text in upstream):
        raise UsageError(Message("`upstream` of source {number} must be a list of licence expressions", number=number))
    for text in upstream:
        parse(text)
    made = tuple(_claim(claim, number) for claim in item.get("claims") or [])
    return Source(
        str(item.get("name", item["license"])), book.canonical(item["license"]), claims=made, upstream=tuple(upstream)
    )


def _claim(value: Any, number: int) -> Claim:
    if not isinstance(value, dict):
        raise UsageError(Message("a claim of source {number} is no object", number=number))
    _known_keys(value, _CLAIM_KEYS, "claim")
    kind = str(value.get("kind", "")).replace("_", "-")
    if kind not in CLAIM_KINDS:
        raise UsageError(
            Message("unknown kind of claim `{kind}`.{nearest}", kind=kind, nearest=message.nearest(kind, CLAIM_KINDS))
        )
    acts = value.get("acts") or []
    plain = {
        key: str(value[key])
        for key in _CLAIM_KEYS
        if key in value and key not in ("kind", "acts", "rights") and value[key] is not None
    }
    rights = value.get("rights") or ""
    return Claim(
        kind=kind,
        acts=(acts,) if isinstance(acts, str) else tuple(map(str, acts)),
        rights=",".join(map(str, rights)) if isinstance(rights, list) else str(rights),
        **plain,
    )
