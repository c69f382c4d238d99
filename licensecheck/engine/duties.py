"""What the duty codes of ``rules/duties.yaml`` have to do with a credit and with the published files: one table."""

from __future__ import annotations

from enum import Flag, auto
from typing import Final


class Asks(Flag):
    """What a duty asks for."""

    CREDIT = auto()
    """A credit is given because of it."""
    NAME = auto()
    """The source is named."""
    WORDING = auto()
    """A sentence that the licensor or the license prescribes word for word."""
    WORDING_ALONE = auto()
    """That sentence is enough: no other credit has to be beside it."""
    CONDUCT = auto()
    """Something that no published file shows."""
    RESULT = auto()
    """Something about the license of the result."""


NOTHING: Final = Asks(0)
_PRESCRIBED: Final = Asks.CREDIT | Asks.NAME | Asks.WORDING
DUTIES: Final = {
    "AUTHOR": Asks.CREDIT | Asks.NAME,
    "ATTR_PARTIES": Asks.CREDIT | Asks.CONDUCT,
    "COPYRIGHT_NOTICE": Asks.CREDIT,
    "TITLE": Asks.CREDIT | Asks.NAME,
    "DISTINCT_TITLE": Asks.CONDUCT,
    "SRC_URI": Asks.NAME,
    "LIC_NOTICE": Asks.CREDIT,
    "DISCLAIMER_NOTICE": NOTHING,
    "LIC_LINK": Asks.CREDIT,
    "LIC_TEXT": NOTHING,
    "STATE_CHANGES": NOTHING,
    "RETAIN_PRIOR_CHANGES": Asks.CONDUCT,
    "ADAPT_CREDIT": NOTHING,
    "PROMINENCE": Asks.CONDUCT,
    "NO_ENDORSE": Asks.CONDUCT,
    "NO_ETM": Asks.CONDUCT,
    "NO_EXTRA_TERMS": Asks.CONDUCT,
    "REMOVE_ON_REQUEST": Asks.CONDUCT,
    "SA_OUT": Asks.RESULT,
    "SA_LINK": Asks.RESULT,
    "OFFER_DB": NOTHING,
    "PRODUCED_NOTICE": _PRESCRIBED | Asks.WORDING_ALONE,
    "KEEP_CREDITS": Asks.CREDIT,
    "KOGL_SOURCE": _PRESCRIBED | Asks.WORDING_ALONE,
    "PROVIDER_STATEMENT": _PRESCRIBED,
    "UPDATE_DATE": Asks.CREDIT,
    "NO_MISLEAD": Asks.CONDUCT,
    "SOURCE_CODE": NOTHING,
    "NOTICE_FILE": NOTHING,
    "PASS_ON_TERMS": NOTHING,
    "USE_RESTRICTIONS": NOTHING,
    "AIHUB_CREDIT": _PRESCRIBED | Asks.WORDING_ALONE,
    "CITE": NOTHING,
    "REPORT_BACK": Asks.CONDUCT,
    "DELETE_PERSONAL": Asks.CONDUCT,
    "DELETE_AFTER_USE": Asks.CONDUCT,
    "MODEL_NAME": NOTHING,
    "SOURCE": Asks.CREDIT | Asks.NAME,
    "COPY_PROTECTION": Asks.CONDUCT,
    "SECURE_STORAGE": Asks.CONDUCT,
}
"""What each code asks for. A code of a rule pack that is not here asks for nothing that can be written or checked."""


def asking(what: Asks) -> frozenset[str]:
    """The codes of the duties that ask for ``what``."""
    return frozenset(code for code, asks in DUTIES.items() if asks & what)
