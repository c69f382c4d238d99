"""``licensecheck init``."""

from __future__ import annotations

import sys
from typing import Any

import click

from licensecheck import vocabulary
from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message, speaker
from licensecheck.cli.app import app
from licensecheck.cli.options import _lang, _lang_option, _progress, _quoted, _use, _use_options


@app.command()
@_lang_option
@click.argument("target", default=".", metavar="[TARGET]")
@_use_options
@click.option("--force", is_flag=True, help="Write over a declaration that is there.")
@click.pass_context
def init(ctx: click.Context, /, target: str, force: bool, **values: Any) -> None:
    """Scan TARGET and write a first licensecheck.yaml, asking on a terminal what only you can know."""
    from pathlib import Path

    from licensecheck.base.files import leads_out
    from licensecheck.dataset.declaration import NAME
    from licensecheck.dataset.first_declaration import draft
    from licensecheck.targets import targets as places

    say = speaker(_lang())
    folder = Path(target)
    if not folder.is_dir():
        raise UsageError(Message("`{target}` is no folder: a declaration lies in the dataset's folder", target=target))
    file = folder / NAME
    if (file.exists() or file.is_symlink()) and not force:
        raise UsageError(Message("`{file}` is there already: edit it, or say --force to write it anew", file=file))
    if leads_out(file):
        raise UsageError(Message("`{file}` is a link that leads out of the repository: it is not written", file=file))
    use = _use(values)
    resolved = places.resolve_target(target, places.Reach(offline=True), _progress())
    if sys.stdin.isatty() and sys.stdout.isatty():
        for axis, known in (("intent", list(vocabulary.INTENTS)), ("purpose", list(vocabulary.AXES["purpose"]))):
            if axis not in use:
                click.echo(say("{axis}: {known} (Enter leaves it open)", axis=axis, known=", ".join(known)))
                said = click.prompt(
                    axis, default="", show_default=False, type=click.Choice(["", *known]), show_choices=False
                )
                use |= {axis: said} if said else {}
    try:
        file.write_text(draft(resolved, use), encoding="utf-8")
    except OSError as error:
        raise UsageError(
            Message("`{file}` cannot be written: {why}", file=file, why=str(error.strerror or error))
        ) from None
    command = f"licensecheck check {_quoted(target)}"
    click.echo(say("wrote {file}: read it, fill in what is commented, then run: {command}", file=file, command=command))
