"""``licensecheck identify``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import IO

import click

from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message
from licensecheck.cli.app import app
from licensecheck.cli.options import _lang_option, _options


@app.command()
@_lang_option
@click.argument("strings", nargs=-1, metavar="[STRING]...")
@click.option("--cases", type=click.File("r", encoding="utf-8"), help='Lines of {"id", "text"}; - for standard input.')
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@click.option("--vocabulary", help="The vocabulary that the strings come from: hf, zenodo-legacy, ckan ...")
@click.pass_context
def identify(
    ctx: click.Context, /, strings: Sequence[str], cases: IO[str] | None, form: str, vocabulary: str | None
) -> None:
    """One string, URL or text to a licence expression and how sure that is."""
    from licensecheck.identification import identify as name
    from licensecheck.report import json_v1

    def asked() -> Iterator[tuple[str, str]]:
        for string in strings:
            yield string, string
        for number, text in enumerate(cases or (), 1):
            try:
                row = json.loads(text)
                yield row["id"], str(row["text"])
            except (ValueError, KeyError, TypeError):
                raise UsageError(
                    Message(
                        '{place}: expected {{"id": ..., "text": ...}}',
                        place=f"{getattr(cases, 'name', '--cases')}:{number}",
                    )
                ) from None

    if not strings and cases is None:
        raise UsageError(Message("give a STRING or --cases"))
    for key, text in asked():
        license, certainty, statements = name(text, vocabulary=vocabulary)
        if form == "jsonl":
            click.echo(json_v1.dumps({"id": key, "license": license, "certainty": certainty.value}))
        else:
            from licensecheck.report.answers import identified

            click.echo(identified(text, license, certainty, statements, _options()))
