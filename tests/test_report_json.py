"""The JSON documents: what they hold is documented by their schemas, and nothing else is in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource
from report_cases import CASES, rows, scanned

from licensecheck import __version__
from licensecheck.engine.engine import core, engine
from licensecheck.engine.evaluate import evaluate
from licensecheck.engine.outbound import free, solve
from licensecheck.knowledge.rulebook import CLAIM_KINDS, load
from licensecheck.model import Basis, Certainty, Claim, Decision, Origin, Scope, Source, Stance, Status
from licensecheck.report import REPORTERS, Options, json_v1
from licensecheck.vocabulary import INTENTS, make_use

FOLDER = Path(__file__).parent.parent / "docs" / "schemas"
SCHEMAS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}


def strict(schema: Any) -> Any:
    """``schema`` that takes no member which it does not name."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: value if key in ("enum", "required", "const") else strict(value) for key, value in schema.items()}
    if "properties" in made and "additionalProperties" not in made:
        made["additionalProperties"] = False
    return made


REGISTRY: Registry[Any] = Registry().with_resources(
    (schema["$id"], Resource.from_contents(strict(schema))) for schema in SCHEMAS.values()
)


def holds(name: str, document: Any) -> None:
    document = json.loads(json.dumps(document))
    jsonschema.Draft202012Validator(strict(SCHEMAS[name]), registry=REGISTRY).validate(document)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("name", CASES)
def test_a_verdict_is_as_documented(name: str) -> None:
    holds("verdict-1", json_v1.verdict(CASES[name]))
    document = json.loads(REPORTERS["json"](CASES[name], Options(book=load())))
    holds("verdict-1", document)
    assert document["licensecheck"] == {"version": __version__, "rules": load().digest}


def test_real_verdicts_are_as_documented() -> None:
    book = load()
    claim = Claim("exception", "KCA-35-5", acts=("copy",), evidence="memo.pdf")
    sources = [
        Source("a", "LicenseRef-CC-BY-NC-SA-2.0-KR", upstream=("CC-BY-NC-4.0",)),
        Source("b", "MIT OR CC-BY-4.0"),
        Source("c", "NONE", claims=(claim,)),
        Source("d", "CC-BY-4.0", also=("CC-BY-SA-4.0",)),
        Source("e", "CC-BY-4.0 AND MIT", readings=("CC-BY-4.0", "MIT")),
    ]
    for intent in INTENTS:
        for purpose in ("academic_research", "product"):
            use = make_use({"intent": intent, "purpose": purpose, "contains": "trademark"})
            for some in (sources, sources[1:2], sources[3:]):
                verdict = evaluate(some, use, book)
                document = json_v1.verdict(verdict)
                holds("verdict-1", document)
                members = f'{{"schema": "licensecheck.verdict/1", "id": "", {json_v1.members(verdict)}}}'
                assert json.loads(members) == document


def test_a_deny_has_a_reason_with_a_clause_and_a_remedy() -> None:
    for verdict in CASES.values():
        for source in json_v1.verdict(verdict)["sources"]:
            if source["decision"] == "deny":
                assert source["remedies"]
                assert all(reason["clause"] for reason in source["reasons"])


def test_a_scan_is_as_documented() -> None:
    document = json_v1.scan(scanned())
    holds("scan-1", document)
    assert document["conflicts"][0]["claims"][1] == {
        "license": "CC-BY-4.0",
        "path": "wiki/README.md",
        "line": 3,
        "raw": "cc-by-4.0",
    }


def test_the_table_and_the_outbound_answer_are_as_documented() -> None:
    holds("table-1", json_v1.table(rows()))
    machine = engine(load())
    sources = [Source("a", "CC-BY-SA-4.0"), Source("b", "CC-BY-NC-4.0")]
    use = core(make_use({"intent": "publish-adaptation", "purpose": "noncommercial"}))
    solution = solve(machine, sources, use)
    freed = [free(machine, sources, use, name) for name, _ in solution.blocked]
    holds("outbound-1", json_v1.outbound(sources, solution, freed))


def test_every_license_is_as_documented() -> None:
    for licence in load().licenses():
        holds("license-line-1", json_v1.license(licence))


def test_lines_of_identify_are_as_documented(run: Any) -> None:
    done = run("identify", "CC BY 4.0", "nothing at all", "--format", "jsonl")
    for line in done.stdout.splitlines():
        holds("identify-line-1", json.loads(line))


def test_lines_of_cases_are_as_documented(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(
        '{"id": 7, "sources": ["CC-BY-4.0"], "use": {"intent": "publish-copy", "purpose": "product"}}\nno question\n',
        encoding="utf-8",
    )
    lines = [json.loads(line) for line in run("evaluate", "--cases", str(path)).stdout.splitlines()]
    assert [("error" in line, line["decision"]) for line in lines] == [(False, "allow"), (True, "review")]
    for line in lines:
        holds("verdict-1", line)


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("certainty", Certainty),
        ("scope", Scope),
        ("origin", Origin),
        ("basis", Basis),
        ("stance", Stance),
    ],
)
def test_the_schema_knows_every_word(name: str, members: Any) -> None:
    for schema in ("verdict-1", "scan-1"):
        enum = SCHEMAS[schema]["$defs"]["evidence"]["properties"][name]["enum"]
        assert set(enum) == {member.value for member in members}


def test_the_schemas_agree() -> None:
    verdict, scan = SCHEMAS["verdict-1"], SCHEMAS["scan-1"]
    for name in scan["$defs"]:
        assert scan["$defs"][name] == verdict["$defs"][name]
    assert set(scan["properties"]["status"]["enum"]) == {status.value for status in Status}
    assert set(verdict["$defs"]["decision"]["enum"]) == {decision.value for decision in Decision}
    assert set(verdict["$defs"]["claim"]["properties"]["kind"]["enum"]) == set(CLAIM_KINDS)


def test_a_file_name_that_is_no_text_can_be_written() -> None:
    found = scanned()
    odd = found._replace(evidence=tuple(e._replace(path="d\udcff/README.md") for e in found.evidence))
    text = json_v1.dumps(json_v1.scan(odd))
    text.encode()
    assert json.loads(text)["evidence"][0]["path"] == "d\udcff/README.md"
    assert "나무" in json_v1.dumps({"name": "나무"})


def test_what_is_returned_is_the_callers_own() -> None:
    first: Mapping[str, Any] = json_v1.verdict(CASES["mixed"])
    first["sources"][0]["duties"].clear()
    assert json_v1.verdict(CASES["mixed"])["sources"][0]["duties"]
