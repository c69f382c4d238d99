"""Lineage and locks: sources followed to their own, what declares more than they give, and what has changed since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from server import Server, page, record, running

from licensecheck import ancestry, pins
from licensecheck.model import Resolved, Status
from licensecheck.report import Options
from licensecheck.report import tree as drawn
from licensecheck.targets import Reach

SHA = "a" * 40


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with running() as made:
        monkeypatch.setenv("HF_ENDPOINT", made.base)
        yield made


def dataset(server: Server, name: str, card: str, sha: str = SHA) -> None:
    entry = {"id": name, "sha": sha, "siblings": [{"rfilename": "README.md"}]}
    server.routes[f"/api/datasets/{name}"] = record(entry)
    server.routes[f"/datasets/{name}/resolve/{sha}/README.md"] = page(card, "text/markdown")


def card(license: str, *sources: str) -> str:
    listed = "".join(f"- {source}\n" for source in sources)
    return f"---\nlicense: {license}\n" + (f"source_datasets:\n{listed}" if listed else "") + "---\n# D\n"


def local(folder: Path, license: str, *sources: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.md").write_text(card(license, *sources), encoding="utf-8")
    return str(folder)


USE = ("--intent", "publish-copy", "--purpose", "product")


def test_a_dataset_on_disk_is_followed_to_its_sources(run: Run, tmp_path: Path) -> None:
    top = local(tmp_path / "d", "cc-by-4.0", "sources/one")
    local(tmp_path / "d" / "sources" / "one", "cc-by-nc-4.0", "deep")
    local(tmp_path / "d" / "sources" / "one" / "deep", "cc-by-sa-4.0")
    done = run("tree", str(tmp_path / "d" / "README.md"))
    assert done.code == 0
    assert [line.split(": ")[1] for line in done.stdout.splitlines()] == ["CC BY 4.0", "CC BY-NC 4.0", "CC BY-SA 4.0"]
    done = run("check", top, "--format", "json", *USE)
    verdict = json.loads(done.stdout)
    assert done.code == 1
    (row,) = [f for f in verdict["findings"] if f["rule"] == ancestry.LOOSER and f["level"] == "error"]
    assert "README.md:2" in row["message"]
    assert "<- sources/one (CC-BY-NC-4.0" in row["message"]


def test_what_lies_outside_the_folder_is_not_read(run: Run, tmp_path: Path) -> None:
    local(tmp_path / "secret", "cc0-1.0")
    top = local(tmp_path / "d", "cc-by-4.0", "../secret", "/etc", "~", "..")
    tree = json.loads(run("tree", "--format", "json", top).stdout)
    assert all(child["license"] is None for child in tree["children"])


def test_loops_end(run: Run, server: Server) -> None:
    dataset(server, "a/one", card("cc-by-4.0", "b/two", "a/one"))
    dataset(server, "b/two", card("cc-by-sa-4.0", "a/one"))
    done = run("tree", "--follow", "--allow-private", "--no-cache", "hf:a/one")
    assert done.code == 4
    assert done.stdout.count("a loop") == 2
    assert "CC BY-SA 4.0" in done.stdout


def test_a_lineage_is_bounded() -> None:
    wide = Resolved("x", "MIT", Status.FOUND, upstream=tuple(f"name {n}" for n in range(10_000)))
    node = ancestry.trace(wide, Reach())
    assert len(node.children) < 100
    assert "more sources" in str(node.children[-1].note)


def test_over_the_network_only_when_asked(run: Run, server: Server, tmp_path: Path) -> None:
    dataset(server, "a/one", card("cc-by-nc-4.0"))
    top = local(tmp_path / "d", "cc-by-4.0", "a/one")
    done = run("check", top, *USE)
    assert done.code == 0
    assert "whose licences were not read here" in " ".join(done.stdout.split())
    assert server.asked == []
    done = run("check", top, "--follow", "--allow-private", "--no-cache", *USE)
    assert done.code == 1
    assert "a/one" in done.stdout
    assert "declares more than its source gives" in " ".join(done.stdout.split())
    assert run("check", top, "--follow", "--offline", *USE).code in (0, 3, 4)


def test_names_are_shown_safely(tmp_path: Path) -> None:
    hostile = "\x1b[31m::error::x\n<script>"
    node = ancestry.trace(Resolved("x", "MIT", Status.FOUND, upstream=(hostile, "\x00", "a" * 5000)), Reach(), tmp_path)
    text = drawn.render(node, Options())
    assert "\x1b" not in text
    assert len(text.splitlines()) == 4
    assert json.loads(json.dumps(drawn.document(node)))["children"][0]["name"] == hostile


DECLARED = "use: {intent: publish-copy, purpose: product}\nsources:\n  - {name: One, location: 'hf:a/one'}\n  - {name: Two, path: two}\n"


def locked(tmp_path: Path, run: Run, server: Server) -> str:
    dataset(server, "a/one", card("cc-by-4.0"))
    top = local(tmp_path / "d", "cc-by-4.0")
    local(tmp_path / "d" / "two", "cc-by-4.0")
    (tmp_path / "d" / "licensecheck.yaml").write_text(DECLARED)
    done = run("lock", top, "--allow-private", "--no-cache")
    assert done.code == 0, done.stderr
    assert "2 sources" in done.stdout
    return top


def test_a_lock_is_used_without_the_network(run: Run, server: Server, tmp_path: Path) -> None:
    top = locked(tmp_path, run, server)
    file = Path(top) / "licensecheck.lock"
    tree = json.loads(file.read_text(encoding="utf-8"))
    one = next(row for row in tree["sources"] if row["name"] == "One")
    assert (one["license"], one["revision"], len(one["sha256"])) == ("CC-BY-4.0", SHA, 64)
    server.asked.clear()
    assert run("check", top).code == 3, "nobody looked up One"
    done = run("check", top, "--locked", "--format", "json")
    verdict = json.loads(done.stdout)
    assert done.code == 0
    assert [s["license"] for s in verdict["sources"]] == ["CC-BY-4.0", "CC-BY-4.0"]
    assert SHA[:12] in verdict["sources"][0]["evidence"][0]["note"]
    assert server.asked == []


def test_drift_says_what_changed_and_what_it_does(run: Run, server: Server, tmp_path: Path) -> None:
    top = locked(tmp_path, run, server)
    done = run("drift", top, "--allow-private", "--no-cache")
    assert done.code == 0
    assert "nothing has changed" in done.stdout
    dataset(server, "a/one", card("cc-by-nc-4.0"), "b" * 40)
    done = run("drift", top, "--allow-private", "--no-cache")
    assert done.code == 3
    assert "CC BY 4.0 -> CC BY-NC 4.0" in done.stdout
    assert "revision" in done.stdout
    assert "the verdict was allow and is deny" in done.stdout
    server.routes.clear()
    done = run("drift", top, "--allow-private", "--no-cache")
    assert done.code == 4
    assert "nothing has changed" in done.stdout
    assert done.stderr


def test_a_lock_of_another_location_is_a_problem(run: Run, server: Server, tmp_path: Path) -> None:
    top = locked(tmp_path, run, server)
    (Path(top) / "licensecheck.yaml").write_text(DECLARED.replace("a/one", "a/other"))
    done = run("check", top, "--locked")
    assert done.code == 4
    assert "another location" in done.stdout


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"schema": "licensecheck.lock/2", "sources": []}',
        '{"schema": "licensecheck.lock/1", "sources": [{"name": 1}]}',
    ],
)
def test_a_lock_that_does_not_hold_names_its_line(run: Run, tmp_path: Path, text: str) -> None:
    top = local(tmp_path / "d", "cc-by-4.0")
    (tmp_path / "d" / "licensecheck.yaml").write_text(DECLARED)
    (tmp_path / "d" / "licensecheck.lock").write_text(text)
    done = run("check", top, "--locked")
    assert done.code == 2
    assert "licensecheck.lock:1:" in done.stderr
    assert "licensecheck lock" in done.stderr


TEXT = st.text(max_size=20)
PINS = st.lists(
    st.builds(pins.Pin, TEXT, TEXT, TEXT, TEXT, TEXT, st.none() | TEXT, st.lists(TEXT, max_size=3).map(tuple)),
    max_size=5,
    unique_by=lambda p: p.name,
)


@given(PINS)
def test_a_lock_reads_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, made: list[pins.Pin]) -> None:
    file = tmp_path_factory.mktemp("lock") / "licensecheck.lock"
    if any("\ud800" <= c <= "\udfff" for p in made for c in json.dumps(p, ensure_ascii=False)):
        return
    pins.write(file, made)
    first = file.read_bytes()
    assert pins.read(file) == {p.name: p for p in made}
    pins.write(file, reversed(made))
    assert file.read_bytes() == first
    assert pins.drift(pins.read(file), {p.name: p for p in made}) == ()
