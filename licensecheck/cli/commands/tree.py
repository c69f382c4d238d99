"""``licensecheck tree``: what a dataset was made from."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from licensecheck.cli.options import format_option, lang_option, reach_options

if TYPE_CHECKING:
    from licensecheck.targets.targets import Reach

PLACE = 90


@click.command("tree")
@click.argument("target", default=".", metavar="[TARGET]")
@reach_options
@lang_option
@format_option("text", "json")
def command(target: str, reach: Reach, form: str) -> int:
    """Show what TARGET was made from, level by level, each with its license; --follow reads it over the network."""
    from licensecheck.cli import output
    from licensecheck.dataset import lineage
    from licensecheck.dataset.sources import Settings
    from licensecheck.engine.engine import engine
    from licensecheck.knowledge.rulebook import load
    from licensecheck.report import json_v1, tree
    from licensecheck.verdict.question import ask

    questions = ask([target], {}, Settings(reach=reach, progress=output.progress()))
    nodes = lineage.tops(tuple(node for question in questions for node in question.trees))
    trees = [(node, lineage.findings(node, engine(load()))) for node in nodes]
    if form == "json":
        documents = [tree.document(node, findings) for node, findings in trees]
        click.echo(json_v1.dumps(documents[0] if len(documents) == 1 else documents))
    else:
        ascii_only = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
        options = output.terminal_options()
        for node, findings in trees:
            click.echo(tree.render(node, options, findings, plain=ascii_only))
    return 4 if reach.follow and any(map(lineage.unresolved, nodes)) else 0
