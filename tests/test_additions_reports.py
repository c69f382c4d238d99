"""A report format and a command are each added in one place: a module, in a temporary copy of the package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

FORMAT = '''\
"""One line: the decision and the number of sources.

For: shell prompts.
"""

from __future__ import annotations

from licensecheck.base.message import speaker
from licensecheck.model import Verdict
from licensecheck.report import Options


def render(verdict: Verdict, options: Options) -> str:
    """The line."""
    say = speaker(options.lang)
    return say("{decision} for {count} works", decision=say(verdict.decision.value), count=len(verdict.sources))
'''

COMMAND = '''\
"""``licensecheck greet``: a greeting."""

from __future__ import annotations

import click

from licensecheck.cli.options import lang_option

PLACE = 45


@click.command("greet")
@lang_option
@click.argument("name")
def command(name: str) -> int:
    """Greet NAME, and ask for a review."""
    click.echo(f"hello, {name}")
    return 3
'''


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package, its rules and its documentation in a folder of their own."""
    for name in ("licensecheck", "rules", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "_build"))
    for name in ("README.md", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def run(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """``python`` with these words, where the copy is the package that is imported."""
    environment = {key: value for key, value in os.environ.items() if key not in ("GITHUB_ACTIONS", "COLUMNS")}
    environment |= {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *words], cwd=copy, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def test_a_format_is_one_module(copy: Path) -> None:
    (copy / "licensecheck" / "report" / "formats" / "one_line.py").write_text(FORMAT, encoding="utf-8")
    card = copy / "card.md"
    card.write_text("---\nlicense: cc-by-nc-4.0\n---\n# Rows\n", encoding="utf-8")
    check = ("-m", "licensecheck", "check", str(card), "--intent", "train", "--purpose", "product", "--format")
    assert run(copy, *check, "one-line").stdout == "deny for 1 works\n"
    korean = run(copy, *check, "one-line", "--lang", "ko")
    assert korean.stdout == "거부 for 1 works\n"  # a sentence without its Korean stays English
    assert korean.returncode == 1
    wrong = run(copy, *check, "oneline")
    assert wrong.returncode == 2
    assert ", one-line, " in wrong.stderr
    assert "Did you mean `one-line`?" in wrong.stderr
    made = run(copy, "docs/generate.py")
    assert made.returncode == 0, made.stderr
    row = "| `one-line` | shell prompts | One line: the decision and the number of sources |\n"
    assert row in (copy / "docs" / "json.md").read_text(encoding="utf-8")


def test_a_command_is_one_module(copy: Path) -> None:
    (copy / "licensecheck" / "cli" / "commands" / "greet.py").write_text(COMMAND, encoding="utf-8")
    listed = run(copy, "-m", "licensecheck", "--help").stdout
    assert listed.index("  outbound ") < listed.index("  greet      Greet NAME") < listed.index("  identify ")
    greeted = run(copy, "-m", "licensecheck", "greet", "you")
    assert (greeted.stdout, greeted.returncode) == ("hello, you\n", 3)
    assert run(copy, "docs/generate.py").returncode == 0
    assert "## licensecheck greet\n" in (copy / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")


def test_every_format_says_what_it_holds_and_for_whom() -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    table = page.partition("| --- | --- | --- |\n")[2].partition("<!-- end")[0]
    assert len(table.splitlines()) == 15
    assert all(all(cell.strip() for cell in row.strip("|").split("|")) for row in table.splitlines())


@pytest.mark.parametrize(
    ("words", "alone"),
    [
        (("check", ".", "--intent", "copy", "--purpose", "product", "--format", "text"), "check"),
        (("evaluate", "MIT", "--intent", "copy", "--purpose", "product"), "evaluate"),
    ],
)
def test_a_run_loads_the_module_of_its_command_alone(words: tuple[str, ...], alone: str) -> None:
    code = (
        "import sys\nfrom licensecheck.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "kept = 'licensecheck.cli.commands.', 'licensecheck.report.formats.'\n"
        "print(sorted(name for name in sys.modules if name.startswith(kept)))\n"
    )
    folder = ROOT / "fixtures" / "no-license" / "dataset"
    done = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    loaded = done.stdout.splitlines()[-1]
    assert loaded == str([f"licensecheck.cli.commands.{alone}", "licensecheck.report.formats.text"]), done.stderr


def test_the_list_of_commands_loads_no_heavy_package() -> None:
    code = (
        "import sys\nfrom licensecheck.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "rooms = 'engine', 'identification', 'scanners', 'targets', 'attribution', 'dataset', 'verdict'\n"
        "print(sorted({name.split('.')[1] for name in sys.modules if name.startswith('licensecheck.')} & set(rooms)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout.splitlines()[-1] == "[]", done.stdout
