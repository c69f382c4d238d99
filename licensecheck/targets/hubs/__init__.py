"""Datasets by their names on a hub: which of a repository's files speak of licences, and what the hub's record says.

Nothing of the data is read. Files are read at the commit that the name stood for, so that evidence can be looked up
again. Sources of the addresses: huggingface_hub (``HfApi.dataset_info``, ``hf_hub_url``), GitHub's REST documentation
(repositories, commits, trees, contents), Zenodo's (records), kagglehub (``datasets/view``).

Endpoints and tokens are those of each hub's own tools: ``HF_ENDPOINT`` and ``HF_TOKEN``; ``GITHUB_API_URL`` and
``GITHUB_TOKEN`` or ``GH_TOKEN``; ``KAGGLE_API_ENDPOINT``, ``KAGGLE_USERNAME`` and ``KAGGLE_KEY``; Zenodo has none, so
``LICENSECHECK_ZENODO_ENDPOINT``. A token goes to the endpoint and to no other host.
"""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from licensecheck.base.errors import Problem, Unreadable, UsageError
from licensecheck.base.files import decode
from licensecheck.base.message import Message
from licensecheck.model import Retrieval

if TYPE_CHECKING:
    from licensecheck.targets.fetch import Fetcher, Page

MOST: Final = 60
"""Files of one dataset that are read."""
_SHA: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_WORD: Final = r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}"
_NAMES: Final = {
    "hf": re.compile(rf"{_WORD}(?:/{_WORD})?\Z"),
    "gh": re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}\Z"),
    "zenodo": re.compile(r"[0-9]{1,12}\Z"),
    "kaggle": re.compile(rf"{_WORD}/{_WORD}\Z"),
}
_FORMS: Final = {
    "hf": "hf:owner/name or hf:owner/name@revision",
    "gh": "gh:owner/repository or gh:owner/repository@branch-tag-or-commit",
    "zenodo": "zenodo:record-number",
    "kaggle": "kaggle:owner/name",
}
_TOKENS: Final = {
    "hf": "set HF_TOKEN",
    "gh": "set GITHUB_TOKEN",
    "zenodo": "get the dataset and check its folder",
    "kaggle": "set KAGGLE_USERNAME and KAGGLE_KEY",
}
_REVISION: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}\Z")
_PAGES: Final = frozenset(
    {"tree", "blob", "raw", "resolve", "viewer", "discussions", "commits", "commit", "settings", "edit"}
)
_NOT_OWNERS: Final = frozenset({
    "about", "apps", "collections", "contact", "customer-stories", "enterprise", "events", "explore", "features", "issues",
    "join", "login", "marketplace", "new", "notifications", "orgs", "organizations", "pricing", "pulls", "readme",
    "search", "security", "settings", "site", "sponsors", "topics", "trending", "users",
})  # fmt: skip
_DOI: Final = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?10\.5281/zenodo\.([0-9]{1,12})\Z", re.I)


class Hub(NamedTuple):
    """A dataset on a hub: ``kind`` is ``hf``, ``gh``, ``zenodo`` or ``kaggle``; ``revision`` is "" for the newest."""

    kind: str
    name: str
    revision: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}" + (f"@{self.revision}" if self.revision else "")


class Remote(NamedTuple):
    """A text of a hub: its address for people, pinned to the commit, ending in the name that scanners go by.

    Of a hub's own record the address is that of its interface, with ``#/record.json``. File names are the hub's: they
    are quoted as in any URL and only shown, never a path on disk.
    """

    path: str
    text: str
    retrieval: Retrieval


def parse(target: str) -> Hub | None:
    """The dataset that ``hf:``, ``gh:``, ``zenodo:``, ``kaggle:`` or an address of these hubs names; else None.

    Raises :class:`UsageError` where the prefix is a hub's and the rest is no name there.
    """
    target = target.strip()
    kind, colon, rest = target.partition(":")
    kind = kind.lower()
    doi = _DOI.match(rest if kind == "zenodo" else target)
    if doi:
        return Hub("zenodo", doi[1])
    if colon and kind in _NAMES:
        rest = rest.removeprefix("//").removeprefix("datasets/") if kind == "hf" else rest
        name, at, revision = rest.partition("@")
        pinned = kind in ("hf", "gh")
        if not _named(kind, name) or (at and not (pinned and _is_revision(revision))):
            raise UsageError(
                Message("`{shown}` names no dataset: write {forms}", shown=_shown(target), forms=Message(_FORMS[kind]))
            )
        return Hub(kind, name, revision)
    return _of_url(target) if kind in ("http", "https") else None


def _of_url(url: str) -> Hub | None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        if parts.port not in (None, 80, 443) or parts.username is not None:
            return None
    except ValueError:
        return None
    steps = [unquote(step) for step in parts.path.split("/") if step]
    if host in ("huggingface.co", "hf.co") and steps[:1] == ["datasets"] and len(steps) > 1:
        both = len(steps) > 2 and steps[2] not in _PAGES
        return _hub("hf", "/".join(steps[1 : 3 if both else 2]), steps[3 if both else 2 :])
    if host == "github.com" and len(steps) > 1 and steps[0].lower() not in _NOT_OWNERS:
        return _hub("gh", f"{steps[0]}/{steps[1].removesuffix('.git')}", steps[2:])
    if host == "zenodo.org" and len(steps) > 1 and steps[0] in ("records", "record"):
        return _hub("zenodo", steps[1], ())
    if host == "zenodo.org" and steps[:1] == ["doi"]:
        doi = _DOI.match("/".join(steps[1:]))
        return Hub("zenodo", doi[1]) if doi else None
    if host == "kaggle.com" and len(steps) > 2 and steps[0] == "datasets":
        return _hub("kaggle", "/".join(steps[1:3]), ())
    return None


def _hub(kind: str, name: str, rest: Sequence[str]) -> Hub | None:
    if not _named(kind, name):
        return None
    revision = rest[1] if len(rest) > 1 and rest[0] in ("tree", "blob", "raw", "resolve") else ""
    return Hub(kind, name, revision if _is_revision(revision) else "")


def _named(kind: str, name: str) -> bool:
    return _NAMES[kind].match(name) is not None and not any(set(part) <= {"."} for part in name.split("/"))


def _is_revision(text: str) -> bool:
    return _REVISION.match(text) is not None and ".." not in text and "//" not in text


def _shown(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text[:200])


def read(hub: Hub, fetcher: Fetcher, wanted: Callable[[str], bool]) -> tuple[list[Remote], list[Problem]]:
    """The hub's record of a dataset and those of its files whose path is ``wanted``, and what could not be read.

    Never raises for what a hub answers: where nothing can be read there are only problems.
    """
    reader = {"hf": _hugging_face, "gh": _github, "zenodo": _zenodo, "kaggle": _kaggle}[hub.kind]
    reading = _Reading(hub, fetcher)
    try:
        reader(reading, wanted)
    except Unreadable as error:
        reading.problems.append(Problem(str(hub), 1, error.message))
    return reading.remotes, reading.problems


class _Reading:
    """What was read of one dataset so far."""

    def __init__(self, hub: Hub, fetcher: Fetcher) -> None:
        self.hub = hub
        self.fetcher = fetcher
        self.remotes: list[Remote] = []
        self.problems: list[Problem] = []

    def page(self, url: str, headers: Sequence[tuple[str, str]], help: str) -> Page:
        """What the hub answers; ``help`` is what to do where it refuses."""
        from licensecheck.targets.fetch import Refused

        try:
            return self.fetcher.get(url, trusted=True, headers=headers, robots=False)
        except Refused as error:
            if error.status == 429 or _is_spent(error.headers):
                help = Message(
                    "the hub was asked too often: try again later, or {other}", other=Message(_TOKENS[self.hub.kind])
                )
            elif error.status not in (401, 403, 404):
                raise
            raise Unreadable(Message("{why} (HTTP {status})", why=help, status=error.status)) from None

    def record(self, url: str, headers: Sequence[tuple[str, str]], help: str) -> Mapping[str, Any]:
        """A record of the hub, as it came."""
        return _tree(self.page(url, headers, help))

    def keep(self, page: Page, path: str) -> None:
        """A text that was read."""
        text = decode(page.body)[0].replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " ")
        self.remotes.append(Remote(path, text, page.retrieval))

    def files(
        self,
        paths: Iterable[str],
        wanted: Callable[[str], bool],
        address: Callable[[str], str],
        source: Callable[[str], str],
        headers: Sequence[tuple[str, str]],
        help: str,
    ) -> None:
        """Those of the files that are wanted, from the top of the tree down, each by itself."""
        chosen = sorted({p for p in paths if wanted(p)}, key=lambda p: (p.count("/"), p))
        for path in chosen[:MOST]:
            shown = address(quote(path))
            try:
                if not _is_path(path):
                    raise Unreadable(
                        Message("the hub gives this as the name of a file, which it cannot be: look at it there")
                    )
                self.keep(self.page(source(quote(path)), headers, help), shown)
            except Unreadable as error:
                self.problems.append(Problem(shown, 1, error.message))
        if len(chosen) > MOST:
            left = Message(
                "{count} more files that may speak of licences were not read: get the dataset and check its folder",
                count=f"{len(chosen) - MOST:,}",
            )
            self.problems.append(Problem(str(self.hub), 1, left))


def _is_path(path: str) -> bool:
    return (
        0 < len(path) < 1000 and path.isprintable() and "\\" not in path and not set(path.split("/")) & {"", ".", ".."}
    )


def _is_spent(headers: Mapping[str, str]) -> bool:
    """Whether a refusal says that the hub was asked too often: GitHub says 403 for it."""
    return headers.get("x-ratelimit-remaining") == "0" or "retry-after" in headers


def _tree(page: Page) -> Mapping[str, Any]:
    try:
        tree = json.loads(page.body)
    except (ValueError, RecursionError):
        tree = None
    if not isinstance(tree, Mapping):
        raise Unreadable(
            Message("the hub's answer is no record: try again later, or get the dataset and check its folder")
        )
    return tree


def _strings(items: Any, key: str) -> Iterable[str]:
    if isinstance(items, list):
        yield from (i[key] for i in items if isinstance(i, Mapping) and isinstance(i.get(key), str))


def _endpoint(default: str, *names: str) -> str:
    return next((os.environ[n].strip() for n in names if os.environ.get(n, "").strip()), default).rstrip("/")


def _bearer(*names: str) -> tuple[tuple[str, str], ...]:
    token = _endpoint("", *names)
    return (("Authorization", f"Bearer {token}"),) if token.isascii() and token.isprintable() and token else ()


def _hugging_face(reading: _Reading, wanted: Callable[[str], bool]) -> None:
    hub = reading.hub
    base = _endpoint("https://huggingface.co", "HF_ENDPOINT")
    token = _bearer("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")
    page = f"{base}/datasets/{hub.name}"
    missing = f"{hub} is not there, or not for everybody: check the name and revision; where it is private or gated, accept its terms at {page} and set HF_TOKEN"
    url = f"{base}/api/datasets/{hub.name}" + (f"/revision/{quote(hub.revision, safe='')}" if hub.revision else "")
    answer = reading.page(url, token, missing)
    info = _tree(answer)
    name = info.get("id") if isinstance(info.get("id"), str) and _named("hf", info["id"]) else hub.name
    sha = _sha(info.get("sha"))
    reading.keep(answer, f"{base}/api/datasets/{name}/revision/{sha}#/record.json")
    gated = f"the dataset is gated: accept its terms at {base}/datasets/{name}, and set HF_TOKEN to a token of the account that did"
    reading.files(
        _strings(info.get("siblings"), "rfilename"),
        wanted,
        lambda path: f"{base}/datasets/{name}/blob/{sha}/{path}",
        lambda path: f"{base}/datasets/{name}/resolve/{sha}/{path}",
        token,
        gated
        if info.get("gated")
        else f"the hub does not give this file: set HF_TOKEN to a token that may read {name}",
    )


def _github(reading: _Reading, wanted: Callable[[str], bool]) -> None:
    hub = reading.hub
    api = _endpoint("https://api.github.com", "GITHUB_API_URL")
    token = _bearer("GITHUB_TOKEN", "GH_TOKEN")
    repo = f"{api}/repos/{hub.name}"
    missing = f"{hub} is not there, or not for everybody: check the name; where it is private, set GITHUB_TOKEN to a token that may read it"
    answer = reading.page(repo, (("Accept", "application/vnd.github+json"), *token), missing)
    info = _tree(answer)
    name = (
        info.get("full_name")
        if isinstance(info.get("full_name"), str) and _named("gh", info["full_name"])
        else hub.name
    )
    branch = info.get("default_branch")
    ref = hub.revision or (branch if isinstance(branch, str) and _is_revision(branch) else "HEAD")
    commit = reading.page(
        f"{repo}/commits/{quote(ref, safe='')}",
        (("Accept", "application/vnd.github.sha"), *token),
        f"{hub.name} has no branch, tag or commit `{ref}`: check it",
    )
    sha = _sha(commit.body.decode("ascii", "replace").strip())
    reading.keep(answer, f"{repo}#/record.json")
    tree = reading.record(f"{repo}/git/trees/{sha}", (("Accept", "application/vnd.github+json"), *token), missing)
    blobs = [i for i in _list(tree.get("tree")) if isinstance(i, Mapping) and i.get("type") == "blob"]
    web = f"https://github.com/{name}" if api == "https://api.github.com" else f"{api.removesuffix('/api/v3')}/{name}"
    # without a token the interface answers sixty times an hour, so that files come from where browsers get them
    open_ = not token and api == "https://api.github.com"
    raw = "https://raw.githubusercontent.com"
    reading.files(
        _strings(blobs, "path"),
        wanted,
        lambda path: f"{web}/blob/{sha}/{path}",
        lambda path: f"{raw}/{name}/{sha}/{path}" if open_ else f"{api}/repos/{name}/contents/{path}?ref={sha}",
        (("Accept", "application/vnd.github.raw+json"), *token),
        "GitHub does not give this file: set GITHUB_TOKEN to a token that may read the repository",
    )


def _zenodo(reading: _Reading, wanted: Callable[[str], bool]) -> None:
    hub = reading.hub
    base = _endpoint("https://zenodo.org", "LICENSECHECK_ZENODO_ENDPOINT")
    help = Message(
        "{hub} is not there, or its files are restricted: check the number, or ask for access at {url}",
        hub=str(hub),
        url=f"{base}/records/{hub.name}",
    )
    answer = reading.page(f"{base}/api/records/{hub.name}", (("Accept", "application/json"),), help)
    info = _tree(answer)
    number = str(info.get("id"))
    number = number if _named("zenodo", number) else hub.name
    reading.keep(answer, f"{base}/api/records/{number}#/record.json")
    reading.files(
        _strings(info.get("files"), "key"),
        wanted,
        lambda path: f"{base}/records/{number}/files/{path}",
        lambda path: f"{base}/api/records/{number}/files/{path}/content",
        (),
        help,
    )


def _kaggle(reading: _Reading, wanted: Callable[[str], bool]) -> None:
    hub = reading.hub
    base = _endpoint("https://www.kaggle.com", "KAGGLE_API_ENDPOINT").removesuffix("/api/v1")
    user, key = _endpoint("", "KAGGLE_USERNAME"), _endpoint("", "KAGGLE_KEY")
    token = (("Authorization", f"Basic {base64.b64encode(f'{user}:{key}'.encode()).decode()}"),) if user and key else ()
    url = f"{base}/api/v1/datasets/view/{hub.name}"
    help = Message(
        "{hub} is not there, or not for everybody: check the name; where it is private, set KAGGLE_USERNAME and KAGGLE_KEY",
        hub=str(hub),
    )
    answer = reading.page(url, (("Accept", "application/json"), *token), help)
    _tree(answer)
    reading.keep(answer, f"{url}#/record.json")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _sha(value: Any) -> str:
    if isinstance(value, str) and _SHA.match(value):
        return value
    raise Unreadable(
        Message("the hub does not say which commit this is: try again later, or get the dataset and check its folder")
    )
