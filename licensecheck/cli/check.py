"""``licensecheck check``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from licensecheck import vocabulary
from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message
from licensecheck.cli.app import app
from licensecheck.cli.options import (
    _category,
    _config_options,
    _lang,
    _lang_option,
    _options,
    _packs,
    _publish,
    _quoted,
    _reach_options,
    _render,
    _report_options,
    _rulebook_option,
    _settings,
    _today,
    _use,
    _use_options,
)
from licensecheck.report import answers
from licensecheck.verdict import whole


@app.command()
@_lang_option
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@_use_options
@click.option("--published", is_flag=True, help="TARGET is the dataset being published, not a source.")
@click.option("--as-source", is_flag=True, help="TARGET is a source, even where it has a declaration.")
@_rulebook_option
@_config_options
@click.option(
    "--locked", is_flag=True, help="Rest on licensecheck.lock for what is not declared, and open no connection."
)
@click.option("--baseline", metavar="FILE", help="Findings that were there before: shown, and failing nothing.")
@click.option("--update-baseline", is_flag=True, help="Write what is found now to the baseline.")
@_reach_options
@_report_options
@click.option("--fail-on", type=click.Choice(["deny", "review"]), default="review", show_default=True)
@click.pass_context
def check(
    ctx: click.Context,
    /,
    targets: Sequence[str],
    forms: Sequence[str],
    outputs: Sequence[str],
    fail_on: str,
    pack: str,
    **values: Any,
) -> None:
    """The gate: scan, resolve, judge and report.

    TARGET is a file, a folder, a web address, or a dataset of a hub: hf:owner/name, gh:owner/repo, zenodo:ID,
    kaggle:owner/name. Default is here.
    """
    from licensecheck.knowledge.rulebook import load
    from licensecheck.verdict import decide as gate

    if values["published"] and values["as_source"]:
        raise UsageError(Message("--published and --as-source exclude each other"))
    questions = [
        gate.dated(q, _today())
        for q in gate.ask(targets or (".",), _use(values), _settings({**values, "targets": targets, "pack": pack}))
    ]
    command = " ".join(["licensecheck check", *map(_quoted, targets)])
    category = _category(targets)
    first = questions[0]
    book = load(*_packs(pack, first))
    if len(questions) == 1 and not gate.complete(first):
        rows = whole.table(first, book)
        _publish(
            forms,
            outputs,
            lambda form, shown: _table(form, rows, first, _options("", pack, shown=shown, command=command)),
        )
        ctx.exit(4 if first.problems else 3)
    verdict = whole.together(
        [(q.name, _judged(q, load(*_packs(pack, q))) if gate.complete(q) else whole.undeclared(q)) for q in questions]
    )
    if values["baseline"]:
        verdict = _baselined(verdict, values["baseline"], values["update_baseline"])
    code = gate.exit_code(verdict, fail_on)
    _publish(
        forms,
        outputs,
        lambda form, shown: _render(
            form, verdict, _options(fail_on, pack, shown=shown, command=command, category=category)
        ),
    )
    ctx.exit(code)


def _judged(question: Any, book: Any) -> Any:
    """The verdict for one question, its attributions in the language to speak."""
    from licensecheck.verdict import decide as gate

    verdict = gate.verdict(question, book, _today())
    if _lang() == "en" or not verdict.attributions:
        return verdict
    from licensecheck.engine.credit import attributions

    use = vocabulary.make_use(dict(verdict.use))
    use = use._replace(outbound=use.outbound or verdict.outbound.declared or "")
    return verdict._replace(attributions=attributions(verdict.sources, use, book, _lang()))


def _baselined(verdict: Any, file: str, update: bool) -> Any:
    """``verdict`` with what the baseline in ``file`` knows marked; with ``update`` the file is written first."""
    from licensecheck.dataset import baseline
    from licensecheck.dataset.decisions import known

    if update:
        baseline.write(file, verdict)
    return known(verdict, baseline.read(file))


def _table(form: str, rows: Sequence[Any], question: Any, options: Any) -> str:
    """Every use's answer, where none was declared; formats that hold one verdict say that the use is missing."""
    from licensecheck.report import json_v1

    if form == "json":
        return json_v1.dumps(json_v1.table(rows), 2)
    return answers.table(rows, options) if form == "text" else _render(form, whole.undeclared(question), options)
