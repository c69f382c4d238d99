"""The rulebook is read strictly: what does not hold is refused by file and line, and nothing stale is used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from licensecheck.base import compiled
from licensecheck.base.errors import RuleError
from licensecheck.knowledge import facts, rulebook

RULE = """means: A test.
rules:
  - id: test-rule
    effect: forbid
    when: {term: nc, purpose: product}
    message: "{license} is tested"
    clause: Test 1
    remedies: [permission]
    cases:
      - {license: CC-BY-NC-4.0, intent: copy, purpose: product, fires: yes, decision: deny}
      - {license: CC-BY-4.0, intent: copy, purpose: product, fires: no, decision: allow}
"""
LICENSE = """licenses:
  - id: LicenseRef-house
    name: House licence
    category: agreement
    grants: {copy: House 1}
    terms: {nc: House 2}
    duties:
      - {code: CITE, clause: House 3, on: share}
    outbound: {default: refused, clause: House 4}
    label: any
"""


def pack(folder: Path, rule: str = RULE, license: str = LICENSE) -> str:
    for name, text in (("terms/test.yaml", rule), ("licenses/house.yaml", license)):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return str(folder)


def test_a_pack_that_holds_is_taken(tmp_path: Path) -> None:
    book = rulebook.load(pack(tmp_path))
    assert book.rule("test-rule") is not None
    assert book.find("house") is not None
    assert len(rulebook.cases(str(tmp_path))) == 2


def test_a_pack_is_built_once_and_again_when_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_COMPILED", tmp_path / "compiled")
    built: list[object] = []
    build = rulebook.build

    def counted(*args: Any) -> dict[str, Any]:
        built.append(args)
        return build(*args)

    def load(folder: str) -> rulebook.Rulebook:
        rulebook._load.cache_clear()
        return rulebook.load(folder)

    monkeypatch.setattr(rulebook, "build", counted)
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    one = pack(tmp_path / "one")
    other = pack(tmp_path / "other", license=LICENSE.replace("house", "inn").replace("House", "Inn"))
    assert load(one).digest == load(one).digest
    assert len(built) == 1
    assert load(other).find("inn")
    assert load(other).find("house") is None
    assert len(built) == 2
    pack(tmp_path / "other")
    assert load(other).find("house")
    (tmp_path / "other" / "licenses" / "more.yaml").write_text(LICENSE.replace("house", "barn"), encoding="utf-8")
    assert load(other).find("barn")
    assert len(built) == 4
    assert load(one).digest != load(other).digest


BROKEN_RULES = {
    "unknown key": ("    effect: forbid", "    effct: forbid", 4, "effect"),
    "unknown value": ("effect: forbid", "effect: forbidden", 4, "forbid"),
    "unknown term": ("term: nc", "term: ncc", 5, "nc"),
    "unknown condition": ("purpose: product}\n    mess", "purpse: product}\n    mess", 5, "purpose"),
    "unknown slot": ("{license} is", "{licence} is", 6, "license"),
    "key given twice": ("    clause: Test 1", "    clause: Test 1\n    clause: Test 2", 8, "twice"),
    "forbids without remedy": ("    remedies: [permission]\n", "", 3, "remedy"),
    "unknown remedy": ("[permission]", "[permision]", 8, "permission"),
    "no firing case": ("fires: yes", "fires: no", 3, "fires"),
    "no silent case": (
        "      - {license: CC-BY-4.0, intent: copy, purpose: product, fires: no, decision: allow}\n",
        "",
        3,
        "silent",
    ),
    "case with an unknown intent": (
        "intent: copy, purpose: product, fires: yes",
        "intent: cpy, purpose: product, fires: yes",
        10,
        "copy",
    ),
    "case without a decision": (", decision: deny}", "}", 10, "decision"),
    "bad id": ("id: test-rule", "id: Test_Rule", 3, "lower-case"),
    "id of ours": ("id: test-rule", "id: nc-commercial-use", 3, "twice"),
    "clause that a licence lacks": ("clause: Test 1", 'clause: "@nothing"', 3, "no such clause"),
    "not a mapping": (RULE, "- a\n- b\n", 1, "mapping"),
    "no YAML": (RULE, "rules: [\n", 1, "YAML"),
}


@pytest.mark.parametrize("name", BROKEN_RULES)
def test_a_rule_that_does_not_hold_is_refused_with_its_line(name: str, tmp_path: Path) -> None:
    old, new, line, says = BROKEN_RULES[name]
    assert old in RULE
    with pytest.raises(RuleError) as refused:
        rulebook.load(pack(tmp_path, RULE.replace(old, new, 1)))
    assert "test.yaml:" in str(refused.value)
    assert f"test.yaml:{line}" in str(refused.value) or name == "no YAML"
    assert says in str(refused.value)


BROKEN_LICENSES = {
    "unknown key": ("    label: any", "    lable: any", "label"),
    "unknown term": ("terms: {nc: House 2}", "terms: {ncc: House 2}", "ncc"),
    "unknown duty": ("code: CITE", "code: CYTE", "CITE"),
    "unknown trigger": ("on: share", "on: sharing", "share"),
    "unknown grade": ("default: refused", "default: refusd", "refused"),
    "unknown grant": ("grants: {copy", "grants: {copying", "copying"),
    "unknown category": ("category: agreement", "category: agreements", "agreement"),
    "bad id": ("id: LicenseRef-house", "id: 'House licence'", "not a license id"),
    "id of ours": ("id: LicenseRef-house", "id: MIT", "twice"),
    "no category": ("    category: agreement\n", "", "category"),
}


@pytest.mark.parametrize("name", BROKEN_LICENSES)
def test_a_license_that_does_not_hold_is_refused(name: str, tmp_path: Path) -> None:
    old, new, says = BROKEN_LICENSES[name]
    assert old in LICENSE
    with pytest.raises(RuleError) as refused:
        rulebook.load(pack(tmp_path, license=LICENSE.replace(old, new, 1)))
    assert "house.yaml:" in str(refused.value)
    assert says in str(refused.value)


def test_a_folder_that_is_no_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no rule pack"):
        rulebook.load(str(tmp_path))


def test_a_stale_table_is_never_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_COMPILED", tmp_path / "compiled")
    monkeypatch.setattr(compiled, "rules_dir", lambda: tmp_path)
    source = tmp_path / "a.yaml"
    built: list[str] = []

    def build(paths: list[Path]) -> dict[str, str]:
        built.append("built")
        return {"text": paths[0].read_text(encoding="utf-8")}

    def load() -> dict[str, str]:
        compiled._unchanged.cache_clear()  # as a run does that starts
        return dict(compiled.compiled("t", ("*.yaml",), build, ()))

    source.write_text("one", encoding="utf-8")
    assert load() == load() == {"text": "one"}
    assert built == ["built"]
    source.write_text("two", encoding="utf-8")
    assert load() == {"text": "two"}
    kept = tmp_path / "compiled" / "t.json"
    kept.write_text(kept.read_text(encoding="utf-8").splitlines()[0] + "\n{broken", encoding="utf-8")
    assert load() == {"text": "two"}
    kept.write_bytes(kept.read_bytes()[:-3])
    (tmp_path / "compiled" / "stamps").write_bytes(b"\x00broken")
    assert load() == {"text": "two"}
    (tmp_path / "b.yaml").write_text("", encoding="utf-8")
    assert load() == {"text": "two"}
    assert len(built) == 5


def test_a_table_that_stayed_the_same_brings_no_stale_one_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_COMPILED", tmp_path / "compiled")
    monkeypatch.setattr(compiled, "rules_dir", lambda: tmp_path)
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text("one", encoding="utf-8")

    def load(*names: str) -> list[str]:
        compiled._unchanged.cache_clear()  # as a run does that starts
        build = lambda paths: {"text": paths[0].read_text(encoding="utf-8")}  # noqa: E731
        return [compiled.compiled(name, (f"{name}.yaml",), build, ())["text"] for name in names]

    assert load("a", "b") == ["one", "one"]
    (tmp_path / "b.yaml").write_text("changed", encoding="utf-8")
    assert load("a", "b") == ["one", "changed"]
    (tmp_path / "b.yaml").write_text("changed again", encoding="utf-8")
    assert load("a") == ["one"]
    assert load("a", "b") == ["one", "changed again"]
    compiled._unchanged.cache_clear()


def test_of_a_table_only_the_entries_that_are_asked_for_are_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "_COMPILED", tmp_path / "compiled")
    monkeypatch.setattr(compiled, "rules_dir", lambda: tmp_path)
    compiled._unchanged.cache_clear()
    made = {"rows": {"a": {"n": 1}, "b\n가": ["x"]}, "plain": {"k": "v"}, "empty": {}}

    def load() -> compiled.Table:
        return compiled.compiled("t", (), lambda _: made, (), ("rows", "empty"))

    assert {name: dict(section) for name, section in load().items()} == made
    parsed: list[object] = []
    loads = json.loads
    monkeypatch.setattr(json, "loads", lambda text: parsed.append(text) or loads(text))
    monkeypatch.setattr(compiled, "digest", lambda _: pytest.fail("a hash of files that did not change"))
    table = load()
    parsed.clear()
    assert "a" in table["rows"]
    assert len(table["rows"]) == 2
    assert len(parsed) == 1
    assert table["rows"]["a"] is table["rows"]["a"]
    assert [loads(str(text)) for text in parsed[1:]] == [{"n": 1}]
    assert table["rows"].get("none") is None
    compiled._unchanged.cache_clear()


def test_there_is_much_that_is_known() -> None:
    licenses = list(rulebook.load().licenses())
    creative_commons = [x for x in licenses if x.category == "creative-commons"]
    assert len(creative_commons) > 600
    assert len([x for x in licenses if x.category not in ("creative-commons", "family", "none")]) >= 120
    for license in licenses:
        assert all(clause for _, clause in license.grants), license.id
        assert all(term.clause for _, term in license.terms), license.id
        assert all(duty.clause for duty in license.duties), license.id


CLAIM = """claims:
  - basis: %s
    kind: permission
    acts: [copy]
    lifts: [contract]
    needs: []
    ceiling: allow
    clause: House 5
    message: ours
    cannot: nothing
"""


def test_a_pack_takes_no_claim_and_no_term_of_ours(tmp_path: Path) -> None:
    folder = pack(tmp_path)
    (tmp_path / "claims.yaml").write_text(CLAIM % "house-letter", encoding="utf-8")
    assert "house-letter" in rulebook.load(folder).claims
    (tmp_path / "claims.yaml").write_text(CLAIM % "permission", encoding="utf-8")
    rulebook._load.cache_clear()
    with pytest.raises(RuleError, match="`permission` is given already"):
        rulebook.load(folder)
    (tmp_path / "claims.yaml").unlink()
    for term, held in (("nd", True), ("ours", False)):
        permits = RULE.replace("forbid", "permit").replace("term: nc, ", "").replace("means", f"term: {term}\nmeans")
        (tmp_path / "terms/test.yaml").write_text(permits, encoding="utf-8")
        rulebook._load.cache_clear()
        if held:
            with pytest.raises(RuleError, match="stricter, not looser"):
                rulebook.load(folder)
        else:
            assert rulebook.load(folder).rule("test-rule")
    rulebook._load.cache_clear()


def test_several_packs_lie_over_the_rulebook(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one = pack(tmp_path / "one")
    two = pack(tmp_path / "two", RULE.replace("test-rule", "second-rule"), LICENSE.replace("house", "garden"))
    book = rulebook.load(one, two, str(tmp_path / "one/../one"))
    assert book.rule("test-rule")
    assert book.rule("second-rule")
    assert book.find("garden")
    assert rulebook.load("") is not book


@pytest.mark.parametrize(
    ("retired", "license"),
    [("GPL-3.0", "GPL-3.0-only"), ("gpl-2.0+", "GPL-2.0-or-later"), ("BSD-2-Clause-NetBSD", "BSD-2-Clause")],
)
def test_a_retired_spdx_id_means_its_successor(retired: str, license: str) -> None:
    assert rulebook.load().canonical(retired) == license
    assert facts.successors(retired)[0] == license
    assert facts.successors(license) == ()
