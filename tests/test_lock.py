"""The lock file: what was concluded when somebody looked, a run that rests on it, and what has changed since."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from lineage_cases import NEAR, SHA, card, hosted, local
from server import PUBLIC, Names, Server, page, running
from test_report_json import holds

from licensecheck.base.errors import ConfigError
from licensecheck.dataset import lock as lock_pins
from licensecheck.dataset import lock_file
from licensecheck.dataset.lock import Change
from licensecheck.dataset.lock_file import Pin, Place, Upstream
from licensecheck.model import Basis, Credit, Status

OTHER = "b" * 40
USE = "use: {intent: publish-copy, purpose: product}\n"
DECLARED = f"{USE}sources:\n  - {{name: One, location: 'hf:a/one'}}\n  - {{name: Two, path: two}}\n"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with running() as made:
        monkeypatch.setenv("HF_ENDPOINT", made.base)
        yield made


@pytest.fixture
def top(server: Server, tmp_path: Path) -> str:
    hosted(server, "a/one", card("cc-by-4.0"))
    made = local(tmp_path / "d", "cc-by-4.0")
    local(tmp_path / "d" / "two", "cc-by-4.0")
    declare(made, DECLARED)
    return made


def declare(top: str, text: str) -> None:
    (Path(top) / "licensecheck.yaml").write_text(text, encoding="utf-8")


def lock(run: Run, top: str, *words: str, code: int = 0) -> dict[str, Any]:
    done = run("lock", top, *NEAR, *words)
    assert done.code == code, done.stdout + done.stderr
    return {row["name"]: row for row in tree(top)["sources"]}


def tree(top: str) -> Any:
    return json.loads((Path(top) / "licensecheck.lock").read_text(encoding="utf-8"))


def judged(run: Run, top: str, *words: str) -> tuple[int, dict[str, Any]]:
    done = run("check", top, "--format", "json", *words)
    assert done.stdout, done.stderr
    return done.code, json.loads(done.stdout)


def drift(run: Run, top: str) -> tuple[int, str]:
    done = run("drift", top, *NEAR, columns=400)
    return done.code, done.stdout


# -- what is locked --------------------------------------------------------------------------------


def test_a_lock_holds_what_was_found(run: Run, server: Server, top: str) -> None:
    rows = lock(run, top)
    holds("lock-1", tree(top))
    one, two = rows["One"], rows["Two"]
    assert (one["license"], one["revision"], one["location"]) == ("CC-BY-4.0", SHA, "hf:a/one")
    assert one["url"] == "https://huggingface.co/datasets/a/one"
    assert one["retrieved"].endswith("Z")
    text = card("cc-by-4.0").encode()
    assert (
        one["terms"][f"{server.base}/datasets/a/one/blob/{{revision}}/README.md"]
        == f"sha256:{sha256(text).hexdigest()}"
    )
    assert two["terms"] == {"two/README.md": f"sha256:{sha256(text).hexdigest()}"}
    assert (two["revision"], two["retrieved"], two["url"]) == ("", "", "")
    assert [(p["path"], p["line"], p["license"]) for p in two["places"]] == [("two/README.md", 2, "CC-BY-4.0")]


def test_nothing_changed_is_not_a_byte_changed(
    run: Run, server: Server, top: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock(run, top)
    first = (Path(top) / "licensecheck.lock").read_bytes()
    from licensecheck.targets import fetch

    class Later(fetch.datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return cls(2031, 1, 2, 3, 4, 5, tzinfo=tz)

    monkeypatch.setattr(fetch, "datetime", Later)
    hosted(server, "a/one", card("cc-by-4.0"))
    lock(run, top)
    assert (Path(top) / "licensecheck.lock").read_bytes() == first
    hosted(server, "a/one", card("cc-by-4.0"), OTHER)
    assert lock(run, top)["One"]["retrieved"] == "2031-01-02T03:04:05Z"
    second = (Path(top) / "licensecheck.lock").read_bytes().splitlines()
    assert len(set(second) - set(first.splitlines())) == 2, "the revision and the time, a line each"


def test_line_ends_are_no_difference(run: Run, top: str) -> None:
    paper = Path(top) / "two" / "README.md"
    before = lock(run, top)["Two"]["terms"]
    paper.write_bytes(paper.read_bytes().replace(b"\n", b"\r\n"))
    assert lock(run, top)["Two"]["terms"] == before
    assert judged(run, top, "--locked")[0] == 0


def test_a_source_that_cannot_be_read_stays_as_it_was_locked(run: Run, server: Server, top: str) -> None:
    before = lock(run, top)
    server.routes.clear()
    done = run("lock", top, *NEAR)
    assert done.code == 4
    assert "One: " in done.stderr
    assert "1 of them unchanged" in done.stdout
    assert {row["name"]: row for row in tree(top)["sources"]} == before


def test_a_lock_that_does_not_hold_is_written_anew(run: Run, top: str) -> None:
    (Path(top) / "licensecheck.lock").write_text("{")
    assert set(lock(run, top)) == {"One", "Two"}


def test_hostile_words_do_nothing_to_a_terminal(run: Run, server: Server, top: str) -> None:
    name = "\u202e\x9b2J\u2028\U000e0041\ud800한국"
    declare(top, f"{USE}sources:\n  - {{name: {json.dumps(name)}, location: 'hf:a/one'}}\n")
    hosted(server, "a/one", card("cc-by-4.0", body="# D\n\n## License\n\n\x1b[31mCC BY 4.0\u202e\n"))
    done = run("lock", top, *NEAR)
    if done.code == 2:  # YAML itself refuses some of them
        assert "licensecheck.yaml:" in done.stderr
        declare(top, f"{USE}sources:\n  - {{name: \"\\u202e\\x9b2J\\u2028한국\", location: 'hf:a/one'}}\n")
        assert run("lock", top, *NEAR).code == 0
    text = (Path(top) / "licensecheck.lock").read_text(encoding="utf-8")
    assert all(line.isprintable() for line in text.split("\n"))
    assert "한국" in text
    assert run("check", top, "--locked").code in (0, 3)


# -- a run that rests on it ------------------------------------------------------------------------


def test_a_lock_is_used_without_the_network(
    run: Run, server: Server, top: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock(run, top)
    assert judged(run, top)[0] == 3, "nobody looked up One"

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    code, verdict = judged(run, top, "--locked")
    assert code == 0
    assert [s["license"] for s in verdict["sources"]] == ["CC-BY-4.0", "CC-BY-4.0"]
    (place, *_) = verdict["sources"][0]["evidence"]
    assert SHA[:12] in place["note"]
    assert any(e["path"].endswith(f"/a/one/blob/{SHA}/README.md") for e in verdict["sources"][0]["evidence"])


CASES = {
    "plain": card("cc-by-4.0"),
    "conflict": card("cc-by-4.0", body="# D\n\n## Licensing Information\n\nCC BY-NC 4.0\n"),
    "list": "---\nlicense:\n- cc-by-4.0\n- cc-by-nc-4.0\n---\n# D\n",
    "nothing": "# D\n",
    "unknown": card("unknown"),
    "other": card("other", body="# D\n\n## License\n\nFor non-commercial research only.\n"),
    "credit": card("cc-by-sa-4.0", body="# Bread of Busan\n\n## Citation\n\n```\n@misc{x, title={Bread}, author={Kim, Ann}}\n```\n"),
    "lineage": card("cc-by-4.0", "b/two"),
    "lineage lost": card("cc-by-4.0", "b/gone", "Wikipedia"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_locked_run_answers_as_one_with_the_network(run: Run, server: Server, top: str, name: str) -> None:
    hosted(server, "a/one", CASES[name])
    hosted(server, "b/two", card("mit", "c/three"))
    hosted(server, "c/three", card("cc-by-nc-4.0"))
    code, live = judged(run, top, "--follow", *NEAR)
    done = run("lock", top, "--follow", *NEAR)
    assert done.code == 0, done.stderr
    holds("lock-1", tree(top))
    locked_code, locked = judged(run, top, "--locked")
    assert locked_code == code
    assert locked["decision"] == live["decision"]
    for was, now in zip(live["sources"], locked["sources"], strict=True):
        for key in ("name", "license", "decision", "reasons", "duties", "caveats", "upstream"):
            assert now.get(key) == was.get(key), key
    assert locked["attributions"] == live["attributions"]


def test_what_is_not_in_the_lock_is_told(run: Run, top: str) -> None:
    lock(run, top)
    declare(top, DECLARED + "  - {name: Three, location: 'hf:a/three'}\n")
    code, verdict = judged(run, top, "--locked")
    assert code == 4
    (problem,) = verdict["problems"]
    assert "does not have the source Three; run `licensecheck lock`" in problem["message"]


def test_a_lock_of_another_location_is_a_problem(run: Run, top: str) -> None:
    lock(run, top)
    for location in ("'hf:a/other'", "'hf:a/one', revision: v2"):
        declare(top, DECLARED.replace("'hf:a/one'", location))
        done = run("check", top, "--locked")
        assert done.code == 4
        assert "another location" in done.stdout


def test_a_declared_licence_needs_no_lock(run: Run, top: str) -> None:
    lock(run, top)
    declare(top, DECLARED.replace("'hf:a/one'", "'hf:a/one', license: CC0-1.0"))
    code, verdict = judged(run, top, "--locked")
    assert code == 0
    assert verdict["sources"][0]["license"] == "CC0-1.0"


@pytest.mark.parametrize("change", ["changed", "gone", "new"])
def test_a_text_on_disk_that_is_another_one_is_an_error(run: Run, top: str, change: str) -> None:
    lock(run, top)
    folder = Path(top) / "two"
    if change == "changed":
        (folder / "README.md").write_text(card("cc-by-4.0", body="# D\n\nOne clause more.\n"))
        name = "two/README.md"
    elif change == "gone":
        (folder / "README.md").unlink()
        name = "two/README.md"
    else:
        (folder / "LICENSE").write_text("For non-commercial research only.\n")
        name = "two/LICENSE"
    done = run("check", top, "--locked")
    assert done.code == 2
    assert f"`{name}` of the source `Two`" in done.stderr
    assert "licensecheck.lock:" in done.stderr
    assert "licensecheck lock" in done.stderr
    lock(run, top)
    assert run("check", top, "--locked").code in (0, 1, 3)


# -- what has changed ------------------------------------------------------------------------------


def test_drift_says_what_changed_and_what_it_does(run: Run, server: Server, top: str) -> None:
    lock(run, top)
    assert drift(run, top) == (0, "nothing has changed since the lock was written\nthe verdict stays allow\n")
    hosted(server, "a/one", card("cc-by-nc-4.0"), OTHER)
    code, said = drift(run, top)
    assert code == 3
    assert "CC BY 4.0 -> CC BY-NC 4.0" in said
    assert f"revision: {SHA[:12]} -> {OTHER[:12]}" in said
    assert "One: allow -> deny (" in said
    assert "the verdict was allow and is deny" in said


def test_custom_terms_drift_in_words_that_no_scanner_reads(run: Run, server: Server, top: str) -> None:
    terms = "BREAD DATA TERMS\n\nYou may use the data for non-commercial research only.\n"
    hosted(server, "a/one", card("other"), LICENSE=terms)
    lock(run, top)
    assert drift(run, top)[0] == 0
    hosted(server, "a/one", card("other"), LICENSE=terms + "\nEvery first Monday you shall bring us a loaf.\n")
    code, said = drift(run, top)
    assert code == 3
    assert "LICENSE" in said
    assert "the verdict stays" in said


def test_counters_of_a_hub_and_of_a_page_are_no_drift(
    run: Run, server: Server, top: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Names(monkeypatch, server).known["wiki.example"] = [[PUBLIC]]
    site = '<html><body><p>%d visits</p><footer>License: <a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a></footer></body></html>'
    declare(
        top,
        f"{USE}sources:\n  - {{name: One, location: 'hf:a/one'}}\n  - {{name: Wiki, location: 'http://wiki.example/'}}\n",
    )
    server.routes["/"] = page(site % 1, "text/html")
    rows = lock(run, top)
    assert rows["Wiki"]["license"] == "CC-BY-4.0"
    assert all(mark.startswith("statements:") for mark in rows["Wiki"]["terms"].values())
    hosted(server, "a/one", card("cc-by-4.0"))
    server.routes["/"] = page(site % 2, "text/html")
    assert drift(run, top)[0] == 0
    server.routes["/"] = page((site % 3).replace("/by/", "/by-nc/").replace("CC BY", "CC BY-NC"), "text/html")
    assert drift(run, top)[0] == 3


def test_a_page_drifts_in_words_that_may_restrict_and_are_not_understood(
    run: Run, server: Server, top: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Names(monkeypatch, server).known["wiki.example"] = [[PUBLIC]] * 3
    site = '<html><body><h1>Wiki dataset</h1><p>%s</p><footer>License: <a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a></footer></body></html>'
    declare(top, f"{USE}sources:\n  - {{name: Wiki, location: 'http://wiki.example/'}}\n")
    server.routes["/"] = page(site % "A wiki about gulls.", "text/html")
    lock(run, top)
    assert drift(run, top)[0] == 0
    server.routes["/"] = page(site % "The data must not leave your group.", "text/html")
    code, said = drift(run, top)
    assert (code, "terms" in said) == (3, True)


def test_a_duty_that_is_new_is_told(run: Run, server: Server, top: str) -> None:
    hosted(server, "a/one", card("cc0-1.0"))
    lock(run, top)
    hosted(server, "a/one", card("cc-by-4.0"))
    _, said = drift(run, top)
    assert "One: new obligations: " in said
    assert "the verdict stays allow" in said


def test_what_a_source_was_made_from_drifts(run: Run, server: Server, top: str) -> None:
    hosted(server, "a/one", card("cc-by-4.0"))
    lock(run, top, "--follow")
    hosted(server, "a/one", card("cc-by-4.0", "b/two"), OTHER)
    hosted(server, "b/two", card("cc-by-nc-4.0"))
    done = run("drift", top, "--follow", *NEAR, columns=400)
    assert done.code == 3
    assert "upstream: - -> b/two (CC-BY-NC-4.0)" in done.stdout
    assert "the verdict was allow and is deny" in done.stdout


def test_what_cannot_be_read_now_is_no_good_news(run: Run, server: Server, top: str) -> None:
    lock(run, top)
    server.routes.clear()
    done = run("drift", top, *NEAR)
    assert done.code == 4
    assert "nothing has changed since the lock was written, as far as it could be read" in done.stdout
    assert "One: " in done.stderr
    assert run("drift", top, "--offline").code == 4


def test_a_source_that_came_and_one_that_went(run: Run, top: str) -> None:
    lock(run, top)
    declare(top, DECLARED.replace("name: Two", "name: Three"))
    code, said = drift(run, top)
    assert code == 3
    assert "Three  new: - -> CC BY 4.0" in said
    assert "Two  gone: CC BY 4.0 -> -" in said


def test_each_kind_of_change_by_itself() -> None:
    old = Pin(
        "a", "hf:a/b", license="MIT", revision=SHA, terms=(("LICENSE", "sha256:" + "0" * 64),), strictest=("MIT",)
    )

    def changed(**how: Any) -> list[tuple[str, str, str]]:
        return [c[1:] for c in lock_pins.drift({"a": old}, {"a": old._replace(**how)})]

    assert changed(retrieved="2031-01-02T03:04:05Z") == []
    assert changed(license="ISC", strictest=("ISC",)) == [("license", "MIT", "ISC")]
    assert changed(status="conflict", strictest=("MIT", "ISC")) == [("license", "MIT", "MIT / ISC")]
    assert changed(revision=OTHER) == [("revision", SHA[:12], OTHER[:12])]
    assert changed(terms=(("LICENSE", "sha256:" + "1" * 64),)) == [("terms", "LICENSE 000000000000", "111111111111")]
    assert changed(terms=()) == [("terms", "LICENSE 000000000000", "-")]
    assert changed(upstream=(Upstream("x", "hf:x", ()),)) == [("upstream", "-", "x (-)")]
    assert lock_pins.drift({"a": old}, {}) == (Change("a", "gone", "MIT", "-"),)
    assert lock_pins.drift({}, {"a": old}) == (Change("a", "new", "-", "MIT"),)


# -- reading and writing ---------------------------------------------------------------------------

GOOD = lock_file.dumps([
    Pin(
        "One", "hf:a/one", license="MIT", status="found", strictest=("MIT",), terms=(("LICENSE", "sha256:" + "0" * 64),),
        places=(Place("LICENSE", 1, "text", "MIT License", "MIT", "license-file"),), upstream=(Upstream("x", "", ()),),
    )
])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "not valid JSON"),
        ("[]", 1, "expected an object"),
        ("{\n\n!", 3, "not valid JSON"),
        ("[" * 100_000, 1, "deep"),
        ('{"schema": ' + "1" * 5_000 + "}", 1, "not a lock"),
        (GOOD.replace("lock/1", "lock/2"), 2, "not a lock with the schema licensecheck.lock/1"),
        (GOOD.replace('"sources"', '"source"'), 3, "unknown key `source`. Did you mean `sources`?"),
        (GOOD.replace('"name": "One"', '"name": 1'), 5, "expected a string"),
        (GOOD.replace('      "location": "hf:a/one",\n', ""), 4, "`location` is missing"),
        (GOOD.replace("sha256:0", "sha256:g"), 17, "this is not a hash"),
        (GOOD.replace('"status": "found"', '"status": "sure"'), 11, "`sure` is not one of found"),
        (GOOD.replace('"retrieved": ""', '"retrieved": "yesterday"'), 9, "this is not a time"),
        (GOOD.replace('"line": 1', '"line": 0'), 20, "expected a line number"),
        (GOOD.replace('"url": ""', '"url": "", "url": ""'), 4, "the key `url` is repeated"),
        (GOOD.replace('"caveats": []', '"caveats": {}'), 31, "expected a list"),
    ],
)  # fmt: skip
def test_a_lock_that_does_not_hold_names_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    file = tmp_path / "licensecheck.lock"
    file.write_text(text)
    with pytest.raises(ConfigError) as error:
        lock_file.read(file)
    assert str(error.value).startswith(f"{file}:{line}: "), str(error.value)
    assert says in str(error.value)
    assert "licensecheck lock" in str(error.value)
    assert len(str(error.value)) < 600


def test_the_same_source_twice(tmp_path: Path) -> None:
    file = tmp_path / "licensecheck.lock"
    tree = json.loads(GOOD)
    file.write_text(json.dumps({**tree, "sources": tree["sources"] * 2}))
    with pytest.raises(ConfigError, match="two sources have the name `One`"):
        lock_file.read(file)


def test_a_lock_that_is_not_there(run: Run, top: str, tmp_path: Path) -> None:
    for command in (("check", "--locked"), ("drift",)):
        done = run(*command, top)
        assert done.code == 2
        assert "licensecheck.lock:1: cannot be read" in done.stderr
        assert "licensecheck lock" in done.stderr
    bare = local(tmp_path / "bare", "mit")
    done = run("lock", bare)
    assert done.code == 2
    assert "licensecheck init" in done.stderr


TEXT = st.text(max_size=12)
HASHES = st.builds(
    "{}:{}".format, st.sampled_from(["sha256", "statements"]), st.text("0123456789abcdef", min_size=64, max_size=64)
)
PINS = st.lists(
    st.builds(
        Pin,
        name=TEXT,
        location=TEXT,
        url=TEXT,
        revision=TEXT,
        retrieved=st.sampled_from(["", "2027-01-31T12:00:00Z"]),
        license=st.none() | TEXT,
        status=st.sampled_from([s.value for s in Status]),
        strictest=st.lists(TEXT, max_size=2).map(tuple),
        terms=st.dictionaries(TEXT, HASHES, max_size=3).map(lambda found: tuple(found.items())),
        places=st.lists(
            st.builds(Place, TEXT, st.integers(1, 10**6), TEXT, TEXT, TEXT, st.sampled_from([b.value for b in Basis])), max_size=2
        ).map(tuple),
        upstream=st.lists(st.builds(Upstream, TEXT, TEXT, st.lists(TEXT, max_size=2).map(tuple)), max_size=2).map(tuple),
        credit=st.builds(Credit, TEXT, st.lists(TEXT, max_size=2).map(tuple), TEXT, TEXT, st.just(""), st.just("")),
        caveats=st.lists(TEXT, max_size=2).map(tuple),
    ),
    max_size=4,
    unique_by=lambda p: p.name,
)  # fmt: skip


@given(PINS)
@settings(max_examples=150, deadline=None)
def test_a_lock_reads_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, made: list[Pin]) -> None:
    file = tmp_path_factory.getbasetemp() / "round.lock"
    lock_file.write(file, made)
    first = file.read_bytes()
    assert lock_file.read(file) == {p.name: p for p in made}
    lock_file.write(file, reversed(made))
    assert file.read_bytes() == first
    assert lock_pins.drift(lock_file.read(file), {p.name: p for p in made}) == ()
    assert lock_pins.kept({p.name: p for p in made}, lock_file.read(file)) == {p.name: p for p in made}
    assert all(line.isprintable() for line in first.decode().split("\n"))
    holds("lock-1", json.loads(first))


@given(
    st.binary(max_size=60)
    | st.text(max_size=60).map(lambda t: (GOOD[:200] + t + GOOD[200:]).encode("utf-8", "replace"))
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_a_lock_or_an_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.lock"
    file.write_bytes(data)
    try:
        read = lock_file.read(file)
    except ConfigError as error:
        told = str(error)
    else:
        told = f"{file}: {len(read)} sources"
    assert told.startswith(f"{file}:")


def test_drift_tells_of_papers_on_disk_that_are_others(run: Run, top: str) -> None:
    lock(run, top)
    local(Path(top) / "two", "cc-by-nc-4.0")
    assert run("check", top, "--locked").code == 2
    code, said = drift(run, top)
    assert code == 3
    assert "Two  license: CC BY 4.0 -> CC BY-NC 4.0" in said
    assert "Two  terms: two/README.md" in said
    assert "Two: allow -> deny" in said
    assert "the verdict was allow and is deny" in said


def test_drift_of_papers_whose_licence_is_declared(run: Run, top: str) -> None:
    declare(top, f"{USE}sources:\n  - {{name: Two, path: two, license: CC-BY-4.0}}\n")
    lock(run, top)
    assert drift(run, top)[0] == 0
    local(Path(top) / "two", "cc-by-nc-4.0")
    code, said = drift(run, top)
    assert code == 3
    assert "the verdict was allow and is deny" in said


def test_a_good_lock_stays_where_papers_are_missing(run: Run, top: str) -> None:
    lock(run, top)
    before = (Path(top) / "licensecheck.lock").read_bytes()
    (Path(top) / "two" / "README.md").unlink()
    (Path(top) / "two").rmdir()
    for command in ("lock", "drift", "check"):
        done = run(command, top, *(NEAR if command != "check" else ()))
        assert done.code == 2
        assert "licensecheck.yaml:4: `two` does not exist" in done.stderr
    assert (Path(top) / "licensecheck.lock").read_bytes() == before
