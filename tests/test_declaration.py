"""``licensecheck.yaml``: read as strictly as a rule, and what it makes of ``check``."""

from __future__ import annotations

import json
from hashlib import sha256
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
        ("sources:\n  - name: A\n  - name: A\n", 2, "give each its own"),
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
        "sublicensing: yes, until: UNTIL, evidence: contract.pdf}\n"
    )

    def code(scope: str, until: str) -> int:
        text = USE + claim.replace("SCOPE", scope).replace("UNTIL", until)
        return run("check", dataset(tmp_path / "d", text)).code

    assert code("public", "2999-12-31") == 3, "the contract is not there"
    assert "contract.pdf" in run("check", str(tmp_path / "d")).stdout
    (tmp_path / "d" / "contract.pdf").write_bytes(b"%PDF-1.7 signed")
    assert code("public", "2999-12-31") == 0
    assert code("internal", "2999-12-31") == 1
    assert code("public", "2001-01-01") == 1
    for blank in ("' '", "TODO", "n/a", "없음"):
        said = claim.replace("contract.pdf", blank).replace("SCOPE", "public").replace("UNTIL", "2999-12-31")
        assert run("check", dataset(tmp_path / "d", USE + said)).code == 3, blank
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
        ("News", "Common Crawl News", False),
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


@pytest.mark.parametrize(
    "table",
    [
        '[tool]\nlicensecheck = {policy = {deny = ["CC-BY-*"]}}\n',
        'tool.licensecheck.policy.deny = ["CC-BY-*"]\n',
        '[tool."licensecheck".policy]\ndeny = ["CC-BY-*"]\n',
        '[ tool . licensecheck ]\npolicy.deny = ["CC-BY-*"]\n',
    ],
)
def test_a_table_is_found_however_toml_lets_it_be_written(table: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "README.md").write_text("---\nlicense: cc-by-4.0\n---\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(table, encoding="utf-8")
    assert run("check", str(tmp_path), "--intent", "train", "--purpose", "product").code == 1
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["dataset-licensecheck"]\n', encoding="utf-8")
    assert run("check", str(tmp_path), "--intent", "train", "--purpose", "product").code == 0


def test_a_declaration_that_is_nearly_one_is_no_silence(tmp_path: Path, run: Run) -> None:
    words = ("check", str(tmp_path), "--intent", "train", "--purpose", "product")
    (tmp_path / "README.md").write_text("---\nlicense: cc-by-4.0\n---\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[tool.licensecheck\n", encoding="utf-8")
    assert run(*words).code == 2
    (tmp_path / "pyproject.toml").unlink()
    for name in ("licensecheck.yml", ".licensecheck.yaml"):
        (tmp_path / name).write_text("policy: {deny: [CC-BY-*]}\n", encoding="utf-8")
        done = run(*words)
        assert done.code == 2
        assert f"{name}:1" in done.stderr
        assert "licensecheck.yaml" in done.stderr
        (tmp_path / name).unlink()


def test_an_empty_list_of_allowed_licences_is_refused(tmp_path: Path, run: Run) -> None:
    done = run("check", dataset(tmp_path / "d", USE + "policy: {allow: []}\n"))
    assert done.code == 2
    assert "`allow` is empty" in done.stderr


def test_one_text_has_one_conclusion(tmp_path: Path, run: Run) -> None:
    stanza = "{{path: README.md, license: {}, sha256: %s, basis: letter}}" % ("0" * 64)
    text = f"clarify: [{stanza.format('CC-BY-NC-4.0')},\n  {stanza.format('MIT').replace('README', './README')}]\n"
    done = run("check", dataset(tmp_path / "d", USE + text))
    assert done.code == 2
    assert "already has a conclusion" in done.stderr


def test_a_conclusion_needs_a_hash_and_what_it_rests_on(tmp_path: Path, run: Run) -> None:
    d = dataset(tmp_path / "d", USE + "clarify: [{path: README.md, license: MIT, basis: letter}]\n")
    now = sha256((tmp_path / "d" / "README.md").read_bytes()).hexdigest()
    done = run("check", d)
    assert done.code == 2
    assert now in done.stderr
    d = dataset(tmp_path / "d", USE + f'clarify: [{{path: README.md, license: MIT, sha256: "{now}", basis: "..."}}]\n')
    assert run("check", d).code == 2
    d = dataset(tmp_path / "d", USE + f'clarify: [{{path: gone.md, license: MIT, sha256: "{now}", basis: letter}}]\n')
    assert "clarification-unused" in run("check", d).stdout


def test_a_file_without_a_statement_can_be_clarified(tmp_path: Path, run: Run) -> None:
    text = "You know what you may do.\n"
    now = sha256(text.encode()).hexdigest()
    d = tmp_path / "d"
    dataset(d, f"clarify: [{{path: TERMS.txt, license: CC-BY-NC-4.0, sha256: {now}, basis: letter}}]\n")
    (d / "README.md").write_text("# Nothing is said here\n", encoding="utf-8")
    (d / "TERMS.txt").write_text(text, encoding="utf-8")
    words = ("check", str(d), "--as-source", "--intent", "copy", "--purpose")
    assert run(*words, "teaching").code == 0
    assert run(*words, "product").code == 1


def test_share_alike_without_a_licence_of_the_result_is_no_allow(tmp_path: Path, run: Run) -> None:
    use = "use: {intent: publish-adaptation, purpose: product}\nsources: [{name: W, license: CC-BY-SA-4.0}]\n"
    d = tmp_path / "d"
    dataset(d, use)
    (d / "README.md").write_text("# Ours\n", encoding="utf-8")
    done = run("check", str(d))
    assert done.code == 3
    assert "share-alike-undeclared" in done.stdout
    assert "CC BY-SA 4.0" in done.stdout
    (d / "README.md").write_text("---\nlicense: cc-by-sa-4.0\n---\n# Ours\n", encoding="utf-8")
    assert run("check", str(d)).code == 0
    (d / "README.md").write_text("# Ours\n", encoding="utf-8")
    assert run("check", str(d), "--publish-as", "CC-BY-SA-4.0").code == 0


@pytest.mark.parametrize("sources", ["sources: []\n", "sources:\n- {name: A, license: CC-BY-4.0}\n"])
@pytest.mark.parametrize(
    ("place", "words", "decision"),
    [
        ("raw/LICENSE", "CC BY-NC 4.0", "deny"),
        ("raw/README.md", "This dataset is licensed under CC BY-NC 4.0.", "deny"),
        ("docs/terms/LICENSE", "CC BY-NC 4.0", "review"),
        ("raw/LICENSE", "CC BY 4.0", "allow"),
        ("code/LICENSE", "MIT", "allow"),
    ],
)
def test_a_licence_below_that_no_source_covers(
    sources: str, place: str, words: str, decision: str, tmp_path: Path, run: Run
) -> None:
    d = tmp_path / "d"
    dataset(d, "use: {intent: publish-adaptation, purpose: product}\n" + sources)
    (d / place).parent.mkdir(parents=True)
    (d / place).write_text(words + "\n", encoding="utf-8")
    done = run("check", str(d), "--format", "json")
    assert json.loads(done.stdout)["decision"] == decision
    assert any(s["name"] == str(d / "raw") for s in json.loads(done.stdout)["sources"]) == (decision == "deny")
    held = [r for r in json.loads(done.stdout)["constraints"] if r["rule"] == "license-not-covered"]
    assert [r["clause"] for r in held] == ([f"{d / place}:1"] if decision == "review" else [])
    covered = f"sources:\n- {{name: A, path: {Path(place).parent}}}\n"
    (d / "licensecheck.yaml").write_text("use: {intent: publish-copy, purpose: academic_research}\n" + covered)
    rules = {row.get("rule") for row in map(json.loads, run("check", str(d), "--format", "jsonl").stdout.splitlines())}
    assert "license-not-covered" not in rules


@pytest.mark.parametrize("sources", ["sources: []\n", "sources:\n- {name: A, license: CC-BY-4.0}\n"])
def test_a_dataset_that_is_published_has_a_licence_of_its_own(sources: str, tmp_path: Path, run: Run) -> None:
    d = tmp_path / "d"
    dataset(d, USE + sources)
    (d / "README.md").write_text("# Ours\n", encoding="utf-8")
    said = "the dataset does not declare a license; choose one that its sources allow"
    done = run("check", str(d), columns=400)
    assert done.code == 3
    assert said in done.stdout
    assert run("check", str(d), "--publish-as", "CC-BY-4.0").code == 0
    assert run("check", str(d), "--intent", "train").code == (0 if "name" in sources else 3)


def test_an_id_that_spdx_has_retired_is_told_with_those_that_took_its_place(tmp_path: Path, run: Run) -> None:
    made = dataset(tmp_path / "d", USE + "sources:\n- {name: A, license: GPL-3.0}\n- {name: B, license: LGPL-2.1+}\n")
    told = " ".join(run("check", made, columns=400).stdout.split())
    assert "SPDX has retired the id `GPL-3.0`; write GPL-3.0-only / GPL-3.0-or-later" in told
    assert "SPDX has retired the id `LGPL-2.1+`; write LGPL-2.1-or-later" in told
