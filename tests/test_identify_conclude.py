"""Of many licences that one place states: which of them say more than others, found without comparing all with all."""

from __future__ import annotations

import growth
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.identification import conclude
from licensecheck.knowledge import names, relations
from licensecheck.model import Certainty, Scanned, Scope, Stance, Statement
from licensecheck.scanners import scan_text
from licensecheck.scanners.resolve import resolve

ODD = [
    "LicenseRef-CC", "LicenseRef-CC-BY", "LicenseRef-CC-BY-2.0-KR", "LicenseRef-CC-BY-own", "LicenseRef-HF-cc", "LicenseRef-HF-gpl", "LicenseRef-gpl-x",
    "LicenseRef-Public-Domain", "LicenseRef-OGL", "LicenseRef-etalab", "LicenseRef-a", "LicenseRef-a-b", "LicenseRef-a-b-c", "LicenseRef-A-b",
]  # fmt: skip
IDS = sorted({*names.table()["ids"].values(), *ODD})


@given(st.lists(st.sampled_from(IDS) | st.sampled_from(ODD), min_size=1, max_size=40, unique=True))
def test_what_says_more_is_found_as_by_comparing_all(ids: list[str]) -> None:
    fuller = relations.Fuller(ids)
    for one in ids:
        assert set(fuller.than(one)) == {other for other in ids if relations.says_less(one, other)}


def test_every_licence_known_beside_every_other() -> None:
    fuller = relations.Fuller(IDS)
    for one in [*IDS[::7], *ODD]:
        assert set(fuller.than(one)) == {other for other in IDS if relations.says_less(one, other)}


def stated(license: str) -> Statement:
    return Statement(license, Certainty.EXACT, 0, 1, license, "spdx-id", Stance.ASSERTED, Scope.DATA)


def test_time_grows_with_the_number_of_licences_and_no_faster() -> None:
    made = [stated(f"LicenseRef-own-{n}") for n in range(80_000)]  # more than any cache holds, also an eighth of them
    license, _ = growth.linear(conclude, made[:10_000], made)
    assert license is not None
    assert license.count(" AND ") == len(made) - 1


def test_a_place_with_thousands_of_licences_is_one_answer() -> None:
    def place(count: int) -> Scanned:
        text = "# Gulls\n\n## License\n\n" + "".join(f"Part {n} is under the Own{n} License.\n\n" for n in range(count))
        scanned = scan_text("README.md", f"{text}Part x is under CC BY-NC 4.0.\n")
        assert scanned is not None
        return scanned

    one = growth.linear(lambda scanned: resolve("README.md", scanned), place(2_000 // growth.TIMES), place(2_000))
    assert one.license is not None
    assert one.license in ("LicenseRef-many-licenses", "CC-BY-NC-4.0") or "CC-BY-NC-4.0" in one.license
