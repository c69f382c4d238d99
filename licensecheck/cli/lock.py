"""``licensecheck lock``."""

from __future__ import annotations

from typing import Any

import click

from licensecheck.base.message import speaker
from licensecheck.cli.app import app
from licensecheck.cli.options import _beside, _lang, _lang_option, _reach, _reach_options
from licensecheck.cli.tree import _unread
from licensecheck.dataset import lock_file


@app.command()
@_lang_option
@click.argument("target", default=".", metavar="[TARGET]")
@_reach_options
@click.pass_context
def lock(ctx: click.Context, /, target: str, **values: Any) -> None:
    """Look up every declared source of TARGET and write what was found to licensecheck.lock."""
    from pathlib import Path

    from licensecheck.base.errors import ConfigError
    from licensecheck.dataset import lock as lock_pins
    from licensecheck.dataset.sources import pinned

    file = _beside(target)
    try:
        old = lock_file.read(file)
    except ConfigError:  # it is written anew
        old = {}
    found, problems = pinned(Path(target), _reach(values))
    unread = {name: old[name] for name in problems if name in old and name not in found}
    made = lock_pins.kept({**unread, **found}, old)
    lock_file.write(file, made.values())
    say = speaker(_lang())
    one, many = "wrote {file}: 1 source", "wrote {file}: {count} sources"
    left = say(", {count} of them as before", count=len(unread)) if unread else ""
    click.echo((say(one, file=file) if len(made) == 1 else say(many, file=file, count=len(made))) + left)
    ctx.exit(_unread(problems))
