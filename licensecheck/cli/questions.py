"""From the options of a command to its questions and their verdicts: settings, rule packs, the lock file, the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from licensecheck.base.errors import Problem, UsageError
from licensecheck.base.message import Message, translated
from licensecheck.cli.options import ConfigOptions, spoken
from licensecheck.cli.output import progress
from licensecheck.dataset import declaration, lock_file
from licensecheck.dataset.sources import Settings
from licensecheck.engine.credit import attributions
from licensecheck.knowledge.rulebook import Rulebook, load
from licensecheck.model import Verdict, replace
from licensecheck.targets.targets import Reach
from licensecheck.verdict.decide import verdict
from licensecheck.verdict.question import Question, ask, dated
from licensecheck.vocabulary import make_use


def today() -> str:
    """The day of the run (ISO 8601), which decides whether a claim or a waiver has ended."""
    from datetime import date

    return date.today().isoformat()


def settings(
    config: ConfigOptions, reach: Reach, *, published: bool = False, as_source: bool = False, pack: str = ""
) -> Settings:
    """How targets are asked about; ``pack`` is a rule pack in the place of the declarations'. Raises :class:`UsageError` where the declaration is not a file."""
    file = Path(config.file) if config.file else None
    if file is not None and not file.is_file():
        raise UsageError(Message("`{declaration}` is not a file: --config takes a declaration", declaration=file))
    return Settings(published, as_source, reach, file, config.isolated, progress(), packs=(pack,) if pack else ())


def locked(given: Settings, targets: Sequence[str]) -> Settings:
    """``given`` with the lock of the one dataset in ``targets``, and without the network. Raises :class:`UsageError`."""
    if len(targets) != 1:
        raise UsageError(Message("--locked takes one dataset: each has its own lock file"))
    reach = given.reach._replace(offline=True, follow=False)
    return given._replace(reach=reach, locked=lock_file.read(lock_of(targets[0])))


def lock_of(target: str) -> Path:
    """The lock file of the dataset at ``target``, next to its declaration. Raises :class:`UsageError`."""
    near = declaration.find(Path(target))
    if near is None:
        raise UsageError(
            Message("`{target}` has no declaration, so it has no lock: run licensecheck init", target=target)
        )
    return near.parent / lock_file.NAME


def questions(targets: Sequence[str], use: Mapping[str, str], given: Settings) -> list[Question]:
    """The questions about ``targets``, dated today. Raises :class:`UsageError` and others for what cannot be asked."""
    return [dated(question, today()) for question in ask(targets, use, given)]


def rulebook(pack: str, question: Question) -> Rulebook:
    """The rules for a question: with the pack of the command line, else with those of its declaration."""
    packs = (pack,) if pack else question.declaration.rules if question.declaration else ()
    return load(*packs)


def judged(question: Question, book: Rulebook) -> Verdict:
    """The verdict for a question, with its attributions in the language of the run."""
    found = verdict(question, book, today())
    if spoken() == "en" or not found.attributions:
        return found
    use = make_use(dict(found.use))
    use = use._replace(outbound=use.outbound or found.outbound.declared or "")
    return replace(found, attributions=attributions(found.sources, use, book, spoken()))


def show_unread(problems: Mapping[str, Sequence[Problem]]) -> bool:
    """Show on standard error which sources could not be read, and where; whether there are any."""
    from licensecheck.report.terminal import safe

    for name, found in problems.items():
        for problem in found:
            place = f"{safe(problem.path, 200)}:{problem.line}"
            click.echo(f"{safe(name, 80)}: {place}: {safe(translated(problem.message, spoken()), 400)}", err=True)
    return bool(problems)
