"""``licensecheck rules``."""

from __future__ import annotations

import click

from licensecheck.base.message import speaker
from licensecheck.cli.app import app
from licensecheck.cli.options import _lang, _lang_option


@app.group()
def rules() -> None:
    """Work on rules."""


@rules.command("test")
@_lang_option
@click.argument("folder", required=False, default="", metavar="[DIR]")
@click.pass_context
def rules_test(ctx: click.Context, /, folder: str) -> None:
    """Run every case of the rules in the pack DIR, or of the shipped ones."""
    from licensecheck.engine.cases import failures
    from licensecheck.knowledge import phrases
    from licensecheck.knowledge.rulebook import cases, load

    book, proved = load(folder), cases(folder)
    with phrases.recognize((folder,)):
        pass
    wrong = [words for case in proved if (words := failures(case, book))]
    for words in wrong:
        click.echo(words)
    click.echo(speaker(_lang())("{held} of {count} cases hold", held=len(proved) - len(wrong), count=len(proved)))
    ctx.exit(1 if wrong else 0)
