"""Creative Commons' own charts: adapter's licence, remix, collections; and ShareAlike by version.

Three-valued: green is allow, yellow (permitted, discouraged) is review and a deny in the publish
profile, no is deny. The charts are those of the Creative Commons FAQ.
"""

from __future__ import annotations

import itertools

import pytest

from licensecheck.engine.evaluate import evaluate
from licensecheck.knowledge import rulebook
from licensecheck.model import Source
from licensecheck.vocabulary import make_use

ID = {"PD": "CC0-1.0"}
VALUE = {"G": "allow", "Y": "review", "N": "deny"}


def decide(
    sources: list[str],
    intent: str,
    outbound: str = "",
    profile: str = "data",
    purpose: str = "noncommercial",
    **more: str,
) -> str:
    use = {"intent": intent, "purpose": purpose, "profile": profile, **more}
    if outbound:
        use["outbound"] = outbound
    verdict = evaluate([Source(s, s) for s in sources], make_use(use), rulebook.load())
    return verdict.decision.value


def name(kind: str, version: str = "4.0") -> str:
    return ID.get(kind, f"CC-{kind}-{version}")


OUTBOUND = ("BY", "BY-NC", "BY-NC-ND", "BY-NC-SA", "BY-ND", "BY-SA", "PD")
ADAPTERS = {
    "PD": "GGGGGGG",
    "BY": "GGGGGGY",
    "BY-NC": "YGGGYYY",
    "BY-SA": "NNNNNGN",
    "BY-NC-SA": "NNNGNNN",
    "BY-ND": "NNNNNNN",
    "BY-NC-ND": "NNNNNNN",
}


@pytest.mark.parametrize(("work", "out"), list(itertools.product(ADAPTERS, OUTBOUND)))
def test_adapters_chart(work: str, out: str) -> None:
    expected = VALUE[ADAPTERS[work][OUTBOUND.index(out)]]
    assert decide([name(work)], "publish-adaptation", name(out)) == expected
    strict = "deny" if expected == "review" else expected
    assert decide([name(work)], "publish-adaptation", name(out), profile="publish") == strict


REMIX = ("PDM", "PD", "BY", "BY-SA", "BY-NC", "BY-ND", "BY-NC-SA", "BY-NC-ND")
MIXES = {
    "PDM": "11111010",
    "PD": "11111010",
    "BY": "11111010",
    "BY-SA": "11110000",
    "BY-NC": "11101010",
    "BY-ND": "00000000",
    "BY-NC-SA": "11101010",
    "BY-NC-ND": "00000000",
}
"""Rows and columns in the order of REMIX; 1 where the two may be remixed into something shared."""


@pytest.mark.parametrize(("one", "other"), list(itertools.product(REMIX, REMIX)))
def test_remix_chart(one: str, other: str) -> None:
    works = ["CC-PDM-1.0" if w == "PDM" else name(w) for w in (one, other)]
    expected = MIXES[one][REMIX.index(other)] == "1"
    found = decide(works, "publish-adaptation", profile="publish")
    assert (found == "allow") == expected, (one, other, found)


COLLECTIONS = {"PD": "GG", "BY": "GG", "BY-SA": "GG", "BY-ND": "GG", "BY-NC": "GN", "BY-NC-SA": "GN", "BY-NC-ND": "GN"}
"""In a collection for noncommercial use, and in one licensed for commercial use."""


@pytest.mark.parametrize(("work", "n"), list(itertools.product(COLLECTIONS, (0, 1))))
def test_collections(work: str, n: int) -> None:
    out = ("CC-BY-NC-4.0", "CC-BY-4.0")[n]
    assert decide([name(work)], "publish-collection", out) == VALUE[COLLECTIONS[work][n]]


SA = {
    "1.0": "CC-BY-SA-1.0",
    "2.0": "CC-BY-SA-2.0",
    "KR": "LicenseRef-CC-BY-SA-2.0-KR",
    "UK": "CC-BY-SA-2.0-UK",
    "JP": "CC-BY-SA-2.1-JP",
    "2.5": "CC-BY-SA-2.5",
    "SC": "LicenseRef-CC-BY-SA-2.5-SCOTLAND",
    "3.0": "CC-BY-SA-3.0",
    "US": "LicenseRef-CC-BY-SA-3.0-US",
    "DE": "CC-BY-SA-3.0-DE",
    "NZ": "LicenseRef-CC-BY-SA-3.0-NZ",
    "IGO": "CC-BY-SA-3.0-IGO",
    "4.0": "CC-BY-SA-4.0",
}
SHARE_ALIKE = {
    "1.0": "GNNNNNNNNNNNN",
    "2.0": "NGGGGGGGGGGGG",
    "KR": "N?GGGGGGGGGGG",
    "UK": "?GGGGGGGGGGGG",
    "JP": "????GGGGGGGGG",
    "2.5": "NN???GGGGGGGG",
    "SC": "?????GGGGGGGG",
    "3.0": "NNNNNNNGGGGGG",
    "US": "NNNNNNNGGGGGG",
    "DE": "NNNNNNNGGGGGG",
    "IGO": "NNNNNNNGGGGGG",
    "4.0": "NNNNNNNNNNNNG",
}


@pytest.mark.parametrize(("work", "out"), list(itertools.product(SHARE_ALIKE, SA)))
def test_share_alike_versions(work: str, out: str) -> None:
    expected = {"G": "allow", "?": "review", "N": "deny"}[SHARE_ALIKE[work][list(SA).index(out)]]
    assert decide([SA[work]], "publish-adaptation", SA[out]) == expected


def test_what_lies_outside_creative_commons() -> None:
    assert decide(["CC-BY-SA-4.0"], "publish-adaptation", "LAL-1.3") == "allow"
    assert decide(["LAL-1.3"], "publish-adaptation", "CC-BY-SA-4.0") == "allow"
    assert decide(["CC-BY-SA-4.0"], "publish-adaptation", "GPL-3.0-only") == "allow"
    assert decide(["CC-BY-SA-4.0"], "publish-adaptation", "GPL-3.0-or-later") == "review"
    assert decide(["GPL-3.0-only"], "publish-adaptation", "CC-BY-SA-4.0") == "deny"
    assert decide(["CC-BY-SA-3.0"], "publish-adaptation", "GPL-3.0-only") == "deny"
    assert decide(["GFDL-1.3-only"], "publish-adaptation", "CC-BY-SA-3.0") == "deny"
    assert decide(["CC-BY-4.0"], "publish-adaptation", "ODbL-1.0") == "review"
