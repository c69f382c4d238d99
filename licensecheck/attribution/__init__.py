"""Whether what is published carries what is owed: credits, notices, license texts and links; and how to mend it.

:func:`check` and :func:`mend` are pure: texts in, findings or new texts out. :func:`gather` and
:func:`save` are their edge. Words count only where a reader sees them, and where there are several
sources only beside the work that they are about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from licensecheck import scanners
from licensecheck.attribution.duties import (
    DONE,
    MISSING,
    NOWHERE,
    UNSEEN,
    Papers,
    State,
    Work,
    missing,
    notice_words,
    published,
    unseen,
)
from licensecheck.attribution.edge import Paper, gather, save
from licensecheck.attribution.mending import BEGIN, END, mend, mendable, outside
from licensecheck.attribution.pages import Page, newlines, seeable
from licensecheck.base import regex
from licensecheck.base.message import Message
from licensecheck.engine.credit import attribution
from licensecheck.engine.duties import Asks, asking
from licensecheck.knowledge.rulebook import Rulebook
from licensecheck.model import (
    Attribution,
    Decision,
    Evidence,
    Finding,
    Resolved,
    Scanned,
    Scope,
    SourceVerdict,
    Stance,
    Status,
    Verdict,
)
from licensecheck.scanners.resolve import resolve
from licensecheck.vocabulary import make_use

__all__ = (
    "BEGIN",
    "DONE",
    "END",
    "MISSING",
    "OWN",
    "UNSEEN",
    "Checked",
    "Paper",
    "check",
    "declared",
    "findings",
    "gather",
    "mend",
    "mendable",
    "save",
)

OWN: Final = ("LICENSE_DECLARED", "LICENSE_TEXT", "OWN_NOTICE", "CREDITED", "PAPERS_AGREE", "LICENSE_ALLOWED")
"""What a publication has to have beside the duties of its sources; :data:`licensecheck.engine.findings.RULES` says each."""
_CONDUCT: Final = asking(Asks.CONDUCT)
"""Duties that no published file shows: they are reported as such and make no finding."""
_CREDITS: Final = asking(Asks.NAME)


def rule(duty: str) -> str:
    """The id of the findings about a duty, or about one of :data:`OWN`: ``papers-src-uri``."""
    return f"papers-{duty.lower().replace('_', '-')}".replace("papers-papers-", "papers-")


class Checked(NamedTuple):
    """One duty, or one thing that a publication has to have: ``state`` is done, missing or cannot be checked.

    ``place`` is (path, line) of the words that do it, or of where they belong.
    """

    duty: str
    clause: str
    state: str
    place: tuple[str, int]
    words: str
    source: str = ""


def check(
    texts: Mapping[str, str], verdict: Verdict, attributions: Sequence[Attribution], book: Rulebook
) -> tuple[Checked, ...]:
    """What ``texts`` (path to text of what is published) carry of all that ``verdict`` says is owed.

    For a use that publishes nothing there is nothing to check. ``attributions`` are those of the
    verdict, in either language. Duties come first, source by source, then what a publication has to
    have itself (the codes of :data:`OWN`).
    """
    use = make_use(dict(verdict.use))
    if not use.shared:
        return ()
    texts = published(texts)
    papers = Papers(texts)
    own = declared(texts)
    allowed = _allowed(verdict, own, book)
    waiting: dict[str, list[Attribution]] = {}
    for made in attributions:
        waiting.setdefault(made.name, []).append(made)
    owing = [source for source in verdict.sources if source.duties]
    works: list[tuple[SourceVerdict, Work]] = []
    found: list[Checked] = []
    for source in owing:
        queue = waiting.get(source.source.name)
        credit = queue.pop(0) if queue else attribution(source, use, book) or _stand_in(source, book)
        work = Work(papers, credit, len(owing) == 1)
        works.append((source, work))
        for duty in source.duties:
            if duty.code == "SA_OUT":
                seen = allowed if own.license else missing("no license is declared, and the same license is required")
            elif duty.code == "SA_LINK":
                seen = _own_link(papers, own, book)
            else:
                seen = work.look(duty.code, duty.license)
            found.append(_checked(duty.code, duty.clause, seen, papers, source.source.name))
    return (*found, *_complete(papers, texts, own, allowed, works, book))


def _checked(code: str, clause: str, seen: State, papers: Papers, source: str = "") -> Checked:
    return Checked(code, clause, seen.state, seen.place or (papers.home, 1), seen.words, source)


def declared(texts: Mapping[str, str]) -> Resolved:
    """The license that the papers themselves declare, as a scan of them concludes it."""
    evidence: list[Evidence] = []
    for path, text in texts.items():
        scanned = scanners.scan_text(path, newlines(text), named=False)
        evidence += scanned.evidence if scanned else ()
    return resolve("", Scanned(tuple(evidence)))


def _stand_in(source: SourceVerdict, book: Rulebook) -> Attribution:
    """What is looked for where nothing that is owed is a credit: the licenses alone."""
    known = [found for duty in source.duties if (found := book.find(duty.license))]
    rows = tuple(dict.fromkeys((x.id, x.short, x.name, x.urls[0] if x.urls else "") for x in known))
    title = source.source.credit.title or source.source.name
    return Attribution(title, (), "", source.source.license, "", "", "", name=source.source.name, licenses=rows)


# -- the publication's own license -------------------------------------------------------------


def _place(own: Resolved) -> tuple[str, int] | None:
    """Where the license of the publication is declared: the place that names what was concluded, else any."""
    about = [e for e in own.evidence if e.license and e.stance is Stance.ASSERTED and e.scope is Scope.DATA]
    best = next((e for e in about if e.license == own.license), about[0] if about else None)
    return (best.path, best.line) if best else None


def _allowed(verdict: Verdict, own: Resolved, book: Rulebook) -> State:
    """Whether the declared license is one that the sources allow, by the verdict's outbound answer."""
    out = verdict.outbound
    if own.license is None:
        return unseen("no license is declared, so it cannot be compared with the sources")
    name, place = book.canonical(own.license), _place(own)
    asked = bool(out.declared) and book.canonical(out.declared or "") == name
    if not verdict.sources:
        return State(DONE, place, Message("{license}: there is no source that restricts it", license=name))
    if name in out.allowed or (asked and verdict.decision is Decision.ALLOW):
        return State(DONE, place, Message("{license} is allowed by every source", license=name))
    against = next((names for license, names in out.blocked_by if license == name), ())
    if against:
        said = Message(
            "{sources} do not (clearly) allow the declared license {license}",
            license=name,
            sources=_listed(against),
        )
        return State(MISSING, place, said)
    return State(UNSEEN, place, Message("it was not checked whether the sources allow {license}", license=name))


def _own_link(papers: Papers, own: Resolved, book: Rulebook) -> State:
    if own.license is None:
        return unseen("no license is declared, so its text or link cannot be checked")
    known = book.find(own.license)
    if known is None:
        return unseen("{license} is not a single license of the rulebook", license=own.license)
    what = Message("the text of {license} (or a link to it)", license=known.short)
    place = papers.license((known.id, known.short, known.name, known.urls[0] if known.urls else ""), named=False)
    return State(DONE, place, what) if place else missing(NOWHERE, what=what)


_NOTICE: Final = regex.compile(
    r"(?:©|ⓒ|\(c\)|&copy;)\s{0,3}(?:copyright\s{1,3})?\w{2,}"
    r"|\bcopyright\W{0,6}(?:\(c\)\s{0,3})?\d{4}"
    r"|\bcopyright (?:of|in|on|for) [^.\n]{1,60} (?:is held by|belongs to|remains with|lies with) \w"
    r"|저작권자\s{0,3}[:：]\s{0,3}\w{2,}|저작권은 [^.\n]{1,60}에게",
    re.I,
)
_NOTICE_IN_TEXT: Final = regex.compile(
    r"copyright\W{0,6}(?:\(c\)\s{0,3})?\d{4}[\d,\s-]{0,20}(?!\W{0,3}(?:free software|creative commons|the apache))\w",
    re.I,
)
"""Inside a license's text only a notice with a year is somebody's own, and not that of the text's author."""


def _own_notice(papers: Papers, texts: Mapping[str, str], works: Sequence[Work]) -> State:
    """A notice of the publication: outside our block, and not one that a source supplied."""
    for path, text in texts.items():
        page = Page(path, outside(text))
        supplied = {n for work in works if work.made.notice for n in page.find(notice_words(work.made.notice))}
        for line, _ in page.matches(_NOTICE):
            if line not in supplied:
                return State(DONE, (path, line), Message("a copyright notice"))
        for line, _ in page.matches(_NOTICE_IN_TEXT, in_texts=True):
            if line not in supplied and page.in_text(line):
                return State(DONE, (path, line), Message("a copyright notice"))
    return missing("the dataset has no copyright notice")


def _complete(
    papers: Papers,
    texts: Mapping[str, str],
    own: Resolved,
    allowed: State,
    works: Sequence[tuple[SourceVerdict, Work]],
    book: Rulebook,
) -> Iterator[Checked]:
    """What a publication has to have itself."""
    conflict = own.status is Status.CONFLICT
    if own.license is None and not conflict:
        seen = missing("no license is declared, so nobody may use the data")
    else:
        seen = State(DONE, _place(own), own.license or Message("several licenses"))
    yield _checked("LICENSE_DECLARED", "", seen, papers)
    yield _checked("LICENSE_TEXT", "", _own_link(papers, own, book), papers)
    yield _checked("OWN_NOTICE", "", _own_notice(papers, texts, [work for _, work in works]), papers)
    for source, work in works:
        if _CREDITS & {duty.code for duty in source.duties}:
            yield _checked("CREDITED", "", _credited(work), papers, source.source.name)
    if conflict:
        claims = [e for each in own.conflicts for e in each.claims]
        place = (claims[0].path, claims[0].line) if claims else None
        places = tuple(
            Message("{license} ({at})", license=e.license or Message("no license"), at=f"{e.path}:{e.line}")
            for e in claims
        )
        differ = Message("the files name different licenses: {places}", places=places)
        yield _checked("PAPERS_AGREE", "", State(MISSING, place, differ), papers)
    elif own.license:
        agree = Message("no file contradicts {license}", license=own.license)
        yield _checked("PAPERS_AGREE", "", State(DONE, _place(own), agree), papers)
    yield _checked("LICENSE_ALLOWED", "", allowed, papers)


def _credited(work: Work) -> State:
    made = work.made
    if work.anchors:
        page, line = work.anchors[0]
        return State(DONE, (page.path, line), Message("`{title}` is named", title=made.title))
    if not seeable(made.title) and not made.source:
        return unseen("the title and the address of `{title}` are not known", title=made.name)
    return missing("`{title}` is missing from the published files", title=made.title)


# -- findings ----------------------------------------------------------------------------------

_NAMED: Final = 5


def findings(checked: Sequence[Checked]) -> tuple[Finding, ...]:
    """What is missing (a warning) or cannot be checked (a note), each once for all sources that it is about.

    That the publication has no copyright notice of its own is a note: no law asks for one (Berne Convention 5(2)).
    """
    by: dict[tuple[str, str], list[Checked]] = {}
    for one in checked:
        if one.state != DONE and one.duty not in _CONDUCT:
            by.setdefault((one.duty, one.state), []).append(one)
    return tuple(_finding(duty, state, ones) for (duty, state), ones in by.items())


def _listed(names: Sequence[str]) -> Message:
    shown = tuple(names[:_NAMED])
    if len(names) > _NAMED:
        return Message("{names} and {count} more", names=shown, count=len(names) - _NAMED)
    return Message("{names}", names=shown)


def _finding(duty: str, state: str, ones: Sequence[Checked]) -> Finding:
    names = list(dict.fromkeys(one.source for one in ones if one.source))
    words = ones[0].words
    if len(names) > 1:
        words = Message("{words} (for {n} sources)", words=words, n=len(names))
    return Finding(
        rule(duty),
        "warning" if state == MISSING and duty != "OWN_NOTICE" else "note",
        Message("{sources}: {words}", sources=_listed(names), words=words) if names else words,
        *ones[0].place,
        clause="; ".join(dict.fromkeys(one.clause for one in ones if one.clause)),
        source=names[0] if len(names) == 1 else "",
        help=_help(duty, state),
    )


def _help(duty: str, state: str) -> Message:
    if duty == "OWN_NOTICE":
        return Message("name the holder of the dataset in the README, as in `Copyright 2026 NAME`")
    if duty in ("LICENSE_DECLARED", "PAPERS_AGREE", "LICENSE_ALLOWED", "SA_OUT"):
        return Message("declare one license that the sources allow, the same in the card and in LICENSE")
    if duty in ("LICENSE_TEXT", "SA_LINK"):
        return Message("add the license text as LICENSE, or link it in the README")
    if duty in ("LIC_TEXT", "NOTICE_FILE"):
        return Message("add the file that came with the source, for example in LICENSES/")
    if state == UNSEEN:
        return Message("add what you know about the source to licensecheck.yaml")
    return Message("`licensecheck attribute` writes it")
