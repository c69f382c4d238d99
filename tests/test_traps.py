"""Traps that tools of this kind have fallen into. Each is a regression test here."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import Run

COMMERCIAL = ("--intent", "publish-adaptation", "--purpose", "product", "--format", "json")


def card(folder: Path, front: str, body: str = "") -> str:
    path = folder / "README.md"
    path.write_text(f"---\n{front}\n---\n\n# Gulls\n\n{body}\n", encoding="utf-8")
    return str(path)


def test_a_list_is_not_a_choice(tmp_path: Path, run: Run) -> None:
    target = card(tmp_path, "license:\n  - cc-by-nc-4.0\n  - cc-by-4.0")
    done = run("check", target, *COMMERCIAL)
    assert json.loads(done.stdout)["decision"] in ("review", "deny")
    assert done.code != 0


def test_except_images_is_not_dropped(tmp_path: Path, run: Run) -> None:
    target = card(tmp_path, "tags: [gulls]", "## License\n\nCC BY 4.0, except images.")
    verdict = json.loads(
        run("check", target, "--intent", "publish-copy", "--purpose", "product", "--format", "json").stdout
    )
    assert any("some parts are not under CC-BY-4.0" in caveat for caveat in verdict["caveats"])


def test_a_family_gets_no_version(tmp_path: Path, run: Run) -> None:
    for words in ("CC-BY", "CC BY-SA", "Creative Commons Attribution"):
        target = card(tmp_path, "tags: [gulls]", f"## License\n\n{words}")
        found = json.loads(run("scan", target, "--format", "jsonl").stdout)["license"]
        assert found.startswith("LicenseRef-CC-BY")
        assert not any(c.isdigit() for c in found)


def test_what_is_unknown_does_not_pass(tmp_path: Path, run: Run) -> None:
    for front in ("license: unknown", "license: other", "license: our-own-terms", "tags: [x]", "license: null"):
        done = run("check", card(tmp_path, front), "--intent", "copy", "--purpose", "product")
        assert done.code in (1, 3), front


def test_nd_is_not_fine_for_commercial_work_on_it(tmp_path: Path, run: Run) -> None:
    assert run("check", card(tmp_path, "license: cc-by-nd-4.0"), *COMMERCIAL).code == 1


def test_zero_inputs_are_no_pass(tmp_path: Path, run: Run) -> None:
    assert run("check", str(tmp_path), *COMMERCIAL).code != 0
    assert run("check", str(tmp_path / "nothing"), *COMMERCIAL).code == 2
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")


def test_a_typo_in_a_policy_key_is_an_error(tmp_path: Path, run: Run) -> None:
    card(tmp_path, "license: cc-by-4.0")
    (tmp_path / "licensecheck.yaml").write_text("use: {intent: copy, purpose: product}\nsource: []\n", encoding="utf-8")
    done = run("check", str(tmp_path))
    assert done.code == 2
    assert "sources" in done.stderr


def test_a_restriction_added_to_a_standard_license_is_kept(tmp_path: Path, run: Run) -> None:
    target = card(tmp_path, "tags: [x]", "## License\n\nMIT License, for non-commercial use only.")
    found = json.loads(run("scan", target, "--format", "jsonl").stdout)
    assert found["license"] == "LicenseRef-noncommercial"
    assert run("check", target, *COMMERCIAL).code != 0


def test_a_negated_license_is_none(tmp_path: Path, run: Run) -> None:
    target = card(tmp_path, "tags: [x]", "## License\n\nThis dataset is not licensed under CC BY 4.0.")
    assert json.loads(run("scan", target, "--format", "jsonl").stdout)["license"] is None


def test_a_licence_of_the_code_is_not_the_datas(tmp_path: Path, run: Run) -> None:
    target = card(tmp_path, "tags: [x]", "## License\n\nThe code is released under the MIT License.")
    assert json.loads(run("scan", target, "--format", "jsonl").stdout)["license"] is None


def test_by_sa_keeps_its_share_alike(run: Run) -> None:
    words = ("--intent", "publish-adaptation", "--purpose", "noncommercial", "--publish-as")
    assert run("evaluate", "CC-BY-SA-2.0", *words, "CC-BY-2.0").code == 1
    assert run("evaluate", "CC-BY-SA-4.0", *words, "CC-BY-NC-SA-4.0").code == 1


def test_a_restriction_in_further_words_is_no_allow(tmp_path: Path, run: Run) -> None:
    card = tmp_path / "README.md"
    card.write_text(
        "---\nlicense: mit\n---\n# Q\n\nThis data may be used for non-commercial research purposes only.\n",
        encoding="utf-8",
    )
    words = ("check", str(card), "--as-source", "--intent", "publish-adaptation", "--purpose")
    done = run(*words, "product")
    assert done.code == 1
    assert "noncommercial" in done.stdout
