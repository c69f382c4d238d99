"""Whatever stands in a file: it is read or told of, at once, and nothing else happens. ``tests/fuzz`` does more of it by hand."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import growth
import mutation
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from watch import watched

from licensecheck import identification
from licensecheck.base import yamlio
from licensecheck.base.errors import ConfigError, ExpressionError, LicensecheckError, Unreadable, UsageError
from licensecheck.base.files import decode
from licensecheck.cli import batch
from licensecheck.dataset import baseline, declaration, lock_file
from licensecheck.expression import parse
from licensecheck.knowledge.rulebook import load
from licensecheck.scanners import scan_text
from licensecheck.scanners.resolve import resolve

often = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))

KEYS = (
    "license", "licenses", "license_name", "license_link", "licence", "rights", "name", "title", "path", "url", "id", "@id", "@type",
    "@context", "@graph", "description", "distribution", "conformsTo", "isBasedOn", "sources", "source_datasets", "creator", "creators",
    "author", "metadata", "related_identifiers", "keywords", "version", "extra", "resources", "rightsList", "rightsUri", "usageInfo",
    "sameAs", "schema", "stac_version", "links", "rel", "href", "properties", "components", "packages", "files", "annotations", "SPDXID",
    "licenseConcluded", "licenseDeclared", "licenseInfoInFiles", "data", "type", "attributes", "configs", "dataset_info", "tags", "cc:license",
    "prov:wasDerivedFrom", "parent", "outs", "deps", "SPDX-PackageLicenseDeclared", "hasPart", "mainEntity", "temporal", "citation",
)  # fmt: skip
WORDS = (
    "cc-by-4.0", "CC-BY-SA-4.0 OR MIT", "https://creativecommons.org/licenses/by-nc/2.0/kr/", "Dataset", "sc:Dataset", "other", "unknown",
    "https://schema.org/", "http://mlcommons.org/croissant/1.0", "spdx:license", "CC BY-NC 4.0 및 일부는 공공누리 제1유형", "\u202emit", "\x1b]0;x\x07",
    "README.md", "../../etc/passwd", "\ufeff", "", "a" * 5000, "MIT AND (" * 50, "null", "1.0.0", "licence: all rights reserved",
)  # fmt: skip
TEXTS = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))
ATOMS = st.one_of(
    TEXTS,
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=True),
    st.sampled_from([10**400, -1]),
)
VALUES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.one_of(st.sampled_from(KEYS), TEXTS), inner, max_size=5)
    ),
    max_leaves=14,
)
TREES = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8)
JSONS = (
    "croissant.json", "ro-crate-metadata.json", "datapackage.json", "dataset_infos.json", "datacite.json", "bom.json", "collection.json",
    ".zenodo.json", "dataset-metadata.json", "x.spdx.json", "metadata.json", "tdmrep.json", "codemeta.json", "package.json", "x.jsonld",
)  # fmt: skip
YAMLS = (
    "meta.yaml",
    "CITATION.cff",
    "a.dvc",
    "croissant.yaml",
    "README.md",
    "REUSE.toml",
    "model.yml",
    "datapackage.yaml",
)
NAMES = (
    *mutation.NAMES,
    "LICENSE.txt",
    "NOTICE",
    "data.csv",
    "ai.txt",
    "data.jsonl",
    "terms.html",
    "train.json",
    "gulls.py",
)


def read(name: str, text: str) -> None:
    """What a file called ``name`` says, held to what is promised of it."""
    lines = text.count("\n") + text.count("\r") + text.count("\u2028") + 2
    with growth.ends(), watched() as done:
        found = scan_text(f"d/{name}", text, named=True)
        told = resolve("d", found) if found else None
    assert done == []
    for e in found.evidence if found else ():
        assert 1 <= e.line <= lines, e
        assert e.column >= 1, e
        assert isinstance(e.raw, str), e
    for p in found.problems if found else ():
        assert p.message, p
        assert p.line >= 1, p
    assert told is None or isinstance(told.license, str | None)


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """What is read from disk once is read before anybody watches."""
    for name in NAMES:
        scan_text(f"d/{name}", "---\nlicense: mit\n---\n# x\n{}\n<rdf/>", named=True)


@often
@given(st.sampled_from(JSONS), TREES)
def test_json_of_any_shape(name: str, tree: dict[str, Any]) -> None:
    read(name, json.dumps(tree))


@often
@given(st.sampled_from(YAMLS), TREES, st.booleans())
def test_yaml_of_any_shape(name: str, tree: dict[str, Any], flow: bool) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow)
    read(name, f"---\n{text}---\n# x\n" if name == "README.md" else text)


@often
@given(st.sampled_from(("page.html", "terms.html")), TREES, st.lists(TEXTS, max_size=5))
def test_pages_of_any_shape(name: str, tree: dict[str, Any], texts: list[str]) -> None:
    inner = "".join(
        f'<a rel="license" href="{text}">{text}</a><meta name="dc.rights" content="{text}"><div' for text in texts
    )
    read(name, f'<html><script type="application/ld+json">{json.dumps(tree)}</script>{inner}<p>{" ".join(texts)}')


TAGS = ("dataset", "rights", "rightsList", "license", "intellectualRights", "licensed", "rdf:RDF", "dct:license", "dcat:Dataset", "rsl", "content", "para")  # fmt: skip
XMLS = st.recursive(
    TEXTS.map(lambda text: text.replace("<", "").replace("&", "&amp;")),
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4), TEXTS).map(
        lambda t: (
            f'<{t[0]} rightsURI="{t[2].replace(chr(34), "").replace("<", "").replace("&", "")}">{"".join(t[1])}</{t[0]}>'
        )
    ),
    max_leaves=12,
)


@often
@given(
    st.sampled_from(("datacite.xml", "eml.xml", "x.rdf", "rsl.xml", "license.xml")),
    XMLS,
    st.sampled_from(("", '<?xml version="1.0"?>', "<!DOCTYPE a [<!ENTITY b 'c'>]>")),
)
def test_xml_of_any_shape(name: str, text: str, head: str) -> None:
    space = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/" xmlns:dcat="http://www.w3.org/ns/dcat#"'
    read(name, head + text.replace(">", f" {space}>", 1))


PIECES = (
    "&a ", "*a", "? ", ": ", "- ", "{", "}", "[", "]", ", ", "<<: *a", "license", "sources", "name", "path", "!!python/object:os.system ", "!x ",
    "|\n  ", ">-\n  ", "'", '"', '"\\ud800"', '"\\e]0;x\\a"', "#", "---", "...", "%YAML 9.9", "\t", "\n", "\n  ", "\n- ", "\n    ", "mit", "~", "\ufeff",
    "[tool.licensecheck]", "[[annotations]]", " = ", "'''", "1e999", "nan", "0x" + "f" * 5000, "9" * 5000, "@prefix dct: <http://purl.org/dc/terms/> .",
    "<a>", ";", "SPDX-License-Identifier", "https://spdx.org/licenses/MIT", "dct:license", " a ", "_:b", "\u2028", "\x85", "\r", "id,license\n1,",
    '{"license":',
)  # fmt: skip


@often
@given(
    st.sampled_from((*YAMLS, "trees.ttl", "data.csv", "data.jsonl", "CITATION.cff", "x.spdx", "dep5", "robots.txt")),
    st.lists(st.one_of(st.sampled_from(PIECES), TEXTS), max_size=40).map("".join),
)
def test_signs_of_a_format_in_any_order(name: str, text: str) -> None:
    read(name, f"---\n{text}\n---\n" if name == "README.md" else text)


@cache
def _pool() -> list[bytes]:
    return mutation.corpus()


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(NAMES), st.integers(0, 2**32))
def test_files_with_strange_bytes(name: str, seed: int) -> None:
    chance = random.Random(seed)
    data = mutation.mutated(chance.choice(_pool()), _pool(), chance)
    try:
        text, _ = decode(data)
    except Unreadable:
        return
    read(name, text.replace("\x00", " "))


def refusal(call: Callable[[], object], error: type[LicensecheckError]) -> str | None:
    """What ``call`` refuses with, None where it takes what it is given; any other exception is a failure."""
    try:
        call()
    except error as said:
        return str(said)
    return None


@often
@given(st.one_of(st.text(max_size=300), st.lists(TEXTS, max_size=8).map(" ".join)))
def test_any_words_are_identified_or_not(text: str) -> None:
    for found in (identification.value(text), *identification.find(text)):
        assert 0 <= found.start <= found.end <= len(text)
    identification.identify(text)
    assert refusal(lambda: parse(text), ExpressionError) != ""


# -- what the user writes: accepted, or an error that says where -----------------------------------------------------------

ENTRY = st.dictionaries(
    st.sampled_from(("name", "license", "path", "location", "claims", "kind", "basis", "until", "evidence", "rule", "reason", "parts", "upstream",
                     "glob", "sha256", "reviewer", "date", "source", "role", "creators", "title", "revision", "odd")),
    st.one_of(VALUES, st.sampled_from(["permission", "KCA-35-5", "2027-01-31", "0" * 64, "../out", "/etc", "~", "a/**", "train", "\ud800"[:0]])), max_size=8,
)  # fmt: skip
DECLARED = st.fixed_dictionaries(
    {},
    optional={
        "use": st.one_of(
            VALUES,
            st.dictionaries(st.sampled_from(("intent", "purpose", "sgdr", "contains", "outbound")), VALUES, max_size=4),
        ),
        "sources": st.one_of(VALUES, st.lists(ENTRY, max_size=3)),
        "clarify": st.one_of(VALUES, st.lists(ENTRY, max_size=2)),
        "waive": st.one_of(VALUES, st.lists(ENTRY, max_size=2)),
        "policy": st.one_of(
            VALUES, st.dictionaries(st.sampled_from(("allow", "deny", "papers", "odd")), VALUES, max_size=3)
        ),
        "rules": VALUES,
        "odd": VALUES,
    },
)


def held(reader: Callable[[Path], object], path: Path, text: str, error: type[LicensecheckError]) -> None:
    """``reader`` takes the file or says, with its name, why not."""
    path.write_text(text, encoding="utf-8", errors="replace")
    with watched() as done:
        said = refusal(lambda: reader(path), error)
    assert said is None or path.name in said
    assert done == []


@often
@given(DECLARED)
def test_any_declaration(tmp_path_factory: pytest.TempPathFactory, tree: dict[str, Any]) -> None:
    path = tmp_path_factory.mktemp("declared") / declaration.NAME
    held(declaration.read, path, yaml.safe_dump(tree, allow_unicode=True), ConfigError)


@often
@given(st.lists(st.one_of(st.sampled_from(PIECES), TEXTS), max_size=20).map("".join), st.booleans())
def test_any_pyproject(tmp_path_factory: pytest.TempPathFactory, text: str, named: bool) -> None:
    path = tmp_path_factory.mktemp("project") / declaration.PROJECT
    held(declaration.read, path, f"[tool.licensecheck]\n{text}" if named else text, ConfigError)
    assert refusal(lambda: declaration.find(path.parent), ConfigError) != ""


@pytest.mark.parametrize(
    "text",
    [
        'x = """\n[tool.licensecheck]\n"""\ntool = 1\n',
        'x = """\n[tool.licensecheck]\n"""\n[[tool]]\na = 1\n',
        f"[tool.licensecheck]\nodd = 0x{'f' * 9000}\n",
        f"[tool.licensecheck]\nodd = {'[' * 5000}{']' * 5000}\n",
        f"[tool.licensecheck]\nodd.{'.'.join('a' * 3000)} = 1\n",
        f"[tool.licensecheck.use]\nintent.{'.'.join('a' * 900)} = 1\n",
        '[tool.licensecheck]\nsources = [{name = "a", path = "a\\u0000b"}]\n',
        '[tool.licensecheck]\nrules = "a\\u0000b"\n',
        f'[tool.licensecheck]\nsources = [{{name = "a", path = "{"p" * 100_000}"}}]\n',
        f'[tool.licensecheck]\nclarify = [{{path = "a\\u0000", license = "MIT", sha256 = "{"0" * 64}", basis = "x"}}]\n',
    ],
    ids=[
        *("a number for a table", "a list for a table", "digits", "brackets", "keys", "keys of the use"),
        *("a path with NUL", "a pack with NUL", "a long path", "a text with NUL"),
    ],
)
def test_a_table_that_was_made_to_do_harm(text: str, tmp_path: Path) -> None:
    path = tmp_path / declaration.PROJECT
    held(declaration.read, path, text, ConfigError)
    assert (refusal(lambda: declaration.read(path), ConfigError) is None) == text.startswith("x"), (
        "only without our table"
    )
    assert refusal(lambda: declaration.find(tmp_path), ConfigError) != ""


def test_a_file_without_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / declaration.PROJECT
    with path.open("w", encoding="utf-8") as file:
        file.write("[tool.licensecheck]\n")
        file.truncate(100_000_000)
    assert "too large" in (refusal(lambda: declaration.find(tmp_path), ConfigError) or "")
    with pytest.raises(OSError, match="large"):
        yamlio.read(path)


@often
@given(st.one_of(VALUES, st.fixed_dictionaries({"schema": st.just("licensecheck.lock/1"), "sources": st.lists(ENTRY)})))
def test_any_lock(tmp_path_factory: pytest.TempPathFactory, tree: Any) -> None:
    held(lock_file.read, tmp_path_factory.mktemp("locked") / lock_file.NAME, json.dumps(tree), ConfigError)


@often
@given(st.lists(st.one_of(TEXTS, st.from_regex(r"[0-9a-f]{16} [a-z-]{1,20} \S{1,20}")), max_size=5).map("\n".join))
def test_any_baseline(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    held(
        lambda path: baseline.read(str(path)),
        tmp_path_factory.mktemp("base") / "licensecheck-baseline.txt",
        text,
        UsageError,
    )


PACK = st.dictionaries(
    st.sampled_from(("means", "rules", "term", "licenses", "id", "name", "grants", "terms", "duties", "odd")),
    st.one_of(VALUES, st.lists(ENTRY, max_size=2)),
    max_size=5,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(PACK, st.sampled_from(("licenses/a.yaml", "terms/a.yaml", "claims.yaml", "duties.yaml")))
def test_any_rule_pack(tmp_path_factory: pytest.TempPathFactory, tree: dict[str, Any], name: str) -> None:
    folder = tmp_path_factory.mktemp("pack")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    said = refusal(lambda: load(str(folder)), LicensecheckError)
    assert said is None or str(folder) in said


@often
@given(
    st.one_of(
        VALUES,
        st.fixed_dictionaries({"sources": st.one_of(VALUES, st.lists(st.one_of(TEXTS, ENTRY))), "use": VALUES}),
    )
)
def test_any_question(tree: Any) -> None:
    line, code = batch.Answers(load(), {}, "2026-01-01").line(json.dumps(tree), 1)
    assert code in (0, 1, 2, 3)
    assert json.loads(line)["schema"] == "licensecheck.verdict/1"


def test_the_watch_sees_what_it_should(tmp_path: Path) -> None:
    with watched() as done:
        (tmp_path / "read").exists()
        (tmp_path / "written").write_text("x", encoding="utf-8")
        (tmp_path / "folder").mkdir()
        (tmp_path / "written").unlink()
    assert [line.split(" ")[0] for line in done] == ["open", "os.mkdir", "os.remove"]
