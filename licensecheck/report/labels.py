"""What reports call the values of the model: certainty, stance, duties. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.model import Certainty, Decision, Stance

COLORS: Final = {Decision.ALLOW: "32", Decision.REVIEW: "33", Decision.DENY: "31"}
"""The color of a decision, as a terminal's code (SGR)."""
CERTAINTY: Final = {
    Certainty.EXACT: "",
    Certainty.LOSSY: "these words leave out a part of the license",
    Certainty.FAMILY: "no version is stated",
    Certainty.AMBIGUOUS: "may mean several licenses",
    Certainty.NONE: "not a known license",
}
"""A remark on how surely a statement names a license; "" where there is nothing to remark."""
STANCE: Final = {
    Stance.ASSERTED: "",
    Stance.NEGATED: "says that this license does not apply",
    Stance.COMPARED: "only a comparison",
    Stance.FUTURE: "planned or considered, and not granted",
    Stance.UNKNOWN: "says that the license is unknown",
    Stance.PLACEHOLDER: "a blank in a template",
}
"""A remark on a statement that does not assert a license."""
CLAIM: Final = {
    Decision.ALLOW: "applies",
    Decision.REVIEW: "needs a review",
    Decision.DENY: "does not apply",
}
"""What the decision on a claim means."""
KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "give credit": (
        "AUTHOR",
        "ATTR_PARTIES",
        "TITLE",
        "SRC_URI",
        "SOURCE",
        "KOGL_SOURCE",
        "AIHUB_CREDIT",
        "PROVIDER_STATEMENT",
        "UPDATE_DATE",
        "CITE",
        "PRODUCED_NOTICE",
        "MODEL_NAME",
        "ADAPT_CREDIT",
        "PROMINENCE",
    ),
    "keep and include": (
        "COPYRIGHT_NOTICE",
        "LIC_NOTICE",
        "DISCLAIMER_NOTICE",
        "LIC_LINK",
        "LIC_TEXT",
        "NOTICE_FILE",
        "KEEP_CREDITS",
    ),
    "say what was changed": ("STATE_CHANGES", "RETAIN_PRIOR_CHANGES", "DISTINCT_TITLE"),
    "pass on": ("SA_OUT", "SA_LINK", "OFFER_DB", "SOURCE_CODE", "PASS_ON_TERMS", "USE_RESTRICTIONS"),
    "what not to do": ("NO_ENDORSE", "NO_MISLEAD", "NO_ETM", "NO_EXTRA_TERMS", "COPY_PROTECTION"),
    "later, or when asked": (
        "REMOVE_ON_REQUEST",
        "REPORT_BACK",
        "DELETE_PERSONAL",
        "DELETE_AFTER_USE",
        "SECURE_STORAGE",
    ),
}
"""Duties by what a person does about them, in the order of a report."""
OTHER: Final = "and also"
SHORT: Final[Mapping[str, str]] = {
    "AUTHOR": "credit",
    "ATTR_PARTIES": "credit",
    "TITLE": "credit",
    "SRC_URI": "credit",
    "SOURCE": "credit",
    "KOGL_SOURCE": "source statement",
    "AIHUB_CREDIT": "source statement",
    "PROVIDER_STATEMENT": "source statement",
    "PRODUCED_NOTICE": "source statement",
    "CITE": "citation",
    "KEEP_CREDITS": "notices",
    "COPYRIGHT_NOTICE": "notices",
    "LIC_NOTICE": "notices",
    "DISCLAIMER_NOTICE": "notices",
    "NOTICE_FILE": "notices",
    "LIC_LINK": "license link",
    "LIC_TEXT": "license text",
    "DISTINCT_TITLE": "say what changed",
    "STATE_CHANGES": "say what changed",
    "SA_OUT": "same license",
    "OFFER_DB": "offer the database",
    "SOURCE_CODE": "source form",
    "PASS_ON_TERMS": "pass on the terms",
    "USE_RESTRICTIONS": "pass on use restrictions",
    "MODEL_NAME": "model name",
    "REPORT_BACK": "report back",
    "DELETE_AFTER_USE": "delete after use",
    "UPDATE_DATE": "date of update",
}
"""A duty in a word or two, for a table; what needs no act is left out."""
