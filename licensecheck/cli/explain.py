"""``licensecheck explain``."""

from __future__ import annotations

import click

from licensecheck.base import message
from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message, translated
from licensecheck.cli.app import app
from licensecheck.cli.options import _lang, _lang_option, _options


@app.command()
@_lang_option
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """What a rule says, on which clause it rests, and the cases that prove it. Without RULE, all ids."""
    from licensecheck.engine import findings
    from licensecheck.knowledge.rulebook import cases, load
    from licensecheck.report import reference as text

    book = load()
    if rule is None:
        for each in book.rules:
            click.echo(f"{each.id}\t{each.effect}")
        return
    found = book.rule(rule)
    if found is None and (said := findings.about(rule, book)):
        click.echo(f"{rule}: {translated(said, _lang())}")
        return
    if found is None:
        every = [*(each.id for each in book.rules), *findings.RULES]
        raise UsageError(Message("no rule `{rule}`.{nearest}", rule=rule, nearest=message.nearest(rule, every)))
    click.echo(text.rule_page(found, [case for case in cases() if case.rule == rule], _options()))
