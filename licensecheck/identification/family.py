"""Offices whose names go before a license's name."""

from __future__ import annotations

from typing import Final

from licensecheck.knowledge.lex import words_of

_OFFICES: Final = words_of("city county district township region regional province town municipality")
