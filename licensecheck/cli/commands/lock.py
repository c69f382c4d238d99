"""``licensecheck lock``: the sources as they are today, written to the lock file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from licensecheck.base.message import speaker
from licensecheck.cli.options import lang_option, reach_options, spoken

if TYPE_CHECKING:
    from licensecheck.dataset.lock_file import Pin
    from licensecheck.targets.targets import Reach

PLACE = 100


@click.command("lock")
@lang_option
@click.argument("target", default=".", metavar="[TARGET]")
@reach_options
def command(target: str, reach: Reach) -> int:
    """Look up every declared source of TARGET, and write what was found to licensecheck.lock."""
    from contextlib import suppress
    from pathlib import Path

    from licensecheck.base.errors import ConfigError
    from licensecheck.cli.questions import lock_of, show_unread
    from licensecheck.dataset import lock, lock_file
    from licensecheck.dataset.sources import pinned

    file = lock_of(target)
    old: dict[str, Pin] = {}
    with suppress(ConfigError):  # a broken lock is written anew
        old = lock_file.read(file)
    found, problems = pinned(Path(target), reach)
    unread = {name: old[name] for name in problems if name in old and name not in found}
    pins = lock.kept({**unread, **found}, old)
    lock_file.write(file, pins.values())
    say = speaker(spoken())
    one, many = "wrote {file}: 1 source", "wrote {file}: {count} sources"
    left = say(", {count} of them unchanged", count=len(unread)) if unread else ""
    click.echo((say(one, file=file) if len(pins) == 1 else say(many, file=file, count=len(pins))) + left)
    return 4 if show_unread(problems) else 0
