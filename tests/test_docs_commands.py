"""Every command that README.md and the pages of docs show is run, page by page in an empty folder, and does what it says.

How pages are written so that they can be run:

- A block of ``sh``, ``bash`` or ``console`` is run statement by statement, and has to end with 0, or as a comment at
  its end says: ``licensecheck check news  # exit 1``.
- ``<!-- output -->`` above the next block: that is what the statements print, where a line ``...`` stands for any lines.
- ``<!-- file: path -->`` above a block: the reader writes it to that file.
- ``<!-- not run: why -->`` above a block: it is not run. Words of licensecheck in it have still to be known ones.
- A block in which ``DATASET`` stands is a synopsis: each line is run on a dataset of that name, with any answer.

Statements that are one call of licensecheck run in this process, and reach a stand-in for the network alone. All others
run in a real bash, whose path holds a few tools and no way out.
"""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import NamedTuple

import click
import pytest
import yaml
from conftest import Run
from server import PUBLIC, Names, Server, page, record, running

from licensecheck import vocabulary
from licensecheck.cli.app import app
from licensecheck.dataset import declaration
from licensecheck.knowledge import rulebook
from licensecheck.report import REPORTERS
from licensecheck.scanners import formats

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
SITE = DOCS / "site" / "mkdocs.yml"
PAGES = sorted(p for p in [ROOT / "README.md", *DOCS.rglob("*.md")])
SHELLS = ("sh", "bash", "console", "shell")
TOOLS = ("bash", "cat", "cp", "dirname", "env", "git", "ls", "mkdir", "mv", "printf", "rm", "sed", "sh")
HOSTS = ("huggingface.co", "wiki.example")
OUTSIDE = 99
"""What a licensecheck in the bash exits with where it tries to open a connection."""
OTHERS = frozenset({"run", "tests", "end"})
"""Marks of the README, whose blocks ``test_readme.py`` and CI run."""
FENCE = re.compile(r"^(?P<indent> *)```(?P<language>[\w-]*)[^\n]*\n(?P<text>.*?)^(?P=indent)```[ \t]*$", re.M | re.S)
MARK = re.compile(r"<!--\s*((?:(?!-->).)*?)\s*-->\s*\Z", re.S)


class Block(NamedTuple):
    """A fenced block of a page: ``mark`` is the comment above it."""

    line: int
    language: str
    mark: str
    text: str

    @property
    def is_commands(self) -> bool:
        return self.language in SHELLS

    @property
    def reason(self) -> str | None:
        """Why it is not run; None where it is."""
        if self.mark in OTHERS:
            return "run by tests/test_readme.py and by CI"
        return self.mark.removeprefix("not run:").strip() if self.mark.startswith("not run") else None


class Statement(NamedTuple):
    """One statement of a shell, with the exit code that its comment tells."""

    text: str
    code: int


class Printed(NamedTuple):
    """What a statement printed, and its exit code."""

    text: str
    code: int


def blocks(text: str) -> Iterator[Block]:
    for found in FENCE.finditer(text):
        mark = MARK.search(text[: found.start()])
        lines = (line.removeprefix(found["indent"]) for line in found["text"].splitlines())
        yield Block(
            text.count("\n", 0, found.start()) + 1, found["language"], mark[1] if mark else "", "\n".join(lines)
        )


def statements(block: Block) -> Iterator[Statement]:
    """The statements of a block: a line, with what its backslashes, open quotes and here-documents take in."""
    lines = iter(block.text.splitlines())
    for line in lines:
        if block.language == "console":
            if not line.startswith("$ "):
                continue
            line = line[2:]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        told = re.search(r"\s#\s*exit (\d+)\s*$", line)
        made = line
        if here := re.search(r"<<-?\s*(['\"]?)(\w+)\1", line):
            for inner in lines:
                made += f"\n{inner}"
                if inner.strip() == here[2]:
                    break
        while made.endswith("\\") or not is_closed(made):
            made += "\n" + next(lines)
            told = told or re.search(r"\s#\s*exit (\d+)\s*$", made)
        yield Statement(made, int(told[1]) if told else 0)


def is_closed(text: str) -> bool:
    if "<<" in text:
        return True
    try:
        shlex.split(text, comments=True)
    except ValueError:
        return False
    return True


def words(statement: str) -> list[str] | None:
    """The words of a statement that is one plain call of licensecheck, else None."""
    if not statement.startswith("licensecheck ") or re.search(r"[$`*]", statement.split(" #")[0]):
        return None
    lexer = shlex.shlex(statement.replace("\\\n", " "), posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    tokens = list(lexer)
    return None if any(set(token) & set("|&;<>()") and not token.isalnum() for token in tokens) else tokens[1:]


def same(shown: str, printed: str) -> bool:
    """Whether ``printed`` is what ``shown`` says, where ``...`` stands for any lines; the rules' digest is left out."""
    plain = [re.sub(r", rules [0-9a-f]+", "", text).rstrip() for text in (shown, printed)]
    lines = [[line.rstrip() for line in text.strip("\n").splitlines()] for text in plain]
    pattern = "".join(r"(?:[^\n]*\n)*?" if line.strip() == "..." else re.escape(line) + r"\n" for line in lines[0])
    return re.fullmatch(pattern, "\n".join(lines[1]) + "\n") is not None


class Reader:
    """Somebody who types what one page shows, in an empty folder of their own."""

    def __init__(self, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        self.run = run
        self.monkeypatch = monkeypatch
        self.here = folder / "work"
        self.here.mkdir()
        (folder / ".git").mkdir()  # no declaration above this folder counts
        self.tools = folder / "bin"
        self.tools.mkdir()
        self.environment = {
            "HOME": str(folder),
            "PATH": str(self.tools),
            "LANG": "C.UTF-8",
            "TMPDIR": str(folder),
            "LICENSECHECK_LANG": "en",
            "LICENSECHECK_CACHE": str(folder / "cache"),
            "PRE_COMMIT_HOME": str(folder / "pre-commit"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **{f"GIT_{who}_{what}": "me@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        }
        self._fill(folder)

    def _fill(self, folder: Path) -> None:
        """The tools, and a licensecheck that opens no connection."""
        for name in TOOLS:
            if place := shutil.which(name):
                (self.tools / name).symlink_to(place)
        program = folder / "offline.py"
        program.write_text(
            "import socket\n"
            f"def refuse(*_, **__): raise SystemExit({OUTSIDE})\n"
            "socket.socket.connect = socket.getaddrinfo = refuse\n"
            "from licensecheck.cli import main\n"
            "main()\n",
            encoding="utf-8",
        )
        for name, call in (("licensecheck", shlex.quote(str(program))), ("pre-commit", "-m pre_commit")):
            tool = self.tools / name
            tool.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {call} "$@"\n', encoding="utf-8")
            tool.chmod(0o755)

    def type(self, statement: str) -> Printed:
        """Run one statement where the last one left off."""
        self.monkeypatch.chdir(self.here)
        if told := re.fullmatch(r"export (\w+)=(\S*)", statement.strip()):
            self.environment[told[1]] = shlex.split(told[2] or "''")[0]
            return Printed("", 0)
        if (plain := words(statement)) is not None:
            for name, value in self.environment.items():
                self.monkeypatch.setenv(name, value)
            rulebook._load.cache_clear()  # a page may have changed its pack meanwhile
            done = self.run(*plain)
            return Printed(done.stdout + done.stderr, done.code)
        ended = self.tools.parent / "ended"
        script = f"trap 'pwd > {shlex.quote(str(ended))}' EXIT\n{statement}"
        made = subprocess.run(
            [str(self.tools / "bash"), "-euo", "pipefail", "-c", script],
            cwd=self.here, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            check=False, timeout=120, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        self.here = Path(ended.read_text(encoding="utf-8").rstrip("\n"))
        return Printed(made.stdout, made.returncode)

    def execute(self, program: str) -> str:
        """What a program of Python prints."""
        self.monkeypatch.chdir(self.here)
        out = io.StringIO()
        with redirect_stdout(out):
            exec(compile(program, "<docs>", "exec"), {"__name__": "__main__"})
        return out.getvalue()

    def write(self, path: str, text: str) -> None:
        file = (self.here / path).resolve()
        assert file.is_relative_to(self.here)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n", encoding="utf-8")


# --- what stands in for the network -----------------------------------------------------------------------------------

COMMIT = "0123456789abcdef0123456789abcdef01234567"
CARD = """---
license: cc-by-4.0
---
# Name

## Licensing Information

This dataset is under CC BY-SA 4.0.
"""
WIKI = """<html lang="ko"><head><title>Bread</title></head><body><h1>Bread</h1><p>Words about bread.</p>
<footer>The content of this wiki is available under <a rel="license"
href="https://creativecommons.org/licenses/by-nc-sa/2.0/kr/">CC BY-NC-SA 2.0 KR</a>.</footer></body></html>"""


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The sites that the pages name, on the loopback; nothing else is reached."""
    import trustme

    authority = trustme.CA()
    bundle = tmp_path_factory.mktemp("tls") / "authority.pem"
    authority.cert_pem.write_to_path(str(bundle))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*HOSTS).configure_cert(context)
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name.startswith(("HF_", "HUGGING", "GITHUB_", "GH_", "KAGGLE_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    with running(context) as server:
        Names(monkeypatch, server).known = {host: [[PUBLIC]] for host in HOSTS}
        server.routes = {
            "/api/datasets/owner/name": record(
                {
                    "id": "owner/name",
                    "sha": COMMIT,
                    "siblings": [{"rfilename": "README.md"}, {"rfilename": "a.parquet"}],
                }
            ),
            f"/datasets/owner/name/resolve/{COMMIT}/README.md": page(CARD, "text/markdown"),
            "/bread": page(WIKI, "text/html; charset=utf-8"),
            "/robots.txt": page("User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /\n"),
        }
        server.routes["/api/datasets/owner/name/revision/v2"] = server.routes["/api/datasets/owner/name"]
        yield server


# --- the tests --------------------------------------------------------------------------------------------------------


def pages_with_commands() -> list[Path]:
    return [p for p in PAGES if any(block.is_commands for block in blocks(p.read_text(encoding="utf-8")))]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", pages_with_commands(), ids=name)
def test_the_commands_of_a_page_do_what_it_says(
    path: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, network: Server
) -> None:
    reader = Reader(tmp_path, run, monkeypatch)
    printed: str | None = None
    for block in blocks(path.read_text(encoding="utf-8")):
        where = f"{name(path)}:{block.line}"
        if block.mark.startswith("file:"):
            reader.write(block.mark.removeprefix("file:").strip(), block.text)
        elif block.language == "python":
            printed = reader.execute(block.text)
        elif block.is_commands and block.reason is not None:
            printed = None
            for text in unknown(block, run):
                pytest.fail(f"{where}: {text}")
        elif block.is_commands:
            printed = ""
            synopsis = "DATASET" in block.text
            for statement in statements(block):
                done = answered(reader, statement.text) if synopsis else reader.type(statement.text)
                printed += done.text
                right = done.code != 2 if synopsis else done.code == statement.code
                assert right, f"{where}: `{statement.text}` ends with {done.code}:\n{done.text}"
        elif block.mark == "output" and printed is not None:
            assert same(block.text, printed), f"{where}: it prints\n{printed}"


def answered(reader: Reader, statement: str) -> Printed:
    """A line of a synopsis, on a dataset with a declaration, or without one where it is not made for such."""
    for fixture in ("korquad-unchanged", "news-ccl"):
        shutil.copytree(ROOT / "fixtures" / fixture / "dataset", reader.here / "DATASET")
        done = reader.type(statement)
        shutil.rmtree(reader.here / "DATASET")
        if done.code != 2:
            break
    return done


def unknown(block: Block, run: Run) -> Iterator[str]:
    """What a block that is not run has wrong: it is asked without a network whether its words are known."""
    for statement in statements(block):
        asked = words(statement.text)
        if asked and asked[0] in ("check", "scan"):
            done = run(*asked, "--offline")
            if done.code == 2:
                yield f"`{statement.text}`: {done.stderr}"


def test_what_is_not_run_says_why() -> None:
    silent = [
        f"{name(path)}:{block.line}"
        for path in PAGES
        for block in blocks(path.read_text(encoding="utf-8"))
        if block.is_commands and block.reason is not None and len(block.reason) < 8
    ]
    assert not silent


def test_an_output_stands_below_what_prints_it() -> None:
    for path in PAGES:
        before = False
        for block in blocks(path.read_text(encoding="utf-8")):
            assert block.mark != "output" or before, f"{name(path)}:{block.line}"
            before = before or block.is_commands or block.language == "python"


def test_commands_in_running_words_are_known() -> None:
    found = 0
    for path in PAGES:
        for inline in re.findall(r"(?<!`)`licensecheck ([a-z][^`\n]*)`(?!`)", path.read_text(encoding="utf-8")):
            command: click.Command | None = app
            for word in inline.split():
                assert command
                if isinstance(command, click.Group) and not word.startswith("-"):
                    command = command.get_command(click.Context(command), word)
                    assert command, f"{name(path)}: {inline}"
                    found += 1
                elif word.startswith("--"):
                    known = {option for parameter in command.params for option in parameter.opts}
                    assert word.partition("=")[0] in known | {"--version"}, f"{name(path)}: {inline}"
    assert found


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("a\n\n# said\nb  # exit 3\n", [("a", 0), ("b  # exit 3", 3)]),
        ("cat > x <<'EOF'\na\n\n# b\nEOF\nc", [("cat > x <<'EOF'\na\n\n# b\nEOF", 0), ("c", 0)]),
        ("a \\\n  b  # exit 1", [("a \\\n  b  # exit 1", 1)]),
        ("printf 'a\nb'\nc", [("printf 'a\nb'", 0), ("c", 0)]),
    ],
)
def test_statements(text: str, made: list[tuple[str, int]]) -> None:
    assert [tuple(s) for s in statements(Block(1, "sh", "", text))] == made


def test_only_plain_calls_stay_in_this_process() -> None:
    assert words("licensecheck check a 'b c'  # exit 1") == ["check", "a", "b c"]
    for text in ("ls", "licensecheck check a > b", "licensecheck scan a | head", "licensecheck scan $A", "a; b"):
        assert words(text) is None


@pytest.mark.parametrize(
    ("shown", "printed", "right"),
    [
        ("a\nb", "a\nb\n", True),
        ("a\n...\nd", "a\nb\nc\nd", True),
        ("a\n...\nd", "a\nd", True),
        ("a", "a\nb", False),
        ("a\n...\ne", "a\nb", False),
        ("(0.1.0)", "(0.1.0, rules 48f02aa4)", True),
    ],
)
def test_outputs(shown: str, printed: str, right: bool) -> None:
    assert same(shown, printed) is right


def test_a_block_that_fails_is_seen(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(tmp_path, run, monkeypatch)
    assert reader.type("false").code == 1
    assert reader.type("curl https://example.org").code == 127
    assert reader.type("licensecheck scan --isolated").code == 2
    assert reader.type("licensecheck scan https://example.org > x").code == OUTSIDE
    assert reader.type("mkdir a && cd a").code == 0
    assert reader.here == tmp_path / "work" / "a"


# --- the site ---------------------------------------------------------------------------------------------------------


def test_the_site_builds_without_warnings(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(SITE), "-d", str(tmp_path / "site")],
        capture_output=True, text=True, check=False, timeout=300, cwd=ROOT,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    assert "WARNING" not in built.stderr
    made = {p.relative_to(tmp_path / "site").as_posix() for p in (tmp_path / "site").rglob("*.html")}
    assert {"index.html", "tutorial/index.html", "reference/rules/index.html"} <= made
    assert not list((tmp_path / "site").rglob("*.py"))


def rows(page: str, heading: str) -> list[str]:
    """The words of the first cells of the table below a heading."""
    section = re.split(r"^#+ ", (DOCS / page).read_text(encoding="utf-8"), flags=re.M)
    table = next(text for text in section if text.startswith(f"{heading}\n"))
    cells = re.findall(r"^\| (`[^|]*) \|", table, re.M)
    return [word for cell in cells for word in re.findall(r"`([^`]+)`", cell)]


def test_every_format_of_reports_is_told() -> None:
    assert sorted(rows("json.md", "Formats")) == sorted({*REPORTERS, "auto"})


def test_every_member_of_a_verdict_is_told() -> None:
    schema = json.loads((DOCS / "schemas" / "verdict-1.json").read_text(encoding="utf-8"))
    told = set(re.findall(r"`(\w+)`", (DOCS / "json.md").read_text(encoding="utf-8")))
    assert set(schema["properties"]) - {"schema", "id", "error", "licensecheck"} <= told
    assert set(schema["$defs"]["source"]["properties"]) - {"name"} <= told


def test_every_axis_and_value_of_a_use_is_told() -> None:
    page = (DOCS / "declaration.md").read_text(encoding="utf-8")
    section = page.split("\n## The use\n")[1].split("\n## ")[0]
    told = set(re.findall(r"[\w-]+", section))
    assert set(vocabulary.INTENTS) | set(vocabulary.AXES) - {"licensee"} <= told
    assert {value for axis, values in vocabulary.AXES.items() if axis != "licensee" for value in values} <= told


def test_every_key_of_a_declaration_is_told() -> None:
    page = (DOCS / "declaration.md").read_text(encoding="utf-8")
    schema = json.loads((DOCS / "schemas" / "declaration-1.json").read_text(encoding="utf-8"))
    keys = set(schema["properties"])
    for key in ("sources", "clarify", "waive"):
        keys |= set(schema["properties"][key]["items"]["properties"])
    assert [key for key in sorted(keys | set(declaration.CLAIM_KEYS)) if not re.search(rf"\b{key}\b", page)] == []


def test_every_format_of_metadata_is_told() -> None:
    assert sorted(rows("precedence.md", "Metadata formats")) == sorted(formats.modules())


def named(entries: object) -> Iterator[str]:
    if isinstance(entries, str):
        yield entries
    elif isinstance(entries, Mapping):
        for inner in entries.values():
            yield from named(inner)
    elif isinstance(entries, list):
        for inner in entries:
            yield from named(inner)


def test_every_page_is_in_the_map() -> None:
    listed = list(named(yaml.safe_load(SITE.read_text(encoding="utf-8"))["nav"]))
    there = {p.relative_to(DOCS).as_posix() for p in DOCS.rglob("*.md")}
    assert sorted(listed) == sorted(there)
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    assert [page for page in listed if page != "index.md" and f"({page})" not in index] == []
