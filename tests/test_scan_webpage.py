"""Web pages: what of all the licences that a page names is the page's own, or its dataset's."""

from __future__ import annotations

from html import escape
from pathlib import Path

import growth
import pytest
from webpage_cases import BY4, BYNC4, BYSA4, CC, DATASETS, WORKS, data, ld, page

from licensecheck.model import Basis, Certainty, Evidence, Origin, Reservation, Scanned, Scope, Stance, Standing, Status
from licensecheck.scanners import scan_text, webpage
from licensecheck.scanners.resolve import resolve
from licensecheck.scanners.web import markup


def scanned(text: str, path: str = "page.html") -> Scanned:
    found = scan_text(path, text)
    assert found is not None
    return found


def license_of(text: str, path: str = "page.html") -> str | None:
    return resolve(path, scanned(text, path)).license


def counted(text: str) -> list[Evidence]:
    """The evidence that is no mere mention."""
    return [e for e in scanned(text).evidence if e.standing is not Standing.MENTIONED]


@pytest.mark.parametrize("name", WORKS)
def test_a_page_that_is_itself_the_work(name: str) -> None:
    text, license = WORKS[name]
    assert license_of(text) == license, "\n".join(map(str, scanned(text).evidence))


@pytest.mark.parametrize("name", DATASETS)
def test_a_page_about_a_dataset(name: str) -> None:
    text, license = DATASETS[name]
    assert license_of(text) == license, "\n".join(map(str, scanned(text).evidence))


def test_every_statement_has_its_place_and_kind() -> None:
    text = page(f'<footer>\n<p>This work is under a\n<a rel="license" href="{BY4}">free licence</a>.</p></footer>')
    (found,) = scanned(text).evidence
    line = next(n for n, words in enumerate(text.split("\n"), 1) if BY4 in words)
    assert (found.path, found.line, found.column) == ("page.html", line, len('<a rel="license" href="') + 1)
    assert (found.field, found.raw, found.license) == ("footer rel=license", BY4, "CC-BY-4.0")
    assert (found.scope, found.origin, found.scanner) == (Scope.DATA, Origin.WEBPAGE, "webpage")
    assert (found.basis, found.stance, found.certainty) == (Basis.HOLDER_PAGE, Stance.ASSERTED, Certainty.EXACT)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (page("", f'<link rel="license" href="{BY4}">'), "link rel=license"),
        (page("", f'<meta name="DCTERMS.license" content="{BY4}">'), "meta dcterms.license"),
        (page("", ld('{"@type":"Article","license":"%s"}', BY4)), "JSON-LD Article license"),
        (page(f'<link itemprop="license" href="{BY4}">'), "microdata license"),
        (page(f'<b property="dct:license" resource="{BY4}"></b>'), "RDFa dct:license"),
        (page(f'<footer><a href="{BY4}">free</a></footer>'), "footer link"),
        (page(f'<aside><a href="{BY4}">free</a></aside>'), "sidebar link"),
        (page("<p>This text is released under CC BY 4.0.</p>"), "text"),
        (page('<p><img src="https://licensebuttons.net/l/by/4.0/88x31.png"></p>'), "badge"),
    ],
)
def test_the_field_names_the_mechanism(text: str, field: str) -> None:
    (found,) = scanned(text).evidence
    assert (found.field, found.license) == (field, "CC-BY-4.0")


def test_json_ld_has_the_line_of_its_value() -> None:
    text = page("", ld('\n{\n"@type": "Article",\n"license": "%s"\n}', BY4))
    (found,) = scanned(text).evidence
    assert text.split("\n")[found.line - 1] == f'"license": "{BY4}"'


def test_a_line_beyond_what_the_parser_counts() -> None:
    text = "\n" * 70_000 + f'<p>This text is under <a href="{BY4}">CC BY</a></p>'
    (found,) = scanned(f"<!DOCTYPE html>{text}").evidence
    assert found.line == 70_001 or found.column == 1


def test_the_same_words_again_have_a_place_of_their_own() -> None:
    text = page(f'<footer>\n<a rel="license" href="{BY4}">a</a>\n<a rel="license" href="{BY4}">b</a></footer>')
    one, other = scanned(text).evidence
    assert other.line == one.line + 1


def test_what_is_only_mentioned_is_kept_and_settles_nothing() -> None:
    found = scanned(page(f'<p>Photo by Ann, <a href="{CC}/by/2.0/">CC BY 2.0</a></p>'))
    assert [(e.license, e.standing) for e in found.evidence] == [("CC-BY-2.0", Standing.MENTIONED)]
    assert resolve("page.html", found).status is Status.NONE


def test_rights_that_are_reserved_are_told() -> None:
    (found,) = scanned(page("<footer>저작권자 © 항구신문 무단전재 및 재배포 금지</footer>")).evidence
    assert (found.license, found.standing) == ("LicenseRef-no-redistribution", Standing.MENTIONED)


def test_a_footer_on_a_page_about_a_dataset_is_the_sites() -> None:
    text = data(f'<p>The dataset is under CC BY-NC 4.0.</p><footer>Content: <a href="{BY4}">CC BY 4.0</a></footer>')
    assert {e.license: e.scope for e in counted(text)} == {"CC-BY-NC-4.0": Scope.DATA, "CC-BY-4.0": Scope.SITE}


def test_the_metadata_and_the_code_have_licenses_of_their_own() -> None:
    text = data(
        "<p>The code is released under the MIT license. The dataset is released under CC BY 4.0.</p>",
        ld('{"@type":"Dataset","sdLicense":"https://creativecommons.org/publicdomain/zero/1.0/"}'),
    )
    scopes = {e.license: e.scope for e in scanned(text).evidence}
    assert scopes == {"CC0-1.0": Scope.METADATA, "MIT": Scope.CODE, "CC-BY-4.0": Scope.DATA}


def test_a_badge_of_another_version_than_its_link_is_a_conflict() -> None:
    text = page(
        f'<footer><a rel="license" href="{BYNC4}"><img src="https://i.creativecommons.org/l/by-nc/3.0/88x31.png"></a></footer>'
    )
    made = resolve("page.html", scanned(text))
    assert (made.license, made.status) == ("CC-BY-NC-4.0", Status.CONFLICT)
    assert {e.field for e in made.conflicts[0].claims} == {"footer rel=license", "badge"}


def test_words_that_name_another_license_than_their_link_are_a_conflict() -> None:
    text = page(f'<footer><a rel="license" href="{BYSA4}">Creative Commons BY-NC 3.0</a></footer>')
    made = resolve("page.html", scanned(text))
    assert (made.license, made.status) == ("CC-BY-SA-4.0", Status.CONFLICT)


def test_who_made_it_and_from_what() -> None:
    text = data(
        "<footer>© 2024 Gull Team</footer>",
        '<link rel="canonical" href="https://gulls.example/sounds">'
        + ld(
            '{"@type":"Dataset","name":"Gull Sounds","creator":[{"name":"Ann"},{"name":"Bo"}],"isBasedOn":"https://tern.example/"}'
        ),
    )
    made = scanned(text)
    assert made.credit.title == "Gull Sounds"
    assert made.credit.creators == ("Ann", "Bo")
    assert (made.credit.source, made.credit.notice) == ("https://gulls.example/sounds", "© 2024 Gull Team")
    assert made.upstream == ("https://tern.example/",)


# --- which files are pages ---


@pytest.mark.parametrize(
    ("name", "head", "is_page"),
    [
        ("page.html", "x", True),
        ("PAGE.HTM", "x", True),
        ("a.xhtml", "x", True),
        ("download", "<!DOCTYPE html>", True),
        ("saved", "\ufeff\n<!-- saved from url -->\n<html>", True),
        ("page", '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', True),
        ("README.md", "# <html>", False),
        ("data.xml", "<data>", False),
        ("notes.txt", "html", False),
        ("index.html", "", True),
        ("LICENSE.html", "", True),
        ("article-0001.html", "", False),
    ],
)
def test_what_is_a_page(name: str, head: str, is_page: bool) -> None:
    assert webpage.accepts(name, head) is is_page


def test_a_license_that_is_a_page_is_read_as_a_license() -> None:
    licence = (Path(__file__).parent.parent / "LICENSE").read_text(encoding="utf-8")
    text = "".join(f"<p>{escape(part)}</p>" for part in licence.split("\n\n"))
    made = scanned(f"<html><body>{text}</body></html>", "LICENSE.html")
    assert ("Apache-2.0", Basis.LICENSE_FILE) in [(e.license, e.basis) for e in made.evidence]


# --- reservations in a page ---


@pytest.mark.parametrize(
    ("head", "signal", "value", "reserved"),
    [
        ('<meta name="tdm-reservation" content="1">', "tdm-reservation", "1", True),
        ('<meta name="tdm-reservation" content="0">', "tdm-reservation", "0", False),
        ('<meta name="robots" content="index, NoAI, noimageai">', "noai", "noai, noimageai", True),
        ('<link rel="license" type="application/rsl+xml" href="/license.xml">', "rsl", "/license.xml", True),
    ],
)
def test_what_a_page_reserves(head: str, signal: str, value: str, reserved: bool) -> None:
    made = scanned(page(f'<footer>This text is under <a href="{BY4}">CC BY 4.0</a></footer>', head))
    (found,) = made.reservations
    assert (found.signal, found.value, found.reserved, found.line) == (signal, value, reserved, 6)
    assert resolve("page.html", made).license == "CC-BY-4.0"


def test_the_policy_of_a_reservation_is_named() -> None:
    head = '<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="https://p.example/policy.json">'
    assert scanned(page("", head)).reservations == (
        Reservation("tdm-reservation", "1", "page.html", 6, True, "the terms are at https://p.example/policy.json"),
    )


def test_other_values_reserve_nothing() -> None:
    head = '<meta name="tdm-reservation" content="yes"><meta name="robots" content="noindex, nofollow">'
    assert scanned(page("", head)).reservations == ()


def test_rsl_inside_a_page() -> None:
    rsl = (
        '<script type="application/rsl+xml">\n<rsl xmlns="https://rslstandard.org/rsl"><content url="/">\n'
        '<license><prohibits type="usage">ai-train</prohibits></license></content></rsl></script>'
    )
    (found,) = scanned(page("", rsl)).reservations
    assert (found.signal, found.value, found.line) == ("rsl", "prohibits usage: ai-train", 8)


# --- hostile pages ---

LINK = f'<a rel="license" href="{BY4}">CC BY</a>'


def hostile(part: int) -> dict[str, str]:
    """Each with one ``part`` of its repetitions."""
    return {
        "deep": "<div>" * (100_000 // part) + LINK,
        "deep links": '<a href="/license">' * (100_000 // part) + LINK,
        "deep tables": "<table><tr><td>" * (100_000 // part) + LINK,
        "an attribute of 8 MB": '<p title="' + "x" * (8_000_000 // part) + '">a</p>' + LINK,
        "a class of 8 MB": '<p class="' + "a-" * (4_000_000 // part) + '">a</p>' + LINK,
        "an image of 7 MB in an attribute": '<img src="data:image/png;base64,'
        + "A" * (7_000_000 // part)
        + '">'
        + LINK,
        "entities": '<!DOCTYPE html [<!ENTITY a0 "aaaa">'
        + "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' for n in range(1, 60))
        + "]><p>&a59;</p>"
        + LINK,
        "NUL": "a\x00b<p>\x00</p>" + LINK,
        "links": LINK * (100_000 // part),
        "badges": '<img src="https://licensebuttons.net/l/by/4.0/88x31.png" alt="CC">' * (60_000 // part),
        "elements": "<p>" * (2_500_000 // part),
        "unclosed": '<a href="' * (800_000 // part),
        "angles": "<" * (8_000_000 // part),
        "brackets": "<p>licence " + "[" * (2_000_000 // part),
        "one word": "<p>" + "licence " * (1_000_000 // part),
        "spaces": "<p>licensed under" + " " * (3_000_000 // part) + "CC BY</p>",
        "json 100,000 deep": ld('{"license":%s}', "[" * (100_000 // part) + "]" * (100_000 // part)),
        "json objects 100,000 deep": ld("%s1%s", '{"license":' * (100_000 // part), "}" * (100_000 // part)),
        "json-ld in a loop": ld(
            '{"@graph":[{"@id":"#a","@type":"Dataset","license":{"@id":"#b"}},{"@id":"#b","license":{"@id":"#a"}}]}'
        ),
        "json-ld of commas": ld('{"license":1%s', ", " * (800_000 // part)),
        "scripts": ld('{"@type":"Dataset","license":"CC BY 4.0"}') * (20_000 // part),
        "metas": '<meta name="dc.rights" content="CC BY 4.0">' * (50_000 // part),
        "properties": "<div itemprop=license>x" * (2_000 // part) + "CC BY 4.0 " * (20_000 // part),
        "rdf": "<!-- rdf:RDF " + '<Work rdf:about="" ' * (50_000 // part) + "-->" + LINK,
        "half a character": "<p>\ud800 licensed under CC BY</p>",
        "nothing": "",
    }


HOSTILE, SMALL = hostile(1), hostile(growth.TIMES)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_read_soon_or_a_problem_says_what_was_not(name: str) -> None:
    webpage.scan("warm.html", "<title>data</title><p>This is under CC BY 4.0.</p>")
    made = growth.linear(lambda text: webpage.scan("page.html", text), SMALL[name], HOSTILE[name])
    named = any(e.license == "CC-BY-4.0" for e in made.evidence)
    assert named or made.problems or LINK not in HOSTILE[name]
    assert len(made.evidence) < 1000


def test_what_is_too_deep_is_a_problem_with_its_place() -> None:
    (problem,) = webpage.scan("page.html", HOSTILE["deep"]).problems
    assert (problem.path, problem.line) == ("page.html", 1)
    assert "nested" in problem.message


def test_the_end_of_a_page_that_is_too_long_is_read() -> None:
    filler = "<p>gulls</p>\n" * 300_000
    made = webpage.scan("page.html", f"<html>{filler}<footer>This text is under {LINK}</footer></html>")
    assert [(e.license, e.line) for e in made.evidence] == [("CC-BY-4.0", 300_001)]
    assert any("from here on only its last" in p.message for p in made.problems)


def test_json_ld_that_is_broken_and_speaks_of_a_license_is_a_problem() -> None:
    (problem,) = scanned(page("", ld('{"@type":"Dataset","license":'))).problems
    assert problem.line == 6
    assert "JSON-LD" in problem.message


def test_json_ld_that_is_broken_and_speaks_of_none_is_none() -> None:
    assert scanned(page("", ld('{"@type":"Organization",'))).problems == ()


def test_a_page_with_an_element_of_very_many_attributes_is_told_to_be_unread() -> None:
    attributes = " ".join(f"a{n}" for n in range(40_000))
    read = markup.read("p", f"<p {attributes}>CC BY 4.0</p>")
    assert not read.blocks
    assert ["over 500 attributes" in problem.message for problem in read.problems] == [True]
    few = " ".join(f"a{n}={n}" for n in range(400))
    read = markup.read("p", f"<p {few}>CC BY 4.0</p>" + "<p>more</p>" * 2000)
    assert not read.problems
    assert read.blocks[0].text == "CC BY 4.0"


def test_rdf_in_a_comment_keeps_its_lines() -> None:
    rdf = (
        '<!--\n<rdf:RDF xmlns="http://web.resource.org/cc/">\n<Work rdf:about="">\n'
        '<license rdf:resource="https://creativecommons.org/licenses/by/2.0/" />\n</Work>\n</rdf:RDF>\n-->'
    )
    (one,) = webpage.scan("p.html", f"<html><body>\n{rdf}<p>words</p></body></html>").evidence
    assert (one.license, one.line) == ("CC-BY-2.0", 5)
