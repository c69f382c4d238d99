"""``licensecheck drift``."""

from __future__ import annotations

from typing import Any

import click

from licensecheck.cli.app import app
from licensecheck.cli.options import (
    _beside,
    _lang_option,
    _options,
    _packs,
    _reach,
    _reach_options,
    _rulebook_option,
    _today,
    _use,
    _use_options,
)
from licensecheck.cli.tree import _unread
from licensecheck.dataset import lock_file
from licensecheck.verdict import whole


@app.command()
@click.argument("target", default=".", metavar="[TARGET]")
@_use_options
@_rulebook_option
@_reach_options
@_lang_option
@click.pass_context
def drift(ctx: click.Context, /, target: str, pack: str, **values: Any) -> None:
    """What has changed upstream since licensecheck.lock was written, and what that does to the verdict."""
    from pathlib import Path

    from licensecheck.dataset import lock as lock_pins
    from licensecheck.dataset.sources import pinned
    from licensecheck.knowledge.rulebook import load
    from licensecheck.report.drift import render
    from licensecheck.verdict import decide as gate

    old = lock_file.read(_beside(target))
    new, problems = pinned(Path(target), _reach(values))
    new = {**{name: old[name] for name in problems if name in old}, **new}  # what cannot be read now stays as it was
    verdicts: list[Any] = []
    for known in (old, new):
        settings = gate.Settings(locked=known, past=known is old)
        asked = [gate.dated(q, _today()) for q in gate.ask((target,), _use(values), settings)]
        said = [(q.name, gate.verdict(q, load(*_packs(pack, q)), _today())) for q in asked if gate.complete(q)]
        verdicts.append(whole.together(said) if said else None)
    changes = lock_pins.drift(old, new)
    click.echo(render(changes, verdicts[0], verdicts[1], _options(pack=pack), bool(problems)))
    code = _unread(problems)
    ctx.exit(code or (3 if changes else 0))
