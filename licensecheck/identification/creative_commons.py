"""Elements, versions and ports of Creative Commons names."""

from __future__ import annotations

from typing import Final

from licensecheck.knowledge.lex import words_of

CC_VERSIONS: Final = frozenset({"1.0", "2.0", "2.1", "2.5", "3.0", "4.0"})

_ELEMENTS: Final = ("by", "nc", "sa", "nd")

_PORTS: Final = words_of(
    "igo ar am at au az be bg br ca ch cl cn co cr cz de dk ec ee eg es fi fr ge gr gt hk hr hu ie il in it jp kr lu mk mt "
    "mx my nl no nz pe ph pl pr pt ro rs scotland se sg si th tw ug uk us ve vn za"
)
