"""What has changed upstream since a lock was written, and what that does to the verdict, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from licensecheck.report import summary
from licensecheck.report.terminal import Page, safe
from licensecheck.wording import speaker

if TYPE_CHECKING:
    from licensecheck.model import Verdict
    from licensecheck.pins import Change
    from licensecheck.report import Options


def render(changes: Sequence[Change], before: Verdict | None, after: Verdict | None, options: Options) -> str:
    """Each change with what was and is there, then the sources whose answer is another now."""
    say = speaker(options.lang)
    page = Page(options.width, options.color)
    if not changes:
        page.say(say("nothing has changed since the lock was written"))
    for c in changes:
        was, now = (summary.short(text, options.book) if c.what == "license" else text for text in (c.before, c.after))
        page.say(f"{say(c.what)}: {safe(was, 80)} -> {safe(now, 80)}", mark=f"{safe(c.source, 80)}  ", hang=2)
    if before is None or after is None:
        page.say(say("declare a use to see what this does to the verdict"))
        return page.text()
    own = {s.source.name: s.decision for s in before.sources}
    for s in after.sources:
        was_decided = own.get(s.source.name)
        if was_decided is not None and was_decided is not s.decision:
            page.say(
                f"{say(was_decided.value)} -> {say(s.decision.value)}", mark=f"{safe(s.source.name, 80)}: ", hang=2
            )
    page.say(
        say("the verdict stays {decision}", decision=say(after.decision.value))
        if before.decision is after.decision
        else say(
            "the verdict was {before} and is {after}",
            before=say(before.decision.value),
            after=say(after.decision.value),
        )
    )
    return page.text()
