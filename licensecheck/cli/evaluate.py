"""``licensecheck evaluate``."""

from __future__ import annotations

import gc
import sys
from collections.abc import Mapping, Sequence
from typing import IO, Any

import click

from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message
from licensecheck.cli.app import app
from licensecheck.cli.options import _lang_option, _options, _render, _rulebook_option, _today, _use, _use_options
from licensecheck.report import answers
from licensecheck.verdict import whole


@app.command()
@_lang_option
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@_use_options
@_rulebook_option
@click.option(
    "--cases", type=click.File("r", encoding="utf-8"), help="Questions, one JSON object a line; - for standard input."
)
@click.option("--format", "form", type=click.Choice(["text", "json", "jsonl"]), default="text", show_default=True)
@click.option("--fail-on", type=click.Choice(["deny", "review"]), default="review", show_default=True)
@click.pass_context
def evaluate(
    ctx: click.Context,
    /,
    sources: Sequence[str],
    cases: IO[str] | None,
    form: str,
    fail_on: str,
    pack: str,
    **values: Any,
) -> None:
    """The rule engine alone: each SOURCE is a licence expression, and all of them apply."""
    from licensecheck.expression import parse
    from licensecheck.knowledge.rulebook import load
    from licensecheck.model import Source
    from licensecheck.verdict import decide as gate

    if cases is not None:
        if sources:
            raise UsageError(Message("give SOURCE or --cases, not both"))
        ctx.exit(_cases(cases, _use(values), load(pack)))
    if not sources:
        raise UsageError(Message("no SOURCE given: a licence expression such as CC-BY-4.0, or NONE"))
    for source in sources:
        parse(source)
    book = load(pack)
    question = gate.Question(tuple(Source(s, book.canonical(s)) for s in sources), tuple(_use(values).items()))
    if (
        not gate.complete(question)
        and not values.get("intent")
        and not any(a.startswith("act=") for a in values["axes"])
    ):
        from licensecheck.report import json_v1

        rows = whole.table(question, book)
        document = json_v1.dumps(json_v1.table(rows), 2) if form != "text" else ""
        click.echo(document or answers.table(rows, _options(pack=pack)))
        ctx.exit(3)
    verdict = gate.verdict(question, book)
    if form == "jsonl":
        from licensecheck.report import json_v1

        click.echo(json_v1.dumps(json_v1.verdict(verdict)))
    else:
        click.echo(_render(form, verdict, _options(fail_on, pack)))
    ctx.exit(gate.exit_code(verdict, fail_on))


def _cases(lines: IO[str], defaults: Mapping[str, str], book: Any) -> int:
    """Answer every question of a JSONL file, in order; a line that is no question gets an answer that says so."""
    from licensecheck.cli.batch import Answers

    gc.disable()  # answers hold no cycles, and looking for them costs a sixth of the time
    answers = Answers(book, defaults, _today())
    write = sys.stdout.write
    worst = 0
    order = {0: 0, 3: 1, 4: 2, 1: 3, 2: 4}
    for number, text in enumerate(lines, 1):
        if text.strip():
            answer, code = answers.line(text, number)
            write(answer + "\n")
            worst = max(worst, code, key=order.__getitem__)
    return worst
