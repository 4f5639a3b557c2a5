"""The workflows: all downloads are identified by a hash, and no stranger's commands are run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from compositor.commands import press_source
from compositor.commands.press_source import WORKFLOW
from compositor.git.origin import origin
from tests.finished import ROOT
from tools import job_summary

COMPOSITE = ROOT / "action.yml"
WORKFLOWS = sorted((*(ROOT / ".github" / "workflows").glob("*.yml"), *(ROOT / "skeleton").rglob("*.yml")))
EVERY = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
OURSELVES = re.compile(rf"\./\.press|\./{WORKFLOW}|OWNER/REPOSITORY(/{WORKFLOW})?@COMMIT")
ACTION = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
IMAGE = re.compile(r"[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}")
OURS_ALONE = "github.event_name != 'pull_request' || github.event.pull_request.head.repo.full_name == github.repository"


def jobs(workflow: Path) -> dict[str, Any]:
    """Return the jobs of a workflow."""
    found: dict[str, Any] = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]
    return found


def steps(workflow: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield every step, with its job."""
    for job in jobs(workflow).values():
        yield from ((job, step) for step in job.get("steps", ()))


def composite() -> list[dict[str, Any]]:
    """Return the steps of the action that other repositories use."""
    found: list[dict[str, Any]] = yaml.safe_load(COMPOSITE.read_text(encoding="utf-8"))["runs"]["steps"]
    return found


def test_the_workflows_are_read() -> None:
    """Ours and that of the skeleton are read."""
    assert [path.name for path in WORKFLOWS] == ["book.yml", "ci.yml", "release.yml", "book.yml"]


@pytest.mark.parametrize("workflow", [*WORKFLOWS, COMPOSITE], ids=lambda path: path.name)
def test_actions_are_named_by_commit_with_the_tag_behind_it(workflow: Path) -> None:
    """The owner of a repository can move a tag; `init` fills in the commit that the skeleton leaves open."""
    used = re.findall(r"uses: *(.*)", workflow.read_text(encoding="utf-8"))
    assert used
    assert [one for one in used if not (ACTION.fullmatch(one) or OURSELVES.fullmatch(one))] == []


@pytest.mark.parametrize("workflow", [*WORKFLOWS, COMPOSITE], ids=lambda path: path.name)
def test_an_action_has_one_commit_everywhere(workflow: Path) -> None:
    """The same tag is the same commit in all files."""
    everything = "\n".join(path.read_text(encoding="utf-8") for path in (*WORKFLOWS, COMPOSITE))
    for name, pin in re.findall(r"uses: *([\w/-]+)@(.*)", workflow.read_text(encoding="utf-8")):
        assert set(re.findall(rf"uses: *{name}@(.*)", everything)) == {pin}


@EVERY
def test_containers_are_named_by_digest(workflow: Path) -> None:
    """The tag names the version, and the digest identifies the image."""
    text = workflow.read_text(encoding="utf-8")
    images = [job["container"] for job in jobs(workflow).values() if "container" in job]
    images += re.findall(r"[\w-]+/cli:\S+", text)
    assert [one for one in images if not IMAGE.fullmatch(one)] == []
    assert text.count("docker run") == text.count('"$VERAPDF" \\')


@EVERY
def test_nothing_is_installed_without_hashes(workflow: Path) -> None:
    """Python packages come through the locks, which have a hash for each."""
    for _, step in steps(workflow):
        command = step.get("run", "")
        assert not re.search(r"pip3? install(?!.*--require-hashes)", command), command
        assert not re.search(r"npm (?:install|i) |npx |pipx |curl .*\| *(?:ba)?sh", command), command


@EVERY
def test_no_commands_of_a_stranger_are_run(workflow: Path) -> None:
    """`samples` runs commands of a book; pull requests from forks do not run it."""
    text = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    on = text.get("on", text.get(True))
    assert "pull_request_target" not in on
    for job, step in steps(workflow):
        if "pull_request" in on and re.search(r"\bsamples\b", step.get("run", "")):
            assert OURS_ALONE in (job.get("if"), step.get("if"))


@EVERY
def test_a_job_may_do_no_more_than_it_says(workflow: Path) -> None:
    """Nothing is allowed by default, and a checkout leaves no credentials."""
    assert yaml.safe_load(workflow.read_text(encoding="utf-8"))["permissions"] == {}
    for job, step in steps(workflow):
        assert "permissions" in job
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_the_action_is_valid() -> None:
    """GitHub's schema accepts it."""
    checker = Path(sys.executable).with_name("check-jsonschema")
    if not checker.exists():
        pytest.skip("not run: check-jsonschema is not installed")
    command = [str(checker), "--builtin-schema", "vendor.github-actions", str(COMPOSITE)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_action_runs_no_commands_of_a_stranger() -> None:
    """`samples` runs commands of a book on request, and never for a fork; a book's name is not part of a script."""
    runs = {step.get("name", ""): step for step in composite() if "run" in step}
    sampling = [step for step in runs.values() if re.search(r"\bsamples\b", step["run"])]
    assert [f"inputs.samples == 'true' && ({OURS_ALONE})" == " ".join(one["if"].split()) for one in sampling] == [True]
    assert [name for name, step in runs.items() if "${{" in step["run"]] == []
    assert all(step["shell"] == "bash" for step in runs.values())


def test_the_action_installs_by_hashes_alone() -> None:
    """Compositor's dependencies come through its lock file."""
    for step in composite():
        assert not re.search(r"pip3? install|npm |npx |pipx |curl ", step.get("run", ""))


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("https://github.com/some-body/press.git", "some-body/press@1a2b"),
        ("https://user:word@github.com/some-body/press", "some-body/press@1a2b"),
        ("git@github.com:some-body/press.git", "some-body/press@1a2b"),
        ("ssh://git@github.com/some-body/press.git", "some-body/press@1a2b"),
        ("https://example.org/some-body/press.git", ""),
        ("/home/me/press", ""),
        ("https://github.com/some-body/press/sub", ""),
    ],
)
def test_init_names_the_press_that_runs(monkeypatch: pytest.MonkeyPatch, address: str, source: str) -> None:
    """A clone from GitHub has a usable address; the address of another clone is not usable in a workflow."""
    monkeypatch.setattr(press_source, "origin", lambda work: (address, "1a2b"))
    assert press_source.press_source() == source
    name, _, commit = source.partition("@")
    filled = press_source.filled_in(WORKFLOWS[-1].read_text(encoding="utf-8"), source)
    assert filled.count(f"uses: {name}/{WORKFLOW}@{commit}\n") == bool(source)


def test_the_origin_of_a_clone_is_read_from_its_files(tmp_path: Path) -> None:
    """The address and the commit are read without any command; they are empty if there is no origin."""
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q"], check=True)
    assert origin(tmp_path) is None
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "A"], check=True)
    assert origin(tmp_path) is None
    subprocess.run([*git, "remote", "add", "origin", "https://example.org/a/b.git"], check=True)
    commit = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    assert origin(tmp_path.resolve()) == ("https://example.org/a/b.git", commit)


STATS = {
    "total": {"title": "A <b> | C", "pages": 12, "words": 3456, "minutes": 18}
    | dict.fromkeys(("figures", "tables", "listings", "formulas"), 2),
    "pages_of": {"build": "0", "is_current": True},
}


def test_the_summary_of_a_job_shows_what_it_quotes() -> None:
    """It has files, pages, words and findings; errors come first, and no text of a book is Markdown or HTML."""
    log = [
        "::warning file=a.md,line=3,col=5,title=A101::a %60 `b` <img src=x> | [c](d)%0Anext",
        "dist/a.pdf",
        "::error file=a%2C b.md,title=S001::wrong%3A 100%25",
    ]
    lines = list(job_summary.summary(log, STATS))
    assert lines[0] == "## A &#60;b&#62; &#124; C"
    assert "| made | a.pdf |" in lines and "| pages | 12 |" in lines
    assert "| words | 3,456, to be read in 18 min |" in lines and "| errors, warnings | 1, 1 |" in lines
    assert lines[-2] == "| a, b.md | error S001 | wrong&#58; 100% |"
    assert lines[-1].startswith("| a.md&#58;3&#58;5 | warning A101 | a %60 &#96;b&#96; &#60;img src=x&#62; &#124;")


def test_a_summary_without_a_book_says_that_nothing_was_made() -> None:
    """An unreadable book has no counts."""
    lines = list(job_summary.summary(["::error file=book.toml,line=1,col=1,title=S001::this is not TOML"], None))
    assert lines[:5] == ["## The book", "", "| | |", "|---|---|", "| made | nothing |"]
    assert lines[-1] == "| book.toml&#58;1&#58;1 | error S001 | this is not TOML |"


@pytest.mark.parametrize(
    ("ref", "strict", "options"),
    [
        ("refs/heads/main", "release", []),
        ("refs/heads/main", "true", ["--strict"]),
        ("refs/tags/v1.0", "release", ["--no-cache", "--strict"]),
        ("refs/tags/v1.0", "false", ["--no-cache"]),
        ("refs/tags/other", "release", []),
    ],
)
def test_a_release_is_strict_and_made_anew(tmp_path: Path, ref: str, strict: str, options: list[str]) -> None:
    """The step of the action calls Compositor with the options of its event, and names the files that were made."""
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    said = "out/a.pdf\\n::warning file=b.pdf::c\\nout/a.epub\\n"
    python.write_text(f'#!/bin/sh\necho "$@" > "$RUNNER_TEMP/asked"\nprintf "{said}"\n')
    python.chmod(0o755)
    place = {
        **os.environ, "GITHUB_ACTION_PATH": str(tmp_path), "RUNNER_TEMP": str(tmp_path), "GITHUB_REF": ref,
        "GITHUB_OUTPUT": str(tmp_path / "named"), "BOOK": "a book", "OUTPUT": "out", "STRICT": strict,
    }  # fmt: skip
    subprocess.run(["bash", str(ROOT / "tools" / "action_build.sh")], env=place, check=True, capture_output=True)
    asked = (tmp_path / "asked").read_text().split()
    assert asked[1:] == ["all", "a", "book", "--output", "out/", "--format", "github", *options]
    assert (tmp_path / "named").read_text() == "pdf=out/a.pdf\nepub=out/a.epub\n"


def test_the_container_is_made_of_what_is_there() -> None:
    """Its base image has a digest, as in the workflows; it copies everything that Compositor needs to run."""
    lines = (ROOT / "Containerfile").read_text(encoding="utf-8").splitlines()
    base = next(line.removeprefix("FROM docker.io/library/") for line in lines if line.startswith("FROM "))
    assert IMAGE.fullmatch(base)
    assert base in (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
    copied = [source for line in lines if line.startswith("COPY ") for source in line.split()[1:-1]]
    assert [source for source in copied if not (ROOT / source).exists()] == []
    folders = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shipped = folders["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert {"compositor", *shipped, "build.py", "requirements.lock", "tools/bootstrap.py"} <= set(copied)
    assert not any("pip install" in line for line in lines)
