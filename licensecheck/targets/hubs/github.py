"""GitHub: the REST API (docs.github.com/en/rest: repositories, commits, trees, contents).

``GITHUB_API_URL`` and ``GITHUB_TOKEN`` or ``GH_TOKEN`` are those of its own tools.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

from licensecheck.base.message import Message
from licensecheck.targets.hub import (
    Reading,
    Site,
    Wanted,
    bearer,
    commit,
    is_revision,
    record,
    revision_in,
    setting,
    texts,
)

SITE: Final = Site(
    prefix="gh",
    title="GitHub",
    name=r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}",
    form=Message("gh:owner/repository or gh:owner/repository@branch-tag-or-commit"),
    page="https://github.com/{}",
    access=Message("set GITHUB_TOKEN"),
    has_revisions=True,
)
_API: Final = "https://api.github.com"
_NOT_OWNERS: Final = frozenset({
    "about", "apps", "collections", "contact", "customer-stories", "enterprise", "events", "explore", "features", "issues",
    "join", "login", "marketplace", "new", "notifications", "orgs", "organizations", "pricing", "pulls", "readme",
    "search", "security", "settings", "site", "sponsors", "topics", "trending", "users",
})  # fmt: skip
"""First steps of addresses that are pages of GitHub itself."""


def name(text: str) -> str:
    """As it is."""
    return text


def at(host: str, steps: Sequence[str]) -> tuple[str, str] | None:
    """``/owner/repository``, as browsers and git write it, and ``tree/revision`` or a page after it."""
    if host != "github.com" or len(steps) < 2 or steps[0].lower() in _NOT_OWNERS:
        return None
    return f"{steps[0]}/{steps[1].removesuffix('.git')}", revision_in(steps[2:])


def read(reading: Reading, wanted: Wanted) -> None:
    """The repository's record, and its files at the commit that the revision points to."""
    hub = reading.hub
    api = setting(_API, "GITHUB_API_URL")
    token = bearer("GITHUB_TOKEN", "GH_TOKEN")
    json = (("Accept", "application/vnd.github+json"), *token)
    repo = f"{api}/repos/{hub.name}"
    missing = Message(
        "{hub} does not exist or is not public: check the name; if it is private, set GITHUB_TOKEN to a token that may read it",
        hub=str(hub),
    )
    answer = reading.page(repo, json, missing)
    info = record(answer)
    full = info.get("full_name")
    name = full if isinstance(full, str) and SITE.is_name(full) else hub.name
    branch = info.get("default_branch")
    ref = hub.revision or (branch if isinstance(branch, str) and is_revision(branch) else "HEAD")
    head = reading.page(
        f"{repo}/commits/{quote(ref, safe='')}",
        (("Accept", "application/vnd.github.sha"), *token),
        Message("{name} has no branch, tag or commit `{ref}`: check it", name=hub.name, ref=ref),
    )
    sha = commit(head.body.decode("ascii", "replace").strip())
    reading.keep(answer, f"{repo}#/record.json")
    tree = record(reading.page(f"{repo}/git/trees/{sha}", json, missing)).get("tree")
    blobs = [i for i in tree if isinstance(i, Mapping) and i.get("type") == "blob"] if isinstance(tree, list) else []
    web = SITE.page.format(name) if api == _API else f"{api.removesuffix('/api/v3')}/{name}"
    # Without a token the API answers 60 times an hour, so files come from where browsers get them.
    is_open = not token and api == _API
    raw = "https://raw.githubusercontent.com"
    reading.files(
        texts(blobs, "path"),
        wanted,
        lambda path: f"{web}/blob/{sha}/{path}",
        lambda path: f"{raw}/{name}/{sha}/{path}" if is_open else f"{api}/repos/{name}/contents/{path}?ref={sha}",
        (("Accept", "application/vnd.github.raw+json"), *token),
        Message("GitHub does not give this file: set GITHUB_TOKEN to a token that may read the repository"),
    )
