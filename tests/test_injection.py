"""Nothing that a scanned file says takes effect in a report: every string of ``injections`` in every text of a verdict.

Each format is judged by what reads it: Markdown by two readers (GitHub's own and another), XML by a
strict parser, JSON by its decoder and the format's schema, logs by the rules of the runner. A format
without an oracle of its own has to be free of characters that lead a terminal, and readable as what
it begins like.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

import cmarkgfm
import junitparser
import pytest
from cmarkgfm.cmark import Options as Cmark
from injections import INJECTIONS
from lxml import etree, html
from markdown_it import MarkdownIt
from mixed_case import MIXED
from test_report_formats import URL, holds, sarif_schema

from licensecheck.engine import findings
from licensecheck.knowledge.rulebook import load
from licensecheck.model import Verdict
from licensecheck.report import REPORTERS, Options, json_v1, places
from licensecheck.report.formats import markdown, sarif

WORDS_OF_OURS = {"effect", "level", "fingerprint", "state"}
"""Fields that are no free text: their values are words of the program's own."""
MODES: dict[str, Callable[[str, str], str]] = {
    "alone": lambda _, evil: evil,
    "around": lambda said, evil: evil + said + evil,
}


def spoiled(value: Any, evil: str, mix: Callable[[str, str], str]) -> Any:
    """``value`` with ``evil`` in every text field of it."""
    if isinstance(value, Enum) or value is None:
        return value
    if isinstance(value, str):
        return mix(value, evil)
    if hasattr(value, "_fields"):
        return value._replace(
            **{
                name: spoiled(getattr(value, name), evil, mix)
                for name in value._fields
                if name not in WORDS_OF_OURS or type(value).__name__ not in ("Reason", "Finding", "Claim")
            }
        )
    return tuple(spoiled(item, evil, mix) for item in value) if isinstance(value, tuple) else value


def options() -> Options:
    return Options(book=load(), url=URL, folder="/home/me/repo")


def odd(text: str, allowed: str = "\n") -> set[str]:
    """What of ``text`` a terminal or a page could be led by."""
    return {c for c in set(text) - set(allowed) if not c.isprintable() or unicodedata.category(c) in ("Cf", "Cs")}


# ---- Oracles: each takes the report and the verdict that it is of


def is_text(shown: str, verdict: Verdict) -> None:
    assert not odd(shown)
    assert not [line for line in shown.split("\n") if re.match(r"\s*(::|##\[)", line)]
    assert len(shown) < 400_000


def is_json(shown: str, verdict: Verdict) -> None:
    shown.encode()
    document = json.loads(shown)
    document.pop("licensecheck")
    assert document == json_v1.verdict(verdict)


def is_jsonl(shown: str, verdict: Verdict) -> None:
    assert not odd(shown)
    lines = shown.splitlines()
    assert lines == shown.split("\n")
    *rows, last = map(json.loads, lines)
    every = findings.of(verdict)
    assert [(row["fingerprint"], row["message"], row["path"]) for row in rows] == [
        (f.fingerprint, f.message, f.path) for f in every
    ]
    last.pop("licensecheck")
    assert last == json_v1.verdict(verdict)


OURS = {
    "div", "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "strong", "em", "pre", "code", "a",
}  # fmt: skip
REFERENCES = re.compile(
    r"(?<![\w/])@\w|(?<![\w&])#\w|\bGH-\d|[!%~$^]\w|:\w+:|\bwww\.|://|\$.*\$|\b[0-9a-f]{7,}\b|\[[\^x ]\]",
    re.IGNORECASE | re.ASCII,
)
"""What a forge makes links, mentions, formulas and pictures of, in words that are no code."""


@cache
def reader() -> MarkdownIt:
    made = MarkdownIt("gfm-like", {"html": True, "linkify": True})
    made.linkify.set({"fuzzy_link": False, "fuzzy_email": True})  # type: ignore[union-attr]
    return made


def is_markdown(shown: str, verdict: Verdict) -> None:
    assert not odd(shown)
    assert len(shown) <= markdown.LIMIT
    github = cmarkgfm.github_flavored_markdown_to_html(shown, Cmark.CMARK_OPT_UNSAFE)
    for page in (github, reader().render(shown)):
        tree = html.fromstring(f"<div>{page}</div>")
        assert {element.tag for element in tree.iter()} <= OURS
        for element in tree.iter():
            assert set(element.attrib) <= (
                {"href"} if element.tag == "a" else {"class", "lang"} if element.tag in ("pre", "code") else set()
            )
        assert all(a.get("href", "").startswith(f"{URL}/reference/rules.md#") for a in tree.iter("a"))
        for element in list(tree.iter("code", "pre", "a")):
            element.text = "x"
            for child in list(element):
                element.remove(child)
        loose = " ".join(tree.itertext())
        assert not REFERENCES.search(loose), REFERENCES.search(loose)
        assert len(list(tree.iter("h2"))) == 1
        assert len(list(tree.iter("pre"))) == 1
        for table in tree.iter("table"):
            first = [row[0].text_content().split(":")[0] for row in table.iter("tr")][1:]
            assert set(first) <= {"allow", "review", "deny", "error", "warning", "note", "waived"}
    for line in re.sub(r"(?ms)^(```+)text$.*?^\1$", "", shown).split("\n"):
        if line.startswith("| "):
            assert line.replace("\\\\", "").replace("\\|", "").count("|") == len(re.findall(r"(?<!\\)\|", line))
            assert len(re.findall(r"(?<!\\)\|", line)) in (5, 6)


def led_out(path: str) -> None:
    assert not {"", ".", ".."} & set(path.split("/")), path
    assert not re.match(r"[A-Za-z]:/", path), path


def is_github(shown: str, verdict: Verdict) -> None:
    assert not odd(shown)
    first, *rest = shown.split("\n")
    assert first.startswith("licensecheck: deny:")
    for line in rest:
        said = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        assert said
        properties = [pair.partition("=") for pair in said[2].split(",")]
        assert [name for name, _, _ in properties] in (["title"], ["title", "file", "line", "col"])
        assert not re.search(r"%(?!25|0A|0D|3A|2C)", said[2] + said[3])
        led_out(unquote({name: value for name, _, value in properties}.get("file", "x")))
    assert "##[" not in shown
    live = [f for f in findings.of(verdict) if not f.suppressed]
    counts = Counter(line.split(" ")[0] for line in rest)
    assert counts["::error"] == min(10, sum(f.level == "error" for f in live))
    assert counts["::warning"] == min(10, sum(f.level == "warning" for f in live))
    claims = {c.reason.rule for s in verdict.sources for c in s.claims}
    told = [f for f in findings.of(verdict) if f.suppressed or (f.level == "note" and f.rule in claims)]
    assert counts["::notice"] == min(9, len(told)) + 1


@cache
def validator() -> Any:
    import jsonschema

    return jsonschema.Draft4Validator(sarif_schema())


def inside(uri: str) -> None:
    parts = urlsplit(uri)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert re.fullmatch(r"[A-Za-z0-9._~%/-]+", uri)
    path = unquote(uri)
    led_out(path)


def is_sarif(shown: str, verdict: Verdict) -> None:
    assert not odd(shown)
    document = json.loads(shown)
    validator().validate(document)
    holds("github-code-scanning", document)
    (run,) = document["runs"]
    every = findings.of(verdict)
    assert len(run["results"]) == len(every)
    for result, finding in zip(run["results"], every, strict=True):
        related = result.get("relatedLocations", [])
        for location in (*result["locations"], *related):
            inside(location["physicalLocation"]["artifactLocation"]["uri"])
        text = result["message"]["text"]
        links = re.findall(r"(?<!\\)\]\(([^)]*)\)", text)
        assert links == [str(location["id"]) for location in related]
        assert not re.search(r"[{}]", text.replace("{{", "").replace("}}", ""))
        assert not odd(text, "")
        assert result["partialFingerprints"]["licensecheck/v1"] == finding.fingerprint
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", rule["id"]) for rule in rules)
    assert document["$schema"] == sarif.SCHEMA


def is_gitlab(shown: str, verdict: Verdict) -> None:
    assert not odd(shown)
    report = json.loads(shown)
    holds("gitlab-code-quality", report)
    assert len(report) == len(findings.of(verdict))
    assert len({issue["fingerprint"] for issue in report}) == len(report)
    for issue in report:
        assert not odd(issue["description"] + issue["location"]["path"], "")
        led_out(issue["location"]["path"])


def is_junit(shown: str, verdict: Verdict) -> None:
    assert not odd(shown)
    tree = etree.fromstring(shown.encode(), etree.XMLParser(resolve_entities=False, huge_tree=False, no_network=True))
    assert tree.getroottree().docinfo.doctype == ""
    assert {element.tag for element in tree.iter()} <= {
        "testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out",
    }  # fmt: skip
    every = findings.of(verdict)
    told = {
        f.fingerprint
        for s in verdict.sources
        for f in every
        if f.source == s.source.name
        and f.rule in {findings.CAVEAT, *(r.rule for r in s.reasons), *(c.reason.rule for c in s.claims)}
    }
    expected = len(verdict.sources) + sum(f.fingerprint not in told for f in every)
    cases = list(tree.iter("testcase"))
    assert len(cases) == expected == int(tree.get("tests", ""))
    assert all(case.get("name") and not odd(case.get("name", ""), "") for case in cases)
    for case in cases:
        led_out(case.get("file") or "x")
    (suite,) = junitparser.JUnitXml.fromstring(shown.encode())
    assert sum(1 for _ in suite) == expected


BANNED = {"img", "iframe", "object", "embed", "form", "input", "base", "svg", "math", "video", "audio", "textarea"}


def is_html(shown: str, verdict: Verdict) -> None:
    """A page: no more elements that load or run something than it has for harmless words, and no address but the web's."""

    def count(page: str) -> Counter[str]:
        tree = html.document_fromstring(page)
        found: Counter[str] = Counter()
        for element in tree.iter(etree.Element):
            found[element.tag] += element.tag in BANNED | {"script", "style", "link", "meta", "title"}
            for name, value in element.attrib.items():
                assert not name.lower().startswith("on"), name
                assert name.lower() not in ("srcdoc", "formaction", "action")
                if name.lower() in ("href", "src", "xlink:href"):
                    scheme = re.match(r"[^/?#]*?:", "".join(value.split()))
                    assert not scheme or scheme[0].lower() in ("http:", "https:", "mailto:")
        return +found

    assert not odd(shown, "\n\t")
    harmless = REPORTERS["html"](spoiled(MIXED, "harmless", MODES["around"]), options())
    assert set(count(shown)) <= set(count(harmless))
    assert count(shown)["script"] == count(harmless)["script"]


def is_readable(shown: str, verdict: Verdict) -> None:
    """For a format that has no oracle here: it can be written, and it is what it begins like."""
    shown.encode()
    if shown.startswith(("{", "[")):
        json.loads(shown)
    elif shown.startswith("<?xml"):
        etree.fromstring(shown.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    else:
        assert not odd(shown, "\n\t")


ORACLES: dict[str, Callable[[str, Verdict], None]] = {
    "text": is_text,
    "json": is_json,
    "jsonl": is_jsonl,
    "markdown": is_markdown,
    "github": is_github,
    "sarif": is_sarif,
    "gitlab": is_gitlab,
    "junit": is_junit,
    "html": is_html,
}


def tried() -> Iterator[tuple[str, str, Verdict]]:
    for evil in INJECTIONS:
        for mode, mix in MODES.items():
            yield mode, evil, spoiled(MIXED, evil, mix)


def test_there_are_strings_enough_and_no_two_are_the_same() -> None:
    assert len(INJECTIONS) >= 200
    assert len(set(INJECTIONS)) == len(INJECTIONS)


def test_every_text_field_is_reached() -> None:
    """What is spoiled has no text left as it was, but for the words of our own."""

    def texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
        if isinstance(value, str) and not isinstance(value, Enum):
            yield name, value
        elif hasattr(value, "_fields"):
            for field in value._fields:
                yield from texts(getattr(value, field), field)
        elif isinstance(value, tuple):
            for item in value:
                yield from texts(item, name)

    kept = {name for name, text in texts(spoiled(MIXED, "EVIL", MODES["around"])) if "EVIL" not in text}
    assert kept <= WORDS_OF_OURS
    reached = {name for name, text in texts(spoiled(MIXED, "EVIL", MODES["alone"])) if text == "EVIL"}
    assert reached >= {"title", "name", "raw", "path", "message", "license", "license_url", "url", "rule", "help"}


@pytest.mark.parametrize("form", REPORTERS)
def test_the_oracle_takes_the_harmless_case(form: str) -> None:
    for verdict in (MIXED, spoiled(MIXED, "harmless", MODES["around"])):
        ORACLES.get(form, is_readable)(REPORTERS[form](verdict, options()), verdict)


def as_it_is(text: str, *_: Any, **__: Any) -> str:
    return text


@pytest.mark.parametrize(
    ("form", "guard", "least"),
    [
        ("markdown", "licensecheck.report.formats.markdown.prose", 100),
        ("markdown", "licensecheck.report.formats.markdown.code", 80),
        ("markdown", "licensecheck.report.formats.markdown.cell", 8),
        ("markdown", "licensecheck.report.formats.markdown.safe", 60),
        ("github", "licensecheck.report.formats.github.safe", 60),
        ("github", "licensecheck.report.formats.github._property", 20),
        ("github", "licensecheck.report.places.relative", 20),
        ("sarif", "licensecheck.report.formats.sarif._text", 20),
        ("sarif", "licensecheck.report.formats.sarif.uri", 60),
        ("sarif", "licensecheck.report.formats.sarif.relative", 10),
        ("gitlab", "licensecheck.report.formats.gitlab.safe", 20),
        ("gitlab", "licensecheck.report.formats.gitlab.named", 10),
        ("junit", "licensecheck.report.formats.junit.safe", 30),
        ("jsonl", "licensecheck.report.json_v1._seen", 40),
    ],
)
def test_the_oracles_bite(form: str, guard: str, least: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without each of the guards, many of the short strings do take effect, and the oracle says so."""
    REPORTERS[form](MIXED, options())
    monkeypatch.setattr(guard, (lambda found: found[0]) if guard.endswith("_seen") else as_it_is)
    caught = 0
    for evil in INJECTIONS:
        if len(evil) < 200 and caught < least:
            verdict = spoiled(MIXED, evil, MODES["alone"])
            try:
                ORACLES[form](REPORTERS[form](verdict, options()), verdict)
            except Exception:
                caught += 1
    assert caught >= least


@pytest.mark.slow
@pytest.mark.parametrize("form", REPORTERS)
def test_nothing_takes_effect(form: str) -> None:
    oracle = ORACLES.get(form, is_readable)
    failed = []
    for mode, evil, verdict in tried():
        try:
            oracle(REPORTERS[form](verdict, options()), verdict)
        except Exception as error:
            failed.append(f"{mode} {evil[:60]!a}: {type(error).__name__} {str(error)[:200]}")
    assert not failed, f"{len(failed)} of {len(INJECTIONS) * len(MODES)}:\n" + "\n".join(failed[:20])


@pytest.mark.parametrize(
    "evil", ["/etc/passwd", "../../x", "C:\\x", "https://a.example/../..", "a\x00b", "\ud800", "%2e%2e/x"]
)
def test_no_path_leads_out_of_the_repository(evil: str) -> None:
    made = places.relative(evil, options())
    inside(places.uri(made) or places.NOWHERE)
