"""Kept regular expressions are those that ``re`` compiles, and whatever is amiss with what is kept costs only time."""

from __future__ import annotations

import marshal
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.base import compiled, regex

TEXTS = st.text(alphabet="aAbB cC-BY0.4\n한글[](){}*\t", max_size=40)
SAMPLES = [
    (r"(?P<x>a+)(?:b|c)?\Z", re.I), (r"^\s*[가-힣]+$", re.M), (r"(\d)\.(\d)", 0), (r"cc(?:[ -]?(?:by|0)| zero)", re.I | re.S), (r"", 0),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(compiled, "_COMPILED", tmp_path)
    monkeypatch.setattr(regex, "_new", {})
    regex._kept.cache_clear()
    yield tmp_path
    regex._kept.cache_clear()


def same(made: re.Pattern[str], plain: re.Pattern[str]) -> None:
    assert (made.pattern, made.flags, made.groups, dict(made.groupindex)) == (
        plain.pattern,
        plain.flags,
        plain.groups,
        dict(plain.groupindex),
    )


@given(st.sampled_from(SAMPLES), TEXTS)
def test_a_kept_pattern_finds_the_same(sample: tuple[str, int], text: str) -> None:
    plain = re.compile(*sample)
    for _ in range(2):
        made = regex.compile(*sample)
        same(made, plain)
        assert [(m.span(), m.groups(), m.groupdict()) for m in made.finditer(text)] == [
            (m.span(), m.groups(), m.groupdict()) for m in plain.finditer(text)
        ]
        assert made.sub("_", text) == plain.sub("_", text)


def test_what_is_kept_is_used_by_the_next_run(folder: Path) -> None:
    for sample in SAMPLES:
        regex.compile(*sample)
    regex._save()
    regex._kept.cache_clear()
    regex._new.clear()
    assert len(regex._kept()) == len(SAMPLES)
    for sample in SAMPLES:
        same(regex.compile(*sample), re.compile(*sample))
    assert not regex._new


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"not marshal",
        marshal.dumps([1]),
        marshal.dumps({(r"a", 0): (0, b"\xff" * 8, 0, {}, ())}),
        marshal.dumps({(r"a", 0): None}),
    ],
)
def test_what_is_amiss_costs_only_time(folder: Path, data: bytes) -> None:
    (folder / regex._NAME).write_bytes(data)
    same(regex.compile(r"a"), re.compile(r"a"))
    assert regex.compile(r"a").match("a")


def test_a_wrong_pattern_is_an_error_as_ever() -> None:
    with pytest.raises(re.error):
        regex.compile("(")


def test_every_pattern_of_the_package_is_what_re_makes() -> None:
    import licensecheck.attribution
    import licensecheck.scanners.card
    import licensecheck.scanners.metadata

    assert licensecheck.attribution
    kept = {**regex._kept(), **regex._new}
    assert len(kept) > 50
    for (text, flags), parts in kept.items():
        same(regex._made(text, parts), re.compile(text, flags))
        assert regex._parts(text, flags) == parts
