"""Bases of claims, read from ``rules/claims.yaml``: what each lifts, on which conditions, and what it asks for."""

from __future__ import annotations

from typing import Any, Final

from licensecheck import vocabulary
from licensecheck.base import message
from licensecheck.base.message import Message
from licensecheck.base.strict import Strict
from licensecheck.knowledge import licenses, rules
from licensecheck.knowledge.rulebook import CLAIM_KINDS

ACTS: Final = ("copy", "adapt", "share", "train")
RIGHTS: Final = ("copyright", "database-right", "contract")
"""What a restriction rests on, and what a claim may lift."""
NEEDS: Final = ("evidence", "by", "acts", "scope", "rights", "per-item")


def read_claims(node: Strict, codes: frozenset[str]) -> dict[str, dict[str, Any]]:
    """Each claim's table, by its basis and each of its other names. ``codes`` are those of duties."""
    made: dict[str, dict[str, Any]] = {}
    lists = (("names", None), ("jurisdiction", None), ("express", ACTS), ("defeated-by", None))
    for entry in node.keys(("claims",))["claims"].list():
        f = entry.keys(
            ("basis", "kind", "acts", "lifts", "needs", "ceiling", "clause", "message", "cannot"),
            ("when", "unclear", "passes-on", "duties", "remedies", *(key for key, _ in lists)),
        )
        row: dict[str, Any] = {key: f[key].text() for key in ("basis", "clause")}
        row |= {key: f[key].sentence() for key in ("message", "cannot")}
        row["kind"] = f["kind"].text(CLAIM_KINDS, "kind of claim")
        row["acts"] = list(f["acts"].texts(ACTS, "act"))
        row["lifts"] = list(f["lifts"].texts(RIGHTS, "right"))
        row["needs"] = list(f["needs"].texts(NEEDS, "need"))
        row["ceiling"] = f["ceiling"].text(("allow", "caveat", "review"), "ceiling")
        for key, known in lists:
            row[key.replace("-", "_")] = list(f[key].texts(known, key)) if key in f else []
        row["passes_on"] = f["passes-on"].text(("sublicensing",)) if "passes-on" in f else ""
        row["remedies"] = list(f["remedies"].texts(rules.REMEDIES, "remedy")) if "remedies" in f else []
        row["duties"] = [licenses.read_duty(duty, codes) for duty in f["duties"].list()] if "duties" in f else []
        for key in ("when", "unclear"):
            row[key] = _conditions(f[key]) if key in f else {}
        for name in (row["basis"], *row["names"]):
            if name in made:
                raise entry.fail(Message("claim `{name}` is given twice", name=name))
            made[name] = row
    return made


def _conditions(node: Strict) -> dict[str, list[str]]:
    """Axes of the use, each with some of its values."""
    members = node.items()
    for axis, value in members.items():
        if axis not in vocabulary.AXES:
            near = message.nearest(axis, vocabulary.AXES)
            raise value.fail(Message("unknown axis `{axis}`.{nearest}", axis=axis, nearest=near))
    return {str(axis): list(value.texts(vocabulary.AXES[axis], axis)) for axis, value in members.items()}
