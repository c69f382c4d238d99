"""A repository that somebody made to do harm, checked by the command as it is installed, with a guard in its process.

Nothing outside the repository is read into a report, nothing is written but what was asked for, no connection is opened, and
no name or text in it reaches a terminal or a page as anything but words.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import growth
import pytest

SECRET = "s3cret-kept-outside"
CODES = (0, 1, 2, 3, 4)
USE = ("--intent", "publish-copy", "--purpose", "product")
GUARD = """
import os, sys
sys.path.insert(0, {tests!r})
import atexit, watch
context = watch.watched()
seen = context.__enter__()
def outside(event, args):
    if event == "open" and not isinstance(args[0], int):
        if os.path.realpath(os.fsdecode(args[0])).startswith({outside!r}):
            seen.append("read " + repr(args[0]))
sys.addaudithook(outside)
def tell():
    told = [line for line in seen]
    context.__exit__(None, None, None)
    with open({log!r}, "a", encoding="utf-8") as file:
        file.writelines(line.replace(chr(10), " ") + chr(10) for line in told)
atexit.register(tell)
"""


class Told(NamedTuple):
    """What a run gave: its exit code, what it wrote, and what it did."""

    code: int
    out: str
    err: str
    did: list[str]

    @property
    def both(self) -> str:
        """All that it wrote."""
        return self.out + self.err


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one good dataset, and a secret beside it."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "README.md").write_text(
        f"---\nlicense: mit\ntitle: {SECRET}\n---\n# {SECRET}\n", encoding="utf-8"
    )
    (tmp_path / "secret" / "LICENSE").write_text(f"CC BY 4.0 {SECRET}\n", encoding="utf-8")
    root = tmp_path / "repository"
    (root / "good").mkdir(parents=True)
    (root / ".git").mkdir()
    (root / "good" / "README.md").write_text("---\nlicense: cc-by-4.0\n---\n# Good\n", encoding="utf-8")
    return root


def command(root: Path, *words: str, seconds: float = 120, encoding: str = "utf-8") -> Told:
    """``licensecheck`` in ``root``, in a process of its own that tells what it does."""
    site = root.parent / "site"
    log = root.parent / "did.log"
    site.mkdir(exist_ok=True)
    tests = str(Path(__file__).parent)
    (site / "sitecustomize.py").write_text(
        GUARD.format(tests=tests, log=str(log), outside=str(root.parent / "secret")), encoding="utf-8"
    )
    log.unlink(missing_ok=True)
    kept = {k: v for k, v in os.environ.items() if k not in ("GITHUB_ACTIONS", "FORCE_COLOR", "COLUMNS", "CI")}
    done = subprocess.run(
        [sys.executable, "-m", "licensecheck", *words],
        cwd=root,
        env={
            **kept,
            "PYTHONPATH": str(site),
            "LICENSECHECK_LANG": "en",
            "HOME": str(root.parent),
            "PYTHONIOENCODING": encoding,
        },
        capture_output=True,
        timeout=seconds,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    did = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else ["the guard told nothing"]
    out, err = done.stdout.decode(encoding, "strict"), done.stderr.decode(encoding, "strict")
    told = Told(done.returncode, out, err, did)
    assert told.code in CODES, told
    assert "Traceback" not in told.both
    assert SECRET not in told.both, words
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told.both), words
    return told


def readers(target: str = ".") -> Iterator[tuple[str, ...]]:
    """Every way of reading a repository that writes nothing."""
    for form in ("text", "json", "markdown", "github", "sarif", "html"):
        yield ("check", target, *USE, "--format", form)
    yield ("check", target, "--published", *USE)
    yield ("scan", target)
    yield ("tree", target)
    yield ("attribute", target, "--check", *USE)


def harmless(root: Path) -> None:
    """All readers come to an end, and do nothing else."""
    for words in readers():
        told = command(root, *words)
        assert told.did == [], words


def test_the_guard_tells_what_is_written(repository: Path) -> None:
    told = command(repository, "check", "good", *USE, "--output", "report.txt")
    assert any("report.txt" in line for line in told.did)
    assert (repository / "report.txt").is_file()
    assert [line for line in told.did if "report.txt" not in line] == []


def test_links_lead_nowhere_outside(repository: Path) -> None:
    secret = repository.parent / "secret"
    (repository / "good" / "LICENSE").symlink_to(secret / "LICENSE")
    (repository / "linked").symlink_to(secret)
    (repository / "card").mkdir()
    (repository / "card" / "README.md").symlink_to(secret / "README.md")
    (repository / "passwd").mkdir()
    (repository / "passwd" / "LICENSE").symlink_to("/etc/passwd")
    (repository / "round").symlink_to(repository)
    (repository / "good" / "round").symlink_to("..")
    (repository / "zero").mkdir()
    (repository / "zero" / "LICENSE").symlink_to("/dev/zero")
    (repository / "zero" / "README.md").symlink_to("/dev/stdin")
    harmless(repository)
    assert "root:" not in command(repository, "scan", ".").both


def test_what_is_no_file_is_not_waited_for(repository: Path) -> None:
    os.mkfifo(repository / "good" / "LICENSE")
    os.mkfifo(repository / "good" / "licensecheck.lock")
    served = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(repository)  # the address of a socket is short
    try:
        served.bind("good/NOTICE")
    finally:
        os.chdir(here)
    (repository / "good" / "datapackage.json").mkdir()
    (repository / "README.md").mkdir()
    harmless(repository)
    served.close()


@pytest.mark.parametrize("name", ["licensecheck.yaml", "licensecheck.lock", "base.txt", "pyproject.toml"])
def test_what_the_user_writes_is_no_pipe_and_no_device(name: str, repository: Path) -> None:
    for make in (os.mkfifo, lambda path: path.symlink_to("/dev/zero"), lambda path: path.mkdir()):
        place = repository / "good" / name
        make(place)
        for words in (("check", "good", *USE), ("check", "good", "--locked", *USE), ("check", "good", "--baseline", "good/base.txt", *USE), ("tree", "good")):  # fmt: skip
            command(repository, *words)  # it ends
        place.rmdir() if place.is_dir() else place.unlink()


NAMES = (
    b"\x1b]0;owned\x07", b"a\nb", b"::error file=x::y", "\u202egnp.exe".encode(), b"\xff\xfe\x80", b"-rf", b"--help", b"<script>alert(1)<script>",
    b"x" * 240, b"$(touch pwned)", b"`touch pwned`", b"a;touch pwned", b"%s%n", b"..hidden", b" ", b"|h1| =cmd()", "가".encode() * 60, b"\\\\server\\share",
    b"&lt;", b'"><img src=x onerror=alert(1)>', b"{{7*7}}", b"{0.__class__}", b"[x](javascript:alert(1))", b"\x7f",
)  # fmt: skip


def test_names_are_only_names(repository: Path) -> None:
    for name in map(os.fsdecode, NAMES):
        (repository / name).mkdir()
        (repository / name / "README.md").write_text("---\nlicense: cc-by-nc-4.0\n---\n# x\n", encoding="utf-8")
        beside = repository / "good" / f"{name[:60]}.license"
        beside.write_text("SPDX-License-Identifier: MIT\n", encoding="utf-8")
    harmless(repository)
    assert not list(repository.rglob("pwned"))
    page = command(repository, "check", ".", *USE, "--format", "html").out
    assert "<script>alert" not in page
    assert "<img" not in page
    annotations = command(repository, "check", ".", *USE, "--format", "github").out.splitlines()
    assert all(
        re.match(r"::(error|warning|notice) (title|file)=", line) for line in annotations if line.startswith("::")
    )
    assert json.loads(command(repository, "check", ".", *USE, "--format", "json").out)["decision"] == "deny"


OUTSIDE = ("../secret", "../../secret", "good/../../secret", "~/secret", "{root}/secret", "file://{root}/secret", "\\\\secret\\share", "/etc", "/dev/zero", "/proc/self/environ")  # fmt: skip


@pytest.mark.parametrize("place", OUTSIDE)
def test_a_declaration_leads_nowhere_outside(place: str, repository: Path) -> None:
    place = place.replace("{root}", str(repository.parent))
    quoted = json.dumps(place)
    stanzas = (
        f"sources: [{{name: a, path: {quoted}}}]",
        f"sources: [{{name: a, location: {quoted}}}]",
        f"sources: [{{name: a, license: MIT, parts: [{{path: {quoted}, license: MIT}}]}}]",
        f"sources: [{{name: a, license: MIT, claims: [{{kind: permission, by: x, evidence: {quoted}}}]}}]",
        f"clarify: [{{path: {quoted}, license: MIT, sha256: {'0' * 64}, basis: x}}]",
        f"waive: [{{rule: '*', path: {quoted}, reason: x}}]",
        f"rules: {quoted}",
    )
    for stanza in stanzas:
        (repository / "licensecheck.yaml").write_text(
            f"use: {{intent: publish-copy, purpose: product}}\n{stanza}\n", encoding="utf-8"
        )
        for words in (("check", "."), ("attribute", ".", "--check")) if "claims" not in stanza else (("check", "."),):
            told = command(repository, *words)
            assert told.did == [], (stanza, words)
    card = f"---\nlicense: cc-by-4.0\nlicense_link: {quoted}\nsource_datasets: [{quoted}]\n---\n# x\n![x]({place})\n"
    (repository / "licensecheck.yaml").unlink()
    (repository / "good" / "README.md").write_text(card, encoding="utf-8")
    assert command(repository, "tree", ".").did == []
    assert command(repository, "check", ".", "--published", *USE).did == []


def test_what_is_written_goes_where_it_was_asked_for(repository: Path) -> None:
    """``--write``, ``init``, ``lock`` and ``--output`` follow no link out of the repository."""
    secret = repository.parent / "secret" / "README.md"
    before = secret.read_bytes()
    (repository / "good" / "licensecheck.yaml").write_text(
        "use: {intent: publish-copy, purpose: teaching}\nsources: [{name: a, license: CC-BY-4.0}]\n", encoding="utf-8"
    )
    (repository / "good" / "ATTRIBUTION.md").symlink_to(secret)
    (repository / "good" / "licensecheck.lock").symlink_to(secret)
    (repository / "other").mkdir()
    (repository / "other" / "licensecheck.yaml").symlink_to(secret)
    for words in (("attribute", "good", "--write"), ("lock", "good"), ("init", "other"), ("init", "other", "--force")):
        command(repository, *words)
        assert secret.read_bytes() == before, words
    assert sorted(path.name for path in repository.parent.iterdir()) == ["did.log", "repository", "secret", "site"]


def test_nothing_is_made_where_a_link_leads_that_nothing_is_at_yet(repository: Path) -> None:
    secret = repository.parent / "secret"
    before = sorted(secret.iterdir())
    (repository / "good" / "licensecheck.yaml").write_text(
        "use: {intent: publish-copy, purpose: teaching}\nsources: [{name: a, license: CC-BY-4.0}]\n", encoding="utf-8"
    )
    for name in ("ATTRIBUTION.md", "licensecheck.lock", "base.txt"):
        (repository / "good" / name).symlink_to(secret / f"new-{name}")
    (repository / "other").mkdir()
    (repository / "other" / "licensecheck.yaml").symlink_to(secret / "new.yaml")
    for words in (
        ("attribute", "good", "--write"),
        ("lock", "good"),
        ("init", "other", "--force"),
        ("check", "good", "--baseline", "good/base.txt", "--update-baseline"),
    ):
        assert command(repository, *words).code == 2, words
        assert sorted(secret.iterdir()) == before, words


def test_a_conclusion_without_its_hash_tells_none_of_a_text_outside(repository: Path) -> None:
    from hashlib import sha256

    outside = repository.parent / "secret" / "LICENSE"
    own = repository / "good" / "README.md"
    (repository / "linked").symlink_to(outside)
    for place in ("../secret/LICENSE", str(outside), "linked", "good/README.md"):
        (repository / "licensecheck.yaml").write_text(
            f"clarify: [{{path: {json.dumps(place)}, license: MIT, basis: asked}}]\n", encoding="utf-8"
        )
        told = command(repository, "check", ".", *USE)
        assert told.code == 2
        assert sha256(outside.read_bytes()).hexdigest() not in told.both
        assert (sha256(own.read_bytes()).hexdigest() in told.both) == (place == "good/README.md")


def test_gitignore_files_are_no_pipes_and_have_bounds(repository: Path) -> None:
    from licensecheck.base.files import walk

    (repository / ".git").rmdir()
    subprocess.run(["git", "-C", str(repository), "init", "-q"], check=True)
    os.mkfifo(repository / "good" / ".gitignore")
    assert command(repository, "check", ".", *USE).code == 0
    (repository / "good" / ".gitignore").unlink()
    below = repository
    for _ in range(120):
        below = below / "d"
        below.mkdir()
        (below / ".gitignore").write_text("ignored.md\n" + "*.x\n" * 300, encoding="utf-8")
        (below / "ignored.md").touch()
    found = growth.linear(
        lambda place: {path for path in walk(place) if isinstance(path, Path)},
        repository / "/".join("d" * 105),
        repository,
    )
    assert repository / "d" / "ignored.md" not in found
    assert below / "ignored.md" in found, "what is not heeded is read, and not left out"


DECLARED = "use: {intent: publish-copy, purpose: teaching}\nsources: [{name: a, license: CC-BY-4.0%s}]\n"


@pytest.mark.parametrize("place", ["../secret", "../secret/README.md", "linked", "linked/README.md", "{root}/secret"])
def test_the_lock_holds_nothing_from_outside(place: str, repository: Path) -> None:
    (repository / "linked").symlink_to(repository.parent / "secret")
    place = place.replace("{root}", str(repository.parent))
    (repository / "licensecheck.yaml").write_text(DECLARED % f", path: {json.dumps(place)}", encoding="utf-8")
    for words in (("lock", "."), ("drift", "."), ("check", ".", "--locked")):
        told = command(repository, *words)
        assert told.code == 2, words
        assert told.did == [], words
    assert not (repository / "licensecheck.lock").exists()


def test_texts_of_licences_in_a_linked_folder_are_not_read(repository: Path) -> None:
    secret = repository.parent / "secret"
    (repository / "good" / "licensecheck.yaml").write_text(DECLARED % "", encoding="utf-8")
    (repository / "good" / "LICENSES").symlink_to(secret)
    (secret / "CC-BY-4.0.txt").write_text(f"{SECRET} Creative Commons Attribution 4.0\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in secret.iterdir()}
    for words in (("attribute", "good", "--check"), ("attribute", "good", "--write"), ("check", "good")):
        command(repository, *words)
        assert {path: path.read_bytes() for path in secret.iterdir()} == before


@pytest.mark.parametrize(
    "text",
    [
        '"\\e]0;x\\a\\u202e": 1\n',
        '"\\n::error file=x::y": 1\n',
        'rules: "\\e[2J"\n',
        DECLARED % ', path: "a\\0b"',
        DECLARED % f", claims: [{{kind: permission, by: x, evidence: {'e' * 5000}.pdf}}]",
    ],
)
def test_an_error_is_one_line_of_words(text: str, repository: Path) -> None:
    (repository / "good" / "licensecheck.yaml").write_text(text, encoding="utf-8")
    told = command(repository, "check", "good", *USE)
    assert not told.err.strip() or told.err.count("\n") == 1
    assert "\n::" not in told.err


def test_files_that_the_user_writes_have_an_end(repository: Path) -> None:
    place = repository / "good"
    (place / "licensecheck.yaml").write_text(DECLARED % "", encoding="utf-8")
    (place / "base.txt").write_text("[" * 100_000, encoding="utf-8")
    assert command(repository, "check", "good", "--baseline", "good/base.txt").code == 2
    for name, words in (
        ("licensecheck.yaml", ()),
        ("licensecheck.lock", ("--locked",)),
        ("base.txt", ("--baseline", "good/base.txt")),
    ):
        kept = (place / name).read_bytes() if (place / name).exists() else b""
        with (place / name).open("wb") as file:
            file.truncate(100_000_000)
        told = command(repository, "check", "good", *USE, *words)
        assert told.code == 2
        assert "too large" in told.err
        (place / name).write_bytes(kept)


def test_a_letter_that_the_console_lacks_ends_no_run(repository: Path) -> None:
    card = "---\nlicense: other\nlicense_name: '공공누리 \\U0001f600 \U0001f600'\n---\n# \U0001f600\n"
    (repository / "good" / "README.md").write_text(card, encoding="utf-8")
    for form in ("text", "json", "markdown", "html"):
        told = command(repository, "check", ".", *USE, "--format", form, encoding="cp949")
        assert told.code in (1, 3), form


def test_depth_and_number_have_bounds(repository: Path) -> None:
    here = os.open(repository, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(os.open("LICENSE", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)
    many = repository / "many"
    many.mkdir()
    for number in range(5000):
        (many / f"f{number}.txt").touch()
    try:
        for words in (("check", ".", *USE), ("scan", "."), ("tree", ".")):
            did = command(repository, *words).did
            assert [event for event in did if not event.startswith("os.fork")] == [], "workers read many files"
    finally:  # pytest cannot delete what is so deep
        subprocess.run(["rm", "-rf", str(repository / "d")], check=True)


def test_many_files_are_walked_in_time_that_grows_as_they_do(tmp_path: Path) -> None:
    from licensecheck.base.files import walk

    small, large = tmp_path / "small", tmp_path / "large"
    for place, count in ((small, 5_000 // growth.TIMES), (large, 5_000)):
        place.mkdir()
        for number in range(count):
            (place / f"f{number}.txt").touch()
    assert growth.linear(lambda place: list(walk(place)), small, large)


def test_archives_and_tables_are_not_unpacked_without_end(repository: Path) -> None:
    import gzip
    import zipfile

    data = repository / "good"
    with zipfile.ZipFile(data / "datapackage.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../evil/LICENSE", SECRET)
        archive.writestr("bomb", b"\0" * 30_000_000)
    (data / "data.csv.gz").write_bytes(gzip.compress(b"license\n" + b"MIT\n" * 5_000_000))
    (data / "x.parquet").write_bytes(b"PAR1" + b"\xff" * 1000 + b"PAR1")
    rows = "".join(f"{n},=cmd()|{n}\x1b[31m{'x' * 20},<script>{n}</script>\n" for n in range(60_000))
    (data / "data.csv").write_text("id,license,rights\n" + rows, encoding="utf-8")
    (data / "pyproject.toml").write_text(
        '[tool.licensecheck]\nuse = {intent = "\x7f"}\n[[tool.licensecheck.sources]]\nname = 1\n', encoding="utf-8"
    )
    (data / "licensecheck.lock").write_text("[" * 100_000, encoding="utf-8")
    harmless(repository)
    assert not list(repository.parent.rglob("evil"))


def test_addresses_are_not_opened_by_themselves(repository: Path) -> None:
    card = (
        "---\nlicense: other\nlicense_link: http://169.254.169.254/latest/meta-data\nsource_datasets: [hf:a/b, 'http://127.0.0.1:1/x']\n"
        "---\n# x\n<img src=http://127.0.0.1/pixel>\nLicensed under <http://127.0.0.1:9/license>\n"
    )
    (repository / "good" / "README.md").write_text(card, encoding="utf-8")
    (repository / "good" / "licensecheck.yaml").write_text(
        "use: {intent: publish-copy, purpose: product}\nsources: [{name: a, location: 'http://127.0.0.1:1/'}]\n",
        encoding="utf-8",
    )
    (repository / "good" / "croissant.json").write_text(
        json.dumps({"@context": "http://127.0.0.1:1/context", "license": "http://127.0.0.1:1/l"}), encoding="utf-8"
    )
    (repository / "good" / "data.rdf").write_text(
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
        encoding="utf-8",
    )
    harmless(repository)
    told = command(repository, "check", "good", "--follow", "--offline")
    assert told.did == []
