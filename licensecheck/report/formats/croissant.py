"""Croissant 1.1 as JSON-LD: the dataset, its license, and what it was made from.

For: dataset catalogs.

The format: http://mlcommons.org/croissant/1.1. ``usageInfo`` says what may be done: as offers of ODRL 2.2
(https://www.w3.org/TR/odrl-vocab/), whose common vocabulary includes the words of ccREL
(https://creativecommons.org/ns), and as terms of the Data Use Ontology (https://github.com/EBISPOT/DUO) where a license
says exactly what the term says. A verdict knows no files, dates or address of the dataset; its publisher adds them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from licensecheck.base.errors import ExpressionError
from licensecheck.engine.credit import clean
from licensecheck.expression import parse
from licensecheck.model import Decision
from licensecheck.report import bom
from licensecheck.report.json_v1 import Json, dumps
from licensecheck.vocabulary import INTENT_WORDS, INTENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from licensecheck.knowledge.rulebook import Rulebook
    from licensecheck.model import Attribution, Duty, License, SourceVerdict, Verdict
    from licensecheck.report import Options

CONFORMS: Final = "http://mlcommons.org/croissant/1.1"
_TERMS: Final = (
    "annotation arrayShape citeAs column containedIn equivalentProperty excludes extract field fileProperty fileObject "
    "fileSet format includes isArray isLiveDataset jsonPath key md5 parentField path recordSet references regex repeated "
    "replace samplingRate sdVersion separator source subField transform unArchive value"
)
_CONTEXT: Final[Json] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "cc": "http://creativecommons.org/ns#",
    "duo": "http://purl.obolibrary.org/obo/DUO_",
    "conformsTo": "dct:conformsTo",
    **{term: f"cr:{term}" for term in _TERMS.split()},
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    "description": {"@container": "@language"},
}
_ACTIONS: Final = {
    "copy": "odrl:reproduce",
    "adapt": "odrl:derive",
    "share": "odrl:distribute",
    "extract": "odrl:extract",
    "train": "train a model",
    "evaluate": "evaluate a model",
    "publish_output": "publish what a model gives out",
}
_DUTIES: Final = {
    **dict.fromkeys(
        (
            "AUTHOR",
            "ATTR_PARTIES",
            "TITLE",
            "SRC_URI",
            "SOURCE",
            "KOGL_SOURCE",
            "AIHUB_CREDIT",
            "PROVIDER_STATEMENT",
            "PRODUCED_NOTICE",
            "CITE",
            "ADAPT_CREDIT",
        ),
        "cc:Attribution",
    ),
    **dict.fromkeys(
        ("COPYRIGHT_NOTICE", "LIC_NOTICE", "DISCLAIMER_NOTICE", "LIC_LINK", "LIC_TEXT", "NOTICE_FILE", "KEEP_CREDITS"),
        "cc:Notice",
    ),
    "SA_OUT": "cc:ShareAlike",
    "SOURCE_CODE": "cc:SourceCode",
    "PASS_ON_TERMS": "odrl:nextPolicy",
    "USE_RESTRICTIONS": "odrl:nextPolicy",
    "REPORT_BACK": "odrl:inform",
    "DELETE_PERSONAL": "odrl:delete",
    "DELETE_AFTER_USE": "odrl:delete",
}
"""A duty's code to the action that it is in ODRL or ccREL; what has no word there is an action of its own."""
_DUO: Final = {
    "nc": ("0000046", "non-commercial use only"),
    "research-only": ("0000042", "general research use"),
    "approved-users": ("0000026", "user specific restriction"),
}
"""A license's term to that of DUO. 0000018 is none of them: it asks for a not-for-profit organization as well."""
_LIMITS: Final = (_DUO["nc"], _DUO["approved-users"])
_UNRESTRICTED: Final = ("0000004", "no restriction")


class _Facts(NamedTuple):
    """What licenses that hold together say, in words of ccREL and DUO."""

    permits: tuple[str, ...]
    requires: tuple[str, ...]
    prohibits: tuple[str, ...]
    duo: tuple[tuple[str, str], ...]


def render(verdict: Verdict, options: Options) -> str:
    """The description of what is made, with its sources under ``prov:wasDerivedFrom``."""
    made = bom.bill(verdict, options)
    book = options.book
    result = made.result
    rows = list(zip(verdict.sources, made.sources, strict=True))
    seen = Counter(work.url for work in made.sources if work.url)
    facts = [_facts(s.chosen or work.concluded, book) for s, work in rows]
    trains = made.kind == "model"
    license = bom.NOASSERTION if trains else result.concluded
    document: Json = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "@id": f"urn:uuid:{bom.ident(made, 'croissant-1.1')}",
        "conformsTo": CONFORMS,
        "name": f"training data of: {result.name}" if trains else result.name,
        "description": f"{result.answer}. The use that was judged: {made.use}",
    }
    document |= _licensed(license, book)
    credits = [text for work in (result, *made.sources) for text in work.credits]
    if credits:
        document["creditText"] = "\n".join(dict.fromkeys(credits))
    owners = bom.credited(verdict)
    if len(rows) == 1 and 1 in owners:
        document["citeAs"] = _cited(owners[1])
    own = _facts(license, book)
    kept = [fact for (s, _), fact in zip(rows, facts, strict=True) if fact and _binds(s, verdict)]
    owed = [duty for s in verdict.sources for duty in s.duties]
    usage = _usage(
        _offer_of_use(_offered(verdict.sources, verdict.decision), verdict, owed, result.answer),
        _offer_of_license(license, own, book),
        _offer_of_sources(own, kept),
        _terms(own, kept),
    )
    if usage:
        document["usageInfo"] = usage
    if rows:
        document["prov:wasDerivedFrom"] = [
            _source(s, work, verdict, fact, book, owners.get(n, ()))
            for n, ((s, work), fact) in enumerate(zip(rows, facts, strict=True), 1)
        ]
        for row in document["prov:wasDerivedFrom"]:
            if seen[row.get("url")] == 1:
                row["@id"] = row["url"]
    return dumps(document, 2)


def _binds(s: SourceVerdict, verdict: Verdict) -> bool:
    """Whether what the source's license prohibits stays prohibited with the result.

    Not where only facts or ids are taken, and not where another right than the license carries the use.
    """
    given = dict(verdict.use)
    portion = given.get("portion") or INTENTS.get(given.get("intent", ""), {}).get("portion", "")
    claimed = bool(s.claims) and s.decision is Decision.ALLOW and s.by_license is not Decision.ALLOW
    return portion not in ("facts_only", "ids_only", "insubstantial") and not claimed


def _source(
    s: SourceVerdict,
    work: bom.Work,
    verdict: Verdict,
    facts: _Facts | None,
    book: Rulebook | None,
    credits: Sequence[Attribution],
) -> Json:
    row: Json = {"@type": "prov:Entity", "name": work.name}
    if work.url:
        row["url"] = work.url
    if work.creators:
        row["prov:wasAttributedTo"] = [{"@type": "prov:Agent", "name": name} for name in work.creators]
    if work.remarks:
        row["description"] = ". ".join(work.remarks)
    row |= _licensed(work.concluded, book)
    if work.copyright:
        row["copyrightNotice"] = work.copyright
    if work.credits:
        row["creditText"] = "\n".join(work.credits)
    if credits:
        row["citeAs"] = _cited(credits)
    usage = _usage(
        _offer_of_use(_offered((s,), s.decision), verdict, s.duties, work.answer),
        _offer_of_license(work.concluded, facts, book),
        _terms(facts),
    )
    if usage:
        row["usageInfo"] = usage
    if work.above:
        row["prov:wasDerivedFrom"] = [
            {"@type": "prov:Entity", "name": f"what {work.name} is made from", **_licensed(above, book)}
            for above in work.above
        ]
    return row


def _licensed(expression: str, book: Rulebook | None) -> Json:
    """``license``: the address of one license; of several together, or of one without an address, its name."""
    if expression in (bom.NONE, bom.NOASSERTION):
        return {}
    url = bom.address(expression, book) if bom.single(expression) else ""
    return {"license": url or {"@type": "sc:CreativeWork", "name": expression}}


def _cited(credits: Sequence[Attribution]) -> str:
    from licensecheck.attribution.credits.bibtex import write

    return write(credits).strip()


def _facts(expression: str, book: Rulebook | None) -> _Facts | None:
    """What the licenses of ``expression`` say; None where one is not known, or which of them holds is open."""
    if book is None or expression in (bom.NONE, bom.NOASSERTION):
        return None
    try:
        tree = parse(expression)
    except ExpressionError:
        return None
    found = [book.find(id) for id in tree.ids()]
    known = [license for license in found if license and not license.members and not _open(license)]
    if tree.op not in ("id", "and") or any(part.op != "id" for part in tree.parts) or len(known) != len(found):
        return None
    every = [set(license.permits) for license in known]
    return _Facts(
        tuple(word for word in known[0].permits if all(word in own for own in every)),
        tuple(dict.fromkeys(word for license in known for word in license.requires)),
        tuple(dict.fromkeys(word for license in known for word in _prohibits(license))),
        tuple(dict.fromkeys(term for license in known for term in _duo(license))),
    )


def _open(license: License) -> bool:
    """Whether what the license says is not known: nobody has read its terms, or there are none."""
    return any(term in ("terms-unread", "not-known", "no-license") for term, _ in license.terms)


def _prohibits(license: License) -> Iterable[str]:
    yield from license.prohibits
    if any(term == "nd" for term, _ in license.terms):
        yield "DerivativeWorks"


def _duo(license: License) -> Iterable[tuple[str, str]]:
    terms = {term for term, _ in license.terms}
    yield from (_DUO[term] for term in _DUO if term in terms)
    if license.category == "public-domain" and not terms and not license.duties:
        yield _UNRESTRICTED


def _usage(*parts: Json | list[Json] | None) -> list[Json]:
    made: list[Json] = []
    for part in parts:
        made += part if isinstance(part, list) else [part] if part else []
    return made


def _offer(name: str, description: str = "") -> Json:
    row: Json = {"@type": ["sc:CreativeWork", "odrl:Offer"], "name": name}
    return row | {"description": description} if description else row


def _offered(sources: Iterable[SourceVerdict], decision: Decision) -> Decision:
    """``decision``, and no more than a review where it is an allow by a waiver: that gives nobody else a right."""
    waived = any(s.unwaived not in (None, Decision.ALLOW) for s in sources)
    return Decision.REVIEW if waived and decision is Decision.ALLOW else decision


def _offer_of_use(decision: Decision, verdict: Verdict, owed: Iterable[Duty], answer: str) -> Json | None:
    """What the verdict gives for the acts of the use: permitted with its duties, or prohibited; nothing under review."""
    given = dict(verdict.use)
    acts = [act for act in bom.acts(verdict) if act in _ACTIONS]
    if not acts or decision is Decision.REVIEW:
        return None
    purpose = clean(given.get("purpose", ""), 80)
    whole = INTENT_WORDS.get(given.get("intent", "")) or f"all of: {', '.join(acts)}"
    rule: Json = {
        # A use is denied as a whole: the answer for one of its acts alone is not given.
        "odrl:action": _action(whole) if decision is Decision.DENY else [_action(_ACTIONS[act]) for act in acts]
    }
    if purpose:
        rule["odrl:constraint"] = {
            "@type": "odrl:Constraint",
            "odrl:leftOperand": {"@id": "odrl:purpose"},
            "odrl:operator": {"@id": "odrl:eq"},
            "odrl:rightOperand": purpose,
        }
    row = _offer(f"The use that was judged{f', for {purpose}' if purpose else ''}", answer)
    if decision is Decision.DENY:
        return row | {"odrl:prohibition": {"@type": "odrl:Prohibition", **rule}}
    if duties := _duties(owed):
        rule["odrl:duty"] = duties
    return row | {"odrl:permission": {"@type": "odrl:Permission", **rule}}


def _duties(owed: Iterable[Duty]) -> list[Json]:
    """Each duty once, with all the clauses that ask for it."""
    clauses: dict[tuple[str, str], dict[str, None]] = {}
    for duty in owed:
        clauses.setdefault((duty.code, clean(duty.text)), {})[clean(duty.clause)] = None
    return [
        {
            "@type": "odrl:Duty",
            "odrl:action": _action(_DUTIES.get(code, text)),
            "name": text,
            "description": "; ".join(asked),
        }
        for (code, text), asked in clauses.items()
    ]


def _action(word: str) -> Json:
    """An action by its name in a vocabulary, or one of our own, which is a kind of use (ODRL 2.2, 2.5)."""
    if ":" in word and " " not in word:
        return {"@id": word}
    return {"@type": "odrl:Action", "name": word, "odrl:includedIn": {"@id": "odrl:use"}}


def _offer_of_license(expression: str, facts: _Facts | None, book: Rulebook | None) -> Json | None:
    """What a license says to whoever receives the work."""
    if facts is None:
        return None
    row = _offer(f"The terms of {expression}")
    if url := bom.address(expression, book) if bom.single(expression) else "":
        row["url"] = url
    if permitted := [word for word in facts.permits if word not in facts.prohibits]:
        row["odrl:permission"] = {"@type": "odrl:Permission", "odrl:action": _words(permitted)}
        if facts.requires:
            asked = [{"@type": "odrl:Duty", "odrl:action": action} for action in _words(facts.requires)]
            row["odrl:permission"]["odrl:duty"] = asked
    if facts.prohibits:
        row["odrl:prohibition"] = _prohibition(facts.prohibits)
    return row if permitted or facts.prohibits else None


def _offer_of_sources(own: _Facts | None, kept: Sequence[_Facts]) -> Json | None:
    """What stays prohibited by the licenses of the sources, beside what the result's own license prohibits."""
    words = dict.fromkeys(word for fact in kept for word in fact.prohibits if not (own and word in own.prohibits))
    if not words:
        return None
    return _offer("What the licenses of the sources prohibit") | {"odrl:prohibition": _prohibition(tuple(words))}


def _prohibition(words: Sequence[str]) -> Json:
    return {"@type": "odrl:Prohibition", "odrl:action": _words(words)}


def _words(words: Sequence[str]) -> list[Json]:
    return [{"@id": f"cc:{word}"} for word in words]


def _terms(own: _Facts | None, kept: Sequence[_Facts] = ()) -> list[Json]:
    """Terms of DUO: what the work's own license says, and what limits the sources that it is made from."""
    limits = (term for fact in kept for term in fact.duo if term in _LIMITS)
    every = dict.fromkeys((*(own.duo if own else ()), *limits))
    if len(every) > 1:
        every.pop(_UNRESTRICTED, None)
    return [_term(*term) for term in every]


def _term(code: str, name: str) -> Json:
    return {"@type": "sc:DefinedTerm", "name": name, "termCode": f"DUO:{code}", "url": f"duo:{code}"}
