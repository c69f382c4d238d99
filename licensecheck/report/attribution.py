"""Which obligations the published files meet, one by one, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from licensecheck.base.message import speaker, translated
from licensecheck.report.terminal import Page, safe

if TYPE_CHECKING:
    from licensecheck.attribution import Checked
    from licensecheck.report import Options

_COLORS: Final = {"done": "32", "missing": "31", "cannot be checked": "33"}
_ORDER: Final = ("missing", "cannot be checked", "done")


def render(checked: Iterable[Checked], options: Options) -> str:
    """Each duty with its state and place, what is missing first; and how many there are of each state."""
    say = speaker(options.lang)
    page = Page(options.width, options.color)
    rows = sorted(checked, key=lambda c: _ORDER.index(c.state))
    if not rows:
        page.say(say("this use has no obligations that files could meet"))
        return page.text()
    for c in rows:
        path, line = c.place
        clause = f" [{c.clause}]" if c.clause else ""
        of = f" ({safe(c.source, 80)})" if c.source else ""
        place = f"  {safe(path, 120, tail=True)}:{line}" if path else ""
        page.say(
            f"{c.duty}: {safe(translated(c.words, options.lang), 400)}{clause}{of}{place}",
            mark=f"{say(c.state)}: ",
            code=_COLORS[c.state],
            hang=2,
        )
    count = {state: sum(1 for c in rows if c.state == state) for state in _ORDER}
    page.gap()
    page.say(
        say(
            "{done} done, {missing} missing, {unseen} cannot be checked",
            done=count["done"],
            missing=count["missing"],
            unseen=count["cannot be checked"],
        )
    )
    return page.text()
