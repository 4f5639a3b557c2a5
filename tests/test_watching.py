"""`watch` builds a folder again after each change, and prints a line for each build."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from compositor import cli
from compositor.commands.work import Done
from compositor.errors import error, warning
from compositor.formats import EPUB, FORMATS, PDF
from compositor.made_before.of_a_folder import Asked, Inputs
from compositor.model import Place
from compositor.watching import MOST, changes, lines
from tests.finished import ROOT


class Ended(Exception):
    """Raised when a folder has no more steps."""


class Steps:
    """Events of a folder: nothing at first, then a step each time; Ended after the last."""

    def __init__(self, steps: Sequence[Callable[[], object]]) -> None:
        self._rest = iter(steps)

    def wait(self, seconds: float, idle: bool = False) -> None:
        """Take the next step."""
        if not seconds:
            return
        try:
            next(self._rest)()
        except StopIteration:
            raise Ended from None

    def found(self) -> None:
        """Note that a change was found."""


def builds(folder: Path, output: str, steps: Sequence[Callable[[], object]]) -> int:
    """Return how often a folder is built during these steps."""
    count = 0
    with pytest.raises(Ended):
        for _ in changes(Inputs(Asked(folder, FORMATS, output, None)), Steps(steps)):
            count += 1
    return count


def test_a_folder_is_built_once_and_after_each_change(small_book: Path) -> None:
    """Changed text, pictures and removed files count; a file that is still being written waits."""
    chapter, picture = small_book / "01-one.md", small_book / "a.png"
    rest: list[Callable[[], object]] = [lambda: None] * 2
    text = [lambda: chapter.write_text("# One\n", encoding="utf-8"), lambda: chapter.write_text("# Two\n"), *rest]
    assert builds(small_book, "dist/", rest) == 1
    assert builds(small_book, "dist/", text) == 2
    assert builds(small_book, "dist/", [*text, lambda: picture.write_bytes(b"1"), *rest]) == 3
    assert builds(small_book, "dist/", [picture.unlink, *rest]) == 2


def test_what_a_build_writes_is_no_change(small_book: Path) -> None:
    """Outputs may be in the folder of the book."""
    rest: list[Callable[[], object]] = [lambda: None] * 2
    file = small_book / "dist" / "small.pdf"
    made: list[Callable[[], object]] = [file.parent.mkdir, lambda: file.write_bytes(b"1"), *rest]
    assert builds(small_book, f"{small_book}/dist/", made) == 1


def test_a_folder_that_goes_away_and_comes_back_is_built(small_book: Path) -> None:
    """During a change of branch, a folder may be missing for a while."""
    rest: list[Callable[[], object]] = [lambda: None] * 2
    gone = [lambda: small_book.rename(f"{small_book}-away"), lambda: Path(f"{small_book}-away").rename(small_book)]
    assert builds(small_book, "dist/", [*gone, *rest]) == 1
    assert builds(small_book, "dist/", [gone[0], *rest, gone[1], *rest]) == 3


def test_a_build_tells_what_the_one_before_did_not(tmp_path: Path) -> None:
    """The line says what was made and what was not; errors come first, and no finding is repeated."""
    old = warning("L142", "a picture without words", Place("01-one.md", 3, 1))
    new = error("T005", "this is no template", Place("templates/unit.xhtml", 2))
    line, *told = lines(Done((old, new), {}, (tmp_path / "a.epub",), (PDF,)), 1.25, [old])
    said = f"made {tmp_path}/a.epub; not made: the PDF; 1 error, 1 warning"
    assert re.fullmatch(rf"\d\d:\d\d:\d\d  {said} \(1.2 s\)", line)
    assert told == ["          templates/unit.xhtml:2: T005 this is no template"]
    many = [warning("L142", "a picture", Place("01-one.md", number)) for number in range(MOST + 3)]
    *_, last = lines(Done((*many, new), {}, (), (PDF, EPUB)), 0, [])
    assert last.strip() == "and 4 more; `check` prints them"


def test_a_part_that_there_is_not_is_told_and_waited_for() -> None:
    """An author may write the missing part in a minute."""
    line, told = lines(Done((), {}, missing=(PDF,), unknown="no section is called 9"), 1, ())
    assert line.endswith("not made: the PDF (1.0 s)")
    assert told.strip() == "no section is called 9"


def test_the_command_builds_again_until_it_is_ended(small_book: Path, tmp_path: Path) -> None:
    """An edit gives a second line, an error its own line, and an interruption its exit code."""
    words = [sys.executable, ROOT / "build.py", "watch", small_book, "--make", "epub", "-o", f"{tmp_path}/out/"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env={**os.environ}) as watching:
        assert watching.stdout is not None
        assert "made" in watching.stdout.readline()
        (small_book / "01-one.md").write_text("# One\n\n[a hole](#none)\n", encoding="utf-8")
        assert "1 warning" in watching.stdout.readline()
        assert "01-one.md:3:" in watching.stdout.readline()
        watching.send_signal(signal.SIGINT)
        assert watching.wait(60) == 130
    assert (tmp_path / "out" / "small.epub").exists()


@pytest.mark.parametrize(("name", "make"), [("a.pdf", ()), ("a.pdf", ("--make", "epub"))])
def test_outputs_are_asked_for_as_of_a_build(small_book: Path, name: str, make: Sequence[str]) -> None:
    """A file name for several outputs, or for one of another kind, is wrong usage."""
    assert cli.main(["watch", str(small_book), "-o", name, *make]) == 2
