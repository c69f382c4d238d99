"""One verdict with something of everything, which every report format shows: ``MIXED``.

A denied source, a conflict, a caveat, two licences, a Korean title, an allowed source, a claim, a
waived finding, a place that could not be read, blanks in a credit, upstream, a reservation and a
retrieval. Written by hand, so that the golden reports change with the reports and not with the rules.
"""

from __future__ import annotations

from typing import Final

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
    Finding,
    Origin,
    Outbound,
    Reason,
    Reservation,
    Retrieval,
    Scope,
    Source,
    SourceVerdict,
    Stance,
    Verdict,
)

BY: Final = "CC-BY-4.0"
BY_SA: Final = "CC-BY-SA-4.0"
NC_SA_KR: Final = "LicenseRef-CC-BY-NC-SA-2.0-KR"
BY_URL: Final = "https://creativecommons.org/licenses/by/4.0/"
HASH: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def _said(license: str, raw: str, path: str, line: int, field: str, basis: Basis, **more: object) -> Evidence:
    said = Evidence(
        path,
        line,
        10,
        field,
        raw,
        license,
        Certainty.EXACT,
        Scope.DATA,
        Origin.IN_ARTIFACT,
        "card",
        basis,
        Stance.ASSERTED,
        rule="vocabulary-hf",
    )
    return said._replace(**more)  # type: ignore[arg-type]


TAG: Final = _said(BY, "cc-by-4.0", "data/wiki/README.md", 3, "license", Basis.HUB_TAG)
TEXT: Final = _said(
    BY_SA,
    "Creative Commons Attribution-ShareAlike 4.0",
    "data/wiki/README.md",
    21,
    "## License",
    Basis.CARD_BODY,
    part="the articles",
    note="the section of the card speaks of the articles",
)
KOREAN: Final = _said(
    NC_SA_KR,
    "크리에이티브 커먼즈 저작자표시-비영리-동일조건변경허락 2.0 대한민국",
    "data/나무위키/README.md",
    19,
    "## 라이선스",
    Basis.CARD_BODY,
)
CODE: Final = _said(
    "MIT",
    "MIT License",
    "data/나무위키/LICENSE",
    1,
    "text",
    Basis.LICENSE_FILE,
    scope=Scope.CODE,
    scanner="license-file",
)
TABLE: Final = _said(BY, BY_URL, "data/births/datapackage.json", 7, "licenses[0].path", Basis.METADATA_FILE)

CONFLICT: Final = Conflict("what the data is under", (TEXT, TAG), "the text has the details, so the text is taken")

BIRTHS: Final = Source(
    "births",
    BY,
    evidence=(TABLE,),
    credit=Credit("Births by year", ("Statistics Office",), "https://stats.example/births", "© 2024 Statistics Office"),
)
WIKI: Final = Source(
    "wiki",
    BY_SA,
    also=(BY,),
    upstream=("NOASSERTION",),
    evidence=(TAG, TEXT),
    conflicts=(CONFLICT,),
    caveats=("data/wiki/README.md:30: some parts are excepted",),
    credit=Credit("Encyclopaedia articles"),
    reservations=(Reservation("content-signal", "ai-train=no", "data/wiki/robots.txt", 4),),
    retrievals=(
        Retrieval("https://wiki.example/dump", "https://wiki.example/dump/2024", "2024-05-01T09:30:00Z", 200, HASH),
    ),
)
NAMU: Final = Source(
    "나무위키",
    NC_SA_KR,
    claims=(Claim("exception", "KCA-35-5", acts=("copy",), evidence="의견서.pdf"),),
    evidence=(KOREAN, CODE),
    credit=Credit("나무위키 문서 모음", ("나무위키 기여자",), "https://namu.wiki"),
)

CLAIMED: Final = Reason(
    "claim-KCA-35-5", "review", "KCA 35-5", "exception KCA-35-5: the four factors have to be weighed"
)
NONCOMMERCIAL: Final = Reason(
    "nc-commercial-use",
    "forbid",
    "CC BY-NC-SA 2.0 KR §4(c)",
    "CC BY-NC-SA 2.0 KR allows noncommercial use only, and this use is commercial (product)",
    NC_SA_KR,
)
OTHER_LICENSE: Final = Reason(
    "sa-incompatible-outbound",
    "forbid",
    "CC BY-NC-SA 2.0 KR §4(b)",
    "an adaptation of CC BY-NC-SA 2.0 KR material cannot be published under CC BY 4.0",
    NC_SA_KR,
)
LOOSER: Final = Reason(
    "looser-than-upstream",
    "review",
    "nemo plus iuris: none can license more than they hold",
    "declared as CC-BY-SA-4.0, which permits more than its sources do: NOASSERTION",
)

MIXED: Final = Verdict(
    "mixed",
    Decision.DENY,
    (
        ("intent", "publish-adaptation"),
        ("purpose", "product"),
        ("outbound", BY),
        ("contains", "personal_data"),
    ),
    (
        SourceVerdict(
            BIRTHS,
            Decision.ALLOW,
            (
                Reason(
                    "grants-sharing-adaptations",
                    "permit",
                    "CC BY 4.0 §2(a)(1)(B)",
                    "CC BY 4.0 allows sharing adaptations",
                    BY,
                ),
            ),
            (
                Duty("AUTHOR", "CC BY 4.0 §3(a)(1)(A)(i)", "name the author, or the pseudonym, as supplied", BY),
                Duty("COPYRIGHT_NOTICE", "CC BY 4.0 §3(a)(1)(A)(ii)", "keep the copyright notice", BY),
                Duty("LIC_LINK", "CC BY 4.0 §3(a)(1)(C)", "include the licence's text, or a link to it", BY),
                Duty("STATE_CHANGES", "CC BY 4.0 §3(a)(1)(B)", "say that it was changed", BY),
            ),
            ("CC BY 4.0: others may copy a paid dataset",),
        ),
        SourceVerdict(
            WIKI,
            Decision.REVIEW,
            (LOOSER,),
            (
                Duty("AUTHOR", "CC BY-SA 4.0 §3(a)(1)(A)(i)", "name the author, or the pseudonym, as supplied", BY_SA),
                Duty("SA_OUT", "CC BY-SA 4.0 §3(b)(1)", "publish what you make under the same licence", BY_SA),
            ),
            WIKI.caveats,
            ("state what wiki is made from, and under which licence that is", "leave wiki out"),
        ),
        SourceVerdict(
            NAMU,
            Decision.DENY,
            (NONCOMMERCIAL, OTHER_LICENSE, CLAIMED),
            (),
            (),
            (
                "make the use noncommercial",
                "get permission from the rights holder for exactly this use, and record it",
                "leave 나무위키 out",
            ),
            claims=(ClaimVerdict(NAMU.claims[0], Decision.REVIEW, CLAIMED, "contracts, personal data"),),
            by_license=Decision.DENY,
        ),
    ),
    (
        "CC BY 4.0: others may copy a paid dataset",
        *WIKI.caveats,
        "the dataset itself declares no licence",
    ),
    ("no database right (--set sgdr=yes if one applies)",),
    Outbound(BY, (), ((BY, ("wiki", "나무위키")), ("MIT", ("wiki", "나무위키")), (BY_SA, ("나무위키",)))),
    (
        Attribution(
            "Births by year",
            ("Statistics Office",),
            "https://stats.example/births",
            BY,
            BY_URL,
            "the content was changed",
            '"Births by year" by Statistics Office (https://stats.example/births), © 2024 Statistics Office, '
            f"licensed under CC BY 4.0 ({BY_URL}); changes: the content was changed.",
        ),
        Attribution(
            "Encyclopaedia articles",
            (),
            "",
            BY_SA,
            "https://creativecommons.org/licenses/by-sa/4.0/",
            "the content was changed",
            '"Encyclopaedia articles" by [author: not found], licensed under CC BY-SA 4.0 '
            "(https://creativecommons.org/licenses/by-sa/4.0/); changes: the content was changed.",
            ("author", "source"),
        ),
        Attribution(
            "나무위키 문서 모음",
            ("나무위키 기여자",),
            "https://namu.wiki",
            NC_SA_KR,
            "https://creativecommons.org/licenses/by-nc-sa/2.0/kr/",
            "the content was changed",
            '"나무위키 문서 모음" by 나무위키 기여자 (https://namu.wiki), licensed under CC BY-NC-SA 2.0 KR '
            "(https://creativecommons.org/licenses/by-nc-sa/2.0/kr/); changes: the content was changed.",
        ),
    ),
    (Problem("data/wiki/TERMS", 1, "not text: a binary file"),),
    (CONFLICT,),
    (
        Reason(
            "contains-personal-data",
            "review",
            "PIPA (KR)",
            "personal data is in it, and no copyright licence clears it",
        ),
    ),
    (
        Finding(
            "papers-missing",
            "warning",
            "births: no copy of the licence lies beside the data",
            "data/births",
            source="births",
            help="put the text of CC BY 4.0 into data/births/LICENSE",
        ),
        Finding(
            "lineage-lost",
            "error",
            "wiki: the card names squad as a source, and squad is not declared",
            "data/wiki/README.md",
            8,
            3,
            source="wiki",
            suppressed="until 2027-01-01: asked the publisher",
        ),
    ),
)
