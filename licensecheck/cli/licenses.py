"""``licensecheck licenses``."""

from __future__ import annotations

import click

from licensecheck.base import message
from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message
from licensecheck.cli.app import app
from licensecheck.cli.options import _lang_option, _options


@app.command()
@_lang_option
@click.argument("name", required=False, metavar="[ID]")
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
def licenses(name: str | None, form: str) -> None:
    """What is known of licences: their permissions, duties, prohibitions and clauses."""
    from licensecheck.knowledge.rulebook import load
    from licensecheck.report import json_v1, text

    book = load()
    if name is not None:
        found = book.find(name)
        if found is None:
            from licensecheck.knowledge.facts import successors

            if retired := successors(name):
                says = "`{license}` is an id that SPDX has retired: write {ids}"
                raise UsageError(Message(says, license=name, ids=" / ".join(retired)))
            nearest = message.nearest(name, [licence.id for licence in book.licenses()])
            raise UsageError(Message("no licence `{name}` in the rulebook.{nearest}", name=name, nearest=nearest))
        click.echo(json_v1.dumps(json_v1.license(found)) if form == "jsonl" else text.license_page(found, _options()))
        return
    for licence in book.licenses():
        if licence.category == "none":
            continue
        click.echo(json_v1.dumps(json_v1.license(licence)) if form == "jsonl" else f"{licence.id}\t{licence.name}")
