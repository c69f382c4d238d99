"""``licensecheck identify``: the license that a text names."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import IO

import click

from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message
from licensecheck.cli.options import format_option, lang_option

PLACE = 50


@click.command("identify")
@lang_option
@click.argument("strings", nargs=-1, metavar="[STRING]...")
@click.option(
    "--cases", type=click.File("r", encoding="utf-8"), help='File of {"id", "text"} lines; - is standard input.'
)
@format_option("text", "jsonl")
@click.option("--vocabulary", help="The vocabulary of the strings: hf, zenodo-legacy, ckan ...")
def command(strings: tuple[str, ...], cases: IO[str] | None, form: str, vocabulary: str | None) -> int:
    """Name the license in a string, a URL or a text, and how certain that is."""
    from licensecheck.cli.output import terminal_options
    from licensecheck.identification import identify
    from licensecheck.report import json_v1
    from licensecheck.report.answers import identified

    if not strings and cases is None:
        raise UsageError(Message("give a STRING or --cases"))
    for key, text in _texts(strings, cases):
        license, certainty, statements = identify(text, vocabulary=vocabulary)
        if form == "jsonl":
            click.echo(json_v1.dumps({"id": key, "license": license, "certainty": certainty.value}))
        else:
            click.echo(identified(text, license, certainty, statements, terminal_options()))
    return 0


def _texts(strings: Sequence[str], cases: IO[str] | None) -> Iterator[tuple[object, str]]:
    """Each text with its id. Raises :class:`UsageError` for a line that has none."""
    for string in strings:
        yield string, string
    for number, line in enumerate(cases or (), 1):
        try:
            row = json.loads(line)
            yield row["id"], str(row["text"])
        except (ValueError, KeyError, TypeError):
            place = f"{getattr(cases, 'name', '--cases')}:{number}"
            raise UsageError(Message('{place}: expected {{"id": ..., "text": ...}}', place=place)) from None
