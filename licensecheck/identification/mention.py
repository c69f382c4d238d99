"""Licences named in words: Creative Commons by a grammar of elements, version and port, the rest by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from licensecheck.base import regex
from licensecheck.identification import address as addresses
from licensecheck.identification.creative_commons import _ELEMENTS, _PORTS, CC_VERSIONS
from licensecheck.identification.family import _OFFICES
from licensecheck.identification.near import _REACH, Mention
from licensecheck.knowledge import names, phrases
from licensecheck.knowledge.lex import CLAUSE, SENTENCE, SOFT, TIGHT, Words
from licensecheck.knowledge.phrases import Hit
from licensecheck.model import Certainty, Kind

_ID: Final = regex.compile(r"[a-z0-9][a-z0-9.+-]*")


class _Reader:
    """One pass over the words of one text."""

    def __init__(self, words: Words, hits: list[Hit], original: str, folded: str) -> None:
        self.words = words
        self.original = original
        self.folded = folded
        self.at = {hit.i: hit for hit in hits}
        self.count = len(words.text)
        self.types_end = 0

    def mentions(self) -> Iterator[Mention]:
        words = self.words
        i = 0
        while i < self.count:
            made = self._mention(i)
            if made is not None and made.license is not None:
                yield made
                i = max(made.j, i + 1)
            elif made is not None:
                i = max(made.j, i + 1)
            else:
                hit = self.at.get(i)
                i = hit.j if hit is not None and words.kind[i] != "u" else i + 1

    def _mention(self, i: int) -> Mention | None:
        words = self.words
        if words.kind[i] == "u":
            address = self.original[words.start[i] : words.end[i]]
            named = addresses.named(address)
            if named is None:
                return None
            return Mention(named.license, named.certainty, i, i + 1, named.rule, address, Kind.ADDRESS)
        hit = self.at.get(i)
        if words.text[i] in ("제", "第") or (
            words.text[i] in ("0", "1", "2", "3", "4") and self._goes_on_with_types(i)
        ):
            made = self._kogl(i)
            if made is not None:
                return made
        if hit is None:
            return self._id(i)
        if hit.has("cc", "by", "nc", "sa", "nd", "code"):
            made = self._creative_commons(i)
            if made is not None:
                return made
        if hit.has("cc0"):
            return Mention("CC0-1.0", Certainty.EXACT, i, self._tail(hit.j, "1.0"), "cc0")
        if hit.has("pdm"):
            return Mention("CC-PDM-1.0", Certainty.EXACT, i, self._tail(hit.j, "1.0"), "public-domain-mark")
        if hit.has("kogl-mark", "kogl-works", "kogl-type", "kogl-credit", "kogl-expired", "kogl-ai"):
            made = self._kogl(i)
            if made is not None:
                return made
        made = self._id(i)
        if made is not None and made.j >= hit.j:
            return made
        family = hit.get("family")
        if family is not None:
            return self._family(i, hit, family) or made
        name = hit.get("name")
        if name is not None:
            return Mention(name, Certainty.FAMILY if name == "LicenseRef-HF-bsd" else Certainty.EXACT, i, hit.j, "name")
        short = hit.get("short")
        if short is not None and self._is_short_name(i, hit):
            return Mention(
                short, Certainty.FAMILY if short == "LicenseRef-HF-bsd" else Certainty.EXACT, i, hit.j, "short-name"
            )
        if hit.has("publicdomain") and not (
            hit.j < self.count and words.text[hit.j] == "dedication" and self._near_cc0(i, hit.j)
        ):
            return Mention(
                "LicenseRef-Public-Domain", Certainty.EXACT, i, hit.j, "public-domain", kind=Kind.PUBLIC_DOMAIN
            )
        return made

    def _near_cc0(self, i: int, j: int) -> bool:
        return any(self.at[k].has("cc0") for k in range(max(0, i - 8), min(self.count, j + 8)) if k in self.at)

    # --- ids ---

    def _id(self, i: int) -> Mention | None:
        words = self.words
        start = words.start[i]
        if start and (self.folded[start - 1].isalnum() or self.folded[start - 1] in "-./@"):
            return None
        m = _ID.match(self.folded, start, start + 80)
        if m is None:
            return None
        chunk = m.group().rstrip(".-")
        if "-" not in chunk:
            return None
        if chunk.startswith("licenseref-"):
            known = names.known(chunk)
            license = known or "LicenseRef-" + self.original[start + 11 : start + len(chunk)].replace("+", "-plus")
        else:
            if not any(c.isdigit() for c in chunk):
                return None
            found = names.table()["ids"].get(chunk)
            if found is None:
                return None
            license = found
        j = i + 1
        while j < self.count and words.start[j] < start + len(chunk):
            j += 1
        return Mention(license, Certainty.EXACT, i, j, "spdx-id")

    # --- Creative Commons ---

    def _version(self, j: int) -> str | None:
        """The Creative Commons version that word ``j`` is; None where it is another number."""
        words = self.words
        text = words.text[j]
        if text in CC_VERSIONS:
            return text
        if text in ("1", "2", "3", "4"):
            after = j + 1
            if after < self.count and words.gap[after] == TIGHT and words.kind[after] == "w":
                hit = self.at.get(after)
                if words.text[after] not in _PORTS and not (
                    hit and hit.has("license", "level", "port", "filler", "cc", "by", "nc", "sa", "nd", "binding")
                ):
                    return None
            if after < self.count and words.glue[after].startswith("-") and words.text[after].isdigit():
                minor = words.text[after]
                return f"{text}.{minor}" if f"{text}.{minor}" in CC_VERSIONS else None
            return f"{text}.0"
        return None

    def _creative_commons(self, i: int) -> Mention | None:
        words, count = self.words, self.count
        elements: set[str] = set()
        named = spelled = False
        version = port = ""
        late = leveled = False
        j = end = i
        idle = repeats = 0
        while j < count and j - i < _REACH:
            gap = words.gap[j]
            if j > i and gap >= CLAUSE:
                break
            glue = words.glue[j] if j > i else ""
            hit = self.at.get(j)
            if hit is not None and hit.has("cc"):
                if repeats > 2:
                    break
                repeats += 1
                if version and elements and j > i:
                    break
                if elements and "," in glue:
                    break
                named = True
                j = hit.j
                end = j if not elements else end
                idle = 0
                continue
            if hit is not None and hit.has("by", "nc", "sa", "nd", "code"):
                code = hit.get("code")
                new = set((code or next(e for e in _ELEMENTS if hit.get(e))).split("-"))
                adds = glue.strip() in ("", "-", "+") and (code in ("nc", "nd", "sa") or hit.has("nd", "sa"))
                if late and not (new <= elements) and not adds:
                    break
                if gap >= SOFT and "," in glue and version:
                    break
                named = named or words.text[j].startswith("ccby")
                if code is None:
                    spelled = True
                elif not named and not self._is_code_run(j, hit, elements):
                    break
                elements |= new
                j = end = hit.j
                idle = 0
                continue
            if words.kind[j] == "n":
                value = self._version(j)
                if value is None or (version and version != value):
                    break
                if gap >= SOFT and "," in glue and not (elements or named):
                    break
                version = value
                late = bool(elements)
                dashed = (
                    j + 1 < count
                    and words.text[j] in "1234"
                    and words.glue[j + 1].startswith("-")
                    and words.kind[j + 1] == "n"
                )
                j = end = j + (2 if dashed else 1)
                idle = 0
                continue
            if hit is not None and hit.has("level") and (version or elements):
                leveled = True
                j = end = hit.j
                idle = 0
                continue
            if elements and (version or leveled) and not port:
                found = self._port(j, hit)
                if found is not None:
                    port, j = found
                    end = j
                    continue
            if hit is not None and hit.has("license", "filler") and (named or elements) and idle < 4:
                if elements and not version and words.gap[j] >= SOFT and ":" in glue:
                    break
                idle += hit.j - j
                j = hit.j
                continue
            if words.text[j] == "and" and spelled and elements and not version and self._element_follows(j + 1):
                j += 1
                continue
            if words.text[j] in ("의", "の", "的") and named and not elements:
                j += 1
                continue
            break
        return self._made(i, end, elements, named, spelled, version, port, leveled)

    def _element_follows(self, j: int) -> bool:
        hit = self.at.get(j)
        return hit is not None and hit.has("nc", "sa", "nd") and self.words.gap[j] == TIGHT

    def _is_code_run(self, j: int, hit: Hit, elements: set[str]) -> bool:
        """Whether "by" here begins "by-nc-sa", a code without Creative Commons before it."""
        if elements:
            return True
        code = hit.get("code") or ""
        if "-" in code:
            return code.startswith("by") and self.words.text[j].startswith("ccby")
        if self.words.text[j] == "ccby":
            return True
        after = hit.j
        if code != "by" or after >= self.count or self.words.glue[after] != "-":
            return False
        other = self.at.get(after)
        return other is not None and (other.get("code") or "") in ("nc", "sa", "nd")

    def _port(self, j: int, hit: Hit | None) -> tuple[str, int] | None:
        words = self.words
        if words.gap[j] >= CLAUSE or ("," in words.glue[j] and words.gap[j] >= SOFT):
            return None
        text = words.text[j]
        if words.kind[j] == "w" and text in _PORTS and words.gap[j] == TIGHT:
            written = self.original[words.start[j] : words.end[j]]
            alone = j + 1 == self.count or words.gap[j + 1] > TIGHT
            licensed = j + 1 in self.at and self.at[j + 1].has("license")
            if written.isupper() or words.glue[j].strip() == "-" or alone or licensed:
                return text.upper(), j + 1
        if hit is not None:
            port = hit.get("port")
            if port is not None:
                return port.upper(), hit.j
        return None

    def _made(
        self, i: int, end: int, elements: set[str], named: bool, spelled: bool, version: str, port: str, leveled: bool
    ) -> Mention | None:
        if not elements:
            if not named:
                return None
            full = self.at[i].j - i > 1 or self.words.kind[i] == "c" or self.words.text[i] == "creativecommons"
            after = self.at.get(end)
            licensed = after is not None and after.has("license") and self.words.gap[end] == TIGHT
            if not full and not licensed and not (end < self.count and self._before(i, "license")):
                return None
            return Mention("LicenseRef-CC", Certainty.FAMILY, i, max(end, i + 1), "cc", kind=Kind.CREATIVE_COMMONS)
        if not named:
            if "by" not in elements:
                return None
            if spelled:
                cjk = any(kind == "c" for kind in self.words.kind[i:end])
                if len(elements) == 1 and not (
                    version and (leveled or port or "." in " ".join(self.words.text[i:end]))
                ):
                    return None
                whole = i == 0 and end == self.count
                if len(elements) == 1 and not (cjk or leveled or port or whole or self._license_beside(i, end)):
                    return None
            elif not version and not self._license_beside(i, end):
                return None
        if {"nd", "sa"} <= elements:
            return Mention("LicenseRef-CC", Certainty.AMBIGUOUS, i, end, "cc-impossible")
        if "by" not in elements and version == "1.0":
            made = addresses.cc_id(frozenset(elements), version, port)
        else:
            made = addresses.cc_id(
                frozenset(elements | {"by"}), version, "" if version == "4.0" else port if version else ""
            )
        certainty = Certainty.EXACT if version else Certainty.FAMILY
        if version and ("by" not in elements or (port and version == "4.0")):
            certainty = Certainty.LOSSY
        if version == "2.1" and not port:
            certainty = Certainty.AMBIGUOUS
        return Mention(made, certainty, i, end, "cc-name")

    def _license_beside(self, i: int, j: int) -> bool:
        return self._before(i, "license") or any(
            self.at[k].has("license") for k in range(j, min(j + 4, self.count)) if k in self.at
        )

    def _before(self, i: int, label: str) -> bool:
        return any(self.at[k].has(label) for k in range(max(0, i - 6), i) if k in self.at)

    def _tail(self, j: int, version: str) -> int:
        """Where a name ends whose version and level words follow it."""
        words = self.words
        for _ in range(4):
            if j >= self.count or words.gap[j] > SOFT or "," in words.glue[j]:
                break
            hit = self.at.get(j)
            if words.text[j] in (version, version[0]):
                j += 1
            elif hit is not None and (
                hit.has("level")
                or (hit.has("filler") and hit.j < self.count and words.text[hit.j] in (version, version[0]))
            ):
                j = hit.j
            else:
                break
        return j

    # --- 공공누리 ---

    def _kogl(self, i: int) -> Mention | None:
        words, count = self.words, self.count
        hit = self.at.get(i)
        marked = hit is not None and hit.has("kogl-mark", "kogl-works")
        if hit is not None and hit.has("kogl-expired"):
            return Mention("LicenseRef-KOGL-Expired", Certainty.EXACT, i, hit.j, "kogl", kind=Kind.MARK)
        j = end = hit.j if hit is not None and marked else i
        number = ""
        asks: set[str] = set()
        steps = 0
        while j < count and steps < 16 and j - i < _REACH:
            if j > i and words.gap[j] >= SENTENCE:
                break
            step = self.at.get(j)
            text = words.text[j]
            if step is not None and step.has("kogl-ai") and marked:
                return Mention("LicenseRef-KOGL-AI", Certainty.EXACT, i, step.j, "kogl-ai", kind=Kind.MARK)
            if step is not None and step.has("kogl-credit", "kogl-noncommercial", "kogl-noderivatives"):
                asks |= {label[5:] for label in step.means if label.startswith("kogl-")}
                j = end = step.j
                continue
            if text in ("0", "1", "2", "3", "4") and not number:
                before = words.text[j - 1] if j else ""
                after = self.at.get(j + 1)
                if (
                    before in ("제", "第", "type")
                    or (after is not None and after.has("kogl-type"))
                    or (marked and j == end)
                ):
                    number = text
                    end = after.j if after is not None and after.has("kogl-type") else j + 1
                    j = end
                    continue
            if step is not None and step.has("kogl-mark"):
                marked = True
                j = end = step.j
                continue
            if (step is not None and step.has("kogl-type", "license", "filler")) or text in ("제", "第", "의"):
                j = step.j if step is not None else j + 1
                steps += 1
                continue
            if number or asks:
                break
            if not marked:
                return None
            steps += 2
            j = step.j if step is not None else j + 1
            if steps > 10:
                break
        if number and (
            marked or asks or (i == 0 and end == count) or self._license_beside(i, end) or self._goes_on_with_types(i)
        ):
            self.types_end = end
            return Mention(f"LicenseRef-KOGL-Type{number}", Certainty.EXACT, i, end, "kogl-type", kind=Kind.MARK)
        if "credit" in asks and (marked or {"noncommercial", "noderivatives"} & asks):
            kind = 1 + ("noncommercial" in asks) + 2 * ("noderivatives" in asks)
            certainty = Certainty.EXACT if len(asks) > 1 else Certainty.LOSSY
            return Mention(f"LicenseRef-KOGL-Type{kind}", certainty, i, end, "kogl-words", kind=Kind.MARK)
        if hit is not None and hit.has("kogl-mark"):
            return Mention("LicenseRef-KOGL", Certainty.FAMILY, i, hit.j, "kogl", kind=Kind.MARK)
        return None

    def _goes_on_with_types(self, i: int) -> bool:
        """Whether a type of 공공누리 was named right before word ``i``: "제1유형, 제4유형", "1~4유형"."""
        return 0 < self.types_end <= i <= self.types_end + 8 and all(
            self.words.gap[k] < SENTENCE for k in range(self.types_end, i + 1)
        )

    # --- families and short names ---

    def _family(self, i: int, hit: Hit, key: str) -> Mention | None:
        words, count = self.words, self.count
        family = phrases.table()["families"][key]
        versions: dict[str, str] = family["versions"]
        version = ""
        licensed = words.text[hit.j - 1] in ("license", "licence")
        j, end, idle = hit.j, hit.j, 0
        while j < count and j - hit.j < 12 and words.gap[j] <= SOFT and idle < 6:
            step = self.at.get(j)
            if words.kind[j] == "n":
                number = self._number(j, versions)
                if number:
                    version = number
                    end = j + (1 if "." in words.text[j] or not self._is_split(j) else 2)
                break
            if step is not None and step.get("family") == key:
                j = end = step.j
            elif step is not None and step.has("license", "filler"):
                licensed = licensed or step.has("license")
                idle += 1
                j = step.j
            elif words.text[j] in ("the", "s", "general", "open", "라", "의"):
                idle += 1
                j += 1
            else:
                break
        if not version:
            version, i = self._version_before(i, versions)
        if key == "OGL" and self._is_of(end, "ca"):
            return Mention("OGL-Canada-2.0", Certainty.EXACT, i, end + 1, "family-version")
        if key in ("OGL", "OGDL-Taiwan") and (self._is_of(end, "") if version else self._is_anothers(hit.j)):
            return Mention("LicenseRef-custom", Certainty.AMBIGUOUS, i, end, "government-license")
        needs = family["needs"]
        if not version:
            if needs == "version" or (needs == "license" and not licensed and not self._beside(i, hit.j)):
                return None
            target = family["unversioned"]
            return Mention(
                target, Certainty.FAMILY if target.startswith("LicenseRef-") else Certainty.EXACT, i, end, "family"
            )
        target = versions[version]
        if not family["later"]:
            return Mention(target, Certainty.EXACT, i, end, "family-version")
        after = self.folded[words.end[end - 1] : words.end[end - 1] + 40]
        if re.match(r"\+|[ ,(-]{0,3}or[ -](?:any[ -])?(?:later|newer|higher|above)", after):
            return Mention(f"{target}-or-later", Certainty.EXACT, i, end, "family-version")
        certain = bool(re.match(r"[ -]?only", after))
        return Mention(f"{target}-only", Certainty.EXACT if certain else Certainty.LOSSY, i, end, "family-version")

    def _is_split(self, j: int) -> bool:
        words = self.words
        return (
            j + 1 < self.count and words.kind[j + 1] == "n" and words.glue[j + 1] == "-" and len(words.text[j + 1]) == 1
        )

    def _number(self, j: int, versions: dict[str, str]) -> str:
        text = self.words.text[j]
        if self._is_split(j) and "." not in text:
            text = f"{text}.{self.words.text[j + 1]}"
        for form in (text, f"{text}.0", text[:3]):
            if form in versions:
                return form
        return ""

    def _version_before(self, i: int, versions: dict[str, str]) -> tuple[str, int]:
        words = self.words
        j = i - 1
        while j >= 0 and i - j < 4 and words.text[j] in ("of", "the"):
            j -= 1
        if j >= 0 and j < i - 1 and words.kind[j] == "n" and words.gap[i] <= SOFT:
            number = self._number(j, versions)
            if number:
                return number, j
        return "", i

    def _is_anothers(self, j: int) -> bool:
        """Whether a place or an office follows the name: cities use it for licences of their own."""
        words = self.words
        if j >= self.count or words.gap[j] > SOFT or words.kind[j] != "w":
            return False
        glue = words.glue[j]
        return ("-" in glue or "(" in glue or words.text[j] in ("of", "for")) and not (
            j in self.at and self.at[j].has("filler", "license", "binding")
        )

    def _is_of(self, j: int, port: str) -> bool:
        """Whether the name goes on with a country ``port``, or with a city or a region where ``port`` is ""."""
        words = self.words
        if j >= self.count or words.gap[j] > SOFT or not ("-" in words.glue[j] or "(" in words.glue[j]):
            return False
        if port:
            return j in self.at and self.at[j].get("port") == port
        return words.text[j] in _OFFICES

    def _beside(self, i: int, j: int) -> bool:
        """Whether licensing is spoken of right beside words ``i`` to ``j``."""
        words = self.words
        after = self.at.get(j)
        if after is not None and after.has("license") and words.gap[j] <= SOFT:
            return True
        return self._before(i, "license") or (i > 0 and words.text[i - 1] in ("under", "unter", "bajo", "sous", "sob"))

    def _is_short_name(self, i: int, hit: Hit) -> bool:
        words = self.words
        low = i
        while low > 0 and words.gap[low] < SENTENCE and i - low < 16:
            low -= 1
        high = hit.j
        while high < self.count and words.gap[high] < SENTENCE and high - hit.j < 16:
            high += 1
        around = [self.at[k] for k in range(low, high) if k in self.at and k != i]
        size = high - low
        upper = self.original[words.start[i] : words.end[i]].isupper()
        glue = words.glue[i]
        if self._beside(i, hit.j):
            return True
        if ":" in glue or "'" in glue or size <= 3:
            return upper or ":" in glue or "'" in glue or size == 1
        if not upper:
            return False
        if hit.j < self.count and words.text[hit.j] in ("for", "applies", "covers") and size <= 16:
            return True
        if i and words.text[i - 1] in ("is", "are", "as", "via", "or", "and", "by") and size <= 30:
            return any(h.has("license", "about-code", "about-data", "short", "name", "family", "cc") for h in around)
        if any(h.has("license") and abs(h.i - i) <= 8 for h in around):
            return True
        if words.kind[min(hit.j, self.count - 1)] == "c" or (i and words.kind[i - 1] == "c"):
            return any(h.has("license", "binding", "about-code", "about-data", "about-model") for h in around)
        return "(" in glue or (
            hit.j < self.count and "(" in words.glue[hit.j] and any(h.has("about-code") for h in around)
        )


def mentions(words: Words, hits: list[Hit], original: str, folded: str) -> list[Mention]:
    """Every licence that the words name, in order, none over another."""
    return list(_Reader(words, hits, original, folded).mentions())
