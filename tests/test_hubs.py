"""Hubs: what names a dataset there, and what is read of it. Against a real server that answers as the hubs do."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from server import Names, Server, page, record, redirect, running, status, truncated

from licensecheck.base.errors import Problem, UsageError
from licensecheck.targets import fetch, hubs
from licensecheck.targets.fetch import Fetcher
from licensecheck.targets.guard import Limits
from licensecheck.targets.hub import MOST
from licensecheck.targets.hubs import Hub, Remote, parse

SHA = "0123456789abcdef0123456789abcdef01234567"
CARD = "---\nlicense: cc-by-4.0\n---\n# Words\n"


def wanted(path: str) -> bool:
    return path.rsplit("/", 1)[-1].split(".")[0].upper() in ("README", "LICENSE", "COPYING")


@pytest.fixture(autouse=True)
def hub_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Every hub's endpoint is this server, nobody has a token, and a retry does not pause."""
    for name in (
        "HF_TOKEN",
        "HUGGING_FACE_HUB_TOKEN",
        "GITHUB_TOKEN",
        "GH_TOKEN",
        "KAGGLE_USERNAME",
        "KAGGLE_KEY",
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
        "all_proxy",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(fetch, "_wait", lambda seconds: None)
    with running() as server:
        for name in ("HF_ENDPOINT", "GITHUB_API_URL", "LICENSECHECK_ZENODO_ENDPOINT", "KAGGLE_API_ENDPOINT"):
            monkeypatch.setenv(name, server.base)
        yield server


def read(target: str, want: Callable[[str], bool] = wanted) -> tuple[list[Remote], list[Problem]]:
    hub = parse(target)
    assert hub is not None
    with Fetcher(allow_private=True, limits=Limits(timeout=2, bytes=100_000, total=10)) as fetcher:
        return hubs.read(hub, fetcher, want)


def only(problems: list[Problem]) -> str:
    assert len(problems) == 1
    return problems[0].message


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "hub"),
    [
        ("hf:owner/name", Hub("hf", "owner/name")),
        ("hf:squad", Hub("hf", "squad")),
        ("hf:owner/name@v1.0", Hub("hf", "owner/name", "v1.0")),
        ("hf:owner/name@refs/pr/7", Hub("hf", "owner/name", "refs/pr/7")),
        (f"hf:owner/name@{SHA}", Hub("hf", "owner/name", SHA)),
        ("hf://datasets/owner/name@main", Hub("hf", "owner/name", "main")),
        (" hf:owner/na.me_x-1 ", Hub("hf", "owner/na.me_x-1")),
        ("HF:owner/name", Hub("hf", "owner/name")),
        ("gh:owner/repo", Hub("gh", "owner/repo")),
        ("gh:owner/.github", Hub("gh", "owner/.github")),
        ("gh:owner/repo@feature/x", Hub("gh", "owner/repo", "feature/x")),
        ("zenodo:12345", Hub("zenodo", "12345")),
        ("zenodo:10.5281/zenodo.12345", Hub("zenodo", "12345")),
        ("kaggle:owner/name", Hub("kaggle", "owner/name")),
        ("https://huggingface.co/datasets/owner/name", Hub("hf", "owner/name")),
        ("https://huggingface.co/datasets/owner/name/", Hub("hf", "owner/name")),
        ("http://www.huggingface.co/datasets/squad", Hub("hf", "squad")),
        ("https://hf.co/datasets/owner/name?library=datasets#x", Hub("hf", "owner/name")),
        ("https://huggingface.co/datasets/owner/name/tree/v2", Hub("hf", "owner/name", "v2")),
        ("https://huggingface.co/datasets/squad/blob/main/README.md", Hub("hf", "squad", "main")),
        ("https://huggingface.co/datasets/o/n/resolve/refs%2Fconvert%2Fparquet/a.parquet", Hub("hf", "o/n", "refs/convert/parquet")),
        ("https://huggingface.co/datasets/owner/name/viewer/default/train", Hub("hf", "owner/name")),
        ("HTTPS://GitHub.com/owner/repo.git", Hub("gh", "owner/repo")),
        ("https://github.com/owner/repo/tree/v1/data", Hub("gh", "owner/repo", "v1")),
        ("https://github.com/owner/repo/blob/main/LICENSE#L3", Hub("gh", "owner/repo", "main")),
        ("https://github.com/owner/repo/issues/3", Hub("gh", "owner/repo")),
        ("https://zenodo.org/records/12345#files", Hub("zenodo", "12345")),
        ("https://zenodo.org/record/12345/files/a.zip", Hub("zenodo", "12345")),
        ("https://doi.org/10.5281/zenodo.12345", Hub("zenodo", "12345")),
        ("https://zenodo.org/doi/10.5281/zenodo.12345", Hub("zenodo", "12345")),
        ("10.5281/zenodo.12345", Hub("zenodo", "12345")),
        ("https://www.kaggle.com/datasets/owner/name/versions/3", Hub("kaggle", "owner/name")),
        ("https://kaggle.com/datasets/owner/name/data?select=a.csv", Hub("kaggle", "owner/name")),
    ],
)  # fmt: skip
def test_names_and_addresses(target: str, hub: Hub) -> None:
    assert parse(target) == hub


@pytest.mark.parametrize(
    "target",
    [
        "", "data", "./hf", "README.md", "C:\\data", "s3://bucket/x", "https://example.org/datasets/owner/name", "https://huggingface.co/owner/model",
        "https://huggingface.co/datasets", "https://huggingface.co/spaces/o/n", "https://huggingface.co.evil.example/datasets/o/n",
        "https://evil.example/huggingface.co/datasets/o/n", "https://user@huggingface.co/datasets/o/n", "https://huggingface.co:8080/datasets/o/n",
        "https://github.com/owner", "https://github.com/orgs/owner/repositories", "https://github.com/topics/data", "https://gist.github.com/o/1",
        "https://github.com/owner/..", "https://github.com/-o/r", "https://zenodo.org/communities/x", "https://zenodo.org/records/x", "https://zenodo.org/doi/10.1/x",
        "https://www.kaggle.com/owner/name", "https://www.kaggle.com/datasets/owner", "https://doi.org/10.1234/zenodo.5", "https://[::1", "https://huggingface.co:x/",
        "https://huggingface.co/datasets/%2e%2e/%2e%2e", "https://huggingface.co/datasets/o/n%2Fx",
    ],
)  # fmt: skip
def test_what_names_none(target: str) -> None:
    assert parse(target) is None


@pytest.mark.parametrize(
    "target",
    [
        "hf:", "hf:/", "hf:a/b/c", "hf:../..", "hf:o/..", "hf:o/n@", "hf:o/n@../x", "hf:o/n@a b", "hf:o/n?x=1", "hf:o/n#x", "hf:o/n\x1b[2J", "hf:ö/n", "hf:" + "a" * 200,
        "gh:owner", "gh:o/r/x", "gh:o/..", "gh:o/r@-x", "gh:o@x/r", "zenodo:", "zenodo:abc", "zenodo:1/2", "zenodo:12@1", "kaggle:name", "kaggle:o/n@1", "kaggle:o/n/1",
    ],
)  # fmt: skip
def test_a_wrong_name_is_told(target: str) -> None:
    with pytest.raises(UsageError, match=r"does not name a dataset: write \w+:") as caught:
        parse(target)
    assert str(caught.value).isprintable()


@given(
    st.sampled_from(
        [
            "hf:",
            "gh:",
            "zenodo:",
            "kaggle:",
            "https://huggingface.co/datasets/",
            "https://github.com/",
            "https://zenodo.org/records/",
        ]
    ),
    st.text(max_size=60),
)
def test_no_name_leaves_its_place(start: str, rest: str) -> None:
    try:
        hub = parse(start + rest)
    except UsageError:
        return
    if hub is not None:
        for text in (hub.name, hub.revision):
            assert text.isascii()
            assert not set(text) & set(" ?#%\\:\n\r\t")
            assert ".." not in text.split("/")
            assert not text.startswith("/")


# --- Hugging Face ---------------------------------------------------------------------------------------------------


def dataset(*files: str, name: str = "owner/name", **more: Any) -> dict[str, Any]:
    info = {"id": name, "sha": SHA, "gated": False, "tags": ["license:cc-by-4.0"], "cardData": {"license": "cc-by-4.0"}}
    return {**info, "siblings": [{"rfilename": file} for file in files], **more}


def test_a_card_is_read_at_its_commit(hub_server: Server) -> None:
    hub_server.routes["/api/datasets/owner/name"] = record(dataset("data/train.parquet", "sub/LICENSE", "README.md"))
    hub_server.routes[f"/datasets/owner/name/resolve/{SHA}/README.md"] = page(CARD.replace("\n", "\r\n"))
    hub_server.routes[f"/datasets/owner/name/resolve/{SHA}/sub/LICENSE"] = page("CC BY 4.0")
    remotes, problems = read("hf:owner/name")
    assert problems == []
    base = hub_server.base
    assert [remote.path for remote in remotes] == [
        f"{base}/api/datasets/owner/name/revision/{SHA}#/record.json",
        f"{base}/datasets/owner/name/blob/{SHA}/README.md",
        f"{base}/datasets/owner/name/blob/{SHA}/sub/LICENSE",
    ]
    assert [remote.text for remote in remotes[1:]] == [CARD, "CC BY 4.0"]
    assert json.loads(remotes[0].text)["tags"] == ["license:cc-by-4.0"]
    got = remotes[1].retrieval
    assert got.url == got.final == f"{base}/datasets/owner/name/resolve/{SHA}/README.md"
    assert (got.status, got.sha256) == (200, sha256(CARD.replace("\n", "\r\n").encode()).hexdigest())
    assert [path for path in hub_server.paths() if "parquet" in path or "robots" in path] == []


def test_a_revision_is_one_step_of_the_address(hub_server: Server) -> None:
    hub_server.routes["/api/datasets/owner/name/revision/refs%2Fpr%2F7"] = record(dataset())
    remotes, problems = read("hf:owner/name@refs/pr/7")
    assert (len(remotes), problems) == (1, [])


def test_a_renamed_dataset_is_read_under_its_new_name(hub_server: Server) -> None:
    hub_server.routes["/api/datasets/squad"] = redirect("/api/datasets/rajpurkar/squad", 307)
    hub_server.routes["/api/datasets/rajpurkar/squad"] = record(dataset("README.md", name="rajpurkar/squad"))
    hub_server.routes[f"/datasets/rajpurkar/squad/resolve/{SHA}/README.md"] = page(CARD)
    remotes, problems = read("hf:squad")
    assert problems == []
    assert remotes[1].path == f"{hub_server.base}/datasets/rajpurkar/squad/blob/{SHA}/README.md"
    assert remotes[0].retrieval.final == f"{hub_server.base}/api/datasets/rajpurkar/squad"


def test_a_token_is_sent_to_the_hub_and_not_to_its_store(hub_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", " hf_secret\n")
    names = Names(monkeypatch)
    names.known = {"hub.example": [["127.0.0.1"]], "store.example": [["10.0.0.1"]]}
    monkeypatch.setenv("HF_ENDPOINT", f"http://hub.example:{hub_server.server_port}/")
    hub_server.routes["/api/datasets/owner/name"] = record(dataset("README.md", "LICENSE"))
    hub_server.routes[f"/datasets/owner/name/resolve/{SHA}/LICENSE"] = redirect("http://store.example/x")
    hub_server.routes[f"/datasets/owner/name/resolve/{SHA}/README.md"] = page(CARD)
    remotes, problems = read("hf:owner/name")
    assert len(remotes) == 2
    assert "store.example leads to a private address" in only(problems)
    assert {asked.headers.get("authorization") for asked in hub_server.asked} == {"Bearer hf_secret"}


@pytest.mark.parametrize(
    ("code", "words"), [(401, "accept its terms at"), (403, "set HF_TOKEN"), (404, "check the name and revision")]
)
def test_a_dataset_that_is_not_for_everybody(hub_server: Server, code: int, words: str) -> None:
    hub_server.routes["/api/datasets/owner/name"] = status(code)
    remotes, problems = read("hf:owner/name")
    assert remotes == []
    assert words in only(problems)
    assert f"(HTTP {code})" in only(problems)
    assert problems[0].path == "hf:owner/name"


@pytest.mark.parametrize("code", [401, 403])
def test_of_a_gated_dataset_the_record_is_read(hub_server: Server, code: int) -> None:
    hub_server.routes["/api/datasets/owner/name"] = record(dataset("README.md", gated="manual"))
    hub_server.routes[f"/datasets/owner/name/resolve/{SHA}/README.md"] = status(code)
    remotes, problems = read("hf:owner/name")
    assert len(remotes) == 1
    assert "is gated: accept its terms" in only(problems)
    assert problems[0].path.endswith(f"/blob/{SHA}/README.md")


def test_asked_too_often(hub_server: Server) -> None:
    hub_server.routes["/api/datasets/owner/name"] = status(429, [("Retry-After", "300")])
    assert "asked too often: try again later, or set HF_TOKEN" in only(read("hf:owner/name")[1])


@pytest.mark.parametrize(
    "name",
    ["../../etc/LICENSE", "/etc/LICENSE", "a/../LICENSE", "a//LICENSE", "a\\LICENSE", "./LICENSE", "LICENSE\x1b[2J", "a\n/LICENSE", "a/" * 600 + "LICENSE"],
)  # fmt: skip
def test_a_name_that_is_no_file_is_neither_asked_for_nor_shown_raw(hub_server: Server, name: str) -> None:
    hub_server.routes["/api/datasets/owner/name"] = record(dataset(name))
    remotes, problems = read("hf:owner/name", lambda path: "LICENSE" in path)
    assert len(remotes) == 1
    assert "not valid" in only(problems)
    assert problems[0].path.isprintable()
    assert hub_server.paths() == ["/api/datasets/owner/name"]


def test_strange_names_stay_one_step(hub_server: Server) -> None:
    hub_server.routes["/api/datasets/owner/name"] = record(dataset("LICENSE ?a=1#b%2F..", "라이선스/LICENSE"))
    hub_server.routes[f"/datasets/owner/name/resolve/{SHA}/LICENSE%20%3Fa%3D1%23b%252F.."] = page("MIT")
    hub_server.routes[f"/datasets/owner/name/resolve/{SHA}/%EB%9D%BC%EC%9D%B4%EC%84%A0%EC%8A%A4/LICENSE"] = page("CC0")
    remotes, problems = read("hf:owner/name", lambda path: "LICENSE" in path)
    assert ([remote.text for remote in remotes[1:]], problems) == (["MIT", "CC0"], [])


def test_one_bad_file_does_not_hide_the_others(hub_server: Server) -> None:
    hub_server.routes["/api/datasets/owner/name"] = record(dataset("README.md", "LICENSE", "COPYING", "LICENSE.txt"))
    base = f"/datasets/owner/name/resolve/{SHA}/"
    hub_server.routes[base + "README.md"] = truncated(b"CC", 99)
    hub_server.routes[base + "LICENSE"] = page(b"\x00\x01\x02")
    hub_server.routes[base + "LICENSE.txt"] = page("CC0 1.0")
    remotes, problems = read("hf:owner/name")
    assert [remote.text for remote in remotes[1:]] == ["CC0 1.0"]
    told = {problem.path.rsplit("/", 1)[-1]: problem.message for problem in problems}
    assert set(told) == {"README.md", "LICENSE", "COPYING"}
    assert "less data than it announced" in told["README.md"]
    assert "binary" in told["LICENSE"]
    assert "HTTP 404" in told["COPYING"]


def test_a_flood_of_files_is_cut_and_told(hub_server: Server) -> None:
    files = [f"{n:03}/LICENSE" for n in range(100)]
    hub_server.routes["/api/datasets/owner/name"] = record(dataset(*files, "LICENSE"))
    for file in [*files, "LICENSE"]:
        hub_server.routes[f"/datasets/owner/name/resolve/{SHA}/{file}"] = page(file)
    remotes, problems = read("hf:owner/name")
    assert [remote.text for remote in remotes[1:]] == ["LICENSE", *files[: MOST - 1]]
    assert "41 more files" in only(problems)


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b"<html>", b'{"sha": 5}', b'{"sha": "main"}', b'{"siblings": []}', b"[" * 90_000, b"\xff\xfe", b'{"sha": "../../x"}', b"1" * 9_000],
)  # fmt: skip
@pytest.mark.parametrize("target", ["hf:owner/name", "gh:owner/name", "zenodo:1", "kaggle:owner/name"])
def test_an_answer_that_is_no_record(hub_server: Server, target: str, body: bytes) -> None:
    for path in (
        "/api/datasets/owner/name",
        "/repos/owner/name",
        "/api/records/1",
        "/api/v1/datasets/view/owner/name",
        "/repos/owner/name/commits/HEAD",
    ):
        hub_server.routes[path] = page(body, "application/json")
    remotes, problems = read(target)
    assert len(problems) == 1 or (
        target in ("zenodo:1", "kaggle:owner/name") and body.startswith(b"{") and len(remotes) == 1
    )


@pytest.mark.parametrize("siblings", [None, 5, {}, [None], [5], [{}], [{"rfilename": 5}], "README.md"])
def test_odd_lists_of_files(hub_server: Server, siblings: object) -> None:
    hub_server.routes["/api/datasets/owner/name"] = record(dataset(siblings=siblings))
    assert len(read("hf:owner/name")[0]) == 1


# --- GitHub ---------------------------------------------------------------------------------------------------------


def repository(server: Server, *files: str, ref: str = "main", name: str = "owner/repo", **more: Any) -> None:
    server.routes[f"/repos/{name}"] = record(
        {"full_name": name, "default_branch": "main", "license": {"spdx_id": "MIT"}, **more}
    )
    server.routes[f"/repos/{name}/commits/{ref}"] = page(SHA)
    tree = [{"path": file, "type": "blob", "mode": "100644"} for file in files]
    server.routes[f"/repos/{name}/git/trees/{SHA}"] = record(
        {"sha": "f" * 40, "tree": [*tree, {"path": "LICENSE.d", "type": "tree"}]}
    )
    for file in files:
        server.routes[f"/repos/{name}/contents/{file}?ref={SHA}"] = page(f"text of {file}")


def test_a_repository_is_read_at_its_commit(hub_server: Server) -> None:
    repository(hub_server, "README.md", "LICENSE", "data.csv")
    remotes, problems = read("gh:owner/repo")
    assert problems == []
    assert [(remote.path, remote.text) for remote in remotes[1:]] == [
        (f"{hub_server.base}/owner/repo/blob/{SHA}/{file}", f"text of {file}") for file in ("LICENSE", "README.md")
    ]
    assert remotes[0].path == f"{hub_server.base}/repos/owner/repo#/record.json"
    assert json.loads(remotes[0].text)["license"] == {"spdx_id": "MIT"}
    accepted = [asked.headers["accept"] for asked in hub_server.asked]
    assert accepted[1] == "application/vnd.github.sha"
    assert set(accepted[3:]) == {"application/vnd.github.raw+json"}
    assert "authorization" not in hub_server.asked[0].headers


def test_a_branch_and_a_token(hub_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_secret")
    repository(hub_server, "LICENSE", ref="feature%2Fx")
    assert read("gh:owner/repo@feature/x")[1] == []
    assert {asked.headers["authorization"] for asked in hub_server.asked} == {"Bearer ghp_secret"}


def test_without_a_token_files_come_from_where_browsers_get_them(
    hub_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real addresses, as far as the fetcher: nothing leaves the machine."""
    monkeypatch.delenv("GITHUB_API_URL")
    asked: list[str] = []

    class Recording:
        def get(self, url: str, *, trusted: bool, headers: Any = (), robots: bool = True) -> fetch.Page:
            asked.append(url)
            path = url.removeprefix("https://api.github.com").replace("https://raw.githubusercontent.com", "/raw")
            with Fetcher(allow_private=True) as fetcher:
                return fetcher.get(hub_server.base + path, trusted=trusted, headers=headers, robots=robots)

    repository(hub_server, "LICENSE")
    hub_server.routes[f"/raw/owner/repo/{SHA}/LICENSE"] = page("MIT")
    remotes, problems = hubs.read(Hub("gh", "owner/repo"), Recording(), wanted)  # type: ignore[arg-type]
    assert problems == []
    assert remotes[1].path == f"https://github.com/owner/repo/blob/{SHA}/LICENSE"
    assert asked[-1] == f"https://raw.githubusercontent.com/owner/repo/{SHA}/LICENSE"
    assert asked[0] == "https://api.github.com/repos/owner/repo"


def test_a_renamed_repository(hub_server: Server) -> None:
    repository(hub_server, "LICENSE", name="new/name")
    hub_server.routes["/repos/old/name"] = redirect("/repos/new/name", 301)
    hub_server.routes["/repos/old/name/commits/main"] = redirect("/repos/new/name/commits/main", 301)
    hub_server.routes[f"/repos/old/name/git/trees/{SHA}"] = redirect(f"/repos/new/name/git/trees/{SHA}", 301)
    remotes, problems = read("gh:old/name")
    assert problems == []
    assert remotes[1].path == f"{hub_server.base}/new/name/blob/{SHA}/LICENSE"


def test_what_github_refuses(hub_server: Server) -> None:
    assert "set GITHUB_TOKEN to a token that may read it (HTTP 404)" in only(read("gh:owner/none")[1])
    repository(hub_server, "LICENSE")
    assert "has no branch, tag or commit `v9`" in only(read("gh:owner/repo@v9")[1])
    hub_server.routes["/repos/owner/repo"] = status(403, [("X-RateLimit-Remaining", "0")])
    assert "asked too often: try again later, or set GITHUB_TOKEN" in only(read("gh:owner/repo")[1])
    hub_server.routes["/repos/owner/repo"] = status(451)
    assert "legal reasons" in only(read("gh:owner/repo")[1])


# --- Zenodo and Kaggle ----------------------------------------------------------------------------------------------


def test_a_record_of_zenodo(hub_server: Server) -> None:
    info = {
        "id": 43,
        "metadata": {"title": "t", "license": {"id": "cc-by-4.0"}},
        "files": [{"key": "data.zip"}, {"key": "LICENSE"}],
    }
    hub_server.routes["/api/records/42"] = redirect("/api/records/43", 301)
    hub_server.routes["/api/records/43"] = record(info)
    hub_server.routes["/api/records/43/files/LICENSE/content"] = page("CC BY 4.0")
    remotes, problems = read("zenodo:42")
    assert problems == []
    assert [remote.path for remote in remotes] == [
        f"{hub_server.base}/api/records/43#/record.json",
        f"{hub_server.base}/records/43/files/LICENSE",
    ]
    assert json.loads(remotes[0].text) == info
    assert remotes[1].text == "CC BY 4.0"


def test_what_zenodo_refuses(hub_server: Server) -> None:
    assert "check the number" in only(read("zenodo:42")[1])
    hub_server.routes["/api/records/42"] = status(410)
    assert "removed for good" in only(read("zenodo:42")[1])


def test_a_record_of_kaggle(hub_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    info = {"licenseNameNullable": "CC0: Public Domain", "titleNullable": "t"}
    hub_server.routes["/api/v1/datasets/view/owner/name"] = record(info)
    remotes, problems = read("kaggle:owner/name")
    assert problems == []
    assert json.loads(remotes[0].text) == info
    assert "authorization" not in hub_server.asked[0].headers
    monkeypatch.setenv("KAGGLE_USERNAME", "someone")
    read("kaggle:owner/name")
    assert "authorization" not in hub_server.asked[1].headers
    monkeypatch.setenv("KAGGLE_KEY", "secret")
    monkeypatch.setenv("KAGGLE_API_ENDPOINT", hub_server.base + "/api/v1/")
    assert read("kaggle:owner/name")[1] == []
    assert hub_server.asked[2].headers["authorization"] == "Basic " + base64.b64encode(b"someone:secret").decode()
    hub_server.routes["/api/v1/datasets/view/owner/name"] = status(403)
    assert "set KAGGLE_USERNAME and KAGGLE_KEY (HTTP 403)" in only(read("kaggle:owner/name")[1])


# --- all of them ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["hf:o/n", "gh:o/n", "zenodo:1", "kaggle:o/n"])
def test_offline_is_a_problem_and_no_request(hub_server: Server, target: str) -> None:
    hub = parse(target)
    assert hub is not None
    with Fetcher(offline=True, allow_private=True) as fetcher:
        remotes, problems = hubs.read(hub, fetcher, wanted)
    assert (remotes, hub_server.asked) == ([], [])
    assert only(problems).startswith("not read because the run is offline")
    assert problems[0].path == target


@pytest.mark.parametrize("target", ["hf:o/n", "gh:o/n", "zenodo:1", "kaggle:o/n"])
def test_an_endpoint_inside_must_be_meant(hub_server: Server, target: str) -> None:
    hub = parse(target)
    assert hub is not None
    with Fetcher() as fetcher:
        remotes, problems = hubs.read(hub, fetcher, wanted)
    assert (remotes, hub_server.asked) == ([], [])
    assert "use --allow-private" in only(problems)


@pytest.mark.parametrize("value", ["no address", "file:///etc", "ftp://x/"])
def test_an_endpoint_that_is_no_address(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("HF_ENDPOINT", value)
    assert "reads http and https" in only(read("hf:o/n")[1])


@pytest.mark.parametrize("token", ["", "  ", "a\nb", "tök", "a\x00b"])
def test_a_token_that_is_none_is_not_sent(hub_server: Server, monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    if "\x00" not in token:
        monkeypatch.setenv("HF_TOKEN", token)
    hub_server.routes["/api/datasets/o/n"] = record(dataset())
    read("hf:o/n")
    assert "authorization" not in hub_server.asked[0].headers
