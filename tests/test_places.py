"""Every sentence that restricts is heard in every place that is read, and harmless ones change nothing.

The sentences are the cases of ``rules/lexicon/restrictions``. Each is put into a dataset that is otherwise in order.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from places import PLACES, TAGS, decisions

from licensecheck.identification import find
from licensecheck.knowledge import restrictions
from licensecheck.knowledge.restrictions import Binds, Case
from licensecheck.model import Decision

GUARDED: Final = ("gate prompt",)
"""Places where any words are terms: there a harmless sentence is a review too."""
CASES: Final = list(restrictions.cases())


def of(kind: str, *, says: bool) -> list[Case]:
    return [case for case in CASES if case.kind == kind and case.says is says]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.text}")
def test_a_sentence_states_its_restriction(case: Case) -> None:
    found = find(case.text)
    kinds = {kind for s in found for kind in (*s.restricts, restrictions.kind_of(s.license))}
    assert (case.kind in kinds) is case.says, case.place


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", restrictions.kinds(Binds.YES, Binds.NO))
def test_a_restriction_is_heard(tmp_path: Path, kind: str, place: str) -> None:
    unheard = []
    for n, case in enumerate(of(kind, says=True)):
        for tag in TAGS:
            folder = tmp_path / f"{n}-{tag}"
            folder.mkdir()
            if set(decisions(folder, PLACES[place](tag, case.text))) == {Decision.ALLOW}:
                unheard.append((tag, case.text))
    assert not unheard


@pytest.mark.parametrize("place", [place for place in PLACES if place not in GUARDED])
@pytest.mark.parametrize("kind", restrictions.kinds())
def test_a_harmless_sentence_changes_nothing(tmp_path: Path, kind: str, place: str) -> None:
    for n, case in enumerate(of(kind, says=False)):
        for tag in TAGS:
            folder = tmp_path / f"{n}-{tag}"
            folder.mkdir()
            assert set(decisions(folder, PLACES[place](tag, case.text))) == {Decision.ALLOW}, case.text


ROOT: Final = Path(__file__).parent.parent
HEARD: Final = """
import json, sys, tempfile
from pathlib import Path
from places import PLACES, decisions
unheard = []
for place, files in PLACES.items():
    with tempfile.TemporaryDirectory() as folder:
        if {str(one) for one in decisions(Path(folder), files("cc-by-4.0", sys.argv[1]))} == {"allow"}:
            unheard.append(place)
print(json.dumps(unheard))
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package and its rules, to which something is added."""
    shutil.copytree(
        ROOT / "licensecheck", tmp_path / "licensecheck", ignore=shutil.ignore_patterns("__pycache__", "_compiled")
    )
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    return tmp_path


def run(copy: Path, *words: str) -> str:
    """What Python prints for ``words`` with the package of ``copy``."""
    environment = {**os.environ, "PYTHONPATH": f"{copy}{os.pathsep}{ROOT / 'tests'}"}
    done = subprocess.run(
        [sys.executable, "-P", *words], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    assert not done.stderr, done.stderr
    return done.stdout


def test_a_new_wording_is_one_line_and_heard_everywhere(copy: Path) -> None:
    sentence = "This dataset is for hobbyists alone."
    assert json.loads(run(copy, "-c", HEARD, sentence)), "not known before"
    terms = copy / "rules" / "lexicon" / "phrases" / "terms.yaml"
    text = terms.read_text(encoding="utf-8")
    (line,) = [line for line in text.splitlines() if line.startswith("noncommercial:")]
    terms.write_text(text.replace(line, f"{line}\n  en-GB: [for hobbyists alone]"), encoding="utf-8")
    assert json.loads(run(copy, "-c", HEARD, sentence)) == []


KIND: Final = """
restriction: no-surveillance
means: the data may not be used to watch people
license:
  id: LicenseRef-no-surveillance
  name: "stated: no surveillance"
  short: no surveillance
  category: agreement
  grants: {copy: the words that were found}
  terms: {use-restrictions: the words that were found}
binds: no
held-by: [use-restrictions]
phrases:
  surveillance:
    en: [surveillance, tracking of people]
    ko: [감시]
rows:
  - {banned: surveillance}
cases:
  - {text: The data must not be used for surveillance., says: yes}
  - {text: 이 데이터를 감시에 사용하는 것을 금지합니다., says: yes}
  - {text: Surveillance of gull colonies began in 1990., says: no}
"""


def test_a_new_kind_is_one_file_and_heard_judged_and_shown(copy: Path) -> None:
    (copy / "rules" / "lexicon" / "restrictions" / "no-surveillance.yaml").write_text(KIND, encoding="utf-8")
    assert json.loads(run(copy, "-c", HEARD, "The data must not be used for surveillance.")) == []
    assert json.loads(run(copy, "-c", HEARD, "이 데이터를 감시에 사용하는 것을 금지합니다.")) == []
    dataset = copy / "dataset"
    dataset.mkdir()
    body = "The data must not be used for surveillance.\n\n## License\n\nCC BY 4.0\n"
    (dataset / "README.md").write_text(f"---\nlicense: cc-by-4.0\n---\n# Gulls\n\n{body}", encoding="utf-8")
    shown = run(copy, "-m", "licensecheck", "check", str(dataset), "--intent", "train", "--purpose", "product")
    assert "REVIEW" in shown
    assert "no surveillance" in shown
