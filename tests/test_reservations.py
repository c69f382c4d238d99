"""Files by which a site reserves mining or training: each signal with its line, and none of them a licence."""

from __future__ import annotations

import json

import growth
import pytest

from licensecheck.model import Reservation, Scanned, Standing
from licensecheck.scanners import reservations, scan_text

RSL = 'xmlns="https://rslstandard.org/rsl"'


def scanned(path: str, text: str) -> Scanned:
    made = scan_text(path, text)
    assert made is not None
    return made


def told(path: str, text: str) -> list[tuple[str, str, int, bool]]:
    made = scanned(path, text)
    assert {e.license for e in made.evidence} <= {"LicenseRef-no-training"}
    assert all(r.path == path for r in made.reservations)
    return [(r.signal, r.value, r.line, r.reserved) for r in made.reservations]


@pytest.mark.parametrize(
    ("name", "head", "claimed"),
    [
        ("robots.txt", "User-agent: *", True),
        ("tdmrep.json", "[]", True),
        ("ai.txt", "", True),
        ("rsl.xml", f"<rsl {RSL}>", True),
        ("license.xml", f'<?xml version="1.0"?><rsl {RSL}>', True),
        ("license.xml", "<license>MIT</license>", False),
        ("rsl.xml", '<rsl xmlns="https://other.example/rsl">', False),
        ("my-robots.txt", "User-agent: *", False),
    ],
)
def test_files_are_known_by_name_and_xml_by_its_root(name: str, head: str, claimed: bool) -> None:
    assert reservations.accepts(name, head) is claimed


def test_the_well_known_folder_is_no_other_name() -> None:
    text = '[{"location": "/", "tdm-reservation": 1}]'
    assert told(".well-known/tdmrep.json", text) == [("tdm-reservation", "1", 1, True)]


# --- robots.txt ---


def test_content_signals_with_their_lines() -> None:
    text = "# preamble\nUser-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /\n\nUser-agent: a\nContent-signal: ai-input=yes\n"
    assert told("robots.txt", text) == [
        ("content-signal", "search=yes, ai-train=no", 3, True),
        ("content-signal", "ai-input=yes", 7, False),
    ]
    assert [r.note for r in scanned("robots.txt", text).reservations] == ["", "for a"]


@pytest.mark.parametrize(
    ("value", "reserved"),
    [
        ("search=yes", False),
        ("search=no", True),
        ("ai-train = no", True),
        ("use=reference", True),
        ("use=full, search=yes", False),
    ],
)
def test_which_content_signals_reserve(value: str, reserved: bool) -> None:
    ((_, _, _, found),) = told("robots.txt", f"Content-Signal: {value}")
    assert found is reserved


@pytest.mark.parametrize(
    ("line", "value", "reserved", "note"),
    [
        ("Content-Usage: train-ai=n", "train-ai=n", True, ""),
        ("content-usage: train-ai=y", "train-ai=y", False, ""),
        ("Content-Usage: bots=y, train-ai=n", "bots=y, train-ai=n", True, ""),
        ("Content-Usage: /photos/ train-ai=n", "train-ai=n", True, "for /photos/"),
    ],
)
def test_content_usage_of_aipref(line: str, value: str, reserved: bool, note: str) -> None:
    (found,) = scanned("robots.txt", f"User-agent: *\nAllow: /\n{line}\n").reservations
    assert (found.signal, found.value, found.line, found.reserved, found.note) == (
        "content-usage",
        value,
        3,
        reserved,
        note,
    )


def test_content_usage_without_a_known_value_says_nothing() -> None:
    assert scanned("robots.txt", "User-agent: *\nContent-Usage: train-ai=maybe\n").reservations == ()


@pytest.mark.parametrize("use", ["ai-train", "train-ai"])
def test_both_words_of_rsl_for_training(use: str) -> None:
    text = f'<rsl {RSL}><content url="/"><license><permits type="usage">{use}</permits></license></content></rsl>'
    assert [r.reserved for r in scanned("rsl.xml", text).reservations] == [False]
    text = text.replace("permits", "prohibits")
    assert [r.reserved for r in scanned("rsl.xml", text).reservations] == [True]


def test_an_rsl_license_in_robots_txt() -> None:
    ((signal, value, line, reserved),) = told(
        "robots.txt", "User-agent: *\nAllow: /\nLicense: https://h.example/license.xml # RSL\n"
    )
    assert (signal, value, line, reserved) == ("rsl", "https://h.example/license.xml", 3, True)


def test_crawlers_for_ai_that_are_shut_out() -> None:
    text = "User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n\nUser-agent: Google-Extended\nDisallow: /news/\n\nUser-agent: Googlebot\nDisallow: /\n"
    assert told("robots.txt", text) == [
        ("robots", "GPTBot: Disallow: /", 3, True),
        ("robots", "CCBot: Disallow: /", 3, True),
        ("robots", "Google-Extended: Disallow: /news/", 6, True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: *\nDisallow: /admin/\n",
        "User-agent: GPTBot\nDisallow:\n",
        "User-agent: GPTBot\nAllow: /\n",
        "# User-agent: GPTBot\n# Disallow: /\n",
        "<!DOCTYPE html><html><body>User-agent: GPTBot\nDisallow: /</body></html>",
        "",
    ],
)
def test_what_shuts_out_nobody(text: str) -> None:
    assert told("robots.txt", text) == []


def test_everybody_shut_out() -> None:
    assert told("robots.txt", "User-agent: *\nDisallow: /\n") == [("robots", "*: Disallow: /", 2, True)]


# --- tdmrep.json ---


def test_rules_of_tdm_reservation() -> None:
    text = json.dumps(
        [
            {"location": "/open/*", "tdm-reservation": 0},
            {"location": "/", "tdm-reservation": 1, "tdm-policy": "https://h.example/policy.json"},
        ],
        indent=1,
    )
    assert told("tdmrep.json", text) == [("tdm-reservation", "0", 3, False), ("tdm-reservation", "1", 7, True)]
    assert [r.note for r in scanned("tdmrep.json", text).reservations] == [
        "for /open/*",
        "for /; the terms are at https://h.example/policy.json",
    ]


def test_the_first_rule_that_fits_holds() -> None:
    text = '[{"location":"/a","tdm-reservation":1},{"location":"/a","tdm-reservation":0},{"location":"*","tdm-reservation":0},{"location":"/b","tdm-reservation":1}]'
    assert [(value, reserved) for _, value, _, reserved in told("tdmrep.json", text)] == [("1", True), ("0", False)]


@pytest.mark.parametrize("value", ["2", '"yes"', "true", "null", "[]"])
def test_other_values_are_as_if_unset(value: str) -> None:
    assert told("tdmrep.json", f'[{{"location":"/","tdm-reservation":{value}}}]') == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[\n{"location": "/",}\n]', 2, "not valid JSON"),
        ('{"location": "/"}', 1, "not an array"),
        ("[" * 100_000, 1, "nested too deep"),
    ],
)
def test_what_cannot_be_read_is_a_problem(text: str, line: int, words: str) -> None:
    (problem,) = scanned("tdmrep.json", text).problems
    assert (problem.path, problem.line) == ("tdmrep.json", line)
    assert words in problem.message


# --- ai.txt ---


def test_ai_txt_written_like_robots_txt() -> None:
    text = "# Spawning AI\nUser-Agent: *\nDisallow: *.txt\nAllow: *.jpg\n"
    assert told("ai.txt", text) == [
        ("ai.txt", "Disallow: *.txt", 3, True),
        ("ai.txt", "Allow: *.jpg", 4, False),
    ]


def test_ai_txt_written_as_policies() -> None:
    text = "Site-Name: Gulls\nTraining: deny\nIndexing: allow\nTraining-License: CC-BY-4.0\n\nAgent: ClaudeBot\nTraining: conditional\n"
    made = scanned(".well-known/ai.txt", text).reservations
    assert [(r.value, r.line, r.reserved, r.note) for r in made] == [
        ("Training: deny", 2, True, ""),
        ("Indexing: allow", 3, False, ""),
        ("Training: conditional", 7, True, "for ClaudeBot"),
    ]


# --- RSL ---


def test_rsl_says_what_is_permitted_prohibited_and_charged() -> None:
    text = (
        f'<?xml version="1.0"?>\n<rsl {RSL}>\n<content url="/news/">\n<license>\n<permits type="usage">search</permits>\n'
        '<prohibits type="usage">ai-train ai-input</prohibits>\n<payment type="subscription"/>\n</license>\n</content>\n</rsl>'
    )
    assert told("rsl.xml", text) == [
        ("rsl", "permits usage: search", 5, True),
        ("rsl", "prohibits usage: ai-train, ai-input", 6, True),
        ("rsl", "payment: subscription", 7, True),
    ]
    assert {r.note for r in scanned("rsl.xml", text).reservations} == {"for /news/"}


@pytest.mark.parametrize(
    ("terms", "barred"),
    [
        ('<prohibits type="usage">ai-train</prohibits>', True),
        ('<prohibits type="usage">train-ai search</prohibits>', True),
        ('<permits type="usage">search</permits>', True),
        ('<permits type="usage">all</permits>', False),
        ('<prohibits type="usage">search</prohibits>', False),
        ('<prohibits type="geo">KR</prohibits>', False),
        ('<payment type="subscription"/>', False),
    ],
)
def test_a_license_of_rsl_that_bars_training_stands_beside_the_license(terms: str, barred: bool) -> None:
    text = f'<rsl {RSL}><content url="/"><license>{terms}</license></content></rsl>'
    assert [(e.license, e.standing) for e in scanned("rsl.xml", text).evidence] == (
        [("LicenseRef-no-training", Standing.BESIDE)] if barred else []
    )


def test_rsl_that_permits_training_reserves_nothing() -> None:
    text = f'<rsl {RSL}><content url="/"><license><permits type="usage">all</permits><payment type="free"/></license></content></rsl>'
    assert told("license.xml", text) == [("rsl", "permits usage: all", 1, False)]


def test_broken_rsl_is_a_problem_with_its_line() -> None:
    (problem,) = scanned("rsl.xml", f"<rsl {RSL}>\n<content>\n</rsl>").problems
    assert problem.line == 3
    assert "not valid XML" in problem.message


# --- hostile ---


def hostile(part: int) -> dict[str, str]:
    """Each with one ``part`` of its repetitions."""
    return {
        "robots.txt": "User-agent: GPTBot\n" * (200_000 // part) + "Disallow: /\n" * (200_000 // part),
        "ai.txt": "Disallow: /" + "a" * (4_000_000 // part) + "\n" + "Training: deny\n" * (300_000 // part),
        "tdmrep.json": json.dumps([{"location": f"/{n}", "tdm-reservation": 1} for n in range(60_000 // part)]),
        "rsl.xml": f"<rsl {RSL}>" + "<content>" * (100_000 // part),
        "license.xml": f'<!DOCTYPE x [<!ENTITY a "aaaa">{"".join(f"""<!ENTITY a{n} "&a;&a;">""" for n in range(50))}]><rsl {RSL}>&a49;</rsl>',
    }


HOSTILE, SMALL = hostile(1), hostile(growth.TIMES)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_read_soon(name: str) -> None:
    made = growth.linear(lambda text: reservations.scan(name, text), SMALL[name], HOSTILE[name])
    assert len(made.reservations) <= 200
    assert all(isinstance(r, Reservation) and len(r.value) <= 500 for r in made.reservations)
    assert made.problems or len(made.reservations) < 200
