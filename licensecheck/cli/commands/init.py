"""``licensecheck init``: a first declaration, from what a scan finds."""

from __future__ import annotations

import sys

import click

from licensecheck import vocabulary
from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message, speaker
from licensecheck.cli.options import lang_option, spoken, use_options

PLACE = 120


@click.command("init")
@lang_option
@click.argument("target", default=".", metavar="[TARGET]")
@use_options
@click.option("--force", is_flag=True, help="Overwrite an existing declaration.")
def command(target: str, use: dict[str, str], force: bool) -> int:
    """Scan TARGET and write a first licensecheck.yaml; on a terminal, ask what only you can know."""
    from pathlib import Path

    from licensecheck.base.files import leads_out, write_whole
    from licensecheck.cli.output import progress, quoted
    from licensecheck.dataset.declaration import NAME
    from licensecheck.dataset.first_declaration import draft
    from licensecheck.targets.targets import Reach, resolve_target

    say = speaker(spoken())
    folder = Path(target)
    if not folder.is_dir():
        raise UsageError(Message("`{target}` is not a folder: a declaration is in the dataset's folder", target=target))
    file = folder / NAME
    if (file.exists() or file.is_symlink()) and not force:
        raise UsageError(Message("`{file}` exists already: edit it, or pass --force to overwrite it", file=file))
    if leads_out(file):
        raise UsageError(Message("`{file}` is a link out of the repository, so it was not written", file=file))
    resolved = resolve_target(target, Reach(offline=True), progress())
    if sys.stdin.isatty() and sys.stdout.isatty():
        use = {**use, **_answers(use)}
    try:
        write_whole(file, draft(resolved, use))
    except OSError as error:
        why = str(error.strerror or error)
        raise UsageError(Message("`{file}` cannot be written: {why}", file=file, why=why)) from None
    again = f"licensecheck check {quoted(target)}"
    click.echo(
        say("wrote {file}: read it, complete the commented lines, then run: {command}", file=file, command=again)
    )
    return 0


def _answers(use: dict[str, str]) -> dict[str, str]:
    """The intent and the purpose that a person at the terminal gives, where the options do not."""
    say = speaker(spoken())
    answers: dict[str, str] = {}
    for axis, known in (("intent", list(vocabulary.INTENTS)), ("purpose", list(vocabulary.AXES["purpose"]))):
        if axis not in use:
            click.echo(say("{axis}: {known} (Enter to skip)", axis=axis, known=", ".join(known)))
            choice = click.Choice(["", *known])
            answer = str(click.prompt(axis, default="", show_default=False, type=choice, show_choices=False))
            answers |= {axis: answer} if answer else {}
    return answers
