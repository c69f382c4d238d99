"""The group of commands: it finds a command by the name of its module, and shows an error in the reader's language."""

from __future__ import annotations

import os
from contextlib import suppress
from importlib import import_module

import click

from licensecheck import __version__
from licensecheck.base.errors import LicensecheckError
from licensecheck.base.message import Message, translated
from licensecheck.cli.options import spoken

_COMMANDS = "licensecheck.cli.commands"
_LONGEST = 2_000
"""So many characters of an error are shown: it may quote a scanned file."""


class _Commands(click.Group):
    """The modules of :mod:`licensecheck.cli.commands`, each with its ``command`` and its ``PLACE`` in the help."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of one module, the only one that is loaded; None where there is no such module."""
        if not cmd_name.isidentifier():
            return None
        try:
            command: click.Command = import_module(f"{_COMMANDS}.{cmd_name}").command
        except ModuleNotFoundError as error:
            if error.name != f"{_COMMANDS}.{cmd_name}":
                raise
            return None
        return command

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands in the order of the work; a module without a ``PLACE`` comes last."""
        from pkgutil import iter_modules

        names = (found.name for found in iter_modules(import_module(_COMMANDS).__path__))
        places = {name: getattr(import_module(f"{_COMMANDS}.{name}"), "PLACE", 1_000) for name in names}
        return sorted(places, key=lambda name: (places[name], name))

    def invoke(self, ctx: click.Context) -> object:
        """Run the command. An error that a user can mend is shown here, where the language is known."""
        try:
            return super().invoke(ctx)
        except LicensecheckError as error:
            from licensecheck.report.terminal import safe

            click.echo(f"licensecheck: {safe(translated(error.message, spoken()), _LONGEST)}", err=True)
            return error.code
        except BrokenPipeError:
            raise
        except OSError as error:
            return failed(error)


def failed(error: OSError) -> int:
    """Show what the system refused, where no command knows more of it, and give the exit code."""
    from licensecheck.report.terminal import safe

    why = error.strerror or str(error)
    try:
        os.getcwd()  # noqa: PTH109 - pathlib is not loaded yet
        says = Message("`{file}` cannot be read: {why}", file=str(error.filename)[: _LONGEST // 10], why=why)
        if error.filename is None:
            says = Message("standard output cannot be written: {why}", why=why)
    except OSError:
        says = Message("the current folder no longer exists: change to another one")
    with suppress(OSError):
        click.echo(f"licensecheck: {safe(translated(says, spoken()), _LONGEST)}", err=True)
    return 2


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="licensecheck")
def app() -> None:
    """May this data be used so, and what are the obligations?

    licensecheck reads the licenses that a dataset states, compares them with the use that you declare, and answers
    allow, deny or review, with the clauses, the attributions to give and what would change the answer.
    """
