"""The acts of a use, and which of them trigger a rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from licensecheck.vocabulary import SHARING, Use

REWORKS: Final = frozenset({"inline", "edit", "translate", "summarise"})
"""Changes that make an adaptation, whatever the license."""


def reworks(use: Use) -> bool:
    """Whether a use makes an adaptation whatever the license, by its change or by its act."""
    return use.change in REWORKS or "adapt" in use.act


def acts_of(use: Use, adapted: bool, facts_engage: bool) -> tuple[str, ...]:
    """The acts that ``use`` asks for, in the words that rules judge.

    ``adapted`` says whether the change makes an adaptation under the license at hand;
    ``facts_engage`` whether taking facts alone engages it (a contract, or a database right).
    """
    if use.portion in ("facts_only", "ids_only") and not facts_engage:
        return ("use-facts",)
    acts = ["copy"]
    if use.change == "technical":
        acts.append("reformat")
    if "evaluate" in use.act:
        acts.append("evaluate")
    trained = "train" in use.act or use.output == "weights"
    if trained:
        acts.append("train")
    if adapted or (trained and use.training_is_adaptation == "yes"):
        acts.append("adapt")
    if not use.shared:
        return tuple(acts)
    if use.output == "weights":
        acts += ["share-weights", "share-adaptation"] if use.training_is_adaptation == "yes" else ["share-weights"]
    elif use.output in ("model_output", "produced_work"):
        acts.append("share-output")
    elif use.output == "dataset" and use.change == "standoff":
        acts.append("use-facts")
    elif use.output == "dataset":
        if adapted:
            acts.append("share-adaptation")
        if use.assembly == "collection":
            acts.append("share-collection")
        elif not adapted and (use.change == "select" or use.portion != "whole"):
            acts.append("share-excerpt")
        elif not adapted:
            acts.append("share-reformatted" if use.change == "technical" else "share-copy")
    return tuple(acts)


def triggers(use: Use, acts: Sequence[str], adapted: bool) -> frozenset[str]:
    """What calls for duties in a use that asks for ``acts``: the words of ``Owed.on``."""
    on = {"copy"} if "copy" in acts else set()
    if any(act in SHARING and act not in ("share-weights", "share-output") for act in acts):
        on.add("share")
        if adapted or use.change != "none" or use.portion != "whole":
            on.add("modified")
    for act, trigger in (
        ("share-adaptation", "adaptation"),
        ("share-collection", "collection"),
        ("share-output", "output"),
        ("adapt", "adapt"),
        ("train", "train"),
        ("use-facts", "facts"),
    ):
        if act in acts:
            on.add(trigger)
    if "share-output" in acts and adapted:
        on.add("output-of-adaptation")
    return frozenset(on)
