"""``licensecheck tree``."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click

from licensecheck.base.message import translated
from licensecheck.cli.app import app
from licensecheck.cli.options import _FORMATS, _lang, _lang_option, _options, _progress, _reach, _reach_options


@app.command()
@click.argument("target", default=".", metavar="[TARGET]")
@_reach_options
@_lang_option
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.pass_context
def tree(ctx: click.Context, /, target: str, form: str, **values: Any) -> None:
    """What TARGET was made from, and that from what, each with its licence; over the network with --follow."""
    from licensecheck.dataset import lineage
    from licensecheck.dataset.sources import Settings
    from licensecheck.engine.engine import engine
    from licensecheck.knowledge.rulebook import load
    from licensecheck.report import json_v1
    from licensecheck.report import tree as drawn
    from licensecheck.verdict.question import ask

    reach = _reach(values)
    questions = ask([target], {}, Settings(reach=reach, progress=_progress()))
    nodes = lineage.tops(tuple(node for question in questions for node in question.trees))
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    told = [lineage.findings(node, engine(load())) for node in nodes]
    if form == "json":
        made = [drawn.document(node, findings) for node, findings in zip(nodes, told, strict=True)]
        click.echo(json_v1.dumps(made[0] if len(made) == 1 else made))
    else:
        options = _options()
        for node, findings in zip(nodes, told, strict=True):
            click.echo(drawn.render(node, options, findings, plain=plain))
    ctx.exit(4 if reach.follow and any(map(lineage.unresolved, nodes)) else 0)


def _unread(problems: Mapping[str, Sequence[Any]]) -> int:
    """Tell what could not be read of which source; 4 where there is some, else 0."""
    from licensecheck.report.terminal import safe

    for name, told in problems.items():
        for problem in told:
            place = f"{safe(problem.path, 200)}:{problem.line}"
            click.echo(f"{safe(name, 80)}: {place}: {safe(translated(problem.message, _lang()), 400)}", err=True)
    return 4 if problems else 0
