"""Whether an adaptation of a work under one license may carry another license: its outbound license."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from licensecheck.base.errors import ExpressionError
from licensecheck.expression import Expression, parse
from licensecheck.knowledge.rulebook import Rulebook
from licensecheck.model import Grade, License, Source, replace

_STRICTEST_FIRST: Final = (Grade.REFUSED, Grade.UNCLEAR, Grade.DISCOURAGED, Grade.ACCEPTED)
MOST: Final = 300_000
"""How many entries a cache of the engine holds before it is emptied."""


class Fit(NamedTuple):
    """What an outbound license is to a source's license, in the words that rules ask for.

    ``label`` is same, other or unstated; ``grade`` how the source's license takes it on an adaptation; ``commercial``
    whether it lets recipients use the result commercially: yes, no, unknown or unstated.
    """

    label: str
    grade: Grade
    commercial: str
    category: str = "unstated"
    """The category of the outbound license, ``unknown`` where it has none or several."""


class Compatibility:
    """The outbound questions that the licenses of one rulebook answer, each answered once."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self._fits: dict[tuple[str, str, tuple[str, ...]], Fit] = {}

    def fit(self, license: License, outbound: str, combined: tuple[str, ...] = ()) -> Fit:
        """What the expression ``outbound`` ("" if not stated) is to ``license``.

        ``combined`` are licenses of the works with which that under ``license`` is combined.
        """
        key = (license.id, outbound, combined)
        known = self._fits.get(key)
        if known is None:
            if len(self._fits) >= MOST:
                self._fits.clear()
            grade, commercial = self.grade(license, outbound, combined), self.commercial(outbound)
            known = Fit(self._label(license, outbound), grade, commercial, self.category(outbound))
            self._fits[key] = known
        return known

    def _label(self, license: License, outbound: str) -> str:
        if not outbound:
            return "unstated"
        own = self._book.canonical(outbound)
        return "same" if own == license.id or own in license.copies_under else "other"

    def combined(self, sources: Sequence[Source]) -> list[Source]:
        """``sources``, each with the licenses of the others that its own names for a combined work."""
        texts = Counter(source.license for source in sources)
        own = {text: found for text in texts if (found := self._named_for_combined(text))}
        if not own:
            return list(sources)
        carried = {text: self._carried(text) for text in texts}
        met: dict[str, tuple[str, ...]] = {}
        for text, ids in own.items():
            others: set[str] = set().union(*(carried[t] for t, count in texts.items() if t != text or count > 1))
            met[text] = tuple(sorted(ids & others))
        return [replace(s, combined=met[s.license]) if met.get(s.license) else s for s in sources]

    def _named_for_combined(self, text: str) -> set[str]:
        """The licenses that those of an expression name for a combined work."""
        try:
            licenses = [self._book.find(id) for id in parse(text).ids()]
        except ExpressionError:
            return set()
        return {id for license in licenses if license for _, ids in license.outbound.combined for id in ids}

    def _carried(self, text: str) -> set[str]:
        """The licenses of which each is enough by itself for a work under an expression."""
        try:
            node = parse(text)
        except ExpressionError:
            return set()
        found = [
            self._book.find(part.value) for part in (node.parts if node.op == "or" else (node,)) if part.op == "id"
        ]
        return {id for license in found if license for id in (license.id, *license.copies_under)}

    def grade(self, license: License, outbound: str, combined: tuple[str, ...] = ()) -> Grade:
        """How ``license`` takes the expression ``outbound`` on an adaptation: the strictest grade over its ids."""
        if not outbound:
            return Grade.UNSTATED
        try:
            ids = list(parse(outbound).ids())
        except ExpressionError:
            ids = []
        return min(
            (self._grade(license, id, combined) for id in ids), key=_STRICTEST_FIRST.index, default=Grade.UNCLEAR
        )

    def _grade(self, license: License, id: str, combined: tuple[str, ...] = ()) -> Grade:
        spec = license.outbound
        out = self._book.find(id)
        own = out.id if out else id
        for grade, ids in spec.combined:
            if own in ids and own in combined:
                return grade
        for grade, selectors in spec.rows:
            if own in selectors:
                return grade
        if own == license.id and spec.default is not Grade.REFUSED:
            return Grade.ACCEPTED
        if out is None:
            return Grade.REFUSED if spec.default is Grade.REFUSED else Grade.UNCLEAR
        if out.members:
            grades = {self._grade(license, member) for member in out.members}
            return grades.pop() if len(grades) == 1 else Grade.UNCLEAR
        if spec.share_alike and out.family and out.family == license.family:
            return dict(spec.share_alike)[_relation(license, out)]
        for grade, selectors in spec.rows:
            if any(_selects(selector, out) for selector in selectors):
                return grade
        if not out.outbound_choice and spec.default is not Grade.REFUSED:
            return Grade.UNCLEAR
        return spec.default

    def category(self, outbound: str) -> str:
        """The category of the expression ``outbound`` where all of its licenses are of one."""
        if not outbound:
            return "unstated"
        try:
            found = [self._book.find(id) for id in parse(outbound).ids()]
        except ExpressionError:
            return "unknown"
        kinds = {license.category if license else "unknown" for license in found}
        return kinds.pop() if len(kinds) == 1 else "unknown"

    def commercial(self, outbound: str) -> str:
        """Whether the expression ``outbound`` lets recipients use commercially: yes, no, unknown or unstated."""
        if not outbound:
            return "unstated"
        try:
            return self._commercial(parse(outbound))
        except ExpressionError:
            return "unknown"

    def _commercial(self, node: Expression) -> str:
        if node.op == "id":
            out = self._book.find(node.value)
            if out is None or out.category == "none":
                return "unknown"
            if out.members:
                answers = {self._commercial(Expression("id", member)) for member in out.members}
                return answers.pop() if len(answers) == 1 else "unknown"
            return "no" if "CommercialUse" in out.prohibits else "yes"
        if node.op == "with":
            return self._commercial(node.parts[0])
        answers = {self._commercial(part) for part in node.parts}
        first, second = ("no", "unknown") if node.op == "and" else ("yes", "unknown")
        return first if first in answers else second if second in answers else answers.pop()


def _relation(license: License, out: License) -> str:
    """What ``out`` is to ``license``, of the same family: a key of ``OutboundSpec.share_alike``."""
    if out.id == license.id:
        return "same"
    newer = _newer(out.version, license.version)
    if newer > 0:
        return "later"
    if newer < 0:
        return "earlier-port" if out.jurisdiction else "earlier"
    return "same-port" if out.jurisdiction else "same-unported"


def _newer(one: str, other: str) -> int:
    """1 if the version ``one`` is newer than ``other``, -1 if it is older, 0 if they are equal."""
    left, right = (tuple(int(n) if n.isdigit() else 0 for n in v.split(".")) for v in (one, other))
    return (left > right) - (left < right)


def _selects(selector: str, out: License) -> bool:
    """Whether a selector of ``OutboundSpec.rows`` that names a group includes ``out``."""
    if not selector.startswith("@"):
        return False
    kind, _, value = selector[1:].partition(":")
    if kind == "class":
        return out.category == value
    if kind == "family":
        return out.family == value
    terms = {term for term, _ in out.terms}
    return kind[1:] not in terms if kind.startswith("!") else kind in terms
