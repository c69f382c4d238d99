"""Verdicts written by hand, so that golden reports change with the report and not with the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from licensecheck.base.errors import Problem
from licensecheck.model import (
    Attribution,
    Basis,
    Certainty,
    Claim,
    ClaimVerdict,
    Conflict,
    Credit,
    Decision,
    Duty,
    Evidence,
    Origin,
    Outbound,
    Reason,
    Resolved,
    Scope,
    Source,
    SourceVerdict,
    Stance,
    Status,
    Verdict,
)

NC_SA = "LicenseRef-CC-BY-NC-SA-2.0-KR"
ND = "LicenseRef-CC-BY-ND-2.0-KR"
GRANT = "lets copies be made, in any format"
ASSUMED = ("no database right (--set sgdr=yes if one applies)",)


def said(
    license: str | None,
    raw: str,
    path: str = "README.md",
    line: int = 2,
    field: str = "license",
    certainty: Certainty = Certainty.EXACT,
    scope: Scope = Scope.DATA,
    basis: Basis = Basis.HUB_TAG,
    stance: Stance = Stance.ASSERTED,
    part: str = "",
    note: str = "",
) -> Evidence:
    return Evidence(
        path,
        line,
        10,
        field,
        raw,
        license,
        certainty,
        scope,
        Origin.IN_ARTIFACT,
        "card",
        basis,
        stance,
        part,
        (),
        "vocabulary-hf",
        note,
    )


def duty(code: str, clause: str, text: str, license: str = NC_SA) -> Duty:
    return Duty(code, clause, text, license)


def _duties(short: str, license: str, credit: str, keep: str, share_alike: str = "") -> tuple[Duty, ...]:
    rows = [
        ("AUTHOR", credit, "name the author, or the pseudonym, as supplied"),
        ("SRC_URI", credit, "give the address that the licensor names for the work"),
        ("LIC_LINK", keep, "include the license text, or a link to it, with every copy"),
        ("NO_ETM", keep, "do not add technical measures that stop others from using the license"),
    ]
    if share_alike:
        rows.insert(3, ("SA_OUT", share_alike, "publish what you make under the same licence"))
    return tuple(Duty(code, f"{short} {clause}", text, license) for code, clause, text in rows)


def _use(**axes: str) -> tuple[tuple[str, str], ...]:
    return tuple(axes.items())


def namuwiki_school() -> Verdict:
    source = Source(
        "나무위키",
        NC_SA,
        evidence=(
            said("CC-BY-NC-SA-2.0", "cc-by-nc-sa-2.0"),
            said(
                NC_SA,
                "크리에이티브 커먼즈 저작자표시-비영리-동일조건변경허락 2.0 대한민국",
                line=19,
                field="## 라이선스",
                basis=Basis.CARD_BODY,
            ),
            said("MIT", "MIT License", "LICENSE", 1, "text", scope=Scope.CODE, basis=Basis.LICENSE_FILE),
        ),
        credit=Credit("나무위키", ("나무위키 기여자",), "https://namu.wiki"),
    )
    reasons = tuple(
        Reason(rule, "permit", "CC BY-NC-SA 2.0 KR §3", f"CC BY-NC-SA 2.0 KR {GRANT}", NC_SA)
        for rule in ("grants-copying", "grants-adapting", "grants-sharing-adaptations")
    )
    credit = Attribution(
        "나무위키",
        ("나무위키 기여자",),
        "https://namu.wiki",
        NC_SA,
        "https://creativecommons.org/licenses/by-nc-sa/2.0/kr/",
        "the content was changed",
        '"나무위키" by 나무위키 기여자 (https://namu.wiki), licensed under CC BY-NC-SA 2.0 KR '
        "(https://creativecommons.org/licenses/by-nc-sa/2.0/kr/); changes: the content was changed.",
    )
    return Verdict(
        "1",
        Decision.ALLOW,
        _use(intent="publish-adaptation", purpose="academic_research", licensee="school", outbound=NC_SA),
        (
            SourceVerdict(
                source, Decision.ALLOW, reasons, _duties("CC BY-NC-SA 2.0 KR", NC_SA, "§4(d)", "§4(a)", "§4(b)")
            ),
        ),
        assumptions=ASSUMED,
        outbound=Outbound(NC_SA, (NC_SA, "CC-BY-NC-SA-4.0"), (("CC-BY-4.0", ("나무위키",)), ("MIT", ("나무위키",)))),
        attributions=(credit,),
    )


def korquad_changed() -> Verdict:
    source = Source("KorQuAD", ND, evidence=(said(ND, "CC BY-ND 2.0 KR", line=14, field="## Licensing Information"),))
    reason = Reason(
        "nd-no-adaptation",
        "forbid",
        "CC BY-ND 2.0 KR §3",
        "CC BY-ND 2.0 KR does not allow sharing an adapted version",
        ND,
    )
    remedies = (
        "publish unchanged copies instead (another file format is not a change)",
        "get permission from the rights holder for exactly this use, and record it",
        "leave KorQuAD out",
    )
    return Verdict(
        "2",
        Decision.DENY,
        _use(intent="publish-adaptation", purpose="product"),
        (SourceVerdict(source, Decision.DENY, (reason,), remedies=remedies),),
        assumptions=ASSUMED,
        outbound=Outbound(None, (), (("CC-BY-4.0", ("KorQuAD",)), ("MIT", ("KorQuAD",)))),
    )


def no_license() -> Verdict:
    source = Source(
        "data",
        "NONE",
        evidence=(
            said(
                None,
                "[More Information Needed]",
                line=12,
                field="## Licensing Information",
                stance=Stance.PLACEHOLDER,
                certainty=Certainty.NONE,
            ),
        ),
    )
    reason = Reason(
        "all-rights-reserved",
        "forbid",
        "Berne Convention art. 5(2)",
        "no license was found, and without one all rights are reserved",
        "NONE",
    )
    remedies = ("look for the license where the material comes from", "leave data out")
    return Verdict(
        "3",
        Decision.DENY,
        _use(intent="publish-copy", purpose="teaching"),
        (SourceVerdict(source, Decision.DENY, (reason,), remedies=remedies),),
    )


def unclear_list() -> Verdict:
    source = Source(
        "pictures",
        "CC-BY-4.0 AND CC-BY-NC-4.0",
        readings=("CC-BY-4.0", "CC-BY-NC-4.0"),
        evidence=(said("CC-BY-4.0", "cc-by-4.0", line=3), said("CC-BY-NC-4.0", "cc-by-nc-4.0", line=4)),
    )
    reasons = (
        Reason(
            "list-without-operator",
            "review",
            "SPDX 2.3 annex D",
            "the list does not say whether all licenses apply or one may be chosen",
        ),
        Reason(
            "nc-commercial-use",
            "forbid",
            "CC BY-NC 4.0 §2(a)(1)",
            "CC BY-NC 4.0 allows noncommercial use only, and this use is commercial (product)",
        ),
    )
    return Verdict(
        "4",
        Decision.REVIEW,
        _use(intent="publish-copy", purpose="product"),
        (
            SourceVerdict(
                source,
                Decision.REVIEW,
                reasons,
                remedies=("read the terms of pictures and record the license under `clarify` in licensecheck.yaml",),
            ),
        ),
    )


def mixed() -> Verdict:
    """Deny, review and allow together; a conflict, a claim, a caveat, Korean, blanks, an unreadable file."""
    tag = said("CC-BY-4.0", "cc-by-4.0", "wiki/README.md", 3)
    text = said(
        "CC-BY-SA-4.0",
        "Attribution-ShareAlike 4.0",
        "wiki/README.md",
        21,
        "## License",
        basis=Basis.CARD_BODY,
        part="the articles",
    )
    conflict = Conflict("what the data is under", (text, tag))
    wiki = Source(
        "wiki",
        "CC-BY-SA-4.0",
        also=("CC-BY-4.0",),
        evidence=(tag, text),
        conflicts=(conflict,),
        caveats=("wiki/README.md:30: some parts are excepted",),
    )
    news = Source(
        "뉴스 기사 모음",
        "NONE",
        claims=(Claim("exception", "KCA-35-5", evidence="의견서.pdf"),),
    )
    stats = [
        Source(
            name,
            "CC-BY-4.0",
            evidence=(said("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/", f"{name}/LICENSE", 1, "text"),),
        )
        for name in ("births", "deaths")
    ]
    reserved = Reason(
        "all-rights-reserved", "forbid", "Berne Convention art. 5(2)", "no licence was found, so rights are reserved"
    )
    claimed = Reason("claim-KCA-35-5", "review", "KCA 35-5", "exception KCA-35-5: the four factors have to be weighed")
    training = Reason(
        "training-reading",
        "review",
        "CC, Using CC-licensed works for AI training (2025)",
        "CC BY-SA 4.0: whether training makes an adaptation is not settled; if not, allow; if so, deny",
    )
    permit = Reason(
        "grants-training", "permit", "CC BY 4.0 §2(a)(1)(A)", "CC BY 4.0 lets a model be trained", "CC-BY-4.0"
    )
    owed = _duties("CC BY 4.0", "CC-BY-4.0", "§3(a)(1)(A)", "§3(a)(1)(C)")
    verdicts = (
        *(
            SourceVerdict(
                source, Decision.ALLOW, (permit,), owed, ("CC BY 4.0: a paid dataset may be copied by others",)
            )
            for source in stats
        ),
        SourceVerdict(
            wiki,
            Decision.REVIEW,
            (training,),
            caveats=wiki.caveats,
            remedies=("keep the result inside the organization and do not share it", "leave wiki out"),
        ),
        SourceVerdict(
            news,
            Decision.DENY,
            (reserved, claimed),
            remedies=(
                "keep the result inside the organization and do not share it",
                "get permission from the rights holder for exactly this use, and record it",
                "leave 뉴스 기사 모음 out",
            ),
            claims=(ClaimVerdict(news.claims[0], Decision.REVIEW, claimed, "contracts, personal data"),),
            by_license=Decision.DENY,
        ),
    )
    credits = tuple(
        Attribution(
            s.name,
            (),
            "",
            "CC-BY-4.0",
            "https://creativecommons.org/licenses/by/4.0/",
            "",
            f'"{s.name}" by [author: not found], licensed under CC BY 4.0 '
            "(https://creativecommons.org/licenses/by/4.0/).",
            ("author", "source"),
        )
        for s in stats
    )
    personal = Reason(
        "contains-personal-data", "review", "PIPA (KR)", "personal data is in it, and no copyright licence clears it"
    )
    return Verdict(
        "5",
        Decision.DENY,
        _use(intent="publish-model", purpose="product_rnd", contains="personal_data"),
        verdicts,
        ("CC BY 4.0: a paid dataset may be copied by others", *wiki.caveats, "the dataset itself declares no licence"),
        (*ASSUMED, "it is open whether training makes an adaptation (set training_is_adaptation=no or yes)"),
        Outbound(
            None,
            (),
            (
                ("CC-BY-SA-4.0", ("뉴스 기사 모음",)),
                ("CC-BY-4.0", ("wiki", "뉴스 기사 모음")),
                ("MIT", ("wiki", "뉴스 기사 모음")),
            ),
        ),
        credits,
        (Problem("wiki/TERMS", 1, "not text: a binary file"),),
        (conflict,),
        (personal,),
    )


def mixed_review() -> Verdict:
    """The same without what is denied, so that duties and attributions are shown for review."""
    whole = mixed()
    kept = tuple(s for s in whole.sources if s.decision is not Decision.DENY)
    return whole._replace(decision=Decision.REVIEW, sources=kept)


CASES: Mapping[str, Verdict] = {
    "namuwiki-school": namuwiki_school(),
    "korquad-changed": korquad_changed(),
    "no-license": no_license(),
    "unclear-list": unclear_list(),
    "mixed": mixed(),
    "mixed-review": mixed_review(),
    "nothing": Verdict(
        "", Decision.REVIEW, _use(intent="copy", purpose="personal"), (), ("nothing was found to judge",)
    ),
}


class Row(NamedTuple):
    intent: str
    noncommercial: Verdict
    commercial: Verdict


def rows() -> list[Row]:
    allow, deny, review = namuwiki_school(), korquad_changed(), unclear_list()
    source = allow.sources[0].source
    same = [v._replace(sources=tuple(s._replace(source=source) for s in v.sources)) for v in (allow, deny, review)]
    plain = same[0]._replace(sources=tuple(s._replace(duties=()) for s in same[0].sources))
    return [
        Row("copy", plain, plain),
        Row("publish-copy", same[0], same[1]),
        Row("publish-adaptation", same[0], plain),
        Row("publish-model", same[2], same[1]),
    ]


def scanned() -> Resolved:
    verdict = mixed()
    wiki = verdict.sources[2].source
    odd = said(
        None,
        "the licence is not known",
        "wiki/README.md",
        40,
        "## 라이선스",
        Certainty.NONE,
        stance=Stance.UNKNOWN,
        note="says that it is not known",
    )
    return Resolved(
        "wiki",
        "CC-BY-SA-4.0",
        Status.CONFLICT,
        (*wiki.evidence, odd),
        wiki.conflicts,
        ("CC-BY-SA-4.0", "CC-BY-4.0"),
        verdict.problems,
        upstream=("squad", "위키백과"),
        caveats=wiki.caveats,
    )
