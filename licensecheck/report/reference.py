"""Pages for a terminal on what the rulebook knows: one license, one rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from licensecheck.base.message import speaker, translated, word
from licensecheck.model import Grade
from licensecheck.report import summary
from licensecheck.report.terminal import Page, pad

if TYPE_CHECKING:
    from licensecheck.knowledge.rules import Case
    from licensecheck.model import License, Owed, Rule
    from licensecheck.report import Options

_COLORS: Final = {"permit": "32", "caveat": "33", "review": "33", "forbid": "31"}
_ON: Final = {
    "copy": word("a copy is made"),
    "share": word("it is shared"),
    "modified": word("what is shared was changed"),
    "adaptation": word("an adaptation is shared"),
    "collection": word("it is shared in a collection"),
    "output": word("what it produced is shared"),
    "output-of-adaptation": word("what an adaptation of it produced is shared"),
    "adapt": word("an adaptation is made"),
    "train": word("a model is trained"),
    "facts": word("facts are taken"),
}
_CITED: Final = 6
_ADAPTS: Final = {
    "yes": word("makes an adaptation"),
    "no": word("makes no adaptation"),
    "unclear": word("may make an adaptation"),
}
_CHANGES: Final = {
    "technical": word("another format"),
    "select": word("taking a part"),
    "standoff": word("labels in a file of their own"),
    "merge": word("merging"),
    "train": word("training a model"),
}


def _facts(page: Page, title: str, rows: Iterable[tuple[str, str]]) -> None:
    rows = [(name, value) for name, value in rows if value]
    if rows:
        page.head(title)
    for name, value in rows:
        page.say(value, 2, f"{pad(name, 14)} ", hang=17 if page.width >= 60 else 4)


def license_page(x: License, options: Options) -> str:
    """One license: what it permits, asks for and forbids, with clauses."""
    page = Page(options.width, options.color)
    book = options.book
    say = speaker(options.lang)
    page.say(x.name, mark=f"{x.id}  ", code=Page.BOLD, hang=2)
    for url in x.urls:
        page.copy(url, 2)
    if x.deprecated:
        page.say(say("deprecated: {day}", day=x.deprecated), 2)
    if x.members:
        members = tuple(summary.short(member, book, options.lang) for member in x.members)
        page.say(say("may be one of: {licenses}", licenses=members), 2)
    _facts(
        page,
        say("in short"),
        (
            (say("permits"), ", ".join(x.permits)),
            (say("requires"), ", ".join(x.requires)),
            (say("prohibits"), ", ".join(x.prohibits)),
            (say("kind"), x.category),
            (say("version"), " ".join(part for part in (x.version, x.jurisdiction) if part)),
            (say("database right"), x.database_right if not x.members else ""),
            (say("confidence"), x.confidence),
        ),
    )
    _facts(page, say("grants"), ((act, f"[{clause}]") for act, clause in x.grants))
    means = book.terms if book else {}
    _facts(
        page,
        say("conditions"),
        (
            (term, "; ".join(say(p) for p in (means.get(term, ""), fact.note) if p) + f" [{fact.clause}]")
            for term, fact in x.terms
        ),
    )
    _duties(page, x, options)
    _outbound(page, x, options)
    _facts(
        page,
        say("what makes an adaptation"),
        ((say(_CHANGES.get(change, change)), say(_ADAPTS.get(answer, answer))) for change, answer in x.adapted_by),
    )
    if x.caveats:
        page.head(say("notes"))
    for caveat in translated(x.caveats, options.lang):
        page.say(caveat, 2, "- ")
    return page.text()


def _duties(page: Page, x: License, options: Options) -> None:
    say = speaker(options.lang)
    by: dict[str, list[Owed]] = {}
    for owed in x.duties:
        by.setdefault(say(" or ").join(say(_ON.get(on, on)) for on in owed.on), []).append(owed)
    for when, duties in by.items():
        page.head(say("obligations when {when}", when=when))
        for owed in duties:
            text = owed.text or (options.book.duties.get(owed.code, "") if options.book else "") or owed.code
            page.say(f"{say(text)} [{owed.clause}] ({owed.code})", 2, "- ")


def _outbound(page: Page, x: License, options: Options) -> None:
    spec = x.outbound
    if not spec.clause or x.members or "share-adapted" not in dict(x.grants):
        return
    say = speaker(options.lang)
    page.head(say("licenses for an adaptation [{clause}]", clause=spec.clause))
    by: dict[Grade, list[str]] = {}
    for relation, grade in spec.share_alike:
        by.setdefault(grade, []).append(say(_RELATION.get(relation, relation)))
    for grade, selectors in spec.rows:
        by.setdefault(grade, []).extend(_selector(s, options, say) for s in selectors)
    rest = say("every other license" if by else "any license")
    by[spec.default] = [*by.pop(spec.default, []), rest]
    for grade, names in by.items():
        page.say(", ".join(dict.fromkeys(names)), 2, f"{say(_GRADE[grade])}: ", hang=4)


_GRADE: Final = {
    Grade.ACCEPTED: word("yes"),
    Grade.DISCOURAGED: word("permitted, discouraged"),
    Grade.UNCLEAR: word("not settled"),
    Grade.REFUSED: word("no"),
    Grade.UNSTATED: word("not stated"),
}
_RELATION: Final = {
    "same": word("the same license"),
    "later": word("a later version"),
    "earlier": word("an earlier version"),
    "earlier-port": word("an earlier version of a country"),
    "same-port": word("this version as another country has it"),
    "same-unported": word("this version, international"),
}


def _selector(selector: str, options: Options, say: Callable[..., str]) -> str:
    if not selector.startswith("@"):
        return summary.short(selector, options.book, options.lang)
    kind, _, value = selector[1:].partition(":")
    if value:
        return say("the class {name}" if kind == "class" else "the family {name}", name=value)
    if kind.startswith("!"):
        return say("licenses without the condition {term}", term=kind[1:])
    return say("licenses with the condition {term}", term=kind)


def rule_page(rule: Rule, cases: Sequence[Case], options: Options) -> str:
    """What one rule says, which clauses it cites, and its test cases."""
    page = Page(options.width, options.color)
    book = options.book
    say = speaker(options.lang)
    page.say(rule.effect, mark=f"{rule.id}  ", code=f"1;{_COLORS.get(rule.effect, '')}", hang=2)
    page.say(_open(say(rule.message)), 2)
    page.head(say("when all of these hold"))
    for key, values in rule.when:
        either = say(" or ").join(sorted(values))
        page.say(say("{axis} is {values}", axis=key.replace("_", " "), values=either), 2, "- ")
    page.head(say("cites"))
    if not rule.clause.startswith("@") or book is None:
        page.say(say(rule.clause), 2)
    else:
        from licensecheck.knowledge.rulebook import applies, clause_of

        when = dict(rule.when)
        table = {"when": {key: list(values) for key, values in when.items()}}
        cited = [clause_of(rule.clause, row, table["when"]) for row in book.rows() if applies(table, row)]
        shown = [f"[{clause}]" for clause in dict.fromkeys(cited) if clause]
        topic = rule.clause[1:].removeprefix("grant:")
        if topic == "term":
            topic = say(" or ").join(sorted(when.get("term", ())))
        own = say("the license's own {topic} clause", topic=topic)
        page.say("; ".join(shown) if 0 < len(shown) <= _CITED else own, 2)
    if rule.remedies and book is not None:
        page.head(say("what would change it"))
        for remedy in rule.remedies:
            page.say(_open(say(book.remedies.get(remedy, remedy))), 2, "- ")
    fires = sum(case.fires for case in cases)
    page.head(
        say(
            "{count} cases: it applies in {fires} and not in {silent}",
            count=len(cases),
            fires=fires,
            silent=len(cases) - fires,
        )
    )
    for case in cases:
        use = " ".join(f"{key}={value}" for key, value in case.use)
        note = f" ({case.note})" if case.note else ""
        text = f"{', '.join(case.sources)}  {use}: {say(case.decision.value)}{note}"
        mark = f"{pad(say('applies' if case.fires else 'not'), 7)} "
        page.say(text, 2, mark, code=Page.BOLD if case.fires else Page.DIM)
    if rule.where:
        page.gap()
        place = "/".join(rule.where.replace(chr(92), "/").split("/")[-2:])
        page.say(say("defined in {place}", place=place))
    return page.text()


def _open(template: str) -> str:
    """A message of the rulebook with its blanks as a reader knows them."""
    return template.replace("{", "<").replace("}", ">")
