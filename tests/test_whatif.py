"""The table of other uses says in every cell what the gate says when it is asked for that use."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licensecheck.engine import whatif
from licensecheck.engine.whatif import Cell, Table
from licensecheck.knowledge.rulebook import Rulebook, load
from licensecheck.model import Claim, Decision, Source, Verdict
from licensecheck.verdict import decide
from licensecheck.vocabulary import AXES, INTENTS, make_use

RANKS = {Decision.DENY: 0, Decision.REVIEW: 1, Decision.ALLOW: 2}
OFTEN = (
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-SA-3.0",
    "CC-BY-NC-4.0",
    "LicenseRef-CC-BY-NC-SA-2.0-KR",
    "ODbL-1.0",
    "GPL-3.0-only",
    "CC0-1.0",
    "C-UDA-1.0",
    "NONE",
    "NOASSERTION",
    "CC-BY-4.0 OR MIT",
    "CC-BY-4.0 AND CC-BY-NC-4.0",
    "GPL-2.0-only WITH Classpath-exception-2.0",
    "no licence at all",
)


@cache
def known() -> tuple[str, ...]:
    return tuple(licence.id for licence in load().licenses())


def asked(sources: tuple[Source, ...], use: dict[str, str], book: Rulebook) -> Verdict:
    return decide.verdict(decide.Question(sources, tuple(use.items())), book)


def holds(table: Table, sources: tuple[Source, ...], use: dict[str, str], cell: Cell) -> Verdict:
    """The verdict for ``cell``, which the table has as well: of all, and of each source."""
    verdict = asked(sources, whatif.question(make_use(use), cell), load())
    assert table.decision(cell) is verdict.decision, cell
    assert table.ranks(cell) == tuple(RANKS[s.decision] for s in verdict.sources), cell
    return verdict


def some_cells(table: Table, count: int, seed: int) -> list[Cell]:
    pick = random.Random(seed)
    rows = (table.intents, [p for p, _ in table.purposes], [s for s, _ in table.scopes], table.outbounds)
    some = [Cell(*(pick.choice(row) for row in rows)) for _ in range(count)]
    return [table.start, *some, *(cell._replace(outbound="") for cell in some[: count // 3])]


LICENSE = st.one_of(st.sampled_from(OFTEN), st.deferred(lambda: st.sampled_from(known())))
CLAIM = st.builds(
    Claim,
    st.sampled_from(["permission", "assignment", "additional-permission", "exception", "unprotected", "odd"]),
    st.one_of(st.just(""), st.deferred(lambda: st.sampled_from(sorted(load().claims)))),
    by=st.sampled_from(["", "a holder"]),
    acts=st.sampled_from([(), ("all",), ("copy", "share"), ("train",)]),
    scope=st.sampled_from(["", *AXES["scope"]]),
    rights=st.sampled_from(["", "all", "copy"]),
    derivative_clause=st.sampled_from(["", "express"]),
    evidence=st.sampled_from(["", "a letter", "each item was checked"]),
)
SOURCE = st.builds(
    Source,
    st.sampled_from("abc"),
    LICENSE,
    also=st.lists(LICENSE, max_size=1).map(tuple),
    readings=st.one_of(st.just(()), st.lists(LICENSE, min_size=2, max_size=2, unique=True).map(tuple)),
    claims=st.one_of(st.just(()), st.lists(CLAIM, max_size=2).map(tuple)),
    upstream=st.one_of(st.just(()), st.lists(LICENSE, max_size=1).map(tuple)),
    beside=st.one_of(
        st.just(()), st.sampled_from([("LicenseRef-no-training",), ("CC-BY-NC-4.0", "LicenseRef-unclear-rights")])
    ),
)
USE = st.fixed_dictionaries(
    {},
    optional={
        "intent": st.sampled_from(list(INTENTS)),
        "purpose": st.sampled_from(AXES["purpose"]),
        "outbound": st.sampled_from(["MIT", "cc-by-4.0", "CC-BY-SA-4.0", "CC-BY-4.0 OR MIT", "LicenseRef-ours", "(("]),
        **{
            axis: st.sampled_from(AXES[axis])
            for axis in ("act", "change", "assembly", "portion", "scope", "output", "compensation", "licensee", "etm")
        },
        **{axis: st.sampled_from(AXES[axis]) for axis in ("sgdr", "contains", "training_is_adaptation", "profile")},
        "jurisdiction": st.sampled_from(["KR", "DE", "US,KR"]),
    },
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(SOURCE, min_size=1, max_size=3).map(tuple), USE, st.integers(0, 2**32))
def test_every_cell_is_what_the_gate_says(sources: tuple[Source, ...], use: dict[str, str], seed: int) -> None:
    table = whatif.table(sources, load(), make_use(use))
    for cell in some_cells(table, 9, seed):
        holds(table, sources, use, cell)


@pytest.mark.parametrize("intent", INTENTS)
def test_all_purposes_scopes_and_outbound_licences_of_an_intent(intent: str) -> None:
    """The classes of purposes and scopes keep apart what any rule tells apart."""
    sources = (Source("a", "LicenseRef-academic-only"), Source("b", "C-UDA-1.0"), Source("c", "CC-BY-NC-SA-4.0"))
    use = {"intent": "copy", "purpose": "product"}
    table = whatif.table(sources, load(), make_use(use))
    assert len({number for _, number in table.purposes}) < len(table.purposes)
    for purpose, _ in table.purposes:
        for scope, _ in table.scopes:
            for outbound in ("", "CC-BY-NC-SA-4.0", "CC-BY-4.0"):
                holds(table, sources, use, Cell(intent, purpose, scope, outbound))


def test_sources_that_no_outbound_licence_holds_for_together() -> None:
    sources = (Source("a", "CC-BY-SA-4.0"), Source("b", "GPL-2.0-only"), Source("c", "CC-BY-4.0"))
    use = {"intent": "publish-adaptation", "purpose": "teaching"}
    table = whatif.table(sources, load(), make_use(use))
    verdict = holds(table, sources, use, table.start)
    assert {r.rule for s in verdict.sources for r in s.reasons} >= {"no-common-outbound"}
    assert holds(table, sources, use, table.start._replace(intent="copy", scope="internal")).decision is Decision.ALLOW


def test_a_claim_that_reaches_only_so_far() -> None:
    claim = Claim(
        "permission", by="a holder", acts=("all",), scope="named_group", evidence="a letter", sublicensing="yes"
    )
    sources = (Source("a", "CC-BY-NC-4.0", claims=(claim,)), Source("b", "CC-BY-4.0"))
    use = {"intent": "publish-copy", "purpose": "product"}
    table = whatif.table(sources, load(), make_use(use))
    found = {scope: holds(table, sources, use, table.start._replace(scope=scope)).decision for scope in AXES["scope"]}
    assert found["named_group"] is Decision.ALLOW
    assert found["public"] is Decision.DENY


def test_what_no_licence_clears_stays_for_review() -> None:
    sources = (Source("a", "CC0-1.0"),)
    use = {"intent": "publish-copy", "purpose": "product", "contains": "personal_data"}
    table = whatif.table(sources, load(), make_use(use))
    assert holds(table, sources, use, table.start).decision is Decision.REVIEW
    assert table.most == 1


def test_the_declared_use_is_where_it_starts() -> None:
    book = load()
    sources = (Source("a", "CC-BY-4.0"),)

    def start(**use: str) -> Cell:
        return whatif.table(sources, book, make_use(use)).start

    assert start(intent="train", purpose="product") == Cell("train", "product", "internal", "")
    assert start(intent="publish-copy", outbound="cc-by-4.0") == Cell("publish-copy", "", "public", "CC-BY-4.0")
    assert start(intent="publish-copy", scope="named_group").scope == "named_group"
    assert start(intent="publish-copy", change="select").intent == whatif.DECLARED
    assert start(act="copy,share", scope="public").intent == whatif.DECLARED
    assert start(intent="publish-copy", outbound="LicenseRef-ours").outbound == "LicenseRef-ours"


def test_sources_of_one_kind_are_judged_once() -> None:
    many = tuple(Source(f"s{n}", ("CC-BY-4.0", "CC-BY-SA-4.0", "NONE")[n % 3]) for n in range(3000))
    table = whatif.table(many, load(), make_use({"intent": "publish-copy", "purpose": "product"}))
    assert len(table.of) == 3000
    assert len(table.rows) == 3
    assert sum(map(len, table.rows)) < 20_000
    assert whatif.kinds(many) == 3


def test_kinds_of_sources_without_end_are_refused() -> None:
    many = [Source("s", f"LicenseRef-{n}") for n in range(whatif.MOST + 1)]
    with pytest.raises(ValueError, match="at most"):
        whatif.table(many, load(), make_use({"intent": "copy", "purpose": "product"}))


def test_what_is_not_in_the_table_has_no_answer() -> None:
    table = whatif.table([Source("a", "MIT")], load(), make_use({"intent": "copy", "purpose": "product"}))
    for cell in (table.start._replace(purpose=""), table.start._replace(outbound="x"), table.start._replace(scope="x")):
        with pytest.raises(ValueError):  # noqa: PT011
            table.ranks(cell)
