"""What has changed upstream since a lock was written, and what that does to the verdict, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from licensecheck.base.message import speaker, translated
from licensecheck.model import Decision
from licensecheck.report import summary
from licensecheck.report.terminal import Page, safe

if TYPE_CHECKING:
    from licensecheck.dataset.lock import Change
    from licensecheck.model import Verdict
    from licensecheck.report import Options


def render(
    changes: Sequence[Change], before: Verdict | None, after: Verdict | None, options: Options, unread: bool = False
) -> str:
    """Each change with what was and is there, then the sources whose answer or duties changed.

    ``unread`` says that some sources could not be read, and were taken to be as they were.
    """
    say = speaker(options.lang)
    page = Page(options.width, options.color)
    if not changes:
        none = say("nothing has changed since the lock was written")
        page.say(say("nothing has changed since the lock was written, as far as it could be read") if unread else none)
    for c in changes:
        was, now = (
            summary.short(text, options.book, options.lang) if c.what in ("license", "new", "gone") else text
            for text in (c.before, c.after)
        )
        page.say(
            f"{say(c.what)}: {safe(was, 160, tail=True)} -> {safe(now, 160)}", mark=f"{safe(c.source, 80)}  ", hang=2
        )
    if before is None or after is None:
        page.say(say("declare a use to see what this does to the verdict"))
        return page.text()
    own = {s.source.name: s for s in before.sources}
    for s in after.sources:
        was_judged = own.get(s.source.name)
        if was_judged is None:
            continue
        mark = f"{safe(s.source.name, 80)}: "
        if was_judged.decision is not s.decision:
            why = summary.why(s)
            because = f" ({translated(why.message, options.lang)})" if why and s.decision is not Decision.ALLOW else ""
            page.say(f"{say(was_judged.decision.value)} -> {say(s.decision.value)}{because}", mark=mark, hang=2)
        owed = {duty.code for duty in was_judged.duties}
        more = tuple(dict.fromkeys(duty.text for duty in s.duties if duty.code not in owed))
        if more and s.decision is Decision.ALLOW:
            page.say(say("new obligations: {duties}", duties=translated(more, options.lang)), mark=mark, hang=2)
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
