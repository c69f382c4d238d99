"""What the system refuses: closed and full streams, folders that are gone, full disks, processes that are ended."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

from licensecheck.base.errors import ConfigUnread
from licensecheck.base.files import write_whole
from licensecheck.dataset import declaration
from licensecheck.targets.targets import cache_folder

PROGRAM = f"{sys.executable} -m licensecheck"
DENIED = "evaluate CC-BY-NC-4.0 --intent publish-copy --purpose product"
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")


def shell(command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-c", command], cwd=cwd, capture_output=True, text=True, timeout=120, check=False)


@POSIX
@FULL
@pytest.mark.parametrize("command", [DENIED, "licenses", "--help"])
def test_a_full_standard_output_is_an_error_with_its_reason(command: str, tmp_path: Path) -> None:
    done = shell(f"{PROGRAM} {command} > /dev/full", tmp_path)
    assert done.returncode == 2
    assert done.stderr == "licensecheck: standard output cannot be written: No space left on device\n"


@POSIX
@pytest.mark.parametrize(("closed", "code"), [(">&-", 1), (">&- 2>&-", 1), ("<&- >&- 2>&-", 1)])
def test_a_closed_stream_changes_no_exit_code(closed: str, code: int, tmp_path: Path) -> None:
    done = shell(f"{PROGRAM} {DENIED} {closed}", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", "")


@POSIX
def test_a_folder_that_is_gone_is_an_error(tmp_path: Path) -> None:
    done = shell(f"mkdir gone && cd gone && rmdir ../gone && {PROGRAM} check .", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("licensecheck: the current folder no longer exists")


@pytest.mark.parametrize("target", ["a" * 300, "a/" * 2_100, "a" * 70_000, "", "  "])
@pytest.mark.parametrize("command", ["check", "scan", "tree", "init"])
def test_a_target_that_cannot_be_one_is_an_error(command: str, target: str, run: Run) -> None:
    done = run(command, target)
    assert done.code == 2
    assert done.stderr.startswith("licensecheck: ")
    assert len(done.stderr) < 3_000


def test_no_home_is_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise RuntimeError

    for name in ("HOME", "XDG_CACHE_HOME", "LICENSECHECK_CACHE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", nowhere)
    assert cache_folder() is None


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    (tmp_path / "README.md").write_text("---\nlicense: mit\n---\n", encoding="utf-8")
    kept = tmp_path / "kept.txt"
    kept.write_text("before", encoding="utf-8")

    class Full:
        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            return None

        def write(self, text: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    opened = Path.open

    def full(path: Path, mode: str = "r", *args: Any, **more: Any) -> Any:
        if mode != "x":
            return opened(path, mode, *args, **more)
        opened(path, mode, *args, **more).close()
        return Full()

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(kept, "after")
    done = run("init", str(tmp_path))
    assert (done.code, "No space left" in done.stderr) == (2, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["README.md", "kept.txt"]
    assert kept.read_text(encoding="utf-8") == "before"
    monkeypatch.setattr(Path, "open", opened)
    write_whole(kept, "after")
    assert kept.read_text(encoding="utf-8") == "after"


def test_a_project_that_cannot_be_read_is_incomplete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    (tmp_path / "README.md").write_text("---\nlicense: mit\n---\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[tool.licensecheck]\n", encoding="utf-8")
    opened = Path.open

    def refused(path: Path, *args: Any, **more: Any) -> Any:
        if path.name == declaration.PROJECT:
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, *args, **more)

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(ConfigUnread):
        declaration.find(tmp_path)
    done = run("check", str(tmp_path), "--intent", "copy", "--purpose", "product")
    assert done.code == 4
    assert "pyproject.toml:1: cannot be read: Permission denied" in done.stderr


def test_an_index_of_git_that_cannot_be_read_is_incomplete(tmp_path: Path, run: Run) -> None:
    repository = tmp_path / "r"
    repository.mkdir()
    (repository / "README.md").write_text("---\nlicense: mit\n---\n", encoding="utf-8")
    (repository / ".gitignore").write_text("cache/\n", encoding="utf-8")
    (repository / "data.csv").write_text("id\n1\n", encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=repository, check=True)
    subprocess.run(["git", "add", "-A"], cwd=repository, check=True)
    use = ("check", str(repository), "--intent", "copy", "--purpose", "product")
    assert run(*use).code == 0
    (repository / ".git/index").write_bytes(b"broken")
    done = run(*use)
    assert done.code == 4
    assert "git cannot read its index" in " ".join(done.stdout.split())


@POSIX
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("signal_", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_workers_end_with_their_parent(signal_: signal.Signals, tmp_path: Path) -> None:
    if (os.cpu_count() or 1) < 2:
        pytest.skip("one core works alone")
    for n in range(700):
        (tmp_path / f"README-{n}.md").write_text("# A\n\n" + "The data is free. " * 2_000, encoding="utf-8")
    command = [sys.executable, "-m", "licensecheck", "scan", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as parent:
        children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        workers = _until(lambda: children.read_text(encoding="ascii").split())
        parent.send_signal(signal_)
        parent.wait(timeout=60)
    assert workers
    assert _until(lambda: not any(_runs(pid) for pid in workers))


def _runs(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _until(holds: Any) -> Any:
    """What ``holds`` gives once it is true; the last answer if it is not within a minute."""
    for _ in range(600):
        if found := holds():
            return found
        time.sleep(0.1)
    return holds()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"])
def test_a_text_is_read_with_and_without_a_byte_order_mark(encoding: str) -> None:
    from licensecheck.base.files import decode

    text = "# Gulls\n\nLicense: CC BY-NC 4.0\n"
    assert decode(text.encode(encoding))[0] == text
