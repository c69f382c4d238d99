"""Laws of the engine, by enumeration over a finite domain; and "laws" that are false, with their counterexamples."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licensecheck.engine.engine import core, engine
from licensecheck.engine.evaluate import evaluate
from licensecheck.engine.outbound import solve
from licensecheck.knowledge import rulebook
from licensecheck.model import Decision, Source
from licensecheck.vocabulary import INTENTS, Use, make_use

BOOK = rulebook.load()
ENGINE = engine(BOOK)
ELEMENTS = ("BY", "BY-SA", "BY-NC", "BY-NC-SA", "BY-ND", "BY-NC-ND")
VERSIONS = ("1.0", "2.0", "2.5", "3.0", "4.0")
CC = [f"CC-{kind}-{version}" for kind in ELEMENTS for version in VERSIONS]
OTHERS = [
    "CC0-1.0", "CC-PDM-1.0", "ODbL-1.0", "ODC-By-1.0", "PDDL-1.0", "CDLA-Permissive-1.0", "CDLA-Permissive-2.0",
    "CDLA-Sharing-1.0", "C-UDA-1.0", "O-UDA-1.0", "OGL-UK-1.0", "OGL-UK-2.0", "OGL-UK-3.0", "OGL-Canada-2.0", "etalab-2.0",
    "DL-DE-BY-2.0", "DL-DE-ZERO-2.0", "NLOD-1.0", "NLOD-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Zlib",
    "Apache-2.0", "GPL-2.0-only", "GPL-3.0-only", "AGPL-3.0-only", "LGPL-3.0-only", "MPL-2.0", "GFDL-1.3-only", "LAL-1.3",
    "Unlicense", "0BSD", "LGPLLR", "NONE", "NOASSERTION", "PolyForm-Noncommercial-1.0.0",
    "LicenseRef-CC-BY-NC-SA-2.0-KR", "LicenseRef-CC-BY-ND-2.0-KR", "LicenseRef-CC-BY-SA-2.5-SCOTLAND", "CC-BY-SA-3.0-DE",
    "CC-BY-SA-2.1-JP", "CC-BY-SA-2.0-UK", "CC-BY-3.0-IGO", "LicenseRef-CC-BY-ND-2.5-SCOTLAND",
    "LicenseRef-KOGL-Type0", "LicenseRef-KOGL-Type1", "LicenseRef-KOGL-Type2", "LicenseRef-KOGL-Type3", "LicenseRef-KOGL-Type4",
    "LicenseRef-AIHub-Policy", "LicenseRef-CC-BY", "LicenseRef-CC-BY-ND", "LicenseRef-research-only", "LicenseRef-custom",
    "LicenseRef-OpenAI-ToS-output", "LicenseRef-LDC-NonMember", "CC-SA-1.0", "LicenseRef-CC-NC-1.0", "LicenseRef-CC-ND-1.0",
    "LicenseRef-CC-Sampling-1.0", "LicenseRef-CC-SamplingPlus-1.0", "LicenseRef-CC-DevNations-2.0",
]  # fmt: skip
LICENSES = [*CC, *OTHERS]
OUTBOUNDS = ["", *CC, "CC0-1.0", "MIT", "Apache-2.0", "GPL-3.0-only", "GPL-3.0-or-later", "LAL-1.3", "ODbL-1.0", "ODC-By-1.0", "CDLA-Sharing-1.0", "CDLA-Permissive-2.0", "C-UDA-1.0", "GFDL-1.3-only", "LicenseRef-nobody-knows", "LicenseRef-CC-BY-NC-SA-2.0-KR"]  # fmt: skip
PURPOSES = (
    {"purpose": "noncommercial"},
    {"purpose": "nonprofit_program", "compensation": "fee"},
    {"purpose": "commercial"},
)
NC, UNCLEAR, COMMERCIAL = range(3)


def use(intent: str, purpose: int = NC, **more: str) -> Use:
    return core(make_use({"intent": intent, **PURPOSES[purpose], **more}))


USES = {
    (intent, purpose, sgdr, training): use(intent, purpose, sgdr=sgdr, training_is_adaptation=training)
    for intent in INTENTS
    for purpose in (NC, UNCLEAR, COMMERCIAL)
    for sgdr in ("no", "yes", "unknown")
    for training in ("no", "yes", "unknown")
}


def rank(license: str, key: tuple[str, int, str, str], outbound: str = "") -> int:
    return ENGINE.rank(license, USES[key], outbound)


def cells() -> Iterator[tuple[str, str, str, str, str]]:
    return itertools.product(LICENSES, INTENTS, ("no", "yes", "unknown"), ("no", "yes", "unknown"), OUTBOUNDS)


def test_a1_purpose_is_monotone_over_a_million_cells() -> None:
    count = 0
    for license, intent, sgdr, training, out in cells():
        ranks = [rank(license, (intent, purpose, sgdr, training), out) for purpose in (NC, UNCLEAR, COMMERCIAL)]
        assert ranks[0] >= ranks[1] >= ranks[2], (license, intent, sgdr, training, out, ranks)
        count += 3
    assert count > 1_000_000


def test_a12_unknown_is_sound() -> None:
    for license, intent, out in itertools.product(LICENSES, INTENTS, OUTBOUNDS):
        for purpose in (NC, COMMERCIAL):
            for sgdr in ("no", "yes"):
                answers = {rank(license, (intent, purpose, sgdr, t), out) for t in ("no", "yes")}
                unknown = rank(license, (intent, purpose, sgdr, "unknown"), out)
                assert unknown == (answers.pop() if len(answers) == 1 else 1), (license, intent, out)
            answers = {rank(license, (intent, purpose, s, "no"), out) for s in ("no", "yes")}
            unknown = rank(license, (intent, purpose, "unknown", "no"), out)
            assert unknown == (answers.pop() if len(answers) == 1 else 1), (license, intent, out)


def test_rank_and_judgement_agree_everywhere() -> None:
    for license in LICENSES:
        for (intent, purpose, sgdr, training), asked in USES.items():
            for out in ("", "CC-BY-SA-4.0", "MIT"):
                judged = ENGINE.expression(license, asked._replace(outbound=out))
                assert judged.rank == rank(license, (intent, purpose, sgdr, training), out), (license, intent, out)


def test_every_license_of_the_rulebook_answers_every_intent_with_a_clause() -> None:
    for license in BOOK.licenses():
        for intent, purpose in itertools.product(INTENTS, (NC, UNCLEAR, COMMERCIAL)):
            judged = ENGINE.expression(license.id, use(intent, purpose))
            assert judged.reasons, (license.id, intent)
            assert all(reason.clause for reason in judged.reasons), (license.id, intent)
            if judged.rank == 0:
                assert any(reason.effect == "forbid" for reason in judged.reasons)
                assert judged.remedies
            if judged.rank == 2:
                assert all(reason.effect in ("permit", "caveat") for reason in judged.reasons)


def test_a3_cc0_is_the_identity_of_and() -> None:
    for license, intent, out in itertools.product(LICENSES, INTENTS, ("", "CC-BY-4.0", "CC-BY-SA-4.0")):
        asked = use(intent)._replace(outbound=out)
        alone = ENGINE.expression(license, asked)
        both = ENGINE.expression(f"{license} AND CC0-1.0", asked)
        assert (both.rank, both.duties) == (alone.rank, alone.duties)


def test_a6_an_element_never_helps_over_all_outbounds() -> None:
    fewer = {"BY-SA": "BY", "BY-NC": "BY", "BY-ND": "BY", "BY-NC-SA": "BY-NC", "BY-NC-ND": "BY-NC"}
    for (more, less), version, (key, asked) in itertools.product(fewer.items(), VERSIONS, USES.items()):
        if key[2] == "yes":
            continue
        best = [max(ENGINE.rank(f"CC-{kind}-{version}", asked, out) for out in OUTBOUNDS) for kind in (less, more)]
        assert best[0] >= best[1], (more, less, version, key)


def test_a7_no_outbound_frees_an_nd_adaptation() -> None:
    for version, kind, out in itertools.product(VERSIONS, ("BY-ND", "BY-NC-ND"), OUTBOUNDS):
        assert rank(f"CC-{kind}-{version}", ("publish-adaptation", NC, "no", "no"), out) == 0


def test_a8_private_acts_owe_no_attribution() -> None:
    credit = {
        "AUTHOR",
        "ATTR_PARTIES",
        "TITLE",
        "SRC_URI",
        "COPYRIGHT_NOTICE",
        "LIC_NOTICE",
        "LIC_LINK",
        "ADAPT_CREDIT",
    }
    for license in BOOK.licenses():
        for intent in ("copy", "reformat", "adapt", "train"):
            owed = {duty.code for duty in ENGINE.expression(license.id, use(intent)).duties}
            assert not owed & credit, (license.id, intent)
    label = {d.code for d in ENGINE.expression("CC-BY-3.0", use("adapt")).duties}
    assert label == {"STATE_CHANGES"}, "3.0 §3(b) asks to label an adaptation that stays inside too"


def test_a9_what_allows_more_allows_less() -> None:
    for license, purpose, sgdr in itertools.product(LICENSES, (NC, UNCLEAR, COMMERCIAL), ("no", "yes")):
        best = {i: max(rank(license, (i, purpose, sgdr, "no"), o) for o in OUTBOUNDS) for i in INTENTS}
        if best["publish-adaptation"] == 2:
            assert best["adapt"] == 2, license
        assert best["reformat"] >= best["adapt"], license
        assert best["publish-copy"] >= best["publish-excerpt"], license


def test_a10_by_takes_whatever_by_sa_takes() -> None:
    for version, out in itertools.product(VERSIONS, OUTBOUNDS):
        key = ("publish-adaptation", NC, "no", "no")
        if rank(f"CC-BY-SA-{version}", key, out) == 2:
            assert rank(f"CC-BY-{version}", key, out) == 2, (version, out)


def test_a13_pairwise_compatible_is_jointly_compatible_on_this_table() -> None:
    key = ("publish-adaptation", NC, "no", "no")
    sets = {x: frozenset(o for o in OUTBOUNDS[1:] if rank(x, key, o) == 2) for x in LICENSES}
    open_ = [x for x in LICENSES if sets[x]]
    for one, two, three in itertools.combinations(open_, 3):
        if sets[one] & sets[two] and sets[one] & sets[three] and sets[two] & sets[three]:
            assert sets[one] & sets[two] & sets[three], (one, two, three)


@pytest.mark.parametrize("name", ["LicenseRef-unheard-of", "CC-BY-9.9", "GPL", "not an id", "(("])
def test_a14_what_cannot_be_read_is_review(name: str) -> None:
    for asked in USES.values():
        assert ENGINE.expression(name, asked).rank == 1


IDS = st.sampled_from(LICENSES)
EXPRESSIONS = st.one_of(IDS, st.builds(lambda a, b, op: f"{a} {op} {b}", IDS, IDS, st.sampled_from(["AND", "OR"])))
QUESTIONS = st.builds(
    lambda intent, purpose, out, sgdr: make_use({"intent": intent, **PURPOSES[purpose], "outbound": out, "sgdr": sgdr}),
    st.sampled_from(list(INTENTS)),
    st.sampled_from([NC, UNCLEAR, COMMERCIAL]),
    st.sampled_from(OUTBOUNDS),
    st.sampled_from(["no", "yes", "unknown"]),
)
ORDER = {Decision.DENY: 0, Decision.REVIEW: 1, Decision.ALLOW: 2}


def sources(names: list[str]) -> list[Source]:
    return [Source(f"{n}: {name}", name) for n, name in enumerate(names)]


@settings(max_examples=300, deadline=None)
@given(st.lists(EXPRESSIONS, min_size=1, max_size=4), EXPRESSIONS, QUESTIONS)
def test_a2_a_further_source_never_relaxes(names: list[str], further: str, asked: Use) -> None:
    before = evaluate(sources(names), asked, BOOK)
    after = evaluate(sources([*names, further]), asked, BOOK)
    assert ORDER[after.decision] <= ORDER[before.decision]
    if after.decision is Decision.ALLOW:
        owed = [{d for s in v.sources for d in s.duties} for v in (before, after)]
        assert owed[0] <= owed[1]
    free = [set(solve(ENGINE, sources(list_), core(asked)).allowed) for list_ in (names, [*names, further])]
    assert not {x for x in free[1] - free[0] if x in BOOK.candidates}


@settings(max_examples=200, deadline=None)
@given(st.lists(EXPRESSIONS, min_size=1, max_size=4), QUESTIONS, st.randoms(use_true_random=False))
def test_a11_order_and_repetition_never_matter(names: list[str], asked: Use, random: object) -> None:
    decision = evaluate(sources(names), asked, BOOK).decision
    mixed = [*names, names[0]]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert evaluate(sources(mixed), asked, BOOK).decision is decision


@settings(max_examples=200, deadline=None)
@given(st.lists(IDS, min_size=1, max_size=3), QUESTIONS)
def test_and_is_the_worst_and_or_the_best(names: list[str], asked: Use) -> None:
    plain = core(asked)
    ranks = [ENGINE.expression(name, plain).rank for name in names]
    assert ENGINE.expression(" AND ".join(names), plain).rank == min(ranks)
    assert ENGINE.expression(" OR ".join(names), plain).rank == max(ranks)


def test_no_source_is_no_pass() -> None:
    for intent in INTENTS:
        assert evaluate([], make_use({"intent": intent, "purpose": "personal"}), BOOK).decision is Decision.REVIEW


class TestFalseLaws:
    """What sounds like a law and is none. Each test is the counterexample."""

    key = ("publish-adaptation", NC, "no", "no")

    def test_an_element_may_help_for_one_outbound(self) -> None:
        out = "CC-BY-NC-SA-4.0"
        assert rank("CC-BY-SA-4.0", self.key, out) == 0
        assert rank("CC-BY-NC-SA-4.0", self.key, out) == 2

    def test_compatibility_is_not_transitive(self) -> None:
        assert rank("CC-BY-SA-3.0", self.key, "CC-BY-SA-4.0") == 2
        assert rank("CC-BY-SA-4.0", self.key, "GPL-3.0-only") == 2
        assert rank("CC-BY-SA-3.0", self.key, "GPL-3.0-only") == 0

    def test_compatibility_is_not_symmetric(self) -> None:
        assert rank("CC-BY-4.0", self.key, "CC-BY-SA-4.0") == 2
        assert rank("CC-BY-SA-4.0", self.key, "CC-BY-4.0") == 0

    def test_compatibility_is_not_reflexive(self) -> None:
        assert rank("CC-BY-ND-4.0", self.key, "CC-BY-ND-4.0") == 0

    def test_a_later_version_may_be_narrower(self) -> None:
        key = ("publish-collection", COMMERCIAL, "yes", "no")
        assert rank("CC-BY-SA-3.0-DE", key, "CC-BY-4.0") == 2
        assert rank("CC-BY-SA-4.0", key, "CC-BY-4.0") == 0

    def test_an_earlier_version_may_be_narrower(self) -> None:
        assert rank("CC-BY-ND-3.0", ("adapt", NC, "no", "no")) == 0
        assert rank("CC-BY-ND-4.0", ("adapt", NC, "no", "no")) == 2

    def test_a_collection_is_not_always_easier_than_an_adaptation(self) -> None:
        assert rank("CC-BY-NC-4.0", ("publish-collection", NC, "no", "no"), "CC-BY-4.0") == 0
        assert rank("CC-BY-NC-4.0", self.key, "CC-BY-4.0") == 1

    def test_the_public_domain_mark_is_no_identity(self) -> None:
        asked = use("publish-copy")
        assert ENGINE.expression("CC-BY-4.0 AND CC-PDM-1.0", asked).caveats
        assert not ENGINE.expression("CC-BY-4.0", asked).caveats

    def test_who_the_user_is_does_not_make_a_use_noncommercial(self) -> None:
        school = core(make_use({"intent": "copy", "purpose": "product", "licensee": "school"}))
        company = core(make_use({"intent": "publish-copy", "purpose": "academic_research", "licensee": "company"}))
        assert ENGINE.rank("CC-BY-NC-4.0", school, "") == 0
        assert ENGINE.rank("CC-BY-NC-4.0", company, "") == 2

    def test_nc_matters_where_nothing_is_shared(self) -> None:
        assert rank("CC-BY-NC-4.0", ("copy", COMMERCIAL, "no", "no")) == 0

    def test_nd_does_not_forbid_another_format(self) -> None:
        for version in VERSIONS:
            assert rank(f"CC-BY-ND-{version}", ("publish-reformatted", COMMERCIAL, "no", "no")) == 2

    def test_share_alike_does_not_reach_what_lies_beside_it(self) -> None:
        assert rank("CC-BY-SA-4.0", ("publish-collection", COMMERCIAL, "no", "no"), "CC-BY-4.0") == 2
        assert rank("ODbL-1.0", ("publish-collection", COMMERCIAL, "no", "no"), "CC-BY-4.0") == 2

    def test_facts_do_not_always_lead_out(self) -> None:
        facts = ("facts-only", COMMERCIAL, "no", "no")
        assert rank("CC-BY-NC-4.0", facts) == 2
        assert rank("LicenseRef-KOGL-Type2", ("facts-only", COMMERCIAL, "yes", "no")) < 2
        odbl = {d.code for d in ENGINE.expression("ODbL-1.0", use("facts-only")).duties}
        assert odbl, "the ODbL binds as a contract, so that its duties stay"


@pytest.mark.parametrize(
    ("one", "other", "decision"),
    [
        ("CC-BY-SA-4.0", "ODbL-1.0", Decision.DENY), ("GPL-2.0-only", "GPL-3.0-only", Decision.DENY), ("GPL-2.0-only", "Apache-2.0", Decision.DENY),
        ("CC-BY-4.0", "CC-BY-SA-4.0", Decision.ALLOW), ("MIT", "Apache-2.0", Decision.ALLOW),
    ],
)  # fmt: skip
def test_licences_of_one_work_have_to_meet_like_those_of_two(one: str, other: str, decision: Decision) -> None:
    adapted = make_use({"intent": "publish-adaptation", "purpose": "product"})
    copied = make_use({"intent": "publish-copy", "purpose": "product"})
    assert evaluate([Source("a", one), Source("b", other)], adapted, rulebook.load()).decision is decision
    assert evaluate([Source("a", f"{one} AND {other}")], adapted, rulebook.load()).decision is decision
    assert evaluate([Source("a", one, also=(other,))], adapted, rulebook.load()).decision is decision
    assert evaluate([Source("a", f"{one} AND {other}")], copied, rulebook.load()).decision is Decision.ALLOW
    assert evaluate([Source("a", f"{one} OR {other}")], adapted, rulebook.load()).decision is Decision.ALLOW
