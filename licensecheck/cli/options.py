"""Options that several commands share. Each decorator gives its command one typed argument."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, NamedTuple

import click

from licensecheck import vocabulary
from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message, language, nearest

if TYPE_CHECKING:
    from licensecheck.targets.targets import Reach

Body = Callable[..., int]  # type: ignore[explicit-any]
"""The function of a command: it takes the values of its options and returns the exit code."""
Decorator = Callable[[Body], Body]


def _grouped(argument: str, make: Callable[..., object], **options: Decorator) -> Decorator:  # type: ignore[explicit-any]
    """Options by their names; ``make`` turns their values into one argument of the command, called ``argument``."""

    def decorate(function: Body) -> Body:
        @wraps(function)
        def body(**values: object) -> int:
            made = make(**{name: values.pop(name) for name in options})
            return function(**values, **{argument: made})

        decorated: Body = body
        for option in reversed(options.values()):
            decorated = option(decorated)
        return decorated

    return decorate


def _use(publish_as: str | None, axes: Sequence[str], **named: str | None) -> dict[str, str]:
    """The declared axes of the use. Raises :class:`UsageError` for an axis or a value that does not exist."""
    use = {axis: value for axis, value in named.items() if value}
    if publish_as:
        use["outbound"] = publish_as
    vocabulary.make_use(use)
    for pair in axes:
        axis, equals, value = pair.partition("=")
        if not equals or not value:
            raise UsageError(Message("`--set {pair}`: write AXIS=VALUE, as in --set sgdr=yes", pair=pair))
        vocabulary.make_use({axis: value})
        name = vocabulary.axis_of(axis)
        if use.setdefault(name, value) != value:
            says = "`{axis}` is given twice: {first} and {second}; keep one"
            raise UsageError(Message(says, axis=name, first=use[name], second=value))
    return use


use_options = _grouped(
    "use",
    _use,
    intent=click.option("--intent", metavar="INTENT", help=f"What you do: {', '.join(vocabulary.INTENTS)}."),
    purpose=click.option("--purpose", metavar="PURPOSE", help=f"What for: {', '.join(vocabulary.AXES['purpose'])}."),
    compensation=click.option(
        "--compensation", metavar="HOW", help=f"What you earn from it: {', '.join(vocabulary.AXES['compensation'])}."
    ),
    licensee=click.option("--licensee", metavar="WHO", help=f"Who uses it: {', '.join(vocabulary.AXES['licensee'])}."),
    jurisdiction=click.option("--jurisdiction", metavar="ISO", help="The country of the use: KR, DE, US ..."),
    publish_as=click.option("--publish-as", metavar="LICENSE", help="The license that you publish the result under."),
    axes=click.option("--set", "axes", metavar="AXIS=VALUE", multiple=True, help="Any other axis of the use."),
)
"""``use: dict[str, str]``: the axes of the use that the options declare, checked."""


def lang_option(function: Body) -> Body:
    """``--lang``: the language of messages and reports, which :func:`spoken` gives."""

    def remember(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
        ctx.find_root().obj = value

    return click.option(
        "--lang",
        type=click.Choice(["en", "ko"]),
        expose_value=False,
        callback=remember,
        help="English or Korean. Default: LICENSECHECK_LANG, else the locale.",
    )(function)


def spoken() -> str:
    """The language of messages and reports."""
    ctx = click.get_current_context(silent=True)
    return language((ctx.find_root().obj if ctx else "") or "")


class ConfigOptions(NamedTuple):
    """The declaration to use in place of the nearest one ("" for none such), and whether to use none at all."""

    file: str = ""
    isolated: bool = False


def _config(config: str | None, isolated: bool) -> ConfigOptions:
    if config and isolated:
        raise UsageError(Message("--config and --isolated exclude each other"))
    return ConfigOptions(config or "", isolated)


config_options = _grouped(
    "config",
    _config,
    config=click.option("--config", metavar="FILE", help="A declaration to use instead of the nearest one."),
    isolated=click.option("--isolated", is_flag=True, help="Use no declaration."),
)
"""``config: ConfigOptions``."""


def _reach(offline: bool, follow: bool, allow_private: bool, no_cache: bool) -> Reach:
    from licensecheck.targets.targets import Reach, cache_folder

    return Reach(offline, follow, allow_private, None if no_cache or offline else cache_folder())


reach_options = _grouped(
    "reach",
    _reach,
    offline=click.option("--offline", is_flag=True, help="Do not use the network; report what was not read."),
    follow=click.option("--follow", is_flag=True, help="Also read the pages that license statements link to."),
    allow_private=click.option("--allow-private", is_flag=True, help="Allow addresses in your private network."),
    no_cache=click.option("--no-cache", is_flag=True, help="Do not cache downloads."),
)
"""``reach: Reach``: how far the run may use the network."""


class ReportOptions(NamedTuple):
    """The formats of the reports, and their files in the same order; a format without a file goes to standard output."""

    formats: tuple[str, ...]
    outputs: tuple[str, ...] = ()


def _formats(ctx: click.Context, param: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    from licensecheck.report import REPORTERS

    auto = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    for name in names:
        if name != "auto" and name not in REPORTERS:
            known = ", ".join(REPORTERS)
            raise click.BadParameter(f"`{name}` is not one of auto, {known}.{nearest(name, REPORTERS)}", ctx, param)
    return tuple(auto if name == "auto" else name for name in names)


def _report(formats: tuple[str, ...], outputs: tuple[str, ...]) -> ReportOptions:
    if len(outputs) > len(formats):
        raise UsageError(
            Message(
                "{outputs} --output given for {forms} --format: pass one --output per --format",
                outputs=len(outputs),
                forms=len(formats),
            )
        )
    return ReportOptions(formats, outputs)


report_options = _grouped(
    "report",
    _report,
    formats=click.option(
        "--format",
        "formats",
        metavar="FORMAT",
        multiple=True,
        default=["auto"],
        callback=_formats,
        help="The format of the report: text, json, markdown, sarif ... Default: github in GitHub Actions, else text.",
    ),
    outputs=click.option(
        "--output", "outputs", metavar="FILE", multiple=True, help="The file to write; - is standard output."
    ),
)
"""``report: ReportOptions``. Each option may be given several times: the nth output is for the nth format."""


def rulebook_option(function: Body) -> Body:
    """``--rules DIR``, as ``pack: str``: an organization's licenses, rules and stricter policy over ours."""
    return click.option("--rules", "pack", metavar="DIR", default="", help="A rule pack to add to the rulebook.")(
        function
    )


def format_option(*names: str) -> Decorator:
    """``--format`` of a command that has a few formats of its own, the first by default, as ``form: str``."""
    return click.option("--format", "form", type=click.Choice(names), default=names[0], show_default=True)


def fail_option(function: Body) -> Body:
    """``--fail-on``, as ``fail_on: str``: the mildest decision that fails the run."""
    return click.option(
        "--fail-on",
        type=click.Choice(["deny", "review"]),
        default="review",
        show_default=True,
        help="The mildest decision that fails the run.",
    )(function)
