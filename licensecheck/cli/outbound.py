"""``licensecheck outbound``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from licensecheck import vocabulary
from licensecheck.cli.app import app
from licensecheck.cli.options import _FORMATS, _lang_option, _options, _rulebook_option, _use, _use_options
from licensecheck.report import answers


@app.command()
@_lang_option
@click.argument("sources", nargs=-1, metavar="SOURCE...", required=True)
@_use_options
@_rulebook_option
@click.option("--want", metavar="LICENSE", help="A licence that you wish for: which sources stand in its way.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.pass_context
def outbound(
    ctx: click.Context, /, sources: Sequence[str], want: str | None, form: str, pack: str, **values: Any
) -> None:
    """The licences that the result may be published under, best first, and which source blocks the rest."""
    from licensecheck.engine.engine import core, engine
    from licensecheck.engine.outbound import free, solve
    from licensecheck.expression import parse
    from licensecheck.knowledge.rulebook import load
    from licensecheck.model import Source
    from licensecheck.report import json_v1

    for source in (*sources, *([want] if want else [])):
        parse(source)
    book = load(pack)
    made = [Source(source, book.canonical(source)) for source in sources]
    use = core(vocabulary.make_use({"intent": "publish-adaptation", "purpose": "noncommercial", **_use(values)}))
    machine = engine(book)
    solution = solve(machine, made, use)
    freed = [
        free(machine, made, use, book.canonical(name))
        for name in ([want] if want else [n for n, _ in solution.blocked])
    ]
    if form == "json":
        click.echo(json_v1.dumps(json_v1.outbound(made, solution, freed), 2))
    else:
        click.echo(answers.outbound(made, solution, freed, _options(pack=pack)))
    ctx.exit(0 if solution.allowed else 3 if solution.possible else 1)
