"""The engine against an independent model of Creative Commons, on every cell of their common domain."""

from __future__ import annotations

import itertools

import cc_model

from licensecheck.engine.engine import core, engine
from licensecheck.knowledge import rulebook
from licensecheck.vocabulary import INTENTS, make_use

FAMILIES = {
    "BY": {"by"},
    "BY-SA": {"by", "sa"},
    "BY-NC": {"by", "nc"},
    "BY-NC-SA": {"by", "nc", "sa"},
    "BY-ND": {"by", "nd"},
    "BY-NC-ND": {"by", "nc", "nd"},
}
EDITIONS = (("1.0", ""), ("2.0", ""), ("2.0", "KR"), ("2.5", ""), ("3.0", ""), ("4.0", ""))
PURPOSES = {
    "nc": {"purpose": "teaching"},
    "unclear": {"purpose": "internal_business"},
    "commercial": {"purpose": "advertising"},
}


def identifier(kind: str, version: str, port: str) -> str:
    return f"LicenseRef-CC-{kind}-{version}-{port}" if port else f"CC-{kind}-{version}"


LICENSES = {identifier(k, v, p): (FAMILIES[k], v, p) for k, (v, p) in itertools.product(FAMILIES, EDITIONS)}
OUTBOUND: dict[str, tuple[set[str], str, str] | None] = {"": None, "CC0-1.0": (set(), "", ""), **LICENSES}


def test_both_agree_on_every_cell() -> None:
    machine = engine(rulebook.load())
    cells = 0
    for intent, (nc, purpose), sgdr, reading in itertools.product(
        INTENTS, PURPOSES.items(), ("no", "yes"), ("no", "yes", "unknown")
    ):
        use = core(make_use({"intent": intent, **purpose, "sgdr": sgdr, "training_is_adaptation": reading}))
        for (name, facts), (out, out_facts) in itertools.product(LICENSES.items(), OUTBOUND.items()):
            ours = machine.rank(name, use, out)
            theirs = cc_model.decide(*facts, intent, nc, out_facts, sgdr == "yes", reading)
            assert ours == theirs, (name, intent, nc, out, sgdr, reading, ours, theirs)
            cells += 1
    assert cells > 200_000
