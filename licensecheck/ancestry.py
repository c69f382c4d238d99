"""What a dataset was made from, followed to the licences of its sources, and theirs: on disk, and over the network when asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from licensecheck import targets
from licensecheck.engine import Engine, core
from licensecheck.errors import LicensecheckError
from licensecheck.model import Evidence, Finding, Resolved, Source
from licensecheck.targets import Reach
from licensecheck.vocabulary import Use
from licensecheck.wording import Message

LOOSER: Final = "lineage-looser-than-source"
UNRESOLVED: Final = "lineage-unresolved"
_DEPTH: Final = 8
_WIDTH: Final = 60
_ALL: Final = 400
_HUB_NAME: Final = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}\Z")


class Node(NamedTuple):
    """One dataset of a lineage: ``target`` is where it was read ("" where that is not known), ``resolved`` what was
    found there (None where nothing was read, and ``note`` says why), ``children`` what it was made from."""

    name: str
    target: str = ""
    resolved: Resolved | None = None
    children: tuple[Node, ...] = ()
    note: str = ""


def trace(resolved: Resolved, reach: Reach, base: Path | None = None) -> Node:
    """The lineage of ``resolved``: what its metadata names as sources, each followed to its own, without loops.

    Paths are taken below the folder ``base`` alone. Addresses that content names are untrusted, and are opened only
    with ``reach.follow``; what was not read is a node with its reason.
    """
    count = [0]

    def grow(one: Resolved, name: str, folder: Path | None, above: frozenset[str]) -> Node:
        children = []
        for upstream in one.upstream[:_WIDTH]:
            count[0] += 1
            children.append(_child(upstream, folder, above | {_key(one.target)}))
        if len(one.upstream) > _WIDTH:
            more = Message("{count} more sources are named and not followed", count=len(one.upstream) - _WIDTH)
            children.append(Node("...", note=more))
        return Node(name, one.target, one, tuple(children))

    def _child(name: str, folder: Path | None, above: frozenset[str]) -> Node:
        target = _place(name, folder)
        if not target:
            return Node(name, note=Message("a name and no address: declare where it is"))
        if _key(target) in above:
            return Node(name, target, note=Message("a loop: it stands above already"))
        if len(above) >= _DEPTH or count[0] > _ALL:
            return Node(name, target, note=Message("not followed: the lineage goes too deep or too wide"))
        far = targets.is_remote(target)
        if far and not reach.follow:
            return Node(name, target, note=Message("not followed: say --follow"))
        try:
            found = targets.at(target, reach)
        except LicensecheckError as error:
            return Node(name, target, note=str(error))
        if found.problems and not found.evidence:
            return Node(name, target, found, note=found.problems[0].message)
        return grow(found, name, None if far else Path(target), above)

    return grow(resolved, resolved.target, base, frozenset())


def _place(name: str, folder: Path | None) -> str:
    """Where a named source stands: a path below ``folder``, an address, or a dataset of a hub; "" where it says nothing."""
    name = name.strip()
    if targets.is_remote(name):
        return name
    if folder is not None and name and not name.startswith(("/", "~")) and "\x00" not in name and len(name) < 300:
        try:
            root = (folder if folder.is_dir() else folder.parent).resolve()
            path = (root / name).resolve()
            if path != root and path.is_relative_to(root) and path.exists():
                return str((folder if folder.is_dir() else folder.parent) / name)
        except (OSError, ValueError):
            return ""
    if name.startswith(("10.", "doi:")):
        return f"https://doi.org/{name.removeprefix('doi:')}"
    return f"hf:{name}" if _HUB_NAME.match(name) else ""


def _key(target: str) -> str:
    """One name for a place however it is written."""
    if targets.is_remote(target):
        plain = re.sub(r"\Ahttps?://(?:www\.)?huggingface\.co/datasets/", "hf:", target, flags=re.I)
        return re.sub(r"\Ahttps?://(?:www\.)?|[/#?]+\Z", "", plain).lower()
    return str(Path(target).resolve())


def walk(node: Node, path: tuple[Node, ...] = ()) -> Iterator[tuple[Node, ...]]:
    """The way from the top to each node of a lineage, the top first."""
    here = (*path, node)
    yield here
    for child in node.children:
        yield from walk(child, here)


def licenses(node: Node) -> tuple[str, ...]:
    """The licences of all that a dataset was made from, each once."""
    below = (way[-1].resolved for way in walk(node) if len(way) > 1)
    found = (text for one in below if one for text in (one.strictest or ((one.license,) if one.license else ())))
    return tuple(dict.fromkeys(found))


def findings(node: Node, machine: Engine, use: Use) -> tuple[Finding, ...]:
    """Where the dataset declares more than what it was made from gives for ``use``, by the way from the tag to the source;
    and what could not be resolved."""
    told: list[Finding] = []
    own = node.resolved
    place = _first(own)
    rank = machine.rank_source(Source("", own.license), core(use), use.outbound) if own and own.license else 0
    for way in walk(node):
        last = way[-1]
        if len(way) < 2:
            continue
        if last.resolved is None or (last.note and not last.resolved.license):
            says = Message("{way}: {why}", way=_way(way), why=last.note or Message("no licence was found"))
            told.append(Finding(UNRESOLVED, "note", says, place[0], place[1]))
            continue
        if not last.resolved.license:
            says = Message("{way}: {why}", way=_way(way), why=Message("no licence was found"))
            told.append(Finding(UNRESOLVED, "warning", says, place[0], place[1]))
            continue
        below = machine.rank_source(Source("", last.resolved.license), core(use), use.outbound)
        if below < rank:
            says = Message("it declares more than its source gives: {way}", way=_way(way))
            told.append(Finding(LOOSER, "error" if below == 0 else "warning", says, place[0], place[1]))
    return tuple(told)


def _way(way: tuple[Node, ...]) -> str:
    return " <- ".join(f"{node.name} ({_said(node)})" for node in way)


def _said(node: Node) -> str:
    if node.resolved is None or not node.resolved.license:
        return "no licence"
    path, line = _first(node.resolved)
    return f"{node.resolved.license}, {path}:{line}"


def _first(one: Resolved | None) -> tuple[str, int]:
    """Where a conclusion rests: the first statement of it."""
    rows: tuple[Evidence, ...] = one.evidence if one else ()
    named = next((e for e in rows if one and e.license and one.license and e.license in one.license), None)
    found = named or (rows[0] if rows else None)
    return (found.path, found.line) if found else (one.target if one else ".", 1)
