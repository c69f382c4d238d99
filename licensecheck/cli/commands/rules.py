"""``licensecheck rules``: tools for the authors of rules."""

from __future__ import annotations

import click

from licensecheck.base.message import speaker
from licensecheck.cli.options import lang_option, spoken

PLACE = 80


@click.group("rules")
def command() -> None:
    """Develop and test rule packs."""


@command.command("test")
@lang_option
@click.argument("folder", required=False, default="", metavar="[DIR]")
def rules_test(folder: str) -> int:
    """Run all test cases of the rule pack DIR, or of the shipped rules."""
    from licensecheck.engine.cases import failures
    from licensecheck.knowledge import phrases
    from licensecheck.knowledge.rulebook import cases, load

    book, every = load(folder), cases(folder)
    with phrases.recognize((folder,)):  # the names of the pack's licenses can be read
        pass
    wrong = [words for case in every if (words := failures(case, book))]
    for words in wrong:
        click.echo(words)
    passed = len(every) - len(wrong)
    click.echo(speaker(spoken())("{held} of {count} cases pass", held=passed, count=len(every)))
    return 1 if wrong else 0
