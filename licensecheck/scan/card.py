"""Hugging Face dataset cards: YAML between the first ``---`` lines of a README, and the words below.

The form is that of huggingface_hub's ``repocard`` (leading blank lines and CRLF allowed); the fields
are those of the hub's dataset card specification, with the older ``licenses``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from licensecheck import yamlio
from licensecheck.errors import Unreadable
from licensecheck.identify import find, url, value
from licensecheck.model import Basis, Certainty, Credit, Evidence, Origin, Problem, Scanned, Scope, Stance, Statement
from licensecheck.scan import readme

NAME: Final = "card"
_FRONT: Final = re.compile(r"\A\ufeff?[ \t\n]*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_TAG: Final = re.compile(r"^(licen[cs]es?)[ \t]*:[ \t]*(.*?)[ \t]*$", re.M)
_ITEM: Final = re.compile(r"^[ \t]*-[ \t]+(.+?)[ \t]*$", re.M)
_GATE_FIELDS: Final = (
    "extra_gated_prompt",
    "extra_gated_description",
    "extra_gated_heading",
    "extra_gated_button_content",
)


def claims(name: str, head: str) -> bool:
    """Markdown that begins with front matter; a README by its name before it is read."""
    if not head:
        return name.lower() in ("readme.md", "readme.markdown")
    return name.lower().endswith((".md", ".markdown")) and re.match(r"\ufeff?\s*---[ \t]*\n", head) is not None


def scan(path: str, text: str) -> Scanned:
    """What the front matter and the body of a card state."""
    front = _FRONT.match(text)
    if not front:
        return readme.scan(path, text)
    first_line = text.count("\n", 0, front.start(1)) + 1
    problems: tuple[Problem, ...] = ()
    try:
        data = yamlio.parse(front[1], first_line=first_line)
        found = list(_fields(path, data)) if isinstance(data, yamlio.Mapping) else []
    except Unreadable as error:
        data = None
        problems = (Problem(path, error.line, f"the front matter cannot be read: {error}"),)
        found = list(_by_line(path, front[1], first_line))
    below = readme.body(path, text, front.end(), NAME)
    if any(e.rule == "hub-other" for e in found):
        below += readme.own_terms(path, text, front.end(), NAME, below)
    credit, upstream = _credit(data, text, front.end()), _upstream(data)
    return Scanned((*found, *below), problems, credit, upstream)


def _evidence(path: str, at: Any, field: str, raw: str, statement: Statement, note: str = "") -> Evidence:
    return Evidence(
        path,
        getattr(at, "line", 1),
        getattr(at, "column", 1),
        field,
        " ".join(raw.split())[:300],
        statement.license,
        statement.certainty,
        Scope.DATA,
        Origin.IN_ARTIFACT,
        NAME,
        Basis.HUB_TAG,
        statement.stance,
        statement.part,
        statement.restricts,
        statement.rule,
        note,
    )


def _values(value_: Any) -> list[yamlio.Text]:
    """The first texts inside a value, however it is nested; bounded, since anchors can make it huge."""
    return list(islice(_leaves(value_, 0), 200))


def _leaves(value_: Any, depth: int) -> Iterator[yamlio.Text]:
    if isinstance(value_, yamlio.Text):
        yield value_
    elif isinstance(value_, (yamlio.Mapping, yamlio.Sequence)) and depth < 20:
        for item in value_.values() if isinstance(value_, yamlio.Mapping) else value_:
            yield from _leaves(item, depth + 1)


def _fields(path: str, data: yamlio.Mapping) -> Iterator[Evidence]:
    fields: dict[str, Any] = dict(data)
    for key in ("license", "licence", "licenses"):
        tags = _values(fields.get(key))
        for tag in tags:
            if tag.strip().lower() == "other" or tag.strip().lower().startswith("other-"):
                yield _other(path, key, tag, fields)
                continue
            statement = value(tag, vocabulary="hf-legacy" if key == "licenses" else "hf")
            note = (
                "one of several tags in a list, which says neither that all apply nor that one may be chosen"
                if len(tags) > 1
                else ""
            )
            yield _evidence(path, tag, key, tag, statement, note)
    details = fields.get("license_details")
    if isinstance(details, yamlio.Text):
        for statement in find(details):
            yield _evidence(path, details, "license_details", statement.words, statement)
    gate = [text for key in _GATE_FIELDS for text in _values(fields.get(key))]
    if gate:
        words = " ".join(gate)
        kinds = tuple(dict.fromkeys(kind for s in find(words) for kind in s.restricts)) or ("terms-of-use",)
        terms = Statement("LicenseRef-terms-of-use", Certainty.AMBIGUOUS, 0, len(words), words, "gate", restricts=kinds)
        yield _evidence(
            path, gate[0], "extra_gated_prompt", words, terms, "access is gated: its terms bind beside the licence"
        )
    if str(fields.get("extra_gated_eu_disallowed", "")).lower() == "true":
        at = fields["extra_gated_eu_disallowed"]
        terms = Statement("LicenseRef-terms-of-use", Certainty.AMBIGUOUS, 0, 0, "", "gate", restricts=("terms-of-use",))
        yield _evidence(
            path, at, "extra_gated_eu_disallowed", "true", terms, "access from the European Union is not allowed"
        )


def _other(path: str, key: str, tag: yamlio.Text, fields: dict[str, Any]) -> Evidence:
    """``other``, with what ``license_name`` and ``license_link`` say of it; the link is not followed."""
    name, link = (str(fields.get(k) or "").strip() for k in ("license_name", "license_link"))
    for raw in (link, name):
        named = (url(raw) if "/" in raw else None) or (value(raw, vocabulary="hf") if raw else None)
        if named and named.license:
            return _evidence(path, tag, key, f"{tag}: {raw}", named)
    slug = re.sub(r"[^A-Za-z0-9.]+", "-", name or "other").strip("-.")[:60] or "other"
    note = f"the terms are at {link}, which was not read" if link else "no terms are named"
    words = ": ".join(filter(None, (tag, name)))
    statement = Statement(
        f"LicenseRef-{slug}" if name or link else None,
        Certainty.AMBIGUOUS,
        0,
        len(tag),
        tag,
        "hub-other",
        Stance.ASSERTED if name or link else Stance.UNKNOWN,
    )
    return _evidence(path, tag, key, words, statement, note)


def _by_line(path: str, front: str, first_line: int) -> Iterator[Evidence]:
    """The license lines of front matter that is no YAML: less sure, and better than silence."""
    for m in _TAG.finditer(front):
        line = first_line + front.count("\n", 0, m.start())
        raws = [(line, m[2])] if m[2] else []
        if not raws:
            rest = front[m.end() + 1 :].split("\n")
            for n, item in enumerate(rest, 1):
                found = _ITEM.match(item)
                if not found:
                    break
                raws.append((line + n, found[1]))
        for at, raw in raws:
            statement = value(raw.strip("'\"[]"), vocabulary="hf")
            certainty = Certainty.AMBIGUOUS if statement.license else Certainty.NONE
            text = yamlio.Text(raw, at, 1)
            made = Statement(statement.license, certainty, 0, len(raw), raw, "front-matter-line", statement.stance)
            yield _evidence(path, text, m[1], raw, made, "read by line: the front matter is not valid YAML")


def _credit(data: Any, text: str, body: int) -> Credit:
    name = str(data.get("pretty_name") or "") if isinstance(data, yamlio.Mapping) else ""
    found = re.search(
        r"^[-*] \*{0,2}(?:homepage|repository):?\*{0,2}:?[ \t]*<?\[?(https?://[^\s\])>]+)",
        text[body : body + 20_000],
        re.M | re.I,
    )
    return Credit(title=name or readme.title(text, body), source=found[1] if found else "")


def _upstream(data: Any) -> tuple[str, ...]:
    if not isinstance(data, yamlio.Mapping):
        return ()
    names = (str(item) for item in _values(data.get("source_datasets")))
    return tuple(
        dict.fromkeys(
            n.split("|", 1)[-1].removeprefix("other-") for n in names if n not in ("original", "extended", "")
        )
    )
