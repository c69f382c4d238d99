"""Large files: what is read of them takes a bounded time, and what is not read is told, never passed over."""

from __future__ import annotations

import json
from collections.abc import Callable

import growth
import pytest

from licensecheck.scanners import scan_text
from licensecheck.scanners.resolve import resolve

DCAT = "@prefix dct: <http://purl.org/dc/terms/> .\n"
LAST = "CC-BY-NC-4.0"


def turtle(n: int) -> str:
    rows = "<http://x/{0}> a <http://www.w3.org/ns/dcat#Dataset>; dct:license <http://l/{0}> .\n"
    return DCAT + "".join(rows.format(k) for k in range(n))


def spdx(n: int) -> str:
    rows = "".join(f"PackageName: p{k}\nPackageLicenseConcluded: CC-BY-4.0\n" for k in range(n))
    return f"SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\n{rows}PackageName: last\nPackageLicenseConcluded: {LAST}\n"


def dep5(n: int) -> str:
    head = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n"
    return head + "".join(f"Files: a{k}/*\nLicense: CC-BY-4.0\n\n" for k in range(n)) + f"Files: z/*\nLicense: {LAST}\n"


def citation(n: int) -> str:
    return "cff-version: 1.2.0\ntype: dataset\nlicense:\n" + "- CC-BY-4.0\n" * n + f"- {LAST}\n"


def package(n: int) -> str:
    resources = [{"name": f"r{k}", "licenses": [{"name": "CC-BY-4.0"}]} for k in range(n)]
    return json.dumps({"resources": [*resources, {"name": "last", "licenses": [{"name": LAST}]}]})


def crate(n: int) -> str:
    files = [{"@id": f"f{k}", "@type": "File", "license": {"@id": f"http://l/{k}"}} for k in range(n)]
    top = {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"}}
    return json.dumps({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [top, {"@id": "./"}, *files]})


def rights(n: int) -> str:
    rows = "".join(f'<rights rightsURI="http://l/{k}">w{k}</rights>\n' for k in range(n))
    return f'<resource xmlns="http://datacite.org/schema/kernel-4"><rightsList>{rows}</rightsList></resource>'


def repeated(n: int) -> str:
    return json.dumps({f"k{k}": 1 for k in range(n)})[:-1] + ',"k1":2,"license":"MIT"}'


def card(n: int) -> str:
    return "---\nlicense: mit\nx:\n" + "- a: b\n" * n + "---\n# D\n"


def table(n: int) -> str:
    return (
        "# D\n\n|name|license|\n|---|---|\n"
        + "".join(f"|p{k}|CC BY {k % 4}.0|\n" for k in range(n))
        + f"|last|{LAST}|\n"
    )


def terms(n: int) -> str:
    return "Each file is under CC BY 4.0.\n" * n + f"The last is under {LAST}.\n"


def page(n: int) -> str:
    rows = "".join(
        f'<p>Photo {k} under <a href="https://creativecommons.org/licenses/by/4.0/">CC BY</a></p>' for k in range(n)
    )
    return f"<html><body>{rows}</body></html>"


LARGE: list[tuple[str, Callable[[int], str], int]] = [
    ("dcat.ttl", turtle, 4_500), ("x.spdx", spdx, 15_000), (".reuse/dep5", dep5, 20_000), ("CITATION.cff", citation, 25_000),
    ("datapackage.json", package, 15_000), ("ro-crate-metadata.json", crate, 12_000), ("datacite.xml", rights, 15_000),
    ("metadata.json", repeated, 60_000), ("README.md", card, 45_000), ("README.md", table, 30_000), ("LICENSE", terms, 25_000), ("index.html", page, 9_000),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "count"), LARGE, ids=[make.__name__ for _, make, _ in LARGE])
def test_a_file_of_most_of_a_megabyte_is_read_in_time_that_grows_as_it_does(
    name: str, make: Callable[[int], str], count: int
) -> None:
    text = make(count)
    assert 250_000 < len(text) < 1_500_000

    def read(text: str) -> None:
        scanned = scan_text(f"d/{name}", text)
        assert scanned is not None
        resolve("d", scanned)

    growth.linear(read, make(count // growth.TIMES), text)


@pytest.mark.parametrize(
    ("name", "make", "count"),
    [row for row in LARGE if row[1] in (spdx, dep5, citation, package, table, terms)],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_licence_at_the_end_is_found_or_it_is_told_that_it_was_not_read(
    name: str, make: Callable[[int], str], count: int
) -> None:
    for n in (1, 500, count):
        scanned = scan_text(f"d/{name}", make(n))
        assert scanned is not None
        assert any(LAST in (e.license or "") for e in scanned.evidence) or scanned.problems


@pytest.mark.parametrize(("name", "make"), [("x.spdx", spdx), (".reuse/dep5", dep5), ("CITATION.cff", citation)])
def test_nothing_is_told_to_be_cut_that_was_read(name: str, make: Callable[[int], str]) -> None:
    scanned = scan_text(f"d/{name}", make(300))
    assert scanned is not None
    assert not scanned.problems
    assert any(LAST in (e.license or "") for e in scanned.evidence)
