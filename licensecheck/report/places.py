"""The place of a finding as the services that show findings need it: a path from the root of the repository."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from licensecheck.base.files import DECLARATION

if TYPE_CHECKING:
    from licensecheck.report import Options

NOWHERE: Final = DECLARATION
"""Where a finding is put that is about the whole: the declaration. A service that needs a file takes no result without."""
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}:/{2,}")
_DRIVE: Final = re.compile(r"[A-Za-z]:(?=/|$)")
_ODD: Final = re.compile(r"[^A-Za-z0-9._-]+")
_LONG: Final = 2000


def relative(path: str, options: Options) -> str:
    """``path`` from the root of the repository, with forward slashes; "" where it is not in it.

    A path is taken from ``options.folder``. One that leads out of ``options.root`` (or, where that is
    not given, out of the folder) is shown by its name, and an address by its host and path: neither
    ``..``, nor a drive, a scheme or a leading slash is ever given back.
    """
    clean = path[-_LONG:].replace("\\", "/")
    if found := _ADDRESS.match(clean):
        host, _, rest = clean[found.end() :].partition("?")[0].partition("#")[0].partition("/")
        return _inside(posixpath.normpath(f"{host.rpartition('@')[2]}/{rest}"))
    folder = _folder(options.folder)
    root = _folder(options.root) or folder
    if not _absolute(clean):
        clean = posixpath.join(folder, clean)
    made = posixpath.normpath(clean)
    if root and f"{made}/".startswith(f"{root.rstrip('/')}/"):
        return _inside(made[len(root) :])
    led_out = _absolute(made) or made.startswith("../")
    return _inside(posixpath.basename(made) if led_out else made)


def named(path: str, options: Options) -> str:
    """:func:`relative` for a service that takes names as they are: what cannot be printed is a replacement character."""
    made = relative(path, options)
    return made if made.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in made)


def uri(path: str) -> str:
    """A path of :func:`relative` as a relative reference (RFC 3986): each segment percent-encoded, colons too.

    Code scanning refuses a whole file for one path that its URI parser does not take.
    """
    try:
        return quote(path, safe="/", errors="surrogateescape")
    except UnicodeEncodeError:
        return quote(path, safe="/", errors="replace")


@cache
def home() -> str:
    """The address of the project's documentation as its packaging states it, "" where it states none."""
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        urls: list[str] = metadata("dataset-licensecheck").get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    by = {label.strip().lower(): address.strip() for label, _, address in (url.partition(",") for url in urls)}
    if "documentation" in by:
        return by["documentation"]
    address = next((by[name].rstrip("/") for name in ("repository", "source", "homepage") if name in by), "")
    return f"{address}/blob/main/docs" if address else ""


def rule_page(rule: str, options: Options) -> str:
    """The address of a rule's page, "" where the rulebook has no such rule or no address is known."""
    url = (options.url or home()).rstrip("/")
    if not url or code(rule) != rule or not options.book or not options.book.rule(rule):
        return ""
    return f"{url}/reference/rules.md#{rule}"


def _folder(path: str) -> str:
    return posixpath.normpath(path.replace("\\", "/")) if path else ""


def _absolute(path: str) -> bool:
    return path.startswith("/") or bool(_DRIVE.match(path))


def _inside(path: str) -> str:
    return "/".join(part for part in path.split("/") if part not in ("", ".", "..") and not _DRIVE.fullmatch(part))


def code(rule: str) -> str:
    """A rule's id in letters that every service takes for an id; a claim's may hold what a user wrote."""
    return _ODD.sub("-", rule[:200]).strip("-")[:80] or "finding"
