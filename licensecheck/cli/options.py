"""Options that several commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

from licensecheck import vocabulary
from licensecheck.base import message
from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message
from licensecheck.dataset import lock_file

F = TypeVar("F", bound=Callable[..., Any])

_FORMATS = ("text", "json")

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
    from licensecheck.base.message import language

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
    from licensecheck.targets.targets import Reach, cache_folder

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
            self.fail(f"`{value}` is none of auto, {', '.join(REPORTERS)}.{message.nearest(value, REPORTERS)}")
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
    from licensecheck.base.compiled import hexdigest

    name = " ".join(target for target in targets if target not in (".", "./"))
    return f"{name[:40]} {hexdigest(name.encode('utf-8', 'replace'), 4)}" if len(name) > 60 else name or "check"


def _options(threshold: str = "", pack: str = "", *, shown: bool = True, command: str = "", category: str = "") -> Any:
    """How reports are to be written here: colour on a terminal that wants it, its width."""
    from licensecheck.knowledge.rulebook import load
    from licensecheck.report import Options

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


def _settings(values: Mapping[str, Any]) -> Any:
    """How targets are asked about, by the options."""
    from pathlib import Path

    from licensecheck.dataset.sources import Settings

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
        packs=(values["pack"],) if values.get("pack") else (),
    )
    if not values.get("locked"):
        return made

    targets = values["targets"] or (".",)
    if len(targets) != 1:
        raise UsageError(Message("--locked wants one dataset: a lock lies beside its declaration"))
    return made._replace(
        reach=made.reach._replace(offline=True, follow=False), locked=lock_file.read(_beside(targets[0]))
    )


def _beside(target: str) -> Any:
    """Where the lock of the dataset at ``target`` lies: beside its declaration."""
    from pathlib import Path

    from licensecheck.dataset import declaration as declaration_file

    near = declaration_file.find(Path(target))
    if near is None:
        raise UsageError(
            Message("`{target}` has no declaration: a lock lies beside one (licensecheck init)", target=target)
        )
    return near.parent / lock_file.NAME


def _packs(pack: str, question: Any) -> tuple[str, ...]:
    """The rule packs to use: the one of the command line, else those of the declarations."""
    return (pack,) if pack else question.declaration.rules if question.declaration else ()


def _quoted(word: str) -> str:
    """A target as it can be typed again."""
    import shlex

    return shlex.quote(word)


def _today() -> str:
    """The day of the run, against which claims' dates are held."""
    from datetime import date

    return date.today().isoformat()


def _render(form: str, verdict: Any, options: Any) -> str:
    from licensecheck.report import REPORTERS

    return REPORTERS[form](verdict, options)


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
