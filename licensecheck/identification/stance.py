"""Verbs that say what a text does with a license."""

from __future__ import annotations

from typing import Final

from licensecheck.knowledge.lex import words_of

_VERBS: Final = words_of(
    "be been being yet currently available released distributed licensed licenced covered published shared made provided "
    "offered subject to governed under by in on a an the any into with terms of license licence same it its this your their "
    "either also use uses used using made ever so as new creative commons public strictly that "
    "unter der die das einer eine veröffentlicht lizenziert verfügbar steht stehen la le les une un sous licence disponible "
    "publié distribué el los las una bajo licencia publicado está están os as uma sob licença publicado é são è sotto licenza "
    "with respect any other more free open data"
)
