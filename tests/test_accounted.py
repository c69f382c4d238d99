"""What folders hold that was passed over in silence: each is read, or said to be unread."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from licensecheck.base import files
from licensecheck.scanners.tree import Listing, scan_tree

POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
BAN = "LicenseRef-noncommercial"
RESEARCH = "LicenseRef-research-only"
READ: dict[str, tuple[dict[str, str], set[str | None]]] = {
    "comments above a table": ({"d.csv": "# Non-commercial use only.\nid,text\n1,a\n"}, {BAN}),
    "a license above a table": ({"d.tsv": "# License: CC BY 4.0\n# Made in 2020\nid\ttext\n1\ta\n"}, {"CC-BY-4.0"}),
    "a comment about nothing": ({"d.csv": "# Made in 2020 by us\nid,text\n1,a\n"}, set()),
    "a script that downloads": (
        {"download.sh": "#!/bin/sh\n# By running this you accept: no commercial use of the data.\ncurl x\n"}, {BAN},
    ),
    "a docstring of a script": (
        {"get_data.py": '"""Gets the data.\n\nThe data is for research purposes only.\n"""\nprint(1)\n'}, {RESEARCH},
    ),
    "a makefile": ({"Makefile": "data:\n\t@echo 'The data is for research purposes only.'\n\tcurl x\n"}, {RESEARCH}),
    "a script's own license": ({"download.sh": "#!/bin/sh\n# Licensed under the MIT license.\n\ncurl x\n"}, set()),
    "meta of DVC": ({"data.dvc": "outs:\n- path: data\nmeta:\n  license: CC-BY-NC-4.0\n"}, {"CC-BY-NC-4.0"}),
    "a text whose name a format has": ({"INFO.txt": "Terms for this dataset.\n\nNon-commercial use only.\n"}, {BAN}),
    "remarks of SPDX": (
        {"a.spdx.json": json.dumps({"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "packages": [
            {"name": "d", "SPDXID": "SPDXRef-1", "licenseConcluded": "CC-BY-4.0", "licenseComments": "Commercial use is prohibited by the provider."}]})},
        {"CC-BY-4.0", BAN},
    ),
    "remarks on another package of SPDX": (
        {"a.spdx.json": json.dumps({"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "documentDescribes": ["SPDXRef-1"], "packages": [
            {"name": "d", "SPDXID": "SPDXRef-1", "licenseConcluded": "CC-BY-4.0"},
            {"name": "t", "SPDXID": "SPDXRef-2", "licenseComments": "Commercial use is prohibited by the provider."}]})},
        {"CC-BY-4.0"},
    ),
    "codes of the Data Use Ontology": (
        {"metadata.json": json.dumps({"title": "x", "license": "CC-BY-4.0", "data_use": ["DUO:0000046"]})}, {"CC-BY-4.0", "LicenseRef-custom"},
    ),
    "the code for no restriction": (
        {"metadata.json": json.dumps({"title": "x", "license": "CC-BY-4.0", "data_use": ["DUO:0000004"]})}, {"CC-BY-4.0"},
    ),
    "an address of terms": (
        {"metadata.json": json.dumps({"title": "x", "license": "CC-BY-4.0", "usageInfo": "https://example.org/terms"})}, {"CC-BY-4.0", "LicenseRef-custom"},
    ),
    "a policy of ODRL": (
        {"policy.json": json.dumps({"@context": "http://www.w3.org/ns/odrl.jsonld", "@type": "Offer", "prohibition": [{"action": "commercialize"}]})}, {"LicenseRef-custom"},
    ),
    "a long list of tags": ({"README.md": "---\nlicense:\n" + "- cc-by-4.0\n" * 205 + "- cc-by-nc-4.0\n---\n# D\n"}, {"CC-BY-4.0", "CC-BY-NC-4.0"}),
}  # fmt: skip


def build(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


@pytest.mark.parametrize("case", READ)
def test_it_is_read(tmp_path: Path, case: str) -> None:
    texts, expected = READ[case]
    build(tmp_path, texts)
    found = scan_tree(tmp_path)
    assert {e.license for _, one in found for e in one.evidence} == expected
    assert not [p for _, one in found for p in one.problems]


@pytest.mark.parametrize("name", ["a.csv", "b.jsonl", "c.parquet", "metadata.json", "LICENSE"])
def test_a_pointer_in_the_place_of_what_may_state_a_license_is_told(tmp_path: Path, name: str) -> None:
    build(tmp_path, {name: POINTER, "sound.wav": POINTER})
    ((path, found),) = scan_tree(tmp_path)
    assert (path.name, len(found.problems)) == (name, 1)


def test_a_submodule_that_is_not_here_is_told(tmp_path: Path) -> None:
    modules = "".join(f'[submodule "{n}"]\n\tpath = {n}\n\turl = x\n' for n in ("faces", "vendor/lib", "here"))
    build(tmp_path, {".gitmodules": modules, "here/a.csv": "a\n"})
    listing = Listing()
    ((_, found),) = scan_tree(tmp_path, listing=listing)
    assert [Path(p.path).name for p in found.problems] == ["faces"]
    assert [Path(u.path).name for u in listing.unread] == ["lib"]


def test_json_over_the_limit_is_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filler = ",".join('{"t": "words that fill the space"}' for _ in range(9_000))
    text = f'[{{"license": "CC BY 4.0"}},\n{filler},\n{{"license": "CC BY-NC 4.0"}}]'
    monkeypatch.setattr(files, "LIMIT", 100_000)
    build(tmp_path, {"a.json": text})
    ((_, found),) = scan_tree(tmp_path)
    assert [(e.line, e.license) for e in found.evidence] == [(1, "CC-BY-4.0"), (3, "CC-BY-NC-4.0")]
    assert not found.problems


def test_words_that_a_long_description_has_behind_what_is_read_are_told(tmp_path: Path) -> None:
    for end, told in (("The license bans commercial use.", 1), ("And so on.", 0)):
        described = {"title": "x", "license": "CC-BY-4.0", "description": "Water. " * 20_000 + end}
        build(tmp_path, {"metadata.json": json.dumps(described)})
        ((_, found),) = scan_tree(tmp_path)
        assert len(found.problems) == told
