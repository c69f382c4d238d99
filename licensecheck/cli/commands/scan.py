"""``licensecheck scan``: what the targets state, and no verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from licensecheck.cli.options import format_option, lang_option, reach_options

if TYPE_CHECKING:
    from licensecheck.report.json_v1 import Json
    from licensecheck.targets.targets import Reach

PLACE = 20


@click.command("scan")
@lang_option
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@reach_options
@format_option("text", "json", "jsonl")
def command(targets: tuple[str, ...], reach: Reach, form: str) -> int:
    """Show every license statement with its place, and the license of the data that they amount to."""
    from licensecheck.cli import output
    from licensecheck.model import Status
    from licensecheck.report import answers, json_v1
    from licensecheck.targets.targets import resolve_target

    options = output.terminal_options()
    documents: list[Json] = []
    incomplete = False
    for target in targets or (".",):
        for resolved in resolve_target(target, reach, output.progress()):
            incomplete = incomplete or bool(resolved.problems) or resolved.status is Status.UNREADABLE
            if form == "jsonl":
                click.echo(json_v1.dumps(json_v1.scan(resolved)))
            elif form == "json":
                documents.append(json_v1.scan(resolved))
            else:
                click.echo(answers.scan(resolved, options))
    if form == "json":
        click.echo(json_v1.dumps(documents, 2))
    return 4 if incomplete else 0
