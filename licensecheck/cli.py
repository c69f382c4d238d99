"""The command line: arguments in, exit code out. The only module that prints, exits or knows click."""

from __future__ import annotations

import gc
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO, Any, TypeVar

import click

from licensecheck import __version__, vocabulary
from licensecheck.errors import LicensecheckError, UsageError
from licensecheck.wording import Message, speaker, translated

F = TypeVar("F", bound=Callable[..., Any])

_FORMATS = ("text", "json")
_LONGEST = 2_000
"""Characters of an error that are shown: it may quote what somebody wrote to do harm."""
_PROGRESS = 400
"""From so many files on, a terminal is shown how far a scan is."""
_AXES = ("intent", "purpose", "compensation", "licensee", "jurisdiction")


def _use_options(function: F) -> F:
    """The options that declare a use, as the contract names them."""
    options = [
        click.option("--intent", metavar="INTENT", help=f"What is done: {', '.join(vocabulary.INTENTS)}."),
        click.option("--purpose", metavar="PURPOSE", help=f"What for: {', '.join(vocabulary.AXES['purpose'])}."),
        click.option(
            "--compensation", metavar="HOW", help=f"Money that moves: {', '.join(vocabulary.AXES['compensation'])}."
        ),
        click.option("--licensee", metavar="WHO", help=f"Who uses it: {', '.join(vocabulary.AXES['licensee'])}."),
        click.option("--jurisdiction", metavar="ISO", help="Where the acts take place: KR, DE, US ..."),
        click.option("--publish-as", metavar="LICENSE", help="The licence that the result is published under."),
        click.option("--set", "axes", metavar="AXIS=VALUE", multiple=True, help="Any other axis of the use."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


def _use(values: Mapping[str, Any]) -> dict[str, str]:
    """The use that the options declare. Raises :class:`UsageError`."""
    use = {axis: values[axis] for axis in _AXES if values.get(axis)}
    if values.get("publish_as"):
        use["outbound"] = values["publish_as"]
    for pair in values.get("axes") or ():
        axis, equals, value = pair.partition("=")
        if not equals or not value:
            raise UsageError(Message("`--set {pair}`: write AXIS=VALUE, as in --set sgdr=yes", pair=pair))
        use[axis.strip().lower().replace("-", "_")] = value
    vocabulary.make_use(use)
    return use


def _lang_option(function: F) -> F:
    """``--lang``: the language of messages and reports."""

    def remember(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
        ctx.find_root().obj = value

    return click.option(
        "--lang",
        type=click.Choice(["en", "ko"]),
        expose_value=False,
        callback=remember,
        help="English or Korean; default by LICENSECHECK_LANG, then by the locale.",
    )(function)


def _lang() -> str:
    """The language to speak."""
    from licensecheck.wording import language

    ctx = click.get_current_context(silent=True)
    return language((ctx.find_root().obj if ctx else "") or "")


def _config_options(function: F) -> F:
    """Which declaration is used."""
    options = [
        click.option("--config", metavar="FILE", help="A declaration to use instead of the nearest one."),
        click.option("--isolated", is_flag=True, help="Use no declaration at all."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


def _reach_options(function: F) -> F:
    """Whether and how far the network may be used."""
    options = [
        click.option("--offline", is_flag=True, help="Open no connection, and say what was not read for that."),
        click.option("--follow", is_flag=True, help="Read the pages that a licence statement only points to."),
        click.option("--allow-private", is_flag=True, help="An address that you name may be in your own network."),
        click.option("--no-cache", is_flag=True, help="Keep no copies of what is read over the network."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


def _reach(values: Mapping[str, Any]) -> Any:
    """How far a run may reach, by its options."""
    from licensecheck.targets import Reach, cache_folder

    cache = None if values["no_cache"] or values["offline"] else cache_folder()
    return Reach(values["offline"], values["follow"], values["allow_private"], cache)


class _Format(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """A report format: the names are those of the reporters that there are."""

    name = "FORMAT"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from licensecheck.report import REPORTERS

        if value == "auto":
            return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
        if value not in REPORTERS:
            self.fail(f"`{value}` is none of auto, {', '.join(REPORTERS)}.{vocabulary.nearest(value, REPORTERS)}")
        return value


def _report_options(function: F) -> F:
    """``--format`` and ``--output``, several times each: the nth output is that of the nth format."""
    options = [
        click.option(
            "--format",
            "forms",
            type=_Format(),
            multiple=True,
            default=["auto"],
            help="How to report: text, json, markdown, sarif ... (auto is github in GitHub Actions, else text).",
        ),
        click.option("--output", "outputs", metavar="FILE", multiple=True, help="Where to; - is standard output."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


def _publish(forms: Sequence[str], outputs: Sequence[str], write: Callable[[str, bool], str]) -> None:
    """Each format to its output. ``write`` gives a format's text, told whether it goes to standard output."""
    if len(outputs) > len(forms):
        raise UsageError(
            Message(
                "{outputs} --output for {forms} --format: give each format its own",
                outputs=len(outputs),
                forms=len(forms),
            )
        )
    for n, form in enumerate(forms):
        output = outputs[n] if n < len(outputs) else "-"
        text = write(form, output == "-")
        if output == "-":
            click.echo(text)
            continue
        try:
            with open(output, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - pathlib is not loaded yet
                file.write(text.rstrip("\n") + "\n")
        except (OSError, UnicodeEncodeError) as error:
            raise UsageError(
                Message(
                    "`{file}` cannot be written: {why}",
                    file=output,
                    why=str(getattr(error, "strerror", None) or error),
                )
            ) from None


def _rulebook_option(function: F) -> F:
    """``--rules DIR``: an organisation's licences, rules and stricter policy over ours."""
    return click.option("--rules", "pack", metavar="DIR", default="", help="A rule pack to lay over the rulebook.")(
        function
    )


def _category(targets: Sequence[str]) -> str:
    """A name for the runs on these targets, so that code scanning keeps those of others beside them."""
    from licensecheck.knowledge import hexdigest

    name = " ".join(target for target in targets if target not in (".", "./"))
    return f"{name[:40]} {hexdigest(name.encode('utf-8', 'replace'), 4)}" if len(name) > 60 else name or "check"


def _options(threshold: str = "", pack: str = "", *, shown: bool = True, command: str = "", category: str = "") -> Any:
    """How reports are to be written here: colour on a terminal that wants it, its width."""
    from licensecheck.report import Options
    from licensecheck.rulebook import load

    plain = Options(
        book=load(pack),
        threshold=threshold,
        command=command or Options().command,
        category=category or Options().category,
        folder=os.getcwd(),  # noqa: PTH109 - pathlib is not loaded yet
        root=os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR", ""),
        lang=_lang(),
    )
    if not shown:
        return plain
    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    if os.environ.get("FORCE_COLOR"):
        color = "NO_COLOR" not in os.environ
    width = 100
    if sys.stdout.isatty():
        import shutil

        width = shutil.get_terminal_size((100, 24)).columns
    elif os.environ.get("COLUMNS", "").isdigit():
        width = int(os.environ["COLUMNS"])
    return plain._replace(color=color, width=max(width, 20))


class _Group(click.Group):
    """Commands in the order of the work, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what a user can mend is said here, where the language that was asked for is known."""
        try:
            return super().invoke(ctx)
        except LicensecheckError as error:
            from licensecheck.report.terminal import safe

            click.echo(f"licensecheck: {safe(translated(error.message, _lang()), _LONGEST)}", err=True)
            ctx.exit(2)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="licensecheck")
def app() -> None:
    """May this data be used so, and what is owed?

    licensecheck reads what licences a dataset states, holds them against the use that you declare,
    and answers allow, deny or review, with the clauses, the attributions owed and what would help.
    """


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
    from licensecheck import check as gate
    from licensecheck.rulebook import load

    if values["published"] and values["as_source"]:
        raise UsageError(Message("--published and --as-source exclude each other"))
    questions = [
        gate.dated(q, _today())
        for q in gate.ask(targets or (".",), _use(values), _settings({**values, "targets": targets}))
    ]
    command = " ".join(["licensecheck check", *map(_quoted, targets)])
    category = _category(targets)
    first = questions[0]
    book = load(*_packs(pack, first))
    if len(questions) == 1 and not gate.complete(first):
        rows = gate.table(first, book)
        _publish(
            forms,
            outputs,
            lambda form, shown: _table(form, rows, first, _options("", pack, shown=shown, command=command)),
        )
        ctx.exit(4 if first.problems else 3)
    verdict = gate.together(
        [(q.name, _judged(q, load(*_packs(pack, q))) if gate.complete(q) else gate.undeclared(q)) for q in questions]
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
    from licensecheck import check as gate

    verdict = gate.verdict(question, book, _today())
    if _lang() == "en" or not verdict.attributions:
        return verdict
    from licensecheck.attribution import attributions

    use = vocabulary.make_use(dict(verdict.use))
    use = use._replace(outbound=use.outbound or verdict.outbound.declared or "")
    return verdict._replace(attributions=attributions(verdict.sources, use, book, _lang()))


def _settings(values: Mapping[str, Any]) -> Any:
    """How targets are asked about, by the options."""
    from pathlib import Path

    from licensecheck.ask import Settings

    if values["config"] and values["isolated"]:
        raise UsageError(Message("--config and --isolated exclude each other"))
    declaration = Path(values["config"]) if values["config"] else None
    if declaration is not None and not declaration.is_file():
        raise UsageError(Message("`{declaration}` is no file: --config names a declaration", declaration=declaration))
    made = Settings(
        values.get("published", False),
        values.get("as_source", False),
        _reach(values),
        declaration,
        values["isolated"],
        _progress(),
    )
    if not values.get("locked"):
        return made
    from licensecheck import pins

    targets = values["targets"] or (".",)
    if len(targets) != 1:
        raise UsageError(Message("--locked wants one dataset: a lock lies beside its declaration"))
    return made._replace(reach=made.reach._replace(offline=True, follow=False), locked=pins.read(_beside(targets[0])))


def _beside(target: str) -> Any:
    """Where the lock of the dataset at ``target`` lies: beside its declaration."""
    from pathlib import Path

    from licensecheck import config, pins

    near = config.find(Path(target))
    if near is None:
        raise UsageError(
            Message("`{target}` has no declaration: a lock lies beside one (licensecheck init)", target=target)
        )
    return near.parent / pins.NAME


def _packs(pack: str, question: Any) -> tuple[str, ...]:
    """The rule packs to use: the one of the command line, else those of the declarations."""
    return (pack,) if pack else question.declaration.rules if question.declaration else ()


def _baselined(verdict: Any, file: str, update: bool) -> Any:
    """``verdict`` with what the baseline in ``file`` knows marked; with ``update`` the file is written first."""
    from licensecheck import baseline
    from licensecheck.decided import known

    if update:
        baseline.write(file, verdict)
    return known(verdict, baseline.read(file))


def _quoted(word: str) -> str:
    """A target as it can be typed again."""
    import shlex

    return shlex.quote(word)


def _table(form: str, rows: Sequence[Any], question: Any, options: Any) -> str:
    """Every use's answer, where none was declared; formats that hold one verdict say that the use is missing."""
    from licensecheck import check as gate
    from licensecheck.report import json_v1, text

    if form == "json":
        return json_v1.dumps(json_v1.table(rows), 2)
    return text.table(rows, options) if form == "text" else _render(form, gate.undeclared(question), options)


def _today() -> str:
    """The day of the run, against which claims' dates are held."""
    from datetime import date

    return date.today().isoformat()


def _render(form: str, verdict: Any, options: Any) -> str:
    from licensecheck.report import REPORTERS

    return REPORTERS[form](verdict, options)


@app.command()
@_lang_option
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@_reach_options
@click.option("--format", "form", type=click.Choice(["text", "json", "jsonl"]), default="text", show_default=True)
@click.pass_context
def scan(ctx: click.Context, /, targets: Sequence[str], form: str, **values: Any) -> None:
    """Evidence only: every licence statement with its place, and what the data is under by them."""
    from licensecheck import targets as places
    from licensecheck.model import Status
    from licensecheck.report import json_v1, text

    options = _options()
    reach = _reach(values)
    seen: list[Any] = []
    troubled = False
    for target in targets or (".",):
        for resolved in places.found(target, reach, _progress()):
            troubled = troubled or bool(resolved.problems) or resolved.status is Status.UNREADABLE
            if form == "jsonl":
                click.echo(json_v1.dumps(json_v1.scan(resolved)))
            elif form == "json":
                seen.append(json_v1.scan(resolved))
            else:
                click.echo(text.scan(resolved, options))
    if form == "json":
        click.echo(json_v1.dumps(seen, 2))
    ctx.exit(4 if troubled else 0)


def _progress() -> Callable[[int, int], None] | None:
    """A line on a terminal that says how far a long scan is; nothing where nobody looks."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, total: int) -> None:
        if total >= _PROGRESS and (done % 100 == 0 or done == total):
            bar = "#" * (done * 30 // total)
            sys.stderr.write(f"\r[{bar:<30}] {done:,} of {total:,} files" + ("\r\x1b[K" if done == total else ""))
            sys.stderr.flush()

    return tell


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
    from licensecheck import check as gate
    from licensecheck.expression import parse
    from licensecheck.model import Source
    from licensecheck.rulebook import load

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
        from licensecheck.report import json_v1, text

        rows = gate.table(question, book)
        document = json_v1.dumps(json_v1.table(rows), 2) if form != "text" else ""
        click.echo(document or text.table(rows, _options(pack=pack)))
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
    from licensecheck.questions import Answers

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


@app.command()
@_lang_option
@click.argument("sources", nargs=-1, metavar="SOURCE...", required=True)
@_use_options
@_rulebook_option
@click.option("--want", metavar="LICENSE", help="A licence that you wish for: which sources stand in its way.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.pass_context
def outbound(
    ctx: click.Context, /, sources: Sequence[str], want: str | None, form: str, pack: str, **values: Any
) -> None:
    """The licences that the result may be published under, best first, and which source blocks the rest."""
    from licensecheck.engine import core, engine
    from licensecheck.expression import parse
    from licensecheck.model import Source
    from licensecheck.outbound import free, solve
    from licensecheck.report import json_v1, text
    from licensecheck.rulebook import load

    for source in (*sources, *([want] if want else [])):
        parse(source)
    book = load(pack)
    made = [Source(source, book.canonical(source)) for source in sources]
    use = core(vocabulary.make_use({"intent": "publish-adaptation", "purpose": "noncommercial", **_use(values)}))
    machine = engine(book)
    solution = solve(machine, made, use)
    freed = [
        free(machine, made, use, book.canonical(name))
        for name in ([want] if want else [n for n, _ in solution.blocked])
    ]
    if form == "json":
        click.echo(json_v1.dumps(json_v1.outbound(made, solution, freed), 2))
    else:
        click.echo(text.outbound(made, solution, freed, _options(pack=pack)))
    ctx.exit(0 if solution.allowed else 3 if solution.possible else 1)


@app.command()
@_lang_option
@click.argument("strings", nargs=-1, metavar="[STRING]...")
@click.option("--cases", type=click.File("r", encoding="utf-8"), help='Lines of {"id", "text"}; - for standard input.')
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@click.option("--vocabulary", help="The vocabulary that the strings come from: hf, zenodo-legacy, ckan ...")
@click.pass_context
def identify(
    ctx: click.Context, /, strings: Sequence[str], cases: IO[str] | None, form: str, vocabulary: str | None
) -> None:
    """One string, URL or text to a licence expression and how sure that is."""
    from licensecheck.identify import identify as name
    from licensecheck.report import json_v1

    def asked() -> Iterator[tuple[str, str]]:
        for string in strings:
            yield string, string
        for number, text in enumerate(cases or (), 1):
            try:
                row = json.loads(text)
                yield row["id"], str(row["text"])
            except (ValueError, KeyError, TypeError):
                raise UsageError(
                    Message(
                        '{place}: expected {{"id": ..., "text": ...}}',
                        place=f"{getattr(cases, 'name', '--cases')}:{number}",
                    )
                ) from None

    if not strings and cases is None:
        raise UsageError(Message("give a STRING or --cases"))
    for key, text in asked():
        license, certainty, statements = name(text, vocabulary=vocabulary)
        if form == "jsonl":
            click.echo(json_v1.dumps({"id": key, "license": license, "certainty": certainty.value}))
        else:
            from licensecheck.report.text import identified

            click.echo(identified(text, license, certainty, statements, _options()))


@app.command()
@_lang_option
@click.argument("name", required=False, metavar="[ID]")
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
def licenses(name: str | None, form: str) -> None:
    """What is known of licences: their permissions, duties, prohibitions and clauses."""
    from licensecheck.report import json_v1, text
    from licensecheck.rulebook import load

    book = load()
    if name is not None:
        found = book.find(name)
        if found is None:
            from licensecheck.config import successors

            if retired := successors(name):
                says = "`{license}` is an id that SPDX has retired: write {ids}"
                raise UsageError(Message(says, license=name, ids=" / ".join(retired)))
            nearest = vocabulary.nearest(name, [licence.id for licence in book.licenses()])
            raise UsageError(Message("no licence `{name}` in the rulebook.{nearest}", name=name, nearest=nearest))
        click.echo(json_v1.dumps(json_v1.license(found)) if form == "jsonl" else text.license_page(found, _options()))
        return
    for licence in book.licenses():
        if licence.category == "none":
            continue
        click.echo(json_v1.dumps(json_v1.license(licence)) if form == "jsonl" else f"{licence.id}\t{licence.name}")


@app.command()
@_lang_option
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """What a rule says, on which clause it rests, and the cases that prove it. Without RULE, all ids."""
    from licensecheck import findings
    from licensecheck.report import text
    from licensecheck.rulebook import cases, load

    book = load()
    if rule is None:
        for each in book.rules:
            click.echo(f"{each.id}\t{each.effect}")
        return
    found = book.rule(rule)
    if found is None and (said := findings.about(rule, book)):
        click.echo(f"{rule}: {translated(said, _lang())}")
        return
    if found is None:
        every = [*(each.id for each in book.rules), *findings.RULES]
        raise UsageError(Message("no rule `{rule}`.{nearest}", rule=rule, nearest=vocabulary.nearest(rule, every)))
    click.echo(text.rule_page(found, [case for case in cases() if case.rule == rule], _options()))


@app.group()
def rules() -> None:
    """Work on rules."""


@rules.command("test")
@_lang_option
@click.argument("folder", required=False, default="", metavar="[DIR]")
@click.pass_context
def rules_test(ctx: click.Context, /, folder: str) -> None:
    """Run every case of the rules in the pack DIR, or of the shipped ones."""
    from licensecheck.prove import failures
    from licensecheck.rulebook import cases, load

    book, proved = load(folder), cases(folder)
    wrong = [words for case in proved if (words := failures(case, book))]
    for words in wrong:
        click.echo(words)
    click.echo(speaker(_lang())("{held} of {count} cases hold", held=len(proved) - len(wrong), count=len(proved)))
    ctx.exit(1 if wrong else 0)


@app.command()
@click.argument("target", default=".", metavar="[TARGET]")
@_reach_options
@_lang_option
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.pass_context
def tree(ctx: click.Context, /, target: str, form: str, **values: Any) -> None:
    """What TARGET was made from, and that from what, each with its licence; over the network with --follow."""
    from licensecheck import ancestry
    from licensecheck.ask import Settings, ask
    from licensecheck.engine import engine
    from licensecheck.report import json_v1
    from licensecheck.report import tree as drawn
    from licensecheck.rulebook import load

    reach = _reach(values)
    questions = ask([target], {}, Settings(reach=reach, progress=_progress()))
    nodes = ancestry.tops(tuple(node for question in questions for node in question.trees))
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    told = [ancestry.findings(node, engine(load())) for node in nodes]
    if form == "json":
        made = [drawn.document(node, findings) for node, findings in zip(nodes, told, strict=True)]
        click.echo(json_v1.dumps(made[0] if len(made) == 1 else made))
    else:
        options = _options()
        for node, findings in zip(nodes, told, strict=True):
            click.echo(drawn.render(node, options, findings, plain=plain))
    ctx.exit(4 if reach.follow and any(map(ancestry.unresolved, nodes)) else 0)


@app.command()
@_lang_option
@click.argument("target", default=".", metavar="[TARGET]")
@_reach_options
@click.pass_context
def lock(ctx: click.Context, /, target: str, **values: Any) -> None:
    """Look up every declared source of TARGET and write what was found to licensecheck.lock."""
    from pathlib import Path

    from licensecheck import pins
    from licensecheck.ask import pinned
    from licensecheck.errors import ConfigError

    file = _beside(target)
    try:
        old = pins.read(file)
    except ConfigError:  # it is written anew
        old = {}
    found, problems = pinned(Path(target), _reach(values))
    unread = {name: old[name] for name in problems if name in old and name not in found}
    made = pins.kept({**unread, **found}, old)
    pins.write(file, made.values())
    say = speaker(_lang())
    one, many = "wrote {file}: 1 source", "wrote {file}: {count} sources"
    left = say(", {count} of them as before", count=len(unread)) if unread else ""
    click.echo((say(one, file=file) if len(made) == 1 else say(many, file=file, count=len(made))) + left)
    ctx.exit(_unread(problems))


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

    from licensecheck import check as gate
    from licensecheck import pins
    from licensecheck.ask import pinned
    from licensecheck.report.drift import render
    from licensecheck.rulebook import load

    old = pins.read(_beside(target))
    new, problems = pinned(Path(target), _reach(values))
    new = {**{name: old[name] for name in problems if name in old}, **new}  # what cannot be read now stays as it was
    verdicts: list[Any] = []
    for known in (old, new):
        settings = gate.Settings(locked=known, past=known is old)
        asked = [gate.dated(q, _today()) for q in gate.ask((target,), _use(values), settings)]
        said = [(q.name, gate.verdict(q, load(*_packs(pack, q)), _today())) for q in asked if gate.complete(q)]
        verdicts.append(gate.together(said) if said else None)
    changes = pins.drift(old, new)
    click.echo(render(changes, verdicts[0], verdicts[1], _options(pack=pack), bool(problems)))
    code = _unread(problems)
    ctx.exit(code or (3 if changes else 0))


def _unread(problems: Mapping[str, Sequence[Any]]) -> int:
    """Tell what could not be read of which source; 4 where there is some, else 0."""
    from licensecheck.report.terminal import safe

    for name, told in problems.items():
        for problem in told:
            place = f"{safe(problem.path, 200)}:{problem.line}"
            click.echo(f"{safe(name, 80)}: {place}: {safe(translated(problem.message, _lang()), 400)}", err=True)
    return 4 if problems else 0


@app.command()
@_lang_option
@click.argument("target", default=".", metavar="[TARGET]")
@_use_options
@click.option("--force", is_flag=True, help="Write over a declaration that is there.")
@click.pass_context
def init(ctx: click.Context, /, target: str, force: bool, **values: Any) -> None:
    """Scan TARGET and write a first licensecheck.yaml, asking on a terminal what only you can know."""
    from pathlib import Path

    from licensecheck import targets as places
    from licensecheck.config import NAME
    from licensecheck.scan.files import leads_out
    from licensecheck.starting import draft

    say = speaker(_lang())
    folder = Path(target)
    if not folder.is_dir():
        raise UsageError(Message("`{target}` is no folder: a declaration lies in the dataset's folder", target=target))
    file = folder / NAME
    if (file.exists() or file.is_symlink()) and not force:
        raise UsageError(Message("`{file}` is there already: edit it, or say --force to write it anew", file=file))
    if leads_out(file):
        raise UsageError(Message("`{file}` is a link that leads out of the repository: it is not written", file=file))
    use = _use(values)
    resolved = places.found(target, places.Reach(offline=True), _progress())
    if sys.stdin.isatty() and sys.stdout.isatty():
        for axis, known in (("intent", list(vocabulary.INTENTS)), ("purpose", list(vocabulary.AXES["purpose"]))):
            if axis not in use:
                click.echo(say("{axis}: {known} (Enter leaves it open)", axis=axis, known=", ".join(known)))
                said = click.prompt(
                    axis, default="", show_default=False, type=click.Choice(["", *known]), show_choices=False
                )
                use |= {axis: said} if said else {}
    try:
        file.write_text(draft(resolved, use), encoding="utf-8")
    except OSError as error:
        raise UsageError(
            Message("`{file}` cannot be written: {why}", file=file, why=str(error.strerror or error))
        ) from None
    command = f"licensecheck check {_quoted(target)}"
    click.echo(say("wrote {file}: read it, fill in what is commented, then run: {command}", file=file, command=command))


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
    from licensecheck import check as gate
    from licensecheck.credits import WRITERS
    from licensecheck.report import text
    from licensecheck.rulebook import load

    questions = gate.ask(targets or (".",), _use(values), _settings(values))
    if not all(map(gate.complete, questions)):
        raise UsageError(Message("say the use: --intent and --purpose, or `use:` in licensecheck.yaml"))
    judged = []
    for question in questions:
        book = load(*_packs(pack, question))
        judged.append((question, _judged(gate.dated(question, _today()), book), book))
    if values["checking"] or values["writing"]:
        ctx.exit(max(_papers(question.name, verdict, book, values) for question, verdict, book in judged))
    whole = gate.together([(question.name, verdict) for question, verdict, _ in judged])
    if whole.attributions:
        made = WRITERS["notice" if form == "text" else form](whole.attributions, _lang())
    elif form in ("json", "csl"):
        made = "[]"
    else:
        made = text.attributions(whole, _options(pack=pack), markdown=form == "markdown")
    _publish([form], [output], lambda _, __: made.rstrip("\n"))
    ctx.exit(gate.exit_code(whole))


def _papers(name: str, verdict: Any, book: Any, values: Mapping[str, Any]) -> int:
    """Check, and mend where asked, the papers of the dataset at ``name``; 0 where nothing that is owed is missing, else 3."""
    from pathlib import Path

    from licensecheck import papers
    from licensecheck.report.papers import render

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
    got = papers.gather(folder)
    texts = {path: paper.text for path, paper in got.items()}
    if values["writing"]:
        own = papers.declared(texts).license
        new = papers.mend(texts, verdict.attributions, _lang(), book.find(own) if own else None)
        papers.save(new, got)
        for path in sorted(new):
            click.echo(speaker(_lang())("wrote {file}", file=path))
        got = papers.gather(folder)
        texts = {path: paper.text for path, paper in got.items()}
    checked = papers.check(texts, verdict, verdict.attributions, book)
    click.echo(render(checked, _options()))
    return 3 if any(finding.level == "warning" for finding in papers.findings(checked)) else 0


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command and exit: 0 allow, 1 deny, 2 usage or configuration, 3 review, 4 incomplete."""
    for stream in (sys.stdout, sys.stderr):  # a letter that the console's encoding lacks is shown as an escape
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")
    gc.set_threshold(100_000, 50, 50)  # what a short run makes lives to its end: looking for garbage costs a tenth
    try:
        code = app.main(args=list(argv) if argv is not None else None, prog_name="licensecheck", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        code = 130
    except click.ClickException as error:
        error.show()
        code = 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code if isinstance(code, int) else 0)
