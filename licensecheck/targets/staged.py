"""What a commit would hold: the files of git's index as a folder, so that nothing that is not committed has a say.

Git itself is asked for the index, which knows every version of it, worktrees, submodules and other object formats, and the
index of a partial commit (``GIT_INDEX_FILE``). A file that is in the working tree as it is in the index becomes a hard link,
so that large data is not copied; others are written by git, without filters that could run anything or use the network.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message

_SECONDS: Final = 600
_PLAIN: Final = ("-c", "core.fsmonitor=false", "-c", "filter.lfs.smudge=", "-c", "filter.lfs.process=", "-c", "filter.lfs.required=false")  # fmt: skip
_QUIET: Final = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_LFS_SKIP_SMUDGE": "1"}

_OUTER: Final = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY")


@contextmanager
def index() -> Iterator[Path]:
    """The folder that holds the files of the index, at the place in it that the current folder has in the repository, as the
    current folder; it is gone afterwards.

    Raises :class:`UsageError` where there is no repository of git with a working tree.
    """
    here = Path.cwd()
    top = Path(os.fsdecode(_git(here, "rev-parse", "--show-toplevel").rstrip(b"\n")))
    inner = Path(os.fsdecode(_git(here, "rev-parse", "--git-path", "licensecheck").rstrip(b"\n")))
    made = _folder(here / inner.parent)
    try:
        (made / ".git").mkdir()  # it is a repository of its own to whoever looks for the top of one
        _fill(top, made)
        place = made / here.resolve().relative_to(top.resolve())
        place.mkdir(parents=True, exist_ok=True)
        os.chdir(place)
        yield place
    finally:
        os.chdir(here)
        shutil.rmtree(made, ignore_errors=True)


def _folder(git: Path) -> Path:
    """A new folder, on the disk of the repository where that can be written."""
    try:
        return Path(mkdtemp(prefix="licensecheck-", dir=git))
    except OSError:
        return Path(mkdtemp(prefix="licensecheck-"))


def _git(folder: Path, *words: str, given: bytes | None = None, inner: bool = False) -> bytes:
    """What git prints; for an ``inner`` repository without what the environment says of the outer one."""
    environment = {key: value for key, value in os.environ.items() if not (inner and key in _OUTER)}
    try:
        done = subprocess.run(
            ["git", *_PLAIN, *words],
            cwd=folder,
            env={**environment, **_QUIET},
            input=given,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise UsageError(Message("--staged: git cannot be run: {why}", why=str(error))) from None
    if done.returncode:
        why = (done.stderr.decode("utf-8", "replace").strip().splitlines() or ["?"])[-1]
        raise UsageError(Message("--staged needs a git repository with a working tree: {why}", why=why))
    return done.stdout


def _fill(top: Path, made: Path, *, inner: bool = False) -> None:
    """The files of the index of the repository at ``top``, in the folder ``made``. A submodule is filled from its own working
    tree, in which the files are that its commit has; one that is not there stays an empty folder."""
    listed = [entry for entry in _git(top, "ls-files", "-z", "--stage", inner=inner).split(b"\0") if entry]
    changed = set(_git(top, "diff-files", "-z", "--name-only", "--ignore-submodules", inner=inner).split(b"\0"))
    write: list[bytes] = []
    for entry in listed:
        mode, _, stage = entry.partition(b"\t")[0].split(b" ")
        name = entry.partition(b"\t")[2]
        own, copy = top / os.fsdecode(name), made / os.fsdecode(name)
        if mode == b"160000":
            copy.mkdir(parents=True, exist_ok=True)
            if (own / ".git").exists():
                _fill(own, copy, inner=True)
        elif name in changed or mode == b"120000" or stage != b"0" or not _linked(own, copy):
            write.append(name)
    if write:
        given = b"\0".join(write) + b"\0"
        _git(top, "checkout-index", "-z", "-f", "-q", "--stdin", f"--prefix={made}/", given=given, inner=inner)


def _linked(own: Path, copy: Path) -> bool:
    """Whether ``copy`` is the regular file ``own`` now."""
    try:
        if not stat.S_ISREG(own.lstat().st_mode):
            return False
        copy.parent.mkdir(parents=True, exist_ok=True)
        os.link(own, copy)
    except OSError:
        return False
    return True
