"""Words that make a sentence a restriction, or lift one."""

from __future__ import annotations

from typing import Final

from licensecheck.knowledge.lex import words_of

_OTHERS: Final = words_of("their respective each 각 各")

_USES: Final = words_of("use used using utilize utilized utilise utilised train training trained scrape exploit employ")

_HELD_OUT: Final = words_of("test tests testing dev development validation evaluation held benchmark eval")

_NOT: Final = words_of("no not without never don needn nor")

_BUT: Final = words_of("excluding excepting with apart other 제")

_WHERE: Final = words_of("where as when if otherwise unless in to under with")

_MARKS: Final = words_of("trademark trademarks logo logos")

_BODIES: Final = words_of(
    "organization organizations organisation organisations institution institutions foundation radio station stations broadcaster publisher"
)

_NONE: Final = words_of("no without free")

_ASKED_FOR: Final = words_of("required needed necessary need require requires")

_GOODS: Final = words_of("sell sold profit resale resold monetary 판 재")

_BY_PERSON: Final = words_of("we they us authors owner owners you'll")
