"""Each license of the rulebook is read back from each of its names, ids and addresses."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from licensecheck.identification import identify, value
from licensecheck.knowledge import names, rulebook
from licensecheck.scanners import scan_text

EXCEPTIONS: dict[str, str] = yaml.safe_load(
    (Path(__file__).parent / "names_not_read_back.yaml").read_text(encoding="utf-8")
)


def spelled() -> list[tuple[str, str]]:
    """Each name, id, alias and address of the rulebook with its license; NONE and NOASSERTION are no licenses."""
    found = []
    for row in rulebook.load().rows():
        if row["category"] == "none":
            continue
        license = row["id"]
        found += [
            (text, license)
            for text in (
                license,
                license.removeprefix("LicenseRef-"),
                *row.get("aka", ()),
                row["name"],
                row["short"],
                *row.get("translations", {}).values(),
                *row.get("urls", ()),
                *(f"https://{address}" for address, _ in row.get("addresses", ())),
            )
        ]
    return found


def test_every_name_id_and_address_is_read_back() -> None:
    wrong = [(text, license) for text, license in spelled() if identify(text)[0] != license]
    assert {text for text, _ in wrong} == set(EXCEPTIONS), wrong


def test_every_phrase_names_its_license_in_a_text() -> None:
    wrong = []
    for row in rulebook.load().rows():
        for phrase in row.get("names", ()):
            plain = " ".join(word.strip("()").split("/")[0] for word in phrase.split() if "*" not in word)
            found = {s.license for s in identify(f"The data is released under: {plain}.")[2]}
            if row["id"] not in found:
                wrong.append((plain, row["id"], found))
    assert wrong == []


def test_the_lists_of_names_have_no_license_with_an_entry() -> None:
    folder = Path(__file__).parent.parent / "rules" / "names"
    ids = {row["id"] for row in rulebook.load().rows()}
    assert not ids & set(yaml.safe_load((folder / "names.yaml").read_text(encoding="utf-8")))


def test_an_address_is_one_spelling() -> None:
    assert names.bare("HTTPS://www.Example.org/A_b/") == "example.org/a-b"


NAMED: dict[str, list[dict[str, str]]] = yaml.safe_load(
    (Path(__file__).parent / "terms_named.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", NAMED["named"], ids=lambda case: case["text"])
def test_a_name_as_people_write_it(case: dict[str, str]) -> None:
    assert identify(case["text"])[0] == case["license"]


@pytest.mark.parametrize("case", NAMED["cards"], ids=lambda case: case["text"])
def test_a_name_of_a_card(case: dict[str, str]) -> None:
    card = scan_text("README.md", f"---\nlicense: other\nlicense_name: {case['text']}\n---\n# D\n", named=True)
    assert card is not None
    assert [e.license for e in card.evidence] == [case["license"]]


def test_every_tag_of_the_hub_is_read_as_a_license_or_as_none() -> None:
    folder = Path(__file__).parent.parent / "rules" / "vocabularies"
    tags = yaml.safe_load((folder / "hf.yaml").read_text(encoding="utf-8"))
    known = {row["id"] for row in rulebook.load().rows()}
    for tag, means in tags.items():
        license, _, certainty = means.partition(" ~")
        found = value(str(tag), vocabulary="hf")
        assert (found.license or "NOASSERTION") == license, tag
        assert certainty in ("family", "none", "ambiguous") or license in known or rulebook.load().find(license), tag
