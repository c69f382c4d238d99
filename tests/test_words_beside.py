"""Words beside a licence: what they would shut out is a review, and nothing else changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck.dataset.sources import as_source, as_sources
from licensecheck.engine.engine import engine
from licensecheck.engine.evaluate import evaluate
from licensecheck.knowledge.rulebook import load
from licensecheck.model import Decision, Resolved, Source, Status, replace
from licensecheck.scanners import scan_text
from licensecheck.scanners.resolve import resolve
from licensecheck.targets import targets
from licensecheck.vocabulary import INTENTS, make_use

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("words_beside.yaml").read_text(encoding="utf-8"))
USES = {
    "commerce": make_use({"intent": "publish-copy", "purpose": "product", "licensee": "company"}),
    "training": make_use({"intent": "train", "purpose": "product", "licensee": "company"}),
    "research": make_use({"intent": "publish-copy", "purpose": "academic_research", "licensee": "school"}),
}
BOOK = load()
DOUBTS = (
    "noncommercial",
    "no-training",
    "commercial-permission",
    "unclear-rights",
    "further-terms",
    "no-redistribution",
)
ORDER = (Decision.DENY, Decision.REVIEW, Decision.ALLOW)


def found(text: str) -> Resolved:
    scanned = scan_text("README.md", f"# Gulls\n\n{text}")
    assert scanned is not None
    return resolve("README.md", scanned)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["words"])
def test_what_words_beside_a_licence_do(case: dict[str, Any]) -> None:
    one = found(case["text"])
    assert one.license == case["license"]
    assert set(one.beside) == set(case["beside"])
    decided = {name: evaluate([as_source(one)], use, BOOK).decision.value for name, use in USES.items()}
    assert decided == {name: case[name] for name in USES}


@pytest.mark.parametrize("purpose", ["product", "academic_research", "personal", "nonprofit_program"])
@pytest.mark.parametrize("intent", INTENTS)
@pytest.mark.parametrize("license", ["CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-ND-4.0", "NONE"])
def test_a_doubt_betters_nothing_and_denies_nothing(license: str, intent: str, purpose: str) -> None:
    use = make_use({"intent": intent, "purpose": purpose})
    alone = engine(BOOK).source(Source("", license), use)
    for kind in DOUBTS:
        made = engine(BOOK).source(Source("", license, beside=(f"LicenseRef-{kind}",)), use)
        assert made.rank in (alone.rank, min(alone.rank, 1))
        if made.rank != alone.rank:
            assert made.reasons[0].rule == "restriction-not-sure"
            assert {reason.effect for reason in made.reasons} == {"review"}
            assert not made.duties


@pytest.mark.parametrize("status", [Status.FOUND, Status.CONFLICT, Status.AMBIGUOUS])
def test_a_doubt_counts_whatever_else_is_open(status: Status) -> None:
    both = ("CC-BY-4.0", "CC-BY-3.0")
    one = Resolved("d", "CC-BY-4.0", status, strictest=both, beside=("LicenseRef-no-training",))
    train = make_use({"intent": "train", "purpose": "product"})
    assert evaluate([as_source(one)], train, BOOK).decision is Decision.REVIEW
    assert evaluate([as_source(replace(one, beside=()))], train, BOOK).decision is Decision.ALLOW


def test_words_without_a_licence_are_none() -> None:
    one = found("No AI training without permission.")
    assert (one.license, one.beside) == (None, ())
    assert evaluate([as_source(one)], USES["research"], BOOK).decision is Decision.DENY


CARD = "---\nlicense: cc-by-4.0\n---\n# Gulls\n"


def beside_a_card(folder: Path, name: str, text: str) -> Decision:
    """What a company gets that publishes copies of a dataset under CC BY 4.0 with ``text`` in the file ``name``."""
    (folder / "README.md").write_text(CARD, encoding="utf-8")
    paper = folder / name
    paper.parent.mkdir(parents=True, exist_ok=True)
    paper.write_text(text, encoding="utf-8")
    said = [one for one in targets.resolve_target(str(folder)) if one.evidence]
    return evaluate([source for one in said for source in as_sources(one)], USES["commerce"], BOOK).decision


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("LICENSE", "The data may be used only by members of the consortium.\n"),
        ("LICENSE", "Ask the authors before any use.\n"),
        ("LICENSE.txt", "See terms at https://gulls.example/terms\n"),
        ("LICENSE", "только для некоммерческого использования\n"),
        ("라이선스.md", "연구진에게 먼저 물어보세요.\n"),
        ("NOTICE", "This dataset is licensed under CC BY-NC 4.0.\n"),
        ("이용약관.txt", "본 데이터는 상업적으로 이용할 수 없습니다.\n"),
        ("licenses/CC-BY-NC-4.0.txt", "This dataset is licensed under CC BY-NC 4.0\n"),
        ("raw/1.html", "<html><body><p>Gulls.</p><footer>ⓒ 갈매기일보, 무단 전재-재배포, AI 학습 및 활용 금지</footer></body></html>"),
        ("raw/1.htm", "<html><body><p>Gulls.</p><p>© Gull Times. All rights reserved.</p></body></html>"),
        ("annotations.json", '{"info": {}, "licenses": [{"id": 1, "url": "http://creativecommons.org/licenses/by-nc-sa/2.0/"}]}'),
        ("train.json", '{"version": 1, "license": "CC BY-NC 4.0", "data": []}'),
        ("gulls.py", 'import datasets\n\n_LICENSE = "CC BY-NC 4.0"\n'),
        ("dataset-metadata.json", '{"licenses": [{"name": "CC-BY-4.0"}], "description": "For non-commercial research use only."}'),
        ("dataset-metadata.json", '{"licenses": [{"name": "CC-BY-4.0"}], "description": "# Gulls\\n\\n## License\\nCC BY-NC 4.0"}'),
        ("croissant.json", '{"@context": "https://schema.org/", "@type": "Dataset", "conditionsOfAccess": "Apply to the committee"}'),
        ("croissant.json", '{"@context": "https://schema.org/", "@type": "Dataset", "usageInfo": "No commercial use."}'),
        (".zenodo.json", '{"upload_type": "dataset", "access_conditions": "Only for academic non-commercial use"}'),
        ("dataset_infos.json", '{"default": {"license": "", "description": "This dataset is for non-commercial use only."}}'),
    ],
)  # fmt: skip
def test_a_paper_beside_a_card_is_not_passed_over(tmp_path: Path, name: str, text: str) -> None:
    assert beside_a_card(tmp_path, name, text) is not Decision.ALLOW


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("LICENSE", ""),
        ("LICENSE", "TODO\n"),
        ("USAGE.md", "Run the loader, then read the rows one by one with your favourite tool of the day.\n"),
        ("NOTICE", "Gulls were counted with care, and the terms of art are explained in the glossary below.\n"),
        ("croissant.json", '{"@context": "https://schema.org/", "@type": "Dataset", "conditionsOfAccess": "Open, no registration"}'),
        ("croissant.json", '{"@context": "https://schema.org/", "@type": "Dataset", "copyrightNotice": "© 2024 Gull Inc."}'),
        ("croissant.json", '{"@context": "https://schema.org/", "@type": "Dataset", "description": "Reviews of a non-commercial station."}'),
        ("croissant.json", '{"@context": "https://schema.org/", "@type": "Dataset", "recordSet": [{"description": "No commercial use."}]}'),
        ("package-lock.json", '{"packages": {"gulls": {"license": "CC-BY-NC-4.0"}}}'),
        ("train.json", '{"data": [{"text": "x", "license": 3}], "license": "cc0-1.0"}'),
        ("raw/1.html", "<html><body><p>Gulls are not for commercial use, says the man in the story.</p></body></html>"),
        ("licenses/MIT.txt", "MIT License\n"),
        ("gulls.py", '_LICENSE = "no license is known here"\n'),
        ("rights.md", "How the access rights of folders are set, which permission the loader wants, and what to do.\n"),
    ],
)  # fmt: skip
def test_a_file_that_says_nothing_of_licences_changes_nothing(tmp_path: Path, name: str, text: str) -> None:
    assert beside_a_card(tmp_path, name, text) is Decision.ALLOW


@pytest.mark.parametrize("name", ["TERMS.pdf", "EULA.docx", "이용약관.hwp", "LICENSE.pdf"])
def test_a_paper_that_is_no_text_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "README.md").write_text(CARD, encoding="utf-8")
    (tmp_path / name).write_bytes(
        {".pdf": b"%PDF-1.7 x", ".docx": b"PK\x03\x04\x00\x00", ".hwp": b"\xd0\xcf\x11\xe0"}[Path(name).suffix]
    )
    assert [Path(problem.path).name for one in targets.resolve_target(str(tmp_path)) for problem in one.problems] == [
        name
    ]


def test_of_many_pages_in_the_data_with_the_same_words_one_is_read(tmp_path: Path) -> None:
    page = "<html><body><p>Gulls.</p><p>© Gull Times. All rights reserved.</p></body></html>"
    for n in range(40):
        beside_a_card(tmp_path, f"raw/{n:02}.html", page)
    (one,) = [one for one in targets.resolve_target(str(tmp_path)) if one.evidence]
    read = {Path(e.path).name for e in one.evidence if e.field == "further words"}
    assert read == {"00.html"}
    beside_a_card(tmp_path, "raw/index.html", "<html><body><p>The manual.</p></body></html>")
    (one,) = [one for one in targets.resolve_target(str(tmp_path)) if one.evidence]
    assert not [e for e in one.evidence if e.path.endswith("00.html")], "pages beside an index are a site, not data"


def test_what_a_description_says_is_told_at_its_line(tmp_path: Path) -> None:
    text = '{\n  "licenses": [{"name": "CC-BY-4.0"}],\n  "description":\n    "No commercial use."\n}\n'
    assert beside_a_card(tmp_path, "dataset-metadata.json", text) is Decision.REVIEW
    (e,) = [e for one in targets.resolve_target(str(tmp_path)) for e in one.evidence if e.field == "further words"]
    assert (Path(e.path).name, e.line, e.scanner) == ("dataset-metadata.json", 4, "kaggle")
