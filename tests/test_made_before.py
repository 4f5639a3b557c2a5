"""A build of an unchanged folder uses the result of an earlier one, before the book is read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from compositor.commands.asking import Reading
from compositor.commands.building import build, check
from compositor.commands.work import Build, Checks, Done
from compositor.formats import EPUB, Format
from compositor.machine.variables import CACHE
from compositor.model import Paper
from tests.finished import ROOT
from tests.git.repositories import commit, git

TEXT = "# One\n\nWords, ![a dot](dot.svg) and [a hole](#nowhere).\n"
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><circle cx="9" cy="9" r="{}"/></svg>'


class Silent:
    """A watcher that shows nothing."""

    def stage(self, name: str) -> None:
        """Begin a stage."""


OURS = Reading(False, "", "", Paper())


@dataclass(slots=True)
class Trial:
    """A book, and builds of it by one command."""

    book: Path
    output: str
    words: Reading = OURS
    formats: tuple[Format, ...] = (EPUB,)

    def built(self) -> tuple[Done, bytes, bool]:
        """Return the messages, the bytes of the file, and whether it came from the cache at once."""
        done = build(Build(self.book, self.formats, self.output, self.words, words=self.words), Silent())
        return done, done.made[0].read_bytes(), "compare" in done.timings

    def is_made_anew(self) -> bool:
        """Return whether the book is read; in both cases the file must equal that of a build without a cache."""
        done, data, kept = self.built()
        os.environ[CACHE], known = "off", os.environ[CACHE]
        cold, bytes_, _ = self.built()
        os.environ[CACHE] = known
        assert (data, done.findings, done.fidelity) == (bytes_, cold.findings, cold.fidelity)
        return not kept


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trial:
    """Return a book of one chapter with a picture and a warning, which was built once."""
    monkeypatch.setenv(CACHE, str(tmp_path / "cache"))
    book = tmp_path / "book"
    (book / "data").mkdir(parents=True)
    (book / "styles").mkdir()
    (book / "book.toml").write_text('format = 1\ntitle = "Small"\nauthors = ["A"]\n', encoding="utf-8")
    (book / "01-one.md").write_text(TEXT, encoding="utf-8")
    (book / "dot.svg").write_text(DOT.format(5), encoding="utf-8")
    made = Trial(book, f"{tmp_path}/out/")
    assert made.is_made_anew()
    return made


def test_what_has_not_changed_is_not_read(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file and the warnings are the same, and no file of the book is read."""
    monkeypatch.setattr("compositor.press.read_book", lambda *_: pytest.fail("the book is read"))
    done, _, kept = trial.built()
    assert kept
    assert "A103" in {finding.code for finding in done.findings}
    assert done.counts == {"outputs_kept": 1}


def test_a_check_of_what_has_not_changed_reads_nothing(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """It repeats its findings; for other bytes it gives the findings about those."""
    checks = Checks(words=OURS)
    first = check(trial.book, OURS, checks, Silent())
    write("01-one.md", TEXT.replace("#nowhere", "#one"))(trial)
    assert "A103" not in {finding.code for finding in check(trial.book, OURS, checks, Silent()).findings}
    write("01-one.md", TEXT)(trial)
    monkeypatch.setattr("compositor.press.read_book", lambda *_: pytest.fail("the book is read"))
    again = check(trial.book, OURS, checks, Silent())
    assert "A103" in {finding.code for finding in again.findings}
    assert again.findings == first.findings


def write(name: str, text: str) -> Callable[[Trial], object]:
    """Write this text into a file of the book."""
    return lambda trial: (trial.book / name).write_text(text, encoding="utf-8")


EDITS: dict[str, Callable[[Trial], object]] = {
    "a letter": write("01-one.md", TEXT.replace("Words", "Wards")),
    "a picture": write("dot.svg", DOT.format(7)),
    "the settings": write("book.toml", 'format = 1\ntitle = "Small"\nauthors = ["B"]\n'),
    "a new chapter": write("02-two.md", "# Two\n\nMore.\n"),
    "a new style": write("styles/epub.css", "p { color: red }"),
    "a file that is a link now": lambda trial: os.symlink(
        "data/dot.svg", (trial.book / "dot.svg").rename(trial.book / "data/dot.svg").parent.parent / "dot.svg"
    ),
    "rights": lambda trial: (trial.book / "data/dot.svg").chmod(0o600),
    "a picture that is gone": lambda trial: (trial.book / "data/dot.svg").unlink(),
    "the date": lambda trial: os.environ.update(SOURCE_DATE_EPOCH="1763856000"),
    "another theme": lambda trial: setattr(trial, "words", Reading(False, "", "manual", Paper())),
}


def test_what_has_changed_is_made(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any change is noticed; the result of the new state is kept."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    trial.is_made_anew()
    for name, edit in EDITS.items():
        edit(trial)
        assert trial.is_made_anew(), name
    assert not trial.is_made_anew()


def test_going_back_is_free(trial: Trial) -> None:
    """The result of an earlier state is still cached."""
    write("01-one.md", TEXT + "Other words.\n")(trial)
    assert trial.is_made_anew()
    write("01-one.md", TEXT)(trial)
    assert not trial.is_made_anew()


def test_outputs_in_the_folder_of_the_book_are_no_part_of_it(trial: Trial) -> None:
    """When a build runs in the book's folder, `dist` appears with the first build."""
    trial.output = f"{trial.book}/dist/"
    assert not any(trial.is_made_anew() for _ in range(2))
    write("dist/note.txt", "mine")(trial)
    assert trial.is_made_anew()


def test_another_name_of_the_file_is_another_command(trial: Trial) -> None:
    """The bytes are the same, but the messages name the file."""
    trial.output = f"{trial.book.parent}/out/other.epub"
    assert trial.is_made_anew()
    assert trial.built()[0].made == (trial.book.parent / "out" / "other.epub",)


def test_what_changes_while_it_is_read_is_not_kept(trial: Trial) -> None:
    """It is unknown which of the two states was read."""
    once = trial.words

    class Slow(Reading):
        def __call__(self, book: Path, timings):
            proof = once(book, timings)
            (book / "01-one.md").write_text("# One\n\nLater.\n", encoding="utf-8")
            return proof

    (trial.book / "01-one.md").write_text("# One\n\nFirst.\n", encoding="utf-8")
    build(Build(trial.book, trial.formats, trial.output, Slow(False, "", "", Paper()), words=once), Silent())
    assert trial.is_made_anew()


def test_damaged_entries_are_as_if_they_were_not_there(trial: Trial) -> None:
    """The book is read, and the file is made."""
    for file in Path(os.environ[CACHE]).glob("??/*"):
        file.write_bytes(file.read_bytes()[:-1])
    assert trial.is_made_anew()
    assert not trial.is_made_anew()


def test_a_link_of_the_book_is_no_way_out_for_what_was_made_before(trial: Trial, tmp_path: Path) -> None:
    """An output that a build would refuse to write is not written from the cache either."""
    (tmp_path / "own").mkdir()
    (trial.book / "dist").symlink_to(tmp_path / "own")
    trial.output = f"{trial.book}/dist/"
    for _ in range(2):
        done = build(Build(trial.book, trial.formats, trial.output, trial.words, words=trial.words), Silent())
        assert {finding.code for finding in done.findings if finding.severity == "error"} == {"F009"}
    assert not [*(tmp_path / "own").iterdir()]


SAID = """
import json, sys
from pathlib import Path
from compositor.commands.asking import Reading
from compositor.commands.building import build
from compositor.commands.work import Build
from compositor.formats import EPUB
from compositor.model import Paper
words = Reading(False, "", "", Paper())
worker = type("Silent", (), {"stage": lambda *_: None})()
done = build(Build(Path(sys.argv[1]), (EPUB,), sys.argv[2], words, words=words), worker)
print(json.dumps([done.counts, sorted(name for name in sys.modules if "." not in name)]))
"""


def test_nothing_that_reads_a_book_is_imported_for_it(trial: Trial) -> None:
    """No parser, no templates, no pictures: such a build takes only the time of its imports."""
    command = [sys.executable, "-c", SAID, str(trial.book), trial.output]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    counts, modules = json.loads(run.stdout)
    assert counts == {"outputs_kept": 1}
    assert not {"PIL", "fontTools", "jinja2", "lxml", "markdown_it", "pydantic", "pygments", "tinycss2"} & set(modules)


def test_a_revision_that_another_commit_has_now_is_read_again(trial: Trial) -> None:
    """This includes a missing revision: the changes in a book since a tag depend on the commit of the tag."""
    text = 'format = 1\ntitle = "Small"\nauthors = ["A"]\nchanges-since = "v1"\n'
    write("book.toml", text)(trial)
    git(trial.book, "init", "-q")
    commit(trial.book)
    assert trial.is_made_anew() and trial.is_made_anew()  # while the tag is missing, it is looked for
    git(trial.book, "tag", "v1")
    assert [trial.is_made_anew() for _ in range(2)] == [True, False]
    write("01-one.md", TEXT.replace("Words", "Other words"))(trial)
    commit(trial.book)
    assert [trial.is_made_anew() for _ in range(2)] == [True, False]
    git(trial.book, "tag", "-f", "v1")
    assert [trial.is_made_anew() for _ in range(2)] == [True, False]


def _installed(book: Path, number: int = 30) -> Path:
    """Return a Python environment in a hidden folder, with that many files."""
    folder = book / "samples" / ".venv"
    (folder / "lib").mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text("home = /usr/bin\n")
    for one in range(number):
        (folder / "lib" / f"module{one}.py").write_text("one = 1\n")
    return folder


def test_of_an_environment_the_names_alone_are_looked_at(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many files it has, a cached build is found; one new name, and the book is read."""
    monkeypatch.setattr("compositor.folder.listing.MOST", 20)
    folder = _installed(trial.book)
    assert trial.is_made_anew() and not trial.is_made_anew()
    (folder / "lib" / "module7.py").write_text("seven = 7\n")
    assert not trial.is_made_anew()
    (folder / "lib" / "another.py").write_text("one = 1\n")
    assert trial.is_made_anew()


def test_a_file_of_an_environment_that_a_chapter_shows_is_read(trial: Trial) -> None:
    """The cached result is not taken at once, because the environment's files are not compared."""
    folder = _installed(trial.book)
    shown = "```python {include=\"samples/.venv/lib/module7.py\"}\n```\n"
    with (trial.book / "01-one.md").open("a", encoding="utf-8") as chapter:
        chapter.write(f"\n{shown}")
    assert trial.is_made_anew() and trial.is_made_anew()
    (folder / "lib" / "module7.py").write_text("seven = 7\n")
    assert trial.is_made_anew()


def test_a_hidden_folder_that_is_no_environment_is_looked_at(trial: Trial) -> None:
    """The name alone does not prove that programs are installed there."""
    folder = _installed(trial.book)
    (folder / "pyvenv.cfg").unlink()
    assert trial.is_made_anew()
    (folder / "lib" / "module7.py").write_text("seven = 7, and longer\n")
    assert trial.is_made_anew()
