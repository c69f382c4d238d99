"""Credits as documents: read back by parsers of others, stacked by licence, and deaf to what a file would have them do."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from licensecheck.attribution.credits import WRITERS
from licensecheck.attribution.credits.groups import LABELS, grouped, web
from licensecheck.engine.credit import LANGS, attributions, clean, held
from licensecheck.engine.engine import engine
from licensecheck.engine.evaluate import evaluate
from licensecheck.knowledge.rulebook import load
from licensecheck.model import Attribution, Credit, Source
from licensecheck.vocabulary import make_use

BOOK = load()
USE = make_use({"intent": "publish-copy", "purpose": "teaching"})
BY = "https://creativecommons.org/licenses/by/4.0/"
HOSTILE = (
    "<script>alert(1)</script>",
    "](javascript:alert(1)) [x](http://evil.example)",
    "![x](http://evil.example/p.png)",
    "</li></ul></section><img src=x onerror=alert(1)>",
    "--> <!-- licensecheck:end --> # owned",
    "**bold** `code` _x_ | cell | ~~s~~ $x$ {{ template }} {% x %}",
    "www.evil.example http://evil.example mailto:a@evil.example a@evil.example",
    "}, note = {owned}} @misc{evil, title={x",
    '" onmouseover="alert(1)',
    "line\nbreak\r\n\r\n# heading\n- item\u2028x",
    "\x1b[31mred\x1b]0;title\x07 \u202egnp.exe \u2066x",
    "\\\\ \\end{document} \\input{/etc/passwd} % comment",
    "::error file=x::y ##[command]x",
    "&lt;b&gt; &amp; &#60;i&#62;",
    "1. x\n=====\n",
    "[ref]: http://evil.example",
    "@all #1 http://a.b@evil.example/",
)


def made(*credits: Credit, license: str = "CC-BY-4.0", lang: str = "en") -> tuple[Attribution, ...]:
    sources = [Source(f"s{n}", license, credit=credit) for n, credit in enumerate(credits)]
    verdict = evaluate(sources, USE, BOOK)
    return attributions(verdict.sources, USE, BOOK, lang)


def stack(count: int, lang: str = "en") -> tuple[Attribution, ...]:
    return made(
        *(Credit(f"Data {n}", (f"Author {n}",), f"https://data.example/{n}", f"© 20{n:02} A") for n in range(count)),
        lang=lang,
    )


def bibtex(text: str) -> list[dict[str, str]]:
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    return [{field.key: field.value for field in entry.fields} | {"ID": entry.key} for entry in library.entries]


def triples(text: str) -> set[tuple[str, str, str]]:
    """The RDFa statements of a fragment, for the attributes that the writer uses (RDFa Core 1.1, sections 5 and 7)."""
    tree = lxml_html.fragment_fromstring(text)
    prefixes = dict(re.findall(r"(\w+): (\S+)", tree.get("prefix", "")))

    def full(words: str) -> list[str]:
        return [prefixes[w.split(":")[0]] + w.split(":")[1] if ":" in w else f"xhv:{w}" for w in words.split()]

    found: set[tuple[str, str, str]] = set()
    for number, item in enumerate(tree.iter("li")):
        subject = item.get("about") or f"_:{number}"
        for element in item.iter():
            for name in full(element.get("property", "")):
                found.add((subject, name, element.text_content()))
            for name in full(element.get("rel", "")):
                found.add((subject, name, element.get("resource") or element.get("href")))
    return found


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", ["markdown", "notice", "html", "json"])
def test_fifty_sources_name_their_licence_once(form: str, lang: str) -> None:
    credits = stack(50, lang)
    text = WRITERS[form](credits, lang)
    full = credits[0].licenses[0][2]
    assert text.count(full if form != "json" else f'"name": "{full}"') == 1
    for n in range(50):
        assert f"Data {n}" in text
        assert f"Author {n}" in text
        assert f"https://data.example/{n}" in text
    notice = credits[0].notices[0]
    assert text.count(notice) == 1


def test_licences_are_grouped_in_the_order_in_which_they_come() -> None:
    a, b, c = (Credit(t, ("A",), f"https://x.example/{t}") for t in "abc")
    credits = (*made(a), *made(b, license="CC-BY-SA-3.0"), *made(c), *made(c))
    groups = grouped(credits)
    assert [group.licenses[0][0] for group in groups] == ["CC-BY-4.0", "CC-BY-SA-3.0"]
    assert [[x.title for x in group.credits] for group in groups] == [["a", "c"], ["b"]], "a credit twice stands once"


def test_a_statement_that_all_share_stands_once() -> None:
    credits = made(*(Credit(f"Roads {n}", ("DfT",), f"https://r.example/{n}") for n in range(3)), license="OGL-UK-3.0")
    for form in ("markdown", "notice", "html"):
        assert WRITERS[form](credits, "en").count("Contains public sector information") == 1
    one = WRITERS["notice"](credits[:1], "en")
    assert one.count("Contains public sector information") == 1


@pytest.mark.parametrize(
    ("license", "said", "address", "missing"),
    [
        ("LicenseRef-scancode-ogl-alberta-2.1", "Government Licence – Alberta.", "https://open.alberta.ca/licence", ()),
        ("LicenseRef-scancode-can-ogl-ontario-1.0", "Government Licence – Ontario.", "https://www.ontario.ca/", ()),
        ("LicenseRef-IODL-2.0", "", "https://www.dati.gov.it/iodl/2.0/", ()),
        ("NLOD-2.0", "distributed by Agency.", "https://data.norge.no/nlod/en/2.0", ()),
        ("OGDL-Taiwan-1.0", "https://data.gov.tw/license", "https://data.gov.tw/license", ("year",)),
    ],
)
def test_a_public_body_s_licence_is_credited_in_its_words(
    license: str, said: str, address: str, missing: tuple[str, ...]
) -> None:
    credits = made(Credit("Roads", ("Agency",), "https://a.example/"), license=BOOK.canonical(license))
    assert [credit.missing for credit in credits] == [missing]
    text = WRITERS["notice"](credits, "en")
    assert said in text
    assert address in text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", sorted(WRITERS))
def test_nothing_owed_is_a_document_that_says_so(form: str, lang: str) -> None:
    text = WRITERS[form]((), lang)
    if form in ("json", "csl"):
        assert json.loads(text) in ([], {"schema": "licensecheck.credits/1", "lang": lang, "groups": []})
    elif form == "bibtex":
        assert bibtex(text) == []
    else:
        assert ("No credit is owed." if lang == "en" else "표시하여야 할") in text


def test_html_says_of_each_work_and_not_of_the_page_what_licence_it_has() -> None:
    credits = made(Credit("Gulls", ("Kim", "Lee"), "https://gulls.example/", "© 2020 Kim"), Credit("Terns", ("Park",)))
    found = triples(WRITERS["html"](credits, "en"))
    cc, dc = "http://creativecommons.org/ns#", "http://purl.org/dc/terms/"
    assert {
        ("https://gulls.example/", "xhv:license", BY),
        ("https://gulls.example/", f"{cc}attributionURL", "https://gulls.example/"),
        ("https://gulls.example/", f"{cc}attributionName", "Kim"),
        ("https://gulls.example/", f"{cc}attributionName", "Lee"),
        ("https://gulls.example/", f"{dc}title", "Gulls"),
        ("https://gulls.example/", f"{dc}rights", "© 2020 Kim"),
        ("_:1", "xhv:license", BY),
        ("_:1", f"{dc}title", "Terns"),
    } <= found
    page = lxml_html.fragment_fromstring(WRITERS["html"](credits, "en"))
    outside = [e for e in page.iter() if e.get("rel") and not any(p.tag == "li" for p in e.iterancestors())]
    assert outside == []


def test_csl_items_have_what_a_processor_needs() -> None:
    items = json.loads(WRITERS["csl"](stack(50), "en"))
    assert len({item["id"] for item in items}) == 50
    for n, item in enumerate(items):
        assert item["type"] == "dataset"
        assert item["title"] == f"Data {n}"
        assert item["author"] == [{"literal": f"Author {n}"}]
        assert item["URL"] == f"https://data.example/{n}"
        assert item["issued"] == {"date-parts": [[2000 + n]]}
        assert item["license"] == f"CC BY 4.0 {BY}"


def test_bibtex_is_read_by_a_parser_of_others() -> None:
    entries = bibtex(WRITERS["bibtex"](stack(50), "ko"))
    assert len({entry["ID"] for entry in entries}) == 50
    assert entries[7]["title"].strip("{}") == "Data 7"
    assert entries[7]["url"] == "https://data.example/7"
    assert entries[7]["year"] == "2007"
    assert entries[7]["copyright"] == f"CC BY 4.0 {BY}"


def test_json_names_the_blanks() -> None:
    document = json.loads(WRITERS["json"](made(Credit("T")), "en"))
    credit = document["groups"][0]["credits"][0]
    assert credit["missing"] == ["author", "source"]
    assert credit["creators"] == []


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://a.example/x_(y)", "https://a.example/x_%28y%29"),
        ("http://a.example", "http://a.example"),
        ("javascript:alert(1)", ""),
        ("https://user:pw@evil.example/", ""),
        ("https://a.example/ onclick=x", ""),
        ("data:text/html,x", ""),
        ("//evil.example", ""),
        ('https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"),
        ("doi:10.5281/zenodo.1", ""),
        ("https://ko.wikipedia.org/wiki/한국", "https://ko.wikipedia.org/wiki/한국"),
    ],
)
def test_only_addresses_of_the_web_become_links(address: str, link: str) -> None:
    assert web(address) == link


RENDER = MarkdownIt("gfm-like")
RENDER.linkify.set({"fuzzy_link": False})
"""GitHub makes links of `www.`, of schemes and of mail addresses (GFM 6.9), and not of every word with a point in it."""


def tags(rendered: str) -> Counter[str]:
    return Counter(re.findall(r"<([a-z0-9]+)", rendered))


texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=60),
    st.text("<>&\"'`*_[](){}\\|~#!@$%^:/.-=\n w", max_size=40),
    st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=3).map("".join),
)


def harmless() -> tuple[Attribution, ...]:
    return made(Credit("Title", ("Author",), "https://a.example/", "Notice"))


@given(texts, texts, texts, texts)
@example(HOSTILE[1], HOSTILE[7], "https://a.example/)<b>", HOSTILE[9])
@settings(max_examples=250, deadline=None)
def test_hostile_words_change_no_document(title: str, author: str, source: str, notice: str) -> None:
    credits = made(Credit("x" + title, ("x" + author,), source, "x" + notice))
    assert len(credits) == 1
    link = 1 if web(credits[0].source) else 0
    plain = harmless()

    rendered = RENDER.render(WRITERS["markdown"](credits, "en"))
    expected = tags(RENDER.render(WRITERS["markdown"](plain, "en")))
    expected["a"] += link - 1
    assert tags(rendered) == +expected
    assert "javascript:" not in " ".join(re.findall(r'(?:href|src)="([^"]*)"', rendered))

    tree = lxml_html.fragment_fromstring(WRITERS["html"](credits, "en"))
    calm = Counter(e.tag for e in lxml_html.fragment_fromstring(WRITERS["html"](plain, "en")).iter())
    calm["a"] += link - 1
    assert Counter(e.tag for e in tree.iter()) == +calm
    assert {name for e in tree.iter() for name in e.attrib} <= {
        *("class", "lang", "prefix", "href", "about", "typeof", "property", "rel", "resource")
    }

    plain_lines = WRITERS["notice"](plain, "en").count("\n")
    assert WRITERS["notice"](credits, "en").count("\n") == plain_lines
    for form in WRITERS:
        text = WRITERS[form](credits, "en")
        assert not set(text) & set("\x00\x1b\x07\r\u2028\u202e\u2066")
        assert "licensecheck:end -->" not in text or form in ("json", "csl", "notice", "bibtex")

    entries = bibtex(WRITERS["bibtex"](credits, "en"))
    assert len(entries) == 1
    assert set(entries[0]) <= {"ID", "title", "author", "year", "url", "howpublished", "copyright", "note"}

    items: Any = json.loads(WRITERS["csl"](credits, "en"))
    assert items[0]["title"] == credits[0].title == clean("x" + title)
    document: Any = json.loads(WRITERS["json"](credits, "en"))
    assert document["groups"][0]["credits"][0]["creators"] == [clean("x" + author, 300)]


@given(texts)
@settings(max_examples=200, deadline=None)
def test_what_is_shown_is_what_was_said(title: str) -> None:
    credits = made(Credit("x" + title, ("A",), "https://a.example/"))
    said = " ".join(credits[0].title.split())
    markdown = lxml_html.fragment_fromstring(RENDER.render(WRITERS["markdown"](credits, "en")), create_parent=True)
    assert [" ".join(e.text_content().split()) for e in markdown.iter("strong")] == [said]
    tree = lxml_html.fragment_fromstring(WRITERS["html"](credits, "en"))
    shown = [e.text_content() for e in tree.iter() if e.get("property") == "dcterms:title"]
    assert [" ".join(text.split()) for text in shown] == [said]


def test_bibtex_prints_special_letters_as_they_are() -> None:
    title = "50% & {more} #1_a ^~ \\x"
    entry = bibtex(WRITERS["bibtex"](made(Credit(title, ("Müller & Söhne",), "https://a.example/")), "en"))[0]
    shown = entry["title"].replace("{", "").replace("}", "")
    assert "50% & " in shown
    assert "#1_a" in shown
    assert "Müller & Söhne" in entry["author"]


def held_credits() -> tuple[Attribution, ...]:
    """One credit that is in order, one of a source that is denied and one of a source under review."""
    sources = [
        Source("a", "CC-BY-4.0", credit=Credit("Birds", ("Ann",), "https://a.example/")),
        Source("b", "LicenseRef-AIHub-Policy", credit=Credit("음성", (), "https://aihub.or.kr/b")),
        Source(
            "c", "LicenseRef-scancode-llama-3.1-license-2024", credit=Credit("Answers", ("Lab",), "https://c.example/")
        ),
    ]
    use = make_use({"intent": "publish-adaptation", "purpose": "product", "outbound": "CC-BY-4.0"})
    sources_judged = evaluate(sources, use, BOOK).sources
    machine = engine(BOOK)
    owed = [(one, machine.owed(one.source, use)) for one in sources_judged]
    return (*attributions(sources_judged, use, BOOK), *held(owed, use, BOOK))


def test_credits_of_sources_that_may_not_be_used_are_under_their_own_heading() -> None:
    written = WRITERS["markdown"](held_credits(), "en")
    allowed, _, rest = written.partition("## Sources that are denied or under review")
    assert "Birds" in allowed
    assert "음성" not in allowed
    assert "### AI Hub policy (denied)" in rest
    assert "한국지능정보사회진흥원의 사업결과임" in rest
    assert "### Llama 3.1 Community License (under review)" in rest
    assert "Built with Llama" in rest


@pytest.mark.parametrize("form", sorted(WRITERS))
@pytest.mark.parametrize("lang", LANGS)
def test_every_format_says_which_sources_may_not_be_used(form: str, lang: str) -> None:
    written = WRITERS[form](held_credits(), lang)
    said = '"held": "deny"' if form == "json" else LABELS[lang]["held"]
    assert said in written
    assert said not in WRITERS[form](stack(2, lang), lang)
