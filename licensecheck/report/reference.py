"""What the knowledge holds, as pages for a terminal: one licence, one rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from licensecheck.model import Grade
from licensecheck.report import summary
from licensecheck.report.terminal import Page

if TYPE_CHECKING:
    from licensecheck.model import License, Owed, Rule
    from licensecheck.report import Options
    from licensecheck.rulebook.rules import Case

_COLORS: Final = {"permit": "32", "caveat": "33", "review": "33", "forbid": "31"}
_ON: Final = {
    "copy": "a copy is made",
    "share": "it is shared",
    "modified": "what is shared was changed",
    "adaptation": "an adaptation is shared",
    "collection": "it is shared in a collection",
    "output": "what it produced is shared",
    "adapt": "an adaptation is made",
    "train": "a model is trained",
    "facts": "facts are taken",
}
_CITED: Final = 6
_ADAPTS: Final = {"yes": "makes an adaptation", "no": "makes no adaptation", "unclear": "may make an adaptation"}
_CHANGES: Final = {
    "technical": "another format",
    "select": "taking a part",
    "standoff": "labels beside it",
    "merge": "merging",
}


def _facts(page: Page, title: str, rows: Iterable[tuple[str, str]]) -> None:
    rows = [(name, value) for name, value in rows if value]
    if rows:
        page.head(title)
    for name, value in rows:
        page.say(value, 2, f"{name:<14} ", hang=17 if page.width >= 60 else 4)


def license_page(x: License, options: Options) -> str:
    """What is known of one licence: what it permits, asks for and forbids, with clauses."""
    page = Page(options.width, options.color)
    book = options.book
    page.say(x.name, mark=f"{x.id}  ", code=Page.BOLD, hang=2)
    for url in x.urls:
        page.copy(url, 2)
    if x.deprecated:
        page.say(f"deprecated: {x.deprecated}", 2)
    if x.members:
        page.say("may be one of: " + ", ".join(summary.short(member, book) for member in x.members), 2)
    _facts(
        page,
        "in short",
        (
            ("permits", ", ".join(x.permits)),
            ("requires", ", ".join(x.requires)),
            ("prohibits", ", ".join(x.prohibits)),
            ("kind", x.category),
            ("version", " ".join(part for part in (x.version, x.jurisdiction) if part)),
            ("database right", x.database_right if not x.members else ""),
            ("confidence", x.confidence),
        ),
    )
    _facts(page, "grants", ((act, f"[{clause}]") for act, clause in x.grants))
    means = dict(book.table.get("terms", {})) if book else {}
    _facts(
        page,
        "conditions",
        (
            (term, "; ".join(p for p in (means.get(term, ""), fact.note) if p) + f" [{fact.clause}]")
            for term, fact in x.terms
        ),
    )
    _duties(page, x, options)
    _outbound(page, x, options)
    _facts(
        page,
        "what makes an adaptation",
        ((_CHANGES.get(change, change), _ADAPTS.get(answer, answer)) for change, answer in x.adapted_by),
    )
    if x.caveats:
        page.head("mind")
    for caveat in x.caveats:
        page.say(caveat, 2, "- ")
    return page.text()


def _duties(page: Page, x: License, options: Options) -> None:
    by: dict[str, list[Owed]] = {}
    for owed in x.duties:
        by.setdefault(" or ".join(_ON.get(on, on) for on in owed.on), []).append(owed)
    for when, duties in by.items():
        page.head(f"owed when {when}")
        for owed in duties:
            text = owed.text or (options.book.duties.get(owed.code, "") if options.book else "") or owed.code
            page.say(f"{text} [{owed.clause}] ({owed.code})", 2, "- ")


def _outbound(page: Page, x: License, options: Options) -> None:
    spec = x.outbound
    if not spec.clause or x.members or "share-adapted" not in dict(x.grants):
        return
    page.head(f"what an adaptation may be published under [{spec.clause}]")
    by: dict[Grade, list[str]] = {}
    for relation, grade in spec.share_alike:
        by.setdefault(grade, []).append(_RELATION.get(relation, relation))
    for grade, selectors in spec.rows:
        by.setdefault(grade, []).extend(_selector(s, options) for s in selectors)
    rest = "every other licence" if by else "any licence"
    by[spec.default] = [*by.pop(spec.default, []), rest]
    for grade, names in by.items():
        page.say(", ".join(dict.fromkeys(names)), 2, f"{_GRADE[grade]}: ", hang=4)


_GRADE: Final = {
    Grade.ACCEPTED: "yes",
    Grade.DISCOURAGED: "permitted, discouraged",
    Grade.UNCLEAR: "not settled",
    Grade.REFUSED: "no",
    Grade.UNSTATED: "not stated",
}
_RELATION: Final = {
    "same": "the same licence",
    "later": "a later version",
    "earlier": "an earlier version",
    "earlier-port": "an earlier version of a country",
    "same-port": "this version as another country has it",
    "same-unported": "this version, international",
}


def _selector(selector: str, options: Options) -> str:
    if not selector.startswith("@"):
        return summary.short(selector, options.book)
    kind, _, value = selector[1:].partition(":")
    if value:
        return f"the {kind} {value}"
    return (
        f"licences without the condition {kind[1:]}" if kind.startswith("!") else f"licences with the condition {kind}"
    )


def rule_page(rule: Rule, cases: Sequence[Case], options: Options) -> str:
    """What one rule says, on which clauses it rests, and the cases that prove it."""
    page = Page(options.width, options.color)
    book = options.book
    page.say(rule.effect, mark=f"{rule.id}  ", code=f"1;{_COLORS.get(rule.effect, '')}", hang=2)
    page.say(rule.message.replace("{", "<").replace("}", ">"), 2)
    page.head("when all of these hold")
    for key, values in rule.when:
        page.say(f"{key.replace('_', ' ')} is {' or '.join(sorted(values))}", 2, "- ")
    page.head("it rests on")
    if not rule.clause.startswith("@") or book is None:
        page.say(rule.clause, 2)
    else:
        from licensecheck.rulebook import applies, clause_of

        when = dict(rule.when)
        table = {"when": {key: list(values) for key, values in when.items()}}
        cited = [clause_of(rule.clause, row, table["when"]) for row in book.rows() if applies(table, row)]
        shown = list(dict.fromkeys(clause for clause in cited if clause))
        more = f" and {len(shown) - _CITED} more" if len(shown) > _CITED else ""
        page.say("; ".join(f"[{clause}]" for clause in shown[:_CITED]) + more or "a clause of each licence", 2)
    if rule.remedies and book is not None:
        page.head("what would change it")
        for remedy in rule.remedies:
            page.say(book.remedies.get(remedy, remedy).replace("{", "<").replace("}", ">"), 2, "- ")
    fires = sum(case.fires for case in cases)
    page.head(f"{len(cases)} cases: it fires in {fires}, stays silent in {len(cases) - fires}")
    for case in cases:
        use = " ".join(f"{key}={value}" for key, value in case.use)
        said = f"{', '.join(case.sources)}  {use}: {case.decision.value}" + (f" ({case.note})" if case.note else "")
        page.say(said, 2, f"{'fires' if case.fires else 'silent':<7} ", code=Page.BOLD if case.fires else Page.DIM)
    if rule.where:
        page.gap()
        page.say(f"written in {'/'.join(rule.where.replace(chr(92), '/').split('/')[-2:])}")
    return page.text()
