"""How a command writes: the options of a report at this terminal, reports to their files, progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message
from licensecheck.cli.options import ReportOptions, spoken

if TYPE_CHECKING:
    from licensecheck.model import Verdict
    from licensecheck.report import Options

_LONG_SCAN = 400
"""From so many files on, a terminal shows the progress of a scan."""


def plain_options(pack: str = "", *, threshold: str = "", command: str = "", category: str = "") -> Options:
    """The options of a report that goes to a file: no color, 100 columns.

    ``pack`` is a rule pack, ``threshold`` is ``--fail-on``, ``command`` what hints begin with, ``category`` the name of
    the run in code scanning.
    """
    from licensecheck.knowledge.rulebook import load
    from licensecheck.report import Options

    return Options(
        book=load(pack),
        threshold=threshold,
        command=command or Options().command,
        category=category or Options().category,
        folder=os.getcwd(),  # noqa: PTH109 - pathlib is not loaded yet
        root=os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR", ""),
        lang=spoken(),
    )


def at_terminal(options: Options) -> Options:
    """``options`` with the color and width of standard output."""
    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    if os.environ.get("FORCE_COLOR"):
        color = "NO_COLOR" not in os.environ
    width = 100
    if sys.stdout.isatty():
        import shutil

        width = shutil.get_terminal_size((100, 24)).columns
    elif os.environ.get("COLUMNS", "").isdigit():
        width = int(os.environ["COLUMNS"])
    return options._replace(color=color, width=max(width, 20))


def terminal_options(pack: str = "", *, threshold: str = "") -> Options:
    """The options of an answer on standard output."""
    return at_terminal(plain_options(pack, threshold=threshold))


def rendered(form: str, verdict: Verdict, options: Options) -> str:
    """A verdict in the format ``form``."""
    from licensecheck.report import REPORTERS

    return REPORTERS[form](verdict, options)


def publish(report: ReportOptions, options: Options, write: Callable[[str, Options], str]) -> None:
    """Write each format to its file. ``write`` gives the text of a format. Raises :class:`UsageError`."""
    for n, form in enumerate(report.formats):
        output = report.outputs[n] if n < len(report.outputs) else "-"
        if output == "-":
            click.echo(write(form, at_terminal(options)))
        else:
            save(output, write(form, options))


def save(output: str, text: str) -> None:
    """Write ``text`` to the file ``output`` with one line end after it. Raises :class:`UsageError`."""
    from pathlib import Path

    from licensecheck.base.files import write_whole

    try:
        write_whole(Path(output), text.rstrip("\n") + "\n")
    except (OSError, UnicodeEncodeError) as error:
        why = str(getattr(error, "strerror", None) or error)
        raise UsageError(Message("`{file}` cannot be written: {why}", file=output, why=why)) from None


def category(targets: Sequence[str]) -> str:
    """A name for the runs on these targets, so that code scanning keeps them apart from other runs."""
    from licensecheck.base.compiled import hexdigest

    name = " ".join(target for target in targets if target not in (".", "./"))
    return f"{name[:40]} {hexdigest(name.encode('utf-8', 'replace'), 4)}" if len(name) > 60 else name or "check"


def quoted(word: str) -> str:
    """``word`` as it can be typed in a shell."""
    import shlex

    return shlex.quote(word)


def progress() -> Callable[[int, int], None] | None:
    """A function that shows the progress of a long scan on a terminal; None where standard error is no terminal."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        if total >= _LONG_SCAN and (done % 100 == 0 or done == total):
            bar = "#" * (done * 30 // total)
            sys.stderr.write(f"\r[{bar:<30}] {done:,} of {total:,} files" + ("\r\x1b[K" if done == total else ""))
            sys.stderr.flush()

    return show
