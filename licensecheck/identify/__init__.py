"""From any words to a licence: text in, statements out, each with its place and how sure it is.

A statement says what licence the words name and what the text does with it: asserts it, denies it,
compares with it, speaks of something else than the data, or adds terms to it. No version is ever
invented, and nothing is matched by substring.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final, NamedTuple

from licensecheck.identify import names, urls
from licensecheck.identify.fold import fold
from licensecheck.model import Certainty, Scope, Stance, Statement, replace

_MAX: Final = 400_000
"""Characters of one text that are read for names; whole licence texts are matched apart."""
_SENTENCE: Final = 1200
"""Characters of the longest sentence: a longer one is read in pieces, so that context stays bounded."""
_MOST: Final = 1000
"""Licences named in one text that are looked at: a text with more says nothing by them."""
_LONG: Final = 600
_BREAK: Final = re.compile(
    r"[.!?;。！？][ \n)\]\"']|\n[ \t]*\n|\n[ \t]*(?:[-*+#>|]|\d+[.)])[ \t]|[。！？]|\n(?=[ \t]*$)"
)

_PLACEHOLDER: Final = re.compile(
    r"(?:more|needs more) information needed|(?<=\[)(?:more|needs more) information|\[(?:your |insert |license |licence )[^\]\n]{0,40}\]|this is a license\.?|\bto ?do\b|\btbd\b|"
    r"other-my-license|\{\{[^}\n]{0,60}\}\}",
    re.I,
)
_UNKNOWN: Final = re.compile(
    r"licen[cs](?:e|ing)(?: (?:information|status|terms|of the (?:dataset|data)|for th\w+ dataset))?(?: details)? (?:is|are|was|remains?) (?:currently )?(?:not (?:\w+ )?(?:known|specified|available|stated|clear|provided|mentioned|given|indicated)|unknown|unclear|unspecified)"
    r"|no (?:known )?licen[cs](?:e|ing)(?: information| statement)?(?: (?:is|was|has been))?(?: (?:found|given|provided|specified|available|stated|mentioned|explicit))?"
    r"|라이[선센]스[^.\n]{0,12}(?:미정|미상|불명|알 수 없|명시되지|명시되어 있지|확인되지|표기되지|없음|없습니다)|许可证?(?:未知|不明)|ライセンス(?:は)?(?:不明|未定)"
    r"|(?:unknown|unspecified|not (?:specified|provided|available|mentioned|known|found|stated|given)|unclear)(?: licen[cs]e)?\W*$"
    r"|(?:not|isn't|doesn't|does not|didn't|did not) (?:\w+ )?(?:specif|mention|provide|state|indicate)\w*(?: \w+){0,4} licen[cs]",
    re.I,
)
_NEGATED: Final = re.compile(
    r"\b(?:not|never|no longer|isn't|aren't|neither|nor)\b(?: (?:be|been|been made|yet|currently|available|released|distributed|licen[cs]ed|covered|published|under|by|in|on|a|the|an|into|any)){0,6}[ \"'(\[*_]*$|rather than(?: (?:a|the|under))*[ \"'(\[]*$|instead of(?: (?:a|the|under))*[ \"'(\[]*$"
)
_NEGATED_AFTER: Final = re.compile(
    r"^[^.\n]{0,20}(?:라이[선센]스)?(?:[가는이은를을로]|으로)? ?(?:아닙니다|아니며|아니라|적용되지 않|배포되지 않|따르지 않)|^[ )\]]{0,3}(?:does not|doesn't|do not) apply"
)
_COMPARED: Final = re.compile(
    r"\b(?:similar to|compatible with|comparable (?:to|with)|inspired by|like(?: the)?|equivalent to|based on|akin to|modell?ed (?:on|after)|analogous to|interoperable with)\b(?: (?:the|a|an|that of))?[ \"'(\[*]*$|와 (?:유사|비슷)|과 (?:유사|비슷)"
)
_COMPARED_AFTER: Final = re.compile(r"^[ )\]\"']{0,3}(?:라이[선센]스)?(?:와|과) (?:유사|비슷|호환)")
_FUTURE: Final = re.compile(
    r"\b(?:will|shall|going to|plan(?:s|ned|ning)? to|intend(?:s|ed)? to|to) be (?:\w+ ){0,3}(?:under|as|with)(?: (?:the|a|an))?[ \"'(\[*]*$|(?:plan|intend|hope)\w* to (?:release|publish|license|relicense)\b[^.\n]{0,60}$"
)
_FUTURE_AFTER: Final = re.compile(r"^[^.\n]{0,30}(?:예정입니다|예정이다|예정임|할 예정|공개될)")
_OTHER: Final = (
    (
        Scope.CODE,
        re.compile(
            r"\b(?:source ?code|codes?|code ?base|scripts?|software|library|packages?|toolkit|tools?|repository|repo|implementation|framework|loader|notebooks?|apis?|sdk|programs?|plugins?)\b|코드|스크립트|소프트웨어|패키지|도구|代码|コード|ソースコード|ソフトウェア|quellcode|\bcódigo\b",
            re.I,
        ),
    ),
    (Scope.METADATA, re.compile(r"\bmetadata\b|메타데이터|メタデータ|元数据", re.I)),
    (
        Scope.MODEL,
        re.compile(r"\b(?:models?|weights?|checkpoints?|bert|electra|embeddings?)\b|모델|가중치|モデル|模型", re.I),
    ),
    (
        Scope.SITE,
        re.compile(
            r"\b(?:web ?sites?|web ?pages?|site|this (?:page|documentation|card|readme)|documentation|docs|blog|theme|template|fonts?|icons?|logos?|papers?|articles? is|manuscript|figures?|tutorials?)\b|웹 ?사이트|홈페이지|문서|논문|글꼴|폰트|사이트|ウェブサイト|论文|網站|网站",
            re.I,
        ),
    ),
)
_DATA: Final = re.compile(
    r"\b(?:data ?sets?|data|corpus|corpora|annotations?|databases?|labels?|collection|benchmark|texts?|images?|audio|recordings?|questions?|records?|content|contents|samples?|transcripts?|translations?|treebank|splits?|sentences?|subset|dumps?|lexicon|material)\b"
    r"|데이터|말뭉치|자료|코퍼스|주석|라벨|이미지|음성|データ|コーパス|数据|語料|语料|資料|daten|datensatz|données|datos|dados",
    re.I,
)
_PARTS: Final = re.compile(
    r"\b(?:images?|photos?|pictures?|annotations?|labels?|audio|recordings?|transcripts?|texts?|questions?|answers?|videos?|translations?|metadata|subtitles?|features?|captions?|thumbnails)\b|이미지|사진|주석|라벨|음성|영상|전사|번역|텍스트",
    re.I,
)
_RESTRICT: Final = (
    ("noncommercial", re.compile(r"(?<!commercial or )(?<!commercial and )(?<!commercial/)\bnon[- ]?commercial|not (?:be used )?for (?:any )?commercial|no commercial|\bcommercial (?:use|usage|purposes?) (?:is|are) (?:not|strictly|prohibited|forbidden)|비영리 ?목적|비상업|상업적 ?(?:인 ?)?(?:이용|사용|목적)[^.\n]{0,12}(?:금지|불가|안 ?됩|없습|제한|할 수 없)|영리 ?목적[^.\n]{0,14}(?:금지|불가|없)|非商用|商用利用(?:は)?(?:禁止|不可)|不得用于商业|禁止商用|仅[供限]非商业|nicht[- ]kommerziell|fins? não comerciais|fines? no comerciales|non commerciale", re.I)),
    ("research-only", re.compile(r"\b(?:for|only for|solely for|limited to|purposes? of|restricted to) (?:the purpose of )?(?:(?:non-?commercial|academic|educational|scientific|personal|and|or|,|/|purely) ?){0,4}research(?: and \w+)?(?: purposes?| use)?(?: only)?|\bresearch[- ](?:use |purposes? )?only|연구 ?(?:용도|목적|용)(?:으로|에)?만|연구 ?(?:용도|목적|용)(?:에|으로) ?한|학술 ?(?:연구)? ?목적|研究目的(?:に|で|のみ)|仅[供限用].{0,8}研究|供.{0,4}研究使用|forschungszwecke|fins? de pesquisa|fines de investigación|à des fins de recherche", re.I)),
    ("academic-only", re.compile(r"\bacademic (?:use|purposes?|usage|research)(?: only)?|\beducational (?:use|purposes?) only|교육 ?(?:용|목적)(?:으로|에)?(?:만| 한)|学术(?:研究|用途)|学術", re.I)),
    ("no-redistribution", re.compile(r"\b(?:not|never|no|cannot|may not|must not)\b[^.\n]{0,40}\b(?:re-?distribut|re-?publish|shared? with|pass(?:ed)? on|transfer|sublicens)\w*|무단 ?(?:전재|배포|복제)|재배포[^.\n]{0,12}(?:금지|불가|없)|再配布(?:は)?(?:禁止|不可)|無断転載|禁止转载|不得转载|不得传播", re.I)),
    ("no-derivatives", re.compile(r"\b(?:no|not (?:be )?) ?(?:modif|alter|deriv)\w*(?: works?)? (?:allowed|permitted)|변경[^.\n]{0,6}금지", re.I)),
    ("permission-needed", re.compile(r"\b(?:prior |written |explicit )*(?:permission|consent|approval|authori[sz]ation)\b[^.\n]{0,40}(?:required|needed|from|must|necessary)|\bplease contact\b[^.\n]{0,60}\b(?:licen[cs]|commercial|permission)|\bwithout (?:the )?(?:\w+ ){0,3}(?:permission|consent)|사전 ?(?:승인|허가|동의)|许可后", re.I)),
    ("terms-of-use", re.compile(r"\bterms (?:of (?:use|service)|and conditions|of the)|\b(?:data )?(?:use|user|usage|sharing|license|licence|licensing) agreements?\b|\buser license\b|\bterms\b[^.\n]{0,20}(?:apply|at|in)\b|이용 ?약관|利用規約|使用条款|nutzungsbedingungen|conditions d'utilisation", re.I)),
)  # fmt: skip
_LINK: Final = re.compile(
    r"\W{0,6}(?:(?:international|public|unported|licen[cs]e|라이[선센]스|ライセンス|许可协议)\W{1,6}){0,3}"
)
_OR: Final = re.compile(
    r"[ )\"']{0,3}(?:,? or|oder|ou|또는|혹은|或者?|または)(?: (?:the|a|an|under|later))*[ (\"']{0,3}"
)
_BESIDE: Final = re.compile(r"[ \])\"'*]{0,3}(?:\([^()]{1,40}\)|（[^（）]{1,40}）)")
_PER_ITEM: Final = re.compile(
    r"\b(?:var(?:y|ies|ying) (?:by|per|between|across)|per[- ](?:image|file|item|record|work|object)|depend\w* on the (?:image|file|item|record|source)"
    r"|each (?:image|file|item|record|work|photo)\b|exact licen[cs]es?|individual (?:files?|items?|images?|records?)|licen[cs]es? (?:of|for) each|each \w+ has (?:its|their) own|accompan\w+ each|^various\b|defined per\b)",
    re.I,
)
_OWN_TERMS: Final = re.compile(
    r"\b(?:no|without)\b[^.\n]{0,30}\brestrictions?|\bfree(?:ly)?\b|\bpublicly available|open to the public|\bpolic(?:y|ies)\b|\bterms\b|\bagreements?\b|licen[cs]e"
    r"|\battribution\b|\bpermission\b|\bcopyright|indemnif|disclaimer|\bconditions?\b|legal notice|\bmay be (?:used|shared)|\bcan be used|\bcite[ds]?\b|\backnowledg"
    r"|자유롭게|이용 ?조건|라이[선센]스|저작권|약관|利用|许可|許可",
    re.I,
)
_US_WORK: Final = re.compile(
    r"\b(?:u\.?s\.?|united states) (?:federal )?government works?\b|work of the (?:u\.?s\.?|united states) (?:federal )?government",
    re.I,
)
_EXCEPT: Final = re.compile(
    r"\b(?:except(?:ing)?(?: for| where)?|unless otherwise|excluding|with the exception of)\b|제외|별도 ?표시", re.I
)
_RESERVED: Final = re.compile(
    r"\ball rights reserved\b|무단 ?전재|모든 권리|版权所有|無断転載|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|todos os direitos reservados",
    re.I,
)
_PUBLIC: Final = re.compile(
    r"\bpublic[ -]domain\b|퍼블릭 ?도메인|공유 ?저작물|公有领域|公共领域|パブリックドメイン|domaine public|dominio público|gemeinfrei",
    re.I,
)
_NOT_PUBLIC: Final = re.compile(
    r"public domain (?:dedication|mark)|(?:not|no longer) (?:in )?(?:the )?public domain", re.I
)
_LICENSE_WORD: Final = re.compile(
    r"licen[cs]|라이[선센]스|이용 ?허락|저작권|許諾|ライセンス|许可|許可|lizenz|copyright|released|distribut|available under|terms|tag|dedicat|공개|배포|이용",
    re.I,
)
_SHORT_NAMES: Final = frozenset(
    {"mit", "isc", "bsd", "gpl", "lgpl", "agpl", "gfdl", "odbl", "pddl", "wtfpl", "zlib", "mpl", "epl", "php"}
)
_SHORT: Final = re.compile(
    r"(?<![a-z0-9./-])(mit|isc|odbl|pddl|wtfpl|gfdl|lgpl|agpl|gpl|bsd)(?:[ -]?v?(\d(?:\.\d)?))?(?![a-z0-9./-])"
)
_SHORT_IDS: Final = {"mit": "MIT", "isc": "ISC", "odbl": "ODbL-1.0", "pddl": "PDDL-1.0", "wtfpl": "WTFPL"}
_NOT_LICENSE: Final = re.compile(
    r"\b(?:mit|massachusetts) (?:press|media|lab|csail|students?|university|course|technology)|@mit|mit\.edu|\bat mit\b|driving licen[cs]e|drivers?'?s? licen[cs]e|bsd (?:systems?|unix)|mit (?:dem|der|den|einer?|freundlicher)",
    re.I,
)


class _Sentence(NamedTuple):
    start: int
    end: int


def _sentences(text: str) -> list[_Sentence]:
    ends = [0, *(m.end() for m in _BREAK.finditer(text)), len(text)]
    cuts = [cut for a, b in pairwise(ends) for cut in range(a, b, _SENTENCE)] + [len(text)]
    return [_Sentence(a, b) for a, b in pairwise(cuts) if b > a]


@lru_cache(maxsize=2048)
def url(address: str) -> Statement | None:
    """What one URL names; a statement without licence where it is a page that is no licence; None where unknown."""
    found = urls.license_of(address, names.table()["ids"])
    if found is None:
        return None
    return Statement(found.license, found.certainty, 0, len(address), address, found.rule, url=address)


def _mentions(text: str, folded: str) -> Iterator[Statement]:
    """Every licence named in the text, still without its context; overlapping ones included."""
    taken: list[tuple[int, int]] = []
    for m in urls.URL.finditer(text):
        address = m.group().rstrip(".,;:)]}*'\"")
        taken.append((m.start(), m.start() + len(address)))
        named = url(address)
        if named is not None and named.license:
            yield replace(named, start=m.start(), end=m.start() + len(address), words=address, url=address)
    blank = list(folded)
    for a, b in taken:
        blank[a:b] = "\x00" * (b - a)
    rest = "".join(blank)
    for mention in (*names.creative_commons(rest), *names.listed(rest)):
        yield Statement(
            mention.license,
            mention.certainty,
            mention.start,
            mention.end,
            text[mention.start : mention.end],
            mention.rule,
        )
    for m in _SHORT.finditer(rest):
        if _NOT_LICENSE.search(rest[max(0, m.start() - 12) : m.end() + 20]):
            continue
        word, version = m[1], m[2] or ""
        target, certainty = _SHORT_IDS.get(word, ""), Certainty.EXACT
        if not target:
            number = version if "." in version else f"{version}.0" if version else ""
            target = f"{word.upper()}-{number}-only" if number and word != "bsd" else f"LicenseRef-HF-{word}"
            certainty = Certainty.LOSSY if number else Certainty.FAMILY
            if word == "gfdl" and number:
                target = f"GFDL-{number}-only"
        yield Statement(target, certainty, m.start(), m.end(), text[m.start() : m.end()], "short-name")
    for m in _PUBLIC.finditer(rest):
        if not _NOT_PUBLIC.search(rest[max(0, m.start() - 20) : m.end() + 14]):
            yield Statement(
                "LicenseRef-Public-Domain",
                Certainty.EXACT,
                m.start(),
                m.end(),
                text[m.start() : m.end()],
                "public-domain",
            )


def _drop_covered(found: list[Statement]) -> list[Statement]:
    """The longest of overlapping mentions, in order of place."""
    kept: list[Statement] = []
    for statement in sorted(found, key=lambda s: (s.start, -(s.end - s.start))):
        last = kept[-1] if kept else None
        if last and statement.start < last.end:
            if statement.end - statement.start > last.end - last.start:
                kept[-1] = statement
            continue
        kept.append(statement)
    return kept


def find(text: str, *, vocabulary: str | None = None) -> tuple[Statement, ...]:
    """Every statement about licences in free text (plain, Markdown, small HTML), in order of place."""
    text = text[:_MAX]
    folded = fold(text)
    mentions = _drop_covered(list(islice(_mentions(text, folded), _MOST)))
    sentences = _sentences(text)
    made: list[Statement] = []
    n = 0
    by_sentence: dict[int, list[Statement]] = {}
    for statement in mentions:
        while n < len(sentences) - 1 and sentences[n].end <= statement.start:
            n += 1
        by_sentence.setdefault(n, []).append(statement)
    for n, sentence in enumerate(sentences):
        words = folded[sentence.start : sentence.end]
        here = by_sentence.get(n, [])
        if here:
            made += _in_context(_choices(here, folded), sentence, folded)
        else:
            made += _without_name(text, words, sentence, made[-1] if made else None)
    return tuple(sorted(made, key=lambda s: s.start))


def _in_context(here: list[Statement], sentence: _Sentence, folded: str) -> Iterator[Statement]:
    words = folded[sentence.start : sentence.end]
    restricts = tuple(kind for kind, form in _RESTRICT if form.search(_without_names(words, here, sentence.start)))
    previous = sentence.start
    last: Statement | None = None
    for statement in here:
        before = folded[sentence.start : statement.start]
        after = folded[statement.end : min(sentence.end, statement.end + 80)]
        stance = Stance.ASSERTED
        if _NEGATED.search(before) or _NEGATED_AFTER.search(after):
            stance = Stance.NEGATED
        elif _COMPARED.search(before) or _COMPARED_AFTER.search(after):
            stance = Stance.COMPARED
        elif _FUTURE.search(before) or _FUTURE_AFTER.search(after):
            stance = Stance.FUTURE
        clause = folded[previous : statement.start]
        scope, part = _about((clause or before)[-240:], before[-240:])
        if last is not None and _LINK.fullmatch(clause):
            scope, part = last.scope, last.part  # a name and its own link, or a name and its short form
        if (beside := _BESIDE.match(after)) and scope is Scope.DATA and not _DATA.search(beside.group()):
            scope = next((kind for kind, form in _OTHER if form.search(beside.group())), scope)
        extra = restricts
        if statement.license and statement.license.startswith(("CC-BY-NC", "LicenseRef-CC-BY-NC")):
            extra = tuple(kind for kind in restricts if kind not in ("noncommercial", "research-only", "academic-only"))
        if statement.license and "-ND" in statement.license:
            extra = tuple(kind for kind in extra if kind != "no-derivatives")
        if statement.license and statement.license.startswith(("CC-", "LicenseRef-CC-")):
            extra = tuple(kind for kind in extra if kind not in ("terms-of-use",))
        if _EXCEPT.search(words):
            extra = (*extra, "exceptions")
        last = replace(statement, stance=stance, scope=scope, part=part, restricts=extra)
        yield last
        previous = statement.end


def _choices(here: list[Statement], folded: str) -> list[Statement]:
    """Licences offered as a choice ("A or B") as one statement of an OR expression."""
    made: list[Statement] = []
    for statement in here:
        last = made[-1] if made else None
        between = folded[last.end : statement.start] if last else ""
        if last and last.license and statement.license and last.license != statement.license and _OR.fullmatch(between):
            joined = f"{last.license} OR {statement.license}"
            words = f"{last.words}{between}{statement.words}"
            made[-1] = replace(last, license=joined, end=statement.end, words=words, rule="choice")
        else:
            made.append(statement)
    return made


def _without_names(words: str, here: list[Statement], offset: int) -> str:
    chars = list(words)
    for statement in here:
        a, b = statement.start - offset, statement.end - offset
        chars[a:b] = " " * (b - a)
    return "".join(chars)


def _about(clause: str, before: str) -> tuple[Scope, str]:
    """What the words before a name say that it is about; the nearest subject wins."""
    best: tuple[int, Scope] = (-1, Scope.DATA)
    for text in (clause, before):
        for m in _DATA.finditer(text):
            best = max(best, (m.start(), Scope.DATA), key=lambda pair: pair[0])
        for scope, form in _OTHER:
            for m in form.finditer(text):
                if m.start() > best[0]:
                    best = (m.start(), scope)
        if best[1] is Scope.METADATA and _DATA.search(text):
            best = (best[0], Scope.DATA)
        if best[0] >= 0:
            break
    part = ""
    if best[1] is Scope.DATA:
        for m in _PARTS.finditer(clause):
            part = m.group()
    return best[1], part


def _without_name(text: str, words: str, sentence: _Sentence, last: Statement | None) -> Iterator[Statement]:
    """What a sentence that names no licence says of licensing all the same; without a subject of its
    own it is about what the terms of the sentence before (``last``) are about."""
    start = sentence.start

    def made(
        m: re.Match[str],
        license: str | None,
        rule: str,
        stance: Stance = Stance.ASSERTED,
        restricts: tuple[str, ...] = (),
    ) -> Statement:
        a, b = start + m.start(), start + m.end()
        certainty = Certainty.AMBIGUOUS if license else Certainty.NONE
        return Statement(license, certainty, a, b, text[a:b], rule, stance, restricts=restricts)

    if m := _PLACEHOLDER.search(words):
        yield made(m, None, "placeholder", Stance.PLACEHOLDER)
        return
    if (m := _UNKNOWN.search(words)) and len(words) < 300:
        yield made(m, None, "unknown", Stance.UNKNOWN)
        return
    restricts = [(kind, m) for kind, form in _RESTRICT if (m := form.search(words))]
    if restricts:
        kinds = tuple(kind for kind, _ in restricts)
        before = words[: restricts[0][1].start()][-240:]
        scope, _part = _about(before, "")
        near = last is not None and last.rule.startswith("terms-") and start - last.end < 80
        if last is not None and near and not _DATA.search(before):
            scope = last.scope
        yield replace(made(restricts[0][1], _custom(kinds), f"terms-{kinds[0]}", restricts=kinds), scope=scope)
    elif m := _US_WORK.search(words):
        yield made(m, "LicenseRef-Public-Domain", "us-government-work")
    elif m := _RESERVED.search(words):
        yield made(m, "LicenseRef-all-rights-reserved", "all-rights-reserved", restricts=("permission-needed",))


def _custom(kinds: tuple[str, ...]) -> str:
    for kind in (
        "research-only",
        "academic-only",
        "noncommercial",
        "no-redistribution",
        "no-derivatives",
        "permission-needed",
        "terms-of-use",
    ):
        if kind in kinds:
            return f"LicenseRef-{kind}"
    return "LicenseRef-custom"


def value(text: str, *, vocabulary: str | None = None) -> Statement:
    """The value of one licence field: an id of its vocabulary, an SPDX id, a name, a URL or a sentence."""
    folded = fold(text).strip()
    tables = names.table()
    rows = tables["vocabularies"].get(vocabulary or "", {})
    if folded in rows:
        target, certainty = rows[folded]
        license = None if target in ("NONE", "NOASSERTION") else target
        stance = Stance.ASSERTED if license else Stance.UNKNOWN
        return Statement(
            license,
            Certainty(certainty) if license else Certainty.NONE,
            0,
            len(text),
            text,
            f"vocabulary-{vocabulary}",
            stance,
        )
    known = tables["ids"].get(folded)
    if known:
        return Statement(known, Certainty.EXACT, 0, len(text), text, "spdx-id")
    if folded in (
        "",
        "none",
        "null",
        "unknown",
        "other",
        "n/a",
        "na",
        "undefined",
        "unlicensed",
        "-",
        "?",
        "not specified",
        "notspecified",
    ):
        return Statement(None, Certainty.NONE, 0, len(text), text, "no-value", Stance.UNKNOWN)
    if re.fullmatch(r"[\w.+:() -]+", text) and re.search(r"\b(?:AND|OR|WITH)\b", text):
        try:
            from licensecheck.expression import parse

            tree = parse(text)
            if all(name.lower() in tables["ids"] or name.startswith("LicenseRef-") for name in tree.ids()):
                return Statement(str(tree), Certainty.EXACT, 0, len(text), text, "spdx-expression")
        except Exception:
            pass
    plain = _field_words(text)
    found = find(plain)
    license, certainty = conclude(found)
    if license and _PER_ITEM.search(plain) and not _VERSIONED.search(license):
        license, certainty = "LicenseRef-Per-Source", Certainty.AMBIGUOUS
    if not license and not found and _OWN_TERMS.search(_URLS.sub(" ", plain)) and not _NOT_LICENSE.search(plain):
        return Statement("LicenseRef-custom", Certainty.AMBIGUOUS, 0, len(text), text, "own-terms")
    stance = found[0].stance if found and not license else Stance.ASSERTED if license else Stance.UNKNOWN
    restricts = tuple(dict.fromkeys(kind for s in found for kind in s.restricts))
    return Statement(
        license, certainty, 0, len(text), text, found[0].rule if found else "no-name", stance, restricts=restricts
    )


_VERSIONED: Final = re.compile(r"CC-BY[A-Z-]*-\d")
_URLS: Final = re.compile(r"\]\([^)\s]*\)|(?:https?:)?//\S+")


def _field_words(text: str) -> str:
    """The words of a field that may be a small JSON object: its texts and URLs, one a line."""
    if not text.lstrip().startswith("{"):
        return text
    import json

    try:
        value_ = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return "\n\n".join(v for v in value_.values() if isinstance(v, str)) if isinstance(value_, dict) else text


_STRICT: Final = frozenset({"noncommercial", "research-only", "academic-only", "no-redistribution", "no-derivatives"})


def bare(license: str) -> str:
    """A licence id as it would be spelled without ``LicenseRef-`` and without a hub's own prefix."""
    plain = license.removeprefix("LicenseRef-")
    return plain[3:].upper() if plain.startswith("HF-") else plain


def family(license: str) -> str:
    """A licence id without its version, for the question whether one statement only says less than another."""
    plain = bare(license)
    m = re.match(r"(CC-BY(?:-(?:NC|ND|SA))*)(?:-\d.*)?\Z", plain)
    if m:
        return m[1]
    m = re.match(r"((?:A|L)?GPL|GFDL|BSD)(?:-.*)?\Z", plain)
    return m[1] if m else plain


def conclude(statements: Iterable[Statement]) -> tuple[str | None, Certainty]:
    """What the data is under by these statements: one id, several joined by AND, or None where none is stated."""
    asserted = [s for s in statements if s.license and s.stance is Stance.ASSERTED]
    elsewhere = {s.license for s in asserted if s.scope in (Scope.CODE, Scope.MODEL, Scope.SITE)}
    said = {s.license for s in asserted if s.scope is Scope.DATA and s.part}
    about = [
        s
        for s in asserted
        if s.scope in (Scope.DATA, Scope.CONTENTS) and (s.license not in elsewhere or s.license in said)
    ]
    named = [s for s in about if not _is_custom(s.license)] or (
        [] if about else [s for s in asserted if s.scope is Scope.SITE]
    )
    custom = [s for s in about if _is_custom(s.license)]
    ids: dict[str, Certainty] = {}
    for s in named:
        license = s.license or ""
        if set(s.restricts) & _STRICT and not license.startswith(("LicenseRef-Public",)):
            ids[_custom(s.restricts)] = Certainty.AMBIGUOUS
        else:
            ids[license] = s.certainty
    if not ids:
        if custom:
            return custom[0].license, custom[0].certainty
        return None, Certainty.NONE
    parts_only = all(s.part for s in named if s.license in ids)
    purposes = {"noncommercial", "research-only", "academic-only"}
    strict = [s for s in custom if set(s.restricts) & purposes and not any("-NC" in i for i in ids)]
    if parts_only and strict and not {strict[0].license, "LicenseRef-Public-Domain"} & set(ids):
        ids[strict[0].license or ""] = Certainty.AMBIGUOUS
    versioned = {family(i) for i in ids if family(i) != i.removeprefix("LicenseRef-")}
    kept = [i for i in ids if i.removeprefix("LicenseRef-") not in versioned]
    if len(kept) > 1:
        kept = [i for i in kept if i not in ("LicenseRef-CC", "LicenseRef-Public-Domain")] or kept
    if "CC0-1.0" in kept and "LicenseRef-Public-Domain" in kept:
        kept.remove("LicenseRef-Public-Domain")
    certainty = ids[kept[0]] if len(kept) == 1 else Certainty.AMBIGUOUS
    return " AND ".join(f"({i})" if " OR " in i and len(kept) > 1 else i for i in kept), certainty


def _is_custom(license: str | None) -> bool:
    return bool(license) and str(license).removeprefix("LicenseRef-") in _CUSTOM


_CUSTOM: Final = frozenset(
    {
        "research-only",
        "academic-only",
        "noncommercial",
        "no-redistribution",
        "no-derivatives",
        "permission-needed",
        "terms-of-use",
        "custom",
        "all-rights-reserved",
    }
)


def identify(text: str, *, vocabulary: str | None = None) -> tuple[str | None, Certainty, tuple[Statement, ...]]:
    """One string, URL or text: its licence expression (None where it states none), certainty, and statements."""
    if len(text) > _LONG:
        from licensecheck.identify import texts

        matches = texts.match(text)
        if matches:
            made = tuple(
                Statement(
                    m.license,
                    m.certainty,
                    m.start,
                    m.end,
                    text[m.start : m.start + 80],
                    "text",
                    restricts=("exceptions",) if m.added else (),
                )
                for m in matches
            )
            license = " AND ".join(dict.fromkeys(m.license for m in matches))
            return license, matches[0].certainty, made
    one = value(text, vocabulary=vocabulary)
    found = find(text)
    return one.license, one.certainty, found or (one,)
