"""The report for a terminal: golden texts, widths, colours, and that nothing shown is a command."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_cases import CASES, Row, rows, scanned

from licensecheck.base.message import speaker, translated
from licensecheck.engine.evaluate import evaluate
from licensecheck.knowledge.rulebook import cases as rule_cases
from licensecheck.knowledge.rulebook import load
from licensecheck.model import Certainty, Decision, Evidence, Source, SourceVerdict, Statement, Verdict
from licensecheck.report import REPORTERS, Options, answers, labels, reference, summary
from licensecheck.report.formats import text
from licensecheck.report.terminal import Page, columns, pad, safe, wrap
from licensecheck.vocabulary import INTENTS, make_use

GOLDEN = Path(__file__).parent / "golden" / "reports"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def golden(name: str, shown: str) -> None:
    """``shown`` equals the golden file; LICENSECHECK_REGEN=1 writes it instead."""
    shown = re.sub(r"\([0-9][^()]*, rules [0-9a-f]{8}\)$", "(VERSION, rules DIGEST)", shown) + "\n"
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("LICENSECHECK_REGEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


def options(width: int = 80, **more: Any) -> Options:
    return Options(width=width, book=load(), **more)


@pytest.mark.parametrize("name", CASES)
def test_a_verdict_reads_as_it_should(name: str) -> None:
    golden(f"{name}-80", REPORTERS["text"](CASES[name], options()))


@pytest.mark.parametrize("width", [40, 120])
def test_a_verdict_fits_its_width(width: int) -> None:
    golden(f"mixed-{width}", text.render(CASES["mixed"], options(width)))
    golden(f"namuwiki-school-{width}", text.render(CASES["namuwiki-school"], options(width)))


@pytest.mark.parametrize("width", [40, 80])
def test_the_table_and_a_scan_read_as_they_should(width: int) -> None:
    golden(f"table-{width}", answers.table(rows(), options(width, command="licensecheck check data")))
    golden(f"scan-{width}", answers.scan(scanned(), options(width)))


def test_colour_is_a_coat_of_paint() -> None:
    for v in CASES.values():
        plain, painted = (text.render(v, options(color=color)) for color in (False, True))
        assert "\x1b" not in plain
        assert painted.startswith("\x1b[1;3")
        assert ANSI.sub("", painted) == plain
    plain, painted = (answers.table(rows(), options(color=color)) for color in (False, True))
    assert ANSI.sub("", painted) == plain


def test_what_fail_on_hides_is_said() -> None:
    review = CASES["unclear-list"]
    assert "--fail-on deny" in text.render(review, options(threshold="deny"))
    assert "--fail-on" not in text.render(review, options())
    assert "--fail-on" not in text.render(CASES["no-license"], options(threshold="deny"))


def test_many_equal_sources_are_one_block() -> None:
    one = CASES["no-license"].sources[0]
    many = tuple(
        one._replace(source=one.source._replace(name=f"set-{n}"), remedies=(f"leave set-{n} out",)) for n in range(500)
    )
    shown = text.render(CASES["no-license"]._replace(sources=many), options())
    assert "set-0, set-1, set-2, set-3, set-4 and 495 more" in " ".join(shown.split())
    assert "leave each of them out" in shown
    assert len(shown.splitlines()) < 40


def grid() -> Iterator[Verdict]:
    book = load()
    sources = [
        ["LicenseRef-CC-BY-NC-SA-2.0-KR"],
        ["LicenseRef-CC-BY-ND-2.0-KR"],
        ["CC0-1.0"],
        ["MIT OR CC-BY-NC-4.0"],
        ["NONE"],
        ["NOASSERTION", "CC-BY-4.0"],
        ["CC-BY-SA-4.0", "CC-BY-NC-4.0", "ODbL-1.0"],
        ["LicenseRef-custom"],
    ]
    for names in sources:
        for intent in INTENTS:
            for purpose in ("academic_research", "product"):
                use = make_use({"intent": intent, "purpose": purpose})
                yield evaluate([Source(name, name) for name in names], use, book)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """Only a word without a place to break it may be, and a line that is there to be copied."""
    for v in grid():
        shown = text.render(v, options(width))
        copied = {safe(credit.text, 4000) for credit in v.attributions}
        for line in shown.splitlines():
            if columns(line) > width and line.strip() not in copied:
                assert max(columns(word) for word in line.split()) > width - 16, line


def test_a_report_says_what_the_verdict_says() -> None:
    for v in grid():
        shown = " ".join(text.render(v, options()).split())
        assert shown.startswith(v.decision.value.upper())
        assert shown.count("it is not legal advice") == 1
        for s in v.sources:
            for reason in s.reasons:
                assert reason.rule in shown
                assert reason.clause in shown
            if s.decision is not Decision.ALLOW:
                assert s.remedies
                assert s.remedies[0] in shown
        if v.decision is Decision.ALLOW:
            for s in v.sources:
                assert all(" ".join(d.text.split()) in shown for d in s.duties)
            assert all(" ".join(a.text.split()) in shown for a in v.attributions)


def test_every_duty_of_the_catalogue_has_its_place() -> None:
    kinds = [code for codes in labels.KINDS.values() for code in codes]
    assert len(kinds) == len(set(kinds))
    assert set(kinds) == set(load().duties)
    assert set(labels.SHORT) <= set(kinds)


def test_a_duty_that_a_rule_pack_invents_is_shown() -> None:
    v = CASES["namuwiki-school"]
    owed = v.sources[0].duties[0]._replace(code="HOUSE_RULE", text="tell the lawyers")
    shown = text.render(v._replace(sources=(v.sources[0]._replace(duties=(owed,)),)), options())
    assert "and also" in shown
    assert "tell the lawyers" in shown


def test_a_license_page_has_its_clauses() -> None:
    for licence in load().licenses():
        page = reference.license_page(licence, options())
        assert page.startswith(licence.id)
        flat = " ".join(page.split())
        assert all(f"[{clause}]" in flat for _, clause in licence.grants)
        assert all(owed.clause in flat and owed.code in flat for owed in licence.duties)
        assert all(url in page for url in licence.urls)


def test_a_rule_page_has_its_cases_and_clauses() -> None:
    book, proved = load(), rule_cases()
    for rule in book.rules:
        own = [case for case in proved if case.rule == rule.id]
        page = " ".join(reference.rule_page(rule, own, options()).split())
        assert page.startswith(f"{rule.id} {rule.effect}")
        assert f"{len(own)} cases" in page
        assert "cites" in page
        assert "@" not in page.split("cites")[1].split("what would")[0]


HOSTILE = [
    "\x1b[31mred\x1b[0m",
    "\x1b]0;owned\x07title",
    "\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x9b2Jcleared",
    "\x90q\x9cdevice",
    "\x1bc reset",
    "a\rALLOW everything",
    "line\nALLOW  forged line\n\n",
    "tab\tvertical\x0bform\x0c",
    "back\x08\x08\x08space",
    "null\x00byte",
    "user\u202egnp.exe",
    "\u2066isolated\u2069",
    "zero\u200bwidth\ufeff",
    "line\u2028para\u2029",
    "tags\U000e0041\U000e0042",
    "z" + "\u0336\u0489" * 500,
    "\u3164\u115f\u2800hidden",
    "surrogate\udc80",
    "private\ue000",
    "\x85next",
    "x" * 100_000,
    "\x1b]" * 20_000,
    "\x1b[" + "9" * 50_000,
    "에" * 50_000,
    "::error file=x::forged",
    "\n::warning::forged",
    ":::::set-output name=a::b",
    "##[command]rm",
    "에" * 90 + "::error::" + "에" * 90,
]


def shown_with(evil: str) -> list[str]:
    """Every report, with ``evil`` wherever a scanned file could have put it."""

    def spoil(value: Any) -> Any:
        if isinstance(value, (Decision, Certainty)) or value is None:
            return value
        if type(value) is str:
            return value + evil
        if hasattr(value, "_fields"):
            return value._replace(**{name: spoil(getattr(value, name)) for name in value._fields})
        if isinstance(value, tuple):
            return tuple(spoil(item) for item in value)
        return value

    v = spoil(CASES["mixed"])._replace(decision=Decision.REVIEW)
    row = Row("copy", v, v)
    statement = Statement("MIT" + evil, Certainty.EXACT, 0, 3, evil, evil)
    return [
        text.render(v, options(command=evil)),
        answers.table([row], options(command=evil)),
        answers.scan(spoil(scanned()), options()),
        answers.identified(evil, evil, Certainty.EXACT, [statement], options()),
        answers.attributions(v, options(), markdown=False),
    ]


@pytest.mark.parametrize("evil", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_a_file_holds_is_a_command(evil: str) -> None:
    for shown in shown_with(evil):
        odd = {c for c in shown if c != "\n" and (not c.isprintable() or unicodedata.category(c) == "Cf")}
        assert not odd
        shown.encode()
        lines = shown.splitlines()
        assert not [line for line in lines if line.startswith("ALLOW") or line.lstrip().startswith("::")]
        assert "##[" not in shown
        assert len(shown) < 400_000


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400), st.integers(4, 300), st.booleans())
def test_safe_is_short_printable_and_settled(said: str, limit: int, tail: bool) -> None:
    shown = safe(said, limit, tail=tail)
    assert len(shown) <= limit
    assert shown.isprintable()
    assert safe(shown, limit, tail=tail) == shown


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300).map(safe), st.integers(24, 120))
def test_wrapping_loses_nothing(said: str, width: int) -> None:
    lines = list(wrap(said, width, "- ", "  "))
    assert "".join("".join(line[2:] for line in lines).split()) == "".join(said.split())
    wide = [line for line in lines if columns(line) > width]
    assert all(len(line.split()) <= 2 for line in wide)


def test_wide_characters_take_two_columns() -> None:
    assert columns("나무위키") == 8
    assert columns(unicodedata.normalize("NFD", "나무")) == 4
    assert columns("e\u0301") == 1
    assert columns(pad("나무", 10)) == 10
    lines = list(wrap("가나다라마바사아자차카타파하" * 3, 24))
    assert max(map(columns, lines)) <= 24


def test_what_is_long_is_cut_where_it_matters_least() -> None:
    assert safe("/a/very/long/path/README.md", 12, tail=True) == "…h/README.md"
    assert safe("a sentence that goes on", 10) == "a sentenc…"
    assert safe("ends here", 10) == "ends here"


def test_a_clause_is_not_broken_over_lines() -> None:
    assert "[CC BY-ND 2.0 KR §3]" in text.render(CASES["korquad-changed"], options(40))


def test_a_page_without_names_still_reads() -> None:
    for v in CASES.values():
        assert text.render(v, Options()).startswith(v.decision.value.upper())
    assert Page(10, False).width == 24


def test_evidence_about_something_else_is_named_and_not_counted() -> None:
    shown = text.render(CASES["namuwiki-school"], options())
    assert "not counted, about the code: MIT (LICENSE:1)" in shown


def test_statements_of_one_line_are_shown_once() -> None:
    first = CASES["korquad-changed"].sources[0].source.evidence[0]
    again: Evidence = first._replace(raw="https://creativecommons.org/licenses/by-nd/2.0/kr/")
    seen, beside = summary.seen([first, again])
    assert [row.raws for row in seen] == [(first.raw, again.raw)]
    assert beside == []


@pytest.mark.parametrize("outbound", ["", "CC-BY-4.0", "CC0-1.0", "CC-BY-ND-4.0", "CC-BY-NC-4.0"])
@pytest.mark.parametrize("intent", ["publish-adaptation", "publish-excerpt", "publish-model"])
@pytest.mark.parametrize(
    "license",
    ["CC-BY-4.0", "CC-BY-ND-4.0", "CC-BY-SA-4.0", "ODbL-1.0", "GPL-3.0-only", "CC-BY-NC-4.0", "LicenseRef-KOGL-Type2", "LicenseRef-research-only"],
)  # fmt: skip
def test_what_is_offered_leads_where_it_says(license: str, intent: str, outbound: str) -> None:
    book = load()

    def answer(**use: str) -> SourceVerdict:
        asked = {"intent": intent, "purpose": "product", **({"outbound": outbound} if outbound else {}), **use}
        return evaluate([Source("x", license)], make_use(asked), book).sources[0]

    said = answer()
    offered = [remedy for remedy in said.remedies if remedy.startswith(("publish ", "make the use", "keep the result"))]
    assert bool(offered) <= (said.decision is not Decision.ALLOW)
    for remedy in offered:
        under = re.search(r"publish the result under (.+)", remedy)
        own = re.search(r"own license, (.+)", remedy)
        changed = {"purpose": "noncommercial"} if remedy.startswith("make the use") else {}
        if remedy.startswith("keep the result"):
            changed |= {"scope": "internal", "outbound": ""}
        if remedy.startswith(("publish unchanged", "publish the unchanged")):
            changed |= {"intent": "publish-copy"}
        if remedy.startswith("publish a collection"):
            changed |= {"intent": "publish-collection"}
        names = (under[1].split(" / ") if under else []) + ([own[1]] if own else [])
        ids = [each.id for name in names for each in book.licenses() if each.short == name] or [None]
        for each in ids:
            led = answer(**changed, **({"outbound": each} if each else {}))
            assert led.decision is (Decision.REVIEW if "this still needs review" in remedy else Decision.ALLOW), remedy


def test_what_one_source_alone_could_do_is_not_offered_where_two_do_not_meet() -> None:
    use = make_use({"intent": "publish-adaptation", "purpose": "product"})
    made = evaluate([Source("a", "CC-BY-SA-4.0"), Source("b", "ODbL-1.0")], use, load())
    assert made.decision is Decision.DENY
    for s in made.sources:
        assert not [r for r in s.remedies if r.startswith(("make the use", "publish the", "publish unchanged"))]
        assert [r for r in s.remedies if r.startswith("publish a collection")]


@pytest.mark.parametrize("name", ["a", "the", "use", "result", "out"])
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_source_may_be_called_by_any_word(name: str, lang: str) -> None:
    use = make_use({"intent": "publish-adaptation", "purpose": "product"})
    sources = [Source(name, "CC-BY-NC-4.0"), Source("bb", "CC-BY-NC-4.0"), Source("cc", "CC-BY-ND-4.0")]
    v = translated(evaluate(sources, use, load()), lang)
    opts = options(lang=lang)
    found = summary.remedies(summary.grouped(v.sources), opts)
    say = speaker(lang)
    leave = load().remedies["drop-source"]
    assert say(leave, source=say("each of them")) in [text for text, _ in found]
    assert say(leave, source="cc") in [text for text, _ in found]
    noncommercial = say(load().remedies["noncommercial"])
    assert [helped for text, helped in found if text == noncommercial] == [(name, "bb")]
    apart = summary.grouped(translated(evaluate(sources[::2], use, load()), lang).sources)
    shown = {text: helped for text, helped in summary.remedies(apart, opts) if helped == (name,)}
    assert noncommercial in shown
    assert not summary.says_whom(noncommercial, (name,), opts)
    assert summary.says_whom(say(leave, source=name), (name,), opts)


def test_a_permission_says_where_it_is_recorded() -> None:
    made = evaluate([Source("x", "CC-BY-NC-4.0")], make_use({"intent": "copy", "purpose": "product"}), load())
    assert [r for r in made.sources[0].remedies if r.endswith("and record it (`claims` in licensecheck.yaml)")]
