"""Input that nobody should have written: a clear line for each, the rest still judged, no hang."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import growth
import pytest
from conftest import Run

from licensecheck.scanners import scan_text

USE = ("--intent", "publish-copy", "--purpose", "product")
GOOD = "---\nlicense: cc-by-4.0\n---\n# Good\n"


@pytest.fixture
def good(tmp_path: Path) -> str:
    folder = tmp_path / "good"
    folder.mkdir()
    (folder / "README.md").write_text(GOOD, encoding="utf-8")
    return str(folder)


def judged(run: Run, *targets: str) -> tuple[dict[str, object], int]:
    with growth.ends():
        done = run("check", "--format", "json", *targets, *USE)
    return json.loads(done.stdout), done.code


def last(verdict: dict[str, object]) -> str:
    return verdict["sources"][-1]["decision"]  # type: ignore[index,no-any-return]


def problem(verdict: dict[str, object]) -> str:
    return " | ".join(p["message"] for p in verdict["problems"])  # type: ignore[attr-defined]


BROKEN = {
    "unclosed": "---\nlicense: [cc-by-4.0\ntags: x\n---\n# A\n",
    "tabs": "---\nlicense:\n\t- mit\n---\n# A\n",
    "colons": "---\nlicense: cc-by-nc-4.0\nb: c: d\n---\n# A\n",
    "deep": "---\nlicense: mit\nx: " + "[" * 40_000 + "\n---\n# A\n",
    "dashes": "---\nlicense: mit\nx:\n" + "- " * 50_000 + "\n---\n# A\n",
    "indents": "---\nlicense: mit\n" + "".join(" " * n + "a:\n" for n in range(400)) + "---\n# A\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_front_matter_is_a_line_and_no_silence(name: str, tmp_path: Path, good: str, run: Run) -> None:
    path = tmp_path / "README.md"
    path.write_text(BROKEN[name], encoding="utf-8")
    verdict, code = judged(run, str(path), good)
    assert code in (1, 4)
    assert "front matter" in problem(verdict)
    assert last(verdict) == "allow"


@pytest.mark.parametrize("piece", ["[", "- ", "  - a:\n", "\t"])
def test_broken_front_matter_is_read_in_time_that_grows_as_it_does(piece: str) -> None:
    def read(count: int) -> object:
        return scan_text("README.md", "---\nlicense: mit\nx:\n" + piece * count + "\n---\n# A\n")

    assert growth.linear(read, 5_000, 40_000)


def test_the_license_of_broken_front_matter_is_still_read_and_less_sure(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "README.md"
    path.write_text(BROKEN["colons"], encoding="utf-8")
    done = json.loads(run("scan", "--format", "jsonl", str(path)).stdout)
    row = next(e for e in done["evidence"] if e["field"] == "license")
    assert (row["license"], row["certainty"], row["line"]) == ("CC-BY-NC-4.0", "ambiguous", 2)


def test_a_yaml_bomb_is_small(tmp_path: Path, good: str, run: Run) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    lines += ["b: &b0 {x: 1}"] + [f"m{n}: &m{n} {{<<: [*b0, *b0]}}" for n in range(10)]
    path = tmp_path / "README.md"
    path.write_text("---\nlicense: *a11\n" + "\n".join(lines) + "\n---\n# A\n", encoding="utf-8")
    verdict, _ = judged(run, str(path), good)
    assert last(verdict) == "allow"
    path.write_text("---\n" + "\n".join(lines) + "\nlicense: *a11\n---\n# A\n", encoding="utf-8")
    verdict, _ = judged(run, str(path), good)
    assert last(verdict) == "allow"


def test_fifty_megabytes_are_read_in_part_and_that_is_said(tmp_path: Path, good: str, run: Run) -> None:
    path = tmp_path / "README.md"
    with path.open("w", encoding="utf-8") as file:
        file.write("---\nlicense: cc-by-4.0\n---\n# Big\n")
        for _ in range(50):
            file.write("the licence of this is the licence of that (cc by \n" * 20_000)
    verdict, code = judged(run, str(path), good)
    assert code == 4
    assert "only its first" in problem(verdict)
    assert last(verdict) == "allow"


def test_text_in_other_encodings(tmp_path: Path, run: Run) -> None:
    words = "# 자료\n\n## 라이선스\n\n저작자표시-비영리 4.0 국제 라이선스를 따릅니다.\n"
    for encoding in ("utf-8-sig", "utf-16", "cp949"):
        path = tmp_path / f"README-{encoding}.md"
        path.write_bytes(words.encode(encoding))
        done = json.loads(run("scan", "--format", "jsonl", str(path)).stdout)
        assert done["license"] == "CC-BY-NC-4.0", encoding
    path = tmp_path / "README-bad.md"
    path.write_bytes(b"# Gulls \xff\xfe\x81\n\n## License\n\nCC BY 4.0\n")
    assert json.loads(run("scan", "--format", "jsonl", str(path)).stdout)["license"] == "CC-BY-4.0"


@pytest.mark.parametrize("data", [b"\x7fELF\x02\x01\x00\x00" * 999, b"PK\x03\x04\x00\x00\x08\x00", b"\x00" * 5000])
def test_a_binary_named_license(data: bytes, tmp_path: Path, good: str, run: Run) -> None:
    folder = tmp_path / "d"
    folder.mkdir()
    (folder / "LICENSE").write_bytes(data)
    (folder / "README.md").write_text(GOOD, encoding="utf-8")
    verdict, code = judged(run, str(folder), good)
    assert code == 4
    assert "binary" in problem(verdict)
    assert [s["decision"] for s in verdict["sources"]] == ["allow", "allow"]  # type: ignore[attr-defined]


def test_links_that_go_round_or_nowhere(tmp_path: Path, good: str, run: Run) -> None:
    folder = tmp_path / "d"
    (folder / "in").mkdir(parents=True)
    (folder / "in" / "up").symlink_to(folder)
    (folder / "self").symlink_to(folder / "self")
    (folder / "gone").symlink_to(folder / "nowhere")
    (folder / "README.md").write_text(GOOD, encoding="utf-8")
    verdict, code = judged(run, str(folder), good)
    assert code == 0, verdict
    verdict, code = judged(run, str(folder / "self"), good)
    assert code in (1, 4)
    assert last(verdict) == "allow"


def test_a_folder_and_a_file_that_may_not_be_read(tmp_path: Path, good: str, run: Run, as_root: bool) -> None:
    folder = tmp_path / "d"
    (folder / "shut").mkdir(parents=True)
    (folder / "README.md").write_text(GOOD, encoding="utf-8")
    (folder / "shut").chmod(0)
    try:
        if as_root and os.access(folder / "shut", os.R_OK):
            from licensecheck.base import files
            from licensecheck.base.errors import Problem

            found = list(files.walk(folder / "not-there"))
            assert isinstance(found[0], Problem)
            assert "cannot be read" in found[0].message
        else:
            verdict, code = judged(run, str(folder), good)
            assert code == 4
            assert "cannot be read" in problem(verdict)
            assert last(verdict) == "allow"
    finally:
        (folder / "shut").chmod(0o700)


def test_a_device_and_a_pipe_are_not_waited_for(tmp_path: Path, good: str, run: Run) -> None:
    pipe = tmp_path / "LICENSE"
    os.mkfifo(pipe)
    verdict, code = judged(run, str(pipe), good)
    assert code in (1, 4)
    assert "not a regular file" in problem(verdict)
    assert last(verdict) == "allow"


def test_words_of_a_card_do_not_reach_the_terminal_as_commands(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "README.md"
    evil = "\x1b]0;owned\x07\x1b[31mred\u202e\u2066"
    path.write_text(
        f'---\nlicense: other\nlicense_name: {evil}x\npretty_name: "{evil}"\n---\n# {evil}\n\n## License\n\nsee {evil}\n',
        encoding="utf-8",
    )
    for words in (["check", str(path), *USE], ["scan", str(path)], ["check", str(path)]):
        out = run(*words).stdout
        assert not {"\x1b", "\x07", "\u202e", "\u2066"} & set(out)


def test_git_ignored_files_are_left_out(tmp_path: Path, run: Run) -> None:
    subprocess.run(["git", "-C", str(tmp_path), "init", "-q"], check=True)
    (tmp_path / ".gitignore").write_text("build/\n*.bak.md\n!keep.bak.md\n", encoding="utf-8")
    (tmp_path / "README.md").write_text(GOOD, encoding="utf-8")
    for name in ("build", "sub"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "LICENSE").write_text("CC BY-NC 4.0", encoding="utf-8")
    (tmp_path / "sub" / ".gitignore").write_text("LICENSE\n", encoding="utf-8")
    done = json.loads(run("scan", "--format", "jsonl", str(tmp_path)).stdout.splitlines()[0])
    assert done["license"] == "CC-BY-4.0"
    assert done["status"] == "found"
