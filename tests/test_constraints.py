"""The lock, ``constraints.txt``: it has everything that ``pyproject.toml`` asks for, in a version that it allows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TEXT = (ROOT / "constraints.txt").read_text(encoding="utf-8")
LOCKED = [Requirement(line) for line in TEXT.splitlines() if line.strip() and not line.lstrip().startswith("#")]
OWN = canonicalize_name(PROJECT["project"]["name"])
COMMAND = re.compile(r"uv pip compile .*--universal.* -o constraints\.txt")
UPDATE = "bring constraints.txt up to date: the command is in CONTRIBUTING.md"


def asked() -> list[Requirement]:
    """What the wheel, its extras, its build and the group for the build require, without the project itself."""
    project = PROJECT["project"]
    lists = (
        project["dependencies"],
        *project["optional-dependencies"].values(),
        PROJECT["build-system"]["requires"],
        *PROJECT["dependency-groups"].values(),
    )
    made = [Requirement(text) for texts in lists for text in texts]
    return [one for one in made if canonicalize_name(one.name) != OWN]


@pytest.mark.parametrize("python", ["3.11.0", "3.12.0", "3.13.0"])
def test_everything_that_is_asked_for_is_locked_once_in_a_version_that_is_allowed(python: str) -> None:
    environment = {"python_version": python.rpartition(".")[0], "python_full_version": python}
    versions: dict[str, str] = {}
    for one in LOCKED:
        if one.marker is None or one.marker.evaluate(environment):
            (pin,) = one.specifier
            assert pin.operator == "=="
            assert versions.setdefault(canonicalize_name(one.name), pin.version) == pin.version, one.name
    for one in asked():
        name = canonicalize_name(one.name)
        assert name in versions, f"{name} is not locked: {UPDATE}"
        assert one.specifier.contains(versions[name], prereleases=True), f"{one}, locked {versions[name]}: {UPDATE}"


def test_the_lock_names_no_place_that_packages_come_from() -> None:
    assert "://" not in TEXT
    assert not re.search(r"^\s*-", TEXT, re.M), "pip takes no options in constraints"


def test_the_command_that_made_it_is_the_one_to_run() -> None:
    (shown,) = COMMAND.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    (noted,) = COMMAND.findall(TEXT)
    assert shown.replace(" --upgrade", "") == noted


def test_both_commands_of_the_readme_use_the_lock() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    installs = [line for line in readme.splitlines() if "pip install" in line]
    assert len(installs) == 2
    for line in installs:
        assert line.startswith("PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt "), line
