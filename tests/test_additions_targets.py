"""A format and a hub are one module each: in a copy of the package, adding the module is all that it takes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from server import page, record, running

ROOT = Path(__file__).parent.parent
DATS = '''"""DATS 2.2 (github.com/datatagsuite/schema): ``licenses`` of a dataset, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.scanners.document import Document, Said, Told, credit, items, words
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("DATS.json",),
    signs=(('"isAbout"', '"distributions"'),),
    fields="`licenses[].name`",
    notes="terms of access are not a license",
)


def fits(document: Document) -> bool:
    """What a dataset is about, and its distributions."""
    return isinstance(document.tree, Mapping) and {"isAbout", "distributions"} <= set(document.tree)


def read(document: Document) -> Told:
    """The licenses of the dataset."""
    named = [words(node, path, "name") for node, path in items(document.tree.get("licenses"), ("licenses",))]
    return Told(tuple(Said(found, "licenses") for found in named if found), credit(document.tree.get("title")))
'''
DATASET = {
    "title": "Gulls",
    "isAbout": [{"name": "Larus"}],
    "distributions": [{"access": {"landingPage": "https://example.org/gulls"}}],
    "licenses": [{"name": "CC BY-NC 4.0"}],
}
SHELF = '''"""A hub for this test: one record, whose README is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from licensecheck.base.message import Message
from licensecheck.targets.hub import WORD, Reading, Site, Wanted, record, setting, texts

SITE: Final = Site(
    prefix="shelf",
    title="Shelf",
    name=f"{WORD}/{WORD}",
    form=Message("shelf:owner/name"),
    page="https://shelf.example/d/{}",
    access=Message("log in"),
)


def name(text: str) -> str:
    """As it is."""
    return text


def at(host: str, steps: Sequence[str]) -> tuple[str, str] | None:
    """``/d/owner/name``."""
    return ("/".join(steps[1:3]), "") if host == "shelf.example" and steps[:1] == ["d"] else None


def read(reading: Reading, wanted: Wanted) -> None:
    """The record and its files."""
    base = setting("https://shelf.example", "SHELF_ENDPOINT")
    help = Message("there is no such dataset")
    answer = reading.page(f"{base}/api/{reading.hub.name}", (), help)
    reading.keep(answer, f"{base}/api/{reading.hub.name}#/record.json")
    paths = texts(record(answer).get("files"), "path")
    reading.files(paths, wanted, lambda p: f"{base}/d/{p}", lambda p: f"{base}/files/{p}", (), help)
'''


class Copy:
    """The package, its rules and its docs in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        aside = shutil.ignore_patterns("_compiled", "__pycache__", "_build")
        for name in ("licensecheck", "rules", "docs"):
            shutil.copytree(ROOT / name, folder / name, ignore=aside)
        shutil.copy(ROOT / ".pre-commit-hooks.yaml", folder)

    def add(self, path: str, text: str) -> None:
        assert not (self.folder / path).exists()
        (self.folder / path).write_text(text, encoding="utf-8")

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        kept = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
        return subprocess.run(
            [sys.executable, *words],
            cwd=self.folder,
            env={**kept, "PYTHONPATH": str(self.folder), "LICENSECHECK_CACHE": "", **more},
            capture_output=True,
            text=True,
            check=False,
        )

    def scan(self, target: str, *options: str, **more: str) -> dict[str, Any]:
        done = self.run("-m", "licensecheck", "scan", target, "--format", "json", *options, **more)
        assert done.returncode == 0, done.stdout + done.stderr
        document = json.loads(done.stdout)
        result: dict[str, Any] = document[0]
        return result


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "copy")


def test_a_format_is_one_module(copy: Copy, tmp_path: Path) -> None:
    folder = tmp_path / "gulls"
    folder.mkdir()
    (folder / "DATS.json").write_text(json.dumps(DATASET))
    other = tmp_path / "other"
    other.mkdir()
    (other / "gulls-and-terns.json").write_text(json.dumps(DATASET))
    assert {row["scanner"] for row in copy.scan(str(folder), "--offline")["evidence"]} == {"generic"}
    copy.add("licensecheck/scanners/formats/dats.py", DATS)
    for target in (folder / "DATS.json", folder, other / "gulls-and-terns.json", other):
        scanned = copy.scan(str(target), "--offline")
        assert scanned["license"] == "CC-BY-NC-4.0"
        assert {row["scanner"] for row in scanned["evidence"]} == {"dats"}
    done = copy.run("docs/generate.py")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "| `dats` | `DATS.json` |" in (copy.folder / "docs" / "precedence.md").read_text(encoding="utf-8")
    hooks = yaml.safe_load((copy.folder / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert re.search(hooks[0]["files"], "data/DATS.json")
    assert not re.search(hooks[0]["files"], "data/DATS.json.txt")


def test_a_hub_is_one_module(copy: Copy) -> None:
    assert copy.run("-m", "licensecheck", "scan", "shelf:ada/gulls", "--offline").returncode == 2
    copy.add("licensecheck/targets/hubs/shelf.py", SHELF)
    with running() as server:
        server.routes["/api/ada/gulls"] = record({"files": [{"path": "README.md"}, {"path": "a.csv"}]})
        server.routes["/files/README.md"] = page("---\nlicense: cc-by-sa-4.0\n---\n# Gulls\n")
        for target in ("shelf:ada/gulls", "https://shelf.example/d/ada/gulls"):
            scanned = copy.scan(target, "--allow-private", SHELF_ENDPOINT=server.base)
            assert scanned["license"] == "CC-BY-SA-4.0"
            assert {row["path"] for row in scanned["evidence"]} == {f"{server.base}/d/README.md"}
    wrong = copy.run("-m", "licensecheck", "scan", "shelf:gulls", "--offline")
    assert wrong.returncode == 2
    assert "write shelf:owner/name" in wrong.stderr
    assert copy.run("docs/generate.py").returncode == 0
    assert "| Shelf | `shelf:owner/name` |" in (copy.folder / "docs/how-to/hugging-face.md").read_text(encoding="utf-8")
