"""Questions as JSON lines, answered one by one: what ``evaluate --cases`` reads and writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from licensecheck import vocabulary
from licensecheck.base.errors import LicensecheckError, UsageError
from licensecheck.base.message import Message, nearest
from licensecheck.engine.claims import dated
from licensecheck.engine.evaluate import evaluate
from licensecheck.engine.proof import not_in_vocabulary
from licensecheck.expression import parse
from licensecheck.knowledge.rulebook import CLAIM_KINDS, Rulebook
from licensecheck.model import Claim, Decision, Source
from licensecheck.report import json_v1
from licensecheck.vocabulary import check_value

Object = Mapping[str, object]
"""A JSON object, its values not looked at yet."""

_KEYS: Final = ("id", "sources", "use")
_SOURCE_KEYS: Final = ("license", "name", "claims", "upstream")
_CLAIM_TEXTS: Final = ("basis", "by", "scope", "derivative_clause", "until", "evidence", "note")
_CLAIM_LISTS: Final = ("rights", "territory", "medium")
_CLAIM_SWITCHES: Final = ("exclusive", "sublicensing")
_CLAIM_KEYS: Final = ("kind", *_CLAIM_TEXTS, *_CLAIM_LISTS, *_CLAIM_SWITCHES, "acts")
_CODES: Final = {Decision.ALLOW: 0, Decision.DENY: 1, Decision.REVIEW: 3}
_REMEMBERED: Final = 50_000


class Answers:
    """Answers questions under one rulebook. Answers are remembered, up to a bound.

    ``defaults`` are axes of the use for questions that do not give them; ``today`` is the day (ISO 8601) that decides
    whether a claim has ended.
    """

    def __init__(self, book: Rulebook, defaults: Mapping[str, str], today: str) -> None:
        self._book = book
        self._defaults = dict(defaults)
        self._today = today
        self._known: dict[str, tuple[str, int]] = {}
        self._uses: dict[str, vocabulary.Use] = {}

    def line(self, text: str, number: int) -> tuple[str, int]:
        """The answer to one line as a JSON line, and its exit code; a line that is not a question gets code 2."""
        key: object = str(number)
        try:
            question = _question(text)
            key = question.get("id", key)
            body = repr((question.get("sources"), question.get("use")))
            answer = self._known.get(body)
            if answer is None:
                if len(self._known) >= _REMEMBERED:
                    self._known.clear()
                answer = self._known[body] = self._answer(question)
            tail, code = answer
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

    def _use(self, given: Object) -> vocabulary.Use:
        """The use of a question. Uses are remembered, too."""
        key = repr(given)
        use = self._uses.get(key)
        if use is None:
            own = {vocabulary.axis_of(axis) for axis in given}
            defaults = {axis: value for axis, value in self._defaults.items() if axis not in own}
            use = vocabulary.make_use({**defaults, **given})
            if not use.act and not use.intent:
                raise UsageError(Message("`use` has no intent and no act"))
            if len(self._uses) >= _REMEMBERED:
                self._uses.clear()
            self._uses[key] = use
        return use

    def _answer(self, question: Object) -> tuple[str, int]:
        given = question.get("use") or {}
        if not isinstance(given, dict):
            raise UsageError(Message("`use` must be an object of axes"))
        use = self._use(given)
        items = question.get("sources")
        if not isinstance(items, list) or not items:
            raise UsageError(Message("`sources` must be a list of license expressions; NONE stands for no license"))
        sources = [dated(_source(item, n, self._book), self._today) for n, item in enumerate(items, 1)]
        verdict = evaluate(sources, use, self._book)
        return ", " + json_v1.members(verdict) + "}", _CODES[verdict.decision]


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object. Raises :class:`UsageError` for a key that it has twice (RFC 8259 section 4)."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        raise UsageError(Message("the key `{key}` is given twice", key=next(n for n in names if names.count(n) > 1)))
    return made


def _question(text: str) -> Object:
    try:
        value: object = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise UsageError(Message("not a JSON object")) from None
    if not isinstance(value, dict):
        raise UsageError(Message("not a JSON object"))
    for key in value:
        if key not in _KEYS:
            raise UsageError(Message("unknown key `{key}`.{nearest}", key=key, nearest=nearest(key, _KEYS)))
    return value


def _check_keys(value: Object, keys: tuple[str, ...], what: str) -> None:
    for key in value:
        if key not in keys:
            near = nearest(key, keys)
            raise UsageError(Message("unknown key `{key}` of a {what}.{nearest}", key=key, what=what, nearest=near))


def _source(item: object, number: int, book: Rulebook) -> Source:
    if isinstance(item, str):
        parse(item)
        return Source(item, book.canonical(item))
    if not isinstance(item, dict) or not isinstance(license := item.get("license"), str):
        raise UsageError(
            Message("source {number} must be a license expression or an object with `license`", number=number)
        )
    _check_keys(item, _SOURCE_KEYS, "source")
    parse(license)
    upstream = item.get("upstream") or []
    if not isinstance(upstream, list) or not all(isinstance(text, str) for text in upstream):
        raise UsageError(Message("`upstream` of source {number} must be a list of license expressions", number=number))
    for text in upstream:
        parse(text)
    claims = item.get("claims") or []
    if not isinstance(claims, list):
        raise UsageError(Message("`claims` of source {number} must be a list", number=number))
    return Source(
        str(item.get("name", license)),
        book.canonical(license),
        claims=tuple(_claim(claim, number) for claim in claims),
        upstream=tuple(upstream),
    )


def _claim(value: object, number: int) -> Claim:
    if not isinstance(value, dict):
        raise UsageError(Message("source {number}: each claim must be an object", number=number))
    _check_keys(value, _CLAIM_KEYS, "claim")
    kind = str(value.get("kind", "")).replace("_", "-")
    if kind not in CLAIM_KINDS:
        near = nearest(kind, CLAIM_KINDS)
        raise UsageError(Message("unknown kind of claim `{kind}`.{nearest}", kind=kind, nearest=near))
    acts = value.get("acts") or []
    if not isinstance(acts, (str, list)):
        raise UsageError(Message("source {number}: `acts` of a claim must be a list", number=number))
    claim = Claim(
        kind=kind,
        acts=(acts,) if isinstance(acts, str) else tuple(map(str, acts)),
        **{key: str(value[key]) for key in _CLAIM_TEXTS if value.get(key) is not None},
        **{key: _joined(value.get(key) or "") for key in _CLAIM_LISTS},
        **{key: _switch(value[key], key, number) for key in _CLAIM_SWITCHES if value.get(key) is not None},
    )
    if wrong := not_in_vocabulary(claim.acts, claim.rights, claim.scope, claim.derivative_clause):
        raise UsageError(Message("source {number}: {why}", number=number, why=wrong))
    return claim._replace(scope=check_value("scope", claim.scope)) if claim.scope else claim


def _joined(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _switch(value: object, key: str, number: int) -> str:
    """``yes`` or ``no``, as JSON or YAML may write them."""
    plain = {"true": "yes", "false": "no"}.get(str(value).lower(), str(value).lower())
    if plain not in ("yes", "no"):
        raise UsageError(Message("source {number}: `{key}` of a claim must be yes or no", number=number, key=key))
    return plain
