"""Every regular expression of the package compiles, and is compiled only when it is used."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re

import pytest

import licensecheck
from licensecheck.base import regex


def test_every_pattern_of_the_package_compiles() -> None:
    for module in pkgutil.walk_packages(licensecheck.__path__, "licensecheck."):
        if module.name not in ("licensecheck.__main__", "licensecheck.hatch_build"):
            importlib.import_module(module.name)
    gc.unfreeze()  # a command that ran in this process froze what was there
    found = [one for one in gc.get_objects() if isinstance(one, regex.Pattern)]
    assert len(found) > 100
    for one in found:
        assert one.compiled.pattern == one.pattern


def test_a_pattern_is_compiled_at_its_first_use_and_answers_as_re_does() -> None:
    text = "CC BY 4.0, cc by-sa 3.0"
    lazy, plain = regex.compile(r"(\d)\.(\d)", re.I), re.compile(r"(\d)\.(\d)", re.I)
    assert "compiled" not in vars(lazy)
    assert [m.groups() for m in lazy.finditer(text)] == [m.groups() for m in plain.finditer(text)]
    assert (lazy.findall(text), lazy.split(text)) == (plain.findall(text), plain.split(text))
    assert (lazy.sub("_", text), lazy.subn("_", text)) == (plain.sub("_", text), plain.subn("_", text))
    assert "compiled" in vars(lazy)


def test_a_wrong_pattern_is_an_error_at_its_first_use() -> None:
    with pytest.raises(re.error):
        regex.compile("(").search("")
