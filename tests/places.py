"""The places of a dataset in which words can stand, and what a company gets for a dataset that is otherwise in order."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from licensecheck.dataset.sources import as_sources
from licensecheck.engine.evaluate import evaluate
from licensecheck.knowledge.rulebook import load
from licensecheck.model import Decision
from licensecheck.targets import targets
from licensecheck.vocabulary import make_use

USES: Final = [
    make_use({"intent": intent, "purpose": "product", "licensee": "company"})
    for intent in ("publish-copy", "publish-adaptation", "train")
]
"""A company's product: each restriction shuts out at least one of these."""
TAGS: Final = {"cc-by-4.0": "CC BY 4.0", "mit": "MIT"}
MIT: Final = """MIT License

Copyright (c) 2024 The Gull Project

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def card(tag: str, body: str, gate: str = "") -> str:
    return f"---\nlicense: {tag}\n{gate}---\n# Gulls\n\nCounts of gulls at forty harbors.\n\n{body}"


def licensed(tag: str) -> str:
    return f"## License\n\nThis dataset is licensed under {TAGS[tag]}.\n"


Files = dict[str, str]
PLACES: Final[dict[str, Callable[[str, str], Files]]] = {
    "license section": lambda tag, words: {"README.md": card(tag, f"{licensed(tag)}\n{words}\n")},
    "license section, same paragraph": lambda tag, words: {"README.md": card(tag, f"{licensed(tag).rstrip()} {words}\n")},
    "other section": lambda tag, words: {"README.md": card(tag, f"## Usage\n\n{words}\n\n{licensed(tag)}")},
    "introduction": lambda tag, words: {"README.md": card(tag, f"{words}\n\n{licensed(tag)}")},
    "list item": lambda tag, words: {"README.md": card(tag, f"## Notes\n\n- Counted by hand.\n- {words}\n\n{licensed(tag)}")},
    "table cell": lambda tag, words: {
        "README.md": card(tag, f"## Facts\n\n| fact | value |\n|---|---|\n| rows | 40 |\n| use | {words} |\n\n{licensed(tag)}")
    },
    "footnote": lambda tag, words: {
        "README.md": card(tag, f"## Usage\n\nLoad the rows one by one.[^1]\n\n{licensed(tag)}\n## More\n\nThanks.\n\n[^1]: {words}\n")
    },
    "web page": lambda tag, words: {
        "README.md": card(tag, licensed(tag)),
        "index.html": "<html><head><title>The Gulls dataset</title></head><body><h1>The Gulls dataset</h1><p>Counts of gulls.</p>"
        f"<p>{words}</p><h2>License</h2><p>The dataset is licensed under {TAGS[tag]}.</p></body></html>",
    },
    "LICENSE of its own words": lambda tag, words: {"README.md": card(tag, licensed(tag)), "LICENSE": f"{words}\n"},
    "LICENSE beside a standard text": lambda tag, words: {"README.md": card("mit", licensed("mit")), "LICENSE": f"{MIT}\n{words}\n"},
    "TERMS file": lambda tag, words: {"README.md": card(tag, licensed(tag)), "TERMS.txt": f"{words}\n"},
    "metadata description": lambda tag, words: {
        "README.md": card(tag, licensed(tag)),
        "dataset-metadata.json": json.dumps({"licenses": [{"name": tag.upper()}], "description": f"Counts of gulls. {words}"}),
    },
    "gate prompt": lambda tag, words: {
        "README.md": card(tag, licensed(tag), f"extra_gated_prompt: {json.dumps(words, ensure_ascii=False)}\n")
    },
    "README.rst": lambda tag, words: {
        "README.md": card(tag, licensed(tag)),
        "README.rst": f"Gulls\n=====\n\nCounts of gulls.\n\nUsage\n-----\n\n{words}\n",
    },
    "README.txt": lambda tag, words: {"README.md": card(tag, licensed(tag)), "README.txt": f"Gulls\n\nCounts of gulls.\n\n{words}\n"},
    "README in another language": lambda tag, words: {
        "README.md": card(tag, licensed(tag)),
        "README.ko.md": f"# 갈매기\n\n마흔 항구의 갈매기 수.\n\n## 사용법\n\n{words}\n",
    },
}  # fmt: skip
BOOK: Final = load()


def decisions(folder: Path, files: Files) -> list[Decision]:
    """What a company gets for each of ``USES``."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    found = targets.resolve_target(str(folder))
    assert not [problem for one in found for problem in one.problems]
    resolved = [one for one in found if one.evidence]
    sources = [source for one in resolved for source in as_sources(one)]
    return [evaluate(sources, use, BOOK).decision for use in USES]
