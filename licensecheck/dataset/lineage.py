"""What a dataset was made from, followed to the licenses of its sources, and theirs: on disk, and over the network when asked.

Names come from content, so that they are untrusted: paths lead below the dataset's folder alone, addresses are read as
:mod:`licensecheck.targets.fetch` reads those that nobody named, and depth, width and the places that are read are bounded.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from licensecheck.base import regex
from licensecheck.base.errors import LicensecheckError, UsageError
from licensecheck.base.message import Message
from licensecheck.engine.engine import Engine, carrying, core
from licensecheck.model import Evidence, Finding, Resolved, Source, Status
from licensecheck.targets import targets
from licensecheck.targets.targets import Reach
from licensecheck.vocabulary import INTENTS, Use, make_use

if TYPE_CHECKING:
    from licensecheck.targets.hubs import Hub

LOOSER: Final = "lineage-looser-than-source"
UNRESOLVED: Final = "lineage-unresolved"
WHY: Final = ("", "again", "loop", "deep", "many", "not-an-address", "not-followed", "offline", "unreadable")
"""Why a node has no children of its own, or nothing was read there; ``again`` and ``loop`` were read elsewhere."""
_READ_ELSEWHERE: Final = frozenset({"again", "loop"})
_FILE: Final = regex.compile(
    r".*\.(?:csv|tsv|jsonl?|txt|md|ya?ml|xml|html?|pdf|zip|t?gz|bz2|xz|zst|tar|parquet|arrow|xlsx?)\Z", re.I
)
_DOI: Final = regex.compile(r"(?:doi:)?(10\.[0-9]{4,9}/\S{1,500})\Z", re.I)
_SSH: Final = regex.compile(r"(?:ssh://)?git@([a-z0-9][a-z0-9.-]{1,250})[:/](.{1,300})\Z", re.I)
_LONGEST: Final = 2_000


class Limits(NamedTuple):
    """How far a lineage is followed: levels, sources of one dataset, nodes in all, and addresses that are read."""

    depth: int = 8
    width: int = 60
    nodes: int = 400
    far: int = 60


class Node(NamedTuple):
    """One dataset of a lineage: ``target`` is where it was read ("" where that is not known), ``resolved`` what was
    found there (None where nothing was read, and ``note`` says why), ``children`` what it was made from.

    ``why`` is the note as one of :data:`WHY`. A place that several were made from is followed once, where it is nearest.
    """

    name: str
    target: str = ""
    resolved: Resolved | None = None
    children: tuple[Node, ...] = ()
    note: str = ""
    why: str = ""


class _Growing:
    """A node while its children are not known."""

    def __init__(self, node: Node, above: frozenset[str], folder: Path | None, depth: int) -> None:
        self.node = node
        self.above = above
        self.folder = folder
        self.depth = depth
        self.children: list[_Growing] = []


def trace(
    resolved: Resolved,
    reach: Reach,
    base: Path | None = None,
    *,
    name: str = "",
    limits: Limits = Limits(),  # noqa: B008 - an immutable tuple
) -> Node:
    """The lineage of ``resolved``: what its metadata names as sources, each followed to its own, nearest first.

    ``base`` is the dataset's folder on disk (or a file in it), None where it has none. Addresses are opened only with
    ``reach.follow``; each place is read once, and what was not read is a node with its reason. Raises nothing for what
    is named or found.
    """
    own = _key(resolved.target, base)
    top = _Growing(Node(name or resolved.target, resolved.target, resolved), frozenset({own}), _folder(base), 0)
    read: dict[str, Node] = {own: top.node}
    grown = [top]
    waiting = deque([top])
    count = far = 0
    while waiting:
        one = waiting.popleft()
        named = dict.fromkeys(one.node.resolved.upstream if one.node.resolved else ())
        for number, upstream in enumerate(named):
            if number >= limits.width or count >= limits.nodes:
                more = Message("{count} more sources are named but not followed", count=len(named) - number)
                one.children.append(_Growing(Node("...", note=more, why="many"), one.above, None, one.depth + 1))
                grown.append(one.children[-1])
                break
            count += 1
            target, path = _place(upstream, one.folder)
            key = _key(target, path)
            node = _known(upstream, target, key, read, one.above)
            if node is None:
                node = _refused(upstream, target, path, reach, one.depth, far >= limits.far, limits)
                if node is None:
                    far += path is None
                    node = _read(upstream, target, path, one.folder, reach)
                if target and node.why != "deep":
                    read[key] = node
            child = _Growing(node, one.above | {key}, _folder(path), one.depth + 1)
            one.children.append(child)
            grown.append(child)
            if node.resolved is not None and not node.why:
                waiting.append(child)
    return _finished(grown)


def _finished(grown: list[_Growing]) -> Node:
    """The first of ``grown``, which are in the order in which they were found: a child never before its parent."""
    made: dict[int, Node] = {}
    for one in reversed(grown):
        made[id(one)] = one.node._replace(children=tuple(made.pop(id(child)) for child in one.children))
    return made[id(grown[0])]


def _known(name: str, target: str, key: str, read: dict[str, Node], above: frozenset[str]) -> Node | None:
    """A node for what was read before, None where it was not."""
    if not target or key not in read:
        return None
    earlier = read[key]
    if key in above:
        return Node(name, target, earlier.resolved, note=Message("a loop: it is already above"), why="loop")
    if earlier.resolved is None or not earlier.resolved.upstream:
        return earlier._replace(name=name)
    says = Message("its own sources are elsewhere in this tree")
    return Node(name, target, earlier.resolved, note=says, why="again")


def _refused(
    name: str, target: str, path: Path | None, reach: Reach, depth: int, spent: bool, limits: Limits
) -> Node | None:
    """A node for what is not read at all, None for what is."""
    if not target:
        return Node(name, note=Message("a name without an address; declare its location"), why="not-an-address")
    if depth >= limits.depth:
        return Node(name, target, note=Message("not followed: the lineage is too deep"), why="deep")
    if path is not None:
        return None
    if reach.offline:
        return Node(name, target, note=Message("not followed: offline"), why="offline")
    if not reach.follow:
        return Node(name, target, note=Message("not followed: use --follow"), why="not-followed")
    if spent:
        return Node(name, target, note=Message("not followed: too many addresses are named"), why="many")
    return None


def unread(name: str, target: str, reach: Reach) -> Node | None:
    """A node for an address that this run does not read, with the reason; None for one that it may."""
    return _refused(name, target, None, reach, 0, False, Limits())


def _read(name: str, target: str, path: Path | None, folder: Path | None, reach: Reach) -> Node:
    try:
        found = targets.resolve_place(target, reach)
        if path is not None and path.is_file() and not found.evidence and path.parent != folder:
            target = str(path.parent)
            found = targets.resolve_place(target, reach)
    except (LicensecheckError, OSError) as error:
        return Node(name, target, note=getattr(error, "message", str(error)), why="unreadable")
    if found.problems and not found.evidence:
        return Node(name, target, found, note=found.problems[0].message, why="unreadable")
    return Node(name, target, found)


def _folder(path: Path | None) -> Path | None:
    return path if path is None or path.is_dir() else path.parent


def _place(name: str, folder: Path | None) -> tuple[str, Path | None]:
    """Where a named source stands: a path below ``folder``, a hub's dataset or an address; "" where it says nothing."""
    name = name.strip()
    if not name or len(name) > _LONGEST or not name.isprintable():
        return "", None
    path = _below(name, folder)
    if path is not None:
        return str(path), path
    hub = _hub(name)
    if hub is not None:
        return str(hub), None
    doi = _DOI.match(name)
    if doi:
        return f"https://doi.org/{doi[1]}", None
    if re.match(r"https?://[^\s/]", name, re.I):
        return name.partition("#")[0], None
    bare = None if _FILE.match(name) else _bare(name)
    return (str(bare), None) if bare else ("", None)


def _below(name: str, folder: Path | None) -> Path | None:
    """The path that ``name`` is below ``folder``, where something is there and no link leads out."""
    if folder is None or name.startswith(("/", "~", "\\")):
        return None
    try:
        root, path = folder.resolve(), (folder / name).resolve()
        return folder / name if path != root and path.is_relative_to(root) and path.exists() else None
    except (OSError, ValueError, RuntimeError):
        return None


def _hub(name: str) -> Hub | None:
    """The hub's dataset of an address, also as git writes it, and with ``@revision`` as DVC and pip do."""
    from licensecheck.targets import hubs

    ssh = _SSH.match(name)
    if ssh:
        name = f"https://{ssh[1].lower()}/{ssh[2]}"
    name = name.removeprefix("git+")
    head, at, revision = name.rpartition("@")
    try:
        if at and "://" in head and (pinned := hubs.parse(head)) and hubs.has_revisions(pinned):
            return hubs.parse(f"{pinned._replace(revision=revision)}")
        return hubs.parse(name)
    except UsageError:
        return None


def _bare(name: str) -> Hub | None:
    from licensecheck.targets import hubs

    return hubs.bare(name)


def _key(target: str, path: Path | None) -> str:
    """One name for a place however it is written."""
    if path is not None:
        try:
            return str(path.resolve())
        except (OSError, RuntimeError):
            return str(path)
    hub = _hub(target)
    if hub is not None:
        return f"{hub.kind}:{hub.name.lower()}" + (f"@{hub.revision}" if hub.revision else "")
    found = re.match(r"https?://(?:www\.)?([^/?#]+)([^#]*)", target, re.I)
    return f"//{found[1].lower()}{found[2].rstrip('/')}" if found else target


def walk(node: Node) -> Iterator[tuple[Node, ...]]:
    """The way from the top to each node of a lineage, the top first."""
    waiting: list[tuple[Node, ...]] = [(node,)]
    while waiting:
        way = waiting.pop()
        yield way
        waiting += ((*way, child) for child in reversed(way[-1].children))


def licenses(node: Node) -> tuple[str, ...]:
    """The licenses of all that a dataset was made from, each once."""
    return tuple(dict.fromkeys(text for way in walk(node) if len(way) > 1 for text in licenses_of(way[-1])))


def licenses_of(node: Node) -> tuple[str, ...]:
    """The licenses of one dataset of a lineage that nothing made from it may be better than."""
    one = node.resolved
    if one is None or node.why == "loop":
        return ()
    return one.strictest or ((one.license,) if one.license else ())


def doubts(node: Node) -> tuple[str, ...]:
    """What further words restrict of all that a dataset was made from, where it is not sure that they hold."""
    above = (way[-1].resolved for way in walk(node) if len(way) > 1 and way[-1].why != "loop")
    return tuple(dict.fromkeys(text for one in above if one for text in one.beside))


def unresolved(node: Node) -> tuple[tuple[Node, ...], ...]:
    """The ways to the sources whose license is not known: what was not read, and where no license was found."""
    return tuple(way for way in walk(node) if len(way) > 1 and not is_known(way[-1]))


def is_known(node: Node) -> bool:
    """Whether the license of one dataset of a lineage is known, here or where it stands a second time."""
    return bool(licenses_of(node)) or node.why in _READ_ELSEWHERE


def tops(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Those of several lineages that are no part of another one."""
    below = {_where(way[-1].target): id(node) for node in nodes for way in walk(node) if len(way) > 1}
    return tuple(node for node in nodes if below.get(_where(node.target), id(node)) == id(node))


def _where(target: str) -> str:
    return _key(target, None if targets.is_remote(target) else Path(target))


def findings(node: Node, machine: Engine, use: Use | None = None) -> tuple[Finding, ...]:
    """Where a dataset declares more than what it was made from gives, by the way from the tag to the source; and what
    could not be resolved.

    With a ``use`` it is an error where the source denies what the tag allows, a warning where the source asks for
    review, and a note where this use gets the same of both; without one it is a warning. Of one way the first source
    that gives less is told, and those below it that give less still.
    """
    own = node.resolved
    path, line = _first(own)
    told: list[Finding] = []
    declared = _source(own) if own and (own.license or own.strictest) else None
    worst: dict[tuple[int, ...], tuple[int, bool]] = {}
    once: set[tuple[str, str]] = set()
    for way in walk(node):
        last = way[-1]
        if len(way) < 2 or last.why in _READ_ELSEWHERE:
            continue
        if not licenses_of(last):
            if (UNRESOLVED, last.target or last.name) in once:
                continue
            once.add((UNRESOLVED, last.target or last.name))
            why = last.note or Message("no license was found")
            says = Message("{way}: {why}", way=_way(way), why=why)
            told.append(Finding(UNRESOLVED, "note", says, path, line, source=node.name))
            continue
        if declared is None or last.resolved is None:
            continue
        less = _less(declared, _source(last.resolved), machine, use)
        above = worst.get(tuple(map(id, way[:-1])), (3, False))
        worst[tuple(map(id, way))] = (min(less[0], above[0]), less[1] or above[1])
        tells = less[0] < above[0] or (less[1] and not above[1] and above[0] > 2)
        if tells and (LOOSER, last.target) not in once:
            once.add((LOOSER, last.target))
            told.append(_looser(way, less[0], path, line, use is not None))
    return tuple(told)


def _looser(way: tuple[Node, ...], rank: int, path: str, line: int, judged: bool) -> Finding:
    says = "it declares more than its source gives: {way}"
    if judged and rank > 1:
        says = "it declares more than its source gives, which does not affect this use: {way}"
    level = ("error", "warning", "note", "note")[rank] if judged else "warning"
    related = tuple((*_first(node.resolved), f"{node.name}: {_licensed(node)}") for node in way[1:] if node.resolved)
    help = Message("declare no more than its sources give, remove that source, or declare what it gave you")
    return Finding(
        LOOSER, level, Message(says, way=_way(way)), path, line, source=way[0].name, related=related, help=help
    )


def _less(declared: Source, source: Source, machine: Engine, use: Use | None) -> tuple[int, bool]:
    """What ``source`` gives for ``use`` where that is less than what is ``declared`` (else 3); and whether it denies
    anything that the tag allows, whatever the use."""
    denies = any(
        not machine.rank_source(source, asked, asked.outbound) and machine.rank_source(declared, asked, asked.outbound)
        for asked in _probes(declared.license)
    )
    if use is None:
        return 3, denies
    asked = core(use)
    below = machine.rank_source(source, asked, asked.outbound)
    return (below if below < machine.rank_source(declared, asked, asked.outbound) else 3), denies


def _probes(license: str) -> Iterator[Use]:
    """Uses by which licenses are compared where none is asked for: each intent by purpose, an adaptation as it is tagged."""
    for intent in INTENTS:
        for purpose in ("noncommercial", "commercial"):
            asked = core(make_use({"intent": intent, "purpose": purpose}))
            yield carrying(asked, license) if intent == "publish-adaptation" else asked


def _source(one: Resolved) -> Source:
    """What was found, as the engine judges it."""
    license = one.license or "NOASSERTION"
    if one.status is Status.AMBIGUOUS and len(one.strictest) > 1:
        return Source("", license, readings=one.strictest, beside=one.beside)
    texts = one.strictest or (license,)
    return Source(
        "", one.license or texts[0], also=tuple(text for text in texts if text != one.license), beside=one.beside
    )


def _way(way: tuple[Node, ...]) -> str:
    """The way from the tag, whose place is the finding's own, to a source and its place."""
    told = _licensed(way[0])
    for node in way[1:]:
        last = node is way[-1] and licenses_of(node)
        at = (_licensed(node), "{}:{}".format(*_first(node.resolved))) if last else _licensed(node)
        told = Message("{way} <- {name} ({license})", way=told, name=node.name, license=at)
    return told


def _licensed(node: Node) -> str:
    return " / ".join(licenses_of(node)) or Message("no license")


def _first(one: Resolved | None) -> tuple[str, int]:
    """Where a conclusion rests: the first statement of it."""
    rows: tuple[Evidence, ...] = one.evidence if one else ()
    named = next((e for e in rows if one and e.license and one.license and e.license in one.license), None)
    found = named or (rows[0] if rows else None)
    return (found.path, found.line) if found else (one.target if one else ".", 1)
