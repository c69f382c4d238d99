"""The command line: arguments in, exit code out. The only room that prints, exits or knows click.

Each command is a module of :mod:`licensecheck.cli.commands`. Only the module of the command that runs is loaded.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence

import click

from licensecheck.cli.app import app, failed

__all__ = ("app", "main")


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command and exit: 0 allow, 1 deny, 2 usage or configuration, 3 review, 4 incomplete."""
    _open_streams()
    for stream in (sys.stdout, sys.stderr):  # a letter that the console's encoding lacks is shown as an escape
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")
    gc.set_threshold(100_000, 50, 50)  # almost nothing becomes garbage in a short run, and the search costs a tenth
    try:
        code = app.main(args=list(argv) if argv is not None else None, prog_name="licensecheck", standalone_mode=False)
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            code = failed(error)
        if code == 2:
            _discard()
    except click.exceptions.Abort:
        code = 130
    except click.ClickException as error:
        error.show()
        code = 2
    except BrokenPipeError:
        _discard()
        code = 0
    except OSError as error:  # of the help, which no command prints
        code = failed(error)
        _discard()
    gc.freeze()  # the interpreter searches all that it holds for garbage before it ends: a sixth of a short run
    sys.exit(code if isinstance(code, int) else 0)


def _open_streams() -> None:
    """Give closed streams a place that takes everything: the next file that is opened would get their number."""
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:
        while (opened := os.open(os.devnull, os.O_RDWR)) < 3:
            pass
        os.close(opened)
        sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - for the whole run
        sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123


def _discard() -> None:
    """Let nothing that is still to be written fail once more when the interpreter ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
