"""The closed vocabulary of a use: its axes, their values, and the intents that combine them.

Each axis is independent: none is inferred from another in silence. Values are written with
underscores here; hyphens are taken too wherever a person writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message, nearest
from licensecheck.model import replace

AXES: Final[dict[str, tuple[str, ...]]] = {
    "act": ("copy", "adapt", "share", "extract", "train", "evaluate", "publish_output"),
    "change": ("none", "technical", "select", "standoff", "inline", "edit", "translate", "summarise", "merge"),
    "assembly": ("single", "collection", "merged"),
    "portion": ("whole", "substantial", "insubstantial", "facts_only", "ids_only"),
    "scope": ("private", "internal", "named_group", "public"),
    "output": ("dataset", "weights", "model_output", "metrics", "produced_work"),
    "purpose": (
        "personal",
        "academic_research",
        "teaching",
        "public_task",
        "journalism",
        "nonprofit_program",
        "internal_business",
        "product_rnd",
        "product",
        "advertising",
        "commercial",
        "noncommercial",
    ),
    "compensation": ("none", "cost_recovery", "fee", "ads", "indirect"),
    "licensee": ("individual", "school", "research_org", "nonprofit", "government", "company", "company_large"),
    "residence": ("domestic", "foreign", "sanctioned"),
    "etm": ("none", "access_gate", "drm"),
    "sgdr": ("yes", "no", "unknown"),
    "subject": ("protected", "unprotected", "expired", "mixed"),
    "contains": ("personal_data", "likeness", "trademark", "third_party"),
    "training_is_adaptation": ("no", "unknown", "yes"),
    "profile": ("data", "publish"),
}
"""Axis to its closed values, as semantics of the field have them; ``outbound`` and ``jurisdiction``
are open (a license expression, ISO 3166 codes)."""

OPEN_AXES: Final = ("outbound", "jurisdiction")
SET_AXES: Final = ("act", "contains", "jurisdiction")

EU: Final = frozenset(
    [
        "EU",
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)
"""The European Union and its members, as ISO 3166 codes."""

INTENTS: Final[dict[str, dict[str, str]]] = {
    "copy": {"act": "copy"},
    "reformat": {"act": "copy", "change": "technical"},
    "adapt": {"act": "copy,adapt", "change": "edit"},
    "train": {"act": "copy,train", "output": "weights"},
    "publish-copy": {"act": "copy,share", "scope": "public"},
    "publish-reformatted": {"act": "copy,share", "scope": "public", "change": "technical"},
    "publish-excerpt": {"act": "copy,share", "scope": "public", "change": "select", "portion": "substantial"},
    "publish-collection": {"act": "copy,share", "scope": "public", "assembly": "collection"},
    "publish-adaptation": {"act": "copy,adapt,share", "scope": "public", "change": "edit"},
    "publish-model": {"act": "copy,train,publish_output", "scope": "public", "output": "weights"},
    "facts-only": {"act": "copy,share", "scope": "public", "portion": "facts_only"},
}
"""An intent is a name for a combination of axes; an axis that is given too wins over it."""

INTENT_WORDS: Final[dict[str, str]] = {
    "copy": "keep and read a copy inside the organization",
    "reformat": "convert a copy to another format, inside",
    "adapt": "edit, annotate or translate a copy, inside",
    "train": "train a model, inside",
    "publish-copy": "publish unchanged copies",
    "publish-reformatted": "publish in another format",
    "publish-excerpt": "publish a subset, items unchanged",
    "publish-collection": "publish as part of a collection, items unchanged",
    "publish-adaptation": "publish an edited, annotated, translated or merged version",
    "publish-model": "publish a model trained on it",
    "facts-only": "publish only facts, ids or titles taken from it",
}

ACTS: Final = (
    "copy",
    "reformat",
    "adapt",
    "train",
    "evaluate",
    "share-copy",
    "share-reformatted",
    "share-excerpt",
    "share-collection",
    "share-adaptation",
    "share-weights",
    "share-output",
    "use-facts",
)
"""What rules judge: a use asks for one or more of these, and all of them must be allowed."""

SHARING: Final = frozenset(act for act in ACTS if act.startswith("share-"))


class Use(NamedTuple):
    """One declared use. ``given`` is what the user said, in order, for the report."""

    intent: str = ""
    act: frozenset[str] = frozenset()
    change: str = "none"
    assembly: str = "single"
    portion: str = "whole"
    scope: str = "internal"
    output: str = "dataset"
    purpose: str = ""
    compensation: str = "none"
    licensee: str = ""
    residence: str = ""
    outbound: str = ""
    etm: str = "none"
    jurisdiction: frozenset[str] = frozenset()
    sgdr: str = "no"
    subject: str = "protected"
    contains: frozenset[str] = frozenset()
    training_is_adaptation: str = "unknown"
    profile: str = "data"
    given: tuple[tuple[str, str], ...] = ()

    @property
    def shared(self) -> bool:
        """Whether anything reaches someone outside the organization."""
        return self.scope in _OUTSIDE


KEYS: Final = ("intent", *(name for name in Use._fields if name not in ("intent", "given")))
_ALIASES: Final = {"publish_as": "outbound"}
_OUTSIDE: Final = ("named_group", "public")


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple, set, frozenset)):
        return ",".join(sorted(map(str, value)))
    return str(value).strip()


def check_value(axis: str, value: str) -> str:
    """``value`` as the vocabulary spells it. Raises :class:`UsageError` naming the nearest known one."""
    known = tuple(INTENTS) if axis == "intent" else AXES.get(axis)
    if known is None:
        return value
    spelled = value.lower().replace("_", "-") if axis == "intent" else value.lower().replace("-", "_")
    if spelled in known:
        return spelled
    if axis == "sgdr" and spelled in ("true", "false"):
        return "yes" if spelled == "true" else "no"
    raise UsageError(
        Message(
            "unknown {axis} `{value}`.{nearest} Known: {known}.",
            axis=axis,
            value=value,
            nearest=nearest(spelled, known),
            known=", ".join(known),
        )
    )


def axis_of(key: str) -> str:
    """The axis that ``key`` names, as the vocabulary spells it. Raises :class:`UsageError` naming the nearest known one."""
    axis = key.strip().lower().replace("-", "_")
    axis = _ALIASES.get(axis, axis)
    if axis not in KEYS:
        raise UsageError(
            Message(
                "unknown axis `{key}`.{nearest} Known: {known}.",
                key=key,
                nearest=nearest(axis, KEYS),
                known=", ".join(KEYS),
            )
        )
    return axis


def make_use(values: Mapping[str, object]) -> Use:
    """The :class:`Use` that ``values`` (axis or ``intent`` to value) declare.

    Hyphens and underscores are the same, letters' case does not matter; set-valued axes (``act``,
    ``contains``, ``jurisdiction``) take a list or commas. An intent fills the axes that are not
    given; what is shared is shared with the public unless ``scope`` is narrower. Raises :class:`UsageError`
    for an unknown axis or value, naming the nearest known one, and for an axis that is given twice.
    """
    clean: dict[str, str] = {}
    for key, raw in values.items():
        axis = axis_of(key)
        if raw is None or raw == "":
            continue
        value = _plain(raw)
        if axis in SET_AXES:
            value = ",".join(check_value(axis, part.strip()) for part in value.split(",") if part.strip())
        else:
            value = check_value(axis, value)
        if clean.setdefault(axis, value) != value:
            says = "`{axis}` is given twice: {first} and {second}; keep one"
            raise UsageError(Message(says, axis=axis, first=clean[axis], second=value))
    given = tuple(clean.items())
    intent = clean.pop("intent", "")
    merged = {**INTENTS.get(intent, {}), **clean}
    changes: dict[str, object] = {}
    for axis, value in merged.items():
        if axis in SET_AXES:
            members = frozenset(part for part in value.split(",") if part)
            changes[axis] = frozenset(m.upper() for m in members) if axis == "jurisdiction" else members
        else:
            changes[axis] = value
    use = replace(Use(), intent=intent, given=given, **changes)
    if "scope" not in merged and use.act & {"share", "publish_output"}:
        use = replace(use, scope="public")
    return use
