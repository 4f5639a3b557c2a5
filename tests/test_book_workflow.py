"""The workflow of a book: what `init` writes calls our workflow, which calls our action, whose steps make the book."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from compositor.cli import press
from compositor.commands import press_source
from compositor.commands.press_source import WORKFLOW, filled_in
from compositor.commands.starting import SOURCE
from tests.finished import ROOT
from tests.github import EXPRESSION, Runner, press_in
from tests.test_workflows import OURS_ALONE

OURS, STARTER = ROOT / WORKFLOW, ROOT / "skeleton" / WORKFLOW
SOMEWHERE = "some-body/press@v1.2"
OPEN = r"OWNER/|REPOSITORY|@COMMIT|<!--"


def read(file: Path) -> dict[str, Any]:
    """Return a workflow; YAML 1.1 reads the key `on` as a truth value."""
    found: dict[Any, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {("on" if key is True else key): value for key, value in found.items()}


ACTION, CALLED, CALLER = read(ROOT / "action.yml"), read(OURS), read(STARTER)["jobs"]["book"]
STEPS = CALLED["jobs"]["book"]["steps"]


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compositor does not know where it comes from."""
    monkeypatch.setattr(press_source, "_installed", str)
    monkeypatch.setattr(press_source, "_released", str)
    monkeypatch.setattr(press_source, "origin", lambda folder: None)


def init(*words: str | Path) -> Result:
    """Call `compositor init`."""
    return CliRunner().invoke(press, ["init", *map(str, words)])


# --- The three files fit together -------------------------------------------------------------------------------


def test_the_workflow_of_a_book_is_short() -> None:
    """Without remarks and empty lines it has at most twelve lines, and one job."""
    lines = [line for line in STARTER.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert len(lines) <= 12
    assert read(STARTER)["permissions"] == {} and list(read(STARTER)["jobs"]) == ["book"]
    assert CALLER["uses"] == f"OWNER/REPOSITORY/{WORKFLOW}@COMMIT"


def test_the_manual_shows_all_of_it() -> None:
    """The page on continuous integration has the workflow as `init` writes it, without the remarks."""
    lines = STARTER.read_text(encoding="utf-8").splitlines(keepends=True)
    code = "".join(line for line in lines if not line.startswith("#"))
    assert f"```yaml\n{code}```\n" in (ROOT / "docs" / "manual" / "ci.md").read_text(encoding="utf-8")


def test_what_is_passed_on_is_known() -> None:
    """The book's workflow passes inputs of ours, ours passes all inputs of the action, with the same defaults."""
    inputs = CALLED["on"]["workflow_call"]["inputs"]
    assert set(CALLER["with"]) <= set(inputs)
    assert set(STEPS[-1]["with"]) == set(ACTION["inputs"]) == set(inputs)
    for name, told in inputs.items():
        default = told["default"] if isinstance(told["default"], str) else str(told["default"]).lower()
        assert default == ACTION["inputs"][name]["default"]
        assert re.search(rf"\binputs\.{name}\b", STEPS[-1]["with"][name])
    assert {type(inputs[name]["default"]) for name in inputs if inputs[name]["type"] == "boolean"} == {bool}


def test_each_job_has_what_it_needs_and_the_caller_grants_the_sum() -> None:
    """The job that reads a book only reads; GitHub refuses a caller that grants less than all jobs ask for."""
    asked = {name: job["permissions"] for name, job in CALLED["jobs"].items()}
    assert asked == {
        "book": {"contents": "read"},
        "site": {"pages": "write", "id-token": "write"},
        "publish": {"contents": "write"},
    }
    assert CALLED["permissions"] == {}
    assert CALLER["permissions"] == asked["book"] | asked["site"] | asked["publish"]


def test_what_is_published_and_when() -> None:
    """Files on a tag of a version; the site after a push to the default branch, if it was asked for."""
    jobs = CALLED["jobs"]
    assert jobs["publish"]["if"] == "startsWith(github.ref, 'refs/tags/v')"
    assert jobs["site"]["if"] == "needs.book.outputs.site == 'true'"
    assert jobs["publish"]["steps"][0]["with"]["name"] == STEPS[-1]["with"]["artifact"]
    wanted = EXPRESSION.sub(r"\1", STEPS[-1]["with"]["site"]).split(" && ")
    assert wanted == [
        "inputs.site",
        "github.event_name == 'push'",
        "github.ref == format('refs/heads/{0}', github.event.repository.default_branch)",
    ]


def test_the_action_is_that_of_the_commit_of_the_workflow() -> None:
    """`./` is the caller's folder, so our commit is checked out beside the book, without credentials."""
    book, ours = (step["with"] for step in STEPS if step.get("uses", "").startswith("actions/checkout@"))
    assert "path" not in book and book["fetch-depth"] == 0
    assert ours["repository"] == "${{ job.workflow_repository }}" and ours["ref"] == "${{ job.workflow_sha }}"
    assert STEPS[-1]["uses"] == f"./{ours['path']}"


@pytest.mark.parametrize(("source", "well"), [(f"a/b@{'0f' * 20}", True), ("@", False), ("a/b@main", False)])
def test_a_service_that_does_not_name_the_commit_is_told_of(tmp_path: Path, source: str, well: bool) -> None:
    """Otherwise the second checkout would be the book again."""
    name, _, commit = source.partition("@")
    values = {"job.workflow_repository": name, "job.workflow_sha": commit, "github.ref": ""}
    runner = Runner(tmp_path, tmp_path, values)
    assert runner.run([step for step in STEPS if "run" in step], tmp_path, {}) is well
    assert ("::error::" in runner.log) is not well


# --- What `init` writes -----------------------------------------------------------------------------------------


def test_init_writes_a_workflow_that_needs_no_edit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It names the commit of the Compositor that runs, and the README names the same."""
    monkeypatch.setattr(press_source, "_installed", lambda: SOMEWHERE)
    assert init(tmp_path / "new").exit_code == 0
    written = (tmp_path / "new" / WORKFLOW).read_text(encoding="utf-8")
    assert f"uses: some-body/press/{WORKFLOW}@v1.2\n" in written
    readme = (tmp_path / "new" / "README.md").read_text(encoding="utf-8")
    assert f'pip install "git+https://github.com/{SOMEWHERE}"' in readme and WORKFLOW in readme
    assert not re.search(OPEN, written + readme)


@pytest.mark.usefixtures("nowhere")
def test_init_leaves_out_a_workflow_that_could_not_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says how to add one; that command works in the same place, and nothing is overwritten."""
    monkeypatch.chdir(tmp_path)
    done = init("my book")
    assert done.exit_code == 0 and not Path("my book", ".github").exists()
    assert not re.search(OPEN, Path("my book", "README.md").read_text(encoding="utf-8"))
    source = SOURCE.replace("OWNER", "some-body")
    said = done.stderr.splitlines()[0].partition("OWNER/REPOSITORY: ")[2].replace("OWNER", "some-body")
    command = shlex.split(said)[-4:]
    assert command == ["--workflow", "--source", source, "my book"]
    added = init(*command)
    assert (added.exit_code, added.stdout) == (0, f"my book/{WORKFLOW}\n")
    written = Path("my book", WORKFLOW).read_text(encoding="utf-8")
    assert written == filled_in(STARTER.read_text(encoding="utf-8"), source)
    again = init("--workflow", "--source", SOMEWHERE, "my book")
    assert again.exit_code == 2 and "is there already" in again.stderr
    assert Path("my book", WORKFLOW).read_text(encoding="utf-8") == written


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize("source", [SOURCE, "a/b", "b@v1", "https://github.com/a/b@v1", "a/b@v1\nname: x", "a/b@"])
def test_a_source_that_github_could_not_find_is_refused(tmp_path: Path, source: str) -> None:
    """The placeholder of the message is one of them."""
    done = init("--source", source, tmp_path / "new")
    assert done.exit_code == 2 and SOURCE in done.stderr
    assert not (tmp_path / "new").exists()
    assert init("--source", SOMEWHERE, tmp_path / "new").exit_code == 0
    assert (tmp_path / "new" / WORKFLOW).is_file()


@pytest.mark.usefixtures("nowhere")
def test_an_unknown_source_must_be_named(tmp_path: Path) -> None:
    """`--workflow` alone asks for it, and says how."""
    assert init(tmp_path / "new").exit_code == 0
    done = init("--workflow", tmp_path / "new")
    assert done.exit_code == 2 and f"init --workflow --source {SOURCE}" in done.stderr


@pytest.mark.parametrize(
    ("inside", "named"),
    [(".", "."), ("docs/the_guide", "docs/the_guide"), ("it's 1", "'it''s 1'"), ("2.0", "'2.0'"), ("no: x", "'no: x'")],
)
def test_any_book_may_have_the_workflow(tmp_path: Path, inside: str, named: str) -> None:
    """It goes where GitHub reads it, at the root of the repository, and names the folder of the book in it."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    book = tmp_path / inside
    (book / "src").mkdir(parents=True)
    (book / "book.toml").write_text('[book]\ntitle = "A"\n', encoding="utf-8")
    (book / "src" / "SUMMARY.md").write_text("- [One](one.md)\n", encoding="utf-8")
    (book / "src" / "one.md").write_text("# One\n\nText.\n", encoding="utf-8")
    done = init("--workflow", "--source", SOMEWHERE, book)
    assert (done.exit_code, Path(done.stdout.strip()).resolve()) == (0, (tmp_path / WORKFLOW).resolve())
    assert f"      book: {named}\n" in (tmp_path / WORKFLOW).read_text(encoding="utf-8")
    job = read(tmp_path / WORKFLOW)["jobs"]["book"]
    assert job["with"] == CALLER["with"] | {"book": inside}


def test_a_folder_without_a_book_gets_no_workflow(tmp_path: Path) -> None:
    """Neither does a folder that is not there; a copy of a foreign book is made first."""
    for folder, said in ((tmp_path, "not a book"), (tmp_path / "missing", "there is no folder")):
        done = init("--workflow", "--source", SOMEWHERE, folder)
        assert done.exit_code == 2 and said in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert init("--from", tmp_path, "--workflow", tmp_path / "new").exit_code == 2


# --- The steps of the action ------------------------------------------------------------------------------------

CONTEXTS = {
    "steps.python.outputs.python-version": "3.13.1",
    "runner.os": "Linux",
    "runner.arch": "X64",
    "github.sha": "0f" * 20,
}


def job(workspace: Path, place: Path, ref: str = "refs/heads/main", **given: str) -> tuple[Runner, bool]:
    """Run the action in a workspace, with its inputs; return the runner, and whether the job succeeded."""
    known = press_in(workspace)
    inputs = {name: given.get(name, str(told["default"])) for name, told in ACTION["inputs"].items()}
    values = CONTEXTS | {"github.ref": ref} | {f"inputs.{name}": value for name, value in inputs.items()}
    runner = Runner(workspace, place, values)
    met = {
        "runner.os == 'Linux'": True,
        "always() && steps.book.outcome != 'skipped'": True,
        "steps.book.outputs.site == 'true'": inputs["site"] == "true",
        f"inputs.samples == 'true' && ({OURS_ALONE})": inputs["samples"] == "true",
    }
    return runner, runner.run(ACTION["runs"]["steps"], known, met)


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the runner, outside the workspace."""
    return tmp_path_factory.mktemp("runner")


def test_the_action_makes_the_book_of_init(tmp_path: Path, place: Path) -> None:
    """All steps together: files, site, summary, findings and samples, from the book as `init` writes it."""
    assert init("--source", SOMEWHERE, tmp_path / "new").exit_code == 0
    runner, well = job(tmp_path / "new", place, samples="true", site="true")
    assert well, runner.log
    used = dict(runner.used)
    kept = [tmp_path / "new" / line for line in used["actions/upload-artifact"]["path"].split()]
    assert [file.name for file in kept] == ["a-small-book.pdf", "a-small-book.epub"]
    assert all(file.is_file() for file in kept)
    assert (tmp_path / "new" / used["actions/upload-pages-artifact"]["path"] / "index.html").is_file()
    assert runner.asked.startswith("apt-get update\napt-get install --yes") and "bootstrap.py build" in runner.asked
    assert "## A Small Book" in runner.summary and "a-small-book.pdf" in runner.summary
    assert "| errors, warnings | 0, 0 |" in runner.summary and "| pages |" in runner.summary
    assert runner.ran[-1] == "The code in the book"


ONE = "# One\n\nSome text.\n"
MDBOOK = {"book.toml": '[book]\ntitle = "One"\n', "src/SUMMARY.md": "- [One](one.md)\n", "src/one.md": ONE}
FOLDER = {"README.md": "# A\n\nIt begins.\n", "one.md": ONE}


@pytest.mark.parametrize("files", [MDBOOK, FOLDER], ids=["mdBook", "folder"])
def test_the_action_makes_a_book_that_fills_its_repository(tmp_path: Path, place: Path, files: dict[str, str]) -> None:
    """The checkout of Compositor, which is in the same folder, does not become part of the book."""
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    runner, well = job(tmp_path, place, book=".", samples="true")
    assert well, runner.log
    assert "made | one.pdf" in runner.summary and "| errors, warnings | 0, " in runner.summary
    counted = re.findall(r"^\| words \| (\d+),", runner.summary, re.MULTILINE)
    assert counted and int(counted[0]) < 10


def test_a_book_that_cannot_be_made_has_a_summary_and_no_files(tmp_path: Path, place: Path) -> None:
    """The job fails, and its summary says why."""
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "book.toml").write_text("format = 1\n", encoding="utf-8")
    runner, well = job(tmp_path, place)
    assert not well
    assert "| made | nothing |" in runner.summary and "book/book.toml" in runner.summary
    assert "actions/upload-artifact" not in dict(runner.used)
