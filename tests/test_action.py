"""The GitHub action and the GitLab component, run as their runners run them, and their snippets in the docs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from licensecheck import __version__

ROOT = Path(__file__).parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HEADER, JOBS = yaml.safe_load_all((ROOT / "templates/licensecheck.yml").read_text(encoding="utf-8"))
HOW_TO = ROOT / "docs" / "how-to"
CARD = "---\nlicense: {}\n---\n# Rewritten questions\n"
DECLARATION = (
    "use: {intent: publish-adaptation, purpose: academic_research}\nsources:\n  - {name: W, license: CC-BY-SA-4.0}\n"
)

EVIL = "$(touch ran)`touch ran`; touch ran \"; touch ran; ' ; touch ran; '\nEOF\ntouch ran\n* | touch ran & touch ran"


@dataclass(frozen=True)
class Step:
    """A step that has run: its exit code, its log, and what it wrote into the runner's files."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str

    @property
    def commands(self) -> list[str]:
        """The workflow commands that a runner obeys: none between ``stop-commands`` and its token."""
        obeyed, token = [], ""
        for line in self.log.splitlines():
            command = line.lstrip()
            if token:
                token = "" if command == f"::{token}::" else token
            elif command.startswith("::stop-commands::"):
                token = command.removeprefix("::stop-commands::")
            elif command.startswith("::"):
                obeyed.append(command)
        assert not token, "commands stay stopped for the steps after this one"
        return obeyed


class Runner:
    """Runs the steps of action.yml that are scripts, in a workspace, with the files that a runner gives."""

    def __init__(self, folder: Path) -> None:
        self.temp = folder / "temp folder"
        self.workspace = folder / "work space"
        self.temp.mkdir()
        self.workspace.mkdir()

    def write(self, **texts: str) -> None:
        for name, text in texts.items():
            path = self.workspace / {"card": "README.md", "declaration": "licensecheck.yaml"}.get(name, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def step(self, id: str, steps: dict[str, dict[str, str]], **inputs: str) -> Step:
        """The step ``id``, with ``inputs`` as a workflow gives them and the outputs of ``steps`` before it."""
        step = next(step for step in ACTION["runs"]["steps"] if step.get("id") == id)
        given = {name: str(spec["default"]) for name, spec in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        assert given.keys() == ACTION["inputs"].keys()

        def value(found: re.Match[str]) -> str:
            where, *rest = found[1].split(".")
            return given[rest[0]] if where == "inputs" else steps[rest[0]][rest[2]]

        own = {name: re.sub(r"\$\{\{ (\S+) \}\}", value, text) for name, text in step["env"].items()}
        assert "${{" not in step["run"] + "".join(own.values()) or "${{" in "".join(given.values())
        files = {name: self.temp / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("")
        script = self.temp / "script.sh"
        script.write_text(step["run"])
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.workspace,
            env={
                **{name: os.environ[name] for name in os.environ if not name.startswith(("GITHUB_", "LICENSECHECK_"))},
                **{name: str(file) for name, file in files.items()},
                "GITHUB_ACTIONS": "true",
                "GITHUB_ACTION_PATH": str(ROOT),
                "GITHUB_WORKSPACE": str(self.workspace),
                "RUNNER_TEMP": str(self.temp),
                **own,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=600,
        )
        outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
        return Step(done.returncode, done.stdout, outputs, files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8"))

    def check(self, **inputs: str) -> Step:
        return self.step("check", {"install": {"python": sys.executable}}, **inputs)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


@pytest.fixture
def denied(runner: Runner) -> Runner:
    runner.write(card=CARD.format("cc-by-4.0"), declaration=DECLARATION)
    return runner


def valid(schema: str, file: Path) -> None:
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(file)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def blocks(page: str, language: str) -> list[str]:
    found = re.findall(rf"^```{language}\n(.*?)^```", (HOW_TO / page).read_text(encoding="utf-8"), re.M | re.S)
    assert found
    return found


def test_check_writes_several_reports(run: Any) -> None:
    """What the action and the component need of the command."""
    shown = run("check", "--help").stdout
    assert "--output" in shown
    assert "--config" in shown


def test_the_action_is_valid() -> None:
    valid("github-actions", ROOT / "action.yml")


def test_actions_are_pinned_and_no_script_holds_an_expression() -> None:
    steps = ACTION["runs"]["steps"]
    assert [step["id"] for step in steps if "run" in step] == ["install", "check"]
    assert all("${{" not in step.get("run", "") for step in steps)
    used = re.findall(r"uses: *(\S+)(.*)", (ROOT / "action.yml").read_text(encoding="utf-8"))
    assert len(used) == 2
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", name) and re.match(r" # v\d", version) for name, version in used)


def test_every_input_of_the_action_is_used_and_documented() -> None:
    said = yaml.safe_dump(ACTION["runs"])
    page = (HOW_TO / "github.md").read_text(encoding="utf-8")
    for name in ACTION["inputs"]:
        assert f"inputs.{name}" in said
        assert f"`{name}`" in page
    assert all(f"| `{name}` |" in page for name in ACTION["outputs"])


def test_a_denial_fails_the_step_and_is_shown_everywhere(denied: Runner) -> None:
    step = denied.check()
    assert step.code == 1, step.log
    assert step.outputs.pop("sarif-file").startswith(str(denied.temp))
    assert step.outputs == {"decision": "deny", "exit-code": "1"}
    assert "DENY    publish an edited" in step.log
    assert "CC BY-SA 4.0" in step.summary
    errors = [command for command in step.commands if command.startswith("::error ")]
    assert any("licensecheck.yaml" in error and "§3(b)(1)" in error for error in errors), step.log


def test_the_sarif_file_is_sarif(denied: Runner) -> None:
    made = json.loads(Path(denied.check().outputs["sarif-file"]).read_text(encoding="utf-8"))
    assert made["version"] == "2.1.0"
    found = {
        place["physicalLocation"]["artifactLocation"]["uri"]
        for r in made["runs"][0]["results"]
        for place in r["locations"]
    }
    assert found <= {"README.md", "licensecheck.yaml"}


def test_what_is_mended_passes(denied: Runner) -> None:
    denied.write(card=CARD.format("cc-by-sa-4.0"))
    step = denied.check()
    assert step.code == 0, step.log
    assert (step.outputs["decision"], step.outputs["exit-code"]) == ("allow", "0")
    assert not [command for command in step.commands if command.startswith("::error")]
    assert step.summary.strip()


def test_the_decision_is_review_where_a_review_passes(runner: Runner) -> None:
    runner.write(card=CARD.format("cc-by-nd-2.0"))
    use = {"intent": "train", "purpose": "academic_research"}
    strict, lenient = runner.check(**use), runner.check(fail_on="deny", **use)
    assert (strict.code, strict.outputs["decision"]) == (3, "review"), strict.log
    assert (lenient.code, lenient.outputs["decision"]) == (0, "review"), lenient.log


def test_what_cannot_be_read_is_incomplete(runner: Runner) -> None:
    runner.write(card=CARD.format("cc-by-4.0"))
    (runner.workspace / "LICENSE").write_bytes(b"\x00\x01\x02")
    step = runner.check(intent="publish-copy", purpose="academic_research", fail_on="deny")
    assert (step.code, step.outputs["decision"], step.outputs["exit-code"]) == (4, "incomplete", "4"), step.log


def test_a_use_that_is_not_declared_fails_with_a_reason(runner: Runner) -> None:
    runner.write(card=CARD.format("cc-by-4.0"))
    step = runner.check()
    assert step.code in (2, 3), step.log
    assert step.outputs["decision"] in ("error", "review")
    assert any(re.match("::(error|warning) .*intent", command) for command in step.commands), step.log
    assert step.summary.strip()


def test_an_error_is_one_annotation(runner: Runner) -> None:
    step = runner.check(paths="no/such folder", intent="train", purpose="product")
    assert step.code == 2
    assert step.outputs == {"decision": "error", "exit-code": "2"}
    assert len(step.commands) == 1
    assert step.commands[0].startswith("::error title=licensecheck::")
    assert "no/such folder" in step.commands[0]
    assert "no/such folder" in step.summary


def test_all_inputs_reach_the_command(runner: Runner) -> None:
    runner.write(**{"a b/README.md": CARD.format("cc-by-4.0"), "-c/README.md": CARD.format("cc-by-nd-2.0")})
    runner.write(**{"uses/train.yaml": "use: {intent: train, purpose: product}\n"})
    one = runner.check(paths="a b\n", config="uses/train.yaml")
    assert "intent=train purpose=product" in one.log
    assert "CC BY 4.0" in one.log
    two = runner.check(
        paths="a b\n\n-c\r\n",
        intent="adapt",
        purpose="teaching",
        args="--licensee school\n --jurisdiction  KR",
        format="json",
    )
    assert '"schema": "licensecheck.verdict/1"' in two.log
    assert two.outputs["decision"] == "deny"
    assert all(f'"{word}"' in two.log for word in ("adapt", "teaching", "school", "KR")), two.log


@pytest.mark.parametrize("name", [name for name in ACTION["inputs"] if name not in ("upload-sarif", "version")])
def test_no_input_is_run(name: str, denied: Runner) -> None:
    denied.check(**{name.replace("-", "_"): EVIL})
    assert sorted(path.name for path in denied.workspace.iterdir()) == ["README.md", "licensecheck.yaml"]


@pytest.mark.parametrize(
    "version", ["--index-url=x", "0.1.0 evil", "git+https://example.org/x", "1\n--pre", "$(touch ran)"]
)
def test_a_version_is_a_version(version: str, runner: Runner) -> None:
    step = runner.step("install", {"python": {"python-path": sys.executable}}, version=version)
    assert (step.code, step.outputs) == (2, {})
    assert len(step.commands) == 1
    assert not list(runner.workspace.iterdir())


def test_words_of_scanned_files_command_nothing(denied: Runner) -> None:
    evil = "::set-output name=decision::allow"
    denied.write(card=CARD.format(f'"{evil}"') + f"\n{evil}\n\n## License\n\n{evil}\n\n::error::boo\n\n##[error]boo\n")
    denied.write(declaration=DECLARATION.replace("name: W", f'name: "{evil}\\n{evil}\\n::error::boo"'))
    for form in ("text", "markdown", "json"):
        step = denied.check(format=form)
        assert step.outputs["decision"] in ("deny", "review")
        assert not [
            command
            for command in step.commands
            if not command.startswith(("::error title=", "::error ", "::warning ", "::notice "))
        ]
        assert not any(command.startswith(("::error::", "::set-output")) for command in step.commands)


def test_nothing_of_the_checkout_is_imported(denied: Runner) -> None:
    trap = "from pathlib import Path\nPath('ran').touch()\n"
    denied.write(
        **{"licensecheck/__init__.py": trap, "licensecheck/__main__.py": trap, "json.py": trap, "click.py": trap}
    )
    denied.write(**{"yaml.py": trap, "sitecustomize.py": trap, "venv.py": trap, "pip.py": trap})
    assert denied.check().code == 1
    assert not (denied.workspace / "ran").exists()


@pytest.mark.slow
def test_the_action_installs_its_own_checkout(denied: Runner) -> None:
    trap = "raise SystemExit('imported from the checkout')\n"
    denied.write(**{"pip.py": trap, "venv.py": trap})
    installed = denied.step("install", {"python": {"python-path": sys.executable}})
    assert installed.code == 0, installed.log
    python = installed.outputs["python"]
    where = [python, "-I", "-c", "import licensecheck; print(licensecheck.__file__)"]
    assert str(denied.temp) in subprocess.run(where, capture_output=True, text=True, check=True).stdout
    checked = denied.step("check", {"install": installed.outputs})
    assert (checked.code, checked.outputs["decision"]) == (1, "deny"), checked.log


def test_documented_workflows_are_valid_and_use_what_exists(tmp_path: Path) -> None:
    for text in blocks("github.md", "yaml"):
        file = tmp_path / "workflow.yml"
        file.write_text(text, encoding="utf-8")
        valid("github-workflows", file)
        steps = [step for job in yaml.safe_load(text)["jobs"].values() for step in job["steps"]]
        (step,) = (step for step in steps if "licensecheck@" in step.get("uses", ""))
        assert step["with"].keys() <= ACTION["inputs"].keys()
        assert set(re.findall(rf"steps\.{step['id']}\.outputs\.([\w-]+)", text)) <= ACTION["outputs"].keys()


# GitLab


def component(**inputs: str) -> dict[str, Any]:
    """The jobs of the component, with every ``$[[ inputs.x ]]`` replaced."""
    values = {name: spec["default"] for name, spec in HEADER["spec"]["inputs"].items()}
    values |= {name.replace("_", "-"): value for name, value in inputs.items()}
    assert values.keys() == HEADER["spec"]["inputs"].keys()

    def put(node: Any) -> Any:
        if isinstance(node, dict):
            return {put(key): put(value) for key, value in node.items()}
        if isinstance(node, list):
            return [put(value) for value in node]
        return re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda m: values[m[1]], node) if isinstance(node, str) else node

    made: dict[str, Any] = put(JOBS)
    return made


def job(folder: Path, shell: str, **inputs: str) -> subprocess.CompletedProcess[str]:
    (made,) = component(**inputs).values()
    script = "set -e\n" + "\n".join(made["script"])
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, **made["variables"], "PATH": path}
    words = [shell, "-c", script]
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_the_component_is_valid(tmp_path: Path) -> None:
    for name, document in (("header", HEADER), ("jobs", component())):
        file = tmp_path / f"{name}.yml"
        file.write_text(yaml.safe_dump(document), encoding="utf-8")
        valid("gitlab-ci", file)
    assert list(component(job="news")) == ["news"]


def test_every_input_of_the_component_is_used_and_documented() -> None:
    said = yaml.safe_dump(JOBS)
    page = (HOW_TO / "gitlab.md").read_text(encoding="utf-8")
    for name in HEADER["spec"]["inputs"]:
        assert f"inputs.{name} " in said
        assert f"`{name}`" in page
    (made,) = JOBS.values()
    assert "$[[" not in "".join(made["script"] + made["before_script"])


def test_the_component_installs_this_version() -> None:
    assert HEADER["spec"]["inputs"]["version"]["default"] == __version__


@pytest.mark.parametrize("shell", ["bash", "sh"])
def test_the_job_fails_and_leaves_both_reports(shell: str, denied: Runner) -> None:
    done = job(denied.workspace, shell)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "DENY" in done.stdout
    (made,) = component().values()
    reports = {kind: denied.workspace / name for kind, name in made["artifacts"]["reports"].items()}
    issues = json.loads(reports["codequality"].read_text(encoding="utf-8"))
    assert any(issue["location"]["path"] == "licensecheck.yaml" for issue in issues)
    assert ElementTree.parse(reports["junit"]).getroot().get("failures") != "0"


@pytest.mark.parametrize("shell", ["bash", "sh"])
def test_the_inputs_of_the_component_reach_the_command_and_are_not_run(shell: str, runner: Runner) -> None:
    runner.write(**{"a b/README.md": CARD.format("cc-by-4.0"), "c/README.md": CARD.format("cc-by-nd-2.0")})
    use = {"intent": "train", "purpose": "teaching", "args": "--licensee school --jurisdiction KR"}
    done = job(runner.workspace, shell, paths="a b\nc", fail_on="deny", **use)
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(word in done.stdout for word in ("a b", "teaching", "licensee=school", "jurisdiction=KR", "REVIEW"))
    before = sorted(runner.workspace.iterdir())
    for name in ("paths", "config", "intent", "purpose", "fail-on", "args"):
        job(runner.workspace, shell, **{**use, name.replace("-", "_"): EVIL})
    assert sorted(runner.workspace.iterdir()) == before


def test_documented_pipelines_are_valid_and_use_what_exists(tmp_path: Path) -> None:
    for text in blocks("gitlab.md", "yaml"):
        file = tmp_path / "pipeline.yml"
        file.write_text(text, encoding="utf-8")
        valid("gitlab-ci", file)
        for include in yaml.safe_load(text).get("include", ()):
            assert include["inputs"].keys() <= HEADER["spec"]["inputs"].keys()


@pytest.mark.skipif(shutil.which("make") is None, reason="no make here")
def test_the_documented_makefile_holds_a_publication_back(denied: Runner) -> None:
    (text,) = blocks("dvc-and-make.md", "make")
    folder = denied.workspace / "data" / "news"
    folder.mkdir(parents=True)
    for name in ("README.md", "licensecheck.yaml"):
        (denied.workspace / name).rename(folder / name)
    denied.write(Makefile=text)

    def make() -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        environment = {**os.environ, "PATH": path}
        return subprocess.run(
            ["make"], cwd=denied.workspace, env=environment, capture_output=True, text=True, check=False, timeout=60
        )

    refused = make()
    assert refused.returncode != 0
    assert "DENY" in refused.stdout
    assert not (denied.workspace / "build" / "licences.txt").exists()
    (folder / "README.md").write_text(CARD.format("cc-by-sa-4.0"), encoding="utf-8")
    allowed = make()
    assert allowed.returncode == 0, allowed.stdout + allowed.stderr
    assert "publish data/news here" in allowed.stdout
