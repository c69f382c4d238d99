"""``check --staged``: what is committed is judged, by git's own index, whatever its form."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CARD = "---\nlicense: {}\n---\n# D\n"
USE = ("--offline", "--intent", "publish-copy", "--purpose", "product")
QUIET = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
PEOPLE = {f"GIT_{who}_{what}": "t@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
KEPT = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, env={**KEPT, **QUIET, **PEOPLE}, check=True, capture_output=True)


def check(folder: Path, *words: str, **environment: str) -> int:
    command = [sys.executable, "-m", "licensecheck", "check", "--staged", *USE, *words]
    done = subprocess.run(command, cwd=folder, env={**KEPT, **QUIET, **environment}, capture_output=True, text=True)
    assert "Traceback" not in done.stderr
    return done.returncode


def begun(folder: Path, license: str = "cc-by-nc-4.0", *options: str) -> Path:
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main", *options)
    (folder / "README.md").write_text(CARD.format(license))
    (folder / "data").mkdir()
    (folder / "data" / "a.csv").write_text("a,b\n1,2\n")
    git(folder, "add", "-A")
    return folder


FORMS = {
    "2": ("update-index", "--index-version", "2"),
    "3": ("update-index", "--index-version", "3"),
    "4": ("update-index", "--index-version", "4"),
    "split": ("update-index", "--split-index"),
    "skipped": ("update-index", "--skip-worktree", "data/a.csv"),
}


@pytest.mark.parametrize(("form", "hash"), [*((form, "sha1") for form in FORMS), ("4", "sha256")])
def test_what_is_staged_is_judged_in_every_form_of_the_index(tmp_path: Path, form: str, hash: str) -> None:
    work = begun(tmp_path / "work", "cc-by-nc-4.0", f"--object-format={hash}")
    git(work, *FORMS[form])
    assert check(work) == 1
    (work / "README.md").write_text(CARD.format("cc-by-4.0"))
    assert check(work) == 1  # not staged
    git(work, "add", "README.md")
    assert check(work) == 0
    (work / "README.md").write_text(CARD.format("cc-by-nc-4.0"))
    assert check(work) == 0
    assert check(work / "data", "..") == 0
    assert not list((work / ".git").glob("licensecheck*"))


def test_an_untracked_declaration_has_no_say(tmp_path: Path) -> None:
    work = begun(tmp_path / "work")
    (work / "licensecheck.yaml").write_text(
        "clarify: [{path: README.md, license: CC0-1.0, note: we asked, date: 2026-01-01}]\n"
    )
    assert check(work) == 1


def test_a_tracked_file_that_is_ignored_counts(tmp_path: Path) -> None:
    work = begun(tmp_path / "work", "cc-by-4.0")
    (work / ".gitignore").write_text("data/\n")
    (work / "data" / "README.md").write_text(CARD.format("cc-by-nc-4.0"))
    git(work, "add", "-f", ".gitignore", "data/README.md")
    assert check(work) == 1


def test_a_worktree_a_submodule_and_a_partial_commit(tmp_path: Path) -> None:
    work = begun(tmp_path / "work", "cc-by-4.0")
    git(work, "commit", "-qm", "one")
    git(work, "worktree", "add", "-q", str(tmp_path / "other"))
    (tmp_path / "other" / "README.md").write_text(CARD.format("cc-by-nc-4.0"))
    assert check(tmp_path / "other") == 0
    git(tmp_path / "other", "add", "-A")
    assert check(tmp_path / "other") == 1
    assert check(work) == 0
    inner = begun(tmp_path / "inner")
    git(inner, "commit", "-qm", "one")
    git(work, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner), "faces")
    assert check(work) == 1
    index = {"GIT_INDEX_FILE": ".git/next", "GIT_DIR": ".git"}
    subprocess.run(["git", "read-tree", "HEAD"], cwd=work, env={**KEPT, **QUIET, **index}, check=True)
    assert check(work, **index) == 0


def test_links_stay_links_and_a_report_goes_where_it_was_asked_for(tmp_path: Path) -> None:
    work = begun(tmp_path / "work", "cc-by-4.0")
    (work / "LICENSE").symlink_to(tmp_path / "secret")
    (tmp_path / "secret").write_text("CC0 1.0")
    git(work, "add", "-A")
    assert check(work, "--format", "json", "--output", "out.json") == 4
    assert json.loads((work / "out.json").read_text())["decision"] == "review"


def test_without_a_repository_it_is_an_error_of_use(tmp_path: Path) -> None:
    assert check(tmp_path) == 2
