"""``licensecheck check``: the questions that the targets ask, their verdicts as one, and the reports on it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message
from licensecheck.cli.options import (
    ConfigOptions,
    ReportOptions,
    config_options,
    fail_option,
    lang_option,
    reach_options,
    report_options,
    rulebook_option,
    use_options,
)

if TYPE_CHECKING:
    from licensecheck.model import Verdict
    from licensecheck.report import Options
    from licensecheck.targets.targets import Reach
    from licensecheck.verdict.question import Question
    from licensecheck.verdict.whole import Row

PLACE = 10


@click.command("check")
@lang_option
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@use_options
@click.option("--published", is_flag=True, help="TARGET is the dataset that you publish, not a source.")
@click.option("--as-source", is_flag=True, help="TARGET is a source, even if it has a declaration.")
@rulebook_option
@config_options
@click.option("--staged", is_flag=True, help="Check what git has staged for the commit, not the working tree.")
@click.option("--locked", is_flag=True, help="Take undeclared licenses from licensecheck.lock; do not use the network.")
@click.option("--baseline", metavar="FILE", help="File of known findings: they are shown but do not fail the run.")
@click.option("--update-baseline", is_flag=True, help="Write all current findings to the baseline.")
@reach_options
@report_options
@fail_option
def command(
    targets: tuple[str, ...],
    use: dict[str, str],
    published: bool,
    as_source: bool,
    pack: str,
    config: ConfigOptions,
    staged: bool,
    locked: bool,
    baseline: str | None,
    update_baseline: bool,
    reach: Reach,
    report: ReportOptions,
    fail_on: str,
) -> int:
    """Check a dataset's licenses against your use.

    TARGET is a file, a folder, a web address, or a dataset on a hub: hf:owner/name, gh:owner/repo, zenodo:ID,
    kaggle:owner/name. It defaults to the current folder.
    """
    if published and as_source:
        raise UsageError(Message("--published and --as-source exclude each other"))
    if staged and update_baseline:
        raise UsageError(Message("--staged and --update-baseline exclude each other"))

    def run() -> int:
        from licensecheck.cli import questions

        named = targets or (".",)
        given = questions.settings(config, reach, published=published, as_source=as_source, pack=pack)
        if locked:
            given = questions.locked(given, named)
        asked = questions.questions(named, use, given)
        return _reported(asked, targets, pack, report, fail_on, (baseline, update_baseline))

    if not staged:
        return run()
    from licensecheck.targets.staged import index

    report = report._replace(outputs=tuple(one if one == "-" else os.path.abspath(one) for one in report.outputs))  # noqa: PTH100 - pathlib is not loaded yet
    with index():
        return run()


def _reported(
    asked: Sequence[Question],
    targets: Sequence[str],
    pack: str,
    report: ReportOptions,
    fail_on: str,
    baseline: tuple[str | None, bool],
) -> int:
    """The reports on what was ``asked``, written, and the exit code. ``baseline`` is its file, and whether it is updated."""
    from licensecheck.cli import output, questions
    from licensecheck.dataset.decisions import exit_code
    from licensecheck.verdict.question import complete
    from licensecheck.verdict.whole import table, together, undeclared

    command = " ".join(["licensecheck check", *map(output.quoted, targets)])
    if len(asked) == 1 and not complete(asked[0]):
        rows = table(asked[0], questions.rulebook(pack, asked[0]))
        options = output.plain_options(pack, command=command)
        output.publish(report, options, lambda form, options: _table(form, rows, asked[0], options))
        return 4 if asked[0].problems else 3
    verdict = together(
        [(q.name, questions.judged(q, questions.rulebook(pack, q)) if complete(q) else undeclared(q)) for q in asked]
    )
    file, update = baseline
    if file:
        verdict = _with_baseline(verdict, file, update)
    options = output.plain_options(pack, threshold=fail_on, command=command, category=output.category(targets))
    output.publish(report, options, lambda form, options: output.rendered(form, verdict, options))
    return exit_code(verdict, fail_on)


def _with_baseline(verdict: Verdict, file: str, update: bool) -> Verdict:
    """``verdict`` with the findings of the baseline in ``file`` marked; with ``update`` the file is written first."""
    from licensecheck.dataset import baseline
    from licensecheck.dataset.decisions import known

    if update:
        baseline.write(file, verdict)
    return known(verdict, baseline.read(file))


def _table(form: str, rows: Sequence[Row], question: Question, options: Options) -> str:
    """The result for each use, where none is declared; formats that hold one verdict say that the use is missing."""
    from licensecheck.cli.output import rendered
    from licensecheck.report import answers, json_v1
    from licensecheck.verdict.whole import undeclared

    if form == "json":
        return json_v1.dumps(json_v1.table(rows), 2)
    return answers.table(rows, options) if form == "text" else rendered(form, undeclared(question), options)
