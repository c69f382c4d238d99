"""The kinds of restriction."""

from __future__ import annotations

from typing import Final

IMPLIED: Final = {
    "NC": frozenset(
        {
            "noncommercial",
            "research-only",
            "academic-only",
            "permission-needed",
            "commercial-permission",
            "terms-of-use",
        }
    ),
    "ND": frozenset({"no-derivatives"}),
}

STRICT: Final = ("research-only", "academic-only", "noncommercial", "no-redistribution", "no-derivatives")
"""Restrictions that change what a standard licence allows, in the order in which they name the terms."""

DOUBTS: Final = ("no-training", "commercial-permission", "unclear-rights", "further-terms")
"""What some ask for beside a licence that has no such condition: whether it holds is not sure, and it is no licence."""

KINDS: Final = (*STRICT, "permission-needed", "terms-of-use", *DOUBTS)
