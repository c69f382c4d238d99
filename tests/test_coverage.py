"""Coverage: what covers what in a folder (tests/coverage.yaml), and laws of it over generated folders."""

from __future__ import annotations

import io
import json
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import growth
import pytest
import yaml
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st

from licensecheck.knowledge import kinds
from licensecheck.knowledge.kinds import FileClass
from licensecheck.knowledge.rulebook import load
from licensecheck.model import RANK, Decision
from licensecheck.targets import coverage
from licensecheck.targets.targets import resolve_target
from licensecheck.verdict.decide import Settings, ask, verdict

CASES = yaml.safe_load((Path(__file__).parent / "coverage.yaml").read_text(encoding="utf-8"))
USE = {"intent": "publish-adaptation", "purpose": "product"}
OPTIONS = ["--as-source", "--offline", "--intent", "publish-adaptation", "--purpose", "product"]


def put(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_what_covers_what(case: dict[str, Any], tmp_path: Path) -> None:
    found = resolve_target(str(put(tmp_path, case["files"])))
    below = {Path(one.target).relative_to(tmp_path).as_posix(): one for one in found}
    silent = [name for name, one in below.items() if not one.evidence and one.caveats]
    assert sorted(silent) == sorted(case.get("silent", [])), "silent"
    stated = {name: one.license for name, one in below.items() if name not in silent}
    assert stated == case.get("datasets", {})
    unread = [Path(p.path).relative_to(tmp_path).as_posix() for one in found for p in one.problems]
    assert unread == case.get("open", [])
    if "verdict" in case:
        assert decision(tmp_path).value == case["verdict"]


def test_every_file_of_the_cases_is_counted(tmp_path: Path) -> None:
    case = next(case for case in CASES if case.get("silent") == [".", "maps"])
    account = sum_of(put(tmp_path, case["files"]))
    assert (account.files, account.data) == (4, 3)
    assert [(Path(s.by).name, s.license, s.files) for s in account.stated] == [("LICENSE:1", "CC-BY-4.0", 1)]
    assert [(Path(s.under).relative_to(tmp_path).as_posix(), s.files) for s in account.silent] == [
        (".", 1),
        ("maps", 1),
    ]


def sum_of(root: Path) -> Any:
    (question,) = ask([str(root)], USE, Settings(source_only=True))
    assert question.coverage is not None
    return question.coverage


def decision(root: Path) -> Decision:
    (question,) = ask([str(root)], USE, Settings(source_only=True))
    return verdict(question, load()).decision


# -- laws ------------------------------------------------------------------------------------------

FOLDERS = st.sampled_from(["", "a/", "a/b/", "c/", "docs/", "data/", "code/"])
STATEMENTS = st.sampled_from(["CC BY 4.0", "CC0-1.0", "CC BY-SA 4.0", "CC BY-NC 4.0", "MIT", "All rights reserved."])
PAPERS = st.sampled_from(["LICENSE", "README.txt", "TERMS.md", "ACCESS_CONDITIONS.md"])
DATA = st.sampled_from(["x.csv", "y.parquet", "z.wav", "w.tar.gz"])


def tree_of(papers: Mapping[str, str], data: list[str]) -> dict[str, str]:
    texts = {name: f"This dataset is under {statement}\n" for name, statement in papers.items()}
    return {**dict.fromkeys(data, ""), **texts}


TREES = st.builds(
    tree_of,
    st.dictionaries(st.tuples(FOLDERS, PAPERS).map("".join), STATEMENTS, max_size=3),
    st.lists(st.tuples(FOLDERS, DATA).map("".join), min_size=1, max_size=4),
)


def decided(files: Mapping[str, str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        return RANK[decision(put(Path(folder) / "set", files))]


@settings(max_examples=25, deadline=None)
@given(TREES, st.sampled_from(["new/x.csv", "x2.flac", "a/new/y.h5"]))
def test_data_that_nothing_covers_betters_nothing(files: dict[str, str], added: str) -> None:
    assert decided({**files, added: ""}) <= decided(files)


@settings(max_examples=25, deadline=None)
@given(
    TREES,
    FOLDERS.filter(lambda name: name != "code/"),
    st.sampled_from(["LICENSE-DATA", "이용약관.txt", "Terms.md", "notes.md"]),
)
def test_a_stricter_statement_betters_nothing(files: dict[str, str], folder: str, name: str) -> None:
    strict = {
        **files,
        f"{folder}{name}": "This dataset is for non-commercial use only. Redistribution is prohibited.\n",
    }
    assert decided(strict) <= decided(files)


@settings(max_examples=15, deadline=None)
@given(TREES)
def test_noise_changes_nothing(files: dict[str, str]) -> None:
    noise = {
        "src/app.py": "print(1)\n",
        "assets/logo.png": "x",
        "banner.svg": "<svg/>",
        "docs/usage.md": "# How to load\n\nOpen the table.\n",
        "requirements.txt": "pandas\n",
        ".github/workflows/ci.yml": "on: push\n",
        "node_modules/x/LICENSE": "CC BY-NC 4.0\n",
    }
    plain = {name: text for name, text in files.items() if not name.startswith("code/")}
    if plain:
        assert decided({**plain, **noise}) == decided(plain)


def test_a_survey_is_linear() -> None:
    def listed(n: int) -> list[Path]:
        return [Path("r") / f"d{k % (n // 10)}" / "deep" / f"f{k}.csv" for k in range(n)]

    def work(files: list[Path]) -> coverage.Tree:
        tree = coverage.survey(Path("r"), files)
        coverage.silent(tree, frozenset({Path("r/d0")}))
        return tree

    assert growth.linear(work, listed(2_000), listed(16_000)).data


# -- classes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("data/a.csv.gz", FileClass.DATA),
        ("clips/a.flac", FileClass.DATA),
        ("photos/a.jpg", FileClass.DATA),
        ("assets/a.jpg", FileClass.OTHER),
        ("logo.png", FileClass.OTHER),
        ("LICENSE", FileClass.STATEMENT),
        ("Nutzungsbedingungen.txt", FileClass.STATEMENT),
        ("DataUseAgreement.docx", FileClass.STATEMENT),
        ("README (1).md", FileClass.DOCUMENTATION),
        ("읽어주세요.txt", FileClass.DOCUMENTATION),
        ("docs/index.rst", FileClass.DOCUMENTATION),
        ("src/a.json", FileClass.CODE),
        ("venv/lib/a.csv", FileClass.CODE),
        ("requirements.txt", FileClass.OTHER),
        ("texts/0001.txt", FileClass.DATA),
        ("labels/license_plate_1.txt", FileClass.DATA),
    ],
)
def test_classes_of_names(path: str, kind: FileClass) -> None:
    assert kinds.class_of(path) is kind


# -- archives --------------------------------------------------------------------------------------


def test_an_archive_is_covered_by_the_license_in_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("set/LICENSE", "CC BY 4.0\n")
        packed.writestr("set/x.csv", "a,b\n")
    (tmp_path / "b.csv").write_text("a\n")
    found = {Path(one.target).name: one.license for one in resolve_target(str(tmp_path))}
    assert found == {"a.zip": "CC-BY-4.0", tmp_path.name: None}


def test_an_archive_beside_a_license_is_no_better_than_what_is_in_it(tmp_path: Path) -> None:
    put(tmp_path, {"LICENSE": "CC BY 4.0\n"})
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as packed:
        text = b"Non-commercial use only.\n"
        info = tarfile.TarInfo("TERMS.txt")
        info.size = len(text)
        packed.addfile(info, io.BytesIO(text))
    assert decision(tmp_path) is Decision.DENY


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\x1f\x8b" + b"\x00" * 40])
@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.tar", "a.txz"])
def test_a_broken_archive_is_data(name: str, data: bytes, tmp_path: Path) -> None:
    put(tmp_path, {"LICENSE": "CC BY 4.0\n"})
    (tmp_path / name).write_bytes(data)
    assert decision(tmp_path) is Decision.ALLOW


# -- documents -------------------------------------------------------------------------------------


def test_what_was_not_read_is_a_review_with_exit_code_4(tmp_path: Path, run: Run) -> None:
    put(tmp_path, {"LICENSE": "CC BY 4.0\n", "x.csv": "a\n", "이용약관.hwp": "\0x"})
    done = run("check", str(tmp_path), *OPTIONS, "--format", "json")
    assert done.code == 4
    document = json.loads(done.stdout)
    assert document["decision"] == "review"
    (unread,) = document["coverage"]["unread"]
    assert (Path(unread["path"]).name, unread["matters"]) == ("이용약관.hwp", True)
    assert "covered: 1 of 1 data files; 0 silent, 1 not read" in " ".join(
        run("check", str(tmp_path), *OPTIONS).stdout.split()
    )


def test_a_paper_that_was_not_read_is_listed_and_changes_nothing(tmp_path: Path, run: Run) -> None:
    put(tmp_path, {"LICENSE": "CC BY 4.0\n", "x.csv": "a\n", "paper.pdf": "%PDF-1.4"})
    done = run("check", str(tmp_path), *OPTIONS, "--format", "json")
    assert done.code == 0
    (unread,) = json.loads(done.stdout)["coverage"]["unread"]
    assert (Path(unread["path"]).name, unread["matters"]) == ("paper.pdf", False)


def test_a_person_settles_what_was_not_read(tmp_path: Path, run: Run) -> None:
    put(tmp_path, {"README.md": "# D\n\n## License\n\nCC BY 4.0\n", "x.csv": "a\n", "Terms.pdf": "%PDF-1.4"})
    digest = __import__("hashlib").sha256((tmp_path / "Terms.pdf").read_bytes()).hexdigest()
    (tmp_path / "licensecheck.yaml").write_text(
        f"clarify:\n- {{path: Terms.pdf, license: CC-BY-4.0, sha256: {digest}, basis: read it, date: 2026-01-01}}\n"
    )
    assert run("check", str(tmp_path), *OPTIONS).code == 0


# -- the whole and its parts -----------------------------------------------------------------------


def test_a_target_that_was_named_is_never_dropped(tmp_path: Path, run: Run) -> None:
    put(tmp_path, {
        "ds/licensecheck.yaml": "sources: []\n", "ds/README.md": "---\nlicense: cc-by-4.0\n---\n# D\n", "ds/a.csv": "x",
        "nc/README.txt": "This dataset is for non-commercial use only.\n", "nc/x.csv": "a",
    })  # fmt: skip
    words = ["--offline", "--intent", "publish-copy", "--purpose", "product"]
    assert run("check", str(tmp_path / "ds"), str(tmp_path / "nc"), *words).code == 1


def test_declared_sources_do_not_hide_other_folders(tmp_path: Path, run: Run) -> None:
    put(tmp_path, {
        "licensecheck.yaml": "use: {intent: publish-copy, purpose: product}\n"
        "sources: [{name: A, license: CC-BY-4.0, path: a}]\n",
        "a/README.md": "---\nlicense: cc-by-4.0\n---\n# A\n", "a/x.csv": "a", "b/y.csv": "a",
    })  # fmt: skip
    done = run("check", str(tmp_path), "--offline", "--format", "json")
    document = json.loads(done.stdout)
    assert document["decision"] == "review"
    assert any(
        f["rule"] == "data-not-covered" and f"{tmp_path / 'b'} contains" in f["message"] for f in document["findings"]
    )


def test_a_declared_name_does_not_hide_another_source(tmp_path: Path, run: Run) -> None:
    put(tmp_path, {
        "licensecheck.yaml": "use: {intent: publish-copy, purpose: product}\nsources: [{name: News, license: CC-BY-4.0}]\n",
        "README.md": "---\nlicense: cc-by-4.0\nsource_datasets: [Common Crawl News]\n---\n# D\n",
    })  # fmt: skip
    names = [
        s["name"] for s in json.loads(run("check", str(tmp_path), "--offline", "--format", "json").stdout)["sources"]
    ]
    assert "Common Crawl News" in names
