"""SPDX license expressions as a small tree. Parsing of compounds is license-expression's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

from licensecheck.base import regex
from licensecheck.base.errors import ExpressionError
from licensecheck.base.message import Message

_ONE: Final = regex.compile(r"[A-Za-z0-9][A-Za-z0-9.+:-]*\Z")


class Expression(NamedTuple):
    """A node: ``op`` is ``id``, ``and``, ``or`` or ``with``; ``id`` nodes have a ``value``, others ``parts``."""

    op: str
    value: str = ""
    parts: tuple[Expression, ...] = ()

    def ids(self) -> Iterator[str]:
        """Every id in the tree, left to right."""
        if self.op == "id":
            yield self.value
        for part in self.parts:
            yield from part.ids()

    def __str__(self) -> str:
        if self.op == "id":
            return self.value
        inner = (f"({part})" if part.op in ("and", "or") and part.op != self.op else str(part) for part in self.parts)
        return f" {self.op.upper()} ".join(inner)


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """The tree of ``text``. Raises :class:`ExpressionError` where it is no SPDX expression."""
    text = text.strip()
    if _ONE.match(text):
        return Expression("id", text)
    if not text:
        raise ExpressionError(Message("an empty license expression; write NONE where nothing was found"))
    if len(text) > 2_000:
        raise ExpressionError(
            Message(
                "a license expression of {count} characters: give an SPDX expression, not a text",
                count=f"{len(text):,}",
            )
        )
    from license_expression import ExpressionError as Upstream
    from license_expression import ExpressionParseError, Licensing

    try:
        tree = Licensing().parse(text, simple=True)
    except (Upstream, ExpressionParseError, RecursionError, AttributeError, TypeError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ExpressionError(
            Message("`{text}` is not an SPDX license expression: {reason}", text=text, reason=reason)
        ) from None
    return _convert(tree)


def _convert(node: Any) -> Expression:
    name = type(node).__name__
    if name in ("AND", "OR"):
        return Expression(name.lower(), parts=tuple(_convert(part) for part in node.args))
    if name == "LicenseWithExceptionSymbol":
        return Expression(
            "with",
            parts=(Expression("id", node.license_symbol.key), Expression("id", node.exception_symbol.key)),
        )
    return Expression("id", node.key)
