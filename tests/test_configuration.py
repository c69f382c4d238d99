"""No configuration but a waiver, a conclusion or a claim betters a verdict; and what does is seen in every report."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from test_rulebook import LICENSE as PACKED_LICENSE
from test_rulebook import RULE as PACKED_RULE

from licensecheck.knowledge.rulebook import load
from licensecheck.model import Decision, Verdict
from licensecheck.verdict import decide, whole

RANK: Final = {Decision.DENY: 0, Decision.REVIEW: 1, Decision.ALLOW: 2}
USE: Final = {"intent": "publish-adaptation", "purpose": "product"}
NC: Final = "CC BY-NC 4.0\n"
CARD: Final = "---\nlicense: cc-by-4.0\n---\n# Ours\n"
HASH: Final = sha256(NC.encode()).hexdigest()

WORLDS: Final[Mapping[str, dict[str, str]]] = {
    "a source whose papers forbid it": {"licensecheck.yaml": "sources:\n- {name: A, path: raw}\n"},
    "a source that may not be changed": {"licensecheck.yaml": "sources:\n- {name: A, license: CC-BY-ND-4.0}\n"},
    "a source whose adaptations keep its licence": {
        "licensecheck.yaml": "sources:\n- {name: A, license: CC-BY-SA-4.0}\n"
    },
    "a licence below that nobody declared": {"licensecheck.yaml": "sources:\n- {name: A, license: CC-BY-4.0}\n"},
    "a source that only the card names": {
        "licensecheck.yaml": "sources:\n- {name: A, license: CC-BY-4.0}\n",
        "README.md": CARD.replace("# Ours", "# Ours", 1).replace("---\n#", "source_datasets: [extended|squad]\n---\n#"),
        "raw/LICENSE": "CC BY 4.0\n",
    },
    "somebody else's data": {"licensecheck.yaml": "rules: house\n"},
    "somebody else's data without a declaration": {},
    "what the organisation does not want": {
        "licensecheck.yaml": "policy: {deny: [CC-BY-4.0]}\nsources:\n- {name: A, license: CC-BY-4.0}\n",
        "raw/LICENSE": "CC BY 4.0\n",
    },
}
"""Repositories in which the use is denied or a review. ``house`` is a rule pack, ``raw`` a folder of others' data."""

TOP: Final = (
    "policy: {allow: ['*']}\n",
    "policy: {papers: noted}\n",
    "rules: house\n",
)
"""Keys for the declaration at the top, which have no say over sources."""
OF_A: Final = (
    "role: index-only",
    "title: Free things",
    "creators: [us]",
    "notice: public domain",
    "revision: '1'",
    "location: 'https://example.org/cc0'",
    "upstream: [CC0-1.0]",
    "parts: [{path: '**', license: CC0-1.0}]",
)
"""Keys of a source that are none of ``license``, ``path`` and ``claims``."""
BELOW: Final = (
    "sources: []\n",
    "use: {intent: copy, purpose: academic_research, outbound: CC0-1.0}\n",
    "use: {purpose: teaching}\nsources: []\n",
    "sources:\n- {name: B, license: CC0-1.0}\n",
    "policy: {allow: ['*']}\nsources:\n- {name: B, license: CC-BY-4.0}\n",
)
"""Whole declarations for the folder of others' data."""
PROJECT: Final = "[tool.licensecheck]\npolicy = {allow = ['*']}\nsources = []\n"


def written(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in {"README.md": CARD, "raw/LICENSE": NC, "raw/rows.csv": "a,b\n1,2\n", **files}.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    (folder / ".git").mkdir(exist_ok=True)
    for name, text in {"terms/inn.yaml": PACKED_RULE, "licenses/inn.yaml": PACKED_LICENSE}.items():
        place = folder / "house" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder


def answer(folder: Path, target: str = "") -> Verdict:
    asked = [q for q in decide.ask([str(folder / target)], USE) if decide.complete(q)]
    packs = [q.declaration.rules if q.declaration else () for q in asked]
    return whole.together([(q.name, decide.verdict(q, load(*p))) for q, p in zip(asked, packs, strict=True)])


def configured(
    world: Mapping[str, str], top: tuple[str, ...], of_a: tuple[str, ...], below: str, project: str
) -> dict[str, str]:
    declared = world.get("licensecheck.yaml", "")
    if of_a and "name: A" in declared:
        declared = declared.replace("name: A,", f"name: A, {', '.join(of_a)},")
    more = {text.split(":")[0]: text for text in top if text.split(":")[0] not in declared}.values()
    files = dict(world)
    if declared or more:
        files["licensecheck.yaml"] = declared + "".join(more)
    if below:
        files["raw/licensecheck.yaml"] = below
    if project:
        files[project] = PROJECT
    return files


@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(TOP), max_size=2, unique=True).map(tuple),
    st.lists(st.sampled_from(OF_A), max_size=3, unique=True).map(tuple),
    st.sampled_from(["", *BELOW]),
    st.sampled_from(["", "pyproject.toml", "raw/pyproject.toml"]),
)
def test_no_configuration_makes_an_allow(
    tmp_path_factory: pytest.TempPathFactory,
    world: Mapping[str, str],
    top: tuple[str, ...],
    of_a: tuple[str, ...],
    below: str,
    project: str,
) -> None:
    place = tmp_path_factory.getbasetemp() / "world"  # always the same one, so that its rule pack is compiled once
    shutil.rmtree(place, ignore_errors=True)
    folder = written(place, configured(world, top, of_a, below, project))
    after = answer(folder)
    own = any("is treated as entirely your own work" in caveat for caveat in after.caveats)
    if project == "pyproject.toml" and "licensecheck.yaml" not in world:
        assert own or after.decision is not Decision.ALLOW, (
            "all of it is said to be one's own work, and the report says so"
        )
    else:
        assert after.decision is not Decision.ALLOW


@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
def test_the_use_is_no_allow_to_begin_with(tmp_path: Path, world: Mapping[str, str]) -> None:
    assert answer(written(tmp_path, world)).decision is not Decision.ALLOW


@pytest.mark.parametrize("below", ["use: {intent: copy, purpose: teaching}\n", *BELOW[3:]])
@pytest.mark.parametrize(
    "policy", ["policy: {deny: [CC-BY-4.0, CC0-1.0]}\n", "policy: {allow: [MIT]}\n", "rules: strict\n"]
)
def test_what_an_organisation_asks_holds_below(tmp_path: Path, run: Run, policy: str, below: str) -> None:
    files = {"README.md": "# Ours\n", "raw/README.md": CARD, "raw/LICENSE": "CC BY 4.0\n"}
    folder = written(tmp_path, files)
    (folder / "strict/terms").mkdir(parents=True)
    forbids = PACKED_RULE.replace("test-rule", "no-by").replace("term: nc", "grants: share")
    (folder / "strict/terms/by.yaml").write_text(forbids, encoding="utf-8")
    (folder / "raw/licensecheck.yaml").write_text(below, encoding="utf-8")
    intent = ("--intent", "publish-copy", "--purpose", "product")
    before = run("check", str(folder / "raw"), *intent)
    (folder / "licensecheck.yaml").write_text(policy, encoding="utf-8")
    for target in ("raw", "", "raw/licensecheck.yaml"):
        done = run("check", str(folder / target), *intent)
        assert (before.code, done.code) == (0, 1), done.stdout + done.stderr
    assert run("check", "--isolated", str(folder / "raw"), *intent).code == 0


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_the_policy_of_one_target_holds_for_all(tmp_path: Path, run: Run, order: tuple[str, str]) -> None:
    for name, policy in (("a", "{allow: ['*']}"), ("b", "{deny: [CC-BY-4.0]}")):
        written(tmp_path / name, {"licensecheck.yaml": f"policy: {policy}\n", "raw/LICENSE": "CC BY 4.0\n"})
    done = run("check", *(str(tmp_path / name) for name in order), "--intent", "copy", "--purpose", "product")
    assert done.code == 1


def decisions() -> Iterator[tuple[str, str, str]]:
    """A world, what a person adds to its declaration, and the words by which every report has to show it."""
    claim = "claims: [{kind: permission, by: Mina Kim, evidence: 'letter of 3 May', acts: [copy, adapt, share], scope: public, sublicensing: yes}]"
    ours = "sources:\n- {name: A, license: CC-BY-ND-4.0, "
    yield "raw/LICENSE", f"{ours}{claim}}}\n", "letter of 3 May"
    rules = ("nd-no-adaptation", "nd-private-adaptation")
    waive = "".join(f"- {{rule: {rule}, source: A, reason: settled with counsel}}\n" for rule in rules)
    yield "raw/LICENSE", f"sources:\n- {{name: A, license: CC-BY-ND-4.0}}\nwaive:\n{waive}", "settled with counsel"
    clarify = f"clarify:\n- {{path: raw/LICENSE, license: CC-BY-4.0, basis: the author wrote to us, sha256: {HASH}}}\n"
    yield "", f"sources:\n- {{name: A, path: raw}}\n{clarify}", "the author wrote to us"


@pytest.mark.parametrize("format", ["text", "json", "markdown", "html", "jsonl", "sarif"])
@pytest.mark.parametrize(("settled", "declared", "shown"), list(decisions()), ids=["claim", "waive", "clarify"])
def test_what_a_person_decided_is_seen(
    tmp_path: Path, run: Run, settled: str, declared: str, shown: str, format: str
) -> None:
    files = {"licensecheck.yaml": declared, **({settled: "CC BY 4.0\n"} if settled else {})}
    folder = written(tmp_path, files)
    done = run("check", str(folder), "--intent", "publish-adaptation", "--purpose", "product", "--format", format)
    assert done.code == 0, done.stdout
    assert shown in " ".join(done.stdout.split())


NESTED: Final = {
    "README.md": "---\nlicense: cc-by-4.0\n---\n# A\n",
    "news/README.md": "---\nlicense: cc-by-nc-4.0\n---\n# News\n",
    "more/README.md": "---\nlicense: cc-by-nc-4.0\n---\n# More\n",
}


@pytest.mark.parametrize(
    ("files", "denied"),
    [
        ({"news/licensecheck.yaml": "policy: {deny: [CC-BY-NC-*]}\n"}, {"news"}),
        ({"news/pyproject.toml": "[tool.licensecheck]\npolicy = {deny = ['CC-BY-NC-*']}\n"}, {"news"}),
        ({"licensecheck.yaml": "policy: {deny: [CC-BY-NC-*]}\n"}, {"raw", "news", "more"}),
        ({"news/licensecheck.yaml": "policy: {deny: [CC-BY-4.0]}\n"}, set()),
        ({"data/licensecheck.yaml": "policy: {deny: [CC-BY-4.0]}\n", "data/a.csv": "a,b\n1,2\n"}, {"."}),
        ({"licensecheck.yaml": "policy: {deny: [CC-BY-NC-*]}\nsources: []\n"}, {"raw", "news", "more"}),
        ({"news/licensecheck.yml": "policy: {deny: [CC-BY-NC-*]}\n"}, None),
    ],
)
def test_a_policy_applies_to_its_folder_when_a_folder_above_is_checked(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], denied: set[str] | None
) -> None:
    written(tmp_path / "d", {**NESTED, **files})
    monkeypatch.chdir(tmp_path / "d")
    done = run("check", ".", *("--intent", "copy", "--purpose", "teaching", "--format", "json"))
    if denied is None:
        assert done.code == 2
        assert "rename this file" in done.stderr
        return
    sources = json.loads(done.stdout)["sources"]
    found = {s["name"] for s in sources if any(reason["rule"] == "policy-license" for reason in s["reasons"])}
    assert found == denied
    assert done.code == (1 if denied else 0)
