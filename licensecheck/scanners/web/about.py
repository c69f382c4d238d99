"""What a page is about: a dataset, a picture, or nothing but itself."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from licensecheck.scanners.web import linked_data, phrases
from licensecheck.scanners.web.markup import Page

_RECORD: Final = re.compile(
    r"/records?/\d|figshare\.com/articles/|archive\.ics\.uci\.edu/|openml\.org/|data\.go\.kr/"
    r"|aihub\.or\.kr/|dataset\.xhtml|datadryad\.org/|data\.mendeley\.com/|data\.world/|/datasets?/[\w%-]{3,}|data\.gov\b"
    r"|data\.europa\.eu/|corpus\.korean\.go\.kr|physionet\.org/content|openneuro\.org/|ieee-dataport\.org|pangaea\.de/|catalog\.ldc\.upenn\.edu|lindat\.|opendata",
    re.I,
)
"""Addresses of a record in a catalogue of many: what stands in its footer is the catalogue's."""
_PORTAL: Final = re.compile(r"ckan|dataverse|invenio|dspace|dkan|udata|socrata|opendatasoft|figshare|zenodo", re.I)
_TITLES: Final = ("og:title", "dc.title", "citation_title", "description", "og:description")
_TYPES: Final = ("og:type", "dc.type", "dcterms.type", "citation_type")
_GENERATORS: Final = ("generator", "og:site_name", "application-name")
_NAME: Final = re.compile(r"\b(?:[A-Za-z]+[a-z][A-Z]\w*|[A-Z]{2}[\w-]{2,30}|[A-Za-z]+-?\d[\w-]*)")
"""What can only be a proper name: GullNet, MUSDB18, KITTI."""
_WORD: Final = re.compile(r"[A-Z][\w-]{3,30}")
_COMMON: Final = frozenset(
    {"dataset", "datasets", "corpus", "database", "home", "page", "data", "open", "data-set", "github", "license", "licence", "creative", "commons", "this"}
)  # fmt: skip


_PROJECT: Final = re.compile(
    r"\W*(?:downloads?|citation|cite(?: us)?|bibtex|leaderboard|getting started|dataset|data|paper|publications?|explore|examples?|statistics|다운로드|데이터|인용|리더보드)\W*",
    re.I,
)
"""Headings of a page that offers a dataset."""
_FILE: Final = re.compile(r"(?:file|datei|fichier|archivo|ficheiro|파일|ファイル|文件):", re.I)
_TIMES: Final = 3
_READ: Final = 20_000


class About(NamedTuple):
    """Whether a page describes a dataset, and whether as one of a catalogue; whether it shows one picture or recording.

    ``names`` are the names in its title, in small letters; ``address`` is what it gives as its own.
    """

    dataset: bool
    catalogue: bool
    media: bool
    names: frozenset[str]
    nodes: tuple[linked_data.Node, ...]
    address: str


def about(page: Page) -> About:
    """What ``page`` is about, by its linked data, its address, its title and the program that made it."""
    address = _address(page)
    nodes = tuple(linked_data.nodes(page.scripts, address))
    titles = [page.title, *[b.text for b in page.blocks if b.level == 1][:3]]
    described = [*titles, *(m.content for m in page.metas if m.name in _TITLES)]
    kinds = [m.content.lower() for m in page.metas if m.name in _TYPES]
    generators = [m.content[:200] for m in page.metas if m.name in _GENERATORS]
    catalogue = bool(_RECORD.search(address)) or any(map(_PORTAL.search, generators))
    dataset = (
        catalogue
        or any(node.own and node.kind == "dataset" for node in nodes)
        or any("dataset" in kind for kind in kinds)
        or any(phrases.TITLE.search(words[:300]) for words in described)
        or _offers_data(page)
    )
    media = any(node.own and node.kind == "media" for node in nodes) or any(
        kind.endswith((":photo", "image", "video.other")) for kind in kinds
    )
    media = media or _FILE.match(page.title) is not None
    words = " ".join(title[:200] for title in titles)
    names = {name.lower() for name in (*_NAME.findall(words), *(_WORD.findall(words) if dataset else ()))}
    return About(dataset, catalogue, media, frozenset(names - _COMMON), nodes, address)


def _offers_data(page: Page) -> bool:
    """Whether a page speaks of a dataset over and over, below headings such as "Download" and "Citation"."""
    if not any(b.level and _PROJECT.fullmatch(b.text[:60]) for b in page.blocks[:400]):
        return False
    text = "\n".join(b.text for b in page.blocks[:400])[:_READ]
    return sum(1 for _ in phrases.TITLE.finditer(text)) >= _TIMES


def _address(page: Page) -> str:
    for link in page.links:
        if "canonical" in link.rel:
            return link.href[:1000]
    return next((m.content.strip()[:1000] for m in page.metas if m.name == "og:url"), "")
