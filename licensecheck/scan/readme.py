"""READMEs without front matter, and any words that were named."""

from __future__ import annotations

import re
from typing import Final

from licensecheck.model import Basis, Certainty, Credit, Evidence, Origin, Scanned, Scope
from licensecheck.scan.markdown import licensing, sections
from licensecheck.scan.words import Lines, in_words

NAME: Final = "readme"
_README: Final = re.compile(r"read ?me(?:[._-].*)?\.?(?:md|markdown|txt|rst)?\Z", re.I)
_GATE: Final = re.compile(
    r"licen[cs]|creative ?commons|\bcc[ -]?(?:by|0)\b|public domain|terms of|copyright|라이[선센]스|저작권|공공누리|이용 ?허락|ライセンス|许可|許可|授权",
    re.I,
)


def claims(name: str, head: str) -> bool:
    """READMEs by name."""
    return bool(_README.match(name)) and not head.lstrip("\ufeff \n").startswith("---\n")


def scan(path: str, text: str) -> Scanned:
    """The statements of a README: those of its licensing sections, else those anywhere in it."""
    return Scanned(body(path, text, 0, NAME), credit=Credit(title=title(text, 0)))


def title(text: str, start: int) -> str:
    """The first top heading, or ""."""
    return next((s.title for s in sections(text, start) if s.level == 1), "")


def body(path: str, text: str, start: int, scanner: str) -> tuple[Evidence, ...]:
    """Evidence in Markdown from ``start`` on: licensing sections as such, else the rest of the words."""
    lines = Lines.of(text)
    found: list[Evidence] = []
    parts = licensing(text, start)
    for part in parts:
        field = f"{'#' * part.level} {part.title}".strip()
        found += in_words(
            text, lines, path=path, start=part.body, end=part.end, field=field, scanner=scanner, basis=Basis.CARD_BODY
        )
    outside = [s for s in sections(text, start) if not any(p.start <= s.start < p.end for p in parts)]
    for s in outside:
        if _GATE.search(text, s.start, s.end):
            for e in in_words(
                text, lines, path=path, start=s.start, end=s.end, field="text", scanner=scanner, basis=Basis.CARD_BODY
            ):
                if (
                    e.license
                    and not e.rule.startswith("terms-")
                    and e.rule not in ("all-rights-reserved", "public-domain", "cc-bare")
                    and _says(text, lines, e)
                ):
                    found.append(e)
    return tuple(found)


def own_terms(path: str, text: str, start: int, scanner: str, found: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The licensing sections that hold words of their own and name nothing, as custom terms."""
    lines = Lines.of(text)
    made: list[Evidence] = []
    for part in licensing(text, start):
        field = f"{'#' * part.level} {part.title}".strip()
        words = text[part.body : part.end].split()
        if len(words) < 8 or any(e.field == field for e in found):
            continue
        line, column = lines.at(part.body + len(text[part.body : part.end]) - len(text[part.body : part.end].lstrip()))
        raw = " ".join(words)[:300]
        made.append(
            Evidence(
                path,
                line,
                column,
                field,
                raw,
                "LicenseRef-custom",
                Certainty.AMBIGUOUS,
                Scope.DATA,
                Origin.IN_ARTIFACT,
                scanner,
                Basis.CARD_BODY,
                rule="own-terms",
                note="terms that are no licence known here",
            )
        )
    return tuple(made)


_SAYS: Final = re.compile(
    r"licen[cs]|released under|available under|distributed under|published under|provided under|공개|배포|라이[선센]스|이용 ?허락|따릅니다|ライセンス|许可|許可|授权",
    re.I,
)


def _says(text: str, lines: Lines, e: Evidence) -> bool:
    """Whether the line of a name outside a licensing section speaks of licensing at all."""
    start = lines.starts[max(e.line - 2, 0)]
    end = lines.starts[min(e.line + 1, len(lines.starts) - 1)] if e.line + 1 < len(lines.starts) else len(text)
    return bool(_SAYS.search(text, start, end))
