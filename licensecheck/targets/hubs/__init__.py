"""Hubs of datasets: each module of this package is one, and is found because it is here.

:class:`licensecheck.targets.hub.Module` says what a module offers. Nothing else in the package knows a hub by its name.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from licensecheck.base.errors import Problem, Unreadable, UsageError
from licensecheck.base.message import Message
from licensecheck.targets.hub import Hub, Module, Reading, Remote, Wanted, is_revision

if TYPE_CHECKING:
    from licensecheck.targets.fetch import Fetcher

__all__ = ["Hub", "Remote", "bare", "has_revisions", "modules", "page", "parse", "read"]
_DOI: Final = re.compile(r"(?:doi:)?(10\.[0-9]{4,9}/[^\s?#]{1,500})\Z", re.I)


@cache
def modules() -> dict[str, Module]:
    """Every hub by its prefix."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem != "__init__")
    found: list[Any] = [import_module(f"{__name__}.{name}") for name in names]
    return {module.SITE.prefix: module for module in found}


def parse(target: str) -> Hub | None:
    """The dataset that a hub's prefix and a name, an address of a hub or a DOI of a hub names; else None.

    Raises :class:`UsageError` where the prefix is a hub's and the rest is not a name there.
    """
    target = target.strip()
    prefix, colon, rest = target.partition(":")
    prefix = prefix.lower()
    if doi := _DOI.match(target):
        return _at("doi.org", doi[1].split("/"))
    if prefix in ("http", "https"):
        return _of_url(target)
    module = modules().get(prefix) if colon else None
    if module is None:
        return None
    name, at, revision = module.name(rest).partition("@")
    if not module.SITE.is_name(name) or (at and not (module.SITE.has_revisions and is_revision(revision))):
        shown = "".join(c if c.isprintable() else " " for c in target[:200])
        raise UsageError(
            Message("`{shown}` does not name a dataset: write {forms}", shown=shown, forms=module.SITE.form)
        )
    return Hub(prefix, name, revision)


def _of_url(url: str) -> Hub | None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        if parts.port not in (None, 80, 443) or parts.username is not None:
            return None
    except ValueError:
        return None
    return _at("doi.org" if host == "dx.doi.org" else host, [unquote(step) for step in parts.path.split("/") if step])


def _at(host: str, steps: list[str]) -> Hub | None:
    for prefix, module in modules().items():
        found = module.at(host, steps)
        if found and module.SITE.is_name(found[0]):
            return Hub(prefix, *found)
    return None


def bare(name: str) -> Hub | None:
    """The dataset that cards and metadata mean by a name without a prefix, or None."""
    for prefix, module in modules().items():
        if module.SITE.bare and re.fullmatch(module.SITE.bare, name, re.A):
            return Hub(prefix, name)
    return None


def has_revisions(hub: Hub) -> bool:
    """Whether a name may say a revision, and the addresses of files hold the commit."""
    return modules()[hub.kind].SITE.has_revisions


def page(hub: Hub) -> str:
    """The address of a dataset's page, for people."""
    return modules()[hub.kind].SITE.page.format(hub.name)


def read(hub: Hub, fetcher: Fetcher, wanted: Wanted) -> tuple[list[Remote], list[Problem]]:
    """The hub's record of a dataset and its files whose path is ``wanted``, and what could not be read.

    It does not raise for what a hub answers: if nothing can be read, there are only problems.
    """
    module = modules()[hub.kind]
    reading = Reading(hub, module.SITE, fetcher)
    try:
        module.read(reading, wanted)
    except Unreadable as error:
        reading.problems.append(Problem(str(hub), 1, error.message))
    return reading.remotes, reading.problems
