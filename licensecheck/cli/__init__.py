"""The command line: arguments in, exit code out. The only module that prints, exits or knows click."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence

import click

from licensecheck.cli.app import app
from licensecheck.cli.attribute import attribute
from licensecheck.cli.check import check
from licensecheck.cli.drift import drift
from licensecheck.cli.evaluate import evaluate
from licensecheck.cli.explain import explain
from licensecheck.cli.identify import identify
from licensecheck.cli.init import init
from licensecheck.cli.licenses import licenses
from licensecheck.cli.lock import lock
from licensecheck.cli.outbound import outbound
from licensecheck.cli.rules import rules
from licensecheck.cli.scan import scan
from licensecheck.cli.tree import tree

__all__ = (
    "app",
    "attribute",
    "check",
    "drift",
    "evaluate",
    "explain",
    "identify",
    "init",
    "licenses",
    "lock",
    "main",
    "outbound",
    "rules",
    "scan",
    "tree",
)


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command and exit: 0 allow, 1 deny, 2 usage or configuration, 3 review, 4 incomplete."""
    for stream in (sys.stdout, sys.stderr):  # a letter that the console's encoding lacks is shown as an escape
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")
    gc.set_threshold(100_000, 50, 50)  # what a short run makes lives to its end: looking for garbage costs a tenth
    try:
        code = app.main(args=list(argv) if argv is not None else None, prog_name="licensecheck", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        code = 130
    except click.ClickException as error:
        error.show()
        code = 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code if isinstance(code, int) else 0)
