"""Lineage: sources followed to their own licences, and what declares more than they give."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import growth
import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from lineage_cases import NEAR, USE, card, hosted, local
from server import PUBLIC, Names, Server, page, running
from test_report_json import holds

from licensecheck.dataset import lineage
from licensecheck.dataset.lineage import LOOSER, UNRESOLVED, Limits, Node
from licensecheck.engine.engine import engine
from licensecheck.knowledge.rulebook import load
from licensecheck.model import Basis, Certainty, Evidence, Finding, Origin, Resolved, Scope, Status
from licensecheck.report import Options, json_v1
from licensecheck.report import tree as drawn
from licensecheck.targets import targets
from licensecheck.targets.targets import Reach
from licensecheck.vocabulary import make_use

PRODUCT = make_use({"intent": "publish-copy", "purpose": "product"})
TEACHING = make_use({"intent": "publish-copy", "purpose": "teaching"})


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with running() as made:
        monkeypatch.setenv("HF_ENDPOINT", made.base)
        yield made


def stated(name: str, license: str | None, *upstream: str, strictest: tuple[str, ...] = ()) -> Resolved:
    rows: tuple[Evidence, ...] = ()
    if license:
        rows = (
            Evidence(
                f"{name}/README.md", 2, 1, "license", license.lower(), license, Certainty.EXACT, Scope.DATA,
                Origin.IN_ARTIFACT, "card", Basis.HUB_TAG,
            ),
        )  # fmt: skip
    status = Status.CONFLICT if len(strictest) > 1 else Status.FOUND if license else Status.NONE
    return Resolved(
        name, license, status, rows, strictest=strictest or ((license,) if license else ()), upstream=upstream
    )


def node(name: str, license: str | None, *children: Node) -> Node:
    return Node(name, f"hf:{name}", stated(name, license), children)


def told(top: Node, use: Any = PRODUCT) -> list[Finding]:
    return list(lineage.findings(top, engine(load()), use))


def names(top: Node) -> list[str]:
    return [way[-1].name for way in lineage.walk(top)]


def whys(top: Node) -> dict[str, str]:
    return {way[-1].name: way[-1].why for way in lineage.walk(top)}


def planned(monkeypatch: pytest.MonkeyPatch, graph: dict[str, Resolved]) -> list[str]:
    """A hub as a dictionary; what was read is noted."""
    read: list[str] = []

    def at(target: str, reach: Reach) -> Resolved:
        read.append(target)
        return graph[target]

    monkeypatch.setattr(targets, "resolve_place", at)
    return read


# -- where names lead ------------------------------------------------------------------------------


def test_a_dataset_on_disk_is_followed_to_its_sources(run: Run, tmp_path: Path) -> None:
    top = local(tmp_path / "d", "cc-by-4.0", "sources/one")
    local(tmp_path / "d" / "sources" / "one", "cc-by-nc-4.0", "deep")
    local(tmp_path / "d" / "sources" / "one" / "deep", "cc-by-sa-4.0")
    done = run("tree", top)
    assert done.code == 0
    *tree, looser = done.stdout.splitlines()
    assert [line.split(": ")[1] for line in tree] == ["CC BY 4.0", "CC BY-NC 4.0", "CC BY-SA 4.0"]
    assert "it declares more than its source gives: " in looser
    verdict = json.loads(run("check", top, "--format", "json", *USE).stdout)
    (row,) = [f for f in verdict["findings"] if f["rule"] == LOOSER and f["level"] == "error"]
    assert looser.startswith(f"! {top}/README.md:2: ")
    assert row["message"].startswith("it declares more than its source gives: CC-BY-4.0 <- sources/one (CC-BY-NC-4.0, ")
    assert (row["path"], row["line"]) == (f"{top}/README.md", 2)
    shown = " ".join(run("check", top, *USE).stdout.split())
    assert shown.count("d/README.md:2 ") == 2, "the source's own statement, and the finding's place, once"


def test_what_lies_outside_the_folder_is_not_read(run: Run, tmp_path: Path) -> None:
    local(tmp_path / "secret", "cc0-1.0")
    top = local(tmp_path / "d", "cc-by-4.0", "../secret", "/etc", "~", "..", ".", "link", str(tmp_path / "secret"))
    (tmp_path / "d" / "link").symlink_to(tmp_path / "secret")
    tree = json.loads(run("tree", "--format", "json", top).stdout)
    assert len(tree["children"]) == 7
    assert all(child["license"] is None and child["why"] == "not-an-address" for child in tree["children"])


def test_a_link_that_leads_to_itself_ends_nothing(run: Run, tmp_path: Path) -> None:
    top = local(tmp_path / "d", "cc-by-4.0", "turn")
    (tmp_path / "d" / "turn").symlink_to("turn")
    assert json.loads(run("tree", "--format", "json", top).stdout)["children"][0]["why"] == "not-an-address"


def test_a_file_is_under_what_its_folder_says(run: Run, tmp_path: Path) -> None:
    top = local(tmp_path / "d", "cc-by-4.0", "raw/words.csv", "loose.csv")
    local(tmp_path / "d" / "raw", "cc-by-nc-4.0")
    (tmp_path / "d" / "raw" / "words.csv").write_text("word\nbread\n")
    (tmp_path / "d" / "loose.csv").write_text("word\nbread\n")
    children = json.loads(run("tree", "--format", "json", top).stdout)["children"]
    assert [child["license"] for child in children] == ["CC-BY-NC-4.0", None]


def test_a_folder_of_datasets_is_under_all_of_them(run: Run, tmp_path: Path) -> None:
    top = local(tmp_path / "d", "cc-by-4.0", "raw")
    local(tmp_path / "d" / "raw" / "one", "cc-by-nc-4.0")
    local(tmp_path / "d" / "raw" / "two", "cc-by-4.0")
    (child,) = json.loads(run("tree", "--format", "json", f"{top}/README.md").stdout)["children"]
    assert child["status"] == "conflict" or "CC-BY-NC-4.0" in child["license"]
    assert run("check", f"{top}/README.md", *USE).code in (1, 3)


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("a/one", "hf:a/one"),
        ("hf:a/one", "hf:a/one"),
        ("https://huggingface.co/datasets/a/one", "hf:a/one"),
        ("https://hf.co/datasets/a/one/tree/main", "hf:a/one@main"),
        ("https://github.com/o/r.git", "gh:o/r"),
        ("git@github.com:o/r.git", "gh:o/r"),
        ("https://github.com/o/r@v1.2", "gh:o/r@v1.2"),
        ("git+https://github.com/o/r@v1.2", "gh:o/r@v1.2"),
        ("10.5281/zenodo.123", "zenodo:123"),
        ("doi:10.5281/zenodo.123", "zenodo:123"),
        ("https://doi.org/10.5281/zenodo.123", "zenodo:123"),
        ("doi:10.1000/182", "https://doi.org/10.1000/182"),
        ("10.1000/182", "https://doi.org/10.1000/182"),
        ("https://example.org/data#part", "https://example.org/data"),
        ("HTTPS://Example.org/data", "HTTPS://Example.org/data"),
        ("raw/train.csv", ""),
        ("Wikipedia", ""),
        ("news articles of 2019", ""),
        ("file:///etc/passwd", ""),
        ("ftp://example.org/x", ""),
        ("javascript:alert(1)", ""),
        ("urn:uuid:1", ""),
        ("#part", ""),
        ("_:b0", ""),
        ("", ""),
        ("hf:../..", ""),
        ("가/나", ""),
        ("a" * 5_000, ""),
        ("https://example.org/" + "a" * 400, "https://example.org/" + "a" * 400),
        ("https://example.org/\x1b[31m", ""),
        ("a/b\n", "hf:a/b"),
    ],
)
def test_what_a_name_stands_for(name: str, target: str) -> None:
    (child,) = lineage.trace(stated("x", "MIT", name), Reach()).children
    assert child.target == target
    assert child.resolved is None
    assert child.why == ("not-followed" if target else "not-an-address")


def test_an_address_that_is_no_path_is_still_an_address(run: Run) -> None:
    for length in (300, 6_000):
        done = run("scan", "--offline", "https://example.org/" + "a" * length)
        assert done.code == 4
        assert "offline" in done.stdout
    assert run("scan", "a" * 400).code == 2


@given(st.text(max_size=200), st.sampled_from(["", "https://", "hf:", "gh:", "doi:", "10.", "zenodo:", "../", "a/"]))
@settings(max_examples=300, deadline=None)
def test_no_name_breaks_it(rest: str, start: str) -> None:
    top = lineage.trace(stated("x", "MIT", start + rest), Reach(), Path(__file__).parent / "golden")
    assert len(top.children) == 1
    text = drawn.render(top, Options(), told(top, None))
    assert all(line.isprintable() for line in text.splitlines())
    assert "\x1b" not in json_v1.dumps(drawn.document(top, told(top)))


# -- loops, diamonds and bounds --------------------------------------------------------------------


def test_loops_end(run: Run, server: Server) -> None:
    hosted(server, "a/one", card("cc-by-4.0", "b/two", "a/one", "https://huggingface.co/datasets/A/One"))
    hosted(server, "b/two", card("cc-by-sa-4.0", "a/one"))
    done = run("tree", "--follow", *NEAR, "hf:a/one")
    assert done.code == 0, "all that is named was read"
    assert done.stdout.count("a loop") == 3
    assert "CC BY-SA 4.0" in done.stdout
    assert server.paths().count("/api/datasets/b/two") == 1
    assert server.paths().count("/api/datasets/a/one") == 1


def test_a_diamond_is_read_once_and_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read = planned(
        monkeypatch,
        {
            "hf:o/left": stated("hf:o/left", "MIT", "o/bottom"),
            "hf:o/right": stated("hf:o/right", "MIT", "O/Bottom"),
            "hf:o/bottom": stated("hf:o/bottom", "CC-BY-NC-4.0", "o/root"),
            "hf:o/root": stated("hf:o/root", "CC-BY-4.0"),
        },
    )
    top = lineage.trace(stated("top", "CC-BY-4.0", "o/left", "o/right"), Reach(follow=True))
    assert read == ["hf:o/left", "hf:o/right", "hf:o/bottom", "hf:o/root"]
    assert [way[-1].why for way in lineage.walk(top)] == ["", "", "", "", "", "again"]
    assert set(lineage.licenses(top)) == {"MIT", "CC-BY-NC-4.0", "CC-BY-4.0"}
    assert [f.rule for f in told(top)] == [LOOSER]
    assert lineage.unresolved(top) == ()


def test_diamonds_in_a_row_stay_small(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = {
        f"hf:o/{side}{n}": stated(f"hf:o/{side}{n}", "MIT", f"o/l{n + 1}", f"o/r{n + 1}")
        for n in range(60)
        for side in "lr"
    }
    read = planned(monkeypatch, graph)
    top = lineage.trace(stated("top", "MIT", "o/l0", "o/r0"), Reach(follow=True), limits=Limits(depth=50, far=1000))
    assert len(read) == len(set(read)) == 100
    assert len(names(top)) <= 402


def test_a_wide_lineage_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    read = planned(monkeypatch, {f"hf:o/{n}": stated(f"hf:o/{n}", "MIT") for n in range(10_000)})
    wide = stated("x", "MIT", *(f"o/{n}" for n in range(10_000)))
    narrow = stated("x", "MIT", *(f"o/{n}" for n in range(10_000 // growth.TIMES)))
    lineage.trace(wide, Reach(follow=True))
    assert len(read) == 60
    top = growth.linear(lambda one: lineage.trace(one, Reach(follow=True)), narrow, wide)
    assert len(top.children) == 61
    assert "9,940" in str(top.children[-1].note) or "9940" in str(top.children[-1].note)
    assert top.children[-1].why == "many"
    assert lineage.unresolved(top)


def test_what_is_wide_and_deep_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def at(target: str, reach: Reach) -> Resolved:
        read.append(target)
        return stated(target, "MIT", *(f"{target.removeprefix('hf:')}-{n}" for n in range(50)))

    monkeypatch.setattr(targets, "resolve_place", at)
    top = lineage.trace(stated("x", "MIT", "o/0"), Reach(follow=True))
    assert len(read) <= 60
    assert len(names(top)) < 500
    assert max(len(way) for way in lineage.walk(top)) <= 10


def test_a_chain_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        targets, "resolve_place", lambda target, reach: stated(target, "MIT", f"{target.removeprefix('hf:')}1")
    )
    top = lineage.trace(stated("x", "MIT", "o/d"), Reach(follow=True))
    *_, last = lineage.walk(top)
    assert len(last) == 10
    assert last[-1].why == "deep"
    assert last[-1].resolved is None


def test_a_place_that_is_too_deep_one_way_is_read_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = {f"hf:o/{n}": stated(f"hf:o/{n}", "MIT", f"o/{n + 1}") for n in range(9)}
    planned(
        monkeypatch, {**chain, "hf:o/8": stated("hf:o/8", "CC-BY-NC-4.0"), "hf:p/0": stated("hf:p/0", "MIT", "o/8")}
    )
    top = lineage.trace(stated("x", "MIT", "o/0", "p/0"), Reach(follow=True))
    assert "CC-BY-NC-4.0" in lineage.licenses(top)


# -- the network -----------------------------------------------------------------------------------


def test_over_the_network_only_when_asked(run: Run, server: Server, tmp_path: Path) -> None:
    hosted(server, "a/one", card("cc-by-nc-4.0"))
    top = local(tmp_path / "d", "cc-by-4.0", "a/one")
    done = run("check", top, *USE)
    assert done.code == 3
    assert "made from other sources whose licenses were not read: a/one" in " ".join(done.stdout.split())
    assert run("tree", top).code == 0
    assert server.asked == []
    done = run("tree", top, "--follow", "--offline")
    assert done.code == 4
    assert "offline" in done.stdout
    assert server.asked == []
    done = run("check", top, "--follow", *NEAR, *USE)
    assert done.code == 1
    assert "declares more than its source gives" in " ".join(done.stdout.split())


def test_what_a_declared_source_was_made_from_counts_too(run: Run, server: Server, tmp_path: Path) -> None:
    hosted(server, "a/one", card("cc-by-4.0", "b/two"))
    hosted(server, "b/two", card("cc-by-nc-4.0"))
    top = local(tmp_path / "d", "cc-by-4.0")
    declared = "use: {intent: publish-copy, purpose: product}\nsources:\n  - {name: One, location: 'hf:a/one'}\n"
    (tmp_path / "d" / "licensecheck.yaml").write_text(declared)
    done = run("check", top, "--follow", "--format", "json", *NEAR)
    verdict = json.loads(done.stdout)
    assert done.code == 1
    assert verdict["sources"][0]["upstream"] == ["CC-BY-NC-4.0"]
    (row,) = [f for f in verdict["findings"] if f["rule"] == LOOSER]
    assert "<- b/two (CC-BY-NC-4.0" in row["message"]
    assert row["source"] == "One"


def test_a_page_that_content_names_is_never_in_the_own_network(run: Run, server: Server, tmp_path: Path) -> None:
    server.routes["/x"] = page("CC0 1.0", "text/plain")
    top = local(tmp_path / "d", "cc-by-4.0", f"{server.base}/x", "http://169.254.169.254/latest/meta-data/")
    done = run("tree", top, "--follow", "--format", "json", *NEAR)
    assert done.code == 4
    children = json.loads(done.stdout)["children"]
    assert [child["why"] for child in children] == ["unreadable", "unreadable"]
    assert server.asked == []


def test_a_page_is_followed(run: Run, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Names(monkeypatch, server).known["wiki.example"] = [[PUBLIC]]
    server.routes["/about"] = page("This dataset is released under CC BY-NC 4.0.", "text/plain")
    top = local(tmp_path / "d", "cc-by-4.0", "http://wiki.example/about")
    done = run("tree", top, "--follow", *NEAR)
    assert done.code == 0
    assert "`-" not in done.stdout
    assert "http://wiki.example/about: CC BY-NC 4.0" in done.stdout


def test_what_could_not_be_resolved_is_listed(run: Run, server: Server, tmp_path: Path) -> None:
    hosted(server, "a/silent", "# D\n")
    top = local(tmp_path / "d", "cc-by-4.0", "a/gone", "a/silent", "Wikipedia")
    done = run("check", top, "--follow", "--format", "json", *NEAR, *USE)
    rows = [f for f in json.loads(done.stdout)["findings"] if f["rule"] == UNRESOLVED]
    assert {f["level"] for f in rows} == {"note"}
    assert [f["message"].split(" <- ")[1].split(" ")[0] for f in rows] == ["a/gone", "a/silent", "Wikipedia"]
    done = run("tree", top, "--follow", *NEAR)
    assert done.code == 4
    assert "does not exist" in done.stdout


# -- what declares more ----------------------------------------------------------------------------


def test_the_way_from_the_tag_to_the_source() -> None:
    top = node("d", "CC-BY-4.0", node("a/b", "CC-BY-4.0", node("c/d", "CC-BY-NC-4.0", node("e/f", "CC-BY-NC-4.0"))))
    (row,) = told(top)
    assert (row.rule, row.level, row.path, row.line, row.source) == (LOOSER, "error", "d/README.md", 2, "d")
    assert row.message.endswith("gives: CC-BY-4.0 <- a/b (CC-BY-4.0) <- c/d (CC-BY-NC-4.0, c/d/README.md:2)")
    assert [place[:2] for place in row.related] == [("a/b/README.md", 2), ("c/d/README.md", 2)]
    assert row.help


@pytest.mark.parametrize(
    ("own", "source", "use", "level"),
    [
        ("CC-BY-4.0", "CC-BY-NC-4.0", PRODUCT, "error"),
        ("CC-BY-4.0", "CC-BY-NC-4.0", TEACHING, "note"),
        ("CC-BY-4.0", "CC-BY-NC-4.0", None, "warning"),
        ("CC-BY-4.0", "LicenseRef-custom", PRODUCT, "warning"),
        ("CC-BY-4.0", "CC-BY-SA-4.0", None, "warning"),
        ("CC-BY-4.0", "CC-BY-ND-4.0", None, "warning"),
        ("CC0-1.0", "CC-BY-4.0", None, ""),
        ("CC-BY-NC-4.0", "CC-BY-4.0", None, ""),
        ("CC-BY-SA-4.0", "CC-BY-SA-4.0", None, ""),
        ("CC-BY-NC-4.0", "CC-BY-NC-4.0", PRODUCT, ""),
        ("CC-BY-4.0", "CC0-1.0", PRODUCT, ""),
    ],
)
def test_who_declares_more(own: str, source: str, use: Any, level: str) -> None:
    assert [f.level for f in told(node("d", own, node("s", source)), use)] == ([level] if level else [])


def test_conflicting_claims_count_by_the_strictest() -> None:
    both = ("CC-BY-4.0", "CC-BY-NC-4.0")
    source = Node("s", "hf:s", stated("s", "CC-BY-4.0", strictest=both))
    (row,) = told(node("d", "CC-BY-4.0", source))
    assert row.level == "error"
    assert "CC-BY-4.0 / CC-BY-NC-4.0" in row.message
    own = Node("d", "d", stated("d", "CC-BY-4.0", strictest=both), (node("s", "CC-BY-NC-4.0"),))
    assert told(own) == []


def test_who_says_nothing_declares_no_more() -> None:
    assert told(node("d", None, node("s", "CC-BY-NC-4.0"))) == []


def test_a_waiver_reaches_it_by_its_source(run: Run, tmp_path: Path) -> None:
    top = local(tmp_path / "d", "cc-by-4.0", "raw")
    local(tmp_path / "d" / "raw", "cc-by-nc-4.0")
    waiver = f"waive:\n  - {{rule: {LOOSER}, source: '*/README.md', reason: agreed with the author}}\n"
    (tmp_path / "d" / "licensecheck.yaml").write_text(waiver)
    done = run("check", f"{top}/README.md", "--as-source", "--format", "json", *USE)
    rows = [f for f in json.loads(done.stdout)["findings"] if f["rule"] in (LOOSER, "waiver-unused")]
    assert [(f["rule"], f["suppressed"]) for f in rows] == [(LOOSER, "agreed with the author")]


# -- how it is shown -------------------------------------------------------------------------------


def test_a_tree_is_drawn_and_has_an_ascii_form() -> None:
    top = node("d", "CC-BY-4.0", node("a", "MIT", node("b", None)), Node("c", note="x", why="not-an-address"))
    options = Options(book=load())
    assert drawn.render(top, options).splitlines() == [
        "d: CC BY 4.0",
        "├─ a: MIT",
        "│  └─ b: no license",
        "└─ c: no license (x)",
    ]
    assert drawn.render(top, options, plain=True).isascii()
    assert drawn.render(top, options, plain=True).splitlines()[2] == "|  `- b: no license"


def test_names_are_shown_safely(tmp_path: Path) -> None:
    hostile = ("\x1b[31m::error::x\n<script>", "\x00", "a" * 5_000, "\u202egnp.exe", "\x9b2J", "\ud800")
    top = lineage.trace(stated("x", "MIT", *hostile), Reach(follow=True), tmp_path)
    text = drawn.render(top, Options(), told(top, None))
    assert len(text.splitlines()) == 7
    assert all(line.isprintable() and len(line) < 400 for line in text.splitlines())
    assert json.loads(json_v1.dumps(drawn.document(top)))["children"][0]["name"] == hostile[0]


def test_the_json_is_as_documented(run: Run, tmp_path: Path) -> None:
    top = local(tmp_path / "d", "cc-by-4.0", "raw", "Wikipedia", "a/b")
    local(tmp_path / "d" / "raw", "cc-by-nc-4.0")
    document = json.loads(run("tree", "--format", "json", top).stdout)
    holds("tree-1", document)
    assert [f["rule"] for f in document["findings"]] == [LOOSER, UNRESOLVED, UNRESOLVED]
    enum = json.loads((Path(__file__).parent.parent / "docs" / "schemas" / "tree-1.json").read_text(encoding="utf-8"))
    assert tuple(enum["$defs"]["node"]["properties"]["why"]["enum"]) == lineage.WHY


def test_the_same_tree_each_time(run: Run, tmp_path: Path) -> None:
    top = local(tmp_path / "d", "cc-by-4.0", "b", "a", "c")
    for name in "abc":
        local(tmp_path / "d" / name, "cc-by-nc-4.0", f"../{name}")
    first = run("tree", "--format", "json", top).stdout
    assert first == run("tree", "--format", "json", top).stdout
    assert [child["name"] for child in json.loads(first)["children"]] == ["b", "a", "c"]


def test_the_tree_of_a_declared_dataset_has_its_sources(run: Run, tmp_path: Path) -> None:
    top = local(tmp_path / "d", "cc-by-4.0", "Wikipedia", "squad")
    local(tmp_path / "d" / "raw", "cc-by-nc-4.0", "Common Crawl")
    (tmp_path / "d" / "licensecheck.yaml").write_text(
        """\
use: {intent: publish-copy, purpose: product}
sources:
  - {name: raw, path: raw}
  - {name: squad, license: CC-BY-SA-4.0}
  - {name: far, location: "hf:a/b"}
  - {name: nowhere}
""",
        encoding="utf-8",
    )
    lines = run("tree", top).stdout.splitlines()
    assert lines[0].endswith("d: CC BY 4.0")
    assert lines[1:7] == [
        "├─ raw: CC BY-NC 4.0",
        "│  └─ Common Crawl: no license (a name without an address; declare its location)",
        "├─ squad: CC BY-SA 4.0",
        "├─ far: no license (not followed: use --follow)",
        "├─ nowhere: no license (a name without an address; declare its location)",
        "└─ Wikipedia: no license (a name without an address; declare its location)",
    ]
    assert any("<- raw (CC-BY-NC-4.0" in line for line in lines[7:])
    children = json.loads(run("tree", "--format", "json", top).stdout)["children"]
    assert [child["why"] for child in children] == ["", "", "not-followed", "not-an-address", "not-an-address"]
    (tmp_path / "d" / "licensecheck.yaml").write_text("sources: {}\n", encoding="utf-8")
    assert run("tree", top).code == 2


def test_several_datasets_are_several_trees(run: Run, tmp_path: Path) -> None:
    local(tmp_path / "d" / "one", "cc-by-4.0")
    local(tmp_path / "d" / "two", "mit")
    trees = json.loads(run("tree", "--format", "json", str(tmp_path / "d")).stdout)
    assert {tree["license"] for tree in trees} >= {"CC-BY-4.0", "MIT"}


def test_every_format_leads_to_its_sources(tmp_path: Path) -> None:
    local(tmp_path / "raw", "cc-by-nc-4.0")
    forms = {
        "datapackage.json": {"name": "x", "licenses": [{"name": "CC-BY-4.0"}], "sources": [{"title": "t", "path": "raw"}]},
        "croissant.json": {
            "@context": {"@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/", "prov": "http://www.w3.org/ns/prov#"},
            "@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.0", "name": "x",
            "license": "https://creativecommons.org/licenses/by/4.0/", "prov:wasDerivedFrom": {"@id": "https://huggingface.co/datasets/a/b"},
        },
        "metadata.jsonld": {
            "@context": "https://schema.org/", "@type": "Dataset", "name": "x",
            "license": "https://creativecommons.org/licenses/by/4.0/", "isBasedOn": "https://huggingface.co/datasets/a/b",
        },
    }  # fmt: skip
    for name, tree in forms.items():
        (tmp_path / name).write_text(json.dumps(tree))
        (one,) = targets.resolve_target(str(tmp_path / name))
        (child,) = lineage.trace(one, Reach(), tmp_path / name).children
        assert child.target in (os.path.join(tmp_path, "raw"), "hf:a/b"), name  # noqa: PTH118
        os.remove(tmp_path / name)  # noqa: PTH107
