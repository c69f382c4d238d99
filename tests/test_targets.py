"""What a user may name: paths, pages, datasets of hubs; and how far a run reaches."""

from __future__ import annotations

import json
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from server import PUBLIC, Names, Server, page, record, redirect, running

from licensecheck.targets.targets import resolve_target

SITE = """<html lang="ko"><head><title>위키</title></head><body><p>글</p>
<footer>이 위키의 콘텐츠는 <a rel="license" href="https://creativecommons.org/licenses/by-nc-sa/2.0/kr/">CC BY-NC-SA 2.0 KR</a>에 따라 이용할 수 있습니다.</footer></body></html>"""


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as made:
        yield made


def scanned(run: Run, *words: str) -> tuple[int, dict[str, Any]]:
    done = run("scan", "--format", "json", "--no-cache", *words)
    assert done.stdout, done.stderr
    (row,) = json.loads(done.stdout)
    return done.code, row


def test_a_page_that_the_user_names(run: Run, server: Server) -> None:
    server.routes["/w/대문".encode().decode("latin-1")] = page(SITE, "text/html; charset=utf-8")
    server.routes["/wiki"] = page(
        SITE,
        "text/html; charset=utf-8",
        [("tdm-reservation", "1"), ("Content-Signal", "search=yes, ai-train=no"), ("Content-Usage", "train-ai=n")],
    )
    code, row = scanned(run, "--allow-private", f"{server.base}/wiki")
    assert code == 0
    assert row["license"] == "LicenseRef-CC-BY-NC-SA-2.0-KR"
    assert {e["origin"] for e in row["evidence"]} == {"webpage"}
    (read,) = row["retrievals"]
    assert read["status"] == 200
    assert len(read["sha256"]) == 64
    assert read["time"].endswith(("Z", "+00:00"))
    assert {r["signal"] for r in row["reservations"]} == {"tdm-reservation", "content-signal", "content-usage"}


def test_a_signal_beside_the_page_is_its_own_axis(run: Run, server: Server) -> None:
    server.routes["/wiki"] = page(SITE, "text/html")
    server.routes["/.well-known/tdmrep.json"] = page('[{"location": "/*", "tdm-reservation": 1}]', "application/json")
    code, row = scanned(run, "--allow-private", f"{server.base}/wiki")
    assert code == 0
    assert row["license"] == "LicenseRef-CC-BY-NC-SA-2.0-KR"
    assert [r["signal"] for r in row["reservations"]] == ["tdm-reservation"]
    assert any("tdm-reservation" in caveat for caveat in row["caveats"])


def test_a_private_address_has_to_be_meant(run: Run, server: Server) -> None:
    server.routes["/wiki"] = page(SITE, "text/html")
    code, row = scanned(run, f"{server.base}/wiki")
    assert code == 4
    assert row["status"] == "unreadable"
    assert server.asked == []


def test_a_link_header_counts(run: Run, server: Server) -> None:
    link = [("Link", '<https://creativecommons.org/licenses/by/4.0/>; rel="license", </x>; rel="next"')]
    server.routes["/data.txt"] = page("rows", "text/plain", link)
    _, row = scanned(run, "--allow-private", f"{server.base}/data.txt")
    assert row["license"] == "CC-BY-4.0"


def test_a_dataset_of_a_hub(run: Run, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    sha = "a" * 40
    card = "---\nlicense: cc-by-4.0\n---\n# D\n\n## Licensing Information\n\nCC BY-SA 4.0\n"
    entry = {"id": "o/d", "sha": sha, "siblings": [{"rfilename": "README.md"}, {"rfilename": "data.parquet"}]}
    server.routes["/api/datasets/o/d"] = record(entry)
    server.routes[f"/datasets/o/d/resolve/{sha}/README.md"] = page(card, "text/markdown")
    monkeypatch.setenv("HF_ENDPOINT", server.base)
    code, row = scanned(run, "--allow-private", "hf:o/d")
    assert code == 0, row
    assert row["license"] == "CC-BY-SA-4.0"
    assert row["status"] == "conflict"
    assert all(sha in e["path"] for e in row["evidence"])
    assert not any("parquet" in asked for asked in server.paths())
    done = run(
        "check",
        "--allow-private",
        "--no-cache",
        "hf:o/d",
        "--intent",
        "publish-adaptation",
        "--purpose",
        "product",
        "--publish-as",
        "CC-BY-4.0",
    )
    assert done.code == 1
    assert "ShareAlike" in done.stdout


def test_following_what_a_card_points_to(run: Run, server: Server, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(
        f"---\nlicense: other\nlicense_name: ours\nlicense_link: {server.base}/terms\n---\n# D\n"
    )
    server.routes["/terms"] = page("You may use this dataset for non-commercial research purposes only.", "text/plain")
    _, silent = scanned(run, str(tmp_path))
    assert server.asked == []
    code, row = scanned(run, "--follow", str(tmp_path))
    assert code == 4
    assert "loopback" in row["problems"][0]["message"] or "private" in row["problems"][0]["message"]
    assert server.asked == []
    assert row["license"] == silent["license"]


def test_following_reads_the_terms(run: Run, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Names(monkeypatch, server).known["terms.example"] = [[PUBLIC]]
    (tmp_path / "README.md").write_text("---\nlicense: other\nlicense_link: http://terms.example/terms\n---\n# D\n")
    server.routes["/terms"] = page("This dataset is released under CC BY-NC 4.0.", "text/plain")
    code, row = scanned(run, "--follow", str(tmp_path))
    assert code == 0, row["problems"]
    assert "CC-BY-NC-4.0" in row["license"]
    assert row["retrievals"][0]["url"] == "http://terms.example/terms"


def test_offline_opens_no_socket_and_says_so(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    (tmp_path / "README.md").write_text("---\nlicense: other\nlicense_link: http://example.org/terms\n---\n# D\n")
    fixtures = Path(__file__).parent.parent / "fixtures"
    for target in (*sorted(fixtures.glob("*/dataset")), tmp_path):
        assert run("scan", "--offline", str(target)).code == 0
    for target in ("https://example.org/data", "hf:o/d", "gh:o/d", "zenodo:1", "kaggle:o/d"):
        done = run("scan", "--offline", target)
        assert done.code == 4
        assert "offline" in done.stdout
        assert run("check", "--offline", target, "--intent", "copy", "--purpose", "product").code == 4
    done = run("scan", "--offline", "--follow", str(tmp_path))
    assert done.code == 4
    assert "offline" in done.stdout


@pytest.mark.parametrize("target", ["ftp://example.org/x", "file:///etc/passwd"])
def test_other_schemes_are_told(run: Run, target: str) -> None:
    done = run("scan", target)
    assert done.code == 4
    assert "http" in done.stdout
    assert "root:" not in done.stdout


def test_a_redirect_into_the_machine_is_refused(
    run: Run, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Names(monkeypatch, server).known["terms.example"] = [[PUBLIC]]
    server.routes["/terms"] = redirect("http://169.254.169.254/latest/meta-data/")
    (tmp_path / "README.md").write_text("---\nlicense: other\nlicense_link: http://terms.example/terms\n---\n# D\n")
    code, row = scanned(run, "--follow", str(tmp_path))
    assert code == 4
    assert "latest" not in str(server.paths())
    assert row["problems"]


def tree_of(root: Path, *names: str) -> list[str]:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            "---\nlicense: cc-by-4.0\n---\n# A\n"
            if path.name == "README.md"
            else "CC0-1.0"
            if path.name == "LICENSE"
            else "x"
        )
    return [
        str(Path(one.target).relative_to(root)) for one in resolve_target(str(root)) if not one.evidence and one.caveats
    ]


def test_data_of_which_nothing_is_said_beside_a_licensed_dataset(tmp_path: Path) -> None:
    assert tree_of(
        tmp_path, "a/README.md", "a/x.csv", "a/deep/y.parquet", "b/train/rows.jsonl.gz", "b/x.CSV", "docs/index.txt"
    ) == ["b"]
    assert tree_of(tmp_path, "sets/c/README.md", "sets/d/one/x.tsv", "sets/x.tsv") == ["b", "sets", "sets/d"]
    (tmp_path / ".gitignore").write_text("*.tsv\nb/\n")
    assert tree_of(tmp_path) == ["b", "sets", "sets/d"], "the file means nothing outside of a repository"
    subprocess.run(["git", "-C", str(tmp_path), "init", "-q"], check=True)
    assert tree_of(tmp_path) == []


def test_what_is_said_of_the_whole_is_said_of_all_data_in_it(tmp_path: Path) -> None:
    assert tree_of(tmp_path, "a/README.md", "b/x.csv") == ["b"]
    (tmp_path / "licensecheck.yaml").write_text("use: {intent: publish-copy}\n")
    assert tree_of(tmp_path) == ["b"]
    (tmp_path / "LICENSE").write_text("CC0-1.0")
    assert tree_of(tmp_path) == []


@pytest.mark.parametrize("declared", ["use: {intent: publish-copy}\n", "sources: []\n"])
def test_silent_data_beside_a_declared_dataset_is_not_passed_over(run: Run, tmp_path: Path, declared: str) -> None:
    tree_of(tmp_path, "a/README.md", "b/x.csv")
    (tmp_path / "a/licensecheck.yaml").write_text(declared)
    done = run("check", str(tmp_path), "--intent", "publish-copy", "--purpose", "product", "--format", "json")
    assert json.loads(done.stdout)["decision"] == "deny"


def test_data_alone_is_one_folder_without_a_licence(tmp_path: Path) -> None:
    assert tree_of(tmp_path, "a/x.csv", "b/y.csv") == []
    assert [one.license for one in resolve_target(str(tmp_path))] == [None]
