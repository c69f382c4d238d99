"""``licensecheck rows``: which rows of tables may stay, each under a license of its own."""

from __future__ import annotations

import click

from licensecheck.cli.options import fail_option, format_option, lang_option, rulebook_option, spoken, use_options

PLACE = 15


@click.command("rows")
@lang_option
@click.argument("data", nargs=-1, metavar="DATA...", required=True)
@use_options
@rulebook_option
@click.option(
    "--license-column",
    "columns",
    metavar="NAME",
    multiple=True,
    help="A column of licenses. Default: found by its name.",
)
@click.option("--keep", metavar="FILE", help="Write the rows that are allowed, in the form and order of DATA.")
@click.option("--review", metavar="FILE", help="Write the rows that are under review.")
@click.option("--drop", metavar="FILE", help="Write the rows that are denied.")
@click.option(
    "--credits", "credits_file", metavar="FILE", help="Write the credits of the allowed rows: a .md or .csv file."
)
@click.option(
    "--credit-column",
    "credit_columns",
    metavar="ROLE=NAME",
    multiple=True,
    help="The column of an author, title, source or notice.",
)
@click.option("--offline", is_flag=True, help="Do not use the network; this command never does.")
@format_option("text", "json", "csv")
@fail_option
def command(
    data: tuple[str, ...],
    use: dict[str, str],
    pack: str,
    columns: tuple[str, ...],
    keep: str | None,
    review: str | None,
    drop: str | None,
    credits_file: str | None,
    credit_columns: tuple[str, ...],
    offline: bool,
    form: str,
    fail_on: str,
) -> int:
    """Judge the rows of tables, each under a license of its own, and write those that may stay.

    DATA is a file, a pattern or a folder: CSV, TSV, JSON Lines, JSON, Parquet, Arrow, XLSX; text also as .gz or .zst.
    """
    from licensecheck.cli.output import terminal_options
    from licensecheck.knowledge.phrases import recognize
    from licensecheck.knowledge.rulebook import load
    from licensecheck.model import Decision
    from licensecheck.report import json_v1, rows
    from licensecheck.scanners.row_files import files
    from licensecheck.verdict.row_credits import roles
    from licensecheck.verdict.rows import Credits, Tables, judged

    outputs = {name: path for name, path in (("keep", keep), ("review", review), ("drop", drop)) if path}
    credits = Credits(credits_file, roles(credit_columns), spoken()) if credits_file else None
    with recognize((pack,) if pack else ()):
        found = judged(Tables.of_files(files(data), columns), use, load(pack), outputs, credits)
    if form == "json":
        click.echo(json_v1.dumps(found.to_dict(), 2))
    elif form == "csv":
        click.echo(rows.csv_text(found))
    else:
        click.echo(rows.text(found, terminal_options(pack, threshold=fail_on)))
    if found.decision is Decision.DENY:
        return 1
    if found.problems:
        return 4
    return 3 if found.decision is Decision.REVIEW and fail_on != "deny" else 0
