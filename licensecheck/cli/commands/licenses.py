"""``licensecheck licenses``: what the rulebook says about licenses."""

from __future__ import annotations

import click

from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message, nearest
from licensecheck.cli.options import format_option, lang_option

PLACE = 60


@click.command("licenses")
@lang_option
@click.argument("name", required=False, metavar="[ID]")
@format_option("text", "jsonl")
def command(name: str | None, form: str) -> int:
    """Show what the rulebook knows about licenses: permissions, duties, prohibitions, clauses."""
    from licensecheck.cli.output import terminal_options
    from licensecheck.knowledge.facts import successors
    from licensecheck.knowledge.rulebook import load
    from licensecheck.report import json_v1
    from licensecheck.report.reference import license_page

    book = load()
    if name is None:
        for license in book.licenses():
            if license.category != "none":
                line = json_v1.dumps(json_v1.license(license)) if form == "jsonl" else f"{license.id}\t{license.name}"
                click.echo(line)
        return 0
    license_ = book.find(name)
    if license_ is None:
        if retired := successors(name):
            ids = " / ".join(retired)
            raise UsageError(Message("`{license}` is a retired SPDX id: write {ids}", license=name, ids=ids))
        near = nearest(name, [license.id for license in book.licenses()])
        raise UsageError(Message("no license `{name}` in the rulebook.{nearest}", name=name, nearest=near))
    if form == "jsonl":
        click.echo(json_v1.dumps(json_v1.license(license_)))
    else:
        click.echo(license_page(license_, terminal_options()))
    return 0
