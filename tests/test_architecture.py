"""The floors: imports go down only, heavy packages load where they are used, and the core is pure."""

from __future__ import annotations

import ast
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "licensecheck"

FLOORS: list[tuple[str, ...]] = [
    ("base",),
    ("evidence",),
    ("model",),
    ("vocabulary", "expression"),
    ("knowledge",),
    ("engine", "identification"),  # two wings: neither knows the other
    ("scanners",),
    ("targets",),
    ("attribution",),
    ("dataset",),
    ("verdict",),
    ("report",),
    ("cli",),
    ("__main__", "hatch_build"),
]
HEIGHT = {name: floor for floor, names in enumerate(FLOORS) for name in names}
PURE = ("evidence", "model", "vocabulary", "expression", "engine")
IMPURE = {
    "os",
    "pathlib",
    "sys",
    "time",
    "datetime",
    "random",
    "socket",
    "requests",
    "yaml",
    "click",
    "subprocess",
    "io",
}
ONLY_IN = {
    "click": {"cli"},
    "requests": {"targets"},
    "urllib3": {"targets"},
    "hishel": {"targets"},
    "protego": {"targets"},
    "jinja2": {"report"},
    "markupsafe": {"report"},
    "spdx_tools": {"report"},
    "bs4": {"scanners"},
    "duckdb": {"scanners"},
    "pyarrow": {"scanners"},
    "python_calamine": {"scanners"},
    "pypdfium2": {"scanners"},
}


def modules() -> Iterator[tuple[str, Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        part = path.relative_to(PACKAGE).with_suffix("").parts[0]
        yield part, path, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "licensecheck":
                yield from ((f"licensecheck.{alias.name}", node) for alias in node.names)
            else:
                yield node.module, node


def test_every_module_has_a_floor() -> None:
    assert {part for part, _, _ in modules()} - {"__init__"} <= set(HEIGHT)


def test_imports_go_down_only() -> None:
    for part, path, tree in modules():
        if part == "__init__":
            continue
        for name, node in imported(tree):
            if not name.startswith("licensecheck."):
                continue
            other = name.split(".")[1]
            if other.startswith("__") or other == part:
                continue
            assert HEIGHT[other] < HEIGHT[part], f"{path.name}:{node.lineno}: {part} imports {other}"  # type: ignore[attr-defined]


@pytest.mark.parametrize("part", PURE)
def test_the_core_is_pure(part: str) -> None:
    for own, path, tree in modules():
        if own == part:
            found = {name.split(".")[0] for name, _ in imported(tree)} & IMPURE
            assert not found, f"{path.name} imports {found}"


def test_packages_are_imported_where_they_belong() -> None:
    for part, path, tree in modules():
        for name, _ in imported(tree):
            package = name.split(".")[0]
            if package in ONLY_IN:
                assert part in ONLY_IN[package], f"{path.name} imports {package}"


def test_only_the_command_line_prints_or_exits() -> None:
    for part, path, tree in modules():
        if part == "cli":
            continue
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("print", "exit")
                and path.name != "index.py"
            ):
                raise AssertionError(f"{path}:{node.lineno}: {node.func.id}()")


def test_nothing_private_of_the_interpreter_is_used() -> None:
    for _, path, tree in modules():
        for name, node in imported(tree):
            private = [part for part in name.split(".") if part.startswith("_") and not part.endswith("__")]
            if name == "marshal" or (private and not name.startswith("licensecheck.")):
                raise AssertionError(f"{path}:{node.lineno}: imports {name}")
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("eval", "exec"):
                raise AssertionError(f"{path}:{call.lineno}: {call.func.id}()")


def test_a_check_of_one_card_loads_no_heavy_package() -> None:
    card = Path(__file__).parent.parent / "fixtures" / "tag-and-text-disagree" / "dataset" / "README.md"
    code = (
        "import sys\nfrom licensecheck.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "heavy = {'tomllib', 'requests', 'bs4', 'lxml', 'spdx_tools', 'license_expression', 'pathspec', 'urllib3', 'hishel', 'protego'}\n"
        "print('LOADED', sorted(heavy & set(sys.modules)))\n"
    )
    words = ["check", str(card), "--intent", "publish-copy", "--purpose", "product"]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "LOADED []", done.stdout + done.stderr


def test_the_map_shows_the_floors() -> None:
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    block = page.partition("```rooms\n")[2].partition("```")[0]
    shown = [
        tuple(name.strip() for room in line.split("||") for name in room.partition("|")[0].split(","))
        for line in block.strip().splitlines()
    ]
    assert shown == list(reversed(FLOORS[: len(shown)]))


def test_what_the_map_names_exists() -> None:
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = "|".join(sorted(HEIGHT))
    names = set(re.findall(rf"`((?:{rooms})(?:\.\w+)+)`", page))
    assert len(names) > 20
    for name in names:
        if not name.endswith(".py"):
            assert pkgutil.resolve_name(f"licensecheck.{name}") is not None
    for path in re.findall(r"`((?:licensecheck|tests|rules|docs)/[\w/]+\.\w+)`", page):
        assert (PACKAGE.parent / path).is_file(), path


def test_a_module_can_be_read_at_one_sitting() -> None:
    for _, path, _ in modules():
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 500, path
