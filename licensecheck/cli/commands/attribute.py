"""``licensecheck attribute``: the credits to give, and whether what is published carries them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message, speaker
from licensecheck.cli.options import (
    ConfigOptions,
    ReportOptions,
    config_options,
    format_option,
    lang_option,
    reach_options,
    rulebook_option,
    spoken,
    use_options,
)

if TYPE_CHECKING:
    from licensecheck.knowledge.rulebook import Rulebook
    from licensecheck.model import Attribution, Verdict
    from licensecheck.targets.targets import Reach

PLACE = 130
_HELD = "credits of {count} sources that are denied or under review are under a heading of their own: {names}"


@click.command("attribute")
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@use_options
@rulebook_option
@config_options
@reach_options
@lang_option
@format_option("markdown", "text", "notice", "html", "json", "csl", "bibtex")
@click.option("--output", metavar="FILE", default="-", help="The file to write; - is standard output.")
@click.option(
    "--check", "checking", is_flag=True, help="Show which obligations the dataset at TARGET already meets, one by one."
)
@click.option("--write", "writing", is_flag=True, help="Add what is missing to ATTRIBUTION.md and README.md.")
def command(
    targets: tuple[str, ...],
    use: dict[str, str],
    pack: str,
    config: ConfigOptions,
    reach: Reach,
    form: str,
    output: str,
    checking: bool,
    writing: bool,
) -> int:
    """Write the attributions for the declared use, ready to copy; blanks are named, never invented."""
    from licensecheck.cli import questions
    from licensecheck.cli.output import plain_options, publish
    from licensecheck.dataset.decisions import exit_code
    from licensecheck.verdict.question import complete
    from licensecheck.verdict.whole import together

    asked = questions.questions(targets or (".",), use, questions.settings(config, reach, pack=pack))
    if not all(map(complete, asked)):
        raise UsageError(Message("no use declared: pass --intent and --purpose, or write `use:` in licensecheck.yaml"))
    books = [questions.rulebook(pack, question) for question in asked]
    verdicts = [(q.name, questions.judged(q, book)) for q, book in zip(asked, books, strict=True)]
    if checking or writing:
        return max(_check(*named, book, writing) for named, book in zip(verdicts, books, strict=True))
    whole = together(verdicts)
    held = tuple(credit for (_, verdict), book in zip(verdicts, books, strict=True) for credit in _held(verdict, book))
    if held:
        names = tuple(dict.fromkeys(credit.name for credit in held))
        click.echo(speaker(spoken())(_HELD, count=len(names), names=names[:5]), err=True)
    text = _credits(whole._replace(attributions=(*whole.attributions, *held)), form, pack)
    publish(ReportOptions((form,), (output,)), plain_options(pack), lambda _, __: text)
    return exit_code(whole)


def _held(verdict: Verdict, book: Rulebook) -> tuple[Attribution, ...]:
    """The credits of sources that are denied or under review."""
    from licensecheck.engine import credit
    from licensecheck.engine.engine import engine
    from licensecheck.vocabulary import make_use

    use = make_use(dict(verdict.use))
    owed = [(source, engine(book).owed(source.source, use)) for source in verdict.sources]
    return credit.held(owed, use, book, spoken())


def _credits(verdict: Verdict, form: str, pack: str) -> str:
    """The credits of a verdict in the format ``form``."""
    from licensecheck.attribution.credits import WRITERS
    from licensecheck.cli.output import terminal_options
    from licensecheck.report import answers

    if verdict.attributions:
        return WRITERS["notice" if form == "text" else form](verdict.attributions, spoken()).rstrip("\n")
    if form in ("json", "csl"):
        return "[]"
    return answers.attributions(verdict, terminal_options(pack), markdown=form == "markdown").rstrip("\n")


def _check(name: str, verdict: Verdict, book: Rulebook, writing: bool) -> int:
    """Check the files of the dataset at ``name``, and first add what is missing with ``writing``.

    The exit code is 0 where no obligation is missing, 1 for a deny, else 3.
    """
    from pathlib import Path

    from licensecheck import attribution
    from licensecheck.cli.output import terminal_options
    from licensecheck.model import Decision
    from licensecheck.report import answers
    from licensecheck.report.attribution import render

    folder = Path(name)
    if not name or not folder.exists():
        what = name or Message("several targets")
        raise UsageError(Message("`{value}` is not a folder on disk: --check and --write take one folder", value=what))
    if verdict.decision is Decision.DENY:
        click.echo(answers.no_attributions(verdict.decision, spoken()))
        return 1
    folder = folder if folder.is_dir() else folder.parent
    papers = attribution.gather(folder)
    texts = {path: paper.text for path, paper in papers.items()}
    if writing:
        own = attribution.declared(texts).license
        new = attribution.mend(texts, verdict.attributions, spoken(), book.find(own) if own else None)
        attribution.save(new, papers)
        for path in sorted(new):
            click.echo(speaker(spoken())("wrote {file}", file=path))
        texts = {path: paper.text for path, paper in attribution.gather(folder).items()}
    checked = attribution.check(texts, verdict, verdict.attributions, book)
    click.echo(render(checked, terminal_options()))
    return 3 if any(finding.level == "warning" for finding in attribution.findings(checked)) else 0
