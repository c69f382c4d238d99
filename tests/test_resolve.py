"""The precedence, and what is a conflict: evidence in, one licence and every doubt out."""

from __future__ import annotations

import itertools

import pytest

from licensecheck.base.errors import Problem
from licensecheck.model import (
    Basis,
    Certainty,
    Evidence,
    Kind,
    Origin,
    Resolved,
    Scanned,
    Scope,
    Stance,
    Standing,
    Status,
)
from licensecheck.scanners.resolve import resolve

_LINES = itertools.count(1)


def said(license: str | None, basis: Basis, **fields: object) -> Evidence:
    made = Evidence(
        path=str(fields.pop("path", "README.md")),
        line=next(_LINES),
        column=1,
        field="license" if basis is Basis.HUB_TAG else "## License",
        raw=license or "?",
        license=license,
        certainty=Certainty.EXACT if license else Certainty.NONE,
        scope=Scope.DATA,
        origin=Origin.IN_ARTIFACT,
        scanner="test",
        basis=basis,
        rule="name",
    )
    return made._replace(**fields)


def tag(license: str | None, **fields: object) -> Evidence:
    return said(license, Basis.HUB_TAG, **fields)


def body(license: str | None, **fields: object) -> Evidence:
    return said(license, Basis.CARD_BODY, **fields)


def file(license: str | None, path: str = "LICENSE", **fields: object) -> Evidence:
    return said(license, Basis.LICENSE_FILE, path=path, field="text", **fields)


def of(*evidence: Evidence) -> Resolved:
    return resolve("d", Scanned(evidence))


@pytest.mark.parametrize(("better", "worse"), list(itertools.combinations(Basis, 2)))
def test_the_better_place_wins_and_the_other_is_shown(better: Basis, worse: Basis) -> None:
    rows = (said("CC-BY-SA-4.0", worse), said("CC-BY-4.0", better))
    for order in (rows, rows[::-1]):
        found = of(*order)
        assert (found.license, found.status) == ("CC-BY-4.0", Status.CONFLICT)
        assert found.strictest == ("CC-BY-4.0", "CC-BY-SA-4.0")
        assert {c.license for c in found.conflicts[0].claims} == {"CC-BY-4.0", "CC-BY-SA-4.0"}


def test_a_section_beats_other_words_of_the_card() -> None:
    found = of(body("CC0-1.0", standing=Standing.ELSEWHERE), body("CC-BY-4.0"))
    assert (found.license, found.status) == ("CC-BY-4.0", Status.CONFLICT)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CC-BY-4.0", "CC-BY-SA-4.0"),
        ("CC-BY-NC-4.0", "CC-BY-4.0"),
        ("CC-BY-SA-2.0", "CC-BY-SA-3.0"),
        ("LicenseRef-CC-BY-ND-2.0-KR", "CC-BY-ND-4.0"),
        ("LicenseRef-CC-BY", "CC-BY-NC-4.0"),
        ("LicenseRef-CC-BY", "LicenseRef-CC-BY-SA"),
        ("MIT", "Apache-2.0"),
        ("GPL-3.0-only", "AGPL-3.0-only"),
        ("CC0-1.0", "CC-BY-4.0"),
        ("MIT", "LicenseRef-research-only"),
        ("MIT", "LicenseRef-Gull-Terms"),
        ("LicenseRef-Gull-Terms", "LicenseRef-Tern-Terms"),
        ("LicenseRef-CC-BY", "LicenseRef-research-only"),
    ],
)
def test_a_disagreement_is_a_conflict_both_ways_round(one: str, other: str) -> None:
    for text, label in ((one, other), (other, one)):
        found = of(tag(label), body(text))
        assert (found.status, found.license) == (Status.CONFLICT, text)
        assert set(found.strictest) == {one, other}
        assert len(found.conflicts[0].claims) == 2


@pytest.mark.parametrize(
    ("text", "label", "license"),
    [
        ("CC-BY-4.0", "CC-BY-4.0", "CC-BY-4.0"),
        ("LicenseRef-CC-BY-NC", "CC-BY-NC-4.0", "CC-BY-NC-4.0"),
        ("CC-BY-NC-4.0", "LicenseRef-CC-BY-NC", "CC-BY-NC-4.0"),
        ("LicenseRef-CC-BY-2.5-ZA", "CC-BY-2.5", "LicenseRef-CC-BY-2.5-ZA"),
        ("CC-BY-2.5", "LicenseRef-CC-BY-2.5-ZA", "LicenseRef-CC-BY-2.5-ZA"),
        ("GFDL-1.3-only", "LicenseRef-HF-gfdl", "GFDL-1.3-only"),
        ("LicenseRef-HF-bsd", "BSD-3-Clause", "BSD-3-Clause"),
        ("LicenseRef-CC", "CC-BY-SA-4.0", "CC-BY-SA-4.0"),
        ("GPL-3.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later"),
        ("CC0-1.0", "CC-PDM-1.0", "CC0-1.0"),
        ("LicenseRef-Public-Domain", "Unlicense", "LicenseRef-Public-Domain"),
        (
            "LicenseRef-research-only",
            "LicenseRef-LDC-NonMember",
            "LicenseRef-research-only AND LicenseRef-LDC-NonMember",
        ),
        ("LicenseRef-Gull-Terms", "LicenseRef-other", "LicenseRef-Gull-Terms"),
    ],
)
def test_what_says_the_same_and_less_is_no_conflict(text: str, label: str, license: str) -> None:
    found = of(tag(label), body(text))
    assert (found.license, found.status, found.conflicts) == (license, Status.FOUND, ())


def test_a_version_is_never_made_up() -> None:
    assert of(body("LicenseRef-CC-BY")).license == "LicenseRef-CC-BY"
    assert of(body("LicenseRef-CC-BY"), tag("LicenseRef-CC-BY")).license == "LicenseRef-CC-BY"
    assert of(body("LicenseRef-CC-BY"), tag("CC-BY-4.0", scope=Scope.CODE)).license == "LicenseRef-CC-BY"


def test_public_domain_instruments_that_come_to_the_same_are_a_note() -> None:
    found = of(body("CC-PDM-1.0"), tag("CC0-1.0"))
    assert any("public domain" in caveat for caveat in found.caveats)


def test_a_list_without_an_operator_is_ambiguous_and_never_or() -> None:
    found = of(tag("CC-BY-SA-3.0"), tag("GFDL-1.3-only"))
    assert found.status is Status.AMBIGUOUS
    assert found.license == "CC-BY-SA-3.0 AND GFDL-1.3-only"
    assert found.strictest == ("CC-BY-SA-3.0", "GFDL-1.3-only")
    assert of(tag("MIT"), tag("MIT")).status is Status.FOUND
    assert of(tag("CC-BY-4.0"), tag("LicenseRef-other")).license == "CC-BY-4.0 AND LicenseRef-other"


def test_a_list_against_a_text_that_names_less_is_a_conflict() -> None:
    found = of(tag("CC-BY-SA-3.0"), tag("MIT"), body("CC-BY-SA-3.0"))
    assert found.status is Status.CONFLICT
    assert found.strictest == ("CC-BY-SA-3.0", "CC-BY-SA-3.0 AND MIT")


def test_parts_are_joined_by_and_and_alternatives_stay_whole() -> None:
    found = of(body("CC-BY-NC-4.0", part="images"), body("CC-BY-4.0", part="annotations"))
    assert (found.license, found.status) == ("CC-BY-NC-4.0 AND CC-BY-4.0", Status.FOUND)
    assert of(tag("MIT OR CC-BY-4.0")).license == "(MIT OR CC-BY-4.0)"


@pytest.mark.parametrize("scope", [Scope.CODE, Scope.MODEL, Scope.METADATA, Scope.SITE])
def test_what_is_about_something_else_is_evidence_and_no_license(scope: Scope) -> None:
    found = of(body("MIT", scope=scope))
    assert (found.license, found.status) == (None, Status.NONE)
    assert found.evidence
    assert of(body("MIT", scope=scope), tag("CC-BY-4.0")).status is Status.FOUND


def test_a_target_that_is_itself_the_license_of_the_code() -> None:
    row = file("MIT", path="x/LICENSE-CODE", scope=Scope.CODE)
    assert resolve("x/LICENSE-CODE", Scanned((row,))).license == "MIT"
    assert resolve("x", Scanned((row,))).license is None


@pytest.mark.parametrize("stance", [s for s in Stance if s is not Stance.ASSERTED])
def test_what_is_not_asserted_is_no_license(stance: Stance) -> None:
    found = of(body("CC-BY-4.0", stance=stance))
    assert (found.license, found.status) == (None, Status.NONE)


def test_a_text_that_denies_the_tag_is_a_conflict_and_leaves_nothing() -> None:
    for denial in (body(None, stance=Stance.UNKNOWN), body("CC-BY-4.0", stance=Stance.NEGATED)):
        found = of(tag("CC-BY-4.0"), denial)
        assert (found.license, found.status, found.strictest) == (None, Status.CONFLICT, ("CC-BY-4.0",))
        assert len(found.conflicts[0].claims) == 2
    for silence in (body(None, stance=Stance.PLACEHOLDER), body("MIT", stance=Stance.NEGATED)):
        assert of(tag("CC-BY-4.0"), silence).license == "CC-BY-4.0"
        assert of(tag("CC-BY-4.0"), silence).conflicts == ()
    assert of(tag(None, stance=Stance.UNKNOWN), body("CC-BY-4.0")).conflicts == ()


def test_terms_in_their_own_words_say_nothing_against_a_named_license() -> None:
    own = body("LicenseRef-custom", kind=Kind.OWN_WORDS)
    found = of(tag("MIT"), own)
    assert (found.license, found.conflicts) == ("MIT", ())
    assert any("not evaluated" in caveat for caveat in found.caveats)
    assert of(own).license == "LicenseRef-custom"
    assert of(own, tag("LicenseRef-other", kind=Kind.UNNAMED)).license == "LicenseRef-custom"


def test_a_restriction_beside_a_license_is_kept() -> None:
    found = of(body("CC-BY-4.0"), body("LicenseRef-research-only", kind=Kind.RESTRICTION))
    assert found.license == "CC-BY-4.0 AND LicenseRef-research-only"
    entailed = of(body("CC-BY-NC-4.0"), body("LicenseRef-noncommercial", kind=Kind.RESTRICTION))
    assert entailed.license == "CC-BY-NC-4.0"
    inside = of(body("MIT", restricts=("noncommercial",)))
    assert inside.license == "LicenseRef-noncommercial"


def test_a_software_license_file_is_not_the_license_of_the_data_against_its_card() -> None:
    for_code = of(file("MIT"), body("MIT", scope=Scope.CODE), body("CC-BY-4.0"))
    assert (for_code.license, for_code.conflicts) == ("CC-BY-4.0", ())
    unsaid = of(file("MIT"), body("CC-BY-4.0"))
    assert (unsaid.license, unsaid.status) == ("CC-BY-4.0", Status.CONFLICT)
    assert of(file("MIT")).license == "MIT"
    assert of(file("MIT", path="DATA_LICENSE"), body("CC-BY-4.0")).license == "MIT"
    assert of(file("CC-BY-SA-4.0"), body("CC-BY-4.0")).license == "CC-BY-SA-4.0"


def test_kept_texts_and_third_parties_count_only_for_want_of_better() -> None:
    kept = file("MIT", path="LICENSES/MIT.txt")._replace(standing=Standing.KEPT)
    assert of(kept, tag("CC-BY-4.0")).license == "CC-BY-4.0"
    assert of(kept, tag("CC-BY-4.0")).conflicts == ()
    assert of(kept).license == "MIT"


def test_words_of_a_link_against_its_address() -> None:
    words = body("CC-BY-NC-SA-4.0", raw="CC BY-NC-SA 4.0", column=5, line=9)
    link = body("CC-BY-SA-4.0", raw="https://x", column=22, line=9, kind=Kind.ADDRESS)
    found = of(words, link)
    assert found.status is Status.CONFLICT
    assert "link" in found.conflicts[0].note
    assert set(str(found.license).split(" AND ")) == {"CC-BY-NC-SA-4.0", "CC-BY-SA-4.0"}
    assert of(words, link._replace(line=12)).conflicts == ()


def test_a_conflict_says_what_is_lost() -> None:
    assert "ShareAlike" in of(tag("CC-BY-4.0"), body("CC-BY-SA-4.0")).conflicts[0].note
    assert "NonCommercial" in of(tag("CC-BY-4.0"), body("LicenseRef-CC-BY-NC")).conflicts[0].note
    assert "version" in of(tag("CC-BY-4.0"), body("CC-BY-3.0")).conflicts[0].note
    assert "2022" in of(tag("CC-BY-SA-3.0"), body("CC-BY-SA-2.0")).conflicts[0].note


def test_silence_and_what_cannot_be_read() -> None:
    assert of() == Resolved("d", None, Status.NONE)
    problem = Problem("LICENSE", 1, "a binary file")
    assert resolve("d", Scanned(problems=(problem,))).status is Status.UNREADABLE
    assert resolve("d", Scanned((tag("MIT"),), (problem,))).status is Status.FOUND


def test_more_licenses_than_anybody_can_mean() -> None:
    found = of(*(body(f"LicenseRef-Terms-{n}") for n in range(400)))
    assert found.license == "LicenseRef-many-licenses"
    assert sum(map(len, found.strictest)) < 2_000


LICENSES = (None, "CC-BY-4.0", "CC-BY-NC-4.0", "LicenseRef-CC-BY", "LicenseRef-research-only", "CC0-1.0")


@pytest.mark.parametrize("more", [tag, body, file])
def test_more_evidence_never_hides_a_claim(more: object) -> None:
    """Whatever is added, a licence that was named of the data stays in ``license`` or in ``strictest``."""
    assert callable(more)
    for first, second in itertools.product(LICENSES[1:4], LICENSES):
        found = of(tag(first), more(second))
        claimed = " ".join((found.license or "", *found.strictest))
        plain = str(first).removeprefix("LicenseRef-")
        assert plain in claimed, (first, second, found.license, found.strictest)
