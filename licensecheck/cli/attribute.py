"""``licensecheck attribute``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message, speaker
from licensecheck.cli.app import app
from licensecheck.cli.check import _judged
from licensecheck.cli.options import (
    _config_options,
    _lang,
    _lang_option,
    _options,
    _packs,
    _publish,
    _reach_options,
    _rulebook_option,
    _settings,
    _today,
    _use,
    _use_options,
)
from licensecheck.report import answers
from licensecheck.verdict import whole


@app.command()
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@_use_options
@_rulebook_option
@_config_options
@_reach_options
@_lang_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "text", "notice", "html", "json", "csl", "bibtex"]),
    default="markdown",
    show_default=True,
)
@click.option("--output", metavar="FILE", default="-", help="Where to; - is standard output.")
@click.option(
    "--check", "checking", is_flag=True, help="Say, duty by duty, what the dataset at TARGET carries already."
)
@click.option(
    "--write", "writing", is_flag=True, help="Mend what is missing and can be written, in ATTRIBUTION.md and README.md."
)
@click.pass_context
def attribute(ctx: click.Context, /, targets: Sequence[str], form: str, output: str, pack: str, **values: Any) -> None:
    """The attributions owed for the declared use, ready to copy; blanks are named, never invented."""
    from licensecheck.attribution.credits import WRITERS
    from licensecheck.knowledge.rulebook import load
    from licensecheck.verdict import decide as gate

    questions = gate.ask(targets or (".",), _use(values), _settings({**values, "pack": pack}))
    if not all(map(gate.complete, questions)):
        raise UsageError(Message("say the use: --intent and --purpose, or `use:` in licensecheck.yaml"))
    judged = []
    for question in questions:
        book = load(*_packs(pack, question))
        judged.append((question, _judged(gate.dated(question, _today()), book), book))
    if values["checking"] or values["writing"]:
        ctx.exit(max(_papers(question.name, verdict, book, values) for question, verdict, book in judged))
    together = whole.together([(question.name, verdict) for question, verdict, _ in judged])
    if together.attributions:
        made = WRITERS["notice" if form == "text" else form](together.attributions, _lang())
    elif form in ("json", "csl"):
        made = "[]"
    else:
        made = answers.attributions(together, _options(pack=pack), markdown=form == "markdown")
    _publish([form], [output], lambda _, __: made.rstrip("\n"))
    ctx.exit(gate.exit_code(together))


def _papers(name: str, verdict: Any, book: Any, values: Mapping[str, Any]) -> int:
    """Check, and mend where asked, the papers of the dataset at ``name``; 0 where nothing that is owed is missing, else 3."""
    from pathlib import Path

    from licensecheck import attribution
    from licensecheck.report.attribution import render

    folder = Path(name)
    if not name or not folder.exists():
        raise UsageError(
            Message(
                "`{value}` is no dataset on disk: --check and --write want one folder",
                value=name or Message("several targets"),
            )
        )
    if verdict.decision.value == "deny":
        say = speaker(_lang())
        click.echo(say("no attribution can help: the verdict is {decision}", decision=say("deny")))
        return 1
    folder = folder if folder.is_dir() else folder.parent
    got = attribution.gather(folder)
    texts = {path: paper.text for path, paper in got.items()}
    if values["writing"]:
        own = attribution.declared(texts).license
        new = attribution.mend(texts, verdict.attributions, _lang(), book.find(own) if own else None)
        attribution.save(new, got)
        for path in sorted(new):
            click.echo(speaker(_lang())("wrote {file}", file=path))
        got = attribution.gather(folder)
        texts = {path: paper.text for path, paper in got.items()}
    checked = attribution.check(texts, verdict, verdict.attributions, book)
    click.echo(render(checked, _options()))
    return 3 if any(finding.level == "warning" for finding in attribution.findings(checked)) else 0
