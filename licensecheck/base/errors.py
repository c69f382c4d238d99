"""What licensecheck raises. Every message says what was wrong, where, and what to do next."""

from __future__ import annotations

from typing import NamedTuple


class LicensecheckError(Exception):
    """Root of all errors that a user can mend. ``code`` is the exit code.

    ``message`` is a sentence as :class:`licensecheck.base.message.Message` makes it, so that it can be said in another
    language.
    """

    code = 2

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UsageError(LicensecheckError):
    """A command was asked something that it cannot answer: an unknown axis, value or option."""


class ConfigError(LicensecheckError):
    """A declaration (``licensecheck.yaml``) does not say what it must, at ``path:line``."""


class ConfigUnread(ConfigError):
    """A declaration, or a file that may hold one, could not be read: what it says is not known."""

    code = 4


class RuleError(LicensecheckError):
    """A file of the rulebook does not hold, at ``path:line``."""


class ExpressionError(LicensecheckError):
    """A text that should be an SPDX license expression is none."""


class Unreadable(LicensecheckError):
    """A scanned file that could not be read. Caught per file: it never ends a run."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


class Problem(NamedTuple):
    """Something that had to be read and could not be: exit code 4, never a verdict."""

    path: str
    line: int
    message: str
