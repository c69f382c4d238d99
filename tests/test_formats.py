"""Formats of metadata: what each states (tests/formats.yaml), and that a folder is read as the file is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import growth
import pytest
import yaml
from test_scan_metadata import CASES, Case

from licensecheck.base.files import printable
from licensecheck.dataset.sources import as_sources
from licensecheck.engine.evaluate import evaluate
from licensecheck.knowledge import fields
from licensecheck.knowledge.rulebook import load
from licensecheck.model import Decision, Evidence, Scanned, Standing, replace
from licensecheck.scanners import attributes, formats, scan_file, scan_text
from licensecheck.targets.targets import resolve_target
from licensecheck.vocabulary import make_use

FILE = Path(__file__).with_name("formats.yaml")
FORMATS: list[Mapping[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
IDS = [f"{case['format']}-{case['file']}" for case in FORMATS]
OPEN_LICENSE = "This dataset is licensed under CC BY 4.0, https://creativecommons.org/licenses/by/4.0/\n"
RESTRICTED = ("NC", "ND", "noncommercial")


def written(folder: Path, case: Mapping[str, Any]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / str(case["file"])
    path.write_text(str(case["text"]), encoding="utf-8")
    return path


def rows(scanned: Scanned, standings: frozenset[Standing]) -> list[list[str | None]]:
    return [[e.license, e.scope.value, e.part] for e in scanned.evidence if e.standing in standings]


@pytest.mark.parametrize("case", FORMATS, ids=IDS)
def test_what_each_format_states(case: Mapping[str, Any], tmp_path: Path) -> None:
    path = written(tmp_path, case)
    made = scan_file(path, named=True)
    assert not made.problems
    assert {e.scanner for e in made.evidence} == {case["format"]}
    if "states" in case:
        assert rows(made, frozenset({Standing.COUNTS})) == case["states"]
    if "open" in case:
        assert rows(made, frozenset({Standing.UNPLACED})) == case["open"]
        assert all(e.note for e in made.evidence)
    if "beside" in case:
        assert rows(made, frozenset({Standing.BESIDE})) == case["beside"]
        (one,) = resolve_target(str(path))
        use = make_use({"intent": "publish-adaptation", "purpose": "product", "licensee": "company"})
        assert evaluate(as_sources(one), use, load()).decision is Decision.REVIEW
    if "concludes" in case:
        assert [r.license for r in resolve_target(str(path))] == [case["concludes"]]
    assert made.credit.creators == tuple(case.get("creators", made.credit.creators))
    assert list(made.upstream) == case.get("sources", [])


@pytest.mark.parametrize("case", FORMATS, ids=IDS)
def test_every_statement_has_the_line_of_its_words(case: Mapping[str, Any], tmp_path: Path) -> None:
    lines = str(case["text"]).split("\n")
    for e in scan_file(written(tmp_path, case), named=True).evidence:
        near = " ".join(lines[max(e.line - 2, 0) : e.line + 3])
        assert any(word.strip("(),;") in near for word in e.raw.split()) or case["format"] in (
            "loader_script",
            "mobility",
        )


def of(case: Case) -> Mapping[str, Any]:
    import json

    text = case.text if isinstance(case.text, str) else json.dumps(case.text, ensure_ascii=False)
    return {"file": case.name, "text": text, "format": case.format}


EVERY = [*FORMATS, *map(of, CASES)]


def placed(evidence: tuple[Evidence, ...], root: Path) -> list[Evidence]:
    """Evidence without the place of its file."""
    return [replace(e, path=e.path.removeprefix(printable(root)).rsplit("/", 1)[-1]) for e in evidence]


@pytest.mark.parametrize("case", EVERY, ids=lambda c: f"{c['format']}-{c['file']}")
@pytest.mark.parametrize("neutral", [False, True])
def test_a_file_in_a_folder_is_read_as_the_file_that_is_named(
    case: Mapping[str, Any], neutral: bool, tmp_path: Path
) -> None:
    """File = folder = folder among others: under its own name, and under a name that says nothing where that shows the format."""
    named = dict(case)
    stem, dot, ending = str(case["file"]).rpartition(".")
    if neutral:
        named["file"] = f"zz.{ending}" if dot and stem else "zz"
    alone, among = tmp_path / "alone", tmp_path / "among"
    file = written(alone, named)
    written(among / "deep" / "below", named)
    for n in range(3):
        (among / f"table{n}.csv").write_text("a,b\n1,2\n")
        (among / f"part{n}.json").write_text('{"id": 1, "text": "nothing of the kind"}')
    (among / "notes.txt").write_text("Nothing here.\n")
    one = resolve_target(str(file))
    if one[0].evidence and {e.scanner for e in one[0].evidence} - {"rows"} != {case["format"]}:
        assert neutral, "under its own name it is read by its format"
        assert formats.is_named(str(case["file"]))
        return
    if fields.is_manifest(named["file"]):
        assert resolve_target(str(alone))[0].evidence == ()
        return
    folder, mixed = resolve_target(str(alone)), resolve_target(str(among))
    mine = placed(one[0].evidence, alone)
    assert placed(folder[0].evidence, alone) == mine
    assert placed(tuple(e for r in mixed for e in r.evidence), among) == mine
    if any(e.scope.value == "data" and e.license and e.standing is not Standing.BESIDE for e in mine):
        assert folder[0].license == mixed[0].license == one[0].license is not None


@pytest.mark.parametrize("case", [c for c in FORMATS if any(r in str(c.get("states", c.get("open", c.get("concludes")))) for r in RESTRICTED)], ids=lambda c: f"{c['format']}-{c['file']}")  # fmt: skip
def test_stricter_terms_beside_an_open_license_are_no_allow(case: Mapping[str, Any], tmp_path: Path) -> None:
    written(tmp_path, case)
    use = make_use({"intent": "publish-adaptation", "purpose": "product", "licensee": "company"})
    (tmp_path / "LICENSE").write_text(OPEN_LICENSE)
    (one,) = resolve_target(str(tmp_path))
    decision = evaluate(as_sources(one), use, load()).decision
    if "MIT OR" in str(case.get("states")):
        assert decision is not Decision.DENY
    else:
        assert decision is not Decision.ALLOW


@pytest.mark.parametrize("classic", [False, True])
def test_the_attributes_of_a_binary_file_are_read_with_the_extra(
    classic: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import netCDF4

    path = tmp_path / "grid.nc"
    with netCDF4.Dataset(str(path), "w", format="NETCDF3_CLASSIC" if classic else "NETCDF4") as dataset:
        dataset.title = 'The "grid"'
        dataset.license = "Creative Commons\nAttribution-NonCommercial 4.0"
    for target in (path, tmp_path):
        (one,) = resolve_target(str(target))
        assert (one.license, one.credit.title) == ("CC-BY-NC-4.0", 'The "grid"')
    monkeypatch.setattr(attributes, "_is_installed", lambda: False)
    assert "netcdf" in scan_file(path, named=True).problems[0].message
    assert scan_file(path) == Scanned()
    monkeypatch.undo()
    path.write_bytes(path.read_bytes()[:20])
    assert classic or scan_file(path, named=True).problems


def nested(key: str, count: int) -> str:
    return "\n".join(f"{key}{n} = 1" for n in range(count))


GROWING: dict[str, Callable[[int], str]] = {
    "keys.toml": lambda n: nested("a." * 19 + "k", n // 20),
    "tables.toml": lambda n: 'license = "MIT"\n' + "".join(f'[t{i}]\nlicense = "MIT"\n' for i in range(n // 10)),
    "shared.ttl": lambda n: (
        "@prefix d: <http://www.w3.org/ns/dcat#> . @prefix t: <http://purl.org/dc/terms/> .\n"
        + "".join(f"<d{i}> a d:Dataset ; t:license _:b .\n" for i in range(n // 40))
        + "".join(f'_:b t:title "x{i}" .\n' for i in range(n // 40))
    ),
    "wide.xml": lambda n: "<a>" + '<b license="MIT"/>' * (n // 10) + "</a>",
    "deep.xml": lambda n: (
        "<TEI>" + "<availability><licence>x" * 100 + "y" * n + "</licence></availability>" * 100 + "</TEI>"
    ),
    "blanks.cdl": lambda n: 'netcdf a {\n:license = "x"' + " " * n,
    "quotes.cdl": lambda n: "netcdf a {\n" + ':license = "x\n' * (n // 10),
    "chain.py": lambda n: "_LICENSE = 'a'" + "+'a'" * (n // 10),
    "many.py": lambda n: "_LICENSE = _LICENSE\n" * (n // 10),
    "words.json": lambda n: '{"text": "' + "license rights terms " * (n // 20) + '"}',
    "images.coco.json": lambda n: (
        '{"images": ['
        + ",".join(f'{{"license": {i}}}' for i in range(n // 10))
        + '], "annotations": [], "licenses": []}'
    ),
}


@pytest.mark.parametrize("name", GROWING)
def test_hostile_files_take_linear_work(name: str) -> None:
    small, large = (GROWING[name](size) for size in (40_000 // growth.TIMES, 40_000))
    made = growth.linear(lambda text: scan_text(name, text), small, large)
    assert made is not None


def test_keys_of_toml_with_many_parts_are_refused_with_their_line() -> None:
    made = scan_text("REUSE.toml", "version = 1\n" + "a." * 20_000 + "b = 1\n")
    assert made is not None
    assert [(p.line, "parts" in p.message) for p in made.problems] == [(2, True)]


@pytest.mark.parametrize(("depth", "whole"), [(30, True), (60, False)])
def test_a_field_that_lies_too_deep_is_reported(depth: int, whole: bool) -> None:
    made = scan_text("x.json", '{"a": ' * depth + '{"license": "CC BY-NC 4.0"}' + "}" * depth)
    assert made is not None
    assert [e.license for e in made.evidence] == (["CC-BY-NC-4.0"] if whole else [])
    assert (not made.problems) is whole


def test_a_template_of_r_is_no_license_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "DESCRIPTION").write_text("Package: birds\nTitle: Birds\nVersion: 1\nLicense: MIT + file LICENSE\n")
    (tmp_path / "LICENSE").write_text("YEAR: 2020\nCOPYRIGHT HOLDER: Ada Lo\n")
    (one,) = resolve_target(str(tmp_path))
    assert (one.license, one.conflicts) == ("MIT", ())


def test_what_only_an_unplaced_field_states_is_a_review(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"foo": {"license": "CC BY 4.0"}}')
    use = make_use({"intent": "publish-adaptation", "purpose": "product", "licensee": "company"})
    for target in (tmp_path, tmp_path / "settings.json"):
        (one,) = resolve_target(str(target))
        assert one.license == "CC-BY-4.0"
        assert evaluate(as_sources(one), use, load()).decision is Decision.REVIEW
