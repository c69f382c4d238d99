"""Reading knowledge strictly: an unknown or repeated key, a missing one, a wrong shape is an error with its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from licensecheck.base import yamlio
from licensecheck.base.errors import LicensecheckError, RuleError, Unreadable
from licensecheck.base.message import LANGUAGES, Message, nearest


class Strict:
    """A value of a YAML file with its place. Every reader of it says what it must be, or raises ``error``."""

    def __init__(self, value: Any, path: str, line: int, error: type[LicensecheckError] = RuleError) -> None:
        self.value = value
        self.path = path
        self.line = line
        self.error = error

    @classmethod
    def read(cls, path: Path, error: type[LicensecheckError] = RuleError) -> Strict:
        """The document in ``path``. Raises ``error`` where it cannot be read."""
        try:
            value = yamlio.parse(yamlio.read(path))
        except Unreadable as bad:
            raise error(Message("{place}: {why}", place=f"{path}:{bad.line}", why=bad.message)) from None
        except (OSError, UnicodeDecodeError) as bad:
            raise error(Message("{path}:1: cannot be read: {why}", path=str(path), why=str(bad))) from None
        return cls(value, str(path), 1, error)

    def fail(self, message: str) -> LicensecheckError:
        """The error to raise: ``message`` with path and line before it."""
        return self.error(Message("{place}: {why}", place=f"{self.path}:{self.line}", why=message))

    def _child(self, value: Any, line: int) -> Strict:
        return Strict(value, self.path, getattr(value, "line", line), self.error)

    def keys(self, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Strict]:
        """The members of this mapping: all of ``required``, any of ``optional``, nothing else."""
        members = self.items()
        need, may = list(required), list(optional)
        for key in members:
            if key not in need and key not in may:
                line = getattr(key, "line", self.line)
                raise self.error(
                    Message(
                        "{place}: unknown key `{key}`.{nearest} Known: {known}.",
                        place=f"{self.path}:{line}",
                        key=key,
                        nearest=nearest(key, [*need, *may]),
                        known=", ".join((*need, *may)),
                    )
                )
        missing = [key for key in need if key not in members]
        if missing:
            raise self.fail(Message("`{missing}` is missing", missing=missing[0]))
        return members

    def items(self) -> dict[str, Strict]:
        """The members of this mapping, whatever their names."""
        if not isinstance(self.value, yamlio.Mapping):
            raise self.fail(Message("a mapping was expected here: lines of `key: value`"))
        if self.value.repeated:
            key = self.value.repeated[0]
            raise self.error(
                Message(
                    "{place}: `{key}` is given twice", place=f"{self.path}:{getattr(key, 'line', self.line)}", key=key
                )
            )
        return {key: self._child(value, getattr(key, "line", self.line)) for key, value in self.value.items()}

    def list(self) -> list[Strict]:
        """The items of this list."""
        if not isinstance(self.value, yamlio.Sequence):
            raise self.fail(Message("a list was expected here: each item on a line that begins with `- `"))
        return [self._child(item, self.line) for item in self.value]

    def text(self, known: Sequence[str] | None = None, what: str = "value") -> str:
        """This text, one of ``known`` if given."""
        if not isinstance(self.value, str):
            raise self.fail(Message("expected a string"))
        value = str(self.value)
        if known is not None and value not in known:
            raise self.fail(
                Message("unknown {what} `{value}`.{nearest}", what=what, value=value, nearest=nearest(value, known))
            )
        return value

    def sentence(self) -> str | dict[str, str]:
        """A sentence for people: a text (English), or ``{en: ..., ko: ...}`` with what it is in other languages."""
        if isinstance(self.value, str):
            return self.text()
        others = [lang for lang in LANGUAGES if lang != "en"]
        return {lang: text.text() for lang, text in self.keys(("en",), others).items()}

    def texts(self, known: Sequence[str] | None = None, what: str = "value") -> tuple[str, ...]:
        """One text, or a list of texts."""
        if isinstance(self.value, yamlio.Sequence):
            return tuple(item.text(known, what) for item in self.list())
        return (self.text(known, what),)
