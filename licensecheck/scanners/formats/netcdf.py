"""netCDF as text (CDL, docs.unidata.ucar.edu/nug): the global attribute ``license`` of ACDD 1.3, and what CMIP and NCEI add to it.

Attributes of variables (``v:license``) are those of that part. ``comment`` and ``acknowledgement`` are no license. Of a binary file (``.nc``) the attributes are read with the extra ``netcdf`` (:mod:`licensecheck.scanners.attributes`).
"""

from __future__ import annotations

import re
from typing import Final

from licensecheck.base import regex
from licensecheck.knowledge import fields
from licensecheck.scanners.document import MOST, Document, Said, Told, Words, credit
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("*.cdl", "*.ncml"),
    signs=(("netcdf ", "{"), "netcdf/ncml"),
    fields="global attribute `license`",
    notes="attributes of variables are parts",
    endings=("cdl", "ncdump", "nc", "nc4", "cdf", "h5", "hdf5", "nwb"),
)

_ATTRIBUTE: Final = regex.compile(
    r"^[ \t]*(?:string[ \t]+)?([\w.-]{0,80}):([\w.-]{1,80})[ \t]*=[ \t]*(\"(?:[^\"\\]|\\.)*\"(?:\s{0,80},?\s{0,80}\"(?:[^\"\\]|\\.)*\")*)",
    re.M,
)
_TEXT: Final = regex.compile(r"\"((?:[^\"\\]|\\.)*)\"", re.S)
_ESCAPES: Final = {"\\n": "\n", "\\t": " ", '\\"': '"', "\\'": "'", "\\\\": "\\"}


def fits(document: Document) -> bool:
    """A text that begins with ``netcdf``, or an element of NcML."""
    if document.root is not None:
        return "netcdf/ncml" in document.text[:20_000]
    return document.tree is None and document.text.lstrip("\ufeff \n\t").startswith("netcdf ")


def read(document: Document) -> Told:
    """The license of the file and of its variables."""
    said: list[Said] = []
    credits: dict[str, str] = {}
    for variable, name, value, line in _attributes(document):
        if fields.field(name):
            said.append(Said((Words(value, (line,)),), name, part=variable, prose=len(value) > 60))
        elif not variable:
            credits.setdefault(name, value)
        if len(said) > MOST:
            break
    made = credit(
        credits.get("title"), credits.get("creator_name") or credits.get("institution"), credits.get("references")
    )
    return Told(tuple(s for s in said if s.words[0].text.strip()), made, cut=len(said) > MOST)


def _attributes(document: Document) -> list[tuple[str, str, str, int]]:
    if document.root is not None:
        found = []
        for e in document.root.iter("{*}attribute"):
            holder = e.getparent()
            part = holder.get("name", "") if holder is not None and str(holder.tag).endswith("variable") else ""
            found.append((part, e.get("name", ""), e.get("value") or e.text or "", e.sourceline or 1))
        return found
    head = document.text.split("\ndata:", 1)[0]
    return [
        (m[1], m[2], "".join(map(_unescaped, _TEXT.findall(m[3]))), document.lines.at(m.start(2))[0])
        for m in _ATTRIBUTE.finditer(head)
    ]


def _unescaped(raw: str) -> str:
    return re.sub(r"\\.", lambda m: _ESCAPES.get(m.group(), m.group()), raw)
