"""How the failures of the typesetter are reported to an author: the file, what happened, what helps."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from compositor.errors import BookError
from compositor.explanations import explanations
from compositor.formats.pdf.failures import EXPLANATIONS, explained
from compositor.model import Finding
from compositor.press import Timings, read_book
from compositor.typeset import Context, Look, TypesettingFailed, UnitText
from compositor.typeset.document.parts import Paint
from compositor.typeset.processes.work import Failure, Start, Work
from tests.finished import ROOT

CONTEXT = Context(1, "decimal", "right")
CHAPTER, CONTENTS, BLANK = (UnitText(key, "", CONTEXT) for key in ("one", "contents", ""))
STYLES = Start(Look((), Path()), 0)


def found(folder: Path, work: Work, failure: Failure) -> Finding:
    """Return the only finding that this failure causes."""
    book = read_book(folder, Timings()).book
    with pytest.raises(BookError) as problem, explained(book):
        raise TypesettingFailed(work, failure)
    (finding,) = problem.value.findings
    return finding


@pytest.mark.parametrize(
    ("failure", "code", "words", "remedy"),
    [
        (Failure("memory"), "W002", "setting it took more than 4 GB of memory", 'memory = "…"'),
        (Failure("time"), "W001", "setting it took more than 600 s; no PDF was written", "seconds = …"),
        (Failure("depth"), "P111", "too many elements are nested in each other", "nest less"),
        (Failure("death", "SIGKILL"), "W003", "the process that sets the pages (SIGKILL)", "close other programs"),
        (Failure("death", "SIGSEGV"), "W003", "the process that sets the pages (SIGSEGV)", "remove half of the file"),
        (Failure("fault", "ValueError: x"), "P113", "in WeasyPrint: ValueError: x", "remove half of the file"),
    ],
)
def test_every_failure_is_a_finding(small_book: Path, failure: Failure, code: str, words: str, remedy: str) -> None:
    """Each failure of the typesetter has a code, names the file, and says what helps."""
    finding = found(small_book, CHAPTER, failure)
    assert (finding.code, finding.place.file, finding.severity) == (code, "01-one.md", "error")
    assert words in finding.message
    assert remedy in " ".join(finding.helps)
    assert code in explanations()


@pytest.mark.parametrize(
    ("work", "file"),
    [
        (CONTENTS, "templates/contents.xhtml"),
        (BLANK, "book.toml"),
        (STYLES, "styles/print.css"),
        (Paint(0, CHAPTER), "01-one.md"),
    ],
)
def test_what_no_author_writes_is_named_too(small_book: Path, work: Work, file: str) -> None:
    """Pages from templates are named by their template, and style sheets by their file."""
    assert found(small_book, work, Failure("time")).place.file == file


def test_a_fault_of_the_press_is_no_finding(small_book: Path) -> None:
    """Bugs in Compositor are not the author's: they stay exceptions, with the traceback of the other process."""
    book = read_book(small_book, Timings()).book
    with pytest.raises(RuntimeError, match="KeyError: 'x'"), explained(book):
        raise TypesettingFailed(CHAPTER, Failure("bug", "Traceback\nKeyError: 'x'"))


def test_every_code_is_used() -> None:
    """No explanation remains of a code that is no longer used."""
    from compositor.formats.pdf import failures

    text = Path(str(failures.__file__)).read_text(encoding="utf-8")
    assert set(re.findall(r'"(P\d{3})"', text)) == set(EXPLANATIONS)


def test_a_drawing_without_end_stops_a_build_with_a_finding(small_book: Path, tmp_path: Path) -> None:
    """Through the command line: exit code 1, the file and the limit, no file written, no traceback."""
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9">'
    drawing = head + '<circle r="9" fill="none" stroke="red"/>' * 200_000 + "</svg>"
    (small_book / "p.svg").write_text(drawing, encoding="utf-8")
    (small_book / "01-one.md").write_text('# One\n\n![P](p.svg){fig-alt="P"}\n', encoding="utf-8")
    with (small_book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write("[limits]\nseconds = 6\n")
    command = [sys.executable, ROOT / "build.py", "pdf", small_book, "-o", f"{tmp_path}/out/"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith(
        "error[W001]: setting it took more than 6 s; no PDF was written; the last good one is unchanged\n"
        f"  --> {small_book}/01-one.md\n"
    )
    assert not (tmp_path / "out").exists()
