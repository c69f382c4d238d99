"""Walking an untrusted tree and reading what lies in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import growth
import pytest

from licensecheck.base.errors import Problem, Unreadable
from licensecheck.base.files import LIMIT, decode, leads_out, read, walk
from licensecheck.scanners import scan_file
from licensecheck.scanners.tree import Listing, scan_tree

CARD = "---\nlicense: cc-by-4.0\n---\n# A\n"


def put(root: Path, *names: str, text: str = CARD) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def walked(root: Path) -> list[str]:
    return [p.relative_to(root).as_posix() for p in walk(root) if isinstance(p, Path)]


def test_order_is_that_of_paths_whatever_the_disk_says(tmp_path: Path) -> None:
    put(tmp_path, "b/README.md", "a/README.md", "README.md", "a/LICENSE", "a/z/LICENSE")
    assert walked(tmp_path) == ["README.md", "a/LICENSE", "a/README.md", "a/z/LICENSE", "b/README.md"]
    assert walked(tmp_path) == walked(tmp_path)


def test_gitignore_at_every_level(tmp_path: Path) -> None:
    put(
        tmp_path,
        ".git/LICENSE",
        "out/LICENSE",
        "deep/out/LICENSE",
        "a/LICENSE",
        "b/LICENSE",
        "b/keep/LICENSE",
        "README.md",
    )
    put(tmp_path, ".gitignore", text="/out/\nLICENSE\n!/b/LICENSE\n")
    put(tmp_path, "b/.gitignore", text="!keep/LICENSE\n")
    subprocess.run(["git", "-C", str(tmp_path), "init", "-q"], check=True)
    assert [n for n in walked(tmp_path) if ".git" not in n] == ["README.md", "b/LICENSE", "b/keep/LICENSE"]


def test_what_git_tracks_is_not_ignored(tmp_path: Path) -> None:
    put(tmp_path, "LICENSE", "a/LICENSE", "b/LICENSE", "README.md")
    put(tmp_path, ".gitignore", text="LICENSE\n")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for words in (["init", "-q"], ["add", ".gitignore"], ["add", "-f", "LICENSE", "b/LICENSE"]):
        subprocess.run([*git, *words], check=True)
    wanted = ["LICENSE", "README.md", "b/LICENSE"]
    assert [n for n in walked(tmp_path) if ".git" not in n] == wanted
    assert [n for n in walked(tmp_path / "b") if ".git" not in n] == ["LICENSE"]
    index = tmp_path / ".git/index"
    whole = index.read_bytes()
    for version in "234":
        subprocess.run([*git, "update-index", "--index-version", version], check=True)
        assert [n for n in walked(tmp_path) if ".git" not in n] == wanted
    for cut in (whole[:20], b"DIRC" + b"\xff" * 200):
        index.write_bytes(cut)
        assert "a/LICENSE" in walked(tmp_path), "what git cannot say is not left out"


def test_a_gitignore_that_is_no_text_or_made_to_be_slow(tmp_path: Path) -> None:
    places = [tmp_path / str(length) for length in (25, 200)]
    for place in places:
        put(place, "a" * int(place.name) + ".md", "LICENSE")
        subprocess.run(["git", "-C", str(place), "init", "-q"], check=True)
        (place / ".gitignore").write_bytes(b"\xff\xfe\x00[\n" + b"*a*a*a*a*a*a*a*a*a*b\n" * 5_000 + b"!\n[\n")
    assert "LICENSE" in growth.linear(walked, *places)


def test_pathspec_is_loaded_only_where_there_is_a_gitignore(tmp_path: Path) -> None:
    put(tmp_path, "README.md")
    code = (
        "import sys\nfrom pathlib import Path\nimport licensecheck.scanners.tree\n"
        "heavy = {'yaml', 'pathspec', 'bs4', 'requests', 'lxml', 'license_expression'}\n"
        "print(sorted(heavy & set(sys.modules)))\nlicensecheck.scanners.tree.scan_tree(Path(sys.argv[1]))\nprint('pathspec' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "False"]


def test_links_are_followed_to_files_and_not_to_folders(tmp_path: Path) -> None:
    put(tmp_path, "d/README.md", "elsewhere/LICENSE")
    home = tmp_path / "d"
    (home / "LICENSE").symlink_to(tmp_path / "elsewhere" / "LICENSE")
    (home / "up").symlink_to(home)
    (home / "other").symlink_to(tmp_path / "elsewhere")
    (home / "self").symlink_to(home / "self")
    (home / "gone").symlink_to(home / "nothing")
    assert walked(home) == ["LICENSE", "README.md", "gone", "other", "self", "up"]
    listing = Listing()
    scan_tree(home, listing=listing)
    assert [path.name for path in listing.files] == ["LICENSE", "README.md", "gone", "self"]


def test_a_folder_a_thousand_deep(tmp_path: Path) -> None:
    depth = 1_200
    here = os.open(tmp_path, os.O_RDONLY)
    try:
        for _ in range(depth):
            os.mkdir("d", dir_fd=here)
            below = os.open("d", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
    finally:
        os.close(here)
    put(tmp_path, "README.md")
    try:
        assert walked(tmp_path) == ["README.md"]
    finally:
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)


def test_a_folder_that_cannot_be_read_is_a_problem_and_the_rest_is_read(tmp_path: Path) -> None:
    (problem,) = walk(tmp_path / "not there")
    assert isinstance(problem, Problem)
    assert "cannot be read" in problem.message
    put(tmp_path, "shut/LICENSE", "README.md")
    (tmp_path / "shut").chmod(0)
    try:
        if not os.access(tmp_path / "shut", os.R_OK):
            assert [isinstance(item, Problem) for item in walk(tmp_path)] == [False, True]
    finally:
        (tmp_path / "shut").chmod(0o700)


def test_one_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    put(tmp_path, "README.md", "z/README.md")
    (tmp_path / "LICENSE").write_bytes(b"\x7fELF\x00\x00")
    (tmp_path / "COPYING").write_bytes(b"%PDF-1.7\n%\xe2\xe3\n")
    os.mkfifo(tmp_path / "NOTICE")
    found = dict(scan_tree(tmp_path))
    assert "binary" in found[tmp_path / "LICENSE"].problems[0].message
    assert "PDF" in found[tmp_path / "COPYING"].problems[0].message
    assert [e.license for e in found[tmp_path / "z" / "README.md"].evidence] == ["CC-BY-4.0"]
    assert "not a regular file" in found[tmp_path / "NOTICE"].problems[0].message
    assert "not a regular file" in scan_file(tmp_path / "NOTICE", named=True).problems[0].message


def test_names_that_are_no_text(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/LICENSE.\xff\xfe"
    with open(raw, "wb") as file:  # noqa: PTH123
        file.write(b"CC BY 4.0\n")
    ((_, found),) = scan_tree(tmp_path)
    assert [e.license for e in found.evidence] == ["CC-BY-4.0"]
    found.evidence[0].path.encode("utf-8")


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("라이선스".encode(), "라이선스", ""),
        (b"\xef\xbb\xbfCC", "CC", ""),
        ("라이선스".encode("utf-16"), "라이선스", "UTF-16"),
        ("라이선스".encode("cp949"), "라이선스", "CP949"),
        ("Großer Text – hier".encode("cp1252"), "Großer Text – hier", "Windows-1252"),
        ("라이선스".encode()[:-1], "라이선", ""),
        (b"", "", ""),
    ],
)
def test_encodings(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == (text, encoding)


def test_another_encoding_is_noted_with_the_evidence(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_bytes("이 자료는 CC BY 4.0 라이선스를 따릅니다.".encode("cp949"))
    (row,) = scan_file(tmp_path / "LICENSE").evidence
    assert row.license == "CC-BY-4.0"
    assert "CP949" in row.note


def test_line_ends_and_nul_bytes(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_bytes(b"---\r\nlicense: mit\r\n---\r\n" + b"x" * 5000 + b"\x00\r# License\rCC BY 4.0\r")
    found = scan_file(path)
    assert [(e.license, e.line) for e in found.evidence] == [("MIT", 2), ("CC-BY-4.0", 6)]


def test_a_large_file_is_read_in_part_and_that_is_a_problem(tmp_path: Path) -> None:
    small, path = tmp_path / "small" / "README.md", tmp_path / "README.md"
    small.parent.mkdir()
    for file, count in ((small, LIMIT // 30 // growth.TIMES), (path, LIMIT // 30 + 1)):
        file.write_bytes(b"---\nlicense: mit\n---\n" + b"gulls and terns and more gulls\n" * count)
    found = growth.linear(scan_file, small, path)
    assert [e.license for e in found.evidence] == ["MIT"]
    assert "only its first" in found.problems[0].message
    with pytest.raises(Unreadable):
        read(tmp_path)


def test_links_inside_are_followed_and_those_that_lead_out_are_told(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "LICENSE").write_text("MIT\n", encoding="utf-8")
    root = tmp_path / "root"
    (root / "data").mkdir(parents=True)
    (root / "CARD.md").write_text("---\nlicense: mit\n---\n", encoding="utf-8")
    (root / "data" / "README.md").symlink_to(root / "CARD.md")
    (root / "data" / "LICENSE").symlink_to(outside / "LICENSE")
    assert not leads_out(root / "data" / "README.md", root)
    assert leads_out(root / "data" / "README.md")
    assert leads_out(root / "data" / "LICENSE", root)
    (root / ".git").mkdir()
    assert not leads_out(root / "data" / "README.md")
    found = dict(scan_tree(root / "data"))
    assert found[root / "data" / "README.md"].evidence
    assert not found[root / "data" / "LICENSE"].evidence
    assert "leads out" in found[root / "data" / "LICENSE"].problems[0].message
    assert scan_file(root / "data" / "LICENSE", named=True).problems == ()


def test_the_links_of_a_hub_cache_are_inside_of_it(tmp_path: Path) -> None:
    store = tmp_path / "datasets--a--b"
    (store / "blobs").mkdir(parents=True)
    (store / "blobs" / "0123").write_text("---\nlicense: mit\n---\n", encoding="utf-8")
    snapshot = store / "snapshots" / "abc"
    snapshot.mkdir(parents=True)
    (snapshot / "README.md").symlink_to("../../blobs/0123")
    assert dict(scan_tree(snapshot))[snapshot / "README.md"].evidence


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gbk", "本数据集仅限非商业用途使用，禁止商业使用。"),
        ("big5", "本資料集僅限非商業用途使用，禁止商業使用。"),
        ("shift_jis", "本データセットは非商用目的でのみ利用できます。"),
        ("euc_kr", "본 데이터는 비상업적 용도로만 이용할 수 있습니다."),
        ("cp949", "저작권"),
        ("cp1251", "только для некоммерческого использования"),
        ("cp500", "This data may not be used commercially."),
        ("utf-32", "CC BY-NC 4.0"),
        ("utf-16", "CC BY-NC 4.0"),
        ("latin-1", "Die Daten dürfen nicht für kommerzielle Zwecke verwendet werden."),
        ("cp1252", "Données réservées à un usage non commercial – merci"),
    ],
)
def test_a_text_is_read_whatever_its_encoding(encoding: str, text: str) -> None:
    read, name = decode(text.encode(encoding))
    assert read.removeprefix("\ufeff") == text
    assert name


@pytest.mark.parametrize(
    "text",
    [
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 3\n",
        "../.git/annex/objects/Gq/1z/SHA256E-s3--4d7a.md/SHA256E-s3--4d7a.md\n",
    ],
)
def test_a_pointer_in_the_place_of_a_text_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "LICENSE").write_text(text)
    ((_, found),) = scan_tree(tmp_path)
    assert not found.evidence
    assert "pointer" in found.problems[0].message


def test_a_paper_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    put(tmp_path, "README.md")
    (tmp_path / "LICENSE").symlink_to(tmp_path / "gone")
    (tmp_path / "rows.csv").symlink_to(tmp_path / "gone.csv")
    found = {path.name: scanned for path, scanned in scan_tree(tmp_path)}
    assert sorted(found) == ["LICENSE", "README.md"]
    assert "leads nowhere" in found["LICENSE"].problems[0].message
