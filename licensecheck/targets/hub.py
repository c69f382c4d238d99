"""What all hubs have in common: a dataset's name there, what a hub module offers, and how its answers are read.

The data itself is not read, only the hub's record of a dataset and the files that may state licenses. Files are read at
the commit that the name pointed to, so that evidence can be looked up again. A token goes to the hub's own endpoint and
to no other host.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol
from urllib.parse import quote

from licensecheck.base.errors import Problem, Unreadable
from licensecheck.base.files import decode
from licensecheck.base.message import Message
from licensecheck.model import Retrieval

if TYPE_CHECKING:
    from licensecheck.targets.fetch import Fetcher, Page

MOST: Final = 60
"""Files of one dataset that are read."""
WORD: Final = r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}"
"""The name of an account or of a dataset on most hubs, as a regular expression."""
_SHA: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_REVISION: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}\Z")

Headers = Sequence[tuple[str, str]]
Wanted = Callable[[str], bool]


class Hub(NamedTuple):
    """A dataset on a hub: ``kind`` is the hub's prefix, such as ``hf``; ``revision`` is "" for the newest."""

    kind: str
    name: str
    revision: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}" + (f"@{self.revision}" if self.revision else "")


class Site(NamedTuple):
    """What a hub is known by.

    ``prefix`` goes before a dataset's name (``prefix:name``), ``name`` is the regular expression of a whole name, and
    ``form`` shows people how to write one. ``page`` is the address of a dataset's page with ``{}`` for its name.
    ``access`` says what to do if the hub asks for a login or was asked too often. ``has_revisions`` is whether a name may
    end in ``@revision`` and files have commits. ``bare`` is the regular expression of the names that cards and metadata
    write without a prefix for a dataset of this hub, or "".
    """

    prefix: str
    title: str
    name: str
    form: Message
    page: str
    access: Message
    has_revisions: bool = False
    bare: str = ""

    def is_name(self, text: str) -> bool:
        """Whether ``text`` can be the name of a dataset there."""
        return re.fullmatch(self.name, text) is not None and not any(set(part) <= {"."} for part in text.split("/"))


class Module(Protocol):
    """What every module of :mod:`licensecheck.targets.hubs` offers."""

    SITE: Site

    def name(self, text: str) -> str:
        """The dataset's name in what follows the prefix, without what people may write around it."""

    def at(self, host: str, steps: Sequence[str]) -> tuple[str, str] | None:
        """The name and the revision ("" for none) in an address of the hub, or None.

        ``host`` has no ``www.`` and ``steps`` are the parts of the path, unquoted. A DOI comes as an address of
        ``doi.org``.
        """

    def read(self, reading: Reading, wanted: Wanted) -> None:
        """Read the hub's record of a dataset, and its files whose path is ``wanted``, into ``reading``.

        Raises :class:`Unreadable` where the hub does not give the record.
        """


class Remote(NamedTuple):
    """A text of a hub: its address for people, at the commit, ending in the name that scanners go by.

    The address of a hub's own record is that of its API, with ``#/record.json``. File names are the hub's: they
    are quoted as in any URL and only shown, never a path on disk.
    """

    path: str
    text: str
    retrieval: Retrieval


class Reading:
    """What was read of one dataset so far."""

    def __init__(self, hub: Hub, site: Site, fetcher: Fetcher) -> None:
        self.hub = hub
        self.site = site
        self.fetcher = fetcher
        self.remotes: list[Remote] = []
        self.problems: list[Problem] = []

    def page(self, url: str, headers: Headers, help: Message) -> Page:
        """What the hub answers; ``help`` says what to do if it refuses. Raises :class:`Unreadable`."""
        from licensecheck.targets.fetch import Refused

        try:
            return self.fetcher.get(url, trusted=True, headers=headers, robots=False)
        except Refused as error:
            if error.status == 429 or _is_spent(error.headers):
                help = Message("the hub was asked too often: try again later, or {other}", other=self.site.access)
            elif error.status not in (401, 403, 404):
                raise
            raise Unreadable(Message("{why} (HTTP {status})", why=help, status=error.status)) from None

    def keep(self, page: Page, path: str) -> None:
        """Keep a text that was read."""
        text = decode(page.body)[0].replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " ")
        self.remotes.append(Remote(path, text, page.retrieval))

    def files(
        self,
        paths: Iterable[str],
        wanted: Wanted,
        shown: Callable[[str], str],
        source: Callable[[str], str],
        headers: Headers,
        help: Message,
    ) -> None:
        """Read the wanted files from the top of the tree down.

        ``shown`` makes a quoted path the address for people, ``source`` the address that is read.
        """
        chosen = sorted({p for p in paths if wanted(p)}, key=lambda p: (p.count("/"), p))
        for path in chosen[:MOST]:
            address = shown(quote(path))
            try:
                if not _is_path(path):
                    raise Unreadable(Message("the hub gives a file name that is not valid: look at it there"))
                self.keep(self.page(source(quote(path)), headers, help), address)
            except Unreadable as error:
                self.problems.append(Problem(address, 1, error.message))
        if len(chosen) > MOST:
            left = Message(
                "{count} more files that may state licenses were not read: download the dataset and check its folder",
                count=f"{len(chosen) - MOST:,}",
            )
            self.problems.append(Problem(str(self.hub), 1, left))


def is_revision(text: str) -> bool:
    """Whether ``text`` can be the name of a branch, a tag or a commit."""
    return _REVISION.match(text) is not None and ".." not in text and "//" not in text


def revision_in(steps: Sequence[str]) -> str:
    """The revision in the rest of an address, such as ``tree/v1/data``, or ""."""
    at = steps[1] if len(steps) > 1 and steps[0] in ("tree", "blob", "raw", "resolve") else ""
    return at if is_revision(at) else ""


def record(page: Page) -> Mapping[str, Any]:
    """A hub's record. Raises :class:`Unreadable` where the answer is something else."""
    try:
        tree = json.loads(page.body)
    except (ValueError, RecursionError):
        tree = None
    if not isinstance(tree, Mapping):
        raise Unreadable(
            Message("the hub's answer cannot be read: try again later, or download the dataset and check its folder")
        )
    return tree


def commit(value: Any) -> str:
    """A commit's hash. Raises :class:`Unreadable` where ``value`` is something else."""
    if isinstance(value, str) and _SHA.match(value):
        return value
    raise Unreadable(
        Message(
            "the hub does not say which commit this is: try again later, or download the dataset and check its folder"
        )
    )


def texts(items: Any, key: str) -> Iterable[str]:
    """The texts under ``key`` of a list's objects."""
    if isinstance(items, list):
        yield from (i[key] for i in items if isinstance(i, Mapping) and isinstance(i.get(key), str))


def setting(default: str, *names: str) -> str:
    """The first of those environment variables that is set, else ``default``, without a slash at the end."""
    return next((os.environ[n].strip() for n in names if os.environ.get(n, "").strip()), default).rstrip("/")


def bearer(*names: str) -> Headers:
    """The header with the token of the first of those environment variables that is set; none where it is not valid."""
    token = setting("", *names)
    return (("Authorization", f"Bearer {token}"),) if token.isascii() and token.isprintable() and token else ()


def _is_path(path: str) -> bool:
    return (
        0 < len(path) < 1000 and path.isprintable() and "\\" not in path and not set(path.split("/")) & {"", ".", ".."}
    )


def _is_spent(headers: Mapping[str, str]) -> bool:
    """Whether the hub refused because it was asked too often; GitHub says 403 for that."""
    return headers.get("x-ratelimit-remaining") == "0" or "retry-after" in headers
