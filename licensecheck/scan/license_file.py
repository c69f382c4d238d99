"""LICENSE, COPYING, NOTICE, TERMS and the data licences beside them: whole texts, notices and URLs."""

from __future__ import annotations

import re
from typing import Final

from licensecheck.identify import find
from licensecheck.model import Basis, Certainty, Evidence, Origin, Scanned, Scope, Stance
from licensecheck.scan.words import Lines, in_words

NAME: Final = "license_file"
_FILE: Final = re.compile(
    r"(?:un)?licen[cs]es?(?:[._ -].*)?\Z|(?:data(?:set)?[_ -]?licen[cs]e|licen[cs]e[_ -]?data(?:set)?).*\Z|.+[_-]licen[cs]e(?:\.(?:md|txt|rst))?\Z|"
    r"copying(?:[._-].*)?\Z|copyright(?:\.(?:md|txt|rst))?\Z|notice(?:\.(?:md|txt|rst))?\Z|terms(?:[._ -].*)?\Z|eula(?:\..*)?\Z|usage(?:\.(?:md|txt))?\Z|legal(?:\.(?:md|txt))?\Z",
    re.I,
)
_CODE_EXTENSION: Final = re.compile(
    r"\.(?:py|js|ts|json|ya?ml|html?|csv|tsv|c|h|java|go|rs|sh|xml|toml|cfg|ini)\Z", re.I
)
_FOR_CODE: Final = re.compile(r"code|software|src", re.I)
_FOR_MODEL: Final = re.compile(r"model|weights", re.I)


def claims(name: str, head: str) -> bool:
    """Files that are named as licences, notices or terms."""
    return bool(_FILE.match(name)) and not _CODE_EXTENSION.search(name)


def scan(path: str, text: str) -> Scanned:
    """The whole licence texts in the file, else what its notices and URLs name, else that it holds own terms."""
    from licensecheck.identify import texts

    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    scope = Scope.CODE if _FOR_CODE.search(name) else Scope.MODEL if _FOR_MODEL.search(name) else Scope.DATA
    lines = Lines.of(text)
    basis = Basis.LICENSE_FILE
    matches = texts.match(text)
    found: list[Evidence] = []
    for m in matches:
        line, column = lines.at(m.start)
        note = f"words were added to the standard text: {' '.join(m.added.split())[:160]}" if m.added else ""
        if m.near:
            note = f"the text fits as well: {', '.join(m.near)}"
        restricts = tuple(dict.fromkeys(k for s in find(m.added) for k in s.restricts)) if m.added else ()
        raw = " ".join(text[m.start : m.start + 160].split())
        found.append(
            Evidence(
                path,
                line,
                column,
                "text",
                raw,
                m.license,
                m.certainty,
                scope,
                Origin.IN_ARTIFACT,
                NAME,
                basis,
                Stance.ASSERTED,
                "",
                restricts,
                "text",
                note,
            )
        )
    if matches:
        return Scanned(tuple(found))
    named = tuple(in_words(text, lines, path=path, start=0, end=len(text), field="text", scanner=NAME, basis=basis))
    kept = tuple(e if scope is Scope.DATA else _scoped(e, scope) for e in named)
    if not any(e.license and e.stance is Stance.ASSERTED for e in kept) and len(text.split()) > 25:
        first = next((n for n, line in enumerate(text.split("\n"), 1) if line.strip()), 1)
        raw = " ".join(text.split())[:160]
        kept = (
            *kept,
            Evidence(
                path,
                first,
                1,
                "text",
                raw,
                "LicenseRef-custom",
                Certainty.AMBIGUOUS,
                scope,
                Origin.IN_ARTIFACT,
                NAME,
                basis,
                rule="own-terms",
                note="terms that are no licence known here",
            ),
        )
    return Scanned(kept)


def _scoped(e: Evidence, scope: Scope) -> Evidence:
    from licensecheck.model import replace

    return replace(e, scope=scope)
