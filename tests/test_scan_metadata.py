"""Structured metadata: one small document a format, the trap that each sets, and places that are true."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import growth
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from licensecheck.model import Evidence, Origin, Scanned, Scope, Standing
from licensecheck.scanners import scan_file, scan_text
from licensecheck.scanners.document import Document
from licensecheck.targets.targets import resolve_target


class Case(NamedTuple):
    """A file, the format that must read it, and (licence, scope, part) of what counts, in order."""

    name: str
    text: Any
    format: str
    said: tuple[tuple[str | None, str, str], ...]
    creators: tuple[str, ...] = ()
    upstream: tuple[str, ...] = ()
    note: str = ""


DATA = "data"
BY = "CC-BY-4.0"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
CASES = [
    Case(
        "croissant.json",
        {
            "@context": {"@vocab": "https://schema.org/"},
            "@type": "sc:Dataset",
            "conformsTo": ["http://mlcommons.org/croissant/1.1"],
            "name": "Wildflowers",
            "creator": {"@type": "Person", "name": "Ada"},
            "license": "https://choosealicense.com/licenses/odc-by/",
            "sdLicense": "https://creativecommons.org/publicdomain/zero/1.0/",
            "prov:wasDerivedFrom": [{"@id": "https://example.org/fields", "prov:label": "Fields"}],
            "distribution": [{"@type": "cr:FileObject", "name": "images", "license": "cc-by-nc-4.0"}],
        },
        "croissant",
        (("ODC-By-1.0", DATA, ""), ("CC0-1.0", "metadata", ""), ("CC-BY-NC-4.0", DATA, "images")),
        ("Ada",),
        ("https://example.org/fields",),
    ),
    Case("metadata.json", {"@type": "Dataset", "recordSet": [], "license": "None"}, "croissant", ((None, DATA, ""),)),
    Case(
        "ro-crate-metadata.json",
        {
            "@context": "https://w3id.org/ro/crate/1.1/context",
            "@graph": [
                {
                    "@id": "ro-crate-metadata.json",
                    "about": {"@id": "./"},
                    "license": {"@id": "https://spdx.org/licenses/CC0-1.0"},
                },
                {
                    "@id": "./",
                    "@type": "Dataset",
                    "license": {"@id": "#terms"},
                    "author": {"@id": "#ada"},
                    "isBasedOn": "https://example.org/x",
                },
                {"@id": "#terms", "@type": "CreativeWork", "url": CC_BY, "name": "CC BY 4.0"},
                {"@id": "#ada", "@type": "Person", "name": "Ada"},
                {"@id": "wf.cwl", "@type": ["File", "SoftwareSourceCode"], "license": "MIT"},
                {"@id": "img/", "@type": "Dataset", "license": "CC-BY-NC-4.0"},
            ],
        },
        "rocrate",
        (("CC0-1.0", "metadata", ""), (BY, DATA, ""), ("MIT", "code", ""), ("CC-BY-NC-4.0", DATA, "img/")),
        ("Ada",),
        ("https://example.org/x",),
    ),
    Case(
        "codemeta.json",
        {
            "@context": "https://doi.org/10.5063/schema/codemeta-2.0",
            "license": "https://spdx.org/licenses/MIT",
            "author": [{"givenName": "Ada", "familyName": "Lo"}],
            "softwareRequirements": [{"license": "https://spdx.org/licenses/GPL-3.0"}],
        },
        "codemeta",
        (("MIT", "code", ""),),
        ("Ada Lo",),
    ),
    Case(
        "CITATION.cff",
        "cff-version: 1.2.0\ntype: dataset\ntitle: T\nlicense:\n  - CC-BY-4.0\n  - ODbL-1.0\nauthors:\n  - given-names: Ada\n    family-names: Lo\n"
        "references:\n  - title: Other\n    license: MIT\n",
        "citation",
        (("CC-BY-4.0 OR ODbL-1.0", DATA, ""),),
        ("Ada Lo",),
    ),
    Case("CITATION.cff", "cff-version: 1.2.0\nlicense: MIT\n", "citation", (("MIT", "code", ""),)),
    Case(
        "collection.json",
        {
            "stac_version": "1.0.0",
            "license": "proprietary",
            "providers": [{"name": "Lab", "roles": ["licensor"]}, {"name": "Host", "roles": ["host"]}],
            "links": [
                {"rel": "license", "href": "https://example.org/terms"},
                {"rel": "derived_from", "href": "https://example.org/up"},
            ],
        },
        "stac",
        (("LicenseRef-custom", DATA, ""),),
        ("Lab",),
        ("https://example.org/up",),
        "does not name a license",
    ),
    Case(
        "item.json",
        {"stac_version": "1.1.0", "properties": {"license": "CC-BY-SA-4.0"}, "links": []},
        "stac",
        (("CC-BY-SA-4.0", DATA, ""),),
    ),
    Case(
        "datacite.xml",
        '<?xml version="1.0" encoding="UTF-8"?>\n<resource xmlns="http://datacite.org/schema/kernel-4">\n<creators><creator><creatorName>Lo, Ada</creatorName></creator></creators>\n'
        '<rightsList>\n<rights rightsURI="info:eu-repo/semantics/openAccess">Open Access</rights>\n'
        f'<rights rightsURI="{CC_BY}" rightsIdentifier="cc-by-4.0" rightsIdentifierScheme="spdx"/>\n</rightsList>\n'
        '<relatedIdentifiers><relatedIdentifier relationType="IsDerivedFrom" relatedIdentifierType="DOI">10.1/x</relatedIdentifier></relatedIdentifiers></resource>',
        "datacite",
        ((BY, DATA, ""),),
        ("Lo, Ada",),
        ("10.1/x",),
    ),
    Case(
        "record.json",
        {
            "data": {
                "attributes": {
                    "rightsList": [
                        {"rights": "x", "rightsUri": CC_BY},
                        {"rights": "TK Attribution", "rightsIdentifierScheme": "Local Contexts"},
                    ]
                }
            }
        },
        "datacite",
        ((BY, DATA, ""),),
    ),
    Case(
        "eml.xml",
        '<eml:eml xmlns:eml="https://eml.ecoinformatics.org/eml-2.2.0"><dataset><title>Birds</title>\n<intellectualRights><para>This work is licensed under a '
        '<ulink url="http://creativecommons.org/licenses/by-nc/4.0/legalcode"><citetitle>Creative Commons Attribution Non Commercial (CC-BY-NC) 4.0 License</citetitle></ulink>.</para></intellectualRights></dataset></eml:eml>',
        "eml",
        (("CC-BY-NC-4.0", DATA, ""),),
    ),
    Case(
        "study.xml",
        '<codeBook><stdyDscr><dataAccs><notes type="DVN:TOU">&lt;a href="http://creativecommons.org/publicdomain/zero/1.0"&gt;CC0 1.0&lt;/a&gt;</notes></dataAccs></stdyDscr></codeBook>',
        "ddi",
        (("CC0-1.0", DATA, ""),),
    ),
    Case(
        "catalog.jsonld",
        {
            "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
            "@type": "dcat:Catalog",
            "dct:license": {"@id": "http://creativecommons.org/publicdomain/zero/1.0/"},
            "dcat:dataset": {
                "@type": "dcat:Dataset",
                "dct:title": "Trees",
                "dcat:distribution": {
                    "@type": "dcat:Distribution",
                    "dct:license": {"@id": "http://publications.europa.eu/resource/authority/licence/CC_BYNC_4_0"},
                },
            },
        },
        "dcat",
        (("CC0-1.0", "metadata", ""), ("CC-BY-NC-4.0", DATA, "")),
    ),
    Case(
        "trees.ttl",
        "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n<https://x.example/c> a dcat:Catalog ; dct:license <http://creativecommons.org/publicdomain/zero/1.0/> .\n"
        "<https://x.example/d> a dcat:Distribution ;\n  dct:license <https://www.govdata.de/dl-de/by-2-0> .\n",
        "dcat_rdf",
        (("CC0-1.0", "metadata", ""), ("DL-DE-BY-2.0", DATA, "")),
    ),
    Case(
        "trees.rdf",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">\n'
        '<dcat:Distribution rdf:about="https://x.example/d">\n<dct:license rdf:resource="https://unknown.example/terms"/>\n</dcat:Distribution></rdf:RDF>',
        "dcat_rdf",
        (("LicenseRef-unknown.example-terms", DATA, ""),),
    ),
    Case(
        "dataset-metadata.json",
        {"id": "ada/flowers", "title": "Flowers", "licenses": [{"name": "CC0-1.0"}]},
        "kaggle",
        (("CC0-1.0", DATA, ""),),
        ("ada",),
        (),
        "default",
    ),
    Case("dataset-metadata.json", {"id": "a/b", "licenses": [{"name": "unknown"}]}, "kaggle", ((None, DATA, ""),)),
    Case(
        "datapackage.json",
        {
            "name": "x",
            "licenses": [{"name": "ODC-PDDL-1.0", "path": "http://opendatacommons.org/licenses/pddl/"}],
            "sources": [{"title": "Up", "path": "https://example.org/up"}],
            "contributors": [{"title": "Ada", "role": "author"}],
            "resources": [{"name": "photos", "licenses": [{"name": "CC-BY-NC-4.0"}]}],
        },
        "datapackage",
        (("PDDL-1.0", DATA, ""), ("CC-BY-NC-4.0", DATA, "photos")),
        ("Ada",),
        ("https://example.org/up",),
    ),
    Case(
        "commons.json",
        {
            "query": {
                "pages": {
                    "1": {
                        "imageinfo": [
                            {
                                "extmetadata": {
                                    "LicenseUrl": {"value": "https://creativecommons.org/licenses/by-sa/3.0"},
                                    "License": {"value": "cc-by-sa-3.0"},
                                    "Artist": {"value": "<a href='//x'>Ada</a>"},
                                    "Restrictions": {"value": "trademarked"},
                                }
                            }
                        ]
                    }
                }
            }
        },
        "commons",
        (("CC-BY-SA-3.0", DATA, ""),),
        ("Ada",),
        (),
        "trademarked",
    ),
    Case(
        ".zenodo.json",
        {"upload_type": "dataset", "title": "t", "license": "cc-zero", "creators": [{"name": "Lo, Ada"}]},
        "zenodo",
        (("CC0-1.0", DATA, ""),),
        ("Lo, Ada",),
    ),
    Case(".zenodo.json", {"title": "t", "license": "MIT"}, "zenodo", (("MIT", "code", ""),)),
    Case(
        "record.json",
        {
            "metadata": {
                "title": "t",
                "resource_type": {"type": "dataset"},
                "access_right": "open",
                "license": {"id": "cc-by-4.0"},
            }
        },
        "zenodo",
        ((BY, DATA, ""),),
        (),
        (),
        "default",
    ),
    Case(
        "record.json",
        {
            "metadata": {
                "title": "t",
                "creators": [{"person_or_org": {"name": "Lo, Ada"}}],
                "rights": [
                    {"id": "cc-by-sa-4.0", "props": {"url": "https://creativecommons.org/licenses/by-sa/4.0/legalcode"}}
                ],
            }
        },
        "zenodo",
        (("CC-BY-SA-4.0", DATA, ""),),
        ("Lo, Ada",),
    ),
    Case(
        "dataverse.json",
        {
            "datasetVersion": {
                "license": {"name": "CC BY-NC 4.0", "uri": "http://creativecommons.org/licenses/by-nc/4.0"},
                "metadataBlocks": {},
                "restrictions": "For research purposes only.",
            }
        },
        "dataverse",
        (("CC-BY-NC-4.0", DATA, ""), ("LicenseRef-research-only", DATA, "")),
    ),
    Case(
        "article.json",
        {"license": {"value": 1, "name": "CC BY", "url": CC_BY}, "authors": [{"full_name": "Ada"}], "title": "t"},
        "figshare",
        ((BY, DATA, ""),),
        ("Ada",),
    ),
    Case(
        "package_show.json",
        {
            "success": True,
            "result": {
                "license_id": "cc-zero",
                "license_title": "크리에이티브",
                "organization": {"title": "City"},
                "resources": [{"license": "cc-by-sa"}],
                "extras": [{"key": "licence", "value": "[]"}],
            },
        },
        "ckan",
        (("CC0-1.0", DATA, ""), ("LicenseRef-CC-BY-SA", DATA, "")),
        ("City",),
    ),
    Case(
        "data.json",
        {"data_set_description": {"licence": "Public", "name": "iris"}},
        "openml",
        ((None, DATA, ""),),
        note="default",
    ),
    Case("repo.json", {"name": "x", "license": {"key": "mit", "spdx_id": "MIT"}}, "github", (("MIT", "code", ""),)),
    Case("repo.json", {"name": "x", "license": {"key": "other", "spdx_id": "NOASSERTION"}}, "github", ()),
    Case(
        "dataset_infos.json",
        {
            "en": {"license": "CC BY-NC 4.0", "splits": {}, "features": {}},
            "de": {"license": "CC BY-NC 4.0", "splits": {}, "features": {}},
        },
        "hub",
        (("CC-BY-NC-4.0", DATA, ""),),
    ),
    Case(
        "hf.json", {"id": "a/b", "cardData": {"license": ["mit"]}, "tags": ["license:mit"]}, "hub", (("MIT", DATA, ""),)
    ),
    Case(
        "dataset_info.json",
        {"name": "m", "fileFormat": "tfrecord", "splits": [], "redistributionInfo": {"license": "CC-BY 4.0"}},
        "tfds",
        ((BY, DATA, ""),),
    ),
    Case(
        "raw.csv.dvc",
        "deps:\n- path: data.csv\n  repo:\n    url: https://github.com/a/b\n    rev_lock: abc\nouts:\n- path: raw.csv\n",
        "dvc",
        (),
        (),
        ("https://github.com/a/b@abc",),
    ),
    Case(
        "kr.json",
        {
            "coverage": {},
            "layers": {
                "addresses": [
                    {"license": {"text": "CC BY 4.0", "attribution": True}},
                    {"license": {"text": "CC BY 4.0", "attribution": True}},
                ]
            },
        },
        "openaddresses",
        ((BY, DATA, ""),),
    ),
    Case(
        "aws.yaml",
        "Name: x\nManagedBy: y\nLicense: '[CC0](https://creativecommons.org/publicdomain/zero/1.0/)'\n",
        "odregistry",
        (("CC0-1.0", DATA, ""),),
    ),
    Case(
        "list.json",
        [{"목록명": "버스", "이용허락범위": "공공저작물_출처표시 + 상업적 이용금지", "제공기관": "서울시"}],
        "datagokr",
        (("LicenseRef-KOGL-Type2", DATA, ""),),
        ("서울시",),
    ),
    Case(
        "REUSE.toml",
        'version = 1\n\n[[annotations]]\npath = "data/**"\nSPDX-License-Identifier = "CC-BY-4.0"\n\n[[annotations]]\npath = ["src/a.py", "tests/**"]\nSPDX-License-Identifier = "MIT"\n',
        "reuse",
        ((BY, DATA, "data/**"), ("MIT", "code", "src/a.py, tests/**")),
    ),
    Case(
        "dep5",
        "Format: x\n\nFiles: data/*\nCopyright: 2020 Ada\nLicense: CC-BY-SA-4.0\n",
        "reuse",
        (("CC-BY-SA-4.0", DATA, "data/*"),),
    ),
    Case(
        "train.csv.license",
        "SPDX-FileCopyrightText: 2024 Ada\n\nSPDX-License-Identifier: ODbL-1.0\n",
        "reuse",
        (("ODbL-1.0", DATA, "train.csv"),),
    ),
    Case(
        "doc.spdx.json",
        {
            "spdxVersion": "SPDX-2.3",
            "dataLicense": "CC0-1.0",
            "documentDescribes": ["SPDXRef-d"],
            "packages": [
                {"SPDXID": "SPDXRef-d", "name": "d", "licenseConcluded": BY},
                {"SPDXID": "SPDXRef-u", "name": "up", "licenseDeclared": "MIT"},
            ],
        },
        "spdx",
        ((BY, DATA, ""),),
        (),
        ("up",),
    ),
    Case(
        "doc.spdx",
        "SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nPackageName: d\nPackageLicenseConcluded: CC-BY-4.0\n",
        "spdx",
        (("CC0-1.0", "metadata", ""), (BY, DATA, "d")),
    ),
    Case(
        "doc.json",
        {
            "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
            "@graph": [
                {"type": "dataset_DatasetPackage", "spdxId": "urn:d", "name": "d"},
                {
                    "type": "simplelicensing_LicenseExpression",
                    "spdxId": "urn:l",
                    "simplelicensing_licenseExpression": BY,
                },
                {
                    "type": "Relationship",
                    "spdxId": "urn:r",
                    "from": "urn:d",
                    "to": ["urn:l"],
                    "relationshipType": "hasConcludedLicense",
                },
            ],
        },
        "spdx3",
        ((BY, DATA, ""),),
    ),
    Case(
        "bom.json",
        {
            "bomFormat": "CycloneDX",
            "specVersion": "1.6",
            "metadata": {"licenses": [{"license": {"id": "CC0-1.0"}}]},
            "components": [
                {"type": "data", "name": "d", "licenses": [{"expression": "CC-BY-4.0 AND ODbL-1.0"}]},
                {"type": "library", "name": "l", "licenses": [{"license": {"id": "MIT"}}]},
            ],
        },
        "cyclonedx",
        (("CC0-1.0", "metadata", ""), ("CC-BY-4.0 AND ODbL-1.0", DATA, "")),
    ),
    Case(
        "manifest.json",
        {
            "@context": "http://iiif.io/api/presentation/3/context.json",
            "label": {"en": ["Map"]},
            "rights": "http://rightsstatements.org/vocab/InC/1.0/",
            "requiredStatement": {"label": {"en": ["A"]}, "value": {"en": ["Library"]}},
        },
        "iiif",
        (("LicenseRef-rightsstatements-INC-1.0", DATA, ""),),
    ),
    Case(
        "csv-metadata.json",
        {"@context": "http://www.w3.org/ns/csvw", "dc:license": {"@id": "http://opendefinition.org/licenses/cc-by/"}},
        "csvw",
        (("LicenseRef-CC-BY", DATA, ""),),
    ),
    Case(
        "page.json",
        {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "license": [{"@type": "CreativeWork", "url": CC_BY}],
            "isBasedOn": "https://e.org/x",
        },
        "schema_org",
        ((BY, DATA, ""),),
        (),
        ("https://e.org/x",),
    ),
    Case(
        "some.json",
        {"title": "t", "licence": "CC BY 4.0", "licenseUrl": CC_BY, "references": [{"license": "MIT"}]},
        "generic",
        ((BY, DATA, ""),),
    ),
    Case(
        "package.json",
        {"name": "x", "main": "a.js", "scripts": {}, "license": "MIT"},
        "generic",
        (("MIT", "code", ""),),
    ),
]


def scanned(case: Case) -> Scanned:
    text = case.text if isinstance(case.text, str) else json.dumps(case.text, ensure_ascii=False, indent=1)
    made = scan_text(f"data/{case.name}", text)
    assert made is not None
    assert not made.problems
    return made


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.format}-{c.name}")
def test_what_each_format_says(case: Case) -> None:
    made = scanned(case)
    assert tuple((e.license, e.scope.value, e.part) for e in made.evidence) == case.said
    assert {e.scanner for e in made.evidence} <= {case.format}
    assert made.credit.creators == case.creators or not case.creators
    assert made.upstream == case.upstream
    assert not case.note or any(case.note in e.note for e in made.evidence)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.format}-{c.name}")
def test_places_are_where_the_words_stand(case: Case) -> None:
    text = case.text if isinstance(case.text, str) else json.dumps(case.text, ensure_ascii=False, indent=1)
    lines = text.split("\n")
    for e in scanned(case).evidence:
        first = e.raw.split(",")[0].split()[0]
        if '"@id": "#' in lines[e.line - 1]:
            continue
        assert first in lines[e.line - 1] or first in "".join(lines[e.line - 1 : e.line + 2]), e
        if e.scanner not in ("datacite", "eml", "ddi", "spdx") and first in lines[e.line - 1]:
            assert first in lines[e.line - 1][e.column - 1 :], e


@pytest.mark.parametrize("case", [c for c in CASES if c.format != "generic"], ids=lambda c: f"{c.format}-{c.name}")
@pytest.mark.parametrize("neutral", [False, True])
def test_a_file_in_its_folder_is_read_as_the_file_itself(case: Case, neutral: bool, tmp_path: Path) -> None:
    """By its own name, and by its contents under a name that says nothing, where the contents show the format."""
    path = tmp_path / (f"zz.{case.name.rsplit('.', 1)[-1]}" if neutral else case.name)
    path.write_text(case.text if isinstance(case.text, str) else json.dumps(case.text), encoding="utf-8")
    named = scan_file(path, named=True)
    if not neutral or {e.scanner for e in named.evidence} == {case.format}:
        assert scan_file(path) == named


def test_portals_are_told_from_sidecars() -> None:
    by = {case.format: {e.origin for e in scanned(case).evidence} for case in CASES if case.said}
    assert by["datacite"] == by["ckan"] == by["figshare"] == {Origin.PORTAL}
    assert by["datapackage"] == by["reuse"] == {Origin.SIDECAR}


def test_a_licence_of_code_metadata_or_model_is_never_the_datas(tmp_path: Path) -> None:
    files = {
        "codemeta.json": '{"@context": "https://doi.org/10.5063/schema/codemeta-2.0", "license": "MIT"}',
        "CITATION.cff": "cff-version: 1.2.0\nlicense: Apache-2.0\n",
        ".zenodo.json": '{"title": "t", "license": "GPL-3.0"}',
        "croissant.json": '{"@type": "Dataset", "conformsTo": "http://mlcommons.org/croissant/1.0", "sdLicense": "CC0-1.0"}',
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    (resolved,) = resolve_target(str(tmp_path))
    assert resolved.license is None
    assert {e.scope for e in resolved.evidence} == {Scope.CODE, Scope.METADATA}


def test_a_file_of_software_metadata_that_is_asked_for_itself_tells_of_the_software(tmp_path: Path) -> None:
    file = tmp_path / "CITATION.cff"
    file.write_text("cff-version: 1.2.0\nlicense: Apache-2.0\n")
    assert [r.license for r in resolve_target(str(file))] == ["Apache-2.0"]


def test_a_key_written_twice_is_read_twice() -> None:
    text = '{"name": "x", "resources": [], "license": "CC-BY-NC-4.0",\n "license": "MIT", "profile": "data-package"}'
    made = scan_text("datapackage.json", text)
    assert made is not None
    assert [(e.license, e.line) for e in made.evidence] == [("CC-BY-NC-4.0", 1), ("MIT", 1)]


def test_data_is_not_read_as_metadata(tmp_path: Path) -> None:
    rows = [{"id": n, "license": "CC-BY-4.0", "text": "x"} for n in range(50)]
    (tmp_path / "rows.json").write_text(json.dumps(rows))
    (resolved,) = resolve_target(str(tmp_path))
    assert {(e.scanner, e.standing) for e in resolved.evidence} == {("rows", Standing.UNPLACED)}
    assert (resolved.license, resolved.beside) == ("CC-BY-4.0", ("LicenseRef-unclear-rights",))


def hostile(part: int) -> dict[str, str]:
    """Each with one ``part`` of its repetitions."""
    return {
        "deep.json": '{"@context":' * (100_000 // part),
        "deep-list.json": "[" * (100_000 // part) + "]" * (100_000 // part),
        "cut.json": '{"license": "MIT"',
        "loop.jsonld": json.dumps(
            {
                "@context": "https://schema.org",
                "@graph": [{"@id": "a", "@type": "Dataset", "license": {"@id": "a"}, "isBasedOn": {"@id": "a"}}],
            }
        ),
        "bomb.xml": '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        + "]><resource xmlns='http://datacite.org/schema/kernel-4'><rights>&j;</rights></resource>",
        "outside.xml": '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><resource xmlns="http://datacite.org/schema/kernel-4"><rights>&x;</rights></resource>',
        "deep.xml": "<a>" * (100_000 // part),
        "bomb.rdf": '<!DOCTYPE rdf:RDF [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><x>&c;</x></rdf:RDF>',
        "bad.ttl": "@prefix a <b> . [[[[",
        "deep.ttl": "<a> <b> " + "[ <c> " * (5_000 // part),
        "import.ttl": "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n<a> owl:imports <http://127.0.0.1:9/x> .",
        "bad.toml": "[[",
        "REUSE.toml": "annotations = 5",
        "CITATION.cff": "license: &a [*a]",
        "numbers.json": '{"datapackage": 1, "name": 5, "resources": [7, null, {"licenses": 3}], "licenses": [[[]], 4, {"name": {"x": 1}}], "profile": []}',
        "types.json": '{"@context": 5, "@type": {"a": 1}, "conformsTo": {"@id": "http://mlcommons.org/croissant/1.0"}, "license": {"@id": 5}, "distribution": "x", "creator": 7}',
        "stac.json": '{"stac_version": 1, "license": ["a", 5, null], "links": {"rel": "license"}, "providers": "x", "assets": [1]}',
        "spdx.json": '{"spdxVersion": 5, "packages": {"a": 1}, "relationships": [5]}',
        "bom.json": '{"bomFormat": "CycloneDX", "components": [{"type": "data", "name": 5, "licenses": "x", "pedigree": 4}], "metadata": []}',
        "data.json": '{"datasetVersion": {"metadataBlocks": [1], "license": 7, "termsOfUse": ["a"]}}',
        "dataset_infos.json": '{"a": {"features": 1, "license": {"x": ["y"]}}, "b": 5}',
        "package_show.json": '{"result": {"resources": [5, {"license": [1]}], "extras": {"key": 5}, "organization": 7}}',
        "meta.yaml": '{Idatapackage": 1, "name": 5, "resources": [7, null, {"licenses": 3}], "licenses": [[[]], 4, {"name": {"x": 1}}], "profile": []}',
        "datapackage.yaml": "licenses: [[a], {name: {x: [b]}}, 4]\nresources: {licenses: x}\nname: 1",
        "nul.json": '{"lic\x00ense": "MIT\x00"}',
        "huge.json": '{"@context": "https://schema.org", "@type": "Dataset", "description": "'
        + "x" * (3_000_000 // part)
        + '", "license": "MIT"}',
        "wide.json": "{" + ", ".join(f'"k{n}": {{"license": "MIT"}}' for n in range(60_000 // part)) + "}",
    }


HOSTILE, SMALL = hostile(1), hostile(growth.TIMES)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_a_line_and_no_crash(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    files = [tmp_path / size / name for size in ("small", "large")]
    for file, text in zip(files, (SMALL[name], HOSTILE[name]), strict=True):
        file.parent.mkdir()
        file.write_text(text, encoding="utf-8", errors="surrogatepass")
    (resolved,) = growth.linear(lambda file: resolve_target(str(file)), *files)
    assert "root:" not in str(resolved)
    for problem in resolved.problems:
        assert problem.line >= 1
        assert "Traceback" not in problem.message
        assert "\n" not in problem.message


TREES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["MIT", "cc-by-4.0", CC_BY, "x", "", "other", "http://mlcommons.org/croissant/1.0"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "license",
                    "licenses",
                    "@graph",
                    "@type",
                    "@id",
                    "@context",
                    "conformsTo",
                    "stac_version",
                    "rights",
                    "rightsList",
                    "resources",
                    "metadata",
                    "links",
                    "name",
                    "spdxVersion",
                    "packages",
                    "bomFormat",
                    "extmetadata",
                    "datasetVersion",
                    "metadataBlocks",
                    "data_set_description",
                    "distribution",
                    "extras",
                    "result",
                    "annotations",
                    "creator",
                    "coverage",
                    "layers",
                    "cardData",
                    "id",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None)
@given(
    TREES,
    st.sampled_from(
        [
            "a.json",
            "datapackage.json",
            "dataset-metadata.json",
            "ro-crate-metadata.json",
            "codemeta.json",
            ".zenodo.json",
            "CITATION.cff",
            "x.yaml",
        ]
    ),
)
def test_no_tree_of_any_form_breaks_a_format(tree: Any, name: str) -> None:
    text = json.dumps(tree)
    made = scan_text(name, text)
    for e in made.evidence if made else ():
        assert isinstance(e, Evidence)
        assert e.line >= 1
        assert e.column >= 1


@given(TREES)
def test_every_value_has_its_place(tree: Any) -> None:
    text = json.dumps(tree, indent=1)
    document = Document("a.json", text, "json")
    lines = text.split("\n")
    from licensecheck.scanners.document import walk

    for path, value in walk(document.tree):
        line, column = document.at(path)
        assert lines[line - 1][column - 1 :].startswith(json.dumps(value))


@pytest.mark.parametrize("count", [399, 400, 600])
def test_what_is_cut_is_told(count: int) -> None:
    rows = [{"name": f"r{n}", "path": f"{n}.csv", "licenses": [{"name": "MIT"}]} for n in range(count)]
    rows.append({"name": "last", "path": "last.csv", "licenses": [{"name": "CC-BY-NC-4.0"}]})
    found = scan_text("d/datapackage.json", json.dumps({"name": "x", "resources": rows})) or Scanned()
    nc = any(e.license == "CC-BY-NC-4.0" for e in found.evidence)
    assert nc or any("entries" in p.message for p in found.problems)


ASKED = yaml.safe_load((Path(__file__).parent / "credits_asked.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", ASKED, ids=lambda case: case["name"])
def test_the_credit_that_a_licensor_asks_for(case: dict[str, str]) -> None:
    made = scan_text(case["name"], case["text"])
    assert made is not None
    assert made.credit.notice == case["notice"]
