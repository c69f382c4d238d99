"""``licensecheck scan``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from licensecheck.cli.app import app
from licensecheck.cli.options import _lang_option, _options, _progress, _reach, _reach_options
from licensecheck.report import answers


@app.command()
@_lang_option
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@_reach_options
@click.option("--format", "form", type=click.Choice(["text", "json", "jsonl"]), default="text", show_default=True)
@click.pass_context
def scan(ctx: click.Context, /, targets: Sequence[str], form: str, **values: Any) -> None:
    """Evidence only: every licence statement with its place, and what the data is under by them."""
    from licensecheck.model import Status
    from licensecheck.report import json_v1
    from licensecheck.targets import targets as places

    options = _options()
    reach = _reach(values)
    seen: list[Any] = []
    troubled = False
    for target in targets or (".",):
        for resolved in places.resolve_target(target, reach, _progress()):
            troubled = troubled or bool(resolved.problems) or resolved.status is Status.UNREADABLE
            if form == "jsonl":
                click.echo(json_v1.dumps(json_v1.scan(resolved)))
            elif form == "json":
                seen.append(json_v1.scan(resolved))
            else:
                click.echo(answers.scan(resolved, options))
    if form == "json":
        click.echo(json_v1.dumps(seen, 2))
    ctx.exit(4 if troubled else 0)
