"""``licensecheck outbound``: the licenses that a result made from several sources may carry."""

from __future__ import annotations

import click

from licensecheck.cli.options import format_option, lang_option, rulebook_option, use_options

PLACE = 40


@click.command("outbound")
@lang_option
@click.argument("sources", nargs=-1, metavar="SOURCE...", required=True)
@use_options
@rulebook_option
@click.option("--want", metavar="LICENSE", help="A license that you want: show which sources block it.")
@format_option("text", "json")
def command(sources: tuple[str, ...], use: dict[str, str], pack: str, want: str | None, form: str) -> int:
    """List the licenses that the result may carry, best first, and the sources that block the others."""
    from licensecheck.cli.output import terminal_options
    from licensecheck.engine.engine import core, engine
    from licensecheck.engine.outbound import free, solve
    from licensecheck.expression import parse
    from licensecheck.knowledge.rulebook import load
    from licensecheck.model import Source
    from licensecheck.report import answers, json_v1
    from licensecheck.vocabulary import make_use

    for source in (*sources, *([want] if want else [])):
        parse(source)
    book = load(pack)
    works = [Source(source, book.canonical(source)) for source in sources]
    asked = core(make_use({"intent": "publish-adaptation", "purpose": "noncommercial", **use}))
    machine = engine(book)
    works = machine.compatibility.combined(works)
    solution = solve(machine, works, asked)
    blocked = [want] if want else [name for name, _ in solution.blocked]
    freed = [free(machine, works, asked, book.canonical(name)) for name in blocked]
    if form == "json":
        click.echo(json_v1.dumps(json_v1.outbound(works, solution, freed), 2))
    else:
        click.echo(answers.outbound(works, solution, freed, terminal_options(pack)))
    return 0 if solution.allowed else 3 if solution.possible else 1
