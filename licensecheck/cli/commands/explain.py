"""``licensecheck explain``: what a rule says."""

from __future__ import annotations

import click

from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message, nearest, translated
from licensecheck.cli.options import lang_option, spoken

PLACE = 70


@click.command("explain")
@lang_option
@click.argument("rule", required=False)
def command(rule: str | None) -> int:
    """Explain a rule: what it says, the clause that it cites, and its test cases. Without RULE, list all ids."""
    from licensecheck.cli.output import terminal_options
    from licensecheck.engine import findings
    from licensecheck.knowledge.rulebook import cases, load
    from licensecheck.report.reference import rule_page

    book = load()
    if rule is None:
        for each in book.rules:
            click.echo(f"{each.id}\t{each.effect}")
        return 0
    if (found := book.rule(rule)) is not None:
        click.echo(rule_page(found, [case for case in cases() if case.rule == rule], terminal_options()))
    elif about := findings.about(rule, book):
        click.echo(f"{rule}: {translated(about, spoken())}")
        if rests := findings.basis(rule, book):
            click.echo(translated(rests, spoken()))
    else:
        every = [*(each.id for each in book.rules), *findings.RULES]
        raise UsageError(Message("no rule `{rule}`.{nearest}", rule=rule, nearest=nearest(rule, every)))
    return 0
