"""The hooks for pre-commit, run by the real pre-commit in throw-away git repositories."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck import scanners

ROOT = Path(__file__).parent.parent
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
CARD = "---\nlicense: {}\n---\n# Rewritten questions\n\nMade from another dataset.\n"
DECLARATION = (
    "use: {{intent: publish-adaptation, purpose: academic_research}}\nsources:\n  - {{name: W, license: {}}}\n"
)


@cache
def hooks() -> dict[str, dict[str, Any]]:
    return {hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))}


class Repository:
    """A git repository that knows nothing of the machine's own configuration."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.folder.mkdir()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_"))}
        people = {
            f"GIT_{who}_{what}": "test@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }
        self.environment = {
            **kept,
            **people,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "PRE_COMMIT_HOME": str(home),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), kept["PATH"]]),
        }
        self.run("git", "init", "-q", "-b", "main")

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False, timeout=600
        )

    def write(self, **texts: str) -> None:
        for name, text in texts.items():
            (self.folder / {"card": "README.md", "declaration": "licensecheck.yaml"}.get(name, name)).write_text(text)

    def commit(self) -> subprocess.CompletedProcess[str]:
        self.run("git", "add", "-A")
        return self.run("git", "commit", "-q", "-m", "change")

    def use(self, *hooks: dict[str, Any], **repository: str) -> None:
        config = {"repos": [{"repo": "local", **repository, "hooks": list(hooks)}]}
        (self.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
        done = self.run(sys.executable, "-m", "pre_commit", "install")
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "work", tmp_path / "home")


def here(name: str, **more: Any) -> dict[str, Any]:
    """A hook of the manifest as it stands there, run with what is installed here."""
    kept = {key: value for key, value in hooks()[name].items() if key != "minimum_pre_commit_version"}
    return {**kept, "language": "system", **more}


def test_the_manifest_is_valid(repository: Repository) -> None:
    done = repository.run(sys.executable, "-m", "pre_commit", "validate-manifest", str(MANIFEST))
    assert done.returncode == 0, done.stdout + done.stderr
    assert list(hooks()) == ["licensecheck", "licensecheck-all"]


def names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


STATING = names("""
    README README.md readme.MD README.rst README.txt README_ko.md README-zh.md README.ja.md Read_Me.md
    LICENSE LICENSE.txt LICENCE LICENSE-CC-BY-SA DATA_LICENSE DATA_LICENSE.md dataset-license.txt UNLICENSE COPYING
    COPYING.LESSER NOTICE NOTICE.txt notices.md EULA.txt TERMS_OF_USE.md third-party-notices.txt dataset.license
    photo.png.license dataset_infos.json dataset_info.json dataset-metadata.json model-metadata.json datapackage.json
    datapackage.yaml croissant.json train.croissant.json metadata.json ro-crate-metadata.json ro-crate-metadata.jsonld
    table-metadata.json csv_metadata.json collection.json catalog.json CITATION.cff codemeta.json .zenodo.json eml.xml
    REUSE.toml images.dvc tdmrep.json dcat.ttl catalog.rdf sbom.spdx.json bom.xml app.cdx.json licensecheck.yaml
    robots.txt ai.txt rsl.xml index.html LICENSE.html
    LICENSES/CC-BY-4.0.txt .reuse/dep5 data/ko/README.md data/LICENSES/MIT.txt
""")
OTHERS = names("""
    train.jsonl data/train.csv data/0001.parquet src/main.py license.py licenses.ts LICENSE.py CONTRIBUTING.md CHANGELOG.md
    readme.py readmes/one.md src/licenses/view.vue licensecheck.yaml.bak xlicensecheck.yaml package.json tsconfig.json
    .github/workflows/ci.yml docs/index.md table.xml plan.dvc.txt license_plates.csv notice_board.csv dvc.yaml my_eml.xml
    unreadme.md metadata.csv mycroissant.json README.md/part.bin
""")


def test_pre_commit_runs_the_hook_for_files_that_may_state_a_licence(repository: Repository) -> None:
    for name in [*STATING] + [name for name in OTHERS if name != "README.md/part.bin"]:
        (repository.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (repository.folder / name).write_text("x\n")
    shown = "import sys; print(*sys.argv[1:], sep='\\n')"
    repository.use(here("licensecheck", entry=sys.executable, args=["-c", shown], pass_filenames=True, verbose=True))
    repository.run("git", "add", "-A")
    done = repository.run(sys.executable, "-m", "pre_commit", "run", "--all-files")
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(STATING) <= set(done.stdout.splitlines())
    assert not set(OTHERS) & set(done.stdout.splitlines())


def matches(name: str) -> bool:
    return re.search(hooks()["licensecheck"]["files"], name) is not None


@pytest.mark.parametrize("name", [name for name in OTHERS if "/" in name])
def test_no_folder_of_a_stating_name_matters(name: str) -> None:
    assert not matches(name)


def test_every_name_that_is_read_makes_the_hook_run() -> None:
    """A change of what is scanned by its name must be checked: no name may be claimed and not be listed."""
    stems = {Path(name).name.split(".")[0] for name in STATING} - {""}
    stems |= set(
        names("""
        licenses copyright legal usage terms data_use_policy terms-for-data package_show catalogue manifest datacite ddi
        zenodo record info features data x data-package model-instance-metadata third_party_licenses x-license copying_lib
        my_readme data_license_of_x licensing licencia licença lizenz lisence rights permissions conditions disclaimer dua agreement
        라이선스 이용_약관 사용조건 저작권안내 데이터_라이센스 ライセンス 利用規約 许可证 許可證 dataset_card datacard datasheet card 00readme _license
    """)
    ) | {"license of the data"}
    ends = (
        "",
        *names("""
        .md .markdown .mdown .txt .rst .org .adoc .ko .zh-tw.md .ko.md _EN.md -de.txt .json .jsonld .yaml .yml .xml .rdf .ttl
        .toml .cff .dvc .license .spdx .spdx.json .cdx.json .bom.json -bom.json .croissant.json -metadata.json
        .metadata.json .csv .py .js .html .parquet .pdf .docx .hwp .1st .lesser .lib .cc-by -2.0
    """),
    )
    every = [form(stem + end) for stem, end in itertools.product(sorted(stems), ends) for form in (str, str.upper)]
    every += [f"LICENSES/{end.strip('.')}.txt" for end in ends]
    read = [name for name in every if any(scanner.accepts(name, "") for scanner in scanners.scanners())]
    assert len(read) > 500
    assert [name for name in read if not matches(name) or not matches(f"data/ko/{name}")] == []


def test_a_bad_card_is_refused_and_a_mended_one_allowed(repository: Repository) -> None:
    repository.use(here("licensecheck"))
    repository.write(card=CARD.format("cc-by-4.0"), declaration=DECLARATION.format("CC-BY-SA-4.0"))
    refused = repository.commit()
    assert refused.returncode == 1
    assert "CC BY-SA 4.0 §3(b)(1)" in refused.stdout + refused.stderr
    repository.write(card=CARD.format("cc-by-sa-4.0"))
    allowed = repository.commit()
    assert allowed.returncode == 0, allowed.stdout + allowed.stderr


def test_a_declaration_that_is_not_committed_lets_nothing_through(repository: Repository) -> None:
    repository.use(here("licensecheck"))
    repository.write(card=CARD.format("cc-by-nc-4.0"), declaration=DECLARATION.format("CC0-1.0") + "policy: {}\n")
    repository.run("git", "add", "README.md", ".pre-commit-config.yaml")
    assert repository.run("git", "commit", "-q", "-m", "change").returncode == 1


def test_the_declaration_changed_alone_is_held_against_the_card(repository: Repository) -> None:
    repository.use(here("licensecheck"))
    repository.write(card=CARD.format("cc-by-4.0"), declaration=DECLARATION.format("CC-BY-4.0"))
    assert repository.commit().returncode == 0
    repository.write(declaration=DECLARATION.format("CC-BY-SA-4.0"))
    refused = repository.commit()
    assert refused.returncode == 1
    assert "cannot be published under CC BY 4.0" in " ".join((refused.stdout + refused.stderr).split())


def test_a_readme_without_a_licence_is_read_with_the_license_file(repository: Repository) -> None:
    repository.use(here("licensecheck"))
    repository.write(card="# Words\n", LICENSE="This dataset is licensed under CC-BY-4.0.\n")
    repository.write(declaration="use: {intent: publish-copy, purpose: product}\n")
    assert repository.commit().returncode == 0
    repository.write(card="# Better words\n")
    allowed = repository.commit()
    assert allowed.returncode == 0, allowed.stdout + allowed.stderr


def test_data_alone_does_not_run_the_hook_and_a_push_runs_the_other(repository: Repository) -> None:
    repository.use(here("licensecheck"), here("licensecheck-all"))
    repository.write(card=CARD.format("cc-by-4.0"), declaration=DECLARATION.format("CC-BY-SA-4.0"))
    repository.run("git", "add", "-A")
    repository.run("git", "commit", "-q", "--no-verify", "-m", "bad")
    repository.write(**{"train.jsonl": "{}\n"})
    allowed = repository.commit()
    assert allowed.returncode == 0
    assert "Skipped" in allowed.stdout + allowed.stderr
    words = (sys.executable, "-m", "pre_commit", "run", "--hook-stage", "pre-push", "licensecheck-all")
    refused = repository.run(*words)
    assert refused.returncode == 1
    assert "CC BY-SA 4.0 §3(b)(1)" in refused.stdout


def test_arguments_name_a_folder_and_a_use(repository: Repository) -> None:
    repository.use(here("licensecheck", args=["--intent", "adapt", "--purpose", "personal", "data/ko"]))
    (repository.folder / "data/ko").mkdir(parents=True)
    repository.write(card="# Code\n", **{"data/ko/README.md": CARD.format("cc-by-nd-2.0")})
    first = repository.commit()
    repository.write(**{"data/ko/README.md": CARD.format("cc-by-4.0")})
    second = repository.commit()
    assert (first.returncode, second.returncode) == (1, 0), first.stdout + first.stderr + second.stdout + second.stderr
    assert "CC BY-ND 2.0" in first.stdout + first.stderr


@pytest.mark.slow
def test_pre_commit_installs_the_checkout_and_runs_it(tmp_path: Path) -> None:
    """As a user has it: pre-commit clones the checkout, builds its environment, and refuses a commit."""
    mine = Repository(tmp_path / "licensecheck", tmp_path / "home")
    left = shutil.ignore_patterns(
        ".git",
        ".venv",
        "venv",
        "__pycache__",
        ".*_cache",
        ".hypothesis",
        "_compiled",
        "dist",
        "build",
        "tests",
        "fixtures",
    )
    shutil.copytree(ROOT, mine.folder, ignore=left, dirs_exist_ok=True)
    assert mine.commit().returncode == 0
    revision = mine.run("git", "rev-parse", "HEAD").stdout.strip()

    work = Repository(tmp_path / "work", tmp_path / "home")
    work.environment["PATH"] = os.environ["PATH"]
    work.use({"id": "licensecheck"}, repo=str(mine.folder), rev=revision)
    work.write(card=CARD.format("cc-by-4.0"), declaration=DECLARATION.format("CC-BY-SA-4.0"))
    refused = work.commit()
    assert refused.returncode == 1, refused.stdout + refused.stderr
    assert "CC BY-SA 4.0 §3(b)(1)" in refused.stdout + refused.stderr
    work.write(card=CARD.format("cc-by-sa-4.0"))
    allowed = work.commit()
    assert allowed.returncode == 0, allowed.stdout + allowed.stderr


def test_the_documented_configuration_is_valid(repository: Repository) -> None:
    page = (ROOT / "docs/how-to/pre-commit.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```", page, re.M | re.S)
    assert blocks
    for block in blocks:
        config = repository.folder / ".pre-commit-config.yaml"
        config.write_text(block, encoding="utf-8")
        done = repository.run(sys.executable, "-m", "pre_commit", "validate-config", str(config))
        assert done.returncode == 0, done.stdout + done.stderr
        assert {hook["id"] for repo in yaml.safe_load(block)["repos"] for hook in repo["hooks"]} <= set(hooks())
