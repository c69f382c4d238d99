"""``licensecheck evaluate``: license expressions judged by the rules, without reading any file."""

from __future__ import annotations

import gc
import sys
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING

import click

from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message
from licensecheck.cli.options import fail_option, format_option, lang_option, rulebook_option, use_options

if TYPE_CHECKING:
    from licensecheck.knowledge.rulebook import Rulebook

PLACE = 30

_WORST_LAST = (0, 3, 4, 1, 2)
"""Exit codes, the worst last."""


@click.command("evaluate")
@lang_option
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@use_options
@rulebook_option
@click.option(
    "--cases",
    type=click.File("r", encoding="utf-8"),
    help="File of questions, one JSON object per line; - is standard input.",
)
@format_option("text", "json", "jsonl")
@fail_option
def command(
    sources: tuple[str, ...], use: dict[str, str], pack: str, cases: IO[str] | None, form: str, fail_on: str
) -> int:
    """Judge license expressions alone: each SOURCE is one, and all of them apply."""
    from licensecheck.cli import output
    from licensecheck.dataset.decisions import exit_code
    from licensecheck.expression import parse
    from licensecheck.knowledge.rulebook import load
    from licensecheck.model import Source
    from licensecheck.report import answers, json_v1
    from licensecheck.verdict.decide import verdict
    from licensecheck.verdict.question import Question, complete
    from licensecheck.verdict.whole import table

    if cases is not None:
        if sources:
            raise UsageError(Message("give SOURCE or --cases, not both"))
        return _answer(cases, use, load(pack))
    if not sources:
        raise UsageError(Message("no SOURCE given: pass a license expression such as CC-BY-4.0, or NONE"))
    for source in sources:
        parse(source)
    book = load(pack)
    question = Question(tuple(Source(s, book.canonical(s)) for s in sources), tuple(use.items()))
    if not complete(question) and "intent" not in use and "act" not in use:
        rows = table(question, book)
        if form == "text":
            click.echo(answers.table(rows, output.terminal_options(pack)))
        else:
            click.echo(json_v1.dumps(json_v1.table(rows), 2))
        return 3
    answer = verdict(question, book)
    if form == "jsonl":
        click.echo(json_v1.dumps(json_v1.verdict(answer)))
    else:
        click.echo(output.rendered(form, answer, output.terminal_options(pack, threshold=fail_on)))
    return exit_code(answer, fail_on)


def _answer(lines: IO[str], defaults: Mapping[str, str], book: Rulebook) -> int:
    """Answer every question of a JSONL file, in order; a line that is not a question gets an error as its answer."""
    from licensecheck.cli.batch import Answers
    from licensecheck.cli.questions import today

    gc.disable()  # answers hold no cycles, and the search for them costs a sixth of the time
    answers = Answers(book, defaults, today())
    write = sys.stdout.write
    worst = 0
    for number, text in enumerate(lines, 1):
        if text.strip():
            answer, code = answers.line(text, number)
            write(answer + "\n")
            worst = max(worst, code, key=_WORST_LAST.index)
    return worst
