"""``licensecheck drift``: the sources of today against the lock file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from licensecheck.cli.options import lang_option, reach_options, rulebook_option, use_options

if TYPE_CHECKING:
    from licensecheck.model import Verdict
    from licensecheck.targets.targets import Reach

PLACE = 110


@click.command("drift")
@click.argument("target", default=".", metavar="[TARGET]")
@use_options
@rulebook_option
@reach_options
@lang_option
def command(target: str, use: dict[str, str], pack: str, reach: Reach) -> int:
    """Show what has changed upstream since licensecheck.lock was written, and what that does to the verdict."""
    from pathlib import Path

    from licensecheck.cli import questions
    from licensecheck.cli.output import terminal_options
    from licensecheck.dataset import lock, lock_file
    from licensecheck.dataset.sources import Settings, pinned
    from licensecheck.report.drift import render
    from licensecheck.verdict.decide import verdict
    from licensecheck.verdict.question import complete
    from licensecheck.verdict.whole import together

    old = lock_file.read(questions.lock_of(target))
    new, problems = pinned(Path(target), reach)
    new = {**{name: old[name] for name in problems if name in old}, **new}  # what cannot be read now stays as it was
    verdicts: list[Verdict | None] = []
    for pins in (old, new):
        asked = questions.questions((target,), use, Settings(locked=pins, past=pins is old))
        answers = [(q.name, verdict(q, questions.rulebook(pack, q), questions.today())) for q in asked if complete(q)]
        verdicts.append(together(answers) if answers else None)
    changes = lock.drift(old, new)
    before, after = verdicts
    click.echo(render(changes, before, after, terminal_options(pack), bool(problems)))
    unread = questions.show_unread(problems)
    return 4 if unread else 3 if changes else 0
