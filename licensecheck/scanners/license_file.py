"""LICENSE, COPYING, NOTICE, TERMS and the data licenses beside them: whole texts, notices and URLs.

The names are those that GitHub's licensee knows, and those that datasets use (``DATA_LICENSE``,
``LICENSE-DATA``, ``TERMS_OF_USE``, ``EULA``). The texts of a ``LICENSES`` folder (REUSE) are kept
there for whatever refers to them: by themselves they say nothing of the data. Those of another
folder of licenses stand beside that of the data, like a notice of third parties.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from licensecheck.base import regex
from licensecheck.base.errors import Problem
from licensecheck.base.message import Message
from licensecheck.identification import find
from licensecheck.knowledge import grammar
from licensecheck.model import Basis, Certainty, Evidence, Kind, Scanned, Scope, Standing, Statement, Unweighed, replace
from licensecheck.scanners.lines import Lines
from licensecheck.scanners.statements import FIELDS, NOTES, evidence, statements
from licensecheck.scanners.unweighed import heard, heard_around, heard_at

if TYPE_CHECKING:
    from licensecheck.identification import texts

NAME: Final = "license_file"
_TEXT: Final = r"(?:\.(?:md|markdown|txt|rst|lesser|lib|pdf|docx?|odt|rtf|hwpx?))?\Z"
"""How the name of a paper ends; of those that are no text it is told that they cannot be read."""
_FILE: Final = regex.compile(
    r"[._]?(?:un)?licen[cs]es?(?:[._ -](?!plate).*)?\Z|(?:licen[cs]ing|li[sc]en[cs]e|li[zc]en[czs][ai]a?|licença|lizenz(?:en)?)"
    + _TEXT
    + r"|(?:data(?:set)?|metadata)[_ .-]?licen[cs]e.*\Z|.+[_ .-]licen[cs]es?"
    + _TEXT
    + r"|(?:copying|copyrights?|notices?|eula|usage|legal|terms|rights|permissions?|conditions|disclaimer|dua|agreement)"
    + _TEXT
    + r"|(?:데이터[ _-]?)?(?:라이[선센]스|(?:이용|사용)[ _-]?(?:허락|약관|조건)|저작권)(?:[ _-]?(?:안내|고지|정책))?"
    + _TEXT
    + r"|(?:ライセンス|利用規約|利用条件|许可证|許可證|许可协议)"
    + _TEXT
    + r"|terms[._ -](?:of|and|for).*\Z|(?:data[_ -])?(?:usage|use)[_ -](?:agreement|terms|policy).*\Z|copying[._-].*\Z|third[_ -]?party[_ -]?(?:notices?|licen[cs]es?).*\Z",
    re.I,
)
_IN_NAMES: Final = (
    "licen", "lisen", "lizen", "copy", "notice", "eula", "usage", "use", "legal", "terms", "right", "permission", "condition", "disclaimer", "dua", "agreement", "third",
    "라이", "이용", "사용", "저작권", "ライセンス", "利用", "许可", "許可",
)  # fmt: skip
"""One of these is in each name that ``_FILE`` matches: few names need the expression, which takes long to compile."""
_NOT_WORDS: Final = regex.compile(
    r"\.(?:py|pyc|js|mjs|ts|tsx|jsx|css|json|jsonl|ya?ml|toml|cfg|ini|xml|html?|csv|tsv|c|h|cpp|hpp|cs|java|kt|go|rs|rb|php|pl|lua|sql|sh|bat|r|m|swift|ipynb|vue"
    r"|png|jpe?g|gif|svg|webp|ico|bmp|tiff?|mp[34]|wav|flac|ogg|avi|mov|zip|gz|tgz|bz2|xz|7z|tar|parquet|arrow|feather|npy|npz|h5|hdf5|pkl|db|sqlite|xlsx?|so|dll|exe|bin|lock|tmpl|license)\Z",
    re.I,
)
_SCOPES: Final = (
    (Scope.METADATA, regex.compile(r"meta-?data", re.I)),
    (Scope.DATA, regex.compile(r"data", re.I)),
    (
        Scope.CODE,
        regex.compile(
            r"(?<![a-z])(?:code|software|src|source(?=[ _.-]*(?:code|files?|\Z|(?:txt|md|rst)\Z)))(?![a-z])", re.I
        ),
    ),
    (Scope.MODEL, regex.compile(r"(?<![a-z])(?:models?|weights?)(?![a-z])", re.I)),
    (Scope.SITE, regex.compile(r"(?<![a-z])(?:docs?|documentation|website|fonts?)(?![a-z])", re.I)),
)
_WORDS: Final = regex.compile(r"[^\W\d_]{2,}[\W\d_]+(?:[^\W\d_]+[\W\d_]+){1,4}[^\W\d_]{2,}")
"""A few words of any language: a file that is named as a license and says something, has terms."""
_LOOSE: Final = regex.compile(r"(?:usage|notices?|disclaimer|permissions?|conditions|rights)\b", re.I)
"""Names of files that may well be about anything else: words that name no license are none there."""
_OPENING: Final = 2_000
"""So many characters are looked at for what a license file is about."""
_MOST: Final = 200_000
"""Characters of one file that are read: the longest license has a quarter of them."""
_SHORT: Final = 14
"""Words of the longest passage in a standard text that stays open as a whole."""
_STARTS: Final = regex.compile(r"\n[ \t]*\n[\W_]*\Z")
"""A paragraph of its own begins."""
_AROUND: Final = 60
_FILLED_IN: Final = regex.compile(
    r"\s*(?:(?:YEAR|COPYRIGHT HOLDER|ORGANIZATION|AUTHOR)S?[ \t]{0,4}:[^\n]{0,300}(?:\n|\Z)\s*){1,4}\Z", re.I
)
"""The file of an R package that only completes the license in its ``DESCRIPTION`` (Writing R Extensions, 1.1.2): it states none."""
_THIRD: Final = regex.compile(r"\Anotices?\b|third[_ -]?party", re.I)


def accepts(name: str, head: str) -> bool:
    """Files that are named as licenses, notices or terms, and what lies in a ``LICENSES`` folder."""
    if name.startswith("LICENSES/"):
        return not _NOT_WORDS.search(name)
    low = name.lower()
    return any(word in low for word in _IN_NAMES) and _FILE.match(name) is not None and not _NOT_WORDS.search(name)


def scan(path: str, text: str) -> Scanned:
    """The whole license texts in the file and the notices beside them, else that it holds terms of its own."""
    *folders, name = path.replace("\\", "/").rsplit("/", 2)
    folder = folders[-1] if folders else ""
    kept = folder == "LICENSES"
    scope = next((s for s, form in _SCOPES if form.search(name)), Scope.DATA)
    if scope is Scope.MODEL and not grammar.words("models-of-things").isdisjoint(text[:_OPENING].lower().split()):
        scope = Scope.DATA
    aside = _THIRD.search(name) or (folder.lower().startswith(("license", "licence")) and not _FILE.match(name))
    standing = Standing.KEPT if kept else Standing.NOTICE if aside else Standing.COUNTS
    lines = Lines.of(text)
    cut: tuple[Problem, ...] = ()
    if len(text) > _MOST:
        line, _ = lines.at(_MOST)
        says = Message("only the first {most} characters of the terms were read", most=f"{_MOST:,}")
        cut, text = (Problem(path, line, says),), text[:_MOST]
    if _FILLED_IN.match(text):
        return Scanned()
    from licensecheck.identification import texts

    matches = texts.match(text)
    found = list(_texts(path, text, lines, matches, standing))
    if not matches:
        found += _words(path, text, lines, 0, len(text), standing)
    elif not kept:
        ends = [0, *(m.end for m in matches)]
        starts = [*(m.start for m in matches), len(text)]
        told = {m.license for m in matches}
        for a, b in zip(ends, starts, strict=True):
            beside = _words(path, text, lines, a, b, standing) if b - a > 20 else ()
            found += (e for e in beside if e.license and e.license not in told and not _is_own(e))
    if _LOOSE.match(name):
        found = [e for e in found if e.kind not in (Kind.OWN_WORDS, Kind.POINTER)]
    elif not found and not kept and (start := _WORDS.search(text)):
        whole = " ".join(text.split())[:300]
        unread = Statement(
            "LicenseRef-custom", Certainty.AMBIGUOUS, start.start(), len(text), whole, "own-words", kind=Kind.OWN_WORDS
        )
        found += _evidence((unread,), path, lines, 0, standing)
    evidence_ = tuple(found if scope is Scope.DATA else (replace(e, scope=scope) for e in found))
    return Scanned(
        evidence_, cut, unweighed=() if kept else tuple(_unweighed(path, text, lines, matches, third=bool(aside)))
    )


def _unweighed(
    path: str, text: str, lines: Lines, matches: Sequence[texts.Match], *, third: bool
) -> Iterator[Unweighed]:
    """What stays open of the words around whole license texts, and of the words that were added to these.

    ``third``: the file is of third parties, and joins their texts in its own words.
    """
    yield from heard_around(text, find, lines, ((m.start, m.end) for m in matches), path=path)
    for m in matches:
        yield from heard_at(m.added, find, lines.at(m.start), path=path)
        for start, end in m.changed if not third else ():
            yield from _changed(path, text, lines, start, end)


def _changed(path: str, text: str, lines: Lines, start: int, end: int) -> Iterator[Unweighed]:
    """What a passage that somebody put into a standard text says: a short one stays open, of a long one its sentences are weighed."""
    from licensecheck.identification.listening import CHANGED, quoted

    words = len(text[start:end].split())
    if words > _SHORT or "\n\n" in text[start:end] or (words > 1 and _STARTS.search(text, max(0, start - 12), start)):
        yield from heard(text[start:end], find, lines, path=path, offset=start, licensing=True)
        return
    line, column = lines.at(start)
    around = text[max(0, start - _AROUND) : min(len(text), end + _AROUND)]
    yield Unweighed(path, line, column, quoted(f"… {around.strip()} …"), CHANGED)


def _texts(
    path: str, text: str, lines: Lines, matches: Sequence[texts.Match], standing: Standing
) -> Iterator[Evidence]:
    for m in matches:
        note = f"words were added to the standard text: {' '.join(m.added.split())[:160]}" if m.added else ""
        if m.near:
            note = f"the text fits as well: {', '.join(m.near)}"
        restricts = tuple(dict.fromkeys(k for s in find(m.added) for k in s.restricts)) if m.added else ()
        words = text[m.start : m.start + 160]
        s = Statement(m.license, m.certainty, m.start, m.end, words, "text", restricts=restricts, kind=Kind.TEXT)
        yield from (replace(e, note=note) for e in _evidence((s,), path, lines, 0, standing))


def _words(path: str, text: str, lines: Lines, start: int, end: int, standing: Standing) -> Iterator[Evidence]:
    yield from _evidence(statements(text[start:end]), path, lines, start, standing)


def _evidence(said: Iterable[Statement], path: str, lines: Lines, start: int, standing: Standing) -> Iterator[Evidence]:
    yield from evidence(
        said,
        lines,
        path=path,
        offset=start,
        field=FIELDS[standing],
        scanner=NAME,
        basis=Basis.LICENSE_FILE,
        standing=standing,
    )


def _is_own(e: Evidence) -> bool:
    return e.kind in NOTES or e.kind in (Kind.RESTRICTION, Kind.PUBLIC_DOMAIN, Kind.RESERVED)
