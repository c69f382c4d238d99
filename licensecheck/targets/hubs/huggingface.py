"""Hugging Face: the addresses of huggingface_hub (``HfApi.dataset_info``, ``hf_hub_url``).

``HF_ENDPOINT`` and ``HF_TOKEN`` are those of its own tools.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from licensecheck.base.message import Message
from licensecheck.targets.hub import WORD, Reading, Site, Wanted, bearer, commit, record, revision_in, setting, texts

SITE: Final = Site(
    prefix="hf",
    title="Hugging Face",
    name=f"{WORD}(?:/{WORD})?",
    form=Message("hf:owner/name or hf:owner/name@revision"),
    page="https://huggingface.co/datasets/{}",
    access=Message("set HF_TOKEN"),
    has_revisions=True,
    bare=r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}",
)
_PAGES: Final = frozenset(
    {"tree", "blob", "raw", "resolve", "viewer", "discussions", "commits", "commit", "settings", "edit"}
)
"""Pages of a dataset whose name has no owner: what follows the name is then not a name."""


def name(text: str) -> str:
    """Without ``//datasets/``, as fsspec writes it."""
    return text.removeprefix("//").removeprefix("datasets/")


def at(host: str, steps: Sequence[str]) -> tuple[str, str] | None:
    """``/datasets/owner/name`` or ``/datasets/name``, and ``tree/revision`` or a page after it."""
    if host not in ("huggingface.co", "hf.co") or steps[:1] != ["datasets"] or len(steps) < 2:
        return None
    end = 3 if len(steps) > 2 and steps[2] not in _PAGES else 2
    return "/".join(steps[1:end]), revision_in(steps[end:])


def read(reading: Reading, wanted: Wanted) -> None:
    """The dataset's record, and its files at the commit that the record names."""
    hub = reading.hub
    base = setting("https://huggingface.co", "HF_ENDPOINT")
    token = bearer("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")
    missing = Message(
        "{hub} does not exist or is not public: check the name and revision; if it is private or gated, accept its terms at {page} and set HF_TOKEN",
        hub=str(hub),
        page=f"{base}/datasets/{hub.name}",
    )
    url = f"{base}/api/datasets/{hub.name}" + (f"/revision/{quote(hub.revision, safe='')}" if hub.revision else "")
    answer = reading.page(url, token, missing)
    info = record(answer)
    name = info["id"] if isinstance(info.get("id"), str) and SITE.is_name(info["id"]) else hub.name
    sha = commit(info.get("sha"))
    reading.keep(answer, f"{base}/api/datasets/{name}/revision/{sha}#/record.json")
    gated = Message(
        "the dataset is gated: accept its terms at {page}, and set HF_TOKEN to a token of the account that accepted them",
        page=f"{base}/datasets/{name}",
    )
    closed = Message("the hub does not give this file: set HF_TOKEN to a token that may read {name}", name=name)
    reading.files(
        texts(info.get("siblings"), "rfilename"),
        wanted,
        lambda path: f"{base}/datasets/{name}/blob/{sha}/{path}",
        lambda path: f"{base}/datasets/{name}/resolve/{sha}/{path}",
        token,
        gated if info.get("gated") else closed,
    )
