"""``licensecheck.yaml``: read as strictly as a rule, and what it makes of ``check``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run

USE = "use: {intent: publish-adaptation, purpose: academic_research}\n"


def dataset(folder: Path, declaration: str, license: str = "cc-by-4.0") -> str:
    folder.mkdir(exist_ok=True)
    (folder / "README.md").write_text(f"---\nlicense: {license}\n---\n\n# Ours\n", encoding="utf-8")
    (folder / "licensecheck.yaml").write_text(declaration, encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("use: {intnet: copy}\n", 1, "intent"),
        ("use:\n  purpose: produkt\n", 2, "product"),
        ("sorces: []\n", 1, "sources"),
        ("sources:\n  - name: A\n    licence: MIT\n", 3, "license"),
        ("sources:\n  - license: MIT\n", 2, "name"),
        ("sources:\n  - name: A\n    license: MIT OR\n", 3, "SPDX"),
        ("use: {intent: copy}\nuse: {intent: train}\n", 2, "twice"),
        ("sources:\n  - name: A\n  - name: A\n", 2, "own name"),
        ("sources:\n  - name: A\n    claims:\n      - kind: premission\n", 4, "permission"),
        ("sources: [\n", 1, "YAML"),
        ("sources:\n  - name: A\n    path: ../elsewhere\n", 2, "leads out"),
        ("sources:\n  - name: A\n    path: gone\n", 2, "does not exist"),
    ],
)
def test_what_does_not_hold_names_its_line(text: str, line: int, says: str, tmp_path: Path, run: Run) -> None:
    done = run("check", dataset(tmp_path / "d", text))
    assert done.code == 2
    assert f"licensecheck.yaml:{line}:" in done.stderr or (says == "YAML" and "licensecheck.yaml:" in done.stderr)
    assert says in done.stderr


def test_the_datasets_own_license_is_the_outbound_one(tmp_path: Path, run: Run) -> None:
    sources = "sources:\n  - {name: Wiki, license: CC-BY-SA-4.0}\n"
    assert run("check", dataset(tmp_path / "d", USE + sources)).code == 1
    assert run("check", dataset(tmp_path / "d", USE + sources, "cc-by-sa-4.0")).code == 0


def test_as_source_asks_the_first_question(tmp_path: Path, run: Run) -> None:
    place = dataset(tmp_path / "d", USE + "sources:\n  - {name: Wiki, license: CC-BY-SA-4.0}\n")
    done = run("check", place, "--as-source", "--format", "json")
    assert [s["license"] for s in json.loads(done.stdout)["sources"]] == ["CC-BY-4.0"]


def test_a_sources_own_papers_are_read_and_held_against_its_declaration(tmp_path: Path, run: Run) -> None:
    place = dataset(tmp_path / "d", USE + "sources:\n  - {name: Wiki, license: CC-BY-4.0, path: third_party/wiki}\n")
    papers = tmp_path / "d" / "third_party" / "wiki"
    papers.mkdir(parents=True)
    (papers / "README.md").write_text("# Wiki\n\n## License\n\nCC BY-NC 4.0\n", encoding="utf-8")
    done = run("check", place, "--format", "json")
    verdict = json.loads(done.stdout)
    assert verdict["conflicts"]
    places = {claim["path"].rsplit("/", 1)[-1] for claim in verdict["conflicts"][0]["claims"]}
    assert places == {"licensecheck.yaml", "README.md"}
    commercial = run("check", place, "--purpose", "product")
    assert commercial.code == 1


def test_what_metadata_names_and_nobody_declared_is_review(tmp_path: Path, run: Run) -> None:
    place = dataset(tmp_path / "d", USE + "sources:\n  - {name: Wiki, license: CC-BY-4.0}\n")
    card = tmp_path / "d" / "README.md"
    card.write_text("---\nlicense: cc-by-4.0\nsource_datasets:\n  - extended|squad\n---\n# Ours\n", encoding="utf-8")
    done = run("check", place, "--format", "json")
    assert done.code == 3
    assert any("squad" in source["name"] for source in json.loads(done.stdout)["sources"])


def test_own_work_is_said_with_an_empty_list(tmp_path: Path, run: Run) -> None:
    assert run("check", dataset(tmp_path / "d", USE + "sources: []\n")).code == 0
    assert run("check", dataset(tmp_path / "e", USE), "--published").code == 3


def test_a_claim_stands_beside_the_license(tmp_path: Path, run: Run) -> None:
    claim = (
        "sources:\n  - name: Daily\n    license: NONE\n    claims:\n"
        "      - {kind: permission, by: Korea Press Foundation, acts: [copy, adapt, share], scope: SCOPE, "
        "until: UNTIL, evidence: contract.pdf}\n"
    )

    def code(scope: str, until: str) -> int:
        text = USE + claim.replace("SCOPE", scope).replace("UNTIL", until)
        return run("check", dataset(tmp_path / "d", text)).code

    assert code("public", "2999-12-31") == 0
    assert code("internal", "2999-12-31") == 1
    assert code("public", "2001-01-01") == 1
    text = USE + claim.replace("SCOPE", "public").replace("UNTIL", "2999-12-31").replace(", evidence: contract.pdf", "")
    assert run("check", dataset(tmp_path / "d", text)).code == 3
    shown = json.loads(run("check", dataset(tmp_path / "d", text), "--format", "json").stdout)
    assert shown["sources"][0]["claims"][0]["kind"] == "permission"
    assert shown["sources"][0]["by_license"] == "deny"


@pytest.mark.parametrize(
    ("declared", "upstream", "covered"),
    [
        ("Wikipedia", "extended|wikipedia", True),
        ("a", "data", False),
        ("SQuAD", "squad", True),
        ("QuAD", "squad", False),
        ("Korean Wikipedia", "wikipedia", True),
    ],
)
def test_a_source_is_declared_by_whole_words(
    tmp_path: Path, run: Run, declared: str, upstream: str, covered: bool
) -> None:
    text = f"use: {{intent: copy, purpose: product}}\nsources:\n  - {{name: {declared}, license: CC0-1.0}}\n"
    folder = dataset(tmp_path / "d", text)
    (tmp_path / "d" / "README.md").write_text(
        f"---\nlicense: cc0-1.0\nsource_datasets: ['{upstream}']\n---\n# Ours\n", encoding="utf-8"
    )
    assert run("check", folder).code == (0 if covered else 3)
