"""The group of commands."""

from __future__ import annotations

from typing import Any

import click

from licensecheck import __version__
from licensecheck.base.errors import LicensecheckError
from licensecheck.base.message import translated
from licensecheck.cli.options import _lang

_LONGEST = 2_000
"""Characters of an error that are shown: it may quote what somebody wrote to do harm."""


class _Group(click.Group):
    """Commands in the order of the work, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what a user can mend is said here, where the language that was asked for is known."""
        try:
            return super().invoke(ctx)
        except LicensecheckError as error:
            from licensecheck.report.terminal import safe

            click.echo(f"licensecheck: {safe(translated(error.message, _lang()), _LONGEST)}", err=True)
            ctx.exit(2)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="licensecheck")
def app() -> None:
    """May this data be used so, and what is owed?

    licensecheck reads what licences a dataset states, holds them against the use that you declare,
    and answers allow, deny or review, with the clauses, the attributions owed and what would help.
    """
