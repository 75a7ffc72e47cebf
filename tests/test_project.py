"""What stands in more than one file of the project is the same in all of them."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from casebook import __version__
from tests.conftest import ROOT
from tests.systems import WINDOWS

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def test_the_citation_names_this_version_and_licence() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert citation["version"] == __version__
    assert citation["license"] == PROJECT["project"]["license"]
    assert all(citation[key] for key in ("title", "authors", "message"))


def test_the_tests_run_on_every_python_that_is_promised() -> None:
    promised = {
        found[1]
        for classifier in PROJECT["project"]["classifiers"]
        if (found := re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", classifier))
    }
    ci = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    assert set(ci["jobs"]["everything"]["strategy"]["matrix"]["python"]) == promised
    lowest = min(promised, key=lambda version: int(version.partition(".")[2]))
    assert PROJECT["project"]["requires-python"] == f">={lowest}"


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_what_a_workflow_runs_is_there(workflow: Path) -> None:
    jobs = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    commands = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    for command in commands:
        assert set(re.findall(r"\bmake ([a-z]+)", command)) <= targets, command
        for path in re.findall(r"(?:^|\s)(\.ci/\w+|tests/[\w/.]+)", command):
            assert (ROOT / path).exists(), path
        for extra in re.findall(r"\.\[(\w+)\]", command):
            assert extra in PROJECT["project"]["optional-dependencies"]


@pytest.mark.skipif(shutil.which("make") is None or WINDOWS, reason="needs make and its .venv/bin")
def test_the_hooks_before_a_commit_are_what_make_lint_runs() -> None:
    made = subprocess.run(
        ["make", "--always-make", "--dry-run", "lint"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    for hook in hooks["repos"][0]["hooks"]:
        assert hook["language"] == "system"
        command = hook["entry"].replace(" --force-exclude", "")
        assert command in made, command
