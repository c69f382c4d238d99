"""A lineage as a tree for a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from licensecheck.base.message import speaker, translated
from licensecheck.model import Status
from licensecheck.report import summary
from licensecheck.report.terminal import safe

if TYPE_CHECKING:
    from licensecheck.dataset.lineage import Node
    from licensecheck.model import Finding
    from licensecheck.report import Options


def render(node: Node, options: Options, findings: Sequence[Finding] = (), *, plain: bool = False) -> str:
    """Each dataset on a line with its license, below what was made from it, then the findings about the lineage.

    ``plain`` draws with ASCII. What was not resolved says why on its own line.
    """
    say = speaker(options.lang)
    tee, corner, bar = ("|- ", "`- ", "|  ") if plain else ("├─ ", "└─ ", "│  ")

    def lines(one: Node, before: str, below: str) -> Iterator[str]:
        license = one.resolved.license if one.resolved else None
        named = summary.named(license, options.book, options.lang)
        note = f" ({safe(translated(one.note, options.lang), 200)})" if one.note else ""
        open_ = one.resolved and one.resolved.status not in (Status.FOUND, Status.NONE)
        status = f" [{say(one.resolved.status.value)}]" if one.resolved and open_ else ""
        yield f"{before}{safe(one.name, 120, tail=True)}: {safe(named, 120)}{status}{note}"
        for n, child in enumerate(one.children):
            last = n == len(one.children) - 1
            yield from lines(child, below + (corner if last else tee), below + ("   " if last else bar))

    notes = [
        f"! {safe(f.path, 120, tail=True)}:{f.line}: {safe(translated(f.message, options.lang), 1000)}"
        for f in findings
        if f.level != "note"
    ]
    return "\n".join([*lines(node, "", ""), *notes])


def document(node: Node, findings: Sequence[Finding] = ()) -> dict[str, Any]:
    """The tree as ``licensecheck.tree/1``."""
    rows = [{key: getattr(f, key) for key in ("rule", "level", "message", "path", "line")} for f in findings]
    return {"schema": "licensecheck.tree/1", **_node(node), "findings": rows}


def _node(one: Node) -> dict[str, Any]:
    return {
        "name": one.name,
        "target": one.target,
        "license": one.resolved.license if one.resolved else None,
        "status": one.resolved.status.value if one.resolved else None,
        "note": str(one.note),
        "why": one.why,
        "children": [_node(child) for child in one.children],
    }
