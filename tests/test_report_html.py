"""The page: what is in it, that it loads and runs nothing but its own, and how it does in a real browser."""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import growth
import pytest
from lxml import etree, html
from mixed_case import MIXED
from report_cases import CASES
from test_injection import MODES, spoiled

from licensecheck import __version__
from licensecheck.base.message import speaker, translated
from licensecheck.engine import whatif
from licensecheck.knowledge.rulebook import load
from licensecheck.model import (
    Attribution,
    Basis,
    Certainty,
    Claim,
    Credit,
    Decision,
    Evidence,
    Finding,
    Origin,
    Scope,
    Source,
    Verdict,
)
from licensecheck.report import REPORTERS, Options
from licensecheck.report.formats.html import graph, render
from licensecheck.verdict import decide
from licensecheck.vocabulary import INTENTS, make_use

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

GOLDEN = Path(__file__).parent / "golden" / "reports" / "mixed-case.html.txt"
VERDICTS = {**CASES, "MIXED": MIXED}


def options(**more: Any) -> Options:
    return Options(book=load(), url="https://docs.example/licensecheck", **more)


def tree(page: str) -> Any:
    return html.document_fromstring(page)


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def source(name: str, license: str, **more: Any) -> Source:
    said = Evidence(
        f"data/{name}/README.md",
        3,
        10,
        "license",
        license.lower(),
        license,
        Certainty.EXACT,
        Scope.DATA,
        Origin.IN_ARTIFACT,
        "card",
        Basis.HUB_TAG,
    )
    credit = Credit(f"The {name}", (f"Author of {name}",), f"https://data.example/{name}")
    return Source(name, license, evidence=(said,), credit=credit)._replace(**more)


def judged(*sources: Source, **use: str) -> Verdict:
    return decide.verdict(decide.Question(sources, tuple(use.items())), load())


@cache
def five() -> Verdict:
    claim = Claim("permission", by="a holder", acts=("all",), scope="named_group", evidence="a letter")
    return judged(
        source("births", "CC-BY-4.0"),
        source("나무위키", "LicenseRef-CC-BY-NC-SA-2.0-KR"),
        source("code", "GPL-3.0-only"),
        source("songs", "CC-BY-ND-4.0", claims=(claim,)),
        source("facts", "CC0-1.0"),
        intent="publish-adaptation",
        purpose="academic_research",
        outbound="CC-BY-SA-4.0",
        licensee="school",
    )


@cache
def big(count: int = 2000) -> str:
    """A report on so many sources under 40 licences, a third of which have a caveat of their own."""
    pick = random.Random(1)
    every = [licence.id for licence in load().licenses() if not licence.deprecated]
    some = [*pick.sample(every, 36), "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "NONE"]
    sources = (
        source(
            f"묶음-{n // 50}/set-{n:04d}", some[n % 40], caveats=(f"data/{n}: some parts are excepted",) * (n % 3 < 1)
        )
        for n in range(count)
    )
    use = {"intent": "publish-adaptation", "purpose": "academic_research", "outbound": "CC-BY-SA-4.0"}
    return render(judged(*sources, **use), options())


# ---- What is in the page


def text_of(page: str) -> str:
    """The words of a page, a line for each block."""
    document = tree(page)
    for element in list(document.iter("script", "style", "option")):
        element.drop_tree()
    blocks = {"p", "li", "h1", "h2", "h3", "h4", "dt", "dd", "td", "th", "summary", "label", "legend", "text", "title"}
    lines: list[str] = []

    def walk(element: Any) -> None:
        if element.tag in blocks:
            lines.append("")
        lines[-1] += element.text or ""
        for child in element:
            if isinstance(child.tag, str):
                walk(child)
            if element.tag not in blocks and child.tag in blocks:
                lines.append("")
            lines[-1] += child.tail or ""

    lines.append("")
    walk(document)
    said = (" ".join(line.split()) for line in lines)
    return "\n".join(line for line in said if line) + "\n"


def test_the_mixed_case_reads_as_it_should() -> None:
    """The golden file holds the words of the page; LICENSECHECK_REGEN=1 writes it instead."""
    text = text_of(render(MIXED, options()))
    text = text.replace(load().digest[:8], "DIGEST").replace(f"Version {__version__}", "Version VERSION")
    if os.environ.get("LICENSECHECK_REGEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_it_is_a_format_like_the_others() -> None:
    assert REPORTERS["html"](MIXED, options()) == render(MIXED, options())


@pytest.mark.parametrize("name", VERDICTS)
def test_a_page_is_sound(name: str) -> None:
    """Ids are unique and found, labels have their controls, headings leave no level out, links are safe."""
    verdict = VERDICTS[name] if isinstance(VERDICTS[name], Verdict) else VERDICTS[name]()  # type: ignore[operator]
    page = tree(render(verdict, options()))
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in page.iter(etree.Element):
        assert not [a for a in element.attrib if a.startswith("on") or a == "style"]
        for attribute in ("for", "aria-labelledby", "data-copy"):
            assert element.get(attribute) is None or element.get(attribute) in ids
    for control in page.iter("select", "input"):
        assert control.get("type") == "checkbox" or page.xpath(f"//label[@for='{control.get('id')}']")
    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    for link in page.iter("a"):
        href = link.get("href")
        assert href[1:] in ids if href.startswith("#") else href.startswith(("http://", "https://"))
        assert href.startswith("#") or link.get("rel") == "noreferrer noopener nofollow"
    assert {e.tag for e in page.iter("header", "main", "nav", "footer")} == {"header", "main", "nav", "footer"}
    assert verdict.decision.value in words(page.find(".//h1")).lower()


def test_the_policy_names_the_style_and_the_script_of_the_page() -> None:
    text = render(MIXED, options())
    page = tree(text)
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"

    def named(block: str) -> str:
        return f"'sha256-{b64encode(sha256(block.encode()).digest()).decode()}'"

    (style,) = re.findall(r"<style>(.*?)</style>", text, re.S)
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.S)
    assert rules["style-src"] == named(style)
    assert rules["script-src"] == named(script)
    assert "url(" not in style
    assert "@import" not in style
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|new Function|fetch\(", script)
    assert {e.tag for e in page.iter() if e.get("src")} == set()
    assert [e.get("type") for e in page.iter("script")] == ["application/json", None]


def test_each_source_has_its_places_reasons_duties_and_remedies() -> None:
    page = tree(render(MIXED, options()))
    denied, review, allowed = page.xpath("//details[contains(@class, 'card')]")
    assert words(denied.find(".//h3")) == "나무위키"
    assert "data/나무위키/README.md:19" in words(denied)
    assert words(denied.find(".//cite")) == "[CC BY-NC-SA 2.0 KR §4(c)]"
    assert "CC BY-NC-SA 2.0 KR §4(c)" in words(denied)
    assert "get permission from the rights holder" in words(denied)
    assert "KCA 35-5" in words(denied)
    assert "https://wiki.example/dump/2024" in words(review)
    assert "content-signal ai-train=no · data/wiki/robots.txt:4" in words(review)
    assert "name the author" in words(allowed)
    assert words(allowed.xpath(".//*[contains(@class, 'reasons')]")[0]).startswith("permits [CC BY 4.0 §2(a)(1)(B)]")
    for one in page.xpath("//*[@class='rules']/a/@href"):
        assert one.startswith("https://docs.example/licensecheck/reference/rules.md#")


def test_korean_is_marked_as_korean() -> None:
    page = tree(render(MIXED, options()))
    marked = {words(e) for e in page.xpath("//*[@lang='ko']")}
    assert "나무위키" in marked
    assert "크리에이티브 커먼즈 저작자표시-비영리-동일조건변경허락 2.0 대한민국" in marked
    for element in page.xpath("//body//text()[not(ancestor::*[@lang='ko'])]"):
        if element.getparent().tag not in ("script", "style", "text"):
            assert not re.search("[가-힣]", element), element
    credit = Attribution("말뭉치", ("저자",), "", "MIT", "", "", "말뭉치, 저작자: 저자.", lang="ko")
    page = tree(render(MIXED._replace(attributions=(credit,)), options()))
    assert page.get_element_by_id("credit1").get("lang") == "ko"


OURS = re.compile(
    r"\b(?:the|and|of|is|what|for|at|with|no|sources?|licence|copy|open|show|declared|deny|allow|review)\b", re.I
)


def test_a_page_in_korean_is_the_same_page() -> None:
    page = tree(render(translated(MIXED, "ko"), options()._replace(lang="ko")))
    assert page.get("lang") == "ko"
    assert not page.xpath("//*[@lang='ko' and not(self::html) and not(contains(@class, 'copyable'))]")
    korean = json.loads(page.get_element_by_id("table").text)
    english = json.loads(tree(render(MIXED, options())).get_element_by_id("table").text)
    assert all(re.search("[가-힣]", said) for text, said in korean["words"].items() if not text.startswith("{"))
    assert english["words"] == {}
    assert korean["table"] == english["table"]


def test_a_direction_of_its_own_stays_where_it_is() -> None:
    page = render(judged(source("ערכה", "MIT"), intent="copy", purpose="product"), options())
    assert "<bdi>ערכה</bdi>" in page
    assert "\u202e" not in render(judged(source("a\u202eb", "MIT"), intent="copy", purpose="product"), options())


@pytest.mark.parametrize(
    ("url", "links"),
    [
        ("https://a.example/x?y=1&z=2#w", True),
        ("HTTP://a.example", True),
        ("javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//a.example", False),
        ("https://user@a.example", False),
        ("https://аpple.example", False),
        ("https:a.example", False),
        ("https://[", False),
        ("https://", False),
        ("https://a.example/ x", False),
        ('https://a.example/"x', False),
        ("https://a.example/" + "x" * 9000, False),
        ("", False),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str, links: bool) -> None:
    one = source("a", "MIT", credit=Credit("A title", source=url))
    page = tree(render(judged(one, intent="copy", purpose="product"), options(command="x")))
    assert bool(page.xpath("//p[@class='origin']/a")) is links
    assert words(page.xpath("//p[@class='origin']")[0]).startswith("A title")


def test_the_table_in_the_page_is_that_of_the_engine() -> None:
    verdict = five()
    page = tree(render(verdict, options()))
    data = json.loads(page.get_element_by_id("table").text)["table"]
    table = whatif.table([s.source for s in verdict.sources], load(), make_use(dict(verdict.use)))
    assert tuple(data["rows"]) == table.rows
    assert sum(data["counts"]) == 5
    rows = {words(card.find(".//h3")): int(card.get("data-row")) for card in page.xpath("//details[@data-row]")}
    assert rows == {s.source.name: row for s, row in zip(verdict.sources, table.of, strict=True)}
    said = [[option.get("value") for option in e.iter("option") if option.get("selected")] for e in page.iter("select")]
    assert said == [[str(n)] for n in data["start"]]


def test_the_result_of_a_published_dataset_is_where_the_panel_starts() -> None:
    question = decide.Question(
        (source("a", "CC-BY-4.0"),), (("intent", "publish-copy"), ("purpose", "teaching")), ("MIT",), published=True
    )
    page = tree(render(decide.verdict(question, load()), options()))
    assert words(page.xpath("//select[@id='whatif-outbound']/option[@selected]")[0]) == "MIT"


@pytest.mark.parametrize(
    "verdict",
    [
        MIXED._replace(sources=()),
        MIXED._replace(use=(("intent", "no such"),)),
        MIXED._replace(use=(("no such", "axis"),)),
        judged(*(source(f"s{n}", f"LicenseRef-{n}") for n in range(whatif.MOST + 1)), intent="copy", purpose="product"),
    ],
    ids=["no source", "no intent", "no axis", "too many"],
)
def test_where_no_use_can_be_asked_there_is_no_panel(verdict: Verdict) -> None:
    page = tree(render(verdict, options()))
    assert not page.xpath("//select")
    assert json.loads(page.get_element_by_id("table").text) == {"words": {}, "table": None}
    assert words(page.find(".//main"))


def test_without_a_rulebook_the_report_is_whole_but_for_the_panel() -> None:
    page = tree(render(MIXED, Options()))
    assert not page.xpath("//select")
    assert "LicenseRef-CC-BY-NC-SA-2.0-KR" in words(page.find(".//main"))


def test_paths_are_from_the_root_of_the_repository() -> None:
    place = MIXED.sources[0].source.evidence[0]._replace(path="/home/me/repo/data/x.json")
    one = MIXED.sources[0]._replace(source=MIXED.sources[0].source._replace(evidence=(place,)))
    page = render(MIXED._replace(sources=(one,)), options(folder="/home/me/repo"))
    assert "data/x.json:7" in page
    assert "/home/me" not in page


def test_findings_that_differ_in_place_alone_are_one_row() -> None:
    rows = tuple(Finding("a-rule", "note", f"s{n}: the same", f"d/{n}", n, source=f"s{n}") for n in range(40))
    page = tree(render(Verdict("", Decision.ALLOW, (), (), findings=rows), options()))
    (row,) = page.xpath("//table//tr[td]")
    assert "the same" in words(row)
    assert "d/0:0" in words(row)
    assert "and 35 more places" in words(row)


def graph_words(svg: str) -> list[str]:
    return [words(text) for text in html.fragment_fromstring(svg).iter("text")]


def test_the_drawing_has_every_source_until_there_are_too_many() -> None:
    result = graph.Node("the result", "under MIT", "deny")
    few = [graph.Node(f"s{n}", "MIT", "allow", ("NONE",)) for n in range(graph.MOST)]
    drawn = graph_words(graph.svg(few, result, "x", speaker("en")))
    assert {node.name for node in few} | {"NONE", "the result"} <= set(drawn)
    many = [graph.Node(f"s{n}", "x", ("deny", "review", "allow")[n // 100], (f"o{n}",), 2) for n in range(300)]
    kept = graph.shown(many, speaker("en"))
    assert len(kept) == graph.MOST
    assert sum(node.sources for node in kept) == 600
    assert {node.decision for node in kept} == {"deny", "review", "allow"}
    assert len(graph_words(graph.svg(many, result, "x", speaker("en")))) < 150


def test_a_name_in_the_drawing_stays_in_its_box_and_is_only_a_name() -> None:
    evil = "</text><script>x</script>" + "긴 이름 " * 40
    svg = graph.svg([graph.Node(evil, evil, "deny", (evil,))], graph.Node("r", "", "deny"), "x", speaker("en"))
    assert {e.tag for e in etree.fromstring(svg.encode()).iter()} == {"svg", "path", "rect", "text"}
    assert all(len(text) < 40 for text in graph_words(svg))


def test_the_words_beside_the_drawing_say_the_same() -> None:
    page = tree(render(five(), options()))
    said = words(page.xpath("//section[@id='lineage']/details")[0])
    for one in five().sources:
        assert f"{one.source.name}, " in said
    assert said.count("goes into the result: ") == 5


def luminance(color: str) -> float:
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_can_be_told_from_what_they_stand_on() -> None:
    """WCAG 2.2, 1.4.3 (text, 4.5) and 1.4.11 (lines that mean something, 3), in light and in dark."""
    style = re.search(r"<style>(.*?)</style>", render(MIXED, options()), re.S)
    assert style
    light, dark = re.findall(r":root \{(.*?)\}", style[1], re.S)[:2]
    day = dict(re.findall(r"--([\w-]+): (#\w{6});", light))
    night = {**day, **dict(re.findall(r"--([\w-]+): (#\w{6});", dark))}
    for colours in (day, night):
        for name in ("ink", "soft", "link", "deny", "review", "allow"):
            for back in ("paper", "card", "code"):
                assert contrast(colours[name], colours[back]) >= 4.5, (name, back)
        for name in ("deny", "review", "allow"):
            assert contrast(colours[name], colours[f"{name}-back"]) >= 4.5
        for name in ("deny-edge", "allow-edge", "focus"):
            assert contrast(colours[name], colours["paper"]) >= 3


# ---- In a browser


def lacking(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and a page that no browser has shown is not tested")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        lacking("playwright is not installed")
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    installed = next(filter(None, (os.environ.get("CHROMIUM"), *map(shutil.which, names))), None)
    with sync_playwright() as driver:
        try:
            made = driver.chromium.launch(executable_path=installed, args=["--no-sandbox"])
        except Error as error:
            lacking(f"no Chromium: {str(error).splitlines()[0]}")
        yield made
        made.close()


Visit = Callable[..., "Page"]


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """Opens a report; whatever page was opened has loaded nothing but itself, and has said nothing on the console."""
    opened = []
    seen: list[str] = []
    number = itertools.count()

    def call(page: str, on: Page | None = None, **how: Any) -> Page:
        path = tmp_path / f"report-{next(number)}.html"
        path.write_text(page, encoding="utf-8", newline="\n")
        made = on or opening(**how)
        made.goto(path.as_uri())
        return made

    def opening(**how: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **how})
        opened.append(context)
        made = context.new_page()
        ours = f"{tmp_path.as_uri()}/report-"

        def note(what: str, url: str = "") -> None:
            if not url.startswith(ours):
                seen.append(f"{what} {url}")

        def refuse(dialog: Any) -> None:
            note(f"dialog: {dialog.message}")
            dialog.dismiss()

        made.on("console", lambda message: note(f"console: {message.text}"))
        made.on("pageerror", lambda error: note(f"error: {error}"))
        made.on("dialog", refuse)
        made.on("request", lambda request: note("request", request.url))
        made.on("framenavigated", lambda frame: note("went to", frame.url))
        return made

    yield call
    for context in opened:
        for made in context.pages:
            assert made.evaluate("typeof window.__pwned") == "undefined"
        context.close()
    assert not seen


MODES_OF_VIEW: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True},
    "narrow": {"viewport": {"width": 320, "height": 600}},
}
LONG = source(
    "a-name-without-a-place-to-break-it-" * 6,
    "LicenseRef-" + "x" * 120,
    credit=Credit("긴제목" * 60, ("저자" * 40,), "https://data.example/" + "path" * 60),
)


@pytest.mark.parametrize("view", MODES_OF_VIEW)
def test_a_page_fits_and_breaks_no_rule_of_accessibility(view: str, visit: Visit) -> None:
    """Nothing is wider than the screen; axe-core finds nothing against WCAG 2.2 AA, all opened and another use asked."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    verdict = judged(*(s.source for s in five().sources), LONG, **dict(five().use))
    for shown in (verdict, MIXED):
        page = visit(render(shown, options()), **MODES_OF_VIEW[view])
        page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
        page.select_option("#whatif-intent", label="train a model, inside")
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
        found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
        assert not found.response["violations"], found.generate_report()


def answers(page: Page) -> tuple[str, dict[str, str]]:
    """What the panel says of the total, and what each source gets in it."""
    each = page.eval_on_selector_all(
        ".card",
        """(cards) => cards.map((card) => {
             const other = card.querySelector('.other');
             return [card.querySelector('.name').textContent.trim(),
                     other.hidden ? card.dataset.decision : other.querySelector('.badge').textContent];
           })""",
    )
    return page.inner_text("#whatif-total .badge"), dict(each)


def choose(page: Page, cell: whatif.Cell, table: whatif.Table) -> None:
    numbers = (
        table.intents.index(cell.intent),
        [purpose for purpose, _ in table.purposes].index(cell.purpose),
        [scope for scope, _ in table.scopes].index(cell.scope),
        table.outbounds.index(cell.outbound),
    )
    for name, number in zip(("intent", "purpose", "scope", "outbound"), numbers, strict=True):
        page.select_option(f"#whatif-{name}", value=str(number))


def test_another_use_gets_in_the_page_what_the_gate_gives_it(visit: Visit) -> None:
    verdict = five()
    sources = tuple(s.source for s in verdict.sources)
    use = make_use(dict(verdict.use))
    table = whatif.table(sources, load(), use)
    page = visit(render(verdict, options()))
    assert answers(page) == (verdict.decision.value, {s.source.name: s.decision.value for s in verdict.sources})
    pick = random.Random(7)
    seen = set()
    for _ in range(40):
        cell = whatif.Cell(
            pick.choice(table.intents),
            pick.choice(table.purposes)[0],
            pick.choice(table.scopes)[0],
            pick.choice(["", *table.outbounds]),
        )
        choose(page, cell, table)
        expected = decide.verdict(decide.Question(sources, tuple(whatif.question(use, cell).items())), load())
        assert answers(page) == (expected.decision.value, {s.source.name: s.decision.value for s in expected.sources})
        seen.add(answers(page)[0])
    assert seen == {"allow", "review", "deny"}


def test_the_panel_says_what_changes_and_how_to_ask(visit: Visit) -> None:
    page = visit(render(five(), options(command="licensecheck check 'my data'")))
    assert page.inner_text("#whatif-total").endswith("This is the declared use.")
    assert page.locator("#whatif-more").is_hidden()
    page.select_option("#whatif-intent", label="train a model, inside")
    assert (
        page.eval_on_selector("#whatif-scope", "(e) => e.selectedOptions[0].textContent") == "inside the organization"
    )
    page.select_option("#whatif-purpose", label="product")
    said = page.inner_text("#whatif-total")
    assert "Of the sources: " in said
    assert page.inner_text("#whatif-command") == (
        "licensecheck check 'my data' --intent train --purpose product --publish-as CC-BY-SA-4.0 --licensee school"
    )
    changes = page.locator("#whatif-changes li")
    assert changes.count() >= 2
    assert "code: deny → allow" in changes.all_inner_texts()
    page.click("#whatif-changes a")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert page.evaluate("document.activeElement.parentElement.open")
    page.click("#whatif-reset")
    assert page.inner_text("#whatif-total").endswith("This is the declared use.")
    assert answers(page)[1] == {s.source.name: s.decision.value for s in five().sources}
    assert page.locator("#whatif-reset").is_disabled()


def test_the_panel_speaks_korean(visit: Visit) -> None:
    page = visit(render(translated(MIXED, "ko"), options()._replace(lang="ko")))
    page.select_option("#whatif-intent", label=speaker("ko")("train a model, inside"))
    assert "밝힌 이용" in page.inner_text("#whatif-total")
    assert not OURS.search(page.inner_text("#whatif-answer h3 >> nth=0"))
    assert not OURS.search(page.inner_text("#whatif-total"))
    assert page.inner_text("#whatif-command").startswith("licensecheck check")
    page.click("#credits .copy")
    page.wait_for_function("document.getElementById('status').textContent.includes('복사')")


def test_the_command_of_the_page_is_understood(visit: Visit, run: Any) -> None:
    import shlex

    verdict = judged(source("a", "CC-BY-4.0"), intent="publish-copy", purpose="teaching", sgdr="yes", jurisdiction="KR")
    page = visit(render(verdict, options(command="licensecheck evaluate CC-BY-4.0")))
    for intent in INTENTS:
        page.select_option("#whatif-intent", value=str(list(INTENTS).index(intent)))
        page.select_option("#whatif-scope", label="a named group outside")
        page.select_option("#whatif-outbound", label="MIT")
        asked = shlex.split(page.inner_text("#whatif-command"))
        done = run(*asked[1:], "--format", "json")
        assert json.loads(done.stdout)["decision"] == answers(page)[0]
        assert dict(json.loads(done.stdout)["use"])["sgdr"] == "yes"


def test_the_page_is_worked_by_the_keyboard(visit: Visit) -> None:
    page = visit(render(five(), options()))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.reload()
    reached: list[str] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => { const e = document.activeElement; if (e === document.body) return null;
                       const s = getComputedStyle(e), b = e.getBoundingClientRect();
                       return [e.id || e.className || e.tagName, s.outlineStyle, parseFloat(s.outlineWidth), b.width * b.height]; }"""
        )
        if here is None:
            break
        name, style, width, area = here
        assert style != "none", name
        assert width >= 2, name
        assert area > 0, name
        reached.append(name)
    else:
        pytest.fail("the keyboard does not come out of the page")
    assert {"whatif-intent", "whatif-purpose", "whatif-scope", "whatif-outbound", "filter-words", "scroll"} <= set(
        reached
    )
    assert reached.count("SUMMARY") >= 5
    assert len(reached) == len(page.query_selector_all("body *")) - page.evaluate(
        "[...document.body.querySelectorAll('*')].filter((e) => e.tabIndex < 0 || !e.checkVisibility() || e.disabled).length"
    )
    page.focus("#whatif-purpose")
    before = page.eval_on_selector("#whatif-purpose", "(e) => e.selectedIndex")
    page.keyboard.press("ArrowDown")
    assert page.eval_on_selector("#whatif-purpose", "(e) => e.selectedIndex") == before + 1
    assert not page.inner_text("#whatif-total").endswith("This is the declared use.")
    page.focus("#cards .card:last-child summary")
    was = page.eval_on_selector("#cards .card:last-child", "(e) => e.open")
    page.keyboard.press("Enter")
    assert page.eval_on_selector("#cards .card:last-child", "(e) => e.open") is not was


def test_screen_readers_are_told(visit: Visit) -> None:
    page = visit(render(five(), options()))
    for name in ("banner", "navigation", "main", "contentinfo", "search"):
        assert page.get_by_role(name).count() == 1, name
    assert page.get_by_role("complementary", name="What if").count() == 1
    assert page.get_by_role("img", name="Lineage of the sources").count() == 1
    assert page.get_by_role("region", name="Drawing of the lineage").count() == 1
    for label in ("What is done", "What for", "Who gets it", "License of the result"):
        assert page.get_by_role("combobox", name=label).count() == 1
    total = page.locator("#whatif-total")
    assert total.get_attribute("aria-live") == "polite"
    assert total.get_attribute("aria-atomic") == "true"
    assert page.locator("#filter-count").get_attribute("aria-live") == "polite"


def test_credits_are_copied_as_they_are(visit: Visit) -> None:
    from playwright.sync_api import expect

    page = visit(render(MIXED, options()), permissions=["clipboard-read", "clipboard-write"])
    texts = [credit.text for credit in MIXED.attributions]
    page.click("button[data-copy=all-credits]")
    expect(page.locator("#status")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "\n".join(texts)
    page.click("button[data-copy=credit3]")
    expect(page.locator("button[data-copy=credit3]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == texts[2]
    shown = [page.inner_text(f"#credit{n}") for n in (1, 2, 3)]
    assert shown == texts


def test_credits_that_the_clipboard_does_not_take_are_selected(visit: Visit) -> None:
    from playwright.sync_api import expect

    page = visit(render(MIXED, options()))
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false"
    )
    page.click("button[data-copy=credit1]")
    expect(page.locator("#status")).to_contain_text("Selected")
    assert page.evaluate("getSelection().toString().trim()") == MIXED.attributions[0].text


def visible(page: Page, text: str) -> bool:
    """Whether a reader sees ``text`` somewhere."""
    found = page.get_by_text(text, exact=False).all()
    return any(one.is_visible() and (one.bounding_box() or {"height": 0})["height"] > 1 for one in found)


@pytest.mark.parametrize("scripted", [True, False])
def test_paper_shows_what_is_folded_and_no_controls(scripted: bool, visit: Visit, tmp_path: Path) -> None:
    page = visit(render(MIXED, options()), java_script_enabled=scripted, color_scheme="dark")
    folded = "keep the copyright notice"
    card = page.locator(".card.allow")
    assert card.get_attribute("open") is None
    assert not card.get_by_text(folded).is_visible()
    page.emulate_media(media="print", color_scheme="dark")
    assert visible(page, folded)
    for selector in (".whatif", "nav", "button", ".filter", ".skip"):
        assert not any(one.is_visible() for one in page.locator(selector).all()), selector
    assert page.eval_on_selector("body", "(e) => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    assert card.get_by_text(folded).bounding_box()["height"] > 1  # type: ignore[index]
    assert page.pdf(format="A4").startswith(b"%PDF")
    if scripted:
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert not page.query_selector("details:not([open])")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert card.get_attribute("open") is None


def test_without_a_script_all_is_there_but_the_panel(visit: Visit) -> None:
    page = visit(render(MIXED, options()), java_script_enabled=False)
    assert page.locator("#whatif-form").is_hidden()
    assert page.locator("noscript").is_visible()
    assert not any(one.is_visible() for one in page.locator("button").all())
    page.click(".card.allow summary")
    assert visible(page, "name the author")


def test_dark_is_dark_and_light_is_light(visit: Visit) -> None:
    for scheme, dark in (("light", False), ("dark", True)):
        page = visit(render(MIXED, options()), color_scheme=scheme)
        back, ink = page.eval_on_selector(
            "body", "(e) => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]"
        )
        brightness = [sum(map(int, re.findall(r"\d+", colour))) for colour in (back, ink)]
        assert (brightness[0] < brightness[1]) is dark


CHANGES = """() => ['intent', 'purpose', 'scope', 'outbound'].flatMap((name) => {
             const control = document.getElementById(`whatif-${name}`);
             return Array.from(control.options, (_, n) => {
               control.selectedIndex = n;
               const start = performance.now();
               control.dispatchEvent(new Event('change'));
               document.body.offsetHeight;
               return performance.now() - start;
             });
           })"""
"""The milliseconds that the page takes for each choice in the panel."""


def test_two_thousand_sources_open_and_answer_as_quickly_as_a_few(visit: Visit) -> None:
    def opened(page: Any) -> float:
        return float(page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"))

    few = visit(big(2000 // growth.TIMES))
    opening, choosing = opened(few), few.evaluate(CHANGES)
    page_text = big()
    assert len(page_text.encode()) < 3_000_000
    page = visit(page_text)
    changes = page.evaluate(CHANGES)
    assert len(changes) == len(choosing) > 40
    # Eight times the sources: linear work takes 8 times as long, quadratic work 64 times.
    assert opened(page) < 24 * opening
    assert median(changes) < 24 * median(choosing) + 5, "milliseconds, of which the clock of a page shows few"
    page.click("#whatif-reset")
    assert page.locator(".card").count() < 120
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_a_filter_finds_one_of_two_thousand(visit: Visit) -> None:
    from playwright.sync_api import expect

    page = visit(big())
    count = page.locator("#filter-count")
    page.fill("#filter-words", "set-0042")
    expect(count).to_have_text("1 of 2000 sources shown")
    assert page.locator(".member:visible").count() == 1
    assert page.locator(".card:visible").count() == 1
    page.fill("#filter-words", "묶음-7/ excepted")
    expect(count).to_contain_text("17 of")
    page.fill("#filter-words", "no such source")
    expect(count).to_contain_text("0 of")
    page.fill("#filter-words", "")
    expect(count).to_have_text("")
    assert page.locator(".card[open]").count() == 0
    page.uncheck("input[data-decision=deny]")
    assert "of 2000 sources shown" in count.inner_text()
    assert page.locator(".card.deny:visible").count() == 0
    page.click("#open-all")
    assert page.locator(".card.allow[open]").count() == page.locator(".card.allow").count() > 0
    page.click("#close-all")
    assert page.locator(".card[open]").count() == 0


# ---- Nothing that was scanned runs

MARK = "window.__pwned=1"
HOSTILE = (
    f"<script>{MARK}</script>",
    f"</script><script>{MARK}</script>",
    f"</SCRIPT ><script>{MARK}</script>",
    f"<!--<script>{MARK}//",
    f"--><script>{MARK}</script>",
    f"]]><script>{MARK}</script>",
    f"</style><script>{MARK}</script>",
    f"</title><script>{MARK}</script>",
    f"</textarea></select></option><script>{MARK}</script>",
    f"</noscript><img src=x onerror={MARK}>",
    f"<img src=x onerror={MARK}>",
    f'"><img src=x onerror="{MARK}">',
    f"'><img src=x onerror='{MARK}'>",
    f'" onfocus="{MARK}" autofocus tabindex="0" x="',
    f"' onmouseover='{MARK}' x='",
    f" onclick={MARK} ",
    f"<svg onload={MARK}>",
    f"</svg><svg><animate onbegin={MARK} attributeName=x dur=1s>",
    f"</text></svg><script>{MARK}</script>",
    f"<details open ontoggle={MARK}>",
    f"<a href=javascript:{MARK}>x</a>",
    f"javascript:{MARK}",
    f"JaVaScRiPt:{MARK}//https://a.example",
    f"java\nscript:{MARK}",
    f"\x01javascript:{MARK}",
    f"data:text/html,<script>{MARK}</script>",
    f'https://a.example/" onclick="{MARK}',
    f"https://a.example/'onclick='{MARK}",
    f"https://a.example/><script>{MARK}</script>",
    f"<iframe srcdoc='<script>parent.{MARK[7:]}</script>'></iframe>",
    "<meta http-equiv=refresh content='0;url=https://a.example'>",
    "<meta http-equiv=Content-Security-Policy content=\"script-src 'unsafe-inline'\">",
    "'; script-src * 'unsafe-inline' 'unsafe-eval'; x '",
    "script-src 'unsafe-inline'",
    "<base href=https://a.example/>",
    "<link rel=stylesheet href=https://a.example/x.css>",
    "<style>@import url(https://a.example/x.css);*{display:none}</style>",
    "<img src=https://a.example/pixel.png>",
    "<form action=https://a.example><button>go</button></form>",
    f"{{{{ 7*7 }}}}{{% raw %}}<script>{MARK}</script>",
    "{{ self.__init__.__globals__ }}{% include '/etc/passwd' %}{# x #}",
    "${7*7}#{7*7}<%= 7*7 %>",
    f'","x":"</script><script>{MARK}</script>',
    f'\\"}};{MARK};//',
    f"\\u003cscript\\u003e{MARK}\\u003c/script\\u003e",
    f"&lt;script&gt;{MARK}&lt;/script&gt;",
    f"&quot; onload=&quot;{MARK}",
    f"\u2028{MARK}\u2029",
    f"＜script＞{MARK}＜/script＞",
    f"<scr\x00ipt>{MARK}</scr\x00ipt>",
    f"%3Cscript%3E{MARK}%3C/script%3E",
    f"`${{{MARK}}}`",
    "\ud800<b>\udfff",
)


POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


def with_panel(verdict: Verdict, evil: str) -> Verdict:
    """``verdict`` with a use that can be asked, and text in what of it is free."""
    use = (("intent", "publish-adaptation"), ("purpose", "product"), ("outbound", evil), ("jurisdiction", evil))
    sources = tuple(
        s._replace(source=s.source._replace(claims=tuple(map(_of_a_kind, s.source.claims)))) for s in verdict.sources
    )
    return verdict._replace(use=use, sources=sources, outbound=verdict.outbound._replace(declared=evil))


def _of_a_kind(claim: Claim) -> Claim:
    return claim._replace(kind="exception")


@pytest.mark.slow
def test_nothing_that_was_scanned_runs(visit: Visit) -> None:
    """Every string in every field: each page has them all, one field further than the page before.

    Every other page is without its policy, so that escaping has to do alone.
    """
    page = None
    for start, evil in enumerate(HOSTILE):
        strings = itertools.cycle(HOSTILE[start:] + HOSTILE[:start])
        modes = itertools.cycle(MODES.values())

        def mix(said: str, _: str, strings: Iterator[str] = strings, modes: Any = modes) -> str:
            return str(next(modes)(said, next(strings)))

        verdict = with_panel(spoiled(MIXED, "", mix), evil)
        text = render(verdict, options(command=evil))
        page = visit(POLICY.sub("", text, count=1) if start % 2 else text, on=page)
        assert page.locator("#whatif-form").is_visible()
        found = page.evaluate(
            """() => {
                 document.querySelectorAll('details').forEach((details) => { details.open = true; });
                 document.querySelectorAll('a').forEach((a) => { if (!/^(https?|file):$/.test(a.protocol)) a.click(); });
                 const purpose = document.getElementById('whatif-purpose');
                 purpose.selectedIndex = 0;
                 purpose.dispatchEvent(new Event('change'));
                 const every = Array.from(document.querySelectorAll('*'));
                 return {
                   ran: typeof window.__pwned,
                   handlers: every.filter((e) => Array.from(e.attributes).some((a) => /^on|^style$/i.test(a.name))).length,
                   scripts: document.scripts.length,
                   others: document.querySelectorAll(
                     'img, iframe, object, embed, base, link, form, video, style ~ style, body style, body meta').length,
                   anchors: Array.from(document.querySelectorAll('a[href]'), (a) => a.protocol),
                 };
               }"""
        )
        assert found.pop("anchors")
        assert found == {"ran": "undefined", "handlers": 0, "scripts": 2, "others": 0}, evil


def test_the_policy_stops_what_is_not_escaped(browser: Browser, tmp_path: Path) -> None:
    """The second guard alone: mark-up that somebody puts into the page runs nothing and loads nothing."""
    evil = (
        f"<script>{MARK}</script><img src='https://a.example/x.png' onerror='{MARK}'><svg onload='{MARK}'></svg>"
        f"<iframe srcdoc='<script>parent.{MARK[7:]}</script>'></iframe><style>body {{ color: rgb(1, 2, 3) }}</style>"
        f"<link rel=stylesheet href='https://a.example/x.css'><a id=evil href='javascript:{MARK}'>x</a>"
        f"<form id=evilform action='https://a.example/'></form><base href='https://a.example/'>"
    )
    path = tmp_path / "report.html"
    text = render(MIXED, options())
    path.write_text(text.replace("</main>", f"{evil}</main>"), encoding="utf-8", newline="\n")
    context = browser.new_context()
    page = context.new_page()
    stopped: dict[str, str | None] = {}
    page.on("requestfailed", lambda request: stopped.update({request.url: request.failure}))
    page.on("requestfinished", lambda request: stopped.update({request.url: "loaded"}))
    page.goto(path.as_uri())
    page.evaluate("document.getElementById('evil').click(); document.getElementById('evilform').submit()")
    page.wait_for_timeout(200)
    assert page.evaluate("[typeof window.__pwned, getComputedStyle(document.body).color, document.baseURI]") == [
        "undefined",
        "rgb(28, 31, 35)",
        path.as_uri(),
    ]
    assert {why for url, why in stopped.items() if url.startswith("http")} == {"csp"}
    assert page.url == path.as_uri()
    assert page.locator("#whatif-form").is_visible()
    context.close()
    assert POLICY.search(text)
