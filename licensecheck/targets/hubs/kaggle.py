"""Kaggle: the record of a dataset, as kagglehub reads it (``datasets/view``); files are not read one by one.

``KAGGLE_API_ENDPOINT``, ``KAGGLE_USERNAME`` and ``KAGGLE_KEY`` are those of its own tools.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Final

from licensecheck.base.message import Message
from licensecheck.targets.hub import WORD, Reading, Site, Wanted, record, setting

SITE: Final = Site(
    prefix="kaggle",
    title="Kaggle",
    name=f"{WORD}/{WORD}",
    form=Message("kaggle:owner/name"),
    page="https://www.kaggle.com/datasets/{}",
    access=Message("set KAGGLE_USERNAME and KAGGLE_KEY"),
)


def name(text: str) -> str:
    """As it is."""
    return text


def at(host: str, steps: Sequence[str]) -> tuple[str, str] | None:
    """``/datasets/owner/name``."""
    return ("/".join(steps[1:3]), "") if host == "kaggle.com" and len(steps) > 2 and steps[0] == "datasets" else None


def read(reading: Reading, wanted: Wanted) -> None:
    """The dataset's record."""
    hub = reading.hub
    base = setting("https://www.kaggle.com", "KAGGLE_API_ENDPOINT").removesuffix("/api/v1")
    user, key = setting("", "KAGGLE_USERNAME"), setting("", "KAGGLE_KEY")
    token = (("Authorization", f"Basic {base64.b64encode(f'{user}:{key}'.encode()).decode()}"),) if user and key else ()
    url = f"{base}/api/v1/datasets/view/{hub.name}"
    help = Message(
        "{hub} does not exist or is not public: check the name; if it is private, set KAGGLE_USERNAME and KAGGLE_KEY",
        hub=str(hub),
    )
    answer = reading.page(url, (("Accept", "application/json"), *token), help)
    record(answer)
    reading.keep(answer, f"{url}#/record.json")
