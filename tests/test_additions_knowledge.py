"""A license and a rule are added by one entry each: in a copy of the product, and in a rule pack."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
LICENSE = """\
licenses:
- id: LicenseRef-Harbour-1.0
  name: {en: Harbour Data License 1.0, ko: 항만청자료 이용허락 1.0}
  short: Harbour 1.0
  category: government
  urls: ['https://harbour.example/license/1.0']
  addresses: [data.harbour.example/terms]
  names: [gull harbour open terms]
  aka: [HDL-1.0]
  grants: {copy: §1, adapt: §1, share: §1, share-adapted: §1, train: §1}
  terms: {berth: §4}
  duties:
  - {code: PROVIDER_STATEMENT, clause: §2, on: share}
  - {code: LIC_LINK, clause: §2, on: share}
  statement:
    language: en
    text: "Holds data of {agency}: {title}."
    changed: "Made from data of {agency}: {title}."
  outbound: {default: accepted, clause: §3}
  label: any
  permits: [Reproduction, Distribution, DerivativeWorks]
"""
RULE = """\
term: berth
means: {en: Not for berth plans., ko: 선석 배정에는 쓸 수 없음.}
rules:
  - id: berth-in-products
    effect: review
    when: {act: [share-copy, share-adaptation], purpose: product}
    message: {en: "{license} asks the harbor office before a product", ko: "{license}: 제품에 쓰기 전에 항만청에 물어야 함"}
    clause: "@term"
    cases:
      - {license: LicenseRef-Harbour-1.0, intent: publish-copy, purpose: product, fires: yes, decision: review}
  - id: berth-in-teaching
    effect: caveat
    when: {act: share-copy, purpose: teaching}
    message: "{license} asks teachers to write a postcard"
    clause: "@term"
    cases:
      - {license: LicenseRef-Harbour-1.0, intent: publish-copy, purpose: teaching, fires: yes, decision: allow}
"""
NAMES = (
    "Harbour Data License 1.0",
    "Harbour Data Licence 1.0",
    "Gull Harbour open terms",
    "LicenseRef-Harbour-1.0",
    "Harbour-1.0",
    "HDL-1.0",
    "Harbour 1.0",
    "항만청자료 이용허락 1.0",
    "https://harbour.example/license/1.0",
    "http://www.harbour.example/license/1.0/",
    "https://data.harbour.example/terms?lang=en",
)
TEXTS = (
    "The data is released under the Harbour Data Licence 1.0.",
    "Licensed under the Gull Harbour open terms.",
    "The data is available under [these terms](https://data.harbour.example/terms).",
    "이 데이터는 항만청자료 이용허락 1.0에 따라 배포됩니다.",
)


def run(home: Path, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(home), "COLUMNS": "200", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-m", "licensecheck", *words],
        capture_output=True, text=True, check=False, env=environment, cwd=home, input=given,
    )  # fmt: skip


def dataset(folder: Path, card: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "README.md").write_text(card, encoding="utf-8")
    return folder


CARD = "---\nlicense: other\nlicense_name: Harbour Data License 1.0\n---\n# Gulls\n"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the product with one license and one term more."""
    home = tmp_path_factory.mktemp("copy")
    shutil.copytree(
        ROOT / "licensecheck", home / "licensecheck", ignore=shutil.ignore_patterns("__pycache__", "_compiled")
    )
    shutil.copytree(ROOT / "rules", home / "rules")
    (home / "rules" / "licenses" / "harbour.yaml").write_text(LICENSE, encoding="utf-8")
    (home / "rules" / "terms" / "berth.yaml").write_text(RULE, encoding="utf-8")
    dataset(home / "gulls", CARD)
    return home


def test_an_added_license_is_identified_by_each_of_its_names(copy: Path) -> None:
    cases = copy / "cases.jsonl"
    rows = [{"id": text, "text": text} for text in (*NAMES, *TEXTS)]
    cases.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = run(copy, "identify", "--format", "jsonl", "--cases", str(cases))
    found = {row["id"]: row["license"] for row in map(json.loads, done.stdout.splitlines())}
    assert found == dict.fromkeys((*NAMES, *TEXTS), "LicenseRef-Harbour-1.0"), done.stderr


def test_an_added_license_is_judged_and_its_rules_are_worded(copy: Path) -> None:
    words = ("check", "gulls", "--intent", "publish-copy", "--purpose")
    done = run(copy, *words, "product")
    assert done.returncode == 3, done.stderr
    assert "Harbour 1.0 asks the harbor office before a product [Harbour 1.0 §4]" in done.stdout
    assert "제품에 쓰기 전에 항만청에 물어야 함" in run(copy, *words, "product", "--lang", "ko").stdout
    for lang in ("en", "ko"):
        assert "asks teachers to write a postcard" in run(copy, *words, "teaching", "--lang", lang).stdout
    shown = run(copy, "licenses", "LicenseRef-Harbour-1.0", "--lang", "ko").stdout
    assert "선석 배정에는 쓸 수 없음." in shown
    assert run(copy, "rules", "test").returncode == 0


def credit(home: Path, *options: str) -> str:
    use = (
        "--intent",
        "publish-adaptation",
        "--purpose",
        "teaching",
        "--set",
        "change=edit",
        "--set",
        "outbound=CC-BY-4.0",
    )
    return run(home, "attribute", "gulls", *use, *options).stdout


def test_an_added_license_is_credited(copy: Path) -> None:
    text = credit(copy)
    assert "Made from data of" in text
    assert "https://harbour.example/license/1.0" in text
    assert "항만청자료 이용허락 1.0" in credit(copy, "--lang", "ko")


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a rule pack of the same license and rules, and datasets under it; the product is as it is."""
    home = tmp_path_factory.mktemp("pack")
    for name, text in (("licenses", LICENSE), ("terms", RULE)):
        (home / "house" / name).mkdir(parents=True)
        (home / "house" / name / "harbour.yaml").write_text(text, encoding="utf-8")
    dataset(home / "gulls", CARD)
    for n, text in enumerate((*NAMES, *TEXTS)):
        field = f"---\nlicense: other\nlicense_name: {json.dumps(text, ensure_ascii=False)}\n---\n# Terns\n"
        dataset(home / "terns" / str(n), field if text in NAMES else f"# Terns\n\n## License\n\n{text}\n")
    return home


def inside(pack: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    command = [sys.executable, "-m", "licensecheck", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=pack)


def decided(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done.stdout)
    return {Path(source["name"]).name: source["license"] for source in found["sources"]}


def test_a_license_of_a_pack_is_identified_by_each_of_its_names(pack: Path) -> None:
    places = [f"terns/{n}" for n in range(len(NAMES) + len(TEXTS))]
    done = inside(
        pack,
        "check",
        *places,
        "--intent",
        "publish-copy",
        "--purpose",
        "teaching",
        "--rules",
        "house",
        "--format",
        "json",
    )
    assert decided(done) == {Path(place).name: "LicenseRef-Harbour-1.0" for place in places}, done.stderr


def test_a_license_of_a_pack_is_judged_and_credited(pack: Path) -> None:
    words = ("check", "gulls", "--intent", "publish-copy", "--purpose", "product")
    assert "asks the harbor office" in inside(pack, *words, "--rules", "house").stdout
    assert "제품에 쓰기 전에 항만청에 물어야 함" in inside(pack, *words, "--rules", "house", "--lang", "ko").stdout
    assert "asks the harbor office" not in inside(pack, *words).stdout
    use = ("--intent", "publish-copy", "--purpose", "teaching", "--rules", "house")
    assert "Holds data of" in inside(pack, "attribute", "gulls", *use).stdout
    (pack / "gulls" / "licensecheck.yaml").write_text("rules: ../house\n", encoding="utf-8")
    assert "asks the harbor office" in inside(pack, *words).stdout
    (pack / "gulls" / "licensecheck.yaml").unlink()


TAKEN = {
    "an id": ("aka: [HDL-1.0]", "aka: [CC-BY-NC-4.0]"),
    "a name": ("aka: [HDL-1.0]", "aka: [MIT License]"),
    "an address": ("data.harbour.example/terms", "apache.org/licenses/license-2.0"),
    "an address below another": ("data.harbour.example/terms", "apache.org/licenses/license-2.0.txt"),
    "a page": ("'https://harbour.example/license/1.0'", "'https://openmdw.ai/license/1-0/'"),
    "common words": ("gull harbour open terms", "for research purposes only"),
}


@pytest.mark.parametrize("what", TAKEN)
def test_a_pack_takes_no_name_that_the_rulebook_has(what: str, tmp_path: Path) -> None:
    (tmp_path / "house" / "licenses").mkdir(parents=True)
    (tmp_path / "house" / "terms").mkdir()
    (tmp_path / "house" / "terms" / "harbour.yaml").write_text(RULE, encoding="utf-8")
    assert TAKEN[what][0] in LICENSE
    (tmp_path / "house" / "licenses" / "harbour.yaml").write_text(LICENSE.replace(*TAKEN[what]), encoding="utf-8")
    dataset(tmp_path / "gulls", CARD)
    done = inside(tmp_path, "check", "gulls", "--intent", "publish-copy", "--purpose", "product", "--rules", "house")
    assert done.returncode == 2, done.stdout
    assert "harbour.yaml:1:" in done.stderr
