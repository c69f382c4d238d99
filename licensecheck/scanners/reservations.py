"""Files by which a site reserves mining, training or crawling: robots.txt, tdmrep.json, ai.txt and RSL.

They are an axis of their own: none of them is the license of the data, and none takes one away. A license of RSL that keeps the data
from training stands beside it: those are terms of whoever offers the data. Formats: the TDM Reservation Protocol
(W3C community group report, 10 May 2024), Content Signals (Cloudflare), Content-Usage (IETF AIPREF,
draft-ietf-aipref-attach), RSL 1.0 (rslstandard.org), and two that are called ai.txt: Spawning's, written like robots.txt, and that of draft-car-ai-txt-wellknown-00.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from licensecheck.base import regex
from licensecheck.base.errors import Problem, Unreadable
from licensecheck.base.message import Message
from licensecheck.knowledge import restrictions
from licensecheck.model import Basis, Certainty, Evidence, Kind, Reservation, Scanned, Standing, Statement

NAME: Final = "reservations"
_RSL: Final = "https://rslstandard.org/rsl"
_MOST: Final = 200
"""Signals of one file that are reported."""
_LINES: Final = 20_000
_FIELD: Final = regex.compile(r"[ \t]*([A-Za-z][\w -]{0,40}?)[ \t]*:[ \t]*([^#\n]{0,2000})")
_AGENTS: Final = (
    "gptbot", "chatgpt-user", "oai-searchbot", "ccbot", "claude", "anthropic-ai", "google-extended", "googleother", "applebot-extended", "bytespider",
    "perplexity", "meta-external", "facebookbot", "amazonbot", "cohere-", "diffbot", "omgili", "imagesiftbot", "timpibot", "youbot", "ai2bot", "img2dataset",
    "petalbot", "velenpublicwebcrawler", "webzio-extended", "iaskspider", "kangaroo bot", "mistralai-user", "deepseekbot", "icc-crawler", "laion",
)  # fmt: skip
"""Beginnings of the names of crawlers that gather for training or for answers, as their operators publish them."""
_POLICIES: Final = frozenset({"training", "scraping", "caching", "indexing"})
_NO: Final = regex.compile(r"(?:deny|denied|disallow(?:ed)?|no|none|false|conditional)\b", re.I)
_TRAINS: Final = frozenset({"all", "ai-all", "ai-train", "train-ai"})
"""Uses of RSL that include training; its guide writes both ``ai-train`` and ``train-ai``."""


def accepts(name: str, head: str) -> bool:
    """The files by their names; one called ``license.xml`` or ``rsl.xml`` where its root is RSL's."""
    name = name.rsplit("/", 1)[-1].lower()
    return name in _READERS or (name in ("rsl.xml", "license.xml") and (not head or _RSL in head))


def scan(path: str, text: str) -> Scanned:
    """The reservations of one file, each with its line; what cannot be parsed is a problem."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1].lower()
    text = text.removeprefix("\ufeff")
    try:
        made = tuple(dict.fromkeys(islice(_READERS.get(name, rsl)(text, path), _MOST + 1)))
    except Unreadable as error:
        return Scanned(problems=(Problem(path, error.line, error.message),))
    cut = (
        (Problem(path, 1, Message("over {most} signals: the rest is not reported", most=_MOST)),)
        if len(made) > _MOST
        else ()
    )
    return Scanned(tuple(_bans(made[:_MOST])), reservations=made[:_MOST], problems=cut)


def _bans(made: Iterable[Reservation]) -> Iterator[Evidence]:
    """The licenses of RSL that do not let models be trained: they are terms of whoever offers the data, and no mere signal."""
    for one in made:
        if one.signal == "rsl" and one.reserved and one.value.startswith(("prohibits usage", "permits usage")):
            if one.value.startswith("prohibits") and _TRAINS.isdisjoint(re.split(r"[\s,:]+", one.value.lower())):
                continue
            license = restrictions.license_of(_TRAINING)
            s = Statement(
                license,
                Certainty.EXACT,
                0,
                len(one.value),
                one.value,
                "rsl",
                restricts=(_TRAINING,),
                kind=Kind.RESTRICTION,
            )
            yield Evidence.of(
                s,
                path=one.path,
                line=one.line,
                field="license",
                scanner=NAME,
                basis=Basis.METADATA_FILE,
                standing=Standing.BESIDE,
                note=Message("a license of RSL that keeps the data from training"),
            )
            return


_TRAINING: Final = "no-training"


def _fields(text: str) -> Iterator[tuple[int, str, str]]:
    """The ``Name: value`` lines of a file: line, name (lower-case), value."""
    if re.match(r"\s*<(?:!doctype|html)", text, re.I):
        return
    for n, line in enumerate(islice(text.split("\n"), _LINES), 1):
        m = _FIELD.match(line)
        if m:
            yield n, m[1].lower(), m[2].strip()


def robots(text: str, path: str) -> Iterator[Reservation]:
    """What a robots.txt (RFC 9309) reserves: Content-Signal and Content-Usage lines, RSL licenses, and crawlers for AI that are shut out."""
    agents: list[str] = []
    naming = False
    told: set[str] = set()
    for line, name, value in _fields(text):
        if name == "user-agent":
            agents = [*agents, value] if naming else [value]
            naming = True
            continue
        naming = False
        if name == "content-signal":
            yield from content_signal(value, path, line, ", ".join(agents[:5]))
        elif name == "content-usage":
            yield from content_usage(value, path, line, ", ".join(agents[:5]))
        elif name == "license" and value:
            yield Reservation(
                "rsl", value[:500], path, line, True, "Really Simple Licensing: the terms stand there and were not read"
            )
        elif name == "disallow" and value:
            whole = value in ("/", "/*", "*")
            for agent in agents[:_MOST]:
                if agent.lower() not in told and (agent.lower().startswith(_AGENTS) or (agent == "*" and whole)):
                    told.add(agent.lower())
                    note = "" if whole else "a part of the site"
                    yield Reservation("robots", f"{agent}: Disallow: {value}"[:500], path, line, True, note)


def content_signal(value: str, path: str, line: int, agents: str = "") -> Iterator[Reservation]:
    """One Content-Signal: ``search=yes, ai-train=no``. What it does not name it neither grants nor restricts."""
    said = re.findall(r"([\w-]{1,40}) ?= ?([\w-]{1,40})", value[:1000])
    if said:
        no = any(v.lower() == "no" or (k.lower() == "use" and v.lower() != "full") for k, v in said)
        note = f"for {agents}"[:300] if agents not in ("", "*") else ""
        yield Reservation("content-signal", ", ".join(f"{k}={v}" for k, v in said), path, line, no, note)


def content_usage(value: str, path: str, line: int, agents: str = "") -> Iterator[Reservation]:
    """One Content-Usage of the IETF's AIPREF: ``train-ai=n``, in a robots.txt also after a path. Other values are ignored."""
    said = re.findall(r"(?<![\w-])([\w-]{1,40})=([yn])(?![\w-])", value[:1000])
    if said:
        place = re.match(r"/\S*", value)
        where = [f"for {text}"[:300] for text in (agents if agents != "*" else "", place[0] if place else "") if text]
        no = any(answer == "n" for _, answer in said)
        yield Reservation("content-usage", ", ".join(f"{k}={v}" for k, v in said), path, line, no, ", ".join(where))


def ai(text: str, path: str) -> Iterator[Reservation]:
    """What an ai.txt reserves, in either of the formats that have this name."""
    agents = ""
    for line, name, value in _fields(text):
        if name in ("user-agent", "agent"):
            agents = value[:200]
        elif name in ("allow", "disallow") and value:
            note = f"for {agents}" if agents not in ("", "*") else ""
            yield Reservation("ai.txt", f"{name.capitalize()}: {value}"[:500], path, line, name == "disallow", note)
        elif name in _POLICIES and value:
            note = f"for {agents}" if agents not in ("", "*") else ""
            yield Reservation("ai.txt", f"{name.capitalize()}: {value}"[:500], path, line, bool(_NO.match(value)), note)


def tdmrep(text: str, path: str) -> Iterator[Reservation]:
    """The rules of a tdmrep.json. The first whose location fits a page holds for it: what can never be reached is left out."""
    try:
        rules: Any = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(
            Message(
                "not valid JSON: {why}: write an array of objects with location and tdm-reservation", why=str(error.msg)
            ),
            error.lineno,
        ) from None
    except (RecursionError, ValueError):
        raise Unreadable(Message("nested too deep to be rules of TDM reservation")) from None
    if not isinstance(rules, list):
        raise Unreadable(Message("not an array: the TDM Reservation Protocol asks for an array of objects"))
    seen: set[str] = set()
    at = 0
    for rule in rules[:_LINES]:
        if not isinstance(rule, dict) or not isinstance(rule.get("location"), str):
            continue
        location = rule["location"]
        found = text.find(json.dumps(location, ensure_ascii=False), at)
        at = found + 1 if found >= 0 else at
        line = text.count("\n", 0, at) + 1
        if location in seen:
            continue
        seen.add(location)
        value = rule.get("tdm-reservation")
        if value in (0, 1, "0", "1") and not isinstance(value, bool):
            policy = rule.get("tdm-policy")
            note = f"for {location[:200]}" + (
                f"; the terms are at {policy[:300]}" if isinstance(policy, str) and policy else ""
            )
            yield Reservation("tdm-reservation", str(value), path, line, str(value) == "1", note)
        if location.rstrip("*") in ("/", ""):
            return


def rsl(text: str, path: str, before: int = 0) -> Iterator[Reservation]:
    """What the licenses of an RSL document permit, prohibit and charge. ``before`` is the number of lines before ``text``.

    Where uses are permitted by name, those that are not named are not (RSL 1.0, ``permits``).
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(
            re.sub(r"\A\s*<\?xml[^>]{0,200}\?>", lambda m: "\n" * m.group().count("\n"), text).encode(
                "utf-8", "replace"
            ),
            parser,
        )
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(
            Message("not valid XML: {why}", why=str(getattr(error, "msg", error))),
            before + (getattr(error, "lineno", 0) or 1),
        ) from None
    if root.tag != f"{{{_RSL}}}rsl":
        return
    for content in islice(root.iter(f"{{{_RSL}}}content"), _MOST):
        where = (content.get("url") or "")[:300]
        for element in islice(content.iter(), 1000):
            if not isinstance(element.tag, str):
                continue
            name = element.tag.rsplit("}", 1)[-1]
            kind = element.get("type") or ""
            words = ", ".join(re.split(r"[\s,]+", (element.text or "").strip()))[:300]
            note = f"for {where}" if where else ""
            line = before + int(element.sourceline or 1)
            if name == "prohibits":
                yield Reservation("rsl", f"prohibits {kind}: {words}".replace(" :", ":"), path, line, True, note)
            elif name == "permits":
                reserved = kind != "usage" or _TRAINS.isdisjoint(words.lower().split(", "))
                yield Reservation("rsl", f"permits {kind}: {words}".replace(" :", ":"), path, line, reserved, note)
            elif name == "payment" and kind not in ("free", "attribution", ""):
                yield Reservation("rsl", f"payment: {kind}", path, line, True, note)


_READERS: Final = {"robots.txt": robots, "tdmrep.json": tdmrep, "ai.txt": ai}
