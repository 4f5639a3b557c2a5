"""The workflows: what they fetch is named by a hash, and no stranger's commands are run."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.finished import ROOT

WORKFLOWS = sorted((*(ROOT / ".github" / "workflows").glob("*.yml"), *(ROOT / "skeleton").rglob("*.yml")))
EVERY = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
ACTION = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
IMAGE = re.compile(r"[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}")
OURS_ALONE = "github.event_name != 'pull_request' || github.event.pull_request.head.repo.full_name == github.repository"


def jobs(workflow: Path) -> dict[str, Any]:
    """The jobs of a workflow."""
    found: dict[str, Any] = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]
    return found


def steps(workflow: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every step, with its job."""
    for job in jobs(workflow).values():
        yield from ((job, step) for step in job["steps"])


def test_the_workflows_are_read() -> None:
    """Ours and that of the skeleton."""
    assert [path.name for path in WORKFLOWS] == ["ci.yml", "release.yml", "book.yml"]


@EVERY
def test_actions_are_named_by_commit_with_the_tag_behind_it(workflow: Path) -> None:
    """A tag can be moved by whoever has the repository."""
    used = re.findall(r"uses: *(.*)", workflow.read_text(encoding="utf-8"))
    assert used
    assert [one for one in used if not ACTION.fullmatch(one)] == []


@EVERY
def test_an_action_has_one_commit_everywhere(workflow: Path) -> None:
    """The same tag is the same commit in all files."""
    everything = "\n".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    for name, pin in re.findall(r"uses: *([\w/-]+)@(.*)", workflow.read_text(encoding="utf-8")):
        assert set(re.findall(rf"uses: *{name}@(.*)", everything)) == {pin}


@EVERY
def test_containers_are_named_by_digest(workflow: Path) -> None:
    """The tag says which it is; the digest says that it is that one."""
    text = workflow.read_text(encoding="utf-8")
    images = [job["container"] for job in jobs(workflow).values() if "container" in job]
    images += re.findall(r"[\w-]+/cli:\S+", text)
    assert [one for one in images if not IMAGE.fullmatch(one)] == []
    assert text.count("docker run") == text.count('"$VERAPDF" \\')


@EVERY
def test_nothing_is_installed_without_hashes(workflow: Path) -> None:
    """Packages of Python come through the locks, which hold a hash of each."""
    for _, step in steps(workflow):
        command = step.get("run", "")
        assert not re.search(r"pip3? install(?!.*--require-hashes)", command), command
        assert not re.search(r"npm (?:install|i) |npx |pipx |curl .*\| *(?:ba)?sh", command), command


@EVERY
def test_no_commands_of_a_stranger_are_run(workflow: Path) -> None:
    """`samples` runs what a book names; where pull requests are built, those from forks are left out."""
    text = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    on = text.get("on", text.get(True))
    assert "pull_request_target" not in on
    for job, step in steps(workflow):
        if "pull_request" in on and re.search(r"\bsamples\b", step.get("run", "")):
            assert OURS_ALONE in (job.get("if"), step.get("if"))


@EVERY
def test_a_job_may_do_no_more_than_it_says(workflow: Path) -> None:
    """Nothing is allowed at the top, and a checkout leaves no credentials behind."""
    assert yaml.safe_load(workflow.read_text(encoding="utf-8"))["permissions"] == {}
    for job, step in steps(workflow):
        assert "permissions" in job
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize(
    ("source", "commit", "code"),
    [
        ("OWNER/REPOSITORY", "0" * 40, 1),
        ("a/b", "COMMIT", 1),
        ("a/b", "v0.1.0", 1),
        ("a/b", "0" * 39, 1),
        ("a/b", "0123456789abcdef" * 2 + "01234567", 0),
    ],
)
def test_the_press_of_a_book_is_named_by_commit(source: str, commit: str, code: int) -> None:
    """The workflow of the skeleton stops until it is, as a tag can be moved."""
    commands = [step["run"] for _, step in steps(WORKFLOWS[-1]) if "COMPOSITOR_COMMIT" in step.get("run", "")]
    place = {**os.environ, "COMPOSITOR_SOURCE": source, "COMPOSITOR_COMMIT": commit}
    done = subprocess.run(["bash", "-e", "-c", *commands], env=place, capture_output=True, check=False)
    assert done.returncode == code
