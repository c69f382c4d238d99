"""Two laws, by enumeration: what a claim lifts, and what is not known.

A claim never lifts a restriction of a kind that its basis does not lift. An unknown reading is never worse nor better than
its readings: it gives what they agree on, else a review.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest

from licensecheck.base.message import translated
from licensecheck.engine.engine import core, engine
from licensecheck.engine.evaluate import evaluate
from licensecheck.engine.ranks import ALLOW, RANK, REVIEW
from licensecheck.knowledge import rulebook
from licensecheck.model import Claim, License, Source
from licensecheck.vocabulary import INTENTS, Use, make_use

BOOK = rulebook.load()
ENGINE = engine(BOOK)
BASES = {row["basis"]: row for row in BOOK.claims.values()}


def kinds_of_licenses() -> list[License]:
    """One license of each kind: those with the same terms, grants and rights are judged alike where nothing is published
    under another license."""
    kinds = {}
    for one in BOOK.licenses():
        facts = (frozenset(term for term, _ in one.terms), frozenset(grant for grant, _ in one.grants), one.adapted_by)
        kinds.setdefault((*facts, one.contract, one.database_right, one.confidence, one.members), one)
    return list(kinds.values())


KINDS = kinds_of_licenses()
FEW = (
    "NONE", "NOASSERTION", "CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-ND-4.0", "CC-BY-NC-SA-3.0", "CC-BY-ND-3.0", "CC-BY-NC-3.0-DE",
    "LicenseRef-CC-BY-NC-SA-2.0-KR", "ODbL-1.0", "MIT", "GPL-3.0-only", "LicenseRef-KOGL-Type4", "LicenseRef-Kaggle-competition",
    "LicenseRef-research-only", "LicenseRef-AIHub-Policy", "LicenseRef-OpenAI-ToS-output", "LicenseRef-all-rights-reserved",
    "C-UDA-1.0", "LicenseRef-CC-BY-ND", "LicenseRef-no-training",
)  # fmt: skip
EXPRESSIONS = (
    "LicenseRef-KOGL-Type2 AND LicenseRef-KOGL-AI", "LicenseRef-KOGL-Type4 AND LicenseRef-KOGL-AI",
    "LicenseRef-KOGL-Type1 AND LicenseRef-KOGL-AI", "CC-BY-ND-3.0 OR CC-BY-NC-4.0", "CC-BY-4.0 AND CC-BY-ND-3.0",
    "(CC-BY-ND-3.0 AND MIT) OR CC-BY-SA-4.0", "LicenseRef-CC-BY-ND", "GPL-3.0-only WITH Classpath-exception-2.0",
)  # fmt: skip
READINGS = tuple(itertools.product(("no", "yes"), ("no", "yes")))


def whole(basis: str) -> Claim:
    """A claim of ``basis`` that lacks nothing."""
    return Claim(
        BASES[basis]["kind"], basis, by="the holder", acts=("all",), scope="public", rights="all",
        derivative_clause="express", sublicensing="yes", evidence="a list with a check of each item",
    )  # fmt: skip


def fitting(basis: str, intent: str, **more: str) -> Use:
    """A use that meets the conditions of ``basis`` as far as the intent leaves them open."""
    row = BASES[basis]
    met = {axis: values[0] for axis, values in row["when"].items() if axis not in ("scope", "portion", "change")}
    asked = {"intent": intent, "purpose": "product", **met, **more}
    if row["jurisdiction"]:
        asked["jurisdiction"] = row["jurisdiction"][0]
    return core(make_use(asked))


def members(license: License) -> Iterator[License]:
    for member in license.members:
        found = BOOK.find(member)
        assert found is not None
        yield from members(found)
    if not license.members:
        yield license


def binds(license: License) -> str:
    """Whether a license binds as a contract, by its facts alone."""
    return "yes" if "contract" in dict(license.terms) else license.contract


@pytest.mark.parametrize("basis", BASES)
def test_a_claim_never_lifts_what_its_basis_does_not(basis: str) -> None:
    lifts = set(BASES[basis]["lifts"])
    claim = whole(basis)
    widened = 0
    for license, intent, sgdr in itertools.product(KINDS, INTENTS, ("no", "yes")):
        asked = fitting(basis, intent, sgdr=sgdr, training_is_adaptation="no")
        alone = ENGINE.rank_source(Source("x", license.id), asked, "")
        with_it = ENGINE.rank_source(Source("x", license.id, claims=(claim,)), asked, "")
        assert with_it >= alone, "a claim widens and never narrows"
        if with_it == alone:
            continue
        widened += 1
        kinds = list(members(license))
        where = (license.id, intent, sgdr)
        unhindered = ENGINE.rank_source(Source("x", license.id), asked._replace(sgdr="no"), "")
        if "contract" not in lifts:
            agreed_to = unhindered if "database-right" in lifts else alone
            assert with_it <= agreed_to or not all(binds(one) == "yes" for one in kinds), where
            assert with_it <= max(REVIEW, agreed_to) or all(binds(one) == "no" for one in kinds), where
        if sgdr == "yes" and "database-right" not in lifts:
            assert not all(one.database_right == "licensed" for one in kinds), where
            assert with_it <= REVIEW or all(one.database_right == "waived" for one in kinds), where
        if "copyright" not in lifts:
            assert with_it <= unhindered, where
    if BASES[basis]["lifts"] != ["database-right"]:
        assert widened, "it has an effect somewhere, or the law says nothing"


def agreed(ranks: set[int]) -> int:
    return ranks.pop() if len(ranks) == 1 else REVIEW


@pytest.mark.parametrize("basis", BASES)
def test_an_unknown_reading_of_a_claim_is_its_readings(basis: str) -> None:
    claims = (
        whole(basis),
        whole(basis)._replace(derivative_clause="", sublicensing="", acts=("copy", "train", "share")),
    )
    for license, intent, claim, out in itertools.product(FEW, INTENTS, claims, ("", "CC-BY-4.0")):
        source = Source("x", license, claims=(claim,))
        by = {
            (sgdr, training): ENGINE.rank_source(
                source, fitting(basis, intent, sgdr=sgdr, training_is_adaptation=training), out
            )
            for sgdr, training in itertools.product(("no", "yes", "unknown"), repeat=2)
        }
        where = (license, intent, claim, out)
        for known in ("no", "yes"):
            assert by["unknown", known] == agreed({by[answer, known] for answer in ("no", "yes")}), where
            assert by[known, "unknown"] == agreed({by[known, answer] for answer in ("no", "yes")}), where
        assert by["unknown", "unknown"] == agreed({by[reading] for reading in READINGS}), where


def test_an_unknown_reading_of_an_expression_is_its_readings() -> None:
    every = [*EXPRESSIONS, *(license.id for license in KINDS)]
    for text, intent, purpose in itertools.product(every, INTENTS, ("product", "academic_research")):

        def rank(sgdr: str, training: str, text: str = text, intent: str = intent, purpose: str = purpose) -> int:
            asked = {"intent": intent, "purpose": purpose, "sgdr": sgdr, "training_is_adaptation": training}
            return ENGINE.rank(text, core(make_use(asked)), "")

        assert rank("unknown", "unknown") == agreed({rank(*reading) for reading in READINGS}), (text, intent, purpose)


def test_an_unknown_reading_of_several_sources_is_its_readings() -> None:
    some = (*FEW[:14], *EXPRESSIONS[:3])
    for pair, intent in itertools.product(
        itertools.combinations(some, 2), ("train", "publish-model", "publish-collection")
    ):

        def rank(sgdr: str, training: str, pair: tuple[str, ...] = pair, intent: str = intent) -> int:
            asked = {"intent": intent, "purpose": "product", "sgdr": sgdr, "training_is_adaptation": training}
            return RANK[evaluate([Source(text, text) for text in pair], make_use(asked), BOOK).decision]

        assert rank("no", "unknown") == agreed({rank("no", "no"), rank("no", "yes")}), (pair, intent)
        assert rank("unknown", "no") == agreed({rank("no", "no"), rank("yes", "no")}), (pair, intent)


def test_what_may_bind_as_a_contract_is_tried_both_ways() -> None:
    """A statement on a page, facts taken from what it is about: an allow only if both readings allow it."""
    asked = core(make_use({"intent": "facts-only", "purpose": "product"}))
    for license in BOOK.licenses():
        if license.members or license.contract != "unclear" or "contract" in dict(license.terms):
            continue
        judged = ENGINE.expression(license.id, asked)
        shared = ENGINE.expression(license.id, core(make_use({"intent": "publish-copy", "purpose": "product"})))
        assert judged.rank == (ALLOW if shared.rank == ALLOW else REVIEW), license.id


_LINE = re.compile(r"--set (\w+)=(\w+): (allow|deny|review)")


def test_what_another_reading_gives_is_what_it_gives() -> None:
    """Every line of "with this reading: allow" holds for the whole question, joint licenses and constraints included."""
    count = 0
    for pair, intent, more in itertools.product(
        itertools.combinations((*FEW[:12], "CC-BY-SA-4.0", "CC-BY-NC-SA-4.0"), 2),
        ("train", "publish-model", "publish-adaptation", "publish-collection"),
        ({}, {"contains": "personal_data"}, {"outbound": "CC-BY-4.0"}),
    ):
        use = {"intent": intent, "purpose": "academic_research", **more}
        sources = [Source(text, text) for text in pair]
        for line in evaluate(sources, make_use(use), BOOK).assumptions:
            for axis, answer, decision in _LINE.findall(translated(line, "en")):
                count += 1
                found = evaluate(sources, make_use({**use, axis: answer}), BOOK).decision.value
                assert found == decision, (pair, use, line)
    assert count > 20


def test_an_inside_intent_with_a_public_scope_is_shared() -> None:
    shared = {
        "copy": "publish-copy",
        "reformat": "publish-reformatted",
        "adapt": "publish-adaptation",
        "train": "publish-model",
    }
    for license, (inside, outside), scope in itertools.product(FEW, shared.items(), ("public", "named_group")):
        asked = [{"intent": inside, "scope": scope}, {"intent": outside, "scope": scope}]
        ranks = {ENGINE.rank(license, core(make_use({"purpose": "product", **each})), "") for each in asked}
        assert len(ranks) == 1, (license, inside, scope)
