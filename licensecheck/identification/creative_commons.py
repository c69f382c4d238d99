"""Creative Commons licenses by a grammar of elements, version and port."""

from __future__ import annotations

from typing import Final

from licensecheck.identification import address as addresses
from licensecheck.identification.near import Mention, Near
from licensecheck.knowledge import grammar
from licensecheck.knowledge.lex import CLAUSE, SOFT, TIGHT
from licensecheck.knowledge.phrases import Hit
from licensecheck.model import Certainty, Kind

VERSIONS: Final = frozenset({"1.0", "2.0", "2.1", "2.5", "3.0", "4.0"})
_ELEMENTS: Final = ("by", "nc", "sa", "nd")
_PARTS: Final = (*_ELEMENTS, "code")
_LATE: Final = 14
"""Words between a name and the version that is given to it later."""
_OWNER: Final = 4
"""Words behind a version in which it is said whose version it is."""
_IDLE: Final = 4
"""Words without a meaning that a name may have between its parts."""


def mention(near: Near, i: int) -> Mention | None:
    """The Creative Commons license that is named at word ``i``; None where it is not one."""
    return _Name(near, i).read()


class _Name:
    """One name, read part by part. ``late``: a version came after the elements; ``leveled``: a level such as "unported"."""

    def __init__(self, near: Near, i: int) -> None:
        self.near = near
        self.words = near.words
        self.i = i
        self.end = i
        self.elements: set[str] = set()
        self.version = self.port = ""
        self.named = self.spelled = self.late = self.leveled = False
        self.idle = self.repeats = 0

    def read(self) -> Mention | None:
        j: int | None = self.i
        reach = min(self.near.count, self.i + grammar.window("name"))
        while j is not None and j < reach and not (j > self.i and self.words.gap[j] >= CLAUSE):
            j = self._step(j)
        return self._mention()

    def _step(self, j: int) -> int | None:
        """Where the part at word ``j`` ends; None where the word is no part of the name."""
        hit = self.near.at.get(j)
        if hit is not None and hit.has("cc"):
            return self._mark(j, hit)
        if hit is not None and hit.has(*_PARTS):
            return self._element(j, hit)
        if self.words.kind[j] == "n":
            return self._number(j)
        if hit is not None and hit.has("level") and (self.version or self.elements):
            self.leveled = True
            self.end = hit.j
            return hit.j
        if self.elements and (self.version or self.leveled) and not self.port:
            port = self._port(j, hit)
            if port is not None:
                self.port, self.end = port
                return self.end
        return self._between(j, hit)

    def _glue(self, j: int) -> str:
        return self.words.glue[j] if j > self.i else ""

    def _mark(self, j: int, hit: Hit) -> int | None:
        """ "Creative Commons" or "CC"."""
        if self.repeats > 2:
            return None
        self.repeats += 1
        if (self.version and self.elements and j > self.i) or (self.elements and "," in self._glue(j)):
            return None
        self.named = True
        self.end = hit.j if not self.elements else self.end
        self.idle = 0
        return hit.j

    def _element(self, j: int, hit: Hit) -> int | None:
        """An element as a code ("by-nc") or spelled out ("Attribution")."""
        glue = self._glue(j)
        code = hit.get("code")
        new = set((code or next(e for e in _ELEMENTS if hit.get(e))).split("-"))
        adds = glue.strip() in ("", "-", "+") and (code in ("nc", "nd", "sa") or hit.has("nd", "sa"))
        if self.late and not (new <= self.elements) and not adds:
            return None
        if self.words.gap[j] >= SOFT and "," in glue and self.version:
            return None
        self.named = self.named or self.words.text[j].startswith("ccby")
        if code is None:
            self.spelled = True
        elif not self.named and not self._is_code_run(j, hit):
            return None
        self.elements |= new
        self.end = hit.j
        self.idle = 0
        return hit.j

    def _number(self, j: int) -> int | None:
        words = self.words
        value = self._version(j)
        if value is None or (self.version and self.version != value):
            return None
        if words.gap[j] >= SOFT and "," in self._glue(j) and not (self.elements or self.named):
            return None
        self.version = value
        self.late = bool(self.elements)
        dashed = (
            j + 1 < self.near.count
            and words.text[j] in "1234"
            and words.glue[j + 1].startswith("-")
            and words.kind[j + 1] == "n"
        )
        self.end = j + (2 if dashed else 1)
        self.idle = 0
        return self.end

    def _between(self, j: int, hit: Hit | None) -> int | None:
        """A word between two parts of the name."""
        words = self.words
        if hit is not None and hit.has("license", "filler") and (self.named or self.elements) and self.idle < _IDLE:
            if self.elements and not self.version and words.gap[j] >= SOFT and ":" in self._glue(j):
                return None
            self.idle += hit.j - j
            return hit.j
        spelled = self.spelled and self.elements and not self.version
        if words.text[j] == "and" and spelled and self._element_follows(j + 1):
            return j + 1
        if words.text[j] in grammar.words("possessives") and self.named and not self.elements:
            return j + 1
        return None

    def _version(self, j: int) -> str | None:
        """The Creative Commons version that word ``j`` is; None where it is another number."""
        words = self.words
        text = words.text[j]
        if text in VERSIONS:
            return text
        if text not in ("1", "2", "3", "4"):
            return None
        after = j + 1
        if after < self.near.count and words.gap[after] == TIGHT and words.kind[after] == "w":
            goes_on = self.near.has(
                after, "license", "level", "port", "filler", "cc", "by", "nc", "sa", "nd", "binding"
            )
            if words.text[after] not in grammar.words("cc-ports") and not goes_on:
                return None
        if after < self.near.count and words.glue[after].startswith("-") and words.text[after].isdigit():
            minor = words.text[after]
            return f"{text}.{minor}" if f"{text}.{minor}" in VERSIONS else None
        return f"{text}.0"

    def _element_follows(self, j: int) -> bool:
        return self.near.has(j, "nc", "sa", "nd") and self.words.gap[j] == TIGHT

    def _is_code_run(self, j: int, hit: Hit) -> bool:
        """Whether "by" here begins "by-nc-sa", a code without Creative Commons before it."""
        if self.elements:
            return True
        code = hit.get("code") or ""
        if "-" in code:
            return code.startswith("by") and self.words.text[j].startswith("ccby")
        if self.words.text[j] == "ccby":
            return True
        after = hit.j
        if code != "by" or after >= self.near.count or self.words.glue[after] != "-":
            return False
        other = self.near.at.get(after)
        return other is not None and (other.get("code") or "") in ("nc", "sa", "nd")

    def _port(self, j: int, hit: Hit | None) -> tuple[str, int] | None:
        words = self.words
        if words.gap[j] >= CLAUSE or ("," in words.glue[j] and words.gap[j] >= SOFT):
            return None
        text = words.text[j]
        if words.kind[j] == "w" and text in grammar.words("cc-ports") and words.gap[j] == TIGHT:
            written = self.near.original[words.start[j] : words.end[j]]
            alone = j + 1 == self.near.count or words.gap[j + 1] > TIGHT
            if written.isupper() or words.glue[j].strip() == "-" or alone or self.near.has(j + 1, "license"):
                return text.upper(), j + 1
        port = hit.get("port") if hit is not None else None
        return (port.upper(), hit.j) if port is not None and hit is not None else None

    def _mention(self) -> Mention | None:
        elements, version = self.elements, self.version
        if not elements:
            return self._without_elements()
        if not self.named and not self._is_sure_without_mark():
            return None
        if not version and not self.port and (late := self._named_later()):
            version, self.end = late
        if {"nd", "sa"} <= elements:
            return Mention("LicenseRef-CC", Certainty.AMBIGUOUS, self.i, self.end, "cc-impossible")
        if "by" not in elements and version == "1.0":
            license = addresses.cc_id(frozenset(elements), version, self.port)
        else:
            port = "" if version == "4.0" else self.port if version else ""
            license = addresses.cc_id(frozenset(elements | {"by"}), version, port)
        certainty = Certainty.EXACT if version else Certainty.FAMILY
        if version and ("by" not in elements or (self.port and version == "4.0")):
            certainty = Certainty.LOSSY
        if version == "2.1" and not self.port:
            certainty = Certainty.AMBIGUOUS
        return Mention(license, certainty, self.i, self.end, "cc-name")

    def _named_later(self) -> tuple[str, int] | None:
        """The version that words behind the name give it, "CC BY, that is version 4.0", and where they end."""
        words, joins, near = self.words, grammar.words("version-joins"), self.near
        k, filled = self.end, False
        while k < near.count and k - self.end < _LATE and words.gap[k] < CLAUSE + (words.glue[k].strip() == ";"):
            hit = near.at.get(k)
            if hit is not None and hit.has("filler"):
                filled, k = True, hit.j
            elif words.kind[k] == "n":
                version = self._version(k)
                behind = near.at.get(k + 1)
                after = behind is not None and behind.has("filler") and words.gap[k + 1] == TIGHT
                if version is None or not (filled or after) or k == self.end:
                    return None
                end = behind.j if after and behind is not None else k + 1
                return None if self._is_of_work(end) else (version, end)
            elif words.text[k] in joins:
                k += 1
            else:
                return None
        return None

    def _is_of_work(self, j: int) -> bool:
        """Whether a thing follows whose version it is: "version 2.0 of the corpus"."""
        return any(self.near.has(k, "about-data", "about-part", "about-code") for k in range(j, j + _OWNER))

    def _without_elements(self) -> Mention | None:
        """ "Creative Commons" alone: a mention of some license of theirs where it is written out or licensing is near."""
        near, i, end = self.near, self.i, self.end
        if not self.named:
            return None
        full = near.at[i].j - i > 1 or self.words.kind[i] == "c" or self.words.text[i] == "creativecommons"
        licensed = near.has(end, "license") and self.words.gap[end] == TIGHT
        if not full and not licensed and not (end < near.count and near.before(i, "license")):
            return None
        return Mention("LicenseRef-CC", Certainty.FAMILY, i, max(end, i + 1), "cc", kind=Kind.CREATIVE_COMMONS)

    def _is_sure_without_mark(self) -> bool:
        """Whether elements without "Creative Commons" before them can be nothing else: "by-nc-sa 4.0"."""
        near, i, end = self.near, self.i, self.end
        if "by" not in self.elements:
            return False
        if not self.spelled:
            return bool(self.version) or near.license_beside(i, end)
        if len(self.elements) > 1:
            return True
        dotted = "." in " ".join(self.words.text[i:end])
        if not (self.version and (self.leveled or self.port or dotted)):
            return False
        cjk = any(kind == "c" for kind in self.words.kind[i:end])
        whole = i == 0 and end == near.count
        return cjk or self.leveled or bool(self.port) or whole or near.license_beside(i, end)
