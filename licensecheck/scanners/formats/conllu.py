"""Comments of annotated corpora (universaldependencies.org/format, CoNLL-U and CoNLL-U Plus): ``# license =``, SPDX headers.

A comment above a sentence may be about that document alone: other documents of the file may have other licenses, so all are read.
"""

from __future__ import annotations

import re
from typing import Final

from licensecheck.base import regex
from licensecheck.scanners.document import Document, Said, Told, Words, each_once
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    signs=("# license", "# licence", "# License", "# Licence", "SPDX-License-Identifier:"),
    fields="comments `# license =`, `# SPDX-License-Identifier:`",
    notes="a corpus may name several",
    endings=("conllu", "conll", "conllup", "vert"),
)

_COMMENT: Final = regex.compile(
    r"^#[ \t]*((?:doc_|newdoc )?licen[cs]e(?:_url|_name)?|SPDX-License-Identifier)[ \t]*[=:][ \t]*(\S[^\n]{0,500})",
    re.I | re.M,
)


def fits(document: Document) -> bool:
    """A text with such a comment."""
    return document.tree is None and document.root is None and _COMMENT.search(document.text) is not None


def read(document: Document) -> Told:
    """The licenses of the comments, each once."""
    return each_once(
        Said((Words(m[2].strip(), (document.lines.at(m.start(1))[0],)),), m[1])
        for m in _COMMENT.finditer(document.text)
    )
