"""Bills of materials and descriptions: golden files, the formats' own validators, and what each field may say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import warnings
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import growth
import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from injections import INJECTIONS
from mixed_case import BIRTHS, BY, MIXED, NC_SA_KR, TABLE, WIKI
from rdflib import RDF, Graph, Namespace, URIRef
from report_cases import CASES
from spdx_tools.spdx.parser.jsonlikedict.json_like_dict_parser import JsonLikeDictParser
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document
from test_injection import MODES, spoiled

from licensecheck import __version__
from licensecheck.base.errors import UsageError
from licensecheck.engine.evaluate import evaluate
from licensecheck.knowledge.rulebook import load
from licensecheck.model import Credit, Decision, Origin, Outbound, Scope, Source, SourceVerdict, Stance, Verdict
from licensecheck.report import REPORTERS, Options, bom
from licensecheck.report.formats import cyclonedx_1_7
from licensecheck.vocabulary import make_use

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "reports"
WRITERS = {
    **{name: REPORTERS[name] for name in ("spdx", "spdx3", "cyclonedx", "croissant")},
    "cyclonedx-1.7": cyclonedx_1_7.render,
}
MODEL = MIXED._replace(use=(("intent", "publish-model"), ("purpose", "product")))
VERDICTS = {**CASES, "MIXED": MIXED, "model": MODEL}
ODRL = Namespace("http://www.w3.org/ns/odrl/2/")
CC = Namespace("http://creativecommons.org/ns#")
SCHEMA = Namespace("https://schema.org/")
PROV = Namespace("http://www.w3.org/ns/prov#")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
EVIL = INJECTIONS[::6]


@pytest.fixture(autouse=True)
def fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


def options(**more: Any) -> Options:
    return Options(book=load(), **more)


def shown(form: str, verdict: Verdict, **more: Any) -> Any:
    return json.loads(WRITERS[form](verdict, options(**more)))


# ---- Validators: each raises, or fails, where a document is not what its format asks for


def is_spdx(text: str) -> None:
    document = JsonLikeDictParser().parse(json.loads(text))
    assert validate_full_spdx_document(document) == []
    refs = {info.license_id for info in document.extracted_licensing_info}
    assert refs == set(re.findall(r"LicenseRef-[A-Za-z0-9.-]+", " ".join(licenses_of_spdx(json.loads(text)))))


def licenses_of_spdx(document: Any) -> list[str]:
    return [package[key] for package in document["packages"] for key in ("licenseConcluded", "licenseDeclared")]


def is_spdx3(text: str) -> None:
    import spdx_python_model

    model, found = spdx_python_model.load_data(json.loads(text))
    assert not found.missing_ids
    elements = [row for row in json.loads(text)["@graph"] if "spdxId" in row]
    ids = [row["spdxId"] for row in elements]
    assert len(ids) == len(set(ids))
    (document,) = (row for row in elements if row["type"] == "SpdxDocument")
    assert set(document["element"]) == set(ids) - {document["spdxId"]}
    links = Counter((row["from"], row["relationshipType"]) for row in elements if row["type"] == "Relationship")
    packages = list(found.foreach_type(model.software_Package))
    assert packages
    for package in packages:
        assert links[package._id, "hasConcludedLicense"] == links[package._id, "hasDeclaredLicense"] == 1
    assert all(end in ids or end.startswith("expandedlicensing_") for row in elements for end in row.get("to", []))
    texts = {row["spdxId"] for row in elements if row["type"] == "simplelicensing_SimpleLicensingText"}
    for row in elements:
        said = set(re.findall(r"LicenseRef-[A-Za-z0-9.-]+", row.get("simplelicensing_licenseExpression", "")))
        custom = {entry["key"]: entry["value"] for entry in row.get("simplelicensing_customIdToUri", [])}
        assert set(custom) == said
        assert set(custom.values()) <= texts


@cache
def schema(version: str) -> JsonStrictValidator:
    """The official schema, as cyclonedx-python-lib ships it, with its formats checked."""
    return JsonStrictValidator(SchemaVersion.from_version(version))


def is_cyclonedx(text: str) -> None:
    document = json.loads(text)
    assert schema(document["specVersion"]).validate_str(text) is None
    refs = [row["bom-ref"] for row in (document["metadata"]["component"], *document["components"])]
    assert len(refs) == len(set(refs))
    assert [row["ref"] for row in document["dependencies"]] == refs


def graph(text: str) -> Graph:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own reader of JSON-LD uses what it deprecates
        return Graph().parse(data=text, format="json-ld")


def is_croissant(text: str) -> None:
    made = graph(text)
    (dataset,) = made.subjects(RDF.type, SCHEMA.Dataset)
    assert list(made.objects(dataset, SCHEMA.name))
    for offer in made.subjects(RDF.type, ODRL.Offer):
        rules = [*made.objects(offer, ODRL.permission), *made.objects(offer, ODRL.prohibition)]
        assert rules
        assert all(list(made.objects(rule, ODRL.action)) for rule in rules)
    assert all(
        str(link).startswith(("http://", "https://", "urn:uuid:")) for link in made.all_nodes() if type(link) is URIRef
    )


VALIDATORS = {
    "spdx": is_spdx,
    "spdx3": is_spdx3,
    "cyclonedx": is_cyclonedx,
    "cyclonedx-1.7": is_cyclonedx,
    "croissant": is_croissant,
}


@pytest.mark.parametrize("form", WRITERS)
def test_the_mixed_case_reads_as_it_should(form: str) -> None:
    """The golden file; LICENSECHECK_REGEN=1 writes it instead."""
    text = UUID.sub("UUID", WRITERS[form](MIXED, options())).replace(
        f"licensecheck-{__version__}", "licensecheck-VERSION"
    )
    text = text.replace(f'"{__version__}"', '"VERSION"').replace(f"licensecheck {__version__}", "licensecheck VERSION")
    path = GOLDEN / f"mixed-case.{form}.json"
    if os.environ.get("LICENSECHECK_REGEN"):
        path.write_text(text + "\n", encoding="utf-8")
    # Libraries write some of these: what a document says counts, not the order in which one version writes it.
    assert json.loads(text) == json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", VERDICTS)
@pytest.mark.parametrize("form", WRITERS)
def test_every_verdict_gives_a_valid_document_with_and_without_a_rulebook(form: str, name: str) -> None:
    for given in (options(), Options()):
        text = WRITERS[form](VERDICTS[name], given)
        VALIDATORS[form](text)
        assert text == WRITERS[form](VERDICTS[name], given)


@pytest.mark.parametrize("form", WRITERS)
def test_hostile_words_in_every_field_give_valid_documents(form: str) -> None:
    failed = []
    for mode in MODES.values():
        for evil in EVIL:
            verdict = spoiled(MIXED, evil, mode)
            try:
                VALIDATORS[form](WRITERS[form](verdict, options(folder="/home/me/repo")))
            except (Exception, pytest.fail.Exception) as error:
                failed.append(f"{evil[:60]!a}: {type(error).__name__} {str(error)[:200]}")
    assert not failed, "\n".join(failed[:10])


@pytest.mark.parametrize("form", WRITERS)
def test_addresses_are_of_the_web_only(form: str) -> None:
    for url in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "https://user:pw@host.example/x",
        "x y",
    ):
        source = BIRTHS._replace(credit=BIRTHS.credit._replace(source=url))
        verdict = MIXED._replace(sources=(SourceVerdict(source, Decision.ALLOW),), attributions=())
        text = WRITERS[form](verdict, options())
        VALIDATORS[form](text)
        assert url not in text


@pytest.mark.parametrize("form", WRITERS)
def test_a_thousand_sources_are_written_in_time(form: str) -> None:
    one = MIXED.sources[0]
    many = tuple(one._replace(source=one.source._replace(name=f"set-{n}")) for n in range(1000))
    verdicts = [MIXED._replace(sources=some, attributions=()) for some in (many[: 1000 // growth.TIMES], many)]
    text = growth.linear(lambda verdict: WRITERS[form](verdict, options()), *verdicts)
    assert text.count("set-999") >= 1


def test_the_same_everywhere_and_whenever() -> None:
    """Neither the hash seed of the interpreter nor its clock changes more than the time of making."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from mixed_case import MIXED\nfrom licensecheck.report import REPORTERS, Options\n"
        "from licensecheck.knowledge.rulebook import load\n"
        "for form in ('spdx', 'spdx3', 'cyclonedx', 'croissant'): print(REPORTERS[form](MIXED, Options(book=load())))\n"
    )

    def run(**env: str) -> str:
        clean = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
        done = subprocess.run(
            [sys.executable, "-c", code, str(HERE)], env={**clean, **env}, capture_output=True, text=True, check=True
        )
        return done.stdout

    first = run(PYTHONHASHSEED="1", SOURCE_DATE_EPOCH="1700000000")
    assert first == run(PYTHONHASHSEED="2", SOURCE_DATE_EPOCH="1700000000")
    assert "2023-11-14T22:13:20Z" in first
    now = run(PYTHONHASHSEED="3")
    assert re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z", "TIME", now) == re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z", "TIME", first)


@pytest.mark.parametrize("form", WRITERS)
def test_another_verdict_has_another_id(form: str) -> None:
    ids = [UUID.findall(WRITERS[form](v, options()))[0] for v in (MIXED, MIXED._replace(id="other"), MODEL)]
    assert len(set(ids)) == 3


def test_a_time_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for wrong in ("yesterday", "9" * 30, "1e3"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        with pytest.raises(UsageError, match="give seconds since 1970-01-01"):
            bom.created()


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spdx_python_model", None)
    with pytest.raises(UsageError, match=r"pip install 'dataset-licensecheck\[spdx3\]'"):
        WRITERS["spdx3"](MIXED, options())


# ---- Licences


def test_every_licence_of_the_rulebook_is_an_expression_that_the_formats_take() -> None:
    ids = [license.id for license in load().licenses() if license.id not in ("NONE", "NOASSERTION")]
    named: set[str] = set()
    for start in range(0, len(ids), 60):
        sources = tuple(SourceVerdict(Source(id, id), Decision.REVIEW) for id in ids[start : start + 60])
        verdict = MIXED._replace(sources=sources, attributions=())
        spdx = WRITERS["spdx"](verdict, options())
        is_spdx(spdx)
        named |= {package["licenseConcluded"] for package in json.loads(spdx)["packages"][1:]}
        for form in ("cyclonedx", "cyclonedx-1.7"):
            document = shown(form, verdict)
            for component in document["components"]:  # an address takes 5 ms to check
                component.pop("externalReferences", None)
                for choice in (*component["licenses"], *component.get("evidence", {}).get("licenses", ())):
                    choice["license"].pop("url", None)
            is_cyclonedx(json.dumps(document))
    assert "NOASSERTION" not in named
    assert named >= {id for id in ids if bom.listed(id) or id.startswith("LicenseRef-")}


def test_many_sources_are_one_document() -> None:
    """spdx-tools is asked about some at a time; what comes out is whole."""
    refs = [f"LicenseRef-own-{n % 7}" for n in range(250)]
    sources = tuple(
        SourceVerdict(Source(f"s{n}", ref, upstream=("MIT",)), Decision.REVIEW) for n, ref in enumerate(refs)
    )
    text = WRITERS["spdx"](MIXED._replace(sources=sources, attributions=()), options())
    is_spdx(text)
    document = json.loads(text)
    assert len(document["packages"]) == 1 + 2 * len(refs)
    kinds = Counter(row["relationshipType"] for row in document["relationships"])
    assert kinds == {"DESCRIBES": 1, "GENERATED_FROM": 250, "DESCENDANT_OF": 250}


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("mit AND cc-by-4.0", "MIT AND CC-BY-4.0"),
        ("(MIT OR Apache-2.0) AND CC-BY-4.0", "(MIT OR Apache-2.0) AND CC-BY-4.0"),
        ("GPL-2.0+", "GPL-2.0-or-later"),
        ("gpl-2.0-only with classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("MIT WITH MIT", "LicenseRef-MIT-WITH-MIT"),
        ("Classpath-exception-2.0", "LicenseRef-Classpath-exception-2.0"),
        ("My-Own-Terms", "LicenseRef-My-Own-Terms"),
        ("LicenseRef-Own.Terms-1", "LicenseRef-Own.Terms-1"),
        ("NONE", "NONE"),
        ("NOASSERTION", "NOASSERTION"),
        ("MIT AND NONE", "NOASSERTION"),
        ("MIT OR NOASSERTION", "NOASSERTION"),
        ("all rights reserved!", "NOASSERTION"),
        ("", "NOASSERTION"),
        ("(" * 900 + "MIT" + ")" * 900, "MIT"),
    ],
)
def test_expressions_are_spelled_as_spdx_does(written: str, spelled: str) -> None:
    verdict = MIXED._replace(sources=(SourceVerdict(Source("a", written), Decision.REVIEW),), attributions=())
    document = shown("spdx", verdict)
    assert document["packages"][1]["licenseConcluded"] == spelled
    is_spdx(json.dumps(document))


def test_ids_that_are_no_ids_stay_apart() -> None:
    names = ("LicenseRef-a_b", "LicenseRef-a:b", "LicenseRef-a-b")
    sources = tuple(SourceVerdict(Source(name, name), Decision.REVIEW) for name in names)
    document = shown("spdx", MIXED._replace(sources=sources, attributions=()))
    made = [package["licenseConcluded"] for package in document["packages"][1:]]
    assert len(set(made)) == 3
    assert made[2] == "LicenseRef-a-b"
    assert [info["name"] for info in document["hasExtractedLicensingInfos"]] == [
        dict(zip(made, names, strict=True))[info["licenseId"]] for info in document["hasExtractedLicensingInfos"]
    ]


def declared(*evidence: Any, **more: Any) -> str:
    source = Source("a", BY, evidence=evidence, **more)
    verdict = MIXED._replace(sources=(SourceVerdict(source, Decision.ALLOW),), attributions=())
    found: str = shown("spdx", verdict)["packages"][1]["licenseDeclared"]
    return found


def test_declared_is_what_the_work_itself_says() -> None:
    other = TABLE._replace(license="MIT")
    assert declared() == "NOASSERTION"
    assert declared(TABLE) == BY
    for beside in (
        other._replace(origin=Origin.PORTAL),
        other._replace(origin=Origin.WEBPAGE),
        other._replace(origin=Origin.SIDECAR),
        other._replace(scope=Scope.CODE),
        other._replace(stance=Stance.COMPARED),
        other._replace(stance=Stance.NEGATED),
    ):
        assert declared(beside) == "NOASSERTION"
        assert declared(TABLE, beside) == BY
    assert declared(other) == "MIT"


def test_places_that_do_not_agree_declare_nothing_and_are_told() -> None:
    assert declared(TABLE, TABLE._replace(license="CC-BY-3.0")) == BY
    assert declared(TABLE, TABLE._replace(license="MIT"), also=("MIT",)) == "NOASSERTION"
    wiki = shown("spdx", MIXED)["packages"][2]
    assert (wiki["licenseConcluded"], wiki["licenseDeclared"]) == (WIKI.license, "NOASSERTION")
    assert "data/wiki/README.md:21 says CC-BY-SA-4.0; data/wiki/README.md:3 says CC-BY-4.0" in wiki["licenseComments"]
    rows = shown("cyclonedx", MIXED)["components"][1]["evidence"]["licenses"]
    assert [row["license"]["id"] for row in rows] == [BY, WIKI.license]


def test_a_list_without_an_operator_concludes_nothing() -> None:
    for form in ("spdx", "cyclonedx"):
        assert "CC-BY-4.0 AND CC-BY-NC-4.0" not in WRITERS[form](CASES["unclear-list"], options())
    package = shown("spdx", CASES["unclear-list"])["packages"][1]
    assert package["licenseConcluded"] == "NOASSERTION"
    assert "any of these: CC-BY-4.0, CC-BY-NC-4.0" in package["licenseComments"]


def test_the_result_is_under_what_it_may_be_under() -> None:
    def result(decision: Decision, out: Outbound) -> tuple[str, str]:
        row = shown("spdx", MIXED._replace(decision=decision, outbound=out))["packages"][0]
        return row["licenseConcluded"], row["licenseDeclared"]

    assert result(Decision.ALLOW, Outbound(BY, (BY,))) == (BY, BY)
    assert result(Decision.DENY, Outbound(BY, ("MIT", BY))) == (BY, BY)
    assert result(Decision.DENY, Outbound(BY, ("MIT",))) == ("NOASSERTION", BY)
    assert result(Decision.REVIEW, Outbound(BY)) == ("NOASSERTION", BY)
    assert result(Decision.ALLOW, Outbound(None, (BY,))) == ("NOASSERTION", "NOASSERTION")


# ---- What each format says


def test_spdx_has_lineage_credits_and_answers() -> None:
    document = shown("spdx", MIXED)
    assert [(r["relationshipType"], r["relatedSpdxElement"]) for r in document["relationships"]] == [
        ("DESCRIBES", "SPDXRef-result"),
        ("GENERATED_FROM", "SPDXRef-source-1-births"),
        ("GENERATED_FROM", "SPDXRef-source-2-wiki"),
        ("DESCENDANT_OF", "NOASSERTION"),
        ("GENERATED_FROM", "SPDXRef-source-3"),
    ]
    _, births, wiki, namu = document["packages"]
    assert births["attributionTexts"] == [MIXED.attributions[0].text]
    assert births["copyrightText"] == "© 2024 Statistics Office"
    assert (births["downloadLocation"], wiki["downloadLocation"]) == ("https://stats.example/births", "NOASSERTION")
    assert [p["annotations"][0]["comment"].split(":")[0] for p in (births, wiki, namu)] == ["allow", "review", "deny"]
    (text,) = document["hasExtractedLicensingInfos"]
    assert (text["licenseId"], text["extractedText"]) == (NC_SA_KR, NAMED_SO)


NAMED_SO = "크리에이티브 커먼즈 저작자표시-비영리-동일조건변경허락 2.0 대한민국"


def test_what_a_source_is_made_from_is_its_ancestor() -> None:
    source = WIKI._replace(upstream=("CC-BY-SA-3.0", "NOASSERTION"))
    verdict = MIXED._replace(sources=(SourceVerdict(source, Decision.REVIEW),), attributions=())
    spdx = shown("spdx", verdict)
    assert spdx["packages"][2]["licenseConcluded"] == "CC-BY-SA-3.0"
    up = [r["relatedSpdxElement"] for r in spdx["relationships"] if r["relationshipType"] == "DESCENDANT_OF"]
    assert up == [spdx["packages"][2]["SPDXID"], "NOASSERTION"]
    ancestors = shown("cyclonedx", verdict)["components"][0]["pedigree"]["ancestors"]
    assert [row.get("licenses", [{}])[0].get("license", {}).get("id") for row in ancestors] == ["CC-BY-SA-3.0", None]
    made = graph(WRITERS["croissant"](verdict, options()))
    (wiki,) = (o for o in made.objects(None, PROV.wasDerivedFrom) if str(made.value(o, SCHEMA.name)) == "wiki")
    assert len(list(made.objects(wiki, PROV.wasDerivedFrom))) == 2


def test_a_model_is_no_dataset() -> None:
    component = shown("cyclonedx", MODEL)["metadata"]["component"]
    assert component["type"] == "machine-learning-model"
    assert [row["ref"] for row in component["modelCard"]["modelParameters"]["datasets"]] == [
        row["bom-ref"] for row in shown("cyclonedx", MODEL)["components"]
    ]
    rows = shown("spdx3", MODEL)["@graph"]
    (model,) = (row for row in rows if row["type"] == "ai_AIPackage")
    trained = [row for row in rows if row.get("relationshipType") == "trainedOn"]
    assert [row["from"] for row in trained] == [model["spdxId"]] * len(MODEL.sources)
    assert shown("croissant", MODEL)["name"].startswith("training data of: ")


def test_a_result_without_a_name_is_named_by_its_sources() -> None:
    names = [shown("spdx", v._replace(id=""))["name"] for v in (MIXED, CASES["nothing"], MODEL)]
    assert names == ["dataset made from births, wiki, 나무위키", "dataset", "model made from births, wiki, 나무위키"]


def test_cyclonedx_1_6_has_one_expression_or_a_list_and_1_7_both() -> None:
    source = BIRTHS._replace(license="MIT OR CC-BY-4.0")
    verdict = MIXED._replace(sources=(SourceVerdict(source, Decision.ALLOW),), attributions=())
    old, new = (shown(form, verdict)["components"][0]["licenses"] for form in ("cyclonedx", "cyclonedx-1.7"))
    assert old == [{"expression": "MIT OR CC-BY-4.0", "acknowledgement": "concluded"}]
    assert new[0] == old[0]
    assert (new[1]["license"]["id"], new[1]["license"]["acknowledgement"]) == (BY, "declared")
    mixed = shown("cyclonedx", MIXED)
    mixed["components"][0]["licenses"] = new
    assert schema("1.6").validate_str(json.dumps(mixed)) is not None


def test_the_validators_bite() -> None:
    bad = shown("cyclonedx", MIXED)
    bad["components"][0]["licenses"][0]["license"]["id"] = "No-Such-License"
    with pytest.raises(AssertionError):
        is_cyclonedx(json.dumps(bad))
    wrong = shown("spdx", MIXED)
    del wrong["hasExtractedLicensingInfos"]
    with pytest.raises(AssertionError):
        is_spdx(json.dumps(wrong))
    twice = shown("spdx3", MIXED)
    twice["@graph"] = [row for row in twice["@graph"] if not row.get("spdxId", "").endswith("#result-declared")]
    with pytest.raises(AssertionError):
        is_spdx3(json.dumps(twice))
    empty = shown("croissant", MIXED)
    del empty["usageInfo"][0]["odrl:prohibition"]
    with pytest.raises(AssertionError):
        is_croissant(json.dumps(empty))


def offers(verdict: Verdict) -> tuple[Graph, Any, list[Any]]:
    made = graph(WRITERS["croissant"](verdict, options()))
    (dataset,) = made.subjects(RDF.type, SCHEMA.Dataset)
    return made, dataset, [o for o in made.objects(dataset, SCHEMA.usageInfo) if (o, RDF.type, ODRL.Offer) in made]


def said(license: str, **use: str) -> Verdict:
    source = Source("a", license, credit=Credit("A", ("B",), "https://a.example"))
    return evaluate([source], make_use({"intent": "publish-copy", "purpose": "teaching", **use}), load())


def words(made: Graph, offers: list[Any], kind: URIRef) -> set[Any]:
    return {
        action for offer in offers for rule in made.objects(offer, kind) for action in made.objects(rule, ODRL.action)
    }


def test_an_allowed_use_is_permitted_with_its_duties() -> None:
    made, _, found = offers(said(BY))
    assert words(made, found, ODRL.permission) == {ODRL.reproduce, ODRL.distribute}
    duties = {a for duty in made.subjects(RDF.type, ODRL.Duty) for a in made.objects(duty, ODRL.action)}
    assert duties >= {CC.Attribution, CC.Notice}
    assert {str(o) for o in made.objects(None, ODRL.rightOperand)} == {"teaching"}


def test_a_denied_use_is_prohibited_as_a_whole_and_an_open_one_is_not_offered() -> None:
    verdict = said("CC-BY-ND-4.0", intent="publish-adaptation")
    assert verdict.decision is Decision.DENY
    made, _, found = offers(verdict)
    (action,) = words(made, found, ODRL.prohibition) - {CC.DerivativeWorks}
    assert (action, ODRL.includedIn, ODRL.use) in made
    assert not words(made, found, ODRL.permission)
    made, _, found = offers(CASES["unclear-list"])
    assert not found


def test_the_licence_of_the_result_is_offered_to_whoever_gets_it() -> None:
    made, dataset, found = offers(CASES["namuwiki-school"])
    assert str(made.value(dataset, SCHEMA.license)) == "https://creativecommons.org/licenses/by-nc-sa/2.0/kr/"
    assert words(made, found, ODRL.permission) >= {CC.Reproduction, CC.Distribution, CC.DerivativeWorks}
    assert words(made, found, ODRL.prohibition) == {CC.CommercialUse}


def test_what_a_source_prohibits_stays_prohibited_unless_only_facts_are_taken() -> None:
    made, _, found = offers(said("CC-BY-NC-4.0"))
    assert words(made, found, ODRL.prohibition) == {CC.CommercialUse}
    made, _, found = offers(said("CC-BY-NC-4.0", intent="facts-only"))
    assert not words(made, found, ODRL.prohibition)


@pytest.mark.parametrize(
    ("license", "codes"),
    [
        ("CC-BY-NC-4.0", {"DUO:0000046"}),
        ("CC0-1.0", {"DUO:0000004"}),
        ("CC-BY-4.0", set()),
        ("CC-BY-SA-4.0", set()),
        ("MIT", set()),
        ("NONE", set()),
        ("NOASSERTION", set()),
        ("LicenseRef-not-known-to-anybody", set()),
        ("CC0-1.0 OR CC-BY-NC-4.0", set()),
        ("CC0-1.0 AND CC-BY-NC-4.0", {"DUO:0000046"}),
        ("LicenseRef-CC-BY-NC", set()),
    ],
)
def test_terms_of_duo_stand_only_where_the_licence_says_so(license: str, codes: set[str]) -> None:
    verdict = Verdict("", Decision.REVIEW, (), (SourceVerdict(Source("a", license), Decision.REVIEW),))
    (source,) = shown("croissant", verdict)["prov:wasDerivedFrom"]
    found = {row["termCode"] for row in source.get("usageInfo", []) if row["@type"] == "sc:DefinedTerm"}
    assert found == codes


def test_terms_of_duo_follow_terms_of_the_rulebook() -> None:
    """Research-only, approved users: by the term, whichever licence has it; academic-only has no word in DUO."""
    wanted = {"research-only": "DUO:0000042", "approved-users": "DUO:0000026", "nc": "DUO:0000046"}
    seen: set[str] = set()
    for license in load().licenses():
        terms = {term for term, _ in license.terms}
        if license.members or terms & {"terms-unread", "not-known", "no-license"}:
            continue
        verdict = Verdict("", Decision.REVIEW, (), (SourceVerdict(Source("a", license.id), Decision.REVIEW),))
        text = json.dumps(shown("croissant", verdict)["prov:wasDerivedFrom"])
        for term, code in wanted.items():
            assert (code in text) is (term in terms), license.id
            seen |= {term} & terms
        assert "DUO:0000018" not in text
    assert seen == set(wanted)


@pytest.mark.filterwarnings("ignore")
def test_mlcroissant_reads_it() -> None:
    """The reference reader takes it, and misses nothing but what only a publisher knows."""
    mlcroissant = pytest.importorskip("mlcroissant")
    verdicts = [*VERDICTS.values(), *(spoiled(MIXED, evil, MODES["around"]) for evil in EVIL[::8])]
    for verdict in verdicts:
        document = shown("croissant", verdict)
        dataset = mlcroissant.Dataset(jsonld=document)
        issues = dataset.metadata.ctx.issues
        assert not issues.errors
        missed = {re.search(r'/([A-Za-z]+)" is recommended', text)[1] for text in issues.warnings}  # type: ignore[index]
        assert missed <= {"datePublished", "version", "license", "citeAs"}
        assert ("license" in missed) is ("license" not in document)
    assert dataset.metadata.ctx.is_v1_1()
